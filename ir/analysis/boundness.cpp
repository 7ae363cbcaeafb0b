#include "ir/analysis/boundness.h"

namespace krait::ir::analysis {

using namespace core;

void Boundness::step(const Instruction& i, std::vector<uint8_t>& state) {
  switch (i.op) {
  case Op::LocalGet:
  case Op::LocalSet:
  case Op::LocalInit:
  case Op::ExcPush:
  case Op::LocalBind:
  case Op::LocalBindReal:
  case Op::IntSet:
  case Op::RangeBegin:
  case Op::ListBegin:
  case Op::KeywordsMake:
  case Op::LocalsDict: state[i.local()] = kBound; break;
  case Op::LocalTake:
  case Op::LocalLend:
  case Op::LocalDel:
  case Op::LocalClear:
  case Op::LocalUnbind:
  case Op::CellFromLocal:
  case Op::ExcPop: state[i.local()] = kUnbound; break;
  case Op::FrameLeave:
    for (uint8_t& s : state) s = kUnbound;
    break;
  default: break;
  }
}

Boundness::Boundness(const Function& function, const Flow& flow) {
  in_.resize(function.blockIdLimit());
  if (!function.entry() || function.locals.empty()) return;
  std::vector<bool> queued(flow.order().size());
  bool again = true;
  auto flowInto = [&](const Block* to, const std::vector<uint8_t>& state) {
    std::vector<uint8_t>& in = in_[to->id];
    bool changed = in.empty();
    if (changed) in = state;
    else
      for (size_t k = 0; k < state.size(); ++k)
        if (state[k] & ~in[k]) in[k] |= state[k], changed = true;
    if (changed && flow.reachable(to)) {
      queued[flow.rank(to)] = true;
      again = true;
    }
  };
  std::vector<uint8_t> state(function.locals.size(), kUnbound);
  for (uint32_t k = 0; k < function.paramCount(); ++k) state[k] = kBound;
  if (function.makesKeywordsLate()) state[function.paramCount() - 1] = kEither;
  flowInto(function.entry(), state);
  while (again) {
    again = false;
    for (size_t n = 0; n < queued.size(); ++n) {
      if (!queued[n]) continue;
      queued[n] = false;
      Block* b = flow.order()[n];
      state = in_[b->id];
      bool dirty = true; // the handler has not seen this state yet
      for (Instruction* i = b->first; i; i = i->next) {
        if (b->handler && dirty && mayRaise(i->op)) {
          flowInto(b->handler, state);
          dirty = false;
        }
        if (i->info().flags & (op_flags::kWritesLocal | op_flags::kReadsLocal)) {
          step(*i, state);
          dirty = true;
        }
      }
      Instruction* end = b->terminator();
      for (uint32_t s = 0; s < end->successorCount; ++s) flowInto(end->target(s), state);
    }
  }
}

} // namespace krait::ir::analysis
