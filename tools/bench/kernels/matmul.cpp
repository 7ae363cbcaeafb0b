#include "checked.h"

using Matrix = std::vector<std::vector<double>>;

static Matrix matrix(Int n, double seed) {
  const double unit = seed / double(n) / double(n);
  Matrix result;
  for (Int i = 0; i < n; i++) {
    auto& row = result.emplace_back();
    for (Int j = 0; j < n; j++) row.push_back(unit * double(sub(i, j)) * double(add(i, j)));
  }
  return result;
}

static Matrix product(Matrix& a, Matrix& b) {
  const Int n = Int(a.size());
  Matrix columns;
  for (Int i = 0; i < n; i++) {
    auto& column = columns.emplace_back();
    for (Int j = 0; j < n; j++) column.push_back(at(at(b, j), i));
  }
  Matrix result;
  for (Int i = 0; i < n; i++) {
    auto& row = at(a, i);
    std::vector<double> sums(std::size_t(n), 0.0);
    for (Int j = 0; j < n; j++) {
      auto& column = at(columns, j);
      double total = 0.0;
      for (Int k = 0; k < n; k++) total += at(row, k) * at(column, k);
      at(sums, j) = total;
    }
    result.push_back(std::move(sums));
  }
  return result;
}

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]);
  Matrix a = matrix(n, 1.0), b = matrix(n, 2.0);
  Matrix c = product(a, b);
  std::printf("%.9f\n", at(at(c, n / 2), n / 2));
}
