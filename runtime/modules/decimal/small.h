// Arithmetic in machine words for the numbers that most programs have.
//
// A coefficient of at most two limbs stands in the Number itself, and sums,
// products, quotients and roundings of such numbers need no memory. Each function here answers false, having
// done nothing, where an operand, the result or a context's limits ask for
// more; the function of number.h with the same name then does it.
#pragma once
#include "runtime/modules/decimal/number.h"

namespace krait::decimal::small {

bool add(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool subtract(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool multiply(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool divide(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool divideInteger(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool remainder(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool quantize(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
bool plus(Number& r, const Number& a, const Settings& s, uint32_t& status);
bool minus(Number& r, const Number& a, const Settings& s, uint32_t& status);
bool absolute(Number& r, const Number& a, const Settings& s, uint32_t& status);
/// Sign, digits and a point: no exponent.
bool parseNumber(Number& r, std::string_view ascii);
/// The decimal digits of a coefficient of at most two limbs at `to`; how many (40 at most).
int writeDigits(const Natural& c, char* to);

/// A finite number whose coefficient is a word.
struct Word {
  uint64_t c;
  int64_t exp;
  bool negative;
};
inline bool isWord(const Number& n, Word* out) {
  if (n.kind != kFinite || !n.c.isWord()) return false;
  *out = {n.c.word(), n.exp, n.negative};
  return true;
}
/// Whether a context leaves it as it is, seen without counting digits. There are others that it leaves.
inline bool stands(const Word& w, const Settings& s) {
  return w.exp >= s.emin && w.exp <= s.etop() && (s.prec > kWordDigits || w.c < kWordTens.power[s.prec]);
}
/// Exactly; false: a word is not enough.
inline bool sumOf(Word a, Word b, Rounding rounding, Word* r) {
  const int64_t distance = a.exp - b.exp;
  r->exp = distance > 0 ? b.exp : a.exp;
  if (distance) {
    uint64_t& high = distance > 0 ? a.c : b.c;
    const uint64_t steps = distance > 0 ? static_cast<uint64_t>(distance) : 0 - static_cast<uint64_t>(distance);
    if (steps > kWordDigits || __builtin_mul_overflow(high, kWordTens.power[steps], &high)) return false;
  }
  if (a.negative == b.negative) {
    r->negative = a.negative;
    return !__builtin_add_overflow(a.c, b.c, &r->c);
  }
  r->c = a.c > b.c ? a.c - b.c : b.c - a.c;
  r->negative = a.c == b.c ? rounding == kFloor : a.c > b.c ? a.negative : b.negative;
  return true;
}
inline bool productOf(const Word& a, const Word& b, Word* r) {
  r->exp = a.exp + b.exp;
  r->negative = a.negative != b.negative;
  return !__builtin_mul_overflow(a.c, b.c, &r->c);
}

template <BinaryOperation* Operation> constexpr bool is(BinaryOperation* other) { return Operation == other; }
/// The function above for an operation that has one, else null.
template <BinaryOperation* Operation> constexpr auto binaryOf() -> bool (*)(Number&, const Number&, const Number&, const Settings&, uint32_t&) {
  if (is<Operation>(decimal::add)) return add;
  if (is<Operation>(decimal::subtract)) return subtract;
  if (is<Operation>(decimal::multiply)) return multiply;
  if (is<Operation>(decimal::divide)) return divide;
  if (is<Operation>(decimal::divideInteger)) return divideInteger;
  if (is<Operation>(decimal::remainder)) return remainder;
  if (is<Operation>(decimal::quantize)) return quantize;
  return nullptr;
}
template <UnaryOperation* Operation> constexpr auto unaryOf() -> bool (*)(Number&, const Number&, const Settings&, uint32_t&) {
  if (Operation == &decimal::plus) return plus;
  if (Operation == &decimal::minus) return minus;
  if (Operation == &decimal::absolute) return absolute;
  return nullptr;
}

/// What an operation makes of two words in a context, where that is a word, exact, and known at once.
template <BinaryOperation* Operation> inline bool atOnce(const Word& a, Word b, const Settings& s, Word* r) {
  if constexpr (is<Operation>(decimal::multiply)) return productOf(a, b, r) && stands(*r, s);
  if constexpr (is<Operation>(decimal::subtract)) b.negative = !b.negative;
  if constexpr (is<Operation>(decimal::add) || is<Operation>(decimal::subtract)) return sumOf(a, b, s.rounding, r) && stands(*r, s);
  return false;
}

} // namespace krait::decimal::small
