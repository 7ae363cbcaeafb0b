// What a module counts for a profile: which places there are, and where their counters stand.
#pragma once
#include <llvm/IR/Constants.h>
#include <map>
#include <utility>
#include "codegen/layout/constant_pool.h"
#include "ir/core/module.h"

namespace krait::codegen::lower {

class ProfileData {
public:
  ProfileData(const ir::core::Module& module, layout::ConstantPool& constants, llvm::LLVMContext& context);
  /// The module's ModuleCounts (runtime/abi/profile_counts.h).
  llvm::Constant* counts() const { return counts_; }
  /// Of a profile.* operation, among the counters. What passes copied counts at the same place.
  uint64_t numberOf(const ir::core::Instruction& i) const { return numbers_.at({i.block->function->number, i.index}); }

private:
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> numbers_; // by FUNCTION and NAME
  llvm::Constant* counts_;
};

} // namespace krait::codegen::lower
