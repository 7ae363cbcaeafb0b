// Generator expressions whose only consumer is known: `sum(x * x for x in v)`. Nobody gets hold of the generator, so that
// none is made: the body runs at once, as a function of the outermost iterator, and does with each item what the consumer
// would have done with it.
//
//   %c = global.get "sum"                                 eager function @1 (.0):
//   %i = iter %v                                            local.init $result.0, const 0
//   condbr is.builtin "sum" %c, ^eager, ^general            … where the generator yields %x:
// ^eager:                                                   %s = local.take $result.0
//   %f = function.new @1; %r = call %f, %i                  %t = binary.add %s, %x    (no site: `sum` has no frame)
// ^general:                                                 local.init $result.0, %t
//   %f = function.new @2; %g = call %f, %i                  … at the end:
//   %r = call %c, %g                                        ret $result.0
//
// The order of all that can be noticed is the generator's: the consumer takes an item before the next is made. `sorted` and
// `str.join` make a list first, and then get one. `max` and `min` get a tuple of the item that they are about, or of none, for
// which they have a default or an error. What the consumer's own work raises has no entry of the body in its
// traceback; StopIteration that the body raises becomes RuntimeError (FunctionKind::EagerGenerator).
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

FunctionBuilder::Consumer FunctionBuilder::consumerOf(std::string_view builtin) {
  static constexpr std::pair<std::string_view, Consumer> kConsumers[] = {
      {"sum", Consumer::Sum},     {"any", Consumer::Any},     {"all", Consumer::All},     {"list", Consumer::List},
      {"tuple", Consumer::Tuple}, {"set", Consumer::Set},     {"sorted", Consumer::List},
      {"max", Consumer::Max},     {"min", Consumer::Min},     {"dict", Consumer::Dict},
  };
  for (auto [name, consumer] : kConsumers)
    if (name == builtin) return consumer;
  return Consumer::None;
}

const GeneratorExp* FunctionBuilder::eagerArgument(const Call& n) const {
  if (n.args.size() != 1 || c_.options.events || c_.options.frames) return nullptr;
  const GeneratorExp* g = n.args[0]->tryAs<GeneratorExp>();
  return g && !c_.analysis.scopes.of(g)->isCoroutine && !g->generators[0]->is_async ? g : nullptr;
}

Temp* FunctionBuilder::outermostIterator(const GeneratorExp& g) {
  At at(*this, g.span);
  return iterable(g.generators[0]->iter);
}

Temp* FunctionBuilder::consumingCall(const Call& n, const GeneratorExp& g) {
  const Name* name = n.func->tryAs<Name>();
  const std::string_view text = name ? c_.symbols.text(name->id) : std::string_view();
  const Consumer consumer = consumerOf(text);
  const bool isSorted = text == "sorted", isExtreme = consumer == Consumer::Max || consumer == Consumer::Min;
  if (consumer == Consumer::None || (!n.keywords.empty() && !isSorted && !isExtreme)) return nullptr;
  if (consumer == Consumer::Dict && !isPair(g.elt)) return nullptr;
  for (const Keyword* k : n.keywords)
    if (!k->arg || (isExtreme && c_.symbols.text(k->arg) != "default")) return nullptr;
  Temp* callee = value(n.func);
  Temp* iterator = outermostIterator(g);
  Temps keywords;
  arguments({}, n.keywords, keywords);
  Block *eager = newBlock(), *general = newCold(handler_), *end = newBlock();
  Temp* result = f_.addParameter(end, core::Type::object(), core::Ownership::Owned);
  branchIfBuiltin(callee, text, eager, general);
  auto callWith = [&](Temp* argument) {
    Temps operands{callee, argument};
    operands.insert(operands.end(), keywords.begin(), keywords.end());
    return n.keywords.empty() ? make(Op::Call, operands) : make(Op::CallKw, operands, {.index = keywordNames(n.keywords)});
  };
  start(eager);
  Temp* taken = eagerResult(g, consumer, iterator);
  b_.br(end, {isSorted || isExtreme ? callWith(taken) : taken});
  start(general);
  b_.br(end, {callWith(comprehension(g, g.generators, g.elt, nullptr, iterator))});
  start(end);
  drop(callee);
  return result;
}

Temp* FunctionBuilder::eagerResult(const GeneratorExp& g, Consumer consumer, Temp* iterator) {
  const sema::Scope& scope = *c_.analysis.scopes.of(&g);
  FunctionBuilder inner(c_, this, scope, core::FunctionKind::EagerGenerator, scope.name, g.span);
  inner.consumer_ = consumer;
  inner.buildComprehension(g, g.generators, g.elt, nullptr);
  Temp* closure = closureFor(inner.f_);
  Temp* function = make(Op::FunctionNew, {nullptr, nullptr, nullptr, closure}, {.index = inner.f_.number});
  drop(closure);
  Temp* result = make(Op::Call, {function, iterator});
  drop(function);
  return result;
}

// ---- in the body --------------------------------------------------------------------------------

void FunctionBuilder::startConsumer(ListOf<Comprehension> generators) {
  if (consumer_ == Consumer::Any || consumer_ == Consumer::All) return;
  result_ = acquireHidden("result");
  switch (consumer_) {
  case Consumer::Max:
  case Consumer::Min: // unbound until something is found
    found_ = acquireHidden("found");
    return initHidden(found_, constant(CKind::False));
  case Consumer::Dict: return initHidden(result_, make(Op::DictNew, Temps{}));
  case Consumer::Sum: return initHidden(result_, constant(c_.module.constants.internInt(0)));
  case Consumer::Set: return initHidden(result_, make(Op::SetNew, Temps{}));
  default: return initHidden(result_, newResultList(generators));
  }
}

bool FunctionBuilder::isPair(const Expr* e) {
  const ListOf<Expr> items = elementsOf(e);
  return e->is<Tuple>() && items.size() == 2 && !items[0]->is<Starred>() && !items[1]->is<Starred>();
}

void FunctionBuilder::consumePair(const Expr* pair) {
  Temp *key = ownedValue(elementsOf(pair)[0]), *v = ownedValue(elementsOf(pair)[1]);
  silent_ = true;
  emit(Op::DictSet, {readHidden(result_), key, v});
  drop(v);
  drop(key);
  silent_ = false;
}

void FunctionBuilder::consumeExtreme(Temp* item) {
  Block *first = newBlock(), *other = newBlock(), *better = newBlock(), *worse = newBlock(), *next = newBlock();
  condBr(make(Op::Is, {readHidden(found_), constant(CKind::True)}), other, first);
  start(first);
  emit(Op::LocalSet, {own(constant(CKind::True))}, {.index = found_});
  b_.br(better);
  start(other);
  condBr(make(consumer_ == Consumer::Max ? Op::TestGt : Op::TestLt, {item, extreme()}), better, worse);
  start(better);
  emit(Op::LocalSet, {item}, {.index = result_});
  b_.br(next);
  start(worse);
  drop(item);
  b_.br(next);
  start(next);
}
/// What there is so far: bound where something was found, which the verifier does not know.
Temp* FunctionBuilder::extreme() { return make(Op::LocalGet, {}, {.index = result_}); }

void FunctionBuilder::consume(Temp* item) {
  silent_ = true;
  switch (consumer_) {
  case Consumer::Max:
  case Consumer::Min: consumeExtreme(item); break;
  case Consumer::Sum: {
    Temp* before = takeHidden(result_);
    Temp* after = make(Op::BinaryAdd, {before, item});
    drop(before);
    drop(item);
    initHidden(result_, after);
    break;
  }
  case Consumer::Any:
  case Consumer::All: {
    const bool isAny = consumer_ == Consumer::Any;
    Temp* holds = make(Op::Truth, {item});
    drop(item);
    Block *decided = newBlock(), *next = newBlock();
    condBr(holds, isAny ? decided : next, isAny ? next : decided);
    start(decided);
    for (size_t i = iterators_.size(); i-- > 0;) clearHidden(iterators_[i]);
    leave(constant(isAny ? CKind::True : CKind::False));
    start(next);
    break;
  }
  case Consumer::Set:
    emit(Op::SetAdd, {readHidden(result_), item});
    drop(item);
    break;
  default: emit(Op::ListAppend, {readHidden(result_), item});
  }
  silent_ = false;
}

void FunctionBuilder::finishConsumer() {
  switch (consumer_) {
  case Consumer::Any: return leave(constant(CKind::False));
  case Consumer::All: return leave(constant(CKind::True));
  case Consumer::Max:
  case Consumer::Min: {
    Block *some = newBlock(), *none = newBlock();
    condBr(make(Op::Is, {readHidden(found_), constant(CKind::True)}), some, none);
    start(some);
    clearHidden(found_);
    Temp* tuple = make(Op::TupleNew, {own(extreme())});
    clearHidden(result_);
    leave(tuple);
    start(none);
    clearHidden(found_);
    return leave(make(Op::TupleNew, Temps{}));
  }
  case Consumer::Tuple: {
    Temp* list = takeHidden(result_);
    Temp* tuple = make(Op::ListToTuple, {list});
    drop(list);
    return leave(tuple);
  }
  default: return leave(takeHidden(result_));
  }
}

} // namespace krait::ir::build
