// The tests of the match statement, and `async for`.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"

namespace krait {

extern "C" int32_t krt_match_is_sequence(Value v) { return hasTypeFlag(v, kTypeSequence); }
extern "C" int32_t krt_match_is_mapping(Value v) { return hasTypeFlag(v, kTypeMapping); }
extern "C" int64_t krt_match_length(Value v) { return length(v); }

extern "C" Value krt_match_keys(Value mapping, Value keys) {
  int64_t n = asTuple(keys)->size;
  if (n == 0) return emptyTuple();
  // get(key, default) does not create keys as __missing__ might.
  Ref get(getAttr(mapping, NAME(get)));
  Ref seen(get ? newSet(Value()) : Value());
  Ref absent(seen ? call(asValue(&objectType)) : Value());
  Ref values(absent ? newList(0) : Value());
  if (!values) return Value();
  for (int64_t i = 0; i < n; ++i) {
    Value key = asTuple(keys)->items[i];
    int32_t duplicate = setContains(seen, key);
    if (duplicate > 0) return raise(ValueErrorType, "mapping pattern checks duplicate key (%R)", key);
    if (duplicate < 0 || setAdd(seen, key) < 0) return Value();
    Ref value(call(get, {key, absent}));
    if (!value) return Value();
    if (value.get() == absent.get()) return none();
    if (listAppend(values, value) < 0) return Value();
  }
  return listToTuple(values);
}

extern "C" Value krt_match_rest(Value mapping, Value keys) {
  Ref rest(newDict());
  if (!rest || dictMerge(rest, mapping, 1) < 0) return Value();
  for (int64_t i = 0; i < asTuple(keys)->size; ++i)
    if (dictDelete(rest, asTuple(keys)->items[i]) < 0) return Value();
  return rest.release();
}

/// The attribute for one sub-pattern; null without error when absent.
static Value matchAttribute(Value subject, Value type, Value name, Value seen) {
  int32_t duplicate = setContains(seen, name);
  if (duplicate > 0)
    return raise(TypeErrorType, "%s() got multiple sub-patterns for attribute %R", type.as<Type>()->name, name);
  if (duplicate < 0 || setAdd(seen, name) < 0) return Value();
  return getAttrOptional(subject, name);
}

extern "C" Value krt_match_class(Value subject, Value type, uint32_t positional, Value names) {
  if (!hasTypeFlag(type, kTypeType)) return raise(TypeErrorType, "called match pattern must be a type");
  int32_t instance = isInstance(subject, type);
  if (instance <= 0) return instance < 0 ? Value() : none();
  const char* typeName = type.as<Type>()->name;
  Ref seen(newSet(Value()));
  Ref found(seen ? newList(0) : Value());
  if (!found) return Value();
  if (positional) {
    bool self = false;
    Ref matchArgs(getAttrOptional(type, NAME(__match_args__)));
    if (matchArgs) {
      if (!isExactTuple(matchArgs))
        return raise(TypeErrorType, "%s.__match_args__ must be a tuple (got %s)", typeName, typeOf(matchArgs)->name);
    } else {
      if (errorSet()) return Value();
      matchArgs.reset(emptyTuple());
      self = type.as<Type>()->flags & kTypeMatchSelf;
    }
    int64_t allowed = self ? 1 : asTuple(matchArgs)->size;
    if (allowed < positional)
      return raise(TypeErrorType, "%s() accepts %d positional sub-pattern%s (%d given)", typeName,
                   static_cast<int>(allowed), allowed == 1 ? "" : "s", static_cast<int>(positional));
    if (self) {
      if (listAppend(found, subject) < 0) return Value();
    } else {
      for (uint32_t i = 0; i < positional; ++i) {
        Value name = asTuple(matchArgs)->items[i];
        if (!isExactStr(name))
          return raise(TypeErrorType, "__match_args__ elements must be strings (got %s)", typeOf(name)->name);
        Ref attribute(matchAttribute(subject, type, name, seen));
        if (!attribute) return errorSet() ? Value() : none();
        if (listAppend(found, attribute) < 0) return Value();
      }
    }
  }
  for (int64_t i = 0; names && i < asTuple(names)->size; ++i) {
    Ref attribute(matchAttribute(subject, type, asTuple(names)->items[i], seen));
    if (!attribute) return errorSet() ? Value() : none();
    if (listAppend(found, attribute) < 0) return Value();
  }
  return listToTuple(found);
}

// ---- async for --------------------------------------------------------------

extern "C" Value krt_aiter(Value o) {
  const AsyncSlots* slots = readyTypeOf(o)->async;
  if (!slots || !slots->aiter)
    return raise(TypeErrorType, "'async for' requires an object with __aiter__ method, got %.100s", typeOf(o)->name);
  Value it = slots->aiter(o);
  if (it && (!readyTypeOf(it)->async || !readyTypeOf(it)->async->anext)) {
    Ref wrong(it);
    return raise(TypeErrorType,
                 "'async for' received an object from __aiter__ that does not implement __anext__: %.100s",
                 typeOf(it)->name);
  }
  return it;
}
extern "C" Value krt_anext(Value o) {
  if (isAsyncGenerator(o)) return asyncGeneratorNextForLoop(o);
  const AsyncSlots* slots = readyTypeOf(o)->async;
  if (!slots || !slots->anext)
    return raise(TypeErrorType, "'async for' requires an iterator with __anext__ method, got %.100s",
                 typeOf(o)->name);
  Ref awaitable(slots->anext(o));
  if (!awaitable) return {};
  Value it = krt_await_iter(awaitable, 0);
  if (!it) {
    Value cause = errorTake().release();
    raise(TypeErrorType, "'async for' received an invalid object from __anext__: %.100s", typeOf(awaitable)->name);
    errorChainCause(cause);
  }
  return it;
}

} // namespace krait
