#include "checked.h"
#include <algorithm>

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]);
  std::vector<Int> count, order;
  for (Int i = 0; i < n; i++) {
    count.push_back(i + 1);
    order.push_back(i);
  }
  Int most = 0, checksum = 0, number = 0, r = n;
  for (;;) {
    while (r != 1) {
      at(count, sub(r, 1)) = r;
      r = sub(r, 1);
    }
    std::vector<Int> work = order;
    Int flips = 0;
    for (Int k = at(work, 0); k; k = at(work, 0)) {
      std::reverse(work.begin(), work.begin() + add(k, 1));
      flips = add(flips, 1);
    }
    most = std::max(most, flips);
    checksum = number % 2 == 0 ? add(checksum, flips) : sub(checksum, flips);
    for (;;) {
      if (r == n) {
        std::printf("%lld flips, checksum %lld\n", static_cast<long long>(most), static_cast<long long>(checksum));
        return 0;
      }
      std::rotate(order.begin(), order.begin() + 1, order.begin() + add(r, 1));
      at(count, r) = sub(at(count, r), 1);
      if (at(count, r) > 0) break;
      r = add(r, 1);
    }
    number = add(number, 1);
  }
}
