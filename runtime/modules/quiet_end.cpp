// At exit CPython clears all modules and collects what remains, in an order that finalizers can see. Where there is nothing that sees it,
// that is a fifth of what a program costs that imports a few modules and does little. One walk over the collector's lists tells, at once
// or when the finalizers have run: what can be heard in dying is a container in one of them, or a loose instance of a class in one of
// them, or it is counted (memory/unlisted.h).
#include "runtime/modules/quiet_end.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/unlisted.h"
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

/// A frame that dies where it stands runs nothing.
bool isQuiet(const GeneratorObject* g, Value self) {
  if (g->status == GenStatus::Closed) return true;
  if (isAsyncGenerator(self) && g->origin) return false; // the loop's hook is told
  if (g->status == GenStatus::Created) return !isCoroutine(self); // was never awaited
  return g->status == GenStatus::Suspended && (g->state & kQuietSuspension) && !g->awaiting;
}

/// Instances of a class that are in no list.
bool isQuiet(const Type* instances) {
  return !isHeapType(instances) || !instances->finalize ||
         ((instances->instanceLayout.flags & kLayoutGc) && asHeap(instances)->loose == 0);
}

/// Callbacks of the library that take an entry out of a table, and call nobody else.
bool isHousekeeping(Value callback) {
  if (!isFunction(callback)) return false;
  constexpr std::pair<std::string_view, std::string_view> kFunctions[] = {
      {"_weakrefset", "WeakSet.__init__.<locals>._remove"},
      {"weakref", "WeakValueDictionary.__init__.<locals>.remove"},
      {"weakref", "WeakKeyDictionary.__init__.<locals>.remove"},
      {"logging", "_removeHandlerRef"},
  };
  const CodeInfo* code = callback.as<FunctionObject>()->code;
  if (!std::string_view(code->module->filename).starts_with(kStandardLibrary)) return false;
  return std::ranges::any_of(kFunctions, [&](const auto& f) { return f.first == code->module->name && strEqual(code->qualname, f.second); });
}

bool isQuiet(Object* o) {
  Type* type = typeOfObject(o);
  if (type->finalize && !gcIsFinalized(o)) {
    const Value self(o);
    if (isGenerator(self) || isCoroutine(self) || isAsyncGenerator(self)) return isQuiet(reinterpret_cast<GeneratorObject*>(o), self);
    return isMemoryStream(self) || isClosedStream(self) || isFlushedStream(self);
  }
  if (type->flags & kTypeType) return isQuiet(reinterpret_cast<Type*>(o));
  const Type* builtin = isHeapType(type) ? asHeap(type)->builtinBase : type;
  if (builtin != &weakrefType && builtin != &proxyType && builtin != &callableProxyType) return true;
  const auto* reference = reinterpret_cast<const WeakrefObject*>(o);
  return !reference->callback || !reference->target || isHousekeeping(reference->callback);
}

} // namespace

bool endsQuietly() { return !gcState.collecting && remainsAreQuiet(nullptr); }

bool remainsAreQuiet(const GcLinks* garbage) {
  // Others hear of it: callbacks and reports of collections, those who count blocks, a guest.
  if (unlistedOpen || gcState.debug || allocationHooks) return false;
  if ((gcState.callbacks && asList(gcState.callbacks)->size) || (krt_guest_hooks && krt_guest_hooks->isRunning())) return false;
  for (int generation = garbage ? -1 : 0; generation <= 3; ++generation) {
    const GcLinks* list = generation < 0 ? garbage : gcList(generation);
    if (!list->next) continue; // nothing was ever tracked
    for (const GcLinks* g = list->next; g != list; g = g->next)
      if (!isQuiet(reinterpret_cast<Object*>(const_cast<GcLinks*>(g) + 1))) return false;
  }
  return true;
}

} // namespace krait
