// Tables that the linker joins from all modules (runtime/abi/sections.h reads them).
#pragma once
#include <llvm/IR/GlobalVariable.h>

namespace krait::codegen::layout {

inline constexpr char kNamesSection[] = "krt_names";     // StrObject*
inline constexpr char kModulesSection[] = "krt_modules"; // ModuleInfo*
inline constexpr char kNativesSection[] = "krt_natives"; // const NativeModule*
inline constexpr char kSitesSection[] = "krt_sites";     // FunctionSites, see runtime/abi/sections.h
inline constexpr char kCallSitesSection[] = "krt_call_sites"; // what they refer to

/// Keeps a table that no code mentions.
void retain(llvm::GlobalVariable& table);

} // namespace krait::codegen::layout
