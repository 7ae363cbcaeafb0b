// asyncio.Task: its methods and attributes; how it runs is task_step.cpp.
#include <cstddef>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/modules/contextvars.h"
#include "runtime/object/names.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::asyncio {

namespace {

int32_t isCoroutine(Value v) {
  if (isExact(v, coroutineType)) return 1;
  Ref answer(call(imports.isCoroutine, {v}));
  return answer ? isTrue(answer) : -1;
}

int32_t init(Value self, const Args& args) {
  static uint64_t made = 0;
  Value argv[4];
  Ref holder[2];
  if (bindArguments("Task", "(coro, *, loop=None, name=None, context=None)", args, argv, 4, holder) < 0) return -1;
  TaskObject* t = asTask(self);
  if (initialise(&t->future, argv[1]) < 0) return -1;
  const int32_t driven = isCoroutine(argv[0]);
  if (driven < 0) return -1;
  if (!driven) {
    t->logDestroyPending = false;
    return fail(TypeErrorType, "a coroutine was expected, got %R", argv[0]);
  }
  Ref context(argv[3] && !isNone(argv[3]) ? newRef(argv[3]) : copyCurrentContext());
  const bool isNamed = argv[2] && !isNone(argv[2]);
  Ref name(isNamed ? str(argv[2]) : newInt(static_cast<int64_t>(++made)));
  if (!context || !name) return -1;
  assign(t->context, context.release());
  assign(t->name, name.release());
  clear(t->waiter);
  assign(t->coroutine, newRef(argv[0]));
  t->mustCancel = false;
  t->logDestroyPending = true;
  t->cancelRequests = 0;
  if (stepSoon(t, Value()) < 0) return -1;
  return registerTask(self);
}

Value cancel(Value self, const Value* argv) {
  TaskObject* t = asTask(self);
  if (checkAlive(&t->future) < 0) return Value();
  t->future.logTraceback = false;
  if (t->future.state != State::Pending) return boolean(false);
  Value message = argv[0] ? argv[0] : none();
  ++t->cancelRequests;
  if (Ref waiter = Ref::share(t->waiter); waiter) {
    const Value keyword = newTuple({Ref(internStr("msg")).get()});
    Ref names(keyword), method(names ? getAttr(waiter, "cancel") : Value());
    Ref answer(method ? call(method, Args{&message, 0, names}) : Value());
    const int32_t accepted = answer ? isTrue(answer) : -1;
    if (accepted) return accepted < 0 ? Value() : boolean(true);
  }
  t->mustCancel = true;
  assign(t->future.cancelMessage, newRef(message));
  return boolean(true);
}

Value cancelling(Value self) { return newInt(asTask(self)->cancelRequests); }
Value uncancel(Value self) {
  if (asTask(self)->cancelRequests > 0) --asTask(self)->cancelRequests;
  return newInt(asTask(self)->cancelRequests);
}
Value getStack(Value self, const Value* argv) { return call(imports.taskGetStack, {self, argv[0] ? argv[0] : none()}); }
Value printStack(Value self, const Value* argv) {
  return call(imports.taskPrintStack, {self, argv[0] ? argv[0] : none(), argv[1] ? argv[1] : none()});
}
Value getCoroutine(Value self) { return newRef(asTask(self)->coroutine ? asTask(self)->coroutine : none()); }
Value getName(Value self) {
  Value& name = asTask(self)->name;
  if (name && isInt(name)) {
    Value text = formatText("Task-%S", name);
    if (!text) return {};
    assign(name, text);
  }
  return newRef(name ? name : none());
}
Value setName(Value self, Value v) {
  Ref name(str(v));
  if (!name) return Value();
  assign(asTask(self)->name, name.release());
  return newRef(none());
}
Value refuseResult(Value, Value) { return raise(RuntimeErrorType, "Task does not support set_result operation"); }
Value refuseException(Value, Value) { return raise(RuntimeErrorType, "Task does not support set_exception operation"); }
Value subscript(Value cls, Value item) { return newGenericAlias(cls, item); }
Value reprOf(Value self) { return checkAlive(&asTask(self)->future) < 0 ? Value() : call(imports.taskRepr, {self}); }

Value getLogDestroyPending(Value self, void*) { return boolean(asTask(self)->logDestroyPending); }
int32_t setLogDestroyPending(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  const int32_t on = isTrue(v);
  if (on >= 0) asTask(self)->logDestroyPending = on;
  return on < 0 ? -1 : 0;
}
Value getMustCancel(Value self, void*) { return boolean(asTask(self)->mustCancel); }
Value getCoroutineAttribute(Value self, void*) { return getCoroutine(self); }
Value getWaiter(Value self, void*) { return newRef(asTask(self)->waiter ? asTask(self)->waiter : none()); }

int traverse(Object* o, Visit visit, void* context) {
  auto* t = reinterpret_cast<TaskObject*>(o);
  for (Value* v = &t->waiter; v <= &t->context; ++v)
    if (int stop = visit(*v, context)) return stop;
  return futureTraverse(o, visit, context);
}
void clearParts(Object* o) {
  auto* t = reinterpret_cast<TaskObject*>(o);
  for (Value* v = &t->waiter; v <= &t->context; ++v) clear(*v);
  futureClear(o);
}
void finalize(Object* o) {
  auto* t = reinterpret_cast<TaskObject*>(o);
  if (t->future.loop && t->future.state == State::Pending && t->logDestroyPending) {
    Ref saved = errorTake();
    Ref message(newStr("Task was destroyed but it is pending!"));
    reportToLoop(&t->future, message, "task", Value());
    if (saved) errorRestore(saved.release());
  }
  futureFinalize(o);
}

constinit const MethodDef methods[] = {
    {"set_result", refuseResult, "($self, result, /)"},
    {"set_exception", refuseException, "($self, exception, /)"},
    {"cancel", cancel, "($self, /, msg=None)"},
    {"cancelling", cancelling, "($self, /)"},
    {"uncancel", uncancel, "($self, /)"},
    {"get_stack", getStack, "($self, /, *, limit=None)"},
    {"print_stack", printStack, "($self, /, *, limit=None, file=None)"},
    {"get_name", getName, "($self, /)"},
    {"set_name", setName, "($self, value, /)"},
    {"get_coro", getCoroutine, "($self, /)"},
    {"__class_getitem__", subscript, nullptr, kMethodClass},
    {},
};
constinit const GetSetDef getset[] = {
    {"_log_destroy_pending", getLogDestroyPending, setLogDestroyPending},
    {"_must_cancel", getMustCancel},
    {"_coro", getCoroutineAttribute},
    {"_fut_waiter", getWaiter},
    {"__dict__", getInstanceDict, setInstanceDict},
    {},
};

} // namespace

constinit Type taskType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_asyncio.Task",
    .base = &futureType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &taskType, .size = sizeof(TaskObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(FutureObject, dict), .weakOffset = offsetof(FutureObject, weakrefs)},
    .dealloc = futureDealloc,
    .traverse = traverse,
    .clear = clearParts,
    .finalize = finalize,
    .repr = reprOf,
    .init = init,
    .methods = methods,
    .getset = getset,
    .constructorSignature = "(coro, *, loop=None, name=None, context=None)",
};

} // namespace krait::asyncio
