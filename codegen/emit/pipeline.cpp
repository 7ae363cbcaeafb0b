#include "codegen/emit/pipeline.h"
#include <llvm/ADT/DenseSet.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/PassManager.h>
#include <llvm/IR/PassTimingInfo.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/CorrelatedValuePropagation.h>
#include <llvm/Transforms/Scalar/DeadStoreElimination.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/JumpThreading.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/LoopRotation.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include "codegen/emit/block_order.h"
#include "codegen/emit/fold_boxes.h"
#include "codegen/emit/frame_addresses.h"
#include "codegen/emit/hot_bitcode.h"
#include "codegen/emit/quick_loops.h"
#include "codegen/emit/seldom_ways.h"
#include "codegen/emit/strip_mine.h"
#include "codegen/emit/values_outside.h"
#include "codegen/layout/access.h"

namespace krait::codegen::emit {
namespace {

llvm::FunctionPassManager cheapPasses() {
  llvm::FunctionPassManager passes;
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::PreserveCFG));
  passes.addPass(llvm::EarlyCSEPass());
  passes.addPass(LocaliseFrameAddresses());
  passes.addPass(OrderBlocks());
  return passes;
}

llvm::FunctionPassManager fullPasses(Effort effort) {
  llvm::FunctionPassManager passes;
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  passes.addPass(llvm::EarlyCSEPass(true));
  passes.addPass(llvm::SimplifyCFGPass());
  passes.addPass(llvm::InstCombinePass());
  if (effort == Effort::Full) {
    passes.addPass(llvm::JumpThreadingPass());
    passes.addPass(llvm::CorrelatedValuePropagationPass());
    passes.addPass(llvm::SimplifyCFGPass());
    passes.addPass(FoldBoxes());
    passes.addPass(QuickLoops());
    llvm::LoopPassManager loops;
    loops.addPass(llvm::LoopRotatePass());
    loops.addPass(RotateCounted());
    loops.addPass(llvm::LICMPass(llvm::LICMOptions()));
    passes.addPass(llvm::createFunctionToLoopPassAdaptor(std::move(loops), true));
    passes.addPass(llvm::DSEPass());
    passes.addPass(llvm::InstCombinePass());
  }
  passes.addPass(llvm::ADCEPass());
  passes.addPass(llvm::SimplifyCFGPass(llvm::SimplifyCFGOptions().hoistCommonInsts(true)));
  if (effort == Effort::Full) {
    passes.addPass(StripMine());
    passes.addPass(ComputeValuesOutside());
  }
  passes.addPass(MarkSeldomWays());
  return passes;
}

} // namespace

bool optimise(lower::LoweredModule& lowered, llvm::TargetMachine& machine, Effort effort, const std::string& hotPath,
              bool timePasses, std::string& error) {
  llvm::Module& module = *lowered.llvm;
  module.setTargetTriple(machine.getTargetTriple().str());
  module.setDataLayout(machine.createDataLayout());
  for (auto& [f, code] : lowered.codes) {
    auto* function = const_cast<llvm::Function*>(f);
    function->addFnAttr("target-cpu", machine.getTargetCPU());
  }
  if (effort == Effort::None) return true;
  if (effort != Effort::Library && !addHotRuntime(lowered, hotPath, error)) return false;

  llvm::PassInstrumentationCallbacks callbacks;
  llvm::TimePassesHandler times(timePasses);
  times.registerCallbacks(callbacks);
  llvm::PassBuilder builder(&machine, {}, std::nullopt, &callbacks);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager groups;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(groups);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, groups, modules);

  llvm::DenseSet<const llvm::Function*> isCheap(lowered.cheap.begin(), lowered.cheap.end());
  llvm::FunctionPassManager cheap = cheapPasses(), full = fullPasses(effort);
  for (llvm::Function& f : module) {
    if (!lowered.codes.count(&f)) continue;
    const bool small = effort != Effort::Library && !isCheap.contains(&f);
    if (small) {
      layout::markAccesses(f);
      inlineHotRuntime(f, effort == Effort::Package);
    }
    (small ? full : cheap).run(f, functions);
    if (!small && effort != Effort::Library) { // fast instruction selection, no scheduling: these can be very long
      f.addFnAttr(llvm::Attribute::OptimizeNone);
    }
    functions.clear(f, f.getName());
  }
  return true;
}

} // namespace krait::codegen::emit
