// A transaction whose result stays virtual (instances.h): all its paths give an instance of one class, of numbers alone. Where there is
// one path, it may have further instances, too, and words, which die when it does: no local holds it, as one is let go early.
#include "ir/passes/versions/transaction.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

// Whether its class has to be kept where something may run.
static bool mayLoseClass(const Instance& made) { return !made.cls->definition || !made.cls->definition->is(Op::GlobalPeek); }

static Known numberAlone(const Known& k) { return {.kind = k.kind, .raw = k.raw, .isInt = k.isInt}; }
static bool isNumberSlot(const Known& k) { return k.kind == RawKind::Int || k.kind == RawKind::Float || k.isInt; }

bool Transaction::mayStay(const Known& k, const Virtuals& virtuals) const {
  if (isNumberSlot(k)) return true;
  if (ends_.size() > 1 || k.items || k.lookUp || k.kind != RawKind::None || isOld(k)) return false;
  if (k.instance < 0) return k.word && (k.word->type.isInert() || !t_.uses().isStored(call_.result()));
  const auto& slots = virtuals.instances[static_cast<size_t>(k.instance)].slots;
  return std::all_of(slots.begin(), slots.end(), [&](auto& slot) { return mayStay(slot.second, virtuals); });
}

bool Transaction::areAlike() const {
  const Instance* first = nullptr;
  for (const End& end : ends_) {
    if (end.result.instance < 0 || isOld(end.result)) return false;
    const State& s = end.state;
    if ((s.put && isVirtual(s.put->value)) || std::any_of(s.stores.begin(), s.stores.end(), [](const Store& store) { return isVirtual(store.value); })) return false;
    if (!mayStay(end.result, end.knowledge.virtuals)) return false;
    const Instance& made = end.knowledge.virtuals.instances[static_cast<size_t>(end.result.instance)];
    if (!first) {
      first = &made;
      continue;
    }
    if (made.body == kNone || made.body != first->body || made.slots.size() != first->slots.size()) return false;
    for (size_t n = 0; n < made.slots.size(); ++n) {
      const auto &a = made.slots[n], &b = first->slots[n];
      if (a.first != b.first || (a.second.kind == RawKind::Int) != (b.second.kind == RawKind::Int)) return false;
    }
  }
  return first;
}

// A NaN is one object.
void Transaction::requireNumbers(int n) {
  for (auto& [name, value] : t_.instance(n).slots) {
    if (value.instance >= 0) requireNumbers(value.instance);
    else if (isNumberSlot(value) && value.kind != RawKind::Int) t_.require(t_.value(Op::F64Eq, {value.raw, value.raw}));
  }
}

// What is no longer the transaction's, but held once.
void Transaction::outlive(Instance& made, bool ownsClass, bool isChecked) {
  if (ownsClass) made.cls = t_.value(Op::Copy, {made.cls});
  made.made = nullptr;
  made.holders = 1;
  made.ownsClass = ownsClass;
  made.isChecked = isChecked;
}

// Of the only path; what it has within comes before it. Words are its own, unless they are constants, which nobody counts.
int Transaction::stay(int n, bool ownsClass, bool isChecked) {
  if (const auto known = std::ranges::find(stayed_, n, &Stayed::before); known != stayed_.end()) {
    ++known->instance.holders;
    return static_cast<int>(known - stayed_.begin());
  }
  Instance made = t_.instance(n);
  for (auto& [name, value] : made.slots) {
    if (value.instance >= 0) {
      value = {.instance = stay(value.instance, ownsClass, isChecked)};
    } else if (isNumberSlot(value)) {
      value = numberAlone(value);
    } else {
      const bool isConstant = t_.constantOf(value.word);
      value = {.word = isConstant ? value.word : t_.value(Op::Copy, {value.word}), .owned = !isConstant};
    }
  }
  outlive(made, ownsClass, isChecked);
  stayed_.push_back({n, std::move(made)});
  return static_cast<int>(stayed_.size()) - 1;
}

// Behind what is there already; the number of the result.
int Transaction::enterStayed() {
  auto& instances = t_.virtuals().instances;
  const auto base = static_cast<int>(instances.size());
  for (Stayed& stayed : stayed_) {
    for (auto& [name, value] : stayed.instance.slots)
      if (value.instance >= 0) value.instance += base;
    instances.push_back(std::move(stayed.instance));
  }
  return static_cast<int>(instances.size()) - 1;
}

void Transaction::giveVirtual() {
  if (ends_.size() == 1) return giveOnly(ends_.front());
  Function& f = t_.function();
  bool mayRun = false, ownsClass = false;
  Instance met{}; // of all paths
  std::vector<bool> mayBeInt; // by slot
  for (End& end : ends_) {
    const Instance& made = end.knowledge.virtuals.instances[static_cast<size_t>(end.result.instance)];
    mayRun |= end.state.put || !end.state.stores.empty();
    ownsClass |= mayRun || mayLoseClass(made);
    mayBeInt.resize(made.slots.size());
    for (size_t n = 0; n < made.slots.size(); ++n)
      if (made.slots[n].second.isInt) mayBeInt[n] = true;
  }
  for (End& end : ends_) {
    t_.restore(end.knowledge);
    t_.goOn(end.at);
    requireNumbers(end.result.instance);
    Instance made = t_.instance(end.result.instance);
    for (auto& [name, value] : made.slots) value = numberAlone(value);
    if (&end == &ends_.front()) met.shape = made.shape;
    else t_.guard(Op::ClassCheck, {made.cls}, {.imm = met.shape});
    made.shape = met.shape;
    outlive(made, ownsClass, !mayRun);
    happen(end.state);
    // Each of the numbers is a parameter where the paths meet.
    std::vector<Temp*> arguments{made.cls};
    if (&end == &ends_.front()) {
      met = made;
      met.cls = f.addParameter(meeting_, made.cls->type, ownsClass ? Ownership::Owned : Ownership::Borrowed);
    }
    for (size_t n = 0; n < made.slots.size(); ++n) {
      Known& value = made.slots[n].second;
      if (&end == &ends_.front()) {
        Known& number = met.slots[n].second;
        number = {.kind = mayBeInt[n] ? RawKind::None : value.kind, .raw = t_.numberParameter(meeting_, value.kind == RawKind::Int ? RawKind::Int : RawKind::Float)};
        if (mayBeInt[n]) number.isInt = f.addParameter(meeting_, Type::raw(Repr::I1), Ownership::Raw);
      }
      arguments.push_back(value.raw);
      if (mayBeInt[n]) arguments.push_back(value.isInt ? value.isInt : t_.flag(false));
    }
    t_.jumpTo(meeting_, arguments);
  }
  stayed_.push_back({kNoInstance, std::move(met)});
}

// It goes on where it ends.
void Transaction::giveOnly(End& end) {
  t_.restore(end.knowledge);
  t_.goOn(end.at);
  const bool mayRun = end.state.put || !end.state.stores.empty();
  const auto& instances = t_.virtuals().instances;
  const bool ownsClass = mayRun || std::any_of(instances.begin() + static_cast<ptrdiff_t>(old_), instances.end(), mayLoseClass);
  requireNumbers(end.result.instance); // nothing has happened
  stay(end.result.instance, ownsClass, !mayRun);
  happen(end.state);
  t_.function().eraseBlock(meeting_);
  meeting_ = t_.here();
}

} // namespace krait::ir::passes::versions
