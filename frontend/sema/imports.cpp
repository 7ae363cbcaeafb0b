// Collecting import statements.
#include "frontend/sema/imports.h"

#include "frontend/ast/visitor.h"

namespace krait::frontend::sema {

namespace {

using namespace ast;

class Collector : public Visitor<Collector> {
public:
  explicit Collector(const base::SymbolTable& symbols) : symbols_(symbols) {}
  ImportGraph graph;

  void visitImport(const Import& n) {
    for (const Alias* alias : n.names) add(n.span, std::string(symbols_.text(alias->name)), 0, false);
  }
  void visitImportFrom(const ImportFrom& n) {
    ImportEdge& edge = add(n.span, std::string(symbols_.text(n.module)), n.level, true);
    for (const Alias* alias : n.names) edge.names.emplace_back(symbols_.text(alias->name));
  }
  void visitTry(const Try& n) {
    bool outer = guarded_;
    for (const ExceptHandler* h : n.handlers) guarded_ = guarded_ || catchesImportError(h->type);
    for (const Stmt* s : n.body) visit(s);
    guarded_ = outer;
    for (const ExceptHandler* h : n.handlers) visit(h);
    for (const Stmt* s : n.orelse) visit(s);
    for (const Stmt* s : n.finalbody) visit(s);
  }
  void visitFunctionDef(const FunctionDef& n) { function(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { function(n); }

private:
  template <class T> void function(const T& n) {
    bool outer = inFunction_;
    inFunction_ = true;
    visitChildren(n);
    inFunction_ = outer;
  }
  ImportEdge& add(base::Span span, std::string module, int level, bool isFrom) {
    ImportEdge edge;
    edge.module = std::move(module);
    edge.level = level;
    edge.span = span;
    edge.isFrom = isFrom;
    edge.guarded = guarded_;
    edge.inFunction = inFunction_;
    graph.edges.push_back(std::move(edge));
    return graph.edges.back();
  }
  bool catchesImportError(const Expr* type) const {
    if (!type) return true;
    if (const Tuple* tuple = type->tryAs<Tuple>()) {
      for (const Expr* e : tuple->elts)
        if (catchesImportError(e)) return true;
      return false;
    }
    const Name* name = type->tryAs<Name>();
    if (!name) return false;
    std::string_view text = symbols_.text(name->id);
    return text == "ImportError" || text == "ModuleNotFoundError" || text == "Exception" || text == "BaseException";
  }

  const base::SymbolTable& symbols_;
  bool guarded_ = false;
  bool inFunction_ = false;
};

} // namespace

ImportGraph collectImports(const Mod* tree, const base::SymbolTable& symbols) {
  Collector collector(symbols);
  collector.visit(tree);
  return std::move(collector.graph);
}

} // namespace krait::frontend::sema
