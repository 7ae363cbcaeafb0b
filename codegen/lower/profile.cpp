// Counting for a profile (docs/profiles.md): the runtime does it, here is where.
#include "codegen/lower/profile.h"
#include "codegen/layout/static_image.h"
#include "codegen/lower/function_lowering.h"
#include "runtime/abi/profile_counts.h"
#include "runtime/abi/profile_text.h"

namespace krait::codegen::lower {

using ir::core::Instruction;
using ir::core::Op;

/// In the order of the description: a function, then its places.
ProfileData::ProfileData(const ir::core::Module& module, layout::ConstantPool& constants, llvm::LLVMContext& context) {
  Profile profile;
  ProfileModule& described = profile.modules.emplace_back();
  described.name = module.name;
  described.file = module.filename.substr(module.filename.rfind('/') + 1);
  uint64_t count = 0;
  for (auto& f : module.functions) {
    std::optional<uint32_t> hash; // NAME
    std::vector<uint32_t> places;
    for (const ir::core::Block* b = f->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (i->is(Op::ProfileEnter)) hash = i->index;
        if ((i->is(Op::ProfileRound) || i->is(Op::ProfileValue)) && numbers_.try_emplace({f->number, i->index}).second) places.push_back(i->index);
      }
    if (!hash) continue;
    ProfileFunction& made = described.functions.emplace_back(ProfileFunction{.name = f->qualname, .line = f->firstLine, .hash = module.names[*hash]});
    numbers_[{f->number, *hash}] = count++;
    for (uint32_t name : places) {
      made.places.push_back({.name = module.names[name]});
      numbers_[{f->number, name}] = count++;
    }
  }
  auto* places = llvm::ArrayType::get(llvm::Type::getInt64Ty(context), count * sizeof(PlaceCounts) / sizeof(int64_t));
  layout::StaticImage<ModuleCounts> image(context);
  image.address(&ModuleCounts::description, constants.cString(toText(profile, true)));
  image.address(&ModuleCounts::places, constants.privateData(llvm::ConstantAggregateZero::get(places), "places", false));
  counts_ = constants.privateData(image.build(), "profile", false);
}

void FunctionLowering::countPlace(const Instruction& i, const char* entry, llvm::ArrayRef<llvm::Value*> values) {
  llvm::SmallVector<llvm::Value*, 3> arguments(values);
  arguments.append({m_.profile().counts(), b_.getInt64(m_.profile().numberOf(i))});
  llvm::SmallVector<llvm::Type*, 3> types;
  for (llvm::Value* v : arguments) types.push_back(v->getType());
  b_.CreateCall(m_.llvm().getOrInsertFunction(entry, llvm::FunctionType::get(b_.getVoidTy(), types, false)), arguments);
}

void FunctionLowering::lower(Tag<Op::ProfileEnter>, const Instruction& i) { countPlace(i, "krt_profile_count", {}); }
void FunctionLowering::lower(Tag<Op::ProfileRound>, const Instruction& i) { countPlace(i, "krt_profile_count", {}); }
void FunctionLowering::lower(Tag<Op::ProfileValue>, const Instruction& i) { countPlace(i, "krt_profile_value", {operand(i, 0)}); }

} // namespace krait::codegen::lower
