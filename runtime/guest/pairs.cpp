// Lists, dicts and sets exist on both sides: each side's code reads the fields of its own. A pair holds both;
// wherever control crosses, the side that ran is compared with the other, which follows it. A pair lasts
// while both sides can reach theirs: when the outermost call of the guest ends, those of which one side's is held by
// the pair alone are given up. Most end with the call that made them.
//
// The side that follows keeps what is the same, as an object: somebody may ask whether `x is nan`. What crosses by value and is not
// compared by isSame() (dates, frozen sets) is known by its words.
#include <cstring>
#include <vector>

#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"

namespace krait::guest {

size_t pairCount = 0;

namespace {

/// The items of two lists that agree, word for word. Holds them, lest another object gets the address of one.
struct Snapshot {
  std::vector<Value> ours;
  std::vector<PyObject*> theirs;
};

/// What stands on both sides in the same places, although isSame() is in doubt: key, value or item of both, in their order. Holds them.
using Doubts = std::vector<std::pair<Value, PyObject*>>;

struct Pair {
  Value ours;                // owned; null: a gap, whose pair was given up
  PyObject* theirs = nullptr; // owned
  bool isFresh = false;      // made for the call under way: it need not be pushed once more
  bool isFilling = false;    // one side follows the other item by item, which may run code of both: neither is compared meanwhile
  bool hasAgreed = false;    // at an earlier crossing: this one lasts
  Snapshot* seen = nullptr;  // owned, of a long list that lasts; or null
  Doubts* doubts = nullptr;  // owned, or null: none
};
std::vector<Pair> pairs;
PointerTable byOurs, byTheirs; // to the number in `pairs` and 1

/// While somebody goes over the pairs none is given up or moved: what is filled and released there may run code, which may end calls or
/// let other threads run. More may come.
struct Walking {
  Walking() { ++depth; }
  ~Walking() { --depth; }
  Walking(const Walking&) = delete;
  Walking& operator=(const Walking&) = delete;
  static size_t depth;
};
size_t Walking::depth = 0;

struct Filling {
  explicit Filling(size_t number) : number(number) { pairs[number].isFilling = true; }
  ~Filling() { pairs[number].isFilling = false; }
  Filling(const Filling&) = delete;
  Filling& operator=(const Filling&) = delete;
  const size_t number;
  const Walking walking;
};

void add(Value ours, PyObject* theirs, bool isFresh) {
  pairs.push_back({.ours = newRef(ours), .theirs = share(theirs), .isFresh = isFresh});
  pairCount = pairs.size();
  byOurs.put(ours.object(), pairCount);
  byTheirs.put(theirs, pairCount);
}

/// Whether items are the same, asked in their order.
class Comparing {
public:
  explicit Comparing(const Doubts* doubts) : doubts_(doubts) {}
  bool operator()(Value a, PyObject* b) {
    if (isSame(a, b)) return true;
    for (size_t i = at_; doubts_ && i < doubts_->size(); ++i)
      if ((*doubts_)[i] == std::pair(a, b)) return at_ = i + 1, true;
    return false;
  }

private:
  const Doubts* doubts_;
  size_t at_ = 0;
};

// ---- lists ----

constexpr int64_t kLong = 16;

void forget(Snapshot* seen) {
  if (!seen) return;
  for (Value v : seen->ours) decref(v);
  for (PyObject* o : seen->theirs) release(o);
  delete seen;
}

/// Neither has changed since.
bool isAsSeen(const Snapshot* seen, Value ours, PyObject* theirs) {
  const ListObject* l = asList(ours);
  const auto size = static_cast<size_t>(l->size);
  return size == seen->ours.size() && static_cast<size_t>(PyList_GET_SIZE(theirs)) == size &&
         memcmp(l->items, seen->ours.data(), size * sizeof(Value)) == 0 &&
         memcmp(reinterpret_cast<PyListObject*>(theirs)->ob_item, seen->theirs.data(), size * sizeof(PyObject*)) == 0;
}

Snapshot* newSnapshot(Value ours, PyObject* theirs) {
  auto* seen = new Snapshot;
  for (int64_t i = 0; i < asList(ours)->size; ++i) {
    seen->ours.push_back(newRef(asList(ours)->items[i]));
    seen->theirs.push_back(share(PyList_GET_ITEM(theirs, i)));
  }
  return seen;
}

/// How many items at the start are the same.
int64_t countSame(Value ours, PyObject* theirs, Comparing same) {
  const ListObject* l = asList(ours);
  int64_t i = 0;
  while (i < l->size && i < PyList_GET_SIZE(theirs) && same(l->items[i], PyList_GET_ITEM(theirs, i))) ++i;
  return i;
}

bool listsAgree(Value ours, PyObject* theirs, Comparing same) {
  return asList(ours)->size == PyList_GET_SIZE(theirs) && countSame(ours, theirs, same) == asList(ours)->size;
}

int fillTheirList(Value ours, PyObject* theirs, Comparing same) {
  const int64_t kept = countSame(ours, theirs, same);
  Held items(kept == PyList_GET_SIZE(theirs) ? share(theirs) : py.PyList_New(0));
  if (!items) return -1;
  for (int64_t i = kept; i < asList(ours)->size; ++i) {
    Held item(toGuest(asList(ours)->items[i]));
    if (!item || py.PyList_Append(items, item) < 0) return -1;
  }
  return items.get() == theirs ? 0 : py.PyList_SetSlice(theirs, kept, PyList_GET_SIZE(theirs), items);
}

int fillOurList(PyObject* theirs, Value ours, bool isParting, Comparing same) {
  const int64_t kept = countSame(ours, theirs, same);
  const bool isLonger = kept == asList(ours)->size;
  Ref items(isLonger ? newRef(ours) : newList(0));
  if (!items) return -1;
  for (Py_ssize_t i = kept; i < PyList_GET_SIZE(theirs); ++i) {
    Ref item(viewOf(PyList_GET_ITEM(theirs, i), isParting));
    if (!item || listAppend(items, item) < 0) return -1;
  }
  return isLonger ? 0 : listSetSlice(ours, kept, asList(ours)->size, items);
}

// ---- dicts ----

bool dictsAgree(Value ours, PyObject* theirs, Comparing same) {
  if (dictSize(ours) != PyDict_GET_SIZE(theirs)) return false;
  int64_t at = 0;
  Py_ssize_t position = 0;
  Value key, value;
  for (PyObject *theirKey = nullptr, *theirValue = nullptr; dictNext(ours, &at, &key, &value);)
    if (!py.PyDict_Next(theirs, &position, &theirKey, &theirValue) || !same(key, theirKey) || !same(value, theirValue)) return false;
  return true;
}

/// Where the keys that stay are in the order of `wanted`, a dict that the guest has made is changed into it item by item: 1; 0: they are not.
int changeTheirDict(PyObject* theirs, PyObject* wanted) {
  std::vector<Held> gone;
  Py_ssize_t position = 0, next = 0;
  PyObject *key, *value, *wantedKey = nullptr;
  while (py.PyDict_Next(theirs, &position, &key, &value)) {
    Held held(share(key));
    if (!py.PyDict_GetItemWithError(wanted, key)) {
      if (py.PyErr_Occurred()) return -1;
      gone.push_back(std::move(held));
      continue;
    }
    const int is = py.PyDict_Next(wanted, &next, &wantedKey, &value) ? py.PyObject_RichCompareBool(key, wantedKey, Py_EQ) : 0;
    if (is <= 0) return is;
  }
  for (const Held& k : gone)
    if (py.PyDict_DelItem(theirs, k) < 0) return -1;
  for (next = 0; py.PyDict_Next(wanted, &next, &key, &value);)
    if (py.PyDict_GetItemWithError(theirs, key) != value && (py.PyErr_Occurred() || py.PyDict_SetItem(theirs, key, value) < 0)) return -1;
  return 1;
}

int fillTheirDict(Value ours, PyObject* theirs, Comparing same) {
  const bool isNew = PyDict_GET_SIZE(theirs) == 0;
  Ref words(dictItemsList(ours));
  if (!words) return raiseInGuest(), -1;
  Held wanted(isNew ? share(theirs) : py.PyDict_New());
  for (int64_t i = 0; wanted && i < asList(words)->size; ++i) {
    const Value* item = asTuple(asList(words)->items[i])->items;
    Held key(toGuest(item[0]));
    PyObject* present = key && !isNew ? py.PyDict_GetItemWithError(theirs, key) : nullptr;
    Held value(present && same(item[1], present) ? share(present) : key && !py.PyErr_Occurred() ? toGuest(item[1]) : nullptr);
    if (!value || py.PyDict_SetItem(wanted, key, value) < 0) return -1;
  }
  if (isNew || !wanted) return wanted ? 0 : -1;
  if (const int changed = changeTheirDict(theirs, wanted)) return changed < 0 ? -1 : 0;
  py.PyDict_Clear(theirs);
  return changeTheirDict(theirs, wanted) < 0 ? -1 : 0;
}

/// The same on the other side.
int changeOurDict(Value ours, Value wanted) {
  Ref gone(newList(0));
  int64_t position = 0, next = 0;
  Value key, value, wantedKey;
  while (gone && dictNext(ours, &position, &key, &value)) {
    Ref held = Ref::share(key);
    const int32_t isWanted = dictContains(wanted, key);
    if (isWanted < 0 || (!isWanted && listAppend(gone, key) < 0)) return -1;
    if (!isWanted) continue;
    const int32_t is = dictNext(wanted, &next, &wantedKey, &value) ? compareBool(key, wantedKey, kEq) : 0;
    if (is <= 0) return is;
  }
  for (int64_t i = 0; gone && i < asList(gone)->size; ++i)
    if (dictDeleteIfPresent(ours, asList(gone)->items[i]) < 0) return -1;
  for (next = 0; gone && dictNext(wanted, &next, &key, &value);)
    if (dictGet(ours, key) != value && (errorSet() || dictSet(ours, key, value) < 0)) return -1;
  return gone ? 1 : -1;
}

int fillOurDict(PyObject* theirs, Value ours, bool isParting, Comparing same) {
  const bool isNew = dictSize(ours) == 0;
  Ref wanted(isNew ? newRef(ours) : newDict());
  Py_ssize_t position = 0;
  for (PyObject *key = nullptr, *value = nullptr; wanted && py.PyDict_Next(theirs, &position, &key, &value);) {
    const Held heldKey(share(key)), heldValue(share(value));
    Ref k(viewOf(key, isParting));
    Value present = k && !isNew ? dictGet(ours, k) : Value();
    Ref v(present && same(present, value) ? newRef(present) : k && !errorSet() ? viewOf(value, isParting) : Value());
    if (!v || dictSet(wanted, k, v) < 0) return -1;
  }
  if (isNew || !wanted) return wanted ? 0 : -1;
  if (const int changed = changeOurDict(ours, wanted)) return changed < 0 ? -1 : 0;
  dictClear(ours);
  return changeOurDict(ours, wanted) < 0 ? -1 : 0;
}

// ---- sets ----

int64_t setSize(PyObject* s) { return reinterpret_cast<PySetObject*>(s)->used; }

bool setsAgree(Value ours, PyObject* theirs) {
  if (asSet(ours)->used != setSize(theirs)) return false;
  int64_t at = 0, hash = 0;
  for (Value key; setNext(ours, &at, &key, &hash);) {
    Held item(toGuest(key));
    if (!item || py.PySet_Contains(theirs, item) != 1) return py.PyErr_Clear(), false;
  }
  return true;
}

int fillTheirSet(Value ours, PyObject* theirs) {
  if (setSize(theirs)) py.PySet_Clear(theirs);
  int64_t at = 0, hash = 0;
  for (Value key; setNext(ours, &at, &key, &hash);) {
    Held item(toGuest(key));
    if (!item || py.PySet_Add(theirs, item) < 0) return -1;
  }
  return 0;
}

int fillOurSet(PyObject* theirs, Value ours, bool isParting) {
  Ref old(toTuple(ours));
  for (int64_t i = 0; old && i < asTuple(old)->size; ++i) setDiscard(ours, asTuple(old)->items[i]);
  Py_ssize_t position = 0;
  Py_hash_t hash = 0;
  for (PyObject* key = nullptr; py._PySet_NextEntry(theirs, &position, &key, &hash);) {
    Ref item(viewOf(key, isParting));
    if (!item || setAdd(ours, item) < 0) return -1;
  }
  return 0;
}

// ---- any of them ----

/// Lists that last are compared word for word: every crossing asks.
bool agreeLists(size_t number) {
  const Pair p = pairs[number];
  if (p.seen && isAsSeen(p.seen, p.ours, p.theirs)) return true;
  pairs[number].seen = nullptr;
  forget(p.seen);
  if (!listsAgree(p.ours, p.theirs, Comparing(p.doubts))) return false;
  if (p.hasAgreed && asList(p.ours)->size >= kLong && !pairs[number].seen) pairs[number].seen = newSnapshot(p.ours, p.theirs);
  pairs[number].hasAgreed = true;
  return true;
}

bool agree(size_t number) {
  const Pair p = pairs[number];
  const uint64_t flags = typeOfObject(p.ours.object())->flags;
  return flags & kTypeList   ? agreeLists(number)
         : flags & kTypeDict ? dictsAgree(p.ours, p.theirs, Comparing(p.doubts))
                             : setsAgree(p.ours, p.theirs);
}

void forget(Doubts* doubts) {
  if (!doubts) return;
  for (auto [own, other] : *doubts) {
    decref(own);
    release(other);
  }
  delete doubts;
}

/// One side was filled from the other: what stands where is each other's.
void noteDoubts(size_t number) {
  const Pair p = pairs[number];
  const uint64_t flags = typeOfObject(p.ours.object())->flags;
  auto* doubts = new Doubts;
  auto note = [doubts](Value own, PyObject* other) {
    if (!isSame(own, other)) doubts->emplace_back(newRef(own), share(other));
  };
  if (flags & kTypeList) {
    const int64_t size = asList(p.ours)->size == PyList_GET_SIZE(p.theirs) ? asList(p.ours)->size : 0;
    for (int64_t i = 0; i < size; ++i) note(asList(p.ours)->items[i], PyList_GET_ITEM(p.theirs, i));
  } else if ((flags & kTypeDict) && dictSize(p.ours) == PyDict_GET_SIZE(p.theirs)) {
    int64_t at = 0;
    Py_ssize_t position = 0;
    PyObject *theirKey = nullptr, *theirValue = nullptr;
    for (Value key, value; dictNext(p.ours, &at, &key, &value) && py.PyDict_Next(p.theirs, &position, &theirKey, &theirValue);) {
      note(key, theirKey);
      note(value, theirValue);
    }
  }
  if (doubts->empty()) delete doubts, doubts = nullptr;
  pairs[number].doubts = doubts;
  forget(p.doubts);
}

int fillTheirs(size_t number) {
  const Filling filling(number);
  const Pair p = pairs[number];
  const uint64_t flags = typeOfObject(p.ours.object())->flags;
  const int status = flags & kTypeList   ? fillTheirList(p.ours, p.theirs, Comparing(p.doubts))
                     : flags & kTypeDict ? fillTheirDict(p.ours, p.theirs, Comparing(p.doubts))
                                         : fillTheirSet(p.ours, p.theirs);
  if (status == 0) noteDoubts(number);
  return status;
}
int fillOurs(PyObject* theirs, Value ours, bool isParting, Comparing same) {
  const uint64_t flags = typeOfObject(ours.object())->flags;
  return flags & kTypeList   ? fillOurList(theirs, ours, isParting, same)
         : flags & kTypeDict ? fillOurDict(theirs, ours, isParting, same)
                             : fillOurSet(theirs, ours, isParting);
}
int fillOurs(size_t number) {
  const Filling filling(number);
  const Pair p = pairs[number];
  const int status = fillOurs(p.theirs, p.ours, false, Comparing(p.doubts));
  if (status == 0) noteDoubts(number);
  return status;
}

void giveUp(size_t number) {
  const Pair p = pairs[number];
  pairs[number] = {};
  byOurs.remove(p.ours.object());
  byTheirs.remove(p.theirs);
  forget(p.seen);
  forget(p.doubts);
  decref(p.ours);
  release(p.theirs);
}

/// What could not follow does not lead.
int fillTheirsOrGiveUp(size_t number) {
  if (fillTheirs(number) == 0) return 0;
  giveUp(number);
  return -1;
}
int fillOursOrGiveUp(size_t number) {
  if (fillOurs(number) == 0) return 0;
  giveUp(number);
  return -1;
}

} // namespace

PyObject* pairToGuest(Value ours) {
  if (uint64_t known = byOurs.find(ours.object())) return share(pairs[known - 1].theirs);
  const uint64_t flags = typeOfObject(ours.object())->flags;
  Held theirs(flags & kTypeList ? py.PyList_New(0) : flags & kTypeDict ? newDictFor(ours) : py.PySet_New(nullptr));
  if (!theirs) return nullptr;
  add(ours, theirs, true); // first: it may contain itself
  return fillTheirsOrGiveUp(pairs.size() - 1) < 0 ? nullptr : theirs.take();
}

Value pairToKrait(PyObject* theirs, bool isParting) {
  if (uint64_t known = byTheirs.find(theirs)) return newRef(pairs[known - 1].ours);
  PyTypeObject* t = Py_TYPE(theirs);
  Ref ours(t == py.PyList_Type ? newList(0) : t == py.PySet_Type ? newSet(Value()) : newDict());
  if (!ours) return Value();
  if (isParting) return fillOurs(theirs, ours, true, Comparing(nullptr)) < 0 ? Value() : ours.release();
  add(ours, theirs, false);
  return fillOursOrGiveUp(pairs.size() - 1) < 0 ? Value() : ours.release();
}

int pairWith(Value ours, PyObject* theirs) {
  add(ours, theirs, true);
  return fillTheirsOrGiveUp(pairs.size() - 1);
}
int pairFrom(PyObject* theirs, Value ours) {
  add(ours, theirs, false);
  return fillOursOrGiveUp(pairs.size() - 1);
}

bool isPaired(Value ours, PyObject* theirs) {
  const uint64_t known = byOurs.find(ours.object());
  return known && pairs[known - 1].theirs == theirs;
}

void pushPairs() {
  const Walking walking;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].isFresh) {
      pairs[i].isFresh = false;
      continue;
    }
    const Pair p = pairs[i]; // filling may make more
    if (p.ours && !p.isFilling && !agree(i) && fillTheirs(i) < 0) py.PyErr_WriteUnraisable(p.theirs);
  }
}

void pullPairs() {
  const Walking walking;
  PyObject *type, *value, *trace;
  py.PyErr_Fetch(&type, &value, &trace);
  for (size_t i = 0; i < pairs.size(); ++i) {
    const Pair p = pairs[i];
    pairs[i].isFresh = false;
    if (p.ours && !p.isFilling && !agree(i) && fillOurs(i) < 0) errorUnraisable(nullptr, p.ours);
  }
  py.PyErr_Restore(type, value, trace);
}

/// Closes the gaps. Runs no code.
static void closeGaps() {
  size_t kept = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (!pairs[i].ours) continue;
    if (kept != i) {
      pairs[kept] = pairs[i];
      byOurs.put(pairs[kept].ours.object(), kept + 1);
      byTheirs.put(pairs[kept].theirs, kept + 1);
    }
    ++kept;
  }
  pairs.resize(kept);
  pairCount = kept;
}

void dropPairs() {
  static bool isDropping = false; // what dies may call the guest
  if (isDropping || Walking::depth) return;
  isDropping = true;
  // A container holds those inside it, which may be given up only after it.
  for (bool again = true; again && !Walking::depth;) {
    again = false;
    bool isAnyKept = false;
    for (size_t i = 0; i < pairs.size() && !Walking::depth; ++i) {
      const Pair p = pairs[i];
      pairs[i].isFresh = false;
      if (!p.ours) continue;
      if (p.ours.object()->refs > 1 && p.theirs->ob_refcnt > 1) {
        isAnyKept = true;
        continue;
      }
      giveUp(i);
      again = isAnyKept;
    }
  }
  if (!Walking::depth) closeGaps();
  isDropping = false;
}

} // namespace krait::guest
