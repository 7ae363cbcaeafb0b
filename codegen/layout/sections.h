// Sections by kind. The linker joins what the modules contribute to each: tables that the runtime reads
// (runtime/abi/sections.h), and data by when it is used. Starting a program executes every module's body and little
// else; what bodies touch stands together, so that it fills few pages, and few are read around it.
#pragma once
#include <llvm/IR/GlobalVariable.h>

namespace krait::codegen::layout {

inline constexpr char kModulesSection[] = "krt_modules"; // ModuleInfo*
inline constexpr char kNativesSection[] = "krt_natives"; // const NativeModule*
inline constexpr char kSitesSection[] = "krt_sites";     // FunctionSites, see runtime/abi/sections.h
inline constexpr char kCallSitesSection[] = "krt_call_sites"; // what they refer to

inline constexpr char kStartDataSection[] = "krt_start_data";   // objects that bodies of modules and classes mention
inline constexpr char kStartTextsSection[] = "krt_start_texts"; // long ones among them: of these only the header is read
inline constexpr char kStartConstSection[] = "krt_start_const"; // the same, constant
inline constexpr char kStartCellsSection[] = "krt_start_cells"; // cells of global variables
inline constexpr char kCodesSection[] = "krt_codes";            // CodeInfo
inline constexpr char kSpansSection[] = "krt_spans";            // for tracebacks: spans of sites
inline constexpr char kSourceSection[] = "krt_source";          // compressed source text
inline constexpr char kDebuggerScripts[] = ".debug_gdb_scripts"; // its name is gdb's

/// Keeps a table that no code mentions.
void retain(llvm::GlobalVariable& table);

} // namespace krait::codegen::layout
