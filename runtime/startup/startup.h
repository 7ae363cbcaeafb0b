// Entry of every executable: `main` is a stub that calls krt_main.
#pragma once
#include "runtime/abi/code.h"

namespace krait {

/// Runs `info->main` as `__main__` on a stack of our own and everything that belongs to the end of a program. The
/// process's exit status.
extern "C" int32_t krt_main(int32_t argc, char** argv, const ProgramInfo* info);

/// What becomes of a pending exception at the top of the program: SystemExit gives its status, anything else goes
/// to sys.excepthook. The exit status; *exits: it was a SystemExit.
int32_t handleUncaught(bool* exits);
/// Runs what atexit registered, last first; errors are reported and go no further.
void runExitFunctions();

/// Called when all else has ended; set by what counts in programs built with --profile-generate (profile_counting.h), else null.
extern void (*profileWriter)();

} // namespace krait
