// Which names of a module are those of another module of the program, read from import statements of module bodies:
// `from util import scale`, `import util`, `from util import *`; and which are those of the library. Predictions only: what is found at run time may be
// anything.
#pragma once

#include "ir/core/module.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait::ir::analysis {

class ImportedNames {
public:
  explicit ImportedNames(const core::Module& module);

  // GLOBAL -> GLOBAL: where the module that is imported from keeps it; itself if it is not imported.
  uint32_t originalOf(uint32_t global) const;
  // What import statements alone bind the GLOBAL to, by its dotted name: `random` after `import random as r`, `random.gauss` after `from random import
  // gauss`; empty if anything else does.
  std::string_view dottedNameOf(uint32_t global) const;
  // What `m.name` of a GLOBAL that probably holds a module of the program is there; kNone: it holds none, or there is no such name.
  uint32_t inModule(uint32_t global, const std::string& name) const;
  // Whether the GLOBAL probably holds a module of the program.
  bool isModule(uint32_t global) const { return modules_.contains(originalOf(global)); }

private:
  // Where a module keeps a name, its own or what `import *` brought; kNone: it has none.
  uint32_t cellOf(const std::string& name, uint32_t scope, int depth = 0) const;
  // The module that an `import` or `import.from` gives, if it is one.
  std::string moduleNameOf(const core::Instruction& import) const;

  const core::Module& module_;
  std::unordered_map<std::string, uint32_t> scopes_; // by the module's name
  std::unordered_map<uint32_t, std::vector<uint32_t>> stars_; // scope -> those that it imports all names of
  std::vector<bool> isBound_;                        // by GLOBAL
  std::unordered_map<uint32_t, uint32_t> originals_; // GLOBAL -> GLOBAL
  std::unordered_map<uint32_t, uint32_t> modules_;   // GLOBAL -> scope
  std::unordered_map<uint32_t, std::string> outside_; // GLOBAL -> dotted name, or nothing
};

} // namespace krait::ir::analysis
