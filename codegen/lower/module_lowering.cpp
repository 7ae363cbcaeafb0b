// Module-level data: descriptions of functions, cells, source text, debug info.
#include "codegen/lower/module_lowering.h"
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Compression.h>
#include <algorithm>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/layout/sections.h"
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/inlining.h"
#include "ir/analysis/runs_once.h"
#include "runtime/abi/observers.h"
#include "runtime/abi/sections.h"

namespace krait::codegen::lower {

using layout::StaticImage;

/// Temporaries in all functions: about 3,000 lines.
constexpr size_t kLargeModule = 20000;

std::string moduleSymbol(std::string_view dottedName) { return "krm_" + std::string(dottedName); }

/// What other modules of the program know of a module whose neighbours they are.
static std::string cellsSymbol(std::string_view dottedName) { return "krc_" + std::string(dottedName); }

LoweredModule lowerModule(const ir::core::Module& module, llvm::LLVMContext& context, const Options& options) {
  return ModuleLowering(module, context, options).run();
}

/// Locations carry the sites in every build; -g alone writes them out.
static llvm::DICompileUnit::DebugEmissionKind emissionKind(const Options& options) {
  return options.debugVariables ? llvm::DICompileUnit::FullDebug
         : options.debugInfo    ? llvm::DICompileUnit::LineTablesOnly
                                : llvm::DICompileUnit::NoDebug;
}

ModuleLowering::ModuleLowering(const ir::core::Module& module, llvm::LLVMContext& context, const Options& options)
    : ir_(module), context_(context), options_(options),
      result_{.llvm = std::make_unique<llvm::Module>(module.name, context)},
      constants_(*result_.llvm, module.constants, (options.observers & kObservedNumberIdentity) != 0),
      debug_(*result_.llvm, ir_.filename, emissionKind(options)), callTargets_(module), classes_(module, callTargets_) {
  // What the hot runtime asks is known here, and folded.
  if (!(options.observers & kObservedNumberIdentity))
    new llvm::GlobalVariable(llvm(), llvm::Type::getInt8Ty(context_), true, llvm::GlobalValue::AvailableExternallyLinkage,
                             llvm::ConstantInt::get(llvm::Type::getInt8Ty(context_), 0), "krt_numbers_are_objects");
}

LoweredModule ModuleLowering::run() {
  auto* i64 = llvm::Type::getInt64Ty(context_);
  auto* cellsType = llvm::ArrayType::get(i64, std::max<uint32_t>(ir_.cellCount(), 1));
  cells_ = constants_.privateData(llvm::ConstantAggregateZero::get(cellsType), "cells", false);
  if (ir_.isShared) {
    cells_->setName(cellsSymbol(ir_.name));
    share(*cells_);
  }
  cells_->setSection(layout::kStartCellsSection);
  info_ = new llvm::GlobalVariable(llvm(), llvm::ArrayType::get(i64, (sizeof(ModuleInfo) + 7) / 8), false,
                                   llvm::GlobalValue::ExternalLinkage, nullptr, moduleSymbol(ir_.name));
  info_->setDSOLocal(true);
  auto* codeType = llvm::ArrayType::get(i64, (sizeof(CodeInfo) + 7) / 8);
  for (size_t i = 0; i < ir_.functionCount(); ++i) {
    if (const uint32_t body = ir_.functions[i]->outlinedFrom; body != ir::core::kNone) {
      codes_.push_back(codes_[body]);
      continue;
    }
    auto* code = new llvm::GlobalVariable(llvm(), codeType, false, llvm::GlobalValue::PrivateLinkage, nullptr, "code");
    code->setAlignment(llvm::Align(16));
    code->setSection(layout::kCodesSection);
    codes_.push_back(code);
  }
  assigned_.resize(ir_.cells.size());
  for (auto& f : ir_.functions)
    for (const ir::core::Block* block = f->entry(); block; block = block->next)
      for (const ir::core::Instruction* i = block->first; i; i = i->next)
        if (i->is(ir::core::Op::GlobalSet)) assigned_[i->index] = true;
  size_t temporaries = 0;
  for (auto& f : ir_.functions)
    if (f->text == ir::core::kNone && isOwn(*f)) temporaries += f->tempCount();
  isLarge_ = temporaries > kLargeModule;
  calledOnce_ = ir::analysis::functionsRunOnce(ir_, callTargets_);
  for (auto& f : ir_.functions) {
    inlinable_.push_back(isOwn(*f) && ir::analysis::isInlinable(*f));
    fusible_.push_back(isOwn(*f) && ir::analysis::isFusible(*f));
    hasFusible_ |= fusible_.back();
  }
  entries_.resize(ir_.functions.size());
  for (uint32_t n = 0; n < ir_.functionCount(); ++n) {
    MachineFunctions made = lowerFunction(*this, *ir_.functions[n]);
    resumes_.push_back(made.resume);
    slotCounts_.push_back(made.slotCount);
  }
  constants_.setForStartup(false);
  for (uint32_t n = 0; n < ir_.functionCount(); ++n)
    if (ir_.functions[n]->outlinedFrom == ir::core::kNone) describeFunction(*ir_.functions[n]);
  describeModule();
  if (debug_.hasVariables()) describeGlobals();
  debug_.finish();
  return std::move(result_);
}

/// A builtin's name that the module only reads is no global variable of it.
void ModuleLowering::describeGlobals() {
  for (uint32_t i = 0; i < ir_.cellCount(); ++i)
    if (assigned_[i] || !layout::builtinIndex(ir_.cells[i])) debug_.global(*cells_, ir_.cells[i], uint64_t{i} * 8);
  debug_.module(*info_, sizeof(ModuleInfo));
}

llvm::Constant* ModuleLowering::cell(uint32_t index) {
  const ir::core::Neighbour* owner = ir_.neighbourOfCell(index);
  if (!owner) return layout::offsetAddress(cells_, int64_t(index) * 8);
  return layout::offsetAddress(layout::externalData(llvm(), cellsSymbol(owner->name)), int64_t(index - owner->firstCell) * 8);
}

/// Objects of other modules of the program refer to it.
void ModuleLowering::share(llvm::GlobalValue& made) {
  made.setLinkage(llvm::GlobalValue::ExternalLinkage);
  made.setVisibility(llvm::GlobalValue::HiddenVisibility);
  made.setDSOLocal(true);
}

std::string ModuleLowering::symbolOf(const ir::core::Function& f) const {
  const ir::core::Neighbour* owner = ir_.neighbourOfFunction(f.number);
  return (owner ? owner->name : ir_.name) + "." + (f.qualname.empty() ? f.name : f.qualname);
}

llvm::GlobalVariable* ModuleLowering::newCache(size_t count) {
  auto* type = llvm::ArrayType::get(llvm::Type::getInt64Ty(context_), count * sizeof(AttrCache) / 8);
  return constants_.privateData(llvm::ConstantAggregateZero::get(type), "cache", false);
}

const ProfileData& ModuleLowering::profile() {
  if (!profile_) profile_.emplace(ir_, constants_, context_);
  return *profile_;
}

llvm::Constant* ModuleLowering::newShape(const ir::core::ObjectShape& shape, bool isWritten) {
  std::vector<llvm::Constant*> words;
  for (uint32_t name : shape.names) words.push_back(constants_.name(ir_.names[name]));
  StaticImage<Shape> image(context_, 0, words.size() * sizeof(uint64_t));
  image.set(&Shape::count, words.size());
  image.set(&Shape::isWritten, uint64_t{isWritten});
  image.address(&Shape::names, wordTable(words, "shape.names"));
  llvm::Constant* methods = shape.methods.empty() ? nullptr : expectedMethods(shape);
  image.address(&Shape::methods, methods);
  llvm::Constant* made = constants_.privateData(image.build(), "shape", false);
  if (methods) methodsOfShapes_[made] = methods;
  return made;
}

llvm::Constant* ModuleLowering::wordTable(std::span<llvm::Constant* const> words, const char* name) {
  auto* type = llvm::ArrayType::get(llvm::Type::getInt64Ty(context_), words.size());
  return constants_.privateData(llvm::ConstantArray::get(type, llvm::ArrayRef(words.data(), words.size())), name, true);
}

llvm::Constant* ModuleLowering::expectedMethods(const ir::core::ObjectShape& shape) {
  auto* word = llvm::Type::getInt64Ty(context_);
  std::vector<llvm::Constant*> words;
  const auto order = inOrder(shape);
  for (const ir::core::ObjectShape::Method* method : order) {
    static_assert(sizeof(ExpectedMethod) == 4 * sizeof(uint64_t) && offsetof(ExpectedMethod, entry) == 8 && offsetof(ExpectedMethod, asWritten) == 25 &&
                  offsetof(ExpectedMethod, after) == 28);
    llvm::Constant* entry = llvm::ConstantExpr::getPtrToInt(machineEntry(*ir_.functions[method->function]), word);
    const uint64_t how = static_cast<uint64_t>(method->kind) | static_cast<uint64_t>(method->asWritten) << 8 |
                         static_cast<uint64_t>(placeOfCaller(order, *method)) << 32;
    words.insert(words.end(), {constants_.name(ir_.names[method->name]), entry, llvm::ConstantInt::get(word, 0), llvm::ConstantInt::get(word, how)});
  }
  StaticImage<ExpectedMethods> image(context_);
  ExpectedMethods none{};
  none.forget();
  image.bytesAt(offsetof(ExpectedMethods, versions), none.versions, sizeof none.versions);
  image.bytesAt(offsetof(ExpectedMethods, others), none.others, sizeof none.others);
  image.set(&ExpectedMethods::count, shape.methods.size());
  image.set(&ExpectedMethods::ofClass, static_cast<uint64_t>(std::ranges::count_if(shape.methods, [](auto& method) { return isOfClass(method.kind); })));
  image.address(&ExpectedMethods::list, wordTable(words, "shape.methods"));
  return constants_.privateData(image.build(), "methods", false);
}

llvm::DILocation* ModuleLowering::location(llvm::DISubprogram* scope, const ir::core::Function& f, uint32_t site, uint32_t shown,
                                           llvm::DILocation* inlinedAt, bool isLeft) {
  const bool isKnown = site != ir::core::kNone;
  if (!isKnown && shown == ir::core::kNone && !inlinedAt && !isLeft) return llvm::DILocation::get(context_, f.firstLine, 0, scope);
  const SourceSpan span = shown != ir::core::kNone ? f.allSites()[shown].span
                          : SourceSpan{.line = isKnown ? 0 : static_cast<int32_t>(f.firstLine), .column = -1};
  auto* made = llvm::DILocation::getDistinct(context_, static_cast<unsigned>(span.line), static_cast<unsigned>(span.column + 1),
                                             scope, inlinedAt);
  result_.sites[made] = {code(f), isLeft ? kLeftSite : site};
  return made;
}

llvm::Function* ModuleLowering::machineEntry(const ir::core::Function& f) {
  llvm::Function*& made = entries_[f.number];
  if (made) return made;
  std::vector<llvm::Type*> params(f.paramCount() + 1, llvm::Type::getInt64Ty(context_));
  params[0] = llvm::PointerType::getUnqual(context_);
  auto* type = llvm::FunctionType::get(llvm::Type::getInt64Ty(context_), params, false);
  const ir::core::Neighbour* owner = ir_.neighbourOfFunction(f.number);
  const MachineRole role = f.isGenerator() ? MachineRole::GeneratorEntry : MachineRole::Entry;
  if (!owner && !ir_.isShared) return made = newFunction(type, symbolOf(f), f, role);
  // Qualified names need not be unique; the module's own numbers are the same in each object.
  const std::string symbol = symbolOf(f) + "." + std::to_string(f.number - (owner ? owner->firstFunction : 0));
  made = owner ? llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, symbol, llvm()) : newFunction(type, symbol, f, role);
  share(*made);
  made->setDoesNotThrow();
  return made;
}

llvm::Function* ModuleLowering::newFunction(llvm::FunctionType* type, const llvm::Twine& symbol,
                                            const ir::core::Function& f, MachineRole role) {
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage, symbol, llvm());
  made->setDoesNotThrow();
  made->setDSOLocal(true);
  made->addFnAttr(llvm::Attribute::NoInline);
  made->addFnAttr("frame-pointer", "all");
  made->addFnAttr("disable-tail-calls", "true");
  if (options_.debugInfo) made->setUWTableKind(llvm::UWTableKind::Sync);
  made->setSubprogram(debug_.function(f, role));
  result_.codes[made] = code(f);
  return made;
}

void ModuleLowering::describeSites(const ir::core::Function& f, StaticImage<CodeInfo>& image) {
  image.set(&CodeInfo::siteCount, f.sites.size());
  if (f.sites.empty()) return;
  static_assert(sizeof(SourceSpan) == 16 && offsetof(SourceSpan, line) == 0 && offsetof(SourceSpan, endLine) == 4 &&
                offsetof(SourceSpan, column) == 8 && offsetof(SourceSpan, endColumn) == 12);
  static_assert(sizeof(PackedSpan) == 8 && offsetof(PackedSpan, lineAndHeight) == 0 && offsetof(PackedSpan, column) == 4 &&
                offsetof(PackedSpan, endColumn) == 6);
  const bool fits = std::ranges::all_of(f.sites, [](const ir::core::Site& s) { return PackedSpan::fits(s.span); });
  std::vector<uint32_t> words;
  for (const ir::core::Site& s : f.sites) {
    if (fits) {
      const PackedSpan packed = PackedSpan::of(s.span);
      words.insert(words.end(), {packed.lineAndHeight, packed.column | uint32_t{packed.endColumn} << 16});
    } else
      for (int32_t part : {s.span.line, s.span.endLine, s.span.column, s.span.endColumn}) words.push_back(static_cast<uint32_t>(part));
  }
  auto* table = constants_.privateData(llvm::ConstantDataArray::get(context_, words), "sites", true);
  table->setSection(layout::kSpansSection);
  if (fits) image.address(&CodeInfo::packedSites, table);
  else image.address(&CodeInfo::sites, table);
}

void ModuleLowering::describeFunction(const ir::core::Function& f) {
  std::vector<std::string_view> vars, cells(f.cells.begin(), f.cells.end()), frees(f.frees.begin(), f.frees.end());
  for (uint32_t i = 0; i < f.varCount; ++i) vars.push_back(f.locals[i].name);

  StaticImage<CodeInfo> image(context_);
  image.address(&CodeInfo::name, constants_.word(ir::core::Constant::ofStr(f.name)));
  image.address(&CodeInfo::qualname, constants_.word(ir::core::Constant::ofStr(f.qualname)));
  image.address(&CodeInfo::filename,
                constants_.word(ir::core::Constant::ofStr(f.text != ir::core::kNone         ? "<string>"
                                                          : options_.codeFilename.empty() ? ir_.filename
                                                                                          : options_.codeFilename)));
  image.address(&CodeInfo::module, info_);
  image.set(&CodeInfo::flags, f.flags);
  image.set(&CodeInfo::firstLine, f.firstLine);
  image.set(&CodeInfo::posOnlyCount, f.posOnlyCount);
  image.set(&CodeInfo::argCount, f.argCount);
  image.set(&CodeInfo::kwOnlyCount, f.kwOnlyCount);
  image.set(&CodeInfo::paramCount, f.paramCount());
  image.set(&CodeInfo::varCount, f.varCount);
  image.set(&CodeInfo::cellCount, f.cells.size());
  image.set(&CodeInfo::freeCount, f.frees.size());
  image.address(&CodeInfo::varNames, constants_.nameArray(vars));
  image.address(&CodeInfo::cellNames, constants_.nameArray(cells));
  image.address(&CodeInfo::freeNames, constants_.nameArray(frees));
  if (f.docstring != ir::core::kNone) image.address(&CodeInfo::docstring, constants_.word(f.docstring));
  image.address(&CodeInfo::entry, entries_[f.number]);
  image.address(&CodeInfo::invoke, llvm::cast<llvm::Constant>(entry(layout::Entry::krt_invoke_spread).getCallee()));
  describeSites(f, image);
  if (resumes_[f.number]) {
    image.set(&CodeInfo::slotCount, slotCounts_[f.number]);
    image.address(&CodeInfo::resume, resumes_[f.number]);
  }
  image.set(&CodeInfo::span, f.span);
  codes_[f.number]->setInitializer(image.build());
}

llvm::Constant* ModuleLowering::compressedSource(uint32_t& size) {
  llvm::SmallVector<uint8_t, 0> packed;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef<uint8_t>(ir_.source), packed);
  size = static_cast<uint32_t>(packed.size());
  auto* source = constants_.privateData(llvm::ConstantDataArray::get(context_, packed), "source", true);
  source->setSection(layout::kSourceSection);
  return source;
}

llvm::Constant* ModuleLowering::warningTable() {
  if (ir_.warnings.empty()) return nullptr;
  layout::WordImage image(context_, ir_.warnings.size() * sizeof(SourceWarning));
  for (size_t i = 0; i < ir_.warnings.size(); ++i) {
    const ir::core::Warning& w = ir_.warnings[i];
    const SourceWarning row{nullptr, w.isDeprecation, w.line, w.offset, w.endLine, w.endOffset};
    image.putBytes(i * sizeof row, &row, sizeof row);
    image.putWord(i * sizeof row + offsetof(SourceWarning, message), constants_.cString(w.message));
  }
  return constants_.privateData(image.build(), "warnings", true);
}

llvm::Constant* ModuleLowering::textTable() {
  const size_t count = ir_.textCount();
  if (count == 0) return nullptr;
  auto* pointer = llvm::PointerType::getUnqual(context_);
  std::vector<std::vector<llvm::Constant*>> codes(count);
  for (auto& f : ir_.functions)
    if (f->text < count) codes[f->text].push_back(codes_[f->number]);
  layout::WordImage image(context_, count * sizeof(ForetoldText));
  for (size_t i = 0; i < count; ++i) {
    const ForetoldText row{nullptr, ir_.texts[i].size(), nullptr, codes[i].size(), 0};
    image.putBytes(i * sizeof row, &row, sizeof row);
    image.putWord(i * sizeof row + offsetof(ForetoldText, text), constants_.cString(ir_.texts[i]));
    auto* list = llvm::ConstantArray::get(llvm::ArrayType::get(pointer, codes[i].size()), codes[i]);
    image.putWord(i * sizeof row + offsetof(ForetoldText, codes), constants_.privateData(list, "codes", true));
  }
  return constants_.privateData(image.build(), "texts", false);
}

void ModuleLowering::describeModule() {
  constants_.setForStartup(true);
  std::vector<std::string_view> cellNames;
  for (uint32_t i = 0; i < ir_.cellCount(); ++i) cellNames.push_back(ir_.cells[i]);

  StaticImage<ModuleInfo> image(context_);
  image.address(&ModuleInfo::name, constants_.cString(ir_.name));
  image.address(&ModuleInfo::filename, constants_.cString(ir_.filename));
  image.set(&ModuleInfo::isPackage, ir_.isPackage);
  image.set(&ModuleInfo::cellCount, ir_.cellCount());
  image.address(&ModuleInfo::cells, cells_);
  image.address(&ModuleInfo::cellNames, constants_.nameArray(cellNames));
  image.address(&ModuleInfo::body, codes_[0]);
  image.set(&ModuleInfo::observers, options_.observers);
  image.set(&ModuleInfo::instantiated, options_.isCarried); // every instance is one more
  if ((options_.isCarried || (!options_.stripSource && !ir_.source.empty())) && llvm::compression::zlib::isAvailable()) {
    uint32_t size = 0;
    image.address(&ModuleInfo::source, compressedSource(size));
    image.set(&ModuleInfo::sourceSize, size);
    image.set(&ModuleInfo::sourceRawSize, ir_.source.size());
  }
  image.address(&ModuleInfo::warnings, warningTable());
  image.set(&ModuleInfo::warningCount, ir_.warnings.size());
  image.address(&ModuleInfo::texts, textTable());
  image.set(&ModuleInfo::textCount, ir_.textCount());
  info_->setInitializer(image.build());
  info_->setAlignment(llvm::Align(16));
  info_->setSection(layout::kStartDataSection);

  auto* pointer = llvm::ArrayType::get(llvm::PointerType::getUnqual(context_), 1);
  auto* row = constants_.privateData(llvm::ConstantArray::get(pointer, {info_}), "module", true);
  row->setSection(layout::kModulesSection);
  row->setAlignment(llvm::Align(8));
  layout::retain(*row);
}

} // namespace krait::codegen::lower
