#include "ir/analysis/runs_once.h"
#include <map>
#include <optional>
#include <set>
#include "ir/analysis/flow.h"

namespace krait::ir::analysis {

using namespace core;

namespace {

// Whether all that happens to it is that it is called. It may come to the call through blocks.
bool isOnlyCalled(const Temp* t, std::set<const Temp*>& seen) {
  if (!seen.insert(t).second) return true;
  for (const Use* use = t->uses; use; use = use->next) {
    const Instruction& user = *use->user;
    const auto n = static_cast<size_t>(use - user.uses);
    if (n < user.operandCount) {
      const bool isCallee = n == 0 && (user.is(Op::Call) || user.is(Op::CallKw));
      if (!isCallee && !user.is(Op::Kill)) return false;
      continue;
    }
    for (uint32_t s = 0; s < user.successorCount; ++s) {
      const Successor& successor = user.successors[s];
      if (n >= successor.firstArgument && n < successor.firstArgument + successor.argumentCount &&
          !isOnlyCalled(successor.block->parameters[n - successor.firstArgument], seen))
        return false;
    }
  }
  return true;
}

struct Mentions {
  size_t count = 0;
  const Instruction* last = nullptr;
};

class Finder {
public:
  Finder(const Module& module, const CallTargets& targets) : answers_(module.functions.size()) {
    for (auto& f : module.functions)
      for (const Block* b = f->entry(); b; b = b->next)
        for (const Instruction* i = b->first; i && !b->version; i = i->next) // a version mentions what the general body does
          if (i->is(Op::GlobalGet))
            if (auto function = targets.functionOf(i->index)) {
              Mentions& at = mentions_[*function];
              ++at.count;
              at.last = i;
            }
  }

  bool runsOnce(const Function& f) {
    std::optional<bool>& answer = answers_[f.number];
    if (answer) return *answer;
    answer = false; // of one that calls itself, in the end
    if (f.kind == FunctionKind::Module) return *(answer = true);
    const auto at = mentions_.find(f.number);
    if (at == mentions_.end() || at->second.count != 1 || f.isGenerator() || (f.runs && f.runs->entered > 1)) return false;
    const Instruction& mention = *at->second.last;
    const Function& caller = *mention.block->function;
    std::set<const Temp*> seen;
    if (!isOnlyCalled(mention.result(), seen) || blocksInLoops(caller, Flow(caller))[mention.block->id]) return false;
    return *(answer = runsOnce(caller));
  }

private:
  std::map<uint32_t, Mentions> mentions_; // by number of the function
  std::vector<std::optional<bool>> answers_;
};

} // namespace

std::vector<bool> functionsRunOnce(const Module& module, const CallTargets& targets) {
  std::vector<bool> once(module.functions.size());
  if (module.name != "__main__") return once;
  Finder finder(module, targets);
  for (auto& f : module.functions)
    if (f->kind == FunctionKind::Function) once[f->number] = finder.runsOnce(*f);
  return once;
}

} // namespace krait::ir::analysis
