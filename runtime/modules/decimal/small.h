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

} // namespace krait::decimal::small
