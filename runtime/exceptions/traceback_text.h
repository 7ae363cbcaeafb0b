// Parts of a displayed exception.
#pragma once
#include "runtime/exceptions/exception.h"
#include "runtime/types/str.h"

namespace krait::exceptions {

/// What stands before each line inside an exception group.
struct Margin {
  int64_t depth = 0;
  void write(StrBuilder& out, char mark = '|') const;
};

/// sys.tracebacklimit, or 1000.
int64_t tracebackLimit();
/// The frames of `traceback`, at most the innermost `limit`, each with its source line and marks.
void addTraceback(StrBuilder& out, Value traceback, const Margin& margin, int64_t limit);
/// The line of a SyntaxError and the caret below it.
void addSyntaxText(StrBuilder& out, const Margin& margin, SyntaxErrorObject* e);

} // namespace krait::exceptions
