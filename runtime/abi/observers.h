// What a program may observe of its own execution (ModuleInfo::observers): the
// bits that frontend/sema/observers.h decides by the program's text. The driver
// asserts that both agree.
#pragma once
#include <cstdint>

namespace krait {

enum ObservedBits : uint32_t {
  kObservedNumberIdentity = 1, // numbers outside -5 … 256 are heap objects
  kObservedExactCounts = 2,
  kObservedFrameLocals = 4,    // locals are in memory, with their place in the table of sites
  kObservedEvents = 8,
  kObservedAllocations = 16,
};

/// The program observes number identity (kObservedNumberIdentity): every number that is made from now on, outside
/// -5 … 256, is an object of its own. Set before any code runs.
extern "C" bool krt_numbers_are_objects;

} // namespace krait
