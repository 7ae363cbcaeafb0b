#include "ir/passes/versions/plan.h"

#include "ir/analysis/flow.h"
#include "ir/analysis/liveness.h"
#include "ir/analysis/versions.h"
#include "ir/core/operators.h"
#include "ir/passes/rewrite.h"
#include "ir/passes/versions/exits.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>
#include <optional>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

const Instruction* behindKills(const Instruction* i) {
  for (i = i->next; i && i->is(Op::Kill); i = i->next) {}
  return i;
}

bool isOnlyUser(const Temp* t, const Instruction* user) {
  for (const Use* u = t->uses; u; u = u->next)
    if (u->user != user && !u->user->is(Op::Kill)) return false;
  return true;
}

// Whether a number is computed with, rather than kept or handed on: then it should be raw.
bool isComputedWith(const Temp* t) {
  for (const Use* u = t->uses; u; u = u->next) {
    const Instruction& i = *u->user;
    if (isArithmetic(i.op) || isTest(i.op) || isCompare(i.op) || i.is(Op::UnaryNeg) || i.is(Op::UnaryInvert) || i.is(Op::Truth)) return true;
    if ((i.is(Op::ItemGet) || i.is(Op::ItemSet)) && u == i.uses + 1) return true;
    if ((isCall(i.op) || isBoundCall(i.op)) && u != i.uses) return true;
    if (i.is(Op::Copy) && isComputedWith(i.result())) return true;
  }
  return false;
}

// Locals of numbers that are only stored on or returned stay words.
void keepWords(Function& f) {
  std::vector<bool> computed(f.locals.size());
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL)) continue;
      const bool isRead = isLocalLoad(i->op);
      const bool isMade = isLocalStore(i->op) && i->operand(0)->definition && isArithmetic(i->operand(0)->definition->op);
      if ((isRead && isComputedWith(i->result())) || isMade) computed[i->local()] = true;
    }
  // What a hidden local hands on to one that is raw.
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      const Instruction* from = isLocalStore(i->op) && computed[i->local()] ? i->operand(0)->definition : nullptr;
      if (from && from->is(Op::Copy)) from = from->operand(0)->definition;
      if (from && from->is(Op::LocalRead) && from->local() >= f.varCount) computed[from->local()] = true;
    }
  for (uint32_t x = 0; x < f.raws.size(); ++x)
    if (!computed[x] && f.raws[x].kind != RawKind::Range) f.raws[x] = {};
}

// The call of `reversed` that takes the range that was made, of which nobody else knows.
const Instruction* reversalOf(const facts::ModuleFacts& facts, const Instruction& call) {
  const Instruction* turn = behindKills(&call);
  const bool takes = turn && callsBuiltin(*turn, facts, "reversed") && turn->operandCount == 2 && turn->operand(1) == call.result();
  return takes && call.operandCount < 4 && isOnlyUser(call.result(), turn) ? turn : nullptr;
}

// The store of the iterator, if the call is the beginning of a loop over a range.
const Instruction* rangeStore(const Function& f, const facts::ModuleFacts& facts, const Instruction& call) {
  if (!callsBuiltin(call, facts, "range") || call.operandCount < 2 || call.operandCount > 4) return nullptr;
  const Instruction* turn = reversalOf(facts, call);
  const Instruction* made = turn ? turn : &call;
  const Instruction* iter = behindKills(made);
  if (!iter || !iter->is(Op::Iter) || iter->operand(0) != made->result() || !isOnlyUser(made->result(), iter)) return nullptr;
  const Instruction* store = behindKills(iter);
  const bool stores = store && (store->is(Op::LocalInit) || store->is(Op::LocalSet)) && store->local() >= f.varCount;
  return stores && store->operand(0) == iter->result() ? store : nullptr;
}

void findRanges(Function& f, const facts::ModuleFacts& facts, Plan& plan) {
  if (f.isGenerator()) return; // a suspended loop is an iterator again: no gain
  std::vector<uint8_t> isRange(f.locals.size(), 2); // 2: not seen yet
  std::unordered_map<const Instruction*, const Instruction*> stores; // local.init -> call
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::Call))
        if (const Instruction* store = rangeStore(f, facts, *i)) stores[store] = i;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() < f.varCount) continue;
      uint8_t& is = isRange[i->local()];
      switch (i->op) {
      case Op::LocalInit:
      case Op::LocalSet:
        if (!stores.contains(i)) is = 0;
        else if (is == 2) is = 1;
        break;
      case Op::LocalClear: break;
      case Op::LocalRead:
        for (const Use* u = i->result()->uses; u; u = u->next)
          if (!u->user->is(Op::NextBr)) is = 0;
        break;
      default: is = 0;
      }
    }
  for (auto [store, call] : stores) {
    if (isRange[store->local()] != 1) continue;
    f.raws[store->local()].kind = RawKind::Range;
    plan.rangeStores[call] = store;
    plan.rangeParts.insert(store);
    plan.rangeParts.insert(store->operand(0)->definition);
    if (const Instruction* turn = reversalOf(facts, *call)) {
      plan.reversals[call] = turn;
      plan.rangeParts.insert(turn);
    }
  }
}

// A local that ranges count, and nothing else sets, is raw even where nobody computes with it: it takes no counting of references.
void findCounted(Function& f) {
  auto isOfRange = [&](const Temp* t) {
    const Instruction* next = t->definition;
    const Instruction* iterator = next && next->is(Op::NextBr) ? next->operand(0)->definition : nullptr;
    return iterator && iterator->is(Op::LocalRead) && f.raws[iterator->local()].kind == RawKind::Range;
  };
  enum : uint8_t { Unseen, Counted, Other };
  std::vector<uint8_t> seen(f.varCount);
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() >= f.varCount) continue;
      if (isLocalStore(i->op) && isOfRange(i->operand(0))) seen[i->local()] = std::max<uint8_t>(seen[i->local()], Counted);
      else if (!isLocalLoad(i->op) || i->result()->guess == Guess::Float) seen[i->local()] = Other;
    }
  for (uint32_t x = f.paramCount(); x < f.varCount; ++x)
    if (seen[x] == Counted && f.raws[x].kind == RawKind::None) f.raws[x].kind = RawKind::Int;
}

// ---- loops over sequences -----------------------------------------------------------------------

// What is read from somewhere and not known is most often a list where it is iterated over.
bool isRead(const Temp* t, const Plan& plan) {
  const Instruction* made = definitionOf(t, plan);
  if (!made) return false;
  return isLocalLoad(made->op) || made->is(Op::CellGet) || made->is(Op::GlobalGet) || made->is(Op::AttrGet) || made->is(Op::ItemGet) ||
         made->is(Op::ItemGetTuple);
}

// List, Tuple, Str, Bytes, or None for what is none of these.
Guess sequenceOf(const Temp* t, bool isArgument, const Plan& plan) {
  if (t->guess == Guess::List || t->guess == Guess::Tuple || t->guess == Guess::Str || t->guess == Guess::Bytes) return t->guess;
  if (t->type == Type::of(TypeBit::Tuple)) return Guess::Tuple;
  if (t->type == Type::of(TypeBit::Str)) return Guess::Str;
  if (t->type == Type::of(TypeBit::Bytes)) return Guess::Bytes;
  return t->guess == Guess::None && t->type.isObject() && (isArgument || isRead(t, plan)) ? Guess::List : Guess::None;
}

bool loopOver(const Function& f, const Plan& plan, const Temp* iterable, bool isArgument, Loop& loop) {
  const Instruction* call = iterable->definition;
  const Instruction* callee = call && call->is(Op::Call) ? definitionOf(call->operand(0), plan) : nullptr;
  uint32_t first = 0, last = 0;
  // Whatever the name means, and whatever a profile has seen: its loop may have no iterator (codegen/lower/builtin_calls.cpp).
  if (callee && callee->is(Op::GlobalGet) && (f.module.cells[callee->index] == "range" || f.module.cells[callee->index] == "reversed")) return false;
  if (iterable->guess == Guess::Dict) return loop.kind = Loop::Kind::Dict, true;
  if (iterable->guess == Guess::Set) return loop.kind = Loop::Kind::Set, true;
  auto add = [&](const Temp* t, bool isArgument) {
    loop.sequences.push_back(sequenceOf(t, isArgument, plan));
    loop.isOpen = t->guess == Guess::None && loop.sequences.back() == Guess::List;
    return loop.sequences.back() != Guess::None;
  };
  if (!callee || !callee->is(Op::GlobalGet) || plan.facts->isAssigned(callee->index)) return add(iterable, isArgument);
  const std::string& name = f.module.cells[callee->index];
  const uint32_t arguments = call->operandCount - 1;
  if (name == "enumerate" && (arguments == 1 || arguments == 2)) loop.kind = Loop::Kind::Enumerate, first = 1, last = 1;
  else if (name == "zip" && arguments >= 2 && arguments <= 4) loop.kind = Loop::Kind::Zip, first = 1, last = arguments;
  else return add(iterable, isArgument);
  for (uint32_t n = first; n <= last; ++n)
    if (!add(call->operand(n), true)) return false;
  return true;
}

// Where an iterator over a view of a dict is made that may be this one (ir/build/statements.cpp).
const Instruction* viewIterator(const Temp* iterator) {
  if (iterator->definition) return iterator->definition->is(Op::DictIterator) ? iterator->definition : nullptr;
  const Block* meeting = iterator->block;
  const auto number = static_cast<uint32_t>(std::find(meeting->parameters.begin(), meeting->parameters.end(), iterator) - meeting->parameters.begin());
  for (const Block* b = meeting->function->entry(); b; b = b->next) {
    const Instruction* end = b->terminator();
    if (!end || !end->is(Op::Br) || end->target(0) != meeting) continue;
    if (const Instruction* made = end->argument(0, number)->definition; made && made->is(Op::DictIterator)) return made;
  }
  return nullptr;
}

// What is asked for a view is probably an instance whose class has a method of that name itself.
bool isOfOwnMethod(const Function& f, const Plan& plan, const Instruction* view) {
  static constexpr const char* kNames[] = {"keys", "values", "items"};
  const Temp* receiver = view->operand(0);
  const uint32_t name = receiver->guess == Guess::Instance && receiver->ofClass != kNone ? f.module.names.find(kNames[view->imm]) : kNone;
  return name != kNone && !plan.classes->methodsOf(receiver, name).empty();
}

bool loopOfIterator(const Function& f, const Plan& plan, const Temp* iterator, bool isArgument, Loop& loop) {
  if (const Instruction* made = viewIterator(iterator)) {
    if (isOfOwnMethod(f, plan, made)) return false;
    return loop = {Loop::Kind::Dict, {}, made->imm, false}, true;
  }
  return iterator->definition && iterator->definition->is(Op::Iter) && loopOver(f, plan, iterator->definition->operand(0), isArgument, loop);
}

// The read of the local whose iterator a block's end takes an item out of, if a loop by index could do that.
const Instruction* stepped(const Block* b) {
  const Instruction* next = b->terminator();
  const Instruction* read = next && next->is(Op::NextBr) ? next->operand(0)->definition : nullptr;
  return read && read->is(Op::LocalRead) && next->successors[1].argumentCount == 0 && !next->target(0)->cold ? read : nullptr;
}

// The first iterator of a comprehension, which its parent makes for it: raw, if that is a range's and steps alone take from it. What asks it
// how much room a list takes does that in the first block, which has no version then.
void findOutermostRange(Function& f, Plan& plan) {
  const auto loop = plan.outermost->find(f.number);
  if (loop == plan.outermost->end() || loop->second.kind != Loop::Kind::Range || f.isGenerator()) return;
  bool isAsked = false;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() != 0) continue;
      if (!i->is(Op::LocalRead)) return;
      for (const Use* u = i->result()->uses; u; u = u->next) {
        if (u->user->is(Op::ListNewFor) && b == f.entry() && b->terminator()->is(Op::Br)) isAsked = true;
        else if (!u->user->is(Op::NextBr)) return;
      }
    }
  f.raws[0] = {.kind = RawKind::Range};
  if (!isAsked) return;
  if (plan.extent.empty()) plan.extent.assign(f.blockIdLimit(), true);
  plan.extent[f.entry()->id] = false;
}

void findOutermostLoop(const Function& f, Plan& plan) {
  const auto loop = plan.outermost->find(f.number);
  if (loop == plan.outermost->end() || loop->second.kind == Loop::Kind::Range) return;
  for (const Block* b = f.entry(); b; b = b->next)
    if (const Instruction* read = stepped(b); read && read->local() == 0) plan.loops[b->terminator()] = loop->second;
}

// Where loops over zip and enumerate make their iterators, of what these would have been called with (ir/build/lockstep_loops.cpp).
std::unordered_set<const Block*> lockstepBegins(const Function& f) {
  std::unordered_set<const Block*> begins;
  for (const Block* b = f.entry(); b; b = b->next) {
    const Instruction* branch = b->terminator();
    const Instruction* asked = branch && branch->is(Op::CondBr) ? branch->operand(0)->definition : nullptr;
    if (asked && asked->is(Op::IsBuiltin)) begins.insert(branch->target(0));
  }
  return begins;
}

// What takes items out of iterators in hidden locals, by local.
std::unordered_map<uint32_t, std::vector<const Instruction*>> stepsOf(const Function& f) {
  std::unordered_map<uint32_t, std::vector<const Instruction*>> steps;
  for (const Block* b = f.entry(); b; b = b->next)
    if (const Instruction* read = stepped(b); read && read->local() >= f.varCount) steps[read->local()].push_back(b->terminator());
  return steps;
}

// The iterator is put in a hidden local, and read where the loop begins.
void findLoops(const Function& f, Plan& plan) {
  findOutermostLoop(f, plan);
  const auto begins = lockstepBegins(f);
  const auto steps = stepsOf(f);
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->cold; i = i->next) {
      if (!(i->is(Op::LocalInit) || i->is(Op::LocalSet)) || i->local() < f.varCount || !b->terminator()->is(Op::Br)) continue;
      const auto found = steps.find(i->local());
      Loop loop{};
      if (found != steps.end() && f.rawKind(i->local()) == RawKind::None && loopOfIterator(f, plan, i->operand(0), begins.contains(b), loop))
        for (const Instruction* next : found->second) plan.loops[next] = loop;
    }
}

void countChanges(const Function& f, Plan& plan) {
  plan.changes.resize(f.locals.size());
  plan.unpackings.resize(f.locals.size());
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (isLocalStore(i->op) || i->is(Op::LocalDel) || i->is(Op::LocalClear)) ++plan.changes[i->local()];
      const Instruction* read = i->is(Op::Unpack) ? i->operand(0)->definition : nullptr;
      if (read && isLocalLoad(read->op)) ++plan.unpackings[read->local()];
    }
}

// The local of a loop's iterator that is made and read for nothing else, wherever it goes over what is taken for a list.
void findLists(Function& f, Plan& plan) {
  if (f.isGenerator()) return; // as for ranges
  std::unordered_map<uint32_t, std::vector<const Instruction*>> stores; // by local
  std::unordered_set<uint32_t> others;
  auto isListLoop = [&](const Use* u) {
    auto loop = plan.loops.find(u->user);
    return loop != plan.loops.end() && loop->second.kind == Loop::Kind::Sequence && loop->second.sequences[0] == Guess::List;
  };
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->cold; i = i->next) { // cold blocks are the general body's alone
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() < f.varCount || i->is(Op::LocalClear)) continue;
      bool isLoops = false;
      if (i->is(Op::LocalRead)) {
        isLoops = i->result()->uses != nullptr;
        for (const Use* u = i->result()->uses; u; u = u->next) isLoops &= isListLoop(u);
      } else if (i->is(Op::LocalInit)) {
        const Instruction* iter = i->operand(0)->definition;
        isLoops = iter && iter->is(Op::Iter) && behindKills(iter) == i;
        if (isLoops) stores[i->local()].push_back(i);
      }
      if (!isLoops) others.insert(i->local());
    }
  for (auto& [local, all] : stores) {
    if (others.contains(local) || f.rawKind(local) != RawKind::None) continue;
    f.raws[local].kind = RawKind::List;
    for (const Instruction* store : all) plan.listStores[store->operand(0)->definition] = store;
  }
}

void addRaw(Function& f, uint32_t local, std::initializer_list<const char*> parts, Type type) {
  f.raws[local].first = static_cast<uint32_t>(f.locals.size());
  for (const char* part : parts) {
    const uint32_t made = f.addHidden(f.locals[local].name + part);
    f.locals[made].type = type;
  }
}

// Of an attribute of what a local holds.
bool isAttributeOf(const Instruction& access, uint32_t local) {
  const Instruction* object = access.operand(0)->definition;
  return object && (object->is(Op::LocalGet) || object->is(Op::LocalRead)) && object->local() == local;
}

// Whether an instruction may run behind another, or again.
bool mayFollow(const Instruction& i, const Instruction& before) {
  if (i.block == before.block)
    for (const Instruction* n = &before; (n = n->next);)
      if (n == &i) return true;
  std::vector<bool> isSeen(i.block->function->blockIdLimit());
  std::vector<const Block*> work{before.block};
  while (!work.empty()) {
    const Block* b = work.back();
    work.pop_back();
    auto go = [&](const Block* to) {
      if (to && !isSeen[to->id]) isSeen[to->id] = true, work.push_back(to);
    };
    if (const Instruction* end = b->terminator())
      for (uint32_t s = 0; s < end->successorCount; ++s) go(end->target(s));
    go(b->handler);
  }
  return isSeen[i.block->id];
}

// The first store of an attribute: one that an __init__ gives its instance. Its slot is empty.
bool fillsSlot(const Function& f, const Instruction& i) {
  if (!i.is(Op::AttrSet) || f.name != "__init__" || f.definingClass() == kNone || !isAttributeOf(i, 0)) return false;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* other = b->first; other; other = other->next)
      if (isAccess(*other) && other->index == i.index && isAttributeOf(*other, 0) && mayFollow(i, *other)) return false;
  return true;
}

// Whether an `__init__` stores the attribute, or hands the instance on to who may.
bool mayStore(const Function& init, uint32_t name) {
  for (const Block* b = init.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (!isLocalLoad(i->op) || i->local() != 0) continue;
      for (const Use* u = i->result()->uses; u; u = u->next) {
        const bool isAccessed = isAccess(*u->user) && u == u->user->uses;
        if (isAccessed ? u->user->is(Op::AttrSet) && u->user->index == name : !u->user->is(Op::Kill)) return true;
      }
    }
  return false;
}

// Whether a new instance of the class probably has the attribute.
bool beginsWith(uint32_t cls, uint32_t name, const Module& module, const Plan& plan) {
  if (plan.targets->isField(name)) return true;
  auto gives = [&](uint32_t owner) {
    const auto init = plan.targets->initOf(owner);
    return init && mayStore(*module.functions[*init], name);
  };
  return gives(cls) || (plan.classes->isClass(cls) && std::ranges::any_of(plan.classes->ancestors(cls), gives));
}

// The first store of an attribute into an instance that was made in the same block, and does not begin with it.
bool fillsNew(const Instruction& i, const Plan& plan) {
  const Instruction* read = i.is(Op::AttrSet) ? i.operand(0)->definition : nullptr;
  if (!read || !(read->is(Op::LocalGet) || read->is(Op::LocalRead))) return false;
  for (const Instruction* before = i.previous; before; before = before->previous) {
    if (before->is(Op::AttrSet) && before->index == i.index && isAttributeOf(*before, read->local())) return false;
    if (!isLocalStore(before->op) || before->local() != read->local()) continue;
    const Instruction* call = before->operand(0)->definition;
    const auto cls = call && (call->is(Op::Call) || call->is(Op::CallKw)) ? plan.targets->classAt(call->operand(0)) : std::nullopt;
    return cls && !beginsWith(*cls, i.index, i.block->function->module, plan);
  }
  return false;
}

// Accesses to one local of the function, or to one temporary, share a shape.
void findShapes(Function& f, Plan& plan) {
  std::unordered_map<uint32_t, uint32_t> ofLocal;
  std::unordered_map<const Temp*, uint32_t> ofTemp;
  for (const Block* b = f.entry(); b; b = b->next) {
    if (b->cold) continue;
    for (const Instruction* i = b->first; i; i = i->next) {
      if (!isAccess(*i) || !(plan.isSlot(*i) || plan.mayBeEmpty(*i)) || fillsSlot(f, *i) || fillsNew(*i, plan)) continue;
      const Temp* object = i->operand(0);
      const bool isLocal = object->definition && (object->definition->is(Op::LocalGet) || object->definition->is(Op::LocalRead));
      const auto fresh = static_cast<uint32_t>(f.shapes.size());
      const uint32_t shape = isLocal ? ofLocal.try_emplace(object->definition->local(), fresh).first->second : ofTemp.try_emplace(object, fresh).first->second;
      if (shape == fresh) f.shapes.emplace_back();
      auto& names = f.shapes[shape].names;
      auto at = std::find(names.begin(), names.end(), i->index);
      if (at == names.end()) at = names.insert(at, i->index);
      plan.slots[i] = {shape, static_cast<uint32_t>(at - names.begin())};
    }
  }
}

// Temporaries that are live into a block become its parameters; constants and the like are made again. False if one is live into the first
// target of a guard, which has no parameters.
bool localise(Function& f, Plan& plan) {
  analysis::Flow flow(f);
  analysis::TempLiveness liveness(f, flow);
  auto isResultHere = [](const Temp* t, const Block* b) {
    return t->definition && hasResultFirst(t->definition->op) && t->definition->target(0) == b;
  };
  std::vector<std::pair<Block*, std::vector<Temp*>>> incoming; // the temporaries of each block
  for (Block* b : flow.order()) {
    std::vector<Temp*> live;
    for (Temp* t : liveness.liveIn(b))
      if (!isMadeAgain(f, t) && !isResultHere(t, b)) live.push_back(t);
    for (const analysis::Edge& e : flow.predecessors(b))
      if (!live.empty() && !e.error && e.from->terminator() && hasResultFirst(e.from->terminator()->op) && e.from->terminator()->target(0) == b) return false;
    std::sort(live.begin(), live.end(), [](Temp* x, Temp* y) { return x->id < y->id; });
    incoming.emplace_back(b, std::move(live));
  }
  std::unordered_map<const Block*, std::unordered_map<const Temp*, Temp*>> names;
  std::unordered_map<const Block*, size_t> ownParameters;
  for (auto& [b, live] : incoming) {
    ownParameters[b] = b->parameters.size();
    for (Temp* t : live) {
      Temp* p = f.addParameter(b, t->type, t->ownership);
      p->guessAs(*t);
      names[b][t] = p;
      plan.origins[p] = t;
    }
  }
  // Uses outside the block of the definition get the name that it has there.
  auto nameIn = [&](Block* b, Temp* t) {
    auto found = names[b].find(t);
    return found == names[b].end() ? t : found->second;
  };
  for (auto& [b, live] : incoming) {
    std::unordered_map<Temp*, Temp*> made;
    for (Instruction* i = b->first; i; i = i->next)
      for (uint32_t u = 0; u < i->useCount; ++u) {
        Temp* t = i->uses[u].temp;
        if (!t || t->definingBlock() == b || isResultHere(t, b)) continue;
        if (isMadeAgain(f, t)) {
          Temp*& again = made[t];
          if (!again) again = makeAgain(f, t, b->first);
          f.setOperand(i, u, again);
        } else {
          f.setOperand(i, u, nameIn(b, t));
        }
      }
    Instruction* end = b->terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s) {
      Block* to = end->target(s);
      const auto& wanted = names[to];
      if (wanted.empty()) continue;
      std::vector<Temp*> arguments = argumentsOf(*end, s);
      for (size_t p = ownParameters[to]; p < to->parameters.size(); ++p)
        for (auto& [t, parameter] : wanted)
          if (parameter == to->parameters[p]) arguments.push_back(nameIn(b, const_cast<Temp*>(t)));
      f.setTarget(end, s, to, arguments);
    }
  }
  return true;
}

} // namespace

// What is known by now to be no number is not guessed to be one.
static void dropGuesses(Function& f) {
  constexpr uint32_t kNumbers = Type::integer().mask | Type::bit(TypeBit::Float) | Type::bit(TypeBit::Complex);
  auto drop = [](Temp* t) {
    if (t->type.isWord() && !(t->type.mask & kNumbers) && isNumber(t->guess)) t->guess = Guess::None;
    if (t->type.isWord() && t->guess == Guess::Float && !(t->type.mask & Type::bit(TypeBit::Float))) // and no float
      t->guess = t->type.isInt() ? Guess::Int : Guess::None, t->doubt = Doubt::None;
    if (t->type.isFloat() && t->doubt == Doubt::MayBeInt) t->doubt = Doubt::None;
  };
  for (Block* b = f.entry(); b; b = b->next) {
    for (Temp* p : b->parameters) drop(p);
    for (Instruction* i = b->first; i; i = i->next)
      for (uint32_t r = 0; r < i->resultCount; ++r) drop(i->results[r]);
  }
}

bool Plan::isSlot(const Instruction& access) const {
  const uint32_t cls = access.operand(0)->ofClass;
  if (cls != kNone) return classes->isSlot(cls, access.index);
  if (targets->isField(access.index) && !facts->isInClass(access.index)) return true;
  const Guess guess = access.operand(0)->guess; // `self.stack.append` of a list is no slot, whatever else has one of that name
  return facts->isSlotName(access.index) && (guess == Guess::None || guess == Guess::Instance);
}

bool Plan::mayBeEmpty(const Instruction& access) const {
  const uint32_t cls = access.operand(0)->ofClass;
  if (cls == kNone) return false;
  return classes->isDefaulted(cls, access.index) || (access.is(Op::AttrSet) && classes->isSlot(cls, access.index) && !classes->isFilledByInit(cls, access.index));
}

RawKind rawKindOf(Guess g) {
  switch (g) {
  case Guess::Int: return RawKind::Int;
  case Guess::Float: return RawKind::Float;
  case Guess::Complex: return RawKind::Complex;
  default: return RawKind::None;
  }
}

RawKind surelyKind(const Temp* t) {
  const RawKind kind = rawKindOf(t->guess);
  return t->doubt == Doubt::None && (kind == RawKind::Int || kind == RawKind::Float) ? kind : RawKind::None;
}

static std::string sizeOf(const Function& f) {
  size_t operations = 0;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) ++operations;
  return std::to_string(operations) + " operations on " + std::to_string(f.locals.size()) + " variables are too many";
}

static std::string runsOf(const Function& f) {
  return "entered " + std::to_string(f.runs->entered) + " times in the profile's runs, with " + std::to_string(f.runs->rounds) + " rounds of loops";
}

// What the version holds raw, and how it loops.
static void remarkOn(const Function& f, const Plan& plan, Remarks& remarks) {
  std::string raw;
  for (uint32_t x = 0; x < f.varCount; ++x)
    if (const RawKind kind = f.rawKind(x); kind != RawKind::None && kind != RawKind::Range)
      raw += (raw.empty() ? ": raw " : ", ") + f.locals[x].name + (kind == RawKind::Int ? " int" : kind == RawKind::Unsigned ? " unsigned" : kind == RawKind::Float ? " float" : " complex");
  remarks.add(RemarkId::Version, f, raw);
  for (auto& [call, store] : plan.rangeStores) remarks.add(RemarkId::RangeLoop, *call);
  for (auto& [iter, store] : plan.listStores) remarks.add(RemarkId::ListLoop, *iter);
  for (const Block* b = f.entry(); b; b = b->next) {
    const Instruction* next = b->terminator();
    if (!next || !next->is(Op::NextBr) || b->cold) continue;
    const Instruction* read = next->operand(0)->definition;
    if (read && (read->info().attributes & attribute::LOCAL) && f.rawKind(read->local()) != RawKind::None) {
      if (f.rawKind(read->local()) == RawKind::Range && read->local() < f.varCount) remarks.add(RemarkId::RangeLoop, *next); // the parent's call
      continue;
    }
    remarks.add(plan.loops.contains(next) ? RemarkId::SequenceLoop : RemarkId::IteratedLoop, *next);
  }
}

// An iterator over what a call of the builtin range makes.
static bool isRangeIterator(const Plan& plan, const Temp& iterator) {
  const Instruction* iter = iterator.definition;
  const Instruction* made = iter && iter->is(Op::Iter) ? iter->operand(0)->definition : nullptr;
  return made && made->is(Op::Call) && callsBuiltin(*made, *plan.facts, "range");
}

std::unordered_map<uint32_t, Loop> outermostLoops(const Module& module, const Plan& plan) {
  std::unordered_map<uint32_t, Loop> loops;
  for (auto& parent : module.functions)
    for (const Block* b = parent->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (!i->is(Op::FunctionNew) || !module.functions[i->index]->isComprehension()) continue;
        for (const Use* u = i->result()->uses; u; u = u->next) {
          if (!u->user->is(Op::Call) || u != u->user->uses || u->user->operandCount < 2) continue;
          if (isRangeIterator(plan, *u->user->operand(1))) loops.emplace(i->index, Loop{.kind = Loop::Kind::Range});
          else if (Loop loop{}; loopOfIterator(*parent, plan, u->user->operand(1), false, loop)) loops.emplace(i->index, loop);
        }
      }
  return loops;
}

static bool isQuickLoop(const Loop& loop) { return loop.kind == Loop::Kind::Dict || loop.kind == Loop::Kind::Set || (loop.kind == Loop::Kind::Sequence && (loop.sequences[0] == Guess::Str || loop.sequences[0] == Guess::Bytes)); }

// Whether a loop goes over a dict, a set, a text or bytes, whose items a version looks at where they are.
static bool hasQuickLoop(const Function& f, const Plan& plan) {
  auto isQuick = [&](const Temp* iterator) {
    Loop loop{};
    return loopOfIterator(f, plan, iterator, false, loop) && isQuickLoop(loop);
  };
  if (const auto outermost = plan.outermost->find(f.number); outermost != plan.outermost->end() && isQuickLoop(outermost->second)) return true;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->cold; i = i->next)
      if (i->is(Op::LocalInit) && i->local() >= f.varCount && isQuick(i->operand(0))) return true;
  return false;
}

const Instruction* definitionOf(const Temp* t, const Plan& plan) {
  const auto origin = plan.origins.find(t);
  return (origin == plan.origins.end() ? t : origin->second)->definition;
}

bool prepare(Function& f, Plan& plan) {
  const bool fillsSlots = f.name == "__init__"; // a version, which expects them to be full, is left at the first store
  std::optional<bool> isQuick; // where it is asked
  auto worth = [&](const Instruction& i) -> size_t {
    if (i.block->cold) return 0;
    if (isInlined(i, plan) || isSetDefault(i, plan)) return 3;
    if (i.is(Op::NextBr)) {
      if (!isQuick) isQuick = hasQuickLoop(f, plan);
      return *isQuick ? 3 : 0;
    }
    return i.is(Op::AttrGet) && !fillsSlots && plan.isSlot(i); // one test of the class for several of them
  };
  Remarks* remarks = f.module.remarks;
  analysis::VersionExtent extent = analysis::extentOfVersion(f, worth, plan.runsOnce);
  if (const auto why = extent.none) {
    const bool isExpected = *why == RemarkId::NotSpeculated || f.kind == FunctionKind::ClassBody || (f.kind == FunctionKind::Module && *why != RemarkId::TooLarge);
    if (remarks && !isExpected) remarks->add(*why, f, *why == RemarkId::TooLarge ? sizeOf(f) : *why == RemarkId::SeldomRun ? runsOf(f) : std::string());
    return false;
  }
  plan.extent = std::move(extent.blocks);
  dropGuesses(f);
  if (!localise(f, plan)) return false;
  const std::vector<analysis::GuessedLocal> guesses = analysis::guessesOfLocals(f);
  f.raws.resize(f.locals.size());
  for (uint32_t x = 0; x < f.raws.size(); ++x) f.raws[x] = {.kind = guesses[x].mayBeWide ? RawKind::Unsigned : rawKindOf(guesses[x].guess), .mayBeInt = guesses[x].mayBeInt};
  // What is iterated over is no number, whatever its items made it look like.
  for (const Block* b = f.entry(); b; b = b->next)
    if (const Instruction* end = b->terminator(); end && end->is(Op::NextBr))
      if (const Instruction* read = end->operand(0)->definition; read && (read->info().attributes & attribute::LOCAL)) f.raws[read->local()] = {};
  keepWords(f);
  findRanges(f, *plan.facts, plan);
  findOutermostRange(f, plan);
  findCounted(f);
  findLoops(f, plan);
  countChanges(f, plan);
  findIndices(f, plan);
  findLists(f, plan);
  for (uint32_t x = 0; x < f.raws.size(); ++x) {
    switch (f.raws[x].kind) {
    case RawKind::Float: addRaw(f, x, {".f64"}, Type::raw(Repr::F64)); break;
    case RawKind::Unsigned: addRaw(f, x, {".u64"}, Type::raw(Repr::I64)); break;
    case RawKind::Complex: addRaw(f, x, {".real", ".imag"}, Type::raw(Repr::F64)); break;
    case RawKind::Range: addRaw(f, x, {".next", ".step", ".left"}, Type::raw(Repr::I64)); break;
    case RawKind::List: addRaw(f, x, {".index"}, Type::raw(Repr::I64)); break;
    default: break;
    }
  }
  findShapes(f, plan);
  if (remarks) remarkOn(f, plan, *remarks);
  return true;
}

} // namespace krait::ir::passes::versions
