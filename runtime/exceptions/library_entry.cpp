#include "runtime/exceptions/library_entry.h"

#include <string_view>

#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/types/str.h"

namespace krait {

void addLibraryEntry(LibraryPlace& place) {
  CodeInfo& code = place.code;
  if (!code.name) {
    const std::string_view qualified = place.function;
    code.name = internStr(qualified.substr(qualified.rfind('.') + 1)); // npos + 1 is 0
    code.qualname = internStr(qualified);
    code.filename = internStr(std::string_view(place.module.filename));
    code.module = &place.module;
    code.flags = kCodeOptimized | kCodeNewLocals;
    code.firstLine = static_cast<uint32_t>(place.firstLine);
    code.sites = &place.site;
    code.siteCount = 1;
  }
  addTracebackEntry(&code, nullptr, 0, nullptr, 0, kTracebackLeaving, &place);
}

} // namespace krait
