#include "ir/facts/module_facts.h"

namespace krait::ir::facts {

using namespace core;

namespace {

bool isReceiver(const Temp* t) {
  const Instruction* d = t->definition;
  return d && (d->is(Op::LocalRead) || d->is(Op::LocalGet)) && d->local() == 0 && d->block->function->argCount > 0;
}

template <class Look> void forAll(const Module& module, Look look) {
  for (auto& f : module.functions)
    for (const Block* b = f->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) look(*f, *i);
}

} // namespace

ModuleFacts::ModuleFacts(const Module& module) : assigned_(module.cells.size()), slotName_(module.names.size()) {
  forAll(module, [&](const Function&, const Instruction& i) {
    if (i.is(Op::GlobalSet) || i.is(Op::GlobalDel)) assigned_[i.index] = true;
    if (i.is(Op::AttrSet) && isReceiver(i.operand(0))) slotName_[i.index] = true;
  });
  forAll(module, [&](const Function& f, const Instruction& i) {
    if (f.kind == FunctionKind::ClassBody && i.is(Op::NameSet)) slotName_[i.index] = false;
  });
}

} // namespace krait::ir::facts
