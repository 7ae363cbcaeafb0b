// Runs passes over a module: dumps, verifies, times, bisects.
#pragma once

#include "ir/core/module.h"
#include "ir/passes/passes.h"

#include <functional>
#include <string>
#include <vector>

namespace krait::ir::passes {

struct ManagerOptions {
  std::vector<std::string> printAfter; // names of passes, or "all": the module's text to standard error
  bool verifyEach = false;             // after every pass, on the functions that it changed
  bool timePasses = false;             // a table to standard error at the end
  int64_t bisectLimit = -1;            // of (pass, function) runs counted from 1, only so many; -1: all
  std::function<void(std::string_view pass, const core::Module&)> afterEach{};
};

class Manager {
public:
  explicit Manager(ManagerOptions options = {}) : options_(std::move(options)) {}

  // False with `error` if the verifier complains: the broken rule, and the pass that broke it.
  bool run(core::Module& module, std::span<const PassId> passes, std::string& error);
  // The table of --time-passes: seconds and runs by pass.
  void reportTimes() const;

private:
  bool shouldPrintAfter(const Pass& pass) const;

  struct Timing {
    double seconds = 0;
    int64_t runs = 0, changes = 0;
  };
  // On one function, or, null, on the module.
  bool runOnce(const Pass& pass, Timing& timing, core::Module& module, core::Function* function, std::string& error);

  ManagerOptions options_;
  int64_t runs_ = 0;
  std::vector<Timing> timings_ = std::vector<Timing>(allPasses().size());
};

} // namespace krait::ir::passes
