#include "codegen/layout/access.h"
#include <cstddef>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringSwitch.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/MDBuilder.h>
#include <optional>
#include "codegen/layout/entries.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::codegen::layout {

llvm::MDNode* accessTag(llvm::LLVMContext& context, Access kind) {
  struct Row { llvm::StringRef name; Access above; };
  static constexpr Access kTop = Access::Count;
  static const Row kRows[] = {{"memory", kTop},          {"shape", Access::Memory}, {"header", Access::Memory}, {"content", Access::Memory},
                              {"state", Access::Memory}, {"word", Access::Memory},  {"slot", Access::Word},     {"cell", Access::Word},
                              {"item", Access::Word},    {"count", kTop},           {"raw", kTop}};
  llvm::MDBuilder make(context);
  auto type = [&](auto& self, Access of) -> llvm::MDNode* {
    const Row& row = kRows[static_cast<size_t>(of)];
    return make.createTBAAScalarTypeNode(row.name, row.above == kTop ? make.createTBAARoot("krait") : self(self, row.above));
  };
  llvm::MDNode* scalar = type(type, kind);
  return make.createTBAAStructTagNode(scalar, scalar, 0);
}

void markAccesses(llvm::Function& function) {
  llvm::MDNode* memory = accessTag(function.getContext(), Access::Memory);
  for (llvm::Instruction& i : llvm::instructions(function))
    if ((llvm::isa<llvm::LoadInst>(i) || llvm::isa<llvm::StoreInst>(i)) && !i.hasMetadata(llvm::LLVMContext::MD_tbaa))
      i.setMetadata(llvm::LLVMContext::MD_tbaa, memory);
}

void markCalls(llvm::Module& module) {
  llvm::MDNode* state = accessTag(module.getContext(), Access::State);
  for (const Signature& entry : signatures())
    if (llvm::Function* f = entry.flags & entry_flags::kStateOnly ? module.getFunction(entry.name) : nullptr)
      for (llvm::User* user : f->users())
        if (auto* call = llvm::dyn_cast<llvm::CallInst>(user); call && call->getCalledOperand() == f) call->setMetadata(llvm::LLVMContext::MD_tbaa, state);
}

namespace {

llvm::StringRef nameOf(const llvm::MDNode* type) { return llvm::cast<llvm::MDString>(type->getOperand(0))->getString(); }

/// By the class that clang saw accessed, and the offset there. A pointer or a word by itself may be of anything that is one: of words
/// that are no values, the hot runtime says which they are (LayoutWord).
std::optional<Access> kindOf(llvm::StringRef base, uint64_t offset) {
  if (!base.consume_front("_ZTSN5krait")) return base == "long" ? std::optional(Access::Word) : base == "bool" ? std::optional(Access::Shape) : std::nullopt;
  base = base.drop_while([](char c) { return llvm::isDigit(c); }).drop_back();
  if (base == "Value") return Access::Word;
  if (base == "HotState") return Access::State;
  if (base == "Object" || base == "FunctionObject" || base == "ListObject") {
    if (offset == offsetof(Object, refs)) return Access::Count;
    if (offset == offsetof(Object, layout)) return Access::Shape;
  }
  if (base == "ListObject" && offset == offsetof(ListObject, content)) return Access::Content;
  if (base == "FunctionObject" && (offset == offsetof(FunctionObject, entry) || offset == offsetof(FunctionObject, arity))) return Access::Shape;
  if (base == "StrObject" && offset == offsetof(StrObject, methodRow)) return Access::Shape;
  return llvm::StringSwitch<std::optional<Access>>(base)
      .Cases("Layout", "LayoutWord", "MethodRow", "AttrCache", Access::Shape)
      .Cases("Type", "HeapType", offset > sizeof(Object) ? std::optional(Access::Shape) : std::nullopt)
      .Cases("ListObject", "ListIterator", "TupleIterator", "RangeIterator", offset >= sizeof(Object) ? std::optional(Access::Header) : std::nullopt)
      .Default(std::nullopt);
}

/// clang takes the tag from what it loads before it must. A pointer is at least no count, and no number in an array.
bool isPointerAccess(const llvm::Instruction& i) { return llvm::getLoadStoreType(const_cast<llvm::Instruction*>(&i))->isPointerTy(); }

} // namespace

void translateAccesses(llvm::Function& function) {
  for (llvm::Instruction& i : llvm::instructions(function)) {
    i.setMetadata(llvm::LLVMContext::MD_tbaa_struct, nullptr);
    if (!llvm::isa<llvm::LoadInst>(i) && !llvm::isa<llvm::StoreInst>(i)) {
      i.setMetadata(llvm::LLVMContext::MD_tbaa, nullptr);
      continue;
    }
    std::optional<Access> kind;
    if (const llvm::MDNode* tag = i.getMetadata(llvm::LLVMContext::MD_tbaa)) {
      const auto* offset = llvm::mdconst::extract<llvm::ConstantInt>(tag->getOperand(2));
      kind = kindOf(nameOf(llvm::cast<llvm::MDNode>(tag->getOperand(0))), offset->getZExtValue());
    }
    if (!kind && isPointerAccess(i)) kind = Access::Memory;
    i.setMetadata(llvm::LLVMContext::MD_tbaa, kind ? accessTag(function.getContext(), *kind) : nullptr);
  }
}

} // namespace krait::codegen::layout
