// Generators, coroutines and async generators: frames that outlive a call.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"
#include "runtime/abi/thread_state.h"

namespace krait {

/// Of a resume point: no handler covers the yield, so that an exception thrown in would only unwind the frame.
constexpr uint32_t kQuietSuspension = uint32_t{1} << 31;

enum class GenStatus : uint8_t { Created, Suspended, Running, Closed };

struct GeneratorObject {
  Object header;
  const CodeInfo* code;
  FunctionObject* function;  // owned; null once Closed
  uint32_t state;            // resume point (yield number), perhaps with kQuietSuspension
  GenStatus status;
  uint8_t hooksCalled, closed, runningAsync; // async generators
  Value name, qualname;      // null: those of the code
  Value awaiting;            // what its next step goes on with: gi_yieldfrom / cr_await; or the answer kept for its delegator; owned or null
  Value origin;              // cr_origin or finalizer
  Value weakrefs;
  Value frame;               // gi_frame once somebody asked
  HandledExc handled;
  // delegation.cpp:
  GeneratorObject* delegator; // whose `awaiting` this is: borrowed, or null
  GeneratorObject* innermost; // whom the next step can resume instead, so many levels down: borrowed, or null if not known
  uint32_t levelsDown;
  int8_t answer;             // ended in place of its delegator's step, which has yet to learn of it: ResumeResult, else 0
  bool isShared;             // several have delegated to it
  bool isBypassed;           // runs in so far as `innermost` does
  uint32_t site;             // of the yield it is suspended at
  uint32_t slotCount;
  Value slots[];             // owned words
};
/// A loop's step: null without an error at the end; what was returned is dropped.
Value generatorNext(GeneratorObject* g);

} // namespace krait
