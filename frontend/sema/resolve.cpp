// Deciding where each name lives. A name that a block binds is its own; one that
// it only uses belongs to the nearest enclosing function that binds it (classes
// are skipped), and every block in between carries it as a free variable; what
// nobody binds is global. A name with a reader further in is a cell.
#include "frontend/sema/passes.h"

namespace krait::frontend::sema {

namespace {

using base::DiagnosticId;
using base::Symbol;
namespace sym = base::sym;

class Resolver {
public:
  Resolver(ScopeTable& table, const base::SymbolTable& symbols, Reporter& reporter, const std::vector<Directive>& directives)
      : table_(table), symbols_(symbols), reporter_(reporter), directives_(directives) {}

  bool run() {
    // Outer blocks come first in the table, so owners are decided before their users ask.
    for (size_t i = 0; i < table_.scopes.size() && !reporter_.isDone(); ++i) resolve(*table_.scopes[i]);
    return !reporter_.failed();
  }

private:
  void resolve(Scope& scope) {
    // The table may grow while free variables are passed through.
    for (size_t i = 0; i < scope.bindings.size(); ++i) {
      Binding b = scope.bindings[i];
      if (b.scope != NameScope::Unresolved) continue;
      NameScope found = decide(scope, b);
      if (reporter_.isDone()) return;
      scope.bindings[i].scope = found;
    }
  }

  NameScope decide(Scope& scope, const Binding& b) {
    if (b.flags & kDeclaredGlobal) {
      if (b.flags & kDeclaredNonlocal) complain(DiagnosticId::NonlocalAndGlobal, scope, b.name);
      return NameScope::GlobalExplicit;
    }
    if (b.flags & kDeclaredNonlocal) {
      if (scope.kind == ScopeKind::Module) {
        complain(DiagnosticId::NonlocalAtModule, scope, b.name);
        return NameScope::Unresolved;
      }
      if (!capture(scope, b.name)) complain(DiagnosticId::NonlocalUnbound, scope, b.name);
      return NameScope::Free;
    }
    if (b.flags & kBound) return NameScope::Local;
    if (scope.kind != ScopeKind::Module && capture(scope, b.name)) return NameScope::Free;
    return NameScope::GlobalImplicit;
  }

  // Finds the function (or, for __class__, the class) around `scope` that owns the name, makes it a cell
  // there and a free variable of every block in between. False: nobody owns it.
  bool capture(Scope& scope, Symbol name) {
    Scope* owner = scope.parent;
    for (; owner; owner = owner->parent) {
      if (owner->kind == ScopeKind::Class) {
        if (name != sym::DunderClass) continue;
        owner->needsClassCell = true;
        break;
      }
      if (owner->kind == ScopeKind::Module) return false;
      const Binding* b = owner->find(name);
      if (!b) continue;
      if (b->flags & kDeclaredGlobal) return false;
      if (b->scope == NameScope::Free || (b->flags & kDeclaredNonlocal)) continue; // passed through from further out
      if (b->flags & kBound) break;
    }
    if (!owner) return false;
    if (owner->kind != ScopeKind::Class) owner->get(name).scope = NameScope::Cell;
    for (Scope* between = scope.parent; between != owner; between = between->parent) {
      Binding& b = between->get(name);
      if (between->kind == ScopeKind::Class && (b.flags & (kBound | kDeclaredGlobal))) b.flags |= kFreeInClass;
      else b.scope = NameScope::Free;
    }
    return true;
  }

  void complain(DiagnosticId id, const Scope& scope, Symbol name) {
    for (const Directive& d : directives_)
      if (d.scope == &scope && d.name == name) {
        reporter_.error(id, d.span, {symbols_.text(name)});
        return;
      }
    reporter_.error(id, scope.node->span, {symbols_.text(name)});
  }

  ScopeTable& table_;
  const base::SymbolTable& symbols_;
  Reporter& reporter_;
  const std::vector<Directive>& directives_;
};

} // namespace

bool resolveScopes(ScopeTable& table, const base::SymbolTable& symbols, Reporter& reporter,
                   const std::vector<Directive>& directives) {
  return Resolver(table, symbols, reporter, directives).run();
}

} // namespace krait::frontend::sema
