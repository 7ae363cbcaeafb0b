// The bytes of one C++ object as an LLVM constant. Fields are named by their
// member pointers, so every offset comes from the header that the runtime
// reads, and a field cannot be misplaced. All images are arrays of 64-bit words;
// addresses are words too (ptrtoint), which the object file holds as relocations.
#pragma once
#include <cstring>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DerivedTypes.h>
#include <string_view>
#include <vector>

namespace krait::codegen::layout {

class WordImage {
public:
  WordImage(llvm::LLVMContext& context, size_t bytes);
  void putBytes(size_t offset, const void* data, size_t size) { std::memcpy(bytes() + offset, data, size); }
  /// A pointer or an i64 constant, at a multiple of 8.
  void putWord(size_t offset, llvm::Constant* c);
  size_t wordCount() const { return words_.size(); }
  llvm::Constant* build() const;

private:
  char* bytes() { return reinterpret_cast<char*>(words_.data()); }
  llvm::LLVMContext& context_;
  std::vector<uint64_t> words_;
  std::vector<llvm::Constant*> symbols_; // empty, or one per word: null where words_ has the value
};

/// `prefix` bytes before, `extra` bytes after the object.
template <class T> class StaticImage {
public:
  explicit StaticImage(llvm::LLVMContext& context, size_t prefix = 0, size_t extra = 0)
      : image_(context, prefix + sizeof(T) + extra), prefix_(prefix) {}

  template <class O, class F, class V> void set(F O::* member, const V& value) {
    F field = static_cast<F>(value);
    image_.putBytes(prefix_ + offsetOf(member), &field, sizeof field);
  }
  template <class O, class F> void address(F O::* member, llvm::Constant* c) {
    static_assert(sizeof(F) == 8);
    if (c) image_.putWord(prefix_ + offsetOf(member), c);
  }
  /// A word at a byte offset from the object's address.
  void addressAt(size_t offset, llvm::Constant* c) { image_.putWord(prefix_ + offset, c); }
  void bytesAt(size_t offset, const void* data, size_t size) { image_.putBytes(prefix_ + offset, data, size); }
  llvm::Constant* build() const { return image_.build(); }

  template <class O, class F> static size_t offsetOf(F O::* member) {
    alignas(T) static char storage[sizeof(T)];
    return static_cast<size_t>(reinterpret_cast<char*>(&(reinterpret_cast<T*>(storage)->*member)) - storage);
  }

private:
  WordImage image_;
  size_t prefix_;
};

} // namespace krait::codegen::layout
