// Blocks that malloc has: those of usual sizes are not handed back to the system between uses.
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>
#include "runtime/memory/alloc.h"
#include "runtime/memory/kept_blocks.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"

namespace krait {
namespace {

long pageFaults() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

/// Of rounds in each of which so many blocks come and go, behind two that are not counted.
template <size_t bytes, size_t count> long pageFaultsOf(size_t rounds) {
  auto useAll = [] {
    void* blocks[count];
    for (void*& block : blocks) std::memset(block = allocate(bytes), 1, bytes);
    for (void* block : blocks) deallocate(block);
  };
  useAll();
  useAll();
  const long before = pageFaults();
  for (size_t i = 0; i < rounds; ++i) useAll();
  return pageFaults() - before;
}

TEST(LargeBlocks, StayWithTheProcess) {
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "another malloc";
#endif
  Ref first(newInt(int64_t{1} << 62)); // the allocator is there
  EXPECT_LT((pageFaultsOf<200'000, 4>(100)), 400); // each round touches 196 pages
}

TEST(LargeBlocks, OfSomeMegabytesStayToo) {
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "another malloc";
#endif
  Ref first(newInt(int64_t{1} << 62));
  EXPECT_LT((pageFaultsOf<5'000'000, 3>(10)), 1000); // each round touches 3,600 pages
}

TEST(LargeBlocks, WaitForTheNextOfTheirSize) {
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "another malloc";
#endif
  freeKeptBlocks();
  for (size_t bytes : {size_t{513}, size_t{1000}, size_t{1100}, size_t{4096}, kLargestKept}) {
    void* block = allocate(bytes);
    std::memset(block, 0xff, bytes);
    deallocate(block);
    EXPECT_GE(keptBlocks.bytes + 8, bytes);
    auto* again = static_cast<uint8_t*>(allocateZeroed(bytes));
    EXPECT_EQ(again, block);
    for (size_t i = 0; i < bytes; ++i) ASSERT_EQ(again[i], 0);
    EXPECT_GE(blockSize(again), bytes);
    EXPECT_EQ(keptBlocks.bytes, 0u);
    deallocate(again);
    freeKeptBlocks();
  }
}

// Whatever malloc says of its blocks: sanitizers' has no spare bytes.
TEST(LargeBlocks, AreNeverLessThanWhatIsAskedFor) {
  freeKeptBlocks();
  for (size_t bytes = 512; bytes < 1024; ++bytes) {
    for (size_t more = bytes; more < bytes + 32; ++more) {
      keepOrFree(std::malloc(bytes));
      void* block = takeKeptBlock(more);
      if (block) EXPECT_GE(malloc_usable_size(block), more);
      std::free(block);
      freeKeptBlocks();
    }
  }
}

TEST(LargeBlocks, DoNotWaitInAnyNumber) {
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "another malloc";
#endif
  for (size_t bytes = 600; bytes < 9000; bytes += 16) {
    void* blocks[20];
    for (void*& block : blocks) block = allocate(bytes);
    for (void* block : blocks) deallocate(block);
    EXPECT_LT(keptBlocks.bytes, 300'000u);
  }
  freeKeptBlocks();
  EXPECT_EQ(keptBlocks.bytes, 0u);
}

} // namespace
} // namespace krait
