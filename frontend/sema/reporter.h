// Reports at CPython's positions for errors found after parsing: columns are
// UTF-8 bytes, not characters.
#pragma once

#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"

namespace krait::frontend::sema {

class Reporter {
public:
  // `keepGoing`: the error that CPython would raise is not the last that is wanted.
  Reporter(const base::SourceBuffer& buffer, base::Diagnostics& diags, bool keepGoing = false)
      : buffer_(buffer), diags_(diags), keepGoing_(keepGoing) {}

  // Always false, for `return error(…)`.
  bool error(base::DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments = {}) {
    base::LineColumn from = buffer_.position(span.start), to = buffer_.position(span.end);
    return errorAt(id,
                   {static_cast<int>(from.line), static_cast<int>(from.column) + 1, static_cast<int>(to.line),
                    static_cast<int>(to.column) + 1},
                   arguments);
  }
  bool errorAt(base::DiagnosticId id, base::ErrorPosition position, base::Diagnostics::Arguments arguments = {}) {
    diags_.reportAt(buffer_, id, position, arguments);
    failed_ = true;
    return false;
  }
  base::LineColumn position(uint32_t offset) const { return buffer_.position(offset); }
  void warn(base::DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments = {}) {
    bool before = failed_;
    error(id, span, arguments);
    failed_ = before;
  }
  bool failed() const { return failed_; }
  // Whether there is nothing more to look for.
  bool isDone() const { return failed_ && !keepGoing_; }

private:
  const base::SourceBuffer& buffer_;
  base::Diagnostics& diags_;
  bool keepGoing_, failed_ = false;
};

} // namespace krait::frontend::sema
