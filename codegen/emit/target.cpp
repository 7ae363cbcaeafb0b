#include "codegen/emit/target.h"
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/TargetSelect.h>
#include <mutex>

namespace krait::codegen::emit {

void setCodeOptions() {
  llvm::cl::ResetAllOptionOccurrences();
  const char* arguments[] = {"krait",
                             // Two tests with a branch each are shorter than both answers, joined.
                             "-x86-br-merging-base-cost=-1",
                             // What a callee-saved register costs that nothing else needs: a push and a pop, two of what an entry
                             // counts as. For values of seldom ways alone it is not worth that.
                             "-regalloc-csr-first-time-cost=32768"};
  llvm::cl::ParseCommandLineOptions(std::size(arguments), arguments);
}

std::unique_ptr<llvm::LLVMTargetMachine> makeTargetMachine(Effort effort, bool isShared) {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    setCodeOptions();
  });
  const char* triple = "x86_64-pc-linux-gnu";
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target) llvm::report_fatal_error(llvm::StringRef(error));
  llvm::TargetOptions options;
  options.UniqueSectionNames = false;
  options.FunctionSections = true;
  options.DataSections = false;
  options.MCOptions.ShowMCEncoding = false;
  const auto level = effort == Effort::Little ? llvm::CodeGenOptLevel::Less
                     : effort == Effort::Full ? llvm::CodeGenOptLevel::Default
                                              : llvm::CodeGenOptLevel::None;
  auto* machine = target->createTargetMachine(triple, "x86-64", "", options, isShared ? llvm::Reloc::PIC_ : llvm::Reloc::Static,
                                              llvm::CodeModel::Small, level);
  return std::unique_ptr<llvm::LLVMTargetMachine>(static_cast<llvm::LLVMTargetMachine*>(machine));
}

} // namespace krait::codegen::emit
