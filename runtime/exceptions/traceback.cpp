// Traceback objects, and adding the entries of compiled code.
#include <cstddef>
#include <cstring>
#include <string_view>
#include "runtime/abi/eager_code.h"
#include "runtime/exceptions/caught.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/exceptions/parameter_cells.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/audit.h"
#include "runtime/object/call.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/arguments.h"
#include "runtime/types/code_object.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

TracebackObject* asTraceback(Value v) { return v.as<TracebackObject>(); }

TracebackObject* allocateTraceback() {
  return newObjectOf<TracebackObject>(tracebackType);
}

/// The locals die, in their order.
void dropLocals(TracebackObject* tb) {
  Value* locals = tb->locals;
  if (!locals) return;
  const uint32_t count = tb->localCount;
  tb->locals = nullptr;
  placeParameterCells(tb->code, locals);
  for (uint32_t i = 0; i < count; ++i) xdecref(locals[i]);
  releaseBlock(locals);
}

void clearTraceback(Object* o) {
  auto* tb = reinterpret_cast<TracebackObject*>(o);
  if (tb->next && asTraceback(tb->next)->outer == tb) asTraceback(tb->next)->outer = nullptr;
  unlistCaught(tb);
  clear(tb->next);
  if (FrameObject* frame = tb->frame) {
    tb->frame = nullptr;
    decref(Value(&frame->header));
  }
  dropLocals(tb);
  if (FunctionObject* function = tb->function) {
    tb->function = nullptr;
    decref(Value(&function->header));
  }
}

void deallocTraceback(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  clearTraceback(o);
  dropCode(reinterpret_cast<TracebackObject*>(o)->code);
  releaseCollected(o);
  trashcanEnd();
}

int traverseTraceback(Object* o, Visit visit, void* context) {
  auto* tb = reinterpret_cast<TracebackObject*>(o);
  if (int stop = visit(tb->next, context)) return stop;
  if (tb->frame)
    if (int stop = visit(Value(&tb->frame->header), context)) return stop;
  if (tb->function)
    if (int stop = visit(Value(&tb->function->header), context)) return stop;
  if (tb->locals)
    for (uint32_t i = 0; i < tb->localCount; ++i)
      if (int stop = visit(tb->locals[i], context)) return stop;
  return 0;
}

/// The frame of an entry that has none yet: that of the running activation if it is remembered (owned).
FrameObject* newFrameOf(TracebackObject* tb) {
  // Of native code that is not watched no frame is remembered: nothing is learnt from walking there.
  const bool mayHaveOne = krt_hot.frames || tb->code->body || isWatched(tb->code);
  if (!tb->leaving && mayHaveOne)
    for (FrameCursor cursor; cursor; cursor.next())
      if (cursor.code() == tb->code && cursor.address() == tb->address) return frameFor(cursor);
  FrameObject* frame = newFrame(tb->code, tb->function, tb->leaving ? tb->leftAt : tb->site, tb->leaving ? nullptr : tb->address);
  if (frame && tb->leaving && tb->leftAt == tb->site) frame->line = tb->line;
  if (frame && tb->locals) {
    frame->locals = tb->locals;
    frame->localCount = tb->localCount;
    tb->locals = nullptr;
  }
  return frame;
}

} // namespace

/// Its f_back leads to the entries of the callers, as far as they are known. The error has not left an activation that still
/// lives: what stands before its entry is a generator that the error was thrown into from there, and the stack knows who called it.
FrameObject* frameOf(TracebackObject* tb) {
  if (!tb->frame) {
    tb->frame = newFrameOf(tb);
    if (!tb->frame) return nullptr;
  }
  // Iterative: callers first, so that a deep recursion is no deep recursion here.
  for (TracebackObject* inner = tb; inner && !inner->frame->back;) {
    if (!inner->leaving) refreshFrame(inner->frame);
    if (inner->frame->alive || inner->code->flags & kCodeSuspends) break; // a generator's frame lets go of its caller when it ends
    TracebackObject* outer = inner->outer;
    while (outer && outer->address == inner->address) outer = outer->outer; // raised again in the same activation
    if (!outer) break;
    bool known = outer->frame;
    if (!known) {
      outer->frame = newFrameOf(outer);
      if (!outer->frame) return nullptr;
    }
    if (outer->frame != inner->frame) inner->frame->back = newRef(Value(&outer->frame->header));
    inner = known ? nullptr : outer;
  }
  return tb->frame;
}

namespace {

Value getFrame(Value self, void*) {
  FrameObject* frame = frameOf(asTraceback(self));
  if (!frame) return Value();
  return newRef(Value(&frame->header));
}

bool saysLine(const TracebackObject* tb) { return tb->isConstructed || tb->line; }
int32_t lineOf(TracebackObject* tb) { return saysLine(tb) ? tb->line : lineOfSite(tb->code, tb->site); }

Value getLine(Value self, void*) {
  TracebackObject* tb = asTraceback(self);
  const int32_t line = lineOf(tb);
  return line > 0 || saysLine(tb) ? newInt(line) : newRef(none());
}
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
  if (bindArguments("TracebackType", "(tb_next, tb_frame, tb_lasti, tb_lineno)", args, argv, 4, holder) < 0) return Value();
  if (!isNone(argv[0]) && !isExact(argv[0], tracebackType))
    return raise(TypeErrorType, "expected traceback object or None, got '%s'", typeOf(argv[0])->name);
  if (!isExact(argv[1], frameType))
    return raise(TypeErrorType, "TracebackType() argument 'tb_frame' must be frame, not %s",
                 isNone(argv[1]) ? "None" : typeOf(argv[1])->name);
  int instruction, line;
  if (!intArgument(argv[2], &instruction) || !intArgument(argv[3], &line)) return Value();
  TracebackObject* tb = allocateTraceback();
  if (!tb) return Value();
  auto* frame = argv[1].as<FrameObject>();
  tb->next = isNone(argv[0]) ? Value() : newRef(argv[0]);
  tb->frame = frame;
  incref(argv[1]);
  tb->code = frame->code;
  keepCode(tb->code);
  tb->function = frame->function;
  if (tb->function) incref(Value(&tb->function->header));
  tb->isConstructed = true;
  tb->instruction = instruction;
  tb->site = siteOfInstruction(tb->code, instruction);
  tb->line = line;
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
const GetSetDef attributes[] = {{"tb_next", getNext, setNext}, {}};
const MemberDef members[] = {{"tb_frame", auditedGet<"tb_frame", getFrame>}, {"tb_lasti", getLastInstruction}, {"tb_lineno", getLine}, {}};

} // namespace

constinit Type tracebackType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "traceback",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &tracebackType, .size = sizeof(TracebackObject), .flags = kLayoutGc},
    .dealloc = deallocTraceback,
    .traverse = traverseTraceback,
    .clear = clearTraceback,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
    .members = members,
    .doc = "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nA new traceback object.",
};

namespace {

Value failedLookup; // the exception it raised: only compared

/// The frame of the activation at `address` (owned; null: none yet, and nobody needs one), if the end of it is noticed.
FrameObject* frameAt(const CodeInfo* code, const void* address) {
  if (FrameObject* known = knownFrame(code, address)) {
    incref(Value(&known->header));
    return known;
  }
  if (!isWatched(code)) return nullptr;
  for (FrameCursor cursor; cursor; cursor.next())
    if (cursor.code() == code && cursor.address() == address) return frameFor(cursor);
  return nullptr;
}

/// Makes `tb`, which is empty, the first entry of the exception, which owns it.
inline void fillEntry(TracebackObject* tb, const CodeInfo* code, FunctionObject* function, uint32_t site, const void* address, ExceptionObject* e) {
  tb->code = code;
  tb->function = function;
  if (function) incref(&function->header);
  tb->site = site;
  tb->line = 0; // who asks for it reads the table of lines, which most caught exceptions leave alone
  tb->address = address;
  if (e->traceback) asTraceback(e->traceback)->outer = tb;
  tb->next = e->traceback;
  e->traceback = Value(&tb->header);
}

/// A new entry in front of those that the pending exception has: owned, null without memory for it.
TracebackObject* addEntry(const CodeInfo* code, FunctionObject* function, uint32_t site, const void* address) {
  Ref pending = errorTake(); // allocation may run the collector, and with it other code
  FrameObject* frame = frameAt(code, address);
  TracebackObject* tb = allocateTraceback();
  if (!tb || !pending) {
    if (tb) freeObject(&tb->header);
    if (frame) decref(Value(&frame->header));
    errorRestore(pending.release());
    return nullptr;
  }
  keepCode(code);
  fillEntry(tb, code, function, site, address, asException(pending));
  tb->frame = frame;
  if (frame) frame->site = site;
  gcTrack(&tb->header);
  incref(Value(&tb->header));
  errorRestore(pending.release());
  return tb;
}

/// The outermost entry of the pending exception, if it is about this activation: owned.
TracebackObject* entryOf(const CodeInfo* code, const void* address) {
  Ref pending = errorTake();
  Value first = pending ? tracebackOf(pending) : Value();
  TracebackObject* tb = nullptr;
  if (first && asTraceback(first)->code == code && asTraceback(first)->address == address) {
    tb = asTraceback(first);
    incref(first);
  }
  errorRestore(pending.release());
  return tb;
}

/// The generator whose activation this is, or null.
GeneratorObject* generatorAt(const CodeInfo* code, Value* locals, const void* address) {
  if (!(code->flags & kCodeSuspends) || !locals) return nullptr;
  // Compiled code keeps the locals in the generator's slots.
  if (!code->body) return reinterpret_cast<GeneratorObject*>(reinterpret_cast<char*>(locals) - offsetof(GeneratorObject, slots));
  FrameCursor cursor;
  return cursor && cursor.code() == code && cursor.address() == address ? cursor.generator() : nullptr;
}

/// The frame of the generator that handles an error goes on with it, and keeps its locals for `tb` when it ends.
void holdGeneratorFrame(TracebackObject* tb, GeneratorObject* g) {
  Ref pending = errorTake();
  const Value frame = generatorGetFrame(Value(&g->header), nullptr);
  if (frame && isExact(frame, frameType)) tb->frame = frame.as<FrameObject>();
  errorRestore(pending.release());
}

/// The activation was left at `site` (~0: where the exception was raised): bound words in `locals` move to its frame, which `tb` owns (null: no entry is about it).
void leaveFrame(TracebackObject* tb, const CodeInfo* code, uint32_t site, Value* locals, uint32_t count, const void* address, GeneratorObject* generator) {
  bool any = false;
  for (uint32_t i = 0; i < count; ++i) any |= static_cast<bool>(locals[i]);
  FrameObject* frame = knownFrame(code, address);
  if (generator && generator->frame) frame = generator->frame.as<FrameObject>();
  const bool isShared = isCaughtAt(address);
  if (tb) {
    if (!tb->frame && (any || frame) && !isShared) {
      if (frame) { // a generator got it where it handled an error
        tb->frame = frame;
        incref(Value(&frame->header));
      }
      frameOf(tb);
    }
    if (!frame) frame = tb->frame;
    if (site == ~0u) site = tb->site;
    tb->leaving = true;
    tb->leftAt = site;
  }
  Ref shared;
  if (isShared) {
    frame = shareFrame(address, frame, locals, count);
    if (frame) shared.reset(Value(&frame->header));
    if (frame && tb && !tb->frame) {
      tb->frame = frame;
      incref(shared);
    }
  }
  if (frame) {
    Ref held = Ref::share(Value(&frame->header));
    frame->line = 0;
    endFrame(frame, site, locals, count);
  }
  for (uint32_t i = 0; i < count; ++i) clear(locals[i]);
}

} // namespace

void noteFailedLookup() { failedLookup = krt_hot.raised; }

bool isNativeInPython(const CodeInfo* code) {
  // Told in a moment of nearly all; in the interpreter a module's template has no name.
  const char* module = code->module && !code->body ? code->module->name : nullptr;
  if (module && (module[0] != '_' || module[1] == '_')) return false;
  const StrObject* name = asStr(code->filename);
  if (name->kind != 1) return false;
  const std::string_view file(reinterpret_cast<const char*>(name->data()), static_cast<size_t>(name->length));
  return file.ends_with("/_krait_importlib_bootstrap.py") || file.find("/lib/_ctypes/") != std::string_view::npos;
}

namespace {

/// Those of an activation that is being left: tb, which has none, owns them.
inline void takeLocals(TracebackObject* tb, Value* locals, uint32_t count) {
  auto* own = static_cast<Value*>(takeBlock(count * sizeof(Value)));
  if (!own) [[unlikely]] own = static_cast<Value*>(allocate(count * sizeof(Value)));
  for (uint32_t i = 0; i < count; ++i) {
    own[i] = locals[i];
    locals[i] = Value();
  }
  tb->locals = own;
  tb->localCount = count;
}

/// What addTracebackEntry does nearly always: nobody listens, and there are no frames to find. False: it is another case.
inline bool addUsualEntry(const CodeInfo* code, FunctionObject* function, uint32_t site, Value* locals, uint32_t count, int32_t how, const void* address) {
  const bool leaving = how & kTracebackLeaving;
  const Value pending = krt_hot.raised;
  if (how & kTracebackAgain || (leaving && how & kTracebackHandled) || !pending || eventsActive || krt_hot.frames || code->flags & (kCodeSuspends | kCodeEager) ||
      code->unit || pending == failedLookup || isWatched(code) || isNativeInPython(code))
    return false;
  bool any = false; // is bound
  if (leaving) {
    if (isCaughtAt(address)) return false;
    for (uint32_t i = 0; i < count; ++i) any |= static_cast<bool>(locals[i]);
    if (any && (count * sizeof(Value) > kSmallLimit || allocationHooks)) return false;
  }
  krt_hot.raised = Value(); // as in addEntry
  TracebackObject* tb = allocateTraceback();
  if (!tb) [[unlikely]] {
    krt_hot.raised = pending;
    return false;
  }
  fillEntry(tb, code, function, site, address, asException(pending));
  tb->leaving = leaving;
  if (leaving) tb->leftAt = site;
  if (any) takeLocals(tb, locals, count);
  gcTrack(&tb->header);
  if (how & kTracebackHandled) listCaught(tb);
  errorRestore(pending);
  return true;
}

} // namespace

void addTracedEntry(const FrameObject* frame) {
  if (TracebackObject* tb = addEntry(frame->code, frame->function, frame->site, frame->address)) decref(Value(&tb->header));
}

[[gnu::noinline]] void addTracebackEntry(const CodeInfo* code, FunctionObject* function, uint32_t site, Value* locals, uint32_t count,
                                         int32_t how, const void* address) {
  const bool leaving = how & kTracebackLeaving;
  if (how & kTracebackAgain && !leaving) { // after a bare raise: what is handled goes on with the entries it has
    if (tracebackOf(krt_hot.raised) || krt_hot.raised == handledException()) return;
    how &= ~kTracebackAgain;
  }
  const bool raised = !(how & kTracebackAgain) && !isNativeInPython(code);
  if (raised && failedLookup && failedLookup == krt_hot.raised) {
    failedLookup = Value();
    ++site;
  }
  TracebackObject* tb = raised ? addEntry(code, function, site, address) : entryOf(code, address);
  Ref held(tb ? Value(&tb->header) : Value());
  if (tb && raised && how & kTracebackHandled && !tb->frame) {
    if (GeneratorObject* g = generatorAt(code, locals, address)) holdGeneratorFrame(tb, g);
    else if (!(code->flags & kCodeSuspends)) listCaught(tb);
  }
  traceException(code, site, address, raised, leaving); // a listener still finds the locals in the frame
  if (!leaving) return;
  Ref pending = errorTake();
  leaveFrame(tb, code, site, locals, count, address, how & kTracebackInLoop ? nullptr : generatorAt(code, locals, address));
  errorRestore(pending.release());
  if (raised && (code->flags & kCodeEager || how & kTracebackInLoop)) generatorStopped();
}

extern "C" [[gnu::noinline]] void krt_traceback_add(const CodeInfo* code, FunctionObject* function, uint32_t site,
                                                    Slot locals, uint32_t count, int32_t how) {
  // The caller is generated code: our frame pointer chain starts with its frame.
  const char* frame = *static_cast<char**>(__builtin_frame_address(0));
  const char* address = frame + (how >> kTracebackDepthShift);
  if (!addUsualEntry(code, function, site, locals, count, how, address)) addTracebackEntry(code, function, site, locals, count, how, address);
}

} // namespace krait
