// What CPython 3.11 says about an f-string that it does not like.
#pragma once

#include "frontend/base/diagnostics.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace krait::frontend::parse {

struct FStringComplaint {
  bool found = false;
  bool fromField = false; // the callback complained and has reported itself
  base::DiagnosticId id{};
  std::vector<std::string> arguments;
};

// Scans the text between the quotes as CPython 3.11 does. Every expression of a
// replacement field is handed to `complainAbout` with its offset in the text,
// once its end is known; if that answers true, the scan ends.
FStringComplaint findFStringComplaint(std::string_view text, bool raw,
                                      const std::function<bool(std::string_view, size_t)>& complainAbout);

} // namespace krait::frontend::parse
