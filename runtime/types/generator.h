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
  FunctionObject* function;  // owned
  uint32_t state;            // resume point (yield number), perhaps with kQuietSuspension
  GenStatus status;
  uint8_t hooksCalled, closed, runningAsync; // async generators
  Value name, qualname;
  Value awaiting;            // gi_yieldfrom / cr_await, owned or null
  Value origin;              // cr_origin or finalizer
  Value weakrefs;
  Value frame;               // gi_frame once somebody asked
  HandledExc handled;
  void* activation;          // interpreter's activation, else null
  uint32_t site;             // of the yield it is suspended at
  uint32_t slotCount;
  Value slots[];             // owned words
};
/// gen.send machinery: ResumeResult; *out owned. `sent` owned, null throws the pending exception.
int32_t generatorResume(GeneratorObject* g, Value sent, Value* out);
/// A loop's step: null without an error at the end; what was returned is dropped.
Value generatorNext(GeneratorObject* g);

} // namespace krait
