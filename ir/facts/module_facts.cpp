#include "ir/facts/module_facts.h"

namespace krait::ir::facts {

using namespace core;

namespace {

bool isReceiver(const Temp* t) {
  const Instruction* d = t->definition;
  return d && (d->is(Op::LocalRead) || d->is(Op::LocalGet)) && d->local() == 0 && d->block->function->argCount > 0;
}

// Or a container, or guessed to be a number or a container however it came: nothing that is asked when it is looked up.
bool isConstant(const Temp* t) {
  const Instruction* d = t->definition;
  if (d && d->is(Op::Copy)) d = d->operand(0)->definition;
  if (t->guess != Guess::None && t->guess != Guess::Instance) return true;
  return d && (d->is(Op::Const) || d->is(Op::ListNew) || d->is(Op::ListNewFor) || d->is(Op::TupleNew) || d->is(Op::DictNew) || d->is(Op::SetNew));
}

template <class Look> void forAll(const Module& module, Look look) {
  for (auto& f : module.functions)
    for (const Block* b = f->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) look(*f, *i);
}

} // namespace

ModuleFacts::ModuleFacts(const Module& module) : assigned_(module.cells.size()), slotName_(module.names.size()), inClass_(module.names.size()), classConstant_(module.names.size()), stored_(module.names.size()) {
  std::vector<bool> isOther(module.names.size());
  forAll(module, [&](const Function&, const Instruction& i) {
    if (i.is(Op::GlobalSet) || i.is(Op::GlobalDel)) assigned_[i.index] = true;
    if (i.is(Op::AttrSet)) stored_[i.index] = true;
    if (i.is(Op::AttrSet) && isReceiver(i.operand(0))) slotName_[i.index] = true;
  });
  forAll(module, [&](const Function& f, const Instruction& i) {
    if (f.kind != FunctionKind::ClassBody || !i.is(Op::NameSet)) return;
    slotName_[i.index] = false;
    inClass_[i.index] = true;
    (isConstant(i.operand(1)) ? classConstant_ : isOther)[i.index] = true;
  });
  for (size_t name = 0; name < isOther.size(); ++name) classConstant_[name] = classConstant_[name] && !isOther[name];
}

} // namespace krait::ir::facts
