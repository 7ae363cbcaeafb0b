// The table of messages, the collector and the renderer.
#include "frontend/base/diagnostics.h"

#include "frontend/base/source_buffer.h"

#include <algorithm>
#include <cassert>

namespace krait::frontend::base {

namespace {

struct Row {
  DiagnosticClass category;
  std::string_view text;
  std::string_view identifier;
};

constexpr Row kRows[] = {
#define KRAIT_DIAGNOSTIC(id, class, text) {DiagnosticClass::class, text, #id},
#include "frontend/base/diagnostics.def"
};

const Row& rowOf(DiagnosticId id) { return kRows[static_cast<size_t>(id)]; }

// Code points of UTF-8 text.
size_t characterCount(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

} // namespace

const char* nameOf(DiagnosticClass category) {
  switch (category) {
  case DiagnosticClass::SyntaxError: return "SyntaxError";
  case DiagnosticClass::IndentationError: return "IndentationError";
  case DiagnosticClass::TabError: return "TabError";
  case DiagnosticClass::ValueError: return "ValueError";
  case DiagnosticClass::OverflowError: return "OverflowError";
  case DiagnosticClass::MemoryError: return "MemoryError";
  case DiagnosticClass::RecursionError: return "RecursionError";
  case DiagnosticClass::SyntaxWarning: return "SyntaxWarning";
  case DiagnosticClass::DeprecationWarning: return "DeprecationWarning";
  }
  return "";
}

std::string nameOf(DiagnosticId id) {
  const std::string_view identifier = rowOf(id).identifier;
  auto isCapital = [&](size_t i) { return i < identifier.size() && identifier[i] >= 'A' && identifier[i] <= 'Z'; };
  std::string name;
  for (size_t i = 0; i < identifier.size(); ++i) {
    const bool begins = isCapital(i) && (!isCapital(i - 1) || (i + 1 < identifier.size() && !isCapital(i + 1)));
    if (i > 0 && begins) name += '-';
    name += isCapital(i) ? static_cast<char>(identifier[i] + ('a' - 'A')) : identifier[i];
  }
  return name;
}

DiagnosticClass classOf(DiagnosticId id) { return rowOf(id).category; }
std::string_view templateOf(DiagnosticId id) { return rowOf(id).text; }

std::string formatMessage(std::string_view text, Diagnostics::Arguments arguments) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool placeholder = text[i] == '{' && i + 2 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9' &&
                       text[i + 2] == '}';
    if (!placeholder) {
      out += text[i];
      continue;
    }
    size_t number = text[i + 1] - '0';
    assert(number < arguments.size());
    out += arguments.begin()[number];
    i += 2;
  }
  return out;
}

ErrorPosition positionOf(const SourceBuffer& buffer, Span span) {
  LineColumn start = buffer.position(span.start);
  LineColumn end = buffer.position(span.end);
  return {static_cast<int>(start.line), static_cast<int>(buffer.characterColumn(span.start)) + 1,
          static_cast<int>(end.line), static_cast<int>(buffer.characterColumn(span.end)) + 1};
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
  if (!isWarning(diagnostic.category)) ++errorCount_;
  all_.push_back(std::move(diagnostic));
  return all_.back();
}

Diagnostic& Diagnostics::make(std::string_view file, DiagnosticId id, ErrorPosition position,
                              Arguments arguments) {
  Diagnostic made;
  made.id = id;
  made.category = rowOf(id).category;
  made.message = formatMessage(rowOf(id).text, arguments);
  made.file = file;
  made.position = position;
  return add(std::move(made));
}

void Diagnostics::report(const SourceBuffer& buffer, DiagnosticId id, Span span, Arguments arguments) {
  reportAt(buffer, id, positionOf(buffer, span), arguments);
}

Diagnostic& Diagnostics::reportAt(const SourceBuffer& buffer, DiagnosticId id, ErrorPosition position,
                                  Arguments arguments) {
  Diagnostic& made = make(buffer.name(), id, position, arguments);
  auto number = static_cast<uint32_t>(std::max(position.lineno, 1));
  made.text = buffer.line(number);
  made.hasText = true;
  if (buffer.lineStart(number) + made.text.size() < buffer.text().size()) made.text += '\n';
  return made;
}

void Diagnostics::reportWithoutText(std::string_view file, DiagnosticId id, ErrorPosition position,
                                    Arguments arguments) {
  make(file, id, position, arguments);
}

const Diagnostic* Diagnostics::firstError() const {
  for (const Diagnostic& diagnostic : all_)
    if (!isWarning(diagnostic.category)) return &diagnostic;
  return nullptr;
}

void Diagnostics::clear() {
  all_.clear();
  errorCount_ = 0;
}

std::string render(const Diagnostic& diagnostic) {
  return render(diagnostic.file, diagnostic.position, isWarning(diagnostic.category), diagnostic.message,
                diagnostic.hasText ? &diagnostic.text : nullptr, false);
}

std::string render(std::string_view file, const ErrorPosition& at, bool isWarning, std::string_view message, const std::string* text,
                   bool isColored) {
  auto colored = [&](const char* color, const std::string& part) { return isColored ? color + part + "\33[0m" : part; };
  std::string place(file);
  if (at.lineno > 0) {
    place += ":" + std::to_string(at.lineno);
    place += ":" + std::to_string(std::max(at.offset, 1));
  }
  std::string out = colored("\33[1m", place + ":") + " ";
  out += isWarning ? colored("\33[1;35m", "warning:") : colored("\33[1;31m", "error:");
  out += " " + colored("\33[1m", std::string(message)) + "\n";
  if (!text) return out;
  std::string_view line = *text;
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  // CPython's text may begin with earlier lines that belong to the same one.
  line.remove_prefix(line.rfind('\n') + 1);
  out += line;
  out += '\n';
  // Tabs are repeated in the caret's line, so that it lines up in a terminal.
  size_t width = characterCount(line);
  size_t column = std::min<size_t>(std::max(at.offset, 1) - 1, width);
  for (size_t i = 0, seen = 0; i < line.size() && seen < column; ++i) {
    if ((line[i] & 0xC0) == 0x80) continue;
    out += line[i] == '\t' ? '\t' : ' ';
    ++seen;
  }
  size_t end = column + 1;
  if (at.endLineno == at.lineno) end = std::max<size_t>(end, std::max(at.endOffset, 1) - 1);
  if (at.endLineno > at.lineno) end = std::max(end, width);
  end = std::max(std::min(end, width), column + 1);
  return out + colored("\33[1;32m", std::string(end - column, '^')) + "\n";
}

} // namespace krait::frontend::base
