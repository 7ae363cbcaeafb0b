// Types of the library whose values are compared and hashed without running code, such as dates: dicts, sets, tuples and sorts ask them as
// they ask texts and numbers, and need not fear that a key changes them meanwhile.
#pragma once
#include "runtime/object/type.h"
#include "runtime/types/many_steps.h"

namespace krait {

/// hash(v) of an exact instance; false: to find it may run code.
using PlainHash = bool (*)(Value v, int64_t* hash);
/// Of two exact instances, other than the same: -1, 0 or 1, or 2 where to compare them may run code or raise.
using PlainOrder = int32_t (*)(Value a, Value b);

/// A type of the library with such functions. Classes derived from it do not inherit them.
struct PlainKeyType : Type {
  PlainHash plainHash;
  PlainOrder plainOrder;
};
constexpr uint64_t kTypePlainKey = kTypeManySteps << 1; // of Type::flags: it is a PlainKeyType
constexpr PlainKeyType withPlainKeys(Type t, PlainHash hash, PlainOrder order) {
  t.flags |= kTypePlainKey;
  return {t, hash, order};
}
inline bool arePlainKeys(const Type* t, const Type* u) { return t == u && t->flags & kTypePlainKey; }
/// Of two that are.
inline int32_t orderPlainKeys(Value a, Value b) { return static_cast<const PlainKeyType*>(typeOfObject(a.object()))->plainOrder(a, b); }
/// Of any value: false, too, where its type says nothing.
inline bool plainKeyHash(Value v, int64_t* hash) {
  return v.isPointer() && typeOfObject(v.object())->flags & kTypePlainKey && static_cast<const PlainKeyType*>(typeOfObject(v.object()))->plainHash(v, hash);
}

} // namespace krait
