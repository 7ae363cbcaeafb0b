// A loop over what a generator function of the module returns, which nobody else gets hold of: no generator is made, the function's body
// is lowered in the loop.
//
//     %g = call %f, args…           its entry is the function's: the arguments go to the body's variables; %g is kInLoop, no object
//     %i = iter %g                  the same
//     local.init $iter.0, %i
//   ^1: %it = local.read $iter.0
//     next.br %it, ^2, ^3           kInLoop: the body goes on where it stopped, until a `yield`, which is ^2, or its end, ^3
//     local.clear $iter.0           whoever leaves the loop early lets go of the body's variables, as closing the generator does
//
// The body is an activation of its own, as copies of functions are (inlining.cpp): it counts its depth while it runs, its locations carry the
// loop's, its errors have its entry in the traceback. What it is between two steps stands in variables of the machine function: its
// locals, as words, and how far it has come. The loop may be lowered twice, in the general body and in the version, each with a copy of the body; they
// share these variables, so that an exit from one goes on in the other. A copy has the generator's version, unless it is the one of a general body.
//
// A body may have such loops itself, and the loop may be a generator's, whose slots these variables are then.
//
// Whatever else comes to the loop's local is iterated as always.
#include <algorithm>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/inlining.h"
#include "runtime/types/function.h"

namespace krait::codegen::lower {

using ir::analysis::onlyUser;
using ir::core::kNone;

namespace {

/// What stands where the generator would: the word of a number, which is not counted, and of which no loop gets an item.
constexpr uint64_t kInLoop = Value::kIntTag;

/// How far a body has come, as the word of a small int: the number of the `yield` it waits at, or 0 where it begins. In a generator's slots a null
/// word is what was there before.
constexpr uint64_t kEnded = 0;
uint64_t stateAt(uint64_t yield) { return yield << 1 | Value::kIntTag; }

/// What is done with a temporary that a branch hands on, which is all that happens to it: `for x in o.values()` may be over a dict's view, too.
const Instruction* passedOnTo(const Instruction* user, const Temp* t) {
  if (!user || !user->is(Op::Br)) return user;
  for (uint32_t a = 0; a < user->successors[0].argumentCount; ++a)
    if (user->argument(0, a) == t) return onlyUser(user->target(0)->parameters[a]);
  return nullptr;
}

/// Whether nothing is done with it, on whatever way.
bool onlyDies(const Temp* t, unsigned depth = 0) {
  constexpr unsigned kMost = 3;
  for (const ir::core::Use* u = t->uses; u; u = u->next) {
    const Instruction* user = u->user;
    if (user->is(Op::Kill)) continue;
    if (depth == kMost || !(user->is(Op::Br) || user->is(Op::VersionEnter))) return false;
    for (uint32_t s = 0; s < user->successorCount; ++s)
      for (uint32_t a = 0; a < user->successors[s].argumentCount; ++a)
        if (user->argument(s, a) == t && !onlyDies(user->target(s)->parameters[a], depth + 1)) return false;
  }
  return true;
}

/// Whether it is a tuple of so many words made just before, on every way; adds these.
bool comesFromTuples(const Temp* t, size_t size, const ir::analysis::Flow& flow, std::vector<const Temp*>& tuples, unsigned depth = 0) {
  constexpr unsigned kMost = 3;
  if (!t->uses || t->uses->next || depth > kMost) return false;
  const Instruction* made = t->definition;
  if (made && (!made->is(Op::TupleNew) || made->operandCount != size)) return false;
  for (const Instruction* i = made ? made->next : t->block->first; i && i != t->uses->user; i = i->next)
    if (ir::core::mayRaise(i->op)) return false;
  if (made) {
    tuples.push_back(t);
    return true;
  }
  for (const ir::analysis::Edge& e : flow.predecessors(t->block)) {
    if (e.error || !e.from->terminator()) return false;
    const Instruction* end = e.from->terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s)
      if (end->target(s) == t->block && !comesFromTuples(end->argument(s, t->index), size, flow, tuples, depth + 1)) return false;
  }
  return true;
}

} // namespace

llvm::Constant* FunctionLowering::inLoop() { return word(kInLoop); }

// The local holds nothing but what `iter` has made, and gives it to nobody but the loop.
// All blocks are looked at, reached in this copy or not: copies of a body have to agree.
void FunctionLowering::findFusedLoops() {
  if (!m_.hasFusible() || !fastPaths_ || (inlined_ && !step_) || inlinedDepth() + 1 >= kMaxInlinedDepth || m_.options().observers || m_.debug().hasVariables()) return;
  std::map<uint32_t, size_t> loops; // by local: how often it is asked for an item
  std::set<uint32_t> others;
  for (const Block* block = f_.entry(); block; block = block->next)
    for (const Instruction* i = block->first; i; i = i->next) {
      if (!(i->info().attributes & ir::core::attribute::LOCAL) || i->is(Op::LocalClear) || i->is(Op::FrameLeave)) continue;
      const Instruction* user = i->is(Op::LocalRead) ? onlyUser(i->result()) : nullptr;
      if (user && user->is(Op::NextBr)) ++loops[i->local()];
      else if (!i->is(Op::LocalInit)) others.insert(i->local());
    }
  for (const Block* block = f_.entry(); block; block = block->next)
    for (const Instruction* i = block->first; i; i = i->next) {
      if (!i->is(Op::Iter)) continue;
      const Instruction* call = i->operand(0)->definition;
      const Instruction* store = passedOnTo(onlyUser(i->result()), i->result());
      if (i->operand(0)->guess == Guess::Instance) call = i;
      if (!call || call->resultCount != 1 || (call != i && onlyUser(call->result()) != i)) continue;
      if (!store || !store->is(Op::LocalInit) || store->local() < f_.varCount || others.contains(store->local())) continue;
      const uint32_t local = store->local();
      const std::vector<uint32_t> callees = calleesOf(*call);
      const auto callee = std::ranges::find_if(callees, [&](uint32_t n) { return m_.isFusible(*m_.ir().functions[n]); });
      if (callee == callees.end()) continue;
      const ir::core::Function& body = *m_.ir().functions[*callee];
      auto loop = fusedLoops().find(local);
      if (loop == fusedLoops().end()) {
        if (isBeingLowered(body) || inlinedOperations() + ir::analysis::operationCount(body) > ir::analysis::kMaxInlinedInAll) continue;
        loop = fusedLoops().try_emplace(local).first;
        makeFusedLoop(loop->second, body);
      } else if (loop->second.callee != &body) {
        continue;
      }
      inlinedOperations() += std::exchange(loops[local], 0) * ir::analysis::operationCount(body);
      fusedOf_[call->result()] = fusedOf_[i->result()] = &loop->second;
    }
}

llvm::Value* FunctionLowering::lastingVariable(const llvm::Twine& name, bool isNumber) {
  FunctionLowering& all = outermost();
  if (all.storage_ != Storage::Generator) {
    llvm::AllocaInst* made = newVariable(i64_, name);
    llvm::IRBuilder<>(made->getParent(), std::next(made->getIterator())).CreateStore(word(0), made);
    return made;
  }
  if (isNumber) all.numberSlots_.push_back(all.made_.slotCount);
  auto* slots = llvm::cast<llvm::Instruction>(all.slots_);
  llvm::IRBuilder<> start(slots->getParent(), std::next(slots->getIterator()));
  return start.CreateConstInBoundsGEP1_64(i64_, all.slots_, all.made_.slotCount++);
}

void FunctionLowering::makeFusedLoop(FusedLoop& loop, const ir::core::Function& callee) {
  loop.callee = &callee;
  loop.locals.resize(callee.locals.size());
  // In the opposite order of that in which a generator lets go of its slots.
  loop.state = lastingVariable("fused.state", true);
  loop.function = lastingVariable("fused.function", false);
  auto add = [&](size_t n) {
    if (const ir::core::Local& local = callee.locals[n]; local.type.isWord()) loop.locals[n] = lastingVariable(local.name, false);
  };
  for (size_t n = callee.varCount; n-- > 0;) add(n);
  for (size_t n = callee.varCount; n < callee.locals.size(); ++n) add(n);
}

FunctionLowering::FusedLoop* FunctionLowering::fusedLoop(const Instruction& i) {
  const Instruction* read = i.operand(0)->definition;
  auto found = read && read->is(Op::LocalRead) ? fusedLoops().find(read->local()) : fusedLoops().end();
  return found == fusedLoops().end() ? nullptr : &found->second;
}

/// What the call gives instead of a generator. Whoever called keeps none of the arguments until the loop ends.
llvm::Value* FunctionLowering::startFused(FusedLoop& loop, llvm::Value* function, const Arguments& arguments) {
  own(arguments.words, arguments.kept);
  for (size_t n = 0; n < arguments.words.size(); ++n) b_.CreateStore(arguments.words[n], loop.locals[n]);
  if (!loop.callee->frees.empty()) {
    hold(function);
    b_.CreateStore(b_.CreatePtrToInt(function, i64_), loop.function);
  }
  b_.CreateStore(word(stateAt(0)), loop.state);
  return inLoop();
}

/// `iter` of an instance whose __iter__ is a generator function.
void FunctionLowering::startIterating(const Instruction& i) {
  llvm::Value* receiver = operand(i, 0);
  auto otherwise = [&] { return callEntry(Entry::krt_iter, {receiver}); };
  const Targets targets = callTargets(calleesOf(i), 1);
  if (targets.empty()) return finishCall(i, otherwise());
  llvm::Value* method = callEntry(Entry::krt_known_method, {receiver, m_.constants().name("__iter__")});
  finishCall(i, enterTargets(targets, method, {{receiver}, 1, 1}, otherwise));
}

/// Where the local holds kInLoop: a step of the body, to `found` with an item, to `ended`, or to the error edge.
void FunctionLowering::stepFused(FusedLoop& loop, const Instruction& next, llvm::BasicBlock* found, llvm::BasicBlock* ended,
                                 llvm::SmallVectorImpl<std::pair<llvm::Value*, llvm::BasicBlock*>>& items) {
  const Instruction* unpack = pairOf(next);
  FusedStep step{loop, found, ended, newBlock("raised"), items, unpack ? unpack->resultCount : 0u};
  FunctionLowering inner(m_, *loop.callee);
  inner.step_ = &step;
  inner.isGeneralAlone_ = isVersioned() && !next.block->version && !isFastInBoth();
  llvm::Value* function = llvm::ConstantPointerNull::get(ptr_);
  if (!loop.callee->frees.empty()) function = b_.CreateIntToPtr(load(loop.function), ptr_);
  inner.runInlined({*this, function, {}, b_.getCurrentDebugLocation().get()}, b_);
  setLocation(currentSite_);
  fail(next);
}

/// The body has returned this word, or null with an error; its frame is left.
void FunctionLowering::endFused(llvm::Value* result) {
  const bool hasFailed = result == word(0);
  b_.CreateStore(word(kEnded), step_->loop.state);
  if (hasFailed) {
    for (llvm::Value* local : step_->loop.locals)
      if (local) b_.CreateStore(word(0), local);
  } else {
    drop(result, ir::core::Type::objectOrNull());
  }
  dropFusedFunction(step_->loop);
  b_.CreateBr(hasFailed ? step_->raised : step_->ended);
}

void FunctionLowering::dropFusedFunction(FusedLoop& loop) {
  if (loop.callee->frees.empty()) return;
  llvm::Value* function = load(loop.function);
  b_.CreateStore(word(0), loop.function);
  callEntry(Entry::krt_xdecref, {function});
}

/// What a body that does not go on holds: as GeneratorExit unwinds its frame, and then the frame's end.
void FunctionLowering::dropFused(FusedLoop& loop) {
  auto let = [&](size_t n) {
    if (!loop.locals[n]) return;
    llvm::Value* old = load(loop.locals[n]);
    b_.CreateStore(word(0), loop.locals[n]);
    if (auto inner = loop.loops.find(static_cast<uint32_t>(n)); inner != loop.loops.end()) closeFused(inner->second);
    callEntry(Entry::krt_xdecref, {old})->addFnAttr(llvm::Attribute::NoInline);
  };
  b_.CreateStore(word(kEnded), loop.state);
  for (size_t n = loop.locals.size(); n-- > loop.callee->varCount;) let(n);
  for (size_t n = 0; n < loop.callee->varCount; ++n) let(n);
  dropFusedFunction(loop);
}

/// Where the local is given up: the loop may have been left early. What that takes is written later.
void FunctionLowering::closeFused(uint32_t local) {
  if (auto loop = fusedLoops().find(local); loop != fusedLoops().end()) closeFused(loop->second);
}

void FunctionLowering::closeFused(FusedLoop& loop) {
  auto *early = newBlock("early"), *next = newBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(load(loop.state), word(kEnded)), next, early);
  outermost().closes_.push_back({&loop, early, next, b_.getCurrentDebugLocation()});
  b_.SetInsertPoint(next);
}

// At the end of the machine function: which loops a body has is known by then.
void FunctionLowering::finishCloses() {
  while (!closes_.empty()) {
    const Close close = closes_.back();
    closes_.pop_back();
    b_.SetInsertPoint(close.early);
    b_.SetCurrentDebugLocation(close.at);
    dropFused(*close.loop);
    b_.CreateBr(close.next);
  }
}

/// Where the body's activation begins: it goes on where it stopped.
void FunctionLowering::resumeFused() {
  dispatch_ = b_.CreateSwitch(load(step_->loop.state), step_->ended, f_.yieldCount + 1);
  dispatch_->addCase(llvm::ConstantInt::get(b_.getInt64Ty(), stateAt(0)), blocks_[f_.entry()->id]);
}

/// A `yield` of the body.
void FunctionLowering::handOut(const Instruction& i) {
  llvm::Value* item = operand(i, 0);
  consume(i);
  const uint64_t state = stateAt(static_cast<uint64_t>(i.imm));
  b_.CreateStore(word(state), step_->loop.state);
  callEntry(Entry::krt_frame_leave, {});
  step_->items.emplace_back(item, b_.GetInsertBlock());
  b_.CreateBr(step_->found);
  auto* resumed = newBlock("resumed");
  dispatch_->addCase(llvm::ConstantInt::get(b_.getInt64Ty(), state), resumed);
  b_.SetInsertPoint(resumed);
  const bool isAskedFor = !onlyDies(i.result());
  setResult(i, isAskedFor ? layout::noneWord(m_.llvm()) : inLoop()); // which need not be counted
}

// ---- items that are taken apart -------------------------------------------------------------------

llvm::Value* FunctionLowering::partsAddress() {
  if (!parts_) parts_ = newVariable(i64_, "parts", word(kMaxParts));
  return parts_;
}

/// `yield a, b` in a loop `for x, y in …`: no tuple is made, its parts go to variables, and null for it.
void FunctionLowering::findUnmade() {
  if (!step_->partCount) return;
  for (const Block* block : order_)
    for (const Instruction* i = block->first; i; i = i->next) {
      std::vector<const Temp*> tuples;
      if (i->is(Op::Yield) && comesFromTuples(i->operand(0), step_->partCount, flow_, tuples)) unmade_.insert(tuples.begin(), tuples.end());
    }
}

void FunctionLowering::handParts(const Instruction& i) {
  llvm::SmallVector<llvm::Value*, kMaxParts> words;
  for (size_t n = 0; n < i.operandCount; ++n) words.push_back(operand(i, n));
  llvm::Value* parts = inlined_->caller.partsAddress();
  for (size_t n = 0; n < words.size(); ++n) b_.CreateStore(words[n], b_.CreateConstInBoundsGEP1_64(i64_, parts, n));
  setResult(i, word(0));
}

} // namespace krait::codegen::lower
