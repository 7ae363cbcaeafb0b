// _weakref: what weakref.py builds on.
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

Value getWeakrefCount(Value, Value object) { return newInt(weakrefCount(object)); }
Value getWeakrefs(Value, Value object) { return weakrefList(object); }

Value proxy(Value, const Value* argv) { return newWeakProxy(argv[0], argv[1]); }

/// Deletes the key if its weak reference is dead by now: it may have been replaced since.
Value removeDead(Value, const Value* argv) {
  Value dict = argv[0], key = argv[1];
  if (!isDict(dict)) return raise(TypeErrorType, "_remove_dead_weakref() argument 1 must be dict, not %.50G", dict);
  Value ref = dictGet(dict, key);
  if (!ref) return errorSet() ? Value() : none();
  if (!isWeakref(ref)) return raise(TypeErrorType, "not a weakref");
  if (!weakrefTarget(ref) && dictDeleteIfPresent(dict, key) < 0) return Value();
  return none();
}

constinit const MethodDef methods[] = {
    {"_remove_dead_weakref", removeDead, "($module, dct, key, /)"},
    {"getweakrefcount", getWeakrefCount, "($module, object, /)"},
    {"getweakrefs", getWeakrefs, "($module, object, /)"},
    {"proxy", proxy, "($module, object, callback=None, /)"},
    {},
};

int execute(Value module) {
  if (moduleAdd(module, "ref", newRef(asValue(&weakrefType))) < 0) return -1;
  if (moduleAdd(module, "ReferenceType", newRef(asValue(&weakrefType))) < 0) return -1;
  if (moduleAdd(module, "ProxyType", newRef(asValue(&proxyType))) < 0) return -1;
  return moduleAdd(module, "CallableProxyType", newRef(asValue(&callableProxyType)));
}

} // namespace

extern "C" constinit const NativeModule krt_module_weakref = {"_weakref", methods, execute};

} // namespace krait
