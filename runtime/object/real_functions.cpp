// Builtin functions of one float, called without boxes: NaN where it is another function, or the result no plain number.
#include <cmath>
#include "runtime/object/cache_fill.h"
#include "runtime/object/attribute_cache.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace krait {

extern "C" {

double krt_real_function(Value f, double x) {
  if (eventsActive || !f.isPointer() || f.object()->layout != &builtinFunctionType.instanceLayout) return NAN;
  const MethodDef* def = f.as<BuiltinFunctionObject>()->def;
  if (!def->real) return NAN;
  const double r = def->real(x);
  return std::isfinite(r) ? r : NAN;
}

double krt_real_method(Value o, Value name, MethodCache* cache, double x) {
  if (!o.isPointer() || typeOf(o) != &moduleType) return NAN;
  auto isKnown = [&] {
    return cache->layout == markedLayout(o.object()->layout) && static_cast<CacheKind>(cache->offset & kCacheKindMask) == CacheKind::Module &&
           asDict(moduleDict(o))->version == cache->version;
  };
  if (!isKnown()) fillAttributeCache(o, name, cache);
  if (!isKnown()) return NAN;
  return krt_real_function(*reinterpret_cast<Value*>(cache->offset & ~kCacheKindMask), x);
}

} // extern "C"

} // namespace krait
