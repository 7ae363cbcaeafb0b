// --observe=LIST as bits.
#pragma once
#include <cstdint>
#include <string_view>
#include "frontend/sema/observers.h"
#include "runtime/abi/observers.h"

namespace krait::tools {

static_assert(uint32_t{frontend::sema::kObserveNumberIdentity} == kObservedNumberIdentity &&
              uint32_t{frontend::sema::kObserveExactCounts} == kObservedExactCounts &&
              uint32_t{frontend::sema::kObserveFrameLocals} == kObservedFrameLocals &&
              uint32_t{frontend::sema::kObserveEvents} == kObservedEvents &&
              uint32_t{frontend::sema::kObserveAllocations} == kObservedAllocations);

struct ObserverName {
  std::string_view name;
  uint32_t bits;
};
inline constexpr ObserverName kObserverNames[] = {{"identity", kObservedNumberIdentity}, {"counts", kObservedExactCounts},
                                                  {"frames", kObservedFrameLocals},      {"events", kObservedEvents},
                                                  {"allocations", kObservedAllocations}, {"all", 31}, {"none", 0}};

/// "identity,frames", "all", "none"; the command line admits no other words.
inline uint32_t observersFromText(std::string_view text) {
  uint32_t bits = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    for (const ObserverName& row : kObserverNames)
      if (row.name == word) bits |= row.bits;
  }
  return bits;
}

/// Whether versions of functions may be written: they leave out counts, and words of numbers.
inline bool maySpeculate(uint32_t observers) { return (observers & ~uint32_t{kObservedAllocations}) == 0; }

/// Whether somebody may see which variables are in cells, and how often a value is referred to.
inline bool mayCountReferences(uint32_t observers) { return (observers & ~uint32_t{kObservedAllocations | kObservedNumberIdentity}) != 0; }

} // namespace krait::tools
