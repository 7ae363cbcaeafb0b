// A program as its own child. `sys.executable` of a compiled program is the program
// itself, and people start it as they start python3: with -c, -m, a file, options.
//
// What tells such a start from an ordinary one, whose arguments are all the
// program's: the parent puts KRAIT_EXECUTABLE=<its path> into the environment of a
// process whose command mentions that path, and the child finds its own path there
// and in argv[0], or a second '=' before the path, where the parent started it
// directly. The word is taken out of the child's environment at once.
#pragma once
#include <string>
#include <string_view>

namespace krait {

inline constexpr char kExecutableWord[] = "KRAIT_EXECUTABLE";
/// Options in python3's form, one a line, for the program itself: how `krait run -W error …` passes them on.
inline constexpr char kOptionsWord[] = "KRAIT_OPTIONS";

/// The absolute path of the running executable; empty if it cannot be found out.
const std::string& ownExecutable();
/// Whether a command (a path, an argument, a line for a shell) may start this executable.
bool mentionsOwnExecutable(std::string_view command);
/// "KRAIT_EXECUTABLE=…", for the environment of such a command; `direct`: of this executable itself.
std::string executableMark(bool direct);

/// Whether this process was started as python3 would be. Valid before and during krt_main.
bool startedAsInterpreter(const char* const* argv);

} // namespace krait
