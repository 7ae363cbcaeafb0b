// Constant folding. Where an operation would raise, or its result would exceed
// CPython's limits of size (or 126 bits), nothing is folded.
#include "ir/build/fold.h"

#include "frontend/ast/repr.h"

#include <algorithm>
#include <cmath>

namespace krait::ir::build {

using namespace frontend::ast;
using core::Constant;
using core::ConstantId;
using Kind = core::ConstantKind;
using frontend::ast::Operator;

namespace {

constexpr size_t kMaxStr = 4096, kMaxCollection = 256;
constexpr __int128 kLimit = __int128{1} << 126;

std::string decimal(__int128 v) {
  bool negative = v < 0;
  unsigned __int128 u = negative ? -static_cast<unsigned __int128>(v) : static_cast<unsigned __int128>(v);
  std::string text;
  do text += static_cast<char>('0' + static_cast<int>(u % 10));
  while ((u /= 10) != 0);
  if (negative) text += '-';
  std::reverse(text.begin(), text.end());
  return text;
}

// An int of at most 126 bits.
std::optional<__int128> wideInt(const Constant& c) {
  if (c.kind == Kind::Int) return c.integer;
  if (c.kind == Kind::True || c.kind == Kind::False) return c.kind == Kind::True;
  if (c.kind != Kind::BigInt || c.text.size() > 38) return std::nullopt;
  __int128 v = 0;
  for (char digit : c.text)
    if (digit != '-') v = v * 10 + (digit - '0');
  if (v >= kLimit) return std::nullopt;
  return c.text[0] == '-' ? -v : v;
}
bool isInt(const Constant& c) { return c.kind == Kind::Int || c.kind == Kind::True || c.kind == Kind::False; }
int64_t intOf(const Constant& c) { return c.kind == Kind::Int ? c.integer : c.kind == Kind::True; }
bool isReal(const Constant& c) { return isInt(c) || c.kind == Kind::Float; }
double realOf(const Constant& c) { return c.kind == Kind::Float ? c.real : static_cast<double>(intOf(c)); }

int bitLength(__int128 v) {
  unsigned __int128 u = v < 0 ? -static_cast<unsigned __int128>(v) : static_cast<unsigned __int128>(v);
  int n = 0;
  for (; u; u >>= 1) ++n;
  return n;
}

} // namespace

ConstantId Folder::constant(const ConstantValue& v) {
  using From = frontend::ast::ConstantKind;
  switch (v.kind()) {
  case From::None: return table_.intern(Kind::None);
  case From::True: return table_.intern(Kind::True);
  case From::False: return table_.intern(Kind::False);
  case From::Ellipsis: return table_.intern(Kind::Ellipsis);
  case From::Int: return table_.internInt(v.integer());
  case From::BigInt: return table_.intern({.kind = Kind::BigInt, .text = toDecimal(v.digits(), v.base())});
  case From::Float: return table_.intern({.kind = Kind::Float, .real = v.real()});
  case From::Complex: return table_.intern({.kind = Kind::Complex, .imaginary = v.real()});
  case From::Str: return table_.internStr(v.text());
  case From::Bytes: return table_.intern({.kind = Kind::Bytes, .text = std::string(v.text())});
  }
  return 0;
}

bool Folder::truth(ConstantId id) const {
  const Constant& c = table_[id];
  switch (c.kind) {
  case Kind::None:
  case Kind::False: return false;
  case Kind::Int: return c.integer != 0;
  case Kind::Float: return c.real != 0;
  case Kind::Complex: return c.real != 0 || c.imaginary != 0;
  case Kind::Str:
  case Kind::Bytes: return !c.text.empty();
  case Kind::Tuple:
  case Kind::FrozenSet: return !c.elements.empty();
  default: return true;
  }
}

std::optional<ConstantId> Folder::fold(const Expr* e) {
  if (memo_[e->index] == kUnknown) {
    Result made = compute(e);
    memo_[e->index] = made.value_or(kNotConstant);
  }
  if (memo_[e->index] == kNotConstant) return std::nullopt;
  return memo_[e->index];
}

Folder::Result Folder::compute(const Expr* e) {
  switch (e->kind) {
  case NodeKind::Constant: return constant(e->as<frontend::ast::Constant>()->value);
  case NodeKind::Name:
    if (e->as<Name>()->ctx == ExprContext::Load && e->as<Name>()->id == frontend::base::sym::DunderDebug)
      return table_.intern(optimize_ ? Kind::False : Kind::True);
    return std::nullopt;
  case NodeKind::UnaryOp: {
    Result operand = fold(e->as<UnaryOp>()->operand);
    return operand ? unary(e->as<UnaryOp>()->op, *operand) : std::nullopt;
  }
  case NodeKind::BinOp: {
    const BinOp* n = e->as<BinOp>();
    Result left = fold(n->left);
    if (!left) return std::nullopt;
    Result right = fold(n->right);
    return right ? binary(n->op, *left, *right) : std::nullopt;
  }
  case NodeKind::Tuple:
    if (e->as<Tuple>()->ctx != ExprContext::Load) return std::nullopt;
    return elements(e->as<Tuple>()->elts, Kind::Tuple);
  case NodeKind::Subscript: {
    const Subscript* n = e->as<Subscript>();
    if (n->ctx != ExprContext::Load) return std::nullopt;
    Result value = fold(n->value);
    if (!value) return std::nullopt;
    Result index = fold(n->slice);
    if (!index) return std::nullopt;
    Constant v = table_[*value], i = table_[*index];
    return subscript(v, i);
  }
  default: return std::nullopt;
  }
}

Folder::Result Folder::elements(ListOf<Expr> list, Kind kind) {
  std::vector<ConstantId> ids;
  for (const Expr* e : list) {
    Result one = fold(e);
    if (!one) return std::nullopt;
    ids.push_back(*one);
  }
  return table_.intern({.kind = kind, .elements = std::move(ids)});
}

std::optional<ConstantId> Folder::foldItems(const Expr* e) {
  if (const List* n = e->tryAs<List>()) return elements(n->elts, Kind::Tuple);
  if (const Set* n = e->tryAs<Set>()) return elements(n->elts, Kind::FrozenSet);
  return std::nullopt;
}

Folder::Result Folder::integer(__int128 v) {
  if (v >= INT64_MIN && v <= INT64_MAX) return table_.internInt(static_cast<int64_t>(v));
  return table_.intern({.kind = Kind::BigInt, .text = decimal(v)});
}
Folder::Result Folder::real(double v) { return table_.intern({.kind = Kind::Float, .real = v}); }

Folder::Result Folder::unary(UnaryOperator op, ConstantId id) {
  Constant c = table_[id];
  switch (op) {
  case UnaryOperator::Not:
    return table_.intern(truth(id) ? Kind::False : Kind::True);
  case UnaryOperator::Invert:
    if (auto wide = wideInt(c)) return integer(~*wide);
    return std::nullopt;
  case UnaryOperator::UAdd:
    if (isInt(c)) return table_.internInt(intOf(c));
    if (c.kind == Kind::BigInt || c.kind == Kind::Float || c.kind == Kind::Complex) return id;
    return std::nullopt;
  case UnaryOperator::USub:
    if (isInt(c)) return integer(-__int128{intOf(c)});
    if (c.kind == Kind::Float) return real(-c.real);
    if (c.kind == Kind::Complex) return table_.intern({.kind = Kind::Complex, .real = -c.real, .imaginary = -c.imaginary});
    if (c.kind == Kind::BigInt) {
      if (c.text == "9223372036854775808") return table_.internInt(INT64_MIN);
      return table_.intern({.kind = Kind::BigInt, .text = c.text[0] == '-' ? c.text.substr(1) : "-" + c.text});
    }
    return std::nullopt;
  }
  return std::nullopt;
}

Folder::Result Folder::binary(Operator op, ConstantId leftId, ConstantId rightId) {
  Constant a = table_[leftId], b = table_[rightId];
  auto isBool = [](const Constant& c) { return c.kind == Kind::True || c.kind == Kind::False; };
  if (isBool(a) && isBool(b)) {
    bool x = a.kind == Kind::True, y = b.kind == Kind::True;
    auto boolean = [&](bool v) { return table_.intern(v ? Kind::True : Kind::False); };
    if (op == Operator::BitAnd) return boolean(x && y);
    if (op == Operator::BitOr) return boolean(x || y);
    if (op == Operator::BitXor) return boolean(x != y);
  }
  auto wideA = wideInt(a), wideB = wideInt(b);
  if (wideA && wideB) return integers(op, *wideA, *wideB);
  if (isReal(a) && isReal(b)) return floats(op, realOf(a), realOf(b));
  if ((isReal(a) || a.kind == Kind::Complex) && (isReal(b) || b.kind == Kind::Complex)) return complexes(op, a, b);
  auto isSequence = [](const Constant& c) { return c.kind == Kind::Str || c.kind == Kind::Bytes || c.kind == Kind::Tuple; };
  if (op == Operator::Add && a.kind == b.kind && isSequence(a)) {
    a.text += b.text;
    a.elements.insert(a.elements.end(), b.elements.begin(), b.elements.end());
    return table_.intern(std::move(a));
  }
  if (op == Operator::Mult && isInt(a) && isSequence(b)) return repeat(b, intOf(a));
  if (op == Operator::Mult && isInt(b) && isSequence(a)) return repeat(a, intOf(b));
  return std::nullopt;
}

Folder::Result Folder::repeat(const Constant& sequence, int64_t count) {
  size_t size = sequence.kind == Kind::Tuple ? sequence.elements.size() : sequence.text.size();
  size_t limit = sequence.kind == Kind::Tuple ? kMaxCollection : kMaxStr;
  if (size && (count < 0 || static_cast<uint64_t>(count) > limit / size)) return std::nullopt;
  Constant made{.kind = sequence.kind};
  for (int64_t i = 0; size && i < count; ++i) {
    made.text += sequence.text;
    made.elements.insert(made.elements.end(), sequence.elements.begin(), sequence.elements.end());
  }
  return table_.intern(std::move(made));
}

Folder::Result Folder::integers(Operator op, __int128 a, __int128 b) {
  switch (op) {
  case Operator::Add: return integer(a + b);
  case Operator::Sub: return integer(a - b);
  case Operator::Mult:
    if (bitLength(a) + bitLength(b) > 126) return std::nullopt;
    return integer(a * b);
  case Operator::Div: {
    constexpr __int128 kExact = __int128{1} << 53;
    if (b == 0 || a > kExact || a < -kExact || b > kExact || b < -kExact) return std::nullopt;
    return real(static_cast<double>(a) / static_cast<double>(b));
  }
  case Operator::FloorDiv:
  case Operator::Mod: {
    if (b == 0) return std::nullopt;
    __int128 quotient = a / b, rest = a % b;
    if (rest != 0 && (rest < 0) != (b < 0)) --quotient, rest += b;
    return integer(op == Operator::Mod ? rest : quotient);
  }
  case Operator::Pow: {
    if (b < 0) return a == 0 ? std::nullopt : floats(op, static_cast<double>(a), static_cast<double>(b));
    if (a == 0 || b == 0) return integer(b == 0);
    if (bitLength(a) * b > 128 && a != 1 && a != -1) return std::nullopt;
    if (a == 1 || a == -1) return integer(a == 1 || b % 2 == 0 ? 1 : -1);
    __int128 made = 1;
    for (__int128 i = 0; i < b; ++i) {
      if (made > kLimit / 2 / (a < 0 ? -a : a) || made < -(kLimit / 2 / (a < 0 ? -a : a))) return std::nullopt;
      made *= a;
    }
    return integer(made);
  }
  case Operator::LShift:
    if (b < 0 || b > 126 || bitLength(a) + b > 126) return std::nullopt;
    return integer(a * (__int128{1} << b));
  case Operator::RShift:
    if (b < 0) return std::nullopt;
    return integer(b > 126 ? (a < 0 ? -1 : 0) : a >> b);
  case Operator::BitOr: return integer(a | b);
  case Operator::BitXor: return integer(a ^ b);
  case Operator::BitAnd: return integer(a & b);
  case Operator::MatMult: return std::nullopt;
  }
  return std::nullopt;
}

Folder::Result Folder::floats(Operator op, double a, double b) {
  switch (op) {
  case Operator::Add: return real(a + b);
  case Operator::Sub: return real(a - b);
  case Operator::Mult: return real(a * b);
  case Operator::Div: return b == 0 ? Result() : real(a / b);
  case Operator::FloorDiv:
  case Operator::Mod: {
    // Python's divmod: the remainder has the sign of the divisor.
    if (b == 0) return std::nullopt;
    double rest = std::fmod(a, b), quotient = (a - rest) / b;
    if (rest != 0) {
      if ((b < 0) != (rest < 0)) rest += b, quotient -= 1.0;
    } else {
      rest = std::copysign(0.0, b);
    }
    if (op == Operator::Mod) return real(rest);
    if (quotient == 0) return real(std::copysign(0.0, a / b));
    double down = std::floor(quotient);
    return real(quotient - down > 0.5 ? down + 1.0 : down);
  }
  case Operator::Pow: {
    if (a == 0 && b < 0) return std::nullopt;
    if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) return std::nullopt; // complex
    double made = std::pow(a, b);
    if (!std::isfinite(made) && std::isfinite(a) && std::isfinite(b)) return std::nullopt; // OverflowError
    return real(made);
  }
  default: return std::nullopt;
  }
}

Folder::Result Folder::complexes(Operator op, const Constant& a, const Constant& b) {
  double ar = a.kind == Kind::Complex ? a.real : realOf(a), ai = a.kind == Kind::Complex ? a.imaginary : 0.0;
  double br = b.kind == Kind::Complex ? b.real : realOf(b), bi = b.kind == Kind::Complex ? b.imaginary : 0.0;
  switch (op) {
  case Operator::Add: return table_.intern({.kind = Kind::Complex, .real = ar + br, .imaginary = ai + bi});
  case Operator::Sub: return table_.intern({.kind = Kind::Complex, .real = ar - br, .imaginary = ai - bi});
  case Operator::Mult:
    return table_.intern({.kind = Kind::Complex, .real = ar * br - ai * bi, .imaginary = ar * bi + ai * br});
  case Operator::Div: {
    // Smith's method, as CPython divides.
    bool wide = std::fabs(br) >= std::fabs(bi);
    if ((wide ? br : bi) == 0) return std::nullopt;
    double ratio = wide ? bi / br : br / bi, scale = wide ? br + bi * ratio : br * ratio + bi;
    double real = wide ? ar + ai * ratio : ar * ratio + ai, imaginary = wide ? ai - ar * ratio : ai * ratio - ar;
    return table_.intern({.kind = Kind::Complex, .real = real / scale, .imaginary = imaginary / scale});
  }
  default: return std::nullopt;
  }
}

Folder::Result Folder::subscript(const Constant& value, const Constant& index) {
  if (!isInt(index)) return std::nullopt;
  int64_t i = intOf(index);
  auto fix = [&](size_t size) {
    if (i < 0) i += static_cast<int64_t>(size);
    return i >= 0 && i < static_cast<int64_t>(size);
  };
  if (value.kind == Kind::Tuple) return fix(value.elements.size()) ? Result(value.elements[static_cast<size_t>(i)]) : std::nullopt;
  if (value.kind == Kind::Bytes)
    return fix(value.text.size()) ? integer(static_cast<unsigned char>(value.text[static_cast<size_t>(i)])) : std::nullopt;
  if (value.kind != Kind::Str) return std::nullopt;
  std::vector<size_t> starts;
  for (size_t k = 0; k < value.text.size(); ++k)
    if ((static_cast<unsigned char>(value.text[k]) & 0xC0) != 0x80) starts.push_back(k);
  if (!fix(starts.size())) return std::nullopt;
  size_t at = static_cast<size_t>(i), end = at + 1 < starts.size() ? starts[at + 1] : value.text.size();
  return table_.internStr(std::string_view(value.text).substr(starts[at], end - starts[at]));
}

} // namespace krait::ir::build
