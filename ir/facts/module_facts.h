// What a module's text says as a whole: predictions, except where noted. Collected once, before functions are optimised.
#pragma once

#include "ir/core/module.h"

#include <vector>

namespace krait::ir::facts {

class ModuleFacts {
public:
  explicit ModuleFacts(const core::Module& module);

  // Whether code of the module binds or unbinds this global: it is no builtin then. (Other modules may bind it all the same.)
  bool isAssigned(uint32_t global) const { return assigned_[global]; }
  // Whether methods store this name in their instance, and no class body binds it: instances keep it in a slot.
  bool isSlotName(uint32_t name) const { return slotName_[name]; }
  // Whether a class body binds it.
  bool isInClass(uint32_t name) const { return inClass_[name]; }

  // Whether class bodies bind this name to constants, numbers and containers, and to nothing else.
  bool isClassConstant(uint32_t name) const { return classConstant_[name]; }
  // Whether the module stores an attribute of that name in anything.
  bool isStored(uint32_t name) const { return stored_[name]; }

private:
  std::vector<bool> assigned_; // by GLOBAL
  std::vector<bool> slotName_, inClass_, classConstant_, stored_; // by NAME
};

} // namespace krait::ir::facts
