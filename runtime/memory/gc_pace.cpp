#include "runtime/memory/gc_pace.h"

#include <algorithm>

#include "runtime/memory/gc.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

/// The nursery grows to this many thresholds, or in a large heap to an eighth of it, but not beyond the second number.
constexpr int64_t kThresholds = 8, kThresholdsOfLarge = 64;
/// Garbage of less than this part of the nursery is not worth looking for more often.
constexpr int64_t kWorth = 16;
/// A full collection comes when what has become long-lived since the last one is this part of the heap: CPython's quarter, and a
/// half after one that was in vain.
constexpr int64_t kQuarter = 4, kHalf = 2;

bool setByProgram = false;
int64_t part = kQuarter;
/// What gcState.nursery is while the collector is on.
int64_t pace = 700;

void setPace(int64_t wanted) {
  pace = wanted;
  gcState.nursery = gcState.enabled && gcState.generations[0].threshold ? pace : INT64_MAX;
}

} // namespace

int gcDueGeneration() {
  const GcGeneration* g = gcState.generations;
  if (g[0].count <= gcState.nursery) return -1;
  for (int i = 2; i > 0; --i) {
    if (g[i].count <= g[i].threshold) continue;
    if (i == 2 && gcState.longLivedPending < gcState.longLivedTotal / part) continue;
    return i;
  }
  return 0;
}

void gcPace(int generation, int64_t found) {
  if (setByProgram) return;
  if (generation == 2) part = found ? kQuarter : kHalf;
  const int64_t threshold = gcState.generations[0].threshold;
  if (found >= pace / kWorth || (gcState.callbacks && asList(gcState.callbacks)->size)) {
    setPace(threshold);
  } else if (!found) {
    const int64_t most = std::clamp((gcState.longLivedTotal + gcState.longLivedPending) / 8, kThresholds * threshold, kThresholdsOfLarge * threshold);
    setPace(std::max(pace, std::min(pace * 2, most)));
  }
}

void gcSetThreshold(int generation, int64_t threshold) {
  setByProgram = true;
  part = kQuarter;
  gcState.generations[generation].threshold = threshold;
  setPace(gcState.generations[0].threshold);
}

void gcSetEnabled(bool enabled) {
  gcState.enabled = enabled;
  setPace(pace);
}

} // namespace krait
