// ncurses' interface for this folder: its functions, none of them a macro, and its variables by address, asked for by calls, so that
// a program can load the library at the first of them (runtime/startup/lazy_function.h).
#pragma once
#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>

#define KRAIT_CURSES_VARIABLES(V) V(COLORS) V(COLOR_PAIRS) V(COLS) V(ESCDELAY) V(LINES) V(TABSIZE) V(acs_map) V(newscr) V(stdscr)

#define KRAIT_VARIABLE(name) extern "C" decltype(name)* krt_address_of_##name();
KRAIT_CURSES_VARIABLES(KRAIT_VARIABLE)
#undef KRAIT_VARIABLE
#define CURSES_VARIABLE(name) (*krt_address_of_##name())
