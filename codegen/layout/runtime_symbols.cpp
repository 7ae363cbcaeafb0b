#include "codegen/layout/runtime_symbols.h"
#include <cstddef>
#include <string>
#include "runtime/object/type.h"

namespace krait::codegen::layout {

llvm::GlobalVariable* externalData(llvm::Module& module, llvm::StringRef name) {
  if (auto* found = module.getNamedGlobal(name)) return found;
  auto* made = new llvm::GlobalVariable(module, llvm::Type::getInt8Ty(module.getContext()), false,
                                        llvm::GlobalValue::ExternalLinkage, nullptr, name);
  made->setDSOLocal(true);
  made->setAlignment(llvm::Align(16));
  return made;
}

llvm::GlobalVariable* runtimeVariable(llvm::Module& module, std::string_view name) {
  // The Itanium ABI's name of a variable of namespace krait.
  return externalData(module, "_ZN5krait" + std::to_string(name.size()) + std::string(name) + "E");
}

llvm::Constant* offsetAddress(llvm::Constant* base, int64_t bytes) {
  if (bytes == 0) return base;
  auto& context = base->getContext();
  return llvm::ConstantExpr::getGetElementPtr(llvm::Type::getInt8Ty(context), base,
                                              llvm::ConstantInt::getSigned(llvm::Type::getInt64Ty(context), bytes));
}

llvm::Constant* layoutOf(llvm::Module& module, std::string_view type) {
  return offsetAddress(runtimeVariable(module, type), offsetof(Type, instanceLayout));
}

llvm::Constant* wordOf(llvm::Constant* address) {
  return llvm::ConstantExpr::getPtrToInt(address, llvm::Type::getInt64Ty(address->getContext()));
}

std::optional<size_t> builtinIndex(std::string_view name) {
  static constexpr std::string_view kNames[] = {
#define BUILTIN(name) #name,
#include "runtime/abi/builtins.def"
#undef BUILTIN
  };
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (kNames[i] == name) return i;
  return std::nullopt;
}

llvm::Constant* noneWord(llvm::Module& module) { return wordOf(runtimeVariable(module, "noneObject")); }
llvm::Constant* trueWord(llvm::Module& module) { return wordOf(runtimeVariable(module, "trueObject")); }
llvm::Constant* falseWord(llvm::Module& module) { return wordOf(runtimeVariable(module, "falseObject")); }

} // namespace krait::codegen::layout
