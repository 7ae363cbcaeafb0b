// The second level of inline caches. A site remembers one class; one that meets
// several in turn finds what any site learnt about (layout, name) here, without
// the general lookup. Entries are as in the sites: what they hold is only true
// while its version matches, so a stale one is as good as none.
#pragma once
#include <utility>
#include "runtime/object/attribute_cache.h"
#include "runtime/object/ref.h"

namespace krait {

class SharedCache {
public:
  /// What is known about `name` in objects of layout `l` (not marked): by the site, or else by others; the site where nobody
  /// knows. Valid until code runs. A site that meets one class after another is told only now and then, so that it
  /// learns that there is a new one for good without being written all the time.
  const AttrCache* of(const Layout* l, Value name, AttrCache* site) {
    if (unmarkedLayout(site->layout) == l) return site;
    const Entry* e = entryOf(l, name);
    if (!e->is(l, name)) [[unlikely]] {
      e = neighbour(e);
      if (!e->is(l, name)) return site;
    }
    if (--untilTold_ < 0) [[unlikely]] tell(site, e->known);
    return &e->known;
  }
  /// After a site met a receiver: keeps what it knows about the layout. A site that could not be filled in still speaks of
  /// an earlier layout, which may be gone. What is known about one class or module, not about a layout (as the getters of
  /// a metaclass are), stays in the site.
  void keep(Value receiver, Value name, const AttrCache& site) {
    const Layout* l = siteLayout(receiver);
    if (unmarkedLayout(site.layout) != l || l->type == &moduleType) return;
    if ((l->type->flags & kTypeType) && (site.layout != markedLayout(l) || (site.offset & kCacheKindMask) != static_cast<uint64_t>(CacheKind::Getter))) return;
    put(entryOf(l, name), name, site);
  }

  /// The same of what is known about one class: what a site learnt about it holds while the class has that version, which no other has.
  const AttrCache* ofClass(Value type, Value name, AttrCache* site) {
    if (site->version == type.as<Type>()->version && unmarkedLayout(site->layout) == type.object()->layout) return site;
    const Entry* e = entryOf(type.object(), name);
    for (const Entry* each : {e, neighbour(e)}) {
      if (each->name != name || each->known.version != type.as<Type>()->version) continue;
      if (--untilTold_ < 0) [[unlikely]] tell(site, each->known);
      return &each->known;
    }
    return site;
  }
  void keepClass(Value type, Value name, const AttrCache& site) {
    if (site.version == type.as<Type>()->version && unmarkedLayout(site.layout) == type.object()->layout) put(entryOf(type.object(), name), name, site);
  }

private:
  // A program of a few classes touches the pages of a small table. Larger ones learn anew as often as it grows.
  static constexpr uint32_t kSmallest = 256, kSize = 2048;
  static constexpr int32_t kTellOneOf = 8;
  uint32_t last() const { return beyond_ | (kSmallest - 1); }
  struct alignas(64) Entry {
    Value name; // owned: compared by address
    AttrCache known;
    bool is(const Layout* l, Value of) const { return name == of && unmarkedLayout(known.layout) == l; }
  };
  /// Both addresses are multiples of 16. Neighbours among the classes and among the names must not add up to the same.
  Entry* entryOf(const void* of, Value name) { return &entries_[((reinterpret_cast<uint64_t>(of) >> 4) * 31 ^ name.bits >> 4) & last()]; }
  /// Where two that belong in the same place meet, the one that was there before goes: they would push each other out all the time.
  const Entry* neighbour(const Entry* e) const { return &entries_[static_cast<size_t>(e - entries_) ^ 1]; }
  void put(Entry* e, Value name, const AttrCache& site) {
    Value old = e->name;
    if (old && !(old == name && unmarkedLayout(e->known.layout) == unmarkedLayout(site.layout))) {
      Entry& other = entries_[static_cast<size_t>(e - entries_) ^ 1];
      old = std::exchange(other, *e).name;
      if (old && last() + 1 < kSize && ++pushedOut_ > last() / 8) grow();
    }
    *e = {newRef(name), site};
    xdecref(old);
  }
  /// What is in the table already is only found again where it belongs in the larger one, too.
  void grow() {
    beyond_ = 2 * last() + 1;
    pushedOut_ = 0;
  }
  void tell(AttrCache* site, const AttrCache& known) {
    untilTold_ = kTellOneOf - 1;
    *site = known;
  }
  int32_t untilTold_ = 0;
  uint32_t beyond_ = 0, pushedOut_ = 0; // all zero at first: it takes no room in executables
  Entry entries_[kSize] = {};
};

} // namespace krait
