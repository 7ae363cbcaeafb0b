// For programs that are linked with the library.
#include "runtime/modules/unix/readline_variables.h"

#define KRAIT_VARIABLE(name) decltype(name)* krt_address_of_##name() { return &name; }
KRAIT_READLINE_VARIABLES(KRAIT_VARIABLE)
