// --help, from the rows of options.def: usage, commands, options under headings, wrapped.
#include <fmt/core.h>
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

constexpr size_t kIndent = 24, kWidth = 100;

/// Two columns; a left one that is too wide has a line of its own.
std::string entry(const std::string& left, std::string_view right) {
  std::string out = "  " + left;
  if (out.size() + 2 > kIndent) out += "\n" + std::string(kIndent, ' ');
  else out.resize(kIndent, ' ');
  size_t column = kIndent;
  while (!right.empty()) {
    const std::string_view word = right.substr(0, right.find(' '));
    right.remove_prefix(std::min(right.size(), word.size() + 1));
    if (column > kIndent && column + 1 + word.size() > kWidth) {
      out += "\n" + std::string(kIndent, ' ');
      column = kIndent;
    } else if (column > kIndent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out + "\n";
}

std::string optionHead(const OptionRow& row) {
  std::string head;
  for (const std::string& name : namesOf(row)) head += (head.empty() ? "" : ", ") + name;
  if (*row.value) head += fmt::format(" {}", row.value);
  return head;
}

/// The options of `set` whose heading is `heading`, with a title if there are any.
std::string section(const char* title, uint32_t set, uint32_t heading, bool ownOptions) {
  constexpr uint32_t kHeadings = kStep | kPython | kDeveloper;
  std::string entries;
  for (const OptionRow& row : optionRows())
    if (((row.commands & set) || (ownOptions && row.commands == kNone)) && (row.commands & kHeadings) == heading)
      entries += entry(optionHead(row), row.help);
  if (heading == 0) entries += entry("-h, --help", "print this help");
  return entries.empty() ? "" : fmt::format("\n{}:\n{}", title, entries);
}

std::string sections(uint32_t set, bool isMain) {
  return section("What to print", set, kStep, false) + section("Options", set, 0, isMain) +
         section("Options of python3, for the program", set, kPython, false) + section("For work on the compiler", set, kDeveloper, false);
}

} // namespace

std::string helpText(const CommandRow* command) {
  if (command) {
    std::string about = command->help;
    about[0] = static_cast<char>(toupper(about[0]));
    const auto bit = uint32_t{1} << (command - commandRows().data());
    return fmt::format("{}.\n\nUsage: krait {} [OPTIONS] {}\n{}", about, command->name, command->operands, sections(bit, false));
  }
  std::string out = "Compiles Python 3.11 programs into native executables.\n\n"
                    "Usage: krait [OPTIONS] FILE [ARGS...]\n"
                    "       krait [OPTIONS] -c CODE [ARGS...]\n"
                    "       krait [OPTIONS] -m MODULE [ARGS...]\n"
                    "       krait COMMAND [OPTIONS] ...\n\nCommands:\n";
  for (const CommandRow& row : commandRows()) out += entry(row.name, row.help);
  return out + sections(kTop, true) + "\n'krait COMMAND --help' lists the options of a command, 'krait man' is the manual page.\n";
}

} // namespace krait::tools
