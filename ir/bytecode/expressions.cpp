// Expressions: operators, displays, conditions, f-strings.
#include "frontend/ast/queries.h"
#include "ir/build/percent_format.h"
#include "ir/bytecode/unit_compiler.h"

namespace krait::ir::bytecode {

using namespace ast;
using enum Opcode;

void UnitCompiler::visit(const Expr* e) {
  Location saved = location_;
  at(e->span);
  if (auto folded = c_.folder.fold(e)) loadConst(*folded);
  else visitHere(e);
  location_ = saved;
}

void UnitCompiler::visitAll(ListOf<Expr> list) {
  for (const Expr* e : list) visit(e);
}

namespace {
// In the order of ast::Operator; augmented forms are 13 further.
constexpr int32_t kBinaryArg[] = {0, 10, 5, 4, 11, 6, 8, 3, 9, 7, 12, 1, 2};
} // namespace

void UnitCompiler::visitHere(const Expr* e) {
  switch (e->kind) {
  case NodeKind::NamedExpr:
    visit(e->as<NamedExpr>()->value);
    op(COPY, 1);
    return visit(e->as<NamedExpr>()->target);
  case NodeKind::BoolOp: return boolOp(*e->as<BoolOp>());
  case NodeKind::BinOp: {
    const BinOp& n = *e->as<BinOp>();
    if (percentFormat(n)) return;
    visit(n.left);
    visit(n.right);
    return op(BINARY_OP, kBinaryArg[static_cast<int>(n.op)]);
  }
  case NodeKind::UnaryOp: {
    const UnaryOp& n = *e->as<UnaryOp>();
    if (auto inverse = invertedComparison(n)) {
      const Compare& test = *n.operand->as<Compare>();
      at(test.span);
      visit(test.left);
      comparand(*inverse, test.comparators[0]);
      return compareOp(*inverse);
    }
    visit(n.operand);
    static constexpr Opcode kUnary[] = {UNARY_INVERT, UNARY_NOT, UNARY_POSITIVE, UNARY_NEGATIVE};
    return op(kUnary[static_cast<int>(n.op)]);
  }
  case NodeKind::Lambda: return lambda(*e->as<Lambda>());
  case NodeKind::IfExp: {
    const IfExp& n = *e->as<IfExp>();
    BasicBlock *end = newBlock(), *next = newBlock();
    jumpIf(n.test, next, false);
    visit(n.body);
    jumpNowhere(JUMP, end);
    use(next);
    visit(n.orelse);
    return use(end);
  }
  case NodeKind::Dict: return dict(*e->as<Dict>());
  case NodeKind::Set: return display(e->as<Set>()->elts, 0, BUILD_SET, SET_ADD, SET_UPDATE, false);
  case NodeKind::GeneratorExp: return comprehension(*e, e->as<GeneratorExp>()->generators, e->as<GeneratorExp>()->elt, nullptr);
  case NodeKind::ListComp: return comprehension(*e, e->as<ListComp>()->generators, e->as<ListComp>()->elt, nullptr);
  case NodeKind::SetComp: return comprehension(*e, e->as<SetComp>()->generators, e->as<SetComp>()->elt, nullptr);
  case NodeKind::DictComp: return comprehension(*e, e->as<DictComp>()->generators, e->as<DictComp>()->key, e->as<DictComp>()->value);
  case NodeKind::Yield:
    if (e->as<Yield>()->value) visit(e->as<Yield>()->value);
    else loadNone();
    return yieldValue();
  case NodeKind::YieldFrom:
    visit(e->as<YieldFrom>()->value);
    op(GET_YIELD_FROM_ITER);
    loadNone();
    return yieldFrom(false);
  case NodeKind::Await:
    visit(e->as<Await>()->value);
    op(GET_AWAITABLE, 0);
    loadNone();
    return yieldFrom(true);
  case NodeKind::Compare: return compare(*e->as<Compare>());
  case NodeKind::Call: return call(*e->as<Call>());
  case NodeKind::JoinedStr: return joined(*e->as<JoinedStr>());
  case NodeKind::FormattedValue: {
    const FormattedValue& n = *e->as<FormattedValue>();
    visit(n.value);
    int32_t arg = n.conversion == 's' ? 1 : n.conversion == 'r' ? 2 : n.conversion == 'a' ? 3 : 0;
    if (n.format_spec) {
      visit(n.format_spec);
      arg |= 4;
    }
    return op(FORMAT_VALUE, arg);
  }
  case NodeKind::Attribute: return attribute(*e->as<Attribute>());
  case NodeKind::Subscript: {
    const Subscript& n = *e->as<Subscript>();
    visit(n.value);
    visit(n.slice);
    return op(n.ctx == ExprContext::Load ? BINARY_SUBSCR : n.ctx == ExprContext::Store ? STORE_SUBSCR : DELETE_SUBSCR);
  }
  case NodeKind::Starred: return visit(e->as<Starred>()->value);
  case NodeKind::Slice: {
    const Slice& n = *e->as<Slice>();
    n.lower ? visit(n.lower) : loadNone();
    n.upper ? visit(n.upper) : loadNone();
    if (n.step) visit(n.step);
    return op(BUILD_SLICE, n.step ? 3 : 2);
  }
  case NodeKind::Name: {
    const Name& n = *e->as<Name>();
    return name(n.id, n.ctx == ExprContext::Load ? Context3::Load : n.ctx == ExprContext::Store ? Context3::Store : Context3::Del);
  }
  case NodeKind::List:
  case NodeKind::Tuple: {
    bool isTuple = e->is<Tuple>();
    ListOf<Expr> elements = isTuple ? e->as<Tuple>()->elts : e->as<List>()->elts;
    ExprContext ctx = isTuple ? e->as<Tuple>()->ctx : e->as<List>()->ctx;
    if (ctx == ExprContext::Store) return assignTo(elements);
    if (ctx == ExprContext::Load) return display(elements, 0, BUILD_LIST, LIST_APPEND, LIST_EXTEND, isTuple);
    return visitAll(elements);
  }
  default: return;
  }
}

void UnitCompiler::attributeLocation(const Attribute& n) {
  Location end = locate(n.span);
  if (location_.line == end.endLine) return;
  location_.line = end.endLine;
  auto length = static_cast<int32_t>(c_.symbols.text(n.attr).size());
  if (length <= end.endColumn) {
    location_.column = end.endColumn - length;
  } else {
    location_.column = -1;
    location_.endColumn = -1;
  }
}

void UnitCompiler::attribute(const Attribute& n) {
  visit(n.value);
  attributeLocation(n);
  opName(n.ctx == ExprContext::Load ? LOAD_ATTR : n.ctx == ExprContext::Store ? STORE_ATTR : DELETE_ATTR, n.attr);
}

void UnitCompiler::boolOp(const BoolOp& n) {
  Opcode jumpOp = n.op == BoolOperator::And ? JUMP_IF_FALSE_OR_POP : JUMP_IF_TRUE_OR_POP;
  BasicBlock* end = newBlock();
  for (size_t i = 0; i + 1 < n.values.size(); ++i) {
    visit(n.values[i]);
    jump(jumpOp, end);
    use(newBlock());
  }
  visit(n.values.back());
  use(end);
}

// ---- comparisons and conditions -----------------------------------------------------------------

void UnitCompiler::compareOp(CompareOperator o) {
  switch (o) {
  case CompareOperator::Lt: return op(COMPARE_OP, 0);
  case CompareOperator::LtE: return op(COMPARE_OP, 1);
  case CompareOperator::Eq: return op(COMPARE_OP, 2);
  case CompareOperator::NotEq: return op(COMPARE_OP, 3);
  case CompareOperator::Gt: return op(COMPARE_OP, 4);
  case CompareOperator::GtE: return op(COMPARE_OP, 5);
  case CompareOperator::Is: return op(IS_OP, 0);
  case CompareOperator::IsNot: return op(IS_OP, 1);
  case CompareOperator::In: return op(CONTAINS_OP, 0);
  case CompareOperator::NotIn: return op(CONTAINS_OP, 1);
  }
}

void UnitCompiler::comparand(CompareOperator o, const Expr* e) {
  if (o == CompareOperator::In || o == CompareOperator::NotIn) return iterable(e);
  visit(e);
}

// Where only the items matter, a list is a tuple, and a set of constants a frozenset.
void UnitCompiler::iterable(const Expr* e) {
  Location saved = location_;
  at(e->span);
  const List* list = e->tryAs<List>();
  if (auto folded = c_.folder.foldItems(e)) loadConst(*folded);
  else if (list && !hasStarred(list->elts)) display(list->elts, 0, BUILD_LIST, LIST_APPEND, LIST_EXTEND, true);
  else visit(e);
  location_ = saved;
}

void UnitCompiler::compare(const Compare& n) {
  visit(n.left);
  size_t last = n.ops.size() - 1;
  if (last == 0) {
    comparand(n.ops[0], n.comparators[0]);
    return compareOp(n.ops[0]);
  }
  BasicBlock* cleanup = newBlock();
  for (size_t i = 0; i < last; ++i) {
    // CPython folds `in [...]` only at the end of a chain.
    visit(n.comparators[i]);
    op(SWAP, 2);
    op(COPY, 2);
    compareOp(n.ops[i]);
    jump(JUMP_IF_FALSE_OR_POP, cleanup);
  }
  comparand(n.ops[last], n.comparators[last]);
  compareOp(n.ops[last]);
  BasicBlock* end = newBlock();
  jumpNowhere(JUMP, end);
  use(cleanup);
  op(SWAP, 2);
  op(POP_TOP);
  use(end);
}

void UnitCompiler::jumpIf(const Expr* e, BasicBlock* next, bool condition) {
  if (!isConstant(e)) {
    switch (e->kind) {
    case NodeKind::UnaryOp:
      if (e->as<UnaryOp>()->op == UnaryOperator::Not && !invertedComparison(*e->as<UnaryOp>()))
        return jumpIf(e->as<UnaryOp>()->operand, next, !condition);
      if (invertedComparison(*e->as<UnaryOp>())) at(e->as<UnaryOp>()->operand->span);
      break;
    case NodeKind::BoolOp: {
      const BoolOp& n = *e->as<BoolOp>();
      bool isOr = n.op == BoolOperator::Or;
      BasicBlock* inner = isOr != condition ? newBlock() : next;
      for (size_t i = 0; i + 1 < n.values.size(); ++i) jumpIf(n.values[i], inner, isOr);
      jumpIf(n.values.back(), next, condition);
      if (inner != next) use(inner);
      return;
    }
    case NodeKind::IfExp: {
      const IfExp& n = *e->as<IfExp>();
      BasicBlock *end = newBlock(), *other = newBlock();
      jumpIf(n.test, other, false);
      jumpIf(n.body, next, condition);
      jumpNowhere(JUMP, end);
      use(other);
      jumpIf(n.orelse, next, condition);
      return use(end);
    }
    case NodeKind::Compare: {
      const Compare& n = *e->as<Compare>();
      at(n.span);
      size_t last = n.ops.size() - 1;
      if (last == 0) break;
      BasicBlock* cleanup = newBlock();
      visit(n.left);
      for (size_t i = 0; i < last; ++i) {
        visit(n.comparators[i]);
        op(SWAP, 2);
        op(COPY, 2);
        compareOp(n.ops[i]);
        jump(POP_JUMP_IF_FALSE, cleanup);
      }
      comparand(n.ops[last], n.comparators[last]);
      compareOp(n.ops[last]);
      jump(condition ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, next);
      BasicBlock* end = newBlock();
      jumpNowhere(JUMP, end);
      use(cleanup);
      op(POP_TOP);
      if (!condition) jumpNowhere(JUMP, next);
      return use(end);
    }
    default: break;
    }
  }
  visit(e);
  jump(condition ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, next);
}

// ---- displays -----------------------------------------------------------------------------------

void UnitCompiler::display(ListOf<Expr> elements, int pushed, Opcode build, Opcode add, Opcode extend, bool tuple) {
  size_t n = elements.size();
  std::vector<core::ConstantId> ids;
  bool starred = false;
  for (const Expr* e : elements) {
    starred = starred || e->is<Starred>();
    if (auto folded = c_.folder.fold(e)) ids.push_back(*folded);
  }
  if (n > 2 && ids.size() == n) {
    auto folded = [&](bool frozen) {
      return c_.constants.intern({.kind = frozen ? core::ConstantKind::FrozenSet : core::ConstantKind::Tuple, .elements = ids});
    };
    if (tuple && pushed == 0) return loadConst(folded(false));
    op(build, pushed);
    loadConst(folded(add == SET_ADD));
    op(extend, 1);
    if (tuple) op(LIST_TO_TUPLE);
    return;
  }
  bool big = n + static_cast<size_t>(pushed) > kStackUseGuideline;
  auto total = static_cast<int32_t>(n) + pushed;
  if (!starred && !big) {
    visitAll(elements);
    return op(tuple ? BUILD_TUPLE : build, total);
  }
  bool built = big;
  if (big) op(build, pushed);
  for (size_t i = 0; i < n; ++i) {
    if (const Starred* s = elements[i]->tryAs<Starred>()) {
      if (!built) {
        op(build, static_cast<int32_t>(i) + pushed);
        built = true;
      }
      visit(s->value);
      op(extend, 1);
    } else {
      visit(elements[i]);
      if (built) op(add, 1);
    }
  }
  if (tuple) op(LIST_TO_TUPLE);
}

void UnitCompiler::subDict(const Dict& n, size_t begin, size_t end) {
  size_t count = end - begin;
  bool big = count * 2 > kStackUseGuideline;
  std::vector<core::ConstantId> keys;
  for (size_t i = begin; i < end; ++i)
    if (auto folded = c_.folder.fold(n.keys[i])) keys.push_back(*folded);
  if (count > 1 && !big && keys.size() == count) {
    for (size_t i = begin; i < end; ++i) visit(n.values[i]);
    loadConst(c_.constants.internTuple(std::move(keys)));
    return op(BUILD_CONST_KEY_MAP, static_cast<int32_t>(count));
  }
  if (big) op(BUILD_MAP, 0);
  for (size_t i = begin; i < end; ++i) {
    visit(n.keys[i]);
    visit(n.values[i]);
    if (big) op(MAP_ADD, 1);
  }
  if (!big) op(BUILD_MAP, static_cast<int32_t>(count));
}

void UnitCompiler::dict(const Dict& n) {
  bool have = false;
  size_t pending = 0;
  auto flush = [&](size_t begin, size_t end) {
    subDict(n, begin, end);
    if (have) op(DICT_UPDATE, 1);
    have = true;
    pending = 0;
  };
  for (size_t i = 0; i < n.values.size(); ++i) {
    if (!n.keys[i]) {
      if (pending) flush(i - pending, i);
      if (!have) op(BUILD_MAP, 0);
      have = true;
      visit(n.values[i]);
      op(DICT_UPDATE, 1);
    } else if (pending * 2 > kStackUseGuideline) {
      flush(i - pending, i + 1);
    } else {
      ++pending;
    }
  }
  if (pending) flush(n.values.size() - pending, n.values.size());
  if (!have) op(BUILD_MAP, 0);
}

void UnitCompiler::assignTo(ListOf<Expr> targets) {
  size_t n = targets.size(), star = n;
  for (size_t i = 0; i < n; ++i)
    if (targets[i]->is<Starred>()) star = i;
  if (star < n) op(UNPACK_EX, static_cast<int32_t>(star | (n - star - 1) << 8));
  else op(UNPACK_SEQUENCE, static_cast<int32_t>(n));
  for (const Expr* e : targets) visit(e->is<Starred>() ? e->as<Starred>()->value : e);
}

// ---- strings ------------------------------------------------------------------------------------

void UnitCompiler::joined(const JoinedStr& n) {
  if (n.values.size() > kStackUseGuideline) {
    loadStr("");
    opName(LOAD_METHOD, c_.symbols.intern("join"));
    op(BUILD_LIST, 0);
    for (const Expr* e : n.values) {
      visit(e);
      op(LIST_APPEND, 1);
    }
    op(PRECALL, 1);
    return op(CALL, 1);
  }
  visitAll(n.values);
  if (n.values.size() != 1) op(BUILD_STRING, static_cast<int32_t>(n.values.size()));
}

// `'…%s…' % (a, b)` with plain fields is the f-string.
bool UnitCompiler::percentFormat(const BinOp& n) {
  if (n.op != Operator::Mod || !n.right->is<Tuple>() || isConstant(n.right)) return false;
  auto folded = c_.folder.fold(n.left);
  if (!folded || c_.constants[*folded].kind != core::ConstantKind::Str) return false;
  const auto pieces = build::percentPieces(c_.constants[*folded].text, n.right->as<Tuple>()->elts);
  if (!pieces) return false;
  auto emit = [&](const build::PercentPiece& p) {
    Location saved = location_;
    if (!p.value) {
      nowhere();
      loadStr(p.text);
    } else {
      this->at(p.value->span);
      visit(p.value);
      int32_t arg = p.conversion == 's' ? 1 : p.conversion == 'r' ? 2 : 3;
      if (!p.spec.empty()) {
        Location field = location_;
        nowhere();
        loadStr(p.spec);
        location_ = field;
        arg |= 4;
      }
      op(FORMAT_VALUE, arg);
    }
    location_ = saved;
  };
  if (pieces->size() > kStackUseGuideline) {
    loadStr("");
    opName(LOAD_METHOD, c_.symbols.intern("join"));
    op(BUILD_LIST, 0);
    for (const build::PercentPiece& p : *pieces) {
      emit(p);
      op(LIST_APPEND, 1);
    }
    op(PRECALL, 1);
    op(CALL, 1);
    return true;
  }
  for (const build::PercentPiece& p : *pieces) emit(p);
  if (pieces->size() != 1) op(BUILD_STRING, static_cast<int32_t>(pieces->size()));
  return true;
}

// ---- suspension ---------------------------------------------------------------------------------

void UnitCompiler::yieldValue() {
  if (scope_.isGenerator && scope_.isCoroutine) op(ASYNC_GEN_WRAP);
  op(YIELD_VALUE);
  op(RESUME, 1);
}

void UnitCompiler::yieldFrom(bool isAwait) {
  BasicBlock *start = newBlock(), *resume = newBlock(), *exit = newBlock();
  use(start);
  jump(SEND, exit);
  use(resume);
  op(YIELD_VALUE);
  op(RESUME, isAwait ? 3 : 2);
  jump(JUMP_NO_INTERRUPT, start);
  use(exit);
}

} // namespace krait::ir::bytecode
