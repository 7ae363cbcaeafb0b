// Generators and coroutines that wait for one another: `yield from` and `await`.
//
// The outermost one is resumed, and its step resumes the innermost one directly: what that yields is what every level between
// would hand on. Only when the innermost ends is the one that waits for it resumed, with the answer kept where its krt_send
// looks for it. So a step costs the same at any depth.
//
//   outermost ──awaiting──> … ──awaiting──> innermost        status while it runs: Running, Suspended …, Running
//       <──delegator──        <──delegator──
//
// A generator can be left out if resuming it would do nothing but that: its code is compiled (and so written by ir/build), it is
// the only one to wait for the next, and it does not handle an exception, which the inner ones would have to see.
// `innermost` of the outermost one says where to go on. It is true as long as nobody else resumes, closes or throws into one
// of them: whoever does so comes by mayEnter. Who is left out counts as running (isExecuting), has a frame for those who walk
// frames (ChainAnchor), and counts as a frame for the recursion limit.
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/async_step.h"
#include "runtime/types/generator_protocol.h"

namespace krait {
namespace {

/// The steps on their way that leave generators out, of all threads.
struct Chain {
  ChainAnchor anchor;
  Chain *older, *newer = nullptr;
};
Chain* chains;

bool isDelegate(Value v) { return isGenerator(v) || isCoroutine(v); }

/// What resuming `g`, which is suspended, would do nothing but resume; else null.
GeneratorObject* successor(const GeneratorObject* g) {
  if (!g->awaiting || !isDelegate(g->awaiting) || g->code->body || g->handled.value) return nullptr;
  GeneratorObject* next = asGenerator(g->awaiting);
  return next->status == GenStatus::Suspended && next->delegator == g && !next->isShared ? next : nullptr;
}

/// Whom a step of `g` can resume, so many more levels down. From now on that is known to who starts there only.
GeneratorObject* descend(GeneratorObject* g, uint32_t& levels) {
  for (;;) {
    GeneratorObject* next = g->innermost;
    if (next) {
      levels += g->levelsDown;
      g->innermost = nullptr;
    } else {
      next = successor(g);
      if (!next) return g;
      ++levels;
    }
    g = next;
  }
}

bool isBetween(const GeneratorObject* g, const ChainAnchor& anchor) {
  for (GeneratorObject* other = anchor.innermost; other != anchor.outermost; other = other->delegator)
    if (other->delegator == g) return true;
  return false;
}

void link(Chain& chain) {
  chain.older = chains;
  if (chains) chains->newer = &chain;
  chains = &chain;
}
void unlink(Chain& chain) {
  (chain.newer ? chain.newer->older : chains) = chain.older;
  if (chain.older) chain.older->newer = chain.newer;
}

/// `g` has ended, in a step of who waits for it.
void keepAnswer(GeneratorObject* g, int32_t result, Value out) {
  g->awaiting = result == kResumeRaise ? errorTake().release() : out;
  g->answer = static_cast<int8_t>(result);
}

/// Resumes `g`, which is so many levels below `outermost`, and those who wait for it as long as they end.
[[gnu::noinline]] int32_t stepInnermost(GeneratorObject* outermost, GeneratorObject* g, uint32_t levels, Value sent, Value* out) {
  Chain chain;
  chain.anchor.previous = static_cast<Anchor*>(krt_hot.anchor);
  chain.anchor.frame = __builtin_frame_address(0);
  chain.anchor.outermost = outermost;
  krt_hot.anchor = &chain.anchor;
  link(chain);
  HandledExc* const handled = krt_hot.handled;
  const uint32_t depth = krt_hot.depth;
  outermost->status = GenStatus::Running;
  outermost->isBypassed = true;
  int32_t result;
  for (;;) {
    chain.anchor.enter(g);
    krt_hot.depth = depth + levels;
    g->handled.previous = handled;
    krt_hot.handled = &g->handled;
    g->status = GenStatus::Running;
    result = g->code->resume(g, sent, out);
    krt_hot.handled = handled;
    if (result == kResumeYield || g == outermost) break;
    result = generatorEnd(g, result);
    keepAnswer(g, result, *out);
    g = g->delegator;
    --levels;
    sent = none();
    if (g == outermost) outermost->isBypassed = false;
  }
  krt_hot.depth = depth;
  krt_hot.anchor = chain.anchor.previous;
  unlink(chain);
  outermost->isBypassed = false;
  if (result != kResumeYield) return generatorEnd(outermost, result);
  g->status = outermost->status = GenStatus::Suspended;
  g = descend(g, levels);
  if (g != outermost) {
    outermost->innermost = g;
    outermost->levelsDown = levels;
  }
  return result;
}

} // namespace

void ChainAnchor::enter(GeneratorObject* g) {
  innermost = g;
  function = marked(g->function, Chain);
}

int32_t stepOfDelegating(GeneratorObject* g, Value sent, Value* out) {
  if (g->delegator && !mayEnter(g)) {
    xdecref(sent);
    return kResumeRaise;
  }
  if (!sent || eventsActive) { // what is thrown goes from one to the next, and every step is an event
    g->innermost = nullptr;
    return generatorStepPlainly(g, sent, out);
  }
  uint32_t levels = 0;
  GeneratorObject* innermost = descend(g, levels);
  // The limit is zero when something else waits to be done.
  const uint32_t limit = krt_hot.limit ? krt_hot.limit : currentThread()->recursionLimit;
  if (levels == 0 || krt_hot.depth + levels >= limit) return generatorStepPlainly(g, sent, out);
  return stepInnermost(g, innermost, levels, sent, out);
}

void setAwaiting(GeneratorObject* g, Value receiver) {
  const Value old = g->awaiting;
  if (old == receiver) return;
  if (old && isDelegate(old) && asGenerator(old)->delegator == g) asGenerator(old)->delegator = nullptr;
  if (!receiver) {
    g->awaiting = Value();
    return decref(old);
  }
  g->awaiting = isAsyncGenerator(receiver) ? takeLoopStep() : newRef(receiver);
  if (isDelegate(receiver)) {
    GeneratorObject* next = asGenerator(receiver);
    if (!next->delegator) {
      next->delegator = g;
    } else {
      forgetInnermost(next);
      next->isShared = true;
    }
  }
  xdecref(old);
}

void forgetInnermost(GeneratorObject* g) {
  for (GeneratorObject* other = g->delegator; other; other = other->delegator) other->innermost = nullptr;
}

bool isExecuting(GeneratorObject* g) {
  if (g->status == GenStatus::Running) return true;
  if (g->status != GenStatus::Suspended || !g->awaiting) return false;
  for (const Chain* chain = chains; chain; chain = chain->older)
    if (isBetween(g, chain->anchor)) return true;
  return false;
}

bool mayEnter(GeneratorObject* g) {
  const GeneratorObject* delegator = g->delegator;
  if (delegator->status == GenStatus::Running && !delegator->isBypassed) return true; // it is who enters
  if (isExecuting(g)) {
    raise(ValueErrorType, "%s already executing", generatorKind(g));
    return false;
  }
  forgetInnermost(g);
  return true;
}

int32_t takeAnswer(GeneratorObject* g, Value* out) {
  const int32_t result = g->answer;
  const Value v = g->awaiting;
  g->answer = 0;
  g->awaiting = Value();
  if (result == kResumeReturn) *out = v;
  else errorRestore(v);
  return result;
}

} // namespace krait
