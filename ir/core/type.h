// The type lattice. A type says which words a temporary may be: a union of
// exact builtin types, instances of one class, or a raw machine number. It may
// be larger than the truth, never smaller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait::ir::core {

enum class Repr : uint8_t { None, Word, I1, I32, I64, F64 };

// Bits of Type::mask: exact builtin types, except `instance` and `other`.
#define KRAIT_IR_TYPES(X)                                                                                      \
  X(Null, "null") X(NoneType, "none") X(Bool, "bool") X(SmallInt, "smallint") X(HeapInt, "heapint")            \
  X(Float, "float") X(Complex, "complex") X(Str, "str") X(Bytes, "bytes") X(List, "list") X(Tuple, "tuple")    \
  X(Dict, "dict") X(Set, "set") X(FrozenSet, "frozenset") X(Range, "range") X(Slice, "slice") X(Cell, "cell")  \
  X(Function, "function") X(Class, "type") X(Module, "module") X(Exception, "exception")                       \
  X(Generator, "generator") X(Iterator, "iterator") X(Instance, "instance") X(Other, "other")

enum class TypeBit : uint8_t {
#define X(name, text) name,
  KRAIT_IR_TYPES(X)
#undef X
  kCount
};

struct Type {
  Repr repr = Repr::None;
  bool exact = false;   // of `cls`: no subclasses
  uint32_t mask = 0;    // union of TypeBits; words only
  uint32_t cls = kNoIndex; // with Instance in mask: class number (Module::classes), kNoIndex: any
                           // with Function in mask alone: function number
  static constexpr uint32_t kNoIndex = ~0u;

  static constexpr uint32_t bit(TypeBit b) { return 1u << static_cast<uint32_t>(b); }
  static constexpr uint32_t kAllBits = (1u << static_cast<uint32_t>(TypeBit::kCount)) - 1;

  static constexpr Type none() { return {}; }
  static constexpr Type raw(Repr r) { return {r, false, 0, kNoIndex}; }
  static constexpr Type word(uint32_t mask) { return {Repr::Word, false, mask, kNoIndex}; }
  static constexpr Type of(TypeBit b) { return word(bit(b)); }
  // Any Python object; not null.
  static constexpr Type object() { return word(kAllBits & ~bit(TypeBit::Null)); }
  static constexpr Type objectOrNull() { return word(kAllBits); }
  static constexpr Type integer() { return word(bit(TypeBit::SmallInt) | bit(TypeBit::HeapInt)); }
  static constexpr Type instance(uint32_t cls, bool exact) {
    return {Repr::Word, exact, bit(TypeBit::Instance), cls};
  }

  constexpr bool isWord() const { return repr == Repr::Word; }
  constexpr bool isObject() const { return isWord() && (mask | bit(TypeBit::Null)) == kAllBits; }
  constexpr bool mayBe(TypeBit b) const { return mask & bit(b); }
  constexpr bool mayBeNull() const { return mayBe(TypeBit::Null); }
  constexpr bool isOnly(uint32_t bits) const { return isWord() && mask != 0 && (mask & ~bits) == 0; }
  constexpr bool isInt() const { return isOnly(integer().mask); }
  constexpr bool isFloat() const { return isOnly(bit(TypeBit::Float)); }
  // No pointer, or an object whose death cannot run code.
  constexpr bool isInert() const {
    return !isWord() || (mask & ~(bit(TypeBit::Null) | bit(TypeBit::NoneType) | bit(TypeBit::Bool) |
                                  integer().mask | bit(TypeBit::Float) | bit(TypeBit::Complex) |
                                  bit(TypeBit::Str) | bit(TypeBit::Bytes) | bit(TypeBit::Range))) == 0;
  }
  constexpr bool operator==(const Type&) const = default;
};

// Least upper bound. Both words, or equal.
Type join(Type a, Type b);
// Whether every word of `b` is one of `a`.
bool covers(Type a, Type b);
// "object", "int", "float|none", "instance(3)", "instance(=3)" (exact), "i64".
std::string toText(Type type);
// False if the text is no type.
bool parseType(std::string_view text, Type& type);

} // namespace krait::ir::core
