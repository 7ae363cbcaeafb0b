// Calls of builtins on numbers in the fast body (versions.cpp): min, max, abs, int, float and the functions of C's
// doubles, each after a test that the name still means the builtin.
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/builtin_names.h"
#include "ir/core/module.h"
#include "runtime/abi/observers.h"

namespace krait::codegen::lower {

namespace {

/// Ints below are small ones, and doubles without loss.
constexpr double kIntLimit = 0x1p61;

} // namespace

bool FunctionLowering::fastCall(const Instruction& i) {
  const Instruction* from = i.operand(0)->definition;
  if (i.is(Op::Method)) {
    const bool isReal = from && from->is(Op::GlobalGet) && m_.ir().cells[from->index] == "math" && i.operandCount == 2 &&
                        ir::analysis::isRealFunction(m_.ir().names[i.index]);
    return isReal && callReal(i, Entry::krt_real_method);
  }
  if (!from || !from->is(Op::GlobalGet) || i.operandCount < 2) return false;
  const std::string& name = m_.ir().cells[from->index];
  if (i.operandCount == 2 && i.result()->guess == Guess::Float && ir::analysis::isRealFunction(name)) return callReal(i, Entry::krt_real_function);
  if (m_.isAssigned(from->index)) return false;
  if (i.operandCount == 2 && likelyKind(i.operand(1)) == Guess::Complex && callsBuiltin(i, "abs")) {
    goOnIf(b_.CreateICmpEQ(valueOf(i.operand(0)), layout::wordOf(layout::externalData(m_.llvm(), "krt_builtin_function_abs"))), exitBefore(i), true);
    const RawComplex z = rawComplex(i, 1);
    llvm::Value* size = callEntry(Entry::krt_complex_abs, {z.real, z.imaginary});
    goOnIf(b_.CreateFCmpUNE(size, llvm::ConstantFP::getInfinity(b_.getDoubleTy())), exitBefore(i), true);
    dropArguments(i);
    setKnown(i.result(), Guess::Float, size);
    return true;
  }
  if (i.operandCount == 3 && callsBuiltin(i, "complex") && isReal(i.operand(1)) && isReal(i.operand(2))) {
    goOnIf(b_.CreateICmpEQ(valueOf(i.operand(0)), layout::wordOf(layout::runtimeVariable(m_.llvm(), "complexType"))), exitBefore(i), true);
    const RawComplex made{rawFloat(i, 1), rawFloat(i, 2)};
    dropArguments(i);
    setComplex(i.result(), made);
    return true;
  }
  Guess kind = likelyKind(i.operand(1));
  for (size_t n = 2; n < i.operandCount; ++n)
    if (likelyKind(i.operand(n)) != kind) return false;
  if (kind == Guess::None || kind == Guess::Complex) return false;
  llvm::Constant* builtin = nullptr;
  if (callsBuiltin(i, "min") || callsBuiltin(i, "max")) {
    if (i.operandCount > 2) builtin = layout::externalData(m_.llvm(), "krt_builtin_function_" + name);
  } else if (callsBuiltin(i, "abs")) {
    if (i.operandCount == 2) builtin = layout::externalData(m_.llvm(), "krt_builtin_function_abs");
  } else if (callsBuiltin(i, "int") || callsBuiltin(i, "float")) {
    if (i.operandCount == 2) builtin = layout::runtimeVariable(m_.llvm(), name + "Type");
  }
  if (!builtin) return false;

  goOnIf(b_.CreateICmpEQ(valueOf(i.operand(0)), layout::wordOf(builtin)), exitBefore(i), true);
  llvm::SmallVector<llvm::Value*, 4> numbers;
  for (size_t n = 1; n < i.operandCount; ++n) numbers.push_back(kind == Guess::Int ? intWord(i, n) : rawFloat(i, n));
  llvm::Value* result = numbers[0];
  if (name == "int" && kind == Guess::Float) {
    llvm::Value* size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, result);
    goOnIf(b_.CreateFCmpOLT(size, llvm::ConstantFP::get(b_.getDoubleTy(), kIntLimit)), exitBefore(i), true);
    result = b_.CreateOr(b_.CreateShl(b_.CreateFPToSI(result, i64_), 1), word(Value::kIntTag));
    kind = Guess::Int;
  } else if (name == "float" && kind == Guess::Int) {
    result = b_.CreateSIToFP(b_.CreateAShr(result, 1), b_.getDoubleTy());
    kind = Guess::Float;
  } else if (name == "abs") {
    if (kind == Guess::Float) {
      result = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, result);
    } else {
      llvm::Value* both = b_.CreateIntrinsic(llvm::Intrinsic::ssub_with_overflow, {i64_}, {word(2), result});
      goOnIf(b_.CreateNot(b_.CreateExtractValue(both, 1)), exitBefore(i), true);
      result = b_.CreateSelect(b_.CreateICmpSLT(result, word(0)), b_.CreateExtractValue(both, 0), result);
    }
  } else if (name == "min" || name == "max") { // of equal ones the first is the answer
    const bool least = name == "min";
    for (size_t n = 1; n < numbers.size(); ++n) {
      llvm::Value* better = kind == Guess::Int ? b_.CreateICmp(least ? llvm::CmpInst::ICMP_SLT : llvm::CmpInst::ICMP_SGT, numbers[n], result)
                                               : b_.CreateFCmp(least ? llvm::CmpInst::FCMP_OLT : llvm::CmpInst::FCMP_OGT, numbers[n], result);
      result = b_.CreateSelect(better, numbers[n], result);
    }
  }
  dropArguments(i);
  setKnown(i.result(), kind, result);
  return true;
}

bool FunctionLowering::isReal(const Temp* t) const { return likelyKind(t) == Guess::Int || likelyKind(t) == Guess::Float; }

/// The general body calls whatever it is when the result is NaN.
bool FunctionLowering::callReal(const Instruction& i, Entry entry) {
  if (!isReal(i.operand(1)) || (m_.options().observers & kObservedEvents)) return false;
  llvm::Value* x = rawFloat(i, 1);
  llvm::Value* callee = valueOf(i.operand(0));
  llvm::Value* result = entry == Entry::krt_real_method ? callEntry(entry, {callee, siteCache(i), x}) : callEntry(entry, {callee, x});
  goOnIf(b_.CreateFCmpORD(result, result), exitBefore(i), true);
  dropArguments(i);
  setKnown(i.result(), Guess::Float, result);
  return true;
}

/// The arguments are used up; floats may have words.
void FunctionLowering::dropArguments(const Instruction& i) {
  for (size_t n = 1; n < i.operandCount; ++n)
    if (const Temp* t = i.operand(n); isRaw(knownKind(t)) && body_->values[t->id]) drop(body_->values[t->id], t->type);
}

} // namespace krait::codegen::lower
