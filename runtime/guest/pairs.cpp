// Lists, dicts and sets exist on both sides: each side's code reads the fields of its own. A pair holds both;
// wherever control crosses, the side that ran is compared with the other, which follows it. A pair lasts
// while both sides can reach theirs: when the outermost call of the guest ends, those of which one side's is held by
// the pair alone are given up. Most end with the call that made them.
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

struct Pair {
  Value ours;                // owned; null: a gap, whose pair was given up
  PyObject* theirs = nullptr; // owned
  bool isFresh = false;      // made for the call under way: it need not be pushed once more
  bool isFilling = false;    // one side follows the other item by item, which may run code of both: neither is compared meanwhile
  bool hasAgreed = false;    // at an earlier crossing: this one lasts
  Snapshot* seen = nullptr;  // owned, of a long list that lasts; or null
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

bool listsAgree(Value ours, PyObject* theirs) {
  const ListObject* l = asList(ours);
  if (l->size != PyList_GET_SIZE(theirs)) return false;
  for (int64_t i = 0; i < l->size; ++i)
    if (!isSame(l->items[i], PyList_GET_ITEM(theirs, i))) return false;
  return true;
}

int fillTheirList(Value ours, PyObject* theirs) {
  if (PyList_GET_SIZE(theirs) == 0) {
    for (int64_t i = 0; i < asList(ours)->size; ++i) {
      Held item(toGuest(asList(ours)->items[i]));
      if (!item || py.PyList_Append(theirs, item) < 0) return -1;
    }
    return 0;
  }
  Held items(py.PyList_New(0));
  if (!items) return -1;
  for (int64_t i = 0; i < asList(ours)->size; ++i) {
    Held item(toGuest(asList(ours)->items[i]));
    if (!item || py.PyList_Append(items, item) < 0) return -1;
  }
  return py.PyList_SetSlice(theirs, 0, PyList_GET_SIZE(theirs), items);
}

int fillOurList(PyObject* theirs, Value ours, bool isParting) {
  if (asList(ours)->size == 0) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(theirs); ++i) {
      Ref item(viewOf(PyList_GET_ITEM(theirs, i), isParting));
      if (!item || listAppend(ours, item) < 0) return -1;
    }
    return 0;
  }
  Ref items(newList(0));
  if (!items) return -1;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(theirs); ++i) {
    Ref item(viewOf(PyList_GET_ITEM(theirs, i), isParting));
    if (!item || listAppend(items, item) < 0) return -1;
  }
  return listSetSlice(ours, 0, asList(ours)->size, items);
}

// ---- dicts ----

bool dictsAgree(Value ours, PyObject* theirs) {
  if (dictSize(ours) != PyDict_GET_SIZE(theirs)) return false;
  int64_t at = 0;
  Py_ssize_t position = 0;
  Value key, value;
  for (PyObject *theirKey = nullptr, *theirValue = nullptr; dictNext(ours, &at, &key, &value);)
    if (!py.PyDict_Next(theirs, &position, &theirKey, &theirValue) || !isSame(key, theirKey) || !isSame(value, theirValue)) return false;
  return true;
}

int fillTheirDict(Value ours, PyObject* theirs) {
  if (PyDict_GET_SIZE(theirs)) py.PyDict_Clear(theirs);
  Ref words(dictItemsList(ours));
  if (!words) return raiseInGuest(), -1;
  for (int64_t i = 0; i < asList(words)->size; ++i) {
    const Value* item = asTuple(asList(words)->items[i])->items;
    Held key(toGuest(item[0])), value(key ? toGuest(item[1]) : nullptr);
    if (!value || py.PyDict_SetItem(theirs, key, value) < 0) return -1;
  }
  return 0;
}

int fillOurDict(PyObject* theirs, Value ours, bool isParting) {
  if (dictSize(ours)) dictClear(ours);
  Py_ssize_t position = 0;
  for (PyObject *key = nullptr, *value = nullptr; py.PyDict_Next(theirs, &position, &key, &value);) {
    const Held heldKey(share(key)), heldValue(share(value));
    Ref k(viewOf(key, isParting)), v(k ? viewOf(value, isParting) : Value());
    if (!v || dictSet(ours, k, v) < 0) return -1;
  }
  return 0;
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
  if (!listsAgree(p.ours, p.theirs)) return false;
  if (p.hasAgreed && asList(p.ours)->size >= kLong && !pairs[number].seen) pairs[number].seen = newSnapshot(p.ours, p.theirs);
  pairs[number].hasAgreed = true;
  return true;
}

bool agree(size_t number) {
  const Pair p = pairs[number];
  const uint64_t flags = typeOfObject(p.ours.object())->flags;
  return flags & kTypeList ? agreeLists(number) : flags & kTypeDict ? dictsAgree(p.ours, p.theirs) : setsAgree(p.ours, p.theirs);
}
int fillTheirs(size_t number) {
  const Filling filling(number);
  const Value ours = pairs[number].ours;
  PyObject* theirs = pairs[number].theirs;
  const uint64_t flags = typeOfObject(ours.object())->flags;
  return flags & kTypeList ? fillTheirList(ours, theirs) : flags & kTypeDict ? fillTheirDict(ours, theirs) : fillTheirSet(ours, theirs);
}
int fillOurs(PyObject* theirs, Value ours, bool isParting) {
  const uint64_t flags = typeOfObject(ours.object())->flags;
  return flags & kTypeList   ? fillOurList(theirs, ours, isParting)
         : flags & kTypeDict ? fillOurDict(theirs, ours, isParting)
                             : fillOurSet(theirs, ours, isParting);
}
int fillOurs(size_t number) {
  const Filling filling(number);
  return fillOurs(pairs[number].theirs, pairs[number].ours, false);
}

void giveUp(size_t number) {
  const Pair p = pairs[number];
  pairs[number] = {};
  byOurs.remove(p.ours.object());
  byTheirs.remove(p.theirs);
  forget(p.seen);
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
  Held theirs(flags & kTypeList ? py.PyList_New(0) : flags & kTypeDict ? py.PyDict_New() : py.PySet_New(nullptr));
  if (!theirs) return nullptr;
  add(ours, theirs, true); // first: it may contain itself
  return fillTheirsOrGiveUp(pairs.size() - 1) < 0 ? nullptr : theirs.take();
}

Value pairToKrait(PyObject* theirs, bool isParting) {
  if (uint64_t known = byTheirs.find(theirs)) return newRef(pairs[known - 1].ours);
  PyTypeObject* t = Py_TYPE(theirs);
  Ref ours(t == py.PyList_Type ? newList(0) : t == py.PyDict_Type ? newDict() : newSet(Value()));
  if (!ours) return Value();
  if (isParting) return fillOurs(theirs, ours, true) < 0 ? Value() : ours.release();
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
