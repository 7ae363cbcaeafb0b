// Properties and named tuples' fields that an attribute site knows: the functions
// are entered from there, without a search and without packing arguments.
#pragma once
#include "runtime/object/direct_calls.h"
#include "runtime/types/descriptors.h"

namespace krait {

/// The property that the site knows for the class of `o`; null: it knows something else.
inline const PropertyObject* cachedProperty(Value o, const AttrCache* cache) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || (cache->offset & kCacheKindMask) != static_cast<uint64_t>(CacheKind::Property) ||
      ownerOf(l)->version != cache->version) [[unlikely]]
    return nullptr;
  return cache->found.as<PropertyObject>();
}

/// The function of such a property, where nobody else is asked when it fails; else null.
inline FunctionObject* cachedGetter(Value o, const AttrCache* cache) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || cache->offset != static_cast<uint64_t>(CacheKind::Property) || ownerOf(l)->version != cache->version) return nullptr;
  Value getter = cache->found.as<PropertyObject>()->getter;
  return getter && isFunction(getter) ? getter.as<FunctionObject>() : nullptr;
}
/// Of a site that stores: the function that is told the value.
inline FunctionObject* cachedSetter(Value o, const AttrCache* cache) {
  const PropertyObject* p = cachedProperty(o, cache);
  return p && p->setter && isFunction(p->setter) ? p->setter.as<FunctionObject>() : nullptr;
}

/// Of a site that knows a Getter: it is the item of a tuple at the index in the rest of `offset`.
constexpr uint64_t kTupleItem = 2 << kCacheKindBits;
constexpr unsigned kTupleItemShift = 5;
/// That item (borrowed); null: the site knows something else, or the tuple is too short.
inline Value cachedItem(Value o, const AttrCache* cache) {
  constexpr uint64_t kKind = static_cast<uint64_t>(CacheKind::Getter) | kTupleItem;
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || (cache->offset & ((1 << kTupleItemShift) - 1)) != kKind || ownerOf(l)->version != cache->version) return {};
  const auto index = static_cast<int64_t>(cache->offset >> kTupleItemShift);
  return index < asTuple(o)->size ? asTuple(o)->items[index] : Value();
}

/// Of a site that knows a Getter: the row of a builtin descriptor that nothing hides; else null. That its owner is among the bases is a fact
/// of the layout.
inline const GetSetDef* cachedField(Value o, const AttrCache* cache) {
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || cache->offset != static_cast<uint64_t>(CacheKind::Getter) || ownerOf(l)->version != cache->version ||
      !isExact(cache->found, getsetDescriptorType))
    return nullptr;
  auto* def = static_cast<const GetSetDef*>(cache->found.as<DescriptorObject>()->def);
  return def->get ? def : nullptr;
}

/// Whether sites may know the property: its functions get what they take by position.
bool hasSimpleGetter(Value found);
bool hasSimpleSetter(Value found);
/// o.name by a getter of one parameter that cachedGetter gave; o.name = v by a setter of two.
Value enterGetter(FunctionObject* f, Value o, Value name);
int32_t enterSetter(FunctionObject* f, Value o, Value v);
/// The __get__ or __set__ of a descriptor whose class is made in Python, if it is a function that takes what it is given; else null.
FunctionObject* methodOfDescriptor(Value descriptor, Value name);
/// o.name by such a row of a descriptor: its code and its closure live as long as the process, or the class.
Value getOfField(const GetSetDef* def, Value o, Value name);
/// o.name, of any property that the site knows; null without an error if it has no getter.
Value getOfProperty(const PropertyObject* p, Value o, Value name, const AttrCache* cache);

} // namespace krait
