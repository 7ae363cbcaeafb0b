#include "ir/passes/versions/instances.h"

#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/translator.h"

#include <algorithm>
#include <array>
#include <utility>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr unsigned kMaxDepth = kMaxFrames + 2; // of temporaries and bodies

// Whether something may be heard of its death.
bool isHeard(Translator& t, int n) {
  const auto& slots = t.instance(n).slots;
  return std::any_of(slots.begin(), slots.end(), [&](auto& slot) {
    const Known& value = slot.second;
    return (value.owned && !value.word->type.isInert()) || (value.instance >= 0 && isHeard(t, value.instance));
  });
}

bool isOfLocal(const Instruction& i, uint32_t local) {
  return !i.is(Op::FrameLeave) && (i.info().attributes & attribute::LOCAL) && i.local() == local;
}

} // namespace

// ---- what may be virtual --------------------------------------------------------------------------

// Backwards; what a handler reads lives throughout its blocks.
void InstanceUses::analyse(const Function& f, const analysis::Flow& flow) {
  const size_t count = f.locals.size();
  std::vector<std::vector<bool>> reads(f.blockIdLimit()), writes(f.blockIdLimit()), liveIn(f.blockIdLimit());
  liveOut_.assign(f.blockIdLimit(), {});
  isHeld_ = !f.isGenerator();
  for (const Block* b : flow.order()) {
    auto &read = reads[b->id], &written = writes[b->id];
    for (auto* set : {&read, &written, &liveIn[b->id], &liveOut_[b->id]}) set->assign(count, false);
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::LocalsDict)) isHeld_ = false;
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL)) continue;
      const bool isWrite = isLocalStore(i->op) || i->is(Op::LocalClear);
      if (isWrite && !read[i->local()]) written[i->local()] = true;
      if (!isWrite && !written[i->local()]) read[i->local()] = true;
    }
  }
  if (!isHeld_) return;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t n = flow.order().size(); n-- > 0;) {
      const Block* b = flow.order()[n];
      auto &in = liveIn[b->id], &out = liveOut_[b->id];
      auto add = [&](const Block* next) {
        for (size_t x = 0; x < count; ++x)
          if (liveIn[next->id][x] && !out[x]) out[x] = changed = true;
      };
      const Instruction* end = b->terminator();
      for (uint32_t s = 0; end && s < end->successorCount; ++s) add(end->target(s));
      if (b->handler && flow.reachable(b->handler)) add(b->handler);
      for (size_t x = 0; x < count; ++x)
        if ((reads[b->id][x] || (out[x] && !writes[b->id][x]) || (b->handler && flow.reachable(b->handler) && liveIn[b->handler->id][x])) && !in[x]) in[x] = changed = true;
    }
  }
}

bool InstanceUses::areVirtual(const Temp* result) { return looksAt(result) > 0; }

// How many; -1 if something needs the object.
int InstanceUses::looksAt(const Temp* t) {
  int found = 0;
  for (const Use* u = t->uses; u; u = u->next) {
    const Instruction& i = *u->user;
    if (i.block != t->definingBlock()) return -1;
    if (i.is(Op::Kill)) continue;
    int more = 1;
    const Instruction* last = nullptr;
    if (i.is(Op::Copy)) more = looksAt(i.result());
    else if (isLocalStore(i.op)) more = looksThrough(i, last);
    else if (!takes(i, static_cast<size_t>(u - i.uses))) return -1;
    if (more < 0) return -1;
    found += more;
  }
  return found;
}

bool InstanceUses::isStored(const Temp* result) {
  for (const Use* u = result->uses; u; u = u->next)
    if (isLocalStore(u->user->op) || (u->user->is(Op::Copy) && isStored(u->user->result()))) return true;
  return false;
}

int InstanceUses::looksThrough(const Instruction& store, const Instruction*& last) {
  const Function& f = *store.block->function;
  const uint32_t local = store.local();
  if (!isHeld_ || f.rawKind(local) != RawKind::None || store.block->id >= liveOut_.size() || liveOut_[store.block->id].empty() || liveOut_[store.block->id][local]) return -1;
  int found = 0;
  std::vector<const Temp*> read;
  for (const Instruction* i = store.next; i; i = i->next) {
    for (uint32_t u = 0; u < i->useCount; ++u)
      if (std::find(read.begin(), read.end(), i->uses[u].temp) != read.end()) last = i;
    if (!isOfLocal(*i, local)) continue;
    if (isLocalStore(i->op) || i->is(Op::LocalClear)) break;
    if (!i->is(Op::LocalGet) && !i->is(Op::LocalRead) && !i->is(Op::LocalTake)) return -1;
    const int more = looksAt(i->result());
    if (more < 0) return -1;
    found += more;
    last = i;
    read.push_back(i->result());
    if (i->is(Op::LocalTake)) break;
  }
  return found;
}

const Instruction* InstanceUses::lastLook(const Instruction& store) {
  const Instruction* last = nullptr;
  return looksThrough(store, last) > 0 ? last : nullptr;
}

bool InstanceUses::takes(const Instruction& i, size_t use) {
  if (i.is(Op::Kill) || i.is(Op::Copy)) return true;
  if (isLocalStore(i.op)) return lastLook(i);
  if (i.is(Op::AttrGet)) return plan_.isSlot(i);
  if (i.is(Op::MethodLoad)) return callOf(i) && callOf(i)->block == i.block && callTakes(*callOf(i), 1, 0);
  if (isInstanceTest(i, *plan_.facts)) return use == 1;
  if (isMethodCall(i.op) && use == 0) use = 1; // what was found, by which the receiver stands
  return callTakes(i, use, 0);
}

bool InstanceUses::callTakes(const Instruction& i, size_t use, unsigned depth) {
  if (!isCallOf(i) || isAccess(i) || depth > kMaxDepth || use >= i.operandCount || use < firstArgument(i, plan_)) return false;
  std::vector<const Function*> targets;
  if (!costOfCall(i, plan_, targets)) return false;
  const auto argument = static_cast<uint32_t>(use - firstArgument(i, plan_) + initOf(i, plan_).has_value());
  for (const Function* target : targets) {
    bool returns = false, isReturned = false;
    const auto sources = bindingOf(i, *target, plan_)->sources;
    const auto parameter = static_cast<uint32_t>(std::find(sources.begin(), sources.end(), argument) - sources.begin());
    if (!onlyLooks(*target, parameter, depth + 1, returns)) return false;
    if (returns && i.resultCount && (depth == 0 || !onlyLooks(i.result(), depth + 1, isReturned) || isReturned))
      for (const Use* u = i.result()->uses; u; u = u->next)
        if (!u->user->is(Op::Kill)) return false;
  }
  return true;
}

bool InstanceUses::onlyLooks(const Function& f, uint32_t parameter, unsigned depth, bool& returns) {
  const auto [found, isNew] = known_.try_emplace({f.number, parameter}, false, false); // false: meanwhile
  if (isNew) {
    bool only = true, isReturned = false;
    for (const Block* b = f.entry(); b && only; b = b->next) {
      if (isLeft(*b) || b->version) continue;
      for (const Instruction* i = b->first; i && only; i = i->next) {
        if (!isOfLocal(*i, parameter)) continue;
        only = (i->is(Op::LocalGet) || i->is(Op::LocalRead) || i->is(Op::LocalTake) || i->is(Op::LocalPeek)) && onlyLooks(i->result(), depth, isReturned);
      }
    }
    known_[{f.number, parameter}] = {only, isReturned};
  }
  const auto& known = known_[{f.number, parameter}];
  returns = known.second;
  return known.first;
}

bool InstanceUses::onlyLooks(const Temp* t, unsigned depth, bool& returns) {
  if (depth > kMaxDepth) return false;
  for (const Use* u = t->uses; u; u = u->next) {
    const Instruction& i = *u->user;
    const auto use = static_cast<size_t>(u - i.uses);
    if (isLeft(*i.block) || i.block->version || i.is(Op::Kill) || i.is(Op::Is)) continue;
    if (i.is(Op::Ret)) {
      returns = true;
      continue;
    }
    const bool isLooked = i.is(Op::Copy) ? onlyLooks(i.result(), depth + 1, returns)
                          : i.is(Op::AttrGet) ? plan_.isSlot(i)
                          : isInstanceTest(i, *plan_.facts) ? use == 1
                          : i.is(Op::MethodLoad) ? callOf(i) && callTakes(*callOf(i), 1, depth)
                          : isSuperLoad(i.op) ? use == 2 && callOf(i) && callTakes(*callOf(i), 1, depth)
                          : i.is(Op::SuperOf) ? use == 2
                          : isMethodCall(i.op) && use < 2 ? lookUpOf(i) != nullptr
                                                            : callTakes(i, use, depth);
    if (!isLooked) return false;
  }
  return true;
}

bool InstanceUses::isQuiet(const Function& f) {
  const auto [known, isNew] = quiet_.try_emplace(f.number, true); // meanwhile
  if (!isNew) return known->second;
  return quiet_[f.number] = storesNothing(f);
}

bool InstanceUses::storesNothing(const Function& f) {
  for (const Block* b = f.entry(); b; b = b->next) {
    if (isLeft(*b) || b->version) continue;
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::AttrSet)) {
        const Instruction* read = i->operand(0)->definition;
        if (!(f.name == "__init__" && read && isLocalLoad(read->op) && read->local() == 0)) return false;
      }
      if (i->is(Op::ItemSet)) return false;
      if (!isCallOf(*i) || (asksInstance(*i) && rawKindOf(i->operand(0)->guess) != RawKind::None)) continue;
      for (const Function* target : targetsOf(*i, plan_))
        if (!isQuiet(*target)) return false;
    }
  }
  return true;
}

// ---- in the version -------------------------------------------------------------------------------

bool translateHeld(Translator& t, const Instruction& i) {
  auto& locals = t.virtuals().locals;
  const auto held = locals.find(i.local());
  switch (i.op) {
  case Op::LocalGet:
  case Op::LocalRead:
  case Op::LocalTake:
    if (held == locals.end()) return false;
    t.define(i.result(), {.instance = held->second.instance});
    if (i.is(Op::LocalTake)) locals.erase(held);
    return true;
  case Op::LocalClear:
    if (held == locals.end()) return false;
    t.letGo(i.local());
    return true;
  case Op::LocalSet:
  case Op::LocalInit: {
    if (held != locals.end()) t.letGo(i.local());
    const int n = t.of(i.operand(0)).instance;
    const Instruction* last = n >= 0 && !isHeard(t, n) ? t.uses().lastLook(i) : nullptr;
    if (!last) return false;
    if (i.is(Op::LocalSet)) {
      t.settle();
      t.emit(Op::LocalClear, {}, {.index = i.local()});
    }
    locals[i.local()] = {n, last};
    t.define(i.operand(0), {});
    return true;
  }
  default: return false;
  }
}

bool translateVirtual(Translator& t, const Instruction& i) {
  const int n = i.is(Op::AttrGet) || i.is(Op::MethodLoad) ? t.of(i.operand(0)).instance : -1;
  if (n < 0) return false;
  if (i.is(Op::MethodLoad)) { // waits for the call
    for (uint32_t r = 0; r < 2; ++r) t.define(i.result(r), {.instance = n, .lookUp = &i});
    t.instance(n).holders += 2;
    return true;
  }
  auto& slots = t.instance(n).slots;
  const auto slot = std::find_if(slots.begin(), slots.end(), [&](auto& s) { return s.first == i.index; });
  if (slot == slots.end()) return false;
  const Known value = slot->second;
  t.checkClass(n);
  if (value.instance >= 0) ++t.instance(value.instance).holders;
  if (!value.word) return t.define(i.result(), value), true;
  t.defineLent(i.result(), value.word);
  t.makeRaw(i.result());
  return true;
}

void Translator::checkClass(int n) {
  if (instance(n).isChecked) return;
  guard(Op::ClassCheck, {instance(n).cls}, {.imm = instance(n).shape});
  instance(n).isChecked = true;
  exit_ = nullptr;
}

void Translator::ownClasses() {
  std::vector<std::pair<uint32_t, int>> lookedUp; // lookups come before what runs
  for (auto& [t, k] : known_)
    if (k.lookUp) lookedUp.emplace_back(t->id, k.instance);
  std::sort(lookedUp.begin(), lookedUp.end());
  if (!lookedUp.empty()) settleLent();
  for (Instance& instance : virtuals_.instances) {
    if (!instance.holders) continue;
    instance.isChecked = false;
    exit_ = nullptr;
    if (std::exchange(instance.ownsClass, true)) continue;
    instance.cls = value(Op::Copy, {instance.cls});
  }
  for (const auto& [id, n] : lookedUp)
    if (instance(n).holders) makeSettled(n);
}

void Translator::release(int n) {
  Instance& instance = virtuals_.instances[static_cast<size_t>(n)];
  exit_ = nullptr;
  if (--instance.holders) return;
  auto slots = std::move(instance.slots); // dies with what it holds
  if (at_ && instance.ownsClass) {
    settle();
    emit(Op::Kill, {instance.cls});
  }
  const auto isSilent = [&](const Known& value) { return value.instance >= 0 && !isHeard(*this, value.instance); };
  for (auto& [name, value] : slots) // of those nobody hears anything
    if (isSilent(value)) release(std::exchange(value.instance, -1));
  for (auto& [name, value] : slots) {
    if (value.instance >= 0) release(value.instance);
    if (!at_ || !value.owned) continue;
    settle();
    emit(Op::Kill, {value.word});
  }
}

void Translator::letGo(uint32_t local) {
  const int n = virtuals_.locals.at(local).instance;
  virtuals_.locals.erase(local);
  for (auto& [t, k] : known_)
    if (k.instance == n && t->ownership == Ownership::Borrowed) k = {};
  release(n);
}

void Translator::letGoBehind(const Instruction& i) {
  std::vector<uint32_t> done;
  for (auto& [local, held] : virtuals_.locals)
    if (held.last == &i) done.push_back(local);
  for (uint32_t local : done) letGo(local);
}

void Translator::make(int n) {
  settle();
  if (instance(n).holders) makeSettled(n);
}

void Translator::makeSettled(int n) {
  for (size_t slot = 0; slot < instance(n).slots.size(); ++slot)
    if (const int within = instance(n).slots[slot].second.instance; within >= 0) makeSettled(within);
  std::vector<const Instruction*> lookUps;
  for (auto& [t, k] : known_) {
    if (k.instance != n || !k.lookUp) continue;
    if (std::find(lookUps.begin(), lookUps.end(), k.lookUp) == lookUps.end()) lookUps.push_back(k.lookUp);
    k = {};
  }
  std::sort(lookUps.begin(), lookUps.end(), [](auto* a, auto* b) { return a->result()->id < b->result()->id; });
  emit(Op::Collect, {});
  Instance& instance = virtuals_.instances[static_cast<size_t>(n)];
  std::vector<Temp*> operands{instance.cls};
  for (auto& [name, value] : instance.slots) operands.push_back(exits_.reference(at_, value));
  Instruction* made = f_.create(Op::InstanceNew, operands, {}, kNone, kNone, instance.shape, 0, instance.site);
  f_.append(at_, made);
  if (instance.ownsClass) emit(Op::Kill, {instance.cls});
  instance.holders = 0;
  std::vector<const Temp*> owners, lent;
  for (auto& [t, k] : known_)
    if (k.instance == n && !k.lookUp) (t->ownership == Ownership::Owned ? owners : lent).push_back(t);
  std::sort(owners.begin(), owners.end(), [](const Temp* a, const Temp* b) { return a->id < b->id; });
  std::vector<uint32_t> locals;
  for (auto& [local, held] : virtuals_.locals)
    if (held.instance == n) locals.push_back(local);
  std::vector<Known*> around; // of instances that have it within
  for (Instance& other : virtuals_.instances)
    for (auto& [name, value] : other.slots)
      if (value.instance == n) around.push_back(&value);
  std::vector<Temp*> words{made->result()};
  while (words.size() < owners.size() + locals.size() + lookUps.size() + around.size()) words.push_back(value(Op::Copy, {words[0]}));
  for (Known* value : around) {
    *value = {.word = words.back(), .owned = true};
    words.pop_back();
  }
  for (const Temp* t : owners) {
    known_[t] = {.word = words.back(), .owned = true};
    words.pop_back();
  }
  for (uint32_t local : locals) {
    f_.append(at_, f_.create(Op::LocalInit, std::array{words.back()}, {}, local));
    words.pop_back();
    virtuals_.locals.erase(local);
    Temp* read = value(Op::LocalRead, {}, {.index = local});
    for (const Temp* t : lent)
      if (t->definition->local() == local) known_[t] = {.word = read};
  }
  for (const Instruction* lookUp : lookUps) {
    const Instruction* found = makeLookUp(f_, *lookUp, words.back(), at_);
    emit(Op::Kill, {words.back()});
    words.pop_back();
    for (uint32_t r = 0; r < 2; ++r) define(lookUp->result(r), {.word = found->result(r), .owned = true});
  }
  exit_ = nullptr;
}

void Translator::makeOperands(const Instruction& i) {
  for (uint32_t u = 0; u < i.useCount; ++u) {
    const Temp* t = i.uses[u].temp;
    if (t && of(t).instance >= 0 && !uses_.takes(i, u)) make(of(t).instance);
  }
}

} // namespace krait::ir::passes::versions
