// From source to IR in every mode; descriptions of code objects.
#include "frontend/parse/parser.h"
#include "ir/build/build.h"
#include "ir/core/parser.h"
#include "ir/core/printer.h"
#include "ir/core/verifier.h"

#include <gtest/gtest.h>

namespace krait::ir::build {
namespace {

struct Built {
  std::unique_ptr<core::Module> module;
};

Built build(std::string_view source, Mode mode = Mode::Module, int optimize = 0) {
  Built b;
  frontend::base::Diagnostics diags;
  frontend::base::Arena arena;
  frontend::base::SymbolTable symbols;
  auto buffer = frontend::base::SourceBuffer::fromText("t.py", source, diags);
  auto start = mode == Mode::Eval ? frontend::parse::Mode::Eval : mode == Mode::Single ? frontend::parse::Mode::Single : frontend::parse::Mode::Exec;
  auto* tree = frontend::parse::parseModule(*buffer, arena, symbols, diags, start);
  EXPECT_TRUE(tree) << source;
  if (!tree) return b;
  auto analysis = frontend::sema::analyze(*buffer, tree, symbols, diags);
  EXPECT_TRUE(analysis) << source;
  if (!analysis) return b;
  Options options;
  options.mode = mode;
  options.optimize = optimize;
  b.module = buildModule(*buffer, tree, *analysis, symbols, options);
  for (auto& message : core::verify(*b.module)) ADD_FAILURE() << message << "\n" << core::toText(*b.module);
  std::string error, text = core::toText(*b.module);
  auto again = core::parseModule(text, error);
  EXPECT_TRUE(again) << error;
  if (again) {
    EXPECT_EQ(core::toText(*again), text);
  }
  return b;
}

std::vector<std::string> namedLocals(const core::Function& f) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < f.varCount; ++i) names.push_back(f.locals[i].name);
  return names;
}

using Names = std::vector<std::string>;

TEST(Build, DescribesParametersAsCodeObjectsDo) {
  Built b = build("def f(a, /, b, *c, d=1, **e):\n  x = 1\n");
  const core::Function& f = *b.module->functions[1];
  EXPECT_EQ(f.posOnlyCount, 1u);
  EXPECT_EQ(f.argCount, 2u);
  EXPECT_EQ(f.kwOnlyCount, 1u);
  EXPECT_EQ(namedLocals(f), (Names{"a", "b", "d", "c", "e", "x"}));
  EXPECT_EQ(f.flags, uint32_t{kCodeOptimized | kCodeNewLocals | kCodeVarArgs | kCodeVarKeywords});
}

TEST(Build, OrdersCellsAndFreeVariables) {
  Built b = build("def f(z, a):\n  y = x = 1\n  def g(): return x, y, z\n  return g\n");
  EXPECT_EQ(b.module->functions[1]->cells, (Names{"z", "x", "y"}));
  EXPECT_EQ(b.module->functions[2]->frees, (Names{"x", "y", "z"}));
}

TEST(Build, QualifiesNames) {
  Built b = build("class C:\n  def m(self):\n    global g\n    def g(): pass\n    class D: pass\n    return [[lambda: 0 for x in y] for z in w]\n");
  Names names;
  for (auto& f : b.module->functions) names.push_back(f->qualname);
  EXPECT_EQ(names, (Names{"<module>", "C", "C.m", "g", "C.m.<locals>.D", "C.m.<locals>.<listcomp>",
                          "C.m.<locals>.<listcomp>.<listcomp>", "C.m.<locals>.<listcomp>.<listcomp>.<lambda>"}));
}

TEST(Build, KeepsDocstrings) {
  Built b = build("def f():\n  'doc'\ndef g():\n  f''\n");
  EXPECT_NE(b.module->functions[1]->docstring, core::kNone);
  EXPECT_EQ(b.module->functions[2]->docstring, core::kNone);
  EXPECT_EQ(build("def f():\n  'doc'\n", Mode::Module, 2).module->functions[1]->docstring, core::kNone);
}

TEST(Build, DropsAssertsWhenOptimizing) {
  EXPECT_NE(core::toText(*build("assert x").module).find("assert.fail"), std::string::npos);
  EXPECT_EQ(core::toText(*build("assert x", Mode::Module, 1).module).find("assert.fail"), std::string::npos);
}

TEST(Build, EvaluatesAndDisplaysInTheirModes) {
  std::string eval = core::toText(*build("a + 1", Mode::Eval).module);
  EXPECT_NE(eval.find("name.get \"a\""), std::string::npos) << eval;
  EXPECT_EQ(eval.find("print.expr"), std::string::npos) << eval;
  std::string single = core::toText(*build("a\n", Mode::Single).module);
  EXPECT_NE(single.find("print.expr"), std::string::npos) << single;
}

TEST(Build, MergesConstantsOfTheWholeFile) {
  Built b = build("def f(): return (1, 'a')\ndef g(): return (1, 'a')\n");
  const core::Function &f = *b.module->functions[1], &g = *b.module->functions[2];
  EXPECT_EQ(f.constants.back(), g.constants.back());
}

class EveryConstruct : public ::testing::TestWithParam<const char*> {};
TEST_P(EveryConstruct, KeepsTheRules) { build(GetParam()); }

const char* const kConstructs[] = {
    "def f():\n  while a:\n    try:\n      return b\n    finally:\n      continue\n",
    "def f():\n  for x in y:\n    try:\n      return g(x)\n    finally:\n      for z in w:\n        break\n      else:\n        return h(x)\n",
    "def f():\n  with a as b, c as (d, *e):\n    return b + d\n",
    "def f():\n  try:\n    try: a()\n    finally: b()\n  except C as c:\n    raise D from c\n  except:\n    raise\n  else: d()\n  finally:\n    try: e()\n    except F: return 1\n",
    "try: a()\nexcept* B as b: c(b)\nexcept* (C, D): raise\nelse: e()\nfinally: f()\n",
    "async def f():\n  async with a as b:\n    async for c in d:\n      if c: break\n      await c\n    else: return 1\n  return {x: y async for x, y in z if await x}\n",
    "def f():\n  x = yield\n  y = g((yield x), *(yield from y), k=(yield))\n  return (yield)\n",
    "def f(x):\n  match x:\n    case 1 | -2.5 | 'a': pass\n    case [a, [b, _], *_, c]: return a, b, c\n    case {'k': [v], **r} if v: return r\n    case C(p, q=D(r)) as w: return p\n    case (1, y) | (2, y): return y\n    case None | True: pass\n    case _: return 0\n",
    "a = b if c and not (d or e < f < g) else h\n",
    "x = {**a, 'k': 1, **b}; y = [*a, 1, *b]; z = {*a, 1}; w = (*a, 2)\n",
    "f(*a, 1, k=2, **b, l=3)\nf(*a)\nf(**b)\n",
    "x.a[i].b += y\nx[i:j, k] = z\ndel x[i], y.z, (p, [q])\nx: int = 1\ny.z: int\n",
    "def f():\n  x = 1\n  del x\n  def g():\n    nonlocal x\n    x += 1\n    del x\n",
    "def f[T: int, *Ts, **P](x: T = 1, *, k=2) -> T: return x\nclass C[T](B): y: T\ntype A[T] = list[T]\n",
    "from .. import a as b, c\nfrom d import *\nimport e.f.g as h, i.j\n",
    "class C:\n  x = [y for y in z]\n  def __m(self): return __class__, super().__m, super()\n",
};
INSTANTIATE_TEST_SUITE_P(All, EveryConstruct, ::testing::ValuesIn(kConstructs));

} // namespace
} // namespace krait::ir::build
