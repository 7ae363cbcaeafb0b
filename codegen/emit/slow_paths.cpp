// All values that cross blocks go to memory first (reg2mem): then any edge may lead to either copy of a block, and
// SROA, which comes next, finds the phis.
#include "codegen/emit/slow_paths.h"
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Dominators.h>
#include <llvm/Transforms/Scalar/Reg2Mem.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include "codegen/emit/copied_blocks.h"
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {
namespace {

/// Phis are made for (slow calls times live values): above these sizes the gain is not worth the time.
constexpr size_t kInstructionLimit = 5500, kSlowCallLimit = 120;
/// With more instructions to each slow call than this, most of what would be copied has nothing to gain.
constexpr size_t kSparse = 120;

/// A slow path whose fast one proves something about its operands or result, and is what usually happens. Calls, and
/// look-ups in what is no list, are not among them: there the slow path is nothing unusual.
bool isUnexpected(llvm::StringRef name) {
  static const llvm::StringSet<> names = [] {
    llvm::StringSet<> made;
    for (const char* op : {"add", "sub", "mul", "truediv", "floordiv", "mod", "and", "or", "xor", "lshift", "rshift"}) {
      made.insert((llvm::Twine("krt_") + op + "_slow").str());
      made.insert((llvm::Twine("krt_i") + op + "_slow").str());
    }
    for (const char* other : {"krt_neg_slow", "krt_compare_slow", "krt_test_slow", "krt_float_slow", "krt_attr_get_slow",
                              "krt_attr_set_slow"})
      made.insert(other);
    return made;
  }();
  return names.contains(name);
}

bool hasCall(const llvm::BasicBlock& block, llvm::function_ref<bool(const llvm::CallBase&)> isSuch) {
  return llvm::any_of(block, [&](const llvm::Instruction& i) {
    auto* call = llvm::dyn_cast<llvm::CallBase>(&i);
    return call && isSuch(*call);
  });
}

bool makesTraceback(const llvm::CallBase& call) {
  const llvm::Function* callee = call.getCalledFunction();
  return callee && callee->getName() == "krt_traceback_add";
}

} // namespace

BlockSet blocksLeadingTo(const llvm::Function& function, llvm::function_ref<bool(const llvm::CallBase&)> isSuch) {
  BlockSet leading;
  llvm::SmallVector<const llvm::BasicBlock*> work;
  auto add = [&](const llvm::BasicBlock* block) {
    if (leading.insert(block).second) work.push_back(block);
  };
  for (const llvm::BasicBlock& block : function)
    if (hasCall(block, isSuch)) add(&block);
  while (!work.empty())
    for (const llvm::BasicBlock* from : llvm::predecessors(work.pop_back_val()))
      if (llvm::all_of(llvm::successors(from), [&](const llvm::BasicBlock* to) { return leading.contains(to); })) add(from);
  return leading;
}

bool isSlowCall(const llvm::CallBase& call) {
  const llvm::Function* callee = call.getCalledFunction();
  return call.hasFnAttr(lower::kSlowPath) || (callee && isUnexpected(callee->getName()));
}

llvm::PreservedAnalyses SeparateSlowPaths::run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  const size_t size = function.getInstructionCount();
  if (size > kInstructionLimit || function.hasFnAttribute(lower::kHasVersions)) return llvm::PreservedAnalyses::all();
  size_t count = 0;
  for (const llvm::BasicBlock& block : function) count += hasCall(block, isSlowCall);
  if (count < 2 || count > kSlowCallLimit || size > count * kSparse) return llvm::PreservedAnalyses::all();
  llvm::RegToMemPass().run(function, analyses);

  const llvm::DominatorTree tree(function);
  auto isBack = [&](const llvm::BasicBlock* from, const llvm::BasicBlock* to) { return tree.dominates(to, from); };
  llvm::SmallVector<llvm::BasicBlock*> slow;
  for (llvm::BasicBlock& block : function)
    if (hasCall(block, isSlowCall)) slow.push_back(&block);
  // What follows a slow path, up to the next iteration.
  const BlockSet failing = blocksLeadingTo(function, makesTraceback); // need no copies
  const llvm::SmallPtrSet<llvm::BasicBlock*, 16> isSlowBlock(slow.begin(), slow.end());
  llvm::SmallPtrSet<llvm::BasicBlock*, 32> seen;
  llvm::SmallVector<llvm::BasicBlock*> rest, work(slow);
  while (!work.empty()) {
    llvm::BasicBlock* from = work.pop_back_val();
    llvm::Instruction* end = from->getTerminator();
    for (unsigned k = 0; k < end->getNumSuccessors(); ++k) {
      llvm::BasicBlock* to = end->getSuccessor(k);
      if (failing.contains(to) || isBack(from, to) || isSlowBlock.contains(to) || !seen.insert(to).second) continue;
      rest.push_back(to);
      work.push_back(to);
    }
  }

  llvm::ValueToValueMapTy copies;
  llvm::SmallVector<llvm::BasicBlock*> made;
  for (llvm::BasicBlock* block : rest) {
    made.push_back(llvm::CloneBasicBlock(block, copies, ".rest", &function));
    copies[block] = made.back();
  }
  auto copyOf = [&](llvm::BasicBlock* block) {
    llvm::Value* copy = copies.lookup(block);
    return copy ? llvm::cast<llvm::BasicBlock>(copy) : block;
  };
  for (size_t n = 0; n < rest.size(); ++n) {
    useCopies(*made[n], copies);
    llvm::Instruction* end = rest[n]->getTerminator();
    for (unsigned k = 0; k < end->getNumSuccessors(); ++k)
      if (isBack(rest[n], end->getSuccessor(k))) made[n]->getTerminator()->setSuccessor(k, end->getSuccessor(k));
  }
  for (llvm::BasicBlock* block : slow) {
    llvm::Instruction* end = block->getTerminator();
    for (unsigned k = 0; k < end->getNumSuccessors(); ++k)
      if (llvm::BasicBlock* to = end->getSuccessor(k); !isBack(block, to)) end->setSuccessor(k, copyOf(to));
  }
  return llvm::PreservedAnalyses::none();
}

} // namespace krait::codegen::emit
