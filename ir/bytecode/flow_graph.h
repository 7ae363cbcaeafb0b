// Bytecode before it has addresses: blocks of instructions with symbolic jumps.
// An instruction that jumps, returns or raises ends its block.
#pragma once

#include "ir/core/constant.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace krait::ir::bytecode {

enum class Opcode : uint16_t {
#define OPCODE(name, number, caches) name = number,
#define PSEUDO(name, number) name = number,
#include "ir/bytecode/opcodes.def"
};

// Where an instruction stands: lines from 1, columns in bytes; -1: unknown ("artificial" code).
struct Location {
  int32_t line = -1, endLine = -1, column = -1, endColumn = -1;
};

struct BasicBlock;

struct Instr {
  Opcode op;
  int32_t arg = 0;
  BasicBlock* target = nullptr; // of jumps and SETUP_*
  Location location{};
  BasicBlock* handler = nullptr; // where errors go; set by labelExceptionTargets
};

struct BasicBlock {
  std::vector<Instr> instrs;
  BasicBlock* next = nullptr; // in the order of the code
  int32_t startDepth = -1;
  int32_t offset = 0;
  uint32_t predecessors = 0;
  bool noFallThrough = false;
  bool isExit = false; // ends with a return or raise
  bool visited = false;
  bool preservesLasti = false;
};

bool isJump(Opcode op);
bool isBlockPush(Opcode op);
bool isScopeExit(Opcode op);
int stackEffect(const Instr& i, bool jump);
uint32_t cacheWords(Opcode op);
// The first block from here on that has instructions.
BasicBlock* skipEmpty(BasicBlock* b);
// Removes NOPs that no line needs; `previousLine` is that of the code before the block.
void clean(BasicBlock& b, int previousLine);
inline bool isUnconditional(Opcode op) { return op == Opcode::JUMP || op == Opcode::JUMP_NO_INTERRUPT; }
inline bool hasArgument(Opcode op) { return static_cast<int>(op) >= 90; }

struct FlowGraph {
  std::vector<std::unique_ptr<BasicBlock>> blocks; // in the order of their making
  BasicBlock* entry = nullptr;

  BasicBlock* newBlock() {
    blocks.push_back(std::make_unique<BasicBlock>());
    return blocks.back().get();
  }
};

// A unit's constants while it is made: an id, or a code unit.
struct ConstantEntry {
  core::ConstantId id;
  int32_t unit;
  bool operator==(const ConstantEntry&) const = default;
};

// CPython's passes over the graph, up to where nothing moves any more: jump threading, folding of tuples and
// conditions, dead code, lines of artificial code, small exits copied to their jumps.
void optimize(FlowGraph& graph, std::vector<ConstantEntry>& constants, core::ConstantTable& table, uint32_t firstLine);
// The deepest stack, and every block's start depth.
uint32_t stackDepth(FlowGraph& graph, bool isGenerator);
// Gives each instruction its handler; SETUP_* and POP_BLOCK become NOPs, which are removed.
void labelExceptionTargets(FlowGraph& graph);

// Addresses, bytes and tables.
struct Assembled {
  std::string code, lineTable, exceptionTable;
};
Assembled assemble(FlowGraph& graph, uint32_t firstLine);

} // namespace krait::ir::bytecode
