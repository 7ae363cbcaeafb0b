// object.__reduce__, __reduce_ex__ and __getstate__, with copyreg for the older
// protocols and for the registry of slot names.
#include "runtime/types/object_reduce.h"

#include "runtime/object/attributes.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

/// A function of copyreg: owned, null with an error.
Value copyregFunction(Value name) {
  Value modules = sysModules();
  if (modules && isExactDict(modules))
    if (Value copyreg = dictGet(modules, NAME(copyreg))) {
      Ref held = Ref::share(copyreg);
      return getAttr(held, name);
    }
  if (errorSet()) return {};
  Ref copyreg(importModule("copyreg"));
  return copyreg ? getAttr(copyreg, name) : Value();
}

/// copyreg._slotnames(cls): a list, or None.
Ref slotNamesOf(Type* t) {
  if (isHeapType(t)) {
    Value cached = dictGet(t->dict, NAME(__slotnames__));
    if (cached) {
      if (!isList(cached) && !isNone(cached)) {
        raise(TypeErrorType, "%.200s.__slotnames__ should be a list or None, not %.200s", t->name, typeOf(cached)->name);
        return Ref();
      }
      return Ref::share(cached);
    }
  }
  Ref function(copyregFunction(NAME(_slotnames)));
  Ref names(function ? call(function, {asValue(t)}) : Value());
  if (names && !isList(names) && !isNone(names)) {
    raise(TypeErrorType, "copyreg._slotnames didn't return a list or None");
    return Ref();
  }
  return names;
}

/// The state without __getstate__: the dict, or (dict, slots) where slots hold something.
Value defaultState(Value self, bool required) {
  Type* t = readyTypeOf(self);
  if (required && itemSize(t)) return raise(TypeErrorType, "cannot pickle %.200s objects", t->name);
  // The instance's own dict, whatever the class says about __dict__. Without attributes there is no state to speak of.
  const Value d = self.isPointer() && t->instanceLayout.dictOffset ? instanceDict(self.object()) : Value();
  if (!d && errorSet()) return {};
  Ref state = Ref::share(d && dictSize(d) ? d : none());
  Ref names = slotNamesOf(t);
  if (!names) return {};
  int64_t count = isNone(names) ? 0 : asList(names)->size;
  if (required && hasUnknownState(t, count, static_cast<bool>(state) && !isNone(state)))
    return raise(TypeErrorType, "cannot pickle '%.200s' object", t->name);
  if (count == 0) return state.release();
  Ref slots(newDict());
  if (!slots) return {};
  for (int64_t i = 0; i < count; ++i) {
    Ref name = Ref::share(asList(names)->items[i]);
    Ref v(getAttrOptional(self, name));
    if (!v) {
      if (errorSet()) return {};
      continue;
    }
    if (dictSet(slots, name, v) < 0) return {};
  }
  if (dictSize(slots) == 0) return state.release();
  return newTuple({state.get(), slots.get()});
}

Value stateOf(Value self, bool required) {
  // The builtin one is asked directly, with what the caller knows.
  if (usesObjectMethod(self, NAME(__getstate__))) return defaultState(self, required);
  Ref method(getAttr(self, NAME(__getstate__)));
  if (!method) return {};
  if (isExact(method, builtinFunctionType) && method.as<BuiltinFunctionObject>()->self == self &&
      method.as<BuiltinFunctionObject>()->def->noArgs == objectGetState)
    return defaultState(self, required);
  return call(method);
}

/// Arguments for cls.__new__: *args gets a tuple or stays null, *kwargs a dict or stays null. False: error.
bool newArguments(Value self, Ref& args, Ref& kwargs) {
  if (Ref method(lookupSpecial(self, NAME(__getnewargs_ex__))); method) {
    Ref pair(call(method));
    if (!pair) return false;
    if (!isTuple(pair)) {
      raise(TypeErrorType, "__getnewargs_ex__ should return a tuple, not '%.200s'", typeOf(pair)->name);
      return false;
    }
    if (asTuple(pair)->size != 2) {
      raise(ValueErrorType, "__getnewargs_ex__ should return a tuple of length 2, not %lld",
            static_cast<long long>(asTuple(pair)->size));
      return false;
    }
    args = Ref::share(asTuple(pair)->items[0]);
    kwargs = Ref::share(asTuple(pair)->items[1]);
    if (!isTuple(args)) {
      raise(TypeErrorType, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%.200s'",
            typeOf(args)->name);
      return false;
    }
    if (!isDict(kwargs)) {
      raise(TypeErrorType, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%.200s'",
            typeOf(kwargs)->name);
      return false;
    }
    return true;
  }
  if (errorSet()) return false;
  if (Ref method(lookupSpecial(self, NAME(__getnewargs__))); method) {
    args.reset(call(method));
    if (!args) return false;
    if (!isTuple(args)) {
      raise(TypeErrorType, "__getnewargs__ should return a tuple, not '%.200s'", typeOf(args)->name);
      return false;
    }
    return true;
  }
  return !errorSet();
}

Value itemsIterator(Value self) {
  if (!isDict(self)) return none();
  Ref items(callMethod(self, NAME(items)));
  return items ? iterate(items) : Value();
}

/// Protocol 2 and above: (copyreg.__newobj__, (cls, *args), state, list items, dict items).
Value reduceNew(Value self) {
  Type* t = readyTypeOf(self);
  if (!t->construct) return raise(TypeErrorType, "cannot pickle '%.200s' object", t->name);
  Ref args, kwargs;
  if (!newArguments(self, args, kwargs)) return {};
  bool hasArgs = static_cast<bool>(args);
  Ref function, arguments;
  if (!kwargs || dictSize(kwargs) == 0) {
    function.reset(copyregFunction(NAME(__newobj__)));
    int64_t n = args ? asTuple(args)->size : 0;
    arguments.reset(newTuple(n + 1));
    if (!function || !arguments) return {};
    asTuple(arguments)->items[0] = newRef(asValue(t));
    for (int64_t i = 0; i < n; ++i) asTuple(arguments)->items[i + 1] = newRef(asTuple(args)->items[i]);
  } else {
    function.reset(copyregFunction(NAME(__newobj_ex__)));
    if (!function) return {};
    arguments.reset(newTuple({asValue(t), args.get(), kwargs.get()}));
  }
  bool required = !hasArgs && !isList(self) && !isDict(self);
  Ref state(stateOf(self, required));
  if (!state) return {};
  Ref listItems(isList(self) ? iterate(self) : none());
  if (!listItems) return {};
  Ref dictItems(itemsIterator(self));
  if (!dictItems) return {};
  return newTuple({function.get(), arguments.get(), state.get(), listItems.get(), dictItems.get()});
}

Value reduceFor(Value self, int64_t protocol) {
  if (protocol >= 2) return reduceNew(self);
  Ref copyreg(importModule("copyreg"));
  return copyreg ? callMethod(copyreg, "_reduce_ex", {self, newInt(protocol)}) : Value();
}

} // namespace

Value objectGetState(Value self) { return defaultState(self, false); }
Value objectReduce(Value self) { return reduceFor(self, 0); }

Value objectReduceEx(Value self, Value protocol) {
  int64_t number = toInt64(protocol);
  if (number == -1 && errorSet()) return {};
  // A class that overrides __reduce__ is asked there.
  if (!usesObjectMethod(self, NAME(__reduce__))) {
    Ref reduce(getAttrOptional(self, NAME(__reduce__)));
    if (!reduce && errorSet()) return {};
    Ref ofClass(reduce ? getAttr(asValue(typeOf(self)), NAME(__reduce__)) : Value());
    if (reduce && !ofClass) return {};
    if (reduce && ofClass.get() != typeLookup(&objectType, NAME(__reduce__))) return call(reduce);
  }
  return reduceFor(self, number);
}

} // namespace krait
