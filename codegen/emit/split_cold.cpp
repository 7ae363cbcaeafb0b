#include "codegen/emit/split_cold.h"
#include <llvm/ADT/BitVector.h>
#include <llvm/CodeGen/BasicBlockSectionUtils.h>
#include <llvm/CodeGen/MachineBranchProbabilityInfo.h>
#include <llvm/CodeGen/TargetInstrInfo.h>
#include <llvm/CodeGen/TargetSubtargetInfo.h>

namespace krait::codegen::emit {
namespace {

/// Edges below this are not followed. What lower/ calls unlikely has 1 to 2^20.
const llvm::BranchProbability kUnlikely(1, 1000);
/// Less than this is not worth a section: its symbol, padding and the longer jumps.
constexpr unsigned kSmallest = 12; // instructions

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
  while (!work.empty()) {
    llvm::MachineBasicBlock* block = work.pop_back_val();
    for (auto to = block->succ_begin(); to != block->succ_end(); ++to) {
      if (likely.test((*to)->getNumber()) || probabilities.getEdgeProbability(block, to) < kUnlikely) continue;
      likely.set((*to)->getNumber());
      work.push_back(*to);
    }
  }
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
