#include "checked.h"

static double a(Int i, Int j) {
  const Int sum = add(i, j);
  return divide(1.0, double(add(add(mul(sum, add(sum, 1)) / 2, i), 1)));
}

static std::vector<double> times(std::vector<double>& v, bool transposed) {
  std::vector<double> result;
  const Int n = Int(v.size());
  for (Int i = 0; i < n; i++) {
    double sum = 0;
    for (Int j = 0; j < n; j++) sum += (transposed ? a(j, i) : a(i, j)) * at(v, j);
    result.push_back(sum);
  }
  return result;
}

int main(int, char** argv) {
  std::vector<double> u(std::size_t(std::atoll(argv[1])), 1.0), v, w;
  for (int i = 0; i < 10; i++) {
    w = times(u, false);
    v = times(w, true);
    w = times(v, false);
    u = times(w, true);
  }
  double vBv = 0, vv = 0;
  for (std::size_t i = 0; i < u.size(); i++) vBv += u[i] * v[i], vv += v[i] * v[i];
  std::printf("%.9f\n", std::sqrt(vBv / vv));
}
