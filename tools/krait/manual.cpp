// The manual page and completion scripts, from the rows of options.def.
#include <fmt/core.h>
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '-' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::vector<std::string> namesOf(const OptionRow& row) {
  std::vector<std::string> all;
  std::string_view names = row.names;
  for (size_t at = 0; at < names.size();) {
    const size_t end = std::min(names.find(',', at), names.size());
    all.emplace_back(names.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

std::string manOption(const OptionRow& row) {
  std::string heads;
  for (const std::string& name : namesOf(row)) {
    if (!heads.empty()) heads += ", ";
    heads += fmt::format("\\fB{}\\fR", escaped(name));
    if (*row.value) heads += fmt::format(" \\fI{}\\fR", row.value);
  }
  return fmt::format(".TP\n{}\n{}\n", heads, escaped(row.help));
}

/// Words of the options of a command (by number), or of none.
std::string optionWords(uint32_t set) {
  std::string words;
  for (const OptionRow& row : optionRows())
    if (set == kNone ? row.commands == kNone : (row.commands & set) != 0)
      for (const std::string& name : namesOf(row)) words += (words.empty() ? "" : " ") + name;
  return words;
}

} // namespace

std::string manPage() {
  std::string page = ".TH KRAIT 1\n.SH NAME\nkrait \\- compile Python programs into native executables\n.SH SYNOPSIS\n";
  for (const CommandRow& c : commandRows())
    page += fmt::format(".B krait {}\n[\\fIoptions\\fR] {}\n.br\n", c.name, escaped(c.operands));
  page += ".B krait \\-c\n\\fICODE\\fR [\\fIARGS...\\fR]\n.br\n.B krait \\-m\n\\fIMODULE\\fR [\\fIARGS...\\fR]\n.SH COMMANDS\n";
  for (const CommandRow& c : commandRows()) page += fmt::format(".TP\n\\fB{}\\fR {}\n{}\n", c.name, escaped(c.operands), escaped(c.help));
  page += ".SH OPTIONS\n";
  for (const OptionRow& row : optionRows()) page += manOption(row);
  page += ".SH EXIT STATUS\nThat of the program that was run; 1 if a file is refused; 2 for wrong use.\n"
          ".SH ENVIRONMENT\n.TP\n\\fBKRAIT_CACHE_DIR\\fR\nwhere objects and executables are kept "
          "(default: $XDG_CACHE_HOME/krait or ~/.cache/krait)\n.TP\n\\fBKRAIT_CACHE_SIZE\\fR\nhow much it may take, as 500M or 4G "
          "(default: 4G; 0: without limit)\n";
  return page;
}

std::string completionScript(const std::string& shell) {
  std::string commands;
  for (const CommandRow& c : commandRows()) commands += (commands.empty() ? "" : " ") + std::string(c.name);
  if (shell == "fish") {
    std::string out;
    for (const CommandRow& c : commandRows())
      out += fmt::format("complete -c krait -n __fish_use_subcommand -a {} -d '{}'\n", c.name, c.help);
    for (size_t i = 0; i < commandRows().size(); ++i)
      for (const OptionRow& row : optionRows()) {
        if (!(row.commands & (1u << i))) continue;
        for (const std::string& name : namesOf(row))
          out += fmt::format("complete -c krait -n '__fish_seen_subcommand_from {}' {} {} -d '{}'\n", commandRows()[i].name,
                             name.starts_with("--") ? "-l" : "-s", name.substr(name.starts_with("--") ? 2 : 1), row.help);
      }
    return out;
  }
  if (shell != "bash" && shell != "zsh") return {};
  std::string cases;
  for (size_t i = 0; i < commandRows().size(); ++i)
    cases += fmt::format("    {}) words=\"{}\" ;;\n", commandRows()[i].name, optionWords(1u << i));
  std::string prefix = shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  return prefix + fmt::format("_krait() {{\n  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" words\n  case \"${{COMP_WORDS[1]}}\" in\n"
                              "{}    *) words=\"{} {}\" ;;\n  esac\n"
                              "  if [[ $current == -* || $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                              "  else COMPREPLY=($(compgen -f -- \"$current\")); fi\n}}\ncomplete -o filenames -F _krait krait\n",
                              cases, commands, optionWords(kNone));
}

} // namespace krait::tools
