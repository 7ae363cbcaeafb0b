// The unparser: a walk with the precedence of the surrounding operator;
// parentheses appear where the expression binds less tightly.
#include "ir/build/unparse.h"

#include "frontend/ast/repr.h"

namespace krait::ir::build {

namespace {

using namespace frontend::ast;
using frontend::base::Symbol;

enum Precedence {
  kNamed, kTuple, kTest, kOr, kAnd, kNot, kCompare, kExpr, kBitOr = kExpr, kBitXor, kBitAnd, kShift, kArith, kTerm,
  kFactor, kPower, kAwait, kAtom
};
constexpr Precedence above(Precedence p) { return static_cast<Precedence>(p + 1); }

std::string strRepr(std::string_view text) {
  std::string out;
  appendReprOfStr(out, text);
  return out;
}

class Unparser {
public:
  explicit Unparser(const frontend::base::SymbolTable& symbols) : symbols_(symbols) {}
  std::string out;

  void expr(const Expr* e, Precedence level) {
    switch (e->kind) {
    case NodeKind::BoolOp: return boolOp(e->as<BoolOp>(), level);
    case NodeKind::BinOp: return binOp(e->as<BinOp>(), level);
    case NodeKind::UnaryOp: return unaryOp(e->as<UnaryOp>(), level);
    case NodeKind::Lambda: return lambda(e->as<Lambda>(), level);
    case NodeKind::IfExp: {
      const IfExp* n = e->as<IfExp>();
      Parentheses p(*this, level > kTest);
      expr(n->body, above(kTest));
      out += " if ";
      expr(n->test, above(kTest));
      out += " else ";
      return expr(n->orelse, kTest);
    }
    case NodeKind::Dict: return dict(e->as<Dict>());
    case NodeKind::Set: return list("{", e->as<Set>()->elts, "}");
    case NodeKind::GeneratorExp: return comprehension("(", e->as<GeneratorExp>()->elt, nullptr, e->as<GeneratorExp>()->generators, ")");
    case NodeKind::ListComp: return comprehension("[", e->as<ListComp>()->elt, nullptr, e->as<ListComp>()->generators, "]");
    case NodeKind::SetComp: return comprehension("{", e->as<SetComp>()->elt, nullptr, e->as<SetComp>()->generators, "}");
    case NodeKind::DictComp: return comprehension("{", e->as<DictComp>()->key, e->as<DictComp>()->value, e->as<DictComp>()->generators, "}");
    case NodeKind::Yield:
      if (!e->as<Yield>()->value) return text("(yield)");
      out += "(yield ";
      expr(e->as<Yield>()->value, kTest);
      return text(")");
    case NodeKind::YieldFrom:
      out += "(yield from ";
      expr(e->as<YieldFrom>()->value, kTest);
      return text(")");
    case NodeKind::Await: {
      Parentheses p(*this, level > kAwait);
      out += "await ";
      return expr(e->as<Await>()->value, kAtom);
    }
    case NodeKind::Compare: return compare(e->as<Compare>(), level);
    case NodeKind::Call: return call(e->as<Call>());
    case NodeKind::Constant: return constant(e->as<Constant>()->value);
    case NodeKind::JoinedStr: out += "f" + strRepr(joined(e->as<JoinedStr>())); return;
    case NodeKind::FormattedValue: out += "f" + strRepr(field(e->as<FormattedValue>())); return;
    case NodeKind::Attribute: {
      const Attribute* n = e->as<Attribute>();
      expr(n->value, kAtom);
      const Constant* c = n->value->tryAs<Constant>();
      bool integer = c && (c->value.kind() == ConstantKind::Int || c->value.kind() == ConstantKind::BigInt);
      out += integer ? " ." : ".";
      return name(n->attr);
    }
    case NodeKind::Starred: out += "*"; return expr(e->as<Starred>()->value, kExpr);
    case NodeKind::Name: return name(e->as<Name>()->id);
    case NodeKind::List: return list("[", e->as<List>()->elts, "]");
    case NodeKind::Tuple: return tuple(e->as<Tuple>(), level);
    case NodeKind::Subscript:
      expr(e->as<Subscript>()->value, kAtom);
      out += "[";
      expr(e->as<Subscript>()->slice, kTuple);
      return text("]");
    case NodeKind::Slice: {
      const Slice* n = e->as<Slice>();
      if (n->lower) expr(n->lower, kTest);
      out += ":";
      if (n->upper) expr(n->upper, kTest);
      if (!n->step) return;
      out += ":";
      return expr(n->step, kTest);
    }
    case NodeKind::NamedExpr: {
      Parentheses p(*this, level > kNamed);
      expr(e->as<NamedExpr>()->target, kAtom);
      out += " := ";
      return expr(e->as<NamedExpr>()->value, kAtom);
    }
    default: return;
    }
  }

private:
  struct Parentheses {
    Parentheses(Unparser& u, bool wanted) : u(u), wanted(wanted) {
      if (wanted) u.out += '(';
    }
    ~Parentheses() {
      if (wanted) u.out += ')';
    }
    Unparser& u;
    bool wanted;
  };

  void text(const char* t) { out += t; }
  void name(Symbol s) { out += symbols_.text(s); }

  void boolOp(const BoolOp* n, Precedence level) {
    Precedence own = n->op == BoolOperator::And ? kAnd : kOr;
    Parentheses p(*this, level > own);
    for (size_t i = 0; i < n->values.size(); ++i) {
      if (i) out += n->op == BoolOperator::And ? " and " : " or ";
      expr(n->values[i], above(own));
    }
  }
  void binOp(const BinOp* n, Precedence level) {
    Precedence own = kArith;
    switch (n->op) {
    case Operator::Add:
    case Operator::Sub: own = kArith; break;
    case Operator::Mult:
    case Operator::MatMult:
    case Operator::Div:
    case Operator::Mod:
    case Operator::FloorDiv: own = kTerm; break;
    case Operator::LShift:
    case Operator::RShift: own = kShift; break;
    case Operator::BitOr: own = kBitOr; break;
    case Operator::BitXor: own = kBitXor; break;
    case Operator::BitAnd: own = kBitAnd; break;
    case Operator::Pow: own = kPower; break;
    }
    bool right = n->op == Operator::Pow;
    Parentheses p(*this, level > own);
    expr(n->left, right ? above(own) : own);
    out += " " + std::string(spellingOf(n->op)) + " ";
    expr(n->right, right ? own : above(own));
  }
  void unaryOp(const UnaryOp* n, Precedence level) {
    Precedence own = n->op == UnaryOperator::Not ? kNot : kFactor;
    Parentheses p(*this, level > own);
    out += n->op == UnaryOperator::Not ? "not " : n->op == UnaryOperator::Invert ? "~" : n->op == UnaryOperator::UAdd ? "+" : "-";
    expr(n->operand, own);
  }
  void lambda(const Lambda* n, Precedence level) {
    Parentheses p(*this, level > kTest);
    const Arguments& a = *n->args;
    // CPython writes no space before a lone star.
    out += !a.posonlyargs.empty() || !a.args.empty() ? "lambda " : "lambda";
    arguments(a);
    out += ": ";
    expr(n->body, kTest);
  }
  void arguments(const Arguments& a) {
    bool first = true;
    auto comma = [&] {
      if (!first) out += ", ";
      first = false;
    };
    auto argument = [&](const Arg* arg) {
      name(arg->arg);
      if (!arg->annotation) return;
      out += ": ";
      expr(arg->annotation, kTest);
    };
    size_t total = a.posonlyargs.size() + a.args.size();
    for (size_t i = 0; i < total; ++i) {
      comma();
      argument(i < a.posonlyargs.size() ? a.posonlyargs[i] : a.args[i - a.posonlyargs.size()]);
      if (size_t fromEnd = total - i; fromEnd <= a.defaults.size()) {
        out += "=";
        expr(a.defaults[a.defaults.size() - fromEnd], kTest);
      }
      if (!a.posonlyargs.empty() && i + 1 == a.posonlyargs.size()) out += ", /";
    }
    if (a.vararg || !a.kwonlyargs.empty()) {
      comma();
      out += "*";
      if (a.vararg) argument(a.vararg);
    }
    for (size_t i = 0; i < a.kwonlyargs.size(); ++i) {
      comma();
      argument(a.kwonlyargs[i]);
      if (a.kw_defaults[i]) {
        out += "=";
        expr(a.kw_defaults[i], kTest);
      }
    }
    if (a.kwarg) {
      comma();
      out += "**";
      argument(a.kwarg);
    }
  }
  void dict(const Dict* n) {
    out += "{";
    for (size_t i = 0; i < n->values.size(); ++i) {
      if (i) out += ", ";
      if (n->keys[i]) {
        expr(n->keys[i], kTest);
        out += ": ";
        expr(n->values[i], kTest);
      } else {
        out += "**";
        expr(n->values[i], kExpr);
      }
    }
    out += "}";
  }
  void list(const char* open, ListOf<Expr> elements, const char* close) {
    out += open;
    for (size_t i = 0; i < elements.size(); ++i) {
      if (i) out += ", ";
      expr(elements[i], kTest);
    }
    out += close;
  }
  void tuple(const Tuple* n, Precedence level) {
    if (n->elts.empty()) return text("()");
    Parentheses p(*this, level > kTuple);
    list("", n->elts, n->elts.size() == 1 ? "," : "");
  }
  void comprehension(const char* open, const Expr* element, const Expr* value, ListOf<Comprehension> generators, const char* close) {
    out += open;
    expr(element, kTest);
    if (value) {
      out += ": ";
      expr(value, kTest);
    }
    for (const Comprehension* g : generators) {
      out += g->is_async ? " async for " : " for ";
      expr(g->target, kTuple);
      out += " in ";
      expr(g->iter, above(kTest));
      for (const Expr* e : g->ifs) {
        out += " if ";
        expr(e, above(kTest));
      }
    }
    out += close;
  }
  void compare(const Compare* n, Precedence level) {
    Parentheses p(*this, level > kCompare);
    expr(n->left, above(kCompare));
    for (size_t i = 0; i < n->ops.size(); ++i) {
      out += " " + std::string(spellingOf(n->ops[i])) + " ";
      expr(n->comparators[i], above(kCompare));
    }
  }
  void call(const Call* n) {
    expr(n->func, kAtom);
    if (n->args.size() == 1 && n->keywords.empty() && n->args[0]->is<GeneratorExp>()) return expr(n->args[0], kTest);
    out += "(";
    bool first = true;
    for (const Expr* a : n->args) {
      if (!first) out += ", ";
      first = false;
      expr(a, kTest);
    }
    for (const Keyword* k : n->keywords) {
      if (!first) out += ", ";
      first = false;
      if (k->arg) {
        name(k->arg);
        out += "=";
        expr(k->value, kTest);
      } else {
        out += "**";
        expr(k->value, kExpr);
      }
    }
    out += ")";
  }
  void constant(const ConstantValue& v) {
    if (v.kind() == ConstantKind::Ellipsis) return text("...");
    if (v.isStr() && v.hasPrefixU()) out += "u";
    std::string repr;
    appendRepr(repr, v);
    // Infinity has no literal: one that overflows stands for it.
    if (v.kind() == ConstantKind::Float || v.kind() == ConstantKind::Complex)
      if (size_t at = repr.find("inf"); at != std::string::npos) repr.replace(at, 3, "1e309");
    out += repr;
  }

  // The inside of an f-string, braces doubled.
  std::string joined(const JoinedStr* n) {
    std::string body;
    for (const Expr* part : n->values) {
      if (const Constant* c = part->tryAs<Constant>()) {
        for (char ch : c->value.text()) {
          body += ch;
          if (ch == '{' || ch == '}') body += ch;
        }
      } else if (part->is<JoinedStr>()) {
        body += joined(part->as<JoinedStr>());
      } else {
        body += field(part->as<FormattedValue>());
      }
    }
    return body;
  }
  std::string field(const FormattedValue* n) {
    Unparser inner(symbols_);
    inner.expr(n->value, above(kTest));
    std::string body = inner.out.starts_with("{") ? "{ " : "{";
    body += inner.out;
    if (n->conversion > 0) {
      body += '!';
      body += static_cast<char>(n->conversion);
    }
    if (n->format_spec) {
      body += ':';
      body += n->format_spec->is<JoinedStr>() ? joined(n->format_spec->as<JoinedStr>()) : std::string();
    }
    return body + "}";
  }

  const frontend::base::SymbolTable& symbols_;
};

} // namespace

std::string unparse(const Expr* e, const frontend::base::SymbolTable& symbols) {
  Unparser made(symbols);
  made.expr(e, kTest);
  return std::move(made.out);
}

} // namespace krait::ir::build
