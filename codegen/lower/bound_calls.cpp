// Calls of what an attribute gave to a local (ir/passes/unbind_methods.cpp): the receiver and a function of its class, or what is
// called, and None.
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"

namespace krait::codegen::lower {

using ir::core::kNone;

// Two sites: if it is the receiver's own attribute after all, it is read as attr.get would. The first site learns where that is
// when the second has found nothing to be passed.
void FunctionLowering::lower(Tag<Op::BoundLoad>, const Instruction& i) {
  llvm::Value *receiver = operand(i, 0), *none = layout::noneWord(m_.llvm());
  llvm::GlobalVariable* site = fastPaths_ ? m_.newCache() : nullptr;
  auto* next = newBlock();
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 4> callees, functions;
  auto meet = [&](llvm::Value* callee, llvm::Value* function) {
    callees.emplace_back(callee, b_.GetInsertBlock());
    functions.emplace_back(function, b_.GetInsertBlock());
  };
  if (site) {
    auto* general = newBlock("general");
    llvm::Value* own = callEntry(Entry::krt_attr_own, {receiver, site});
    goOnIf(b_.CreateICmpNE(own, word(0)), general, false);
    incref(own);
    meet(own, none);
    b_.CreateBr(next);
    b_.SetInsertPoint(general);
  }
  llvm::Value* found = callEntry(Entry::krt_method_load, {receiver, name(i.index), m_.newCache(), buffer_});
  failIf(b_.CreateICmpEQ(found, word(0)), i);
  llvm::Value* self = load(buffer_);
  auto* complete = newBlock("complete");
  meet(self, found);
  b_.CreateCondBr(b_.CreateICmpNE(self, word(0)), next, complete, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(complete);
  meet(found, none);
  if (site) {
    auto* learn = newBlock("learn");
    b_.CreateCondBr(b_.CreateICmpEQ(load(layout::offsetAddress(site, offsetof(AttrCache, version))), word(0)), learn, next);
    b_.SetInsertPoint(learn);
    callSlow(Entry::krt_attr_peek, {receiver, name(i.index), site});
    meet(found, none);
  }
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined(callees), 0);
  setResult(i, joined(functions), 1);
}

void FunctionLowering::lower(Tag<Op::BoundCall>, const Instruction& i) {
  if (callAppend(i) || callPop(i) || callGetOrAdd(i)) return;
  callBoundMethod(i, kNone);
}

void FunctionLowering::lower(Tag<Op::BoundCallKw>, const Instruction& i) { callBoundMethod(i, i.index2); }

// `names`: of the last arguments; kNone: none of them is named.
void FunctionLowering::callBoundMethod(const Instruction& i, ir::core::ConstantId names) {
  static constexpr Entry kFixed[] = {Entry::krt_bound_call0, Entry::krt_bound_call1, Entry::krt_bound_call2, Entry::krt_bound_call3};
  llvm::Value* function = operand(i, 1);
  llvm::SmallVector<llvm::Value*, 8> words{operand(i, 0)};
  uint64_t kept = 1;
  for (size_t n = 2; n < i.operandCount; ++n) words.push_back(argument(i, n, kept, n - 1));
  const size_t count = words.size() - 1;
  auto otherwise = [&] {
    llvm::SmallVector<llvm::Value*, 5> arguments{words[0], function};
    if (names == kNone && count < std::size(kFixed)) {
      arguments.append(words.begin() + 1, words.end());
      return callEntry(kFixed[count], arguments);
    }
    for (size_t n = 0; n < count; ++n) b_.CreateStore(words[n + 1], bufferSlot(n));
    arguments.append({buffer_, word(count), names == kNone ? word(0) : constant(names)});
    return callEntry(Entry::krt_bound_call_n, arguments);
  };
  const Targets targets = callTargets(calleesOf(i), words.size(), names);
  if (!targets.empty())
    return finishCall(i, enterTargets(targets, callEntry(Entry::krt_known_function, {function}), {words, kept, 1}, otherwise));
  own(words, kept & ~uint64_t{1});
  finishCall(i, otherwise());
}

llvm::Value* FunctionLowering::takesReceiver(const Instruction& boundCall) {
  return b_.CreateICmpNE(operand(boundCall, 1), layout::noneWord(m_.llvm()));
}

} // namespace krait::codegen::lower
