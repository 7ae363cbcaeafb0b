#include "codegen/emit/compile.h"
#include <llvm/Config/llvm-config.h>
#include <llvm/IR/PassTimingInfo.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Pass.h>
#include <llvm/Support/raw_ostream.h>
#include <atomic>
#include <thread>
#include "codegen/emit/object_writer.h"
#include "codegen/emit/parts.h"
#include "codegen/emit/pipeline.h"

namespace krait::codegen::emit {

namespace {

/// Of the machine code of one part.
Effort effortOf(const CompileOptions& options, bool isQuick) {
  if (options.level == Level::O0) return Effort::None;
  if (isCheap(options.care)) return isQuick ? Effort::Little : Effort::Library;
  if (options.care == Care::Package) return isQuick ? Effort::Package : Effort::Library;
  return options.level == Level::O1 ? Effort::Little : Effort::Full;
}

/// Part `part` of `count`; of another's module with more than one, a Share.
bool compilePart(const ir::core::Module& module, const CompileOptions& options, Artefact artefact, unsigned part, unsigned count,
                 std::string& bytes, std::string& error) {
  llvm::LLVMContext context;
  context.setDiscardValueNames(artefact != Artefact::LlvmIr); // they are for readers, and take time
  lower::LoweredModule lowered = lower::lowerModule(
      module, context,
      {.debugInfo = options.debugInfo, .debugVariables = options.debugVariables, .optimise = options.level != Level::O0 && !isCheap(options.care), .stripSource = options.stripSource, .isCarried = options.isCarried,
       .countExits = options.countExits, .isShipped = options.care == Care::Shipped, .copiesInLoopsAlone = options.care == Care::Package, .observers = options.observers,
       .codeFilename = options.codeFilename});
#ifndef NDEBUG
  std::string broken;
  llvm::raw_string_ostream complaints(broken);
  if (llvm::verifyModule(*lowered.llvm, &complaints)) {
    error = "internal error: invalid LLVM IR for module " + module.name + ": " + complaints.str();
    return false;
  }
#endif
  const Effort effort = effortOf(options, count > 1 && Share{part} == Share::Quick);
  // Register allocation in the manner of -O2 is superlinear in the size of a function, whatever its attributes say.
  constexpr size_t kHugeFunction = 8000;
  if (count > 1 && hasShares(module, options.care)) keepShare(lowered, Share{part}, options.care);
  else if (count > 1) keepPart(lowered, part, count);
  auto machine = makeTargetMachine(*options.target, lowered.largestFunction > kHugeFunction ? Effort::None : effort, options.isShared);
  if (!optimise(lowered, *machine, effort, options.hotBitcode, options.timePasses, error)) return false;
  if (options.isShared) // the runtime is in the same library: its addresses are near
    for (llvm::GlobalValue& v : lowered.llvm->global_values())
      if (!v.hasLocalLinkage()) v.setDSOLocal(true);
  if (artefact == Artefact::LlvmIr) {
    llvm::raw_string_ostream out(bytes);
    lowered.llvm->print(out, nullptr);
    return true;
  }
  llvm::SmallVector<char, 0> code;
  if (options.timePasses) llvm::TimePassesIsEnabled = true; // of code generation
  writeMachineCode(lowered, *options.target, *machine, artefact == Artefact::Object ? Output::Object : Output::Assembly, code);
  bytes.assign(code.data(), code.size());
  if (options.timePasses) llvm::reportAndResetTimings(&llvm::errs());
  return true;
}

} // namespace

bool compileModule(const ir::core::Module& module, const CompileOptions& options, Artefact artefact, std::string& bytes,
                   std::string& error) {
  const bool mayHaveParts = artefact == Artefact::Object && options.level != Level::O0 && !options.timePasses;
  const bool isSplit = options.level == Level::O2 && hasShares(module, options.care);
  const unsigned count = !mayHaveParts ? 1 : isSplit ? 2 : options.mayDivide ? partCount(module) : 1;
  if (count == 1) return compilePart(module, options, artefact, 0, 1, bytes, error);
  std::vector<std::string> objects(count), errors(count);
  std::atomic<unsigned> next = 0;
  auto work = [&] {
    for (unsigned part; (part = next++) < count;) compilePart(module, options, artefact, part, count, objects[part], errors[part]);
  };
  std::vector<std::thread> others;
  for (unsigned n = std::min(options.threads, count); n > 1; --n) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  for (const std::string& e : errors)
    if (!e.empty()) return error = e, false;
  bytes = joinParts(objects, error);
  return error.empty();
}

const char* llvmVersion() { return LLVM_VERSION_STRING; }

} // namespace krait::codegen::emit
