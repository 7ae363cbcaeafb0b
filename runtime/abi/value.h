// A Python value as one 64-bit word.
//
//   xxxx…xxx1   small integer, 63 bits, two's complement, value = word >> 1
//   xxxx…xx10   immediate float (self-tagging): rotl(bits + 2^60, 3); exponents
//               near 1.0 (about 1e-77 … 1e77) land on this tag by themselves
//   xxxx…x100   never a value: a reference to a word that holds the value
//               (entries of split dicts, see object/dict.h)
//   xxxx…0000   pointer to a 16-byte-aligned Object; the null word means
//               "error raised", "unbound" or "absent", as the contract says
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

  static constexpr uint64_t kIntTag = 1, kFloatTag = 2, kFloatMask = 3, kPointerMask = 7;
  static constexpr int64_t kSmallMax = (int64_t{1} << 62) - 1, kSmallMin = -(int64_t{1} << 62);

  constexpr Value() = default;
  explicit constexpr Value(uint64_t word) : bits(word) {}
  Value(const Object* o) : bits(reinterpret_cast<uint64_t>(o)) {}

  constexpr bool isNull() const { return bits == 0; }
  explicit constexpr operator bool() const { return bits != 0; }
  constexpr bool isSmallInt() const { return bits & kIntTag; }
  constexpr bool isImmediateFloat() const { return (bits & kFloatMask) == kFloatTag; }
  /// A pointer to an Object, or null.
  constexpr bool isPointer() const { return (bits & kPointerMask) == 0; }
  constexpr bool isIndirect() const { return (bits & kPointerMask) == 4; }

  constexpr int64_t smallInt() const { return static_cast<int64_t>(bits) >> 1; }
  static constexpr bool fitsSmall(int64_t v) { return v >= kSmallMin && v <= kSmallMax; }
  static constexpr Value ofSmallInt(int64_t v) { return Value((static_cast<uint64_t>(v) << 1) | kIntTag); }

  constexpr double immediateFloat() const {
    return std::bit_cast<double>(std::rotr(bits, 3) - (uint64_t{1} << 60));
  }
  /// The word for `d`; it is an immediate float only if isImmediateFloat() then says so.
  static constexpr Value tryFloat(double d) {
    return Value(std::rotl(std::bit_cast<uint64_t>(d) + (uint64_t{1} << 60), 3));
  }

  Object* object() const { return reinterpret_cast<Object*>(bits); }
  template <class T> T* as() const { return reinterpret_cast<T*>(bits); }

  /// Identity of words (Python's `is`, before number identity is considered).
  friend constexpr bool operator==(Value a, Value b) { return a.bits == b.bits; }
};

static_assert(sizeof(Value) == 8);

} // namespace krait
