// What the functions of one module share while they are lowered.
#pragma once
#include <optional>
#include "codegen/layout/constant_pool.h"
#include "codegen/layout/entries.h"
#include "codegen/layout/static_image.h"
#include "codegen/lower/debug_info.h"
#include "codegen/lower/lower.h"
#include "codegen/lower/profile.h"
#include "ir/analysis/call_targets.h"
#include "ir/analysis/class_model.h"

namespace krait::codegen::lower {

class ModuleLowering {
public:
  ModuleLowering(const ir::core::Module& module, llvm::LLVMContext& context, const Options& options);
  LoweredModule run();

  const ir::core::Module& ir() const { return ir_; }
  llvm::Module& llvm() { return *result_.llvm; }
  const Options& options() const { return options_; }
  layout::ConstantPool& constants() { return constants_; }
  DebugInfo& debug() { return debug_; }
  LoweredModule& result() { return result_; }
  /// Some thousand lines: not everything in it can be worth much compile time.
  bool isLarge() const { return isLarge_; }
  llvm::FunctionCallee entry(layout::Entry e) { return layout::declare(e, llvm()); }
  llvm::GlobalVariable* code(const ir::core::Function& f) { return codes_[f.number]; }
  llvm::GlobalVariable* info() { return info_; }
  /// Address of a global variable's cell, in whichever module.
  llvm::Constant* cell(uint32_t index);
  /// Whether code of the module binds this global: it is no builtin then.
  bool isAssigned(uint32_t cell) const { return assigned_[cell]; }
  /// Zeroed inline cache for one site, or for several in a row.
  llvm::GlobalVariable* newCache(size_t count = 1);
  /// A Shape of these NAMEs, which the runtime fills in.
  llvm::Constant* newShape(const ir::core::ObjectShape& shape, bool isWritten);
  // Its ExpectedMethods; null: it expects none.
  llvm::Constant* methodsOf(llvm::Constant* shape) const { return methodsOfShapes_.lookup(shape); }
  /// A location of its own in `scope` for a call of this site; kNone: of the function's first line. The line is that of the site
  /// `shown`; kNone beside a site: none. `inlinedAt` may be null.
  llvm::DILocation* location(llvm::DISubprogram* scope, const ir::core::Function& f, uint32_t site, uint32_t shown, llvm::DILocation* inlinedAt, bool isLeft);
  std::string symbolOf(const ir::core::Function& f) const;
  /// Whether the function is compiled here, not in a neighbour's object.
  bool isOwn(const ir::core::Function& f) const { return f.number < ir_.functionCount(); }
  /// Declared at the latest now. Of a neighbour's function: where its object has it.
  llvm::Function* machineEntry(const ir::core::Function& f);
  const ir::analysis::CallTargets& callTargets() const { return callTargets_; }
  const ir::analysis::ClassModel& classes() const { return classes_; }
  /// Made when it is first asked for.
  const ProfileData& profile();
  /// What is called once: outside loops it is to be small, as the body of a module is.
  bool isCalledOnce(const ir::core::Function& f) const { return calledOnce_[f.number]; }
  bool isInlinable(const ir::core::Function& f) const { return inlinable_[f.number]; }
  bool isFusible(const ir::core::Function& f) const { return fusible_[f.number]; }
  bool hasFusible() const { return hasFusible_; }
  /// A machine function with the attributes that all generated code has.
  llvm::Function* newFunction(llvm::FunctionType* type, const llvm::Twine& symbol, const ir::core::Function& f, MachineRole role);

private:
  static void share(llvm::GlobalValue& made);
  void describeGlobals();
  void describeFunction(const ir::core::Function& f);
  void describeModule();
  void describeSites(const ir::core::Function& f, layout::StaticImage<CodeInfo>& image);
  llvm::Constant* wordTable(std::span<llvm::Constant* const> words, const char* name);
  llvm::Constant* expectedMethods(const ir::core::ObjectShape& shape);
  llvm::Constant* compressedSource(uint32_t& size);
  llvm::Constant* warningTable();
  llvm::Constant* textTable();

  const ir::core::Module& ir_;
  llvm::LLVMContext& context_;
  Options options_;
  LoweredModule result_;
  layout::ConstantPool constants_;
  DebugInfo debug_;
  llvm::GlobalVariable* info_ = nullptr;
  llvm::GlobalVariable* cells_ = nullptr;
  std::vector<llvm::GlobalVariable*> codes_;
  std::vector<llvm::Function*> entries_, resumes_; // by function
  std::vector<uint32_t> slotCounts_;
  llvm::DenseMap<llvm::Constant*, llvm::Constant*> methodsOfShapes_;
  bool isLarge_ = false;
  std::vector<bool> assigned_; // by cell
  const ir::analysis::CallTargets callTargets_;
  const ir::analysis::ClassModel classes_;
  std::vector<bool> inlinable_, fusible_, calledOnce_; // by function
  bool hasFusible_ = false;
  std::optional<ProfileData> profile_;
};

} // namespace krait::codegen::lower
