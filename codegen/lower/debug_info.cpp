#include "codegen/lower/debug_info.h"

namespace krait::codegen::lower {

using ir::core::RawKind;

DebugInfo::DebugInfo(llvm::Module& module, const std::string& filename, llvm::DICompileUnit::DebugEmissionKind kind)
    : builder_(module) {
  const size_t slash = filename.rfind('/');
  file_ = slash == std::string::npos ? builder_.createFile(filename, ".") : builder_.createFile(filename.substr(slash + 1), filename.substr(0, slash));
  unit_ = builder_.createCompileUnit(llvm::dwarf::DW_LANG_Python, file_, "krait", false, "", 0, "", kind);
  module.addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  module.addModuleFlag(llvm::Module::Warning, "Dwarf Version", 4); // Debian 12's valgrind reads no later one
  if (!hasVariables()) return;
  value_ = word("krait_value");
  cell_ = word("krait_cell");
  keywords_ = word("krait_keywords"); // null: no dict was made yet
  generator_ = word("krait_generator");
  auto* real = builder_.createBasicType("double", 64, llvm::dwarf::DW_ATE_float);
  number_ = rawLocal("krait_number", {"real"}, real);
  complex_ = rawLocal("krait_complex", {"real", "imag"}, real);
  unsigned_ = rawLocal("krait_unsigned", {"number"}, wholeType());
  step_ = builder_.createBasicType("krait_step", 32, llvm::dwarf::DW_ATE_signed);
}

/// To a debugger that knows no more, a pointer to who knows what: shown in a line, and nothing to calculate with.
llvm::DIType* DebugInfo::word(const char* name) {
  auto* object = builder_.createForwardDecl(llvm::dwarf::DW_TAG_structure_type, "krait_object", unit_, file_, 0);
  return builder_.createTypedef(builder_.createPointerType(object, 64), name, file_, 0, unit_);
}

llvm::DIType* DebugInfo::wholeType() { return builder_.createBasicType("unsigned long", 64, llvm::dwarf::DW_ATE_unsigned); }

/// A word, what a raw local has beside it, and a word that says that nothing is missing: gdb takes the end of what is optimised out for 0.
llvm::DIType* DebugInfo::rawLocal(const char* name, llvm::ArrayRef<const char*> parts, llvm::DIType* type) {
  const uint64_t bits = 64 * (2 + parts.size());
  auto* made = builder_.createStructType(unit_, name, file_, 0, bits, 64, llvm::DINode::FlagZero, nullptr, {});
  llvm::SmallVector<llvm::Metadata*, 4> members;
  auto add = [&](const char* member, llvm::DIType* type) {
    members.push_back(builder_.createMemberType(made, member, file_, 0, 64, 64, 64 * members.size(), llvm::DINode::FlagZero, type));
  };
  add("word", value_);
  for (const char* member : parts) add(member, type);
  add("whole", wholeType());
  builder_.replaceArrays(made, builder_.getOrCreateArray(members));
  return made;
}

llvm::DIType* DebugInfo::typeOf(const ir::core::Function& f, uint32_t local) {
  if (f.rawKind(local) == RawKind::Float) return number_;
  if (f.rawKind(local) == RawKind::Complex) return complex_;
  if (f.rawKind(local) == RawKind::Unsigned) return unsigned_;
  return f.makesKeywordsLate() && local + 1 == f.paramCount() ? keywords_ : value_;
}

llvm::DISubroutineType* DebugInfo::typeOf(const ir::core::Function& f, MachineRole role) {
  llvm::SmallVector<llvm::Metadata*, 8> types;
  if (hasVariables()) {
    types.push_back(role == MachineRole::Resume ? step_ : role == MachineRole::GeneratorEntry ? generator_ : value_);
    for (uint32_t i = 0; i < f.paramCount(); ++i) types.push_back(value_);
  }
  return builder_.createSubroutineType(builder_.getOrCreateTypeArray(types));
}

llvm::DISubprogram* DebugInfo::function(const ir::core::Function& f, MachineRole role) {
  return builder_.createFunction(file_, f.qualname.empty() ? "<module>" : f.qualname, "", file_, f.firstLine, typeOf(f, role), f.firstLine,
                                 llvm::DINode::FlagZero, llvm::DISubprogram::SPFlagDefinition);
}

void DebugInfo::global(llvm::GlobalVariable& data, const std::string& name, uint64_t offset) {
  auto* at = offset ? expression({llvm::dwarf::DW_OP_plus_uconst, offset}) : nullptr;
  data.addDebugInfo(builder_.createGlobalVariableExpression(unit_, name, "", file_, 1, value_, true, true, at));
}

void DebugInfo::module(llvm::GlobalVariable& info, uint64_t size) {
  auto* type = builder_.createStructType(unit_, "krait_module", file_, 0, size * 8, 64, llvm::DINode::FlagZero, nullptr, {});
  info.addDebugInfo(builder_.createGlobalVariableExpression(unit_, "krait_module", "", file_, 1, type, true));
}

llvm::DILocalVariable* DebugInfo::local(llvm::DISubprogram* scope, const ir::core::Function& f, uint32_t number, bool isCell) {
  const std::string& name = f.locals[number].name;
  llvm::DIType* type = isCell ? cell_ : typeOf(f, number);
  if (number < f.paramCount()) return builder_.createParameterVariable(scope, name, number + 1, file_, f.firstLine, type, true);
  return builder_.createAutoVariable(scope, name, file_, f.firstLine, type, true);
}

llvm::DILocalVariable* DebugInfo::cell(llvm::DISubprogram* scope, const ir::core::Function& f, uint32_t number) {
  return builder_.createAutoVariable(scope, f.cellName(number), file_, f.firstLine, cell_, true);
}

void DebugInfo::declare(llvm::DILocalVariable* variable, llvm::Value* at, llvm::ArrayRef<uint64_t> operations, llvm::DILocation* location,
                        llvm::BasicBlock* block) {
  builder_.insertDeclare(at, variable, expression(operations), location, block);
}

void DebugInfo::setValue(llvm::DILocalVariable* variable, llvm::Value* value, llvm::ArrayRef<uint64_t> operations, llvm::DILocation* location,
                         llvm::BasicBlock* block) {
  builder_.insertDbgValueIntrinsic(value, variable, expression(operations), location, block);
}

} // namespace krait::codegen::lower
