#include "ir/passes/versions/inliner.h"

#include "ir/analysis/liveness.h"
#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>
#include <optional>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr size_t kMaxInFunction = 1200; // operations of all transactions in one function

bool isBool(const Constant& c) { return c.kind == ConstantKind::True || c.kind == ConstantKind::False; }

// Whether all that the function returns are answers of comparisons, True or False.
bool returnsAnswer(const Temp* t, unsigned depth = 0) {
  if (const Instruction* made = t->definition) {
    if (made->is(Op::Copy)) return returnsAnswer(made->operand(0), depth);
    if (made->is(Op::Const)) return isBool(made->block->function->module.constants[made->index]);
    return isCompare(made->op) || made->is(Op::BoolNew) || made->is(Op::UnaryNot);
  }
  if (depth > 2) return false;
  const auto& parameters = t->block->parameters;
  const auto number = static_cast<size_t>(std::find(parameters.begin(), parameters.end(), t) - parameters.begin());
  for (const Block* b = t->block->function->entry(); b; b = b->next) {
    const Instruction* end = b->terminator();
    for (uint32_t s = 0; end && s < end->successorCount; ++s)
      if (end->target(s) == t->block && !returnsAnswer(end->argument(s, number), depth + 1)) return false;
  }
  return true;
}

bool returnsAnswers(const Function& f) {
  for (const Block* b = f.entry(); b; b = b->next)
    if (const Instruction* end = b->terminator(); end && end->is(Op::Ret) && !b->version && !returnsAnswer(end->operand(0))) return false;
  return true;
}

// ---- a transaction ------------------------------------------------------------------------------

// A body that is being walked, its locals, and the call in the frame outside.
struct Frame {
  const Function* function;
  const Instruction* call;
  std::vector<Known> locals;
  int instance = -1; // what the __init__ of a class is called for
};

struct Slot {
  Temp* object; // its word
  uint32_t name;
};
bool operator==(const Slot& a, const Slot& b) { return a.object == b.object && a.name == b.name; }

struct Store {
  Slot slot;
  Attributes place;
  Known value;
  Temp* old;        // what is there before
  RawKind oldKind;  // if that is known
};

struct Load {
  Slot slot;
  Known value;
  Temp* word;
};

// One that the transaction makes in the end, if it is still wanted then.
struct Instance {
  Temp* cls;
  std::vector<std::pair<uint32_t, Known>> slots = {}; // by NAME, in the order of the stores
  uint32_t shape = 0;
  Temp* made = nullptr;
};

// Of a comparison of constants.
std::optional<bool> knownFlag(const Temp* flag) {
  const Instruction* made = flag->definition;
  if (made && made->is(Op::BoolNot)) {
    const auto inner = knownFlag(made->operand(0));
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (!made || !(made->is(Op::IntNe) || made->is(Op::IntEq))) return std::nullopt;
  const Instruction *a = made->operand(0)->definition, *b = made->operand(1)->definition;
  if (!a || !b || !a->is(Op::IntConst) || !b->is(Op::IntConst)) return std::nullopt;
  return (a->imm == b->imm) == made->is(Op::IntEq);
}

// Of an item, which waits for the end as stores do.
struct Put {
  Op op; // list.put, array.put.…
  Attributes attributes;
  Temp *container, *index;
  Known value; // raw for an array
};

// What is known along one path.
struct State {
  std::vector<Frame> frames;
  std::vector<Instance> instances;
  std::vector<Store> stores;
  std::optional<Put> put; // no item is read behind it
  std::vector<Load> loads;
  std::unordered_map<Temp*, uint32_t> shapes; // of objects
  std::vector<Temp*> checked;                 // those whose shape is as expected
  bool isStoreLast = true;    // nothing was read behind the last store
  Frame& frame() { return frames.back(); }
};

// Either: an int or a float. Flag: True or False. Truth: nothing but its truth is asked.
enum class Answer : uint8_t { Nothing, Int, Float, Either, Flag, Truth, Word };

class Inliner {
public:
  Inliner(Translator& t, const Instruction& call) : t_(t), call_(call) {}

  void run(std::span<const Function* const> targets, size_t depth);

private:
  void settle();
  void walk(const Block* block, const Instruction* i, State state);
  bool step(const Instruction& i, State& s);
  bool attributeGet(const Instruction& i, State& s);
  bool attributeSet(const Instruction& i, State& s);
  bool item(const Instruction& i, State& s);
  bool putItem(const Instruction& i, State& s);
  bool unpack(const Instruction& i, State& s);
  void defineItem(const Temp* t, Temp* word, State& s);
  Temp* find(const Instruction& call, Temp* first, Temp* second);
  void begin(const Instruction& call, const Function& target, Temp* callee, State& s);
  std::vector<const Function*> inside(const Instruction& i, State& s);
  void enter(const Instruction& i, std::span<const Function* const> targets, State& s);
  bool resultOf(const Temp* returned, const State& s, Known& k);
  void finish(const Temp* result, State& s);
  void callBeside();
  bool diesHere(uint32_t operand);
  bool isLookedUp(const Instruction& call) const { return &call == &call_ && call.is(Op::MethodCall); } // before the transaction

  Known lent(Known k);
  Known knownOf(const Temp* t);
  Temp* wordOf(const Temp* t); // null: it has none yet
  Temp* reference(const Known& k, State& s);
  Temp* truthOf(const Temp* t);
  Attributes placeOf(const Slot& slot, const State& s);
  void check(Temp* object, State& s);
  Answer answerOf(const Function& f) const;

  Translator& t_;
  const Instruction& call_;
  Answer answer_ = Answer::Word;
  Block* cold_ = nullptr;    // the call as ever
  Block* meeting_ = nullptr;
  Temp* receiver_ = nullptr; // that method.load gave
  bool hasFinished_ = false; // on some path
};

// Whose references are the caller's.
Known Inliner::lent(Known k) {
  k.owned = false;
  if (!k.items) return k;
  std::vector<Known> items;
  for (const Known& item : *k.items) items.push_back(lent(item));
  return t_.tupleOf(std::move(items));
}

// What does not exist yet.
bool isVirtual(const Known& k) { return k.instance >= 0 || k.items; }
bool isNothing(const Known& k) { return !k.word && k.kind == RawKind::None && !k.isInt && !isVirtual(k); }

Known Inliner::knownOf(const Temp* t) {
  Known k = lent(t_.of(t));
  if (const Constant* c = t_.constantOf(t)) {
    const RawKind kind = t_.kindOf(t);
    if (kind == RawKind::Int) k.kind = kind, k.raw = t_.integer(c->integer);
    if (kind == RawKind::Float) k.kind = kind, k.raw = t_.number(c->real);
  }
  return k;
}

Temp* Inliner::wordOf(const Temp* t) {
  const Known& k = t_.of(t);
  return k.word ? k.word : k.kind == RawKind::Int ? k.raw : nullptr; // not: an instance, a number that is raw
}

Temp* Inliner::reference(const Known& k, State& s) {
  if (k.instance >= 0) {
    Instance& instance = s.instances[static_cast<size_t>(k.instance)];
    if (instance.made) return t_.value(Op::Copy, {instance.made});
    std::vector<Temp*> operands{instance.cls};
    for (auto& [name, value] : instance.slots) operands.push_back(reference(value, s));
    return instance.made = t_.emitWith(Op::InstanceNew, operands, {.imm = instance.shape})->result();
  }
  if (k.items) {
    std::vector<Temp*> items;
    for (const Known& item : *k.items) items.push_back(reference(item, s));
    return t_.emitWith(Op::TupleNew, items)->result();
  }
  return t_.referenceTo(k);
}

Answer Inliner::answerOf(const Function& f) const {
  if (isTest(call_.op)) return Answer::Truth;
  if (!call_.resultCount) return Answer::Nothing;
  bool isUsed = false, isAsked = true;
  for (const Use* u = call_.result()->uses; u; u = u->next) {
    isUsed |= !u->user->is(Op::Kill);
    isAsked &= u->user->is(Op::Kill) || u->user->is(Op::Truth);
  }
  if (!isUsed) return Answer::Nothing;
  if (isAsked) return Answer::Truth;
  if (returnsAnswers(f)) return Answer::Flag;
  switch (surelyKind(call_.result())) {
  case RawKind::Int: return Answer::Int;
  case RawKind::Float: return Answer::Float;
  default: break;
  }
  return call_.result()->guess == Guess::Float && call_.result()->doubt == Doubt::MayBeInt ? Answer::Either : Answer::Word;
}

// What is lent and does not die behind the call has to outlive it.
void Inliner::settle() {
  const Instruction* next = call_.next;
  while (next->is(Op::Kill)) next = next->next;
  t_.settleIf([&](const Temp* t) {
    for (const Instruction* i = next; i; i = i->next)
      for (uint32_t u = 0; u < i->useCount; ++u)
        if (i->uses[u].temp == t) return true;
    return false;
  });
}

void Inliner::run(std::span<const Function* const> targets, size_t depth) {
  Function& f = t_.function();
  answer_ = answerOf(*targets[0]);
  for (const Function* target : targets.subspan(1))
    if (answer_ != Answer::Truth && answerOf(*target) != answer_) answer_ = Answer::Word;
  settle();
  // Words of what is passed exist before: nothing that is made for it would have to be given back on the way out.
  std::vector<Temp*> words;
  for (size_t n = 0; n < call_.operandCount; ++n) words.push_back(call_.operand(n) ? wordOf(call_.operand(n)) : nullptr);
  cold_ = t_.coldBlock();
  meeting_ = t_.newBlock();
  Temp *result = nullptr, *isInt = nullptr;
  switch (answer_) {
  case Answer::Nothing: break;
  case Answer::Either:
    result = t_.numberParameter(meeting_, RawKind::Float);
    isInt = f.addParameter(meeting_, Type::raw(Repr::I1), Ownership::Raw);
    break;
  case Answer::Int: result = t_.numberParameter(meeting_, RawKind::Int); break;
  case Answer::Float: result = t_.numberParameter(meeting_, RawKind::Float); break;
  case Answer::Truth:
  case Answer::Flag: result = f.addParameter(meeting_, Type::raw(Repr::I1), Ownership::Raw); break;
  case Answer::Word:
    result = f.addParameter(meeting_, call_.result()->type, Ownership::Owned);
    result->guess = call_.result()->guess;
  }
  const auto before = t_.save();
  t_.leaveFor(cold_);
  t_.guard(Op::DepthCheck, {}, {.imm = static_cast<int64_t>(depth)});
  Temp* found = nullptr;
  if (call_.is(Op::MethodCall)) words[1] = receiver_ = t_.checked(Op::PresentCheck, {words[1]});
  found = find(call_, words[0], words.size() > 1 ? words[1] : nullptr);
  for (const Function* target : targets) {
    Block* other = target == targets.back() ? cold_ : t_.newBlock();
    t_.guardOr(Op::EntryCheck, {found}, other, {.index = target->number});
    State s;
    begin(call_, *target, words[0], s);
    walk(target->entry(), target->entry()->first, std::move(s));
    t_.restore(before);
    t_.goOn(other);
  }
  t_.leaveFor(nullptr);
  cold_->cold = hasFinished_;
  callBeside();
  t_.restore(before);
  for (uint32_t n = 0; n < call_.operandCount; ++n)
    if (call_.operand(n) && diesHere(n)) t_.define(call_.operand(n), {});
  t_.forgetLent();
  t_.goOn(meeting_);
  switch (answer_) {
  case Answer::Nothing:
    if (call_.resultCount) t_.define(call_.result(), {});
    break;
  case Answer::Either: t_.defineEither(call_.result(), {result, isInt}); break;
  case Answer::Int: t_.defineInt(call_.result(), result); break;
  case Answer::Float: t_.defineFloat(call_.result(), result); break;
  case Answer::Truth:
  case Answer::Flag:
    if (isTest(call_.op)) t_.define(call_.result(), {.word = result});
    else t_.defineBool(call_.result(), result);
    break;
  case Answer::Word: t_.define(call_.result(), {.word = result, .owned = true});
  }
}

// The call itself, on the way beside; then its result as it is wanted, or out behind the call.
void Inliner::callBeside() {
  t_.goOn(cold_);
  const std::vector<const Temp*> lent = t_.settleAll();
  std::vector<const Temp*> made; // words for this way alone
  for (uint32_t n = 0; n < call_.operandCount; ++n)
    if (const Temp* t = call_.operand(n); t && !t_.of(t).word && analysis::useModeOf(call_, n) == analysis::UseMode::Borrow) made.push_back(t);
  t_.generic(call_);
  Temp* word = call_.resultCount ? t_.of(call_.result()).word : nullptr;
  std::vector<Temp*> arguments;
  switch (answer_) {
  case Answer::Nothing:
    if (word) t_.emit(Op::Kill, {word});
    break;
  case Answer::Word: arguments.push_back(word); break;
  case Answer::Either: {
    Block* out = t_.exitAfter(call_);
    Temp* raw = t_.guardOr(Op::ExactCheck, {word}, out)->result();
    arguments = {raw, t_.value(Op::IsInt, {word})};
    t_.emit(Op::Kill, {word});
    break;
  }
  case Answer::Truth:
    arguments.push_back(isTest(call_.op) ? word : t_.value(Op::Truth, {word}));
    if (!isTest(call_.op)) t_.emit(Op::Kill, {word});
    break;
  case Answer::Flag: {
    Temp* answer = t_.guardOr(Op::BoolCheck, {word}, t_.exitAfter(call_))->result();
    arguments.push_back(t_.value(Op::IntNe, {answer, t_.integer(0)}));
    t_.emit(Op::Kill, {word});
    break;
  }
  default: arguments.push_back(t_.unboxResult(call_, word, answer_ == Answer::Int ? RawKind::Int : RawKind::Float));
  }
  for (const Temp* t : made) t_.drop(t);
  t_.dropScratch();
  for (const Temp* t : lent) t_.drop(t);
  t_.jumpTo(meeting_, arguments);
}

// What is consumed, and a tuple that does not exist yet (tuples.cpp).
bool Inliner::diesHere(uint32_t operand) { return analysis::useModeOf(call_, operand) != analysis::UseMode::Borrow || t_.of(call_.operand(operand)).items; }

// ---- a path -------------------------------------------------------------------------------------

void Inliner::walk(const Block* block, const Instruction* i, State s) {
  while (!t_.hasLeft()) {
    if (block->cold) return t_.leave();
    for (; !isTerminator(i->op); i = i->next) {
      if (const auto targets = inside(*i, s); !targets.empty()) return enter(*i, targets, s);
      if (!step(*i, s)) return t_.leave();
      if (t_.hasLeft()) return;
    }
    auto follow = [&](size_t successor) {
      const Block* to = i->target(successor);
      std::vector<Known> arguments;
      for (uint32_t n = 0; n < i->successors[successor].argumentCount; ++n) arguments.push_back(knownOf(i->argument(successor, n)));
      for (size_t n = 0; n < arguments.size(); ++n) t_.define(to->parameters[n], arguments[n]);
      block = to;
      i = to->first;
    };
    switch (i->op) {
    case Op::Br: follow(0); break;
    case Op::VersionEnter: follow(1); break;
    case Op::CondBr: {
      Temp* condition = t_.of(i->operand(0)).word;
      if (const auto known = knownFlag(condition)) {
        follow(*known ? 0 : 1);
        break;
      }
      Block* from = t_.here();
      Block* ways[] = {t_.newBlock(), t_.newBlock()};
      Function& f = t_.function();
      Function::Target targets[] = {{ways[0], {}}, {ways[1], {}}};
      f.append(from, f.create(Op::CondBr, std::span(&condition, 1), targets));
      const auto before = t_.save();
      const Instruction* branch = i;
      for (size_t n : {0u, 1u}) {
        i = branch;
        t_.restore(before);
        t_.goOn(ways[n]);
        follow(n);
        walk(block, i, s);
      }
      return;
    }
    case Op::Ret: {
      const Temp* result = i->operand(0);
      if (s.frames.size() == 1) return finish(result, s);
      const Instruction* call = s.frame().call;
      Known k;
      if (!resultOf(result, s, k)) return t_.leave();
      s.frames.pop_back();
      if (call->resultCount) t_.define(call->result(), k);
      block = call->block;
      i = call->next;
      break;
    }
    default: return t_.leave();
    }
  }
}

bool Inliner::step(const Instruction& i, State& s) {
  auto& locals = s.frame().locals;
  switch (i.op) {
  case Op::LocalGet:
  case Op::LocalRead:
  case Op::LocalTake:
  case Op::LocalLend: {
    Known& k = locals[i.local()];
    if (isNothing(k)) return false; // unbound
    const RawKind kind = surelyKind(i.result());
    t_.define(i.result(), k);
    if (k.word && k.kind == RawKind::None && !t_.isAnswer(i.result()) && kind != RawKind::None) {
      k.raw = t_.checked(checkOf(kind), {k.word});
      k.kind = kind;
      t_.define(i.result(), k);
    }
    if (i.is(Op::LocalTake)) k = {};
    return true;
  }
  case Op::LocalClear:
  case Op::LocalSet:
  case Op::LocalInit: {
    Known& k = locals[i.local()];
    // The last reference to an argument may die here.
    if (((k.word && k.kind == RawKind::None) || k.items) && i.local() < s.frame().function->argCount && !i.is(Op::LocalInit)) return false;
    k = i.is(Op::LocalClear) ? Known() : knownOf(i.operand(0));
    return true;
  }
  case Op::Const: return translateLocal(t_, i);
  case Op::Copy: t_.define(i.result(), knownOf(i.operand(0))); return true;
  case Op::Kill:
  case Op::FrameLeave: return true;
  case Op::Is: {
    const int first = t_.of(i.operand(0)).instance, second = t_.of(i.operand(1)).instance;
    if (first >= 0 || second >= 0) {
      t_.define(i.result(), {.word = t_.value(Op::IntEq, {t_.integer(first), t_.integer(second)})});
      return true;
    }
    Temp *a = wordOf(i.operand(0)), *b = wordOf(i.operand(1));
    if (!a || !b) return false;
    t_.define(i.result(), {.word = t_.value(Op::Is, {a, b})});
    return true;
  }
  case Op::BoolNew: t_.defineBool(i.result(), t_.of(i.operand(0)).word); return true;
  case Op::BoolNot: t_.define(i.result(), {.word = t_.value(Op::BoolNot, {t_.of(i.operand(0)).word})}); return true;
  case Op::Truth:
  case Op::UnaryNot: {
    Temp* flag = truthOf(i.operand(0));
    if (!flag) return false;
    if (i.is(Op::Truth)) t_.define(i.result(), {.word = flag});
    else t_.defineBool(i.result(), t_.value(Op::BoolNot, {flag}));
    return true;
  }
  case Op::MethodLoad: return true; // nothing happens before the call, which looks it up
  case Op::GlobalGet:
    t_.define(i.result(), {.word = t_.checked(Op::GlobalPeek, {}, {.index = i.index})});
    s.isStoreLast = false;
    return true;
  case Op::AttrGet: return attributeGet(i, s);
  case Op::AttrSet: return attributeSet(i, s);
  case Op::ItemGet: return item(i, s);
  case Op::ItemSet: return putItem(i, s);
  case Op::Unpack: return unpack(i, s);
  case Op::TupleNew: {
    std::vector<Known> items;
    for (uint32_t n = 0; n < i.operandCount; ++n) items.push_back(knownOf(i.operand(n)));
    t_.define(i.result(), t_.tupleOf(std::move(items)));
    return true;
  }
  default: break;
  }
  for (uint32_t n = 0; n < i.operandCount; ++n)
    if (const Known& k = t_.of(i.operand(n)); k.instance >= 0 || (k.items && !i.is(Op::Call))) return false;
  return i.is(Op::Call) || isMethod(i) ? translateCall(t_, i) : translateNumber(t_, i);
}

// True, False and numbers.
Temp* Inliner::truthOf(const Temp* t) {
  if (Temp* flag = t_.flagOf(t)) return flag;
  if (const Known& k = t_.of(t); k.isInt) return t_.value(Op::F64Ne, {k.raw, t_.number(0)});
  switch (t_.kindOf(t)) {
  case RawKind::Int: return t_.value(Op::IntNe, {t_.asInt(t), t_.integer(0)});
  case RawKind::Float: return t_.value(Op::F64Ne, {t_.asFloat(t), t_.number(0)});
  case RawKind::None: break;
  default: return nullptr;
  }
  Temp* word = wordOf(t);
  if (!word) return nullptr;
  if (const Constant* c = t_.constantOf(word); c && (isBool(*c) || c->kind == ConstantKind::None))
    return t_.flag(c->kind == ConstantKind::True);
  return t_.value(Op::IntNe, {t_.checked(Op::BoolCheck, {word}), t_.integer(0)});
}

// ---- slots and items ----------------------------------------------------------------------------

void Inliner::check(Temp* object, State& s) {
  if (std::find(s.checked.begin(), s.checked.end(), object) != s.checked.end()) return;
  const auto [found, isNew] = s.shapes.try_emplace(object, static_cast<uint32_t>(t_.function().shapes.size()));
  if (isNew) t_.function().shapes.emplace_back();
  t_.checkShape(found->second, object);
  s.checked.push_back(object);
}

Attributes Inliner::placeOf(const Slot& slot, const State& s) {
  const uint32_t shape = s.shapes.at(slot.object);
  auto& names = t_.function().shapes[shape];
  auto at = std::find(names.begin(), names.end(), slot.name);
  if (at == names.end()) at = names.insert(at, slot.name);
  return {.imm = shape, .imm2 = at - names.begin()};
}

bool Inliner::attributeGet(const Instruction& i, State& s) {
  if (const int n = t_.of(i.operand(0)).instance; n >= 0) {
    for (auto& [name, value] : s.instances[static_cast<size_t>(n)].slots)
      if (name == i.index) return t_.define(i.result(), value), true;
    return false;
  }
  Temp* object = wordOf(i.operand(0));
  if (!object) return false;
  if (!t_.plan().facts->isSlotName(i.index)) {
    if (std::any_of(s.stores.begin(), s.stores.end(), [&](const Store& store) { return store.slot.name == i.index; })) return false;
    return defineItem(i.result(), t_.checked(Op::AttrPeek, {object}, {.index = i.index}), s), true;
  }
  const Slot slot{object, i.index};
  for (size_t n = s.stores.size(); n-- > 0;) {
    const Store& store = s.stores[n];
    if (store.slot == slot) return t_.define(i.result(), store.value), true;
    if (store.slot.name == slot.name) t_.require(t_.value(Op::BoolNot, {t_.value(Op::Is, {store.slot.object, object})}));
  }
  for (const Load& load : s.loads)
    if (load.slot == slot) return t_.define(i.result(), load.value), true;
  check(object, s);
  Temp* word = t_.checked(Op::SlotGet, {object}, placeOf(slot, s));
  defineItem(i.result(), word, s);
  s.loads.push_back({slot, t_.of(i.result()), word});
  return true;
}

bool Inliner::attributeSet(const Instruction& i, State& s) {
  Temp* object = wordOf(i.operand(0));
  const Known value = knownOf(i.operand(1));
  if (const int n = t_.of(i.operand(0)).instance; n >= 0) {
    if (value.instance >= n || value.items) return false; // none is made before what it holds
    auto& slots = s.instances[static_cast<size_t>(n)].slots;
    auto at = std::find_if(slots.begin(), slots.end(), [&](auto& slot) { return slot.first == i.index; });
    if (at == slots.end()) at = slots.insert(at, {i.index, {}});
    at->second = value;
    return true;
  }
  if (!object || isNothing(value)) return false;
  const Slot slot{object, i.index};
  auto at = std::find_if(s.stores.begin(), s.stores.end(), [&](const Store& store) { return store.slot == slot; });
  if (at != s.stores.end()) {
    if (at + 1 != s.stores.end()) return false;
    at->value = value;
    s.isStoreLast = false; // what was there died before
    return true;
  }
  check(object, s);
  auto read = std::find_if(s.loads.begin(), s.loads.end(), [&](const Load& load) { return load.slot == slot; });
  const bool isRead = read != s.loads.end();
  Temp* old = isRead ? read->word : t_.checked(Op::SlotGet, {object}, placeOf(slot, s));
  s.stores.push_back({slot, placeOf(slot, s), value, old, isRead ? read->value.kind : RawKind::None});
  s.isStoreLast = true;
  return true;
}

// Looked at where it is.
void Inliner::defineItem(const Temp* t, Temp* word, State& s) {
  t_.define(t, {.word = word});
  t_.makeRaw(t);
  Known k = t_.of(t);
  k.word = word;
  t_.define(t, k);
  s.isStoreLast = false;
}

bool Inliner::item(const Instruction& i, State& s) {
  const Constant* c = t_.constantOf(i.operand(1));
  if (const auto* items = t_.of(i.operand(0)).items) {
    if (!c || c->kind != ConstantKind::Int || c->integer < 0 || static_cast<size_t>(c->integer) >= items->size()) return false;
    t_.define(i.result(), lent((*items)[static_cast<size_t>(c->integer)]));
    return true;
  }
  Temp* container = wordOf(i.operand(0));
  if (!container || s.put || t_.likelyKind(i.operand(1)) != RawKind::Int) return false;
  Temp* key = t_.asInt(i.operand(1));
  const bool isFromEnd = t_.isFromEnd(i.operand(1));
  const Guess guess = i.operand(0)->guess;
  if (const char code = arrayCode(guess)) {
    const bool isFloat = isFloatCode(code);
    Temp* raw = t_.checked(isFloat ? Op::ArrayGetF64 : Op::ArrayGetInt, {container, key}, {.imm = code, .imm2 = isFromEnd});
    t_.defineNumber(i.result(), isFloat ? RawKind::Float : RawKind::Int, raw);
    s.isStoreLast = false;
    return true;
  }
  const bool isTuple = guess == Guess::Tuple;
  t_.guard(isTuple ? Op::TupleCheck : Op::ListCheck, {container});
  Temp* n = t_.checked(isTuple ? Op::TupleIndex : Op::ListIndex, {container, key}, {.imm = isFromEnd});
  defineItem(i.result(), t_.value(isTuple ? Op::TupleGet : Op::ListGet, {container, n}), s);
  return true;
}

bool Inliner::putItem(const Instruction& i, State& s) {
  Temp* container = wordOf(i.operand(0));
  Known value = knownOf(i.operand(2));
  if (!container || s.put || t_.likelyKind(i.operand(1)) != RawKind::Int || isNothing(value)) return false;
  Temp* key = t_.asInt(i.operand(1));
  const bool isFromEnd = t_.isFromEnd(i.operand(1));
  if (const char code = arrayCode(i.operand(0)->guess)) {
    const bool isFloat = isFloatCode(code);
    if (t_.isAnswer(i.operand(2)) || isVirtual(value) || value.kind == RawKind::Complex || (value.kind == RawKind::Float && !isFloat)) return false;
    if (value.isInt && !isFloat) return false;
    if (value.kind == RawKind::None && !value.isInt) value.raw = t_.checked(isFloat ? Op::RealCheck : Op::IntCheck, {value.word});
    else if (value.kind == RawKind::Int && isFloat) value.raw = t_.value(Op::IntToF64, {value.raw});
    s.put = Put{isFloat ? Op::ArrayPutF64 : Op::ArrayPutInt, {.imm = code, .imm2 = isFromEnd}, container, key, value};
    return true;
  }
  t_.guard(Op::ListCheck, {container});
  s.put = Put{Op::ListPut, {}, container, t_.checked(Op::ListIndex, {container, key}, {.imm = isFromEnd}), value};
  s.isStoreLast = s.stores.empty();
  return true;
}

bool Inliner::unpack(const Instruction& i, State& s) {
  if (const auto* items = t_.of(i.operand(0)).items) {
    if (items->size() != i.resultCount) return false;
    for (uint32_t r = 0; r < i.resultCount; ++r) t_.define(i.result(r), lent((*items)[r]));
    return true;
  }
  Temp* sequence = wordOf(i.operand(0));
  const Guess guess = i.operand(0)->guess;
  if (!sequence || s.put || (guess != Guess::None && guess != Guess::Tuple && guess != Guess::List)) return false;
  const std::vector<Temp*> words = t_.itemsOf(sequence, guess, i.resultCount, t_.exit());
  for (uint32_t r = 0; r < i.resultCount; ++r) defineItem(i.result(r), words[r], s);
  return true;
}

// ---- calls inside -------------------------------------------------------------------------------

// The function that it would enter, if that is known at once.
Temp* Inliner::find(const Instruction& call, Temp* first, Temp* second) {
  if (isItem(call)) second = first;
  if (instancesOf(call)) return t_.value(Op::OperatorFind, {first, second}, {.index = t_.plan().operatorMethods->at(call.op)});
  if (isMethod(call) && !isLookedUp(call)) return t_.value(Op::MethodFind, {first}, {.index = lookUpOf(call)->index});
  return t_.value(initOf(call, t_.plan()) ? Op::InitFind : Op::FunctionFind, {first});
}

// A frame with the arguments; a class begins an instance.
void Inliner::begin(const Instruction& call, const Function& target, Temp* callee, State& s) {
  Frame inner{&target, &call, std::vector<Known>(target.locals.size())};
  const bool isInit = initOf(call, t_.plan()).has_value();
  for (size_t n = isInit; n < target.argCount; ++n) {
    inner.locals[n] = knownOf(call.operand(firstArgument(call) + n - isInit));
    if (n == 0 && call.is(Op::MethodCall)) inner.locals[n] = isLookedUp(call) ? Known{.word = receiver_} : knownOf(receiverOf(call));
  }
  if (isInit) {
    inner.instance = inner.locals[0].instance = static_cast<int>(s.instances.size());
    s.instances.push_back({.cls = callee});
  }
  s.frames.push_back(std::move(inner));
}

// The functions that a call inside may be; none if it is no call that may be done so.
std::vector<const Function*> Inliner::inside(const Instruction& i, State& s) {
  const uint32_t instances = instancesOf(i);
  const bool isCall = i.is(Op::Call) || isMethod(i) || instances;
  if (!isCall || s.frames.size() >= kMaxFrames) return {};
  for (uint32_t n = 0; n < instances; ++n)
    if (t_.likelyKind(i.operand(n)) != RawKind::None) return {};
  std::vector<const Function*> targets;
  if (!costOfCall(i, t_.plan(), targets)) return {};
  std::erase_if(targets, [&](const Function* target) {
    return std::any_of(s.frames.begin(), s.frames.end(), [&](const Frame& f) { return f.function == target; });
  });
  if (targets.empty()) return targets;
  const Temp* receiver = receiverOf(i);
  const Known& first = t_.of(receiver);
  if (first.instance >= 0) { // an attribute of its own could hide it
    const auto& slots = s.instances[static_cast<size_t>(first.instance)].slots;
    if (i.is(Op::Call)) return {};
    if (isMethod(i) && std::any_of(slots.begin(), slots.end(), [&](auto& slot) { return slot.first == lookUpOf(i)->index; })) return {};
  } else if (!wordOf(receiver)) {
    return {};
  }
  // Whose class is asked first is known of two that exist, and of two of one class.
  const bool isSecond = isOperator(i) && t_.of(i.operand(1)).instance >= 0;
  if (isOperator(i) && (first.instance >= 0) != isSecond) return {};
  return isOperator(i) && !isSecond && !wordOf(i.operand(1)) ? std::vector<const Function*>() : targets;
}

// Goes on in each of the bodies, and behind it.
void Inliner::enter(const Instruction& i, std::span<const Function* const> targets, State& s) {
  const Temp* receiver = receiverOf(i);
  const int instance = t_.of(receiver).instance;
  Temp* first = instance >= 0 ? s.instances[static_cast<size_t>(instance)].cls : wordOf(receiver);
  Temp* found = nullptr;
  if (instance >= 0) {
    if (isOperator(i)) t_.require(t_.value(Op::Is, {first, s.instances[static_cast<size_t>(t_.of(i.operand(1)).instance)].cls}));
    found = t_.value(Op::ClassFind, {first}, {.index = instancesOf(i) ? t_.plan().operatorMethods->at(i.op) : lookUpOf(i)->index});
  } else {
    found = find(i, first, isOperator(i) ? wordOf(i.operand(1)) : nullptr);
  }
  s.isStoreLast = false;
  const auto before = t_.save();
  for (const Function* target : targets) {
    Block* other = target == targets.back() ? cold_ : t_.newBlock();
    t_.guardOr(Op::EntryCheck, {found}, other, {.index = target->number});
    State inner = s;
    if (targets.size() > 1) { // it belongs to another class in each, with other attributes
      inner.shapes.erase(first);
      std::erase(inner.checked, first);
    }
    begin(i, *target, first, inner);
    walk(target->entry(), target->entry()->first, std::move(inner));
    t_.restore(before);
    t_.goOn(other);
  }
  t_.goOn(nullptr);
}

// ---- the end ------------------------------------------------------------------------------------

// Of the body that returns; of a class the instance, of a test a flag. False if the caller would have to look at it.
bool Inliner::resultOf(const Temp* returned, const State& s, Known& k) {
  const Frame& frame = s.frames.back();
  if (frame.instance >= 0) {
    k = {.instance = frame.instance};
    const Temp* word = t_.of(returned).word;
    const Constant* c = word ? t_.constantOf(word) : nullptr;
    return c && c->kind == ConstantKind::None;
  }
  k = knownOf(returned);
  const bool mayBeNotImplemented = k.word && k.kind == RawKind::None && !t_.isAnswer(returned);
  if (isOperator(*frame.call) && mayBeNotImplemented) return false;
  if (isTest(frame.call->op)) k = {.word = truthOf(returned)};
  return !isTest(frame.call->op) || k.word;
}

// All that may go otherwise is tested; then everything happens.
void Inliner::finish(const Temp* result, State& s) {
  const RawKind wanted = answer_ == Answer::Int ? RawKind::Int : answer_ == Answer::Float ? RawKind::Float : RawKind::None;
  Known k;
  if (!resultOf(result, s, k)) return t_.leave();
  if (wanted != RawKind::None) {
    if (t_.isAnswer(result) || isVirtual(k) || (k.kind != RawKind::None && k.kind != wanted)) return t_.leave();
    if (k.isInt) {
      if (wanted == RawKind::Int) return t_.leave();
      t_.require(t_.value(Op::BoolNot, {k.isInt}));
    } else if (k.kind == RawKind::None) k.raw = t_.checked(checkOf(wanted), {k.word});
  }
  Real either{};
  if (answer_ == Answer::Either) {
    if (t_.isAnswer(result) || isVirtual(k) || k.kind == RawKind::Complex) return t_.leave();
    either = t_.asEither(result);
  }
  Temp* flag = nullptr;
  if (answer_ == Answer::Flag) {
    const Constant* c = t_.constantOf(result);
    flag = c && isBool(*c) ? t_.flag(c->kind == ConstantKind::True) : t_.flagOf(result);
    if (!flag && !k.word) return t_.leave();
    if (!flag) flag = t_.value(Op::IntNe, {t_.checked(Op::BoolCheck, {k.word}), t_.integer(0)});
  }
  if (answer_ == Answer::Truth) flag = isTest(call_.op) ? k.word : truthOf(result);
  if (answer_ == Answer::Truth && !flag) return t_.leave();
  for (Instance& instance : s.instances) {
    instance.shape = static_cast<uint32_t>(t_.function().shapes.size());
    auto& names = t_.function().shapes.emplace_back();
    for (auto& [name, value] : instance.slots) names.push_back(name);
    t_.guard(Op::ClassCheck, {instance.cls}, {.imm = instance.shape});
  }
  for (const Store& store : s.stores) {
    const bool isTail = &store == &s.stores.back() && s.isStoreLast;
    if (!isTail && store.oldKind == RawKind::None) t_.guard(Op::InertCheck, {store.old});
  }
  const bool isOfList = s.put && s.put->op == Op::ListPut;
  if (isOfList && !(s.stores.empty() && s.isStoreLast)) t_.guard(Op::InertCheck, {t_.value(Op::ListGet, {s.put->container, s.put->index})});
  if (s.put && !isOfList) t_.guard(s.put->op, {s.put->container, s.put->index, s.put->value.raw}, s.put->attributes);
  std::vector<Temp*> arguments;
  switch (answer_) {
  case Answer::Nothing: break;
  case Answer::Either: arguments = {either.raw, either.isInt}; break;
  case Answer::Truth:
  case Answer::Flag: arguments.push_back(flag); break;
  case Answer::Word: arguments.push_back(reference(k, s)); break;
  default: arguments.push_back(k.raw);
  }
  std::vector<Temp*> dead, stored;
  for (const Store& store : s.stores) stored.push_back(reference(store.value, s));
  for (size_t n = 0; n < stored.size(); ++n)
    dead.push_back(t_.value(Op::SlotReplace, {s.stores[n].slot.object, stored[n]}, s.stores[n].place));
  if (isOfList) t_.emit(Op::ListPut, {s.put->container, s.put->index, reference(s.put->value, s)});
  for (Temp* old : dead) t_.emit(Op::Kill, {old});
  for (uint32_t n = 0; n < call_.operandCount; ++n) {
    const Temp* t = call_.operand(n);
    if (!t || !diesHere(n)) continue;
    for (Temp* word : referencesOf(t_.of(t))) t_.emit(Op::Kill, {word});
  }
  if (std::any_of(s.instances.begin(), s.instances.end(), [](const Instance& i) { return i.made; })) t_.emit(Op::Collect, {});
  t_.jumpTo(meeting_, arguments);
  t_.goOn(nullptr);
  hasFinished_ = true;
}

} // namespace

bool translateInlined(Translator& t, const Instruction& i) {
  std::vector<const Function*> targets;
  const auto cost = costOfCall(i, t.plan(), targets);
  if (!cost) return false;
  // Who is called is a word; arguments may be raw.
  for (size_t n = 0; n < (i.is(Op::MethodCall) || isOperator(i) ? 2u : 1u); ++n)
    if (!t.of(i.operand(n)).word || (instancesOf(i) && t.likelyKind(i.operand(n)) != RawKind::None)) return false;
  if (!t.spend(*cost, kMaxInFunction)) return false;
  Inliner(t, i).run(targets, 2 * kMaxFrames);
  return true;
}

} // namespace krait::ir::passes::versions
