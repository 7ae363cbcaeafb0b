#include "ir/analysis/effects.h"

namespace krait::ir::analysis {

using namespace core;

namespace {
constexpr uint32_t bit(TypeBit b) { return Type::bit(b); }
constexpr uint32_t kInts = bit(TypeBit::SmallInt) | bit(TypeBit::HeapInt) | bit(TypeBit::Bool);
constexpr uint32_t kNumbers = kInts | bit(TypeBit::Float);
constexpr uint32_t kTexts = bit(TypeBit::Str);
// Types whose truth is a length or a value that nobody can redefine.
constexpr uint32_t kPlainTruth = kNumbers | bit(TypeBit::NoneType) | bit(TypeBit::Complex) | bit(TypeBit::Str) |
                                 bit(TypeBit::Bytes) | bit(TypeBit::List) | bit(TypeBit::Tuple) | bit(TypeBit::Dict) |
                                 bit(TypeBit::Set) | bit(TypeBit::FrozenSet) | bit(TypeBit::Function) |
                                 bit(TypeBit::Cell) | bit(TypeBit::Slice);

bool both(const Instruction& i, uint32_t mask) {
  return i.operand(0)->type.isOnly(mask) && i.operand(1)->type.isOnly(mask);
}

enum class Behaviour : uint8_t { AsTheRowSays, RaisesOnly, Harmless };

Behaviour behaviourOf(const Instruction& i) {
  using enum Behaviour;
  switch (i.op) {
  case Op::TestLt:
  case Op::TestLe:
  case Op::TestGt:
  case Op::TestGe:
  case Op::CompareLt:
  case Op::CompareLe:
  case Op::CompareGt:
  case Op::CompareGe: return both(i, kNumbers) || both(i, kTexts) ? Harmless : AsTheRowSays;
  case Op::TestEq:
  case Op::TestNe:
  case Op::CompareEq:
  case Op::CompareNe: return both(i, kNumbers | kTexts | bit(TypeBit::NoneType) | bit(TypeBit::Bytes)) ? Harmless : AsTheRowSays;
  case Op::Truth:
  case Op::UnaryNot: return i.operand(0)->type.isOnly(kPlainTruth) ? Harmless : AsTheRowSays;
  case Op::UnaryNeg:
  case Op::UnaryPos:
    return i.operand(0)->type.isFloat() ? Harmless : i.operand(0)->type.isOnly(kNumbers) ? RaisesOnly : AsTheRowSays;
  case Op::BinaryAdd:
  case Op::BinarySub:
  case Op::BinaryMul:
  case Op::InplaceAdd:
  case Op::InplaceSub:
  case Op::InplaceMul:
    // int -> float conversion overflows; large ints may lack memory.
    return both(i, bit(TypeBit::Float)) ? Harmless : both(i, kNumbers) ? RaisesOnly : AsTheRowSays;
  case Op::BinaryTrueDiv:
  case Op::BinaryFloorDiv:
  case Op::BinaryMod:
  case Op::BinaryPow:
  case Op::BinaryLShift:
  case Op::BinaryRShift:
  case Op::BinaryAnd:
  case Op::BinaryOr:
  case Op::BinaryXor: return both(i, kNumbers) ? RaisesOnly : AsTheRowSays;
  default: return AsTheRowSays;
  }
}
} // namespace

bool mayRaise(const Instruction& i) { return core::mayRaise(i.op) && behaviourOf(i) != Behaviour::Harmless; }

bool mayRunCode(const Instruction& i) {
  if (i.is(Op::Kill)) return !i.operand(0)->type.isInert();
  return core::mayRunCode(i.op) && behaviourOf(i) == Behaviour::AsTheRowSays;
}

} // namespace krait::ir::analysis
