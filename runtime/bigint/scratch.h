// Memory for intermediate results: on the stack when short, else malloc's.
#pragma once
#include <cstdlib>
#include <utility>
#include "runtime/bigint/limb.h"

namespace krait::bigint {

template <Size Inline = 256> class Scratch {
public:
  explicit Scratch(Size n)
      : data_(n <= Inline ? inline_
              : n > kMost ? nullptr
                          : static_cast<Limb*>(malloc(static_cast<size_t>(n) * sizeof(Limb)))) {}
  ~Scratch() {
    if (data_ != inline_) free(data_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  /// Null when there is no memory; nothing is raised.
  Limb* get() { return data_; }
  explicit operator bool() const { return data_; }

private:
  static constexpr Size kMost = Size{1} << 58;
  Limb inline_[Inline];
  Limb* data_;
};

} // namespace krait::bigint
