// The tests of the match statement, and `async for`.
#include "runtime/object/cache_fill.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"
#include "runtime/object/subclasses.h"
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

/// An attribute that may be absent: sites of attributes may have learnt where it is. Names that may die are not kept.
static Value lookUp(Value o, Value name, AttrCache* site) {
  if (!o.isPointer() || !isExactStr(name) || name.object()->refs >= 0) return getAttrOptional(o, name);
  AttrCache own{};
  return getAttrOptionalOfSite(o, name, site ? site : &own);
}

namespace {

/// A class pattern while its attributes are looked up.
struct ClassPattern {
  Value subject, type;
  uint32_t positional;
  Value names;    // tuple: of the attributes by keyword
  Value* out;     // what was found
  AttrCache* sites; // one for each attribute, or null
  uint32_t found = 0;
  Seen seen{};

  AttrCache* site() const { return sites ? sites + found : nullptr; }
  const char* typeName() const { return type.as<Type>()->name; }
  int32_t add(Value name) { // 1, 0 if there is no such attribute, -1
    const int32_t duplicate = seen.has(name);
    if (duplicate > 0) return fail(TypeErrorType, "%s() got multiple sub-patterns for attribute %R", typeName(), name);
    Value attribute = duplicate < 0 ? Value() : lookUp(subject, name, site());
    if (!attribute) return errorSet() ? -1 : 0;
    out[found++] = attribute;
    return 1;
  }
};

/// What the class calls the attributes of positional patterns: an exact tuple of enough names, or () if the subject itself is the one;
/// null with an error.
Value argsOf(const ClassPattern& p, bool& isSelf) {
  Ref args(lookUp(p.type, NAME(__match_args__), nullptr));
  isSelf = false;
  if (args && !isExactTuple(args)) return raise(TypeErrorType, "%s.__match_args__ must be a tuple (got %s)", p.typeName(), typeOf(args)->name);
  if (!args) {
    if (errorSet()) return {};
    args.reset(emptyTuple());
    isSelf = p.type.as<Type>()->flags & kTypeMatchSelf;
  }
  const int64_t allowed = isSelf ? 1 : asTuple(args)->size;
  if (allowed < p.positional)
    return raise(TypeErrorType, "%s() accepts %d positional sub-pattern%s (%d given)", p.typeName(), static_cast<int>(allowed), allowed == 1 ? "" : "s",
                 static_cast<int>(p.positional));
  return args.release();
}

int32_t matchAttributes(ClassPattern& p) {
  if (p.positional) {
    bool isSelf = false;
    const Ref args(argsOf(p, isSelf));
    if (!args) return -1;
    if (isSelf) p.out[p.found++] = newRef(p.subject);
    for (uint32_t i = 0; !isSelf && i < p.positional; ++i) {
      Value name = asTuple(args)->items[i];
      if (!isExactStr(name)) return fail(TypeErrorType, "__match_args__ elements must be strings (got %s)", typeOf(name)->name);
      if (const int32_t r = p.add(name); r <= 0) return r;
    }
  }
  for (int64_t i = 0; i < asTuple(p.names)->size; ++i)
    if (const int32_t r = p.add(asTuple(p.names)->items[i]); r <= 0) return r;
  return 1;
}

/// The site before the attributes' says for which class, in which version, they are those of the pattern's names; `offset` is its __match_args__.
bool isKnown(const AttrCache* cache, Value type) {
  return cache->found == type && type.as<Type>()->version == cache->version && cache->version;
}
/// Where the site says, or null. `name` is no other than before.
Value* attributeAt(Value subject, Value name, const AttrCache* site) {
  if (knowsPlace(subject, site)) [[likely]] return knownPlace(subject, site);
  if (!subject.isPointer() || site->layout != markedLayout(subject.object()->layout)) return nullptr;
  const bool isInDict = static_cast<CacheKind>(site->offset & kCacheKindMask) == CacheKind::Dict && ownerOf(subject.object()->layout)->version == site->version;
  return isInDict ? guessedWord(subject.object(), name, site) : nullptr;
}
/// Takes all attributes if every one is where its site says.
bool takeKnown(Value subject, const AttrCache* cache, uint32_t positional, Value names, Value* out, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    const Value name = i < positional ? asTuple(Value(cache->offset))->items[i] : asTuple(names)->items[i - positional];
    const Value* word = attributeAt(subject, name, cache + 1 + i);
    if (!word || !*word) return false;
    out[i] = *word;
  }
  for (uint32_t i = 0; i < count; ++i) incref(out[i]);
  return true;
}

} // namespace

extern "C" int32_t krt_match_class(Value subject, Value type, uint32_t positional, Value names, Value* out, AttrCache* cache) {
  const auto count = positional + static_cast<uint32_t>(asTuple(names)->size);
  if (cache && isKnown(cache, type) && takeKnown(subject, cache, positional, names, out, count)) [[likely]] return 1;
  // What a plain class has as __match_args__ follows from its version, and so do the places of attributes; sites of other names are of no use.
  const bool isPlain = cache && typeOf(type) == &typeType;
  if (isPlain && !isKnown(cache, type))
    for (uint32_t i = 0; i < count; ++i) cache[i + 1] = {};
  const uint64_t version = isPlain ? typeVersion(type.as<Type>()) : 0;
  ClassPattern p{subject, type, positional, names, out, isPlain ? cache + 1 : nullptr};
  const int32_t result = matchAttributes(p);
  if (result > 0) {
    const Value args = positional ? typeLookup(type.as<Type>(), NAME(__match_args__)) : emptyTuple();
    if (isPlain && type.as<Type>()->version == version && args) {
      cache->found = type;
      cache->version = version;
      cache->offset = args.bits;
    }
    return result;
  }
  for (uint32_t i = count; i-- > 0;) {
    if (i < p.found) decref(out[i]); // the newest first
    out[i] = none();
  }
  return result;
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
  Value it = krt_await_iter(newRef(awaitable), 0);
  if (!it) {
    Value cause = errorTake().release();
    raise(TypeErrorType, "'async for' received an invalid object from __anext__: %.100s", typeOf(awaitable)->name);
    errorChainCause(cause);
  }
  return it;
}

Value nextAwaitable(Value o) { return isAsyncGenerator(o) ? asyncGeneratorNextForLoop(o) : nextOfOther(o); }
extern "C" Value krt_anext_slow(Value o) { return isAsyncGenerator(o) ? generatorForLoop(o) : nextOfOther(o); }

} // namespace krait
