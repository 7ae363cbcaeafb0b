// A growing array of bytes for results of unknown size that are made without the GIL:
// ByteOutput (byte_output.h) for those who hold it. Raises nothing: out of memory is an
// answer of open(), and its caller's error.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace krait {

class RawOutput {
public:
  RawOutput() = default;
  ~RawOutput() { std::free(data_); }
  RawOutput(const RawOutput&) = delete;
  RawOutput& operator=(const RawOutput&) = delete;

  /// Room for `n` bytes more, to be written before commit(); null: there is none.
  uint8_t* open(size_t n) {
    if (!data_ || n > capacity_ - size_) {
      size_t needed;
      if (__builtin_add_overflow(size_, n, &needed)) return nullptr;
      void* grown = std::realloc(data_, std::max<size_t>(needed, 1));
      if (!grown) return nullptr;
      data_ = static_cast<uint8_t*>(grown);
      capacity_ = needed;
    }
    return data_ + size_;
  }
  void commit(size_t written) { size_ += written; }
  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }

private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

} // namespace krait
