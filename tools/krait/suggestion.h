// "Did you mean …?"
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace krait::tools {

/// The candidate that `word` most likely is a slip of the keyboard for; empty if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

} // namespace krait::tools
