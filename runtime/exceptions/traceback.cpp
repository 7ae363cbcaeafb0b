// Traceback objects, and adding the entries of compiled code.
#include <cstddef>
#include <cstring>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/call.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/code_object.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

TracebackObject* asTraceback(Value v) { return v.as<TracebackObject>(); }

TracebackObject* allocateTraceback() {
  return reinterpret_cast<TracebackObject*>(newObject(&tracebackType.instanceLayout));
}

void clearTraceback(Object* o) {
  auto* tb = reinterpret_cast<TracebackObject*>(o);
  if (tb->next && asTraceback(tb->next)->outer == tb) asTraceback(tb->next)->outer = nullptr;
  clear(tb->next);
  if (FrameObject* frame = tb->frame) {
    tb->frame = nullptr;
    decref(Value(&frame->header));
  }
  if (FunctionObject* function = tb->function) {
    tb->function = nullptr;
    decref(Value(&function->header));
  }
}

void deallocTraceback(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  clearTraceback(o);
  freeObject(o);
  trashcanEnd();
}

int traverseTraceback(Object* o, Visit visit, void* context) {
  auto* tb = reinterpret_cast<TracebackObject*>(o);
  if (int stop = visit(tb->next, context)) return stop;
  if (tb->frame)
    if (int stop = visit(Value(&tb->frame->header), context)) return stop;
  if (tb->function)
    if (int stop = visit(Value(&tb->function->header), context)) return stop;
  return 0;
}

/// Borrowed; null with an error. Its f_back leads to the entries of the callers, as far as they are known.
FrameObject* frameOf(TracebackObject* tb) {
  if (!tb->frame) {
    tb->frame = newFrame(tb->code, tb->function, tb->site, tb->leaving ? nullptr : tb->address);
    if (!tb->frame) return nullptr;
    tb->frame->line = tb->leaving ? tb->line : 0;
  }
  // Iterative: callers first, so that a deep recursion is no deep recursion here.
  for (TracebackObject* inner = tb; inner && !inner->frame->back;) {
    TracebackObject* outer = inner->outer;
    while (outer && outer->address == inner->address) outer = outer->outer; // raised again in the same activation
    if (!outer) break;
    bool known = outer->frame;
    if (!known) {
      outer->frame = newFrame(outer->code, outer->function, outer->site, outer->leaving ? nullptr : outer->address);
      if (!outer->frame) return nullptr;
      outer->frame->line = outer->leaving ? outer->line : 0;
    }
    if (outer->frame != inner->frame) inner->frame->back = newRef(Value(&outer->frame->header));
    inner = known ? nullptr : outer;
  }
  return tb->frame;
}

Value getFrame(Value self, void*) {
  FrameObject* frame = frameOf(asTraceback(self));
  if (!frame) return Value();
  return newRef(Value(&frame->header));
}

int32_t lineOf(TracebackObject* tb) { return tb->line ? tb->line : lineOfSite(tb->code, tb->site); }

Value getLine(Value self, void*) { return newInt(lineOf(asTraceback(self))); }
Value getLastInstruction(Value self, void*) {
  TracebackObject* tb = asTraceback(self);
  return newInt(tb->isConstructed ? tb->instruction : instructionOfSite(tb->code, tb->site));
}

Value getNext(Value self, void*) {
  TracebackObject* tb = asTraceback(self);
  return newRef(tb->next ? tb->next : none());
}

int32_t setNext(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "can't delete tb_next attribute");
  if (!isNone(v) && !isExact(v, tracebackType))
    return fail(TypeErrorType, "expected traceback object, got '%s'", typeOf(v)->name);
  if (isNone(v)) v = Value();
  for (Value cursor = v; cursor; cursor = asTraceback(cursor)->next)
    if (cursor == self) return fail(ValueErrorType, "traceback loop detected");
  assign(asTraceback(self)->next, xnewRef(v));
  return 0;
}

Value construct(Type*, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("traceback", "(tb_next, tb_frame, tb_lasti, tb_lineno)", args, argv, 4, holder) < 0) return Value();
  if (!isNone(argv[0]) && !isExact(argv[0], tracebackType))
    return raise(TypeErrorType, "expected traceback object or None, got '%s'", typeOf(argv[0])->name);
  if (!isExact(argv[1], frameType))
    return raise(TypeErrorType, "traceback() argument 'tb_frame' must be frame, not %s",
                 isNone(argv[1]) ? "None" : typeOf(argv[1])->name);
  int64_t instruction = toIndex(argv[2], &OverflowErrorType);
  if (instruction == -1 && errorSet()) return Value();
  int64_t line = toIndex(argv[3], &OverflowErrorType);
  if (line == -1 && errorSet()) return Value();
  TracebackObject* tb = allocateTraceback();
  if (!tb) return Value();
  auto* frame = argv[1].as<FrameObject>();
  tb->next = isNone(argv[0]) ? Value() : newRef(argv[0]);
  tb->frame = frame;
  incref(argv[1]);
  tb->code = frame->code;
  tb->function = frame->function;
  if (tb->function) incref(Value(&tb->function->header));
  tb->isConstructed = true;
  tb->instruction = instruction;
  tb->site = siteOfInstruction(tb->code, instruction);
  tb->line = static_cast<int32_t>(line);
  gcTrack(&tb->header);
  return Value(&tb->header);
}

Value dir(Value) {
  Ref list(newList(0));
  for (const char* name : {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"}) {
    Ref text(newStr(name));
    if (!list || !text || listAppend(list, text) < 0) return Value();
  }
  return list.release();
}

const MethodDef methods[] = {{"__dir__", dir}, {}};
const GetSetDef attributes[] = {
    {"tb_next", getNext, setNext},
    {"tb_frame", getFrame},
    {"tb_lasti", getLastInstruction},
    {"tb_lineno", getLine},
    {},
};

} // namespace

constinit Type tracebackType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "traceback",
    .base = &objectType,
    .instanceLayout = {.type = &tracebackType, .size = sizeof(TracebackObject), .flags = kLayoutGc},
    .dealloc = deallocTraceback,
    .traverse = traverseTraceback,
    .clear = clearTraceback,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
    .constructorSignature = "(tb_next, tb_frame, tb_lasti, tb_lineno)",
};

extern "C" [[gnu::noinline]] void krt_traceback_add(const CodeInfo* code, FunctionObject* function, uint32_t site,
                                                    Slot locals, uint32_t count, int32_t leaving) {
  // The caller is generated code: our frame pointer chain starts with its frame.
  const void* address = *static_cast<void**>(__builtin_frame_address(0));
  addTracebackEntry(code, function, site, locals, count, leaving, address);
}

namespace {
/// The frame of `tb` becomes the owner of the bound words in `locals`.
void giveLocals(TracebackObject* tb, Value* locals, uint32_t count) {
  bool any = false;
  for (uint32_t i = 0; i < count; ++i) any |= static_cast<bool>(locals[i]);
  FrameObject* frame = any ? frameOf(tb) : nullptr;
  if (!frame || frame->locals) return;
  auto* own = static_cast<Value*>(allocateZeroed(count * sizeof(Value)));
  if (!own) return;
  memcpy(static_cast<void*>(own), locals, count * sizeof(Value));
  memset(static_cast<void*>(locals), 0, count * sizeof(Value));
  frame->locals = own;
  frame->localCount = count;
}

/// An error leaves without an entry of its own (raised again): the locals go to the entry that its activation has.
void moveLocals(const CodeInfo* code, Value* locals, uint32_t count, const void* address) {
  Ref pending = errorTake();
  Value first = pending ? tracebackOf(pending) : Value();
  if (first && asTraceback(first)->code == code && asTraceback(first)->address == address) {
    TracebackObject* tb = asTraceback(first);
    tb->leaving = true;
    if (tb->frame) tb->frame->alive = false;
    giveLocals(tb, locals, count);
  }
  for (uint32_t i = 0; i < count; ++i) clear(locals[i]);
  errorRestore(pending.release());
}
} // namespace

void addTracebackEntry(const CodeInfo* code, FunctionObject* function, uint32_t site, Value* locals, uint32_t count,
                       bool leaving, const void* address) {
  if (site == UINT32_MAX) {
    moveLocals(code, locals, count, address);
    return traceException(code, address, false, leaving);
  }
  Ref pending = errorTake(); // allocation may run the collector, and with it other code
  TracebackObject* tb = allocateTraceback();
  if (tb && pending) {
    tb->code = code;
    tb->function = function;
    if (function) incref(Value(&function->header));
    tb->site = site;
    tb->line = lineOfSite(code, site);
    tb->leaving = leaving;
    tb->address = address;
    if (leaving) giveLocals(tb, locals, count);
    ExceptionObject* e = asException(pending);
    if (e->traceback) asTraceback(e->traceback)->outer = tb;
    tb->next = e->traceback;
    e->traceback = Value(&tb->header);
    gcTrack(&tb->header);
  } else if (tb) {
    freeObject(&tb->header);
  }
  if (leaving)
    for (uint32_t i = 0; i < count; ++i) clear(locals[i]);
  errorRestore(pending.release());
  traceException(code, address, true, leaving);
}

} // namespace krait
