// Iterators of loops, looked at before they move on: over lists, tuples, texts, bytes, dicts, sets, enumerate and zip.
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "codegen/lower/loop_ends.h"
#include "runtime/types/byte_iter.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/iterators.h"
#include "runtime/types/str.h"
#include "runtime/types/str_iter.h"

namespace krait::codegen::lower {

using namespace ir::core;

static_assert(offsetof(ListIterator, list) == offsetof(TupleIterator, tuple) && offsetof(ListIterator, index) == offsetof(TupleIterator, index));
static_assert(offsetof(ListIterator, list) == offsetof(ByteIterator, source) && offsetof(ListIterator, index) == offsetof(ByteIterator, index));

/// What an exact iterator of this type goes over, and the index there, if an item comes next; one that has ended has no sequence.
std::pair<llvm::Value*, llvm::Value*> FunctionLowering::placeOf(llvm::Value* iterator, std::string_view type, size_t sizeOffset, llvm::BasicBlock* out) {
  requireExact(iterator, type, out);
  llvm::Value* sequence = load(field(iterator, offsetof(ListIterator, list)));
  llvm::Value* index = load(field(iterator, offsetof(ListIterator, index)));
  goOnIf(b_.CreateICmpNE(sequence, word(0)), out, true);
  isRound(goOnIf(b_.CreateICmpULT(index, loadSize(sequence, sizeOffset)), out, false));
  return {sequence, index};
}

void FunctionLowering::peek(const Instruction& i, bool isList) {
  flowInto(i);
  const std::string_view type = isList ? "listIteratorType" : "tupleIteratorType";
  const auto [sequence, index] = placeOf(operand(i, 0), type, isList ? offsetof(ListObject, size) : offsetof(TupleObject, size), edgeBlock(i, 1));
  llvm::Value* items = isList ? b_.CreateLoad(ptr_, field(sequence, offsetof(ListObject, items))) : field(sequence, offsetof(TupleObject, items));
  setResult(i, load(b_.CreateInBoundsGEP(i64_, items, index)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ListPeek>, const Instruction& i) { peek(i, true); }
void FunctionLowering::lower(Tag<Op::TuplePeek>, const Instruction& i) { peek(i, false); }

void FunctionLowering::lower(Tag<Op::IteratorStep>, const Instruction& i) {
  llvm::Value* index = field(operand(i, 0), offsetof(ListIterator, index));
  b_.CreateStore(b_.CreateAdd(load(index), word(1)), index);
}

void FunctionLowering::lower(Tag<Op::EnumerateIterator>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  requireExact(v, "enumerateType", out);
  goOnIf(b_.CreateICmpEQ(load(field(v, offsetof(EnumerateObject, result))), word(0)), out, true);
  llvm::Value* count = load(field(v, offsetof(EnumerateObject, index)));
  goOnIf(isGuessed(count, Guess::Int), out, true);
  goOnIf(b_.CreateICmpNE(count, word(Value::ofSmallInt(Value::kSmallMax).bits)), out, true);
  setResult(i, load(field(v, offsetof(EnumerateObject, iterator))));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::EnumerateStep>, const Instruction& i) {
  llvm::Value* address = field(operand(i, 0), offsetof(EnumerateObject, index));
  llvm::Value* count = load(address);
  b_.CreateStore(b_.CreateAdd(count, word(2)), address);
  setResult(i, count);
}

void FunctionLowering::lower(Tag<Op::ZipIterator>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  requireExact(v, "zipType", out);
  goOnIf(b_.CreateICmpEQ(load(field(v, offsetof(ZipObject, result))), word(0)), out, true);
  llvm::Value* iterators = load(field(v, offsetof(ZipObject, iterators)));
  goOnIf(b_.CreateICmpEQ(load(field(iterators, offsetof(TupleObject, size))), word(static_cast<uint64_t>(i.imm2))), out, true);
  setResult(i, load(field(iterators, static_cast<int64_t>(offsetof(TupleObject, items) + static_cast<size_t>(i.imm) * sizeof(Value)))));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::PlainCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = operand(i, 0);
  auto* object = newBlock("object");
  auto* next = newBlock();
  b_.CreateCondBr(isPointerWord(v), object, next);
  b_.SetInsertPoint(object);
  llvm::Value* layout = layoutOf(v);
  llvm::Value* isInert = b_.getFalse();
  for (std::string_view type : {"strType", "intType", "floatType", "bytesType"})
    isInert = b_.CreateOr(isInert, b_.CreateICmpEQ(layout, layout::layoutOf(m_.llvm(), type)));
  b_.CreateCondBr(isInert, next, out);
  b_.SetInsertPoint(next);
  branchTo(i, 0);
}

static_assert(offsetof(EnumerateObject, held) == offsetof(ZipObject, held) && offsetof(DictIterator, held) == offsetof(ZipObject, held));

void FunctionLowering::lower(Tag<Op::HoldsNothing>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  goOnIf(b_.CreateICmpEQ(load(heldBy(i)), word(kHoldsNothing.bits)), out, true);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::IteratorHold>, const Instruction& i) {
  llvm::Value* address = heldBy(i);
  setResult(i, load(address));
  b_.CreateStore(operand(i, 1), address);
}

llvm::Value* FunctionLowering::heldBy(const Instruction& i) {
  return field(operand(i, 0), static_cast<int64_t>(offsetof(ZipObject, held) + static_cast<size_t>(i.imm) * sizeof(Value)));
}

// ---- texts --------------------------------------------------------------------------------------

static_assert(offsetof(StrIterator, text) == offsetof(ListIterator, list) && offsetof(StrIterator, index) == offsetof(ListIterator, index));

void FunctionLowering::lower(Tag<Op::StrPeek>, const Instruction& i) {
  flowInto(i);
  const auto [text, index] = placeOf(operand(i, 0), "strAsciiIteratorType", offsetof(StrObject, length), edgeBlock(i, 1));
  llvm::Value* c = b_.CreateLoad(b_.getInt8Ty(), b_.CreateInBoundsGEP(b_.getInt8Ty(), field(text, sizeof(StrObject)), index));
  llvm::Value* offset = b_.CreateMul(b_.CreateZExt(c, i64_), word(sizeof(SharedChar)));
  setResult(i, b_.CreateAdd(layout::wordOf(layout::externalData(m_.llvm(), "krt_latin1_chars")), offset));
  branchTo(i, 0);
}

// ---- bytes --------------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::BytePeek>, const Instruction& i) {
  flowInto(i);
  auto *others = newBlock(), *next = newBlock();
  const auto [bytes, at] = placeOf(operand(i, 0), "bytesIteratorType", offsetof(BytesObject, size), others);
  llvm::Value* first = b_.CreateInBoundsGEP(b_.getInt8Ty(), field(bytes, offsetof(BytesObject, data)), at);
  llvm::BasicBlock* firstEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(others);
  const auto [array, there] = placeOf(operand(i, 0), "bytearrayIteratorType", offsetof(ByteArrayObject, size), edgeBlock(i, 1));
  llvm::Value* second = b_.CreateInBoundsGEP(b_.getInt8Ty(), loadPointer(field(array, offsetof(ByteArrayObject, start)), layout::Access::Header), there);
  llvm::BasicBlock* secondEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  setByte(i, {{first, firstEnd}, {second, secondEnd}}, next);
}

// ---- dicts and sets ------------------------------------------------------------------------------

/// Where an iterator has what all of them have that are over something whose size must not change, and where that has its size.
struct IteratorPlaces { int64_t container, used, position, remaining, size; };
static constexpr IteratorPlaces kOverDict = {offsetof(DictIterator, dict), offsetof(DictIterator, used), offsetof(DictIterator, position), offsetof(DictIterator, remaining), offsetof(DictObject, used)};
static constexpr IteratorPlaces kOverSet = {offsetof(SetIterator, set), offsetof(SetIterator, used), offsetof(SetIterator, position), offsetof(SetIterator, remaining), offsetof(SetObject, used)};

/// What an exact iterator of this type goes over, if it has not ended and that is as large as ever.
llvm::Value* FunctionLowering::unchanged(llvm::Value* iterator, std::string_view type, const IteratorPlaces& at, llvm::BasicBlock* otherwise) {
  requireExact(iterator, type, otherwise);
  llvm::Value* container = load(field(iterator, at.container));
  goOnIf(b_.CreateICmpNE(container, word(0)), otherwise, true);
  goOnIf(b_.CreateICmpEQ(load(field(iterator, at.used)), load(field(container, at.size))), otherwise, true);
  return container;
}

/// Behind what it gave.
void FunctionLowering::moveOn(const Instruction& i, const IteratorPlaces& at) {
  llvm::Value* remaining = field(operand(i, 0), at.remaining);
  b_.CreateStore(b_.CreateAdd(operand(i, 1), word(1)), field(operand(i, 0), at.position));
  b_.CreateStore(b_.CreateSub(load(remaining), word(1)), remaining);
}

/// Whether a dict's values stand in its entries.
llvm::Value* FunctionLowering::hasOwnValues(llvm::Value* dict) {
  return b_.CreateICmpEQ(b_.CreateLoad(b_.getInt8Ty(), field(dict, offsetof(DictObject, split))), b_.getInt8(kDictCombined));
}

/// The entry at a position.
llvm::Value* FunctionLowering::entryAt(llvm::Value* dict, llvm::Value* position) {
  llvm::Value* entries = b_.CreateLoad(ptr_, field(dict, offsetof(DictObject, entries)));
  return b_.CreateInBoundsGEP(b_.getInt8Ty(), entries, b_.CreateMul(position, word(sizeof(DictEntry))));
}

void FunctionLowering::lower(Tag<Op::DictPeek>, const Instruction& i) {
  static constexpr std::string_view kTypes[] = {"dictKeyIteratorType", "dictValueIteratorType", "dictItemIteratorType"};
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* iterator = operand(i, 0);
  llvm::Value* dict = unchanged(iterator, kTypes[i.imm], kOverDict, out);
  goOnIf(hasOwnValues(dict), out, true);
  if (i.imm == 2) goOnIf(b_.CreateICmpEQ(load(field(iterator, offsetof(DictIterator, result))), word(0)), out, true);
  // What is behind the last entry need not be looked for: then none remains.
  isRound(goOnIf(b_.CreateICmpNE(load(field(iterator, offsetof(DictIterator, remaining))), word(0)), out, false));
  llvm::Value* position = load(field(iterator, offsetof(DictIterator, position)));
  goOnIf(b_.CreateICmpSLT(position, load(field(dict, offsetof(DictObject, entryCount)))), out, true);
  goOnIf(b_.CreateICmpNE(load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entryAt(dict, position), offsetof(DictEntry, key))), word(0)), out, true);
  setResult(i, position);
  branchTo(i, 0);
}

void FunctionLowering::ofEntry(const Instruction& i, size_t offset) {
  llvm::Value* entry = entryAt(load(field(operand(i, 0), offsetof(DictIterator, dict))), operand(i, 1));
  setResult(i, load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry, offset)));
}

void FunctionLowering::lower(Tag<Op::DictKey>, const Instruction& i) { ofEntry(i, offsetof(DictEntry, key)); }
void FunctionLowering::lower(Tag<Op::DictValue>, const Instruction& i) { ofEntry(i, offsetof(DictEntry, value)); }

void FunctionLowering::lower(Tag<Op::DictCheck>, const Instruction& i) {
  flowInto(i);
  requireSaid(operand(i, 0), "dictType", kLayoutDictItems, edgeBlock(i, 1));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::DictExact>, const Instruction& i) {
  flowInto(i);
  requireExact(operand(i, 0), "dictType", edgeBlock(i, 1));
  branchTo(i, 0);
}

namespace {

/// Whether what is stored there is what a loop takes next.
bool isNext(const Temp* t, const ir::analysis::Flow& flow, unsigned depth = 0) {
  constexpr unsigned kMost = 4;
  if (const Instruction* made = t->definition) {
    if (made->is(Op::Copy)) return isNext(made->operand(0), flow, depth);
    return made->is(Op::NextBr) || made->is(Op::ListItem) || made->is(Op::DictKey) || made->is(Op::TuplePeek) || made->is(Op::ListPeek);
  }
  if (depth == kMost) return false;
  for (const ir::analysis::Edge& e : flow.predecessors(t->block)) {
    if (e.error) continue;
    const Instruction* end = e.from->terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s)
      if (end->target(s) == t->block && isNext(end->argument(s, t->index), flow, depth + 1)) return true;
  }
  return false;
}

} // namespace

/// The local that it was read from; kNone: it was not.
static uint32_t localOf(const Temp* t) { return t->definition && t->definition->is(Op::LocalRead) ? t->definition->local() : ir::core::kNone; }

/// Locals that loops go on with, and that are looked for in a dict which gets no items under them: what has all of them, mostly in this order,
/// as the columns of a table are. What is counted comes in any order.
std::set<uint32_t> FunctionLowering::columns() const {
  std::set<uint32_t> nexts, found;
  std::set<std::pair<uint32_t, uint32_t>> written; // dict and key
  for (const Block* block : order_)
    for (const Instruction* i = block->first; i; i = i->next) {
      if ((i->is(Op::LocalSet) || i->is(Op::LocalInit)) && isNext(i->operand(0), flow_)) nexts.insert(i->local());
      if (i->is(Op::ItemSet)) written.insert({localOf(i->operand(0)), localOf(i->operand(1))});
    }
  for (const Block* block : order_)
    for (const Instruction* i = block->first; i; i = i->next)
      if (i->is(Op::DictFind) && nexts.contains(localOf(i->operand(1))) && !written.contains({localOf(i->operand(0)), localOf(i->operand(1))}))
        found.insert(localOf(i->operand(1)));
  return found;
}

/// Which entry a key is probably in, of those that a site found: a constant mostly in the same, a column in the one behind.
FunctionLowering::LikelyEntry FunctionLowering::likelyEntry(const Temp* key) {
  const Instruction* made = key->definition;
  if (made && made->is(Op::Copy)) return likelyEntry(made->operand(0));
  if (made && made->is(Op::Const)) return LikelyEntry::Same;
  if (localOf(key) == ir::core::kNone) return LikelyEntry::Any;
  if (!columns_) columns_ = columns();
  return columns_->contains(localOf(key)) ? LikelyEntry::Next : LikelyEntry::Any;
}

// A site remembers the number of an entry, and looks there first: the same object is the same key. After so many in a row that were
// somewhere else it looks no more.
void FunctionLowering::lower(Tag<Op::DictFind>, const Instruction& i) {
  llvm::Value *dict = operand(i, 0), *key = operand(i, 1);
  const LikelyEntry likely = likelyEntry(i.operand(1));
  if (likely == LikelyEntry::Any) {
    llvm::Value* entry = callEntry(Entry::krt_dict_find, {dict, key});
    return guardedBy(i, b_.CreateICmpSGE(entry, word(~uint64_t{0})), entry);
  }
  constexpr uint64_t kMostMisses = 16, kNowhere = ~uint64_t{0};
  auto* words = llvm::ArrayType::get(i64_, 2); // the number, and how many were not there
  llvm::Value* site = m_.constants().privateData(llvm::ConstantAggregateZero::get(words), "entry", false);
  llvm::Value* misses = b_.CreateConstInBoundsGEP2_64(words, site, 0, 1);
  auto after = [&](llvm::Value* entry) { return likely == LikelyEntry::Next ? b_.CreateAdd(entry, word(1)) : entry; };
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  auto *ask = newBlock("ask"), *found = newBlock("found"), *next = newBlock();
  llvm::Value* expected = load(site);
  const bool isSure = likely == LikelyEntry::Same;
  goOnIf(b_.CreateICmpULT(expected, load(field(dict, offsetof(DictObject, entryCount)))), ask, isSure);
  goOnIf(b_.CreateICmpEQ(load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entryAt(dict, expected), offsetof(DictEntry, key))), key), ask, isSure);
  goOnIf(b_.CreateICmpEQ(b_.CreateLoad(b_.getInt8Ty(), field(dict, offsetof(DictObject, split))), b_.getInt8(kDictCombined)), ask, isSure);
  if (likely == LikelyEntry::Next) b_.CreateStore(after(expected), site);
  b_.CreateStore(word(0), misses);
  llvm::BasicBlock* expectedEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(ask);
  llvm::Value* entry = callEntry(Entry::krt_dict_find, {dict, key});
  goOnIf(b_.CreateICmpSGE(entry, word(~uint64_t{0})), out, true);
  llvm::BasicBlock* asked = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateAnd(b_.CreateICmpSGE(entry, word(0)), b_.CreateICmpNE(expected, word(kNowhere))), found, next);
  b_.SetInsertPoint(found);
  llvm::Value* count = b_.CreateAdd(load(misses), word(1));
  b_.CreateStore(count, misses);
  b_.CreateStore(b_.CreateSelect(b_.CreateICmpULT(count, word(kMostMisses)), after(entry), word(kNowhere)), site);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{expected, expectedEnd}, {entry, asked}, {entry, found}}));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::DictHas>, const Instruction& i) { setResult(i, b_.CreateICmpSGE(operand(i, 0), word(0))); }

void FunctionLowering::lower(Tag<Op::DictAt>, const Instruction& i) {
  llvm::Value* entry = entryAt(operand(i, 0), operand(i, 1));
  setResult(i, load(b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), entry, offsetof(DictEntry, value)), layout::Access::Item));
}

void FunctionLowering::lower(Tag<Op::SetHas>, const Instruction& i) {
  llvm::Value* has = callEntry(Entry::krt_set_has, {operand(i, 0), operand(i, 1)});
  guardedBy(i, b_.CreateICmpSGE(has, i32(0)), b_.CreateICmpNE(has, i32(0)));
}

void FunctionLowering::lower(Tag<Op::DictStep>, const Instruction& i) { moveOn(i, kOverDict); }

void FunctionLowering::lower(Tag<Op::SetPeek>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* iterator = operand(i, 0);
  llvm::Value* set = unchanged(iterator, "setIteratorType", kOverSet, out);
  llvm::Value *at = load(field(iterator, offsetof(SetIterator, position))), *mask = load(field(set, offsetof(SetObject, mask)));
  goOnIf(b_.CreateICmpSLE(at, mask), out, true);
  // As liveWords (runtime/types/set_table.h).
  llvm::Value* table = b_.CreateLoad(ptr_, field(set, offsetof(SetObject, table)));
  llvm::Value* behind = b_.CreateInBoundsGEP(b_.getInt8Ty(), table, b_.CreateMul(b_.CreateAdd(mask, word(1)), word(sizeof(SetEntry))));
  llvm::Value* words = b_.CreateSelect(b_.CreateICmpULT(mask, word(64)), field(set, offsetof(SetObject, live)), behind);
  llvm::Value* bits = b_.CreateLoad(i64_, b_.CreateInBoundsGEP(i64_, words, b_.CreateLShr(at, 6)));
  llvm::Value* rest = b_.CreateLShr(bits, b_.CreateAnd(at, word(63)));
  isRound(goOnIf(b_.CreateICmpNE(rest, word(0)), out, false));
  setResult(i, b_.CreateAdd(at, b_.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, rest, b_.getTrue())));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::SetKey>, const Instruction& i) {
  llvm::Value* set = load(field(operand(i, 0), offsetof(SetIterator, set)));
  llvm::Value* table = b_.CreateLoad(ptr_, field(set, offsetof(SetObject, table)));
  static_assert(offsetof(SetEntry, key) == 0);
  setResult(i, load(b_.CreateInBoundsGEP(b_.getInt8Ty(), table, b_.CreateMul(operand(i, 1), word(sizeof(SetEntry))))));
}

void FunctionLowering::lower(Tag<Op::SetStep>, const Instruction& i) { moveOn(i, kOverSet); }

} // namespace krait::codegen::lower
