// _imp: what importlib's Python half asks of the runtime. There is no frozen
// code and there are no extension modules; builtin ones are the native modules.
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

// The import lock is the GIL's business here: taking it always succeeds.
int64_t lockDepth;
Value lockHeld(Value) { return boolean(lockDepth > 0); }
Value acquireLock(Value) {
  ++lockDepth;
  return none();
}
Value releaseLock(Value) {
  if (lockDepth == 0) return raise(RuntimeErrorType, "not holding the import lock");
  --lockDepth;
  return none();
}

Value isBuiltin(Value, Value name) {
  if (!isStr(name)) return raise(TypeErrorType, "is_builtin() argument must be str, not %.50G", name);
  if (strEqual(name, "sys") || strEqual(name, "builtins")) return newInt(-1); // cannot be made a second time
  return newInt(findNative(name) ? 1 : 0);
}
Value no(Value, Value) { return boolean(false); }
Value overrideFrozen(Value, Value how) {
  int number;
  if (!intArgument(how, &number)) return Value();
  overrideFrozenFiles(number);
  return none();
}
Value noFrozen(Value, const Value*) { return none(); }
Value raiseNoFrozen(Value, const Args& args) {
  return raise(ImportErrorType, "No such frozen object named %S", args.count ? args[0] : none());
}

// The module of a spec: the one in sys.modules, or a fresh one (executed at once).
Value createBuiltin(Value, Value spec) {
  Ref name(getAttr(spec, "name"));
  if (!name) return Value();
  if (!isStr(name)) return raise(TypeErrorType, "name must be string, not %.200T", name.get());
  if (Value present = dictGet(sysModules(), name)) return newRef(present);
  Ref module(loadBuiltin(name));
  if (!module) return errorSet() ? Value() : newRef(none());
  // Its spec and loader are the business of who asked.
  Value d = moduleDict(module);
  if (dictSet(d, NAME(__spec__), none()) < 0 || dictSet(d, NAME(__loader__), none()) < 0 || dictSet(d, NAME(__package__), none()) < 0)
    return Value();
  return module.release();
}
Value execBuiltin(Value, Value) { return newInt(0); }

/// What a .pyc with a hash is compared by.
Value sourceHash(Value, const Value* argv) {
  int overflow = 0;
  Ref number(index(argv[0]));
  if (!number) return Value();
  const int64_t key = intToInt64(number, &overflow);
  Buffer view;
  if (getBuffer(argv[1], &view, kBufferSimple) < 0) return Value();
  const uint64_t hash = sipHash(static_cast<uint64_t>(key), 0, view.data, static_cast<size_t>(view.bytes));
  releaseBuffer(&view);
  return newBytes(std::string_view(reinterpret_cast<const char*>(&hash), sizeof hash));
}
Value frozenModuleNames(Value) { return newList(0); }

Value extensionSuffixes(Value) { return newList(0); }
/// `code`, and what stands in it, is from the file `path`, no longer from `old`.
int32_t changeFilename(Value code, Value old, Value path) {
  auto* info = const_cast<CodeInfo*>(codeInfoOf(code));
  if (!strEqual(info->filename, old)) return 0;
  info->filename = newRef(path); // other copies of the description may share the old one
  Ref constants(getAttr(code, "co_consts"));
  if (!constants) return -1;
  for (int64_t i = 0; i < asTuple(constants)->size; ++i)
    if (Value inner = asTuple(constants)->items[i]; isExact(inner, codeType) && changeFilename(inner, old, path) < 0) return -1;
  return 0;
}
Value fixFilename(Value, const Value* argv) {
  if (!isExact(argv[0], codeType)) return raise(TypeErrorType, "_fix_co_filename() argument 1 must be code, not %.50T", argv[0]);
  if (!isStr(argv[1])) return raise(TypeErrorType, "_fix_co_filename() argument 2 must be str, not %.50T", argv[1]);
  Ref old = Ref::share(codeInfoOf(argv[0])->filename);
  Ref file(codeFileOf(argv[1]));
  if (!file || strEqual(old, file)) return file ? none() : Value();
  return changeFilename(argv[0], old, file) < 0 ? Value() : none();
}
Value createDynamic(Value, const Args&) { return raise(ImportErrorType, "dynamic modules are not supported"); }

constinit const MethodDef methods[] = {
    {"_fix_co_filename", fixFilename, "($module, code, path, /)"},
    {"_override_frozen_modules_for_tests", overrideFrozen, "($module, override, /)"},
    {"_frozen_module_names", frozenModuleNames, "($module, /)"},
    {"acquire_lock", acquireLock, "($module, /)"},
    {"create_builtin", createBuiltin, "($module, spec, /)"},
    {"create_dynamic", createDynamic, "($module, spec, file=<unrepresentable>, /)"},
    {"exec_builtin", execBuiltin, "($module, mod, /)"},
    {"exec_dynamic", execBuiltin, "($module, mod, /)"},
    {"extension_suffixes", extensionSuffixes, "($module, /)"},
    {"find_frozen", noFrozen, "($module, name, /, *, withdata=False)"},
    {"get_frozen_object", raiseNoFrozen, "($module, name, data=None, /)"},
    {"init_frozen", raiseNoFrozen, "($module, name, /)"},
    {"is_builtin", isBuiltin, "($module, name, /)"},
    {"is_frozen", no, "($module, name, /)"},
    {"is_frozen_package", no, "($module, name, /)"},
    {"lock_held", lockHeld, "($module, /)"},
    {"release_lock", releaseLock, "($module, /)"},
    {"source_hash", sourceHash, "($module, /, key, source)"},
    {},
};

int execute(Value module) { return moduleAdd(module, "check_hash_based_pycs", newStr(runtimeFlags.checkHashBasedPycs)); }

} // namespace

extern "C" constinit const NativeModule krt_module_imp = {"_imp", methods, execute};

} // namespace krait
