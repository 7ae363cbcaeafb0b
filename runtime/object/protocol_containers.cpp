// The container half of the object protocol (protocol.h): length, subscripts,
// membership, iteration. Exact builtin types are answered first; everything else
// goes through the type's slots.
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/list_blocks.h"
#include "runtime/types/sequence.h"

namespace krait {


// ---- iteration --------------------------------------------------------------

bool isIterator(Value v) { return readyTypeOf(v)->next != nullptr; }
bool isSequence(Value v) {
  if (isDict(v)) return false;
  Type* t = readyTypeOf(v);
  return t->sequence && t->sequence->item;
}
bool isMapping(Value v) {
  Type* t = readyTypeOf(v);
  return t->mapping && t->mapping->subscript;
}

/// Of what has no __iter__, or one that may give anything.
[[gnu::noinline]] static Value iterateChecked(Value o) {
  Type* t = readyTypeOf(o);
  if (!t->iter) {
    if (isSequence(o)) return newSequenceIterator(o);
    return raise(TypeErrorType, "'%.200s' object is not iterable", t->name);
  }
  Value it = t->iter(o);
  if (it && !isIterator(it)) {
    Ref wrong(it);
    return raise(TypeErrorType, "iter() returned non-iterator of type '%.100s'", typeOf(it)->name);
  }
  return it;
}
Value iterate(Value o) {
  const Type* t = typeOf(o);
  return t->iter && !isHeapType(t) ? t->iter(o) : iterateChecked(o);
}

Value next(Value it) {
  if (isExact(it, generatorType)) {
    Ref held = Ref::share(it); // an iterator that wraps it may let go of it meanwhile
    return generatorNext(it.as<GeneratorObject>());
  }
  UnaryFn step = typeOf(it)->next;
  if (!step) [[unlikely]] {
    step = readyTypeOf(it)->next;
    if (!step) return raise(TypeErrorType, "'%.200s' object is not an iterator", typeOf(it)->name);
  }
  Value v = step(it);
  if (!v && errorSet()) errorClearIf(StopIterationType);
  return v;
}

Value toList(Value iterable) {
  if (isExactList(iterable)) return listSlice(iterable, 0, asList(iterable)->size);
  if (isExactTuple(iterable) || isExactStr(iterable)) return newListOf(iterable);
  Ref list(newList(0));
  return list && listExtend(list, iterable) == 0 ? list.release() : Value();
}
Value toTuple(Value iterable) {
  if (isExactTuple(iterable)) return newRef(iterable);
  if (isList(iterable) && typeOf(iterable)->iter == listType.iter) return listToTuple(iterable);
  bool isDone = false;
  if (const Value few = tupleOfFew(iterable, &isDone); isDone) return few;
  Ref list(newList(0));
  return list && listExtend(list, iterable) == 0 ? listIntoTuple(list) : Value();
}
Value toFast(Value iterable, const char* message) {
  if (isExactList(iterable) || isExactTuple(iterable)) return newRef(iterable);
  Ref it(iterate(iterable));
  if (!it) {
    if (errorMatches(TypeErrorType)) {
      errorClear();
      raise(TypeErrorType, "%s", message);
    }
    return Value();
  }
  return toList(it);
}

int64_t lengthHint(Value o, int64_t fallback) {
  Type* t = readyTypeOf(o);
  if ((t->sequence && t->sequence->length) || (t->mapping && t->mapping->length)) {
    int64_t n = length(o);
    if (n >= 0) return n;
    if (!errorClearIf(TypeErrorType)) return -1;
  }
  Value method = typeLookup(t, NAME(__length_hint__));
  if (!method) return fallback;
  Ref result(callUnbound(method, o, nullptr, 0));
  if (!result) return errorClearIf(TypeErrorType) ? fallback : -1;
  if (result.get() == notImplemented()) return fallback;
  if (!isInt(result))
    return fail(TypeErrorType, "__length_hint__ must be an integer, not %.100s", typeOf(result)->name);
  int64_t n = toSize(result);
  if (n == -1 && errorSet()) return -1;
  if (n < 0) return fail(ValueErrorType, "__length_hint__() should return >= 0");
  return n;
}

// ---- length, membership -----------------------------------------------------

int64_t length(Value o) {
  if (const int64_t n = lengthAtHand(o); n >= 0) return n;
  Type* t = readyTypeOf(o);
  if (t->sequence && t->sequence->length) return t->sequence->length(o);
  if (t->mapping && t->mapping->length) return t->mapping->length(o);
  return fail(TypeErrorType, "object of type '%.200s' has no len()", t->name);
}

/// By asking every item, unless the type was not ready.
[[gnu::noinline]] static int32_t containsByItems(Value container, Value v) {
  Type* t = readyTypeOf(container);
  if (t->sequence && t->sequence->contains) return t->sequence->contains(container, v);
  if (t == &dictValuesType)
    if (const int32_t r = valuesPlainlyContain(container, v); r >= 0) return r;
  Ref it(iterate(container));
  if (!it) {
    if (errorMatches(TypeErrorType)) {
      errorClear();
      raise(TypeErrorType, "argument of type '%.200s' is not iterable", t->name);
    }
    return -1;
  }
  for (;;) {
    Ref item(next(it));
    if (!item) return errorSet() ? -1 : 0;
    int32_t r = keysEqual(item, v);
    if (r) return r;
  }
}
int32_t contains(Value container, Value v) {
  const Type* t = typeOf(container);
  return t->sequence && t->sequence->contains ? t->sequence->contains(container, v) : containsByItems(container, v);
}

// ---- subscripts -------------------------------------------------------------

Value sequenceItem(Value o, int64_t i) {
  Type* t = readyTypeOf(o);
  if (t->sequence && t->sequence->item) {
    if (i < 0 && t->sequence->length) {
      int64_t n = t->sequence->length(o);
      if (n < 0) return Value();
      i += n;
    }
    return t->sequence->item(o, i);
  }
  if (t->mapping && t->mapping->subscript) return raise(TypeErrorType, "%.200s is not a sequence", t->name);
  return raise(TypeErrorType, "'%.200s' object does not support indexing", t->name);
}

/// Of what has no slot for keys, or is not ready.
[[gnu::noinline]] static Value itemOfOthers(Value o, Value key) {
  Type* t = readyTypeOf(o);
  if (t->mapping && t->mapping->subscript) return t->mapping->subscript(o, key);
  if (t->sequence && t->sequence->item) {
    if (!hasIndex(key))
      return raise(TypeErrorType, "sequence index must be integer, not '%.200s'", typeOf(key)->name);
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return Value();
    return sequenceItem(o, i);
  }
  if (t->flags & kTypeType) {
    if (o == asValue(&typeType)) return newGenericAlias(o, key);
    Ref method(getAttrOptional(o, NAME(__class_getitem__)));
    if (method && !isNone(method)) return call(method, {key});
    if (errorSet()) return Value();
    return raise(TypeErrorType, "type '%.200s' is not subscriptable", o.as<Type>()->name);
  }
  return raise(TypeErrorType, "'%.200s' object is not subscriptable", t->name);
}
Value getItem(Value o, Value key) {
  const Type* t = typeOf(o);
  return t->mapping && t->mapping->subscript ? t->mapping->subscript(o, key) : itemOfOthers(o, key);
}

/// Both stores and deletes (v null).
static int32_t storeItem(Value o, Value key, Value v) {
  Type* t = readyTypeOf(o);
  if (t->mapping && t->mapping->setSubscript) return t->mapping->setSubscript(o, key, v);
  const bool mayStore = t->sequence && t->sequence->setItem;
  if ((t->sequence || isHeapType(t)) && hasIndex(key)) {
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return -1;
    if (!mayStore)
      return fail(TypeErrorType, v ? "'%.200s' object does not support item assignment" : "'%.200s' object doesn't support item deletion", t->name);
    if (i < 0 && t->sequence->length) {
      int64_t n = t->sequence->length(o);
      if (n < 0) return -1;
      i += n;
    }
    return t->sequence->setItem(o, i, v);
  }
  if (mayStore) return fail(TypeErrorType, "sequence index must be integer, not '%.200s'", typeOf(key)->name);
  return fail(TypeErrorType, v ? "'%.200s' object does not support item assignment" : "'%.200s' object does not support item deletion", t->name);
}
int32_t setItem(Value o, Value key, Value v) { return storeItem(o, key, v); }
int32_t delItem(Value o, Value key) { return storeItem(o, key, Value()); }

} // namespace krait
