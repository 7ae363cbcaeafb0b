#include "checked.h"

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]);
  std::vector<unsigned char> composite(std::size_t(n + 1), 0);
  std::vector<Int> found;
  for (Int i = 2; i < n + 1; i++) {
    if (at(composite, i)) continue;
    found.push_back(i);
    for (Int j = mul(i, i); j <= n; j = add(j, i)) at(composite, j) = 1;
  }
  Int sum = 0;
  for (Int prime : found) sum = add(sum, prime);
  std::printf("%zu %lld %lld\n", found.size(), static_cast<long long>(at(found, -1)), static_cast<long long>(sum));
}
