// A Python value as one 64-bit word.
//
//   xxxx…xxx1   small integer, 63 bits, two's complement, value = word >> 1
//   xxxx…xx10   immediate float (self-tagging): rotl(bits + 2^60 + 1, 3); exponents
//               near 1.0 (about 1e-77 … 1e77) land on this tag by themselves
//   xxxx…1x00   immediate zero or infinity, by the same formula: their mantissa is
//               0, so the added 1 is what sets the fourth bit
//   xxxx…0100   never a value: a reference to a word that holds the value
//               (entries of split dicts, see types/dict.h)
//   xxxx…0000   pointer to a 16-byte-aligned Object; the null word means
//               "error raised", "unbound" or "absent", as the contract says
//
// Every immediate float is read by one subtraction and one rotation. One is made
// by the same and a test for xx10; what fails that test is looked at again, since
// NaNs and the smallest numbers, which must not be immediate, land beside zero.
//
// A heap int or float may hold any number: never conclude "not immediate,
// therefore large". Only `types/int.h` and `types/float.h` make numbers.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>

namespace krait {

struct Object;

struct Value {
  uint64_t bits = 0;

  static constexpr uint64_t kIntTag = 1, kIndirectTag = 4, kPointerMask = 15;
  static constexpr uint64_t kFloatBias = (uint64_t{1} << 60) + 1;
  static constexpr int kFloatTurn = 3;
  /// Bit n: whether words that end in the five bits n are immediate floats. A test of one bit is shorter than two compares.
  static constexpr uint32_t kFloatTags = 0x55445544;
  /// The same for what an ordinary exponent lands on: all words that end in the bits 10.
  static constexpr uint32_t kOrdinaryTags = 0x44444444;
  static constexpr int64_t kSmallMax = (int64_t{1} << 62) - 1, kSmallMin = -(int64_t{1} << 62);

  constexpr Value() = default;
  explicit constexpr Value(uint64_t word) : bits(word) {}
  Value(const Object* o) : bits(reinterpret_cast<uint64_t>(o)) {}

  constexpr bool isNull() const { return bits == 0; }
  explicit constexpr operator bool() const { return bits != 0; }
  constexpr bool isSmallInt() const { return bits & kIntTag; }
  constexpr bool isImmediateFloat() const { return kFloatTags >> (bits & 31) & 1; }
  /// A pointer to an Object, or null.
  constexpr bool isPointer() const { return (bits & kPointerMask) == 0; }
  constexpr bool isIndirect() const { return (bits & kPointerMask) == kIndirectTag; }

  constexpr int64_t smallInt() const { return static_cast<int64_t>(bits) >> 1; }
  static constexpr bool fitsSmall(int64_t v) { return v >= kSmallMin && v <= kSmallMax; }
  static constexpr Value ofSmallInt(int64_t v) { return Value((static_cast<uint64_t>(v) << 1) | kIntTag); }

  constexpr double immediateFloat() const {
    return std::bit_cast<double>(std::rotr(bits, kFloatTurn) - kFloatBias);
  }
  /// The word for a `d` with an ordinary exponent: usable only if isOrdinaryFloat() then says so.
  static constexpr Value tryFloat(double d) {
    return Value(std::rotl(std::bit_cast<uint64_t>(d) + kFloatBias, kFloatTurn));
  }
  constexpr bool isOrdinaryFloat() const { return kOrdinaryTags >> (bits & 31) & 1; }
  /// Zero or infinite: immediate, though tryFloat's word does not say so. No NaN is its own double.
  static constexpr bool isRareImmediate(double d) { return d + d == d; }
  /// The immediate word for `d`, null if there is none.
  static constexpr Value immediateOf(double d) {
    Value v = tryFloat(d);
    return v.isOrdinaryFloat() || isRareImmediate(d) ? v : Value();
  }

  /// A reference to `word`, which lies on a multiple of 8. The shift keeps the fourth bit clear.
  static Value indirect(Value* word) { return Value(reinterpret_cast<uint64_t>(word) << 1 | kIndirectTag); }
  Value* target() const { return reinterpret_cast<Value*>((bits - kIndirectTag) >> 1); }

  Object* object() const { return reinterpret_cast<Object*>(bits); }
  template <class T> T* as() const { return reinterpret_cast<T*>(bits); }

  /// Identity of words (Python's `is`, before number identity is considered).
  friend constexpr bool operator==(Value a, Value b) { return a.bits == b.bits; }
};

static_assert(sizeof(Value) == 8);

} // namespace krait
