// krt_main: the life of a program from argv to exit status.
// Python code runs on a stack of our own (threads/main_stack.h).
#include <csignal>
#include <pthread.h>
#include <cstdlib>
#include <ucontext.h>
#include <unistd.h>

#include "runtime/abi/observers.h"
#include "runtime/exceptions/exception.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/exit_counts.h"
#include "runtime/startup/interactive.h"
#include "runtime/startup/run_command.h"
#include "runtime/startup/startup.h"
#include "runtime/startup/unused_pages.h"
#include "runtime/threads/fault_handler.h"
#include "runtime/threads/main_stack.h"
#include "runtime/threads/signals.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

#ifdef KRAIT_PROFILE_GENERATE
extern "C" int __llvm_profile_write_file(); // of the compiler's library: exit handlers do not run
#endif

namespace krait {

void (*profileWriter)() = nullptr;

namespace {

struct Program {
  int32_t argc;
  char** argv;
  const ProgramInfo* info;
  int32_t status;
  bool interrupted;
};
Program program;

/// threading._shutdown() waits for non-daemon threads, if the program imported threading.
void waitForThreads() {
  Value threading = dictGet(sysModules(), "threading");
  if (!threading) return errorClear();
  Ref r(callMethod(threading, "_shutdown"));
  if (!r) errorUnraisable(nullptr, threading);
}

/// From here on, if the program carries what traces them.
void traceAllocations() {
  Ref module(importModule("_tracemalloc"));
  Ref started(module ? callMethod(module, "start", {Value::ofSmallInt(runtimeFlags.tracedFrames)}) : Value());
  errorClear();
}

void runProgram() {
  initSignals();
  bool exits = false;
  int32_t status = 0;
  const CommandLine line = readCommandLine(program.argc, program.argv);
  if (initialiseSys(program.argc, program.argv, line, *program.info) < 0) {
    status = handleUncaught(&exits);
  } else {
    if (runtimeFlags.faultHandler || runtimeFlags.devMode) enableFaultHandler(2, true);
    if (runtimeFlags.tracedFrames) traceAllocations();
    if (!line.warnings.empty() && !Ref(importModule("warnings"))) errorClear(); // it complains about bad filters
    Ref result(runCommand(line, program.info->main));
    if (line.run == CommandLine::Run::Program || line.run == CommandLine::Run::File) flushAfterScript();
    if (!result && typeOf(krt_hot.raised) == &KeyboardInterruptType) interruptedLast = true;
    if (!result) status = handleUncaught(&exits);
    if (runtimeFlags.interactive && (line.run == CommandLine::Run::Code || line.run == CommandLine::Run::Module || line.run == CommandLine::Run::File)) {
      Ref main = Ref::share(dictGet(sysModules(), NAME(__main__)));
      Ref typed(main ? runInteractively(main, false) : Value());
      status = typed ? 0 : handleUncaught(&exits);
    }
  }
  waitForThreads();
  runExitFunctions();
  if (shutdownModules() < 0) status = 120;
  if (krt_guest_hooks) krt_guest_hooks->finish();
  program.status = status;
  program.interrupted = interruptedLast && !exits;
}

} // namespace

#if defined(__has_feature) && __has_feature(address_sanitizer)
/// Requests that cannot be met are MemoryErrors here, too.
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }
#endif

int32_t krt_main(int32_t argc, char** argv, const ProgramInfo* info) {
  program = {argc, argv, info, 0, false};
  mainThread.ident = static_cast<uint64_t>(pthread_self());
  mainThread.serial = 1;
  noteProgramStart();
  takeStartPages();
  releasePagesAsHeapGrows();
  eventsObserved = info->main->observers & kObservedEvents;
  krt_numbers_are_objects = info->main->observers & kObservedNumberIdentity;
#if defined(__has_feature) && __has_feature(address_sanitizer)
  runProgram();
#else
  const size_t stackSize = reserveMainStack();
  if (stackSize == 0) {
    runProgram();
  } else {
    static ucontext_t python, native;
    getcontext(&python);
    python.uc_stack.ss_sp = reinterpret_cast<void*>(mainThread.stackHigh - stackSize);
    python.uc_stack.ss_size = stackSize;
    python.uc_link = &native;
    makecontext(&python, runProgram, 0);
    swapcontext(&native, &python);
  }
#endif
  if (profileWriter) profileWriter();
  if (program.interrupted) {
    // The parent shall see a death by SIGINT, as after CPython.
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
  }
  listCountedExits();
#ifdef KRAIT_PROFILE_GENERATE
  __llvm_profile_write_file();
#endif
  // No destructors of C++ statics: everything that Python can see has been torn down.
  _exit(program.status);
}

} // namespace krait
