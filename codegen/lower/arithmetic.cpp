// Operators whose operands are guessed to be numbers (ir/passes/guess_numbers.cpp): the kind that is guessed inline,
// everything else by a call that nothing is inlined from.
//
//   tests of the tags ──no──> slow: the runtime's operator ──> next
//        │                      ^
//   the machine's operation ─overflow─> next
#include <array>
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/function_lowering.h"
#include "codegen/lower/operators.h"
#include "ir/core/module.h"

namespace krait::codegen::lower {

using ir::core::Constant;
using ir::core::ConstantKind;
using ir::core::Guess;

namespace {

enum class Arithmetic : uint8_t { Add, Sub, Mul, TrueDiv, Compare };

Arithmetic arithmeticOf(Op op) {
  switch (op) {
  case Op::BinaryAdd:
  case Op::InplaceAdd: return Arithmetic::Add;
  case Op::BinarySub:
  case Op::InplaceSub: return Arithmetic::Sub;
  case Op::BinaryMul:
  case Op::InplaceMul: return Arithmetic::Mul;
  case Op::BinaryTrueDiv:
  case Op::InplaceTrueDiv: return Arithmetic::TrueDiv;
  default: return Arithmetic::Compare;
  }
}

} // namespace

llvm::Value* FunctionLowering::isFloatWord(llvm::Value* v) {
  llvm::Value* ending = b_.CreateAnd(b_.CreateTrunc(v, i32_), i32(31));
  return b_.CreateTrunc(b_.CreateLShr(i32(Value::kFloatTags), ending), b_.getInt1Ty());
}

llvm::Value* FunctionLowering::isGuessed(llvm::Value* v, Guess guess) {
  if (guess == Guess::Float) return isFloatWord(v);
  return b_.CreateICmpNE(b_.CreateAnd(v, word(Value::kIntTag)), word(0));
}

// The test is the one of the arithmetic, so that on the straight way its answer is known.
void FunctionLowering::dropGuessed(llvm::Value* v, Guess guess, const ir::core::Type& type) {
  // A loop that is too long for inlining still need not call for numbers.
  const bool isLongLoop = !fastPaths_ && hasLoop_ && m_.options().optimise;
  if (!isLongLoop && (!fastPaths_ || guess == Guess::Complex || !isNumber(guess))) return drop(v, type);
  auto* other = newBlock("unexpected");
  auto* next = newBlock();
  if (isLongLoop) b_.CreateCondBr(isPointerWord(v), other, next);
  else b_.CreateCondBr(isGuessed(v, guess), next, other, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(other);
  drop(v, type);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

// Value::immediateFloat.
llvm::Value* FunctionLowering::unboxFloat(llvm::Value* v) {
  llvm::Value* rotated = b_.CreateIntrinsic(llvm::Intrinsic::fshl, {i64_}, {v, v, word(64 - Value::kFloatTurn)});
  return b_.CreateBitCast(b_.CreateSub(rotated, word(Value::kFloatBias)), b_.getDoubleTy());
}

llvm::CallInst* FunctionLowering::callSlow(Entry e, llvm::ArrayRef<llvm::Value*> arguments) {
  llvm::CallInst* made = callEntry(e, arguments);
  made->addFnAttr(llvm::Attribute::NoInline);
  made->addFnAttr(llvm::Attribute::get(context_, kSlowPath));
  return made;
}

void FunctionLowering::arithmetic(Entry entry, const Instruction& i) {
  const Arithmetic what = arithmeticOf(i.op);
  const Constant* constants[2];
  Guess guesses[2];
  for (size_t n : {0u, 1u}) {
    const Temp* t = i.operand(n);
    constants[n] = t->definition && t->definition->is(Op::Const) ? &m_.ir().constants[t->definition->index] : nullptr;
    guesses[n] = constants[n] ? constants[n]->kind == ConstantKind::Int && Value::fitsSmall(constants[n]->integer) ? Guess::Int
                                : constants[n]->kind == ConstantKind::Float ? Guess::Float
                                                                            : Guess::None
                  : t->guess == Guess::Complex || !isNumber(t->guess) ? Guess::None
                                               : t->guess;
  }
  const bool isFloat = guesses[0] == Guess::Float || guesses[1] == Guess::Float;
  bool usable = fastPaths_ && !observesIdentity() && !i.block->cold && (!isVersioned() || i.block->version) && guesses[0] != Guess::None && guesses[1] != Guess::None && !(constants[0] && constants[1]) &&
                (isFloat || what != Arithmetic::TrueDiv);
  for (size_t n : {0u, 1u}) {
    if (!usable || !isFloat || guesses[n] != Guess::Int) continue;
    // A comparison of an int and a float is exact, arithmetic is not.
    if (constants[n]) usable = constants[n]->integer <= kExactDouble && constants[n]->integer >= -kExactDouble;
    else usable = what != Arithmetic::Compare;
  }
  if (usable && what == Arithmetic::TrueDiv && constants[1])
    usable = constants[1]->kind == ConstantKind::Int ? constants[1]->integer != 0 : constants[1]->real != 0;
  if (!usable) return i.block->cold && fastPaths_ ? slowArithmetic(entry, i) : lowerAsCall(entry, i);

  llvm::Value* words[] = {operand(i, 0), operand(i, 1)};
  auto* slow = newBlock("unexpected");
  auto* next = newBlock();
  for (size_t n : {0u, 1u})
    if (!constants[n]) goOnIf(isGuessed(words[n], guesses[n]), slow, true);
  llvm::Value* fast = nullptr;
  if (isFloat) {
    llvm::Value* numbers[2];
    for (size_t n : {0u, 1u}) {
      if (constants[n])
        numbers[n] = llvm::ConstantFP::get(b_.getDoubleTy(), constants[n]->kind == ConstantKind::Float
                                                                 ? constants[n]->real
                                                                 : static_cast<double>(constants[n]->integer));
      else if (guesses[n] == Guess::Float)
        numbers[n] = unboxFloat(words[n]);
      else
        numbers[n] = b_.CreateSIToFP(b_.CreateAShr(words[n], 1), b_.getDoubleTy());
    }
    if (what == Arithmetic::TrueDiv && !constants[1])
      goOnIf(b_.CreateFCmpUNE(numbers[1], llvm::ConstantFP::get(b_.getDoubleTy(), 0)), slow, true);
    switch (what) {
    case Arithmetic::Add: fast = b_.CreateFAdd(numbers[0], numbers[1]); break;
    case Arithmetic::Sub: fast = b_.CreateFSub(numbers[0], numbers[1]); break;
    case Arithmetic::Mul: fast = b_.CreateFMul(numbers[0], numbers[1]); break;
    case Arithmetic::TrueDiv: fast = b_.CreateFDiv(numbers[0], numbers[1]); break;
    case Arithmetic::Compare: fast = b_.CreateFCmp(predicateOf(i.op, true), numbers[0], numbers[1]); break;
    }
    if (what != Arithmetic::Compare) fast = callEntry(Entry::krt_box_float, {fast});
  } else if (what == Arithmetic::Compare) {
    fast = b_.CreateICmp(predicateOf(i.op, false), words[0], words[1]);
  } else {
    // Words are 2v + 1.
    llvm::Value* left = what == Arithmetic::Mul ? b_.CreateSub(words[0], word(1)) : words[0];
    llvm::Value* right = what == Arithmetic::Mul ? b_.CreateAShr(words[1], 1) : b_.CreateSub(words[1], word(1));
    const llvm::Intrinsic::ID operation = what == Arithmetic::Add   ? llvm::Intrinsic::sadd_with_overflow
                                          : what == Arithmetic::Sub ? llvm::Intrinsic::ssub_with_overflow
                                                                    : llvm::Intrinsic::smul_with_overflow;
    llvm::Value* both = b_.CreateIntrinsic(operation, {i64_}, {left, right});
    goOnIf(b_.CreateNot(b_.CreateExtractValue(both, 1)), slow, true);
    fast = b_.CreateExtractValue(both, 0);
    if (what == Arithmetic::Mul) fast = b_.CreateAdd(fast, word(1));
  }
  llvm::BasicBlock* fastEnd = b_.GetInsertBlock();
  b_.CreateBr(next);

  b_.SetInsertPoint(slow);
  llvm::Value* result = callSlow(entry, {words[0], words[1]});
  const bool isTest = what == Arithmetic::Compare;
  failIf(isTest ? b_.CreateICmpSLT(result, i32(0)) : b_.CreateICmpEQ(result, word(0)), i);
  if (isTest) result = b_.CreateICmpNE(result, i32(0));
  llvm::BasicBlock* slowEnd = b_.GetInsertBlock();
  b_.CreateBr(next);

  b_.SetInsertPoint(next);
  setResult(i, joined({{fast, fastEnd}, {result, slowEnd}}));
}

void FunctionLowering::slowArithmetic(Entry entry, const Instruction& i) {
  finishCall(i, callSlow(entry, {operand(i, 0), operand(i, 1)}));
}

// What is a text is not asked whether it is a number.
void FunctionLowering::addition(Entry entry, Entry ofText, const Instruction& i) {
  if (fastPaths_ && !i.block->cold && (isProbablyText(i.operand(0)) || isProbablyText(i.operand(1)))) return lowerAsCall(ofText, i);
  arithmetic(entry, i);
}
void FunctionLowering::lower(Tag<Op::BinaryAdd>, const Instruction& i) { addition(Entry::krt_add, Entry::krt_text_add, i); }
void FunctionLowering::lower(Tag<Op::InplaceAdd>, const Instruction& i) { addition(Entry::krt_iadd, Entry::krt_text_iadd, i); }

#define KRAIT_ARITHMETIC(op, entry)                                                                           \
  void FunctionLowering::lower(Tag<Op::op>, const Instruction& i) { arithmetic(Entry::entry, i); }
KRAIT_ARITHMETIC(BinarySub, krt_sub)
KRAIT_ARITHMETIC(BinaryMul, krt_mul)
KRAIT_ARITHMETIC(BinaryTrueDiv, krt_truediv)
KRAIT_ARITHMETIC(InplaceSub, krt_isub)
KRAIT_ARITHMETIC(InplaceMul, krt_imul)
KRAIT_ARITHMETIC(InplaceTrueDiv, krt_itruediv)
#undef KRAIT_ARITHMETIC

void FunctionLowering::testWords(Entry entry, const Instruction& i, llvm::Value* a, llvm::Value* b) {
  finishCall(i, i.block->cold ? callSlow(entry, {a, b}) : callEntry(entry, {a, b}));
}

bool FunctionLowering::isSharedText(const Temp* t) const {
  return t->definition && t->definition->is(Op::Const) && layout::ConstantPool::isShared(m_.ir().constants[t->definition->index]);
}

void FunctionLowering::equality(const Equality& row, const Instruction& i) {
  auto isText = [&](size_t n) { return i.operand(n)->type.isOnly(ir::core::Type::bit(ir::core::TypeBit::Str)); };
  if (isText(0) || isText(1)) {
    // Who is asked is the other one, in either order, and what is called is the same: str has no opinion of what is none.
    const size_t text = isText(1) ? 1 : 0;
    return testWords(isTest(i.op) && isSharedText(i.operand(text)) ? row.ofShared : row.ofText, i, operand(i, 1 - text), operand(i, text));
  }
  if (!isTest(i.op)) return lowerAsCall(row.entry, i);
  if (isProbablyText(i.operand(0)) || isProbablyText(i.operand(1))) return testWords(row.ofTexts, i, operand(i, 0), operand(i, 1));
  if (i.operand(0)->guess == Guess::Instance || i.operand(1)->guess == Guess::Instance) return testWords(row.ofObjects, i, operand(i, 0), operand(i, 1));
  arithmetic(row.entry, i);
}
#define KRAIT_EQUALITY(op, ...) \
  void FunctionLowering::lower(Tag<Op::op>, const Instruction& i) { equality({__VA_ARGS__}, i); }
KRAIT_EQUALITY(CompareEq, Entry::krt_eq, Entry::krt_text_eq)
KRAIT_EQUALITY(CompareNe, Entry::krt_ne, Entry::krt_text_ne)
KRAIT_EQUALITY(TestEq, Entry::krt_test_eq, Entry::krt_test_text_eq, Entry::krt_test_shared_eq, Entry::krt_test_texts_eq, Entry::krt_test_objects_eq)
KRAIT_EQUALITY(TestNe, Entry::krt_test_ne, Entry::krt_test_text_ne, Entry::krt_test_shared_ne, Entry::krt_test_texts_ne, Entry::krt_test_objects_ne)
#undef KRAIT_EQUALITY

void FunctionLowering::ordering(Entry entry, Entry ofTexts, const Instruction& i) {
  if (isProbablyText(i.operand(0)) || isProbablyText(i.operand(1))) return testWords(ofTexts, i, operand(i, 0), operand(i, 1));
  arithmetic(entry, i);
}
#define KRAIT_ORDERING(op, entry, ofTexts) \
  void FunctionLowering::lower(Tag<Op::op>, const Instruction& i) { ordering(Entry::entry, Entry::ofTexts, i); }
KRAIT_ORDERING(TestLt, krt_test_lt, krt_test_texts_lt)
KRAIT_ORDERING(TestLe, krt_test_le, krt_test_texts_le)
KRAIT_ORDERING(TestGt, krt_test_gt, krt_test_texts_gt)
KRAIT_ORDERING(TestGe, krt_test_ge, krt_test_texts_ge)
#undef KRAIT_ORDERING

} // namespace krait::codegen::lower
