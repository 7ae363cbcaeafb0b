#include "codegen/emit/values_outside.h"
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/LoopIterator.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>

namespace krait::codegen::emit {
namespace {

using namespace llvm::PatternMatch;

/// The counter that a value of the loop follows from by constants, null if it is no such value.
using Counters = llvm::MapVector<llvm::Instruction*, llvm::PHINode*>;

/// Whether a header's number grows by the same in every iteration.
bool isCounter(llvm::PHINode& phi, const llvm::Loop& loop) {
  if (!phi.getType()->isIntegerTy(64)) return false;
  llvm::Value* step = nullptr;
  for (unsigned n = 0; n < phi.getNumIncomingValues(); ++n)
    if (loop.contains(phi.getIncomingBlock(n)) && std::exchange(step, phi.getIncomingValue(n)) && step != phi.getIncomingValue(n)) return false;
  return step && match(step, m_Add(m_Specific(&phi), m_ConstantInt()));
}

bool isByConstant(const llvm::Instruction& i) {
  if (!i.getType()->isIntegerTy(64) || !i.isBinaryOp() || !llvm::isa<llvm::ConstantInt>(i.getOperand(1))) return false;
  return i.getOpcode() == llvm::Instruction::Add || i.getOpcode() == llvm::Instruction::Shl || match(&i, m_DisjointOr(m_Value(), m_Value()));
}

Counters findCounted(llvm::Loop& loop, llvm::LoopInfo& loops) {
  Counters counted;
  for (llvm::PHINode& phi : loop.getHeader()->phis())
    if (isCounter(phi, loop)) counted[&phi] = &phi;
  if (counted.empty()) return counted;
  llvm::LoopBlocksRPO order(&loop);
  order.perform(&loops);
  for (llvm::BasicBlock* block : order)
    for (llvm::Instruction& i : *block)
      if (isByConstant(i))
        if (auto* from = llvm::dyn_cast<llvm::Instruction>(i.getOperand(0)); from && counted.contains(from)) counted[&i] = counted[from];
  return counted;
}

class Outside {
public:
  Outside(llvm::Loop& loop, llvm::LoopInfo& loops, llvm::DominatorTree& tree) : loop_(loop), loops_(loops), tree_(tree) {}

  bool move() {
    const Counters counted = findCounted(loop_, loops_);
    bool isAnyUsed = false;
    for (auto [i, counter] : counted) isAnyUsed |= i != counter && llvm::any_of(i->users(), [&](llvm::User* user) { return isOutside(user); });
    if (!isAnyUsed) return false;
    llvm::SmallVector<llvm::BasicBlock*> exits;
    loop_.getUniqueExitBlocks(exits);
    for (llvm::BasicBlock* exit : exits)
      if (exit->getSinglePredecessor()) llvm::FoldSingleEntryPHINodes(exit);
    for (auto [i, counter] : counted) {
      if (i == counter) continue;
      llvm::SmallVector<llvm::Use*> outside;
      for (llvm::Use& use : i->uses())
        if (isOutside(use.getUser())) outside.push_back(&use);
      for (llvm::Use* use : outside)
        if (llvm::BasicBlock* place = placeOf(*use)) use->set(computed(*i, *counter, *place));
    }
    for (auto [i, counter] : llvm::reverse(counted))
      if (i->use_empty()) i->eraseFromParent(); // else it would have its register all the same
    return true;
  }

private:
  bool isOutside(const llvm::User* user) const { return !loop_.contains(llvm::cast<llvm::Instruction>(user)); }

  /// The first block behind the loop on the way to the use, split off an edge that others share.
  llvm::BasicBlock* placeOf(llvm::Use& use) {
    auto* user = llvm::cast<llvm::Instruction>(use.getUser());
    llvm::BasicBlock* block = user->getParent();
    if (auto* phi = llvm::dyn_cast<llvm::PHINode>(user)) {
      llvm::BasicBlock* from = phi->getIncomingBlock(use);
      if (loop_.contains(from)) {
        if (llvm::count(llvm::successors(from), block) != 1) return nullptr;
        return llvm::SplitCriticalEdge(from, block, llvm::CriticalEdgeSplittingOptions(&tree_)); // in no innermost loop; null: of a block with an address
      }
      block = from;
    }
    for (auto* node = tree_.getNode(block); node; node = node->getIDom()) {
      if (loop_.contains(node->getIDom()->getBlock())) return node->getBlock();
    }
    return nullptr;
  }

  llvm::Value* computed(llvm::Instruction& i, llvm::PHINode& counter, llvm::BasicBlock& place) {
    llvm::Value*& made = made_[{&i, &place}];
    if (made) return made;
    llvm::Instruction* copy;
    if (&i == &counter) copy = hidden(counter);
    else {
      llvm::Value* from = computed(*llvm::cast<llvm::Instruction>(i.getOperand(0)), counter, place);
      copy = i.clone();
      copy->setOperand(0, from);
    }
    return made_[{&i, &place}] = insert(copy, place);
  }

  /// The counter, as what no instructions says, and nobody looks into. A `freeze` would be moved before the loop.
  static llvm::Instruction* hidden(llvm::PHINode& counter) {
    auto* type = llvm::FunctionType::get(counter.getType(), counter.getType(), false);
    return llvm::CallInst::Create(type, llvm::InlineAsm::get(type, "", "=r,0", false), &counter, "counter");
  }

  llvm::Value* insert(llvm::Instruction* i, llvm::BasicBlock& place) {
    llvm::Instruction*& last = last_[&place];
    if (last) i->insertAfter(last);
    else i->insertBefore(place, place.getFirstInsertionPt());
    return last = i;
  }

  llvm::Loop& loop_;
  llvm::LoopInfo& loops_;
  llvm::DominatorTree& tree_;
  llvm::DenseMap<std::pair<llvm::Instruction*, llvm::BasicBlock*>, llvm::Value*> made_;
  llvm::DenseMap<llvm::BasicBlock*, llvm::Instruction*> last_;
};

} // namespace

llvm::PreservedAnalyses ComputeValuesOutside::run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  llvm::LoopInfo& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  llvm::DominatorTree& tree = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  bool changed = false;
  for (llvm::Loop* loop : loops.getLoopsInPreorder())
    if (loop->isInnermost()) changed |= Outside(*loop, loops, tree).move();
  return changed ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

} // namespace krait::codegen::emit
