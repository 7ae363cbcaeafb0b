// The rules of observers.def, and the one about identity of numbers.
#include "frontend/sema/observers.h"

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

class Finder : public Visitor<Finder> {
public:
  Finder(const Mod* tree, const base::SymbolTable& symbols)
      : symbols_(symbols), module_(collectModuleNames(tree, symbols)), names_(ObjectNames(module_, symbols).inside(*tree, false)) {}
  uint32_t bits = 0;

  void visitFunctionDef(const FunctionDef& n) { visitFunction(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { visitFunction(n); }
  void visitClassDef(const ClassDef& n) {
    const bool outer = std::exchange(isClassBody_, true);
    visitChildren(n);
    isClassBody_ = outer;
  }
  void visitName(const Name& n) {
    mention(n.id);
    // Under another name it looks for its arguments in the frame that calls it.
    if (&n != calledSuper_ && symbols_.text(n.id) == "super") bits |= kObserveFrameLocals;
  }
  void visitAttribute(const Attribute& n) {
    mention(n.attr);
    // inspect.stack() and inspect.trace(): the bare names are too common to be rows.
    if (const Name* owner = n.value->tryAs<Name>(); owner && symbols_.text(owner->id) == "inspect")
      if (auto attr = symbols_.text(n.attr); attr == "stack" || attr == "trace") bits |= kObserveFrameLocals;
    visitChildren(n);
  }
  void visitAlias(const Alias& n) {
    std::string_view name = symbols_.text(n.name);
    mention(name.substr(0, name.find('.')));
    if (name == "trace") bits |= kObserveEvents;
  }
  void visitCall(const Call& n) {
    if (const Name* callee = n.func->tryAs<Name>(); callee && n.args.size() == 1 && symbols_.text(callee->id) == "id")
      if (names_.mayBeNumber(n.args[0])) bits |= kObserveNumberIdentity;
    if (const Name* callee = n.func->tryAs<Name>(); callee && symbols_.text(callee->id) == "super") calledSuper_ = callee;
    visitChildren(n);
  }
  void visitCompare(const Compare& n) {
    const Expr* left = n.left;
    for (size_t i = 0; i < n.ops.size(); ++i) {
      const Expr* right = n.comparators[i];
      bool identity = n.ops[i] == CompareOperator::Is || n.ops[i] == CompareOperator::IsNot;
      if (identity && names_.mayBeNumber(left) && names_.mayBeNumber(right)) bits |= kObserveNumberIdentity;
      left = right;
    }
    visitChildren(n);
  }

private:
  void visitFunction(const Node& n) {
    const bool wasInMethod = std::exchange(isInMethod_, isInMethod_ || isClassBody_);
    const bool wasClassBody = std::exchange(isClassBody_, false);
    ObjectNames inner = names_.inside(n, isInMethod_);
    std::swap(names_, inner);
    visitChildren(n);
    std::swap(names_, inner);
    isInMethod_ = wasInMethod;
    isClassBody_ = wasClassBody;
  }
  void mention(base::Symbol name) { mention(symbols_.text(name)); }
  void mention(std::string_view name) {
    for (const Row& row : kRows)
      if (row.name == name) bits |= row.bit;
  }

  const base::SymbolTable& symbols_;
  const ModuleNames module_;
  ObjectNames names_; // of the scope that is visited
  bool isClassBody_ = false, isInMethod_ = false;
  const Name* calledSuper_ = nullptr; // the last one that a call names
};

} // namespace

uint32_t findObservers(const Mod* tree, const base::SymbolTable& symbols) {
  Finder finder(tree, symbols);
  finder.visit(tree);
  return finder.bits;
}

} // namespace krait::frontend::sema
