// Attributes in the fast body (versions.cpp): the sites of a block that read or write attributes of one variable are a
// group, whose object is tested once.
//
//     %x = attr.get "x", $self       test: layout and version of the group?      else: the general body
//     %y = attr.get "y", $self       a load at the group's second offset
//     attr.set "x", $self, %v        a store at its third one
//
// The test holds until code may run, which could change a class or an object's `__dict__`. An attribute that is empty
// is left to the general body too, and so is what follows when an object that may run code dies of a store.
#include <llvm/IR/MDBuilder.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/lower/function_lowering.h"
#include "runtime/object/type.h"
#include "runtime/types/float.h"

namespace krait::codegen::lower {

namespace {

/// A single site is as good with a cache of its own.
constexpr size_t kMinSites = 2;

bool isAccess(const Instruction& i) { return i.is(Op::AttrGet) || i.is(Op::AttrSet); }

} // namespace

void FunctionLowering::findGroups(const Block& block) {
  tested_.clear();
  std::map<uint32_t, std::vector<const Instruction*>> open; // by local
  auto close = [&](std::vector<const Instruction*>& sites) {
    if (sites.size() >= kMinSites) {
      for (uint32_t n = 0; n < sites.size(); ++n) groupOf_[sites[n]] = {static_cast<uint32_t>(groups_.size()), n};
      groups_.push_back(m_.newSiteGroup(sites.size()));
    }
    sites.clear();
  };
  for (const Instruction* i = block.first; i; i = i->next) {
    if (isAccess(*i) && lentByLocal(i->operand(0)) && m_.callTargets().gettersNamed(i->index).empty()) open[i->operand(0)->definition->local()].push_back(i);
    else if (i->info().flags & ir::core::op_flags::kWritesLocal && !i->is(Op::FrameLeave)) close(open[i->local()]);
  }
  for (auto& [local, sites] : open) close(sites);
}

llvm::Constant* FunctionLowering::siteCache(const Instruction& i) {
  auto found = groupOf_.find(&i);
  if (found == groupOf_.end()) { // one for both bodies
    llvm::Constant*& cache = siteCaches_[&i];
    return cache ? cache : cache = m_.newCache();
  }
  return layout::offsetAddress(groups_[found->second.group].caches, int64_t(found->second.number) * int64_t(sizeof(AttrCache)));
}

void FunctionLowering::testGroup(const Instruction& i, const GroupSite& site, llvm::Value* object) {
  if (!tested_.insert(site.group).second) return;
  llvm::Constant* group = groups_[site.group].group;
  auto* ask = newBlock("ask");
  goOnIf(isPointerWord(object), ask, true);
  llvm::Value* layout = b_.CreateLoad(ptr_, field(object, offsetof(Object, layout)));
  goOnIf(b_.CreateICmpEQ(layout, b_.CreateLoad(ptr_, layout::offsetAddress(group, offsetof(AttrGroup, layout)))), ask, true);
  llvm::Value* version = load(b_.CreateInBoundsGEP(b_.getInt8Ty(), layout, word(offsetof(Type, version) - offsetof(Type, instanceLayout))));
  llvm::BasicBlock* good =
      goOnIf(b_.CreateICmpEQ(version, load(layout::offsetAddress(group, offsetof(AttrGroup, version)))), ask, true);
  b_.SetInsertPoint(ask);
  b_.CreateCondBr(b_.CreateICmpNE(callEntry(Entry::krt_attr_group, {object, group}), i32(0)), good, exitBefore(i));
  b_.SetInsertPoint(good);
}

bool FunctionLowering::fastAttribute(const Instruction& i) {
  auto found = groupOf_.find(&i);
  if (found == groupOf_.end()) return false;
  const GroupSite& site = found->second;
  llvm::Value* object = valueOf(i.operand(0));
  if (i.is(Op::AttrSet)) materialise(i);
  testGroup(i, site, object);
  llvm::Value* offset = load(layout::offsetAddress(groups_[site.group].group, int64_t(offsetof(AttrGroup, offsets) + site.number * 8)));
  llvm::Value* address = b_.CreateInBoundsGEP(b_.getInt8Ty(), b_.CreateIntToPtr(object, ptr_), offset);
  llvm::Value* v = load(address);
  if (i.is(Op::AttrGet)) {
    const Temp* made = i.result();
    const bool isNumber = made->guess == Guess::Int || (made->guess == Guess::Float && isWantedRaw(made));
    goOnIf(b_.CreateICmpNE(v, word(0)), exitBefore(i), true);
    if (isNumber) {
      setGuessed(made, v, false, *i.next);
    } else {
      incref(v);
      define(made, v);
    }
    return true;
  }
  goOnIf(b_.CreateICmpNE(v, word(0)), exitBefore(i), true);
  llvm::Value* stored = valueOf(i.operand(1));
  incref(stored);
  callEntry(Entry::krt_attr_holds, {object, stored});
  b_.CreateStore(stored, address);
  // What was there dies: a number, or who knows.
  auto* pointer = newBlock("pointer");
  auto* next = newBlock();
  b_.CreateCondBr(isPointerWord(v), pointer, next, llvm::MDBuilder(context_).createUnlikelyBranchWeights());
  b_.SetInsertPoint(pointer);
  llvm::Value* isFloat = layoutIs(v, "floatType");
  callEntry(Entry::krt_decref, {v})->addFnAttr(llvm::Attribute::NoInline);
  b_.CreateCondBr(isFloat, next, exitTo(*i.next, nullptr, nullptr));
  b_.SetInsertPoint(next);
  return true;
}

} // namespace krait::codegen::lower
