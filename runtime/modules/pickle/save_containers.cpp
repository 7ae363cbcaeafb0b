// Pickling containers. Items go in batches of 1000 between a mark and one opcode
// that adds them all. Saving an item may run code: sizes are looked at again.
#include "runtime/modules/pickle/plain_output.h"
#include "runtime/types/dict_table.h"

namespace krait::pickle {

constexpr int kBatch = 1000, kFastNesting = 50;

namespace {
/// In fast mode there is no memo: beyond some depth, cycles are looked for.
class FastScope {
public:
  FastScope(PicklerObject* p, Value v) : p_(p), v_(v) {
    if (p->fast) [[unlikely]] enter();
  }
  ~FastScope() {
    if (p_->fast && !failed_) [[unlikely]] leave();
  }
  FastScope(const FastScope&) = delete;
  FastScope& operator=(const FastScope&) = delete;
  bool failed() const { return failed_; }

private:
  void enter() {
    PicklerObject* const p = p_;
    if (++p->fastNesting < kFastNesting) return;
    if (!p->fastMemo) p->fastMemo = newDict();
    Ref id(newInt(static_cast<int64_t>(v_.bits)));
    const int32_t known = p->fastMemo ? dictContains(p->fastMemo, id) : -1;
    if (known > 0)
      raise(*state.picklingError, "fast mode: can't pickle cyclic objects including object type %.200s at %p", typeOf(v_)->name, v_.object());
    if (known != 0 || dictSet(p->fastMemo, id, none()) < 0) {
      p->fastNesting = -1;
      failed_ = true;
    } else {
      entered_ = true;
    }
  }
  void leave() {
    if (entered_ && p_->fastMemo) {
      Ref pending = errorTake(), id(newInt(static_cast<int64_t>(v_.bits)));
      dictDeleteIfPresent(p_->fastMemo, id);
      if (pending) errorRestore(pending.release());
    }
    --p_->fastNesting;
  }

  PicklerObject* p_;
  Value v_;
  bool entered_ = false, failed_ = false;
};
} // namespace

/// save() of an item that its container may let go of meanwhile.
static int32_t saveItem(PicklerObject* p, Value v) {
  Ref held = Ref::share(v);
  return save(p, v);
}

// ---- tuple ----

int32_t saveTuple(PicklerObject* p, Value v) {
  const int64_t n = asTuple(v)->size;
  if (n == 0) {
    const char text[2] = {p->protocol ? kEmptyTuple : kMark, kTuple};
    return put(p, text, p->protocol ? 1 : 2) ? 0 : -1;
  }
  const bool brief = n <= 3 && p->protocol >= 2;
  if (!brief && !putOp(p, kMark)) return -1;
  for (int64_t i = 0; i < n; ++i)
    if (save(p, asTuple(v)->items[i]) < 0) return -1;
  if (p->memo.find(v) >= 0) { // it contains itself: forget what was stacked
    if (!brief && p->binary) {
      if (!putOp(p, kPopMark)) return -1;
    } else {
      for (int64_t i = brief ? 1 : 0; i <= n; ++i)
        if (!putOp(p, kPop)) return -1;
    }
    return putMemo(p, v);
  }
  if (!putOp(p, !brief ? kTuple : n == 1 ? kTuple1 : n == 2 ? kTuple2 : kTuple3)) return -1;
  return memoize(p, v);
}

// ---- list ----

static int32_t batchExactList(PicklerObject* p, ListObject* l) {
  PlainOutput out(p);
  if (l->size == 1) {
    const Value item = l->items[0];
    if (!out.put(item)) {
      out.note();
      if (saveItem(p, item) < 0) return -1;
      out.reload();
    }
    return out.finish(kAppend);
  }
  int64_t i = 0;
  do {
    if (!out.putOp(kMark)) return -1;
    for (const int64_t end = i + kBatch; i < end && i < l->size; ++i) {
      const Value* items = l->items;
      for (const int64_t plain = std::min(l->size, end); i < plain && out.put(items[i]);) ++i;
      if (i == end || i == l->size) break;
      out.note();
      if (saveItem(p, items[i]) < 0) return -1;
      out.reload();
    }
    if (out.finish(kAppends) < 0) return -1;
  } while (i < l->size);
  return 0;
}

int32_t batchList(PicklerObject* p, Value iterator) {
  Ref item;
  if (p->protocol == 0) {
    for (;;) {
      item.reset(next(iterator));
      if (!item) return errorSet() ? -1 : 0;
      if (save(p, item) < 0 || !putOp(p, kAppend)) return -1;
    }
  }
  int n;
  do {
    Ref first(next(iterator));
    if (!first) return errorSet() ? -1 : 0;
    item.reset(next(iterator));
    if (!item) return errorSet() || save(p, first) < 0 || !putOp(p, kAppend) ? -1 : 0;
    if (!putOp(p, kMark) || save(p, first) < 0) return -1;
    for (n = 1; item;) {
      if (save(p, item) < 0) return -1;
      if (++n == kBatch) break;
      item.reset(next(iterator));
      if (!item && errorSet()) return -1;
    }
    if (!putOp(p, kAppends)) return -1;
  } while (n == kBatch);
  return 0;
}

int32_t saveList(PicklerObject* p, Value v) {
  FastScope scope(p, v);
  if (scope.failed()) return -1;
  if (!PlainOutput(p).open(kEmptyList, v)) return -1;
  if (asList(v)->size == 0) return 0;
  const RecursionLevels items(1, kWhilePickling);
  if (!items) return -1;
  if (p->protocol > 0) return batchExactList(p, asList(v));
  Ref iterator(iterate(v));
  return iterator ? batchList(p, iterator) : -1;
}

// ---- dict ----

static int32_t savePair(PicklerObject* p, Value pair) {
  if (!isTuple(pair) || asTuple(pair)->size != 2) return fail(TypeErrorType, "dict items iterator must return 2-tuples");
  return save(p, asTuple(pair)->items[0]) < 0 || save(p, asTuple(pair)->items[1]) < 0 ? -1 : 0;
}

int32_t batchDict(PicklerObject* p, Value iterator) {
  Ref item;
  if (p->protocol == 0) {
    for (;;) {
      item.reset(next(iterator));
      if (!item) return errorSet() ? -1 : 0;
      if (savePair(p, item) < 0 || !putOp(p, kSetItem)) return -1;
    }
  }
  int n;
  do {
    Ref first(next(iterator));
    if (!first) return errorSet() ? -1 : 0;
    if (!isTuple(first) || asTuple(first)->size != 2) return fail(TypeErrorType, "dict items iterator must return 2-tuples");
    item.reset(next(iterator));
    if (!item) return errorSet() || savePair(p, first) < 0 || !putOp(p, kSetItem) ? -1 : 0;
    if (!putOp(p, kMark) || savePair(p, first) < 0) return -1;
    for (n = 1; item;) {
      if (savePair(p, item) < 0) return -1;
      if (++n == kBatch) break;
      item.reset(next(iterator));
      if (!item && errorSet()) return -1;
    }
    if (!putOp(p, kSetItems)) return -1;
  } while (n == kBatch);
  return 0;
}

static int32_t batchExactDict(PicklerObject* p, Value v) {
  const int64_t size = dictSize(v);
  int64_t at = 0;
  int n;
  if (size == 1) {
    Value key, value;
    dictNext(v, &at, &key, &value);
    Ref k = Ref::share(key), x = Ref::share(value);
    return save(p, k) < 0 || save(p, x) < 0 || !putOp(p, kSetItem) ? -1 : 0;
  }
  PlainOutput out(p);
  do {
    n = 0;
    if (!out.putOp(kMark)) return -1;
    while (n < kBatch) {
      DictEntry* e = dict_table::nextLive(asDict(v), &at);
      if (!e) break;
      ++n;
      const Value k = e->key, x = *dictValueSlot(*e);
      if (out.put(k)) {
        if (out.put(x)) continue;
        out.note();
        if (saveItem(p, x) < 0) return -1;
      } else {
        out.note();
        Ref held = Ref::share(x); // the key may let go of it
        if (saveItem(p, k) < 0 || save(p, x) < 0) return -1;
      }
      out.reload();
    }
    if (out.finish(kSetItems) < 0) return -1;
    if (dictSize(v) != size) return fail(RuntimeErrorType, "dictionary changed size during iteration");
  } while (n == kBatch);
  return 0;
}

int32_t saveDict(PicklerObject* p, Value v) {
  FastScope scope(p, v);
  if (scope.failed()) return -1;
  if (!PlainOutput(p).open(kEmptyDict, v)) return -1;
  if (dictSize(v) == 0) return 0;
  const RecursionLevels pairs(1, kWhilePickling);
  if (!pairs) return -1;
  if (p->protocol > 0) return batchExactDict(p, v);
  Ref items(callMethod(v, NAME(items))), iterator(items ? iterate(items) : Value());
  return iterator ? batchDict(p, iterator) : -1;
}

// ---- sets ----

/// Before protocol 4: type([items]).
static int32_t saveSetAsCall(PicklerObject* p, Value v) {
  Ref items(toList(v)), args(items ? newTuple({items}) : Value());
  Ref reduced(args ? newTuple({asValue(typeOf(v)), args}) : Value());
  return reduced ? saveReduce(p, reduced, v) : -1;
}

int32_t saveSet(PicklerObject* p, Value v) {
  if (p->protocol < 4) return saveSetAsCall(p, v);
  if (!putOp(p, kEmptySet) || memoize(p, v) < 0) return -1;
  const int64_t size = asSet(v)->used;
  if (size == 0) return 0;
  int64_t at = 0, hash;
  Value key;
  int n;
  do {
    n = 0;
    if (!putOp(p, kMark)) return -1;
    while (n < kBatch && setNext(v, &at, &key, &hash)) {
      Ref k = Ref::share(key);
      if (save(p, k) < 0) return -1;
      ++n;
    }
    if (!putOp(p, kAddItems)) return -1;
    if (asSet(v)->used != size) return fail(RuntimeErrorType, "set changed size during iteration");
  } while (n == kBatch);
  return 0;
}

int32_t saveFrozenSet(PicklerObject* p, Value v) {
  FastScope scope(p, v);
  if (scope.failed()) return -1;
  if (p->protocol < 4) return saveSetAsCall(p, v);
  if (!putOp(p, kMark)) return -1;
  Ref iterator(iterate(v));
  if (!iterator) return -1;
  for (;;) {
    Ref item(next(iterator));
    if (!item) {
      if (errorSet()) return -1;
      break;
    }
    if (save(p, item) < 0) return -1;
  }
  // It contains itself through an object: forget what was stacked.
  if (p->memo.find(v) >= 0) return putOp(p, kPopMark) ? putMemo(p, v) : -1;
  return putOp(p, kFrozenSet) ? memoize(p, v) : -1;
}

} // namespace krait::pickle
