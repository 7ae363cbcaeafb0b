// Ints of 64 bits that are masked: hashes, generators of random numbers, boards.
//
// `(x * 6364136223846793005 + 1) & 0xFFFFFFFFFFFFFFFF` asks only for the low 64 bits of a product that needs 127. So what is masked in the
// end is computed modulo 2^64, whatever it would be as a whole (Residue); who needs the whole, an exit on the way, computes it from what it
// is made of. What the mask leaves is an unsigned number (RawKind::Unsigned), or a small int where the mask is one.
#include "ir/core/operators.h"
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr unsigned kMaxDepth = 8;   // of operators between a number and its mask
constexpr uint64_t kSmallLimit = uint64_t{1} << 62;

std::optional<uint64_t> unsignedConstant(const Translator& t, const Temp* v) {
  const Constant* c = t.constantOf(v);
  return c ? unsignedNumber(*c) : std::nullopt;
}

std::optional<uint64_t> restMask(const Translator& t, const Temp* v) {
  const Constant* c = t.constantOf(v);
  return c ? remainderMask(*c) : std::nullopt;
}

bool isConstantAbove(const Translator& t, const Temp* v, uint64_t limit) {
  const auto c = unsignedConstant(t, v);
  return c && *c >= limit;
}

bool isGuessedWide(const Temp* v) { return v->guess == Guess::Int && v->doubt == Doubt::MayBeWide; }

// An unsigned number that may be no small int, as far as is known or guessed.
bool isWide(Translator& t, const Temp* v) {
  const Known& k = t.peek(v);
  if (k.kind != RawKind::None || k.isInt) return k.kind == RawKind::Unsigned;
  return k.residue || isConstantAbove(t, v, kSmallLimit) || (isGuessedWide(v) && !t.constantOf(v));
}

bool isIntOperand(Translator& t, const Temp* v) {
  if (const Constant* c = t.constantOf(v)) return (c->kind == ConstantKind::Int && c->integer >= -static_cast<int64_t>(kSmallLimit)) || unsignedConstant(t, v);
  return t.peek(v).residue || t.likelyKind(v) == RawKind::Unsigned || (t.likelyKind(v) == RawKind::Int && !t.isAnswer(v));
}

// As a whole.
bool mayBeUnsigned(Translator& t, const Temp* v) { return !t.peek(v).residue && (!t.constantOf(v) || unsignedConstant(t, v)); }

bool isSmallOperand(Translator& t, const Temp* v) {
  if (const Constant* c = t.constantOf(v)) return t.kindOf(v) == RawKind::Int && c->integer != 0;
  return t.likelyKind(v) == RawKind::Int && !isWide(t, v) && !t.isAnswer(v) && v->doubt == Doubt::None;
}

bool isOfLowBits(Op op) { return op == Op::BinaryAdd || op == Op::BinarySub || op == Op::BinaryMul || op == Op::BinaryLShift; }
bool isOfBits(Op op) { return op == Op::BinaryAnd || op == Op::BinaryOr || op == Op::BinaryXor; }

// What a number that is masked is probably masked by.
bool isMask(Translator& t, const Temp* v, bool isProduct) {
  if (t.constantOf(v)) return unsignedConstant(t, v).has_value();
  if (isWide(t, v)) return true;
  const bool isFixed = v->definition && (v->definition->is(Op::GlobalGet) || v->definition->is(Op::AttrGet));
  return v->guess == Guess::Int && (isFixed || isProduct);
}

const Instruction* behindConstants(const Instruction* i) {
  for (i = i->next; i && (i->is(Op::Kill) || i->is(Op::Const));) i = i->next;
  return i;
}

// `h *= 3; h &= 0xFFFFFFFFFFFFFFFF`: what is stored is masked by the next statement, and nothing leaves between.
bool isMaskedNext(const Translator& t, const Function& f, const Instruction& store) {
  if (f.rawKind(store.local()) != RawKind::Unsigned) return false;
  const Instruction* read = behindConstants(&store);
  if (!read || !(read->is(Op::LocalLend) || read->is(Op::LocalRead)) || read->local() != store.local()) return false;
  const Instruction* masked = behindConstants(read);
  if (!masked || !isArithmetic(masked->op)) return false;
  const Op op = plainOp(masked->op);
  const bool isLeft = masked->operand(0) == read->result();
  if (op == Op::BinaryMod) return isLeft && restMask(t, masked->operand(1)).value_or(0) >= kSmallLimit;
  return op == Op::BinaryAnd && isConstantAbove(t, masked->operand(isLeft ? 1 : 0), kSmallLimit) && masked->operand(isLeft ? 0 : 1) == read->result();
}

// Whether there are uses, kills aside, and all of them are as wanted: asks(user, op, whether it is the left operand).
template <class Asks> bool allUsers(const Temp* v, Asks asks) {
  bool isAsked = false;
  for (const Use* u = v->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    if (!asks(*u->user, plainOp(u->user->op), u == u->user->uses)) return false;
    isAsked = true;
  }
  return isAsked;
}

// Whether the low 64 bits of the number are all that is asked for.
bool asksLowBits(Translator& t, const Temp* v, bool isProduct, unsigned depth = 0) {
  return depth < kMaxDepth && allUsers(v, [&](const Instruction& user, Op op, bool isLeft) {
           auto asksOfResult = [&](bool isNowProduct) { return asksLowBits(t, user.result(), isNowProduct, depth + 1); };
           if (op == Op::BinaryAnd) return isMask(t, user.operand(isLeft ? 1 : 0), isProduct) || asksOfResult(isProduct);
           if (op == Op::BinaryMod) return isLeft && restMask(t, user.operand(1)).has_value();
           if (op == Op::BinaryLShift) return isLeft && asksOfResult(true);
           if (op == Op::LocalSet || op == Op::LocalInit) return user.block->function == &t.function() && isMaskedNext(t, t.function(), user);
           const bool isOperator = isOfLowBits(op) || isOfBits(op) || op == Op::UnaryInvert || op == Op::UnaryNeg;
           return isOperator && asksOfResult(isProduct || op == Op::BinaryMul);
         });
}

// Whether the rest of a division by an int is all that is asked for of a product, or of what it is a term of.
bool asksRest(Translator& t, const Temp* v, bool isProduct) {
  return allUsers(v, [&](const Instruction& user, Op op, bool isLeft) {
    if (!isLeft || (op != Op::BinaryAdd && op != Op::BinarySub && op != Op::BinaryMod) || !isSmallOperand(t, user.operand(1))) return false;
    return op == Op::BinaryMod || (isProduct && asksRest(t, user.result(), false));
  });
}

// `1 << n` that is put into a board.
bool isPutIntoWide(Translator& t, const Temp* v) {
  return allUsers(v, [&](const Instruction& user, Op op, bool isLeft) { return isOfBits(op) && isWide(t, user.operand(isLeft ? 1 : 0)); });
}

Temp* bits(Translator& t, uint64_t v) { return t.value(Op::I64Const, {}, {.imm = static_cast<int64_t>(v)}); }

struct Low {
  Temp* bits; // modulo 2^64
  Known of;   // the whole
};

Low lowOf(Translator& t, const Temp* v) {
  if (const Known& k = t.of(v); k.residue) return {k.raw, k};
  if (isWide(t, v)) {
    Temp* made = t.asUnsigned(v);
    return {made, {.kind = RawKind::Unsigned, .raw = made}};
  }
  Temp* small = t.asInt(v);
  return {t.value(Op::IntToU64, {small}), {.kind = RawKind::Int, .raw = small}};
}

Low lowOfNumber(Translator& t, int64_t v) { return {bits(t, static_cast<uint64_t>(v)), {.kind = RawKind::Int, .raw = t.integer(v)}}; }

Op rawOf(Op op) {
  switch (op) {
  case Op::BinaryAdd: return Op::I64Add;
  case Op::BinarySub: return Op::I64Sub;
  case Op::BinaryMul: return Op::I64Mul;
  case Op::BinaryLShift: return Op::I64Shl;
  case Op::BinaryAnd: return Op::I64And;
  case Op::BinaryOr: return Op::I64Or;
  default: return Op::I64Xor;
  }
}

void defineResidue(Translator& t, const Instruction& i, Op op, const Low& a, const Low& b) {
  Temp* low = t.value(rawOf(op), {a.bits, b.bits});
  t.define(i.result(), {.raw = low, .residue = t.residueOf({op, a.of, b.of, i.site})});
}

bool keepLowBits(Translator& t, const Instruction& i) {
  const Low a = lowOf(t, i.operand(0)), b = lowOf(t, i.operand(1));
  const bool mayBeNegative = plainOp(i.op) == Op::BinaryLShift && !t.constantOf(i.operand(1));
  if (mayBeNegative) t.require(t.value(Op::IntGe, {b.of.raw, t.integer(0)}));
  defineResidue(t, i, plainOp(i.op), a, b);
  return true;
}

// Unsigned, or a small int if it is certainly one.
void defineUnsigned(Translator& t, const Instruction& i, Temp* made, bool isSmall) {
  if (isSmall) t.defineInt(i.result(), t.checked(Op::U64ToInt, {made}));
  else t.define(i.result(), {.kind = RawKind::Unsigned, .raw = made});
}

bool mask(Translator& t, const Instruction& i) {
  const Temp *left = i.operand(0), *right = i.operand(1);
  // One of them is an unsigned number as a whole, or asked to be one: then it does not matter what the other has above.
  auto rank = [&](const Temp* v) { return unsignedConstant(t, v) ? 3 : t.of(v).residue ? 0 : isWide(t, v) ? 2 : 1; };
  if (rank(right) < rank(left)) std::swap(left, right);
  if (!mayBeUnsigned(t, right)) return !t.constantOf(right) && asksLowBits(t, i.result(), false) && keepLowBits(t, i);
  const auto constant = unsignedConstant(t, right);
  const bool isSmall = constant ? *constant < kSmallLimit : !isWide(t, right);
  Temp* low = lowOf(t, left).bits;
  Temp* by = t.asUnsigned(right);
  defineUnsigned(t, i, t.value(Op::I64And, {low, by}), isSmall);
  return true;
}

// Of what is certainly unsigned and something of which nothing is guessed, such as what `~x` gave, which has a sign.
bool maskUnknown(Translator& t, const Instruction& i) {
  const Temp *left = i.operand(0), *right = i.operand(1);
  auto isKnown = [&](const Temp* v) { return t.peek(v).kind == RawKind::Unsigned || isConstantAbove(t, v, kSmallLimit); };
  auto isUnknown = [&](const Temp* v) {
    const Known& k = t.peek(v);
    const bool isOpen = v->guess == Guess::None || (v->guess == Guess::Int && v->doubt == Doubt::MayBeOther);
    return isOpen && k.word && k.kind == RawKind::None && !k.isInt && !t.constantOf(v) && !t.isAnswer(v) && v->type.mayBe(TypeBit::HeapInt);
  };
  if (isUnknown(left)) std::swap(left, right);
  if (!isKnown(left) || !isUnknown(right)) return false;
  Temp* low = t.checked(Op::U64Low, {t.word(right)});
  defineUnsigned(t, i, t.value(Op::I64And, {t.asUnsigned(left), low}), false);
  return true;
}

bool shiftRight(Translator& t, const Instruction& i) {
  if (t.of(i.operand(0)).residue || !isWide(t, i.operand(0)) || isWide(t, i.operand(1))) return false;
  const auto by = unsignedConstant(t, i.operand(1));
  if (!by && t.constantOf(i.operand(1))) return false;
  Temp* v = t.asUnsigned(i.operand(0));
  Temp* count = t.asUnsigned(i.operand(1));
  defineUnsigned(t, i, t.value(Op::I64Shr, {v, count}), by && *by >= 2);
  return true;
}

struct Both {
  Temp *left, *right;
};

// None where one of them cannot be an unsigned number.
std::optional<Both> bothUnsigned(Translator& t, const Instruction& i) {
  if (!mayBeUnsigned(t, i.operand(0)) || !mayBeUnsigned(t, i.operand(1))) return std::nullopt;
  Temp* left = t.asUnsigned(i.operand(0));
  return Both{left, t.asUnsigned(i.operand(1))};
}

// Nothing may be lost.
bool shiftLeft(Translator& t, const Instruction& i) {
  if (t.of(i.operand(0)).residue || isWide(t, i.operand(1)) || !isPutIntoWide(t, i.result())) return false;
  Temp* v = t.asUnsigned(i.operand(0));
  Temp* count = t.asUnsigned(i.operand(1));
  Temp* made = t.value(Op::I64Shl, {v, count});
  t.require(t.value(Op::I64Eq, {t.value(Op::I64Shr, {made, count}), v}));
  defineUnsigned(t, i, made, false);
  return true;
}

// Of a product, or a sum or difference with one, whose rest is asked for.
bool rest(Translator& t, const Instruction& i) {
  const Known& k = t.of(i.operand(0));
  if (!k.residue || !isSmallOperand(t, i.operand(1))) return false;
  const Residue* sum = k.residue->op == Op::BinaryMul ? nullptr : k.residue;
  const Residue* product = sum ? sum->left.residue : k.residue;
  if (!product || product->op != Op::BinaryMul || product->left.kind != RawKind::Int || product->right.kind != RawKind::Int || (sum && sum->right.kind != RawKind::Int))
    return false;
  Temp* divisor = t.asInt(i.operand(1));
  Temp* term = sum ? sum->right.raw : t.integer(0);
  if (sum && sum->op == Op::BinarySub) term = t.checked(Op::IntSub, {t.integer(0), term});
  t.defineInt(i.result(), t.checked(Op::IntMulMod, {product->left.raw, product->right.raw, term, divisor}));
  return true;
}

bool divide(Translator& t, const Instruction& i, bool isModulo) {
  const auto by = unsignedConstant(t, i.operand(1));
  if (const auto rest = isModulo ? restMask(t, i.operand(1)) : std::nullopt) {
    if (!t.of(i.operand(0)).residue && !isWide(t, i.operand(0)) && *rest < kSmallLimit) return false;
    defineUnsigned(t, i, t.value(Op::I64And, {lowOf(t, i.operand(0)).bits, bits(t, *rest)}), *rest < kSmallLimit);
    return true;
  }
  if (by && *by == 0) return false;
  const auto both = bothUnsigned(t, i);
  if (!both) return false;
  if (!by) t.require(t.value(Op::I64Ne, {both->right, bits(t, 0)}));
  const bool isSmall = isModulo ? !isWide(t, i.operand(1)) : by && *by >= 4;
  defineUnsigned(t, i, t.value(isModulo ? Op::I64URem : Op::I64UDiv, {both->left, both->right}), isSmall);
  return true;
}

// What is larger than 64 bits leaves, and what is below zero.
bool addOrSubtract(Translator& t, const Instruction& i, bool isSum) {
  const auto both = bothUnsigned(t, i);
  if (!both) return false;
  const auto [a, b] = *both;
  Temp* made = t.value(isSum ? Op::I64Add : Op::I64Sub, {a, b});
  t.require(t.value(Op::BoolNot, {isSum ? t.value(Op::I64Below, {made, a}) : t.value(Op::I64Below, {a, b})}));
  defineUnsigned(t, i, made, false);
  return true;
}

bool compare(Translator& t, const Instruction& i) {
  const auto both = bothUnsigned(t, i);
  if (!both) return false;
  const auto [a, b] = *both;
  Temp* flag = nullptr;
  switch (offsetOp(Op::TestLt, int(i.op) - int(isTest(i.op) ? Op::TestLt : Op::CompareLt))) {
  case Op::TestLt: flag = t.value(Op::I64Below, {a, b}); break;
  case Op::TestGt: flag = t.value(Op::I64Below, {b, a}); break;
  case Op::TestLe: flag = t.value(Op::BoolNot, {t.value(Op::I64Below, {b, a})}); break;
  case Op::TestGe: flag = t.value(Op::BoolNot, {t.value(Op::I64Below, {a, b})}); break;
  case Op::TestEq: flag = t.value(Op::I64Eq, {a, b}); break;
  default: flag = t.value(Op::I64Ne, {a, b});
  }
  answer(t, i, flag);
  return true;
}

bool ofOne(Translator& t, const Instruction& i) {
  const Temp* v = i.operand(0);
  if (i.is(Op::Truth)) {
    if (t.of(v).residue || !isWide(t, v)) return false;
    t.define(i.result(), {.word = t.value(Op::I64Ne, {t.asUnsigned(v), bits(t, 0)})});
    return true;
  }
  if (!isIntOperand(t, v) || (!isWide(t, v) && i.is(Op::UnaryInvert)) || !asksLowBits(t, i.result(), false)) return false;
  const bool isInvert = i.is(Op::UnaryInvert);
  const Low all = lowOfNumber(t, isInvert ? -1 : 0), low = lowOf(t, v);
  defineResidue(t, i, isInvert ? Op::BinaryXor : Op::BinarySub, all, low);
  return true;
}

} // namespace

bool translateUnsigned(Translator& t, const Instruction& i) {
  if (i.is(Op::UnaryNeg) || i.is(Op::UnaryInvert) || i.is(Op::Truth)) return ofOne(t, i);
  const Temp *left = i.operand(0), *right = i.operand(1);
  const Op op = plainOp(i.op);
  if (op == Op::BinaryAnd && maskUnknown(t, i)) return true;
  const bool isRest = op == Op::BinaryMod && restMask(t, right);
  if (!isIntOperand(t, left) || (!isRest && !isIntOperand(t, right))) return false;
  const bool areWide = isWide(t, left) || isWide(t, right) || (isRest && *restMask(t, right) >= kSmallLimit);
  if ((isOfLowBits(op) || (areWide && (op == Op::BinaryOr || op == Op::BinaryXor))) && asksLowBits(t, i.result(), op == Op::BinaryMul)) {
    if (op == Op::BinaryLShift && (isWide(t, right) || (t.constantOf(right) && !unsignedConstant(t, right)))) return false; // raises, or is too large
    return keepLowBits(t, i);
  }
  const bool isTerm = (op == Op::BinaryAdd || op == Op::BinarySub) && t.of(left).residue && isSmallOperand(t, right) && asksRest(t, i.result(), false);
  if (isTerm || (op == Op::BinaryMul && isSmallOperand(t, left) && isSmallOperand(t, right) && asksRest(t, i.result(), true))) return keepLowBits(t, i);
  if (op == Op::BinaryMod && !isRest && rest(t, i)) return true;
  if (op == Op::BinaryLShift) return shiftLeft(t, i);
  if (!areWide) return false;
  if (isTest(i.op) || isCompare(i.op)) return compare(t, i);
  switch (op) {
  case Op::BinaryAdd:
  case Op::BinarySub: return addOrSubtract(t, i, op == Op::BinaryAdd);
  case Op::BinaryAnd: return mask(t, i);
  case Op::BinaryRShift: return shiftRight(t, i);
  case Op::BinaryMod: return divide(t, i, true);
  case Op::BinaryFloorDiv: return divide(t, i, false);
  case Op::BinaryOr:
  case Op::BinaryXor: {
    const auto both = bothUnsigned(t, i);
    if (both) defineUnsigned(t, i, t.value(rawOf(op), {both->left, both->right}), false);
    return both.has_value();
  }
  default: return false;
  }
}

bool isUnsignedOperand(Translator& t, const Temp* v) { return isIntOperand(t, v) && isWide(t, v); }

Temp* Translator::asUnsigned(const Temp* t) {
  if (const auto c = unsignedConstant(*this, t)) return bits(*this, *c);
  if (const Known& k = known_[t]; k.kind == RawKind::Unsigned) return k.raw;
  if (known_[t].kind == RawKind::Int || known_[t].isInt || isAnswer(t) || constantOf(t)) {
    Temp* small = asInt(t);
    require(value(Op::IntGe, {small, integer(0)}));
    return value(Op::IntToU64, {small});
  }
  Temp* v = checked(Op::U64Check, {word(t)});
  Known& learnt = known_[t];
  learnt.kind = RawKind::Unsigned;
  learnt.raw = v;
  if (t->ownership == Ownership::Owned && (!learnt.owned || isWantedRaw(t))) drop(t);
  return v;
}

} // namespace krait::ir::passes::versions
