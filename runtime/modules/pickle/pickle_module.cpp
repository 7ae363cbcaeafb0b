// _pickle: dump, dumps, load, loads; PickleBuffer; the module.
#include "runtime/modules/module_exception.h"
#include "runtime/modules/pickle/pickle_shared.h"
#include "runtime/types/memoryview.h"

namespace krait {
namespace pickle {

State state;

// ---- functions ----

static Value dumpFunction(Value, const Value* argv) {
  Ref pickler(newPickler());
  if (!pickler) return Value();
  PicklerObject* p = asPickler(pickler);
  if (setProtocol(p, argv[2], argv[3]) < 0 || setOutput(p, argv[1]) < 0 || setBufferCallback(p, argv[4]) < 0) return Value();
  if (dumpObject(p, argv[0]) < 0 || !flushToFile(p)) return Value();
  return none();
}
static Value dumpsFunction(Value, const Value* argv) {
  Ref pickler(newPickler());
  if (!pickler) return Value();
  PicklerObject* p = asPickler(pickler);
  if (setProtocol(p, argv[1], argv[2]) < 0 || setBufferCallback(p, argv[3]) < 0 || dumpObject(p, argv[0]) < 0) return Value();
  return newBytes(std::string_view(p->output, static_cast<size_t>(p->size)));
}
/// argv: source, fix_imports, encoding, errors, buffers.
static Value loadFrom(const Value* argv, int32_t (*source)(UnpicklerObject*, Value)) {
  Ref unpickler(newUnpickler());
  if (!unpickler) return Value();
  UnpicklerObject* u = asUnpickler(unpickler);
  const int32_t fix = argv[1] ? isTrue(argv[1]) : 1;
  if (fix < 0 || source(u, argv[0]) < 0 || setEncoding(u, argv[2], argv[3]) < 0 || setBuffers(u, argv[4]) < 0) return Value();
  u->fixImports = fix;
  return load(u);
}
static Value loadFunction(Value, const Value* argv) { return loadFrom(argv, setInput); }
static Value loadsFunction(Value, const Value* argv) { return loadFrom(argv, setInputBytes); }

// ---- PickleBuffer ----

static PickleBufferObject* asPickleBuffer(Value v) { return v.as<PickleBufferObject>(); }

static Value bufferConstruct(Type* t, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("PickleBuffer", "(object, /)", args, argv, 1, holder) < 0) return Value();
  Ref v(allocateOf(t, 0));
  if (!v || getBuffer(argv[0], &asPickleBuffer(v)->view, kBufferFull) < 0) return Value();
  gcTrack(v.get().object());
  return v.release();
}
static int bufferTraverse(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<PickleBufferObject*>(o)->view.owner, context);
}
static void bufferClear(Object* o) { releaseBuffer(&reinterpret_cast<PickleBufferObject*>(o)->view); }
static void bufferDealloc(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<PickleBufferObject*>(o)->weakrefs) clearWeakrefs(o);
  bufferClear(o);
  freeObject(o);
}
static bool usable(Value self) {
  if (asPickleBuffer(self)->view.owner) return true;
  return raise(ValueErrorType, "operation forbidden on released PickleBuffer object"), false;
}
static int32_t bufferGet(Value self, Buffer* out, uint32_t flags) {
  return usable(self) ? getBuffer(asPickleBuffer(self)->view.owner, out, flags) : -1;
}
static Value bufferRaw(Value self) {
  if (!usable(self)) return Value();
  const Buffer& b = asPickleBuffer(self)->view;
  if (!bufferIsContiguous(b, 'A')) return raise(BufferErrorType, "cannot extract raw buffer from non-contiguous buffer");
  Ref view(newMemoryView(self));
  if (!view) return Value();
  // One dimension of bytes, in memory order, whatever the exporter's shape.
  auto* m = asView(view);
  m->view.dimensions = 1;
  m->view.itemSize = 1;
  m->view.format = "B";
  m->view.suboffsets = nullptr;
  m->view.shape = m->arrays;
  m->view.strides = m->arrays + 1;
  m->arrays[0] = m->view.bytes;
  m->arrays[1] = 1;
  return view.release();
}
static Value bufferRelease(Value self) {
  bufferClear(self.object());
  return none();
}
static constexpr MethodDef bufferMethods[] = {{"raw", bufferRaw, "($self, /)"}, {"release", bufferRelease, "($self, /)"}, {}};
static constexpr BufferSlots bufferSlots = {.get = bufferGet};
constinit Type pickleBufferType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "pickle.PickleBuffer",
    .base = &objectType,
    .instanceLayout = {.type = &pickleBufferType, .size = sizeof(PickleBufferObject), .flags = kLayoutGc,
                       .weakOffset = offsetof(PickleBufferObject, weakrefs)},
    .dealloc = bufferDealloc,
    .traverse = bufferTraverse,
    .clear = bufferClear,
    .construct = bufferConstruct,
    .buffer = &bufferSlots,
    .methods = bufferMethods,
    .doc = "Wrapper for potentially out-of-band buffers",
};

// ---- module ----

/// An attribute of a module that must be a dict.
static bool tableOf(Value module, const char* moduleName, const char* name, Value* out) {
  *out = getAttr(module, name);
  if (!*out) return false;
  if (isExactDict(*out)) return true;
  raise(RuntimeErrorType, "%s.%s should be a dict, not %.200s", moduleName, name, typeOf(*out)->name);
  return false;
}

static int fillState() {
  Ref copyreg(importModule("copyreg"));
  if (!copyreg || !tableOf(copyreg, "copyreg", "dispatch_table", &state.dispatchTable) ||
      !tableOf(copyreg, "copyreg", "_extension_registry", &state.extensionRegistry) ||
      !tableOf(copyreg, "copyreg", "_inverted_registry", &state.invertedRegistry) ||
      !tableOf(copyreg, "copyreg", "_extension_cache", &state.extensionCache))
    return -1;
  Ref compat(importModule("_compat_pickle"));
  if (!compat || !tableOf(compat, "_compat_pickle", "NAME_MAPPING", &state.nameMapping2To3) ||
      !tableOf(compat, "_compat_pickle", "IMPORT_MAPPING", &state.importMapping2To3) ||
      !tableOf(compat, "_compat_pickle", "REVERSE_NAME_MAPPING", &state.nameMapping3To2) ||
      !tableOf(compat, "_compat_pickle", "REVERSE_IMPORT_MAPPING", &state.importMapping3To2))
    return -1;
  Ref codecs(importModule("codecs")), functools(codecs ? importModule("functools") : Value()), builtins(functools ? importModule("builtins") : Value());
  if (!builtins) return -1;
  state.codecsEncode = getAttr(codecs, NAME(encode));
  state.partial = getAttr(functools, NAME(partial));
  state.getattrFunction = getAttr(builtins, NAME(getattr));
  state.dispatchTableName = internStr("dispatch_table");
  state.persistentId = internStr("persistent_id");
  state.persistentLoad = internStr("persistent_load");
  state.reducerOverride = internStr("reducer_override");
  state.findClass = internStr("find_class");
  state.latin1 = internStr("latin1");
  state.add = internStr("add");
  state.ascii = internStr("ASCII");
  state.strict = internStr("strict");
  return state.codecsEncode && state.partial && state.getattrFunction ? 0 : -1;
}

static constexpr MethodDef functions[] = {
    {"dump", dumpFunction, "($module, /, obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)"},
    {"dumps", dumpsFunction, "($module, /, obj, protocol=None, *, fix_imports=True, buffer_callback=None)"},
    {"load", loadFunction, "($module, /, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())"},
    {"loads", loadsFunction, "($module, data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())"},
    {},
};

static int execute(Value module) {
  if (fillState() < 0) return -1;
  state.pickleError = addModuleException(module, "_pickle", "PickleError", ExceptionType);
  if (!state.pickleError) return -1;
  state.picklingError = addModuleException(module, "_pickle", "PicklingError", *state.pickleError);
  state.unpicklingError = addModuleException(module, "_pickle", "UnpicklingError", *state.pickleError);
  if (!state.picklingError || !state.unpicklingError) return -1;
  for (Type* t : {&picklerType, &unpicklerType, &pickleBufferType})
    if (moduleAddType(module, t) < 0) return -1;
  return 0;
}

} // namespace pickle

extern "C" constinit const NativeModule krt_module_pickle = {"_pickle", pickle::functions, pickle::execute};

} // namespace krait
