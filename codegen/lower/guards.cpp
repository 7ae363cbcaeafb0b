// Guards: a test, the first edge with what it has shown, the second one out; and what is computed behind them.
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "codegen/lower/operators.h"
#include "runtime/abi/entries.h"
#include "runtime/abi/thread_state.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/function.h"

namespace krait::codegen::lower {

namespace {

/// Ints below are small ones, and doubles without loss.
constexpr double kIntLimit = 0x1p61;

} // namespace

void FunctionLowering::guardedBy(const Instruction& i, llvm::Value* good, llvm::Value* result) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  goOnIf(good, out, true);
  if (result) setResult(i, result);
  branchTo(i, 0);
}

// ---- kinds --------------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::IntCheck>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  llvm::BasicBlock* absent = absent_.lookup(i.operand(0));
  if (!absent) return guardedBy(i, isGuessed(v, Guess::Int), v);
  flowInto(i);
  llvm::BasicBlock *out = edgeBlock(i, 1), *other = newBlock("no.int");
  goOnIf(isGuessed(v, Guess::Int), other, true);
  llvm::BasicBlock* next = b_.GetInsertBlock();
  b_.SetInsertPoint(other);
  b_.CreateCondBr(b_.CreateICmpNE(v, word(0)), out, absent);
  b_.SetInsertPoint(next);
  setResult(i, v);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::BoolCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  // Two ways, so that whoever branches on the answer has it already.
  auto *other = newBlock("no.true"), *next = newBlock();
  llvm::BasicBlock* from = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(v, layout::trueWord(m_.llvm())), next, other);
  b_.SetInsertPoint(other);
  goOnIf(b_.CreateICmpEQ(v, layout::falseWord(m_.llvm())), out, true);
  llvm::BasicBlock* isFalse = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{word(Value::ofSmallInt(1).bits), from}, {word(Value::ofSmallInt(0).bits), isFalse}}));
  branchTo(i, 0);
}

llvm::Value* FunctionLowering::heapFloat(llvm::Value* v, llvm::BasicBlock* otherwise) {
  llvm::CallInst* loaded = callEntry(Entry::krt_heap_float, {v});
  loaded->setOnlyReadsMemory();
  loaded->setDoesNotThrow();
  goOnIf(b_.CreateFCmpORD(loaded, loaded), otherwise, true);
  return loaded;
}

llvm::Value* FunctionLowering::unboxOr(llvm::Value* v, llvm::BasicBlock* otherwise, llvm::BasicBlock* absent, llvm::BasicBlock* ofInt) {
  auto* heap = newBlock("heap.float");
  auto* next = newBlock();
  llvm::Value* immediate = unboxFloat(v);
  llvm::BasicBlock* from = b_.GetInsertBlock();
  llvm::MDBuilder weights(context_);
  b_.CreateCondBr(isFloatWord(v), next, heap, ofInt ? weights.createBranchWeights(3, 1) : weights.createLikelyBranchWeights());
  b_.SetInsertPoint(heap);
  if (ofInt) {
    // Where both kinds are expected, the second is no cold way: as one it would stand far off, two jumps for each number.
    auto* rest = newBlock();
    b_.CreateCondBr(isGuessed(v, Guess::Int), ofInt, rest, weights.createLikelyBranchWeights());
    b_.SetInsertPoint(rest);
  }
  if (absent) goOnIf(b_.CreateICmpNE(v, word(0)), absent, true);
  llvm::Value* loaded = heapFloat(v, otherwise);
  llvm::BasicBlock* heapEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  return joined({{immediate, from}, {loaded, heapEnd}});
}

void FunctionLowering::lower(Tag<Op::FloatCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  setResult(i, unboxOr(operand(i, 0), out, absent_.lookup(i.operand(0))));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::RealCheck>, const Instruction& i) { unboxReal(i, false); }
void FunctionLowering::lower(Tag<Op::ExactCheck>, const Instruction& i) { unboxReal(i, true); }

void FunctionLowering::unboxReal(const Instruction& i, bool isExact) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  auto* other = newBlock("other");
  auto* next = newBlock();
  llvm::Value* raw = unboxOr(v, out, absent_.lookup(i.operand(0)), other);
  llvm::BasicBlock* floatEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(other);
  llvm::Value* number = b_.CreateAShr(v, 1);
  if (isExact) goOnIf(b_.CreateICmpULT(b_.CreateAdd(number, word(kExactDouble - 1)), word(2 * kExactDouble - 1)), out, true);
  llvm::Value* converted = b_.CreateSIToFP(number, b_.getDoubleTy());
  llvm::BasicBlock* intEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{raw, floatEnd}, {converted, intEnd}}));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::IsInt>, const Instruction& i) { setResult(i, isGuessed(operand(i, 0), Guess::Int)); }

void FunctionLowering::lower(Tag<Op::RealExact>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  auto* ofInt = newBlock("int");
  auto* next = newBlock();
  llvm::BasicBlock* from = b_.GetInsertBlock();
  b_.CreateCondBr(operand(i, 1), ofInt, next, llvm::MDBuilder(context_).createBranchWeights(1, 3));
  b_.SetInsertPoint(ofInt);
  llvm::Value* size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, v);
  goOnIf(b_.CreateFCmpOLT(size, llvm::ConstantFP::get(b_.getDoubleTy(), static_cast<double>(kExactDouble))), out, true);
  llvm::Value* unsignedZero = b_.CreateFAdd(v, llvm::ConstantFP::get(b_.getDoubleTy(), 0));
  llvm::BasicBlock* intEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{v, from}, {unsignedZero, intEnd}}));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::BoxReal>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  auto* ofInt = newBlock("int");
  auto* ofFloat = newBlock("float");
  auto* next = newBlock();
  b_.CreateCondBr(operand(i, 1), ofInt, ofFloat);
  b_.SetInsertPoint(ofInt);
  llvm::Value* whole = tagged(b_.CreateFPToSI(v, i64_));
  b_.CreateBr(next);
  b_.SetInsertPoint(ofFloat);
  llvm::Value* box = callEntry(Entry::krt_box_float, {v});
  llvm::BasicBlock* floatEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{whole, ofInt}, {box, floatEnd}}));
}

void FunctionLowering::lower(Tag<Op::ComplexCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  goOnIf(isPointerWord(v), out, true);
  goOnIf(layoutIs(v, "complexType"), out, true);
  llvm::Value* real = b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(ComplexObject, real)));
  llvm::Value* imaginary = b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(ComplexObject, imag)));
  goOnIf(b_.CreateFCmpORD(real, imaginary), out, true);
  setResult(i, real, 0);
  setResult(i, imaginary, 1);
  branchTo(i, 0);
}

// A small int that is not negative.
llvm::Value* FunctionLowering::isUnsignedWord(llvm::Value* v) { return b_.CreateAnd(isIntWord(v), b_.CreateICmpSGE(v, word(0))); }

llvm::Value* FunctionLowering::heapUnsigned(llvm::Value* v, llvm::BasicBlock* otherwise) {
  goOnIf(layoutIs(v, "intType"), otherwise, true);
  goOnIf(b_.CreateICmpEQ(load(field(v, offsetof(IntObject, size))), word(1)), otherwise, true);
  return load(field(v, offsetof(IntObject, limbs)));
}

llvm::Value* FunctionLowering::heapLow(llvm::Value* v, llvm::BasicBlock* otherwise) {
  goOnIf(layoutIs(v, "intType"), otherwise, true);
  llvm::Value* size = load(field(v, offsetof(IntObject, size)));
  goOnIf(b_.CreateICmpNE(size, word(0)), otherwise, true);
  llvm::Value* limb = load(field(v, offsetof(IntObject, limbs)));
  return b_.CreateSelect(b_.CreateICmpSLT(size, word(0)), b_.CreateNeg(limb), limb);
}

// `isLow`: of any int, the low bits.
void FunctionLowering::unboxUnsigned(const Instruction& i, bool isLow) {
  flowInto(i);
  llvm::BasicBlock *out = edgeBlock(i, 1), *other = newBlock("no.small"), *next = newBlock();
  llvm::Value* v = operand(i, 0);
  goOnIf(isLow ? isIntWord(v) : isUnsignedWord(v), other, false);
  llvm::Value* small = numberOf(v);
  llvm::BasicBlock* isSmall = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(other);
  goOnIf(isPointerWord(v), out, true);
  llvm::Value* limb = isLow ? heapLow(v, out) : heapUnsigned(v, out);
  llvm::BasicBlock* isLarge = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{small, isSmall}, {limb, isLarge}}));
  branchTo(i, 0);
}
void FunctionLowering::lower(Tag<Op::U64Check>, const Instruction& i) { unboxUnsigned(i, false); }
void FunctionLowering::lower(Tag<Op::U64Low>, const Instruction& i) { unboxUnsigned(i, true); }
void FunctionLowering::lower(Tag<Op::U64ToInt>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  guardedBy(i, b_.CreateICmpULE(v, word(static_cast<uint64_t>(Value::kSmallMax))), tagged(v));
}
void FunctionLowering::lower(Tag<Op::IntToU64>, const Instruction& i) { setResult(i, numberOf(operand(i, 0))); }

void FunctionLowering::lower(Tag<Op::ListCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  goOnIf(isPointerWord(v), out, true);
  goOnIf(layoutIs(v, "listType"), out, true);
  branchTo(i, 0);
}

// The class itself is compared here, all else asked for.
void FunctionLowering::lower(Tag<Op::InstanceCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value *v = operand(i, 0), *cls = operand(i, 1);
  auto* object = newBlock("object");
  auto* ask = newBlock("ask");
  auto* next = newBlock();
  b_.CreateCondBr(isPointerWord(v), object, ask);
  b_.SetInsertPoint(object);
  llvm::Value* type = load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), layoutOf(v), offsetof(Layout, type)), layout::Access::Shape);
  b_.CreateCondBr(b_.CreateICmpEQ(type, cls), next, ask, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(ask);
  llvm::Value* known = callEntry(Entry::krt_known_instance, {v, cls});
  goOnIf(b_.CreateICmpSGE(known, i32(0)), out, true);
  llvm::Value* isIt = b_.CreateICmpNE(known, i32(0));
  llvm::BasicBlock* asked = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{b_.getTrue(), object}, {isIt, asked}}));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::TextEq>, const Instruction& i) {
  llvm::Value* known = callEntry(Entry::krt_known_text, {operand(i, 0), operand(i, 1)});
  guardedBy(i, b_.CreateICmpSGE(known, i32(0)), b_.CreateICmpNE(known, i32(0)));
}

// The version that is known at its place: that of a class that has all methods, if it is the same.
llvm::Value* FunctionLowering::expectedVersion(llvm::Value* version, llvm::Constant* methods) {
  static_assert(offsetof(ExpectedMethods, versions) == 0 && ExpectedMethods::kVersionMask * 4 == (ExpectedMethods::kVersions - 1) * sizeof(uint64_t));
  llvm::Value* place = b_.CreateMul(b_.CreateAnd(version, word(ExpectedMethods::kVersionMask)), word(4));
  return load(b_.CreateInBoundsGEP(b_.getInt8Ty(), methods, place), layout::Access::Shape);
}

/// All methods that the shape expects are looked up in the class alone.
bool FunctionLowering::asksClassAlone(const Instruction& i) const {
  return std::ranges::all_of(f_.shapes[static_cast<size_t>(i.imm)].methods, isOfClass, &ir::core::ObjectShape::Method::kind);
}

void FunctionLowering::lower(Tag<Op::ShapeCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* object = operand(i, 0);
  llvm::Constant* shape = shapeOf(i);
  auto* ask = newBlock("ask");
  goOnIf(isPointerWord(object), out, true); // what it is then known to be need not be asked again behind `ask`
  using enum layout::Access;
  llvm::BasicBlock* good = nullptr;
  if (llvm::Constant* methods = m_.methodsOf(shape)) {
    llvm::Value* version = load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), layoutOf(object), -kVersionBelowLayout), Shape);
    llvm::Value* expected = expectedVersion(version, methods);
    if (asksClassAlone(i)) {
      good = goOnIf(b_.CreateICmpEQ(version, expected), ask, true);
    } else {
      auto *bare = newBlock("without.dict"), *next = newBlock();
      b_.CreateCondBr(b_.CreateICmpEQ(version, expected), next, bare, llvm::MDBuilder(context_).createBranchWeights(4, 1)); // not seldom, and not cold
      b_.SetInsertPoint(next);
      good = goOnIf(b_.CreateICmpEQ(load(field(object, kPrefixDictOffset), Slot), word(0)), ask, true);
      b_.SetInsertPoint(bare);
      b_.CreateCondBr(b_.CreateICmpEQ(b_.CreateOr(version, word(ExpectedMethods::kWithoutDict)), expected), good, ask);
    }
  } else {
    llvm::Value* where = load(layout::offsetAddress(shape, offsetof(krait::Shape, where)), Shape);
    llvm::Value* family = load(b_.CreateInBoundsGEP(i64_, layoutOf(object), where), Shape);
    llvm::Value* expected = load(layout::offsetAddress(shape, offsetof(krait::Shape, family)), Shape);
    good = goOnIf(b_.CreateICmpEQ(family, expected), ask, true);
  }
  b_.SetInsertPoint(ask);
  b_.CreateCondBr(b_.CreateICmpNE(callEntry(Entry::krt_shape_learn, {object, shape}), i32(0)), good, out);
  b_.SetInsertPoint(good);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ClassSame>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* layouts[2];
  for (uint32_t n : {0u, 1u}) {
    llvm::Value* v = operand(i, n);
    const bool isClass = i.imm & (1 << n);
    if (!isClass) goOnIf(isPointerWord(v), out, true);
    layouts[n] = isClass ? field(v, offsetof(Type, instanceLayout)) : layoutOf(v);
  }
  goOnIf(b_.CreateICmpEQ(layouts[0], layouts[1]), out, true);
  branchTo(i, 0);
}

// ---- small ints: words are 2v + 1 ---------------------------------------------------------------

void FunctionLowering::checkedInt(const Instruction& i, llvm::Intrinsic::ID operation, llvm::Value* a, llvm::Value* b, bool isBare) {
  llvm::Value* both = b_.CreateIntrinsic(operation, {i64_}, {a, b});
  llvm::Value* made = b_.CreateExtractValue(both, 0);
  guardedBy(i, b_.CreateNot(b_.CreateExtractValue(both, 1)), isBare ? b_.CreateAdd(made, word(1)) : made);
}

llvm::Value* FunctionLowering::numberOf(llvm::Value* w) { return b_.CreateAShr(w, 1); }
// A small int has 63 bits: so LLVM knows that numberOf() of it is the number.
llvm::Value* FunctionLowering::tagged(llvm::Value* v) { return b_.CreateNSWAdd(b_.CreateShl(v, 1, "", false, true), word(Value::kIntTag)); }

void FunctionLowering::lower(Tag<Op::IntConst>, const Instruction& i) { setResult(i, word(Value::ofSmallInt(i.imm).bits)); }
void FunctionLowering::lower(Tag<Op::IntAdd>, const Instruction& i) {
  checkedInt(i, llvm::Intrinsic::sadd_with_overflow, operand(i, 0), b_.CreateSub(operand(i, 1), word(1)), false);
}
void FunctionLowering::lower(Tag<Op::IntSub>, const Instruction& i) {
  checkedInt(i, llvm::Intrinsic::ssub_with_overflow, operand(i, 0), b_.CreateSub(operand(i, 1), word(1)), false);
}
void FunctionLowering::lower(Tag<Op::IntMul>, const Instruction& i) {
  checkedInt(i, llvm::Intrinsic::smul_with_overflow, b_.CreateSub(operand(i, 0), word(1)), numberOf(operand(i, 1)), true);
}

// The rest has the divisor's sign. Divisors below zero are beside the way.
void FunctionLowering::divideInts(const Instruction& i, bool isModulo) {
  llvm::Value *left = operand(i, 0), *right = operand(i, 1);
  llvm::Value *x = numberOf(left), *y = numberOf(right);
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(y); constant && constant->getSExtValue() > 0 && llvm::isPowerOf2_64(constant->getZExtValue())) {
    const uint64_t by = constant->getZExtValue();
    return guardedBy(i, b_.getTrue(), isModulo ? b_.CreateAnd(left, word(2 * by - 1)) : tagged(b_.CreateAShr(x, word(llvm::Log2_64(by)))));
  }
  flowInto(i);
  llvm::BasicBlock *out = edgeBlock(i, 1), *negative = newBlock("negative"), *next = newBlock();
  auto divide = [&](llvm::CmpInst::Predicate isOfOtherSign) {
    llvm::Value* rest = b_.CreateSRem(x, y);
    llvm::Value* isOther = b_.CreateICmp(isOfOtherSign, rest, word(0));
    llvm::Value* made = isModulo ? b_.CreateSelect(isOther, b_.CreateAdd(rest, y), rest) : b_.CreateSub(b_.CreateSDiv(x, y), b_.CreateZExt(isOther, i64_));
    b_.CreateBr(next);
    return std::pair(made, b_.GetInsertBlock());
  };
  goOnIf(b_.CreateICmpSGT(y, word(0)), negative, true);
  const auto plain = divide(llvm::CmpInst::ICMP_SLT);
  b_.SetInsertPoint(negative);
  llvm::Value* isBelow = b_.CreateICmpSLT(y, word(0));
  if (!isModulo) isBelow = b_.CreateAnd(isBelow, b_.CreateICmpSGT(x, word(static_cast<uint64_t>(Value::kSmallMin)))); // by -1 it would be no small one
  goOnIf(isBelow, out, true);
  const auto other = divide(llvm::CmpInst::ICMP_SGT);
  b_.SetInsertPoint(next);
  setResult(i, tagged(joined({plain, other})));
  branchTo(i, 0);
}
void FunctionLowering::lower(Tag<Op::IntFloorDiv>, const Instruction& i) { divideInts(i, false); }
void FunctionLowering::lower(Tag<Op::IntMod>, const Instruction& i) { divideInts(i, true); }

// Most numbers fit 64 bits; the others are divided by a function of the compiler's runtime.
void FunctionLowering::lower(Tag<Op::IntMulMod>, const Instruction& i) {
  llvm::Value *x = numberOf(operand(i, 0)), *y = numberOf(operand(i, 1)), *term = numberOf(operand(i, 2)), *divisor = numberOf(operand(i, 3));
  flowInto(i);
  llvm::BasicBlock *out = edgeBlock(i, 1), *wide = newBlock("wide"), *next = newBlock();
  goOnIf(b_.CreateICmpSGT(divisor, word(0)), out, true);
  llvm::Value* product = b_.CreateIntrinsic(llvm::Intrinsic::smul_with_overflow, {i64_}, {x, y});
  llvm::Value* sum = b_.CreateIntrinsic(llvm::Intrinsic::sadd_with_overflow, {i64_}, {b_.CreateExtractValue(product, 0), term});
  goOnIf(b_.CreateNot(b_.CreateOr(b_.CreateExtractValue(product, 1), b_.CreateExtractValue(sum, 1))), wide, true);
  llvm::Value* rest = b_.CreateSRem(b_.CreateExtractValue(sum, 0), divisor);
  llvm::BasicBlock* ofWord = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(wide);
  auto extended = [&](llvm::Value* v) { return b_.CreateSExt(v, b_.getInt128Ty()); };
  llvm::Value* whole = b_.CreateAdd(b_.CreateMul(extended(x), extended(y)), extended(term));
  llvm::Value* ofWhole = b_.CreateTrunc(b_.CreateSRem(whole, extended(divisor)), i64_);
  llvm::BasicBlock* ofTwo = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  rest = joined({{rest, ofWord}, {ofWhole, ofTwo}});
  setResult(i, tagged(b_.CreateSelect(b_.CreateICmpSLT(rest, word(0)), b_.CreateAdd(rest, divisor), rest)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::IntLShift>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* by = numberOf(operand(i, 1));
  goOnIf(b_.CreateICmpULE(by, word(61)), out, true);
  llvm::Value* bare = b_.CreateSub(operand(i, 0), word(1));
  llvm::Value* shifted = b_.CreateShl(bare, by);
  goOnIf(b_.CreateICmpEQ(b_.CreateAShr(shifted, by), bare), out, true);
  setResult(i, b_.CreateAdd(shifted, word(1)));
  branchTo(i, 0);
}
void FunctionLowering::lower(Tag<Op::IntRShift>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* by = numberOf(operand(i, 1));
  goOnIf(b_.CreateICmpULE(by, word(62)), out, true);
  setResult(i, tagged(b_.CreateAShr(numberOf(operand(i, 0)), by)));
  branchTo(i, 0);
}
void FunctionLowering::lower(Tag<Op::IntAbs>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  llvm::Value* both = b_.CreateIntrinsic(llvm::Intrinsic::ssub_with_overflow, {i64_}, {word(2), v});
  guardedBy(i, b_.CreateNot(b_.CreateExtractValue(both, 1)), b_.CreateSelect(b_.CreateICmpSLT(v, word(0)), b_.CreateExtractValue(both, 0), v));
}
void FunctionLowering::lower(Tag<Op::IntAnd>, const Instruction& i) { setResult(i, b_.CreateAnd(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::IntOr>, const Instruction& i) { setResult(i, b_.CreateOr(operand(i, 0), operand(i, 1))); }
void FunctionLowering::lower(Tag<Op::IntXor>, const Instruction& i) {
  setResult(i, b_.CreateOr(b_.CreateXor(operand(i, 0), operand(i, 1)), word(Value::kIntTag)));
}

#define KRAIT_RAW(op, ...)                                                                                     \
  void FunctionLowering::lower(Tag<Op::op>, const Instruction& i) { __VA_ARGS__; }
KRAIT_RAW(IntLt, compareRaw(i, llvm::CmpInst::ICMP_SLT))
KRAIT_RAW(IntLe, compareRaw(i, llvm::CmpInst::ICMP_SLE))
KRAIT_RAW(IntEq, compareRaw(i, llvm::CmpInst::ICMP_EQ))
KRAIT_RAW(IntNe, compareRaw(i, llvm::CmpInst::ICMP_NE))
KRAIT_RAW(IntGt, compareRaw(i, llvm::CmpInst::ICMP_SGT))
KRAIT_RAW(IntGe, compareRaw(i, llvm::CmpInst::ICMP_SGE))
KRAIT_RAW(IntMin, extremeOf(i, llvm::CmpInst::ICMP_SLT))
KRAIT_RAW(IntMax, extremeOf(i, llvm::CmpInst::ICMP_SGT))
KRAIT_RAW(F64Min, extremeOf(i, llvm::CmpInst::FCMP_OLT))
KRAIT_RAW(F64Max, extremeOf(i, llvm::CmpInst::FCMP_OGT))
KRAIT_RAW(F64Neg, setResult(i, b_.CreateFNeg(operand(i, 0))))
KRAIT_RAW(F64Abs, setResult(i, b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, operand(i, 0))))
KRAIT_RAW(IntToF64, setResult(i, b_.CreateSIToFP(numberOf(operand(i, 0)), b_.getDoubleTy())))
#undef KRAIT_RAW

// Of equal ones the first is the answer.
void FunctionLowering::extremeOf(const Instruction& i, llvm::CmpInst::Predicate better) {
  llvm::Value *a = operand(i, 0), *b = operand(i, 1);
  setResult(i, b_.CreateSelect(b_.CreateCmp(better, b, a), b, a));
}

void FunctionLowering::lower(Tag<Op::LengthPeek>, const Instruction& i) {
  flowInto(i);
  llvm::Value* v = operand(i, 0);
  setResult(i, smallInt(lengthAtHand(v, edgeBlock(i, 1))));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::IntExact>, const Instruction& i) {
  llvm::Value* v = numberOf(operand(i, 0));
  llvm::Value* distance = b_.CreateAdd(v, word(kExactDouble));
  guardedBy(i, b_.CreateICmpULE(distance, word(2 * kExactDouble)), b_.CreateSIToFP(v, b_.getDoubleTy()));
}

void FunctionLowering::lower(Tag<Op::F64ToInt>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  llvm::Value* size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, v);
  goOnIf(b_.CreateFCmpOLT(size, llvm::ConstantFP::get(b_.getDoubleTy(), kIntLimit)), out, true);
  setResult(i, tagged(b_.CreateFPToSI(v, i64_)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::RealMethod>, const Instruction& i) {
  setResult(i, callEntry(Entry::krt_real_method, {operand(i, 0), name(i.index), m_.newCache(), operand(i, 1)}));
}

void FunctionLowering::lower(Tag<Op::RealMethodOfTwo>, const Instruction& i) {
  setResult(i, callEntry(Entry::krt_real_method_of_two, {operand(i, 0), name(i.index), m_.newCache(), operand(i, 1), operand(i, 2)}));
}
void FunctionLowering::lower(Tag<Op::WholeMethod>, const Instruction& i) {
  setResult(i, callEntry(Entry::krt_whole_method, {operand(i, 0), name(i.index), m_.newCache(), operand(i, 1)}));
}

// ---- slots --------------------------------------------------------------------------------------

llvm::Constant* FunctionLowering::shapeOf(const Instruction& i) {
  if (shapes_.size() < f_.shapes.size()) shapes_.resize(f_.shapes.size());
  llvm::Constant*& shape = shapes_[static_cast<size_t>(i.imm)];
  if (writtenShapes_.size() < f_.shapes.size()) writtenShapes_ = f_.writtenShapes();
  return shape ? shape : shape = m_.newShape(f_.shapes[static_cast<size_t>(i.imm)], writtenShapes_[static_cast<size_t>(i.imm)]);
}

llvm::Value* FunctionLowering::slotAddressIn(const Instruction& i) {
  llvm::Value* offset = load(layout::offsetAddress(shapeOf(i), int64_t(offsetof(Shape, offsets) + static_cast<size_t>(i.imm2) * 8)), layout::Access::Shape);
  return b_.CreateInBoundsGEP(b_.getInt8Ty(), b_.CreateIntToPtr(operand(i, 0), ptr_), offset);
}

// Whether the next that looks at what a slot has is a test for a number: before it, nothing but what computes, and guards that leave
// for the same place with nothing in hand.
static bool isTestedNext(const Instruction& slot) {
  constexpr int kMostGuards = 8;
  const Instruction* next = slot.target(0)->first;
  for (int guards = 0; guards < kMostGuards;) {
    const bool isNumberCheck = next->is(Op::IntCheck) || next->is(Op::FloatCheck) || next->is(Op::RealCheck) || next->is(Op::ExactCheck);
    for (uint32_t n = 0; n < next->operandCount; ++n)
      if (next->operand(n) == slot.result()) return isNumberCheck && n == 0;
    if (!ir::core::isTerminator(next->op)) {
      const bool isRead = next->is(Op::LocalRead) || next->is(Op::IntGet) || next->is(Op::F64Get);
      if (next->info().flags != ir::core::op_flags::kPure && !isRead) return false;
      next = next->next;
      continue;
    }
    const bool isGuard = isNumberCheck || next->is(Op::SlotGet) || next->is(Op::ShapeCheck) || next->is(Op::RealExact);
    const bool leavesAlike = isGuard && next->target(1) == slot.target(1) && !next->successors[1].argumentCount && !slot.successors[1].argumentCount;
    if (!leavesAlike || next->successors[0].argumentCount) return false;
    next = next->target(0)->first;
    ++guards;
  }
  return false;
}

// What is asked next whether it is a number is no null word if it is one: that is asked only if it is none.
void FunctionLowering::lower(Tag<Op::SlotGet>, const Instruction& i) {
  llvm::Value* v = load(slotAddressIn(i), layout::Access::Slot);
  if (!isTestedNext(i)) return guardedBy(i, b_.CreateICmpNE(v, word(0)), v);
  flowInto(i);
  absent_[i.result()] = edgeBlock(i, 1);
  setResult(i, v);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::SlotReplace>, const Instruction& i) {
  llvm::Value* address = slotAddressIn(i);
  llvm::Value *old = load(address, layout::Access::Slot), *stored = operand(i, 1);
  if (!i.operand(1)->type.isInert()) callEntry(Entry::krt_attr_holds, {operand(i, 0), stored}); // no text, no number can be in a cycle
  store(stored, address, layout::Access::Slot);
  setResult(i, old);
}

// ---- calls that the version does itself ---------------------------------------------------------

void FunctionLowering::lower(Tag<Op::GlobalPeek>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = load(m_.cell(i.index), layout::Access::Cell);
  // Both are loaded, so that neither has to be loaded again in a loop.
  if (llvm::Constant* ofBuiltins = builtinCell(i.index))
    v = b_.CreateSelect(b_.CreateICmpNE(v, word(0)), v, load(ofBuiltins, layout::Access::Cell));
  goOnIf(b_.CreateICmpNE(v, word(0)), out, true);
  setResult(i, v);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::AttrPeek>, const Instruction& i) { peek(i, Entry::krt_attr_peek); }
void FunctionLowering::lower(Tag<Op::ConstantPeek>, const Instruction& i) { peek(i, Entry::krt_constant_peek); }

void FunctionLowering::peek(const Instruction& i, Entry entry) {
  llvm::Value* v = callEntry(entry, {operand(i, 0), name(i.index), m_.newCache()});
  guardedBy(i, b_.CreateICmpNE(v, word(0)), v);
}
void FunctionLowering::lower(Tag<Op::MethodFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_method, {operand(i, 0), name(i.index)}), i64_));
}
void FunctionLowering::lower(Tag<Op::StaticFind>, const Instruction& i) {
  auto* takesClass = i32(static_cast<uint32_t>(i.imm));
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_static, {operand(i, 0), name(i.index), m_.newCache(), takesClass}), i64_));
}
void FunctionLowering::lower(Tag<Op::SuperFind>, const Instruction& i) {
  auto* isClass = i32(static_cast<uint32_t>(i.imm));
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_super, {operand(i, 0), operand(i, 1), name(i.index), m_.newCache(), isClass}), i64_));
}
void FunctionLowering::lower(Tag<Op::GetterFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_getter, {operand(i, 0), name(i.index), m_.newCache()}), i64_));
}
void FunctionLowering::lower(Tag<Op::SetterFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_setter, {operand(i, 0), name(i.index), m_.newCache()}), i64_));
}
void FunctionLowering::lower(Tag<Op::OperatorFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_operator, {operand(i, 0), operand(i, 1), name(i.index)}), i64_));
}
void FunctionLowering::lower(Tag<Op::OperatorFindOf>, const Instruction& i) {
  auto* classes = i32(static_cast<uint32_t>(i.imm));
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_operator_of, {operand(i, 0), operand(i, 1), name(i.index), classes}), i64_));
}
void FunctionLowering::lower(Tag<Op::FunctionFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_function, {operand(i, 0)}), i64_));
}

void FunctionLowering::lower(Tag<Op::InitFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_init, {operand(i, 0)}), i64_));
}
void FunctionLowering::lower(Tag<Op::ClassFind>, const Instruction& i) {
  setResult(i, b_.CreatePtrToInt(callEntry(Entry::krt_known_of_class, {operand(i, 0), name(i.index)}), i64_));
}
void FunctionLowering::lower(Tag<Op::ClassCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* cls = operand(i, 0);
  llvm::Constant* shape = shapeOf(i);
  auto fits = [&] { return b_.CreateICmpNE(callEntry(Entry::krt_class_fits, {cls, shape}), i32(0)); };
  if (llvm::Constant* methods = m_.methodsOf(shape)) {
    auto* ask = newBlock("ask");
    goOnIf(isPointerWord(cls), ask, true);
    goOnIf(layoutIs(cls, "typeType"), ask, true);
    llvm::Value* version = load(field(cls, offsetof(Type, version)), layout::Access::Shape);
    llvm::Value* expected = expectedVersion(version, methods);
    if (!asksClassAlone(i)) version = b_.CreateOr(version, word(ExpectedMethods::kWithoutDict)), expected = b_.CreateOr(expected, word(ExpectedMethods::kWithoutDict));
    llvm::BasicBlock* good = goOnIf(b_.CreateICmpEQ(version, expected), ask, true); // an instance that is made has no dict yet
    b_.SetInsertPoint(ask);
    b_.CreateCondBr(fits(), good, out);
    b_.SetInsertPoint(good);
  } else {
    goOnIf(fits(), out, true);
  }
  branchTo(i, 0);
}
void FunctionLowering::lower(Tag<Op::InstanceNew>, const Instruction& i) {
  for (size_t n = 1; n < i.operandCount; ++n) b_.CreateStore(operand(i, n), bufferSlot(n - 1));
  finishCall(i, callEntry(Entry::krt_instance_filled, {operand(i, 0), shapeOf(i), buffer_}));
}
void FunctionLowering::lower(Tag<Op::Collect>, const Instruction&) { callEntry(Entry::krt_collect, {}); }

void FunctionLowering::lower(Tag<Op::EntryCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* function = operand(i, 0);
  goOnIf(b_.CreateICmpNE(function, word(0)), out, true);
  llvm::Value* entry = loadPointer(field(function, offsetof(FunctionObject, entry)), layout::Access::Shape);
  goOnIf(b_.CreateICmpEQ(entry, m_.machineEntry(*m_.ir().functions[i.index])), out, true);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::DefaultGet>, const Instruction& i) {
  flowInto(i);
  llvm::Value* defaults = defaultsOf(operand(i, 0), static_cast<uint32_t>(i.imm2), edgeBlock(i, 1));
  setResult(i, defaultAt(defaults, static_cast<uint32_t>(i.imm)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::DepthCheck>, const Instruction& i) {
  auto ofThread = [&](size_t offset) {
    llvm::Value* address = layout::offsetAddress(layout::externalData(m_.llvm(), "krt_hot"), static_cast<int64_t>(offset));
    return layout::ofKind(b_.CreateLoad(i32_, address), layout::Access::State);
  };
  llvm::Value* depth = b_.CreateAdd(ofThread(offsetof(HotState, depth)), i32(static_cast<uint32_t>(i.imm)));
  guardedBy(i, b_.CreateICmpULE(depth, ofThread(offsetof(HotState, limit))), nullptr);
}

void FunctionLowering::lower(Tag<Op::PresentCheck>, const Instruction& i) { guardedBy(i, b_.CreateICmpNE(operand(i, 0), word(0)), operand(i, 0)); }
void FunctionLowering::lower(Tag<Op::AbsentCheck>, const Instruction& i) { guardedBy(i, b_.CreateICmpEQ(operand(i, 0), word(0)), nullptr); }

void FunctionLowering::lower(Tag<Op::InertCheck>, const Instruction& i) {
  flowInto(i);
  diesQuietly(i, 1, newBlock());
}

void FunctionLowering::lower(Tag<Op::ApartCheck>, const Instruction& i) {
  flowInto(i);
  auto *same = newBlock("same"), *next = newBlock();
  b_.CreateCondBr(b_.CreateICmpNE(operand(i, 0), operand(i, 1)), next, same, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(same);
  diesQuietly(i, static_cast<uint64_t>(i.imm), next);
}

// Whether no code runs when so many references to the first operand die: the first edge behind `next`, else the second.
void FunctionLowering::diesQuietly(const Instruction& i, uint64_t references, llvm::BasicBlock* next) {
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  auto* pointer = newBlock("pointer");
  auto* last = newBlock("last");
  b_.CreateCondBr(isPointerWord(v), pointer, next);
  b_.SetInsertPoint(pointer);
  // Unsigned: what is immortal has less than none.
  b_.CreateCondBr(b_.CreateICmpUGT(refsOf(v), word(references)), next, last, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(last);
  llvm::Value* isInert = b_.CreateOr(layoutIs(v, "floatType"), b_.CreateOr(layoutIs(v, "intType"), layoutIs(v, "strType")));
  b_.CreateCondBr(isInert, next, out);
  b_.SetInsertPoint(next);
  branchTo(i, 0);
}

} // namespace krait::codegen::lower
