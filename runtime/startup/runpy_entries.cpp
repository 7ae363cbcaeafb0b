// The lines are those of runpy.py in Debian's CPython 3.11. It is frozen there, so that no text is shown.
#include "runtime/startup/runpy_entries.h"

#include <string_view>

#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

constexpr const char* kFile = "<frozen runpy>";
ModuleInfo runpy = {.name = "runpy", .filename = kFile};

constexpr SourceSpan at(int32_t line) { return {line, line, -1, -1}; }

struct Step {
  const char* function;
  int32_t firstLine;
  SourceSpan site;
  CodeInfo code{};
};
Step runsCode = {"_run_code", 65, at(88)};
Step runsModule = {"_run_module_as_main", 173, at(198)}, findsModule = {"_run_module_as_main", 173, at(189)};
Step findsMain = {"_get_module_details", 105, at(148)}, importsPackage = {"_get_module_details", 105, at(112)};

void add(Step& step) {
  if (!step.code.name) {
    step.code.name = step.code.qualname = internStr(step.function);
    step.code.filename = internStr(kFile);
    step.code.module = &runpy;
    step.code.flags = kCodeOptimized | kCodeNewLocals;
    step.code.firstLine = static_cast<uint32_t>(step.firstLine);
    step.code.sites = &step.site;
    step.code.siteCount = 1;
  }
  addTracebackEntry(&step.code, nullptr, 0, nullptr, 0, kTracebackLeaving, &step);
}

} // namespace

void addRunpyEntries(const ModuleInfo* program) {
  Value first = tracebackOf(krt_hot.raised);
  if (first && first.as<TracebackObject>()->code == program->body) {
    add(runsCode);
    add(runsModule);
    return;
  }
  // Its package could not be imported.
  add(importsPackage);
  if (std::string_view(program->name).ends_with(".__main__")) add(findsMain);
  add(findsModule);
}

} // namespace krait
