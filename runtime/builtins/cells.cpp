// The builtins module: cells with constant addresses for compiled code, function
// objects that need no start-up code, and the module and its dict on demand.
#include "runtime/builtins/builtins.h"
#include "runtime/builtins/first_builtins.h"
#include "runtime/builtins/functions.h"
#include "runtime/builtins/site_objects.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/iterators.h"

namespace krait {

namespace {

static_assert(sizeof(StaticFunction) >= sizeof(BuiltinFunctionObject) &&
              offsetof(StaticFunction, definingType) == offsetof(BuiltinFunctionObject, definingType));

/// Number of words below a module's header that its layout asks for (links, dict and weak references).
struct alignas(16) StaticModule {
  uint64_t below[4];
  ModuleObject module;
};
constinit StaticModule builtinsStorage = {{}, {KRAIT_STATIC_HEADER(moduleType), {}, nullptr, nullptr, {}, nullptr}};

/// The module's __name__, and its functions' __module__, which is no interned name (compiled_modules.cpp has others like it).
struct alignas(16) OwnName {
  StrObject head;
  char text[sizeof "builtins"];
};
constinit OwnName ownName = {
    {KRAIT_STATIC_HEADER(strType), sizeof "builtins" - 1, -1, nameHashOf("builtins"), 1, kStrAscii | kStrNameHash, 0}, "builtins"};

const void* const names[] = {
#define BUILTIN(name) &krn_##name,
#include "runtime/abi/builtins.def"
};
constexpr uint32_t kCount = sizeof names / sizeof names[0];

} // namespace

extern "C" {
#define BUILTIN_FUNCTION(name)                                                                                \
  constinit StaticFunction krt_builtin_function_##name = {KRAIT_STATIC_HEADER(builtinFunctionType),           \
                                                          &krt_builtin_def_##name,                            \
                                                          &builtinsStorage.module,                            \
                                                          &ownName,                                           \
                                                          nullptr,                                            \
                                                          nullptr};
#define BUILTIN_TYPE(name, object)
#define BUILTIN_CONSTANT(name, object)
#include "runtime/abi/builtins.def"

extern const void* krt_builtin_storage[kCount] __asm__("krt_builtin_cells");
constinit const void* krt_builtin_storage[kCount] = {
#define BUILTIN_FUNCTION(name) &krt_builtin_function_##name,
#define BUILTIN_TYPE(name, object) &object,
#define BUILTIN_CONSTANT(name, object) &object,
#include "runtime/abi/builtins.def"
};
}

bool isFirstBuiltin(Value v, Value name) {
  static constexpr const void* kFirst[] = {
#define BUILTIN_FUNCTION(name) &krt_builtin_function_##name,
#define BUILTIN_TYPE(name, object) &object,
#define BUILTIN_CONSTANT(name, object) &object,
#include "runtime/abi/builtins.def"
  };
  for (uint32_t i = 0; i < kCount; ++i)
    if (names[i] == name.object()) return v.object() == kFirst[i];
  return false;
}

static ModuleInfo builtinsInfo;

/// The module's dict over the cells; the names a module has besides go into it as they are.
static Value makeDict() {
  Ref d(newDict(kCount + 8));
  builtinsInfo.name = "builtins";
  builtinsInfo.cellCount = kCount;
  builtinsInfo.cells = krt_builtin_cells;
  builtinsInfo.cellNames = reinterpret_cast<const Value*>(names);
  dictSplitOverCells(d, &builtinsInfo);
  dictSet(d, NAME(__name__), Value(&ownName.head.header));
  dictSet(d, NAME(__doc__), none());
  dictSet(d, NAME(__package__), emptyStr());
  dictSet(d, NAME(__loader__), none());
  dictSet(d, NAME(__spec__), none());
  for (uint32_t i = 0; i < kCount; ++i) dictLinkWord(d, builtinsInfo.cellNames[i], &krt_builtin_cells[i]);
  return d.release();
}

Value builtinsModule() {
  ModuleObject& m = builtinsStorage.module;
  if (!m.dict) {
    m.dict = makeDict();
    m.info = &builtinsInfo;
    builtinsInfo.dict = newRef(m.dict);
    builtinsInfo.instantiated = 1;
  }
  return Value(&m.header);
}
Value builtinsDict() { return moduleDict(builtinsModule()); }
Value builtinImportFunction() { return Value(&krt_builtin_function___import__.header); }

Value builtinByName(const char* name) {
  Value v = dictGet(builtinsDict(), name);
  if (!v && !errorSet()) raise(AttributeErrorType, "%s", name);
  return xnewRef(v);
}

static constexpr MethodDef noMethods[] = {{}};
extern "C" constinit const NativeModule krt_module_builtins = {"builtins", noMethods, nullptr};

} // namespace krait
