// Constant folding, by the rules of CPython 3.11's AST optimizer: what it folds
// is one constant here too, so that identity, docstrings and dead branches agree.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"
#include "ir/core/constant.h"

#include <optional>
#include <vector>

namespace krait::ir::build {

class Folder {
public:
  Folder(core::ConstantTable& table, uint32_t nodeCount, int optimize)
      : table_(table), memo_(nodeCount, kUnknown), optimize_(optimize) {}

  // The expression's value if it is a constant. Each node is folded once.
  std::optional<core::ConstantId> fold(const frontend::ast::Expr* e);
  core::ConstantId constant(const frontend::ast::ConstantValue& value);
  // A list or set display of constants where only its items matter (`in […]`, `for … in […]`): a tuple or frozenset.
  std::optional<core::ConstantId> foldItems(const frontend::ast::Expr* e);
  bool truth(core::ConstantId id) const;

private:
  using Result = std::optional<core::ConstantId>;
  static constexpr uint32_t kUnknown = ~0u, kNotConstant = ~0u - 1;

  Result compute(const frontend::ast::Expr* e);
  Result elements(frontend::ast::ListOf<frontend::ast::Expr> list, core::ConstantKind kind);
  Result unary(frontend::ast::UnaryOperator op, core::ConstantId operand);
  Result binary(frontend::ast::Operator op, core::ConstantId left, core::ConstantId right);
  Result integers(frontend::ast::Operator op, __int128 a, __int128 b);
  Result floats(frontend::ast::Operator op, double a, double b);
  Result complexes(frontend::ast::Operator op, const core::Constant& a, const core::Constant& b);
  Result repeat(const core::Constant& sequence, int64_t count);
  Result subscript(const core::Constant& value, const core::Constant& index);
  Result integer(__int128 v);
  Result real(double v);

  core::ConstantTable& table_;
  std::vector<uint32_t> memo_;
  int optimize_;
};

} // namespace krait::ir::build
