// Items of lists, tuples, bytes, bytearrays and arrays at small ints. What is guessed to be a list or tuple, and is none, has to leave:
// behind the access everything that was found out still holds. Of what nobody knows the general operation stands in a cold way beside,
// which comes back with what is wanted: the version goes on.
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

int64_t originOfIndex(Translator& t, const Temp* key) {
  if (t.constantOf(key)) return t.isFromEnd(key);
  return isNotNegative(t.function(), t.plan(), key) ? 0 : 2;
}

namespace {

// The item of a list, or of a tuple if that is likelier.
Temp* item(Translator& t, Temp* sequence, Guess guess, const Temp* key, Temp* n, Block* otherwise, Block* noSequence) {
  const bool isTuple = guess == Guess::Tuple;
  t.guardOr(isTuple ? Op::TupleCheck : Op::ListCheck, {sequence}, noSequence);
  Temp* at = t.guardOr(isTuple ? Op::TupleIndex : Op::ListIndex, {sequence, n}, otherwise, {.imm = originOfIndex(t, key)})->result();
  return t.value(isTuple ? Op::TupleGet : Op::ListGet, {sequence, at});
}
Temp* item(Translator& t, Temp* sequence, Guess guess, const Temp* key, Temp* n, Block* otherwise) {
  return item(t, sequence, guess, key, n, otherwise, otherwise);
}

// Whether the item is looked into, and nothing else: then it need not be counted.
bool isLookedInto(const Temp* item) {
  const Instruction* access = onlyAccessOf(item);
  return access && rawKindOf(access->operand(1)->guess) == RawKind::Int;
}

bool isGuessed(const Temp* container) { return container->guess == Guess::List || container->guess == Guess::Tuple; }

void getNumber(Translator& t, const Instruction& i, RawKind wanted, Temp* container, Temp* key) {
  const Guess guess = i.operand(0)->guess;
  if (isGuessed(i.operand(0))) {
    Temp* word = item(t, container, guess, i.operand(1), key, t.exit());
    return t.defineNumber(i.result(), wanted, t.checked(checkOf(wanted), {word}));
  }
  Block* general = t.coldBlock();
  const bool mayBeBytes = wanted == RawKind::Int; // ints are also what bytes are made of
  Block* noList = mayBeBytes ? t.newBlock() : general;
  Block* meeting = t.newBlock();
  Temp* number = t.numberParameter(meeting, wanted);
  Temp* word = item(t, container, guess, i.operand(1), key, general, noList);
  t.jump(meeting, {t.guardOr(checkOf(wanted), {word}, general)->result()});
  if (mayBeBytes) {
    t.goOn(noList);
    Temp* byte = t.guardOr(Op::ByteGet, {container, key}, general)->result();
    t.jump(meeting, {byte});
  }
  t.goOn(general);
  t.jump(meeting, {t.unboxResult(i, t.value(Op::ItemGet, {container, key}), wanted)});
  t.goOn(meeting);
  t.defineNumber(i.result(), wanted, number);
}

// ---- arrays -------------------------------------------------------------------------------------

void getOfArray(Translator& t, const Instruction& i, char code) {
  const RawKind kind = isFloatCode(code) ? RawKind::Float : RawKind::Int;
  t.settle();
  Temp* key = t.asInt(i.operand(1));
  Temp* container = t.word(i.operand(0));
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  const Attributes a{.imm = code, .imm2 = t.isFromEnd(i.operand(1))};
  t.jump(meeting, {t.guardOr(kind == RawKind::Float ? Op::ArrayGetF64 : Op::ArrayGetInt, {container, key}, general, a)->result()});
  t.goOn(general);
  Temp* word = t.value(Op::ItemGet, {container, key});
  t.jump(meeting, {t.unboxResult(i, word, kind)});
  t.goOn(meeting);
  t.defineNumber(i.result(), kind, t.numberParameter(meeting, kind));
}

void setOfArray(Translator& t, const Instruction& i, char code) {
  t.settle();
  const Temp* stored = i.operand(2);
  const Constant* c = t.constantOf(stored);
  const RawKind likely = t.likelyKind(stored);
  const bool isFloat = isFloatCode(code);
  const bool isBool = c && (c->kind == ConstantKind::True || c->kind == ConstantKind::False);
  const Temp* known = t.of(stored).word;
  const bool isAnswer = !isFloat && known && known->definition && known->definition->is(Op::BoolNew);
  Temp* key = t.asInt(i.operand(1));
  Temp* v = nullptr; // raw
  if (isAnswer || likely == RawKind::Int || (likely == RawKind::Float && isFloat)) v = isFloat ? t.asReal(stored) : t.asInt(stored);
  else if (isBool) v = isFloat ? t.number(c->kind == ConstantKind::True) : t.integer(c->kind == ConstantKind::True);
  else if (c || likely != RawKind::None) return t.leave(); // it raises, or is no plain number
  Temp* container = t.word(i.operand(0));
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  if (!v) v = t.guardOr(isFloat ? Op::RealCheck : Op::IntCheck, {t.word(stored)}, general)->result();
  t.guardOr(isFloat ? Op::ArrayPutF64 : Op::ArrayPutInt, {container, key, v}, general, {.imm = code, .imm2 = t.isFromEnd(i.operand(1))});
  t.jump(meeting, {});
  t.goOn(general);
  const Known& k = t.of(stored);
  if (k.word || k.kind == RawKind::Int) {
    t.emit(Op::ItemSet, {container, key, k.word ? k.word : k.raw});
  } else { // a box for this way alone; the general body makes a local's NaN
    if (stored->ownership == Ownership::Borrowed) t.require(t.value(Op::F64Eq, {k.raw, k.raw}));
    Temp* box = k.isInt ? t.value(Op::BoxReal, {k.raw, k.isInt}) : t.value(Op::BoxF64, {k.raw});
    t.emit(Op::ItemSet, {container, key, box});
    t.emit(Op::Kill, {box});
  }
  t.jump(meeting, {});
  t.goOn(meeting);
}

// ---- lists --------------------------------------------------------------------------------------

void get(Translator& t, const Instruction& i) {
  const RawKind guess = surelyKind(i.result());
  const bool isNumber = guess != RawKind::None;
  if (!isNumber && (isGuessed(i.operand(0)) || isLookedInto(i.result()))) { // counted once something may run
    Temp* key = t.asIntOrAnswer(i.operand(1));
    Temp* container = t.word(i.operand(0));
    Temp* found = item(t, container, i.operand(0)->guess, i.operand(1), key, t.exit());
    found->guess = i.result()->guess;
    return t.defineLent(i.result(), found);
  }
  if (!isNumber || !isGuessed(i.operand(0))) t.settle(); // else nothing runs: what is not as guessed leaves
  Temp* key = t.asIntOrAnswer(i.operand(1));
  Temp* container = t.word(i.operand(0));
  if (isNumber) return getNumber(t, i, guess, container, key);
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  Temp* made = t.function().addParameter(meeting, i.result()->type, Ownership::Owned);
  made->guess = i.result()->guess;
  t.jump(meeting, {t.value(Op::Copy, {item(t, container, i.operand(0)->guess, i.operand(1), key, general)})});
  t.goOn(general);
  t.jump(meeting, {t.value(Op::ItemGet, {container, key})});
  t.goOn(meeting);
  t.define(i.result(), {.word = made, .owned = true});
}

// Of what is guessed to be a list: a number in the place of another, or anything.
void setOfList(Translator& t, const Instruction& i, RawKind kind) {
  const Temp* stored = i.operand(2);
  Temp* key = t.asIntOrAnswer(i.operand(1));
  Temp* container = t.word(i.operand(0));
  Temp* v = kind == RawKind::Int ? t.asInt(stored) : t.of(stored).raw;
  if (kind == RawKind::Float) t.requireOneBox(stored);
  t.guard(Op::ListCheck, {container});
  Temp* n = t.checked(Op::ListIndex, {container, key}, {.imm = originOfIndex(t, i.operand(1))});
  if (kind == RawKind::None) t.emit(Op::ListPut, {container, n, t.handedOver(i, stored)});
  else t.guard(kind == RawKind::Int ? Op::ListPutInt : Op::ListPutF64, {container, n, v});
}

void set(Translator& t, const Instruction& i) {
  const Temp* stored = i.operand(2);
  const Known& known = t.of(stored);
  const bool isInt = t.kindOf(stored) == RawKind::Int, isList = i.operand(0)->guess == Guess::List;
  const RawKind kind = isInt ? RawKind::Int : known.kind == RawKind::Float && !known.word ? RawKind::Float : RawKind::None;
  // Else nothing runs: what dies there is a number, and no list or what is read from it next.
  if (!isList || kind == RawKind::None) t.settle();
  else t.settleIf([&](const Temp* lent) { return lent != i.operand(0); });
  if (isList) return setOfList(t, i, kind);
  Temp* key = t.asInt(i.operand(1));
  Temp* container = t.word(i.operand(0));
  Temp* v = isInt ? t.asInt(stored) : t.word(stored);
  Block* general = t.coldBlock();
  Block* noList = isInt ? t.newBlock() : general;
  Block* meeting = t.newBlock();
  t.guardOr(Op::ListCheck, {container}, noList);
  Temp* n = t.guardOr(Op::ListIndex, {container, key}, general, {.imm = originOfIndex(t, i.operand(1))})->result();
  t.emit(Op::ListPut, {container, n, t.value(Op::Copy, {v})});
  t.jump(meeting, {});
  if (isInt) {
    t.goOn(noList);
    t.guardOr(Op::BytePut, {container, key, v}, general);
    t.jump(meeting, {});
  }
  t.goOn(general);
  t.emit(Op::ItemSet, {container, key, v});
  t.jump(meeting, {});
  t.goOn(meeting);
}

} // namespace

bool translateItem(Translator& t, const Instruction& i) {
  if (!i.is(Op::ItemGet) && !i.is(Op::ItemSet)) return false;
  if (t.likelyKind(i.operand(1)) != RawKind::Int || !t.mayBeList(i.operand(0))) return false;
  // `rows[x > 0]` of what is no list has to see the bool.
  if ((t.mayAnswer(i.operand(1)) || t.isAnswer(i.operand(1))) && !isGuessed(i.operand(0))) return false;
  if (const char code = arrayCode(i.operand(0)->guess)) {
    if (i.is(Op::ItemSet)) setOfArray(t, i, code);
    else getOfArray(t, i, code);
    return true;
  }
  const Guess guess = i.operand(0)->guess;
  if (guess == Guess::Dict || guess == Guess::Str || guess == Guess::Set || guess == Guess::Instance || (guess == Guess::Tuple && i.is(Op::ItemSet))) return false;
  if (i.is(Op::ItemSet)) set(t, i);
  else get(t, i);
  return true;
}

} // namespace krait::ir::passes::versions
