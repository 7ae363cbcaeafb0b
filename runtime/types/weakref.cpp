// weakref.ref, and the lists of weak references that hang on their targets.
#include "runtime/types/weakref.h"

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

WeakrefObject* ref(Value v) { return v.as<WeakrefObject>(); }
Value valueOf(WeakrefObject* r) { return &r->header; }

/// The word that heads the target's list, or null if it has none.
WeakrefObject** listOf(Value target) {
  if (!target.isPointer() || !target.object()->layout->weakOffset) return nullptr;
  return reinterpret_cast<WeakrefObject**>(wordAt(target.object(), target.object()->layout->weakOffset));
}

bool isPlain(const WeakrefObject* r, const Type& type) { return !r->callback && r->header.layout->type == &type; }
bool isProxyType(const Type& t) { return &t == &proxyType || &t == &callableProxyType; }

/// The shared reference and the shared proxy without callback stand first.
void findShared(WeakrefObject* head, WeakrefObject** plainRef, WeakrefObject** plainProxy) {
  *plainRef = *plainProxy = nullptr;
  if (head && isPlain(head, weakrefType)) {
    *plainRef = head;
    head = head->next;
  }
  if (head && !head->callback && isProxyType(*head->header.layout->type)) *plainProxy = head;
}

void insertAfter(WeakrefObject** head, WeakrefObject* previous, WeakrefObject* r) {
  r->previous = previous;
  r->next = previous ? previous->next : *head;
  if (r->next) r->next->previous = r;
  if (previous) previous->next = r;
  else *head = r;
}

/// Takes the reference out of its target's list; it is dead from then on.
void unlink(WeakrefObject* r) {
  if (!r->target) return;
  WeakrefObject** head = listOf(r->target);
  if (*head == r) *head = r->next;
  if (r->previous) r->previous->next = r->next;
  if (r->next) r->next->previous = r->previous;
  r->target = Value();
  r->previous = r->next = nullptr;
}

} // namespace

void weakrefDealloc(Object* o) {
  if (gcIsTracked(o)) gcUntrack(o);
  unlink(ref(o));
  xdecref(ref(o)->callback);
  freeObject(o);
}
int weakrefTraverse(Object* o, Visit visit, void* context) { return visit(ref(o)->callback, context); }
void weakrefClear(Object* o) {
  unlink(ref(o));
  clear(ref(o)->callback);
}

namespace {

Value makeReference(Type* type, Value target, Value callback) {
  WeakrefObject** head = listOf(target);
  if (!head) return raise(TypeErrorType, "cannot create weak reference to '%s' object", typeOf(target)->name);
  if (callback && isNone(callback)) callback = Value();
  bool proxy = isProxyType(*type);
  WeakrefObject *plainRef, *plainProxy;
  findShared(*head, &plainRef, &plainProxy);
  if (!callback) {
    if (type == &weakrefType && plainRef) return newRef(valueOf(plainRef));
    if (proxy && plainProxy) return newRef(valueOf(plainProxy));
  }
  Value made = allocateOf(type, 0);
  if (!made) return {};
  auto* r = ref(made);
  r->hash = -1;
  r->target = target;
  r->callback = xnewRef(callback);
  // Making it may have collected garbage: look again where it belongs.
  head = listOf(target);
  findShared(*head, &plainRef, &plainProxy);
  bool shared = !callback && (type == &weakrefType || proxy);
  if (shared) insertAfter(head, proxy ? plainRef : nullptr, r);
  else insertAfter(head, plainProxy ? plainProxy : plainRef, r);
  gcTrack(made.object());
  return made;
}

Value construct(Type* t, const Args& args) {
  if (checkPositional("__new__", args.positional(), 1, 2) < 0) return {}; // keywords are for __init__
  return makeReference(t, args[0], args.count > 1 ? args[1] : Value());
}
int32_t init(Value, const Args& args) {
  if (checkNoKeywords("ref", args) < 0) return -1;
  return checkPositional("__init__", args, 1, 2);
}

Value called(Value self, const Args& args) {
  if ((args.count || args.names) && (checkNoKeywords("weakref", args) < 0 || checkPositional("weakref", args, 0, 0) < 0)) return {};
  Value target = weakrefTarget(self);
  return target ? newRef(target) : none();
}

int64_t hashOf(Value self) {
  if (ref(self)->hash != -1) return ref(self)->hash;
  Ref target(xnewRef(weakrefTarget(self)));
  if (!target) return fail(TypeErrorType, "weak object has gone away");
  return ref(self)->hash = hash(target);
}

Value reprOf(Value self) {
  Ref target(xnewRef(weakrefTarget(self)));
  void* address = self.object();
  if (!target) return formatText("<weakref at %p; dead>", address);
  Ref name(getAttrOptional(target, NAME(__name__)));
  if (!name && errorSet()) return {};
  void* at = target.get().object();
  if (!name || !isStr(name)) return formatText("<weakref at %p; to '%s' at %p>", address, typeOf(target)->name, at);
  return formatText("<weakref at %p; to '%s' at %p (%U)>", address, typeOf(target)->name, at, name.get());
}

Value compareWith(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || !isInstanceOf(a, weakrefType) || !isInstanceOf(b, weakrefType))
    return notImplemented();
  Ref left(xnewRef(weakrefTarget(a))), right(xnewRef(weakrefTarget(b)));
  if (!left || !right) return boolean((a == b) == (op == kEq));
  return compare(left, right, static_cast<CompareOp>(op));
}

constexpr MemberDef members[] = {{"__callback__", MemberKind::ObjectNone, offsetof(WeakrefObject, callback)}, {}};
constexpr MethodDef methods[] = {{"__class_getitem__", newGenericAlias, "($type, object, /)", kMethodClass | kMethodUnsigned}, {}};

} // namespace

Value newWeakref(Value target, Value callback) { return makeReference(&weakrefType, target, callback); }
Value newWeakProxy(Value target, Value callback) {
  return makeReference(isCallable(target) ? &callableProxyType : &proxyType, target, callback);
}

bool refersToSame(Value a, Value b) {
  if (!isExact(a, weakrefType) || !isExact(b, weakrefType)) return false;
  const Value target = weakrefTarget(a);
  return target && target == weakrefTarget(b) && typeOfObject(target.object())->compare == objectType.compare;
}

int64_t weakrefCount(Value target) {
  WeakrefObject** head = listOf(target);
  int64_t n = 0;
  for (WeakrefObject* r = head ? *head : nullptr; r; r = r->next) ++n;
  return n;
}

Value weakrefList(Value target) {
  Ref list(newList(0));
  if (!list) return {};
  WeakrefObject** head = listOf(target);
  for (WeakrefObject* r = head ? *head : nullptr; r; r = r->next)
    if (listAppend(list, valueOf(r)) < 0) return {};
  return list.release();
}

void weakrefCallback(Value reference) {
  Ref callback(ref(reference)->callback);
  ref(reference)->callback = Value();
  if (!callback) return;
  Ref result(call(callback, {reference}));
  if (!result) errorUnraisable(nullptr, callback);
}

void clearWeakrefs(Object* o) {
  WeakrefObject** head = listOf(o);
  if (!head || !*head) return;
  // All die before the first callback runs. A reference that is dying itself is not called back.
  WeakrefObject* pending = nullptr;
  WeakrefObject** tail = &pending;
  while (WeakrefObject* r = *head) {
    unlink(r);
    if (!r->callback || r->header.refs <= 0) continue;
    incref(valueOf(r));
    *tail = r;
    tail = &r->next;
  }
  if (!pending) return;
  Ref error = errorTake();
  while (pending) {
    WeakrefObject* r = pending;
    pending = r->next;
    r->next = nullptr;
    Ref held(valueOf(r));
    weakrefCallback(held);
  }
  if (error) errorRestore(error.release());
}

void weakrefsClearForCollector(Object* o, Value pending) {
  WeakrefObject** head = listOf(o);
  while (WeakrefObject* r = head ? *head : nullptr) {
    unlink(r);
    if (r->callback && !gcIsUnreachable(&r->header) && listAppend(pending, valueOf(r)) < 0) errorClear();
  }
}

constinit Type weakrefType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "weakref.ReferenceType",
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &weakrefType, .size = sizeof(WeakrefObject), .flags = kLayoutGc},
    .dealloc = weakrefDealloc,
    .traverse = weakrefTraverse,
    .clear = weakrefClear,
    .repr = reprOf,
    .hash = hashOf,
    .call = called,
    .compare = compareWith,
    .init = init,
    .construct = construct,
    .make = [](Value a) { return a ? newWeakref(a, Value()) : construct(&weakrefType, {}); },
    .methods = methods,
    .members = members,
};

} // namespace krait
