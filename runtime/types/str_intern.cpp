// The intern table: open addressing over the unkeyed name hash, linear probing,
// deletion by shifting back. It holds its strings weakly: a dying interned
// string takes itself out. Names in the executable's data enter at first use.
#include "runtime/abi/sections.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/ref.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_intern.h"

namespace krait {

namespace {

StrObject* const runtimeNames[] = {
#define KRAIT_NAME(identifier) &krn_##identifier,
#include "runtime/object/names.def"
#undef KRAIT_NAME
};

struct Table {
  StrObject** slots;
  size_t mask, used;
} table;

/// The slot of an equal string, or the empty one where it belongs.
StrObject** findSlot(const StrObject* s, uint32_t hash) {
  for (size_t i = hash & table.mask;; i = (i + 1) & table.mask) {
    StrObject* other = table.slots[i];
    if (!other) return &table.slots[i];
    if (other == s) return &table.slots[i];
    if (other->nameHash == hash && other->length == s->length && other->kind == s->kind &&
        !std::memcmp(other->data(), s->data(), static_cast<size_t>(s->length) * s->kind))
      return &table.slots[i];
  }
}

bool resize(size_t slots) {
  Table old = table;
  auto* fresh = static_cast<StrObject**>(allocateZeroed(slots * sizeof(StrObject*)));
  if (!fresh) return false;
  table.slots = fresh;
  table.mask = slots - 1;
  for (size_t i = 0; old.slots && i <= old.mask; ++i) {
    if (!old.slots[i]) continue;
    size_t at = old.slots[i]->nameHash & table.mask;
    while (table.slots[at]) at = (at + 1) & table.mask;
    table.slots[at] = old.slots[i];
  }
  if (old.slots) deallocate(old.slots);
  return true;
}

/// Space for one more.
bool reserve() { return table.used * 3 <= table.mask * 2 || resize((table.mask + 1) * 2); }

bool addStatic(StrObject* s) {
  if (s->length < 2 && s->kind == 1) return true; // shared characters need no entry
  StrObject** slot = findSlot(s, s->nameHash);
  if (*slot) return true;
  *slot = s;
  ++table.used;
  return reserve();
}

[[gnu::cold, gnu::noinline]] bool fillTable() {
  const size_t programNames = krt_names_begin ? static_cast<size_t>(krt_names_end - krt_names_begin) : 0;
  // Modules repeat each other's names: how many there are is not known before.
  if (!resize(2048)) return false;
  for (StrObject* s : runtimeNames)
    if (!addStatic(s)) return false;
  for (size_t i = 0; i < programNames; ++i)
    if (!addStatic(krt_names_begin[i])) return false;
  return true;
}

} // namespace

uint32_t strNameHash(StrObject* s) {
  if (s->flags & kStrNameHash) return s->nameHash;
  uint32_t h = 2166136261u;
  auto mix = [&h](uint8_t b) { h = (h ^ b) * 16777619u; };
  withChars(s, [&](auto* p) {
    for (int64_t i = 0; i < s->length; ++i) {
      char utf8[4];
      const size_t n = encodeUtf8Char(p[i], utf8);
      for (size_t k = 0; k < n; ++k) mix(static_cast<uint8_t>(utf8[k]));
    }
  });
  s->nameHash = h;
  s->flags |= kStrNameHash;
  return h;
}

Value internStr(Value owned) {
  if (!isExactStr(owned)) return owned;
  StrObject* s = asStr(owned);
  if (s->flags & kStrInterned) return owned;
  if (s->length < 2 && s->kind == 1) {
    Value shared = s->length ? latin1Char(s->data()[0]) : emptyStr();
    decref(owned);
    return shared;
  }
  if ((!table.slots && !fillTable()) || !reserve())
    return owned; // out of memory: equal names then merely stay distinct
  StrObject** slot = findSlot(s, strNameHash(s));
  if (*slot && *slot != s) {
    Value found = newRef(strValue(*slot));
    decref(owned);
    return found;
  }
  *slot = s;
  ++table.used;
  s->flags |= kStrInterned;
  return owned;
}

Value internStr(std::string_view utf8) {
  Value s = newStr(utf8);
  return s ? internStr(s) : s;
}

void internForget(StrObject* s) {
  StrObject** slot = findSlot(s, s->nameHash);
  if (*slot != s) return;
  --table.used;
  // Close the gap: move back every later entry of the run whose home is not after the gap.
  size_t gap = static_cast<size_t>(slot - table.slots);
  for (size_t i = (gap + 1) & table.mask; table.slots[i]; i = (i + 1) & table.mask) {
    const size_t home = table.slots[i]->nameHash & table.mask;
    if (((i - home) & table.mask) >= ((i - gap) & table.mask)) {
      table.slots[gap] = table.slots[i];
      gap = i;
    }
  }
  table.slots[gap] = nullptr;
}

} // namespace krait
