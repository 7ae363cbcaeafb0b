// Items of dicts: `d[k]`, `d[k] = v`, `k in d`, `d.get(k)` and `d.setdefault(k, [])`; `k in s` of sets. Where the entry is, dict.find tells once for all that is done with it; the
// general operation stands beside, for what is no dict, for keys whose classes have a say, and for what is missing.
//   d[k] += 1:  dict.check %0 …; %2 = dict.find %0, %1 …; condbr (dict.has %2) …; %3 = dict.at %0, %2; …; dict.put %0, %2, %4
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

namespace {

struct Place {
  Temp *dict, *key, *entry;
  Block *general, *meeting;
};

// Ints are indexes of lists, unless the container is known; of what nobody knows, neither container nor key, most are dicts.
bool isOfDict(Translator& t, const Instruction& i) {
  const Guess container = i.operand(0)->guess;
  if (container == Guess::Dict || (container == Guess::Set && i.is(Op::Contains))) return true;
  const Guess key = i.operand(1)->guess;
  return container == Guess::None && !i.is(Op::Contains) && t.likelyKind(i.operand(1)) == RawKind::None && (key == Guess::None || key == Guess::Str || key == Guess::Instance);
}

// Up to the question whether there is an entry.
Place find(Translator& t, Temp* dict, Temp* key, Op check = Op::DictCheck) {
  Place p{dict, key, nullptr, t.coldBlock(), t.newBlock()};
  t.guardOr(check, {dict}, p.general);
  p.entry = t.guardOr(Op::DictFind, {dict, key}, p.general)->result();
  return p;
}
Temp* isThere(Translator& t, const Place& p) { return t.value(Op::DictHas, {p.entry}); }
Temp* at(Translator& t, const Place& p) { return t.value(Op::DictAt, {p.dict, p.entry}); }

// Whether it is asked for one item, and dies.
bool isLookedInto(const Temp* item) {
  const Instruction* access = onlyAccessOf(item);
  return access && access->is(Op::ItemGet) && diesBehind(*access, item);
}

// The inner one of `d[a][b]` belongs to the outer one, and need not be counted. What is missing there is an error, as a rule.
void getInner(Translator& t, const Instruction& i) {
  Temp *key = t.word(i.operand(1)), *dict = t.word(i.operand(0));
  t.guard(Op::DictCheck, {dict});
  Temp* entry = t.checked(Op::DictFind, {dict, key});
  t.require(t.value(Op::DictHas, {entry}));
  Temp* found = t.value(Op::DictAt, {dict, entry});
  found->guess = i.result()->guess;
  t.defineLent(i.result(), found);
}

void get(Translator& t, const Instruction& i) {
  const RawKind wanted = surelyKind(i.result());
  const bool isKeyPlain = i.operand(1)->guess == Guess::Str || t.likelyKind(i.operand(1)) == RawKind::Int;
  if (wanted == RawKind::None && isKeyPlain && isLookedInto(i.result())) return getInner(t, i);
  // A container that is lent stays so; the general operation has it counted.
  const Temp* container = i.operand(0);
  const bool isLent = t.settleAround(i, container);
  Temp* key = t.word(i.operand(1));
  const Place p = find(t, t.word(container), key);
  auto getGenerally = [&] {
    if (!isLent) return t.value(Op::ItemGet, {p.dict, key});
    Temp* counted = t.value(Op::Copy, {p.dict});
    Temp* item = t.value(Op::ItemGet, {counted, key});
    t.emit(Op::Kill, {counted});
    return item;
  };
  t.guardOr(Op::CondBr, {isThere(t, p)}, p.general);
  Temp* found = at(t, p);
  if (wanted != RawKind::None) {
    Temp* number = t.numberParameter(p.meeting, wanted);
    t.jump(p.meeting, {t.guardOr(checkOf(wanted), {found}, p.general)->result()});
    t.goOn(p.general);
    t.jump(p.meeting, {t.unboxResult(i, getGenerally(), wanted)});
    t.goOn(p.meeting);
    return t.defineNumber(i.result(), wanted, number);
  }
  Temp* made = t.wordParameter(p.meeting, *i.result());
  t.jump(p.meeting, {t.value(Op::Copy, {found})});
  t.goOn(p.general);
  t.jump(p.meeting, {getGenerally()});
  t.goOn(p.meeting);
  t.define(i.result(), {.word = made, .owned = true});
}

void set(Translator& t, const Instruction& i) {
  t.settle();
  Temp *key = t.word(i.operand(1)), *v = t.word(i.operand(2));
  const Place p = find(t, t.word(i.operand(0)), key);
  t.guardOr(Op::CondBr, {isThere(t, p)}, p.general);
  t.emit(Op::DictPut, {p.dict, p.entry, t.value(Op::Copy, {v})});
  t.jump(p.meeting, {});
  t.goOn(p.general);
  t.emit(Op::ItemSet, {p.dict, key, v});
  t.jump(p.meeting, {});
  t.goOn(p.meeting);
}

void contains(Translator& t, const Instruction& i) {
  t.settle();
  Temp *key = t.word(i.operand(1)), *container = t.word(i.operand(0));
  const bool isSet = i.operand(0)->guess == Guess::Set;
  const Place p = isSet ? Place{container, key, nullptr, t.coldBlock(), t.newBlock()} : find(t, container, key);
  Temp* isIn = t.function().addParameter(p.meeting, Type::raw(Repr::I1), Ownership::Raw);
  t.jump(p.meeting, {isSet ? t.guardOr(Op::SetHas, {container, key}, p.general)->result() : isThere(t, p)});
  t.goOn(p.general);
  t.jump(p.meeting, {t.value(Op::Contains, {p.dict, p.key})});
  t.goOn(p.meeting);
  answer(t, i, isIn);
}

// What stands between a copy and the operation that it was made for.
bool isQuiet(Op op) { return has(op, op_flags::kPure) || op == Op::Copy || op == Op::LocalRead; }

// An argument that was copied for the call alone is lent to it: who may keep it copies it.
void lend(Translator& t, const Temp* argument) {
  const Known& k = t.of(argument);
  Instruction* copy = k.word && k.owned ? k.word->definition : nullptr;
  if (!copy || !copy->is(Op::Copy) || k.word->uses || copy->block != t.here()) return;
  for (const Instruction* i = copy->next; i; i = i->next)
    if (!isQuiet(i->op)) return;
  Temp* from = copy->operand(0);
  t.function().erase(copy);
  t.define(argument, {.word = from});
}

// d.get(k), d.get(k, default): what is missing is found out here, too. A class derived from dict may have a `get` of its own.
void getOr(Translator& t, const Instruction& i) {
  const bool hasDefault = i.operandCount == 3;
  for (uint32_t n = 1; n < i.operandCount; ++n) lend(t, i.operand(n));
  t.settle();
  const Known key = t.of(i.operand(1)), other = hasDefault ? t.of(i.operand(2)) : Known{};
  const RawKind likely = surelyKind(i.result()), wanted = !hasDefault || other.kind == likely ? likely : RawKind::None;
  const Place p = find(t, t.word(i.operand(0)), t.word(i.operand(1)), Op::DictExact);
  const bool isNoNumber = wanted != RawKind::None && !hasDefault; // what is missing: None, which the call beside gives
  Block* missing = isNoNumber ? p.general : t.newBlock();
  auto letGo = [&] {
    for (const Known& k : {key, other})
      if (k.word && k.owned) t.emit(Op::Kill, {k.word});
  };
  t.guardOr(Op::CondBr, {isThere(t, p)}, missing);
  Temp* found = at(t, p);
  Temp* result = wanted != RawKind::None ? t.numberParameter(p.meeting, wanted) : t.wordParameter(p.meeting, *i.result());
  Temp* there = wanted != RawKind::None ? t.guardOr(checkOf(wanted), {found}, p.general)->result() : t.value(Op::Copy, {found});
  letGo();
  t.jump(p.meeting, {there});
  if (!isNoNumber) {
    t.goOn(missing);
    if (wanted != RawKind::None) {
      letGo();
      t.jump(p.meeting, {other.raw});
    } else {
      Temp* given = hasDefault ? t.referenceTo(other) : t.value(Op::Copy, {t.value(Op::Const, {}, {.index = t.module().constants.intern(ConstantKind::None)})});
      if (key.word && key.owned) t.emit(Op::Kill, {key.word});
      t.jump(p.meeting, {given});
    }
  }
  t.goOn(p.general);
  std::vector<Temp*> operands = {p.dict, t.referenceTo(key)};
  if (hasDefault) operands.push_back(t.referenceTo(other));
  Temp* given = t.emitWith(Op::Method, operands, {.index = i.index})->result();
  for (uint32_t n = 1; n < i.operandCount; ++n) t.define(i.operand(n), {});
  t.jump(p.meeting, {wanted != RawKind::None ? t.unboxResult(i, given, wanted) : given});
  t.goOn(p.meeting);
  if (wanted != RawKind::None) t.defineNumber(i.result(), wanted, result);
  else t.define(i.result(), {.word = result, .owned = true});
}

// Of what nobody knows, unless some class of the module has a method of that name.
bool mayBeDict(const Plan& plan, const Instruction& i) {
  const Guess receiver = i.operand(0)->guess;
  return receiver == Guess::Dict || (receiver == Guess::None && i.operandCount == 3 && plan.classes->calleesOf(i.operand(0), i.index).functions.empty());
}

// d.setdefault(k, []): where there is a value, no list is made.
void setDefault(Translator& t, const Instruction& i) {
  const auto makeFresh = [&] { return t.value(i.operand(2)->definition->op, {}); };
  lend(t, i.operand(1));
  t.settle();
  const Known key = t.of(i.operand(1));
  if (!key.word && key.kind != RawKind::Int) {
    t.define(i.operand(2), {.word = makeFresh(), .owned = true});
    return t.generic(i);
  }
  const Place p = find(t, t.word(i.operand(0)), t.word(i.operand(1)), Op::DictExact);
  Temp* result = t.wordParameter(p.meeting, *i.result());
  t.guardOr(Op::CondBr, {isThere(t, p)}, p.general);
  Temp* there = t.value(Op::Copy, {at(t, p)});
  if (key.word && key.owned) t.emit(Op::Kill, {key.word});
  t.jump(p.meeting, {there});
  t.goOn(p.general);
  Temp* ownKey = t.referenceTo(key);
  Temp* given = t.value(Op::Method, {p.dict, ownKey, makeFresh()}, {.index = i.index});
  t.define(i.operand(1), {});
  t.jump(p.meeting, {given});
  t.goOn(p.meeting);
  t.define(i.result(), {.word = result, .owned = true});
}

bool isGetOr(Translator& t, const Instruction& i) {
  if (!i.is(Op::Method) || i.operandCount < 2 || i.operandCount > 3 || !mayBeDict(t.plan(), i) || t.module().names[i.index] != "get") return false;
  const Known& key = t.of(i.operand(1));
  const Known other = i.operandCount == 3 ? t.of(i.operand(2)) : Known{};
  return (key.word || key.kind == RawKind::Int) && other.instance < 0 && !other.items;
}

} // namespace

bool isSetDefault(const Instruction& i, const Plan& plan) {
  if (!i.is(Op::Method) || i.operandCount != 3 || !mayBeDict(plan, i) || i.block->function->module.names[i.index] != "setdefault") return false;
  const Instruction* fresh = i.operand(2)->definition;
  if (!fresh || !(fresh->is(Op::ListNew) || fresh->is(Op::DictNew)) || fresh->operandCount || fresh->block != i.block || fresh->result()->uses->next) return false;
  while ((fresh = fresh->next) != &i)
    if (!isQuiet(fresh->op)) return false; // somebody could tell when it was made
  return true;
}
static bool isForSetDefault(Translator& t, const Instruction& fresh) {
  if (!(fresh.is(Op::ListNew) || fresh.is(Op::DictNew))) return false;
  const Use* use = fresh.result()->uses;
  return use && isSetDefault(*use->user, t.plan()) && use->user->operand(2) == fresh.result();
}

bool translateLookup(Translator& t, const Instruction& i) {
  if (i.is(Op::Contains) && t.of(i.result()).word) return true; // with the range (calls.cpp)
  if (isGetOr(t, i)) return getOr(t, i), true;
  if (isForSetDefault(t, i)) return true; // made where it is wanted
  if (isSetDefault(i, t.plan())) return setDefault(t, i), true;
  if (!(i.is(Op::ItemGet) || i.is(Op::ItemSet) || i.is(Op::Contains)) || !isOfDict(t, i)) return false;
  if (i.is(Op::ItemGet)) get(t, i);
  else if (i.is(Op::ItemSet)) set(t, i);
  else contains(t, i);
  return true;
}

} // namespace krait::ir::passes::versions
