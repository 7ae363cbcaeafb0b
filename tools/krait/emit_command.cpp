#include "tools/krait/emit_command.h"
#include "tools/krait/messages.h"
#include "tools/krait/observed.h"
#include <fmt/core.h>
#include "frontend/ast/dump.h"
#include "frontend/lex/lexer.h"
#include "ir/bytecode/compile.h"
#include "ir/bytecode/listing.h"
#include "ir/core/parser.h"
#include "ir/core/printer.h"
#include "ir/core/verifier.h"
#include "tools/krait/output.h"
#include "tools/krait/profile.h"
#include "tools/krait/source_module.h"

namespace krait::tools {
namespace {

/// Exit status.
int print(const Options& options, std::string_view text) {
  std::string error;
  if (deliver(options.output, text, error)) return 0;
  reportError(error);
  return 1;
}

int printIr(const ir::core::Module& module, const Options& options) {
  if (options.functionName.empty()) return print(options, ir::core::toText(module));
  std::string text;
  for (const ir::core::Function* f : module.functionsIn(options.functionName)) text += ir::core::toText(*f);
  if (!text.empty()) return print(options, text);
  reportError(fmt::format("'{}' has no function '{}'", module.filename, options.functionName));
  return 1;
}

/// From the module's IR on.
int emitModule(const ir::core::Module& module, const Options& options, uint32_t observers, const Installation& installation) {
  if (options.ir) return printIr(module, options);
  const auto artefact = options.llvm       ? codegen::emit::Artefact::LlvmIr
                        : options.assembly ? codegen::emit::Artefact::Assembly
                                           : codegen::emit::Artefact::Object;
  std::string bytes, error;
  if (codegen::emit::compileModule(module, compileOptionsOf(options, observers, installation), artefact, bytes, error)) return print(options, bytes);
  reportError(error);
  return 1;
}

} // namespace

codegen::emit::CompileOptions compileOptionsOf(const Options& options, uint32_t observers, const Installation& installation) {
  return {.level = codegen::emit::levelOf(options.level),
          .debugInfo = options.debugInfo, .debugVariables = options.debugInfo, .stripSource = options.stripSource,
          .countExits = options.countExits, .timePasses = options.timePasses,
          .observers = observers, .hotBitcode = installation.hotBitcode, .target = installation.target};
}

int emitFile(const Options& options, const Installation& installation) {
  SourceModule source;
  std::string error;
  source.name = "__main__";
  source.filename = options.files[0] == "-" ? "<stdin>" : options.files[0];
  if (!readSource(options.files[0], source.bytes, error)) {
    reportError(error);
    return 1;
  }
  auto refused = [&] { return reportDiagnostics(source, true), 1; };
  if (options.files[0].ends_with(".ir")) { // the textual form, for tests of codegen
    auto module = ir::core::parseModule(source.bytes, error);
    if (const auto broken = module ? ir::core::verify(*module) : std::vector<std::string>(); !broken.empty()) {
      error = broken.front(); // lowering takes IR at its word
      module.reset();
    }
    if (module) return emitModule(*module, options, observersFromText(options.observe), installation);
    report(Message{.isWarning = false, .name = {}, .text = error, .file = source.filename, .position = {}, .line = {}});
    return 1;
  }
  if (!source.decode()) return refused();
  if (options.tokens) {
    frontend::lex::TokenList list;
    frontend::lex::tokenize(*source.buffer, source.symbols, frontend::lex::FinalNewline::Implied, list);
    return print(options, frontend::lex::dump(*source.buffer, list));
  }
  if (!source.parse()) return refused();
  if (options.ast)
    return print(options, frontend::ast::dump(source.tree, *source.buffer, source.symbols) + "\n");
  if (!source.analyze()) return refused();
  if (options.scopes) return print(options, frontend::sema::dump(source.analysis->scopes, source.symbols));
  if (options.bytecode) {
    ir::core::Module constants;
    auto unit = ir::bytecode::compileModule(*source.buffer, source.tree, *source.analysis, source.symbols, constants.constants);
    return print(options, ir::bytecode::listing(*unit, constants));
  }
  const uint32_t observers = source.observe(options.observe);
  const auto profile = readProfiles(options);
  if (!profile) return 1;
  source.countsProfile = options.profileGenerate;
  source.profile = profileOf(*profile, source.name, source.filename);
  auto module = source.toIr(options, error);
  if (module) return emitModule(*module, options, observers, installation);
  reportError(error);
  return 1;
}

} // namespace krait::tools
