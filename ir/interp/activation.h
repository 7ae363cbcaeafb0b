// One activation of a decoded function: its registers and its place in the chain that frame walks see.
// entries.cpp makes and ends activations, interpreter.cpp runs them.
#pragma once

#include "ir/interp/code.h"
#include "ir/interp/unit.h"
#include "ir/interp/words.h"
#include "runtime/object/ref.h"
#include "runtime/threads/linked_activation.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

namespace krait::ir::interp {

struct Activation : InterpreterActivation {
  const Code* decoded;
  Value* registers;
  Value globals;              // borrowed
};

// A new one, not yet linked, whose arguments are in its registers, as is null where the other locals will be.
inline void begin(Activation& a, const CodeInfo* info, FunctionObject* f, const Code& code, Value* registers,
                  const void* frameAddress) {
  a.code = info;
  a.function = f;
  a.site = 0;
  a.frameAddress = frameAddress;
  a.locals = registers;
  a.decoded = &code;
  a.registers = registers;
  a.generator = nullptr;
  a.names = Value();
  a.insteadOf = nullptr;
  a.globals = f->globals;
  if (code.freeCount) copyWords(registers + code.frees, asTuple(f->closure)->items, code.freeCount);
  registers[code.null] = Value();
  copyWords(registers + code.firstConstant, code.constants.data(), code.constantCount);
}

// Calls of these make an object that runs later.
constexpr uint32_t kNoPlainCall = kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator;
// Its words go back to the generator, which sleeps.
inline void fallAsleep(Activation& a) {
  GeneratorObject* g = a.generator;
  for (uint32_t r : a.decoded->emptied[g->state]) a.registers[r] = Value();
  copyWords(g->slots, a.registers, a.decoded->persistent);
  g->site = a.site;
}
// CodeInfo::resume.
int32_t resumeGenerator(GeneratorObject* g, Value sent, Value* out);

// Runs from word `start` of the code. `sent`: what a generator is resumed with (null: the pending exception).
// A ResumeResult; *out is what was returned or yielded.
int32_t execute(Activation& a, uint32_t start, Value sent, Value* out);

// Runs a loop that was made a function of its own (core::Function::outlinedFrom) as the activation of the body that it is a loop of.
int32_t runOutlined(Activation& body, const Code& code);

} // namespace krait::ir::interp
