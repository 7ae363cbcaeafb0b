// The multibyte encodings: one step of decoding or encoding at a time, with explicit state.
#pragma once
#include <cstdint>
#include "runtime/modules/multibyte/charset.h"

namespace krait::multibyte {

/// What a stateful encoding remembers between steps; all zero at the start.
struct State {
  uint8_t designated[4] = {}; // iso-2022: index of the set in G0, G1, G2 (0: none given, that is ASCII in G0)
  bool shifted = false;       // iso-2022: between SO and SI; hz: between ~{ and ~}
  uint64_t other = 0;         // what setstate() gave a stateless encoding, for getstate()
};

/// Characters or bytes of a step.
struct Step {
  int consumed = 0;     // bytes or characters taken; 0: the input ends too early
  int invalid = 0;      // so many bytes or characters are an error; nothing was taken
  uint32_t characters[2] = {}; // of decoding
  int count = 0;          // of them; none for escapes
  uint8_t bytes[16] = {}; // of encoding
  int size = 0;
};

struct Encoding {
  const char* name;
  const char* module; // that offers it
  Step (*decode)(const Encoding& e, State& s, const uint8_t* p, int64_t n);
  /// `final`: no more characters will follow.
  Step (*encode)(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final);
  /// Bytes that lead back to the initial state; null for stateless encodings.
  Step (*finish)(const Encoding& e, State& s);
  const char* charset;     // iconv's name, of stateless encodings
  const uint8_t* sets;     // iso-2022: the sets that may be used, ends with 0
};

/// Null if there is no such encoding.
const Encoding* findEncoding(const char* module, const char* name);
/// State as getstate() shows it; iso-2022 designations are the final bytes of their escapes, as in CPython.
uint64_t packState(const Encoding& e, const State& s);
State unpackState(const Encoding& e, uint64_t word);
/// For the table of encoding.cpp.
Step decodeIso2022(const Encoding& e, State& s, const uint8_t* p, int64_t n);
Step encodeIso2022(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final);
Step finishIso2022(const Encoding& e, State& s);
Step decodeHz(const Encoding& e, State& s, const uint8_t* p, int64_t n);
Step encodeHz(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final);
Step finishHz(const Encoding& e, State& s);
/// The sets of the iso-2022 encodings (iso2022.cpp).
extern const uint8_t kIso2022Jp[], kIso2022Jp1[], kIso2022Jp2[], kIso2022Jp3[], kIso2022Jp2004[], kIso2022JpExt[], kIso2022Kr[];

inline Step tooShort() { return {}; }
inline Step invalid(int n) { Step s; s.invalid = n; return s; }
inline Step decoded(int n, uint32_t c) { Step s; s.consumed = n; s.characters[s.count++] = c; return s; }
inline Step decoded(int n, Characters c) {
  Step s = decoded(n, c.first);
  if (c.second) s.characters[s.count++] = c.second;
  return s;
}
/// An escape sequence or a shift.
inline Step skipped(int n) { Step s; s.consumed = n; return s; }
inline Step encodedAs(int n, const Bytes& b) {
  Step s;
  s.consumed = n;
  for (int i = 0; i < b.size; ++i) s.bytes[s.size++] = b.data[i];
  return s;
}

} // namespace krait::multibyte
