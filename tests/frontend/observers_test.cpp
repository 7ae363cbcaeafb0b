// Which texts switch on the observer of numbers' identity.
#include "frontend/parse/parser.h"
#include "frontend/sema/observers.h"

#include <gtest/gtest.h>

using namespace krait::frontend;

namespace {

uint32_t observersOf(std::string_view text) {
  base::Diagnostics diags;
  auto buffer = base::SourceBuffer::fromText("f.py", text, diags);
  base::Arena arena;
  base::SymbolTable symbols;
  const ast::Mod* tree = parse::parseModule(*buffer, arena, symbols, diags, parse::Mode::Exec);
  EXPECT_TRUE(tree);
  return tree ? sema::findObservers(tree, symbols) : ~0u;
}
bool observesIdentity(std::string_view text) { return observersOf(text) & sema::kObserveNumberIdentity; }

TEST(Observers, IdentityOfNumbersInTheText) {
  EXPECT_TRUE(observesIdentity("a = 257\nb = 257\nprint(a is b)\n"));
  EXPECT_TRUE(observesIdentity("a = 257\nprint(id(a))\n"));
  EXPECT_TRUE(observesIdentity("a = 1.5\nb = a * 2\nprint(a is make())\n"));
  EXPECT_TRUE(observesIdentity("a = n = 0\nn += 1\nprint(n is a.b)\n"));
  EXPECT_FALSE(observesIdentity("def f(a):\n  return a is None or a is not []\n"));
  EXPECT_FALSE(observesIdentity("a = 0\ndef f(b):\n  return a is b\n")); // small ones are the same everywhere
  EXPECT_FALSE(observesIdentity("a = 'x' * 300\nb = '%d' % 300\nprint(a is b)\n"));
}

TEST(Observers, ParametersAreNumbersWhereACallSaysSo) {
  EXPECT_FALSE(observesIdentity("def f(a, b):\n  return a is b\n"));
  EXPECT_FALSE(observesIdentity("def f(a):\n  return id(a)\nf([])\nf(3)\n"));
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a is b\nf(300, x)\n"));
  EXPECT_TRUE(observesIdentity("def f(a, *, b):\n  return a is b\nf(x, b=len(x))\n"));
  EXPECT_TRUE(observesIdentity("def f(a):\n  return g(a)\ndef g(a):\n  return id(a)\nf(1.5)\n")); // through another
  EXPECT_TRUE(observesIdentity("f = lambda a, b: a is b\nf(300, 300)\n"));
  EXPECT_TRUE(observesIdentity("def f(a: float, b):\n  return a is b\n"));
  EXPECT_TRUE(observesIdentity("class A:\n  def m(self, x):\n    return id(x)\nA().m(300)\n"));
  EXPECT_TRUE(observesIdentity("class A:\n  def __init__(self, x):\n    self.x = x\ndef f(a, b):\n  return a.x is b.x\nA(300)\n"));
}

TEST(Observers, WhatTheTextDoesNotShow) {
  EXPECT_TRUE(observesIdentity("a = make()\nb = make()\nprint(a is b)\n"));
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a[0] is b[0]\n"));
  EXPECT_FALSE(observesIdentity("def f(a, marker):\n  return a[0] is marker\n"));
  EXPECT_FALSE(observesIdentity("from m import nothing\ndef f(a):\n  x = a.get(3)\n  return x is nothing\n"));
  EXPECT_FALSE(observesIdentity("def f(seen, values):\n  for v in values:\n    seen.add(id(v))\n"));
}

TEST(Observers, ResultsOfTheModulesFunctions) {
  EXPECT_FALSE(observesIdentity("def find(n):\n  while n.up:\n    n = n.up\n  return n\nprint(find(a) is find(b))\n"));
  EXPECT_FALSE(observesIdentity("def find(n):\n  return n\nprint(find(a) is find(b))\n"));
  EXPECT_FALSE(observesIdentity("class A:\n  def copy(self):\n    return A()\na = x.copy()\nb = y.copy()\nprint(a is b)\n"));
  EXPECT_TRUE(observesIdentity("def make(x):\n  return int(x)\nprint(make(a) is make(b))\n"));
  EXPECT_TRUE(observesIdentity("def same(x):\n  return x\nprint(same(1000) is same(1000))\n"));
  EXPECT_TRUE(observesIdentity("def get(d):\n  return d[0]\nprint(get(a) is get(b))\n"));
  EXPECT_TRUE(observesIdentity("def get(d):\n  return other(d)\nprint(get(a) is get(b))\n"));
  EXPECT_TRUE(observesIdentity("def make():\n  return []\nmake = load()\nprint(make() is make())\n"));
  EXPECT_TRUE(observesIdentity("make = lambda: 1000\nprint(make() is make())\n"));
  EXPECT_TRUE(observesIdentity("def one():\n  return []\nclass A:\n  def one(self):\n    return 10 ** 9\nprint(a.one() is b.one())\n"));
}

TEST(Observers, ItemsOfWhatObjectsArePutInto) {
  EXPECT_FALSE(observesIdentity("v = []\nv.append(Node())\na = v[i]\nb = v[j]\nprint(a is b)\n"));
  EXPECT_FALSE(observesIdentity("def fill(self):\n  v = [Node() for i in range(3)]\n  self.v = [Node(i) for i in v]\ndef f(g):\n  for a in g.v:\n    print(a is g.v[0])\n"));
  EXPECT_FALSE(observesIdentity("board = {}\nboard[3] = 'x'\nprint(board[i] is board[j])\n"));
  EXPECT_TRUE(observesIdentity("v = []\nv.append(Node())\nv.append(1000)\nprint(v[i] is v[j])\n"));
  EXPECT_TRUE(observesIdentity("v = [None, True]\nprint(v[i] is v[j])\n")); // these say nothing
  EXPECT_TRUE(observesIdentity("v = []\nv.append(make())\nprint(v[i] is v[j])\n"));
}

TEST(Observers, ItemsOfWhatHoldsNumbers) {
  EXPECT_TRUE(observesIdentity("for a, b in [(300, 300), ('a', 'a')]:\n  print(a is b)\n"));
  EXPECT_TRUE(observesIdentity("v = [300, 'x']\nfor a in v:\n  print(id(a))\n"));
  EXPECT_TRUE(observesIdentity("d = {'x': 1.5}\nprint([id(v) for k, v in d.items()])\n"));
  EXPECT_TRUE(observesIdentity("a = []\nfor a in range(300):\n  print(a is b)\n"));
  EXPECT_FALSE(observesIdentity("for a, b in [('b', 'b'), ('a', 'a')]:\n  print(id(a))\n"));
}

TEST(Observers, VariablesWithAttributesHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("def f(a, b):\n  while a is not b:\n    a = a.parent\nf(300, 300)\n"));
  EXPECT_FALSE(observesIdentity("def f(v, c):\n  return [x for x in v if x is not c and x.satisfied()]\n"));
  EXPECT_TRUE(observesIdentity("def f(a, b):\n  return a is b and a.real\n")); // numbers have that
}

TEST(Observers, AttributesWithAttributesHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("def f(a):\n  return a[0].parent is a[1]\ndef g(x):\n  x.parent = 300\n  return x.parent.name\n"));
  EXPECT_TRUE(observesIdentity("def f(a):\n  return a[0].size is a[1]\ndef g(x):\n  x.size = 300\n  return x.size.real\n"));
  EXPECT_TRUE(observesIdentity("class A:\n  size: int\ndef f(a):\n  return a[0].size is a[1].size\n"));
}

TEST(Observers, VariablesBoundToObjectsHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("a = [1]\nb = a\nc, d = {}, make()\nprint(a is b, c is d, id(a))\n"));
  EXPECT_FALSE(observesIdentity("def f(n):\n  a = Node()\n  return a is n\n"));
  EXPECT_FALSE(observesIdentity("a = [] if x else Node()\ndef f(n):\n  return n is a\n"));
  EXPECT_TRUE(observesIdentity("a = [1]\nb = 257\na = b\nprint(a is b)\n"));
  EXPECT_TRUE(observesIdentity("a = []\ndef f(b):\n  global a\n  a = 257\nprint(a is f)\nprint(id(a))\n"));
}

TEST(Observers, ParametersOfMethodsHoldNoNumbers) {
  EXPECT_FALSE(observesIdentity("class Bag:\n  def has(self, it):\n    return any(x is it for x in self.items)\n"));
  EXPECT_FALSE(observesIdentity("class Bag:\n  def has(self, it):\n    def same(x):\n      return x is it\n    return self.some(same)\n"));
  EXPECT_TRUE(observesIdentity("class Test:\n  def test(self):\n    a = int(x)\n    return a is int(x)\n"));
  EXPECT_TRUE(observesIdentity("class Test:\n  def test(self, a):\n    a = int(a)\n    return a is 257 + a\n"));
}

TEST(Observers, WhatIsCalledDecides) {
  EXPECT_FALSE(observesIdentity("q = table.column.is_(None)\n"));
  EXPECT_FALSE(observesIdentity("import operator\nq = operator.is_(x, None)\n"));
  EXPECT_TRUE(observesIdentity("import operator as o\nq = o.is_(300, x)\n"));
  EXPECT_TRUE(observesIdentity("import operator\nq = map(operator.is_not, x, y)\n"));
  EXPECT_TRUE(observesIdentity("from operator import is_\n"));
  EXPECT_FALSE(observesIdentity("class T(Case):\n  def test(self):\n    v = []\n    self.assertIs(v, f(v))\n"));
  EXPECT_TRUE(observesIdentity("class T(Case):\n  def test(self):\n    self.assertIs(int(x), f(x))\n"));
  EXPECT_TRUE(observesIdentity("class T(Case):\n  check = Case.assertIs\n"));
}

TEST(Observers, ModulesThatObserveAreImported) {
  EXPECT_EQ(observersOf("user.profile = profile = load(pdb)\nfrom views import trace, profile\nimport reports.pdb\n"), 0u);
  EXPECT_EQ(observersOf("from . import pdb\nfrom .profile import Profile\n"), 0u);
  EXPECT_EQ(observersOf("import cProfile as p\n"), sema::kObserveEvents);
  EXPECT_EQ(observersOf("from profile import Profile\n"), sema::kObserveEvents);
  EXPECT_EQ(observersOf("from pdb import set_trace\n"), sema::kObserveEvents | sema::kObserveFrameLocals);
  EXPECT_EQ(observersOf("def f():\n  import tracemalloc\n"), sema::kObserveAllocations);
  EXPECT_EQ(observersOf("__import__('cProfile').run('f()')\nimportlib.import_module('tracemalloc')\n"),
            sema::kObserveEvents | sema::kObserveAllocations);
  EXPECT_EQ(observersOf("pdb = import_deprecated('pdb')\nhelpers.import_string('tracemalloc')\nimportant('pdb')\n"),
            sema::kObserveEvents | sema::kObserveFrameLocals | sema::kObserveAllocations);
  EXPECT_EQ(observersOf("from sys import _getframe\n"), sema::kObserveFrameLocals);
}

TEST(Observers, StoresIntoCells) {
  EXPECT_TRUE(observersOf("f.__closure__[0].cell_contents = 3\n") & sema::kObserveFrameLocals);
  EXPECT_TRUE(observersOf("def g(c):\n  del c.cell_contents\n") & sema::kObserveFrameLocals);
  EXPECT_TRUE(observersOf("setattr(c, 'cell_contents', 3)\n") & sema::kObserveFrameLocals);
  EXPECT_FALSE(observersOf("print(c.cell_contents, getattr(c, 'cell_contents', 3))\nsetattr(c, 'contents', 3)\n"));
}

TEST(Observers, KeywordsAskForLocals) {
  EXPECT_TRUE(observersOf("f(e, capture_locals=True)\n") & sema::kObserveFrameLocals);
  EXPECT_TRUE(observersOf("f(tb_locals=x)\n") & sema::kObserveFrameLocals);
  EXPECT_FALSE(observersOf("f(e, capture_locals=False)\n") & sema::kObserveFrameLocals);
  EXPECT_FALSE(observersOf("import logging, traceback, unittest\nunittest.main(verbosity=2, buffer=True)\n") & sema::kObserveFrameLocals);
}

TEST(Observers, BuiltinsThatLookAtTheirCallerArePassedOn) {
  const auto observes = [](std::string_view text) { return (observersOf(text) & sema::kObserveFrameLocals) != 0; };
  EXPECT_TRUE(observes("e = eval\ne('x')\n"));
  EXPECT_TRUE(observes("for f in (locals, vars):\n  print(f())\n"));
  EXPECT_TRUE(observes("import builtins\ndef f():\n  return builtins.locals()\n"));
  EXPECT_FALSE(observes("print(eval('x'), locals(), vars(), dir())\n"));
  EXPECT_FALSE(observes("def f(dir):\n  return join(dir, 'x')\n"));
  EXPECT_FALSE(observes("from m import vars\nprint(join(vars))\n"));
  EXPECT_FALSE(observes("print(self.eval, self.dir)\n"));
}

} // namespace
