// Chunks come from malloc and double from 16 KiB to 1 MiB, so that an arena for
// a short eval() stays small and one for a large module asks seldom.
#include "frontend/base/arena.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace krait::frontend::base {

namespace {
constexpr size_t kFirstChunk = size_t(16) << 10;
constexpr size_t kLargestChunk = size_t(1) << 20;
} // namespace

Arena::~Arena() {
  for (Chunk* chunk = chunks_; chunk != nullptr;) {
    Chunk* previous = chunk->previous;
    std::free(chunk);
    chunk = previous;
  }
}

void* Arena::allocateSlow(size_t size, size_t align) {
  size_t wanted = std::clamp(reserved_, kFirstChunk, kLargestChunk);
  size_t needed = sizeof(Chunk) + align + size;
  size_t bytes = std::max(wanted, needed);
  auto* chunk = static_cast<Chunk*>(std::malloc(bytes));
  if (chunk == nullptr) {
    std::fputs("error: out of memory\n", stderr);
    std::abort();
  }
  chunk->previous = chunks_;
  chunks_ = chunk;
  reserved_ += bytes;
  uintptr_t start = reinterpret_cast<uintptr_t>(chunk + 1);
  uintptr_t at = (start + align - 1) & ~(uintptr_t(align) - 1);
  cursor_ = at + size;
  limit_ = reinterpret_cast<uintptr_t>(chunk) + bytes;
  return reinterpret_cast<void*>(at);
}

} // namespace krait::frontend::base
