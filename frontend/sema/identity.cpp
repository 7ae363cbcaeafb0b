// Flow-insensitive: of all that a variable is bound to, what says most for a number counts.
#include "frontend/sema/identity.h"

#include "frontend/ast/queries.h"
#include "frontend/sema/number_words.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace krait::frontend::sema {

namespace {

using namespace ast;

// What one scope binds, those inside it left out.
class BindingFinder : public Visitor<BindingFinder> {
public:
  enum class How : uint8_t { Whole, Item, Arithmetic }; // to the value, to items of it, to `name op value`
  struct Binding {
    base::Symbol name;
    const Expr* value;
    How how;
  };
  BindingFinder(const base::SymbolTable& symbols, const ModuleNumbers& module, bool isMethod)
      : symbols_(symbols), module_(module), isMethod_(isMethod) {}
  std::vector<Binding> bindings; // of which the value decides
  std::vector<std::pair<base::Symbol, Number>> known;
  Names holders;

  void scope(const Node& n) {
    if (const auto* f = n.tryAs<FunctionDef>()) function(*f->args), list(f->body);
    else if (const auto* a = n.tryAs<AsyncFunctionDef>()) function(*a->args), list(a->body);
    else visitChildren(n);
  }
  void visitFunctionDef(const FunctionDef& n) { is(n.name, Number::Never); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { is(n.name, Number::Never); }
  void visitClassDef(const ClassDef& n) { is(n.name, Number::Never); }
  void visitImport(const Import& n) {
    for (const Alias* a : n.names) {
      const std::string_view name = symbols_.text(a->name);
      if (a->asname || name.find('.') == std::string_view::npos) is(a->asname ? a->asname : a->name, Number::Never);
    }
  }
  void visitImportFrom(const ImportFrom& n) {
    for (const Alias* a : n.names) is(a->asname ? a->asname : a->name, Number::Unlikely);
  }
  void visitExceptHandler(const ExceptHandler& n) {
    if (n.name) is(n.name, Number::Never);
    visitChildren(n);
  }
  void visitMatchAs(const MatchAs& n) {
    if (n.name) is(n.name, Number::Perhaps);
    visitChildren(n);
  }
  void visitMatchStar(const MatchStar& n) {
    if (n.name) is(n.name, Number::Never);
  }
  void visitMatchMapping(const MatchMapping& n) {
    if (n.rest) is(n.rest, Number::Never);
    visitChildren(n);
  }
  void visitLambda(const Lambda& n) {
    for (ListOf<Arg> args : {n.args->posonlyargs, n.args->args, n.args->kwonlyargs})
      for (const Arg* a : args) is(a->arg, module_.parameters.contains(a) ? Number::Evident : Number::Perhaps);
    visitChildren(n);
  }
  void visitName(const Name& n) {
    if (n.ctx == ExprContext::Store) is(n.id, Number::Perhaps);
  }
  void visitAttribute(const Attribute& n) {
    if (const Name* owner = n.value->tryAs<Name>()) {
      const std::string_view name = symbols_.text(n.attr);
      if (!isNumbersAttribute(name)) holders.insert(owner->id);
      else if (!name.starts_with("__")) is(owner->id, Number::Evident);
    }
    visitChildren(n);
  }
  void visitNamedExpr(const NamedExpr& n) {
    bind(n.target, n.value, How::Whole);
    visit(n.value);
  }
  void visitAssign(const Assign& n) {
    for (const Expr* target : n.targets) bind(target, n.value, How::Whole);
    visit(n.value);
  }
  void visitAugAssign(const AugAssign& n) {
    bind(n.target, n.value, How::Arithmetic);
    visit(n.value);
  }
  void visitAnnAssign(const AnnAssign& n) {
    if (const Name* name = n.target->tryAs<Name>(); name && isNumberClass(n.annotation, symbols_)) is(name->id, Number::Evident);
    if (!n.value) return;
    bind(n.target, n.value, How::Whole);
    visit(n.value);
  }
  void visitFor(const For& n) { loop(n); }
  void visitAsyncFor(const AsyncFor& n) { loop(n); }
  void visitComprehension(const Comprehension& n) {
    bind(n.target, n.iter, How::Item);
    visit(n.iter);
    list(n.ifs);
  }

private:
  void is(base::Symbol name, Number level) { known.push_back({name, level}); }
  void function(const Arguments& args) {
    for (ListOf<Arg> some : {args.posonlyargs, args.args, args.kwonlyargs})
      for (const Arg* a : some) {
        const bool isEvident = module_.parameters.contains(a) || (a->annotation && isNumberClass(a->annotation, symbols_));
        is(a->arg, isEvident ? Number::Evident : isMethod_ ? Number::Never : Number::Unlikely);
      }
    if (args.vararg) is(args.vararg->arg, Number::Never);
    if (args.kwarg) is(args.kwarg->arg, Number::Never);
  }
  template <class T> void list(ListOf<T> nodes) {
    for (const T* node : nodes) visit(node);
  }
  template <class T> void loop(const T& n) {
    bind(n.target, n.iter, How::Item);
    visit(n.iter);
    list(n.body);
    list(n.orelse);
  }
  void bind(const Expr* target, const Expr* value, How how) {
    if (const Name* name = target->tryAs<Name>()) {
      bindings.push_back({name->id, value, how});
      return;
    }
    const ListOf<Expr> targets = elementsOf(target), values = elementsOf(value);
    if (how == How::Item || targets.empty() || targets.size() != values.size() || hasStarred(targets) || hasStarred(values)) {
      for (const Expr* part : targets) bind(part, value, How::Item);
      if (targets.empty()) visit(target);
      return;
    }
    for (size_t n = 0; n < targets.size(); ++n) bind(targets[n], values[n], how);
  }

  const base::SymbolTable& symbols_;
  const ModuleNumbers& module_;
  const bool isMethod_;
};

Number ofConstant(const ConstantValue& value) {
  if (!value.isNumber()) return Number::Never;
  return value.kind() == ConstantKind::Int && value.integer() <= 256 ? Number::Small : Number::Evident;
}

} // namespace

ScopeNumbers ScopeNumbers::inside(const Node& scope, bool isMethod) const {
  using How = BindingFinder::How;
  BindingFinder found(*symbols_, *module_, isMethod);
  found.scope(scope);
  ScopeNumbers inner = *this;
  for (const auto& binding : found.bindings) inner.levels_[binding.name] = Number::Never, inner.containers_.erase(binding.name);
  for (auto [name, level] : found.known) inner.levels_[name] = Number::Never, inner.containers_.erase(name);
  auto raise = [&](base::Symbol name, Number level) {
    Number& known = inner.levels_[name];
    return known < level ? (known = level, true) : false;
  };
  for (auto [name, level] : found.known) raise(name, level);
  for (base::Symbol name : module_->shared) raise(name, module_->sharedNumbers.contains(name) ? Number::Evident : Number::Perhaps);
  auto levelOf = [&](const BindingFinder::Binding& b) {
    if (b.how == How::Item) return b.value->is<JoinedStr>() ? Number::Never : inner.ofItem(b.value);
    const Number level = inner.of(b.value);
    if (b.how == How::Whole || level == Number::Never) return level;
    return isSomeNumber(level) ? Number::Evident : Number::Perhaps;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& binding : found.bindings) {
      changed |= raise(binding.name, levelOf(binding));
      // Items of what holds containers of numbers: `for pair in [(300, 300)]`.
      if (inner.holdsNumbers(binding.value)) changed |= inner.containers_.insert(binding.name).second;
    }
  }
  for (base::Symbol name : found.holders) inner.levels_[name] = Number::Never;
  return inner;
}

Number ScopeNumbers::ofName(base::Symbol name) const {
  const std::string_view text = symbols_->text(name);
  if (isCapitalised(text) || name == base::sym::Self || text == "__class__" || text == "cls") return Number::Never;
  const auto found = levels_.find(name);
  return found == levels_.end() ? Number::Unlikely : found->second;
}

Number ScopeNumbers::ofItem(const Expr* container) const {
  if (holdsNumbers(container)) return Number::Evident;
  const base::Symbol called = nameOrAttribute(container);
  return called && module_->objectItems.contains(called) && !module_->numberItems.contains(called) ? Number::Never : Number::Perhaps;
}

Number ScopeNumbers::ofCall(const Call& n) const {
  const base::Symbol called = nameOrAttribute(n.func);
  if (!called) return Number::Perhaps;
  const Name* name = n.func->tryAs<Name>();
  const std::string_view text = symbols_->text(called);
  if (isCapitalised(text) || (name && makesObject(text))) return Number::Never;
  if (name && makesNumber(text)) return Number::Evident;
  // A name that something else is bound to, too, is not that function alone.
  const auto result = name && ofName(name->id) != Number::Never ? module_->results.end() : module_->results.find(called);
  return result == module_->results.end() ? Number::Perhaps : result->second;
}

Number ScopeNumbers::ofOperation(const BinOp& n) const {
  const Number left = of(n.left), right = of(n.right);
  if (left == Number::Never || right == Number::Never) return Number::Never;
  return isSomeNumber(left) || isSomeNumber(right) ? Number::Evident : Number::Perhaps;
}

Number ScopeNumbers::of(const Expr* e) const {
  switch (e->kind) {
  case NodeKind::Constant: return ofConstant(e->as<Constant>()->value);
  case NodeKind::Name: return ofName(e->as<Name>()->id);
  case NodeKind::Attribute: {
    const base::Symbol name = e->as<Attribute>()->attr;
    if (module_->holders.contains(name) || isCapitalised(symbols_->text(name)) || symbols_->text(name) == "__class__") return Number::Never;
    return module_->attributes.contains(name) ? Number::Evident : Number::Unlikely;
  }
  case NodeKind::Call: return ofCall(*e->as<Call>());
  case NodeKind::Subscript: return ofItem(e->as<Subscript>()->value);
  case NodeKind::BinOp: return ofOperation(*e->as<BinOp>());
  case NodeKind::UnaryOp: {
    if (e->as<UnaryOp>()->op == UnaryOperator::Not) return Number::Never;
    const Number operand = of(e->as<UnaryOp>()->operand);
    return operand == Number::Never ? Number::Never : operand == Number::Small ? Number::Evident : std::max(operand, Number::Perhaps);
  }
  case NodeKind::NamedExpr: return of(e->as<NamedExpr>()->value);
  case NodeKind::IfExp: return std::max(of(e->as<IfExp>()->body), of(e->as<IfExp>()->orelse));
  case NodeKind::BoolOp: {
    Number level = Number::Never;
    for (const Expr* part : e->as<BoolOp>()->values) level = std::max(level, of(part));
    return level;
  }
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::Dict:
  case NodeKind::Set:
  case NodeKind::ListComp:
  case NodeKind::SetComp:
  case NodeKind::DictComp:
  case NodeKind::GeneratorExp:
  case NodeKind::JoinedStr:
  case NodeKind::Compare:
  case NodeKind::Lambda: return Number::Never;
  default: return Number::Perhaps;
  }
}

bool ScopeNumbers::holdsNumbers(const Expr* e) const {
  auto isOrHolds = [this](const Expr* part) { return part && (isNumber(part) || holdsNumbers(part)); };
  auto any = [&](const auto& parts) { return std::any_of(parts.begin(), parts.end(), isOrHolds); };
  switch (e->kind) {
  case NodeKind::Name: return containers_.contains(e->as<Name>()->id);
  case NodeKind::List: return any(e->as<List>()->elts);
  case NodeKind::Tuple: return any(e->as<Tuple>()->elts);
  case NodeKind::Set: return any(e->as<Set>()->elts);
  case NodeKind::Dict: return any(e->as<Dict>()->values) || any(e->as<Dict>()->keys);
  case NodeKind::ListComp: return isOrHolds(e->as<ListComp>()->elt);
  case NodeKind::SetComp: return isOrHolds(e->as<SetComp>()->elt);
  case NodeKind::GeneratorExp: return isOrHolds(e->as<GeneratorExp>()->elt);
  case NodeKind::DictComp: return isOrHolds(e->as<DictComp>()->key) || isOrHolds(e->as<DictComp>()->value);
  case NodeKind::Starred: return holdsNumbers(e->as<Starred>()->value);
  case NodeKind::Subscript: return holdsNumbers(e->as<Subscript>()->value);
  case NodeKind::BinOp: return holdsNumbers(e->as<BinOp>()->left) || holdsNumbers(e->as<BinOp>()->right);
  case NodeKind::IfExp: return holdsNumbers(e->as<IfExp>()->body) || holdsNumbers(e->as<IfExp>()->orelse);
  case NodeKind::Call: {
    const Call& n = *e->as<Call>();
    if (const Name* name = n.func->tryAs<Name>())
      return countsUp(symbols_->text(name->id)) || std::any_of(n.args.begin(), n.args.end(), [this](const Expr* a) { return holdsNumbers(a); });
    const Attribute* method = n.func->tryAs<Attribute>(); // `d.items()`
    return method && holdsNumbers(method->value);
  }
  default: return false;
  }
}

bool ScopeNumbers::mayCompareNumbers(const Expr* left, const Expr* right) const {
  const auto [less, more] = std::minmax({of(left), of(right)});
  return less >= Number::Perhaps || (more == Number::Evident && less >= Number::Unlikely);
}

} // namespace krait::frontend::sema
