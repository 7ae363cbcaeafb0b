// A hash table from numbers to small values, for one that is filled and dropped again and again: open addressing, a power of two of places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace krait::frontend::parse {

template <class T> class MemoTable {
public:
  /// Null if nothing is kept under the key; good until the next `set`.
  const T* find(uint64_t key) const {
    if (places_.empty()) return nullptr;
    const Place& place = places_[placeOf(key)];
    return place.key ? &place.value : nullptr;
  }
  void set(uint64_t key, T value) {
    if (2 * count_ >= places_.size()) grow();
    Place& place = places_[placeOf(key)];
    count_ += place.key == 0;
    place = {key + 1, value};
  }
  void clear() {
    places_.clear();
    count_ = 0;
  }

private:
  struct Place {
    uint64_t key = 0; // one more than it; 0: free
    T value{};
  };
  static constexpr size_t kFirstPlaces = 128;

  size_t placeOf(uint64_t key) const {
    const size_t mask = places_.size() - 1;
    size_t at = static_cast<size_t>((key * 0x9e3779b97f4a7c15ull) >> 32) & mask;
    while (places_[at].key && places_[at].key != key + 1) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Place> old(places_.empty() ? kFirstPlaces : 2 * places_.size());
    old.swap(places_);
    for (const Place& place : old)
      if (place.key) places_[placeOf(place.key - 1)] = place;
  }

  std::vector<Place> places_;
  size_t count_ = 0;
};

} // namespace krait::frontend::parse
