#include "codegen/emit/target.h"
#include "runtime/abi/machine.h"

namespace krait::codegen::emit {
namespace {

constexpr Target kTargets[] = {
    {.architecture = "x86_64", .cpu = "x86-64", .emulation = "elf_x86_64", .loader = "/lib64/ld-linux-x86-64.so.2", .linkerOption = nullptr, .branchesFar = true},
    // The option: some loads at the end of a page lead early Cortex-A53 astray.
    {.architecture = "aarch64", .cpu = "generic", .emulation = "aarch64linux", .loader = "/lib/ld-linux-aarch64.so.1", .linkerOption = "--fix-cortex-a53-843419", .branchesFar = false},
};

} // namespace

std::span<const Target> targets() { return kTargets; }

const Target& hostTarget() {
  static const Target& host = *findTarget(kMachineName);
  return host;
}

const Target* findTarget(std::string_view name) {
  for (const Target& target : kTargets)
    if (target.name() == name) return &target;
  return nullptr;
}

} // namespace krait::codegen::emit
