// Open addressing with the hash kept in the slot, so a probe touches the text
// only when 32 bits agree. The hash reads eight bytes at a time; it is not
// keyed: source text is not an adversary of the compiler's running time here.
#include "frontend/base/symbol.h"

#include <cstring>

namespace krait::frontend::base {

namespace {

uint64_t load(const char* from, size_t count) {
  uint64_t word = 0;
  std::memcpy(&word, from, count);
  return word;
}

uint32_t hashOf(std::string_view text) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  uint64_t hash = text.size() * kMultiplier;
  const char* at = text.data();
  size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    hash = (hash ^ load(at, 8)) * kMultiplier;
    hash ^= hash >> 32;
  }
  if (left != 0) hash = (hash ^ load(at, left)) * kMultiplier;
  return static_cast<uint32_t>(hash >> 32);
}

constexpr size_t kFirstSlots = 1024;

} // namespace

SymbolTable::SymbolTable() {
  slots_.resize(kFirstSlots);
  texts_.reserve(kFirstSlots / 2);
  texts_.push_back({});
#define KRAIT_SYMBOL(name, text) intern(text);
#include "frontend/base/symbols.def"
}

Symbol SymbolTable::intern(std::string_view text) {
  uint32_t hash = hashOf(text);
  size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  for (; slots_[at].id != 0; at = (at + 1) & mask)
    if (slots_[at].hash == hash && texts_[slots_[at].id] == text) return {slots_[at].id};
  auto id = static_cast<uint32_t>(texts_.size());
  texts_.push_back(arena_.copy(text));
  slots_[at] = {hash, id};
  if (texts_.size() * 2 > slots_.size()) grow();
  return {id};
}

void SymbolTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  size_t mask = slots_.size() - 1;
  for (Slot slot : old) {
    if (slot.id == 0) continue;
    size_t at = slot.hash & mask;
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

} // namespace krait::frontend::base
