// The names of attributes that instances of a class probably have, handed to the
// class machinery as a hint for their layout:
//   class C:                      name.set %ns, "__krait_slots__", const tuple("x", "y", "z")
//     y: int
//     def __init__(self, x):
//       self.x = x
//   c = C(1)
//   c.z = 3
// Collected, for all classes of the module at once, are annotations of the class body, `self.x = …` in its methods
// (self: the first parameter), and then what is stored on other variables, local or global, that seem to hold an instance:
// guessed to be one, made by calling the class, by its methods' `cls(…)` and `….__new__(cls, …)`, or used by at least two names of this class and fewer of any other.
// Last come names that its methods read of self, which the class does not bind and somebody stores on anything else. At most 40, in this order. A class
// that says `__slots__` itself, and names that the body binds to something other than a constant (methods, properties)
// and does not annotate, are left alone, as is what a ClassVar annotates. `type` takes the hint out of the namespace. A wrong guess costs a word per instance.
#include "ir/analysis/constants.h"
#include "ir/core/operators.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>
#include <map>
#include <set>

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr size_t kMaxSlots = 40; // runtime/abi/object.h: kMaxInlineSlots
constexpr size_t kTellingNames = 2;
constexpr std::string_view kHint = "__krait_slots__";

/// What is known about one class statement. Names are numbers of Module::names.
struct ClassNames {
  Instruction* first = nullptr; // of the body's entry block's name.set: usually __module__; null: wants no hint
  std::vector<uint32_t> attributes;
  std::set<uint32_t> bound; // by the body, to what is no constant
  std::vector<uint32_t> read; // by its methods, of self
  bool knows(uint32_t name) const {
    return bound.contains(name) || std::find(attributes.begin(), attributes.end(), name) != attributes.end();
  }
  void add(uint32_t name) {
    if (!knows(name)) attributes.push_back(name);
  }
};

/// How a function uses one of its locals, or the module a global, as an object with attributes.
struct VariableUses {
  std::set<uint32_t> names;
  std::vector<uint32_t> stored;
  std::set<uint32_t> madeBy; // classes whose calls are assigned to it
};

class Collector {
public:
  explicit Collector(Module& module) : module_(module) {}

  void run() {
    for (auto& f : module_.functions)
      if (f->kind == FunctionKind::ClassBody) body(*f);
    for (auto& f : module_.functions)
      if (f->entry() && f->kind == FunctionKind::Function && f->argCount && classes_.contains(f->parent)) method(*f);
    findCells();
    for (auto& f : module_.functions)
      if (f->entry()) otherVariables(*f);
    addStored(globals_);
    addRead();
  }
  const std::map<uint32_t, ClassNames>& classes() const { return classes_; }

private:
  void body(Function& f) {
    ClassNames& c = classes_[f.number];
    bool wantsHint = true;
    for (Block* b = f.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        if (!i->is(Op::NameSet)) {
          annotation(*i, c);
          continue;
        }
        const std::string& name = module_.names[i->index];
        wantsHint &= name != "__slots__" && name != kHint;
        if (!c.first && b == f.entry()) c.first = i;
        if (!analysis::constantOf(module_, i->operand(1))) c.bound.insert(i->index);
      }
    if (!wantsHint) c.first = nullptr;
  }
  // __annotations__['y'] = int: whatever the class has under that name is a default, or makes one.
  void annotation(const Instruction& i, ClassNames& c) {
    if (!i.is(Op::ItemSet)) return;
    const Instruction* from = i.operand(0)->definition;
    if (!from || !from->is(Op::NameGet) || module_.names[from->index] != "__annotations__") return;
    const std::string* key = analysis::textOf(module_, i.operand(1));
    if (!key || isOfClass(i.operand(2))) return;
    const uint32_t name = module_.names.intern(*key);
    if (std::find(c.attributes.begin(), c.attributes.end(), name) == c.attributes.end()) c.attributes.push_back(name);
  }
  /// ClassVar, ClassVar[…], typing.ClassVar[…], or the text of such.
  bool isOfClass(const Temp* annotation) const {
    if (const std::string* text = analysis::textOf(module_, annotation)) return text->find("ClassVar") != std::string::npos;
    const Instruction* from = annotation->definition;
    while (from && (from->is(Op::Copy) || from->is(Op::ItemGet))) from = from->operand(0)->definition;
    const bool isNamed = from && (from->is(Op::NameGet) || from->is(Op::GlobalGet) || from->is(Op::AttrGet));
    return isNamed && (from->is(Op::GlobalGet) ? module_.cells[from->index] : module_.names[from->index]) == "ClassVar";
  }
  void method(Function& g) {
    ClassNames& c = classes_[g.parent];
    for (Block* b = g.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next)
        if ((i->is(Op::AttrSet) || i->is(Op::AttrGet)) && isSelf(g, i->operand(0)->definition)) i->is(Op::AttrSet) ? c.add(i->index) : c.read.push_back(i->index);
  }
  bool isSelf(const Function& g, const Instruction* from) const {
    return from && (((from->is(Op::LocalGet) || from->is(Op::LocalRead)) && from->local() == 0) ||
                    (from->is(Op::CellGet) && g.isOwnCell(from->cell()) && g.cellName(from->cell()) == g.locals[0].name));
  }

  // Globals that class statements are bound to.
  void findCells() {
    for (auto& f : module_.functions)
      for (Block* b = f->entry(); b; b = b->next)
        for (Instruction* i = b->first; i; i = i->next) {
          const Instruction* from = i->is(Op::GlobalSet) ? i->operand(0)->definition : nullptr;
          if (!from || !from->is(Op::ClassBuild)) continue;
          if (const Instruction* made = from->operand(0)->definition; made && made->is(Op::FunctionNew))
            classOfCell_[i->index] = made->index;
        }
  }

  void otherVariables(const Function& f) {
    std::map<uint32_t, VariableUses> locals;
    const bool isMethod = f.kind == FunctionKind::Function && f.argCount && classes_.contains(f.parent);
    for (Block* b = f.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        const bool setsLocal = i->is(Op::LocalSet) || i->is(Op::LocalInit);
        if (setsLocal || i->is(Op::GlobalSet)) {
          auto made = classMadeBy(i->operand(0));
          if (!made && isMethod && makesOwn(f, i->operand(0))) made = f.parent;
          if (made) (setsLocal ? locals[i->local()] : globals_[i->index]).madeBy.insert(*made);
          continue;
        }
        if (i->is(Op::AttrSet) && !(isMethod && isSelf(f, i->operand(0)->definition))) stored_.insert(i->index);
        if (!i->is(Op::AttrGet) && !i->is(Op::AttrSet) && !i->is(Op::Method) && !i->is(Op::MethodLoad) && !i->is(Op::BoundLoad)) continue;
        if (const auto guessed = classes_.find(i->operand(0)->ofClass); guessed != classes_.end()) {
          if (i->is(Op::AttrSet)) guessed->second.add(i->index);
          continue;
        }
        const Instruction* from = i->operand(0)->definition;
        const bool isLocal = from && (from->is(Op::LocalGet) || from->is(Op::LocalRead)) && !(isMethod && from->local() == 0);
        const bool isGlobal = from && from->is(Op::GlobalGet) && !classOfCell_.contains(from->index);
        if (!isLocal && !isGlobal) continue;
        VariableUses& uses = isLocal ? locals[from->local()] : globals_[from->index];
        uses.names.insert(i->index);
        if (i->is(Op::AttrSet)) uses.stored.push_back(i->index);
      }
    addStored(locals);
  }
  void addStored(const std::map<uint32_t, VariableUses>& variables) {
    for (auto& [variable, uses] : variables)
      if (!uses.stored.empty())
        if (ClassNames* c = likelyClass(uses))
          for (uint32_t name : uses.stored) c->add(name);
  }
  void addRead() {
    for (auto& [number, c] : classes_)
      for (uint32_t name : c.read)
        if (stored_.contains(name)) c.add(name);
  }
  std::optional<uint32_t> classMadeBy(const Temp* t) const {
    const Instruction* from = analysis::originOf(t);
    const Instruction* callee = from && (from->is(Op::Call) || from->is(Op::CallKw)) ? from->operand(0)->definition : nullptr;
    if (!callee || !callee->is(Op::GlobalGet)) return std::nullopt;
    auto found = classOfCell_.find(callee->index);
    return found == classOfCell_.end() ? std::nullopt : std::optional(found->second);
  }
  /// cls(…) and object.__new__(cls, …), super().__new__(cls, …) and the like in a method whose first parameter is cls.
  bool makesOwn(const Function& f, const Temp* t) const {
    const Instruction* from = analysis::originOf(t);
    if (!from) return false;
    if (from->is(Op::Call)) return isSelf(f, analysis::originOf(from->operand(0)));
    size_t first = 1; // the operand that is given to __new__
    const Instruction* named = from;
    if (from->is(Op::MethodCall)) {
      first = 2;
      named = from->operand(0)->definition;
      if (!named || !(isSuperLoad(named->op) || named->is(Op::MethodLoad))) return false;
    } else if (!from->is(Op::Method)) {
      return false;
    }
    return module_.names[named->index] == "__new__" && from->operandCount > first && isSelf(f, analysis::originOf(from->operand(first)));
  }
  ClassNames* likelyClass(const VariableUses& uses) {
    if (uses.madeBy.size() == 1) return &classes_[*uses.madeBy.begin()];
    ClassNames* best = nullptr;
    size_t most = kTellingNames - 1;
    for (auto& [number, c] : classes_) {
      const size_t known = static_cast<size_t>(std::count_if(uses.names.begin(), uses.names.end(), [&](uint32_t n) { return c.knows(n); }));
      if (known < most || (known == most && !best)) continue;
      best = known > most ? &c : nullptr;
      most = known;
    }
    return best;
  }

  Module& module_;
  std::map<uint32_t, ClassNames> classes_; // FUNCTION of the body -> what is known
  std::map<uint32_t, uint32_t> classOfCell_; // GLOBAL -> FUNCTION of the body
  std::map<uint32_t, VariableUses> globals_; // by GLOBAL
  std::set<uint32_t> stored_; // on anything but a method's self
};

} // namespace

bool runClassSlots(Function& function) {
  if (function.number != 0) return false;
  Module& module = function.module;
  Collector collector(module);
  collector.run();
  bool changed = false;
  for (const auto& [number, c] : collector.classes()) {
    if (!c.first || c.attributes.empty()) continue;
    std::vector<ConstantId> elements;
    for (size_t n = 0; n < std::min(c.attributes.size(), kMaxSlots); ++n)
      elements.push_back(module.constants.internStr(module.names[c.attributes[n]]));
    Temp* tuple = insertBefore(c.first, Op::Const, {}, module.constants.internTuple(std::move(elements)))->result();
    insertBefore(c.first, Op::NameSet, {c.first->operand(0), tuple}, module.names.intern(kHint));
    changed = true;
  }
  return changed;
}

} // namespace krait::ir::passes
