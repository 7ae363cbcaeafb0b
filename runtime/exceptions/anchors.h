// The `~~~^~~~` marks under the source line of a traceback: which part of the
// failing expression is its operator.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace krait::exceptions {

/// Byte offsets into the segment: marked `^`; what is around it is marked `~`.
struct Anchors {
  size_t from, to;
};

/// For a segment that is a binary operation, its operator; for one that is a subscript, the brackets.
/// Anything else, and what does not parse: nothing.
std::optional<Anchors> findAnchors(std::string_view segment);

} // namespace krait::exceptions
