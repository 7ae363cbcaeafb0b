#include "ir/interp/tuple_makers.h"

#include "ir/interp/interpreter.h"
#include "ir/interp/unit.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/function.h"
#include "runtime/types/tuple_instance.h"

namespace krait::ir::interp {

namespace {

// The local that the temporary is read from; kNone: it is something else.
uint32_t localOf(const core::Temp* t) {
  const core::Instruction* i = t->definition;
  while (i && i->is(core::Op::Copy)) i = i->operand(0)->definition;
  return i && i->is(core::Op::LocalRead) ? i->index : core::kNone;
}

bool isTupleOfParameters(const core::Temp* t, uint32_t paramCount) {
  const core::Instruction* i = t->definition;
  if (!i || !i->is(core::Op::TupleNew) || i->operandCount + 1 != paramCount) return false;
  for (uint32_t n = 0; n < i->operandCount; ++n)
    if (localOf(i->operand(n)) != n + 1) return false;
  return true;
}

// Whether tuple.__new__(v, items) makes an instance of v itself.
bool isDerivedFromTuple(Value v) {
  if (!hasTypeFlag(v, kTypeType) || !isHeapType(v.as<Type>()) || !(v.as<Type>()->flags & kTypeReady)) return false;
  const Type* builtin = v.as<Type>();
  while (builtin && isHeapType(builtin)) builtin = builtin->base;
  return builtin == &tupleType;
}

bool isTupleNew(Value v) { return isConstructorFunction(v) && v.as<BuiltinFunctionObject>()->self == &tupleType.header; }

} // namespace

bool makesTuple(const core::Function& f) {
  using core::Op;
  const core::Block* body = f.entry();
  if (!body || body != f.lastBlock() || f.isGenerator() || f.hasVarArgs || f.hasVarKeywords || f.paramCount() < 2) return false;
  const core::Instruction* call = nullptr;
  for (const core::Instruction* i = body->first; i; i = i->next) {
    switch (i->op) {
    case Op::LocalRead: case Op::Copy: case Op::Kill: case Op::FrameLeave: case Op::TupleNew: case Op::GlobalGet: break;
    case Op::Call:
      if (call) return false;
      call = i;
      break;
    case Op::Ret:
      if (!call || i->operand(0)->definition != call) return false;
      break;
    default: return false;
    }
  }
  if (!call || call->operandCount != 3) return false;
  const core::Instruction* callee = call->operand(0)->definition;
  return callee && callee->is(Op::GlobalGet) && localOf(call->operand(1)) == 0 && isTupleOfParameters(call->operand(2), f.paramCount());
}

Value invokeTupleMaker(FunctionObject* f, Value* argv) {
  const CodeInfo* info = f->code;
  const Code& code = codeOf(info);
  const GlobalCache& cache = code.globalCaches[0]; // executing fills it
  const DictObject* globals = asDict(f->globals);
  const bool isKnown = cache.globals == globals && cache.globalsVersion == globals->version && !cache.builtins && isTupleNew(*cache.word);
  if (!isKnown || krt_hot.traced || krt_hot.depth >= krt_hot.limit || !isDerivedFromTuple(argv[0])) return invokeInterpreted(f, argv);
  const Ref cls(argv[0]);
  return newTupleOf(cls.get().as<Type>(), argv + 1, info->paramCount - 1);
}

} // namespace krait::ir::interp
