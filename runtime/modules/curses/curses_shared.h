// What the files of _curses and _curses_panel share: the window type, the state of the terminal, arguments and answers.
#pragma once
#include <cstdio>
#include <string>
#include "runtime/modules/curses/curses_variables.h"
#include "runtime/object/errors.h"
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct WindowObject {
  Object header;
  WINDOW* window;
  Value parent;   // the window object that this one is a part of, or null
  Value encoding; // str, ASCII: of single characters that are to be bytes
};
extern Type windowType;
inline bool isWindow(Value v) { return v.isPointer() && typeOfObject(v.object()) == &windowType; }
/// Takes over `window`, of which null is an error; `parent` may be null. Owned.
Value newWindow(WINDOW* window, Value parent = Value());

/// What has been called so far.
struct CursesState {
  bool screen;      // initscr()
  bool terminal;    // setupterm(), or initscr()
  bool colors;      // start_color()
  Type* error;      // _curses.error, once the module is there
  Value encoding;   // of the first screen's window, or null
};
extern CursesState cursesState;
/// False with an error if it is too early.
bool needScreen();
bool needTerminal();
bool needColors(); // and a screen

/// None, or an error of this type: "name() returned ERR".
Value cursesDone(const Type* type, int status, const char* name);
Value cursesDone(int status, const char* name); // of _curses.error
/// "curses function returned NULL".
Value raiseNull(const Type* type);

/// A name that is a template's argument.
template <size_t N> struct Text {
  char text[N];
  constexpr Text(const char (&from)[N]) { // NOLINT: from a literal
    for (size_t i = 0; i < N; ++i) text[i] = from[i];
  }
};

/// Takes arguments apart, each by a letter with a pointer: i (a C int), l (a C long), O (any value, borrowed: Value*). False with an error.
bool takeArguments(const Value* argv, const char* letters, ...);
/// A C long. False with an error.
bool longArgument(Value v, long* out);
/// "name() argument must be what, not type".
Value refuseType(const char* function, const char* what, Value v);

/// A character as one byte with attributes: str of one character in this encoding, bytes of one byte, int. False with an error.
bool narrowCharacter(Value v, const char* encoding, chtype* out);
enum class Width { Error, Narrow, Wide };
/// The same, but str as a character of any width.
Width anyCharacter(Value v, chtype* narrow, wchar_t* wide);
/// Text as bytes or characters, without NUL.
Width anyText(Value v, std::string* narrow, std::wstring* wide);

/// Runs the handlers of signals that came while the library waited: false if one raised.
bool serveSignals();
/// A file without a name, for data on its way from or to a file object. Null with an error.
FILE* openTemporary();

} // namespace krait
