// The second level of inline caches. A site remembers one class; one that meets
// several in turn finds what any site learnt about (layout, name) here, without
// the general lookup. Entries are as in the sites: what they hold is only true
// while its version matches, so a stale one is as good as none.
#pragma once
#include "runtime/object/attribute_cache.h"

namespace krait {

class SharedCache {
public:
  /// Puts what is known about `name` in objects of layout `l` (not marked) into the site; false if nothing is.
  bool recall(const Layout* l, Value name, AttrCache* site) const {
    const Entry& e = entries_[indexOf(l, name)];
    if (unmarkedLayout(e.known.layout) != l || e.name != name) return false;
    *site = e.known;
    return true;
  }
  /// After a site met a receiver: keeps what it knows about the layout. A site that could not be filled in still speaks of
  /// an earlier layout, which may be gone. What is known about one class or module, not about a layout, stays in the site.
  void keep(Value receiver, Value name, const AttrCache& site) {
    if (!receiver.isPointer()) return;
    const Layout* l = receiver.object()->layout;
    if (unmarkedLayout(site.layout) != l || (l->type->flags & kTypeType) || l->type == &moduleType) return;
    Entry& e = entries_[indexOf(l, name)];
    Value old = e.name;
    e = {newRef(name), site};
    xdecref(old);
  }

private:
  static constexpr size_t kSize = 512;
  struct Entry {
    Value name; // owned: compared by address
    AttrCache known;
  };
  static size_t indexOf(const Layout* l, Value name) {
    return ((reinterpret_cast<uint64_t>(l) >> 4) * 31 ^ name.bits >> 4) & (kSize - 1);
  }
  Entry entries_[kSize];
};

} // namespace krait
