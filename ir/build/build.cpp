// buildModule(): the context that all builders share, and the module's body.
#include "ir/build/build.h"

#include "frontend/base/diagnostics.h"
#include "frontend/parse/parser.h"
#include "ir/build/dataclass_texts.h"
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

// Adds the functions of a text to the module: its body's, and those in it.
static void buildBody(Context& context, const ast::Mod* tree) {
  FunctionBuilder body(context, nullptr, context.analysis.scopes.module(), core::FunctionKind::Module, context.symbols.intern("<module>"), tree->span);
  body.function().firstLine = 1;
  body.buildModule(tree);
}

static Context contextOf(const frontend::base::SourceBuffer& buffer, const ast::Mod* tree, const sema::Analysis& analysis,
                         frontend::base::SymbolTable& symbols, const Options& options, core::Module& module) {
  return {buffer,  analysis, symbols, options, module, Folder(module.constants, tree->nodeCount, options.optimize),
          frontend::base::PositionCursor(buffer), namesReboundElsewhere(analysis.scopes), static_cast<uint32_t>(module.neighbours.size())};
}

// The functions of a text that will be executed in the module, whose body has a namespace. Whoever executes it looks for it by its text.
static void buildText(const DataclassText& expected, uint32_t cls, const Options& ofModule, frontend::base::SymbolTable& symbols, core::Module& module) {
  frontend::base::Diagnostics diagnostics;
  const auto buffer = frontend::base::SourceBuffer::fromText("<string>", expected.text, diagnostics);
  frontend::base::Arena arena;
  const ast::Mod* tree = buffer ? frontend::parse::parseModule(*buffer, arena, symbols, diagnostics) : nullptr;
  const auto analysis = tree ? sema::analyze(*buffer, tree, symbols, diagnostics) : nullptr;
  if (!analysis || !diagnostics.all().empty()) return;
  Options options = ofModule;
  options.mode = Mode::Exec;
  Context context = contextOf(*buffer, tree, *analysis, symbols, options, module);
  const size_t first = module.functions.size();
  buildBody(context, tree);
  for (size_t i = first; i < module.functions.size(); ++i) {
    core::Function& f = *module.functions[i];
    f.text = static_cast<uint32_t>(module.texts.size());
    if (expected.isBound && f.name == expected.method) f.methodOf = cls;
  }
  if (expected.isBound) module.names.intern(expected.method);
  module.texts.push_back(expected.text);
}

static void buildFile(const frontend::base::SourceBuffer& buffer, const ast::Mod* tree, const sema::Analysis& analysis,
                      frontend::base::SymbolTable& symbols, const Options& options, core::Module& module) {
  Context context = contextOf(buffer, tree, analysis, symbols, options, module);
  buildBody(context, tree);
  if (!options.foretells) return;
  for (const DataclassText& expected : dataclassTexts(tree, symbols))
    if (const auto cls = context.classBodies.find(expected.cls); cls != context.classBodies.end())
      buildText(expected, cls->second, options, symbols, module);
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
  buildFile(buffer, tree, analysis, symbols, options, *module);
  return module;
}

void addNeighbour(core::Module& module, const frontend::base::SourceBuffer& buffer, const ast::Mod* tree,
                  const sema::Analysis& analysis, frontend::base::SymbolTable& symbols, const Options& options) {
  module.neighbours.push_back({.name = options.moduleName, .isPackage = options.isPackage, .firstFunction = static_cast<uint32_t>(module.functions.size()),
                               .firstCell = module.cells.size(), .firstText = static_cast<uint32_t>(module.texts.size())});
  buildFile(buffer, tree, analysis, symbols, options, module);
}

} // namespace krait::ir::build
