// Runs CPython 3.11's bytecode. Nothing is compiled to it to be fast: it is for what only bytecode can say exactly.
//   - A function that is called while sys.settrace is on runs here from its beginning (if its module has the event
//     observer, or is interpreted): every line and opcode event, f_lasti, and jumps by setting f_lineno are CPython's.
//     So does a function that calls a debugger: it is in it that one steps.
//   - Code objects that the program made itself, by types.CodeType or replace(co_code=…), run nowhere else.
//   - So do comprehensions inside such code, which Krait's own code has no functions for.
//
//   program.cpp  a code object, decoded: what runs
//   loop.cpp     the instructions
//   events.cpp   line and opcode events
//   jump.cpp     what the stack holds at every instruction, and setting f_lineno
//   entry.cpp    calls, generators
//
// An activation stays in the engine in which it began. The stack of a sleeping generator is in its slots.
#pragma once

#include "runtime/builtins/hooks.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"

namespace krait::ir::vm {

// Makes `info` run here: entry, invoke and resume.
void bindEntries(CodeInfo& info);
// Whether there is bytecode for what `code` describes; clears errors.
bool hasProgram(const CodeInfo* code);
// The description by which functions of that code run here; null with an error.
const CodeInfo* bytecodeInfo(const CodeInfo* code);
// Runs f's code here. argv: its parameters, owned. `insteadOf`: the machine frame of f's own code that this stands for, or null.
Value call(FunctionObject* f, Value* argv, const void* insteadOf);
// The same for a class or exec body; `names` (borrowed) is its namespace.
Value runBody(FunctionObject* f, Value names);
// f_lineno = line: 0, or -1 with ValueError (also for an activation of another engine). `isReturn`: in its 'return' event,
// which is good enough where that is a yield.
int32_t jump(InterpreterActivation* activation, int32_t line, bool isReturn);

} // namespace krait::ir::vm
