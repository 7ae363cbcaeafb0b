#include "checked.h"

static void times(std::vector<double>& values, std::vector<Int>& rows, std::vector<Int>& columns, std::vector<double>& x, std::vector<double>& y,
                  Int rounds) {
  for (Int round = 0; round < rounds; round++) {
    const Int last = Int(rows.size()) - 1;
    for (Int r = 0; r < last; r++) {
      double total = 0.0;
      const Int end = at(rows, add(r, 1));
      for (Int i = at(rows, r); i < end; i++) total += at(x, at(columns, i)) * at(values, i);
      at(y, r) = total;
    }
  }
}

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]), each = 5;
  std::vector<Int> rows, columns;
  std::vector<double> values, x;
  for (Int r = 0; r <= n; r++) rows.push_back(mul(r, each));
  for (Int r = 0; r < n; r++)
    for (Int k = 0; k < each; k++) columns.push_back(add(mul(r, 17), mul(mul(k, k), 31)) % n);
  for (Int i = 0; i < n * each; i++) values.push_back(double(i % 23) / 23);
  for (Int i = 0; i < n; i++) x.push_back(double(i % 7) / 7);
  std::vector<double> y(std::size_t(n), 0.0);
  times(values, rows, columns, x, y, std::atoll(argv[2]));
  double sum = 0;
  for (double value : y) sum += value;
  std::printf("%.9f\n", sum);
}
