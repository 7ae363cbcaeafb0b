// Bytes that are no UTF-8, in a text that was let pass with them (base/source_buffer.h).
#pragma once

#include "frontend/lex/lexer.h"

namespace krait::frontend::parse {

// Whether the first of them that a token holds was reported. Comments may hold them.
bool reportUndecoded(const base::SourceBuffer& buffer, const lex::TokenList& tokens, base::Diagnostics& diags);

} // namespace krait::frontend::parse
