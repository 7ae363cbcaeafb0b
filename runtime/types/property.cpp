// property: getter, setter and deleter functions as one data descriptor.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"

namespace krait {

namespace {

PropertyObject* property(Value v) { return v.as<PropertyObject>(); }

void dealloc(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  for (Value* word : {&property(o)->getter, &property(o)->setter, &property(o)->deleter, &property(o)->doc, &property(o)->name})
    xdecref(*word);
  freeObject(o);
  trashcanEnd();
}
int traverse(Object* o, Visit visit, void* context) {
  for (Value word : {property(o)->getter, property(o)->setter, property(o)->deleter, property(o)->doc, property(o)->name})
    if (int stop = visit(word, context)) return stop;
  return 0;
}
void clearParts(Object* o) {
  for (Value* word : {&property(o)->getter, &property(o)->setter, &property(o)->deleter, &property(o)->doc, &property(o)->name})
    clear(*word);
}

Value construct(Type* t, const Args&) {
  Ref o(allocateOf(t, 0));
  if (!o) return {};
  gcTrack(o.get().object());
  return o.release();
}

Value orNull(Value v) { return v && !isNone(v) ? newRef(v) : Value(); }

int32_t setFields(Value self, Value getter, Value setter, Value deleter, Value doc) {
  PropertyObject* p = property(self);
  if (p->getter || p->setter) typeModified(&objectType); // whichever class has it: what is known by a version is which code runs
  assign(p->getter, orNull(getter));
  assign(p->setter, orNull(setter));
  assign(p->deleter, orNull(deleter));
  assign(p->doc, xnewRef(doc));
  clear(p->name);
  p->docFromGetter = false;
  if ((doc && !isNone(doc)) || !p->getter) return 0;
  Ref text(getAttrOptional(p->getter, NAME(__doc__)));
  if (!text) return errorSet() ? -1 : 0;
  if (typeOf(self) == &propertyType) {
    p->docFromGetter = !isNone(text);
    assign(p->doc, isNone(text) ? Value() : text.release());
    return 0;
  }
  // The class of a subclass shadows the member: the text goes into the instance's dict.
  if (setAttr(self, NAME(__doc__), text) < 0) return -1;
  p->docFromGetter = true;
  return 0;
}

int32_t init(Value self, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("property", "(fget=None, fset=None, fdel=None, doc=None)", args, argv, 4, holder) < 0) return -1;
  return setFields(self, argv[0], argv[1], argv[2], argv[3]);
}

/// AttributeError about a missing function, naming what can be named.
int32_t lacks(Value self, Value o, const char* what) {
  PropertyObject* p = property(self);
  Ref qualname(getAttr(asValue(typeOf(o)), NAME(__qualname__)));
  if (!qualname) return -1;
  if (p->name) return fail(AttributeErrorType, "property %R of %R object has no %s", p->name, qualname.get(), what);
  return fail(AttributeErrorType, "property of %R object has no %s", qualname.get(), what);
}

Value get(Value self, Value o, Value) {
  if (!o || isNone(o)) return newRef(self);
  PropertyObject* p = property(self);
  if (!p->getter) {
    lacks(self, o, "getter");
    return {};
  }
  Ref f = Ref::share(p->getter);
  return call(f, {o});
}

int32_t set(Value self, Value o, Value v) {
  PropertyObject* p = property(self);
  Ref f = Ref(xnewRef(v ? p->setter : p->deleter));
  if (!f) return lacks(self, o, v ? "setter" : "deleter");
  Ref r(v ? call(f, {o, v}) : call(f, {o}));
  return r ? 0 : -1;
}

/// A copy with one function replaced.
Value copyWith(Value self, Value getter, Value setter, Value deleter) {
  PropertyObject* p = property(self);
  auto pick = [](Value mine, Value theirs) { return theirs && !isNone(theirs) ? theirs : mine ? mine : none(); };
  Value g = pick(p->getter, getter), s = pick(p->setter, setter), d = pick(p->deleter, deleter);
  Value doc = p->docFromGetter && !isNone(g) ? none() : p->doc ? p->doc : none();
  Value copy = call(asValue(typeOf(self)), {g, s, d, doc});
  if (copy && isInstanceOf(copy, propertyType)) assign(property(copy)->name, xnewRef(p->name));
  return copy;
}
Value getterMethod(Value self, Value f) { return copyWith(self, f, Value(), Value()); }
Value setterMethod(Value self, Value f) { return copyWith(self, Value(), f, Value()); }
Value deleterMethod(Value self, Value f) { return copyWith(self, Value(), Value(), f); }

Value setName(Value self, const Args& args) {
  if (args.count != 2)
    return raise(TypeErrorType, "__set_name__() takes 2 positional arguments but %zu were given", args.count);
  assign(property(self)->name, newRef(args[1]));
  return none();
}

Value isAbstract(Value self, void*) {
  for (Value f : {property(self)->getter, property(self)->setter, property(self)->deleter}) {
    if (!f) continue;
    Ref v(getAttrOptional(f, NAME(__isabstractmethod__)));
    if (!v && errorSet()) return {};
    int32_t truth = v ? isTrue(v) : 0;
    if (truth < 0) return {};
    if (truth) return boolean(true);
  }
  return boolean(false);
}

constexpr MethodDef methods[] = {{"getter", getterMethod}, {"setter", setterMethod}, {"deleter", deleterMethod},
                                 {"__set_name__", setName, nullptr, kMethodPositional}, {}};
constexpr GetSetDef getset[] = {{"__isabstractmethod__", isAbstract}, {}};
constexpr MemberDef members[] = {
    {"fget", MemberKind::ObjectNone, offsetof(PropertyObject, getter)},
    {"fset", MemberKind::ObjectNone, offsetof(PropertyObject, setter)},
    {"fdel", MemberKind::ObjectNone, offsetof(PropertyObject, deleter)},
    {"__doc__", MemberKind::ObjectNone, offsetof(PropertyObject, doc), false},
    {},
};

} // namespace

constinit Type propertyType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "property",
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &propertyType, .size = sizeof(PropertyObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .descrGet = get,
    .descrSet = set,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .members = members,
    .constructorSignature = "(fget=None, fset=None, fdel=None, doc=None)",
};

} // namespace krait
