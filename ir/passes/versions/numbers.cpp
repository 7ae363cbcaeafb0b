// Operators and comparisons on numbers.
#include "ir/core/operators.h"
#include "ir/passes/versions/translator.h"

#include <cmath>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

// The left operand of an augmented assignment is used up.
void finish(Translator& t, const Instruction& i) {
  if (!isInplace(i.op)) return;
  const Instruction* left = i.operand(0)->definition;
  if (!left || !left->is(Op::LocalLend)) t.drop(i.operand(0));
}

constexpr Op kIntTests[] = {Op::IntLt, Op::IntLe, Op::IntEq, Op::IntNe, Op::IntGt, Op::IntGe};
constexpr Op kFloatTests[] = {Op::F64Lt, Op::F64Le, Op::F64Eq, Op::F64Ne, Op::F64Gt, Op::F64Ge};

// `x == 3` of what is None at times, or something else: where it is no int the general operation says, and nothing is left. A transaction,
// within which nothing may run, is left all the same.
bool equalsBeside(Translator& t, const Instruction& i, int n) {
  const auto isOther = [&](uint32_t k) { return i.operand(k)->doubt == Doubt::MayBeOther && t.kindOf(i.operand(k)) == RawKind::None && !t.constantOf(i.operand(k)); };
  if (t.hasWayBeside()) return false;
  const uint32_t which = isOther(0) ? 0 : 1;
  const Temp *other = i.operand(which), *number = i.operand(1 - which);
  if ((!i.is(Op::TestEq) && !i.is(Op::TestNe)) || !isOther(which) || (t.kindOf(number) != RawKind::Int && !t.constantOf(number))) return false;
  Temp* mine = t.asInt(number);
  const bool isLent = t.settleAround(i, other);
  Temp* word = t.word(other);
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  Temp* holds = t.function().addParameter(meeting, Type::raw(Repr::I1), Ownership::Raw);
  Temp* its = t.guardOr(Op::IntCheck, {word}, general)->result();
  t.jump(meeting, {which ? t.value(kIntTests[n], {mine, its}) : t.value(kIntTests[n], {its, mine})});
  t.goOn(general);
  Temp* counted = isLent ? t.value(Op::Copy, {word}) : word;
  Temp* flag = which ? t.value(i.op, {mine, counted}) : t.value(i.op, {counted, mine});
  if (isLent) t.emit(Op::Kill, {counted});
  t.jump(meeting, {flag});
  t.goOn(meeting);
  answer(t, i, holds);
  return true;
}

bool compare(Translator& t, const Instruction& i, RawKind left, RawKind right) {
  const int n = int(i.op) - int(isTest(i.op) ? Op::TestLt : Op::CompareLt);
  if (t.mayBeInt(i.operand(0)) || t.mayBeInt(i.operand(1))) {
    Temp* a = t.asEither(i.operand(0)).raw;
    Temp* b = t.asEither(i.operand(1)).raw;
    answer(t, i, t.value(kFloatTests[n], {a, b}));
    return true;
  }
  const bool isFloat = left == RawKind::Float || right == RawKind::Float;
  if (!isFloat) {
    if (equalsBeside(t, i, n)) return true;
    Temp* a = t.asInt(i.operand(0));
    Temp* b = t.asInt(i.operand(1));
    answer(t, i, t.value(kIntTests[n], {a, b}));
    return true;
  }
  for (size_t k : {0u, 1u}) // an int and a float are compared exactly
    if ((k ? right : left) == RawKind::Int) {
      const Constant* c = t.constantOf(i.operand(k));
      if (!c || c->integer > kExactDouble || c->integer < -kExactDouble) return false;
    }
  Temp* a = t.asFloat(i.operand(0));
  Temp* b = t.asFloat(i.operand(1));
  answer(t, i, t.value(kFloatTests[n], {a, b}));
  return true;
}

void divideInts(Translator& t, const Instruction& i) {
  Temp* zero = t.number(0);
  Temp* a = t.checked(Op::IntExact, {t.asInt(i.operand(0))});
  Temp* b = t.checked(Op::IntExact, {t.asInt(i.operand(1))});
  t.require(t.value(Op::F64Ne, {b, zero}));
  t.defineFloat(i.result(), t.value(Op::F64Div, {a, b}));
}

void computeFloats(Translator& t, const Instruction& i, Op op, Temp* a, Temp* b) {
  const Op raw = op == Op::BinaryAdd        ? Op::F64Add
                 : op == Op::BinarySub      ? Op::F64Sub
                 : op == Op::BinaryMul      ? Op::F64Mul
                 : op == Op::BinaryTrueDiv  ? Op::F64Div
                 : op == Op::BinaryFloorDiv ? Op::F64FloorDiv
                                            : Op::F64Mod;
  if (raw == Op::F64Div || raw == Op::F64FloorDiv || raw == Op::F64Mod) t.require(t.value(Op::F64Ne, {b, t.number(0)}));
  t.defineFloat(i.result(), t.value(raw, {a, b}));
}

// Where nothing can go wrong: of a positive number, or of any to a whole power above zero; with a finite result.
bool powerOfFloats(Translator& t, const Instruction& i) {
  const Constant* c = t.constantOf(i.operand(1));
  const double exponent = !c ? 0.5 : c->kind == ConstantKind::Int ? static_cast<double>(c->integer) : c->real;
  Temp* a = t.asFloat(i.operand(0)); // an int's power may be an int
  Temp* b = t.asFloat(i.operand(1));
  if (exponent <= 0 || exponent != std::floor(exponent)) t.require(t.value(Op::F64Gt, {a, t.number(0)}));
  Temp* made = t.value(Op::F64Pow, {a, b});
  t.require(t.value(Op::F64Lt, {t.value(Op::F64Abs, {made}), t.number(__builtin_inf())}));
  t.defineFloat(i.result(), made);
  return true;
}

// To a constant whole power above zero.
bool powerOfEither(Translator& t, const Instruction& i) {
  const Constant* c = t.constantOf(i.operand(1));
  if (!c || c->kind != ConstantKind::Int || c->integer <= 0 || c->integer > 64) return false;
  const Real a = t.asEither(i.operand(0));
  Temp* made = t.value(Op::F64Pow, {a.raw, t.number(static_cast<double>(c->integer))});
  t.require(t.value(Op::F64Lt, {t.value(Op::F64Abs, {made}), t.number(__builtin_inf())}));
  t.defineEither(i.result(), {t.checked(Op::RealExact, {made, a.isInt}), a.isInt});
  return true;
}

// One of them may be an int, and the other may, or is one.
bool eithers(Translator& t, const Instruction& i, Op op) {
  if (op == Op::BinaryPow) return powerOfEither(t, i);
  if (op != Op::BinaryAdd && op != Op::BinarySub && op != Op::BinaryMul && op != Op::BinaryTrueDiv) return false;
  const Real a = t.asEither(i.operand(0));
  const Real b = t.asEither(i.operand(1));
  if (op == Op::BinaryTrueDiv) return computeFloats(t, i, op, a.raw, b.raw), true;
  Temp* made = t.value(op == Op::BinaryAdd ? Op::F64Add : op == Op::BinarySub ? Op::F64Sub : Op::F64Mul, {a.raw, b.raw});
  Temp* isInt = t.value(Op::BoolAnd, {a.isInt, b.isInt});
  t.defineEither(i.result(), {t.checked(Op::RealExact, {made, isInt}), isInt});
  return true;
}

bool floats(Translator& t, const Instruction& i, Op op, RawKind leftKind) {
  if (op == Op::BinaryPow) return i.op == op && leftKind == RawKind::Float && powerOfFloats(t, i);
  if (op != Op::BinaryAdd && op != Op::BinarySub && op != Op::BinaryMul && op != Op::BinaryTrueDiv && op != Op::BinaryFloorDiv && op != Op::BinaryMod)
    return false;
  const bool isAnswer[] = {t.isAnswer(i.operand(0)), t.isAnswer(i.operand(1))};
  if (isAnswer[0] != isAnswer[1]) { // beside a float it is the number that it is
    Temp* numbers[2];
    for (uint32_t n : {0u, 1u}) numbers[n] = isAnswer[n] ? t.value(Op::IntToF64, {t.asInt(i.operand(n))}) : t.asFloat(i.operand(n));
    return computeFloats(t, i, op, numbers[0], numbers[1]), true;
  }
  // One of them has to be a float.
  const bool mayLeftBeInt = (t.kindOf(i.operand(1)) == RawKind::Float && op == i.op) || t.mayBeInt(i.operand(0));
  Temp* a = mayLeftBeInt ? t.asReal(i.operand(0)) : t.asFloat(i.operand(0));
  Temp* b = leftKind == RawKind::Float && !mayLeftBeInt ? t.asReal(i.operand(1)) : t.asFloat(i.operand(1));
  computeFloats(t, i, op, a, b);
  return true;
}

bool ints(Translator& t, const Instruction& i, Op op) {
  Op made;
  bool isChecked = true;
  switch (op) {
  case Op::BinaryAdd: made = Op::IntAdd; break;
  case Op::BinarySub: made = Op::IntSub; break;
  case Op::BinaryMul: made = Op::IntMul; break;
  case Op::BinaryFloorDiv: made = Op::IntFloorDiv; break;
  case Op::BinaryMod: made = Op::IntMod; break;
  case Op::BinaryLShift: made = Op::IntLShift; break;
  case Op::BinaryRShift: made = Op::IntRShift; break;
  case Op::BinaryAnd: made = Op::IntAnd, isChecked = false; break;
  case Op::BinaryOr: made = Op::IntOr, isChecked = false; break;
  case Op::BinaryXor: made = Op::IntXor, isChecked = false; break;
  case Op::BinaryPow: {
    const Constant* c = t.constantOf(i.operand(1));
    if (!c || (c->integer != 2 && c->integer != 3)) return false;
    Temp* base = t.asInt(i.operand(0));
    Temp* square = t.checked(Op::IntMul, {base, base});
    t.defineInt(i.result(), c->integer == 2 ? square : t.checked(Op::IntMul, {square, base}));
    return true;
  }
  default: return false;
  }
  const bool isSum = op == Op::BinaryAdd || op == Op::BinarySub || op == Op::BinaryMul;
  Temp* a = isSum ? t.asIntOrAnswer(i.operand(0)) : t.asInt(i.operand(0));
  Temp* b = isSum ? t.asIntOrAnswer(i.operand(1)) : t.asInt(i.operand(1));
  t.defineInt(i.result(), isChecked ? t.checked(made, {a, b}) : t.value(made, {a, b}));
  return true;
}

struct Pair {
  Temp *re, *im;
};

Pair product(Translator& t, Pair a, Pair b) {
  auto f = [&](Op o, Temp* x, Temp* y) { return t.value(o, {x, y}); };
  return {f(Op::F64Sub, f(Op::F64Mul, a.re, b.re), f(Op::F64Mul, a.im, b.im)), f(Op::F64Add, f(Op::F64Mul, a.re, b.im), f(Op::F64Mul, a.im, b.re))};
}

// To a constant whole power of few bits, by squaring as complexPower() does (1 times the first factor may change a zero's sign);
// with a finite result.
bool powerOfComplex(Translator& t, const Instruction& i) {
  constexpr int64_t kMost = 15;
  const Constant* c = t.constantOf(i.operand(1));
  if (i.op != Op::BinaryPow || !c || c->kind != ConstantKind::Int || c->integer <= 0 || c->integer > kMost) return false;
  Pair power, made{t.number(1), t.number(0)};
  if (!t.asComplex(i.operand(0), power.re, power.im)) return false;
  for (int64_t left = c->integer; left > 0; left >>= 1) {
    if (left & 1) made = product(t, made, power);
    if (left > 1) power = product(t, power, power);
  }
  for (Temp* part : {made.re, made.im}) t.require(t.value(Op::F64Lt, {t.value(Op::F64Abs, {part}), t.number(__builtin_inf())}));
  t.defineComplex(i.result(), made.re, made.im);
  return true;
}

// By Smith's method, as the runtime does it: with the ratio of the divisor's smaller part to the larger one. Zero is left to that.
Pair quotient(Translator& t, Pair a, Pair b) {
  auto f = [&](Op o, Temp* x, Temp* y) { return t.value(o, {x, y}); };
  Temp *re = t.value(Op::F64Abs, {b.re}), *im = t.value(Op::F64Abs, {b.im});
  t.require(f(Op::F64Gt, f(Op::F64Add, re, im), t.number(0)));
  Block *byReal = t.newBlock(), *byImaginary = t.newBlock(), *meeting = t.newBlock();
  const Pair made{t.function().addParameter(meeting, Type::raw(Repr::F64), Ownership::Raw),
                  t.function().addParameter(meeting, Type::raw(Repr::F64), Ownership::Raw)};
  Function::Target targets[] = {{byReal, {}}, {byImaginary, {}}};
  Temp* operands[] = {f(Op::F64Ge, re, im)};
  t.function().append(t.here(), t.function().create(Op::CondBr, operands, targets));
  t.goOn(byReal);
  Temp* ratio = f(Op::F64Div, b.im, b.re);
  Temp* divisor = f(Op::F64Add, b.re, f(Op::F64Mul, b.im, ratio));
  re = f(Op::F64Div, f(Op::F64Add, a.re, f(Op::F64Mul, a.im, ratio)), divisor);
  im = f(Op::F64Div, f(Op::F64Sub, a.im, f(Op::F64Mul, a.re, ratio)), divisor);
  t.jump(meeting, {re, im});
  t.goOn(byImaginary);
  ratio = f(Op::F64Div, b.re, b.im);
  divisor = f(Op::F64Add, f(Op::F64Mul, b.re, ratio), b.im);
  re = f(Op::F64Div, f(Op::F64Add, f(Op::F64Mul, a.re, ratio), a.im), divisor);
  im = f(Op::F64Div, f(Op::F64Sub, f(Op::F64Mul, a.im, ratio), a.re), divisor);
  t.jump(meeting, {re, im});
  t.goOn(meeting);
  return made;
}

// Of an operator one of whose operands has to be complex: what that is at times a real number may be one then (`p + d` with d of 1, -1, 1j, -1j).
bool complexOperands(Translator& t, const Instruction& i, Temp*& ar, Temp*& ai, Temp*& br, Temp*& bi) {
  auto isReal = [&](const Temp* v) { return t.likelyKind(v) == RawKind::Complex && t.kindOf(v) == RawKind::None && v->doubt == Doubt::MayBeInt; };
  const Temp *left = i.operand(0), *right = i.operand(1);
  const bool isLeft = isReal(left) && t.kindOf(right) == RawKind::Complex;
  const bool isRight = isReal(right) && left != right && t.likelyKind(left) == RawKind::Complex;
  if (isLeft) t.asComplexOrReal(left, ar, ai);
  else if (!t.asComplex(left, ar, ai)) return false;
  if (isRight) t.asComplexOrReal(right, br, bi);
  else if (!t.asComplex(right, br, bi)) return false;
  return true;
}

bool complexes(Translator& t, const Instruction& i, Op op) {
  if (op == Op::BinaryPow) return powerOfComplex(t, i);
  const bool compares = op == Op::CompareEq || op == Op::CompareNe || op == Op::TestEq || op == Op::TestNe;
  if (!compares && op != Op::BinaryAdd && op != Op::BinarySub && op != Op::BinaryMul && op != Op::BinaryTrueDiv) return false;
  for (size_t n : {0u, 1u}) // an int and a complex number are compared exactly
    if (compares && t.likelyKind(i.operand(n)) == RawKind::Int) return false;
  Temp *ar = nullptr, *ai = nullptr, *br = nullptr, *bi = nullptr;
  if (!complexOperands(t, i, ar, ai, br, bi)) return false;
  auto f = [&](Op o, Temp* x, Temp* y) { return t.value(o, {x, y}); };
  if (compares) {
    const bool isEqual = op == Op::CompareEq || op == Op::TestEq;
    // Both parts: by way of a block with the answer as its parameter.
    Temp* reals = f(Op::F64Eq, ar, br);
    Block* second = t.newBlock();
    Block* meeting = t.newBlock();
    Temp* flag = t.function().addParameter(meeting, Type::raw(Repr::I1), Ownership::Raw);
    Temp* no = isEqual ? reals : t.value(Op::BoolNot, {reals});
    Function::Target targets[] = {{second, {}}, {meeting, std::span(&no, 1)}};
    Temp* operands[] = {reals};
    t.function().append(t.here(), t.function().create(Op::CondBr, operands, targets));
    t.goOn(second);
    t.jump(meeting, {f(isEqual ? Op::F64Eq : Op::F64Ne, ai, bi)});
    t.goOn(meeting);
    answer(t, i, flag);
    return true;
  }
  if (op == Op::BinaryMul || op == Op::BinaryTrueDiv) {
    const Pair made = op == Op::BinaryMul ? product(t, {ar, ai}, {br, bi}) : quotient(t, {ar, ai}, {br, bi});
    t.defineComplex(i.result(), made.re, made.im);
  } else {
    const Op raw = op == Op::BinaryAdd ? Op::F64Add : Op::F64Sub;
    Temp* re = f(raw, ar, br);
    t.defineComplex(i.result(), re, f(raw, ai, bi));
  }
  return true;
}

// Whether asking for its truth probably runs nothing.
bool leavesTruth(const Translator& t, const Temp* v) {
  const auto& classes = *t.plan().classes;
  if (v->guess == Guess::Instance) return classes.isClass(v->ofClass) && !classes.maySayTruth(v->ofClass);
  return isSized(v->guess) || v->guess == Guess::Bytes;
}

bool unary(Translator& t, const Instruction& i) {
  const Temp* v = i.operand(0);
  if (Temp* flag = i.is(Op::Truth) ? t.flagOf(v) : nullptr) {
    t.define(i.result(), {.word = flag});
    return true;
  }
  if (i.is(Op::UnaryNeg) && t.mayBeInt(v)) {
    const Real x = t.asEither(v);
    t.defineEither(i.result(), {t.checked(Op::RealExact, {t.value(Op::F64Neg, {x.raw}), x.isInt}), x.isInt});
    return true;
  }
  // What is asked for its truth may well be None.
  const RawKind kind = i.is(Op::Truth) ? t.kindOf(v) : t.likelyKind(v);
  if (i.is(Op::Truth) && kind == RawKind::None && leavesTruth(t, v)) {
    t.define(i.result(), {.word = t.truthOfWord(t.word(v))});
    return true;
  }
  if (kind == RawKind::None) return false;
  if (i.is(Op::Truth)) {
    if (kind == RawKind::Complex) return false;
    Temp* raw = kind == RawKind::Int ? t.asInt(v) : t.asFloat(v);
    Temp* flag = kind == RawKind::Int ? t.value(Op::IntNe, {raw, t.integer(0)}) : t.value(Op::F64Ne, {raw, t.number(0)});
    t.define(i.result(), {.word = flag});
    return true;
  }
  switch (kind) {
  case RawKind::Int: {
    Temp* raw = t.asInt(v);
    if (i.is(Op::UnaryInvert)) t.defineInt(i.result(), t.value(Op::IntXor, {raw, t.integer(-1)}));
    else t.defineInt(i.result(), t.checked(Op::IntSub, {t.integer(0), raw}));
    return true;
  }
  case RawKind::Float:
    if (i.is(Op::UnaryInvert)) return false;
    t.defineFloat(i.result(), t.value(Op::F64Neg, {t.asFloat(v)}));
    return true;
  default: {
    if (i.is(Op::UnaryInvert)) return false;
    Temp *re = nullptr, *im = nullptr;
    t.asComplex(v, re, im);
    re = t.value(Op::F64Neg, {re});
    t.defineComplex(i.result(), re, t.value(Op::F64Neg, {im}));
    return true;
  }
  }
}

} // namespace

void answer(Translator& t, const Instruction& i, Temp* flag) {
  if (isCompare(i.op)) t.defineBool(i.result(), flag);
  else t.define(i.result(), {.word = flag});
}

// Both are what one local holds: the same object, even where it is a NaN.
bool areOneLocal(const Temp* a, const Temp* b) {
  const auto read = [](const Temp* t) {
    const Instruction* made = t->definition;
    if (made && made->is(Op::Copy)) made = made->operand(0)->definition;
    return made && (made->is(Op::LocalRead) || made->is(Op::LocalGet)) ? made : nullptr;
  };
  const Instruction *from = read(a), *to = read(b);
  if (!from || !to || from->local() != to->local() || from->block != to->block) return false;
  for (const Instruction* i = from; i != to; i = i->next)
    if (!i || (isLocalStore(i->op) && i->local() == from->local())) return false;
  return true;
}

// (a, b) < (c, d) of numbers: by the first that differ. Items of one place are both ints or both floats, and no NaN, which is equal to itself where it
// is the same object.
bool compareTuples(Translator& t, const Instruction& i) {
  const uint32_t size = i.operandCount / 2;
  if (size == 0) return false;
  std::vector<bool> areFloats;
  for (uint32_t n = 0; n < size; ++n) {
    const RawKind kind = t.likelyKind(i.operand(n));
    if ((kind != RawKind::Int && kind != RawKind::Float) || kind != t.likelyKind(i.operand(size + n))) return false;
    areFloats.push_back(kind == RawKind::Float);
  }
  std::vector<bool> areSame;
  for (uint32_t n = 0; n < size; ++n) areSame.push_back(areFloats[n] && areOneLocal(i.operand(n), i.operand(size + n)));
  std::vector<Temp*> items;
  for (uint32_t n = 0; n < i.operandCount; ++n) items.push_back(areFloats[n % size] ? t.asEither(i.operand(n)).raw : t.asInt(i.operand(n)));
  const auto both = [&](Temp* a, Temp* b) { return t.value(Op::BoolAnd, {a, b}); };
  const auto no = [&](Temp* a) { return t.value(Op::BoolNot, {a}); };
  constexpr int64_t kLess = 0, kLessEqual = 1, kEqual = 2, kNotEqual = 3, kGreater = 4, kGreaterEqual = 5;
  const auto test = [&](uint32_t n, int64_t which) {
    if (areSame[n]) return t.flag(which != kLess && which != kGreater);
    return t.value((areFloats[n] ? kFloatTests : kIntTests)[which], {items[n], items[size + n]});
  };
  Temp* areNumbers = nullptr;
  for (uint32_t n = 0; n < i.operandCount; ++n)
    if (areFloats[n % size] && !areSame[n % size]) {
      Temp* isNumber = t.value(Op::F64Eq, {items[n], items[n]});
      areNumbers = areNumbers ? both(areNumbers, isNumber) : isNumber;
    }
  if (areNumbers) t.require(areNumbers);
  const bool isEquality = i.imm == kEqual || i.imm == kNotEqual;
  Temp* holds = test(size - 1, isEquality ? kEqual : i.imm); // what is not equal is asked whether it is
  for (uint32_t n = size - 1; n-- > 0;) {
    Temp* same = test(n, kEqual);
    if (isEquality) holds = both(same, holds);
    else holds = both(test(n, i.imm <= kLessEqual ? kLessEqual : kGreaterEqual), no(both(same, no(holds))));
  }
  for (uint32_t n = 0; n < i.operandCount; ++n) t.drop(i.operand(n));
  t.defineBool(i.result(), i.imm == kNotEqual ? no(holds) : holds);
  return true;
}

// An item of which only the comparison says that it may be a number: whatever it is, the general operation answers, and nothing has to be left.
bool isOnlyMet(Translator& t, const Temp* v) {
  const Instruction* made = v->definition;
  return made && made->is(Op::ItemGet) && v->doubt == Doubt::MayBeOther && t.kindOf(v) == RawKind::None;
}

bool translateNumber(Translator& t, const Instruction& i) {
  if (i.is(Op::TuplesCompare)) return compareTuples(t, i);
  const bool isUnary = i.is(Op::UnaryNeg) || i.is(Op::UnaryInvert) || i.is(Op::Truth);
  if (!isUnary && !isArithmetic(i.op) && !isTest(i.op) && !isCompare(i.op)) return false;
  if (translateUnsigned(t, i)) return finish(t, i), true;
  for (uint32_t n = 0; n < i.operandCount; ++n)
    if (isUnsignedOperand(t, i.operand(n))) return false;
  if (isUnary) return unary(t, i);
  RawKind kinds[] = {t.likelyKind(i.operand(0)), t.likelyKind(i.operand(1))};
  const Op op = plainOp(i.op);
  if (op == Op::BinaryAdd || op == Op::BinarySub || op == Op::BinaryMul)
    for (size_t n : {0u, 1u})
      if (t.isAnswer(i.operand(n)) && (kinds[1 - n] == RawKind::Int || (kinds[1 - n] == RawKind::Float && !t.mayBeInt(i.operand(1 - n))))) kinds[n] = RawKind::Int;
  if (kinds[0] == RawKind::None || kinds[1] == RawKind::None) return false;
  if ((isTest(op) || isCompare(op)) && (isOnlyMet(t, i.operand(0)) || isOnlyMet(t, i.operand(1)))) return false;
  // Beside an int it may be computed with as an int.
  const bool isEither[] = {t.mayBeInt(i.operand(0)), t.mayBeInt(i.operand(1))};
  const bool areInts[] = {isEither[0] || kinds[0] == RawKind::Int, isEither[1] || kinds[1] == RawKind::Int};
  const bool mayBothBeInts = (isEither[0] || isEither[1]) && areInts[0] && areInts[1];
  bool isDone;
  if (mayBothBeInts && !isTest(op) && !isCompare(op)) isDone = eithers(t, i, op);
  else if (kinds[0] == RawKind::Complex || kinds[1] == RawKind::Complex) isDone = complexes(t, i, op);
  else if (isTest(op) || isCompare(op)) isDone = compare(t, i, kinds[0], kinds[1]);
  else if (kinds[0] == RawKind::Float || kinds[1] == RawKind::Float) isDone = floats(t, i, op, kinds[0]);
  else if (op == Op::BinaryTrueDiv) divideInts(t, i), isDone = true;
  else isDone = ints(t, i, op);
  if (isDone) finish(t, i);
  return isDone;
}

} // namespace krait::ir::passes::versions
