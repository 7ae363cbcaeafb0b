// Calls of values that do not go straight to a machine entry: builtin functions, classes, bound methods.
#include "runtime/object/slow_calls.h"
#include "runtime/builtins/functions.h"
#include "runtime/exceptions/base_exception.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/slot_functions.h"
#include "runtime/object/slots.h"
#include "runtime/object/subclasses.h"

namespace krait {

namespace {

/// An exception's __new__ is a builtin one, which makes exactly this class.
bool isExceptionMaker(const Type* t) { return (t->flags & kTypeException) && t->construct != slotConstruct; }

/// Its instances are made empty, whatever the arguments are: those of dict, list and set, which are for __init__.
bool isEmptyMaker(const Type* t) { return t->construct == dictType.construct || t->construct == listType.construct || t->construct == setType.construct; }

/// Its __new__, if that is a function.
Object* newInPython(Type* t) {
  Value found = typeOf(asValue(t)) == &typeType ? typeLookup(t, NAME(__new__)) : Value();
  Value function = found && isExact(found, staticmethodType) ? found.as<MethodWrapObject>()->callable : Value();
  return function && isFunction(function) ? function.object() : nullptr;
}

constexpr uint64_t kNoVersion = 1; // no class's

/// What making an instance of `t` calls, if that is object's, a container's or an exception's __new__ and an __init__ in Python.
/// Remembered per version.
FunctionObject* usualInit(Type* t) {
  if (!isHeapType(t)) return nullptr;
  HeapType* h = asHeap(t);
  if (t->version && h->initVersion == t->version) [[likely]] return reinterpret_cast<FunctionObject*>(h->initFunction);
  Value init = typeLookup(t, NAME(__init__));
  bool usual = (t->flags & kTypeReady) && !(t->flags & kTypeAbstract) && (t->construct == objectNew || isExceptionMaker(t) || isEmptyMaker(t)) &&
               t->init == slotInit && init && isFunction(init);
  h->initFunction = usual ? init.object() : nullptr;
  h->plainInit = usual && t->construct == objectNew ? init.object() : nullptr;
  h->newFunction = (t->flags & kTypeReady) && t->construct == slotConstruct && t->init == objectInit ? newInPython(t) : nullptr;
  const uint64_t version = typeVersion(t);
  h->initVersion = version ? version : kNoVersion; // of what has none, nothing is known
  return usual ? init.as<FunctionObject>() : nullptr;
}

/// The __new__ that is all that it calls otherwise; behind usualInit, which remembers it.
FunctionObject* usualNew(const Type* t) {
  return t->version && asHeap(t)->initVersion == t->version ? reinterpret_cast<FunctionObject*>(asHeap(t)->newFunction) : nullptr;
}

/// f is a class that type.__call__ calls.
inline bool isUsualClass(Value f) {
  const Layout* l = f.object()->layout;
  return (l->type->flags & kTypeType) && l->type->call == typeType.call;
}

[[gnu::cold]] Value raiseInitResult(Value made, Value result) {
  Ref held(result), dropped(made);
  if (!result) return {};
  return raise(TypeErrorType, "__init__() should return None, not '%.200s'", typeOf(result)->name);
}

template <class... A> Value constructWith(Type* t, A... args) {
  Value words[] = {args..., Value()};
  return t->construct(t, Args{words, sizeof...(A), {}});
}

/// CPython keeps the arguments of a call of a class until it is over, though they are variables of the constructor's meanwhile. Somebody
/// hears of that who has a word that nobody else has, and that is no text.
inline bool isHeard(Value v) { return v.isPointer() && v.object()->refs == 1 && v.object()->layout != &strType.instanceLayout; }

/// Such words of a call, up to 32, are counted once more, and dropped at its end in their order.
class KeptArguments {
public:
  KeptArguments(const Value* args, size_t count) {
    for (size_t i = 0; i < count && i < kMost; ++i) {
      if (!isHeard(args[i])) continue;
      words_[i] = newRef(args[i]);
      heard_ |= 1u << i;
    }
  }
  ~KeptArguments() {
    for (; heard_; heard_ &= heard_ - 1) decref(words_[__builtin_ctz(heard_)]);
  }
  KeptArguments(const KeptArguments&) = delete;
  KeptArguments& operator=(const KeptArguments&) = delete;

private:
  static constexpr size_t kMost = 32;
  union { // not cleared
    Value words_[kMost];
  };
  uint32_t heard_ = 0;
};

/// t(args…) through `init`, which takes exactly these (or, `defaults` set, those in addition). The class is counted as a
/// level of recursion, as is `init`.
template <class... A> [[gnu::always_inline]] inline Value instantiateOnly(Type* t, FunctionObject* init, const Value* defaults, A... args) {
  const bool entered = recursionEnter(kWhileCalling) == 0;
  Value made = !entered ? Value() : t->construct == objectNew ? allocateInstance(t, 0) : constructWith(t, args...);
  if (!made) [[unlikely]] {
    if (entered) recursionLeave();
    (decref(args), ...);
    return {};
  }
  Value held(&init->header);
  incref(held);
  incref(made);
  Value result = defaults ? enterFilled(init, defaults, made, args...) : enterFunction(init, made, args...);
  decref(held);
  recursionLeave();
  if (result.object() == &noneObject) [[likely]] return made;
  return raiseInitResult(made, result);
}
template <class... A> [[gnu::noinline]] Value instantiateKeeping(Type* t, FunctionObject* init, const Value* defaults, A... args) {
  const Value words[] = {args..., Value()};
  const KeptArguments kept(words, sizeof...(A));
  return instantiateOnly(t, init, defaults, args...);
}
template <class... A> inline Value instantiate(Type* t, FunctionObject* init, const Value* defaults, A... args) {
  if ((isHeard(args) || ...)) [[unlikely]] return instantiateKeeping(t, init, defaults, args...);
  return instantiateOnly(t, init, defaults, args...);
}

/// t(args…) through a __new__ that takes exactly these. They live until the call is over: a class that was changed meanwhile, or another
/// one's instance, wants its __init__ called with them.
template <class... A> inline Value makeByNew(Type* t, FunctionObject* make, A... args) {
  Value made;
  if (recursionEnter(kWhileCalling) == 0) {
    Ref held = Ref::share(&make->header);
    made = enterFunction(make, newRef(asValue(t)), newRef(args)...);
    Type* of = made ? typeOf(made) : t;
    if (made && (of != t || t->init != objectInit || t->construct != slotConstruct) && isSubtype(of, t)) [[unlikely]] {
      Value words[] = {args..., Value()};
      if (of->init && of->init(made, Args{words, sizeof...(A), {}}) < 0) {
        decref(made);
        made = {};
      }
    }
    recursionLeave();
  }
  (decref(args), ...);
  return made;
}

/// The same for any arguments, the last of them named. Sets `done` unless the class is not that simple.
Value instantiateAny(Type* t, Value* args, size_t count, Value names, bool& done) {
  if (count == 0 && isHeapType(t) && !(t->flags & kTypeAbstract) && t->construct == objectNew && t->init == objectInit) {
    done = true;
    const RecursionLevels level(1);
    return level ? allocateInstance(t, 0) : Value();
  }
  FunctionObject* init = usualInit(t);
  if (!init) return {};
  done = true;
  const KeptArguments kept(args, count);
  RecursionLevels level(1);
  Ref made(!level ? Value() : t->construct == objectNew ? allocateInstance(t, 0)
                                     : t->construct(t, Args{args, names ? count - static_cast<size_t>(asTuple(names)->size) : count, names}));
  if (!made) {
    dropWords(args, count);
    return {};
  }
  Value result = callWithSelf(init, made, args, count, names);
  if (result && isNone(result)) return made.release();
  return raiseInitResult(made.release(), result);
}

} // namespace

bool readsNamesOnly(Value f) {
  if (isFunction(f)) return true;
  return f.isPointer() && isUsualClass(f) && isHeapType(f.as<Type>()) && f.as<Type>()->construct == objectNew && usualInit(f.as<Type>());
}

Value callWithSelf(FunctionObject* f, Value self, Value* args, size_t count, Value names) {
  Ref held = Ref::share(&f->header);
  uint64_t small[kMaxEnter + 3];
  size_t n = count + 1;
  Value* words = n <= kMaxEnter + 3 ? reinterpret_cast<Value*>(small) : new Value[n];
  words[0] = newRef(self);
  for (size_t i = 0; i < count; ++i) words[i + 1] = args[i];
  Value result = !names && f->arity == static_cast<int32_t>(n) && n <= kMaxEnter ? enterWords(f, words, n)
                 : !names && onlyGathers(f->code, n) ? enterGathering(f, words, n)
                                                     : callFunctionOwned(f, words, names ? n - static_cast<size_t>(asTuple(names)->size) : n, names);
  if (n > kMaxEnter + 3) delete[] words;
  return result;
}

Value callBuiltinNamed(const MethodDef* def, Value callable, Value self, Value* args, size_t count, Value names) {
  Value result;
  if (recursionEnter(kWhileCalling) == 0) {
    result = callMethodDef(def, callable, self, Args{args, count - static_cast<size_t>(asTuple(names)->size), names});
    recursionLeave();
  }
  dropWords(args, count);
  return result;
}

Value callAny(Value f, Value* args, size_t count) {
  if (f.isPointer()) {
    const Layout* l = f.object()->layout;
    if (l == &functionType.instanceLayout) {
      auto* function = f.as<FunctionObject>();
      if (function->arity == static_cast<int32_t>(count) && count <= kMaxEnter) return enterWords(function, args, count);
      if (onlyGathers(function->code, count)) return enterGathering(function, args, count);
      return callFunctionOwned(function, args, count, Value());
    }
    if (l == &builtinFunctionType.instanceLayout) {
      auto* builtin = f.as<BuiltinFunctionObject>();
      return callBuiltin(builtin->def, f, builtin->self, args, count);
    }
    if (l == &methodType.instanceLayout) {
      auto* method = f.as<MethodObject>();
      if (isFunction(method->function)) return callWithSelf(method->function.as<FunctionObject>(), method->self, args, count);
    }
    if (isUsualClass(f)) {
      bool done = false;
      Value made = instantiateAny(f.as<Type>(), args, count, Value(), done);
      if (done) return made;
    }
  }
  return callOwned(f, args, count, Value());
}

namespace {

/// The __call__ of a class made in Python, if that is a function of it.
inline FunctionObject* callMethodOf(Type* t) {
  if (t->call != slot_generics::callGeneric) return nullptr;
  Value found = typeLookup(t, NAME(__call__));
  return found && isFunction(found) ? found.as<FunctionObject>() : nullptr;
}

/// f(args…) by the __call__ of its class.
template <class... A> [[gnu::always_inline]] inline Value callInstance(FunctionObject* method, Value f, A... args) {
  if (recursionEnter(kWhileCalling) < 0) {
    (decref(args), ...);
    return {};
  }
  Value words[] = {args..., Value()};
  Value result = method->arity == static_cast<int32_t>(sizeof...(A)) + 1 ? enterMethod(method, f, args...) : callWithSelf(method, f, words, sizeof...(A));
  recursionLeave();
  return result;
}
/// Where somebody may hear the arguments die: the caller keeps them, as under CPython.
template <class... A> [[gnu::noinline]] Value callInstanceKeeping(FunctionObject* method, Value f, A... args) {
  const Value words[] = {args..., Value()};
  const KeptArguments kept(words, sizeof...(A));
  return callInstance(method, f, args...);
}

/// Whether a call of a builtin class is a level of recursion, where compiled code makes it: CPython's bytecode knows str and type.
inline int32_t levelsOfMaking(const Type* t) { return t->flags & kTypeMadeFlat || t == &strType || t == &typeType ? 0 : 1; }

/// Its instances are made of their arguments alone, and __init__ finds them in place.
bool isPlainException(const Type* t) { return t->construct == exceptions::baseNew && t->init == exceptions::baseInit; }

template <class... A> [[gnu::always_inline]] inline Value makePlainException(Type* t, A... args) {
  Value made;
  if (recursionEnter(kWhileCalling) == 0) {
    if (const Ref tuple(sizeof...(A) ? newTuple({args...}) : emptyTuple()); tuple) made = exceptions::allocateException(t, tuple);
    recursionLeave();
  }
  (decref(args), ...);
  return made;
}

/// type.__call__ for a class that was not made in Python.
template <class... A> [[gnu::noinline]] Value callBuiltinClass(Value f, A... args) {
  Type* t = f.as<Type>();
  if constexpr (sizeof...(A) <= 1)
    if (t->make) {
      const RecursionLevels level(levelsOfMaking(t));
      Value made;
      if (level) {
        if constexpr (sizeof...(A) == 1) made = t->make(args...);
        else made = t->make(Value());
      }
      (decref(args), ...);
      return made;
    }
  if (isPlainException(t)) return makePlainException(t, args...);
  Value words[] = {args..., Value()};
  const RecursionLevels level(levelsOfMaking(t));
  Value made = level ? typeType.call(f, Args{words, sizeof...(A), {}}) : Value();
  (decref(args), ...);
  return made;
}

/// The same for any arguments, the last of them named if there are names.
Value callBuiltinClassNamed(Type* t, Value* args, size_t count, Value names) {
  const size_t named = names ? static_cast<size_t>(asTuple(names)->size) : 0;
  Value made;
  if (const RecursionLevels level(t->flags & kTypeMadeFlat ? 0 : 1); level) made = typeType.call(asValue(t), Args{args, count - named, named ? names : Value()});
  dropWords(args, count);
  return made;
}

/// A call that the hot path did not make.
template <class... A> [[gnu::noinline]] Value callSlow(Value f, A... args) {
  constexpr auto kCount = static_cast<int32_t>(sizeof...(A));
  if (f.isPointer()) [[likely]] {
    const Layout* l = f.object()->layout;
    if (l == &functionType.instanceLayout) {
      auto* function = f.as<FunctionObject>();
      if (function->arity == leavingNothing(kCount)) return enterLeavingNothing(function, args...);
      if (function->arity < 0) {
        Value words[] = {args..., Value()};
        return onlyGathers(function->code, kCount) ? enterGathering(function, words, kCount)
                                                   : callFunctionOwned(function, words, kCount, Value());
      }
      if (const Value* defaults = defaultsAfter(function, kCount)) return enterFilled(function, defaults, args...);
    } else if (l == &builtinFunctionType.instanceLayout) {
      auto* builtin = f.as<BuiltinFunctionObject>();
      return callBuiltinDirectly(builtin->def, f, builtin->self, args...);
    } else if (l == &methodType.instanceLayout && isFunction(f.as<MethodObject>()->function)) {
      auto* function = f.as<MethodObject>()->function.as<FunctionObject>();
      const Ref self = Ref::share(f.as<MethodObject>()->self), held = Ref::share(Value(&function->header));
      if (const Value* defaults = defaultsAfter(function, kCount + 1)) return enterFilled(function, defaults, newRef(self), args...);
      Value words[] = {args..., Value()};
      return callWithSelf(function, self, words, kCount);
    } else if (isUsualClass(f)) {
      Type* t = f.as<Type>();
      if (!isHeapType(t)) return callBuiltinClass(f, args...);
      if (FunctionObject* init = usualInit(t)) {
        const Value* defaults = nullptr;
        if (init->arity == kCount + 1 || (defaults = defaultsAfter(init, kCount + 1))) return instantiate(t, init, defaults, args...);
      } else if (FunctionObject* make = usualNew(t); make && make->arity == kCount + 1) {
        return makeByNew(t, make, args...);
      } else if (isPlainException(t)) {
        return makePlainException(t, args...);
      } else if (kCount || t->construct != objectNew) { // __new__ is another, or __init__ a builtin one
        return callByType(typeType, f, args...);
      }
    } else if (FunctionObject* method = callMethodOf(l->type)) {
      if ((isHeard(args) || ...)) [[unlikely]] return callInstanceKeeping(method, f, args...);
      return callInstance(method, f, args...);
    } else if (l->type->call && !isHeapType(l->type)) { // partial, attrgetter, lru_cache, …
      return callByType(*l->type, f, args...);
    }
  }
  Value words[] = {args..., Value()};
  return callAny(f, words, sizeof...(A));
}

/// A function with other parameters than that: mostly the last has a default.
template <class... A> [[gnu::noinline]] Value callWithDefault(FunctionObject* f, A... args) {
  constexpr auto kCount = static_cast<int32_t>(sizeof...(A));
  if (f->arity == kCount + 1) [[likely]]
    if (const Value* last = defaultsAfter(f, kCount)) [[likely]] return enterFilled(f, last, args...);
  return callSlow(Value(&f->header), args...);
}

// Builtins, bound methods and builtin classes are what most such calls are of: they are not worth a frame of their own.
template <class... A> [[gnu::always_inline]] inline Value callMostly(Value f, A... args) {
  if (f.isPointer()) [[likely]] {
    const Layout* l = f.object()->layout;
    if (l == &functionType.instanceLayout) return callWithDefault(f.as<FunctionObject>(), args...);
    if (l == &builtinFunctionType.instanceLayout) {
      auto* builtin = f.as<BuiltinFunctionObject>();
      return callBuiltinHere(builtin->def, f, builtin->self, args...);
    }
    if (l == &methodType.instanceLayout) {
      auto* method = f.as<MethodObject>();
      if (isFunction(method->function) && method->function.as<FunctionObject>()->arity == static_cast<int32_t>(sizeof...(A)) + 1)
        return enterMethod(method->function.as<FunctionObject>(), method->self, args...);
    }
    if (l == &typeType.instanceLayout && !isHeapType(f.as<Type>())) return callBuiltinClass(f, args...);
  }
  return callSlow(f, args...);
}

} // namespace

[[gnu::always_inline]] static inline Value callKeeping(Value f, Value item) {
  const Type* t = typeOfObject(f.object());
  if (t == &builtinFunctionType) {
    const auto* builtin = f.as<BuiltinFunctionObject>();
    const RecursionLevels level(1);
    if (!level) return Value();
    return callMethodDefByPosition(builtin->def, f, builtin->self, &item, 1);
  }
  if (t == &methodDescriptorType && typeOf(item) == f.as<DescriptorObject>()->owner) { // str.lower of a str
    const RecursionLevels level(1);
    return level ? callBuiltinHere(static_cast<const MethodDef*>(f.as<DescriptorObject>()->def), f, item) : Value();
  }
  if (t == &typeType && f.as<Type>()->make && !isHeapType(f.as<Type>())) { // bool, int, str
    const RecursionLevels level(levelsOfMaking(f.as<Type>()));
    return level ? f.as<Type>()->make(item) : Value();
  }
  if (t != &methodType && t != &typeType && !isHeapType(t) && t->call) { // itemgetter, partial
    const RecursionLevels level(t->flags & kTypeFlatCall ? 0 : 1);
    return level ? t->call(f, Args{&item, 1, {}}) : Value();
  }
  return krt_call1(f, newRef(item));
}
/// A builtin function of one argument, which most are that are given to others: no frame for anything else.
static inline bool takesOne(Value f) {
  return f.object()->layout == &builtinFunctionType.instanceLayout && f.as<BuiltinFunctionObject>()->def->kind == CallKind::OneArg && !eventsActive;
}
static inline Value callTakingOne(Value f, Value item) {
  const auto* builtin = f.as<BuiltinFunctionObject>();
  const RecursionLevels level(1);
  return level ? builtin->def->oneArg(builtin->self, item) : Value();
}
[[gnu::noinline]] static Value callKeepingOther(Value f, Value item) { return callKeeping(f, item); }
[[gnu::noinline]] static Value callLastOther(Value f, Owned item) {
  const Value result = callKeeping(f, item);
  decref(item);
  return result;
}
Value callKeptSlow(Value f, Value item) { return takesOne(f) ? callTakingOne(f, item) : callKeepingOther(f, item); }
Value callLastSlow(Value f, Owned item) {
  if (!takesOne(f)) return callLastOther(f, item);
  const Value result = callTakingOne(f, item);
  decref(item);
  return result;
}

extern "C" {

Value krt_call0_slow(Value f) { return callMostly(f); }
Value krt_call1_slow(Value f, Owned a) { return callMostly(f, a); }
Value krt_call2_slow(Value f, Owned a, Owned b) { return callMostly(f, a, b); }
Value krt_call3_slow(Value f, Owned a, Owned b, Owned c) { return callMostly(f, a, b, c); }
Value krt_call4_slow(Value f, Owned a, Owned b, Owned c, Owned d) { return callMostly(f, a, b, c, d); }

Value krt_call_hash(Value f, Owned a) {
  if (f.object() != &krt_builtin_function_hash.header || eventsActive) return krt_call1(f, a);
  const Value hash = krt_builtin_def_hash.oneArg(Value(), a);
  decref(a);
  return hash;
}

Value krt_call_isinstance_slow(Value f, Owned a, Owned b) {
  if (f.object() != &krt_builtin_function_isinstance.header || eventsActive) return krt_call2(f, a, b);
  const int32_t holds = isInstance(a, b);
  decref(a);
  decref(b);
  return holds < 0 ? Value() : boolean(holds);
}

Value krt_call_issubclass_slow(Value f, Owned a, Owned b) {
  if (f.object() != &krt_builtin_function_issubclass.header || eventsActive) return krt_call2(f, a, b);
  const int32_t holds = isSubclass(a, b);
  decref(a);
  decref(b);
  return holds < 0 ? Value() : boolean(holds);
}

Value krt_call_getattr_slow(Value f, Owned o, Value name, Owned otherwise, AttrCache* cache) {
  if (f.object() != &krt_builtin_function_getattr.header || eventsActive)
    return otherwise ? krt_call3(f, o, newRef(name), otherwise) : krt_call2(f, o, newRef(name));
  Value v = otherwise ? getAttrOptionalOfSite(o, name, cache) : krt_attr_get(o, name, cache);
  decref(o);
  if (!otherwise) return v;
  if (!v && !errorSet()) return otherwise;
  decref(otherwise);
  return v;
}

Value krt_call_hasattr_slow(Value f, Owned o, Value name, AttrCache* cache) {
  if (f.object() != &krt_builtin_function_hasattr.header || eventsActive) return krt_call2(f, o, newRef(name));
  const int32_t holds = hasAttrOfSite(o, name, cache);
  decref(o);
  return holds < 0 ? Value() : boolean(holds);
}

Value krt_instance_new(Value cls) {
  if (recursionEnter(kWhileCalling) < 0) return {};
  Value made = allocateInstance(cls.as<Type>(), 0);
  if (!made) recursionLeave();
  return made;
}
Value krt_init_failed(Owned made, Owned result) { return raiseInitResult(made, result); }

Value krt_call_n(Value f, Slot args, uint64_t count) { return callAny(f, args, count); }

Value krt_call_kw(Value f, Slot args, uint64_t count, Value names) {
  if (names && isFunction(f))
    if (const int64_t named = asTuple(names)->size)
      return callFunctionOwned(f.as<FunctionObject>(), args, count - static_cast<uint64_t>(named), names);
  if (names && isExact(f, builtinFunctionType) && asTuple(names)->size) {
    auto* builtin = f.as<BuiltinFunctionObject>();
    return callBuiltinNamed(builtin->def, f, builtin->self ? builtin->self : none(), args, count, names);
  }
  if (f.isPointer() && isUsualClass(f)) {
    Type* t = f.as<Type>();
    if (!isHeapType(t)) return callBuiltinClassNamed(t, args, count, names);
    bool done = false;
    Value made = instantiateAny(t, args, count, names, done);
    if (done) return made;
  }
  return callOwned(f, args, count, names);
}

FunctionObject* krt_known_init_slow(Value f) {
  if (!isUsualClass(f)) return nullptr;
  Type* t = f.as<Type>();
  const bool isKnown = isHeapType(t) && t->version && asHeap(t)->initVersion == t->version;
  return isKnown ? reinterpret_cast<FunctionObject*>(asHeap(t)->plainInit) : nullptr;
}

} // extern "C"

} // namespace krait
