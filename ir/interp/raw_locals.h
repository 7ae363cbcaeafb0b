// The border of a function's version (core::RawLocal): locals become raw, and words again.
#pragma once

#include "ir/interp/code.h"

namespace krait::ir::interp {

// The word of a bound local whose number is elsewhere; no int's.
constexpr Value kBound = Value::tryFloat(1.0);
// False, and nothing has happened, if a local is bound to something that it is not raw for.
bool unboxRawLocals(const Code& code, Value* registers);
// Runs no code.
void boxRawLocals(const Code& code, Value* registers);

// An iterator of a list that nobody else holds and that has not ended becomes the list, and the index where it is; else -1.
void takeApart(Value& word, Value& index);

// Whether it is exactly an int from 0 to 2^64 - 1, and which.
bool isUnsigned(Value v, uint64_t* number);

// How many numbers range(start, stop, step) has; step is not 0.
int64_t countOfRange(int64_t start, int64_t stop, int64_t step);

// Exactly a float, and no NaN: those have an identity.
bool isPlainFloat(Value v);
// The same for both parts.
bool isPlainComplex(Value v);

} // namespace krait::ir::interp
