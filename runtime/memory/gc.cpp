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
// The walks of steps 1 and 2 count the objects whose copy is zero: once there are none (left), everything stays, and
// nothing more needs to be traversed. Instances that hold no containers are in no list (object/loose_instances.h):
// those that only garbage refers to are found when there is some.
//
// Before all that one walk finds most of what stays (gc_quick.cpp).
//
// The `prev` word holds flags in its low bits: FINALIZED for good, COLLECTING while the
// count copy stands above them (steps 1, 2), JOINING for loose instances that garbage refers to. In the unreachable list the low bit of `next` marks
// tentative members.
#include "runtime/memory/gc.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>
#include <vector>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc_pace.h"
#include "runtime/memory/gc_quick.h"
#include "runtime/memory/gc_remains.h"
#include "runtime/memory/gc_walk.h"
#include "runtime/object/loose_instances.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

constexpr uint64_t kFinalized = kGcFinalized, kCollecting = kGcCollecting, kPrevFlags = kGcPrevFlags;
constexpr uint64_t kJoining = kGcMarked;
constexpr uint64_t kOneRef = kPrevFlags + 1;
constexpr uint64_t kUnreachable = 1; // in next

GcLinks* prevOf(const GcLinks* g) { return gcPrevOf(g); }
void setPrev(GcLinks* g, const GcLinks* p) { gcSetPrev(g, p); }
GcLinks* nextOf(const GcLinks* g) { return reinterpret_cast<GcLinks*>(reinterpret_cast<uint64_t>(g->next) & ~kUnreachable); }
Object* objectOf(GcLinks* g) { return reinterpret_cast<Object*>(g + 1); }
bool hasRefs(const GcLinks* g) { return g->prev >= kOneRef; }
void setRefs(GcLinks* g, uint64_t refs) { g->prev = (g->prev & kPrevFlags) | refs * kOneRef; }
bool isCollecting(const GcLinks* g) { return g->prev & kCollecting; }

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

/// Step 1, for every member.
struct Subtract {
  int64_t zeros = 0; // members whose copy has come down to zero
  HeapType* last = nullptr; // whose instances came last, `run` of them
  uint64_t run = 0;
  std::vector<HeapType*> classes; // members with loose instances

  void operator()(Object* o) { several(o, 1); }
  void several(Object* o, int64_t times) {
    if (!hasGcLinks(o)) return;
    if (GcLinks* g = gcLinks(o); isCollecting(g)) subtract(g, static_cast<uint64_t>(times));
  }
  void subtract(GcLinks* g, uint64_t refs) {
    g->prev -= refs * kOneRef;
    zeros += !hasRefs(g);
  }
  /// Each instance refers to its class: most to the same as the one before.
  void type(HeapType* t) {
    if (t != last) {
      flush();
      last = t;
    }
    ++run;
  }
  void flush() {
    if (last)
      if (GcLinks* g = gcLinks(&last->header); isCollecting(g)) subtract(g, run);
    run = 0;
  }
  void isClass(Type* t) {
    if (isHeapType(t) && asHeap(t)->loose) classes.push_back(asHeap(t));
  }
};

/// Step 2, for every member that stays.
struct Reach {
  GcLinks* reachable;
  int64_t zeros;
  const Type* last = nullptr;

  void operator()(Object* o) {
    if (!hasGcLinks(o)) return;
    GcLinks* g = gcLinks(o);
    if (!isCollecting(g)) return;
    if (reinterpret_cast<uint64_t>(g->next) & kUnreachable) {
      // Was put aside too early: back to the end of the list being walked. While
      // set aside its prev is a proper link.
      GcLinks *p = prevOf(g), *n = nextOf(g);
      p->next = reinterpret_cast<GcLinks*>(reinterpret_cast<uint64_t>(n) | (reinterpret_cast<uint64_t>(p->next) & kUnreachable));
      setPrev(n, p);
      GcLinks* end = prevOf(reachable);
      end->next = g;
      g->next = reachable;
      setPrev(reachable, g);
      // From here on prev is a count copy again, to be replaced when the walk arrives.
      setRefs(g, 1);
      --zeros;
    } else if (!hasRefs(g)) {
      setRefs(g, 1);
      --zeros;
    }
  }
  void several(Object* o, int64_t) { (*this)(o); }
  void type(HeapType* t) {
    if (t != last) (*this)(&t->header);
    last = t;
  }
  void isClass(Type*) {}
};

/// What was found in an unreachable list.
struct Garbage {
  int64_t count = 0;      // as CPython counts: it has no objects for dicts that nobody but their instance has seen
  bool isSeen = false;    // by weak references
  bool finalizes = false; // has members with finalizers
};
Garbage inspectGarbage(GcLinks* list) {
  Garbage garbage;
  for (GcLinks* g = list->next; g != list; g = g->next) {
    Object* o = objectOf(g);
    garbage.count += gcPrivateDict(o) ? 0 : 1;
    if (o->layout->weakOffset && *wordAt(o, o->layout->weakOffset)) garbage.isSeen = true;
    if (typeOfObject(o)->finalize && !(g->prev & kFinalized)) garbage.finalizes = true;
  }
  return garbage;
}

/// Copies the counts of the members of `base` and subtracts their references to each other, and those of loose instances to
/// their classes. Returns how many come to zero.
int64_t subtractReferences(GcLinks* base, std::vector<HeapType*>& classes) {
  for (GcLinks* g = base->next; g != base; g = g->next)
    g->prev = (g->prev & kFinalized) | kCollecting | static_cast<uint64_t>(objectOf(g)->refs) * kOneRef;
  Subtract subtract;
  for (GcLinks* g = base->next; g != base; g = g->next) walkReferences(objectOf(g), subtract);
  subtract.flush();
  for (HeapType* t : subtract.classes) subtract.subtract(gcLinks(&t->header), static_cast<uint64_t>(t->loose));
  classes = std::move(subtract.classes);
  return subtract.zeros;
}

/// Splits `base` into what stays and `unreachable`. Returns how many stay in the list: tuples of atoms leave it. `classes`:
/// members with loose instances, which were not asked whether they hold their classes.
int64_t split(GcLinks* base, GcLinks* unreachable, std::vector<HeapType*>& classes) {
  const int64_t zeros = subtractReferences(base, classes);
  listInit(unreachable);
  int64_t survivors = 0;
  GcLinks *previous = base, *g = base->next;
  Reach reach{base, zeros};
  while (g != base) {
    if (hasRefs(g)) {
      Object* o = objectOf(g);
      if (reach.zeros) walkReferences(o, reach);
      if (typeOfObject(o) == &tupleType && holdsAtoms(reinterpret_cast<TupleObject*>(o))) {
        previous->next = g->next;
        g->next = nullptr;
        g->prev &= kFinalized;
      } else {
        g->prev = (g->prev & kFinalized) | gcState.waitingPhase | reinterpret_cast<uint64_t>(previous);
        previous = g;
        ++survivors;
      }
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

bool mostDies = false; // during gcCollectRemains()

/// The loose instances of these classes, or of all, become members, and those to come are from the beginning.
void addLoose(const std::vector<HeapType*>* classes, GcLinks* list) {
  if (classes)
    for (HeapType* t : *classes) t->linksAtOnce = true;
  forEachLoose(classes, [](Object* o, void* to) {
    endLoose(asHeap(typeOfObject(o)));
    gcLinks(o)->prev = (gcLinks(o)->prev & kFinalized) | gcState.waitingPhase;
    listAppend(static_cast<GcLinks*>(to), gcLinks(o));
  }, list);
}

/// As split(). What only loose instances hold is a class and what it leads to: these instances must become members, for
/// the class may hold them in turn.
int64_t deduceUnreachable(GcLinks* base, GcLinks* unreachable) {
  if (mostDies && gcState.birthOfThawed == kGcBirthMark) addLoose(nullptr, base); // rather than look twice; frozen ones are no members
  for (;;) {
    std::vector<HeapType*> classes;
    const int64_t survivors = split(base, unreachable, classes);
    std::erase_if(classes, [](HeapType* t) { return !isCollecting(gcLinks(&t->header)); });
    if (classes.empty()) return survivors;
    addLoose(&classes, base);
    listMerge(unreachable, base);
  }
}

/// Loose instances that the members of a list refer to, of births from `since` on, go to a list of their own, with copies of
/// their counts less these references.
struct Join {
  GcLinks* joining;
  uint64_t since;

  void operator()(Object* o) {
    if (!hasGcLinks(o) || !isLooseKind(typeOfObject(o))) return;
    GcLinks* g = gcLinks(o);
    if (!g->next) {
      if (g->prev < since || g->prev >= gcState.birth) return;
      g->prev = (g->prev & kFinalized) | kCollecting | kJoining | static_cast<uint64_t>(o->refs) * kOneRef;
      GcLinks* last = joining->next == joining ? joining : reinterpret_cast<GcLinks*>(joining->prev);
      last->next = g;
      g->next = joining;
      joining->prev = reinterpret_cast<uint64_t>(g);
      endLoose(asHeap(typeOfObject(o)));
    }
    if (g->prev & kJoining) g->prev -= kOneRef;
  }
  void several(Object* o, int64_t times) {
    while (times-- > 0) (*this)(o);
  }
  void type(HeapType*) {}
  void isClass(Type*) {}
};

/// The loose instances that only the unreachable objects refer to are unreachable as well; others that they refer to stay
/// in `list` from now on.
void joinLoose(GcLinks* unreachable, GcLinks* list, uint64_t since) {
  if (!gcState.loose || listEmpty(unreachable)) return;
  alignas(16) GcLinks joining;
  listInit(&joining);
  Join join{&joining, since};
  for (GcLinks* g = unreachable->next; g != unreachable; g = g->next) walkReferences(objectOf(g), join);
  for (GcLinks *g = joining.next, *following; g != &joining; g = following) {
    following = g->next;
    const bool isGarbage = !hasRefs(g);
    g->prev = (g->prev & kFinalized) | (isGarbage ? kCollecting : gcState.waitingPhase);
    listAppend(isGarbage ? unreachable : list, g);
  }
}

/// What is new in generation 1 or 2 waits for the next full collection (gc_quick.cpp).
void allWait(GcLinks* l) {
  for (GcLinks* g = l->next; g != l; g = g->next) g->prev = (g->prev & ~kGcPhase) | gcState.waitingPhase;
}

/// As deduceUnreachable(), in the usual case by one walk, and what remains for those that it finds in doubt. Not where that has
/// just not paid a few times.
int64_t findUnreachable(GcLinks* list, int generation, GcLinks* unreachable) {
  static int failures[3], pauses[3];
  const bool full = generation == 2;
  const bool pays = !full || listEmpty(&gcState.permanent); // those are no members
  if (gcState.inOrder || mostDies || !pays || pauses[generation]-- > 0) return deduceUnreachable(list, unreachable);
  if (!full)
    for (GcLinks* g = list->next; g != list; g = g->next) g->prev |= kCollecting;
  alignas(16) GcLinks doubtful;
  listInit(&doubtful);
  int64_t stay = separateDoubtful(list, full, &doubtful);
  const bool known = stay >= 0;
  if (!known) listMerge(list, &doubtful);
  const int64_t rest = listEmpty(&doubtful) ? 0 : deduceUnreachable(&doubtful, unreachable);
  listMerge(&doubtful, list);
  failures[generation] = known && rest <= stay ? 0 : std::min(failures[generation] + 1, 5);
  pauses[generation] = (1 << failures[generation]) - 1;
  return rest + std::max<int64_t>(stay, 0);
}

void clearCollecting(GcLinks* l) {
  for (GcLinks* g = l->next; g != l; g = g->next) g->prev &= ~kCollecting;
}

/// How many callbacks were told, and how many of their references died of it: CPython counts them among what was found.
struct Told { int64_t callbacks = 0, died = 0; };
Told handleWeakrefs(GcLinks* unreachable) {
  Told told;
  Ref pending(newList(0));
  if (!pending) return errorClear(), told;
  for (GcLinks* g = unreachable->next; g != unreachable; g = g->next) {
    Object* o = objectOf(g);
    if (o->layout->weakOffset && *wordAt(o, o->layout->weakOffset)) weakrefsClearForCollector(o, pending);
  }
  for (; told.callbacks < asList(pending)->size; ++told.callbacks) {
    Value& item = asList(pending)->items[told.callbacks];
    Ref reference(std::exchange(item, none()));
    weakrefCallback(reference);
    told.died += reference.get().object()->refs == 1;
  }
  return told;
}

void runFinalizers(GcLinks* unreachable) {
  // Finalizers may take objects out of the list: work from a list of its own.
  alignas(16) GcLinks seen;
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
      g->prev = (g->prev & ~(kCollecting | kGcPhase)) | gcState.waitingPhase;
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

/// To the end of the oldest list, where nothing is in the younger ones.
void moveLast(Value v) {
  if (!v || !v.isPointer() || !hasGcLinks(v.object())) return;
  GcLinks* g = gcLinks(v.object());
  if (g->next) {
    listRemove(g);
  } else if (isLoose(v.object())) {
    endLoose(asHeap(typeOfObject(v.object())));
    g->prev = (g->prev & kFinalized) | gcState.waitingPhase;
  } else {
    return;
  }
  listAppend(&gcState.generations[2].head, g);
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
  if (generation == 2) allWait(&gcState.generations[0].head);
  for (int i = 0; i < generation; ++i) listMerge(&gcState.generations[i].head, young);
  if (gcState.inOrder) gcState.inOrder(moveLast);
  GcLinks* old = generation < 2 ? &gcState.generations[generation + 1].head : young;

  // Loose instances grow older, too.
  const uint64_t since[] = {gcState.birth, gcState.birthOfYoung, gcState.birthOfThawed};
  gcState.birth += kGcBirthStep;
  if (generation >= 1) gcState.birthOfYoung = gcState.birth;

  alignas(16) GcLinks unreachable;
  listInit(&unreachable);
  const int64_t survivors = findUnreachable(young, generation, &unreachable);
  joinLoose(&unreachable, young, since[generation]);
  if (gcState.inOrder) { // what is loose stands last, and will be found there
    std::vector<HeapType*> classes;
    for (GcLinks* g = young->next; g != young; g = g->next) {
      Object* o = objectOf(g);
      if ((typeOfObject(o)->flags & kTypeType) && isHeapType(reinterpret_cast<Type*>(o)) && asHeap(reinterpret_cast<Type*>(o))->loose)
        classes.push_back(asHeap(reinterpret_cast<Type*>(o)));
    }
    addLoose(&classes, young);
  }
  if (generation == 1) gcState.longLivedPending += survivors + std::max<int64_t>(gcState.loose - gcState.looseBefore, 0);
  if (generation >= 1) gcState.looseBefore = gcState.loose;
  if (young != old) {
    listMerge(young, old);
  } else {
    gcState.longLivedPending = 0;
    gcState.longLivedTotal = survivors + gcState.loose;
  }
  Garbage garbage = inspectGarbage(&unreachable);
  if (gcState.debug & kGcCollectable) printDebug("collectable", &unreachable);
  // Where nothing has run, nothing has come back.
  const Told told = garbage.isSeen ? handleWeakrefs(&unreachable) : Told();
  if (garbage.finalizes || told.callbacks) {
    runFinalizers(&unreachable);
    clearCollecting(&unreachable);
    if (mostDies && gcIsEnough && gcIsEnough(&unreachable)) {
      listMerge(&unreachable, old);
      if (pendingError) errorRestore(pendingError.release());
      return 0;
    }
    alignas(16) GcLinks still;
    deduceUnreachable(&unreachable, &still);
    listMerge(&unreachable, old); // resurrected
    garbage = inspectGarbage(&still);
    listMerge(&still, &unreachable);
  }
  const int64_t found = garbage.count + told.died;
  deleteGarbage(&unreachable, old);
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

[[gnu::cold, gnu::noinline]] int64_t collectWithCallbacks(int generation) {
  gcState.collecting = true;
  runCallbacks("start", generation, 0, 0);
  int64_t found = collectMain(generation);
  runCallbacks("stop", generation, found, 0);
  gcState.collecting = false;
  return found;
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
    .nursery = 700,
    .garbage = {},
    .callbacks = {},
    .waitingPhase = 0,
    .loose = 0,
    .looseBefore = 0,
    .birth = kGcBirthMark,
    .birthOfYoung = kGcBirthMark,
    .birthOfThawed = kGcBirthMark,
};

void gcInitialise() {
  for (GcGeneration& g : gcState.generations) listInit(&g.head);
  listInit(&gcState.permanent);
}

void gcTrackedTooMany() {
  if (gcState.collecting || errorSet()) return;
  if (const int due = gcDueGeneration(); due >= 0) gcPace(due, collectWithCallbacks(due));
}

Value gcPrivateDict(Object* o) {
  if (!isHeapType(typeOfObject(o)) || (typeOfObject(o)->flags & kTypeType)) return Value();
  Value* word = dictWord(o);
  return word && *word && isExactDict(*word) && word->object()->refs == 1 ? *word : Value();
}

bool gcIsTracked(const Object* o) { return hasGcLinks(o) && gcLinks(const_cast<Object*>(o))->next != nullptr; }
bool gcIsFinalized(const Object* o) { return hasGcLinks(o) && (gcLinks(const_cast<Object*>(o))->prev & kFinalized); }
void gcSetFinalized(Object* o) { if (hasGcLinks(o)) gcLinks(o)->prev |= kFinalized; }
bool gcIsUnreachable(const Object* o) { return hasGcLinks(o) && isCollecting(gcLinks(const_cast<Object*>(o))); }

int64_t gcCollect(int generation) {
  if (gcState.collecting) return 0;
  return collectWithCallbacks(generation);
}

int64_t gcCollectInOrder(GlobalsWalk eachGlobal) {
  if (gcState.collecting) return 0;
  // Later ones leave globals where they are: what came since stands behind, in the order in which it was made.
  if (gcState.finalizes && listEmpty(&gcState.permanent)) gcState.inOrder = gcState.ordered ? [](void (*)(Value)) {} : eachGlobal;
  gcState.ordered |= gcState.inOrder != nullptr;
  const int64_t found = gcCollect(2);
  gcState.inOrder = nullptr;
  return found;
}

int64_t gcCollectRemains() {
  mostDies = true;
  const int64_t found = gcCollect(2);
  mostDies = false;
  return found;
}

void gcFreeze() {
  ensureInit();
  for (GcGeneration& g : gcState.generations) {
    listMerge(&g.head, &gcState.permanent);
    g.count = 0;
  }
  gcState.birth += kGcBirthStep;
  gcState.birthOfYoung = gcState.birthOfThawed = gcState.birth;
}
void gcUnfreeze() {
  ensureInit();
  allWait(&gcState.permanent);
  listMerge(&gcState.permanent, &gcState.generations[2].head);
  gcState.birthOfThawed = kGcBirthMark;
}
int64_t gcFrozenCount() {
  ensureInit();
  int64_t count = listSize(&gcState.permanent);
  forEachLoose(nullptr, [](Object* o, void* n) { *static_cast<int64_t*>(n) += generationOfLoose(o) == 3; }, &count);
  return count;
}

void gcForEach(int generation, void (*visit)(Object*, void*), void* context) {
  ensureInit();
  for (int i = 0; i < 3; ++i) {
    if (generation >= 0 && i != generation) continue;
    GcLinks* head = &gcState.generations[i].head;
    for (GcLinks* g = head->next; g != head; g = g->next) visit(objectOf(g), context);
  }
  struct Filter {
    int generation;
    void (*visit)(Object*, void*);
    void* context;
  } filter{generation, visit, context};
  forEachLoose(nullptr, [](Object* o, void* c) {
    auto* f = static_cast<Filter*>(c);
    const int of = generationOfLoose(o);
    if (of < 3 && (f->generation < 0 || of == f->generation)) f->visit(o, f->context);
  }, &filter);
}

} // namespace krait
