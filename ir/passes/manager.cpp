#include "ir/passes/manager.h"

#include "ir/core/printer.h"
#include "ir/core/verifier.h"

#include <chrono>
#include <cstdio>

namespace krait::ir::passes {

bool Manager::shouldPrintAfter(const Pass& pass) const {
  for (const std::string& name : options_.printAfter)
    if (name == "all" || name == pass.name) return true;
  return false;
}

bool Manager::runOnce(const Pass& pass, Timing& timing, core::Module& module, core::Function* function, std::string& error) {
  using Clock = std::chrono::steady_clock;
  ++runs_;
  if (options_.bisectLimit >= 0) {
    const bool runs = runs_ <= options_.bisectLimit;
    const std::string what = function ? "@" + std::to_string(function->number) + " " + function->qualname : "the module";
    fprintf(stderr, "bisect: %s run %lld: %.*s on %s\n", runs ? "doing" : "not doing", static_cast<long long>(runs_),
            static_cast<int>(pass.name.size()), pass.name.data(), what.c_str());
    if (!runs) return true;
  }
  Clock::time_point before = options_.timePasses ? Clock::now() : Clock::time_point();
  const bool changed = function ? pass.run(*function) : pass.runModule(module);
  if (options_.timePasses) timing.seconds += std::chrono::duration<double>(Clock::now() - before).count();
  ++timing.runs;
  timing.changes += changed;
  if (!options_.verifyEach || !changed) return true;
  const std::vector<std::string> complaints = function ? core::verify(*function) : core::verify(module);
  if (complaints.empty()) return true;
  error = "after " + std::string(pass.name) + ": " + complaints.front();
  return false;
}

bool Manager::run(core::Module& module, std::span<const PassId> passes, std::string& error) {
  for (PassId id : passes) {
    const Pass& pass = passOf(id);
    Timing& timing = timings_[static_cast<size_t>(id)];
    if (pass.runModule) {
      if (!runOnce(pass, timing, module, nullptr, error)) return false;
    } else {
      for (auto& function : module.functions)
        if (function->entry() && !runOnce(pass, timing, module, function.get(), error)) return false;
    }
    if (options_.afterEach) options_.afterEach(pass.name, module);
    if (shouldPrintAfter(pass))
      fprintf(stderr, "; after %.*s\n%s", static_cast<int>(pass.name.size()), pass.name.data(),
              core::toText(module).c_str());
  }
  return true;
}

void Manager::reportTimes() const {
  fprintf(stderr, "%12s %8s %8s  pass\n", "milliseconds", "runs", "changes");
  for (size_t i = 0; i < timings_.size(); ++i)
    if (timings_[i].runs)
      fprintf(stderr, "%12.3f %8lld %8lld  %.*s\n", timings_[i].seconds * 1e3,
              static_cast<long long>(timings_[i].runs), static_cast<long long>(timings_[i].changes),
              static_cast<int>(allPasses()[i].name.size()), allPasses()[i].name.data());
}

} // namespace krait::ir::passes
