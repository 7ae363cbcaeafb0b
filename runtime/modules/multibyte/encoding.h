// The multibyte encodings: one step of decoding or encoding at a time, with explicit state.
//
// ASCII stands for itself everywhere, and in stateless encodings a byte from 0x80 begins a longer code. Each country's file holds
// its encodings and its module, so that a program that names one module links no other country's sets.
#pragma once
#include <cstdint>
#include <span>
#include "runtime/modules/multibyte/charset.h"
#include "runtime/object/protocol.h"

namespace krait {
class StrBuilder;
class ByteOutput;
struct StrObject;
} // namespace krait

namespace krait::multibyte {

struct Encoding;
/// What an encoding remembers between steps, as getstate() shows it. Stateless ones leave it alone.
struct State { uint8_t bytes[8] = {}; };

/// Characters or bytes of a step.
struct Step {
  int consumed = 0;     // bytes or characters taken; 0: the input ends too early
  int invalid = 0;      // so many bytes or characters are an error; nothing was taken
  uint32_t characters[2] = {}; // of decoding
  int count = 0;          // of them; none for escapes
  uint8_t bytes[16] = {}; // of encoding
  int size = 0;
};

/// What usual.h makes of an encoding: bytes or characters taken, from a state in which ASCII stands for itself.
struct Usual {
  int64_t (*decode)(const Encoding& e, const uint8_t* p, int64_t n, StrBuilder& out) = nullptr;
  int64_t (*encode)(const Encoding& e, const StrObject* s, int64_t from, ByteOutput& out) = nullptr;
};

struct Encoding {
  const char* name;
  Step (*decode)(const Encoding& e, State& s, const uint8_t* p, int64_t n);
  /// `final`: no more characters will follow.
  Step (*encode)(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final);
  Charset* set = nullptr;        // of two bytes
  Charset* supplement = nullptr; // of codes that are longer by a prefix, or otherwise apart
  Usual usual = {};              // null in encodings with state, and where ASCII is not all that it is elsewhere
  /// Bytes that lead back to the initial state; null for stateless encodings.
  Step (*finish)(const Encoding& e, State& s) = nullptr;
  void (*resetDecoder)(State& s) = nullptr;
  State encoderStart = {}, decoderStart = {};
  const uint8_t* designations = nullptr; // iso-2022: the sets that may be used, ends with 0
};

/// getcodec() of a country's module. Owned; null after LookupError.
Value newCodec(std::span<const Encoding> encodings, Value name);

inline Step tooShort() { return {}; }
inline Step invalid(int n) { Step s; s.invalid = n; return s; }
/// What a set says of the next n bytes: 0, and the first is an error (or so many as are said to be wrong).
inline Step decoded(int n, uint32_t value, int wrong = 1) {
  if (!value) return invalid(wrong);
  if (value == Charset::kWithdrawn) return invalid(n);
  Step s;
  s.consumed = n;
  const bool pair = Charset::isPair(value);
  s.characters[s.count++] = pair ? value & 0xffff : value;
  if (pair) s.characters[s.count++] = value >> 16;
  return s;
}
/// A byte that is the character, NUL among them.
inline Step plain(uint8_t c) { Step s; s.consumed = 1; s.characters[s.count++] = c; return s; }
/// An escape sequence or a shift.
inline Step skipped(int n) { Step s; s.consumed = n; return s; }
inline void put(Step& s, uint32_t byte) { s.bytes[s.size++] = static_cast<uint8_t>(byte); }
inline void putCode(Step& s, uint32_t code) { put(s, code >> 8), put(s, code & 0xff); }
inline Step encodedByte(uint32_t byte) { Step s; s.consumed = 1; put(s, byte); return s; }
/// Two bytes for n characters; 0 is no code.
inline Step encodedCode(uint32_t code, int n = 1) {
  if (!code) return invalid(1);
  Step s;
  s.consumed = n;
  putCode(s, code);
  return s;
}

/// Encodings whose codes are those of one set.
inline Step decodePairs(const Encoding& e, State&, const uint8_t* p, int64_t n) {
  if (p[0] < 0x80) return plain(p[0]);
  return n < 2 ? tooShort() : decoded(2, e.set->valueOf(static_cast<uint32_t>(p[0] << 8 | p[1])));
}
inline Step encodePairs(const Encoding& e, State&, const uint32_t* p, int64_t, bool) {
  return p[0] < 0x80 ? encodedByte(p[0]) : encodedCode(e.set->codeOf(p[0]));
}

/// The code of the next two characters, if they have one and `can` begin it; if the text ends before that is known, *wait.
inline uint32_t codeOfTwo(Charset& set, bool can, const uint32_t* p, int64_t n, bool final, bool* wait) {
  *wait = can && n < 2 && !final;
  return can && n > 1 && p[1] <= 0xffff ? set.codeOf(Charset::pairOf(p[0], p[1])) : 0;
}

} // namespace krait::multibyte
