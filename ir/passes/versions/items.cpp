// Items of lists, bytes and bytearrays at small ints. Whatever else the container is, the general operation stands in a cold
// way beside, which comes back with what is wanted: the version goes on.
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

namespace {

Temp* index(Translator& t, Temp* list, const Temp* key, Temp* n, Block* otherwise) {
  const Constant* c = t.constantOf(key);
  const bool isFromEnd = c && c->kind == ConstantKind::Int && c->integer < 0;
  return t.guardOr(Op::ListIndex, {list, n}, otherwise, {.imm = isFromEnd})->result();
}

Block* coldBlock(Translator& t) {
  Block* made = t.newBlock();
  made->cold = true;
  return made;
}

// Whether the item is looked into, and nothing else: then it need not be counted.
bool isLookedInto(const Temp* item) {
  const Instruction* access = nullptr;
  for (const Use* u = item->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    const bool isAccess = (u->user->is(Op::ItemGet) || u->user->is(Op::ItemSet)) && u == u->user->uses;
    if (access || !isAccess) return false;
    access = u->user;
  }
  return access && rawKindOf(access->operand(1)->guess) == RawKind::Int;
}

// What the general operation gives, where a number is wanted: raw, or out behind the instruction.
Temp* unboxResult(Translator& t, const Instruction& i, Temp* word, RawKind wanted) {
  const Known before = t.of(i.result());
  t.define(i.result(), {.word = word, .owned = true});
  Block* out = t.exitAfter(i);
  Temp* raw = t.guardOr(wanted == RawKind::Int ? Op::IntCheck : Op::FloatCheck, {word}, out)->result();
  t.emit(Op::Kill, {word});
  t.define(i.result(), before);
  return raw;
}

void getNumber(Translator& t, const Instruction& i, RawKind wanted, Temp* container, Temp* key) {
  const bool isInt = wanted == RawKind::Int;
  Block* general = coldBlock(t);
  Block* noList = isInt ? t.newBlock() : general; // ints are also what bytes are made of
  Block* meeting = t.newBlock();
  Temp* number = isInt ? t.function().addParameter(meeting, Type::of(TypeBit::SmallInt), Ownership::Borrowed)
                       : t.function().addParameter(meeting, Type::raw(Repr::F64), Ownership::Raw);
  t.guardOr(Op::ListCheck, {container}, noList);
  Temp* n = index(t, container, i.operand(1), key, general);
  Temp* item = t.value(Op::ListGet, {container, n});
  t.jump(meeting, {t.guardOr(isInt ? Op::IntCheck : Op::FloatCheck, {item}, general)->result()});
  if (isInt) {
    t.goOn(noList);
    Temp* byte = t.guardOr(Op::ByteGet, {container, key}, general)->result();
    t.jump(meeting, {byte});
  }
  t.goOn(general);
  Temp* word = t.value(Op::ItemGet, {container, key});
  t.jump(meeting, {unboxResult(t, i, word, wanted)});
  t.goOn(meeting);
  if (isInt) t.defineInt(i.result(), number);
  else t.defineFloat(i.result(), number);
}

void get(Translator& t, const Instruction& i) {
  const RawKind guess = rawKindOf(i.result()->guess);
  const bool isNumber = (guess == RawKind::Int || guess == RawKind::Float) && !t.function().mixesNumbers;
  if (!isNumber && isLookedInto(i.result())) {
    Temp* key = t.asInt(i.operand(1));
    Temp* container = t.word(i.operand(0));
    t.guard(Op::ListCheck, {container});
    Temp* n = index(t, container, i.operand(1), key, t.exit());
    t.defineLent(i.result(), t.value(Op::ListGet, {container, n}));
    return;
  }
  t.settle();
  Temp* key = t.asInt(i.operand(1));
  Temp* container = t.word(i.operand(0));
  if (isNumber) return getNumber(t, i, guess, container, key);
  Block* general = coldBlock(t);
  Block* meeting = t.newBlock();
  Temp* made = t.function().addParameter(meeting, i.result()->type, Ownership::Owned);
  made->guess = i.result()->guess;
  t.guardOr(Op::ListCheck, {container}, general);
  Temp* n = index(t, container, i.operand(1), key, general);
  t.jump(meeting, {t.value(Op::Copy, {t.value(Op::ListGet, {container, n})})});
  t.goOn(general);
  t.jump(meeting, {t.value(Op::ItemGet, {container, key})});
  t.goOn(meeting);
  t.define(i.result(), {.word = made, .owned = true});
}

void set(Translator& t, const Instruction& i) {
  t.settle();
  const Temp* stored = i.operand(2);
  const bool isInt = t.kindOf(stored) == RawKind::Int;
  Temp* key = t.asInt(i.operand(1));
  Temp* container = t.word(i.operand(0));
  Temp* v = isInt ? t.asInt(stored) : t.word(stored);
  Block* general = coldBlock(t);
  Block* noList = isInt ? t.newBlock() : general;
  Block* meeting = t.newBlock();
  t.guardOr(Op::ListCheck, {container}, noList);
  Temp* n = index(t, container, i.operand(1), key, general);
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
  if (i.is(Op::ItemSet)) set(t, i);
  else get(t, i);
  return true;
}

} // namespace krait::ir::passes::versions
