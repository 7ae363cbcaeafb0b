// Source buffers, lines, symbols and the shape of the node table.
#include "frontend/ast/visitor.h"
#include "frontend/base/arena.h"
#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/base/symbol.h"

#include <gtest/gtest.h>

using namespace krait::frontend;
using base::Diagnostics;
using base::SourceBuffer;

namespace {

TEST(SourceBuffer, TranslatesNewlinesAndCountsLines) {
  Diagnostics diags;
  auto buffer = SourceBuffer::fromBytes("f.py", "a\r\nb\rc\n", diags);
  ASSERT_NE(buffer, nullptr);
  EXPECT_EQ(buffer->text(), "a\nb\nc\n");
  EXPECT_EQ(buffer->lineCount(), 3u);
  EXPECT_EQ(buffer->line(2), "b");
  EXPECT_EQ(buffer->position(4), (base::LineColumn{3, 0}));
}

TEST(SourceBuffer, CursorAgreesWithSearch) {
  Diagnostics diags;
  auto buffer = SourceBuffer::fromBytes("f.py", "ab\n\n\ncd\ne\nf\n\n\n\n\n\ng\n", diags);
  base::PositionCursor cursor(*buffer);
  for (uint32_t offset : {0u, 2u, 3u, 5u, 4u, 12u, 20u, 21u, 0u, 19u, 21u, 9u})
    EXPECT_EQ(cursor.at(offset), buffer->position(offset)) << offset;
}

TEST(SourceBuffer, DecodesByDeclaration) {
  Diagnostics diags;
  auto latin = SourceBuffer::fromBytes("f.py", "#!/x\n# -*- coding: latin-1 -*-\n'\xe9'\n", diags);
  ASSERT_NE(latin, nullptr);
  EXPECT_EQ(latin->encoding(), "iso-8859-1");
  EXPECT_EQ(latin->line(3), "'\xc3\xa9'");
  auto windows = SourceBuffer::fromBytes("f.py", "# coding=cp1252\n'\x80'\n", diags);
  ASSERT_NE(windows, nullptr);
  EXPECT_EQ(windows->line(2), "'\xe2\x82\xac'");
  EXPECT_FALSE(diags.hasErrors());
  EXPECT_EQ(SourceBuffer::fromBytes("f.py", "x\n# coding: latin-1\n'\xe9'\n", diags), nullptr);
  EXPECT_EQ(diags.firstError()->message,
            "Non-UTF-8 code starting with '\\xe9' in file f.py on line 3, but no encoding declared; "
            "see https://peps.python.org/pep-0263/ for details");
}

TEST(SourceBuffer, RefusesWhatIsNotText) {
  Diagnostics diags;
  EXPECT_EQ(SourceBuffer::fromBytes("f", std::string_view("a\0b", 3), diags), nullptr);
  EXPECT_EQ(SourceBuffer::fromBytes("f", "\xef\xbb\xbf# coding: latin-1\n", diags), nullptr);
  EXPECT_EQ(SourceBuffer::fromBytes("f", "# coding: nosuch\n", diags), nullptr);
  ASSERT_EQ(diags.errorCount(), 3u);
  EXPECT_EQ(diags.all()[0].message, "source code string cannot contain null bytes");
  EXPECT_EQ(diags.all()[1].message, "encoding problem: iso-8859-1 with BOM");
  EXPECT_EQ(diags.all()[2].message, "encoding problem: nosuch");
}

TEST(Diagnostics, RendersLineAndCaret) {
  Diagnostics diags;
  auto buffer = SourceBuffer::fromText("f.py", "x\n\té = (1 +\n", diags);
  diags.report(*buffer, base::DiagnosticId::InvalidSyntax, {8, 13});
  EXPECT_EQ(base::nameOf(diags.all()[0].id), "invalid-syntax");
  EXPECT_EQ(base::nameOf(base::DiagnosticId::FStringEmptyExpression), "f-string-empty-expression");
  EXPECT_EQ(base::render(diags.all()[0]), "f.py:2:6: error: invalid syntax\n\té = (1 +\n\t    ^^^^\n");
  EXPECT_EQ(diags.all()[0].text, "\té = (1 +\n");
}

TEST(Diagnostics, ReplacesOnlyNumberedBraces) {
  EXPECT_EQ(base::formatMessage("'{' {0} {x} {1}", {"a", "b"}), "'{' a {x} b");
}

TEST(SymbolTable, InternsAndKnowsKeywords) {
  base::SymbolTable symbols;
  EXPECT_EQ(symbols.intern("while"), base::sym::While);
  EXPECT_TRUE(base::isKeyword(symbols.intern("yield")));
  EXPECT_FALSE(base::isKeyword(symbols.intern("match")));
  EXPECT_FALSE(base::isKeyword({}));
  for (int i = 0; i < 5000; ++i) symbols.intern("name" + std::to_string(i));
  EXPECT_EQ(symbols.text(symbols.intern("name4999")), "name4999");
  EXPECT_EQ(symbols.size(), base::sym::kKnownCount + 5000u);
}

TEST(Nodes, VisitorReachesEveryChild) {
  using namespace ast;
  Name left{};
  left.kind = NodeKind::Name;
  Constant right{};
  right.kind = NodeKind::Constant;
  BinOp sum{};
  sum.kind = NodeKind::BinOp;
  sum.left = &left;
  sum.right = &right;
  struct Counter : Visitor<Counter> {
    int names = 0, constants = 0;
    void visitName(const Name&) { ++names; }
    void visitConstant(const Constant&) { ++constants; }
  } counter;
  counter.visit(&sum);
  EXPECT_EQ(counter.names, 1);
  EXPECT_EQ(counter.constants, 1);
  EXPECT_EQ(static_cast<const Node&>(sum).tryAs<Expr>(), &sum);
  EXPECT_EQ(static_cast<const Node&>(sum).tryAs<Stmt>(), nullptr);
  EXPECT_STREQ(nameOf(CompareOperator::NotIn), "NotIn");
  EXPECT_STREQ(spellingOf(CompareOperator::NotIn), "not in");
}

} // namespace
