// Where the runtime and compiled code enter interpreted functions: calls, resumed generators, and the
// machine entries that stand in their CodeInfo. An activation's registers are on the machine stack.
#include "ir/interp/interpreter.h"

#include "ir/interp/activation.h"
#include "ir/interp/tuple_makers.h"
#include "ir/interp/unit.h"
#include "ir/interp/words.h"
#include "runtime/builtins/hooks.h"
#include "runtime/object/gathering_entry.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

#include <alloca.h>
#include <utility>

namespace krait::ir::interp {

namespace {

// krt_frame_enter, with the usual case here.
bool enterFrame() {
  if (krt_hot.depth < krt_hot.limit) [[likely]] {
    ++krt_hot.depth;
    return true;
  }
  return krt_frame_enter() == 0;
}

void prepare(Activation& a, const CodeInfo* info, FunctionObject* f, const Code& code, Value* registers,
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
  copyWords(registers + code.firstConstant, code.constants.data(), static_cast<uint32_t>(code.constants.size()));
}

} // namespace

Value invokeInterpreted(FunctionObject* f, Value* argv) {
  const CodeInfo* info = f->code;
  const Code& code = codeOf(info);
  if (krt_hot.traced && krt_trace_takes(f)) [[unlikely]]
    return krt_engine_hooks->runBytecode(f, argv, nullptr);
  if (info->flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator)) return krt_generator_new(f, info, argv);
  uint32_t params = info->paramCount;
  if (!enterFrame()) {
    for (uint32_t i = 0; i < params; ++i) decref(argv[i]);
    return Value();
  }
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  copyWords(registers, argv, params);
  clearWords(registers + params, code.persistent - params);
  Activation a;
  prepare(a, info, f, code, registers, __builtin_frame_address(0));
  Value result;
  {
    LinkedActivation linked(a);
    Ref keep = Ref::share(Value(&f->header)); // the caller may drop the last reference meanwhile
    if (execute(a, 0, Value(), &result) == kResumeRaise) result = Value();
  }
  --krt_hot.depth;
  return result;
}

namespace {

} // namespace

int32_t runOutlined(Activation& body, const Code& code) {
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  clearWords(registers, code.persistent);
  Activation a;
  prepare(a, body.code, body.function, code, registers, body.frameAddress);
  InterpreterActivation*& innermost = currentThread()->activation; // this one, as long as it runs
  a.previous = std::exchange(innermost, &a)->previous;
  Value none;
  const int32_t result = execute(a, 0, Value(), &none);
  innermost = &body;
  body.site = a.site;
  return result;
}

namespace {

int32_t resumeGenerator(GeneratorObject* g, Value sent, Value* out) {
  const CodeInfo* info = g->code;
  const Code& code = codeOf(info);
  if (!enterFrame()) {
    xdecref(sent);
    return kResumeRaise;
  }
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  // While it runs, the generator's words are here; nobody may find stale ones in its slots.
  Value* slots = g->slots;
  copyWords(registers, slots, code.persistent);
  clearWords(slots, code.persistent);
  Activation a;
  prepare(a, info, g->function, code, registers, __builtin_frame_address(0));
  a.generator = g;
  int32_t result;
  {
    LinkedActivation linked(a);
    result = execute(a, code.resumePoints[g->state], sent, out);
  }
  if (result == kResumeYield) {
    for (uint32_t r : code.emptied[g->state]) registers[r] = Value();
    copyWords(slots, registers, code.persistent);
    g->site = a.site;
  }
  --krt_hot.depth;
  return result;
}

} // namespace

void bindEntries(CodeInfo& info, const core::Function& function) {
  const bool isTupleMaker = makesTuple(function);
  info.entry = isTupleMaker ? gatheringEntry<invokeTupleMaker>(info.paramCount) : gatheringEntry<invokeInterpreted>(info.paramCount);
  info.invoke = isTupleMaker ? invokeTupleMaker : invokeInterpreted;
  info.resume = resumeGenerator;
}

bool isInterpreted(const CodeInfo* info) { return info->invoke == invokeInterpreted || info->invoke == invokeTupleMaker; }

} // namespace krait::ir::interp
