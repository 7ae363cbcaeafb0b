// The interpreter's form of a function: a stream of 32-bit words over one array
// of registers.
//
// Registers of an activation, in this order:
//   named locals | own cells | hidden locals | temporaries live across a suspension
//     … these persist: in a generator they are its slots while it sleeps
//   free cells (borrowed) | the null word | constants (borrowed) | other temporaries
// A borrowed read of a local, a cell object or a constant costs nothing: its
// temporary *is* that register, for the IR promises that the lender does not change.
//
// Locals of type i64 or f64 stand behind all of these: their words are numbers, nobody counts them.
//
// An instruction is: opcode, site (if it can raise), attributes in the order
// IMM IMM2 INDEX CELL INDEX2, cache number (opcodes with one), results,
// number of variadic operands (if the operation has them), operands, targets.
// Locals, cells and constants are register numbers (a range's local is followed
// by the first of its own locals); targets are word offsets. IMMs of constants
// are two words.
//
// Two instructions that follow each other and are executed at once stand as they are, but the first has an opcode that
// says so: whoever jumps to the second, or asks where an error was raised, finds it.
#pragma once

#include "ir/core/function.h"
#include "runtime/abi/entries.h"
#include "runtime/types/dict.h"

#include <memory>
#include <vector>

namespace krait::ir::interp {

class Unit;

enum class Opcode : uint32_t {
#define OP(name, text, operands, result, attributes, flags, entry) name,
#include "ir/core/operations.def"
  CheckLocal, // site, register: UnboundLocalError if null
  Move,       // to, from
  Jump,       // target
  // Of two at once:
  PollJump,   // Poll, Jump
  CopySet,    // Copy, LocalSet of what was copied
  NextSet,    // NextBr, and the LocalSet of the item at its first target
  LeaveRet,   // FrameLeave, Ret
  CopyYield,  // Copy, Yield of what was copied
  MoveJump,   // Move, Jump

  Count_
};

struct ErrorPoint {
  uint32_t pc;
  uint32_t handler; // word offset, or kNoHandler
  uint32_t firstCleanup, cleanupCount; // registers of temporaries that die, in Code::cleanups
  bool trace;
  bool boxes; // in a version: the raw locals are boxed first
  static constexpr uint32_t kNoHandler = ~0u;
};

// Where a global was found last. Good as long as the globals dict keeps its keys; for a builtin also as long
// as `__builtins__` stays what it was and that dict keeps its keys.
struct GlobalCache {
  const DictObject* globals = nullptr; // null: empty
  uint64_t globalsVersion = 0;
  Value* word = nullptr;               // that holds the value
  const DictObject* builtins = nullptr; // null: found in the globals
  uint64_t builtinsVersion = 0;
  Value* builtinsWord = nullptr;       // of `__builtins__` in the globals; null: not there
  Value builtinsValue;                 // borrowed, compared only
};

// A raw local of the function's version (core::RawLocal), in registers.
struct RawRegister {
  core::RawKind kind;
  uint32_t word, first;
  bool mayBeInt;
};

struct Code {
  Unit* unit;
  const core::Function* function;
  std::vector<uint32_t> words;
  std::vector<ErrorPoint> errors; // by pc
  std::vector<uint32_t> cleanups;
  std::vector<uint32_t> resumePoints; // by state
  std::vector<std::vector<uint32_t>> emptied; // by state: persistent registers that hold nothing there
  std::vector<Value> constants;
  mutable std::vector<AttrCache> caches;
  mutable std::vector<GlobalCache> globalCaches;
  std::vector<RawRegister> raws;
  mutable std::vector<std::vector<uint64_t>> shapes; // the words of a Shape each
  std::vector<std::vector<Value>> shapeNames;
  struct Methods {
    ExpectedMethods all{};
    std::vector<ExpectedMethod> list;
  };
  mutable std::vector<Methods> shapeMethods; // by shape
  uint32_t varCount, cellCount, freeCount;
  uint32_t firstCaptured, paramCount; // core::Function's
  uint32_t variables;  // locals that are words, and cells: what dies when the frame is left
  uint32_t persistent; // registers that outlive a suspension
  uint32_t frees, null, firstConstant;
  uint32_t registerCount;
  uint32_t constantCount;
  uint32_t innerWords; // what the loop's own activations need for registers; more than there is where calls make an object that runs later, or bytecode runs

  Shape* shape(uint32_t n) const { return reinterpret_cast<Shape*>(shapes[n].data()); }
  const ErrorPoint& errorAt(uint32_t pc) const;
};

// Null with an exception raised (a constant that cannot be made).
std::unique_ptr<Code> decode(Unit& unit, const core::Function& function);

} // namespace krait::ir::interp
