#include "ir/analysis/versions.h"

#include "ir/analysis/call_targets.h"
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

// Loops, outermost ones if they are small enough, else those in them.
class LoopChoice {
public:
  LoopChoice(const Function& function, const Flow& flow) : f_(function), flow_(flow), chosen_(function.blockIdLimit()), set_(function.blockIdLimit()), number_(function.blockIdLimit()), low_(function.blockIdLimit()) {}

  std::vector<bool> run() {
    std::vector<const Block*> all(flow_.order().begin(), flow_.order().end());
    choose(all);
    return std::move(chosen_);
  }

private:
  // Of the blocks, which stand in reverse postorder.
  void choose(const std::vector<const Block*>& blocks) {
    const uint32_t set = ++sets_;
    for (const Block* b : blocks) set_[b->id] = set, number_[b->id] = 0;
    std::vector<std::vector<const Block*>> loops;
    next_ = 0;
    for (const Block* b : blocks)
      if (!number_[b->id]) connect(b, set, loops);
    for (std::vector<const Block*>& loop : loops) {
      if (isSmall(loop)) {
        for (const Block* b : loop) chosen_[b->id] = true;
        continue;
      }
      std::sort(loop.begin(), loop.end(), [&](const Block* a, const Block* b) { return flow_.rank(a) < flow_.rank(b); });
      loop.erase(loop.begin()); // its header
      choose(loop);
    }
  }

  struct Visit {
    const Block* block;
    uint32_t successor;
  };
  // Tarjan's strongly connected components: R. Tarjan, "Depth-first search and linear graph algorithms", 1972. Those that are loops go to `loops`.
  void connect(const Block* root, uint32_t set, std::vector<std::vector<const Block*>>& loops) {
    std::vector<Visit> path{{root, 0}};
    number_[root->id] = low_[root->id] = ++next_;
    open_.push_back(root);
    while (!path.empty()) {
      auto& [b, s] = path.back();
      const Instruction* end = b->terminator();
      if (s < end->successorCount) {
        const Block* to = end->target(s++);
        if (set_[to->id] != set) continue;
        if (number_[to->id]) {
          low_[b->id] = std::min(low_[b->id], number_[to->id]);
        } else {
          number_[to->id] = low_[to->id] = ++next_;
          open_.push_back(to);
          path.push_back({to, 0});
        }
        continue;
      }
      const Block* done = b;
      path.pop_back();
      if (!path.empty()) low_[path.back().block->id] = std::min(low_[path.back().block->id], low_[done->id]);
      if (low_[done->id] != number_[done->id]) continue;
      const auto first = std::find(open_.begin(), open_.end(), done);
      std::vector<const Block*> component(first, open_.end());
      open_.erase(first, open_.end());
      for (const Block* inside : component) set_[inside->id] = 0; // closed
      if (component.size() > 1 || goesToItself(*done)) loops.push_back(std::move(component));
    }
  }

  static bool goesToItself(const Block& b) {
    const Instruction* end = b.terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s)
      if (end->target(s) == &b) return true;
    return false;
  }

  bool isSmall(const std::vector<const Block*>& loop) const {
    size_t weight = 0;
    std::vector<bool> names(f_.locals.size());
    for (const Block* b : loop)
      for (const Instruction* i = b->first; i && !b->cold; i = i->next) {
        weight += !isMove(*i);
        if (i->info().attributes & attribute::LOCAL && i->index < names.size()) names[i->index] = true;
      }
    return weight <= kMaxOperations && weight * static_cast<size_t>(std::count(names.begin(), names.end(), true)) <= kMaxOperationsTimesLocals;
  }

  const Function& f_;
  const Flow& flow_;
  std::vector<bool> chosen_;
  std::vector<uint32_t> set_, number_, low_; // by block id: what it is looked for in, its number there, and the least that it leads back to
  std::vector<const Block*> open_;
  uint32_t sets_ = 0, next_ = 0;
};

} // namespace

VersionExtent extentOfVersion(const Function& function, const Worth& worth, bool runsOnce) {
  if (!function.module.speculates) return {RemarkId::NotSpeculated};
  if (function.kind == FunctionKind::ClassBody) return {RemarkId::TooLittle}; // it runs once
  size_t operations = 0, weight = 0, computations = 0, objects = 0;
  bool guesses = false;
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      ++operations;
      weight += !isMove(*i);
      computations += computes(*i);
      objects += worth(*i);
      if (i->is(Op::LocalsDict)) return {RemarkId::AsksForLocals};
      for (uint32_t r = 0; r < i->resultCount; ++r) guesses |= isNumber(i->results[r]->guess) && !i->is(Op::Const);
    }
  if (!guesses && !objects) return {RemarkId::NothingGuessed};
  if (operations > kMaxFastOperations) return {RemarkId::TooLarge};
  if (function.runs && function.runs->entered + function.runs->rounds < kSeldom) return {RemarkId::SeldomRun};
  const bool isTooLarge = weight > kMaxOperations || weight * function.locals.size() > kMaxOperationsTimesLocals;
  const bool pays = computations + objects >= kMinComputations && operations <= kMaxOperationsOnce && function.kind != FunctionKind::Module;
  const bool isWhole = !runsOnce && !isTooLarge && function.kind != FunctionKind::Module;
  if (pays && isWhole) return {};
  const Flow flow(function);
  if (!hasLoop(flow)) return {isTooLarge ? RemarkId::TooLarge : pays ? RemarkId::CalledOnce : RemarkId::TooLittle};
  if (isWhole) return {};
  VersionExtent extent{std::nullopt, LoopChoice(function, flow).run()};
  if (std::find(extent.blocks.begin(), extent.blocks.end(), true) == extent.blocks.end()) extent.none = RemarkId::TooLarge;
  return extent;
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
        const bool mayBeWide = g == Guess::Int && i->result()->doubt == Doubt::MayBeWide;
        GuessedLocal& known = guesses[local];
        unfit[local] = unfit[local] || g == Guess::None || (i->result()->doubt != Doubt::None && !mayBeInt && !mayBeWide) || isQuestioned(i->result()) || (known.guess != Guess::None && known.guess != g);
        known = {g, known.mayBeInt || mayBeInt, known.mayBeWide || mayBeWide};
      }
    }
  for (size_t x = 0; x < guesses.size(); ++x)
    if (unfit[x] || (guesses[x].mayBeInt && isOther[x])) guesses[x] = {};
  return guesses;
}

namespace {

struct Step {
  bool isTold = false;
  std::optional<int64_t> step{};
};

// What an instruction says of the range that it puts into its local.
Step stepOfStored(const Function& function, const Instruction& i) {
  if (i.is(Op::RangeBegin)) {
    const Instruction* step = i.operand(2)->definition;
    return {true, step && step->is(Op::IntConst) ? std::optional(step->imm) : std::nullopt};
  }
  if (!i.is(Op::LocalInit) && !i.is(Op::LocalSet)) return {};
  const Instruction* iter = i.operand(0)->definition;
  const Instruction* call = iter && iter->is(Op::Iter) ? iter->operand(0)->definition : nullptr;
  const bool isReversed = call && callsNamed(*call, "reversed") && call->operandCount == 2;
  if (isReversed) call = call->operand(1)->definition;
  if (!call || !callsNamed(*call, "range")) return {};
  if (call->operandCount < 4) return {true, isReversed ? -1 : 1};
  const Constant* step = constantOf(function.module, call->operand(3));
  return {true, step && step->kind == ConstantKind::Int ? std::optional<int64_t>(step->integer) : std::nullopt};
}

} // namespace

std::vector<std::optional<int64_t>> stepsOfRanges(const Function& function) {
  std::vector<std::optional<int64_t>> steps(function.locals.size());
  std::vector<bool> isSeen(function.locals.size());
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      const uint32_t local = i->is(Op::RangeBegin) || i->is(Op::LocalInit) || i->is(Op::LocalSet) ? i->local() : core::kNone;
      if (function.rawKind(local) != RawKind::Range) continue;
      const Step told = stepOfStored(function, *i);
      if (!told.isTold) continue;
      if (isSeen[local] && steps[local] != told.step) steps[local] = std::nullopt;
      else if (!isSeen[local]) steps[local] = told.step;
      isSeen[local] = true;
    }
  return steps;
}

} // namespace krait::ir::analysis
