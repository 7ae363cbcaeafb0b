// Bump allocation. Everything made in an arena dies with it at once; no
// destructor is run, so only trivially destructible things belong here.
#pragma once

#include "frontend/base/array_ref.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace krait::frontend::base {

class Arena {
public:
  Arena() = default;
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Uninitialised memory that lives as long as the arena. Never null: running
  // out of memory ends the process with a message.
  void* allocate(size_t size, size_t align = alignof(void*)) {
    uintptr_t at = (cursor_ + align - 1) & ~(uintptr_t(align) - 1);
    if (at + size > limit_) return allocateSlow(size, align);
    cursor_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  template <class T> T* allocateArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
  }

  // A copy of `count` elements, owned by the arena.
  template <class T> ArrayRef<T> copy(const T* data, size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (count == 0) return {};
    T* to = allocateArray<T>(count);
    std::memcpy(static_cast<void*>(to), data, sizeof(T) * count);
    return {to, count};
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* to = allocateArray<char>(text.size());
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  // Bytes handed out by the system so far (for --stats and tests).
  size_t reserved() const { return reserved_; }

private:
  struct Chunk {
    Chunk* previous;
  };
  void* allocateSlow(size_t size, size_t align);

  uintptr_t cursor_ = 0;
  uintptr_t limit_ = 0;
  Chunk* chunks_ = nullptr;
  size_t reserved_ = 0;
};

} // namespace krait::frontend::base
