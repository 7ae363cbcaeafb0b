// Constants, counts, attributes, calls, building.
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/inlining.h"
#include "ir/core/operators.h"
#include "runtime/abi/observers.h"
#include "runtime/types/sequence.h"

namespace krait::codegen::lower {

using ir::core::Constant;
using ir::core::ConstantKind;
using ir::core::kNone;

namespace {

/// The body of a comprehension that needs no function object: it is called where it is made, and asks that for nothing; what it
/// captures it may get as arguments (ir/passes/lift_captures.cpp).
const ir::core::Function* bareComprehension(const ModuleLowering& m, const Temp* t) {
  const Instruction* made = t->definition;
  if (!made || !made->is(Op::FunctionNew) || (m.options().observers & ~uint32_t{kObservedNumberIdentity})) return nullptr;
  const ir::core::Function& body = *m.ir().functions[made->index];
  if (!body.isComprehension() || body.isGenerator() || !body.frees.empty()) return nullptr;
  for (const ir::core::Use* u = t->uses; u; u = u->next)
    if (!u->user->is(Op::Kill) && !(u->user->is(Op::Call) && u->user->operand(0) == t && u->user->operandCount == 1 + body.argCount)) return nullptr;
  return &body;
}

} // namespace

// ---- constants and counts -----------------------------------------------------------------------

// Constants with static data are just their address. A frozenset (or a tuple that holds one) is made by its
// first use and kept in a cell.
llvm::Value* FunctionLowering::constant(ir::core::ConstantId id) {
  layout::ConstantPool& pool = m_.constants();
  if (!pool.isLazy(id)) return pool.word(id);
  llvm::Value* cell = pool.lazyCell(id);
  auto* make = newBlock("make");
  auto* next = newBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(load(cell), word(0)), make, next);
  b_.SetInsertPoint(make);
  const Constant& c = m_.ir().constants[id];
  std::vector<llvm::Value*> elements;
  for (ir::core::ConstantId e : c.elements) elements.push_back(constant(e));
  llvm::IRBuilder<> start(&machine_->getEntryBlock(), machine_->getEntryBlock().begin());
  llvm::Value* array = start.CreateAlloca(i64_, word(std::max<size_t>(elements.size(), 1)), "elements");
  for (size_t n = 0; n < elements.size(); ++n) {
    incref(elements[n]);
    b_.CreateStore(elements[n], b_.CreateConstInBoundsGEP1_64(i64_, array, n));
  }
  const Entry entry = c.kind == ConstantKind::FrozenSet ? Entry::krt_frozenset_new : Entry::krt_tuple_new;
  b_.CreateStore(callEntry(entry, {array, word(elements.size())}), cell);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  return load(cell);
}

void FunctionLowering::lower(Tag<Op::Const>, const Instruction&) {} // at each use

void FunctionLowering::lower(Tag<Op::TupleNew>, const Instruction& i) {
  if (unmade_.contains(i.result())) return handParts(i);
  if (i.operandCount != 2) return lowerAsCall(Entry::krt_tuple_new, i);
  finishCall(i, callEntry(Entry::krt_tuple_pair, {operand(i, 0), operand(i, 1)}));
}

void FunctionLowering::lower(Tag<Op::Copy>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  if (isLent(i)) lent_.insert(i.result());
  else if (isKeptByCall(i)) keptByCall_.insert(i.result());
  else if (isForTruth(i)) uncounted_.insert(i.result());
  else if (!llvm::isa<llvm::Constant>(v)) incref(v, i.operand(0)->type); // constants are immortal
  setResult(i, v);
}

// On the only way to the block it was found to be an int, which is held by nobody.
bool FunctionLowering::isFoundInt(const Temp* t, const Block* block) const {
  const auto& ways = flow_.predecessors(block);
  const Instruction* check = ways.size() == 1 && !ways[0].error ? ways[0].from->last : nullptr;
  return check && check->is(Op::IntCheck) && check->operand(0) == t && check->target(0) == block && check->target(1) != block && slotOfTemp_[t->id] == kNone;
}

void FunctionLowering::lower(Tag<Op::Kill>, const Instruction& i) {
  if (uncounted_.contains(i.operand(0)) || keptByCall_.contains(i.operand(0)) || isFoundInt(i.operand(0), i.block)) return;
  if (bareComprehension(m_, i.operand(0))) return;
  if (rangeOf_.contains(i.operand(0)) || isPair(i.operand(0))) return xdecref(operand(i, 0));
  dropGuessed(operand(i, 0), i.operand(0)->guess, i.operand(0)->type);
}

void FunctionLowering::lower(Tag<Op::BoolNew>, const Instruction& i) {
  setResult(i, b_.CreateSelect(operand(i, 0), layout::trueWord(m_.llvm()), layout::falseWord(m_.llvm())));
}

void FunctionLowering::lower(Tag<Op::BoolNot>, const Instruction& i) { setResult(i, b_.CreateNot(operand(i, 0))); }
void FunctionLowering::lower(Tag<Op::BoolAnd>, const Instruction& i) { setResult(i, b_.CreateAnd(operand(i, 0), operand(i, 1))); }

// ---- attributes ---------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::AttrGet>, const Instruction& i) {
  const Entry entry = isFloatGuess(i) ? Entry::krt_attr_get_float : Entry::krt_attr_get;
  llvm::Value* words[] = {operand(i, 0), name(i.index), m_.newCache()};
  const Targets targets = callTargets(m_.classes().gettersOf(i.operand(0), i.index), 1);
  if (targets.empty()) return finishCall(i, callEntry(entry, words));
  llvm::Value* getter = callEntry(Entry::krt_known_getter, words);
  finishCall(i, enterTargets(targets, getter, {words[0], 1, 1}, [&] { return callEntry(entry, words); }, [&](llvm::Value* result) {
    auto* failed = newBlock("failed");
    llvm::BasicBlock* next = goOnIf(b_.CreateICmpNE(result, word(0)), failed, true);
    b_.SetInsertPoint(failed);
    callEntry(Entry::krt_attr_failed, {words[0], words[1]});
    b_.CreateBr(next);
    b_.SetInsertPoint(next);
    return result;
  }));
}

static bool isAskedOfDict(const Instruction& access) {
  const Guess container = access.operand(0)->guess;
  return container == Guess::Dict || (container == Guess::None && access.operand(1)->guess == Guess::Str);
}

void FunctionLowering::lower(Tag<Op::ItemGet>, const Instruction& i) {
  const Entry entry = isAskedOfDict(i)               ? Entry::krt_item_get_of_dict
                      : isProbablyText(i.operand(0)) ? Entry::krt_item_get_of_text
                      : isFloatGuess(i)              ? Entry::krt_item_get_float
                                                     : Entry::krt_item_get;
  finishCall(i, callEntry(entry, {operand(i, 0), operand(i, 1)}));
}

void FunctionLowering::lower(Tag<Op::ItemSet>, const Instruction& i) {
  lowerAsCall(isAskedOfDict(i) ? Entry::krt_item_set_of_dict : Entry::krt_item_set, i);
}

void FunctionLowering::lower(Tag<Op::AttrSet>, const Instruction& i) {
  const Entry entry = f_.name == "__init__" ? Entry::krt_attr_init : Entry::krt_attr_set;
  llvm::Value* words[] = {operand(i, 0), name(i.index), operand(i, 1), m_.newCache()};
  const Targets targets = callTargets(m_.classes().settersOf(i.operand(0), i.index), 2);
  if (targets.empty()) return finishCall(i, callEntry(entry, words));
  llvm::Value* setter = callEntry(Entry::krt_known_setter, {words[0], words[1], words[3]});
  finishCall(i, enterTargets(targets, setter, {{words[0], words[2]}, 3, 3}, [&] { return callEntry(entry, words); }, [&](llvm::Value* result) {
    xdecref(result);
    return b_.CreateSelect(b_.CreateICmpEQ(result, word(0)), i32(~uint32_t{0}), i32(0));
  }));
}

// ---- calls --------------------------------------------------------------------------------------

void FunctionLowering::call(const Instruction& i, llvm::Value* callee, llvm::ArrayRef<llvm::Value*> arguments) {
  finishCall(i, callArguments(callee, arguments));
}

llvm::CallInst* FunctionLowering::callArguments(llvm::Value* callee, llvm::ArrayRef<llvm::Value*> arguments) {
  static constexpr Entry kFixed[] = {Entry::krt_call0, Entry::krt_call1, Entry::krt_call2, Entry::krt_call3,
                                     Entry::krt_call4};
  if (arguments.size() < std::size(kFixed)) {
    llvm::SmallVector<llvm::Value*, 6> all{callee};
    all.append(arguments.begin(), arguments.end());
    return callEntry(kFixed[arguments.size()], all);
  }
  for (size_t n = 0; n < arguments.size(); ++n) b_.CreateStore(arguments[n], bufferSlot(n));
  return callEntry(Entry::krt_call_n, {callee, buffer_, word(arguments.size())});
}

void FunctionLowering::lower(Tag<Op::Call>, const Instruction& i) {
  if (callRange(i) || callLen(i) || callOfNamed(i)) return;
  llvm::SmallVector<llvm::Value*, 8> arguments;
  uint64_t kept = 0;
  for (size_t n = 1; n < i.operandCount; ++n) arguments.push_back(argument(i, n, kept, n - 1));
  if (const ir::core::Function* body = bareComprehension(m_, i.operand(0)))
    return finishCall(i, callBound(*body, llvm::ConstantPointerNull::get(ptr_), {arguments, kept}));
  if (auto entry = builtinCall(i)) {
    own(arguments, kept);
    arguments.insert(arguments.begin(), operand(i, 0));
    return finishCall(i, callEntry(*entry, arguments));
  }
  llvm::Value* callee = operand(i, 0);
  const bool isKept = keptByCall_.contains(i.operand(0));
  auto call = [&] {
    if (isKept) incref(callee);
    llvm::CallInst* result = callArguments(callee, arguments);
    if (isKept) callEntry(Entry::krt_decref, {callee})->addFnAttr(llvm::Attribute::NoInline);
    return result;
  };
  if (callGlobal(i, callee, {arguments, kept, 0, isKept}, kNone, call)) return;
  own(arguments, kept);
  finishCall(i, call());
}

void FunctionLowering::lower(Tag<Op::CallKw>, const Instruction& i) {
  llvm::SmallVector<llvm::Value*, 8> arguments;
  uint64_t kept = 0;
  for (size_t n = 1; n < i.operandCount; ++n) arguments.push_back(argument(i, n, kept, n - 1));
  llvm::Value* callee = operand(i, 0);
  auto call = [&] {
    for (size_t n = 0; n < arguments.size(); ++n) b_.CreateStore(arguments[n], bufferSlot(n));
    return callEntry(Entry::krt_call_kw, {callee, buffer_, word(arguments.size()), constant(i.index)});
  };
  if (callGlobal(i, callee, {arguments, kept}, i.index, call)) return;
  own(arguments, kept);
  finishCall(i, call());
}

bool FunctionLowering::callGlobal(const Instruction& i, llvm::Value* callee, const Arguments& arguments,
                                  ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise) {
  const uint32_t global = m_.callTargets().globalAt(i.operand(0));
  if (global == kNone) return false;
  if (const std::vector<uint32_t> known = calleesOf(i); !known.empty()) {
    const Targets targets = callTargets(known, arguments.words.size(), names);
    if (targets.empty()) return false;
    finishCall(i, enterTargets(targets, callEntry(Entry::krt_known_function, {callee}), arguments, otherwise));
    return true;
  }
  const auto body = m_.callTargets().classOf(global);
  const auto init = body ? m_.callTargets().initOf(*body) : std::nullopt;
  return init && callInit(i, *init, callee, arguments, names, otherwise);
}

namespace {
/// Whether it can be told that the constructor's parameters outlive its other variables.
bool hasMoreThanParameters(const ir::core::Function& init) {
  if (init.locals.size() > init.paramCount()) return true;
  for (uint32_t n = 0; n < init.paramCount(); ++n)
    if (!ir::analysis::keepsParameter(init, n)) return true;
  return false;
}

/// What may be nobody else's, and heard when it dies.
bool mayBeHeard(const Temp& t) { return !t.type.isInert() && !ir::core::isNumber(t.guess) && t.guess != ir::core::Guess::Str; }
} // namespace

/// C(args…): the instance, and what is left of __init__. The arguments live until that is over.
bool FunctionLowering::callInit(const Instruction& i, uint32_t init, llvm::Value* cls, const Arguments& arguments,
                                ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise) {
  const Targets targets = callTargets({&init, 1}, arguments.words.size() + 1, names, true);
  if (targets.empty()) return false;
  llvm::SmallVector<llvm::Value*, 8> words{nullptr};
  llvm::SmallVector<size_t, 8> held;
  words.append(arguments.words.begin(), arguments.words.end());
  uint64_t kept = arguments.kept;
  if (std::ranges::any_of(targets, [](const Target& t) { return hasMoreThanParameters(*t.callee); }))
    for (size_t n = 0; n < std::min<size_t>(arguments.words.size(), 63); ++n) {
      if (arguments.keeps(n) || !mayBeHeard(*i.operand(n + 1))) continue;
      kept |= uint64_t{1} << n;
      held.push_back(n);
    }
  auto make = [&] {
    words[0] = callEntry(Entry::krt_instance_new, {cls});
    failIf(b_.CreateICmpEQ(words[0], word(0)), i, [&] {
      for (size_t n = 0; n < arguments.words.size(); ++n)
        if (!arguments.keeps(n)) callEntry(Entry::krt_decref, {arguments.words[n]})->addFnAttr(llvm::Attribute::NoInline);
    });
  };
  auto finish = [&](llvm::Value* result) -> llvm::Value* {
    callEntry(Entry::krt_frame_leave, {});
    auto* failed = newBlock("failed");
    llvm::BasicBlock* returned = b_.GetInsertBlock();
    llvm::BasicBlock* good = goOnIf(b_.CreateICmpEQ(result, layout::noneWord(m_.llvm())), failed, true);
    b_.SetInsertPoint(failed);
    llvm::Value* null = callEntry(Entry::krt_init_failed, {words[0], result});
    b_.CreateBr(good);
    b_.SetInsertPoint(good);
    return joined({{words[0], returned}, {null, failed}});
  };
  llvm::Value* made = enterTargets(targets, callEntry(Entry::krt_known_init, {cls}), {words, kept << 1 | 1, 1}, otherwise, finish, make);
  for (size_t n : held) drop(arguments.words[n], i.operand(n + 1)->type);
  finishCall(i, made);
  return true;
}

// Probably of a builtin class, whose methods are no Python functions; tuples have names often.
static bool isBuiltinContainer(const Temp* t) {
  using ir::core::Type, ir::core::TypeBit;
  constexpr uint32_t kContainers = Type::bit(TypeBit::Str) | Type::bit(TypeBit::Bytes) | Type::bit(TypeBit::List) | Type::bit(TypeBit::Dict) | Type::bit(TypeBit::Set);
  return t->type.isOnly(kContainers) || (ir::core::isSized(t->guess) && t->guess != Guess::Tuple) || t->guess == Guess::Bytes;
}

void FunctionLowering::lower(Tag<Op::Method>, const Instruction& i) {
  if (callAppend(i) || callPop(i) || callGetOrAdd(i)) return;
  static constexpr Entry kFixed[] = {Entry::krt_method0, Entry::krt_method1, Entry::krt_method2, Entry::krt_method3};
  const size_t count = i.operandCount - 1;
  llvm::SmallVector<llvm::Value*, 8> arguments{operand(i, 0), name(i.index), m_.newCache()};
  llvm::SmallVector<llvm::Value*, 8> words{arguments[0]};
  uint64_t kept = 1;
  for (size_t n = 1; n < i.operandCount; ++n) words.push_back(argument(i, n, kept, n));
  callKnownMethod(i, arguments, {words, kept, 1}, kNone, [&] {
    if (count < std::size(kFixed)) {
      arguments.append(words.begin() + 1, words.end());
      llvm::CallInst* made = callEntry(kFixed[count], arguments);
      if (isBuiltinContainer(i.operand(0))) made->setCalledFunction(layout::declareBeyond(kFixed[count], m_.llvm()));
      return made;
    }
    for (size_t n = 0; n < count; ++n) b_.CreateStore(words[n + 1], bufferSlot(n));
    arguments.append({buffer_, word(count)});
    return callEntry(Entry::krt_method_n, arguments);
  });
}

void FunctionLowering::lower(Tag<Op::MethodKw>, const Instruction& i) {
  llvm::SmallVector<llvm::Value*, 8> arguments{operand(i, 0), name(i.index), m_.newCache()}, words{arguments[0]};
  uint64_t kept = 1;
  for (size_t n = 1; n < i.operandCount; ++n) words.push_back(argument(i, n, kept, n));
  callKnownMethod(i, arguments, {words, kept, 1}, i.index2, [&] {
    for (size_t n = 1; n < words.size(); ++n) b_.CreateStore(words[n], bufferSlot(n - 1));
    arguments.append({buffer_, word(words.size() - 1), constant(i.index2)});
    return callEntry(Entry::krt_method_kw, arguments);
  });
}

/// `site`: receiver, name, cache; `arguments`: the receiver, too.
void FunctionLowering::callKnownMethod(const Instruction& i, llvm::ArrayRef<llvm::Value*> site, const Arguments& arguments,
                                       ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise) {
  const Targets targets = callTargets(calleesOf(i), arguments.words.size(), names);
  if (!targets.empty())
    return finishCall(i, enterTargets(targets, callEntry(Entry::krt_known_method, site.take_front(2)), arguments, otherwise));
  own(arguments.words, arguments.kept & ~arguments.borrowed);
  finishCall(i, otherwise());
}

void FunctionLowering::lower(Tag<Op::SuperLoad>, const Instruction& i) {
  finishLoad(i, callEntry(Entry::krt_super_load, {operand(i, 0), operand(i, 1), operand(i, 2), name(i.index), m_.newCache(), buffer_}));
}

void FunctionLowering::lower(Tag<Op::SuperLoadOf>, const Instruction& i) {
  finishLoad(i, callEntry(Entry::krt_super_load_of, {operand(i, 0), operand(i, 1), operand(i, 2), name(i.index), m_.newCache(), buffer_}));
}

void FunctionLowering::lower(Tag<Op::WithEnter>, const Instruction& i) {
  finishLoad(i, callEntry(Entry::krt_with_enter_lookup, {operand(i, 0), i32(static_cast<uint32_t>(i.imm)), buffer_}));
}

void FunctionLowering::lower(Tag<Op::WithExit>, const Instruction& i) {
  finishLoad(i, callEntry(Entry::krt_with_exit_lookup, {operand(i, 0), i32(static_cast<uint32_t>(i.imm)), buffer_}));
}

/// Of a callable and, in the buffer, what is to be passed first.
void FunctionLowering::finishLoad(const Instruction& i, llvm::Value* callee) {
  failIf(b_.CreateICmpEQ(callee, word(0)), i);
  setResult(i, callee, 0);
  setResult(i, load(buffer_), 1);
}

// callee(self, args) or, without self, callee(args): the argument array starts one word later.
void FunctionLowering::lower(Tag<Op::MethodCall>, const Instruction& i) {
  if (callAppend(i) || callGetOrAdd(i)) return;
  llvm::Value* self = operand(i, 1);
  const size_t count = i.operandCount - 2;
  llvm::SmallVector<llvm::Value*, 6> arguments;
  for (size_t n = 2; n < i.operandCount; ++n) arguments.push_back(operand(i, n));
  llvm::Value* callee = operand(i, 0);
  const Targets targets = callTargets(calleesOf(i), count + 1);
  static constexpr Entry kFixed[] = {Entry::krt_method_call0, Entry::krt_method_call1, Entry::krt_method_call2, Entry::krt_method_call3};
  if (targets.empty() && count < std::size(kFixed)) {
    arguments.insert(arguments.begin(), {callee, self});
    return finishCall(i, callEntry(kFixed[count], arguments));
  }
  auto* with = newBlock("with.self");
  auto* without = newBlock("without.self");
  auto* next = newBlock();
  b_.CreateCondBr(b_.CreateICmpNE(self, word(0)), with, without);
  llvm::Value* results[2];
  llvm::BasicBlock* ends[2];
  for (bool hasSelf : {true, false}) {
    b_.SetInsertPoint(hasSelf ? with : without);
    llvm::SmallVector<llvm::Value*, 6> all;
    if (hasSelf) all.push_back(self);
    all.append(arguments.begin(), arguments.end());
    results[hasSelf] = !hasSelf || targets.empty()
                           ? callArguments(callee, all)
                           : enterTargets(targets, callEntry(Entry::krt_known_function, {callee}), {all}, [&] { return callArguments(callee, all); });
    b_.CreateBr(next);
    ends[hasSelf] = b_.GetInsertBlock();
  }
  b_.SetInsertPoint(next);
  finishCall(i, joined({{results[true], ends[true]}, {results[false], ends[false]}}));
}

void FunctionLowering::lower(Tag<Op::MethodCallKw>, const Instruction& i) {
  llvm::Value* self = operand(i, 1);
  const size_t count = i.operandCount - 2;
  fillBuffer(i, 2, 1);
  llvm::Value* hasSelf = b_.CreateICmpNE(self, word(0));
  b_.CreateStore(self, buffer_);
  llvm::Value* first = b_.CreateSelect(hasSelf, buffer_, bufferSlot(1));
  llvm::Value* total = b_.CreateAdd(b_.CreateZExt(hasSelf, i64_), word(count));
  finishCall(i, callEntry(Entry::krt_call_kw, {operand(i, 0), first, total, constant(i.index)}));
}

void FunctionLowering::lower(Tag<Op::CallStar>, const Instruction& i) {
  llvm::Value* words = fillBuffer(i, 2);
  finishCall(i, callEntry(Entry::krt_call_star, {operand(i, 0), word(0), operand(i, 1), words, word(i.operandCount - 2)}));
}

void FunctionLowering::lower(Tag<Op::MethodCallStar>, const Instruction& i) {
  llvm::Value* words = fillBuffer(i, 3);
  finishCall(i, callEntry(Entry::krt_call_star, {operand(i, 0), operand(i, 1), operand(i, 2), words, word(i.operandCount - 3)}));
}

void FunctionLowering::lower(Tag<Op::CallDictAdd>, const Instruction& i) {
  finishCall(i, callEntry(Entry::krt_call_dict_add, {operand(i, 0), name(i.index), operand(i, 1), operand(i, 2)}));
}

// ---- functions, imports, building ---------------------------------------------------------------

// None stands for a function that nobody looks at.
void FunctionLowering::lower(Tag<Op::FunctionNew>, const Instruction& i) {
  if (bareComprehension(m_, i.result())) return setResult(i, layout::noneWord(m_.llvm()));
  finishCall(i, callEntry(Entry::krt_function_new, {m_.code(*m_.ir().functions[i.index]), word(0), operand(i, 0),
                                                    operand(i, 1), operand(i, 2), operand(i, 3)}));
}

// Tracebacks and frame walks find the loop's own calls, which are those of this body, and not this one.
void FunctionLowering::lower(Tag<Op::OutlinedRun>, const Instruction& i) {
  setLocation(currentSite_, true);
  llvm::Value* result = b_.CreateCall(m_.machineEntry(*m_.ir().functions[i.index]), {functionObject_});
  failIf(b_.CreateICmpEQ(result, word(0)), i);
}

void FunctionLowering::lower(Tag<Op::Import>, const Instruction& i) {
  llvm::Value* globals = callEntry(Entry::krt_module_globals, {m_.info()});
  finishCall(i, callEntry(Entry::krt_import,
                          {globals, operand(i, 0), operand(i, 1), i32(static_cast<uint32_t>(i.imm))}));
}

/// The results go, at once and in order, to locals that follow each other in memory; nobody looks at these meanwhile.
bool FunctionLowering::goesToLocals(const Instruction& unpack) const {
  if (fastPaths_ || storage_ != Storage::Array || watchesFrames()) return false;
  const Instruction* store = unpack.next;
  for (uint32_t n = 0; n < unpack.resultCount; ++n, store = store->next)
    if (!store || !(store->is(Op::LocalSet) || store->is(Op::LocalInit)) || store->operand(0) != unpack.results[n] ||
        store->local() != unpack.next->local() + n || store->local() >= f_.varCount)
      return false;
  return unpack.resultCount > 0;
}

// An exact tuple of the right length inline.
void FunctionLowering::lower(Tag<Op::Unpack>, const Instruction& i) {
  constexpr uint32_t kMaxInline = 8;
  llvm::Value* sequence = operand(i, 0);
  if (goesToLocals(i)) {
    llvm::Value* status = callEntry(Entry::krt_unpack_locals,
                                    {sequence, localAddress(i.next->local()), buffer_, i32(static_cast<uint32_t>(i.imm))});
    unpacked_.insert(i.results, i.results + i.resultCount);
    return failIf(b_.CreateICmpSLT(status, i32(0)), i);
  }
  const bool isInline = fastPaths_ && !outOfLine_ && i.resultCount <= kMaxInline;
  llvm::SmallVector<std::pair<llvm::BasicBlock*, llvm::SmallVector<llvm::Value*, kMaxInline>>, 3> ways; // to `next`, with items
  llvm::BasicBlock *general = nullptr, *next = newBlock();
  if (isPair(i.operand(0))) {
    auto* pair = newBlock("pair");
    auto* other = newBlock();
    b_.CreateCondBr(b_.CreateICmpEQ(sequence, word(0)), pair, other, llvm::MDBuilder(context_).createLikelyBranchWeights());
    b_.SetInsertPoint(pair);
    llvm::Value* parts = fusedLoop(*i.operand(0)->definition) ? partsAddress() : pairAddress();
    llvm::SmallVector<llvm::Value*, kMaxInline> words;
    for (uint32_t n = 0; n < i.resultCount; ++n) words.push_back(load(b_.CreateConstInBoundsGEP1_64(i64_, parts, n)));
    ways.push_back({pair, words});
    b_.CreateBr(next);
    b_.SetInsertPoint(other);
  }
  if (isInline) {
    general = newBlock();
    goOnIf(isPointerWord(sequence), general, true);
    goOnIf(layoutIs(sequence, "tupleType"), general, true);
    llvm::Value* size = load(field(sequence, offsetof(TupleObject, size)));
    goOnIf(b_.CreateICmpEQ(size, word(i.resultCount)), general, true);
    llvm::SmallVector<llvm::Value*, kMaxInline> items;
    for (uint32_t n = 0; n < i.resultCount; ++n) {
      items.push_back(load(field(sequence, static_cast<int64_t>(offsetof(TupleObject, items) + n * sizeof(Value)))));
      incref(items.back());
    }
    ways.push_back({b_.GetInsertBlock(), items});
    b_.CreateBr(next);
    b_.SetInsertPoint(general);
  }
  llvm::Value* status = callEntry(Entry::krt_unpack, {sequence, buffer_, i32(static_cast<uint32_t>(i.imm))});
  failIf(b_.CreateICmpSLT(status, i32(0)), i);
  llvm::SmallVector<llvm::Value*, kMaxInline> unpacked;
  for (uint32_t n = 0; n < i.resultCount; ++n) unpacked.push_back(load(bufferSlot(n)));
  ways.push_back({b_.GetInsertBlock(), unpacked});
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  for (uint32_t n = 0; n < i.resultCount; ++n) {
    auto* meeting = b_.CreatePHI(i64_, static_cast<unsigned>(ways.size()));
    for (auto& [from, items] : ways) meeting->addIncoming(items[n], from);
    unpacked[n] = meeting;
  }
  for (uint32_t n = 0; n < i.resultCount; ++n) setResult(i, unpacked[n], n);
}

void FunctionLowering::lower(Tag<Op::UnpackEx>, const Instruction& i) {
  llvm::Value* status = callEntry(Entry::krt_unpack_ex, {operand(i, 0), buffer_, i32(static_cast<uint32_t>(i.imm)),
                                                         i32(static_cast<uint32_t>(i.imm2))});
  failIf(b_.CreateICmpSLT(status, i32(0)), i);
  for (uint32_t n = 0; n < i.resultCount; ++n) setResult(i, load(bufferSlot(n)), n);
}

// What is in the buffer, behind a word of its own.
void FunctionLowering::lower(Tag<Op::MatchClass>, const Instruction& i) {
  llvm::Value* cache = fastPaths_ ? static_cast<llvm::Value*>(m_.newCache(i.resultCount)) : llvm::ConstantPointerNull::get(ptr_);
  llvm::Value* found = callEntry(Entry::krt_match_class, {operand(i, 0), operand(i, 1), i32(static_cast<uint32_t>(i.imm2)), operand(i, 2), buffer_, cache});
  failIf(b_.CreateICmpSLT(found, i32(0)), i);
  setResult(i, b_.CreateSelect(b_.CreateICmpNE(found, i32(0)), layout::trueWord(m_.llvm()), layout::falseWord(m_.llvm())));
  for (uint32_t n = 1; n < i.resultCount; ++n) setResult(i, load(bufferSlot(n - 1)), n);
}

void FunctionLowering::lower(Tag<Op::DictNew>, const Instruction& i) {
  finishCall(i, callEntry(Entry::krt_dict_new, {fillBuffer(i, 0), word(i.operandCount / 2)}));
}

// ---- exceptions ---------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::ExcPush>, const Instruction& i) {
  b_.CreateStore(callEntry(Entry::krt_exc_push, {operand(i, 0)}), localAddress(i.local()));
}

void FunctionLowering::lower(Tag<Op::ExcPop>, const Instruction& i) {
  llvm::Value* at = localAddress(i.local());
  llvm::Value* previous = load(at);
  b_.CreateStore(word(0), at);
  callEntry(Entry::krt_exc_pop, {previous});
}

void FunctionLowering::lower(Tag<Op::ExcMatchStar>, const Instruction& i) {
  llvm::Value* matching = callEntry(Entry::krt_exc_match_star, {operand(i, 0), operand(i, 1), buffer_});
  failIf(b_.CreateICmpEQ(matching, word(0)), i);
  setResult(i, matching, 0);
  setResult(i, load(buffer_), 1);
}

} // namespace krait::codegen::lower
