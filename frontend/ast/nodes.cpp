// Names of nodes, for dumps and messages.
#include "frontend/ast/nodes.h"

namespace krait::frontend::ast {

#define KRAIT_NODE(name, python, base, ...) static_assert(std::is_trivially_destructible_v<name> && base::covers(name::kKind));
#include "frontend/ast/nodes.def"

const char* pythonName(NodeKind kind) {
  static constexpr const char* kNames[] = {
#define KRAIT_NODE(name, python, base, ...) python,
#include "frontend/ast/nodes.def"
  };
  return kNames[static_cast<size_t>(kind)];
}

bool hasPosition(NodeKind kind) {
  switch (kind) {
  case NodeKind::Comprehension:
  case NodeKind::Arguments:
  case NodeKind::WithItem:
  case NodeKind::MatchCase: return false;
  default: return !Mod::covers(kind);
  }
}

const char* describe(const Expr& expr) {
  switch (expr.kind) {
  case NodeKind::Attribute: return "attribute";
  case NodeKind::Subscript: return "subscript";
  case NodeKind::Starred: return "starred";
  case NodeKind::Name: return "name";
  case NodeKind::List: return "list";
  case NodeKind::Tuple: return "tuple";
  case NodeKind::Lambda: return "lambda";
  case NodeKind::Call: return "function call";
  case NodeKind::BoolOp:
  case NodeKind::BinOp:
  case NodeKind::UnaryOp: return "expression";
  case NodeKind::GeneratorExp: return "generator expression";
  case NodeKind::Yield:
  case NodeKind::YieldFrom: return "yield expression";
  case NodeKind::Await: return "await expression";
  case NodeKind::ListComp: return "list comprehension";
  case NodeKind::SetComp: return "set comprehension";
  case NodeKind::DictComp: return "dict comprehension";
  case NodeKind::Dict: return "dict literal";
  case NodeKind::Set: return "set display";
  case NodeKind::JoinedStr:
  case NodeKind::FormattedValue: return "f-string expression";
  case NodeKind::Constant:
    switch (expr.as<Constant>()->value.kind()) {
    case ConstantKind::None: return "None";
    case ConstantKind::True: return "True";
    case ConstantKind::False: return "False";
    case ConstantKind::Ellipsis: return "ellipsis";
    default: return "literal";
    }
  case NodeKind::Compare: return "comparison";
  case NodeKind::IfExp: return "conditional expression";
  case NodeKind::NamedExpr: return "named expression";
  default: return "expression";
  }
}

} // namespace krait::frontend::ast
