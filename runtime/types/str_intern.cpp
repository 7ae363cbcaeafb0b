// The intern table: open addressing over the unkeyed name hash, linear probing,
// deletion by shifting back. It holds its strings weakly: a dying interned
// string takes itself out. Names in the executable's data have a table of their own,
// complete since the link (codegen/emit/name_table.h).
#include <cstring>
#include <iterator>

#include "runtime/abi/sections.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/ref.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_intern.h"

namespace krait {

namespace {

constexpr uint32_t kNameHashBasis = 2166136261u, kNameHashPrime = 16777619u; // FNV-1a

StrObject* const runtimeNames[] = {
#define KRAIT_NAME(identifier) &krn_##identifier,
#include "runtime/object/names.def"
#undef KRAIT_NAME
};

struct Table {
  StrObject** slots;
  size_t mask, used;
} table;

bool isEqual(const StrObject* a, const StrObject* b) {
  return a->length == b->length && a->kind == b->kind && !std::memcmp(a->data(), b->data(), static_cast<size_t>(a->length) * a->kind);
}

/// The string in the executable's data for which `equals`, or null.
template <class Equals> StrObject* findInProgram(uint32_t hash, Equals equals) {
  if (!&krt_program_names) return nullptr;
  const ProgramNames& names = krt_program_names;
  for (uint64_t i = ProgramNames::home(hash, names.count); names.entries[i]; i = i + 1 < names.count ? i + 1 : 0) {
    if (names.entries[i] >> 32 != hash) continue;
    auto* other = const_cast<StrObject*>(names.object(i));
    if (equals(other)) return other;
  }
  return nullptr;
}
StrObject* findInProgram(const StrObject* s, uint32_t hash) {
  return findInProgram(hash, [s](const StrObject* other) { return isEqual(other, s); });
}
/// The same for ASCII text; null for any other.
StrObject* findInProgram(std::string_view text) {
  uint32_t hash = kNameHashBasis;
  for (const char c : text) {
    if (c & 0x80) return nullptr;
    hash = (hash ^ static_cast<uint8_t>(c)) * kNameHashPrime;
  }
  return findInProgram(hash, [text](const StrObject* other) {
    return other->kind == 1 && static_cast<size_t>(other->length) == text.size() && !std::memcmp(other->data(), text.data(), text.size());
  });
}

/// The slot of an equal string, or the empty one where it belongs.
StrObject** findSlot(const StrObject* s, uint32_t hash) {
  for (size_t i = hash & table.mask;; i = (i + 1) & table.mask) {
    StrObject* other = table.slots[i];
    if (!other) return &table.slots[i];
    if (other == s || (other->nameHash == hash && isEqual(other, s))) return &table.slots[i];
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

/// A table at all. Without the linker's (the IR interpreter, unit tests) the runtime's names are its first entries.
bool makeTable() {
  if (&krt_program_names) return resize(256);
  if (!resize(2048)) return false;
  for (StrObject* s : runtimeNames) {
    *findSlot(s, s->nameHash) = s;
    ++table.used;
  }
  return true;
}

} // namespace

uint32_t strNameHash(StrObject* s) {
  if (s->flags & kStrNameHash) return s->nameHash;
  uint32_t h = kNameHashBasis;
  auto mix = [&h](uint8_t b) { h = (h ^ b) * kNameHashPrime; };
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
  const uint32_t hash = strNameHash(s);
  if (StrObject* known = findInProgram(s, hash)) {
    decref(owned);
    return strValue(known);
  }
  if ((!table.slots && !makeTable()) || !reserve())
    return owned; // out of memory: equal names then merely stay distinct
  StrObject** slot = findSlot(s, hash);
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
  // The runtime asks for the same few literals, at the same places, again and again.
  struct Literal {
    const char* text;
    StrObject* name; // immortal ASCII
  };
  static constinit Literal literals[256] = {};
  const auto place = reinterpret_cast<uint64_t>(utf8.data());
  Literal& known = literals[(place ^ place >> 8) % std::size(literals)];
  if (known.text == utf8.data() && static_cast<size_t>(known.name->length) == utf8.size() &&
      !std::memcmp(known.name->data(), utf8.data(), utf8.size()))
    return strValue(known.name);
  StrObject* inProgram = utf8.size() > 1 ? findInProgram(utf8) : nullptr;
  Value made = inProgram ? strValue(inProgram) : newStr(utf8);
  if (made && !inProgram) made = internStr(made);
  if (made && utf8.data() && asStr(made)->header.refs < 0 && asStr(made)->flags & kStrAscii) known = {utf8.data(), asStr(made)};
  return made;
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
