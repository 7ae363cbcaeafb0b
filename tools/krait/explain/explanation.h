// What became of a file, line by line: which operations versions do on raw numbers and by address, which are left to the
// general way, what passes said about it.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "ir/core/module.h"
#include "ir/core/remarks.h"

namespace krait::tools {

struct LineFacts {
  uint32_t fast = 0, general = 0; // operations
  bool calls = false;             // other code, generally
  bool makes = false;             // objects
  std::vector<const ir::core::Remark*> remarks{}; // that begin here, by column
};

struct Explanation {
  std::vector<std::string_view> lines; // of the source, without line ends
  std::vector<LineFacts> facts;        // by line, from 0
};

/// "fast", "mixed", "general", or empty: nothing is computed on it.
std::string_view verdictOf(const LineFacts& line);

/// `function`: only what is in functions of this qualified name; empty: everything. Refers to the module and the remarks.
Explanation explain(const ir::core::Module& module, const ir::core::Remarks& remarks, std::string_view function);

} // namespace krait::tools
