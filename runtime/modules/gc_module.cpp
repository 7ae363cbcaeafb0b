// The gc module over memory/gc.h.
#include <algorithm>
#include <vector>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/gc_pace.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/object/audit.h"
#include "runtime/object/builtin_types.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value enable(Value) {
  gcSetEnabled(true);
  return newRef(none());
}
Value disable(Value) {
  gcSetEnabled(false);
  return newRef(none());
}
Value isEnabled(Value) { return boolean(gcState.enabled); }

Value collect(Value, const Value* argv) {
  int generation = 2;
  if (!intArgument(argv[0], &generation)) return Value();
  if (generation < 0 || generation > 2) return raise(ValueErrorType, "invalid generation");
  // Once is enough, and only then in the slow way: what comes later is put in order at exit.
  const bool inOrder = generation == 2 && !gcState.ordered;
  return newInt(inOrder ? collectEverything() : gcCollect(generation));
}

Value setDebug(Value, Value flags) {
  if (!intArgument(flags, &gcState.debug)) return Value();
  return newRef(none());
}
Value getDebug(Value) { return newInt(gcState.debug); }

Value getCount(Value) {
  const GcGeneration* g = gcState.generations;
  return newTuple({newInt(g[0].count), newInt(g[1].count), newInt(g[2].count)});
}
Value getThreshold(Value) {
  const GcGeneration* g = gcState.generations;
  return newTuple({newInt(g[0].threshold), newInt(g[1].threshold), newInt(g[2].threshold)});
}
Value setThreshold(Value, const Args& args) {
  if (!countArgumentsOld("set_threshold", args, 1, 3)) return Value();
  int v[3];
  for (size_t i = 0; i < args.count; ++i)
    if (!parsedIntArgument(args[i], &v[i])) return Value();
  for (size_t i = 0; i < args.count; ++i) gcSetThreshold(static_cast<int>(i), v[i]);
  return newRef(none());
}

Value getStats(Value) {
  Ref list(newList(0));
  for (const GcGeneration& g : gcState.generations) {
    Ref d(newDict());
    auto put = [&](const char* key, int64_t n) {
      Ref v(newInt(n));
      return d && dictSet(d, key, v) == 0;
    };
    if (!list || !put("collections", g.collections) || !put("collected", g.collected) ||
        !put("uncollectable", g.uncollectable) || listAppend(list, d) < 0)
      return Value();
  }
  return list.release();
}

/// The locals that entries of tracebacks hold are frames' to everybody who looks. False with an error.
bool showFrames() {
  std::vector<Ref> entries;
  gcForEach(
      -1,
      [](Object* o, void* c) {
        if (typeOfObject(o) == &tracebackType && reinterpret_cast<TracebackObject*>(o)->locals)
          static_cast<std::vector<Ref>*>(c)->push_back(Ref::share(Value(o)));
      },
      &entries);
  return std::all_of(entries.begin(), entries.end(), [](const Ref& entry) { return frameOf(entry.get().as<TracebackObject>()) != nullptr; });
}

struct Gather { Value list; Value skip; bool failed; };

Value getObjects(Value, const Value* argv) {
  int generation = -1;
  if (argv[0] && !isNone(argv[0])) {
    int64_t g;
    if (!optionalSizeArgument(argv[0], &g)) return Value();
    // -1 is what None stands for: every generation.
    if (g < -1) return raise(ValueErrorType, "generation parameter cannot be negative");
    if (g > 2) return raise(ValueErrorType, "generation parameter must be less than the number of available generations (3)");
    generation = static_cast<int>(g);
  }
  readyAllBuiltinTypes();
  if (!showFrames()) return Value();
  // The result must not show itself: it is untracked while the lists are walked.
  Ref list(newList(0));
  if (!list) return Value();
  Gather gather{list, Value(), false};
  gcUntrack(list.get().object());
  gcForEach(
      generation,
      [](Object* o, void* c) {
        auto* g = static_cast<Gather*>(c);
        if (listAppend(g->list, o) < 0) g->failed = true;
      },
      &gather);
  gcTrack(list.get().object());
  return gather.failed ? Value() : list.release();
}

struct Search { const Args* targets; Value found; bool hit, failed; };

int visitTargets(Value v, void* context) {
  auto* s = static_cast<Search*>(context);
  for (size_t i = 0; v && i < s->targets->count; ++i)
    if (v == (*s->targets)[i]) s->hit = true;
  return s->hit;
}

/// (objects,) for an event.
bool auditObjects(const char* event, const Args& args) {
  Ref list(newList(0));
  for (size_t i = 0; list && i < args.count; ++i)
    if (listAppend(list, args[i]) < 0) return false;
  Ref objects(list ? listToTuple(list) : Value());
  return objects && auditTold(event, {objects});
}

Value getReferrers(Value, const Args& args) {
  if (auditing && !auditObjects("gc.get_referrers", args)) return Value();
  if (!showFrames()) return Value();
  Ref list(newList(0));
  if (!list) return Value();
  Search search{&args, list, false, false};
  gcUntrack(list.get().object());
  gcForEach(
      -1,
      [](Object* o, void* c) {
        auto* s = static_cast<Search*>(c);
        s->hit = false;
        if (auto* traverse = typeOfObject(o)->traverse) traverse(o, visitTargets, s);
        if (s->hit && listAppend(s->found, o) < 0) s->failed = true;
      },
      &search);
  gcTrack(list.get().object());
  return search.failed ? Value() : list.release();
}

/// What an object refers to, for people to see.
int listReferent(Value v, void* into) { return v ? listAppend(*static_cast<Value*>(into), v) : 0; }

int visitReferents(Value o, Value list) {
  // Lists and tuples of numbers are no containers to the collector.
  if (isList(o) || isTuple(o)) {
    const int64_t size = isList(o) ? asList(o)->size : asTuple(o)->size;
    for (int64_t i = size; i-- > 0;)
      if (listReferent(isList(o) ? asList(o)->items[i] : asTuple(o)->items[i], &list) < 0) return -1;
    return 0;
  }
  // The values stand for a dict that CPython does not have.
  if (Value dict = gcPrivateDict(o.object())) {
    int64_t position = 0;
    Value key, value;
    while (dictNext(dict, &position, &key, &value))
      if (listReferent(value, &list) < 0) return -1;
    struct Others { Value dict, list; } others{dict, list};
    return typeOf(o)->traverse(
        o.object(), [](Value v, void* c) { return v == static_cast<Others*>(c)->dict ? 0 : listReferent(v, &static_cast<Others*>(c)->list); },
        &others);
  }
  return typeOf(o)->traverse(o.object(), listReferent, &list);
}

Value getReferents(Value, const Args& args) {
  if (args.hasNames()) return raise(TypeErrorType, "get_referents() takes no keyword arguments");
  if (auditing && !auditObjects("gc.get_referents", args)) return Value();
  Ref list(newList(0));
  for (size_t i = 0; list && i < args.count; ++i) {
    if (!args[i].isPointer() || !(args[i].object()->layout->flags & kLayoutGc)) continue;
    if (isExact(args[i], tracebackType) && !frameOf(args[i].as<TracebackObject>())) return Value();
    if (readyTypeOf(args[i])->traverse && visitReferents(args[i], list)) return Value();
  }
  return list.release();
}

/// A dict of nothing but atoms is none to CPython, whatever we think.
bool holdsContainers(Value dict) {
  int64_t position = 0;
  Value words[2];
  while (dictNext(dict, &position, &words[0], &words[1]))
    for (Value v : words)
      if (v.isPointer() && (v.object()->layout->flags & kLayoutGc) && (!isExactTuple(v) || gcIsTracked(v.object()))) return true;
  return false;
}

Value isTracked(Value, Value o) {
  if (isExactDict(o)) return boolean(gcIsTracked(o.object()) && holdsContainers(o));
  // Static builtin functions and instances without fields have no links, but are containers as everybody else's.
  return boolean(o.isPointer() && (gcIsTracked(o.object()) || isExact(o, builtinFunctionType) || isHeapType(typeOf(o))));
}
Value isFinalized(Value, Value o) { return boolean(o.isPointer() && gcIsFinalized(o.object())); }
Value freeze(Value) {
  readyAllBuiltinTypes();
  gcFreeze();
  return newRef(none());
}
Value unfreeze(Value) {
  gcUnfreeze();
  return newRef(none());
}
Value getFreezeCount(Value) { return newInt(gcFrozenCount()); }

constinit const MethodDef methods[] = {
    {"enable", enable, "($module, /)"},
    {"disable", disable, "($module, /)"},
    {"isenabled", isEnabled, "($module, /)"},
    {"collect", collect, "($module, /, generation=2)"},
    {"set_debug", setDebug, "($module, flags, /)"},
    {"get_debug", getDebug, "($module, /)"},
    {"get_count", getCount, "($module, /)"},
    {"get_threshold", getThreshold, "($module, /)"},
    {"set_threshold", setThreshold},
    {"get_stats", getStats, "($module, /)"},
    {"get_objects", audited<"gc.get_objects", "0d", getObjects>, "($module, /, generation=None)"},
    {"get_referrers", getReferrers},
    {"get_referents", getReferents},
    {"is_tracked", isTracked, "($module, obj, /)"},
    {"is_finalized", isFinalized, "($module, obj, /)"},
    {"freeze", freeze, "($module, /)"},
    {"unfreeze", unfreeze, "($module, /)"},
    {"get_freeze_count", getFreezeCount, "($module, /)"},
    {},
};

int execute(Value module) {
  if (!gcState.garbage) gcState.garbage = newList(0);
  if (!gcState.callbacks) gcState.callbacks = newList(0);
  if (!gcState.garbage || !gcState.callbacks) return -1;
  if (moduleAdd(module, "garbage", newRef(gcState.garbage)) < 0 || moduleAdd(module, "callbacks", newRef(gcState.callbacks)) < 0)
    return -1;
  static const struct { const char* name; int value; } flags[] = {
      {"DEBUG_STATS", 1}, {"DEBUG_COLLECTABLE", 2}, {"DEBUG_UNCOLLECTABLE", 4}, {"DEBUG_SAVEALL", 32}, {"DEBUG_LEAK", 38}};
  for (auto& f : flags)
    if (moduleAdd(module, f.name, Value::ofSmallInt(f.value)) < 0) return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_gc = {"gc", methods, execute};

} // namespace krait
