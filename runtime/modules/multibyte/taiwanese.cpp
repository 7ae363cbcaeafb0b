// _codecs_tw and _codecs_hk: Big5, as in Taiwan, as Microsoft has it, and with Hong Kong's supplement.
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/modules/multibyte/sets.h"

namespace krait::multibyte {

#include "runtime/modules/multibyte/taiwanese_sets.inc"

namespace {

Step encodeHongKong(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  bool wait;
  const uint32_t both = codeOfTwo(*e.set, p[0] == 0xca || p[0] == 0xea, p, n, final, &wait);
  return wait ? tooShort() : both ? encodedCode(both, 2) : encodePairs(e, s, p, n, final);
}

constexpr Encoding kTaiwan[] = {{"big5", decodePairs, encodePairs, &kBig5}, {"cp950", decodePairs, encodePairs, &kCp950}};
constexpr Encoding kHongKong[] = {{"big5hkscs", decodePairs, encodeHongKong, &kBig5Hkscs}};

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
