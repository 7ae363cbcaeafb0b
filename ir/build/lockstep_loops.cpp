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
  ListOf<Expr> targets;
  std::vector<uint32_t> items;   // by target
  uint32_t direct = kNone;       // True: as here; False: $iter.0 gives what is to be unpacked
  std::vector<uint32_t> iterators;

  bool counts() const { return start.has_value(); }
  uint32_t firstItem() const { return items[counts()]; }
  /// All but the last iterator, in the order in which they die behind it.
  std::vector<uint32_t> others() const {
    std::vector<uint32_t> all(iterators.rbegin() + 1, iterators.rend());
    all.insert(all.end(), items.rbegin(), items.rend());
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

bool FunctionBuilder::lockstepLoop(const For& n) {
  const Call* call = n.iter->tryAs<Call>();
  const Name* name = call ? call->func->tryAs<Name>() : nullptr;
  const std::string_view text = name ? c_.symbols.text(name->id) : std::string_view();
  const ListOf<Expr> targets = elementsOf(n.target);
  const bool counts = text == "enumerate";
  if ((text != "zip" && !counts) || f_.isGenerator() || c_.options.events || c_.options.frames) return false;
  const size_t iterables = counts ? 1 : call->args.size();
  if (iterables + counts != targets.size() || targets.size() < 2 || targets.size() > kMostIterables) return false;
  if (!isPlain(call->args) || !isPlain(targets)) return false;

  Lockstep loop{.targets = targets};
  if (counts) loop.start = startOfCount(*call);
  if (counts ? !loop.start : !call->keywords.empty()) return false;
  for (size_t k = 0; k < targets.size(); ++k) loop.items.push_back(acquireHidden("item"));
  loop.direct = acquireHidden("direct");
  for (size_t k = 0; k < iterables; ++k) loop.iterators.push_back(acquireHidden("iter"));
  Block *direct = newBlock(), *general = newCold(handler_), *head = newBlock();
  Temp* callee = value(call->func);
  Temps arguments;
  for (size_t k = 0; k < iterables; ++k) arguments.push_back(value(call->args[k]));
  {
    At at(*this, call->span);
    branchIfBuiltin(callee, text, direct, general);
    start(direct);
    beginLockstep(loop, arguments);
    drop(callee);
    b_.br(head);
    start(general);
    beginWhole(loop, *call, callee, arguments);
    b_.br(head);
  }
  start(head);
  loopBody(n, loop.iterators.back(), loop.others(), head, [&](Block* exhausted) { stepTogether(n, loop, exhausted); });
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
    initHidden(loop.iterators[k], iteratorOf(argument));
  }
  while (!made.empty()) {
    clearHidden(made.back());
    releaseHidden(made.back());
    made.pop_back();
  }
  if (loop.counts()) initHidden(loop.items[0], constant(c_.module.constants.internInt(*loop.start - 1)));
  initHidden(loop.direct, constant(CKind::True));
}

void FunctionBuilder::beginWhole(const Lockstep& loop, const Call& n, Temp* callee, const Temps& arguments) {
  Temps operands{callee};
  for (Temp* argument : arguments) operands.push_back(own(argument));
  if (n.args.size() + n.keywords.size() > arguments.size()) operands.push_back(own(constant(c_.module.constants.internInt(*loop.start))));
  Temp* whole = n.keywords.empty() ? make(Op::Call, operands) : make(Op::CallKw, operands, {.index = keywordNames(n.keywords)});
  drop(callee);
  initHidden(loop.iterators[0], iteratorOf(whole));
  for (size_t k = 1; k < loop.iterators.size(); ++k)
    initHidden(loop.iterators[k], readHidden(loop.iterators[0])); // nothing steps it
  if (loop.counts()) initHidden(loop.items[0], constant(c_.module.constants.internInt(*loop.start - 1)));
  initHidden(loop.direct, constant(CKind::False));
}

void FunctionBuilder::stepTogether(const For& n, const Lockstep& loop, Block* exhausted) {
  auto next = [&](size_t k) {
    Block* gotten = newBlock();
    b_.setSite(siteOf(loc_));
    Temp* item = b_.nextBr(readHidden(loop.iterators[k]), gotten, exhausted);
    start(gotten);
    emit(Op::LocalSet, {item}, {.index = loop.items[k + loop.counts()]});
  };
  next(0);
  Block *more = newBlock(), *whole = newCold(handler_), *body = newBlock();
  condBr(make(Op::Is, {readHidden(loop.direct), constant(CKind::True)}), more, whole);
  start(whole);
  store(n.target, takeHidden(loop.firstItem()));
  b_.br(body);
  start(more);
  for (size_t k = 1; k < loop.iterators.size(); ++k) next(k);
  if (loop.counts()) {
    Temp* index = make(Op::BinaryAdd, {readHidden(loop.items[0]), constant(c_.module.constants.internInt(1))});
    emit(Op::LocalSet, {index}, {.index = loop.items[0]});
  }
  for (size_t k = 0; k < loop.targets.size(); ++k) store(loop.targets[k], readHidden(loop.items[k]));
  b_.br(body);
  start(body);
}

} // namespace krait::ir::build
