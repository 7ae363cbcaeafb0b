// A borrowed, immutable run of elements that lives in an Arena (or in static
// data). Two words; copying it copies no element.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>

namespace krait::frontend::base {

template <class T> class ArrayRef {
public:
  constexpr ArrayRef() = default;
  constexpr ArrayRef(const T* data, size_t size) : data_(data), size_(static_cast<uint32_t>(size)) {}

  constexpr const T* begin() const { return data_; }
  constexpr const T* end() const { return data_ + size_; }
  constexpr const T* data() const { return data_; }
  constexpr size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }

  constexpr const T& operator[](size_t i) const {
    assert(i < size_);
    return data_[i];
  }
  constexpr const T& front() const { return (*this)[0]; }
  constexpr const T& back() const { return (*this)[size_ - 1]; }

private:
  const T* data_ = nullptr;
  uint32_t size_ = 0;
};

} // namespace krait::frontend::base
