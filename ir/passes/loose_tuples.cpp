// Tuples that only a look-up, a search, a comparison or hash() looks at are not made: the operation has their items instead.
//
//   %3 = tuple.new %1, %2
//   %4 = item.get %grid, %3    ──>    %4 = item.get.tuple %grid, %1, %2
//   kill %3                           the deaths of %2 and %1
//
// So with item.set, `in`, `grid.get((x, y), 0)` of a probable dict, `(x, y) == t`, hash((x, y)), and `x in (a, b)` or `x in [a, b]`,
// which compares. A dict or set is asked by the items' hash and equality; the runtime (runtime/types/loose_tuples.cpp) makes the tuple
// where something else has to see it: a method of the program's own, a new entry, a KeyError.
//
// Not where references are counted: a key's items have one more here than in a tuple that was made of them. And not where the container
// is guessed to be an instance: its method may be done in place, where `x, y = key` makes no tuple either (versions/tuples.cpp).
#include <algorithm>
#include <optional>
#include <utility>

#include "ir/analysis/call_targets.h"
#include "ir/core/module.h"
#include "ir/core/operators.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"
#include "runtime/abi/loose_tuples.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool isKeyed(Guess g) { return g == Guess::None || g == Guess::Dict || g == Guess::Set; }

// `object.get(made)` or `object.get(made, otherwise)`.
bool isGet(const Instruction& user, const Temp* made) {
  const Instruction* lookup = user.is(Op::MethodCall) ? user.operand(0)->definition : &user;
  if (!lookup || !lookup->is(user.is(Op::MethodCall) ? Op::MethodLoad : Op::Method) || user.block->function->module.names[lookup->index] != "get") return false;
  const uint32_t at = user.is(Op::MethodCall) ? 2 : 1;
  return lookup->operand(0)->guess == Guess::Dict && user.operandCount > at && user.operandCount <= at + 2 && user.operand(at) == made;
}

// hash(made), probably of the builtin.
bool isHash(const Instruction& call, const Temp* made) {
  return analysis::callsNamed(call, "hash") && call.operandCount == 2 && call.operand(1) == made;
}

// What compare.tuple and test.tuple are told of a comparison: which, and whether the tuple is on its right.
int64_t comparisonOf(const Instruction& i, const Temp* made) {
  const int which = isTest(i.op) ? int(i.op) - int(Op::TestLt) : int(i.op) - int(Op::CompareLt);
  return which | (i.operand(1) == made ? kOtherFirst : 0);
}

// What `user` would be if it had the items.
std::optional<Op> looseOp(const Instruction& user, const Temp* made) {
  const Instruction& tuple = *made->definition;
  const bool isKey = tuple.is(Op::TupleNew) && tuple.operandCount <= kMostLooseItems;
  switch (user.op) {
  case Op::Method:
  case Op::MethodCall:
    return isKey && isGet(user, made) ? std::optional(Op::GetTuple) : std::nullopt;
  case Op::Contains:
    if (user.operand(0) == made && user.operand(1) != made) return Op::Among;
    break;
  case Op::ItemSet:
    if (user.operand(2) == made) return std::nullopt;
    break;
  case Op::ItemGet: break;
  case Op::Call: return tuple.is(Op::TupleNew) && isHash(user, made) ? std::optional(Op::HashTuple) : std::nullopt;
  default:
    if (!tuple.is(Op::TupleNew) || (!isTest(user.op) && !isCompare(user.op)) || user.operand(0) == user.operand(1)) return std::nullopt;
    return isTest(user.op) ? Op::TestTuple : Op::CompareTuple;
  }
  if (!isKey || user.operand(1) != made || user.operand(0) == made || !isKeyed(user.operand(0)->guess)) return std::nullopt;
  return user.is(Op::ItemGet) ? Op::ItemGetTuple : user.is(Op::ItemSet) ? Op::ItemSetTuple : Op::ContainsTuple;
}

// Who looks at it, and where it dies: all in its block, the death behind them. A call takes it with it.
struct Life {
  std::vector<Instruction*> users;
  Instruction* death = nullptr;
};
std::optional<Life> lifeOf(const Temp* made) {
  Life life;
  for (const Use* u = made->uses; u; u = u->next) {
    if (u->user->block != made->definition->block) return std::nullopt;
    if (!u->user->is(Op::Kill)) {
      if (!looseOp(*u->user, made)) return std::nullopt;
      life.users.push_back(u->user);
      if (!isCall(u->user->op)) continue;
    }
    if (std::exchange(life.death, u->user)) return std::nullopt;
  }
  if (!life.death || life.users.empty()) return std::nullopt;
  if (isCall(life.death->op)) return life.users.size() == 1 ? std::optional(std::move(life)) : std::nullopt;
  size_t before = 0;
  for (const Instruction* i = made->definition; i != life.death; i = i->next) before += std::count(life.users.begin(), life.users.end(), i);
  return before == life.users.size() ? std::optional(std::move(life)) : std::nullopt;
}

// What it has beside the items. An attribute that the call would look up is looked up first: evaluating the arguments cannot be told from that.
std::vector<Temp*> othersOf(Instruction& user, Op loose, const Temp* made) {
  switch (loose) {
  case Op::Among: return {user.operand(1)};
  case Op::CompareTuple:
  case Op::TestTuple: return {user.operand(user.operand(0) == made)};
  case Op::ItemSetTuple: return {user.operand(0), user.operand(2)};
  case Op::GetTuple: break;
  default: return {user.operand(0)};
  }
  if (user.is(Op::MethodCall)) return {user.operand(0), user.operand(1), user.operandCount > 3 ? user.operand(3) : nullptr};
  Instruction* load = insertLookUp(&user, user);
  return {load->result(0), load->result(1), user.operandCount > 2 ? user.operand(2) : nullptr};
}

// In front of `user`, which it replaces. A call owned its operands: these, but for the items, die behind it.
void giveItems(Function& f, Instruction& user, const Instruction& tuple) {
  const Op op = *looseOp(user, tuple.result());
  const std::vector<Temp*> others = othersOf(user, op, tuple.result());
  std::vector<Temp*> operands = others;
  for (uint32_t n = 0; n < tuple.operandCount; ++n) operands.push_back(tuple.operand(n));
  const int64_t imm = op == Op::CompareTuple || op == Op::TestTuple ? comparisonOf(user, tuple.result()) : 0;
  Instruction* loose = f.create(op, operands, {}, kNone, kNone, imm, 0, user.site);
  f.insertBefore(&user, loose);
  if (user.resultCount) {
    loose->result()->type = user.result()->type;
    loose->result()->guess = user.result()->guess;
    f.replaceUses(user.result(), loose->result());
  }
  if (!isCall(user.op)) return;
  // CPython lets go of a call's arguments in their order.
  killItems(tuple, &user);
  if (op == Op::HashTuple) return;
  if (Temp* otherwise = others.back()) insertBefore(&user, Op::Kill, {otherwise});
  if (user.is(Op::Method)) insertBefore(&user, Op::Kill, {others[0]});
}

bool loosen(Function& f, Instruction* made) {
  auto life = lifeOf(made->result());
  if (!life) return false;
  for (Instruction* user : life->users) giveItems(f, *user, *made);
  if (life->death->is(Op::Kill)) killItems(*made, life->death);
  for (Instruction* user : life->users)
    if (user != life->death) f.erase(user);
  f.erase(life->death);
  f.erase(made);
  return true;
}

} // namespace

bool runLooseTuples(Function& f) {
  if (f.module.keepsCells) return false;
  std::vector<Instruction*> candidates;
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if ((i->is(Op::TupleNew) || i->is(Op::ListNew)) && i->operandCount > 1) candidates.push_back(i);
  bool changed = false;
  for (Instruction* i : candidates) changed |= loosen(f, i);
  return changed;
}

} // namespace krait::ir::passes
