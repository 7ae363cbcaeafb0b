#include <fmt/format.h>
#include <fmt/ranges.h>
#include "tools/krait/contents.h"

namespace krait::tools {

std::string noticesOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages) {
  const std::vector<ContainedPart> parts = contentsOf(program, stdlib, sitePackages);
  std::string out = fmt::format("{} contains, besides modules of its author:\n\n", baseName(program.output));
  for (const ContainedPart& part : parts) out += fmt::format("  {:<44}  {}{}\n", part.what, part.licence, part.wantsText ? "" : " (asks for no notice)");
  std::vector<std::string> loaded = program.atStart;
  for (const std::string& library : program.whenCalled) loaded.push_back("lib" + library);
  if (!loaded.empty()) out += fmt::format("\nIt contains nothing of these libraries, which it loads from the machine it runs on: {}.\n", fmt::join(loaded, ", "));
  for (const ContainedPart& part : parts)
    if (part.wantsText) out += fmt::format("\n{}\n{}: {}\n{}\n\n{}", std::string(100, '-'), part.what, part.licence, std::string(100, '-'), part.text);
  return out;
}

} // namespace krait::tools
