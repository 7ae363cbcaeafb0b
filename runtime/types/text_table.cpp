#include "runtime/types/text_table.h"

#include "runtime/memory/alloc.h"

namespace krait {

bool TextTable::grow() {
  const uint64_t capacity = entries_ ? (mask_ + 1) * 4 : 8;
  auto* fresh = static_cast<Entry*>(allocateZeroed(capacity * sizeof(Entry)));
  if (!fresh) return false;
  for (uint64_t i = 0; entries_ && i <= mask_; ++i) {
    if (!entries_[i].text) continue;
    auto at = static_cast<uint64_t>(entries_[i].hash);
    while (fresh[at & (capacity - 1)].text) ++at;
    fresh[at & (capacity - 1)] = entries_[i];
  }
  deallocate(entries_);
  entries_ = fresh;
  mask_ = capacity - 1;
  return true;
}

bool TextTable::enter(const char* kept, size_t n, uint8_t kind, int64_t hash, Value text) {
  if ((!entries_ || used_ * 3 >= mask_ * 2) && !grow()) return false;
  auto at = static_cast<uint64_t>(hash);
  while (entries_[at & mask_].text) ++at;
  entries_[at & mask_] = {newRef(text), hash, kept, static_cast<uint32_t>(n), kind};
  ++used_;
  return true;
}

bool TextTable::addText(int64_t hash, Value text) {
  const StrObject* s = asStr(text);
  const size_t n = static_cast<size_t>(s->length) * s->kind;
  return n > UINT32_MAX || enter(reinterpret_cast<const char*>(s->data()), n, s->kind, hash, text);
}

bool TextTable::add(const void* data, size_t n, uint8_t kind, int64_t hash, Value text) {
  const StrObject* s = asStr(text);
  if (n > UINT32_MAX) return true; // is not found again
  if (s->kind == kind && static_cast<size_t>(s->length) * kind == n && std::memcmp(s->data(), data, n) == 0) return addText(hash, text);
  auto* copy = static_cast<char*>(allocate(n));
  if (!copy) return false;
  std::memcpy(copy, data, n);
  if (enter(copy, n, kind, hash, text)) return true;
  deallocate(copy);
  return false;
}

void TextTable::forget() {
  constexpr uint64_t kLargestKept = 1024;
  const bool fits = mask_ < kLargestKept && used_ * 16 > mask_; // or going through it would cost more than making one
  for (uint64_t i = 0; used_; ++i) {
    Entry& e = entries_[i];
    if (!e.text) continue;
    if (ownsData(e)) deallocate(const_cast<char*>(e.data));
    decref(e.text);
    e.text = Value();
    --used_;
  }
  if (!fits) clear();
}

void TextTable::clear() {
  if (used_) forget();
  deallocate(entries_);
  entries_ = nullptr;
  mask_ = 0;
}

} // namespace krait
