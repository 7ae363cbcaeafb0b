// analyze(): the steps of semantic analysis in order, and future imports.
#include "frontend/sema/analysis.h"

#include "frontend/sema/passes.h"

namespace krait::frontend::sema {

using namespace ast;

bool readFutureImports(const Mod* tree, const base::SymbolTable& symbols, Reporter& reporter, uint32_t& futureFlags,
                       base::Span& lastFuture) {
  static constexpr std::pair<std::string_view, uint32_t> kFeatures[] = {
      {"nested_scopes", 0},
      {"generators", 0},
      {"division", 0},
      {"absolute_import", 0},
      {"with_statement", 0},
      {"print_function", 0},
      {"unicode_literals", 0},
      {"barry_as_FLUFL", kFutureBarryAsFlufl},
      {"generator_stop", 0},
      {"annotations", kFutureAnnotations}};
  ListOf<Stmt> body;
  if (const Module* m = tree->tryAs<Module>()) body = m->body;
  if (const Interactive* m = tree->tryAs<Interactive>()) body = m->body;
  bool first = true, late = false;
  uint32_t line = 0;
  for (const Stmt* s : body) {
    const base::LineColumn at = reporter.position(s->span.start);
    if (late && at.line > line) break; // later ones are found among the rules
    line = at.line;
    const ImportFrom* import = s->tryAs<ImportFrom>();
    if (import && import->module == base::sym::DunderFuture) { // of whatever package: CPython does not look at the dots
      if (late) { // on the line of what it is too late for: CPython counts columns from 0 there
        const int number = static_cast<int>(at.line), column = static_cast<int>(at.column);
        return reporter.errorAt(base::DiagnosticId::FutureLate, {number, column, number, column});
      }
      for (const Alias* alias : import->names) {
        std::string_view name = symbols.text(alias->name);
        bool known = false;
        for (auto& [feature, bit] : kFeatures)
          if (feature == name) {
            known = true;
            futureFlags |= bit;
          }
        if (!known)
          return reporter.error(name == "braces" ? base::DiagnosticId::FutureBraces : base::DiagnosticId::FutureUnknown,
                                {s->span.start, s->span.start}, {name});
      }
      lastFuture = s->span;
    } else {
      const ExprStmt* e = s->tryAs<ExprStmt>();
      const Constant* c = e ? e->value->tryAs<Constant>() : nullptr;
      late |= !(first && c && c->value.isStr()); // only a docstring may stand before
    }
    first = false;
  }
  return true;
}

std::unique_ptr<Analysis> analyze(const base::SourceBuffer& buffer, const Mod* tree, base::SymbolTable& symbols,
                                  base::Diagnostics& diags, const Options& options) {
  Reporter reporter(buffer, diags, options.keepGoing);
  auto made = std::make_unique<Analysis>();
  made->futureFlags = options.futureFlags;
  base::Span lastFuture;
  std::vector<Directive> directives;
  auto passes = [&](bool good) { return good || !reporter.isDone(); };
  const bool finished = passes(readFutureImports(tree, symbols, reporter, made->futureFlags, lastFuture)) &&
                        passes(collectScopes(tree, symbols, reporter, *made, directives)) &&
                        passes(resolveScopes(made->scopes, symbols, reporter, directives)) &&
                        (options.scopesOnly || passes(checkRules(tree, symbols, reporter, *made, options, lastFuture)));
  if (!finished || reporter.failed()) return nullptr;
  made->imports = collectImports(tree, symbols);
  made->observers = findObservers(tree, symbols);
  return made;
}

} // namespace krait::frontend::sema
