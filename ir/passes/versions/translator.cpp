#include "ir/passes/versions/translator.h"

#include "ir/passes/versions/inliner.h"

#include "ir/analysis/constants.h"
#include "ir/analysis/flow.h"
#include "ir/analysis/liveness.h"

#include <algorithm>
#include <bit>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

bool fitsSmall(int64_t v) { return v >= -(int64_t{1} << 62) && v < (int64_t{1} << 62); }

} // namespace

// ---- what is known ------------------------------------------------------------------------------

const Constant* Translator::constantOf(const Temp* t) const {
  return t->definition && t->definition->is(Op::Const) ? &f_.module.constants[t->definition->index] : nullptr;
}

bool Translator::isFromEnd(const Temp* key) const {
  const Constant* c = constantOf(key);
  return c && c->kind == ConstantKind::Int && c->integer < 0;
}

std::string_view Translator::globalName(const Temp* t) const {
  return t->definition && t->definition->is(Op::GlobalGet) ? std::string_view(f_.module.cells[t->definition->index]) : std::string_view();
}

RawKind Translator::kindOf(const Temp* t) {
  if (const Constant* c = constantOf(t))
    return c->kind == ConstantKind::Int && fitsSmall(c->integer) ? RawKind::Int
           : c->kind == ConstantKind::Float                     ? RawKind::Float
           : c->kind == ConstantKind::Complex                   ? RawKind::Complex
                                                                : RawKind::None;
  return known_[t].kind;
}

RawKind Translator::likelyKind(const Temp* t) {
  const RawKind known = kindOf(t);
  if (known != RawKind::None || constantOf(t)) return known;
  const RawKind guessed = rawKindOf(t->guess);
  return guessed == RawKind::Int && !t->type.mayBe(TypeBit::SmallInt) ? RawKind::None : guessed;
}

Temp* Translator::flagOf(const Temp* t) {
  const Known& k = known_[t];
  const Instruction* made = k.word ? k.word->definition : nullptr;
  return made && made->is(Op::BoolNew) ? made->operand(0) : nullptr;
}

void Translator::defineBool(const Temp* t, Temp* flag) { known_[t] = {.word = value(Op::BoolNew, {flag})}; }

// ---- writing ------------------------------------------------------------------------------------

Instruction* Translator::emit(Op op, std::initializer_list<Temp*> operands, Attributes a) {
  return emitWith(op, std::span<Temp* const>(operands.begin(), operands.size()), a);
}

Instruction* Translator::emitWith(Op op, std::span<Temp* const> operands, Attributes a) {
  Instruction* made = f_.create(op, operands, {}, a.index, a.index2, a.imm, a.imm2,
                                mayRaise(op) ? current_->site : kNone);
  f_.append(at_, made);
  if (op == Op::Copy) made->result()->type = made->operand(0)->type;
  return made;
}

Temp* Translator::integer(int64_t v) { return value(Op::IntConst, {}, {.imm = v}); }
Temp* Translator::flag(bool holds) { return value(Op::IntNe, {integer(holds), integer(0)}); }
Temp* Translator::number(double v) { return value(Op::F64Const, {}, {.imm = std::bit_cast<int64_t>(v)}); }

Block* Translator::newBlock() {
  Block* made = f_.newBlock(at_);
  made->version = true;
  made->handler = general_->handler;
  return made;
}

Block* Translator::coldBlock() {
  Block* made = newBlock();
  made->cold = true;
  return made;
}

Instruction* Translator::guardOr(Op op, std::initializer_list<Temp*> operands, Block* otherwise, Attributes a) {
  Block* next = newBlock();
  Function::Target targets[] = {{next, {}}, {otherwise, {}}};
  Instruction* made = f_.create(op, std::span<Temp* const>(operands.begin(), operands.size()), targets, a.index, a.index2, a.imm, a.imm2);
  f_.append(at_, made);
  at_ = next;
  return made;
}

void Translator::require(Temp* flag) { guard(Op::CondBr, {flag}); }

void Translator::jump(Block* to, std::initializer_list<Temp*> arguments) {
  jumpTo(to, std::span<Temp* const>(arguments.begin(), arguments.size()));
}

void Translator::jumpTo(Block* to, std::span<Temp* const> arguments) {
  Function::Target target{to, arguments};
  f_.append(at_, f_.create(Op::Br, {}, std::span(&target, 1)));
}

void Translator::leave() {
  jump(exit(), {});
  at_ = nullptr;
}

Block* Translator::exit() {
  if (beside_) return beside_;
  if (!exit_) exit_ = exits_.before(anchor_ ? *anchor_ : *current_, known_, scratch_, at_);
  return exit_;
}

Block* Translator::exitAfter(const Instruction& i) {
  std::vector<Temp*> dying = scratch_;
  const Instruction* next = i.next;
  for (; next->is(Op::Kill); next = next->next)
    for (Temp* word : referencesOf(known_[next->operand(0)])) dying.push_back(word);
  return exits_.before(*next, known_, dying, at_);
}

// ---- operands -----------------------------------------------------------------------------------

Temp* Translator::word(const Temp* t) {
  Known& k = known_[t];
  if (k.word) return k.word;
  if (k.items || k.isInt) {
    k = {.word = exits_.reference(at_, k), .owned = true};
    exit_ = nullptr;
    return k.word;
  }
  if (k.kind == RawKind::Int) return k.raw;
  const bool isComplex = k.kind == RawKind::Complex;
  auto box = [&] { return isComplex ? value(Op::ComplexNew, {k.raw, k.imaginary}) : value(Op::BoxF64, {k.raw}); };
  if (t->ownership == Ownership::Owned) {
    k.word = box();
    k.owned = true;
    exit_ = nullptr;
    return k.word;
  }
  // A raw local's: made for this instruction. As a NaN has an identity, the general body makes its word, once.
  require(value(Op::F64Eq, {k.raw, k.raw}));
  if (isComplex) require(value(Op::F64Eq, {k.imaginary, k.imaginary}));
  scratch_.push_back(box());
  exit_ = nullptr;
  return scratch_.back();
}

Temp* Translator::owned(const Temp* t) {
  Known& k = known_[t];
  Temp* reference = k.word && k.owned ? k.word : exits_.argument(at_, t, k, false);
  k.word = nullptr;
  k.owned = false;
  k.items = nullptr;
  exit_ = nullptr;
  return reference;
}

Temp* Translator::reference(const Temp* t) {
  const Known& k = known_[t];
  if (k.word || k.kind != RawKind::Float) return value(Op::Copy, {word(t)});
  Temp* raw = k.raw;
  size_t users = 0;
  for (const Use* u = t->uses; u; u = u->next) users += !u->user->is(Op::Kill);
  if (t->ownership != Ownership::Owned || users > 1) require(value(Op::F64Eq, {raw, raw})); // a NaN is one object
  return value(Op::BoxF64, {raw});
}

Temp* Translator::unboxResult(const Instruction& i, Temp* word, RawKind wanted) {
  const Known before = of(i.result());
  define(i.result(), {.word = word, .owned = true});
  Temp* raw = guardOr(checkOf(wanted), {word}, exitAfter(i))->result();
  emit(Op::Kill, {word});
  define(i.result(), before);
  return raw;
}

void Translator::drop(const Temp* t) {
  Known& k = known_[t];
  for (Temp* word : referencesOf(k)) emit(Op::Kill, {word});
  k.word = nullptr;
  k.owned = false;
  k.items = nullptr;
  exit_ = nullptr;
}

void Translator::dropScratch() {
  for (Temp* t : scratch_) emit(Op::Kill, {t});
  scratch_.clear();
  exit_ = nullptr;
}

void Translator::defineLent(const Temp* t, Temp* word) {
  known_[t] = {.word = word};
  lent_.push_back(t);
}

void Translator::settle() {
  for (const Temp* t : std::exchange(lent_, {})) {
    Known& k = known_[t];
    if (!k.word || k.owned) continue;
    k.word = value(Op::Copy, {k.word});
    k.owned = true;
    exit_ = nullptr;
  }
}

std::vector<const Temp*> Translator::settleAll() {
  std::vector<const Temp*> all;
  for (const Temp* t : lent_)
    if (const Known& k = known_[t]; k.word && !k.owned) all.push_back(t);
  settle();
  return all;
}

bool Translator::spend(size_t operations, size_t limit) {
  if (spent_ + operations > limit) return false;
  spent_ += operations;
  return true;
}

Temp* Translator::asInt(const Temp* t) {
  if (const Constant* c = constantOf(t)) return integer(c->integer);
  Known& k = known_[t];
  if (k.kind == RawKind::Int) return k.raw;
  if (k.isInt) {
    require(k.isInt);
    Temp* v = checked(Op::F64ToInt, {known_[t].raw});
    known_[t] = {.kind = RawKind::Int, .raw = v};
    exit_ = nullptr;
    return v;
  }
  if (isAnswer(t)) return checked(Op::BoolCheck, {word(t)});
  Temp* v = checked(Op::IntCheck, {word(t)});
  // The word is the number: nobody needs to count it.
  if (t->ownership == Ownership::Owned) drop(t);
  Known& learnt = known_[t];
  learnt.kind = RawKind::Int;
  learnt.raw = v;
  exit_ = nullptr;
  return v;
}

Temp* Translator::asFloat(const Temp* t) {
  if (const Constant* c = constantOf(t)) return number(c->kind == ConstantKind::Float ? c->real : static_cast<double>(c->integer));
  if (likelyKind(t) == RawKind::Int) return value(Op::IntToF64, {asInt(t)});
  Known& k = known_[t];
  if (k.kind == RawKind::Float) return k.raw;
  if (k.isInt) {
    require(value(Op::BoolNot, {k.isInt}));
    known_[t] = {.kind = RawKind::Float, .raw = known_[t].raw};
    exit_ = nullptr;
    return known_[t].raw;
  }
  Temp* v = checked(Op::FloatCheck, {word(t)});
  Known& learnt = known_[t];
  learnt.kind = RawKind::Float;
  learnt.raw = v;
  if (t->ownership == Ownership::Owned && (!learnt.owned || isWantedRaw(t))) drop(t);
  return v;
}

Real Translator::asEither(const Temp* t) {
  if (const Constant* c = constantOf(t); c && c->kind == ConstantKind::Float) return {number(c->real), flag(false)};
  if (known_[t].isInt) return {known_[t].raw, known_[t].isInt};
  if (kindOf(t) == RawKind::Float) return {known_[t].raw, flag(false)};
  if (kindOf(t) == RawKind::Int) return {checked(Op::IntExact, {asInt(t)}), flag(true)};
  Temp* w = word(t);
  Temp* raw = checked(Op::ExactCheck, {w});
  return {raw, value(Op::IsInt, {w})};
}

Temp* Translator::asReal(const Temp* t) {
  if (known_[t].isInt) return known_[t].raw;
  if (t->doubt != Doubt::MayBeInt || kindOf(t) != RawKind::None || likelyKind(t) != RawKind::Float) return asFloat(t);
  return checked(Op::RealCheck, {word(t)});
}

bool Translator::asComplex(const Temp* t, Temp*& re, Temp*& im) {
  if (const Constant* c = constantOf(t)) {
    re = number(c->kind == ConstantKind::Complex || c->kind == ConstantKind::Float ? c->real : static_cast<double>(c->integer));
    im = number(c->kind == ConstantKind::Complex ? c->imaginary : 0);
    return true;
  }
  switch (likelyKind(t)) {
  case RawKind::Complex: break;
  case RawKind::Int:
  case RawKind::Float:
    re = asFloat(t);
    im = number(0);
    return true;
  default: return false;
  }
  Known& k = known_[t];
  if (k.kind != RawKind::Complex) {
    Instruction* check = guard(Op::ComplexCheck, {word(t)});
    Known& learnt = known_[t];
    learnt.kind = RawKind::Complex;
    learnt.raw = check->result(0);
    learnt.imaginary = check->result(1);
  }
  re = known_[t].raw;
  im = known_[t].imaginary;
  return true;
}

void Translator::checkShape(uint32_t shape, Temp* object) { guard(Op::ShapeCheck, {object}, {.imm = shape}); }

// Dicts with int keys are the other possibility: what is read from them is rarely guessed.
bool Translator::mayBeList(const Temp* t) const {
  constexpr uint32_t kMaybe = Type::bit(TypeBit::List) | Type::bit(TypeBit::Bytes) | Type::bit(TypeBit::Other);
  return t->type.mask & kMaybe;
}

// ---- blocks -------------------------------------------------------------------------------------

namespace {

// The raw kind of a block's parameter in the version: what all arguments are guessed to be.
RawKind parameterKind(const analysis::Flow& flow, const Module& module, const Block* b, size_t n) {
  const RawKind wanted = surelyKind(b->parameters[n]);
  if (wanted == RawKind::None) return RawKind::None;
  for (const analysis::Edge& e : flow.predecessors(b)) {
    if (e.error || e.from->cold) continue;
    const Instruction* end = e.from->terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s) {
      if (end->target(s) != b) continue;
      const Temp* t = end->argument(s, n);
      const Constant* c = analysis::constantOf(module, t);
      const RawKind is = c ? (c->kind == ConstantKind::Int ? RawKind::Int : c->kind == ConstantKind::Float ? RawKind::Float : RawKind::None)
                         : t->type.isFloat() ? RawKind::Float : rawKindOf(t->guess);
      if (is != wanted) return RawKind::None;
    }
  }
  return wanted;
}

} // namespace

Block* Translator::versionOf(Block* general) {
  if (general->cold || (!inLoop_.empty() && (general->id >= inLoop_.size() || !inLoop_[general->id]))) return nullptr;
  Block*& made = versions_[general];
  if (!made) {
    made = f_.newBlock(f_.lastBlock());
    made->version = true;
    made->handler = general->handler;
    work_.push_back(general);
  }
  return made;
}

void Translator::write() {
  analysis::Flow flow(f_);
  // Parameters first: edges look at them.
  std::unordered_map<const Block*, std::vector<RawKind>> kinds;
  for (Block* b : flow.order())
    for (size_t n = 0; n < b->parameters.size(); ++n) kinds[b].push_back(parameterKind(flow, f_.module, b, n));
  for (Block* b : flow.order()) {
    bool isHeader = false, isFirst = false;
    for (const analysis::Edge& e : flow.predecessors(b)) {
      isHeader |= !e.error && flow.rank(e.from) >= flow.rank(b);
      isFirst |= !e.error && hasResultFirst(e.from->terminator()->op) && e.from->terminator()->target(0) == b;
    }
    if (isHeader && !isFirst && !b->cold && b->parameters.empty()) headers_.push_back(b);
  }
  std::vector<Block*> generalBlocks(flow.order().begin(), flow.order().end());
  parameterKinds_ = std::move(kinds);
  if (f_.kind == FunctionKind::Module) inLoop_ = analysis::blocksInLoops(f_, flow); // the rest runs once

  Block* entry = f_.entry();
  if (entry->first->is(Op::GenStart)) { // stays first
    Block* rest = f_.newBlock(entry);
    rest->handler = entry->handler;
    while (Instruction* i = entry->first->next) {
      f_.unlink(i);
      f_.append(rest, i);
    }
    Instruction* br = f_.create(Op::Br, {}, std::array{Function::Target{rest, {}}});
    f_.append(entry, br);
    generalBlocks.insert(generalBlocks.begin() + 1, rest);
    entry = rest;
  }
  entry_ = entry;
  std::unordered_map<const Block*, size_t> rank;
  for (size_t n = 0; n < generalBlocks.size(); ++n) rank[generalBlocks[n]] = n;
  versionOf(entry);
  for (Block* h : headers_)
    if (h != entry) versionOf(h);
  // In reverse postorder: what a guard at the end of a block gives is known where it leads.
  while (!work_.empty()) {
    auto next = std::min_element(work_.begin(), work_.end(), [&](Block* a, Block* b) { return rank.at(a) < rank.at(b); });
    Block* general = *next;
    work_.erase(next);
    block(general);
  }
}

void Translator::connect() {
  Block* const entry = entry_;
  exits_.split();
  // The ways in.
  auto enterBlock = [&](Block* general) {
    Block* enter = f_.newBlock(general);
    enter->handler = general->handler;
    Function::Target targets[] = {{versions_.at(general), {}}, {general, {}}};
    f_.append(enter, f_.create(Op::VersionEnter, {}, targets));
    return enter;
  };
  for (Block* h : headers_) {
    if (h == entry) continue;
    Block* enter = enterBlock(h);
    for (Block* b = f_.entry(); b; b = b->next) {
      if (b->version || b == enter || !b->terminator()) continue;
      Instruction* end = b->terminator();
      for (uint32_t s = 0; s < end->successorCount; ++s)
        if (end->target(s) == h) f_.setTarget(end, s, enter);
    }
  }
  if (!versions_.contains(entry)) return;
  Block* enter = enterBlock(entry);
  if (entry == f_.entry()) {
    f_.moveBlock(enter, nullptr);
  } else {
    f_.setTarget(f_.entry()->terminator(), 0, enter);
  }
}

void Translator::block(Block* general) {
  general_ = general;
  at_ = versions_.at(general);
  anchor_ = nullptr;
  exit_ = nullptr;
  toLearn_ = nullptr;
  scratch_.clear();
  lent_.clear();
  known_ = results_; // temporaries stay in their blocks, but for the results of guards
  const auto& kinds = parameterKinds_[general];
  for (size_t n = 0; n < general->parameters.size(); ++n) {
    const Temp* p = general->parameters[n];
    switch (kinds[n]) {
    case RawKind::Int:
    case RawKind::Float: defineNumber(p, kinds[n], numberParameter(at_, kinds[n])); break;
    default: {
      Temp* mine = f_.addParameter(at_, p->type, p->ownership);
      mine->guess = p->guess;
      define(p, {.word = mine, .owned = p->ownership == Ownership::Owned});
    }
    }
  }
  for (const Instruction* i = general->first; i && at_; i = i->next) instruction(*i);
}

// Whether every use computes with the number.
bool Translator::isWantedRaw(const Temp* t) const {
  for (const Use* u = t->uses; u; u = u->next) {
    const Instruction& i = *u->user;
    const bool stores = (i.is(Op::LocalSet) || i.is(Op::LocalInit)) && f_.rawKind(i.local()) == RawKind::Float;
    const bool computes = (i.op >= Op::BinaryAdd && i.op <= Op::InplaceTrueDiv) || (i.op >= Op::CompareLt && i.op <= Op::TestGe) ||
                          i.is(Op::UnaryNeg) || i.is(Op::Truth) || i.is(Op::Kill);
    if (!stores && !computes) return false;
  }
  return true;
}

// Instructions that look at nothing which code that runs could change, or are nothing of the kind.
static bool isHarmless(const Instruction& i) {
  return has(i.op, op_flags::kPure) || i.is(Op::Copy) || i.is(Op::LocalRead) || i.is(Op::LocalGet) || i.is(Op::Br) || i.is(Op::CondBr);
}

void Translator::instruction(const Instruction& i) {
  if (done_.contains(&i)) return;
  current_ = &i;
  exit_ = nullptr;
  if (toLearn_ && !i.is(Op::Kill)) learn();
  if (!at_) return;
  // What is lent comes back where the general body goes on.
  const bool isInplace = i.op >= Op::InplaceAdd && i.op <= Op::InplaceMatMul;
  const Instruction* lend = isInplace && i.operand(0)->definition && i.operand(0)->definition->is(Op::LocalLend) ? i.operand(0)->definition : nullptr;
  anchor_ = lend;
  isLent_ = false;
  const bool isDone = translateLocal(*this, i) || translateNumber(*this, i) || translateTuple(*this, i) || translateItem(*this, i) || translateUnpack(*this, i) || translateAttribute(*this, i) ||
                      translateCall(*this, i) || translateInlined(*this, i);
  if (!isDone && isTerminator(i.op)) return terminator(i);
  if (!isDone) generic(i);
  anchor_ = nullptr;
  if (at_ && !isLent_) dropScratch();
}

void Translator::generic(const Instruction& i) {
  if (has(i.op, op_flags::kSuspends)) return suspend(i);
  if (!isHarmless(i)) settle();
  if (anchor_ && f_.rawKind(anchor_->local()) != RawKind::None) { // a number, to which nothing happens in place
    Temp* right = word(i.operand(1));
    Temp* made = value(i.op, {owned(i.operand(0)), right});
    made->guess = i.result()->guess;
    emit(Op::LocalUnbind, {}, {.index = anchor_->local()}); // the store follows
    return define(i.result(), {.word = made, .owned = true});
  }
  if (i.is(Op::FrameLeave) && i.next->is(Op::Ret)) { // what is returned is there before
    const Temp* t = i.next->operand(0);
    Temp* reference = owned(t);
    known_[t].word = reference;
    known_[t].owned = true;
  }
  std::vector<Temp*> operands(i.operandCount);
  for (uint32_t n = 0; n < i.operandCount; ++n) // these may leave: nothing is consumed yet
    if (const Temp* t = i.operand(n); t && analysis::useModeOf(i, n) == analysis::UseMode::Borrow) operands[n] = word(t);
  for (uint32_t n = 0; n < i.operandCount; ++n) {
    const Temp* t = i.operand(n);
    if (!t || analysis::useModeOf(i, n) == analysis::UseMode::Borrow) continue;
    isLent_ = anchor_ && n == 0;
    operands[n] = isLent_ ? emit(Op::LocalLend, {}, {.index = anchor_->local()})->result() : owned(t);
  }
  Instruction* made = f_.create(i.op, operands, {}, i.index, i.index2, i.imm, i.imm2, i.site);
  f_.append(at_, made);
  for (uint32_t r = 0; r < i.resultCount; ++r) {
    made->results[r]->type = i.results[r]->type;
    made->results[r]->guess = i.results[r]->guess;
    define(i.results[r], {.word = made->results[r], .owned = i.results[r]->ownership == Ownership::Owned});
  }
  if (isLent_) return;
  if (i.is(Op::AttrGet) || i.is(Op::ItemGet) || i.is(Op::CellGet)) learnLater(i.result());
}

// The general body suspends, and enters again behind it.
void Translator::suspend(const Instruction& i) {
  leave();
  // A local that was read before is behind it what the general body makes of it.
  for (const Instruction* later = i.next; later; later = later->next)
    for (uint32_t u = 0; u < later->useCount; ++u)
      if (const Temp* t = later->uses[u].temp; t && !(t->definition && t->definition->is(Op::Const)) && isMadeAgain(f_, t) && known_.contains(t)) return;
  const std::vector<const Temp*> live = exits_.liveBefore(*i.next);
  if (!std::all_of(live.begin(), live.end(), [](const Temp* t) { return t->ownership == Ownership::Owned; })) return;
  at_ = f_.newBlock(f_.lastBlock());
  at_->version = true;
  at_->handler = general_->handler;
  for (const Temp* t : live) {
    Temp* mine = f_.addParameter(at_, t->type, t->ownership);
    mine->guess = t->guess;
    define(t, {.word = mine, .owned = t->ownership == Ownership::Owned});
  }
  lent_.clear();
  exit_ = nullptr;
  exits_.enterBefore(*i.next, at_);
}

// An owned word of a number: raw from here on, or out.
void Translator::learn() {
  const Temp* t = std::exchange(toLearn_, nullptr);
  if (const Known& k = known_[t]; k.word && k.kind == RawKind::None) makeRaw(t);
}

void Translator::makeRaw(const Temp* t) {
  if (const RawKind kind = surelyKind(t); kind == RawKind::Int) asInt(t);
  else if (kind == RawKind::Float) asFloat(t);
}

// ---- edges --------------------------------------------------------------------------------------

// A block that leaves the version along this edge.
Block* Translator::leaving(const Instruction& i, size_t successor) {
  Block* block = f_.newBlock(at_);
  block->cold = block->version = true;
  block->handler = general_->handler;
  std::vector<Temp*> arguments;
  const Block* to = i.target(successor);
  for (uint32_t a = 0; a < i.successors[successor].argumentCount; ++a) arguments.push_back(exits_.argument(block, i.argument(successor, a), known_[i.argument(successor, a)], false));
  Instruction* exit = f_.create(Op::VersionExit, {});
  f_.append(block, exit);
  for (uint32_t a = 0; a < i.successors[successor].argumentCount; ++a)
    if (!arguments[a]) arguments[a] = exits_.argument(block, i.argument(successor, a), known_[i.argument(successor, a)], true);
  Function::Target target{const_cast<Block*>(to), arguments};
  f_.append(block, f_.create(Op::Br, {}, std::span(&target, 1)));
  return block;
}

void Translator::terminator(const Instruction& i) {
  if (i.is(Op::Br)) {
    std::vector<Temp*> arguments;
    Block* to = edge(i, 0, arguments);
    Function::Target target{to, arguments};
    f_.append(at_, f_.create(Op::Br, {}, std::span(&target, 1)));
    return;
  }
  if (i.is(Op::CondBr)) {
    // Each side hands over its arguments in a block of its own.
    Temp* condition = known_[i.operand(0)].word;
    Block* from = at_;
    Block* ways[2];
    for (size_t s = 0; s < 2; ++s) {
      if (i.successors[s].argumentCount == 0) {
        std::vector<Temp*> none;
        at_ = from;
        ways[s] = edge(i, s, none);
        continue;
      }
      at_ = from;
      Block* way = newBlock();
      at_ = way;
      const auto before = known_;
      std::vector<Temp*> arguments;
      Block* to = edge(i, s, arguments);
      Function::Target target{to, arguments};
      f_.append(at_, f_.create(Op::Br, {}, std::span(&target, 1)));
      known_ = before;
      ways[s] = way;
    }
    Function::Target targets[] = {{ways[0], {}}, {ways[1], {}}};
    Temp* operands[] = {condition};
    f_.append(from, f_.create(Op::CondBr, operands, targets));
    return;
  }
  settle();
  if (i.is(Op::NextBr)) {
    Block* first = versionOf(i.target(0));
    if (!first || i.successors[1].argumentCount || known_[i.operand(0)].kind != RawKind::None) return leave();
    if (nextOfSequences(i)) return;
    std::vector<Temp*> none;
    const Instruction* read = i.operand(0)->definition;
    const bool isRange = read && read->is(Op::LocalRead) && f_.rawKind(read->local()) == RawKind::Range;
    Temp* iterator = isRange ? nullptr : word(i.operand(0));
    Block* second = edge(i, 1, none);
    Function::Target targets[] = {{first, {}}, {second, {}}};
    if (isRange) {
      Instruction* next = f_.create(Op::RangeNext, {}, targets, read->local());
      f_.append(at_, next);
      results_[i.result()] = {.kind = RawKind::Int, .raw = next->result()};
      return;
    }
    Temp* operands[] = {iterator};
    Instruction* made = f_.create(Op::NextBr, operands, targets, kNone, kNone, 0, 0, i.site);
    f_.append(at_, made);
    made->result()->type = i.result()->type;
    made->result()->guess = i.result()->guess;
    results_[i.result()] = {.word = made->result(), .owned = true};
    return;
  }
  // ret, raise, reraise, … : with words. What would be made for them alone could not die.
  for (uint32_t n = 0; n < i.operandCount; ++n)
    if (const Temp* t = i.operand(n); t && !known_[t].word && t->ownership == Ownership::Borrowed && known_[t].kind != RawKind::Int) return leave();
  std::vector<Temp*> operands;
  for (uint32_t n = 0; n < i.operandCount; ++n) {
    const Temp* t = i.operand(n);
    operands.push_back(!t ? nullptr : analysis::useModeOf(i, n) == analysis::UseMode::Borrow ? word(t) : owned(t));
  }
  std::vector<Function::Target> targets;
  for (uint32_t s = 0; s < i.successorCount; ++s) return leave();
  f_.append(at_, f_.create(i.op, operands, targets, i.index, i.index2, i.imm, i.imm2, i.site));
}

// The block of the version, with the arguments that it takes; or one that leaves, without arguments.
Block* Translator::edge(const Instruction& i, size_t successor, std::vector<Temp*>& arguments) {
  Block* general = i.target(successor);
  Block* to = versionOf(general);
  if (!to) return leaving(i, successor);
  const auto& kinds = parameterKinds_[general];
  const uint32_t count = i.successors[successor].argumentCount;
  // All are tested before one is consumed.
  for (uint32_t a = 0; a < count; ++a) {
    const Temp* t = i.argument(successor, a);
    const Known& k = known_[t];
    const bool hasWord = !t->type.isWord() || t->ownership == Ownership::Owned || k.word || k.kind == RawKind::Int;
    if (kinds[a] == RawKind::None && !hasWord) return leaving(i, successor);
    if (kinds[a] == RawKind::None || kindOf(t) == kinds[a]) continue;
    if (kindOf(t) != RawKind::None || (k.isInt && kinds[a] == RawKind::Int)) return leaving(i, successor);
    Block* out = leaving(i, successor);
    if (k.isInt) {
      guardOr(Op::CondBr, {value(Op::BoolNot, {k.isInt})}, out);
      known_[t] = {.kind = RawKind::Float, .raw = known_[t].raw};
      continue;
    }
    Temp* raw = guardOr(checkOf(kinds[a]), {known_[t].word}, out)->result();
    if (t->ownership == Ownership::Owned) drop(t);
    known_[t].kind = kinds[a];
    known_[t].raw = raw;
  }
  for (uint32_t a = 0; a < count; ++a) {
    const Temp* t = i.argument(successor, a);
    switch (kinds[a]) {
    case RawKind::Int: {
      Temp* raw = asInt(t);
      drop(t);
      arguments.push_back(raw);
      break;
    }
    case RawKind::Float: {
      Temp* raw = asFloat(t);
      drop(t);
      arguments.push_back(raw);
      break;
    }
    default:
      if (!t->type.isWord()) arguments.push_back(known_[t].word);
      else if (t->ownership == Ownership::Owned) arguments.push_back(owned(t));
      else arguments.push_back(known_[t].word ? known_[t].word : known_[t].raw);
    }
  }
  return to;
}

} // namespace krait::ir::passes::versions
