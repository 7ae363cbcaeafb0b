// The trash can: dying containers below many others wait in a queue, chained through their links.
#include "runtime/memory/gc.h"

namespace krait {

Trash trash;

void trashPut(Object* o) {
  GcLinks* g = gcLinks(o);
  g->prev = (g->prev & kGcFinalized) | reinterpret_cast<uint64_t>(trash.queue);
  trash.queue = g;
}

void trashEmpty() {
  ++trash.depth; // one level, so that nested destructors do not drain
  while (GcLinks* g = trash.queue) {
    trash.queue = gcPrevOf(g);
    g->prev &= kGcFinalized;
    auto* o = reinterpret_cast<Object*>(g + 1);
    typeOfObject(o)->dealloc(o);
  }
  --trash.depth;
}

} // namespace krait
