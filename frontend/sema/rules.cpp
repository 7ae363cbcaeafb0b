// What CPython checks while it generates code, in the order in which it would:
// statements that stand where they may not, targets, patterns, and the
// SyntaxWarnings about literals used in ways that cannot be meant.
#include "frontend/ast/repr.h"
#include "frontend/ast/visitor.h"
#include "frontend/sema/evident_types.h"
#include "frontend/sema/passes.h"

#include <algorithm>
#include <unordered_set>

namespace krait::frontend::sema {

namespace {

using namespace ast;
using base::DiagnosticId;
using base::Span;
using base::Symbol;
namespace sym = base::sym;

enum class UnitKind : uint8_t { Module, Class, Function, AsyncFunction, Lambda, Comprehension };
enum class BlockKind : uint8_t { Loop, Other, ExceptStar };
constexpr size_t kMaxBlocks = 20; // CPython's CO_MAXBLOCKS

struct Unit {
  UnitKind kind;
  const Scope* scope;
  std::vector<BlockKind> blocks; // statements around, innermost last
  bool isFunctionLike() const { return kind != UnitKind::Module && kind != UnitKind::Class; }
};

class Checker : public Visitor<Checker> {
public:
  Checker(base::SymbolTable& symbols, Reporter& reporter, const Analysis& analysis, const Options& options, Span lastFuture)
      : symbols_(symbols), reporter_(reporter), analysis_(analysis), options_(options), lastFuture_(lastFuture) {}

  void run(const Mod* tree) {
    units_.push_back({UnitKind::Module, &analysis_.scopes.module(), {}});
    visitChildren(*tree);
  }
  void visit(const Node* node) {
    if (!reporter_.isDone()) Visitor::visit(node);
  }

  // ---- definitions -----------------------------------------------------------------------------
  void visitFunctionDef(const FunctionDef& n) { definition(n, UnitKind::Function); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { definition(n, UnitKind::AsyncFunction); }
  void visitClassDef(const ClassDef& n) {
    visitAll(n.decorator_list);
    visitAll(n.type_params);
    inUnit(UnitKind::Class, &n, [&] { visitAll(n.body); });
    unstarred(n.bases);
    keywords(n.keywords, n.span);
    visitAll(n.keywords);
    store(n.name, n.span);
  }
  void visitLambda(const Lambda& n) {
    checkParameters(*n.args, n.span);
    defaults(*n.args);
    inUnit(UnitKind::Lambda, &n, [&] { visit(n.body); });
  }

  // ---- statements ------------------------------------------------------------------------------
  void visitExprStmt(const ExprStmt& n) {
    if (!n.value->is<Constant>()) visit(n.value);
  }
  void visitReturn(const Return& n) {
    if (!unit().isFunctionLike()) return error(DiagnosticId::ReturnOutsideFunction, n.span);
    if (n.value && unit().scope->isCoroutine && unit().scope->isGenerator)
      return error(DiagnosticId::ReturnInAsyncGenerator, n.span);
    if (insideExceptStar(false)) return error(DiagnosticId::BreakInExceptStar, n.span);
    if (n.value) visit(n.value);
  }
  void visitBreak(const Break& n) { jump(n.span, DiagnosticId::BreakOutsideLoop); }
  void visitContinue(const Continue& n) { jump(n.span, DiagnosticId::ContinueOutsideLoop); }

  void visitFor(const For& n) { loop(n, n.iter, n.target); }
  void visitAsyncFor(const AsyncFor& n) {
    if (!mayAwait()) return error(DiagnosticId::AsyncForOutsideAsync, n.span);
    loop(n, n.iter, n.target);
  }
  void visitWhile(const While& n) {
    inBlock(BlockKind::Loop, n.span, [&] {
      visit(n.test);
      visitAll(n.body);
    });
    visitAll(n.orelse);
  }
  void visitWith(const With& n) { withItems(n, 0); }
  void visitAsyncWith(const AsyncWith& n) {
    if (!mayAwait()) return error(DiagnosticId::AsyncWithOutsideAsync, n.span);
    withItems(n, 0);
  }
  void visitTry(const Try& n) { tryStatement(n, false); }
  void visitTryStar(const TryStar& n) { tryStatement(n, true); }

  void visitImport(const Import& n) {
    for (const Alias* a : n.names) {
      const std::string_view name = symbols_.text(a->name);
      store(a->asname ? a->asname : symbols_.intern(name.substr(0, name.find('.'))), n.span);
    }
  }
  void visitTypeVar(const TypeVar& n) {
    store(n.name, n.span);
    if (n.bound) visit(n.bound);
  }
  void visitParamSpec(const ParamSpec& n) { store(n.name, n.span); }
  void visitTypeVarTuple(const TypeVarTuple& n) { store(n.name, n.span); }
  void visitImportFrom(const ImportFrom& n) {
    if (n.module == sym::DunderFuture && n.span.start > lastFuture_.start)
      return error(DiagnosticId::FutureLate, n.span);
    for (const Alias* a : n.names) store(a->asname ? a->asname : a->name, n.span);
  }
  void visitAssert(const Assert& n) {
    const Tuple* tuple = n.test->tryAs<Tuple>();
    if (tuple && !tuple->elts.empty()) reporter_.warn(DiagnosticId::AssertOnTuple, n.span);
    if (!options_.optimize) visitChildren(n);
  }
  void visitAssign(const Assign& n) {
    visit(n.value);
    for (const Expr* t : n.targets) target(t);
  }
  void visitAugAssign(const AugAssign& n) {
    const Attribute* attribute = n.target->tryAs<Attribute>();
    // CPython stores to an attribute here without looking at its name.
    if (attribute) visit(attribute->value);
    else if (const Subscript* s = n.target->tryAs<Subscript>()) visitChildren(*s);
    visit(n.value);
    if (const Name* name = n.target->tryAs<Name>()) store(name->id, name->span);
  }
  void visitAnnAssign(const AnnAssign& n) {
    if (n.value) {
      visit(n.value);
      target(n.target);
    }
    bool inFunction = unit().isFunctionLike();
    bool deferred = analysis_.futureFlags & kFutureAnnotations;
    if (const Name* name = n.target->tryAs<Name>()) {
      store(name->id, n.span);
      if (n.simple && !inFunction && !deferred) visit(n.annotation);
    } else if (const Attribute* a = n.target->tryAs<Attribute>()) {
      store(a->attr, n.span);
      if (!n.value) visit(a->value);
    } else if (!n.value) {
      visitChildren(*n.target);
    }
    if (!n.simple && !inFunction && !deferred) visit(n.annotation);
  }

  // ---- expressions -----------------------------------------------------------------------------
  void visitName(const Name& n) {
    if (n.ctx == ExprContext::Store) store(n.id, n.span);
    if (n.ctx == ExprContext::Del && n.id == sym::DunderDebug) error(DiagnosticId::DeleteDebug, n.span);
  }
  void visitAttribute(const Attribute& n) {
    if (n.ctx == ExprContext::Store) store(n.attr, n.span);
    visit(n.value);
  }
  void visitStarred(const Starred& n) {
    error(n.ctx == ExprContext::Store ? DiagnosticId::StarredTarget : DiagnosticId::StarredHere, n.span);
  }
  void visitTuple(const Tuple& n) { elements(n.elts, n.ctx, n.span); }
  void visitList(const List& n) { elements(n.elts, n.ctx, n.span); }
  void visitSet(const Set& n) { elements(n.elts, ExprContext::Load, n.span); }

  void visitYield(const Yield& n) {
    if (!unit().isFunctionLike()) return error(DiagnosticId::YieldOutsideFunction, n.span);
    visitChildren(n);
  }
  void visitYieldFrom(const YieldFrom& n) {
    if (!unit().isFunctionLike()) return error(DiagnosticId::YieldOutsideFunction, n.span);
    if (unit().kind == UnitKind::AsyncFunction) return error(DiagnosticId::YieldFromInAsync, n.span);
    visitChildren(n);
  }
  void visitAwait(const Await& n) {
    if (!options_.allowTopLevelAwait || units_.size() > 1) {
      if (!unit().isFunctionLike()) return error(DiagnosticId::AwaitOutsideFunction, n.span);
      if (unit().kind != UnitKind::AsyncFunction && unit().kind != UnitKind::Comprehension)
        return error(DiagnosticId::AwaitOutsideAsync, n.span);
    }
    visit(n.value);
  }
  void visitListComp(const ListComp& n) { comprehension(n, n.generators, n.elt, nullptr); }
  void visitSetComp(const SetComp& n) { comprehension(n, n.generators, n.elt, nullptr); }
  void visitDictComp(const DictComp& n) { comprehension(n, n.generators, n.key, n.value); }
  void visitGeneratorExp(const GeneratorExp& n) { comprehension(n, n.generators, n.elt, nullptr); }

  void visitCall(const Call& n) {
    keywords(n.keywords, n.span);
    if (reporter_.isDone()) return;
    if (const char* type = n.func->is<Lambda>() ? nullptr : evidentType(n.func)) reporter_.warn(DiagnosticId::NotCallable, n.span, {type});
    visit(n.func);
    unstarred(n.args);
    visitAll(n.keywords);
  }

  void visitSubscript(const Subscript& n) {
    if (n.ctx == ExprContext::Load) {
      subscripted(n);
      index(n);
    }
    visit(n.value);
    visit(n.slice);
  }

  // CPython looks at `not a is b` when it has made `a is not b` of it.
  void visitUnaryOp(const UnaryOp& n) {
    bool isNegated = false;
    const Expr* operand = &n;
    for (const UnaryOp* outer = &n; outer && outer->op == UnaryOperator::Not; outer = operand->tryAs<UnaryOp>()) {
      operand = outer->operand;
      isNegated = !isNegated;
    }
    const Compare* compare = operand->tryAs<Compare>();
    if (!compare || compare->ops.size() != 1) return visitChildren(n);
    compared(*compare, isNegated);
    visitChildren(*compare);
  }

  void visitCompare(const Compare& n) {
    compared(n, false);
    visitChildren(n);
  }

  void compared(const Compare& n, bool isNegated) {
    bool leftIsPlain = !isLiteral(n.left);
    for (size_t i = 0; i < n.ops.size(); ++i) {
      bool rightIsPlain = !isLiteral(n.comparators[i]);
      bool is = n.ops[i] == CompareOperator::Is;
      if ((is || n.ops[i] == CompareOperator::IsNot) && !(leftIsPlain && rightIsPlain)) {
        reporter_.warn(is != isNegated ? DiagnosticId::IsWithLiteral : DiagnosticId::IsNotWithLiteral, n.span);
        break; // once for the chain
      }
      leftIsPlain = rightIsPlain;
    }
  }

  // ---- match -----------------------------------------------------------------------------------
  void visitMatch(const Match& n) {
    visit(n.subject);
    for (size_t i = 0; i < n.cases.size(); ++i) {
      const MatchCase* c = n.cases[i];
      bool last = i + 1 == n.cases.size();
      bound_.clear();
      pattern(c->pattern, last || c->guard);
      if (c->guard) visit(c->guard);
      visitAll(c->body);
    }
  }

private:
  Unit& unit() { return units_.back(); }
  void error(DiagnosticId id, Span span) {
    if (!reporter_.isDone()) reporter_.error(id, span);
  }
  void error(DiagnosticId id, Span span, std::string_view argument) {
    if (!reporter_.isDone()) reporter_.error(id, span, {argument});
  }
  template <class T> void visitAll(ListOf<T> list) {
    for (const T* one : list) visit(one);
  }
  // Arguments: `*x` is allowed.
  void unstarred(ListOf<Expr> list) {
    for (const Expr* e : list) {
      const Starred* star = e->tryAs<Starred>();
      visit(star ? star->value : e);
    }
  }
  void store(Symbol name, Span span) {
    if (name == sym::DunderDebug) error(DiagnosticId::AssignToDebug, span);
  }
  bool mayAwait() { return unit().kind == UnitKind::AsyncFunction || (options_.allowTopLevelAwait && units_.size() == 1); }

  template <class F> void inUnit(UnitKind kind, const Node* node, F&& body) {
    units_.push_back({kind, analysis_.scopes.of(node), {}});
    body();
    units_.pop_back();
  }
  template <class F> void inBlock(BlockKind kind, Span span, F&& body) {
    if (unit().blocks.size() >= kMaxBlocks) return error(DiagnosticId::TooManyBlocks, span);
    unit().blocks.push_back(kind);
    body();
    unit().blocks.pop_back();
  }

  template <class T> void definition(const T& n, UnitKind kind) {
    checkParameters(*n.args, n.span);
    visitAll(n.decorator_list);
    defaults(*n.args);
    visitAll(n.type_params);
    if (!(analysis_.futureFlags & kFutureAnnotations)) {
      auto annotation = [&](const Arg* a) {
        if (a && a->annotation) {
          const Starred* star = a->annotation->template tryAs<Starred>();
          visit(star ? star->value : a->annotation);
        }
      };
      for (const Arg* a : n.args->posonlyargs) annotation(a);
      for (const Arg* a : n.args->args) annotation(a);
      annotation(n.args->vararg);
      for (const Arg* a : n.args->kwonlyargs) annotation(a);
      annotation(n.args->kwarg);
      if (n.returns) visit(n.returns);
    }
    inUnit(kind, &n, [&] { visitAll(n.body); });
    store(n.name, n.span);
  }
  void checkParameters(const Arguments& args, Span span) {
    auto check = [&](const Arg* a) {
      if (a) store(a->arg, span);
    };
    for (const Arg* a : args.posonlyargs) check(a);
    for (const Arg* a : args.args) check(a);
    for (const Arg* a : args.kwonlyargs) check(a);
    check(args.vararg);
    check(args.kwarg);
  }
  void defaults(const Arguments& args) {
    visitAll(args.defaults);
    for (const Expr* e : args.kw_defaults)
      if (e) visit(e);
  }
  void keywords(ListOf<Keyword> list, Span owner) {
    std::unordered_set<Symbol> seen;
    for (const Keyword* k : list) {
      if (!k->arg) continue;
      store(k->arg, owner);
      if (!seen.insert(k->arg).second) error(DiagnosticId::KeywordRepeated, k->span, symbols_.text(k->arg));
    }
  }

  template <class T> void loop(const T& n, const Expr* iter, const Expr* to) {
    inBlock(BlockKind::Loop, n.span, [&] {
      visit(iter);
      target(to);
      visitAll(n.body);
    });
    visitAll(n.orelse);
  }
  template <class T> void withItems(const T& n, size_t i) {
    const WithItem* item = n.items[i];
    visit(item->context_expr);
    inBlock(BlockKind::Other, n.span, [&] {
      if (item->optional_vars) target(item->optional_vars);
      if (i + 1 < n.items.size()) withItems(n, i + 1);
      else visitAll(n.body);
    });
  }
  template <class T> void tryStatement(const T& n, bool star) {
    if (!n.finalbody.empty()) {
      inBlock(BlockKind::Other, n.span, [&] {
        if (n.handlers.empty()) visitAll(n.body);
        else tryExcept(n, star);
      });
      inBlock(BlockKind::Other, n.span, [&] { visitAll(n.finalbody); });
    } else {
      tryExcept(n, star);
    }
  }
  template <class T> void tryExcept(const T& n, bool star) {
    inBlock(BlockKind::Other, n.span, [&] { visitAll(n.body); });
    visitAll(n.orelse);
    inBlock(star ? BlockKind::ExceptStar : BlockKind::Other, n.span, [&] {
      for (size_t i = 0; i < n.handlers.size(); ++i) {
        const ExceptHandler* h = n.handlers[i];
        if (!h->type && i + 1 < n.handlers.size()) return error(DiagnosticId::DefaultExceptNotLast, h->span);
        if (h->type) visit(h->type);
        if (h->name) store(h->name, h->span);
        inBlock(BlockKind::Other, h->span, [&] { visitAll(h->body); });
      }
    });
  }

  // Whether the statement would leave an except* clause. `stopAtLoop`: only as far as the loop.
  bool insideExceptStar(bool stopAtLoop) {
    for (size_t i = unit().blocks.size(); i-- > 0;) {
      if (unit().blocks[i] == BlockKind::ExceptStar) return true;
      if (unit().blocks[i] == BlockKind::Loop && stopAtLoop) return false;
    }
    return false;
  }
  void jump(Span span, DiagnosticId outside) {
    if (insideExceptStar(true)) return error(DiagnosticId::BreakInExceptStar, span);
    auto& blocks = unit().blocks;
    if (std::find(blocks.begin(), blocks.end(), BlockKind::Loop) == blocks.end()) error(outside, span);
  }

  void target(const Expr* e) { visit(e); }
  void elements(ListOf<Expr> list, ExprContext ctx, Span span) {
    bool starred = false;
    for (size_t i = 0; i < list.size(); ++i) {
      const Starred* star = list[i]->tryAs<Starred>();
      if (!star || ctx == ExprContext::Del) continue;
      if (ctx == ExprContext::Store) {
        if (starred) return error(DiagnosticId::StarredMany, span);
        if (i >= 256) return error(DiagnosticId::StarredTooFar, span);
        starred = true;
      }
    }
    for (const Expr* e : list) {
      const Starred* star = e->tryAs<Starred>();
      visit(star && ctx != ExprContext::Del ? star->value : e);
    }
  }

  void comprehension(const Expr& n, ListOf<Comprehension> generators, const Expr* element, const Expr* value) {
    const Scope* scope = analysis_.scopes.of(&n);
    if (!scope) return; // inside a deferred annotation
    if (scope->isCoroutine && !n.is<GeneratorExp>() && unit().kind != UnitKind::AsyncFunction &&
        unit().kind != UnitKind::Comprehension && !(options_.allowTopLevelAwait && units_.size() == 1))
      return error(DiagnosticId::AsyncComprehensionOutside, n.span);
    inUnit(UnitKind::Comprehension, &n, [&] {
      for (size_t i = 0; i < generators.size(); ++i) {
        const Comprehension* g = generators[i];
        if (i) visit(g->iter);
        target(g->target);
        visitAll(g->ifs);
      }
      visit(element);
      if (value) visit(value);
    });
    visit(generators[0]->iter);
  }

  static bool isLiteral(const Expr* e) {
    const char* type = foldedType(e);
    if (!type) return false;
    const std::string_view name = type;
    return name != "NoneType" && name != "bool" && name != "ellipsis";
  }

  // A sequence that is written out.
  static bool isIndexed(const Expr* e) {
    const char* type = evidentType(e);
    if (!type) return false;
    const std::string_view name = type;
    return name == "str" || name == "bytes" || name == "tuple" || name == "list";
  }

  void subscripted(const Subscript& n) {
    const Expr* v = n.value;
    const char* type = evidentType(v);
    const bool isSequence = isIndexed(v) || v->is<Dict>() || v->is<DictComp>();
    if (type && !isSequence) reporter_.warn(DiagnosticId::NotSubscriptable, n.span, {type});
  }
  void index(const Subscript& n) {
    const char* type = evidentType(n.slice);
    if (!type || std::string_view(type) == "int" || std::string_view(type) == "bool") return;
    if (isIndexed(n.value)) reporter_.warn(DiagnosticId::BadIndexType, n.span, {evidentType(n.value), type});
  }

  // ---- patterns --------------------------------------------------------------------------------
  // `irrefutableAllowed`: nothing follows that the pattern would make unreachable.
  void pattern(const Pattern* p, bool irrefutableAllowed) {
    if (reporter_.isDone()) return;
    place_ = p->span;
    switch (p->kind) {
    case NodeKind::MatchValue:
      if (p->as<MatchValue>()->value->is<JoinedStr>()) return error(DiagnosticId::PatternNotLiteral, p->span);
      return visit(p->as<MatchValue>()->value);
    case NodeKind::MatchSingleton: return;
    case NodeKind::MatchSequence: return sequence(p->as<MatchSequence>());
    case NodeKind::MatchMapping: return mapping(p->as<MatchMapping>());
    case NodeKind::MatchClass: return classPattern(p->as<MatchClass>());
    case NodeKind::MatchStar: return bind(p->as<MatchStar>()->name);
    case NodeKind::MatchOr: return alternatives(p->as<MatchOr>(), irrefutableAllowed);
    default: break;
    }
    const MatchAs* as = p->as<MatchAs>();
    if (as->pattern) {
      pattern(as->pattern, irrefutableAllowed);
      return bind(as->name);
    }
    if (!irrefutableAllowed)
      return as->name ? error(DiagnosticId::CaptureNotLast, p->span, symbols_.text(as->name)) : error(DiagnosticId::WildcardNotLast, p->span);
    bind(as->name);
  }
  void bind(Symbol name) {
    if (!name) return;
    store(name, place_);
    if (std::find(bound_.begin(), bound_.end(), name) != bound_.end())
      return error(DiagnosticId::PatternNameTwice, place_, symbols_.text(name));
    bound_.push_back(name);
  }
  void sequence(const MatchSequence* p) {
    int stars = 0;
    for (const Pattern* sub : p->patterns) stars += sub->is<MatchStar>();
    if (stars > 1) return error(DiagnosticId::PatternStarTwice, p->span);
    for (const Pattern* sub : p->patterns) pattern(sub, true);
  }
  void mapping(const MatchMapping* p) {
    std::vector<PatternKey> seen;
    for (const Expr* e : p->keys) {
      if (e->is<JoinedStr>()) return error(DiagnosticId::PatternKeyNotLiteral, p->span);
      visit(e);
      PatternKey key;
      if (!patternKey(e, key)) continue;
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) return error(DiagnosticId::PatternKeyTwice, p->span, key.text);
      seen.push_back(std::move(key));
    }
    for (const Pattern* sub : p->patterns) pattern(sub, true);
    place_ = p->span;
    bind(p->rest);
  }
  // A literal key: numbers are equal by value, whatever their types; all else by its text.
  struct PatternKey {
    std::string text; // as repr() shows it
    bool isNumber = false;
    double real = 0, imaginary = 0;

    bool operator==(const PatternKey& other) const {
      if (isNumber != other.isNumber) return false;
      return isNumber ? real == other.real && imaginary == other.imaginary : text == other.text;
    }
  };
  static bool patternKey(const Expr* e, PatternKey& out) {
    if (const UnaryOp* n = e->tryAs<UnaryOp>()) { // -1
      if (!patternKey(n->operand, out) || !out.isNumber) return false;
      if (out.text != "0") out.text.insert(0, "-");
      out.real = -out.real;
      out.imaginary = -out.imaginary;
      return true;
    }
    if (const BinOp* n = e->tryAs<BinOp>()) { // 1 + 2j
      PatternKey right;
      if (!patternKey(n->left, out) || !patternKey(n->right, right) || !out.isNumber || !right.isNumber) return false;
      const bool minus = n->op == Operator::Sub;
      out.text = "(" + out.text + (minus ? "-" : "+") + right.text + ")";
      out.imaginary += minus ? -right.imaginary : right.imaginary;
      return true;
    }
    const Constant* c = e->tryAs<Constant>();
    if (!c) return false;
    appendRepr(out.text, c->value);
    const ConstantKind kind = c->value.kind();
    out.isNumber = kind == ConstantKind::Int || kind == ConstantKind::Float || kind == ConstantKind::Complex ||
                   kind == ConstantKind::True || kind == ConstantKind::False;
    if (kind == ConstantKind::Int) out.real = static_cast<double>(c->value.integer());
    else if (kind == ConstantKind::Float) out.real = c->value.real();
    else if (kind == ConstantKind::Complex) out.imaginary = c->value.real();
    else out.real = kind == ConstantKind::True ? 1 : 0;
    return true;
  }
  void classPattern(const MatchClass* p) {
    visit(p->cls);
    for (size_t i = 0; i < p->kwd_attrs.size(); ++i) {
      store(p->kwd_attrs[i], p->kwd_patterns[i]->span);
      for (size_t k = 0; k < i; ++k)
        if (p->kwd_attrs[k] == p->kwd_attrs[i])
          return error(DiagnosticId::PatternAttributeTwice, p->kwd_patterns[i]->span, symbols_.text(p->kwd_attrs[i]));
    }
    for (const Pattern* sub : p->patterns) pattern(sub, true);
    for (const Pattern* sub : p->kwd_patterns) pattern(sub, true);
  }
  void alternatives(const MatchOr* p, bool irrefutableAllowed) {
    std::vector<Symbol> before = bound_, first;
    for (size_t i = 0; i < p->patterns.size(); ++i) {
      bound_ = before;
      pattern(p->patterns[i], irrefutableAllowed && i + 1 == p->patterns.size());
      if (reporter_.isDone()) return;
      std::vector<Symbol> own(bound_.begin() + static_cast<ptrdiff_t>(before.size()), bound_.end());
      std::sort(own.begin(), own.end(), [](Symbol a, Symbol b) { return a.id < b.id; });
      if (i == 0) first = own;
      else if (own != first) return error(DiagnosticId::AlternativesDiffer, place_);
    }
  }
  base::SymbolTable& symbols_;
  Reporter& reporter_;
  const Analysis& analysis_;
  const Options& options_;
  Span lastFuture_;
  std::vector<Unit> units_;
  std::vector<Symbol> bound_; // names that the pattern has captured so far
  Span place_;                // of the pattern visited last: where CPython reports
};

} // namespace

bool checkRules(const Mod* tree, base::SymbolTable& symbols, Reporter& reporter, const Analysis& analysis,
                const Options& options, Span lastFuture) {
  Checker(symbols, reporter, analysis, options, lastFuture).run(tree);
  return !reporter.failed();
}

} // namespace krait::frontend::sema
