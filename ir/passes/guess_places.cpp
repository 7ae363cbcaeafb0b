// Where values live: locals, cells, attributes, globals, and what is in containers.
#include "ir/analysis/flow.h"
#include "ir/core/operators.h"
#include "ir/passes/guesser.h"

namespace krait::ir::passes {

using namespace core;

FunctionGuesses::FunctionGuesses(const Function& f)
    : webs(f), locals(webs.count()), accumulated(webs.count()), storesOf(webs.count()), stores(f.locals.size()) {
  if (!f.entry()) return;
  const std::vector<bool> inLoop = analysis::blocksInLoops(f, analysis::Flow(f));
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next)
      if (isLocalStore(i->op)) {
        if (const Instruction* from = i->operand(0)->definition; from && from->is(Op::BoundLoad)) boundLoads[i->local()] = from;
        ++storesOf[webs.at(*i)];
        accumulated[webs.at(*i)] = accumulated[webs.at(*i)] || (inLoop[b->id] && isMadeOf(*i->operand(0), webs.at(*i)));
      }
}

const Instruction& FunctionGuesses::lookUpOf(const Instruction& boundCall) const {
  const Instruction* read = boundCall.operand(0)->definition;
  const auto found = read && isLocalLoad(read->op) ? boundLoads.find(read->local()) : boundLoads.end();
  return found == boundLoads.end() ? boundCall : *found->second;
}

bool FunctionGuesses::isMadeOf(const Temp& t, uint32_t web, unsigned depth) const {
  const Instruction* made = t.definition;
  if (!made || depth > 2) return false;
  if (isLocalLoad(made->op)) return depth > 0 && webs.at(*made) == web;
  if (!isArithmetic(made->op)) return false;
  return isMadeOf(*made->operand(0), web, depth + 1) || isMadeOf(*made->operand(1), web, depth + 1);
}

Guesses& Guesser::variableOf(const Function& f, uint32_t cell) {
  const std::string& name = f.cellName(cell);
  const Function* owner = &f;
  bool owns = f.isOwnCell(cell);
  while (!owns && owner->parent != kNone) {
    owner = module_.functions[owner->parent].get();
    owns = std::find(owner->cells.begin(), owner->cells.end(), name) != owner->cells.end();
  }
  return variables_[{owner->number, name}];
}

void Guesser::meetAt(const Temp* t, size_t depth, const Spot& s) {
  if (!t || depth >= kDepth || !s.isKnown()) return;
  join(static_cast<Spot&>(temps_[t][depth]), s);
  if (Guesses* home = homeOf(t)) join(static_cast<Spot&>((*home)[depth]), s);
  if (!t->definition) return;
  switch (t->definition->op) {
  case Op::Copy: return meetAt(t->definition->operand(0), depth, s);
  case Op::Iter:
    if (containerOf(t->definition->operand(0)) != Guess::Dict) meetAt(t->definition->operand(0), depth, {.kind = s.kind});
    return;
  case Op::ItemGet: return meetAt(t->definition->operand(0), depth + 1, s);
  case Op::NextBr: return meetAt(t->definition->operand(0), depth + 1, {.kind = s.kind});
  default: return;
  }
}

void Guesser::meetAt(const Temp* t, size_t depth, const std::array<Spot, kPositions>& parts) {
  if (!t || depth >= kDepth) return;
  auto all = [&](Guesses& g) {
    for (size_t p = 0; p < kPositions; ++p) join(g[depth].parts[p], parts[p]);
  };
  all(temps_[t]);
  if (Guesses* home = homeOf(t)) all(*home);
  if (t->definition && t->definition->is(Op::Copy)) meetAt(t->definition->operand(0), depth, parts);
  if (t->definition && t->definition->is(Op::ItemGet)) meetAt(t->definition->operand(0), depth + 1, parts);
}

bool Guesser::isMethodsOwn(const Instruction& access) {
  const Instruction* from = access.operand(0)->definition;
  const Function& f = *access.block->function;
  const bool isFirst = from && (from->is(Op::LocalRead) || from->is(Op::LocalGet)) && from->local() == 0 && f.argCount > 0;
  return isFirst && f.parent != kNone && f.module.functions[f.parent]->kind == FunctionKind::ClassBody;
}

Guesses* Guesser::attributeOf(const Instruction& access) {
  if (const uint32_t global = targets_.globalAskedOf(access); global != kNone) return &globals_[global];
  uint32_t cls = classOf(access.operand(0));
  if (cls == kNone && isMethodsOwn(access)) cls = access.block->function->parent; // of a class method
  if (cls == kNone) cls = targets_.classAt(access.operand(0)).value_or(kNone);
  if (cls != kNone)
    if (auto owner = classes_.ownerOf(cls, access.index)) return &ofClass_[{*owner, access.index}];
  return isResolving_ ? nullptr : &attributes_[access.index];
}

Guesses* Guesser::homeOf(const Temp* t) {
  if (!t->definition) return nullptr;
  switch (t->definition->op) {
  case Op::LocalGet:
  case Op::LocalRead:
  case Op::LocalLend:
  case Op::LocalTake: return isHidden(*t->definition) ? nullptr : &localOf(*t->definition);
  case Op::CellGet:
  case Op::CellPeek: return functions_[t->definition->block->function->number].cells[t->definition->cell()];
  case Op::AttrGet: return attributeOf(*t->definition);
  case Op::GlobalGet: return &globals_[targets_.imports().originalOf(t->definition->index)];
  default: return nullptr;
  }
}

bool Guesser::isHidden(const Instruction& i) const {
  const Function& f = *i.block->function;
  return i.local() >= f.varCount && functions_[f.number].stores[i.local()] != 1;
}

void Guesser::hiddenStore(const Instruction& i) {
  const Instruction* end = i.block->terminator();
  if (!end || !end->is(Op::Br)) return;
  for (const Instruction* read = end->target()->first; read; read = read->next)
    if (read->is(Op::LocalRead) && read->local() == i.local()) flow(i.operand(0), read->result());
}

void Guesser::flow(const Temp* from, Guesses& to) {
  if (how_.mixes && to[0].kind == Kind::Seed && !to[0].mayBeOther && !levelOf(from, 0).isKnown()) to[0].mayBeOther = changed_ = true;
  for (size_t d = 0; d < kDepth; ++d) join(to[d], levelOf(from, d));
}

void Guesser::flow(const Guesses& from, Guesses& to) {
  for (size_t d = 0; d < kDepth; ++d) join(to[d], from[d]);
}

void Guesser::flow(const Temp* from, const Temp* to, size_t fromDepth, size_t toDepth) {
  Guesses& target = temps_[to];
  for (size_t d = 0; d + std::max(fromDepth, toDepth) < kDepth; ++d) join(target[toDepth + d], levelOf(from, fromDepth + d));
}

void Guesser::store(const Temp* container, const Temp* item) {
  if (arrayCode(containerOf(container))) return; // converts
  for (size_t d = 0; d + 1 < kDepth; ++d) {
    Level level = levelOf(item, d);
    if (d == 0 && how_.mixes) { // constants, and what a tuple has of them, are kept as they are
      level.mixed |= level.kind == Kind::Seed;
      for (Spot& part : level.parts) part.mixed |= part.kind == Kind::Seed && level.container == Guess::Tuple;
    }
    meetAt(container, d + 1, level);
    meetAt(container, d + 1, level.parts);
  }
}

void Guesser::storeKey(const Temp* container, const Temp* key) {
  if (containerOf(container) == Guess::Dict) meetAt(container, 0, std::array<Spot, kPositions>{levelOf(key, 0)});
}

void Guesser::storeAll(const Temp* container, const Temp* items) {
  for (size_t d = 1; d < kDepth; ++d) {
    const Level level = levelOf(items, d);
    meetAt(container, d, level);
    meetAt(container, d, level.parts);
  }
}

void Guesser::flowItems(const Temp* from, const Temp* to) {
  Guesses& target = temps_[to];
  if (containerOf(from) == Guess::Dict) return join(static_cast<Spot&>(target[1]), levelOf(from, 0).parts[0]);
  if (containerOf(from) == Guess::Str) changed_ |= target[1].contain(Guess::Str);
  for (size_t d = 1; d < kDepth; ++d) join(target[d], levelOf(from, d));
}

} // namespace krait::ir::passes
