#include "ir/passes/passes.h"

namespace krait::ir::passes {

namespace {
constexpr Pass kPasses[] = {
#define KRAIT_PASS(Name, text, what) {text, what, run##Name, nullptr},
#define KRAIT_MODULE_PASS(Name, text, what) {text, what, nullptr, run##Name},
#include "ir/passes/passes.def"
};
} // namespace

std::span<const Pass> allPasses() { return kPasses; }
const Pass& passOf(PassId id) { return kPasses[static_cast<size_t>(id)]; }

bool passFromName(std::string_view name, PassId& id) {
  for (size_t i = 0; i < std::size(kPasses); ++i)
    if (kPasses[i].name == name) {
      id = static_cast<PassId>(i);
      return true;
    }
  return false;
}

} // namespace krait::ir::passes
