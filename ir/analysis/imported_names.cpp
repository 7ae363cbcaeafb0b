#include "ir/analysis/imported_names.h"

#include "ir/analysis/constants.h"

namespace krait::ir::analysis {

using namespace core;

namespace {

constexpr int kMaxChain = 8; // of modules that import a name from one another

// What a relative import's name means in a module, as importlib resolves it; empty: it leads out of the package.
std::string resolved(std::string name, int64_t level, std::string package, bool isPackage) {
  if (level == 0) return name;
  for (int64_t up = level - isPackage; up > 0; --up) {
    const size_t dot = package.rfind('.');
    if (dot == std::string::npos) return {};
    package.resize(dot);
  }
  return name.empty() ? package : package + "." + name;
}

} // namespace

ImportedNames::ImportedNames(const Module& module) : module_(module) {
  scopes_[module.name] = 0;
  for (const Neighbour& n : module.neighbours) scopes_[n.name] = module.cellScope(&n);
  isBound_.resize(module.cells.size());
  struct Import {
    uint32_t cell, scope, name;
  };
  std::vector<Import> imports; // resolved when it is known what binds what
  for (const auto& f : module.functions) {
    const bool isBody = f->kind == FunctionKind::Module && f->text == kNone;
    for (const Block* b = f->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (isBody && i->is(Op::ImportStar)) {
          const Instruction* from = originOf(i->operand(0));
          const auto scope = from ? scopes_.find(moduleNameOf(*from)) : scopes_.end();
          if (scope != scopes_.end()) stars_[module.cellScope(module.neighbourOfFunction(f->number))].push_back(scope->second);
        }
        if (!i->is(Op::GlobalSet)) continue;
        isBound_[i->index] = true;
        const Instruction* from = isBody ? originOf(i->operand(0)) : nullptr;
        const bool isImport = from && (from->is(Op::Import) || from->is(Op::ImportFrom));
        const std::string name = isImport ? moduleNameOf(*from) : std::string();
        if (const auto [outside, isFirst] = outside_.try_emplace(i->index, name); !isFirst && outside->second != name) outside->second.clear();
        if (!isImport) continue;
        if (const auto scope = scopes_.find(name); scope != scopes_.end()) {
          modules_[i->index] = scope->second;
          continue;
        }
        const Instruction* import = from->is(Op::ImportFrom) ? originOf(from->operand(0)) : nullptr;
        if (!import) continue;
        if (const auto scope = scopes_.find(moduleNameOf(*import)); scope != scopes_.end()) imports.push_back({i->index, scope->second, from->index});
      }
  }
  for (const Import& i : imports)
    if (const uint32_t cell = cellOf(module.names[i.name], i.scope); cell != kNone && cell != i.cell) originals_[i.cell] = cell;
  for (uint32_t cell = 0; cell < module.cells.size() && !stars_.empty(); ++cell)
    if (const uint32_t there = isBound_[cell] ? cell : cellOf(module.cells[cell], module.cellScope(module.neighbourOfCell(cell))); there != cell) originals_[cell] = there;
}

uint32_t ImportedNames::cellOf(const std::string& name, uint32_t scope, int depth) const {
  const uint32_t own = module_.cells.find(name, scope);
  const auto from = stars_.find(scope);
  if ((own != kNone && isBound_[own]) || from == stars_.end() || depth == kMaxChain) return own;
  for (const uint32_t other : from->second)
    if (const uint32_t there = cellOf(name, other, depth + 1); there != kNone && isBound_[there]) return there;
  return own;
}

std::string ImportedNames::moduleNameOf(const Instruction& import) const {
  if (import.is(Op::ImportFrom)) {
    const Instruction* package = originOf(import.operand(0));
    const std::string name = package ? moduleNameOf(*package) : std::string();
    return name.empty() ? name : name + "." + module_.names[import.index];
  }
  const Constant *name = import.is(Op::Import) ? constantOf(module_, import.operand(0)) : nullptr, *names = name ? constantOf(module_, import.operand(1)) : nullptr;
  if (!name || name->kind != ConstantKind::Str || !names) return {};
  if (names->kind == ConstantKind::None) return name->text.substr(0, name->text.find('.')); // `import a.b` binds a
  const Neighbour* owner = module_.neighbourOfFunction(import.block->function->number);
  return resolved(name->text, import.imm, owner ? owner->name : module_.name, owner ? owner->isPackage : module_.isPackage);
}

uint32_t ImportedNames::originalOf(uint32_t global) const {
  for (int n = 0; n < kMaxChain; ++n) {
    const auto next = originals_.find(global);
    if (next == originals_.end()) break;
    global = next->second;
  }
  return global;
}

std::string_view ImportedNames::dottedNameOf(uint32_t global) const {
  const auto found = outside_.find(originalOf(global));
  return found == outside_.end() ? std::string_view() : found->second;
}

uint32_t ImportedNames::inModule(uint32_t global, const std::string& name) const {
  const auto module = modules_.find(originalOf(global));
  if (module == modules_.end()) return kNone;
  const uint32_t cell = cellOf(name, module->second);
  return cell == kNone ? kNone : originalOf(cell);
}

} // namespace krait::ir::analysis
