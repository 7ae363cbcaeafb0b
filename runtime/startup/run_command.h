// Running what a command line in python3's form asks for.
#pragma once
#include "runtime/abi/code.h"
#include "runtime/object/ref.h"
#include "runtime/startup/command_line.h"

namespace krait {

/// Runs it as `__main__`: None, or null with the exception. `program` is the compiled main module: a command that names
/// its file runs it; source text goes to the engine.
Value runCommand(const CommandLine& line, ModuleInfo* program);

} // namespace krait
