// Letters of ASCII, eight at a time: for str and the bytes types.
#pragma once
#include <cstdint>
#include <cstring>

namespace krait {

/// Eight bytes at once: the bit that tells the cases apart, where the byte is one of first … last.
template <char first, char last> inline uint64_t caseBits(uint64_t word) {
  constexpr uint64_t kEach = 0x0101010101010101u;
  const uint64_t low = word & kEach * 0x7f;
  return (((low + kEach * (0x80 - first)) ^ (low + kEach * (0x7f - last))) & ~word) >> 2 & kEach * 0x20;
}
inline uint64_t asciiUpper(uint64_t word) { return word ^ caseBits<'a', 'z'>(word); }
inline uint64_t asciiLower(uint64_t word) { return word ^ caseBits<'A', 'Z'>(word); }
inline uint64_t asciiSwapped(uint64_t word) { return word ^ caseBits<'a', 'z'>(word) ^ caseBits<'A', 'Z'>(word); }

/// Puts what `mapped` makes of words of n > 1 bytes, eight or fewer at a time: of each byte by itself.
template <class F> void mapWords(uint8_t* to, const uint8_t* from, size_t n, F&& mapped) {
  const auto move = [&]<class Word>(Word word, size_t at) {
    std::memcpy(&word, from + at, sizeof word);
    word = static_cast<Word>(mapped(word));
    std::memcpy(to + at, &word, sizeof word);
  };
  if (n < 4) {
    move(uint16_t{}, 0);
    move(uint8_t{}, n - 1);
  } else if (n < 8) {
    move(uint32_t{}, 0);
    move(uint32_t{}, n - 4);
  } else {
    for (size_t i = 0; i + 8 <= n; i += 8) move(uint64_t{}, i);
    move(uint64_t{}, n - 8);
  }
}

} // namespace krait
