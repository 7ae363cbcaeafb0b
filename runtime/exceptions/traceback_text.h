// Parts of a displayed exception.
#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>
#include "runtime/exceptions/exception.h"
#include "runtime/types/str.h"

namespace krait::exceptions {

/// A text in the pieces in which CPython writes it: a sys.stderr of the program's own class can tell.
class Pieces {
public:
  void add(Value str) { text_.add(str), end(); }
  void add(Value str, int64_t from, int64_t to) { text_.add(str, from, to), end(); }
  void addAscii(std::string_view s) { text_.addAscii(s), end(); }
  void addSpaces(int64_t n) { text_.addRepeated(' ', n), end(); }
  void addCharacter(uint32_t c) { text_.add(c), end(); }
  /// n pieces.
  void addCharacters(uint32_t c, int64_t n) {
    for (; n > 0; --n) addCharacter(c);
  }
  /// The whole text, owned; null with an error.
  Value take() { return text_.take(); }
  /// Where each of them ends in that.
  const std::vector<int64_t>& ends() const { return ends_; }

private:
  void end() { ends_.push_back(text_.length()); }
  StrBuilder text_;
  std::vector<int64_t> ends_;
};

/// What stands before each line inside an exception group.
struct Margin {
  int64_t depth = 0;
  bool isAbsent = false; // not even an empty piece
  void write(Pieces& out, char mark = '|') const;
  /// The spaces before its mark.
  void indent(Pieces& out) const;
};

/// sys.tracebacklimit, or 1000.
int64_t tracebackLimit();
/// The frames of `traceback`, at most the innermost `limit`, each with its source line and marks.
void addTraceback(Pieces& out, Value traceback, const Margin& margin, int64_t limit);
/// The line of a SyntaxError and the caret below it, which have no margin.
void addSyntaxText(Pieces& out, SyntaxErrorObject* e);

/// Writes to a stream what formatException() or formatBare() gives, or texts one behind the other (each may be null, with its error). A
/// stream of a class of the program's gets the pieces, a builtin one, of which nobody can tell, the whole. False with an error.
bool writeException(Value file, Value exception, bool isBare = false);
bool writeTexts(Value file, std::initializer_list<Value> texts);
/// writeException() and a flush. One that cannot be written goes to the process's standard error with a complaint; no error is left. `file`
/// may be null.
void displayTo(Value file, Value exception);

} // namespace krait::exceptions
