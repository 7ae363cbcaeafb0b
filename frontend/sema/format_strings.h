// What format strings want from their arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace krait::frontend::sema {

// Of `text % arguments`.
struct PercentFormat {
  std::string problem;            // "unsupported format character 'y'"; empty: none
  size_t positional = 0;          // values that it takes one after the other, `*` among them
  std::vector<std::string> keys;  // of %(key)s
};
PercentFormat readPercentFormat(std::string_view text, bool isBytes);

// Of text.format(arguments).
struct BraceFormat {
  std::string problem;
  size_t positional = 0;         // how many arguments it takes at least
  std::vector<std::string> keys;
};
BraceFormat readBraceFormat(std::string_view text);

} // namespace krait::frontend::sema
