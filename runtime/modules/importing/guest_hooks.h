// What the runtime asks of the bridge to C extensions (runtime/guest). Programs that import none do not contain it:
// then the runtime's weak null pointer stays.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct GuestHooks {
  /// A module of a package that runs in the guest, now in sys.modules (owned); null without error: the name is none of those.
  Value (*import)(Value name);
  /// Whether there is a guest by now.
  bool (*isRunning)();
  /// Ends the guest, after the modules were cleared.
  void (*finish)();
  /// A second thread is about to start.
  void (*threadsBegin)();
  /// Whether a class of the guest is there a subclass of an abstract class that the library has on both sides.
  bool (*isRegistered)(Value abc, Value cls);
  /// The calling thread has given the lock away for something that may block, or has it again: so does it with a host's.
  void (*blocking)(bool begins);
  /// `maker.__new__(t, …)` of a class of the guest, whose `construct` does all that calling it does; null without error: it is none.
  Value (*makeBare)(Type* maker, Type* t, const Args& args);
};

extern "C" const GuestHooks* krt_guest_hooks;

/// GuestHooks::makeBare; null without error where there is no guest, too.
inline Value makeBareInGuest(Type* maker, Type* t, const Args& args) {
  return krt_guest_hooks ? krt_guest_hooks->makeBare(maker, t, args) : Value();
}
/// Top-level names of the packages that run in the guest, joined by ':'. Only in programs with the bridge.
extern "C" const char krt_guest_packages[];

} // namespace krait
