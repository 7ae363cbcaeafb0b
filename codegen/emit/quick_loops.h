// Loops that nothing interrupts get to themselves what stays as it is.
//
// Nearly every loop has calls: behind a guard that fails, for an object of another class, for a list that is full. After one of them nothing
// is known any more of memory, so each iteration asks everything again, although the calls are hardly ever made. Here the ways
// through the loop without a call are copied twice:
//
//     before ──> first iteration ──> loop ⟲          both are call-free; what the first iteration has loaded and tested
//                     │                │             holds in the loop, and GVN, which comes next, takes it out there
//                     ▼                ▼
//                the loop as it was: finishes its iteration, and goes on with a first one
//
// It is what tracing compilers get from unrolling a trace once (Ardö, Bolz, Fijałkowski: Loop-aware optimizations in PyPy's tracing JIT,
// 2012), for all ways through a loop at a time.
#pragma once
#include <llvm/IR/Instruction.h>
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// After it, memory may be any other, or nothing comes after it.
bool interrupts(const llvm::Instruction& i);

class QuickLoops : public llvm::PassInfoMixin<QuickLoops> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
