// Two operations are done in a way that is cheaper than CPython's, and tells: where the last reference to an instance is at stake, its
// class has a __del__, and that prints. A test of that reference leads to CPython's way, which is seldom taken.
//
//   CPython moves a receiver into the method, whose first variable it is; here the call's caller keeps it:
//     %4 = method "m", %3; kill %3
//       ->        inert.check %3 ── no ──> %5 %6 = method.load "m", %3; kill %3; %7 = method.call %5, %6; kill %5
//            ^usual: as before
//
//   The old value of `a` in `a += f()` dies when the new one is stored; here, lent to the operator, before what f returned:
//     %2 = local.lend $a; %3 = inplace.add %2, %1; local.init $a, %3; kill %1
//       ->   %4 = local.read $a; inert.check %4 ── no ──> %5 = copy %4; %6 = inplace.add %5, %1; kill %1; local.set $a, %6
//            ^usual: as before
//   Where frames are kept, that is so whatever the right operand is: what dies in the operator may look at `a`, which has the old value still.
//
// Only what was made just now can be nobody else's: results of calls and operators, attributes and items of those and of displays, and what two ways
// lead to, of which no type and no guess says otherwise.
#include <array>
#include <unordered_map>
#include "ir/core/operators.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool isMaker(Op op) {
  switch (op) {
  case Op::CallStar:
  case Op::CallEx:
  case Op::MethodCallStar:
  case Op::UnaryNeg:
  case Op::UnaryPos:
  case Op::UnaryInvert: return true;
  default: return isCall(op) || isBoundCall(op) || isArithmetic(op);
  }
}

/// Somebody may hear it die, as far as one knows.
bool mayBeHeard(const Temp& t) { return !t.type.isInert() && (t.guess == Guess::None || t.guess == Guess::Instance); }
bool kills(const Instruction* i, const Temp* t) { return i && i->is(Op::Kill) && i->operand(0) == t; }

bool dies(const Temp& t) {
  for (const Use* u = t.uses; u; u = u->next)
    if (u->user->is(Op::Kill)) return true;
  return false;
}

bool isMadeHere(const Temp& t);

/// What is taken out of it may be nobody else's: it was made just now, or it is a display in which such a thing stands, or a comprehension's.
bool mayHoldMadeHere(const Temp& container) {
  const Instruction* made = container.definition;
  if (isMadeHere(container)) return true;
  if (!made || !(made->is(Op::ListNew) || made->is(Op::TupleNew) || made->is(Op::DictNew) || made->is(Op::ListNewFor))) return false;
  if (made->operandCount == 0 || made->is(Op::ListNewFor)) return true; // filled later
  for (size_t n = 0; n < made->operandCount; ++n)
    if (const Temp& item = *made->operand(n); isMadeHere(item) && mayBeHeard(item)) return true;
  return false;
}

/// Nobody else may have it: it was made just now, or taken out of what was, which is gone.
bool isMadeHere(const Temp& t) {
  const Instruction* made = t.definition;
  if (t.ownership != Ownership::Owned) return false;
  if (!made || isMaker(made->op)) return true;
  return (made->is(Op::AttrGet) || made->is(Op::ItemGet)) && mayHoldMadeHere(*made->operand(0)) && dies(*made->operand(0));
}

bool isCallOnDying(const Instruction& i) {
  if (!(i.is(Op::Method) || i.is(Op::MethodKw)) || !isMadeHere(*i.operand(0)) || !kills(i.next, i.operand(0))) return false;
  // Numbers are seldom asked for methods: a sum that is guessed to be one is more likely an instance.
  return mayBeHeard(*i.operand(0)) || (!i.operand(0)->type.isInert() && isNumber(i.operand(0)->guess));
}

/// The store of the result, if the right operand dies behind it; where frames are kept, any: what dies in the operator may look at the
/// variable, which has the old value still.
Instruction* storeBeforeDeath(const Instruction& i) {
  if (!isInplace(i.op) || !i.previous || !i.previous->is(Op::LocalLend) || i.previous->result() != i.operand(0)) return nullptr;
  Instruction* store = i.next;
  if (!store || !store->is(Op::LocalInit) || store->local() != i.previous->local()) return nullptr;
  if (i.block->function->module.keepsFrames) return i.operand(0)->type.isInert() ? nullptr : store;
  const bool mayTell = mayBeHeard(*i.operand(0)) && isMadeHere(*i.operand(1)) && mayBeHeard(*i.operand(1));
  return mayTell && kills(store->next, i.operand(1)) ? store : nullptr;
}

/// The block of `first` in three: it ends with the test of `heard`, ^usual gets what is from `first` to `last`, ^after the rest. CPython's
/// way comes to stand in a fourth, before its branch to ^after.
struct Fork {
  Block* after;
  Instruction *usual, *other; // the branches to it

  Fork(Function& f, Instruction* first, Instruction* last, Temp* heard) {
    Block* block = first->block;
    Block* within = f.newBlock(block);
    after = f.newBlock(within);
    Block* heardBlock = f.newBlock(f.lastBlock());
    for (Block* b : {within, after, heardBlock}) b->handler = block->handler, b->cold = block->cold, b->version = block->version;
    heardBlock->cold = true;
    while (Instruction* i = last->next) {
      f.unlink(i);
      f.append(after, i);
    }
    while (true) {
      Instruction* next = first->next;
      f.unlink(first);
      f.append(within, first);
      if (first == last) break;
      first = next;
    }
    const Function::Target on{after, {}}, ways[] = {{within, {}}, {heardBlock, {}}};
    usual = f.create(Op::Br, {}, std::span(&on, 1));
    other = f.create(Op::Br, {}, std::span(&on, 1));
    f.append(within, usual);
    f.append(heardBlock, other);
    f.append(block, f.create(Op::InertCheck, std::array{heard}, ways));
  }
};

/// Where the arguments of `call` begin that are only read or counted for it: they are made anew on either way.
Instruction* firstArgument(Instruction* call) {
  Instruction* first = call;
  for (Instruction* i = call->previous; i && (i->is(Op::Copy) || i->is(Op::LocalRead) || i->is(Op::Const)); i = i->previous) {
    for (const Use* u = i->result()->uses; u; u = u->next) {
      bool isWithin = false;
      for (const Instruction* k = first; k != call->next; k = k->next) isWithin |= k == u->user;
      if (!isWithin) return first;
    }
    first = i;
  }
  return first;
}

Temp* cloneFor(Instruction* position, const Instruction& i, const std::unordered_map<const Temp*, Temp*>& clones) {
  Function& f = *position->block->function;
  std::vector<Temp*> operands;
  for (size_t n = 0; n < i.operandCount; ++n) operands.push_back(clones.contains(i.operand(n)) ? clones.at(i.operand(n)) : i.operand(n));
  Instruction* made = f.create(i.op, operands, {}, i.index, i.index2, i.imm, i.imm2, i.site);
  f.insertBefore(position, made);
  made->result()->type = i.result()->type;
  made->result()->guessAs(*i.result());
  return made->result();
}

void moveReceiver(Function& f, Instruction* method) {
  Temp* receiver = method->operand(0);
  Instruction* first = firstArgument(method);
  const Fork fork(f, first, method->next, receiver);
  Instruction* load = insertLookUp(fork.other, *method);
  insertBefore(fork.other, Op::Kill, {receiver});
  std::unordered_map<const Temp*, Temp*> clones;
  for (; first != method; first = first->next) clones[first->result()] = cloneFor(fork.other, *first, clones);
  std::vector<Temp*> arguments;
  for (size_t n = 1; n < method->operandCount; ++n) {
    Temp* t = method->operand(n);
    arguments.push_back(clones.contains(t) ? clones.at(t) : t);
  }
  Temp* other = insertLookedUpCall(fork.other, *method, *load, arguments)->result();
  Temp *result = method->result(), *either = f.addParameter(fork.after, result->type, result->ownership);
  other->type = result->type;
  either->guessAs(*result);
  f.replaceUses(result, either);
  f.setTarget(fork.usual, 0, fork.after, std::array{result});
  f.setTarget(fork.other, 0, fork.after, std::array{other});
}

void keepOld(Function& f, Instruction* inplace, Instruction* store) {
  Instruction* lend = inplace->previous;
  Temp *left = lend->result(), *right = inplace->operand(1);
  Instruction* old = insertBefore(lend, Op::LocalRead, {}, lend->local());
  old->result()->type = left->type;
  old->result()->guessAs(*left);
  const bool rightDies = kills(store->next, right);
  const Fork fork(f, lend, rightDies ? store->next : store, old->result());
  Instruction* copy = insertBefore(fork.other, Op::Copy, {old->result()});
  copy->result()->type = left->type;
  Instruction* made = f.create(inplace->op, std::array{copy->result(), right}, {}, kNone, kNone, 0, 0, inplace->site);
  f.insertBefore(fork.other, made);
  made->result()->type = inplace->result()->type;
  if (rightDies) insertBefore(fork.other, Op::Kill, {right});
  Instruction* set = insertBefore(fork.other, Op::LocalSet, {made->result()}, lend->local());
  set->site = inplace->site;
}

} // namespace

bool runHeardDeaths(Function& function) {
  std::vector<Instruction*> found;
  for (Block* b = function.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (isCallOnDying(*i) || storeBeforeDeath(*i)) found.push_back(i);
  for (Instruction* i : found) {
    if (Instruction* store = storeBeforeDeath(*i)) keepOld(function, i, store);
    else moveReceiver(function, i);
  }
  return !found.empty();
}

} // namespace krait::ir::passes
