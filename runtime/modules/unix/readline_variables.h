// The library's variables by address: asked for by calls, so that a program can load the library at the first of them
// (runtime/startup/lazy_function.h).
#pragma once
#include <cstdio>
#include <editline/readline.h>

#define KRAIT_READLINE_VARIABLES(V)                                                                             \
  V(rl_attempted_completion_function)                    \
  V(rl_attempted_completion_over) V(rl_completer_word_break_characters) V(rl_completion_append_character)       \
  V(rl_completion_display_matches_hook) V(rl_completion_suppress_append) V(rl_completion_type)                  \
  V(rl_getc_function)                                                                                           \
  V(rl_library_version) V(rl_line_buffer) V(rl_pre_input_hook) V(rl_readline_name) V(rl_readline_version)       \
  V(rl_startup_hook)

#define KRAIT_VARIABLE(name) extern "C" decltype(name)* krt_address_of_##name();
KRAIT_READLINE_VARIABLES(KRAIT_VARIABLE)
#undef KRAIT_VARIABLE
#define READLINE_VARIABLE(name) (*krt_address_of_##name())
