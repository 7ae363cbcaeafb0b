// `s.split(",")[0]`, `s.partition(":")[2]`: the piece alone is made, and no list or tuple.
//
//   %3 = method "split", %s, %sep          %3 = split.piece 0, "split", %s, %sep
//   %5 = item.get %3, 0              ──>    %5 = piece.item 0, %3
//   kill %3                                 kill %3
//
// The runtime (runtime/types/str_split.cpp) does so where a str is asked for pieces that are told without making them; of everything else
// the call is made. They stay two operations, since each raises where its own text stands.
//
// Not where the module has a function of that name: it may be a method that is done in place.
#include <algorithm>

#include "ir/analysis/constants.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr uint32_t kMostArguments = 2; // separator, how often
constexpr int64_t kMostPieces = 8;     // beyond, and as far from the end, pieces are rarely asked for by number

bool isSplit(const Instruction& i) {
  if (!i.is(Op::Method) || i.operandCount > 1 + kMostArguments) return false;
  const std::string& name = i.block->function->module.names[i.index];
  return name == "split" || name == "rsplit" || name == "partition" || name == "rpartition";
}

bool hasFunctionNamed(const Module& module, const std::string& name) {
  return std::ranges::any_of(module.functions, [&](const auto& f) { return f->name == name; });
}

// Who asks the list for one item, behind which it dies; null if there is more to it.
Instruction* itemOf(const Instruction& call) {
  const Use* uses = call.result()->uses;
  if (!uses || !uses->next || uses->next->next) return nullptr; // these two
  Instruction* i = call.next;
  while (i && i->is(Op::Const)) i = i->next;
  const bool asks = i && i->is(Op::ItemGet) && i->operand(0) == call.result();
  return asks && i->next && i->next->is(Op::Kill) && i->next->operand(0) == call.result() ? i : nullptr;
}

bool makePiece(Function& f, Instruction& call) {
  Instruction* item = itemOf(call);
  const Constant* index = item ? analysis::constantOf(f.module, item->operand(1)) : nullptr;
  if (!index || index->kind != ConstantKind::Int || index->integer >= kMostPieces || index->integer < -kMostPieces) return false;
  std::vector<Temp*> operands;
  for (uint32_t n = 0; n < call.operandCount; ++n) operands.push_back(call.operand(n));
  Instruction* piece = f.create(Op::SplitPiece, operands, {}, call.index, kNone, index->integer, 0, call.site);
  f.insertBefore(&call, piece);
  f.replaceUses(call.result(), piece->result());
  f.erase(&call);
  f.replaceUses(item->result(), insertBefore(item, Op::PieceItem, {piece->result()}, kNone, kNone, index->integer)->result());
  f.erase(item);
  return true;
}

} // namespace

bool runSplitPieces(Function& f) {
  std::vector<Instruction*> calls;
  for (Block* b = f.entry(); b && f.module.speculates; b = b->next) // else calls may be watched
    for (Instruction* i = b->first; i; i = i->next)
      if (isSplit(*i) && !hasFunctionNamed(f.module, f.module.names[i->index])) calls.push_back(i);
  bool changed = false;
  for (Instruction* call : calls) changed |= makePiece(f, *call);
  return changed;
}

} // namespace krait::ir::passes
