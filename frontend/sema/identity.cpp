// Flow-insensitive: a variable that is bound to an object somewhere and to what may be a number elsewhere may be a number.
#include "frontend/sema/identity.h"

#include "frontend/ast/visitor.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace krait::frontend::sema {

namespace {

using namespace ast;

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool isNumbersAttribute(std::string_view name) {
  return name.starts_with("__") || isOneOf(name, {"as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes",
                                                  "fromhex", "hex", "imag", "is_integer", "numerator", "real", "to_bytes"});
}

// Builtins that make objects.
bool makesObject(std::string_view builtin) {
  return isOneOf(builtin, {"bytearray", "bytes", "dict", "dir", "enumerate", "filter", "frozenset", "globals", "iter", "list", "locals", "map",
                           "object", "open", "range", "repr", "reversed", "set", "sorted", "str", "super", "tuple", "type", "vars", "zip"});
}

// A class or a sentinel, by its look.
bool isCapitalised(std::string_view name) {
  const size_t first = name.find_first_not_of('_');
  return first != std::string_view::npos && name[first] >= 'A' && name[first] <= 'Z';
}

class ModuleFinder : public Visitor<ModuleFinder> {
public:
  explicit ModuleFinder(const base::SymbolTable& symbols) : symbols_(symbols) {}
  ModuleNames names;

  void visitAttribute(const Attribute& n) {
    if (const Attribute* owner = n.value->tryAs<Attribute>(); owner && !isNumbersAttribute(symbols_.text(n.attr))) names.holders.insert(owner->attr);
    visitChildren(n);
  }
  void visitGlobal(const Global& n) { names.shared.insert(n.names.begin(), n.names.end()); }
  void visitNonlocal(const Nonlocal& n) { names.shared.insert(n.names.begin(), n.names.end()); }

private:
  const base::SymbolTable& symbols_;
};

// What one scope binds, those inside it left out.
class BindingFinder : public Visitor<BindingFinder> {
public:
  struct Binding {
    base::Symbol name;
    const Expr* value;
  };
  BindingFinder(const base::SymbolTable& symbols, bool isMethod) : symbols_(symbols), isMethod_(isMethod) {}
  std::vector<Binding> bindings; // of which the value decides
  Names objects, unknown, holders;

  void scope(const Node& n) {
    if (const auto* f = n.tryAs<FunctionDef>()) function(*f->args), list(f->body);
    else if (const auto* a = n.tryAs<AsyncFunctionDef>()) function(*a->args), list(a->body);
    else visitChildren(n);
  }
  void visitFunctionDef(const FunctionDef& n) { objects.insert(n.name); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { objects.insert(n.name); }
  void visitClassDef(const ClassDef& n) { objects.insert(n.name); }
  void visitImport(const Import& n) {
    for (const Alias* a : n.names) {
      const std::string_view name = symbols_.text(a->name);
      if (a->asname || name.find('.') == std::string_view::npos) objects.insert(a->asname ? a->asname : a->name);
    }
  }
  void visitImportFrom(const ImportFrom& n) {
    for (const Alias* a : n.names) unknown.insert(a->asname ? a->asname : a->name);
  }
  void visitExceptHandler(const ExceptHandler& n) {
    if (n.name) objects.insert(n.name);
    visitChildren(n);
  }
  void visitMatchAs(const MatchAs& n) {
    if (n.name) unknown.insert(n.name);
    visitChildren(n);
  }
  void visitMatchStar(const MatchStar& n) {
    if (n.name) objects.insert(n.name);
  }
  void visitMatchMapping(const MatchMapping& n) {
    if (n.rest) objects.insert(n.rest);
    visitChildren(n);
  }
  void visitLambda(const Lambda& n) {
    for (ListOf<Arg> args : {n.args->posonlyargs, n.args->args, n.args->kwonlyargs})
      for (const Arg* a : args) unknown.insert(a->arg);
    visitChildren(n);
  }
  void visitName(const Name& n) {
    if (n.ctx == ExprContext::Store) unknown.insert(n.id);
  }
  void visitAttribute(const Attribute& n) {
    if (const Name* owner = n.value->tryAs<Name>(); owner && !isNumbersAttribute(symbols_.text(n.attr))) holders.insert(owner->id);
    visitChildren(n);
  }
  void visitNamedExpr(const NamedExpr& n) {
    bind(n.target, n.value);
    visit(n.value);
  }
  void visitAssign(const Assign& n) {
    for (const Expr* target : n.targets) bind(target, n.value);
    visit(n.value);
  }
  void visitAugAssign(const AugAssign& n) {
    bind(n.target, n.value);
    visit(n.value);
  }
  void visitAnnAssign(const AnnAssign& n) {
    if (!n.value) return;
    bind(n.target, n.value);
    visit(n.value);
  }

private:
  void function(const Arguments& args) {
    for (ListOf<Arg> some : {args.posonlyargs, args.args, args.kwonlyargs})
      for (const Arg* a : some) (isMethod_ ? objects : unknown).insert(a->arg);
    if (args.vararg) objects.insert(args.vararg->arg);
    if (args.kwarg) objects.insert(args.kwarg->arg);
  }
  void list(ListOf<Stmt> body) {
    for (const Stmt* s : body) visit(s);
  }
  static ListOf<Expr> elementsOf(const Expr* e) {
    if (const List* l = e->tryAs<List>()) return l->elts;
    if (const Tuple* t = e->tryAs<Tuple>()) return t->elts;
    return {};
  }
  void bind(const Expr* target, const Expr* value) {
    if (const Name* name = target->tryAs<Name>()) {
      bindings.push_back({name->id, value});
      return;
    }
    const ListOf<Expr> targets = elementsOf(target), values = elementsOf(value);
    auto isStarred = [](const Expr* e) { return e->is<Starred>(); };
    if (targets.empty() || targets.size() != values.size() || std::any_of(targets.begin(), targets.end(), isStarred) ||
        std::any_of(values.begin(), values.end(), isStarred))
      return visit(target);
    for (size_t n = 0; n < targets.size(); ++n) bind(targets[n], values[n]);
  }

  const base::SymbolTable& symbols_;
  const bool isMethod_;
};

} // namespace

ModuleNames collectModuleNames(const Mod* tree, const base::SymbolTable& symbols) {
  ModuleFinder finder(symbols);
  finder.visit(tree);
  return std::move(finder.names);
}

ObjectNames ObjectNames::inside(const Node& scope, bool isMethod) const {
  BindingFinder found(*symbols_, isMethod);
  found.scope(scope);
  ObjectNames inner(*module_, *symbols_);
  inner.names_ = names_;
  for (base::Symbol name : found.unknown) inner.names_.erase(name);
  // All are objects until a value contradicts.
  inner.names_.insert(found.objects.begin(), found.objects.end());
  for (const auto& binding : found.bindings)
    if (!found.unknown.contains(binding.name) && !module_->shared.contains(binding.name)) inner.names_.insert(binding.name);
  for (base::Symbol name : found.unknown) inner.names_.erase(name);
  for (base::Symbol name : module_->shared) inner.names_.erase(name);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& binding : found.bindings)
      if (inner.names_.contains(binding.name) && inner.mayBeNumber(binding.value)) changed |= inner.names_.erase(binding.name) != 0;
  }
  inner.names_.insert(found.holders.begin(), found.holders.end());
  return inner;
}

bool ObjectNames::mayBeNumber(base::Symbol name) const {
  const std::string_view text = symbols_->text(name);
  return !isCapitalised(text) && name != base::sym::Self && text != "__class__" && text != "cls";
}

bool ObjectNames::mayBeNumber(const Expr* e) const {
  auto mayBe = [this](const Expr* part) { return mayBeNumber(part); };
  switch (e->kind) {
  case NodeKind::Constant: return e->as<Constant>()->value.isNumber();
  case NodeKind::Name: return !names_.contains(e->as<Name>()->id) && mayBeNumber(e->as<Name>()->id);
  case NodeKind::Attribute: return !module_->holders.contains(e->as<Attribute>()->attr) && mayBeNumber(e->as<Attribute>()->attr);
  case NodeKind::Call: {
    const Expr* callee = e->as<Call>()->func;
    if (const Name* name = callee->tryAs<Name>()) return !makesObject(symbols_->text(name->id)) && !isCapitalised(symbols_->text(name->id));
    const Attribute* method = callee->tryAs<Attribute>();
    return !method || !isCapitalised(symbols_->text(method->attr));
  }
  case NodeKind::NamedExpr: return mayBeNumber(e->as<NamedExpr>()->value);
  case NodeKind::IfExp: return mayBeNumber(e->as<IfExp>()->body) || mayBeNumber(e->as<IfExp>()->orelse);
  case NodeKind::BoolOp: return std::any_of(e->as<BoolOp>()->values.begin(), e->as<BoolOp>()->values.end(), mayBe);
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
  case NodeKind::Lambda: return false;
  default: return true;
  }
}

} // namespace krait::frontend::sema
