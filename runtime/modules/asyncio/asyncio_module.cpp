// _asyncio: the half of asyncio that is run for every callback.
#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/object/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace krait::asyncio {

Imports imports;

Value raiseInvalidState(const char* format, Value a, Value b) {
  return raise(*imports.invalidStateError.as<Type>(), format, a, b);
}

namespace {

Value getRunningLoop(Value) {
  Value loop = runningLoop();
  return loop ? newRef(loop) : raise(RuntimeErrorType, "no running event loop");
}
Value runningLoopOrNone(Value) {
  Value loop = runningLoop();
  return newRef(loop ? loop : none());
}
Value setRunning(Value, Value loop) {
  setRunningLoop(loop);
  return newRef(none());
}
Value eventLoop(Value) { return getEventLoop(); }
Value eventLoopAtLevel(Value, const Value*) { return getEventLoop(); }
Value registerTaskFunction(Value, const Value* argv) { return callMethod(imports.allTasks, "add", {argv[0]}); }
Value unregisterTask(Value, const Value* argv) { return callMethod(imports.allTasks, "discard", {argv[0]}); }
Value enter(Value, const Value* argv) { return enterTask(argv[0], argv[1]) < 0 ? Value() : newRef(none()); }
Value leave(Value, const Value* argv) { return leaveTask(argv[0], argv[1]) < 0 ? Value() : newRef(none()); }

constinit const MethodDef methods[] = {
    {"_enter_task", enter, "($module, /, loop, task)"},
    {"_get_event_loop", eventLoopAtLevel, "($module, /, stacklevel=3)"},
    {"_get_running_loop", runningLoopOrNone, "($module, /)"},
    {"_leave_task", leave, "($module, /, loop, task)"},
    {"_register_task", registerTaskFunction, "($module, /, task)"},
    {"_set_running_loop", setRunning, "($module, loop, /)"},
    {"_unregister_task", unregisterTask, "($module, /, task)"},
    {"get_event_loop", eventLoop, "($module, /)"},
    {"get_running_loop", getRunningLoop, "($module, /)"},
    {},
};

int32_t fetch(const char* moduleName, std::initializer_list<std::pair<const char*, Value*>> names) {
  Ref module(importModule(moduleName));
  for (auto& [name, target] : names) {
    Value found = module ? getAttr(module, name) : Value();
    if (!found) return -1;
    assign(*target, found);
  }
  return 0;
}

/// What is in the module comes first: whoever imports it before asyncio gets here asyncio's modules, which import it.
int execute(Value module) {
  Value weakSet;
  if (fetch("weakref", {{"WeakSet", &weakSet}}) < 0) return -1;
  Ref makeSet(weakSet);
  assign(imports.allTasks, call(makeSet));
  assign(imports.currentTasks, newDict());
  if (!imports.allTasks || !imports.currentTasks || moduleAddType(module, &futureType) < 0 || moduleAddType(module, &taskType) < 0 ||
      moduleAdd(module, "_all_tasks", newRef(imports.allTasks)) < 0 || moduleAdd(module, "_current_tasks", newRef(imports.currentTasks)) < 0)
    return -1;
  if (fetch("asyncio.events", {{"get_event_loop_policy", &imports.getEventLoopPolicy}}) < 0 ||
      fetch("asyncio.base_futures", {{"_future_repr", &imports.futureRepr}}) < 0 ||
      fetch("asyncio.exceptions",
            {{"InvalidStateError", &imports.invalidStateError}, {"CancelledError", &imports.cancelledError}}) < 0 ||
      fetch("asyncio.base_tasks", {{"_task_repr", &imports.taskRepr},
                                   {"_task_get_stack", &imports.taskGetStack},
                                   {"_task_print_stack", &imports.taskPrintStack}}) < 0 ||
      fetch("asyncio.coroutines", {{"iscoroutine", &imports.isCoroutine}}) < 0 ||
      fetch("traceback", {{"extract_stack", &imports.extractStack}}) < 0)
    return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_asyncio = {"_asyncio", methods, execute};

} // namespace krait::asyncio
