// A unit: its tables of names and constants, emission, and the way from graph to code.
#include "ir/bytecode/unit_compiler.h"

#include "runtime/abi/code.h"

#include <algorithm>

namespace krait::ir::bytecode {

using enum Opcode;
using sema::NameScope;

UnitCompiler::UnitCompiler(Context& context, UnitCompiler* parent, const sema::Scope& scope, UnitKind kind, Symbol name, Span span,
                           uint32_t firstLine)
    : c_(context), parent_(parent), scope_(scope), kind_(kind), unit_(std::make_unique<CodeUnit>()) {
  CodeUnit& u = *unit_;
  u.name = c_.symbols.text(name);
  u.qualname = u.name;
  Location where = locate(span);
  u.span = {where.line, where.endLine, where.column, where.endColumn};
  u.firstLine = firstLine;
  const UnitCompiler* outer = parent; // what qualified names speak of
  while (outer && outer->kind_ == UnitKind::TypeParameters) outer = outer->parent_;
  if (outer && outer->kind_ != UnitKind::Module) {
    bool global = (kind == UnitKind::Function || kind == UnitKind::Class) &&
                  outer->scope_.scopeOf(sema::mangle(c_.symbols, outer->scope_.privateClass, name)) == NameScope::GlobalExplicit;
    bool locals = outer->kind_ == UnitKind::Function || outer->kind_ == UnitKind::Lambda;
    if (!global) u.qualname = outer->unit_->qualname + (locals ? ".<locals>." : ".") + u.name;
  }
  if (scope.isFunctionLike()) {
    u.flags = kCodeOptimized | kCodeNewLocals;
    if (scope.isNested) u.flags |= kCodeNested;
    if (scope.isGenerator && scope.isCoroutine) u.flags |= kCodeAsyncGenerator;
    else if (scope.isGenerator) u.flags |= kCodeGenerator;
    else if (scope.isCoroutine) u.flags |= kCodeCoroutine;
    if (scope.hasVarArgs) u.flags |= kCodeVarArgs;
    if (scope.hasVarKeywords) u.flags |= kCodeVarKeywords;
  }
  u.flags |= c_.analysis.futureFlags & (sema::kFutureAnnotations | sema::kFutureBarryAsFlufl);

  auto addTo = [&](std::unordered_map<Symbol, int32_t>& map, std::vector<std::string>& list, Symbol s) {
    map.emplace(s, static_cast<int32_t>(map.size()));
    list.emplace_back(c_.symbols.text(s));
  };
  for (Symbol p : scope.parameters) addTo(varNames_, u.varNames, p);
  std::vector<Symbol> cells, frees;
  for (const sema::Binding& b : scope.bindings) {
    if (b.scope == NameScope::Cell) cells.push_back(b.name);
    if (b.scope == NameScope::Free || (b.flags & sema::kFreeInClass)) frees.push_back(b.name);
  }
  if (scope.needsClassCell) cells.push_back(sym::DunderClass);
  auto byText = [&](Symbol a, Symbol b) { return c_.symbols.text(a) < c_.symbols.text(b); };
  std::sort(cells.begin(), cells.end(), byText);
  std::sort(frees.begin(), frees.end(), byText);
  for (Symbol s : cells) addTo(cells_, u.cellNames, s);
  for (Symbol s : frees) addTo(frees_, u.freeNames, s);
  for (auto& [s, index] : frees_) index += static_cast<int32_t>(cells_.size());

  graph_.entry = current_ = newBlock();
  int32_t line = kind == UnitKind::Module ? 0 : static_cast<int32_t>(firstLine);
  location_ = {line, static_cast<int32_t>(firstLine), 0, 0};
  op(RESUME, 0);
  if (kind == UnitKind::Module) nowhere();
}

Location UnitCompiler::locate(Span span) {
  auto from = c_.cursor.at(span.start), to = c_.cursor.at(span.end);
  return {static_cast<int32_t>(from.line), static_cast<int32_t>(to.line), static_cast<int32_t>(from.column),
          static_cast<int32_t>(to.column)};
}

void UnitCompiler::use(BasicBlock* block) {
  current_->next = block;
  current_ = block;
}

void UnitCompiler::add(Instr instr) {
  if (!current_->instrs.empty()) {
    Opcode last = current_->instrs.back().op;
    if (isJump(last) || isScopeExit(last)) use(newBlock());
  }
  current_->instrs.push_back(instr);
}

int32_t UnitCompiler::constantIndex(ConstantEntry entry) {
  uint64_t key = entry.unit < 0 ? entry.id : uint64_t{1} << 32 | static_cast<uint32_t>(entry.unit);
  auto [found, isNew] = constantIndex_.try_emplace(key, static_cast<int32_t>(constants_.size()));
  if (!isNew) return found->second;
  constants_.push_back(entry);
  return static_cast<int32_t>(constants_.size()) - 1;
}

int32_t UnitCompiler::nameIndex(Symbol name) {
  auto [found, isNew] = names_.try_emplace(name, static_cast<int32_t>(unit_->names.size()));
  if (isNew) unit_->names.emplace_back(c_.symbols.text(name));
  return found->second;
}

void UnitCompiler::name(Symbol plain, Context3 context) {
  static constexpr Opcode kDeref[] = {LOAD_DEREF, STORE_DEREF, DELETE_DEREF};
  static constexpr Opcode kFast[] = {LOAD_FAST, STORE_FAST, DELETE_FAST};
  static constexpr Opcode kGlobal[] = {LOAD_GLOBAL, STORE_GLOBAL, DELETE_GLOBAL};
  static constexpr Opcode kName[] = {LOAD_NAME, STORE_NAME, DELETE_NAME};
  auto which = static_cast<size_t>(context);
  Symbol n = mangled(plain);
  switch (scope_.scopeOf(n)) {
  case NameScope::Free:
    op(scope_.kind == sema::ScopeKind::Class && context == Context3::Load ? LOAD_CLASSDEREF : kDeref[which], frees_.at(n));
    return;
  case NameScope::Cell: op(kDeref[which], cells_.at(n)); return;
  case NameScope::Local:
    if (!inFunction()) break;
    {
      auto [found, isNew] = varNames_.try_emplace(n, static_cast<int32_t>(unit_->varNames.size()));
      if (isNew) unit_->varNames.emplace_back(c_.symbols.text(n));
      op(kFast[which], found->second);
    }
    return;
  case NameScope::GlobalImplicit:
    if (!inFunction()) break;
    [[fallthrough]];
  case NameScope::GlobalExplicit:
    op(kGlobal[which], context == Context3::Load ? nameIndex(n) << 1 : nameIndex(n));
    return;
  default: break;
  }
  op(kName[which], nameIndex(n));
}

// Cells of parameters share the parameter's place; the other cells and free variables follow the locals.
void UnitCompiler::fixCellOffsets() {
  auto locals = static_cast<int32_t>(unit_->varNames.size());
  std::vector<int32_t> fixed;
  int32_t dropped = 0;
  for (size_t i = 0; i < unit_->cellNames.size() + unit_->freeNames.size(); ++i) {
    auto place = static_cast<int32_t>(i) + locals - dropped;
    if (i < unit_->cellNames.size()) {
      auto found = std::find(unit_->varNames.begin(), unit_->varNames.end(), unit_->cellNames[i]);
      if (found != unit_->varNames.end()) {
        place = static_cast<int32_t>(found - unit_->varNames.begin());
        ++dropped;
      }
    }
    fixed.push_back(place);
  }
  for (BasicBlock* b = graph_.entry; b; b = b->next)
    for (Instr& i : b->instrs)
      switch (i.op) {
      case MAKE_CELL:
      case LOAD_CLOSURE:
      case LOAD_DEREF:
      case STORE_DEREF:
      case DELETE_DEREF:
      case LOAD_CLASSDEREF: i.arg = fixed[static_cast<size_t>(i.arg)]; break;
      default: break;
      }
  // co_cellvars lists those of parameters first, in their order; the others are sorted already.
  std::vector<std::string> ordered;
  auto isCell = [&](const std::string& n) { return std::find(unit_->cellNames.begin(), unit_->cellNames.end(), n) != unit_->cellNames.end(); };
  for (const std::string& n : unit_->varNames)
    if (isCell(n)) ordered.push_back(n);
  for (const std::string& n : unit_->cellNames)
    if (std::find(ordered.begin(), ordered.end(), n) == ordered.end()) ordered.push_back(n);
  unit_->cellNames = std::move(ordered);
}

void UnitCompiler::insertPrefix() {
  std::vector<Instr> prefix;
  Location artificial;
  if (!unit_->freeNames.empty()) prefix.push_back({COPY_FREE_VARS, static_cast<int32_t>(unit_->freeNames.size()), nullptr, artificial});
  // Cells of parameters first.
  std::vector<std::pair<int32_t, int32_t>> cells; // place, index
  for (size_t i = 0; i < unit_->cellNames.size(); ++i) {
    auto found = std::find(unit_->varNames.begin(), unit_->varNames.end(), unit_->cellNames[i]);
    int32_t place = found != unit_->varNames.end() ? static_cast<int32_t>(found - unit_->varNames.begin())
                                                   : static_cast<int32_t>(unit_->varNames.size() + i);
    cells.emplace_back(place, static_cast<int32_t>(i));
  }
  std::sort(cells.begin(), cells.end());
  for (auto& [place, index] : cells) prefix.push_back({MAKE_CELL, index, nullptr, artificial});
  if (unit_->flags & kCodeSuspends) {
    Location first{static_cast<int32_t>(unit_->firstLine), -1, -1, -1};
    prefix.push_back({RETURN_GENERATOR, 0, nullptr, first});
    prefix.push_back({POP_TOP, 0, nullptr, first});
  }
  auto& instrs = graph_.entry->instrs;
  instrs.insert(instrs.begin(), prefix.begin(), prefix.end());
}

std::unique_ptr<CodeUnit> UnitCompiler::finish(bool addNone) {
  if (current_->instrs.empty() || !isScopeExit(current_->instrs.back().op) || current_->instrs.back().op != RETURN_VALUE) {
    nowhere();
    if (addNone) loadNone();
    op(RETURN_VALUE);
  }
  insertPrefix();
  optimize(graph_, constants_, c_.constants, unit_->firstLine);
  unit_->stackSize = stackDepth(graph_, unit_->flags & kCodeSuspends);
  labelExceptionTargets(graph_);
  fixCellOffsets();
  Assembled made = assemble(graph_, unit_->firstLine);
  unit_->code = std::move(made.code);
  unit_->lineTable = std::move(made.lineTable);
  unit_->exceptionTable = std::move(made.exceptionTable);
  for (const ConstantEntry& e : constants_) unit_->constants.push_back({e.id, e.unit});
  return std::move(unit_);
}

std::unique_ptr<CodeUnit> compileModule(const frontend::base::SourceBuffer& buffer, const ast::Mod* tree,
                                        const sema::Analysis& analysis, frontend::base::SymbolTable& symbols,
                                        core::ConstantTable& constants, const Options& options) {
  Context context{buffer, analysis, symbols, constants, options, build::Folder(constants, tree->nodeCount, options.optimize),
                  frontend::base::PositionCursor(buffer)};
  return UnitCompiler(context, nullptr, analysis.scopes.module(), UnitKind::Module, symbols.intern("<module>"), tree->span, 1)
      .compileModule(tree);
}

} // namespace krait::ir::bytecode
