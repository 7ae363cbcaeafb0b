// try, with, and the ways out through them. docs/ir.md shows the shape.
//
// While a construct's body is built, `exits_` has an entry that says what must
// happen when `return`, `break` or `continue` leaves it. Its handler block
// first clears the hidden locals that the body may have left bound, as CPython
// unwinds its value stack: `mark` is where their acquisitions start.
#include "ir/build/function_builder.h"

#include <algorithm>

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

// ---- pieces -------------------------------------------------------------------------------------

void FunctionBuilder::clearSince(size_t mark) {
  std::vector<uint32_t> locals(hiddenLog_.begin() + static_cast<ptrdiff_t>(mark), hiddenLog_.end());
  std::sort(locals.begin(), locals.end());
  locals.erase(std::unique(locals.begin(), locals.end()), locals.end());
  for (size_t i = locals.size(); i-- > 0;) clearHidden(locals[i]);
}

void FunctionBuilder::caught(uint32_t exception, uint32_t previous, size_t mark) {
  Temp* e = make(Op::ExcTake);
  clearSince(mark);
  emit(Op::ExcPush, {e}, {.index = previous});
  initHidden(exception, e);
}

void FunctionBuilder::raiseOn(Temp* exception) {
  b_.setSite(kNone);
  b_.emit(Op::Reraise, {exception});
}

void FunctionBuilder::cleanUp(Block* block, uint32_t exception, uint32_t previous, size_t mark,
                              const std::function<void()>& more) {
  start(block);
  Temp* e = make(Op::ExcTake);
  clearSince(mark);
  emit(Op::ExcPop, {}, {.index = previous});
  clearHidden(exception);
  if (more) more();
  raiseOn(e);
}

void FunctionBuilder::reraiseCaught(Span at, uint32_t exception, uint32_t previous, Block* cleanup, size_t mark) {
  At last(*this, at);
  Temp* e = takeHidden(exception);
  emit(Op::ExcPop, {}, {.index = previous});
  emit(Op::Reraise, {e});
  cleanUp(cleanup, exception, previous, mark);
}

void FunctionBuilder::exitWith(uint32_t exitFunction, uint32_t exitSelf, bool isAsync, Span span) {
  At at(*this, span);
  Temp *exit = takeHidden(exitFunction), *self = takeHidden(exitSelf);
  Temp* result = make(Op::WithExitCall, {exit, self, nullptr});
  drop(exit);
  drop(self);
  if (isAsync) result = await(result, 2);
  drop(result);
}

void FunctionBuilder::unwindTo(size_t depth, uint32_t result) {
  std::vector<Exit> all = exits_;
  for (size_t i = all.size(); i-- > depth;) {
    const Exit& e = all[i];
    exits_.resize(i);
    switch (e.kind) {
    case Exit::Loop:
    case Exit::Value:
      if (e.hidden != kNone) clearHidden(e.hidden);
      for (uint32_t other : e.others) clearHidden(other);
      break;
    case Exit::Finally:
      setHandler(e.handler);
      // The body may itself leave, which gives the waiting value up.
      if (result != kNone) exits_.push_back({.kind = Exit::Value, .handler = e.handler, .hidden = result});
      statements(e.finalBody);
      loc_ = endOf(e.finalBody); // where a frame that returns has ended
      break;
    case Exit::FinallyEnd:
      setHandler(e.handler);
      clearHidden(e.exception);
      emit(Op::ExcPop, {}, {.index = e.previous});
      break;
    case Exit::Handler:
      setHandler(e.handler);
      emit(Op::ExcPop, {}, {.index = e.previous});
      if (e.name) forgetName(e.name);
      break;
    case Exit::With:
      setHandler(e.handler);
      exitWith(e.exitFunction, e.exitSelf, e.isAsync, e.span);
      loc_ = e.span;
      break;
    }
  }
  exits_ = std::move(all);
}

void FunctionBuilder::jumpOut(bool isBreak) {
  size_t loop = exits_.size();
  while (exits_[--loop].kind != Exit::Loop) {}
  Block* handler = handler_;
  unwindTo(isBreak ? loop : loop + 1);
  noteEnd(loc_);
  b_.br(isBreak ? exits_[loop].breakTo : exits_[loop].continueTo);
  terminated();
  setHandler(handler);
}

// ---- try ----------------------------------------------------------------------------------------

void FunctionBuilder::tryStatement(const Try& n) {
  if (n.finalbody.empty()) return tryExcept(n);
  tryFinally(n.finalbody, [&] {
    if (n.handlers.empty()) statements(n.body);
    else tryExcept(n);
  });
}

void FunctionBuilder::tryFinally(ListOf<Stmt> finalBody, const std::function<void()>& body) {
  uint32_t previous = acquireHidden("previous"), exception = acquireHidden("exception");
  Block *outer = handler_, *handler = newCold(outer), *cleanup = newCold(outer);
  size_t mark = hiddenLog_.size();

  exits_.push_back({.kind = Exit::Finally, .handler = outer, .finalBody = finalBody});
  setHandler(handler);
  body();
  exits_.pop_back();
  setHandler(outer);
  statements(finalBody);
  Block* end = newBlock();
  b_.br(end);

  start(handler);
  caught(exception, previous, mark);
  mark = hiddenLog_.size();
  exits_.push_back({.kind = Exit::FinallyEnd, .handler = outer, .exception = exception, .previous = previous});
  setHandler(cleanup);
  statements(finalBody);
  exits_.pop_back();
  setHandler(outer);
  reraiseCaught(finalBody[finalBody.size() - 1]->span, exception, previous, cleanup, mark);
  start(end);
  releaseHidden(previous);
  releaseHidden(exception);
}

void FunctionBuilder::tryExcept(const Try& n) {
  uint32_t previous = acquireHidden("previous"), exception = acquireHidden("exception");
  Block *outer = handler_, *handler = newCold(outer), *cleanup = newCold(outer), *end = newBlock();
  size_t mark = hiddenLog_.size();
  setHandler(handler);
  statements(n.body);
  setHandler(outer);
  statements(n.orelse);
  b_.br(end);

  start(handler);
  caught(exception, previous, mark);
  mark = hiddenLog_.size();
  setHandler(cleanup);
  for (const ExceptHandler* h : n.handlers) {
    At at(*this, h->span);
    traceLine();
    Block* next = newBlock();
    if (h->type) {
      Temp* e = readHidden(exception);
      Temp* type = value(h->type);
      Temp* matches = make(Op::ExcMatch, {e, type});
      drop(type);
      Block* body = newBlock();
      condBr(matches, body, next);
      start(body);
    }
    Temp* e = takeHidden(exception);
    if (h->name) {
      storeName(h->name, e);
      Block* forget = newCold(cleanup);
      size_t bodyMark = hiddenLog_.size();
      exits_.push_back({.kind = Exit::Handler, .handler = outer, .previous = previous, .name = h->name});
      setHandler(forget);
      statements(h->body);
      exits_.pop_back();
      setHandler(outer);
      emit(Op::ExcPop, {}, {.index = previous});
      forgetName(h->name);
      b_.br(end);
      // The name goes before the handling ends.
      start(forget);
      Temp* error = make(Op::ExcTake);
      clearSince(bodyMark);
      forgetName(h->name);
      setHandler(outer);
      emit(Op::ExcPop, {}, {.index = previous});
      raiseOn(error);
    } else {
      drop(e);
      exits_.push_back({.kind = Exit::Handler, .handler = outer, .previous = previous});
      statements(h->body);
      exits_.pop_back();
      setHandler(outer);
      emit(Op::ExcPop, {}, {.index = previous});
      b_.br(end);
    }
    start(next);
  }
  // No clause matched.
  setHandler(outer);
  reraiseCaught(n.handlers[n.handlers.size() - 1]->span, exception, previous, cleanup, mark);
  start(end);
  releaseHidden(previous);
  releaseHidden(exception);
}

// Each clause takes its part of the group; errors of the clauses and what nobody took are collected, and
// raised together at the end.
void FunctionBuilder::tryExceptStar(const TryStar& n) {
  uint32_t previous = acquireHidden("previous"), exception = acquireHidden("exception");
  uint32_t rest = acquireHidden("rest"), errors = acquireHidden("errors"), inner = acquireHidden("previous");
  uint32_t matches = acquireHidden("matches"); // what the last clause has handled, which lives as long as CPython's handled exception
  Block *outer = handler_, *handler = newCold(outer), *cleanup = newCold(outer), *end = newBlock();
  size_t mark = hiddenLog_.size();
  setHandler(handler);
  statements(n.body);
  setHandler(outer);
  statements(n.orelse);
  b_.br(end);

  auto dropState = [&] {
    clearHidden(rest);
    clearHidden(errors);
    clearHidden(matches);
  };
  start(handler);
  caught(exception, previous, mark);
  mark = hiddenLog_.size();
  setHandler(cleanup);
  initHidden(errors, make(Op::ListNew, Temps{}));
  initHidden(rest, readHidden(exception));
  for (const ExceptHandler* h : n.handlers) {
    At at(*this, h->span);
    traceLine();
    Block *body = newBlock(), *next = newBlock(), *none = newBlock();
    Temp* current = takeHidden(rest);
    Temp* type = value(h->type);
    Instruction* match = emit(Op::ExcMatchStar, {current, type});
    drop(type);
    drop(current);
    Temp* matched = match->result(0);
    initHidden(rest, match->result(1));
    condBr(make(Op::Is, {matched, constant(CKind::None)}), none, body);
    start(none);
    drop(matched);
    b_.br(next);

    start(body);
    emit(Op::ExcPush, {matched}, {.index = inner});
    clearHidden(matches);
    initHidden(matches, make(Op::Copy, {matched}));
    Block* failed = newCold(cleanup);
    size_t bodyMark = hiddenLog_.size();
    setHandler(failed);
    if (h->name) storeName(h->name, matched);
    else drop(matched);
    statements(h->body);
    setHandler(cleanup);
    emit(Op::ExcPop, {}, {.index = inner});
    if (h->name) forgetName(h->name);
    b_.br(next);

    start(failed);
    Temp* error = make(Op::ExcTake);
    clearSince(bodyMark);
    emit(Op::ExcPop, {}, {.index = inner});
    if (h->name) forgetName(h->name);
    emit(Op::ListAppend, {readHidden(errors), error});
    b_.br(next);
    start(next);
  }
  Block *some = newBlock(), *none = newBlock();
  Temp* left = takeHidden(rest);
  condBr(make(Op::Is, {left, constant(CKind::None)}), none, some);
  Block* join = newBlock();
  start(some);
  emit(Op::ListAppend, {readHidden(errors), left});
  b_.br(join);
  start(none);
  drop(left);
  b_.br(join);
  start(join);
  Temp* list = takeHidden(errors);
  Temp* final = make(Op::ExcGroupFinish, {readHidden(exception), list});
  drop(list);
  Block *fine = newBlock(), *raise = newBlock();
  condBr(make(Op::Is, {final, constant(CKind::None)}), fine, raise);
  start(fine);
  setHandler(outer);
  drop(final);
  clearHidden(exception);
  emit(Op::ExcPop, {}, {.index = previous});
  clearHidden(matches);
  b_.br(end);
  start(raise);
  setHandler(outer);
  clearHidden(exception);
  emit(Op::ExcPop, {}, {.index = previous});
  clearHidden(matches);
  emit(Op::Reraise, {final});

  cleanUp(cleanup, exception, previous, mark, dropState);
  start(end);
  for (uint32_t local : {previous, exception, rest, errors, inner}) releaseHidden(local);
}

// ---- with ---------------------------------------------------------------------------------------

template <class Node> void FunctionBuilder::withItem(const Node& n, size_t i, bool isAsync) {
  const WithItem* item = n.items[i];
  Temp* manager = value(item->context_expr);
  Instruction* enter = emit(Op::WithEnter, {manager}, {.imm = isAsync});
  Instruction* exit = emit(Op::WithExit, {manager}, {.imm = isAsync});
  drop(manager);
  uint32_t exitFunction = acquireHidden("exit"), exitSelf = acquireHidden("exit.self");
  initHidden(exitFunction, exit->result(0));
  initHidden(exitSelf, exit->result(1));
  Temp* entered = make(Op::MethodCall, {enter->result(0), enter->result(1)});
  drop(enter->result(0));
  if (isAsync) entered = await(entered, 1);

  uint32_t previous = acquireHidden("previous"), exception = acquireHidden("exception");
  Block *outer = handler_, *handler = newCold(outer), *cleanup = newCold(outer), *end = newBlock();
  size_t mark = hiddenLog_.size();
  exits_.push_back({.kind = Exit::With, .handler = outer, .exitFunction = exitFunction, .exitSelf = exitSelf, .isAsync = isAsync, .span = loc_});
  // The target's errors are the body's; the value is given up before any of them can be caught.
  Block* body = newBlock();
  body->handler = handler;
  b_.br(body);
  start(body);
  if (item->optional_vars) store(item->optional_vars, entered);
  else drop(entered);
  if (i + 1 < n.items.size()) withItem(n, i + 1, isAsync);
  else statements(n.body);
  exits_.pop_back();
  setHandler(outer);
  exitWith(exitFunction, exitSelf, isAsync, loc_);
  b_.br(end);

  start(handler);
  caught(exception, previous, mark);
  mark = hiddenLog_.size();
  setHandler(cleanup);
  Temp* result = make(Op::WithExitCall, {readHidden(exitFunction), readHidden(exitSelf), readHidden(exception)});
  if (isAsync) result = await(result, 2);
  Temp* swallow = make(Op::Truth, {result});
  drop(result);
  Block *swallowed = newBlock(), *raised = newBlock();
  condBr(swallow, swallowed, raised);
  start(swallowed);
  setHandler(outer);
  clearHidden(exception);
  emit(Op::ExcPop, {}, {.index = previous});
  clearHidden(exitFunction);
  clearHidden(exitSelf);
  b_.br(end);
  start(raised);
  setHandler(outer);
  Temp* e = takeHidden(exception);
  emit(Op::ExcPop, {}, {.index = previous});
  clearHidden(exitFunction);
  clearHidden(exitSelf);
  raiseOn(e);

  cleanUp(cleanup, exception, previous, mark, [&] {
    clearHidden(exitFunction);
    clearHidden(exitSelf);
  });
  start(end);
  for (uint32_t local : {exitFunction, exitSelf, previous, exception}) releaseHidden(local);
}

template void FunctionBuilder::withItem(const With&, size_t, bool);
template void FunctionBuilder::withItem(const AsyncWith&, size_t, bool);

} // namespace krait::ir::build
