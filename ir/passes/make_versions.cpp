// Writes the version of each function that is worth one: docs/optimiser.md.
#include "ir/analysis/flow.h"
#include "ir/analysis/runs_once.h"
#include "ir/core/operator_methods.h"
#include "ir/facts/module_facts.h"
#include "ir/passes/passes.h"
#include "ir/passes/versions/translator.h"

#include <memory>

namespace krait::ir::passes {

namespace {

// What operators ask for.
std::unordered_map<core::Op, versions::Plan::Operator> operatorMethods(core::Module& module) {
  std::unordered_map<core::Op, versions::Plan::Operator> methods;
  for (const auto& [op, name, reflected, plain] : core::kOperatorMethods)
    methods[op] = {module.names.intern(name), *plain ? module.names.intern(plain) : core::kNone};
  return methods;
}

bool storesClassCells(const core::Module& module) {
  for (const auto& f : module.functions)
    for (const core::Block* b = f->entry(); b; b = b->next)
      for (const core::Instruction* i = b->first; i; i = i->next)
        if ((i->is(core::Op::CellSet) || i->is(core::Op::CellDel)) && f->cellName(i->cell()) == "__class__") return true;
  return false;
}

// What ends in an exception is written once, in the general body.
void markRaisingWays(core::Function& f) {
  const std::vector<bool> raises = analysis::blocksThatRaise(f, analysis::Flow(f));
  for (core::Block* b = f.entry(); b; b = b->next) b->cold = b->cold || raises[b->id];
}

// What leads to cold blocks alone is cold itself: a way that ends where a body that was done in place raises.
void markColdWays(core::Function& f) {
  auto leadsAside = [](const core::Block* b) {
    const core::Instruction* end = b->terminator();
    for (uint32_t n = 0; n < end->successorCount; ++n)
      if (!end->target(n)->cold) return false;
    return end->successorCount > 0;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (core::Block* b = f.entry(); b; b = b->next)
      if (b->version && !b->cold && leadsAside(b)) b->cold = changed = true;
  }
}

} // namespace

bool runMakeVersions(core::Module& module) {
  if (!module.speculates) return false;
  const auto operators = operatorMethods(module); // before the facts: they have a place for each name
  const uint32_t initName = module.names.intern("__init__"), lengthName = module.names.intern("__len__");
  const facts::ModuleFacts facts(module);
  const analysis::CallTargets targets(module);
  const analysis::ClassModel classes(module, targets);
  struct Work {
    Work(core::Function& f, const versions::Plan& common) : plan(common), translator(f, plan) {}
    versions::Plan plan;
    versions::Translator translator;
  };
  versions::Plan common{.facts = &facts, .targets = &targets, .classes = &classes, .operatorMethods = &operators, .initName = initName, .lengthName = lengthName,
                              .storesClassCells = storesClassCells(module)};
  const auto outermost = versions::outermostLoops(module, common);
  common.outermost = &outermost;
  const std::vector<bool> once = analysis::functionsRunOnce(module, targets);
  std::vector<std::unique_ptr<Work>> all;
  for (auto& function : module.functions) {
    if (!function->entry() || function->number >= module.functionCount()) continue;
    auto work = std::make_unique<Work>(*function, common);
    markRaisingWays(*function);
    work->plan.runsOnce = once[function->number];
    if (versions::prepare(*function, work->plan)) all.push_back(std::move(work));
  }
  // Versions look into general bodies of others: none is split before all are written.
  for (auto& work : all) work->translator.write();
  for (auto& work : all) {
    work->translator.connect();
    markColdWays(work->translator.function());
  }
  return !all.empty();
}

} // namespace krait::ir::passes
