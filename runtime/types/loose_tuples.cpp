// Tuples of words at hand that are not made. Keys, `d[x, y]` or `(x, y) in s`: a dict or an exact set is asked by a tuple on the stack, as
// long as that runs no code and nobody keeps it. `(x, y) == t` of an exact tuple, and hash((x, y)), which ask the items as a tuple would.
// Otherwise the tuple is made. And `x in (a, b)`.
#include "runtime/abi/loose_tuples.h"
#include "runtime/builtins/functions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/ref.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/int.h"
#include "runtime/types/item_search.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/set_methods.h"
#include "runtime/types/set_table.h"
#include "runtime/types/tuple_hash.h"

namespace krait {

namespace {

/// The hash of a part, where that takes no code: the inline kinds, None, bools and floats.
[[gnu::always_inline]] inline bool hashPart(Value v, int64_t* hash) {
  if (hashWithoutCode(v, hash)) return true;
  if (v.isPointer() && !isExactStr(v) && !isNone(v) && !isBool(v)) return false;
  *hash = keyHash(v);
  return true;
}

/// hash() of a tuple of these as far as it runs no code; else 0. `take` hears each.
template <class Take> [[gnu::always_inline]] inline int64_t hashOfParts(const Value* parts, uint64_t count, Take take) {
  TupleHash all;
  for (uint64_t i = 0; i < count; ++i) {
    int64_t lane;
    if (!hashPart(parts[i], &lane)) return 0;
    all.add(lane);
    take(i);
  }
  return static_cast<int64_t>(all.result(static_cast<int64_t>(count)));
}

/// A tuple of borrowed parts, for look-ups that end before the parts do.
class StackTuple {
public:
  [[gnu::always_inline]] StackTuple(const Value* parts, uint64_t count) {
    words_.size = static_cast<int64_t>(count);
    words_.hash = hash_ = hashOfParts(parts, count, [&](uint64_t i) { words_.items[i] = parts[i]; });
  }
  /// Whether the hash is known; nothing else may be asked otherwise.
  explicit operator bool() const { return hash_ != 0; }
  int64_t hash() const { return hash_; }
  Value value() { return Value(&words_.header); }

  /// The number of the dict's entry, kEmpty, or kNobody where code would have to tell.
  [[gnu::always_inline]] int64_t findIn(const DictObject* d) {
    using namespace dict_table;
    if (!d->entries) return kEmpty;
    const int64_t found = follow(d, value(), hash_);
    if (found > kUnknown) return found;
    const Value met = d->entries[kUnknown - found].key;
    return isExactTuple(met) && tuplesPlainlyEqual(asTuple(met), asTuple(value()), 0) > 0 ? kUnknown - found : kNobody;
  }

private:
  int64_t hash_ = 0;
  struct alignas(16) { // as TupleObject, and where objects stand
    Object header = KRAIT_STATIC_HEADER(tupleType);
    int64_t size, hash;
    Value items[kMostLooseItems];
  } words_;
};

// ---- two small ints, as places on grids are ----

inline bool isPlace(const Value* parts, int64_t count) { return count == 2 && parts[0].isSmallInt() && parts[1].isSmallInt(); }
inline int64_t hashOfPlace(const Value* parts) {
  TupleHash all;
  all.add(smallIntHash(parts[0].smallInt()));
  all.add(smallIntHash(parts[1].smallInt()));
  return static_cast<int64_t>(all.result(2));
}
/// Whether a key of the same hash is the same place: 1, 0, or -1 where it is none, and has to be asked.
inline int32_t isSamePlace(Value key, const Value* parts) {
  if (!isExactTuple(key) || !isPlace(asTuple(key)->items, asTuple(key)->size)) return -1;
  return asTuple(key)->items[0] == parts[0] && asTuple(key)->items[1] == parts[1];
}
/// As StackTuple::findIn; of two places of one hash that asks about the second.
[[gnu::always_inline]] inline int64_t findPlace(const DictObject* d, const Value* parts) {
  using namespace dict_table;
  if (!d->entries) return kEmpty;
  uint64_t slot;
  const int64_t at = followFirst<false, true>(d, Value(), hashOfPlace(parts), &slot);
  return at < 0 || isSamePlace(d->entries[at].key, parts) > 0 ? at : kNobody;
}
/// Whether a set has the place: 1, 0, or -1 where a key has to be asked.
inline int32_t hasPlace(const SetObject* s, const Value* parts) {
  const int64_t hash = hashOfPlace(parts);
  const auto mask = static_cast<uint64_t>(s->mask);
  for (uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;; perturb >>= set_table::kPerturbShift, i = (i * 5 + 1 + perturb) & mask) {
    const SetEntry *e = s->table + i, *const last = i + set_table::kLinearProbes <= mask ? e + set_table::kLinearProbes : e;
    for (; e <= last; ++e) {
      if (!e->key && e->hash == 0) return 0;
      if (!e->key || e->hash != hash) continue;
      if (const int32_t same = isSamePlace(e->key, parts)) return same;
    }
  }
}

[[gnu::always_inline]] inline int64_t findParts(const DictObject* d, const Value* parts, uint64_t count) {
  StackTuple key(parts, count);
  return key ? key.findIn(d) : dict_table::kNobody;
}
/// The number of the entry whose key is a tuple of these, kEmpty, or kNobody where code would have to tell.
[[gnu::always_inline]] inline int64_t find(const DictObject* d, const Value* parts, uint64_t count) {
  if (isPlace(parts, static_cast<int64_t>(count))) [[likely]]
    if (const int64_t found = findPlace(d, parts); found != dict_table::kNobody) return found;
  return findParts(d, parts, count);
}
[[gnu::always_inline]] inline int32_t hasParts(SetObject* s, const Value* parts, uint64_t count) {
  StackTuple key(parts, count);
  return key ? set_table::hasPlainlyAtOnce(s, key.value(), key.hash()) : -1;
}
/// The same of a set: 1, 0, or -1.
inline int32_t has(SetObject* s, const Value* parts, uint64_t count) {
  if (isPlace(parts, static_cast<int64_t>(count))) [[likely]]
    if (const int32_t known = hasPlace(s, parts); known >= 0) return known;
  return hasParts(s, parts, count);
}

/// dict.get of an exact dict, owned; null where code would have to tell.
inline Value getAtOnce(Value dict, Value otherwise, Slot parts, uint64_t count) {
  const int64_t found = find(asDict(dict), parts, count);
  if (found == dict_table::kNobody) return Value();
  const Value v = dict_table::valueAt(asDict(dict), found);
  return newRef(v ? v : otherwise ? otherwise : none());
}

constexpr uint32_t kComparison = 7; // of what is beside kOtherFirst

/// As tuple's own comparison does it.
Value compareItems(const TupleObject* other, Slot parts, uint64_t count, uint32_t op) {
  struct Items {
    const Value* words;
    int64_t count;
  };
  Items left{parts, static_cast<int64_t>(count)}, right{other->items, other->size};
  if (op & kOtherFirst) std::swap(left, right);
  if (recursionEnter(" in comparison") < 0) return Value();
  const Value result = compareSequences<Items>(
      left, right, static_cast<int>(op & kComparison), [](Items s) { return s.count; }, [](Items s, int64_t i) { return s.words[i]; });
  recursionLeave();
  return result;
}

// Which operators of its class are those of dict itself: defaultdict's, a subclass's that does not say otherwise.
bool getsAsDict(const Type* t) { return t->mapping->subscript == dictType.mapping->subscript; }
bool setsAsDict(const Type* t) { return t->mapping->setSubscript == dictType.mapping->setSubscript; }
bool containsAsDict(const Type* t) { return t->sequence->contains == dictType.sequence->contains; }
template <bool (*isOfDict)(const Type*)> inline bool isPlainDict(Value o) {
  if (isExactDict(o)) [[likely]] return true;
  return o.isPointer() && typeOfObject(o.object())->flags & kTypeDict && isOfDict(typeOfObject(o.object()));
}

} // namespace

extern "C" {

Value krt_item_get_tuple(Value o, Slot parts, uint64_t count) {
  if (isPlainDict<getsAsDict>(o) && count <= kMostLooseItems) [[likely]] {
    if (const Value found = dict_table::valueAt(asDict(o), find(asDict(o), parts, count))) return newRef(found);
  }
  const Ref key(newTupleFrom(parts, count));
  return key ? krt_item_get(o, key) : Value();
}

int32_t krt_item_set_tuple(Value o, Value v, Slot parts, uint64_t count) {
  if (isPlainDict<setsAsDict>(o) && count <= kMostLooseItems) [[likely]] {
    if (const int64_t found = find(asDict(o), parts, count); found >= 0) return dict_table::setEntryValue(asDict(o), found, v), 0;
  }
  const Ref key(newTupleFrom(parts, count));
  return key ? krt_item_set(o, key, v) : -1;
}

int32_t krt_contains_tuple(Value container, Slot parts, uint64_t count) {
  const bool isDict = isPlainDict<containsAsDict>(container);
  if ((isDict || set_methods::isPlainSet(container)) && count <= kMostLooseItems) [[likely]] {
    if (isDict) {
      const int64_t found = find(asDict(container), parts, count);
      if (found != dict_table::kNobody) return static_cast<bool>(dict_table::valueAt(asDict(container), found));
    } else if (const int32_t known = has(asSet(container), parts, count); known >= 0) {
      return known;
    }
  }
  const Ref key(newTupleFrom(parts, count));
  return key ? krt_contains(container, key) : -1;
}

Value krt_get_tuple(Value callee, Owned self, Value otherwise, Slot parts, uint64_t count) {
  if (self && isExactDict(self) && count <= kMostLooseItems) [[likely]] {
    if (const Value got = getAtOnce(self, otherwise, parts, count)) {
      decref(self);
      return got;
    }
  }
  Ref key(newTupleFrom(parts, count));
  if (!key) {
    xdecref(self);
    return Value();
  }
  return otherwise ? krt_method_call2(callee, self, key.release(), newRef(otherwise)) : krt_method_call1(callee, self, key.release());
}

Value krt_compare_tuple(Value other, Slot parts, uint64_t count, uint32_t op) {
  if (isExactTuple(other)) [[likely]] return compareItems(asTuple(other), parts, count, op);
  const Ref tuple(newTupleFrom(parts, count));
  if (!tuple) return Value();
  const auto comparison = static_cast<CompareOp>(op & kComparison);
  return op & kOtherFirst ? compare(other, tuple, comparison) : compare(tuple, other, comparison);
}

int32_t krt_test_tuple(Value other, Slot parts, uint64_t count, uint32_t op) {
  const uint32_t comparison = op & kComparison;
  if (isExactTuple(other) && (comparison == kEq || comparison == kNe) && asTuple(other)->size == static_cast<int64_t>(count)) [[likely]] {
    const int32_t same = itemsPlainlyEqual(parts, asTuple(other)->items, asTuple(other)->size, 0);
    if (same >= 0) return same == (comparison == kEq);
  }
  const Ref answer(krt_compare_tuple(other, parts, count, op));
  return answer ? isTrue(answer) : -1;
}

Value krt_hash_tuple(Value callee, Slot parts, uint64_t count) {
  if (callee.object() == &krt_builtin_function_hash.header && !eventsActive) [[likely]] {
    if (const int64_t hash = hashOfParts(parts, count, [](uint64_t) {})) return newInt(hash);
  }
  Ref tuple(newTupleFrom(parts, count));
  return tuple ? krt_call1(callee, tuple.release()) : Value();
}

int32_t krt_among(Value v, Slot items, uint64_t count) {
  int64_t i = 0;
  return findItemFrom(items, &i, static_cast<int64_t>(count), v);
}

} // extern "C"

} // namespace krait
