// The passes over the flow graph. They follow CPython 3.11's in order and in
// detail, because the bytes that come out are compared with its own.
#include "ir/bytecode/flow_graph.h"

#include <algorithm>
#include <cassert>

namespace krait::ir::bytecode {

using enum Opcode;

bool isBlockPush(Opcode op) { return op == SETUP_FINALLY || op == SETUP_WITH || op == SETUP_CLEANUP; }

bool isJump(Opcode op) {
  switch (op) {
  case JUMP:
  case JUMP_NO_INTERRUPT:
  case JUMP_FORWARD:
  case JUMP_BACKWARD:
  case JUMP_BACKWARD_NO_INTERRUPT:
  case POP_JUMP_IF_FALSE:
  case POP_JUMP_IF_TRUE:
  case POP_JUMP_IF_NONE:
  case POP_JUMP_IF_NOT_NONE:
  case POP_JUMP_FORWARD_IF_FALSE:
  case POP_JUMP_FORWARD_IF_TRUE:
  case POP_JUMP_FORWARD_IF_NONE:
  case POP_JUMP_FORWARD_IF_NOT_NONE:
  case POP_JUMP_BACKWARD_IF_FALSE:
  case POP_JUMP_BACKWARD_IF_TRUE:
  case POP_JUMP_BACKWARD_IF_NONE:
  case POP_JUMP_BACKWARD_IF_NOT_NONE:
  case JUMP_IF_FALSE_OR_POP:
  case JUMP_IF_TRUE_OR_POP:
  case FOR_ITER:
  case SEND: return true;
  default: return false;
  }
}

bool isScopeExit(Opcode op) { return op == RETURN_VALUE || op == RAISE_VARARGS || op == RERAISE; }

uint32_t cacheWords(Opcode op) {
  switch (op) {
#define OPCODE(name, number, caches)                                                                           \
  case name: return caches;
#define PSEUDO(name, number)
#include "ir/bytecode/opcodes.def"
  default: return 0;
  }
}

int stackEffect(const Instr& i, bool jump) {
  int arg = i.arg;
  switch (i.op) {
  case POP_TOP:
  case BINARY_SUBSCR:
  case PRINT_EXPR:
  case RETURN_VALUE:
  case IMPORT_STAR:
  case PREP_RERAISE_STAR:
  case POP_EXCEPT:
  case STORE_NAME:
  case STORE_GLOBAL:
  case STORE_FAST:
  case STORE_DEREF:
  case DELETE_ATTR:
  case COMPARE_OP:
  case IS_OP:
  case CONTAINS_OP:
  case IMPORT_NAME:
  case RERAISE:
  case BINARY_OP:
  case LIST_APPEND:
  case SET_ADD:
  case LIST_EXTEND:
  case SET_UPDATE:
  case DICT_MERGE:
  case DICT_UPDATE:
  case CALL:
  case POP_JUMP_IF_FALSE:
  case POP_JUMP_IF_TRUE:
  case POP_JUMP_IF_NONE:
  case POP_JUMP_IF_NOT_NONE: return -1;
  case PUSH_NULL:
  case GET_LEN:
  case MATCH_MAPPING:
  case MATCH_SEQUENCE:
  case MATCH_KEYS:
  case PUSH_EXC_INFO:
  case WITH_EXCEPT_START:
  case GET_ANEXT:
  case BEFORE_ASYNC_WITH:
  case BEFORE_WITH:
  case LOAD_BUILD_CLASS:
  case LOAD_ASSERTION_ERROR:
  case LOAD_CONST:
  case LOAD_NAME:
  case IMPORT_FROM:
  case LOAD_FAST:
  case LOAD_CLOSURE:
  case LOAD_DEREF:
  case LOAD_CLASSDEREF:
  case LOAD_METHOD:
  case COPY: return 1;
  case LOAD_GLOBAL: return (arg & 1) + 1;
  case END_ASYNC_FOR:
  case DELETE_SUBSCR:
  case STORE_ATTR:
  case MAP_ADD:
  case MATCH_CLASS: return -2;
  case STORE_SUBSCR: return -3;
  case UNPACK_SEQUENCE: return arg - 1;
  case UNPACK_EX: return (arg & 0xFF) + (arg >> 8);
  case FOR_ITER: return jump ? -1 : 1;
  case SEND: return jump ? -1 : 0;
  case JUMP_IF_FALSE_OR_POP:
  case JUMP_IF_TRUE_OR_POP: return jump ? 0 : -1;
  // With an exception the stack is unwound, then lasti (not for SETUP_FINALLY) and the exception are pushed.
  case SETUP_FINALLY: return jump ? 1 : 0;
  case SETUP_CLEANUP: return jump ? 2 : 0;
  case SETUP_WITH: return jump ? 1 : 0;
  case BUILD_TUPLE:
  case BUILD_LIST:
  case BUILD_SET:
  case BUILD_STRING: return 1 - arg;
  case BUILD_MAP: return 1 - 2 * arg;
  case BUILD_CONST_KEY_MAP: return -arg;
  case RAISE_VARARGS: return -arg;
  case PRECALL: return -arg;
  case MAKE_FUNCTION: return 0 - ((arg & 1) != 0) - ((arg & 2) != 0) - ((arg & 4) != 0) - ((arg & 8) != 0);
  case BUILD_SLICE: return arg == 3 ? -2 : -1;
  case CALL_FUNCTION_EX: return -2 - (arg & 1);
  case FORMAT_VALUE: return (arg & 4) ? -1 : 0;
  default: return 0;
  }
}

namespace {

bool isUnconditional(Opcode op) { return op == JUMP || op == JUMP_NO_INTERRUPT; }
BasicBlock* skipEmpty(BasicBlock* b) {
  while (b->instrs.empty()) b = b->next;
  return b;
}

// Removes NOPs that no line needs.
void clean(BasicBlock& b, int previousLine) {
  size_t to = 0;
  for (size_t from = 0; from < b.instrs.size(); ++from) {
    int line = b.instrs[from].location.line;
    if (b.instrs[from].op == NOP) {
      if (line < 0 || previousLine == line) continue;
      if (from + 1 < b.instrs.size()) {
        int nextLine = b.instrs[from + 1].location.line;
        if (nextLine == line) continue;
        if (nextLine < 0) {
          b.instrs[from + 1].location = b.instrs[from].location;
          continue;
        }
      } else {
        BasicBlock* next = b.next;
        while (next && next->instrs.empty()) next = next->next;
        if (next && line == next->instrs[0].location.line) continue;
      }
    }
    if (to != from) b.instrs[to] = b.instrs[from];
    ++to;
    previousLine = line;
  }
  b.instrs.resize(to);
}

class Optimizer {
public:
  Optimizer(FlowGraph& graph, std::vector<ConstantEntry>& constants, core::ConstantTable& table)
      : g_(graph), constants_(constants), table_(table) {}

  void run(uint32_t firstLine) {
    for (auto it = g_.blocks.rbegin(); it != g_.blocks.rend(); ++it) normalize(**it);
    for (auto it = g_.blocks.rbegin(); it != g_.blocks.rend(); ++it) extend(**it);
    for (BasicBlock* b = g_.entry; b; b = b->next) peephole(*b);
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

  // ---- one block -------------------------------------------------------------------------------
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

  void peephole(BasicBlock& b) {
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
      case JUMP_IF_FALSE_OR_POP:
        if (target->op == POP_JUMP_IF_FALSE) n -= thread(i, *target, POP_JUMP_IF_FALSE);
        else if (target->op == JUMP || target->op == JUMP_IF_FALSE_OR_POP) n -= thread(i, *target, JUMP_IF_FALSE_OR_POP);
        else if ((target->op == JUMP_IF_TRUE_OR_POP || target->op == POP_JUMP_IF_TRUE) && i.location.line == target->location.line) {
          i.op = POP_JUMP_IF_FALSE;
          i.target = i.target->next;
          --n;
        }
        break;
      case JUMP_IF_TRUE_OR_POP:
        if (target->op == POP_JUMP_IF_TRUE) n -= thread(i, *target, POP_JUMP_IF_TRUE);
        else if (target->op == JUMP || target->op == JUMP_IF_TRUE_OR_POP) n -= thread(i, *target, JUMP_IF_TRUE_OR_POP);
        else if ((target->op == JUMP_IF_FALSE_OR_POP || target->op == POP_JUMP_IF_FALSE) && i.location.line == target->location.line) {
          i.op = POP_JUMP_IF_TRUE;
          i.target = i.target->next;
          --n;
        }
        break;
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

uint32_t stackDepth(FlowGraph& graph, bool isGenerator) {
  for (auto& b : graph.blocks) b->startDepth = -1;
  int max = 0;
  std::vector<BasicBlock*> work;
  auto push = [&](BasicBlock* b, int depth) {
    if (b->startDepth >= depth || b->startDepth >= 0) return;
    b->startDepth = depth;
    work.push_back(b);
  };
  push(graph.entry, isGenerator ? 1 : 0);
  while (!work.empty()) {
    BasicBlock* b = work.back();
    work.pop_back();
    int depth = b->startDepth;
    BasicBlock* next = b->next;
    for (const Instr& i : b->instrs) {
      int after = depth + stackEffect(i, false);
      max = std::max(max, after);
      if (isJump(i.op) || isBlockPush(i.op)) {
        int there = depth + stackEffect(i, true);
        max = std::max(max, there);
        push(i.target, there);
      }
      depth = after;
      if (isUnconditional(i.op) || isScopeExit(i.op)) {
        next = nullptr;
        break;
      }
    }
    if (next) push(next, depth);
  }
  return static_cast<uint32_t>(max);
}

void labelExceptionTargets(FlowGraph& graph) {
  using Stack = std::vector<BasicBlock*>;
  std::vector<std::pair<BasicBlock*, Stack>> work;
  auto visit = [&](BasicBlock* b, const Stack& stack) {
    if (b->visited) return;
    b->visited = true;
    work.emplace_back(b, stack);
  };
  visit(graph.entry, {});
  while (!work.empty()) {
    auto [b, stack] = std::move(work.back());
    work.pop_back();
    for (Instr& i : b->instrs) {
      if (isBlockPush(i.op)) {
        visit(i.target, stack);
        if (i.op != SETUP_FINALLY) i.target->preservesLasti = true;
        stack.push_back(i.target);
      } else if (i.op == POP_BLOCK) {
        stack.pop_back();
      } else {
        i.handler = stack.empty() ? nullptr : stack.back();
        if (isJump(i.op)) visit(i.target, stack);
      }
    }
    if (!b->noFallThrough && b->next) visit(b->next, stack);
  }
  for (auto& b : graph.blocks) b->visited = false;
  for (BasicBlock* b = graph.entry; b; b = b->next)
    for (Instr& i : b->instrs)
      if (isBlockPush(i.op) || i.op == POP_BLOCK) i.op = NOP;
  for (BasicBlock* b = graph.entry; b; b = b->next) clean(*b, -1);
}

} // namespace krait::ir::bytecode
