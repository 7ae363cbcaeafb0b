// Classes that a call makes: `Point = namedtuple("Point", "x y")`, `NamedTuple("Point", [("x", int)])`, of collections and typing. Read from the text,
// so predictions only: the names may mean something else.
#pragma once

#include "ir/core/module.h"

#include <string>
#include <vector>

namespace krait::ir::analysis {

// The fields in their order, where the call that made `t` names them all by constants; empty: it is something else.
std::vector<std::string> fieldsOfNamedTuple(const core::Module& module, const core::Temp* t);

} // namespace krait::ir::analysis
