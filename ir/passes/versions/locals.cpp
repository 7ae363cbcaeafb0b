// Variables, constants, deaths.
#include "ir/passes/versions/translator.h"

#include "ir/analysis/constants.h"

#include <array>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

void read(Translator& t, const Instruction& i) {
  const uint32_t local = i.local();
  const RawLocal raw = t.function().raws[local];
  if (const Known residue = t.takeResidue(local); residue.residue) return t.define(i.result(), residue);
  if (i.is(Op::LocalGet)) t.require(t.value(Op::LocalBound, {}, {.index = local}));
  switch (raw.kind) {
  case RawKind::Int: t.defineInt(i.result(), t.value(Op::IntGet, {}, {.index = local})); break;
  case RawKind::Float: {
    Temp* number = t.value(Op::F64Get, {}, {.index = raw.first});
    if (raw.mayBeInt && !i.result()->type.isFloat()) t.defineEither(i.result(), {number, t.value(Op::LocalIsInt, {}, {.index = local})});
    else t.defineFloat(i.result(), number);
    break;
  }
  case RawKind::Unsigned: t.defineNumber(i.result(), raw.kind, t.value(Op::I64Get, {}, {.index = raw.first})); break;
  case RawKind::Complex: {
    Temp* re = t.value(Op::F64Get, {}, {.index = raw.first});
    t.defineComplex(i.result(), re, t.value(Op::F64Get, {}, {.index = raw.first + 1}));
    break;
  }
  default: break; // an iterator, which next.br asks by its local
  }
  if (i.is(Op::LocalTake)) t.emit(Op::LocalUnbind, {}, {.index = local});
}

bool isBehindLend(const Instruction& i) {
  const Instruction* before = i.previous;
  if (!i.is(Op::LocalInit) || !before || before->op < Op::InplaceAdd || before->op > Op::InplaceMatMul) return false;
  const Instruction* lend = before->operand(0)->definition;
  return lend && lend->is(Op::LocalLend) && before->result() == i.operand(0);
}

// The store of a word behind an operator that the local's number went to, before which nothing leaves: the local is unbound, so the
// way out, for another kind of result, goes on behind the store.
void storeResult(Translator& t, const Instruction& i) {
  const bool isComputed = isRaw(t.of(i.operand(0)));
  Temp* made = t.owned(i.operand(0));
  if (isComputed) t.emit(Op::LocalUnbind, {}, {.index = i.local()}); // a raw operation only looked at it
  const RawLocal raw = t.function().raws[i.local()];
  Block* out = t.exitAfter(i);
  t.function().append(out, t.function().create(Op::LocalInit, std::array{made}, {}, i.local()));
  const Op check = raw.kind == RawKind::Complex ? Op::ComplexCheck : checkOf(raw.kind);
  const Instruction* known = t.guardOr(check, {made}, out);
  if (raw.kind == RawKind::Int) {
    t.emit(Op::IntSet, {known->result()}, {.index = i.local()});
  } else {
    const Op set = raw.kind == RawKind::Unsigned ? Op::I64Set : Op::F64Set;
    for (uint32_t n = 0; n < known->resultCount; ++n) t.emit(set, {known->result(n)}, {.index = raw.first + n});
    t.emit(Op::LocalBind, {}, {.index = i.local()});
  }
  t.emit(Op::Kill, {made});
}

// An int that the sum begins with, or what may still be one; a float that is known is stored as others are.
bool storeReal(Translator& t, const Instruction& i, const RawLocal& raw) {
  const Temp* v = i.operand(0);
  const Constant* c = analysis::constantOf(t.module(), v);
  const bool isWord = !isRaw(t.of(v)) && isBehindLend(i); // of an operator that the local's number went to
  const bool isDoubtful = !isWord && (t.mayBeInt(v) || (t.likelyKind(v) == RawKind::Int && !t.isAnswer(v)));
  if (!isDoubtful && !t.of(v).isInt && !(c && c->kind == ConstantKind::Int)) return false;
  const Real number = c ? Real{t.number(static_cast<double>(c->integer)), t.flag(true)} : t.asEither(v);
  t.emit(Op::F64Set, {number.raw}, {.index = raw.first});
  t.emit(Op::LocalBindReal, {number.raw, number.isInt}, {.index = i.local()});
  t.drop(v);
  return true;
}

bool isInt(RawKind kind) { return kind == RawKind::Int || kind == RawKind::Unsigned; }

void store(Translator& t, const Instruction& i) {
  const uint32_t local = i.local();
  const RawLocal raw = t.function().raws[local];
  const Temp* v = i.operand(0);
  if (raw.kind == RawKind::Range || raw.kind == RawKind::List) return; // by the call, or the iter
  if (t.of(v).residue) return t.holdResidue(local, t.of(v));
  const RawKind likely = t.likelyKind(v);
  if (raw.mayBeInt && storeReal(t, i, raw)) return;
  if (isBehindLend(i) && t.of(v).kind != raw.kind) return storeResult(t, i);
  const bool areInts = isInt(raw.kind) && isInt(likely);
  if (t.isAnswer(v) || (likely != RawKind::None && likely != raw.kind && !areInts)) return t.leave(); // nothing else is converted here
  switch (raw.kind) {
  case RawKind::Int: t.emit(Op::IntSet, {t.asInt(v)}, {.index = local}); break;
  case RawKind::Unsigned: {
    Temp* number = t.asUnsigned(v);
    t.emit(Op::I64Set, {number}, {.index = raw.first});
    t.emit(Op::LocalBind, {}, {.index = local});
    break;
  }
  case RawKind::Float: {
    Temp* number = t.asFloat(v);
    t.emit(Op::F64Set, {number}, {.index = raw.first});
    t.emit(Op::LocalBind, {}, {.index = local});
    break;
  }
  default: {
    Temp *re = nullptr, *im = nullptr;
    t.asComplex(v, re, im);
    if (!re) return t.leave();
    t.emit(Op::F64Set, {re}, {.index = raw.first});
    t.emit(Op::F64Set, {im}, {.index = raw.first + 1});
    t.emit(Op::LocalBind, {}, {.index = local});
  }
  }
  t.drop(v);
}

bool translateRaw(Translator& t, const Instruction& i) {
  switch (i.op) {
  case Op::LocalGet:
  case Op::LocalRead:
  case Op::LocalTake:
  case Op::LocalLend: read(t, i); return true;
  case Op::LocalSet:
  case Op::LocalInit: store(t, i); return true;
  case Op::LocalDel: t.require(t.value(Op::LocalBound, {}, {.index = i.local()})); [[fallthrough]];
  case Op::LocalClear:
    if (t.function().rawKind(i.local()) == RawKind::List) return false;
    t.emit(Op::LocalUnbind, {}, {.index = i.local()});
    return true;
  default: return false;
  }
}

} // namespace

bool translateLocal(Translator& t, const Instruction& i) {
  if ((i.info().attributes & attribute::LOCAL) && t.function().rawKind(i.local()) != RawKind::None) {
    if (translateRaw(t, i)) return true;
  }
  if ((i.info().attributes & attribute::LOCAL) && !i.is(Op::FrameLeave) && translateHeld(t, i)) return true;
  switch (i.op) {
  case Op::LocalLend: // the operator takes the reference itself, or only looks
    t.define(i.result(), {.word = t.value(Op::LocalRead, {}, {.index = i.local()})});
    return true;
  case Op::LocalInit: {
    // Behind an operator that did not take the local's own reference.
    if (!isBehindLend(i) || !isRaw(t.of(i.operand(0)))) return false;
    t.settle();
    t.emit(Op::LocalSet, {t.owned(i.operand(0))}, {.index = i.local()});
    return true;
  }
  case Op::Const: {
    Temp* made = t.value(Op::Const, {}, {.index = i.index});
    made->type = i.result()->type;
    made->guess = i.result()->guess;
    t.define(i.result(), {.word = made});
    return true;
  }
  case Op::GlobalGet: {
    Temp* made = t.checked(Op::GlobalPeek, {}, {.index = i.index});
    made->guess = i.result()->guess;
    t.defineLent(i.result(), made);
    t.makeRaw(i.result());
    return true;
  }
  case Op::Copy: {
    const Temp* from = i.operand(0);
    const Known k = t.of(from);
    if (k.instance >= 0) {
      ++t.instance(k.instance).holders;
      t.define(i.result(), {.instance = k.instance});
      return true;
    }
    if (const Constant* c = t.constantOf(from)) {
      // Immortal in executables; a kind that is known stays known.
      const RawKind kind = t.kindOf(from);
      Known made{.word = k.word};
      if (kind == RawKind::Int) made = {.kind = kind, .raw = t.integer(c->integer)};
      if (kind == RawKind::Float) made = {.word = k.word, .kind = kind, .raw = t.number(c->real)};
      t.define(i.result(), made);
      return true;
    }
    if (k.isInt) return t.defineEither(i.result(), {k.raw, k.isInt}), true;
    if (k.kind != RawKind::None) {
      t.define(i.result(), {.kind = k.kind, .raw = k.raw, .imaginary = k.imaginary});
      return true;
    }
    return false;
  }
  case Op::Kill: {
    const Known& k = t.of(i.operand(0));
    if (k.kind == RawKind::None && !referencesOf(k).empty() && !i.operand(0)->type.isInert()) t.settle();
    t.drop(i.operand(0));
    return true;
  }
  default: return false;
  }
}

} // namespace krait::ir::passes::versions
