// Steps of `async for` over async generators in compiled code, which nobody sees: no awaitable is made for them.
//
//   krt_anext(g)                 g itself, in place of its __anext__()
//   krt_send(g, None, out)       kResumeReturn: *out is the item; kStepEnded: there is none; kResumeRaise: as ever.
//                                kResumeYield: the body waits for something. From now on others can see what is awaited, so that it is made:
//   krt_generator_set_awaiting   puts it in the place of g, from where the loop takes it for what it sends from now on
//
// While events are listened to, and in the interpreters, every step has its awaitable.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// What krt_send answers beyond ResumeResult, for an async generator: it has ended. krt_hot.raised is a StopAsyncIteration that only
/// krt_is_stop_async may see; nothing is added to its traceback.
constexpr int32_t kStepEnded = 2;
extern Object* const quietStopAsync;

/// krt_send for an async generator.
int32_t stepOfLoop(Value generator, Value* out);
/// What has been made for the step that waits: owned.
Value takeLoopStep();
/// krt_anext for those who need an awaitable.
Value nextAwaitable(Value iterator);
/// krt_anext for an async generator.
Value generatorForLoop(Value self);

} // namespace krait
