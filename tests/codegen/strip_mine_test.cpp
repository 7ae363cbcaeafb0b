// Counted loops that poll once for many iterations.
#include "codegen/emit/strip_mine.h"
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include "tests/codegen/llvm_function_test.h"

namespace krait::codegen::emit {
namespace {

/// RotateCounted as a pass over functions.
struct Rotate {
  llvm::PreservedAnalyses run(llvm::Function& f, llvm::FunctionAnalysisManager& analyses) {
    llvm::LoopPassManager loops;
    loops.addPass(RotateCounted());
    return llvm::createFunctionToLoopPassAdaptor(std::move(loops)).run(f, analyses);
  }
};

class StripMineTest : public LlvmFunctionTest {
protected:
  void run(llvm::Function& f) { LlvmFunctionTest::run(f, StripMine()); }

  static const llvm::BasicBlock* named(const llvm::Function& f, llvm::StringRef name) {
    for (const llvm::BasicBlock& block : f)
      if (block.getName() == name) return &block;
    return nullptr;
  }
  /// Where the poll is: the name of its block.
  static std::string pollsIn(const llvm::Function& f) {
    std::string names;
    for (const llvm::BasicBlock& block : f)
      for (const llvm::Instruction& i : block)
        if (i.isAtomic()) names += block.getName().str() + " ";
    return names;
  }
};

/// A sum over data that counts from `first` by `step`, and hands its counter to what serves a poll.
std::string sum(const std::string& step, const std::string& body = "", const std::string& flags = "nsw") {
  return R"(
@krt_hot = external global [72 x i8]
declare void @other()
declare i64 @serve(i64, i64)
define i64 @f(i64 %first, i64 %n, ptr %data) {
entry:
  br label %loop
loop:
  %i = phi i64 [ %first, %entry ], [ %next, %latch ]
  %total = phi i64 [ 0, %entry ], [ %sum, %latch ]
  %place = getelementptr i64, ptr %data, i64 %i
  %item = load i64, ptr %place
  %sum = add i64 %total, %item
)" + body + "  %next = add " + flags + " i64 %i, " + step + R"(
  %limit = load atomic i32, ptr getelementptr (i8, ptr @krt_hot, i64 12) monotonic, align 4
  %isAsked = icmp eq i32 %limit, 0
  br i1 %isAsked, label %poll, label %latch
latch:
  %isEnd = icmp eq i64 %next, %n
  br i1 %isEnd, label %out, label %loop
poll:
  %served = call i64 @serve(i64 %next, i64 %sum)
  ret i64 %served
out:
  %result = phi i64 [ %sum, %latch ]
  ret i64 %result
}
)";
}

TEST_F(StripMineTest, ThePollIsBehindTheStrip) {
  llvm::Function& f = parse(sum("1"));
  run(f);
  EXPECT_EQ(pollsIn(f), "latch.poll ");
  ASSERT_TRUE(named(f, "latch.strip"));
  const auto* test = llvm::cast<llvm::ICmpInst>(llvm::cast<llvm::BranchInst>(named(f, "latch")->getTerminator())->getCondition());
  EXPECT_TRUE(llvm::isa<llvm::SelectInst>(test->getOperand(1))); // the strip's end or the loop's
  const auto* ended = llvm::cast<llvm::BranchInst>(named(f, "latch.strip.end")->getTerminator());
  EXPECT_EQ(ended->getSuccessor(0)->getName(), "out");
  EXPECT_EQ(ended->getSuccessor(1)->getName(), "latch.poll");
}

TEST_F(StripMineTest, ItMayCountDownByMore) {
  llvm::Function& f = parse(sum("-3"));
  run(f);
  EXPECT_EQ(pollsIn(f), "latch.poll ");
}

TEST_F(StripMineTest, WhatMayMissItsEndStays) {
  llvm::Function& f = parse(sum("2", "", ""));
  run(f);
  EXPECT_EQ(pollsIn(f), "loop ");
}

TEST_F(StripMineTest, LoopsThatCallStay) {
  llvm::Function& f = parse(sum("1", "  call void @other()\n"));
  run(f);
  EXPECT_EQ(pollsIn(f), "loop ");
}

TEST_F(StripMineTest, StepsThatAreNoConstantsStay) {
  llvm::Function& f = parse(sum("%first"));
  run(f);
  EXPECT_EQ(pollsIn(f), "loop ");
}

TEST_F(StripMineTest, WhatAsksBeforeAnIterationIsTurnedFirst) {
  llvm::Function& f = parse(R"(
@krt_hot = external global [72 x i8]
declare i64 @serve(i64)
define i64 @f(i64 %n, ptr %data) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %body ]
  %isEnd = icmp eq i64 %i, %n
  br i1 %isEnd, label %out, label %body
body:
  %place = getelementptr i64, ptr %data, i64 %i
  store i64 %i, ptr %place
  %next = add nsw i64 %i, 1
  %limit = load atomic i32, ptr getelementptr (i8, ptr @krt_hot, i64 12) monotonic, align 4
  %isAsked = icmp eq i32 %limit, 0
  br i1 %isAsked, label %poll, label %loop
poll:
  %served = call i64 @serve(i64 %next)
  ret i64 %served
out:
  ret i64 %n
}
)");
  run(f);
  EXPECT_EQ(pollsIn(f), "body ");
  LlvmFunctionTest::run(f, Rotate());
  run(f);
  EXPECT_EQ(pollsIn(f), "loop.poll ");
}

} // namespace
} // namespace krait::codegen::emit
