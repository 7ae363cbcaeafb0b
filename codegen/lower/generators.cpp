// Generators and coroutines as state machines over the generator object.
//
//   entry(function, arguments) = krt_generator_new with the arguments in its first slots
//   resume(g, sent, out): dispatch on the state; a suspension stores state and value and returns, the code
//   after it is a case of the dispatch. Nothing but slots survives: a temporary that is live across a
//   suspension has a slot, is stored there when made and read from there at each use; an owned one leaves
//   null behind when consumed, so that the slots always own what they hold. What is no reference (a bool, the counters of a loop over a
//   range) stays until the end: kResumeEmptied says that nothing is left in any slot, so that the next generator may have them.
//
// A version is left before it suspends; the general body may enter it again behind the suspension. Raw locals have no slots.
#include <algorithm>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "runtime/abi/observers.h"
#include "runtime/types/async_step.h"
#include "runtime/types/generator.h"

namespace krait::codegen::lower {

using ir::core::kNone;

namespace {

bool isSuspension(const Instruction& i) { return ir::core::has(i.op, ir::core::op_flags::kSuspends); }

using TempSet = std::vector<bool>;

bool join(TempSet& into, const TempSet& from) {
  bool changed = false;
  for (size_t i = 0; i < into.size(); ++i)
    if (from[i] && !into[i]) into[i] = changed = true;
  return changed;
}

/// Backwards through a block; `atSuspension` sees the temporaries live after each suspension.
template <class F> void walkLiveness(const Block* block, TempSet& live, F&& atSuspension) {
  for (const Instruction* i = block->last; i; i = i->previous) {
    for (uint32_t r = 0; r < i->resultCount; ++r) live[i->results[r]->id] = false;
    if (isSuspension(*i)) atSuspension(*i, live);
    for (uint32_t u = 0; u < i->useCount; ++u)
      if (i->uses[u].temp) live[i->uses[u].temp->id] = true;
  }
  for (const Temp* p : block->parameters) live[p->id] = false;
}

} // namespace

void FunctionLowering::findSlotted() {
  std::vector<TempSet> liveIn(f_.blockIdLimit(), TempSet(f_.tempCount()));
  auto liveOut = [&](const Block* block) {
    TempSet live(f_.tempCount());
    if (const Instruction* end = block->terminator())
      for (size_t s = 0; s < end->successorCount; ++s) join(live, liveIn[end->target(s)->id]);
    return live;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (auto block = order_.rbegin(); block != order_.rend(); ++block) {
      TempSet live = liveOut(*block);
      walkLiveness(*block, live, [](const Instruction&, const TempSet&) {});
      changed |= join(liveIn[(*block)->id], live);
    }
  }
  TempSet slotted(f_.tempCount());
  for (const Block* block : order_) {
    TempSet live = liveOut(block);
    walkLiveness(block, live, [&](const Instruction& i, const TempSet& after) {
      join(slotted, after);
      if (i.is(Op::YieldFrom)) slotted[i.operand(0)->id] = true;
    });
  }
  const auto words = std::count_if(f_.locals.begin(), f_.locals.end(), [](const auto& local) { return local.type.isWord(); });
  made_.slotCount = static_cast<uint32_t>(words) + static_cast<uint32_t>(f_.cells.size()); // raw locals come last
  std::vector<const Temp*> temps(f_.tempCount());
  for (const Block* block : order_) {
    for (const Temp* p : block->parameters) temps[p->id] = p;
    for (const Instruction* i = block->first; i; i = i->next)
      for (uint32_t r = 0; r < i->resultCount; ++r) temps[i->results[r]->id] = i->results[r];
  }
  for (uint32_t t = 0; t < slotted.size(); ++t) {
    if (!slotted[t]) continue;
    if (temps[t] && temps[t]->ownership != ir::core::Ownership::Owned && isKeptInSlot(temps[t])) numberSlots_.push_back(made_.slotCount);
    slotOfTemp_[t] = made_.slotCount++;
  }
}

void FunctionLowering::makeGeneratorEntry() {
  b_.SetInsertPoint(llvm::BasicBlock::Create(context_, "entry", machine_));
  scope_ = machine_->getSubprogram();
  setLocation(kNone);
  if (watchesEvents()) divertWhileTraced();
  llvm::Value* arguments = b_.CreateAlloca(i64_, word(f_.paramCount() + 1), "arguments");
  for (uint32_t i = 0; i < f_.paramCount(); ++i)
    b_.CreateStore(machine_->getArg(i + 1), b_.CreateConstInBoundsGEP1_64(i64_, arguments, i));
  if (m_.debug().hasVariables()) describeArguments(arguments);
  b_.CreateRet(callEntry(Entry::krt_generator_new, {machine_->getArg(0), m_.code(f_), arguments}));
}

void FunctionLowering::suspend(const Instruction& i, uint32_t state) {
  b_.CreateStore(i32(i.site), field(generator_, offsetof(GeneratorObject, site)));
  const bool isQuiet = i.is(Op::Yield) && !i.block->handler && !(m_.options().observers & kObservedEvents);
  callEntry(Entry::krt_generator_set_state, {generator_, i32(isQuiet ? state | kQuietSuspension : state)});
  callEntry(Entry::krt_frame_leave, {});
  b_.CreateRet(i32(kResumeYield));
}

void FunctionLowering::resumeAt(uint32_t state, llvm::BasicBlock* resumed) {
  dispatch_->addCase(llvm::cast<llvm::ConstantInt>(i32(state)), resumed);
}

/// At the start of a resumed block: what was sent (owned), or the error edge if an exception was thrown in.
llvm::Value* FunctionLowering::receiveSent(const Instruction& i) {
  failIf(b_.CreateICmpEQ(sent_, word(0)), i);
  return sent_;
}

// What starts it is None, which stays without being counted.
void FunctionLowering::lower(Tag<Op::GenStart>, const Instruction& i) {
  if (!step_) receiveSent(i);
}

void FunctionLowering::lower(Tag<Op::Yield>, const Instruction& i) {
  if (step_) return handOut(i);
  const auto state = static_cast<uint32_t>(i.imm);
  b_.CreateStore(operand(i, 0), out_);
  consume(i);
  auto* resumed = newBlock("resumed");
  suspend(i, state);
  resumeAt(state, resumed);
  b_.SetInsertPoint(resumed);
  setResult(i, receiveSent(i));
}

/// Notes what the generator waits for (null: nothing), unless that is noted.
void FunctionLowering::awaitWord(llvm::Value* receiver) {
  auto* differs = newBlock("awaits.other");
  auto* noted = newBlock("awaits");
  llvm::Value* known = load(field(generator_, offsetof(GeneratorObject, awaiting)));
  b_.CreateCondBr(b_.CreateICmpEQ(known, receiver), noted, differs);
  b_.SetInsertPoint(differs);
  callEntry(Entry::krt_generator_set_awaiting, {generator_, receiver});
  b_.CreateBr(noted);
  b_.SetInsertPoint(noted);
}

// Send None, then hand out what is yielded and send on what comes back, until the receiver returns. A step of `async for` may be
// one of an async generator itself (runtime/types/async_step.h).
void FunctionLowering::lower(Tag<Op::YieldFrom>, const Instruction& i) {
  const Temp* receiver = i.operand(0);
  const Block* handler = i.block->handler; // nothing but such a step has one of this kind
  const bool isStep = handler && handler->first->is(Op::ExcStopAsync);
  auto* start = b_.GetInsertBlock();
  auto* loop = newBlock("send");
  auto* yielded = newBlock("yielded");
  auto* returned = newBlock("returned");
  auto* resumed = newBlock("resumed");
  b_.CreateBr(loop);

  b_.SetInsertPoint(loop);
  auto* sent = b_.CreatePHI(i64_, 2);
  sent->addIncoming(layout::noneWord(m_.llvm()), start);
  llvm::Value* result = callEntry(Entry::krt_send, {operand(i, 0), sent, out_});
  b_.CreateCondBr(b_.CreateICmpEQ(result, i32(kResumeYield)), yielded, returned);

  b_.SetInsertPoint(yielded);
  awaitWord(operand(i, 0));
  if (isStep) { // what is awaited takes the place of a generator
    auto *made = newBlock("awaitable.made"), *known = newBlock();
    llvm::Value *held = operand(i, 0), *awaited = load(field(generator_, offsetof(GeneratorObject, awaiting)));
    b_.CreateCondBr(b_.CreateICmpEQ(held, awaited), known, made);
    b_.SetInsertPoint(made);
    incref(awaited);
    b_.CreateStore(awaited, slotAddress(slotOfTemp_[receiver->id]));
    callEntry(Entry::krt_decref, {held});
    b_.CreateBr(known);
    b_.SetInsertPoint(known);
  }
  suspend(i, static_cast<uint32_t>(i.imm));
  resumeAt(static_cast<uint32_t>(i.imm), resumed);
  b_.SetInsertPoint(resumed);
  sent->addIncoming(sent_, resumed); // null: an exception to throw into the receiver
  b_.CreateBr(loop);

  b_.SetInsertPoint(returned);
  awaitWord(word(0));
  if (isStep) { // the end leads to the handler without an entry in a traceback
    auto *ended = newBlock("ended"), *more = newBlock();
    b_.CreateCondBr(b_.CreateICmpEQ(result, i32(static_cast<uint32_t>(kStepEnded))), ended, more);
    b_.SetInsertPoint(ended);
    for (auto t = live_.rbegin(); t != live_.rend(); ++t)
      if (!keptByCall_.contains(*t)) dropOnEdge(*t);
    b_.CreateBr(tailOf(handler, false, false));
    flowed_[handler->id] = true;
    b_.SetInsertPoint(more);
  }
  failIf(b_.CreateICmpSLT(result, i32(0)), i);
  setResult(i, load(out_));
}

} // namespace krait::codegen::lower
