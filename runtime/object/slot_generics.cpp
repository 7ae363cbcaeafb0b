// From a slot of a class made in Python to the method that the class defines.
#include "runtime/object/attributes.h"
#include "runtime/object/direct_calls.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/slot_functions.h"
#include "runtime/threads/builtin_events.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

Value callEntry(FunctionObject* f, Value self, const Value* args, size_t count) {
  // The callee's frame owns its arguments.
  incref(self);
  for (size_t i = 0; i < count; ++i) incref(args[i]);
  switch (count) {
  case 0: return reinterpret_cast<Value (*)(FunctionObject*, Value)>(f->entry)(f, self);
  case 1: return reinterpret_cast<Value (*)(FunctionObject*, Value, Value)>(f->entry)(f, self, args[0]);
  case 2: return reinterpret_cast<Value (*)(FunctionObject*, Value, Value, Value)>(f->entry)(f, self, args[0], args[1]);
  default:
    return reinterpret_cast<Value (*)(FunctionObject*, Value, Value, Value, Value)>(f->entry)(f, self, args[0], args[1],
                                                                                             args[2]);
  }
}

/// The attribute of self's class, borrowed; null without error.
Value special(Value self, StrObject* name) { return typeLookup(typeOf(self), reinterpret_cast<const Object*>(name)); }

template <class... A> [[gnu::noinline]] Value callAnyFound(Value found, Value self, A... args) {
  Value words[] = {args..., Value()};
  return callUnbound(found, self, words, sizeof...(A));
}

/// callUnbound; a Python function that takes just these is entered from here.
template <class... A> inline Value callFound(Value found, Value self, A... args) {
  if (isFunction(found) && found.as<FunctionObject>()->arity == static_cast<int32_t>(sizeof...(A)) + 1) [[likely]]
    return enterMethod(found.as<FunctionObject>(), self, newRef(args)...);
  return callAnyFound(found, self, args...);
}

[[gnu::cold]] Value raiseNoSpecial(StrObject* name) { return raise(AttributeErrorType, "%U", Value(&name->header)); }

/// callSpecial by name, likewise.
template <class... A> inline Value callOwn(Value self, StrObject* name, A... args) {
  const Value found = special(self, name);
  return found ? callFound(found, self, args...) : raiseNoSpecial(name);
}

} // namespace

Value callUnbound(Value descr, Value self, const Value* args, size_t count) {
  Ref held = Ref::share(descr);
  if (isFunction(descr)) {
    auto* f = descr.as<FunctionObject>();
    if (f->arity == static_cast<int32_t>(count) + 1 && count <= 3) return callEntry(f, self, args, count);
    if (count <= 5) {
      Value words[6] = {newRef(self)};
      for (size_t i = 0; i < count; ++i) words[i + 1] = newRef(args[i]);
      return callFunctionOwned(f, words, count + 1, Value());
    }
  }
  Value inlineArgs[6];
  if ((typeOf(descr)->flags & kTypeMethodDescriptor) && count + 1 <= 6) {
    inlineArgs[0] = self;
    for (size_t i = 0; i < count; ++i) inlineArgs[i + 1] = args[i];
    if (eventsActive && isExact(descr, methodDescriptorType)) [[unlikely]] expectSilentCall(descr);
    return call(descr, Args{inlineArgs, count + 1, {}});
  }
  TernaryFn get = readyTypeOf(descr)->descrGet;
  if (!get) return call(descr, Args{args, count, {}});
  Ref bound(get(descr, self, asValue(typeOf(self))));
  return bound ? call(bound, Args{args, count, {}}) : Value();
}

Value callIfGotten(Value descr, Value self) {
  const TernaryFn get = isFunction(descr) || typeOf(descr)->flags & kTypeMethodDescriptor ? nullptr : readyTypeOf(descr)->descrGet;
  if (!get) return callUnbound(descr, self, nullptr, 0);
  const Ref held = Ref::share(descr), bound(get(descr, self, asValue(typeOf(self))));
  return bound ? call(bound) : (errorClear(), Value());
}

Value callSpecial(Value self, Value name, const Value* args, size_t count) {
  Value descr = typeLookup(typeOf(self), name);
  if (!descr) return raise(AttributeErrorType, "%U", name);
  return callUnbound(descr, self, args, count);
}

int64_t hashNotImplemented(Value v) { return fail(TypeErrorType, "unhashable type: '%.200s'", typeOf(v)->name); }

Value nextNotImplemented(Value v) { return raise(TypeErrorType, "'%.200s' object is not iterable", typeOf(v)->name); }

/// __getattribute__ as defined, then __getattr__ if that raised AttributeError.
Value slotGetAttrHook(Value o, Value name) {
  // Looked up before anything is raised: a look-up along the MRO drops a pending error.
  Ref getattr = Ref::share(special(o, &krn___getattr__));
  if (getattr && findsPlainly(typeOf(o))) {
    if (Value v = lookupAttribute(o, name, false)) return v;
    if (errorSet()) {
      if (!errorMatches(AttributeErrorType)) return {};
      errorClear();
    }
    return callUnbound(getattr, o, &name, 1);
  }
  Value getattribute = special(o, &krn___getattribute__);
  Value result;
  const bool isWrapper = typeOf(getattribute) == &wrapperDescriptorType && !isHeapType(getattribute.as<DescriptorObject>()->owner);
  if (isWrapper && getattribute.as<DescriptorObject>()->name == NAME(__getattribute__))
    result = getattribute.as<DescriptorObject>()->owner->getAttr(o, name);
  else
    result = callUnbound(getattribute, o, &name, 1);
  if (result) return result;
  if (!getattr || !errorMatches(AttributeErrorType)) return {};
  errorClear();
  return callUnbound(getattr, o, &name, 1);
}

/// t.__new__, where that is a static method and nothing that the metaclass has comes first (borrowed); else null.
static Value plainNew(Type* t) {
  Type* meta = typeOf(asValue(t));
  if (meta != &typeType) {
    if (meta->getAttr != typeType.getAttr) return {};
    if (Value found = typeLookup(meta, NAME(__new__)); found && readyTypeOf(found)->descrSet) return {};
  }
  Value found = typeLookup(t, NAME(__new__));
  return found && isExact(found, staticmethodType) ? found.as<MethodWrapObject>()->callable : Value();
}

Value slotConstruct(Type* t, const Args& args) {
  Ref f = Ref::share(plainNew(t));
  if (!f) f.reset(getAttr(asValue(t), NAME(__new__)));
  if (!f) return {};
  size_t total = args.count + args.nameCount();
  Value small[8];
  Value* values = total + 1 <= 8 ? small : new Value[total + 1];
  values[0] = asValue(t);
  for (size_t i = 0; i < total; ++i) values[i + 1] = args[i];
  Value result = call(f, Args{values, args.count + 1, args.names});
  if (values != small) delete[] values;
  return result;
}

int32_t slotInit(Value self, const Args& args) {
  Value descr = special(self, &krn___init__);
  if (!descr) return fail(AttributeErrorType, "__init__");
  Ref result;
  if (!args.hasNames()) {
    result.reset(callUnbound(descr, self, args.values, args.count));
  } else {
    Ref bound = readyTypeOf(descr)->descrGet
                    ? Ref(readyTypeOf(descr)->descrGet(descr, self, asValue(typeOf(self))))
                    : Ref::share(descr);
    if (!bound) return -1;
    result.reset(call(bound, args));
  }
  if (!result) return -1;
  if (!isNone(result))
    return fail(TypeErrorType, "__init__() should return None, not '%.200s'", typeOf(result)->name);
  return 0;
}

namespace slot_generics {

Value callNamed(Value self, StrObject* name) { return callOwn(self, name); }
Value callNamed(Value self, StrObject* name, Value a) { return callOwn(self, name, a); }

Value numberBinaryWith(Value a, Value b, BinaryMember member, BinaryFn self, StrObject* name, StrObject* reflected) {
  Type *ta = readyTypeOf(a), *tb = readyTypeOf(b);
  auto has = [&](Type* t) { return t->number && t->number->*member == self; };
  bool tryOther = ta != tb && has(tb);
  if (has(ta)) {
    if (tryOther && isSubtype(tb, ta)) {
      // The right operand's class is derived: it goes first if it redefines the reflected method.
      Value mine = special(a, reflected), theirs = special(b, reflected);
      bool overloaded = theirs && mine != theirs;
      if (overloaded && mine) {
        int32_t same = compareBool(mine, theirs, kEq);
        if (same < 0) return {};
        overloaded = !same;
      }
      if (overloaded) {
        Value r = callUnbound(special(b, reflected), b, &a, 1);
        if (!r || r != notImplemented()) return r;
        tryOther = false;
      }
    }
    if (Value method = special(a, name)) {
      Value r = callFound(method, a, b);
      if (!r || r != notImplemented() || ta == tb) return r;
    } else if (ta == tb) {
      return notImplemented();
    }
  }
  if (tryOther)
    if (Value method = special(b, reflected)) return callFound(method, b, a);
  return notImplemented();
}

int32_t setAttrGeneric(Value o, Value name, Value v) {
  Value args[2] = {name, v};
  Ref r(v ? callSpecial(o, NAME(__setattr__), args, 2) : callSpecial(o, NAME(__delattr__), args, 1));
  return r ? 0 : -1;
}

Value reprGeneric(Value o) {
  if (Value f = special(o, &krn___repr__))
    if (const Value text = callIfGotten(f, o); text || errorSet()) return text;
  return formatText("<%s object at %p>", typeOf(o)->name, static_cast<void*>(o.object()));
}
Value strGeneric(Value o) { return callSpecial(o, NAME(__str__), nullptr, 0); }

/// The hash that is no small number: owned, or null for an error. A text's is mostly an int of 64 bits.
[[gnu::noinline]] static int64_t hashAnswered(Value answer) {
  if (int64_t h; answer && readShortInt(answer, &h)) {
    decref(answer);
    return h == -1 ? -2 : h;
  }
  Ref r(answer);
  if (!r) return -1;
  if (!isInt(r)) return fail(TypeErrorType, "__hash__ method should return an integer");
  int overflow;
  int64_t h = intToInt64(r, &overflow);
  if (overflow) h = intHash(r);
  return h == -1 ? -2 : h;
}
/// What is no method is bound first, and may come to None.
[[gnu::noinline]] static Value hashByDescriptor(Value f, Value o) {
  TernaryFn get = readyTypeOf(f)->descrGet;
  Ref bound = get ? Ref(get(f, o, asValue(typeOf(o)))) : Ref::share(f);
  if (!bound) {
    errorClear();
    hashNotImplemented(o);
    return {};
  }
  if (!isNone(bound)) return call(bound, {});
  hashNotImplemented(o);
  return {};
}
int64_t hashGeneric(Value o) {
  const Value f = special(o, &krn___hash__);
  if (!f || isNone(f)) return hashNotImplemented(o);
  const Value answer = typeOf(f)->flags & kTypeMethodDescriptor ? callFound(f, o) : hashByDescriptor(f, o);
  if (!answer.isSmallInt()) return hashAnswered(answer);
  return answer.smallInt() == -1 ? -2 : answer.smallInt();
}

Value callGeneric(Value o, const Args& args) {
  Value f = special(o, &krn___call__);
  if (!f) return raise(TypeErrorType, "'%.200s' object is not callable", typeOf(o)->name);
  if (!args.hasNames()) return callUnbound(f, o, args.values, args.count);
  TernaryFn get = readyTypeOf(f)->descrGet;
  Ref bound = get ? Ref(get(f, o, asValue(typeOf(o)))) : Ref::share(f);
  return bound ? call(bound, args) : Value();
}

/// What is no method is bound first, and kept.
[[gnu::noinline]] static Value compareByDescriptor(Value f, Value a, Value b) {
  Ref held = Ref::share(f);
  TernaryFn get = readyTypeOf(f)->descrGet;
  Ref bound = get ? Ref(get(f, a, asValue(typeOf(a)))) : Ref::share(f);
  if (!bound) {
    // An operator that cannot be had is one that is not there.
    errorClear();
    return notImplemented();
  }
  return call(bound, {b});
}
Value comparisonOf(Value a, int op) {
  static StrObject* const names[] = {&krn___lt__, &krn___le__, &krn___eq__, &krn___ne__, &krn___gt__, &krn___ge__};
  return special(a, names[op]);
}
Value compareGeneric(Value a, Value b, int op) {
  const Value f = comparisonOf(a, op);
  if (!f) return notImplemented();
  return typeOf(f)->flags & kTypeMethodDescriptor ? callFound(f, a, b) : compareByDescriptor(f, a, b);
}

Value iterGeneric(Value o) {
  if (Value f = special(o, &krn___iter__)) {
    if (isNone(f)) return raise(TypeErrorType, "'%.200s' object is not iterable", typeOf(o)->name);
    if (isFunction(f)) [[likely]] return callFound(f, o);
    if (const Value it = callIfGotten(f, o); it || errorSet()) return it;
  }
  if (!special(o, &krn___getitem__)) return raise(TypeErrorType, "'%.200s' object is not iterable", typeOf(o)->name);
  return newSequenceIterator(o);
}

/// What a class has whose instances go over another iterator's items: `__next__ = generator().__next__`.
[[gnu::noinline]] static Value nextOfBound(Value bound) {
  const Ref held = Ref::share(bound);
  const RecursionLevels level(1);
  return level ? methodWrapperType.call(bound, Args{nullptr, 0, {}}) : Value();
}

Value nextGeneric(Value o) {
  const Value found = special(o, &krn___next__);
  Value v = !found ? raiseNoSpecial(&krn___next__) : isExact(found, methodWrapperType) ? nextOfBound(found) : callFound(found, o);
  if (!v) errorClearIf(StopIterationType);
  return v;
}

// CPython does not bind what it finds: a descriptor that is its own __get__ is called.
Value descrGetGeneric(Value descr, Value o, Value type) {
  Value f = special(descr, &krn___get__);
  if (!f) return newRef(descr);
  if (isFunction(f)) return callFound(f, descr, o ? o : none(), type ? type : none());
  Value args[3] = {descr, o ? o : none(), type ? type : none()};
  Ref held = Ref::share(f);
  return call(f, Args{args, 3, {}});
}

int32_t descrSetGeneric(Value descr, Value o, Value v) {
  Value args[2] = {o, v};
  Ref r(v ? callSpecial(descr, NAME(__set__), args, 2) : callSpecial(descr, NAME(__delete__), args, 1));
  return r ? 0 : -1;
}

void finalizeGeneric(Object* o) {
  Ref pending = errorTake();
  if (Value f = special(o, &krn___del__)) {
    // What is no method is bound first; one that cannot be had is one that is not there.
    const bool isMethod = typeOf(f)->flags & kTypeMethodDescriptor;
    TernaryFn get = isMethod ? nullptr : readyTypeOf(f)->descrGet;
    Ref found = get ? Ref(get(f, o, asValue(typeOf(o)))) : Ref::share(f);
    if (!found) {
      errorClear();
    } else if (Ref r(isMethod ? callUnbound(found, o, nullptr, 0) : call(found, {})); !r) {
      errorUnraisable(nullptr, isNone(found) ? Value() : found.get());
    }
  }
  if (pending) errorRestore(pending.release());
}

Value powGeneric(Value a, Value b, Value mod) {
  if (isNone(mod)) {
    Type *ta = readyTypeOf(a), *tb = readyTypeOf(b);
    auto has = [](Type* t) { return t->number && t->number->pow == powGeneric; };
    bool tryOther = ta != tb && has(tb);
    if (has(ta)) {
      if (tryOther && isSubtype(tb, ta)) {
        Value mine = special(a, &krn___rpow__), theirs = special(b, &krn___rpow__);
        if (theirs && mine != theirs) {
          Value r = callUnbound(theirs, b, &a, 1);
          if (!r || r != notImplemented()) return r;
          tryOther = false;
        }
      }
      if (Value f = special(a, &krn___pow__)) {
        Value r = callUnbound(f, a, &b, 1);
        if (!r || r != notImplemented() || ta == tb) return r;
      }
    }
    if (tryOther)
      if (Value f = special(b, &krn___rpow__)) return callUnbound(f, b, &a, 1);
    return notImplemented();
  }
  // Three arguments never reach the reflected method; and a may not be the one that has this slot.
  Type* ta = readyTypeOf(a);
  if (ta->number && ta->number->pow == powGeneric) {
    Value args[2] = {b, mod};
    return callSpecial(a, NAME(__pow__), args, 2);
  }
  return notImplemented();
}
Value ipowGeneric(Value a, Value b, Value) { return callSpecial(a, NAME(__ipow__), &b, 1); }

/// The truth of what a method answered: owned, or null for an error. True and False do not die.
[[gnu::noinline]] static int32_t truthOfOther(Value answer) {
  Ref held(answer);
  return answer ? isTrue(answer) : -1;
}
static inline int32_t truthOfAnswer(Value answer) {
  return answer == boolean(true) ? 1 : answer == boolean(false) ? 0 : truthOfOther(answer);
}
[[gnu::noinline]] static int32_t failNoBool(Value answer) {
  Ref held(answer);
  return answer ? fail(TypeErrorType, "__bool__ should return bool, returned %.200s", typeOf(answer)->name) : -1;
}
int32_t truthGeneric(Value o) {
  if (const Value f = special(o, &krn___bool__)) {
    const Value answer = callFound(f, o);
    return answer == boolean(true) ? 1 : answer == boolean(false) ? 0 : failNoBool(answer);
  }
  const Value length = special(o, &krn___len__);
  return length ? truthOfAnswer(callFound(length, o)) : 1;
}

int64_t lengthGeneric(Value o) {
  Ref r(callOwn(o, &krn___len__));
  if (!r) return -1;
  Ref i(index(r));
  if (!i) return -1;
  if (intSign(i) < 0) return fail(ValueErrorType, "__len__() should return >= 0");
  int overflow;
  int64_t n = intToInt64(i, &overflow);
  if (overflow) return fail(OverflowErrorType, "cannot fit '%.200s' into an index-sized integer", typeOf(i)->name);
  return n;
}

/// What a class of dicts that redefines nothing but __delitem__ has for the other.
static bool isOwnSetItem(Value f) {
  return f && isExact(f, wrapperDescriptorType) && f.as<DescriptorObject>()->owner == &dictType;
}
int32_t setSubscriptGeneric(Value o, Value key, Value v) {
  if (v && isDict(o) && isOwnSetItem(special(o, &krn___setitem__))) {
    RecursionLevels level(1);
    return level ? dictSet(o, key, v) : -1;
  }
  Ref r(v ? callOwn(o, &krn___setitem__, key, v) : callOwn(o, &krn___delitem__, key));
  return r ? 0 : -1;
}
Value itemGeneric(Value o, int64_t i) {
  Ref n(newInt(i));
  return callOwn(o, &krn___getitem__, n.get());
}
int32_t setItemGeneric(Value o, int64_t i, Value v) {
  Ref n(newInt(i));
  return setSubscriptGeneric(o, n, v);
}

int32_t containsGeneric(Value o, Value v) {
  Value f = special(o, &krn___contains__);
  if (f && isNone(f)) return fail(TypeErrorType, "'%.200s' object is not a container", typeOf(o)->name);
  if (f) return truthOfAnswer(callFound(f, o, v));
  Ref it(iterate(o));
  if (!it) return -1;
  while (Value item = next(it)) {
    Ref held(item);
    int32_t same = compareBool(item, v, kEq);
    if (same) return same;
  }
  return errorSet() ? -1 : 0;
}

} // namespace slot_generics

Value nextWithStop(Value iterator) {
  if (typeOf(iterator)->next == slot_generics::nextGeneric) return callOwn(iterator, &krn___next__);
  return typeOf(iterator)->next(iterator);
}

} // namespace krait
