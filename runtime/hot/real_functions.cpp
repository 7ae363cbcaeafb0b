// Builtin functions of one float, called without boxes: NaN where it is another function, or the result no plain number.
#include <cmath>
#include "runtime/object/attribute_cache.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/real_functions.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace krait {

namespace {
inline bool knowsFunction(Value o, const MethodCache* cache) {
  return cache->layout == markedLayout(o.object()->layout) && static_cast<CacheKind>(cache->offset & kCacheKindMask) == CacheKind::Module &&
         asDict(moduleDict(o))->version == cache->version;
}
inline double plain(double x) { return std::isfinite(x) ? x : NAN; }
} // namespace

extern "C" {

double krt_real_function(Value f, double x) {
  if (eventsActive || !f.isPointer() || f.object()->layout != &builtinFunctionType.instanceLayout) return NAN;
  const auto real = f.as<BuiltinFunctionObject>()->def->real;
  if (real == realSqrt) return plain(__builtin_sqrt(x)); // an instruction
  return real ? plain(real(x)) : NAN;
}

double krt_real_method(Value o, Value name, MethodCache* cache, double x) {
  if (!o.isPointer()) return NAN;
  if (!knowsFunction(o, cache)) [[unlikely]] {
    if (typeOf(o) != &moduleType) return NAN;
    fillAttributeCache(o, name, cache);
    if (!knowsFunction(o, cache)) return NAN;
  }
  return krt_real_function(*reinterpret_cast<Value*>(cache->offset & ~kCacheKindMask), x);
}

} // extern "C"

} // namespace krait
