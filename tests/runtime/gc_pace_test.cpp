// When the collector runs of itself.
#include "runtime/memory/gc_pace.h"

#include "runtime/memory/gc.h"
#include "runtime/types/sequence.h"
#include "tests/runtime/core_support.h"

namespace krait {
namespace {

using namespace testing_support;

/// Lists that stay, so that nothing is garbage; how many collections of the youngest generation that took.
int64_t collectionsWhileMaking(Value keep, int count) {
  const int64_t before = gcState.generations[0].collections;
  for (int i = 0; i < count; ++i) listAppend(keep, Ref(newList(0)));
  return gcState.generations[0].collections - before;
}

TEST(GcPace, WhatFindsNothingComesLessOften) {
  Ref keep(newList(0));
  const int64_t first = collectionsWhileMaking(keep, 20 * 700);
  EXPECT_GE(first, 2);
  EXPECT_LE(first, 10);
  EXPECT_GT(gcState.nursery, 700);
  EXPECT_LE(gcState.nursery, 8 * 700);
}

TEST(GcPace, GarbageBringsThePaceBack) {
  gcPace(0, 0);
  gcPace(0, 0);
  const int64_t grown = gcState.nursery;
  EXPECT_GT(grown, 700);
  gcPace(0, 1);
  EXPECT_EQ(gcState.nursery, grown) << "one object is not worth it";
  gcPace(0, grown);
  EXPECT_EQ(gcState.nursery, 700);
}

TEST(GcPace, FullCollectionsWaitForHalfOfTheHeapAfterOneInVain) {
  GcGeneration* g = gcState.generations;
  const int64_t counts[] = {g[0].count, g[1].count, g[2].count}, total = gcState.longLivedTotal, pending = gcState.longLivedPending;
  g[0].count = gcState.nursery + 1;
  g[1].count = g[2].count = 11;
  gcState.longLivedTotal = 1000;
  gcState.longLivedPending = 300;
  gcPace(2, 5);
  EXPECT_EQ(gcDueGeneration(), 2);
  gcPace(2, 0);
  g[0].count = gcState.nursery + 1;
  EXPECT_EQ(gcDueGeneration(), 1);
  gcState.longLivedPending = 500;
  EXPECT_EQ(gcDueGeneration(), 2);
  for (int i = 0; i < 3; ++i) g[i].count = counts[i];
  gcState.longLivedTotal = total;
  gcState.longLivedPending = pending;
}

TEST(GcPace, NothingIsDueWhileItIsOff) {
  const int64_t before = gcState.nursery;
  gcSetEnabled(false);
  EXPECT_EQ(gcState.nursery, INT64_MAX);
  gcPace(0, before);
  EXPECT_EQ(gcState.nursery, INT64_MAX) << "gc.collect() of a program that has switched it off";
  Ref keep(newList(0));
  EXPECT_EQ(collectionsWhileMaking(keep, 20 * 700), 0);
  gcSetEnabled(true);
  EXPECT_EQ(gcState.nursery, 700);
  EXPECT_GE(collectionsWhileMaking(keep, 1), 1) << "what was made meanwhile counts";
}

// The last one: from here on the pace is the program's.
TEST(GcPace, ThresholdsOfTheProgramAreKept) {
  gcSetThreshold(0, 100);
  Ref keep(newList(0));
  const int64_t count = collectionsWhileMaking(keep, 5000);
  EXPECT_GE(count, 40);
  EXPECT_EQ(gcState.nursery, 100);
  gcSetThreshold(0, 0);
  EXPECT_EQ(gcState.nursery, INT64_MAX);
  EXPECT_EQ(collectionsWhileMaking(keep, 5000), 0);
  gcSetThreshold(0, 700);
}

} // namespace
} // namespace krait
