// The text form: one line per fact, words separated by blanks.
//
//   observers BITS
//   import FUNCTION GUARDED UNCONDITIONAL START END FALLBACK MODULE NAMES...   ("-" for no fallback)
//   function PARENT NAME MENTIONS...      ("." for no name)
//   mentions NAMES...
#include "tools/krait/summary.h"
#include <charconv>
#include <fmt/core.h>

namespace krait::tools {
namespace {

/// `isPackage`: dots count from the module itself.
std::string absoluteName(const std::string& module, bool isPackage, int level, const std::string& name) {
  if (level == 0) return name;
  std::string package = module;
  for (int up = isPackage ? 1 : 0; up < level; ++up) {
    const size_t dot = package.rfind('.');
    package = dot == std::string::npos ? "" : package.substr(0, dot);
  }
  if (package.empty()) return name;
  return name.empty() ? package : package + "." + name;
}

/// Of texts that name modules of the package where they stand.
void makeAbsolute(const SourceModule& source, std::vector<std::string>& mentions) {
  constexpr std::string_view kImported = "module:=";
  for (std::string& m : mentions) {
    if (!m.starts_with(kImported)) continue;
    const bool isOfName = m[kImported.size()] == '~';
    const size_t dots = kImported.size() + isOfName, name = std::min(m.find_first_not_of('.', dots), m.size());
    if (name == dots) continue;
    const std::string rest = m.substr(name);
    m.resize(kImported.size());
    m += absoluteName(source.name, source.isPackage || isOfName, static_cast<int>(name - dots), rest);
    if (rest.empty()) m += '.'; // some module of the package
  }
}

std::vector<std::string_view> wordsOf(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), word.size() + 1));
    words.push_back(word);
  }
  return words;
}

template <class T> bool number(std::string_view word, T& out) {
  return std::from_chars(word.data(), word.data() + word.size(), out).ptr == word.data() + word.size();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& n : names) text += " " + n;
  return text + "\n";
}

} // namespace

Summary summarise(const SourceModule& source) {
  const frontend::sema::ImportGraph& graph = source.analysis->imports;
  Summary summary{.observers = source.analysis->observers, .imports = {}, .functions = graph.functions, .mentions = graph.mentions};
  makeAbsolute(source, summary.mentions);
  for (frontend::sema::FunctionMentions& f : summary.functions) makeAbsolute(source, f.mentions);
  for (const auto& edge : graph.edges) {
    const std::string module = absoluteName(source.name, source.isPackage, edge.level, edge.module);
    if (module.empty()) continue;
    summary.imports.push_back({.module = module, .names = edge.names, .span = edge.span, .function = edge.function,
                               .guarded = edge.guarded,
                               .optional = edge.optional,
                               .fallbackFor = edge.fallbackFor,
                               .unconditional = source.buffer->position(edge.span.start).column == 0});
  }
  return summary;
}

std::string toText(const Summary& summary) {
  std::string text = fmt::format("observers {}\n", summary.observers);
  for (const Wanted& w : summary.imports)
    text += fmt::format("import {} {} {} {} {} {} {}{}", w.function, int{w.guarded} + 2 * int{w.optional}, int{w.unconditional}, w.span.start, w.span.end,
                        w.fallbackFor.empty() ? "-" : w.fallbackFor, w.module, joined(w.names));
  for (const auto& f : summary.functions)
    text += fmt::format("function {} {}{}", f.parent, f.name.empty() ? "." : f.name, joined(f.mentions));
  return text + "mentions" + joined(summary.mentions);
}

bool parseSummary(std::string_view text, Summary& summary) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::vector<std::string_view> words = wordsOf(line);
    if (words.empty()) return false;
    if (words[0] == "observers") {
      if (words.size() != 2 || !number(words[1], summary.observers)) return false;
    } else if (words[0] == "import") {
      Wanted w;
      int guarded = 0, unconditional = 0;
      if (words.size() < 8 || !number(words[1], w.function) || !number(words[2], guarded) || !number(words[3], unconditional) ||
          !number(words[4], w.span.start) || !number(words[5], w.span.end))
        return false;
      w.guarded = guarded & 1;
      w.optional = guarded & 2;
      w.unconditional = unconditional != 0;
      if (words[6] != "-") w.fallbackFor = words[6];
      w.module = words[7];
      w.names.assign(words.begin() + 8, words.end());
      summary.imports.push_back(std::move(w));
    } else if (words[0] == "function") {
      frontend::sema::FunctionMentions f;
      if (words.size() < 3 || !number(words[1], f.parent)) return false;
      f.name = words[2] == "." ? std::string_view() : words[2];
      f.mentions.assign(words.begin() + 3, words.end());
      summary.functions.push_back(std::move(f));
    } else if (words[0] == "mentions") {
      summary.mentions.assign(words.begin() + 1, words.end());
    } else {
      return false;
    }
  }
  return true;
}

} // namespace krait::tools
