// What the language says about characters beyond ASCII: which may stand in
// identifiers, and NFKC, the form in which identifiers are compared (PEP 3131).
#pragma once

#include <string>
#include <string_view>

namespace krait::frontend::base {

bool isIdentifierStart(char32_t codePoint);
bool isIdentifierContinue(char32_t codePoint);
constexpr bool isAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool isPrintable(char32_t codePoint);

// The code point that starts at `at`, which moves past it. Valid UTF-8 only.
char32_t decodeUtf8(const char*& at);
// Also encodes lone surrogates (WTF-8).
void appendUtf8(std::string& out, char32_t codePoint);

// NFKC of an identifier. Only characters that may stand in one are normalised.
std::string normalizeIdentifier(std::string_view utf8);

} // namespace krait::frontend::base
