// The dict of ** is made when it is looked at. Most calls give no keywords of their own, and most code hands ** on or looks at it
// on a rare way only:
//
//   %3 = local.read $kwargs                 keywords.make $kwargs
//   %4 = item.get %3, %2                    %3 = local.read $kwargs
//                                           %4 = item.get %3, %2
//   %7 = local.read $kwargs                 %7 = local.peek $kwargs
//   %8 = call.ex %5, %6, %7                 %8 = call.ex %5, %6, %7
//
// The function says so in its flags (kCodeLazyKeywords), and calls without keywords leave the parameter null. Who looks at frames,
// events or locals() would miss the dict; a function that looks at it in its first block would win nothing.
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

/// All that is done with what was read is to hand it on as the ** of a call, to which null means none.
bool isHandedOn(const Instruction& read) {
  for (const Use* u = read.result()->uses; u; u = u->next)
    if (!u->user->is(Op::CallEx) || u->user->operand(2) != read.result() || u->user->operand(0) == read.result() ||
        u->user->operand(1) == read.result())
      return false;
  return true;
}

/// Where the traceback stands if there is no memory for the dict.
uint32_t siteBehind(const Instruction* read) {
  while (read && read->site == kNone) read = read->next;
  return read ? read->site : kNone;
}

bool makeLazy(Function& f) {
  if (!f.hasVarKeywords || f.kind != FunctionKind::Function || f.isGenerator() || f.makesKeywordsLate() || !f.entry()) return false;
  const uint32_t keywords = f.paramCount() - 1;
  std::vector<Instruction*> made, handedOn;
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::LocalsDict)) return false;
      if ((i->info().attributes & attribute::LOCAL2) && i->index2 == keywords) return false;
      if (!(i->info().attributes & attribute::LOCAL) || i->local() != keywords) continue;
      if (i->is(Op::LocalSet) || i->is(Op::LocalClear)) continue;
      if (!i->is(Op::LocalRead)) return false;
      if (isHandedOn(*i)) handedOn.push_back(i);
      else if (b == f.entry() || siteBehind(i) == kNone) return false;
      else made.push_back(i);
    }
  for (Instruction* read : handedOn) replaceOp(read, Op::LocalPeek);
  for (Instruction* read : made) insertBefore(read, Op::KeywordsMake, {}, keywords)->site = siteBehind(read);
  f.flags |= kCodeLazyKeywords;
  return true;
}

} // namespace

bool runLazyKeywords(Module& module) {
  bool changed = false;
  if (!module.keepsCells)
    for (auto& f : module.functions) changed |= makeLazy(*f);
  return changed;
}

} // namespace krait::ir::passes
