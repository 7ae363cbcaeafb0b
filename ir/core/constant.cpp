// Interning of constants.
#include "ir/core/constant.h"

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

ConstantId ConstantTable::intern(Constant constant) {
  auto [at, isNew] = ids_.try_emplace(keyOf(constant), size());
  if (isNew) all_.push_back(std::move(constant));
  return at->second;
}

} // namespace krait::ir::core
