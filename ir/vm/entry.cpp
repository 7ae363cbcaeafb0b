// Calls into the engine, and generators: what sleeps lies in the generator's
// slots as variables, stack and the stack's depth.
#include "ir/vm/program.h"
#include "ir/vm/vm.h"
#include "runtime/abi/entries.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/object/gathering_entry.h"
#include "runtime/threads/linked_activation.h"
#include "runtime/types/sequence.h"

#include <algorithm>
#include <alloca.h>
#include <cstring>

namespace krait::ir::vm {

namespace {

void prepare(Activation& a, const Program& p, FunctionObject* f, Value* words, const void* frameAddress) {
  a.code = &p.info;
  a.function = f;
  a.site = 0;
  a.frameAddress = frameAddress;
  a.locals = words;
  a.generator = nullptr;
  a.names = Value();
  a.insteadOf = nullptr;
  a.program = &p;
  a.stack = a.top = words + p.localCount;
  a.last = -1;
  a.next = 0;
  a.isYielding = a.hasJumped = false;
  a.globals = f->globals;
}

Value start(const Program& p, FunctionObject* f, Value* argv, Value names, const void* insteadOf) {
  const uint32_t params = names ? 0 : p.info.paramCount;
  if (p.info.flags & kCodeSuspends) {
    Value v = krt_generator_new(f, &p.info, argv);
    if (!v) return v;
    auto* g = v.as<GeneratorObject>();
    if (!g->name) g->name = newRef(g->code->name);
    if (!g->qualname) g->qualname = newRef(g->code->qualname);
    g->code = &p.info;
    return v;
  }
  if (krt_frame_enter() < 0) {
    for (uint32_t i = 0; i < params; ++i) clear(argv[i]);
    return Value();
  }
  const size_t count = p.localCount + p.stackSize;
  auto* words = static_cast<Value*>(alloca(count * sizeof(Value)));
  memset(static_cast<void*>(words), 0, count * sizeof(Value));
  if (params) memcpy(static_cast<void*>(words), argv, params * sizeof(Value));
  Activation a;
  prepare(a, p, f, words, __builtin_frame_address(0));
  a.names = names;
  a.insteadOf = insteadOf;
  Value result;
  {
    LinkedActivation linked(a);
    Ref keep = Ref::share(Value(&f->header)), namespaceKept = names ? Ref::share(names) : Ref();
    if (run(a, false, &result) == kResumeRaise) result = Value();
  }
  krt_frame_leave();
  return result;
}

Value invoke(FunctionObject* f, Value* argv) { return call(f, argv, nullptr); }

int32_t resume(GeneratorObject* g, Value sent, Value* out) {
  const Program& p = *static_cast<const Program*>(g->code->body);
  if (krt_frame_enter() < 0) {
    xdecref(sent);
    return kResumeRaise;
  }
  const uint32_t count = p.info.slotCount;
  auto* words = static_cast<Value*>(alloca(count * sizeof(Value)));
  memcpy(static_cast<void*>(words), g->slots, count * sizeof(Value));
  memset(static_cast<void*>(g->slots), 0, count * sizeof(Value));
  Activation a;
  prepare(a, p, g->function, words, __builtin_frame_address(0));
  a.generator = g;
  if (words[count - 1]) a.top += words[count - 1].smallInt();
  words[count - 1] = Value();
  a.next = g->state;
  a.last = g->state ? static_cast<int64_t>(g->site) : -1;
  if (g->state) a.site = g->site;
  int32_t result;
  {
    LinkedActivation linked(a);
    const bool failed = !sent;
    if (sent) *a.top++ = sent;
    result = run(a, failed, out);
  }
  if (result == kResumeYield) {
    memcpy(static_cast<void*>(g->slots), words, static_cast<size_t>(a.top - words) * sizeof(Value));
    g->slots[count - 1] = Value::ofSmallInt(a.top - a.stack);
    g->site = a.site;
    g->state = a.next;
  }
  krt_frame_leave();
  return result;
}

} // namespace

void bindEntries(CodeInfo& info) {
  info.entry = gatheringEntry<invoke>(info.paramCount);
  info.invoke = invoke;
  info.resume = resume;
}

bool runsHere(const CodeInfo* code) { return code->invoke == invoke; }

bool hasProgram(const CodeInfo* code) {
  if (programOf(code)) return true;
  errorClear();
  return false;
}

const CodeInfo* bytecodeInfo(const CodeInfo* code) {
  const Program* p = programOf(code);
  return p ? &p->info : nullptr;
}

Value call(FunctionObject* f, Value* argv, const void* insteadOf) {
  const CodeInfo* info = f->code;
  const Program* p = programOf(info);
  if (!p) {
    for (uint32_t i = 0; i < info->paramCount; ++i) clear(argv[i]);
    return Value();
  }
  if (info->flags & kCodeOptimized) return start(*p, f, argv, Value(), insteadOf);
  // A class or exec body's namespace is its one parameter; a module has its globals.
  Ref names(info->paramCount == 1 ? argv[0] : newRef(f->globals));
  return start(*p, f, argv, names, insteadOf);
}

Value runBody(FunctionObject* f, Value names) {
  const Program* p = programOf(f->code);
  return p ? start(*p, f, nullptr, names, nullptr) : Value();
}

} // namespace krait::ir::vm
