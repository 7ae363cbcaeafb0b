// What a step of the compiler makes of a file, as lines of text that know which line of the source each was made for.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "ir/core/module.h"
#include "ir/core/remarks.h"

namespace krait::tools {

struct SourceModule;

struct ListedLine {
  std::string text;
  int32_t line; // of the source; 0: none

  bool operator==(const ListedLine&) const = default;
};

/// Without line ends.
std::vector<std::string_view> linesOf(std::string_view text);

/// Of a decoded file.
std::vector<ListedLine> listingOfTokens(SourceModule& source);
/// Of a parsed one: a line for each node.
std::vector<ListedLine> listingOfTree(const SourceModule& source);
std::vector<ListedLine> listingOf(const ir::core::Function& function, const ir::core::Remarks& remarks);
/// LLVM IR with line numbers, as compileModule gives it: its functions, without metadata.
std::vector<ListedLine> listingOfLlvm(std::string_view text);
/// Assembly with line numbers, likewise: its code, without what only tools need.
std::vector<ListedLine> listingOfAssembly(std::string_view assembly);

} // namespace krait::tools
