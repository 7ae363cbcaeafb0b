// Type comments, `# type: …` (PEP 484), for those who ask for them: ast.parse(type_comments=True). The lexer drops
// comments, so they are found again between the tokens; the tree has no place for them, so they are a table about it.
#pragma once

#include "frontend/base/source_buffer.h"
#include "frontend/lex/lexer.h"

#include <vector>

namespace krait::frontend::parse {

struct TypeComment {
  uint32_t start;    // of the `#`
  base::Span text;   // behind the colon, to the end of the line
  bool isUsed = false;
};

struct TypeComments {
  struct Entry {
    uint32_t node; // Node::index
    base::Span text;
  };
  std::vector<Entry> ofNodes;
  std::vector<base::Span> ignores; // `# type: ignore…`: what follows the word
};

// All of them in order; `# type: ignore` goes to `ignores`.
std::vector<TypeComment> findTypeComments(const base::SourceBuffer& buffer, const lex::TokenList& tokens,
                                          std::vector<base::Span>& ignores);

} // namespace krait::frontend::parse
