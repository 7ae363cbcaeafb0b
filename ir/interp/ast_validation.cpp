// One walk over the tree, with the context that each expression must have handed
// down. What the parser can never make is refused here; what it can make but the
// language forbids is left to frontend/sema, as for source text.
#include "ir/interp/ast_validation.h"

#include "frontend/ast/nodes.h"
#include "runtime/object/errors.h"

#include <string>

namespace krait::ir::interp {

namespace {

using namespace frontend::ast;
using Context = ExprContext;

class Validator {
public:
  explicit Validator(const frontend::base::SymbolTable& symbols) : symbols_(symbols) {}

  bool mod(const Mod& m) {
    if (m.is<Expression>()) return expr(m.as<Expression>()->body);
    return statements(m.is<Module>() ? m.as<Module>()->body : m.as<Interactive>()->body);
  }

private:
  bool refuse(const char* message) {
    raise(ValueErrorType, "%s", message);
    return false;
  }
  template <class List> bool filled(const List& list, const char* what, const char* owner) {
    if (list.size() != 0) return true;
    raise(ValueErrorType, "empty %s on %s", what, owner);
    return false;
  }
  bool body(ListOf<Stmt> list, const char* owner) { return filled(list, "body", owner) && statements(list); }
  bool statements(ListOf<Stmt> list) {
    for (const Stmt* s : list)
      if (!statement(s)) return false;
    return true;
  }
  bool expressions(ListOf<Expr> list, Context context = Context::Load) {
    for (const Expr* e : list)
      if (e && !expr(e, context)) return false;
    return true;
  }
  bool optional(const Expr* e, Context context = Context::Load) { return !e || expr(e, context); }

  bool identifier(frontend::base::Symbol name) {
    std::string_view text = symbols_.text(name);
    if (text != "None" && text != "True" && text != "False") return true;
    raise(ValueErrorType, "identifier field can't represent '%s' constant", std::string(text).c_str());
    return false;
  }
  bool capture(frontend::base::Symbol name) {
    if (symbols_.text(name) == "_") return refuse("can't capture name '_' in patterns");
    return identifier(name);
  }

  // ---- expressions ----

  bool hasContext(const Expr* e, Context* out) {
    switch (e->kind) {
    case NodeKind::Attribute: return *out = e->as<Attribute>()->ctx, true;
    case NodeKind::Subscript: return *out = e->as<Subscript>()->ctx, true;
    case NodeKind::Starred: return *out = e->as<Starred>()->ctx, true;
    case NodeKind::Name: return *out = e->as<Name>()->ctx, true;
    case NodeKind::List: return *out = e->as<List>()->ctx, true;
    case NodeKind::Tuple: return *out = e->as<Tuple>()->ctx, true;
    default: return false;
    }
  }

  bool expr(const Expr* e, Context context = Context::Load) {
    Context actual = Context::Load;
    if (e->is<Name>() && !identifier(e->as<Name>()->id)) return false;
    if (!hasContext(e, &actual)) {
      if (context != Context::Load) {
        raise(ValueErrorType, "expression which can't be assigned to in %s context", nameOf(context));
        return false;
      }
    } else if (actual != context) {
      raise(ValueErrorType, "expression must have %s context but has %s instead", nameOf(context), nameOf(actual));
      return false;
    }
    return insideOf(e, context);
  }

  bool insideOf(const Expr* e, Context context) {
    switch (e->kind) {
    case NodeKind::BoolOp:
      if (e->as<BoolOp>()->values.size() < 2) return refuse("BoolOp with less than 2 values");
      return expressions(e->as<BoolOp>()->values);
    case NodeKind::NamedExpr: return expr(e->as<NamedExpr>()->target, Context::Store) && expr(e->as<NamedExpr>()->value);
    case NodeKind::BinOp: return expr(e->as<BinOp>()->left) && expr(e->as<BinOp>()->right);
    case NodeKind::UnaryOp: return expr(e->as<UnaryOp>()->operand);
    case NodeKind::Lambda: return arguments(*e->as<Lambda>()->args) && expr(e->as<Lambda>()->body);
    case NodeKind::IfExp: return expr(e->as<IfExp>()->test) && expr(e->as<IfExp>()->body) && expr(e->as<IfExp>()->orelse);
    case NodeKind::Dict:
      if (e->as<Dict>()->keys.size() != e->as<Dict>()->values.size())
        return refuse("Dict doesn't have the same number of keys as values");
      return expressions(e->as<Dict>()->keys) && expressions(e->as<Dict>()->values);
    case NodeKind::Set: return expressions(e->as<Set>()->elts);
    case NodeKind::ListComp: return generators(e->as<ListComp>()->generators) && expr(e->as<ListComp>()->elt);
    case NodeKind::SetComp: return generators(e->as<SetComp>()->generators) && expr(e->as<SetComp>()->elt);
    case NodeKind::GeneratorExp: return generators(e->as<GeneratorExp>()->generators) && expr(e->as<GeneratorExp>()->elt);
    case NodeKind::DictComp:
      return generators(e->as<DictComp>()->generators) && expr(e->as<DictComp>()->key) && expr(e->as<DictComp>()->value);
    case NodeKind::Await: return expr(e->as<Await>()->value);
    case NodeKind::Yield: return optional(e->as<Yield>()->value);
    case NodeKind::YieldFrom: return expr(e->as<YieldFrom>()->value);
    case NodeKind::Compare: {
      auto* n = e->as<Compare>();
      if (n->comparators.size() == 0) return refuse("Compare with no comparators");
      if (n->comparators.size() != n->ops.size()) return refuse("Compare has a different number of comparators and operands");
      return expressions(n->comparators) && expr(n->left);
    }
    case NodeKind::Call:
      return expr(e->as<Call>()->func) && expressions(e->as<Call>()->args) && keywords(e->as<Call>()->keywords);
    case NodeKind::FormattedValue: return expr(e->as<FormattedValue>()->value) && optional(e->as<FormattedValue>()->format_spec);
    case NodeKind::JoinedStr: return expressions(e->as<JoinedStr>()->values);
    case NodeKind::Attribute: return expr(e->as<Attribute>()->value);
    case NodeKind::Subscript: return expr(e->as<Subscript>()->slice) && expr(e->as<Subscript>()->value);
    case NodeKind::Starred: return expr(e->as<Starred>()->value, context);
    case NodeKind::List: return expressions(e->as<List>()->elts, context);
    case NodeKind::Tuple: return expressions(e->as<Tuple>()->elts, context);
    case NodeKind::Slice: return optional(e->as<Slice>()->lower) && optional(e->as<Slice>()->upper) && optional(e->as<Slice>()->step);
    default: return true;
    }
  }

  bool generators(ListOf<Comprehension> list) {
    if (list.size() == 0) return refuse("comprehension with no generators");
    for (const Comprehension* c : list)
      if (!expr(c->target, Context::Store) || !expr(c->iter) || !expressions(c->ifs)) return false;
    return true;
  }
  bool keywords(ListOf<Keyword> list) {
    for (const Keyword* k : list)
      if (!expr(k->value)) return false;
    return true;
  }
  bool annotations(ListOf<Arg> list) {
    for (const Arg* a : list)
      if (!optional(a->annotation)) return false;
    return true;
  }
  bool arguments(const Arguments& a) {
    if (!annotations(a.posonlyargs) || !annotations(a.args) || (a.vararg && !optional(a.vararg->annotation)) ||
        !annotations(a.kwonlyargs) || (a.kwarg && !optional(a.kwarg->annotation)))
      return false;
    if (a.defaults.size() > a.posonlyargs.size() + a.args.size()) return refuse("more positional defaults than args on arguments");
    if (a.kw_defaults.size() != a.kwonlyargs.size())
      return refuse("length of kwonlyargs is not the same as kw_defaults on arguments");
    return expressions(a.defaults) && expressions(a.kw_defaults);
  }

  // ---- statements ----

  template <class T> bool function(const T& n, const char* owner) {
    return body(n.body, owner) && arguments(*n.args) && expressions(n.decorator_list) && optional(n.returns);
  }
  template <class T> bool loop(const T& n, const char* owner) {
    return expr(n.target, Context::Store) && expr(n.iter) && body(n.body, owner) && statements(n.orelse);
  }
  template <class T> bool with(const T& n, const char* owner) {
    if (!filled(n.items, "items", owner)) return false;
    for (const WithItem* i : n.items)
      if (!expr(i->context_expr) || !optional(i->optional_vars, Context::Store)) return false;
    return body(n.body, owner);
  }
  template <class T> bool tryStatement(const T& n, const char* owner) {
    if (!body(n.body, owner)) return false;
    if (n.handlers.size() == 0 && n.finalbody.size() == 0) {
      raise(ValueErrorType, "%s has neither except handlers nor finalbody", owner);
      return false;
    }
    if (n.handlers.size() == 0 && n.orelse.size() != 0) {
      raise(ValueErrorType, "%s has orelse but no except handlers", owner);
      return false;
    }
    for (const ExceptHandler* h : n.handlers)
      if (!optional(h->type) || !body(h->body, "ExceptHandler")) return false;
    return statements(n.finalbody) && statements(n.orelse);
  }

  bool statement(const Stmt* s) {
    switch (s->kind) {
    case NodeKind::FunctionDef: return function(*s->as<FunctionDef>(), "FunctionDef");
    case NodeKind::AsyncFunctionDef: return function(*s->as<AsyncFunctionDef>(), "AsyncFunctionDef");
    case NodeKind::ClassDef: {
      auto* n = s->as<ClassDef>();
      return body(n->body, "ClassDef") && expressions(n->bases) && keywords(n->keywords) && expressions(n->decorator_list);
    }
    case NodeKind::Return: return optional(s->as<Return>()->value);
    case NodeKind::Delete:
      return filled(s->as<Delete>()->targets, "targets", "Delete") && expressions(s->as<Delete>()->targets, Context::Del);
    case NodeKind::Assign:
      return filled(s->as<Assign>()->targets, "targets", "Assign") && expressions(s->as<Assign>()->targets, Context::Store) &&
             expr(s->as<Assign>()->value);
    case NodeKind::AugAssign: return expr(s->as<AugAssign>()->target, Context::Store) && expr(s->as<AugAssign>()->value);
    case NodeKind::AnnAssign: {
      auto* n = s->as<AnnAssign>();
      if (n->simple && !n->target->is<Name>()) {
        raise(TypeErrorType, "AnnAssign with simple non-Name target");
        return false;
      }
      return expr(n->target, Context::Store) && optional(n->value) && expr(n->annotation);
    }
    case NodeKind::For: return loop(*s->as<For>(), "For");
    case NodeKind::AsyncFor: return loop(*s->as<AsyncFor>(), "AsyncFor");
    case NodeKind::While:
      return expr(s->as<While>()->test) && body(s->as<While>()->body, "While") && statements(s->as<While>()->orelse);
    case NodeKind::If: return expr(s->as<If>()->test) && body(s->as<If>()->body, "If") && statements(s->as<If>()->orelse);
    case NodeKind::With: return with(*s->as<With>(), "With");
    case NodeKind::AsyncWith: return with(*s->as<AsyncWith>(), "AsyncWith");
    case NodeKind::Match:
      if (!expr(s->as<Match>()->subject) || !filled(s->as<Match>()->cases, "cases", "Match")) return false;
      for (const MatchCase* c : s->as<Match>()->cases)
        if (!pattern(c->pattern, false) || !optional(c->guard) || !body(c->body, "match_case")) return false;
      return true;
    case NodeKind::Raise:
      if (s->as<Raise>()->exc) return expr(s->as<Raise>()->exc) && optional(s->as<Raise>()->cause);
      return !s->as<Raise>()->cause || refuse("Raise with cause but no exception");
    case NodeKind::Try: return tryStatement(*s->as<Try>(), "Try");
    case NodeKind::TryStar: return tryStatement(*s->as<TryStar>(), "TryStar");
    case NodeKind::Assert: return expr(s->as<Assert>()->test) && optional(s->as<Assert>()->msg);
    case NodeKind::Import: return filled(s->as<Import>()->names, "names", "Import");
    case NodeKind::ImportFrom:
      if (s->as<ImportFrom>()->level < 0) return refuse("Negative ImportFrom level");
      return filled(s->as<ImportFrom>()->names, "names", "ImportFrom");
    case NodeKind::Global: return filled(s->as<Global>()->names, "names", "Global");
    case NodeKind::Nonlocal: return filled(s->as<Nonlocal>()->names, "names", "Nonlocal");
    case NodeKind::ExprStmt: return expr(s->as<ExprStmt>()->value);
    default: return true;
    }
  }

  // ---- patterns ----

  static bool isNumber(const Expr* e, bool imaginary) {
    if (!e->is<Constant>()) return false;
    ConstantKind kind = e->as<Constant>()->value.kind();
    if (imaginary) return kind == ConstantKind::Complex;
    return kind == ConstantKind::Int || kind == ConstantKind::BigInt || kind == ConstantKind::Float;
  }
  static bool isNegative(const Expr* e, bool imaginaryToo) {
    if (!e->is<UnaryOp>() || e->as<UnaryOp>()->op != UnaryOperator::USub) return false;
    const Expr* operand = e->as<UnaryOp>()->operand;
    return isNumber(operand, false) || (imaginaryToo && isNumber(operand, true));
  }
  static bool isComplex(const Expr* e) {
    if (!e->is<BinOp>()) return false;
    auto* n = e->as<BinOp>();
    return (n->op == Operator::Add || n->op == Operator::Sub) && (isNumber(n->left, false) || isNegative(n->left, false)) &&
           isNumber(n->right, true);
  }
  static bool isSingleton(const Expr* e) {
    return e->is<Constant>() && isSingleton(e->as<Constant>()->value.kind());
  }
  static bool isSingleton(ConstantKind kind) {
    return kind == ConstantKind::None || kind == ConstantKind::True || kind == ConstantKind::False;
  }

  bool matchedValue(const Expr* e) {
    if (!expr(e)) return false;
    if (e->is<Constant>())
      return (!isSingleton(e) && e->as<Constant>()->value.kind() != ConstantKind::Ellipsis) ||
             refuse("unexpected constant inside of a literal pattern");
    if (e->is<Attribute>() || e->is<JoinedStr>() || isNegative(e, true) || isComplex(e)) return true;
    return refuse("patterns may only match literals and attribute lookups");
  }
  bool patterns(ListOf<Pattern> list, bool starAllowed) {
    for (const Pattern* p : list)
      if (!pattern(p, starAllowed)) return false;
    return true;
  }
  bool mapping(const MatchMapping& n) {
    if (n.keys.size() != n.patterns.size()) return refuse("MatchMapping doesn't have the same number of keys as patterns");
    if (n.rest && !capture(n.rest)) return false;
    for (const Expr* k : n.keys)
      if (!isSingleton(k) && !matchedValue(k)) return false;
    return patterns(n.patterns, false);
  }
  bool classPattern(const MatchClass& n) {
    if (n.kwd_attrs.size() != n.kwd_patterns.size())
      return refuse("MatchClass doesn't have the same number of keyword attributes as patterns");
    if (!expr(n.cls)) return false;
    const Expr* e = n.cls;
    while (e->is<Attribute>()) e = e->as<Attribute>()->value;
    if (!e->is<Name>()) return refuse("MatchClass cls field can only contain Name or Attribute nodes.");
    for (frontend::base::Symbol name : n.kwd_attrs)
      if (!identifier(name)) return false;
    return patterns(n.patterns, false) && patterns(n.kwd_patterns, false);
  }
  bool pattern(const Pattern* p, bool starAllowed) {
    switch (p->kind) {
    case NodeKind::MatchValue: return matchedValue(p->as<MatchValue>()->value);
    case NodeKind::MatchSingleton:
      return isSingleton(p->as<MatchSingleton>()->value.kind()) || refuse("MatchSingleton can only contain True, False and None");
    case NodeKind::MatchSequence: return patterns(p->as<MatchSequence>()->patterns, true);
    case NodeKind::MatchMapping: return mapping(*p->as<MatchMapping>());
    case NodeKind::MatchClass: return classPattern(*p->as<MatchClass>());
    case NodeKind::MatchStar:
      if (!starAllowed) return refuse("can't use MatchStar here");
      return !p->as<MatchStar>()->name || capture(p->as<MatchStar>()->name);
    case NodeKind::MatchAs: {
      auto* n = p->as<MatchAs>();
      if (n->name && !capture(n->name)) return false;
      if (!n->pattern) return true;
      return n->name ? pattern(n->pattern, false) : refuse("MatchAs must specify a target name if a pattern is given");
    }
    case NodeKind::MatchOr:
      if (p->as<MatchOr>()->patterns.size() < 2) return refuse("MatchOr requires at least 2 patterns");
      return patterns(p->as<MatchOr>()->patterns, false);
    default: return true;
    }
  }

  const frontend::base::SymbolTable& symbols_;
};

} // namespace

bool validateTree(const frontend::ast::Mod& tree, const frontend::base::SymbolTable& symbols) { return Validator(symbols).mod(tree); }

} // namespace krait::ir::interp
