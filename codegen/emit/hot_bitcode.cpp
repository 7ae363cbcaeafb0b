#include "codegen/emit/hot_bitcode.h"
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include <mutex>
#include "codegen/layout/access.h"

namespace krait::codegen::emit {
namespace {

/// Instructions of a hot function that is worth a copy per call in a loop; the cold part of each is a call.
constexpr unsigned kInlineLimit = 120;
/// Outside loops such copies are for small functions (accessors, methods that others call in loops): once they have added so many
/// instructions, only what is hardly longer than the call itself is copied.
constexpr unsigned kOnceBudget = 200, kOnceLimit = 24;
/// Hot functions call hot functions.
constexpr int kInlineDepth = 4;
/// Instructions that inlining may add to one function.
constexpr unsigned kGrowthLimit = 30000;

/// The file, read once per process.
llvm::MemoryBuffer* hotFile(const std::string& path, std::string& error) {
  static std::mutex mutex;
  static std::unique_ptr<llvm::MemoryBuffer> file;
  static std::string filePath;
  std::lock_guard lock(mutex);
  if (file && filePath == path) return file.get();
  auto read = llvm::MemoryBuffer::getFile(path);
  if (!read) {
    error = path + ": " + read.getError().message();
    return nullptr;
  }
  file = std::move(*read);
  filePath = path;
  return file.get();
}

bool isColdCall(const llvm::CallBase& call) {
  return call.isNoInline() || call.hasFnAttr(llvm::Attribute::Cold);
}

} // namespace

bool addHotRuntime(lower::LoweredModule& lowered, const std::string& hotPath, std::string& error) {
  llvm::MemoryBuffer* file = hotFile(hotPath, error);
  if (!file) return false;
  llvm::Module& module = *lowered.llvm;
  auto hot = llvm::getLazyBitcodeModule(file->getMemBufferRef(), module.getContext());
  if (!hot) {
    error = hotPath + ": " + llvm::toString(hot.takeError());
    return false;
  }
  (*hot)->setTargetTriple(module.getTargetTriple());
  (*hot)->setDataLayout(module.getDataLayout());
  // Parallel builds must not differ from serial ones: nothing but what this module calls comes along.
  if (llvm::Linker::linkModules(module, std::move(*hot), llvm::Linker::LinkOnlyNeeded)) {
    error = hotPath + ": cannot be linked into " + module.getName().str();
    return false;
  }
  for (llvm::Function& f : module) {
    if (f.isDeclaration() || lowered.codes.count(&f)) continue;
    if (f.hasExternalLinkage()) f.setLinkage(llvm::GlobalValue::AvailableExternallyLinkage);
    f.setComdat(nullptr);
    layout::translateAccesses(f);
    for (llvm::Instruction& i : llvm::instructions(f))
      if (auto* call = llvm::dyn_cast<llvm::CallBase>(&i); call && !call->isInlineAsm())
        call->addFnAttr(llvm::Attribute::NoMerge); // each copy is a site of its own
  }
  layout::markCalls(module);
  return true;
}

void inlineHotRuntime(llvm::Function& function, bool inLoopsAlone) {
  struct Site {
    llvm::CallBase* call;
    bool isInLoop;
    int depth;
  };
  unsigned growth = 0, growthOnce = 0; // all of it, and that outside loops
  std::vector<Site> work;
  const llvm::DominatorTree dominators(function);
  const llvm::LoopInfo loops(dominators);
  const bool resumes = function.getReturnType()->isIntegerTy(32); // CodeInfo::resume: the way around goes through whoever resumes it
  for (llvm::BasicBlock& block : function) {
    const bool isInLoop = resumes || loops.getLoopFor(&block);
    for (llvm::Instruction& i : block)
      if (auto* call = llvm::dyn_cast<llvm::CallBase>(&i)) work.push_back({call, isInLoop, 0});
  }
  for (size_t n = 0; n < work.size() && growth < kGrowthLimit; ++n) {
    const auto [call, isInLoop, depth] = work[n];
    llvm::Function* callee = call->getCalledFunction();
    if (!callee || callee->isDeclaration() || callee == &function || isColdCall(*call) ||
        callee->hasFnAttribute(llvm::Attribute::NoInline) || callee->hasFnAttribute(llvm::Attribute::Cold))
      continue;
    const unsigned size = callee->getInstructionCount();
    const unsigned limit = isInLoop || (!inLoopsAlone && growthOnce + size <= kOnceBudget) ? kInlineLimit : kOnceLimit;
    if (size > limit && !callee->hasFnAttribute(llvm::Attribute::AlwaysInline)) continue;
    llvm::InlineFunctionInfo info;
    if (!llvm::InlineFunction(*call, info).isSuccess()) continue;
    growth += size;
    if (!isInLoop) growthOnce += size;
    if (depth < kInlineDepth)
      for (llvm::CallBase* inner : info.InlinedCallSites) work.push_back({inner, isInLoop, depth + 1});
  }
}

} // namespace krait::codegen::emit
