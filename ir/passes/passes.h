// The table of passes as data. A pass rewrites one function, or a module, in
// place, between two runs of the verifier.
#pragma once

#include "ir/core/module.h"

#include <span>
#include <string_view>

namespace krait::ir::passes {

enum class PassId : uint8_t {
#define KRAIT_PASS(Name, text, what) Name,
#include "ir/passes/passes.def"
};

struct Pass {
  std::string_view name;
  std::string_view description;
  bool (*run)(core::Function&);     // whether it changed anything; null: a pass over the module
  bool (*runModule)(core::Module&); // the other one
};

#define KRAIT_PASS(Name, text, what) bool run##Name(core::Function& function);
#define KRAIT_MODULE_PASS(Name, text, what) bool run##Name(core::Module& module);
#include "ir/passes/passes.def"

std::span<const Pass> allPasses();
const Pass& passOf(PassId id);
// False if there is no pass of this name.
bool passFromName(std::string_view name, PassId& id);

} // namespace krait::ir::passes
