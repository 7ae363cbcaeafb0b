// Sorting by the words that keys begin with: see word_sort.cpp.
#pragma once
#include "runtime/types/sort_orders.h"
#include "runtime/types/timsort.h"

namespace krait {

/// Sorts n keys, all of `kind`, or exact tuples, or exact lists, whose first items are. Runs no code. False: not by words, and nothing has changed.
bool sortByWords(Span all, int64_t n, KeyKind kind, bool areRows);

} // namespace krait
