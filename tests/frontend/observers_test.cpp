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

TEST(Observers, AttributesWithAttributesHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("def f(a, b):\n  return a[0].parent is b\ndef g(x):\n  return x.parent.name\n"));
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a[0].size is b\ndef g(x):\n  return x.size.real\n"));
}

TEST(Observers, VariablesBoundToObjectsHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("a = [1]\nb = a\nc, d = {}, make()\nprint(a is b, c is d, id(a))\n"));
  EXPECT_FALSE(observesIdentity("def f(n):\n  a = Node()\n  return a is n\n"));
  EXPECT_FALSE(observesIdentity("a = [] if x else Node()\ndef f(n):\n  return n is a\n"));
  EXPECT_TRUE(observesIdentity("a = [1]\nb = 257\na = b\nprint(a is b)\n"));
  EXPECT_TRUE(observesIdentity("a = []\nfor a in range(300):\n  print(a is b)\n"));
  EXPECT_TRUE(observesIdentity("a = []\ndef f(a, b):\n  return a is b\n"));
  EXPECT_TRUE(observesIdentity("a = []\ndef f(b):\n  global a\n  a = 257\nprint(a is f)\nprint(id(a))\n"));
  EXPECT_TRUE(observesIdentity("a = make()\nb = make()\nprint(a is b)\n"));
}

TEST(Observers, ParametersOfMethodsHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("class Bag:\n  def has(self, it):\n    return any(x is it for x in self.items)\n"));
  EXPECT_FALSE(observesIdentity("class Bag:\n  def has(self, it):\n    def same(x):\n      return x is it\n    return self.some(same)\n"));
  EXPECT_TRUE(observesIdentity("class Test:\n  def test(self):\n    a = int(x)\n    return a is int(x)\n"));
  EXPECT_TRUE(observesIdentity("class Test:\n  def test(self, a):\n    a = int(a)\n    return a is 257\n"));
}

} // namespace
