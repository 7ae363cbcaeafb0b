#include "ir/bytecode/peephole.h"

#include <algorithm>

namespace krait::ir::bytecode {

using enum Opcode;

namespace {

class Peephole {
public:
  Peephole(std::vector<ConstantEntry>& constants, core::ConstantTable& table) : constants_(constants), table_(table) {}

  void run(BasicBlock& b) {
    Instr nop{NOP};
    for (int n = 0; n < static_cast<int>(b.instrs.size()); ++n) {
      Instr& i = b.instrs[static_cast<size_t>(n)];
      Instr* next = n + 1 < static_cast<int>(b.instrs.size()) ? &b.instrs[static_cast<size_t>(n) + 1] : nullptr;
      Opcode nextOp = next ? next->op : CACHE;
      const Instr* target = &nop;
      if (isJump(i.op) || isBlockPush(i.op)) {
        i.target = skipEmpty(i.target);
        target = &i.target->instrs[0];
      }
      switch (i.op) {
      case LOAD_CONST: loadConst(b, n, i, next, nextOp); break;
      case BUILD_TUPLE:
        if (nextOp == UNPACK_SEQUENCE && i.arg == next->arg) {
          if (i.arg == 1) {
            i.op = NOP;
            next->op = NOP;
            continue;
          }
          if (i.arg == 2 || i.arg == 3) {
            i.op = NOP;
            next->op = SWAP;
            continue;
          }
        }
        if (n >= i.arg) foldTuple(b, static_cast<size_t>(n), static_cast<size_t>(i.arg));
        break;
      case JUMP_IF_FALSE_OR_POP: n -= shortCircuit(i, *target, POP_JUMP_IF_FALSE, JUMP_IF_TRUE_OR_POP, POP_JUMP_IF_TRUE); break;
      case JUMP_IF_TRUE_OR_POP: n -= shortCircuit(i, *target, POP_JUMP_IF_TRUE, JUMP_IF_FALSE_OR_POP, POP_JUMP_IF_FALSE); break;
      case POP_JUMP_IF_NOT_NONE:
      case POP_JUMP_IF_NONE:
      case POP_JUMP_IF_FALSE:
      case POP_JUMP_IF_TRUE:
      case JUMP:
        if (target->op == JUMP) n -= thread(i, *target, i.op);
        break;
      case SWAP:
        if (i.arg == 1) {
          i.op = NOP;
          break;
        }
        combineSwaps(b, n);
        applySwaps(b, n);
        break;
      case PUSH_NULL:
        if (nextOp == LOAD_GLOBAL) {
          i.op = NOP;
          i.arg = 0;
          next->arg |= 1;
        }
        break;
      default: break;
      }
    }
  }

private:
  bool truth(const ConstantEntry& c) const {
    if (c.unit >= 0) return true;
    const core::Constant& v = table_[c.id];
    using K = core::ConstantKind;
    switch (v.kind) {
    case K::None:
    case K::False: return false;
    case K::Int: return v.integer != 0;
    case K::Float: return v.real != 0;
    case K::Complex: return v.real != 0 || v.imaginary != 0;
    case K::Str:
    case K::Bytes: return !v.text.empty();
    case K::Tuple:
    case K::FrozenSet: return !v.elements.empty();
    default: return true;
    }
  }
  bool isNone(const ConstantEntry& c) const { return c.unit < 0 && table_[c.id].kind == core::ConstantKind::None; }

  static bool thread(Instr& i, const Instr& target, Opcode op) {
    if (i.location.line != target.location.line || i.target == target.target) return false;
    i.target = target.target;
    i.op = op;
    return true;
  }

  // A jump of `and` or `or` that keeps its value, where it is tested again at the target: `test` pops on the same truth,
  // the other two go on the opposite one. True if the instruction changed and is to be looked at again.
  static bool shortCircuit(Instr& i, const Instr& target, Opcode test, Opcode otherKeeps, Opcode otherTest) {
    if (target.op == test) return thread(i, target, test);
    if (target.op == JUMP || target.op == i.op) return thread(i, target, i.op);
    if ((target.op != otherKeeps && target.op != otherTest) || i.location.line != target.location.line) return false;
    i.op = test;
    i.target = i.target->next;
    return true;
  }

  void loadConst(BasicBlock& b, int n, Instr& i, Instr* next, Opcode nextOp) {
    const ConstantEntry& c = constants_[static_cast<size_t>(i.arg)];
    switch (nextOp) {
    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
      i.op = NOP;
      if (truth(c) == (nextOp == POP_JUMP_IF_TRUE)) {
        next->op = JUMP;
        b.noFallThrough = true;
      } else {
        next->op = NOP;
      }
      break;
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
      if (truth(c) == (nextOp == JUMP_IF_TRUE_OR_POP)) {
        next->op = JUMP;
        b.noFallThrough = true;
      } else {
        i.op = NOP;
        next->op = NOP;
      }
      break;
    case IS_OP: {
      Instr* jump = static_cast<size_t>(n) + 2 < b.instrs.size() ? &b.instrs[static_cast<size_t>(n) + 2] : nullptr;
      if (isNone(c) && jump && (jump->op == POP_JUMP_IF_FALSE || jump->op == POP_JUMP_IF_TRUE)) {
        bool negated = next->arg == 1;
        i.op = NOP;
        next->op = NOP;
        jump->op = negated != (jump->op == POP_JUMP_IF_FALSE) ? POP_JUMP_IF_NOT_NONE : POP_JUMP_IF_NONE;
      }
      break;
    }
    default: break;
    }
  }

  void foldTuple(BasicBlock& b, size_t at, size_t count) {
    std::vector<core::ConstantId> elements;
    for (size_t k = at - count; k < at; ++k) {
      if (b.instrs[k].op != LOAD_CONST) return;
      const ConstantEntry& c = constants_[static_cast<size_t>(b.instrs[k].arg)];
      if (c.unit >= 0) return;
      elements.push_back(c.id);
    }
    ConstantEntry made{table_.internTuple(std::move(elements)), -1};
    auto found = std::find(constants_.begin(), constants_.end(), made);
    auto index = found - constants_.begin();
    if (found == constants_.end()) constants_.push_back(made);
    for (size_t k = at - count; k < at; ++k) {
      b.instrs[k].op = NOP;
      b.instrs[k].arg = 0;
    }
    b.instrs[at].op = LOAD_CONST;
    b.instrs[at].arg = static_cast<int32_t>(index);
  }

  // A run of SWAPs becomes the fewest that permute the stack alike.
  static void combineSwaps(BasicBlock& b, int& n) {
    Instr* run = &b.instrs[static_cast<size_t>(n)];
    int limit = static_cast<int>(b.instrs.size()) - n;
    int depth = run[0].arg, length = 0;
    bool more = false;
    while (++length < limit) {
      if (run[length].op == SWAP) {
        depth = std::max(depth, run[length].arg);
        more = true;
      } else if (run[length].op != NOP) {
        break;
      }
    }
    if (!more) return;
    std::vector<int> stack(static_cast<size_t>(depth));
    for (int k = 0; k < depth; ++k) stack[static_cast<size_t>(k)] = k;
    for (int k = 0; k < length; ++k)
      if (run[k].op == SWAP) std::swap(stack[0], stack[static_cast<size_t>(run[k].arg) - 1]);
    constexpr int kVisited = -1;
    int current = length - 1;
    for (int k = 0; k < depth; ++k) {
      if (stack[static_cast<size_t>(k)] == kVisited || stack[static_cast<size_t>(k)] == k) continue;
      for (int j = k;;) {
        if (j) {
          run[current].op = SWAP;
          run[current--].arg = j + 1;
        }
        int& place = stack[static_cast<size_t>(j)];
        if (place == kVisited) break;
        int following = place;
        place = kVisited;
        j = following;
      }
    }
    while (current >= 0) run[current--].op = NOP;
    n += length - 1;
  }

  static bool swappable(Opcode op) { return op == STORE_FAST || op == POP_TOP; }
  static int nextSwappable(const BasicBlock& b, int n, int line) {
    while (++n < static_cast<int>(b.instrs.size())) {
      const Instr& i = b.instrs[static_cast<size_t>(n)];
      if (line >= 0 && i.location.line != line) return -1;
      if (i.op == NOP) continue;
      return swappable(i.op) ? n : -1;
    }
    return -1;
  }
  static int storesTo(const Instr& i) { return i.op == STORE_FAST ? i.arg : -1; }

  // A SWAP before the stores it is for: the stores change places instead.
  static void applySwaps(BasicBlock& b, int n) {
    for (; n >= 0; --n) {
      Instr& swap = b.instrs[static_cast<size_t>(n)];
      if (swap.op != SWAP) {
        if (swap.op == NOP || swappable(swap.op)) continue;
        return;
      }
      int j = nextSwappable(b, n, -1);
      if (j < 0) return;
      int k = j, line = b.instrs[static_cast<size_t>(j)].location.line;
      for (int count = swap.arg - 1; count > 0; --count) {
        k = nextSwappable(b, k, line);
        if (k < 0) return;
      }
      // Two stores to one variable keep their order.
      int a = storesTo(b.instrs[static_cast<size_t>(j)]), z = storesTo(b.instrs[static_cast<size_t>(k)]);
      if (a >= 0 || z >= 0) {
        if (a == z) return;
        for (int m = j + 1; m < k; ++m) {
          int between = storesTo(b.instrs[static_cast<size_t>(m)]);
          if (between >= 0 && (between == a || between == z)) return;
        }
      }
      swap.op = NOP;
      std::swap(b.instrs[static_cast<size_t>(j)], b.instrs[static_cast<size_t>(k)]);
    }
  }

  std::vector<ConstantEntry>& constants_;
  core::ConstantTable& table_;
};

} // namespace

void peephole(BasicBlock& block, std::vector<ConstantEntry>& constants, core::ConstantTable& table) {
  Peephole(constants, table).run(block);
}

} // namespace krait::ir::bytecode
