// The generational cycle collector.
//
// Every tracked container hangs in the doubly linked list of its generation. A
// collection of generation n merges the younger ones into it and finds what only
// the list itself keeps alive (the algorithm is CPython's, due to Neil Schemenauer):
//   1. copy each count into the links; subtract one for every reference found by
//      traversing the list's own members: what stays positive is referenced from outside;
//   2. walk the list: members referenced from outside, and all they reach, stay;
//      the rest is unreachable;
//   3. clear weak references into the garbage, then run finalizers (once each), then
//      ask again what is unreachable (finalizers may have resurrected some);
//   4. clear the remaining garbage, whose counts then fall to zero.
//
// The `prev` word holds flags in its low bits: FINALIZED for good, COLLECTING while the
// count copy stands above them (steps 1, 2). In the unreachable list the low bit of `next`
// marks tentative members.
#include "runtime/memory/gc.h"

#include <cstdio>
#include <ctime>

#include "runtime/memory/alloc.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

constexpr uint64_t kFinalized = kGcFinalized, kCollecting = 2, kPrevFlags = kGcPrevFlags;
constexpr uint64_t kRefsShift = 2;
constexpr uint64_t kUnreachable = 1; // in next

GcLinks* prevOf(const GcLinks* g) { return gcPrevOf(g); }
void setPrev(GcLinks* g, const GcLinks* p) { gcSetPrev(g, p); }
GcLinks* nextOf(const GcLinks* g) { return reinterpret_cast<GcLinks*>(reinterpret_cast<uint64_t>(g->next) & ~kUnreachable); }
Object* objectOf(GcLinks* g) { return reinterpret_cast<Object*>(g + 1); }
int64_t refsCopy(const GcLinks* g) { return static_cast<int64_t>(g->prev) >> kRefsShift; }
void setRefsCopy(GcLinks* g, int64_t refs) {
  g->prev = (g->prev & kPrevFlags) | (static_cast<uint64_t>(refs) << kRefsShift);
}
bool isCollecting(const GcLinks* g) { return g->prev & kCollecting; }

/// Has links at all: immortal statics of a collected kind have none.
bool hasLinks(const Object* o) { return o->refs >= 0 && (o->layout->flags & kLayoutGc); }

void listInit(GcLinks* l) {
  l->next = l;
  l->prev = reinterpret_cast<uint64_t>(l);
}
bool listEmpty(const GcLinks* l) { return l->next == l; }
void listAppend(GcLinks* l, GcLinks* g) { gcListAppend(l, g); }
void listRemove(GcLinks* g) {
  GcLinks *p = prevOf(g), *n = g->next;
  p->next = n;
  setPrev(n, p);
  g->next = nullptr;
}
void listMerge(GcLinks* from, GcLinks* to) {
  if (!listEmpty(from)) {
    GcLinks *toTail = prevOf(to), *first = from->next, *last = prevOf(from);
    toTail->next = first;
    setPrev(first, toTail);
    last->next = to;
    setPrev(to, last);
  }
  listInit(from);
}
int64_t listSize(const GcLinks* l) {
  int64_t n = 0;
  for (GcLinks* g = l->next; g != l; g = g->next) ++n;
  return n;
}

void ensureInit() {
  if (!gcState.generations[0].head.next) gcInitialise();
}

int visitDecrement(Value v, void*) {
  if (v && v.isPointer() && hasLinks(v.object())) {
    GcLinks* g = gcLinks(v.object());
    if (isCollecting(g)) g->prev -= uint64_t{1} << kRefsShift;
  }
  return 0;
}

int visitReachable(Value v, void* context) {
  if (!v || !v.isPointer() || !hasLinks(v.object())) return 0;
  auto* reachable = static_cast<GcLinks*>(context);
  GcLinks* g = gcLinks(v.object());
  if (!isCollecting(g)) return 0;
  if (reinterpret_cast<uint64_t>(g->next) & kUnreachable) {
    // Was put aside too early: back to the end of the list being walked. While
    // set aside its prev is a proper link.
    GcLinks *p = prevOf(g), *n = nextOf(g);
    p->next = reinterpret_cast<GcLinks*>(reinterpret_cast<uint64_t>(n) | (reinterpret_cast<uint64_t>(p->next) & kUnreachable));
    setPrev(n, p);
    GcLinks* last = prevOf(reachable);
    last->next = g;
    g->next = reachable;
    setPrev(reachable, g);
    // From here on prev is a count copy again, to be replaced when the walk arrives.
    setRefsCopy(g, 1);
  } else if (refsCopy(g) == 0) {
    setRefsCopy(g, 1);
  }
  return 0;
}

/// Lists and tuples, most of what is tracked and all of what is long, are walked here: a call less for each item.
template <Visit visit> void traverse(Object* o, void* context) {
  const Type* t = typeOfObject(o);
  if (t == &listType) {
    auto* l = reinterpret_cast<ListObject*>(o);
    if (!(l->content & kNoPointers))
      for (int64_t i = l->size; --i >= 0;) visit(l->items[i], context);
  } else if (t == &tupleType) {
    auto* tuple = reinterpret_cast<TupleObject*>(o);
    for (int64_t i = tuple->size; --i >= 0;) visit(tuple->items[i], context);
  } else if (t->traverse) {
    t->traverse(o, visit, context);
  }
}

/// Dicts in the list that nobody but their instance has seen: CPython has no objects for them.
int64_t countPrivateDicts(GcLinks* list) {
  int64_t n = 0;
  for (GcLinks* g = list->next; g != list; g = nextOf(g)) n += gcPrivateDict(objectOf(g)) ? 1 : 0;
  return n;
}

/// What is known of the objects that stay.
struct Survivors {
  int64_t count;
  bool tuples; // there are some among them
};

/// Splits `base` into what stays and `unreachable` (whose `next` words are left tagged for the members).
Survivors deduceUnreachable(GcLinks* base, GcLinks* unreachable) {
  Survivors survivors{};
  for (GcLinks* g = base->next; g != base; g = g->next) {
    g->prev = (g->prev & kFinalized) | kCollecting | static_cast<uint64_t>(objectOf(g)->refs) << kRefsShift;
  }
  for (GcLinks* g = base->next; g != base; g = g->next) traverse<visitDecrement>(objectOf(g), nullptr);
  listInit(unreachable);
  GcLinks *previous = base, *g = base->next;
  while (g != base) {
    if (refsCopy(g) != 0) {
      traverse<visitReachable>(objectOf(g), base);
      g->prev = (g->prev & kFinalized) | reinterpret_cast<uint64_t>(previous);
      previous = g;
      ++survivors.count;
      survivors.tuples |= typeOfObject(objectOf(g)) == &tupleType;
    } else {
      // Tentatively unreachable: unlink, append, tag.
      previous->next = g->next;
      GcLinks* last = prevOf(unreachable);
      last->next = reinterpret_cast<GcLinks*>(reinterpret_cast<uint64_t>(g) |
                                              (last == unreachable ? 0 : kUnreachable));
      g->prev = (g->prev & kPrevFlags) | reinterpret_cast<uint64_t>(last);
      g->next = reinterpret_cast<GcLinks*>(reinterpret_cast<uint64_t>(unreachable) | kUnreachable);
      unreachable->prev = reinterpret_cast<uint64_t>(g);
    }
    g = previous->next;
  }
  base->prev = reinterpret_cast<uint64_t>(previous);
  // Untag.
  unreachable->next = nextOf(unreachable);
  for (GcLinks* u = unreachable->next; u != unreachable; u = u->next) u->next = nextOf(u);
  return survivors;
}

void clearCollecting(GcLinks* l) {
  for (GcLinks* g = l->next; g != l; g = g->next) g->prev &= ~kCollecting;
}

/// Tuples of atoms need no watching. Returns how many objects stay.
int64_t untrackTuples(GcLinks* l) {
  int64_t size = 0;
  GcLinks* g = l->next;
  while (g != l) {
    ++size;
    GcLinks* following = g->next;
    Object* o = objectOf(g);
    if (typeOfObject(o) == &tupleType) {
      auto* t = reinterpret_cast<TupleObject*>(o);
      bool watch = false;
      for (int64_t i = 0; i < t->size && !watch; ++i) {
        Value v = t->items[i];
        watch = !v || (v.isPointer() && hasLinks(v.object()) &&
                       (typeOfObject(v.object()) != &tupleType || gcIsTracked(v.object())));
      }
      if (!watch) {
        listRemove(g);
        g->prev &= kFinalized;
        --size;
      }
    }
    g = following;
  }
  return size;
}

void handleWeakrefs(GcLinks* unreachable) {
  Ref pending(newList(0));
  if (!pending) return errorClear();
  for (GcLinks* g = unreachable->next; g != unreachable; g = g->next) {
    Object* o = objectOf(g);
    if (o->layout->weakOffset && *wordAt(o, o->layout->weakOffset)) weakrefsClearForCollector(o, pending);
  }
  for (int64_t i = 0; i < asList(pending)->size; ++i) weakrefCallback(asList(pending)->items[i]);
}

void runFinalizers(GcLinks* unreachable) {
  // Finalizers may take objects out of the list: work from a list of its own.
  GcLinks seen;
  listInit(&seen);
  while (!listEmpty(unreachable)) {
    GcLinks* g = unreachable->next;
    Object* o = objectOf(g);
    listRemove(g);
    listAppend(&seen, g);
    auto* finalize = typeOfObject(o)->finalize;
    if (finalize && !(g->prev & kFinalized)) {
      g->prev |= kFinalized;
      ++o->refs;
      finalize(o);
      decref(o);
    }
  }
  listMerge(&seen, unreachable);
}

void deleteGarbage(GcLinks* garbage, GcLinks* old) {
  while (!listEmpty(garbage)) {
    GcLinks* g = garbage->next;
    Object* o = objectOf(g);
    if (gcState.debug & kGcSaveAll) {
      if (!gcState.garbage) gcState.garbage = newList(0);
      if (gcState.garbage) listAppend(gcState.garbage, o);
    } else if (auto* clearParts = typeOfObject(o)->clear) {
      ++o->refs;
      clearParts(o);
      if (errorSet()) errorUnraisable("in gc clear", asValue(typeOfObject(o)));
      decref(o);
    }
    if (garbage->next == g) {
      // Still alive: somebody will drop it later.
      listRemove(g);
      listAppend(old, g);
    }
  }
}

void runCallbacks(const char* phase, int generation, int64_t collected, int64_t uncollectable) {
  if (!gcState.callbacks || asList(gcState.callbacks)->size == 0) return;
  Ref info(newDict());
  if (!info) return errorClear();
  auto put = [&](const char* key, int64_t v) { dictSet(info, key, newInt(v)); };
  put("generation", generation);
  put("collected", collected);
  put("uncollectable", uncollectable);
  Ref phaseText(newStr(phase));
  Ref copy(toTuple(gcState.callbacks));
  for (int64_t i = 0; copy && i < asTuple(copy)->size; ++i) {
    Value f = asTuple(copy)->items[i];
    Ref r(call(f, {phaseText.get(), info.get()}));
    if (!r) errorUnraisable(nullptr, f);
  }
  if (errorSet()) errorClear();
}

void printDebug(const char* kind, GcLinks* l) {
  for (GcLinks* g = l->next; g != l; g = g->next) {
    Object* o = objectOf(g);
    fprintf(stderr, "gc: %s <%s %p>\n", kind, typeOfObject(o)->name ? typeOfObject(o)->name : "object",
            static_cast<void*>(o));
  }
}

int64_t collectMain(int generation) {
  ensureInit();
  timespec begin{};
  if (gcState.debug & kGcStats) {
    clock_gettime(CLOCK_MONOTONIC, &begin);
    fprintf(stderr, "gc: collecting generation %d...\ngc: objects in each generation:", generation);
    for (GcGeneration& g : gcState.generations) fprintf(stderr, " %lld", static_cast<long long>(listSize(&g.head)));
    fprintf(stderr, "\ngc: objects in permanent generation: %lld\n", static_cast<long long>(listSize(&gcState.permanent)));
  }
  Ref pendingError = errorTake();
  if (generation + 1 < 3) ++gcState.generations[generation + 1].count;
  for (int i = 0; i <= generation; ++i) gcState.generations[i].count = 0;
  GcLinks* young = &gcState.generations[generation].head;
  for (int i = 0; i < generation; ++i) listMerge(&gcState.generations[i].head, young);
  GcLinks* old = generation < 2 ? &gcState.generations[generation + 1].head : young;

  GcLinks unreachable;
  Survivors survivors = deduceUnreachable(young, &unreachable);
  if (survivors.tuples) survivors.count = untrackTuples(young);
  if (young != old) {
    if (generation == 1) gcState.longLivedPending += survivors.count;
    listMerge(young, old);
  } else {
    gcState.longLivedPending = 0;
    gcState.longLivedTotal = survivors.count;
  }
  int64_t found = listSize(&unreachable);
  if (gcState.debug & kGcCollectable) printDebug("collectable", &unreachable);
  if (found) {
    handleWeakrefs(&unreachable);
    runFinalizers(&unreachable);
    clearCollecting(&unreachable);
    GcLinks still;
    deduceUnreachable(&unreachable, &still);
    clearCollecting(&still);
    found = listSize(&still) - countPrivateDicts(&still);
    listMerge(&unreachable, old); // resurrected
    deleteGarbage(&still, old);
  }
  if (gcState.debug & kGcStats) {
    timespec end{};
    clock_gettime(CLOCK_MONOTONIC, &end);
    fprintf(stderr, "gc: done, %lld unreachable, 0 uncollectable, %.4fs elapsed\n", static_cast<long long>(found),
            static_cast<double>(end.tv_sec - begin.tv_sec) + static_cast<double>(end.tv_nsec - begin.tv_nsec) * 1e-9);
  }
  if (errorSet()) errorUnraisable("in garbage collection", Value());
  if (pendingError) errorRestore(pendingError.release());
  ++gcState.generations[generation].collections;
  gcState.generations[generation].collected += found;
  return found;
}

int64_t collectWithCallbacks(int generation) {
  gcState.collecting = true;
  runCallbacks("start", generation, 0, 0);
  int64_t found = collectMain(generation);
  runCallbacks("stop", generation, found, 0);
  gcState.collecting = false;
  return found;
}

[[gnu::cold, gnu::noinline]] void collectIfDue() {
  GcGeneration* g = gcState.generations;
  int due = -1;
  for (int i = 2; i >= 0; --i) {
    if (g[i].count <= g[i].threshold) continue;
    // A full collection only when enough has become long-lived since the last one.
    if (i == 2 && gcState.longLivedPending < gcState.longLivedTotal / 4) continue;
    due = i;
    break;
  }
  if (due >= 0) collectWithCallbacks(due);
}

} // namespace

constinit GcState gcState = {
    .generations = {{{}, 0, 700, 0, 0, 0}, {{}, 0, 10, 0, 0, 0}, {{}, 0, 10, 0, 0, 0}},
    .permanent = {},
    .enabled = true,
    .collecting = false,
    .debug = 0,
    .longLivedTotal = 0,
    .longLivedPending = 0,
    .garbage = {},
    .callbacks = {},
};

void gcInitialise() {
  for (GcGeneration& g : gcState.generations) listInit(&g.head);
  listInit(&gcState.permanent);
}

void gcTrackedTooMany() {
  if (gcState.generations[0].threshold && gcState.enabled && !gcState.collecting && !errorSet()) collectIfDue();
}

Value gcPrivateDict(Object* o) {
  if (!isHeapType(typeOfObject(o)) || (typeOfObject(o)->flags & kTypeType)) return Value();
  Value* word = dictWord(o);
  return word && *word && isExactDict(*word) && word->object()->refs == 1 ? *word : Value();
}

bool gcIsTracked(const Object* o) { return hasLinks(o) && gcLinks(const_cast<Object*>(o))->next != nullptr; }
bool gcIsFinalized(const Object* o) { return hasLinks(o) && (gcLinks(const_cast<Object*>(o))->prev & kFinalized); }
void gcSetFinalized(Object* o) { if (hasLinks(o)) gcLinks(o)->prev |= kFinalized; }
bool gcIsUnreachable(const Object* o) { return hasLinks(o) && isCollecting(gcLinks(const_cast<Object*>(o))); }

int64_t gcCollect(int generation) {
  if (gcState.collecting) return 0;
  return collectWithCallbacks(generation);
}

void gcFreeze() {
  ensureInit();
  for (GcGeneration& g : gcState.generations) {
    listMerge(&g.head, &gcState.permanent);
    g.count = 0;
  }
}
void gcUnfreeze() {
  ensureInit();
  listMerge(&gcState.permanent, &gcState.generations[2].head);
}
int64_t gcFrozenCount() {
  ensureInit();
  return listSize(&gcState.permanent);
}

void gcForEach(int generation, void (*visit)(Object*, void*), void* context) {
  ensureInit();
  for (int i = 0; i < 3; ++i) {
    if (generation >= 0 && i != generation) continue;
    GcLinks* head = &gcState.generations[i].head;
    for (GcLinks* g = head->next; g != head; g = g->next) visit(objectOf(g), context);
  }
}

// ---- trash can ---------------------------------------------------------------------------------

Trash trash;

void trashPut(Object* o) {
  GcLinks* g = gcLinks(o);
  g->prev = (g->prev & kFinalized) | reinterpret_cast<uint64_t>(trash.queue);
  trash.queue = g;
}

void trashEmpty() {
  ++trash.depth; // one level, so that nested destructors do not drain
  while (GcLinks* g = trash.queue) {
    trash.queue = prevOf(g);
    g->prev &= kFinalized;
    Object* o = objectOf(g);
    typeOfObject(o)->dealloc(o);
  }
  --trash.depth;
}

} // namespace krait
