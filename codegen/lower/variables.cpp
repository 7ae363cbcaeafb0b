// Locals, cells, globals, namespaces.
#include "codegen/lower/function_lowering.h"
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "runtime/types/function.h"

namespace krait::codegen::lower {

// ---- locals -------------------------------------------------------------------------------------

ir::core::Type FunctionLowering::heldType(uint32_t local) const {
  constexpr uint32_t kNull = ir::core::Type::bit(ir::core::TypeBit::Null);
  // Behind what others see of the frame, anything may be in it; the iterator of a range that is counted through is none.
  const bool mayBeGone = watchesFrames() || (keepsCaught_ && storage_ == Storage::Generator) || local >= f_.varCount;
  const uint32_t mask = f_.locals[local].type.mask;
  return ir::core::Type::word(stateOf(local) == ir::analysis::Boundness::kBound && !mayBeGone ? mask & ~kNull : mask | kNull);
}

llvm::Value* FunctionLowering::boundLocal(const Instruction& i, uint32_t local) {
  llvm::Value* v = load(localAddress(local));
  failIf(b_.CreateICmpEQ(v, word(0)), i,
         [&] { callEntry(Entry::krt_raise_unbound_local, {m_.code(f_), i32(local)}); });
  return v;
}

void FunctionLowering::lower(Tag<Op::LocalGet>, const Instruction& i) { setResult(i, boundLocal(i, i.local())); }

void FunctionLowering::lower(Tag<Op::LocalRead>, const Instruction& i) {
  llvm::Value* at = localAddress(i.local());
  llvm::Type* type = i.result()->type.repr == ir::core::Repr::F64  ? b_.getDoubleTy()
                     : i.result()->type.repr == ir::core::Repr::I1 ? i1_
                                                                   : i64_;
  setResult(i, b_.CreateLoad(type, at));
}

void FunctionLowering::lower(Tag<Op::NullWord>, const Instruction& i) { setResult(i, word(0)); }
void FunctionLowering::lower(Tag<Op::LocalPeek>, const Instruction& i) { setResult(i, load(localAddress(i.local()))); }

void FunctionLowering::lower(Tag<Op::LocalTake>, const Instruction& i) {
  llvm::Value* at = localAddress(i.local());
  llvm::Value* v = load(at);
  if (isBorrowed(i.local())) incref(v);
  else b_.CreateStore(word(0), at);
  setResult(i, v);
}

void FunctionLowering::lower(Tag<Op::LocalLend>, const Instruction& i) { setResult(i, load(localAddress(i.local()))); }

void FunctionLowering::lower(Tag<Op::LocalSet>, const Instruction& i) {
  if (unpacked_.contains(i.operand(0))) return;
  llvm::Value* at = localAddress(i.local());
  llvm::Value* v = operand(i, 0);
  llvm::Value* old = load(at);
  b_.CreateStore(v, at);
  dropGuessed(old, i.operand(0)->guess, heldType(i.local()));
}

void FunctionLowering::lower(Tag<Op::LocalInit>, const Instruction& i) {
  if (!unpacked_.contains(i.operand(0))) b_.CreateStore(operand(i, 0), localAddress(i.local()));
}

void FunctionLowering::lower(Tag<Op::LocalDel>, const Instruction& i) {
  llvm::Value* old = boundLocal(i, i.local());
  b_.CreateStore(word(0), localAddress(i.local()));
  callEntry(Entry::krt_decref, {old});
}

void FunctionLowering::lower(Tag<Op::LocalClear>, const Instruction& i) {
  llvm::Value* at = localAddress(i.local());
  llvm::Value* old = load(at);
  b_.CreateStore(word(0), at);
  closeFused(i.local());
  drop(old, heldType(i.local()));
}
void FunctionLowering::lower(Tag<Op::KeywordsMake>, const Instruction& i) {
  llvm::Value* at = localAddress(i.local());
  auto* make = newBlock("make");
  auto* next = newBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(load(at), word(0)), make, next);
  b_.SetInsertPoint(make);
  llvm::Value* made = callEntry(Entry::krt_dict_new, {llvm::ConstantPointerNull::get(ptr_), word(0)});
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  b_.CreateStore(made, at);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

// ---- cells --------------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::CellMake>, const Instruction& i) {
  b_.CreateStore(callEntry(Entry::krt_cell_new, {word(0)}), ownCellAddress(i.cell()));
}

void FunctionLowering::lower(Tag<Op::CellFromLocal>, const Instruction& i) {
  llvm::Value* at = localAddress(i.local());
  llvm::Value* v = load(at);
  b_.CreateStore(callEntry(Entry::krt_cell_new, {v}), ownCellAddress(i.cell()));
  b_.CreateStore(word(0), at);
  xdecref(v);
}

void FunctionLowering::lower(Tag<Op::CellOf>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  setResult(i, callEntry(Entry::krt_cell_new, {v}));
  drop(v, i.operand(0)->type);
}

void FunctionLowering::lower(Tag<Op::CellGet>, const Instruction& i) {
  llvm::Value* v = callEntry(Entry::krt_cell_get, {cellObject(i.cell())});
  failIf(b_.CreateICmpEQ(v, word(0)), i,
         [&] { callEntry(Entry::krt_raise_unbound_free, {m_.code(f_), i32(i.cell())}); });
  setResult(i, v);
}

void FunctionLowering::lower(Tag<Op::CellPeek>, const Instruction& i) {
  setResult(i, callEntry(Entry::krt_cell_get, {cellObject(i.cell())}));
}

void FunctionLowering::lower(Tag<Op::CellSet>, const Instruction& i) {
  callEntry(Entry::krt_cell_set, {cellObject(i.cell()), operand(i, 0)});
}

void FunctionLowering::lower(Tag<Op::CellDel>, const Instruction& i) {
  llvm::Value* cell = cellObject(i.cell());
  llvm::Value* contents = load(field(cell, offsetof(CellObject, contents)));
  failIf(b_.CreateICmpEQ(contents, word(0)), i,
         [&] { callEntry(Entry::krt_raise_unbound_free, {m_.code(f_), i32(i.cell())}); });
  callEntry(Entry::krt_cell_set, {cell, word(0)});
}

void FunctionLowering::lower(Tag<Op::CellRef>, const Instruction& i) { setResult(i, cellObject(i.cell())); }

// ---- globals ------------------------------------------------------------------------------------

// The cell's address is a constant here. An empty one means builtins, whose cells are known by name; only
// then, and for what neither has, is the dict asked.
/// Where the builtin of the global's name is; null if there is none.
llvm::Constant* FunctionLowering::builtinCell(uint32_t global) {
  const auto builtin = layout::builtinIndex(m_.ir().cells[global]);
  return builtin ? layout::offsetAddress(layout::externalData(m_.llvm(), "krt_builtin_cells"), int64_t(*builtin) * 8) : nullptr;
}

// The name of isinstance, or of a class that it is given: nothing runs between the look and the question, and who has to run code for it holds what it is given.
bool FunctionLowering::isOnlyAskedWith(const Instruction& get) const {
  const Temp* t = get.result();
  if (m_.ir().dictGlobals || slotOfTemp_[t->id] != ir::core::kNone) return false;
  const Instruction* user = get.next;
  while (user->is(Op::GlobalGet) || user->is(Op::Const) || user->is(Op::LocalRead) || user->is(Op::LocalGet) || user->is(Op::Copy)) user = user->next;
  if (!user->is(Op::InstanceAmong) && !user->is(Op::RangeLoose)) return false;
  size_t asked = 0, killed = 0;
  for (const ir::core::Use* u = t->uses; u; u = u->next) {
    if (u->user->block != get.block) return false;
    asked += u->user == user;
    killed += u->user->is(Op::Kill);
  }
  return asked == 1 && killed == 1 && t->uses->next && !t->uses->next->next;
}

void FunctionLowering::lower(Tag<Op::GlobalGet>, const Instruction& i) {
  llvm::Constant* ofBuiltins = builtinCell(i.index);
  const bool isBody = f_.kind == ir::core::FunctionKind::Module || f_.kind == ir::core::FunctionKind::ClassBody;
  const bool isCall = !fastPaths_ || outOfLine_;
  if (isCall && ofBuiltins && !isBody) return finishCall(i, callEntry(Entry::krt_builtin_get, {m_.info(), i32(i.index), ofBuiltins}));
  if (isCall) return finishCall(i, callEntry(Entry::krt_global_get, {m_.info(), i32(i.index)}));
  llvm::SmallVector<llvm::Constant*, 2> cells{m_.cell(i.index)};
  if (ofBuiltins) cells.push_back(ofBuiltins);
  auto* full = newBlock("full");
  auto* next = newBlock();
  llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 2> found;
  for (llvm::Constant* cell : cells) {
    llvm::Value* v = load(cell, layout::Access::Cell);
    auto* empty = newBlock("empty");
    found.emplace_back(v, b_.GetInsertBlock());
    b_.CreateCondBr(b_.CreateICmpNE(v, word(0)), full, empty,
                    cell == cells.back() ? llvm::MDBuilder(context_).createLikelyBranchWeights() : nullptr);
    b_.SetInsertPoint(empty);
  }
  llvm::Value* searched = callEntry(Entry::krt_global_get, {m_.info(), i32(i.index)});
  failIf(b_.CreateICmpEQ(searched, word(0)), i);
  const bool isLent = isOnlyAskedWith(i);
  if (isLent) {
    keptByCall_.insert(i.result());
    drop(searched, i.result()->type); // the namespace has it
  }
  b_.CreateBr(next);
  llvm::BasicBlock* searchEnd = b_.GetInsertBlock();

  b_.SetInsertPoint(full);
  llvm::Value* held = joined(found);
  if (!isLent) incref(held);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  setResult(i, joined({{held, full}, {searched, searchEnd}}));
}

void FunctionLowering::lower(Tag<Op::GlobalSet>, const Instruction& i) {
  llvm::Value* v = operand(i, 0);
  if (!fastPaths_ || outOfLine_) return finishCall(i, callEntry(Entry::krt_global_set, {m_.info(), i32(i.index), v}));
  llvm::Constant* cell = m_.cell(i.index);
  llvm::Value* old = load(cell, layout::Access::Cell);
  auto* full = newBlock("full");
  auto* empty = newBlock("empty");
  auto* next = newBlock();
  b_.CreateCondBr(b_.CreateICmpNE(old, word(0)), full, empty, llvm::MDBuilder(context_).createLikelyBranchWeights());
  b_.SetInsertPoint(full);
  store(v, cell, layout::Access::Cell);
  callEntry(Entry::krt_decref, {old});
  b_.CreateBr(next);
  b_.SetInsertPoint(empty); // the dict gets its entry
  llvm::Value* status = callEntry(Entry::krt_global_set, {m_.info(), i32(i.index), v});
  failIf(b_.CreateICmpSLT(status, i32(0)), i);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
}

void FunctionLowering::lower(Tag<Op::GlobalDel>, const Instruction& i) {
  finishCall(i, callEntry(Entry::krt_global_del, {m_.info(), i32(i.index)}));
}

void FunctionLowering::lower(Tag<Op::GlobalsDict>, const Instruction& i) {
  setResult(i, callEntry(Entry::krt_module_globals, {m_.info()}));
}

// ---- namespaces ---------------------------------------------------------------------------------

void FunctionLowering::lower(Tag<Op::NameGet>, const Instruction& i) {
  llvm::Value* globals = callEntry(Entry::krt_module_globals, {m_.info()});
  finishCall(i, callEntry(Entry::krt_name_get, {operand(i, 0), globals, name(i.index)}));
}

void FunctionLowering::lower(Tag<Op::NameGetDeref>, const Instruction& i) {
  finishCall(i, callEntry(Entry::krt_name_get_deref, {operand(i, 0), cellObject(i.cell()), name(i.index)}));
}

void FunctionLowering::lower(Tag<Op::NameSet>, const Instruction& i) {
  finishCall(i, callEntry(Entry::krt_name_set, {operand(i, 0), name(i.index), operand(i, 1)}));
}

void FunctionLowering::lower(Tag<Op::AnnotationsSetup>, const Instruction& i) {
  llvm::Value* ns = i.operand(0) ? operand(i, 0) : callEntry(Entry::krt_module_globals, {m_.info()});
  finishCall(i, callEntry(Entry::krt_annotations_setup, {ns}));
}

// The words of all variables go to an array of their own: named locals, then cells that are no parameters.
void FunctionLowering::lower(Tag<Op::LocalsDict>, const Instruction& i) {
  std::vector<std::string_view> names;
  std::vector<llvm::Value*> words;
  auto list = [&](std::string_view name, llvm::Value* v) {
    names.push_back(name);
    words.push_back(v);
  };
  auto contents = [&](uint32_t c) { return load(field(cellObject(c), offsetof(CellObject, contents))); };
  const auto cells = static_cast<uint32_t>(f_.cells.size());
  for (uint32_t v = 0; v < f_.varCount; ++v) { // a parameter that is captured keeps its place
    uint32_t cell = 0;
    while (cell < cells && parameterOfCell(f_, cell) != v) ++cell;
    list(f_.locals[v].name, cell < cells ? contents(cell) : load(localAddress(v)));
  }
  for (uint32_t c = 0; c < cells + f_.frees.size(); ++c)
    if (c >= cells || parameterOfCell(f_, c) == ir::core::kNone) list(f_.cellName(c), contents(c));
  llvm::Value* array = llvm::ConstantPointerNull::get(ptr_);
  if (!words.empty()) {
    llvm::IRBuilder<> start(&machine_->getEntryBlock(), machine_->getEntryBlock().begin());
    array = start.CreateAlloca(i64_, word(words.size()), "all.locals");
  }
  for (size_t n = 0; n < words.size(); ++n) b_.CreateStore(words[n], b_.CreateConstInBoundsGEP1_64(i64_, array, n));

  llvm::Constant* nameArray = m_.constants().nameArray(names);
  llvm::Value* at = localAddress(i.local());
  llvm::Value* old = load(at);
  auto* make = newBlock("make");
  auto* update = newBlock("update");
  auto* next = newBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(old, word(0)), make, update);
  b_.SetInsertPoint(make);
  llvm::Value* made = callEntry(Entry::krt_locals_dict, {nameArray, array, word(words.size())});
  failIf(b_.CreateICmpEQ(made, word(0)), i);
  b_.CreateStore(made, at);
  b_.CreateBr(next);
  b_.SetInsertPoint(update);
  llvm::Value* status = callEntry(Entry::krt_locals_update, {old, nameArray, array, word(words.size())});
  failIf(b_.CreateICmpSLT(status, i32(0)), i);
  b_.CreateBr(next);
  b_.SetInsertPoint(next);
  llvm::Value* dict = load(at);
  incref(dict);
  setResult(i, dict);
}

} // namespace krait::codegen::lower
