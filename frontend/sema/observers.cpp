// The rules of observers.def, and the one about identity of numbers.
#include "frontend/sema/observers.h"

#include "frontend/ast/queries.h"
#include "frontend/ast/visitor.h"
#include "frontend/sema/identity.h"

#include <string_view>
#include <utility>

namespace krait::frontend::sema {

namespace {

using namespace ast;

struct Row {
  uint32_t bit;
  std::string_view name;
};
constexpr Row kRows[] = {
#define OBSERVER(bit, name) {bit, name},
#include "frontend/sema/observers.def"
};
constexpr Row kModules[] = {
#define OBSERVING_MODULE(bit, name) {bit, name},
#include "frontend/sema/observers.def"
};
constexpr Row kStores[] = {
#define OBSERVING_STORE(bit, name) {bit, name},
#include "frontend/sema/observers.def"
};

constexpr Row kValues[] = {
#define OBSERVING_VALUE(bit, name) {bit, name},
#include "frontend/sema/observers.def"
};

bool isIdentity(CompareOperator op) { return op == CompareOperator::Is || op == CompareOperator::IsNot; }
bool asksIdentity(std::string_view assertion) { return assertion == "assertIs" || assertion == "assertIsNot"; }
bool isIdentityFunction(std::string_view name) { return name == "is_" || name == "is_not"; }

// Whether a module asks for the identity of anything that is no literal; what it calls the module `operator`; and what names it binds anywhere.
class Asker : public Visitor<Asker> {
public:
  explicit Asker(const base::SymbolTable& symbols) : symbols_(symbols) {}
  bool asks = false;
  Names operators, bound;

  void visitCompare(const Compare& n) {
    for (size_t i = 0; i < n.ops.size(); ++i) asks |= isIdentity(n.ops[i]) && !n.comparators[i]->is<Constant>();
    visitChildren(n);
  }
  void visitName(const Name& n) {
    asks |= symbols_.text(n.id) == "id";
    if (n.ctx != ExprContext::Load) bound.insert(n.id);
  }
  void visitArg(const Arg& n) {
    bound.insert(n.arg);
    visitChildren(n);
  }
  void visitFunctionDef(const FunctionDef& n) {
    bound.insert(n.name);
    visitChildren(n);
  }
  void visitAlias(const Alias& n) { bound.insert(n.asname ? n.asname : n.name); }
  void visitAttribute(const Attribute& n) {
    asks |= asksIdentity(symbols_.text(n.attr)) || isIdentityFunction(symbols_.text(n.attr));
    visitChildren(n);
  }
  void visitImport(const Import& n) {
    for (const Alias* a : n.names)
      if (symbols_.text(a->name) == "operator") operators.insert(a->asname ? a->asname : a->name);
    visitChildren(n);
  }

private:
  const base::SymbolTable& symbols_;
};

class Finder : public ScopedVisitor<Finder> {
public:
  Finder(const Mod* tree, const ModuleNumbers& module, const Asker& asker, const base::SymbolTable& symbols)
      : ScopedVisitor(tree, module, symbols), symbols_(symbols), operators_(asker.operators), bound_(asker.bound) {}
  uint32_t bits = 0;

  void visitName(const Name& n) {
    mention(n.id);
    if (&n != called_ && n.ctx == ExprContext::Load && !bound_.contains(n.id)) value(symbols_.text(n.id));
  }
  void visitAttribute(const Attribute& n) {
    mention(n.attr);
    const std::string_view attr = symbols_.text(n.attr);
    if (n.ctx != ExprContext::Load) store(attr);
    // Not called, but passed on: nobody knows with what it will be called.
    if (&n != called_ && asksForTwo(n)) bits |= kObserveNumberIdentity;
    // inspect.stack() and inspect.trace(): the bare names are too common to be rows.
    if (const Name* owner = n.value->tryAs<Name>(); owner && symbols_.text(owner->id) == "inspect")
      if (attr == "stack" || attr == "trace") bits |= kObserveFrameLocals;
    if (const Name* owner = n.value->tryAs<Name>(); owner && symbols_.text(owner->id) == "builtins") value(attr);
    visitChildren(n);
  }
  void visitImport(const Import& n) {
    for (const Alias* a : n.names) importModule(symbols_.text(a->name));
  }
  void visitImportFrom(const ImportFrom& n) {
    const std::string_view module = n.level == 0 && n.module ? symbols_.text(n.module) : std::string_view();
    importModule(module);
    for (const Alias* a : n.names) {
      mention(a->name);
      if (module == "operator" && isIdentityFunction(symbols_.text(a->name))) bits |= kObserveNumberIdentity;
    }
  }
  void visitKeyword(const Keyword& n) {
    // `capture_locals=False` asks for nothing.
    if (const Constant* value = n.value->tryAs<Constant>(); n.arg && !(value && value->value.kind() == ConstantKind::False)) mention(n.arg);
    visitChildren(n);
  }
  void visitCall(const Call& n) {
    // With arguments that are taken apart or named, a call of a builtin is a call of any value.
    const bool isPlain = n.keywords.empty() && !hasStarred(n.args);
    called_ = isPlain || !n.func->is<Name>() ? n.func : nullptr;
    const Expr* first = n.args.empty() ? nullptr : n.args[0];
    if (const Name* callee = n.func->tryAs<Name>(); callee && n.args.size() == 1 && symbols_.text(callee->id) == "id" && numbers_.isNumber(first))
      bits |= kObserveNumberIdentity;
    if (const Name* callee = n.func->tryAs<Name>(); callee && n.args.size() == 3 && symbols_.text(callee->id) == "setattr")
      if (const Constant* name = n.args[1]->tryAs<Constant>(); name && name->value.isStr()) store(name->value.text());
    if (const Constant* name = first ? first->tryAs<Constant>() : nullptr; name && name->value.isStr() && importsByName(*n.func))
      importModule(name->value.text());
    if (const Attribute* method = n.func->tryAs<Attribute>(); method && asksForTwo(*method)) {
      if (n.args.size() < 2 || first->is<Starred>() || n.args[1]->is<Starred>()) bits |= kObserveNumberIdentity;
      else compare(first, n.args[1]);
    }
    visitChildren(n);
  }
  void visitCompare(const Compare& n) {
    const Expr* left = n.left;
    for (size_t i = 0; i < n.ops.size(); ++i) {
      const Expr* right = n.comparators[i];
      if (isIdentity(n.ops[i])) compare(left, right);
      left = right;
    }
    visitChildren(n);
  }

private:
  void compare(const Expr* left, const Expr* right) {
    if (numbers_.mayCompareNumbers(left, right)) bits |= kObserveNumberIdentity;
  }
  bool asksForTwo(const Attribute& n) const { // `self.assertIs`, `operator.is_`
    const std::string_view attr = symbols_.text(n.attr);
    const Name* owner = n.value->tryAs<Name>();
    return asksIdentity(attr) || (owner && operators_.contains(owner->id) && isIdentityFunction(attr));
  }
  /// By import_module, or a function of the program's own that is called import_something.
  bool importsByName(const Expr& callee) const {
    if (const Name* name = callee.tryAs<Name>()) return symbols_.text(name->id) == "__import__" || symbols_.text(name->id).starts_with("import_");
    const Attribute* method = callee.tryAs<Attribute>();
    return method && symbols_.text(method->attr).starts_with("import_");
  }
  void importModule(std::string_view name) {
    for (const Row& row : kModules)
      if (row.name == name.substr(0, name.find('.'))) bits |= row.bit;
  }
  void store(std::string_view attribute) {
    for (const Row& row : kStores)
      if (row.name == attribute) bits |= row.bit;
  }
  void value(std::string_view builtin) {
    for (const Row& row : kValues)
      if (row.name == builtin) bits |= row.bit;
  }
  void mention(base::Symbol name) { mention(symbols_.text(name)); }
  void mention(std::string_view name) {
    for (const Row& row : kRows)
      if (row.name == name) bits |= row.bit;
  }

  const base::SymbolTable& symbols_;
  const Names &operators_, &bound_;
  const Expr* called_ = nullptr; // by the call that was met last
};

} // namespace

uint32_t findObservers(const Mod* tree, const base::SymbolTable& symbols) {
  Asker asker(symbols);
  asker.visit(tree);
  const ModuleNumbers module = asker.asks ? findNumbers(tree, symbols) : ModuleNumbers();
  Finder finder(tree, module, asker, symbols);
  finder.visit(tree);
  return finder.bits;
}

} // namespace krait::frontend::sema
