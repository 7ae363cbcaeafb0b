#include "runtime/object/loose_instances.h"

#include <algorithm>
#include <vector>

#include "runtime/memory/pools.h"
#include "runtime/types/sequence.h"

namespace krait {

int generationOfLoose(const Object* o) {
  const uint64_t birth = gcLinks(const_cast<Object*>(o))->prev & ~kGcPrevFlags;
  if (birth >= gcState.birth) return 0;
  if (birth >= gcState.birthOfYoung) return 1;
  return birth >= gcState.birthOfThawed ? 2 : 3;
}

void linkInstance(Object* o) {
  const int generation = generationOfLoose(o);
  GcLinks *list = gcList(generation), *g = gcLinks(o);
  if (!list->next) [[unlikely]] gcInitialise();
  g->prev = (g->prev & kGcFinalized) | (generation ? gcState.waitingPhase : 0);
  gcListAppend(list, g);
  HeapType* t = asHeap(typeOfObject(o));
  endLoose(t);
  // Neighbours in memory should be neighbours in the list, which is walked again and again. Where many instances end there
  // anyway, all of them enter it in the order of their births.
  constexpr int64_t kEnough = 64;
  t->linksAtOnce |= ++t->linkedLate >= kEnough && t->linkedLate * 4 >= t->loose;
}

void linkInstanceFor(Object* o, Value v) {
  if (!v) return;
  const Object* held = v.object();
  if (held->refs < 0 || !(held->layout->flags & kLayoutGc)) return;
  // A tuple that the collector has found to hold no containers never will.
  if (typeOfObject(held) == &tupleType && !gcIsTracked(held)) return;
  if (isLoose(o)) linkInstance(o);
}

namespace {

struct Search {
  std::vector<const Layout*> layouts; // sorted
  uint32_t sizes;                     // a bit for each class of blocks that their instances take
  void (*visit)(Object* o, void* context);
  void* context;
};

/// The instance in a block, if it is where one of these layouts would put it.
void lookInto(void* block, size_t bytes, void* context) {
  auto* search = static_cast<Search*>(context);
  if (!(search->sizes >> classOf(bytes) & 1)) return; // most are not even read
  for (const size_t header : {kGcHeaderSize, kPrefixHeaderSize}) {
    if (bytes < header + sizeof(Object)) return;
    auto* o = reinterpret_cast<Object*>(static_cast<char*>(block) + header);
    // Blocks that are free or hold something else have no such words, see forgetInstance.
    if (o->refs <= 0 || gcLinks(o)->next || (gcLinks(o)->prev & kGcBirthMask) != kGcBirthMark) continue;
    if (std::binary_search(search->layouts.begin(), search->layouts.end(), o->layout) && headerSize(o->layout) == header)
      search->visit(o, search->context);
  }
}

} // namespace

void forEachLoose(const std::vector<HeapType*>* of, void (*visit)(Object*, void*), void* context) {
  if (!gcState.loose) return;
  Search search{{}, 0, visit, context};
  static_assert(kClassCount <= 32);
  auto add = [&](const HeapType* t) {
    if (!t->loose) return;
    search.layouts.push_back(&t->instanceLayout);
    search.sizes |= uint32_t{1} << classOf(t->blockBytes);
  };
  if (of) {
    for (const HeapType* t : *of) add(t);
  } else {
    // Classes are in the collector's lists themselves.
    for (int list = 0; list < 4; ++list)
      for (GcLinks* g = gcList(list)->next; g != gcList(list); g = g->next)
        if (auto* o = reinterpret_cast<Object*>(g + 1); typeOfObject(o)->flags & kTypeType && isLooseKind(reinterpret_cast<Type*>(o)))
          add(asHeap(reinterpret_cast<Type*>(o)));
  }
  std::sort(search.layouts.begin(), search.layouts.end());
  if (!search.layouts.empty()) forEachSmallBlock(lookInto, &search);
}

} // namespace krait
