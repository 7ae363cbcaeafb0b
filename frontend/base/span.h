// Where something stands in a source buffer. Byte offsets into the decoded
// (UTF-8, newline-normalised) text; SourceBuffer turns them into lines.
#pragma once

#include <cstdint>

namespace krait::frontend::base {

struct Span {
  uint32_t start = 0;
  uint32_t end = 0; // exclusive

  constexpr uint32_t size() const { return end - start; }
  constexpr bool operator==(const Span&) const = default;
};

// The smallest span that covers both; `from` must not start after `to`.
constexpr Span cover(Span from, Span to) { return {from.start, to.end}; }

// A position as Python reports it: `line` from 1, `column` in UTF-8 bytes from 0.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 0;

  constexpr bool operator==(const LineColumn&) const = default;
};

} // namespace krait::frontend::base
