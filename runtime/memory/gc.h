// The cycle collector: three generations over tracked containers, CPython's
// thresholds (700, 10, 10), PEP 442 finalizers, weak references cleared first.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Starts watching a container (all its words must be valid). May collect: runs code only when the
/// generation-0 threshold was crossed, after tracking `o`.
void gcTrack(Object* o);
void gcUntrack(Object* o);   // idempotent
bool gcIsTracked(const Object* o);
inline GcLinks* gcLinks(Object* o) { return reinterpret_cast<GcLinks*>(o) - 1; }
/// Collects generation 0, 1 or 2; returns the number of unreachable objects found.
int64_t gcCollect(int generation);
/// Destructors of nested containers: instead of recursing deeply, delays the inner ones (a trash can).
/// Begin answers false when `o` was queued for later. Every true is followed by an End.
bool trashcanBegin(Object* o);
void trashcanEnd();
/// Clears the weak references to a dying object, calling their callbacks.
void clearWeakrefs(Object* o);

} // namespace krait
