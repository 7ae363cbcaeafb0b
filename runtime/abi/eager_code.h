// A flag beside CPython's co_flags, of code that is a generator to whoever looks at it.
#pragma once
#include <cstdint>

namespace krait {

/// The body of a generator expression that runs at once (ir/build/eager_generators.cpp): StopIteration leaves it as
/// RuntimeError. co_flags shows a generator's instead.
constexpr uint32_t kCodeEager = uint32_t{1} << 30;

} // namespace krait
