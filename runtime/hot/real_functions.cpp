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

using Real = MethodDef::Real;
/// The definition of a function (null: there is none), if it computes in that way and nobody listens; else null.
inline const MethodDef* definitionOf(Value f, Real computes) {
  if (!f || eventsActive || !f.isPointer() || f.object()->layout != &builtinFunctionType.instanceLayout) return nullptr;
  const MethodDef* def = f.as<BuiltinFunctionObject>()->def;
  return def->computes == computes ? def : nullptr;
}
/// The attribute of a module, borrowed; null: it has none, or is no module.
inline Value functionIn(Value o, Value name, MethodCache* cache) {
  if (!o.isPointer()) return Value();
  if (!knowsFunction(o, cache)) [[unlikely]] {
    if (typeOf(o) != &moduleType) return Value();
    fillAttributeCache(o, name, cache);
    if (!knowsFunction(o, cache)) return Value();
  }
  return *reinterpret_cast<Value*>(cache->offset & ~kCacheKindMask);
}
} // namespace

extern "C" {

double krt_real_function(Value f, double x) {
  const MethodDef* def = definitionOf(f, Real::OfOne);
  if (!def) return NAN;
  if (def->real == realSqrt) return plain(__builtin_sqrt(x)); // an instruction
  return plain(def->real(x));
}
double krt_real_method(Value o, Value name, MethodCache* cache, double x) { return krt_real_function(functionIn(o, name, cache), x); }

double krt_real_function_of_two(Value f, double x, double y) {
  const MethodDef* def = definitionOf(f, Real::OfTwo);
  return def ? plain(def->realOfTwo(x, y)) : NAN;
}
double krt_real_method_of_two(Value o, Value name, MethodCache* cache, double x, double y) {
  return krt_real_function_of_two(functionIn(o, name, cache), x, y);
}

double krt_whole_function(Value f, double x) {
  const MethodDef* def = definitionOf(f, Real::Whole);
  return def ? plain(def->real(x)) : NAN;
}
double krt_whole_method(Value o, Value name, MethodCache* cache, double x) { return krt_whole_function(functionIn(o, name, cache), x); }

} // extern "C"

} // namespace krait
