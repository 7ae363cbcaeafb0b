// Names and spellings, straight out of tokens.def.
#include "frontend/lex/token.h"

#include <string_view>

namespace krait::frontend::lex {

namespace {
struct Row {
  const char* name;
  const char* spelling;
};
constexpr Row kRows[] = {
#define KRAIT_TOKEN(kind, name, text) {name, text},
#include "frontend/lex/tokens.def"
};

constexpr bool keywordsFollowTheSymbols() {
  std::string_view symbols[] = {
#define KRAIT_SYMBOL(name, text) text,
#include "frontend/base/symbols.def"
  };
  for (uint32_t id = 1; id <= base::sym::kLastKeyword; ++id)
    if (symbols[id - 1] != kRows[static_cast<size_t>(keywordKind({id}))].spelling) return false;
  return true;
}
static_assert(keywordsFollowTheSymbols());
} // namespace

const char* nameOf(TokenKind kind) { return kRows[static_cast<size_t>(kind)].name; }
const char* spellingOf(TokenKind kind) { return kRows[static_cast<size_t>(kind)].spelling; }

} // namespace krait::frontend::lex
