// The text of an uncaught exception, as the interpreter's top level prints it:
// causes and contexts first, frames with source lines and marks, notes,
// suggestions; exception groups as a tree of boxes.
#include "runtime/exceptions/traceback_text.h"
#include <algorithm>
#include <cstdio>
#include <unistd.h>
#include <vector>
#include "runtime/exceptions/exception_group.h"
#include "runtime/exceptions/suggestions.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace exceptions {

constexpr int64_t kIndentPiece = 10; // spaces

void Margin::indent(Pieces& out) const {
  int64_t n = 2 * depth;
  for (; n > kIndentPiece; n -= kIndentPiece) out.addSpaces(kIndentPiece);
  out.addSpaces(n);
}

void Margin::write(Pieces& out, char mark) const {
  if (isAbsent) return;
  indent(out);
  if (depth > 0) out.addAscii(mark == '+' ? "+ " : "| ");
}

namespace {

constexpr const char* kCauseText = "The above exception was the direct cause of the following exception:\n";
constexpr const char* kContextText = "During handling of the above exception, another exception occurred:\n";
constexpr int64_t kMaxGroupWidth = 15, kMaxGroupDepth = 10;

class Display {
public:
  Value run(Value exception) {
    showChain(exception);
    errorClear();
    return out_.take();
  }
  const std::vector<int64_t>& ends() const { return out_.ends(); }
  /// The piece with which the message begins that runBare() shows; else 0.
  size_t bareMessage() const { return bareMessage_; }
  /// Without causes, notes, suggestions and what else is shown of some exceptions only.
  Value runBare(Value exception) {
    margin_.isAbsent = true;
    showTraceback(exception, "Traceback (most recent call last):\n", '|');
    bareMessage_ = out_.ends().size();
    showMessage(exception, exception, true);
    out_.addCharacter('\n');
    errorClear();
    return out_.take();
  }

private:
  bool seen(Value exception) {
    for (Value v : seen_)
      if (v == exception) return true;
    return false;
  }

  /// Oldest first: what was raised before, then the exception itself.
  void showChain(Value exception) {
    struct Link {
      Value exception;
      const char* text; // between its predecessor and it
    };
    std::vector<Link> links;
    for (Value e = exception; e;) {
      ExceptionObject* o = asException(e);
      seen_.push_back(e);
      Value previous;
      const char* text = nullptr;
      if (o->cause) {
        previous = o->cause;
        text = kCauseText;
      } else if (o->context && !o->suppressContext) {
        previous = o->context;
        text = kContextText;
      }
      if (previous && seen(previous)) previous = Value();
      links.push_back({e, previous ? text : nullptr});
      e = previous;
    }
    for (size_t i = links.size(); i-- > 0;) {
      bool isOldest = !links[i].text;
      if (!isOldest) showLinkText(links[i].text);
      bool close = needClose_;
      if (i > 0) needClose_ = false;
      showOne(links[i].exception);
      if (i > 0) needClose_ = close;
    }
  }

  void showLinkText(const char* text) {
    margin_.write(out_);
    out_.addCharacter('\n');
    margin_.write(out_);
    out_.addAscii(text);
    margin_.write(out_);
    out_.addCharacter('\n');
  }

  void showOne(Value exception) {
    if (!isExceptionGroup(exception)) return showPlain(exception, "Traceback (most recent call last):\n", '|');
    if (margin_.depth > kMaxGroupDepth) {
      margin_.write(out_);
      out_.addAscii("... (max_group_depth is 10)\n");
      return;
    }
    showGroup(exception);
  }

  void showTraceback(Value exception, const char* header, char headerMark) {
    Value tb = tracebackOf(exception);
    int64_t limit = tb ? tracebackLimit() : 0;
    if (limit <= 0) return;
    margin_.write(out_, headerMark);
    out_.addAscii(header);
    addTraceback(out_, tb, margin_, limit);
  }

  void showPlain(Value exception, const char* header, char headerMark) {
    showTraceback(exception, header, headerMark);
    Ref notes(getAttrOptional(exception, NAME(__notes__)));
    errorClear();
    Value message = exception;
    Ref syntaxMessage;
    if (isInstanceOf(exception, SyntaxErrorType)) {
      syntaxMessage.reset(showSyntaxLocation(static_cast<SyntaxErrorObject*>(asException(exception))));
      if (syntaxMessage) message = syntaxMessage;
    }
    showMessage(exception, message);
    if (Ref close(suggestionFor(exception)); close) {
      out_.addAscii(". Did you mean: '");
      out_.add(close);
      out_.addAscii("'?");
    }
    out_.addCharacter('\n');
    if (notes) showNotes(notes);
  }

  void showGroup(Value exception) {
    bool topLevel = margin_.depth == 0;
    if (topLevel) ++margin_.depth;
    showPlain(exception, "Exception Group Traceback (most recent call last):\n", topLevel ? '+' : '|');
    TupleObject* members = asTuple(static_cast<GroupObject*>(asException(exception))->excs);
    int64_t shown = members->size <= kMaxGroupWidth ? members->size : kMaxGroupWidth + 1;
    needClose_ = false;
    for (int64_t i = 0; i < shown; ++i) {
      bool last = i == shown - 1;
      if (last) needClose_ = true; // a nested group may close both
      margin_.indent(out_);
      char title[64];
      bool truncated = i >= kMaxGroupWidth;
      const char* corner = i == 0 ? "+-" : "  ";
      if (truncated) snprintf(title, sizeof title, "%s+---------------- ... ----------------\n", corner);
      else snprintf(title, sizeof title, "%s+---------------- %lld ----------------\n", corner, static_cast<long long>(i + 1));
      out_.addAscii(title);
      ++margin_.depth;
      if (truncated) {
        margin_.write(out_);
        int64_t more = members->size - kMaxGroupWidth;
        snprintf(title, sizeof title, "and %lld more exception%s\n", static_cast<long long>(more), more > 1 ? "s" : "");
        out_.addAscii(title);
      } else {
        showChain(members->items[i]);
      }
      if (last && needClose_) {
        margin_.indent(out_);
        out_.addAscii("+------------------------------------\n");
        needClose_ = false;
      }
      --margin_.depth;
    }
    if (topLevel) --margin_.depth;
  }

  /// "module.Class: text", without newline. Of an error that nobody can catch an empty text is shown, too, and no dot behind a module that has no name.
  void showMessage(Value exception, Value message, bool isUnraisable = false) {
    margin_.write(out_);
    Value type = asValue(typeOf(exception));
    Ref module(getAttr(type, NAME(__module__)));
    if (!module || !isStr(module)) {
      errorClear();
      out_.addAscii(isUnraisable ? "<unknown>" : "<unknown>.");
    } else if (!strEqual(module, "builtins") && !strEqual(module, "__main__")) {
      out_.add(module);
      out_.addCharacter('.');
    }
    Ref name(getAttr(type, NAME(__qualname__)));
    if (name && isStr(name)) out_.add(name);
    else out_.addAscii("<unknown>");
    errorClear();
    if (isNone(message)) return;
    Ref text(str(message));
    if (!text) {
      errorClear();
      out_.addAscii(": <exception str() failed>");
    } else {
      if (asStr(text)->length > 0 || isUnraisable) out_.addAscii(": ");
      out_.add(text);
    }
  }

  void showNotes(Value notes) {
    if (!isSequence(notes)) {
      Ref text(repr(notes));
      margin_.write(out_);
      if (text) out_.add(text);
      else out_.addAscii("<__notes__ repr() failed>");
      errorClear(); // the line does not end there
      return;
    }
    int64_t n = length(notes);
    for (int64_t i = 0; i < n; ++i) {
      Ref note(sequenceItem(notes, i));
      Ref text(note ? str(note) : Value());
      if (!text) {
        errorClear();
        out_.addAscii("<note str() failed>"); // without the margin
      } else {
        showLines(text);
      }
      out_.addCharacter('\n');
    }
    errorClear();
  }

  /// Each line of a text behind the margin, with what ends it.
  void showLines(Value text) {
    Ref lines(callMethod(text, "splitlines", {boolean(true)}));
    for (int64_t i = 0; lines && i < asList(lines)->size; ++i) {
      margin_.write(out_);
      out_.add(asList(lines)->items[i]);
    }
    errorClear();
  }

  /// File, line, text and caret; the message (owned), or null when the error has no position to show.
  Value showSyntaxLocation(SyntaxErrorObject* e) {
    auto isPlace = [](Value v) { return !v || isNone(v) || isInt(v); };
    if (!e->lineno || !isInt(e->lineno) || !isPlace(e->offset)) return Value();
    if (isExact(Value(&e->header), SyntaxErrorType) && !(isPlace(e->endLineno) && isPlace(e->endOffset))) return Value();
    Ref file(e->filename && !isNone(e->filename) ? str(e->filename) : newStr("<string>"));
    int overflow = 0;
    Ref line(file ? formatText("  File \"%U\", line %lld\n", file.get(),
                               static_cast<long long>(intToInt64(e->lineno, &overflow)))
                  : Value());
    if (!line) return Value();
    margin_.write(out_);
    out_.add(line);
    if (e->text && isStr(e->text)) addSyntaxText(out_, e);
    return newRef(e->msg ? e->msg : none());
  }

  Pieces out_;
  Margin margin_;
  bool needClose_ = false;
  size_t bareMessage_ = 0;
  std::vector<Value> seen_;
};

/// Of an int attribute, or `fallback`.
int64_t intOr(Value v, int64_t fallback) {
  if (!v || !isInt(v)) return fallback;
  int overflow = 0;
  int64_t n = intToInt64(v, &overflow);
  return overflow ? fallback : n;
}

/// What is left to say of an exception that cannot be shown.
void showLost(Value exception) {
  Ref shown(repr(exception));
  if (!shown) errorClear();
  const void *address = exception.object(), *type = typeOf(exception);
  Ref text(formatText("object address  : %p\nobject refcount : %zd\nobject type     : %p\nobject type name: %s\nobject repr     : %U\nlost sys.stderr\n",
                      address, exception.object()->refs, type, typeOf(exception)->name, shown ? shown.get() : emptyStr()));
  if (text) writeToDescriptor(text);
}

bool write(Value file, Value text) { return text && Ref(callMethod(file, NAME(write), {text})); }

} // namespace

bool writeException(Value file, Value exception, bool isBare) {
  if (!isHeapType(typeOf(file))) return write(file, Ref(isBare ? formatBare(exception) : formatException(exception)));
  Display display;
  Ref text(isBare ? display.runBare(exception) : display.run(exception));
  if (!text) return false;
  const std::vector<int64_t>& ends = display.ends();
  for (size_t i = 0; i < ends.size(); ++i) {
    if (write(file, Ref(strSubstring(text, i ? ends[i - 1] : 0, ends[i])))) continue;
    if (i >= display.bareMessage()) return false;
    errorClear(); // a traceback that cannot be written is left out
    i = display.bareMessage() - 1;
  }
  return true;
}

void displayTo(Value file, Value exception) {
  const bool isWritten = file && writeException(file, exception);
  errorClear();
  if (!isWritten) showLost(exception);
  if (file) Ref flushed(callMethod(file, NAME(flush)));
  errorClear();
}

bool writeTexts(Value file, std::initializer_list<Value> texts) {
  StrBuilder whole;
  for (Value text : texts) {
    if (!text) return false;
    if (!isHeapType(typeOf(file))) whole.add(text);
    else if (!write(file, text)) return false;
  }
  return isHeapType(typeOf(file)) || write(file, Ref(whole.take()));
}

int64_t tracebackLimit() {
  Value limit = sysGet("tracebacklimit");
  errorClear();
  if (!limit || !isInt(limit)) return 1000;
  int overflow = 0;
  const int64_t n = intToInt64(limit, &overflow);
  return overflow > 0 ? INT64_MAX : overflow < 0 ? 0 : n;
}

void addSyntaxText(Pieces& out, SyntaxErrorObject* e) {
  StrObject* text = asStr(e->text);
  int64_t end = text->length, start = 0;
  while (start < end && (text->at(start) == ' ' || text->at(start) == '\t' || text->at(start) == '\f')) ++start;
  const bool ends = end > start && text->at(end - 1) == '\n';
  // As CPython counts here: the end of a text is a number of bytes.
  const auto bytes = static_cast<int64_t>(Utf8(e->text).view().size());
  const int64_t offset = intOr(e->offset, -1), line = intOr(e->lineno, 0);
  // Marks go to the end of the line where they went on to the next.
  const int64_t endOffset = intOr(e->endLineno, line) > line ? bytes : std::min(intOr(e->endOffset, -1), bytes + 1);
  const bool isOneMark = !isExact(Value(&e->header), SyntaxErrorType) || endOffset <= 0 || endOffset <= offset;
  int64_t column = std::min(offset - 1, bytes - ends) - start;
  for (int64_t i = start; i < end - ends && i - start < column; ++i) // only the line that is meant, of several
    if (text->at(i) == '\n') column -= i + 1 - start, start = i + 1;
  out.addAscii("    ");
  out.add(e->text, start, end); // the piece has its newline
  if (!ends) out.addCharacter('\n');
  if (column < 0) return;
  out.addAscii("    ");
  out.addCharacters(' ', column);
  out.addCharacters('^', isOneMark ? 1 : endOffset - offset);
  out.addCharacter('\n');
}

} // namespace exceptions

Value formatException(Value exception) {
  exceptions::Display display;
  return display.run(exception);
}

Value formatBare(Value exception) {
  exceptions::Display display;
  return display.runBare(exception);
}

void displayException(Value exception) {
  Ref file(xnewRef(sysGet("stderr")));
  errorClear();
  if (file && isNone(file)) return;
  exceptions::displayTo(file, exception);
}

void writeToDescriptor(Value text) {
  Utf8 bytes(text);
  if (!bytes.ok()) return errorClear();
  for (size_t done = 0; done < bytes.size();) {
    ssize_t n = ::write(2, bytes.data() + done, bytes.size() - done);
    if (n <= 0) return;
    done += static_cast<size_t>(n);
  }
}

} // namespace krait
