// The places of a function that a profile counts (docs/profiles.md), in IR as ir/build makes it: passes that look for them come first,
// so that they are the same in the build that counts and in the one that is told.
#pragma once

#include "ir/core/module.h"

#include <string>
#include <vector>

namespace krait::ir::analysis {

struct ProfilePlace {
  enum class What : uint8_t {
    Passed,  // parameter `number`
    Result,  // result `number` of the instruction
    Operand, // operand `number`: what it is asked of, or a variable that it computes with
    Round,   // the instruction stands where a loop goes back
  } what;
  core::Instruction* at; // null: a parameter
  uint32_t number;
  std::string name; // of this one in its function; lines are counted from the function's first: "2:11-2:17 attr.get"

  core::Temp* value() const { return what == What::Result ? at->result(number) : at->operand(number); }
};

struct ProfilePlaces {
  std::vector<ProfilePlace> all;
  std::string hash; // of the function's operations, their names and where they stand
};

// Not of what the library makes up (Function::text), or what has no body: nothing is counted there.
bool isProfiled(const core::Function& f);
ProfilePlaces profilePlacesOf(core::Function& f);

} // namespace krait::ir::analysis
