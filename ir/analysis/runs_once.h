// Which functions a program runs once at the most, as far as its text tells.
#pragma once
#include <vector>
#include "ir/analysis/call_targets.h"
#include "ir/core/module.h"

namespace krait::ir::analysis {

// By function number: what is defined at the level of the main module, and mentioned in one place only: a call that stands in no
// loop, in the module's body or in another such function (main(), and what that is divided into). A guess, on which nothing but
// speed may rest: the name may be found in other ways. Of a module that others import, nobody knows.
std::vector<bool> functionsRunOnce(const core::Module& module, const CallTargets& targets);

} // namespace krait::ir::analysis
