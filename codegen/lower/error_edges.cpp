// Error edges: what happens between a failed operation and its handler.
//
//   site's stub    site_ = number of the site
//   drop blocks    one temporary each: the operands that would die anyway, then newest first; shared by all
//                  sites with the same rest
//   tail           krt_traceback_add, then the handler or the unwind exit; one per handler
//   unwind exit    hidden locals die, the innermost loop's first, the frame is left, null is returned; one per function
//
// Everything here is cold: drops are calls, not inlined. In functions that are not to be fast the site stays in
// memory (a volatile store): as a phi of thousands of empty stubs it makes SimplifyCFG quadratic.
#include <algorithm>
#include <llvm/IR/MDBuilder.h>
#include <llvm/Support/SaveAndRestore.h>
#include "codegen/lower/function_lowering.h"

namespace krait::codegen::lower {

using ir::core::kNone;
using ir::core::OperandMode;
using ir::core::Ownership;

void FunctionLowering::failIf(llvm::Value* failed, const Instruction& i, llvm::function_ref<void()> before) {
  auto* stub = newBlock("fail");
  auto* next = newBlock();
  b_.CreateCondBr(failed, stub, next, llvm::MDBuilder(context_).createUnlikelyBranchWeights());
  b_.SetInsertPoint(stub);
  if (before) before();
  fail(i);
  b_.SetInsertPoint(next);
}

// What is a number is no null word: that is asked only of what is none.
void FunctionLowering::failAbsent(const Instruction& i) {
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  auto* stub = absent_[i.result()] = newBlock("fail");
  b_.SetInsertPoint(stub);
  fail(i);
}

bool FunctionLowering::isAskedNext(const Instruction& i) const {
  const Instruction* next = i.next;
  while (next && (next->is(Op::Const) || (next->is(Op::Kill) && keptByCall_.contains(next->operand(0))))) next = next->next;
  return next && (next->is(Op::IntCheck) || next->is(Op::FloatCheck)) && next->operand(0) == i.result();
}

void FunctionLowering::fail(const Instruction& i) {
  b_.CreateStore(i32(i.site), site_, !fastPaths_);
  b_.CreateBr(errorTarget(i));
}

llvm::BasicBlock* FunctionLowering::errorTarget(const Instruction& i) {
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  llvm::BasicBlock* at = tailOf(i.block->handler, ir::core::addsTraceback(i), i.block->version);
  // The chain is built from its end: what dies last comes first.
  const std::vector<Temp*> operands = ir::core::operandDeaths(i);
  std::vector<const Temp*> dying;
  for (const Temp* t : live_) {
    bool elsewhere = std::find(operands.begin(), operands.end(), t) != operands.end();
    for (size_t n = 0; n < i.operandCount; ++n) {
      const OperandMode mode = ir::core::operandSpec(i.op, n).mode;
      elsewhere |= i.operand(n) == t && (mode == OperandMode::Consume || mode == OperandMode::VarConsume);
    }
    if (!elsewhere) dying.push_back(t);
  }
  dying.insert(dying.end(), operands.rbegin(), operands.rend());
  for (const Temp* t : dying) {
    if (keptByCall_.contains(t)) continue;
    llvm::BasicBlock*& block = dropBlocks_[{at, t}];
    if (!block) {
      block = newBlock("drop");
      b_.SetInsertPoint(block);
      dropOnEdge(t);
      b_.CreateBr(at);
    }
    at = block;
  }
  return at;
}

void FunctionLowering::dropOnEdge(const Temp* t) {
  if (!isCounted(t->type)) return;
  llvm::Value* v = valueOf(t);
  releaseSlot(t);
  auto* call = callEntry(t->type.mayBeNull() ? Entry::krt_xdecref : Entry::krt_decref, {v});
  call->addFnAttr(llvm::Attribute::NoInline);
}

llvm::BasicBlock* FunctionLowering::tailOf(const Block* handler, bool trace, bool isVersion) {
  if (isVersion && (hasRawLocals() || hasHomes())) {
    llvm::BasicBlock*& boxing = region_->tails[{handler, trace}];
    if (boxing) return boxing;
    llvm::IRBuilder<>::InsertPointGuard guard(b_);
    llvm::BasicBlock* made = boxing = newBlock("boxing");
    b_.SetInsertPoint(made);
    boxLocals();
    if (hasHomes()) goHome();
    b_.CreateBr(tailOf(handler, trace, false));
    isAtHome_ = false;
    return made;
  }
  llvm::BasicBlock*& tail = tails_[{handler, trace}];
  if (tail) return tail;
  if (handler && !trace) return tail = blocks_[handler->id];
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  llvm::SaveAndRestore home(isAtHome_, hasHomes());
  tail = newBlock("tail");
  llvm::BasicBlock* block = tail;
  b_.SetInsertPoint(block);
  if (handler) flowed_[handler->id] = true; // nothing is live there
  // Without a new entry the locals still move: into the record of the entry that this activation made before.
  const uint32_t how = (handler ? keepsCaught_ ? kTracebackHandled : 0 : kTracebackLeaving) | (trace ? 0 : kTracebackAgain) | (step_ ? kTracebackInLoop : 0) | inlinedDepth() << kTracebackDepthShift;
  for (uint32_t n = f_.firstCaptured(); !handler && n < f_.paramCount(); ++n) { // whoever called it still holds them
    llvm::Value* held = load(localAddress(n));
    b_.CreateStore(word(0), localAddress(n));
    if (!isBorrowed(n)) callEntry(Entry::krt_xdecref, {held})->addFnAttr(llvm::Attribute::NoInline);
  }
  for (uint32_t n = 0; !handler && n < f_.firstCaptured(); ++n)
    if (isBorrowed(n)) callEntry(Entry::krt_incref, {load(localAddress(n))})->addFnAttr(llvm::Attribute::NoInline);
  llvm::Value* site = b_.CreateLoad(i32_, site_, !fastPaths_);
  callEntry(Entry::krt_traceback_add,
            {m_.code(f_), functionObject_, site, localsArray(), i32(localsArrayCount()), i32(how)});
  b_.CreateBr(handler ? blocks_[handler->id] : unwindExit());
  return tails_[{handler, trace}] = block;
}

llvm::BasicBlock* FunctionLowering::unwindExit() {
  if (unwindExit_) return unwindExit_;
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  llvm::SaveAndRestore home(isAtHome_, hasHomes());
  unwindExit_ = newBlock("unwind");
  b_.SetInsertPoint(unwindExit_);
  if (storage_ == Storage::Generator && localsArrayCount())
    b_.CreateMemSet(slots_, b_.getInt8(0), uint64_t(localsArrayCount()) * 8, llvm::MaybeAlign(8));
  for (auto i = static_cast<uint32_t>(f_.locals.size()); i-- > f_.varCount;) {
    if (!f_.locals[i].type.isWord()) continue;
    llvm::Value* at = localAddress(i);
    llvm::Value* old = load(at);
    if (storage_ == Storage::Generator) b_.CreateStore(word(0), at);
    closeFused(i);
    callEntry(Entry::krt_xdecref, {old})->addFnAttr(llvm::Attribute::NoInline);
  }
  if (f_.outlinedFrom == kNone) callEntry(Entry::krt_frame_leave, {});
  if (storage_ == Storage::Generator)
    b_.CreateRet(i32(static_cast<uint32_t>(kResumeRaise)));
  else
    leaveBody(word(0));
  return unwindExit_;
}

} // namespace krait::codegen::lower
