// The _opcode module: what instructions do to the stack.
#include "ir/bytecode/flow_graph.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"

#include <algorithm>

namespace krait::ir::interp {

namespace {

bool isOpcode(int64_t number) {
  switch (number) {
#define OPCODE(name, number, caches) case number:
#define PSEUDO(name, number)
#include "ir/bytecode/opcodes.def"
    return true;
  default: return false;
  }
}

Value stackEffect(Value, const Value* argv) {
  const int64_t number = toInt64(argv[0]);
  if (number == -1 && errorSet()) return Value();
  const bool hasArgument = argv[1] && !isNone(argv[1]);
  const int64_t argument = hasArgument ? toInt64(argv[1]) : 0;
  if (argument == -1 && errorSet()) return Value();
  const Value jump = argv[2] ? argv[2] : none();
  if (!isNone(jump) && jump != boolean(true) && jump != boolean(false))
    return raise(ValueErrorType, "stack_effect: jump must be False, True or None");
  const bool takesArgument = number >= 90; // HAVE_ARGUMENT
  if (takesArgument && !hasArgument)
    return raise(ValueErrorType, "stack_effect: opcode requires oparg but oparg was not specified");
  if (!takesArgument && hasArgument)
    return raise(ValueErrorType, "stack_effect: opcode does not permit oparg but oparg was specified");
  if (!isOpcode(number)) return raise(ValueErrorType, "invalid opcode or oparg");
  const bytecode::Instr instr{static_cast<bytecode::Opcode>(number), static_cast<int32_t>(argument)};
  const int jumping = bytecode::stackEffect(instr, true), going = bytecode::stackEffect(instr, false);
  return newInt(isNone(jump) ? std::max(jumping, going) : jump == boolean(true) ? jumping : going);
}

// Nothing is specialised.
Value specializationStats(Value) { return newRef(none()); }

constinit const MethodDef functions[] = {
    {"stack_effect", stackEffect, "($module, opcode, oparg=None, /, *, jump=None)"},
    {"get_specialization_stats", specializationStats, "($module, /)"},
    {},
};

} // namespace
} // namespace krait::ir::interp

extern "C" constinit const krait::NativeModule krt_module_opcode = {"_opcode", krait::ir::interp::functions, nullptr};
