// Random programs for fuzzing: from tokens, from the grammar, and by damaging
// programs that exist.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace krait::fuzz {

// xorshift64*: the same seed gives the same programs everywhere.
class Random {
public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 1) {}
  uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1D;
  }
  uint32_t below(uint32_t limit) { return limit == 0 ? 0 : static_cast<uint32_t>((next() >> 32) % limit); }
  bool oneIn(uint32_t chances) { return below(chances) == 0; }

private:
  uint64_t state_;
};

// Tokens in any order, with indentation that is usually right.
std::string tokenSoup(Random& random);
// A program that the grammar allows, most of the time.
std::string grammarProgram(Random& random);
// A copy with some bytes or tokens deleted, doubled, replaced or swapped.
std::string damaged(Random& random, std::string program, const std::vector<std::string>& corpus);

} // namespace krait::fuzz
