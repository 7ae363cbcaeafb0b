// Making the scopes: one walk over the tree that records, per block of code, what
// each name is used for, in CPython's order, with the errors that it finds on
// the way. What the names mean is resolve.cpp's question.
#include "frontend/ast/queries.h"
#include "frontend/ast/visitor.h"
#include "frontend/sema/passes.h"

namespace krait::frontend::sema {

namespace {

using namespace ast;
using base::DiagnosticId;
using base::Span;
using base::Symbol;
namespace sym = base::sym;

class Collector : public Visitor<Collector> {
public:
  Collector(base::SymbolTable& symbols, Reporter& reporter, Analysis& analysis, std::vector<Directive>& directives)
      : symbols_(symbols), reporter_(reporter), analysis_(analysis), table_(analysis.scopes), directives_(directives) {}

  void run(const Mod* tree) {
    table_.ofNode.assign(tree->nodeCount, nullptr);
    table_.typeParametersOf.assign(tree->nodeCount, nullptr);
    enter(ScopeKind::Module, tree, symbols_.intern("<module>"));
    visitChildren(*tree);
    leave();
  }

  void visit(const Node* node) {
    if (!reporter_.isDone()) Visitor::visit(node);
  }

  // ---- statements ------------------------------------------------------------------------------
  void visitFunctionDef(const FunctionDef& n) { definition(n, false); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { definition(n, true); }

  void visitClassDef(const ClassDef& n) {
    define(n.name, kAssigned, n.span);
    for (const Expr* e : n.decorator_list) visit(e);
    bool generic = enterTypeParameters(n, n.name, n.type_params);
    Symbol outerPrivate = private_;
    for (const Expr* e : n.bases) visit(e);
    for (const Keyword* k : n.keywords) visit(k);
    enter(ScopeKind::Class, &n, n.name);
    private_ = n.name;
    scope_->privateClass = n.name;
    for (const Stmt* s : n.body) visit(s);
    private_ = outerPrivate;
    leave();
    if (generic) leave();
  }

  void visitTypeAlias(const TypeAlias& n) {
    Symbol name = n.name->as<Name>()->id;
    define(name, kAssigned, n.name->span);
    bool generic = enterTypeParameters(n, name, n.type_params);
    enter(ScopeKind::TypeValue, &n, name);
    visit(n.value);
    leave();
    if (generic) leave();
  }

  void visitReturn(const Return& n) {
    if (!n.value) return;
    visit(n.value);
    scope_->returnsValue = true;
  }

  void visitAnnAssign(const AnnAssign& n) {
    if (const Name* target = n.target->tryAs<Name>()) {
      const Binding* b = scope_->find(mangled(target->id));
      uint32_t flags = b ? b->flags : 0;
      if ((flags & (kDeclaredGlobal | kDeclaredNonlocal)) && scope_ != &table_.module() && n.simple) {
        error(flags & kDeclaredGlobal ? DiagnosticId::GlobalAnnotated : DiagnosticId::NonlocalAnnotated, n.span, target->id);
        return;
      }
      if (n.simple) define(target->id, kAnnotated | kAssigned, target->span);
      else if (n.value) define(target->id, kAssigned, target->span);
    } else {
      visit(n.target);
    }
    annotation(n.annotation);
    if (n.value) visit(n.value);
  }

  void visitTry(const Try& n) { tryStatement(n); }
  void visitTryStar(const TryStar& n) { tryStatement(n); }

  void visitExceptHandler(const ExceptHandler& n) {
    if (n.type) visit(n.type);
    if (n.name) define(n.name, kAssigned | kDeleted, n.span);
    for (const Stmt* s : n.body) visit(s);
  }

  void visitAlias(const Alias& n) {
    Symbol name = n.asname ? n.asname : n.name;
    if (name == sym::Star) {
      if (scope_->kind != ScopeKind::Module) reporter_.error(DiagnosticId::ImportStarNotAtModule, n.span);
      scope_->importsAll = true;
      return;
    }
    std::string_view text = symbols_.text(name);
    if (size_t dot = text.find('.'); dot != std::string_view::npos) name = symbols_.intern(std::string(text.substr(0, dot)));
    define(name, kImported, n.span);
  }

  void visitGlobal(const Global& n) {
    for (Symbol name : n.names) directive(n.span, name, kDeclaredGlobal);
  }
  void visitNonlocal(const Nonlocal& n) {
    for (Symbol name : n.names) directive(n.span, name, kDeclaredNonlocal);
  }

  // ---- expressions -----------------------------------------------------------------------------
  void visitName(const Name& n) {
    if (n.ctx == ExprContext::Load) {
      define(n.id, kUsed, n.span);
      // Zero-argument super() needs the class.
      if (n.id == sym::Super && scope_->isFunctionLike()) define(sym::DunderClass, kUsed, n.span);
    } else {
      define(n.id, n.ctx == ExprContext::Del ? kAssigned | kDeleted : kAssigned, n.span);
    }
  }

  void visitNamedExpr(const NamedExpr& n) {
    if (scope_->isAnnotation) return inAnnotation("named expression", n.span);
    if (iterableDepth_ > 0) {
      reporter_.error(DiagnosticId::WalrusInIterable, n.span);
      return;
    }
    Symbol target = n.target->as<Name>()->id;
    if (scope_->comprehension != ComprehensionKind::None && !bindOutside(target, n.target->span)) return;
    visit(n.value);
    visit(n.target);
    if (Binding* b = scope_->find(mangled(target))) b->flags |= kWalrusTarget;
  }

  void visitLambda(const Lambda& n) {
    defaults(*n.args);
    enter(ScopeKind::Lambda, &n, symbols_.intern("<lambda>"));
    parameters(*n.args);
    visit(n.body);
    leave();
  }

  void visitListComp(const ListComp& n) { comprehension(n, n.generators, n.elt, nullptr, ComprehensionKind::List, "<listcomp>"); }
  void visitSetComp(const SetComp& n) { comprehension(n, n.generators, n.elt, nullptr, ComprehensionKind::Set, "<setcomp>"); }
  void visitDictComp(const DictComp& n) {
    comprehension(n, n.generators, n.key, n.value, ComprehensionKind::Dict, "<dictcomp>");
  }
  void visitGeneratorExp(const GeneratorExp& n) {
    comprehension(n, n.generators, n.elt, nullptr, ComprehensionKind::Generator, "<genexpr>");
  }

  void visitYield(const Yield& n) {
    if (scope_->isAnnotation) return inAnnotation("yield expression", n.span);
    if (n.value) visit(n.value);
    yields(n.span);
  }
  void visitYieldFrom(const YieldFrom& n) {
    if (scope_->isAnnotation) return inAnnotation("yield expression", n.span);
    visit(n.value);
    yields(n.span);
  }
  void visitAsyncFor(const AsyncFor& n) {
    visitChildren(n);
    scope_->isCoroutine = true;
  }
  void visitAsyncWith(const AsyncWith& n) {
    visitChildren(n);
    scope_->isCoroutine = true;
  }
  void visitAwait(const Await& n) {
    if (scope_->isAnnotation) return inAnnotation("await expression", n.span);
    visit(n.value);
    scope_->isCoroutine = true;
  }

  // ---- patterns --------------------------------------------------------------------------------
  void visitMatchAs(const MatchAs& n) {
    if (n.pattern) visit(n.pattern);
    if (n.name) define(n.name, kAssigned, n.span);
  }
  void visitMatchStar(const MatchStar& n) {
    if (n.name) define(n.name, kAssigned, n.span);
  }
  void visitMatchMapping(const MatchMapping& n) {
    visitChildren(n);
    if (n.rest) define(n.rest, kAssigned, n.span);
  }

private:
  Symbol mangled(Symbol name) { return mangle(symbols_, private_, name); }

  void error(DiagnosticId id, Span span, Symbol name) { reporter_.error(id, span, {symbols_.text(name)}); }

  Scope* enter(ScopeKind kind, const Node* node, Symbol name) {
    auto made = std::make_unique<Scope>(kind, node, name);
    Scope* scope = made.get();
    scope->parent = scope_;
    scope->privateClass = private_;
    scope->isNested = scope_ && (scope_->isNested || scope_->isFunctionLike());
    stack_.push_back({scope_, iterableDepth_});
    if (scope_ && (scope_->isAnnotation || scope_->isDiscarded)) {
      scope->isDiscarded = true;
      annotationScopes_.push_back(std::move(made));
      scope_ = scope;
      return scope;
    }
    table_.scopes.push_back(std::move(made));
    if (scope_) scope_->children.push_back(scope);
    if (kind == ScopeKind::TypeParameters) table_.typeParametersOf[node->index] = scope;
    else table_.ofNode[node->index] = scope;
    scope_ = scope;
    return scope;
  }
  void leave() {
    scope_ = stack_.back().first;
    iterableDepth_ = stack_.back().second;
    stack_.pop_back();
  }

  bool define(Symbol name, uint32_t flag, Span span) { return defineIn(*scope_, name, flag, span); }
  bool defineIn(Scope& scope, Symbol plain, uint32_t flag, Span span) {
    if (reporter_.isDone()) return false;
    Symbol name = mangled(plain);
    Binding& b = scope.get(name);
    if ((flag & kParameter) && (b.flags & kParameter)) return reporter_.error(DiagnosticId::DuplicateArgument, span, {symbols_.text(plain)});
    if (comprehensionTarget_ && &scope == scope_) {
      if (b.flags & (kDeclaredGlobal | kDeclaredNonlocal))
        return reporter_.error(DiagnosticId::IterationVariableRebindsWalrus, span, {symbols_.text(plain)});
      flag |= kComprehensionTarget;
    }
    b.flags |= flag;
    if (flag & kParameter) scope.parameters.push_back(name);
    // A global declared anywhere exists in the module.
    if (flag & kDeclaredGlobal) table_.module().get(name).flags |= kDeclaredGlobal;
    return true;
  }

  template <class T> void definition(const T& n, bool isAsync) {
    define(n.name, kAssigned, n.span);
    for (const Expr* e : n.decorator_list) visit(e);
    // Defaults are evaluated outside of the type parameters, annotations inside.
    defaults(*n.args);
    bool generic = enterTypeParameters(n, n.name, n.type_params);
    annotations(*n.args, n.returns);
    enter(ScopeKind::Function, &n, n.name);
    scope_->isCoroutine = isAsync;
    parameters(*n.args);
    for (const Stmt* s : n.body) visit(s);
    leave();
    if (generic) leave();
  }

  void defaults(const Arguments& args) {
    for (const Expr* e : args.defaults) visit(e);
    for (const Expr* e : args.kw_defaults)
      if (e) visit(e);
  }
  void annotation(const Expr* e) {
    if (!e) return;
    bool deferred = analysis_.futureFlags & kFutureAnnotations;
    if (deferred) {
      // Its names bind nothing and it compiles to text; the scope exists for the errors only.
      Scope* outer = scope_;
      auto made = std::make_unique<Scope>(ScopeKind::Function, e, symbols_.intern("_annotation"));
      made->parent = outer;
      made->isAnnotation = true;
      annotationScopes_.push_back(std::move(made));
      scope_ = annotationScopes_.back().get();
      visit(e);
      scope_ = outer;
    } else {
      visit(e);
    }
  }
  void annotations(const Arguments& args, const Expr* returns) {
    for (const Arg* a : args.posonlyargs) annotation(a->annotation);
    for (const Arg* a : args.args) annotation(a->annotation);
    if (args.vararg) annotation(args.vararg->annotation);
    if (args.kwarg) annotation(args.kwarg->annotation);
    for (const Arg* a : args.kwonlyargs) annotation(a->annotation);
    annotation(returns);
  }
  void parameters(const Arguments& args) {
    auto add = [&](const Arg* a) { define(a->arg, kParameter, a->span); };
    for (const Arg* a : args.posonlyargs) add(a);
    for (const Arg* a : args.args) add(a);
    for (const Arg* a : args.kwonlyargs) add(a);
    if (args.vararg) {
      add(args.vararg);
      scope_->hasVarArgs = true;
    }
    if (args.kwarg) {
      add(args.kwarg);
      scope_->hasVarKeywords = true;
    }
  }

  template <class T> bool enterTypeParameters(const T& n, Symbol name, ListOf<TypeParam> params) {
    if (params.empty()) return false;
    enter(ScopeKind::TypeParameters, &n, symbols_.intern("<generic parameters of " + std::string(symbols_.text(name)) + ">"));
    for (const TypeParam* p : params) {
      const Symbol own = typeParameterName(p);
      if (const Binding* b = scope_->find(mangled(own)); b && (b->flags & kAssigned))
        reporter_.error(DiagnosticId::DuplicateTypeParameter, p->span, {symbols_.text(own)});
      define(own, kAssigned, p->span);
      const TypeVar* variable = p->tryAs<TypeVar>();
      if (!variable || !variable->bound) continue;
      enter(ScopeKind::TypeValue, p, own);
      visit(variable->bound);
      leave();
    }
    return true;
  }

  template <class T> void tryStatement(const T& n) {
    for (const Stmt* s : n.body) visit(s);
    for (const Stmt* s : n.orelse) visit(s);
    for (const ExceptHandler* h : n.handlers) visit(h);
    for (const Stmt* s : n.finalbody) visit(s);
  }

  void directive(Span span, Symbol name, uint32_t flag) {
    bool global = flag == kDeclaredGlobal;
    const Binding* b = scope_->find(mangled(name));
    uint32_t was = b ? b->flags : 0;
    if (was & (kParameter | kAssigned | kUsed | kAnnotated)) {
      DiagnosticId id = was & kParameter   ? (global ? DiagnosticId::GlobalParameter : DiagnosticId::NonlocalParameter)
                        : was & kUsed      ? (global ? DiagnosticId::GlobalAfterUse : DiagnosticId::NonlocalAfterUse)
                        : was & kAnnotated ? (global ? DiagnosticId::GlobalAnnotated : DiagnosticId::NonlocalAnnotated)
                                           : (global ? DiagnosticId::GlobalAfterAssign : DiagnosticId::NonlocalAfterAssign);
      return error(id, span, name);
    }
    define(name, flag, span);
    directives_.push_back({scope_, mangled(name), span});
  }

  // `name := …` inside a comprehension binds in the nearest block that is none.
  bool bindOutside(Symbol plain, Span span) {
    Symbol name = mangled(plain);
    for (Scope* s = scope_; s; s = s->parent) {
      if (s->comprehension != ComprehensionKind::None) {
        const Binding* b = s->find(name);
        if (b && (b->flags & kComprehensionTarget))
          return reporter_.error(DiagnosticId::WalrusRebindsIterationVariable, span, {symbols_.text(plain)});
        continue;
      }
      switch (s->kind) {
      case ScopeKind::Class: return reporter_.error(DiagnosticId::WalrusInClassComprehension, span);
      case ScopeKind::Module:
        define(plain, kDeclaredGlobal, span);
        directives_.push_back({scope_, name, span});
        return defineIn(*s, plain, kDeclaredGlobal, span);
      default: {
        const Binding* b = s->find(name);
        define(plain, b && (b->flags & kDeclaredGlobal) ? kDeclaredGlobal : kDeclaredNonlocal, span);
        directives_.push_back({scope_, name, span});
        return defineIn(*s, plain, kAssigned | kWalrusTarget, span);
      }
      }
    }
    return true;
  }

  void comprehension(const Expr& n, ListOf<Comprehension> generators, const Expr* element, const Expr* value,
                     ComprehensionKind kind, const char* name) {
    const Comprehension* outermost = generators[0];
    ++iterableDepth_;
    visit(outermost->iter);
    --iterableDepth_;
    Scope* outer = scope_;
    Scope* own = enter(ScopeKind::Comprehension, &n, symbols_.intern(name));
    own->comprehension = kind;
    if (outermost->is_async) own->isCoroutine = true;
    define(sym::DotZero, kParameter, outermost->span);
    target(outermost->target);
    for (const Expr* e : outermost->ifs) visit(e);
    for (size_t i = 1; i < generators.size(); ++i) {
      const Comprehension* g = generators[i];
      target(g->target);
      ++iterableDepth_;
      visit(g->iter);
      --iterableDepth_;
      for (const Expr* e : g->ifs) visit(e);
      if (g->is_async) own->isCoroutine = true;
    }
    if (value) visit(value);
    visit(element);
    own->isGenerator = kind == ComprehensionKind::Generator;
    bool isAsync = own->isCoroutine && !own->isGenerator;
    leave();
    if (isAsync) outer->isCoroutine = true;
  }
  void target(const Expr* e) {
    comprehensionTarget_ = true;
    visit(e);
    comprehensionTarget_ = false;
  }

  void yields(Span span) {
    scope_->isGenerator = true;
    static constexpr const char* kNames[] = {"", "list comprehension", "set comprehension", "dict comprehension", "generator expression"};
    if (scope_->comprehension != ComprehensionKind::None)
      reporter_.error(DiagnosticId::YieldInComprehension, span, {kNames[static_cast<int>(scope_->comprehension)]});
  }
  void inAnnotation(const char* what, Span span) { reporter_.error(DiagnosticId::NotInAnnotation, span, {what}); }

  base::SymbolTable& symbols_;
  Reporter& reporter_;
  Analysis& analysis_;
  ScopeTable& table_;
  std::vector<Directive>& directives_;
  Scope* scope_ = nullptr;
  std::vector<std::pair<Scope*, int>> stack_; // the outer scopes, with their depth of iterables
  std::vector<std::unique_ptr<Scope>> annotationScopes_;
  Symbol private_;
  int iterableDepth_ = 0;
  bool comprehensionTarget_ = false;
};

} // namespace

bool collectScopes(const Mod* tree, base::SymbolTable& symbols, Reporter& reporter, Analysis& analysis,
                   std::vector<Directive>& directives) {
  Collector(symbols, reporter, analysis, directives).run(tree);
  return !reporter.failed();
}

} // namespace krait::frontend::sema
