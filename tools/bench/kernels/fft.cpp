#include "checked.h"

static void reverseBits(std::vector<double>& data, Int n) {
  Int j = 0;
  for (Int i = 0; i < n - 1; i++) {
    if (i < j) {
      const Int a = mul(2, i), b = mul(2, j);
      std::swap(at(data, a), at(data, b));
      std::swap(at(data, add(a, 1)), at(data, add(b, 1)));
    }
    Int k = n >> 1;
    while (k <= j) {
      j = sub(j, k);
      k >>= 1;
    }
    j = add(j, k);
  }
}

static void transform(std::vector<double>& data, double direction) {
  const Int n = Int(data.size()) / 2;
  reverseBits(data, n);
  for (Int dual = 1; dual < n; dual = mul(dual, 2)) {
    double wr = 1.0, wi = 0.0;
    const double theta = divide(direction * 3.141592653589793, double(dual));
    const double s = std::sin(theta), t = std::sin(theta / 2.0), s2 = 2.0 * t * t;
    for (Int a = 0; a < dual; a++) {
      if (a) {
        const double re = wr - s * wi - s2 * wr;
        wi = wi + s * wr - s2 * wi;
        wr = re;
      }
      for (Int b = a; b < n; b += 2 * dual) {
        const Int i = mul(2, b), j = mul(2, add(b, dual));
        const double x = at(data, j), y = at(data, add(j, 1));
        const double re = wr * x - wi * y, im = wr * y + wi * x;
        at(data, j) = at(data, i) - re;
        at(data, add(j, 1)) = at(data, add(i, 1)) - im;
        at(data, i) += re;
        at(data, add(i, 1)) += im;
      }
    }
  }
}

int main(int, char** argv) {
  const Int n = Int(1) << std::atoll(argv[1]);
  std::vector<double> data;
  for (Int i = 0; i < 2 * n; i++) data.push_back(double(mul(i, 7919) % 1009) / 1009);
  for (Int round = std::atoll(argv[2]); round > 0; round--) {
    transform(data, -1.0);
    transform(data, 1.0);
    for (double& x : data) x = divide(x, double(n));
  }
  std::printf("%.9f %.9f\n", at(data, 3), at(data, -1));
}
