// Items of sequences, and the iterators over them that loops keep to themselves: behind tests of class and index, loads and stores.
#include <algorithm>
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "codegen/lower/loop_ends.h"
#include "ir/analysis/constants.h"
#include "runtime/modules/array.h"
#include "runtime/types/bytes.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::codegen::lower {

// ---- lists and bytes ----------------------------------------------------------------------------

// How many items are in a sequence, or bytes: so an index that is below it may be added to, and taken from, without an overflow.
llvm::Value* FunctionLowering::loadSize(llvm::Value* sequence, size_t offset) {
  llvm::LoadInst* size = layout::ofKind(b_.CreateLoad(i64_, field(sequence, static_cast<int64_t>(offset))), layout::Access::Header);
  size->setMetadata(llvm::LLVMContext::MD_range, llvm::MDBuilder(context_).createRange(llvm::APInt(64, 0), llvm::APInt(64, uint64_t{1} << 59)));
  return size;
}

llvm::Value* FunctionLowering::itemAddress(const Instruction& i) {
  llvm::Value* items = loadPointer(field(operand(i, 0), offsetof(ListObject, items)), layout::Access::Header);
  return b_.CreateInBoundsGEP(i64_, items, numberOf(operand(i, 1)));
}

void FunctionLowering::lower(Tag<Op::ListGet>, const Instruction& i) { setResult(i, load(itemAddress(i), layout::Access::Item)); }

// Of None, True and False the compiler knows what the list's content bits become.
void FunctionLowering::lower(Tag<Op::ListPut>, const Instruction& i) {
  const Temp* v = i.operand(2);
  const bool isLasting = v->type.isOnly(ir::core::Type::bit(ir::core::TypeBit::Bool) | ir::core::Type::bit(ir::core::TypeBit::NoneType));
  if (!isLasting || !fastPaths_ || outOfLine_) return lowerAsCall(Entry::krt_list_put, i);
  llvm::Value* content = field(operand(i, 0), offsetof(ListObject, content));
  llvm::Value* known = layout::ofKind(b_.CreateLoad(i32_, content), layout::Access::Content);
  layout::ofKind(b_.CreateStore(b_.CreateAnd(known, i32(kNoCounts)), content), layout::Access::Content);
  llvm::Value* address = itemAddress(i);
  llvm::Value* old = load(address, layout::Access::Item);
  layout::ofKind(b_.CreateStore(operand(i, 2), address), layout::Access::Item);
  drop(old, ir::core::Type::object());
}

// Is it one of a few texts or numbers of the source, or one of a text's characters? What a look does not tell is asked.
void FunctionLowering::lower(Tag<Op::Contains>, const Instruction& i) {
  const auto items = fewConstants(i.operand(0));
  const std::string* characters = asciiText(i.operand(0));
  if (!fastPaths_ || outOfLine_ || i.block->cold || (items.empty() && !characters)) return lowerAsCall(Entry::krt_contains, i);
  llvm::Value* v = operand(i, 1);
  auto *known = newBlock("known"), *ask = newBlock("ask");
  Answers answers;
  if (characters) lookAmong(*characters, v, answers, known, ask);
  else lookAmong(items, v, answers, known, ask);
  b_.SetInsertPoint(ask);
  answers.emplace_back(callSlow(Entry::krt_contains, {operand(i, 0), v}), b_.GetInsertBlock());
  b_.CreateBr(known);
  b_.SetInsertPoint(known);
  finishCall(i, joined(answers));
}

// By their words, which tell all that is to be told of a name (interned, as these are) or a small int.
void FunctionLowering::lookAmong(llvm::ArrayRef<llvm::Value*> items, llvm::Value* v, Answers& answers, llvm::BasicBlock* next, llvm::BasicBlock* otherwise) {
  if (llvm::isa<llvm::ConstantInt>(items[0])) { // numbers
    goOnIf(b_.CreateICmpNE(b_.CreateAnd(v, word(Value::kIntTag)), word(0)), otherwise, true);
  } else {
    goOnIf(isPointerWord(v), otherwise, true);
    goOnIf(layoutIs(v, "strType"), otherwise, true);
    llvm::Value* flags = b_.CreateLoad(b_.getInt8Ty(), field(v, offsetof(StrObject, flags)));
    goOnIf(b_.CreateICmpNE(b_.CreateAnd(flags, b_.getInt8(kStrInterned)), b_.getInt8(0)), otherwise, true);
  }
  llvm::Value* any = b_.getFalse();
  for (llvm::Value* item : items) any = b_.CreateOr(any, b_.CreateICmpEQ(v, item));
  answers.emplace_back(b_.CreateZExt(any, i32_), b_.GetInsertBlock());
  b_.CreateBr(next);
}

// A text of one character of Latin-1 is one of the shared ones, and has a byte.
void FunctionLowering::lookAmong(const std::string& ascii, llvm::Value* v, Answers& answers, llvm::BasicBlock* next, llvm::BasicBlock* otherwise) {
  llvm::Value* place = b_.CreateSub(v, layout::wordOf(layout::externalData(m_.llvm(), "krt_latin1_chars")));
  goOnIf(b_.CreateICmpULT(place, word(sizeof(SharedChars))), otherwise, true);
  auto* isAmong = newBlock("among");
  auto* choice = b_.CreateSwitch(b_.CreateLoad(b_.getInt8Ty(), field(v, sizeof(StrObject))), next);
  for (const char c : std::set<char>(ascii.begin(), ascii.end())) choice->addCase(b_.getInt8(static_cast<uint8_t>(c)), isAmong);
  answers.emplace_back(i32(0), choice->getParent());
  answers.emplace_back(i32(1), isAmong);
  b_.SetInsertPoint(isAmong);
  b_.CreateBr(next);
}

const std::string* FunctionLowering::asciiText(const Temp* t) {
  const std::string* text = ir::analysis::textOf(m_.ir(), t);
  return text && std::ranges::all_of(*text, [](char c) { return static_cast<uint8_t>(c) < 0x80; }) ? text : nullptr;
}

llvm::SmallVector<llvm::Value*, 8> FunctionLowering::fewConstants(const Temp* t) {
  constexpr size_t kFew = 6;
  const Instruction* made = t->definition;
  if (!made || !made->is(Op::Const)) return {};
  const ir::core::Constant& tuple = m_.ir().constants[made->index];
  if (tuple.kind != ir::core::ConstantKind::Tuple || tuple.elements.empty() || tuple.elements.size() > kFew) return {};
  llvm::SmallVector<llvm::Value*, 8> words;
  bool areNumbers = true, areNames = true;
  for (ir::core::ConstantId id : tuple.elements) {
    const ir::core::Constant& c = m_.ir().constants[id];
    areNames &= layout::ConstantPool::isInterned(c);
    areNumbers &= c.kind == ir::core::ConstantKind::Int && Value::fitsSmall(c.integer);
    if (!areNames && !areNumbers) return {};
    words.push_back(m_.constants().word(id));
  }
  if (areNumbers && !llvm::isa<llvm::ConstantInt>(words[0])) return {}; // numbers are objects
  return words;
}

void FunctionLowering::lower(Tag<Op::ListPutF64>, const Instruction& i) { putNumber(i, Entry::krt_list_put_float); }
void FunctionLowering::lower(Tag<Op::ListPutInt>, const Instruction& i) { putNumber(i, Entry::krt_list_put_int); }

void FunctionLowering::putNumber(const Instruction& i, Entry entry) {
  llvm::Value* isDone = callEntry(entry, {operand(i, 0), operand(i, 1), operand(i, 2)});
  guardedBy(i, b_.CreateICmpNE(isDone, i32(0)), nullptr);
}

llvm::Value* FunctionLowering::byteAddress(llvm::Value* bytes, llvm::Value* index, std::string_view type, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(bytes), otherwise, true);
  goOnIf(layoutIs(bytes, type), otherwise, true);
  const bool isArray = type == "bytearrayType";
  llvm::Value* size = loadSize(bytes, isArray ? offsetof(ByteArrayObject, size) : offsetof(BytesObject, size));
  goOnIf(b_.CreateICmpULT(index, size), otherwise, true);
  llvm::Value* start = isArray ? loadPointer(field(bytes, offsetof(ByteArrayObject, start)), layout::Access::Header) : field(bytes, offsetof(BytesObject, data));
  return b_.CreateInBoundsGEP(b_.getInt8Ty(), start, index);
}

void FunctionLowering::lower(Tag<Op::ByteGet>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* index = numberOf(operand(i, 1));
  auto* noArray = newBlock();
  auto* next = newBlock();
  llvm::Value* first = byteAddress(operand(i, 0), index, "bytearrayType", noArray);
  llvm::BasicBlock* firstEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(noArray);
  llvm::Value* second = byteAddress(operand(i, 0), index, "bytesType", out);
  llvm::BasicBlock* secondEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  setByte(i, {{first, firstEnd}, {second, secondEnd}}, next);
}

void FunctionLowering::lower(Tag<Op::CharGet>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value *text = operand(i, 0), *index = numberOf(operand(i, 1));
  requireExact(text, "strType", out);
  llvm::Value* kind = layout::ofKind(b_.CreateLoad(b_.getInt8Ty(), field(text, offsetof(StrObject, kind))), layout::Access::Header);
  goOnIf(b_.CreateICmpEQ(kind, b_.getInt8(1)), out, true);
  llvm::Value* length = loadSize(text, offsetof(StrObject, length));
  if (i.imm == 1) index = b_.CreateAdd(index, length);
  if (i.imm == 2) index = b_.CreateAdd(index, b_.CreateAnd(b_.CreateAShr(index, 63), length));
  goOnIf(b_.CreateICmpULT(index, length), out, true);
  llvm::Value* address = b_.CreateInBoundsGEP(b_.getInt8Ty(), field(text, sizeof(StrObject)), index);
  setResult(i, tagged(b_.CreateZExt(layout::ofKind(b_.CreateLoad(b_.getInt8Ty(), address), layout::Access::Raw), i64_)));
  branchTo(i, 0);
}

// Those of Latin-1 are the shared ones.
void FunctionLowering::lower(Tag<Op::CharCheck>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* text = operand(i, 0);
  llvm::Value* place = b_.CreateSub(text, layout::wordOf(layout::externalData(m_.llvm(), "krt_latin1_chars")));
  auto *shared = newBlock("shared"), *other = newBlock("other"), *wide = newBlock("wide"), *wider = newBlock("wider"), *next = newBlock();
  b_.CreateCondBr(b_.CreateICmpULT(place, word(sizeof(SharedChars))), shared, other, llvm::MDBuilder(context_).createLikelyBranchWeights());
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 3> codes;
  auto read = [&](llvm::BasicBlock* block, llvm::Type* type) {
    b_.SetInsertPoint(block);
    codes.emplace_back(b_.CreateZExt(layout::ofKind(b_.CreateLoad(type, field(text, sizeof(StrObject))), layout::Access::Raw), i64_), block);
    b_.CreateBr(next);
  };
  read(shared, b_.getInt8Ty());
  b_.SetInsertPoint(other);
  requireExact(text, "strType", out);
  goOnIf(b_.CreateICmpEQ(load(field(text, offsetof(StrObject, length)), layout::Access::Header), word(1)), out, false);
  llvm::Value* kind = layout::ofKind(b_.CreateLoad(b_.getInt8Ty(), field(text, offsetof(StrObject, kind))), layout::Access::Header);
  auto* notWide = newBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(kind, b_.getInt8(2)), wide, notWide);
  read(wide, b_.getInt16Ty());
  b_.SetInsertPoint(notWide);
  b_.CreateCondBr(b_.CreateICmpEQ(kind, b_.getInt8(4)), wider, out);
  read(wider, i32_);
  b_.SetInsertPoint(next);
  setResult(i, tagged(joined(codes)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::BoxChar>, const Instruction& i) {
  llvm::Value* code = numberOf(operand(i, 0));
  auto *other = newBlock("other"), *next = newBlock();
  llvm::Value* place = b_.CreateMul(code, word(sizeof(SharedChar)));
  llvm::Value* shared = b_.CreateAdd(layout::wordOf(layout::externalData(m_.llvm(), "krt_latin1_chars")), place);
  llvm::BasicBlock* from = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateICmpULT(code, word(256)), next, other, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(other);
  llvm::Value* chr = layout::wordOf(layout::externalData(m_.llvm(), "krt_builtin_function_chr"));
  llvm::Value* made = callSlow(Entry::krt_call_chr, {chr, operand(i, 0)});
  llvm::BasicBlock* otherEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{shared, from}, {made, otherEnd}}));
}

/// The byte at one of these addresses, which meet in `next`, as a small int.
void FunctionLowering::setByte(const Instruction& i, llvm::ArrayRef<std::pair<llvm::Value*, llvm::BasicBlock*>> addresses, llvm::BasicBlock* next) {
  b_.SetInsertPoint(next);
  setResult(i, tagged(b_.CreateZExt(layout::ofKind(b_.CreateLoad(b_.getInt8Ty(), joined(addresses)), layout::Access::Raw), i64_)));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::BytePut>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* v = numberOf(operand(i, 2));
  goOnIf(b_.CreateICmpULT(v, word(256)), out, true);
  store(b_.CreateTrunc(v, b_.getInt8Ty()), byteAddress(operand(i, 0), numberOf(operand(i, 1)), "bytearrayType", out), layout::Access::Raw);
  branchTo(i, 0);
}

// ---- arrays -------------------------------------------------------------------------------------

llvm::Value* FunctionLowering::arrayItemAddress(const Instruction& i, llvm::BasicBlock* otherwise) {
  llvm::Value* array = operand(i, 0);
  const auto code = static_cast<char>(i.imm);
  goOnIf(isPointerWord(array), otherwise, true);
  goOnIf(layoutIs(array, "arrayType"), otherwise, true);
  const int64_t row = static_cast<int64_t>(arrayKindNumber(code) * sizeof(ArrayKind));
  llvm::Constant* kind = layout::offsetAddress(layout::runtimeVariable(m_.llvm(), "arrayKinds"), row);
  goOnIf(b_.CreateICmpEQ(loadPointer(field(array, offsetof(ArrayObject, kind)), layout::Access::Header), kind), otherwise, true);
  llvm::Value* size = loadSize(array, offsetof(ArrayObject, size));
  llvm::Value* index = numberOf(operand(i, 1));
  if (i.imm2) index = b_.CreateAdd(index, size);
  goOnIf(b_.CreateICmpULT(index, size), otherwise, true);
  return b_.CreateInBoundsGEP(arrayItemType(code), loadPointer(field(array, offsetof(ArrayObject, items)), layout::Access::Header), index);
}

llvm::Type* FunctionLowering::arrayItemType(char code) {
  if (isFloatCode(code)) return code == 'f' ? b_.getFloatTy() : b_.getDoubleTy();
  return b_.getIntNTy(8 * arrayItemSize(code));
}

void FunctionLowering::lower(Tag<Op::ArrayGetF64>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* item = layout::ofKind(b_.CreateLoad(arrayItemType(static_cast<char>(i.imm)), arrayItemAddress(i, out)), layout::Access::Raw);
  setResult(i, b_.CreateFPExt(item, b_.getDoubleTy()));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ArrayGetInt>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  const auto code = static_cast<char>(i.imm);
  const ArrayRange range = arrayRange(code);
  llvm::Value* item = layout::ofKind(b_.CreateLoad(arrayItemType(code), arrayItemAddress(i, out)), layout::Access::Raw);
  item = range.least ? b_.CreateSExt(item, i64_) : b_.CreateZExt(item, i64_);
  if (!Value::fitsSmall(range.greatest)) {
    llvm::Value* moved = range.least ? b_.CreateSub(item, word(static_cast<uint64_t>(Value::kSmallMin))) : item;
    const auto limit = static_cast<uint64_t>(Value::kSmallMax) + (range.least ? uint64_t{1} << 62 : 0);
    goOnIf(b_.CreateICmpULE(moved, word(limit)), out, true);
  }
  setResult(i, tagged(item));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ArrayPutF64>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* address = arrayItemAddress(i, out);
  store(b_.CreateFPTrunc(operand(i, 2), arrayItemType(static_cast<char>(i.imm))), address, layout::Access::Raw);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ArrayPutInt>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  const auto code = static_cast<char>(i.imm);
  const auto [least, greatest] = arrayRange(code);
  llvm::Value* v = numberOf(operand(i, 2));
  if (!Value::fitsSmall(greatest)) {
    if (least == 0) goOnIf(b_.CreateICmpSGE(v, word(0)), out, true);
  } else {
    goOnIf(b_.CreateICmpULE(b_.CreateSub(v, word(static_cast<uint64_t>(least))), word(static_cast<uint64_t>(greatest - least))), out, true);
  }
  llvm::Value* address = arrayItemAddress(i, out);
  store(b_.CreateTrunc(v, arrayItemType(code)), address, layout::Access::Raw);
  branchTo(i, 0);
}

// ---- tuples -------------------------------------------------------------------------------------

/// Goes to `otherwise` unless the word is an object with the layout of exactly this type.
void FunctionLowering::requireExact(llvm::Value* v, std::string_view type, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(v), otherwise, true);
  goOnIf(layoutIs(v, type), otherwise, true);
}

/// Goes to `otherwise` unless the word is of that builtin type, or of a class derived from it whose layout has the flag.
void FunctionLowering::requireSaid(llvm::Value* v, std::string_view type, uint32_t flag, llvm::BasicBlock* otherwise) {
  goOnIf(isPointerWord(v), otherwise, true);
  llvm::Value* own = layoutOf(v);
  auto *derived = newBlock("derived"), *next = newBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(own, layout::layoutOf(m_.llvm(), type)), next, derived, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(derived);
  llvm::Value* flags = layout::ofKind(b_.CreateLoad(i32_, field(own, offsetof(Layout, flags))), layout::Access::Shape);
  b_.CreateCondBr(b_.CreateIsNotNull(b_.CreateAnd(flags, i32(flag))), next, otherwise);
  b_.SetInsertPoint(next);
}

void FunctionLowering::lower(Tag<Op::TupleCheck>, const Instruction& i) {
  flowInto(i);
  requireSaid(operand(i, 0), "tupleType", kLayoutTupleItems, edgeBlock(i, 1));
  branchTo(i, 0);
}

void FunctionLowering::indexOf(const Instruction& i, size_t sizeOffset) {
  llvm::Value* size = loadSize(operand(i, 0), sizeOffset);
  llvm::Value* index = numberOf(operand(i, 1));
  if (i.imm == 2) return indexOfEither(i, index, size);
  if (i.imm) index = b_.CreateAdd(index, size);
  guardedBy(i, b_.CreateICmpULT(index, size), i.imm ? tagged(index) : operand(i, 1));
}

void FunctionLowering::indexOfEither(const Instruction& i, llvm::Value* index, llvm::Value* size) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  auto* fromEnd = newBlock("from.end");
  auto* next = newBlock();
  llvm::BasicBlock* from = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateICmpULT(index, size), next, fromEnd, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(fromEnd);
  llvm::Value* counted = b_.CreateAdd(index, size);
  goOnIf(b_.CreateAnd(b_.CreateICmpSLT(index, word(0)), b_.CreateICmpULT(counted, size)), out, true);
  llvm::BasicBlock* fromEndEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, tagged(joined({{index, from}, {counted, fromEndEnd}}))); // what takes it off again sees the number
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ListIndex>, const Instruction& i) { indexOf(i, offsetof(ListObject, size)); }
void FunctionLowering::lower(Tag<Op::TupleIndex>, const Instruction& i) { indexOf(i, offsetof(TupleObject, size)); }

void FunctionLowering::lower(Tag<Op::TupleGet>, const Instruction& i) {
  setResult(i, load(b_.CreateInBoundsGEP(i64_, field(operand(i, 0), offsetof(TupleObject, items)), numberOf(operand(i, 1))), layout::Access::Item));
}

void FunctionLowering::requireSize(const Instruction& i, size_t sizeOffset, llvm::BasicBlock* otherwise) {
  llvm::Value* size = loadSize(operand(i, 0), sizeOffset);
  goOnIf(b_.CreateICmpEQ(size, word(static_cast<uint64_t>(i.imm))), otherwise, true);
}

void FunctionLowering::lower(Tag<Op::TupleSized>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  requireSaid(operand(i, 0), "tupleType", kLayoutTupleIter, out);
  requireSize(i, offsetof(TupleObject, size), out);
  branchTo(i, 0);
}
void FunctionLowering::lower(Tag<Op::ListSized>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  requireExact(operand(i, 0), "listType", out);
  requireSize(i, offsetof(ListObject, size), out);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::SliceMove>, const Instruction& i) {
  std::vector<llvm::Value*> operands;
  for (uint32_t n = 0; n < i.operandCount; ++n) operands.push_back(operand(i, n));
  operands.push_back(word(static_cast<uint64_t>(i.imm)));
  guardedBy(i, b_.CreateICmpNE(callEntry(Entry::krt_slice_move, operands), i32(0)), nullptr);
}

void FunctionLowering::lower(Tag<Op::ItemsOf>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value* sequence = operand(i, 0);
  auto* noTuple = newBlock();
  auto* next = newBlock();
  requireSaid(sequence, "tupleType", kLayoutTupleIter, noTuple);
  requireSize(i, offsetof(TupleObject, size), out);
  llvm::Value* within = b_.CreatePtrToInt(field(sequence, offsetof(TupleObject, items)), i64_);
  llvm::BasicBlock* withinEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(noTuple);
  requireExact(sequence, "listType", out);
  requireSize(i, offsetof(ListObject, size), out);
  llvm::Value* beside = load(field(sequence, offsetof(ListObject, items)), layout::Access::Header);
  llvm::BasicBlock* besideEnd = b_.GetInsertBlock();
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{within, withinEnd}, {beside, besideEnd}}));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ItemAt>, const Instruction& i) {
  llvm::Value* items = b_.CreateIntToPtr(operand(i, 0), ptr_);
  setResult(i, load(b_.CreateInBoundsGEP(i64_, items, word(static_cast<uint64_t>(i.imm))), layout::Access::Item));
}

// ---- lists that loops go over --------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::ListBegin>, const Instruction& i) {
  llvm::Value* iterable = operand(i, 0);
  auto* other = newBlock();
  auto* next = newBlock();
  requireExact(iterable, "listType", other);
  b_.CreateStore(iterable, localAddress(i.local()));
  setRawPart(i.local(), 0, word(0));
  b_.CreateBr(next);
  b_.SetInsertPoint(other);
  llvm::Value* iterator = callEntry(Entry::krt_iter, {iterable});
  callEntry(Entry::krt_decref, {iterable})->addFnAttr(llvm::Attribute::NoInline);
  failIf(b_.CreateICmpEQ(iterator, word(0)), i);
  b_.CreateStore(iterator, localAddress(i.local()));
  takeApart(i.local()); // of a class derived from list
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

void FunctionLowering::lower(Tag<Op::ListItem>, const Instruction& i) {
  flowInto(i);
  llvm::BasicBlock* out = edgeBlock(i, 1);
  llvm::Value *list = load(localAddress(i.local())), *index = rawPart(i.local(), 0);
  goOnIf(b_.CreateICmpSGE(index, word(0)), out, true);
  isRound(goOnIf(b_.CreateICmpULT(index, loadSize(list, offsetof(ListObject, size))), out, false));
  llvm::Value* items = loadPointer(field(list, offsetof(ListObject, items)), layout::Access::Header);
  setResult(i, load(b_.CreateInBoundsGEP(i64_, items, index), layout::Access::Item));
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::ListStep>, const Instruction& i) {
  setRawPart(i.local(), 0, b_.CreateAdd(rawPart(i.local(), 0), word(1)));
}

void FunctionLowering::lower(Tag<Op::ListIterator>, const Instruction& i) {
  guardedBy(i, b_.CreateICmpSLT(rawPart(i.local(), 0), word(0)), load(localAddress(i.local())));
}

} // namespace krait::codegen::lower
