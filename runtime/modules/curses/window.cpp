// _curses.window: a part of the screen, or a pad.
//
// The screen's own window is the library's; any other dies with its object. A part of a window keeps that window alive, as they have
// their characters in common. Most methods are one call of the library, which the table names together with what its error is called.
#include <algorithm>
#include <cstdio>
#include <langinfo.h>
#include "runtime/memory/alloc.h"
#include "runtime/modules/curses/curses_shared.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

WindowObject* asWindow(Value v) { return v.as<WindowObject>(); }
WINDOW* of(Value self) { return asWindow(self)->window; }
bool characterArgument(Value self, Value v, chtype* out) { return narrowCharacter(v, Utf8(asWindow(self)->encoding).data(), out); }
Value refuseCount(const char* name, size_t least, size_t most) {
  return raise(TypeErrorType, "_curses.window.%s requires %zu to %zu arguments", name, least, most);
}
/// Calls without the GIL.
template <class F> auto waiting(F function) {
  Blocking release;
  return function();
}

// ---- methods of one kind -----------------------------------------------------------------------

template <auto Function, Text Name> Value act(Value self) { return cursesDone(Function(of(self)), Name.text); }
template <auto Function> Value actQuietly(Value self) { return Function(of(self)), newRef(none()); }
template <auto Row, auto Column> Value place(Value self) { return newTuple({newInt(Row(of(self))), newInt(Column(of(self)))}); }
Value isTouched(Value self) { return newRef(boolean(is_wintouched(of(self)))); }

/// With a C int or two; `Words` say so where their number is another.
template <Text Words> bool number(const Args& args, int* n) {
  if (args.count != 1) return raise(TypeErrorType, "%s", Words.text), false;
  return takeArguments(args.values, "i", n);
}
template <auto Function, Text Name, Text Words = "True(1) or False(0)"> Value setNumber(Value self, const Args& args) {
  int n = 0;
  return number<Words>(args, &n) ? cursesDone(Function(of(self), n), Name.text) : Value();
}
template <auto Function, Text Words = "True(1) or False(0)"> Value setNumberQuietly(Value self, const Args& args) {
  int n = 0;
  return number<Words>(args, &n) ? (Function(of(self), n), newRef(none())) : Value();
}
template <auto Function, Text Name, Text Words = "y,x"> Value setNumbers(Value self, const Args& args) {
  int a = 0, b = 0;
  if (args.count != 2) return raise(TypeErrorType, "%s", Words.text);
  return takeArguments(args.values, "ii", &a, &b) ? cursesDone(Function(of(self), a, b), Name.text) : Value();
}
/// The same of those that have a signature.
template <auto Function, Text Name> Value setLines(Value self, const Value* argv) {
  int a = 0, b = 0;
  return intArgument(argv[0], &a) && intArgument(argv[1], &b) ? cursesDone(Function(of(self), a, b), Name.text) : Value();
}
template <auto Function, Text Name> Value setAttributes(Value self, Value v) {
  long attributes = 0;
  return longArgument(v, &attributes) ? cursesDone(Function(of(self), static_cast<int>(attributes)), Name.text) : Value();
}

// ---- arguments in several places ---------------------------------------------------------------

/// [y, x,] what, [n,] [attributes]
struct Placed {
  bool moves = false, hasAttributes = false;
  int y = 0, x = 0, n = 0;
  long attributes = A_NORMAL;
  Value what;

  bool take(const char* name, const Args& args, bool counted) {
    const size_t least = counted ? 2 : 1;
    if (args.count < least || args.count > least + 3) return refuseCount(name, least, least + 3), false;
    const Value* argv = args.values;
    moves = args.count >= least + 2;
    hasAttributes = (args.count - least) & 1;
    if (moves && !takeArguments(argv, "ii", &y, &x)) return false;
    if (moves) argv += 2;
    what = *argv++;
    return (!counted || takeArguments(argv++, "i", &n)) && (!hasAttributes || longArgument(*argv, &attributes));
  }
  /// False if there is no such place.
  bool move(WINDOW* w) const { return !moves || wmove(w, y, x) != ERR; }
};

/// [y, x]; the cursor goes there if there is such a place, else *fails.
bool takePlace(const char* name, Value self, const Args& args, bool* fails) {
  int y = 0, x = 0;
  if (args.count != 0 && args.count != 2) return refuseCount(name, 0, 2), false;
  if (args.count && !takeArguments(args.values, "ii", &y, &x)) return false;
  *fails = args.count && wmove(of(self), y, x) == ERR;
  return true;
}

// ---- writing -----------------------------------------------------------------------------------

Value addCharacter(Value self, const Args& args) {
  Placed p;
  chtype narrow = 0;
  wchar_t wide[2] = {};
  if (!p.take("addch", args, false)) return Value();
  const Width width = anyCharacter(p.what, &narrow, wide);
  if (width == Width::Error) return Value();
  if (width == Width::Narrow) return cursesDone(p.move(of(self)) ? waddch(of(self), narrow | static_cast<chtype>(p.attributes)) : ERR, "addch");
  cchar_t character;
  setcchar(&character, wide, static_cast<attr_t>(p.attributes), static_cast<short>(PAIR_NUMBER(p.attributes)), nullptr);
  return cursesDone(p.move(of(self)) ? wadd_wch(of(self), &character) : ERR, "add_wch");
}

/// Text of either kind, whole (n is -1) or as much as the caller says, with attributes for it alone.
template <auto Narrow, auto Wide, Text Name, Text NarrowName, Text WideName, bool Counted> Value writeText(Value self, const Args& args) {
  Placed p;
  std::string narrow;
  std::wstring wide;
  if (!p.take(Name.text, args, Counted)) return Value();
  const Width width = anyText(p.what, &narrow, &wide);
  if (width == Width::Error) return Value();
  WINDOW* w = of(self);
  const int n = Counted ? p.n : -1;
  const attr_t before = getattrs(w);
  if (p.hasAttributes) wattrset(w, static_cast<int>(p.attributes));
  const int status = !p.move(w) ? ERR : width == Width::Wide ? Wide(w, wide.c_str(), n) : Narrow(w, narrow.c_str(), n);
  if (p.hasAttributes) wattrset(w, static_cast<int>(before));
  return cursesDone(status, width == Width::Wide ? WideName.text : NarrowName.text);
}

Value insertCharacter(Value self, const Args& args) {
  Placed p;
  chtype c = 0;
  if (!p.take("insch", args, false) || !characterArgument(self, p.what, &c)) return Value();
  return cursesDone(p.move(of(self)) ? winsch(of(self), c | static_cast<chtype>(p.attributes)) : ERR, "insch");
}
template <auto Function, Text Name> Value drawLine(Value self, const Args& args) {
  Placed p;
  chtype c = 0;
  if (!p.take(Name.text, args, true) || !characterArgument(self, p.what, &c)) return Value();
  if (!p.move(of(self))) return cursesDone(ERR, "wmove");
  return cursesDone(Function(of(self), c | static_cast<chtype>(p.attributes), p.n), Name.text);
}

/// A character and attributes, as one word. False with an error.
bool attributedArgument(Value self, const Value* argv, chtype* out) {
  long attributes = A_NORMAL;
  if ((argv[1] && !longArgument(argv[1], &attributes)) || !characterArgument(self, argv[0], out)) return false;
  *out |= static_cast<chtype>(attributes);
  return true;
}
Value setBackground(Value self, const Value* argv) {
  chtype c = 0;
  return attributedArgument(self, argv, &c) ? cursesDone(wbkgd(of(self), c), "bkgd") : Value();
}
Value setBackgroundQuietly(Value self, const Value* argv) {
  chtype c = 0;
  return attributedArgument(self, argv, &c) ? (wbkgdset(of(self), c), newRef(none())) : Value();
}
Value echoCharacter(Value self, const Value* argv) {
  chtype c = 0;
  if (!attributedArgument(self, argv, &c)) return Value();
  return cursesDone(waiting([=] { return is_pad(of(self)) ? pechochar(of(self), c) : wechochar(of(self), c); }), "echochar");
}
Value border(Value self, const Value* argv) {
  chtype c[8] = {};
  for (int i = 0; i < 8; ++i)
    if (argv[i] && !characterArgument(self, argv[i], &c[i])) return Value();
  wborder(of(self), c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
  return newRef(none());
}
Value drawBox(Value self, const Args& args) {
  chtype vertical = 0, horizontal = 0;
  if (args.count != 0 && args.count != 2) return refuseCount("box", 0, 2);
  if (args.count && (!characterArgument(self, args.values[0], &vertical) || !characterArgument(self, args.values[1], &horizontal))) return Value();
  ::box(of(self), vertical, horizontal);
  return newRef(none());
}
Value changeAttributes(Value self, const Args& args) {
  int y = 0, x = 0, n = -1;
  long attributes = A_NORMAL;
  bool good = false;
  switch (args.count) {
  case 1: good = takeArguments(args.values, "l", &attributes); break;
  case 2: good = takeArguments(args.values, "il", &n, &attributes); break;
  case 3: good = takeArguments(args.values, "iil", &y, &x, &attributes); break;
  case 4: good = takeArguments(args.values, "iiil", &y, &x, &n, &attributes); break;
  default: raise(TypeErrorType, "chgat requires 1 to 4 arguments");
  }
  if (!good) return Value();
  WINDOW* w = of(self);
  const short pair = static_cast<short>(attributes >> 8 & 0xff);
  const attr_t plain = static_cast<attr_t>(attributes - (pair << 8));
  if (args.count < 3) y = getcury(w);
  const int status = args.count >= 3 && wmove(w, y, x) == ERR ? ERR : wchgat(w, n, plain, pair, nullptr);
  touchline(w, y, 1);
  return cursesDone(status, "chgat");
}
Value deleteCharacter(Value self, const Args& args) {
  bool fails = false;
  if (!takePlace("delch", self, args, &fails)) return Value();
  return cursesDone(fails ? ERR : wdelch(of(self)), args.count ? "mvwdelch" : "wdelch");
}
Value scrollLines(Value self, const Args& args) {
  int lines = 1;
  if (args.count > 1) return refuseCount("scroll", 0, 1);
  return !args.count || takeArguments(args.values, "i", &lines) ? cursesDone(wscrl(of(self), lines), "scroll") : Value();
}
Value touchLines(Value self, const Args& args) {
  int start = 0, count = 0, changed = 1;
  if (args.count < 2 || args.count > 3) return refuseCount("touchline", 2, 3);
  if (!takeArguments(args.values, args.count == 3 ? "iii" : "ii", &start, &count, &changed)) return Value();
  return cursesDone(wtouchln(of(self), start, count, changed != 0), "touchline");
}

// ---- reading -----------------------------------------------------------------------------------

Value getCharacter(Value self, const Args& args) {
  bool fails = false;
  if (!takePlace("getch", self, args, &fails)) return Value();
  const int c = fails ? ERR : waiting([=] { return wgetch(of(self)); });
  return serveSignals() ? newInt(c) : Value();
}
/// After a key that did not come.
Value noInput() { return serveSignals() ? raise(*cursesState.error, "no input") : Value(); }
Value getKey(Value self, const Args& args) {
  bool fails = false;
  if (!takePlace("getkey", self, args, &fails)) return Value();
  const int c = fails ? ERR : waiting([=] { return wgetch(of(self)); });
  if (c == ERR) return noInput();
  if (!serveSignals()) return Value();
  if (c <= 255) return newStrFromChar(static_cast<uint32_t>(c));
  const char* const name = keyname(c);
  return newStr(name ? name : "");
}
Value getWideCharacter(Value self, const Args& args) {
  bool fails = false;
  wint_t c = 0;
  if (!takePlace("get_wch", self, args, &fails)) return Value();
  const int kind = fails ? ERR : waiting([&] { return wget_wch(of(self), &c); });
  if (kind == ERR) return noInput();
  if (!serveSignals()) return Value();
  return kind == KEY_CODE_YES ? newInt(c) : newStrFromChar(c);
}

constexpr int kLongestLine = 1023; // bytes
/// [y, x,] [n]: what getstr() and instr() take. *n is one that their rooms have.
bool takeLineArguments(const char* words, Value self, const Args& args, int* n, bool* fails) {
  int y = 0, x = 0, wanted = kLongestLine;
  bool good = true;
  switch (args.count) {
  case 0: break;
  case 1: good = takeArguments(args.values, "i", &wanted); break;
  case 2: good = takeArguments(args.values, "ii", &y, &x); break;
  case 3: good = takeArguments(args.values, "iii", &y, &x, &wanted); break;
  default: return raise(TypeErrorType, "%s arguments", words), false;
  }
  if (!good) return false;
  if (wanted < 0) return raise(ValueErrorType, "'n' must be nonnegative"), false;
  *n = std::min(wanted, kLongestLine);
  *fails = args.count >= 2 && wmove(of(self), y, x) == ERR;
  return true;
}
Value getText(Value self, const Args& args) {
  char line[kLongestLine + 1] = "";
  int n = 0;
  bool fails = false;
  if (!takeLineArguments("getstr requires 0 to 3", self, args, &n, &fails)) return Value();
  if (fails || waiting([&] { return wgetnstr(of(self), line, n); }) == ERR) line[0] = 0;
  return serveSignals() ? newBytes(line) : Value();
}
Value textAt(Value self, const Args& args) {
  char line[kLongestLine + 1] = "";
  int n = 0;
  bool fails = false;
  if (!takeLineArguments("instr requires 0 or 3", self, args, &n, &fails)) return Value();
  if (fails || winnstr(of(self), line, n) == ERR) line[0] = 0;
  return newBytes(line);
}
Value characterAt(Value self, const Args& args) {
  bool fails = false;
  if (!takePlace("inch", self, args, &fails)) return Value();
  return newInt(fails ? static_cast<chtype>(ERR) : winch(of(self)));
}
Value background(Value self) { return newInt(getbkgd(of(self))); }
Value encloses(Value self, const Value* argv) {
  int y = 0, x = 0;
  return intArgument(argv[0], &y) && intArgument(argv[1], &x) ? newRef(boolean(wenclose(of(self), y, x))) : Value();
}
Value isLineTouched(Value self, Value v) {
  int line = 0;
  if (!intArgument(v, &line)) return Value();
  if (line >= getmaxy(of(self)) || line < 0) return raise(TypeErrorType, "is_linetouched: line number outside of boundaries");
  return newRef(boolean(is_linetouched(of(self), line)));
}

// ---- windows -----------------------------------------------------------------------------------

template <auto Function, auto OfPad, Text Name> Value makePart(Value self, const Args& args) {
  int lines = 0, columns = 0, y = 0, x = 0;
  if (args.count != 2 && args.count != 4) return refuseCount(Name.text, 2, 4);
  if (!(args.count == 2 ? takeArguments(args.values, "ii", &y, &x) : takeArguments(args.values, "iiii", &lines, &columns, &y, &x))) return Value();
  return newWindow((is_pad(of(self)) ? OfPad : Function)(of(self), lines, columns, y, x), self);
}

/// Shows a window, or a part of a pad, which six numbers tell.
template <auto Show, auto ShowPad, Text Name, Text ShowName, Text PadName, Text Words> Value refresh(Value self, const Args& args) {
  int n[6] = {};
  if (args.count != 0 && args.count != 6) return refuseCount(Name.text, 0, 6);
  if (args.count && !takeArguments(args.values, "iiiiii", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5])) return Value();
  if (!is_pad(of(self))) {
    if (args.count) return raise(TypeErrorType, "%s() takes no arguments (6 given)", Name.text);
    return cursesDone(waiting([=] { return Show(of(self)); }), ShowName.text);
  }
  if (!args.count) return raise(*cursesState.error, "%s() %s a pad requires 6 arguments", Name.text, Words.text);
  return cursesDone(waiting([&] { return ShowPad(of(self), n[0], n[1], n[2], n[3], n[4], n[5]); }), PadName.text);
}

template <auto Function, Text Name, bool Transparent> Value copyOnto(Value self, const Args& args) {
  int n[6] = {};
  if (args.count != 1 && args.count != 7) return refuseCount(Name.text, 1, 7);
  const Value target = args.values[0];
  if (!isWindow(target)) return raise(TypeErrorType, "%s() argument 1 must be _curses.window, not %.50G", Name.text, target);
  if (args.count == 1) return cursesDone(Function(of(self), of(target)), Name.text);
  if (!takeArguments(args.values + 1, "iiiiii", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5])) return Value();
  return cursesDone(copywin(of(self), of(target), n[0], n[1], n[2], n[3], n[4], n[5], Transparent), "copywin");
}

Value putWindow(Value self, Value target) {
  FILE* const file = openTemporary();
  if (!file) return Value();
  Ref done(cursesDone(putwin(of(self), file), "putwin"));
  rewind(file);
  char block[BUFSIZ];
  while (done) {
    const size_t n = fread(block, 1, sizeof block, file);
    if (n == 0) break;
    Ref bytes(newBytes(block, n)), written(bytes ? callMethod(target, "write", {bytes.get()}) : Value());
    if (!written) done.reset();
  }
  fclose(file);
  return done.release();
}

Value encodingOf(Value self, void*) { return newRef(asWindow(self)->encoding); }
int32_t setEncoding(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "encoding may not be deleted");
  if (!isStr(v)) return fail(TypeErrorType, "setting encoding to a non-string");
  Ref bytes(encodeStr(v, "ascii", nullptr)), text(bytes ? newStr(bytesView(bytes)) : Value());
  if (!text) return -1;
  assign(asWindow(self)->encoding, text.release());
  return 0;
}

void dealloc(Object* o) {
  auto* const self = reinterpret_cast<WindowObject*>(o);
  if (self->window && self->window != CURSES_VARIABLE(stdscr)) delwin(self->window);
  if (self->parent) decref(self->parent);
  if (self->encoding) decref(self->encoding);
  freeObject(o);
}

constexpr uint8_t kByPlace = kMethodPositional;
constexpr MethodDef methods[] = {
    {"addch", addCharacter, nullptr, kByPlace},
    {"addnstr", writeText<waddnstr, waddnwstr, "addnstr", "addnstr", "addnwstr", true>, nullptr, kByPlace},
    {"addstr", writeText<waddnstr, waddnwstr, "addstr", "addstr", "addwstr", false>, nullptr, kByPlace},
    {"attroff", setAttributes<wattroff, "attroff">, "($self, attr, /)"},
    {"attron", setAttributes<wattron, "attron">, "($self, attr, /)"},
    {"attrset", setAttributes<wattrset, "attrset">, "($self, attr, /)"},
    {"bkgd", setBackground, "($self, ch, attr=_curses.A_NORMAL, /)"},
    {"chgat", changeAttributes, nullptr, kByPlace},
    {"bkgdset", setBackgroundQuietly, "($self, ch, attr=_curses.A_NORMAL, /)"},
    {"border", border,
     "($self, ls=_curses.ACS_VLINE, rs=_curses.ACS_VLINE,\n       ts=_curses.ACS_HLINE, bs=_curses.ACS_HLINE,\n       tl=_curses.ACS_ULCORNER, "
     "tr=_curses.ACS_URCORNER,\n       bl=_curses.ACS_LLCORNER, br=_curses.ACS_LRCORNER, /)"},
    {"box", drawBox, nullptr, kByPlace},
    {"clear", actQuietly<wclear>},
    {"clearok", setNumber<clearok, "clearok">, nullptr, kByPlace},
    {"clrtobot", actQuietly<wclrtobot>},
    {"clrtoeol", actQuietly<wclrtoeol>},
    {"cursyncup", actQuietly<wcursyncup>},
    {"delch", deleteCharacter, nullptr, kByPlace},
    {"deleteln", act<wdeleteln, "wdeleteln">},
    {"derwin", makePart<derwin, derwin, "derwin">, nullptr, kByPlace},
    {"echochar", echoCharacter, "($self, ch, attr=_curses.A_NORMAL, /)"},
    {"enclose", encloses, "($self, y, x, /)"},
    {"erase", act<werase, "werase">},
    {"getbegyx", place<getbegy, getbegx>},
    {"getbkgd", background, "($self, /)"},
    {"getch", getCharacter, nullptr, kByPlace},
    {"getkey", getKey, nullptr, kByPlace},
    {"get_wch", getWideCharacter, nullptr, kByPlace},
    {"getmaxyx", place<getmaxy, getmaxx>},
    {"getparyx", place<getpary, getparx>},
    {"getstr", getText, nullptr, kByPlace},
    {"getyx", place<getcury, getcurx>},
    {"hline", drawLine<whline, "hline">, nullptr, kByPlace},
    {"idcok", setNumberQuietly<idcok>, nullptr, kByPlace},
    {"idlok", setNumber<idlok, "idlok">, nullptr, kByPlace},
    {"immedok", setNumberQuietly<immedok>, nullptr, kByPlace},
    {"inch", characterAt, nullptr, kByPlace},
    {"insch", insertCharacter, nullptr, kByPlace},
    {"insdelln", setNumber<winsdelln, "winsdelln", "nlines">, nullptr, kByPlace},
    {"insertln", act<winsertln, "winsertln">},
    {"insnstr", writeText<winsnstr, wins_nwstr, "insnstr", "insnstr", "insn_wstr", true>, nullptr, kByPlace},
    {"insstr", writeText<winsnstr, wins_nwstr, "insstr", "insstr", "inswstr", false>, nullptr, kByPlace},
    {"instr", textAt, nullptr, kByPlace},
    {"is_linetouched", isLineTouched, "($self, line, /)"},
    {"is_wintouched", isTouched},
    {"keypad", setNumber<keypad, "keypad">, nullptr, kByPlace},
    {"leaveok", setNumber<leaveok, "leaveok">, nullptr, kByPlace},
    {"move", setNumbers<wmove, "wmove">, nullptr, kByPlace},
    {"mvderwin", setNumbers<mvderwin, "mvderwin">, nullptr, kByPlace},
    {"mvwin", setNumbers<mvwin, "mvwin">, nullptr, kByPlace},
    {"nodelay", setNumber<nodelay, "nodelay">, nullptr, kByPlace},
    {"notimeout", setNumber<notimeout, "notimeout">, nullptr, kByPlace},
    {"noutrefresh", refresh<wnoutrefresh, pnoutrefresh, "noutrefresh", "wnoutrefresh", "pnoutrefresh", "called for">, nullptr, kByPlace},
    {"overlay", copyOnto<overlay, "overlay", true>, nullptr, kByPlace},
    {"overwrite", copyOnto<overwrite, "overwrite", false>, nullptr, kByPlace},
    {"putwin", putWindow, "($self, file, /)"},
    {"redrawln", setLines<wredrawln, "redrawln">, "($self, beg, num, /)"},
    {"redrawwin", act<redrawwin, "redrawwin">},
    {"refresh", refresh<wrefresh, prefresh, "refresh", "prefresh", "prefresh", "for">, nullptr, kByPlace},
    {"resize", setNumbers<wresize, "wresize", "lines,columns">, nullptr, kByPlace},
    {"scroll", scrollLines, nullptr, kByPlace},
    {"scrollok", setNumber<scrollok, "scrollok">, nullptr, kByPlace},
    {"setscrreg", setLines<wsetscrreg, "wsetscrreg">, "($self, top, bottom, /)"},
    {"standend", actQuietly<wstandend>},
    {"standout", actQuietly<wstandout>},
    {"subpad", makePart<subwin, subpad, "subwin">, nullptr, kByPlace},
    {"subwin", makePart<subwin, subpad, "subwin">, nullptr, kByPlace},
    {"syncdown", actQuietly<wsyncdown>},
    {"syncok", setNumber<syncok, "syncok">, nullptr, kByPlace},
    {"syncup", actQuietly<wsyncup>},
    {"timeout", setNumberQuietly<wtimeout, "delay">, nullptr, kByPlace},
    {"touchline", touchLines, nullptr, kByPlace},
    {"touchwin", act<touchwin, "touchwin">},
    {"untouchwin", act<untouchwin, "untouchwin">},
    {"vline", drawLine<wvline, "vline">, nullptr, kByPlace},
    {},
};
constexpr GetSetDef attributes[] = {{"encoding", encodingOf, setEncoding}, {}};

} // namespace

constinit Type windowType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_curses.window",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable,
    .instanceLayout = {.type = &windowType, .size = sizeof(WindowObject)},
    .dealloc = dealloc,
    .methods = methods,
    .getset = attributes,
};

Value newWindow(WINDOW* window, Value parent) {
  if (!window) return raiseNull(cursesState.error);
  const char* const codeset = nl_langinfo(CODESET);
  Ref encoding(newStr(codeset && *codeset ? codeset : "utf-8"));
  Object* const o = encoding ? newObject(&windowType.instanceLayout) : nullptr;
  if (!o) {
    if (window != CURSES_VARIABLE(stdscr)) delwin(window);
    return Value();
  }
  auto* const made = reinterpret_cast<WindowObject*>(o);
  made->window = window;
  made->parent = parent ? newRef(parent) : Value();
  made->encoding = encoding.release();
  return Value(o);
}

} // namespace krait
