// Bound methods that are only called are not made. A local that gets its value from an attribute, and of which nothing is asked
// but calls, holds the receiver instead, and a hidden local beside it the function (None: the local holds what is called):
//
//   %1 = attr.get "append", %0                          %1, %2 = bound.load "append", %0
//   local.set $add, %1                                  local.set $add, %1
//                                                       local.set $add.function, %2
//   %3 = local.get $add                                 %3 = local.get $add
//                                                       %4 = local.peek $add.function
//   %6 = call %3, %5                                    %6 = bound.call "append", %3, %4, %5
//   local.del $add                                      local.del $add
//                                                       local.clear $add.function
//   frame.leave                                         local.clear $add.function
//                                                       frame.leave
//
// The attribute is looked up where it was, once. The receiver is in the local itself, so it lives as long as the bound method
// would, dies in its turn among the locals, and the local is unbound when it was.
//
// An attribute that some code of the module stores, or that an imported module is asked for, is probably no method: the ways to
// such have fast paths of their own.
#include "ir/core/module.h"
#include "ir/core/operators.h"
#include "ir/core/remarks.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

/// What is done with a local.
struct LocalUses {
  std::vector<Instruction*> stores, calls, ends; // of an attribute; of what it holds; where it becomes unbound
  bool isOther = false;                          // stored or looked at in another way
  bool escapes = false;                          // read for something else than a call
};

Instruction* callOf(const Use* use) {
  Instruction* user = use->user;
  return (user->is(Op::Call) || user->is(Op::CallKw)) && use == user->uses ? user : nullptr;
}

class Unbinder {
public:
  explicit Unbinder(Module& module) : module_(module), isStored_(module.names.size()), isModule_(module.cells.size()) {
    for (const auto& f : module.functions)
      for (const Block* b = f->entry(); b; b = b->next)
        for (const Instruction* i = b->first; i; i = i->next) {
          if (i->is(Op::AttrSet)) isStored_[i->index] = true;
          else if (i->is(Op::GlobalSet) && i->operand(0)->definition && i->operand(0)->definition->is(Op::Import)) isModule_[i->index] = true;
        }
  }

  bool run() {
    bool changed = false;
    for (auto& f : module_.functions)
      if (f->entry()) changed |= run(*f);
    return changed;
  }

private:
  bool run(Function& f) {
    std::vector<LocalUses> locals(f.varCount);
    std::vector<Instruction*> leaves;
    bool asks = false; // for its locals by name
    for (Block* b = f.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        asks |= i->is(Op::LocalsDict);
        if (i->is(Op::FrameLeave)) leaves.push_back(i);
        if ((i->info().attributes & attribute::LOCAL) && i->local() < f.varCount) look(*i, locals[i->local()]);
        if ((i->info().attributes & attribute::LOCAL2) && i->index2 < f.varCount) locals[i->index2].isOther = true;
      }
    bool changed = false;
    for (uint32_t n = f.paramCount(); n < f.varCount; ++n) {
      LocalUses& local = locals[n];
      if (local.isOther || local.stores.empty() || local.calls.empty()) continue;
      if (!areOfOneName(local.stores)) continue;
      const bool isMade = asks || local.escapes;
      if (Remarks* remarks = module_.remarks)
        for (const Instruction* store : local.stores)
          remarks->add(isMade ? RemarkId::BoundMethodMade : RemarkId::BoundMethod, *store->operand(0)->definition, f.locals[n].name);
      if (!isMade) rewrite(f, n, local, leaves), changed = true;
    }
    return changed;
  }

  void look(Instruction& i, LocalUses& local) const {
    switch (i.op) {
    case Op::LocalSet:
    case Op::LocalInit:
      if (!isMethod(i)) local.isOther = true;
      else local.stores.push_back(&i);
      return;
    case Op::LocalDel:
    case Op::LocalClear: local.ends.push_back(&i); return;
    case Op::LocalGet:
    case Op::LocalRead:
      for (const Use* u = i.result()->uses; u; u = u->next)
        if (Instruction* call = callOf(u)) local.calls.push_back(call);
        else local.escapes = true;
      return;
    default: local.isOther = true;
    }
  }

  /// Whether the local gets what is probably a method.
  bool isMethod(const Instruction& store) const {
    const Instruction* get = store.operand(0)->definition;
    if (!get || !get->is(Op::AttrGet) || get->block != store.block || store.operand(0)->uses->next || isStored_[get->index]) return false;
    const Instruction* from = get->operand(0)->definition;
    return !(from && (from->is(Op::Import) || (from->is(Op::GlobalGet) && isModule_[from->index])));
  }

  static bool areOfOneName(const std::vector<Instruction*>& stores) {
    for (const Instruction* store : stores)
      if (store->operand(0)->definition->index != stores.front()->operand(0)->definition->index) return false;
    return true;
  }

  static void rewrite(Function& f, uint32_t local, const LocalUses& uses, const std::vector<Instruction*>& leaves) {
    const uint32_t name = uses.stores.front()->operand(0)->definition->index;
    const uint32_t function = f.addHidden(f.locals[local].name + ".function");
    for (Instruction* store : uses.stores) {
      Instruction* get = store->operand(0)->definition;
      Instruction* load = insertBefore(get, Op::BoundLoad, {get->operand(0)}, name);
      f.replaceUses(get->result(), load->result(0));
      f.erase(get);
      f.insertAfter(store, f.create(store->op, std::initializer_list<Temp*>{load->result(1)}, {}, function));
    }
    for (Instruction* end : uses.ends) f.insertAfter(end, f.create(Op::LocalClear, {}, {}, function));
    for (Instruction* call : uses.calls) callBeside(f, call, name, function);
    for (Instruction* leave : leaves) insertBefore(leaving(leave), Op::LocalClear, {}, function);
  }

  static void callBeside(Function& f, Instruction* call, uint32_t name, uint32_t function) {
    std::vector<Temp*> operands{call->operand(0), insertBefore(call, Op::LocalPeek, {}, function)->result()};
    for (size_t n = 1; n < call->operandCount; ++n) operands.push_back(call->operand(n));
    const bool isNamed = call->is(Op::CallKw);
    Instruction* made = f.create(isNamed ? Op::BoundCallKw : Op::BoundCall, operands, {}, name, isNamed ? call->index : kNone, 0, 0, call->site);
    f.insertBefore(call, made);
    made->result()->type = call->result()->type;
    f.replaceUses(call->result(), made->result());
    f.erase(call);
  }

  /// Where the function leaves; a local that is returned is read behind it, so that its reference can be moved (ownership).
  static Instruction* leaving(Instruction* leave) {
    Instruction* at = leave;
    while (at->previous && (at->previous->is(Op::Copy) || at->previous->is(Op::LocalRead) || at->previous->is(Op::Const))) at = at->previous;
    return at;
  }

  Module& module_;
  std::vector<bool> isStored_; // by NAME: as an attribute
  std::vector<bool> isModule_; // by GLOBAL: an import statement binds it
};

} // namespace

bool runUnbindMethods(Module& module) { return !module.keepsCells && Unbinder(module).run(); }

} // namespace krait::ir::passes
