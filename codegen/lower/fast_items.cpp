// Items of lists by small ints in the fast body (versions.cpp), and attributes that are numbers.
//
//     %x = item.get %rows, %i            is %rows a list, %i in range?       else: the runtime
//     %y = item.get %x, %j               … %x …, without counting %x: nothing runs while it is looked at
//     kill %x
//
// A pair of accesses like this one is one step (findPair); what is computed between them, the key, goes before it.
#include <algorithm>
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "ir/core/module.h"
#include "runtime/types/bytes.h"
#include "runtime/types/sequence.h"

namespace krait::codegen::lower {

namespace {

bool isItemAccess(const Instruction& i) { return i.is(Op::ItemGet) || i.is(Op::ItemSet); }

} // namespace

/// Whether nobody wants the word of this float.
bool FunctionLowering::isWantedRaw(const Temp* t) const {
  if (f_.mixesNumbers) return false; // it may be an int
  for (const ir::core::Use* u = t->uses; u; u = u->next) {
    const Instruction& i = *u->user;
    const bool stores = (i.is(Op::LocalSet) || i.is(Op::LocalInit)) && localGuess_[i.local()] == Guess::Float;
    const bool computes = (i.op >= Op::BinaryAdd && i.op <= Op::InplaceMul) || (i.op >= Op::CompareLt && i.op <= Op::TestGe) ||
                          i.is(Op::InplaceTrueDiv) || i.is(Op::UnaryNeg) || i.is(Op::Truth) || i.is(Op::Kill);
    if (i.block != t->definingBlock() || (!stores && !computes)) return false;
  }
  return true;
}

/// The address of the item, or on to `otherwise`: the container is no list, or the index is not in 0 … size - 1.
llvm::Value* FunctionLowering::listItem(llvm::Value* list, llvm::Value* key, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(list), otherwise, true);
  goOnIf(layoutIs(list, "listType"), otherwise, true);
  llvm::Value* size = load(field(list, offsetof(ListObject, size)));
  llvm::Value* index = b_.CreateAShr(key, 1);
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(key); constant && constant->isNegative()) index = b_.CreateAdd(index, size);
  goOnIf(b_.CreateICmpULT(index, size), otherwise, true);
  llvm::Value* items = b_.CreateLoad(ptr_, field(list, offsetof(ListObject, items)));
  return b_.CreateInBoundsGEP(i64_, items, index);
}

/// The same for a byte.
llvm::Value* FunctionLowering::byteItem(llvm::Value* bytes, llvm::Value* key, std::string_view type, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(bytes), otherwise, true);
  goOnIf(layoutIs(bytes, type), otherwise, true);
  const bool isArray = type == "bytearrayType";
  llvm::Value* index = b_.CreateAShr(key, 1);
  llvm::Value* size = load(field(bytes, isArray ? offsetof(ByteArrayObject, size) : offsetof(BytesObject, size)));
  goOnIf(b_.CreateICmpULT(index, size), otherwise, true);
  llvm::Value* start = isArray ? b_.CreateLoad(ptr_, field(bytes, offsetof(ByteArrayObject, start))) : field(bytes, offsetof(BytesObject, data));
  return b_.CreateInBoundsGEP(b_.getInt8Ty(), start, index);
}

/// A value that is guessed a number and that nobody has counted yet: known from here on, or counted and out at `next`.
/// `made` is what the value is called there.
void FunctionLowering::setGuessed(const Temp* made, llvm::Value* v, bool isOwned, const Instruction& next) {
  auto leave = [&] {
    llvm::IRBuilder<>::InsertPointGuard guard(b_);
    llvm::BasicBlock* out = newBlock("other");
    b_.SetInsertPoint(out);
    if (!isOwned) incref(v);
    b_.CreateBr(exitTo(next, made, v));
    return out;
  };
  if (made->guess == Guess::Int) {
    goOnIf(isGuessed(v, Guess::Int), leave(), true);
    return setKnown(made, Guess::Int, v);
  }
  llvm::Value* raw = unboxOr(v, leave);
  if (isOwned) drop(v, made->type);
  setKnown(made, Guess::Float, raw);
}

/// After an operation that gave an owned word.
void FunctionLowering::learnResult(const Instruction& i) {
  const Temp* t = i.result();
  if (knownKind(t) != Guess::None) return;
  if (t->guess == Guess::Int || (t->guess == Guess::Float && isWantedRaw(t))) {
    llvm::Value* v = body_->values[t->id];
    body_->values[t->id] = nullptr;
    setGuessed(t, v, true, *i.next);
  }
}

// ---- pairs --------------------------------------------------------------------------------------

/// The access that is the only use of the item that `first` gets, if nothing between them can be told from nothing.
const Instruction* FunctionLowering::findPair(const Instruction& first) const {
  const Temp* x = first.result();
  if (x->guess != Guess::None || x->ownership != ir::core::Ownership::Owned) return nullptr;
  const Instruction *second = nullptr, *kill = nullptr;
  for (const ir::core::Use* u = x->uses; u; u = u->next) {
    if (u->user->block != first.block) return nullptr;
    if (u->user->is(Op::Kill)) kill = u->user;
    else if (second || !isItemAccess(*u->user) || u != u->user->uses) return nullptr;
    else second = u->user;
  }
  if (!second || !kill || (second->is(Op::ItemSet) && knownKind(second->operand(2)) == Guess::None)) return nullptr;
  for (const Instruction* i = first.next; i != second; i = i->next) {
    const bool reads = i->is(Op::Const) || i->is(Op::LocalRead) || (i->is(Op::LocalGet) && localGuess_[i->local()] != Guess::None);
    const bool computes = i->op >= Op::BinaryAdd && i->op <= Op::BinaryXor && !i->is(Op::BinaryTrueDiv) && !i->is(Op::BinaryPow) &&
                          isIntIn(first, i->operand(0)) && isIntIn(first, i->operand(1));
    if (!reads && !computes) return nullptr;
  }
  if (!isIntIn(first, second->operand(1))) return nullptr;
  for (const Instruction* i = second->next; i != kill; i = i->next)
    if (!i->is(Op::Kill) || !isIntIn(first, i->operand(0))) return nullptr;
  return second;
}

/// Whether the temporary is, or will be when it is made after `first`, known to be an int.
bool FunctionLowering::isIntIn(const Instruction& first, const Temp* t) const {
  if (knownKind(t) == Guess::Int) return true;
  const Instruction* d = t->definition;
  if (!d || d->block != first.block || positions_.at(d) < positions_.at(&first)) return false;
  if (d->is(Op::LocalRead) || d->is(Op::LocalGet)) return localGuess_[d->local()] == Guess::Int;
  return d->op >= Op::BinaryAdd && d->op <= Op::BinaryXor && !d->is(Op::BinaryTrueDiv) && !d->is(Op::BinaryPow) && t->guess == Guess::Int &&
         isIntIn(first, d->operand(0)) && isIntIn(first, d->operand(1));
}

// ---- accesses -----------------------------------------------------------------------------------

bool FunctionLowering::fastItem(const Instruction& i) {
  if (likelyKind(i.operand(1)) != Guess::Int) return false;
  if (i.is(Op::ItemSet) && knownKind(i.operand(2)) == Guess::None) return false;
  const Instruction* second = i.is(Op::ItemGet) ? findPair(i) : nullptr;
  const Instruction& last = second ? *second : i;
  llvm::Value* container = valueOf(i.operand(0));
  llvm::Value* key = intWord(i, 1);
  llvm::Value* secondKey = nullptr;
  if (second) {
    anchor_ = &i; // until the pair is done, nothing is
    for (const Instruction* between = i.next; between != second; between = between->next) {
      lowerInstruction(*between);
      done_.insert(between);
    }
    secondKey = valueOf(second->operand(1));
    materialise(*second);
    anchor_ = nullptr;
    lastExit_ = {};
    defined_.insert(defined_.end(), anchored_.begin(), anchored_.end());
    anchored_.clear();
    fused_.insert(i.result());
    done_.insert(second);
  } else {
    materialise(i);
  }
  llvm::Value* stored = last.is(Op::ItemSet) ? valueOf(last.operand(2)) : nullptr;
  auto* general = newBlock("general");
  auto* next = newBlock();
  // Ints are also what bytes are made of.
  const bool mayBeBytes = !second && (stored ? knownKind(i.operand(2)) == Guess::Int : i.result()->guess == Guess::Int);
  auto* noList = mayBeBytes ? newBlock("no.list") : general;

  llvm::Value* list = container;
  llvm::Value* address = listItem(list, key, noList);
  if (second) address = listItem(list = load(address), secondKey, general);
  llvm::Value* item = load(address);
  const Temp* made = last.is(Op::ItemGet) ? last.result() : nullptr;
  const bool isNumber = made && (made->guess == Guess::Int || (made->guess == Guess::Float && isWantedRaw(made)));
  const Instruction* after = last.next; // the death of what has been fused is skipped
  while (second && after->is(Op::Kill)) after = after->next;
  llvm::Value* fast = nullptr;
  if (stored) {
    const Guess kind = knownKind(last.operand(2));
    llvm::Value* bits = i32(kind == Guess::Int ? kNoPointers | kAllInt : 0);
    if (kind != Guess::Int) incref(stored);
    if (kind == Guess::Float) bits = b_.CreateSelect(isFloatWord(stored), i32(kNoPointers | kAllFloat), i32(kAllFloat));
    llvm::Value* content = field(list, offsetof(ListObject, content));
    b_.CreateStore(b_.CreateAnd(b_.CreateLoad(i32_, content), bits), content);
    b_.CreateStore(stored, address);
    callEntry(Entry::krt_decref, {item});
  } else if (isNumber) {
    setGuessed(made, item, false, *after);
    fast = made->guess == Guess::Int ? item : raws_[made->id];
  } else {
    incref(item);
    fast = item;
  }
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 4> ways{{fast, b_.GetInsertBlock()}};
  b_.CreateBr(next);
  if (mayBeBytes) {
    b_.SetInsertPoint(noList);
    if (stored) {
      goOnIf(b_.CreateICmpULT(b_.CreateAShr(stored, 1), word(256)), general, true);
      llvm::Value* at = byteItem(container, key, "bytearrayType", general);
      b_.CreateStore(b_.CreateTrunc(b_.CreateAShr(stored, 1), b_.getInt8Ty()), at);
      b_.CreateBr(next);
    } else {
      auto* noArray = newBlock();
      for (auto [type, otherwise] : {std::pair{"bytearrayType", noArray}, std::pair{"bytesType", general}}) {
        llvm::Value* byte = b_.CreateZExt(b_.CreateLoad(b_.getInt8Ty(), byteItem(container, key, type, otherwise)), i64_);
        ways.emplace_back(b_.CreateOr(b_.CreateShl(byte, 1), word(Value::kIntTag)), b_.GetInsertBlock());
        b_.CreateBr(next);
        b_.SetInsertPoint(noArray);
      }
    }
  }

  b_.SetInsertPoint(general);
  auto callGeneral = [&](const Instruction& access, llvm::Value* object, llvm::Value* k) -> llvm::Value* {
    llvm::SmallVector<llvm::Value*, 3> arguments{object, k};
    if (access.is(Op::ItemSet)) arguments.push_back(stored);
    llvm::CallInst* made = callEntry(access.is(Op::ItemSet) ? Entry::krt_item_set : Entry::krt_item_get, arguments);
    made->addFnAttr(llvm::Attribute::NoInline);
    return made;
  };
  auto failed = [&](const Instruction& access, llvm::Value* v) {
    return access.is(Op::ItemSet) ? b_.CreateICmpSLT(v, i32(0)) : b_.CreateICmpEQ(v, word(0));
  };
  llvm::Value* got = callGeneral(i, container, key);
  failIf(failed(i, got), i);
  if (second) {
    llvm::Value* x = got;
    if (second->site != ir::core::kNone) setLocation(currentSite_ = second->site);
    got = callGeneral(*second, x, secondKey);
    callEntry(Entry::krt_decref, {x})->addFnAttr(llvm::Attribute::NoInline);
    failIf(failed(*second, got), *second);
  }
  if (isNumber) {
    known_[made->id] = Guess::None;
    raws_[made->id] = body_->values[made->id] = nullptr;
    setGuessed(made, got, true, *after);
    if (made->guess == Guess::Float) got = raws_[made->id];
  }
  ways.emplace_back(got, b_.GetInsertBlock());
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  if (made) {
    auto* meeting = b_.CreatePHI(fast->getType(), static_cast<unsigned>(ways.size()));
    for (auto [v, from] : ways) meeting->addIncoming(v, from);
    if (isNumber) setKnown(made, made->guess, meeting);
    else define(made, meeting);
  }
  if (second) finishInstruction(*second);
  return true;
}

} // namespace krait::codegen::lower
