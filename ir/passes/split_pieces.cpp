// `s.split(",")[0]`, `s.partition(":")[2]`: the piece alone is made, and no list or tuple.
//
//   %3 = method "split", %s, %sep          %3 = split.piece 0, "split", %s, %sep
//   %5 = item.get %3, 0              ──>    %5 = piece.item 0, %3
//   kill %3                                 kill %3
//
// `k, v = s.split("=")`: the pieces are made, and no list or tuple.
//
//   %3 = method "split", %s, %sep          %3 = split.piece 258, "split", %s, %sep
//   %4, %5 = unpack 2, %3            ──>    %4, %5 = unpack 2, %3
//
// The runtime (runtime/types/str_split.cpp) does so where a str is asked for pieces that are told without making them; of everything else
// the call is made. They stay two operations, since each raises where its own text stands.
//
// Not where the module has a function of that name: it may be a method that is done in place.
#include <algorithm>
#include <optional>

#include "ir/analysis/constants.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"
#include "runtime/abi/pieces.h"

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

// Who asks the list for one item or unpacks it, behind which it dies; null if there is more to it. The receiver of a call may die in between:
// a str runs nothing then.
Instruction* userOf(const Instruction& call) {
  const Use* uses = call.result()->uses;
  if (!uses || !uses->next || uses->next->next) return nullptr; // these two
  Instruction* i = call.next;
  while (i && (i->is(Op::Const) || (i->is(Op::Kill) && i->operand(0) == call.operand(0)))) i = i->next;
  const bool asks = i && (i->is(Op::ItemGet) || i->is(Op::Unpack)) && i->operand(0) == call.result();
  return asks && i->next && i->next->is(Op::Kill) && i->next->operand(0) == call.result() ? i : nullptr;
}

// What split.piece is asked for in place of the call that `user` looks at.
std::optional<int64_t> askedFor(const Function& f, const Instruction& call, const Instruction& user) {
  if (user.is(Op::Unpack)) {
    const bool isFew = user.resultCount >= 2 && user.resultCount <= kMostPiecesUnpacked;
    return isFew ? std::optional(kPiecesUnpacked + user.resultCount) : std::nullopt;
  }
  const Constant* index = analysis::constantOf(f.module, user.operand(1));
  const bool isNear = index && index->kind == ConstantKind::Int && index->integer < kMostPieces && index->integer >= -kMostPieces;
  return isNear ? std::optional(index->integer) : std::nullopt;
}

bool makePiece(Function& f, Instruction& call) {
  Instruction* user = userOf(call);
  const std::optional<int64_t> asked = user ? askedFor(f, call, *user) : std::nullopt;
  if (!asked) return false;
  std::vector<Temp*> operands;
  for (uint32_t n = 0; n < call.operandCount; ++n) operands.push_back(call.operand(n));
  Instruction* piece = f.create(Op::SplitPiece, operands, {}, call.index, kNone, *asked, 0, call.site);
  f.insertBefore(&call, piece);
  f.replaceUses(call.result(), piece->result());
  f.erase(&call);
  if (user->is(Op::Unpack)) return true;
  f.replaceUses(user->result(), insertBefore(user, Op::PieceItem, {piece->result()}, kNone, kNone, *asked)->result());
  f.erase(user);
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
