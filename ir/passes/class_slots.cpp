// The names of attributes that instances of a class probably have, handed to the
// class machinery as a hint for their layout:
//   class C:                      name.set %ns, "__krait_slots__", const tuple("x", "y")
//     y: int
//     def __init__(self, x):
//       self.x = x
// Collected are annotations of the class body and `self.x = …` in its methods
// (self: the first parameter), in this order, at most 15. A class that says
// `__slots__` itself, and names that the body binds to something other than a
// constant (methods, properties), are left alone. `type` takes the hint out of
// the namespace.
#include "ir/analysis/constants.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr size_t kMaxSlots = 15; // runtime/abi/object.h: kMaxInlineSlots
constexpr std::string_view kHint = "__krait_slots__";

const Constant* textOf(const Module& module, const Temp* t) {
  const Constant* c = analysis::constantOf(module, t);
  return c && c->kind == ConstantKind::Str ? c : nullptr;
}

class Collector {
public:
  explicit Collector(Function& f) : f_(f), module_(f.module) {}

  // Null if the class wants no hint.
  Instruction* place() {
    for (Block* b = f_.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        if (!i->is(Op::NameSet)) {
          annotation(*i);
          continue;
        }
        const std::string& name = module_.names[i->index];
        if (name == "__slots__" || name == kHint) return nullptr;
        if (!first_ && b == f_.entry()) first_ = i;
        if (!analysis::constantOf(module_, i->operand(1))) bound_.push_back(name);
      }
    for (auto& g : module_.functions)
      if (g->parent == f_.number && g->entry() && g->kind == FunctionKind::Function && g->argCount) method(*g);
    std::erase_if(names_, [&](const std::string& n) { return std::find(bound_.begin(), bound_.end(), n) != bound_.end(); });
    if (names_.size() > kMaxSlots) names_.resize(kMaxSlots);
    return names_.empty() ? nullptr : first_;
  }
  const std::vector<std::string>& names() const { return names_; }

private:
  void add(const std::string& name) {
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
  }
  // __annotations__['y'] = int
  void annotation(const Instruction& i) {
    if (!i.is(Op::ItemSet)) return;
    const Instruction* from = i.operand(0)->definition;
    if (!from || !from->is(Op::NameGet) || module_.names[from->index] != "__annotations__") return;
    if (const Constant* key = textOf(module_, i.operand(1))) add(key->text);
  }
  void method(Function& g) {
    for (Block* b = g.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        if (!i->is(Op::AttrSet)) continue;
        const Instruction* from = i->operand(0)->definition;
        bool isSelf = from && (((from->is(Op::LocalGet) || from->is(Op::LocalRead)) && from->local() == 0) ||
                               (from->is(Op::CellGet) && g.isOwnCell(from->cell()) &&
                                g.cellName(from->cell()) == g.locals[0].name));
        if (isSelf) add(module_.names[i->index]);
      }
  }

  Function& f_;
  Module& module_;
  Instruction* first_ = nullptr; // of the entry block's name.set: usually __module__
  std::vector<std::string> names_, bound_;
};

} // namespace

bool runClassSlots(Function& function) {
  if (function.kind != FunctionKind::ClassBody) return false;
  Collector collector(function);
  Instruction* position = collector.place();
  if (!position) return false;
  Module& module = function.module;
  std::vector<ConstantId> elements;
  for (const std::string& name : collector.names()) elements.push_back(module.constants.internStr(name));
  Temp* tuple = insertBefore(position, Op::Const, {}, module.constants.internTuple(std::move(elements)))->result();
  insertBefore(position, Op::NameSet, {position->operand(0), tuple}, module.names.intern(kHint));
  return true;
}

} // namespace krait::ir::passes
