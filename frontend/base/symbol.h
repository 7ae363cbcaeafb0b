// Interned names. A Symbol is a number; equal names of one SymbolTable have
// equal numbers. Id 0 is "no name".
#pragma once

#include "frontend/base/arena.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace krait::frontend::base {

struct Symbol {
  uint32_t id = 0;

  constexpr explicit operator bool() const { return id != 0; }
  constexpr bool operator==(const Symbol&) const = default;
};

// The symbols of symbols.def: `sym::If`, `sym::DunderClass`, …
namespace sym {
namespace detail {
enum : uint32_t {
  kNone,
#define KRAIT_SYMBOL(name, text) k##name##Id,
#include "frontend/base/symbols.def"
  kCount
};
} // namespace detail
#define KRAIT_SYMBOL(name, text) inline constexpr Symbol name{detail::k##name##Id};
#include "frontend/base/symbols.def"
inline constexpr uint32_t kLastKeyword = Yield.id;
inline constexpr uint32_t kKnownCount = detail::kCount; // ids below this are in symbols.def
} // namespace sym

constexpr bool isKeyword(Symbol symbol) { return symbol.id - 1 < sym::kLastKeyword; }

class SymbolTable {
public:
  SymbolTable();
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;

  // Copies the text if it is new. UTF-8 (WTF-8 where a name came from a str).
  Symbol intern(std::string_view text);
  // The same for text after which seven more bytes can be read (any value).
  Symbol internPadded(const char* text, size_t size);
  // Valid as long as the table. The empty text for id 0.
  std::string_view text(Symbol symbol) const { return texts_[symbol.id]; }
  size_t size() const { return texts_.size(); }

private:
  struct Slot {
    uint32_t hash;
    uint32_t id; // 0: free
  };
  void grow();
  Symbol add(std::string_view text, uint32_t hash, size_t at);

  Arena arena_;
  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_; // power of two, linear probing, at most half full
};

} // namespace krait::frontend::base

template <> struct std::hash<krait::frontend::base::Symbol> {
  size_t operator()(krait::frontend::base::Symbol symbol) const { return symbol.id * size_t(0x9E3779B97F4A7C15); }
};
