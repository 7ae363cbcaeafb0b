// Finding things by module and name, both ways; methods of the pickler itself.
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/module_locks.h"
#include "runtime/modules/pickle/pickle_shared.h"

namespace krait::pickle {

Ref dottedPath(Value object, Value name) {
  Ref path(callMethod(name, NAME(split), {latin1Char('.')}));
  if (!path) return Ref();
  for (int64_t i = 0; i < asList(path)->size; ++i) {
    if (!strEqual(asList(path)->items[i], "<locals>")) continue;
    if (object) raise(AttributeErrorType, "Can't get local attribute %R on %R", name, object);
    else raise(AttributeErrorType, "Can't pickle local object %R", name);
    return Ref();
  }
  return path;
}

Value deepAttribute(Value object, Value path, Ref* parent) {
  Ref current = Ref::share(object), above;
  for (int64_t i = 0; i < asList(path)->size; ++i) {
    above = std::move(current);
    current.reset(getAttrOptional(above, asList(path)->items[i]));
    if (!current) return Value();
  }
  if (parent) *parent = std::move(above);
  return current.release();
}

Value getAttribute(Value object, Value name, bool qualified) {
  Ref found;
  if (qualified) {
    Ref path = dottedPath(object, name);
    if (!path) return Value();
    found.reset(deepAttribute(object, path, nullptr));
  } else {
    found.reset(getAttrOptional(object, name));
  }
  if (!found && !errorSet()) return raise(AttributeErrorType, "Can't get attribute %R on %R", name, object);
  return found.release();
}

/// 1: this module has it; 0: not; -1: error.
static int32_t moduleHas(Value name, Value module, Value global, Value path) {
  if (isNone(module) || (isStr(name) && strEqual(name, "__main__"))) return 0;
  Ref candidate(deepAttribute(module, path, nullptr));
  if (!candidate) return errorSet() ? -1 : 0;
  return candidate.get() == global;
}

Value moduleOf(Value global, Value path) {
  Ref own(getAttrOptional(global, NAME(__module__)));
  if (!own && errorSet()) return Value();
  if (own && !isNone(own)) return own.release();
  Value modules = sysModules();
  if (!modules) return raise(RuntimeErrorType, "unable to get sys.modules");
  // A look-up may import and so change the dict: go over a copy.
  Ref items(isDict(modules) ? dictItemsList(modules) : Value());
  if (!items) {
    if (errorSet()) return Value();
    Ref view(callMethod(modules, NAME(items)));
    items.reset(view ? toList(view) : Value());
    if (!items) return Value();
  }
  for (int64_t i = 0; i < asList(items)->size; ++i) {
    Value pair = asList(items)->items[i];
    if (!isTuple(pair) || asTuple(pair)->size != 2) continue;
    const int32_t has = moduleHas(asTuple(pair)->items[0], asTuple(pair)->items[1], global, path);
    if (has < 0) return Value();
    if (has) return newRef(asTuple(pair)->items[0]);
  }
  return newRef(NAME(__main__));
}

Value importByName(Value name) {
  if (!isStr(name)) return raise(TypeErrorType, "module name must be str, not %.200s", typeOf(name)->name);
  Value modules = sysModules();
  if (isDict(modules) && isExactStr(name)) {
    Value known = dictGet(modules, name);
    if (!known && errorSet()) return Value();
    if (known && !(modulesAreLocked() && moduleIsInitializing(known))) return newRef(known);
  }
  Ref done(importAbsolute(name));
  if (!done) return Value();
  // What is there under that name now: a module may replace itself.
  return getItem(sysModules(), name);
}

int32_t methodOfSelf(Value self, Value name, Value* method, bool* own) {
  Ref found(getAttrOptional(self, name));
  if (!found && errorSet()) return -1;
  *own = false;
  if (found && isExact(found, methodType) && found.as<MethodObject>()->self == self) {
    *own = true;
    found = Ref::share(found.as<MethodObject>()->function);
  }
  assign(*method, found.release());
  return 0;
}

Value callMethodOfSelf(Value self, Value method, bool own, Value argument) {
  Ref held = Ref::share(method);
  return own ? call(held, {self, argument}) : call(held, {argument});
}

} // namespace krait::pickle
