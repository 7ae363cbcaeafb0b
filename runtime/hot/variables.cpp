// Closure cells and module globals.
#include "runtime/object/module_cells.h"
#include "runtime/types/function.h"

namespace krait {

extern "C" {

Value krt_cell_get(Value cell) { return xnewRef(cell.as<CellObject>()->contents); }
void krt_cell_set(Value cell, Owned v) { assign(cell.as<CellObject>()->contents, v); }

Value krt_global_get(ModuleInfo* m, uint32_t cell) {
  if (Value v = m->cells[cell]) [[likely]] return newRef(v);
  return globalGetSlow(m, cell);
}

Value krt_builtin_get(ModuleInfo* m, uint32_t cell, Slot builtin) {
  Value v = m->cells[cell];
  if (!v) [[likely]] v = *builtin;
  if (v) [[likely]] return newRef(v);
  return globalGetSlow(m, cell);
}

int32_t krt_global_set(ModuleInfo* m, uint32_t cell, Owned v) {
  Value old = m->cells[cell];
  if (!old) [[unlikely]] return globalSetSlow(m, cell, v);
  m->cells[cell] = v;
  decref(old);
  return 0;
}

} // extern "C"

} // namespace krait
