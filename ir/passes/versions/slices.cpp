// Slices of lists that go where other items were: they are not made.
//
//   %3 = slice.get %work, %k, none, -1     (nothing; an exit leads before it)
//   %4 = binary.add %k, 1            ──>   %14 = int.add %12, 1
//   slice.set %work, none, %4, none, %3    slice.move -1, %work, none, %14, %work, %12, none, ^meeting, ^cold
//                                          ^cold: slice.get, slice.set as the general body does them
#include "ir/passes/versions/translator.h"

#include <array>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

bool isNone(Translator& t, const Temp* part) {
  const Constant* c = t.constantOf(part);
  return c && c->kind == ConstantKind::None;
}
bool isInt(Translator& t, const Temp* v) {
  const Constant* c = t.constantOf(v);
  return c ? t.kindOf(v) == RawKind::Int : t.likelyKind(v) == RawKind::Int;
}
bool mayBeList(const Temp* t) { return t->guess == Guess::None || t->guess == Guess::List; }
bool arePlain(Translator& t, const Instruction& i, uint32_t first, uint32_t last) {
  for (uint32_t n = first; n <= last; ++n)
    if (!isNone(t, i.operand(n)) && !isInt(t, i.operand(n))) return false;
  return true;
}

// Of what stands between the slice and its store: what is only computed from ints, and runs nothing.
bool isBetween(Translator& t, const Instruction& i) {
  switch (i.op) {
  case Op::Const:
  case Op::LocalRead: return true;
  case Op::Kill: return isInt(t, i.operand(0));
  case Op::BinaryAdd:
  case Op::BinarySub: return isInt(t, i.operand(0)) && isInt(t, i.operand(1));
  default: return false;
  }
}

// The store that takes the slice, if nothing happens before it.
const Instruction* storeOf(Translator& t, const Instruction& slice) {
  const Temp* made = slice.result();
  if (!made->uses || made->uses->next || !made->uses->user->is(Op::SliceSet) || made->uses->user->operand(4) != made) return nullptr;
  const Instruction* store = made->uses->user;
  const Constant* step = t.constantOf(slice.operand(3));
  if (!step || (step->kind == ConstantKind::Int && step->integer == 0)) return nullptr;
  if (store->block != slice.block || !mayBeList(slice.operand(0)) || !mayBeList(store->operand(0)) || !isNone(t, store->operand(3)) || !arePlain(t, *store, 1, 2)) return nullptr;
  for (const Instruction* i = slice.next; i != store; i = i->next)
    if (!isBetween(t, *i)) return nullptr;
  return store;
}

void move(Translator& t, const Instruction& store, const Instruction& slice) {
  t.settle();
  std::vector<Temp*> words;
  for (uint32_t n = 0; n < 3; ++n) words.push_back(t.word(store.operand(n)));
  for (uint32_t n = 0; n < 4; ++n) words.push_back(t.word(slice.operand(n)));
  const Constant& step = *t.constantOf(slice.operand(3));
  Temp* none = t.word(store.operand(3));
  t.await(nullptr);
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  t.guardOr(Op::SliceMove, {words[0], words[1], words[2], words[3], words[4], words[5]}, general, {.imm = step.kind == ConstantKind::None ? 1 : step.integer});
  t.jump(meeting, {});
  t.goOn(general);
  Function& f = t.function();
  Instruction* made = f.create(Op::SliceGet, std::array{words[3], words[4], words[5], words[6]}, {}, kNone, kNone, 0, 0, slice.site);
  f.append(t.here(), made);
  t.emit(Op::SliceSet, {words[0], words[1], words[2], none, made->result()});
  t.jump(meeting, {});
  t.goOn(meeting);
}

} // namespace

bool translateSlice(Translator& t, const Instruction& i) {
  if (i.is(Op::SliceSet) && t.awaited() && t.awaited()->result() == i.operand(4)) {
    move(t, i, *t.awaited());
    return true;
  }
  if (!i.is(Op::SliceGet) || i.operand(0)->ownership != Ownership::Borrowed || !arePlain(t, i, 1, 3) || !storeOf(t, i)) return false;
  t.settle();
  for (uint32_t n = 1; n < 4; ++n)
    if (!t.constantOf(i.operand(n))) t.asInt(i.operand(n));
  t.await(&i);
  t.define(i.result(), {});
  return true;
}

} // namespace krait::ir::passes::versions
