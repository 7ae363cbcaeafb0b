// The cycle collector: three generations over tracked containers, CPython's
// thresholds (700, 10, 10), PEP 442 finalizers, weak references cleared first.
#pragma once
#include "runtime/memory/alloc.h"
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// Starts watching a container (all its words must be valid). May collect: runs code only when the
/// generation-0 threshold was crossed, after tracking `o`.
inline void gcTrack(Object* o);
/// The same for one that is still being filled in (its words are valid): never collects.
inline void gcTrackQuietly(Object* o);
/// The same of what was made just now, and has no flags yet.
inline void gcTrackNew(Object* o);
inline void gcTrackNewQuietly(Object* o);
inline void gcUntrack(Object* o);   // idempotent
bool gcIsTracked(const Object* o);
inline GcLinks* gcLinks(Object* o) { return reinterpret_cast<GcLinks*>(o) - 1; }
/// Collects generation 0, 1 or 2; returns the number of unreachable objects found.
int64_t gcCollect(int generation);
/// A collection of everything after which the lists have the order in which CPython's would be: first what modules name, in the
/// order of `eachGlobal`, then what these hold, and so on; after an earlier one what was made since follows what was there.
/// Finalizers of later garbage run in that order. Where no instance had a finalizer it is a usual collection.
using GlobalsWalk = void (*)(void (*visit)(Value));
int64_t gcCollectInOrder(GlobalsWalk eachGlobal);
/// A collection of everything when most of it is garbage: looks for that at once.
int64_t gcCollectRemains();
/// Destructors of nested containers: instead of recursing deeply, delays the inner ones (a trash can).
/// Begin answers false when `o` was queued for later. Every true is followed by an End.
/// Instances of heap types have asked through trashcanBeginInstance before, so the first always admits them.
inline bool trashcanBegin(Object* o);
inline bool trashcanBeginInstance(Object* o);
inline void trashcanEnd();
/// Clears the weak references to a dying object, calling their callbacks.
void clearWeakrefs(Object* o);

/// PEP 442: whether the finalizer of a collected-kind object has run.
bool gcIsFinalized(const Object* o);
/// The dict of an instance whose dict nobody else refers to, else null. Borrowed.
Value gcPrivateDict(Object* o);
void gcSetFinalized(Object* o);
/// During a collection: `o` belongs to the garbage being taken apart.
bool gcIsUnreachable(const Object* o);
/// Implemented with the weak references (types/weakref.cpp): clears every weak reference to `o`; those that have a
/// callback and are not garbage themselves are appended to `pending` (list), to be passed to weakrefCallback.
void weakrefsClearForCollector(Object* o, Value pending);
void weakrefCallback(Value ref);

struct alignas(16) GcGeneration {
  GcLinks head;
  int64_t count;
  int64_t threshold;
  int64_t collections, collected, uncollectable;
};
enum GcDebug : int { kGcStats = 1, kGcCollectable = 2, kGcUncollectable = 4, kGcSaveAll = 32 };
struct GcState {
  GcGeneration generations[3];
  alignas(16) GcLinks permanent; // gc.freeze()
  bool enabled, collecting;
  bool finalizes; // there were instances with a finalizer
  GlobalsWalk inOrder; // during gcCollectInOrder
  bool ordered;        // by an earlier one
  int debug;
  int64_t longLivedTotal, longLivedPending;
  int64_t nursery; // so many containers more than were released make a collection due; no number does while none is to be made (gc_pace.h)
  Value garbage, callbacks; // lists, null until somebody asks
  uint64_t waitingPhase; // the PHASE bit of everything in the lists of generations 1 and 2
  // Loose instances (object/loose_instances.h):
  int64_t loose, looseBefore; // how many there are, and were when generation 1 was last collected
  uint64_t birth;        // the `prev` word of those made now: grows with every collection and freeze
  uint64_t birthOfYoung; // those from here on have lived through collections of generation 0 alone
  uint64_t birthOfThawed; // those before it are frozen
};
extern GcState gcState;
/// Bookkeeping of creation and release, called by newObject and freeObject.
inline void gcCountCreated() { ++gcState.generations[0].count; }
inline void gcCountReleased() {
  int64_t& count = gcState.generations[0].count;
  count -= count > 0;
}
/// gc.freeze(): everything tracked now is left alone by collections; undone by unfreeze.
void gcFreeze();
void gcUnfreeze();
int64_t gcFrozenCount();
/// Walks tracked objects, loose instances included, of a generation (-1: all): `visit` must not run code.
void gcForEach(int generation, void (*visit)(Object* o, void* context), void* context);

// ---- the inline halves ----

/// Flags in the low bits of `prev`, see gc.cpp. The births of loose instances begin with the mark.
constexpr uint64_t kGcFinalized = 1, kGcCollecting = 2, kGcPhase = 4, kGcMarked = 8, kGcPrevFlags = 15;
constexpr uint64_t kGcBirthStep = kGcPrevFlags + 1, kGcBirthMask = ~((uint64_t{1} << 40) - 1), kGcBirthMark = uint64_t{0x4c6f73} << 40;
inline GcLinks* gcPrevOf(const GcLinks* g) { return reinterpret_cast<GcLinks*>(g->prev & ~kGcPrevFlags); }
inline void gcSetPrev(GcLinks* g, const GcLinks* p) { g->prev = (g->prev & kGcPrevFlags) | reinterpret_cast<uint64_t>(p); }
inline void gcListAppend(GcLinks* list, GcLinks* g) {
  GcLinks* last = gcPrevOf(list);
  last->next = g;
  gcSetPrev(g, last);
  g->next = list;
  gcSetPrev(list, g);
}
/// The list of a generation; 3: of what is frozen.
inline GcLinks* gcList(int generation) { return generation < 3 ? &gcState.generations[generation].head : &gcState.permanent; }
/// Makes the lists ready for the first tracked object.
[[gnu::cold]] KRAIT_RARE void gcInitialise();
/// The youngest generation is over its threshold.
[[gnu::cold]] KRAIT_RARE void gcTrackedTooMany();
/// Between making a container and tracking it, or before.
inline void gcCollectIfDue();

inline void gcTrackQuietly(Object* o) {
  GcLinks* g = gcLinks(o);
  if (g->next) return;
  GcLinks* young = &gcState.generations[0].head;
  if (!young->next) [[unlikely]] gcInitialise();
  // gcListAppend, knowing the flags: an object's stay but for the one, a list has none.
  GcLinks* last = gcPrevOf(young);
  last->next = g;
  g->prev = (g->prev & kGcFinalized) | reinterpret_cast<uint64_t>(last);
  g->next = young;
  young->prev = reinterpret_cast<uint64_t>(g);
}
inline bool gcIsDue() { return gcState.generations[0].count > gcState.nursery; }
inline void gcCollectIfDue() {
  if (gcIsDue()) [[unlikely]] gcTrackedTooMany();
}
inline void gcTrack(Object* o) {
  if (gcLinks(o)->next) return;
  gcTrackQuietly(o);
  gcCollectIfDue();
}
inline void gcTrackNewQuietly(Object* o) {
  GcLinks *g = gcLinks(o), *young = &gcState.generations[0].head;
  if (!young->next) [[unlikely]] gcInitialise();
  GcLinks* last = gcPrevOf(young);
  last->next = g;
  *g = GcLinks{young, reinterpret_cast<uint64_t>(last)};
  young->prev = reinterpret_cast<uint64_t>(g);
}
inline void gcTrackNew(Object* o) {
  gcTrackNewQuietly(o);
  gcCollectIfDue();
}
inline void gcUntrack(Object* o) {
  GcLinks* g = gcLinks(o);
  if (!g->next) return;
  GcLinks *p = gcPrevOf(g), *n = g->next;
  p->next = n;
  gcSetPrev(n, p);
  g->next = nullptr;
  g->prev &= kGcFinalized;
}

struct Trash {
  int depth;
  GcLinks* queue; // chained through `prev`
};
extern Trash trash;
constexpr int kTrashDepth = 50;
[[gnu::cold]] KRAIT_RARE void trashPut(Object* o);
[[gnu::cold]] KRAIT_RARE void trashEmpty();

inline bool trashcanBeginInstance(Object* o) {
  if (trash.depth >= kTrashDepth) [[unlikely]] {
    trashPut(o);
    return false;
  }
  ++trash.depth;
  return true;
}
inline bool trashcanBegin(Object* o) {
  if (trash.depth >= kTrashDepth && !(typeOfObject(o)->flags & kTypeHeap)) [[unlikely]] {
    trashPut(o);
    return false;
  }
  ++trash.depth;
  return true;
}
inline void trashcanEnd() {
  if (--trash.depth == 0 && trash.queue) [[unlikely]] trashEmpty();
}

} // namespace krait
