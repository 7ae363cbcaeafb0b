// Members are met in the order of the list, in which parents mostly come before children. One that an earlier member
// refers to stays if that one stays: it belongs to the same root. One that no earlier member refers to is taken for a root:
// somebody outside must hold it, or a member that belongs to another root which stays. Not all references to the first kind came
// from members, which is counted; of the second kind the first and the last such other root are noted, and some chain of these has
// to end at one of the first kind. If that holds for every root, all members are reachable from outside, and there is no garbage. If for
// some it does not, only what belongs to those is in doubt: for these members the collector counts references (gc.cpp).
//
// Nothing needs to be written before the walk, or afterwards, except to the links of roots. A member
// that is still to be met is flagged (COLLECTING, or in a full collection, where that would be a walk of its own, by the value of
// its PHASE bit), a member that was referred to before it was met is MARKED, with the number of its root for a link, and so is a
// root after it was met. Who is met gets its link back: the member before it is known. A walk that finds too many roots gives up.
#include "runtime/memory/gc_quick.h"

#include <cstdlib>
#include <utility>

#include "runtime/memory/gc_walk.h"

namespace krait {

namespace {

constexpr uint64_t kNumbered = kGcPrevFlags + 1; // the number of a root stands above the flags
constexpr uint32_t kNobody = UINT32_MAX;
constexpr uint32_t kMostRoots = 1 << 16; // a walk over more would take memory that the program may need

struct Root {
  GcLinks* links;
  uint64_t prev;        // what stands there; now it is the number of the root
  int64_t unexplained;  // references that no member was seen to hold; positive: it stays
  uint32_t holders[2];  // other roots, with members that refer to this one; or kNobody
  // While it is worked out who stays: what this one holds, as a chain of root * 2 + place in `holders`, and what is to be looked at.
  uint32_t held = kNobody, nextHeld[2] = {kNobody, kNobody}, nextStaying = kNobody;
};

/// What a walk notes down. Collections come often: tables that are not large stay for the next one.
struct Tables {
  static constexpr size_t kKept = 512 * 1024;
  size_t bytes() const { return roomOfRoots * sizeof(Root) + static_cast<size_t>(roomOfMembers) * sizeof(uint32_t); }

  Root* roots = nullptr;
  uint32_t* rootOf = nullptr; // of the members met, in the order of the list
  uint32_t roomOfRoots = 0;
  int64_t roomOfMembers = 0;
};
Tables kept;

template <bool full> class Walk {
public:
  Walk() : tables_(std::exchange(kept, {})) {}
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
  ~Walk() {
    if (tables_.bytes() <= Tables::kKept) {
      kept = tables_;
    } else {
      free(tables_.roots);
      free(tables_.rootOf);
    }
  }
  void over(GcLinks* list) {
    previous_ = list;
    GcLinks *g = list->next, *next;
    for (; g != list && !gaveUp_; g = next) {
      next = g->next;
      meet(g);
    }
    for (; g != list; previous_ = g, g = g->next) gcSetPrev(g, previous_); // some have the number of a root
    gcSetPrev(list, previous_);
    flush();
    for (uint32_t i = 0; i < count_; ++i) tables_.roots[i].links->prev = tables_.roots[i].prev;
  }
  /// After the walk: members that nobody is known to hold go to `doubtful`. How many stay, or -1: nothing is known.
  int64_t separate(GcLinks* list, GcLinks* doubtful) {
    if (gaveUp_) return -1;
    if (findHeld()) return stay_;
    int64_t stay = 0;
    const uint32_t* root = tables_.rootOf;
    for (GcLinks *g = list->next, *next; g != list; g = next) {
      next = g->next;
      if (tables_.roots[*root++].unexplained > 0) {
        ++stay;
        continue;
      }
      GcLinks* before = gcPrevOf(g);
      before->next = next;
      gcSetPrev(next, before);
      gcListAppend(doubtful, g);
    }
    return stay;
  }

  void operator()(Object* o) { meetReferences(o, 1); }
  [[gnu::noinline]] void several(Object* o, int64_t times) { meetReferences(o, times); }
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
  [[gnu::always_inline]] void meetReferences(Object* o, int64_t times) {
    if (!hasGcLinks(o)) return;
    GcLinks* g = gcLinks(o);
    if (waits(g)) {
      if (!(g->prev & kGcMarked)) g->prev = current_ * kNumbered | (g->prev & kGcPrevFlags) | kGcMarked;
    } else if (isRoot(g)) {
      explain(g, times);
    }
  }
  static bool waits(const GcLinks* g) {
    return full ? g->next && (g->prev & kGcPhase) == gcState.waitingPhase : (g->prev & kGcCollecting) != 0;
  }
  static bool isRoot(const GcLinks* g) { return (full ? g->next : g) && (g->prev & kGcMarked); }

  void meet(GcLinks* g) {
    Object* o = reinterpret_cast<Object*>(g + 1);
    const uint64_t before = g->prev, finalized = before & kGcFinalized;
    if (typeOfObject(o) == &tupleType && holdsAtoms(reinterpret_cast<TupleObject*>(o))) { // leaves the list
      previous_->next = g->next;
      g->next = nullptr;
      g->prev = finalized;
      return;
    }
    const uint64_t flags = finalized | (full ? gcState.waitingPhase ^ kGcPhase : gcState.waitingPhase);
    const uint64_t met = reinterpret_cast<uint64_t>(previous_) | flags;
    if (!hasRoom()) {
      gaveUp_ = true;
      g->prev = met;
      previous_ = g;
      return;
    }
    if (before & kGcMarked) {
      current_ = static_cast<uint32_t>(before / kNumbered);
      g->prev = met;
    } else {
      // Its loose instances may hold a class because the class holds them.
      int64_t unexplained = o->refs;
      if ((typeOfObject(o)->flags & kTypeType) && isHeapType(reinterpret_cast<Type*>(o)))
        unexplained -= asHeap(reinterpret_cast<Type*>(o))->loose;
      current_ = count_++;
      g->prev = current_ * kNumbered | flags | kGcMarked;
      tables_.roots[current_] = {g, met, unexplained, {kNobody, kNobody}};
    }
    tables_.rootOf[stay_++] = current_;
    previous_ = g;
    walkReferences(o, *this);
  }
  /// For one more member and root.
  bool hasRoom() {
    if (stay_ < tables_.roomOfMembers && count_ < tables_.roomOfRoots) [[likely]] return true;
    if (stay_ == tables_.roomOfMembers) {
      const int64_t room = stay_ ? stay_ * 2 : 1024;
      auto* more = static_cast<uint32_t*>(realloc(tables_.rootOf, static_cast<size_t>(room) * sizeof(uint32_t)));
      if (!more) return false;
      tables_.rootOf = more;
      tables_.roomOfMembers = room;
    }
    if (count_ == tables_.roomOfRoots) {
      if (count_ == kMostRoots) return false;
      const uint32_t room = count_ ? count_ * 2 : 64;
      auto* more = static_cast<Root*>(realloc(tables_.roots, room * sizeof(Root)));
      if (!more) return false;
      tables_.roots = more;
      tables_.roomOfRoots = room;
    }
    return true;
  }
  /// Members that belong to the root met last refer to `g`, a root.
  void explain(GcLinks* g, int64_t references) {
    const auto number = static_cast<uint32_t>(g->prev / kNumbered);
    tables_.roots[number].unexplained -= references;
    if (number == current_) return;
    uint32_t* holders = tables_.roots[number].holders;
    holders[holders[0] != kNobody] = current_;
  }
  void flush() {
    if (more_)
      if (GcLinks* g = gcLinks(&last_->header); !waits(g) && isRoot(g)) tables_.roots[g->prev / kNumbered].unexplained -= more_;
    more_ = 0;
  }
  /// Makes `unexplained` positive for all roots that are held by such. Whether all are.
  bool findHeld() {
    uint32_t staying = kNobody, left = count_;
    auto stays = [&](uint32_t number) {
      tables_.roots[number].nextStaying = staying;
      staying = number;
      --left;
    };
    for (uint32_t i = 0; i < count_; ++i) {
      if (tables_.roots[i].unexplained > 0) stays(i);
      else
        for (uint32_t place = 0; place < 2; ++place)
          if (const uint32_t holder = tables_.roots[i].holders[place]; holder != kNobody) {
            tables_.roots[i].nextHeld[place] = tables_.roots[holder].held;
            tables_.roots[holder].held = i * 2 + place;
          }
    }
    while (staying != kNobody && left) {
      const Root& r = tables_.roots[staying];
      staying = r.nextStaying;
      for (uint32_t held = r.held; held != kNobody; held = tables_.roots[held / 2].nextHeld[held % 2]) {
        if (tables_.roots[held / 2].unexplained > 0) continue;
        tables_.roots[held / 2].unexplained = 1;
        stays(held / 2);
      }
    }
    return !left;
  }

  Tables tables_;
  uint32_t count_ = 0; // roots
  int64_t stay_ = 0;   // members
  bool gaveUp_ = false;
  GcLinks* previous_ = nullptr; // of the one to meet next
  uint32_t current_ = 0;        // the root of the one being walked
  HeapType* last_ = nullptr;    // whose instance came last, with `more_` after the first
  int64_t more_ = 0;
};

template <bool full> int64_t walk(GcLinks* list, GcLinks* doubtful) {
  Walk<full> walk;
  walk.over(list);
  return walk.separate(list, doubtful);
}

} // namespace

int64_t separateDoubtful(GcLinks* list, bool full, GcLinks* doubtful) {
  if (!full) return walk<false>(list, doubtful);
  const int64_t stay = walk<true>(list, doubtful);
  // Those that have been met wait for the next one.
  if (stay >= 0) gcState.waitingPhase ^= kGcPhase;
  return stay;
}

} // namespace krait
