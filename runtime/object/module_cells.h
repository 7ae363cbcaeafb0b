// Globals of compiled modules: one word (cell) per name the module mentions, and
// the module's dict as a split dict over them.
//
// Invariant: the dict has an entry for a cell's name exactly while the cell is
// not null. So a store to a full cell touches the cell alone; the first store
// and every deletion go through the dict. An empty cell means "ask builtins".
#pragma once
#include "runtime/object/ref.h"
#include "runtime/types/dict.h"

namespace krait {

/// The cell of a name, or null when the module's code mentions no such name. `key` is any str.
Value* moduleCellFor(ModuleInfo* info, Value key);
/// Reads a global whose own cell is empty: the builtins, else NameError. Owned.
Value globalGetSlow(ModuleInfo* info, uint32_t cell);
/// The first store to an empty cell (consumes `v`).
int32_t globalSetSlow(ModuleInfo* info, uint32_t cell, Value v);
/// The namespace that `globals` names as its builtins (its `__builtins__`, module or dict; else the builtin module's): borrowed dict.
Value builtinsOf(Value globals);
/// A new dict over the cells of `info`, its first instance's globals (owned; info->dict points to it as long as it lives).
Value newModuleDict(ModuleInfo* info);
/// Called by a dict over cells whose last reference is gone: the cells are free for another instance.
void moduleDictDies(DictObject* d);

} // namespace krait
