// _curses: the terminal's screen, through ncurses.
//
// Most functions are one call of the library, which the table names together with what its error is called and what must have been
// called before. The names of what initscr() and start_color() find out are added to the module by them, as CPython has it.
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include "runtime/modules/curses/curses_shared.h"
#include "runtime/modules/module_constants.h"
#include "runtime/modules/module_exception.h"
#include "runtime/modules/unix/character_locale.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

extern "C" int setupterm(const char* term, int fd, int* code); // from term.h, which makes macros of many plain words

namespace krait {
namespace {

Value addInt(Value module, const char* name, int64_t n) { return moduleAdd(module, name, newInt(n)) < 0 ? Value() : newRef(none()); }
Value truth(bool b) { return newRef(boolean(b)); }

// ---- functions of one kind ---------------------------------------------------------------------

template <auto Function, Text Name> Value act(Value) { return needScreen() ? cursesDone(Function(), Name.text) : Value(); }
template <auto Function> Value actQuietly(Value) { return needScreen() ? (Function(), newRef(none())) : Value(); }
template <auto Function> Value askNumber(Value) { return needScreen() ? newInt(Function()) : Value(); }
template <auto Function> Value askTruth(Value) { return needScreen() ? truth(Function()) : Value(); }
template <auto Function> Value askText(Value) { return needScreen() ? newBytes(Function()) : Value(); }
template <auto Function> Value askCharacter(Value) {
  if (!needScreen()) return Value();
  const char c = Function();
  return newBytes(&c, 1);
}
/// Enters a mode, or leaves it if a flag says so.
template <auto Enter, auto Leave, Text Name> Value setMode(Value, const Value* argv) {
  int flag = 1;
  if (!intArgument(argv[0], &flag) || !needScreen()) return Value();
  return flag ? cursesDone(Enter(), Name.text) : cursesDone(Leave(), (std::string("no") + Name.text).c_str());
}
template <auto Function, Text Name> Value setNumber(Value, Value v) {
  int n = 0;
  return intArgument(v, &n) && needScreen() ? cursesDone(Function(n), Name.text) : Value();
}

// ---- the screen --------------------------------------------------------------------------------

Value start(Value module) {
  if (cursesState.screen) return wrefresh(CURSES_VARIABLE(stdscr)), newWindow(CURSES_VARIABLE(stdscr));
  WINDOW* const window = initscr();
  if (!window) return raiseNull(cursesState.error);
  cursesState.screen = cursesState.terminal = true;
  chtype(&acs_map)[] = CURSES_VARIABLE(acs_map);
  const ModuleConstant drawing[] = {
#define CURSES_CONSTANT(name)
#define CURSES_DRAWING(name) {#name, static_cast<int64_t>(name)}, // not what `name` stands for
#include "runtime/modules/curses/curses_constants.def"
      {"LINES", CURSES_VARIABLE(LINES)},
      {"COLS", CURSES_VARIABLE(COLS)},
  };
  Ref made(moduleAddConstants(module, drawing) == 0 ? newWindow(window) : Value());
  if (made) assign(cursesState.encoding, newRef(made.get().as<WindowObject>()->encoding));
  return made.release();
}

/// What the size of the screen is now, in this module and in curses, which has copied its names.
Value updateSize(Value module) {
  Ref lines(newInt(CURSES_VARIABLE(LINES))), columns(newInt(CURSES_VARIABLE(COLS))), name(newStr("curses"));
  const Value package = name ? dictGet(sysModules(), name) : Value();
  for (Value m : {module, package})
    if (m && (setAttr(m, "LINES", lines) < 0 || setAttr(m, "COLS", columns) < 0)) return Value();
  return errorSet() ? Value() : newRef(none());
}
template <auto Function, Text Name> Value resize(Value module, const Value* argv) {
  int lines = 0, columns = 0;
  if (!intArgument(argv[0], &lines) || !intArgument(argv[1], &columns) || !needScreen()) return Value();
  Ref done(cursesDone(Function(lines, columns), Name.text));
  return done ? updateSize(module) : Value();
}
Value isResized(Value, const Value* argv) {
  int lines = 0, columns = 0;
  return intArgument(argv[0], &lines) && intArgument(argv[1], &columns) && needScreen() ? truth(is_term_resized(lines, columns)) : Value();
}

/// A str in UTF-8, without NUL. False with an error.
bool plainText(Value v, std::string* out) {
  Utf8 text(v);
  if (!text.ok()) return false;
  *out = text.view();
  return out->find('\0') == std::string::npos || (raise(ValueErrorType, "embedded null character"), false);
}
Value setUpTerminal(Value, const Value* argv) {
  int fd = -1, code = 0;
  const Value name = argv[0] ? argv[0] : none();
  if (!isNone(name) && !isStr(name)) return raise(TypeErrorType, "setupterm() argument 'term' must be str or None, not %.50G", name);
  std::string term;
  if ((isStr(name) && !plainText(name, &term)) || !intArgument(argv[1], &fd)) return Value();
  if (fd == -1) {
    Ref out = Ref::share(sysGet("stdout"));
    if (!out || isNone(out)) return raise(*cursesState.error, "lost sys.stdout");
    if (!fileDescriptorArgument(out, &fd)) return Value();
  }
  if (!cursesState.terminal && setupterm(isStr(name) ? term.c_str() : nullptr, fd, &code) == ERR)
    return raise(*cursesState.error, code == 0    ? "setupterm: could not find terminal"
                                     : code == -1 ? "setupterm: could not find terminfo database"
                                                  : "setupterm: unknown error");
  cursesState.terminal = true;
  return newRef(none());
}
Value update(Value) {
  if (!needScreen()) return Value();
  int status;
  {
    Blocking release;
    status = doupdate();
  }
  return cursesDone(status, "doupdate");
}
Value sleepFor(Value, Value v) {
  int milliseconds = 0, status;
  if (!intArgument(v, &milliseconds) || !needScreen()) return Value();
  {
    Blocking release;
    status = napms(milliseconds);
  }
  return serveSignals() ? newInt(status) : Value();
}
Value setCursor(Value, Value v) {
  int visibility = 0;
  if (!intArgument(v, &visibility) || !needScreen()) return Value();
  const int before = curs_set(visibility);
  return before == ERR ? cursesDone(ERR, "curs_set") : newInt(before);
}
Value getCursor(Value) {
  if (!needScreen()) return Value();
  int y = -1, x = -1;
  WINDOW* const newscr = CURSES_VARIABLE(newscr);
  getsyx(y, x);
  return newTuple({newInt(y), newInt(x)});
}
Value placeCursor(Value, const Value* argv) {
  int y = 0, x = 0;
  if (!intArgument(argv[0], &y) || !intArgument(argv[1], &x) || !needScreen()) return Value();
  WINDOW* const newscr = CURSES_VARIABLE(newscr);
  setsyx(y, x);
  return newRef(none());
}
Value filterLines(Value) { return ::filter(), newRef(none()); }
Value useEnvironment(Value, Value v) {
  int flag = 0;
  if (!intArgument(v, &flag)) return Value();
  use_env(flag != 0);
  return newRef(none());
}
Value setFlush(Value, const Value* argv) {
  int flag = 1;
  if (!intArgument(argv[0], &flag) || !needScreen()) return Value();
  if (flag) qiflush();
  else noqiflush();
  return newRef(none());
}
int setMeta(bool on) { return meta(CURSES_VARIABLE(stdscr), on); }
int setInterruptFlush(bool on) { return intrflush(nullptr, on); }
Value setHalfDelay(Value, Value v) {
  const int64_t tenths = toInt64(v);
  if (tenths == -1 && errorSet()) return Value();
  if (tenths < 0 || tenths > UCHAR_MAX) return raise(OverflowErrorType, "unsigned byte integer is %s", tenths < 0 ? "less than minimum" : "greater than maximum");
  return needScreen() ? cursesDone(halfdelay(static_cast<int>(tenths)), "halfdelay") : Value();
}
template <auto Function, Text Name, Text What> Value setPositive(Value, Value v) {
  int n = 0;
  if (!intArgument(v, &n)) return Value();
  return n > 0 ? cursesDone(Function(n), Name.text) : raise(ValueErrorType, "%s must be > 0", What.text);
}
Value escapeDelay(Value) { return newInt(CURSES_VARIABLE(ESCDELAY)); }
Value tabSize(Value) { return newInt(CURSES_VARIABLE(TABSIZE)); }

// ---- windows -----------------------------------------------------------------------------------

Value makeWindow(Value, const Args& args) {
  int lines = 0, columns = 0, y = 0, x = 0;
  if (checkNoKeywords("newwin", args) < 0) return Value();
  if (args.count != 2 && args.count != 4) return raise(TypeErrorType, "_curses.newwin requires 2 to 4 arguments");
  if (!takeArguments(args.values, args.count == 2 ? "ii" : "iiii", &lines, &columns, &y, &x) || !needScreen()) return Value();
  return newWindow(newwin(lines, columns, y, x));
}
Value makePad(Value, const Value* argv) {
  int lines = 0, columns = 0;
  return intArgument(argv[0], &lines) && intArgument(argv[1], &columns) && needScreen() ? newWindow(newpad(lines, columns)) : Value();
}
Value readWindow(Value, Value source) {
  if (!needScreen()) return Value();
  FILE* const file = openTemporary();
  if (!file) return Value();
  Ref data(callMethod(source, "read")), made;
  if (data && !isBytes(data)) {
    raise(TypeErrorType, "f.read() returned %.100T instead of bytes", data.get());
  } else if (data) {
    const std::string_view bytes = bytesView(data);
    if (fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) {
      raiseOsError(errno);
    } else {
      rewind(file);
      made.reset(newWindow(getwin(file)));
    }
  }
  fclose(file);
  return made.release();
}

// ---- colors ------------------------------------------------------------------------------------

/// A number that is clipped to what a C int can tell. False with an error.
bool clippedArgument(Value v, int64_t* out) {
  Ref number(index(v));
  if (!number) return false;
  int overflow = 0;
  *out = intToInt64(number, &overflow);
  if (overflow) *out = overflow < 0 ? INT64_MIN : INT64_MAX;
  return true;
}
/// Negative ones are -1: the terminal's default, where that may be chosen.
bool colorOrDefault(Value v, int* out) {
  int64_t n = 0;
  if (!clippedArgument(v, &n)) return false;
  const int colors = CURSES_VARIABLE(COLORS);
  if (n >= colors) return raise(ValueErrorType, "Color number is greater than COLORS-1 (%d).", colors - 1), false;
  *out = n < 0 ? -1 : static_cast<int>(n);
  return true;
}
bool colorArgument(Value v, int* out) {
  if (!colorOrDefault(v, out)) return false;
  return *out >= 0 || (raise(ValueErrorType, "Color number is less than 0."), false);
}
bool pairArgument(Value v, int* out) {
  int64_t n = 0;
  if (!clippedArgument(v, &n)) return false;
  if (n > INT_MAX) return raise(ValueErrorType, "Color pair is greater than maximum (%d).", INT_MAX), false;
  if (n < 0) return raise(ValueErrorType, "Color pair is less than 0."), false;
  *out = static_cast<int>(n);
  return true;
}
bool componentArgument(Value v, int* out) {
  int64_t n = 0;
  if (!clippedArgument(v, &n)) return false;
  if (n > 1000) return raise(ValueErrorType, "Color component is greater than 1000"), false;
  if (n < 0) return raise(ValueErrorType, "Color component is less than 0"), false;
  *out = static_cast<int>(n);
  return true;
}
Value raisePair() { return raise(ValueErrorType, "Color pair is greater than COLOR_PAIRS-1 (%d).", CURSES_VARIABLE(COLOR_PAIRS) - 1); }

Value startColor(Value module) {
  if (!needScreen()) return Value();
  if (start_color() == ERR) return cursesDone(ERR, "start_color");
  cursesState.colors = true;
  Ref added(addInt(module, "COLORS", CURSES_VARIABLE(COLORS)));
  return added ? addInt(module, "COLOR_PAIRS", CURSES_VARIABLE(COLOR_PAIRS)) : Value();
}
Value colorContent(Value, Value v) {
  int color = 0, r, g, b;
  if (!colorArgument(v, &color) || !needColors()) return Value();
  if (extended_color_content(color, &r, &g, &b) == ERR) return cursesDone(ERR, "extended_color_content");
  return newTuple({newInt(r), newInt(g), newInt(b)});
}
Value pairContent(Value, Value v) {
  int pair = 0, foreground, background;
  if (!pairArgument(v, &pair) || !needColors()) return Value();
  if (extended_pair_content(pair, &foreground, &background) == ERR)
    return pair >= CURSES_VARIABLE(COLOR_PAIRS) ? raisePair() : cursesDone(ERR, "extended_pair_content");
  return newTuple({newInt(foreground), newInt(background)});
}
Value initColor(Value, const Value* argv) {
  int color = 0, r = 0, g = 0, b = 0;
  if (!colorArgument(argv[0], &color) || !componentArgument(argv[1], &r) || !componentArgument(argv[2], &g) || !componentArgument(argv[3], &b) || !needColors())
    return Value();
  return cursesDone(init_extended_color(color, r, g, b), "init_extended_color");
}
Value initPair(Value, const Value* argv) {
  int pair = 0, foreground = 0, background = 0;
  if (!pairArgument(argv[0], &pair) || !colorOrDefault(argv[1], &foreground) || !colorOrDefault(argv[2], &background) || !needColors()) return Value();
  if (init_extended_pair(pair, foreground, background) == ERR)
    return pair >= CURSES_VARIABLE(COLOR_PAIRS) ? raisePair() : cursesDone(ERR, "init_extended_pair");
  return newRef(none());
}
Value pairAttribute(Value, Value v) {
  int pair = 0;
  return intArgument(v, &pair) && needColors() ? newInt(COLOR_PAIR(pair)) : Value();
}
Value pairOfAttribute(Value, Value v) {
  int attribute = 0;
  return intArgument(v, &attribute) && needColors() ? newInt(PAIR_NUMBER(attribute)) : Value();
}
Value useDefaultColors(Value) { return needColors() ? cursesDone(use_default_colors(), "use_default_colors") : Value(); }
Value hasExtendedColors(Value) { return truth(true); }

// ---- keys and the mouse ------------------------------------------------------------------------

/// A character in the encoding of the first screen.
bool characterArgument(Value v, chtype* out) {
  return narrowCharacter(v, cursesState.encoding ? Utf8(cursesState.encoding).data() : "utf-8", out);
}
Value pushBack(Value, Value v) {
  chtype c = 0;
  return needScreen() && characterArgument(v, &c) ? cursesDone(ungetch(static_cast<int>(c)), "ungetch") : Value();
}
Value pushBackWide(Value, Value v) {
  if (!needScreen()) return Value();
  int overflow = 0;
  int64_t c;
  if (isStr(v)) {
    if (asStr(v)->length != 1) return raise(TypeErrorType, "expect str of length 1 or int, got a str of length %zd", asStr(v)->length);
    c = asStr(v)->at(0);
  } else if (isExactInt(v)) {
    c = intToInt64(v, &overflow);
    if (overflow) return raise(OverflowErrorType, "int doesn't fit in long");
    if (c != static_cast<wchar_t>(c)) return raise(OverflowErrorType, "character doesn't fit in wchar_t");
  } else {
    return raise(TypeErrorType, "expect str of length 1 or int, got %T", v);
  }
  return cursesDone(unget_wch(static_cast<wchar_t>(c)), "unget_wch");
}
Value printable(Value, Value v) {
  chtype c = 0;
  return needScreen() && characterArgument(v, &c) ? newBytes(unctrl(c)) : Value();
}
Value nameOfKey(Value, Value v) {
  int key = 0;
  if (!intArgument(v, &key) || !needScreen()) return Value();
  if (key < 0) return raise(ValueErrorType, "invalid key number");
  const char* const name = keyname(key);
  return newBytes(name ? name : "");
}
Value hasKey(Value, Value v) {
  int key = 0;
  return intArgument(v, &key) && needScreen() ? truth(has_key(key)) : Value();
}
Value getMouse(Value) {
  if (!needScreen()) return Value();
  MEVENT event;
  if (getmouse(&event) == ERR) return cursesDone(ERR, "getmouse");
  return newTuple({newInt(event.id), newInt(event.x), newInt(event.y), newInt(event.z), newInt(event.bstate)});
}
bool maskArgument(Value v, const char* words, mmask_t* out) {
  if (!isInt(v)) return raise(TypeErrorType, "%s must be int, not %.50G", words, v), false;
  *out = static_cast<mmask_t>(intToUint64Mask(v));
  return true;
}
Value pushBackMouse(Value, const Value* argv) {
  int64_t id = toInt64(argv[0]);
  if (id == -1 && errorSet()) return Value();
  if (id != static_cast<short>(id)) return raise(OverflowErrorType, "signed short integer is %s", id < 0 ? "less than minimum" : "greater than maximum");
  MEVENT event{};
  event.id = static_cast<short>(id);
  if (!intArgument(argv[1], &event.x) || !intArgument(argv[2], &event.y) || !intArgument(argv[3], &event.z)) return Value();
  if (!maskArgument(argv[4], "ungetmouse() argument 5", &event.bstate) || !needScreen()) return Value();
  return cursesDone(ungetmouse(&event), "ungetmouse");
}
Value setMouseMask(Value, Value v) {
  mmask_t wanted = 0, before = 0;
  if (!maskArgument(v, "mousemask() argument", &wanted) || !needScreen()) return Value();
  const mmask_t available = mousemask(wanted, &before);
  return newTuple({newInt(available), newInt(before)});
}

// ---- capabilities ------------------------------------------------------------------------------

/// A capability's name. False with an error.
bool nameArgument(const char* function, Value v, std::string* out) {
  return isStr(v) ? plainText(v, out) : (refuseType(function, "str", v), false);
}
template <auto Function, Text Name> Value capability(Value, Value v) {
  std::string name;
  return nameArgument(Name.text, v, &name) && needTerminal() ? newInt(Function(name.c_str())) : Value();
}
Value textCapability(Value, Value v) {
  std::string name;
  if (!nameArgument("tigetstr", v, &name) || !needTerminal()) return Value();
  const char* const found = tigetstr(name.c_str());
  return found && found != reinterpret_cast<const char*>(-1) ? newBytes(found) : newRef(none());
}
/// The bytes of a capability, without NUL. False with an error.
bool capabilityArgument(Value v, std::string* out) {
  HeldBuffer bytes;
  if (!bytes.get(v)) return false;
  out->assign(reinterpret_cast<const char*>(bytes.data()), static_cast<size_t>(bytes.size()));
  return out->find('\0') == std::string::npos || (raise(ValueErrorType, "embedded null byte"), false);
}
Value putCapability(Value, Value v) {
  std::string text;
  return capabilityArgument(v, &text) ? cursesDone(putp(text.c_str()), "putp") : Value();
}
Value fillIn(Value, const Value* argv) {
  std::string text;
  long n[9] = {};
  if (!capabilityArgument(argv[0], &text)) return Value();
  for (int i = 0; i < 9; ++i)
    if (int given = 0; argv[i + 1]) {
      if (!takeArguments(argv + i + 1, "i", &given)) return Value();
      n[i] = given;
    }
  if (!needTerminal()) return Value();
  const char* const filled = tparm(text.c_str(), n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
  return filled ? newBytes(filled) : raise(*cursesState.error, "tparm() returned NULL");
}

constinit const MethodDef methods[] = {
    {"baudrate", askNumber<baudrate>, "($module, /)"},
    {"beep", act<beep, "beep">, "($module, /)"},
    {"can_change_color", askTruth<can_change_color>, "($module, /)"},
    {"cbreak", setMode<cbreak, nocbreak, "cbreak">, "($module, flag=True, /)"},
    {"color_content", colorContent, "($module, color_number, /)"},
    {"color_pair", pairAttribute, "($module, pair_number, /)"},
    {"curs_set", setCursor, "($module, visibility, /)"},
    {"def_prog_mode", act<def_prog_mode, "def_prog_mode">, "($module, /)"},
    {"def_shell_mode", act<def_shell_mode, "def_shell_mode">, "($module, /)"},
    {"delay_output", setNumber<delay_output, "delay_output">, "($module, ms, /)"},
    {"doupdate", update, "($module, /)"},
    {"echo", setMode<echo, noecho, "echo">, "($module, flag=True, /)"},
    {"endwin", act<endwin, "endwin">, "($module, /)"},
    {"erasechar", askCharacter<erasechar>, "($module, /)"},
    {"filter", filterLines, "($module, /)"},
    {"flash", act<flash, "flash">, "($module, /)"},
    {"flushinp", actQuietly<flushinp>, "($module, /)"},
    {"getmouse", getMouse, "($module, /)"},
    {"ungetmouse", pushBackMouse, "($module, id, x, y, z, bstate, /)"},
    {"getsyx", getCursor, "($module, /)"},
    {"getwin", readWindow, "($module, file, /)"},
    {"has_colors", askTruth<has_colors>, "($module, /)"},
    {"has_extended_color_support", hasExtendedColors, "($module, /)"},
    {"has_ic", askTruth<has_ic>, "($module, /)"},
    {"has_il", askTruth<has_il>, "($module, /)"},
    {"has_key", hasKey, "($module, key, /)"},
    {"halfdelay", setHalfDelay, "($module, tenths, /)"},
    {"init_color", initColor, "($module, color_number, r, g, b, /)"},
    {"init_pair", initPair, "($module, pair_number, fg, bg, /)"},
    {"initscr", start, "($module, /)"},
    {"intrflush", setNumber<setInterruptFlush, "intrflush">, "($module, flag, /)"},
    {"isendwin", askTruth<isendwin>, "($module, /)"},
    {"is_term_resized", isResized, "($module, nlines, ncols, /)"},
    {"keyname", nameOfKey, "($module, key, /)"},
    {"killchar", askCharacter<killchar>, "($module, /)"},
    {"longname", askText<longname>, "($module, /)"},
    {"meta", setNumber<setMeta, "meta">, "($module, yes, /)"},
    {"mouseinterval", setNumber<mouseinterval, "mouseinterval">, "($module, interval, /)"},
    {"mousemask", setMouseMask, "($module, newmask, /)"},
    {"napms", sleepFor, "($module, ms, /)"},
    {"newpad", makePad, "($module, nlines, ncols, /)"},
    {"newwin", makeWindow},
    {"nl", setMode<nl, nonl, "nl">, "($module, flag=True, /)"},
    {"nocbreak", act<nocbreak, "nocbreak">, "($module, /)"},
    {"noecho", act<noecho, "noecho">, "($module, /)"},
    {"nonl", act<nonl, "nonl">, "($module, /)"},
    {"noqiflush", actQuietly<noqiflush>, "($module, /)"},
    {"noraw", act<noraw, "noraw">, "($module, /)"},
    {"pair_content", pairContent, "($module, pair_number, /)"},
    {"pair_number", pairOfAttribute, "($module, attr, /)"},
    {"putp", putCapability, "($module, string, /)"},
    {"qiflush", setFlush, "($module, flag=True, /)"},
    {"raw", setMode<raw, noraw, "raw">, "($module, flag=True, /)"},
    {"reset_prog_mode", act<reset_prog_mode, "reset_prog_mode">, "($module, /)"},
    {"reset_shell_mode", act<reset_shell_mode, "reset_shell_mode">, "($module, /)"},
    {"resetty", act<resetty, "resetty">, "($module, /)"},
    {"resizeterm", resize<resizeterm, "resizeterm">, "($module, nlines, ncols, /)"},
    {"resize_term", resize<resize_term, "resize_term">, "($module, nlines, ncols, /)"},
    {"savetty", act<savetty, "savetty">, "($module, /)"},
    {"get_escdelay", escapeDelay, "($module, /)"},
    {"set_escdelay", setPositive<set_escdelay, "set_escdelay", "ms">, "($module, ms, /)"},
    {"get_tabsize", tabSize, "($module, /)"},
    {"set_tabsize", setPositive<set_tabsize, "set_tabsize", "size">, "($module, size, /)"},
    {"setsyx", placeCursor, "($module, y, x, /)"},
    {"setupterm", setUpTerminal, "($module, /, term=None, fd=-1)"},
    {"start_color", startColor, "($module, /)"},
    {"termattrs", askNumber<termattrs>, "($module, /)"},
    {"termname", askText<termname>, "($module, /)"},
    {"tigetflag", capability<tigetflag, "tigetflag">, "($module, capname, /)"},
    {"tigetnum", capability<tigetnum, "tigetnum">, "($module, capname, /)"},
    {"tigetstr", textCapability, "($module, capname, /)"},
    {"tparm", fillIn, "($module, str, i1=0, i2=0, i3=0, i4=0, i5=0, i6=0, i7=0, i8=0,\n      i9=0, /)"},
    {"typeahead", setNumber<typeahead, "typeahead">, "($module, fd, /)"},
    {"unctrl", printable, "($module, ch, /)"},
    {"ungetch", pushBack, "($module, ch, /)"},
    {"update_lines_cols", updateSize, "($module, /)"},
    {"unget_wch", pushBackWide, "($module, ch, /)"},
    {"use_env", useEnvironment, "($module, flag, /)"},
    {"use_default_colors", useDefaultColors, "($module, /)"},
    {},
};

const char* const versionFields[] = {"major", "minor", "patch", nullptr};
constinit const StructSequenceDef versionDefinition = {versionFields, 3, 3};
extern Type versionType;
KRAIT_STRUCT_SEQUENCE_TYPE(versionType, "curses.ncurses_version", kTypeDisallowInstantiation | kTypeOwnModule);

constexpr ModuleConstant constants[] = {
#define CURSES_CONSTANT(name) {#name, static_cast<int64_t>(name)},
#define CURSES_DRAWING(name)
#include "runtime/modules/curses/curses_constants.def"
};

/// KEY_ names as the library has them; KEY_F(1) is KEY_F1 here.
int32_t addKeys(Value module) {
  for (int key = KEY_MIN; key < KEY_MAX; ++key) {
    const char* const name = keyname(key);
    if (!name || std::strncmp(name, "KEY_", 4) != 0) continue;
    std::string plain;
    for (const char* c = name; *c; ++c)
      if (*c != '(' && *c != ')') plain += *c;
    if (moduleAdd(module, plain.c_str(), newInt(key)) < 0) return -1;
  }
  return moduleAdd(module, "KEY_MIN", newInt(KEY_MIN)) < 0 ? -1 : moduleAdd(module, "KEY_MAX", newInt(KEY_MAX));
}

int execute(Value module) {
  chooseCharacterLocale();
  Type* const error = addModuleException(module, "_curses", "error", ExceptionType);
  if (!error) return -1;
  cursesState.error = error;
  for (const char* name : {"version", "__version__"})
    if (moduleAdd(module, name, newBytes("2.2")) < 0) return -1;
  structSequenceReady(&versionType, &versionDefinition);
  const Value version[] = {newInt(NCURSES_VERSION_MAJOR), newInt(NCURSES_VERSION_MINOR), newInt(NCURSES_VERSION_PATCH)};
  if (moduleAdd(module, "ncurses_version", newStructSequence(&versionType, &versionDefinition, version)) < 0) return -1;
  return moduleAddConstants(module, constants) < 0 || addKeys(module) < 0 ? -1 : moduleAddType(module, &windowType);
}

} // namespace

extern "C" constinit const NativeModule krt_module_curses = {"_curses", methods, execute};

} // namespace krait
