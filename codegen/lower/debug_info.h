// What a debugger is told of a module: lines always, as sites are read back from them (emit/object_writer.h), though they are written
// out with -g alone; and then variables and their types, by whose names tools/gdb knows what is in them (docs/debugging.md).
#pragma once
#include <llvm/IR/DIBuilder.h>
#include "ir/core/module.h"

namespace krait::codegen::lower {

/// What a machine function is for a Python function, which its type of result tells.
enum class MachineRole : uint8_t { Entry, GeneratorEntry, Resume };

class DebugInfo {
public:
  DebugInfo(llvm::Module& module, const std::string& filename, llvm::DICompileUnit::DebugEmissionKind kind);
  void finish() { builder_.finalize(); }
  bool hasVariables() const { return unit_->getEmissionKind() == llvm::DICompileUnit::FullDebug; }

  llvm::DISubprogram* function(const ir::core::Function& f, MachineRole role);
  /// A word in the module's data.
  void global(llvm::GlobalVariable& data, const std::string& name, uint64_t offset);
  void module(llvm::GlobalVariable& info, uint64_t size);

  /// A named local of `f`, or the cell that took its place, for one machine function.
  llvm::DILocalVariable* local(llvm::DISubprogram* scope, const ir::core::Function& f, uint32_t number, bool isCell = false);
  /// One that is no local, but a cell of `f`.
  llvm::DILocalVariable* cell(llvm::DISubprogram* scope, const ir::core::Function& f, uint32_t number);
  /// From here on, whatever is done: it stands at the address that the operations make of `at`.
  void declare(llvm::DILocalVariable* variable, llvm::Value* at, llvm::ArrayRef<uint64_t> operations, llvm::DILocation* location, llvm::BasicBlock* block);
  /// From here to the next that is said of it: it is what the operations make of `value`.
  void setValue(llvm::DILocalVariable* variable, llvm::Value* value, llvm::ArrayRef<uint64_t> operations, llvm::DILocation* location, llvm::BasicBlock* block);

private:
  llvm::DIType* word(const char* name);
  llvm::DIType* rawLocal(const char* name, llvm::ArrayRef<const char*> parts, llvm::DIType* type);
  llvm::DIType* wholeType();
  llvm::DIType* typeOf(const ir::core::Function& f, uint32_t local);
  llvm::DISubroutineType* typeOf(const ir::core::Function& f, MachineRole role);
  llvm::DIExpression* expression(llvm::ArrayRef<uint64_t> operations) { return builder_.createExpression(operations); }

  llvm::DIBuilder builder_;
  llvm::DIFile* file_;
  llvm::DICompileUnit* unit_;
  llvm::DIType *value_ = nullptr, *cell_ = nullptr, *keywords_ = nullptr, *number_ = nullptr, *complex_ = nullptr, *unsigned_ = nullptr, *generator_ = nullptr, *step_ = nullptr;
};

} // namespace krait::codegen::lower
