// What kind of memory a load or store is of, told to LLVM as TBAA: so a count that changes, or a number that is stored in an array,
// does not make it load again what it knows of layouts, caches and cells.
//
//   memory ─┬─ shape    what objects are: their layout word, layouts, classes, method rows, functions, caches of sites
//           ├─ header   size, capacity and items pointer of sequences; the state of iterators
//           ├─ content  what kinds of items a list has, which each store of an item narrows
//           ├─ state    krt_hot
//           └─ word ─┬─ slot   attributes in instances
//                    ├─ cell   globals and builtins
//                    └─ item   items of lists and tuples
//   count                reference counts
//   raw                  the numbers of array.array
//
// Kinds of which none is above the other are disjoint; what has none may be anything. Words change places only in calls, which may do
// all, but for those of which their row in entries.def says more.
#pragma once
#include <llvm/IR/Instruction.h>
#include <llvm/IR/Module.h>

namespace krait::codegen::layout {

enum class Access : uint8_t { Memory, Shape, Header, Content, State, Word, Slot, Cell, Item, Count, Raw };

llvm::MDNode* accessTag(llvm::LLVMContext& context, Access kind);

/// `i`, a load or store, is of that kind.
template <class I> I* ofKind(I* i, Access kind) {
  i->setMetadata(llvm::LLVMContext::MD_tbaa, accessTag(i->getContext(), kind));
  return i;
}

/// Loads and stores of `function` that have no kind are of memory: of generated code, before anything is inlined.
void markAccesses(llvm::Function& function);
/// Calls of entries that change nothing but the state (kStateOnly) are of that kind.
void markCalls(llvm::Module& module);
/// In place of clang's tags, of a function of the hot runtime. What is not known there keeps none.
void translateAccesses(llvm::Function& function);

} // namespace krait::codegen::layout
