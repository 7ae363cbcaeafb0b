// `for x, y in zip(a, b):` and `for n, x in enumerate(v):`. Nobody gets hold of the iterator that goes over the others, nor of the
// tuples that it makes, so that neither is made where the name means the builtin: the loop goes over all iterables at once.
//
//   %z = global.get "zip"                                ^head:
//   condbr is.builtin "zip" %z, ^direct, ^general          %x = next.br $iter.0, ^first, ^exhausted
// ^direct:                                               ^first:
//   %i = iter %a; local.init $iter.0, %i                   local.set $item.0, %x
//   %j = iter %b; local.init $iter.1, %j                   condbr $direct is True, ^more, ^whole
//   local.init $direct, True                             ^more:
//   br ^head                                               %y = next.br $iter.1, ^second, ^exhausted
// ^general: (cold)                                       ^second:
//   %r = call %z, %a, %b; %i = iter %r                     local.set $item.1, %y
//   local.init $iter.0, %i; $iter.1: the same               x = $item.0; y = $item.1; br ^body
//   local.init $direct, False                            ^whole: (cold)
//   br ^head                                               x, y = $item.0 (unpacked); br ^body
//
// `enumerate(v, 1)` begins elsewhere, if the text says where.
//
// The tuple that zip or enumerate fills again at each step keeps the items up to the next step; so do $item.0 and $item.1. What they
// keep dies with the loop, behind the iterators.
//
// `for n, (x, y) in enumerate(zip(a, b)):` is one, too. There enumerate holds on to zip's tuple while zip steps: every other step zip makes
// a new one, and keeps the old. So the items of odd steps wait in $item.k, up to the next odd step, and those of even steps in $late.k, up
// to the same; $odd says which step is next. So it is with the items of a dict, whose iterator has such a tuple.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

namespace {

constexpr size_t kMostIterables = 4;
constexpr int64_t kFarthestStart = int64_t{1} << 31;

bool isPlain(ListOf<Expr> elements) {
  for (const Expr* e : elements)
    if (e->is<Starred>()) return false;
  return true;
}

} // namespace

/// The locals of such a loop, by which order they die in: the last first.
struct FunctionBuilder::Lockstep {
  std::optional<int64_t> start;  // enumerate: $item.0 is the index, from here
  std::vector<const Expr*> targets;
  std::vector<uint32_t> items;   // by target
  std::vector<uint32_t> late;    // enumerate of pairs: by their items
  bool areItems = false;         // of a dict
  uint32_t odd = kNone;          // True: the items of the next step are kept in `items`
  uint32_t direct = kNone;       // True: as here; False: $iter.0 gives what is to be unpacked
  std::vector<uint32_t> iterators;

  bool counts() const { return start.has_value(); }
  uint32_t firstItem() const { return items[counts()]; }
  /// All but the last iterator, in the order in which they die behind it.
  std::vector<uint32_t> others() const {
    std::vector<uint32_t> all(iterators.rbegin() + 1, iterators.rend());
    all.insert(all.end(), items.rbegin(), items.rend());
    all.insert(all.end(), late.rbegin(), late.rend());
    if (odd != kNone) all.push_back(odd);
    all.push_back(direct);
    return all;
  }
};

/// Where enumerate begins, if that is a constant of a size that no loop counts beyond.
std::optional<int64_t> FunctionBuilder::startOfCount(const Call& n) {
  if (n.args.size() + n.keywords.size() == 1) return n.keywords.empty() ? std::optional<int64_t>(0) : std::nullopt;
  if (n.args.empty() || n.args.size() + n.keywords.size() != 2) return {};
  if (!n.keywords.empty() && (!n.keywords[0]->arg || c_.symbols.text(n.keywords[0]->arg) != "start")) return {};
  const auto folded = c_.folder.fold(n.keywords.empty() ? n.args[1] : n.keywords[0]->value);
  const core::Constant* c = folded ? &c_.module.constants[*folded] : nullptr;
  return c && c->kind == CKind::Int && c->integer > -kFarthestStart && c->integer < kFarthestStart ? std::optional(c->integer) : std::nullopt;
}

/// What enumerate goes over, if that is a call of zip or of somebody's items(), whose tuples are unpacked into plain targets.
const Call* FunctionBuilder::pairsWithin(const Call& n, ListOf<Expr> targets) {
  const Call* call = n.args[0]->tryAs<Call>();
  if (targets.size() != 2 || !call || !call->keywords.empty() || !isPlain(call->args)) return nullptr;
  const ListOf<Expr> within = elementsOf(targets[1]);
  if (within.empty() || !isPlain(within)) return nullptr;
  if (nameCalled(*call) == "zip") return within.size() == call->args.size() ? call : nullptr;
  const Attribute* method = call->func->tryAs<Attribute>();
  const bool areItems = method && call->args.empty() && within.size() == 2 && c_.symbols.text(method->attr) == "items";
  return areItems && !isZeroArgumentSuper(method->value) && !isPlainSuper(method->value) ? call : nullptr;
}
std::string_view FunctionBuilder::nameCalled(const Call& n) {
  const Name* name = n.func->tryAs<Name>();
  return name ? c_.symbols.text(name->id) : std::string_view();
}

bool FunctionBuilder::lockstepLoop(const For& n) {
  const Call* call = n.iter->tryAs<Call>();
  const std::string_view text = call ? nameCalled(*call) : std::string_view();
  ListOf<Expr> targets = elementsOf(n.target);
  const bool counts = text == "enumerate";
  if ((text != "zip" && !counts) || f_.isGenerator() || c_.options.events || c_.options.frames) return false;
  if (call->args.empty() || !isPlain(call->args) || !isPlain(targets)) return false;

  Lockstep loop;
  if (counts) loop.start = startOfCount(*call);
  if (counts ? !loop.start : !call->keywords.empty()) return false;
  const Call* within = counts ? pairsWithin(*call, targets) : nullptr;
  const Attribute* items = within ? within->func->tryAs<Attribute>() : nullptr;
  loop.areItems = items != nullptr;
  const ListOf<Expr> iterables = items ? ListOf<Expr>(&items->value, 1) : within ? within->args : counts ? ListOf<Expr>(call->args.begin(), 1) : call->args;
  loop.targets.assign(targets.begin(), targets.end());
  if (within) {
    const ListOf<Expr> parts = elementsOf(targets[1]);
    loop.targets.pop_back();
    loop.targets.insert(loop.targets.end(), parts.begin(), parts.end());
  }
  if (!within && iterables.size() + counts != loop.targets.size()) return false;
  if (loop.targets.size() < 2 || loop.targets.size() > kMostIterables) return false;

  for (size_t k = 1; within && k < loop.targets.size(); ++k) loop.late.push_back(acquireHidden("late"));
  for (size_t k = 0; k < loop.targets.size(); ++k) loop.items.push_back(acquireHidden("item"));
  if (within) loop.odd = acquireHidden("odd");
  loop.direct = acquireHidden("direct");
  for (size_t k = 0; k < iterables.size(); ++k) loop.iterators.push_back(acquireHidden("iter"));
  Block *direct = newBlock(), *general = newCold(handler_), *head = newBlock();
  Temp* callee = value(call->func);
  Temp* inner = within && !items ? value(within->func) : nullptr;
  Temps arguments;
  for (const Expr* e : iterables) arguments.push_back(value(e));
  {
    At at(*this, within ? within->span : call->span);
    if (within) {
      Block* more = newBlock();
      branchIfBuiltin(callee, text, more, general);
      start(more);
      if (inner) branchIfBuiltin(inner, "zip", direct, general);
      else condBr(make(Op::DictIterable, {arguments[0]}, {.imm = 2}), direct, general);
    } else {
      branchIfBuiltin(callee, text, direct, general);
    }
    start(direct);
    beginLockstep(loop, arguments);
    drop(inner);
    drop(callee);
    b_.br(head);
    start(general);
    if (items) arguments = {methodCallOn(arguments[0], *within, *items)};
    else if (inner) arguments = {callOf(*within, inner, arguments)};
  }
  {
    At at(*this, call->span);
    beginWhole(loop, *call, callee, arguments);
    b_.br(head);
  }
  start(head);
  loopBody(n, loop.iterators.back(), loop.others(), head, [&](Block* exhausted) { within ? stepInTurns(n, loop, exhausted) : stepTogether(n, loop, exhausted); });
  return true;
}

/// What was made for the call lives until all iterators are there.
void FunctionBuilder::beginLockstep(const Lockstep& loop, const Temps& arguments) {
  std::vector<uint32_t> made;
  for (size_t k = 0; k < arguments.size(); ++k) {
    Temp* argument = arguments[k];
    if (argument->ownership == core::Ownership::Owned && k + 1 < arguments.size()) {
      made.push_back(acquireHidden("argument"));
      initHidden(made.back(), argument);
      argument = readHidden(made.back());
    }
    initHidden(loop.iterators[k], loop.areItems ? iteratorOfView(argument, 2) : iteratorOf(argument));
  }
  while (!made.empty()) {
    clearHidden(made.back());
    releaseHidden(made.back());
    made.pop_back();
  }
  if (loop.counts()) initHidden(loop.items[0], constant(c_.module.constants.internInt(*loop.start - 1)));
  if (loop.odd != kNone) initHidden(loop.odd, constant(CKind::True));
  initHidden(loop.direct, constant(CKind::True));
}

/// The call as it stands. Drops the callee.
Temp* FunctionBuilder::callOf(const Call& n, Temp* callee, const Temps& arguments) {
  Temps operands{callee};
  for (Temp* argument : arguments) operands.push_back(own(argument));
  Temp* result = n.keywords.empty() ? make(Op::Call, operands) : make(Op::CallKw, operands, {.index = keywordNames(n.keywords)});
  drop(callee);
  return result;
}

void FunctionBuilder::beginWhole(const Lockstep& loop, const Call& n, Temp* callee, Temps arguments) {
  if (loop.counts() && n.args.size() + n.keywords.size() > 1) arguments.push_back(constant(c_.module.constants.internInt(*loop.start)));
  Temp* whole = callOf(n, callee, arguments);
  initHidden(loop.iterators[0], iteratorOf(whole));
  for (size_t k = 1; k < loop.iterators.size(); ++k)
    initHidden(loop.iterators[k], readHidden(loop.iterators[0])); // nothing steps it
  if (loop.counts()) initHidden(loop.items[0], constant(c_.module.constants.internInt(*loop.start - 1)));
  if (loop.odd != kNone) initHidden(loop.odd, constant(CKind::True));
  initHidden(loop.direct, constant(CKind::False));
}

/// One item of iterator k, which `kept` keeps, or two that are kept apart.
void FunctionBuilder::stepOne(const Lockstep& loop, size_t k, const uint32_t* kept, Block* exhausted) {
  Block* gotten = newBlock();
  b_.setSite(siteOf(loc_));
  Temp* item = b_.nextBr(readHidden(loop.iterators[k]), gotten, exhausted);
  start(gotten);
  if (!loop.areItems) {
    emit(Op::LocalSet, {item}, {.index = *kept});
    return;
  }
  Instruction* pair = emit(Op::Unpack, {item}, {.imm = 2});
  drop(item);
  for (uint32_t n : {0u, 1u}) emit(Op::LocalSet, {pair->result(n)}, {.index = kept[n]});
}
void FunctionBuilder::count(const Lockstep& loop) {
  if (!loop.counts()) return;
  Temp* index = make(Op::BinaryAdd, {readHidden(loop.items[0]), constant(c_.module.constants.internInt(1))});
  emit(Op::LocalSet, {index}, {.index = loop.items[0]});
}

void FunctionBuilder::stepInTurns(const For& n, const Lockstep& loop, Block* exhausted) {
  Block *direct = newBlock(), *whole = newCold(handler_), *odd = newBlock(), *even = newBlock(), *body = newBlock();
  condBr(make(Op::Is, {readHidden(loop.direct), constant(CKind::True)}), direct, whole);
  start(whole);
  Block* gotten = newBlock();
  b_.setSite(siteOf(loc_));
  Temp* item = b_.nextBr(readHidden(loop.iterators[0]), gotten, exhausted);
  start(gotten);
  store(n.target, item);
  b_.br(body);
  const auto finish = [&](CKind isOddNext, const uint32_t* items) {
    emit(Op::LocalSet, {own(constant(isOddNext))}, {.index = loop.odd});
    count(loop);
    store(loop.targets[0], readHidden(loop.items[0]));
    for (size_t k = 0; k < loop.late.size(); ++k) store(loop.targets[k + 1], readHidden(items[k]));
    b_.br(body);
  };
  start(direct);
  condBr(make(Op::Is, {readHidden(loop.odd), constant(CKind::True)}), odd, even);
  start(odd);
  for (size_t k = 0; k < loop.iterators.size(); ++k) stepOne(loop, k, &loop.items[k + 1], exhausted);
  for (size_t k = loop.late.size(); k-- > 0;) clearHidden(loop.late[k]);
  finish(CKind::False, loop.items.data() + 1);
  start(even);
  std::vector<Block*> cutShort;
  for (size_t k = 0; k < loop.iterators.size(); ++k) {
    if (k) cutShort.push_back(newCold(handler_));
    stepOne(loop, k, &loop.late[k], k ? cutShort.back() : exhausted);
  }
  finish(CKind::True, loop.late.data());
  for (size_t k = 0; k < cutShort.size(); ++k) { // the new tuple dies before the iterators
    start(cutShort[k]);
    for (size_t j = k + 1; j-- > 0;) clearHidden(loop.late[j]);
    b_.br(exhausted);
  }
  start(body);
}

void FunctionBuilder::stepTogether(const For& n, const Lockstep& loop, Block* exhausted) {
  auto next = [&](size_t k) { stepOne(loop, k, &loop.items[k + loop.counts()], exhausted); };
  next(0);
  Block *more = newBlock(), *whole = newCold(handler_), *body = newBlock();
  condBr(make(Op::Is, {readHidden(loop.direct), constant(CKind::True)}), more, whole);
  start(whole);
  store(n.target, takeHidden(loop.firstItem()));
  b_.br(body);
  start(more);
  for (size_t k = 1; k < loop.iterators.size(); ++k) next(k);
  count(loop);
  for (size_t k = 0; k < loop.targets.size(); ++k) store(loop.targets[k], readHidden(loop.items[k]));
  b_.br(body);
  start(body);
}

} // namespace krait::ir::build
