// The elementary functions of complex numbers, digit for digit as CPython's cmath computes them.
//
// Finite arguments are composed of the C library's real functions by the formulas of W. Kahan, "Branch Cuts for Complex
// Elementary Functions" (1987), and of Hull, Fairgrieve, Tang, "Implementing the Complex Arcsine and Arccosine Functions Using
// Exception Handling" (1997), with arguments scaled where a square would overflow. The others are the C library's own
// functions, whose special values are those of C99, annex G, but for a few signs.
#pragma once
#include <complex>

namespace krait::complex_functions {

using Complex = std::complex<double>;

Complex sqrt(const Complex& z);
Complex exp(const Complex& z);
Complex log(const Complex& z); // of zero: -inf
Complex log10(const Complex& z);
Complex cosh(const Complex& z);
Complex sinh(const Complex& z);
Complex tanh(const Complex& z);
Complex cos(const Complex& z);
Complex sin(const Complex& z);
Complex tan(const Complex& z);
Complex acosh(const Complex& z);
Complex asinh(const Complex& z);
Complex atanh(const Complex& z); // of ±1: inf
Complex acos(const Complex& z);
Complex asin(const Complex& z);
Complex atan(const Complex& z);

} // namespace krait::complex_functions
