// Keeps what fast paths have learnt: the ways back from slow paths are code of their own.
#pragma once
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// An operation is a fast path and the call of a slow one, which meet again: behind the meeting nothing is known, not
/// even that two floats were floats. This pass gives what follows a slow call a copy of its own,
///
///     a: fast? ──no──> slow                 a: fast? ──no──> slow
///        │              │                      │              │
///     b: rest <─────────┘         =>        b: rest        b': rest' ── slow ways of b' too
///        │                                     │              │
///     loop                                  loop  <───────────┘
///
/// so that on the straight way every test dominates what comes after it, and later passes drop the repeated ones. The
/// copy goes back to the straight way at the next iteration of a loop. There are two copies at most of anything, and
/// one of slow and of failing paths.
class SeparateSlowPaths : public llvm::PassInfoMixin<SeparateSlowPaths> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

/// The slow path of an operation whose fast one is what usually happens.
bool isSlowCall(const llvm::CallBase& call);

using BlockSet = llvm::SmallPtrSet<const llvm::BasicBlock*, 32>;
/// The blocks with such a call, and those from which every way leads through one.
BlockSet blocksLeadingTo(const llvm::Function& function, llvm::function_ref<bool(const llvm::CallBase&)> isSuch);

} // namespace krait::codegen::emit
