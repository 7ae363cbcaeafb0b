// What only the ways out of a loop need, computed behind it.
#include "codegen/emit/values_outside.h"
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include "tests/codegen/llvm_function_test.h"

namespace krait::codegen::emit {
namespace {

class ValuesOutsideTest : public LlvmFunctionTest {
protected:
  void run(llvm::Function& f) { LlvmFunctionTest::run(f, ComputeValuesOutside()); }

  /// Additions, shifts and the like in the block of that name.
  static size_t computed(const llvm::Function& f, llvm::StringRef name) {
    for (const llvm::BasicBlock& block : f)
      if (block.getName() == name) return llvm::count_if(block, [](const llvm::Instruction& i) { return i.isBinaryOp(); });
    ADD_FAILURE() << "no block " << name.str();
    return 0;
  }
  static size_t hidden(const llvm::Function& f) {
    return llvm::count_if(llvm::instructions(f), [](const llvm::Instruction& i) { return llvm::isa<llvm::CallInst>(i) && llvm::cast<llvm::CallInst>(i).isInlineAsm(); });
  }
};

/// for (i = 0; i != n; ++i) if (data[i] == 0) return the word of i; `behind` is what the blocks behind the loop do.
std::string search(const std::string& behind) {
  return R"(
define i64 @f(i64 %n, ptr %data) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %more ]
  %next = add nsw i64 %i, 1
  %double = shl nsw i64 %i, 1
  %word = or disjoint i64 %double, 1
  %isEnd = icmp eq i64 %i, %n
  br i1 %isEnd, label %out, label %more
more:
  %place = getelementptr i64, ptr %data, i64 %i
  %item = load i64, ptr %place
  %isZero = icmp eq i64 %item, 0
  br i1 %isZero, label %out, label %loop
)" + behind + "}\n";
}

TEST_F(ValuesOutsideTest, WordsAreMadeOnTheEdgesThatTheyAreHandedOverOn) {
  llvm::Function& f = parse(search(R"(
out:
  %result = phi i64 [ %word, %loop ], [ %word, %more ]
  ret i64 %result
)"));
  run(f);
  EXPECT_EQ(computed(f, "loop"), 1u); // %next
  EXPECT_EQ(hidden(f), 2u);
  EXPECT_EQ(computed(f, "loop.out_crit_edge"), 2u);
  EXPECT_EQ(computed(f, "more.out_crit_edge"), 2u);
}

TEST_F(ValuesOutsideTest, WhatIsUsedFurtherOnIsMadeWhereTheLoopIsLeft) {
  llvm::Function& f = parse(search(R"(
out:
  %isSmall = icmp ult i64 %n, 5
  br i1 %isSmall, label %this, label %that
this:
  ret i64 %word
that:
  %sum = sub i64 %word, %next
  ret i64 %sum
)"));
  run(f);
  EXPECT_EQ(computed(f, "loop"), 1u);
  EXPECT_EQ(hidden(f), 1u); // both begin with the same
  EXPECT_EQ(computed(f, "out"), 3u);
  EXPECT_EQ(computed(f, "that"), 1u);
}

TEST_F(ValuesOutsideTest, WhatTheLoopItselfUsesStays) {
  llvm::Function& f = parse(R"(
define i64 @f(i64 %n, ptr %data) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %next = add nsw i64 %i, 1
  %word = shl nsw i64 %i, 1
  store i64 %word, ptr %data
  %isEnd = icmp eq i64 %next, %n
  br i1 %isEnd, label %out, label %loop
out:
  ret i64 %word
}
)");
  run(f);
  EXPECT_EQ(computed(f, "loop"), 2u);
  EXPECT_EQ(computed(f, "out"), 1u);
}

TEST_F(ValuesOutsideTest, WhatDoesNotFollowFromACounterStays) {
  const std::string text = R"(
define i64 @f(i64 %n, i64 %by) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %x = phi i64 [ 1, %entry ], [ %twice, %loop ]
  %next = add nsw i64 %i, 1
  %twice = shl i64 %x, 1
  %sum = add i64 %i, %by
  %isEnd = icmp eq i64 %next, %n
  br i1 %isEnd, label %out, label %loop
out:
  %more = add i64 %twice, %sum
  ret i64 %more
}
)";
  llvm::Function& f = parse(text);
  run(f);
  EXPECT_EQ(computed(f, "loop"), 3u);
  EXPECT_EQ(hidden(f), 0u);
}

TEST_F(ValuesOutsideTest, LoopsAroundLoopsStay) {
  llvm::Function& f = parse(R"(
define i64 @f(i64 %n) {
entry:
  br label %around
around:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %next = add nsw i64 %i, 1
  %word = shl nsw i64 %i, 1
  br label %loop
loop:
  %j = phi i64 [ 0, %around ], [ %step, %loop ]
  %step = add nsw i64 %j, 1
  %isDone = icmp eq i64 %step, %n
  br i1 %isDone, label %latch, label %loop
latch:
  %isEnd = icmp eq i64 %next, %n
  br i1 %isEnd, label %out, label %around
out:
  ret i64 %word
}
)");
  run(f);
  EXPECT_EQ(computed(f, "around"), 2u);
  EXPECT_EQ(hidden(f), 0u);
}

} // namespace
} // namespace krait::codegen::emit
