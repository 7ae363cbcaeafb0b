// Frame objects: what sys._getframe, tracebacks and generators show of an activation.
#include <cstddef>
#include "runtime/exceptions/known_frames.h"
#include "runtime/exceptions/parameter_cells.h"
#include "runtime/builtins/hooks.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/shown_sizes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

FrameObject* newFrame(const CodeInfo* code, FunctionObject* function, uint32_t site, const void* address) {
  Object* o = newObject(&frameType.instanceLayout);
  if (!o) return nullptr;
  auto* frame = reinterpret_cast<FrameObject*>(o);
  frame->code = code;
  keepCode(code);
  frame->function = function;
  if (function) incref(Value(&function->header));
  frame->site = site;
  frame->address = address;
  frame->alive = address != nullptr;
  frame->traceLines = true;
  frame->tracedLine = 0;
  gcTrack(o);
  return frame;
}

namespace {

FrameObject* asFrame(Value v) { return v.as<FrameObject>(); }

void clearLocals(FrameObject* f) {
  Value* locals = f->locals;
  uint32_t count = f->localCount;
  f->locals = nullptr;
  f->localCount = 0;
  if (locals) placeParameterCells(f->code, locals);
  for (uint32_t i = 0; i < count; ++i) xdecref(locals[i]);
  if (locals) deallocate(locals);
}

void clearFrame(Object* o) {
  auto* f = reinterpret_cast<FrameObject*>(o);
  clearLocals(f);
  clear(f->localsDict);
  clear(f->trace);
  clear(f->back);
}

void deallocFrame(Object* o) {
  auto* f = reinterpret_cast<FrameObject*>(o);
  gcUntrack(o);
  forgetFrame(f);
  if (!trashcanBegin(o)) return;
  clearFrame(o);
  clear(f->globals);
  if (f->function) decref(Value(&f->function->header));
  dropCode(f->code);
  freeObject(o);
  trashcanEnd();
}

int traverseFrame(Object* o, Visit visit, void* context) {
  auto* f = reinterpret_cast<FrameObject*>(o);
  for (Value v : {f->globals, f->back, f->localsDict, f->trace})
    if (int stop = visit(v, context)) return stop;
  if (f->function)
    if (int stop = visit(Value(&f->function->header), context)) return stop;
  for (uint32_t i = 0; i < f->localCount; ++i)
    if (int stop = visit(f->locals[i], context)) return stop;
  return 0;
}

Value frameGlobals(FrameObject* f) { return f->globals ? f->globals : globalsOf(f->code, f->function); }

Value getBack(Value self, void*) {
  FrameObject* f = asFrame(self);
  if (f->back) return newRef(f->back);
  if (f->generator) refreshFrame(f);
  if (!f->alive) return newRef(none());
  FrameCursor cursor(f);
  if (!cursor) {
    refreshFrame(f);
    return newRef(none());
  }
  f->site = cursor.site();
  cursor.next();
  if (!cursor) return newRef(none());
  FrameObject* back = runsElsewhere(f) ? framesOutwards(cursor) : frameFor(cursor);
  return back ? Value(&back->header) : Value();
}

Value getCode(Value self, void*) { return codeObjectOf(asFrame(self)->code); }

Value getGlobals(Value self, void*) {
  Value globals = frameGlobals(asFrame(self));
  return globals ? newRef(globals) : newDict();
}

Value getBuiltins(Value self, void*) {
  if (FunctionObject* function = asFrame(self)->function; function && function->builtins)
    return newRef(function->builtins);
  Ref module(importModule("builtins"));
  return module ? newRef(moduleDict(module)) : Value();
}

Value getLine(Value self, void*) {
  int32_t line = frameLine(asFrame(self));
  if (line > 0) return newInt(line);
  // Where a module's code begins, which is before its first line; other code that stands nowhere has none.
  const CodeInfo* code = asFrame(self)->code;
  return line == 0 && strEqual(code->name, "<module>") ? newInt(0) : newRef(none());
}

/// Debuggers jump by it: only a trace function may, about a line of the frame it was called for.
int32_t setLine(Value self, Value v, void*) {
  FrameObject* f = asFrame(self);
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  if (!isExact(v, intType)) return fail(ValueErrorType, "lineno must be an integer");
  const auto whereItIs = [f] {
    FrameCursor cursor;
    while (cursor && !standsFor(f, cursor)) cursor.next();
    return cursor;
  };
  const FrameCursor cursor = whereItIs();
  const TraceEvent event = currentThread()->tracedEvent;
  const bool isReturn = event == TraceEvent::Return; // from there only if it is a yield
  const bool canJump = cursor && cursor.activation() && krt_engine_hooks;
  if (event == TraceEvent::Call || event == TraceEvent::None)
    return fail(ValueErrorType, "can't jump from the 'call' trace event of a new frame");
  if (event != TraceEvent::Line && !(isReturn && canJump))
    return fail(ValueErrorType, "can only jump from a 'line' trace event");
  if (!f->trace) return fail(ValueErrorType, "f_lineno can only be set by a trace function");
  const int64_t line = toInt64(v);
  if (line == -1 && errorSet()) return -1;
  if (line != static_cast<int32_t>(line)) return fail(ValueErrorType, "lineno out of range");
  if (!canJump) return fail(ValueErrorType, "can't jump in a frame that began before tracing");
  const int32_t status = krt_engine_hooks->jump(cursor.activation(), static_cast<int32_t>(line), isReturn);
  if (status == 0) f->site = whereItIs().site();
  return status;
}

Value getLastInstruction(Value self, void*) {
  FrameObject* f = asFrame(self);
  refreshFrame(f);
  return newInt(instructionOfSite(f->code, f->site));
}

/// Brings the entry up to date with what the variable holds.
int32_t addLocal(Value dict, Value name, Value v) { return v ? dictSet(dict, name, v) : dictDeleteIfPresent(dict, name); }
Value contentsOf(Value cell) { return cell ? cell.as<CellObject>()->contents : Value(); }

bool isVariable(const CodeInfo* code, Value name) {
  for (uint32_t i = 0; i < code->varCount; ++i)
    if (strEqual(code->varNames[i], name)) return true;
  return false;
}

/// What a variable's place holds in a frame of bytecode: of a parameter that is captured its cell. Its own code lists no such cells.
bool isCellInPlace(const CodeInfo* code, uint32_t variable, Value word) {
  const CodeInfo* shown = code->object ? code->object->info : code;
  return shown != code && word && isExact(word, cellType) &&
         std::any_of(shown->cellNames, shown->cellNames + shown->cellCount, [&](Value c) { return strEqual(c, code->varNames[variable]); });
}

/// The dict of ** that a function has not made yet, because nothing in it has looked at it.
bool isLateKeywords(const CodeInfo* code, uint32_t variable) { return (code->flags & kCodeLazyKeywords) && variable + 1 == code->paramCount; }

/// In CPython's order: a parameter that is also a cell keeps its place, and is a variable until its cell is made.
int32_t fillLocals(Value dict, const CodeInfo* code, const Value* words, uint32_t count, FunctionObject* function) {
  auto word = [&](uint32_t at) { return at < count ? words[at] : Value(); };
  for (uint32_t i = 0; i < code->varCount; ++i) {
    Value v = word(i);
    if (isCellInPlace(code, i, v)) v = contentsOf(v);
    Ref late;
    if (!v && i < count && isLateKeywords(code, i)) {
      v = dictGet(dict, code->varNames[i]); // what was shown for it before
      if (!v) late = Ref(newDict()), v = late;
      if (!v) return -1;
    }
    for (uint32_t c = 0; c < code->cellCount; ++c)
      if (const Value cell = word(code->varCount + c); cell && strEqual(code->cellNames[c], code->varNames[i])) v = contentsOf(cell);
    if (addLocal(dict, code->varNames[i], v) < 0) return -1;
  }
  for (uint32_t c = 0; c < code->cellCount; ++c)
    if (!isVariable(code, code->cellNames[c]) && addLocal(dict, code->cellNames[c], contentsOf(word(code->varCount + c))) < 0) return -1;
  const bool hasFree = function && function->closure;
  for (uint32_t i = 0; i < code->freeCount; ++i)
    if (addLocal(dict, code->freeNames[i], hasFree ? contentsOf(asTuple(function->closure)->items[i]) : Value()) < 0) return -1;
  return 0;
}

} // namespace

bool refreshLocals(FrameObject* f, const Value* words, uint32_t count) {
  return !f->localsDict || !(f->code->flags & kCodeNewLocals) || fillLocals(f->localsDict, f->code, words, count, f->function) == 0;
}

void storeLocals(FrameObject* f, Value* words) {
  const CodeInfo* code = f->code;
  if (!f->localsDict || !(code->flags & kCodeNewLocals)) return;
  Ref dict = Ref::share(f->localsDict);
  // Each is looked up as late as possible: what dies here may run code.
  auto store = [&](Value& place, Value name) {
    Ref stored(xnewRef(dictGet(dict, name)));
    errorClear();
    if (stored.get() != place) assign(place, stored.release());
  };
  auto cellOf = [&](Value name) {
    for (uint32_t c = 0; c < code->cellCount; ++c)
      if (strEqual(code->cellNames[c], name)) return words[code->varCount + c];
    return Value();
  };
  for (uint32_t i = 0; i < code->varCount; ++i) {
    const Value cell = isCellInPlace(code, i, words[i]) ? words[i] : cellOf(code->varNames[i]);
    store(cell ? cell.as<CellObject>()->contents : words[i], code->varNames[i]);
  }
  for (uint32_t c = 0; c < code->cellCount; ++c)
    if (const Value cell = words[code->varCount + c]; cell && !isVariable(code, code->cellNames[c])) store(cell.as<CellObject>()->contents, code->cellNames[c]);
  Ref closure = Ref::share(f->function ? f->function->closure : Value());
  for (uint32_t i = 0; closure && i < code->freeCount; ++i) store(asTuple(closure)->items[i].as<CellObject>()->contents, code->freeNames[i]);
}

namespace {

Value getLocals(Value self, void*) {
  FrameObject* f = asFrame(self);
  const Value* words = f->locals;
  uint32_t count = f->localCount;
  if (f->generator) {
    auto* g = f->generator.as<GeneratorObject>();
    words = g->slots; // named locals first, then cells
    count = f->code->varCount + f->code->cellCount;
    if (count > g->slotCount) count = g->slotCount;
    if (g->status == GenStatus::Running) // in the interpreter they are elsewhere meanwhile
      for (FrameCursor cursor; cursor; cursor.next())
        if (cursor.activation() && cursor.generator() == g) words = cursor.locals();
  } else if (f->alive) {
    if (const FrameCursor cursor(f); cursor) {
      words = cursor.locals();
      count = words ? f->code->varCount + f->code->cellCount : 0;
    }
  }
  if (!(f->code->flags & kCodeNewLocals) && f->localsDict) return newRef(f->localsDict);
  if (!(f->code->flags & kCodeNewLocals)) { // class and exec bodies have their namespace as a parameter
    if (words && f->code->paramCount == 1 && words[0]) return newRef(words[0]);
    if (Value globals = frameGlobals(f)) return newRef(globals);
  }
  if (!f->localsDict) {
    f->localsDict = newDict();
    if (!f->localsDict) return Value();
  }
  if (fillLocals(f->localsDict, f->code, words, words ? count : 0, f->function) < 0) return Value();
  return newRef(f->localsDict);
}

Value getTrace(Value self, void*) {
  Value trace = asFrame(self)->trace;
  return newRef(trace ? trace : none());
}
int32_t setTrace(Value self, Value v, void*) {
  FrameObject* f = asFrame(self);
  assign(f->trace, v && !isNone(v) ? newRef(v) : Value());
  if (f->trace && !f->tracedLine) f->tracedLine = std::max(frameLine(f), 0); // what is left of this line is no event
  return 0;
}

Value clearMethod(Value self) {
  FrameObject* f = asFrame(self);
  if (f->generator) {
    auto* g = f->generator.as<GeneratorObject>();
    if (isExecuting(g)) return raise(RuntimeErrorType, "cannot clear an executing frame");
    Ref keep = Ref::share(f->generator);
    generatorFinalize(&g->header);
    Ref closed(callMethod(keep, NAME(close))); // an ended generator has left its frame
    if (!closed) errorUnraisable(nullptr, keep);
    return newRef(none());
  }
  refreshFrame(f);
  if (f->alive) return raise(RuntimeErrorType, "cannot clear an executing frame");
  // Free variables go with the function, which only its globals are needed of.
  if (Value globals = frameGlobals(f); globals && !f->globals) f->globals = newRef(globals);
  clearLocals(f);
  clear(f->trace);
  if (FunctionObject* function = f->function) {
    f->function = nullptr;
    decref(Value(&function->header));
  }
  return newRef(none());
}

Value reprFrame(Value self) {
  FrameObject* f = asFrame(self);
  return formatText("<frame at 0x%llx, file %R, line %d, code %S>", static_cast<long long>(self.bits),
                    f->code->filename, frameLine(f), f->code->name);
}

Value sizeOf(Value self) {
  const int64_t words = frameWords(self.as<FrameObject>()->code);
  return words < 0 ? Value() : newInt(shownSizeOf(&frameType)->basic + 8 * words);
}

const MethodDef methods[] = {{"clear", clearMethod}, {"__sizeof__", sizeOf, "($self, /)"}, {}};
const GetSetDef attributes[] = {
    {"f_back", getBack},
    {"f_builtins", getBuiltins},
    {"f_code", auditedGet<"f_code", getCode>},
    {"f_globals", getGlobals},
    {"f_lasti", getLastInstruction},
    {"f_lineno", getLine, setLine},
    {"f_locals", getLocals},
    {"f_trace", getTrace, setTrace},
    {},
};
const MemberDef members[] = {
    {"f_trace_lines", MemberKind::Bool, offsetof(FrameObject, traceLines), false},
    {"f_trace_opcodes", MemberKind::Bool, offsetof(FrameObject, traceOpcodes), false},
    {},
};

} // namespace

constinit Type frameType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "frame",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr | kTypeOwnSetAttr,
    .instanceLayout = {.type = &frameType, .size = sizeof(FrameObject), .flags = kLayoutGc},
    .dealloc = deallocFrame,
    .traverse = traverseFrame,
    .clear = clearFrame,
    .repr = reprFrame,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

} // namespace krait
