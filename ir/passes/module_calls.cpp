// A call of what another module of the program has is a lookup and a call, so that all that is known of calls by name holds for it:
//
//     method "scale", %m, %x        before            %m: global.get "util", which an import statement binds to a neighbour
//
//     %f = attr.get "scale", %m     after
//     call %f, %x
//     kill %f
//
// The lookup stays where it was, and a module binds nothing to itself. If the name means something else when the program runs, the lookup gives
// a bound method, which is called as any callable.
#include "ir/analysis/call_targets.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>

namespace krait::ir::passes {

using namespace core;

namespace {

class Divider {
public:
  explicit Divider(Module& module) : module_(module), targets_(module) {}

  bool run() {
    for (auto& f : module_.functions)
      for (Block* b = f->entry(); b; b = b->next)
        forEachInstruction(b, [&](Instruction* i) {
          if ((i->is(Op::Method) || i->is(Op::MethodKw)) && isOfModule(*i)) divide(*i);
          else if (i->is(Op::MethodLoad) && isOfModule(*i)) leaveReceiver(*i);
        });
    return changed_;
  }

private:
  bool isOfModule(const Instruction& i) const {
    const uint32_t global = targets_.globalAskedOf(i);
    return global != kNone && (targets_.functionOf(global) || targets_.classOf(global));
  }

  void divide(Instruction& i) {
    Function& f = *i.block->function;
    Instruction* lookUp = insertBefore(&i, Op::AttrGet, {i.operand(0)}, i.index);
    if (i.site != kNone) ++lookUp->site; // the site behind the call's
    Temp* found = lookUp->result();
    std::vector<Temp*> operands{found};
    for (uint32_t n = 1; n < i.operandCount; ++n) operands.push_back(i.operand(n));
    Instruction* call = f.create(i.is(Op::Method) ? Op::Call : Op::CallKw, operands, {}, i.is(Op::Method) ? kNone : i.index2, kNone, 0, 0, i.site);
    f.insertBefore(&i, call);
    f.replaceUses(i.result(), call->result());
    f.insertAfter(call, f.create(Op::Kill, std::initializer_list<Temp*>{found}));
    f.erase(&i);
    changed_ = true;
  }

  // Of a lookup before the arguments, if nothing but calls has what it gives.
  void leaveReceiver(Instruction& load) {
    Function& f = *load.block->function;
    std::vector<Instruction*> calls;
    for (const Use* use = load.result(1)->uses; use; use = use->next) {
      Instruction* user = use->user;
      if (!(user->is(Op::MethodCall) || user->is(Op::MethodCallKw)) || use != &user->uses[1] || user->operand(0) != load.result(0)) return;
      calls.push_back(user);
    }
    for (const Use* use = load.result(0)->uses; use; use = use->next)
      if (!use->user->is(Op::Kill) && std::find(calls.begin(), calls.end(), use->user) == calls.end()) return;
    Temp* found = insertBefore(&load, Op::AttrGet, {load.operand(0)}, load.index)->result();
    f.replaceUses(load.result(0), found);
    for (Instruction* i : calls) {
      std::vector<Temp*> operands{found};
      for (uint32_t n = 2; n < i->operandCount; ++n) operands.push_back(i->operand(n));
      Instruction* call = f.create(i->is(Op::MethodCall) ? Op::Call : Op::CallKw, operands, {}, i->is(Op::MethodCall) ? kNone : i->index, kNone, 0, 0, i->site);
      f.insertBefore(i, call);
      f.replaceUses(i->result(), call->result());
      f.erase(i);
    }
    f.erase(&load);
    changed_ = true;
  }

  Module& module_;
  const analysis::CallTargets targets_;
  bool changed_ = false;
};

} // namespace

bool runModuleCalls(Module& module) { return !module.neighbours.empty() && Divider(module).run(); }

} // namespace krait::ir::passes
