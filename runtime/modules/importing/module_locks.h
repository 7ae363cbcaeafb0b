// One lock per module that is being imported, so that other threads wait until its body has run.
//
// Two threads that wait for each other's modules (a circular import) would wait for ever: who would close the circle does not
// wait and takes the module as far as it is, as in CPython.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace krait {

/// Takes the lock, once more if the calling thread has it. False: not taken, as waiting would close a circle of threads.
bool lockModule(std::string_view name);
void unlockModule(std::string_view name);
/// Whether any module is being imported.
bool modulesAreLocked();
/// In the child of fork(): locks of threads that are gone are free.
void moduleLocksAfterFork();

} // namespace krait
