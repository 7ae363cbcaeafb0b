// buildModule(): the context that all builders share, and the module's body.
#include "ir/build/build.h"

#include "ir/build/function_builder.h"

namespace krait::ir::build {

static std::unordered_set<frontend::base::Symbol> namesReboundElsewhere(const sema::ScopeTable& table) {
  std::unordered_set<frontend::base::Symbol> names;
  for (const auto& scope : table.scopes)
    for (const sema::Binding& b : scope->bindings)
      if ((b.flags & (sema::kDeclaredGlobal | sema::kDeclaredNonlocal)) && (b.flags & (sema::kBound | sema::kDeleted)))
        names.insert(b.name);
  return names;
}

std::unique_ptr<core::Module> buildModule(const frontend::base::SourceBuffer& buffer, const ast::Mod* tree,
                                          const sema::Analysis& analysis, frontend::base::SymbolTable& symbols,
                                          const Options& options) {
  auto module = std::make_unique<core::Module>();
  module->name = options.moduleName;
  module->filename = options.filename.empty() ? std::string(buffer.name()) : options.filename;
  module->isPackage = options.isPackage;
  module->dictGlobals = options.mode != Mode::Module;
  module->keepsFrames = options.frames;
  module->form = static_cast<core::Module::Form>(options.mode);
  module->optimize = options.optimize;
  module->source = std::string(buffer.text());
  Context context{buffer,  analysis, symbols, options, *module, Folder(module->constants, tree->nodeCount, options.optimize),
                  frontend::base::PositionCursor(buffer), namesReboundElsewhere(analysis.scopes)};
  FunctionBuilder body(context, nullptr, analysis.scopes.module(), core::FunctionKind::Module, symbols.intern("<module>"), tree->span);
  body.function().firstLine = 1;
  body.buildModule(tree);
  return module;
}

} // namespace krait::ir::build
