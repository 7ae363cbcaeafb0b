// The end of a transaction: all that may go otherwise is tested, then everything happens.
#include "ir/passes/versions/transaction.h"

#include "ir/analysis/liveness.h"
#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace krait::ir::passes::versions {

using namespace core;

// Of the body that returns; of a class the instance, of a test a flag. False if the caller would have to look at it.
bool Transaction::resultOf(const Temp* returned, State& s, Known& k) {
  const Frame& frame = s.frames.back();
  if (frame.instance >= 0) {
    k = {.instance = frame.instance};
    const Temp* word = t_.of(returned).word;
    const Constant* c = word ? t_.constantOf(word) : nullptr;
    return c && c->kind == ConstantKind::None;
  }
  k = knownOf(returned);
  if (asksLength(*frame.call)) return isLengthAs(returned, k);
  const bool isReceiver = k.word && k.word == t_.of(receiverOf(*frame.call)).word; // `return self`
  const bool mayBeNotImplemented = k.word && k.kind == RawKind::None && !t_.isAnswer(returned) && !isReceiver;
  if (isOperator(*frame.call) && mayBeNotImplemented) return false;
  if (answersTruth(frame.call->op)) k = {.word = truthOf(returned, s)};
  return !answersTruth(frame.call->op) || k.word;
}

// What len gives of that: an int, which is not negative.
bool Transaction::isLengthAs(const Temp* returned, Known& k) {
  if (isVirtual(k) || k.isInt || t_.isAnswer(returned) || (k.kind != RawKind::None && k.kind != RawKind::Int)) return false;
  if (k.kind == RawKind::None) k = {.word = k.word, .kind = RawKind::Int, .raw = t_.checked(checkOf(RawKind::Int), {k.word})};
  t_.require(t_.value(Op::IntGe, {k.raw, t_.integer(0)}));
  return true;
}

// Whether it would take the word of one that is there before.
bool Transaction::holdsOld(const Known& k) const {
  return isOld(k) || (k.items && std::any_of(k.items->begin(), k.items->end(), [&](const Known& item) { return holdsOld(item); }));
}

// All that may go otherwise is tested; then everything happens.
void Transaction::finish(const Temp* result, State& s) {
  const RawKind wanted = rawKindOf(answer_);
  Known k;
  if (!resultOf(result, s, k)) return t_.leave();
  if (wanted != RawKind::None) {
    if (wanted == RawKind::Unsigned && k.kind == RawKind::Int) {
      t_.require(t_.value(Op::IntGe, {k.raw, t_.integer(0)}));
      k = {.kind = wanted, .raw = t_.value(Op::IntToU64, {k.raw})};
    } else if (wanted == RawKind::Int && k.kind == RawKind::Unsigned) k = {.kind = wanted, .raw = t_.checked(Op::U64ToInt, {k.raw})};
    if (t_.isAnswer(result) || isVirtual(k) || (k.kind != RawKind::None && k.kind != wanted)) return t_.leave();
    if (k.isInt) {
      if (wanted != RawKind::Float) return t_.leave();
      t_.require(t_.value(Op::BoolNot, {k.isInt}));
    } else if (k.kind == RawKind::None) k.raw = t_.checked(checkOf(wanted), {k.word});
  }
  Real either{};
  if (answer_ == Answer::Either) {
    if (t_.isAnswer(result) || isVirtual(k) || k.kind == RawKind::Complex) return t_.leave();
    either = t_.asEither(result);
  }
  Temp* flag = nullptr;
  if (answer_ == Answer::Flag) {
    const Constant* c = t_.constantOf(result);
    flag = c && isBool(*c) ? t_.flag(c->kind == ConstantKind::True) : t_.flagOf(result);
    if (!flag && !k.word) return t_.leave();
    if (!flag) flag = t_.value(Op::IntNe, {t_.checked(Op::BoolCheck, {k.word}), t_.integer(0)});
  }
  if (answer_ == Answer::Truth) flag = answersTruth(call_.op) ? k.word : isVirtual(k) ? nullptr : truthOf(result, s); // the instance, not what its `__init__` gives
  if (answer_ == Answer::Truth && !flag) return t_.leave();
  if (holdsOld(k)) return t_.leave();
  for (size_t n = old_; n < t_.virtuals().instances.size(); ++n) {
    Instance& instance = t_.virtuals().instances[n];
    std::vector<uint32_t> names;
    for (auto& [name, value] : instance.slots) names.push_back(name);
    auto& shapes = t_.function().shapes;
    const bool isAsked = instance.shape != kNone, isNamed = std::ranges::find(named_, instance.shape) != named_.end();
    if (!isAsked || (isNamed && shapes[instance.shape].names != names)) { // on another path it has other attributes
      ObjectShape made;
      if (isAsked) made.methods = shapes[instance.shape].methods;
      instance.shape = static_cast<uint32_t>(shapes.size());
      shapes.push_back(std::move(made));
      t_.guard(Op::ClassCheck, {instance.cls}, {.imm = instance.shape});
    }
    shapes[instance.shape].names = std::move(names);
    named_.push_back(instance.shape);
  }
  std::vector<Temp*> replaced; // by anything
  auto replace = [&](Temp* old, bool isTail) {
    if (!isTail) t_.guard(Op::InertCheck, {old});
    replaced.push_back(old);
  };
  for (const Store& store : s.stores)
    if (store.oldKind == RawKind::None) replace(store.old, &store == &s.stores.back() && s.isStoreLast);
  const bool isOfList = s.put && s.put->op == Op::ListPut;
  if (isOfList) replace(t_.value(Op::ListGet, {s.put->container, s.put->index}), s.stores.empty() && s.isStoreLast);
  for (size_t n = 1; n < replaced.size(); ++n) // else each is held by the other's place
    for (size_t m = 0; m < n; ++m) t_.guard(Op::ApartCheck, {replaced[n], replaced[m]}, {.imm = static_cast<int64_t>(replaced.size())});
  if (s.put && !isOfList) t_.guard(s.put->op, {s.put->container, s.put->index, s.put->value.raw}, s.put->attributes);
  if (answer_ == Answer::Word) {
    hasFinished_ = true;
    if (!isVirtual_) return giveWord(k, s);
    ends_.push_back({t_.here(), t_.save(), std::move(s), k});
    return t_.goOn(nullptr);
  }
  happen(s);
  std::vector<Temp*> arguments;
  switch (answer_) {
  case Answer::Nothing:
  case Answer::Word: break;
  case Answer::Either: arguments = {either.raw, either.isInt}; break;
  case Answer::Truth:
  case Answer::Flag: arguments.push_back(flag); break;
  default: arguments.push_back(k.raw);
  }
  t_.jumpTo(meeting_, arguments);
  t_.goOn(nullptr);
  hasFinished_ = true;
}

void Transaction::giveWord(const Known& k, State& s) {
  const Given given = give(&k, s);
  happen(s, given);
  t_.jump(meeting_, {given.result});
  t_.goOn(nullptr);
}

// The call's operands as the frame would drop them: what is named in the order of the parameters.
std::vector<uint32_t> Transaction::inOrderOfDeath(const Function& target) const {
  std::vector<uint32_t> order(call_.operandCount);
  std::iota(order.begin(), order.end(), 0);
  const auto keywords = analysis::keywordsOf(call_);
  const uint32_t named = call_.operandCount - static_cast<uint32_t>(keywords.size());
  auto parameter = [&](uint32_t n) { return *analysis::parameterNamed(target, keywords[n - named]); };
  std::sort(order.begin() + named, order.end(), [&](uint32_t a, uint32_t b) { return parameter(a) < parameter(b); });
  return order;
}

// How many objects are one within the other.
size_t Transaction::heightOf(const Known& k) const {
  size_t within = 0;
  if (k.instance >= 0)
    for (auto& [name, value] : t_.virtuals().instances[static_cast<size_t>(k.instance)].slots) within = std::max(within, heightOf(value));
  else if (k.items)
    for (const Known& item : *k.items) within = std::max(within, heightOf(item));
  else
    return 0;
  return within + 1;
}

// The first reference is the object itself, and whoever gets it may be another's maker: what is within others comes first.
Transaction::Given Transaction::give(const Known* result, State& s) {
  Given given;
  given.stored.resize(s.stores.size());
  std::vector<std::tuple<size_t, size_t, const Known*, Temp**>> wanted;
  auto want = [&](const Known& known, Temp*& to) { wanted.emplace_back(heightOf(known), wanted.size(), &known, &to); };
  if (result) want(*result, given.result);
  for (size_t n = 0; n < s.stores.size(); ++n) want(s.stores[n].value, given.stored[n]);
  if (s.put && s.put->op == Op::ListPut) want(s.put->value, given.put);
  std::sort(wanted.begin(), wanted.end());
  for (auto& [height, place, known, to] : wanted) *to = reference(*known, s);
  return given;
}

// The stores; then what they replaced dies, and what the call takes.
void Transaction::happen(State& s, const Given& given) {
  std::vector<Temp*> dead;
  for (size_t n = 0; n < s.stores.size(); ++n)
    dead.push_back(t_.value(Op::SlotReplace, {s.stores[n].slot.object, given.stored[n]}, s.stores[n].place));
  if (given.put) t_.emit(Op::ListPut, {s.put->container, s.put->index, given.put});
  for (Temp* old : dead) t_.emit(Op::Kill, {old});
  for (uint32_t n : inOrderOfDeath(*s.frame().function)) {
    const Temp* t = call_.operand(n);
    if (!t || !diesHere(n)) continue;
    for (Temp* word : referencesOf(t_.of(t))) t_.emit(Op::Kill, {word});
    if (const auto local = n == 0 ? lender() : std::nullopt) t_.emit(Op::Kill, {t_.value(Op::LocalTake, {}, {.index = *local})});
  }
  const auto& instances = t_.virtuals().instances;
  // Where a class is lent, nothing may run.
  const bool isQuiet = std::any_of(instances.begin(), instances.end(), [](const Instance& i) { return i.holders && !i.ownsClass; });
  if (!isQuiet && std::any_of(instances.begin(), instances.end(), [](const Instance& i) { return i.made; })) t_.emit(Op::Collect, {});
}

} // namespace krait::ir::passes::versions
