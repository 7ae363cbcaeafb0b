#include "ir/build/percent_format.h"

#include "ir/core/format_parts.h"

namespace krait::ir::build {

using frontend::ast::Expr;

std::optional<std::vector<PercentPiece>> percentPieces(std::string_view format, frontend::ast::ListOf<Expr> arguments) {
  for (const Expr* a : arguments)
    if (a->is<frontend::ast::Starred>()) return std::nullopt;
  auto parts = core::percentParts(format);
  if (!parts) return std::nullopt;
  std::vector<PercentPiece> pieces;
  size_t used = 0;
  for (core::FormatPart& part : *parts) {
    if (!part.isField) {
      pieces.push_back({.text = std::move(part.text)});
      continue;
    }
    const bool left = !part.flags.empty();
    if (part.flags.find_first_not_of('-') != std::string::npos || used == arguments.size()) return std::nullopt;
    if (part.code != 's' && part.code != 'r' && part.code != 'a') return std::nullopt;
    PercentPiece& field = pieces.emplace_back(PercentPiece{.value = arguments[used++], .conversion = part.code});
    if (part.width >= 0) field.spec = (left ? "" : ">") + std::to_string(part.width);
    if (part.precision >= 0) field.spec += "." + std::to_string(part.precision);
  }
  if (used < arguments.size()) return std::nullopt;
  return pieces;
}

} // namespace krait::ir::build
