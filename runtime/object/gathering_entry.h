// Machine entries of code that has only an array entry: they gather the arguments. krt_invoke_spread goes the other way.
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include "runtime/abi/value.h"

namespace krait {

struct FunctionObject;
using ArrayEntry = Value (*)(FunctionObject* function, Value* argv);

namespace gathering {

template <size_t> using Word = Value;
template <ArrayEntry invoke, size_t... I> Value entryOf(FunctionObject* f, Word<I>... words) {
  Value argv[sizeof...(I) + 1] = {words...};
  return invoke(f, argv);
}
template <ArrayEntry invoke, size_t... I> void* entryAddress(std::index_sequence<I...>) {
  return reinterpret_cast<void*>(&entryOf<invoke, I...>);
}
template <ArrayEntry invoke, size_t... N> void* entryFor(uint32_t params, std::index_sequence<N...>) {
  static void* const table[] = {entryAddress<invoke>(std::make_index_sequence<N>())...};
  return params < sizeof...(N) ? table[params] : nullptr;
}

} // namespace gathering

// The machine entry that hands its `params` words to `invoke`; null above twelve, where only the array entry serves.
template <ArrayEntry invoke> void* gatheringEntry(uint32_t params) {
  constexpr size_t kMaxEntryParams = 12;
  return gathering::entryFor<invoke>(params, std::make_index_sequence<kMaxEntryParams + 1>());
}

} // namespace krait
