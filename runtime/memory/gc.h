// The cycle collector: three generations over tracked containers, CPython's
// thresholds (700, 10, 10), PEP 442 finalizers, weak references cleared first.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Starts watching a container (all its words must be valid). May collect: runs code only when the
/// generation-0 threshold was crossed, after tracking `o`.
void gcTrack(Object* o);
/// The same for one that is still being filled in (its words are valid): never collects.
void gcTrackQuietly(Object* o);
void gcUntrack(Object* o);   // idempotent
bool gcIsTracked(const Object* o);
inline GcLinks* gcLinks(Object* o) { return reinterpret_cast<GcLinks*>(o) - 1; }
/// Collects generation 0, 1 or 2; returns the number of unreachable objects found.
int64_t gcCollect(int generation);
/// Destructors of nested containers: instead of recursing deeply, delays the inner ones (a trash can).
/// Begin answers false when `o` was queued for later. Every true is followed by an End.
/// Instances of heap types have asked through trashcanBeginInstance before, so the first always admits them.
bool trashcanBegin(Object* o);
bool trashcanBeginInstance(Object* o);
void trashcanEnd();
/// Clears the weak references to a dying object, calling their callbacks.
void clearWeakrefs(Object* o);

/// PEP 442: whether the finalizer of a collected-kind object has run.
bool gcIsFinalized(const Object* o);
void gcSetFinalized(Object* o);
/// During a collection: `o` belongs to the garbage being taken apart.
bool gcIsUnreachable(const Object* o);
/// Implemented with the weak references (types/weakref.cpp): clears every weak reference to `o`; those that have a
/// callback and are not garbage themselves are appended to `pending` (list), to be passed to weakrefCallback.
void weakrefsClearForCollector(Object* o, Value pending);
void weakrefCallback(Value ref);

struct GcGeneration {
  GcLinks head;
  int64_t count;
  int64_t threshold;
  int64_t collections, collected, uncollectable;
};
enum GcDebug : int { kGcStats = 1, kGcCollectable = 2, kGcUncollectable = 4, kGcSaveAll = 32 };
struct GcState {
  GcGeneration generations[3];
  GcLinks permanent;       // gc.freeze()
  bool enabled, collecting;
  int debug;
  int64_t longLivedTotal, longLivedPending;
  Value garbage, callbacks; // lists, null until somebody asks
};
extern GcState gcState;
/// Bookkeeping of creation and release, called by newObject and freeObject.
inline void gcCountCreated() { ++gcState.generations[0].count; }
inline void gcCountReleased() { if (gcState.generations[0].count > 0) --gcState.generations[0].count; }
/// gc.freeze(): everything tracked now is left alone by collections; undone by unfreeze.
void gcFreeze();
void gcUnfreeze();
int64_t gcFrozenCount();
/// Walks tracked objects of a generation (-1: all): `visit` must not run code.
void gcForEach(int generation, void (*visit)(Object* o, void* context), void* context);

} // namespace krait
