// Complex numbers in the fast body (versions.cpp): two raw doubles each, an object only where somebody wants one.
#include "codegen/lower/function_lowering.h"
#include "codegen/layout/runtime_symbols.h"
#include "ir/core/module.h"
#include "runtime/types/float.h"

namespace krait::codegen::lower {

using ir::core::Constant;
using ir::core::ConstantKind;

FunctionLowering::RawComplex FunctionLowering::rawComplex(const Instruction& i, size_t n) {
  const Temp* t = i.operand(n);
  llvm::Constant* zero = llvm::ConstantFP::get(b_.getDoubleTy(), 0);
  if (likelyKind(t) != Guess::Complex) return {rawFloat(i, n), zero};
  if (t->definition && t->definition->is(Op::Const)) {
    const Constant& c = m_.ir().constants[t->definition->index];
    return {llvm::ConstantFP::get(b_.getDoubleTy(), c.real), llvm::ConstantFP::get(b_.getDoubleTy(), c.imaginary)};
  }
  if (raws_[t->id]) return {raws_[t->id], imaginaries_[t->id]};
  if (auto found = learntComplex_.find(t); found != learntComplex_.end()) return found->second;
  const RawComplex parts = partsOr(valueOf(t), exitBefore(i));
  learnt_[t] = {Guess::Complex, parts.real};
  return learntComplex_[t] = parts;
}

/// Of an exact complex object without NaNs; on to `otherwise` for all else.
FunctionLowering::RawComplex FunctionLowering::partsOr(llvm::Value* v, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(v), otherwise, true);
  goOnIf(layoutIs(v, "complexType"), otherwise, true);
  const RawComplex parts{b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(ComplexObject, real))),
                         b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(ComplexObject, imag)))};
  goOnIf(b_.CreateFCmpORD(parts.real, parts.imaginary), otherwise, true);
  return parts;
}

void FunctionLowering::setComplex(const Temp* t, RawComplex parts) {
  imaginaries_[t->id] = parts.imaginary;
  setKnown(t, Guess::Complex, parts.real);
}

bool FunctionLowering::fastComplexArithmetic(const Instruction& i, Op op) {
  switch (op) {
  case Op::BinaryAdd: case Op::BinarySub: case Op::BinaryMul:
  case Op::TestEq: case Op::TestNe: case Op::CompareEq: case Op::CompareNe: break;
  default: return false;
  }
  const bool compares = op >= Op::CompareLt;
  if (compares && (likelyKind(i.operand(0)) == Guess::Int || likelyKind(i.operand(1)) == Guess::Int)) return false; // exact
  const RawComplex a = rawComplex(i, 0), c = rawComplex(i, 1);
  if (compares) {
    const bool same = op == Op::TestEq || op == Op::CompareEq;
    llvm::Value* result = b_.CreateAnd(b_.CreateFCmpOEQ(a.real, c.real), b_.CreateFCmpOEQ(a.imaginary, c.imaginary));
    if (!same) result = b_.CreateNot(result);
    if (i.op < Op::TestLt) result = b_.CreateSelect(result, layout::trueWord(m_.llvm()), layout::falseWord(m_.llvm()));
    define(i.result(), result);
    return true;
  }
  RawComplex result;
  if (op == Op::BinaryAdd) {
    result = {b_.CreateFAdd(a.real, c.real), b_.CreateFAdd(a.imaginary, c.imaginary)};
  } else if (op == Op::BinarySub) {
    result = {b_.CreateFSub(a.real, c.real), b_.CreateFSub(a.imaginary, c.imaginary)};
  } else {
    result = {b_.CreateFSub(b_.CreateFMul(a.real, c.real), b_.CreateFMul(a.imaginary, c.imaginary)),
              b_.CreateFAdd(b_.CreateFMul(a.real, c.imaginary), b_.CreateFMul(a.imaginary, c.real))};
  }
  setComplex(i.result(), result);
  return true;
}

bool FunctionLowering::fastComplexUnary(const Instruction& i) {
  const RawComplex v = rawComplex(i, 0);
  llvm::Constant* zero = llvm::ConstantFP::get(b_.getDoubleTy(), 0);
  if (i.is(Op::Truth)) {
    define(i.result(), b_.CreateOr(b_.CreateFCmpUNE(v.real, zero), b_.CreateFCmpUNE(v.imaginary, zero)));
    return true;
  }
  if (!i.is(Op::UnaryNeg)) return false;
  setComplex(i.result(), {b_.CreateFNeg(v.real), b_.CreateFNeg(v.imaginary)});
  return true;
}

/// `z.real`, `z.imag`.
bool FunctionLowering::fastComplexPart(const Instruction& i) {
  const std::string& name = m_.ir().names[i.index];
  if (likelyKind(i.operand(0)) != Guess::Complex || (name != "real" && name != "imag")) return false;
  const RawComplex v = rawComplex(i, 0);
  setKnown(i.result(), Guess::Float, name == "real" ? v.real : v.imaginary);
  return true;
}

} // namespace krait::codegen::lower
