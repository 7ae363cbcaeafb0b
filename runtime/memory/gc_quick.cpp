// Members are met in the order of the list, in which parents mostly come before children. One that an earlier member
// refers to stays if that one stays. One that no earlier member refers to is taken for a root: somebody outside must hold it.
// That is so if in the end not all references to it came from members, which is counted. If every root has such a
// reference, all members are reachable from outside, and there is no garbage. If one has not, nothing is known, and
// the collector has to count all references (gc.cpp).
//
// Nothing needs to be written before the walk, or afterwards, and links stay as they are, except those of roots. A member
// that is still to be met is flagged (COLLECTING, or in a full collection, where that would be a walk of its own, by the value of
// its PHASE bit), a member that was referred to before it was met is MARKED, and so is a root after it was met.
#include "runtime/memory/gc_quick.h"

#include <vector>

#include "runtime/memory/gc_walk.h"

namespace krait {

namespace {

struct Root {
  GcLinks* links;
  uint64_t prev;        // what stands there; now it is the number of the root
  int64_t unexplained;  // references that no member was seen to hold
};

template <bool full> class Walk {
public:
  /// Whether all members stay.
  bool over(GcLinks* list) {
    for (GcLinks *g = list->next, *next; g != list && !failed_; g = next) {
      next = g->next;
      meet(g);
    }
    flush();
    return !failed_;
  }
  void restoreRoots() {
    for (const Root& r : roots_) r.links->prev = r.prev;
  }
  int64_t stay() const { return stay_; }

  void operator()(Object* o) {
    if (!hasGcLinks(o)) return;
    GcLinks* g = gcLinks(o);
    if (waits(g)) g->prev |= kGcMarked;
    else if (isRoot(g)) explain(g, 1);
  }
  /// Each instance refers to its class: most to the same as the one before.
  void type(HeapType* t) {
    if (t == last_) {
      ++more_;
      return;
    }
    flush();
    last_ = t;
    (*this)(&t->header);
  }
  void isClass(Type*) {}

private:
  static bool waits(const GcLinks* g) {
    return full ? g->next && (g->prev & kGcPhase) == gcState.waitingPhase : (g->prev & kGcCollecting) != 0;
  }
  static bool isRoot(const GcLinks* g) { return (full ? g->next : g) && (g->prev & kGcMarked); }

  void meet(GcLinks* g) {
    Object* o = reinterpret_cast<Object*>(g + 1);
    if (typeOfObject(o) == &tupleType && holdsAtoms(reinterpret_cast<TupleObject*>(o))) return gcUntrack(o);
    ++stay_;
    const bool reached = g->prev & kGcMarked;
    const uint64_t met = (g->prev & ~(kGcMarked | kGcCollecting | kGcPhase)) | (full ? gcState.waitingPhase ^ kGcPhase : gcState.waitingPhase);
    if (reached) {
      g->prev = met;
    } else {
      // Its loose instances may hold a class because the class holds them.
      int64_t unexplained = o->refs;
      if ((typeOfObject(o)->flags & kTypeType) && isHeapType(reinterpret_cast<Type*>(o)))
        unexplained -= asHeap(reinterpret_cast<Type*>(o))->loose;
      failed_ |= unexplained <= 0;
      const uint64_t flags = met & kGcPrevFlags;
      g->prev = roots_.size() * (kGcPrevFlags + 1) | flags | kGcMarked;
      roots_.push_back({g, met, unexplained});
    }
    walkReferences(o, *this);
  }
  void explain(GcLinks* g, int64_t references) {
    int64_t& left = roots_[g->prev / (kGcPrevFlags + 1)].unexplained;
    left -= references;
    failed_ |= left <= 0;
  }
  void flush() {
    if (more_)
      if (GcLinks* g = gcLinks(&last_->header); !waits(g) && isRoot(g)) explain(g, more_);
    more_ = 0;
  }

  std::vector<Root> roots_;
  HeapType* last_ = nullptr; // whose instance came last, with `more_` after the first
  int64_t more_ = 0, stay_ = 0;
  bool failed_ = false;
};

template <bool full> int64_t walk(GcLinks* list) {
  Walk<full> walk;
  const bool stays = walk.over(list);
  walk.restoreRoots();
  return stays ? walk.stay() : -1;
}

} // namespace

int64_t showThatAllStay(GcLinks* list, bool full) {
  if (!full) return walk<false>(list);
  const int64_t stay = walk<true>(list);
  // Those that have been met wait for the next one.
  if (stay >= 0) gcState.waitingPhase ^= kGcPhase;
  return stay;
}

} // namespace krait
