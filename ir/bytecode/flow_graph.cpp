// What opcodes do to the stack and to the order of execution; the depth of the stack; which handler is whose.
#include "ir/bytecode/flow_graph.h"

#include <algorithm>

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

BasicBlock* skipEmpty(BasicBlock* b) {
  while (b->instrs.empty()) b = b->next;
  return b;
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
