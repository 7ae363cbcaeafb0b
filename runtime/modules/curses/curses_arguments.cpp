// Arguments of _curses' functions, and errors.
#include "runtime/modules/curses/curses_shared.h"
#include <cerrno>
#include <cstdarg>
#include <fcntl.h>
#include "runtime/modules/parsed_int.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {

CursesState cursesState;

static bool need(bool called, const char* function) { return called || (raise(*cursesState.error, "must call %s first", function), false); }
bool needScreen() { return need(cursesState.screen, "initscr()"); }
bool needTerminal() { return need(cursesState.terminal, "(at least) setupterm()"); }
bool needColors() { return needScreen() && need(cursesState.colors, "start_color()"); }

Value cursesDone(const Type* type, int status, const char* name) {
  return status == ERR ? raise(*type, "%s() returned ERR", name) : newRef(none());
}
Value cursesDone(int status, const char* name) { return cursesDone(cursesState.error, status, name); }
Value raiseNull(const Type* type) { return raise(*type, "curses function returned NULL"); }

bool longArgument(Value v, long* out) {
  *out = toInt64(v);
  return *out != -1 || !errorSet();
}

bool takeArguments(const Value* argv, const char* letters, ...) {
  va_list pointers;
  va_start(pointers, letters);
  bool good = true;
  for (; good && *letters; ++letters, ++argv) {
    if (*letters == 'i') good = parsedIntArgument(*argv, va_arg(pointers, int*));
    else if (*letters == 'l') good = longArgument(*argv, va_arg(pointers, long*));
    else *va_arg(pointers, Value*) = *argv;
  }
  va_end(pointers);
  return good;
}

Value refuseType(const char* function, const char* what, Value v) {
  return raise(TypeErrorType, "%s() argument must be %s, not %.50G", function, what, v);
}

static bool refuseLength(Value v) {
  raise(TypeErrorType, "expect bytes or str of length 1, or int, got a str of length %zd", asStr(v)->length);
  return false;
}
static bool asNarrow(int64_t n, chtype* out) {
  *out = static_cast<chtype>(n);
  return static_cast<int64_t>(*out) == n || (raise(OverflowErrorType, "byte doesn't fit in chtype"), false);
}

bool narrowCharacter(Value v, const char* encoding, chtype* out) {
  int overflow = 0;
  if (isStr(v)) {
    if (asStr(v)->length != 1) return refuseLength(v);
    const uint32_t c = asStr(v)->at(0);
    if (c <= 128) return asNarrow(c, out);
    Ref bytes(encodeStr(v, encoding, nullptr));
    if (!bytes) return false;
    const std::string_view view = bytesView(bytes);
    return asNarrow(view.size() == 1 ? static_cast<uint8_t>(view[0]) : -1, out);
  }
  if (isBytes(v) && bytesView(v).size() == 1) return asNarrow(static_cast<uint8_t>(bytesView(v)[0]), out);
  if (!isExactInt(v)) return raise(TypeErrorType, "expect bytes or str of length 1, or int, got %T", v), false;
  const int64_t n = intToInt64(v, &overflow);
  return asNarrow(overflow ? -1 : n, out);
}

Width anyCharacter(Value v, chtype* narrow, wchar_t* wide) {
  int overflow = 0;
  if (isStr(v)) {
    if (asStr(v)->length != 1) return refuseLength(v), Width::Error;
    *wide = static_cast<wchar_t>(asStr(v)->at(0));
    return Width::Wide;
  }
  if (isExactInt(v) && (intToInt64(v, &overflow), overflow)) return raise(OverflowErrorType, "int doesn't fit in long"), Width::Error;
  return narrowCharacter(v, nullptr, narrow) ? Width::Narrow : Width::Error;
}

Width anyText(Value v, std::string* narrow, std::wstring* wide) {
  if (isStr(v)) {
    for (int64_t i = 0; i < asStr(v)->length; ++i) *wide += static_cast<wchar_t>(asStr(v)->at(i));
    if (wide->find(L'\0') == std::wstring::npos) return Width::Wide;
    return raise(ValueErrorType, "embedded null character"), Width::Error;
  }
  if (!isBytes(v)) return raise(TypeErrorType, "expect bytes or str, got %T", v), Width::Error;
  *narrow = bytesView(v);
  if (narrow->find('\0') == std::string::npos) return Width::Narrow;
  return raise(ValueErrorType, "embedded null byte"), Width::Error;
}

bool serveSignals() { return !onMainThread() || !(pollRequests.load() & kPollSignal) || servePoll() == 0; }

FILE* openTemporary() {
  FILE* file = tmpfile();
  if (!file) return raiseOsError(errno), nullptr;
  fcntl(fileno(file), F_SETFD, FD_CLOEXEC);
  return file;
}

} // namespace krait
