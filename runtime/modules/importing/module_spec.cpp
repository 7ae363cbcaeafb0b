// ModuleSpec: what a finder knows about a module. importlib, once it is there, has a class of its own.
#include "runtime/modules/importing/module_spec.h"

#include <cstddef>

#include "runtime/builtins/builtins.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/native_finders.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

struct SpecObject {
  Object header;
  Value name, loader, origin, loaderState, locations, initializing, setFileAttribute, cached, uninitialized, dict;
};

int specTraverse(Object* o, Visit visit, void* context) {
  auto* s = reinterpret_cast<SpecObject*>(o);
  for (Value* v = &s->name; v <= &s->dict; ++v)
    if (int r = visit(*v, context)) return r;
  return 0;
}
void specClear(Object* o) {
  auto* s = reinterpret_cast<SpecObject*>(o);
  for (Value* v = &s->name; v <= &s->dict; ++v) clear(*v);
}
void specDealloc(Object* o) {
  gcUntrack(o);
  specClear(o);
  freeObject(o);
}

Value specParent(Value self, void*) {
  auto* s = self.as<SpecObject>();
  return parentPackage(s->name, s->locations && !isNone(s->locations));
}
Value specHasLocation(Value self, void*) {
  auto* s = self.as<SpecObject>();
  int32_t t = s->setFileAttribute ? isTrue(s->setFileAttribute) : 0;
  return t < 0 ? Value() : boolean(t);
}
int32_t specSetHasLocation(Value self, Value v, void*) {
  assign(self.as<SpecObject>()->setFileAttribute, xnewRef(v));
  return 0;
}

Value specRepr(Value self) {
  auto* s = self.as<SpecObject>();
  StrBuilder out;
  out.addAscii("ModuleSpec(");
  bool first = true;
  auto part = [&](const char* key, Value v, Value (*textOf)(Value) = repr) {
    if (!v || isNone(v)) return true;
    Ref text(textOf(v));
    if (!text) return false;
    if (!first) out.addAscii(", ");
    first = false;
    out.addAscii(key);
    out.add(text);
    return true;
  };
  if (!part("name=", s->name) || !part("loader=", s->loader ? s->loader : none()) || !part("origin=", s->origin) ||
      !part("submodule_search_locations=", s->locations, str))
    return Value();
  out.add(')');
  return out.take();
}

Value specConstruct(Type* t, const Args& args) {
  Value argv[5];
  Ref holder[2];
  if (bindArguments("ModuleSpec", "(name, loader, *, origin=None, loader_state=None, is_package=None)", args, argv, 5, holder) < 0)
    return Value();
  Ref locations;
  if (argv[4] && isTrue(argv[4]) > 0) locations.reset(newList(0));
  Value spec = newModuleSpec(argv[0], argv[1], argv[2], locations);
  if (spec && argv[3]) assign(spec.as<SpecObject>()->loaderState, newRef(argv[3]));
  if (spec) assign(spec.as<SpecObject>()->setFileAttribute, boolean(false));
  return spec;
}

constinit const MemberDef specMembers[] = {
    {"name", MemberKind::Object, offsetof(SpecObject, name), false},
    {"loader", MemberKind::ObjectNone, offsetof(SpecObject, loader), false},
    {"origin", MemberKind::ObjectNone, offsetof(SpecObject, origin), false},
    {"loader_state", MemberKind::ObjectNone, offsetof(SpecObject, loaderState), false},
    {"submodule_search_locations", MemberKind::ObjectNone, offsetof(SpecObject, locations), false},
    {"_initializing", MemberKind::Object, offsetof(SpecObject, initializing), false},
    {"_uninitialized_submodules", MemberKind::ObjectNone, offsetof(SpecObject, uninitialized), false},
    {"_set_fileattr", MemberKind::ObjectNone, offsetof(SpecObject, setFileAttribute), false},
    {"cached", MemberKind::ObjectNone, offsetof(SpecObject, cached), false},
    {},
};
constinit const GetSetDef specGetSet[] = {
    {"parent", specParent},
    {"has_location", specHasLocation, specSetHasLocation},
    {"__dict__", getInstanceDict, setInstanceDict},
    {},
};

} // namespace

constinit Type moduleSpecType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib.ModuleSpec",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &moduleSpecType, .size = sizeof(SpecObject), .flags = kLayoutGc, .dictOffset = offsetof(SpecObject, dict)},
    .dealloc = specDealloc,
    .traverse = specTraverse,
    .clear = specClear,
    .repr = specRepr,
    .construct = specConstruct,
    .getset = specGetSet,
    .members = specMembers,
};

Value newModuleSpec(Value name, Value loader, Value origin, Value locations) {
  Object* o = newObject(&moduleSpecType.instanceLayout);
  if (!o) return Value();
  auto* s = reinterpret_cast<SpecObject*>(o);
  s->name = newRef(name);
  s->loader = xnewRef(loader);
  s->origin = xnewRef(origin);
  s->locations = xnewRef(locations);
  s->initializing = boolean(false);
  s->setFileAttribute = boolean(origin && isStr(origin) && !strEqual(origin, "built-in"));
  s->uninitialized = newList(0);
  gcTrack(o);
  return Value(o);
}

Value newFrozenSpec(Value name, Value path) {
  Ref origin(newStr("frozen")), state(newDict());
  if (!origin || !state || dictSet(state, "filename", path) < 0 || dictSet(state, "origname", name) < 0) return Value();
  Ref spec(newModuleSpec(name, frozenImporter(), origin, Value())), held(spec ? newSimpleNamespace(state) : Value());
  if (!held) return Value();
  assign(spec.as<SpecObject>()->loaderState, held.release());
  assign(spec.as<SpecObject>()->setFileAttribute, boolean(false));
  return spec.release();
}

void specSetCached(Value spec, Value cached) { assign(spec.as<SpecObject>()->cached, newRef(cached)); }

Value parentPackage(Value name, bool isPackage) {
  if (isPackage) return newRef(name);
  for (int64_t i = asStr(name)->length - 1; i >= 0; --i)
    if (asStr(name)->at(i) == '.') return strSubstring(name, 0, i);
  return newRef(emptyStr());
}

void setInitializing(Value module, bool on) {
  Ref spec(getAttrOptional(module, NAME(__spec__)));
  if (!spec || isNone(spec)) return errorClear();
  if (typeOf(spec) == &moduleSpecType) assign(spec.as<SpecObject>()->initializing, boolean(on));
  else if (setAttr(spec, NAME(_initializing), boolean(on)) < 0) errorClear();
}

} // namespace krait
