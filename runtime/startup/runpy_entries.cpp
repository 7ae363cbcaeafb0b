// The lines are those of runpy.py in Debian's CPython 3.11. It is frozen there, so that no text is shown.
#include "runtime/startup/runpy_entries.h"

#include <string_view>

#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/library_entry.h"

namespace krait {
namespace {

constexpr ModuleInfo kRunpy = {.name = "runpy", .filename = "<frozen runpy>"};
constexpr SourceSpan at(int32_t line) { return {line, line, -1, -1}; }

LibraryPlace runsCode = {kRunpy, "_run_code", 65, at(88)};
LibraryPlace runsModule = {kRunpy, "_run_module_as_main", 173, at(198)}, findsModule = {kRunpy, "_run_module_as_main", 173, at(189)};
LibraryPlace findsMain = {kRunpy, "_get_module_details", 105, at(148)}, importsPackage = {kRunpy, "_get_module_details", 105, at(112)};

} // namespace

void addRunpyEntries(const ModuleInfo* program) {
  Value first = tracebackOf(krt_hot.raised);
  if (first && first.as<TracebackObject>()->code == program->body) {
    addLibraryEntry(runsCode);
    addLibraryEntry(runsModule);
    return;
  }
  // Its package could not be imported.
  addLibraryEntry(importsPackage);
  if (std::string_view(program->name).ends_with(".__main__")) addLibraryEntry(findsMain);
  addLibraryEntry(findsModule);
}

} // namespace krait
