// Set algebra: the operations behind methods and operators of set and frozenset.
// Which side is walked follows CPython, since it decides the order of the result.
#include "runtime/object/protocol.h"
#include "runtime/types/set_methods.h"
#include "runtime/types/set_table.h"
#include "runtime/types/stepping.h"

namespace krait::set_methods {

using namespace set_table;

Value copyOf(Value s) { return make(baseType(s), s); }

/// Adds to `result` those keys of x from slot `at` on that y has, or has not, as far as no key has to be asked. The slot of the first
/// that is left; *failed: memory is out.
static int64_t selectPlainly(const SetObject* x, SetObject* y, bool has, int64_t at, SetObject* result, bool* failed) {
  int32_t added = 0;
  at = walkFrom(x, at, [&](const SetEntry& e) {
    const int32_t r = hasPlainlyAtOnce(y, e.key, e.hash);
    if (r != has) return r >= 0;
    added = addPlainlyAtOnce(result, e.key, e.hash);
    return added == 0;
  });
  *failed = added == -1;
  return at;
}

Value intersection(Value s, Value other) {
  if (s == other) return copyOf(s);
  Ref result(make(baseType(s), Value()));
  if (!result) return Value();
  if (isAnySet(other)) {
    if (asSet(other)->used > asSet(s)->used) std::swap(s, other);
    for (int64_t at = 0;;) {
      bool failed;
      at = selectPlainly(asSet(other), asSet(s), true, at, asSet(result), &failed);
      if (failed) return Value();
      const SetEntry* e = set_table::next(asSet(other), &at);
      if (!e) return result.release();
      const int64_t h = e->hash;
      Ref key = Ref::share(e->key);
      const int32_t r = has(asSet(s), key, h);
      if (r < 0 || (r && add(asSet(result), key, h) < 0)) return Value();
    }
  }
  Ref it(iterate(other));
  if (!it) return Value();
  for (;;) {
    Ref key(stepOf(it));
    if (!key) return errorSet() ? Value() : result.release();
    int64_t h = keyHash(key);
    if (h == -1) return Value();
    int32_t r = hasAtOnce(asSet(s), key, h);
    if (r < 0 || (r && addAtOnce(asSet(result), key, h) < 0)) return Value();
    if (r && asSet(result)->used >= asSet(s)->used) return result.release(); // all are found: the iterator is asked for no more
  }
}

int32_t differenceUpdate(Value v, Value other) {
  SetObject* s = asSet(v);
  if (v == other) {
    clear(s);
    return 0;
  }
  if (isAnySet(other)) {
    // A much larger one is first cut down to what both have.
    Ref common;
    if ((asSet(other)->used >> 3) > s->used) {
      common.reset(intersection(v, other));
      if (!common) return -1;
      other = common;
    }
    Ref held = Ref::share(other);
    int64_t at = 0;
    while (SetEntry* e = set_table::next(asSet(other), &at)) {
      Ref key = Ref::share(e->key);
      if (discard(s, key, e->hash) < 0) return -1;
    }
  } else {
    Ref it(iterate(other));
    if (!it) return -1;
    for (;;) {
      Ref key(stepOf(it));
      if (!key) {
        if (errorSet()) return -1;
        break;
      }
      if (setDiscard(v, key) < 0) return -1;
    }
  }
  return s->fill - s->used <= s->mask / 4 ? 0 : resize(s, grown(s));
}

Value difference(Value v, Value other) {
  SetObject* s = asSet(v);
  bool dict = isExactDict(other);
  int64_t n = isAnySet(other) ? asSet(other)->used : dict ? dictSize(other) : INT64_MIN;
  if (n == INT64_MIN || (s->used >> 2) > n) {
    Ref result(copyOf(v));
    return result && differenceUpdate(result, other) == 0 ? result.release() : Value();
  }
  Ref result(make(baseType(v), Value()));
  if (!result) return Value();
  for (int64_t at = 0;;) {
    bool failed = false;
    if (!dict) at = selectPlainly(s, asSet(other), false, at, asSet(result), &failed);
    if (failed) return Value();
    const SetEntry* e = set_table::next(s, &at);
    if (!e) return result.release();
    Ref key = Ref::share(e->key);
    int64_t h = e->hash;
    int32_t r = dict ? (dictGet(other, key, h) ? 1 : errorSet() ? -1 : 0) : hasAtOnce(asSet(other), key, h);
    if (r < 0 || (!r && addAtOnce(asSet(result), key, h) < 0)) return Value();
  }
}

int32_t symmetricDifferenceUpdate(Value v, Value other) {
  SetObject* s = asSet(v);
  if (v == other) {
    clear(s);
    return 0;
  }
  int64_t at = 0;
  if (isExactDict(other)) {
    int64_t h;
    for (Value k; dictNext(other, &at, &k, nullptr, &h);) {
      Ref key = Ref::share(k);
      if (toggle(s, key, h) < 0) return -1;
    }
    return 0;
  }
  Ref items(isAnySet(other) ? newRef(other) : make(baseType(v), other));
  if (!items) return -1;
  while (SetEntry* e = set_table::next(asSet(items), &at)) {
    Ref key = Ref::share(e->key);
    if (toggle(s, key, e->hash) < 0) return -1;
  }
  return 0;
}
Value symmetricDifference(Value s, Value other) {
  Ref result(make(baseType(s), other));
  return result && symmetricDifferenceUpdate(result, s) == 0 ? result.release() : Value();
}

/// Whether all keys of x are in y (`has`), or none is, as far as that is known without asking them: -1, and *at is the first that
/// has to be asked.
static int32_t comparePlainly(const SetObject* x, SetObject* y, bool has, int64_t* at) {
  int32_t r = has;
  *at = walkFrom(x, 0, [&](const SetEntry& e) { return (r = hasPlainlyAtOnce(y, e.key, e.hash)) == has; });
  return r < 0 ? -1 : r == has;
}
static int32_t isPlainSubset(const SetObject* x, SetObject* y, int64_t* at) {
  return x->used > y->used ? 0 : comparePlainly(x, y, true, at);
}

int32_t isSubset(Value s, Value other) {
  if (!isAnySet(other)) {
    Ref items(newSet(other));
    return items ? isSubset(s, items) : -1;
  }
  int64_t at = 0;
  if (const int32_t plain = isPlainSubset(asSet(s), asSet(other), &at); plain >= 0) return plain;
  while (SetEntry* e = set_table::next(asSet(s), &at)) {
    Ref key = Ref::share(e->key);
    int32_t r = hasAtOnce(asSet(other), key, e->hash);
    if (r <= 0) return r;
  }
  return 1;
}

int32_t isDisjoint(Value v, Value other) {
  if (asSet(other)->used > asSet(v)->used) std::swap(v, other);
  int64_t at = 0;
  if (const int32_t plain = comparePlainly(asSet(other), asSet(v), false, &at); plain >= 0) return plain;
  while (SetEntry* e = set_table::next(asSet(other), &at)) {
    Ref key = Ref::share(e->key);
    if (const int32_t r = has(asSet(v), key, e->hash)) return r < 0 ? -1 : 0;
  }
  return 1;
}

/// x op y by `subset(x, y)`, which answers 1, 0 or -1.
template <class Subset> static int32_t compareBy(SetObject* x, SetObject* y, int op, Subset subset) {
  int32_t r = 0;
  switch (op) {
  case kEq:
  case kNe:
    if (x->used == y->used && !(x->hash != -1 && y->hash != -1 && x->hash != y->hash)) r = subset(x, y);
    return op == kNe && r >= 0 ? !r : r;
  case kLe: return subset(x, y);
  case kGe: return subset(y, x);
  case kLt: return x->used < y->used ? subset(x, y) : 0;
  default: return x->used > y->used ? subset(y, x) : 0;
  }
}
Value compareSets(Value a, Value b, int op) {
  if (!isAnySet(a) || !isAnySet(b)) return notImplemented();
  const int32_t r = compareBy(asSet(a), asSet(b), op, [](SetObject* x, SetObject* y) { return isSubset(Value(&x->header), Value(&y->header)); });
  return r < 0 ? Value() : boolean(r);
}
int32_t comparePlainly(Value a, Value b, int op) {
  return compareBy(asSet(a), asSet(b), op, [](SetObject* x, SetObject* y) {
    int64_t at;
    return isPlainSubset(x, y, &at);
  });
}

Value extremeOfSmallInts(Value v, bool greatest) {
  const SetObject* s = asSet(v);
  const uint64_t* live = liveWords(s);
  const SetEntry* first = s->table;
  Value best;
  for (int64_t word = 0; word <= s->mask >> 6; ++word, first += 64) {
    for (uint64_t rest = live[word]; rest; rest &= rest - 1) {
      const Value key = first[__builtin_ctzll(rest)].key;
      if (!key.isSmallInt()) return {};
      if (!best || (greatest ? key.smallInt() > best.smallInt() : key.smallInt() < best.smallInt())) best = key;
    }
  }
  return best;
}

// ---- operators --------------------------------------------------------------

static Value opOr(Value a, Value b) {
  if (!isAnySet(a) || !isAnySet(b)) return notImplemented();
  Ref result(copyOf(a));
  if (!result || a == b) return result.release();
  return merge(asSet(result), asSet(b)) < 0 ? Value() : result.release();
}
static Value opAnd(Value a, Value b) {
  return isAnySet(a) && isAnySet(b) ? intersection(a, b) : notImplemented();
}
static Value opSub(Value a, Value b) { return isAnySet(a) && isAnySet(b) ? difference(a, b) : notImplemented(); }
static Value opXor(Value a, Value b) {
  return isAnySet(a) && isAnySet(b) ? symmetricDifference(a, b) : notImplemented();
}
static Value opIor(Value a, Value b) {
  if (!isAnySet(b)) return notImplemented();
  return merge(asSet(a), asSet(b)) < 0 ? Value() : newRef(a);
}
static Value opIand(Value a, Value b) {
  if (!isAnySet(b)) return notImplemented();
  Ref common(intersection(a, b));
  if (!common) return Value();
  swapBodies(asSet(a), asSet(common));
  return newRef(a);
}
static Value opIsub(Value a, Value b) {
  if (!isAnySet(b)) return notImplemented();
  return differenceUpdate(a, b) < 0 ? Value() : newRef(a);
}
static Value opIxor(Value a, Value b) {
  if (!isAnySet(b)) return notImplemented();
  return symmetricDifferenceUpdate(a, b) < 0 ? Value() : newRef(a);
}

constinit const NumberSlots setNumber = {.sub = opSub,
                                         .and_ = opAnd,
                                         .xor_ = opXor,
                                         .or_ = opOr,
                                         .isub = opIsub,
                                         .iand = opIand,
                                         .ixor = opIxor,
                                         .ior = opIor};
constinit const NumberSlots frozensetNumber = {.sub = opSub, .and_ = opAnd, .xor_ = opXor, .or_ = opOr};

} // namespace krait::set_methods
