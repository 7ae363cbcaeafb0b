#include "tools/krait/source_module.h"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/core.h>
#include <sys/stat.h>
#include <tuple>
#include "ir/build/build.h"
#include "ir/passes/manager.h"
#include "ir/passes/pipeline.h"
#include "tools/krait/messages.h"
#include "tools/krait/observed.h"

namespace krait::tools {

bool SourceModule::decode() {
  using frontend::base::SourceBuffer;
  buffer = SourceBuffer::fromBytes(filename, bytes, diagnostics, name == "__main__" ? SourceBuffer::Origin::Script : SourceBuffer::Origin::Bytes);
  return buffer != nullptr;
}

bool SourceModule::parse() {
  tree = frontend::parse::parseModule(*buffer, arena, symbols, diagnostics);
  return tree && !diagnostics.hasErrors();
}

bool SourceModule::analyze() {
  analysis = frontend::sema::analyze(*buffer, tree, symbols, diagnostics, {.keepGoing = wantsAllErrors});
  return analysis && !diagnostics.hasErrors();
}

void SourceModule::assume(uint32_t observers) {
  events = observers & kObservedEvents;
  frames = observers & kObservedFrameLocals;
  counts = observers & kObservedExactCounts;
  keepsCells = mayCountReferences(observers);
  speculates = outlines = maySpeculate(observers);
}

uint32_t SourceModule::observe(std::string_view given) {
  const uint32_t observers = given.empty() ? uint32_t{analysis->observers} : observersFromText(given);
  assume(observers);
  return observers;
}

std::unique_ptr<ir::core::Module> SourceModule::toIr(const Options& options, std::string& error, std::span<const std::unique_ptr<SourceModule>> neighbours) {
  // An object tells another where its functions and globals are by their numbers: all are built alike.
  const auto optionsOf = [this, &options](const SourceModule& m) {
    return ir::build::Options{.moduleName = m.name, .filename = m.filename, .isPackage = m.isPackage, .events = events, .frames = frames, .counts = counts, .outlines = outlines && options.level != 0, .foretells = true};
  };
  auto module = ir::build::buildModule(*buffer, tree, *analysis, symbols, optionsOf(*this));
  for (const auto& n : neighbours) ir::build::addNeighbour(*module, *n->buffer, n->tree, *n->analysis, n->symbols, optionsOf(*n));
  for (const auto& d : diagnostics.all())
    if (frontend::base::isWarning(d.category))
      module->warnings.push_back({d.message, d.category == frontend::base::DiagnosticClass::DeprecationWarning, d.position.lineno,
                                  d.position.offset, d.position.endLineno, d.position.endOffset});
  module->isShared = isShared;
  module->keepsCells = keepsCells;
  module->speculates = speculates && options.level != 0 && !countsProfile; // each place shall stand once
  module->profile = profile;
  module->remarks = remarks;
  if (afterEach) afterEach({}, *module);
  using ir::passes::Level, ir::passes::Profiling;
  ir::passes::Manager manager({.printAfter = options.printAfter, .verifyEach = options.verifyEach, .timePasses = options.timePasses,
                               .bisectLimit = options.bisectLimit, .afterEach = afterEach});
  if (!manager.run(*module, ir::passes::pipelineOf(options.level == 0 ? Level::None : Level::Full, countsProfile ? Profiling::Generate : profile ? Profiling::Use : Profiling::None), error))
    return nullptr;
  if (options.timePasses) manager.reportTimes();
  return module;
}

bool reportDiagnostics(const SourceModule& module, bool warnings) {
  std::vector<const frontend::base::Diagnostic*> sorted;
  for (const auto& d : module.diagnostics.all()) {
    if (frontend::base::isWarning(d.category) && !warnings) continue;
    sorted.push_back(&d);
    if (!frontend::base::isWarning(d.category) && !module.wantsAllErrors) break;
  }
  auto place = [](const frontend::base::Diagnostic* d) { return std::tuple(d->position.lineno, d->position.offset, d); };
  if (module.wantsAllErrors) std::sort(sorted.begin(), sorted.end(), [&](auto* a, auto* b) { return place(a) < place(b); });
  for (const auto* d : sorted) report(*d);
  return module.diagnostics.hasErrors();
}

void reportAt(const SourceModule& module, frontend::base::Span span, bool isWarning, const char* name, const std::string& text) {
  const auto at = module.buffer->position(span.start);
  const int line = static_cast<int>(at.line), column = static_cast<int>(module.buffer->characterColumn(span.start)) + 1;
  report(Message{.isWarning = isWarning, .name = name, .text = text, .file = module.filename, .position = {line, column, line, column + 1},
                 .line = std::string(module.buffer->line(at.line)), .hasLine = true});
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
