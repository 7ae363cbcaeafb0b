// The variables of a library that is in the executable.
#include "runtime/modules/curses/curses_variables.h"

#define KRAIT_VARIABLE(name) \
  extern "C" decltype(name)* krt_address_of_##name() { return &name; }
KRAIT_CURSES_VARIABLES(KRAIT_VARIABLE)
#undef KRAIT_VARIABLE
