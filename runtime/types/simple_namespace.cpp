// types.SimpleNamespace: attributes and nothing else.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

struct NamespaceObject { Object header; Value dict; };
Value& dictOf(Value v) { return v.as<NamespaceObject>()->dict; }

void dealloc(Object* o) {
  gcUntrack(o);
  xdecref(dictOf(o));
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) { return visit(dictOf(o), context); }
void clearParts(Object* o) { clear(dictOf(o)); }

Value construct(Type* t, const Args&) {
  Ref o(allocateOf(t, 0));
  if (!o) return {};
  dictOf(o) = newDict();
  gcTrack(o.get().object());
  return dictOf(o) ? o.release() : Value();
}

int32_t init(Value self, const Args& args) {
  if (args.count) return fail(TypeErrorType, "no positional arguments expected");
  for (size_t i = 0; i < args.nameCount(); ++i)
    if (dictSet(dictOf(self), asTuple(args.names)->items[i], args[i]) < 0) return -1;
  return 0;
}

Value reprOf(Value self) {
  const char* name = isExact(self, simpleNamespaceType) ? "namespace" : typeOf(self)->name;
  int32_t nested = reprEnter(self);
  if (nested) return nested < 0 ? Value() : formatText("%s(...)", name);
  StrBuilder out;
  Ref head(formatText("%s(", name));
  if (head) out.add(head);
  int64_t position = 0;
  Value key, v;
  bool first = true, ok = static_cast<bool>(head);
  Ref held = Ref::share(dictOf(self));
  while (ok && dictNext(held, &position, &key, &v)) {
    if (!isStr(key) || asStr(key)->length == 0) continue;
    Ref part(formatText("%S=%R", key, v));
    if (!part) {
      ok = false;
      break;
    }
    if (!first) out.addAscii(", ");
    first = false;
    out.add(part);
  }
  reprLeave(self);
  if (!ok) return {};
  out.addAscii(")");
  return out.take();
}

Value compareWith(Value a, Value b, int op) {
  if (!isInstanceOf(a, simpleNamespaceType) || !isInstanceOf(b, simpleNamespaceType)) return notImplemented();
  return compare(dictOf(a), dictOf(b), static_cast<CompareOp>(op));
}

Value reduce(Value self) {
  Ref empty(emptyTuple());
  return newTuple({asValue(typeOf(self)), empty.get(), dictOf(self)});
}

constexpr MethodDef methods[] = {{"__reduce__", reduce}, {}};
constexpr MemberDef members[] = {{"__dict__", getInstanceDict}, {}};

} // namespace

Value newSimpleNamespace(Value dict) {
  Ref o(construct(&simpleNamespaceType, Args{}));
  if (!o || (dict && dictMerge(dictOf(o), dict, 1) < 0)) return {};
  return o.release();
}

constinit Type simpleNamespaceType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "types.SimpleNamespace",
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnSetAttr,
    .instanceLayout = {.type = &simpleNamespaceType,
                       .size = sizeof(NamespaceObject),
                       .flags = kLayoutGc,
                       .dictOffset = offsetof(NamespaceObject, dict)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .repr = reprOf,
    .compare = compareWith,
    .init = init,
    .construct = construct,
    .methods = methods,
    .members = members,
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
};

} // namespace krait
