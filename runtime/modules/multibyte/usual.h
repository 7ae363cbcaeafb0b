// Long stretches of usual codes, ASCII and two bytes each, without a step for every one.
//
// An encoding says by `Quick` what two bytes are, or what a character is written as: 0 for whatever takes more than a look, which
// then ends the stretch and is left to the encoding's own step.
#pragma once
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/str.h"
#include "runtime/types/str_data.h"

namespace krait::multibyte {

template <uint32_t (*quick)(const Encoding&, uint8_t, uint8_t)>
int64_t decodeUsual(const Encoding& e, const uint8_t* p, int64_t n, StrBuilder& out) {
  constexpr int kMost = 256;
  uint32_t text[kMost];
  int64_t i = 0;
  for (bool usual = true; usual && i < n;) {
    int count = 0;
    while (count < kMost && i < n) {
      if (p[i] < 0x80) {
        text[count++] = p[i++];
        continue;
      }
      const uint32_t value = i + 1 < n ? quick(e, p[i], p[i + 1]) : 0;
      usual = value && !Charset::isPair(value);
      if (!usual) break;
      text[count++] = value;
      i += 2;
    }
    if (!count) break;
    const Ref part(newStrFromUcs4(text, static_cast<size_t>(count)));
    if (!part) break; // the step that follows meets the error, too
    out.add(part.get());
  }
  return i;
}

template <uint32_t (*quick)(const Encoding&, uint32_t)>
int64_t encodeUsual(const Encoding& e, const StrObject* s, int64_t from, ByteOutput& out) {
  return withChars(s, [&](auto* p) {
    constexpr int64_t kMost = 256;
    int64_t i = from;
    for (bool usual = true; usual && i < s->length;) {
      const int64_t end = s->length - i < kMost ? s->length : i + kMost;
      if (!out.reserve(2 * (end - i))) break;
      uint8_t* to = out.data() + out.size();
      for (; i < end; ++i) {
        if (p[i] < 0x80) {
          *to++ = static_cast<uint8_t>(p[i]);
          continue;
        }
        const uint32_t code = quick(e, p[i]);
        if (!code) {
          usual = false;
          break;
        }
        *to++ = static_cast<uint8_t>(code >> 8);
        *to++ = static_cast<uint8_t>(code);
      }
      out.setSize(to - out.data());
    }
    return i;
  });
}

/// Of encodings whose codes are those of one set.
inline uint32_t quickPair(const Encoding& e, uint8_t lead, uint8_t trail) { return e.set->valueOf(static_cast<uint32_t>(lead << 8 | trail)); }
inline uint32_t quickCode(const Encoding& e, uint32_t c) { return e.set->codeOf(c); }
constexpr Usual kUsualPairs = {decodeUsual<quickPair>, encodeUsual<quickCode>};

} // namespace krait::multibyte
