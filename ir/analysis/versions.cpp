#include "ir/analysis/versions.h"

#include "ir/analysis/constants.h"
#include "ir/analysis/flow.h"
#include "ir/core/module.h"
#include "ir/core/operators.h"

#include <algorithm>

namespace krait::ir::analysis {

using namespace core;

namespace {

// Two bodies are twice the code, and every way between them makes a phi for each local.
constexpr size_t kMaxOperations = 900, kMaxOperationsTimesLocals = 24000; // without moves
// Without a loop it takes some computation, and little code.
constexpr size_t kMinComputations = 3, kMaxOperationsOnce = 300;
// Of how many entries and rounds of loops that a profile has counted a second body is worth its space.
constexpr uint64_t kSeldom = 16;

constexpr uint32_t kNumbers = Type::integer().mask | Type::bit(TypeBit::Float) | Type::bit(TypeBit::Complex);

Guess guessOf(const Temp* t) {
  if (isNumber(t->guess)) return t->guess;
  return t->type.isFloat() ? Guess::Float : t->type.isInt() ? Guess::Int : Guess::None;
}

bool computes(const Instruction& i) {
  if (!isArithmetic(i.op) && !isTest(i.op)) return false;
  return guessOf(i.operand(0)) != Guess::None && guessOf(i.operand(1)) != Guess::None;
}

bool isNone(const Module& module, ConstantId id) { return module.constants[id].kind == ConstantKind::None; }

// Parameters whose default value is None: they are not always what they are guessed to be.
void markOptional(const Function& function, std::vector<bool>& unfit) {
  if (function.parent == kNone) return;
  const Module& module = function.module;
  for (const Block* b = module.functions[function.parent]->entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (!i->is(Op::FunctionNew) || i->index != function.number || !i->operand(0)) continue;
      const Instruction* defaults = originOf(i->operand(0));
      if (!defaults) continue;
      if (defaults->is(Op::Const)) {
        const auto& elements = module.constants[defaults->index].elements;
        for (size_t n = 0; n < elements.size() && n < function.argCount; ++n)
          if (isNone(module, elements[n])) unfit[function.argCount - elements.size() + n] = true;
      } else if (defaults->is(Op::TupleNew)) {
        for (size_t n = 0; n < defaults->operandCount && n < function.argCount; ++n) {
          const Constant* c = constantOf(module, defaults->operand(n));
          if (c && c->kind == ConstantKind::None) unfit[function.argCount - defaults->operandCount + n] = true;
        }
      }
    }
}

// Somebody asks whether it is None.
bool isQuestioned(const Temp* t) {
  for (const Use* u = t->uses; u; u = u->next)
    if (u->user->is(Op::Is)) return true;
  return false;
}

// What operators and builtins make is known to be one or the other when it is stored; what is read from somewhere is asked when it is used.
bool isComputed(const Temp* t) {
  const Instruction* made = originOf(t);
  return made && (isArithmetic(made->op) || made->is(Op::UnaryNeg) || made->is(Op::Call));
}

// Makes no code of its own.
bool isMove(const Instruction& i) { return isLocalLoad(i.op) || isLocalStore(i.op) || i.is(Op::Kill) || i.is(Op::Copy) || i.is(Op::Const); }

bool hasLoop(const Flow& flow) {
  for (const Block* b : flow.order())
    for (const Edge& e : flow.predecessors(b))
      if (!e.error && flow.reachable(e.from) && flow.rank(e.from) >= flow.rank(b)) return true;
  return false;
}

} // namespace

std::optional<RemarkId> whyNoVersion(const Function& function, const Worth& worth, bool runsOnce) {
  if (!function.module.speculates) return RemarkId::NotSpeculated;
  if (function.kind == FunctionKind::ClassBody) return RemarkId::TooLittle; // it runs once
  size_t operations = 0, weight = 0, computations = 0, objects = 0;
  bool guesses = false;
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      ++operations;
      weight += !isMove(*i);
      computations += computes(*i);
      objects += worth(*i);
      if (i->is(Op::LocalsDict)) return RemarkId::AsksForLocals;
      for (uint32_t r = 0; r < i->resultCount; ++r) guesses |= isNumber(i->results[r]->guess) && !i->is(Op::Const);
    }
  if (!guesses && !objects) return RemarkId::NothingGuessed;
  if (weight > kMaxOperations || weight * function.locals.size() > kMaxOperationsTimesLocals) return RemarkId::TooLarge;
  if (function.runs && function.runs->entered + function.runs->rounds < kSeldom) return RemarkId::SeldomRun;
  const bool pays = computations + objects >= kMinComputations && operations <= kMaxOperationsOnce && function.kind != FunctionKind::Module;
  if ((!pays || runsOnce) && !hasLoop(Flow(function))) return pays ? RemarkId::CalledOnce : RemarkId::TooLittle;
  return std::nullopt;
}

std::vector<GuessedLocal> guessesOfLocals(const Function& function) {
  std::vector<GuessedLocal> guesses(function.locals.size());
  std::vector<bool> unfit(function.locals.size()), isOther(function.locals.size());
  markOptional(function, unfit);
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().flags & (op_flags::kReadsLocal | op_flags::kWritesLocal))) continue;
      const uint32_t local = i->local();
      if (i->is(Op::LocalClear) && local >= function.varCount) continue; // a loop's end
      if (isLocalStore(i->op)) { // what is never a number from the start
        unfit[local] = unfit[local] || !(i->operand(0)->type.isWord() && (i->operand(0)->type.mask & kNumbers));
        const Constant* c = constantOf(function.module, i->operand(0));
        const bool isSmall = c && c->kind == ConstantKind::Int && c->integer >= -kExactDouble && c->integer <= kExactDouble;
        const Doubt doubt = i->operand(0)->doubt;
        const bool isNumber = guessOf(i->operand(0)) == Guess::Float ? doubt == Doubt::None || (doubt == Doubt::MayBeInt && isComputed(i->operand(0)))
                                                                     : guessOf(i->operand(0)) == Guess::Int && !c && doubt == Doubt::None;
        isOther[local] = isOther[local] || !(isSmall || isNumber);
      } else if (!isLocalLoad(i->op)) {
        unfit[local] = true;
      } else if (const Guess g = guessOf(i->result()); g != Guess::None || !(i->is(Op::LocalLend) || i->is(Op::LocalTake))) { // made later
        const bool mayBeInt = g == Guess::Float && i->result()->doubt == Doubt::MayBeInt;
        GuessedLocal& known = guesses[local];
        unfit[local] = unfit[local] || g == Guess::None || (i->result()->doubt != Doubt::None && !mayBeInt) || isQuestioned(i->result()) || (known.guess != Guess::None && known.guess != g);
        known = {g, known.mayBeInt || mayBeInt};
      }
    }
  for (size_t x = 0; x < guesses.size(); ++x)
    if (unfit[x] || (guesses[x].mayBeInt && (isOther[x] || x < function.paramCount()))) guesses[x] = {};
  return guesses;
}

} // namespace krait::ir::analysis
