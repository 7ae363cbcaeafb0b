// Integers that notice when they leave 64 bits, and items that notice when there are none: what Python's rules ask of a C++ program at least.
#pragma once
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using Int = std::int64_t;

[[noreturn]] inline void fail(const char* why) {
  std::fputs(why, stderr);
  std::abort();
}

inline Int add(Int a, Int b) {
  Int result;
  if (__builtin_add_overflow(a, b, &result)) fail("overflow\n");
  return result;
}

inline Int sub(Int a, Int b) {
  Int result;
  if (__builtin_sub_overflow(a, b, &result)) fail("overflow\n");
  return result;
}

inline Int mul(Int a, Int b) {
  Int result;
  if (__builtin_mul_overflow(a, b, &result)) fail("overflow\n");
  return result;
}

// An item by Python's rule: negative indices count from the end.
template <typename T>
auto& at(T& items, Int index) {
  if (index < 0) index += Int(items.size());
  if (std::uint64_t(index) >= items.size()) fail("index out of range\n");
  return items[std::size_t(index)];
}

inline double divide(double a, double b) {
  if (b == 0) fail("division by zero\n");
  return a / b;
}
