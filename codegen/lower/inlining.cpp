// Small functions of the module where they are called: their body is lowered once more, in the caller's machine function.
//
//     function = what is called, if it is a Python function
//     entry of function == entry of `area`?   ── yes ──>  the body of `area`
//          │ no: rebound, overridden, another class …
//          └──> the call as always
//
// The machine entry says which code a function runs, whatever name or class it came from, so this one test is all that
// has to hold, and it is made at every call. The body is what the function itself has: it counts its depth, adds its entry
// to tracebacks and drops its locals. Three things differ. It returns to a block of the caller. Its locations carry the
// call's, from which the table of call sites gets both activations (emit/object_writer.cpp). And what the caller keeps
// through the call, a receiver or a local, is borrowed unless the body rebinds it: only a traceback that takes the locals counts it.
//
// Modules whose frames, events or counts are observed inline nothing.
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/inlining.h"
#include "ir/core/operators.h"
#include "runtime/abi/observers.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait::codegen::lower {

using ir::core::kNone;

namespace {

/// Functions that are compared before the call is made as always.
constexpr size_t kMaxTargets = 3;

} // namespace

std::vector<uint32_t> FunctionLowering::calleesOf(const Instruction& i) const {
  switch (i.op) {
  case Op::Call:
  case Op::CallKw: {
    const uint32_t global = m_.callTargets().globalAt(i.operand(0));
    const auto known = global == kNone ? std::nullopt : m_.callTargets().functionOf(global);
    return known ? std::vector<uint32_t>{*known} : std::vector<uint32_t>{};
  }
  case Op::Method:
  case Op::MethodKw:
  case Op::BoundCall:
  case Op::BoundCallKw: return m_.classes().methodsOf(i.operand(0), i.index);
  case Op::Iter: { // of an own class, whose __iter__ is a generator function
    const uint32_t name = i.operand(0)->guess == Guess::Instance ? m_.ir().names.find("__iter__") : kNone;
    return name == kNone ? std::vector<uint32_t>{} : m_.classes().methodsOf(i.operand(0), name);
  }
  case Op::MethodCall: {
    const Instruction* from = lookUpOf(i);
    if (from && from->is(Op::MethodLoad)) return m_.classes().methodsOf(from->operand(0), from->index);
    return from && isSuperLoad(from->op) ? m_.classes().superMethodsOf(*from) : std::vector<uint32_t>{};
  }
  default: return {};
  }
}

FunctionLowering::Targets FunctionLowering::callTargets(std::span<const uint32_t> candidates, size_t arguments, ir::core::ConstantId names, bool isInit) {
  if (!fastPaths_ || (outOfLine_ && !fusing_) || (m_.options().observers & ~uint32_t{kObservedNumberIdentity}) || inlinedDepth() >= kMaxInlinedDepth) return {};
  const std::vector<std::string_view> keywords = ir::analysis::keywordsIn(m_.ir(), names);
  Targets targets, others; // those that are called as they are
  size_t fitting = 0, operations = inlinedOperations();
  for (uint32_t number : candidates) {
    const ir::core::Function& callee = *m_.ir().functions[number];
    FusedLoop* loop = fusing_ && fusing_->callee == &callee ? fusing_ : nullptr;
    if (loop ? isInit : callee.isGenerator() || outOfLine_) continue;
    auto binding = ir::analysis::bindArguments(callee, m_.callTargets().defaultValuesOf(number), arguments, keywords);
    if (!binding) continue;
    ++fitting;
    using enum ir::core::RemarkId;
    if (loop) {
      targets.push_back({&callee, std::move(*binding), false, loop});
      remarkOn(callee, FusedGenerator);
      continue;
    }
    const size_t size = ir::analysis::operationCount(callee);
    const bool isCopied = m_.isInlinable(callee) && (isInLoop_ || !m_.options().copiesInLoopsAlone) && !isBeingLowered(callee) && operations + size <= ir::analysis::kMaxInlinedInAll;
    if (isCopied) operations += size;
    const bool isAsItIs = !isCopied && binding->isTrivial && !isInit; // what makes an instance is worth it
    (isAsItIs ? others : targets).push_back({&callee, std::move(*binding), isCopied});
    if (!isAsItIs) remarkOn(callee, isCopied ? CopiedBody : BoundCall);
  }
  // One of many is no likely one.
  if (fitting > 2 * kMaxTargets || targets.size() > kMaxTargets) return {};
  // Of several, none of which is worth more, the one that is called tells its entry.
  if (targets.empty() ? fitting == 1 : targets.size() + others.size() <= kMaxTargets) std::move(others.begin(), others.end(), std::back_inserter(targets));
  inlinedOperations() = operations;
  return targets;
}

// Of calls in the function's own text.
void FunctionLowering::remarkOn(const ir::core::Function& callee, ir::core::RemarkId what) const {
  ir::core::Remarks* remarks = m_.ir().remarks;
  if (!remarks || inlined_ || currentSite_ == kNone) return;
  remarks->add(what, f_, f_.allSites()[currentSite_].span, "'" + callee.qualname + "'");
}

// A recursive function holds no copy of itself: fib executes fewer instructions with one, and takes longer.
bool FunctionLowering::isBeingLowered(const ir::core::Function& f) const {
  for (const FunctionLowering* at = this; at; at = at->inlined_ ? &at->inlined_->caller : nullptr)
    if (&at->f_ == &f) return true;
  return false;
}

llvm::Value* FunctionLowering::enterTargets(const Targets& targets, llvm::Value* function, const Arguments& arguments,
                                            llvm::function_ref<llvm::CallInst*()> otherwise,
                                            llvm::function_ref<llvm::Value*(llvm::Value*)> after, llvm::function_ref<void()> before) {
  auto* other = newBlock("other");
  auto* next = newBlock("called");
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 3> ways;
  goOnIf(b_.CreateICmpNE(function, llvm::ConstantPointerNull::get(ptr_)), other, true);
  llvm::Value* entry = loadPointer(field(function, offsetof(FunctionObject, entry)), layout::Access::Shape);
  for (const Target& target : targets) {
    auto* inside = newBlock(target.isCopied ? "inlined" : "bound");
    auto* differs = &target == &targets.back() ? other : newBlock();
    b_.CreateCondBr(b_.CreateICmpEQ(entry, m_.machineEntry(*target.callee)), inside, differs, llvm::MDBuilder(context_).createLikelyBranchWeights());
    b_.SetInsertPoint(inside);
    auto words = boundArguments(target, function, arguments, other, before);
    Arguments bound{words, 0, arguments.borrowed, arguments.holdsFunction};
    for (size_t n = 0; n < words.size(); ++n)
      if (const uint32_t source = target.binding.sources[n]; source < ir::analysis::Binding::kDefault && arguments.keeps(source)) bound.kept |= uint64_t{1} << n;
    llvm::Value* result = target.loop       ? startFused(*target.loop, function, bound)
                          : target.isCopied ? inlineBody(*target.callee, function, bound)
                                            : callBound(*target.callee, function, bound);
    if (after) result = after(result);
    ways.emplace_back(result, b_.GetInsertBlock());
    b_.CreateBr(next);
    b_.SetInsertPoint(differs);
  }
  b_.SetInsertPoint(other);
  own(arguments.words, arguments.kept & ~arguments.borrowed);
  llvm::CallInst* result = otherwise();
  result->addFnAttr(llvm::Attribute::NoInline);
  ways.emplace_back(result, b_.GetInsertBlock());
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  return joined(ways);
}

llvm::SmallVector<llvm::Value*, 8> FunctionLowering::boundArguments(const Target& target, llvm::Value* function,
                                                                    const Arguments& arguments, llvm::BasicBlock* other,
                                                                    llvm::function_ref<void()> before) {
  using ir::analysis::Binding;
  llvm::Value* defaults = nullptr;
  if (target.binding.usesDefaults) defaults = defaultsOf(function, m_.callTargets().defaultsOf(target.callee->number), other);
  llvm::SmallVector<llvm::Value*, 4> byName;
  if (target.binding.usesKeywordDefaults) byName = keywordDefaultsOf(function, target, other);
  if (before) before();
  llvm::SmallVector<llvm::Value*, 8> words;
  llvm::Value* const* nextByName = byName.begin();
  for (uint32_t source : target.binding.sources) {
    if (source < Binding::kDefault) {
      words.push_back(arguments.words[source]);
      continue;
    }
    words.push_back(source < Binding::kKeywordDefault ? defaultAt(defaults, source - Binding::kDefault) : *nextByName++);
    incref(words.back());
  }
  return words;
}

/// The default values that the binding takes by name, in order; or on to `other`, if one does not stand where the `def` has put it.
llvm::SmallVector<llvm::Value*, 4> FunctionLowering::keywordDefaultsOf(llvm::Value* function, const Target& target, llvm::BasicBlock* other) {
  using ir::analysis::Binding;
  llvm::Value* dict = load(field(function, offsetof(FunctionObject, kwdefaults)));
  goOnIf(b_.CreateICmpNE(dict, word(0)), other, true);
  goOnIf(hasOwnValues(dict), other, true);
  const std::span<const uint32_t> given = m_.callTargets().defaultValuesOf(target.callee->number).keywordOnly;
  goOnIf(b_.CreateICmpSGE(load(field(dict, offsetof(DictObject, entryCount))), word(static_cast<int64_t>(given.size()))), other, true);
  llvm::SmallVector<llvm::Value*, 4> values;
  for (uint32_t source : target.binding.sources) {
    if (source < Binding::kKeywordDefault) continue;
    const uint32_t n = source - Binding::kKeywordDefault;
    llvm::Value* entry = entryAt(dict, word(n));
    llvm::Value* key = load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry, offsetof(DictEntry, key)));
    goOnIf(b_.CreateICmpEQ(key, m_.constants().name(target.callee->locals[given[n]].name)), other, true);
    values.push_back(load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry, offsetof(DictEntry, value))));
  }
  return values;
}

/// The tuple of a function's default values; or on to `other`, if there are not as many as its `def` gave.
llvm::Value* FunctionLowering::defaultsOf(llvm::Value* function, uint32_t count, llvm::BasicBlock* other) {
  llvm::Value* defaults = load(field(function, offsetof(FunctionObject, defaults)));
  goOnIf(b_.CreateICmpNE(defaults, word(0)), other, true);
  llvm::Value* size = load(field(defaults, offsetof(TupleObject, size)));
  goOnIf(b_.CreateICmpEQ(size, word(count)), other, true);
  return defaults;
}
llvm::Value* FunctionLowering::defaultAt(llvm::Value* defaults, uint32_t n) {
  return load(field(defaults, static_cast<int64_t>(offsetof(TupleObject, items) + n * sizeof(Value))));
}

// As enterMethod does in the runtime: the call keeps what nobody else may keep.
llvm::Value* FunctionLowering::callBound(const ir::core::Function& callee, llvm::Value* function, const Arguments& arguments) {
  const bool isHeld = arguments.holdsFunction || (arguments.borrowed & 1); // a receiver: what its class has
  own(arguments.words, arguments.kept);
  if (isHeld) hold(function);
  llvm::SmallVector<llvm::Value*, 8> all{function};
  all.append(arguments.words.begin(), arguments.words.end());
  llvm::CallInst* result = b_.CreateCall(m_.machineEntry(callee), all);
  result->addFnAttr(llvm::Attribute::NoMerge);
  if (isHeld) letGo(function);
  return result;
}

llvm::Value* FunctionLowering::addReference(llvm::Value* function, int64_t n) {
  llvm::Value* sum = b_.CreateAdd(refsOf(function), b_.getInt64(static_cast<uint64_t>(n)));
  setRefs(function, sum);
  return sum;
}

void FunctionLowering::letGo(llvm::Value* function) {
  auto *last = newBlock("last"), *next = newBlock();
  b_.CreateCondBr(b_.CreateICmpNE(addReference(function, -1), word(0)), next, last, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(last);
  setRefs(function, word(1));
  callEntry(Entry::krt_decref, {b_.CreatePtrToInt(function, i64_)})->addFnAttr(llvm::Attribute::NoInline);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

bool FunctionLowering::isKeptByCall(const Instruction& copy) {
  const Instruction* source = copy.operand(0)->definition;
  if (!fastPaths_ || outOfLine_ || !source || !source->is(Op::GlobalPeek) || slotOfTemp_[copy.result()->id] != kNone) return false;
  const Instruction* user = copy.next; // nothing between may run
  while (user->is(Op::Copy) || user->is(Op::LocalRead) || user->is(Op::IntGet) || user->is(Op::F64Get) || user->is(Op::Const)) user = user->next;
  const Temp* t = copy.result();
  return user->is(Op::Call) && user->operand(0) == t && user->next && user->next->is(Op::Kill) && user->next->operand(0) == t && t->uses->next && !t->uses->next->next &&
         m_.callTargets().functionOf(source->index) && !builtinCell(source->index);
}

bool FunctionLowering::isLent(const Instruction& copy) const {
  const Instruction* source = copy.operand(0)->definition;
  if (!fastPaths_ || !source || !source->is(Op::LocalRead) || f_.rawKind(source->local()) != ir::core::RawKind::None ||
      slotOfTemp_[copy.result()->id] != kNone)
    return false;
  const ir::core::Use* use = copy.result()->uses;
  if (!use || use->next) return false;
  const Instruction* user = copy.next; // nothing between may fail, or store
  while (user->is(Op::Copy) || user->is(Op::LocalRead) || user->is(Op::Const)) user = user->next;
  if (user != use->user) return false;
  const bool isBound = user->is(Op::BoundCall) || user->is(Op::BoundCallKw);
  if (!isBound && !user->is(Op::Call) && !user->is(Op::CallKw) && !user->is(Op::Method) && !user->is(Op::MethodKw)) return false;
  for (size_t n = isBound ? 2 : 1; n < std::min<size_t>(user->operandCount, 64); ++n)
    if (user->operand(n) == copy.result()) return true;
  return false;
}

llvm::Value* FunctionLowering::argument(const Instruction& i, size_t n, uint64_t& kept, size_t at) {
  if (!lent_.contains(i.operand(n))) return operand(i, n);
  kept |= uint64_t{1} << at;
  return valueOf(i.operand(n));
}

void FunctionLowering::own(llvm::ArrayRef<llvm::Value*> words, uint64_t kept) {
  for (size_t n = 0; n < std::min<size_t>(words.size(), 64); ++n)
    if (kept >> n & 1) incref(words[n]);
}

// The class or name may drop the function while it runs. It is only asked for its cells: without those, none is known, as
// in a traceback of other code.
llvm::Value* FunctionLowering::inlineBody(const ir::core::Function& callee, llvm::Value* function, const Arguments& arguments) {
  Arguments inside = arguments;
  for (uint32_t n = 0; n < callee.paramCount(); ++n) {
    const ir::core::RawKind raw = callee.rawKind(n);
    const bool isTakenApart = raw != ir::core::RawKind::None && raw != ir::core::RawKind::Int; // the version drops the word
    if (!inside.keeps(n) || (ir::analysis::keepsParameter(callee, n) && !isTakenApart)) continue;
    incref(inside.words[n]);
    inside.kept &= ~(uint64_t{1} << n);
  }
  const bool isAsked = !callee.frees.empty(), isHeld = isAsked || arguments.holdsFunction;
  if (isHeld) hold(function);
  FunctionLowering inner(m_, callee);
  inner.runInlined({*this, isAsked ? function : llvm::ConstantPointerNull::get(ptr_), inside, b_.getCurrentDebugLocation().get()}, b_);
  if (isHeld) letGo(function);
  return inner.inlinedResult_;
}

void FunctionLowering::runInlined(const Inlined& inlined, llvm::IRBuilder<>& at) {
  inlined_ = &inlined;
  machine_ = inlined.caller.machine_;
  scope_ = m_.machineEntry(f_)->getSubprogram();
  orderBlocks();
  size_t buffer = f_.paramCount() + 1;
  for (const Block* block : order_)
    for (const Instruction* i = block->first; i; i = i->next)
      buffer = std::max<size_t>({buffer, i->operandCount + 1u, i->resultCount});
  auto* done = step_ ? step_->raised : newBlock("returned");
  if (!step_) inlinedResult_ = llvm::PHINode::Create(i64_, 2, "", done);
  b_.SetInsertPoint(at.GetInsertBlock());
  setLocation(kNone);
  makeBuffers(buffer);
  makeBlocks();
  findRegions();
  makeFrame();
  if (m_.debug().hasVariables()) describeVariables();
  enterFrame();
  if (!dispatch_) b_.CreateBr(blocks_[f_.entry()->id]);
  if (step_) {
    findRangeLoops();
    findFusedLoops();
    findUnmade();
  }
  lowerBody();
  at.SetInsertPoint(done);
  inlined_ = nullptr;
}

/// The machine function, or the copy of the body, ends here with this word.
void FunctionLowering::leaveBody(llvm::Value* result) {
  if (step_) return endFused(result);
  if (!inlined_) {
    b_.CreateRet(result);
    return;
  }
  inlinedResult_->addIncoming(result, b_.GetInsertBlock());
  b_.CreateBr(inlinedResult_->getParent());
}

llvm::AllocaInst* FunctionLowering::newVariable(llvm::Type* type, const llvm::Twine& name, llvm::Value* count) {
  llvm::IRBuilder<> start(&machine_->getEntryBlock(), machine_->getEntryBlock().begin());
  return start.CreateAlloca(type, count, name);
}

} // namespace krait::codegen::lower
