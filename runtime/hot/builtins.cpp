// Calls of builtin functions that programs make most: what the name means is
// compared with the object that the builtins module has for it at first, common
// arguments are answered here, and everything else is a call like any other.
#include "runtime/builtins/functions.h"
#include "runtime/object/audit.h"
#include "runtime/object/direct_calls.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

inline bool is(Value f, const StaticFunction& builtin) {
  return f.object() == &builtin.header && !eventsActive;
}

inline bool isPlainClass(Value v) { return v.isPointer() && v.object()->layout == &typeType.instanceLayout; }

/// By the chain of first bases alone; "no" means nothing.
inline bool isKnownSubclass(const Type* t, const Type* wanted) {
  if (t == wanted) return true;
  return t->depth > wanted->depth && t->display[wanted->depth] == wanted && !(t->flags & (kTypeUncached | kTypeRebased));
}

} // namespace

extern "C" {

[[gnu::noinline]] Value krt_call_isinstance_slow(Value f, Owned a, Owned b);
[[gnu::noinline]] Value krt_call_issubclass_slow(Value f, Owned a, Owned b);
[[gnu::noinline]] Value krt_call_getattr_slow(Value f, Owned o, Value name, Owned otherwise, AttrCache* cache);
[[gnu::noinline]] Value krt_call_hasattr_slow(Value f, Owned o, Value name, AttrCache* cache);

Value krt_call_isinstance(Value f, Owned a, Owned b) {
  if (is(f, krt_builtin_function_isinstance) && isPlainClass(b) && isKnownSubclass(typeOf(a), b.as<Type>())) [[likely]] {
    decref(a);
    decref(b);
    return boolean(true);
  }
  return krt_call_isinstance_slow(f, a, b);
}

Value krt_call_issubclass(Value f, Owned a, Owned b) {
  if (is(f, krt_builtin_function_issubclass) && isPlainClass(a) && isPlainClass(b) && isKnownSubclass(a.as<Type>(), b.as<Type>())) [[likely]] {
    decref(a);
    decref(b);
    return boolean(true);
  }
  return krt_call_issubclass_slow(f, a, b);
}

Value krt_call_getattr(Value f, Owned o, Value name, Owned otherwise, AttrCache* cache) {
  if (is(f, krt_builtin_function_getattr) && knowsPlace(o, cache)) [[likely]]
    if (Value v = *knownPlace(o, cache)) [[likely]] {
      incref(v);
      decref(o);
      if (otherwise) decref(otherwise);
      return v;
    }
  return krt_call_getattr_slow(f, o, name, otherwise, cache);
}

Value krt_call_hasattr(Value f, Owned o, Value name, AttrCache* cache) {
  if (is(f, krt_builtin_function_hasattr) && knowsPlace(o, cache) && *knownPlace(o, cache)) [[likely]] {
    decref(o);
    return boolean(true);
  }
  return krt_call_hasattr_slow(f, o, name, cache);
}

Value krt_call_callable(Value f, Owned a) {
  if (is(f, krt_builtin_function_callable)) [[likely]] {
    const bool holds = isCallable(a);
    decref(a);
    return boolean(holds);
  }
  return krt_call1(f, a);
}

Value krt_call_id(Value f, Owned a) {
  if (is(f, krt_builtin_function_id) && a.isPointer() && !auditing) [[likely]] {
    decref(a);
    return newInt(static_cast<int64_t>(a.bits)); // addresses are positive
  }
  return krt_call1(f, a);
}

Value krt_call_len(Value f, Owned a) {
  if (is(f, krt_builtin_function_len) && a.isPointer()) [[likely]] {
    const Layout* l = a.object()->layout;
    int64_t size = -1;
    if (l == &listType.instanceLayout) size = asList(a)->size;
    else if (l == &strType.instanceLayout) size = asStr(a)->length;
    else if (l == &tupleType.instanceLayout) size = asTuple(a)->size;
    else if (l == &dictType.instanceLayout) size = asDict(a)->used;
    if (size >= 0) [[likely]] {
      decref(a);
      return newInt(size);
    }
  }
  return krt_call1(f, a);
}

Value krt_call_type(Value f, Owned a) {
  if (f.object() == &typeType.header) [[likely]] {
    Value t = newRef(asValue(typeOf(a)));
    decref(a);
    return t;
  }
  return krt_call1(f, a);
}

Value krt_call_abs(Value f, Owned a) {
  if (is(f, krt_builtin_function_abs)) [[likely]] {
    if (a.isSmallInt() && a.smallInt() != Value::kSmallMin) return newInt(a.smallInt() < 0 ? -a.smallInt() : a.smallInt());
    if (a.isImmediateFloat()) return newFloat(__builtin_fabs(a.immediateFloat()));
  }
  return krt_call1(f, a);
}

Value krt_call_ord(Value f, Owned a) {
  if (is(f, krt_builtin_function_ord) && a.isPointer() && a.object()->layout == &strType.instanceLayout &&
      asStr(a)->length == 1 && asStr(a)->kind == 1) [[likely]] {
    Value code = Value::ofSmallInt(asStr(a)->data()[0]);
    decref(a);
    return code;
  }
  return krt_call1(f, a);
}

Value krt_call_chr(Value f, Owned a) {
  if (is(f, krt_builtin_function_chr) && a.isSmallInt() && static_cast<uint64_t>(a.smallInt()) < 256) [[likely]]
    return latin1Char(static_cast<uint8_t>(a.smallInt()));
  return krt_call1(f, a);
}

// Of two equal ones the first is the answer.
Value krt_call_max(Value f, Owned a, Owned b) {
  if (is(f, krt_builtin_function_max)) [[likely]] {
    if (a.bits & b.bits & Value::kIntTag) return static_cast<int64_t>(b.bits) > static_cast<int64_t>(a.bits) ? b : a;
    if (a.isImmediateFloat() && b.isImmediateFloat()) return b.immediateFloat() > a.immediateFloat() ? b : a;
  }
  return krt_call2(f, a, b);
}

Value krt_call_min(Value f, Owned a, Owned b) {
  if (is(f, krt_builtin_function_min)) [[likely]] {
    if (a.bits & b.bits & Value::kIntTag) return static_cast<int64_t>(b.bits) < static_cast<int64_t>(a.bits) ? b : a;
    if (a.isImmediateFloat() && b.isImmediateFloat()) return b.immediateFloat() < a.immediateFloat() ? b : a;
  }
  return krt_call2(f, a, b);
}

} // extern "C"

} // namespace krait
