#include "codegen/emit/seldom_ways.h"
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {
namespace {

using BlockSet = llvm::SmallPtrSet<const llvm::BasicBlock*, 32>;

/// The slow path of an operation whose fast one is what usually happens. Calls, and look-ups in what is no list, are not among them.
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

/// What guards ask where a look did not tell.
bool looksAgain(llvm::StringRef name) {
  return (name.starts_with("krt_known_") && name.ends_with("_slow")) || name == "krt_shape_learn" || name == "krt_class_fits_slow" ||
         name == "krt_traceback_add";
}

bool isMark(const llvm::CallBase& call) { return call.getIntrinsicID() == llvm::Intrinsic::sideeffect && call.hasFnAttr(llvm::Attribute::Cold); }

bool isSeldom(const llvm::CallBase& call) {
  const llvm::Function* callee = call.getCalledFunction();
  return call.hasFnAttr(lower::kSlowPath) || isMark(call) || (callee && (isUnexpected(callee->getName()) || looksAgain(callee->getName()) || callee->hasFnAttribute(llvm::Attribute::Cold)));
}

/// The blocks with a seldom call, and those from which every way leads through one.
BlockSet leadingAside(const llvm::Function& function) {
  BlockSet leading;
  llvm::SmallVector<const llvm::BasicBlock*> work;
  auto add = [&](const llvm::BasicBlock* block) {
    if (leading.insert(block).second) work.push_back(block);
  };
  for (const llvm::BasicBlock& block : function)
    if (llvm::any_of(block, [](const llvm::Instruction& i) { return llvm::isa<llvm::CallBase>(i) && isSeldom(llvm::cast<llvm::CallBase>(i)); })) add(&block);
  while (!work.empty())
    for (const llvm::BasicBlock* from : llvm::predecessors(work.pop_back_val()))
      if (llvm::all_of(llvm::successors(from), [&](const llvm::BasicBlock* to) { return leading.contains(to); })) add(from);
  return leading;
}

} // namespace

llvm::PreservedAnalyses MarkSeldomWays::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  const BlockSet seldom = leadingAside(function);
  for (llvm::Instruction& i : llvm::make_early_inc_range(llvm::instructions(function)))
    if (const auto* call = llvm::dyn_cast<llvm::CallBase>(&i); call && isMark(*call)) i.eraseFromParent();
  llvm::MDBuilder weights(function.getContext());
  for (llvm::BasicBlock& block : function) {
    auto* branch = llvm::dyn_cast<llvm::BranchInst>(block.getTerminator());
    if (!branch || !branch->isConditional() || branch->hasMetadata(llvm::LLVMContext::MD_prof)) continue;
    const bool first = seldom.contains(branch->getSuccessor(0)), second = seldom.contains(branch->getSuccessor(1));
    if (first == second) continue;
    branch->setMetadata(llvm::LLVMContext::MD_prof, first ? weights.createUnlikelyBranchWeights() : weights.createLikelyBranchWeights());
  }
  return llvm::PreservedAnalyses::none();
}

} // namespace krait::codegen::emit
