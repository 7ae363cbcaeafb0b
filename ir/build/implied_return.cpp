// The return that a body ends in without saying so. Where frames are looked at, one that is over says at which line it ended: at what ran
// last. So each way out of the last statement returns by itself, as each copy of CPython's code for it has the line before it.
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

bool FunctionBuilder::joinsWays(const Stmt& s) {
  switch (s.kind) {
  case NodeKind::If:
  case NodeKind::For:
  case NodeKind::AsyncFor:
  case NodeKind::While:
  case NodeKind::Try:
  case NodeKind::TryStar:
  case NodeKind::Match: return true;
  default: return false;
  }
}

/// The blocks that do nothing behind their last instruction but go there.
static std::vector<core::Block*> waysTo(const core::Function& f, const core::Block* to) {
  std::vector<core::Block*> ways;
  for (core::Block* b = f.entry(); b; b = b->next)
    if (b->last && b->last->is(core::Op::Br) && b->last->target() == to) ways.push_back(b);
  return ways;
}

const Span* FunctionBuilder::endNoted(const Block* block) const {
  for (;;) {
    if (const auto found = ends_.find(block); found != ends_.end()) return &found->second;
    const std::vector<Block*> ways = waysTo(f_, block);
    if (ways.size() != 1 || f_.entry() == block) return nullptr;
    block = ways[0];
  }
}

void FunctionBuilder::leaveByWays(Block* join) {
  for (Block* way : waysTo(f_, join)) {
    if (const Span* end = endNoted(way)) {
      loc_ = *end;
      f_.erase(way->last);
      b_.setBlock(way);
      handler_ = way->handler;
      leave(constant(CKind::None));
    } else if (way->first == way->last) {
      leaveByWays(way);
    }
  }
}

void FunctionBuilder::leaveAtEnd(ListOf<Stmt> body) {
  const Span end = endOf(body);
  if (Block* last = b_.block(); c_.options.frames && !last->first && !ends_.contains(last)) {
    leaveByWays(last);
    start(last);
  }
  loc_ = end;
  leave(constant(CKind::None));
}

} // namespace krait::ir::build
