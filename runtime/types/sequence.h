// list, tuple, range, slice: layouts and what other rooms do with them.
#pragma once
#include <initializer_list>
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// Sticky content bits: true of every item ever stored; cleared by the first store that breaks them.
/// kNoCounts: the items are no pointers, or to what never dies.
enum ContentBits : uint32_t { kNoPointers = 1, kAllInt = 2, kAllFloat = 4, kNoCounts = 8, kContentEmpty = 15 };
/// Of immediate numbers.
constexpr uint32_t kContentOfInt = kNoPointers | kNoCounts | kAllInt, kContentOfFloat = kNoPointers | kNoCounts | kAllFloat;
/// The bits that hold for one item. kAllInt and kAllFloat speak of exact types.
inline uint32_t contentBits(Value v) {
  if (v.isSmallInt()) return kContentOfInt;
  if (v.isImmediateFloat()) return kContentOfFloat;
  const Object* o = v.object();
  const uint32_t counts = o->refs < 0 ? kNoCounts : 0;
  return o->layout == &intType.instanceLayout ? counts | kAllInt : o->layout == &floatType.instanceLayout ? counts | kAllFloat : counts;
}
/// Those of `content` that hold for n more items.
inline uint32_t contentWith(uint32_t content, const Value* items, int64_t n) {
  for (int64_t i = 0; content && i < n; ++i) content &= contentBits(items[i]);
  return content;
}
/// One more reference to each of n items, whose list has these bits.
inline void shareItems(const Value* items, int64_t n, uint32_t content) {
  if (content & kNoCounts) return;
  for (int64_t i = 0; i < n; ++i) incref(items[i]);
}

/// `capacity`: words from `items` on. Before them the block has `front` more, of items that were taken out there (list_storage.cpp).
struct ListObject { Object header; Value* items; int64_t size, capacity; uint32_t content, front; };
/// v is about to be an item.
inline void noteContent(ListObject* l, Value v) {
  if (v.isSmallInt() || v.isImmediateFloat() || l->content) l->content &= contentBits(v);
}
struct TupleObject { Object header; int64_t size, hash /* 0: not known */; Value items[]; };
static_assert(offsetof(TupleObject, size) == sizeof(Object)); // Args::nameCount
struct RangeObject { Object header; Value start, stop, step, length; };
struct SliceObject { Object header; Value start, stop, step; };

inline bool isList(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeList); }
inline bool isExactList(Value v) { return v.isPointer() && v.object()->layout == &listType.instanceLayout; }
inline bool isTuple(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeTuple); }
inline bool isExactTuple(Value v) { return v.isPointer() && v.object()->layout == &tupleType.instanceLayout; }
inline ListObject* asList(Value v) { return v.as<ListObject>(); }
inline TupleObject* asTuple(Value v) { return v.as<TupleObject>(); }

/// The class `changed`, or an instance of it, which may be in tuples, hashes in another way from now on.
void tupleHashesForget(const Type* changed);
/// hash(t) of an exact tuple; -1: an error.
int64_t tupleHash(Value t);
/// The same where every item's hash is known without running code, else 0. The tuple need not be an object that anybody sees.
int64_t tupleHashPlainly(const TupleObject* t);
Value newList(int64_t size);                    // `size` null items: fill all before code runs
/// An empty list for what split() makes with so many separators at most: room for some pieces, as much as CPython's has.
Value newPieceList(int64_t most);
/// list(items).
Value newListOf(Value items);
/// reversed(list), of an exact one or one that leaves that to list.
Value listReversed(Value list);
int32_t listAppend(Value list, Value v);
int32_t listInsert(Value list, int64_t i, Value v);
int32_t listExtend(Value list, Value iterable);
Value listSlice(Value list, int64_t from, int64_t to);
int32_t listSetSlice(Value list, int64_t from, int64_t to, Value iterable); // null: delete
int32_t listSort(Value list, Value key /*null or None*/, bool reverse);
int32_t listReverse(Value list);
Value listToTuple(Value list);
extern TupleObject emptyTupleObject; // immortal
inline Value emptyTuple() { return Value(&emptyTupleObject.header); }
Value newTuple(int64_t size);                   // `size` null items (size > 0): fill all before code runs
Value newTuple(std::initializer_list<Value> borrowed);
Value newPair(Value a, Value b);                // both owned: consumed in any case
Value newTupleFrom(const Value* borrowed, size_t n);
Value tupleSlice(Value t, int64_t from, int64_t to);
Value newSlice(Value start, Value stop, Value step);
/// start/stop/step of a slice as C integers, clipped; step 0 is ValueError. -1: error.
int32_t sliceUnpack(Value slice, int64_t* start, int64_t* stop, int64_t* step);
/// Clips to a sequence of `length` and returns the number of items.
inline int64_t sliceAdjust(int64_t length, int64_t* start, int64_t* stop, int64_t step) {
  if (*start < 0) {
    *start += length;
    if (*start < 0) *start = step < 0 ? -1 : 0;
  } else if (*start >= length) {
    *start = step < 0 ? length - 1 : length;
  }
  if (*stop < 0) {
    *stop += length;
    if (*stop < 0) *stop = step < 0 ? -1 : 0;
  } else if (*stop >= length) {
    *stop = step < 0 ? length - 1 : length;
  }
  if (step < 0) return *stop >= *start ? 0 : step == -1 ? *start - *stop : (*start - *stop - 1) / (-step) + 1;
  return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}
/// An optional start or stop argument, clipped to int64; null leaves *out alone. TypeError with the
/// "slice indices must be integers…" text (`noneAllowed`: None leaves *out alone too).
int32_t sliceIndex(Value v, int64_t* out, bool noneAllowed = false);

// ---- for the list files and compiled code's slow paths ----
/// Makes room for `size` items by CPython's growth rule and sets the size; new words are uninitialised.
/// -1 with MemoryError.
int32_t listResize(ListObject* l, int64_t size);
/// A list with `size` uninitialised words, not yet tracked, content kContentEmpty: fill, then gcTrack. Null: MemoryError.
ListObject* listAllocate(int64_t size);
/// Item or slice by any subscript, with CPython's errors.
Value listSubscript(Value list, Value key);
int32_t listSetSubscript(Value list, Value key, Value v); // v null: delete
/// Appends `count` references that become the list's; with an error they stay the caller's. -1 with MemoryError.
int32_t listAdopt(ListObject* l, const Value* owned, int64_t count);
/// Removes all items; they die after the list is empty.
void listClear(ListObject* l);
/// repr of the items between `open` and `close`; a tuple of one gets its comma.
Value reprSequence(Value self, const char* open, const char* close, const char* recursive);

} // namespace krait
