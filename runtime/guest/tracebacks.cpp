// Frames of krait's in tracebacks of the guest. A frame there is one of its own code objects: each place in compiled code gets an empty
// one that says the same file, function, lines and columns.
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/exceptions/exception.h"
#include "runtime/guest/guest.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

std::unordered_set<PyObject*> standIns;

void putVarint(std::string& out, uint32_t n) {
  for (; n >= 64; n >>= 6) out += static_cast<char>(64 | (n & 63));
  out += static_cast<char>(n);
}
void putSigned(std::string& out, int32_t n) { putVarint(out, n < 0 ? (static_cast<uint32_t>(-n) << 1) | 1 : static_cast<uint32_t>(n) << 1); }

/// An entry in the long form of CPython 3.11's location table (Objects/locations.md there), for all of a code of `units` words.
std::string locationTable(const SourceSpan& span, int32_t firstLine, size_t units) {
  std::string table;
  for (; units; units -= std::min<size_t>(units, 8)) {
    table += static_cast<char>(0x80 | 14 << 3 | (std::min<size_t>(units, 8) - 1));
    putSigned(table, static_cast<int32_t>(span.line) - firstLine);
    firstLine = static_cast<int32_t>(span.line);
    putVarint(table, static_cast<uint32_t>(span.endLine - span.line));
    putVarint(table, static_cast<uint32_t>(span.column + 1));
    putVarint(table, static_cast<uint32_t>(span.endColumn + 1));
  }
  return table;
}

/// New reference, or null with the guest's error.
PyObject* newStandIn(const CodeInfo* code, const SourceSpan& span) {
  Utf8 file(code->filename), name(code->name);
  if (!file.ok() || !name.ok()) return raiseInGuest();
  const int first = static_cast<int>(code->firstLine);
  Held empty(reinterpret_cast<PyObject*>(py.PyCode_NewEmpty(file.data(), name.data(), first)));
  Held replace(empty ? py.PyObject_GetAttrString(empty, "replace") : nullptr), none(py.PyTuple_New(0)), changes(py.PyDict_New());
  if (!replace || !none || !changes) return nullptr;
  const auto units = static_cast<size_t>(Py_SIZE(empty.get()));
  const std::string table = locationTable(span, first, units);
  Held qualname(toGuest(code->qualname)), locations(py.PyBytes_FromStringAndSize(table.data(), static_cast<Py_ssize_t>(table.size())));
  if (!qualname || !locations || py.PyDict_SetItemString(changes, "co_qualname", qualname) < 0 ||
      py.PyDict_SetItemString(changes, "co_linetable", locations) < 0)
    return nullptr;
  return py.PyObject_Call(replace, none, changes);
}

/// Borrowed; kept, since errors come from few places.
PyObject* standInFor(const CodeInfo* code, uint32_t site, int32_t line) {
  static std::map<std::tuple<const CodeInfo*, uint32_t, int32_t>, PyObject*> known;
  PyObject*& made = known[{code, site, line}];
  if (made) return made;
  const bool isKnown = site < code->siteCount && (line == 0 || code->siteSpan(site).line == line);
  const int32_t at = line ? line : static_cast<int32_t>(code->firstLine);
  SourceSpan span{at, at, -1, -1};
  if (isKnown) span = code->siteSpan(site);
  made = newStandIn(code, span);
  if (made) standIns.insert(made);
  return made;
}

/// The globals of such a frame (borrowed): that it is of this module.
PyObject* globalsFor(const char* module) {
  static std::map<std::string, PyObject*> known;
  PyObject*& names = known[module];
  if (names) return names;
  Held made(py.PyDict_New()), name(py.PyUnicode_FromString(module));
  if (!made || !name || py.PyDict_SetItemString(made, "__name__", name) < 0) return nullptr;
  return names = made.take();
}

} // namespace

bool isStandIn(PyObject* code) { return standIns.contains(code); }

PyObject* tracebackToGuest(Value trace) {
  constexpr size_t kMost = 2000; // of a recursion without end the outer ones
  std::vector<const TracebackObject*> entries;
  for (Value at = trace; at && !isNone(at) && entries.size() < kMost; at = at.as<TracebackObject>()->next) entries.push_back(at.as<TracebackObject>());
  Held next(share(guestNone()));
  for (size_t i = entries.size(); i--;) {
    const TracebackObject* entry = entries[i];
    PyObject* code = standInFor(entry->code, entry->site, entry->line);
    PyObject* globals = code ? globalsFor(entry->code->module ? entry->code->module->name : "?") : nullptr;
    if (!globals) return nullptr;
    Held frame(reinterpret_cast<PyObject*>(py.PyFrame_New(py.PyThreadState_Get(), reinterpret_cast<PyCodeObject*>(code), globals, nullptr)));
    const int32_t line = entry->line                               ? entry->line
                         : entry->site < entry->code->siteCount ? static_cast<int32_t>(entry->code->siteSpan(entry->site).line)
                                                                : static_cast<int32_t>(entry->code->firstLine);
    Held lasti(py.PyLong_FromLongLong(0)), number(py.PyLong_FromLongLong(line));
    if (!frame || !lasti || !number) return nullptr;
    next = Held(py.PyObject_CallFunctionObjArgs(asGuest(py.PyTraceBack_Type), next.get(), frame.get(), lasti.get(), number.get(), nullptr));
    if (!next) return nullptr;
  }
  return next.take();
}

} // namespace krait::guest
