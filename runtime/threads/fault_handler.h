// What is told about a program that dies by a signal (SIGSEGV, SIGFPE, SIGABRT, SIGBUS, SIGILL): the stacks of its
// threads, on a descriptor, before the signal takes its course. PYTHONFAULTHANDLER, -X faulthandler, and the module.
#pragma once
#include <csignal>
#include "runtime/exceptions/fault_traceback.h"

namespace krait {

/// Installs the handlers, which run on a stack of their own. `fd` is borrowed.
void enableFaultHandler(int fd, bool allThreads);
void disableFaultHandler();
bool faultHandlerEnabled();

/// From a SA_SIGINFO handler's third argument.
Interruption interruptionOf(void* context);
/// Gives the main thread an alternate signal stack, once: for handlers with SA_ONSTACK.
void ensureSignalStack();

} // namespace krait
