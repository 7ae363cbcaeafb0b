// Where a debugger finds the locals and cells of a function (-g; docs/debugging.md). What is said once, at the start, is an address:
// LLVM follows what becomes of it, into registers too.
//
//   a local           its alloca, or its word of the array; a parameter that is never assigned, in a variable of its own for good
//   of a generator    its slot, found by the generator, which a variable keeps that no pass takes away
//   a cell            the same; a free one's by the closure, found as the generator is. What is in it tools/gdb knows
//   raw in a version  a second and third word of the same variable. Where the local is no longer raw, they say so
//   at home           from goHome on, the word there; a store in the version says where it is then
#include <algorithm>
#include "codegen/lower/function_lowering.h"
#include "ir/analysis/inlining.h"
#include "runtime/abi/raw_locals.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

namespace krait::codegen::lower {

using ir::core::partsOf;
using ir::core::RawKind;

namespace {

using llvm::dwarf::DW_OP_deref;
using llvm::dwarf::DW_OP_LLVM_fragment;
using llvm::dwarf::DW_OP_plus_uconst;
using Operations = llvm::SmallVector<uint64_t, 16>;

uint32_t numberParts(RawKind kind) { return kind == RawKind::Float || kind == RawKind::Complex || kind == RawKind::Unsigned ? partsOf(kind) : 0; }

void addFragment(Operations& operations, uint64_t n) { operations.append({DW_OP_LLVM_fragment, 64 * n, 64}); }

} // namespace

llvm::DILocation* FunctionLowering::ofVariables() {
  return llvm::DILocation::get(context_, f_.firstLine, 0, scope_, inlined_ ? inlined_->at : nullptr);
}

void FunctionLowering::describeVariables() {
  DebugInfo& debug = m_.debug();
  llvm::Value* frame = nullptr; // holds the generator, or the function
  if (storage_ == Storage::Generator || !f_.frees.empty()) {
    frame = newVariable(ptr_, "frame");
    b_.CreateStore(storage_ == Storage::Generator ? generator_ : functionObject_, frame, true);
  }
  described_.resize(localsArrayCount());
  for (uint32_t i = 0; i < f_.varCount; ++i) {
    if (f_.locals[i].name.find('.') != std::string::npos) continue;
    const auto cell = std::find(f_.cells.begin(), f_.cells.end(), f_.locals[i].name);
    const bool isCell = cell != f_.cells.end();
    described_[isCell ? f_.varCount + (cell - f_.cells.begin()) : i] = debug.local(scope_, f_, i, isCell);
  }
  for (uint32_t i = 0; i < f_.cells.size(); ++i)
    if (!described_[f_.varCount + i]) described_[f_.varCount + i] = debug.cell(scope_, f_, i);
  for (uint32_t slot = 0; slot < described_.size(); ++slot)
    if (described_[slot]) describeSlot(slot, frame);
  for (uint32_t i = 0; i < f_.frees.size(); ++i) describeFree(i, frame);
  describeBoxed();
  if (isAtHome_) describeHomes();
}

void FunctionLowering::describeSlot(uint32_t slot, llvm::Value* frame) {
  const bool isCell = slot >= f_.varCount;
  llvm::Value* at = nullptr;
  Operations operations;
  switch (storage_) {
  case Storage::Generator:
    at = frame;
    operations = {DW_OP_deref, DW_OP_plus_uconst, offsetof(GeneratorObject, slots) + 8 * uint64_t{slot}};
    break;
  case Storage::Array:
    at = localArray_;
    operations = {DW_OP_plus_uconst, 8 * uint64_t{slot}};
    break;
  case Storage::Registers: at = isCell ? ownCells_[slot - f_.varCount] : locals_[slot];
  }
  const uint32_t parts = isCell ? 0 : numberParts(f_.rawKind(slot));
  const bool isKept = storage_ == Storage::Registers && !inlined_ && slot < f_.paramCount() && !parts && ir::analysis::keepsParameter(f_, slot);
  if (isKept) {
    at = newVariable(i64_, "argument");
    b_.CreateStore(parameter(slot), at, true);
  }
  llvm::DILocalVariable* variable = isKept ? std::exchange(described_[slot], nullptr) : described_[slot];
  if (parts) {
    addFragment(operations, 0);
    Operations whole;
    addFragment(whole, parts + 1);
    m_.debug().setValue(variable, word(kRawWhole), whole, ofVariables(), b_.GetInsertBlock());
  }
  m_.debug().declare(variable, at, operations, ofVariables(), b_.GetInsertBlock());
  for (uint32_t n = 0; n < parts; ++n) {
    Operations part;
    addFragment(part, n + 1);
    m_.debug().declare(described_[slot], locals_[f_.raws[slot].first + n], part, ofVariables(), b_.GetInsertBlock());
  }
}

void FunctionLowering::describeFree(uint32_t number, llvm::Value* frame) {
  Operations operations{DW_OP_deref};
  if (storage_ == Storage::Generator) operations.append({DW_OP_plus_uconst, offsetof(GeneratorObject, function), DW_OP_deref});
  operations.append({DW_OP_plus_uconst, offsetof(FunctionObject, closure), DW_OP_deref, DW_OP_plus_uconst,
                     offsetof(TupleObject, items) + 8 * uint64_t{number}});
  llvm::DILocalVariable* variable = m_.debug().cell(scope_, f_, static_cast<uint32_t>(f_.cells.size()) + number);
  m_.debug().declare(variable, frame, operations, ofVariables(), b_.GetInsertBlock());
}

void FunctionLowering::describeArguments(llvm::Value* array) {
  for (uint32_t i = 0; i < f_.paramCount(); ++i)
    if (f_.locals[i].name.find('.') == std::string::npos)
      m_.debug().declare(m_.debug().local(scope_, f_, i), array, {DW_OP_plus_uconst, 8 * uint64_t{i}}, ofVariables(), b_.GetInsertBlock());
}

void FunctionLowering::describeHomes() {
  for (uint32_t slot = 0; slot < described_.size(); ++slot) {
    if (!described_[slot]) continue;
    Operations operations{DW_OP_plus_uconst, 8 * uint64_t{slot}, DW_OP_deref};
    if (slot < f_.varCount && numberParts(f_.rawKind(slot))) addFragment(operations, 0);
    m_.debug().setValue(described_[slot], localArray_, operations, ofVariables(), b_.GetInsertBlock());
  }
}

void FunctionLowering::describeBoxed() {
  auto* notRaw = llvm::ConstantFP::get(context_, llvm::APFloat(llvm::APFloat::IEEEdouble(), llvm::APInt(64, kNotRaw)));
  for (uint32_t i = 0; i < f_.raws.size() && i < described_.size(); ++i)
    for (uint32_t n = 0; described_[i] && n < numberParts(f_.raws[i].kind); ++n) {
      Operations part;
      addFragment(part, n + 1);
      llvm::Value* mark = f_.raws[i].kind == RawKind::Unsigned ? word(kNotRaw) : notRaw;
      m_.debug().setValue(described_[i], mark, part, ofVariables(), b_.GetInsertBlock());
    }
}

} // namespace krait::codegen::lower
