#include "ir/analysis/versions.h"

#include "ir/analysis/flow.h"

#include <algorithm>

namespace krait::ir::analysis {

using namespace core;

namespace {

// Two bodies are twice the code, and every way between them makes a phi for each local.
constexpr size_t kMaxOperations = 1500, kMaxOperationsTimesLocals = 40000;
// Without a loop it takes some computation, and little code.
constexpr size_t kMinComputations = 3, kMaxOperationsOnce = 300;

bool readsBound(Op op) { return op == Op::LocalGet || op == Op::LocalRead || op == Op::LocalLend || op == Op::LocalTake; }
bool storesValue(Op op) { return op == Op::LocalSet || op == Op::LocalInit; }

Guess guessOf(const Temp* t) {
  if (t->guess != Guess::None) return t->guess;
  return t->type.isFloat() ? Guess::Float : t->type.isInt() ? Guess::Int : Guess::None;
}

bool computes(const Instruction& i) {
  if (!((i.op >= Op::BinaryAdd && i.op <= Op::InplaceMatMul) || (i.op >= Op::TestLt && i.op <= Op::TestGe))) return false;
  return guessOf(i.operand(0)) != Guess::None && guessOf(i.operand(1)) != Guess::None;
}

bool hasLoop(const Flow& flow) {
  for (const Block* b : flow.order())
    for (const Edge& e : flow.predecessors(b))
      if (!e.error && flow.reachable(e.from) && flow.rank(e.from) >= flow.rank(b)) return true;
  return false;
}

} // namespace

bool hasVersions(const Function& function) {
  if (function.isGenerator() || function.kind == FunctionKind::Module || function.kind == FunctionKind::ClassBody) return false;
  size_t operations = 0, computations = 0;
  bool guesses = false;
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      ++operations;
      computations += computes(*i);
      if (i->is(Op::LocalsDict)) return false;
      for (uint32_t r = 0; r < i->resultCount; ++r) guesses |= i->results[r]->guess != Guess::None && !i->is(Op::Const);
    }
  if (!guesses || operations > kMaxOperations || operations * function.locals.size() > kMaxOperationsTimesLocals) return false;
  return (computations >= kMinComputations && operations <= kMaxOperationsOnce) || hasLoop(Flow(function));
}

std::vector<Guess> guessesOfLocals(const Function& function) {
  std::vector<Guess> guesses(function.locals.size(), Guess::None);
  std::vector<bool> unfit(function.locals.size());
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().flags & (op_flags::kReadsLocal | op_flags::kWritesLocal))) continue;
      const uint32_t local = i->local();
      if (storesValue(i->op)) { // what is never a number from the start
        unfit[local] = unfit[local] || !(i->operand(0)->type.isWord() && (i->operand(0)->type.mask & (Type::integer().mask | Type::bit(TypeBit::Float))));
      } else if (!readsBound(i->op)) {
        unfit[local] = true;
      } else {
        const Guess g = guessOf(i->result());
        unfit[local] = unfit[local] || g == Guess::None || (guesses[local] != Guess::None && guesses[local] != g);
        guesses[local] = g;
      }
    }
  for (size_t x = 0; x < guesses.size(); ++x)
    if (unfit[x]) guesses[x] = Guess::None;
  return guesses;
}

} // namespace krait::ir::analysis
