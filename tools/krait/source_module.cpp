#include "tools/krait/source_module.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/core.h>
#include <sys/stat.h>
#include "ir/build/build.h"
#include "ir/passes/manager.h"
#include "ir/passes/pipeline.h"

namespace krait::tools {

using frontend::base::Diagnostics;

bool SourceModule::decode() {
  buffer = frontend::base::SourceBuffer::fromBytes(filename, bytes, diagnostics);
  return buffer != nullptr;
}

bool SourceModule::parse() {
  tree = frontend::parse::parseModule(*buffer, arena, symbols, diagnostics);
  return tree && !diagnostics.hasErrors();
}

bool SourceModule::analyze() {
  analysis = frontend::sema::analyze(*buffer, tree, symbols, diagnostics);
  return analysis && !diagnostics.hasErrors();
}

std::unique_ptr<ir::core::Module> SourceModule::toIr(const Options& options, std::string& error) {
  auto module = ir::build::buildModule(*buffer, tree, *analysis, symbols, {.moduleName = name, .filename = filename, .isPackage = isPackage, .events = events, .frames = frames});
  for (const auto& d : diagnostics.all())
    if (frontend::base::isWarning(d.category))
      module->warnings.push_back({d.message, d.category == frontend::base::DiagnosticClass::DeprecationWarning, d.position.lineno,
                                  d.position.offset, d.position.endLineno, d.position.endOffset});
  module->speculates = speculates && options.level != 0;
  ir::passes::Manager manager(
      {.printAfter = options.printAfter, .verifyEach = options.verifyEach, .timePasses = options.timePasses, .bisectLimit = options.bisectLimit});
  if (!manager.run(*module, ir::passes::pipelineOf(options.level == 0 ? ir::passes::Level::None : ir::passes::Level::Full), error))
    return nullptr;
  if (options.timePasses) manager.reportTimes();
  return module;
}

bool reportDiagnostics(const Diagnostics& diagnostics, bool warnings) {
  for (const auto& d : diagnostics.all()) {
    if (frontend::base::isWarning(d.category) && !warnings) continue;
    fmt::print(stderr, "{}", frontend::base::render(d));
    if (!frontend::base::isWarning(d.category)) return true; // the first one is what Python reports
  }
  return diagnostics.hasErrors();
}

void reportAt(const SourceModule& module, frontend::base::Span span, const char* kind, const std::string& message) {
  const auto at = module.buffer->position(span.start);
  const uint32_t column = module.buffer->characterColumn(span.start) + 1;
  fmt::print(stderr, "{}:{}:{}: {}: {}\n{}\n{:>{}}\n", module.filename, at.line, column, kind, message,
             module.buffer->line(at.line), "^", column);
}

bool readSource(const std::string& path, std::string& bytes, std::string& error) {
  const bool standardInput = path == "-";
  FILE* in = standardInput ? stdin : fopen(path.c_str(), "rb");
  struct stat s {};
  if (in && !standardInput && fstat(fileno(in), &s) == 0 && S_ISDIR(s.st_mode)) {
    fclose(in);
    in = nullptr;
    errno = EISDIR;
  }
  if (!in) {
    error = fmt::format("can't open file '{}': {}", path, strerror(errno));
    return false;
  }
  char block[65536];
  while (size_t n = fread(block, 1, sizeof block, in)) bytes.append(block, n);
  const bool good = !ferror(in);
  if (!good) error = fmt::format("can't read '{}': {}", path, strerror(errno));
  if (!standardInput) fclose(in);
  return good;
}

} // namespace krait::tools
