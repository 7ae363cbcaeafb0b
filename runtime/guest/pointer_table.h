// A map from addresses to words: open addressing with linear probing; removal closes the gap.
#pragma once
#include <cstdint>
#include <cstdlib>

namespace krait::guest {

class PointerTable {
public:
  /// The word entered under `key`, or 0.
  uint64_t find(const void* key) const {
    if (!count_) return 0;
    for (size_t i = home(key);; i = (i + 1) & mask_) {
      if (rows_[i].key == key) return rows_[i].word;
      if (!rows_[i].key) return 0;
    }
  }
  void put(const void* key, uint64_t word) {
    if (2 * (count_ + 1) > mask_) grow();
    size_t i = home(key);
    while (rows_[i].key && rows_[i].key != key) i = (i + 1) & mask_;
    count_ += !rows_[i].key;
    rows_[i] = {key, word};
  }
  void remove(const void* key) {
    if (!count_) return;
    size_t i = home(key);
    while (rows_[i].key != key) {
      if (!rows_[i].key) return;
      i = (i + 1) & mask_;
    }
    --count_;
    for (size_t next = i;;) {
      rows_[i].key = nullptr;
      for (;;) {
        next = (next + 1) & mask_;
        if (!rows_[next].key) return;
        // May it move to i? Only if its home is not between.
        if (((next - home(rows_[next].key)) & mask_) >= ((next - i) & mask_)) break;
      }
      rows_[i] = rows_[next];
      i = next;
    }
  }
  size_t count() const { return count_; }

private:
  struct Row {
    const void* key;
    uint64_t word;
  };
  size_t home(const void* key) const { return (reinterpret_cast<uintptr_t>(key) >> 4) * 0x9E3779B97F4A7C15u >> 20 & mask_; }
  void grow() {
    Row* old = rows_;
    const size_t size = mask_ ? mask_ + 1 : 0;
    mask_ = size ? 2 * size - 1 : 63;
    rows_ = static_cast<Row*>(calloc(mask_ + 1, sizeof(Row)));
    if (!rows_) abort();
    for (size_t i = 0; i < size; ++i) {
      if (!old[i].key) continue;
      size_t to = home(old[i].key);
      while (rows_[to].key) to = (to + 1) & mask_;
      rows_[to] = old[i];
    }
    free(old);
  }

  Row* rows_ = nullptr;
  size_t mask_ = 0, count_ = 0;
};

} // namespace krait::guest
