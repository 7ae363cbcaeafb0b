// The tests of the match statement, and `async for`.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/async_step.h"
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

/// Keys of a mapping, or names of attributes: whether one comes twice. Few texts and small ints are compared with each other; from the
/// first other key on, or if there are many, all are in a set.
class Seen {
public:
  /// Whether `key`, borrowed until the end, was asked for before: 1, 0, -1.
  int32_t has(Value key) {
    if (many_ || count_ == kFew || !isPlain(key)) return hasAmongMany(key);
    for (int64_t i = 0; i < count_; ++i)
      if (few_[i] == key || (isExactStr(few_[i]) && isExactStr(key) && strEqual(few_[i], key))) return 1;
    few_[count_++] = key;
    return 0;
  }

private:
  static bool isPlain(Value key) { return isExactStr(key) || key.isSmallInt(); }
  int32_t hasAmongMany(Value key) {
    if (!many_) {
      many_.reset(newSet(Value()));
      for (int64_t i = 0; many_ && i < count_; ++i)
        if (setAdd(many_, few_[i]) < 0) return -1;
      if (!many_) return -1;
    }
    const int32_t r = setContains(many_, key);
    return r == 0 ? setAdd(many_, key) : r;
  }

  static constexpr int64_t kFew = 16;
  int64_t count_ = 0;
  Value few_[kFew];
  Ref many_;
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
  Seen seen;
  Found values(n);
  for (int64_t i = 0; i < n; ++i) {
    Value key = asTuple(keys)->items[i];
    const int32_t duplicate = seen.has(key);
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

/// The attribute for one sub-pattern; null without error when absent.
static Value matchAttribute(Value subject, Value type, Value name, Seen& seen) {
  const int32_t duplicate = seen.has(name);
  if (duplicate > 0) return raise(TypeErrorType, "%s() got multiple sub-patterns for attribute %R", type.as<Type>()->name, name);
  return duplicate < 0 ? Value() : getAttrOptional(subject, name);
}

extern "C" Value krt_match_class(Value subject, Value type, uint32_t positional, Value names) {
  if (!hasTypeFlag(type, kTypeType)) return raise(TypeErrorType, "called match pattern must be a type");
  int32_t instance = isInstance(subject, type);
  if (instance <= 0) return instance < 0 ? Value() : none();
  const char* typeName = type.as<Type>()->name;
  const int64_t named = names ? asTuple(names)->size : 0;
  Found found(positional + named);
  Ref matchArgs;
  Seen seen;
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
      for (uint32_t i = 0; i < positional; ++i) {
        Value name = asTuple(matchArgs)->items[i];
        if (!isExactStr(name))
          return raise(TypeErrorType, "__match_args__ elements must be strings (got %s)", typeOf(name)->name);
        Value attribute = matchAttribute(subject, type, name, seen);
        if (!attribute) return errorSet() ? Value() : none();
        if (!found.add(attribute)) return Value();
      }
    }
  }
  for (int64_t i = 0; i < named; ++i) {
    Value attribute = matchAttribute(subject, type, asTuple(names)->items[i], seen);
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
static Value nextOfOther(Value o) {
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

Value nextAwaitable(Value o) { return isAsyncGenerator(o) ? asyncGeneratorNextForLoop(o) : nextOfOther(o); }
extern "C" Value krt_anext(Value o) { return isAsyncGenerator(o) ? generatorForLoop(o) : nextOfOther(o); }

} // namespace krait
