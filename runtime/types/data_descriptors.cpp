// getset_descriptor and member_descriptor, and the parts shared by all
// descriptors of builtin classes.
#include "runtime/memory/gc.h"
#include "runtime/object/docs.h"
#include "runtime/object/loose_instances.h"
#include "runtime/object/missing_attribute.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptor_parts.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace descriptor_parts {

Value make(const Type& type, Type* owner, const char* name, const void* def) {
  auto* d = reinterpret_cast<DescriptorObject*>(newObject(&type.instanceLayout));
  d->owner = owner;
  incref(asValue(owner));
  d->name = internStr(std::string_view(name));
  d->def = def;
  gcTrack(&d->header);
  return &d->header;
}

void dealloc(Object* o) {
  auto* d = descriptor(o);
  gcUntrack(o);
  decref(asValue(d->owner));
  xdecref(d->name);
  xdecref(d->qualname);
  freeObject(o);
}

int traverse(Object* o, Visit visit, void* context) { return visit(asValue(descriptor(o)->owner), context); }

bool checkInstance(Value self, Value o) {
  DescriptorObject* d = descriptor(self);
  if (typeOf(o) == d->owner || isSubtype(typeOf(o), d->owner)) return true;
  raise(TypeErrorType, "descriptor '%U' for '%.100s' objects doesn't apply to a '%.100s' object", d->name,
        d->owner->name, typeOf(o)->name);
  return false;
}

Value name(Value self, void*) { return newRef(descriptor(self)->name); }

Value qualifiedName(Value self, void*) {
  DescriptorObject* d = descriptor(self);
  if (!d->qualname) {
    Ref owner(getAttr(asValue(d->owner), NAME(__qualname__)));
    if (!owner) return {};
    if (!isStr(owner)) return raise(TypeErrorType, "<descriptor>.__objclass__.__qualname__ is not a unicode object");
    d->qualname = formatText("%S.%S", owner.get(), d->name);
  }
  return xnewRef(d->qualname);
}

Value objclass(Value self, void*) { return newRef(asValue(descriptor(self)->owner)); }

Value reduce(Value self) {
  Ref getattr(builtinByName("getattr"));
  if (!getattr) return {};
  Ref arguments(newTuple({asValue(descriptor(self)->owner), descriptor(self)->name}));
  return newTuple({getattr.get(), arguments.get()});
}

} // namespace descriptor_parts

using namespace descriptor_parts;

namespace {

const GetSetDef* getSetOf(Value v) { return static_cast<const GetSetDef*>(descriptor(v)->def); }
const MemberDef* memberOf(Value v) { return static_cast<const MemberDef*>(descriptor(v)->def); }

Value getSetGet(Value self, Value o, Value) {
  if (!o) return newRef(self);
  if (!checkInstance(self, o)) return {};
  auto* def = getSetOf(self);
  if (def->get) return def->get(o, def->closure);
  return raise(AttributeErrorType, "attribute '%U' of '%.100s' objects is not readable", descriptor(self)->name,
               descriptor(self)->owner->name);
}

int32_t getSetSet(Value self, Value o, Value v) {
  if (!checkInstance(self, o)) return -1;
  auto* def = getSetOf(self);
  if (def->set) return def->set(o, v, def->closure);
  return fail(AttributeErrorType, "attribute '%U' of '%.100s' objects is not writable", descriptor(self)->name,
              descriptor(self)->owner->name);
}

Value getSetRepr(Value self) {
  return formatText("<attribute '%U' of '%s' objects>", descriptor(self)->name, descriptor(self)->owner->name);
}

Value memberDescrGet(Value self, Value o, Value) {
  if (!o) return newRef(self);
  return checkInstance(self, o) ? memberGet(o, memberOf(self)) : Value();
}

int32_t memberDescrSet(Value self, Value o, Value v) {
  return checkInstance(self, o) ? memberSet(o, memberOf(self), v) : -1;
}

Value memberRepr(Value self) {
  return formatText("<member '%U' of '%s' objects>", descriptor(self)->name, descriptor(self)->owner->name);
}

Value getDoc(Value self, void*) {
  DescriptorObject* d = descriptor(self);
  // What every class statement adds is documented in one place.
  const char* owner = isHeapType(d->owner) ? "class instance" : d->owner->name;
  return docValue(docOf(owner, reinterpret_cast<const char*>(asStr(d->name)->data())));
}

constexpr GetSetDef dataGetSet[] = {{"__doc__", getDoc}, {"__qualname__", qualifiedName}, {}};
constexpr MemberDef dataMembers[] = {{"__objclass__", objclass}, {"__name__", name}, {}};
constexpr MethodDef reduceMethods[] = {{"__reduce__", reduce}, {}};

} // namespace

Value memberGet(Value o, const MemberDef* def) {
  if (def->kind == MemberKind::Computed) return def->get(o, def->closure);
  void* where = memberWord(o.object(), def->offset);
  switch (def->kind) {
  case MemberKind::Object:
  case MemberKind::ObjectNone: {
    Value v = *static_cast<Value*>(where);
    return v ? newRef(v) : none();
  }
  case MemberKind::ObjectRaw: {
    Value v = *static_cast<Value*>(where);
    return v ? newRef(v) : raiseNoAttribute(typeOf(o), def->name, 200);
  }
  case MemberKind::Int32: return newInt(*static_cast<int32_t*>(where));
  case MemberKind::Int64: return newInt(*static_cast<int64_t*>(where));
  case MemberKind::Bool: return boolean(*static_cast<bool*>(where));
  case MemberKind::Double: return newFloat(*static_cast<double*>(where));
  case MemberKind::CString: {
    auto* text = *static_cast<const char**>(where);
    return text ? newStr(text) : none();
  }
  case MemberKind::Computed: break; // above
  }
  return {};
}

int32_t setBoolMember(bool* word, Value v) {
  if (!v) return fail(TypeErrorType, "can't delete numeric/char attribute");
  if (v != boolean(true) && v != boolean(false)) return fail(TypeErrorType, "attribute value type must be bool");
  *word = v == boolean(true);
  return 0;
}

int32_t memberSet(Value o, const MemberDef* def, Value v) {
  if (def->readOnly) return fail(AttributeErrorType, "readonly attribute");
  if (def->kind == MemberKind::Computed) return def->set(o, v, def->closure);
  void* where = memberWord(o.object(), def->offset);
  if (!v) {
    switch (def->kind) {
    case MemberKind::ObjectRaw:
      if (!*static_cast<Value*>(where)) return fail(AttributeErrorType, "%s", def->name);
      [[fallthrough]];
    case MemberKind::Object:
    case MemberKind::ObjectNone: clear(*static_cast<Value*>(where)); return 0;
    default: return fail(TypeErrorType, "can't delete numeric/char attribute");
    }
  }
  switch (def->kind) {
  case MemberKind::Object:
  case MemberKind::ObjectNone:
  case MemberKind::ObjectRaw:
    instanceHolds(o.object(), v);
    assign(*static_cast<Value*>(where), newRef(v));
    return 0;
  case MemberKind::Int32:
  case MemberKind::Int64: {
    int64_t n = toInt64(v);
    if (n == -1 && errorSet()) return -1;
    if (def->kind == MemberKind::Int32) *static_cast<int32_t*>(where) = static_cast<int32_t>(n);
    else *static_cast<int64_t*>(where) = n;
    return 0;
  }
  case MemberKind::Bool: return setBoolMember(static_cast<bool*>(where), v);
  case MemberKind::Double: {
    double d = toDouble(v);
    if (d == -1.0 && errorSet()) return -1;
    *static_cast<double*>(where) = d;
    return 0;
  }
  case MemberKind::CString: return fail(TypeErrorType, "readonly attribute");
  case MemberKind::Computed: break; // above
  }
  return -1;
}

Value newGetSetDescriptor(Type* owner, const GetSetDef* def) { return make(getsetDescriptorType, owner, def->name, def); }
Value newMemberDescriptor(Type* owner, const MemberDef* def) { return make(memberDescriptorType, owner, def->name, def); }

constinit Type getsetDescriptorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "getset_descriptor",
    .flags = kTypeOwnGetAttr,
    .instanceLayout = descriptorLayout(getsetDescriptorType),
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = getSetRepr,
    .descrGet = getSetGet,
    .descrSet = getSetSet,
    .getset = dataGetSet,
    .members = dataMembers,
};

constinit Type memberDescriptorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "member_descriptor",
    .flags = kTypeOwnGetAttr,
    .instanceLayout = descriptorLayout(memberDescriptorType),
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = memberRepr,
    .descrGet = memberDescrGet,
    .descrSet = memberDescrSet,
    .methods = reduceMethods,
    .getset = dataGetSet,
    .members = dataMembers,
};

} // namespace krait
