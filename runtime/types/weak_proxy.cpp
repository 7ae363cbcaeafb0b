// weakref.proxy: stands for its target in every operation while that lives.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

bool isProxy(Value v) { return isExact(v, proxyType) || isExact(v, callableProxyType); }

/// What `v` stands for, held; null with ReferenceError when it is dead.
Ref unwrap(Value v) {
  if (!isProxy(v)) return Ref::share(v);
  Value target = weakrefTarget(v);
  if (!target) raise(ReferenceErrorType, "weakly-referenced object no longer exists");
  return Ref(xnewRef(target));
}

template <Value (*Operation)(Value)> Value unary(Value v) {
  Ref target = unwrap(v);
  return target ? Operation(target) : Value();
}
template <Value (*Operation)(Value, Value)> Value binaryOf(Value a, Value b) {
  Ref x = unwrap(a);
  if (!x) return {};
  Ref y = unwrap(b);
  return y ? Operation(x, y) : Value();
}

using Member = BinaryFn NumberSlots::*;
struct Operator { Member slot, inplace; const char *symbol, *inplaceSymbol; };
constexpr Operator kAdd = {&NumberSlots::add, &NumberSlots::iadd, "+", "+="};
constexpr Operator kSub = {&NumberSlots::sub, &NumberSlots::isub, "-", "-="};
constexpr Operator kMul = {&NumberSlots::mul, &NumberSlots::imul, "*", "*="};
constexpr Operator kMod = {&NumberSlots::mod, &NumberSlots::imod, "%", "%="};
constexpr Operator kLshift = {&NumberSlots::lshift, &NumberSlots::ilshift, "<<", "<<="};
constexpr Operator kRshift = {&NumberSlots::rshift, &NumberSlots::irshift, ">>", ">>="};
constexpr Operator kAnd = {&NumberSlots::and_, &NumberSlots::iand, "&", "&="};
constexpr Operator kXor = {&NumberSlots::xor_, &NumberSlots::ixor, "^", "^="};
constexpr Operator kOr = {&NumberSlots::or_, &NumberSlots::ior, "|", "|="};
constexpr Operator kFloorDiv = {&NumberSlots::floordiv, &NumberSlots::ifloordiv, "//", "//="};
constexpr Operator kTrueDiv = {&NumberSlots::truediv, &NumberSlots::itruediv, "/", "/="};
constexpr Operator kMatMul = {&NumberSlots::matmul, &NumberSlots::imatmul, "@", "@="};

template <const Operator* Op> Value operate(Value a, Value b) {
  Ref x = unwrap(a);
  if (!x) return {};
  Ref y = unwrap(b);
  return y ? binary(x, y, Op->slot, Op->symbol) : Value();
}
template <const Operator* Op> Value inplace(Value a, Value b) {
  Ref x = unwrap(a);
  if (!x) return {};
  Ref y = unwrap(b);
  return y ? binaryInplace(x, y, Op->inplace, Op->slot, Op->inplaceSymbol) : Value();
}

Value powerOf(Value a, Value b, Value mod) {
  Ref x = unwrap(a);
  if (!x) return {};
  Ref y = unwrap(b);
  if (!y) return {};
  Ref z = unwrap(mod);
  return z ? power(x, y, z) : Value();
}
Value powerInplaceOf(Value a, Value b, Value) { return powerOf(a, b, none()); }

Value toInt(Value v) { return call(asValue(&intType), {v}); }
Value toFloat(Value v) { return call(asValue(&floatType), {v}); }

int32_t truth(Value v) {
  Ref target = unwrap(v);
  return target ? isTrue(target) : -1;
}
int64_t lengthOf(Value v) {
  Ref target = unwrap(v);
  return target ? length(target) : -1;
}
int32_t containsOf(Value v, Value item) {
  Ref target = unwrap(v);
  return target ? contains(target, item) : -1;
}
int32_t setSubscript(Value v, Value key, Value item) {
  Ref target = unwrap(v);
  if (!target) return -1;
  return item ? setItem(target, key, item) : delItem(target, key);
}
int32_t setAttribute(Value v, Value name, Value item) {
  Ref target = unwrap(v);
  return target ? setAttr(target, name, item) : -1;
}
Value getAttribute(Value v, Value name) {
  Ref target = unwrap(v);
  return target ? getAttr(target, name) : Value();
}
Value compareWith(Value a, Value b, int op) {
  Ref x = unwrap(a);
  if (!x) return {};
  Ref y = unwrap(b);
  return y ? compare(x, y, static_cast<CompareOp>(op)) : Value();
}
Value nextOf(Value v) {
  Ref target = unwrap(v);
  if (!target) return {};
  if (!isIterator(target))
    return raise(TypeErrorType, "Weakref proxy referenced a non-iterator '%.200s' object", typeOf(target)->name);
  return next(target);
}
Value callTarget(Value v, const Args& args) {
  Ref target = unwrap(v);
  return target ? call(target, args) : Value();
}
Value repr(Value v) {
  Value target = weakrefTarget(v);
  Type* t = target ? typeOf(target) : &noneType;
  return formatText("<weakproxy at %p to %s at %p>", static_cast<void*>(v.object()), t->name,
                    static_cast<void*>(target ? target.object() : none().object()));
}
int64_t unhashable(Value v) { return fail(TypeErrorType, "unhashable type: '%.200s'", typeOf(v)->name); }

Value bytesOf(Value v) {
  Ref target = unwrap(v);
  return target ? callMethod(target, NAME(__bytes__)) : Value();
}
Value reversedOf(Value v) {
  Ref target = unwrap(v);
  return target ? callMethod(target, NAME(__reversed__)) : Value();
}

constexpr NumberSlots number = {
    .add = operate<&kAdd>,
    .sub = operate<&kSub>,
    .mul = operate<&kMul>,
    .mod = operate<&kMod>,
    .divmod = binaryOf<divmod>,
    .pow = powerOf,
    .neg = unary<negative>,
    .pos = unary<positive>,
    .abs = unary<absolute>,
    .truth = truth,
    .invert = unary<invert>,
    .lshift = operate<&kLshift>,
    .rshift = operate<&kRshift>,
    .and_ = operate<&kAnd>,
    .xor_ = operate<&kXor>,
    .or_ = operate<&kOr>,
    .toInt = unary<toInt>,
    .toFloat = unary<toFloat>,
    .index = unary<index>,
    .iadd = inplace<&kAdd>,
    .isub = inplace<&kSub>,
    .imul = inplace<&kMul>,
    .imod = inplace<&kMod>,
    .ipow = powerInplaceOf,
    .ilshift = inplace<&kLshift>,
    .irshift = inplace<&kRshift>,
    .iand = inplace<&kAnd>,
    .ixor = inplace<&kXor>,
    .ior = inplace<&kOr>,
    .floordiv = operate<&kFloorDiv>,
    .truediv = operate<&kTrueDiv>,
    .ifloordiv = inplace<&kFloorDiv>,
    .itruediv = inplace<&kTrueDiv>,
    .matmul = operate<&kMatMul>,
    .imatmul = inplace<&kMatMul>,
};
constexpr SequenceSlots sequence = {.length = lengthOf, .contains = containsOf};
constexpr MappingSlots mapping = {.length = lengthOf, .subscript = binaryOf<getItem>, .setSubscript = setSubscript};
constexpr MethodDef methods[] = {{"__bytes__", bytesOf}, {"__reversed__", reversedOf}, {}};

constexpr Type proxyTypeNamed(Type& self, const char* name, Value (*callFn)(Value, const Args&), const MethodDef* methods) {
  return {
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &objectType,
      .flags = 0,
      .instanceLayout = {.type = &self, .size = sizeof(WeakrefObject), .flags = kLayoutGc},
      .dealloc = weakrefDealloc,
      .traverse = weakrefTraverse,
      .clear = weakrefClear,
      .repr = repr,
      .str = unary<str>,
      .hash = unhashable,
      .call = callFn,
      .getAttr = getAttribute,
      .setAttr = setAttribute,
      .compare = compareWith,
      .iter = unary<iterate>,
      .next = nextOf,
      .number = &number,
      .sequence = &sequence,
      .mapping = &mapping,
      .methods = methods,
  };
}

} // namespace

constinit Type proxyType = proxyTypeNamed(proxyType, "weakref.ProxyType", nullptr, methods);
constinit Type callableProxyType = proxyTypeNamed(callableProxyType, "weakref.CallableProxyType", callTarget, nullptr);

} // namespace krait
