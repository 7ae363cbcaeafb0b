#include "ir/passes/captures.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool isBound(const Function& f, const analysis::Flow& flow, uint32_t cell, bool whereTaken) {
  std::vector<bool> bound(f.blockIdLimit(), true); // at the block's beginning
  auto after = [&](const Block* b, bool state) {
    for (const Instruction* i = b->first; i; i = i->next)
      if ((i->is(Op::CellSet) || i->is(Op::CellFromLocal)) && i->cell() == cell) state = true;
    return state;
  };
  bound[f.entry()->id] = false;
  for (bool again = true; again;) {
    again = false;
    for (const Block* b : flow.order()) {
      if (!bound[b->id]) continue;
      for (const analysis::Edge& e : flow.predecessors(b))
        if (!(e.error ? bound[e.from->id] : after(e.from, bound[e.from->id]))) bound[b->id] = false, again = true;
    }
  }
  for (const Block* b : flow.order()) {
    bool state = bound[b->id];
    for (const Instruction* i = b->first; i; i = i->next) {
      if (!(i->info().attributes & attribute::CELL) || i->cell() != cell) continue;
      if (i->is(Op::CellSet) || i->is(Op::CellFromLocal)) state = true;
      else if (!i->is(Op::CellMake) && !state && (whereTaken || !i->is(Op::CellRef))) return false;
    }
  }
  return true;
}

} // namespace

bool isBoundWhereRead(const Function& f, const analysis::Flow& flow, uint32_t cell) { return isBound(f, flow, cell, false); }
bool isAlwaysBound(const Function& f, const analysis::Flow& flow, uint32_t cell) { return isBound(f, flow, cell, true); }

bool isInLoop(const Function& f, const Block* b) {
  std::vector<bool> seen(f.blockIdLimit());
  std::vector<const Block*> work{b};
  auto reach = [&](const Block* next) {
    if (!next || seen[next->id]) return;
    seen[next->id] = true;
    work.push_back(next);
  };
  while (!work.empty() && !seen[b->id]) {
    const Block* at = work.back();
    work.pop_back();
    reach(at->handler);
    for (uint32_t s = 0; s < at->last->successorCount; ++s) reach(at->last->target(s));
  }
  return seen[b->id];
}

bool isBoundOnce(const Function& f, uint32_t cell) {
  const Block* binding = nullptr;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (!(i->is(Op::CellSet) || i->is(Op::CellFromLocal)) || i->cell() != cell) continue;
      if (binding) return false;
      binding = b;
    }
  return binding && !isInLoop(f, binding);
}

void insertLocals(Function& f, uint32_t at, std::span<const Local> locals) {
  f.locals.insert(f.locals.begin() + at, locals.begin(), locals.end());
  const auto count = static_cast<uint32_t>(locals.size());
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next) {
      if ((i->info().attributes & attribute::LOCAL) && i->index >= at && i->index != kNone) i->index += count;
      if ((i->info().attributes & attribute::LOCAL2) && i->index2 >= at && i->index2 != kNone) i->index2 += count;
    }
}

bool makeLocalsOfCells(Function& f, const std::vector<bool>& chosen, std::vector<uint32_t>& locals) {
  if (chosen.empty()) return false;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::CellFromLocal) && chosen[i->cell()]) locals[i->cell()] = i->local();
  std::vector<Local> variables;
  bool any = false;
  for (uint32_t c = 0; c < chosen.size(); ++c) {
    if (!chosen[c]) continue;
    any = true;
    if (locals[c] != kNone) continue;
    locals[c] = f.varCount + static_cast<uint32_t>(variables.size());
    variables.push_back({f.cellName(c), LocalKind::Variable});
  }
  insertLocals(f, f.varCount, variables);
  f.varCount += static_cast<uint32_t>(variables.size());
  return any;
}

} // namespace krait::ir::passes
