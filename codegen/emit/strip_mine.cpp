#include "codegen/emit/strip_mine.h"
#include <llvm/Analysis/InstructionSimplify.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/MemorySSA.h>
#include <llvm/Analysis/MemorySSAUpdater.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/LoopRotationUtils.h>
#include <optional>
#include "codegen/emit/quick_loops.h"

namespace krait::codegen::emit {
namespace {

using namespace llvm::PatternMatch;

constexpr int64_t kStrip = 1024;

/// A loop that counts, and what is needed to divide it.
struct Counted {
  llvm::BasicBlock *before, *header, *latch;
  llvm::PHINode* counter;
  llvm::Instruction* next; // counter + step
  int64_t step;
  llvm::ICmpInst* test; // whether next is the end: the latch branches on it, and nothing else
  llvm::Value* end;
  llvm::BranchInst* poll; // the end of the only block before the latch
  llvm::BasicBlock* out;  // where the latch leads when all is done
};

bool isPoll(const llvm::BranchInst& branch) {
  llvm::CmpInst::Predicate predicate;
  llvm::Value* loaded;
  if (!branch.isConditional() || !match(branch.getCondition(), m_OneUse(m_ICmp(predicate, m_Value(loaded), m_Zero())))) return false;
  auto* load = llvm::dyn_cast<llvm::LoadInst>(loaded);
  return load && load->isAtomic() && load->hasOneUse() && llvm::getUnderlyingObject(load->getPointerOperand())->getName() == "krt_hot";
}

/// Nothing but computations, and a branch: what is asked before the block may be asked behind it.
bool isPure(const llvm::BasicBlock& block) {
  return llvm::none_of(block, [](const llvm::Instruction& i) { return i.mayReadOrWriteMemory() || llvm::isa<llvm::PHINode>(i); });
}

std::optional<Counted> asCounted(const llvm::Loop& loop) {
  Counted c{};
  c.before = loop.getLoopPredecessor();
  c.header = loop.getHeader();
  c.latch = loop.getLoopLatch();
  if (!c.before || !c.latch || !llvm::all_of(loop.blocks(), [](const llvm::BasicBlock* block) { return llvm::none_of(*block, interrupts); })) return std::nullopt;
  auto* around = llvm::dyn_cast<llvm::BranchInst>(c.latch->getTerminator());
  if (!around || !around->isConditional()) return std::nullopt;
  c.out = around->getSuccessor(around->getSuccessor(0) == c.header);
  c.test = llvm::dyn_cast<llvm::ICmpInst>(around->getCondition());
  if (!c.test || !c.test->hasOneUse() || !c.test->isEquality() || loop.contains(c.out) || c.test->getParent() != c.latch) return std::nullopt;
  if ((c.test->getPredicate() == llvm::CmpInst::ICMP_NE) != (around->getSuccessor(0) == c.header)) return std::nullopt;
  const llvm::APInt* step;
  for (bool second : {false, true}) {
    c.next = llvm::dyn_cast<llvm::Instruction>(c.test->getOperand(second));
    c.end = c.test->getOperand(!second);
    llvm::Value* from;
    if (!c.next || !loop.contains(c.next) || !loop.isLoopInvariant(c.end) || !match(c.next, m_Add(m_Value(from), m_APInt(step)))) continue;
    c.counter = llvm::dyn_cast<llvm::PHINode>(from);
    if (c.counter && c.counter->getParent() == c.header && c.counter->getIncomingValueForBlock(c.latch) == c.next) break;
    c.counter = nullptr;
  }
  llvm::BasicBlock* poller = c.latch->getSinglePredecessor();
  if (!c.counter || !poller || !loop.contains(poller) || !isPure(*c.latch)) return std::nullopt;
  c.step = step->getSExtValue();
  c.poll = llvm::dyn_cast<llvm::BranchInst>(poller->getTerminator());
  const bool isExact = std::abs(c.step) == 1 || c.next->hasNoSignedWrap(); // otherwise it may miss the end, and come around
  if (!c.poll || !isPoll(*c.poll) || !isExact || c.step == 0 || std::abs(c.step) > kStrip) return std::nullopt;
  return loop.contains(c.poll->getSuccessor(c.poll->getSuccessor(0) == c.latch)) ? std::nullopt : std::optional(c);
}

/// An innermost loop whose header asks whether its counter is the end, and whose last thing is to poll.
bool asksBefore(const llvm::Loop& loop) {
  const llvm::BasicBlock* latch = loop.getLoopLatch();
  auto* poll = latch ? llvm::dyn_cast<llvm::BranchInst>(latch->getTerminator()) : nullptr;
  auto* around = llvm::dyn_cast<llvm::BranchInst>(loop.getHeader()->getTerminator());
  if (!loop.isInnermost() || !poll || !isPoll(*poll) || latch == loop.getHeader() || !around || !around->isConditional()) return false;
  auto* test = llvm::dyn_cast<llvm::ICmpInst>(around->getCondition());
  auto* counter = test ? llvm::dyn_cast<llvm::PHINode>(test->getOperand(0)) : nullptr;
  return counter && test->isEquality() && counter->getParent() == loop.getHeader() && loop.isLoopInvariant(test->getOperand(1));
}

class Divider {
public:
  explicit Divider(const Counted& loop) : c_(loop), b_(loop.header->getContext()) {}

  void divide() {
    llvm::Function& f = *c_.header->getParent();
    auto block = [&](const char* name) { return llvm::BasicBlock::Create(f.getContext(), c_.latch->getName() + name, &f, c_.header); };
    llvm::BasicBlock *strip = block(".strip"), *ended = block(".strip.end"), *asks = block(".poll");
    b_.SetCurrentDebugLocation(c_.test->getDebugLoc());

    // The strips' loop around the loop.
    c_.before->getTerminator()->replaceSuccessorWith(c_.header, strip);
    b_.SetInsertPoint(strip);
    llvm::Value* from = nullptr;
    for (llvm::PHINode& phi : c_.header->phis()) {
      llvm::PHINode* outer = b_.CreatePHI(phi.getType(), 2);
      outer->addIncoming(phi.getIncomingValueForBlock(c_.before), c_.before);
      outer->addIncoming(phi.getIncomingValueForBlock(c_.latch), asks);
      phi.setIncomingValueForBlock(c_.before, outer);
      phi.replaceIncomingBlockWith(c_.before, strip);
      if (&phi == c_.counter) from = outer;
    }
    c_.test->replaceUsesOfWith(c_.end, endOfStrip(from));
    b_.CreateBr(c_.header);

    c_.latch->getTerminator()->replaceSuccessorWith(c_.out, ended);
    b_.SetInsertPoint(ended);
    b_.CreateCondBr(b_.CreateICmpEQ(c_.next, c_.end), c_.out, asks);
    c_.out->replacePhiUsesWith(c_.latch, ended);

    // The poll goes to the strip's end.
    llvm::BasicBlock* poller = c_.poll->getParent();
    const unsigned on = c_.poll->getSuccessor(1) == c_.latch;
    auto* condition = llvm::cast<llvm::Instruction>(c_.poll->getCondition());
    auto* load = llvm::cast<llvm::Instruction>(condition->getOperand(0));
    for (llvm::Instruction* i : {load, condition, static_cast<llvm::Instruction*>(c_.poll)}) i->moveBefore(*asks, asks->end());
    c_.poll->setSuccessor(on, strip);
    c_.poll->getSuccessor(!on)->replacePhiUsesWith(poller, asks);
    b_.SetInsertPoint(poller);
    b_.CreateBr(c_.latch);
  }

private:
  /// `kStrip` iterations from there, but not beyond the end, which lies a multiple of the step away.
  llvm::Value* endOfStrip(llvm::Value* from) {
    const int64_t way = c_.step * kStrip;
    llvm::Value* left = c_.step > 0 ? b_.CreateSub(c_.end, from) : b_.CreateSub(from, c_.end);
    llvm::Value* isLong = b_.CreateICmpUGT(left, b_.getInt64(static_cast<uint64_t>(std::abs(way))));
    return b_.CreateSelect(isLong, b_.CreateAdd(from, b_.getInt64(static_cast<uint64_t>(way))), c_.end);
  }

  Counted c_;
  llvm::IRBuilder<> b_;
};

} // namespace

llvm::PreservedAnalyses StripMine::run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  std::vector<Counted> found;
  for (const llvm::Loop* loop : analyses.getResult<llvm::LoopAnalysis>(function).getLoopsInPreorder())
    if (loop->isInnermost())
      if (std::optional<Counted> counted = asCounted(*loop)) found.push_back(*counted);
  for (const Counted& loop : found) Divider(loop).divide();
  return found.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

llvm::PreservedAnalyses RotateCounted::run(llvm::Loop& loop, llvm::LoopAnalysisManager&, llvm::LoopStandardAnalysisResults& results, llvm::LPMUpdater&) {
  if (!asksBefore(loop)) return llvm::PreservedAnalyses::all();
  constexpr unsigned kMostCopied = 8; // instructions of the header
  std::optional<llvm::MemorySSAUpdater> memory;
  if (results.MSSA) memory.emplace(results.MSSA);
  const llvm::SimplifyQuery query = llvm::getBestSimplifyQuery(results, loop.getHeader()->getDataLayout());
  const bool isRotated = llvm::LoopRotation(&loop, &results.LI, &results.TTI, &results.AC, &results.DT, &results.SE, memory ? &*memory : nullptr, query, false,
                                            kMostCopied, true);
  if (!isRotated) return llvm::PreservedAnalyses::all();
  if (llvm::BasicBlock* latch = loop.getLoopLatch(); latch && latch->getSinglePredecessor()) llvm::FoldSingleEntryPHINodes(latch);
  llvm::PreservedAnalyses kept = llvm::getLoopPassPreservedAnalyses();
  if (results.MSSA) kept.preserve<llvm::MemorySSAAnalysis>();
  return kept;
}

} // namespace krait::codegen::emit
