#include "checked.h"

using Matrix = std::vector<std::vector<double>>;

static void factor(Matrix& a, std::vector<Int>& pivots) {
  const Int n = Int(a.size());
  for (Int j = 0; j < n; j++) {
    Int best = j;
    double most = std::fabs(at(at(a, j), j));
    for (Int i = j + 1; i < n; i++) {
      const double x = std::fabs(at(at(a, i), j));
      if (x > most) {
        most = x;
        best = i;
      }
    }
    at(pivots, j) = best;
    if (at(at(a, best), j) == 0.0) fail("the matrix is singular\n");
    if (best != j) std::swap(at(a, j), at(a, best));
    const double inverse = divide(1.0, at(at(a, j), j));
    for (Int i = j + 1; i < n; i++) at(at(a, i), j) *= inverse;
    auto& top = at(a, j);
    for (Int i = j + 1; i < n; i++) {
      auto& row = at(a, i);
      const double x = at(row, j);
      for (Int k = j + 1; k < n; k++) at(row, k) -= x * at(top, k);
    }
  }
}

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]);
  Matrix a;
  for (Int i = 0; i < n; i++) {
    auto& row = a.emplace_back();
    for (Int j = 0; j < n; j++) row.push_back(double(add(add(mul(mul(i, i), 7), mul(j, 13)), mul(i, j)) % 97) / 97 + (i == j));
  }
  std::vector<Int> pivots(std::size_t(n), 0);
  factor(a, pivots);
  double sum = 0;
  for (Int i = 0; i < n; i++) sum += at(at(a, i), i);
  Int total = 0;
  for (Int pivot : pivots) total = add(total, pivot);
  std::printf("%.9f %lld\n", sum, static_cast<long long>(total));
}
