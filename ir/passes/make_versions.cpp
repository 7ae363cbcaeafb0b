// Writes the version of each function that is worth one: docs/optimiser.md.
#include "ir/facts/module_facts.h"
#include "ir/passes/passes.h"
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes {

bool runMakeVersions(core::Module& module) {
  const facts::ModuleFacts facts(module);
  bool changed = false;
  for (auto& function : module.functions) {
    if (!function->entry()) continue;
    versions::Plan plan{.facts = &facts};
    if (!versions::prepare(*function, plan)) continue;
    versions::Translator(*function, plan).run();
    changed = true;
  }
  return changed;
}

} // namespace krait::ir::passes
