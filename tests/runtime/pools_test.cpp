// Blocks of pools that run dry, and come back.
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <sys/mman.h>
#include <vector>
#include "runtime/memory/pools.h"

namespace krait {
namespace {

constexpr size_t kBytes = 464; // a class that hardly anything else has

TEST(Pools, HandOutEachBlockOnce) {
  std::vector<void*> blocks;
  std::set<void*> different;
  for (int i = 0; i < 500; ++i) blocks.push_back(allocate(kBytes));
  different.insert(blocks.begin(), blocks.end());
  EXPECT_EQ(different.size(), blocks.size());
  for (void* b : blocks) deallocate(b);
}

TEST(Pools, ABlockThatCameBackToAPoolWithoutOthersIsTheNext) {
  std::vector<void*> blocks{allocate(kBytes)};
  if (!isSmallBlock(blocks.back())) { // no pools in sanitized builds
    deallocate(blocks.back());
    GTEST_SKIP();
  }
  for (int i = 1; i < 200; ++i) blocks.push_back(allocate(kBytes));
  void* last = blocks.back();
  while (poolOf(last)->free) blocks.push_back(allocate(kBytes));
  const size_t before = allocatorStatistics().poolsInUse;
  for (int i = 0; i < 1000; ++i) {
    deallocate(last);
    EXPECT_EQ(allocate(kBytes), last);
  }
  EXPECT_EQ(allocatorStatistics().poolsInUse, before);
  // Several pools without blocks stand in each other's way for nobody.
  for (size_t i = 0; i < blocks.size(); i += 3) deallocate(blocks[i]);
  for (size_t i = 0; i < blocks.size(); i += 3) blocks[i] = allocate(kBytes);
  EXPECT_EQ(allocatorStatistics().poolsInUse, before);
  EXPECT_EQ(std::set<void*>(blocks.begin(), blocks.end()).size(), blocks.size());
  for (void* b : blocks) deallocate(b);
}

/// The page there is in memory.
bool isResident(void* page) {
  unsigned char state = 0;
  return mincore(page, 4096, &state) == 0 && (state & 1);
}

bool kernelPopulates() {
  constexpr size_t kPage = 4096;
  void* p = mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const bool does = madvise(p, kPage, 23 /* MADV_POPULATE_WRITE */) == 0;
  munmap(p, kPage);
  return does;
}

TEST(Pools, ALargeHeapGetsPagesBeforeTheyAreTouched) {
  if (!kernelPopulates()) GTEST_SKIP();
  std::vector<void*> blocks;
  constexpr size_t kLarge = 16 << 20, kLast = kPoolSize - 4096;
  size_t before = 0; // new pools whose last page is there already, although few of their blocks are in use
  for (size_t bytes = 0; bytes < kLarge; bytes += kBytes) {
    blocks.push_back(allocate(kBytes));
    if (!isSmallBlock(blocks.back())) break;
    Pool* pool = poolOf(blocks.back());
    if (bytes > kLarge / 2 && pool->used == 1 && isResident(reinterpret_cast<char*>(pool) + kLast)) ++before;
  }
  if (isSmallBlock(blocks.back())) EXPECT_GT(before, kLarge / 2 / kPoolSize / 4 * 3);
  for (void* b : blocks) deallocate(b);
}

/// The system was told that the pages there may be large ones.
bool mayBeLarge(const void* place) {
  std::ifstream maps("/proc/self/smaps");
  bool isHere = false;
  for (std::string line; std::getline(maps, line);) {
    unsigned long long from, to;
    if (sscanf(line.c_str(), "%llx-%llx ", &from, &to) == 2) isHere = from <= reinterpret_cast<uintptr_t>(place) && reinterpret_cast<uintptr_t>(place) < to;
    else if (isHere && line.starts_with("VmFlags:")) return line.find(" hg") != std::string::npos;
  }
  return false;
}

TEST(Pools, ALargeHeapMayLieInLargePages) {
  constexpr size_t kBytes = 2 << 20;
  void* p = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const bool has = madvise(p, kBytes, MADV_HUGEPAGE) == 0 && mayBeLarge(p);
  munmap(p, kBytes);
  void* block = allocate(16);
  const bool isSmall = isSmallBlock(block);
  deallocate(block);
  if (!has || !isSmall) GTEST_SKIP();
  EXPECT_FALSE(mayBeLarge(pools.base));
  EXPECT_TRUE(mayBeLarge(pools.base + (16 << 20)));
  EXPECT_TRUE(mayBeLarge(pools.base + pools.size - 1));
}

} // namespace
} // namespace krait
