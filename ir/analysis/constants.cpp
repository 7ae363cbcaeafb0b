#include "ir/analysis/constants.h"

#include <cmath>

namespace krait::ir::analysis {

using namespace core;

namespace {
constexpr size_t kMaxText = 4096; // characters of a folded string: as CPython's limit for folded sequences

// Integers as the operators see them: bool is one.
std::optional<int64_t> asInt(const Constant& c) {
  if (c.kind == ConstantKind::Int) return c.integer;
  if (c.kind == ConstantKind::True) return 1;
  if (c.kind == ConstantKind::False) return 0;
  return std::nullopt;
}

Constant real(double v) { return {.kind = ConstantKind::Float, .real = v}; }
Constant truth(bool v) { return Constant::singleton(v ? ConstantKind::True : ConstantKind::False); }

// As a float, where the conversion is exact.
std::optional<double> asDouble(const Constant& c) {
  if (c.kind == ConstantKind::Float) return c.real;
  std::optional<int64_t> i = asInt(c);
  if (i && *i >= -(int64_t{1} << 53) && *i <= int64_t{1} << 53) return static_cast<double>(*i);
  return std::nullopt;
}

std::optional<Constant> intOperator(Op op, int64_t a, int64_t b) {
  int64_t made;
  switch (op) {
  case Op::BinaryAdd: return __builtin_add_overflow(a, b, &made) ? std::nullopt : std::optional(Constant::ofInt(made));
  case Op::BinarySub: return __builtin_sub_overflow(a, b, &made) ? std::nullopt : std::optional(Constant::ofInt(made));
  case Op::BinaryMul: return __builtin_mul_overflow(a, b, &made) ? std::nullopt : std::optional(Constant::ofInt(made));
  case Op::BinaryFloorDiv:
  case Op::BinaryMod: {
    if (b == 0 || b == -1) return std::nullopt; // raises; may overflow
    int64_t quotient = a / b, rest = a % b;
    if (rest != 0 && (rest < 0) != (b < 0)) --quotient, rest += b;
    return Constant::ofInt(op == Op::BinaryFloorDiv ? quotient : rest);
  }
  case Op::BinaryTrueDiv: {
    constexpr int64_t kExact = int64_t{1} << 53;
    if (b == 0 || a > kExact || a < -kExact || b > kExact || b < -kExact) return std::nullopt;
    return real(static_cast<double>(a) / static_cast<double>(b));
  }
  case Op::BinaryPow: {
    if (b < 0 || b > 62) return std::nullopt;
    made = 1;
    for (int64_t k = 0; k < b; ++k)
      if (__builtin_mul_overflow(made, a, &made)) return std::nullopt;
    return Constant::ofInt(made);
  }
  case Op::BinaryLShift:
    if (b < 0 || b > 62 || (a << b) >> b != a) return std::nullopt;
    return Constant::ofInt(a << b);
  case Op::BinaryRShift:
    if (b < 0) return std::nullopt;
    return Constant::ofInt(a >> std::min<int64_t>(b, 63));
  case Op::BinaryAnd: return Constant::ofInt(a & b);
  case Op::BinaryOr: return Constant::ofInt(a | b);
  case Op::BinaryXor: return Constant::ofInt(a ^ b);
  case Op::CompareLt: return truth(a < b);
  case Op::CompareLe: return truth(a <= b);
  case Op::CompareEq: return truth(a == b);
  case Op::CompareNe: return truth(a != b);
  case Op::CompareGt: return truth(a > b);
  case Op::CompareGe: return truth(a >= b);
  default: return std::nullopt;
  }
}

std::optional<Constant> floatOperator(Op op, double a, double b) {
  switch (op) {
  case Op::BinaryAdd: return real(a + b);
  case Op::BinarySub: return real(a - b);
  case Op::BinaryMul: return real(a * b);
  case Op::BinaryTrueDiv: return b == 0 ? std::nullopt : std::optional(real(a / b));
  case Op::CompareLt: return truth(a < b);
  case Op::CompareLe: return truth(a <= b);
  case Op::CompareEq: return truth(a == b);
  case Op::CompareNe: return truth(a != b);
  case Op::CompareGt: return truth(a > b);
  case Op::CompareGe: return truth(a >= b);
  default: return std::nullopt;
  }
}

std::optional<Constant> repeat(const Constant& text, int64_t times) {
  if (times < 0 || text.text.empty()) times = 0;
  if (times && static_cast<uint64_t>(times) > kMaxText / text.text.size()) return std::nullopt;
  Constant made{.kind = text.kind};
  for (int64_t k = 0; k < times; ++k) made.text += text.text;
  return made;
}

Op plainOf(Op op) {
  int n = static_cast<int>(op) - static_cast<int>(Op::InplaceAdd);
  return n >= 0 && op <= Op::InplaceMatMul ? offsetOp(Op::BinaryAdd, n) : op;
}
} // namespace

const Constant* constantOf(const Module& module, const Temp* t) {
  const Instruction* from = originOf(t);
  return from && from->is(Op::Const) ? &module.constants[from->index] : nullptr;
}

bool truthOf(const Constant& c) {
  switch (c.kind) {
  case ConstantKind::None:
  case ConstantKind::False: return false;
  case ConstantKind::Int: return c.integer != 0;
  case ConstantKind::Float: return c.real != 0;
  case ConstantKind::Complex: return c.real != 0 || c.imaginary != 0;
  case ConstantKind::Str:
  case ConstantKind::Bytes: return !c.text.empty();
  case ConstantKind::Tuple:
  case ConstantKind::FrozenSet: return !c.elements.empty();
  default: return true;
  }
}

std::optional<Constant> evaluateBinary(Op op, const Constant& left, const Constant& right) {
  op = plainOf(op);
  std::optional<int64_t> a = asInt(left), b = asInt(right);
  if (a && b) {
    bool bools = left.kind != ConstantKind::Int && right.kind != ConstantKind::Int;
    if (bools && (op == Op::BinaryAnd || op == Op::BinaryOr || op == Op::BinaryXor))
      return truth(op == Op::BinaryAnd ? *a & *b : op == Op::BinaryOr ? *a | *b : *a ^ *b);
    return intOperator(op, *a, *b);
  }
  if (left.kind == ConstantKind::Float || right.kind == ConstantKind::Float) {
    std::optional<double> x = asDouble(left), y = asDouble(right);
    if (x && y) return floatOperator(op, *x, *y);
  }
  if ((left.kind == ConstantKind::Complex || right.kind == ConstantKind::Complex) &&
      (op == Op::BinaryAdd || op == Op::BinarySub)) {
    bool leftComplex = left.kind == ConstantKind::Complex, rightComplex = right.kind == ConstantKind::Complex;
    std::optional<double> x = leftComplex ? std::optional(left.real) : asDouble(left);
    std::optional<double> y = rightComplex ? std::optional(right.real) : asDouble(right);
    if (!x || !y) return std::nullopt;
    double xi = leftComplex ? left.imaginary : 0, yi = rightComplex ? right.imaginary : 0;
    bool plus = op == Op::BinaryAdd;
    return Constant{.kind = ConstantKind::Complex, .real = plus ? *x + *y : *x - *y, .imaginary = plus ? xi + yi : xi - yi};
  }
  bool texts = left.kind == right.kind && (left.kind == ConstantKind::Str || left.kind == ConstantKind::Bytes);
  if (texts) {
    switch (op) {
    case Op::BinaryAdd:
      if (left.text.size() + right.text.size() > kMaxText) return std::nullopt;
      return Constant{.kind = left.kind, .text = left.text + right.text};
    case Op::CompareEq: return truth(left.text == right.text);
    case Op::CompareNe: return truth(left.text != right.text);
    default: return std::nullopt;
    }
  }
  auto isText = [](const Constant& c) { return c.kind == ConstantKind::Str || c.kind == ConstantKind::Bytes; };
  if (op == Op::BinaryMul && isText(left) && b) return repeat(left, *b);
  if (op == Op::BinaryMul && isText(right) && a) return repeat(right, *a);
  return std::nullopt;
}

std::optional<Constant> evaluateUnary(Op op, const Constant& value) {
  if (op == Op::UnaryNot) return truth(!truthOf(value));
  if (std::optional<int64_t> v = asInt(value)) {
    switch (op) {
    case Op::UnaryNeg: return *v == INT64_MIN ? std::nullopt : std::optional(Constant::ofInt(-*v));
    case Op::UnaryPos: return Constant::ofInt(*v);
    case Op::UnaryInvert: return Constant::ofInt(~*v);
    default: return std::nullopt;
    }
  }
  if (value.kind == ConstantKind::Float) {
    if (op == Op::UnaryNeg) return real(-value.real);
    if (op == Op::UnaryPos) return value;
  }
  if (value.kind == ConstantKind::Complex && op == Op::UnaryNeg)
    return Constant{.kind = ConstantKind::Complex, .real = -value.real, .imaginary = -value.imaginary};
  if (value.kind == ConstantKind::BigInt && op == Op::UnaryNeg) {
    Constant made{.kind = ConstantKind::BigInt};
    made.text = value.text[0] == '-' ? value.text.substr(1) : "-" + value.text;
    if (made.text == "-9223372036854775808") return Constant::ofInt(INT64_MIN);
    return made;
  }
  return std::nullopt;
}

std::optional<bool> knownCondition(const Module& module, const Temp* condition) {
  const Instruction* i = condition->definition;
  if (!i) return std::nullopt;
  switch (i->op) {
  case Op::BoolNot: {
    std::optional<bool> inner = knownCondition(module, i->operand(0));
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  case Op::Truth: {
    const Constant* c = constantOf(module, i->operand(0));
    return c ? std::optional(truthOf(*c)) : std::nullopt;
  }
  case Op::TestLt:
  case Op::TestLe:
  case Op::TestEq:
  case Op::TestNe:
  case Op::TestGt:
  case Op::TestGe: {
    const Constant *a = constantOf(module, i->operand(0)), *b = constantOf(module, i->operand(1));
    if (!a || !b) return std::nullopt;
    auto made = evaluateBinary(offsetOp(Op::CompareLt, static_cast<int>(i->op) - static_cast<int>(Op::TestLt)), *a, *b);
    return made ? std::optional(made->kind == ConstantKind::True) : std::nullopt;
  }
  case Op::Is: {
    // Singletons only: whether equal numbers or texts are one object is not decided here.
    const Constant *a = constantOf(module, i->operand(0)), *b = constantOf(module, i->operand(1));
    if (a && b && (a->isSingleton() || b->isSingleton())) return a->kind == b->kind;
    return std::nullopt;
  }
  default: return std::nullopt;
  }
}

} // namespace krait::ir::analysis
