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

namespace {

/// What the patterns found so far: owned, of a number that is known.
class Found {
public:
  explicit Found(int64_t size) : size_(size), many_(size > kFew ? newList(0) : Value()) {}
  ~Found() {
    while (count_ > 0) decref(few_[--count_]);
  }
  bool add(Value owned) { // false: no memory
    if (size_ <= kFew) {
      few_[count_++] = owned;
      return true;
    }
    Ref held(owned);
    return many_ && listAppend(many_, held) == 0;
  }
  Value toTuple() {
    if (size_ > kFew) return many_ ? listToTuple(many_) : Value();
    if (count_ == 0) return emptyTuple();
    Value made = newTuple(count_);
    for (int64_t i = 0; made && i < count_; ++i) asTuple(made)->items[i] = few_[i];
    if (made) count_ = 0;
    return made;
  }

private:
  static constexpr int64_t kFew = 8;
  int64_t size_, count_ = 0;
  Value few_[kFew];
  Ref many_;
};

/// Whether keys come twice. Few texts and small ints are compared with each other, others kept in a set.
class Repeats {
public:
  explicit Repeats(Value keys) : keys_(keys) {
    const TupleObject* t = asTuple(keys);
    isPlain_ = t->size <= kFew;
    for (int64_t i = 0; isPlain_ && i < t->size; ++i) isPlain_ = isExactStr(t->items[i]) || t->items[i].isSmallInt();
  }
  /// Whether key `i` is among those before it, all of which were asked for: 1, 0, -1.
  int32_t has(int64_t i) {
    const Value* items = asTuple(keys_)->items;
    if (isPlain_) {
      for (int64_t n = 0; n < i; ++n)
        if (items[n] == items[i] || (isExactStr(items[n]) && isExactStr(items[i]) && strEqual(items[n], items[i]))) return 1;
      return 0;
    }
    if (!seen_) seen_.reset(newSet(Value()));
    if (!seen_) return -1;
    const int32_t r = setContains(seen_, items[i]);
    return r == 0 ? setAdd(seen_, items[i]) : r;
  }

private:
  static constexpr int64_t kFew = 16;
  Value keys_;
  bool isPlain_;
  Ref seen_;
};

} // namespace

extern "C" Value krt_match_keys(Value mapping, Value keys) {
  int64_t n = asTuple(keys)->size;
  if (n == 0) return emptyTuple();
  // get(key, default) does not create keys as __missing__ might. A dict's own is known.
  const bool isDict = isExactDict(mapping);
  Ref get(isDict ? Value() : getAttr(mapping, NAME(get)));
  Ref absent(get ? call(asValue(&objectType)) : Value());
  if (!isDict && !absent) return Value();
  Repeats repeats(keys);
  Found values(n);
  for (int64_t i = 0; i < n; ++i) {
    Value key = asTuple(keys)->items[i];
    const int32_t duplicate = repeats.has(i);
    if (duplicate > 0) return raise(ValueErrorType, "mapping pattern checks duplicate key (%R)", key);
    if (duplicate < 0) return Value();
    Ref value(isDict ? xnewRef(dictGet(mapping, key)) : call(get, {key, absent}));
    if (!value) return errorSet() ? Value() : none();
    if (value.get() == absent.get()) return none();
    if (!values.add(value.release())) return Value();
  }
  return values.toTuple();
}

extern "C" Value krt_match_rest(Value mapping, Value keys) {
  Ref rest(newDict());
  if (!rest || dictMerge(rest, mapping, 1) < 0) return Value();
  for (int64_t i = 0; i < asTuple(keys)->size; ++i)
    if (dictDelete(rest, asTuple(keys)->items[i]) < 0) return Value();
  return rest.release();
}

/// The attribute for one sub-pattern, whose name is not among those before it; null without error when absent.
static Value matchAttribute(Value subject, Value type, Value name, const Value* before, int64_t count, const Value* alsoBefore, int64_t alsoCount) {
  for (int64_t i = 0; i < count + alsoCount; ++i)
    if (strEqual(i < count ? before[i] : alsoBefore[i - count], name))
      return raise(TypeErrorType, "%s() got multiple sub-patterns for attribute %R", type.as<Type>()->name, name);
  return getAttrOptional(subject, name);
}

extern "C" Value krt_match_class(Value subject, Value type, uint32_t positional, Value names) {
  if (!hasTypeFlag(type, kTypeType)) return raise(TypeErrorType, "called match pattern must be a type");
  int32_t instance = isInstance(subject, type);
  if (instance <= 0) return instance < 0 ? Value() : none();
  const char* typeName = type.as<Type>()->name;
  const int64_t named = names ? asTuple(names)->size : 0;
  Found found(positional + named);
  Ref matchArgs;
  const Value* args = nullptr; // of the positional ones
  int64_t argCount = 0;
  if (positional) {
    bool self = false;
    matchArgs.reset(getAttrOptional(type, NAME(__match_args__)));
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
      if (!found.add(newRef(subject))) return Value();
    } else {
      args = asTuple(matchArgs)->items;
      for (; argCount < positional; ++argCount) {
        Value name = args[argCount];
        if (!isExactStr(name))
          return raise(TypeErrorType, "__match_args__ elements must be strings (got %s)", typeOf(name)->name);
        Value attribute = matchAttribute(subject, type, name, args, argCount, nullptr, 0);
        if (!attribute) return errorSet() ? Value() : none();
        if (!found.add(attribute)) return Value();
      }
    }
  }
  for (int64_t i = 0; i < named; ++i) {
    const Value* items = asTuple(names)->items;
    Value attribute = matchAttribute(subject, type, items[i], args, argCount, items, i);
    if (!attribute) return errorSet() ? Value() : none();
    if (!found.add(attribute)) return Value();
  }
  return found.toTuple();
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
