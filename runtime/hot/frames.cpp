// Entering and leaving Python functions, polls, and the storage of generators.
#include "runtime/threads/thread_state.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

namespace krait {

/// Gives up a reference (null allowed): the object, if that was its last one.
static inline Object* dyingOf(Value v) {
  if (!v || !v.isPointer()) return nullptr;
  return --v.object()->refs == 0 ? v.object() : nullptr;
}
/// Empties a local; what it held, if that dies now.
static inline Object* release(Slot local) {
  const Value old = *local;
  if (!old) return nullptr;
  *local = Value();
  return dyingOf(old);
}
static inline void leave() { --krt_hot.depth; }
template <class... Rest> static inline void leave(Value first, Rest... rest);
template <class... Rest> [[gnu::noinline]] static void leaveDying(Object* o, Rest... rest) {
  destroy(o);
  leave(rest...);
}
template <class... Rest> static inline void leave(Value first, Rest... rest) {
  if (Object* dying = dyingOf(first)) [[unlikely]] return leaveDying(dying, rest...);
  leave(rest...);
}

extern "C" {

[[gnu::cold, gnu::noinline]] int32_t krt_frame_enter_slow();
[[gnu::noinline]] void krt_leave_dying(Object* o, Slot locals, Slot end);
[[gnu::cold, gnu::noinline]] int32_t krt_poll_slow();

int32_t krt_frame_enter() {
  if (++krt_hot.depth > krt_hot.limit) [[unlikely]] return krt_frame_enter_slow();
  return 0;
}
void krt_frame_leave() { --krt_hot.depth; }

int32_t krt_poll() { // the load is atomic, or a loop that writes nothing would ask only once
  if (__atomic_load_n(&krt_hot.limit, __ATOMIC_RELAXED) == 0) [[unlikely]] return krt_poll_slow();
  return 0;
}

Value krt_function_closure(FunctionObject* f, uint32_t index) { return asTuple(f->closure)->items[index]; }

Slot krt_generator_slots(GeneratorObject* g) { return g->slots; }
uint32_t krt_generator_state(GeneratorObject* g) { return g->state & ~kQuietSuspension; }
void krt_generator_set_state(GeneratorObject* g, uint32_t state) { g->state = state; }
FunctionObject* krt_generator_function(GeneratorObject* g) { return g->function; }

void krt_leave_locals(Slot locals, uint64_t count) { // a death is another function's, or this one would have to save registers
  const Slot end = locals + count;
#pragma clang loop unroll(disable)
  for (; end - locals > 1; locals += 2) {
    if (Object* dying = release(locals)) [[unlikely]] return krt_leave_dying(dying, locals + 1, end);
    if (Object* dying = release(locals + 1)) [[unlikely]] return krt_leave_dying(dying, locals + 2, end);
  }
  if (locals != end)
    if (Object* dying = release(locals)) [[unlikely]] return krt_leave_dying(dying, end, end);
  --krt_hot.depth;
}

void krt_leave2(Value a, Value b) { leave(a, b); }
void krt_leave3(Value a, Value b, Value c) { leave(a, b, c); }
void krt_leave4(Value a, Value b, Value c, Value d) { leave(a, b, c, d); }
void krt_leave6(Value a, Value b, Value c, Value d, Value e, Value f) { leave(a, b, c, d, e, f); }

} // extern "C"

} // namespace krait
