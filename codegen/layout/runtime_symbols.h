// Addresses of the runtime's own objects and fields, as constants of a module.
#pragma once
#include <llvm/IR/Module.h>
#include <optional>
#include <string_view>

namespace krait::codegen::layout {

/// External data `name` (a C symbol).
llvm::GlobalVariable* externalData(llvm::Module& module, llvm::StringRef name);
/// The variable krait::name.
llvm::GlobalVariable* runtimeVariable(llvm::Module& module, std::string_view name);
/// `base` + bytes.
llvm::Constant* offsetAddress(llvm::Constant* base, int64_t bytes);
/// &krait::type.instanceLayout, for headers of static objects.
llvm::Constant* layoutOf(llvm::Module& module, std::string_view type);
/// The word (i64) for an object's address.
llvm::Constant* wordOf(llvm::Constant* address);

/// Which of krt_builtin_cells is the builtin of this name's.
std::optional<size_t> builtinIndex(std::string_view name);

llvm::Constant* noneWord(llvm::Module& module);
llvm::Constant* trueWord(llvm::Module& module);
llvm::Constant* falseWord(llvm::Module& module);

} // namespace krait::codegen::layout
