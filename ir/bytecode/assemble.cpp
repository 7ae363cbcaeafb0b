// From blocks to bytes: directions of jumps, addresses, the table of positions
// and the table of exception handlers.
#include "ir/bytecode/flow_graph.h"

namespace krait::ir::bytecode {

using enum Opcode;

namespace {

int instrSize(const Instr& i) {
  auto arg = static_cast<uint32_t>(i.arg);
  int extended = (arg > 0xFF) + (arg > 0xFFFF) + (arg > 0xFFFFFF);
  return extended + 1 + static_cast<int>(cacheWords(i.op));
}

Opcode directed(Opcode op, bool forward) {
  switch (op) {
  case JUMP: return forward ? JUMP_FORWARD : JUMP_BACKWARD;
  case JUMP_NO_INTERRUPT: return forward ? JUMP_FORWARD : JUMP_BACKWARD_NO_INTERRUPT;
  case POP_JUMP_IF_FALSE: return forward ? POP_JUMP_FORWARD_IF_FALSE : POP_JUMP_BACKWARD_IF_FALSE;
  case POP_JUMP_IF_TRUE: return forward ? POP_JUMP_FORWARD_IF_TRUE : POP_JUMP_BACKWARD_IF_TRUE;
  case POP_JUMP_IF_NONE: return forward ? POP_JUMP_FORWARD_IF_NONE : POP_JUMP_BACKWARD_IF_NONE;
  case POP_JUMP_IF_NOT_NONE: return forward ? POP_JUMP_FORWARD_IF_NOT_NONE : POP_JUMP_BACKWARD_IF_NOT_NONE;
  default: return op;
  }
}

void directJumps(FlowGraph& g) {
  for (BasicBlock* b = g.entry; b; b = b->next) {
    b->visited = true;
    if (b->instrs.empty()) continue;
    Instr& last = b->instrs.back();
    if (isJump(last.op)) last.op = directed(last.op, !last.target->visited);
  }
}

// Until extended arguments need no more room.
void placeBlocks(FlowGraph& g) {
  for (bool changed = true; changed;) {
    changed = false;
    int total = 0;
    for (BasicBlock* b = g.entry; b; b = b->next) {
      b->offset = total;
      for (const Instr& i : b->instrs) total += instrSize(i);
    }
    for (BasicBlock* b = g.entry; b; b = b->next) {
      int at = b->offset;
      for (Instr& i : b->instrs) {
        int size = instrSize(i);
        at += size;
        if (!isJump(i.op)) continue;
        int to = i.target->offset;
        i.arg = to < at ? at - to : to - at;
        if (instrSize(i) != size) changed = true;
      }
    }
  }
}

void emitCode(const Instr& i, std::string& out) {
  auto arg = static_cast<uint32_t>(i.arg);
  for (int shift = 24; shift > 0; shift -= 8)
    if (arg >> shift) {
      out += static_cast<char>(EXTENDED_ARG);
      out += static_cast<char>(arg >> shift);
    }
  out += static_cast<char>(i.op);
  out += static_cast<char>(arg);
  out.append(cacheWords(i.op) * 2, '\0');
}

class LineTable {
public:
  explicit LineTable(int firstLine) : line_(firstLine) {}
  std::string bytes;

  void add(const Location& l, int size) {
    for (; size > 8; size -= 8) entry(l, 8);
    entry(l, size);
  }

private:
  void first(int code, int size) { bytes += static_cast<char>(0x80 | (code << 3) | (size - 1)); }
  void varint(uint32_t v) {
    for (; v >= 64; v >>= 6) bytes += static_cast<char>(0x40 | (v & 0x3F));
    bytes += static_cast<char>(v);
  }
  void signedVarint(int v) { varint(v < 0 ? (static_cast<uint32_t>(-v) << 1) | 1 : static_cast<uint32_t>(v) << 1); }

  void entry(const Location& l, int size) {
    if (l.line < 0) return first(15, size);
    int delta = l.line - line_;
    if (l.column < 0 || l.endColumn < 0) {
      if (l.endLine == l.line || l.endLine == -1) {
        first(13, size);
        signedVarint(delta);
        line_ = l.line;
        return;
      }
    } else if (l.endLine == l.line) {
      int width = l.endColumn - l.column;
      if (delta == 0 && l.column < 80 && width < 16 && width >= 0) {
        first(l.column >> 3, size);
        bytes += static_cast<char>(((l.column & 7) << 4) | width);
        return;
      }
      if (delta >= 0 && delta < 3 && l.column < 128 && l.endColumn < 128) {
        first(10 + delta, size);
        bytes += static_cast<char>(l.column);
        bytes += static_cast<char>(l.endColumn);
        line_ = l.line;
        return;
      }
    }
    first(14, size);
    signedVarint(delta);
    varint(static_cast<uint32_t>(l.endLine - l.line));
    varint(static_cast<uint32_t>(l.column + 1));
    varint(static_cast<uint32_t>(l.endColumn + 1));
    line_ = l.line;
  }

  int line_;
};

class ExceptionTable {
public:
  std::string bytes;

  void add(int start, int end, const BasicBlock* handler) {
    int depth = handler->startDepth - 1 - handler->preservesLasti;
    item(start, 0x80);
    item(end - start, 0);
    item(handler->offset, 0);
    item((depth << 1) | handler->preservesLasti, 0);
  }

private:
  // Six bits per byte, most significant first; 0x40: more follow.
  void item(int value, int start) {
    for (int shift = 24; shift > 0; shift -= 6)
      if (value >= 1 << shift) {
        bytes += static_cast<char>(0x40 | ((value >> shift) & 0x3F) | start);
        start = 0;
      }
    bytes += static_cast<char>((value & 0x3F) | start);
  }
};

} // namespace

Assembled assemble(FlowGraph& g, uint32_t firstLine) {
  directJumps(g);
  placeBlocks(g);
  Assembled made;
  LineTable lines(static_cast<int>(firstLine));
  ExceptionTable exceptions;
  int at = 0, start = 0;
  const BasicBlock* handler = nullptr;
  for (BasicBlock* b = g.entry; b; b = b->next)
    for (const Instr& i : b->instrs) {
      if (i.handler != handler) {
        if (handler) exceptions.add(start, at, handler);
        start = at;
        handler = i.handler;
      }
      int size = instrSize(i);
      lines.add(i.location, size);
      emitCode(i, made.code);
      at += size;
    }
  if (handler) exceptions.add(start, at, handler);
  made.lineTable = std::move(lines.bytes);
  made.exceptionTable = std::move(exceptions.bytes);
  return made;
}

} // namespace krait::ir::bytecode
