// A transaction whose result stays virtual (instances.h): all its paths give an instance of one class, of numbers alone.
#include "ir/passes/versions/transaction.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

static bool isNumberSlot(const Known& k) { return k.kind == RawKind::Int || k.kind == RawKind::Float || k.isInt; }

bool Transaction::areAlike() const {
  const Instance* first = nullptr;
  for (const End& end : ends_) {
    if (end.result.instance < 0 || isOld(end.result)) return false;
    const State& s = end.state;
    if ((s.put && isVirtual(s.put->value)) || std::any_of(s.stores.begin(), s.stores.end(), [](const Store& store) { return isVirtual(store.value); })) return false;
    const Instance& made = end.knowledge.virtuals.instances[static_cast<size_t>(end.result.instance)];
    if (!std::all_of(made.slots.begin(), made.slots.end(), [](auto& slot) { return isNumberSlot(slot.second); })) return false;
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

void Transaction::giveVirtual() {
  Function& f = t_.function();
  bool mayRun = false, ownsClass = false;
  std::vector<bool> mayBeInt; // by slot
  for (End& end : ends_) {
    const Instance& made = end.knowledge.virtuals.instances[static_cast<size_t>(end.result.instance)];
    mayRun |= end.state.put || !end.state.stores.empty();
    ownsClass |= mayRun || !made.cls->definition || !made.cls->definition->is(Op::GlobalPeek);
    mayBeInt.resize(made.slots.size());
    for (size_t n = 0; n < made.slots.size(); ++n)
      if (made.slots[n].second.isInt) mayBeInt[n] = true;
  }
  const bool isOne = ends_.size() == 1;
  for (End& end : ends_) {
    t_.restore(end.knowledge);
    t_.goOn(end.at);
    Instance made = t_.instance(end.result.instance);
    for (auto& [name, value] : made.slots) {
      value = {.kind = value.kind, .raw = value.raw, .isInt = value.isInt};
      if (value.kind != RawKind::Int) t_.require(t_.value(Op::F64Eq, {value.raw, value.raw})); // a NaN is one object
    }
    if (!isOne) {
      if (&end == &ends_.front()) made_.shape = made.shape;
      else t_.guard(Op::ClassCheck, {made.cls}, {.imm = made_.shape});
      made.shape = made_.shape;
    }
    if (ownsClass) made.cls = t_.value(Op::Copy, {made.cls});
    happen(end.state);
    made.made = nullptr;
    made.holders = 1;
    made.ownsClass = ownsClass;
    made.isChecked = !mayRun;
    if (isOne) {
      f.eraseBlock(meeting_);
      meeting_ = t_.here();
      made_ = std::move(made);
      return;
    }
    // Each of the numbers is a parameter where the paths meet.
    std::vector<Temp*> arguments{made.cls};
    if (&end == &ends_.front()) {
      made_ = made;
      made_.cls = f.addParameter(meeting_, made.cls->type, ownsClass ? Ownership::Owned : Ownership::Borrowed);
    }
    for (size_t n = 0; n < made.slots.size(); ++n) {
      Known& value = made.slots[n].second;
      if (&end == &ends_.front()) {
        Known& met = made_.slots[n].second;
        met = {.kind = mayBeInt[n] ? RawKind::None : value.kind, .raw = t_.numberParameter(meeting_, value.kind == RawKind::Int ? RawKind::Int : RawKind::Float)};
        if (mayBeInt[n]) met.isInt = f.addParameter(meeting_, Type::raw(Repr::I1), Ownership::Raw);
      }
      arguments.push_back(value.raw);
      if (mayBeInt[n]) arguments.push_back(value.isInt ? value.isInt : t_.flag(false));
    }
    t_.jumpTo(meeting_, arguments);
  }
}

} // namespace krait::ir::passes::versions
