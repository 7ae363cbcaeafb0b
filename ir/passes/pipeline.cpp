// The only place that knows the order of passes.
#include "ir/passes/pipeline.h"

namespace krait::ir::passes {

namespace {
using enum PassId;
// In-place extension is not an optimisation one may leave out: `s += t` in a loop is quadratic without it.
constexpr PassId kNone[] = {ClassSlots, DefiniteAssignment, Ownership, InstanceTests, HeardDeaths};
constexpr PassId kFull[] = {
    ModuleCalls,        // all others know calls by name
    LiftCaptures,       // cells become locals, of which the others know more
    MirrorCells,        // of those that remain
    UnbindMethods,      // behind it: a captured variable may be one of these locals
    FoldConstants,      // before branches: decides conditions
    SimplifyBranches,   // fewer blocks for all that follow
    FormatPieces,       // behind folding: of formats that are left
    SplitPieces,        // behind folding, too: numbers of pieces are constants
    PropagateCopies,    // folding leaves copies of constants, formats values that are only looked at
    DefiniteAssignment, // local.get -> local.read: no error edge
    LazyKeywords,       // sees which reads of ** are certain; the local may be null from here on
    InferTypes,         // tells which operations are harmless
    RemoveDead,
    SimplifyBranches,   // handlers whose blocks cannot raise any more
    GuessNumbers,       // of all functions at once: what the others left of them
    ClassSlots,         // knows by now whose attributes are stored
    LooseTuples,        // behind what guesses by the tuples
    PropagateCopies,    // their items are only looked at now
    Ownership,          // the others see copies, not moves
    MakeVersions,       // of what all of them left
    MergeGuards,        // what versions ask twice
    InstanceTests,      // versions ask in their own way
    LooseRanges,        // versions have theirs as numbers
    HeardDeaths,        // what versions leave to the general body; makes blocks that the others need not see
    FloatRuns,          // of functions without a version; makes blocks that the others need not see
};
} // namespace

std::vector<PassId> pipelineOf(Level level, Profiling profiling) {
  std::vector<PassId> all;
  if (profiling == Profiling::Generate) all.push_back(ProfileGenerate); // the text's own operations, so that --profile-use finds the same
  if (profiling == Profiling::Use) all.push_back(ProfileUse);
  const auto& rest = level == Level::None ? std::span<const PassId>(kNone) : std::span<const PassId>(kFull);
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

} // namespace krait::ir::passes
