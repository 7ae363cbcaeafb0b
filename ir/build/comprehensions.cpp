// Comprehensions and generator expressions: functions of one parameter, the
// outermost iterator. Also the step of asynchronous loops.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

Temp* FunctionBuilder::comprehension(const Expr& n, ListOf<Comprehension> generators, const Expr* element, const Expr* v,
                                     Temp* iterator) {
  const sema::Scope& scope = *c_.analysis.scopes.of(&n);
  FunctionBuilder inner(c_, this, scope, core::FunctionKind::Comprehension, scope.name, n.span);
  inner.buildComprehension(n, generators, element, v);
  if (iterator) {
    // it has been made already
  } else if (generators[0]->is_async) {
    Temp* source = value(generators[0]->iter);
    iterator = make(Op::AIter, {source});
    drop(source);
  } else {
    iterator = iterable(generators[0]->iter);
  }
  Temp* function = newFunction(inner, nullptr, nullptr, nullptr); // behind the iterator, in whose making blocks may begin
  Temp* result = make(Op::Call, {function, iterator});
  drop(function);
  if (scope.isCoroutine && !scope.isGenerator) result = await(result, 0);
  return result;
}

void FunctionBuilder::buildComprehension(const Expr& n, ListOf<Comprehension> generators, const Expr* element, const Expr* v) {
  f_.argCount = 1;
  loc_ = n.span;
  begin();
  traceLine();
  if (consumer_ != Consumer::None) {
    startConsumer(generators);
  } else if (!n.is<GeneratorExp>()) {
    result_ = acquireHidden("result");
    initHidden(result_, n.is<ListComp>() ? newResultList(generators) : make(n.is<SetComp>() ? Op::SetNew : Op::DictNew, Temps{}));
  }
  generator(n, generators, 0, element, v);
  if (consumer_ != Consumer::None) finishConsumer();
  else leave(result_ == kNone ? constant(CKind::None) : takeHidden(result_));
  finish();
}

/// With room for all that is to come, where each item of the iterator gives one.
Temp* FunctionBuilder::newResultList(ListOf<Comprehension> generators) {
  const Comprehension* g = generators[0];
  if (generators.size() > 1 || !g->ifs.empty() || g->is_async) return make(Op::ListNew, Temps{});
  return make(Op::ListNewFor, {readHidden(0)});
}

void FunctionBuilder::generator(const Expr& n, ListOf<Comprehension> generators, size_t i, const Expr* element, const Expr* v) {
  if (i == generators.size()) return this->element(n, element, v);
  const Comprehension* g = generators[i];

  // `for y in [f(x)]` is how people write an assignment: no list is made.
  auto single = [&]() -> const Expr* {
    if (i == 0 || g->is_async) return nullptr;
    const ListOf<Expr> items = elementsOf(g->iter);
    return items.size() == 1 && !items[0]->is<Starred>() ? items[0] : nullptr;
  };
  Block* skip = newBlock();
  Block* end = nullptr;
  Block *head = nullptr, *exhausted = nullptr;
  std::vector<uint32_t> dying; // behind the loop, from the end
  RowLoop rows;
  if (const Expr* only = single()) {
    store(g->target, value(only));
    end = skip;
  } else {
    head = newBlock(), exhausted = newBlock(), end = newBlock();
    uint32_t iterator = 0; // handed over
    const bool goesOverRows = i > 0 && !g->is_async && beginRows(g->iter, g->target, rows);
    if (goesOverRows) {
      dying = rows.locals;
      dying.push_back(rows.row);
    } else if (i > 0 || g->is_async) {
      iterator = acquireHidden("iter");
      Temp* made = nullptr;
      if (i == 0) {
        made = make(Op::LocalTake, {}, {.index = 0});
      } else if (g->is_async) {
        Temp* source = value(g->iter);
        made = make(Op::AIter, {source});
        drop(source);
      } else {
        made = iterable(g->iter);
      }
      initHidden(iterator, made);
      dying.push_back(iterator);
    }
    iterators_.insert(iterators_.end(), dying.begin(), dying.end());
    b_.br(head);
    start(head);
    if (goesOverRows) {
      takeRow(rows, exhausted);
    } else if (g->is_async) {
      store(g->target, asyncNext(iterator, exhausted));
    } else {
      Block* body = newBlock();
      b_.setSite(siteOf(loc_));
      Temp* item = b_.nextBr(readHidden(iterator), body, exhausted);
      start(body);
      store(g->target, item);
    }
  }
  for (const Expr* condition : g->ifs) {
    Block* next = newBlock();
    jumpIf(condition, next, skip);
    start(next);
  }
  generator(n, generators, i + 1, element, v);
  b_.br(skip);
  start(skip);
  if (end == skip) return;
  poll(n.span, n.span);
  b_.br(head);
  start(exhausted);
  while (!dying.empty()) {
    clearHidden(dying.back());
    releaseHidden(dying.back());
    dying.pop_back();
    iterators_.pop_back();
  }
  b_.br(end);
  start(end);
}

void FunctionBuilder::element(const Expr& n, const Expr* element, const Expr* v) {
  if (consumer_ == Consumer::Dict) return consumePair(element);
  Temp* first = value(element);
  switch (n.kind) {
  case NodeKind::ListComp: emit(Op::ListAppend, {readHidden(result_), own(first)}); return;
  case NodeKind::SetComp:
    emit(Op::SetAdd, {readHidden(result_), first});
    return drop(first);
  case NodeKind::DictComp: {
    Temp* second = value(v);
    emit(Op::DictSet, {readHidden(result_), first, second});
    drop(second);
    return drop(first);
  }
  default:
    if (consumer_ != Consumer::None) return consume(own(first));
    drop(yieldValue(first));
  }
}

Temp* FunctionBuilder::asyncNext(uint32_t iterator, Block* done) {
  Block *outer = handler_, *stopped = newCold(outer), *error = newCold(outer), *body = newBlock();
  Temp* item = f_.addParameter(body, core::Type::object(), core::Ownership::Owned);
  setHandler(stopped);
  Temp* awaitable = make(Op::ANext, {readHidden(iterator)});
  Temp* next = make(Op::YieldFrom, {awaitable}, {.imm = ++f_.yieldCount});
  drop(awaitable);
  b_.br(body, {next});
  start(stopped);
  condBr(make(Op::ExcStopAsync), done, error);
  start(error);
  Temp* e = make(Op::ExcTake);
  clearHidden(iterator);
  emit(Op::Reraise, {e});
  start(body);
  return item;
}

} // namespace krait::ir::build
