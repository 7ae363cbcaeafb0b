#include "codegen/emit/split_cold.h"
#include <llvm/ADT/BitVector.h>
#include <llvm/CodeGen/BasicBlockSectionUtils.h>
#include <llvm/CodeGen/MachineBranchProbabilityInfo.h>
#include <llvm/CodeGen/TargetInstrInfo.h>
#include <llvm/CodeGen/TargetSubtargetInfo.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/ProfDataUtils.h>

namespace krait::codegen::emit {
namespace {

/// Edges below this are not followed. What lower/ calls unlikely has 1 to 2^20.
const llvm::BranchProbability kUnlikely(1, 1000);
/// Less than this is not worth a section: its symbol, padding and the longer jumps.
constexpr unsigned kSmallest = 12; // instructions

/// Fast instruction selection forgets the weights: what the branch says at the end of the block that `from` was made of.
bool isUnlikelyByWeights(const llvm::MachineBasicBlock& from, const llvm::MachineBasicBlock& to) {
  const llvm::BasicBlock* block = from.getBasicBlock();
  uint64_t first, second;
  if (!block || !block->getTerminator() || block->getTerminator()->getNumSuccessors() != 2 ||
      !llvm::extractBranchWeights(*block->getTerminator(), first, second))
    return false;
  const llvm::BasicBlock *one = block->getTerminator()->getSuccessor(0), *other = block->getTerminator()->getSuccessor(1);
  if (one == other || (to.getBasicBlock() != one && to.getBasicBlock() != other)) return false;
  return llvm::BranchProbability::getBranchProbability(to.getBasicBlock() == one ? first : second, first + second) < kUnlikely;
}

/// Such code has no slow paths: what leads back from an error is a handler, and programs catch errors as a matter of course (an import
/// that failed, a key that was missing), above all when they start.
void addWhatComesBack(const llvm::MachineFunction& f, llvm::BitVector& likely) {
  llvm::SmallVector<const llvm::MachineBasicBlock*> work;
  for (const llvm::MachineBasicBlock& block : f)
    if (likely.test(block.getNumber())) work.push_back(&block);
  while (!work.empty())
    for (const llvm::MachineBasicBlock* from : work.pop_back_val()->predecessors())
      if (!likely.test(from->getNumber())) {
        likely.set(from->getNumber());
        work.push_back(from);
      }
}

} // namespace

char SplitCold::ID = 0;

void SplitCold::getAnalysisUsage(llvm::AnalysisUsage& usage) const {
  usage.addRequired<llvm::MachineBranchProbabilityInfoWrapperPass>();
  MachineFunctionPass::getAnalysisUsage(usage);
}

bool SplitCold::runOnMachineFunction(llvm::MachineFunction& f) {
  if (f.getFunction().hasUWTable()) return false; // -g: a debugger's reader is better off with one piece
  const auto& probabilities = getAnalysis<llvm::MachineBranchProbabilityInfoWrapperPass>().getMBPI();
  f.RenumberBlocks();
  llvm::BitVector likely(f.getNumBlockIDs());
  llvm::SmallVector<llvm::MachineBasicBlock*> work{&f.front()};
  likely.set(f.front().getNumber());
  bool isSelectedFast = false;
  while (!work.empty()) {
    llvm::MachineBasicBlock* block = work.pop_back_val();
    isSelectedFast |= block->succ_size() > 1 && !block->hasSuccessorProbabilities();
    for (auto to = block->succ_begin(); to != block->succ_end(); ++to) {
      if (likely.test((*to)->getNumber())) continue;
      if (block->hasSuccessorProbabilities() ? probabilities.getEdgeProbability(block, to) < kUnlikely : isUnlikelyByWeights(*block, **to)) continue;
      likely.set((*to)->getNumber());
      work.push_back(*to);
    }
  }
  if (isSelectedFast) addWhatComesBack(f, likely);
  const llvm::TargetInstrInfo& target = *f.getSubtarget().getInstrInfo();
  auto isCold = [&](const llvm::MachineBasicBlock& block) { return !likely.test(block.getNumber()) && target.isMBBSafeToSplitToCold(block); };
  size_t size = 0;
  for (const llvm::MachineBasicBlock& block : f)
    if (isCold(block)) size += block.size();
  if (size < kSmallest) return false;
  f.setBBSectionsType(llvm::BasicBlockSection::Preset);
  for (llvm::MachineBasicBlock& block : f)
    if (isCold(block)) block.setSectionID(llvm::MBBSectionID::ColdSectionID);
  llvm::sortBasicBlocksAndUpdateBranches(f, [](const llvm::MachineBasicBlock& a, const llvm::MachineBasicBlock& b) {
    return a.getSectionID().Type < b.getSectionID().Type;
  });
  return true;
}

} // namespace krait::codegen::emit
