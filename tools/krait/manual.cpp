// The manual page, from the rows of options.def.
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

std::string manOption(const OptionRow& row) {
  std::string heads;
  for (const std::string& name : namesOf(row)) {
    if (!heads.empty()) heads += ", ";
    heads += fmt::format("\\fB{}\\fR", escaped(name));
    if (*row.value) heads += fmt::format(" \\fI{}\\fR", row.value);
  }
  return fmt::format(".TP\n{}\n{}\n", heads, escaped(row.help));
}

} // namespace

std::string manPage() {
  std::string page = ".TH KRAIT 1\n.SH NAME\nkrait \\- compile Python programs into native executables\n.SH SYNOPSIS\n"
                     ".B krait\n[\\fIoptions\\fR] \\fIFILE\\fR [\\fIARGS...\\fR]\n.br\n";
  for (const CommandRow& c : commandRows())
    page += fmt::format(".B krait {}\n[\\fIoptions\\fR] {}\n.br\n", c.name, escaped(c.operands));
  page += ".B krait \\-c\n\\fICODE\\fR [\\fIARGS...\\fR]\n.br\n.B krait \\-m\n\\fIMODULE\\fR [\\fIARGS...\\fR]\n.SH COMMANDS\n";
  for (const CommandRow& c : commandRows()) page += fmt::format(".TP\n\\fB{}\\fR {}\n{}\n", c.name, escaped(c.operands), escaped(c.help));
  page += ".SH OPTIONS\n";
  for (const OptionRow& row : optionRows()) page += manOption(row);
  page += ".SH EXIT STATUS\nThat of the program that was run; 1 if a file is refused; 2 for wrong use.\n"
          ".SH ENVIRONMENT\n.TP\n\\fBKRAIT_CACHE_DIR\\fR\nwhere objects and executables are kept "
          "(default: $XDG_CACHE_HOME/krait or ~/.cache/krait)\n.TP\n\\fBKRAIT_CACHE_SIZE\\fR\nhow much it may take, as 500M or 4G "
          "(default: 4G; 0: without limit)\n.TP\n\\fBKRAIT_CACHE_REMOTE\\fR\nwhere a team's cache is: a folder, or at http://, https://, redis:// or redis+unix:"
          "\n.TP\n\\fBKRAIT_CACHE_REMOTE_MODE\\fR\nread\\-write (the default) or read\\-only\n.TP\n\\fBKRAIT_CACHE_REMOTE_SECRET\\fR\n"
          "signs what is put there, and everything else there is passed over\n.TP\n\\fBKRAIT_CACHE_REMOTE_TIMEOUT\\fR\nfor how many seconds a build "
          "may wait for it (default: 1)\n.TP\n\\fBKRAIT_LIBRARY_DIR\\fR\nwhere modules of the library are that "
          "were compiled by krait library\n.TP\n\\fBNO_COLOR\\fR\nif set, errors and warnings are not coloured\n";
  return page;
}

} // namespace krait::tools
