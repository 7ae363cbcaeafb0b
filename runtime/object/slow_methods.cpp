// Calls of methods by name that the hot path does not make: what sites remember of receivers of all kinds, and the general lookup.
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/attributes.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/cached_properties.h"
#include "runtime/object/class_variables.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/object/shared_cache.h"
#include "runtime/object/slot_functions.h"
#include "runtime/object/slow_calls.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

constinit SharedCache sharedMethods;

/// What a call answers whose method there is not.
Value lookupFailed(Value* args, size_t count) {
  dropWords(args, count);
  noteFailedLookup();
  return {};
}

bool isWrapped(Value found) { return isExact(found, staticmethodType) || isExact(found, classmethodType); }
/// A class attribute that reading does not change, such as a class or a builtin function.
bool isUnbound(Value found) { return !isFunction(found) && !readyTypeOf(found)->descrGet; }

/// What no class answers with a method: the receiver's own attribute, or a static or class method or what is not bound at
/// all (CacheKind::Plain).
void rememberOther(Value o, Value name, MethodCache* cache) {
  const Layout* l = o.object()->layout;
  Type* t = typeOf(o);
  if (!findsPlainly(t) || !isExactStr(name) || !(asStr(name)->flags & kStrInterned) || (l->flags & kLayoutForeign)) return;
  Value found = typeLookup(t, name);
  const uint64_t version = typeVersion(t);
  if (!version) return;
  if (found && readyTypeOf(found)->descrSet) {
    if (isWordMember(found, t)) *cache = {markedLayout(l), version, Value(), memberOffset(found) << kCacheKindBits | static_cast<uint64_t>(CacheKind::Property)};
    else if (isExact(found, getsetDescriptorType)) *cache = {markedLayout(l), version, found, static_cast<uint64_t>(CacheKind::Getter)}; // o.__class__(), mostly
    else return;
  } else if (const int32_t slot = inlineSlotNamed(l, name); slot >= 0) {
    const uint64_t at = l->slotOffset + 8 * static_cast<uint64_t>(slot);
    *cache = {markedLayout(l), version, Value(), at << kCacheKindBits | static_cast<uint64_t>(CacheKind::Property)};
  } else if (instanceHides(o.object(), name)) {
    fillDictGuess(o.object(), name, cache, version);
  } else if (found && (isWrapped(found) || isUnbound(found)) && !isVariableAlong(t, name)) {
    *cache = {markedLayout(l), version, found, static_cast<uint64_t>(CacheKind::Plain)};
  } else {
    return;
  }
  sharedMethods.keep(o, name, *cache);
}

/// The receiver's own attribute, where the site knows about where it is (borrowed); else null.
Value ownAttribute(Value o, Value name, const MethodCache* cache) {
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || ownerOf(l)->version != cache->version) return {};
  switch (static_cast<CacheKind>(cache->offset & kCacheKindMask)) {
  case CacheKind::Property: return *wordAt(o.object(), static_cast<int64_t>(cache->offset >> kCacheKindBits));
  case CacheKind::Dict: {
    const Value* word = guessedWord(o.object(), name, cache);
    return word ? *word : Value();
  }
  default: return {};
  }
}

/// o.name for a call. Answers what to call (owned); *self (owned) goes first if it is set.
Value loadMethod(Value o, Value name, MethodCache* cache, Value* self) {
  Type* t = readyTypeOf(o);
  *self = Value();
  if (isExactStr(name) && (asStr(name)->flags & kStrInterned) && findsPlainly(t)) {
    Value found = typeLookup(t, name);
    if (found && (isFunction(found) || isMethodOf(found, t))) {
      if (!mayHaveOwn(o, name)) {
        if (const Layout* l = siteLayout(o); !(l->flags & kLayoutForeign) && inlineSlotNamed(l, name) < 0) {
          if (uint64_t version = typeVersion(t)) {
            if (isFunction(found)) *cache = {l, version, found, static_cast<uint64_t>(static_cast<int64_t>(l->dictOffset))};
            else *cache = {markedLayout(l), version, found, static_cast<uint64_t>(methodKind(l, found))};
            sharedMethods.keep(o, name, *cache);
          }
        }
        *self = newRef(o);
        return newRef(found);
      }
    } else if (found && typeOf(found)->flags & kTypeMethodDescriptor && !mayHaveOwn(o, name)) { // an lru_cache, say
      *self = newRef(o);
      return newRef(found);
    }
  }
  Value f = getAttr(o, name);
  if (f && o.isPointer()) {
    if (t->flags & kTypeType || t == &moduleType) fillAttributeCache(o, name, cache);
    else rememberOther(o, name, cache);
  }
  return f;
}

const MethodDef* methodDefOf(Value descriptor) { return static_cast<const MethodDef*>(descriptor.as<DescriptorObject>()->def); }

const MethodCache* knownOf(Value o, Value name, MethodCache* site) { return sharedMethods.of(siteLayout(o), name, site); }

/// The class attribute that a site knows for this receiver; null when it does not apply.
Value cachedOfClass(Value o, Value name, const MethodCache* cache) {
  const Layout* l = siteLayout(o);
  if (isBuiltinCache(cache, l)) return cache->found;
  if (!o.isPointer()) return {};
  bool plain = cache->layout == l;
  if (!plain && (cache->layout != markedLayout(l) || static_cast<CacheKind>(cache->offset & kCacheKindMask) != CacheKind::Method))
    return {};
  if (ownerOf(l)->version != cache->version || instanceHides(o.object(), name)) return {};
  return cache->found;
}

/// A builtin method that its class is asked for, as in str.lower(text), and the first argument is an instance.
bool takesSelf(Value found, const Value* args, size_t count) {
  return count && isMethodOf(found, typeOf(args[0]));
}

/// Calls a static or class method of `cls` that is a Python function, or what is not bound. Sets `done` unless it is neither.
Value callWrapped(Value found, Value cls, Value* args, size_t count, bool& done) {
  if (!isWrapped(found)) {
    if (!isUnbound(found)) return {};
    done = true;
    Ref held = Ref::share(found);
    return callAny(found, args, count);
  }
  Value inner = found.as<MethodWrapObject>()->callable;
  const bool isBuiltin = inner && isExact(inner, builtinFunctionType) && isExact(found, staticmethodType); // str.maketrans
  if (!isBuiltin && (!inner || !isFunction(inner))) return {};
  done = true;
  if (isExact(found, classmethodType)) return callWithSelf(inner.as<FunctionObject>(), cls, args, count);
  Ref held = Ref::share(inner);
  return callAny(inner, args, count);
}

/// What the site remembers of the receiver's class as CacheKind::Plain (borrowed), or null.
Value rememberedPlain(Value o, Value name, const MethodCache* cache) {
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || (cache->offset & kCacheKindMask) != static_cast<uint64_t>(CacheKind::Plain) ||
      ownerOf(l)->version != cache->version || instanceHides(o.object(), name))
    return {};
  return cache->found;
}

/// As loadMethod, for a static or class method of `cls` that is a Python function, and for what is not bound; else null.
Value loadUnbound(Value found, Value cls, Value* self) {
  *self = Value();
  if (!isWrapped(found)) return isUnbound(found) ? newRef(found) : Value();
  Value inner = found.as<MethodWrapObject>()->callable;
  if (!inner || !isFunction(inner)) return {};
  if (isExact(found, classmethodType)) *self = newRef(cls);
  return newRef(inner);
}

/// What a site that knows about the receiver, a class, has found along its MRO (borrowed), or null.
Value rememberedOfClass(Value o, const MethodCache* cache) {
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || static_cast<CacheKind>(cache->offset & kCacheKindMask) != CacheKind::Class ||
      o.as<Type>()->version != cache->version || ownerOf(l)->version != cache->offset >> kCacheKindBits)
    return {};
  return cache->found;
}

/// Calls through a site that knows where the receiver, be it a class, a module or an instance, has what is called. Sets
/// `done` unless the cache does not apply.
Value callThroughHolder(Value o, Value name, const MethodCache* cache, Value* args, size_t count, bool& done) {
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l)) return {};
  Ref f = Ref::share(knownOfModule(o, cache));
  if (!f) f = Ref::share(ownAttribute(o, name, cache));
  if (!f) {
    if (const GetSetDef* def = cachedField(o, cache)) {
      done = true;
      f.reset(getOfField(def, o, name));
      if (!f) return lookupFailed(args, count);
    }
  }
  if (f) {
    done = true;
    return callAny(f, args, count);
  }
  Value found = rememberedOfClass(o, cache);
  if (!found) return {};
  if (isFunction(found)) {
    done = true;
    Ref held = Ref::share(found);
    return callAny(found, args, count);
  }
  if (takesSelf(found, args, count)) {
    done = true;
    Ref self(args[0]);
    return callBuiltin(methodDefOf(found), found, self, args + 1, count - 1);
  }
  if (isExact(found, classMethodDescriptorType)) {
    done = true;
    return callBuiltin(static_cast<const MethodDef*>(found.as<DescriptorObject>()->def), found, o, args, count);
  }
  return callWrapped(found, o, args, count, done);
}

Value callFound(Value f, Value self, Value* args, uint64_t count, Value names);

Value callMethodSlow(Value o, Value name, MethodCache* cache, Value* args, size_t count) {
  const MethodCache* known = knownOf(o, name, cache);
  if (Value found = cachedOfClass(o, name, known)) {
    if (isFunction(found)) return callWithSelf(found.as<FunctionObject>(), o, args, count);
    return callBuiltin(methodDefOf(found), found, o, args, count);
  }
  if (o.isPointer()) {
    bool done = false;
    Value result;
    if (Value wrapped = rememberedPlain(o, name, known)) result = callWrapped(wrapped, asValue(o.object()->layout->type), args, count, done);
    if (!done) result = callThroughHolder(o, name, known, args, count, done);
    if (done) return result;
  }
  Value selfWord;
  Ref f(loadMethod(o, name, cache, &selfWord));
  Ref self(selfWord);
  if (!f) return lookupFailed(args, count);
  if (!self) return callAny(f, args, count);
  if (isMethodOf(f, typeOf(self))) return callBuiltin(methodDefOf(f), f, self, args, count);
  return callFound(f, self, args, count, {});
}

/// `f` is somebody else's, who may drop it meanwhile.
template <class... A> [[gnu::always_inline]] inline Value callSharedHere(Value f, A... args) {
  constexpr auto kCount = static_cast<int32_t>(sizeof...(A));
  if (f.isPointer() && f.object()->layout == &methodType.instanceLayout) {
    auto* method = f.as<MethodObject>();
    if (isFunction(method->function) && method->function.as<FunctionObject>()->arity == kCount + 1) [[likely]]
      return enterMethod(method->function.as<FunctionObject>(), method->self, args...);
  }
  const Ref held = Ref::share(f);
  if (isExact(f, builtinFunctionType)) return callBuiltinHere(f.as<BuiltinFunctionObject>()->def, f, f.as<BuiltinFunctionObject>()->self, args...);
  if (isFunction(f) && f.as<FunctionObject>()->arity == kCount) return enterFunction(f.as<FunctionObject>(), args...);
  return callValue(f, args...);
}
template <class... A> [[gnu::noinline]] Value callShared(Value f, A... args) { return callSharedHere(f, args...); }

/// A builtin method whose instance is the first argument.
inline Value callWithFirst(const MethodDef*, Value) { return {}; } // there is always one
template <class... A> inline Value callWithFirst(const MethodDef* def, Value callable, Value first, A... args) {
  Ref self(first);
  return callBuiltinHere(def, callable, self, args...);
}

/// It is object.__setattr__, and no builtin class between object and o's has another.
bool setsPlainly(Value found, Value o, Value, Value) {
  if (!found || !isExact(found, wrapperDescriptorType) || found.as<DescriptorObject>()->owner != &objectType) return false;
  const Type* t = typeOf(o);
  return isHeapType(t) && asHeap(t)->builtinBase == &objectType &&
         static_cast<const SlotDef*>(found.as<DescriptorObject>()->def)->wrapper == slot_wrappers::setAttribute;
}
Value setPlainly(Value o, Value name, Value v) {
  const RecursionLevels level(1);
  const bool isSet = level && objectSetAttr(o, name, v) == 0;
  decref(o);
  decref(name);
  decref(v);
  return isSet ? none() : Value();
}

/// What a class made in Python has under this name, if that is no function and binds as one does: an lru_cache, say. No site remembers it.
[[gnu::noinline]] Value otherMethodOf(Value o, Value name) {
  Type* t = typeOfObject(o.object());
  if (!isExactStr(name) || !(asStr(name)->flags & kStrInterned) || !findsPlainly(t)) return {};
  const Value found = typeLookup(t, name);
  if (!found || isFunction(found)) return {};
  const Type* kind = typeOf(found);
  const bool binds = kind->flags & kTypeMethodDescriptor && kind->call && kind != &methodDescriptorType && !isHeapType(kind);
  return binds && !mayHaveOwn(o, name) ? found : Value();
}

/// The same for methods. A site that met another class before may find this one among the shared.
template <class... A> [[gnu::noinline]] Value methodSlow(Value o, Value name, MethodCache* cache, A... args) {
  if (o.isPointer()) [[likely]] {
    const Layout* l = o.object()->layout;
    if (isHeapType(l->type) && cache->layout != l && cache->layout != markedLayout(l))
      if (const Value found = otherMethodOf(o, name)) {
        const Ref held = Ref::share(found);
        return callByType(*typeOf(found), found, newRef(o), args...);
      }
    const MethodCache* known = knownOf(o, name, cache);
    if (l == known->layout && ownerOf(l)->version == known->version && !instanceHides(o.object(), name)) {
      auto* function = known->found.as<FunctionObject>();
      constexpr auto kCount = static_cast<int32_t>(sizeof...(A)) + 1;
      if (function->arity == kCount) return enterMethod(function, o, args...);
      if (const Value* defaults = defaultsAfter(function, kCount)) {
        Ref held = Ref::share(&function->header);
        return enterFilled(function, defaults, newRef(o), args...);
      }
    }
    if (known->layout == markedLayout(l)) {
      switch (static_cast<CacheKind>(known->offset & kCacheKindMask)) {
      case CacheKind::Builtin: return callBuiltinDirectly(methodDefOf(known->found), known->found, o, args...);
      case CacheKind::Method:
        if (isFunction(known->found) || ownerOf(l)->version != known->version || instanceHides(o.object(), name)) break;
        return callBuiltinHere(methodDefOf(known->found), known->found, o, args...);
      case CacheKind::Module:
        if (Value f = knownOfModule(o, known)) return callShared(f, args...);
        break;
      case CacheKind::Property:
      case CacheKind::Dict:
        if (Value f = ownAttribute(o, name, known)) return callShared(f, args...);
        break;
      case CacheKind::Class:
      case CacheKind::Plain: {
        const bool isClass = static_cast<CacheKind>(known->offset & kCacheKindMask) == CacheKind::Class;
        const Value found = isClass ? rememberedOfClass(o, known) : rememberedPlain(o, name, known);
        Value words[] = {args..., Value()};
        if (isClass && found && takesSelf(found, words, sizeof...(A))) return callWithFirst(methodDefOf(found), found, args...);
        if (isClass && found && isExact(found, wrapperDescriptorType)) {
          Ref held = Ref::share(found);
          return callByType(wrapperDescriptorType, found, args...);
        }
        const Value inner = found && isWrapped(found) ? found.as<MethodWrapObject>()->callable : found;
        if (!inner || !isFunction(inner)) break;
        auto* function = inner.as<FunctionObject>();
        const bool takesClass = isExact(found, classmethodType);
        if (function->arity != static_cast<int32_t>(sizeof...(A)) + takesClass) break;
        Ref held = Ref::share(inner);
        return takesClass ? enterFunction(function, newRef(isClass ? o : asValue(l->type)), args...) : enterFunction(function, args...);
      }
      default: break;
      }
    }
  } else if (const MethodCache* known = knownOf(o, name, cache); isBuiltinCache(known, siteLayout(o))) {
    return callBuiltinHere(methodDefOf(known->found), known->found, o, args...);
  }
  Value words[] = {args..., Value()};
  return callMethodSlow(o, name, cache, words, sizeof...(A));
}

/// The function that `o.name` binds; looked for, if that is not known.
inline FunctionObject* methodOfClass(Value o, Value name) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  const MethodRow& row = methodRow(l, name);
  const bool isKnown = row.name == name; // then it has no slot, if it is a method
  if (isKnown && hasOwnDict(o.object(), l) && hidesOnlySlots(o.object(), l)) return row.function;
  if (!isHeapType(l->type) || instanceHides(o.object(), name)) return nullptr;
  return isKnown ? row.function : learnMethod(l, name);
}

/// A method that takes what its parameters leave by *.
template <class... A> [[gnu::noinline]] Value gatherMethod(FunctionObject* f, Value o, A... args) {
  const Ref held = Ref::share(&f->header);
  Value words[] = {newRef(o), args...};
  return enterGathering(f, words, std::size(words));
}

/// What a module has: mostly a function, builtin or not.
template <class... A> [[gnu::noinline]] Value methodOfModule(Value o, Value name, MethodCache* cache, A... args) {
  const Value f = knownOfModule(o, cache);
  return f ? callSharedHere(f, args...) : methodSlow(o, name, cache, args...);
}

/// What the site itself knows of the receiver's layout, if that takes no more than a look: a builtin method that the instance could hide, or
/// what the receiver has of its own.
template <class... A> [[gnu::noinline]] Value methodAtHand(Value o, Value name, MethodCache* cache, A... args) {
  if (o.isPointer() && cache->layout == markedLayout(o.object()->layout)) [[likely]] {
    const Layout* l = o.object()->layout;
    const auto kind = static_cast<CacheKind>(cache->offset & kCacheKindMask);
    const bool isUnchanged = ownerOf(l)->version == cache->version;
    if (kind == CacheKind::Method) {
      const bool isHidden = hasOwnDict(o.object(), l) && dictHides(*wordAt(o.object(), l->dictOffset), name);
      if (isUnchanged && !isFunction(cache->found) && !isHidden)
        return callBuiltinHere(methodDefOf(cache->found), cache->found, o, args...);
    } else if (kind == CacheKind::Plain) {
      const bool isKnown = isUnchanged && !hasOwnDict(o.object(), l); // else what was found may be gone
      const Value inner = isKnown && isWrapped(cache->found) ? cache->found.as<MethodWrapObject>()->callable : Value();
      auto* f = inner && isFunction(inner) ? inner.as<FunctionObject>() : nullptr;
      const bool takesClass = f && isExact(cache->found, classmethodType);
      if (f && f->arity == static_cast<int32_t>(sizeof...(A)) + takesClass) {
        const Ref held = Ref::share(Value(&f->header));
        return takesClass ? enterFunction(f, newRef(asValue(l->type)), args...) : enterFunction(f, args...);
      }
    } else if (kind == CacheKind::Property) {
      if (Value f = isUnchanged ? *wordAt(o.object(), static_cast<int64_t>(cache->offset >> kCacheKindBits)) : Value()) return callShared(f, args...);
    } else if (kind == CacheKind::Module) {
      return methodOfModule(o, name, cache, args...);
    } else if (kind == CacheKind::Class) {
      if constexpr (sizeof...(A) == 1) {
        bool done = false;
        const Value found = rememberedOfClass(o, cache), made = found ? makePlainly(found, args..., done) : Value();
        if (done) return (decref(args), ...), made;
      }
      if constexpr (sizeof...(A) == 3)
        if (const Value found = rememberedOfClass(o, cache); setsPlainly(found, args...)) return setPlainly(args...);
    }
  }
  return methodSlow(o, name, cache, args...);
}

[[gnu::noinline]] Value callBuiltinFramed(const MethodDef* def, Value callable, Value self) { return callBuiltinHere(def, callable, self); }
/// A method without arguments: goes there, without a frame if it can.
[[gnu::always_inline]] inline Value callBuiltinAlone(const MethodDef* def, Value callable, Value self) {
  static constexpr Value kNone[kMissingWords] = {}; // of its arguments is given
  if (def->kind == CallKind::NoArgs && !eventsActive) [[likely]] return def->noArgs(self);
  return isBoundHere(def, 0) && !eventsActive ? def->bound(self, kNone) : callBuiltinFramed(def, callable, self);
}

template <class... A> [[gnu::noinline]] Value methodOther(Value o, Value name, MethodCache* cache, A... args) {
  if (!isBuiltinCache(cache, siteLayout(o))) [[unlikely]] return methodAtHand(o, name, cache, args...);
  const MethodDef* def = methodDefOf(cache->found);
  if constexpr (sizeof...(A) == 0) return callBuiltinAlone(def, cache->found, o);
  else return callBuiltinHere(def, cache->found, o, args...);
}

/// A method that takes * and has nothing for it.
template <class... A> [[gnu::noinline]] Value leavingMethod(FunctionObject* f, Value o, A... args) {
  return keepingMethod(f, o, [&] { return enterLeavingNothing(f, o, args...); });
}

/// A method that takes what its defaults say for the rest.
template <class... A> [[gnu::noinline]] Value filledMethod(FunctionObject* f, const Value* defaults, Value o, A... args) {
  return keepingMethod(f, o, [&] { return enterFilled(f, defaults, o, args...); });
}

/// What the hot path leaves: a first call, and what is no Python method.
template <class... A> [[gnu::noinline]] Value methodMostly(Value o, Value name, MethodCache* cache, A... args) {
  if (FunctionObject* f = methodOfClass(o, name)) {
    constexpr auto kCount = static_cast<int32_t>(sizeof...(A)) + 1;
    if (f->arity == kCount) [[likely]] return enterMethod(f, o, args...);
    if (const Value* defaults = defaultsAfter(f, kCount)) return filledMethod(f, defaults, o, args...);
    if (f->arity == leavingNothing(kCount)) return leavingMethod(f, o, args...);
    if (f->arity < 0 && onlyGathers(f->code, kCount)) return gatherMethod(f, o, args...);
  }
  return methodOther(o, name, cache, args...);
}

/// Goes there, and saves no registers.
template <class... A> [[gnu::always_inline]] inline Value methodQuickly(Value o, Value name, MethodCache* cache, A... args) {
  // What the site knows under a marked layout is no Python method: modules, builtin, static and class methods.
  if (!o.isPointer()) return methodOther(o, name, cache, args...);
  if (cache->layout == markedLayout(o.object()->layout)) {
    if constexpr (sizeof...(A) == 0)
      if (isBuiltinCache(cache, o.object()->layout)) return callBuiltinAlone(methodDefOf(cache->found), cache->found, o);
    return o.object()->layout == &moduleType.instanceLayout ? methodOfModule(o, name, cache, args...) : methodOther(o, name, cache, args...);
  }
  if (FunctionObject* f = knownMethod(o, name)) {
    constexpr auto kCount = static_cast<int32_t>(sizeof...(A)) + 1;
    if (f->arity == leavingNothing(kCount)) return leavingMethod(f, o, args...);
    if (const Value* defaults = defaultsAfter(f, kCount)) return filledMethod(f, defaults, o, args...);
  }
  return methodMostly(o, name, cache, args...);
}

/// What a lookup has found, with its receiver. `names`: of the last arguments, or null.
Value callFound(Value f, Value self, Value* args, uint64_t count, Value names) {
  if (isFunction(f)) return callWithSelf(f.as<FunctionObject>(), self, args, count, names);
  // A class may have borrowed the method of a type that is no base of it.
  if (names && asTuple(names)->size && isMethodOf(f, typeOf(self)))
    return callBuiltinNamed(methodDefOf(f), f, self, args, count, names);
  Value small[12];
  Value* words = count + 1 <= 12 ? small : new Value[count + 1];
  words[0] = newRef(self);
  for (uint64_t i = 0; i < count; ++i) words[i + 1] = args[i];
  Value result = callOwned(f, words, count + 1, names);
  if (words != small) delete[] words;
  return result;
}

/// The class, by its version, that was met last with a method of this base of it.
constinit struct { uint64_t version; const Type* owner; } inherited{};
inline bool isMethodAtHand(Value found, Value o) {
  if (!isExact(found, methodDescriptorType) || !o.isPointer()) return false;
  const Type* owner = found.as<DescriptorObject>()->owner;
  return o.object()->layout == &owner->instanceLayout || (owner == inherited.owner && typeOfObject(o.object())->version == inherited.version);
}
template <class... A> [[gnu::noinline]] Value boundBeyond(Value o, Value function, A... args) {
  if (isMethodOf(function, typeOf(o))) {
    if (const uint64_t version = typeOf(o)->version) inherited = {version, function.as<DescriptorObject>()->owner};
    return callBuiltinHere(methodDefOf(function), function, o, args...);
  }
  Value words[] = {args..., Value()};
  return callFound(function, o, words, sizeof...(A), {});
}
template <class... A> [[gnu::always_inline]] inline Value boundOther(Value o, Value function, A... args) {
  return isMethodAtHand(function, o) ? callBuiltinHere(methodDefOf(function), function, o, args...) : boundBeyond(o, function, args...);
}

/// o.name for a call, where the site does not say: others may, or the class.
[[gnu::noinline]] Value loadBeyond(Value o, Value name, MethodCache* cache, Value* self) {
  if (FunctionObject* f = methodOfClass(o, name)) {
    *self = newRef(o);
    return newRef(Value(&f->header));
  }
  if (const Value own = o.isPointer() ? ownAttribute(o, name, cache) : Value()) {
    *self = Value();
    return newRef(own);
  }
  const MethodCache* known = knownOf(o, name, cache);
  if (Value found = cachedOfClass(o, name, known)) {
    *self = newRef(o);
    return newRef(found);
  }
  if (o.isPointer()) {
    if (Value f = knownOfModule(o, known)) {
      *self = Value();
      return newRef(f);
    }
    if (known->layout == markedLayout(o.object()->layout)) {
      auto kind = static_cast<CacheKind>(known->offset & kCacheKindMask);
      if (kind == CacheKind::Class || kind == CacheKind::Module) {
        *self = Value();
        if (Value found = kind == CacheKind::Class ? rememberedOfClass(o, known) : Value()) {
          if (isFunction(found)) return newRef(found);
          if (Value f = loadUnbound(found, o, self)) return f;
        }
        return krt_attr_get_slow(o, name, cache);
      }
      if (Value f = ownAttribute(o, name, known)) {
        *self = Value();
        return newRef(f);
      }
      if (const GetSetDef* def = cachedField(o, known)) {
        *self = Value();
        return getOfField(def, o, name);
      }
      if (Value found = rememberedPlain(o, name, known))
        if (Value f = loadUnbound(found, asValue(o.object()->layout->type), self)) return f;
    }
  }
  return loadMethod(o, name, cache, self);
}

/// The same where the site says that it is what the class has, and that reading does not bind it as a method.
[[gnu::noinline]] Value loadPlain(Value o, Value name, MethodCache* cache, Value* self) {
  const Value f = loadUnbound(cache->found, asValue(o.object()->layout->type), self);
  return f ? f : loadBeyond(o, name, cache, self);
}
/// The same where the site says that it is a method of the class, which the receiver's own dict could hide.
[[gnu::noinline]] Value loadUnlessHidden(Value o, Value name, MethodCache* cache, Value* self) {
  if (dictHides(*wordAt(o.object(), o.object()->layout->dictOffset), name)) return loadBeyond(o, name, cache, self);
  *self = newRef(o);
  return newRef(cache->found);
}
/// The same where the site says anything of the receiver's layout: what the receiver has of its own, or its class where no dict of the
/// instance hides it. Goes elsewhere for the rest, and saves no registers.
[[gnu::always_inline]] inline Value loadAtHand(Value o, Value name, MethodCache* cache, Value* self) {
  const Layout* l = o.object()->layout;
  const auto kind = static_cast<CacheKind>(cache->offset & kCacheKindMask);
  if (kind == CacheKind::Module || kind == CacheKind::Property) {
    const bool isModule = kind == CacheKind::Module;
    Value own = isModule ? knownOfModule(o, cache) : Value();
    if (!isModule && ownerOf(l)->version == cache->version) own = *wordAt(o.object(), static_cast<int64_t>(cache->offset >> kCacheKindBits));
    if (!own) return loadBeyond(o, name, cache, self);
    *self = Value();
    return newRef(own);
  }
  const bool isOfClass = (kind == CacheKind::Plain || kind == CacheKind::Method) && ownerOf(l)->version == cache->version;
  if (!isOfClass) return loadBeyond(o, name, cache, self);
  if (hasOwnDict(o.object(), l)) return kind == CacheKind::Method ? loadUnlessHidden(o, name, cache, self) : loadBeyond(o, name, cache, self);
  if (kind == CacheKind::Plain) return loadPlain(o, name, cache, self);
  *self = newRef(o);
  return newRef(cache->found);
}

} // namespace

extern "C" {

Value krt_method0_slow(Value o, Value name, MethodCache* cache) { return methodQuickly(o, name, cache); }
Value krt_method1_slow(Value o, Value name, MethodCache* cache, Owned a) { return methodQuickly(o, name, cache, a); }
Value krt_method2_slow(Value o, Value name, MethodCache* cache, Owned a, Owned b) { return methodQuickly(o, name, cache, a, b); }
Value krt_method3_slow(Value o, Value name, MethodCache* cache, Owned a, Owned b, Owned c) {
  return methodQuickly(o, name, cache, a, b, c);
}

FunctionObject* krt_known_method_slow(Value o, Value name) { return methodOfClass(o, name); }

FunctionObject* krt_known_static_slow(Value o, Value name, MethodCache* cache, int32_t takesClass) {
  if (!o.isPointer()) return nullptr;
  const bool isClass = readyTypeOf(o)->flags & kTypeType;
  if (takesClass && !isClass) return nullptr;
  for (const bool isFilled : {false, true}) {
    if (isFilled && isClass) fillAttributeCache(o, name, cache);
    else if (isFilled) rememberOther(o, name, cache);
    if (isClass && knowsOfClass(o, cache)) return functionWithin(cache->found, takesClass);
    const Value found = isClass ? Value() : rememberedPlain(o, name, knownOf(o, name, cache)); // sites may meet several classes in turn
    if (found) return functionWithin(found, false);
  }
  return nullptr;
}

FunctionObject* krt_known_operator_of(Value left, Value right, Value name, int32_t classes) {
  if (!(classes & 1 || left.isPointer())) return nullptr;
  Type* of = classes & 1 ? left.as<Type>() : typeOf(left);
  const Type* other = classes & 2 ? right.as<Type>() : right.isPointer() ? typeOf(right) : nullptr;
  if (other && other != of && isSubtype(other, of)) return nullptr;
  return krt_known_of_class(asValue(of), name);
}

FunctionObject* krt_known_of_class_slow(Value cls, Value name) {
  const Layout* l = &cls.as<Type>()->instanceLayout;
  return methodRow(l, name).name == name ? nullptr : learnMethod(l, name);
}

Value krt_method_n(Value o, Value name, MethodCache* cache, Slot args, uint64_t count) {
  if (FunctionObject* f = methodOfClass(o, name); f && f->arity == static_cast<int32_t>(count) + 1) {
    if (count == 4) return enterMethod(f, o, args[0], args[1], args[2], args[3]);
    if (count == 5) return enterMethod(f, o, args[0], args[1], args[2], args[3], args[4]);
  }
  return callMethodSlow(o, name, cache, args, count);
}

Value krt_method_kw(Value o, Value name, MethodCache* cache, Slot args, uint64_t count, Value names) {
  if (FunctionObject* f = methodOfClass(o, name)) return callWithSelf(f, o, args, count, names);
  const MethodCache* known = knownOf(o, name, cache);
  if (Value found = cachedOfClass(o, name, known)) {
    if (isFunction(found)) return callWithSelf(found.as<FunctionObject>(), o, args, count, names);
    if (isBuiltinCache(known, siteLayout(o)) && asTuple(names)->size) return callBuiltinNamed(methodDefOf(found), found, o, args, count, names);
  }
  Value selfWord;
  Ref f(krt_method_load(o, name, cache, &selfWord));
  if (!f) return lookupFailed(args, count);
  if (!selfWord) return krt_call_kw(f, args, count, names);
  Ref self(selfWord);
  return callFound(f, self, args, count, names);
}

Value krt_method_load_slow(Value o, Value name, MethodCache* cache, Slot self) {
  const bool says = o.isPointer() && cache->layout == markedLayout(o.object()->layout);
  return says ? loadAtHand(o, name, cache, self) : loadBeyond(o, name, cache, self);
}

Value krt_bound_call0_slow(Value o, Value function) {
  return isNone(function) ? krt_call0(o) : boundOther(o, function);
}
Value krt_bound_call1_slow(Value o, Value function, Owned a) {
  return isNone(function) ? krt_call1(o, a) : boundOther(o, function, a);
}
Value krt_bound_call2_slow(Value o, Value function, Owned a, Owned b) {
  return isNone(function) ? krt_call2(o, a, b) : boundOther(o, function, a, b);
}
Value krt_bound_call3_slow(Value o, Value function, Owned a, Owned b, Owned c) {
  return isNone(function) ? krt_call3(o, a, b, c) : boundOther(o, function, a, b, c);
}

Value krt_bound_call_n(Value o, Value function, Slot args, uint64_t count, Value names) {
  if (!isNone(function)) return callFound(function, o, args, count, names);
  return names ? krt_call_kw(o, args, count, names) : krt_call_n(o, args, count);
}

} // extern "C"

} // namespace krait
