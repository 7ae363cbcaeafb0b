#include "frontend/sema/evident_types.h"

#include <algorithm>
#include <string_view>

namespace krait::frontend::sema {

using namespace ast;

namespace {

const char* typeOfConstant(const ConstantValue& value) {
  switch (value.kind()) {
  case ConstantKind::None: return "NoneType";
  case ConstantKind::True:
  case ConstantKind::False: return "bool";
  case ConstantKind::Ellipsis: return "ellipsis";
  case ConstantKind::Int:
  case ConstantKind::BigInt: return "int";
  case ConstantKind::Float: return "float";
  case ConstantKind::Complex: return "complex";
  case ConstantKind::Str: return "str";
  case ConstantKind::Bytes: return "bytes";
  }
  return nullptr;
}

// A number that is not zero, of few bits.
bool isSmallNumber(const Expr* e) {
  const Constant* c = e->tryAs<Constant>();
  if (!c) return false;
  if (c->value.kind() == ConstantKind::Int) return c->value.integer() > 0 && c->value.integer() <= 64;
  return (c->value.kind() == ConstantKind::Float || c->value.kind() == ConstantKind::Complex) && c->value.real() != 0;
}

const char* foldedTypeOf(Operator op, const Expr* left, const Expr* right) {
  static constexpr std::string_view kNumbers[] = {"bool", "int", "float", "complex"};
  const char *a = foldedType(left), *b = foldedType(right);
  if (!a || !b) return nullptr;
  auto rank = [](std::string_view type) { return std::find(std::begin(kNumbers), std::end(kNumbers), type) - std::begin(kNumbers); };
  const auto ra = rank(a), rb = rank(b), both = std::max(ra, rb);
  const bool areNumbers = both < 4, areInts = both < 2;
  auto isSequence = [](std::string_view type) { return type == "str" || type == "bytes" || type == "tuple"; };
  const char* sum = both < 2 ? "int" : ra > rb ? a : b;
  switch (op) {
  case Operator::Add:
    if (areNumbers) return sum;
    return isSequence(a) && std::string_view(a) == b ? a : nullptr;
  case Operator::Sub: return areNumbers ? sum : nullptr;
  case Operator::Mult:
    if (areNumbers) return sum;
    if (isSequence(a) && rb < 2) return isSmallNumber(right) ? a : nullptr;
    return isSequence(b) && ra < 2 && isSmallNumber(left) ? b : nullptr;
  case Operator::Div: return areNumbers && isSmallNumber(right) ? both < 3 ? "float" : "complex" : nullptr;
  case Operator::FloorDiv:
  case Operator::Mod: return both < 3 && isSmallNumber(right) ? sum : nullptr;
  case Operator::Pow:
  case Operator::LShift:
  case Operator::RShift: return areInts && isSmallNumber(right) ? "int" : nullptr;
  case Operator::BitAnd:
  case Operator::BitOr:
  case Operator::BitXor: return areInts ? both == 0 ? "bool" : "int" : nullptr;
  case Operator::MatMult: return nullptr;
  }
  return nullptr;
}

} // namespace

const char* foldedType(const Expr* e) {
  switch (e->kind) {
  case NodeKind::Constant: return typeOfConstant(e->as<Constant>()->value);
  case NodeKind::Tuple: {
    ListOf<Expr> items = e->as<Tuple>()->elts;
    return e->as<Tuple>()->ctx == ExprContext::Load && std::all_of(items.begin(), items.end(), foldedType) ? "tuple" : nullptr;
  }
  case NodeKind::UnaryOp: {
    const char* type = foldedType(e->as<UnaryOp>()->operand);
    if (!type || e->as<UnaryOp>()->op == UnaryOperator::Not) return type ? "bool" : nullptr;
    const std::string_view name = type;
    if (name == "bool" || name == "int") return "int";
    return e->as<UnaryOp>()->op != UnaryOperator::Invert && (name == "float" || name == "complex") ? type : nullptr;
  }
  case NodeKind::BinOp: return foldedTypeOf(e->as<BinOp>()->op, e->as<BinOp>()->left, e->as<BinOp>()->right);
  default: return nullptr;
  }
}

const char* evidentType(const Expr* e) {
  switch (e->kind) {
  case NodeKind::Tuple: return "tuple";
  case NodeKind::List:
  case NodeKind::ListComp: return "list";
  case NodeKind::Dict:
  case NodeKind::DictComp: return "dict";
  case NodeKind::Set:
  case NodeKind::SetComp: return "set";
  case NodeKind::GeneratorExp: return "generator";
  case NodeKind::Lambda: return "function";
  case NodeKind::JoinedStr:
  case NodeKind::FormattedValue: return "str";
  default: return foldedType(e);
  }
}

} // namespace krait::frontend::sema
