// bigint-bench [kernel|gmp] OPERATION LIMBS: nanoseconds of one operation on numbers of so many limbs, the best of several
// tries. GMP's where it was found when this was built. bigint.py runs it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>
#include "runtime/bigint/basic.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/gcd.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/power.h"
#include "runtime/bigint/radix.h"
#include "runtime/bigint/root.h"
#ifdef KRAIT_BENCH_GMP
#include <gmp.h>
#endif

using namespace krait::bigint;
using Number = std::vector<Limb>;

namespace {

uint64_t state = 88172645463325252;
Limb randomLimb() {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545F4914F6CDD1D;
}
Number randomNumber(Size n) {
  Number v(static_cast<size_t>(n));
  for (Limb& x : v) x = randomLimb();
  v.back() |= Limb{1} << 63;
  return v;
}

double measure(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  auto time = [&](long rounds) {
    const auto start = Clock::now();
    for (long i = 0; i < rounds; ++i) work();
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / static_cast<double>(rounds);
  };
  long rounds = 1;
  double once = time(1);
  while (once * static_cast<double>(rounds) < 3e6 && rounds < 10000000) rounds *= 2, once = time(rounds);
  for (int i = 0; i < 4; ++i) once = std::min(once, time(rounds));
  return once;
}

void need(bool ok) {
  if (!ok) abort();
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) return fprintf(stderr, "usage: bigint-bench kernel|gmp OPERATION LIMBS\n"), 2;
  const bool useGmp = std::string(argv[1]) == "gmp";
  const std::string operation = argv[2];
  const Size n = atol(argv[3]);
  const Number a = randomNumber(n), b = randomNumber(n), twice = randomNumber(2 * n);
  Number odd = randomNumber(n);
  odd[0] |= 1;
  Number r(static_cast<size_t>(2 * n + 4)), s(static_cast<size_t>(2 * n + 4));
  const Size digits = digitsAtMost(n * 64, 10);
  std::string text(static_cast<size_t>(digits + 2), '\0');
  std::vector<uint8_t> values(static_cast<size_t>(digits - 1));
  for (auto& v : values) v = static_cast<uint8_t>(randomLimb() % 9 + 1);
  std::function<void()> work;
  if (!useGmp) {
    if (operation == "add") work = [&] { add(r.data(), a.data(), b.data(), n); };
    if (operation == "multiply") work = [&] { need(multiply(r.data(), a.data(), n, b.data(), n)); };
    if (operation == "square") work = [&] { need(square(r.data(), a.data(), n)); };
    if (operation == "divide") work = [&] { need(divide(r.data(), s.data(), twice.data(), 2 * n, b.data(), n)); };
    if (operation == "root") work = [&] { bool exact; need(squareRoot(r.data(), &exact, a.data(), n)); };
    if (operation == "gcd") work = [&] { need(gcd(r.data(), a.data(), n, b.data(), n) > 0); };
    if (operation == "text") work = [&] { need(toDigits(text.data(), a.data(), n, 10) > 0); };
    if (operation == "parse") work = [&] { need(fromDigits(r.data(), values.data(), static_cast<Size>(values.size()), 10) > 0); };
    if (operation == "power") work = [&] { need(powerModulo(r.data(), a.data(), n - (compare(a.data(), odd.data(), n) >= 0), b.data(), n, odd.data(), n)); };
  } else {
#ifdef KRAIT_BENCH_GMP
    static mpz_t base, exponent, modulus, result;
    auto of = [](const Number& v) { return reinterpret_cast<const mp_limb_t*>(v.data()); };
    auto to = [](Number& v) { return reinterpret_cast<mp_limb_t*>(v.data()); };
    mpz_inits(base, exponent, modulus, result, nullptr);
    mpz_import(base, static_cast<size_t>(n), -1, 8, 0, 0, a.data());
    mpz_import(exponent, static_cast<size_t>(n), -1, 8, 0, 0, b.data());
    mpz_import(modulus, static_cast<size_t>(n), -1, 8, 0, 0, odd.data());
    if (operation == "add") work = [&] { mpn_add_n(to(r), of(a), of(b), n); };
    if (operation == "multiply") work = [&] { mpn_mul_n(to(r), of(a), of(b), n); };
    if (operation == "square") work = [&] { mpn_sqr(to(r), of(a), n); };
    if (operation == "divide") work = [&] { mpn_tdiv_qr(to(r), to(s), 0, of(twice), 2 * n, of(b), n); };
    if (operation == "root") work = [&] { mpn_sqrtrem(to(r), to(s), of(a), n); };
    if (operation == "gcd") work = [&] { mpz_gcd(result, base, exponent); };
    if (operation == "text") work = [&] { mpz_get_str(text.data(), 10, base); };
    if (operation == "parse") work = [&] { mpn_set_str(to(r), values.data(), values.size(), 10); };
    if (operation == "power") work = [&] { mpz_powm(result, base, exponent, modulus); };
#endif
  }
  if (!work) return fprintf(stderr, "bigint-bench: no such operation here\n"), 2;
  printf("%.1f\n", measure(work));
}
