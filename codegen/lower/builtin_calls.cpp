// Calls of builtins with a meaning that is known while the program is compiled: `for … in range(…)`, `len(x)`,
// `list.append`, `dict.get`. Each is guarded by a test that what is called is the builtin, and the general call stands beside it.
//
// A loop over range() needs neither the range nor its iterator:
//
//     %r = call %range, %stop           the builtin, and ints: the loop's three numbers go to variables; %r is null
//     %i = iter %r                      null of null
//     local.init $iter.0, %i
//   ^1: %it = local.read $iter.0
//     next.br %it, ^2, ^3               null: step; ^2 while some remain
//
// `reversed(range(…))` goes the other way: the call of the range looks at both names, the call of `reversed` is null of null.
// The null word travels where the iterator would, so that one loop serves both cases. Nobody else sees it: the hidden
// local has no name, and what is null need not die.
#include <algorithm>
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "codegen/lower/loop_ends.h"
#include "ir/analysis/constants.h"
#include "ir/core/operators.h"
#include "runtime/abi/observers.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::codegen::lower {

using ir::analysis::onlyUser;
using ir::core::Use;

bool FunctionLowering::callsBuiltin(const Instruction& i, std::string_view name) const {
  const Instruction* from = i.is(Op::Call) ? ir::analysis::globalReadOf(i.operand(0)) : nullptr;
  return fastPaths_ && !(m_.options().observers & kObservedEvents) && from && m_.ir().cells[from->index] == name;
}

llvm::BasicBlock* FunctionLowering::goOnIf(llvm::Value* good, llvm::BasicBlock* otherwise, bool likely) {
  auto* on = newBlock();
  b_.CreateCondBr(good, on, otherwise, likely ? llvm::MDBuilder(context_).createLikelyBranchWeights() : nullptr);
  b_.SetInsertPoint(on);
  return on;
}

llvm::Value* FunctionLowering::joined(llvm::ArrayRef<std::pair<llvm::Value*, llvm::BasicBlock*>> ways) {
  auto* phi = b_.CreatePHI(ways.front().first->getType(), static_cast<unsigned>(ways.size()));
  for (auto [value, from] : ways) phi->addIncoming(value, from);
  return phi;
}

llvm::Value* FunctionLowering::isPointerWord(llvm::Value* v) {
  return b_.CreateICmpEQ(b_.CreateAnd(v, word(Value::kPointerMask)), word(0));
}

llvm::Value* FunctionLowering::layoutIs(llvm::Value* object, std::string_view type) {
  return b_.CreateICmpEQ(layoutOf(object), layout::layoutOf(m_.llvm(), type));
}

void FunctionLowering::lower(Tag<Op::IsBuiltin>, const Instruction& i) {
  struct Row { std::string_view name, object; };
  static constexpr Row kRows[] = {
#define BUILTIN_FUNCTION(name) {#name, {}},
#define BUILTIN_TYPE(name, object) {#name, #object},
#define BUILTIN_CONSTANT(name, object) {#name, #object},
#include "runtime/abi/builtins.def"
  };
  const std::string& name = m_.ir().names[i.index];
  const Row* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.name == name; });
  llvm::Value* holds = b_.getFalse();
  if (row != std::end(kRows)) {
    llvm::Constant* object = row->object.empty() ? layout::externalData(m_.llvm(), "krt_builtin_function_" + name)
                                                 : layout::runtimeVariable(m_.llvm(), row->object);
    holds = b_.CreateICmpEQ(operand(i, 0), layout::wordOf(object));
  }
  setResult(i, holds);
}

/// The word of an int that is known to be small.
llvm::Value* FunctionLowering::smallInt(llvm::Value* v) {
  return observesIdentity() ? callEntry(Entry::krt_box_int, {v}) : tagged(v);
}

// ---- range --------------------------------------------------------------------------------------

void FunctionLowering::findRangeLoops() {
  const bool isRaw = std::any_of(f_.raws.begin(), f_.raws.end(), [](const auto& raw) { return raw.kind == ir::core::RawKind::Range; });
  if (!fastPaths_ || isRaw) return; // exits and entries of a version know iterators only
  llvm::SmallDenseSet<uint32_t> handedOn; // an iterator that a version is entered or left with must be one
  for (const Block* block = f_.entry(); block; block = block->next)
    for (const Instruction* i = block->first; i; i = i->next)
      for (const Use* use = ir::core::isLocalLoad(i->op) ? i->result()->uses : nullptr; use; use = use->next)
        if (!use->user->is(Op::NextBr)) handedOn.insert(i->local());
  for (const Block* block = f_.entry(); block; block = block->next)
    for (const Instruction* i = block->first; i; i = i->next) {
      if (!callsBuiltin(*i, "range") || i->operandCount < 2 || i->operandCount > 4) continue;
      const Instruction* iter = onlyUser(i->result());
      const Instruction* reversal = iter && callsBuiltin(*iter, "reversed") && iter->operandCount == 2 && iter->operand(1) == i->result() ? iter : nullptr;
      if (reversal) iter = onlyUser(reversal->result());
      if (!iter || !iter->is(Op::Iter)) continue;
      const Instruction* store = onlyUser(iter->result());
      if (!store || !(store->is(Op::LocalInit) || store->is(Op::LocalSet)) || store->local() < f_.varCount || handedOn.contains(store->local())) continue;
      RangeLoop& loop = rangeLoops()[store->local()];
      if (!loop.current) {
        loop.current = lastingVariable("range.current", true);
        loop.step = lastingVariable("range.step", true);
        loop.remaining = lastingVariable("range.remaining", true);
      }
      rangeOf_[i->result()] = &loop;
      if (reversal) rangeOf_[reversal->result()] = &loop;
      rangeOf_[iter->result()] = &loop;
    }
}

// In a generator's slots they are words of small ints; what the last step makes of them nobody reads, and it may be no small one.
llvm::Value* FunctionLowering::loadCounter(llvm::Value* address) {
  llvm::Value* v = load(address);
  return outermost().storage_ == Storage::Generator ? b_.CreateAShr(v, 1) : v;
}

void FunctionLowering::storeCounter(llvm::Value* v, llvm::Value* address) {
  b_.CreateStore(outermost().storage_ == Storage::Generator ? b_.CreateOr(b_.CreateShl(v, 1), word(Value::kIntTag)) : v, address);
}

bool FunctionLowering::callRange(const Instruction& i) {
  auto found = rangeOf_.find(i.resultCount ? i.result() : nullptr);
  if (found == rangeOf_.end()) return false;
  if (!callsBuiltin(i, "range")) {
    llvm::Value *callee = operand(i, 0), *made = operand(i, 1);
    sameOfSame(i, made, word(0), [&] { return callArguments(callee, {made}); });
    return true;
  }
  const RangeLoop& loop = *found->second;
  const Instruction* user = onlyUser(i.result());
  const Instruction* reversal = user->is(Op::Call) ? user : nullptr;
  llvm::SmallVector<llvm::Value*, 3> arguments;
  for (size_t n = 1; n < i.operandCount; ++n) arguments.push_back(operand(i, n));
  llvm::Value* callee = operand(i, 0);
  auto* general = newBlock("unexpected");
  goOnIf(b_.CreateICmpEQ(callee, layout::wordOf(layout::runtimeVariable(m_.llvm(), "rangeType"))), general, true);
  if (reversal) goOnIf(b_.CreateICmpEQ(operand(*reversal, 0), layout::wordOf(layout::runtimeVariable(m_.llvm(), "reversedType"))), general, true);
  for (size_t n = 0; n < arguments.size(); ++n)
    goOnIf(isGuessed(arguments[n], Guess::Int), general, true);
  auto number = [&](size_t n) { return b_.CreateAShr(arguments[n], 1); };
  llvm::Value* start = arguments.size() > 1 ? number(0) : word(0);
  llvm::Value* stop = number(arguments.size() > 1 ? 1 : 0);
  llvm::Value* step = word(1);
  llvm::Value* remaining;
  if (arguments.size() < 3) {
    remaining = b_.CreateSelect(b_.CreateICmpSGT(stop, start), b_.CreateSub(stop, start), word(0));
  } else {
    step = number(2);
    goOnIf(b_.CreateICmpNE(step, word(0)), general, true);
    // Distances are below 2^63; (distance - 1) / |step| + 1 steps.
    llvm::Value* up = b_.CreateICmpSGT(step, word(0));
    llvm::Value* distance = b_.CreateSelect(up, b_.CreateSub(stop, start), b_.CreateSub(start, stop));
    llvm::Value* stride = b_.CreateSelect(up, step, b_.CreateNeg(step));
    llvm::Value* count = b_.CreateAdd(b_.CreateUDiv(b_.CreateSub(distance, word(1)), stride), word(1));
    remaining = b_.CreateSelect(b_.CreateICmpSGT(distance, word(0)), count, word(0));
  }
  if (reversal) {
    start = b_.CreateAdd(start, b_.CreateMul(step, b_.CreateSub(remaining, word(1))));
    step = b_.CreateNeg(step);
  }
  storeCounter(start, loop.current);
  storeCounter(step, loop.step);
  storeCounter(remaining, loop.remaining);
  llvm::BasicBlock* fastEnd = b_.GetInsertBlock();
  auto* next = newBlock();
  b_.CreateBr(next);

  b_.SetInsertPoint(general);
  llvm::Value* made = callArguments(callee, arguments);
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  llvm::BasicBlock* generalEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{word(0), fastEnd}, {made, generalEnd}}));
  return true;
}

void FunctionLowering::lower(Tag<Op::Iter>, const Instruction& i) {
  llvm::Value* iterable = operand(i, 0);
  auto make = [&] { return callEntry(Entry::krt_iter, {iterable}); };
  if (rangeOf_.contains(i.result())) sameOfSame(i, iterable, word(0), make);
  else if (fusing_ && i.operand(0)->guess == Guess::Instance) startIterating(i);
  else if (fusing_) sameOfSame(i, iterable, inLoop(), make);
  else finishCall(i, make());
}

// What stands for a range is null, for its iterator too; what stands for a generator is its own iterator.
void FunctionLowering::sameOfSame(const Instruction& i, llvm::Value* from, llvm::Constant* stand, llvm::function_ref<llvm::Value*()> make) {
  auto* general = newBlock();
  auto* next = newBlock();
  llvm::BasicBlock* start = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(from, stand), next, general, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(general);
  llvm::Value* made = make();
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  llvm::BasicBlock* end = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{stand, start}, {made, end}}));
}

// The item goes on along the first edge, which nothing else takes.
void FunctionLowering::lower(Tag<Op::NextBr>, const Instruction& i) {
  llvm::Value* iterator = operand(i, 0);
  auto* ended = newBlock("ended");
  auto* found = newBlock("found");
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 4> items;
  FusedLoop* fused = fusedLoop(i);
  if (fused) {
    auto* usual = newBlock("usual");
    goOnIf(b_.CreateICmpEQ(iterator, inLoop()), usual, true);
    stepFused(*fused, i, found, ended, items);
    b_.SetInsertPoint(usual);
  }
  const Instruction* read = i.operand(0)->definition;
  auto loop = read && read->is(Op::LocalRead) ? rangeLoops().find(read->local()) : rangeLoops().end();
  if (loop != rangeLoops().end()) {
    const RangeLoop& range = loop->second;
    auto* general = newBlock("unexpected");
    goOnIf(b_.CreateICmpEQ(iterator, word(0)), general, true);
    llvm::Value* remaining = loadCounter(range.remaining);
    goOnIf(b_.CreateICmpNE(remaining, word(0)), ended, false);
    llvm::Value* current = loadCounter(range.current);
    storeCounter(b_.CreateSub(remaining, word(1)), range.remaining);
    storeCounter(b_.CreateAdd(current, loadCounter(range.step)), range.current);
    llvm::Value* item = smallInt(current);
    items.emplace_back(item, b_.GetInsertBlock());
    b_.CreateBr(found);
    b_.SetInsertPoint(general);
  }
  auto* none = newBlock("none");
  if (!fused && pairOf(i)) {
    llvm::Value* status = callEntry(Entry::krt_next_pair, {iterator, pairAddress()});
    llvm::Value* item = b_.CreateSelect(b_.CreateICmpEQ(status, i32(2)), word(0), load(pairAddress()));
    items.emplace_back(item, b_.GetInsertBlock());
    b_.CreateCondBr(b_.CreateICmpSGT(status, i32(0)), found, none, loopWeights(context_));
    b_.SetInsertPoint(none);
    failIf(b_.CreateICmpSLT(status, i32(0)), i);
    b_.CreateBr(ended);
    return finishNext(i, ended, found, items);
  }
  const bool isUnexpected = fused || loop != rangeLoops().end();
  llvm::Value* item = watchesEvents() ? callEntry(Entry::krt_next_watched, {iterator})
                      : isUnexpected  ? callSlow(Entry::krt_next, {iterator})
                                      : callEntry(Entry::krt_next, {iterator});
  items.emplace_back(item, b_.GetInsertBlock());
  b_.CreateCondBr(b_.CreateICmpEQ(item, word(0)), none, found, loopWeights(context_, true));
  b_.SetInsertPoint(none);
  failIf(b_.CreateICmpNE(pendingException(), word(0)), i);
  b_.CreateBr(ended);
  finishNext(i, ended, found, items);
}

void FunctionLowering::finishNext(const Instruction& i, llvm::BasicBlock* ended, llvm::BasicBlock* found,
                                  llvm::ArrayRef<std::pair<llvm::Value*, llvm::BasicBlock*>> items) {
  b_.SetInsertPoint(ended);
  setLocation(currentSite_);
  flowInto(i);
  branchTo(i, 1);
  b_.SetInsertPoint(found);
  setResult(i, joined(items));
  branchTo(i, 0);
}

// ---- pairs --------------------------------------------------------------------------------------

const Instruction* FunctionLowering::pairOf(const Instruction& next) {
  if (watchesEvents()) return nullptr;
  const Instruction* unpack = next.target(0)->first;
  if (!unpack->is(Op::Unpack) || (unpack->resultCount != 2 && !(fusedLoop(next) && unpack->resultCount <= kMaxParts))) return nullptr;
  const bool isAll = unpack->operand(0) == next.result() && unpack->next->is(Op::Kill) && unpack->next->operand(0) == next.result();
  return isAll && !next.result()->uses->next->next ? unpack : nullptr;
}

bool FunctionLowering::isPair(const Temp* t) { return t->definition && t->definition->is(Op::NextBr) && pairOf(*t->definition); }

llvm::Value* FunctionLowering::pairAddress() {
  if (!pair_) pair_ = newVariable(i64_, "pair", word(2));
  return pair_;
}

// ---- len, append --------------------------------------------------------------------------------

// The length of what has it in a word of its own (Layout::lengthOffset); of all else it goes to `otherwise`.
llvm::Value* FunctionLowering::lengthAtHand(llvm::Value* v, llvm::BasicBlock* otherwise) { return wordAtHand(v, offsetof(Layout, lengthOffset), otherwise); }

llvm::Value* FunctionLowering::wordAtHand(llvm::Value* v, size_t where, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(v), otherwise, true);
  llvm::Value* offset = layout::ofKind(b_.CreateLoad(i32_, field(layoutOf(v), where)), layout::Access::Shape);
  goOnIf(b_.CreateICmpNE(offset, i32(0)), otherwise, true);
  return load(b_.CreateInBoundsGEP(b_.getInt8Ty(), b_.CreateIntToPtr(v, ptr_), b_.CreateZExt(offset, i64_)));
}

bool FunctionLowering::callLen(const Instruction& i) {
  if (i.operandCount != 2 || !callsBuiltin(i, "len")) return false;
  uint64_t kept = 0;
  llvm::Value* container = argument(i, 1, kept, 0);
  llvm::Value* callee = operand(i, 0);
  auto* general = newBlock();
  auto* next = newBlock();
  goOnIf(isPointerWord(callee), general, true);
  goOnIf(layoutIs(callee, "builtinFunctionType"), general, true);
  llvm::Value* definition = b_.CreateLoad(ptr_, field(callee, offsetof(BuiltinFunctionObject, def)));
  goOnIf(b_.CreateICmpEQ(definition, layout::externalData(m_.llvm(), "krt_builtin_def_len")), general, true);
  llvm::Value* fast = smallInt(lengthAtHand(container, general));
  if (!kept) drop(container, i.operand(1)->type);
  llvm::BasicBlock* fastEnd = b_.GetInsertBlock();
  b_.CreateBr(next);

  b_.SetInsertPoint(general);
  own(container, kept);
  llvm::Value* made = callArguments(callee, {container});
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  llvm::BasicBlock* generalEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{fast, fastEnd}, {made, generalEnd}}));
  return true;
}

// The builtin type whose own method of that name is done in place with so many arguments; empty: none.
std::string_view FunctionLowering::ownerOf(const Instruction& lookup, size_t count) const {
  struct Row { std::string_view name, type; size_t most; };
  static constexpr Row kRows[] = {{"append", "listType", 1}, {"get", "dictType", 2}, {"add", "setType", 1}};
  const std::string& name = m_.ir().names[lookup.index];
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.name == name; });
  if (row == std::end(kRows) || count < 1 || count > row->most || !fastPaths_ || (m_.options().observers & kObservedEvents)) return {};
  // Of dicts and sets, unless the receiver is probably of a class that has a method of that name.
  return row == std::begin(kRows) || m_.classes().methodsOf(lookup.operand(0), lookup.index).empty() ? row->type : std::string_view();
}

// A lookup of such a method waits for its call, which knows the name: None, which is nobody's method, stands for what would be found.
// The type; empty: it does not wait.
std::string_view FunctionLowering::awaitedOwner(const Instruction& load) const {
  if (!load.is(Op::MethodLoad) || slotOfTemp_[load.result(0)->id] != ir::core::kNone) return {};
  const Instruction* call = nullptr;
  for (const Use* u = load.result(0)->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    if (call || !u->user->is(Op::MethodCall)) return {}; // it goes elsewhere
    call = u->user;
  }
  return call && call->operand(0) == load.result(0) && call->operand(1) == load.result(1) ? ownerOf(load, call->operandCount - 2) : std::string_view();
}

void FunctionLowering::lower(Tag<Op::MethodLoad>, const Instruction& i) {
  llvm::Value* receiver = operand(i, 0);
  auto find = [&] { return callEntry(Entry::krt_method_load, {receiver, name(i.index), m_.newCache(), buffer_}); };
  const std::string_view owner = awaitedOwner(i);
  if (owner.empty()) return finishLoad(i, find());
  auto *general = newBlock(), *next = newBlock();
  goOnIf(isPointerWord(receiver), general, true);
  goOnIf(layoutIs(receiver, owner), general, true);
  incref(receiver, i.operand(0)->type);
  llvm::BasicBlock* waitingEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(general);
  llvm::Value* found = find();
  failIf(b_.CreateICmpEQ(found, word(0)), i);
  llvm::Value* self = load(buffer_);
  llvm::BasicBlock* generalEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{layout::noneWord(m_.llvm()), waitingEnd}, {found, generalEnd}}), 0);
  setResult(i, joined({{receiver, waitingEnd}, {self, generalEnd}}), 1);
}

// A builtin type's own method: nobody can change it, and a lookup that came before the arguments has found nothing else.
// `fast` consumes the arguments and gives the result, and whether it failed.
bool FunctionLowering::callOwnMethod(const Instruction& i, std::string_view type, llvm::function_ref<OwnResult(llvm::Value*, llvm::ArrayRef<llvm::Value*>)> fast) {
  const bool isFound = i.is(Op::MethodCall), isBound = i.is(Op::BoundCall);
  const Instruction* lookup = isFound ? lookUpOf(i) : &i;
  const uint32_t at = isFound ? 1 : 0; // the receiver, which the call of what was found consumes
  const uint32_t first = isFound || isBound ? 2 : 1;
  const size_t count = i.operandCount - first;
  if (!lookup || (isFound && !lookup->is(Op::MethodLoad)) || ownerOf(*lookup, count) != type) return false;
  llvm::Value* receiver = operand(i, at);
  llvm::SmallVector<llvm::Value*, 2> arguments;
  for (size_t n = 0; n < count; ++n) arguments.push_back(operand(i, first + n));
  auto* general = newBlock();
  auto* next = newBlock();
  if (isFound) goOnIf(b_.CreateICmpNE(receiver, word(0)), general, true);
  if (isBound) goOnIf(takesReceiver(i), general, true);
  goOnIf(isPointerWord(receiver), general, true);
  goOnIf(layoutIs(receiver, type), general, true);
  // One that dies with the call does so before the arguments are let go.
  if (isFound) goOnIf(b_.CreateICmpNE(refsOf(receiver), word(1)), general, true);
  const OwnResult own = fast(receiver, arguments);
  if (isFound) drop(receiver, i.operand(at)->type);
  failIf(own.failed, i);
  llvm::BasicBlock* fastEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(general);
  static constexpr Entry kFound[] = {Entry::krt_method_call1, Entry::krt_method_call2}, kNamed[] = {Entry::krt_method1, Entry::krt_method2},
                         kBound[] = {Entry::krt_bound_call1, Entry::krt_bound_call2};
  llvm::SmallVector<llvm::Value*, 5> words;
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 3> ways{{own.value, fastEnd}};
  if (isFound && !awaitedOwner(*lookup).empty()) {
    auto* found = newBlock();
    goOnIf(b_.CreateAnd(b_.CreateICmpEQ(operand(i, 0), layout::noneWord(m_.llvm())), b_.CreateICmpNE(receiver, word(0))), found, false);
    words = {receiver, name(lookup->index), m_.newCache()};
    words.append(arguments.begin(), arguments.end());
    for (llvm::Value* v : arguments) incref(v);
    llvm::Value* made = callEntry(kNamed[count - 1], words);
    drop(receiver, i.operand(at)->type);
    for (size_t n = 0; n < count; ++n) drop(arguments[n], i.operand(first + n)->type);
    failIf(b_.CreateICmpEQ(made, word(0)), i);
    ways.emplace_back(made, b_.GetInsertBlock());
    b_.CreateBr(next);
    b_.SetInsertPoint(found);
  }
  if (isFound) words = {operand(i, 0), receiver};
  else if (isBound) words = {receiver, operand(i, 1)};
  else words = {receiver, name(i.index), m_.newCache()};
  words.append(arguments.begin(), arguments.end());
  llvm::Value* made = callEntry((isFound ? kFound : isBound ? kBound : kNamed)[count - 1], words);
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  ways.emplace_back(made, b_.GetInsertBlock());
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined(ways));
  return true;
}

bool FunctionLowering::callAppend(const Instruction& i) {
  return callOwnMethod(i, "listType", [&](llvm::Value* list, llvm::ArrayRef<llvm::Value*> arguments) -> OwnResult {
    llvm::Value* status = callEntry(Entry::krt_list_append, {list, arguments[0]});
    return {layout::noneWord(m_.llvm()), b_.CreateICmpSLT(status, i32(0))};
  });
}

bool FunctionLowering::callGetOrAdd(const Instruction& i) {
  auto get = [&](llvm::Value* dict, llvm::ArrayRef<llvm::Value*> arguments) -> OwnResult {
    llvm::Value* v = callEntry(Entry::krt_dict_get, {dict, arguments[0], arguments.size() > 1 ? arguments[1] : word(0)});
    return {v, b_.CreateICmpEQ(v, word(0))};
  };
  auto add = [&](llvm::Value* set, llvm::ArrayRef<llvm::Value*> arguments) -> OwnResult {
    llvm::Value* status = callEntry(Entry::krt_set_add, {set, arguments[0]});
    drop(arguments[0], i.operand(i.operandCount - 1)->type);
    return {layout::noneWord(m_.llvm()), b_.CreateICmpSLT(status, i32(0))};
  };
  return callOwnMethod(i, "dictType", get) || callOwnMethod(i, "setType", add);
}

// A list's last item, where listResize (runtime/types/list_storage.cpp) would leave the others where they are.
bool FunctionLowering::callPop(const Instruction& i) {
  const bool isBound = i.is(Op::BoundCall);
  if (!fastPaths_ || i.operandCount != (isBound ? 2 : 1) || m_.ir().names[i.index] != "pop" || (m_.options().observers & kObservedEvents)) return false;
  if (!m_.classes().methodsOf(i.operand(0), i.index).empty()) return false; // probably one of these
  llvm::Value* receiver = operand(i, 0);
  auto* general = newBlock();
  auto* next = newBlock();
  if (isBound) goOnIf(takesReceiver(i), general, true);
  goOnIf(isPointerWord(receiver), general, true);
  goOnIf(layoutIs(receiver, "listType"), general, true);
  llvm::Value* rest = b_.CreateSub(load(field(receiver, offsetof(ListObject, size))), word(1));
  llvm::Value* capacity = load(field(receiver, offsetof(ListObject, capacity)));
  llvm::Value* isHalf = b_.CreateICmpSGE(rest, b_.CreateAShr(capacity, 1));
  llvm::Value* room = b_.CreateAnd(b_.CreateAdd(b_.CreateAdd(rest, b_.CreateAShr(rest, 3)), word(6)), word(~uint64_t{3}));
  llvm::Value* stays = b_.CreateOr(isHalf, b_.CreateICmpEQ(room, capacity));
  goOnIf(b_.CreateAnd(b_.CreateICmpSGT(rest, word(0)), stays), general, true);
  llvm::Value* items = b_.CreateLoad(ptr_, field(receiver, offsetof(ListObject, items)));
  llvm::Value* item = load(b_.CreateGEP(i64_, items, {rest}));
  b_.CreateStore(rest, field(receiver, offsetof(ListObject, size)));
  llvm::BasicBlock* fastEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(general);
  llvm::Value* made = isBound ? callEntry(Entry::krt_bound_call0, {receiver, operand(i, 1)})
                              : callEntry(Entry::krt_method0, {receiver, name(i.index), m_.newCache()});
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  llvm::BasicBlock* generalEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{item, fastEnd}, {made, generalEnd}}));
  return true;
}

// A name that is probably the builtin's has an entry that tries that first (runtime/hot/builtins.cpp).
std::optional<Entry> FunctionLowering::builtinCall(const Instruction& i) const {
  struct Row {
    std::string_view name;
    size_t arguments;
    Entry entry;
  };
  static constexpr Row kRows[] = {
      {"abs", 1, Entry::krt_call_abs}, {"callable", 1, Entry::krt_call_callable}, {"chr", 1, Entry::krt_call_chr},
      {"hash", 1, Entry::krt_call_hash}, {"id", 1, Entry::krt_call_id}, {"isinstance", 2, Entry::krt_call_isinstance},
      {"issubclass", 2, Entry::krt_call_issubclass}, {"len", 1, Entry::krt_call_len}, {"max", 2, Entry::krt_call_max}, {"min", 2, Entry::krt_call_min},
      {"ord", 1, Entry::krt_call_ord}, {"type", 1, Entry::krt_call_type},
  };
  const Instruction* callee = ir::analysis::globalReadOf(i.operand(0));
  if (!callee) return std::nullopt;
  for (const Row& row : kRows)
    if (row.name == m_.ir().cells[callee->index] && row.arguments == i.operandCount - 1) return row.entry;
  return std::nullopt;
}

// getattr(o, "name"), getattr(o, "name", otherwise) and hasattr(o, "name"): a site as that of o.name.
bool FunctionLowering::callOfNamed(const Instruction& i) {
  const Instruction* callee = ir::analysis::globalReadOf(i.operand(0));
  if (!callee || i.operandCount < 3) return false;
  const std::string& called = m_.ir().cells[callee->index];
  const bool isTest = called == "hasattr" && i.operandCount == 3;
  if (!isTest && !(called == "getattr" && i.operandCount <= 4)) return false;
  const Instruction* named = ir::analysis::originOf(i.operand(2));
  if (!named || !named->is(Op::Const) || m_.ir().constants[named->index].kind != ir::core::ConstantKind::Str) return false;
  llvm::SmallVector<llvm::Value*, 5> arguments{operand(i, 0), operand(i, 1), constant(named->index)};
  if (!isTest) arguments.push_back(i.operandCount == 4 ? operand(i, 3) : word(0));
  arguments.push_back(m_.newCache());
  finishCall(i, callEntry(isTest ? Entry::krt_call_hasattr : Entry::krt_call_getattr, arguments));
  return true;
}

} // namespace krait::codegen::lower
