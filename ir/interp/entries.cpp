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

// One activation of a function that is no generator. `fill` writes the arguments, which it owns, to the first registers.
template <class Fill>
[[gnu::always_inline]] inline Value run(FunctionObject* f, const CodeInfo* info, const Code& code, uint32_t params, Fill&& fill) {
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  fill(registers);
  if (!enterFrame()) [[unlikely]] {
    for (uint32_t i = 0; i < params; ++i) decref(registers[i]);
    return Value();
  }
  clearWords(registers + params, code.persistent - params);
  Activation a;
  begin(a, info, f, code, registers, __builtin_frame_address(0));
  Value result;
  {
    LinkedActivation linked(a);
    Ref keep = Ref::share(Value(&f->header)); // the caller may drop the last reference meanwhile
    if (execute(a, 0, Value(), &result) == kResumeRaise) result = Value();
  }
  --krt_hot.depth;
  return result;
}

} // namespace

Value invokeInterpreted(FunctionObject* f, Value* argv) {
  const CodeInfo* info = f->code;
  const Code& code = codeOf(info);
  if ((krt_hot.traced || (info->flags & kCodeAsBytecode)) && krt_trace_takes(f)) [[unlikely]]
    return krt_engine_hooks->runBytecode(f, argv, nullptr);
  if (info->flags & kNoPlainCall) return krt_generator_new(f, info, argv);
  return run(f, info, code, info->paramCount, [&](Value* registers) { copyWords(registers, argv, info->paramCount); });
}

Value callInterpreted(FunctionObject* f, Value self, const Value* from, const uint32_t* which, uint32_t n) {
  const CodeInfo* info = f->code;
  const auto gather = [&](Value* to) {
    if (self) *to++ = self;
    for (const uint32_t* end = which + n; which != end; ++which, ++to) {
      *to = from[*which];
      asm("" : "+r"(to));
    }
  };
  const uint32_t count = n + (self ? 1 : 0);
  if (krt_hot.traced || (info->flags & (kNoPlainCall | kCodeAsBytecode))) {
    Words::Place place;
    Words words(count, place);
    gather(words.data);
    return invokeInterpreted(f, words.data);
  }
  return run(f, info, codeOf(info), count, gather);
}

int32_t runOutlined(Activation& body, const Code& code) {
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  clearWords(registers, code.persistent);
  Activation a;
  begin(a, body.code, body.function, code, registers, body.frameAddress);
  InterpreterActivation*& innermost = currentThread()->activation; // this one, as long as it runs
  a.previous = std::exchange(innermost, &a)->previous;
  Value none;
  const int32_t result = execute(a, 0, Value(), &none);
  innermost = &body;
  body.site = a.site;
  return result;
}

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
  takeWords(registers, slots, code.persistent);
  Activation a;
  begin(a, info, g->function, code, registers, __builtin_frame_address(0));
  a.generator = g;
  int32_t result;
  {
    LinkedActivation linked(a);
    result = execute(a, code.resumePoints[g->state], sent, out);
  }
  if (result == kResumeYield) fallAsleep(a);
  --krt_hot.depth;
  return result == kResumeReturn ? kResumeEmptied : result;
}



void bindEntries(CodeInfo& info, const core::Function& function) {
  const bool isTupleMaker = makesTuple(function);
  info.entry = isTupleMaker ? gatheringEntry<invokeTupleMaker>(info.paramCount) : gatheringEntry<invokeInterpreted>(info.paramCount);
  info.invoke = isTupleMaker ? invokeTupleMaker : invokeInterpreted;
  info.resume = resumeGenerator;
}

bool isInterpreted(const CodeInfo* info) { return info->invoke == invokeInterpreted || info->invoke == invokeTupleMaker; }

} // namespace krait::ir::interp
