// Entering and leaving Python functions, polls, and the storage of generators.
#include "runtime/threads/thread_state.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

namespace krait {

extern "C" {

[[gnu::cold, gnu::noinline]] int32_t krt_frame_enter_slow();
[[gnu::cold, gnu::noinline]] int32_t krt_poll_slow();

int32_t krt_frame_enter() {
  if (++krt_hot.depth > krt_hot.limit) [[unlikely]] return krt_frame_enter_slow();
  return 0;
}
void krt_frame_leave() { --krt_hot.depth; }

int32_t krt_poll() {
  if (krt_hot.limit == 0) [[unlikely]] return krt_poll_slow();
  return 0;
}

Value krt_function_closure(FunctionObject* f, uint32_t index) { return asTuple(f->closure)->items[index]; }

Slot krt_generator_slots(GeneratorObject* g) { return g->slots; }
uint32_t krt_generator_state(GeneratorObject* g) { return g->state & ~kQuietSuspension; }
void krt_generator_set_state(GeneratorObject* g, uint32_t state) { g->state = state; }
FunctionObject* krt_generator_function(GeneratorObject* g) { return g->function; }

void krt_leave_locals(Slot locals, uint64_t count) {
  for (Slot end = locals + count; locals != end; ++locals) {
    Value old = *locals;
    if (!old) continue;
    *locals = Value();
    decref(old);
  }
  --krt_hot.depth;
}

} // extern "C"

} // namespace krait
