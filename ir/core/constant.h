// Compile-time values. A module's constants are numbered and distinct: equal
// type and value (with the sign of zero, and element by element) is one
// number, as CPython merges the constants of one file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait::ir::core {

using ConstantId = uint32_t;

enum class ConstantKind : uint8_t {
  None, True, False, Ellipsis,
  Int,       // integer
  BigInt,    // text: decimal digits with an optional leading '-'
  Float,     // real
  Complex,   // real, imaginary
  Str,       // text: WTF-8
  Bytes,     // text
  Tuple,     // elements
  FrozenSet, // elements, in the order written
  Code,      // integer: function number
};

struct Constant {
  ConstantKind kind = ConstantKind::None;
  int64_t integer = 0;
  double real = 0, imaginary = 0;
  std::string text = {};
  std::vector<ConstantId> elements = {};

  bool isSingleton() const { return kind <= ConstantKind::Ellipsis; }

  static Constant singleton(ConstantKind kind) { return {.kind = kind}; }
  static Constant ofInt(int64_t v) { return {.kind = ConstantKind::Int, .integer = v}; }
  static Constant ofStr(std::string_view v) { return {.kind = ConstantKind::Str, .text = std::string(v)}; }
};

/// An int from 0 to 2^64 - 1.
std::optional<uint64_t> unsignedNumber(const Constant& c);
/// Of an int 2^n, n from 0 to 64: 2^n - 1, which a remainder by it leaves at the most.
std::optional<uint64_t> remainderMask(const Constant& c);

class ConstantTable {
public:
  ConstantId intern(Constant constant);
  ConstantId intern(ConstantKind singleton) { return intern(Constant::singleton(singleton)); }
  ConstantId internStr(std::string_view text) { return intern(Constant::ofStr(text)); }
  ConstantId internInt(int64_t v) { return intern(Constant::ofInt(v)); }
  ConstantId internTuple(std::vector<ConstantId> elements) {
    return intern(Constant{.kind = ConstantKind::Tuple, .elements = std::move(elements)});
  }
  const Constant& operator[](ConstantId id) const { return all_[id]; }
  uint32_t size() const { return static_cast<uint32_t>(all_.size()); }

private:
  std::vector<Constant> all_;
  std::unordered_map<std::string, ConstantId> ids_; // by a key text of kind and value
};

} // namespace krait::ir::core
