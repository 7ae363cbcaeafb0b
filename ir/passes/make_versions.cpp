// Writes the version of each function that is worth one: docs/optimiser.md.
#include "ir/facts/module_facts.h"
#include "ir/passes/passes.h"
#include "ir/passes/versions/translator.h"

#include <memory>

namespace krait::ir::passes {

namespace {

// NAMEs of the methods that binary operators, comparisons and items ask for.
std::unordered_map<core::Op, uint32_t> operatorMethods(core::Module& module) {
  using core::Op;
  static constexpr std::pair<Op, const char*> kNames[] = {
      {Op::BinaryAdd, "__add__"},        {Op::BinarySub, "__sub__"},           {Op::BinaryMul, "__mul__"}, {Op::BinaryTrueDiv, "__truediv__"},
      {Op::BinaryFloorDiv, "__floordiv__"}, {Op::BinaryMod, "__mod__"},        {Op::BinaryMatMul, "__matmul__"},
      {Op::CompareLt, "__lt__"},         {Op::CompareLe, "__le__"},            {Op::CompareEq, "__eq__"},  {Op::CompareGt, "__gt__"},
      {Op::CompareGe, "__ge__"},         {Op::TestLt, "__lt__"},               {Op::TestLe, "__le__"},     {Op::TestEq, "__eq__"},
      {Op::TestGt, "__gt__"},            {Op::TestGe, "__ge__"},               {Op::ItemGet, "__getitem__"},
  };
  std::unordered_map<Op, uint32_t> methods;
  for (auto [op, name] : kNames) methods[op] = module.names.intern(name);
  return methods;
}

} // namespace

bool runMakeVersions(core::Module& module) {
  const auto operators = operatorMethods(module); // before the facts: they have a place for each name
  const facts::ModuleFacts facts(module);
  const analysis::CallTargets targets(module);
  struct Work {
    Work(core::Function& f, const versions::Plan& common) : plan(common), translator(f, plan) {}
    versions::Plan plan;
    versions::Translator translator;
  };
  const versions::Plan common{.facts = &facts, .targets = &targets, .operatorMethods = &operators};
  std::vector<std::unique_ptr<Work>> all;
  for (auto& function : module.functions) {
    if (!function->entry()) continue;
    auto work = std::make_unique<Work>(*function, common);
    if (versions::prepare(*function, work->plan)) all.push_back(std::move(work));
  }
  // Versions look into general bodies of others: none is split before all are written.
  for (auto& work : all) work->translator.write();
  for (auto& work : all) work->translator.connect();
  return !all.empty();
}

} // namespace krait::ir::passes
