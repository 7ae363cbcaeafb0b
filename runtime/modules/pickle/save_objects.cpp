// Pickling by name (classes, functions) and by reduction (everything else).
#include "runtime/modules/pickle/pickle_shared.h"
#include "runtime/object/attributes.h"

namespace krait::pickle {

/// Names as Python 2 had them.
static bool mapNames(Ref& module, Ref& name) {
  Ref key(newTuple({module.get(), name.get()}));
  if (!key) return false;
  Value mapped = dictGet(state.nameMapping3To2, key);
  if (!mapped && errorSet()) return false;
  if (mapped) {
    if (!isTuple(mapped) || asTuple(mapped)->size != 2)
      return raise(RuntimeErrorType, "_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not %.200s", typeOf(mapped)->name), false;
    Value m = asTuple(mapped)->items[0], n = asTuple(mapped)->items[1];
    if (!isStr(m) || !isStr(n))
      return raise(RuntimeErrorType, "_compat_pickle.REVERSE_NAME_MAPPING values should be pairs of str, not (%.200s, %.200s)",
                   typeOf(m)->name, typeOf(n)->name),
             false;
    module = Ref::share(m);
    name = Ref::share(n);
    return true;
  }
  mapped = dictGet(state.importMapping3To2, module);
  if (!mapped) return !errorSet();
  if (!isStr(mapped))
    return raise(RuntimeErrorType, "_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not %.200s", typeOf(mapped)->name), false;
  module = Ref::share(mapped);
  return true;
}

/// 1: written as an extension code; 0: it has none; -1: error.
static int32_t saveExtension(PicklerObject* p, Value v, Value module, Value name) {
  Ref key(newTuple({module, name}));
  if (!key) return -1;
  Value found = dictGet(state.extensionRegistry, key);
  if (!found) return errorSet() ? -1 : 0;
  if (!isExactInt(found))
    return fail(*state.picklingError, "Can't pickle %R: extension code %R isn't an integer", v, found);
  int overflow;
  const int64_t code = intToInt64(found, &overflow);
  if (overflow || code <= 0 || code > 0x7fffffff)
    return fail(RuntimeErrorType, "Can't pickle %R: extension code %ld is out of range", v, static_cast<long>(code));
  char text[5] = {code <= 0xff ? kExt1 : code <= 0xffff ? kExt2 : kExt4};
  std::memcpy(text + 1, &code, 4);
  return put(p, text, code <= 0xff ? 2 : code <= 0xffff ? 3 : 5) ? 1 : -1;
}

static bool putName(PicklerObject* p, Value name, const char* what) {
  Ref bytes(encodeStr(name, p->protocol == 3 ? "utf-8" : "ascii", nullptr));
  if (!bytes) {
    if (errorClearIf(UnicodeEncodeErrorType))
      raise(*state.picklingError, "can't pickle %s identifier '%S' using pickle protocol %d", what, name, p->protocol);
    return false;
  }
  const std::string_view text = bytesView(bytes);
  return put(p, text.data(), static_cast<int64_t>(text.size())) && put(p, "\n", 1);
}

int32_t saveGlobal(PicklerObject* p, Value v, Value givenName) {
  Ref name = Ref::share(givenName);
  if (!name) {
    name.reset(getAttrOptional(v, NAME(__qualname__)));
    if (!name && !errorSet()) name.reset(getAttr(v, NAME(__name__)));
    if (!name) return -1;
  }
  Ref path = dottedPath(Value(), name), moduleName(path ? moduleOf(v, path) : Value());
  if (!moduleName) return -1;
  Ref module(importByName(moduleName));
  if (!module) {
    errorClear();
    return fail(*state.picklingError, "Can't pickle %R: import of module %R failed", v, moduleName.get());
  }
  Ref last = Ref::share(asList(path)->items[asList(path)->size - 1]), parent, found(deepAttribute(module, path, &parent));
  if (!found) {
    errorClear();
    return fail(*state.picklingError, "Can't pickle %R: attribute lookup %S on %S failed", v, name.get(), moduleName.get());
  }
  if (!(found.get() == v))
    return fail(*state.picklingError, "Can't pickle %R: it's not the same object as %S.%S", v, moduleName.get(), name.get());
  if (p->protocol >= 2)
    if (int32_t r = saveExtension(p, v, moduleName, name)) return r < 0 ? -1 : 0;
  if (parent.get() == module.get()) name = Ref::share(last);
  if (p->protocol >= 4) {
    if (save(p, moduleName) < 0 || save(p, name) < 0 || !putOp(p, kStackGlobal)) return -1;
  } else if (!(parent.get() == module.get())) {
    Ref args(newTuple({parent.get(), last.get()})), reduced(args ? newTuple({state.getattrFunction, args}) : Value());
    if (!reduced || saveReduce(p, reduced, Value()) < 0) return -1;
  } else {
    if (p->protocol < 3 && p->fixImports && !mapNames(moduleName, name)) return -1;
    if (!putOp(p, kGlobal) || !putName(p, moduleName, "module") || !putName(p, name, "global")) return -1;
  }
  return memoize(p, v);
}

int32_t saveType(PicklerObject* p, Value v) {
  const Value singleton = v == asValue(&noneType)             ? none()
                          : v == asValue(&notImplementedType) ? notImplemented()
                          : v == asValue(&ellipsisType)       ? ellipsis()
                                                              : Value();
  if (!singleton) return saveGlobal(p, v, Value());
  Ref args(newTuple({singleton})), reduced(args ? newTuple({asValue(&typeType), args}) : Value());
  return reduced ? saveReduce(p, reduced, v) : -1;
}

// ---- reduction ----

/// copyreg.__newobj_ex__(cls, args, kwargs).
static int32_t saveNewObjectEx(PicklerObject* p, Value args) {
  const Type& error = *state.picklingError;
  if (asTuple(args)->size != 3)
    return fail(error, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd", static_cast<ssize_t>(asTuple(args)->size));
  Value cls = asTuple(args)->items[0], positional = asTuple(args)->items[1], named = asTuple(args)->items[2];
  if (!hasTypeFlag(cls, kTypeType))
    return fail(error, "first item from NEWOBJ_EX argument tuple must be a class, not %.200s", typeOf(cls)->name);
  if (!isTuple(positional))
    return fail(error, "second item from NEWOBJ_EX argument tuple must be a tuple, not %.200s", typeOf(positional)->name);
  if (!isDict(named)) return fail(error, "third item from NEWOBJ_EX argument tuple must be a dict, not %.200s", typeOf(named)->name);
  if (p->protocol >= 4)
    return save(p, cls) < 0 || save(p, positional) < 0 || save(p, named) < 0 || !putOp(p, kNewObjEx) ? -1 : 0;
  // functools.partial(cls.__new__, cls, *args, **kwargs)()
  const int64_t n = asTuple(positional)->size;
  Ref all(newTuple(n + 2));
  if (!all) return -1;
  Value make = getAttr(cls, NAME(__new__));
  asTuple(all)->items[0] = make ? make : none();
  asTuple(all)->items[1] = newRef(cls);
  for (int64_t i = 0; i < n; ++i) asTuple(all)->items[i + 2] = newRef(asTuple(positional)->items[i]);
  Ref callable(make ? callTupleDict(state.partial, all, named) : Value());
  return !callable || save(p, callable) < 0 || save(p, emptyTuple()) < 0 || !putOp(p, kReduce) ? -1 : 0;
}

/// copyreg.__newobj__(cls, *args).
static int32_t saveNewObject(PicklerObject* p, Value args, Value v) {
  const Type& error = *state.picklingError;
  if (asTuple(args)->size < 1) return fail(error, "__newobj__ arglist is empty");
  Value cls = asTuple(args)->items[0];
  if (!hasTypeFlag(cls, kTypeType)) return fail(error, "args[0] from __newobj__ args is not a type");
  if (v) {
    Ref actual(classOf(v));
    if (!actual) return -1;
    if (!(actual.get() == cls)) return fail(error, "args[0] from __newobj__ args has the wrong class");
  }
  if (save(p, cls) < 0) return -1;
  Ref rest(tupleSlice(args, 1, asTuple(args)->size));
  return !rest || save(p, rest) < 0 || !putOp(p, kNewObj) ? -1 : 0;
}

int32_t saveReduce(PicklerObject* p, Value reduced, Value v) {
  const Type& error = *state.picklingError;
  const int64_t size = asTuple(reduced)->size;
  if (size < 2 || size > 6) return fail(error, "tuple returned by __reduce__ must contain 2 through 6 elements");
  Value part[6];
  for (int64_t i = 0; i < size; ++i) part[i] = asTuple(reduced)->items[i];
  for (Value& x : part)
    if (x && isNone(x) && &x >= part + 2) x = Value();
  auto [callable, args, objectState, listItems, dictItems, setter] = part;
  if (!isCallable(callable)) return fail(error, "first item of the tuple returned by __reduce__ must be callable");
  if (!isTuple(args)) return fail(error, "second item of the tuple returned by __reduce__ must be a tuple");
  if (listItems && !isIterator(listItems))
    return fail(error, "fourth element of the tuple returned by __reduce__ must be an iterator, not %s", typeOf(listItems)->name);
  if (dictItems && !isIterator(dictItems))
    return fail(error, "fifth element of the tuple returned by __reduce__ must be an iterator, not %s", typeOf(dictItems)->name);
  if (setter && !isCallable(setter))
    return fail(error, "sixth element of the tuple returned by __reduce__ must be a function, not %s", typeOf(setter)->name);

  Ref name;
  if (p->protocol >= 2) {
    name = isFunction(callable) ? Ref::share(callable.as<FunctionObject>()->name) : Ref(getAttrOptional(callable, NAME(__name__)));
    if (!name && errorSet()) return -1;
    if (name && !isStr(name)) name.reset();
  }
  int32_t made;
  if (name && strEqual(name, NAME(__newobj__))) made = saveNewObject(p, args, v);
  else if (name && strEqual(name, NAME(__newobj_ex__))) made = saveNewObjectEx(p, args);
  else made = save(p, callable) < 0 || save(p, args) < 0 || !putOp(p, kReduce) ? -1 : 0;
  if (made < 0) return -1;

  if (v) {
    // Already there: a tuple (or so) that contains itself through its arguments.
    if (p->memo.find(v) >= 0) return putOp(p, kPop) ? putMemo(p, v) : -1;
    if (memoize(p, v) < 0) return -1;
  }
  if (listItems && batchList(p, listItems) < 0) return -1;
  if (dictItems && batchDict(p, dictItems) < 0) return -1;
  if (!objectState) return 0;
  if (!setter) return save(p, objectState) < 0 || !putOp(p, kBuild) ? -1 : 0;
  // setter(v, state), its result dropped.
  return save(p, setter) < 0 || save(p, v) < 0 || save(p, objectState) < 0 || !putOp(p, kTuple2) || !putOp(p, kReduce) || !putOp(p, kPop) ? -1 : 0;
}

} // namespace krait::pickle
