// The machine that this runtime is of: its name in Debian's manner, as sys.implementation._multiarch and the names of folders spell
// it. Those that the compiler makes code for: codegen/emit/target.h.
#pragma once

namespace krait {

#if defined(__x86_64__)
inline constexpr char kMachineName[] = "x86_64-linux-gnu";
#elif defined(__aarch64__)
inline constexpr char kMachineName[] = "aarch64-linux-gnu";
#else
#error "Krait's runtime does not know this machine"
#endif

} // namespace krait
