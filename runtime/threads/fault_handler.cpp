#include "runtime/threads/fault_handler.h"
#include <sys/mman.h>
#include <ucontext.h>
#include "runtime/exceptions/frame_walk.h"

namespace krait {
namespace {

struct Fault {
  int signal;
  const char* text;
  struct sigaction previous;
};
Fault faults[] = {{SIGBUS, "Bus error", {}},
                  {SIGILL, "Illegal instruction", {}},
                  {SIGFPE, "Floating point exception", {}},
                  {SIGABRT, "Aborted", {}},
                  {SIGSEGV, "Segmentation fault", {}}};
bool enabled = false, everyThread = true;
int descriptor = 2;

void onFault(int signal, siginfo_t*, void* context) {
  if (!enabled) return;
  for (Fault& fault : faults) {
    if (fault.signal != signal) continue;
    // A second fault, in here, takes its course at once.
    sigaction(signal, &fault.previous, nullptr);
    const Interruption at = interruptionOf(context);
    faultWrite(descriptor, "Fatal Python error: ");
    faultWrite(descriptor, fault.text);
    faultWrite(descriptor, "\n\n");
    if (everyThread) dumpAllStacks(descriptor, &at);
    else dumpOwnStack(descriptor, &at);
    ::raise(signal);
  }
}

} // namespace

Interruption interruptionOf(void* context) {
  const mcontext_t& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__aarch64__)
  return {machine.regs[29], machine.pc};
#else
  return {static_cast<uintptr_t>(machine.gregs[REG_RBP]), static_cast<uintptr_t>(machine.gregs[REG_RIP])};
#endif
}

void ensureSignalStack() {
  static bool done = false;
  if (done) return;
  done = true;
  constexpr size_t kBytes = 256 * 1024;
  void* memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  const stack_t stack = {.ss_sp = memory, .ss_flags = 0, .ss_size = kBytes};
  if (memory != MAP_FAILED) sigaltstack(&stack, nullptr);
}

void enableFaultHandler(int fd, bool allThreads) {
  descriptor = fd;
  everyThread = allThreads;
  if (enabled) return;
  ensureSignalStack();
  enabled = true;
  for (Fault& fault : faults) {
    struct sigaction action = {};
    action.sa_sigaction = onFault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigaction(fault.signal, &action, &fault.previous);
  }
}

void disableFaultHandler() {
  if (!enabled) return;
  enabled = false;
  for (Fault& fault : faults) sigaction(fault.signal, &fault.previous, nullptr);
}

bool faultHandlerEnabled() { return enabled; }

} // namespace krait
