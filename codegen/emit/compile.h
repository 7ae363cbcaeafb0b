// The room's front door: a module of typed IR in, object file, assembly or LLVM IR out.
// No LLVM header, so that the driver need not see any.
#pragma once
#include <string>
#include "codegen/emit/level.h"
#include "codegen/emit/target.h"
#include "ir/core/module.h"

namespace krait::codegen::emit {

struct CompileOptions {
  Level level = Level::O2;
  bool debugInfo = false;      // lines
  bool debugVariables = false; // and where variables are
  Care care = Care::Own;
  bool stripSource = false;
  bool isCarried = false; // lower::Options
  bool isShared = false;  // for a shared library
  bool countExits = false; // the program says at its end where versions were left, and how often
  bool timePasses = false; // report the time of LLVM's passes to standard error
  uint32_t observers = 0; // ObservedBits of the program, for its own modules
  std::string codeFilename{}; // what code objects say instead of the module's file, if not empty
  std::string hotBitcode; // path of hot.bc; unused at O0
  bool mayDivide = false; // a large module's object in parts (emit/parts.h): an archive, all of whose members are to be linked
  unsigned threads = 1;   // that may work on them at a time
  const Target* target = &hostTarget();
};

enum class Artefact : uint8_t { Object, Assembly, LlvmIr };

/// Deterministic: equal input gives equal bytes. Threads may compile different modules. False with a message if
/// hot.bc cannot be used.
bool compileModule(const ir::core::Module& module, const CompileOptions& options, Artefact artefact, std::string& bytes,
                   std::string& error);

/// "19.1.7"
const char* llvmVersion();

} // namespace krait::codegen::emit
