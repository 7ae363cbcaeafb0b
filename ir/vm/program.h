// A code object's bytecode, decoded.
#pragma once

#include "runtime/abi/code.h"
#include "runtime/object/ref.h"
#include "runtime/threads/thread_state.h"

#include <string>
#include <vector>

namespace krait::ir::vm {

struct Handler {
  uint32_t start, end, target; // code units
  uint32_t depth;
  bool pushesLast;
};

struct Program {
  // Describes activations of this engine: its sites are the code units, its cells those that are no parameters.
  CodeInfo info; // its `body` is this
  Value codeObject; // owned: `info.object` stands for it
  std::string code;
  Value constants, names; // tuples, owned
  std::vector<SourceSpan> spans; // by code unit; line -1: none
  std::vector<Handler> handlers; // innermost first
  std::vector<Value> cellNames;
  uint32_t localCount = 0; // variables, cells that are no parameters, free variables: CPython's "localsplus"
  uint32_t stackSize = 0;
  uint32_t firstTraceable = 0; // the first RESUME

  uint32_t size() const { return static_cast<uint32_t>(code.size() / 2); }
  uint32_t opcode(uint32_t unit) const { return static_cast<unsigned char>(code[unit * 2]); }
  uint32_t argument(uint32_t unit) const { return static_cast<unsigned char>(code[unit * 2 + 1]); }
  const Handler* handlerAt(uint32_t unit) const;
};

// Borrowed, made once; null with an error if the code object has no bytecode.
const Program* programOf(const CodeInfo* code);

struct Activation : InterpreterActivation {
  const Program* program;
  Value* stack;     // its bottom
  Value* top;       // the first free word
  int64_t last;     // the instruction that ran last, as f_lasti counts them; -1: none
  uint32_t next;    // the instruction to run
  bool isYielding;  // its 'return' event is that of a yield
  bool hasJumped;   // a trace function chose `next`
  Value globals;    // borrowed
};

// Whether activations with this description are this engine's.
bool runsHere(const CodeInfo* code);
// Runs from a.next until the activation returns, yields or fails: ResumeResult. `failed`: begins with the pending exception.
int32_t run(Activation& a, bool failed, Value* out);
// Line and opcode events in front of the instruction a.next: -1 if the trace function raised.
int32_t traceInstruction(Activation& a);

// Stands while a listener hears of an event: what it writes into f_locals goes into the variables afterwards, as in CPython.
class OpenLocals {
public:
  explicit OpenLocals(Activation& a);
  ~OpenLocals();
  OpenLocals(const OpenLocals&) = delete;
  OpenLocals& operator=(const OpenLocals&) = delete;

private:
  Activation& a_;
};

} // namespace krait::ir::vm
