// Raw numbers.
#include "codegen/lower/function_lowering.h"

namespace krait::codegen::lower {

void FunctionLowering::compareRaw(const Instruction& i, llvm::CmpInst::Predicate predicate) {
  setResult(i, b_.CreateCmp(predicate, operand(i, 0), operand(i, 1)));
}

void FunctionLowering::lower(Tag<Op::I64Const>, const Instruction& i) { setResult(i, word(static_cast<uint64_t>(i.imm))); }
void FunctionLowering::lower(Tag<Op::I64Add>, const Instruction& i) { setResult(i, b_.CreateAdd(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64Sub>, const Instruction& i) { setResult(i, b_.CreateSub(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::I64Mul>, const Instruction& i) { setResult(i, b_.CreateMul(operand(i, 0), operand(i, 1))); }
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

// The function itself: what LLVM would make of some exponents differs in the last digit.
void FunctionLowering::lower(Tag<Op::F64Pow>, const Instruction& i) {
  llvm::Type* real = b_.getDoubleTy();
  llvm::FunctionCallee pow = m_.llvm().getOrInsertFunction("pow", llvm::FunctionType::get(real, {real, real}, false));
  auto* call = b_.CreateCall(pow, {operand(i, 0), operand(i, 1)});
  call->addFnAttr(llvm::Attribute::NoBuiltin);
  call->setDoesNotAccessMemory();
  call->setDoesNotThrow();
  setResult(i, call);
}

void FunctionLowering::lower(Tag<Op::F64FloorDiv>, const Instruction& i) { divideDoubles(i, Entry::krt_floordiv_of_doubles); }
void FunctionLowering::lower(Tag<Op::F64Mod>, const Instruction& i) { divideDoubles(i, Entry::krt_mod_of_doubles); }
void FunctionLowering::divideDoubles(const Instruction& i, Entry entry) {
  auto* call = callEntry(entry, {operand(i, 0), operand(i, 1)});
  call->setDoesNotAccessMemory();
  call->setDoesNotThrow();
  setResult(i, call);
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
