// The IR as data: text goes in and out unchanged, and every rule of the verifier fires.
#include "ir/core/parser.h"
#include "ir/core/printer.h"
#include "ir/core/verifier.h"

#include <gtest/gtest.h>

namespace krait::ir::core {
namespace {

constexpr const char* kHeader = R"(module "m" file "m.py"
cells print

function @0 "f" qualname "f" function line 1 span 1:0-9:0
  flags 35
  args 0 2 0
  locals x y
  hidden iter.0 exc.0 prev.0
  cells c
  yields 2
  site 0 1:2-3:4
)";

std::string verifyBody(const std::string& body) {
  std::string error;
  auto module = parseModule(kHeader + body, error);
  if (!module) return "parser: " + error;
  std::string all;
  for (auto& message : verify(*module)) all += message + "\n";
  return all;
}

TEST(IrText, PrintsWhatItRead) {
  const std::string text = R"(module "m" file "m.py" package
cells print "a b"

function @0 "<module>" qualname "<module>" module line 1 span 1:0-9:0
  flags 64
  doc str "a\"b\x0a"
  constants none, int -5, bigint 123456789012345678901, float -0x0p+0, complex 0x0p+0 0x1p+1, bytes "\xff", tuple(int 1, tuple()), frozenset(str "é"), code @1
  names print
{
^0:
  %0 = const tuple(int 1, str "x")
  %1 = copy %0
  kill %1
  %2 = function.new @1, -, -, -, -
  global.set "a b", %2
  frame.leave
  %3 = const none
  %4 = copy %3
  ret %4
}

function @1 "g" qualname "A.g" function line 3 span 3:4-5:6 parent @0
  flags 3
  args 0 1 1 varargs kwargs
  locals x:int k args kw
  hidden iter.0
  cells c
  frees d
  site 0 4:5-4:6
  site 1 4:5-4:7 in @0 at 0
{
^0:
  cell.from_local $x, &c
  %0 = cell.get &d !0
  %1 = iter %0 !1
  kill %0
  local.init $iter.0, %1
  br ^1
^1: handler ^5
  %2 = local.read $iter.0
  %3: int = next.br %2, ^2, ^3 !0
^2:
  kill %3
  br ^1
^3:
  %4 = i64.const 7
  %5 = i64.eq %4, %4
  %6 = const true
  %7 = copy %6
  condbr %5, ^4(%7), ^4(%7)
^4(%8: object owned):
  frame.leave
  ret %8
^5: cold
  %9 = exc.take
  reraise %9
}
)";
  std::string error;
  auto module = parseModule(text, error);
  ASSERT_TRUE(module) << error;
  EXPECT_EQ(toText(*module), text);
}

TEST(IrText, SaysWhereAnErrorIs) {
  std::string error;
  EXPECT_FALSE(parseModule("module \"m\"\nfunction @0 \"f\"\n{\n^0:\n  %0 = nonsense\n}\n", error));
  EXPECT_EQ(error, "line 5: unknown operation 'nonsense'");
  EXPECT_FALSE(parseModule("function @0 \"f\"\n{\n^0:\n  kill %3\n}\n", error));
  EXPECT_EQ(error, "line 4: %3 is not defined");
  EXPECT_FALSE(parseModule("function @0 \"f\"\n{\n^0:\n  br ^9\n}\n", error));
  EXPECT_EQ(error, "line 5: block ^9 is missing");
}

TEST(IrText, KeepsVersions) {
  const std::string body = R"(  hidden f:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 6
  shape 0 "a" "b c"
  shape 1 "a" method "m" @0 as_written operator "__add__" @0 getter "g" @0
{
^0:
  version.enter ^1, ^9
^1: version
  %0 = int.get $x
  %1 = int.const -4611686018427387904
  %2 = int.add %0, %1, ^2, ^8
^2: version
  int.set $x, %2
  %3 = f64.get $f
  f64.set $f, %3
  local.bind $y
  range.begin $iter.0, %0, %1, %2
  %4 = range.next $iter.0, ^3, ^8
^3: version
  local.unbind $iter.0
  %5 = local.read $exc.0
  %6, %7 = complex.check %5, ^4, ^8
^4: version
  %8 = slot.get 0, 1, %5, ^5, ^8
^5: version
  %9 = local.bound $y
  condbr %9, ^8, ^1
^8: cold version
  version.exit
  br ^9
^9:
  frame.leave
  %10 = const none
  %11 = copy %10
  ret %11
}
)";
  std::string error;
  auto module = parseModule(kHeader + body, error);
  ASSERT_TRUE(module) << error;
  const std::string text = toText(*module);
  EXPECT_NE(text.find("  raw x int\n  raw y float 5\n  raw iter.0 range 6\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  shape 0 \"a\" \"b c\"\n  shape 1 \"a\" method \"m\" @0 as_written operator \"__add__\" @0 getter \"g\" @0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("^8: cold version\n"), std::string::npos);
  auto again = parseModule(text, error);
  ASSERT_TRUE(again) << error;
  EXPECT_EQ(toText(*again), text);
  ASSERT_EQ(again->functions[0]->shapes.size(), 2u);
  const std::vector<ObjectShape::Method>& methods = again->functions[0]->shapes[1].methods;
  ASSERT_EQ(methods.size(), 3u);
  EXPECT_TRUE(methods[0].asWritten);
  EXPECT_FALSE(methods[1].asWritten);
  EXPECT_FALSE(isOfClass(methods[0].kind));
  EXPECT_TRUE(isOfClass(methods[1].kind));
  EXPECT_EQ(methods[2].kind, MethodKind::Getter);
  EXPECT_EQ(again->functions[0]->rawKind(2), RawKind::Range);
}

TEST(Verifier, AcceptsAGoodBody) {
  EXPECT_EQ(verifyBody("{\n^0:\n  %0 = local.get $x !0\n  %1 = copy %0\n  frame.leave\n  ret %1\n}\n"), "");
  EXPECT_EQ(verifyBody("{\n^0:\n  %0 = const none\n  local.get $y !0\n}\n").substr(0, 7), "parser:");
}

struct BrokenRule {
  const char* body;
  const char* rule;
};

class VerifierRule : public ::testing::TestWithParam<BrokenRule> {};

TEST_P(VerifierRule, IsNamed) {
  std::string said = verifyBody(GetParam().body);
  EXPECT_NE(said.find(GetParam().rule), std::string::npos) << said;
}

const BrokenRule kBroken[] = {
    {"{\n^0:\n  %0 = const none\n}\n", "a block ends with a terminator"},
    {"{\n^0:\n  %0 = const none\n  ret %0\n}\n", "only an owned temporary is consumed"},
    {"{\n^0:\n  %0 = const none\n  %1 = copy %0\n  ret %1\n}\n", "frame.leave stands before ret"},
    {"{\n^0:\n  %0 = const none\n  %1 = copy %0\n  %2 = copy %0\n  frame.leave\n  ret %1\n}\n",
     "no owned temporary is left at ret"},
    {"{\n^0:\n  %0 = const none\n  %1 = copy %0\n  kill %1\n  kill %1\n  unreachable\n}\n",
     "an owned temporary is not used after it is consumed"},
    {"{\n^0:\n  %0 = global.get \"print\"\n  kill %0\n  unreachable\n}\n", "a raising operation has a site"},
    {"{\n^0:\n  %0 = i64.const 1\n  %1 = truth %0 !0\n  unreachable\n}\n", "the representation that the row asks for"},
    {"{\n^0:\n  %0 = i64.const 1\n  %1 = i64.eq %0, %0\n  condbr %1, ^1, ^2\n^1:\n  %2 = const none\n  %3 = copy %2\n"
     "  br ^3\n^2:\n  br ^3\n^3:\n  unreachable\n}\n",
     "paths that join have the same owned temporaries live: %3"},
    {"{\n^0:\n  %0 = i64.const 1\n  %1 = i64.eq %0, %0\n  condbr %1, ^1, ^2\n^1:\n  %2 = const none\n  br ^2\n^2:\n"
     "  %3 = copy %2\n  kill %3\n  unreachable\n}\n",
     "a definition dominates its uses"},
    {"{\n^0: handler ^1\n  br ^1\n^1:\n  %0 = exc.take\n  reraise %0\n}\n", "reached by errors only"},
    {"{\n^0: handler ^1\n  poll !0\n  unreachable\n^1:\n  unreachable\n}\n", "starts with exc.take"},
    {"{\n^0:\n  %0 = local.read $iter.0\n  unreachable\n}\n", "the local is bound here"},
    {"{\n^0:\n  %0 = const none\n  %1 = copy %0\n  local.init $x, %1\n  unreachable\n}\n", "the local is unbound here"},
    {"{\n^0:\n  %0 = local.peek $x\n  %1 = truth %0 !0\n  unreachable\n}\n", "may be null"},
    {"{\n^0:\n  br ^1(-)\n^1(%0: object owned):\n  unreachable\n}\n", "an argument of a branch is there"},
    {"{\n^0:\n  br ^0\n}\n", "nothing branches to the entry block"},
    {"{\n^0:\n  %0 = const none\n  %1 = copy %0\n  %2 = yield 3, %1 !0\n  unreachable\n}\n",
     "suspensions are numbered from 1"},
    {"{\n^0:\n  %0 = local.lend $x\n  kill %0\n  unreachable\n}\n", "local.lend's only use"},
    {"{\n^0:\n  %0 = local.get $x !0\n  %1 = next.br %0, ^1, ^1 !0\n^1:\n  unreachable\n}\n", "no other predecessor"},
    // versions
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.exit
  unreachable
}
)", "operations on raw locals stand in a version only"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  %0 = int.get $x
  unreachable
}
)", "operations on raw locals stand in a version only"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  version.exit
  %0 = int.get $x
  unreachable
^9:
  unreachable
}
)", "behind version.exit no local is raw"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  %0 = int.get $y
  unreachable
^9:
  unreachable
}
)", "the local is raw as the operation wants it"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  %0 = f64.get $y
  unreachable
^9:
  unreachable
}
)", "the local is raw as the operation wants it"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  local.bind $x
  unreachable
^9:
  unreachable
}
)", "the local is raw as the operation wants it"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  local.unbind $exc.0
  unreachable
^9:
  unreachable
}
)", "the local is raw as the operation wants it"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  %0 = range.next $x, ^2, ^3
^2: version
  unreachable
^3: version
  unreachable
^9:
  unreachable
}
)", "the local is raw as the operation wants it"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  %0 = local.read $x
  unreachable
^9:
  unreachable
}
)", "before version.exit a raw local is used by its own operations only"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  %0 = local.peek $f
  unreachable
}
)", "a local of numbers is used by f64.get and f64.set only"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  br ^9
^9:
  unreachable
}
)", "version.exit stands where a version is left"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  version.exit
  br ^2
^2: version
  unreachable
^9:
  unreachable
}
)", "behind version.exit the general body goes on"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  br ^1
^1: version
  unreachable
}
)", "version.enter alone leads into a version"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1:
  unreachable
^9:
  unreachable
}
)", "version.enter goes to the version"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  unreachable
^9: version
  unreachable
}
)", "version.enter goes to the version"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  version.enter ^1, ^9
^9:
  unreachable
}
)", "a version is entered from the general body"},
    {R"({
^0: version
  unreachable
}
)", "the entry block is in no version"},
    {R"({
^0: handler ^1
  poll !0
  unreachable
^1: version
  %0 = exc.take
  reraise %0
}
)", "a handler block is in no version"},
    {R"({
^0:
  version.enter ^1, ^9
^1: version
  %0 = const none
  %1 = copy %0
  %2 = yield 1, %1 !0
  kill %2
  unreachable
^9:
  unreachable
}
)", "a version does not suspend"},
    {R"(  hidden f:f64
  raw x complex 5
{
^0:
  unreachable
}
)", "a raw local has locals of its own"},
    {R"(  hidden f:f64
  raw x range 5
{
^0:
  unreachable
}
)", "a raw local has locals of its own"},
    {R"(  hidden f:f64
  raw x list 5
{
^0:
  unreachable
}
)", "a raw local has locals of its own"},
    {R"(  locals z:f64
{
^0:
  unreachable
}
)", "a local of numbers is hidden"},
    {R"(  hidden f:f64
  raw f int
{
^0:
  unreachable
}
)", "the local that is raw in the version is a word"},
    {R"(  shape 0 super "m" @0 of @0
{
^0:
  %0 = local.get $x !0
  shape.check 0, %0, ^1, ^1
^1:
  unreachable
}
)", "the shape expects who calls super()"},
    {R"(  shape 0 "a"
{
^0:
  %0 = local.get $x !0
  shape.check 1, %0, ^1, ^1
^1:
  unreachable
}
)", "the shape exists"},
    {R"(  shape 0 "a"
{
^0:
  %0 = local.get $x !0
  %1 = slot.get 0, 1, %0, ^1, ^2
^1:
  unreachable
^2:
  unreachable
}
)", "the shape has the slot"},
    {R"({
^0:
  %0 = local.get $x !0
  %1 = operator.find.of 4, "f", %0, %0
  unreachable
}
)", "a class stands for some operand"},
    {R"({
^0:
  %0 = int.const 4611686018427387904
  unreachable
}
)", "a small int has 63 bits"},
    {R"({
^0:
  %0 = local.get $x !0
  %1 = int.and %0, %0
  unreachable
}
)", "an operand is known to be a small int"},
    {R"({
^0:
  %0 = int.const 1
  %1 = int.add %0, %0, ^1, ^1
^1:
  unreachable
}
)", "the target that has the result has no other predecessor"},
    {R"({
^0:
  %0 = int.const 1
  %1 = int.add %0, %0, ^1(%0), ^2
^1(%2: smallint borrowed):
  unreachable
^2:
  unreachable
}
)", "the target that has the result takes no arguments"},
    {R"({
^0:
  %0 = int.const 1
  %1 = int.add %0, %0, ^1, ^2
^1:
  unreachable
^2:
  %2 = int.and %1, %0
  unreachable
}
)", "a definition dominates its uses"},
    {R"(  hidden f:f64 g:f64 i:i64 j:i64 k:i64
  raw x int
  raw y float 5
  raw iter.0 range 7
{
^0:
  version.enter ^1, ^9
^1: version
  local.unbind $x
  version.exit
  br ^2
^2:
  %0 = local.read $x
  unreachable
^9:
  unreachable
}
)", "the local is bound here"},
};
INSTANTIATE_TEST_SUITE_P(All, VerifierRule, ::testing::ValuesIn(kBroken));

TEST(Types, JoinsAndText) {
  Type i = Type::integer(), f = Type::of(TypeBit::Float);
  EXPECT_EQ(toText(join(i, f)), "int|float");
  Type back;
  ASSERT_TRUE(parseType("int|float", back));
  EXPECT_EQ(back, join(i, f));
  Type a = Type::instance(3, true), b = Type::instance(3, false), c = Type::instance(4, true);
  EXPECT_EQ(toText(join(a, b)), "instance(3)");
  EXPECT_EQ(toText(join(a, c)), "instance");
  EXPECT_TRUE(covers(b, a));
  EXPECT_FALSE(covers(a, b));
  EXPECT_TRUE(covers(Type::object(), join(a, f)));
  EXPECT_FALSE(covers(Type::object(), Type::objectOrNull()));
}

TEST(Constants, AreMergedByTypeAndValue) {
  ConstantTable table;
  EXPECT_EQ(table.internInt(1), table.internInt(1));
  EXPECT_NE(table.internInt(1), table.intern(ConstantKind::True));
  EXPECT_NE(table.intern({.kind = ConstantKind::Float, .real = 0.0}), table.intern({.kind = ConstantKind::Float, .real = -0.0}));
  EXPECT_EQ(table.internTuple({table.internInt(1)}), table.internTuple({table.internInt(1)}));
}

} // namespace
} // namespace krait::ir::core
