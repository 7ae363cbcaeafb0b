#include "ir/passes/versions/translator.h"

#include "ir/passes/versions/inliner.h"

#include "ir/analysis/constants.h"
#include "ir/analysis/flow.h"
#include "ir/analysis/liveness.h"
#include "ir/core/operators.h"
#include "ir/core/remarks.h"

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
  return peek(t).kind;
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

// Dicts with int keys are the other possibility: what is read from them is rarely guessed.
bool Translator::mayBeList(const Temp* t) const {
  constexpr uint32_t kMaybe = Type::bit(TypeBit::List) | Type::bit(TypeBit::Bytes) | Type::bit(TypeBit::Other);
  return t->type.mask & kMaybe;
}

// ---- writing ------------------------------------------------------------------------------------

Instruction* Translator::emit(Op op, std::initializer_list<Temp*> operands, Attributes a) {
  return emitWith(op, std::span<Temp* const>(operands.begin(), operands.size()), a);
}

Instruction* Translator::emitWith(Op op, std::span<Temp* const> operands, Attributes a) {
  Instruction* made = f_.create(op, operands, {}, a.index, a.index2, a.imm, a.imm2,
                                mayRaise(op) ? current_->site : kNone);
  f_.append(at_, made);
  if (op == Op::Copy) made->result()->type = made->operand(0)->type;
  return noted(made);
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
  Block* next = at_->cold ? coldBlock() : newBlock();
  Function::Target targets[] = {{next, {}}, {otherwise, {}}};
  Instruction* made = f_.create(op, std::span<Temp* const>(operands.begin(), operands.size()), targets, a.index, a.index2, a.imm, a.imm2);
  f_.append(at_, made);
  at_ = next;
  return noted(made);
}

void Translator::require(Temp* flag) { guard(Op::CondBr, {flag}); }
void Translator::checkShape(uint32_t shape, Temp* object) { guard(Op::ShapeCheck, {object}, {.imm = shape}); }

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
  if (exit_) return exit_;
  std::vector<Temp*> dying = scratch_;
  dying.insert(dying.end(), kept_.begin(), kept_.end());
  return exit_ = exits_.before(anchor_ ? *anchor_ : moved_ ? *moved_ : *current_, known_, dying, at_);
}

Block* Translator::exitAfter(const Instruction& i) {
  std::vector<Temp*> dying = scratch_;
  const Instruction* next = i.next;
  for (; next->is(Op::Kill); next = next->next)
    for (Temp* word : referencesOf(known_[next->operand(0)])) dying.push_back(word);
  return exits_.before(*next, known_, dying, at_);
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
  if (general->cold || (!plan_.extent.empty() && (general->id >= plan_.extent.size() || !plan_.extent[general->id]))) return nullptr;
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
  uses_.analyse(f_, flow);
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
    if (h == entry || !versions_.contains(h)) continue;
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
  anchor_ = moved_ = nullptr;
  exit_ = nullptr;
  toLearn_ = nullptr;
  scratch_.clear();
  lent_.clear();
  virtuals_ = {};
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

bool Translator::isWantedRaw(const Temp* t) const {
  for (const Use* u = t->uses; u; u = u->next) {
    const Instruction& i = *u->user;
    const bool stores = (i.is(Op::LocalSet) || i.is(Op::LocalInit)) && (f_.rawKind(i.local()) == RawKind::Float || f_.rawKind(i.local()) == RawKind::Unsigned);
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
  makeOperands(i);
  const bool isDone = translateLocal(*this, i) || translateNumber(*this, i) || translateTuple(*this, i) || translateCharacter(*this, i) || translateLookup(*this, i) || translateItem(*this, i) || translateUnpack(*this, i) || translateSlice(*this, i) || translateAttribute(*this, i) ||
                      translateCall(*this, i) || translateInlined(*this, i);
  if (f_.module.remarks) remarkOn(i, isDone);
  if (!isDone && isTerminator(i.op)) return terminator(i);
  if (!isDone) generic(i);
  anchor_ = nullptr;
  if (at_ && !isLent_) dropScratch();
  letGoBehind(i);
}

// What is known of an instruction that the general body's way is taken for, or not.
void Translator::remarkOn(const Instruction& i, bool isDone) {
  Remarks& remarks = *f_.module.remarks;
  remarks.step(i, !isDone);
  if (isDone) return;
  auto shown = [&](const Temp* t) {
    auto origin = plan_.origins.find(t);
    return sourceText(origin == plan_.origins.end() ? *t : *origin->second);
  };
  if (isArithmetic(i.op) || isTest(i.op) || isCompare(i.op)) {
    for (uint32_t n = 0; n < 2; ++n)
      if (likelyKind(i.operand(n)) == RawKind::None && !constantOf(i.operand(n))) return remarks.add(RemarkId::UnknownOperand, i, shown(i.operand(n)));
  } else if (i.is(Op::ItemGet) || i.is(Op::ItemSet)) {
    remarks.add(RemarkId::UnknownContainer, i, shown(i.operand(0)));
  } else if ((i.is(Op::AttrGet) || i.is(Op::AttrSet)) && !plan_.slots.contains(&i)) {
    remarks.add(RemarkId::UnknownAttribute, i, f_.module.names[i.index]);
  }
}

Instruction* Translator::noted(Instruction* made) {
  if (f_.module.remarks && current_) f_.module.remarks->comesFrom(*made, *current_);
  return made;
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
  f_.append(at_, noted(made));
  for (uint32_t r = 0; r < i.resultCount; ++r) {
    made->results[r]->type = i.results[r]->type;
    made->results[r]->guess = i.results[r]->guess;
    define(i.results[r], {.word = made->results[r], .owned = i.results[r]->ownership == Ownership::Owned});
  }
  if (isLent_) return;
  if (i.is(Op::AttrGet) || i.is(Op::ItemGet) || i.is(Op::ItemGetTuple) || i.is(Op::CellGet)) learnLater(i.result());
  if ((i.is(Op::Call) || i.is(Op::Method) || i.is(Op::MethodCall)) && isWantedRaw(i.result())) learnLater(i.result());
}

// The general body suspends, and enters again behind it.
void Translator::suspend(const Instruction& i) {
  for (size_t n = 0; n < virtuals_.instances.size(); ++n)
    if (virtuals_.instances[n].holders) make(static_cast<int>(n));
  if (!beside_) exit()->cold = false; // no more seldom than what leads here
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

} // namespace krait::ir::passes::versions
