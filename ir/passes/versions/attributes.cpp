// Attributes in slots, behind one test of the object's class for all that stand on the same local (docs/optimiser.md).
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

namespace {

bool complexPart(Translator& t, const Instruction& i) {
  const std::string& name = t.module().names[i.index];
  if (t.likelyKind(i.operand(0)) != RawKind::Complex || (name != "real" && name != "imag")) return false;
  Temp *re = nullptr, *im = nullptr;
  t.asComplex(i.operand(0), re, im);
  t.defineFloat(i.result(), name == "real" ? re : im);
  return true;
}

// What a class or module has, and nothing that is made when it is asked for. What class bodies bind to constants alone is lent, as a slot's
// word is: nobody counts the member of an enumeration that is only compared, nor the class. Of other names less is known: where one is not found
// at once, it is looked up beside.
bool peek(Translator& t, const Instruction& i) {
  if (t.plan().facts->isClassConstant(i.index)) {
    t.defineLent(i.result(), t.checked(Op::AttrPeek, {t.word(i.operand(0))}, {.index = i.index}));
    t.makeRaw(i.result());
    return true;
  }
  const RawKind kind = surelyKind(i.result());
  t.settle();
  Temp* object = t.word(i.operand(0));
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  Temp* found = t.guardOr(Op::AttrPeek, {object}, general, {.index = i.index})->result();
  t.jump(meeting, {kind == RawKind::None ? t.value(Op::Copy, {found}) : t.guardOr(checkOf(kind), {found}, general)->result()});
  t.goOn(general);
  Temp* made = t.value(Op::AttrGet, {object}, {.index = i.index});
  t.jump(meeting, {kind == RawKind::None ? made : t.unboxResult(i, made, kind)});
  t.goOn(meeting);
  if (kind == RawKind::None) t.define(i.result(), {.word = t.wordParameter(meeting, *i.result()), .owned = true});
  else t.defineNumber(i.result(), kind, t.numberParameter(meeting, kind));
  return true;
}

} // namespace

bool translateAttribute(Translator& t, const Instruction& i) {
  if (translateVirtual(t, i)) return true;
  if (i.is(Op::AttrGet) && complexPart(t, i)) return true;
  if (!i.is(Op::AttrGet) && !i.is(Op::AttrSet)) return false;
  auto found = t.plan().slots.find(&i);
  if (found == t.plan().slots.end()) return isPeeked(i, t.plan()) && peek(t, i);
  const Attributes slot{.imm = found->second.shape, .imm2 = found->second.number};
  Temp* object = t.word(i.operand(0));
  if (i.is(Op::AttrGet)) {
    t.checkShape(found->second.shape, object);
    t.defineLent(i.result(), t.checked(Op::SlotGet, {object}, slot));
    t.makeRaw(i.result());
    return true;
  }
  t.settle();
  t.checkShape(found->second.shape, object);
  t.guard(Op::SlotGet, {object}, slot); // full
  Temp* stored = t.handedOver(i, i.operand(1));
  t.emit(Op::Kill, {t.value(Op::SlotReplace, {object, stored}, slot)});
  return true;
}

} // namespace krait::ir::passes::versions
