// Calls within a transaction: which bodies it goes on in.
#include "ir/passes/versions/transaction.h"

#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>
#include <utility>

namespace krait::ir::passes::versions {

using namespace core;
using First = analysis::ClassModel::First;

// Whether what is called is a word or of a known class: nothing that an instance has itself hides a method.
bool Transaction::isFound(const Instruction& call) {
  const uint32_t instances = instancesOf(call, t_.plan());
  for (uint32_t n = 0; n < instances; ++n)
    if (const Temp* t = instanceAt(call, n); !isVirtualOperand(t)) {
      const bool isNumber = t_.likelyKind(t) != RawKind::None;
      const bool isOther = n == 1 && isOperator(call); // whose class may have a say
      if (isNumber && !(isOther && call.operand(0)->guess == Guess::Instance)) return false;
      if (!isNumber && (n == 0 || isOther) && !wordOf(t)) return false;
    }
  if (instances || isLookedUp(call)) return true;
  const Temp* object = receiver(call);
  if (!isVirtualOperand(object)) return wordOf(object);
  const auto& slots = t_.instance(t_.of(object).instance).slots;
  return isMethod(call.op) && firstOf(call, t_.plan()) == First::Receiver && std::none_of(slots.begin(), slots.end(), [&](auto& slot) { return slot.first == lookUpOf(call)->index; });
}

// The NAME under which the class has what it enters.
uint32_t Transaction::nameOf(const Instruction& call) const {
  if (isAccess(call)) return call.index;
  if (asksLength(call)) return t_.plan().lengthName;
  return asksInstance(call) ? t_.plan().operatorMethods->at(call.op).method : lookUpOf(call)->index;
}

// Of an instance whose class is known, which is no guess, only those that the class has.
void Transaction::narrow(const Instruction& call, std::vector<const Function*>& targets) {
  const Temp* object = receiver(call);
  if (isLookedUp(call) || !isVirtualOperand(object)) return;
  const uint32_t body = t_.instance(t_.of(object).instance).body;
  if (body == kNone || !t_.plan().classes->isClass(body)) return;
  if (const Instruction* load = superOf(call)) {
    const auto method = t_.plan().classes->superMethodOf(body, t_.plan().classes->superClassOf(*load), load->index);
    std::erase_if(targets, [&](const Function* target) { return target->number != method; });
    return;
  }
  const uint32_t name = asksPlain(call, t_.plan()) ? t_.plan().operatorMethods->at(call.op).plain : nameOf(call);
  const std::vector<uint32_t> methods = t_.plan().classes->methodsNamed(body, name);
  std::erase_if(targets, [&](const Function* target) { return std::find(methods.begin(), methods.end(), target->number) == methods.end(); });
}

// An operand's word, or the class of an instance that has none.
Temp* Transaction::standIn(const Temp* t) { return isVirtualOperand(t) ? t_.instance(t_.of(t).instance).cls : wordOf(t); }

bool Transaction::isNumberOperand(const Temp* t) { return isRaw(t_.of(t)) || (t_.constantOf(t) && t_.kindOf(t) != RawKind::None); }

// The function that it would enter, if that is known at once.
Temp* Transaction::find(const Instruction& call) {
  if (const uint32_t instances = instancesOf(call, t_.plan())) return findOperator(call, instanceAt(call, 0), instanceAt(call, instances - 1));
  if (isLookedUp(call)) return t_.value(Op::FunctionFind, {wordOf(call.operand(0))});
  const Temp* object = receiver(call);
  if (const Instruction* load = superOf(call))
    return t_.value(Op::SuperFind, {wordOf(load->operand(1)), standIn(object)}, {.index = load->index, .imm = isVirtualOperand(object)});
  if (isAccess(call)) return t_.value(call.is(Op::AttrGet) ? Op::GetterFind : Op::SetterFind, {wordOf(object)}, {.index = call.index});
  if (!isMethod(call.op)) return t_.value(initOf(call, t_.plan()) ? Op::InitFind : Op::FunctionFind, {wordOf(object)});
  if (const First first = firstOf(call, t_.plan()); first != First::Receiver)
    return t_.value(Op::StaticFind, {wordOf(object)}, {.index = lookUpOf(call)->index, .imm = first == First::Class});
  if (!isVirtualOperand(object)) return t_.value(Op::MethodFind, {wordOf(object)}, {.index = lookUpOf(call)->index});
  return t_.value(Op::ClassFind, {t_.instance(t_.of(object).instance).cls}, {.index = lookUpOf(call)->index});
}

Temp* Transaction::findOperator(const Instruction& call, const Temp* left, const Temp* right) {
  if (isNumberOperand(right)) right = left; // a number's class has no say
  const int64_t classes = isVirtualOperand(left) + 2 * isVirtualOperand(right);
  const Attributes of{.index = nameOf(call), .imm = classes};
  return classes ? t_.value(Op::OperatorFindOf, {standIn(left), standIn(right)}, of) : t_.value(Op::OperatorFind, {standIn(left), standIn(right)}, {.index = of.index});
}

// What is expected of the class of an object, which is asked at its first use; null: that is not known of it.
ObjectShape* Transaction::shapeOf(const Temp* object, State& s) {
  if (const int n = t_.of(object).instance; n >= 0) {
    if (t_.instance(n).shape == kNone) return nullptr;
    t_.checkClass(n);
    return &t_.function().shapes[t_.instance(n).shape];
  }
  Temp* word = wordOf(object);
  return word && !isRaw(t_.of(object)) ? &check(word, s) : nullptr;
}

// Of an operator the class of the right operand has no say: it is the same one, or a number's. False: nobody can tell.
bool Transaction::areSameClass(const Temp* left, const Temp* right) {
  if (isNumberOperand(right)) return true;
  Temp *a = standIn(left), *b = standIn(right);
  if (!a || !b) return false;
  const bool areBoth = isVirtualOperand(left) == isVirtualOperand(right) && a == b;
  if (!areBoth) t_.guard(Op::ClassSame, {a, b}, {.imm = isVirtualOperand(left) + 2 * isVirtualOperand(right)});
  return true;
}

// How a class has what a call of an object's enters; nothing where no object is asked.
std::optional<MethodKind> Transaction::kindOf(const Instruction& call, const Temp* object) {
  if (asksInstance(call)) return MethodKind::Operator;
  if (isAccess(call)) return call.is(Op::AttrGet) ? MethodKind::Getter : MethodKind::Setter;
  if (!isMethod(call.op)) return std::nullopt;
  if (const Instruction* load = superOf(call)) return load->is(Op::SuperLoad) ? std::optional(MethodKind::Super) : std::nullopt;
  const First first = firstOf(call, t_.plan());
  if (first == First::Receiver) return isVirtualOperand(object) ? MethodKind::Operator : MethodKind::Method;
  const bool isOfInstance = first == First::None && !isVirtualOperand(object) && object->guess == Guess::Instance;
  return isOfInstance ? std::optional(MethodKind::Static) : std::nullopt;
}

// Whether the shape of the receiver, or of the class that is called, tells that the call enters the only function that it probably may:
// nobody looks for it then.
bool Transaction::expects(const Instruction& call, std::span<const Function* const> targets, State& s) {
  const Plan& plan = t_.plan();
  if (targets.size() != 1 || isLookedUp(call)) return false;
  bool asWritten = false;
  const auto sources = bindingOf(call, *targets[0], plan)->sources;
  for (const uint32_t source : sources) {
    if (source < analysis::Binding::kDefault) continue;
    if (plan.targets->defaultOf(targets[0]->number, source - analysis::Binding::kDefault) == kNone) return false; // it is asked for it
    asWritten = true;
  }
  if (initOf(call, plan)) {
    auto& shapes = t_.function().shapes;
    s.begins = static_cast<uint32_t>(shapes.size());
    shapes.push_back({.names = {}, .methods = {{plan.initName, targets[0]->number, MethodKind::Operator, asWritten}}});
    t_.guard(Op::ClassCheck, {wordOf(call.operand(0))}, {.imm = s.begins});
    return true;
  }
  const uint32_t instances = instancesOf(call, plan);
  const Temp* object = receiver(call);
  const auto kind = kindOf(call, object);
  if (!kind) return false;
  const bool isSuper = *kind == MethodKind::Super;
  if (isSuper && !s.frame().how) return false; // nobody knows whose method it is
  if (!isVirtualOperand(object) && !isAlone(*targets[0], call, plan)) return false;
  if (instances == 2 && !areSameClass(object, call.operand(1))) return false;
  ObjectShape* shape = shapeOf(object, s);
  if (!shape) return false;
  const ObjectShape::Method expected{nameOf(call), targets[0]->number, *kind, asWritten, isSuper ? s.frame().function->number : kNone};
  if (isSuper && std::ranges::find(shape->methods, expected.after, &ObjectShape::Method::function) == shape->methods.end())
    shape->methods.push_back(*s.frame().how); // which was looked up alone
  if (std::ranges::find(shape->methods, expected) == shape->methods.end()) shape->methods.push_back(expected);
  return true;
}

// Of the function that was found. What the text says is compared: it is known afterwards. Without one it is expected.
Known Transaction::defaultOf(const Function& target, uint32_t n, Temp* found) {
  const analysis::CallTargets& targets = *t_.plan().targets;
  const ConstantId id = targets.defaultOf(target.number, n);
  Temp* word = found ? t_.checked(Op::DefaultGet, {found}, {.imm = n, .imm2 = targets.defaultsOf(target.number)}) : t_.value(Op::Const, {}, {.index = id});
  if (id == kNone) return {.word = word};
  const Constant& c = t_.module().constants[id];
  if (c.kind == ConstantKind::Float) return {.word = word, .kind = RawKind::Float, .raw = t_.checked(Op::FloatCheck, {word})};
  const bool isInt = c.kind == ConstantKind::Int && Value::fitsSmall(c.integer);
  if (!isInt && !c.isSingleton()) return {.word = word};
  Temp* constant = found ? t_.value(Op::Const, {}, {.index = id}) : word;
  if (found) t_.require(t_.value(Op::Is, {word, constant}));
  return isInt ? Known{.word = constant, .kind = RawKind::Int, .raw = t_.integer(c.integer)} : Known{.word = constant};
}

// A frame with the arguments; a class begins an instance.
void Transaction::begin(const Instruction& call, const Function& target, Temp* found, Temp* callee, State& s) {
  Frame inner{&target, &call, std::vector<Known>(target.locals.size())};
  if (const auto kind = isLookedUp(call) ? std::nullopt : kindOf(call, receiver(call)))
    inner.how = {nameOf(call), target.number, *kind};
  const bool isInit = initOf(call, t_.plan()).has_value();
  if (isInit) inner.how = {t_.plan().initName, target.number, MethodKind::Operator};
  const analysis::Binding binding = *bindingOf(call, target, t_.plan());
  const size_t behind = firstArgument(call, t_.plan());
  const bool takesReceiver = isMethodCall(call.op) && firstOf(call, t_.plan()) != First::None;
  for (size_t n = isInit; n < target.paramCount(); ++n) {
    const uint32_t source = binding.sources[n];
    if (source >= analysis::Binding::kDefault) {
      inner.locals[n] = defaultOf(target, source - analysis::Binding::kDefault, found);
      continue;
    }
    inner.locals[n] = knownOf(call.operand(behind + source - isInit));
    if (n == 0 && takesReceiver) inner.locals[n] = isLookedUp(call) ? Known{.word = receiver_} : knownOf(receiver(call));
    inner.locals[n].lookUp = nullptr;
  }
  if (isInit) {
    auto& instances = t_.virtuals().instances;
    inner.instance = inner.locals[0].instance = static_cast<int>(instances.size());
    const auto body = t_.plan().targets->classAt(call.operand(0));
    instances.push_back({.cls = callee, .body = body.value_or(kNone), .shape = std::exchange(s.begins, kNone), .site = call_.site});
  }
  s.frames.push_back(std::move(inner));
}

// The functions that a call inside may be; none if it is no call that may be done so.
std::vector<const Function*> Transaction::inside(const Instruction& i, State& s) {
  std::vector<const Function*> targets;
  if (!isCallOf(i) || s.frames.size() >= kMaxFrames || !costOfCall(i, t_.plan(), targets, nullptr, &left_) || !isFound(i)) return {};
  narrow(i, targets);
  std::erase_if(targets, [&](const Function* target) {
    return std::any_of(s.frames.begin(), s.frames.end(), [&](const Frame& f) { return f.function == target; });
  });
  return targets;
}

// What the name means is known where a method that it asks for is.
void Transaction::requireLength(const Instruction& call) {
  if (asksLength(call)) t_.require(t_.value(Op::IsBuiltin, {wordOf(call.operand(0))}, {.index = t_.module().names.intern("len")}));
}

// Goes on in each of the bodies, and behind it.
void Transaction::enter(const Instruction& i, std::span<const Function* const> targets, State& s) {
  Temp* first = standIn(receiverOf(i));
  s.isStoreLast = false;
  requireLength(i);
  if (expects(i, targets, s)) {
    begin(i, *targets[0], nullptr, first, s);
    return walk(targets[0]->entry(), targets[0]->entry()->first, std::move(s));
  }
  if (const Instruction* load = superOf(i); (load && load->is(Op::SuperLoad)) || asksPlain(i, t_.plan())) return t_.leave(); // there is no look for it
  Temp* found = find(i);
  const auto before = t_.save();
  for (const Function* target : targets) {
    Block* other = target == targets.back() ? cold_ : t_.newBlock();
    t_.guardOr(Op::EntryCheck, {found}, other, {.index = target->number});
    State inner = s;
    if (targets.size() > 1) { // it belongs to another class in each, with other attributes
      inner.shapes.erase(first);
      std::erase(inner.checked, first);
    }
    begin(i, *target, found, first, inner);
    walk(target->entry(), target->entry()->first, std::move(inner));
    t_.restore(before);
    t_.goOn(other);
  }
  t_.goOn(nullptr);
}

} // namespace krait::ir::passes::versions
