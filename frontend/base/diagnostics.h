// What the front end has to say about a program: errors and warnings, each with
// all that CPython's SyntaxError carries, so that compile() and exec() can raise
// it and the driver can print it without the source buffer.
#pragma once

#include "frontend/base/span.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace krait::frontend::base {

class SourceBuffer;

// The exception or warning category, in Python.
enum class DiagnosticClass : uint8_t {
  SyntaxError,
  IndentationError,
  TabError,
  ValueError,     // raised bare, without a position
  OverflowError,  // likewise
  MemoryError,    // likewise
  RecursionError, // likewise
  SyntaxWarning,
  DeprecationWarning,
};

enum class DiagnosticId : uint16_t {
#define KRAIT_DIAGNOSTIC(id, class, text) id,
#include "frontend/base/diagnostics.def"
};

// Which step of CPython's compiler finds it. They tell a SyntaxError's place in different ways.
enum class DiagnosticStep : uint8_t { Parser, SymbolTable, Compiler };
constexpr DiagnosticStep stepOf(DiagnosticId id) { // by its section of diagnostics.def
  if (id >= DiagnosticId::DuplicateArgument && id <= DiagnosticId::FutureBraces) return DiagnosticStep::SymbolTable;
  if (id >= DiagnosticId::FutureLate && id <= DiagnosticId::BadIndexType) return DiagnosticStep::Compiler;
  return DiagnosticStep::Parser;
}

constexpr bool isWarning(DiagnosticClass category) { return category >= DiagnosticClass::SyntaxWarning; }
const char* nameOf(DiagnosticClass category); // "IndentationError"
std::string nameOf(DiagnosticId id);         // "break-outside-loop"
DiagnosticClass classOf(DiagnosticId id);
std::string_view templateOf(DiagnosticId id);

// A SyntaxError's position as Python has it: lines from 1, offsets in
// characters from 1. Zero or -1 where CPython says so.
struct ErrorPosition {
  int lineno = 0;
  int offset = 0;
  int endLineno = 0;
  int endOffset = 0;

  bool operator==(const ErrorPosition&) const = default;
};

struct Diagnostic {
  DiagnosticId id;
  DiagnosticClass category;
  std::string message; // SyntaxError.msg
  std::string file;    // SyntaxError.filename
  ErrorPosition position;
  std::string text;     // SyntaxError.text: the line, with its "\n" if it has one
  bool hasText = false; // false: SyntaxError.text is None
};

// Collects in order of report. Owns its diagnostics; borrows nothing.
class Diagnostics {
public:
  using Arguments = std::initializer_list<std::string_view>;

  // At a span of a buffer: position and text are read off the buffer.
  void report(const SourceBuffer& buffer, DiagnosticId id, Span span, Arguments arguments = {});
  // At a position that CPython computes in a way of its own.
  // The diagnostic may be adjusted until the next report.
  Diagnostic& reportAt(const SourceBuffer& buffer, DiagnosticId id, ErrorPosition position, Arguments arguments = {});
  // About a text of which there is no buffer.
  void reportWithoutText(std::string_view file, DiagnosticId id, ErrorPosition position, Arguments arguments = {});

  bool hasErrors() const { return errorCount_ != 0; }
  size_t errorCount() const { return errorCount_; }
  const std::vector<Diagnostic>& all() const { return all_; }
  // One that is complete already.
  Diagnostic& add(Diagnostic diagnostic);
  // The one that compile() raises; null if there is none.
  const Diagnostic* firstError() const;
  void clear();

private:
  Diagnostic& make(std::string_view file, DiagnosticId id, ErrorPosition position, Arguments arguments);

  std::vector<Diagnostic> all_;
  size_t errorCount_ = 0;
};

// "file:line:col: error: message", the source line and a caret under the
// reported columns; ends in "\n". Columns are characters from 1.
std::string render(const Diagnostic& diagnostic);
// Of what is no diagnostic of the front end, too; `line` may be null. Coloured with a terminal's escape sequences.
std::string render(std::string_view file, const ErrorPosition& at, bool isWarning, std::string_view message, const std::string* line,
                   bool isColored);

// Position of a span as CPython's RAISE_SYNTAX_ERROR_KNOWN_RANGE reports it.
ErrorPosition positionOf(const SourceBuffer& buffer, Span span);

// The text with `{0}`, `{1}`, … replaced.
std::string formatMessage(std::string_view text, Diagnostics::Arguments arguments);

} // namespace krait::frontend::base
