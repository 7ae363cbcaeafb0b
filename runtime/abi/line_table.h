// co_linetable: positions of a code object's instructions, run-length coded as CPython 3.11 does.
#pragma once
#include <string_view>
#include "runtime/abi/code.h"

namespace krait {

/// Calls each(span, code units) for every entry of the line table; line -1: none, columns -1: none.
template <class Each> void walkLineTable(std::string_view table, uint32_t firstLine, Each each) {
  size_t at = 0;
  auto varint = [&] {
    uint32_t value = 0;
    for (uint32_t shift = 0; at < table.size(); shift += 6) {
      auto byte = static_cast<unsigned char>(table[at++]);
      value |= (byte & 0x3Fu) << shift;
      if (!(byte & 0x40)) break;
    }
    return value;
  };
  auto signedVarint = [&] {
    uint32_t v = varint();
    return v & 1 ? -static_cast<int32_t>(v >> 1) : static_cast<int32_t>(v >> 1);
  };
  auto line = static_cast<int32_t>(firstLine);
  while (at < table.size()) {
    auto first = static_cast<unsigned char>(table[at++]);
    int32_t form = (first >> 3) & 15, units = (first & 7) + 1;
    SourceSpan span{-1, -1, -1, -1};
    if (form == 14) {
      line += signedVarint();
      span.line = line;
      span.endLine = line + static_cast<int32_t>(varint());
      span.column = static_cast<int32_t>(varint()) - 1;
      span.endColumn = static_cast<int32_t>(varint()) - 1;
    } else if (form == 13) {
      line += signedVarint();
      span.line = span.endLine = line;
    } else if (form >= 10 && form <= 12 && at + 1 < table.size()) {
      line += form - 10;
      span = {line, line, static_cast<unsigned char>(table[at]), static_cast<unsigned char>(table[at + 1])};
      at += 2;
    } else if (form < 10 && at < table.size()) {
      auto second = static_cast<unsigned char>(table[at++]);
      int32_t column = form * 8 + (second >> 4);
      span = {line, line, column, column + (second & 15)};
    }
    each(span, units);
  }
}

} // namespace krait
