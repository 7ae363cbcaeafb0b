// Inline caches of attribute and method sites: what fills them, and the slow half
// of using them.
//
// The hot path of attributes knows one form, that of methods none: it asks the class's rows (method_rows.h). Both that and the
// form of methods in the slow path have the plain address of the receiver's layout:
//   attribute site: found null; the low half of `offset` is where in the object the value is, its top byte which word
//                   of a layout must be `version` for that: a family (slot_families.h), so that other layouts do, too.
//                   The byte above the low half is the number of the inline slot plus one, 0 for words of __slots__;
//   method site:    found a FunctionObject of the class, `offset` the dict word, `version` that of the class.
// A site that expects an instance's class to have a constant (krt_constant_peek) knows one more form, which has no layout to be compared:
//   version that of the class, found the constant, and in the low half of `offset` a word of the instance that is then what `layout` is: its
//   dict, which it has not got, or, if its class has none, its layout, as it always is.
// Every other form carries the layout with its low bit set, so that the hot path
// passes it by, and CacheKind in the low bits of `offset`, the top byte zero. A version proves that
// neither the class nor a base changed; whether the instance has an attribute of
// its own is asked where that matters.
#pragma once
#include "runtime/abi/entries.h"
#include "runtime/object/type.h"

namespace krait {

enum class CacheKind : uint64_t {
  Plain,    // class attribute, returned as it is; a static method's function; method sites: a static or class method
  Method,   // function or method descriptor of the class: binds the receiver
  Property, // property with a getter, or setter, in Python; rest of offset: the __getattr__ that is asked if it raises
            // AttributeError. Method sites: the receiver's own, in the word at the rest of offset
  Getter,   // any other descriptor: its `get` is asked; or an item of a tuple (cached_properties.h)
  Dict,     // in the instance dict; rest of offset: a guess at the entry
  Class,    // receiver is a class: `version` is its own, rest of offset the metaclass's; found is raw
  Builtin,  // method descriptor of a builtin type whose instances have no dict: neither can change
  Module,   // receiver is a module: version is its dict's, found its dict, rest of offset the entry
};
constexpr uint64_t kCacheKindBits = 3, kCacheKindMask = 7;

inline const Layout* markedLayout(const Layout* l) { return reinterpret_cast<const Layout*>(reinterpret_cast<uint64_t>(l) | 1); }
/// Of sites of getattr() and hasattr() that found nothing: `version` is the class's, or, if the receiver is a class, its
/// own, and that of the metaclass stands in `offset` as with CacheKind::Class.
inline const Layout* absentLayout(const Layout* l) { return reinterpret_cast<const Layout*>(reinterpret_cast<uint64_t>(l) | 3); }
inline const Layout* unmarkedLayout(const Layout* l) { return reinterpret_cast<const Layout*>(reinterpret_cast<uint64_t>(l) & ~uint64_t{3}); }
/// The layout that sites know a receiver by. An immediate has that of its type, whose objects are no different to a site.
inline const Layout* siteLayout(Value o) { return o.isPointer() ? o.object()->layout : &typeOf(o)->instanceLayout; }
/// The class whose own layout this is (never a foreign one).
inline const Type* ownerOf(const Layout* own) {
  return reinterpret_cast<const Type*>(reinterpret_cast<const char*>(own) - offsetof(Type, instanceLayout));
}

/// What `offset` of an attribute site consists of. Each part is loaded by itself: shorter than a word that is taken apart.
inline uint64_t whichWord(const AttrCache* cache) { return reinterpret_cast<const uint8_t*>(&cache->offset)[7]; }
inline uint32_t placeOffset(const AttrCache* cache) {
  uint32_t low;
  __builtin_memcpy(&low, &cache->offset, sizeof low);
  return low;
}
/// A word of a layout: of those that sites compare.
struct LayoutWord { uint64_t bits; };
/// An attribute site knows where in `o` the value is. Other forms, and empty ones, compare a version with the address
/// of a type, which differ.
inline bool knowsPlace(Value o, const AttrCache* cache) {
  return o.isPointer() && reinterpret_cast<const LayoutWord*>(o.object()->layout)[whichWord(cache)].bits == cache->version;
}
/// A method site knows a descriptor of the receiver's builtin type, which nothing can hide or change.
inline bool isBuiltinCache(const MethodCache* cache, const Layout* l) {
  return cache->layout == markedLayout(l) && (cache->offset & kCacheKindMask) == static_cast<uint64_t>(CacheKind::Builtin);
}
/// The receiver is a class, and the site knows what is found there: `found`, before it is bound.
inline bool knowsOfClass(Value o, const AttrCache* cache) {
  const Layout* l = o.object()->layout;
  return cache->layout == markedLayout(l) && (cache->offset & kCacheKindMask) == static_cast<uint64_t>(CacheKind::Class) &&
         o.as<Type>()->version == cache->version && ownerOf(l)->version == cache->offset >> kCacheKindBits;
}
/// No descriptor: an attribute of a class that is given as it is.
inline bool isPlainValue(Value found) {
  if (!found.isPointer()) return true;
  const Type* t = found.object()->layout->type;
  return t->flags & kTypeInherited && !t->descrGet;
}
/// Whether the instance has a dict of its own, which may hide what the class has. Without a branch, so that where it is asked again LLVM sees
/// that the answer is known; what stands at offset 0 in its stead can be read.
inline bool hasOwnDict(const Object* o, const Layout* l) {
  return static_cast<bool>(static_cast<int>(l->dictOffset != 0) & static_cast<int>(wordAt(const_cast<Object*>(o), l->dictOffset)->bits != 0));
}

/// What the class has for an instance without a dict, which therefore hides nothing (inline slots of that name were asked for
/// when the site was filled); null where it is something else, or takes more than a look.
inline Value knownConstant(Value o, const AttrCache* cache) {
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || (cache->offset & kCacheKindMask) != static_cast<uint64_t>(CacheKind::Plain)) return {};
  if (ownerOf(l)->version != cache->version || hasOwnDict(o.object(), l) || !isPlainValue(cache->found)) return {};
  return cache->found;
}
inline bool knowsConstant(Value o, const AttrCache* cache) {
  if (!o.isPointer() || versionOf(o.object()->layout) != cache->version) return false;
  const auto offset = static_cast<int32_t>(placeOffset(cache)); // a dict may stand before its object
  return wordAt(o.object(), offset)->bits == reinterpret_cast<uint64_t>(cache->layout);
}
inline Value* knownPlace(Value o, const AttrCache* cache) { return wordAt(o.object(), placeOffset(cache)); }

extern "C" {
[[gnu::noinline]] Value krt_attr_get_slow(Value o, Value name, AttrCache* cache);
/// Calls nothing; fills the site.
[[gnu::noinline]] Value krt_attr_peek_slow(Value o, Value name, AttrCache* cache);
/// The same, and the site learns a constant that is none only if the class changes.
[[gnu::noinline]] Value krt_constant_peek_slow(Value o, Value name, AttrCache* cache);
[[gnu::noinline]] int32_t krt_attr_set_slow(Value o, Value name, Value v, AttrCache* cache);
/// Arguments are owned.
[[gnu::noinline]] Value krt_method0_slow(Value o, Value name, MethodCache* cache);
[[gnu::noinline]] Value krt_method1_slow(Value o, Value name, MethodCache* cache, Owned a);
[[gnu::noinline]] Value krt_method2_slow(Value o, Value name, MethodCache* cache, Owned a, Owned b);
[[gnu::noinline]] Value krt_method3_slow(Value o, Value name, MethodCache* cache, Owned a, Owned b, Owned c);
/// Of classes whose metaclass is not type itself; calls nothing.
[[gnu::noinline]] FunctionObject* krt_known_init_slow(Value f);
/// Teaches the shape.
[[gnu::noinline]] int32_t krt_class_fits_slow(Value cls, Shape* shape);
/// Looks for the method, and calls nothing.
[[gnu::noinline]] FunctionObject* krt_known_method_slow(Value o, Value name);
/// Fills the site, and calls nothing.
[[gnu::noinline]] FunctionObject* krt_known_static_slow(Value o, Value name, MethodCache* cache, int32_t takesClass);
/// Look for the property, fill the site, and call nothing.
[[gnu::noinline]] FunctionObject* krt_known_getter_slow(Value o, Value name, AttrCache* cache);
[[gnu::noinline]] FunctionObject* krt_known_setter_slow(Value o, Value name, AttrCache* cache);
/// Looks for a method in the class, and calls nothing.
[[gnu::noinline]] FunctionObject* krt_known_of_class_slow(Value cls, Value name);
/// Fills the site where super() is what it seems: the layout, or the class that `self` is, proves that the class has
/// `type` (in `offset`) in its MRO, the version what comes after it.
[[gnu::noinline]] Value krt_super_load_slow(Value callee, Value type, Value self, Value name, MethodCache* cache, Slot out);
[[gnu::noinline]] Value krt_super_load_of_slow(Value callee, Value type, Value self, Value name, MethodCache* cache, Slot out);
/// Fills the site where super() is what it seems and finds a function, and calls nothing.
[[gnu::noinline]] FunctionObject* krt_known_super_slow(Value type, Value o, Value name, MethodCache* cache, int32_t isClass);
[[gnu::noinline]] Value krt_method_load_slow(Value o, Value name, MethodCache* cache, Slot self);
[[gnu::noinline]] Value krt_method_call0_slow(Value f, Owned self);
[[gnu::noinline]] Value krt_method_call1_slow(Value f, Owned self, Owned a);
[[gnu::noinline]] Value krt_method_call2_slow(Value f, Owned self, Owned a, Owned b);
[[gnu::noinline]] Value krt_method_call3_slow(Value f, Owned self, Owned a, Owned b, Owned c);
[[gnu::noinline]] Value krt_bound_call0_slow(Value o, Value function);
[[gnu::noinline]] Value krt_bound_call1_slow(Value o, Value function, Owned a);
[[gnu::noinline]] Value krt_bound_call2_slow(Value o, Value function, Owned a, Owned b);
[[gnu::noinline]] Value krt_bound_call3_slow(Value o, Value function, Owned a, Owned b, Owned c);
[[gnu::noinline]] Value krt_call0_slow(Value f);
[[gnu::noinline]] Value krt_call1_slow(Value f, Owned a);
[[gnu::noinline]] Value krt_call2_slow(Value f, Owned a, Owned b);
[[gnu::noinline]] Value krt_call3_slow(Value f, Owned a, Owned b, Owned c);
[[gnu::noinline]] Value krt_call4_slow(Value f, Owned a, Owned b, Owned c, Owned d);
}

} // namespace krait
