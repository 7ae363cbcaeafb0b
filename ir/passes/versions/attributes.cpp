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

// The attribute is what was found; in `general`, the way beside, it is asked for.
void foundOrAsked(Translator& t, const Instruction& i, Temp* found, Temp* object, Block* general) {
  const RawKind kind = surelyKind(i.result());
  Block* meeting = t.newBlock();
  t.jump(meeting, {kind == RawKind::None ? t.value(Op::Copy, {found}) : t.guardOr(checkOf(kind), {found}, general)->result()});
  t.goOn(general);
  Temp* made = t.value(Op::AttrGet, {object}, {.index = i.index});
  t.jump(meeting, {kind == RawKind::None ? made : t.unboxResult(i, made, kind)});
  t.goOn(meeting);
  if (kind == RawKind::None) t.define(i.result(), {.word = t.wordParameter(meeting, *i.result()), .owned = true});
  else t.defineNumber(i.result(), kind, t.numberParameter(meeting, kind));
}

// The slot may be empty: the class has a constant then, or it is filled.
void accessBeside(Translator& t, const Instruction& i, Temp* object, const Attributes& slot) {
  Block* general = t.coldBlock();
  if (i.is(Op::AttrGet)) return foundOrAsked(t, i, t.guardOr(Op::SlotGet, {object}, general, slot)->result(), object, general);
  Block* meeting = t.newBlock();
  Temp* stored = t.handedOver(i, i.operand(1));
  t.guardOr(Op::SlotGet, {object}, general, slot);
  t.emit(Op::Kill, {t.value(Op::SlotReplace, {object, stored}, slot)});
  t.jump(meeting, {});
  t.goOn(general);
  t.emit(Op::AttrSet, {object, stored}, {.index = i.index});
  t.emit(Op::Kill, {stored});
  t.jump(meeting, {});
  t.goOn(meeting);
}

// What a class or module has, and nothing that is made when it is asked for. What class bodies bind to constants alone is lent, as a slot's
// word is: nobody counts the member of an enumeration that is only compared, nor the class; and so is an instance's own class, which dataclasses compare. Of other names less is known: where one is not found
// at once, it is looked up beside.
bool peek(Translator& t, const Instruction& i) {
  const Op op = peekOf(i, t.plan());
  if (isOwnClass(i, t.plan()) || isOfClassesAlone(i, t.plan())) {
    t.defineLent(i.result(), t.checked(op, {t.word(i.operand(0))}, {.index = i.index}));
    t.makeRaw(i.result());
    return true;
  }
  t.settle();
  Temp* object = t.word(i.operand(0));
  Block* general = t.coldBlock();
  foundOrAsked(t, i, t.guardOr(op, {object}, general, {.index = i.index})->result(), object, general);
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
  const bool mayBeEmpty = t.plan().mayBeEmpty(i);
  if (mayBeEmpty) t.settle();
  Temp* object = t.word(i.operand(0));
  if (mayBeEmpty) {
    t.checkShape(found->second.shape, object);
    accessBeside(t, i, object, slot);
    return true;
  }
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
