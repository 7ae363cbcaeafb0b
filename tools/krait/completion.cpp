// Completion scripts for shells, from the rows of options.def.
#include <fmt/core.h>
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

/// Names of the options of a command (its bit), or of krait itself.
std::string optionWords(uint32_t set) {
  std::string words;
  for (const OptionRow& row : optionRows())
    if ((row.commands & set) || (set == kTop && row.commands == kNone))
      for (const std::string& name : namesOf(row)) words += (words.empty() ? "" : " ") + name;
  return words;
}

/// With a backslash before each of `special`.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// Inside '…' of a POSIX shell and zsh.
std::string quoted(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out;
}

/// The words of "a|b|c FILE" that stand for themselves, with blanks between them; empty if there are none.
std::string choicesOf(const CommandRow& command) {
  std::string choices = command.operands;
  if (choices.find('|') == std::string::npos) return {};
  choices.resize(std::min(choices.find(' '), choices.size()));
  for (char& c : choices)
    if (c == '|') c = ' ';
  return choices;
}

std::string bashScript() {
  std::string commands, cases;
  for (size_t i = 0; i < commandRows().size(); ++i) {
    const CommandRow& c = commandRows()[i];
    commands += (commands.empty() ? "" : " ") + std::string(c.name);
    cases += fmt::format("    {}) words=\"{} {}\" ;;\n", c.name, optionWords(1u << i), choicesOf(c));
  }
  return fmt::format("_krait() {{\n  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" words\n  case \"${{COMP_WORDS[1]}}\" in\n"
                     "{}    *) words=\"{} {}\" ;;\n  esac\n"
                     "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                     "  if [[ $current != -* ]]; then COMPREPLY+=($(compgen -f -- \"$current\")); fi\n}}\n"
                     "complete -o filenames -F _krait krait\n",
                     cases, commands, optionWords(kTop));
}

/// "'-o[help]:OUT:_files'" for each option.
std::string zshOptions(uint32_t set) {
  std::string out;
  for (const OptionRow& row : optionRows())
    if ((row.commands & set) || (set == kTop && row.commands == kNone))
      for (const std::string& name : namesOf(row)) {
        const std::string_view value = row.value;
        const char* action = value == "DIR" ? "_files -/" : value == "OUT" ? "_files" : " ";
        out += fmt::format(" \\\n      '*{}[{}]{}'", name, quoted(escaped(row.help, "[]\\")),
                           value.empty() ? "" : fmt::format(":{}:{}", escaped(value, ":"), action));
      }
  return out;
}

std::string zshScript() {
  std::string commands, cases;
  for (size_t i = 0; i < commandRows().size(); ++i) {
    const CommandRow& c = commandRows()[i];
    commands += fmt::format("      '{}:{}'\n", c.name, quoted(escaped(c.help, ":\\")));
    const std::string choices = choicesOf(c);
    cases += fmt::format("    {}) _arguments -s{} \\\n      '*:: :{}' ;;\n", c.name, zshOptions(1u << i),
                         choices.empty() ? "_files" : "(" + choices + ")");
  }
  return fmt::format("#compdef krait\n_krait() {{\n  local state line curcontext=\"$curcontext\"\n"
                     "  _arguments -s -C{} \\\n      '1: :->first' '*:: :->rest'\n  case $state in\n  first)\n"
                     "    local -a commands=(\n{}    )\n    _describe command commands\n    _files ;;\n"
                     "  rest)\n    case $words[1] in\n{}    *) _files ;;\n    esac ;;\n  esac\n}}\n"
                     "if [ \"$funcstack[1]\" = _krait ]; then _krait \"$@\"; else compdef _krait krait; fi\n",
                     zshOptions(kTop), commands, cases);
}

std::string fishScript() {
  std::string out;
  auto help = [](const char* text) { return escaped(text, "'\\"); };
  for (const CommandRow& c : commandRows())
    out += fmt::format("complete -c krait -n __fish_use_subcommand -a {} -d '{}'\n", c.name, help(c.help));
  auto options = [&](const std::string& condition, uint32_t set) {
    for (const OptionRow& row : optionRows()) {
      if (!(row.commands & set) && !(set == kTop && row.commands == kNone)) continue;
      for (const std::string& name : namesOf(row)) {
        const bool isLong = name.starts_with("--");
        out += fmt::format("complete -c krait -n {} {} {}{} -d '{}'\n", condition, isLong ? "-l" : "-s", name.substr(isLong ? 2 : 1),
                           *row.value ? " -r" : "", help(row.help));
      }
    }
  };
  options("__fish_use_subcommand", kTop);
  for (size_t i = 0; i < commandRows().size(); ++i) {
    const CommandRow& c = commandRows()[i];
    const std::string condition = fmt::format("'__fish_seen_subcommand_from {}'", c.name);
    options(condition, 1u << i);
    if (const std::string choices = choicesOf(c); !choices.empty()) out += fmt::format("complete -c krait -f -n {} -a '{}'\n", condition, choices);
  }
  return out;
}

} // namespace

std::string completionScript(const std::string& shell) {
  if (shell == "bash") return bashScript();
  if (shell == "zsh") return zshScript();
  if (shell == "fish") return fishScript();
  return {};
}

} // namespace krait::tools
