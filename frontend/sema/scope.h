// Scopes: which names a block of code binds and where each use of a name looks.
// The rules are those of CPython 3.11's symbol tables (with PEP 695's
// type-parameter scopes).
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace krait::frontend::sema {

enum class ScopeKind : uint8_t {
  Module,
  Function,      // def, async def
  Lambda,
  Class,
  Comprehension, // list, set, dict comprehension, generator expression
  TypeParameters, // PEP 695: between a generic def, class or type alias and what surrounds it
  TypeValue,     // a type alias' value, or a type variable's bound: evaluated on demand
};

enum class NameScope : uint8_t { Unresolved, Local, Cell, Free, GlobalExplicit, GlobalImplicit };

enum BindingFlags : uint32_t {
  kAssigned = 1, kUsed = 2, kParameter = 4, kImported = 8, kAnnotated = 16, kDeclaredGlobal = 32,
  kDeclaredNonlocal = 64,
  kComprehensionTarget = 128,
  kFreeInClass = 256, // a class binds the name itself, and an inner function reads an outer one's
  kWalrusTarget = 512, // some `name := …` assigns it
  kDeleted = 1024,    // some `del name`
  kBound = kAssigned | kParameter | kImported,
};

struct Binding {
  base::Symbol name; // mangled
  uint32_t flags = 0;
  NameScope scope = NameScope::Unresolved;
};

enum class ComprehensionKind : uint8_t { None, List, Set, Dict, Generator };

struct Scope {
  Scope(ScopeKind kind, const ast::Node* node, base::Symbol name) : kind(kind), node(node), name(name) {}

  ScopeKind kind;
  const ast::Node* node; // Mod, FunctionDef, AsyncFunctionDef, Lambda, ClassDef, *Comp, GeneratorExp, …
  Scope* parent = nullptr;
  base::Symbol name;         // as co_name: "<lambda>", "<listcomp>", …
  base::Symbol privateClass; // class whose private names are mangled here; none: no mangling
  std::vector<Scope*> children;
  std::vector<Binding> bindings;  // in the order in which the names appear
  std::vector<base::Symbol> parameters; // co_varnames order
  ComprehensionKind comprehension = ComprehensionKind::None;
  bool isAnnotation = false; // of a deferred annotation: no code comes of it …
  bool isDiscarded = false;  // … nor of a lambda or comprehension inside
  bool isNested = false;     // inside a function
  bool isGenerator = false;
  bool isCoroutine = false;
  bool hasVarArgs = false, hasVarKeywords = false;
  bool returnsValue = false;
  bool importsAll = false; // module: from … import *
  bool needsClassCell = false; // class: methods use __class__ (or zero-argument super)

  // A block whose names are in fast locals: everything but modules and classes.
  bool isFunctionLike() const { return kind != ScopeKind::Module && kind != ScopeKind::Class; }

  Binding* find(base::Symbol mangled) {
    auto at = index.find(mangled);
    return at == index.end() ? nullptr : &bindings[at->second];
  }
  const Binding* find(base::Symbol mangled) const { return const_cast<Scope*>(this)->find(mangled); }
  Binding& get(base::Symbol mangled);
  // Resolved; names that do not occur are implicit globals.
  NameScope scopeOf(base::Symbol mangled) const {
    const Binding* b = find(mangled);
    return b ? b->scope : NameScope::GlobalImplicit;
  }

  std::unordered_map<base::Symbol, uint32_t> index;
};

// All scopes of a tree. scopes[0] is the module's.
struct ScopeTable {
  std::vector<std::unique_ptr<Scope>> scopes;
  std::vector<Scope*> ofNode;           // by Node::index; null where a node opens none
  std::vector<Scope*> typeParametersOf; // likewise, the TypeParameters scope of a generic def, class or alias

  Scope& module() const { return *scopes[0]; }
  Scope* of(const ast::Node* node) const { return ofNode[node->index]; }
  Scope* typeParameters(const ast::Node* node) const { return typeParametersOf[node->index]; }
};

// `__name` inside class `C` as `_C__name`; every other name as it is.
base::Symbol mangle(base::SymbolTable& symbols, base::Symbol privateClass, base::Symbol name);

// What `--scopes` prints.
std::string dump(const ScopeTable& table, const base::SymbolTable& symbols);

} // namespace krait::frontend::sema
