// termios: terminal attributes as lists [iflag, oflag, cflag, lflag, ispeed, ospeed, cc].
#include <asm/ioctls.h>
#include <cerrno>
#include <cstring>
#include <sys/ioctl.h>
#include <termios.h>
#include "runtime/modules/module_constants.h"
#include "runtime/modules/module_exception.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

const Type* errorType; // termios.error

Value raiseTermios() {
  const int code = errno;
  Ref text(newStr(strerror(code)));
  Ref arguments(text ? newTuple({newInt(code), text.get()}) : Value());
  Ref e(arguments ? callTupleDict(asValue(errorType), arguments, Value()) : Value());
  return e ? raiseInstance(e.release()) : Value();
}
Value done(int status) { return status < 0 ? raiseTermios() : newRef(none()); }

Value getAttributes(Value, Value file) {
  int fd;
  termios mode;
  if (!fileDescriptorArgument(file, &fd)) return Value();
  if (tcgetattr(fd, &mode) < 0) return raiseTermios();
  Ref characters(newList(0));
  const bool canonical = mode.c_lflag & ICANON;
  for (int i = 0; characters && i < NCCS; ++i) {
    // Outside canonical mode two of them are numbers.
    const bool isNumber = !canonical && (i == VMIN || i == VTIME);
    Ref item(isNumber ? newInt(mode.c_cc[i]) : newBytes(std::string_view(reinterpret_cast<char*>(&mode.c_cc[i]), 1)));
    if (!item || listAppend(characters, item) < 0) return Value();
  }
  Ref list(newList(0));
  for (int64_t n : {mode.c_iflag, mode.c_oflag, mode.c_cflag, mode.c_lflag, cfgetispeed(&mode), cfgetospeed(&mode)})
    if (!list || listAppend(list, Value::ofSmallInt(n)) < 0) return Value();
  return characters && listAppend(list, characters) == 0 ? list.release() : Value();
}

/// The control characters of an attributes list. False with an error.
bool readCharacters(Value list, termios* mode) {
  if (!isList(list) || asList(list)->size != NCCS) {
    raise(TypeErrorType, "tcsetattr: attributes[6] must be %d element list", NCCS);
    return false;
  }
  for (int i = 0; i < NCCS; ++i) {
    Value v = asList(list)->items[i];
    int number = 0;
    if (isBytes(v) && bytesView(v).size() == 1) mode->c_cc[i] = static_cast<cc_t>(bytesView(v)[0]);
    else if (!isInt(v)) return raise(TypeErrorType, "tcsetattr: elements of attributes must be characters or integers"), false;
    else if (!intArgument(v, &number)) return false;
    else mode->c_cc[i] = static_cast<cc_t>(number);
  }
  return true;
}

Value setAttributes(Value, const Value* argv) {
  int fd, when = 0;
  if (!fileDescriptorArgument(argv[0], &fd) || !intArgument(argv[1], &when)) return Value();
  if (!isList(argv[2]) || asList(argv[2])->size != 7) return raise(TypeErrorType, "tcsetattr, arg 3: must be 7 element list");
  termios mode;
  if (tcgetattr(fd, &mode) < 0) return raiseTermios();
  int64_t numbers[6];
  for (int i = 0; i < 6; ++i) {
    numbers[i] = toInt64(asList(argv[2])->items[i]);
    if (numbers[i] == -1 && errorSet()) return Value();
  }
  mode.c_iflag = static_cast<tcflag_t>(numbers[0]);
  mode.c_oflag = static_cast<tcflag_t>(numbers[1]);
  mode.c_cflag = static_cast<tcflag_t>(numbers[2]);
  mode.c_lflag = static_cast<tcflag_t>(numbers[3]);
  if (!readCharacters(asList(argv[2])->items[6], &mode)) return Value();
  if (cfsetispeed(&mode, static_cast<speed_t>(numbers[4])) < 0 || cfsetospeed(&mode, static_cast<speed_t>(numbers[5])) < 0)
    return raiseTermios();
  int status;
  {
    Blocking release;
    status = tcsetattr(fd, when, &mode);
  }
  return done(status);
}

/// tcsendbreak, tcflush, tcflow: a descriptor and a number.
template <int (*Operation)(int, int)> Value control(Value, const Value* argv) {
  int fd, number = 0, status;
  if (!fileDescriptorArgument(argv[0], &fd) || !intArgument(argv[1], &number)) return Value();
  {
    Blocking release;
    status = Operation(fd, number);
  }
  return done(status);
}
Value drain(Value, Value file) {
  int fd, status;
  if (!fileDescriptorArgument(file, &fd)) return Value();
  {
    Blocking release;
    status = tcdrain(fd);
  }
  return done(status);
}

Value getWindowSize(Value, Value file) {
  int fd;
  winsize size;
  if (!fileDescriptorArgument(file, &fd)) return Value();
  if (ioctl(fd, TIOCGWINSZ, &size) < 0) return raiseTermios();
  return newTuple({Value::ofSmallInt(size.ws_row), Value::ofSmallInt(size.ws_col)});
}
Value setWindowSize(Value, const Value* argv) {
  int fd, rows = 0, columns = 0;
  if (!fileDescriptorArgument(argv[0], &fd)) return Value();
  Ref pair(isSequence(argv[1]) ? toTuple(argv[1]) : Value());
  if (!pair || asTuple(pair)->size != 2)
    return errorSet() ? Value() : raise(TypeErrorType, "tcsetwinsize, arg 2: must be a two-item sequence");
  if (!intArgument(asTuple(pair)->items[0], &rows) || !intArgument(asTuple(pair)->items[1], &columns)) return Value();
  winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) < 0) return raiseTermios();
  if (rows != static_cast<uint16_t>(rows) || columns != static_cast<uint16_t>(columns))
    return raise(OverflowErrorType, "winsize value(s) out of range.");
  size.ws_row = static_cast<uint16_t>(rows);
  size.ws_col = static_cast<uint16_t>(columns);
  return done(ioctl(fd, TIOCSWINSZ, &size));
}

constinit const MethodDef methods[] = {
    {"tcgetattr", getAttributes, "($module, fd, /)"},
    {"tcsetattr", setAttributes, "($module, fd, when, attributes, /)"},
    {"tcsendbreak", control<tcsendbreak>, "($module, fd, duration, /)"},
    {"tcdrain", drain, "($module, fd, /)"},
    {"tcflush", control<tcflush>, "($module, fd, queue, /)"},
    {"tcflow", control<tcflow>, "($module, fd, action, /)"},
    {"tcgetwinsize", getWindowSize, "($module, fd, /)"},
    {"tcsetwinsize", setWindowSize, "($module, fd, winsize, /)"},
    {},
};

constexpr ModuleConstant constants[] = {
#define KRAIT_TERMIOS_CONSTANT(name) {#name, static_cast<int64_t>(name)},
#include "runtime/modules/unix/termios_constants.def"
#undef KRAIT_TERMIOS_CONSTANT
    {"VSWTCH", VSWTC},
};

int execute(Value module) {
  errorType = addModuleException(module, "termios", "error", ExceptionType);
  return errorType ? moduleAddConstants(module, constants) : -1;
}

} // namespace

extern "C" constinit const NativeModule krt_module_termios = {"termios", methods, execute};

} // namespace krait
