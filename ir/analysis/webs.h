// The webs of a function's locals: a store and all reads that it reaches are in one, and so are stores that reach the same
// read. `x = f(); ...; x = int(x)` makes two of x, unless both reach a place where x is read.
#pragma once

#include "ir/core/function.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace krait::ir::analysis {

class Webs {
public:
  // One web for each local where the function is very large.
  explicit Webs(const core::Function& function);

  uint32_t count() const { return count_; }
  // Of an instruction that reads, stores or deletes a local.
  uint32_t at(const core::Instruction& access) const { return webs_.at(&access); }
  // Of what a local has when the function begins: an argument, or nothing.
  uint32_t atEntry(uint32_t local) const { return local; }
  std::vector<std::vector<uint32_t>> byLocal() const;

private:
  uint32_t count_ = 0, locals_;
  std::unordered_map<const core::Instruction*, uint32_t> webs_;
};

} // namespace krait::ir::analysis
