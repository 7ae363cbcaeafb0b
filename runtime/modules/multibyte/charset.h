// Coded character sets of East Asia: which character each code of two bytes is, and which code a character gets.
//
// A set is written in packed form, by tools/scripts/make_cjk_charsets.py, and unpacked when it is first asked. The form is the
// trail byte at which rows of codes (of one lead byte) begin, then tokens that walk through the codes in order and remember the
// last character:
//
//   00–1f      1–32 characters, each the one after the last
//   20–a9 xx   a character from U+4E00 to U+D7FF
//   aa–c9      1–32 codes are passed over
//   ca–df      to the beginning of the row that is 1–22 further
//   e0–f5      the character that is 2–23 after the last
//   f6–f8 xxxx any character of plane 0, 1 or 2
//   f9 xxxx nn two characters that have one code; the second is from a short list
//   fa         a code without a character
//   fb         the same, of an edition that withdrew it: where it stands, all its bytes are the error
//
// A set with a base has what the base has where its own tokens pass over. The way back is made from that: of several codes of a
// character the first counts, but for a few exceptions. State (shifts, escapes) is not a set's business: encodings are made of sets.
#pragma once
#include <cstddef>
#include <cstdint>

namespace krait::multibyte {

class Charset {
public:
  /// `code` 0: none.
  struct Exception { uint32_t value; uint16_t code; };

  template <size_t n, size_t m>
  constexpr Charset(const uint8_t (&packed)[n], const Exception (&exceptions)[m], Charset* base)
      : packed_(packed), size_(n), exceptions_(exceptions), exceptionCount_(m), base_(base) {}
  template <size_t n>
  constexpr Charset(const uint8_t (&packed)[n], decltype(nullptr), Charset* base) : packed_(packed), size_(n), base_(base) {}
  template <size_t m>
  constexpr Charset(decltype(nullptr), const Exception (&exceptions)[m], Charset* base)
      : exceptions_(exceptions), exceptionCount_(m), base_(base) {}

  /// What the code stands for, or kWithdrawn: a character, or two, the second in the upper half. 0: nothing.
  static constexpr uint32_t kWithdrawn = 0xffffffff;
  uint32_t valueOf(uint32_t code) {
    if (!rows_) unpack();
    const uint32_t* row = rows_[code >> 8];
    return row ? row[code & 0xff] : 0;
  }
  /// The code of a character, or of `pairOf` two. 0: none.
  uint32_t codeOf(uint32_t value) {
    if (!pages_) invert();
    if (value >= kCharacters) return codeOfPair(value);
    const uint16_t* page = pages_[value >> 8];
    return page ? page[value & 0xff] : 0;
  }
  static constexpr uint32_t pairOf(uint32_t first, uint32_t second) { return first | second << 16; }
  static constexpr bool isPair(uint32_t value) { return value > 0x10ffff; }

private:
  static constexpr uint32_t kCharacters = 0x30000; // sets have none beyond
  struct Pairs;
  void unpack();
  void invert();
  uint16_t& placeOf(uint32_t value);
  uint32_t codeOfPair(uint32_t value) const;

  const uint8_t* packed_ = nullptr;
  uint32_t size_ = 0;
  const Exception* exceptions_ = nullptr;
  uint32_t exceptionCount_ = 0;
  Charset* base_;
  const uint32_t** rows_ = nullptr; // 256, by lead byte; null: no code begins so. Those that a base has too may be its own
  uint16_t** pages_ = nullptr;      // the way back: codes by the upper bits of the character, then by the lower eight; they stay
  Pairs* pairs_ = nullptr;
};

} // namespace krait::multibyte
