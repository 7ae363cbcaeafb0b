// Expressions above primaries: operators by precedence climbing, conditional
// expressions, lambdas, named and starred expressions, yield.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;

namespace {

struct Infix {
  Precedence precedence = kNoOperator;
  Operator op{};
};
struct InfixTable {
  Infix of[lex::kTokenKindCount] = {};
  constexpr InfixTable() {
    using enum TokenKind;
    auto set = [&](TokenKind kind, Precedence precedence, Operator op = {}) {
      of[static_cast<size_t>(kind)] = {precedence, op};
    };
    set(KwOr, kOr);
    set(KwAnd, kAnd);
    for (TokenKind kind : {EqEqual, NotEqual, Less, LessEqual, Greater, GreaterEqual, KwIn, KwIs, KwNot})
      set(kind, kComparison);
    set(VBar, kBitOr, Operator::BitOr);
    set(Circumflex, kBitXor, Operator::BitXor);
    set(Ampersand, kBitAnd, Operator::BitAnd);
    set(LeftShift, kShift, Operator::LShift);
    set(RightShift, kShift, Operator::RShift);
    set(Plus, kSum, Operator::Add);
    set(Minus, kSum, Operator::Sub);
    set(Star, kTerm, Operator::Mult);
    set(Slash, kTerm, Operator::Div);
    set(DoubleSlash, kTerm, Operator::FloorDiv);
    set(Percent, kTerm, Operator::Mod);
    set(At, kTerm, Operator::MatMult);
    set(DoubleStar, kPower, Operator::Pow);
  }
};
constexpr InfixTable kInfix;

} // namespace

const Expr* Parser::operators(Precedence weakest) {
  const Token* start = cur_;
  const Expr* left = operand(weakest);
  for (uint32_t links = 0;; ++links) {
    Infix infix = kInfix.of[static_cast<size_t>(cur_->kind)];
    // kNoOperator is weaker than anything asked for.
    if (infix.precedence < weakest) return left;
    if (links > kUsualChain) ++longChains_;
    if (infix.precedence > kComparison) {
      ++cur_;
      // `**` binds to the right, and its right operand may have a sign.
      auto rightWeakest = static_cast<Precedence>(infix.precedence == kPower ? kUnary : infix.precedence + 1);
      Nesting nesting(*this, infix.precedence == kPower ? 2 : 0);
      const Expr* right = operators(rightWeakest);
      if (infix.op == Operator::MatMult) since(5, "The '@' operator is");
      left = make<BinOp>(spanFrom(start), left, infix.op, right);
    } else if (infix.precedence == kComparison) {
      if (at(TokenKind::KwNot) && cur_[1].kind != TokenKind::KwIn) return left;
      left = comparison(start, left);
    } else {
      left = boolean(start, left, infix.precedence == kOr ? BoolOperator::Or : BoolOperator::And);
    }
  }
}

// A primary, or a prefix operator with its operand.
const Expr* Parser::operand(Precedence weakest) {
  const Token* start = cur_;
  UnaryOperator op;
  switch (cur_->kind) {
  case TokenKind::Plus: op = UnaryOperator::UAdd; break;
  case TokenKind::Minus: op = UnaryOperator::USub; break;
  case TokenKind::Tilde: op = UnaryOperator::Invert; break;
  case TokenKind::KwNot: {
    if (weakest > kNot) break; // `1 + not x`: atom() complains
    Nesting nesting(*this);
    ++cur_;
    const Expr* inner = operators(kNot);
    return make<UnaryOp>(spanFrom(start), UnaryOperator::Not, inner);
  }
  case TokenKind::KwAwait: {
    ++cur_;
    const Expr* inner = primary();
    since(5, "Await expressions are");
    return make<Await>(spanFrom(start), inner);
  }
  default: return primary();
  }
  if (weakest > kUnary || at(TokenKind::KwNot)) {
    poison();
    return dummy();
  }
  Nesting nesting(*this);
  ++cur_;
  const Expr* inner = operators(kUnary);
  return make<UnaryOp>(spanFrom(start), op, inner);
}

bool Parser::comparisonOperator(CompareOperator& op) {
  switch (cur_->kind) {
  case TokenKind::EqEqual: op = CompareOperator::Eq; break;
  case TokenKind::NotEqual: {
    // PEP 401: the two spellings exclude each other.
    bool diamond = text_[cur_->start] == '<';
    if (diamond != barryAsFlufl_) {
      if (barryAsFlufl_)
        failHere(DiagnosticId::BarryAsFlufl);
      else
        poison();
      return false;
    }
    op = CompareOperator::NotEq;
    break;
  }
  case TokenKind::Less: op = CompareOperator::Lt; break;
  case TokenKind::LessEqual: op = CompareOperator::LtE; break;
  case TokenKind::Greater: op = CompareOperator::Gt; break;
  case TokenKind::GreaterEqual: op = CompareOperator::GtE; break;
  case TokenKind::KwIn: op = CompareOperator::In; break;
  case TokenKind::KwNot:
    if (cur_[1].kind != TokenKind::KwIn) return false;
    op = CompareOperator::NotIn;
    ++cur_;
    break;
  case TokenKind::KwIs:
    op = CompareOperator::Is;
    if (cur_[1].kind == TokenKind::KwNot) {
      op = CompareOperator::IsNot;
      ++cur_;
    }
    break;
  default: return false;
  }
  ++cur_;
  return true;
}

const Expr* Parser::comparison(const Token* start, const Expr* left) {
  constexpr size_t kFew = 8;
  CompareOperator few[kFew];
  std::vector<CompareOperator> many;
  size_t count = 0;
  size_t operands = scratch_.size();
  for (CompareOperator op; comparisonOperator(op); ++count) {
    if (count == kFew) many.assign(few, few + kFew);
    if (count >= kFew)
      many.push_back(op);
    else
      few[count] = op;
    scratch_.push(operators(kBitOr));
  }
  base::ArrayRef<CompareOperator> ops = arena_.copy(count > kFew ? many.data() : few, count);
  ListOf<Expr> comparators = takeList<Expr>(operands);
  return make<Compare>(spanFrom(start), left, ops, comparators);
}

const Expr* Parser::boolean(const Token* start, const Expr* left, BoolOperator op) {
  TokenKind kind = op == BoolOperator::Or ? TokenKind::KwOr : TokenKind::KwAnd;
  size_t values = scratch_.size();
  scratch_.push(left);
  while (accept(kind)) scratch_.push(operators(op == BoolOperator::Or ? kAnd : kNot));
  ListOf<Expr> list = takeList<Expr>(values);
  return make<BoolOp>(spanFrom(start), op, list);
}

const Expr* Parser::expression() {
  Nesting nesting(*this);
  if (at(TokenKind::KwLambda)) return lambda();
  const Token* start = cur_;
  const Expr* body = operators(kOr);
  if (!accept(TokenKind::KwIf)) return body;
  const Expr* test = operators(kOr);
  expect(TokenKind::KwElse);
  const Expr* orelse = expression();
  return make<IfExp>(spanFrom(start), test, body, orelse);
}

const Expr* Parser::lambda() {
  Nesting nesting(*this);
  const Token* start = cur_++;
  const Arguments* args = parameters(TokenKind::Colon, true);
  expect(TokenKind::Colon);
  const Expr* body = expression();
  return make<Lambda>(spanFrom(start), args, body);
}

const Expr* Parser::namedExpression() {
  if (at(TokenKind::Name) && cur_[1].kind == TokenKind::ColonEqual) {
    Nesting nesting(*this);
    const Token* start = cur_;
    const Expr* target = make<Name>(start->span(), start->symbol(), ExprContext::Store);
    cur_ += 2;
    const Expr* value = expression();
    since(8, "Assignment expressions are");
    return make<NamedExpr>(spanFrom(start), target, value);
  }
  return expression();
}

const Expr* Parser::starNamedExpression() {
  if (!at(TokenKind::Star)) return namedExpression();
  const Token* start = cur_++;
  const Expr* value = operators(kBitOr);
  return make<Starred>(spanFrom(start), value, ExprContext::Load);
}

const Expr* Parser::starExpression() {
  if (!at(TokenKind::Star)) return expression();
  const Token* start = cur_++;
  const Expr* value = operators(kBitOr);
  return make<Starred>(spanFrom(start), value, ExprContext::Load);
}

namespace {
// Tokens at which a list of expressions with a trailing comma is over.
bool endsExpressionList(TokenKind kind) {
  using enum TokenKind;
  switch (kind) {
  case Newline: case EndMarker: case Semicolon: case RParen: case RBracket: case RBrace: case Colon: case Equal:
  case Exclamation: case Error: case KwIn:
    return true;
  default: return kind >= PlusEqual && kind <= DoubleSlashEqual;
  }
}
} // namespace

const Expr* Parser::starExpressions() {
  const Token* start = cur_;
  const Expr* first = starExpression();
  if (!at(TokenKind::Comma)) return first;
  size_t elements = scratch_.size();
  scratch_.push(first);
  while (accept(TokenKind::Comma)) {
    if (endsExpressionList(cur_->kind)) break;
    scratch_.push(starExpression());
  }
  ListOf<Expr> list = takeList<Expr>(elements);
  return make<Tuple>(spanFrom(start), list, ExprContext::Load);
}

const Expr* Parser::yieldOrStarExpressions() {
  return at(TokenKind::KwYield) ? yieldExpression() : starExpressions();
}

const Expr* Parser::yieldExpression() {
  const Token* start = cur_++;
  if (accept(TokenKind::KwFrom)) {
    const Expr* value = expression();
    return make<YieldFrom>(spanFrom(start), value);
  }
  const Expr* value = endsExpressionList(cur_->kind) ? nullptr : starExpressions();
  return make<Yield>(spanFrom(start), value);
}

} // namespace krait::frontend::parse
