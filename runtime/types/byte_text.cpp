// bytes and bytearray to and from text: decode, hex, fromhex.
#include <algorithm>
#include <cstring>

#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_arguments.h"
#include "runtime/types/str_slots.h"

namespace krait {

Value byteDecode(Value self, const Value* argv) {
  if (!argv[1]) { // so nobody's code runs that could change a bytearray
    const ByteRange r = byteRange(self);
    if (!argv[0]) return decodeUtf8(r.data, static_cast<size_t>(r.size), nullptr);
    if (Value text = decodeByConstant(r.data, static_cast<size_t>(r.size), argv[0]); text || errorSet()) return text;
  }
  const CodecArguments names("decode", argv[0], argv[1]);
  return names.ok() ? decodeObject(self, names.encoding() ? names.encoding() : "utf-8", names.errors()) : Value();
}

bool HexGroups::parse(Value sep, Value bytesPerSep) {
  if (!intArgument(bytesPerSep, &group)) return false;
  if (sep) {
    const int64_t n = length(sep);
    if (n < 0) return false;
    if (n != 1) return raise(ValueErrorType, "sep must be length 1."), false;
    if (isStr(sep)) separator = asStr(sep)->at(0);
    else if (isBytes(sep)) separator = byteRange(sep).data[0];
    else return raise(TypeErrorType, "sep must be str or bytes."), false;
    if (separator > 127) return raise(ValueErrorType, "sep must be ASCII."), false;
    separated = true;
  }
  return true;
}

namespace {

struct HexPairs {
  consteval HexPairs() {
    for (int i = 0; i < 256; ++i)
      text[i][0] = static_cast<uint8_t>("0123456789abcdef"[i >> 4]), text[i][1] = static_cast<uint8_t>("0123456789abcdef"[i & 15]);
  }
  uint8_t text[256][2];
};
constexpr HexPairs kHexPairs;

uint8_t* putHex(uint8_t* to, const uint8_t* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i, to += 2) std::memcpy(to, kHexPairs.text[from[i]], 2);
  return to;
}

} // namespace

Value hexText(ByteRange r, const HexGroups& groups) {
  const auto [group, separator, separated] = groups;
  if (r.size == 0) return emptyStr();
  const int64_t size = separated && group ? (group < 0 ? -static_cast<int64_t>(group) : group) : r.size;
  const int64_t separators = (r.size - 1) / size;
  if (r.size > (INT64_MAX - separators) / 2) return raiseNoMemory();
  StrObject* out = newStrRaw(r.size * 2 + separators, 0x7f);
  if (!out) return {};
  uint8_t* to = out->data();
  // A positive group counts from the right, a negative one from the left.
  const int64_t first = group > 0 ? (r.size - 1) % size + 1 : std::min(size, r.size);
  to = putHex(to, r.data, first);
  for (int64_t i = first; i < r.size; i += size) {
    *to++ = static_cast<uint8_t>(separator);
    to = putHex(to, r.data + i, std::min(size, r.size - i));
  }
  return strValue(out);
}

Value byteHex(Value self, const Value* argv) { 
  HexGroups groups;
  return groups.parse(argv[0], argv[1]) ? hexText(byteRange(self), groups) : Value();
}

namespace {

struct HexDigits {
  consteval HexDigits() {
    for (int i = 0; i < 256; ++i) {
      const int letter = i | 32;
      value[i] = static_cast<int8_t>(i >= '0' && i <= '9' ? i - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1);
    }
  }
  int8_t value[256];
};
constexpr HexDigits kHexDigits;

int hexDigit(uint32_t c) { return c < 256 ? kHexDigits.value[c] : -1; }

Value raiseNoHex(int64_t at) {
  return raise(ValueErrorType, "non-hexadecimal number found in fromhex() arg at position %zd", static_cast<size_t>(at));
}

} // namespace

Value byteFromHex(Value type, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "fromhex() argument must be str, not %.50G", text);
  const StrObject* s = asStr(text);
  if (!(s->flags & kStrAscii)) // the first such character is what is wrong, whatever stands before it
    for (int64_t i = 0; i < s->length; ++i)
      if (s->at(i) >= 128) return raiseNoHex(i);
  ByteOutput out;
  for (int64_t i = 0; i < s->length;) {
    if (s->kind == 1) { // digits in a row
      const uint8_t* p = s->data();
      uint8_t run[128];
      size_t count = 0;
      for (int high, low; count < sizeof run && i + 1 < s->length; i += 2, ++count) {
        if ((high = kHexDigits.value[p[i]]) < 0 || (low = kHexDigits.value[p[i + 1]]) < 0) break;
        run[count] = static_cast<uint8_t>(high << 4 | low);
      }
      out.add(run, static_cast<int64_t>(count));
      if (count == sizeof run || i == s->length) continue;
    }
    const uint32_t c = s->at(i);
    if (c == ' ' || (c >= 9 && c <= 13)) {
      ++i;
      continue;
    }
    const int high = hexDigit(c), low = high >= 0 && i + 1 < s->length ? hexDigit(s->at(i + 1)) : -1;
    if (high < 0 || low < 0) return raiseNoHex(high < 0 ? i : i + 1);
    out.add(static_cast<uint8_t>(high << 4 | low));
    i += 2;
  }
  if (out.failed()) return {};
  if (type == asValue(&bytearrayType)) return newByteArray(out.data(), static_cast<size_t>(out.size()));
  Ref made(newBytes(out.data(), static_cast<size_t>(out.size()))); // what a class of the program's own is made from
  return !made || type == asValue(&bytesType) ? made.release() : call(type, {made});
}

} // namespace krait
