// Open addressing with the hash kept in the slot, so a probe touches the text
// only when 32 bits agree. The hash reads eight bytes at a time; it is not
// keyed: source text is not an adversary of the compiler's running time here.
#include "frontend/base/symbol.h"

#include <cstring>
#include <string>

namespace krait::frontend::base {

namespace {

// The first `count` (1 to 8) of eight readable bytes.
uint64_t loadMasked(const char* from, size_t count) {
  uint64_t word;
  std::memcpy(&word, from, 8);
  return word & (~uint64_t(0) >> (64 - 8 * count));
}

uint32_t hashPadded(const char* at, size_t size) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  uint64_t hash = size * kMultiplier;
  for (; size > 8; at += 8, size -= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  }
  if (size != 0) hash = (hash ^ loadMasked(at, size)) * kMultiplier;
  return static_cast<uint32_t>(hash >> 32);
}

// Both texts have seven readable bytes after them.
bool equalPadded(const char* a, const char* b, size_t size) {
  for (; size > 8; a += 8, b += 8, size -= 8)
    if (std::memcmp(a, b, 8) != 0) return false;
  return size == 0 || loadMasked(a, size) == loadMasked(b, size);
}

constexpr size_t kPadding = 8;
constexpr size_t kFirstSlots = 1024;

// Those of symbols.def by id, each followed by padding.
constexpr std::string_view kKnown[] = {
    {},
#define KRAIT_SYMBOL(name, text) {text "\0\0\0\0\0\0\0", sizeof(text) - 1},
#include "frontend/base/symbols.def"
};

} // namespace

SymbolTable::SymbolTable() {
  // Where the known ones go is found once: a short eval() is most of a table's users.
  static const auto& known = *[] {
    auto* slots = new std::vector<Slot>(kFirstSlots);
    for (uint32_t id = 1; id < std::size(kKnown); ++id) {
      const uint32_t hash = hashPadded(kKnown[id].data(), kKnown[id].size());
      size_t at = hash & (kFirstSlots - 1);
      while ((*slots)[at].id != 0) at = (at + 1) & (kFirstSlots - 1);
      (*slots)[at] = {hash, id};
    }
    return slots;
  }();
  slots_ = known;
  texts_.reserve(kFirstSlots / 2);
  texts_.assign(std::begin(kKnown), std::end(kKnown));
}

Symbol SymbolTable::internPadded(const char* text, size_t size) {
  uint32_t hash = hashPadded(text, size);
  size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  for (; slots_[at].id != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != hash) continue;
    std::string_view known = texts_[slots_[at].id];
    if (known.size() == size && equalPadded(known.data(), text, size)) return {slots_[at].id};
  }
  return add({text, size}, hash, at);
}

Symbol SymbolTable::intern(std::string_view text) {
  char small[64];
  if (text.size() <= sizeof small - kPadding) {
    std::memset(small, 0, sizeof small);
    if (!text.empty()) std::memcpy(small, text.data(), text.size());
    return internPadded(small, text.size());
  }
  std::string large(text);
  large.append(kPadding, '\0');
  return internPadded(large.data(), text.size());
}

Symbol SymbolTable::add(std::string_view text, uint32_t hash, size_t at) {
  char* copy = arena_.allocateArray<char>(text.size() + kPadding);
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  std::memset(copy + text.size(), 0, kPadding);
  auto id = static_cast<uint32_t>(texts_.size());
  texts_.push_back({copy, text.size()});
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
