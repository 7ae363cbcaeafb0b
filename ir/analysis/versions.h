// Which functions code generation makes twice (codegen/lower/versions.cpp), and what the first body relies on.
#pragma once

#include "ir/core/remarks.h"

#include <functional>
#include <optional>

namespace krait::ir::analysis {

// A function with a loop or some computation (a module's body: with a loop), guesses about numbers, and not too large.
// What an instruction on objects adds to that: a call that the version would do itself.
using Worth = std::function<size_t(const core::Instruction&)>;
struct VersionExtent {
  std::optional<core::RemarkId> none; // why the function has no version; nothing: it has one
  std::vector<bool> blocks{};         // by id, of which; empty: of all. What runs once, or is too large, has one of its loops
};
VersionExtent extentOfVersion(const core::Function& function, const Worth& worth, bool runsOnce);

// Above this many operations a function gets the cheap pipeline, without fast paths.
constexpr size_t kMaxFastOperations = 4000;

// By local: what it holds whenever it is bound, if the guesses are right.
struct GuessedLocal {
  core::Guess guess = core::Guess::None;
  bool mayBeInt = false; // a float now and an int then: `s = 0; for …: s += x * 0.5`, `x = max(0, x)`
  bool mayBeWide = false; // an int of up to 64 bits that is not negative
};
std::vector<GuessedLocal> guessesOfLocals(const core::Function& function);

// By local: the step of the ranges that a version keeps in it, if all have the same and it is known: 1 but for those that count otherwise.
std::vector<std::optional<int64_t>> stepsOfRanges(const core::Function& function);

} // namespace krait::ir::analysis
