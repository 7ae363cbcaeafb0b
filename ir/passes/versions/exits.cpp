#include "ir/passes/versions/exits.h"

#include "ir/core/operators.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

bool readsLocal(const Temp* t) {
  return t->definition && (t->definition->is(Op::LocalGet) || t->definition->is(Op::LocalRead));
}

Temp* append(Function& f, Block* block, Op op, std::initializer_list<Temp*> operands, uint32_t index = kNone) {
  Instruction* made = f.create(op, std::span<Temp* const>(operands.begin(), operands.size()), {}, index);
  f.append(block, made);
  if (op == Op::Copy) made->result()->type = made->operand(0)->type;
  return made->resultCount ? made->result() : nullptr;
}

void branch(Function& f, Block* from, Block* to, std::span<Temp* const> arguments) {
  Function::Target target{to, arguments};
  f.append(from, f.create(Op::Br, {}, std::span(&target, 1)));
}

} // namespace

bool isMadeAgain(const Function& f, const Temp* t) {
  return t->definition && (t->definition->is(Op::Const) || (f.isGenerator() && readsLocal(t)));
}

Temp* makeAgain(Function& f, const Temp* t, Instruction* next) {
  // What was read once is bound.
  Instruction* made = f.create(readsLocal(t) ? Op::LocalRead : Op::Const, {}, {}, t->definition->index);
  made->result()->type = t->type;
  made->result()->guessAs(*t);
  f.insertBefore(next, made);
  return made->result();
}

// In the order in which they came to be, which is the order that error edges go by.
std::vector<const Temp*> Exits::liveBefore(const Instruction& at) {
  std::unordered_set<const Temp*> used;
  for (const Instruction* i = &at; i; i = i->next)
    for (uint32_t u = 0; u < i->useCount; ++u)
      if (i->uses[u].temp) used.insert(i->uses[u].temp);
  std::vector<const Temp*> live;
  auto add = [&](const Temp* t) {
    if (used.erase(t) && !isMadeAgain(f_, t)) live.push_back(t);
  };
  for (const Temp* p : at.block->parameters) add(p);
  const size_t ofBlock = live.size();
  for (const Instruction* i = at.block->first; i != &at; i = i->next)
    for (uint32_t r = 0; r < i->resultCount; ++r) add(i->results[r]);
  for (const Temp* t : used) // the result of the guard that leads here
    if (t->definingBlock() != at.block && !isMadeAgain(f_, t)) live.insert(live.begin() + static_cast<ptrdiff_t>(ofBlock), t);
  return live;
}

Temp* Exits::reference(Block* block, const Known& k) {
  if (k.items) {
    std::vector<Temp*> items;
    for (const Known& item : *k.items) items.push_back(reference(block, item));
    Instruction* made = f_.create(Op::TupleNew, items, {});
    f_.append(block, made);
    return made->result();
  }
  if (k.word) return k.owned ? k.word : append(f_, block, Op::Copy, {k.word});
  if (k.isInt) return append(f_, block, Op::BoxReal, {k.raw, k.isInt});
  if (k.character) return append(f_, block, Op::BoxChar, {k.character});
  if (k.residue) return whole(block, *k.residue);
  switch (k.kind) {
  case RawKind::Unsigned: return append(f_, block, Op::BoxU64, {k.raw});
  case RawKind::Int: return append(f_, block, Op::Copy, {k.raw});
  case RawKind::Float: return append(f_, block, Op::BoxF64, {k.raw});
  default: return append(f_, block, Op::ComplexNew, {k.raw, k.imaginary});
  }
}

Temp* Exits::whole(Block* block, const Residue& residue) {
  Temp* operands[] = {reference(block, residue.left), reference(block, residue.right)};
  Instruction* made = f_.create(residue.op, operands, {}, kNone, kNone, 0, 0, residue.site);
  f_.append(block, made);
  made->result()->type = Type::integer();
  for (Temp* t : operands) append(f_, block, Op::Kill, {t});
  return made->result();
}

Temp* Exits::argument(Block* block, const Temp* t, const Known& k, bool isBehindExit) {
  if (!t->type.isWord()) return k.word;
  if (t->ownership == Ownership::Owned) return reference(block, k);
  if (k.word) return k.word;
  if (k.kind == RawKind::Int) return k.raw;
  // A raw local's: its word again, once it is boxed. It is bound, or it would not have been read.
  auto origin = origins_.find(t);
  const Temp* first = origin == origins_.end() ? t : origin->second;
  assert(readsLocal(first));
  if (!isBehindExit) return nullptr;
  Temp* read = append(f_, block, Op::LocalRead, {}, first->definition->local());
  read->type = t->type;
  return read;
}

const Instruction* makeLookUp(Function& f, const Instruction& lookUp, Temp* receiver, Block* block) {
  Instruction* made = f.create(Op::MethodLoad, std::array{receiver}, {}, lookUp.index, lookUp.index2, lookUp.imm, lookUp.imm2, lookUp.site);
  f.append(block, made);
  return made;
}

// Whether the local is read before the end of the block, from `at` on, or what was read lives there.
static bool isAsked(uint32_t local, const Instruction& at, std::span<const Temp* const> live) {
  for (const Temp* t : live)
    if (readsLocal(t) && t->definition->local() == local) return true;
  for (const Instruction* i = &at; i; i = i->next) {
    if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() != local) continue;
    return !isLocalStore(i->op) && !i->is(Op::LocalClear);
  }
  return false;
}

// Those that the general body asks for; the classes of the others die.
void Exits::makeInstances(const Instruction& at, std::unordered_map<const Temp*, Known>& known, std::span<const Temp* const> live,
                          std::vector<Temp*>& arguments, Block* block) {
  std::vector<Temp*> made(virtuals_.instances.size());
  std::vector<const Instruction*> lookUps;
  std::vector<std::pair<uint32_t, int>> locals;
  std::vector<unsigned> wanted(virtuals_.instances.size());
  for (const Temp* t : live) {
    const Known& k = known[t];
    if (k.instance < 0 || t->ownership != Ownership::Owned || (k.lookUp && std::find(lookUps.begin(), lookUps.end(), k.lookUp) != lookUps.end())) continue;
    if (k.lookUp) lookUps.push_back(k.lookUp);
    ++wanted[static_cast<size_t>(k.instance)];
  }
  for (auto& [local, held] : virtuals_.locals) {
    if (!isAsked(local, at, live)) continue;
    locals.emplace_back(local, held.instance);
    ++wanted[static_cast<size_t>(held.instance)];
  }
  for (size_t n = virtuals_.instances.size(); n-- > 0;) // what one has within comes before it
    for (auto& [name, value] : virtuals_.instances[n].slots)
      if (wanted[n] && value.instance >= 0) ++wanted[static_cast<size_t>(value.instance)];
  const auto isWanted = [wanted](size_t n) { return wanted[n] > 0; };
  auto referenceTo = [&](auto& self, int n) -> Temp* { // the last one gets the first reference
    Temp*& word = made[static_cast<size_t>(n)];
    const bool isLast = --wanted[static_cast<size_t>(n)] == 0;
    if (word) return isLast ? word : append(f_, block, Op::Copy, {word});
    const Instance& instance = virtuals_.instances[static_cast<size_t>(n)];
    std::vector<Temp*> operands{instance.cls};
    for (auto& [name, value] : instance.slots) operands.push_back(value.instance >= 0 ? self(self, value.instance) : reference(block, value));
    Instruction* i = f_.create(Op::InstanceNew, operands, {}, kNone, kNone, instance.shape, 0, instance.site);
    f_.append(block, i);
    word = i->result();
    return isLast ? word : append(f_, block, Op::Copy, {word});
  };
  for (size_t n = 0; n < live.size(); ++n)
    if (const Known& k = known[live[n]]; k.instance >= 0 && !k.lookUp && live[n]->ownership == Ownership::Owned) arguments[n] = referenceTo(referenceTo, k.instance);
  for (const Instruction* lookUp : lookUps) {
    Temp* receiver = referenceTo(referenceTo, known[lookUp->result(0)].instance);
    const Instruction* found = makeLookUp(f_, *lookUp, receiver, block);
    for (size_t n = 0; n < live.size(); ++n)
      for (uint32_t r = 0; r < 2; ++r)
        if (live[n] == lookUp->result(r)) arguments[n] = found->result(r);
    append(f_, block, Op::Kill, {receiver});
  }
  for (auto& [local, instance] : locals) f_.append(block, f_.create(Op::LocalInit, std::array{referenceTo(referenceTo, instance)}, {}, local));
  for (size_t n = 0; n < virtuals_.instances.size(); ++n) {
    const Instance& instance = virtuals_.instances[n];
    if (instance.holders && instance.ownsClass) append(f_, block, Op::Kill, {instance.cls});
    if (!instance.holders || isWanted(n)) continue;
    for (auto& [name, value] : instance.slots)
      if (value.owned) append(f_, block, Op::Kill, {value.word});
  }
}

Block* Exits::before(const Instruction& at, std::unordered_map<const Temp*, Known>& known, std::span<Temp* const> scratch, Block* after) {
  Block* block = f_.newBlock(after);
  block->cold = block->version = true;
  block->handler = after->handler;
  const std::vector<const Temp*> live = liveBefore(at);
  std::vector<Temp*> arguments;
  for (const Temp* t : live) {
    const Known& k = known[t];
    arguments.push_back(k.instance < 0 ? argument(block, t, k, false) : nullptr);
  }
  makeInstances(at, known, live, arguments, block);
  for (Temp* t : scratch) append(f_, block, Op::Kill, {t});
  append(f_, block, Op::VersionExit, {});
  for (size_t n = 0; n < live.size(); ++n)
    if (!arguments[n]) arguments[n] = argument(block, live[n], known[live[n]], true);
  exits_.push_back({block, &at, std::move(arguments)});
  return block;
}

void Exits::split() {
  std::unordered_map<Block*, std::vector<const Instruction*>> places;
  std::vector<Block*> order; // deterministic
  for (const Exit& e : exits_) {
    auto& of = places[e.at->block];
    if (of.empty()) order.push_back(e.at->block);
    if (std::find(of.begin(), of.end(), e.at) == of.end()) of.push_back(e.at);
  }
  for (const Block* b = f_.entry(); b && !entrances_.empty(); b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (!entrances_.contains(i)) continue;
      auto& of = places[i->block];
      if (of.empty()) order.push_back(i->block);
      if (std::find(of.begin(), of.end(), i) == of.end()) of.push_back(i);
    }
  for (Block* b : order) splitBlock(b, places[b]);
}

void Exits::splitBlock(Block* block, std::vector<const Instruction*>& places) {
  std::map<const Instruction*, size_t> positions;
  size_t position = 0;
  for (const Instruction* i = block->first; i; i = i->next) positions[i] = position++;
  std::sort(places.begin(), places.end(), [&](auto* a, auto* b) { return positions[a] < positions[b]; });
  // What is live at each, before anything is moved.
  std::vector<std::vector<const Temp*>> live;
  for (const Instruction* at : places) live.push_back(liveBefore(*at));
  std::unordered_map<const Temp*, Temp*> now; // what a temporary is called in the last piece
  std::unordered_map<const Instruction*, Block*> made;
  Block* last = block;
  for (size_t n = 0; n < places.size(); ++n) {
    Block* piece = f_.newBlock(last);
    piece->handler = block->handler;
    piece->cold = block->cold;
    std::vector<Instruction*> moved;
    for (auto* i = const_cast<Instruction*>(places[n]); i; i = i->next) moved.push_back(i);
    for (Instruction* i : moved) {
      f_.unlink(i);
      f_.append(piece, i);
    }
    auto replaceIn = [&](Temp* from, Temp* to) {
      for (Use* u = from->uses; u;) {
        Use* next = u->next;
        if (u->user->block == piece) f_.setOperand(u->user, static_cast<size_t>(u - u->user->uses), to);
        u = next;
      }
    };
    std::vector<Temp*> arguments;
    for (const Temp* t : live[n]) {
      Temp*& current = now.try_emplace(t, const_cast<Temp*>(t)).first->second;
      arguments.push_back(current);
      Temp* p = f_.addParameter(piece, t->type, t->ownership);
      p->guess = t->guess;
      replaceIn(current, p);
      current = p;
    }
    std::vector<Temp*> again;
    for (Instruction* i : moved)
      for (uint32_t u = 0; u < i->useCount; ++u)
        if (Temp* t = i->uses[u].temp; t && isMadeAgain(f_, t) && t->definition->block != piece && std::find(again.begin(), again.end(), t) == again.end())
          again.push_back(t);
    for (Temp* t : again) replaceIn(t, makeAgain(f_, t, piece->first));
    if (auto entrance = entrances_.find(places[n]); entrance != entrances_.end()) {
      Function::Target targets[] = {{entrance->second, arguments}, {piece, arguments}};
      f_.append(last, f_.create(Op::VersionEnter, {}, targets));
    } else {
      branch(f_, last, piece, arguments);
    }
    made[places[n]] = piece;
    last = piece;
  }
  for (Exit& e : exits_)
    if (auto found = made.find(e.at); found != made.end() && !e.block->terminator()) branch(f_, e.block, found->second, e.arguments);
}

} // namespace krait::ir::passes::versions
