// The walk along the body of a call that is done in place.
#include "ir/passes/versions/transaction.h"

#include "ir/analysis/constants.h"
#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"

namespace krait::ir::passes::versions {

using namespace core;

// Of a comparison of constants.
static std::optional<bool> knownFlag(const Temp* flag) {
  const Instruction* made = flag->definition;
  if (made && made->is(Op::Is)) return analysis::knownCondition(made->block->function->module, flag);
  if (made && made->is(Op::BoolNot)) {
    const auto inner = knownFlag(made->operand(0));
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (!made || !(made->is(Op::IntNe) || made->is(Op::IntEq))) return std::nullopt;
  const Instruction *a = made->operand(0)->definition, *b = made->operand(1)->definition;
  if (!a || !b || !a->is(Op::IntConst) || !b->is(Op::IntConst)) return std::nullopt;
  return (a->imm == b->imm) == made->is(Op::IntEq);
}

void Transaction::walk(const Block* block, const Instruction* i, State s) {
  while (!t_.hasLeft()) {
    if (isLeft(*block)) return t_.leave();
    if (left_.contains(block)) {
      hasDoubt_ = true;
      return t_.leave();
    }
    for (; !isTerminator(i->op); i = i->next) {
      if (const auto targets = inside(*i, s); !targets.empty()) return enter(*i, targets, s);
      if (!step(*i, s)) return t_.leave();
      if (t_.hasLeft()) return;
    }
    auto follow = [&](size_t successor) {
      const Block* to = i->target(successor);
      std::vector<Known> arguments;
      for (uint32_t n = 0; n < i->successors[successor].argumentCount; ++n) arguments.push_back(knownOf(i->argument(successor, n)));
      for (size_t n = 0; n < arguments.size(); ++n) t_.define(to->parameters[n], arguments[n]);
      block = to;
      i = to->first;
    };
    switch (i->op) {
    case Op::Br: follow(0); break;
    case Op::VersionEnter: follow(1); break;
    case Op::CondBr: {
      Temp* condition = t_.of(i->operand(0)).word;
      if (const auto known = knownFlag(condition)) {
        follow(*known ? 0 : 1);
        break;
      }
      Block* from = t_.here();
      Block* ways[] = {t_.newBlock(), t_.newBlock()};
      Function& f = t_.function();
      Function::Target targets[] = {{ways[0], {}}, {ways[1], {}}};
      f.append(from, f.create(Op::CondBr, std::span(&condition, 1), targets));
      const auto before = t_.save();
      const Instruction* branch = i;
      for (size_t n : {0u, 1u}) {
        i = branch;
        t_.restore(before);
        t_.goOn(ways[n]);
        follow(n);
        walk(block, i, s);
      }
      return;
    }
    case Op::Ret: {
      const Temp* result = i->operand(0);
      if (s.frames.size() == 1) return finish(result, s);
      const Instruction* call = s.frame().call;
      Known k;
      if (!resultOf(result, s, k)) return t_.leave();
      s.frames.pop_back();
      if (call->resultCount) t_.define(call->result(), k);
      block = call->block;
      i = call->next;
      break;
    }
    default: return t_.leave();
    }
  }
}

bool Transaction::step(const Instruction& i, State& s) {
  auto& locals = s.frame().locals;
  switch (i.op) {
  case Op::LocalGet:
  case Op::LocalRead:
  case Op::LocalTake:
  case Op::LocalPeek:
  case Op::LocalLend: {
    Known& k = locals[i.local()];
    if (isNothing(k)) return false; // unbound
    const RawKind kind = surelyKind(i.result());
    t_.define(i.result(), k);
    if (k.word && k.kind == RawKind::None && !t_.isAnswer(i.result()) && kind != RawKind::None) {
      k.raw = t_.checked(checkOf(kind), {k.word});
      k.kind = kind;
      t_.define(i.result(), k);
    }
    if (i.is(Op::LocalTake)) k = {};
    return true;
  }
  case Op::LocalClear:
  case Op::LocalSet:
  case Op::LocalInit: {
    Known& k = locals[i.local()];
    // The last reference to an argument may die here.
    const bool isConstant = k.word && t_.constantOf(k.word);
    if (((k.word && k.kind == RawKind::None && !isConstant) || k.items) && i.local() < s.frame().function->paramCount() && !i.is(Op::LocalInit)) return false;
    k = i.is(Op::LocalClear) ? Known() : knownOf(i.operand(0));
    return true;
  }
  case Op::Const: return translateLocal(t_, i);
  case Op::Copy: t_.define(i.result(), knownOf(i.operand(0))); return true;
  case Op::Kill:
  case Op::FrameLeave: return true;
  case Op::Is: {
    const int first = t_.of(i.operand(0)).instance, second = t_.of(i.operand(1)).instance;
    if (first >= 0 || second >= 0) {
      t_.define(i.result(), {.word = t_.value(Op::IntEq, {t_.integer(first), t_.integer(second)})});
      return true;
    }
    Temp *a = wordOf(i.operand(0)), *b = wordOf(i.operand(1));
    auto isSingleton = [&](const Temp* t) { return t && t_.constantOf(t) && t_.constantOf(t)->isSingleton(); };
    if ((isRaw(t_.of(i.operand(0))) && isSingleton(b)) || (isRaw(t_.of(i.operand(1))) && isSingleton(a))) return t_.define(i.result(), {.word = t_.flag(false)}), true;
    if (!a || !b) return false;
    t_.define(i.result(), {.word = t_.value(Op::Is, {a, b})});
    return true;
  }
  case Op::BoolNew: t_.defineBool(i.result(), t_.of(i.operand(0)).word); return true;
  case Op::BoolNot: t_.define(i.result(), {.word = t_.value(Op::BoolNot, {t_.of(i.operand(0)).word})}); return true;
  case Op::Truth:
  case Op::UnaryNot: {
    Temp* flag = truthOf(i.operand(0), s);
    if (!flag) return false;
    if (i.is(Op::Truth)) t_.define(i.result(), {.word = flag});
    else t_.defineBool(i.result(), t_.value(Op::BoolNot, {flag}));
    return true;
  }
  case Op::MethodLoad: return true; // nothing happens before the call, which looks it up
  case Op::CellPeek: return isForSuper(i);
  case Op::SuperLoad: // likewise: the shape tells what it finds
    requireSuper(i);
    return isOfFirst(i);
  case Op::SuperOf:
    requireSuper(i);
    return t_.define(i.result(), {.word = wordOf(i.operand(0))}), true;
  case Op::SuperLoadOf: return wordOf(i.operand(1)); // the call asks what it finds, and so whether there would be a super object
  case Op::GlobalGet:
    t_.define(i.result(), {.word = t_.checked(Op::GlobalPeek, {}, {.index = i.index})});
    s.isStoreLast = false;
    return true;
  case Op::AttrGet: return attributeGet(i, s);
  case Op::AttrSet: return attributeSet(i, s);
  case Op::ItemGet: return item(i, s);
  case Op::ItemSet: return putItem(i, s);
  case Op::Contains: return containsKey(i, s);
  case Op::Unpack: return unpack(i, s);
  case Op::TupleNew: {
    std::vector<Known> items;
    for (uint32_t n = 0; n < i.operandCount; ++n) items.push_back(knownOf(i.operand(n)));
    t_.define(i.result(), t_.tupleOf(std::move(items)));
    return true;
  }
  default: break;
  }
  if (const auto text = textOf(i)) return compareText(i, *text);
  if ((isTest(i.op) || isCompare(i.op)) && (t_.likelyKind(i.operand(0)) == RawKind::None || t_.likelyKind(i.operand(1)) == RawKind::None)) return compareWords(i, s);
  for (uint32_t n = 0; n < i.operandCount; ++n)
    if (const Known& k = t_.of(i.operand(n)); isVirtual(k) && !(i.is(Op::Call) && (k.items || isInstanceTest(i, *t_.plan().facts)))) return false;
  return isCall(i.op) ? translateCall(t_, i) : translateNumber(t_, i);
}

void Transaction::requireSuper(const Instruction& i) {
  t_.require(t_.value(Op::IsBuiltin, {wordOf(i.operand(0))}, {.index = t_.module().names.intern("super")}));
}

// With the exact str that operand `n` is.
bool Transaction::compareText(const Instruction& i, size_t n) {
  const Known& other = t_.of(i.operand(1 - n));
  Temp *text = wordOf(i.operand(n)), *word = wordOf(i.operand(1 - n));
  if (!text || other.instance >= 0) return false;
  const bool isNone = isRaw(other) || other.items; // of the kinds that equal a text
  if (!isNone && !word) return false;
  Temp* flag = isNone ? t_.flag(false) : t_.checked(Op::TextEq, {word, text});
  if (i.is(Op::CompareNe) || i.is(Op::TestNe)) flag = t_.value(Op::BoolNot, {flag});
  answer(t_, i, flag);
  return true;
}

// Of which nothing is guessed. Equality runs nothing of numbers, texts, tuples of these, None, and instances whose classes have no
// say in it; an order is asked for of numbers. Lists are compared item by item, of which one may be about to be put: that is one more read.
bool Transaction::compareWords(const Instruction& i, State& s) {
  for (size_t n : {0u, 1u})
    if (isVirtual(t_.of(i.operand(n)))) return false;
  if (s.put && !t_.constantOf(i.operand(0)) && !t_.constantOf(i.operand(1))) return false;
  s.isStoreLast = false;
  hasDoubt_ = true;
  const Op op = isTest(i.op) ? offsetOp(Op::CompareLt, int(i.op) - int(Op::TestLt)) : i.op;
  Temp *a = wordOf(i.operand(0)), *b = wordOf(i.operand(1));
  if ((op == Op::CompareEq || op == Op::CompareNe) && a && b) {
    Temp* flag = t_.checked(Op::TextEq, {a, b});
    answer(t_, i, op == Op::CompareNe ? t_.value(Op::BoolNot, {flag}) : flag);
    return true;
  }
  const Real x = t_.asEither(i.operand(0));
  const Real y = t_.asEither(i.operand(1));
  constexpr Op kTests[] = {Op::F64Lt, Op::F64Le, Op::F64Eq, Op::F64Ne, Op::F64Gt, Op::F64Ge};
  answer(t_, i, t_.value(kTests[int(op) - int(Op::CompareLt)], {x.raw, y.raw}));
  return true;
}

// Of what runs nothing to answer.
Temp* Transaction::truthOf(const Temp* t, State& s) {
  if (Temp* flag = t_.flagOf(t)) return flag;
  if (const Known& k = t_.of(t); k.isInt) return t_.value(Op::F64Ne, {k.raw, t_.number(0)});
  switch (t_.kindOf(t)) {
  case RawKind::Int: return t_.value(Op::IntNe, {t_.asInt(t), t_.integer(0)});
  case RawKind::Unsigned: return t_.value(Op::I64Ne, {t_.asUnsigned(t), t_.value(Op::I64Const, {}, {.imm = 0})});
  case RawKind::Float: return t_.value(Op::F64Ne, {t_.asFloat(t), t_.number(0)});
  case RawKind::None: break;
  default: return nullptr;
  }
  Temp* word = wordOf(t);
  if (!word) return nullptr;
  if (const Constant* c = t_.constantOf(word); c && (isBool(*c) || c->kind == ConstantKind::None))
    return t_.flag(c->kind == ConstantKind::True);
  s.isStoreLast = false; // a length is read
  return t_.truthOfWord(word);
}

// ---- values -------------------------------------------------------------------------------------

// Whose references are the caller's.
Known Transaction::lent(Known k) {
  k.owned = false;
  if (!k.items) return k;
  std::vector<Known> items;
  for (const Known& item : *k.items) items.push_back(lent(item));
  return t_.tupleOf(std::move(items));
}

Known Transaction::knownOf(const Temp* t) {
  Known k = lent(t_.of(t));
  if (const Constant* c = t_.constantOf(t)) {
    const RawKind kind = t_.kindOf(t);
    if (kind == RawKind::Int) k.kind = kind, k.raw = t_.integer(c->integer);
    if (kind == RawKind::Float) k.kind = kind, k.raw = t_.number(c->real);
  }
  return k;
}

Temp* Transaction::wordOf(const Temp* t) {
  const Known& k = t_.of(t);
  return k.word ? k.word : k.kind == RawKind::Int ? k.raw : nullptr; // not: an instance, a number that is raw
}

Temp* Transaction::reference(const Known& k, State& s) {
  if (k.instance >= 0) {
    Instance& instance = t_.instance(k.instance);
    if (instance.made) return t_.value(Op::Copy, {instance.made});
    std::vector<Temp*> operands{instance.cls};
    for (auto& [name, value] : instance.slots) operands.push_back(reference(value, s));
    return instance.made = t_.emitWith(Op::InstanceNew, operands, {.imm = instance.shape})->result();
  }
  if (k.items) {
    std::vector<Temp*> items;
    for (const Known& item : *k.items) items.push_back(reference(item, s));
    return t_.emitWith(Op::TupleNew, items)->result();
  }
  return t_.referenceTo(k);
}

} // namespace krait::ir::passes::versions
