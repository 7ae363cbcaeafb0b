#include "ir/analysis/webs.h"

#include <gtest/gtest.h>

#include "ir/core/module.h"
#include "ir/core/parser.h"

using namespace krait::ir;

namespace {

std::unique_ptr<core::Module> parse(const char* body) {
  std::string error;
  const std::string text = std::string("module \"m\" file \"m.py\"\nfunction @0 \"f\" function line 1 span 1:0-1:1\n"
                                       "  args 0 1 0\n  locals a x\n  site 0 1:0-1:1\n{\n") + body + "}\n";
  auto module = core::parseModule(text, error);
  EXPECT_TRUE(module) << error;
  return module;
}

std::vector<uint32_t> websOf(const core::Function& f, uint32_t local) {
  const analysis::Webs webs(f);
  std::vector<uint32_t> found;
  for (const core::Block* b = f.entry(); b; b = b->next)
    for (const core::Instruction* i = b->first; i; i = i->next)
      if (!i->is(core::Op::FrameLeave) && (i->info().attributes & core::attribute::LOCAL) && i->local() == local) found.push_back(webs.at(*i));
  return found;
}

} // namespace

TEST(Webs, aStoreAndItsReads) {
  const auto m = parse("^0:\n  %0 = local.read $a\n  %1 = copy %0\n  local.set $x, %1\n  %2 = local.get $x !0\n  %3 = copy %2\n"
                       "  local.set $x, %3\n  %4 = local.get $x !0\n  %5 = copy %4\n  frame.leave\n  ret %5\n");
  const auto x = websOf(*m->functions[0], 1);
  ASSERT_EQ(x.size(), 4u);
  EXPECT_EQ(x[0], x[1]);
  EXPECT_EQ(x[2], x[3]);
  EXPECT_NE(x[0], x[2]);
  EXPECT_EQ(websOf(*m->functions[0], 0), std::vector<uint32_t>{0}); // what the argument is
}

TEST(Webs, storesThatReachOneRead) {
  const auto m = parse("^0:\n  %0 = local.read $a\n  %1 = truth %0 !0\n  condbr %1, ^1, ^2\n"
                       "^1:\n  %2 = const int 1\n  %3 = copy %2\n  local.set $x, %3\n  br ^3\n"
                       "^2:\n  %4 = const none\n  %5 = copy %4\n  local.set $x, %5\n  br ^3\n"
                       "^3:\n  %6 = local.get $x !0\n  %7 = copy %6\n  frame.leave\n  ret %7\n");
  const auto x = websOf(*m->functions[0], 1);
  ASSERT_EQ(x.size(), 3u);
  EXPECT_EQ(x[0], x[2]);
  EXPECT_EQ(x[1], x[2]);
}

TEST(Webs, aLoopBringsStoresBack) {
  const auto m = parse("^0:\n  %0 = const int 0\n  %1 = copy %0\n  local.set $x, %1\n  br ^1\n"
                       "^1:\n  %2 = local.get $x !0\n  %3 = truth %2 !0\n  condbr %3, ^2, ^3\n"
                       "^2:\n  %4 = const float 0x1p-1\n  %5 = copy %4\n  local.set $x, %5\n  br ^1\n"
                       "^3:\n  %6 = const none\n  %7 = copy %6\n  frame.leave\n  ret %7\n");
  const auto x = websOf(*m->functions[0], 1);
  ASSERT_EQ(x.size(), 3u);
  EXPECT_EQ(x[0], x[1]);
  EXPECT_EQ(x[2], x[1]);
}

TEST(Webs, aHandlerSeesEveryStoreThatItReads) {
  const auto m = parse("^0:\n  br ^1\n"
                       "^1: handler ^2\n  %0 = const int 0\n  %1 = copy %0\n  local.set $x, %1\n  %2 = local.read $a\n  %3 = truth %2 !0\n"
                       "  %4 = const float 0x1p-1\n  %5 = copy %4\n  local.set $x, %5\n  br ^3\n"
                       "^2:\n  %6 = local.get $x !0\n  %7 = copy %6\n  frame.leave\n  ret %7\n"
                       "^3:\n  %8 = local.get $x !0\n  %9 = copy %8\n  frame.leave\n  ret %9\n");
  const auto x = websOf(*m->functions[0], 1);
  ASSERT_EQ(x.size(), 4u);
  EXPECT_EQ(x[0], x[2]);
  EXPECT_EQ(x[1], x[2]);
  EXPECT_EQ(x[1], x[3]);
}
