// `'…%s…' % (a, b)` with plain fields, of which CPython's compiler makes the f-string.
#pragma once

#include "frontend/ast/nodes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace krait::ir::build {

struct PercentPiece {
  std::string text;                          // what stands between fields
  std::string spec;                          // of a field: its format specification
  const frontend::ast::Expr* value = nullptr; // of a field
  char conversion = 0;                       // of a field: 's', 'r' or 'a'
};

/// The pieces of the f-string; nothing unless every field is plain and there is exactly one argument for each.
std::optional<std::vector<PercentPiece>> percentPieces(std::string_view format, frontend::ast::ListOf<frontend::ast::Expr> arguments);

} // namespace krait::ir::build
