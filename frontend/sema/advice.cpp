// One walk over the tree, which keeps the scope and whether an exception would be caught.
#include "frontend/sema/advice.h"

#include "frontend/ast/queries.h"
#include "frontend/ast/visitor.h"
#include "frontend/sema/format_strings.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace krait::frontend::sema {

namespace {

using namespace ast;
using base::DiagnosticId;
using base::Span;
using base::Symbol;

// How often names are bound anywhere in the file, in whatever scope, and what may change globals unseen.
class Bindings : public Visitor<Bindings> {
public:
  explicit Bindings(const base::SymbolTable& symbols) : symbols_(symbols) {}

  size_t count(Symbol name) const {
    auto at = counts_.find(name);
    return at == counts_.end() ? 0 : at->second;
  }
  // exec, globals(), `from x import *` and the like: any global may exist.
  bool isOpen() const { return isOpen_; }

  void visitFunctionDef(const FunctionDef& n) { ++counts_[n.name], visitChildren(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { ++counts_[n.name], visitChildren(n); }
  void visitClassDef(const ClassDef& n) { ++counts_[n.name], visitChildren(n); }
  void visitArg(const Arg& n) { ++counts_[n.arg], visitChildren(n); }
  void visitAlias(const Alias& n) {
    isOpen_ |= symbols_.text(n.name) == "*";
    ++counts_[n.asname ? n.asname : n.name];
  }
  void visitExceptHandler(const ExceptHandler& n) { ++counts_[n.name], visitChildren(n); }
  void visitGlobal(const Global& n) {
    for (Symbol name : n.names) ++counts_[name];
  }
  void visitMatchAs(const MatchAs& n) { ++counts_[n.name], visitChildren(n); }
  void visitMatchStar(const MatchStar& n) { ++counts_[n.name]; }
  void visitMatchMapping(const MatchMapping& n) { ++counts_[n.rest], visitChildren(n); }
  void visitName(const Name& n) {
    if (n.ctx != ExprContext::Load) ++counts_[n.id];
    const std::string_view name = symbols_.text(n.id);
    isOpen_ |= name == "exec" || name == "globals" || name == "vars" || name == "locals" || name == "setattr";
  }
  void visitAttribute(const Attribute& n) { // sys.modules[__name__].__dict__; enum makes globals of its members
    const std::string_view name = symbols_.text(n.attr);
    isOpen_ |= name == "modules" || name == "__dict__" || name == "_convert_" || name == "global_enum";
    const Name* owner = n.value->tryAs<Name>();
    isOpen_ |= n.ctx == ExprContext::Store && owner && symbols_.text(owner->id).find("builtins") != std::string_view::npos;
    visitChildren(n);
  }

private:
  const base::SymbolTable& symbols_;
  std::unordered_map<Symbol, size_t> counts_;
  bool isOpen_ = false;
};

// What a call of a function has to look like.
struct Signature {
  const Arguments* arguments;
  bool isBound; // the first parameter is given already
};

// Whether a loop's own `break` is in there.
class BreakFinder : public Visitor<BreakFinder> {
public:
  bool found = false;
  void visitBreak(const Break&) { found = true; }
  void visitFor(const For& n) { inner(n.orelse); }
  void visitAsyncFor(const AsyncFor& n) { inner(n.orelse); }
  void visitWhile(const While& n) { inner(n.orelse); }
  void visitFunctionDef(const FunctionDef&) {}
  void visitAsyncFunctionDef(const AsyncFunctionDef&) {}
  void visitClassDef(const ClassDef&) {}

private:
  void inner(ListOf<Stmt> orelse) {
    for (const Stmt* s : orelse) visit(s);
  }
};

bool isTrue(const Expr* e) {
  const Constant* c = e->tryAs<Constant>();
  return c && (c->value.kind() == ConstantKind::True || (c->value.kind() == ConstantKind::Int && c->value.integer() != 0));
}

bool neverEnds(const Stmt* s);
bool neverEnds(ListOf<Stmt> body) { return std::any_of(body.begin(), body.end(), [](const Stmt* s) { return neverEnds(s); }); }
// What follows the statement cannot be reached.
bool neverEnds(const Stmt* s) {
  if (s->is<Return>() || s->is<Raise>() || s->is<Break>() || s->is<Continue>()) return true;
  if (const If* n = s->tryAs<If>()) return !n->orelse.empty() && neverEnds(n->body) && neverEnds(n->orelse);
  const While* loop = s->tryAs<While>();
  if (!loop || !isTrue(loop->test)) return false;
  BreakFinder finder;
  for (const Stmt* inside : loop->body) finder.visit(inside);
  return !finder.found;
}

class Adviser : public Visitor<Adviser> {
public:
  Adviser(const base::SourceBuffer& buffer, const Analysis& analysis, base::SymbolTable& symbols,
          const std::function<bool(std::string_view)>& isBuiltin, base::Diagnostics& diags)
      : buffer_(buffer), analysis_(analysis), symbols_(symbols), isBuiltin_(isBuiltin), diags_(diags), bindings_(symbols),
        scope_(&analysis.scopes.module()) {}

  void run(const Mod* tree) {
    bindings_.visit(tree);
    const Module* module = tree->tryAs<Module>();
    if (!module) return;
    for (const Stmt* s : module->body) learn(s);
    block(module->body);
  }

  // ---- scopes ----------------------------------------------------------------------------------
  void visitFunctionDef(const FunctionDef& n) { function(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { function(n); }
  void visitLambda(const Lambda& n) {
    defaults(*n.args);
    inScope(analysis_.scopes.of(&n), [&] { visit(n.body); });
  }
  void visitClassDef(const ClassDef& n) {
    for (const Expr* e : n.decorator_list) visit(e);
    inScope(analysis_.scopes.typeParameters(&n), [&] {
      for (const Expr* e : n.bases) visit(e);
      for (const Keyword* k : n.keywords) visit(k);
    });
    inScope(analysis_.scopes.of(&n), [&] { block(n.body); });
  }
  void visitListComp(const ListComp& n) { comprehension(n, n.generators, n.elt, nullptr); }
  void visitSetComp(const SetComp& n) { comprehension(n, n.generators, n.elt, nullptr); }
  void visitDictComp(const DictComp& n) { comprehension(n, n.generators, n.key, n.value); }
  void visitGeneratorExp(const GeneratorExp& n) { comprehension(n, n.generators, n.elt, nullptr); }
  void visitTypeAlias(const TypeAlias&) {} // evaluated on demand
  void visitAnnAssign(const AnnAssign& n) {
    if (n.value) visit(n.value);
    visit(n.target);
    if (!(n.simple && scope_->isFunctionLike())) annotation(n.annotation); // else it is not evaluated
  }

  // ---- blocks ----------------------------------------------------------------------------------
  void visitIf(const If& n) {
    visit(n.test);
    inCaught(asksVersion(n.test), [&] {
      block(n.body);
      block(n.orelse);
    });
  }
  void visitFor(const For& n) { loop(n); }
  void visitAsyncFor(const AsyncFor& n) { loop(n); }
  void visitWhile(const While& n) {
    visit(n.test);
    block(n.body);
    block(n.orelse);
  }
  void visitWith(const With& n) { with(n); }
  void visitAsyncWith(const AsyncWith& n) { with(n); }
  void visitTry(const Try& n) { tryStatement(n); }
  void visitTryStar(const TryStar& n) { tryStatement(n); }
  void visitExceptHandler(const ExceptHandler& n) {
    if (n.type) visit(n.type);
    block(n.body);
  }
  void visitMatchCase(const MatchCase& n) {
    visit(n.pattern);
    if (n.guard) visit(n.guard);
    block(n.body);
  }

  // ---- expressions -----------------------------------------------------------------------------
  void visitName(const Name& n) {
    if (n.ctx != ExprContext::Load || isCaught_ || bindings_.isOpen() || !scope_) return;
    const Binding* b = scope_->find(mangle(symbols_, scope_->privateClass, n.id));
    if (!b || b->scope != NameScope::GlobalImplicit) return;
    const Binding* global = analysis_.scopes.module().find(b->name);
    if (global && (global->flags & (kBound | kDeclaredGlobal | kAnnotated))) return;
    const std::string_view name = symbols_.text(b->name);
    if (isBuiltin_(name) || isOfModule(name) || (scope_->kind == ScopeKind::Class && (name == "__module__" || name == "__qualname__"))) return;
    warn(DiagnosticId::UnboundName, n.span, {name});
  }

  void visitCall(const Call& n) {
    inCaught(expectsErrors(&n), [&] { visitChildren(n); });
    if (isCaught_) return;
    if (const Name* name = n.func->tryAs<Name>()) {
      if (const auto at = signatures_.find(name->id); at != signatures_.end() && refersToGlobal(name->id)) checkCall(n, name->id, at->second);
    } else if (const Attribute* attribute = n.func->tryAs<Attribute>()) {
      const Constant* format = attribute->value->tryAs<Constant>();
      if (format && format->value.isStr() && symbols_.text(attribute->attr) == "format") checkBraces(n, format->value.text());
    }
  }

  void visitBinOp(const BinOp& n) {
    visitChildren(n);
    const Constant* format = n.left->tryAs<Constant>();
    if (n.op == Operator::Mod && !isCaught_ && format && (format->value.isStr() || format->value.isBytes())) checkPercent(n, format->value);
  }

private:
  void warn(DiagnosticId id, Span span, base::Diagnostics::Arguments arguments = {}) { diags_.report(buffer_, id, span, arguments); }

  // ---- the walk --------------------------------------------------------------------------------
  template <class F> void inScope(const Scope* scope, F&& body) {
    const Scope* outer = scope_;
    if (scope) scope_ = scope;
    body();
    scope_ = outer;
  }
  template <class F> void inCaught(bool caught, F&& body) {
    const bool outer = isCaught_;
    isCaught_ |= caught;
    body();
    isCaught_ = outer;
  }

  void block(ListOf<Stmt> body) {
    bool isDead = false;
    for (const Stmt* s : body) {
      if (isDead) {
        // `return` and then `yield` makes a generator of a function.
        const ExprStmt* e = s->tryAs<ExprStmt>();
        if (!e || !(e->value->is<Yield>() || e->value->is<YieldFrom>())) warn(DiagnosticId::UnreachableCode, s->span);
        isDead = false;
        inCaught(true, [&] { visit(s); });
        break;
      }
      visit(s);
      isDead = neverEnds(s);
    }
  }

  template <class T> void function(const T& n) {
    for (const Expr* e : n.decorator_list) visit(e);
    defaults(*n.args);
    inScope(analysis_.scopes.typeParameters(&n), [&] {
      for (ListOf<Arg> list : {n.args->posonlyargs, n.args->args, n.args->kwonlyargs})
        for (const Arg* a : list) annotation(a->annotation);
      if (n.args->vararg) annotation(n.args->vararg->annotation);
      if (n.args->kwarg) annotation(n.args->kwarg->annotation);
      annotation(n.returns);
    });
    const bool outer = isCaught_; // it runs later
    isCaught_ = false;
    inScope(analysis_.scopes.of(&n), [&] { block(n.body); });
    isCaught_ = outer;
  }
  void annotation(const Expr* e) {
    if (e && !(analysis_.futureFlags & kFutureAnnotations)) visit(e);
  }
  void defaults(const Arguments& args) {
    for (const Expr* e : args.defaults) visit(e);
    for (const Expr* e : args.kw_defaults)
      if (e) visit(e);
  }
  void comprehension(const Expr& n, ListOf<Comprehension> generators, const Expr* element, const Expr* value) {
    visit(generators[0]->iter);
    inScope(analysis_.scopes.of(&n), [&] {
      for (size_t i = 0; i < generators.size(); ++i) {
        if (i > 0) visit(generators[i]->iter);
        visit(generators[i]->target);
        for (const Expr* e : generators[i]->ifs) visit(e);
      }
      visit(element);
      if (value) visit(value);
    });
  }
  template <class T> void loop(const T& n) {
    visit(n.iter);
    visit(n.target);
    block(n.body);
    block(n.orelse);
  }
  // Of the Python that runs it: one way may be for another.
  bool asksVersion(const Expr* e) const {
    bool found = false;
    auto look = [&](std::string_view name) { found |= name == "version_info" || name == "hexversion" || name == "PY2" || name == "PY3" || name == "platform"; };
    if (const Name* name = e->tryAs<Name>()) look(symbols_.text(name->id));
    if (const Attribute* attribute = e->tryAs<Attribute>()) look(symbols_.text(attribute->attr));
    forEachChild(e, [&](const Node* child) {
      if (const Expr* inside = child->tryAs<Expr>()) found |= asksVersion(inside);
    });
    return found;
  }
  // assertRaises, pytest.raises, contextlib.suppress: errors are meant.
  bool expectsErrors(const Expr* e) const {
    const Call* call = e->tryAs<Call>();
    if (!call) return false;
    const Attribute* attribute = call->func->tryAs<Attribute>();
    const Name* name = call->func->tryAs<Name>();
    const std::string_view text = attribute ? symbols_.text(attribute->attr) : name ? symbols_.text(name->id) : "";
    return text.find("aises") != std::string_view::npos || text.find("suppress") != std::string_view::npos;
  }
  template <class T> void with(const T& n) {
    bool expects = false;
    for (const WithItem* item : n.items) {
      visit(item);
      expects |= expectsErrors(item->context_expr);
    }
    inCaught(expects, [&] { block(n.body); });
  }
  template <class T> void tryStatement(const T& n) {
    inCaught(!n.handlers.empty(), [&] { block(n.body); });
    for (const ExceptHandler* h : n.handlers) visit(h);
    block(n.orelse);
    block(n.finalbody);
  }

  // ---- names -----------------------------------------------------------------------------------
  static bool isOfModule(std::string_view name) {
    for (std::string_view known : {"__name__", "__file__", "__doc__", "__package__", "__spec__", "__loader__", "__builtins__", "__annotations__",
                                   "__path__", "__cached__", "__dict__", "_" /*gettext installs it*/})
      if (name == known) return true;
    return false;
  }
  bool refersToGlobal(Symbol name) const {
    if (!scope_ || scope_->kind == ScopeKind::Module) return true;
    const Binding* b = scope_->find(mangle(symbols_, scope_->privateClass, name));
    return b && (b->scope == NameScope::GlobalImplicit || b->scope == NameScope::GlobalExplicit);
  }

  // ---- calls -----------------------------------------------------------------------------------
  // Functions and classes of the module that are bound once, and nothing is done to.
  void learn(const Stmt* s) {
    if (const FunctionDef* f = s->tryAs<FunctionDef>()) learnFunction(f->name, *f);
    else if (const AsyncFunctionDef* f = s->tryAs<AsyncFunctionDef>()) learnFunction(f->name, *f);
    else if (const ClassDef* c = s->tryAs<ClassDef>()) learnClass(*c);
  }
  template <class T> void learnFunction(Symbol name, const T& f) {
    if (f.decorator_list.empty() && bindings_.count(name) == 1) signatures_.emplace(name, Signature{f.args, false});
  }
  void learnClass(const ClassDef& c) {
    if (!c.decorator_list.empty() || !c.bases.empty() || !c.keywords.empty() || bindings_.count(c.name) != 1) return;
    const FunctionDef* init = nullptr;
    for (const Stmt* s : c.body) {
      const FunctionDef* f = s->tryAs<FunctionDef>();
      if (!f) continue;
      const std::string_view name = symbols_.text(f->name);
      if (name == "__new__" || (name == "__init__" && (init || !f->decorator_list.empty()))) return;
      if (name == "__init__") init = f;
    }
    if (init && !(init->args->posonlyargs.empty() && init->args->args.empty())) signatures_.emplace(c.name, Signature{init->args, true});
  }

  static std::string counted(size_t n) { return std::to_string(n) + (n == 1 ? " positional argument" : " positional arguments"); }

  void checkCall(const Call& n, Symbol callee, const Signature& signature) {
    const Arguments& args = *signature.arguments;
    std::vector<const Arg*> positional(args.posonlyargs.begin(), args.posonlyargs.end());
    positional.insert(positional.end(), args.args.begin(), args.args.end());
    size_t positionalOnly = args.posonlyargs.size(), required = positional.size() - args.defaults.size();
    if (signature.isBound) {
      positional.erase(positional.begin());
      if (positionalOnly > 0) --positionalOnly;
      if (required > 0) --required;
    }
    const bool spreads = hasStarred(n.args);
    const bool spreadsKeywords = hasDoubleStarred(n.keywords);
    const std::string name(symbols_.text(callee));
    auto complain = [&](const std::string& what) { warn(DiagnosticId::WrongArguments, n.span, {name, what}); };

    if (!args.vararg && !spreads && n.args.size() > positional.size())
      return complain("takes " + counted(positional.size()) + ", " + std::to_string(n.args.size()) + (n.args.size() == 1 ? " is" : " are") + " given");
    std::unordered_set<Symbol> given;
    for (const Keyword* k : n.keywords) {
      if (!k->arg) continue;
      given.insert(k->arg);
      auto isIt = [&](const Arg* a) { return a->arg == k->arg; };
      const auto at = std::find_if(positional.begin(), positional.end(), isIt);
      const auto number = static_cast<size_t>(at - positional.begin());
      const std::string keyword = "'" + std::string(symbols_.text(k->arg)) + "'";
      if (at != positional.end() && number >= positionalOnly) {
        if (!spreads && number < n.args.size()) return complain("is given " + keyword + " twice");
      } else if (!args.kwarg && std::none_of(args.kwonlyargs.begin(), args.kwonlyargs.end(), isIt)) {
        return complain("has no parameter " + keyword + (at != positional.end() ? " that a keyword can name" : ""));
      }
    }
    std::string missing;
    auto miss = [&](const Arg* a) { missing += (missing.empty() ? "'" : ", '") + std::string(symbols_.text(a->arg)) + "'"; };
    if (!spreads && !spreadsKeywords)
      for (size_t i = n.args.size(); i < required; ++i)
        if (!given.contains(positional[i]->arg) || i < positionalOnly) miss(positional[i]);
    if (!spreadsKeywords)
      for (size_t i = 0; i < args.kwonlyargs.size(); ++i)
        if (!args.kw_defaults[i] && !given.contains(args.kwonlyargs[i]->arg)) miss(args.kwonlyargs[i]);
    if (!missing.empty()) complain("is called without " + missing);
  }

  // ---- format strings --------------------------------------------------------------------------
  void checkBraces(const Call& n, std::string_view text) {
    const BraceFormat format = readBraceFormat(text);
    if (!format.problem.empty()) return warn(DiagnosticId::WrongFormat, n.span, {format.problem});
    const bool spreads = hasStarred(n.args);
    if (!spreads && format.positional > n.args.size())
      return warn(DiagnosticId::WrongFormat, n.span, {"it takes " + counted(format.positional) + ", " + std::to_string(n.args.size()) + " given"});
    if (hasDoubleStarred(n.keywords)) return;
    for (const std::string& key : format.keys)
      if (std::none_of(n.keywords.begin(), n.keywords.end(), [&](const Keyword* k) { return symbols_.text(k->arg) == key; }))
        return warn(DiagnosticId::WrongFormat, n.span, {"no argument is called '" + key + "'"});
  }

  void checkPercent(const BinOp& n, const ConstantValue& text) {
    const PercentFormat format = readPercentFormat(text.text(), text.isBytes());
    if (!format.problem.empty()) return warn(DiagnosticId::WrongFormat, n.span, {format.problem});
    std::optional<size_t> given;
    if (const Tuple* tuple = n.right->tryAs<Tuple>()) {
      if (hasStarred(tuple->elts)) return;
      given = tuple->elts.size();
      if (!format.keys.empty()) return warn(DiagnosticId::WrongFormat, n.span, {"it takes a mapping"});
    } else if (n.right->is<Constant>() || n.right->is<JoinedStr>() || n.right->is<List>() || n.right->is<ListComp>()) {
      given = 1;
      if (!format.keys.empty() && !n.right->is<List>() && !n.right->is<ListComp>()) return warn(DiagnosticId::WrongFormat, n.span, {"it takes a mapping"});
    } else if (const Dict* dict = n.right->tryAs<Dict>()) {
      checkKeys(n, format, *dict);
    }
    if (given && format.keys.empty() && *given != format.positional && !(format.positional == 0 && n.right->is<List>()))
      warn(DiagnosticId::WrongFormat, n.span, {"it takes " + std::to_string(format.positional) + (format.positional == 1 ? " value, " : " values, ") +
                                               std::to_string(*given) + (*given == 1 ? " is" : " are") + " given"});
  }
  void checkKeys(const BinOp& n, const PercentFormat& format, const Dict& dict) {
    std::unordered_set<std::string_view> keys;
    for (const Expr* key : dict.keys) {
      const Constant* c = key ? key->tryAs<Constant>() : nullptr;
      if (!c || !(c->value.isStr() || c->value.isBytes())) return; // may be any
      keys.insert(c->value.text());
    }
    for (const std::string& key : format.keys)
      if (!keys.contains(key)) return warn(DiagnosticId::WrongFormat, n.span, {"the mapping has no '" + key + "'"});
  }

  const base::SourceBuffer& buffer_;
  const Analysis& analysis_;
  base::SymbolTable& symbols_;
  const std::function<bool(std::string_view)>& isBuiltin_;
  base::Diagnostics& diags_;
  Bindings bindings_;
  std::unordered_map<Symbol, Signature> signatures_; // of globals
  const Scope* scope_;
  bool isCaught_ = false; // an exception here is caught, or expected
};

} // namespace

void advise(const base::SourceBuffer& buffer, const Mod* tree, const Analysis& analysis, base::SymbolTable& symbols,
            const std::function<bool(std::string_view)>& isBuiltin, base::Diagnostics& diags) {
  Adviser(buffer, analysis, symbols, isBuiltin, diags).run(tree);
}

} // namespace krait::frontend::sema
