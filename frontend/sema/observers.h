// Observers: things a program can do that let it see how it is compiled. Each
// is switched on by a syntactic rule over the program's own modules, a row of
// observers.def, so that every level of optimisation agrees on it.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <cstdint>

namespace krait::frontend::sema {

enum ObserverBits : uint32_t {
  kObserveNumberIdentity = 1, // `is`, id() on what may be a number
  kObserveExactCounts = 2,    // sys.getrefcount, gc.get_referrers
  kObserveFrameLocals = 4,    // f_locals, sys._getframe, inspect.stack, …
  kObserveEvents = 8,         // sys.settrace, sys.setprofile, …
  kObserveAllocations = 16,   // tracemalloc
};

// Union of the bits whose rules match somewhere in the tree.
uint32_t findObservers(const ast::Mod* tree, const base::SymbolTable& symbols);

} // namespace krait::frontend::sema
