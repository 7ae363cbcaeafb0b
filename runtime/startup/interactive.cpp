// What `python3 -i` does with statements that are typed one by one: prompts on standard error, each statement run as soon as
// it is complete, errors shown without an end.
#include "runtime/startup/interactive.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

#include "runtime/builtins/hooks.h"
#include "runtime/exceptions/exception.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/startup.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

constexpr uint32_t kDontImplyDedent = 0x200, kAllowIncompleteInput = 0x4000; // PyCF_*, as codeop has them

/// sys.ps1 or sys.ps2 on standard error.
void prompt(const char* name) {
  Value text = sysGet(name);
  Ref shown(text ? str(text) : Value());
  if (!shown) return errorClear();
  Utf8 bytes(shown);
  if (bytes.ok()) fwrite(bytes.data(), 1, bytes.size(), stderr);
  fflush(stderr);
}

/// Adds a line of descriptor 0; false at its end. Byte by byte: what follows belongs to the statements.
bool readLine(std::string& text) {
  for (char c;;) {
    const ssize_t n = read(0, &c, 1);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text += c;
    if (c == '\n') return true;
  }
}

/// The statement in `text` (owned code object); null without error if lines are missing.
Value compileStatement(const std::string& text, Value filename, bool atEnd) {
  Ref source(newStr(text));
  Value code = source ? krt_engine_hooks->compile(source, filename, CompileMode::Single,
                                                  atEnd ? 0 : kDontImplyDedent | kAllowIncompleteInput, -1, -1)
                      : Value();
  if (code || atEnd || !errorMatches(SyntaxErrorType)) return code;
  Ref error = errorTake(), message(getAttr(error, "msg"));
  if (message && isStr(message) && strEqual(message, "incomplete input")) return Value();
  errorRestore(error.release());
  return Value();
}

bool isBlank(const std::string& text) { return text.find_first_not_of(" \t\f\r\n") == std::string::npos; }

} // namespace

Value runInteractively(Value module, bool greets) {
  if (!krt_engine_hooks) return raise(ImportErrorType, "this executable carries no front end: there is no interactive mode");
  Ref first(newStr(">>> ")), further(newStr("... ")), filename(newStr("<stdin>"));
  if (!filename || sysSet("ps1", first) < 0 || sysSet("ps2", further) < 0) return Value();
  if (greets && !runtimeFlags.quiet) fputs("Python 3.11.2 (Krait) on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n", stderr);
  Value globals = moduleDict(module);
  std::string text;
  for (bool more = true; more;) {
    prompt(text.empty() ? "ps1" : "ps2");
    more = readLine(text);
    if (isBlank(text)) {
      text.clear();
      continue;
    }
    if (text.size() < 2) continue;
    // An indented block ends with an empty line.
    const size_t last = text.rfind('\n', text.size() - 2);
    if (more && last != std::string::npos && (text[last + 1] == ' ' || text[last + 1] == '\t')) continue;
    Ref code(compileStatement(text, filename, !more));
    if (!code && !errorSet()) continue;
    text.clear();
    Ref done(code ? krt_engine_hooks->execute(code, globals, globals, Value()) : Value());
    if (!done) {
      if (errorMatches(SystemExitType)) return Value();
      bool exits;
      handleUncaught(&exits);
    }
    if (flushStandardStreams() < 0) errorClear();
  }
  fputc('\n', stderr);
  return newRef(none());
}

} // namespace krait
