#include "checked.h"

// std::complex of clang asks for NaN after each product; Python does not.
struct Complex {
  double re, im;
};

static Int escape(Complex c, Int limit) {
  Complex z{0, 0};
  for (Int i = 0; i < limit; i++) {
    z = {z.re * z.re - z.im * z.im + c.re, z.re * z.im + z.im * z.re + c.im};
    if (std::hypot(z.re, z.im) > 2.0) return i;
  }
  return limit;
}

int main(int, char** argv) {
  const Int size = std::atoll(argv[1]);
  Int total = 0;
  for (Int y = 0; y < size; y++)
    for (Int x = 0; x < size; x++)
      total = add(total, escape({divide(2.0 * double(x), double(size)) - 1.5, divide(2.0 * double(y), double(size)) - 1.0}, 50));
  std::printf("%lld\n", static_cast<long long>(total));
}
