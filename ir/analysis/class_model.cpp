#include "ir/analysis/class_model.h"

#include "ir/analysis/constants.h"
#include "ir/analysis/named_tuples.h"
#include "ir/core/operators.h"

#include <algorithm>

namespace krait::ir::analysis {

using namespace core;

namespace {

constexpr unsigned kMaxDepth = 64; // of inheritance

// Whether the function asks anything for that attribute.
bool mentions(const Function& f, std::string_view name) {
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      const bool isAsked = i->is(Op::AttrGet) || i->is(Op::Method) || i->is(Op::MethodKw) || i->is(Op::MethodLoad) || i->is(Op::BoundLoad) || i->is(Op::SuperAttr) || isSuperLoad(i->op);
      if (isAsked && f.module.names[i->index] == name) return true;
    }
  return false;
}

// The `def` behind any number of decorators, and the outermost one's name: empty if there is none.
struct Definition {
  const Instruction* function = nullptr;
  std::string_view decorator;
  bool isAccessor() const { return decorator == "setter" || decorator == "deleter"; } // of a property that exists
};
Definition definitionOf(const Module& module, const Temp* t) {
  Definition found;
  const Instruction* from = originOf(t);
  for (bool isOutermost = true; from && from->is(Op::Call) && from->operandCount == 2; isOutermost = false) {
    const Instruction* callee = originOf(from->operand(0));
    if (isOutermost) found.decorator = callee && (callee->is(Op::NameGet) || callee->is(Op::AttrGet)) ? std::string_view(module.names[callee->index]) : "?";
    from = originOf(from->operand(1));
  }
  if (from && from->is(Op::FunctionNew)) found.function = from;
  return found;
}

Guess builtinContainer(std::string_view name) {
  static constexpr std::pair<std::string_view, Guess> kContainers[] = {
      {"list", Guess::List}, {"tuple", Guess::Tuple}, {"dict", Guess::Dict}, {"set", Guess::Set}, {"frozenset", Guess::Set}, {"str", Guess::Str}, {"bytes", Guess::Bytes}};
  for (auto [container, guess] : kContainers)
    if (name == container) return guess;
  return Guess::Instance;
}

// Under which name a base is imported, or asked of its module; empty if it is computed.
std::string_view nameOfBase(const Module& module, const Instruction* base) {
  if (base && base->is(Op::AttrGet)) return module.names[base->index];
  return base && (base->is(Op::GlobalGet) || base->is(Op::GlobalPeek)) ? std::string_view(module.cells[base->index]) : std::string_view();
}

// One of the library's enumerations.
bool isEnumeration(const Module& module, const Temp* base) {
  static constexpr std::string_view kNames[] = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"};
  return std::ranges::find(kNames, nameOfBase(module, originOf(base))) != std::end(kNames);
}

// A base from elsewhere whose instances are true, or by their length: builtin containers, and what marks classes.
bool hasNoTruth(const Module& module, const Temp* base) {
  static constexpr std::string_view kNames[] = {"object", "ABC", "Generic", "Protocol", "Exception", "BaseException"};
  const Instruction* from = originOf(base);
  if (from && from->is(Op::ItemGet)) from = originOf(from->operand(0)); // Generic[T]
  const std::string_view name = nameOfBase(module, from);
  return builtinContainer(name) != Guess::Instance || std::ranges::find(kNames, name) != std::end(kNames);
}

} // namespace

ClassModel::ClassModel(const Module& module, const CallTargets& targets) : targets_(targets) {
  for (auto& f : module.functions)
    if (f->kind == FunctionKind::ClassBody) classes_.try_emplace(f->number);
  if (classes_.empty()) return;
  for (auto& f : module.functions) {
    if (f->kind == FunctionKind::ClassBody) body(module, *f);
    const bool isInit = f->name == "__init__";
    const auto own = f->definingClass() == kNone || f->argCount == 0 ? classes_.end() : classes_.find(f->definingClass());
    if (own != classes_.end() && f->methodOf != kNone)
      if (const uint32_t name = module.names.find(f->name); name != kNone) own->second.bound.try_emplace(name, Binding{Binding::Kind::Method, f->number});
    if (own != classes_.end() && isInit) own->second.initsAlone |= !mentions(*f, "__init__");
    for (const Block* b = f->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (i->is(Op::AttrSet)) {
          const Instruction* object = i->operand(0)->definition;
          const bool isOwn = own != classes_.end() && object && (object->is(Op::LocalRead) || object->is(Op::LocalGet)) && object->local() == 0;
          if (isOwn && isInit) own->second.filled.insert(i->index);
          if (isOwn) own->second.stored.insert(i->index);
          else if (const auto guessed = classes_.find(i->operand(0)->ofClass); guessed != classes_.end()) guessed->second.stored.insert(i->index);
        }
        if (!i->is(Op::ClassBuild)) continue;
        const Instruction *made = originOf(i->operand(0)), *bases = originOf(i->operand(2));
        if (!made || !made->is(Op::FunctionNew) || !bases || !bases->is(Op::TupleNew)) continue;
        Class& c = classes_.at(made->index);
        for (uint32_t n = 0; n < bases->operandCount; ++n) {
          c.makesMembers |= isEnumeration(module, bases->operand(n));
          const Instruction* base = globalReadOf(bases->operand(n));
          if (auto cls = targets.classAt(bases->operand(n))) {
            c.bases.push_back(*cls);
          } else {
            if (base && c.container == Guess::Instance) c.container = builtinContainer(module.cells[base->index]);
            c.saysTruth |= !hasNoTruth(module, bases->operand(n));
          }
          for (const std::string& field : fieldsOfNamedTuple(module, bases->operand(n))) c.fields.push_back(module.names.find(field));
          for (const uint32_t field : targets.fieldsAt(bases->operand(n))) c.fields.push_back(field);
          c.stored.insert(c.fields.begin(), c.fields.end());
        }
      }
  }
  const uint32_t boolName = module.names.find("__bool__"), lengthName = module.names.find("__len__"); // kNone is no name
  for (auto& [number, c] : classes_) {
    linearise(number, 0);
    c.saysTruth |= c.bound.contains(boolName) || c.bound.contains(lengthName);
  }
  for (auto& [number, c] : classes_) {
    for (uint32_t a : c.ancestors) {
      if (a != number) classes_.at(a).descendants.push_back(number);
      if (c.container == Guess::Instance) c.container = classes_.at(a).container;
      c.makesMembers |= classes_.at(a).makesMembers;
    }
  }
  for (auto& [number, c] : classes_) { // in the order of the text, whatever the table's is
    std::sort(c.descendants.begin(), c.descendants.end());
    c.descendants.insert(c.descendants.begin(), number);
  }
}

void ClassModel::body(const Module& module, const Function& f) {
  Class& c = classes_.at(f.number);
  auto annotate = [&](const Instruction& i) {
    const Instruction* from = i.operand(0)->definition;
    const Constant* key = constantOf(module, i.operand(1));
    if (!from || !from->is(Op::NameGet) || module.names[from->index] != "__annotations__" || !key || key->kind != ConstantKind::Str) return;
    if (const uint32_t name = module.names.find(key->text); name != kNone) c.annotated.insert(name);
  };
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::ItemSet)) annotate(*i);
      if (!i->is(Op::NameSet)) continue;
      const Definition d = definitionOf(module, i->operand(1));
      if (d.isAccessor()) {
        if (d.function && d.decorator == "setter") c.setters[i->index] = d.function->index;
        continue;
      }
      const bool isConstant = constantOf(module, i->operand(1));
      const auto kind = d.function && d.decorator.empty()       ? Binding::Kind::Method
                        : d.function && d.decorator == "staticmethod" ? Binding::Kind::Static
                        : d.function && d.decorator == "classmethod" ? Binding::Kind::OfClass
                        : d.function && d.decorator == "property" ? Binding::Kind::Getter
                        : isConstant                            ? Binding::Kind::Constant
                                                                : Binding::Kind::Other;
      c.bound[i->index] = {kind, d.function ? d.function->index : kNone};
    }
  for (uint32_t name : c.annotated) {
    const auto bound = c.bound.find(name); // a default
    if (bound != c.bound.end() && (bound->second.kind == Binding::Kind::Method || bound->second.kind == Binding::Kind::Getter)) continue;
    if (bound != c.bound.end()) c.bound.erase(bound);
    c.stored.insert(name);
  }
}

std::optional<uint32_t> ClassModel::instanceMethodOf(const Module& module, const Instruction& binding) {
  const Definition d = definitionOf(module, binding.operand(1));
  const std::string& name = module.names[binding.index];
  if (!d.function || d.decorator == "staticmethod" || d.decorator == "classmethod" || name == "__new__" || name == "__init_subclass__" || name == "__class_getitem__")
    return std::nullopt;
  return module.functions[d.function->index]->argCount ? std::optional(d.function->index) : std::nullopt;
}

// Depth first, from the left; what comes twice stands where it comes last. Without rings of inheritance that is Python's order.
void ClassModel::linearise(uint32_t cls, unsigned depth) {
  Class& c = classes_.at(cls);
  if (!c.ancestors.empty() || depth > kMaxDepth) return;
  std::vector<uint32_t> all{cls};
  for (uint32_t base : c.bases) {
    if (base == cls) continue;
    linearise(base, depth + 1);
    for (uint32_t a : classes_.at(base).ancestors) {
      std::erase(all, a);
      all.push_back(a);
    }
  }
  if (std::count(all.begin(), all.end(), cls) != 1 || all.front() != cls) all = {cls};
  c.ancestors = std::move(all);
}

uint32_t ClassModel::common(uint32_t a, uint32_t b) const {
  const auto ofB = ancestors(b);
  for (uint32_t cls : ancestors(a))
    if (std::find(ofB.begin(), ofB.end(), cls) != ofB.end()) return cls;
  return kNone;
}

std::vector<uint32_t> ClassModel::named(uint32_t cls, uint32_t name, Binding::Kind kind) const {
  std::vector<uint32_t> found;
  for (uint32_t d : classes_.at(cls).descendants)
    for (uint32_t a : ancestors(d)) {
      const auto& bound = classes_.at(a).bound;
      const auto binding = bound.find(name);
      if (binding == bound.end()) continue;
      const uint32_t function = binding->second.function;
      if (binding->second.kind == kind && std::find(found.begin(), found.end(), function) == found.end()) found.push_back(function);
      break;
    }
  return found;
}

bool ClassModel::maySayTruth(uint32_t cls) const {
  const auto& all = classes_.at(cls).descendants;
  return std::ranges::any_of(all, [&](uint32_t d) { return std::ranges::any_of(ancestors(d), [&](uint32_t a) { return classes_.at(a).saysTruth; }); });
}

std::vector<uint32_t> ClassModel::settersNamed(uint32_t cls, uint32_t name) const {
  std::vector<uint32_t> found;
  for (uint32_t d : classes_.at(cls).descendants)
    for (uint32_t a : ancestors(d)) {
      const Class& c = classes_.at(a);
      const auto setter = c.setters.find(name);
      if (setter == c.setters.end() && !c.bound.contains(name)) continue;
      if (setter != c.setters.end() && std::find(found.begin(), found.end(), setter->second) == found.end()) found.push_back(setter->second);
      break;
    }
  return found;
}

bool ClassModel::isModule(const Temp* receiver) const {
  const Instruction* global = receiver ? globalReadOf(receiver) : nullptr;
  return global && targets_.imports().isModule(global->index);
}

// `self.inner.f()` in f itself: where nothing says that the attribute holds one of the classes, it is mostly something else that is
// wrapped.
static const Function* wrapperOf(const Temp* receiver) {
  const Instruction* read = originOf(receiver);
  const Instruction* self = read && read->is(Op::AttrGet) ? read->operand(0)->definition : nullptr;
  const bool isOwn = self && (self->is(Op::LocalGet) || self->is(Op::LocalRead) || self->is(Op::LocalPeek)) && self->local() == 0;
  return isOwn ? read->block->function : nullptr;
}

std::vector<uint32_t> ClassModel::methodsOf(const Temp* receiver, uint32_t name) const {
  if (isModule(receiver)) return {};
  if (receiver && isClass(receiver->ofClass)) return methodsNamed(receiver->ofClass, name);
  if (receiver && receiver->guess != Guess::None && receiver->guess != Guess::Instance) return {}; // of a builtin type
  const auto all = targets_.methodsNamed(name);
  std::vector<uint32_t> found{all.begin(), all.end()};
  if (const Function* wrapper = wrapperOf(receiver)) std::erase(found, wrapper->number);
  return found;
}

ClassModel::Callees ClassModel::calleesOf(const Temp* receiver, uint32_t name) const {
  const Instruction* global = receiver ? globalReadOf(receiver) : nullptr;
  if (isModule(receiver)) return {First::None, {}};
  if (const auto cls = global ? targets_.classOf(global->index) : std::nullopt; cls && isClass(*cls)) {
    for (uint32_t a : ancestors(*cls)) {
      const auto binding = classes_.at(a).bound.find(name);
      if (binding == classes_.at(a).bound.end()) continue;
      const auto [kind, function] = binding->second;
      if (kind == Binding::Kind::OfClass) return {First::Class, {function}};
      if (kind == Binding::Kind::Static || kind == Binding::Kind::Method) return {First::None, {function}};
      break;
    }
    return {First::None, {}};
  }
  if (receiver && isClass(receiver->ofClass) && methodsNamed(receiver->ofClass, name).empty())
    if (auto statics = staticsNamed(receiver->ofClass, name); !statics.empty()) return {First::None, std::move(statics)};
  return {First::Receiver, methodsOf(receiver, name)};
}

uint32_t ClassModel::superClassOf(const Instruction& load) const {
  return load.is(Op::SuperLoadOf) ? targets_.classAt(load.operand(1)).value_or(kNone) : load.block->function->definingClass();
}

std::vector<uint32_t> ClassModel::superMethodsOf(const Instruction& load) const {
  const uint32_t name = load.index, cls = superClassOf(load);
  if (!isClass(cls)) return methodsOf(nullptr, name);
  std::vector<uint32_t> found;
  for (uint32_t d : classes_.at(cls).descendants) {
    const auto function = superMethodOf(d, cls, name);
    if (function && std::find(found.begin(), found.end(), *function) == found.end()) found.push_back(*function);
  }
  return found;
}

std::optional<uint32_t> ClassModel::superMethodOf(uint32_t cls, uint32_t behind, uint32_t name) const {
  const auto order = ancestors(cls);
  for (auto a = std::find(order.begin(), order.end(), behind); a != order.end() && ++a != order.end();) {
    const auto& bound = classes_.at(*a).bound;
    const auto binding = bound.find(name);
    if (binding == bound.end()) continue;
    return binding->second.kind == Binding::Kind::Method ? std::optional(binding->second.function) : std::nullopt;
  }
  return std::nullopt;
}

// What a global of no known class holds is most probably a module or a class, which have no properties.
static bool isNamespace(const Temp* receiver) { return receiver && globalReadOf(receiver); }

std::vector<uint32_t> ClassModel::gettersOf(const Temp* receiver, uint32_t name) const {
  if (receiver && isClass(receiver->ofClass)) return gettersNamed(receiver->ofClass, name);
  if (isNamespace(receiver)) return {};
  const auto all = targets_.gettersNamed(name);
  return {all.begin(), all.end()};
}

std::vector<uint32_t> ClassModel::settersOf(const Temp* receiver, uint32_t name) const {
  if (receiver && isClass(receiver->ofClass)) return settersNamed(receiver->ofClass, name);
  if (isNamespace(receiver)) return {};
  const auto all = targets_.settersNamed(name);
  return {all.begin(), all.end()};
}

bool ClassModel::isSlot(uint32_t cls, uint32_t name) const {
  const auto stores = [&](uint32_t c) { return classes_.at(c).stored.contains(name); };
  const auto above = ancestors(cls);
  const auto& below = classes_.at(cls).descendants;
  const bool isFilled = isFilledByInit(cls, name);
  const auto binds = [&](uint32_t c) { return classes_.at(c).bound.contains(name) && !(isFilled && bindsConstant(c, name)); };
  if (std::any_of(above.begin(), above.end(), binds)) return false;
  const bool isOwn = std::any_of(above.begin(), above.end(), stores);
  // What a class stores itself is in a slot of its instances, though one derived from it may answer by a property.
  const auto hides = [&](uint32_t c) { return binds(c) && !(isOwn && classes_.at(c).bound.at(name).kind == Binding::Kind::Getter); };
  return (isOwn || std::any_of(below.begin(), below.end(), stores)) && std::none_of(below.begin(), below.end(), hides);
}

bool ClassModel::isDefaulted(uint32_t cls, uint32_t name) const {
  const auto above = ancestors(cls);
  const auto& below = classes_.at(cls).descendants;
  const auto stores = [&](uint32_t c) { return classes_.at(c).stored.contains(name); };
  const auto isOther = [&](uint32_t c) { return classes_.at(c).bound.contains(name) && !bindsConstant(c, name); };
  return std::any_of(above.begin(), above.end(), [&](uint32_t c) { return bindsConstant(c, name); }) && !isFilledByInit(cls, name) &&
         (std::any_of(above.begin(), above.end(), stores) || std::any_of(below.begin(), below.end(), stores)) &&
         std::none_of(above.begin(), above.end(), isOther) && std::none_of(below.begin(), below.end(), isOther);
}

bool ClassModel::bindsConstant(uint32_t cls, uint32_t name) const {
  const auto found = classes_.at(cls).bound.find(name);
  return found != classes_.at(cls).bound.end() && found->second.kind == Binding::Kind::Constant;
}

bool ClassModel::isFilledByInit(uint32_t cls, uint32_t name) const {
  const auto above = ancestors(cls);
  return std::any_of(above.begin(), above.end(), [&](uint32_t c) { return classes_.at(c).filled.contains(name); });
}

std::optional<uint32_t> ClassModel::ownerOf(uint32_t cls, uint32_t name) const {
  const auto all = ancestors(cls);
  const auto begins = [&](uint32_t a) { return classes_.at(a).initsAlone && classes_.at(a).filled.contains(name); };
  if (std::count_if(all.begin(), all.end(), begins) > 1) return *std::find_if(all.begin(), all.end(), begins);
  for (size_t n = all.size(); n-- > 0;)
    if (const Class& c = classes_.at(all[n]); c.stored.contains(name) || c.bound.contains(name)) return all[n];
  return std::nullopt;
}

} // namespace krait::ir::analysis
