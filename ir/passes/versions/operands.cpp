// What an operation of the version takes: words, references, raw numbers.
#include "ir/passes/versions/translator.h"

#include <utility>
#include "ir/core/operators.h"

namespace krait::ir::passes::versions {

using namespace core;

Temp* Translator::word(const Temp* t) {
  if (of(t).instance >= 0) make(of(t).instance);
  Known& k = known_[t];
  if (k.word) return k.word;
  const bool isOwned = t->ownership == Ownership::Owned;
  if (k.items || ((k.isInt || k.residue || k.character) && isOwned)) {
    k = {.word = exits_.reference(at_, k), .owned = true};
    exit_ = nullptr;
    return k.word;
  }
  if (k.kind == RawKind::Int) return k.raw;
  const bool isComplex = k.kind == RawKind::Complex;
  if (k.kind == RawKind::Unsigned && !isOwned) {
    scratch_.push_back(value(Op::BoxU64, {k.raw}));
    exit_ = nullptr;
    return scratch_.back();
  }
  auto box = [&] { return k.kind == RawKind::Unsigned ? value(Op::BoxU64, {k.raw}) : k.isInt ? value(Op::BoxReal, {k.raw, k.isInt}) : isComplex ? value(Op::ComplexNew, {k.raw, k.imaginary}) : value(Op::BoxF64, {k.raw}); };
  if (isOwned) {
    k.word = box();
    k.owned = true;
    exit_ = nullptr;
    return k.word;
  }
  // A raw local's: made for this instruction. As a NaN has an identity, the general body makes its word, once.
  require(value(Op::F64Eq, {k.raw, k.raw}));
  if (isComplex) require(value(Op::F64Eq, {k.imaginary, k.imaginary}));
  scratch_.push_back(box());
  exit_ = nullptr;
  return scratch_.back();
}

Temp* Translator::owned(const Temp* t) {
  if (of(t).instance >= 0) make(of(t).instance);
  Known& k = known_[t];
  Temp* reference = k.word && k.owned ? k.word : exits_.argument(at_, t, k, false);
  k.word = nullptr;
  k.owned = false;
  k.items = nullptr;
  exit_ = nullptr;
  return reference;
}

Temp* Translator::reference(const Temp* t) {
  const Known& k = known_[t];
  if (!k.word && k.kind == RawKind::Unsigned) return value(Op::BoxU64, {k.raw});
  if (k.word || k.kind != RawKind::Float) return value(Op::Copy, {word(t)});
  Temp* raw = k.raw;
  requireOneBox(t);
  return value(Op::BoxF64, {raw});
}

const Instruction* onlyAccessOf(const Temp* container) {
  const Instruction* access = nullptr;
  for (const Use* u = container->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    const bool isAccess = (u->user->is(Op::ItemGet) || u->user->is(Op::ItemSet)) && u == u->user->uses;
    if (access || !isAccess) return nullptr;
    access = u->user;
  }
  return access;
}

bool diesBehind(const Instruction& i, const Temp* t) {
  for (const Instruction* next = i.next; next && next->is(Op::Kill); next = next->next)
    if (next->operand(0) == t) return true;
  return false;
}

Temp* Translator::handedOver(const Instruction& i, const Temp* t) {
  Known& k = known_[t];
  unsigned looks = 0;
  for (uint32_t n = 0; n < i.operandCount; ++n) looks += i.operand(n) == t;
  if (looks > 1 || !k.word || !k.owned || !diesBehind(i, t)) return reference(t);
  k.owned = false;
  exit_ = nullptr;
  return std::exchange(k.word, nullptr);
}

bool Translator::settleAround(const Instruction& i, const Temp* dying) {
  const Known& known = of(dying);
  const bool isLent = dying->ownership == Ownership::Owned && known.word && !known.owned && diesBehind(i, dying);
  if (isLent) settleIf([dying](const Temp* lent) { return lent != dying; }), ownClasses();
  else settle();
  return isLent;
}

void Translator::requireOneBox(const Temp* t) {
  Temp* raw = of(t).raw;
  size_t users = 0;
  for (const Use* u = t->uses; u; u = u->next) users += !u->user->is(Op::Kill);
  if (t->ownership != Ownership::Owned || users > 1) require(value(Op::F64Eq, {raw, raw}));
}

Temp* Translator::unboxResult(const Instruction& i, Temp* word, RawKind wanted) {
  const Known before = of(i.result());
  define(i.result(), {.word = word, .owned = true});
  Temp* raw = guardOr(checkOf(wanted), {word}, exitAfter(i))->result();
  emit(Op::Kill, {word});
  define(i.result(), before);
  return raw;
}

void Translator::drop(const Temp* t) {
  Known& k = known_[t];
  if (const int n = k.instance; n >= 0) {
    k = {};
    if (t->ownership == Ownership::Owned && t->definingBlock()->function == &f_) release(n); // a transaction's are not counted
    return;
  }
  for (Temp* word : referencesOf(k)) emit(Op::Kill, {word});
  k.word = nullptr;
  k.owned = false;
  k.items = nullptr;
  exit_ = nullptr;
}

void Translator::dropScratch() {
  for (Temp* t : scratch_) emit(Op::Kill, {t});
  scratch_.clear();
  exit_ = nullptr;
}

void Translator::defineLent(const Temp* t, Temp* word) {
  known_[t] = {.word = word};
  lent_.push_back(t);
}

void Translator::settleLent() {
  for (const Temp* t : std::exchange(lent_, {})) {
    Known& k = known_[t];
    if (!k.word || k.owned) continue;
    k.word = value(Op::Copy, {k.word});
    k.owned = true;
    exit_ = nullptr;
  }
}

std::vector<const Temp*> Translator::settleAll() {
  std::vector<const Temp*> all;
  for (const Temp* t : lent_)
    if (const Known& k = known_[t]; k.word && !k.owned) all.push_back(t);
  settle();
  return all;
}

bool Translator::spend(size_t operations, size_t limit) {
  if (spent_ + operations > limit) return false;
  spent_ += operations;
  return true;
}

Temp* Translator::asInt(const Temp* t) {
  if (const Constant* c = constantOf(t)) return integer(c->integer);
  Known& k = known_[t];
  if (k.kind == RawKind::Int) return k.raw;
  if (k.isInt) {
    require(k.isInt);
    Temp* v = checked(Op::F64ToInt, {known_[t].raw});
    known_[t] = {.kind = RawKind::Int, .raw = v};
    exit_ = nullptr;
    return v;
  }
  if (isAnswer(t)) return checked(Op::BoolCheck, {word(t)});
  if (k.kind == RawKind::Unsigned) return checked(Op::U64ToInt, {k.raw});
  Temp* v = checked(Op::IntCheck, {word(t)});
  // The word is the number: nobody needs to count it.
  if (t->ownership == Ownership::Owned) drop(t);
  Known& learnt = known_[t];
  learnt.kind = RawKind::Int;
  learnt.raw = v;
  exit_ = nullptr;
  return v;
}

bool Translator::mayAnswer(const Temp* t) {
  const Instruction* made = t->definition;
  return made && isCompare(made->op) && kindOf(t) == RawKind::None && !isAnswer(t);
}

Temp* Translator::asFloat(const Temp* t) {
  if (const Constant* c = constantOf(t)) return number(c->kind == ConstantKind::Float ? c->real : static_cast<double>(c->integer));
  if (likelyKind(t) == RawKind::Int) return value(Op::IntToF64, {asInt(t)});
  Known& k = known_[t];
  if (k.kind == RawKind::Float) return k.raw;
  if (k.isInt) {
    require(value(Op::BoolNot, {k.isInt}));
    known_[t] = {.kind = RawKind::Float, .raw = known_[t].raw};
    exit_ = nullptr;
    return known_[t].raw;
  }
  Temp* v = checked(Op::FloatCheck, {word(t)});
  Known& learnt = known_[t];
  learnt.kind = RawKind::Float;
  learnt.raw = v;
  if (t->ownership == Ownership::Owned && (!learnt.owned || isWantedRaw(t))) drop(t);
  return v;
}

Real Translator::asEither(const Temp* t) {
  if (const Constant* c = constantOf(t); c && c->kind == ConstantKind::Float) return {number(c->real), flag(false)};
  if (known_[t].isInt) return {known_[t].raw, known_[t].isInt};
  if (kindOf(t) == RawKind::Float) return {known_[t].raw, flag(false)};
  if (kindOf(t) == RawKind::Int) return {checked(Op::IntExact, {asInt(t)}), flag(true)};
  Temp* w = word(t);
  Temp* raw = checked(Op::ExactCheck, {w});
  return {raw, value(Op::IsInt, {w})};
}

bool Translator::mayBeInt(const Temp* t) {
  return of(t).isInt || (t->doubt == Doubt::MayBeInt && kindOf(t) == RawKind::None && likelyKind(t) == RawKind::Float);
}

Temp* Translator::asReal(const Temp* t) {
  if (known_[t].isInt) return known_[t].raw;
  if (!mayBeInt(t)) return asFloat(t);
  return checked(Op::RealCheck, {word(t)});
}

bool Translator::asComplex(const Temp* t, Temp*& re, Temp*& im) {
  if (const Constant* c = constantOf(t)) {
    re = number(c->kind == ConstantKind::Complex || c->kind == ConstantKind::Float ? c->real : static_cast<double>(c->integer));
    im = number(c->kind == ConstantKind::Complex ? c->imaginary : 0);
    return true;
  }
  switch (likelyKind(t)) {
  case RawKind::Complex: break;
  case RawKind::Int:
  case RawKind::Float:
    re = asFloat(t);
    im = number(0);
    return true;
  default: return false;
  }
  Known& k = known_[t];
  if (k.kind != RawKind::Complex) {
    Instruction* check = guard(Op::ComplexCheck, {word(t)});
    Known& learnt = known_[t];
    learnt.kind = RawKind::Complex;
    learnt.raw = check->result(0);
    learnt.imaginary = check->result(1);
  }
  re = known_[t].raw;
  im = known_[t].imaginary;
  return true;
}

void Translator::asComplexOrReal(const Temp* t, Temp*& re, Temp*& im) {
  Temp* v = word(t);
  Block* other = coldBlock();
  Block* meeting = newBlock();
  const Instruction* check = guardOr(Op::ComplexCheck, {v}, other);
  jump(meeting, {check->result(0), check->result(1)});
  goOn(other);
  Temp* real = checked(Op::ExactCheck, {v});
  jump(meeting, {real, number(0)});
  goOn(meeting);
  re = f_.addParameter(meeting, Type::raw(Repr::F64), Ownership::Raw);
  im = f_.addParameter(meeting, Type::raw(Repr::F64), Ownership::Raw);
}

} // namespace krait::ir::passes::versions
