// The type lattice: joins and text.
#include "ir/core/type.h"

#include <cassert>
#include <charconv>

namespace krait::ir::core {

namespace {
constexpr std::string_view kNames[] = {
#define X(name, text) text,
    KRAIT_IR_TYPES(X)
#undef X
};
constexpr uint32_t kIndexed = Type::bit(TypeBit::Instance) | Type::bit(TypeBit::Function);
} // namespace

Type join(Type a, Type b) {
  if (a == b || b.repr == Repr::None) return a;
  if (a.repr == Repr::None) return b;
  assert(a.isWord() && b.isWord());
  Type made = Type::word(a.mask | b.mask);
  bool aIndexed = a.mask & kIndexed, bIndexed = b.mask & kIndexed;
  // An index survives only if everything it speaks about agrees.
  if (aIndexed && bIndexed) {
    if (a.cls == b.cls && (a.mask & kIndexed) == (b.mask & kIndexed)) {
      made.cls = a.cls;
      made.exact = a.exact && b.exact;
    }
  } else if (aIndexed) {
    made.cls = a.cls;
    made.exact = a.exact;
  } else if (bIndexed) {
    made.cls = b.cls;
    made.exact = b.exact;
  }
  return made;
}

bool covers(Type a, Type b) {
  if (!a.isWord() || !b.isWord()) return a == b;
  if (b.mask & ~a.mask) return false;
  if (!(b.mask & kIndexed) || a.cls == Type::kNoIndex) return true;
  return a.cls == b.cls && (!a.exact || b.exact);
}

std::string toText(Type type) {
  switch (type.repr) {
  case Repr::None: return "void";
  case Repr::I1: return "i1";
  case Repr::I32: return "i32";
  case Repr::I64: return "i64";
  case Repr::F64: return "f64";
  case Repr::Word: break;
  }
  if (type.mask == Type::object().mask && type.cls == Type::kNoIndex) return "object";
  if (type.mask == Type::kAllBits && type.cls == Type::kNoIndex) return "object|null";
  std::string text;
  auto add = [&](std::string_view part) {
    if (!text.empty()) text += '|';
    text += part;
  };
  uint32_t mask = type.mask;
  if ((mask & Type::integer().mask) == Type::integer().mask) {
    add("int");
    mask &= ~Type::integer().mask;
  }
  for (uint32_t i = 0; i < uint32_t(TypeBit::kCount); ++i) {
    if (!(mask & (1u << i))) continue;
    add(kNames[i]);
    if (((1u << i) & kIndexed) && type.cls != Type::kNoIndex)
      text += (type.exact ? "(=" : "(") + std::to_string(type.cls) + ")";
  }
  return text.empty() ? "never" : text;
}

bool parseType(std::string_view text, Type& type) {
  static constexpr std::pair<std::string_view, Repr> kRaw[] = {
      {"void", Repr::None}, {"i1", Repr::I1}, {"i32", Repr::I32}, {"i64", Repr::I64}, {"f64", Repr::F64}};
  for (auto& [name, repr] : kRaw)
    if (text == name) {
      type = Type::raw(repr);
      return true;
    }
  type = Type::word(0);
  if (text == "never") return true;
  while (!text.empty()) {
    size_t bar = text.find('|');
    std::string_view part = text.substr(0, bar);
    text = bar == std::string_view::npos ? std::string_view() : text.substr(bar + 1);
    if (size_t paren = part.find('('); paren != std::string_view::npos) {
      std::string_view index = part.substr(paren + 1);
      if (!index.ends_with(')')) return false;
      index.remove_suffix(1);
      if (index.starts_with('=')) {
        type.exact = true;
        index.remove_prefix(1);
      }
      if (std::from_chars(index.data(), index.data() + index.size(), type.cls).ptr != index.data() + index.size())
        return false;
      part = part.substr(0, paren);
    }
    if (part == "object") {
      type.mask |= Type::object().mask;
      continue;
    }
    if (part == "int") {
      type.mask |= Type::integer().mask;
      continue;
    }
    bool found = false;
    for (uint32_t i = 0; i < uint32_t(TypeBit::kCount); ++i)
      if (part == kNames[i]) {
        type.mask |= 1u << i;
        found = true;
      }
    if (!found) return false;
  }
  return true;
}

} // namespace krait::ir::core
