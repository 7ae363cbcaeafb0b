#include "ir/passes/versions/inliner.h"

#include "ir/analysis/liveness.h"
#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/transaction.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr size_t kMaxInFunction = 1200; // operations of all transactions in one function

// Whether all that the function returns are answers of comparisons, True or False.
bool returnsAnswer(const Temp* t, unsigned depth = 0) {
  if (const Instruction* made = t->definition) {
    if (made->is(Op::Copy)) return returnsAnswer(made->operand(0), depth);
    if (made->is(Op::Const)) return isBool(made->block->function->module.constants[made->index]);
    return isCompare(made->op) || made->is(Op::BoolNew) || made->is(Op::UnaryNot);
  }
  if (depth > 2) return false;
  const auto& parameters = t->block->parameters;
  const auto number = static_cast<size_t>(std::find(parameters.begin(), parameters.end(), t) - parameters.begin());
  for (const Block* b = t->block->function->entry(); b; b = b->next) {
    const Instruction* end = b->terminator();
    for (uint32_t s = 0; end && s < end->successorCount; ++s)
      if (end->target(s) == t->block && !returnsAnswer(end->argument(s, number), depth + 1)) return false;
  }
  return true;
}

bool returnsAnswers(const Function& f) {
  for (const Block* b = f.entry(); b; b = b->next)
    if (const Instruction* end = b->terminator(); end && end->is(Op::Ret) && !b->version && !returnsAnswer(end->operand(0))) return false;
  return true;
}

// The question whether the result is true, if nothing else is asked of it and nothing happens between.
const Instruction* truthOfResult(const Instruction& call) {
  const Instruction* next = call.next;
  while (next->is(Op::Kill)) next = next->next;
  if (!next->is(Op::Truth) || next->operand(0) != call.result()) return nullptr;
  for (const Use* u = call.result()->uses; u; u = u->next)
    if (u->user != next && !u->user->is(Op::Kill)) return nullptr;
  return next;
}

// Whether the result dies at once, unseen: nothing but what the call was given dies before. Else who leaves before it dies hands it over.
bool isDropped(const Instruction& call) {
  for (const Use* u = call.result()->uses; u; u = u->next)
    if (!u->user->is(Op::Kill)) return false;
  const auto isOperand = [&](const Temp* t) {
    for (uint32_t n = 0; n < call.operandCount; ++n)
      if (call.operand(n) == t) return true;
    return false;
  };
  const Instruction* next = call.next;
  while (next->is(Op::Kill) && isOperand(next->operand(0))) next = next->next;
  return next->is(Op::Kill) && next->operand(0) == call.result();
}

} // namespace

Answer Transaction::answerOf(const Function& f) const {
  if (answersTruth(call_.op)) return Answer::Truth;
  if (!call_.resultCount) return Answer::Nothing;
  if (isDropped(call_)) return Answer::Nothing;
  if (truthOfResult(call_)) return Answer::Truth;
  if (returnsAnswers(f)) return Answer::Flag;
  switch (surelyKind(call_.result())) {
  case RawKind::Int: return Answer::Int;
  case RawKind::Float: return Answer::Float;
  default: break;
  }
  if (call_.result()->guess == Guess::Int && call_.result()->doubt == Doubt::MayBeWide) return Answer::Unsigned;
  return call_.result()->guess == Guess::Float && call_.result()->doubt == Doubt::MayBeInt ? Answer::Either : Answer::Word;
}

// What is lent and does not die behind the call has to outlive it.
void Transaction::settle() {
  const Instruction* next = call_.next;
  while (next->is(Op::Kill)) next = next->next;
  t_.settleIf([&](const Temp* t) {
    for (const Instruction* i = next; i; i = i->next)
      for (uint32_t u = 0; u < i->useCount; ++u)
        if (i->uses[u].temp == t) return true;
    return false;
  });
}

// Whether one that does not exist is still looked at behind the call, or held by more than it.
bool Transaction::outlives() const {
  if (!t_.virtuals().locals.empty()) return true;
  std::vector<unsigned> dying(old_);
  for (uint32_t n = 0; n < call_.operandCount; ++n) {
    const Temp* t = call_.operand(n);
    if (!isVirtualOperand(t)) continue;
    dying[static_cast<size_t>(t_.of(t).instance)] += analysis::useModeOf(call_, n) != analysis::UseMode::Borrow || diesBehind(call_, t);
  }
  for (size_t n = old_; n-- > 0;) { // what one has within comes before it
    const Instance& instance = t_.virtuals().instances[n];
    if (instance.holders > dying[n]) return true;
    for (auto& [name, value] : instance.slots)
      if (instance.holders && value.instance >= 0) ++dying[static_cast<size_t>(value.instance)];
  }
  return false;
}

void Transaction::prepare(std::span<const Function* const> targets) {
  answer_ = answerOf(*targets[0]);
  for (const Function* target : targets.subspan(1))
    if (answer_ != Answer::Truth && answerOf(*target) != answer_) answer_ = Answer::Word;
  old_ = t_.virtuals().instances.size();
  isVirtual_ = answer_ == Answer::Word && t_.uses().areVirtual(call_.result());
  settle();
  const bool makesNone = answer_ != Answer::Word || isVirtual_;
  if (!makesNone || !std::all_of(targets.begin(), targets.end(), [&](const Function* target) { return t_.uses().isQuiet(*target); })) t_.ownClasses();
  // Of a result that is no number, say, the general body goes on: it does not know the classes and words that are left to the meeting.
  const bool isChecked = answer_ != Answer::Word && answer_ != Answer::Nothing && answer_ != Answer::Truth;
  // A number that comes from there, too, would leave nothing of what is known about its receiver: its next call would ask for all again.
  const bool isNumber = rawKindOf(answer_) != RawKind::None || answer_ == Answer::Either;
  const Function* unfit = nullptr; // that the name may mean, too: it is called beside each time
  isForeseen_ = isNumber && targetsOf(call_, t_.plan(), &unfit).size() == targets.size() && !unfit;
  leaves_ = outlives() || (isChecked && std::any_of(t_.virtuals().instances.begin(), t_.virtuals().instances.end(), [](const Instance& instance) {
              return instance.holders && (instance.ownsClass || std::any_of(instance.slots.begin(), instance.slots.end(), [](auto& slot) { return slot.second.owned; }));
            }));
}

// No way came to an end: nothing is asked in vain, the call is made at once.
void Transaction::undo(const Beginning& beginning) {
  Function& f = t_.function();
  for (Block* b = f.entry(); b;) {
    Block* made = b;
    b = b->next;
    if (made->id >= beginning.blocks) f.eraseBlock(made);
  }
  while (beginning.at->last != beginning.last) f.erase(beginning.at->last);
  f.shapes = beginning.shapes;
  t_.goOn(beginning.at);
  t_.jump(cold_, {});
  t_.goOn(nullptr);
}

void Transaction::run(std::span<const Function* const> targets, size_t depth) {
  Function& f = t_.function();
  prepare(targets);
  cold_ = t_.coldBlock();
  meeting_ = t_.newBlock();
  Temp *result = nullptr, *isInt = nullptr;
  switch (answer_) {
  case Answer::Nothing: break;
  case Answer::Either:
    result = t_.numberParameter(meeting_, RawKind::Float);
    isInt = f.addParameter(meeting_, Type::raw(Repr::I1), Ownership::Raw);
    break;
  case Answer::Int: result = t_.numberParameter(meeting_, RawKind::Int); break;
  case Answer::Unsigned: result = t_.numberParameter(meeting_, RawKind::Unsigned); break;
  case Answer::Float: result = t_.numberParameter(meeting_, RawKind::Float); break;
  case Answer::Truth:
  case Answer::Flag: result = f.addParameter(meeting_, Type::raw(Repr::I1), Ownership::Raw); break;
  case Answer::Word: break; // when it is known what it is
  }
  const auto before = t_.save();
  const Beginning beginning{t_.here(), t_.here()->last, f.blockIdLimit(), f.shapes};
  t_.leaveFor(cold_);
  t_.guard(Op::DepthCheck, {}, {.imm = static_cast<int64_t>(depth)});
  if (isLookedUp(call_)) {
    Temp* receiver = wordOf(call_.operand(1));
    if (firstOf(call_, t_.plan()) == analysis::ClassModel::First::None) t_.guard(Op::AbsentCheck, {receiver});
    else receiver_ = t_.checked(Op::PresentCheck, {receiver});
  }
  requireLength(call_);
  Temp* callee = isVirtualOperand(call_.operand(0)) ? nullptr : wordOf(call_.operand(0));
  if (State s; expects(call_, targets, s)) {
    begin(call_, *targets[0], nullptr, callee, s);
    walk(targets[0]->entry(), targets[0]->entry()->first, std::move(s));
  } else if (asksPlain(call_, t_.plan())) { // there is no look for it
    t_.leave();
  } else {
    Temp* found = find(call_);
    for (const Function* target : targets) {
      Block* other = target == targets.back() ? cold_ : t_.newBlock();
      t_.guardOr(Op::EntryCheck, {found}, other, {.index = target->number});
      State own;
      begin(call_, *target, found, callee, own);
      walk(target->entry(), target->entry()->first, std::move(own));
      t_.restore(before);
      t_.goOn(other);
    }
  }
  if (!hasFinished_) undo(beginning);
  isVirtual_ = isVirtual_ && left_.empty() && areAlike();
  if (answer_ == Answer::Word && !isVirtual_) t_.wordParameter(meeting_, *call_.result());
  leaves_ |= isVirtual_ || (isForeseen_ && !hasDoubt_ && hasFinished_);
  if (isVirtual_) {
    giveVirtual();
  } else {
    for (End& end : ends_) {
      t_.restore(end.knowledge);
      t_.goOn(end.at);
      giveWord(end.result, end.state);
    }
  }
  t_.restore(before);
  t_.leaveFor(nullptr);
  cold_->cold = hasFinished_ && left_.empty();
  callBeside();
  t_.restore(before);
  t_.goOn(hasFinished_ || !leaves_ ? meeting_ : nullptr);
  t_.forgetLent(); // they are dead, or die next
  // A lookup that waited for the call is over, too, before a death is heard of: it is not to be made up for.
  if (const Temp* found = call_.operand(0); isMethodCall(call_.op) && t_.of(found).lookUp && diesBehind(call_, found)) t_.drop(found);
  for (uint32_t n = 0; n < call_.operandCount; ++n) {
    const Temp* t = call_.operand(n);
    if (!t || !diesHere(n)) continue;
    if (isVirtualOperand(t)) t_.drop(t);
    else t_.define(t, {});
  }
  if (t_.hasLeft()) return f.eraseBlock(meeting_);
  switch (answer_) {
  case Answer::Nothing:
    if (call_.resultCount) t_.define(call_.result(), {});
    break;
  case Answer::Either: t_.defineEither(call_.result(), {result, isInt}); break;
  case Answer::Int:
  case Answer::Unsigned:
  case Answer::Float: t_.defineNumber(call_.result(), rawKindOf(answer_), result); break;
  case Answer::Truth:
  case Answer::Flag:
    if (answersTruth(call_.op)) t_.define(call_.result(), {.word = result});
    else t_.defineBool(call_.result(), result);
    break;
  case Answer::Word:
    if (isVirtual_) {
      t_.define(call_.result(), {.instance = enterStayed()});
    } else {
      t_.define(call_.result(), {.word = meeting_->parameters[0], .owned = true});
    }
  }
}

// The call itself, on the way beside; then its result as it is wanted, or out behind the call.
void Transaction::callBeside() {
  t_.goOn(cold_);
  std::vector<Temp*> kept;
  if (!leaves_) // who meets the others leaves them the class, and what the instance holds
    for (Instance& instance : t_.virtuals().instances) {
      if (std::exchange(instance.ownsClass, false) && instance.holders) kept.push_back(instance.cls);
      for (auto& [name, value] : instance.slots)
        if (std::exchange(value.owned, false) && instance.holders) kept.push_back(value.word);
    }
  t_.keepForExits(std::move(kept)); // who leaves before the call does not meet them
  std::vector<const Temp*> made; // words for this way alone
  for (uint32_t n = 0; n < call_.operandCount; ++n)
    if (const Temp* t = call_.operand(n); t && !t_.of(t).word && analysis::useModeOf(call_, n) == analysis::UseMode::Borrow) made.push_back(t);
  const std::vector<const Temp*> lent = t_.settleAll();
  t_.generic(call_);
  takeBack();
  t_.keepForExits({});
  if (leaves_) {
    t_.jump(t_.exitAfter(call_), {});
    t_.forgetScratch(); // it died there
    return t_.goOn(nullptr);
  }
  Temp* word = call_.resultCount ? t_.of(call_.result()).word : nullptr;
  std::vector<Temp*> arguments;
  switch (answer_) {
  case Answer::Nothing:
    if (word) t_.emit(Op::Kill, {word});
    break;
  case Answer::Word: arguments.push_back(word); break;
  case Answer::Either: {
    Block* out = t_.exitAfter(call_);
    Temp* raw = t_.guardOr(Op::ExactCheck, {word}, out)->result();
    arguments = {raw, t_.value(Op::IsInt, {word})};
    t_.emit(Op::Kill, {word});
    break;
  }
  case Answer::Truth:
    if (const Instruction* asked = answersTruth(call_.op) ? nullptr : truthOfResult(call_)) { // as itself: it may raise
      t_.generic(*asked);
      t_.emit(Op::Kill, {word});
      word = t_.of(asked->result()).word;
    }
    arguments.push_back(word);
    break;
  case Answer::Flag: {
    Temp* answer = t_.guardOr(Op::BoolCheck, {word}, t_.exitAfter(call_))->result();
    arguments.push_back(t_.value(Op::IntNe, {answer, t_.integer(0)}));
    t_.emit(Op::Kill, {word});
    break;
  }
  default: arguments.push_back(t_.unboxResult(call_, word, rawKindOf(answer_)));
  }
  for (const Temp* t : made) t_.drop(t);
  t_.dropScratch();
  for (const Temp* t : lent) t_.drop(t);
  t_.jumpTo(meeting_, arguments);
}

// The local whose own reference an operator had holds the result at once, and gives it: the store stands where the ways meet.
void Transaction::takeBack() {
  const auto local = lender();
  if (!local) return;
  t_.emit(Op::LocalInit, {t_.of(call_.result()).word}, {.index = *local});
  t_.define(call_.result(), {.word = t_.value(Op::LocalTake, {}, {.index = *local}), .owned = true});
}

// The local, if an operator has its own reference.
std::optional<uint32_t> Transaction::lender() const {
  const Instruction* lend = isInplace(call_.op) ? call_.operand(0)->definition : nullptr;
  if (!lend || !lend->is(Op::LocalLend) || t_.function().rawKind(lend->local()) != RawKind::None) return std::nullopt;
  return lend->local();
}

// What is consumed, and a tuple that does not exist yet (tuples.cpp).
bool Transaction::diesHere(uint32_t operand) { return analysis::useModeOf(call_, operand) != analysis::UseMode::Borrow || t_.of(call_.operand(operand)).items; }

bool translateInlined(Translator& t, const Instruction& i) {
  Remarks* remarks = t.module().remarks;
  std::vector<const Function*> targets;
  std::optional<Refusal> why;
  LeftBlocks left;
  const auto cost = costOfCall(i, t.plan(), targets, remarks ? &why : nullptr, &left);
  if (!cost) {
    if (why) remarks->add(why->id, i, std::move(why->detail));
    return false;
  }
  Transaction transaction(t, i, std::move(left));
  if (!transaction.begins(targets)) return false;
  if (!t.spend(*cost, kMaxInFunction)) {
    if (remarks) remarks->add(RemarkId::FunctionFull, i);
    return false;
  }
  transaction.run(targets, 2 * kMaxFrames);
  if (remarks && transaction.hasFinished())
    for (const Function* target : targets) remarks->add(RemarkId::InPlace, i, "'" + target->qualname + "'");
  if (remarks && transaction.givesVirtual()) remarks->add(RemarkId::VirtualInstance, i);
  return true;
}

} // namespace krait::ir::passes::versions
