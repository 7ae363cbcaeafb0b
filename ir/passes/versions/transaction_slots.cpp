// Attributes and items within a transaction: loads at once, stores in the end.
#include "ir/passes/versions/transaction.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

// What is expected of the object, which the test at its first use asks for.
ObjectShape& Transaction::check(Temp* object, State& s) {
  auto& shapes = t_.function().shapes;
  const auto [found, isNew] = s.shapes.try_emplace(object, static_cast<uint32_t>(shapes.size()));
  if (isNew) shapes.emplace_back();
  if (std::find(s.checked.begin(), s.checked.end(), object) == s.checked.end()) {
    t_.checkShape(found->second, object);
    s.checked.push_back(object);
  }
  return shapes[found->second];
}

Attributes Transaction::placeOf(const Slot& slot, const State& s) {
  const uint32_t shape = s.shapes.at(slot.object);
  auto& names = t_.function().shapes[shape].names;
  auto at = std::find(names.begin(), names.end(), slot.name);
  if (at == names.end()) at = names.insert(at, slot.name);
  return {.imm = shape, .imm2 = at - names.begin()};
}

bool Transaction::attributeGet(const Instruction& i, State& s) {
  if (const int n = t_.of(i.operand(0)).instance; n >= 0) {
    const auto& slots = t_.instance(n).slots;
    const auto slot = std::find_if(slots.begin(), slots.end(), [&](auto& known) { return known.first == i.index; });
    if (slot == slots.end()) return false;
    const Known value = lent(slot->second);
    t_.checkClass(n);
    return t_.define(i.result(), value), true;
  }
  Temp* object = wordOf(i.operand(0));
  if (!object) return false;
  if (!t_.plan().isSlot(i)) {
    if (!isPeeked(i, t_.plan())) return false;
    if (std::any_of(s.stores.begin(), s.stores.end(), [&](const Store& store) { return store.slot.name == i.index; })) return false;
    return defineItem(i.result(), t_.checked(peekOf(i, t_.plan()), {object}, {.index = i.index}), s), true;
  }
  const Slot slot{object, i.index};
  for (size_t n = s.stores.size(); n-- > 0;) {
    const Store& store = s.stores[n];
    if (store.slot == slot) {
      s.isStoreLast = false; // what it replaces may store there, too, when it dies
      return t_.define(i.result(), store.value), true;
    }
    if (store.slot.name == slot.name) t_.require(t_.value(Op::BoolNot, {t_.value(Op::Is, {store.slot.object, object})}));
  }
  for (const Load& load : s.loads)
    if (load.slot == slot) {
      s.isStoreLast = false;
      return t_.define(i.result(), load.value), true;
    }
  check(object, s);
  Temp* word = t_.checked(Op::SlotGet, {object}, placeOf(slot, s));
  defineItem(i.result(), word, s);
  s.loads.push_back({slot, t_.of(i.result()), word});
  return true;
}

// Whether it is that instance, or has it somewhere within.
bool Transaction::holds(const Known& k, int n) const {
  if (k.instance == n) return true;
  if (k.instance < 0) return false;
  const auto& slots = t_.virtuals().instances[static_cast<size_t>(k.instance)].slots;
  return std::any_of(slots.begin(), slots.end(), [&](auto& slot) { return holds(slot.second, n); });
}

bool Transaction::attributeSet(const Instruction& i, State& s) {
  Temp* object = wordOf(i.operand(0));
  const Known value = knownOf(i.operand(1));
  if (const int n = t_.of(i.operand(0)).instance; n >= 0) {
    if (value.items || isOld(value) || isOld({.instance = n}) || holds(value, n)) return false; // none is made before what it holds
    auto& slots = t_.instance(n).slots;
    auto at = std::find_if(slots.begin(), slots.end(), [&](auto& slot) { return slot.first == i.index; });
    if (at == slots.end()) at = slots.insert(at, {i.index, {}});
    at->second = value;
    return true;
  }
  if (!object || isNothing(value) || isOld(value) || !t_.plan().isSlot(i)) return false;
  const Slot slot{object, i.index};
  auto at = std::find_if(s.stores.begin(), s.stores.end(), [&](const Store& store) { return store.slot == slot; });
  if (at != s.stores.end()) {
    if (at + 1 != s.stores.end()) return false;
    at->value = value;
    s.isStoreLast = false; // what was there died before
    return true;
  }
  check(object, s);
  auto read = std::find_if(s.loads.begin(), s.loads.end(), [&](const Load& load) { return load.slot == slot; });
  const bool isRead = read != s.loads.end();
  Temp* old = isRead ? read->word : t_.checked(Op::SlotGet, {object}, placeOf(slot, s));
  s.stores.push_back({slot, placeOf(slot, s), value, old, isRead ? read->value.kind : RawKind::None});
  s.isStoreLast = true;
  return true;
}

// Looked at where it is.
void Transaction::defineItem(const Temp* t, Temp* word, State& s) {
  t_.define(t, {.word = word});
  t_.makeRaw(t);
  Known k = t_.of(t);
  k.word = word;
  t_.define(t, k);
  s.isStoreLast = false;
}

bool Transaction::item(const Instruction& i, State& s) {
  const Constant* c = t_.constantOf(i.operand(1));
  if (const auto* items = t_.of(i.operand(0)).items) {
    if (!c || c->kind != ConstantKind::Int || c->integer < 0 || static_cast<size_t>(c->integer) >= items->size()) return false;
    t_.define(i.result(), lent((*items)[static_cast<size_t>(c->integer)]));
    return true;
  }
  Temp* container = wordOf(i.operand(0));
  const Guess guess = i.operand(0)->guess;
  if (container && !s.put && guess == Guess::Dict) {
    Temp* key = wordOf(i.operand(1));
    if (!key) return false;
    Temp* entry = entryOf(container, key);
    t_.require(t_.value(Op::DictHas, {entry}));
    defineItem(i.result(), t_.value(Op::DictAt, {container, entry}), s);
    return true;
  }
  if (!container || s.put || t_.likelyKind(i.operand(1)) != RawKind::Int) return false;
  Temp* key = t_.asInt(i.operand(1));
  const bool isFromEnd = t_.isFromEnd(i.operand(1));
  if (const char code = arrayCode(guess)) {
    const bool isFloat = isFloatCode(code);
    Temp* raw = t_.checked(isFloat ? Op::ArrayGetF64 : Op::ArrayGetInt, {container, key}, {.imm = code, .imm2 = isFromEnd});
    t_.defineNumber(i.result(), isFloat ? RawKind::Float : RawKind::Int, raw);
    s.isStoreLast = false;
    return true;
  }
  const bool isTuple = guess == Guess::Tuple;
  t_.guard(isTuple ? Op::TupleCheck : Op::ListCheck, {container});
  Temp* n = t_.checked(isTuple ? Op::TupleIndex : Op::ListIndex, {container, key}, {.imm = isFromEnd});
  defineItem(i.result(), t_.value(isTuple ? Op::TupleGet : Op::ListGet, {container, n}), s);
  return true;
}

Temp* Transaction::entryOf(Temp* dict, Temp* key) {
  t_.guard(Op::DictCheck, {dict});
  return t_.checked(Op::DictFind, {dict, key});
}

bool Transaction::containsKey(const Instruction& i, State& s) {
  Temp* container = wordOf(i.operand(0));
  Temp* key = wordOf(i.operand(1));
  if (!container || !key || s.put) return false;
  s.isStoreLast = false;
  if (i.operand(0)->guess == Guess::Set) answer(t_, i, t_.checked(Op::SetHas, {container, key}));
  else answer(t_, i, t_.value(Op::DictHas, {entryOf(container, key)}));
  return true;
}

bool Transaction::putItem(const Instruction& i, State& s) {
  Temp* container = wordOf(i.operand(0));
  Known value = knownOf(i.operand(2));
  if (!container || s.put || t_.likelyKind(i.operand(1)) != RawKind::Int || isNothing(value) || isOld(value)) return false;
  Temp* key = t_.asInt(i.operand(1));
  const bool isFromEnd = t_.isFromEnd(i.operand(1));
  if (const char code = arrayCode(i.operand(0)->guess)) {
    const bool isFloat = isFloatCode(code);
    if (t_.isAnswer(i.operand(2)) || isVirtual(value) || value.kind == RawKind::Complex || value.kind == RawKind::Unsigned || (value.kind == RawKind::Float && !isFloat)) return false;
    if (value.isInt && !isFloat) return false;
    if (value.kind == RawKind::None && !value.isInt) value.raw = t_.checked(isFloat ? Op::RealCheck : Op::IntCheck, {value.word});
    else if (value.kind == RawKind::Int && isFloat) value.raw = t_.value(Op::IntToF64, {value.raw});
    s.put = Put{isFloat ? Op::ArrayPutF64 : Op::ArrayPutInt, {.imm = code, .imm2 = isFromEnd}, container, key, value};
    s.isStoreLast = false; // it is done before what was replaced dies
    return true;
  }
  t_.guard(Op::ListCheck, {container});
  s.put = Put{Op::ListPut, {}, container, t_.checked(Op::ListIndex, {container, key}, {.imm = isFromEnd}), value};
  s.isStoreLast = s.stores.empty();
  return true;
}

bool Transaction::unpack(const Instruction& i, State& s) {
  if (const auto* items = t_.of(i.operand(0)).items) {
    if (items->size() != i.resultCount) return false;
    for (uint32_t r = 0; r < i.resultCount; ++r) t_.define(i.result(r), lent((*items)[r]));
    return true;
  }
  Temp* sequence = wordOf(i.operand(0));
  const Guess guess = i.operand(0)->guess;
  if (!sequence || s.put || (guess != Guess::None && guess != Guess::Tuple && guess != Guess::List)) return false;
  const std::vector<Temp*> words = t_.itemsOf(sequence, guess, i.resultCount, t_.exit());
  for (uint32_t r = 0; r < i.resultCount; ++r) defineItem(i.result(r), words[r], s);
  return true;
}

} // namespace krait::ir::passes::versions
