// One source file on its way: text -> tree -> side tables -> IR.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include "frontend/base/arena.h"
#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/base/symbol.h"
#include "frontend/parse/parser.h"
#include "frontend/sema/analysis.h"
#include "ir/core/module.h"
#include "tools/krait/options.h"

namespace krait::tools {

struct SourceModule {
  std::string name;     // dotted
  std::string filename; // as tracebacks show it
  bool isPackage = false;
  bool events = false, frames = false, counts = false; // observed: see ir/build/build.h
  bool speculates = false;             // ir::core::Module::speculates
  bool outlines = false;               // ir::build::Options::outlines
  bool keepsCells = false;             // ir::core::Module::keepsCells
  bool wantsAllErrors = false;         // else the one that CPython raises
  const ProfileModule* profile = nullptr; // ir::core::Module::profile
  bool countsProfile = false;          // is instrumented
  bool isShared = false;               // ir::core::Module::isShared
  ir::core::Remarks* remarks = nullptr; // ir::core::Module::remarks
  std::function<void(std::string_view pass, const ir::core::Module&)> afterEach{}; // ir::passes::ManagerOptions::afterEach; first for no pass: as built
  std::string bytes;    // as read

  frontend::base::Diagnostics diagnostics;
  frontend::base::SymbolTable symbols;
  frontend::base::Arena arena;
  std::unique_ptr<frontend::base::SourceBuffer> buffer;
  const frontend::ast::Mod* tree = nullptr;
  std::unique_ptr<frontend::sema::Analysis> analysis;

  /// Each step needs the one before. False after an error, which is in `diagnostics`.
  bool decode();
  bool parse();
  bool analyze();
  /// Before toIr: what the module's own code may assume in a program with these ObservedBits.
  void assume(uint32_t observers);
  /// The same of a program that is this file: `given` (--observe), or what its text shows. The ObservedBits.
  uint32_t observe(std::string_view given);
  /// Built and optimised; null with `error` if the verifier complains. `neighbours`: other modules of the program that are analysed, for
  /// what their texts say.
  std::unique_ptr<ir::core::Module> toIr(const Options& options, std::string& error, std::span<const std::unique_ptr<SourceModule>> neighbours = {});
};

/// Reports errors (and warnings, if asked for). True if there was an error.
bool reportDiagnostics(const SourceModule& module, bool warnings);
/// About a place in the module; `name` as Message::name.
void reportAt(const SourceModule& module, frontend::base::Span span, bool isWarning, const char* name, const std::string& text);

/// Reads a file, or standard input for "-". False with a message.
bool readSource(const std::string& path, std::string& bytes, std::string& error);

} // namespace krait::tools
