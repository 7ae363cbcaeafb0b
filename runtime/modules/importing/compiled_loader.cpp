// The loader that modules have before importlib is loaded: of what is compiled in, and of source files found at run time.
#include "runtime/modules/importing/compiled_loader.h"

#include <cstddef>

#include "runtime/builtins/hooks.h"
#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

struct LoaderObject {
  Object header;
  Value name, path;
  ModuleInfo* info; // null: source found at run time
};

void loaderDealloc(Object* o) {
  auto* l = reinterpret_cast<LoaderObject*>(o);
  clear(l->name);
  clear(l->path);
  freeObject(o);
}

Value loaderSource(LoaderObject* l) {
  if (l->info && !isRewritten(l->info)) {
    Value text = templateSource(l->info);
    if (text || errorSet()) return text;
  }
  return readSourceFile(l->path);
}

Value loaderGetSource(Value self, Value) { return loaderSource(self.as<LoaderObject>()); }
Value loaderGetFilename(Value self, const Args&) { return newRef(self.as<LoaderObject>()->path); }
Value loaderGetData(Value, Value path) { return readFileBytes(path); }
Value loaderIsPackage(Value self, Value) {
  Utf8 path(self.as<LoaderObject>()->path);
  if (!path.ok()) return Value();
  std::string_view p = path.view();
  size_t slash = p.rfind('/');
  return boolean((slash == std::string_view::npos ? p : p.substr(slash + 1)) == "__init__.py");
}
Value loaderGetCode(Value self, Value) {
  auto* l = self.as<LoaderObject>();
  if (!krt_engine_hooks) return newRef(none());
  Ref source(loaderSource(l));
  return source ? krt_engine_hooks->compile(source, l->path, CompileMode::Exec, 0, -1, -1) : Value();
}
Value loaderCreateModule(Value, Value) { return newRef(none()); }

Value loaderExecModule(Value self, Value module) {
  auto* l = self.as<LoaderObject>();
  if (!isInstanceOf(module, moduleType)) return raise(TypeErrorType, "module expected, not %.200T", module);
  RecursionLevels levels(kExecLevels);
  if (!levels) return Value();
  if (l->info && !isRewritten(l->info) && canRunTemplate(l->info, module)) return runTemplate(l->info, module) < 0 ? Value() : newRef(none());
  Ref source(loaderSource(l));
  if (!source || runModuleSource(source, l->path, module) < 0) return Value();
  return newRef(none());
}

Value loaderLoadModule(Value self, const Args& args) {
  auto* l = self.as<LoaderObject>();
  return importAbsolute(args.count ? args[0] : l->name);
}

Value loaderResourceReader(Value self, Value) {
  Ref readers(importModule("importlib.readers"));
  return readers ? callMethod(readers, "FileReader", {self}) : Value();
}

constinit const MethodDef loaderMethods[] = {
    {"create_module", loaderCreateModule, "($self, spec, /)"},
    {"exec_module", loaderExecModule, "($self, module, /)"},
    {"get_code", loaderGetCode, "($self, fullname, /)"},
    {"get_data", loaderGetData, "($self, path, /)"},
    {"get_filename", loaderGetFilename},
    {"get_resource_reader", loaderResourceReader, "($self, module, /)"},
    {"get_source", loaderGetSource, "($self, fullname, /)"},
    {"is_package", loaderIsPackage, "($self, fullname, /)"},
    {"load_module", loaderLoadModule},
    {},
};
constinit const MemberDef loaderMembers[] = {
    {"name", MemberKind::Object, offsetof(LoaderObject, name), false},
    {"path", MemberKind::Object, offsetof(LoaderObject, path), false},
    {},
};

} // namespace

constinit Type compiledLoaderType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib_external.SourceFileLoader",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &compiledLoaderType, .size = sizeof(LoaderObject)},
    .dealloc = loaderDealloc,
    .methods = loaderMethods,
    .members = loaderMembers,
};

Value newLoader(Value name, Value path, ModuleInfo* info) {
  Object* o = newObject(&compiledLoaderType.instanceLayout);
  if (!o) return Value();
  auto* l = reinterpret_cast<LoaderObject*>(o);
  l->name = newRef(name);
  l->path = newRef(path);
  l->info = info;
  return Value(o);
}

} // namespace krait
