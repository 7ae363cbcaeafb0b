// Tokens: what cannot be seen in a dump, and the corners of numbers and strings.
#include "frontend/base/diagnostics.h"
#include "frontend/base/unicode.h"
#include "frontend/lex/lexer.h"

#include <gtest/gtest.h>

using namespace krait::frontend;
using lex::TokenKind;

namespace {

struct Lexed {
  explicit Lexed(std::string_view text) : buffer(base::SourceBuffer::fromText("f.py", text, diags)) {
    lex::tokenize(*buffer, symbols, lex::FinalNewline::Implied, list);
  }
  std::vector<TokenKind> kinds() const {
    std::vector<TokenKind> found;
    for (const lex::Token& token : list.tokens) found.push_back(token.kind);
    return found;
  }
  std::string error() const {
    if (!list.hasError) return "";
    std::vector<std::string> arguments = list.error.arguments;
    arguments.resize(3);
    return base::formatMessage(base::templateOf(list.error.id), {arguments[0], arguments[1], arguments[2]});
  }

  base::Diagnostics diags;
  std::unique_ptr<base::SourceBuffer> buffer;
  base::SymbolTable symbols;
  lex::TokenList list;
};

using enum TokenKind;
using Kinds = std::vector<TokenKind>;

TEST(Lexer, SuppliesTheLastNewlineAndDedents) {
  EXPECT_EQ(Lexed("if x:\n  y").kinds(),
            (Kinds{KwIf, Name, Colon, Newline, Indent, Name, Newline, Dedent, EndMarker}));
  EXPECT_EQ(Lexed("").kinds(), Kinds{EndMarker});
  EXPECT_EQ(Lexed("\n # c").kinds(), Kinds{EndMarker});
}

TEST(Lexer, EvalHasOnlyTheNewlinesThatAreThere) {
  Lexed lexed("x");
  lex::tokenize(*lexed.buffer, lexed.symbols, lex::FinalNewline::AsWritten, lexed.list);
  EXPECT_EQ(lexed.kinds(), (Kinds{Name, EndMarker}));
}

TEST(Lexer, ClassifiesNumbers) {
  auto flagsOf = [](std::string_view text) { return Lexed(text).list.tokens[0].flags; };
  EXPECT_EQ(flagsOf("12"), 0);
  EXPECT_EQ(flagsOf("1_2"), lex::number_flag::HasUnderscore);
  EXPECT_EQ(flagsOf("0x1f"), lex::number_flag::Prefixed);
  EXPECT_EQ(flagsOf("1e5"), lex::number_flag::Float);
  EXPECT_EQ(flagsOf(".5j"), lex::number_flag::Float | lex::number_flag::Imaginary);
  EXPECT_EQ(flagsOf("007.5"), lex::number_flag::Float);
}

TEST(Lexer, WordsErrorsOfNumbers) {
  EXPECT_EQ(Lexed("0o8").error(), "invalid digit '8' in octal literal");
  EXPECT_EQ(Lexed("0b12").error(), "invalid digit '2' in binary literal");
  EXPECT_EQ(Lexed("0x").error(), "invalid hexadecimal literal");
  EXPECT_EQ(Lexed("1__0").error(), "invalid decimal literal");
  EXPECT_EQ(Lexed("1e+").error(), "invalid decimal literal");
  EXPECT_EQ(Lexed("1jx").error(), "invalid imaginary literal");
  EXPECT_EQ(Lexed("1if 1else 2").error(), "");
  EXPECT_EQ(Lexed("1if 1else 2").list.warnings.size(), 2u);
}

TEST(Lexer, TellsStringsApart) {
  const lex::Token token = Lexed("rB'''a\\b'''").list.tokens[0];
  EXPECT_EQ(token.kind, String);
  EXPECT_EQ(token.flags, lex::string_flag::Raw | lex::string_flag::Bytes | lex::string_flag::Triple |
                             lex::string_flag::HasEscape);
  EXPECT_EQ(token.prefixSize, 2);
  EXPECT_EQ(Lexed("ur'x'").kinds(), (Kinds{Name, String, Newline, EndMarker})); // not a prefix
}

TEST(Lexer, FStringKnowsItsEnd) {
  Lexed lexed("f'a{f\"{x}\"}' y");
  EXPECT_EQ(lexed.list.tokens[0].kind, FStringStart);
  EXPECT_EQ(lexed.list.tokens[lexed.list.tokens[0].payload].kind, FStringEnd);
  EXPECT_EQ(lexed.list.tokens[lexed.list.tokens[0].payload + 1].kind, Name);
}

TEST(Lexer, BrokenFStringIsCutAsBefore) {
  Lexed lexed("f'{a' + f'{b}'");
  EXPECT_EQ(lexed.kinds(), (Kinds{String, Plus, String, Newline, EndMarker}));
  EXPECT_TRUE(lexed.list.tokens[0].flags & lex::string_flag::BrokenFString);
}

TEST(Lexer, RemembersOpenBrackets) {
  Lexed lexed("f(a,\n  [b");
  ASSERT_EQ(lexed.list.open.size(), 2u);
  EXPECT_EQ(lexed.list.open.back().character, '[');
  EXPECT_EQ(lexed.list.tokens.back().kind, Error);
  EXPECT_FALSE(lexed.list.hasError);
}

TEST(Lexer, NormalisesIdentifiers) {
  Lexed lexed("ﬁ = 1");
  EXPECT_EQ(lexed.symbols.text(lexed.list.tokens[0].symbol()), "fi");
  EXPECT_EQ(Lexed("a€").error(), "invalid character '€' (U+20AC)");
}

TEST(Unicode, NormalisesLikeNfkc) {
  EXPECT_EQ(base::normalizeIdentifier("e\xcc\x81"), "é");                     // composition
  EXPECT_EQ(base::normalizeIdentifier("\xef\xbc\xa1"), "A");                  // fullwidth
  EXPECT_EQ(base::normalizeIdentifier("\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8"), "각"); // Hangul
  EXPECT_EQ(base::normalizeIdentifier("a\xcc\xa7\xcc\x81"), base::normalizeIdentifier("a\xcc\x81\xcc\xa7"));
}

TEST(Unicode, KnowsWhatIsPrintable) {
  EXPECT_TRUE(base::isPrintable(U'é'));
  EXPECT_FALSE(base::isPrintable(0xA0));
  EXPECT_FALSE(base::isPrintable(0x7F));
  EXPECT_FALSE(base::isPrintable(0xD800));
}

} // namespace
