// Items of dicts: `d[k]`, `d[k] = v`, `k in d`, `d.get(k)`, `d.setdefault(k, [])` and `d.setdefault(k, set())`; `k in s` of sets. Where the entry is, dict.find tells once for all that is done with it; the
// general operation stands beside, for what is no dict, for keys whose classes have a say, and for what is missing.
//   d[k] += 1:  dict.check %0 …; %2 = dict.find %0, %1 …; condbr (dict.has %2) …; %3 = dict.at %0, %2; …; dict.put %0, %2, %4
#include "ir/passes/versions/screen.h"
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

// d.get(k) and the like, looked up before the arguments or with the call.
struct Ask {
  explicit Ask(const Instruction& i) : call(i), load(i.is(Op::MethodCall) ? lookUpOf(i) : nullptr), key(i.is(Op::Method) ? 1 : 2) {}
  bool isNamed(std::string_view name) const {
    const Instruction* lookUp = call.is(Op::Method) ? &call : load;
    return lookUp && (load ? load->is(Op::MethodLoad) : true) && call.operandCount > key && call.block->function->module.names[lookUp->index] == name;
  }
  // Of what nobody knows, unless some class of the module has a method of that name.
  bool mayBeDict(const Plan& plan) const {
    const Guess receiver = (load ? load : &call)->operand(0)->guess;
    return receiver == Guess::Dict || (!load && receiver == Guess::None && call.operandCount == 3 && plan.classes->calleesOf(call.operand(0), call.index).functions.empty());
  }
  const Instruction& call;
  const Instruction* load;
  uint32_t key; // which operand
};

// Up to the question whether there is an entry. What was looked up has no receiver if it was no method.
Place findAsked(Translator& t, const Ask& ask) {
  Temp *dict = t.word(ask.call.operand(ask.key - 1)), *key = t.word(ask.call.operand(ask.key));
  if (!ask.load) return find(t, dict, key, Op::DictExact);
  Place p{dict, key, nullptr, t.coldBlock(), t.newBlock()};
  p.dict = t.guardOr(Op::PresentCheck, {dict}, p.general)->result();
  t.guardOr(Op::DictExact, {p.dict}, p.general);
  p.entry = t.guardOr(Op::DictFind, {p.dict, key}, p.general)->result();
  return p;
}

// The call, with these arguments.
Temp* callAsked(Translator& t, const Ask& ask, const Place& p, std::initializer_list<Temp*> arguments) {
  std::vector<Temp*> operands = ask.load ? std::vector{t.word(ask.call.operand(0)), t.referenceTo(t.of(ask.call.operand(1)))} : std::vector{p.dict};
  for (Temp* argument : arguments)
    if (argument) operands.push_back(argument);
  Temp* given = t.emitWith(ask.call.op, operands, {.index = ask.call.index})->result();
  return given;
}

// The receiver that a lookup had counted dies, where the call is not made.
void letGoOfReceiver(Translator& t, const Ask& ask) {
  if (!ask.load) return;
  if (const Known& self = t.of(ask.call.operand(1)); self.owned) t.emit(Op::Kill, {self.word});
}

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
  const Ask ask(i);
  const bool hasDefault = i.operandCount > ask.key + 1;
  for (uint32_t n = ask.key; n < i.operandCount; ++n) lend(t, i.operand(n));
  t.settle();
  const Known key = t.of(i.operand(ask.key)), other = hasDefault ? t.of(i.operand(ask.key + 1)) : Known{};
  const RawKind likely = surelyKind(i.result()), wanted = !hasDefault || other.kind == likely ? likely : RawKind::None;
  const Place p = findAsked(t, ask);
  const bool isNoNumber = wanted != RawKind::None && !hasDefault; // what is missing: None, which the call beside gives
  Block* missing = isNoNumber ? p.general : t.newBlock();
  auto letGo = [&] {
    for (const Known& k : {key, other})
      if (k.word && k.owned) t.emit(Op::Kill, {k.word});
    letGoOfReceiver(t, ask);
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
      letGoOfReceiver(t, ask);
      t.jump(p.meeting, {given});
    }
  }
  t.goOn(p.general);
  Temp* ownKey = t.referenceTo(key);
  Temp* given = callAsked(t, ask, p, {ownKey, hasDefault ? t.referenceTo(other) : nullptr});
  for (uint32_t n = 1; n < i.operandCount; ++n) t.define(i.operand(n), {});
  t.jump(p.meeting, {wanted != RawKind::None ? t.unboxResult(i, given, wanted) : given});
  t.goOn(p.meeting);
  if (wanted != RawKind::None) t.defineNumber(i.result(), wanted, result);
  else t.define(i.result(), {.word = result, .owned = true});
}

// What is made anew for the call alone: `[]`, `{}`, or what `list()`, `dict()` and `set()` give, if these are the builtins.
Op freshOp(const Instruction& fresh, const facts::ModuleFacts& facts) {
  if ((fresh.is(Op::ListNew) || fresh.is(Op::DictNew)) && !fresh.operandCount) return fresh.op;
  if (!fresh.is(Op::Call) || fresh.operandCount != 1) return Op::Kill;
  return callsBuiltin(fresh, facts, "set") ? Op::SetNew : callsBuiltin(fresh, facts, "list") ? Op::ListNew : callsBuiltin(fresh, facts, "dict") ? Op::DictNew : Op::Kill;
}

// d.setdefault(k, []): where there is a value, no list is made.
void setDefault(Translator& t, const Instruction& i) {
  const Ask ask(i);
  const Temp* fresh = i.operand(ask.key + 1);
  const auto makeFresh = [&] { return t.value(freshOp(*fresh->definition, *t.plan().facts), {}); };
  lend(t, i.operand(ask.key));
  t.settle();
  const Known key = t.of(i.operand(ask.key));
  if (!key.word && key.kind != RawKind::Int) {
    t.define(fresh, {.word = makeFresh(), .owned = true});
    return t.generic(i);
  }
  const Place p = findAsked(t, ask);
  Temp* result = t.wordParameter(p.meeting, *i.result());
  t.guardOr(Op::CondBr, {isThere(t, p)}, p.general);
  Temp* there = t.value(Op::Copy, {at(t, p)});
  if (key.word && key.owned) t.emit(Op::Kill, {key.word});
  letGoOfReceiver(t, ask);
  t.jump(p.meeting, {there});
  t.goOn(p.general);
  Temp* ownKey = t.referenceTo(key);
  Temp* given = callAsked(t, ask, p, {ownKey, makeFresh()});
  for (uint32_t n = 1; n <= ask.key; ++n) t.define(i.operand(n), {});
  t.jump(p.meeting, {given});
  t.goOn(p.meeting);
  t.define(i.result(), {.word = result, .owned = true});
}

bool isGetOr(Translator& t, const Instruction& i) {
  const Ask ask(i);
  if (!ask.isNamed("get") || i.operandCount > ask.key + 2 || !ask.mayBeDict(t.plan()) || (ask.load && !t.of(i.operand(1)).word)) return false;
  const Known& key = t.of(i.operand(ask.key));
  const Known other = i.operandCount > ask.key + 1 ? t.of(i.operand(ask.key + 1)) : Known{};
  return (key.word || key.kind == RawKind::Int) && other.instance < 0 && !other.items;
}

} // namespace

bool isSetDefault(const Instruction& i, const Plan& plan) {
  const Ask ask(i);
  if (!ask.isNamed("setdefault") || i.operandCount != ask.key + 2 || !ask.mayBeDict(plan)) return false;
  const Instruction* fresh = i.operand(ask.key + 1)->definition;
  if (!fresh || freshOp(*fresh, *plan.facts) == Op::Kill || fresh->block != i.block || fresh->result()->uses->next) return false;
  const Temp* callee = fresh->is(Op::Call) ? fresh->operand(0) : nullptr; // a builtin class does not die
  while ((fresh = fresh->next) != &i)
    if (!isQuiet(fresh->op) && !(callee && fresh->is(Op::Kill) && fresh->operand(0) == callee)) return false; // somebody could tell when it was made
  return true;
}
static bool isForSetDefault(Translator& t, const Instruction& fresh) {
  if (freshOp(fresh, *t.plan().facts) == Op::Kill) return false;
  const Use* use = fresh.result()->uses;
  return use && isSetDefault(*use->user, t.plan()) && use->user->operand(Ask(*use->user).key + 1) == fresh.result();
}
// Made where it is wanted, if the class is the builtin.
static void leaveForSetDefault(Translator& t, const Instruction& fresh) {
  if (!fresh.is(Op::Call)) return;
  const std::string& name = t.module().cells[fresh.operand(0)->definition->index];
  t.require(t.value(Op::IsBuiltin, {t.word(fresh.operand(0))}, {.index = t.module().names.intern(name)}));
}

bool translateLookup(Translator& t, const Instruction& i) {
  if (i.is(Op::Contains) && t.of(i.result()).word) return true; // with the range (calls.cpp)
  if (isGetOr(t, i)) return getOr(t, i), true;
  if (isForSetDefault(t, i)) return leaveForSetDefault(t, i), true;
  if (isSetDefault(i, t.plan())) return setDefault(t, i), true;
  if (!(i.is(Op::ItemGet) || i.is(Op::ItemSet) || i.is(Op::Contains)) || !isOfDict(t, i)) return false;
  if (i.is(Op::ItemGet)) get(t, i);
  else if (i.is(Op::ItemSet)) set(t, i);
  else contains(t, i);
  return true;
}

} // namespace krait::ir::passes::versions
