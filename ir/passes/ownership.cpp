// Cheaper ownership. What comes in is correct already: every owned temporary is
// consumed once, every borrowed one is valid while used, copies stand where a
// borrowed word is passed on. Two rewritings:
//
//   a local that dies right after its copy is moved out of:
//     %1 = local.read $x; %2 = copy %1; frame.leave; ret %2
//       ->  %2 = local.take $x; frame.leave; ret %2
//
//   augmented assignment of a local takes the local's own reference, so that a
//   string or list that only the local refers to grows in place:
//     %1 = local.get $s; %2 = copy %1; …; %3 = inplace.add %2, %t; kill %t; local.set $s, %3
//       ->  %1 = local.get $s; …; %2 = local.lend $s; %3 = inplace.add %2, %t; local.init $s, %3; kill %t
//     The kill of the right operand moves behind the store: nothing may look at the
//     local while its reference is lent.
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool isLocalRead(const Instruction* i) { return i && (i->is(Op::LocalGet) || i->is(Op::LocalRead)); }

bool writesLocal(const Instruction* i, uint32_t local) {
  if (i->is(Op::FrameLeave)) return true;
  return (i->info().flags & op_flags::kWritesLocal) && i->local() == local;
}

// `copy` is the returned value of its function: moved out of the local in front of frame.leave.
bool moveOutOfDying(Function& f, Instruction* copy) {
  if (f.module.keepsFrames) return false;
  Instruction* read = copy->operand(0)->definition;
  Temp* value = copy->result();
  if (!isLocalRead(read) || read->block != copy->block || !value->uses || value->uses->next) return false;
  Instruction* ret = value->uses->user;
  if (!ret->is(Op::Ret) || ret->block != copy->block) return false;
  Instruction* leave = ret->previous;
  if (!leave || !leave->is(Op::FrameLeave)) return false;
  // Between them nothing may need the local: neither through a read nor, after an error, through a traceback.
  for (Instruction* i = copy->next; i != leave; i = i->next)
    if (!i || mayRaise(i->op) || mayRunCode(i->op) || (i->info().flags & (op_flags::kReadsLocal | op_flags::kWritesLocal))) return false;
  for (Use* u = read->result()->uses; u; u = u->next) {
    if (u->user == copy) continue;
    if (u->user->block != copy->block) return false;
    for (Instruction* i = copy->next; i; i = i->next)
      if (i == u->user) return false;
  }
  for (Instruction* i = read->next; i != copy; i = i->next)
    if (writesLocal(i, read->local())) return false;
  Instruction* take = insertBefore(copy, Op::LocalTake, {}, read->local());
  take->result()->type = value->type;
  f.replaceUses(value, take->result());
  f.erase(copy);
  if (read->is(Op::LocalRead) && !read->result()->uses) f.erase(read);
  return true;
}

bool lend(Function& f, Instruction* inplace) {
  Temp* left = inplace->operand(0);
  Instruction* copy = left->definition;
  if (!copy || !copy->is(Op::Copy) || copy->block != inplace->block || left->uses->next) return false;
  Instruction* read = copy->operand(0)->definition;
  if (!isLocalRead(read) || read->block != inplace->block) return false;
  uint32_t local = read->local();
  // Kills of the operands, then the store of the result into the same local.
  Instruction* store = inplace->next;
  while (store && store->is(Op::Kill)) store = store->next;
  if (!store || !(store->is(Op::LocalSet) || store->is(Op::LocalInit)) || store->local() != local ||
      store->operand(0) != inplace->result() || inplace->result()->uses->next)
    return false;
  for (Instruction* i = read->next; i != inplace; i = i->next)
    if (writesLocal(i, local)) return false;
  // `s += s`: the right operand is the local's reference too.
  if (Instruction* other = inplace->operand(1)->definition; isLocalRead(other) && other->local() == local) return false;
  // Nobody else looks at what was read after the lending.
  for (Use* u = read->result()->uses; u; u = u->next)
    for (Instruction* i = inplace->next; i; i = i->next)
      if (i == u->user) return false;
  Instruction* lent = insertBefore(inplace, Op::LocalLend, {}, local);
  lent->result()->type = left->type;
  f.replaceUses(left, lent->result());
  f.erase(copy);
  Instruction* init = f.create(Op::LocalInit, std::initializer_list<Temp*>{inplace->result()}, {}, local);
  f.erase(store);
  f.insertAfter(inplace, init);
  return true;
}

} // namespace

bool runOwnership(Function& function) {
  std::vector<Instruction*> candidates;
  for (Block* b = function.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::Copy) || (i->op >= Op::InplaceAdd && i->op <= Op::InplaceMatMul)) candidates.push_back(i);
  // An error that was handled and lives on keeps the locals of this frame, the returned one among them (runtime/exceptions/caught.h).
  bool handles = false;
  for (const Block* b = function.entry(); b; b = b->next) handles |= b->handler != nullptr;
  const bool keepsCaught = handles && !function.isGenerator();
  bool changed = false;
  for (Instruction* i : candidates) {
    if (!i->block) continue; // erased with an earlier one
    changed |= i->is(Op::Copy) ? !keepsCaught && moveOutOfDying(function, i) : lend(function, i);
  }
  return changed;
}

} // namespace krait::ir::passes
