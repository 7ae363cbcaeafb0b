// How much a text says for an expression being a number, as far as a syntactic rule can tell: what the identity of is asked
// decides how a program is compiled (observers.h).
//
// Identity of numbers is asked for where both sides of an `is` may be numbers that somebody made: two evident ones, an evident
// one and what could be one, or two of which the text does not show what they are. A parameter or attribute that no text of the module
// gives a number to is taken for something else: code that asks for the identity of numbers does so where it makes them. A call of a
// function of the module is what that returns, an item of something into which the text puts objects, and no numbers, is such an object.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/ast/visitor.h"
#include "frontend/base/symbol.h"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace krait::frontend::sema {

using Names = std::unordered_set<base::Symbol>;

enum class Number : uint8_t {
  Never,    // an object of another kind: a display, an instance, a class, what is asked for attributes that numbers lack
  Small,    // a literal of -5 … 256, which are the same objects everywhere, or bound to nothing but such
  Unlikely, // nothing speaks for it: a parameter, an attribute, an imported name
  Perhaps,  // the text does not show what it is: the result of a call, an item
  Evident,  // another literal, the result of arithmetic or of int(), what is bound to such or annotated with it
};

/// A number of whatever size.
constexpr bool isSomeNumber(Number level) { return level == Number::Small || level == Number::Evident; }

/// What the text of a module says about all of its scopes.
struct ModuleNumbers {
  Names holders;                                    // attributes that are asked for attributes which numbers do not have, as in `node.parent.name`
  Names shared;                                     // names of `global` and `nonlocal` statements: bound where a scope does not see it
  Names attributes, sharedNumbers;                  // attributes and shared names that get evident numbers somewhere
  std::unordered_set<const ast::Arg*> parameters;   // those that a call by their function's name gives an evident number
  std::unordered_map<base::Symbol, Number> results; // of functions of the module, by name: what says most for a number of all that they return
  Names objectItems, numberItems;                   // variables and attributes into which objects, or evident numbers, are put as items
};

/// Of a module that asks for an identity at all.
ModuleNumbers findNumbers(const ast::Mod* tree, const base::SymbolTable& symbols);

/// The variables that one scope sees.
class ScopeNumbers {
public:
  ScopeNumbers(const ModuleNumbers& module, const base::SymbolTable& symbols) : module_(&module), symbols_(&symbols) {}

  /// Of a module or function inside this one. Parameters of methods, and of functions inside them, are objects unless evident.
  ScopeNumbers inside(const ast::Node& scope, bool isMethod) const;

  Number of(const ast::Expr* e) const;
  /// Whether items of it are evident numbers.
  bool holdsNumbers(const ast::Expr* e) const;

  /// Whether `left is right`, or id(e), asks for the identity of numbers.
  bool mayCompareNumbers(const ast::Expr* left, const ast::Expr* right) const;
  bool isNumber(const ast::Expr* e) const { return of(e) == Number::Evident; }

private:
  Number ofName(base::Symbol name) const;
  Number ofItem(const ast::Expr* container) const;
  Number ofCall(const ast::Call& n) const;
  Number ofOperation(const ast::BinOp& n) const;

  const ModuleNumbers* module_;
  const base::SymbolTable* symbols_;
  std::unordered_map<base::Symbol, Number> levels_;
  Names containers_; // that hold evident numbers
};

/// Walks through a module, and knows at each place what its variables are.
template <class Derived> class ScopedVisitor : public ast::Visitor<Derived> {
public:
  ScopedVisitor(const ast::Mod* tree, const ModuleNumbers& module, const base::SymbolTable& symbols)
      : numbers_(ScopeNumbers(module, symbols).inside(*tree, false)) {}

  void visitFunctionDef(const ast::FunctionDef& n) { visitFunction(n); }
  void visitAsyncFunctionDef(const ast::AsyncFunctionDef& n) { visitFunction(n); }
  void visitClassDef(const ast::ClassDef& n) {
    const bool outer = std::exchange(isClassBody_, true);
    this->visitChildren(n);
    isClassBody_ = outer;
  }

protected:
  ScopeNumbers numbers_; // of the scope that is visited
  bool isClassBody_ = false;

private:
  void visitFunction(const ast::Node& n) {
    const bool wasInMethod = std::exchange(isInMethod_, isInMethod_ || isClassBody_);
    const bool wasClassBody = std::exchange(isClassBody_, false);
    ScopeNumbers inner = numbers_.inside(n, isInMethod_);
    std::swap(numbers_, inner);
    this->visitChildren(n);
    std::swap(numbers_, inner);
    isInMethod_ = wasInMethod;
    isClassBody_ = wasClassBody;
  }

  bool isInMethod_ = false;
};

} // namespace krait::frontend::sema
