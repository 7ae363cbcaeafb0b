// Format strings taken apart, of `format % …` and format.format(…).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace krait::ir::core {

struct FormatPart {
  std::string text;        // what stands between fields, or a field's specification: "%5.2f", or what follows the colon
  bool isField = false;
  uint32_t argument = 0;   // of a field: which positional argument it shows
  std::string name;        // or which named one
  char code = 0;           // of a field: 'd', or a conversion
  // Of a field of `%`:
  std::string flags;
  int width = -1, precision = -1; // -1: not given

  bool isPlain() const { return flags.empty() && width < 0 && precision < 0; }
};

/// Nothing where a field has a key or takes its sizes from arguments, or the format is wrong.
std::optional<std::vector<FormatPart>> percentParts(std::string_view format);
/// Nothing where a field shows a part of an argument, or has fields in its specification, or the format is wrong.
std::optional<std::vector<FormatPart>> braceParts(std::string_view format);

} // namespace krait::ir::core
