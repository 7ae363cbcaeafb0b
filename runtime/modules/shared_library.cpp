#include "runtime/modules/shared_library.h"
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>
#include "runtime/abi/machine.h"

namespace krait {
namespace {

struct Row {
  const char* module;
  LazyLibrary* library; // null: linked into this program, or not called by it
};

} // namespace

extern "C" {
#define KRAIT_NATIVE_MODULE(identifier, name)
#define KRAIT_LIBRARY_MODULE(identifier, name, library, others) [[gnu::weak, gnu::visibility("hidden")]] extern LazyLibrary krt_lazy_library_##library;
#include "runtime/abi/modules.def"
}

static constinit const Row kRows[] = {
#define KRAIT_LIBRARY_MODULE(identifier, name, library, others) {name, &krt_lazy_library_##library},
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
};

bool loadLibrary(LazyLibrary& library) {
  if (!library.handle) library.handle = dlopen(library.name, RTLD_NOW | RTLD_GLOBAL);
  return library.handle;
}

const char* missingLibraryOf(const char* module) {
  for (const Row& row : kRows) {
    if (!row.library || strcmp(row.module, module) != 0) continue;
    for (const std::string& folder : {std::string("/lib/") + kMachineName + "/", std::string("/usr/lib/") + kMachineName + "/", std::string("/lib64/"), std::string("/usr/lib64/")})
      if (access((folder + row.library->name).c_str(), R_OK) == 0) return nullptr;
    return loadLibrary(*row.library) ? nullptr : dlerror();
  }
  return nullptr;
}

} // namespace krait
