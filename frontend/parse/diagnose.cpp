// Why a statement is not well formed.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

void Parser::diagnose(const Token*) { errors_.report(DiagnosticId::InvalidSyntax, positionOfToken(buffer_, *failedAt_)); }

} // namespace krait::frontend::parse
