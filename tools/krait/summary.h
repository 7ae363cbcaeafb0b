// What is kept of a source text in the cache: what it imports, what it observes,
// and which names its functions mention.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "frontend/base/span.h"
#include "tools/krait/source_module.h"

namespace krait::tools {

/// One import statement, names made absolute.
struct Wanted {
  std::string module;
  std::vector<std::string> names;
  frontend::base::Span span;
  int function = -1;          // into Summary::functions; -1: runs with the module
  bool guarded = false;       // a failure is caught
  bool optional = false;      // and the module goes on without it
  std::string fallbackFor;    // runs only if nothing can be imported from this module; empty: not so
  bool unconditional = false; // stands at the left margin: always runs
};

struct Summary {
  uint32_t observers = 0;
  std::vector<Wanted> imports;
  std::vector<frontend::sema::FunctionMentions> functions;
  std::vector<std::string> mentions;
};

/// Of an analysed module.
Summary summarise(const SourceModule& module);
std::string toText(const Summary& summary);
/// False if the text is damaged.
bool parseSummary(std::string_view text, Summary& summary);

} // namespace krait::tools
