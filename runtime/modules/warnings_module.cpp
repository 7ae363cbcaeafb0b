// _warnings: what warnings.py imports from the runtime.
#include "runtime/exceptions/warnings.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

/// The class of a warning from warn()'s arguments (borrowed); null with TypeError.
Value categoryOf(Value message, Value category) {
  int32_t instance = isInstance(message, asValue(&WarningType));
  if (instance < 0) return Value();
  if (instance) return asValue(typeOf(message));
  if (!category || isNone(category)) return asValue(&UserWarningType);
  int32_t good = hasTypeFlag(category, kTypeType) ? isSubclass(category, asValue(&WarningType)) : 0;
  if (good < 0) return Value();
  return good ? category : raise(TypeErrorType, "category must be a Warning subclass, not '%s'", typeOf(category)->name);
}

Value warnFunction(Value, const Value* argv) {
  Value category = categoryOf(argv[0], argv[1]);
  if (!category) return Value();
  int64_t level = 1;
  if (argv[2]) {
    level = toIndex(argv[2], &OverflowErrorType);
    if (level == -1 && errorSet()) return Value();
  }
  return warnWithSource(category, argv[0], level, argv[3] && !isNone(argv[3]) ? argv[3] : Value()) < 0 ? Value()
                                                                                                     : newRef(none());
}

/// The source line that a module's loader knows: str, or null (without error, too).
Value lineFromLoader(Value globals, int64_t line) {
  Value loader = dictGet(globals, "__loader__"), name = dictGet(globals, "__name__");
  if (!loader || !name || isNone(loader)) return Value();
  Ref key(newStr("get_source"));
  Ref method(getAttrOptional(loader, key));
  Ref source(method ? call(method, {name}) : Value());
  if (!source || isNone(source)) return Value();
  if (!isStr(source)) return raise(TypeErrorType, "must be str, not %T", source.get());
  Ref lines(callMethod(asValue(&strType), "splitlines", {source.get()})); // not what a subclass makes of it
  return lines && line >= 1 && line <= asList(lines)->size ? newRef(asList(lines)->items[line - 1]) : Value();
}

Value warnExplicitFunction(Value, const Value* argv) {
  int64_t line = toIndex(argv[3], &OverflowErrorType);
  if (line == -1 && errorSet()) return Value();
  if (!isStr(argv[2])) return raise(TypeErrorType, "warn_explicit() argument 'filename' must be str, not %T", argv[2]);
  Ref sourceLine;
  if (argv[6] && !isNone(argv[6])) {
    if (!isDict(argv[6])) return raise(TypeErrorType, "module_globals must be a dict, not '%.200T'", argv[6]);
    sourceLine.reset(lineFromLoader(argv[6], line));
    if (!sourceLine && errorSet()) return Value();
  }
  return warnExplicit(argv[1], argv[0], argv[2], line, argv[4], argv[5], sourceLine,
                      argv[7] && !isNone(argv[7]) ? argv[7] : Value()) < 0
             ? Value()
             : newRef(none());
}

Value filtersMutated(Value) {
  warningFiltersMutated();
  return newRef(none());
}

const MethodDef methods[] = {
    {"warn", warnFunction, "($module, /, message, category=None, stacklevel=1, source=None)"},
    {"warn_explicit", warnExplicitFunction,
     "(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)", kMethodUnsigned},
    {"_filters_mutated", filtersMutated},
    {},
};

int exec(Value module) {
  if (moduleAdd(module, "filters", xnewRef(warningFilters())) < 0) return -1;
  if (moduleAdd(module, "_onceregistry", xnewRef(warningOnceRegistry())) < 0) return -1;
  return moduleAdd(module, "_defaultaction", xnewRef(warningDefaultAction()));
}

} // namespace

extern "C" constinit const NativeModule krt_module_warnings = {"_warnings", methods, exec};

} // namespace krait
