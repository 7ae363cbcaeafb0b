#include "checked.h"

using Grid = std::vector<std::vector<double>>;

static void relax(Grid& grid, double omega, Int steps) {
  const double quarter = omega * 0.25, rest = 1.0 - omega;
  const Int height = Int(grid.size()), width = Int(at(grid, 0).size());
  for (Int step = 0; step < steps; step++) {
    for (Int i = 1; i < height - 1; i++) {
      auto &above = at(grid, sub(i, 1)), &row = at(grid, i), &below = at(grid, add(i, 1));
      for (Int j = 1; j < width - 1; j++)
        at(row, j) = quarter * (at(above, j) + at(below, j) + at(row, sub(j, 1)) + at(row, add(j, 1))) + rest * at(row, j);
    }
  }
}

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]);
  Grid grid;
  for (Int i = 0; i < n; i++) {
    auto& row = grid.emplace_back();
    for (Int j = 0; j < n; j++) row.push_back(double(add(mul(i, 31), mul(j, 17)) % 101) / 101);
  }
  relax(grid, 1.25, std::atoll(argv[2]));
  double total = 0;
  for (auto& row : grid) {
    double sum = 0;
    for (double x : row) sum += x;
    total += sum;
  }
  std::printf("%.9f %.6f\n", at(at(grid, n / 2), n / 3), total);
}
