// The table of docs.def and library_docs.def has an index, sorted when the runtime is compiled: a program that starts asks for the texts of all
// types and native modules that it uses, and would otherwise read the whole table for each.
#include "runtime/object/docs.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <string_view>

#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct Doc { const char *owner, *name, *text; };
constexpr Doc kDocs[] = {
#define KRAIT_DOC(owner, name, text) {owner, name, text},
#include "runtime/object/library_docs.def" // docs.def ends the macro
#include "runtime/object/docs.def"
};

struct Like { const char *owner, *other; };
constexpr Like kLike[] = {
#define KRAIT_DOC(owner, name, text)
#define KRAIT_DOC_LIKE(owner, other) {owner, other},
#include "runtime/object/docs.def"
};

constexpr uint32_t hashOf(std::string_view owner, std::string_view name) {
  uint32_t hash = 2166136261u;
  for (const std::string_view part : {owner, name}) {
    for (const char c : part) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
    hash = (hash ^ 0xff) * 16777619u; // in no name
  }
  return hash;
}

struct IndexEntry {
  uint32_t hash;
  uint16_t row;
  constexpr bool operator<(const IndexEntry& other) const { return hash != other.hash ? hash < other.hash : row < other.row; }
};
constexpr auto kIndex = [] {
  std::array<IndexEntry, std::size(kDocs)> index;
  for (uint16_t row = 0; row < std::size(kDocs); ++row) index[row] = {hashOf(kDocs[row].owner, kDocs[row].name), row};
  std::ranges::sort(index, std::less<IndexEntry>());
  return index;
}();

} // namespace

const char* docOf(const char* owner, const char* name) {
  const uint32_t hash = hashOf(owner, name);
  for (const auto* entry = std::lower_bound(kIndex.begin(), kIndex.end(), IndexEntry{hash, 0}); entry != kIndex.end() && entry->hash == hash; ++entry) {
    const Doc& d = kDocs[entry->row];
    if (!strcmp(d.owner, owner) && !strcmp(d.name, name)) return d.text;
  }
  if (!*name) return nullptr; // a type is described by its own text only
  for (const Like& l : kLike)
    if (!strcmp(l.owner, owner))
      if (const char* text = docOf(l.other, name)) return text;
  return nullptr;
}

const char* docOfMethod(const Type* t, const char* name) {
  for (; t; t = t->base)
    if (!isHeapType(t))
      if (const char* text = docOf(t->name, name)) return text;
  return nullptr;
}

const char* typeDoc(const Type* t) { return t->doc ? t->doc : docOf(t->name, ""); }

bool describesCall(const char* text) {
  const size_t head = text ? strcspn(text, "( \n") : 0;
  return head && text[head] == '(';
}

Value docValue(const char* text) { return text ? newStr(text) : newRef(none()); }

} // namespace krait
