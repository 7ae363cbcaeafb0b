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

/// A function's text, and for each of its lines the line of the source that it was made for; 0: none.
struct ListedLine {
  std::string text;
  int32_t line;
};
std::vector<ListedLine> listingOf(const ir::core::Function& function, const ir::core::Remarks& remarks);
/// Assembly with line numbers, as compileModule gives it: its code, without what only tools need.
std::vector<ListedLine> listingOfAssembly(std::string_view assembly);

} // namespace krait::tools
