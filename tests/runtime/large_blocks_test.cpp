// Blocks that malloc has: those of usual sizes are not handed back to the system between uses.
#include <cstring>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"

namespace krait {
namespace {

long pageFaults() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

TEST(LargeBlocks, StayWithTheProcess) {
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "another malloc";
#endif
  constexpr size_t kBytes = 200'000, kCount = 4, kRounds = 100;
  Ref first(newInt(int64_t{1} << 62)); // the allocator is there
  auto useAll = [] {
    void* blocks[kCount];
    for (void*& block : blocks) std::memset(block = allocate(kBytes), 1, kBytes);
    for (void* block : blocks) deallocate(block);
  };
  useAll();
  useAll();
  const long before = pageFaults();
  for (size_t i = 0; i < kRounds; ++i) useAll();
  EXPECT_LT(pageFaults() - before, 400); // each round touches 196 pages
}

} // namespace
} // namespace krait
