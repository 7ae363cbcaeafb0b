// What the words of a local say that is a machine number in its function's version (docs/ir.md): compiled code, and debuggers who look.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// Bound; the number is in a word of its own. No int's word, and no other value stands there in a version.
constexpr uint64_t kRawBound = Value::tryFloat(1.0).bits;
/// To debuggers, in place of the number: the local is not raw here. No NaN that a computation makes (and hardly an unsigned number).
constexpr uint64_t kNotRaw = 0x7ff86e6f74526177;
/// The same, behind the number: all that stands before it is what the debugger was told.
constexpr uint64_t kRawWhole = 1;

} // namespace krait
