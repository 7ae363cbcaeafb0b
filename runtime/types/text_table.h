// Texts that a parser has met, and the str it made of each: the next time the object is found by the bytes in the input,
// and no other is made. Open addressing by a keyed hash: hashBytes(), which whoever made the str can keep in it, or hashForTable().
#pragma once
#include <cstddef>
#include <cstring>
#include "runtime/object/ref.h"
#include "runtime/types/str.h"

namespace krait {

class TextTable {
public:
  TextTable() = default;
  ~TextTable() { clear(); }
  TextTable(const TextTable&) = delete;
  TextTable& operator=(const TextTable&) = delete;

  /// What was added for these `n` bytes of characters of that kind, with their hashBytes(): borrowed, or null.
  Value find(const void* data, size_t n, uint8_t kind, int64_t hash) const {
    if (!used_) return Value();
    for (uint64_t i = static_cast<uint64_t>(hash);; ++i) {
      const Entry& e = entries_[i & mask_];
      if (!e.text) return Value();
      if (e.hash == hash && e.size == n && e.kind == kind && std::memcmp(e.data, data, n) == 0) return e.text;
    }
  }
  /// Adds what was not found, with a reference to `text`. False: MemoryError.
  bool add(const void* data, size_t n, uint8_t kind, int64_t hash, Value text);
  /// The same of a str and its own characters.
  bool addText(int64_t hash, Value text);
  void clear();
  /// The same, but the table stays for the next time, unless it was too large.
  void forget();

private:
  struct Entry {
    Value text;       // null: free
    int64_t hash;
    const char* data; // inside `text` if that has these very bytes, else a copy
    uint32_t size;
    uint8_t kind;
  };
  bool grow();
  bool enter(const char* kept, size_t n, uint8_t kind, int64_t hash, Value text);
  static bool ownsData(const Entry& e) { return e.data != reinterpret_cast<const char*>(asStr(e.text)->data()); }

  Entry* entries_ = nullptr;
  uint64_t mask_ = 0, used_ = 0;
};

} // namespace krait
