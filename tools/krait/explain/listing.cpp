#include "tools/krait/explain/listing.h"
#include <charconv>
#include <unordered_map>
#include "frontend/ast/dump.h"
#include "frontend/lex/lexer.h"
#include "ir/core/printer.h"
#include "tools/krait/source_module.h"

namespace krait::tools {
namespace {

using namespace ir::core;

/// The number that `text` begins with; 0 without one.
uint32_t numberAt(std::string_view text) {
  uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// What stands behind `mark`; empty without it.
std::string_view behind(std::string_view text, std::string_view mark) {
  const size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

/// Without what follows `mark`, and the blanks before it.
std::string_view cutAt(std::string_view text, std::string_view mark) {
  const size_t at = text.find(mark);
  return at == std::string_view::npos ? text : text.substr(0, text.find_last_not_of(" \t", at ? at - 1 : 0) + 1);
}

} // namespace

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<ListedLine> listingOfTokens(SourceModule& source) {
  frontend::lex::TokenList list;
  frontend::lex::tokenize(*source.buffer, source.symbols, frontend::lex::FinalNewline::Implied, list);
  const std::string text = frontend::lex::dump(*source.buffer, list);
  std::vector<ListedLine> listing;
  for (std::string_view line : linesOf(text)) // begins with the place
    listing.push_back({std::string(line), static_cast<int32_t>(numberAt(line))});
  return listing;
}

std::vector<ListedLine> listingOfTree(const SourceModule& source) {
  std::vector<uint32_t> places;
  std::vector<ListedLine> listing;
  const std::string text = frontend::ast::dumpIndented(source.tree, *source.buffer, source.symbols, places);
  for (std::string_view line : linesOf(text)) listing.push_back({std::string(line), static_cast<int32_t>(places[listing.size()])});
  return listing;
}

std::vector<ListedLine> listingOf(const Function& function, const Remarks& remarks) {
  const std::string text = toText(function);
  std::vector<ListedLine> listing;
  const Block* block = nullptr;
  const Instruction* i = nullptr;
  bool isInside = false;
  size_t unsited = 0; // operands stand in front of what asks for them
  int32_t last = 0;
  for (std::string_view line : linesOf(text)) {
    int32_t from = 0;
    if (line == "{" || line == "}") {
      isInside = line == "{";
    } else if (isInside && line.starts_with('^')) {
      block = block ? block->next : function.entry();
      i = block->first;
      unsited = 0;
    } else if (isInside && i) {
      from = remarks.lineOf(*i);
      i = i->next;
      if (!from) ++unsited;
    }
    listing.push_back({std::string(line), from});
    if (from) {
      for (; unsited; --unsited) listing[listing.size() - 1 - unsited].line = from;
      last = from;
    } else if (isInside && !i) {
      for (; unsited; --unsited) listing[listing.size() - unsited].line = last;
    }
  }
  return listing;
}

std::vector<ListedLine> listingOfLlvm(std::string_view text) {
  std::unordered_map<uint32_t, uint32_t> lines; // by the number of the metadata that says it
  const std::vector<std::string_view> all = linesOf(text);
  for (std::string_view line : all)
    if (line.starts_with('!')) lines[numberAt(line.substr(1))] = numberAt(behind(line, "line: "));
  std::vector<ListedLine> listing;
  bool isInside = false;
  for (std::string_view line : all) {
    if (line.starts_with("define ")) isInside = true;
    if (!isInside) continue;
    const bool isHead = line.starts_with("define ");
    const auto at = lines.find(numberAt(behind(line, "!dbg !")));
    std::string kept(cutAt(cutAt(cutAt(line, isHead ? " !" : ", !"), "; preds ="), "; No predecessors"));
    if (const size_t attributes = kept.rfind(" #"); attributes != std::string::npos && kept.find_first_not_of("0123456789", attributes + 2) == std::string::npos)
      kept.resize(attributes);
    if (isHead) kept += " {";
    listing.push_back({std::move(kept), at == lines.end() ? 0 : static_cast<int32_t>(at->second)});
    if (line == "}") isInside = false;
  }
  return listing;
}

std::vector<ListedLine> listingOfAssembly(std::string_view assembly) {
  std::vector<ListedLine> listing;
  bool isCode = true;
  int32_t from = 0;
  for (std::string_view line : linesOf(assembly)) {
    if (line.starts_with("\t.section") || line.starts_with("\t.text")) {
      isCode = line.find(".text") != std::string_view::npos;
    } else if (line.starts_with("\t.loc\t")) {
      from = static_cast<int32_t>(numberAt(line.substr(line.find_first_of(" \t", 6) + 1)));
    } else if (isCode && !line.empty() && !line.starts_with("\t.") && !line.starts_with(".Ltmp") && !line.starts_with(".Lfunc") && !line.starts_with(' ')) {
      const bool isLabel = line[0] != '\t';
      listing.push_back({std::string(cutAt(line, "# ")), isLabel ? 0 : from});
    }
  }
  return listing;
}

} // namespace krait::tools
