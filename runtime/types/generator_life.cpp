// Generators as memory: how they are made, what dies with them, and when.
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/exceptions/parameter_cells.h"
#include "runtime/exceptions/warnings.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

Value valueOf(GeneratorObject* g) { return Value(&g->header); }

// The last few generators of each small size that died wait for the next call, linked by `innermost`. Their words are null.

struct SpareGenerators {
  GeneratorObject* first = nullptr;
  uint32_t count = 0;
};
constexpr uint32_t kSpareSlots = 24, kMostSpare = 32;
SpareGenerators spareGenerators[kSpareSlots];

/// False if it has to be freed. It is not tracked.
bool keepSpare(GeneratorObject* g) {
  if (g->slotCount >= kSpareSlots) [[unlikely]] return false;
  SpareGenerators& spare = spareGenerators[g->slotCount];
  if (spare.count == kMostSpare) [[unlikely]] return false;
  ++spare.count;
  g->innermost = spare.first;
  spare.first = g;
  gcCountReleased();
  return true;
}

/// Null if there is none with so many slots.
GeneratorObject* takeSpare(const Layout* layout, uint32_t slotCount) {
  if (slotCount >= kSpareSlots) return nullptr;
  SpareGenerators& spare = spareGenerators[slotCount];
  GeneratorObject* g = spare.first;
  if (!g) return nullptr;
  --spare.count;
  spare.first = g->innermost;
  gcCountCreated();
  g->header.refs = 1;
  g->header.layout = layout;
  g->state = 0;
  g->status = GenStatus::Created;
  g->hooksCalled = g->closed = g->runningAsync = 0;
  g->delegator = g->innermost = nullptr;
  g->levelsDown = 0;
  g->answer = 0;
  g->isShared = g->isBypassed = false;
  return g;
}

/// What a function with `flags` returns an instance of.
const Layout* layoutForFlags(uint32_t flags) {
  if (flags & kCodeAsyncGenerator) [[unlikely]] return &asyncGeneratorType.instanceLayout;
  return flags & kCodeCoroutine ? &coroutineType.instanceLayout : &generatorType.instanceLayout;
}

/// (filename, line, function) of the `depth` innermost frames, without the coroutine function's own.
Value computeOrigin(const CodeInfo* own, uint32_t depth) {
  Ref list(newList(0));
  if (!list) return Value();
  FrameCursor cursor;
  if (cursor && cursor.code() == own) cursor.next();
  for (; cursor && depth > 0; cursor.next(), --depth) {
    Ref entry(newTuple({cursor.code()->filename, Value::ofSmallInt(lineOfSite(cursor.code(), cursor.site())),
                        cursor.code()->name}));
    if (!entry || listAppend(list, entry) < 0) return Value();
  }
  return listToTuple(list);
}

/// Functions seldom have another name than their code.
[[gnu::cold, gnu::noinline]] void takeNames(GeneratorObject* g, const FunctionObject* f) {
  if (f->name != g->code->name) g->name = newRef(f->name);
  if (f->qualname != g->code->qualname) g->qualname = newRef(f->qualname);
}

[[gnu::noinline]] GeneratorObject* makeGenerator(const CodeInfo* code, Slot argv) {
  auto* g = reinterpret_cast<GeneratorObject*>(newObject(layoutForFlags(code->flags), code->slotCount));
  if (g) g->slotCount = code->slotCount;
  for (uint32_t i = 0; !g && i < code->paramCount; ++i) clear(argv[i]);
  return g;
}

bool needsOrigin(const CodeInfo* code) { return currentThread()->coroutineOriginDepth && (code->flags & kCodeCoroutine); }

/// Tracked once all that is rare is there: other names, and a note of where the function with `code` was called.
[[gnu::cold, gnu::noinline]] Value trackedRarely(GeneratorObject* g, const CodeInfo* code) {
  *gcLinks(&g->header) = GcLinks{};
  Ref self(valueOf(g));
  takeNames(g, g->function);
  if (needsOrigin(code)) {
    g->origin = computeOrigin(code, currentThread()->coroutineOriginDepth);
    if (!g->origin) return Value();
  }
  gcTrack(&g->header);
  return self.release();
}

[[gnu::cold, gnu::noinline]] Value trackedAtCollection(GeneratorObject* g) {
  gcCollectIfDue();
  return valueOf(g);
}

/// Of a new generator or a spare one: with its arguments, which it owns from now on.
[[gnu::always_inline]] inline Value begin(GeneratorObject* g, FunctionObject* f, const CodeInfo* code, Slot argv) {
  const uint32_t parameters = code->paramCount;
#pragma clang loop vectorize(disable) unroll(disable)
  for (uint32_t i = 0; i < parameters; ++i) g->slots[i] = argv[i];
  g->code = f->code->resume == code->resume ? f->code : code; // flags may differ after code.replace()
  keepCode(g->code);
  g->function = f;
  incref(&f->header);
  g->site = UINT32_MAX;
  if (f->name != g->code->name || f->qualname != g->code->qualname || needsOrigin(code)) [[unlikely]] return trackedRarely(g, code);
  gcTrackNewQuietly(&g->header);
  if (gcIsDue()) [[unlikely]] return trackedAtCollection(g);
  return valueOf(g);
}

[[gnu::noinline]] Value withoutSpare(FunctionObject* f, const CodeInfo* code, Slot argv) {
  GeneratorObject* g = makeGenerator(code, argv);
  return g ? begin(g, f, code, argv) : Value();
}

} // namespace

extern "C" Value krt_generator_new(FunctionObject* f, const CodeInfo* code, Slot argv) {
  GeneratorObject* g = takeSpare(layoutForFlags(code->flags), code->slotCount);
  if (!g) [[unlikely]] return withoutSpare(f, code, argv);
  return begin(g, f, code, argv);
}

[[gnu::always_inline]] static inline void finish(GeneratorObject* g) {
  g->status = GenStatus::Closed;
  g->innermost = nullptr;
  if (g->awaiting) [[unlikely]] setAwaiting(g, Value());
  if (g->frame) [[unlikely]] endGeneratorFrame(g, UINT32_MAX);
  placeParameterCells(g->code, g->slots);
  for (Value *slot = g->slots, *end = slot + g->slotCount; slot != end; ++slot)
    if (*slot) [[unlikely]] clear(*slot);
  if (FunctionObject* f = g->function) { // and with it what its closure holds
    g->function = nullptr;
    decref(&f->header);
  }
  if (g->handled.value) [[unlikely]] clear(g->handled.value);
}

void generatorFinish(GeneratorObject* g) { finish(g); }

/// PEP 479: StopIteration that leaves the body is an error of the program.
[[gnu::cold, gnu::noinline]] static void replaceStop(const char* kind, bool isAsync) {
  const char* name = errorMatches(StopIterationType)                   ? "StopIteration"
                     : isAsync && errorMatches(StopAsyncIterationType) ? "StopAsyncIteration"
                                                                       : nullptr;
  if (!name) return;
  Ref cause = errorTake();
  raise(RuntimeErrorType, "%s raised %s", kind, name);
  errorChainCause(cause.release());
}

void generatorStopped() { replaceStop("generator", false); }

[[gnu::noinline]] static int32_t endBeyond(GeneratorObject* g, int32_t result) {
  finish(g);
  if (result == kResumeEmptied) return kResumeReturn;
  if (result == kResumeRaise) [[unlikely]] replaceStop(generatorKind(g), isAsyncGenerator(valueOf(g)));
  return result;
}

[[gnu::noinline]] static int32_t endWithFunction(FunctionObject* f) {
  destroy(&f->header);
  return kResumeReturn;
}

[[gnu::noinline]] int32_t generatorEnd(GeneratorObject* g, int32_t result) {
  if (result != kResumeEmptied || (g->awaiting.bits | g->frame.bits | g->handled.value.bits)) [[unlikely]] return endBeyond(g, result);
  g->status = GenStatus::Closed;
  g->innermost = nullptr;
  FunctionObject* f = g->function;
  g->function = nullptr;
  if (--f->header.refs == 0) [[unlikely]] return endWithFunction(f);
  return kResumeReturn;
}

int generatorTraverse(Object* o, Visit visit, void* context) {
  auto* g = reinterpret_cast<GeneratorObject*>(o);
  for (uint32_t i = 0; i < g->slotCount; ++i)
    if (int stop = visit(g->slots[i], context)) return stop;
  for (Value v : {g->name, g->qualname, g->awaiting, g->origin, g->frame, g->handled.value})
    if (int stop = visit(v, context)) return stop;
  return g->function ? visit(Value(&g->function->header), context) : 0;
}

void generatorClear(Object* o) {
  auto* g = reinterpret_cast<GeneratorObject*>(o);
  if (g->delegator) forgetInnermost(g);
  if (g->status == GenStatus::Created || g->status == GenStatus::Suspended) generatorFinish(g);
  if (g->answer) clear(g->awaiting);
  if (g->origin) clear(g->origin);
  if (g->handled.value) clear(g->handled.value);
}

/// One that may hold more than its code.
[[gnu::noinline]] static void deallocSlow(GeneratorObject* g) {
  Object* o = &g->header;
  if (!trashcanBegin(o)) return; // one that waits for one that waits …
  if (g->weakrefs) clearWeakrefs(o);
  if (g->status != GenStatus::Closed) {
    if (!gcIsFinalized(o)) {
      // PEP 442: the finalizer may bring the object back.
      o->refs = 1;
      generatorFinalize(o);
      gcSetFinalized(o);
      if (--o->refs > 0) {
        gcTrack(o);
        return trashcanEnd();
      }
    }
    if (g->status != GenStatus::Closed) generatorFinish(g);
  }
  if (g->answer) clear(g->awaiting);
  if (g->origin) clear(g->origin);
  if (g->name) clear(g->name);
  if (g->qualname) clear(g->qualname);
  dropCode(g->code);
  if (!keepSpare(g)) releaseObject(o);
  trashcanEnd();
}

void generatorDealloc(Object* o) {
  auto* g = reinterpret_cast<GeneratorObject*>(o);
  gcUntrack(o);
  const uint64_t held = g->weakrefs.bits | g->origin.bits | g->name.bits | g->qualname.bits | g->answer;
  if (held || g->status != GenStatus::Closed) [[unlikely]] return deallocSlow(g);
  dropCode(g->code);
  if (!keepSpare(g)) [[unlikely]] releaseObject(o);
}

namespace {
void warnNeverAwaited(GeneratorObject* g) {
  Value self = valueOf(g);
  Value modules = sysModules();
  Value warnings = modules ? dictGet(modules, "warnings") : Value();
  Ref hook(warnings ? getAttrOptional(warnings, NAME(_warn_unawaited_coroutine)) : Value());
  if (hook) {
    Ref result(call(hook, {self}));
    if (result) return;
    const bool hasWarned = errorMatches(RuntimeWarningType); // a filter made an error of it
    errorUnraisable(nullptr, self);
    if (hasWarned) return;
  }
  Ref text(formatText("coroutine '%S' was never awaited", generatorQualname(g)));
  if (!text || warnWithSource(asValue(&RuntimeWarningType), text, 1, self) < 0) errorUnraisable(nullptr, self);
}
} // namespace

void generatorFinalize(Object* o) {
  auto* g = reinterpret_cast<GeneratorObject*>(o);
  if (g->status == GenStatus::Closed || g->status == GenStatus::Running) return;
  Value self = valueOf(g);
  Ref saved = errorTake();
  if (isAsyncGenerator(self) && g->origin && !g->closed) {
    Ref finalizer = Ref::share(g->origin);
    Ref result(call(finalizer, {self}));
    if (!result) errorUnraisable(nullptr, self);
  } else if (isCoroutine(self) && g->status == GenStatus::Created) {
    warnNeverAwaited(g);
  } else if ((g->status == GenStatus::Suspended || eventsActive) && generatorClose(g) < 0) {
    errorUnraisable(nullptr, self);
  }
  errorRestore(saved.release());
}

} // namespace krait
