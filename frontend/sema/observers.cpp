// The rules of observers.def, and the one about identity of numbers.
#include "frontend/sema/observers.h"

#include "frontend/ast/visitor.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

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

bool isNumbersAttribute(std::string_view name) {
  static constexpr std::string_view kNames[] = {"as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes",
                                                "fromhex", "hex", "imag", "is_integer", "numerator", "real", "to_bytes"};
  return name.starts_with("__") || std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// The variables of one function (its nested ones left out) that are asked for an attribute which numbers do not have.
class HolderFinder : public Visitor<HolderFinder> {
public:
  HolderFinder(const base::SymbolTable& symbols, std::unordered_set<base::Symbol>& holders) : symbols_(symbols), holders_(holders) {}
  void visitAttribute(const Attribute& n) {
    if (const Name* owner = n.value->tryAs<Name>(); owner && !isNumbersAttribute(symbols_.text(n.attr))) holders_.insert(owner->id);
    visitChildren(n);
  }
  void visitFunctionDef(const FunctionDef&) {}
  void visitAsyncFunctionDef(const AsyncFunctionDef&) {}
  void visitClassDef(const ClassDef&) {}

private:
  const base::SymbolTable& symbols_;
  std::unordered_set<base::Symbol>& holders_;
};

class Finder : public Visitor<Finder> {
public:
  explicit Finder(const base::SymbolTable& symbols) : symbols_(symbols) {}
  uint32_t bits = 0;

  void visitFunctionDef(const FunctionDef& n) { visitFunction(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { visitFunction(n); }
  void visitName(const Name& n) { mention(n.id); }
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
      if (mayBeNumber(n.args[0])) bits |= kObserveNumberIdentity;
    visitChildren(n);
  }
  void visitCompare(const Compare& n) {
    const Expr* left = n.left;
    for (size_t i = 0; i < n.ops.size(); ++i) {
      const Expr* right = n.comparators[i];
      bool identity = n.ops[i] == CompareOperator::Is || n.ops[i] == CompareOperator::IsNot;
      if (identity && mayBeNumber(left) && mayBeNumber(right)) bits |= kObserveNumberIdentity;
      left = right;
    }
    visitChildren(n);
  }

private:
  void visitFunction(const Node& n) {
    std::unordered_set<base::Symbol> outer = std::move(holders_);
    holders_.clear();
    HolderFinder(symbols_, holders_).visitChildren(n);
    visitChildren(n);
    holders_ = std::move(outer);
  }
  void mention(base::Symbol name) { mention(symbols_.text(name)); }
  void mention(std::string_view name) {
    for (const Row& row : kRows)
      if (row.name == name) bits |= row.bit;
  }
  // Not: a singleton, a display, type(…), a name that looks like a class or a sentinel (capitalised), or a variable
  // whose attributes the function uses, as in `while node is not root: node = node.parent`.
  bool mayBeNumber(const Expr* e) const {
    if (const Constant* c = e->tryAs<Constant>()) return c->value.isNumber();
    if (const Call* c = e->tryAs<Call>()) {
      const Name* callee = c->func->tryAs<Name>();
      return !(callee && symbols_.text(callee->id) == "type");
    }
    if (const Name* n = e->tryAs<Name>(); n && holders_.contains(n->id)) return false;
    base::Symbol name;
    if (const Name* n = e->tryAs<Name>()) name = n->id;
    if (const Attribute* a = e->tryAs<Attribute>()) name = a->attr;
    if (name) {
      std::string_view text = symbols_.text(name);
      size_t first = text.find_first_not_of('_');
      bool capital = first != std::string_view::npos && text[first] >= 'A' && text[first] <= 'Z';
      return !capital && name != base::sym::Self && text != "__class__" && text != "cls";
    }
    switch (e->kind) {
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

  const base::SymbolTable& symbols_;
  std::unordered_set<base::Symbol> holders_; // of the function that is visited
};

} // namespace

uint32_t findObservers(const Mod* tree, const base::SymbolTable& symbols) {
  Finder finder(symbols);
  finder.visit(tree);
  return finder.bits;
}

} // namespace krait::frontend::sema
