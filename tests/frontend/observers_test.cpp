// Which texts switch on the observer of numbers' identity.
#include "frontend/parse/parser.h"
#include "frontend/sema/observers.h"

#include <gtest/gtest.h>

using namespace krait::frontend;

namespace {

bool observesIdentity(std::string_view text) {
  base::Diagnostics diags;
  auto buffer = base::SourceBuffer::fromText("f.py", text, diags);
  base::Arena arena;
  base::SymbolTable symbols;
  const ast::Mod* tree = parse::parseModule(*buffer, arena, symbols, diags, parse::Mode::Exec);
  EXPECT_TRUE(tree);
  return tree && (sema::findObservers(tree, symbols) & sema::kObserveNumberIdentity);
}

TEST(Observers, IdentityOfWhatMayBeANumber) {
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a is b\n"));
  EXPECT_TRUE(observesIdentity("def f(a):\n  return id(a)\n"));
  EXPECT_FALSE(observesIdentity("def f(a):\n  return a is None or a is not []\n"));
}

TEST(Observers, VariablesWithAttributesHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("def f(a, b):\n  while a is not b:\n    a = a.parent\n"));
  EXPECT_FALSE(observesIdentity("def f(v, c):\n  return [x for x in v if x is not c and x.satisfied()]\n"));
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a is b and a.real\n"));             // numbers have that
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a is b\ndef g(a):\n  return a.x\n")); // another variable
}

} // namespace
