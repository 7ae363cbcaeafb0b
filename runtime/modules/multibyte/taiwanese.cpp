// _codecs_tw and _codecs_hk: Big5, as in Taiwan, as Microsoft has it, and with Hong Kong's supplement.
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/modules/multibyte/sets.h"
#include "runtime/modules/multibyte/usual.h"

namespace krait::multibyte {

#include "runtime/modules/multibyte/taiwanese_sets.inc"

namespace {

/// They may have a code together with the next character.
bool beginsPair(uint32_t c) { return c == 0xca || c == 0xea; }
Step encodeHongKong(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  bool wait;
  const uint32_t both = codeOfTwo(*e.set, beginsPair(p[0]), p, n, final, &wait);
  return wait ? tooShort() : both ? encodedCode(both, 2) : encodePairs(e, s, p, n, final);
}

uint32_t quickHongKong(const Encoding& e, uint32_t c) { return beginsPair(c) ? 0 : e.set->codeOf(c); }

constexpr Encoding kTaiwan[] = {{"big5", decodePairs, encodePairs, &kBig5, nullptr, kUsualPairs},
                                {"cp950", decodePairs, encodePairs, &kCp950, nullptr, kUsualPairs}};
constexpr Encoding kHongKong[] = {{"big5hkscs", decodePairs, encodeHongKong, &kBig5Hkscs, nullptr,
                                   {decodeUsual<quickPair>, encodeUsual<quickHongKong>}}};

Value getTaiwanese(Value, Value name) { return newCodec(kTaiwan, name); }
Value getHongKong(Value, Value name) { return newCodec(kHongKong, name); }
constexpr MethodDef taiwaneseMethods[] = {{"getcodec", getTaiwanese}, {}};
constexpr MethodDef hongKongMethods[] = {{"getcodec", getHongKong}, {}};

} // namespace
} // namespace krait::multibyte

namespace krait {
extern "C" const NativeModule krt_module_codecs_tw = {.name = "_codecs_tw", .methods = multibyte::taiwaneseMethods, .exec = nullptr};
extern "C" const NativeModule krt_module_codecs_hk = {.name = "_codecs_hk", .methods = multibyte::hongKongMethods, .exec = nullptr};
} // namespace krait
