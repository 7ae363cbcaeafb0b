// slice objects.
#include <algorithm>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/list_slices.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/str_slots.h"

namespace krait {

static SliceObject* asSlice(Value v) { return v.as<SliceObject>(); }

Value newSlice(Value start, Value stop, Value step) {
  auto* s = newObjectOf<SliceObject>(sliceType);
  s->start = newRef(start);
  s->stop = newRef(stop);
  s->step = newRef(step);
  gcTrackNew(&s->header);
  return Value(&s->header);
}
extern "C" Value krt_slice_new(Value start, Value stop, Value step) { return newSlice(start, stop, step); }

/// Nobody but the subscript of a builtin type sees such a slice: it need not be an object on the heap.
static bool isPlainPart(Value v) { return v.isSmallInt() || isNone(v); }
static bool isPlain(Value start, Value stop, Value step) {
  return isPlainPart(start) && isPlainPart(stop) && isPlainPart(step);
}
struct alignas(16) TransientSlice {
  SliceObject object;
  TransientSlice(Value start, Value stop, Value step)
      : object{{kImmortal, &sliceType.instanceLayout}, start, stop, step} {}
  Value value() const { return Value(&object.header); }
};

[[gnu::noinline]] static Value getBeyond(Value o, Value start, Value stop, Value step) {
  if (o.isPointer() && isPlain(start, stop, step)) {
    const Type* t = typeOf(o);
    if (t == &listType || t == &tupleType || t == &strType || t == &bytesType || t == &bytearrayType || t == &rangeType || t == &memoryviewType) {
      TransientSlice slice(start, stop, step);
      return t->mapping->subscript(o, slice.value());
    }
  }
  Ref slice(newSlice(start, stop, step));
  return slice ? krt_item_get_slow(o, slice) : Value();
}
[[gnu::noinline]] static Value bytesByParts(Value o, Value start, Value stop) {
  const int64_t size = o.as<BytesObject>()->size;
  int64_t from = isNone(start) ? 0 : start.smallInt(), to = isNone(stop) ? size : stop.smallInt();
  if (from < 0) from = std::max<int64_t>(from + size, 0);
  if (to < 0) to += size;
  return bytesSlice(o, from, to);
}
extern "C" Value krt_slice_get(Value o, Value start, Value stop, Value step) {
  if (!o.isPointer() || !isPlainPart(start) || !isPlainPart(stop)) [[unlikely]] return getBeyond(o, start, stop, step);
  const Layout* l = o.object()->layout;
  if (l == &listType.instanceLayout) {
    if (isNone(step) || (step.isSmallInt() && step.smallInt() != 0)) return listSliceByParts(o, start, stop, step);
  } else if (isNone(step) && (l == &tupleType.instanceLayout || l == &strType.instanceLayout)) {
    const int64_t size = l == &tupleType.instanceLayout ? asTuple(o)->size : asStr(o)->length;
    int64_t from = isNone(start) ? 0 : start.smallInt(), to = isNone(stop) ? size : stop.smallInt();
    if (from < 0) from += size;
    if (to < 0) to += size;
    return l == &tupleType.instanceLayout ? tupleSlice(o, from, to) : strSubstring(o, from, to);
  } else if (isNone(step) && l == &bytesType.instanceLayout) {
    return bytesByParts(o, start, stop);
  } else if (l == &strType.instanceLayout && step.isSmallInt() && step.smallInt() != 0) {
    int64_t from;
    const int64_t n = stridedIn(asStr(o)->length, start, stop, step.smallInt(), from);
    return strStrided(o, from, step.smallInt(), n);
  }
  return getBeyond(o, start, stop, step);
}

[[gnu::noinline]] static int32_t setBeyond(Value o, Value start, Value stop, Value step, Owned v) {
  Ref held(v);
  if (isExactList(o) && isPlain(start, stop, step)) {
    TransientSlice slice(start, stop, step);
    return listType.mapping->setSubscript(o, slice.value(), v);
  }
  Ref slice(newSlice(start, stop, step));
  return slice ? krt_item_set_slow(o, slice, v) : -1;
}
extern "C" int32_t krt_slice_set(Value o, Value start, Value stop, Value step, Owned v) {
  if (isExactList(o) && isPlainPart(start) && isPlainPart(stop) && isNone(step)) [[likely]] return listAssignByParts(o, start, stop, v);
  return setBeyond(o, start, stop, step, v);
}

static void sliceDealloc(Object* o) {
  gcUntrack(o);
  auto* s = reinterpret_cast<SliceObject*>(o);
  decref(s->step);
  decref(s->start);
  decref(s->stop);
  releaseCollected(o);
}
static int sliceTraverse(Object* o, Visit visit, void* context) {
  auto* s = reinterpret_cast<SliceObject*>(o);
  for (Value v : {s->start, s->stop, s->step})
    if (int r = visit(v, context)) return r;
  return 0;
}
static Value sliceConstruct(Type* t, const Args& args) {
  if (checkNoKeywords("slice", args) < 0 || checkPositional("slice", args, 1, 3) < 0) return Value();
  if (args.count == 1) return newSlice(none(), args[0], none());
  return newSlice(args[0], args[1], args.count == 3 ? args[2] : none());
}
static Value sliceRepr(Value v) {
  auto* s = asSlice(v);
  return formatText("slice(%R, %R, %R)", s->start, s->stop, s->step);
}
static Value sliceCompare(Value a, Value b, int op) {
  if (!isExact(a, sliceType) || !isExact(b, sliceType)) return notImplemented();
  if (a == b) return boolean(op == kEq || op == kLe || op == kGe);
  Ref x(newTuple({asSlice(a)->start, asSlice(a)->stop, asSlice(a)->step}));
  Ref y(newTuple({asSlice(b)->start, asSlice(b)->stop, asSlice(b)->step}));
  return x && y ? compare(x, y, static_cast<CompareOp>(op)) : Value();
}

/// A member as an int object, or `fallback` for None. Owned.
static Value evaluate(Value v, Value fallback) {
  if (isNone(v)) return newRef(fallback);
  if (!hasIndex(v))
    return raise(TypeErrorType, "slice indices must be integers or None or have an __index__ method");
  return index(v);
}
/// v (None: fallback) made non-negative by adding length and clipped to [lower, upper].
static Value clip(Value v, Value fallback, Value length, Value lower, Value upper) {
  if (isNone(v)) return newRef(fallback);
  Ref i(evaluate(v, fallback));
  if (!i) return Value();
  if (intSign(i) < 0) {
    i.reset(intAdd(i, length));
    if (!i) return Value();
    return newRef(intCompare(i, lower) < 0 ? lower : i.get());
  }
  return newRef(intCompare(i, upper) > 0 ? upper : i.get());
}
static Value sliceIndices(Value self, Value lengthArgument) {
  auto* s = asSlice(self);
  Ref n(index(lengthArgument));
  if (!n) return Value();
  if (intSign(n) < 0) return raise(ValueErrorType, "length should not be negative");
  Ref step(evaluate(s->step, newInt(1)));
  if (!step) return Value();
  int sign = intSign(step);
  if (sign == 0) return raise(ValueErrorType, "slice step cannot be zero");
  Ref lower(newInt(sign < 0 ? -1 : 0));
  Ref upper(sign < 0 ? intSub(n, newInt(1)) : newRef(n));
  if (!upper) return Value();
  Ref start(clip(s->start, sign < 0 ? upper : lower, n, lower, upper));
  Ref stop(start ? clip(s->stop, sign < 0 ? lower : upper, n, lower, upper) : Value());
  return stop ? newTuple({start, stop, step}) : Value();
}
static Value sliceReduce(Value self) {
  auto* s = asSlice(self);
  Ref args(newTuple({s->start, s->stop, s->step}));
  return args ? newTuple({asValue(&sliceType), args}) : Value();
}

static constexpr MethodDef sliceMethods[] = {
    {"indices", sliceIndices, "($self, object, /)"},
    {"__reduce__", sliceReduce},
    {},
};
static constexpr MemberDef sliceMembers[] = {
    {"start", MemberKind::Object, offsetof(SliceObject, start)},
    {"stop", MemberKind::Object, offsetof(SliceObject, stop)},
    {"step", MemberKind::Object, offsetof(SliceObject, step)},
    {},
};

constinit Type sliceType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "slice",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &sliceType, .size = sizeof(SliceObject), .flags = kLayoutGc},
    .dealloc = sliceDealloc,
    .traverse = sliceTraverse,
    .repr = sliceRepr,
    .hash = hashNotImplemented,
    .compare = sliceCompare,
    .construct = sliceConstruct,
    .methods = sliceMethods,
    .members = sliceMembers,
    .doc = "The bounds of an extended subscript: slice(stop) or slice(start, stop, step).",
};

} // namespace krait
