// Within versions: what a guard, or a read of memory, has found stays known until something may change it. The second
// `shape.check` of an object, the second read of a slot, the second question which function a method is, go:
//   shape.check 0, %a …; %1 = slot.get 0, 2, %a …; %2 = float.check %1 …   (and the same again)
//     ->   … once; uses of the second number are uses of the first
// A forward data-flow analysis: at a join, facts hold that hold on all ways to it. A fact names values: a local has the
// value that was stored in it last, whichever temporary reads it. Where only cold ways to a join do not know an entry of a dict, a parameter
// hands it on, which is -2 on these; then the second look-up is a test of that:
//   dict.find %0, %1, ^2, ^3   ->   %4 = i64.lt -2, %5; condbr %4, ^2, ^3
#include "ir/analysis/effects.h"
#include "ir/analysis/flow.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>
#include <optional>

namespace krait::ir::passes {

using namespace core;

namespace {

using Id = uint32_t; // of a value: the temporary that had it first
constexpr size_t kMaxFacts = 192;
constexpr int kMaxRounds = 10;
constexpr int64_t kUnknownEntry = -2; // as dict.find never gives it

// What may change the answer.
enum class Depends : uint8_t { Nothing, Code, Globals, Slots, Sizes, Items, Counts, NoFact };

Depends dependsOn(Op op) {
  using enum Depends;
  switch (op) {
  case Op::IntCheck:
  case Op::U64Check:
  case Op::BoolCheck:
  case Op::FloatCheck:
  case Op::RealCheck:
  case Op::ExactCheck:
  case Op::ListCheck:
  case Op::DictExact:
  case Op::DictHas:
  case Op::TupleIndex:
  case Op::TupleGet:
  case Op::CharGet:
  case Op::CharCheck:
  case Op::PlainCheck: return Nothing;
  case Op::DictCheck: // of a class derived from dict, too
  case Op::TupleCheck:
  case Op::TupleSized:
  case Op::ShapeCheck:
  case Op::ClassSame:
  case Op::MethodFind:
  case Op::StaticFind:
  case Op::SuperFind:
  case Op::GetterFind:
  case Op::SetterFind:
  case Op::OperatorFind:
  case Op::OperatorFindOf:
  case Op::FunctionFind:
  case Op::InitFind:
  case Op::ClassFind:
  case Op::ClassCheck:
  case Op::EntryCheck:
  case Op::DefaultGet:
  case Op::DepthCheck: return Code;
  case Op::GlobalPeek: return Globals;
  case Op::AttrPeek:
  case Op::ConstantPeek:
  case Op::SlotGet: return Slots;
  case Op::LengthPeek:
  case Op::TruthPeek:
  case Op::ItemsOf:
  case Op::DictFind:
  case Op::SetHas:
  case Op::ListIndex:
  case Op::ListSized: return Sizes;
  case Op::TextEq: // lists may be among what is compared
  case Op::DictAt:
  case Op::ItemAt:
  case Op::ListGet: return Items;
  case Op::InertCheck: return Counts;
  default: return NoFact;
  }
}

// Writes of memory that change no answer: caches, counts, places that no fact is about.
bool writesElsewhere(Op op) {
  switch (op) {
  case Op::MethodFind:
  case Op::StaticFind:
  case Op::SuperFind:
  case Op::GetterFind:
  case Op::SetterFind:
  case Op::OperatorFind:
  case Op::OperatorFindOf:
  case Op::ClassFind:
  case Op::AttrPeek:
  case Op::ConstantPeek:
  case Op::RealMethod:
  case Op::RealMethodOfTwo:
  case Op::WholeMethod:
  case Op::InstanceNew:
  case Op::IteratorStep:
  case Op::EnumerateStep:
  case Op::IteratorHold:
  case Op::BytePut:
  case Op::ArrayPutF64:
  case Op::ArrayPutInt: return true;
  default: return false;
  }
}

// Writes items of lists, and nothing else.
bool writesItems(Op op) { return op == Op::ListPutF64 || op == Op::ListPutInt; }

struct Fact {
  Op op;
  uint32_t index = kNone;
  int64_t imm = 0, imm2 = 0;
  Id operands[2] = {kNone, kNone};
  Temp* result = nullptr; // null: there is none, or only its value is known
  Id value = kNone;       // the result's
  const Block* partial = nullptr; // where it began to hold only for those who do not come by cold ways; then it has no result

  bool asks(const Fact& o) const {
    return op == o.op && index == o.index && imm == o.imm && imm2 == o.imm2 && operands[0] == o.operands[0] && operands[1] == o.operands[1];
  }
  bool names(Id id) const { return operands[0] == id || operands[1] == id || value == id; }
  bool operator==(const Fact& o) const { return asks(o) && result == o.result && value == o.value && partial == o.partial; }
};

struct State {
  bool known = false;     // whether it was computed
  std::vector<Id> locals; // kNone: nobody has looked
  std::vector<Fact> facts;
  bool operator==(const State&) const = default;
};

class Merger {
public:
  explicit Merger(Function& f) : f_(f), flow_(f), ids_(f.tempCount()), temps_(f.tempCount()), ends_(f.blockIdLimit() * 2) {}
  bool run();

private:
  State atStart(const Block* b) const;
  void addPartial(const Block* b, State& s) const;
  Temp* handedOn(const Block* at, const Fact& fact);
  void replaceByBranch(Instruction& guard, Temp* by, Temp* condition);
  Temp* replaceByHandedOn(Block* b, const Fact& fact);
  void walk(Block* b);
  void leave(const Block* b, size_t successor);
  void visit(Instruction& i);
  void define(Temp* t);
  void forgetWhatItChanges(const Instruction& i);
  void forgetShape(int64_t shape);
  void replaceSlot(Instruction& i);
  bool diesQuietly(const Temp* t) const;
  bool storesQuietly(const Instruction& i) const;
  bool dropStore(Instruction& i);
  bool answer(Instruction& i);
  bool answerOfInt(Instruction& i);
  Temp* boxed(const Instruction& i) const;
  bool isNumber(Id id) const;
  void add(Fact fact);
  void replace(Instruction& i, Temp* by);
  void replaceByTestOfNaN(Instruction& i, Temp* number);
  Fact factOf(const Instruction& i) const;
  Id idOf(const Temp* t) const { return t ? ids_[t->id] : kNone; }
  uint32_t slotName(const Fact& fact) const { return f_.shapes[static_cast<size_t>(fact.imm)].names[static_cast<size_t>(fact.imm2)]; }
  template <class P> void forget(P&& p) { std::erase_if(now_.facts, p); }

  Function& f_;
  analysis::Flow flow_;
  std::vector<Id> ids_;     // by temporary
  std::vector<Temp*> temps_; // by id
  std::vector<State> ends_; // by block and successor
  State now_;
  std::vector<Instruction*> unused_; // reads whose answer is known, but not in a word of its own
  bool isStable_ = false, rewrites_ = false, changed_ = false;
};

// What holds on all ways that were walked.
State Merger::atStart(const Block* b) const {
  State s;
  for (const analysis::Edge& e : flow_.predecessors(b)) {
    const Instruction* end = e.from->terminator();
    for (uint32_t n = 0; n < end->successorCount; ++n) {
      if (end->target(n) != b) continue;
      if (!e.from->version) return {.known = true, .locals = std::vector<Id>(f_.locals.size(), kNone), .facts = {}};
      const State& way = ends_[e.from->id * 2 + n];
      if (!way.known) continue;
      if (!s.known) {
        s = way;
        continue;
      }
      for (size_t x = 0; x < s.locals.size(); ++x)
        if (s.locals[x] != way.locals[x]) s.locals[x] = kNone;
      std::erase_if(s.facts, [&](const Fact& fact) { return std::find(way.facts.begin(), way.facts.end(), fact) == way.facts.end(); });
    }
  }
  if (s.known) addPartial(b, s);
  return s;
}

static const Fact* factLike(const State& s, const Fact& wanted) {
  auto found = std::find_if(s.facts.begin(), s.facts.end(), [&](const Fact& fact) { return fact.asks(wanted); });
  return found == s.facts.end() ? nullptr : &*found;
}

// Entries of dicts that all ways that are not cold have found.
void Merger::addPartial(const Block* b, State& s) const {
  std::vector<const State*> warm;
  if (b->cold || flow_.predecessors(b).size() < 2) return;
  for (const analysis::Edge& e : flow_.predecessors(b)) {
    if (e.error || flow_.rank(e.from) >= flow_.rank(b)) return;
    const Instruction* end = e.from->terminator();
    for (uint32_t n = 0; n < end->successorCount; ++n)
      if (end->target(n) == b && !e.from->cold) warm.push_back(&ends_[e.from->id * 2 + n]);
  }
  if (warm.empty()) return;
  for (const Fact& fact : warm[0]->facts) {
    if (fact.op != Op::DictFind || s.facts.size() >= kMaxFacts || factLike(s, fact)) continue;
    if (!std::all_of(warm.begin(), warm.end(), [&](const State* way) { return factLike(*way, fact); })) continue;
    Fact partial = fact;
    partial.result = nullptr, partial.value = kNone, partial.partial = b;
    s.facts.push_back(partial);
  }
}

// The parameter that has the entry on the ways that know it, and -2 on the others.
Temp* Merger::handedOn(const Block* at, const Fact& fact) {
  Block* b = const_cast<Block*>(at);
  Temp* p = f_.addParameter(b, Type::raw(Repr::I64), Ownership::Raw);
  for (const analysis::Edge& e : flow_.predecessors(b)) {
    Instruction* end = e.from->last;
    for (uint32_t n = 0; n < end->successorCount; ++n) {
      if (end->target(n) != b) continue;
      const Fact* known = factLike(ends_[e.from->id * 2 + n], fact);
      Temp* entry = nullptr;
      if (known) entry = known->partial ? handedOn(known->partial, fact) : known->result;
      else entry = insertBefore(end, Op::I64Const, {}, kNone, kNone, kUnknownEntry)->result();
      std::vector<Temp*> arguments = argumentsOf(*end, n);
      arguments.push_back(entry);
      f_.setTarget(end, n, b, arguments);
    }
  }
  return p;
}

// The block ends in a look-up whose entry the fact has handed on: that, by which it is replaced.
Temp* Merger::replaceByHandedOn(Block* b, const Fact& fact) {
  Instruction* find = b->last;
  Temp* entry = handedOn(fact.partial, fact);
  Temp* unknown = insertBefore(find, Op::I64Const, {}, kNone, kNone, kUnknownEntry)->result();
  Temp* isKnown = insertBefore(find, Op::I64Lt, {unknown, entry})->result();
  const Id value = ids_[find->result()->id];
  replaceByBranch(*find, entry, isKnown);
  ids_.resize(f_.tempCount());
  temps_.resize(f_.tempCount());
  ids_[entry->id] = value;
  temps_[value] = entry;
  return entry;
}

void Merger::add(Fact fact) {
  if (now_.facts.size() == kMaxFacts) now_.facts.erase(now_.facts.begin());
  now_.facts.push_back(fact);
}

// It has a new value: what is known of the one before (of an earlier round of a loop) is not about it.
void Merger::define(Temp* t) {
  ids_[t->id] = t->id;
  temps_[t->id] = t;
  std::replace(now_.locals.begin(), now_.locals.end(), t->id, kNone);
  forget([&](const Fact& fact) { return fact.names(t->id) || fact.result == t; });
}

void Merger::replace(Instruction& i, Temp* by) {
  changed_ = true;
  if (i.resultCount && i.result()->uses) f_.replaceUses(i.result(), by);
  if (isTerminator(i.op)) makeUnconditional(i.block, 0);
  else f_.erase(&i);
}

Fact Merger::factOf(const Instruction& i) const {
  Fact fact{.op = i.op, .index = i.index, .imm = i.imm, .imm2 = i.imm2};
  for (uint32_t n = 0; n < i.operandCount && n < 2; ++n) fact.operands[n] = idOf(i.operand(n));
  return fact;
}

void Merger::forgetWhatItChanges(const Instruction& i) {
  const bool dies = i.is(Op::Kill), runsCode = dies ? !diesQuietly(i.operand(0)) : analysis::mayRunCode(i);
  const bool writesHeap = (i.info().flags & op_flags::kWritesHeap) && !writesElsewhere(i.op) && !writesItems(i.op) && (!dies || runsCode);
  if (!dies && !runsCode && !writesHeap && !writesItems(i.op) && !(i.info().flags & op_flags::kWritesGlobal)) return;
  forget([&](const Fact& fact) {
    switch (dependsOn(fact.op)) {
    case Depends::Nothing: return false;
    case Depends::Counts: return true;
    case Depends::Globals: return runsCode || (i.info().flags & op_flags::kWritesGlobal) != 0;
    case Depends::Slots:
    case Depends::Sizes: return runsCode || writesHeap;
    case Depends::Items: return runsCode || writesHeap || writesItems(i.op);
    default: return runsCode;
    }
  });
}

// No code runs: a number, or what was asked, and nothing has died since.
bool Merger::diesQuietly(const Temp* t) const {
  if (t->type.isInert() || isNumber(idOf(t))) return true;
  return std::any_of(now_.facts.begin(), now_.facts.end(), [&](const Fact& f) { return f.op == Op::InertCheck && f.operands[0] == idOf(t); });
}

// What the local had is a number, or the same again.
bool Merger::storesQuietly(const Instruction& i) const {
  const Id before = i.is(Op::LocalSet) ? now_.locals[i.local()] : kNone;
  return before != kNone && (before == idOf(i.operand(0)) || isNumber(before));
}

// A shape may learn another family of classes when it is asked.
void Merger::forgetShape(int64_t shape) {
  forget([&](const Fact& fact) { return (fact.op == Op::ShapeCheck || fact.op == Op::SlotGet || fact.op == Op::ClassCheck) && fact.imm == shape; });
}

// Other objects may have the same slot; what it holds now is a value whose word was given away.
void Merger::replaceSlot(Instruction& i) {
  Fact fact = factOf(i);
  fact.op = Op::SlotGet;
  fact.operands[1] = kNone;
  auto before = std::find_if(now_.facts.begin(), now_.facts.end(), [&](const Fact& f) { return f.asks(fact); });
  if (before != now_.facts.end()) {
    ids_[i.result()->id] = before->value;
    if (rewrites_ && isNumber(before->value) && !i.result()->type.isInert()) {
      i.result()->type = Type::word(Type::integer().mask | Type::bit(TypeBit::Float));
      changed_ = true;
    }
  }
  const uint32_t name = slotName(fact);
  forget([&](const Fact& f) { return f.op == Op::SlotGet ? slotName(f) == name : (f.op == Op::AttrPeek || f.op == Op::ConstantPeek) && f.index == name; });
  fact.value = idOf(i.operand(1));
  add(fact);
}

bool Merger::isNumber(Id id) const {
  if (id == kNone) return false;
  const Temp* word = temps_[id];
  if (word && word->type.isOnly(Type::integer().mask | Type::bit(TypeBit::Float))) return true;
  return std::any_of(now_.facts.begin(), now_.facts.end(), [&](const Fact& fact) {
    return (fact.op == Op::IntCheck || fact.op == Op::U64Check || fact.op == Op::FloatCheck || fact.op == Op::RealCheck || fact.op == Op::ExactCheck) && fact.operands[0] == id;
  });
}

void Merger::replaceByTestOfNaN(Instruction& i, Temp* number) {
  Temp* both[] = {number, number};
  Instruction* same = f_.create(Op::F64Eq, both);
  f_.insertBefore(&i, same);
  replaceByBranch(i, number, same->result());
}

// The guard asks no more than the condition, and what it would find is `by`.
void Merger::replaceByBranch(Instruction& guard, Temp* by, Temp* condition) {
  if (guard.result()->uses) f_.replaceUses(guard.result(), by);
  const std::vector<Temp*> good = argumentsOf(guard, 0), bad = argumentsOf(guard, 1);
  const Function::Target targets[] = {{guard.target(0), good}, {guard.target(1), bad}};
  Instruction* branch = f_.create(Op::CondBr, std::span(&condition, 1), targets);
  Block* b = guard.block;
  f_.erase(&guard);
  f_.append(b, branch);
  changed_ = true;
}

// The number that was boxed here, if the instruction asks for it; a NaN still has to leave.
Temp* Merger::boxed(const Instruction& i) const {
  const Id id = i.is(Op::FloatCheck) ? idOf(i.operand(0)) : kNone;
  const Instruction* box = id == kNone || !temps_[id] ? nullptr : temps_[id]->definition;
  return box && box->is(Op::BoxF64) ? box->operand(0) : nullptr;
}

// The word is a small int's already.
bool Merger::answerOfInt(Instruction& i) {
  if (!i.is(Op::IntCheck)) return false;
  const Id id = idOf(i.operand(0));
  Temp* word = id == kNone ? nullptr : temps_[id];
  if (!word || word->ownership != Ownership::Raw || !word->type.isWord()) return false;
  ids_[i.result()->id] = id;
  if (rewrites_) replace(i, word);
  return true;
}

// Whether it is known what the instruction finds; then it goes.
bool Merger::answer(Instruction& i) {
  if (dependsOn(i.op) == Depends::NoFact) return false;
  if (answerOfInt(i)) return true;
  const Fact wanted = factOf(i);
  auto found = std::find_if(now_.facts.begin(), now_.facts.end(), [&](const Fact& fact) {
    if (fact.partial) return false;
    return i.is(Op::DepthCheck) ? fact.op == i.op && fact.imm >= i.imm : fact.asks(wanted);
  });
  if (found == now_.facts.end()) return false;
  if (i.resultCount) ids_[i.result()->id] = found->value;
  if (!rewrites_) return true;
  if (i.resultCount && !found->result) unused_.push_back(&i);
  else replace(i, found->result);
  return true;
}

// A store of what the local has.
bool Merger::dropStore(Instruction& i) {
  if (!i.is(Op::LocalSet) || idOf(i.operand(0)) != now_.locals[i.local()] || now_.locals[i.local()] == kNone) return false;
  Temp* stored = i.operand(0);
  Instruction* copy = stored->definition && stored->definition->is(Op::Copy) && !stored->uses->next ? stored->definition : nullptr;
  if (stored->ownership == Ownership::Owned && !copy) insertBefore(&i, Op::Kill, {stored});
  f_.erase(&i);
  if (copy) f_.erase(copy);
  return changed_ = true;
}

void Merger::visit(Instruction& i) {
  for (uint32_t n = 0; n < i.resultCount; ++n) define(i.result(n));
  if (i.is(Op::LocalRead) || i.is(Op::LocalGet)) {
    if (Id& id = now_.locals[i.local()]; id != kNone) ids_[i.result()->id] = id;
    else id = i.result()->id;
    return;
  }
  if (i.is(Op::Copy)) ids_[i.result()->id] = idOf(i.operand(0));
  if (i.is(Op::SlotReplace)) return replaceSlot(i);
  if (!storesQuietly(i)) forgetWhatItChanges(i);
  if ((i.info().flags & op_flags::kWritesLocal) && i.index < now_.locals.size())
    now_.locals[i.index] = i.is(Op::LocalSet) || i.is(Op::LocalInit) ? idOf(i.operand(0)) : kNone;
}

void Merger::walk(Block* b) {
  now_ = atStart(b);
  if (!now_.known) return;
  for (Temp* t : b->parameters) define(t);
  for (Instruction* i = b->first; i != b->last;) {
    Instruction* next = i->next;
    if (rewrites_ && dropStore(*i)) {
      i = next;
      continue;
    }
    visit(*i);
    Fact fact = factOf(*i);
    if (!answer(*i) && dependsOn(fact.op) != Depends::NoFact) {
      fact.result = i->result();
      fact.value = i->result()->id;
      add(fact);
    }
    i = next;
  }
  Instruction& end = *b->last;
  visit(end);
  const Fact fact = factOf(end);
  if (answer(end)) {
    leave(b, 0);
    return;
  }
  if (end.is(Op::ShapeCheck)) forgetShape(end.imm);
  leave(b, 1);
  const Fact* partial = fact.op == Op::DictFind ? factLike(now_, fact) : nullptr;
  if (dependsOn(fact.op) != Depends::NoFact) {
    Fact made = fact;
    Temp* number = boxed(end);
    if (end.resultCount) {
      made.result = number ? number : end.result();
      made.value = ids_[end.result()->id] = idOf(made.result);
    }
    if (partial && rewrites_) made.result = replaceByHandedOn(b, *partial);
    if (partial) forget([&](const Fact& f) { return f.asks(fact); });
    add(made);
    if (number && rewrites_) replaceByTestOfNaN(end, number);
  }
  leave(b, 0);
}

void Merger::leave(const Block* b, size_t successor) {
  State& way = ends_[b->id * 2 + successor];
  if (way == now_) return;
  way = now_;
  isStable_ = false;
}

bool Merger::run() {
  for (int round = 0; !isStable_; ++round) {
    if (round == kMaxRounds) return false;
    isStable_ = true;
    for (Block* b : flow_.order())
      if (b->version) walk(b);
  }
  rewrites_ = true;
  for (Block* b : flow_.order())
    if (b->version) walk(b);
  for (Instruction* i : unused_)
    if (!i->result()->uses) replace(*i, nullptr);
  if (changed_) removeUnreachable(f_);
  return changed_;
}

} // namespace

bool runMergeGuards(Function& function) {
  for (const Block* b = function.entry(); b; b = b->next)
    if (b->version) return Merger(function).run();
  return false;
}

} // namespace krait::ir::passes
