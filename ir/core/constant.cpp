// Interning of constants.
#include "ir/core/constant.h"

#include <bit>
#include <charconv>
#include <cstring>

namespace krait::ir::core {

namespace {
void appendRaw(std::string& key, const void* data, size_t size) { key.append(static_cast<const char*>(data), size); }

std::string keyOf(const Constant& c) {
  std::string key(1, static_cast<char>(c.kind));
  switch (c.kind) {
  case ConstantKind::Int:
  case ConstantKind::Code: appendRaw(key, &c.integer, sizeof c.integer); break;
  case ConstantKind::Float: appendRaw(key, &c.real, sizeof c.real); break;
  case ConstantKind::Complex:
    appendRaw(key, &c.real, sizeof c.real);
    appendRaw(key, &c.imaginary, sizeof c.imaginary);
    break;
  case ConstantKind::BigInt:
  case ConstantKind::Str:
  case ConstantKind::Bytes: key += c.text; break;
  case ConstantKind::Tuple:
  case ConstantKind::FrozenSet: appendRaw(key, c.elements.data(), c.elements.size() * sizeof(ConstantId)); break;
  default: break;
  }
  return key;
}
} // namespace

std::optional<uint64_t> unsignedNumber(const Constant& c) {
  if (c.kind == ConstantKind::Int && c.integer >= 0) return static_cast<uint64_t>(c.integer);
  if (c.kind != ConstantKind::BigInt) return std::nullopt;
  uint64_t number = 0;
  const char* end = c.text.data() + c.text.size();
  const auto [at, error] = std::from_chars(c.text.data(), end, number);
  return error == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

std::optional<uint64_t> remainderMask(const Constant& c) {
  if (const auto number = unsignedNumber(c)) return std::has_single_bit(*number) ? std::optional(*number - 1) : std::nullopt;
  constexpr const char* kAll = "18446744073709551616"; // 2^64
  return c.kind == ConstantKind::BigInt && c.text == kAll ? std::optional(~uint64_t{0}) : std::nullopt;
}

ConstantId ConstantTable::intern(Constant constant) {
  auto [at, isNew] = ids_.try_emplace(keyOf(constant), size());
  if (isNew) all_.push_back(std::move(constant));
  return at->second;
}

} // namespace krait::ir::core
