#include "ir/core/guess.h"

#include <algorithm>
#include <iterator>

namespace krait::ir::core {

namespace {

constexpr std::string_view kTexts[] = {"", "int", "float", "complex", "list", "tuple", "dict", "set", "str", "bytes", "instance"};
static_assert(std::size(kTexts) == size_t(Guess::Array));
constexpr std::string_view kArray = "array.";

} // namespace

std::string toText(Guess g) {
  if (const char code = arrayCode(g)) return std::string(kArray) + code;
  return std::string(kTexts[size_t(g)]);
}

bool parseGuess(std::string_view text, Guess& g) {
  if (text.size() == kArray.size() + 1 && text.starts_with(kArray)) {
    g = arrayOf(text.back());
    return arrayItemSize(text.back()) != 0;
  }
  const auto* found = std::find(std::begin(kTexts), std::end(kTexts), text);
  g = Guess(found - kTexts);
  return found != std::end(kTexts) && !text.empty();
}

} // namespace krait::ir::core
