// _codecs_cn: GB 2312, which GBK extends, which GB 18030 extends by codes of four bytes; and HZ, where ~{ and ~} enclose GB 2312.
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/modules/multibyte/sets.h"
#include "runtime/modules/multibyte/usual.h"

namespace krait::multibyte {

#include "runtime/modules/multibyte/chinese_sets.inc"

namespace {

// Codes of four bytes count in a mixed base: the first and third from 0x81, the second and fourth are digits. Those of the Basic
// Multilingual Plane are the characters that have no shorter code, in order; the other planes begin at 90 30 81 30.
constexpr uint32_t kBeyond = (0x90 - 0x81) * 12600, kFirstBeyond = 0x10000, kLastBeyond = 0x10ffff;

Step decodeGb18030(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  const auto digit = [](uint8_t c) { return c >= '0' && c <= '9'; };
  if (p[0] < 0x80 || n < 2 || !digit(p[1])) return decodePairs(e, s, p, n);
  if (n < 4) return tooShort();
  if (p[0] < 0x81 || p[0] == 0xff || p[2] < 0x81 || p[2] == 0xff || !digit(p[3])) return invalid(1);
  const auto index = static_cast<uint32_t>((((p[0] - 0x81) * 10 + p[1] - '0') * 126 + p[2] - 0x81) * 10 + p[3] - '0');
  if (index >= kBeyond) {
    const uint32_t c = kFirstBeyond + index - kBeyond;
    return decoded(4, c <= kLastBeyond ? c : 0);
  }
  for (const auto& range : kFourBytes)
    if (index >= range.index && index <= uint32_t{range.index} + range.last - range.first) return decoded(4, range.first + index - range.index);
  return invalid(1);
}

Step encodeGb18030(const Encoding& e, State&, const uint32_t* p, int64_t, bool) {
  const uint32_t c = p[0];
  if (c < 0x80) return encodedByte(c);
  if (const uint32_t code = e.set->codeOf(c)) return encodedCode(code);
  uint32_t index = c - kFirstBeyond + kBeyond;
  if (c < kFirstBeyond) {
    auto in = std::begin(kFourBytes);
    while (in != std::end(kFourBytes) && c > in->last) ++in;
    if (in == std::end(kFourBytes) || c < in->first) return invalid(1);
    index = in->index + c - in->first;
  }
  Step step;
  step.consumed = 1;
  put(step, 0x81 + index / 12600);
  put(step, '0' + index / 1260 % 10);
  put(step, 0x81 + index / 10 % 126);
  put(step, '0' + index % 10);
  return step;
}

// The first byte of the state: whether between ~{ and ~}.

Step decodeHz(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  const uint8_t c = p[0];
  if (c == '~') {
    if (n < 2) return tooShort();
    switch (p[1]) {
    case '~': return s.bytes[0] ? invalid(1) : decoded(2, uint32_t{'~'});
    case '\n': return s.bytes[0] ? invalid(1) : skipped(2);
    case '{': if (s.bytes[0]) return invalid(1); s.bytes[0] = 1; return skipped(2);
    case '}': if (!s.bytes[0]) return invalid(1); s.bytes[0] = 0; return skipped(2);
    default: return invalid(1);
    }
  }
  if (c >= 0x80) return invalid(1);
  if (!s.bytes[0]) return plain(c);
  if (n < 2) return tooShort();
  return p[1] < 0x80 ? decoded(2, e.set->valueOf(static_cast<uint32_t>(c << 8 | p[1]) | 0x8080)) : invalid(1);
}

Step encodeHz(const Encoding& e, State& s, const uint32_t* p, int64_t, bool) {
  Step out;
  out.consumed = 1;
  if (p[0] < 0x80) {
    if (s.bytes[0]) put(out, '~'), put(out, '}');
    s.bytes[0] = 0;
    if (p[0] == '~') put(out, '~');
    put(out, p[0]);
    return out;
  }
  const uint32_t code = e.set->codeOf(p[0]);
  if (!code) return invalid(1);
  if (!s.bytes[0]) put(out, '~'), put(out, '{'), s.bytes[0] = 1;
  putCode(out, code & 0x7f7f);
  return out;
}

Step finishHz(const Encoding&, State& s) {
  Step out;
  if (s.bytes[0]) put(out, '~'), put(out, '}');
  s.bytes[0] = 0;
  return out;
}

void resetHz(State& s) { s.bytes[0] = 0; }

constexpr Encoding kEncodings[] = {
    {"gb2312", decodePairs, encodePairs, &kGb2312, nullptr, kUsualPairs},
    {"gbk", decodePairs, encodePairs, &kGbk, nullptr, kUsualPairs},
    {"gb18030", decodeGb18030, encodeGb18030, &kGb18030, nullptr, kUsualPairs},
    {.name = "hz", .decode = decodeHz, .encode = encodeHz, .set = &kGb2312, .finish = finishHz, .resetDecoder = resetHz},
};
Value getCodec(Value, Value name) { return newCodec(kEncodings, name); }
constexpr MethodDef methods[] = {{"getcodec", getCodec}, {}};

} // namespace
} // namespace krait::multibyte

namespace krait {
extern "C" const NativeModule krt_module_codecs_cn = {.name = "_codecs_cn", .methods = multibyte::methods, .exec = nullptr};
} // namespace krait
