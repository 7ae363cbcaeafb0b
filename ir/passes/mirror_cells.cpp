// A variable that a nested function captures lives in a cell, of which nothing is known: each read takes a reference and asks again whether
// it is an int, a list, an instance with such slots. Where nested functions only read it, the function around knows all its values, and
// keeps them in a local beside the cell:
//
//   cell.from_local $k, &k       cell.make &k; %1 = local.read $k; %2 = copy %1; cell.set &k, %2
//   cell.set &k, %v              %3 = copy %v; local.set $k, %3; cell.set &k, %v
//   %r = cell.get &k             %4 = local.read $k; %r = copy %4
//
// And where the variable is bound once for good before anything captures it, the nested functions that read it more than once take it out of the
// cell when they begin.
//
// The value lives as long as before, as the cell does; it is referred to once more, which programs that count references would
// see: they keep their cells. Whoever stores into a cell's cell_contents is known by the store's text (sema/observers.def).
//
// Not where the variable is deleted or may be read unbound, in functions that ask for their locals(), nor where it is added to: a text that
// has two references is copied by `+=`.
#include "ir/passes/captures.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>
#include <utility>

namespace krait::ir::passes {

using namespace core;

namespace {

bool isSum(const Temp* t) { return t->definition && (t->definition->is(Op::BinaryAdd) || t->definition->is(Op::InplaceAdd)); }

bool isNumber(const Temp* t, const Module& module) {
  if (!t->definition || !t->definition->is(Op::Const)) return false;
  const ConstantKind kind = module.constants[t->definition->index].kind;
  return kind == ConstantKind::Int || kind == ConstantKind::Float;
}

/// Whether it may be a text made longer: `s + t`, where neither is a number's literal.
bool mayGrow(const Temp* value, const Module& module) {
  return isSum(value) && !isNumber(value->definition->operand(0), module) && !isNumber(value->definition->operand(1), module);
}

class Mirror {
public:
  explicit Mirror(Module& module) : module_(module) {}

  bool run() {
    for (auto& f : module_.functions) all_.push_back(f->entry() ? lookAt(*f) : Cells());
    for (auto& f : module_.functions)
      if (f->entry()) refuseStored(*f);
    for (auto& f : module_.functions)
      if (f->entry()) chooseFree(*f);
    bool changed = false;
    for (auto& f : module_.functions) {
      const std::vector<bool>& chosen = all_[f->number].chosen;
      if (std::find(chosen.begin(), chosen.end(), true) != chosen.end()) rewrite(*f), changed = true;
    }
    return changed;
  }

private:
  /// Of a function, by CELL; nothing where it can have no locals for them.
  struct Cells {
    std::vector<bool> chosen;
    std::vector<bool> isSettled; // own: bound once for good, before anything captures it
    std::vector<int> reads;      // in loops they count twice
  };

  /// What the function itself does with its cells.
  static Cells lookAt(const Function& f) {
    Cells cells;
    const size_t count = f.cells.size() + f.frees.size();
    if (!count || f.kind == FunctionKind::ClassBody || f.kind == FunctionKind::TypeParameters) return cells;
    std::vector<bool> onlyBound(f.cells.size(), true), grows(count);
    cells.chosen.resize(count), cells.isSettled.resize(count), cells.reads.resize(count);
    for (const Block* b = f.entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (i->is(Op::LocalsDict)) return {};
        if (!(i->info().attributes & attribute::CELL)) continue;
        const uint32_t c = i->cell();
        if (i->is(Op::CellGet)) cells.reads[c] += cells.reads[c] < 2 && isInLoop(f, b) ? 2 : 1;
        else if (i->is(Op::CellSet) && mayGrow(i->operand(0), f.module)) grows[c] = true;
        else if (f.isOwnCell(c) && !(i->is(Op::CellRef) || i->is(Op::CellMake) || i->is(Op::CellFromLocal) || i->is(Op::CellSet))) onlyBound[c] = false;
      }
    const analysis::Flow flow(f);
    for (uint32_t c = 0; c < f.cells.size(); ++c) {
      if (!onlyBound[c]) continue;
      cells.chosen[c] = cells.reads[c] && !grows[c] && isBoundWhereRead(f, flow, c);
      cells.isSettled[c] = isBoundOnce(f, c) && isAlwaysBound(f, flow, c);
    }
    return cells;
  }

  /// Which function a free cell belongs to, and which of its cells it is.
  std::pair<const Function*, uint32_t> ownerOf(const Function& f, uint32_t cell) const {
    const std::string& name = f.cellName(cell);
    for (uint32_t around = f.parent; around != kNone; around = module_.functions[around]->parent) {
      const Function& owner = *module_.functions[around];
      const auto own = std::find(owner.cells.begin(), owner.cells.end(), name);
      if (own != owner.cells.end()) return {&owner, static_cast<uint32_t>(own - owner.cells.begin())};
    }
    return {nullptr, 0};
  }

  /// What a nested function binds or deletes is not of its own function alone.
  void refuseStored(const Function& f) {
    for (const Block* b = f.entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (!(i->info().attributes & attribute::CELL) || f.isOwnCell(i->cell())) continue;
        if (i->is(Op::CellGet) || i->is(Op::CellPeek) || i->is(Op::CellRef)) continue;
        const auto [owner, cell] = ownerOf(f, i->cell());
        if (!owner || all_[owner->number].chosen.empty()) continue;
        all_[owner->number].chosen[cell] = all_[owner->number].isSettled[cell] = false;
      }
  }

  void chooseFree(const Function& f) {
    Cells& cells = all_[f.number];
    for (auto c = static_cast<uint32_t>(f.cells.size()); c < cells.chosen.size(); ++c) {
      const auto [owner, cell] = ownerOf(f, c);
      cells.chosen[c] = cells.reads[c] > 1 && owner && !all_[owner->number].isSettled.empty() && all_[owner->number].isSettled[cell];
    }
  }

  void rewrite(Function& f) {
    const std::vector<bool>& chosen = all_[f.number].chosen;
    std::vector<uint32_t> locals(chosen.size(), kNone);
    makeLocalsOfCells(f, chosen, locals);
    std::vector<bool> isTaken(chosen.size()); // free cells, when the function begins
    for (Block* b = f.entry(); b; b = b->next)
      forEachInstruction(b, [&](Instruction* i) {
        if (!(i->info().attributes & attribute::CELL) || locals[i->cell()] == kNone) return;
        const uint32_t local = locals[i->cell()];
        if (i->is(Op::CellSet)) {
          insertBefore(i, Op::LocalSet, {insertBefore(i, Op::Copy, {i->operand(0)})->result()}, local);
        } else if (i->is(Op::CellGet)) {
          f.replaceUses(i->result(), copyOf(i, local));
          if (f.isOwnCell(i->cell()) || isTaken[i->cell()]) return f.erase(i);
          isTaken[i->cell()] = true;
          begin(f, i, local);
        } else if (i->is(Op::CellFromLocal)) {
          insertBefore(i, Op::CellMake, {}, kNone, i->cell());
          insertBefore(i, Op::CellSet, {copyOf(i, local)}, kNone, i->cell());
          f.erase(i);
        }
      });
  }

  /// Moves the read to the function's beginning, for the local.
  static void begin(Function& f, Instruction* read, uint32_t local) {
    if (f.entry()->handler) separateEntry(f);
    Instruction* first = f.entry()->first;
    while (first->is(Op::GenStart) || first->is(Op::CellMake) || first->is(Op::CellFromLocal)) first = first->next;
    Instruction* made = insertBefore(first, Op::CellGet, {}, kNone, read->cell());
    made->site = read->site;
    insertBefore(first, Op::LocalInit, {made->result()}, local);
    f.erase(read);
  }

  /// A function that begins with try: its handlers see no local that is not there yet.
  static void separateEntry(Function& f) {
    Block* body = f.entry();
    Block* entry = f.newBlock();
    f.moveBlock(entry, nullptr);
    const Function::Target target{body, {}};
    f.append(entry, f.create(Op::Br, {}, {&target, 1}));
  }

  static Temp* copyOf(Instruction* before, uint32_t local) {
    return insertBefore(before, Op::Copy, {insertBefore(before, Op::LocalRead, {}, local)->result()})->result();
  }

  Module& module_;
  std::vector<Cells> all_; // by FUNCTION
};

} // namespace

bool runMirrorCells(Module& module) { return !module.keepsCells && Mirror(module).run(); }

} // namespace krait::ir::passes
