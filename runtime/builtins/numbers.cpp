// Builtin functions on numbers: abs bin chr divmod hex oct ord pow round sum.
#include "runtime/builtins/functions.h"
#include "runtime/builtins/items_at_hand.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_view.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

static Value absFunction(Value, Value x) {
  if (!x.isPointer()) return absolute(x); // runs no code that could be too deep
  RecursionLevels level(1);
  return level ? absolute(x) : Value();
}
static Value divmodFunction(Value, const Value* argv) {
  const Value a = argv[0], b = argv[1];
  return a.isSmallInt() && b.isSmallInt() ? intDivmod(a, b) : divmod(a, b);
}
static Value powFunction(Value, const Value* argv) { return power(argv[0], argv[1], argv[2] ? argv[2] : none()); }

static Value inBase(Value v, int base) {
  RecursionLevels level(v.isPointer());
  Ref i(level ? index(v) : Value());
  return i ? intToText(i, base, true) : Value();
}
static Value binFunction(Value, Value v) { return inBase(v, 2); }
static Value octFunction(Value, Value v) { return inBase(v, 8); }
static Value hexFunction(Value, Value v) { return inBase(v, 16); }

static Value chrFunction(Value, Value v) {
  Ref i(index(v));
  if (!i) return Value();
  int over;
  int64_t c = intToInt64(i, &over);
  if (over || c > INT32_MAX || c < INT32_MIN) {
    bool big = over > 0 || (!over && c > 0);
    return raise(OverflowErrorType, big ? "Python int too large to convert to C int"
                                        : "signed integer is less than minimum");
  }
  if (c < 0 || c > 0x10ffff) return raise(ValueErrorType, "chr() arg not in range(0x110000)");
  return newStrFromChar(static_cast<uint32_t>(c));
}
static Value ordFunction(Value, Value v) {
  int64_t n;
  if (isStr(v)) {
    n = asStr(v)->length;
    if (n == 1) return newInt(asStr(v)->at(0));
  } else if (isBytes(v)) {
    n = v.as<BytesObject>()->size;
    if (n == 1) return newInt(v.as<BytesObject>()->data[0]);
  } else if (hasTypeFlag(v, kTypeByteArray)) {
    n = v.as<ByteArrayObject>()->size;
    if (n == 1) return newInt(v.as<ByteArrayObject>()->start[0]);
  } else {
    return raise(TypeErrorType, "ord() expected string of length 1, but %.200s found", typeOf(v)->name);
  }
  return raise(TypeErrorType, "ord() expected a character, but string of length %zd found", n);
}

static Value roundFunction(Value, const Value* argv) {
  if (isExactFloat(argv[0])) return floatRound(argv[0], argv + 1);
  if (argv[0].isSmallInt() && (!argv[1] || isNone(argv[1]))) return newRef(argv[0]);
  Value method = typeLookup(readyTypeOf(argv[0]), NAME(__round__));
  if (!method) return raise(TypeErrorType, "type %.100s doesn't define __round__ method", typeOf(argv[0])->name);
  return callUnbound(method, argv[0], argv + 1, argv[1] && !isNone(argv[1]) ? 1 : 0);
}

static Value sumOfBytes(Value bytes, Value start) {
  const BytesObject* b = bytes.as<BytesObject>();
  int64_t sum = start ? start.smallInt() : 0; // leaves a bit of the word, more than any bytes can add up to
  for (int64_t i = 0; i < b->size; ++i) sum += b->data[i];
  return newInt(sum);
}

/// Without its items, if words hold what it is made from; else null.
static Value sumOfRange(Value v, int64_t start) {
  const auto* r = v.as<RangeObject>();
  if (!(r->start.bits & r->step.bits & r->length.bits & Value::kIntTag)) return {};
  const int64_t n = r->length.smallInt();
  const __int128 first = r->start.smallInt(), last = first + static_cast<__int128>(r->step.smallInt()) * (n - 1);
  const __int128 sum = (first + last) * n / 2 + start;
  if (sum == static_cast<int64_t>(sum)) return newInt(static_cast<int64_t>(sum));
  const auto size = static_cast<unsigned __int128>(sum < 0 ? -sum : sum);
  const bigint::Limb limbs[] = {static_cast<bigint::Limb>(size), static_cast<bigint::Limb>(size >> 64)};
  return intFromLimbs(limbs, 2, sum < 0);
}

/// The sum of what `next` gives up to a null word, and `sum`, if that is nothing but small ints, or immediate floats; else null.
template <class Next> static Value sumOf(int64_t sum, const Next& next) {
  Value item = next();
  if (item && item.isImmediateFloat()) {
    auto all = static_cast<double>(sum);
    for (; item; item = next()) {
      if (!item.isImmediateFloat()) return {};
      all += item.immediateFloat();
    }
    return newFloat(all);
  }
  for (; item; item = next())
    if (!item.isSmallInt() || __builtin_add_overflow(sum, item.smallInt(), &sum)) return {};
  return newInt(sum);
}
/// The same of a builtin container. If it is null, nothing has happened.
static Value sumOfContainer(Value v, int64_t start) {
  int64_t at = 0;
  Value key;
  if (isExact(v, setType) || isExact(v, frozensetType)) return sumOf(start, [&] { return setNext(v, &at, &key, nullptr) ? key : Value(); });
  return takeItemsAtHand(v, [&](const auto& next) { return sumOf(start, next); });
}

/// Steps: ints are added in a machine word while they fit, floats in a double; what is left by `+`.
static Value sumFunction(Value, const Value* argv) {
  Value start = argv[1];
  if (!start || start.isSmallInt()) {
    if (isExactBytes(argv[0])) return sumOfBytes(argv[0], start);
    if (isExact(argv[0], rangeType))
      if (const Value sum = sumOfRange(argv[0], start ? start.smallInt() : 0)) return sum;
    if (const Value sum = sumOfContainer(argv[0], start ? start.smallInt() : 0)) return sum;
  }
  Items items(argv[0]);
  if (!items) return Value();
  if (start) {
    if (isStr(start)) return raise(TypeErrorType, "sum() can't sum strings [use ''.join(seq) instead]");
    if (isBytes(start)) return raise(TypeErrorType, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (hasTypeFlag(start, kTypeByteArray))
      return raise(TypeErrorType, "sum() can't sum bytearray [use b''.join(seq) instead]");
  }
  Ref total = start ? Ref::share(start) : Ref(newInt(0));
  Ref pending; // an item that did not fit the fast loop
  if (total.get().isSmallInt()) {
    int64_t sum = total.get().smallInt();
    for (;;) {
      Value item = items.next();
      if (!item) return errorSet() ? Value() : newInt(sum);
      int64_t more;
      if (item.isSmallInt() && !__builtin_add_overflow(sum, item.smallInt(), &more)) {
        sum = more;
        continue;
      }
      if (const bool truth = item == boolean(true); truth || item == boolean(false)) { // counts
        if (!__builtin_add_overflow(sum, static_cast<int64_t>(truth), &more)) {
          decref(item);
          sum = more;
          continue;
        }
      }
      total.reset(newInt(sum));
      pending.reset(item);
      break;
    }
    Value sumNow = total ? krt_add(total, pending) : Value();
    if (!sumNow) return Value();
    total.reset(sumNow);
  }
  if (isExactFloat(total)) {
    double sum = floatValue(total);
    for (;;) {
      Value item = items.next();
      if (!item) return errorSet() ? Value() : newFloat(sum);
      if (isExactFloat(item)) {
        sum += floatValue(item);
        decref(item);
      } else if (item.isSmallInt()) {
        sum += static_cast<double>(item.smallInt());
      } else {
        total.reset(newFloat(sum));
        pending.reset(item);
        break;
      }
    }
    Value sumNow = total ? krt_add(total, pending) : Value();
    if (!sumNow) return Value();
    total.reset(sumNow);
  }
  for (;;) {
    Ref item(items.next());
    if (!item) return errorSet() ? Value() : total.release();
    // Not in place: the start value is the caller's.
    Value sumNow = krt_add(total, item);
    if (!sumNow) return Value();
    total.reset(sumNow);
  }
}

extern "C" {
constinit const MethodDef krt_builtin_def_abs = {"abs", absFunction, "($module, x, /)"};
constinit const MethodDef krt_builtin_def_divmod = {"divmod", divmodFunction, "($module, x, y, /)"};
constinit const MethodDef krt_builtin_def_pow = {"pow", powFunction, "($module, /, base, exp, mod=None)"};
constinit const MethodDef krt_builtin_def_bin = {"bin", binFunction, "($module, number, /)"};
constinit const MethodDef krt_builtin_def_oct = {"oct", octFunction, "($module, number, /)"};
constinit const MethodDef krt_builtin_def_hex = {"hex", hexFunction, "($module, number, /)"};
constinit const MethodDef krt_builtin_def_chr = {"chr", chrFunction, "($module, i, /)"};
constinit const MethodDef krt_builtin_def_ord = {"ord", ordFunction, "($module, c, /)"};
constinit const MethodDef krt_builtin_def_round = {"round", roundFunction, "($module, /, number, ndigits=None)"};
constinit const MethodDef krt_builtin_def_sum = {"sum", sumFunction, "($module, iterable, /, start=0)"};
}

} // namespace krait
