// One activation of a decoded function: its registers and its place in the chain that frame walks see.
// entries.cpp makes and ends activations, interpreter.cpp runs them.
#pragma once

#include "ir/interp/code.h"
#include "runtime/object/ref.h"
#include "runtime/threads/linked_activation.h"

namespace krait::ir::interp {

struct Activation : InterpreterActivation {
  const Code* decoded;
  Value* registers;
  Value globals;              // borrowed
};

// Runs from word `start` of the code. `sent`: what a generator is resumed with (null: the pending exception).
// A ResumeResult; *out is what was returned or yielded.
int32_t execute(Activation& a, uint32_t start, Value sent, Value* out);

// Runs a loop that was made a function of its own (core::Function::outlinedFrom) as the activation of the body that it is a loop of.
int32_t runOutlined(Activation& body, const Code& code);

} // namespace krait::ir::interp
