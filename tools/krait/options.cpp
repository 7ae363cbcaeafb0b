// Command line -> Options, by CLI11 (the one place that has exceptions).
// What follows the program's file, -c or -m belongs to the program and is cut off first.
#include "tools/krait/options.h"
#include <CLI/CLI.hpp>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include "tools/krait/messages.h"
#include "tools/krait/observed.h"
#include "tools/krait/search_path.h"
#include "tools/krait/suggestion.h"

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
  app.add_option(names, member, row.help)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}
void add(CLI::App& app, const char* names, std::vector<std::string>& member, const OptionRow& row) {
  app.add_option(names, member, row.help)->type_size(1)->allow_extra_args(false);
}
void add(CLI::App& app, const char* names, int& member, const OptionRow& row) {
  app.add_option(names, member, row.help)->check(CLI::Range(0, 3))->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

bool takesValue(std::string_view word) {
  for (const OptionRow& row : kOptions)
    if (*row.value)
      for (const std::string& name : namesOf(row))
        if (name == word) return true;
  return false;
}

const CommandRow* findCommand(std::string_view name) {
  for (const CommandRow& row : kCommands)
    if (row.name == name) return &row;
  return nullptr;
}

/// krait's own words; the others are the program's. `krait FILE` becomes `krait run FILE`.
struct OwnWords {
  std::vector<std::string> words;
  int count = 0; // of argv, with its first
  bool isImplied = false; // `run` was not said
};

OwnWords ownWords(int argc, char** argv) {
  OwnWords own{{argv + 1, argv + argc}, argc, false};
  auto cut = [&](int end) {
    own.count = std::min(end, argc);
    own.words.assign(argv + 1, argv + own.count);
  };
  auto isOperand = [&](int i) { return argv[i][0] != '-' || argv[i][1] == 0; };
  int i = 1;
  for (; i < argc && !isOperand(i); ++i) {
    const std::string_view word = argv[i];
    if (word == "-c" || word == "-m") return cut(i + 2), own;
    if (word.starts_with("-c") || word.starts_with("-m")) return cut(i + 1), own;
    if (takesValue(word)) ++i;
  }
  if (i >= argc) return own;
  const CommandRow* command = findCommand(argv[i]);
  if (command && command != &kCommands[int(Command::Run)]) return own;
  if (command)
    for (++i; i < argc && !isOperand(i); ++i)
      if (takesValue(argv[i])) ++i;
  cut(i + 1);
  own.isImplied = !command;
  if (own.isImplied) own.words.insert(own.words.begin(), kCommands[int(Command::Run)].name);
  return own;
}

/// Reports wrong use. Always false.
bool refuse(const CommandRow* command, const std::string& message, int& status) {
  fmt::print(stderr, "krait: error: {}\nSee 'krait {}--help'.\n", message, command ? std::string(command->name) + " " : "");
  status = 2;
  return false;
}

std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  return near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
}

/// A word that nothing takes, with the options of the command (its bit) or of krait itself.
std::string unexpected(const std::string& word, const CommandRow* command, uint32_t set) {
  if (word[0] != '-' || word.size() == 1) {
    const bool takesNone = command && !*command->operands;
    return command ? fmt::format("'{}' is one too many: 'krait {}' takes {}", word, command->name, takesNone ? "no file" : command->operands)
                   : fmt::format("unexpected '{}'", word);
  }
  std::vector<std::string> names{"--help"};
  for (const OptionRow& row : kOptions)
    if ((row.commands & set) || (!command && row.commands == kNone))
      for (std::string& name : namesOf(row)) names.push_back(std::move(name));
  return fmt::format("'krait{}{}' has no option '{}'{}", command ? " " : "", command ? command->name : "", word,
                     didYouMean(word.substr(0, word.find('=')), names));
}

/// `krait WORD` where WORD is no command: empty if it may well be a file.
std::string unknownCommand(const std::string& word) {
  std::error_code failure;
  if (word == "-" || word.find_first_of("./") != std::string::npos || std::filesystem::exists(word, failure)) return {};
  std::vector<std::string> names;
  for (const CommandRow& row : kCommands) names.emplace_back(row.name);
  return fmt::format("no file and no command is called '{}'{}", word, didYouMean(word, names));
}

/// What is wrong in a way that only shows when all is read; empty if nothing is.
std::string contradiction(const Options& options) {
  if (options.command == Command::Emit) {
    std::vector<std::string> kinds;
#define OPTION(member, names, value, set, help)                                                                 \
  if constexpr (((set) & kStep) != 0)                                                                           \
    if (isSet(options.member)) kinds.emplace_back(names);
    auto isSet = [](const auto& member) {
      if constexpr (std::is_same_v<std::decay_t<decltype(member)>, bool>) return member;
      else return false;
    };
#include "tools/krait/options.def"
    if (kinds.empty()) return "emit what? --tokens, --ast, --scopes, --bytecode, --ir, --llvm, --asm, --obj or --stages";
    if (options.stages && options.files[0].ends_with(".ir")) return "--stages begins with Python, not with IR";
    if (kinds.size() > 1) return fmt::format("emit prints one thing, not {}", fmt::join(kinds, " and "));
  }
  auto oneOf = [](const char* option, const std::string& word, const std::vector<std::string>& words) -> std::string {
    if (std::find(words.begin(), words.end(), word) != words.end()) return {};
    return fmt::format("{} takes {}, not '{}'{}", option, fmt::join(words, ", "), word, didYouMean(word, words));
  };
  if (std::string bad = oneOf("--diagnostics-format", options.messageFormat, {"text", "json", "sarif"}); !bad.empty()) return bad;
  if (std::string bad = oneOf("--color", options.color, {"auto", "always", "never"}); !bad.empty()) return bad;
  if (!options.remarks.empty())
    if (std::string bad = oneOf("--remarks", options.remarks, {"json"}); !bad.empty()) return bad;
  if (options.html && !options.remarks.empty()) return "--html and --remarks do not go together";
  if (options.command == Command::Emit && !options.functionName.empty() && !options.ir) return "emit shows one function of --ir only";
  const std::vector<std::string> warnings = namesOfWarnings();
  for (const std::string& name : options.ignored)
    if (std::find(warnings.begin(), warnings.end(), name) == warnings.end())
      return fmt::format("no warning is called '{}'{}", name, didYouMean(name, warnings));
  if (options.command == Command::Cache) {
    if (std::string bad = oneOf("krait cache", options.files[0], {"stats", "clean", "verify", "prefetch"}); !bad.empty()) return bad;
    const bool isPrefetch = options.files[0] == "prefetch";
    if (isPrefetch != (options.files.size() > 1)) return fmt::format("krait cache {} {}", options.files[0], isPrefetch ? "needs FILE" : "takes no file");
  }
  if (options.messageFormat != "text" && (options.report || options.licenses || options.bom == "-"))
    return fmt::format("--diagnostics-format={} takes standard output, where --report, --licenses and --sbom - would print", options.messageFormat);
  if (options.bom == "-" && (options.report || options.licenses)) return "--sbom - takes standard output, where --report and --licenses would print";
  if (options.profileGenerate && !options.profileUse.empty()) return "--profile-generate and --profile-use do not go together";
  const char* unlinked = !options.jobsFile.empty() ? "--jobs-file" : !options.modules.empty() ? "--module" : nullptr;
  for (auto [given, option] : {std::pair{!options.output.empty(), "--output"}, {options.report, "--report"}, {options.licenses, "--licenses"},
                               {!options.bom.empty(), "--sbom"}, {!options.linkerMap.empty(), "--linker-map"}, {!options.jobsFile.empty() && !options.modules.empty(), "--module"}})
    if (unlinked && given) return fmt::format("{} and {} do not go together", unlinked, option);
  if (!options.jobsFile.empty() && options.files[0] == "-") return "--jobs-file: other machines cannot read this one's standard input";
  if (options.isStatic && options.sharedLibraries) return "--static and --shared-libs do not go together";
  for (auto [given, option] : {std::pair{options.isStatic, "--static"}, {options.report, "--report"}, {options.licenses, "--licenses"}, {!options.bom.empty(), "--sbom"}, {!options.guests.empty(), "--guest"},
                               {!options.noGuests.empty(), "--no-guest"}, {options.profileGenerate, "--profile-generate"}})
    if (options.isExtension && given) return fmt::format("--extension and {} do not go together", option);
  std::vector<std::string> observers;
  for (const ObserverName& row : kObserverNames) observers.emplace_back(row.name);
  for (std::string_view rest = options.observe; !rest.empty();) {
    const std::string word(rest.substr(0, rest.find(',')));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (std::find(observers.begin(), observers.end(), word) == observers.end())
      return fmt::format("--observe knows {}, not '{}'{}", fmt::join(observers, ", "), word, didYouMean(word, observers));
  }
  return {};
}

} // namespace

std::span<const CommandRow> commandRows() { return kCommands; }
std::span<const OptionRow> optionRows() { return kOptions; }

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

std::vector<std::string> optionsOfObjects(const Options& options) {
  std::vector<std::string> words;
  auto give = [&](const OptionRow& row, const auto& given, const auto& usual) {
    using Member = std::decay_t<decltype(given)>;
    if (given == usual) return;
    const std::string name = namesOf(row)[0];
    if constexpr (std::is_same_v<Member, bool>) {
      words.push_back(name);
    } else if constexpr (std::is_same_v<Member, int>) {
      words.insert(words.end(), {name, std::to_string(given)});
    } else {
      const bool isFile = row.value == std::string_view("FILE"); // folders are absolute
      auto giveOne = [&](const std::string& value) { words.insert(words.end(), {name, isFile ? std::filesystem::absolute(value).string() : value}); };
      if constexpr (std::is_same_v<Member, std::string>) giveOne(given);
      else if constexpr (std::is_same_v<Member, std::vector<std::string>>)
        for (const std::string& value : given) giveOne(value);
    }
  };
  const Options usual;
#define OPTION(member, names, value, set, help)                                                                 \
  if constexpr (((set) & kCache) != 0) give(OptionRow{names, value, set, help}, options.member, usual.member);
#include "tools/krait/options.def"
  return words;
}

bool parseOptions(int argc, char** argv, Options& options, int& status) {
  const OwnWords own = ownWords(argc, argv);
  options.arguments.assign(argv + own.count, argv + argc);

  CLI::App app{"", "krait"};
  app.require_subcommand(0, 1);
  std::vector<CLI::App*> commands;
  for (size_t i = 0; i < std::size(kCommands); ++i) {
    const CommandRow& row = kCommands[i];
    auto* command = app.add_subcommand(row.name, row.help);
    commands.push_back(command);
    if (*row.operands) command->add_option("OPERAND", options.files)->required(*row.operands != '[');
    const uint32_t bit = 1u << i;
#define OPTION(member, names, value, set, help)                                                                 \
  if ((set) & bit) add(*command, names, options.member, OptionRow{names, value, set, help});
#include "tools/krait/options.def"
  }
#define OPTION(member, names, value, set, help)                                                                 \
  if ((set) == kNone || ((set) & kTop)) add(app, names, options.member, OptionRow{names, value, set, help});
#include "tools/krait/options.def"

  auto chosen = [&]() -> size_t {
    for (size_t i = 0; i < commands.size(); ++i)
      if (commands[i]->count() > 0) return i;
    return commands.size();
  };
  auto row = [&] { return chosen() < commands.size() ? &kCommands[chosen()] : nullptr; };
  if (own.isImplied)
    if (const std::string complaint = unknownCommand(own.words.back()); !complaint.empty()) return refuse(nullptr, complaint, status);
  try {
    app.parse(std::vector<std::string>(own.words.rbegin(), own.words.rend()));
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", helpText(row()));
    status = 0;
    return false;
  } catch (const CLI::ExtrasError& error) {
    const std::vector<std::string> words = row() ? commands[chosen()]->remaining() : app.remaining();
    const std::vector<std::string> others = app.remaining(true);
    const std::string word = !words.empty() ? words[0] : !others.empty() ? others[0] : error.what();
    return refuse(row(), unexpected(word, row(), row() ? 1u << chosen() : uint32_t{kTop}), status);
  } catch (const CLI::RequiredError&) {
    return refuse(row(), fmt::format("'krait {}' needs {}", row() ? row()->name : "", row() ? row()->operands : ""), status);
  } catch (const CLI::ArgumentMismatch& error) { // of a name that its text begins with
    const std::string_view text = error.what(), name = text.substr(0, text.find(':'));
    for (const OptionRow& option : kOptions)
      for (const std::string& n : namesOf(option))
        if (n == name) return refuse(row(), fmt::format("{} needs {}", name, option.value), status);
    return refuse(row(), error.what(), status);
  } catch (const CLI::ParseError& error) {
    return refuse(row(), error.what(), status);
  }
  if (const size_t i = chosen(); i < commands.size()) {
    options.command = static_cast<Command>(i);
    const bool takesMany = std::string_view(kCommands[i].operands).find("...") != std::string_view::npos;
    if (options.files.size() > 1 && !takesMany) return refuse(row(), unexpected(options.files[1], row(), 1u << i), status);
    for (const OptionRow& option : kOptions) { // of krait itself, before the command
      const bool isTop = option.commands == kNone || (option.commands & kTop);
      const std::string name = namesOf(option)[0];
      if (isTop && app.count(name) > 0 && !(option.commands & (1u << i))) return refuse(row(), unexpected(name, row(), 1u << i), status);
    }
  } else if (options.version) {
    options.command = Command::Version;
  } else if (app.count("-c")) {
    options.command = Command::RunCode;
  } else if (app.count("-m")) {
    options.command = Command::RunModule;
  } else if (argc > 1) {
    return refuse(nullptr, "a FILE, -c CODE, -m MODULE or a command is missing", status);
  } else {
    fmt::print(stderr, "{}", helpText(nullptr));
    status = 2;
    return false;
  }
  if (const std::string complaint = contradiction(options); !complaint.empty()) return refuse(row(), complaint, status);
  for (std::string& folder : options.includes) folder = absoluteFolder(folder);
  if (!options.stdlib.empty()) options.stdlib = absoluteFolder(options.stdlib);
  return true;
}

} // namespace krait::tools
