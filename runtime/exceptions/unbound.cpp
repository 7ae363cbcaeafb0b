// Reading variables that have no value.
#include "runtime/object/errors.h"

namespace krait {

namespace {
Value raiseLocal(Value name) {
  return raise(UnboundLocalErrorType, "cannot access local variable '%U' where it is not associated with a value", name);
}
} // namespace

extern "C" {

Value krt_raise_unbound_local(const CodeInfo* code, uint32_t variable) { return raiseLocal(code->varNames[variable]); }

Value krt_raise_unbound_free(const CodeInfo* code, uint32_t variable) {
  if (variable < code->cellCount) return raiseLocal(code->cellNames[variable]);
  Value name = code->freeNames[variable - code->cellCount];
  return raiseNameError(NameErrorType, name,
                        "cannot access free variable '%U' where it is not associated with a value in enclosing scope", name);
}

} // extern "C"

} // namespace krait
