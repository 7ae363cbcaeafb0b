// Numbers in the fast body (versions.cpp): what is known to be a small int is a word with a known tag, what is known to be
// a float is a raw double, and has a word only where somebody wants one. Whatever does not go well here is left to the
// general body before anything has happened.
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/function_lowering.h"
#include "codegen/lower/operators.h"
#include "codegen/layout/runtime_symbols.h"
#include "ir/core/module.h"
#include "runtime/types/float.h"

namespace krait::codegen::lower {

using ir::core::Constant;
using ir::core::ConstantKind;

namespace {

/// What a comparison answered.
bool isAnswer(const Temp* t) { return t->definition && isCompare(t->definition->op); }

} // namespace

// ---- what is known ------------------------------------------------------------------------------

Guess FunctionLowering::knownKind(const Temp* t) const {
  if (t->definition && t->definition->is(Op::Const)) {
    const Constant& c = m_.ir().constants[t->definition->index];
    return c.kind == ConstantKind::Int && Value::fitsSmall(c.integer) ? Guess::Int
           : c.kind == ConstantKind::Float                                     ? Guess::Float
           : c.kind == ConstantKind::Complex                                   ? Guess::Complex
                                                                               : Guess::None;
  }
  if (known_[t->id] != Guess::None) return known_[t->id];
  auto found = learnt_.find(t);
  return found == learnt_.end() ? Guess::None : found->second.first;
}

Guess FunctionLowering::likelyKind(const Temp* t) const {
  const Guess known = knownKind(t);
  return known != Guess::None || (t->definition && t->definition->is(Op::Const)) ? known : t->guess;
}

void FunctionLowering::setKnown(const Temp* t, Guess kind, llvm::Value* v) {
  known_[t->id] = kind;
  if (kind == Guess::Int) return define(t, v);
  raws_[t->id] = v;
  if (slotOfTemp_[t->id] != ir::core::kNone) return define(t, boxRaw(t));
  for (const ir::core::Use* u = t->uses; u; u = u->next)
    if (u->user->block != t->definingBlock() && !lentByLocal(t)) { // not everywhere behind here is a word wanted
      define(t, boxRaw(t));
      return;
    }
}

llvm::Value* FunctionLowering::wordOf(const Temp* t) {
  llvm::Value* v = body_->values[t->id];
  return v || !raws_[t->id] ? v : boxRaw(t);
}

llvm::Value* FunctionLowering::boxRaw(const Temp* t) {
  if (known_[t->id] == Guess::Complex) return callEntry(Entry::krt_box_complex, {raws_[t->id], imaginaries_[t->id]});
  return callEntry(Entry::krt_box_float, {raws_[t->id]});
}

// What is borrowed has nobody who would free a word made here: floats leave unless they are immediate,
// complex numbers are freed after the instruction (lentWords_).
void FunctionLowering::materialise(const Instruction& i) {
  for (uint32_t n = 0; n < i.useCount; ++n) {
    const Temp* t = i.uses[n].temp;
    if (!t || !isRawOnly(t)) continue;
    llvm::Value* boxed = nullptr;
    if (t->ownership == ir::core::Ownership::Owned && !lentByLocal(t)) {
      boxed = boxRaw(t);
    } else if (known_[t->id] == Guess::Complex) {
      const bool isEnd = ir::core::isTerminator(i.op); // nothing follows that could free it
      goOnIf(isEnd ? static_cast<llvm::Value*>(b_.getFalse()) : b_.CreateFCmpORD(raws_[t->id], imaginaries_[t->id]), exitBefore(i), true);
      boxed = isEnd ? static_cast<llvm::Value*>(word(0)) : boxRaw(t);
      if (!isEnd) {
        lentWords_.push_back(t);
        live_.push_back(t);
      }
    } else {
      llvm::Value* bits = b_.CreateAdd(b_.CreateBitCast(raws_[t->id], i64_), word(Value::kFloatBias));
      llvm::Value* immediate = b_.CreateIntrinsic(llvm::Intrinsic::fshl, {i64_}, {bits, bits, word(Value::kFloatTurn)});
      llvm::Value* isOrdinary = b_.CreateICmpEQ(b_.CreateAnd(immediate, word(Value::kOrdinaryMask)), word(Value::kOrdinaryTag));
      auto* rare = newBlock("rare.float");
      auto* next = newBlock();
      b_.CreateCondBr(isOrdinary, next, rare, llvm::MDBuilder(context_).createLikelyBranchWeights());
      b_.SetInsertPoint(rare);
      llvm::Value* d = raws_[t->id];
      goOnIf(b_.CreateFCmpOEQ(b_.CreateFAdd(d, d), d), exitBefore(i), true); // Value::isRareImmediate
      b_.CreateBr(next);
      b_.SetInsertPoint(next);
      boxed = immediate;
    }
    define(t, boxed);
    lastExit_ = {};
  }
}

/// The double in a float's word that is no NaN; `otherwise` for all else.
llvm::Value* FunctionLowering::unboxOr(llvm::Value* v, llvm::function_ref<llvm::BasicBlock*()> otherwise) {
  auto* heap = newBlock("heap.float");
  auto* next = newBlock();
  llvm::Value* immediate = unboxFloat(v);
  llvm::BasicBlock* from = b_.GetInsertBlock();
  b_.CreateCondBr(isFloatWord(v), next, heap, llvm::MDBuilder(context_).createLikelyBranchWeights());
  llvm::BasicBlock* other = otherwise();
  b_.SetInsertPoint(heap);
  goOnIf(isPointerWord(v), other, true);
  goOnIf(layoutIs(v, "floatType"), other, true);
  llvm::Value* loaded = b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(FloatObject, value)));
  goOnIf(b_.CreateFCmpORD(loaded, loaded), other, true);
  llvm::BasicBlock* heapEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  auto* meeting = b_.CreatePHI(b_.getDoubleTy(), 2);
  meeting->addIncoming(immediate, from);
  meeting->addIncoming(loaded, heapEnd);
  return meeting;
}

llvm::Value* FunctionLowering::intWord(const Instruction& i, size_t n) {
  const Temp* t = i.operand(n);
  llvm::Value* v = valueOf(t);
  if (isAnswer(t) && knownKind(t) == Guess::None) { // True and False count as 1 and 0
    llvm::Value* isTrue = b_.CreateICmpEQ(v, layout::trueWord(m_.llvm()));
    goOnIf(b_.CreateOr(isTrue, b_.CreateICmpEQ(v, layout::falseWord(m_.llvm()))), exitBefore(i), true);
    return b_.CreateSelect(isTrue, word(Value::ofSmallInt(1).bits), word(Value::ofSmallInt(0).bits));
  }
  if (knownKind(t) != Guess::Int) {
    goOnIf(isGuessed(v, Guess::Int), exitBefore(i), true);
    learnt_[t] = {Guess::Int, v};
  }
  return v;
}

llvm::Value* FunctionLowering::rawFloat(const Instruction& i, size_t n) {
  const Temp* t = i.operand(n);
  if (t->definition && t->definition->is(Op::Const)) {
    const Constant& c = m_.ir().constants[t->definition->index];
    return llvm::ConstantFP::get(b_.getDoubleTy(), c.kind == ConstantKind::Float ? c.real : static_cast<double>(c.integer));
  }
  if (likelyKind(t) == Guess::Int) return b_.CreateSIToFP(b_.CreateAShr(intWord(i, n), 1), b_.getDoubleTy());
  if (raws_[t->id]) return raws_[t->id];
  if (auto found = learnt_.find(t); found != learnt_.end()) return found->second.second;
  llvm::Value* raw = unboxOr(valueOf(t), [&] { return exitBefore(i); });
  learnt_[t] = {Guess::Float, raw};
  return raw;
}

/// The operand beside a float, which may as well be an int in a function that mixes them. Then it is no float afterwards.
llvm::Value* FunctionLowering::rawReal(const Instruction& i, size_t n) {
  const Temp* t = i.operand(n);
  if (!f_.mixesNumbers || knownKind(t) != Guess::None || likelyKind(t) != Guess::Float) return rawFloat(i, n);
  llvm::Value* v = valueOf(t);
  auto* other = newBlock("other");
  auto* next = newBlock();
  llvm::Value* raw = unboxOr(v, [&] { return other; });
  llvm::BasicBlock* floatEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(other);
  goOnIf(isGuessed(v, Guess::Int), exitBefore(i), true);
  llvm::Value* converted = b_.CreateSIToFP(b_.CreateAShr(v, 1), b_.getDoubleTy());
  llvm::BasicBlock* intEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  auto* meeting = b_.CreatePHI(b_.getDoubleTy(), 2);
  meeting->addIncoming(raw, floatEnd);
  meeting->addIncoming(converted, intEnd);
  return meeting;
}

// ---- operations ---------------------------------------------------------------------------------

bool FunctionLowering::fastNumbers(const Instruction& i) {
  bool done = false;
  switch (i.op) {
  case Op::LocalGet:
  case Op::LocalRead:
  case Op::LocalLend:
  case Op::LocalTake: done = fastRead(i); break;
  case Op::LocalSet:
  case Op::LocalInit: done = fastStore(i); break;
  case Op::ItemGet:
  case Op::ItemSet:
    done = fastItem(i);
    if (done) tested_.clear();
    break;
  case Op::Call:
  case Op::Method: done = fastCall(i); break;
  case Op::AttrGet:
  case Op::AttrSet: done = (i.is(Op::AttrGet) && fastComplexPart(i)) || fastAttribute(i); break;
  case Op::YieldFrom: // the general body's
    goOnIf(b_.getFalse(), exitBefore(i), true);
    define(i.result(), word(0));
    done = true;
    break;
  case Op::Copy:
    if (const Guess kind = knownKind(i.operand(0)); kind != Guess::None) {
      if (kind == Guess::Complex) setComplex(i.result(), rawComplex(i, 0));
      else setKnown(i.result(), kind, kind == Guess::Int ? valueOf(i.operand(0)) : rawFloat(i, 0));
      done = true;
    }
    break;
  case Op::Kill:
    done = knownKind(i.operand(0)) == Guess::Int || isRawOnly(i.operand(0));
    break;
  case Op::UnaryNeg:
  case Op::UnaryInvert:
  case Op::Truth: done = fastUnary(i); break;
  default:
    if (isArithmetic(i.op) || isTest(i.op) || isCompare(i.op)) done = fastArithmetic(i);
    break;
  }
  if (!done) materialise(i);
  return done;
}

bool FunctionLowering::fastRead(const Instruction& i) {
  const Guess guess = localGuess_[i.local()];
  if (guess == Guess::None) return false;
  llvm::Value* v = i.is(Op::LocalGet) && !anchor_ ? boundLocal(i, i.local()) : load(localAddress(i.local()));
  if (anchor_ && i.is(Op::LocalGet)) goOnIf(b_.CreateICmpNE(v, word(0)), exitBefore(i), true);
  if (guess == Guess::Float) v = b_.CreateLoad(b_.getDoubleTy(), rawLocals_[i.local()]);
  if (guess == Guess::Complex)
    setComplex(i.result(), {b_.CreateLoad(b_.getDoubleTy(), rawLocals_[i.local()]), b_.CreateLoad(b_.getDoubleTy(), imaginaryLocals_[i.local()])});
  else
    setKnown(i.result(), guess, v);
  if (i.is(Op::LocalTake)) b_.CreateStore(word(0), localAddress(i.local()));
  return true;
}

// Nothing is to be freed: what was there is a small int or raw.
bool FunctionLowering::fastStore(const Instruction& i) {
  const Guess guess = localGuess_[i.local()];
  if (guess == Guess::None) return false;
  const Temp* t = i.operand(0);
  if (const Guess likely = likelyKind(t); isAnswer(t) || (likely != Guess::None && likely != guess)) { // nothing is converted here
    goOnIf(b_.getFalse(), exitBefore(i), true);
    return true;
  }
  if (guess == Guess::Int) {
    b_.CreateStore(intWord(i, 0), localAddress(i.local()));
    return true;
  }
  const bool hasWord = body_->values[t->id] && !(t->definition && t->definition->is(Op::Const)) && !isConstantCopy(t);
  if (guess == Guess::Complex) {
    const RawComplex parts = rawComplex(i, 0);
    b_.CreateStore(parts.real, rawLocals_[i.local()]);
    b_.CreateStore(parts.imaginary, imaginaryLocals_[i.local()]);
  } else {
    b_.CreateStore(rawFloat(i, 0), rawLocals_[i.local()]);
  }
  if (hasWord) drop(body_->values[t->id], t->type);
  b_.CreateStore(word(1), localAddress(i.local()));
  return true;
}

bool FunctionLowering::fastUnary(const Instruction& i) {
  // What is asked for its truth may well be None.
  const Guess kind = i.is(Op::Truth) ? knownKind(i.operand(0)) : likelyKind(i.operand(0));
  if (kind == Guess::None) return false;
  if (kind == Guess::Complex) return fastComplexUnary(i);
  if (i.is(Op::Truth)) {
    define(i.result(), kind == Guess::Int ? b_.CreateICmpNE(intWord(i, 0), word(Value::ofSmallInt(0).bits))
                                          : b_.CreateFCmpUNE(rawFloat(i, 0), llvm::ConstantFP::get(b_.getDoubleTy(), 0)));
    return true;
  }
  if (kind == Guess::Float) {
    if (i.is(Op::UnaryInvert)) return false;
    setKnown(i.result(), Guess::Float, b_.CreateFNeg(rawFloat(i, 0)));
    return true;
  }
  // Words are 2v + 1: -w is that of ~v, 2 - w that of -v.
  llvm::Value* from = word(i.is(Op::UnaryNeg) ? 2 : 0);
  llvm::Value* both = b_.CreateIntrinsic(llvm::Intrinsic::ssub_with_overflow, {i64_}, {from, intWord(i, 0)});
  goOnIf(b_.CreateNot(b_.CreateExtractValue(both, 1)), exitBefore(i), true);
  setKnown(i.result(), Guess::Int, b_.CreateExtractValue(both, 0));
  return true;
}

bool FunctionLowering::fastArithmetic(const Instruction& i) {
  Guess kinds[] = {likelyKind(i.operand(0)), likelyKind(i.operand(1))};
  if (const Op op = plainOp(i.op); op == Op::BinaryAdd || op == Op::BinarySub || op == Op::BinaryMul)
    for (size_t n : {0u, 1u})
      if (isAnswer(i.operand(n)) && kinds[1 - n] == Guess::Int) kinds[n] = Guess::Int;
  if (kinds[0] == Guess::None || kinds[1] == Guess::None) return false;
  const Op op = plainOp(i.op);
  if (kinds[0] == Guess::Complex || kinds[1] == Guess::Complex) {
    if (!fastComplexArithmetic(i, op)) return false;
    dropUsedUp(i);
    return true;
  }
  const bool compares = isTest(op) || isCompare(op);
  const bool isFloat = kinds[0] == Guess::Float || kinds[1] == Guess::Float;
  llvm::Value* result = nullptr;
  if (compares) {
    for (size_t n : {0u, 1u}) // an int and a float are compared exactly
      if (isFloat && kinds[n] == Guess::Int) {
        const Temp* t = i.operand(n);
        if (!t->definition || !t->definition->is(Op::Const)) return false;
        const int64_t v = m_.ir().constants[t->definition->index].integer;
        if (v > kExactDouble || v < -kExactDouble) return false;
      }
    result = isFloat ? b_.CreateFCmp(predicateOf(op, true), rawFloat(i, 0), rawFloat(i, 1))
                     : b_.CreateICmp(predicateOf(op, false), intWord(i, 0), intWord(i, 1));
    if (isCompare(op)) result = b_.CreateSelect(result, layout::trueWord(m_.llvm()), layout::falseWord(m_.llvm()));
    define(i.result(), result);
    return true;
  }
  if (isFloat || op == Op::BinaryTrueDiv) {
    switch (op) {
    case Op::BinaryAdd: case Op::BinarySub: case Op::BinaryMul: case Op::BinaryTrueDiv: break;
    default: return false;
    }
    if (!isFloat) // exact as doubles, so that the quotient is the nearest one
      for (size_t n : {0u, 1u}) {
        llvm::Value* distance = b_.CreateAdd(b_.CreateAShr(intWord(i, n), 1), word(kExactDouble));
        goOnIf(b_.CreateICmpULE(distance, word(2 * kExactDouble)), exitBefore(i), true);
      }
    // One of them has to be a float, and the left one is consumed if this is an augmented assignment.
    const bool mayLeftBeInt = knownKind(i.operand(1)) == Guess::Float && op == i.op;
    llvm::Value* left = mayLeftBeInt ? rawReal(i, 0) : rawFloat(i, 0);
    llvm::Value* right = kinds[0] == Guess::Float && !mayLeftBeInt ? rawReal(i, 1) : rawFloat(i, 1);
    setKnown(i.result(), Guess::Float, fastFloats(i, op, left, right));
  } else {
    switch (op) {
    case Op::BinaryAdd: case Op::BinarySub: case Op::BinaryMul: case Op::BinaryFloorDiv: case Op::BinaryMod:
    case Op::BinaryAnd: case Op::BinaryOr: case Op::BinaryXor: case Op::BinaryLShift: case Op::BinaryRShift: break;
    default: return false;
    }
    llvm::Value *left = intWord(i, 0), *right = intWord(i, 1);
    setKnown(i.result(), Guess::Int, fastInts(i, op, left, right));
  }
  dropUsedUp(i);
  return true;
}

/// The left operand of an augmented assignment.
void FunctionLowering::dropUsedUp(const Instruction& i) {
  const Temp* left = i.operand(0);
  if (plainOp(i.op) != i.op && body_->values[left->id] && isRaw(knownKind(left)) && !lentByLocal(left)) drop(body_->values[left->id], left->type);
}

llvm::Value* FunctionLowering::fastFloats(const Instruction& i, Op op, llvm::Value* left, llvm::Value* right) {
  switch (op) {
  case Op::BinaryAdd: return b_.CreateFAdd(left, right);
  case Op::BinarySub: return b_.CreateFSub(left, right);
  case Op::BinaryMul: return b_.CreateFMul(left, right);
  default:
    goOnIf(b_.CreateFCmpUNE(right, llvm::ConstantFP::get(b_.getDoubleTy(), 0)), exitBefore(i), true);
    return b_.CreateFDiv(left, right);
  }
}

// Words are 2v + 1.
llvm::Value* FunctionLowering::fastInts(const Instruction& i, Op op, llvm::Value* left, llvm::Value* right) {
  auto checked = [&](llvm::Intrinsic::ID operation, llvm::Value* a, llvm::Value* b) {
    llvm::Value* both = b_.CreateIntrinsic(operation, {i64_}, {a, b});
    goOnIf(b_.CreateNot(b_.CreateExtractValue(both, 1)), exitBefore(i), true);
    return b_.CreateExtractValue(both, 0);
  };
  auto number = [&](llvm::Value* w) { return b_.CreateAShr(w, 1); };
  auto tagged = [&](llvm::Value* v) { return b_.CreateOr(b_.CreateShl(v, 1), word(Value::kIntTag)); };
  switch (op) {
  case Op::BinaryAdd: return checked(llvm::Intrinsic::sadd_with_overflow, left, b_.CreateSub(right, word(1)));
  case Op::BinarySub: return checked(llvm::Intrinsic::ssub_with_overflow, left, b_.CreateSub(right, word(1)));
  case Op::BinaryMul:
    return b_.CreateAdd(checked(llvm::Intrinsic::smul_with_overflow, b_.CreateSub(left, word(1)), number(right)), word(1));
  case Op::BinaryAnd: return b_.CreateAnd(left, right);
  case Op::BinaryOr: return b_.CreateOr(left, right);
  case Op::BinaryXor: return b_.CreateOr(b_.CreateXor(left, right), word(Value::kIntTag));
  case Op::BinaryRShift: {
    llvm::Value* by = number(right);
    goOnIf(b_.CreateICmpULE(by, word(62)), exitBefore(i), true);
    return tagged(b_.CreateAShr(number(left), by));
  }
  case Op::BinaryLShift: {
    llvm::Value* by = number(right);
    goOnIf(b_.CreateICmpULE(by, word(61)), exitBefore(i), true);
    llvm::Value* bare = b_.CreateSub(left, word(1));
    llvm::Value* shifted = b_.CreateShl(bare, by);
    goOnIf(b_.CreateICmpEQ(b_.CreateAShr(shifted, by), bare), exitBefore(i), true);
    return b_.CreateAdd(shifted, word(1));
  }
  default: break;
  }
  // Floor division by what is greater than zero.
  llvm::Value *x = number(left), *y = number(right);
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(right); constant && Value(constant->getZExtValue()).smallInt() > 0) {
    const auto by = static_cast<uint64_t>(Value(constant->getZExtValue()).smallInt());
    if (llvm::isPowerOf2_64(by))
      return op == Op::BinaryMod ? b_.CreateAnd(left, word(2 * by - 1)) : tagged(b_.CreateAShr(x, word(llvm::Log2_64(by))));
  }
  goOnIf(b_.CreateICmpSGT(y, word(0)), exitBefore(i), true);
  llvm::Value* rest = b_.CreateSRem(x, y);
  llvm::Value* isBelow = b_.CreateICmpSLT(rest, word(0));
  if (op == Op::BinaryMod) return tagged(b_.CreateSelect(isBelow, b_.CreateAdd(rest, y), rest));
  return tagged(b_.CreateSub(b_.CreateSDiv(x, y), b_.CreateZExt(isBelow, i64_)));
}

} // namespace krait::codegen::lower
