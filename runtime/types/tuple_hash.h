// The xxHash-derived combination of the hashes of a tuple's items that CPython uses.
#pragma once
#include <bit>
#include <cstdint>

namespace krait {

class TupleHash {
public:
  void add(int64_t lane) { all_ = std::rotl(all_ + static_cast<uint64_t>(lane) * p2, 31) * p1; }
  uint64_t result(int64_t size) const {
    const uint64_t all = all_ + (static_cast<uint64_t>(size) ^ (p5 ^ 3527539ull));
    return all == UINT64_MAX ? 1546275796 : all;
  }

private:
  static constexpr uint64_t p1 = 11400714785074694791ull, p2 = 14029467366897019727ull, p5 = 2870177450012600261ull;
  uint64_t all_ = p5;
};

} // namespace krait
