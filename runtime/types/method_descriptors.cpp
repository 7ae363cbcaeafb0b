// method_descriptor (str.upper), classmethod_descriptor (dict.fromkeys),
// wrapper_descriptor (int.__add__) and method-wrapper ((1).__add__).
#include "runtime/memory/gc.h"
#include "runtime/object/call.h"
#include "runtime/object/docs.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptor_parts.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {

using namespace descriptor_parts;

namespace {

const MethodDef* methodOf(Value v) { return static_cast<const MethodDef*>(descriptor(v)->def); }
const SlotDef* slotOf(Value v) { return static_cast<const SlotDef*>(descriptor(v)->def); }

/// The arguments after the first.
Args rest(const Args& args) { return {args.values + 1, args.count - 1, args.names}; }

// ---- method_descriptor ----

Value methodCall(Value self, const Args& args) { return callMethodDescriptor(descriptor(self), args); }

Value methodGet(Value self, Value o, Value) {
  if (!o) return newRef(self);
  if (!checkInstance(self, o)) return {};
  return newBuiltinFunction(methodOf(self), o, Value());
}

Value methodRepr(Value self) {
  return formatText("<method '%U' of '%s' objects>", descriptor(self)->name, descriptor(self)->owner->name);
}

const char* docText(Value self) { return docOf(descriptor(self)->owner->name, methodOf(self)->name); }
Value methodDoc(Value self, void*) { return docValue(docText(self)); }

Value methodSignature(Value self, void*) {
  const bool absent = (methodOf(self)->flags & kMethodUnsigned) || describesCall(docText(self));
  const char* text = absent ? nullptr : methodOf(self)->signature;
  return text ? newStr(text) : none();
}

// ---- classmethod_descriptor ----

Value classMethodGet(Value self, Value o, Value type) {
  DescriptorObject* d = descriptor(self);
  if (!type) {
    if (!o)
      return raise(TypeErrorType, "descriptor '%U' for type '%.100s' needs either an object or a type", d->name,
                   d->owner->name);
    type = asValue(typeOf(o));
  }
  if (!hasTypeFlag(type, kTypeType))
    return raise(TypeErrorType, "descriptor '%U' for type '%.100s' needs a type, not a '%.100s' as arg 2", d->name,
                 d->owner->name, typeOf(type)->name);
  if (!isSubtype(type.as<Type>(), d->owner))
    return raise(TypeErrorType, "descriptor '%U' requires a subtype of '%.100s' but received '%.100s'", d->name,
                 d->owner->name, type.as<Type>()->name);
  return newBuiltinFunction(methodOf(self), type, Value());
}

Value classMethodCall(Value self, const Args& args) {
  DescriptorObject* d = descriptor(self);
  if (args.count < 1)
    return raise(TypeErrorType, "descriptor '%U' of '%.100s' object needs an argument", d->name, d->owner->name);
  Ref bound(classMethodGet(self, Value(), args[0]));
  return bound ? call(bound, rest(args)) : Value();
}

// ---- wrapper_descriptor ----

Value callWrapper(DescriptorObject* d, Value self, const Args& args) {
  auto* def = static_cast<const SlotDef*>(d->def);
  if (args.hasNames() && args.nameCount() && !def->keywords)
    return raise(TypeErrorType, "wrapper %U() takes no keyword arguments", d->name);
  return def->wrapper(self, args, slotRead(d->owner, *def), def);
}

Value wrapperCall(Value self, const Args& args) {
  DescriptorObject* d = descriptor(self);
  if (args.count < 1)
    return raise(TypeErrorType, "descriptor '%U' of '%.100s' object needs an argument", d->name, d->owner->name);
  if (!isSubtype(typeOf(args[0]), d->owner))
    return raise(TypeErrorType, "descriptor '%U' requires a '%.100s' object but received a '%.100s'", d->name,
                 d->owner->name, typeOf(args[0])->name);
  return callWrapper(d, args[0], rest(args));
}

Value wrapperGet(Value self, Value o, Value) {
  if (!o) return newRef(self);
  if (!checkInstance(self, o)) return {};
  auto* bound = reinterpret_cast<BoundWrapperObject*>(newObject(&methodWrapperType.instanceLayout));
  bound->descriptor = newRef(self).as<DescriptorObject>();
  bound->self = newRef(o);
  gcTrack(&bound->header);
  return &bound->header;
}

Value wrapperRepr(Value self) {
  return formatText("<slot wrapper '%U' of '%s' objects>", descriptor(self)->name, descriptor(self)->owner->name);
}

/// The slot table's texts begin with "name(signature)\n--\n\n".
std::string_view docBody(const SlotDef* def) {
  std::string_view text = def->doc ? def->doc : "";
  size_t end = text.find("\n--\n\n");
  return end == std::string_view::npos ? text : text.substr(end + 5);
}
std::string_view docSignature(const SlotDef* def) {
  std::string_view text = def->doc ? def->doc : "";
  size_t open = text.find('('), end = text.find("\n--\n\n");
  return open == std::string_view::npos || end == std::string_view::npos ? "" : text.substr(open, end - open);
}
Value wrapperDoc(Value self, void*) { return newStr(docBody(slotOf(self))); }
Value wrapperSignature(Value self, void*) { return newStr(docSignature(slotOf(self))); }

// ---- method-wrapper ----

BoundWrapperObject* bound(Value v) { return v.as<BoundWrapperObject>(); }

void boundDealloc(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  decref(Value(&bound(o)->descriptor->header));
  decref(bound(o)->self);
  freeObject(o);
  trashcanEnd();
}
int boundTraverse(Object* o, Visit visit, void* context) {
  if (int stop = visit(Value(&bound(o)->descriptor->header), context)) return stop;
  return visit(bound(o)->self, context);
}
Value boundCall(Value self, const Args& args) { return callWrapper(bound(self)->descriptor, bound(self)->self, args); }
Value boundRepr(Value self) {
  return formatText("<method-wrapper '%U' of %s object at %p>", bound(self)->descriptor->name,
                    typeOf(bound(self)->self)->name, reinterpret_cast<void*>(bound(self)->self.bits));
}
Value boundCompare(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || typeOf(a) != &methodWrapperType || typeOf(b) != &methodWrapperType)
    return notImplemented();
  bool same = bound(a)->descriptor == bound(b)->descriptor && bound(a)->self == bound(b)->self;
  return boolean(same == (op == kEq));
}
int64_t boundHash(Value self) {
  auto mix = [](uint64_t word) { return std::rotr(word, 4); };
  auto h = static_cast<int64_t>(mix(reinterpret_cast<uint64_t>(bound(self)->descriptor)) ^ mix(bound(self)->self.bits));
  return h == -1 ? -2 : h;
}
Value boundObjclass(Value self, void*) { return newRef(asValue(bound(self)->descriptor->owner)); }
Value boundName(Value self, void*) { return newRef(bound(self)->descriptor->name); }
Value boundQualname(Value self, void*) { return qualifiedName(Value(&bound(self)->descriptor->header), nullptr); }
Value boundDoc(Value self, void*) { return wrapperDoc(Value(&bound(self)->descriptor->header), nullptr); }
Value boundSignature(Value self, void*) { return wrapperSignature(Value(&bound(self)->descriptor->header), nullptr); }
Value boundReduce(Value self) {
  Ref getattr(builtinByName("getattr"));
  if (!getattr) return {};
  Ref arguments(newTuple({bound(self)->self, bound(self)->descriptor->name}));
  return newTuple({getattr.get(), arguments.get()});
}

constexpr GetSetDef methodGetSet[] = {{"__doc__", methodDoc}, {"__qualname__", qualifiedName}, {"__text_signature__", methodSignature}, {}};
constexpr GetSetDef wrapperGetSet[] = {{"__doc__", wrapperDoc}, {"__qualname__", qualifiedName}, {"__text_signature__", wrapperSignature}, {}};
constexpr GetSetDef boundGetSet[] = {{"__objclass__", boundObjclass},
                                     {"__name__", boundName},     {"__qualname__", boundQualname},
                                     {"__doc__", boundDoc},       {"__text_signature__", boundSignature},
                                     {}};
constexpr MemberDef members[] = {{"__objclass__", objclass}, {"__name__", name}, {}};
constexpr MemberDef boundMembers[] = {{"__self__", MemberKind::Object, offsetof(BoundWrapperObject, self)}, {}};
constexpr MethodDef reduceMethods[] = {{"__reduce__", reduce}, {}};
constexpr MethodDef boundMethods[] = {{"__reduce__", boundReduce}, {}};

} // namespace

Value callMethodDescriptor(DescriptorObject* d, const Args& args) {
  Value self(&d->header);
  if (args.count < 1) {
    Ref text(calleeText(self));
    return text ? raise(TypeErrorType, "unbound method %U needs an argument", text.get()) : Value();
  }
  if (!checkInstance(self, args[0])) return {};
  const auto* def = static_cast<const MethodDef*>(d->def);
  if (!args.names) return callMethodDefByPosition(def, self, args[0], args.values + 1, args.count - 1);
  return callMethodDef(def, self, args[0], rest(args));
}

Value newMethodDescriptor(Type* owner, const MethodDef* def) {
  return make(methodDescriptorType, owner, def->name, def);
}
Value newClassMethodDescriptor(Type* owner, const MethodDef* def) {
  return make(classMethodDescriptorType, owner, def->name, def);
}
Value newWrapperDescriptor(Type* owner, const SlotDef* def) {
  return make(wrapperDescriptorType, owner, reinterpret_cast<const char*>(def->name->data()), def);
}

constinit Type methodDescriptorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "method_descriptor",
    .flags = kTypeMethodDescriptor | kTypeOwnGetAttr,
    .instanceLayout = descriptorLayout(methodDescriptorType),
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = methodRepr,
    .call = methodCall,
    .descrGet = methodGet,
    .methods = reduceMethods,
    .getset = methodGetSet,
    .members = members,
};

constinit Type classMethodDescriptorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "classmethod_descriptor",
    .flags = kTypeOwnGetAttr,
    .instanceLayout = descriptorLayout(classMethodDescriptorType),
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = methodRepr,
    .call = classMethodCall,
    .descrGet = classMethodGet,
    .getset = methodGetSet,
    .members = members,
};

constinit Type wrapperDescriptorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "wrapper_descriptor",
    .flags = kTypeMethodDescriptor | kTypeOwnGetAttr,
    .instanceLayout = descriptorLayout(wrapperDescriptorType),
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = wrapperRepr,
    .call = wrapperCall,
    .descrGet = wrapperGet,
    .methods = reduceMethods,
    .getset = wrapperGetSet,
    .members = members,
};

constinit Type methodWrapperType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "method-wrapper",
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &methodWrapperType, .size = sizeof(BoundWrapperObject), .flags = kLayoutGc},
    .dealloc = boundDealloc,
    .traverse = boundTraverse,
    .repr = boundRepr,
    .hash = boundHash,
    .call = boundCall,
    .compare = boundCompare,
    .methods = boundMethods,
    .getset = boundGetSet,
    .members = boundMembers,
};

} // namespace krait
