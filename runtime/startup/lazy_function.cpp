#include "runtime/startup/lazy_function.h"
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

namespace krait {

void* krt_lazy_bind(LazyFunction* function) {
  LazyLibrary& library = *function->library;
  void* address = loadLibrary(library) ? dlsym(library.handle, function->name) : nullptr;
  if (!address) {
    std::fprintf(stderr, "error while loading shared libraries: %s\n", dlerror());
    std::abort();
  }
  __atomic_store_n(&function->address, address, __ATOMIC_RELEASE);
  return address;
}

} // namespace krait
