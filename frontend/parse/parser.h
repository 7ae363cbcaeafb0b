// Text to syntax tree.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/arena.h"
#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/base/symbol.h"
#include "frontend/parse/type_comments.h"

namespace krait::frontend::parse {

enum class Mode : uint8_t {
  Exec,   // a file: ast::Module
  Eval,   // one expression: ast::Expression
  Single, // one interactive statement: ast::Interactive
  FunctionType, // the type comment of a function: ast::FunctionType
};

struct Options {
  // `from __future__ import barry_as_FLUFL` is in force from the start (compile()'s flags).
  bool barryAsFlufl = false;
  // An error that more text could mend is called "incomplete input" (PyCF_ALLOW_INCOMPLETE_INPUT).
  bool nameIncompleteInput = false;
  // In Mode::Single the end of the text does not end a block: that takes a newline (PyCF_DONT_IMPLY_DEDENT).
  bool requireBlankLine = false;
  // Filled if given; type comments where none may stand are errors then (PyCF_TYPE_COMMENTS).
  TypeComments* typeComments = nullptr;
  // Longer decimal integers are errors: sys.int_info.default_max_str_digits, or what the program set.
  size_t maxDigits = 4300;
  // What is newer than Python 3.<featureVersion> is an error (ast.parse's feature_version).
  int featureVersion = kNewest;
  static constexpr int kNewest = 1000;
};

// Parses the whole buffer. Null after reporting at least one error; the first
// one is CPython's. Warnings (invalid escape sequences, …) may be reported
// either way. The tree lives in the arena and borrows text from the buffer,
// which must both outlive it; names are interned in `symbols`.
// Never recurses deeper than its depth limits allow: about 200 nested brackets,
// 100 indentation levels, 3,000 nested nodes.
const ast::Mod* parseModule(const base::SourceBuffer& buffer, base::Arena& arena, base::SymbolTable& symbols,
                            base::Diagnostics& diags, Mode mode = Mode::Exec, const Options& options = {});

} // namespace krait::frontend::parse
