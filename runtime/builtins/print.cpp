// print and input. A native text stream is written to directly; every other
// object through its write method, piece by piece as CPython does.
#include <unistd.h>
#include <utility>
#include "runtime/builtins/functions.h"
#include "runtime/builtins/hooks.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// Collects the text of one call for a native stream, so that it is encoded once.
class Output {
public:
  explicit Output(Value file) : file_(file), native_(isNativeTextStream && isNativeTextStream(file)) {}

  /// str(v). Where that may run code, what came before is written first, since the code may print too.
  [[gnu::always_inline]] int32_t add(Value v) {
    if (native_) {
      if (isExactStr(v)) return pending_.add(v), ended();
      bool plain = v.isSmallInt() || v.isImmediateFloat() || isNone(v);
      if (!plain && flush() < 0) return -1;
      Ref text(str(v));
      if (!text) return -1;
      pending_.add(text.get());
      return ended();
    }
    Ref text(str(v));
    return text ? write(text) : -1;
  }
  [[gnu::always_inline]] int32_t addAscii(const char* s) {
    if (native_) return pending_.addAscii(s), ended();
    Ref text(newStr(s));
    return write(text);
  }
  [[gnu::always_inline]] int32_t flush() {
    if (!native_ || pending_.length() == 0) return 0;
    const int count = std::exchange(count_, 0);
    Ref text(pending_.take());
    if (!text) return -1;
    if (nativeTextWrite(file_, text) == 0) return 0;
    return count > 1 && errorMatches(UnicodeEncodeErrorType) ? writePieces(text, count) : -1;
  }

private:
  static constexpr int kPieces = 16;
  [[gnu::always_inline]] int32_t ended() {
    ends_[count_++] = pending_.length();
    return count_ == kPieces ? flush() : 0;
  }
  /// What cannot be encoded as a whole: nothing of it was written. What comes before the piece in question is.
  int32_t writePieces(Value text, int count) {
    errorClear();
    for (int i = 0; i < count; ++i) {
      Ref piece(strSubstring(text, i ? ends_[i - 1] : 0, ends_[i]));
      if (!piece || nativeTextWrite(file_, piece) < 0) return -1;
    }
    return 0;
  }
  int32_t write(Value text) {
    Ref done(callMethod(file_, NAME(write), {text}));
    return done ? 0 : -1;
  }
  Value file_;
  bool native_;
  StrBuilder pending_;
  int count_ = 0; // of pieces that are pending
  int64_t ends_[kPieces];
};

} // namespace

static Value printFunction(Value, const Args& args) {
  Value sep, end, file, flush;
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value name = asTuple(args.names)->items[i], v = args[args.count + i];
    if (strEqual(name, "sep")) sep = v;
    else if (strEqual(name, "end")) end = v;
    else if (strEqual(name, "file")) file = v;
    else if (strEqual(name, "flush")) flush = v;
    else return raise(TypeErrorType, "'%U' is an invalid keyword argument for print()", name);
  }
  int32_t flushNow = flush ? isTrue(flush) : 0;
  if (flushNow < 0) return Value();
  if (!file || isNone(file)) {
    file = sysGet("stdout");
    if (!file) return raise(RuntimeErrorType, "lost sys.stdout");
    if (isNone(file)) return none();
  }
  if (sep && isNone(sep)) sep = Value();
  if (sep && !isStr(sep)) return raise(TypeErrorType, "sep must be None or a string, not %.200s", typeOf(sep)->name);
  if (end && isNone(end)) end = Value();
  if (end && !isStr(end)) return raise(TypeErrorType, "end must be None or a string, not %.200s", typeOf(end)->name);

  Ref held = Ref::share(file);
  Output out(file);
  for (size_t i = 0; i < args.count; ++i) {
    if (i && (sep ? out.add(sep) : out.addAscii(" ")) < 0) return Value();
    if (out.add(args[i]) < 0) return Value();
  }
  if ((end ? out.add(end) : out.addAscii("\n")) < 0 || out.flush() < 0) return Value();
  if (flushNow) {
    Ref done(callMethod(file, NAME(flush)));
    if (!done) return Value();
  }
  return none();
}

/// Flushes sys.stderr and answers the named stream (owned), or null with RuntimeError.
static Value stream(const char* name) {
  Value v = sysGet(name);
  if (!v || isNone(v)) return raise(RuntimeErrorType, "input(): lost sys.%s", name);
  return newRef(v);
}
/// A line as input() gives it; EOFError for an empty one.
static Value withoutNewline(Value line) {
  const int64_t n = asStr(line)->length;
  if (n == 0) return raise(EOFErrorType, "EOF when reading a line");
  Ref text(asStr(line)->at(n - 1) == '\n' ? strSubstring(line, 0, n - 1) : newRef(line));
  return text && auditing && !auditTold("builtins.input/result", {text}) ? Value() : text.release();
}

Value (*krt_read_line)(const char* prompt) = nullptr;

/// Whether a stream is the terminal at descriptor `fd`.
static bool isTerminal(Value stream, int fd) {
  Ref number(callMethod(stream, NAME(fileno)));
  const bool same = number && number.get().isSmallInt() && number.get().smallInt() == fd;
  errorClear();
  return same && isatty(fd);
}
static Value inputFunction(Value, const Value* argv) {
  Value prompt = argv[0];
  Ref in(stream("stdin")), out(in ? stream("stdout") : Value()), err(out ? stream("stderr") : Value());
  if (!err || (auditing && !auditTold("builtins.input", {prompt}))) return Value();
  {
    Ref flushed(callMethod(err, NAME(flush)));
    if (!flushed) errorClear();
  }
  Ref line;
  if (krt_read_line && isTerminal(in, 0) && isTerminal(out, 1)) {
    Ref flushed(callMethod(out, NAME(flush)));
    if (!flushed) errorClear();
    Ref text(prompt ? str(prompt) : newStr(""));
    if (!text) return Value();
    Utf8 shown(text);
    if (!shown.ok()) return Value();
    line.reset(krt_read_line(shown.data()));
    return line ? withoutNewline(line) : Value();
  }
  if (prompt) {
    Ref text(str(prompt));
    Ref written(text ? callMethod(out, NAME(write), {text}) : Value());
    if (!written) return Value();
  }
  {
    Ref flushed(callMethod(out, NAME(flush)));
    if (!flushed) errorClear();
  }
  line.reset(callMethod(in, NAME(readline)));
  if (!line) return Value();
  if (!isStr(line)) return raise(TypeErrorType, "object.readline() returned non-string");
  return withoutNewline(line);
}

extern "C" {
constinit const MethodDef krt_builtin_def_print = {"print", printFunction,
                                                   "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)"};
constinit const MethodDef krt_builtin_def_input = {"input", inputFunction, "($module, prompt='', /)"};
}

} // namespace krait
