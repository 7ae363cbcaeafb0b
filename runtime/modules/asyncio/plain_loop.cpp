// What asyncio's Python half does for every callback and every task, in one step.
//
// A callback goes through BaseEventLoop.call_soon, _check_closed, _call_soon, get_debug and Handle.__init__; a task through
// WeakSet.add. Where these are the functions that asyncio came with, and have their code, their effect is had here. A loop in debug
// mode, a closed one, and one whose class, instance or Handle is somebody else's, are called as they are.
#include <cstring>

#include "runtime/abi/code.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/modules/deque.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/names.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace krait::asyncio {

namespace {

/// A method of a class as compiled from the library.
class OwnMethod {
public:
  constexpr OwnMethod(const char* module, const char* qualname) : module_(module), qualname_(qualname) {}
  /// Whether the class has it. Nothing is asked again as long as the class has the same version.
  bool find(Type* t) {
    Value found = typeLookup(t, name());
    if (!found || !isFunction(found)) return false;
    function_ = found.as<FunctionObject>();
    code_ = function_->code;
    return !code_->body && code_->module && std::strcmp(code_->module->name, module_) == 0 && strEqual(code_->qualname, qualname_);
  }
  bool hasItsCode() const { return function_->code == code_; }
  Value name() {
    if (!name_) name_ = internStr(std::strrchr(qualname_, '.') + 1);
    return name_;
  }

private:
  const char *module_, *qualname_;
  Value name_;
  FunctionObject* function_ = nullptr;
  const CodeInfo* code_ = nullptr;
};

/// A class whose methods of these names are its own.
template <size_t n> class OwnClass {
public:
  constexpr OwnClass(const OwnMethod (&methods)[n]) : OwnClass(methods, std::make_index_sequence<n>()) {}
  bool isIt(Type* t) {
    if (type_ != t || version_ != t->version || !version_) learn(t);
    if (!isOwn_) return false;
    for (const OwnMethod& method : methods_)
      if (!method.hasItsCode()) return false;
    return true;
  }
  bool isInstance(Value o) {
    if (!o.isPointer() || !isIt(typeOf(o))) return false;
    for (OwnMethod& method : methods_)
      if (instanceHides(o.object(), method.name())) return false;
    return true;
  }

private:
  template <size_t... i>
  constexpr OwnClass(const OwnMethod (&methods)[n], std::index_sequence<i...>) : methods_{methods[i]...} {}
  [[gnu::noinline]] void learn(Type* t) {
    isOwn_ = true;
    for (OwnMethod& method : methods_) isOwn_ = isOwn_ && method.find(t);
    type_ = t;
    version_ = typeVersion(t);
    if (!version_) isOwn_ = false;
  }

  OwnMethod methods_[n];
  const Type* type_ = nullptr;
  uint64_t version_ = 0;
  bool isOwn_ = false;
};

/// An attribute of objects that are much the same.
class Attribute {
public:
  constexpr explicit Attribute(const char* name) : text_(name) {}
  Ref get(Value o) { return Ref(krt_attr_get(o, name(), &cache_)); }
  bool init(Value o, Value v) { return krt_attr_init(o, name(), v, &cache_) == 0; }

private:
  Value name() {
    if (!name_) name_ = internStr(text_);
    return name_;
  }
  const char* text_;
  Value name_;
  AttrCache cache_{};
};

#define OWN(module, qualname) OwnMethod("asyncio." module, qualname)
constinit OwnClass<4> loops({OWN("base_events", "BaseEventLoop.call_soon"), OWN("base_events", "BaseEventLoop._call_soon"),
                             OWN("base_events", "BaseEventLoop._check_closed"), OWN("base_events", "BaseEventLoop.get_debug")});
constinit OwnClass<1> handles({OWN("events", "Handle.__init__")});
constinit OwnClass<1> weakSets({OwnMethod("_weakrefset", "WeakSet.add")});
#undef OWN
constinit Attribute debug("_debug"), closed("_closed"), ready("_ready"), events("events"), handleClass("Handle");
constinit Attribute handleContext("_context"), handleLoop("_loop"), handleCallback("_callback"), handleArguments("_args"),
    handleCancelled("_cancelled"), handleRepr("_repr"), handleTraceback("_source_traceback");
constinit Attribute pendingRemovals("_pending_removals"), members("data"), onDeath("_remove");

/// asyncio.base_events, in which a loop's methods are.
Value baseEvents() {
  static Value module;
  if (!module)
    if (Value modules = sysModules()) module = xnewRef(dictGet(modules, "asyncio.base_events"));
  return module;
}

bool isPlainHandleClass(Value v) {
  if (!v || !v.isPointer() || typeOf(v) != &typeType) return false;
  Type* t = v.as<Type>();
  return (t->flags & kTypeHeap) && t->construct == objectNew && t->allocate == allocateInstance && handles.isIt(t);
}

Value newHandle(Value cls, Value loop, Value callback, Value arguments, Value context) {
  Ref made(allocateInstance(cls.as<Type>(), 0));
  const bool isFilled = made && handleContext.init(made, context) && handleLoop.init(made, loop) && handleCallback.init(made, callback) &&
                        handleArguments.init(made, arguments) && handleCancelled.init(made, boolean(false)) && handleRepr.init(made, none()) &&
                        handleTraceback.init(made, none());
  return isFilled ? made.release() : Value();
}

} // namespace

int32_t isDebugging(Value loop) {
  if (loops.isInstance(loop)) {
    if (Ref flag = debug.get(loop); flag == boolean(false)) return 0;
    errorClear();
  }
  Ref answer(callMethod(loop, NAME(get_debug)));
  return answer ? isTrue(answer) : -1;
}

Value scheduleDirectly(Value loop, Value callback, Value argument, Value context) {
  if (!context || isNone(context) || !loops.isInstance(loop)) return {};
  Ref module, cls, queue;
  if (debug.get(loop) != boolean(false) || closed.get(loop) != boolean(false) || !(queue = ready.get(loop)) || !isExact(queue, dequeType) ||
      asDeque(queue)->maxLength >= 0 || !baseEvents() || !(module = events.get(baseEvents())) || !(cls = handleClass.get(module)) || !isPlainHandleClass(cls)) {
    errorClear();
    return {};
  }
  Ref arguments(argument ? newTuple({argument}) : newRef(emptyTuple()));
  Ref handle(arguments ? newHandle(cls, loop, callback, arguments, context) : Value());
  if (!handle || dequeAppend(asDeque(queue), newRef(handle)) < 0) return {};
  return handle.release();
}

int32_t registerTask(Value task) {
  const Value all = imports.allTasks;
  if (weakSets.isInstance(all)) {
    Ref removals = pendingRemovals.get(all), data = members.get(all), callback = onDeath.get(all);
    if (removals && isExactList(removals) && asList(removals)->size == 0 && data && isExact(data, setType) && callback) {
      Ref reference(newWeakref(task, callback));
      return reference ? setAdd(data, reference) : -1;
    }
    errorClear();
  }
  Ref added(callMethod(all, "add", {task}));
  return added ? 0 : -1;
}

} // namespace krait::asyncio
