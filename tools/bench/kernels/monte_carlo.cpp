#include "checked.h"
#include <memory>

struct Random {
  Int bits = (Int(1) << 31) - 1;
  std::vector<Int> state;
  Int i = 4, j = 16;
  double scale = 1.0 / double(bits);

  explicit Random(Int seed) {
    for (int k = 0; k < 17; k++) {
      seed = mul(seed, 16807) % bits;
      state.push_back(seed);
    }
  }

  double next() {
    Int k = sub(at(state, i), at(state, j));
    if (k < 0) k = add(k, bits);
    at(state, j) = k;
    i = i == 0 ? 16 : sub(i, 1);
    j = j == 0 ? 16 : sub(j, 1);
    return double(k) * scale;
  }
};

int main(int, char** argv) {
  const Int samples = std::atoll(argv[1]);
  auto random = std::make_unique<Random>(113);
  Int inside = 0;
  for (Int n = 0; n < samples; n++) {
    const double x = random->next(), y = random->next();
    if (x * x + y * y <= 1.0) inside = add(inside, 1);
  }
  std::printf("%.9f\n", 4.0 * double(inside) / double(samples));
}
