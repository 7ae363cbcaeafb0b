// LLVM's passes over one module. Two pipelines: *full*, with the hot runtime
// inlined, for functions and for bodies of modules with loops; *cheap* for bodies
// that run once and for what is too large. Both work function by function; there is no work that grows with the
// square of the module.
#pragma once
#include <string>
#include "codegen/emit/target_machine.h"
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {

/// Sets triple, layout and function attributes; runs the pipelines. False on a missing hot.bc.
bool optimise(lower::LoweredModule& lowered, llvm::TargetMachine& machine, Effort effort, const std::string& hotPath,
              bool timePasses, std::string& error);

} // namespace krait::codegen::emit
