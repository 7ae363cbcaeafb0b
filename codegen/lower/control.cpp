// Branches, and what they ask.
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::codegen::lower {

using ir::core::kNone;

void FunctionLowering::lower(Tag<Op::Br>, const Instruction& i) {
  flowInto(i);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::CondBr>, const Instruction& i) {
  flowInto(i);
  llvm::Value* condition = operand(i, 0);
  llvm::BasicBlock* yes = edgeBlock(i, 0);
  llvm::BasicBlock* no = edgeBlock(i, 1);
  if (yes == no) { // no phis: nothing to tell the edges apart
    b_.CreateBr(yes);
    return;
  }
  auto* branch = b_.CreateCondBr(condition, yes, no);
  if (i.target(0)->cold != i.target(1)->cold) {
    llvm::MDBuilder weights(context_);
    branch->setMetadata(llvm::LLVMContext::MD_prof, i.target(0)->cold ? weights.createUnlikelyBranchWeights()
                                                                      : weights.createLikelyBranchWeights());
  }
}

// krt_poll, whose status is asked on the rare way alone: behind it stands a loop's header, across which LLVM threads no jump.
void FunctionLowering::lower(Tag<Op::Poll>, const Instruction& i) {
  if (!fastPaths_ || outOfLine_) return finishCall(i, callEntry(Entry::krt_poll, {}));
  auto* limit = b_.CreateLoad(i32_, layout::offsetAddress(layout::externalData(m_.llvm(), "krt_hot"), offsetof(HotState, limit)));
  limit->setAtomic(llvm::AtomicOrdering::Monotonic);
  auto* serve = newBlock("poll");
  auto* next = newBlock();
  b_.CreateCondBr(b_.CreateICmpNE(limit, i32(0)), next, serve, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(serve);
  llvm::CallInst* status = callEntry(Entry::krt_poll, {});
  status->addFnAttr(llvm::Attribute::NoInline);
  finishCall(i, status);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

// A reference that lives for one question: it is counted where the answer takes more than a look at the word.
bool FunctionLowering::isForTruth(const Instruction& copy) const {
  const Temp* t = copy.result();
  return fastPaths_ && !outOfLine_ && slotOfTemp_[t->id] == kNone && copy.next && copy.next->is(Op::Truth) && copy.next->operand(0) == t &&
         copy.next->next && copy.next->next->is(Op::Kill) && copy.next->next->operand(0) == t && t->uses->next && !t->uses->next->next;
}

void FunctionLowering::askTruth(llvm::Value* v, Answers& answers, llvm::BasicBlock* next, llvm::BasicBlock* otherwise) {
  auto answerIf = [&](llvm::Value* known, llvm::Value* answer, llvm::BasicBlock* other) {
    answers.emplace_back(answer, b_.GetInsertBlock());
    b_.CreateCondBr(known, next, other);
    b_.SetInsertPoint(other);
  };
  answerIf(b_.CreateICmpEQ(v, layout::trueWord(m_.llvm())), b_.getTrue(), newBlock());
  answerIf(b_.CreateICmpEQ(v, layout::falseWord(m_.llvm())), b_.getFalse(), newBlock());
  answerIf(b_.CreateICmpEQ(v, layout::noneWord(m_.llvm())), b_.getFalse(), newBlock());
  answerIf(isIntWord(v), b_.CreateICmpNE(v, word(Value::kIntTag)), newBlock("truth"));
  llvm::Value* truth = wordAtHand(v, offsetof(Layout, truthOffset), otherwise);
  answers.emplace_back(b_.CreateICmpNE(truth, word(0)), b_.GetInsertBlock());
  b_.CreateBr(next);
}

// Where the word lies that is zero if the container is empty; none: it is not known to be a container, and one of no other class.
static std::optional<size_t> lengthIn(const ir::core::Type& type) {
  using ir::core::TypeBit;
  static constexpr std::pair<TypeBit, size_t> kLengths[] = {{TypeBit::List, offsetof(ListObject, size)}, {TypeBit::Dict, offsetof(DictObject, used)},
                                                            {TypeBit::Str, offsetof(StrObject, length)}, {TypeBit::Tuple, offsetof(TupleObject, size)},
                                                            {TypeBit::Bytes, offsetof(BytesObject, size)}};
  for (auto [bit, offset] : kLengths)
    if (type.isOnly(ir::core::Type::bit(bit))) return offset;
  return std::nullopt;
}

void FunctionLowering::lower(Tag<Op::Truth>, const Instruction& i) {
  llvm::Value* v = valueOf(i.operand(0));
  if (const auto length = lengthIn(i.operand(0)->type)) return setResult(i, b_.CreateICmpNE(load(field(v, *length)), word(0)));
  if (!fastPaths_ || outOfLine_) return finishCall(i, callEntry(Entry::krt_truth, {v}));
  const bool isCounted = !uncounted_.contains(i.operand(0));
  auto* next = newBlock();
  auto* general = newBlock();
  Answers answers;
  askTruth(v, answers, next, general);
  b_.SetInsertPoint(general);
  if (!isCounted) incref(v);
  llvm::CallInst* status = callEntry(Entry::krt_truth, {v});
  status->addFnAttr(llvm::Attribute::NoInline);
  failIf(b_.CreateICmpSLT(status, i32(0)), i);
  if (!isCounted) drop(v, i.operand(0)->type);
  answers.emplace_back(b_.CreateICmpNE(status, i32(0)), b_.GetInsertBlock());
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined(answers));
}

void FunctionLowering::lower(Tag<Op::TruthPeek>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  auto* next = newBlock();
  Answers answers;
  askTruth(operand(i, 0), answers, next, out);
  b_.SetInsertPoint(next);
  setResult(i, tagged(b_.CreateZExt(joined(answers), i64_)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::Unreachable>, const Instruction&) { b_.CreateUnreachable(); }

} // namespace krait::codegen::lower
