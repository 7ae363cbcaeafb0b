// What a module gives numbers to: rounds over its text until nothing is added.
#include "frontend/sema/identity.h"

#include "frontend/ast/queries.h"
#include "frontend/sema/number_words.h"

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <vector>

namespace krait::frontend::sema {

namespace {

using namespace ast;

constexpr int kRounds = 8; // numbers that go through more functions than this are taken for what they were so far

struct Callable {
  const Arguments* arguments;
  size_t skipped; // parameters that no argument of a call fills
};
using Callables = std::unordered_map<base::Symbol, std::vector<Callable>>;

class ModuleFinder : public Visitor<ModuleFinder> {
public:
  explicit ModuleFinder(const base::SymbolTable& symbols) : symbols_(symbols) {}
  ModuleNumbers numbers;
  Callables callables; // by name; a class by its __init__

  void visitAttribute(const Attribute& n) {
    if (const Attribute* owner = n.value->tryAs<Attribute>(); owner && !isNumbersAttribute(symbols_.text(n.attr)))
      numbers.holders.insert(owner->attr);
    visitChildren(n);
  }
  void visitGlobal(const Global& n) { numbers.shared.insert(n.names.begin(), n.names.end()); }
  void visitNonlocal(const Nonlocal& n) { numbers.shared.insert(n.names.begin(), n.names.end()); }
  void visitFunctionDef(const FunctionDef& n) { function(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { function(n); }
  void visitClassDef(const ClassDef& n) {
    const base::Symbol outer = std::exchange(class_, n.name);
    visitChildren(n);
    class_ = outer;
  }
  void visitAssign(const Assign& n) {
    if (const Lambda* lambda = n.value->tryAs<Lambda>())
      for (const Expr* target : n.targets)
        if (const Name* name = target->tryAs<Name>()) {
          callables[name->id].push_back({lambda->args, 0});
          numbers.results[name->id] = Number::Perhaps;
        }
    visitChildren(n);
  }

private:
  template <class T> void function(const T& n) {
    bool isStatic = false;
    for (const Expr* decorator : n.decorator_list)
      if (const Name* name = decorator->template tryAs<Name>()) isStatic |= symbols_.text(name->id) == "staticmethod";
    const size_t skipped = class_ && !isStatic ? 1 : 0;
    callables[n.name].push_back({n.args, skipped});
    numbers.results.emplace(n.name, Number::Never); // until it is seen to return something
    if (class_ && symbols_.text(n.name) == "__init__") callables[class_].push_back({n.args, skipped});
    const base::Symbol outer = std::exchange(class_, base::Symbol());
    visitChildren(n);
    class_ = outer;
  }

  const base::SymbolTable& symbols_;
  base::Symbol class_; // whose body is visited
};

class EvidenceFinder : public ScopedVisitor<EvidenceFinder> {
public:
  EvidenceFinder(const Mod* tree, ModuleNumbers& module, const Callables& callables, const base::SymbolTable& symbols)
      : ScopedVisitor(tree, module, symbols), module_(module), callables_(callables), symbols_(symbols) {}
  bool hasFound = false;

  void visitCall(const Call& n) {
    const base::Symbol callee = nameOrAttribute(n.func);
    if (auto found = callables_.find(callee); callee && found != callables_.end())
      for (const Callable& callable : found->second) call(n, callable);
    if (const Attribute* method = n.func->tryAs<Attribute>(); method && putsItem(symbols_.text(method->attr)) && !n.args.empty())
      putInto(method->value, n.args.back());
    visitChildren(n);
  }
  void visitAssign(const Assign& n) {
    for (const Expr* target : n.targets) {
      store(target, n.value);
      if (const Subscript* item = target->tryAs<Subscript>()) putInto(item->value, n.value);
      for (const Expr* element : elementsOf(n.value)) putInto(target, element);
      if (const ListComp* made = n.value->tryAs<ListComp>()) putInto(target, made->elt);
    }
    visitChildren(n);
  }
  void visitFunctionDef(const FunctionDef& n) { function(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { function(n); }
  void visitReturn(const Return& n) {
    if (n.value) {
      Number& known = module_.results[function_];
      const Number level = numbers_.of(n.value);
      hasFound |= known < level;
      known = std::max(known, level);
    }
    visitChildren(n);
  }
  void visitAugAssign(const AugAssign& n) {
    if (isSomeNumber(numbers_.of(n.value))) add(n.target);
    visitChildren(n);
  }
  void visitAnnAssign(const AnnAssign& n) {
    if (isNumberClass(n.annotation, symbols_)) add(n.target);
    else if (n.value) store(n.target, n.value);
    visitChildren(n);
  }

private:
  template <class T> void function(const T& n) {
    const base::Symbol outer = std::exchange(function_, n.name);
    if constexpr (std::is_same_v<T, FunctionDef>) ScopedVisitor::visitFunctionDef(n);
    else ScopedVisitor::visitAsyncFunctionDef(n);
    function_ = outer;
  }
  void putInto(const Expr* container, const Expr* item) {
    const base::Symbol called = nameOrAttribute(container);
    if (!called) return;
    const Number level = numbers_.of(item);
    if (isSomeNumber(level)) addTo(module_.numberItems, called);
    else if (level == Number::Never && !isSingleton(item)) addTo(module_.objectItems, called);
  }
  // None and its like stand for what is not there.
  static bool isSingleton(const Expr* e) {
    const Constant* c = e->tryAs<Constant>();
    return c && !c->value.isStr() && !c->value.isBytes();
  }
  void call(const Call& n, const Callable& callable) {
    const Arguments& args = *callable.arguments;
    const size_t ofPosition = args.posonlyargs.size();
    size_t at = callable.skipped;
    for (const Expr* value : n.args) {
      if (value->is<Starred>() || at >= ofPosition + args.args.size()) break;
      if (numbers_.isNumber(value)) addTo(module_.parameters, at < ofPosition ? args.posonlyargs[at] : args.args[at - ofPosition]);
      ++at;
    }
    for (const Keyword* k : n.keywords)
      for (ListOf<Arg> some : {args.args, args.kwonlyargs})
        for (const Arg* a : some)
          if (k->arg == a->arg && numbers_.isNumber(k->value)) addTo(module_.parameters, a);
  }
  void store(const Expr* target, const Expr* value) {
    const ListOf<Expr> targets = elementsOf(target), values = elementsOf(value);
    if (targets.empty()) {
      if (numbers_.isNumber(value)) add(target);
    } else if (targets.size() == values.size()) {
      for (size_t i = 0; i < targets.size(); ++i) store(targets[i], values[i]);
    } else if (numbers_.holdsNumbers(value)) {
      for (const Expr* part : targets) add(part);
    }
  }
  void add(const Expr* target) {
    if (const Attribute* attribute = target->tryAs<Attribute>()) return addTo(module_.attributes, attribute->attr);
    const Name* name = target->tryAs<Name>();
    if (!name) return;
    if (isClassBody_) addTo(module_.attributes, name->id);
    if (module_.shared.contains(name->id)) addTo(module_.sharedNumbers, name->id);
  }
  template <class Set, class Key> void addTo(Set& set, Key key) { hasFound |= set.insert(key).second; }

  ModuleNumbers& module_;
  const Callables& callables_;
  const base::SymbolTable& symbols_;
  base::Symbol function_; // that is visited
};

} // namespace

ModuleNumbers findNumbers(const Mod* tree, const base::SymbolTable& symbols) {
  ModuleFinder finder(symbols);
  finder.visit(tree);
  for (int round = 0; round < kRounds; ++round) {
    EvidenceFinder evidence(tree, finder.numbers, finder.callables, symbols);
    evidence.visit(tree);
    if (!evidence.hasFound) break;
  }
  return std::move(finder.numbers);
}

} // namespace krait::frontend::sema
