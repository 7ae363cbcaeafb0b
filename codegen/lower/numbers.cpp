// Raw numbers.
#include <bit>
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/function_lowering.h"

namespace krait::codegen::lower {

namespace {

// abs(z) where nothing but comparisons asks for it, or null.
const ir::core::Instruction* comparedSize(const ir::core::Temp* t) {
  using namespace ir::core;
  const Instruction* size = t->definition;
  if (!size || !size->is(Op::ComplexAbs)) return nullptr;
  for (const Use* u = t->uses; u; u = u->next) {
    const Op op = u->user->op;
    const bool compares = op == Op::F64Eq || op == Op::F64Ne || op == Op::F64Lt || op == Op::F64Le || op == Op::F64Gt || op == Op::F64Ge;
    if (!compares || u->user->operand(0) == u->user->operand(1)) return nullptr;
  }
  return size;
}

} // namespace

void FunctionLowering::compareRaw(const Instruction& i, llvm::CmpInst::Predicate predicate) {
  for (uint32_t n = 0; n < 2; ++n)
    if (const Instruction* size = comparedSize(i.operand(n))) return compareSize(i, predicate, *size, n);
  setResult(i, b_.CreateCmp(predicate, operand(i, 0), operand(i, 1)));
}

// abs(z) < b where z.real² + z.imag² is clearly below b², or above: hypot is not asked, whose last digit is the C library's own affair.
// Rounding, and a hypot that is off by a few digits, stay within the margin; where a square would leave the numbers of full
// precision, it is asked.
void FunctionLowering::compareSize(const Instruction& i, llvm::CmpInst::Predicate predicate, const Instruction& size, uint32_t place) {
  constexpr double kLeast = 0x1p-900, kMost = 0x1p900, kBelow = 1 - 0x1p-40, kAbove = 1 + 0x1p-40;
  auto number = [&](double v) { return llvm::ConstantFP::get(b_.getDoubleTy(), v); };
  auto square = [&](llvm::Value* v) { return b_.CreateFMul(v, v); };
  llvm::Value *real = operand(size, 0), *imaginary = operand(size, 1);
  auto asked = [&](const Instruction& of) { return callEntry(Entry::krt_complex_abs, {operand(of, 0), operand(of, 1)}); };
  const Instruction* otherSize = comparedSize(i.operand(1 - place));
  llvm::Value* other = otherSize ? asked(*otherSize) : operand(i, 1 - place);
  llvm::Value *mine = b_.CreateFAdd(square(real), square(imaginary)), *theirs = square(other);
  llvm::Value* isAbove = b_.CreateFCmpOGT(b_.CreateFMul(mine, number(kBelow)), theirs);
  llvm::Value* isBelow = b_.CreateFCmpOLT(b_.CreateFMul(mine, number(kAbove)), theirs);
  llvm::Value* isOrdinary = b_.CreateAnd(b_.CreateFCmpOGT(mine, number(kLeast)), b_.CreateFCmpOLT(mine, number(kMost)));
  isOrdinary = b_.CreateAnd(isOrdinary, b_.CreateFCmpOGT(other, number(0)));
  llvm::Value *one = number(1), *two = number(2);
  auto answer = [&](bool above) {
    llvm::Value* words[] = {above ? two : one, above ? one : two};
    return b_.CreateCmp(predicate, words[place], words[1 - place]);
  };
  llvm::Value* quick = b_.CreateSelect(isAbove, answer(true), answer(false));
  auto *ask = newBlock("ask"), *next = newBlock();
  llvm::BasicBlock* known = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateAnd(isOrdinary, b_.CreateOr(isAbove, isBelow)), next, ask, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(ask);
  llvm::Value* operands[] = {place ? other : asked(size), place ? asked(size) : other};
  llvm::Value* exact = b_.CreateCmp(predicate, operands[0], operands[1]);
  llvm::BasicBlock* end = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{quick, known}, {exact, end}}));
}

void FunctionLowering::lower(Tag<Op::ComplexAbs>, const Instruction& i) {
  if (!comparedSize(i.result())) setResult(i, callEntry(Entry::krt_complex_abs, {operand(i, 0), operand(i, 1)}));
}

void FunctionLowering::lower(Tag<Op::I64Const>, const Instruction& i) { setResult(i, word(static_cast<uint64_t>(i.imm))); }
void FunctionLowering::lower(Tag<Op::I64Add>, const Instruction& i) { setResult(i, b_.CreateAdd(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64Sub>, const Instruction& i) { setResult(i, b_.CreateSub(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64Mul>, const Instruction& i) { setResult(i, b_.CreateMul(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64And>, const Instruction& i) { setResult(i, b_.CreateAnd(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64Or>, const Instruction& i) { setResult(i, b_.CreateOr(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64Xor>, const Instruction& i) { setResult(i, b_.CreateXor(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64UDiv>, const Instruction& i) { setResult(i, b_.CreateUDiv(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64URem>, const Instruction& i) { setResult(i, b_.CreateURem(operand(i, 0), operand(i, 1))); }

// What LLVM leaves undefined is not looked at; of a constant count nothing remains of the question.
void FunctionLowering::shiftRaw(const Instruction& i, llvm::Instruction::BinaryOps way) {
  llvm::Value* count = operand(i, 1);
  llvm::Value* shifted = b_.CreateBinOp(way, operand(i, 0), b_.CreateAnd(count, word(63)));
  setResult(i, b_.CreateSelect(b_.CreateICmpULT(count, word(64)), shifted, word(0)));
}
void FunctionLowering::lower(Tag<Op::I64Shl>, const Instruction& i) { shiftRaw(i, llvm::Instruction::Shl); }
void FunctionLowering::lower(Tag<Op::I64Shr>, const Instruction& i) { shiftRaw(i, llvm::Instruction::LShr); }
void FunctionLowering::lower(Tag<Op::I64Below>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_ULT); }
void FunctionLowering::lower(Tag<Op::I64Eq>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_EQ); }
void FunctionLowering::lower(Tag<Op::I64Ne>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_NE); }
void FunctionLowering::lower(Tag<Op::I64Lt>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_SLT); }
void FunctionLowering::lower(Tag<Op::I64Le>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_SLE); }
void FunctionLowering::lower(Tag<Op::I64Gt>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_SGT); }
void FunctionLowering::lower(Tag<Op::I64Ge>, const Instruction& i) { compareRaw(i, llvm::CmpInst::ICMP_SGE); }
void FunctionLowering::lower(Tag<Op::F64Add>, const Instruction& i) { setResult(i, b_.CreateFAdd(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::F64Sub>, const Instruction& i) { setResult(i, b_.CreateFSub(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::F64Mul>, const Instruction& i) { setResult(i, b_.CreateFMul(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::F64Div>, const Instruction& i) { setResult(i, b_.CreateFDiv(operand(i, 0), operand(i, 1))); }

// The function itself: what LLVM would make of some exponents differs in the last digit. Two of them have a way of their own.
void FunctionLowering::lower(Tag<Op::F64Pow>, const Instruction& i) {
  if (const Instruction* exponent = i.operand(1)->definition; exponent && exponent->is(Op::F64Const)) {
    const auto number = std::bit_cast<double>(exponent->imm);
    if (number == 2 || number == 0.5) return setResult(i, pureCall(number == 2 ? Entry::krt_power_two : Entry::krt_power_half, {operand(i, 0)}));
  }
  llvm::Type* real = b_.getDoubleTy();
  llvm::FunctionCallee pow = m_.llvm().getOrInsertFunction("pow", llvm::FunctionType::get(real, {real, real}, false));
  auto* call = b_.CreateCall(pow, {operand(i, 0), operand(i, 1)});
  call->addFnAttr(llvm::Attribute::NoBuiltin);
  call->setDoesNotAccessMemory();
  call->setDoesNotThrow();
  setResult(i, call);
}

void FunctionLowering::lower(Tag<Op::F64FloorDiv>, const Instruction& i) {
  setResult(i, pureCall(Entry::krt_floordiv_of_doubles, {operand(i, 0), operand(i, 1)}));
}
void FunctionLowering::lower(Tag<Op::F64Mod>, const Instruction& i) {
  setResult(i, pureCall(Entry::krt_mod_of_doubles, {operand(i, 0), operand(i, 1)}));
}

void FunctionLowering::lower(Tag<Op::F64Const>, const Instruction& i) {
  setResult(i, b_.CreateBitCast(word(static_cast<uint64_t>(i.imm)), b_.getDoubleTy()));
}
void FunctionLowering::lower(Tag<Op::F64Eq>, const Instruction& i) { compareRaw(i, llvm::CmpInst::FCMP_OEQ); }
void FunctionLowering::lower(Tag<Op::F64Ne>, const Instruction& i) { compareRaw(i, llvm::CmpInst::FCMP_UNE); }
void FunctionLowering::lower(Tag<Op::F64Lt>, const Instruction& i) { compareRaw(i, llvm::CmpInst::FCMP_OLT); }
void FunctionLowering::lower(Tag<Op::F64Le>, const Instruction& i) { compareRaw(i, llvm::CmpInst::FCMP_OLE); }
void FunctionLowering::lower(Tag<Op::F64Gt>, const Instruction& i) { compareRaw(i, llvm::CmpInst::FCMP_OGT); }
void FunctionLowering::lower(Tag<Op::F64Ge>, const Instruction& i) { compareRaw(i, llvm::CmpInst::FCMP_OGE); }

// One test per word: each is then known by itself.
void FunctionLowering::lower(Tag<Op::AllFloat>, const Instruction& i) {
  llvm::Value* all = b_.getTrue();
  for (size_t n = 0; n < i.operandCount; ++n) all = b_.CreateAnd(all, isFloatWord(operand(i, n)));
  setResult(i, all);
}

void FunctionLowering::lower(Tag<Op::UnboxF64>, const Instruction& i) { setResult(i, unboxFloat(operand(i, 0))); }

} // namespace krait::codegen::lower
