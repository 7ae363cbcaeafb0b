// Two bodies of one function: in the fast one the guesses about locals are facts, the general one is right for everything.
//
//   fast body                                      general body
//     every local that is guessed an int holds       as always
//     a small int, or nothing; every float local
//     is a raw number
//        │ an operand is something else,
//        │ an overflow, a division by zero …
//        └────────── before that operation ──────────> the same operation, and what follows
//     loop header <──── every guess is right ───────── loop header
//
// So nothing that holds in the fast body has to be tested there again, and a loop whose numbers are what they seem stays
// in it. A way out does not undo anything: it leaves before the operation that it cannot do, hands over the temporaries
// that are live (carried_) and boxes the raw locals. Handlers and what leads to them are in the general body only.
//
// Where a float is raw, the word of its local tells whether it is bound, and holds nothing. A NaN that somebody made has
// an identity (`x in [x]`): it never becomes raw, and a raw one leaves the fast body before anybody sees its word.
#include <algorithm>
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/liveness.h"
#include "ir/analysis/versions.h"
#include "runtime/types/float.h"

namespace krait::codegen::lower {

using ir::core::LocalKind;

namespace {

/// What the word of a bound raw local is.
constexpr uint64_t kBound = 1;

bool isConst(const Temp* t) { return t->definition && t->definition->is(Op::Const); }

} // namespace

bool FunctionLowering::lentByLocal(const Temp* t) {
  return t->definition && (t->definition->is(Op::LocalGet) || t->definition->is(Op::LocalRead) || t->definition->is(Op::LocalLend));
}

void FunctionLowering::findVersions() {
  const bool mayBe = storage_ == Storage::Registers || (storage_ == Storage::Generator && !watchesFrames());
  if (!fastPaths_ || !mayBe || observesIdentity() || !ir::analysis::hasVersions(f_)) return;
  isVersioned_ = true;
  machine_->addFnAttr(kHasVersions);
  localGuess_ = ir::analysis::guessesOfLocals(f_);
  rawLocals_.resize(f_.locals.size());
  imaginaryLocals_.resize(f_.locals.size());
  for (uint32_t x = 0; x < f_.locals.size(); ++x) {
    if (isRaw(localGuess_[x])) rawLocals_[x] = b_.CreateAlloca(b_.getDoubleTy(), nullptr, f_.locals[x].name + ".raw");
    if (localGuess_[x] == Guess::Complex) imaginaryLocals_[x] = b_.CreateAlloca(b_.getDoubleTy(), nullptr, f_.locals[x].name + ".imaginary");
  }
  raws_.resize(f_.tempCount());
  imaginaries_.resize(f_.tempCount());
  known_.resize(f_.tempCount());
  carried_.resize(f_.tempCount());

  const ir::analysis::Flow flow(f_);
  const ir::analysis::TempLiveness liveness(f_, flow);
  liveIn_.resize(f_.blockIdLimit());
  isHeader_.resize(f_.blockIdLimit());
  inFastBody_.resize(f_.blockIdLimit());
  std::vector<uint32_t> rank(f_.blockIdLimit());
  for (uint32_t n = 0; n < order_.size(); ++n) rank[order_[n]->id] = n;
  inFastBody_[f_.entry()->id] = runsAgain_.empty();
  for (const Block* block : order_) {
    liveIn_[block->id] = liveness.liveIn(block);
    const Instruction* end = block->terminator();
    for (size_t s = 0; end && s < end->successorCount; ++s) {
      const Block* to = end->target(s);
      if (rank[to->id] <= rank[block->id]) isHeader_[to->id] = true;
      const bool isFast = runsAgain_.empty() ? inFastBody_[block->id] : runsAgain_[to->id];
      if (isFast && !to->cold) inFastBody_[to->id] = true;
    }
  }
}

void FunctionLowering::lowerFastBody() {
  body_ = &fast_;
  lowerBody();
  body_ = &generic_;
}

void FunctionLowering::startFastAgain() {
  learnt_.clear();
  learntComplex_.clear();
  tested_.clear();
  lastExit_ = {};
}

void FunctionLowering::startFastBlock(const Block& block) {
  startFastAgain();
  positions_.clear();
  uint32_t position = 0;
  for (const Instruction* i = block.first; i; i = i->next) positions_[i] = position++;
  defined_.assign(liveIn_[block.id].begin(), liveIn_[block.id].end());
  defined_.insert(defined_.end(), block.parameters.begin(), block.parameters.end());
  findGroups(block);
}

// ---- from the fast body to the general one ------------------------------------------------------

std::vector<const Temp*> FunctionLowering::liveBefore(const Instruction& i) {
  const uint32_t at = positions_.at(&i);
  auto flowsOut = [&](const Temp* t) {
    const Instruction* end = i.block->terminator();
    for (size_t s = 0; s < end->successorCount; ++s) {
      const auto& in = liveIn_[end->target(s)->id];
      if (std::find(in.begin(), in.end(), t) != in.end()) return true;
    }
    return false;
  };
  std::vector<const Temp*> live;
  for (const Temp* t : defined_) {
    bool isLive = false, isElsewhere = false;
    for (const ir::core::Use* u = t->uses; u && !isLive; u = u->next) {
      if (u->user->block == i.block) isLive = positions_.at(u->user) >= at;
      else isElsewhere = true;
    }
    if (!isConst(t) && (isLive || (isElsewhere && flowsOut(t)))) live.push_back(t);
  }
  return live;
}

void FunctionLowering::carry(const Temp* t, llvm::Value* value) {
  if (slotOfTemp_[t->id] != ir::core::kNone) {
    if (t->ownership == ir::core::Ownership::Owned) b_.CreateStore(value, slotAddress(slotOfTemp_[t->id]));
    return;
  }
  if (!carried_[t->id]) {
    llvm::IRBuilder<> start(&machine_->getEntryBlock(), machine_->getEntryBlock().begin());
    carried_[t->id] = start.CreateAlloca(value->getType(), nullptr, "carried");
  }
  if (!lentByLocal(t)) b_.CreateStore(value, carried_[t->id]);
}

llvm::BasicBlock* FunctionLowering::exitTo(const Instruction& next, const Temp* made, llvm::Value* value) {
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  auto* out = newBlock("exit");
  b_.SetInsertPoint(out);
  for (const Temp* t : liveBefore(next)) carry(t, lentByLocal(t) ? word(0) : wordOf(t));
  if (made) carry(made, value);
  llvm::BasicBlock*& resumed = resumed_[&next];
  if (!resumed) resumed = newBlock("resume");
  b_.CreateBr(afterBoxing(resumed));
  return out;
}

llvm::BasicBlock* FunctionLowering::exitBefore(const Instruction& i) {
  const Instruction& at = anchor_ ? *anchor_ : i;
  if (lastExit_.first != &at) lastExit_ = {&at, exitTo(at, nullptr, nullptr)};
  return lastExit_.second;
}

llvm::BasicBlock* FunctionLowering::leaveAlong(const Instruction& terminator, size_t successor) {
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  const Block* to = terminator.target(successor);
  auto* out = newBlock("leave");
  auto* arrived = newBlock("arrive");
  b_.SetInsertPoint(out);
  for (const Temp* t : liveIn_[to->id])
    if (!isConst(t)) carry(t, lentByLocal(t) ? word(0) : wordOf(t));
  llvm::SmallVector<llvm::AllocaInst*, 2> arguments;
  for (uint32_t a = 0; a < terminator.successors[successor].argumentCount; ++a) {
    llvm::Value* v = valueOf(terminator.argument(successor, a));
    llvm::IRBuilder<> start(&machine_->getEntryBlock(), machine_->getEntryBlock().begin());
    arguments.push_back(start.CreateAlloca(v->getType(), nullptr, "argument"));
    b_.CreateStore(v, arguments.back());
  }
  b_.CreateBr(afterBoxing(arrived));
  b_.SetInsertPoint(arrived);
  for (size_t a = 0; a < arguments.size(); ++a)
    generic_.phis[to->id][a]->addIncoming(b_.CreateLoad(arguments[a]->getAllocatedType(), arguments[a]), arrived);
  b_.CreateBr(generic_.blocks[to->id]);
  return out;
}

bool FunctionLowering::hasRawLocals() const {
  return std::any_of(rawLocals_.begin(), rawLocals_.end(), [](auto* raw) { return raw; });
}

// All ways out share the code that boxes, and part again behind it.
llvm::BasicBlock* FunctionLowering::afterBoxing(llvm::BasicBlock* then) {
  if (!hasRawLocals()) return then;
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  if (!boxing_) {
    llvm::IRBuilder<> start(&machine_->getEntryBlock(), machine_->getEntryBlock().begin());
    leaving_ = start.CreateAlloca(i32_, nullptr, "leaving");
    boxing_ = newBlock("boxing");
    b_.SetInsertPoint(boxing_);
    boxLocals();
    auto* impossible = newBlock("impossible");
    boxed_ = b_.CreateSwitch(b_.CreateLoad(i32_, leaving_), impossible);
    b_.SetInsertPoint(impossible);
    b_.CreateUnreachable();
  }
  auto* way = newBlock("leaving");
  b_.SetInsertPoint(way);
  const uint32_t number = boxed_->getNumCases();
  boxed_->addCase(llvm::cast<llvm::ConstantInt>(i32(number)), then);
  b_.CreateStore(i32(number), leaving_);
  b_.CreateBr(boxing_);
  return way;
}

void FunctionLowering::boxLocals() {
  for (uint32_t x = 0; x < rawLocals_.size(); ++x) {
    if (!rawLocals_[x]) continue;
    auto* bound = newBlock();
    auto* next = newBlock();
    b_.CreateCondBr(b_.CreateICmpNE(load(localAddress(x)), word(0)), bound, next);
    b_.SetInsertPoint(bound);
    llvm::SmallVector<llvm::Value*, 2> parts{b_.CreateLoad(b_.getDoubleTy(), rawLocals_[x])};
    if (imaginaryLocals_[x]) parts.push_back(b_.CreateLoad(b_.getDoubleTy(), imaginaryLocals_[x]));
    llvm::CallInst* boxed = callEntry(parts.size() > 1 ? Entry::krt_box_complex : Entry::krt_box_float, parts);
    boxed->addFnAttr(llvm::Attribute::NoInline);
    b_.CreateStore(boxed, localAddress(x));
    b_.CreateBr(next);
    b_.SetInsertPoint(next);
  }
}

// ---- from the general body to the fast one ------------------------------------------------------

llvm::BasicBlock* FunctionLowering::generalTarget(const Block* to) {
  const bool mayEnter = isVersioned_ && isHeader_[to->id] && fast_.blocks[to->id] && to->parameters.empty() &&
                        std::all_of(liveIn_[to->id].begin(), liveIn_[to->id].end(), isConst);
  return mayEnter ? enterFast(to) : generic_.blocks[to->id];
}

llvm::BasicBlock* FunctionLowering::enterFast(const Block* at) {
  llvm::BasicBlock*& entrance = entrances_[at];
  if (!entrance) entrance = entranceTo(fast_.blocks[at->id], generic_.blocks[at->id]);
  return entrance;
}

/// A block that goes to the fast body if everything guessed about locals holds.
llvm::BasicBlock* FunctionLowering::entranceTo(llvm::BasicBlock* fast, llvm::BasicBlock* general) {
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  llvm::BasicBlock* made = newBlock("enter.fast");
  b_.SetInsertPoint(made);
  llvm::Value* right = b_.getTrue();
  for (auto& [local, loop] : rangeLoops_)
    if (loop.always) right = b_.CreateAnd(right, b_.CreateICmpEQ(load(localAddress(local)), word(0)));
  for (uint32_t x = 0; x < localGuess_.size(); ++x) {
    if (localGuess_[x] != Guess::Int) continue;
    llvm::Value* v = load(localAddress(x));
    right = b_.CreateAnd(right, b_.CreateOr(b_.CreateICmpEQ(v, word(0)), isGuessed(v, Guess::Int)));
  }
  goOnIf(right, general, true);
  auto isImmediate = [&](llvm::Value* v) { return b_.CreateOr(b_.CreateICmpEQ(v, word(0)), isFloatWord(v)); };
  auto number = [&](llvm::Value* v) { return b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(FloatObject, value))); };
  for (uint32_t x = 0; x < rawLocals_.size(); ++x) {
    if (!rawLocals_[x]) continue;
    llvm::Value* v = load(localAddress(x));
    auto* other = newBlock();
    if (imaginaryLocals_[x]) {
      llvm::BasicBlock* next = goOnIf(b_.CreateICmpEQ(v, word(0)), other, false);
      b_.SetInsertPoint(other);
      partsOr(v, general);
      b_.CreateBr(next);
      b_.SetInsertPoint(next);
      continue;
    }
    llvm::BasicBlock* next = goOnIf(isImmediate(v), other, true);
    b_.SetInsertPoint(other);
    goOnIf(isPointerWord(v), general, true);
    goOnIf(layoutIs(v, "floatType"), general, true);
    llvm::Value* d = number(v);
    b_.CreateCondBr(b_.CreateFCmpORD(d, d), next, general);
    b_.SetInsertPoint(next);
  }
  for (uint32_t x = 0; x < rawLocals_.size(); ++x) {
    if (!rawLocals_[x]) continue;
    llvm::Value* v = load(localAddress(x));
    llvm::Value* isNull = b_.CreateICmpEQ(v, word(0));
    if (!imaginaryLocals_[x])
      b_.CreateStore(b_.CreateSelect(isNull, llvm::ConstantFP::get(b_.getDoubleTy(), 0), unboxFloat(v)), rawLocals_[x]);
    auto* other = newBlock();
    llvm::BasicBlock* next = goOnIf(imaginaryLocals_[x] ? isNull : isImmediate(v), other, true);
    b_.SetInsertPoint(other);
    if (imaginaryLocals_[x]) {
      b_.CreateStore(b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(ComplexObject, real))), rawLocals_[x]);
      b_.CreateStore(b_.CreateLoad(b_.getDoubleTy(), field(v, offsetof(ComplexObject, imag))), imaginaryLocals_[x]);
    } else {
      b_.CreateStore(number(v), rawLocals_[x]);
    }
    callEntry(Entry::krt_decref, {v})->addFnAttr(llvm::Attribute::NoInline);
    b_.CreateBr(next);
    b_.SetInsertPoint(next);
    b_.CreateStore(b_.CreateSelect(isNull, word(0), word(kBound)), localAddress(x));
  }
  b_.CreateBr(fast);
  return made;
}

} // namespace krait::codegen::lower
