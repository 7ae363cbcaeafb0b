#include "codegen/emit/target_machine.h"
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
                             "-regalloc-csr-first-time-cost=32768",
                             // A constant that is copied to more places than this has its live range computed once for all of them, not after
                             // each: half of the time that a module body of 300 lines in a loop took.
                             "-late-remat-update-threshold=4"};
  llvm::cl::ParseCommandLineOptions(std::size(arguments), arguments);
}

std::unique_ptr<llvm::LLVMTargetMachine> makeTargetMachine(const Target& target, Effort effort, bool isShared) {
  static std::once_flag once;
  std::call_once(once, [&target] { // one process makes code for one machine
    if (target.architecture == std::string_view("aarch64")) {
      LLVMInitializeAArch64TargetInfo();
      LLVMInitializeAArch64Target();
      LLVMInitializeAArch64TargetMC();
      LLVMInitializeAArch64AsmPrinter();
    } else {
      LLVMInitializeX86TargetInfo();
      LLVMInitializeX86Target();
      LLVMInitializeX86TargetMC();
      LLVMInitializeX86AsmPrinter();
    }
    setCodeOptions();
  });
  const std::string triple = std::string(target.architecture) + "-pc-linux-gnu";
  std::string error;
  const llvm::Target* known = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!known) llvm::report_fatal_error(llvm::StringRef(error));
  llvm::TargetOptions options;
  options.UniqueSectionNames = false;
  options.FunctionSections = true;
  options.DataSections = false;
  options.MCOptions.ShowMCEncoding = false;
  const auto level = effort == Effort::Little || effort == Effort::Package ? llvm::CodeGenOptLevel::Less
                     : effort == Effort::Full                              ? llvm::CodeGenOptLevel::Default
                                                                           : llvm::CodeGenOptLevel::None;
  auto* machine = known->createTargetMachine(triple, target.cpu, "", options, isShared ? llvm::Reloc::PIC_ : llvm::Reloc::Static,
                                             llvm::CodeModel::Small, level);
  machine->setGlobalISel(false); // fast instruction selection is the other one on all machines
  return std::unique_ptr<llvm::LLVMTargetMachine>(static_cast<llvm::LLVMTargetMachine*>(machine));
}

} // namespace krait::codegen::emit
