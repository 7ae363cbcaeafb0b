// Between the general body and the version (docs/optimiser.md): raw locals are unboxed where the version is entered, and boxed
// where it is left, by an exit or an error.
//
// Where a local is raw, its own word tells whether it is bound, and holds nothing (Int: the number). A NaN that somebody made
// has an identity (`x in [x]`): it never becomes raw.
#include <llvm/IR/MDBuilder.h>
#include <llvm/Support/SaveAndRestore.h>
#include <numeric>
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/versions.h"
#include "runtime/abi/raw_locals.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"

namespace krait::codegen::lower {

using ir::core::RawKind;

namespace {

/// What may branch to a block.
const Instruction* wayTo(const Block& block) {
  for (const Block* b = block.function->entry(); b; b = b->next)
    for (uint32_t s = 0; const Instruction* end = b->terminator(); ++s) {
      if (s >= end->successorCount) break;
      if (end->target(s) == &block) return end;
    }
  return nullptr;
}

bool hasParts(RawKind kind) { return partsOf(kind) > 0; }

} // namespace

void FunctionLowering::findRegions() {
  if (std::none_of(order_.begin(), order_.end(), [](const Block* b) { return b->version; })) return;
  rangeSteps_ = ir::analysis::stepsOfRanges(f_);
  std::vector<uint32_t> representative(f_.blockIdLimit());
  std::iota(representative.begin(), representative.end(), 0);
  auto find = [&](uint32_t id) {
    while (representative[id] != id) id = representative[id] = representative[representative[id]];
    return id;
  };
  const bool areDescribed = m_.debug().hasVariables(); // a debugger is told of one place, or of all variables that they move
  const Block* first = nullptr;
  for (const Block* b : order_) {
    if (!b->version) continue;
    if (!first) first = b;
    if (areDescribed) representative[find(b->id)] = find(first->id);
    const Instruction* end = b->terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s)
      if (end->target(s)->version) representative[find(end->target(s)->id)] = find(b->id);
  }
  regionOfBlock_.assign(f_.blockIdLimit(), ir::core::kNone);
  std::vector<uint32_t> numbers(f_.blockIdLimit(), ir::core::kNone);
  std::vector<uint32_t> owners(f_.locals.size(), ir::core::kNone); // of the parts of raw locals
  auto forParts = [&](uint32_t local, auto&& f) {
    const ir::core::RawLocal raw = f_.raws[local];
    for (uint32_t n = 0; n < partsOf(raw.kind); ++n) f(raw.first + n);
  };
  for (uint32_t x = 0; x < f_.raws.size(); ++x) forParts(x, [&](uint32_t part) { owners[part] = x; });
  for (const Block* b : order_) {
    if (!b->version) continue;
    uint32_t& number = numbers[find(b->id)];
    if (number == ir::core::kNone) {
      number = static_cast<uint32_t>(regions_.size());
      regions_.push_back({.names = std::vector<bool>(f_.locals.size(), areDescribed)});
    }
    regionOfBlock_[b->id] = number;
    for (const Instruction* i = b->first; i; i = i->next) {
      using namespace ir::core::attribute;
      if (i->is(Op::FrameLeave)) continue; // takes them from where they are
      for (const auto& [which, local] : {std::pair<uint32_t, uint32_t>{LOCAL, i->index}, {LOCAL2, i->index2}}) {
        if (!(i->info().attributes & which)) continue;
        const uint32_t owner = owners[local] == ir::core::kNone ? local : owners[local];
        regions_[number].names[owner] = true;
        if (owner < f_.raws.size()) forParts(owner, [&](uint32_t part) { regions_[number].names[part] = true; });
      }
    }
  }
}

size_t FunctionLowering::waysOfRegions() const {
  std::vector<size_t> raising(regions_.size());
  for (const Block* b : order_)
    for (const Instruction* i = b->first; i && b->version; i = i->next) raising[regionOfBlock_[b->id]] += ir::core::mayRaise(i->op);
  size_t ways = 0;
  for (size_t n = 0; n < regions_.size(); ++n) ways += raising[n] * static_cast<size_t>(std::count(regions_[n].names.begin(), regions_[n].names.end(), true));
  return ways;
}

bool FunctionLowering::hasRawLocals() const {
  return std::any_of(f_.raws.begin(), f_.raws.end(), [](const auto& raw) { return hasParts(raw.kind); });
}

llvm::Value* FunctionLowering::rawPart(uint32_t local, uint32_t n) {
  if (n == 1 && rangeSteps_[local]) return word(static_cast<uint64_t>(*rangeSteps_[local]));
  return b_.CreateLoad(rawType(f_.locals[f_.raws[local].first + n].type), localAddress(f_.raws[local].first + n));
}

void FunctionLowering::setRawPart(uint32_t local, uint32_t n, llvm::Value* v) { b_.CreateStore(v, localAddress(f_.raws[local].first + n)); }

void FunctionLowering::boxLocals() {
  for (uint32_t x = 0; x < f_.raws.size(); ++x) {
    const RawKind kind = f_.raws[x].kind;
    if (!hasParts(kind) || !isOwn(region_, x)) continue;
    auto* bound = newBlock();
    auto* next = newBlock();
    llvm::Value* v = load(localAddress(x));
    llvm::Value* isBoxed = b_.CreateICmpEQ(v, word(0));
    if (f_.raws[x].mayBeInt) isBoxed = b_.CreateOr(isBoxed, isIntWord(v));
    if (kind == RawKind::List) isBoxed = b_.CreateOr(isBoxed, b_.CreateICmpSLT(rawPart(x, 0), word(0)));
    b_.CreateCondBr(isBoxed, next, bound);
    b_.SetInsertPoint(bound);
    llvm::CallInst* boxed = kind == RawKind::Float     ? callEntry(Entry::krt_box_float, {rawPart(x, 0)})
                            : kind == RawKind::Unsigned ? callEntry(Entry::krt_box_u64, {rawPart(x, 0)})
                            : kind == RawKind::List    ? callEntry(Entry::krt_list_iterator, {v, rawPart(x, 0)})
                            : kind == RawKind::Complex ? callEntry(Entry::krt_box_complex, {rawPart(x, 0), rawPart(x, 1)})
                                                       : callEntry(Entry::krt_range_iterator, {rawPart(x, 0), rawPart(x, 1), stepsLeft(x)});
    boxed->addFnAttr(llvm::Attribute::NoInline);
    b_.CreateStore(boxed, localAddress(x));
    b_.CreateBr(next);
    b_.SetInsertPoint(next);
  }
  describeBoxed();
}

// Counts an exit in a record of its own, which the runtime lists at the program's end (runtime/startup/exit_counts.h). `to`: what
// the general body goes on with; `why`: the operation that found out.
void FunctionLowering::countExit(const Instruction& to, const Instruction* why) {
  const Instruction* from = &to;
  while (from && from->site == ir::core::kNone) from = from->next ? from->next : from->successorCount == 1 ? from->target(0)->first : nullptr;
  const int32_t line = from ? f_.allSites()[from->site].span.line : static_cast<int32_t>(f_.firstLine);
  const std::string place = m_.ir().filename + ":" + std::to_string(line) + "\t" + f_.qualname + "\t" + std::string(why ? ir::core::infoOf(why->op).text : "");
  auto* text = b_.CreateGlobalString(place, "exit");
  auto* type = llvm::StructType::get(b_.getInt64Ty(), b_.getPtrTy(), b_.getPtrTy());
  auto* initial = llvm::ConstantStruct::get(type, {b_.getInt64(0), text, llvm::ConstantPointerNull::get(b_.getPtrTy())});
  auto* counter = new llvm::GlobalVariable(m_.llvm(), type, false, llvm::GlobalValue::InternalLinkage, initial, "exits");
  b_.CreateCall(m_.llvm().getOrInsertFunction("krt_count_exit", b_.getVoidTy(), b_.getPtrTy()), {counter});
}

void FunctionLowering::prepareHesitation() {
  if (inlined_ || !hasRawLocals()) return; // leaving is cheap
  std::vector<bool> isReached(f_.blockIdLimit());
  bool hasHeader = false;
  for (const Block* b : order_)
    if (const Instruction* end = b->terminator(); end && b->version)
      for (uint32_t s = 0; s < end->successorCount; ++s) isReached[end->target(s)->id] = true;
  hesitation_.isHeader.resize(f_.blockIdLimit());
  for (const Block* b : order_)
    if (const Instruction* end = b->terminator(); end && end->is(Op::VersionEnter) && isReached[end->target(0)->id])
      hesitation_.isHeader[end->target(0)->id] = hasHeader = true;
  if (!hasHeader) return;
  for (llvm::Value** variable : {&hesitation_.stays, &hesitation_.quick, &hesitation_.entered}) {
    *variable = newVariable(i32_, "hesitation");
    b_.CreateStore(i32(0), *variable);
  }
  hesitation_.quickAtHome = hesitation_.quick;
  if (!hasHomes()) return;
  llvm::Value* both = b_.CreateConstInBoundsGEP1_64(i64_, localArray_, homesCount());
  b_.CreateStore(word(0), both);
  hesitation_.stays = both;
  hesitation_.quickAtHome = b_.CreateConstInBoundsGEP1_64(i32_, both, 1);
}

// Where a loop's version is entered: goes to `general` instead as long as it has to.
void FunctionLowering::hesitate(llvm::BasicBlock* general) {
  auto* staying = newBlock("staying");
  llvm::Value* stays = b_.CreateLoad(i32_, hesitation_.stays);
  goOnIf(b_.CreateICmpEQ(stays, i32(0)), staying, true);
  if (!isAtHome_) b_.CreateStore(b_.CreateLoad(i32_, hesitation_.quick), hesitation_.entered);
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  b_.SetInsertPoint(staying);
  b_.CreateStore(b_.CreateSub(stays, i32(1)), hesitation_.stays);
  b_.CreateBr(general);
}

// In the header of a loop in the version: whoever comes from within it was not quick.
void FunctionLowering::arrive() {
  b_.CreateStore(b_.CreateLoad(i32_, hesitation_.entered), hesitation_.quick);
  b_.CreateStore(i32(0), hesitation_.entered);
}

// Where the version is left.
void FunctionLowering::hurry() {
  constexpr uint32_t kLongest = 31;
  llvm::Value* quick = b_.CreateLoad(i32_, hesitation_.quick);
  b_.CreateStore(b_.CreateAnd(quick, i32(kLongest)), hesitation_.stays);
  b_.CreateStore(b_.CreateOr(b_.CreateShl(quick, 1), i32(1)), hesitation_.quick);
}

// All exits share the code that boxes, and part again behind it. What they hand over goes through phis that they share as well: as
// many of each type as one exit needs at most. A variable of each exit's own would live through the whole function in LLVM's eyes.
void FunctionLowering::lower(Tag<Op::VersionExit>, const Instruction& i) {
  if (i.block->cold) b_.CreateIntrinsic(llvm::Intrinsic::sideeffect, {}, {})->addFnAttr(llvm::Attribute::Cold); // so that it is told apart (emit/seldom_ways.h)
  if (m_.options().countExits) countExit(*i.block->terminator()->target(0)->first, wayTo(*i.block));
  if (!hasRawLocals() && !hasHomes()) return; // and nothing hesitates
  llvm::SmallVector<const Temp*, 4> handed;
  for (const Instruction* user = i.next; user; user = user->next)
    for (uint32_t u = 0; u < user->useCount; ++u) {
      const Temp* t = user->uses[u].temp;
      if (t && values_[t->id] && !llvm::isa<llvm::Constant>(values_[t->id]) && !llvm::is_contained(handed, t)) handed.push_back(t);
    }
  auto& leaving = region_->leaving;
  if (!leaving.block) {
    llvm::IRBuilder<>::InsertPointGuard guard(b_);
    leaving.block = newBlock("boxing");
    b_.SetInsertPoint(leaving.block);
    leaving.number = b_.CreatePHI(i32_, 2, "leaving");
    if (hesitation_.quick) hurry();
    boxLocals();
    if (hasHomes()) goHome();
    leaving.parting = b_.CreateSwitch(leaving.number, impossible());
  }
  llvm::BasicBlock* here = b_.GetInsertBlock();
  llvm::SmallVector<llvm::PHINode*, 4> taken;
  for (const Temp* t : handed) {
    llvm::Value* v = values_[t->id];
    auto isFree = [&](llvm::PHINode* phi) { return phi->getType() == v->getType() && !llvm::is_contained(taken, phi); };
    auto found = llvm::find_if(leaving.handed, isFree);
    if (found == leaving.handed.end()) {
      auto* phi = llvm::PHINode::Create(v->getType(), 2, "handed", leaving.block->begin());
      for (llvm::BasicBlock* earlier : leaving.number->blocks()) phi->addIncoming(llvm::PoisonValue::get(v->getType()), earlier);
      found = leaving.handed.insert(leaving.handed.end(), phi);
    }
    (*found)->addIncoming(v, here);
    taken.push_back(*found);
  }
  for (llvm::PHINode* phi : leaving.handed)
    if (!llvm::is_contained(taken, phi)) phi->addIncoming(llvm::PoisonValue::get(phi->getType()), here);
  auto* number = llvm::cast<llvm::ConstantInt>(i32(leaving.parting->getNumCases()));
  leaving.number->addIncoming(number, here);
  b_.CreateBr(leaving.block);
  auto* out = newBlock("left");
  leaving.parting->addCase(number, out);
  b_.SetInsertPoint(out);
  for (size_t n = 0; n < handed.size(); ++n) {
    handedOver_.emplace_back(handed[n], values_[handed[n]->id]);
    values_[handed[n]->id] = taken[n];
  }
  isAtHome_ = hasHomes();
}

// An iterator of a list that nobody else holds and that has not ended: the list, and where it is.
void FunctionLowering::takeApart(uint32_t local) {
  llvm::Value* v = load(localAddress(local));
  setRawPart(local, 0, b_.getInt64(-1));
  auto* next = newBlock();
  goOnIf(b_.CreateICmpNE(v, word(0)), next, false);
  requireExact(v, "listIteratorType", next);
  goOnIf(b_.CreateICmpEQ(refsOf(v), word(1)), next, true);
  llvm::Value* list = load(field(v, offsetof(ListIterator, list)));
  goOnIf(b_.CreateICmpNE(list, word(0)), next, true);
  setRawPart(local, 0, load(field(v, offsetof(ListIterator, index))));
  callEntry(Entry::krt_incref, {list})->addFnAttr(llvm::Attribute::NoInline);
  callEntry(Entry::krt_decref, {v})->addFnAttr(llvm::Attribute::NoInline);
  b_.CreateStore(list, localAddress(local));
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

void FunctionLowering::lower(Tag<Op::VersionEnter>, const Instruction& i) {
  flowInto(i);
  if (isGeneralAlone_) return branchTo(i, 1);
  llvm::BasicBlock* general = edgeBlock(i, 1);
  const llvm::SaveAndRestore into(region_, regionOf(*i.target(0)));
  if (hasHomes() && !isAtHome_) { // the function's entry
    llvm::IRBuilder<>::InsertPointGuard guard(b_);
    auto* going = newBlock("home");
    b_.SetInsertPoint(going);
    goHome();
    b_.CreateBr(general);
    general = going;
    isAtHome_ = false;
  }
  if (m_.options().countExits) {
    llvm::IRBuilder<>::InsertPointGuard guard(b_);
    auto* counting = newBlock();
    b_.SetInsertPoint(counting);
    countExit(*i.target(1)->first, &i);
    b_.CreateBr(general);
    general = counting;
  }
  const bool hesitates = hesitation_.quick && hesitation_.isHeader[i.target(0)->id];
  if (hesitates) hesitate(general);
  if (isAtHome_) return enterTogether(i, general, hesitates);
  unboxLocals(general, hesitates, [&](uint32_t x) { return stateOf(x) == ir::analysis::Boundness::kBound; });
  branchTo(i, 0);
}

// The loops' headers share the code that tests and unboxes, as the exits share what boxes: their locals are in memory.
void FunctionLowering::enterTogether(const Instruction& i, llvm::BasicBlock* general, bool hesitates) {
  auto& shared = region_->entering[hesitates];
  llvm::BasicBlock* here = b_.GetInsertBlock();
  if (!shared.block) {
    llvm::IRBuilder<>::InsertPointGuard guard(b_);
    shared.block = newBlock("entering");
    auto *refused = newBlock("refused"), *never = impossible();
    b_.SetInsertPoint(shared.block);
    shared.number = b_.CreatePHI(i32_, 2, "entering");
    unboxLocals(refused, hesitates, [](uint32_t) { return false; });
    shared.entered = b_.CreateSwitch(shared.number, never);
    b_.SetInsertPoint(refused);
    shared.refused = b_.CreateSwitch(shared.number, never);
  }
  auto* number = llvm::cast<llvm::ConstantInt>(i32(shared.entered->getNumCases()));
  shared.number->addIncoming(number, here);
  b_.CreateBr(shared.block);
  shared.refused->addCase(number, general);
  auto* entered = newBlock("entered");
  shared.entered->addCase(number, entered);
  b_.SetInsertPoint(entered);
  branchTo(i, 0);
}

// Everything is tested before anything is unboxed.
void FunctionLowering::unboxLocals(llvm::BasicBlock* general, bool hesitates, llvm::function_ref<bool(uint32_t)> isBound) {
  llvm::Value* right = b_.getTrue();
  for (uint32_t x = 0; x < f_.raws.size(); ++x)
    if (f_.raws[x].kind == RawKind::Int && isOwn(region_, x)) {
      llvm::Value* v = load(localAddress(x));
      llvm::Value* isInt = isGuessed(v, Guess::Int);
      right = b_.CreateAnd(right, isBound(x) ? isInt : b_.CreateOr(b_.CreateICmpEQ(v, word(0)), isInt));
    }
  goOnIf(right, general, true);
  auto isExactInt = [&](llvm::Value* v) {
    constexpr uint64_t kExact = uint64_t{1} << 53;
    return b_.CreateAnd(isIntWord(v), b_.CreateICmpULE(b_.CreateAdd(b_.CreateAShr(v, 1), word(kExact)), word(2 * kExact)));
  };
  auto isImmediate = [&](llvm::Value* v, uint32_t x) {
    llvm::Value* is = isFloatWord(v);
    if (!isBound(x)) is = b_.CreateOr(b_.CreateICmpEQ(v, word(0)), is);
    return f_.raws[x].mayBeInt ? b_.CreateOr(is, isExactInt(v)) : is;
  };
  auto real = [&](llvm::Value* v, size_t offset) { return b_.CreateLoad(b_.getDoubleTy(), field(v, static_cast<int64_t>(offset))); };
  for (uint32_t x = 0; x < f_.raws.size(); ++x) {
    const RawKind kind = f_.raws[x].kind;
    if (!hasParts(kind) || kind == RawKind::List || !isOwn(region_, x)) continue;
    llvm::Value* v = load(localAddress(x));
    auto* other = newBlock();
    llvm::Value* isNoObject = b_.CreateICmpEQ(v, word(0));
    if (kind == RawKind::Float) isNoObject = isImmediate(v, x);
    if (kind == RawKind::Unsigned) isNoObject = b_.CreateOr(isNoObject, isUnsignedWord(v));
    llvm::BasicBlock* next = goOnIf(isNoObject, other, kind == RawKind::Float);
    b_.SetInsertPoint(other);
    goOnIf(isPointerWord(v), general, true);
    switch (kind) {
    case RawKind::Float: heapFloat(v, general); break;
    case RawKind::Unsigned: heapUnsigned(v, general); break;
    case RawKind::Complex:
      goOnIf(layoutIs(v, "complexType"), general, true);
      goOnIf(b_.CreateFCmpORD(real(v, offsetof(ComplexObject, real)), real(v, offsetof(ComplexObject, imag))), general, true);
      break;
    default: // nobody else may see how far it is
      goOnIf(layoutIs(v, "rangeIteratorType"), general, true);
      goOnIf(b_.CreateICmpEQ(refsOf(v), word(1)), general, true);
      llvm::Value *current = load(field(v, offsetof(RangeIterator, current))), *step = load(field(v, offsetof(RangeIterator, step)));
      if (rangeSteps_[x]) {
        goOnIf(b_.CreateICmpEQ(step, rawPart(x, 1)), general, true);
        step = rawPart(x, 1);
      }
      // All that is still to come is small, and its step, so that the number behind the last fits a word; what has ended gives nothing.
      llvm::Value* before = b_.CreateSub(load(field(v, offsetof(RangeIterator, remaining))), word(1));
      for (llvm::Value* n : {current, step, behindSteps(current, step, before)})
        goOnIf(b_.CreateICmpULT(b_.CreateSub(n, word(static_cast<uint64_t>(Value::kSmallMin))), word(uint64_t{1} << 63)), general, true);
    }
    b_.CreateBr(next);
    b_.SetInsertPoint(next);
  }
  if (isAtHome_) leaveHome(hesitates);
  for (uint32_t x = 0; x < f_.raws.size(); ++x) {
    const RawKind kind = f_.raws[x].kind;
    if (!hasParts(kind) || !isOwn(region_, x)) continue;
    if (kind == RawKind::List) {
      takeApart(x);
      continue;
    }
    llvm::Value* v = load(localAddress(x));
    llvm::Value* isNull = isBound(x) ? b_.getFalse() : b_.CreateICmpEQ(v, word(0));
    llvm::Value* isInt = f_.raws[x].mayBeInt ? isIntWord(v) : b_.getFalse();
    if (kind == RawKind::Float) {
      llvm::Value* number = b_.CreateSelect(isNull, llvm::ConstantFP::get(b_.getDoubleTy(), 0), unboxFloat(v));
      setRawPart(x, 0, b_.CreateSelect(isInt, b_.CreateSIToFP(b_.CreateAShr(v, 1), b_.getDoubleTy()), number));
    }
    llvm::Value* isNoObject = kind == RawKind::Float ? isImmediate(v, x) : isNull;
    if (kind == RawKind::Unsigned) {
      isNoObject = b_.CreateOr(isNoObject, isIntWord(v));
      setRawPart(x, 0, numberOf(v));
    }
    auto* other = newBlock();
    llvm::BasicBlock* next = goOnIf(isNoObject, other, kind == RawKind::Float);
    b_.SetInsertPoint(other);
    switch (kind) {
    case RawKind::Unsigned: setRawPart(x, 0, load(field(v, offsetof(IntObject, limbs)))); break;
    case RawKind::Float: setRawPart(x, 0, real(v, offsetof(FloatObject, value))); break;
    case RawKind::Complex:
      setRawPart(x, 0, real(v, offsetof(ComplexObject, real)));
      setRawPart(x, 1, real(v, offsetof(ComplexObject, imag)));
      break;
    default:
      setRange(x, load(field(v, offsetof(RangeIterator, current))), load(field(v, offsetof(RangeIterator, step))), load(field(v, offsetof(RangeIterator, remaining))));
    }
    callEntry(Entry::krt_decref, {v})->addFnAttr(llvm::Attribute::NoInline);
    b_.CreateBr(next);
    b_.SetInsertPoint(next);
    b_.CreateStore(b_.CreateSelect(isNull, word(0), b_.CreateSelect(isInt, v, word(kRawBound))), localAddress(x));
  }
}

// ---- raw locals ---------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::LocalBound>, const Instruction& i) { setResult(i, b_.CreateICmpNE(load(localAddress(i.local())), word(0))); }
void FunctionLowering::lower(Tag<Op::LocalBind>, const Instruction& i) { b_.CreateStore(word(kRawBound), localAddress(i.local())); }
void FunctionLowering::lower(Tag<Op::LocalIsInt>, const Instruction& i) { setResult(i, isIntWord(load(localAddress(i.local())))); }
void FunctionLowering::lower(Tag<Op::LocalBindReal>, const Instruction& i) {
  llvm::Value* number = tagged(b_.CreateFPToSI(operand(i, 0), i64_));
  b_.CreateStore(b_.CreateSelect(operand(i, 1), number, word(kRawBound)), localAddress(i.local()));
}
void FunctionLowering::lower(Tag<Op::LocalUnbind>, const Instruction& i) { b_.CreateStore(word(0), localAddress(i.local())); }
void FunctionLowering::lower(Tag<Op::IntGet>, const Instruction& i) { setResult(i, load(localAddress(i.local()))); }
void FunctionLowering::lower(Tag<Op::IntSet>, const Instruction& i) { b_.CreateStore(operand(i, 0), localAddress(i.local())); }
void FunctionLowering::lower(Tag<Op::I64Get>, const Instruction& i) { setResult(i, load(localAddress(i.local()))); }
void FunctionLowering::lower(Tag<Op::I64Set>, const Instruction& i) { b_.CreateStore(operand(i, 0), localAddress(i.local())); }
void FunctionLowering::lower(Tag<Op::F64Get>, const Instruction& i) { setResult(i, b_.CreateLoad(b_.getDoubleTy(), localAddress(i.local()))); }
void FunctionLowering::lower(Tag<Op::F64Set>, const Instruction& i) { b_.CreateStore(operand(i, 0), localAddress(i.local())); }

// A range's parts are the next number, the step, and the number behind the last: one that changes in a loop, from which LLVM gets all others.
llvm::Value* FunctionLowering::behindSteps(llvm::Value* from, llvm::Value* step, llvm::Value* count) { return b_.CreateAdd(from, b_.CreateMul(step, count)); }

void FunctionLowering::setRange(uint32_t local, llvm::Value* next, llvm::Value* step, llvm::Value* count) {
  setRawPart(local, 0, next);
  setRawPart(local, 1, step);
  setRawPart(local, 2, behindSteps(next, step, count));
}

llvm::Value* FunctionLowering::stepsLeft(uint32_t range) {
  return b_.CreateExactSDiv(b_.CreateSub(rawPart(range, 2), rawPart(range, 0)), rawPart(range, 1));
}

void FunctionLowering::lower(Tag<Op::RangeBegin>, const Instruction& i) {
  llvm::Value *start = numberOf(operand(i, 0)), *stop = numberOf(operand(i, 1)), *step = numberOf(operand(i, 2)), *count;
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(step); constant && constant->isOne()) {
    count = b_.CreateSelect(b_.CreateICmpSGT(stop, start), b_.CreateSub(stop, start), word(0));
  } else { // distances are below 2^63; (distance - 1) / |step| + 1 steps
    llvm::Value* up = b_.CreateICmpSGT(step, word(0));
    llvm::Value* distance = b_.CreateSelect(up, b_.CreateSub(stop, start), b_.CreateSub(start, stop));
    llvm::Value* stride = b_.CreateSelect(up, step, b_.CreateNeg(step));
    llvm::Value* steps = b_.CreateAdd(b_.CreateUDiv(b_.CreateSub(distance, word(1)), stride), word(1));
    count = b_.CreateSelect(b_.CreateICmpSGT(distance, word(0)), steps, word(0));
  }
  setRange(i.local(), start, step, count);
  b_.CreateStore(word(kRawBound), localAddress(i.local()));
}

void FunctionLowering::lower(Tag<Op::RangeNext>, const Instruction& i) {
  llvm::Value* current = rawPart(i.local(), 0);
  auto* ended = newBlock("ended");
  goOnIf(b_.CreateICmpNE(current, rawPart(i.local(), 2)), ended, false);
  setRawPart(i.local(), 0, b_.CreateNSWAdd(current, rawPart(i.local(), 1)));
  setResult(i, tagged(current));
  flowInto(i);
  branchTo(i, 0);
  b_.SetInsertPoint(ended);
  branchTo(i, 1);
}

} // namespace krait::codegen::lower
