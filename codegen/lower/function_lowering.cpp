// Walks a function in reverse postorder: blocks, temporaries, and the rule by
// which an operation with a runtime entry becomes a call.
#include "codegen/lower/function_lowering.h"
#include "codegen/layout/runtime_symbols.h"
#include "ir/analysis/inlining.h"
#include "ir/analysis/versions.h"
#include "ir/core/operators.h"
#include "runtime/abi/observers.h"

namespace krait::codegen::lower {

using ir::core::kNone;
using ir::core::OperandMode;
using ir::core::Ownership;
using layout::Kind;

namespace {
namespace attribute = ir::core::attribute;

constexpr Entry kEntries[] = {
#define OP(name, text, operands, result, attributes, flags, entry) Entry::entry,
#include "ir/core/operations.def"
};

llvm::Type* typeOf(const ir::core::Type& type, llvm::LLVMContext& context) {
  switch (type.repr) {
  case ir::core::Repr::I1: return llvm::Type::getInt1Ty(context);
  case ir::core::Repr::I32: return llvm::Type::getInt32Ty(context);
  case ir::core::Repr::F64: return llvm::Type::getDoubleTy(context);
  default: return llvm::Type::getInt64Ty(context);
  }
}

using ir::analysis::kMaxFastOperations;
/// Above this many operations the body of a module or class, most of which runs once, gets the cheap pipeline.
constexpr size_t kFullBodyLimit = 2500;
/// Above this many operations only a function's loops get inline code, and nothing if it has none. What is shipped gets it everywhere:
/// the library's large functions (a parser's, a formatter's) call one another more than they loop.
constexpr size_t kInlineLimit = 1000;
/// In a large module, functions without loops above this many operations get it too.
constexpr size_t kSmallFunction = 40;
/// Up to this many operations the fast paths are worth having in both bodies of a function.
constexpr size_t kBothBodiesLimit = 150;
/// Above this product of raising operations and named locals, locals live in memory (phis would be quadratic).
constexpr size_t kRegisterLimit = 8000;
/// The same for hidden locals (iterators of loops, values of `with`), all of which the way out with an error lets go.
constexpr size_t kHiddenRegisterLimit = 32000;

} // namespace

MachineFunctions lowerFunction(ModuleLowering& module, const ir::core::Function& function) {
  return FunctionLowering(module, function).run();
}

FunctionLowering::FunctionLowering(ModuleLowering& module, const ir::core::Function& function)
    : m_(module), f_(function), flow_(f_), context_(module.llvm().getContext()), b_(context_),
      i64_(llvm::Type::getInt64Ty(context_)), i32_(llvm::Type::getInt32Ty(context_)),
      i1_(llvm::Type::getInt1Ty(context_)), ptr_(llvm::PointerType::getUnqual(context_)),
      blocks_(f_.blockIdLimit()), phis_(f_.blockIdLimit()), values_(f_.tempCount()), liveAtEntry_(f_.blockIdLimit()),
      flowed_(f_.blockIdLimit()), slotOfTemp_(f_.tempCount(), kNone) {}

MachineFunctions FunctionLowering::run() {
  orderBlocks();
  size_t all = 0, operations = 0, raising = 0, buffer = 1;
  for (const Block* block : order_)
    for (const Instruction* i = block->first; i; i = i->next) {
      ++all;
      operations += !block->version && !i->is(Op::Br); // of what the source says
      raising += ir::core::mayRaise(i->op);
      endCounts_[block->version] += i->is(Op::FrameLeave);
      buffer = std::max<size_t>({buffer, i->operandCount + 1u, i->resultCount});
    }
  buffer = std::max<size_t>(buffer, f_.paramCount() + 1);
  m_.result().largestFunction = std::max(m_.result().largestFunction, all);
  made_.entry = machine_ = m_.machineEntry(f_);
  if (f_.isGenerator()) {
    storage_ = Storage::Generator;
    findSlotted();
    makeGeneratorEntry();
    auto* resumeType = llvm::FunctionType::get(i32_, {ptr_, i64_, ptr_}, false);
    made_.resume = machine_ = m_.newFunction(resumeType, m_.symbolOf(f_) + ".resume", f_, MachineRole::Resume);
    machine_->addParamAttr(2, llvm::Attribute::NoCapture);
    m_.result().resumes[machine_] = &f_;
  }
  const bool isOfText = f_.text != ir::core::kNone;
  const bool makesMethod = isOfText && f_.parent != ir::core::kNone && m_.ir().functions[f_.parent]->kind == ir::core::FunctionKind::Module;
  const bool isOutlined = f_.outlinedFrom != kNone;
  const bool runsOnce = !isOutlined && (f_.kind == ir::core::FunctionKind::Module || f_.kind == ir::core::FunctionKind::ClassBody || makesMethod);
  // The linker puts them and their data together, so that starting a program touches few pages of the rest.
  if (runsOnce) machine_->setSectionPrefix("startup");
  m_.constants().setForStartup(runsOnce);
  // Of what dataclasses makes, every instance runs __init__; the rest of the methods is called now and then.
  const bool isSecondary = (isOfText && f_.name != "__init__") ||
                           ((m_.isLarge() || isOfText) && !m_.options().isShipped && operations > kSmallFunction && !hasLoop_);
  const bool isCalledOnce = m_.isCalledOnce(f_);
  if (((runsOnce || isCalledOnce) && !hasLoop_) || isSecondary || operations > (runsOnce ? kFullBodyLimit : kMaxFastOperations)) {
    m_.result().cheap.push_back(machine_);
    fastPaths_ = false;
  }
  fastPaths_ &= m_.options().optimise;
  if (fastPaths_ && (runsOnce || isCalledOnce || operations > (m_.options().isShipped ? kMaxFastOperations : kInlineLimit)))
    runsAgain_ = ir::analysis::blocksInLoops(f_, flow_);
  findRegions();
  // In memory the locals need no spilling, which is less code; registers are for what is to be fast. What a general body has at home is in no register.
  const bool isInRegions = mayHaveHomes();
  const size_t ways = isInRegions ? waysOfRegions() : raising * localsArrayCount();
  isHiddenInArray_ = !f_.isGenerator() && !isInRegions && raising * (f_.locals.size() - f_.varCount) > kHiddenRegisterLimit;
  if (!f_.isGenerator() && (!fastPaths_ || watchesFrames() || isHiddenInArray_ || ways > kRegisterLimit))
    storage_ = Storage::Array;

  const bool handles = std::any_of(order_.begin(), order_.end(), [](const Block* block) { return block->handler; });
  keepsCaught_ = handles && !runsOnce && !watchesFrames() && localsArrayCount();

  scope_ = machine_->getSubprogram();
  b_.SetInsertPoint(llvm::BasicBlock::Create(context_, "entry", machine_));
  setLocation(kNone);
  makeBuffers(buffer);
  makeBlocks();
  makeFrame();
  if (m_.debug().hasVariables()) describeVariables();
  findRangeLoops();
  findFusedLoops();
  prepareHesitation();
  if (observesLocals()) exposeFrame();
  if (watchesEvents() && storage_ != Storage::Generator) divertWhileTraced();
  if (!isOutlined) enterFrame(); // else it is entered
  llvm::BasicBlock* start = blocks_[f_.entry()->id];
  if (dispatch_)
    dispatch_->addCase(llvm::cast<llvm::ConstantInt>(i32(0)), start);
  else
    b_.CreateBr(start);
  lowerBody();
  finishCloses();
  return made_;
}

void FunctionLowering::makeBlocks() {
  for (const Block* block : order_) {
    blocks_[block->id] = newBlock("b" + llvm::Twine(block->id) + (block->version ? ".version" : ""));
    llvm::IRBuilder<> at(blocks_[block->id]);
    for (const Temp* p : block->parameters) phis_[block->id].push_back(at.CreatePHI(typeOf(p->type, context_), 2));
  }
}

bool FunctionLowering::isFastInBoth() const {
  return !isVersioned() || (f_.mixesNumbers && ir::analysis::operationCount(f_) <= kBothBodiesLimit);
}

void FunctionLowering::lowerBody() {
  const bool isInBoth = isFastInBoth();
  flowed_[f_.entry()->id] = true;
  std::vector<bool> raises; // empty where nothing is inline anyway
  if (fastPaths_) raises = ir::analysis::blocksThatRaise(f_, flow_);
  std::optional<ir::analysis::Boundness> boundness;
  if (tellsBound()) boundness.emplace(f_, flow_);
  std::vector<bool> inLoops;
  if (hasLoop_ && m_.options().copiesInLoopsAlone) inLoops = ir::analysis::blocksInLoops(f_, flow_);
  for (const Block* block : order_) {
    if (boundness) bound_ = boundness->atStart(block);
    outOfLine_ = (isVersioned() && (block->version ? block->cold : !isInBoth)) || (!runsAgain_.empty() && !runsAgain_[block->id]) || (!raises.empty() && raises[block->id]);
    isInLoop_ = f_.isGenerator() || (inlined_ && inlined_->caller.isInLoop_) || (!inLoops.empty() && inLoops[block->id]);
    region_ = regionOf(*block);
    if (block != f_.entry()) isAtHome_ = hasHomes() && !block->version; // the entry: makeFrame
    b_.SetInsertPoint(blocks_[block->id]);
    live_ = liveAtEntry_[block->id];
    for (size_t i = 0; i < block->parameters.size(); ++i) {
      setLocation(currentSite_);
      define(block->parameters[i], phis_[block->id][i]);
    }
    if (hesitation_.quick && hesitation_.isHeader[block->id]) arrive();
    for (const Instruction* i = block->first; i; i = i->next) lowerInstruction(*i);
    for (auto [t, v] : handedOver_) values_[t->id] = v;
    handedOver_.clear();
  }
}

const Instruction* FunctionLowering::lookUpOf(const Instruction& call) const {
  const Temp* callee = ir::analysis::passedOn(call.operand(0), flow_);
  return callee ? callee->definition : nullptr;
}

llvm::Type* FunctionLowering::rawType(const ir::core::Type& type) { return typeOf(type, context_); }

bool FunctionLowering::observesIdentity() const { return m_.options().observers & kObservedNumberIdentity; }
bool FunctionLowering::observesLocals() const { return m_.options().observers & kObservedFrameLocals; }
bool FunctionLowering::watchesEvents() const { return m_.options().observers & kObservedEvents; }
bool FunctionLowering::watchesFrames() const { return m_.options().observers & (kObservedFrameLocals | kObservedEvents); }

void FunctionLowering::orderBlocks() {
  enum class Seen : uint8_t { Not, Open, Done };
  std::vector<Seen> seen(f_.blockIdLimit(), Seen::Not);
  std::vector<std::pair<const Block*, size_t>> stack{{f_.entry(), 0}};
  seen[f_.entry()->id] = Seen::Open;
  while (!stack.empty()) {
    auto& [block, next] = stack.back();
    const Instruction* end = block->terminator();
    const size_t successors = end ? end->successorCount : 0;
    const Block* to = next < successors ? end->target(next) : next == successors ? block->handler : nullptr;
    if (to && to->version && isGeneralAlone_) to = nullptr;
    if (next > successors) {
      order_.push_back(block);
      seen[block->id] = Seen::Done;
      stack.pop_back();
      continue;
    }
    ++next;
    if (to && seen[to->id] == Seen::Open) hasLoop_ = true;
    if (to && seen[to->id] == Seen::Not) {
      seen[to->id] = Seen::Open;
      stack.emplace_back(to, 0);
    }
  }
  std::reverse(order_.begin(), order_.end());
}

/// Constants are immortal: references to them need not be counted.
bool FunctionLowering::isConstantCopy(const Temp* t) const {
  if (!t->definition || !t->definition->is(Op::Copy)) return false;
  const Instruction* from = t->definition->operand(0)->definition;
  return from && from->is(Op::Const) && !m_.constants().isLazy(from->index);
}

void FunctionLowering::lowerInstruction(const Instruction& i) {
  if (i.site != kNone) currentSite_ = i.site;
  setLocation(currentSite_, m_.debug().hasVariables() ? siteToShow(i) : currentSite_, false);
  if (!fusedOf_.empty()) {
    const auto loop = i.resultCount ? fusedOf_.find(i.result()) : fusedOf_.end();
    fusing_ = loop == fusedOf_.end() ? nullptr : loop->second;
  }
  lowerOperation(i);
  if (ir::core::isTerminator(i.op)) return;
  if (!bound_.empty()) ir::analysis::Boundness::step(i, bound_);
  consume(i);
  for (uint32_t n = 0; n < i.resultCount; ++n)
    if (i.results[n]->ownership == Ownership::Owned && i.op != Op::LocalLend && !isConstantCopy(i.results[n]) && !keptByCall_.contains(i.results[n]))
      live_.push_back(i.results[n]);
}

/// Which line a debugger is to see: that of the site, or of what follows in the block, not of what happened to be lowered before.
uint32_t FunctionLowering::siteToShow(const Instruction& i) {
  if (!i.previous) shown_ = kNone;
  if (i.is(Op::Poll)) return kNone; // a loop's end: its last line was seen
  if (i.is(Op::LocalInit) && i.imm) return shown_ = static_cast<uint32_t>(i.imm - 1); // noted by definite-assignment
  if (i.is(Op::LocalTake) && i.next && i.next->is(Op::FrameLeave)) return i.next->site;
  if (i.site != kNone) shown_ = i.site;
  for (const Instruction* next = i.next; shown_ == kNone && currentSite_ != kNone && next; next = next->next)
    if (!next->is(Op::Poll)) shown_ = next->site;
  return shown_;
}

void FunctionLowering::lowerOperation(const Instruction& i) {
  switch (i.op) {
#define OP(name, text, operands, result, attributes, flags, entry)                                             \
  case Op::name: lower(Tag<Op::name>(), i); break;
#include "ir/core/operations.def"
  case Op::kCount: break;
  }
}

template <Op op> void FunctionLowering::lower(Tag<op>, const Instruction& i) {
  constexpr Entry entry = kEntries[static_cast<size_t>(op)];
  static_assert(entry != Entry::CUSTOM, "this operation needs a row in custom_lowerings.def and an overload of `lower`");
  lowerAsCall(entry, i);
}

void FunctionLowering::lowerAsCall(Entry entry, const Instruction& i) {
  const layout::Signature& signature = layout::signatureOf(entry);
  const uint32_t attributes = i.info().attributes;
  const bool variadic = i.info().operands[0].mode != OperandMode::End && [&] {
    for (const auto& spec : i.info().operands)
      if (spec.mode == OperandMode::VarBorrow || spec.mode == OperandMode::VarConsume) return true;
    return false;
  }();
  size_t fixed = 0;
  while (i.info().operands[fixed].mode != OperandMode::End && i.info().operands[fixed].mode != OperandMode::VarBorrow &&
         i.info().operands[fixed].mode != OperandMode::VarConsume)
    ++fixed;
  llvm::SmallVector<llvm::Value*, 8> arguments;
  size_t nextOperand = 0, nextImmediate = 0;
  bool countNext = false;
  for (Kind kind : signature.params) {
    switch (kind) {
    case Kind::Word:
      if (nextOperand < fixed)
        arguments.push_back(operand(i, nextOperand++));
      else if (attributes & attribute::NAME)
        arguments.push_back(name(i.index));
      else if (attributes & attribute::CONST)
        arguments.push_back(constant(i.index));
      else
        arguments.push_back(word(0));
      break;
    case Kind::Slot:
      assert(variadic);
      arguments.push_back(fillBuffer(i, fixed));
      countNext = true;
      break;
    case Kind::I64:
    case Kind::I32:
      if (countNext)
        arguments.push_back(word(i.operandCount - fixed));
      else if (nextOperand < fixed && i.info().operands[nextOperand].mode == OperandMode::I64)
        arguments.push_back(operand(i, nextOperand++));
      else
        arguments.push_back(llvm::ConstantInt::get(kind == Kind::I64 ? i64_ : i32_,
                                                   static_cast<uint64_t>(nextImmediate++ ? i.imm2 : i.imm)));
      countNext = false;
      break;
    case Kind::F64: arguments.push_back(operand(i, nextOperand++)); break;
    case Kind::Code: arguments.push_back(m_.code(f_)); break;
    case Kind::Module: arguments.push_back(m_.info()); break;
    case Kind::Function: arguments.push_back(functionObject_); break;
    case Kind::Generator: arguments.push_back(generator_); break;
    case Kind::Cache: arguments.push_back(m_.newCache()); break;
    case Kind::Void: break;
    }
  }
  finishCall(i, callEntry(entry, arguments));
}

void FunctionLowering::finishCall(const Instruction& i, llvm::Value* result) {
  if (i.is(Op::RaiseBare)) {
    // What is being handled goes on with the traceback it has; "No active exception to reraise" begins here.
    const uint32_t handled = i.block->handler && keepsCaught_ ? kTracebackHandled : 0;
    const uint32_t how = kTracebackAgain | handled | inlinedDepth() << kTracebackDepthShift;
    callEntry(Entry::krt_traceback_add,
              {m_.code(f_), functionObject_, i32(i.site), localsArray(), i32(localsArrayCount()), i32(how)});
  }
  if (ir::core::isRaise(i.op)) return fail(i);
  if (ir::core::mayRaise(i.op) && !result->getType()->isVoidTy()) {
    const bool isWord = i.resultCount && i.result()->type.isWord();
    if (isWord && isAskedNext(i)) failAbsent(i);
    else failIf(isWord ? b_.CreateICmpEQ(result, word(0))
                  : b_.CreateICmpSLT(result, llvm::ConstantInt::get(result->getType(), 0)),
           i);
  }
  if (!i.resultCount) return;
  if (i.result()->type.repr == ir::core::Repr::I1)
    result = b_.CreateICmpNE(result, llvm::ConstantInt::get(result->getType(), 0));
  setResult(i, result);
}

llvm::CallInst* FunctionLowering::callEntry(Entry e, llvm::ArrayRef<llvm::Value*> arguments) {
  auto* made = b_.CreateCall(m_.entry(e), arguments);
  // Two calls are two sites: neither merged nor duplicated into one.
  if (layout::signatureOf(e).flags & (entry_flags::kRaises | entry_flags::kRunsCode))
    made->addFnAttr(llvm::Attribute::NoMerge);
  // What the version does inline is a call in the general body, unless that would be more.
  const bool isSmall = e == Entry::krt_frame_leave || e == Entry::krt_generator_set_state;
  if (outOfLine_ && !isSmall) made->addFnAttr(llvm::Attribute::NoInline);
  return made;
}

llvm::CallInst* FunctionLowering::pureCall(Entry e, llvm::ArrayRef<llvm::Value*> arguments) {
  auto* call = callEntry(e, arguments);
  call->setDoesNotAccessMemory();
  call->setDoesNotThrow();
  return call;
}

void FunctionLowering::setLocation(uint32_t site, bool isLeft) { setLocation(site, site, isLeft); }

void FunctionLowering::setLocation(uint32_t site, uint32_t shown, bool isLeft) {
  // What comes before the first line of the body is the prologue: a debugger that stops at the function does so behind it.
  const bool isPrologue = site == kNone && shown == kNone && !inlined_ && !isLeft && m_.debug().hasVariables();
  b_.SetCurrentDebugLocation(isPrologue ? nullptr : m_.location(scope_, f_, site, shown, inlined_ ? inlined_->at : nullptr, isLeft));
}

llvm::BasicBlock* FunctionLowering::impossible() {
  auto* made = newBlock("impossible");
  new llvm::UnreachableInst(context_, made);
  return made;
}

llvm::BasicBlock* FunctionLowering::newBlock(const llvm::Twine& name) {
  return llvm::BasicBlock::Create(context_, name, machine_);
}

// ---- values -------------------------------------------------------------------------------------

llvm::Value* FunctionLowering::valueOf(const Temp* t) {
  if (!t) return word(0);
  if (t->definition && t->definition->is(Op::Const)) return constant(t->definition->index);
  const uint32_t slot = slotOfTemp_[t->id];
  if (slot == kNone) return values_[t->id];
  if (t->ownership == Ownership::Borrowed && t->definition) {
    // Made again after a suspension: what lends it is unchanged.
    switch (t->definition->op) {
    case Op::LocalGet:
    case Op::LocalRead:
    case Op::LocalPeek: return load(localAddress(t->definition->local()));
    case Op::CellRef: return cellObject(t->definition->cell());
    case Op::GlobalsDict: return callEntry(Entry::krt_module_globals, {m_.info()});
    default: break;
    }
  }
  assert((t->ownership != Ownership::Borrowed || t->definition) && "no slot holds a borrowed parameter");
  llvm::Value* stored = load(slotAddress(slot));
  if (t->type.repr == ir::core::Repr::I1) return b_.CreateTrunc(b_.CreateLShr(stored, 1), i1_);
  return stored;
}

llvm::Value* FunctionLowering::operand(const Instruction& i, size_t n) {
  const Temp* t = i.uses[n].temp;
  llvm::Value* v = valueOf(t);
  const OperandMode mode = ir::core::operandSpec(i.op, n).mode;
  if (lent_.contains(t)) incref(v, t->type);
  // Consumed on success and on error alike: the slot gives it up first.
  if ((mode == OperandMode::Consume || mode == OperandMode::VarConsume) && t) releaseSlot(t);
  return v;
}

void FunctionLowering::releaseSlot(const Temp* t) {
  if (t->ownership == Ownership::Owned && slotOfTemp_[t->id] != kNone)
    b_.CreateStore(word(0), slotAddress(slotOfTemp_[t->id]));
}

bool FunctionLowering::isKeptInSlot(const Temp* t) {
  return t->ownership != Ownership::Borrowed || t->type.isOnly(ir::core::Type::bit(ir::core::TypeBit::Bool));
}

void FunctionLowering::define(const Temp* t, llvm::Value* v) {
  values_[t->id] = v;
  const uint32_t slot = slotOfTemp_[t->id];
  if (slot == kNone || !isKeptInSlot(t)) return;
  if (t->type.repr == ir::core::Repr::I1) // as a small integer: slots hold words
    v = b_.CreateOr(b_.CreateShl(b_.CreateZExt(v, i64_), 1), word(1));
  b_.CreateStore(v, slotAddress(slot));
}

void FunctionLowering::setResult(const Instruction& i, llvm::Value* v, size_t n) { define(i.result(n), v); }

llvm::Value* FunctionLowering::field(llvm::Value* objectWord, int64_t offset) {
  llvm::Value* base = objectWord->getType()->isPointerTy() ? objectWord : b_.CreateIntToPtr(objectWord, ptr_);
  return b_.CreateInBoundsGEP(b_.getInt8Ty(), base, word(static_cast<uint64_t>(offset)));
}

llvm::Value* FunctionLowering::pendingException() {
  return load(layout::offsetAddress(layout::externalData(m_.llvm(), "krt_hot"), offsetof(HotState, raised)));
}

llvm::Value* FunctionLowering::fillBuffer(const Instruction& i, size_t first, size_t at) {
  // Long displays are mostly constants: copied as one block, the others stored over it.
  const size_t count = i.operandCount - first;
  std::vector<llvm::Constant*> image;
  if (count >= 16) {
    for (size_t n = first; n < i.operandCount; ++n) {
      const Temp* t = i.operand(n);
      image.push_back(t && isConstantCopy(t) ? m_.constants().word(t->definition->operand(0)->definition->index)
                                 : static_cast<llvm::Constant*>(word(0)));
    }
    auto* type = llvm::ArrayType::get(i64_, count);
    auto* block = m_.constants().privateData(llvm::ConstantArray::get(type, image), "display", true);
    b_.CreateMemCpy(bufferSlot(at), llvm::MaybeAlign(8), block, llvm::MaybeAlign(8), count * 8);
  }
  for (size_t n = first; n < i.operandCount; ++n)
    if (llvm::Value* v = operand(i, n); image.empty() || v != image[n - first]) b_.CreateStore(v, bufferSlot(at + n - first));
  return buffer_;
}

bool FunctionLowering::isCounted(const ir::core::Type& type) {
  using ir::core::TypeBit;
  constexpr uint32_t uncounted = ir::core::Type::bit(TypeBit::Null) | ir::core::Type::bit(TypeBit::NoneType) |
                                 ir::core::Type::bit(TypeBit::Bool) | ir::core::Type::bit(TypeBit::SmallInt);
  return type.isWord() && !type.isOnly(uncounted);
}

bool FunctionLowering::mayDie(llvm::Value* v, const ir::core::Type& type) { return isCounted(type) && !llvm::isa<llvm::Constant>(v); }

void FunctionLowering::drop(llvm::Value* v, const ir::core::Type& type) {
  if (!mayDie(v, type)) return;
  callEntry(type.mayBeNull() ? Entry::krt_xdecref : type.isInert() ? Entry::krt_drop_inert : Entry::krt_decref, {v});
}

// ---- ownership ----------------------------------------------------------------------------------

void FunctionLowering::consume(const Instruction& i) {
  for (size_t n = 0; n < i.operandCount; ++n) {
    const OperandMode mode = ir::core::operandSpec(i.op, n).mode;
    if (mode != OperandMode::Consume && mode != OperandMode::ConsumeOnSuccess && mode != OperandMode::VarConsume) continue;
    const Temp* t = i.operand(n);
    if (!t || t->ownership != Ownership::Owned) continue;
    std::erase(live_, t);
    if (mode == OperandMode::ConsumeOnSuccess) releaseSlot(t);
  }
}

void FunctionLowering::flowInto(const Instruction& terminator) {
  consume(terminator);
  for (size_t s = 0; s < terminator.successorCount; ++s) {
    const Block* to = terminator.target(s);
    if (flowed_[to->id]) continue;
    flowed_[to->id] = true;
    std::vector<const Temp*> live = live_;
    for (uint32_t a = 0; a < terminator.successors[s].argumentCount; ++a) std::erase(live, terminator.argument(s, a));
    for (const Temp* p : to->parameters)
      if (p->ownership == Ownership::Owned) live.push_back(p);
    if (s == 0 && terminator.resultCount && terminator.result()->ownership == Ownership::Owned)
      live.push_back(terminator.result());
    liveAtEntry_[to->id] = std::move(live);
  }
}

// ---- edges --------------------------------------------------------------------------------------

void FunctionLowering::addIncoming(const Instruction& terminator, size_t s, llvm::BasicBlock* from) {
  const Block* to = terminator.target(s);
  for (uint32_t a = 0; a < terminator.successors[s].argumentCount; ++a) {
    const Temp* t = terminator.argument(s, a);
    phis_[to->id][a]->addIncoming(valueOf(t), from);
    if (t) releaseSlot(t);
  }
}

void FunctionLowering::branchTo(const Instruction& terminator, size_t s) {
  const Block* to = terminator.target(s);
  addIncoming(terminator, s, b_.GetInsertBlock());
  b_.CreateBr(blocks_[to->id]);
}

llvm::BasicBlock* FunctionLowering::edgeBlock(const Instruction& terminator, size_t s) {
  const Block* to = terminator.target(s);
  if (terminator.successors[s].argumentCount == 0) return blocks_[to->id];
  llvm::IRBuilder<>::InsertPointGuard guard(b_);
  auto* made = newBlock("edge");
  b_.SetInsertPoint(made);
  branchTo(terminator, s);
  return made;
}

} // namespace krait::codegen::lower
