// Values that cross the borders between the copies go to memory first, and from there into phis again: then any edge may lead anywhere.
#include "codegen/emit/quick_loops.h"
#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/GVN.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/PromoteMemToReg.h>
#include <llvm/Transforms/Utils/ValueMapper.h>
#include <vector>

namespace krait::codegen::emit {

bool interrupts(const llvm::Instruction& i) {
  if (auto* call = llvm::dyn_cast<llvm::CallBase>(&i)) return call->mayWriteToMemory() || !call->doesNotThrow();
  return llvm::isa<llvm::FenceInst, llvm::AtomicRMWInst, llvm::AtomicCmpXchgInst>(i) || (llvm::isa<llvm::StoreInst>(i) && i.isVolatile());
}

namespace {

/// Instructions of the ways without a call in one loop, and in all of a function: they are copied twice. How deep a loop is nobody says here:
/// ways out of versions and back make the loops around it irreducible.
constexpr size_t kLoopLimit = 1200, kFunctionLimit = 2000;
/// Of what is taken apart after that, in all of a function.
constexpr size_t kForkLimit = 2600;
/// Times that a loop may be taken apart by what does not change in it.
constexpr int kForks = 2;
/// Instructions that this must spare one or the other way.
constexpr size_t kFewestApart = 40;
/// With fewer branches that are always the same there is little to take out: at least two, and one of so many, or in a large loop, where
/// the copies cost most and calls and objects are most of the work, of so few.
constexpr size_t kFewestSettled = 2, kBranchesPerSettled = 8, kBranchesPerSettledOfLarge = 3, kLargeLoop = 300;

using Blocks = llvm::SmallSetVector<llvm::BasicBlock*, 8>;

/// The instructions of a copied block, and what they tell a debugger of variables, mean the copies of what was copied with them.
void useCopies(llvm::BasicBlock& block, llvm::ValueToValueMapTy& copies) {
  const llvm::RemapFlags flags = llvm::RF_NoModuleLevelChanges | llvm::RF_IgnoreMissingLocals;
  for (llvm::Instruction& i : block) {
    llvm::RemapInstruction(&i, copies, flags);
    llvm::RemapDbgRecordRange(block.getModule(), i.getDbgRecordRange(), copies, flags);
  }
}

struct QuickLoop {
  llvm::BasicBlock* header;
  Blocks all;   // of the loop
  Blocks quick; // through which it comes around without a call
};

size_t sizeOf(const Blocks& blocks) {
  size_t size = 0;
  for (const llvm::BasicBlock* block : blocks) size += block->size();
  return size;
}

/// The blocks that can be reached from `start` along `next` inside of `within`.
template <class Next> Blocks reachable(llvm::BasicBlock* start, const Blocks& within, Next next) {
  Blocks found;
  found.insert(start);
  for (size_t n = 0; n < found.size(); ++n)
    for (llvm::BasicBlock* to : next(found[n]))
      if (within.contains(to)) found.insert(to);
  return found;
}

void findQuickBlocks(QuickLoop& loop) {
  Blocks calm;
  for (llvm::BasicBlock* block : loop.all)
    if (llvm::none_of(*block, interrupts)) calm.insert(block);
  if (!calm.contains(loop.header)) return;
  const Blocks reached = reachable(loop.header, calm, [](llvm::BasicBlock* b) { return llvm::successors(b); });
  for (llvm::BasicBlock* latch : llvm::predecessors(loop.header))
    if (reached.contains(latch)) {
      const Blocks back = reachable(latch, reached, [&](llvm::BasicBlock* b) {
        return b == loop.header ? llvm::SmallVector<llvm::BasicBlock*, 2>() : llvm::SmallVector<llvm::BasicBlock*, 2>(llvm::predecessors(b));
      });
      for (llvm::BasicBlock* block : back) loop.quick.insert(block);
    }
}

/// Whether the ways around bring what is there already: the phi only meets it with what other entries bring.
bool goesAroundAsItIs(const llvm::PHINode& phi, const Blocks& quick) {
  for (unsigned k = 0; k < phi.getNumIncomingValues(); ++k)
    if (phi.getIncomingValue(k) != &phi && quick.contains(phi.getIncomingBlock(k))) return false;
  return true;
}

struct Branches {
  size_t all, settled; // settled: always the same
};

/// Branches in the quick ways, and those that are decided by what does not change in the loop, as far as a look at their operands tells: not
/// what changes on its way around, nor what is loaded from a kind of memory that is stored to.
Branches branchesOf(const QuickLoop& loop) {
  llvm::SmallPtrSet<const llvm::Value*, 32> stays;
  llvm::SmallPtrSet<const llvm::MDNode*, 4> stored;
  for (const llvm::BasicBlock* block : loop.quick)
    for (const llvm::Instruction& i : *block)
      if (llvm::isa<llvm::StoreInst>(i)) stored.insert(i.getMetadata(llvm::LLVMContext::MD_tbaa));
  auto isSettled = [&](const llvm::Value* v) {
    auto* i = llvm::dyn_cast<llvm::Instruction>(v);
    return !i || !loop.all.contains(const_cast<llvm::BasicBlock*>(i->getParent())) || stays.contains(i);
  };
  Branches branches{};
  for (const llvm::BasicBlock* block : llvm::ReversePostOrderTraversal<const llvm::BasicBlock*>(loop.header)) {
    if (!loop.quick.contains(const_cast<llvm::BasicBlock*>(block))) continue;
    for (const llvm::Instruction& i : *block) {
      auto* load = llvm::dyn_cast<llvm::LoadInst>(&i);
      auto* branch = llvm::dyn_cast<llvm::BranchInst>(&i);
      if (branch && branch->isConditional()) ++branches.all;
      if (auto* phi = llvm::dyn_cast<llvm::PHINode>(&i)) {
        if (block == loop.header && goesAroundAsItIs(*phi, loop.quick)) stays.insert(phi);
        continue;
      }
      if (!llvm::all_of(i.operands(), isSettled)) continue;
      if (load ? load->isAtomic() || stored.contains(load->getMetadata(llvm::LLVMContext::MD_tbaa)) : i.mayReadOrWriteMemory()) continue;
      if (!branch) stays.insert(&i);
      else if (branch->isConditional()) ++branches.settled;
    }
  }
  return branches;
}

/// Branches within a call-free loop that go the same way each time.
struct Fork {
  llvm::Loop* loop;
  llvm::Value* condition;
};

/// Copies blocks of a loop.
class Copier {
public:
  Copier(llvm::Function& function, llvm::BasicBlock* header) : function_(function), header_(header) {}

  /// A first iteration and a loop of the blocks; the header of the former. `condition` is known there.
  llvm::BasicBlock* copyTwice(const Blocks& blocks, llvm::Value* condition = nullptr, bool isTaken = false) {
    llvm::BasicBlock* around = copy(blocks, ".quick", nullptr, condition, isTaken);
    return copy(blocks, ".first", around, condition, isTaken);
  }

  /// Before anything is copied: what crosses a border of the blocks is in memory then.
  void toMemory(const Blocks& blocks) {
    const llvm::BasicBlock::iterator at = function_.getEntryBlock().getFirstInsertionPt();
    llvm::SmallSetVector<llvm::PHINode*, 16> phis;
    for (llvm::BasicBlock* block : blocks) {
      for (llvm::PHINode& phi : block->phis()) phis.insert(&phi);
      for (llvm::BasicBlock* to : llvm::successors(block))
        for (llvm::PHINode& phi : to->phis()) phis.insert(&phi);
    }
    for (llvm::PHINode* phi : phis)
      if (llvm::AllocaInst* slot = llvm::DemotePHIToStack(phi, at)) slots_.push_back(slot);
    llvm::SmallVector<llvm::Instruction*> crossing;
    for (llvm::BasicBlock* block : blocks)
      for (llvm::Instruction& i : *block)
        if (llvm::any_of(i.users(), [&](const llvm::User* u) { return llvm::cast<llvm::Instruction>(u)->getParent() != block; })) crossing.push_back(&i);
    for (llvm::Instruction* i : crossing)
      if (llvm::AllocaInst* slot = llvm::DemoteRegToStack(*i, false, at)) slots_.push_back(slot);
  }

  /// After all copies. What has become unreachable stays: other loops' blocks must not go.
  void toRegisters() {
    llvm::DominatorTree tree(function_);
    llvm::PromoteMemToReg(slots_, tree);
  }

private:
  /// Its header. The way around leads to `next`, or to itself.
  llvm::BasicBlock* copy(const Blocks& blocks, const llvm::Twine& suffix, llvm::BasicBlock* next, llvm::Value* condition, bool isTaken) {
    llvm::ValueToValueMapTy copies;
    if (condition) copies[condition] = llvm::ConstantInt::getBool(function_.getContext(), isTaken);
    llvm::SmallVector<llvm::BasicBlock*> made;
    for (llvm::BasicBlock* block : blocks) {
      made.push_back(llvm::CloneBasicBlock(block, copies, suffix, &function_));
      copies[block] = made.back();
    }
    auto* header = llvm::cast<llvm::BasicBlock>(copies.lookup(header_));
    for (llvm::BasicBlock* block : made) useCopies(*block, copies);
    if (next)
      for (llvm::BasicBlock* block : made) block->getTerminator()->replaceSuccessorWith(header, next);
    return header;
  }

  llvm::Function& function_;
  llvm::BasicBlock* header_;
  llvm::SmallVector<llvm::AllocaInst*> slots_;
};

void copyQuickWays(llvm::Function& function, const QuickLoop& loop) {
  Copier copier(function, loop.header);
  copier.toMemory(loop.quick);
  const llvm::SmallVector<llvm::BasicBlock*> preds(llvm::predecessors(loop.header));
  llvm::BasicBlock* first = copier.copyTwice(loop.quick);
  for (llvm::BasicBlock* pred : preds) pred->getTerminator()->replaceSuccessorWith(loop.header, first);
  copier.toRegisters();
}

bool isWorthCopying(const QuickLoop& loop, size_t size) {
  const Branches branches = branchesOf(loop);
  return branches.settled >= kFewestSettled && branches.settled * (size > kLargeLoop ? kBranchesPerSettledOfLarge : kBranchesPerSettled) >= branches.all;
}

bool copyAllQuickWays(llvm::Function& function, const llvm::LoopInfo& loops) {
  std::vector<QuickLoop> found;
  size_t sum = 0;
  for (const llvm::Loop* loop : loops.getLoopsInPreorder()) {
    if (!loop->isInnermost()) continue;
    QuickLoop quick{loop->getHeader(), Blocks(loop->block_begin(), loop->block_end()), {}};
    findQuickBlocks(quick);
    const size_t size = sizeOf(quick.quick);
    if (size > kLoopLimit || sum + size > kFunctionLimit || !isWorthCopying(quick, size)) continue;
    sum += size;
    found.push_back(std::move(quick));
  }
  for (const QuickLoop& loop : found) copyQuickWays(function, loop);
  return !found.empty();
}

/// What of the loop is left where all branches on the condition go one way.
Blocks remaining(const llvm::Loop& loop, const llvm::Value* condition, bool isTaken) {
  const Blocks all(loop.block_begin(), loop.block_end());
  return reachable(loop.getHeader(), all, [&](llvm::BasicBlock* block) {
    auto* branch = llvm::dyn_cast<llvm::BranchInst>(block->getTerminator());
    if (branch && branch->isConditional() && branch->getCondition() == condition) return llvm::SmallVector<llvm::BasicBlock*, 2>{branch->getSuccessor(!isTaken)};
    return llvm::SmallVector<llvm::BasicBlock*, 2>(llvm::successors(block));
  });
}

/// The condition, known before the loop, with which most of the loop becomes unreachable.
Fork findFork(llvm::Loop* loop) {
  Fork best{};
  if (!loop->isInnermost() || llvm::any_of(loop->blocks(), [](const llvm::BasicBlock* b) { return llvm::any_of(*b, interrupts); })) return best;
  size_t most = kFewestApart;
  llvm::SmallPtrSet<llvm::Value*, 8> seen;
  const size_t size = sizeOf(Blocks(loop->block_begin(), loop->block_end()));
  for (llvm::BasicBlock* block : loop->blocks()) {
    auto* branch = llvm::dyn_cast<llvm::BranchInst>(block->getTerminator());
    llvm::Value* condition = branch && branch->isConditional() ? branch->getCondition() : nullptr;
    if (!condition || llvm::isa<llvm::Constant>(condition) || !loop->isLoopInvariant(condition) || !seen.insert(condition).second) continue;
    const size_t apart = 2 * size - sizeOf(remaining(*loop, condition, true)) - sizeOf(remaining(*loop, condition, false));
    if (apart <= most) continue;
    most = apart;
    best = {loop, condition};
  }
  return best;
}

/// A loop for each way.
void separate(llvm::Function& function, const Fork& fork) {
  llvm::BasicBlock* header = fork.loop->getHeader();
  const Blocks all(fork.loop->block_begin(), fork.loop->block_end());
  llvm::SmallVector<llvm::BasicBlock*> outside;
  for (llvm::BasicBlock* pred : llvm::predecessors(header))
    if (!all.contains(pred)) outside.push_back(pred);
  Copier copier(function, header);
  copier.toMemory(all);
  llvm::BasicBlock* ways[2];
  for (int k = 0; k < 2; ++k) ways[k] = copier.copyTwice(all, fork.condition, k == 0);
  auto* before = llvm::BasicBlock::Create(function.getContext(), "which", &function);
  llvm::IRBuilder<> build(before);
  build.SetCurrentDebugLocation(header->getTerminator()->getDebugLoc());
  build.CreateCondBr(build.CreateFreeze(fork.condition), ways[0], ways[1]);
  for (llvm::BasicBlock* pred : outside) pred->getTerminator()->replaceSuccessorWith(header, before);
  copier.toRegisters();
}

bool separateForks(llvm::Function& function, const llvm::LoopInfo& loops, size_t& sum) {
  std::vector<Fork> found;
  for (llvm::Loop* loop : loops.getLoopsInPreorder())
    if (const Fork fork = findFork(loop); fork.loop) {
      const size_t size = sizeOf(Blocks(loop->block_begin(), loop->block_end()));
      if (sum + 2 * size > kForkLimit) continue;
      sum += 2 * size;
      found.push_back(fork);
    }
  for (const Fork& fork : found) separate(function, fork);
  return !found.empty();
}

} // namespace

llvm::PreservedAnalyses QuickLoops::run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  llvm::FunctionPassManager rest;
  rest.addPass(llvm::EarlyCSEPass(true));
  rest.addPass(llvm::GVNPass());
  rest.addPass(llvm::SimplifyCFGPass());
  auto afterwards = [&] {
    llvm::removeUnreachableBlocks(function);
    analyses.invalidate(function, llvm::PreservedAnalyses::none());
    analyses.invalidate(function, rest.run(function, analyses));
  };
  if (!copyAllQuickWays(function, analyses.getResult<llvm::LoopAnalysis>(function))) return llvm::PreservedAnalyses::all();
  afterwards();
  size_t sum = 0;
  for (int n = 0; n < kForks && separateForks(function, analyses.getResult<llvm::LoopAnalysis>(function), sum); ++n) afterwards();
  return llvm::PreservedAnalyses::none();
}

} // namespace krait::codegen::emit
