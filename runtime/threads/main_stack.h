// The stack that the main thread runs Python code on: reserved by ourselves (1 GiB,
// committed as it is touched), so that recursion reaches the depth it reaches under
// CPython whatever the shell's limit is. Where address space is limited it takes an
// eighth of it, and gives the rest back when the program sets a limit.
#pragma once
#include <cstddef>

namespace krait {

struct ThreadState;

/// Reserves it and sets mainThread's stackLow and stackHigh. The bytes, or 0: there is none, and the system's serves.
size_t reserveMainStack();
/// After the process's limits of address space or data were changed.
void shrinkMainStack();
/// What a thread can do with where addresses are scarce: CPython's usual depth, and no more.
constexpr size_t kSmallestThreadStack = size_t{8} << 20;
/// The calling thread's stack, which others made, for the walk over its frames.
void noteStack(ThreadState* thread);
/// What a thread's stack is to be: `wanted` bytes, or if that is 0 what the limits allow.
size_t threadStackBytes(size_t wanted);

} // namespace krait
