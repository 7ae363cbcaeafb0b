// Operators, displays, conditions.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"
#include "ir/build/percent_format.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

namespace {
// More items than this are added one by one, so that no operation has thousands of operands.
constexpr size_t kMaxItems = 30;
// As many constants make a display a copy of one constant.
constexpr size_t kConstantItems = 3;

// In the order of ast::Operator.
constexpr Op kBinary[] = {Op::BinaryAdd, Op::BinarySub, Op::BinaryMul, Op::BinaryMatMul, Op::BinaryTrueDiv,
                          Op::BinaryMod, Op::BinaryPow, Op::BinaryLShift, Op::BinaryRShift, Op::BinaryOr,
                          Op::BinaryXor, Op::BinaryAnd, Op::BinaryFloorDiv};
} // namespace

Temp* FunctionBuilder::value(const Expr* e) {
  At at(*this, e->span);
  if (auto folded = c_.folder.fold(e)) return constant(*folded);
  return compute(e);
}

Temp* FunctionBuilder::compute(const Expr* e) {
  switch (e->kind) {
  case NodeKind::BoolOp: return boolOp(*e->as<BoolOp>());
  case NodeKind::NamedExpr: {
    const NamedExpr& n = *e->as<NamedExpr>();
    Temp* v = ownedValue(n.value);
    Temp* again = make(Op::Copy, {v});
    At at(*this, n.target->span);
    storeName(n.target->as<Name>()->id, again);
    return v;
  }
  case NodeKind::BinOp: return binOp(*e->as<BinOp>());
  case NodeKind::UnaryOp: return unaryOp(*e->as<UnaryOp>());
  case NodeKind::Lambda: return lambda(*e->as<Lambda>());
  case NodeKind::IfExp: return ifExp(*e->as<IfExp>());
  case NodeKind::Dict: return dict(*e->as<Dict>());
  case NodeKind::Set: return set(e->as<Set>()->elts);
  case NodeKind::ListComp: return comprehension(*e, e->as<ListComp>()->generators, e->as<ListComp>()->elt, nullptr);
  case NodeKind::SetComp: return comprehension(*e, e->as<SetComp>()->generators, e->as<SetComp>()->elt, nullptr);
  case NodeKind::DictComp: return comprehension(*e, e->as<DictComp>()->generators, e->as<DictComp>()->key, e->as<DictComp>()->value);
  case NodeKind::GeneratorExp: return comprehension(*e, e->as<GeneratorExp>()->generators, e->as<GeneratorExp>()->elt, nullptr);
  case NodeKind::Await: return await(value(e->as<Await>()->value), 0);
  case NodeKind::Yield: return yield(*e->as<Yield>());
  case NodeKind::YieldFrom: {
    Temp* iterator = make(Op::YieldFromIter, {own(value(e->as<YieldFrom>()->value))});
    Temp* result = make(Op::YieldFrom, {iterator}, {.imm = ++f_.yieldCount});
    drop(iterator);
    return result;
  }
  case NodeKind::Compare: return compare(*e->as<Compare>());
  case NodeKind::Call: return call(*e->as<Call>());
  case NodeKind::FormattedValue: return formatted(*e->as<FormattedValue>());
  case NodeKind::JoinedStr: return joinedStr(*e->as<JoinedStr>());
  case NodeKind::Attribute: return attribute(*e->as<Attribute>());
  case NodeKind::Subscript: return subscript(*e->as<Subscript>());
  case NodeKind::Name: return loadName(e->as<Name>()->id);
  case NodeKind::List: return list(e->as<List>()->elts);
  case NodeKind::Tuple: return tuple(e->as<Tuple>()->elts);
  case NodeKind::Slice: return slice(*e->as<Slice>());
  case NodeKind::Starred: return value(e->as<Starred>()->value);
  default: break;
  }
  assert(false && "an expression");
  return constant(CKind::None);
}

Temp* FunctionBuilder::boolOp(const BoolOp& n) {
  Block* end = newBlock();
  Temp* result = f_.addParameter(end, core::Type::object(), core::Ownership::Owned);
  bool isAnd = n.op == BoolOperator::And;
  for (size_t i = 0; i + 1 < n.values.size(); ++i) {
    Block* next = newBlock();
    decidingOperand(n.values[i], isAnd, end, next);
    start(next);
  }
  b_.br(end, {ownedValue(n.values.back())});
  start(end);
  return result;
}

// A value is asked for its truth once, however deep the and/or are nested: what ends `a and b` early does not decide
// `(a and b) or c`, and what ends `(a or b) and c` …
void FunctionBuilder::decidingOperand(const Expr* e, bool isAnd, Block* end, Block* next) {
  if (const BoolOp* inner = e->tryAs<BoolOp>(); inner && !c_.folder.fold(e)) {
    const bool isSame = (inner->op == BoolOperator::And) == isAnd;
    for (size_t i = 0; i + 1 < inner->values.size(); ++i) {
      Block* more = newBlock();
      At at(*this, inner->span); // who asks the last one is the operator around it
      if (isSame) decidingOperand(inner->values[i], isAnd, end, more);
      else jumpIf(inner->values[i], isAnd ? next : more, isAnd ? more : next, true);
      start(more);
    }
    return decidingOperand(inner->values.back(), isAnd, end, next);
  }
  Temp* v = value(e);
  Temp* truth = make(Op::Truth, {v});
  Block *undecided = newBlock(), *decided = newBlock();
  condBr(truth, isAnd ? undecided : decided, isAnd ? decided : undecided);
  start(decided);
  b_.br(end, {own(v)});
  start(undecided);
  drop(v);
  b_.br(next);
}

// The left spine of a long chain is walked in a loop.
Temp* FunctionBuilder::binOp(const BinOp& n) {
  std::vector<const BinOp*> spine{&n};
  while (const BinOp* left = spine.back()->left->tryAs<BinOp>()) {
    if (c_.folder.fold(left)) break;
    spine.push_back(left);
  }
  size_t i = spine.size();
  Temp* left = percentFormat(*spine.back());
  if (left) --i;
  else left = value(spine.back()->left);
  while (i-- > 0) {
    Temp* right = value(spine[i]->right);
    At at(*this, spine[i]->span);
    Temp* result = make(kBinary[static_cast<int>(spine[i]->op)], {left, right});
    drop(left);
    drop(right);
    left = result;
  }
  return left;
}

Temp* FunctionBuilder::unaryOp(const UnaryOp& n) {
  if (auto inverse = invertedComparison(n)) {
    const Compare& test = *n.operand->as<Compare>();
    At at(*this, test.span);
    Temp* left = value(test.left);
    Temp* right = comparand(*inverse, test.comparators[0]);
    Temp* result = compareValue(*inverse, left, right);
    drop(left);
    drop(right);
    return result;
  }
  Temp* v = value(n.operand);
  Temp* result = nullptr;
  switch (n.op) {
  case UnaryOperator::Not: result = make(Op::UnaryNot, {v}); break;
  case UnaryOperator::Invert: result = make(Op::UnaryInvert, {v}); break;
  case UnaryOperator::UAdd: result = make(Op::UnaryPos, {v}); break;
  case UnaryOperator::USub: result = make(Op::UnaryNeg, {v}); break;
  }
  drop(v);
  return result;
}

Temp* FunctionBuilder::ifExp(const IfExp& n) {
  Block *yes = newBlock(), *no = newBlock(), *end = newBlock();
  Temp* result = f_.addParameter(end, core::Type::object(), core::Ownership::Owned);
  jumpIf(n.test, yes, no);
  start(yes);
  b_.br(end, {ownedValue(n.body)});
  start(no);
  b_.br(end, {ownedValue(n.orelse)});
  start(end);
  return result;
}

// ---- comparisons --------------------------------------------------------------------------------

Temp* FunctionBuilder::comparand(CompareOperator op, const Expr* e) {
  if (op == CompareOperator::In || op == CompareOperator::NotIn)
    if (auto folded = c_.folder.foldItems(e)) {
      At at(*this, e->span);
      return constant(*folded);
    }
  return value(e);
}

Temp* FunctionBuilder::compareTest(CompareOperator op, Temp* left, Temp* right, bool& negate) {
  negate = op == CompareOperator::IsNot || op == CompareOperator::NotIn;
  switch (op) {
  case CompareOperator::Eq: return make(Op::TestEq, {left, right});
  case CompareOperator::NotEq: return make(Op::TestNe, {left, right});
  case CompareOperator::Lt: return make(Op::TestLt, {left, right});
  case CompareOperator::LtE: return make(Op::TestLe, {left, right});
  case CompareOperator::Gt: return make(Op::TestGt, {left, right});
  case CompareOperator::GtE: return make(Op::TestGe, {left, right});
  case CompareOperator::Is:
  case CompareOperator::IsNot: return make(Op::Is, {left, right});
  case CompareOperator::In:
  case CompareOperator::NotIn: break;
  }
  return make(Op::Contains, {right, left});
}

Temp* FunctionBuilder::compareValue(CompareOperator op, Temp* left, Temp* right) {
  switch (op) {
  case CompareOperator::Eq: return make(Op::CompareEq, {left, right});
  case CompareOperator::NotEq: return make(Op::CompareNe, {left, right});
  case CompareOperator::Lt: return make(Op::CompareLt, {left, right});
  case CompareOperator::LtE: return make(Op::CompareLe, {left, right});
  case CompareOperator::Gt: return make(Op::CompareGt, {left, right});
  case CompareOperator::GtE: return make(Op::CompareGe, {left, right});
  default: break;
  }
  bool negate = false;
  Temp* flag = compareTest(op, left, right, negate);
  if (negate) flag = make(Op::BoolNot, {flag});
  return make(Op::BoolNew, {flag});
}

/// (a, b) < (c, d): as many items, none starred, and few: what is compared; else nothing.
std::optional<int64_t> FunctionBuilder::comparisonOfTuples(const Compare& n) const {
  constexpr size_t kMost = 16;
  if (n.ops.size() != 1 || !n.left->is<Tuple>() || !n.comparators[0]->is<Tuple>()) return std::nullopt;
  const auto &left = n.left->as<Tuple>()->elts, &right = n.comparators[0]->as<Tuple>()->elts;
  if (left.empty() || left.size() != right.size() || left.size() > kMost || hasStarred(left) || hasStarred(right)) return std::nullopt;
  switch (n.ops[0]) {
  case CompareOperator::Lt: return 0;
  case CompareOperator::LtE: return 1;
  case CompareOperator::Eq: return 2;
  case CompareOperator::NotEq: return 3;
  case CompareOperator::Gt: return 4;
  case CompareOperator::GtE: return 5;
  default: return std::nullopt;
  }
}
Temp* FunctionBuilder::compareTuples(const Compare& n, int64_t op) {
  Temps items;
  for (const Expr* tuple : {n.left, n.comparators[0]}) {
    const size_t first = items.size();
    for (const Expr* e : tuple->as<Tuple>()->elts) items.push_back(value(e));
    for (size_t k = first; k < items.size(); ++k) items[k] = own(items[k]);
  }
  return make(Op::TuplesCompare, items, {.imm = op});
}

Temp* FunctionBuilder::compare(const Compare& n) {
  if (auto op = comparisonOfTuples(n)) return compareTuples(n, *op);
  Temp* left = value(n.left);
  if (n.ops.size() == 1) {
    Temp* right = comparand(n.ops[0], n.comparators[0]);
    Temp* result = compareValue(n.ops[0], left, right);
    drop(left);
    drop(right);
    return result;
  }
  Block* end = newBlock();
  Temp* result = f_.addParameter(end, core::Type::object(), core::Ownership::Owned);
  for (size_t i = 0;; ++i) {
    Temp* right = i + 1 == n.ops.size() ? comparand(n.ops[i], n.comparators[i]) : value(n.comparators[i]);
    Temp* one = compareValue(n.ops[i], left, right);
    drop(left);
    if (i + 1 == n.ops.size()) {
      drop(right);
      b_.br(end, {own(one)});
      break;
    }
    Temp* truth = make(Op::Truth, {one});
    Block *next = newBlock(), *decided = newBlock();
    condBr(truth, next, decided);
    start(decided);
    drop(right);
    b_.br(end, {own(one)});
    start(next);
    drop(one);
    left = right;
  }
  start(end);
  return result;
}

void FunctionBuilder::jumpIfCompare(const Compare& n, Block* yes, Block* no) {
  loc_ = n.span;
  if (auto op = comparisonOfTuples(n)) {
    Temp* result = compareTuples(n, *op);
    Temp* truth = make(Op::Truth, {result});
    drop(result);
    return condBr(truth, yes, no);
  }
  Temp* left = value(n.left);
  for (size_t i = 0; i < n.ops.size(); ++i) {
    Temp* right = i + 1 == n.ops.size() ? comparand(n.ops[i], n.comparators[i]) : value(n.comparators[i]);
    bool negate = false;
    Temp* flag = compareTest(n.ops[i], left, right, negate);
    drop(left);
    if (i + 1 == n.ops.size()) {
      drop(right);
      condBr(flag, negate ? no : yes, negate ? yes : no);
      return;
    }
    Block *next = newBlock(), *decided = newBlock();
    condBr(flag, negate ? decided : next, negate ? next : decided);
    start(decided);
    drop(right);
    b_.br(no);
    start(next);
    left = right;
  }
}

void FunctionBuilder::jumpIf(const Expr* e, Block* yes, Block* no, bool isValue) {
  if (auto folded = c_.folder.fold(e)) {
    b_.br(c_.folder.truth(*folded) ? yes : no);
    return;
  }
  std::optional<At> at; // a condition's statement asks all its parts, a value's operators each their own but the last
  switch (e->kind) {
  case NodeKind::UnaryOp:
    if (e->as<UnaryOp>()->op != UnaryOperator::Not) break;
    if (isValue) at.emplace(*this, e->span);
    return jumpIf(e->as<UnaryOp>()->operand, no, yes, isValue);
  case NodeKind::BoolOp: {
    const BoolOp& n = *e->as<BoolOp>();
    bool isAnd = n.op == BoolOperator::And;
    for (size_t i = 0; i + 1 < n.values.size(); ++i) {
      Block* next = newBlock();
      if (isValue) at.emplace(*this, e->span);
      jumpIf(n.values[i], isAnd ? next : yes, isAnd ? no : next, isValue);
      at.reset();
      start(next);
    }
    return jumpIf(n.values.back(), yes, no, isValue);
  }
  case NodeKind::IfExp: {
    const IfExp& n = *e->as<IfExp>();
    Block *first = newBlock(), *second = newBlock();
    if (isValue) at.emplace(*this, e->span);
    jumpIf(n.test, first, second);
    at.reset();
    start(first);
    jumpIf(n.body, yes, no, isValue);
    start(second);
    return jumpIf(n.orelse, yes, no, isValue);
  }
  case NodeKind::Compare: return jumpIfCompare(*e->as<Compare>(), yes, no);
  default: break;
  }
  Temp* v = value(e);
  Temp* truth = make(Op::Truth, {v});
  drop(v);
  condBr(truth, yes, no);
}

// ---- displays -----------------------------------------------------------------------------------

Temp* FunctionBuilder::tuple(ListOf<Expr> elements) {
  if (elements.size() > kMaxItems || hasStarred(elements)) {
    Temp* l = list(elements);
    Temp* result = make(Op::ListToTuple, {l});
    drop(l);
    return result;
  }
  Temps items;
  for (const Expr* e : elements) items.push_back(value(e));
  for (Temp*& t : items) t = own(t);
  return make(Op::TupleNew, items);
}

Temp* FunctionBuilder::list(ListOf<Expr> elements) {
  std::vector<ConstantId> constants;
  for (const Expr* e : elements)
    if (auto folded = c_.folder.fold(e)) constants.push_back(*folded);
    else break;
  if (constants.size() == elements.size() && constants.size() >= kConstantItems) {
    Temp* l = make(Op::ListNew, Temps{});
    emit(Op::ListExtend, {l, constant(c_.module.constants.internTuple(std::move(constants)))});
    return l;
  }
  Temps items;
  size_t i = 0;
  for (; i < elements.size() && i < kMaxItems && !elements[i]->is<Starred>(); ++i) items.push_back(value(elements[i]));
  for (Temp*& t : items) t = own(t);
  Temp* l = make(Op::ListNew, items);
  for (; i < elements.size(); ++i) {
    Temp* v = value(elements[i]);
    if (elements[i]->is<Starred>()) {
      emit(Op::ListExtend, {l, v});
      drop(v);
    } else {
      emit(Op::ListAppend, {l, own(v)});
    }
  }
  return l;
}

Temp* FunctionBuilder::set(ListOf<Expr> elements) {
  std::vector<ConstantId> constants;
  for (const Expr* e : elements)
    if (auto folded = c_.folder.fold(e)) constants.push_back(*folded);
    else break;
  // As in CPython a set of three constants or more is a copy of a frozenset: its order shows it.
  if (constants.size() == elements.size() && constants.size() >= kConstantItems) {
    Temp* s = make(Op::SetNew, Temps{});
    ConstantId id = c_.module.constants.intern({.kind = CKind::FrozenSet, .elements = std::move(constants)});
    emit(Op::SetUpdate, {s, constant(id)});
    return s;
  }
  Temps items;
  size_t i = 0;
  for (; i < elements.size() && i < kMaxItems && !elements[i]->is<Starred>(); ++i) items.push_back(value(elements[i]));
  for (Temp*& t : items) t = own(t);
  Temp* s = make(Op::SetNew, items);
  for (; i < elements.size(); ++i) {
    Temp* v = value(elements[i]);
    emit(elements[i]->is<Starred>() ? Op::SetUpdate : Op::SetAdd, {s, v});
    drop(v);
  }
  return s;
}

Temp* FunctionBuilder::dict(const Dict& n) {
  Temps pairs;
  size_t i = 0;
  for (; i < n.values.size() && i < kMaxItems / 2 && n.keys[i]; ++i) {
    pairs.push_back(value(n.keys[i]));
    pairs.push_back(value(n.values[i]));
  }
  for (Temp*& t : pairs) t = own(t);
  Temp* d = make(Op::DictNew, pairs);
  for (; i < n.values.size(); ++i) {
    Temp* key = n.keys[i] ? value(n.keys[i]) : nullptr;
    Temp* v = value(n.values[i]);
    if (key) emit(Op::DictSet, {d, key, v});
    else emit(Op::DictUpdate, {d, v});
    drop(key);
    drop(v);
  }
  return d;
}

// ---- f-strings ----------------------------------------------------------------------------------

Temp* FunctionBuilder::formatted(const FormattedValue& n) {
  Temp* v = value(n.value);
  Temp* spec = n.format_spec ? value(n.format_spec) : nullptr;
  Temp* result = make(Op::Format, {v, spec}, {.imm = n.conversion > 0 ? n.conversion : 0});
  drop(v);
  drop(spec);
  return result;
}

Temp* FunctionBuilder::joinedStr(const JoinedStr& n) {
  if (n.values.empty()) return constantStr("");
  if (n.values.size() == 1) return value(n.values[0]);
  return joinedPieces(n, 0, n.values.size());
}

// A long one is joined in groups of groups: every operation lists the temporaries that are alive.
Temp* FunctionBuilder::joinedPieces(const JoinedStr& n, size_t first, size_t end) {
  Temps pieces;
  if (end - first <= kMaxItems) {
    for (size_t i = first; i < end; ++i) pieces.push_back(value(n.values[i]));
    for (Temp*& t : pieces) t = own(t);
  } else {
    size_t group = kMaxItems;
    while (group * kMaxItems < end - first) group *= kMaxItems;
    for (; first < end; first += group) pieces.push_back(joinedPieces(n, first, std::min(first + group, end)));
  }
  return make(Op::StringJoin, pieces);
}

// `'…%s…' % (a, b)` with plain fields is the f-string; else null.
Temp* FunctionBuilder::percentFormat(const BinOp& n) {
  if (n.op != Operator::Mod || !n.right->is<Tuple>() || c_.folder.fold(n.right)) return nullptr;
  const auto format = c_.folder.fold(n.left);
  if (!format || c_.module.constants[*format].kind != CKind::Str) return nullptr;
  const std::string text = c_.module.constants[*format].text;
  const auto pieces = percentPieces(text, n.right->as<Tuple>()->elts);
  if (!pieces || pieces->size() > kMaxItems) return nullptr;
  Temps made;
  for (const PercentPiece& p : *pieces) {
    if (!p.value) {
      made.push_back(constantStr(p.text));
      continue;
    }
    At at(*this, p.value->span);
    Temp* v = value(p.value);
    Temp* spec = p.spec.empty() ? nullptr : constantStr(p.spec);
    made.push_back(make(Op::Format, {v, spec}, {.imm = p.conversion}));
    drop(v);
    drop(spec);
  }
  if (made.size() == 1) return made[0];
  At at(*this, n.span);
  for (Temp*& t : made) t = own(t);
  return make(Op::StringJoin, made);
}

// ---- access -------------------------------------------------------------------------------------

Temp* FunctionBuilder::attribute(const Attribute& n) {
  if (isZeroArgumentSuper(n.value)) return superCall(*n.value->as<Call>(), &n);
  Temp* object = value(n.value);
  At at(*this, methodSpan(n.span, n));
  Temp* result = make(Op::AttrGet, {object}, {.index = nameAttribute(c_.symbols.text(mangled(n.attr)))});
  drop(object);
  return result;
}

Temp* FunctionBuilder::subscript(const Subscript& n) {
  Temp* object = value(n.value);
  if (const Slice* s = n.slice->tryAs<Slice>()) {
    SliceParts parts = sliceParts(*s);
    Temp* result = make(Op::SliceGet, {object, parts.start, parts.stop, parts.step});
    drop(object);
    drop(parts);
    return result;
  }
  Temp* key = value(n.slice);
  Temp* result = make(Op::ItemGet, {object, key});
  drop(object);
  drop(key);
  return result;
}

FunctionBuilder::SliceParts FunctionBuilder::sliceParts(const Slice& n) {
  auto part = [&](const Expr* e) { return e ? value(e) : constant(CKind::None); };
  SliceParts parts;
  parts.start = part(n.lower);
  parts.stop = part(n.upper);
  parts.step = part(n.step);
  return parts;
}

// In the order in which they leave a slice object that dies.
void FunctionBuilder::drop(const SliceParts& parts) {
  drop(parts.step);
  drop(parts.start);
  drop(parts.stop);
}

Temp* FunctionBuilder::slice(const Slice& n) {
  SliceParts parts = sliceParts(n);
  Temp* result = make(Op::SliceNew, {parts.start, parts.stop, parts.step});
  drop(parts);
  return result;
}

// ---- suspension ---------------------------------------------------------------------------------

Temp* FunctionBuilder::yieldValue(Temp* v) {
  v = own(v);
  if (f_.flags & kCodeAsyncGenerator) v = make(Op::AsyncGenWrap, {v});
  if (c_.options.events) emit(Op::TraceReturn, {v});
  Temp* sent = make(Op::Yield, {v}, {.imm = ++f_.yieldCount});
  if (c_.options.events) emit(Op::TraceEvent, {}, {.imm = kTraceCall});
  return sent;
}

Temp* FunctionBuilder::yield(const Yield& n) {
  return yieldValue(n.value ? value(n.value) : constant(CKind::None));
}

Temp* FunctionBuilder::await(Temp* awaitable, int context) {
  Temp* iterator = make(Op::AwaitIter, {own(awaitable)}, {.imm = context});
  Temp* result = make(Op::YieldFrom, {iterator}, {.imm = ++f_.yieldCount});
  drop(iterator);
  return result;
}

} // namespace krait::ir::build
