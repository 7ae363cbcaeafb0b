// The type codes of array.array: one letter for each kind of machine value.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait {

/// In the order of their rows (runtime/modules/array_kinds.cpp).
inline constexpr std::string_view kArrayCodes = "bBuhHiIlLqQfd";
constexpr size_t arrayKindNumber(char code) { return kArrayCodes.find(code); }
/// Bytes of an item; 0: of no number.
constexpr unsigned arrayItemSize(char code) {
  switch (code) {
  case 'b':
  case 'B': return 1;
  case 'h':
  case 'H': return 2;
  case 'i':
  case 'I':
  case 'f': return 4;
  case 'l':
  case 'L':
  case 'q':
  case 'Q':
  case 'd': return 8;
  default: return 0;
  }
}
constexpr bool isFloatCode(char code) { return code == 'f' || code == 'd'; }
constexpr bool isIntCode(char code) { return arrayItemSize(code) != 0 && !isFloatCode(code); }
/// The ints that an item can be, as far as an int64_t goes.
struct ArrayRange { int64_t least, greatest; };
constexpr ArrayRange arrayRange(char code) {
  const unsigned bits = 8 * arrayItemSize(code);
  if (code >= 'a') return {INT64_MIN >> (64 - bits), INT64_MAX >> (64 - bits)};
  return {0, bits == 64 ? INT64_MAX : (int64_t{1} << bits) - 1};
}

} // namespace krait
