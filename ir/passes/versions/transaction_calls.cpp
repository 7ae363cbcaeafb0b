// Calls within a transaction: which bodies it goes on in.
#include "ir/passes/versions/transaction.h"

#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

// The function that it would enter, if that is known at once.
Temp* Transaction::find(const Instruction& call, Temp* first, Temp* second) {
  if (isItem(call)) second = first;
  if (instancesOf(call)) return t_.value(Op::OperatorFind, {first, second}, {.index = t_.plan().operatorMethods->at(call.op)});
  if (isMethod(call) && !isLookedUp(call)) return t_.value(Op::MethodFind, {first}, {.index = lookUpOf(call)->index});
  return t_.value(initOf(call, t_.plan()) ? Op::InitFind : Op::FunctionFind, {first});
}

// A frame with the arguments; a class begins an instance.
void Transaction::begin(const Instruction& call, const Function& target, Temp* callee, State& s) {
  Frame inner{&target, &call, std::vector<Known>(target.locals.size())};
  const bool isInit = initOf(call, t_.plan()).has_value();
  for (size_t n = isInit; n < target.argCount; ++n) {
    inner.locals[n] = knownOf(call.operand(firstArgument(call) + n - isInit));
    if (n == 0 && call.is(Op::MethodCall)) inner.locals[n] = isLookedUp(call) ? Known{.word = receiver_} : knownOf(receiverOf(call));
  }
  if (isInit) {
    inner.instance = inner.locals[0].instance = static_cast<int>(s.instances.size());
    s.instances.push_back({.cls = callee});
  }
  s.frames.push_back(std::move(inner));
}

// The functions that a call inside may be; none if it is no call that may be done so.
std::vector<const Function*> Transaction::inside(const Instruction& i, State& s) {
  const uint32_t instances = instancesOf(i);
  const bool isCall = i.is(Op::Call) || isMethod(i) || instances;
  if (!isCall || s.frames.size() >= kMaxFrames) return {};
  for (uint32_t n = 0; n < instances; ++n)
    if (t_.likelyKind(i.operand(n)) != RawKind::None) return {};
  std::vector<const Function*> targets;
  if (!costOfCall(i, t_.plan(), targets)) return {};
  std::erase_if(targets, [&](const Function* target) {
    return std::any_of(s.frames.begin(), s.frames.end(), [&](const Frame& f) { return f.function == target; });
  });
  if (targets.empty()) return targets;
  const Temp* receiver = receiverOf(i);
  const Known& first = t_.of(receiver);
  if (first.instance >= 0) { // an attribute of its own could hide it
    const auto& slots = s.instances[static_cast<size_t>(first.instance)].slots;
    if (i.is(Op::Call)) return {};
    if (isMethod(i) && std::any_of(slots.begin(), slots.end(), [&](auto& slot) { return slot.first == lookUpOf(i)->index; })) return {};
  } else if (!wordOf(receiver)) {
    return {};
  }
  // Whose class is asked first is known of two that exist, and of two of one class.
  const bool isSecond = isOperator(i) && t_.of(i.operand(1)).instance >= 0;
  if (isOperator(i) && (first.instance >= 0) != isSecond) return {};
  return isOperator(i) && !isSecond && !wordOf(i.operand(1)) ? std::vector<const Function*>() : targets;
}

// Goes on in each of the bodies, and behind it.
void Transaction::enter(const Instruction& i, std::span<const Function* const> targets, State& s) {
  const Temp* receiver = receiverOf(i);
  const int instance = t_.of(receiver).instance;
  Temp* first = instance >= 0 ? s.instances[static_cast<size_t>(instance)].cls : wordOf(receiver);
  Temp* found = nullptr;
  if (instance >= 0) {
    if (isOperator(i)) t_.require(t_.value(Op::Is, {first, s.instances[static_cast<size_t>(t_.of(i.operand(1)).instance)].cls}));
    found = t_.value(Op::ClassFind, {first}, {.index = instancesOf(i) ? t_.plan().operatorMethods->at(i.op) : lookUpOf(i)->index});
  } else {
    found = find(i, first, isOperator(i) ? wordOf(i.operand(1)) : nullptr);
  }
  s.isStoreLast = false;
  const auto before = t_.save();
  for (const Function* target : targets) {
    Block* other = target == targets.back() ? cold_ : t_.newBlock();
    t_.guardOr(Op::EntryCheck, {found}, other, {.index = target->number});
    State inner = s;
    if (targets.size() > 1) { // it belongs to another class in each, with other attributes
      inner.shapes.erase(first);
      std::erase(inner.checked, first);
    }
    begin(i, *target, first, inner);
    walk(target->entry(), target->entry()->first, std::move(inner));
    t_.restore(before);
    t_.goOn(other);
  }
  t_.goOn(nullptr);
}

} // namespace krait::ir::passes::versions
