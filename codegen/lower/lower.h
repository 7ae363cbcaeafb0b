// Typed IR -> LLVM IR. One Krait module becomes one LLVM module: a machine
// function per Python function (two per generator), its description (CodeInfo)
// and constants as static data, and the module's ModuleInfo.
//
// Conventions of the code made here
//   entry    Value f(FunctionObject*, Value a0 …): arguments owned by the callee
//   resume   int32_t f(GeneratorObject*, Value sent, Value* out): ResumeResult
//   error    a null word or a negative status; the pending exception is krt_hot.raised
//   site     every call has a distinct debug location, which names the site of the IR; emission
//            reads them back from machine code to write the table of return addresses
#pragma once
#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/Module.h>
#include <memory>
#include "ir/core/module.h"

namespace llvm {
class DILocation;
}

namespace krait::codegen::lower {

struct Options {
  bool debugInfo = false;   // line tables
  bool debugVariables = false; // -g: and where variables are
  bool optimise = true;     // false: no fast paths beside the runtime's
  bool stripSource = false; // do not embed the module's text
  bool isCarried = false;   // the text is all there is: whoever imports the module has it interpreted
  bool countExits = false;  // versions.cpp
  bool isShipped = false;   // compiled once for all programs: how long that takes matters less
  bool copiesInLoopsAlone = false; // bodies of small functions are copied to calls in loops, to no others
  uint32_t observers = 0;   // ObservedBits
  std::string codeFilename{}; // what code objects say instead of the module's file, if not empty
};

struct LoweredModule {
  std::unique_ptr<llvm::Module> llvm;
  /// Code and site of each location that the code made here gives to calls. One that was inlined leads to that of the call.
  struct Place {
    llvm::GlobalVariable* code;
    uint32_t site;
  };
  llvm::DenseMap<const llvm::DILocation*, Place> sites{};
  /// Machine functions that have a frame in Python's sense, with their CodeInfo.
  llvm::DenseMap<const llvm::Function*, llvm::GlobalVariable*> codes{};
  /// Operations of the largest function.
  size_t largestFunction = 0;
  /// Bodies of modules and classes without loops and everything too large: made with the cheap pipeline.
  std::vector<llvm::Function*> cheap{};
  /// What generators and coroutines run when they are resumed.
  llvm::DenseMap<const llvm::Function*, const ir::core::Function*> resumes{};
};

LoweredModule lowerModule(const ir::core::Module& module, llvm::LLVMContext& context, const Options& options);

/// Attribute of calls on unexpected ways, for emit/seldom_ways.h.
constexpr const char* kSlowPath = "krait-slow-path";

/// Metadata of the variables that the frame walker reads (frame.cpp): the array of locals, the function object.
constexpr const char *kFrameLocals = "krait.locals", *kFrameFunction = "krait.function";

/// Symbol of a module's ModuleInfo.
std::string moduleSymbol(std::string_view dottedName);

} // namespace krait::codegen::lower
