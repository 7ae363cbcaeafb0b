// A growing array of bytes for results of unknown size; encoders write through it.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>
#include "runtime/memory/alloc.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str_data.h"

namespace krait {

/// Out of memory drops everything and is remembered: take() then answers null, the error is set.
class ByteOutput {
public:
  ByteOutput() = default;
  ~ByteOutput() { if (data_ != local_) deallocate(data_); }
  ByteOutput(const ByteOutput&) = delete;
  ByteOutput& operator=(const ByteOutput&) = delete;
  /// Room for n more.
  bool reserve(int64_t n) {
    if (n <= capacity_ - size_) return true;
    return grow(n);
  }
  void add(uint8_t c) { if (reserve(1)) data_[size_++] = c; }
  void add(const void* p, int64_t n) {
    if (n > 0 && reserve(n)) {
      copyShortly(data_ + size_, p, static_cast<size_t>(n));
      size_ += n;
    }
  }
  void add(std::string_view s) { add(s.data(), static_cast<int64_t>(s.size())); }
  const uint8_t* data() const { return data_; }
  uint8_t* data() { return data_; }
  int64_t size() const { return size_; }
  void setSize(int64_t n) { size_ = n; }
  bool failed() const { return failed_; }
  Value take() { return failed_ ? Value() : newBytes(data_, static_cast<size_t>(size_)); }

private:
  bool grow(int64_t n) {
    if (failed_) return false;
    int64_t needed, capacity;
    if (__builtin_add_overflow(size_, n, &needed) || __builtin_add_overflow(needed, needed / 4, &capacity)) capacity = INT64_MAX;
    auto* fresh = static_cast<uint8_t*>(reallocate(data_ == local_ ? nullptr : data_, static_cast<size_t>(capacity)));
    if (!fresh) {
      failed_ = true;
      return false;
    }
    if (data_ == local_) std::memcpy(fresh, local_, static_cast<size_t>(size_));
    data_ = fresh;
    capacity_ = capacity;
    return true;
  }
  uint8_t local_[256];
  uint8_t* data_ = local_;
  int64_t size_ = 0, capacity_ = sizeof local_;
  bool failed_ = false;
};

} // namespace krait
