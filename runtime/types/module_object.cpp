// Module objects: a dict with attribute access. How modules come to be is runtime/modules/importing/import.cpp.
#include <cstddef>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/attributes.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/object/type_name.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

ModuleObject* asModule(Value v) { return v.as<ModuleObject>(); }

void clearModule(Object* o) { clear(reinterpret_cast<ModuleObject*>(o)->dict); }

void deallocModule(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<ModuleObject*>(o)->weakrefs) clearWeakrefs(o);
  clearModule(o);
  freeObject(o);
}

int traverseModule(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<ModuleObject*>(o)->dict, context);
}

int32_t setStandardNames(Value dict, Value name, Value doc) {
  if (dictSet(dict, NAME(__name__), name) < 0 || dictSet(dict, NAME(__doc__), doc) < 0) return -1;
  for (Value absent : {NAME(__package__), NAME(__loader__), NAME(__spec__)})
    if (dictSet(dict, absent, none()) < 0) return -1;
  return 0;
}

Value construct(Type* type, const Args&) {
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  asModule(self)->dict = newDict();
  if (!asModule(self)->dict) return Value();
  if (!gcIsTracked(self.get().object())) gcTrack(self.get().object());
  return self.release();
}

int32_t init(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("module", "(name, doc=None)", args, argv, 2, holder) < 0) return -1;
  if (!isStr(argv[0])) return fail(TypeErrorType, "module() argument 'name' must be str, not %T", argv[0]);
  if (!asModule(self)->dict) asModule(self)->dict = newDict();
  return setStandardNames(asModule(self)->dict, argv[0], argv[1] ? argv[1] : none());
}

/// What a spec says of its module.
Value reprOfSpec(Value spec) {
  Ref name(getAttr(spec, NAME(name))), origin(name ? getAttr(spec, "origin") : Value());
  if (!origin) return Value();
  const bool isNamed = !isNone(name);
  if (!isNamed) name.reset(newStr("?"));
  if (!isNone(origin)) {
    Ref located(getAttr(spec, "has_location"));
    const int32_t fromFile = located ? isTrue(located) : -1;
    if (fromFile < 0) return Value();
    if (fromFile) return formatText("<module %R from %R>", name.get(), origin.get());
    return formatText("<module %R (%S)>", isNamed ? name.get() : none(), origin.get());
  }
  Ref loader(getAttr(spec, "loader"));
  if (!loader) return Value();
  return isNone(loader) ? formatText("<module %R>", name.get()) : formatText("<module %R (%R)>", name.get(), loader.get());
}

/// `<module 'name' from 'file'>` and its relatives, from what the attributes say, which a class or a function __getattr__ may compute.
Value reprModule(Value self) {
  Ref loader(getAttrOptional(self, NAME(__loader__)));
  Ref spec(errorSet() ? Value() : getAttrOptional(self, NAME(__spec__)));
  if (errorSet()) return Value();
  const int32_t hasSpec = spec ? isTrue(spec) : 0;
  if (hasSpec) return hasSpec < 0 ? Value() : reprOfSpec(spec);
  Ref own(loader ? getAttrOptional(loader, Ref(newStr("module_repr"))) : Value()); // of PEP 420's time
  if (errorSet()) return Value();
  if (own) {
    Value text = call(own, {self});
    if (text || !errorMatches(ExceptionType)) return text;
    errorClear();
  }
  Ref name(getAttrOptional(self, NAME(__name__)));
  Ref file(errorSet() ? Value() : getAttrOptional(self, NAME(__file__)));
  if (errorSet()) return Value();
  if (!name) name.reset(newStr("?"));
  if (file) return formatText("<module %R from %R>", name.get(), file.get());
  if (loader && !isNone(loader)) return formatText("<module %R (%R)>", name.get(), loader.get());
  return formatText("<module %R>", name.get());
}

/// An attribute of the module's spec (owned), or null without error.
Value ofSpec(Value dict, const char* attribute) {
  Value spec = dictGet(dict, NAME(__spec__));
  Ref name(spec && !isNone(spec) ? newStr(attribute) : Value());
  Value found = name ? getAttrOptional(spec, name) : Value();
  if (!found) errorClear();
  return found;
}

/// True while the module's body still runs.
bool isInitializing(Value dict) {
  Ref flag(ofSpec(dict, "_initializing"));
  int32_t answer = flag ? isTrue(flag) : 0;
  if (answer < 0) errorClear();
  return answer > 0;
}

/// True while the body of the submodule of this name runs.
bool submoduleIsRunning(Value dict, Value name) {
  Ref names(ofSpec(dict, "_uninitialized_submodules"));
  int32_t answer = names && isList(names) ? contains(names, name) : 0;
  if (answer < 0) errorClear();
  return answer > 0;
}

Value dir(Value self) {
  Ref dict(getAttr(self, NAME(__dict__)));
  if (!dict) return Value();
  if (!isDict(dict)) return raise(TypeErrorType, "%T.__dict__ is not a dictionary", self);
  Value hook = dictGet(dict, NAME(__dir__));
  if (hook) {
    Ref function = Ref::share(hook);
    return call(function);
  }
  return errorSet() ? Value() : dictKeysList(dict);
}

Value getDict(Value self, void*) {
  Value dict = asModule(self)->dict;
  return newRef(dict ? dict : none());
}

Value getAnnotations(Value self, void*) {
  Ref dict(getAttr(self, NAME(__dict__)));
  if (!dict) return Value();
  if (!isDict(dict)) return raise(TypeErrorType, "<module>.__dict__ is not a dictionary");
  if (Value found = dictGet(dict, NAME(__annotations__))) return newRef(found);
  Ref made(errorSet() ? Value() : newDict());
  return made && dictSet(dict, NAME(__annotations__), made) == 0 ? made.release() : Value();
}

int32_t setAnnotations(Value self, Value v, void*) {
  Value dict = asModule(self)->dict;
  if (v) return dictSet(dict, NAME(__annotations__), v);
  int32_t removed = dictDeleteIfPresent(dict, NAME(__annotations__));
  if (removed == 0) return fail(AttributeErrorType, "__annotations__");
  return removed < 0 ? -1 : 0;
}

const MethodDef methods[] = {{"__dir__", dir}, {}};
const GetSetDef attributes[] = {{"__annotations__", getAnnotations, setAnnotations}, {}};
const MemberDef members[] = {{"__dict__", getDict}, {}};

} // namespace

Value lookupModuleAttribute(Value self, Value name, bool required) {
  if (Value found = lookupAttribute(self, name, false)) return found;
  if (errorSet() && !errorClearIf(AttributeErrorType)) return Value();
  Value dict = asModule(self)->dict;
  if (dict) {
    Value hook = dictGet(dict, NAME(__getattr__));
    if (hook) {
      Ref function = Ref::share(hook);
      return call(function, {name});
    }
    if (errorSet() || !required) return Value();
    Value own = dictGet(dict, NAME(__name__));
    if (own && isStr(own)) {
      if (isInitializing(dict))
        return raiseAttributeError(self, name,
                                   "partially initialized module '%U' has no attribute '%U' (most likely due to a "
                                   "circular import)",
                                   own, name);
      if (submoduleIsRunning(dict, name))
        return raiseAttributeError(self, name, "cannot access submodule '%U' of module '%U' (most likely due to a circular import)",
                                   name, own);
      return raiseAttributeError(self, name, "module '%U' has no attribute '%U'", own, name);
    }
    errorClear();
  }
  return required ? raiseAttributeError(self, name, "module has no attribute '%U'", name) : Value();
}
Value moduleGetAttr(Value self, Value name) { return lookupModuleAttribute(self, name, true); }

constinit Type moduleType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "module",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnSetAttr,
    .instanceLayout = {.type = &moduleType, .size = sizeof(ModuleObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(ModuleObject, dict), .weakOffset = offsetof(ModuleObject, weakrefs)},
    .dealloc = deallocModule,
    .traverse = traverseModule,
    .clear = clearModule,
    .repr = reprModule,
    .getAttr = moduleGetAttr,
    .setAttr = genericSetAttr,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
    .members = members,
    .constructorSignature = "(name, doc=None)",
};

Value newModule(Value name) {
  Ref dict(newDict());
  if (!dict || setStandardNames(dict, name, none()) < 0) return Value();
  auto* m = reinterpret_cast<ModuleObject*>(newObject(&moduleType.instanceLayout));
  if (!m) return Value();
  m->dict = dict.release();
  gcTrack(&m->header);
  return Value(&m->header);
}

int32_t moduleAddMethods(Value m, const MethodDef* methods) {
  Value name = dictGet(moduleDict(m), NAME(__name__));
  for (; methods->name; ++methods) {
    Ref function(newBuiltinFunction(methods, m, name));
    if (!function || dictSet(moduleDict(m), methods->name, function) < 0) return -1;
  }
  return 0;
}

int32_t moduleAdd(Value m, const char* name, Value owned) {
  Ref v(owned);
  return v ? dictSet(moduleDict(m), name, v) : -1;
}

int32_t moduleAddType(Value m, Type* t) {
  typeReady(t);
  return dictSet(moduleDict(m), shortName(t), asValue(t));
}

} // namespace krait
