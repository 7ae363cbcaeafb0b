// Iterators over the builtin containers, and the lazy builtins that are types
// (enumerate, zip, map, filter, reversed). The hot path inlines the steps of
// ListIterator, TupleIterator and RangeIterator; everything else goes through
// Type::next.
//
// An exhausted iterator drops its container and stays exhausted.
#pragma once
#include "runtime/types/sequence.h"

namespace krait {

/// Item `index` while index < size of the list *now*; else exhausted: `list` becomes null.
struct ListIterator { Object header; Value list; int64_t index; };
/// Counts down to 0; index -1 and null list when exhausted.
struct ListReverseIterator { Object header; Value list; int64_t index; };
struct TupleIterator { Object header; Value tuple; int64_t index; };
/// Machine-word ranges: yields `current`, then current += step (modulo 2^64), `remaining` times.
struct RangeIterator { Object header; int64_t current, step, remaining, start; };
/// Ranges with any int out of machine range.
struct LongRangeIterator { Object header; Value start, step, length; Value index; };
/// dict keys, values, items, forwards and backwards (the type says which).
struct DictIterator {
  Object header;
  Value result, held[2]; // items: see EnumerateObject
  Value dict;            // null: exhausted
  int64_t used;          // size at the start; -1 after a "changed size" error
  int64_t position;      // next entry to look at
  int64_t remaining;     // entries still to come
};
struct SetIterator { Object header; Value set; int64_t used, position, remaining; };
/// iter(o) of a class with __getitem__ alone.
struct SequenceIterator { Object header; Value sequence; int64_t index; };
/// iter(callable, sentinel)
struct CallableIterator { Object header; Value callable, sentinel; };

/// `result`: the pair that was handed out last, filled again when nobody else holds it; null before. It keeps its items up to
/// the next step. Where no pair was made, `held` does; a word that is no pointer holds nothing. It is in the same place in all that have it.
struct EnumerateObject { Object header; Value result, held[1], iterator, index; };
/// `iterators`: a tuple.
struct ZipObject {
  static constexpr int64_t kMaxHeld = 4;
  Object header;
  Value result, held[kMaxHeld], iterators;
  bool strict;
};
constexpr Value kHoldsNothing = Value::ofSmallInt(0);

extern Type listIteratorType, listReverseIteratorType, tupleIteratorType, rangeIteratorType, longRangeIteratorType,
    dictKeyIteratorType, dictValueIteratorType, dictItemIteratorType, dictReverseKeyIteratorType,
    dictReverseValueIteratorType, dictReverseItemIteratorType, setIteratorType, sequenceIteratorType,
    callableIteratorType, dictKeysType, dictValuesType, dictItemsType, enumerateType, zipType, mapType, filterType,
    reversedType;

/// Of the iterator over a dict's keys, values, items: view 0, 1, 2, as operations and entries number them.
inline Type& dictIteratorType(int64_t view) { return view == 0 ? dictKeyIteratorType : view == 1 ? dictValueIteratorType : dictItemIteratorType; }

/// Steps of krt_next_pair (runtime/abi/entries.def) for the iterators that make pairs.
int32_t enumeratePair(Value iterator, Value* out);
int32_t zipPair(Value iterator, Value* out);
/// The next items (owned) of a zip over two lists or tuples that both have one left and hold it on; else false, and nothing has happened.
bool zipOfSequences(Value iterator, Value* out);
/// The next pairs of such a zip whose first item is an exact str, owned, without stepping it: how many. It has not given any yet.
int64_t zipTextsAhead(Value iterator, Value* out, int64_t room);
/// Steps it over so many of them.
void zipSkip(Value iterator, int64_t rows);
int32_t dictItemPair(Value iterator, Value* out);
/// The dict that iterating an exact dict or a view of one goes through: borrowed. Null: it is something else.
Value dictIterated(Value iterable);
/// Whether a dict's values(), the view, has `v`, as far as that is known without running code: 1, 0, or -1.
int32_t valuesPlainlyContain(Value view, Value v);
/// Appends what iterating `iterable`, which goes through `d`, hands out. -1 with the error that it would raise.
int32_t dictItemsInto(ListObject* l, Value iterable, Value d);

Value newSequenceIterator(Value sequence);
Value newCallableIterator(Value callable, Value sentinel);
/// A builtin function by its name, as iterators' __reduce__ wants it: owned, or null with an error.
Value builtinByName(const char* name);

} // namespace krait
