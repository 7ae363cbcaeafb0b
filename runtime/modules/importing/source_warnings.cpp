#include "runtime/modules/importing/source_warnings.h"

#include <string_view>

#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/source_lines.h"
#include "runtime/exceptions/warnings.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

int32_t raiseAsError(const SourceWarning& w, Value message, Value filename, Value line) {
  Ref text(line ? formatText("%U\n", line) : newRef(none()));
  Ref place(text ? newTuple({filename, newInt(w.line), newInt(w.offset), text, newInt(w.endLine), newInt(w.endOffset)}) : Value());
  Ref arguments(place ? newTuple({message, place}) : Value());
  Ref error(arguments ? callTupleDict(asValue(&SyntaxErrorType), arguments, Value()) : Value());
  if (error) raiseInstance(error.release());
  return -1;
}

} // namespace

int32_t issueSourceWarnings(const ModuleInfo* module) {
  exceptions::SourceLines lines;
  for (uint32_t i = 0; i < module->warningCount; ++i) {
    const SourceWarning& w = module->warnings[i];
    const Type& category = w.isDeprecation ? DeprecationWarningType : SyntaxWarningType;
    Ref message(newStr(w.message));
    Value filename = module->body->filename;
    std::string_view found;
    Ref line(message && lines.find(module->body, w.line, &found) ? newStr(found) : Value());
    if (!message || errorSet()) return -1;
    if (warnExplicit(asValue(&category), message, filename, w.line, Value(), Value(), line, Value()) == 0) continue;
    if (!errorMatches(category)) return -1;
    errorClear();
    return raiseAsError(w, message, filename, line);
  }
  return 0;
}

} // namespace krait
