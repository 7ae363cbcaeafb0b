// All native modules: a program run from source may import any of them.
#include "runtime/abi/sections.h"

namespace krait {

extern "C" {
#define KRAIT_NATIVE_MODULE(identifier, name) extern const NativeModule krt_module_##identifier;
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
}

namespace {
[[gnu::section("krt_natives"), gnu::used]] const NativeModule* const kAll[] = {
#define KRAIT_NATIVE_MODULE(identifier, name) &krt_module_##identifier,
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
};
} // namespace

} // namespace krait
