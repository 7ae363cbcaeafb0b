// _operator: the functions. attrgetter, itemgetter and methodcaller are in
// operator_callers.cpp.
#include "runtime/modules/operator_callers.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

template <Value (*kOperation)(Value, Value)> Value binaryFunction(Value, const Value* argv) {
  return kOperation(argv[0], argv[1]);
}
template <Value (*kOperation)(Value)> Value unaryFunction(Value, Value a) { return kOperation(a); }
/// The entries of augmented assignment consume their left operand, on success only.
template <Value (*kOperation)(Value, Value)> Value inplaceFunction(Value, const Value* argv) {
  Value left = newRef(argv[0]);
  Value result = kOperation(left, argv[1]);
  if (!result) decref(left);
  return result;
}
template <CompareOp kOp> Value compareFunction(Value, const Value* argv) { return compare(argv[0], argv[1], kOp); }

Value truthFunction(Value, Value a) {
  int32_t r = isTrue(a);
  return r < 0 ? Value() : boolean(r);
}
Value notFunction(Value, Value a) {
  int32_t r = isTrue(a);
  return r < 0 ? Value() : boolean(!r);
}
Value isFunctionOf(Value, const Value* argv) { return boolean(krt_is(argv[0], argv[1])); }
Value isNotFunction(Value, const Value* argv) { return boolean(!krt_is(argv[0], argv[1])); }
Value indexFunction(Value, Value a) { return index(a); }
Value containsFunction(Value, const Value* argv) {
  int32_t r = contains(argv[0], argv[1]);
  return r < 0 ? Value() : boolean(r);
}

/// Walks an iterable for items equal to v: their number, or the index of the first.
Value searchItems(Value iterable, Value v, bool first) {
  Ref it(iterate(iterable));
  if (!it) {
    if (errorMatches(TypeErrorType)) {
      errorClear();
      raise(TypeErrorType, "argument of type '%.200s' is not iterable", typeOf(iterable)->name);
    }
    return Value();
  }
  int64_t found = 0;
  for (int64_t i = 0;; ++i) {
    Ref item(next(it));
    if (!item) {
      if (errorSet()) return Value();
      return first ? raise(ValueErrorType, "sequence.index(x): x not in sequence") : newInt(found);
    }
    int32_t r = equal(item, v);
    if (r < 0) return Value();
    if (r && first) return newInt(i);
    found += r;
  }
}
Value countOfFunction(Value, const Value* argv) { return searchItems(argv[0], argv[1], false); }
Value indexOfFunction(Value, const Value* argv) { return searchItems(argv[0], argv[1], true); }

Value concatFunction(Value, const Value* argv) {
  const SequenceSlots* s = readyTypeOf(argv[0])->sequence;
  if (s && s->concat) return s->concat(argv[0], argv[1]);
  if (isSequence(argv[0]) && isSequence(argv[1])) return krt_add(argv[0], argv[1]);
  return raise(TypeErrorType, "'%.200s' object can't be concatenated", typeOf(argv[0])->name);
}
Value iconcatFunction(Value module, const Value* argv) {
  const SequenceSlots* s = readyTypeOf(argv[0])->sequence;
  if (s && (s->inplaceConcat || s->concat))
    return s->inplaceConcat ? s->inplaceConcat(argv[0], argv[1]) : s->concat(argv[0], argv[1]);
  if (isSequence(argv[0]) && isSequence(argv[1])) return inplaceFunction<krt_iadd>(module, argv);
  return raise(TypeErrorType, "'%.200s' object can't be concatenated", typeOf(argv[0])->name);
}
Value getitemFunction(Value, const Value* argv) { return getItem(argv[0], argv[1]); }
Value setitemFunction(Value, const Value* argv) {
  return setItem(argv[0], argv[1], argv[2]) < 0 ? Value() : none();
}
Value delitemFunction(Value, const Value* argv) { return delItem(argv[0], argv[1]) < 0 ? Value() : none(); }

Value lengthHintFunction(Value, const Value* argv) {
  int64_t fallback = 0;
  if (argv[1]) {
    if (!isInt(argv[1]))
      return raise(TypeErrorType, "'%.200s' object cannot be interpreted as an integer", typeOf(argv[1])->name);
    fallback = toIndex(argv[1], &OverflowErrorType);
    if (fallback == -1 && errorSet()) return Value();
  }
  int64_t n = lengthHint(argv[0], fallback);
  return n == -1 && errorSet() ? Value() : newInt(n);
}

/// Takes the same time whatever the contents are.
bool sameBytes(const uint8_t* a, size_t n, const uint8_t* b, size_t m) {
  volatile uint8_t difference = n == m ? 0 : 1;
  const uint8_t* left = n == m ? a : b;
  for (size_t i = 0; i < m; ++i) difference = static_cast<uint8_t>(difference | (left[i] ^ b[i]));
  return difference == 0;
}
Value compareDigestFunction(Value, const Value* argv) {
  Value a = argv[0], b = argv[1];
  if (isStr(a) && isStr(b)) {
    StrObject *x = asStr(a), *y = asStr(b);
    if (!(x->flags & kStrAscii) || !(y->flags & kStrAscii))
      return raise(TypeErrorType, "comparing strings with non-ASCII characters is not supported");
    return boolean(sameBytes(x->data(), static_cast<size_t>(x->length), y->data(), static_cast<size_t>(y->length)));
  }
  if (!readyTypeOf(a)->buffer && !readyTypeOf(b)->buffer)
    return raise(TypeErrorType, "unsupported operand types(s) or combination of types: '%.100s' and '%.100s'",
                 typeOf(a)->name, typeOf(b)->name);
  Buffer x, y;
  if (getBuffer(a, &x, kBufferSimple) < 0) return Value();
  if (getBuffer(b, &y, kBufferSimple) < 0) {
    releaseBuffer(&x);
    return Value();
  }
  bool same = sameBytes(static_cast<uint8_t*>(x.data), static_cast<size_t>(x.bytes), static_cast<uint8_t*>(y.data),
                        static_cast<size_t>(y.bytes));
  releaseBuffer(&x);
  releaseBuffer(&y);
  return boolean(same);
}
Value callFunctionOf(Value, const Args& args) {
  if (args.count == 0) return raise(TypeErrorType, "call expected at least 1 argument, got 0");
  return call(args[0], Args{args.values + 1, args.count - 1, args.names});
}

#define BINARY_ROW(name, entry) {name, binaryFunction<entry>, "($module, a, b, /)"}
#define INPLACE_ROW(name, entry) {name, inplaceFunction<entry>, "($module, a, b, /)"}
constexpr MethodDef operatorMethods[] = {
    {"truth", truthFunction, "($module, a, /)"},
    {"contains", containsFunction, "($module, a, b, /)"},
    {"indexOf", indexOfFunction, "($module, a, b, /)"},
    {"countOf", countOfFunction, "($module, a, b, /)"},
    {"is_", isFunctionOf, "($module, a, b, /)"},
    {"is_not", isNotFunction, "($module, a, b, /)"},
    BINARY_ROW("add", krt_add),
    BINARY_ROW("sub", krt_sub),
    BINARY_ROW("mul", krt_mul),
    BINARY_ROW("matmul", krt_matmul),
    BINARY_ROW("floordiv", krt_floordiv),
    BINARY_ROW("truediv", krt_truediv),
    BINARY_ROW("mod", krt_mod),
    BINARY_ROW("pow", krt_pow),
    BINARY_ROW("lshift", krt_lshift),
    BINARY_ROW("rshift", krt_rshift),
    BINARY_ROW("and_", krt_and),
    BINARY_ROW("xor", krt_xor),
    BINARY_ROW("or_", krt_or),
    {"neg", unaryFunction<krt_neg>, "($module, a, /)"},
    {"pos", unaryFunction<krt_pos>, "($module, a, /)"},
    {"abs", unaryFunction<absolute>, "($module, a, /)"},
    {"inv", unaryFunction<krt_invert>, "($module, a, /)"},
    {"invert", unaryFunction<krt_invert>, "($module, a, /)"},
    {"index", indexFunction, "($module, a, /)"},
    {"not_", notFunction, "($module, a, /)"},
    INPLACE_ROW("iadd", krt_iadd),
    INPLACE_ROW("isub", krt_isub),
    INPLACE_ROW("imul", krt_imul),
    INPLACE_ROW("imatmul", krt_imatmul),
    INPLACE_ROW("ifloordiv", krt_ifloordiv),
    INPLACE_ROW("itruediv", krt_itruediv),
    INPLACE_ROW("imod", krt_imod),
    INPLACE_ROW("ipow", krt_ipow),
    INPLACE_ROW("ilshift", krt_ilshift),
    INPLACE_ROW("irshift", krt_irshift),
    INPLACE_ROW("iand", krt_iand),
    INPLACE_ROW("ixor", krt_ixor),
    INPLACE_ROW("ior", krt_ior),
    {"concat", concatFunction, "($module, a, b, /)"},
    {"iconcat", iconcatFunction, "($module, a, b, /)"},
    {"getitem", getitemFunction, "($module, a, b, /)"},
    {"setitem", setitemFunction, "($module, a, b, c, /)"},
    {"delitem", delitemFunction, "($module, a, b, /)"},
    {"eq", compareFunction<kEq>, "($module, a, b, /)"},
    {"ne", compareFunction<kNe>, "($module, a, b, /)"},
    {"lt", compareFunction<kLt>, "($module, a, b, /)"},
    {"le", compareFunction<kLe>, "($module, a, b, /)"},
    {"gt", compareFunction<kGt>, "($module, a, b, /)"},
    {"ge", compareFunction<kGe>, "($module, a, b, /)"},
    {"length_hint", lengthHintFunction, "($module, obj, default=0, /)"},
    {"_compare_digest", compareDigestFunction, "($module, a, b, /)"},
    {"call", callFunctionOf, "($module, obj, /, *args, **kwargs)"},
    {},
};
#undef BINARY_ROW
#undef INPLACE_ROW

int operatorExec(Value m) {
  for (Type* t : {&attrgetterType, &itemgetterType, &methodcallerType})
    if (moduleAddType(m, t) < 0) return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_operator = {"_operator", operatorMethods, operatorExec};

} // namespace krait
