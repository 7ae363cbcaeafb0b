// Where a value stands among the items of a list or tuple, as far as that is known
// without running code.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// The first place in items[from, n) where an item is `v`, equals it or would have to be asked: those before it do not equal `v`. n if there is none.
int64_t firstToAsk(const Value* items, int64_t from, int64_t n, Value v);
/// From item i on, which moves to where `v` stands, below n: 1, 0, -1 error. May run code; the items stay where they are.
int32_t findItemFrom(const Value* items, int64_t* i, int64_t n, Value v);
/// The first place where the very word `v` stands, else n. For small ints among small ints.
int64_t firstSame(const Value* items, int64_t from, int64_t n, Value v);

} // namespace krait
