// Weak references. The weakref word of an object (Layout::weakOffset) heads a
// doubly linked list of them, borrowed both ways: ref objects without callback of
// exact type first, then such proxies, then the others.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct WeakrefObject {
  Object header;
  Value target;     // borrowed; null once cleared
  Value callback;   // owned or null
  int64_t hash;     // -1: not yet asked for
  WeakrefObject *previous, *next;
};

inline bool isWeakref(Value v) { return isInstanceOf(v, weakrefType) || isExact(v, proxyType) || isExact(v, callableProxyType); }
/// weakref.ref(target, callback); callback null: none. TypeError "cannot create weak reference to 'x' object".
Value newWeakref(Value target, Value callback);
Value newWeakProxy(Value target, Value callback);
/// Borrowed; null when it is dead, and while it waits in the trash can with a count of 0.
inline Value weakrefTarget(Value ref) {
  Value target = ref.as<WeakrefObject>()->target;
  return target && target.object()->refs != 0 ? target : Value();
}
/// Both are weakref.ref itself and refer to one living object that leaves == to object: they are equal.
bool refersToSame(Value a, Value b);
int64_t weakrefCount(Value target);
/// List of the weak references to `target`.
Value weakrefList(Value target);

/// Memory functions of reference and proxy objects: out of the target's list, callback released.
void weakrefDealloc(Object* o);
int weakrefTraverse(Object* o, Visit visit, void* context);
void weakrefClear(Object* o);

} // namespace krait
