// Command line -> Options, by CLI11 (the one place that has exceptions).
// What follows the program's file, -c or -m belongs to the program and is cut off first.
#include "tools/krait/options.h"
#include <CLI/CLI.hpp>
#include <cstring>
#include <fmt/core.h>

namespace krait::tools {
namespace {

constexpr CommandRow kCommands[] = {
#define COMMAND(enumerator, name, operands, help) {name, operands, help},
#include "tools/krait/options.def"
};
constexpr OptionRow kOptions[] = {
#define OPTION(member, names, value, commands, help) {names, value, commands, help},
#include "tools/krait/options.def"
};

void add(CLI::App& app, const char* names, bool& member, const OptionRow& row) { app.add_flag(names, member, row.help); }
template <class T> void add(CLI::App& app, const char* names, T& member, const OptionRow& row) {
  app.add_option(names, member, row.help)->type_name(row.value);
}
void add(CLI::App& app, const char* names, std::vector<std::string>& member, const OptionRow& row) {
  app.add_option(names, member, row.help)->type_name(row.value)->type_size(1)->allow_extra_args(false);
}
void add(CLI::App& app, const char* names, int& member, const OptionRow& row) {
  app.add_option(names, member, row.help)->type_name(row.value)->check(CLI::Range(0, 2));
}

bool takesValue(std::string_view word) {
  if (word.find('=') != std::string_view::npos) return false;
  for (const OptionRow& row : kOptions) {
    if (!*row.value) continue;
    std::string_view names = row.names;
    for (size_t at = 0; at < names.size();) {
      const size_t end = std::min(names.find(',', at), names.size());
      if (names.substr(at, end - at) == word) return true;
      at = end + 1;
    }
  }
  return false;
}

/// How many words are krait's own.
int ownWords(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "-c" || word == "-m") return std::min(i + 2, argc);
    if (word != "run") continue;
    for (int k = i + 1; k < argc; ++k) {
      if (argv[k][0] != '-' || argv[k][1] == 0) return k + 1;
      if (takesValue(argv[k])) ++k;
    }
    return argc;
  }
  return argc;
}

} // namespace

std::span<const CommandRow> commandRows() { return kCommands; }
std::span<const OptionRow> optionRows() { return kOptions; }

bool parseOptions(int argc, char** argv, Options& options, int& status) {
  const int own = ownWords(argc, argv);
  options.arguments.assign(argv + own, argv + argc);

  CLI::App app{"Compiles Python 3.11 programs into native executables.", "krait"};
  app.require_subcommand(0, 1);
  std::vector<CLI::App*> commands;
  for (size_t i = 0; i < std::size(kCommands); ++i) {
    const CommandRow& row = kCommands[i];
    auto* command = app.add_subcommand(row.name, row.help);
    commands.push_back(command);
    if (*row.operands) command->add_option(i == size_t(Command::Completion) ? "SHELL" : i == size_t(Command::Library) ? "MODULE" : "FILE", options.files)->required();
    const uint32_t bit = 1u << i;
#define OPTION(member, names, value, set, help)                                                                 \
  if ((set) & bit) add(*command, names, options.member, OptionRow{names, value, set, help});
#include "tools/krait/options.def"
  }
#define OPTION(member, names, value, set, help)                                                                 \
  if ((set) == kNone || ((set) & kTop)) add(app, names, options.member, OptionRow{names, value, set, help});
#include "tools/krait/options.def"

  try {
    app.parse(own, argv);
  } catch (const CLI::ParseError& error) {
    status = app.exit(error) == 0 ? 0 : 2;
    return false;
  }
  for (size_t i = 0; i < commands.size(); ++i)
    if (commands[i]->parsed()) {
      options.command = static_cast<Command>(i);
      return true;
    }
  if (options.version)
    options.command = Command::Version;
  else if (app.count("-c"))
    options.command = Command::RunCode;
  else if (app.count("-m"))
    options.command = Command::RunModule;
  else {
    fmt::print(stderr, "{}", app.help());
    status = 2;
    return false;
  }
  return true;
}

} // namespace krait::tools
