// Builtin functions that look at their caller: dir globals locals vars, and the
// entries that serve them.
#include "runtime/builtins/scope.h"
#include "runtime/builtins/functions.h"
#include "runtime/builtins/hooks.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

const CallerScope* callerScope = nullptr;

Value callerGlobals() {
  if (callerScope) return newRef(callerScope->globals);
  FrameCursor frame;
  if (!frame) return raise(SystemErrorType, "globals() called outside a frame");
  return newRef(globalsOf(frame.code(), frame.function()));
}
Value callerLocals() {
  if (callerScope && !isNone(callerScope->locals)) return newRef(callerScope->locals); // None: `globals` that is now locals
  FrameObject* frame = currentFrame(0);
  if (!frame) return errorSet() ? Value() : raise(SystemErrorType, "frame does not exist");
  Ref held(Value(&frame->header));
  return getAttr(held, "f_locals");
}

uint32_t callerFutureFlags() {
  const FrameCursor frame;
  return frame ? frame.code()->flags & kFutureFlags : 0;
}

/// Only these take namespaces from their caller.
static bool isScoped(Value f) {
  if (!isExact(f, builtinFunctionType)) return false;
  const MethodDef* def = f.as<BuiltinFunctionObject>()->def;
  return def == &krt_builtin_def_locals || def == &krt_builtin_def_globals || def == &krt_builtin_def_vars ||
         def == &krt_builtin_def_dir || def == &krt_builtin_def_eval || def == &krt_builtin_def_exec;
}
extern "C" Value krt_call_scoped(Value f, Value globals, Value locals, Slot args, uint64_t count) {
  if (!isScoped(f)) return krt_call_n(f, args, count);
  const CallerScope scope = {globals, locals};
  callerScope = &scope;
  Value result = krt_call_n(f, args, count);
  endCallerScope();
  return result;
}

extern "C" int32_t krt_locals_update(Value dict, const Value* names, Slot values, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i)
    if ((values[i] ? dictSet(dict, names[i], values[i]) : dictDeleteIfPresent(dict, names[i])) < 0) return -1;
  return 0;
}

/// The frame of the running function where its f_locals may be seen, which are the dict that locals() gives: owned. Null, maybe
/// with an error: there is none.
static FrameObject* frameWithLocals() {
  const FrameCursor cursor;
  return cursor && (cursor.activation() || isWatched(cursor.code())) ? frameFor(cursor) : nullptr;
}
extern "C" Value krt_locals_dict(const Value* names, Slot values, uint64_t count) {
  FrameObject* frame = frameWithLocals();
  if (!frame && errorSet()) return Value();
  const Ref held(frame ? Value(&frame->header) : Value());
  Ref dict(frame && frame->localsDict ? newRef(frame->localsDict) : newDict(0));
  if (!dict || krt_locals_update(dict, names, values, count) < 0) return Value();
  if (frame && !frame->localsDict) frame->localsDict = newRef(dict);
  return dict.release();
}

extern "C" int32_t krt_annotations_setup(Value ns) {
  if (isExactDict(ns)) {
    int32_t present = dictContains(ns, NAME(__annotations__));
    if (present) return present < 0 ? -1 : 0;
  } else {
    Ref found(getItem(ns, NAME(__annotations__)));
    if (found) return 0;
    if (!errorClearIf(KeyErrorType)) return -1;
  }
  Ref fresh(newDict());
  return fresh ? setItem(ns, NAME(__annotations__), fresh) : -1;
}

extern "C" int32_t krt_print_expr(Value v) {
  Value hook = sysGet("displayhook");
  if (!hook) return fail(RuntimeErrorType, "lost sys.displayhook");
  Ref held = Ref::share(hook);
  Ref done(call(held, {v}));
  return done ? 0 : -1;
}

// ---- functions --------------------------------------------------------------

static Value globalsFunction(Value) { return callerGlobals(); }
static Value localsFunction(Value) { return callerLocals(); }

static Value varsFunction(Value, const Args& args) {
  if (checkNoKeywords("vars", args) < 0 || checkPositional("vars", args, 0, 1) < 0) return Value();
  if (args.count == 0) return callerLocals();
  endCallerScope();
  Value d = getAttrOptional(args[0], NAME(__dict__));
  return d || errorSet() ? d : raise(TypeErrorType, "vars() argument must have __dict__ attribute");
}

static Value sortedList(Value iterable) {
  Ref list(toList(iterable));
  return list && listSort(list, Value(), false) == 0 ? list.release() : Value();
}
static Value dirFunction(Value, const Args& args) {
  if (checkNoKeywords("dir", args) < 0 || checkPositional("dir", args, 0, 1) < 0) return Value();
  if (args.count == 0) {
    Ref locals(callerLocals());
    endCallerScope();
    Ref names(locals ? callMethod(locals, NAME(keys)) : Value());
    return names ? sortedList(names) : Value();
  }
  endCallerScope();
  Ref method(lookupSpecial(args[0], NAME(__dir__)));
  if (!method) return errorSet() ? Value() : raise(TypeErrorType, "object does not provide __dir__");
  RecursionLevels level(1);
  Ref names(level ? call(method) : Value());
  return names ? sortedList(names) : Value();
}

extern "C" {
constinit const MethodDef krt_builtin_def_globals = {"globals", globalsFunction, "($module, /)"};
constinit const MethodDef krt_builtin_def_locals = {"locals", localsFunction, "($module, /)"};
constinit const MethodDef krt_builtin_def_vars = {"vars", varsFunction};
constinit const MethodDef krt_builtin_def_dir = {"dir", dirFunction};
}

} // namespace krait
