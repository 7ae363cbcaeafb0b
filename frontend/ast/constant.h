// The value of a literal.
#pragma once

#include <cassert>
#include <cstdint>
#include <string_view>

namespace krait::frontend::ast {

enum class ConstantKind : uint8_t {
  None,
  True,
  False,
  Ellipsis,
  Int,     // fits int64_t: integer()
  BigInt,  // does not: digits() in base()
  Float,   // real()
  Complex, // real() is the imaginary part; the real part is 0.0
  Str,     // text(): WTF-8, that is UTF-8 in which lone surrogates may occur
  Bytes,   // text(): raw bytes
};

// Text is borrowed from the arena or the source buffer that the tree lives on.
class ConstantValue {
public:
  constexpr ConstantValue() : integer_(0) {}
  static constexpr ConstantValue singleton(ConstantKind kind) { return ConstantValue(kind); }
  static constexpr ConstantValue integer(int64_t value) {
    ConstantValue made(ConstantKind::Int);
    made.integer_ = value;
    return made;
  }
  // `digits` has neither prefix nor underscores nor leading zeros; base 2, 8, 10 or 16.
  static constexpr ConstantValue bigInteger(std::string_view digits, uint8_t base) {
    ConstantValue made(ConstantKind::BigInt);
    made.setText(digits);
    made.base_ = base;
    return made;
  }
  static constexpr ConstantValue real(double value) {
    ConstantValue made(ConstantKind::Float);
    made.real_ = value;
    return made;
  }
  static constexpr ConstantValue imaginary(double value) {
    ConstantValue made(ConstantKind::Complex);
    made.real_ = value;
    return made;
  }
  static constexpr ConstantValue str(std::string_view text, bool hasPrefixU = false) {
    ConstantValue made(ConstantKind::Str);
    made.setText(text);
    made.hasPrefixU_ = hasPrefixU;
    return made;
  }
  static constexpr ConstantValue bytes(std::string_view text) {
    ConstantValue made(ConstantKind::Bytes);
    made.setText(text);
    return made;
  }

  constexpr ConstantKind kind() const { return kind_; }
  constexpr bool isStr() const { return kind_ == ConstantKind::Str; }
  constexpr bool isBytes() const { return kind_ == ConstantKind::Bytes; }
  constexpr bool isNumber() const { return kind_ >= ConstantKind::Int && kind_ <= ConstantKind::Complex; }
  // Written u'…': the `kind` field of CPython's Constant.
  constexpr bool hasPrefixU() const { return hasPrefixU_; }

  constexpr int64_t integer() const {
    assert(kind_ == ConstantKind::Int);
    return integer_;
  }
  constexpr double real() const {
    assert(kind_ == ConstantKind::Float || kind_ == ConstantKind::Complex);
    return real_;
  }
  constexpr std::string_view text() const {
    assert(isStr() || isBytes());
    return {text_, size_};
  }
  constexpr std::string_view digits() const {
    assert(kind_ == ConstantKind::BigInt);
    return {text_, size_};
  }
  constexpr uint8_t base() const { return base_; }

private:
  constexpr explicit ConstantValue(ConstantKind kind) : kind_(kind), integer_(0) {}
  constexpr void setText(std::string_view text) {
    text_ = text.data();
    size_ = static_cast<uint32_t>(text.size());
  }

  ConstantKind kind_ = ConstantKind::None;
  uint8_t base_ = 0;
  bool hasPrefixU_ = false;
  uint32_t size_ = 0;
  union {
    int64_t integer_;
    double real_;
    const char* text_;
  };
};
static_assert(sizeof(ConstantValue) == 16);

} // namespace krait::frontend::ast
