// python3's command line: its options and what they ask to run.
#pragma once
#include <string>
#include <vector>

namespace krait {

struct CommandLine {
  enum class Run { Program /*the compiled main module*/, Code, Module, File, StandardInput, Nothing };
  Run run = Run::Program;
  std::string text;                  // the code, the module's name or the path
  int firstArgument = 0;             // of argv: sys.argv[0] for a program or file, what follows it otherwise
  std::vector<std::string> warnings; // of -W and PYTHONWARNINGS, in the order of sys.warnoptions
  std::vector<std::string> implementation; // of -X
  int status = 0;                    // Run::Nothing: the exit status
};

/// Reads argv and the environment, and sets runtimeFlags. Without startedAsInterpreter all arguments are the program's.
CommandLine readCommandLine(int argc, char** argv);
/// What was read last, for sys.
const CommandLine& commandLine();

} // namespace krait
