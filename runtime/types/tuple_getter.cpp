// _tuplegetter: the descriptor of a named tuple's field, an item of the tuple.
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

Value construct(Type* t, const Args& args) {
  if (checkNoKeywords("_tuplegetter", args) < 0 || checkPositional("_tuplegetter", args, 2, 2) < 0) return Value();
  int64_t index = toIndex(args[0], &OverflowErrorType);
  if (index == -1 && errorSet()) return Value();
  Value v = allocateOf(t, 0);
  if (!v) return v;
  v.as<TupleGetter>()->index = index;
  v.as<TupleGetter>()->doc = newRef(args[1]);
  gcTrack(v.object());
  return v;
}
Value get(Value self, Value o, Value type) {
  int64_t index = self.as<TupleGetter>()->index;
  if (!o) return newRef(self);
  if (!isTuple(o)) {
    if (isNone(o)) return newRef(self);
    return raise(TypeErrorType, "descriptor for index '%zd' for tuple subclasses doesn't apply to '%s' object", index,
                 typeOf(o)->name);
  }
  if (index < 0 || index >= asTuple(o)->size) return raise(IndexErrorType, "tuple index out of range");
  return newRef(asTuple(o)->items[index]);
}
int32_t set(Value, Value, Value v) {
  return fail(AttributeErrorType, v ? "can't set attribute" : "can't delete attribute");
}
Value reduce(Value self) {
  Ref index(newInt(self.as<TupleGetter>()->index));
  Ref args(newTuple({index, self.as<TupleGetter>()->doc}));
  return args ? newTuple({asValue(&tupleGetterType), args}) : Value();
}
Value show(Value self) {
  return formatText("_tuplegetter(%zd, %R)", self.as<TupleGetter>()->index, self.as<TupleGetter>()->doc);
}
constexpr MethodDef methods[] = {{"__reduce__", reduce, "($self, /)"}, {}};
constexpr MemberDef members[] = {{"__doc__", MemberKind::Object, offsetof(TupleGetter, doc), false}, {}};

} // namespace

constinit Type tupleGetterType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_collections._tuplegetter",
    .base = &objectType,
    .flags = 0,
    .instanceLayout = {.type = &tupleGetterType, .size = sizeof(TupleGetter), .flags = kLayoutGc},
    .dealloc = deallocWords<1>,
    .traverse = traverseWords<1>,
    .clear = clearWords<1>,
    .repr = show,
    .descrGet = get,
    .descrSet = set,
    .construct = construct,
    .methods = methods,
    .members = members,
};

} // namespace krait
