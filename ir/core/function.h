// A function in the IR: one Python code object. Blocks of instructions, the
// temporaries (SSA values) they make, and the numbered locals they share.
//
// Blocks, instructions, temporaries and uses live in the function's arena and
// die with it; the links among them are kept by the member functions here, and
// only by them. Lists are intrusive: everything but allocation is O(1).
#pragma once

#include "frontend/base/arena.h"
#include "ir/core/constant.h"
#include "ir/core/guess.h"
#include "ir/core/operations.h"
#include "runtime/abi/code.h"
#include "runtime/abi/eager_code.h"
#include "runtime/abi/method_kind.h"

#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace krait::ir::core {

struct Block;
struct Instruction;
class Function;
struct Module;

constexpr uint32_t kNone = ~0u;

enum class Ownership : uint8_t { Raw, Owned, Borrowed };

struct Use;

// What is guessed of a value.
struct Guessed {
  Guess guess = Guess::None;
  Doubt doubt = Doubt::None; // of a guessed number: then it is asked where it is computed with, not before
  uint32_t ofClass = kNone;  // FUNCTION of the body of the class that it, or a class derived from it, is guessed an instance of
  bool isSeen = false;       // it is what a profile says, that nothing is to be guessed, too; this holds before all else

  void guessAs(const Guessed& other) { *this = other; }
};

// An SSA value: a result of an instruction, or a parameter of a block.
// An owned temporary is consumed or killed exactly once on every path; on an
// error edge all live owned ones die by themselves.
struct Temp : Guessed {
  Type type;
  Ownership ownership;
  uint32_t id;             // dense in the function (Function::tempCount)
  uint32_t index;          // among the results or parameters
  Instruction* definition; // null: a block parameter
  Block* block;            // of the parameter; null for results: ask definition->block
  Use* uses = nullptr;     // in no particular order

  bool isParameter() const { return definition == nullptr; }
  Block* definingBlock() const;
};

// One operand of one instruction (or one argument to a successor).
struct Use {
  Temp* temp = nullptr; // null: absent operand
  Instruction* user = nullptr;
  Use* next = nullptr; // other uses of `temp`
  Use** link = nullptr;
};

// What a version expects of one object, and asks for all at once: attributes in slots, and which functions its class has under some names.
struct ObjectShape {
  struct Method {
    uint32_t name, function; // a NAME, a FUNCTION
    MethodKind kind = MethodKind::Method;
    bool asWritten = false;  // it has the default values that its text says, too
    uint32_t after = kNone;  // Super: the FUNCTION that calls super(), which is one of the shape's
    bool operator==(const Method&) const = default;
  };
  std::vector<uint32_t> names; // NAMEs of attributes
  std::vector<Method> methods;
};
// The methods of a shape, those that are looked up in the class alone last.
std::vector<const ObjectShape::Method*> inOrder(const ObjectShape& shape);
// Where in this order the caller of super() stands that a Super is behind; 0 for others.
uint32_t placeOfCaller(std::span<const ObjectShape::Method* const> inOrder, const ObjectShape::Method& method);

struct Successor {
  Block* block = nullptr;
  uint32_t firstArgument = 0; // into the instruction's uses
  uint32_t argumentCount = 0;
};

struct Instruction {
  Op op;
  uint16_t resultCount = 0;
  uint8_t successorCount = 0;
  uint32_t site = kNone;    // into Function::allSites
  uint32_t operandCount = 0; // without successor arguments
  uint32_t useCount = 0;    // with them
  uint32_t index = kNone;   // NAME, CONST, LOCAL, GLOBAL or FUNCTION (with CELL LOCAL: the local)
  uint32_t index2 = kNone;  // CELL (always here), CONST2, LOCAL2
  int64_t imm = 0, imm2 = 0;
  Block* block = nullptr;
  Instruction* previous = nullptr;
  Instruction* next = nullptr;
  Use* uses = nullptr;        // useCount of them: operands, then successor arguments
  Temp** results = nullptr;   // resultCount
  Successor successors[2];

  const OpInfo& info() const { return infoOf(op); }
  bool is(Op o) const { return op == o; }
  Temp* operand(size_t i) const {
    assert(i < operandCount);
    return uses[i].temp;
  }
  Temp* result(size_t i = 0) const {
    assert(i < resultCount);
    return results[i];
  }
  Block* target(size_t i = 0) const { return successors[i].block; }
  Temp* argument(size_t successor, size_t i) const { return uses[successors[successor].firstArgument + i].temp; }
  uint32_t local() const { return index; }
  uint32_t cell() const { return index2; }
};

struct Block {
  uint32_t id; // dense in the function (Function::blockIdLimit); also its name in text
  Function* function;
  Block* handler = nullptr; // where errors inside go; null: leave the function
  std::vector<Temp*> parameters;
  Instruction* first = nullptr;
  Instruction* last = nullptr;
  Block* previous = nullptr;
  Block* next = nullptr;
  bool cold = false; // errors and their handling: laid out last
  bool version = false; // raw locals are raw here; on an error edge they are boxed

  // The terminator, or null while the block is unfinished.
  Instruction* terminator() const { return last && isTerminator(last->op) ? last : nullptr; }
};

inline Block* Temp::definingBlock() const { return definition ? definition->block : block; }

enum class LocalKind : uint8_t { Parameter, Variable, Hidden };

struct Local {
  std::string name; // hidden ones: contains a '.', unique in the function
  LocalKind kind = LocalKind::Variable;
  Type type = Type::object();
  Guessed passed{}; // of a parameter: what a profile says
};

// How often a function was entered in the runs of a profile, and its loops went round.
struct Runs {
  uint64_t entered, rounds;
};

// EagerGenerator: a generator expression whose only consumer is known, and done in its body (ir/build/eager_generators.cpp).
enum class FunctionKind : uint8_t { Module, Function, Lambda, ClassBody, Comprehension, TypeParameters, EagerGenerator };

// What a local is in the function's version. The word of a raw local says only whether it is bound, but for Int, where it
// is a small int's; the rest is in locals of its own: one of type f64 (Float), two (Complex), one of type i64 (Unsigned: an int from 0 to 2^64 - 1), or three of type i64, the next
// number, the step and how many are left (Range: the local is a loop's iterator,
// which nobody else holds). List, a loop's iterator, too: the word is the list that it goes over, owned, and one of type i64 the
// index of its next item; -1: the word is an iterator, whichever.
enum class RawKind : uint8_t { None, Int, Float, Complex, Range, List, Unsigned };
constexpr uint32_t partsOf(RawKind kind) {
  switch (kind) {
  case RawKind::Float:
  case RawKind::Unsigned:
  case RawKind::List: return 1;
  case RawKind::Complex: return 2;
  case RawKind::Range: return 3;
  default: return 0;
  }
}
struct RawLocal {
  RawKind kind = RawKind::None;
  uint32_t first = kNone; // of its own locals
  bool mayBeInt = false;  // Float: its word may be that of a small int, whose double the other one is then (`s = 0`, and floats added)
};

// Where an instruction stands: a span of the module's source, in the code of `function` (a number; this
// function's own unless inlined), and, if inlined, the site of the call.
struct Site {
  SourceSpan span;
  uint32_t function = kNone;
  uint32_t inlinedAt = kNone;
};

class Function {
public:
  Function(Module& module, uint32_t number) : module(module), number(number) {}
  Function(const Function&) = delete;

  // ---- description: what CPython's code object says --------------------------------------------
  Module& module;
  uint32_t number; // in Module::functions
  FunctionKind kind = FunctionKind::Function;
  std::string name, qualname; // UTF-8
  uint32_t flags = 0; // CodeFlags
  uint32_t firstLine = 0;
  SourceSpan span{};
  uint32_t posOnlyCount = 0, argCount = 0, kwOnlyCount = 0; // argCount includes positional-only ones
  bool hasVarArgs = false, hasVarKeywords = false;
  std::vector<Local> locals;         // parameters, variables (co_varnames order), then hidden ones
  uint32_t varCount = 0;             // named ones: parameters and variables
  std::vector<std::string> cells;    // own cell variables, co_cellvars order
  std::vector<std::string> frees;    // free variables, co_freevars order
  std::vector<ConstantId> constants; // co_consts
  std::vector<std::string> names;    // co_names
  ConstantId docstring = kNone;
  std::vector<Site> sites; // own; of an outlined one none: allSites
  uint32_t yieldCount = 0; // states 1 … yieldCount
  uint32_t parent = kNone; // number of the enclosing function
  uint32_t text = kNone;     // number of the text in Module::texts that it is part of; kNone: the module's own
  uint32_t outlinedFrom = kNone; // number of the module's body that it is a loop of (docs/ir.md#outlined-loops): it has that one's frame, code object and sites
  uint32_t methodOf = kNone; // FUNCTION of the body of the class that the text's maker gives it to, under its name
  bool mixesNumbers = false; // what is guessed a float is an int at times (guess-numbers)
  std::optional<Runs> runs; // of a profile that knows the function
  std::vector<RawLocal> raws; // by local; empty: the function has no version
  std::vector<ObjectShape> shapes;

  // FUNCTION of the body of the class that it probably becomes a method of, if it is one: that which it stands in, or its maker gives it to.
  uint32_t definingClass() const { return methodOf != kNone ? methodOf : parent; }
  // What Instruction::site numbers.
  const std::vector<Site>& allSites() const;
  RawKind rawKind(uint32_t local) const { return local < raws.size() ? raws[local].kind : RawKind::None; }

  uint32_t paramCount() const { return argCount + kwOnlyCount + hasVarArgs + hasVarKeywords; }
  // Of a comprehension: called where it is made and nowhere else, unless it is a generator.
  bool isComprehension() const { return kind == FunctionKind::Comprehension || kind == FunctionKind::EagerGenerator; }
  // Parameters from here on are what a comprehension captured (passes/lift_captures.cpp). A frame that an error keeps has cells for these, not the values.
  uint32_t firstCaptured() const { return isComprehension() && !isGenerator() ? std::min(argCount, 1u) : paramCount(); }
  // The parameter of ** is null where a call has no keywords of its own.
  bool makesKeywordsLate() const { return flags & kCodeLazyKeywords; }
  bool isGenerator() const { return flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator); }
  // The name of a CELL attribute.
  const std::string& cellName(uint32_t i) const { return i < cells.size() ? cells[i] : frees[i - cells.size()]; }
  bool isOwnCell(uint32_t i) const { return i < cells.size(); }
  // Which shapes are stored into, by number: of a class with a __setattr__ they do not hold.
  std::vector<bool> writtenShapes() const;
  uint32_t addHidden(std::string name) {
    locals.push_back({std::move(name), LocalKind::Hidden});
    return static_cast<uint32_t>(locals.size() - 1);
  }

  // ---- body ------------------------------------------------------------------------------------
  Block* entry() const { return firstBlock_; }
  Block* lastBlock() const { return lastBlock_; }
  uint32_t tempCount() const { return tempCount_; }       // ids are below it
  uint32_t blockIdLimit() const { return blockIdLimit_; } // ids are below it

  // For the text parser, which gives temporaries the ids of the text.
  void setTempCount(uint32_t count) { tempCount_ = count; }

  // Appended at the end, or after `after`. `id`: kNone takes the next free one.
  Block* newBlock(Block* after = nullptr, uint32_t id = kNone);
  void eraseBlock(Block* block); // and its instructions, whose results must be unused outside it
  void moveBlock(Block* block, Block* after);
  Temp* addParameter(Block* block, Type type, Ownership ownership);
  // Branches to the block must be given one argument less by the caller.
  void removeParameter(Block* block, uint32_t index);

  struct Target {
    Block* block;
    std::span<Temp* const> arguments;
  };
  // A new instruction, in no block, results made by the op's rule (`imm` decides how many of Many).
  Instruction* create(Op op, std::span<Temp* const> operands, std::span<const Target> targets = {},
                      uint32_t index = kNone, uint32_t index2 = kNone, int64_t imm = 0, int64_t imm2 = 0,
                      uint32_t site = kNone);
  void append(Block* block, Instruction* instruction);
  void insertBefore(Instruction* position, Instruction* instruction);
  void insertAfter(Instruction* position, Instruction* instruction);
  void unlink(Instruction* instruction); // out of its block; stays valid
  void erase(Instruction* instruction);  // drops its uses; results must be unused
  void setOperand(Instruction* instruction, size_t i, Temp* temp); // counts successor arguments too
  // New operand list (same op rules); successor arguments stay.
  void setOperands(Instruction* instruction, std::span<Temp* const> operands);
  void setTarget(Instruction* instruction, size_t successor, Block* block, std::span<Temp* const> arguments);
  void setTarget(Instruction* instruction, size_t successor, Block* block) {
    instruction->successors[successor].block = block;
  }
  void replaceUses(Temp* from, Temp* to);

private:
  Temp* newTemp(Type type, Ownership ownership, Instruction* definition, Block* block, uint32_t index);
  void addUse(Use* use, Temp* temp, Instruction* user);
  static void dropUse(Use* use);

  frontend::base::Arena arena_;
  std::vector<std::unique_ptr<Block>> blocks_;
  Block* firstBlock_ = nullptr;
  Block* lastBlock_ = nullptr;
  uint32_t tempCount_ = 0;
  uint32_t blockIdLimit_ = 0;
};

// The operands that die right after an instruction, in this order: its own ones among the kills that follow it.
// CPython drops the operands of most operations in the same order whether they succeed or fail, so on the error edge
// these die first, then what else is live, newest first.
std::vector<Temp*> operandDeaths(const Instruction& i);

// Whether an error of it adds an entry to the traceback. What a consumer does in an EagerGenerator has no site, and adds none.
inline bool addsTraceback(const Instruction& i) { return !has(i.op, op_flags::kNoTrace) && i.site != kNone; }

// The default type and ownership of result `i` of an operation.
Type resultType(Op op, uint32_t i);
Ownership resultOwnership(Op op);

// Calls f(Instruction*) for each instruction of the block; f may erase the one it is given.
template <class F> void forEachInstruction(Block* block, F&& f) {
  for (Instruction* i = block->first; i != nullptr;) {
    Instruction* next = i->next;
    f(i);
    i = next;
  }
}

} // namespace krait::ir::core
