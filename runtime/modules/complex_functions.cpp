#include "runtime/modules/complex_functions.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace krait::complex_functions {

namespace {

using Limits = std::numeric_limits<double>;

constexpr double kInfinity = Limits::infinity(), kNan = Limits::quiet_NaN();
constexpr double kLn2 = std::numbers::ln2, kE = std::numbers::e, kPi = std::numbers::pi;
/// Above these a sum of two, a square, exp overflow; below the last a square vanishes.
constexpr double kLarge = Limits::max() / 4;
const double kLargeRoot = std::sqrt(kLarge), kLargeLog = std::log(kLarge), kSmallRoot = std::sqrt(Limits::min());

bool isFinite(const Complex& z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }
bool isLarge(const Complex& z) { return std::fabs(z.real()) > kLarge || std::fabs(z.imag()) > kLarge; }
/// log |z| of a large z.
double largeLog(const Complex& z) { return std::log(std::hypot(z.real() / 2, z.imag() / 2)) + 2 * kLn2; }

/// cos(angle) and sin(angle) by one reduction of the angle.
Complex onCircle(double angle) {
  double sine, cosine;
  ::sincos(angle, &sine, &cosine);
  return {cosine, sine};
}

/// i z, and what undoes it: functions of a circle are those of a hyperbola, turned.
Complex turned(const Complex& z) { return {-z.imag(), z.real()}; }
Complex turnedBack(const Complex& z) { return {z.imag(), -z.real()}; }

} // namespace

Complex sqrt(const Complex& z) {
  if (!isFinite(z)) return std::sqrt(z);
  double x = std::fabs(z.real());
  const double y = std::fabs(z.imag());
  if (x == 0 && y == 0) return {0.0, z.imag()};
  double root; // of (x + |z|) / 2
  if (x < Limits::min() && y < Limits::min()) {
    constexpr int kUp = Limits::digits, kDown = -(kUp + 1) / 2;
    x = std::ldexp(x, kUp);
    root = std::ldexp(std::sqrt(x + std::hypot(x, std::ldexp(y, kUp))), kDown);
  } else {
    x /= 8;
    root = 2 * std::sqrt(x + std::hypot(x, y / 8));
  }
  const double other = y / (2 * root);
  if (z.real() >= 0) return {root, std::copysign(other, z.imag())};
  return {other, std::copysign(root, z.imag())};
}

Complex exp(const Complex& z) {
  if (z.real() == -kInfinity && std::isinf(z.imag())) return {0.0, 0.0};
  if (!isFinite(z)) return std::exp(z);
  const bool scaled = z.real() > kLargeLog;
  const double length = std::exp(scaled ? z.real() - 1 : z.real());
  const Complex turn = onCircle(z.imag());
  const double x = length * turn.real(), y = length * turn.imag();
  return scaled ? Complex(x * kE, y * kE) : Complex(x, y);
}

Complex log(const Complex& z) {
  if (!isFinite(z)) return std::log(z);
  const double x = std::fabs(z.real()), y = std::fabs(z.imag());
  double length;
  if (x > kLarge || y > kLarge) {
    length = std::log(std::hypot(x / 2, y / 2)) + kLn2;
  } else if (x < Limits::min() && y < Limits::min()) {
    constexpr int kUp = Limits::digits;
    length = x == 0 && y == 0 ? -kInfinity : std::log(std::hypot(std::ldexp(x, kUp), std::ldexp(y, kUp))) - kUp * kLn2;
  } else {
    const double h = std::hypot(x, y);
    const double most = std::fmax(x, y), least = std::fmin(x, y);
    length = h >= 0.71 && h <= 1.73 ? std::log1p((most - 1) * (most + 1) + least * least) / 2 : std::log(h);
  }
  return {length, std::atan2(z.imag(), z.real())};
}

Complex log10(const Complex& z) {
  const Complex r = log(z);
  constexpr double kLn10 = std::numbers::ln10;
  return {r.real() / kLn10, r.imag() / kLn10};
}

Complex cosh(const Complex& z) {
  if (std::isnan(z.real()) && z.imag() == 0) return {kNan, 0.0};
  if (!isFinite(z)) return std::cosh(z);
  const Complex turn = onCircle(z.imag());
  const double x = z.real(), c = turn.real(), s = turn.imag();
  if (std::fabs(x) <= kLargeLog) return {c * std::cosh(x), s * std::sinh(x)};
  const double nearer = x - std::copysign(1.0, x);
  return {c * std::cosh(nearer) * kE, s * std::sinh(nearer) * kE};
}

Complex sinh(const Complex& z) {
  if (z.real() == 0 && std::isnan(z.imag())) return {0.0, kNan};
  if (!isFinite(z)) return std::sinh(z);
  const Complex turn = onCircle(z.imag());
  const double x = z.real(), c = turn.real(), s = turn.imag();
  if (std::fabs(x) <= kLargeLog) return {c * std::sinh(x), s * std::cosh(x)};
  const double nearer = x - std::copysign(1.0, x);
  return {c * std::sinh(nearer) * kE, s * std::cosh(nearer) * kE};
}

Complex tanh(const Complex& z) {
  // Newer C libraries know the sign of a zero that a NaN takes with it.
  if (z.real() == 0 && std::isnan(z.imag())) return {kNan, kNan};
  if (std::isinf(z.real()) && std::isinf(z.imag())) return {std::copysign(1.0, z.real()), 0.0};
  if (!isFinite(z)) return std::tanh(z);
  if (std::fabs(z.real()) > kLargeLog)
    return {std::copysign(1.0, z.real()), 4 * std::sin(z.imag()) * std::cos(z.imag()) * std::exp(-2 * std::fabs(z.real()))};
  const double x = std::tanh(z.real()), y = std::tan(z.imag()), narrowing = 1 / std::cosh(z.real());
  const double both = x * y, denominator = 1 + both * both;
  return {x * (1 + y * y) / denominator, ((y / denominator) * narrowing) * narrowing};
}

Complex acosh(const Complex& z) {
  if (z.real() == 0 && std::isnan(z.imag())) return {kNan, kNan}; // whose angle newer C libraries know
  if (!isFinite(z)) return std::acosh(z);
  if (isLarge(z)) return {largeLog(z), std::atan2(z.imag(), z.real())};
  const Complex a = sqrt({z.real() - 1, z.imag()}), b = sqrt({z.real() + 1, z.imag()});
  return {std::asinh(a.real() * b.real() + a.imag() * b.imag()), 2 * std::atan2(a.imag(), b.real())};
}

Complex asinh(const Complex& z) {
  if (std::isnan(z.real()) && std::isinf(z.imag())) return {kInfinity, kNan};
  if (!isFinite(z)) return std::asinh(z);
  if (isLarge(z)) { // a sign on either side of a branch cut
    const double length = largeLog(z);
    const double x = z.imag() >= 0 ? std::copysign(length, z.real()) : -std::copysign(length, -z.real());
    return {x, std::atan2(z.imag(), std::fabs(z.real()))};
  }
  const Complex a = sqrt({1 + z.imag(), -z.real()}), b = sqrt({1 - z.imag(), z.real()});
  return {std::asinh(a.real() * b.imag() - b.real() * a.imag()), std::atan2(z.imag(), a.real() * b.real() - a.imag() * b.imag())};
}

Complex atanh(const Complex& z) {
  if (std::isnan(z.real()) && std::isinf(z.imag())) return {0.0, std::copysign(kPi / 2, z.imag())};
  if (!isFinite(z)) return std::atanh(z);
  if (std::signbit(z.real())) return -atanh(-z);
  const double x = z.real(), y = std::fabs(z.imag());
  if (x > kLargeRoot || y > kLargeRoot) { // 1 / z, and a right angle
    const double h = std::hypot(x / 2, z.imag() / 2);
    return {x / 4 / h / h, -std::copysign(kPi / 2, -z.imag())};
  }
  if (x == 1 && y < kSmallRoot) {
    if (y == 0) return {kInfinity, z.imag()};
    return {-std::log(std::sqrt(y) / std::sqrt(std::hypot(y, 2.0))), std::copysign(std::atan2(2.0, -y) / 2, z.imag())};
  }
  return {std::log1p(4 * x / ((1 - x) * (1 - x) + y * y)) / 4, -std::atan2(-2 * z.imag(), (1 - x) * (1 + x) - y * y) / 2};
}

Complex acos(const Complex& z) {
  if (std::isinf(z.real()) && std::isnan(z.imag())) return {kNan, kInfinity};
  if (!isFinite(z)) return std::acos(z);
  if (isLarge(z)) {
    const double length = largeLog(z);
    const double y = z.real() < 0 ? -std::copysign(length, z.imag()) : std::copysign(length, -z.imag());
    return {std::atan2(std::fabs(z.imag()), z.real()), y};
  }
  const Complex a = sqrt({1 - z.real(), -z.imag()}), b = sqrt({1 + z.real(), z.imag()});
  return {2 * std::atan2(a.real(), b.real()), std::asinh(b.real() * a.imag() - b.imag() * a.real())};
}

Complex cos(const Complex& z) { return cosh(turned(z)); }
Complex sin(const Complex& z) { return turnedBack(sinh(turned(z))); }
Complex tan(const Complex& z) { return turnedBack(tanh(turned(z))); }
Complex asin(const Complex& z) { return turnedBack(asinh(turned(z))); }
Complex atan(const Complex& z) { return turnedBack(atanh(turned(z))); }

} // namespace krait::complex_functions
