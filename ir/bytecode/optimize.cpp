// The passes over the flow graph. They follow CPython 3.11's in order and in
// detail, because the bytes that come out are compared with its own.
#include "ir/bytecode/peephole.h"

namespace krait::ir::bytecode {

using enum Opcode;

namespace {

class Optimizer {
public:
  Optimizer(FlowGraph& graph, std::vector<ConstantEntry>& constants, core::ConstantTable& table)
      : g_(graph), constants_(constants), table_(table) {}

  void run(uint32_t firstLine) {
    for (auto it = g_.blocks.rbegin(); it != g_.blocks.rend(); ++it) normalize(**it);
    for (auto it = g_.blocks.rbegin(); it != g_.blocks.rend(); ++it) extend(**it);
    for (BasicBlock* b = g_.entry; b; b = b->next) peephole(*b, constants_, table_);
    for (BasicBlock* b = g_.entry; b; b = b->next) clean(*b, -1);
    for (BasicBlock* b = g_.entry; b; b = b->next) extend(*b);
    markReachable();
    for (BasicBlock* b = g_.entry; b; b = b->next) {
      if (b->predecessors == 0) {
        b->instrs.clear();
        b->noFallThrough = false;
      }
    }
    for (BasicBlock* b = g_.entry; b; b = b->next) clean(*b, -1);
    dropEmpty();
    removeRedundantJumps();
    trimConstants();
    duplicateExits();
    propagateLines();
    // A return that got no line from anywhere has that of the code before it.
    auto line = static_cast<int32_t>(firstLine);
    for (BasicBlock* b = g_.entry; b; b = b->next) {
      if (b->instrs.empty()) continue;
      const Instr& last = b->instrs.back();
      if (last.location.line >= 0) line = last.location.line;
      else if (last.op == RETURN_VALUE)
        for (Instr& i : b->instrs) i.location.line = line;
    }
  }

private:
  void normalize(BasicBlock& b) {
    for (Instr& i : b.instrs) {
      if (isScopeExit(i.op)) b.isExit = b.noFallThrough = true;
      if (isUnconditional(i.op)) b.noFallThrough = true;
      if (isJump(i.op)) i.target = skipEmpty(i.target);
    }
  }

  static bool isExitWithoutLine(const BasicBlock* b) {
    if (!b->isExit) return false;
    for (const Instr& i : b->instrs)
      if (i.location.line >= 0) return false;
    return true;
  }

  // A jump to a small block of artificial code that returns becomes that block.
  void extend(BasicBlock& b) {
    constexpr size_t kMaxCopy = 4;
    if (b.instrs.empty()) return;
    Instr& last = b.instrs.back();
    if (last.op != JUMP) return;
    BasicBlock* target = last.target;
    if (!isExitWithoutLine(target) || target->instrs.size() > kMaxCopy) return;
    last.op = NOP;
    last.arg = 0;
    b.instrs.insert(b.instrs.end(), target->instrs.begin(), target->instrs.end());
    b.isExit = true;
  }

  // ---- the whole graph -------------------------------------------------------------------------
  void markReachable() {
    std::vector<BasicBlock*> work{g_.entry};
    g_.entry->predecessors = 1;
    while (!work.empty()) {
      BasicBlock* b = work.back();
      work.pop_back();
      b->visited = true;
      if (b->next && !b->noFallThrough) {
        if (!b->next->visited && b->next->predecessors == 0) work.push_back(b->next);
        ++b->next->predecessors;
      }
      for (Instr& i : b->instrs) {
        if (!isJump(i.op) && !isBlockPush(i.op)) continue;
        if (!i.target->visited && i.target->predecessors == 0) work.push_back(i.target);
        ++i.target->predecessors;
      }
    }
    for (auto& b : g_.blocks) b->visited = false;
  }

  void dropEmpty() {
    for (BasicBlock* b = g_.entry; b; b = b->next) {
      BasicBlock* next = b->next;
      while (next && next->instrs.empty()) next = next->next;
      b->next = next;
    }
    while (g_.entry && g_.entry->instrs.empty() && g_.entry->next) g_.entry = g_.entry->next;
    for (BasicBlock* b = g_.entry; b; b = b->next)
      for (Instr& i : b->instrs)
        if (isJump(i.op) || isBlockPush(i.op))
          while (i.target->instrs.empty()) i.target = i.target->next;
  }

  void removeRedundantJumps() {
    bool maybeEmpty = false;
    for (BasicBlock* b = g_.entry; b; b = b->next) {
      if (b->instrs.empty()) continue;
      Instr& last = b->instrs.back();
      if (!isUnconditional(last.op) || last.target != b->next) continue;
      b->noFallThrough = false;
      last.op = NOP;
      clean(*b, -1);
      maybeEmpty = true;
    }
    if (maybeEmpty) dropEmpty();
  }

  // Unused constants go from the end; the first, which may be the docstring, stays.
  void trimConstants() {
    int max = 0;
    for (BasicBlock* b = g_.entry; b; b = b->next)
      for (Instr& i : b->instrs)
        if ((i.op == LOAD_CONST || i.op == KW_NAMES) && i.arg > max) max = i.arg;
    if (static_cast<size_t>(max) + 1 < constants_.size()) constants_.resize(static_cast<size_t>(max) + 1);
  }

  void duplicateExits() {
    std::vector<BasicBlock*> all;
    for (auto it = g_.blocks.rbegin(); it != g_.blocks.rend(); ++it) all.push_back(it->get());
    for (BasicBlock* b : all) {
      if (b->instrs.empty() || !isJump(b->instrs.back().op)) continue;
      BasicBlock* target = b->instrs.back().target;
      if (!isExitWithoutLine(target) || target->predecessors <= 1) continue;
      BasicBlock* made = g_.newBlock();
      made->instrs = target->instrs;
      made->isExit = true;
      made->noFallThrough = target->noFallThrough;
      made->instrs[0].location = b->instrs.back().location;
      b->instrs.back().target = made;
      --target->predecessors;
      made->predecessors = 1;
      made->next = target->next;
      target->next = made;
    }
    for (BasicBlock* b = g_.entry; b; b = b->next)
      while (b->next && b->next->instrs.empty()) b->next = b->next->next;
    for (BasicBlock* b = g_.entry; b; b = b->next)
      if (!b->noFallThrough && b->next && !b->instrs.empty() && isExitWithoutLine(b->next))
        b->next->instrs[0].location = b->instrs.back().location;
  }

  void propagateLines() {
    for (BasicBlock* b = g_.entry; b; b = b->next) {
      if (b->instrs.empty()) continue;
      Location previous;
      for (Instr& i : b->instrs) {
        if (i.location.line < 0) i.location = previous;
        else previous = i.location;
      }
      if (!b->noFallThrough && b->next && b->next->predecessors == 1 && b->next->instrs[0].location.line < 0)
        b->next->instrs[0].location = previous;
      const Instr& last = b->instrs.back();
      if (!isJump(last.op)) continue;
      BasicBlock* target = last.target;
      if (target->predecessors == 1 && target->instrs[0].location.line < 0) target->instrs[0].location = previous;
    }
  }

  FlowGraph& g_;
  std::vector<ConstantEntry>& constants_;
  core::ConstantTable& table_;
};

} // namespace

void optimize(FlowGraph& graph, std::vector<ConstantEntry>& constants, core::ConstantTable& table, uint32_t firstLine) {
  Optimizer(graph, constants, table).run(firstLine);
}

} // namespace krait::ir::bytecode
