// The machines that code is made for: Linux with glibc, on the baseline that the machine's hot.bc was compiled for (docs/cross.md).
// No LLVM header, so that the driver need not see any.
#pragma once
#include <span>
#include <string>

namespace krait::codegen::emit {

struct Target {
  const char* architecture; // as `uname -m` prints it
  const char* cpu;          // LLVM's baseline
  const char* emulation;    // of the linker
  const char* loader;       // the dynamic linker, on that machine
  const char* linkerOption; // one more, or null
  bool branchesFar;         // conditional branches reach all code of a program

  /// As Debian calls it, its folders and its compilers: "aarch64-linux-gnu". Also sys.implementation._multiarch.
  std::string name() const { return std::string(architecture) + "-linux-gnu"; }
  /// What ends the names of its modules in C.
  std::string extensionSuffix() const { return ".cpython-311-" + name() + ".so"; }
  /// The module that sysconfig imports there.
  std::string sysconfigModule() const { return "_sysconfigdata__" + name(); }
  /// In the names of wheels.
  std::string platformTag() const { return std::string("linux_") + architecture; }
};

std::span<const Target> targets();
/// The machine that this compiler runs on.
const Target& hostTarget();
/// Null if krait makes no code for a machine of that name.
const Target* findTarget(std::string_view name);

} // namespace krait::codegen::emit
