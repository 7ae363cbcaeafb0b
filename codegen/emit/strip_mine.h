// Loops that only count and compute look for signals and other threads every so many rounds.
#pragma once
#include <llvm/Analysis/LoopAnalysisManager.h>
#include <llvm/IR/PassManager.h>

namespace llvm {
class LPMUpdater;
}

namespace krait::codegen::emit {

/// A loop polls once in each iteration: a load, a test, and a way out. Where an innermost loop without calls counts by a constant to a number that does
/// not change, and polls behind all that it does, it is divided into strips (strip mining): it counts to the end of a strip, and behind that is asked
/// whether the whole has ended, and whether somebody waits.
///
///     loop: …; poll; next = i + 1; if (next != end) loop      loop: …; next = i + 1; if (next != strip) loop
///                                                             if (next != end) { poll; strip = min(end, next + kStrip); loop }
///
/// A strip's iterations take less than a millisecond.
class StripMine : public llvm::PassInfoMixin<StripMine> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

/// A loop that may be divided, but asks for its end before an iteration, asks behind it, and once before all: LLVM leaves it as it is, since a poll leads out, too.
class RotateCounted : public llvm::PassInfoMixin<RotateCounted> {
public:
  llvm::PreservedAnalyses run(llvm::Loop& loop, llvm::LoopAnalysisManager& analyses, llvm::LoopStandardAnalysisResults& results, llvm::LPMUpdater& updater);
};

} // namespace krait::codegen::emit
