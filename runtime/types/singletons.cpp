// None, Ellipsis and NotImplemented: one immortal instance each.
#include "runtime/object/protocol.h"
#include "runtime/types/iterators.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// NoneType() and its like answer the one instance, and take nothing.
template <Object* Instance> Value construct(Type* t, const Args& args) {
  if (args.count || args.nameCount()) return raise(TypeErrorType, "%s takes no arguments", t == &ellipsisType ? "EllipsisType" : t->name);
  return Instance;
}

Value noneRepr(Value) { return newStr("None"); }
int32_t noneTruth(Value) { return 0; }
constexpr NumberSlots noneNumber = {.truth = noneTruth};

Value ellipsisRepr(Value) { return newStr("Ellipsis"); }
Value ellipsisReduce(Value) { return newStr("Ellipsis"); }
constexpr MethodDef ellipsisMethods[] = {{"__reduce__", ellipsisReduce, "($self, /)"}, {}};

Value notImplementedRepr(Value) { return newStr("NotImplemented"); }
Value notImplementedReduce(Value) { return newStr("NotImplemented"); }
int32_t notImplementedTruth(Value) {
  if (warn(DeprecationWarningType, 1, "NotImplemented should not be used in a boolean context") < 0) return -1;
  return 1;
}
constexpr NumberSlots notImplementedNumber = {.truth = notImplementedTruth};
constexpr MethodDef notImplementedMethods[] = {{"__reduce__", notImplementedReduce, "($self, /)"}, {}};

} // namespace

constinit Type noneType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "NoneType",
    .flags = kTypeNone,
    .instanceLayout = {.type = &noneType, .size = sizeof(Object)},
    .repr = noneRepr,
    .construct = construct<&noneObject>,
    .number = &noneNumber,
};

constinit Type ellipsisType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "ellipsis",
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &ellipsisType, .size = sizeof(Object)},
    .repr = ellipsisRepr,
    .construct = construct<&ellipsisObject>,
    .methods = ellipsisMethods,
};

constinit Type notImplementedType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "NotImplementedType",
    .instanceLayout = {.type = &notImplementedType, .size = sizeof(Object)},
    .repr = notImplementedRepr,
    .construct = construct<&notImplementedObject>,
    .number = &notImplementedNumber,
    .methods = notImplementedMethods,
};

alignas(16) constinit Object noneObject = KRAIT_STATIC_HEADER(noneType);
alignas(16) constinit Object ellipsisObject = KRAIT_STATIC_HEADER(ellipsisType);
alignas(16) constinit Object notImplementedObject = KRAIT_STATIC_HEADER(notImplementedType);

} // namespace krait
