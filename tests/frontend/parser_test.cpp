// The parser's own promises: modes, positions, limits, what survives an error.
#include "frontend/ast/dump.h"
#include "frontend/ast/repr.h"
#include "frontend/parse/parser.h"
#include "frontend/parse/unicode_names.h"

#include <gtest/gtest.h>

using namespace krait::frontend;
using parse::Mode;

namespace {

struct Parsed {
  explicit Parsed(std::string_view text, Mode mode = Mode::Exec)
      : buffer(base::SourceBuffer::fromText("f.py", text, diags)),
        tree(parse::parseModule(*buffer, arena, symbols, diags, mode)) {}

  std::string message() const { return diags.hasErrors() ? diags.firstError()->message : ""; }
  std::string dump() const { return tree == nullptr ? "" : ast::dump(tree, *buffer, symbols); }

  base::Diagnostics diags;
  std::unique_ptr<base::SourceBuffer> buffer;
  base::Arena arena;
  base::SymbolTable symbols;
  const ast::Mod* tree;
};

std::string repr(const ast::ConstantValue& value) {
  std::string out;
  ast::appendRepr(out, value);
  return out;
}

TEST(Parser, Modes) {
  EXPECT_EQ(Parsed("1", Mode::Eval).dump(),
            "Expression(body=Constant(value=1, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1))");
  EXPECT_EQ(Parsed("1;\n", Mode::Single).dump(),
            "Interactive(body=[Expr(value=Constant(value=1, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1), "
            "lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)])");
  EXPECT_EQ(Parsed("", Mode::Eval).message(), "invalid syntax");
  EXPECT_EQ(Parsed("x = 1", Mode::Eval).message(), "invalid syntax");
  EXPECT_EQ(Parsed("1\n2\n", Mode::Single).message(),
            "multiple statements found while compiling a single statement");
  EXPECT_EQ(Parsed("if x:\n  y\n", Mode::Single).message(), "");
  EXPECT_EQ(Parsed("if x: y", Mode::Single).message(), "invalid syntax");
}

TEST(Parser, PositionsAreCPythons) {
  Parsed parsed("é = f(a b)\n");
  ASSERT_TRUE(parsed.diags.hasErrors());
  EXPECT_EQ(parsed.diags.firstError()->position, (base::ErrorPosition{1, 7, 1, 10}));
  EXPECT_EQ(parsed.diags.firstError()->text, "é = f(a b)\n");
}

TEST(Parser, ErrorsInFieldsHaveTheirOwnText) {
  Parsed parsed("x\ny = f'{a b}'\n");
  ASSERT_TRUE(parsed.diags.hasErrors());
  EXPECT_EQ(parsed.message(), "f-string: invalid syntax. Perhaps you forgot a comma?");
  EXPECT_EQ(parsed.diags.firstError()->position, (base::ErrorPosition{2, 2, 2, 5}));
  EXPECT_EQ(parsed.diags.firstError()->text, "(a b)\n");
}

TEST(Parser, ReportsSeveralErrorsButNoTree) {
  Parsed parsed("x = = 1\nok = 2\ndef f(: pass\n\ny = 3 4\n");
  EXPECT_EQ(parsed.tree, nullptr);
  EXPECT_EQ(parsed.diags.errorCount(), 1u); // the open parenthesis swallows the rest
  EXPECT_EQ(Parsed("x = = 1\nok = 2\ny = 3 4\n").diags.errorCount(), 2u);
}

TEST(Parser, WarnsOfInvalidEscapes) {
  Parsed parsed("'\\d' b'\\q'\n'\\{'\n");
  EXPECT_EQ(parsed.message(), "cannot mix bytes and nonbytes literals");
  Parsed good("'\\d\\e'\nb'\\q'\n");
  ASSERT_EQ(good.diags.all().size(), 2u); // one for each literal
  EXPECT_EQ(good.diags.all()[0].message, "invalid escape sequence '\\d'");
  EXPECT_EQ(good.diags.all()[0].category, base::DiagnosticClass::DeprecationWarning);
  EXPECT_NE(good.tree, nullptr);
}

TEST(Parser, SpeculationLeavesNothingBehind) {
  // `(yield)` is first tried as a list of with items.
  Parsed parsed("with (yield '\\d'): pass\n");
  EXPECT_NE(parsed.tree, nullptr);
  EXPECT_EQ(parsed.diags.all().size(), 1u);
}

TEST(Parser, NumbersNodesBelowTheirParents) {
  Parsed parsed("a + b\n");
  const auto* sum = parsed.tree->as<ast::Module>()->body[0]->as<ast::ExprStmt>()->value->as<ast::BinOp>();
  EXPECT_LT(sum->left->index, sum->index);
  EXPECT_LT(sum->index, parsed.tree->nodeCount);
}

TEST(Parser, FuturesChangeTheGrammar) {
  EXPECT_EQ(Parsed("from __future__ import barry_as_FLUFL\n1 <> 2\n").message(), "");
  EXPECT_EQ(Parsed("from __future__ import barry_as_FLUFL\n1 != 2\n").message(),
            "with Barry as BDFL, use '<>' instead of '!='");
  EXPECT_EQ(Parsed("1 <> 2\n").message(), "invalid syntax");
}

TEST(Parser, BorrowsPlainStrings) {
  Parsed parsed("'plain'\n");
  auto text = parsed.tree->as<ast::Module>()->body[0]->as<ast::ExprStmt>()->value->as<ast::Constant>()->value.text();
  EXPECT_EQ(text.data(), parsed.buffer->text().data() + 1);
}

TEST(Repr, Floats) {
  EXPECT_EQ(repr(ast::ConstantValue::real(0.1)), "0.1");
  EXPECT_EQ(repr(ast::ConstantValue::real(1e16)), "1e+16");
  EXPECT_EQ(repr(ast::ConstantValue::real(123456789012345680.0)), "1.2345678901234568e+17");
  EXPECT_EQ(repr(ast::ConstantValue::real(9999999999999998.0)), "9999999999999998.0");
  EXPECT_EQ(repr(ast::ConstantValue::real(0.0001)), "0.0001");
  EXPECT_EQ(repr(ast::ConstantValue::real(0.00001)), "1e-05");
  EXPECT_EQ(repr(ast::ConstantValue::imaginary(2)), "2j");
}

TEST(Repr, Strings) {
  EXPECT_EQ(repr(ast::ConstantValue::str("it's")), "\"it's\"");
  EXPECT_EQ(repr(ast::ConstantValue::str("'\"")), "'\\'\"'");
  EXPECT_EQ(repr(ast::ConstantValue::str("\xed\xa0\x80\x7f")), "'\\ud800\\x7f'");
  EXPECT_EQ(repr(ast::ConstantValue::bytes("a\n\xff")), "b'a\\n\\xff'");
}

TEST(Repr, BigIntegers) {
  EXPECT_EQ(ast::toDecimal("ffffffffffffffffffff", 16), "1208925819614629174706175");
  EXPECT_EQ(ast::toDecimal("1000000000000000000000000000000000000000000000000000000000000000000", 2),
            "73786976294838206464");
}

TEST(UnicodeNames, AreFoundByNameAliasAndRule) {
  EXPECT_EQ(parse::codePointNamed("latin small letter a"), U'a');
  EXPECT_EQ(parse::codePointNamed("NBSP"), 0xA0u);
  EXPECT_EQ(parse::codePointNamed("HANGUL SYLLABLE GAG"), 0xAC01u);
  EXPECT_EQ(parse::codePointNamed("CJK UNIFIED IDEOGRAPH-4E00"), 0x4E00u);
  EXPECT_EQ(parse::codePointNamed("CJK UNIFIED IDEOGRAPH-0041"), parse::kNoCodePoint);
  EXPECT_EQ(parse::codePointNamed("NO SUCH NAME"), parse::kNoCodePoint);
}

} // namespace
