// What a temporary probably is: a number, or a container of some kind. A prediction: it is tried first, and nothing depends on it.
#pragma once

#include "runtime/abi/array_codes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace krait::ir::core {

enum class Guess : uint8_t {
  None,
  Int,
  Float,
  Complex,
  List,
  Tuple,
  Dict,
  Set,
  Str,
  Bytes, // or a bytearray
  Instance, // of a class of the module
  Array, // of the first type code; the others follow
};

// What a guessed number is at times besides.
enum class Doubt : uint8_t { None, MayBeOther /* None, or what is not known */, MayBeInt /* and no float, as guessed */, MayBeWide /* of an int: up to 2^64 - 1, and no small one then */ };

constexpr bool isNumber(Guess g) { return g >= Guess::Int && g <= Guess::Complex; }
// A builtin one that has a length.
constexpr bool isSized(Guess g) { return g >= Guess::List && g <= Guess::Str; }
// Of a type code for numbers.
constexpr Guess arrayOf(char code) { return Guess(size_t(Guess::Array) + arrayKindNumber(code)); }
// The type code; 0: no array.
constexpr char arrayCode(Guess g) { return g < Guess::Array ? char(0) : kArrayCodes[size_t(g) - size_t(Guess::Array)]; }

// "int", "list", "array.d"; empty for None.
std::string toText(Guess g);
// False if the text is no guess.
bool parseGuess(std::string_view text, Guess& g);

} // namespace krait::ir::core
