// Float and complex operations that more than one room needs.
#pragma once
#include "runtime/object/protocol.h"

namespace krait {

/// Python's // and % of two doubles (b not 0): the quotient; *remainder has the sign of b.
double floatFloorDivide(double a, double b, double* remainder);
/// x ** y: float, or complex for a negative base with a fractional exponent.
Value floatPower(double x, double y);
/// Raises OverflowError(34, 'Numerical result out of range').
Value raiseRange();
Value complexPower(double ar, double ai, double br, double bi);
/// Complex value of any number (through __complex__, __float__, __index__): -1 with TypeError.
int32_t toComplex(Value v, double* real, double* imag);

} // namespace krait
