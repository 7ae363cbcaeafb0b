// Analyses on small functions written as IR text.
#include "ir/analysis/binding.h"
#include "ir/analysis/boundness.h"
#include "ir/analysis/call_targets.h"
#include "ir/analysis/constants.h"
#include "ir/analysis/flow.h"
#include "ir/analysis/inlining.h"
#include "ir/analysis/liveness.h"
#include "ir/analysis/runs_once.h"
#include "ir/core/module.h"
#include "ir/core/parser.h"

#include <gtest/gtest.h>

namespace krait::ir::analysis {
namespace {

using namespace core;

std::unique_ptr<Module> parse(std::string_view body) {
  std::string text = "module \"m\" file \"m.py\"\ncells g\n\nfunction @0 \"f\" qualname \"f\" function line 1 span 1:0-9:0\n"
                     "  args 0 2 0\n  locals a b c\n  hidden h.0\n  site 0 1:0-1:5\n{\n";
  text += body;
  text += "}\n";
  std::string error;
  std::unique_ptr<Module> module = parseModule(text, error);
  EXPECT_TRUE(module) << error;
  return module;
}

Instruction* find(const Function& f, Op op) {
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (i->is(op)) return i;
  return nullptr;
}

TEST(Cleanups, ConsumedOperandsAreNotAmongThem) {
  auto m = parse("^0:\n"
                 "  %0 = global.get \"g\" !0\n"
                 "  %1 = global.get \"g\" !0\n"
                 "  %2 = global.get \"g\" !0\n"
                 "  %3 = call %0, %2 !0\n"
                 "  kill %0\n  kill %1\n  frame.leave\n  ret %3\n");
  Cleanups cleanups(m->body());
  auto dying = cleanups.at(find(m->body(), Op::Call));
  ASSERT_EQ(dying.size(), 2u);
  EXPECT_EQ(dying[0]->id, 0u); // the operand that dies after the call anyway
  EXPECT_EQ(dying[1]->id, 1u);
}

TEST(Cleanups, OperandsFirstThenTheNewest) {
  auto m = parse("^0:\n"
                 "  %0 = global.get \"g\" !0\n"
                 "  %1 = global.get \"g\" !0\n"
                 "  %2 = global.get \"g\" !0\n"
                 "  %3 = global.get \"g\" !0\n"
                 "  %4 = binary.add %2, %3 !0\n"
                 "  kill %2\n  kill %3\n  kill %1\n  kill %0\n  frame.leave\n  ret %4\n");
  Cleanups cleanups(m->body());
  auto dying = cleanups.at(find(m->body(), Op::BinaryAdd));
  ASSERT_EQ(dying.size(), 4u);
  constexpr uint32_t kExpected[] = {2, 3, 1, 0};
  for (uint32_t k = 0; k < 4; ++k) EXPECT_EQ(dying[k]->id, kExpected[k]);
}

TEST(Cleanups, LeftOperandOfInplaceDiesOnErrorUnlessLent) {
  auto m = parse("^0:\n"
                 "  %0 = global.get \"g\" !0\n"
                 "  %1 = const int 1\n"
                 "  %2 = inplace.add %0, %1 !0\n"
                 "  kill %2\n"
                 "  %3 = local.get $a !0\n"
                 "  %4 = local.lend $a\n"
                 "  %5 = inplace.sub %4, %1 !0\n"
                 "  local.init $a, %5\n"
                 "  %6 = copy %1\n  frame.leave\n  ret %6\n");
  Cleanups cleanups(m->body());
  EXPECT_EQ(cleanups.at(find(m->body(), Op::InplaceAdd)).size(), 1u);
  EXPECT_EQ(cleanups.at(find(m->body(), Op::InplaceSub)).size(), 0u);
}

TEST(Cleanups, AcrossBlocksAndParameters) {
  auto m = parse("^0:\n"
                 "  %0 = global.get \"g\" !0\n"
                 "  %1 = global.get \"g\" !0\n"
                 "  br ^1(%1)\n"
                 "^1(%2: object owned):\n"
                 "  %3 = global.get \"g\" !0\n"
                 "  kill %0\n  kill %2\n  frame.leave\n  ret %3\n");
  Cleanups cleanups(m->body());
  Instruction* last = m->body().lastBlock()->first;
  EXPECT_EQ(cleanups.at(last).size(), 2u);
}

TEST(Boundness, JoinsBranchesAndErrorEdges) {
  auto m = parse("^0:\n"
                 "  %0 = local.get $a !0\n"
                 "  %1 = truth %0 !0\n"
                 "  condbr %1, ^1, ^2\n"
                 "^1:\n"
                 "  %2 = copy %0\n"
                 "  local.set $c, %2\n"
                 "  br ^2\n"
                 "^2:\n"
                 "  %3 = const none\n  %4 = copy %3\n  frame.leave\n  ret %4\n");
  Flow flow(m->body());
  Boundness boundness(m->body(), flow);
  const auto& end = boundness.atStart(m->body().lastBlock());
  EXPECT_EQ(end[0], Boundness::kBound);
  EXPECT_EQ(end[2], Boundness::kEither);
  EXPECT_EQ(end[3], Boundness::kUnbound);
}

Constant ints(Op op, int64_t a, int64_t b) {
  auto made = evaluateBinary(op, Constant::ofInt(a), Constant::ofInt(b));
  return made ? *made : Constant::singleton(ConstantKind::None);
}

TEST(Flow, BlocksOfNestedLoops) {
  // 1 and 3 are headers; 3 and 4 are the inner loop, 6 leads around the outer one, 5 and 7 to the end.
  auto m = parse("^0:\n  br ^1\n"
                 "^1:\n  %0 = local.get $a !0\n  %1 = truth %0 !0\n  condbr %1, ^3, ^5\n"
                 "^3:\n  %2 = local.get $b !0\n  %3 = truth %2 !0\n  condbr %3, ^4, ^6\n"
                 "^4:\n  br ^3\n"
                 "^6:\n  %4 = local.get $c !0\n  %5 = truth %4 !0\n  condbr %5, ^1, ^7\n"
                 "^7:\n  br ^5\n"
                 "^5:\n  %6 = const none\n  %7 = copy %6\n  frame.leave\n  ret %7\n");
  const std::vector<bool> inside = blocksInLoops(m->body(), Flow(m->body()));
  EXPECT_EQ(inside, (std::vector<bool>{false, true, false, true, true, false, true, false}));
}

TEST(Flow, BlocksThatRaise) {
  // 1 and 2 end in 3, which raises; 4 may return, 5 raises to a handler, 6 is the handler.
  auto m = parse("^0:\n  %0 = local.get $a !0\n  %1 = truth %0 !0\n  condbr %1, ^1, ^4\n"
                 "^1:\n  %2 = local.get $b !0\n  %3 = truth %2 !0\n  condbr %3, ^2, ^3\n"
                 "^2:\n  br ^3\n"
                 "^3:\n  %4 = local.get $c !0\n  raise %4 !0\n"
                 "^4:\n  %5 = local.get $b !0\n  %6 = truth %5 !0\n  condbr %6, ^3, ^5\n"
                 "^5: handler ^6\n  %7 = local.get $c !0\n  raise %7 !0\n"
                 "^6: cold\n  %8 = const none\n  %9 = copy %8\n  frame.leave\n  ret %9\n");
  const std::vector<bool> raises = blocksThatRaise(m->body(), Flow(m->body()));
  EXPECT_EQ(raises, (std::vector<bool>{false, true, true, true, false, false, false}));
}

TEST(Flow, PassedOnThroughBlocks) {
  auto m = parse("^0:\n"
                 "  %0 = global.get \"g\" !0\n"
                 "  %1 = global.get \"g\" !0\n"
                 "  %2 = truth %1 !0\n"
                 "  condbr %2, ^1(%0, %1), ^2(%0, %1)\n"
                 "^1(%3: object owned, %4: object owned):\n"
                 "  br ^3(%3, %4)\n"
                 "^2(%5: object owned, %6: object owned):\n"
                 "  kill %6\n"
                 "  %7 = global.get \"g\" !0\n"
                 "  br ^3(%5, %7)\n"
                 "^3(%8: object owned, %9: object owned):\n"
                 "  kill %9\n  frame.leave\n  ret %8\n");
  Flow flow(m->body());
  const Block* last = m->body().entry();
  while (last->next) last = last->next;
  const Temp* same = passedOn(last->parameters[0], flow);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->id, 0u);
  EXPECT_EQ(passedOn(last->parameters[1], flow), nullptr);
  EXPECT_EQ(passedOn(same, flow), same);
}

TEST(Constants, IntegersFollowPython) {
  EXPECT_EQ(ints(Op::BinaryFloorDiv, -7, 2).integer, -4);
  EXPECT_EQ(ints(Op::BinaryMod, -7, 2).integer, 1);
  EXPECT_EQ(ints(Op::BinaryMod, 7, -2).integer, -1);
  EXPECT_EQ(ints(Op::BinaryFloorDiv, 7, 0).kind, ConstantKind::None);
  EXPECT_EQ(ints(Op::BinaryRShift, -1, 100).integer, -1);
  EXPECT_EQ(ints(Op::BinaryLShift, 1, 62).integer, int64_t{1} << 62);
  EXPECT_EQ(ints(Op::BinaryLShift, 2, 62).kind, ConstantKind::None);
  EXPECT_EQ(ints(Op::BinaryPow, 3, 4).integer, 81);
  EXPECT_EQ(ints(Op::BinaryPow, 2, -1).kind, ConstantKind::None);
  EXPECT_EQ(ints(Op::CompareLt, 1, 2).kind, ConstantKind::True);
  EXPECT_EQ(ints(Op::BinaryMul, INT64_MAX, 2).kind, ConstantKind::None);
}

TEST(Constants, BoolsStayBoolsUnderBitOperators) {
  Constant t = Constant::singleton(ConstantKind::True), f = Constant::singleton(ConstantKind::False);
  EXPECT_EQ(evaluateBinary(Op::BinaryAnd, t, f)->kind, ConstantKind::False);
  EXPECT_EQ(evaluateBinary(Op::BinaryAdd, t, t)->integer, 2);
  EXPECT_EQ(evaluateUnary(Op::UnaryInvert, t)->integer, -2);
}

TEST(CallTargets, DefsAndMethodsOfTheModule) {
  std::string error;
  auto m = parseModule("module \"m\" file \"m.py\"\ncells f C g\n\n"
                       "function @0 \"<module>\" qualname \"<module>\" module line 1 span 1:0-9:0\n  args 0 0 0\n  site 0 1:0-1:5\n{\n^0:\n"
                       "  %0 = function.new @1, -, -, -, - !0\n  global.set \"f\", %0 !0\n"
                       "  %1 = function.new @2, -, -, -, - !0\n  %2 = const str \"C\"\n  %3 = const tuple ()\n"
                       "  %4 = class.build %1, %2, %3, - !0\n  global.set \"C\", %4 !0\n  kill %1\n"
                       "  frame.leave\n  %5 = const none\n  %6 = copy %5\n  ret %6\n}\n\n"
                       "function @1 \"f\" qualname \"f\" function line 1 span 1:0-1:5 parent @0\n  args 0 1 0\n  locals a\n{\n^0:\n"
                       "  %0 = local.take $a\n  frame.leave\n  ret %0\n}\n\n"
                       "function @2 \"C\" qualname \"C\" class line 2 span 2:0-4:5 parent @0\n  args 0 1 0\n  locals .ns\n  site 0 1:0-1:5\n{\n^0:\n"
                       "  %0 = local.read $.ns\n  %1 = function.new @3, -, -, -, - !0\n  name.set \"method\", %0, %1 !0\n  kill %1\n"
                       "  %2 = const none\n  %3 = copy %2\n  frame.leave\n  ret %3\n}\n\n"
                       "function @3 \"__init__\" qualname \"C.__init__\" function line 3 span 3:0-4:5 parent @2\n  args 0 1 0\n  locals self\n{\n"
                       "^0:\n  br ^1\n^1:\n  br ^1\n}\n",
                       error);
  ASSERT_TRUE(m) << error;
  const CallTargets targets(*m);
  EXPECT_EQ(targets.functionOf(0), 1u);
  EXPECT_EQ(targets.functionOf(2), std::nullopt);
  EXPECT_EQ(targets.classOf(1), 2u);
  EXPECT_EQ(targets.initOf(2), 3u);
  const uint32_t name = m->names.intern("method");
  ASSERT_EQ(targets.methodsNamed(name).size(), 1u);
  EXPECT_EQ(targets.methodsNamed(name)[0], 3u);
  EXPECT_TRUE(targets.methodsNamed(name + 1).empty());

  EXPECT_TRUE(isInlinable(*m->functions[1]));
  EXPECT_TRUE(keepsParameter(*m->functions[1], 0)); // returned as a copy
  EXPECT_FALSE(isInlinable(*m->functions[2]));      // a class body
  EXPECT_FALSE(isInlinable(*m->functions[3]));      // a loop
}

// Generator functions: plain; with a word that waits for what the yield gives; with a handler; a coroutine.
TEST(Inlining, BodiesOfLoops) {
  const std::string head = "module \"m\" file \"m.py\"\ncells f\n\n"
                           "function @0 \"<module>\" qualname \"<module>\" module line 1 span 1:0-9:0\n  args 0 0 0\n{\n^0:\n"
                           "  frame.leave\n  %0 = const none\n  %1 = copy %0\n  ret %1\n}\n\n"
                           "function @1 \"g\" qualname \"g\" function line 1 span 1:0-3:5 parent @0\n  flags ";
  const std::string rest = "\n  args 0 1 0\n  locals a\n  yields 1\n  site 0 1:0-1:5\n{\n^0:\n  gen.start !0\n";
  const std::string end = "  kill %1\n  frame.leave\n  %2 = const none\n  %3 = copy %2\n  ret %3\n}\n";
  const std::string yield = "  %0 = local.take $a\n  %1 = yield 1, %0 !0\n";
  auto fuses = [&](const std::string& text) {
    std::string error;
    auto m = parseModule(text, error);
    EXPECT_TRUE(m) << error;
    return m && isFusible(*m->functions[1]);
  };
  EXPECT_TRUE(fuses(head + "35" + rest + yield + end));
  EXPECT_FALSE(fuses(head + "131" + rest + yield + end)); // kCodeCoroutine
  EXPECT_FALSE(fuses(head + "35" + rest + "  %4 = local.get $a !0\n  %5 = copy %4\n" + yield + "  kill %5\n" + end));
  EXPECT_TRUE(fuses(head + "35" + rest + "  %4 = local.get $a !0\n  %5 = copy %4\n  kill %5\n" + yield + end));
}

// Four functions: one that the module calls, one that this calls across a block, one that is called in a loop, and one whose name is
// mentioned without a call.
TEST(RunsOnce, MainAndItsParts) {
  std::string text = "module \"__main__\" file \"m.py\"\ncells a b c d\n\n"
                     "function @0 \"<module>\" qualname \"<module>\" module line 1 span 1:0-9:0\n  constants code @1, code @2, code @3, code @4\n"
                     "  site 0 1:0-1:5\n{\n^0:\n";
  for (int n = 0; n < 4; ++n)
    text += "  %" + std::to_string(n) + " = function.new @" + std::to_string(n + 1) + ", -, -, -, - !0\n  global.set \"" + std::string(1, "abcd"[n]) + "\", %" + std::to_string(n) + " !0\n";
  text += "  %4 = global.get \"a\" !0\n  %5 = call %4 !0\n  kill %4\n  kill %5\n  %6 = global.get \"d\" !0\n  frame.leave\n  ret %6\n}\n\n";
  auto function = [](int number, const char* name, const char* body) {
    return "function @" + std::to_string(number) + " \"" + name + "\" qualname \"" + name + "\" function line 1 span 1:0-9:0 parent @0\n  site 0 1:0-1:5\n{\n" + body + "}\n\n";
  };
  text += function(1, "a", "^0:\n  %0 = global.get \"b\" !0\n  br ^1(%0)\n^1(%1: object owned):\n  %2 = call %1 !0\n  kill %1\n  kill %2\n  br ^2\n"
                           "^2:\n  %3 = global.get \"c\" !0\n  %4 = call %3 !0\n  kill %3\n  %5 = truth %4 !0\n  kill %4\n  condbr %5, ^2, ^3\n"
                           "^3:\n  %6 = null\n  frame.leave\n  ret %6\n");
  for (int n = 2; n < 5; ++n) text += function(n, n == 2 ? "b" : n == 3 ? "c" : "d", "^0:\n  %0 = global.get \"b2\" !0\n  frame.leave\n  ret %0\n");
  text.replace(text.find("cells a b c d"), 13, "cells a b c d b2");
  std::string error;
  auto m = parseModule(text, error);
  ASSERT_TRUE(m) << error;
  EXPECT_EQ(functionsRunOnce(*m, CallTargets(*m)), (std::vector<bool>{false, true, true, false, false}));
  m->name = "library";
  EXPECT_EQ(functionsRunOnce(*m, CallTargets(*m)), std::vector<bool>(5));
}

TEST(Binding, PositionsNamesAndDefaults) {
  auto m = parse("^0:\n  br ^1\n^1:\n  br ^1\n");
  Function& f = m->body(); // a, b; one of them positional-only below
  auto bind = [&](uint32_t defaults, size_t count, std::vector<std::string_view> names = {}) { return bindArguments(f, {defaults}, count, names); };
  ASSERT_TRUE(bind(0, 2));
  EXPECT_TRUE(bind(0, 2)->isTrivial);
  EXPECT_FALSE(bind(0, 1));
  EXPECT_FALSE(bind(2, 3));
  ASSERT_TRUE(bind(1, 1));
  EXPECT_TRUE(bind(1, 1)->usesDefaults);
  EXPECT_EQ(bind(1, 1)->sources[1], Binding::kDefault);
  EXPECT_EQ(bind(2, 1)->sources[1], Binding::kDefault + 1);
  ASSERT_TRUE(bind(0, 2, {"b", "a"}));
  EXPECT_EQ(bind(0, 2, {"b", "a"})->sources, (std::vector<uint32_t>{1, 0}));
  EXPECT_FALSE(bind(0, 2, {"a"})); // twice
  EXPECT_FALSE(bind(0, 2, {"x"}));
  f.posOnlyCount = 1;
  EXPECT_FALSE(bind(0, 2, {"b", "a"}));
  f.hasVarArgs = true;
  EXPECT_FALSE(bind(0, 2));
}

TEST(Binding, KeywordOnly) {
  auto m = parse("^0:\n  br ^1\n^1:\n  br ^1\n");
  Function& f = m->body(); // a, *, b
  f.argCount = f.kwOnlyCount = 1;
  const uint32_t b = 1;
  auto bind = [&](const DefaultValues& defaults, size_t count, std::vector<std::string_view> names = {}) { return bindArguments(f, defaults, count, names); };
  EXPECT_FALSE(bind({}, 2)); // one by position too many
  EXPECT_FALSE(bind({}, 1, {"b"}));
  EXPECT_FALSE(bind({}, 1));
  ASSERT_TRUE(bind({}, 2, {"b"}));
  EXPECT_TRUE(bind({}, 2, {"b"})->isTrivial);
  EXPECT_EQ(bind({}, 2, {"b", "a"})->sources, (std::vector<uint32_t>{1, 0}));
  EXPECT_FALSE(bind({0, {&b, 1}}, 2, {"b", "a"})->usesKeywordDefaults);
  ASSERT_TRUE(bind({0, {&b, 1}}, 1));
  EXPECT_EQ(bind({0, {&b, 1}}, 1)->sources, (std::vector<uint32_t>{0, Binding::kKeywordDefault}));
  EXPECT_TRUE(bind({0, {&b, 1}}, 1)->usesKeywordDefaults);
  EXPECT_FALSE(bind({0, {&b, 1}}, 1)->usesDefaults);
  EXPECT_TRUE(bind({1, {&b, 1}}, 0)->usesDefaults);
}

} // namespace
} // namespace krait::ir::analysis
