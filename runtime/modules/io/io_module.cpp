// The _io module: open(), its constants and types; the standard streams.
#include <cctype>
#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <langinfo.h>
#include <pthread.h>
#include <string>
#include <unistd.h>

#include "runtime/builtins/functions.h"
#include "runtime/builtins/hooks.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/codec.h"
#include "runtime/types/codec_registry.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

/// The name that the environment gives for character types; "C" if none does.
std::string_view localeName() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char* v = getenv(name); v && *v) return v;
  return "C";
}
bool isBuiltinUtf8(std::string_view locale) { return locale == "C.UTF-8" || locale == "C.utf8"; }

} // namespace

bool isPlainLocale() {
  const std::string_view name = localeName();
  if (isBuiltinUtf8(name)) return false;
  return name == "C" || name == "POSIX" || !setlocale(LC_CTYPE, "");
}

void replacePlainLocale() {
  const char *all = getenv("LC_ALL"), *wish = pythonVariable("PYTHONCOERCECLOCALE");
  const bool isFixed = all && *all, warns = wish && !strcmp(wish, "warn");
  if (wish && !strcmp(wish, "0")) return;
  if (!isFixed) setenv("LC_CTYPE", "C.UTF-8", 1);
  if (!warns) return;
  fputs(isFixed ? "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which may cause Unicode compatibility "
                  "problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative Unicode-compatible locales is recommended.\n"
                : "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or PYTHONCOERCECLOCALE=0 to disable this "
                  "locale coercion behavior).\n", stderr);
}

int32_t warnDefaultEncoding(int stackLevel) {
  return runtimeFlags.warnDefaultEncoding ? warn(EncodingWarningType, stackLevel, "'encoding' argument not specified") : 0;
}

const char* localeEncoding() {
  if (runtimeFlags.utf8Mode) return "utf-8";
  static const std::string codeset = [] {
    const std::string_view name = localeName();
    if (isBuiltinUtf8(name)) return "UTF-8";
    return isPlainLocale() ? "ANSI_X3.4-1968" : nl_langinfo(CODESET);
  }();
  return codeset.c_str();
}

Value openFunction(Value, const Value* argv) {
  // file, mode, buffering, encoding, errors, newline, closefd, opener
  Value file = argv[0];
  auto given = [](Value v) { return v && !isNone(v); };
  if (argv[1] && !isStr(argv[1])) return raise(TypeErrorType, "open() argument 'mode' must be str, not %.50G", argv[1]);
  for (int i : {3, 4, 5})
    if (given(argv[i]) && !isStr(argv[i]))
      return raise(TypeErrorType, "open() argument '%s' must be str or None, not %.50G",
                   i == 3 ? "encoding" : i == 4 ? "errors" : "newline", argv[i]);
  int buffering = -1;
  if (!intArgument(argv[2], &buffering)) return Value();
  Ref path;
  const Type* type = readyTypeOf(file);
  const bool isNumber = hasIndex(file) || (type->number && (type->number->toInt || type->number->toFloat));
  if (!isNumber) path.reset(fsPath(file));
  else path = Ref::share(file);
  if (!path) return Value();
  std::string mode = "r";
  if (argv[1]) {
    Utf8 text(argv[1]);
    if (!text.ok()) return Value();
    mode = text.view();
  }
  bool creating = false, reading = false, writing = false, appending = false, updating = false, text = false, binary = false;
  for (size_t i = 0; i < mode.size(); ++i) {
    bool* flag = nullptr;
    switch (mode[i]) {
    case 'x': flag = &creating; break;
    case 'r': flag = &reading; break;
    case 'w': flag = &writing; break;
    case 'a': flag = &appending; break;
    case '+': flag = &updating; break;
    case 't': flag = &text; break;
    case 'b': flag = &binary; break;
    default: break;
    }
    if (!flag || *flag) return raise(ValueErrorType, "invalid mode: '%s'", mode.c_str());
    *flag = true;
  }
  if (text && binary) return raise(ValueErrorType, "can't have text and binary mode at once");
  if (creating + reading + writing + appending > 1) // none at all is FileIO's to refuse
    return raise(ValueErrorType, "must have exactly one of create/read/write/append mode");
  if (binary && given(argv[3])) return raise(ValueErrorType, "binary mode doesn't take an encoding argument");
  if (binary && given(argv[4])) return raise(ValueErrorType, "binary mode doesn't take an errors argument");
  if (binary && given(argv[5])) return raise(ValueErrorType, "binary mode doesn't take a newline argument");
  if (binary && buffering == 1 &&
      warn(RuntimeWarningType, 1,
           "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used") < 0)
    return Value();
  int32_t closeFd = argv[6] ? isTrue(argv[6]) : 1;
  if (closeFd < 0) return Value();
  std::string rawMode;
  if (creating) rawMode += 'x';
  if (reading) rawMode += 'r';
  if (writing) rawMode += 'w';
  if (appending) rawMode += 'a';
  if (updating) rawMode += '+';
  Ref raw(newFileIo(path, rawMode.c_str(), closeFd, argv[7]));
  if (!raw) return Value();
  auto abandon = [&]() -> Value {
    Ref pending = errorTake();
    Ref r(closeStream(raw));
    if (!r) errorClear();
    errorRestore(pending.release());
    return Value();
  };
  bool line = false;
  if (buffering == 1 && !binary) {
    buffering = -1;
    line = true;
  } else if (buffering < 0 && raw.as<FileIoObject>()->isCharacterDevice && isatty(raw.as<FileIoObject>()->fd)) {
    buffering = -1;
    line = true;
  }
  if (buffering < 0 || (binary && buffering == 1)) buffering = static_cast<int>(std::max<int64_t>(raw.as<FileIoObject>()->blockSize, 1));
  if (buffering == 0) {
    if (binary) return raw.release();
    raise(ValueErrorType, "can't have unbuffered text I/O");
    return abandon();
  }
  Type* kind = updating ? &bufferedRandomType : reading ? &bufferedReaderType : &bufferedWriterType;
  Ref buffered(newBuffered(kind, raw, buffering));
  if (!buffered) return abandon();
  if (binary) return buffered.release();
  Ref wrapper(newTextIo(buffered, argv[3], argv[4], argv[5], line, false));
  Ref modeValue(newStr(mode));
  const Value attributes = wrapper && modeValue ? instanceDict(wrapper.get().object()) : Value();
  if (!attributes || dictSet(attributes, NAME(mode), modeValue) < 0) return abandon();
  return wrapper.release();
}

namespace {

Value openCode(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "open_code() argument 'path' must be str, not %.50G", argv[0]);
  Ref mode(newStr("rb"));
  Value all[8] = {argv[0], mode.get()};
  return openFunction(Value(), all);
}

Value textEncoding(Value, const Value* argv) {
  int level = 2;
  if (!intArgument(argv[1], &level)) return Value();
  if (isNone(argv[0])) return warnDefaultEncoding(level) < 0 ? Value() : newStr(runtimeFlags.utf8Mode ? "utf-8" : "locale");
  return newRef(argv[0]);
}

constinit const MethodDef functions[] = {
    {"open_code", openCode, "($module, /, path)"},
    {"text_encoding", textEncoding, "($module, encoding, stacklevel=2, /)"},
    {},
};

/// The builtin `open` is this module's function.
int32_t addOpen(Value module) {
  krt_builtin_function_open.self = newRef(module).object();
  krt_builtin_function_open.module = newStr("io").object();
  if (!krt_builtin_function_open.module) return -1;
  return moduleAdd(module, "open", Value(&krt_builtin_function_open.header));
}

int execute(Value module) {
  for (Type* t : {&ioBaseType, &rawIoBaseType, &bufferedIoBaseType, &textIoBaseType, &fileIoType, &bytesIoType, &stringIoType,
                  &bufferedReaderType, &bufferedWriterType, &bufferedRandomType, &bufferedRwPairType, &textIoWrapperType,
                  &newlineDecoderType})
    if (moduleAddType(module, t) < 0) return -1;
  if (moduleAdd(module, "DEFAULT_BUFFER_SIZE", Value::ofSmallInt(kDefaultBufferSize)) < 0) return -1;
  Value unsupported = unsupportedOperationType();
  if (!unsupported || moduleAdd(module, "UnsupportedOperation", newRef(unsupported)) < 0) return -1;
  if (moduleAdd(module, "__name__", newStr("io")) < 0) return -1; // as CPython's says
  return moduleAdd(module, "BlockingIOError", asValue(&BlockingIOErrorType)) < 0 ? -1 : addOpen(module);
}

} // namespace

} // namespace krait::io

extern "C" constinit const krait::NativeModule krt_module_io = {"_io", krait::io::functions, krait::io::execute};

namespace krait {

extern "C" constinit const MethodDef krt_builtin_def_open = {
    "open", io::openFunction,
    "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)"};

namespace {

struct Stream { const char *name, *twin, *label; int fd; };

Value makeStream(const Stream& s, Value encoding, Value errors) {
  using namespace io;
  bool reading = s.fd == 0;
  if (fcntl(s.fd, F_GETFD) < 0) return newRef(none());
  Ref fd(Value::ofSmallInt(s.fd));
  Ref raw(newFileIo(fd, reading ? "r" : "w", false, Value()));
  if (!raw) return Value();
  Ref label(newStr(s.label));
  if (!label || setAttr(raw, NAME(name), label) < 0) return Value();
  bool tty = isatty(s.fd), unbuffered = runtimeFlags.unbuffered && !reading;
  Ref buffer(unbuffered ? newRef(raw) : newBuffered(reading ? &bufferedReaderType : &bufferedWriterType, raw, raw.as<FileIoObject>()->blockSize));
  if (!buffer) return Value();
  bool line = !unbuffered && (tty || s.fd == 2);
  Ref newline(newStr("\n")); // of the input, too: what stands before it is read as it is
  Ref wrapper(newTextIo(buffer, encoding, errors, newline, line, unbuffered));
  Ref mode(newStr(reading ? "r" : "w"));
  if (!wrapper || setAttr(wrapper, NAME(mode), mode) < 0) return Value();
  return wrapper.release();
}

} // namespace

/// A locale's name of an encoding as the codec is called.
static std::string codecNameOf(std::string name) {
  for (char& c : name) c = static_cast<char>(tolower(static_cast<unsigned char>(c)));
  if (name == "ansi_x3.4-1968") return "ascii";
  return name.starts_with("iso-8859-") ? "iso8859-" + name.substr(9) : name;
}

/// Whether there is such a codec, native or in the registry.
static bool isEncodingKnown(const std::string& name) {
  Ref data(newBytes("text")), text(data ? decodeObject(data, name.c_str(), "strict") : Value());
  const bool known = text || errorMatches(UnicodeDecodeErrorType);
  errorClear();
  return known;
}

/// Nothing could be printed: the process ends as CPython's does. `error` is the last line of what led to it.
[[noreturn]] static void refuseStreams(const char* what, const std::string& error) {
  fprintf(stderr, "Fatal Python error: %s\nPython runtime state: core initialized\n%s\n\n"
                  "Current thread 0x%016lx (most recent call first):\n  <no Python frame>\n",
          what, error.c_str(), static_cast<unsigned long>(pthread_self()));
  _exit(1);
}

int32_t createStandardStreams() {
  std::string encoding = codecNameOf(io::localeEncoding()), errors;
  if (const char* asked = pythonVariable("PYTHONIOENCODING")) {
    std::string text = asked;
    size_t colon = text.find(':');
    if (colon != 0) encoding = text.substr(0, colon), errors = "strict";
    if (colon != std::string::npos && colon + 1 < text.size()) errors = text.substr(colon + 1);
    Ref name(colon != 0 ? newStr(encoding) : Value()), codec(name ? lookupCodec(encoding.c_str()) : Value());
    Ref known(codec ? getAttr(codec, NAME(name)) : Value());
    errorClear();
    if (const char* native = colon != 0 ? io::registeredName(encoding) : nullptr) encoding = native;
    else if (known && isStr(known)) encoding = Utf8(known).view();
    else if (colon != 0 && !isEncodingKnown(encoding))
      refuseStreams("init_stdio_encoding: failed to get the Python codec name of the stdio encoding", "LookupError: unknown encoding: " + encoding);
  }
  const char* locale = setlocale(LC_CTYPE, nullptr);
  const bool plainLocale = !locale || !strcmp(locale, "C") || !strcmp(locale, "POSIX") || !strncmp(locale, "C.", 2);
  if (errors.empty()) errors = plainLocale ? "surrogateescape" : "strict";
  Ref encodingText(newStr(encoding)), errorsText(newStr(errors)), lenient(newStr("backslashreplace"));
  static const Stream streams[] = {{"stdin", "__stdin__", "<stdin>", 0}, {"stdout", "__stdout__", "<stdout>", 1}, {"stderr", "__stderr__", "<stderr>", 2}};
  for (const Stream& s : streams) {
    Ref stream(makeStream(s, encodingText, s.fd == 2 ? lenient : errorsText));
    if (!stream && errorMatches(LookupErrorType)) { // an encoding that is none of texts, or an unknown handler of errors
      Ref error(errorTake()), text(str(error));
      if (text) refuseStreams("init_sys_streams: can't initialize sys standard streams", "LookupError: " + std::string(Utf8(text).view()));
    }
    if (!stream || sysSet(s.name, stream) < 0 || sysSet(s.twin, stream) < 0) return -1;
  }
  return 0;
}

int32_t flushStandardStreams() {
  int32_t status = 0;
  for (const char* name : {"stdout", "stderr"}) {
    Value stream = sysGet(name);
    if (!stream || isNone(stream)) continue;
    const int32_t closed = io::isClosed(stream);
    if (closed < 0) errorClear();
    if (closed > 0) continue;
    const Ref kept = Ref::share(stream);
    Ref r(callMethod(stream, NAME(flush)));
    if (r) continue;
    if (strcmp(name, "stdout") == 0) errorUnraisable(nullptr, stream);
    else errorClear();
    status = -1;
  }
  return status;
}

bool isMemoryStream(Value v) {
  Type* type = typeOf(v);
  Type* own = isHeapType(type) ? asHeap(type)->builtinBase : type;
  if (own != &io::stringIoType && own != &io::bytesIoType) return false;
  if (type->finalize != own->finalize || type->instanceLayout.slotCount || !io::isOwnMethod(v, NAME(close))) return false;
  for (Value name : {NAME(close), NAME(closed), NAME(__setattr__), NAME(__getattribute__)})
    if (type != own && typeLookup(type, name) != typeLookup(own, name)) return false;
  return true;
}

bool isClosedStream(Value v) {
  const bool isText = isExact(v, io::textIoWrapperType) && v.as<io::TextIoObject>()->ok && !v.as<io::TextIoObject>()->detached;
  const io::FileIoObject* file = isExact(v, io::fileIoType)  ? v.as<io::FileIoObject>()
                                 : io::isNativeBuffered(v) ? io::fileBeneath(v.as<io::BufferedObject>())
                                 : isText                  ? io::fileBeneath(v.as<io::TextIoObject>())
                                                           : nullptr;
  return file && file->fd < 0;
}

bool isFlushedStream(Value v) {
  for (const char* name : {"__stdin__", "__stdout__", "__stderr__"}) {
    const Value text = sysGet(name);
    if (!text || !isExact(text, io::textIoWrapperType) || text.as<io::TextIoObject>()->detached) continue;
    const Value buffer = text.as<io::TextIoObject>()->buffer;
    const bool isBuffered = buffer && (isExact(buffer, io::bufferedWriterType) || isExact(buffer, io::bufferedReaderType));
    const Value raw = isBuffered ? buffer.as<io::BufferedObject>()->raw : buffer; // python -u
    if (!raw || !isExact(raw, io::fileIoType) || raw.as<io::FileIoObject>()->closeFd) continue;
    if (v == text || v == buffer || v == raw) return true;
  }
  return false;
}

void flushAfterScript() {
  Ref pending = errorTake();
  for (const char* name : {"stderr", "stdout"}) {
    const Ref stream(xnewRef(sysGet(name)));
    if (stream) Ref(callMethod(stream, NAME(flush)));
    errorClear();
  }
  errorRestore(pending.release());
}

bool isNativeTextStream(Value file) {
  if (!isExact(file, io::textIoWrapperType) && !(isExact(file, io::stringIoType) && io::stringIoJoins(file))) return false;
  const Value attributes = file.as<io::IoObject>()->dict;
  return !attributes || !dictGet(attributes, NAME(write));
}
int32_t nativeTextWrite(Value file, Value text) {
  return isExact(file, io::stringIoType) ? io::stringIoWrite(file, text) : io::textWrite(file.as<io::TextIoObject>(), text);
}

} // namespace krait
