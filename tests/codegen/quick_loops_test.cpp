// Copies of loops on LLVM IR as such, and the kinds of memory that the hot runtime's accesses get.
#include "codegen/emit/quick_loops.h"
#include <gtest/gtest.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Metadata.h>
#include <llvm/IR/Module.h>
#include "codegen/layout/access.h"
#include "tests/codegen/llvm_function_test.h"

namespace krait::codegen::emit {
namespace {

class QuickLoopsTest : public LlvmFunctionTest {
protected:
  void run(llvm::Function& f) { LlvmFunctionTest::run(f, QuickLoops()); }

  /// Blocks whose name contains the word.
  static size_t blocks(const llvm::Function& f, llvm::StringRef word) {
    return llvm::count_if(f, [&](const llvm::BasicBlock& block) { return block.getName().contains(word); });
  }
  /// Loads of the global in blocks of that name.
  static size_t loads(const llvm::Function& f, llvm::StringRef global, llvm::StringRef word) {
    size_t count = 0;
    for (const llvm::BasicBlock& block : f)
      if (block.getName().contains(word))
        for (const llvm::Instruction& i : block)
          if (auto* load = llvm::dyn_cast<llvm::LoadInst>(&i)) count += load->getPointerOperand()->getName() == global;
    return count;
  }
};

/// Of memory: !3 is that of shapes, !4 that of raw numbers.
const std::string kKinds = R"(
!0 = !{!"root"}
!1 = !{!"shape", !0}
!2 = !{!"raw", !0}
!3 = !{!1, !1, i64 0}
!4 = !{!2, !2, i64 0}
)";

/// for (i = 0; i != n; ++i) { if (@a != 1) slow(); if (@b != 2) slow(); data[i] = i; }, the store of another kind than the loads.
std::string guarded(const std::string& storeTag) {
  return R"(
@a = external global i64
@b = external global i64
declare void @slow()
define i64 @f(i64 %n, ptr %data) {
entry:
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %back ]
  %end = icmp eq i64 %i, %n
  br i1 %end, label %out, label %body
body:
  %x = load i64, ptr @a, !tbaa !3
  %isOne = icmp eq i64 %x, 1
  br i1 %isOne, label %first.good, label %first.bad
first.bad:
  call void @slow()
  br label %first.good
first.good:
  %y = load i64, ptr @b, !tbaa !3
  %isTwo = icmp eq i64 %y, 2
  br i1 %isTwo, label %back, label %second.bad
second.bad:
  call void @slow()
  br label %back
back:
  %at = getelementptr i64, ptr %data, i64 %i
  store i64 %i, ptr %at, !tbaa )" + storeTag + R"(
  %next = add i64 %i, 1
  br label %head
out:
  ret i64 %i
}
)" + kKinds;
}

TEST_F(QuickLoopsTest, WhatStaysIsLoadedInTheFirstIteration) {
  llvm::Function& f = parse(guarded("!4"));
  run(f);
  EXPECT_GT(blocks(f, ".quick"), 0u);
  EXPECT_EQ(loads(f, "a", ".first"), 1u);
  EXPECT_EQ(loads(f, "a", ".quick") + loads(f, "b", ".quick"), 0u);
}

TEST_F(QuickLoopsTest, WhatIsStoredToIsNotTakenForSettled) {
  llvm::Function& f = parse(guarded("!3"));
  run(f);
  EXPECT_EQ(blocks(f, ".quick"), 0u);
}

// A slow way around may bring another object; the others bring the one that is there.
TEST_F(QuickLoopsTest, WhatOnlyGoesAroundIsSettled) {
  llvm::Function& f = parse(R"(
declare ptr @slow()
define i64 @f(i64 %n, ptr %data, ptr %object) {
entry:
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %back ], [ %i, %bad ]
  %p = phi ptr [ %object, %entry ], [ %p, %back ], [ %other, %bad ]
  %end = icmp eq i64 %i, %n
  br i1 %end, label %out, label %body
body:
  %x = load i64, ptr %p, !tbaa !3
  %isOne = icmp eq i64 %x, 1
  br i1 %isOne, label %good, label %bad
good:
  %within = getelementptr i64, ptr %p, i64 1
  %y = load i64, ptr %within, !tbaa !3
  %isTwo = icmp eq i64 %y, 2
  br i1 %isTwo, label %back, label %bad
bad:
  %other = call ptr @slow()
  br label %head
back:
  %at = getelementptr i64, ptr %data, i64 %i
  store i64 %i, ptr %at, !tbaa !4
  %next = add i64 %i, 1
  br label %head
out:
  ret i64 %i
}
)" + kKinds);
  run(f);
  EXPECT_GT(blocks(f, ".quick"), 0u);
  for (const llvm::BasicBlock& block : f)
    if (block.getName().contains(".quick"))
      for (const llvm::Instruction& i : block) EXPECT_FALSE(llvm::isa<llvm::LoadInst>(i));
}

TEST_F(QuickLoopsTest, ALoopThatAlwaysCallsStaysAsItIs) {
  llvm::Function& f = parse(R"(
@a = external global i64
declare void @slow()
define void @f() {
entry:
  br label %head
head:
  call void @slow()
  %x = load i64, ptr @a
  %isOne = icmp eq i64 %x, 1
  br i1 %isOne, label %head, label %out
out:
  ret void
}
)");
  run(f);
  EXPECT_EQ(f.size(), 3u);
}

TEST_F(QuickLoopsTest, TwoWaysThatAreAlwaysTheSameBecomeTwoLoops) {
  llvm::Function& f = parse(R"(
@a = external global i64
@b = external global i64
@c = external global i64
declare void @slow()
define i64 @f(i64 %n, i64 %which, ptr %data) {
entry:
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %back ]
  %end = icmp eq i64 %i, %n
  br i1 %end, label %out, label %body
body:
  %x = load i64, ptr @a, !tbaa !3
  %isOne = icmp eq i64 %x, 1
  br i1 %isOne, label %left, label %right
left:
  %y = load i64, ptr @b, !tbaa !3
  %isTwo = icmp eq i64 %y, 2
  br i1 %isTwo, label %left.good, label %bad
left.good:
)" + [] {
    std::string text = "  %l0 = add i64 %i, 3\n";
    for (int n = 1; n < 60; ++n) text += "  %l" + std::to_string(n) + " = mul i64 %l" + std::to_string(n - 1) + ", %n\n";
    return text;
  }() + R"(  br label %back
right:
  %z = load i64, ptr @c, !tbaa !3
  %isThree = icmp eq i64 %z, 3
  br i1 %isThree, label %back, label %bad
bad:
  call void @slow()
  br label %back
back:
  %v = phi i64 [ %l59, %left.good ], [ %i, %right ], [ 0, %bad ]
  %at = getelementptr i64, ptr %data, i64 %i
  store i64 %v, ptr %at, !tbaa !4
  %next = add i64 %i, 1
  br label %head
out:
  ret i64 %i
}
)" + kKinds);
  run(f);
  EXPECT_GT(blocks(f, ".quick.quick"), 1u);
  EXPECT_EQ(loads(f, "b", ".quick.quick") + loads(f, "c", ".quick.quick"), 0u);
}

TEST_F(QuickLoopsTest, ClangsTagsBecomeKinds) {
  llvm::Function& f = parse(R"(
define i64 @f(ptr %o) {
  %refs = load i64, ptr %o, !tbaa !6
  %p = getelementptr i8, ptr %o, i64 8
  %layout = load ptr, ptr %p, !tbaa !7
  %word = load i64, ptr %layout, !tbaa !8
  %byte = load i8, ptr %layout, !tbaa !9
  %bare = load ptr, ptr %layout
  ret i64 %word
}
!0 = !{!"Simple C++ TBAA"}
!1 = !{!"omnipotent char", !0, i64 0}
!2 = !{!"long", !1, i64 0}
!3 = !{!"any pointer", !1, i64 0}
!4 = !{!"_ZTSN5krait6ObjectE", !2, i64 0, !3, i64 8}
!5 = !{!"_ZTSN5krait5ValueE", !2, i64 0}
!6 = !{!4, !2, i64 0}
!7 = !{!4, !3, i64 8}
!8 = !{!5, !2, i64 0}
!9 = !{!1, !1, i64 0}
)");
  layout::translateAccesses(f);
  using layout::Access;
  std::vector<const llvm::MDNode*> found, expected;
  for (const llvm::Instruction& i : llvm::instructions(f))
    if (llvm::isa<llvm::LoadInst>(i)) found.push_back(i.getMetadata(llvm::LLVMContext::MD_tbaa));
  for (Access kind : {Access::Count, Access::Shape, Access::Word}) expected.push_back(layout::accessTag(context_, kind));
  expected.push_back(nullptr); // a byte may be of anything
  expected.push_back(layout::accessTag(context_, Access::Memory));
  EXPECT_EQ(found, expected);
}

} // namespace
} // namespace krait::codegen::emit
