// Where variables live, and how a frame is entered and left.
//
//   Registers  an alloca per variable. On the way out with an error they are stored to a spill area, which
//              the frame record takes them from.
//              The general body beside a version that has the fast paths has addresses of its own (homes): the
//              spill area and more of its kind, which is in memory for good. What is left of its operations is
//              calls, across which no register would hold a local; and there are no phis for each of its many
//              joins, which the way out of a version into the middle of a body multiplies.
//   Array      named locals and own cells are one array; only cold code gets its address, and does not keep
//              it, so loads still forward from stores. In functions with very many loops the hidden locals are
//              behind them.
//   Generator  all variables are words of the generator object: named locals, own cells, hidden locals, then
//              temporaries that are live across a suspension.
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/Support/SaveAndRestore.h>
#include <algorithm>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "runtime/abi/thread_state.h"
#include "runtime/types/generator.h"

namespace krait::codegen::lower {

using ir::core::kNone;
using ir::core::LocalKind;

void FunctionLowering::makeBuffers(size_t words) {
  buffer_ = newVariable(i64_, "buffer", word(words));
  site_ = newVariable(i32_, "site");
}

void FunctionLowering::makeFrame() {
  const size_t fixed = isHiddenInArray_ ? homesCount() : localsArrayCount();
  if (storage_ == Storage::Generator) {
    generator_ = machine_->getArg(0);
    sent_ = machine_->getArg(1);
    out_ = machine_->getArg(2);
    functionObject_ = callEntry(Entry::krt_generator_function, {generator_});
    slots_ = callEntry(Entry::krt_generator_slots, {generator_});
    // Raw ones do not outlive a suspension.
    for (const ir::core::Local& local : f_.locals) locals_.push_back(local.type.isWord() ? nullptr : newVariable(rawType(local.type), local.name));
    return;
  }
  functionObject_ = inlined_ ? inlined_->function : machine_->getArg(0);
  if (step_) {
    if (fixed) localArray_ = newVariable(llvm::ArrayType::get(i64_, fixed), "locals");
    for (size_t n = 0; n < f_.locals.size(); ++n)
      locals_.push_back(step_->loop.locals[n] ? step_->loop.locals[n] : newVariable(rawType(f_.locals[n].type), f_.locals[n].name));
    return;
  }
  if (fixed) {
    llvm::AllocaInst* array = newVariable(llvm::ArrayType::get(i64_, fixed), "locals"); // InstCombine makes one, and drops marks
    if (storage_ == Storage::Array) array->setMetadata(kFrameLocals, llvm::MDNode::get(context_, {}));
    localArray_ = array;
  }
  for (uint32_t i = 0; i < f_.locals.size(); ++i) {
    const ir::core::Local& local = f_.locals[i];
    llvm::Type* type = rawType(local.type);
    const bool inArray = storage_ == Storage::Array && (i < f_.varCount || (isHiddenInArray_ && local.type.isWord()));
    locals_.push_back(inArray ? b_.CreateConstInBoundsGEP1_64(i64_, localArray_, slotOfLocal(i))
                              : newVariable(type, local.name));
  }
  for (uint32_t i = 0; i < f_.cells.size(); ++i)
    ownCells_.push_back(storage_ == Storage::Array ? b_.CreateConstInBoundsGEP1_64(i64_, localArray_, f_.varCount + i)
                                                   : newVariable(i64_, f_.cells[i]));
  makeHomes();
  const llvm::SaveAndRestore into(region_, hasHomes() && !isAtHome_ ? regionOf(*f_.entry()->first->target(0)) : nullptr); // that begins here
  for (uint32_t i = 0; i < f_.locals.size(); ++i) {
    llvm::Type* type = rawType(f_.locals[i].type);
    llvm::Value* first = i < f_.paramCount() ? parameter(i) : llvm::Constant::getNullValue(type);
    if (llvm::Value* at = localAddress(i)) b_.CreateStore(first, at);
  }
  for (uint32_t i = 0; i < ownCells_.size(); ++i) b_.CreateStore(word(0), ownCellAddress(i));
}

bool FunctionLowering::mayHaveHomes() const { return isVersioned() && !isFastInBoth() && fastPaths_ && !f_.isGenerator() && !watchesFrames(); }

void FunctionLowering::makeHomes() {
  if (!mayHaveHomes() || storage_ != Storage::Registers) return;
  localArray_ = newVariable(llvm::ArrayType::get(i64_, homesCount() + 1), "homes"); // the hidden ones behind the cells, then hesitation's
  for (uint32_t i = 0; i < f_.locals.size(); ++i)
    homes_.push_back(f_.locals[i].type.isWord() ? b_.CreateConstInBoundsGEP1_64(i64_, localArray_, slotOfLocal(i)) : nullptr);
  isAtHome_ = hasHomes() && !f_.entry()->first->is(Op::VersionEnter);
}

void FunctionLowering::goHome() {
  auto* escape = llvm::InlineAsm::get(llvm::FunctionType::get(b_.getVoidTy(), {ptr_}, false), "", "r,~{memory}", true);
  b_.CreateCall(escape, {localArray_}); // else LLVM would take them into registers after all
  for (uint32_t i = 0; i < homes_.size(); ++i)
    if (homes_[i] && isOwn(region_, i)) b_.CreateStore(load(locals_[i]), homes_[i]);
  for (uint32_t i = 0; i < ownCells_.size(); ++i) b_.CreateStore(load(ownCells_[i]), cellHome(i));
  if (hesitation_.quick) b_.CreateStore(b_.CreateLoad(i32_, hesitation_.quick), hesitation_.quickAtHome);
  isAtHome_ = true;
  describeHomes();
}

// Nothing of the version lives on in the general body.
void FunctionLowering::leaveHome(bool toHeader) {
  for (uint32_t i = 0; i < homes_.size(); ++i)
    if (isOwn(region_, i)) b_.CreateStore(homes_[i] ? load(homes_[i]) : llvm::Constant::getNullValue(rawType(f_.locals[i].type)), locals_[i]);
  for (uint32_t i = 0; i < ownCells_.size(); ++i) b_.CreateStore(load(cellHome(i)), ownCells_[i]);
  if (hesitation_.quick) {
    llvm::Value* quick = b_.CreateLoad(i32_, hesitation_.quickAtHome);
    b_.CreateStore(quick, hesitation_.quick);
    b_.CreateStore(toHeader ? quick : i32(0), hesitation_.entered);
  }
  isAtHome_ = false;
}

// Somebody may read this frame while it runs: what it holds is in memory whenever a call is made. emit/object_writer.cpp
// looks for what is marked.
void FunctionLowering::exposeFrame() {
  llvm::AllocaInst* function = b_.CreateAlloca(ptr_, nullptr, "function");
  function->setMetadata(kFrameFunction, llvm::MDNode::get(context_, {}));
  b_.CreateStore(storage_ == Storage::Generator ? generator_ : functionObject_, function);
  auto* escape = llvm::InlineAsm::get(llvm::FunctionType::get(b_.getVoidTy(), {ptr_}, false), "", "r,~{memory}", true);
  b_.CreateCall(escape, {function});
  if (storage_ == Storage::Array && localArray_) b_.CreateCall(escape, {localArray_});
}

// While sys.settrace is on, the function runs as bytecode instead, in another frame; what calls a debugger always does.
void FunctionLowering::divertWhileTraced() {
  auto* asked = newBlock("traced");
  auto* diverted = newBlock("diverted");
  auto* next = newBlock("untraced");
  if (f_.flags & kCodeAsBytecode) {
    b_.CreateBr(asked);
  } else {
    llvm::Value* traced = load(layout::offsetAddress(layout::externalData(m_.llvm(), "krt_hot"), offsetof(HotState, traced)));
    b_.CreateCondBr(b_.CreateICmpEQ(traced, word(0)), next, asked, llvm::MDBuilder(context_).createLikelyBranchWeights());
  }
  b_.SetInsertPoint(asked);
  llvm::Value* takes = callEntry(Entry::krt_trace_takes, {machine_->getArg(0)});
  b_.CreateCondBr(b_.CreateICmpEQ(takes, i32(0)), next, diverted);
  b_.SetInsertPoint(diverted);
  llvm::Value* arguments = b_.CreateAlloca(i64_, word(f_.paramCount() + 1), "arguments");
  for (uint32_t i = 0; i < f_.paramCount(); ++i)
    b_.CreateStore(machine_->getArg(i + 1), b_.CreateConstInBoundsGEP1_64(i64_, arguments, i));
  b_.CreateRet(callEntry(Entry::krt_trace_run, {machine_->getArg(0), arguments}));
  b_.SetInsertPoint(next);
}

void FunctionLowering::enterFrame() {
  auto* failed = newBlock("too.deep");
  auto* entered = newBlock("entered");
  llvm::Value* status = callEntry(Entry::krt_frame_enter, {});
  b_.CreateCondBr(b_.CreateICmpSLT(status, i32(0)), failed, entered, llvm::MDBuilder(context_).createUnlikelyBranchWeights());
  // No traceback entry: as CPython sees it, the frame was never entered.
  b_.SetInsertPoint(failed);
  if (storage_ == Storage::Generator) {
    xdecref(sent_);
    b_.CreateRet(i32(static_cast<uint32_t>(kResumeRaise)));
  } else if (step_) {
    closeFused(step_->loop);
    leaveBody(word(0));
  } else {
    for (uint32_t i = 0; i < f_.paramCount(); ++i)
      if (!isBorrowed(i)) callEntry(Entry::krt_xdecref, {parameter(i)})->addFnAttr(llvm::Attribute::NoInline);
    leaveBody(word(0));
  }
  b_.SetInsertPoint(entered);
  if (step_) return resumeFused();
  if (storage_ != Storage::Generator) return;
  llvm::Value* state = callEntry(Entry::krt_generator_state, {generator_});
  dispatch_ = b_.CreateSwitch(state, impossible(), f_.yieldCount + 1);
}

llvm::Value* FunctionLowering::slotAddress(uint32_t slot) { return b_.CreateConstInBoundsGEP1_64(i64_, slots_, slot); }

llvm::Value* FunctionLowering::localAddress(uint32_t i) {
  if (isAtHome_ || !isOwn(region_, i)) return homes_[i];
  return storage_ == Storage::Generator && f_.locals[i].type.isWord() ? slotAddress(slotOfLocal(i)) : locals_[i];
}

llvm::Value* FunctionLowering::ownCellAddress(uint32_t i) {
  return storage_ == Storage::Generator ? slotAddress(f_.varCount + i) : isAtHome_ ? cellHome(i) : ownCells_[i];
}

llvm::Value* FunctionLowering::cellObject(uint32_t i) {
  if (f_.isOwnCell(i)) return load(ownCellAddress(i));
  const auto index = static_cast<uint32_t>(i - f_.cells.size());
  return callEntry(Entry::krt_function_closure, {functionObject_, i32(index)});
}

llvm::Value* FunctionLowering::localsArray() {
  if (localsArrayCount() == 0) return llvm::ConstantPointerNull::get(ptr_);
  if (storage_ == Storage::Generator) return slots_;
  if (storage_ == Storage::Registers && !isAtHome_) {
    for (uint32_t i = 0; i < f_.varCount; ++i)
      if (isOwn(region_, i)) b_.CreateStore(load(locals_[i]), b_.CreateConstInBoundsGEP1_64(i64_, localArray_, i));
    for (uint32_t i = 0; i < f_.cells.size(); ++i)
      b_.CreateStore(load(ownCells_[i]), b_.CreateConstInBoundsGEP1_64(i64_, localArray_, f_.varCount + i));
  }
  return localArray_;
}

void FunctionLowering::returnValue(llvm::Value* v, int32_t resumeResult) {
  if (storage_ == Storage::Generator) {
    b_.CreateStore(v, out_);
    b_.CreateRet(i32(static_cast<uint32_t>(resumeResult)));
  } else {
    leaveBody(v);
  }
}

// Where frames are watched, whoever holds the frame object gets the locals.
void FunctionLowering::endFrame(const Instruction& i) {
  auto* end = newBlock("end.frame");
  auto* next = newBlock();
  llvm::Value* watched = storage_ == Storage::Generator
                             ? load(field(generator_, offsetof(GeneratorObject, frame)))
                             : load(layout::offsetAddress(layout::externalData(m_.llvm(), "krt_hot"), offsetof(HotState, frames)));
  b_.CreateCondBr(b_.CreateICmpEQ(watched, word(0)), next, end, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(end);
  if (storage_ == Storage::Generator) {
    for (uint32_t k = 0; k < f_.varCount; ++k)
      if (isRawIn(*i.block, k)) b_.CreateStore(word(0), localAddress(k));
    callEntry(Entry::krt_generator_frame_end, {generator_, i32(i.site)});
  } else {
    callEntry(Entry::krt_frame_end, {m_.code(f_), i32(i.site), localsArray(), word(localsArrayCount())});
  }
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

// Where errors were handled: tracebacks that are still alive get the locals. What is left on this way goes on in the block returned.
llvm::BasicBlock* FunctionLowering::leaveCaught(const Instruction& leave) {
  auto *kept = newBlock("caught"), *usual = newBlock(), *left = newBlock("left");
  llvm::Value* caught = load(layout::offsetAddress(layout::externalData(m_.llvm(), "krt_hot"), offsetof(HotState, caught)));
  b_.CreateCondBr(b_.CreateICmpEQ(caught, word(0)), usual, kept, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(kept);
  for (uint32_t i = 0; i < localsArrayCount() && !isAtHome_; ++i) {
    const bool isCell = i >= f_.varCount;
    const bool isRaw = !isCell && isRawIn(*leave.block, i);
    llvm::Value* held = isRaw ? word(0) : load(isCell ? ownCellAddress(i - f_.varCount) : localAddress(i));
    b_.CreateStore(held, b_.CreateConstInBoundsGEP1_64(i64_, localArray_, i));
  }
  callEntry(Entry::krt_caught_leave, {m_.code(f_), i32(leave.site), localArray_, word(localsArrayCount())});
  b_.CreateBr(left);
  b_.SetInsertPoint(usual);
  return left;
}

void FunctionLowering::lower(Tag<Op::FrameLeave>, const Instruction& leave) {
  const bool isGenerator = storage_ == Storage::Generator;
  if (watchesFrames() || (keepsCaught_ && isGenerator)) endFrame(leave);
  llvm::BasicBlock* left = keepsCaught_ && !isGenerator ? leaveCaught(leave) : nullptr;
  setLocation(currentSite_, true);
  dropLocals(leave);
  if (!left) return;
  b_.CreateBr(left);
  b_.SetInsertPoint(left);
}

uint32_t parameterOfCell(const ir::core::Function& f, uint32_t cell) {
  for (uint32_t p = 0; p < std::min(f.paramCount(), f.varCount); ++p)
    if (f.locals[p].name == f.cells[cell]) return p;
  return ir::core::kNone;
}

void FunctionLowering::dropLocals(const Instruction& leave) {
  if (!fastPaths_ && storage_ != Storage::Registers) {
    for (uint32_t c = 0; c < f_.cells.size(); ++c) placeParameterCell(c);
    if (localsArrayCount()) callEntry(Entry::krt_leave_locals, {localsArray(), word(localsArrayCount())});
    else callEntry(Entry::krt_frame_leave, {});
    return;
  }
  const auto forget = [&](llvm::Value* at) {
    llvm::Value* old = load(at);
    if (!isAtHome_) b_.CreateStore(word(0), at);
    return old;
  };
  std::vector<std::pair<llvm::Value*, ir::core::Type>> dying;
  const auto letGo = [&](llvm::Value* v, const ir::core::Type& type) {
    if (mayDie(v, type)) dying.emplace_back(v, type);
  };
  const auto dropCell = [&](uint32_t c) { letGo(forget(ownCellAddress(c)), ir::core::Type::objectOrNull()); };
  for (uint32_t i = 0; i < f_.varCount; ++i) {
    if (stateOf(i) != ir::analysis::Boundness::kUnbound) {
      llvm::Value* old = forget(localAddress(i));
      if (!isRawIn(*leave.block, i) && !isBorrowed(i)) letGo(old, heldType(i));
    }
    for (uint32_t c = 0; i < f_.paramCount() && c < f_.cells.size(); ++c)
      if (parameterOfCell(f_, c) == i) dropCell(c);
  }
  for (uint32_t c = 0; c < f_.cells.size(); ++c)
    if (parameterOfCell(f_, c) == ir::core::kNone) dropCell(c);
  leaveWith(dying, leave.block->version);
}

// The frame's end, and that of what it held: of many words, or where a body has many ends, a call instead of three blocks for each.
void FunctionLowering::leaveWith(llvm::ArrayRef<std::pair<llvm::Value*, ir::core::Type>> dying, bool isVersion) {
  static constexpr std::pair<size_t, Entry> kLeaves[] = {{2, Entry::krt_leave2}, {3, Entry::krt_leave3}, {4, Entry::krt_leave4}, {6, Entry::krt_leave6}};
  constexpr size_t kMost = 6, kManyWords = 4, kManyEnds = 3;
  const bool isCall = dying.size() >= (outOfLine_ || endCounts_[isVersion] >= kManyEnds ? 2 : kManyWords);
  while (!dying.empty() && (!isCall || dying.size() > kMost)) {
    drop(dying.front().first, dying.front().second);
    dying = dying.drop_front();
  }
  if (dying.empty()) {
    callEntry(Entry::krt_frame_leave, {});
    return;
  }
  llvm::SmallVector<llvm::Value*, kMost> words;
  for (auto& [v, type] : dying) words.push_back(v);
  const auto& [count, entry] = *std::find_if(std::begin(kLeaves), std::end(kLeaves), [&](auto& leave) { return leave.first >= words.size(); });
  words.resize(count, word(0));
  callEntry(entry, words);
}

// As runtime/exceptions/parameter_cells.h does it.
void FunctionLowering::placeParameterCell(uint32_t c) {
  const uint32_t parameter = parameterOfCell(f_, c);
  if (parameter == ir::core::kNone) return;
  llvm::Value *copy = load(localAddress(parameter)), *cell = load(ownCellAddress(c));
  llvm::Value* isMade = b_.CreateICmpNE(cell, word(0)); // else nobody has captured it
  b_.CreateStore(b_.CreateSelect(isMade, cell, copy), localAddress(parameter));
  b_.CreateStore(word(0), ownCellAddress(c));
  xdecref(b_.CreateSelect(isMade, copy, word(0)));
}

void FunctionLowering::lower(Tag<Op::Ret>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  for (uint32_t slot : numberSlots_) b_.CreateStore(word(0), slotAddress(slot));
  returnValue(v, kResumeEmptied);
}

} // namespace krait::codegen::lower
