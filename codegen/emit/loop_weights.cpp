#include "codegen/emit/loop_weights.h"
#include <llvm/Analysis/BlockFrequencyInfo.h>
#include <llvm/Analysis/BranchProbabilityInfo.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/ProfDataUtils.h>

namespace krait::codegen::emit {
namespace {

/// Ways taken less often than once in so many times are not followed. What lower/ calls unlikely has 1 to 2^20.
constexpr uint64_t kUnlikely = 1000;
/// Of what runs as often as the function is called; what is unlikely has 1.
constexpr uint64_t kWeightOfEntry = 1 << 12;

/// The successors, by number, that the branch's weights call unlikely.
llvm::SmallVector<unsigned> unlikelyOf(const llvm::Instruction& branch) {
  llvm::SmallVector<unsigned> found;
  llvm::SmallVector<uint32_t> weights;
  if (!llvm::extractBranchWeights(branch, weights) || weights.size() != branch.getNumSuccessors()) return found;
  uint64_t all = 0;
  for (uint32_t w : weights) all += w;
  for (unsigned n = 0; n < weights.size(); ++n)
    if (weights[n] * kUnlikely < all) found.push_back(n);
  return found;
}

/// The switch behind which a version is entered, or left, by ways that share some code: where it leads is where it was come from.
llvm::SwitchInst* partingOf(llvm::BasicBlock& block) {
  auto* parting = llvm::dyn_cast<llvm::SwitchInst>(block.getTerminator());
  const auto* number = parting ? llvm::dyn_cast<llvm::PHINode>(parting->getCondition()) : nullptr;
  return number && llvm::all_of(number->incoming_values(), [](const llvm::Use& v) { return llvm::isa<llvm::ConstantInt>(v); }) ? parting : nullptr;
}

/// Gives such switches weights: ways are likely that come from blocks which are.
void weighPartings(llvm::Function& function) {
  llvm::SmallPtrSet<llvm::BasicBlock*, 32> likely;
  llvm::SmallVector<llvm::BasicBlock*> work;
  llvm::SmallVector<llvm::SwitchInst*> partings;
  auto reach = [&](llvm::BasicBlock* block) {
    if (likely.insert(block).second) work.push_back(block);
  };
  auto isTaken = [&](const llvm::SwitchInst& parting, const llvm::ConstantInt* number) {
    const auto* numbers = llvm::cast<llvm::PHINode>(parting.getCondition());
    for (unsigned n = 0; n < numbers->getNumIncomingValues(); ++n)
      if (numbers->getIncomingValue(n) == number && likely.contains(numbers->getIncomingBlock(n))) return true;
    return false;
  };
  reach(&function.getEntryBlock());
  while (!work.empty()) {
    llvm::BasicBlock* block = work.pop_back_val();
    if (auto* parting = partingOf(*block)) {
      partings.push_back(parting);
    } else {
      const auto unlikely = unlikelyOf(*block->getTerminator());
      for (unsigned n = 0; n < block->getTerminator()->getNumSuccessors(); ++n)
        if (!llvm::is_contained(unlikely, n)) reach(block->getTerminator()->getSuccessor(n));
    }
    if (!work.empty()) continue;
    for (llvm::SwitchInst* parting : partings)
      for (auto way : parting->cases())
        if (isTaken(*parting, way.getCaseValue())) reach(way.getCaseSuccessor());
  }
  llvm::MDBuilder metadata(function.getContext());
  for (llvm::SwitchInst* parting : partings) {
    llvm::SmallVector<uint32_t> weights{1}; // of the default
    for (const auto& way : parting->cases()) weights.push_back(isTaken(*parting, way.getCaseValue()) ? uint32_t{1} << 20 : 1);
    parting->setMetadata(llvm::LLVMContext::MD_prof, metadata.createBranchWeights(weights));
  }
}

/// While it exists, edges that are unlikely lead nowhere.
class LikelyPart {
public:
  explicit LikelyPart(llvm::Function& function) : nowhere_(llvm::BasicBlock::Create(function.getContext(), "", &function)) {
    new llvm::UnreachableInst(function.getContext(), nowhere_);
    for (llvm::BasicBlock& block : function)
      for (unsigned n : unlikelyOf(*block.getTerminator())) cut(*block.getTerminator(), n);
  }
  LikelyPart(const LikelyPart&) = delete;
  LikelyPart& operator=(const LikelyPart&) = delete;
  /// Whether it is not the block that stands for where they lead.
  bool isOf(const llvm::BasicBlock& block) const { return &block != nowhere_; }
  ~LikelyPart() {
    for (const auto& [branch, n, to] : edges_) branch->setSuccessor(n, to);
    nowhere_->eraseFromParent();
  }

private:
  struct Edge { llvm::Instruction* branch; unsigned number; llvm::BasicBlock* to; };
  void cut(llvm::Instruction& branch, unsigned n) {
    edges_.push_back({&branch, n, branch.getSuccessor(n)});
    branch.setSuccessor(n, nowhere_);
  }

  llvm::BasicBlock* nowhere_;
  llvm::SmallVector<Edge> edges_;
};

using Weights = llvm::DenseMap<llvm::BasicBlock*, uint64_t>;

/// What is said of a function's blocks. Empty: no loop is in another, which LLVM gets right.
struct LikelyWeights {
  Weights all;     // of the blocks that are likely, how often they run
  Weights entries; // of the headers of loops among them, how often the loop is entered
};

LikelyWeights weightsOf(llvm::Function& function) {
  const LikelyPart likely(function);
  const llvm::DominatorTree dominators(function);
  const llvm::LoopInfo loops(dominators);
  LikelyWeights found;
  if (llvm::all_of(loops, [](const llvm::Loop* l) { return l->isInnermost(); })) return found;
  const llvm::BranchProbabilityInfo probabilities(function, loops);
  const llvm::BlockFrequencyInfo frequencies(function, probabilities, loops);
  const double unit = static_cast<double>(kWeightOfEntry) / static_cast<double>(frequencies.getEntryFreq().getFrequency());
  auto weight = [unit](llvm::BlockFrequency f) { return static_cast<uint64_t>(static_cast<double>(f.getFrequency()) * unit) + 1; };
  for (llvm::BasicBlock& block : function)
    if (likely.isOf(block) && dominators.isReachableFromEntry(&block)) found.all[&block] = weight(frequencies.getBlockFreq(&block));
  for (const llvm::Loop* l : loops.getLoopsInPreorder()) {
    llvm::BlockFrequency entries(0);
    for (llvm::BasicBlock* from : llvm::predecessors(l->getHeader()))
      if (!l->contains(from) && found.all.contains(from)) entries += frequencies.getBlockFreq(from) * probabilities.getEdgeProbability(from, l->getHeader());
    found.entries[l->getHeader()] = weight(entries);
  }
  return found;
}

} // namespace

llvm::PreservedAnalyses WeighLoops::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  weighPartings(function);
  const LikelyWeights likely = weightsOf(function);
  if (likely.all.empty()) return llvm::PreservedAnalyses::all();
  const llvm::DominatorTree dominators(function);
  const llvm::LoopInfo loops(dominators);
  llvm::MDBuilder metadata(function.getContext());
  for (llvm::BasicBlock& block : function) {
    const auto weight = likely.all.find(&block);
    const bool isLikely = weight != likely.all.end();
    if (!block.hasNPredecessorsOrMore(2)) continue; // no header; and no header may be without a weight, which counts as the least of all
    // What LLVM knows for a loop is counted where it is entered.
    const uint64_t runs = !isLikely ? 1 : loops.isLoopHeader(&block) && likely.entries.contains(&block) ? likely.entries.lookup(&block) : weight->second;
    block.getTerminator()->setMetadata(llvm::LLVMContext::MD_irr_loop, metadata.createIrrLoopHeaderWeight(runs));
  }
  return llvm::PreservedAnalyses::all();
}

} // namespace krait::codegen::emit
