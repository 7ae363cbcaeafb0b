// try, with, and leaving them.
#include "ir/bytecode/unit_compiler.h"

namespace krait::ir::bytecode {

using namespace ast;
using enum Opcode;

void UnitCompiler::popExceptAndReraise() {
  op(COPY, 3);
  op(POP_EXCEPT);
  op(RERAISE, 1);
}

void UnitCompiler::exitWithNones() {
  loadNone();
  loadNone();
  loadNone();
  op(PRECALL, 2);
  op(CALL, 2);
}

void UnitCompiler::unwind(const Frame& f, bool keepTop) {
  switch (f.kind) {
  case FrameKind::While:
  case FrameKind::ExceptionHandler:
  case FrameKind::GroupHandler:
  case FrameKind::AsyncComprehension: return;
  case FrameKind::For:
  case FrameKind::PopValue:
    if (keepTop) op(SWAP, 2);
    return op(POP_TOP);
  case FrameKind::TryExcept: return op(POP_BLOCK);
  case FrameKind::FinallyTry:
    op(POP_BLOCK);
    if (keepTop) frames_.push_back({.kind = FrameKind::PopValue});
    body(f.finalBody);
    if (keepTop) frames_.pop_back();
    return nowhere();
  case FrameKind::FinallyEnd:
    if (keepTop) op(SWAP, 2);
    op(POP_TOP);
    if (keepTop) op(SWAP, 2);
    op(POP_BLOCK);
    return op(POP_EXCEPT);
  case FrameKind::With:
  case FrameKind::AsyncWith:
    at(f.span);
    op(POP_BLOCK);
    if (keepTop) op(SWAP, 2);
    exitWithNones();
    if (f.kind == FrameKind::AsyncWith) {
      op(GET_AWAITABLE, 2);
      loadNone();
      yieldFrom(true);
    }
    op(POP_TOP);
    return nowhere();
  case FrameKind::HandlerCleanup:
    if (f.hasName) op(POP_BLOCK);
    if (keepTop) op(SWAP, 2);
    op(POP_BLOCK);
    op(POP_EXCEPT);
    if (f.hasName) {
      loadNone();
      store(f.name);
      erase(f.name);
    }
    return;
  }
}

UnitCompiler::Frame* UnitCompiler::unwindAll(bool keepTop, bool toLoop) {
  std::vector<Frame> all = frames_;
  size_t i = all.size();
  while (i > 0) {
    FrameKind kind = all[i - 1].kind;
    if (toLoop && (kind == FrameKind::While || kind == FrameKind::For)) break;
    --i;
    frames_.resize(i);
    unwind(all[i], keepTop);
  }
  frames_ = std::move(all);
  return i > 0 ? &frames_[i - 1] : nullptr;
}

template <class Body> void UnitCompiler::finallyAround(ListOf<Stmt> finalBody, Body&& inside) {
  BasicBlock *block = newBlock(), *end = newBlock(), *exit = newBlock(), *cleanup = newBlock();
  jump(SETUP_FINALLY, end);
  use(block);
  frames_.push_back({.kind = FrameKind::FinallyTry, .finalBody = finalBody});
  inside();
  opNowhere(POP_BLOCK);
  frames_.pop_back();
  body(finalBody);
  jumpNowhere(JUMP, exit);

  use(end);
  nowhere();
  jump(SETUP_CLEANUP, cleanup);
  op(PUSH_EXC_INFO);
  frames_.push_back({.kind = FrameKind::FinallyEnd});
  body(finalBody);
  frames_.pop_back();
  op(RERAISE, 0);
  use(cleanup);
  popExceptAndReraise();
  use(exit);
}

void UnitCompiler::tryFinally(const Try& n) {
  finallyAround(n.finalbody, [&] {
    if (n.handlers.empty()) body(n.body);
    else tryExcept(n);
  });
}

void UnitCompiler::tryStarFinally(const TryStar& n) {
  finallyAround(n.finalbody, [&] {
    if (n.handlers.empty()) body(n.body);
    else tryExceptStar(n);
  });
}

void UnitCompiler::tryExcept(const Try& n) {
  BasicBlock *block = newBlock(), *except = newBlock(), *end = newBlock(), *cleanup = newBlock();
  jump(SETUP_FINALLY, except);
  use(block);
  frames_.push_back({.kind = FrameKind::TryExcept});
  body(n.body);
  frames_.pop_back();
  opNowhere(POP_BLOCK);
  body(n.orelse);
  jumpNowhere(JUMP, end);

  use(except);
  nowhere();
  jump(SETUP_CLEANUP, cleanup);
  op(PUSH_EXC_INFO);
  frames_.push_back({.kind = FrameKind::ExceptionHandler});
  for (const ExceptHandler* h : n.handlers) {
    at(h->span);
    except = newBlock();
    if (h->type) {
      visit(h->type);
      op(CHECK_EXC_MATCH);
      jump(POP_JUMP_IF_FALSE, except);
    }
    if (h->name) {
      BasicBlock *cleanupEnd = newBlock(), *cleanupBody = newBlock();
      store(h->name);
      jump(SETUP_CLEANUP, cleanupEnd);
      use(cleanupBody);
      frames_.push_back({.kind = FrameKind::HandlerCleanup, .name = h->name, .hasName = true});
      body(h->body);
      frames_.pop_back();
      nowhere();
      op(POP_BLOCK);
      op(POP_BLOCK);
      op(POP_EXCEPT);
      loadNone();
      store(h->name);
      erase(h->name);
      jump(JUMP, end);
      use(cleanupEnd);
      nowhere();
      loadNone();
      store(h->name);
      erase(h->name);
      op(RERAISE, 1);
    } else {
      BasicBlock* cleanupBody = newBlock();
      op(POP_TOP);
      use(cleanupBody);
      frames_.push_back({.kind = FrameKind::HandlerCleanup});
      body(h->body);
      frames_.pop_back();
      nowhere();
      op(POP_BLOCK);
      op(POP_EXCEPT);
      jump(JUMP, end);
    }
    use(except);
  }
  nowhere();
  frames_.pop_back();
  op(RERAISE, 0);
  use(cleanup);
  popExceptAndReraise();
  use(end);
}

void UnitCompiler::tryExceptStar(const TryStar& n) {
  BasicBlock *block = newBlock(), *except = newBlock(), *orelse = newBlock(), *end = newBlock(), *cleanup = newBlock(),
             *reraiseStar = newBlock();
  jump(SETUP_FINALLY, except);
  use(block);
  frames_.push_back({.kind = FrameKind::TryExcept});
  body(n.body);
  frames_.pop_back();
  opNowhere(POP_BLOCK);
  jumpNowhere(JUMP, orelse);

  use(except);
  nowhere();
  jump(SETUP_CLEANUP, cleanup);
  op(PUSH_EXC_INFO);
  frames_.push_back({.kind = FrameKind::GroupHandler});
  for (size_t i = 0; i < n.handlers.size(); ++i) {
    const ExceptHandler* h = n.handlers[i];
    at(h->span);
    except = newBlock();
    BasicBlock* handleMatch = newBlock();
    if (i == 0) {
      op(COPY, 1);
      op(BUILD_LIST, 0);
      op(SWAP, 2);
    }
    if (h->type) {
      visit(h->type);
      op(CHECK_EG_MATCH);
      op(COPY, 1);
      jump(POP_JUMP_IF_NOT_NONE, handleMatch);
      op(POP_TOP);
      jump(JUMP, except);
    }
    use(handleMatch);
    BasicBlock *cleanupEnd = newBlock(), *cleanupBody = newBlock();
    if (h->name) store(h->name);
    else op(POP_TOP);
    jump(SETUP_CLEANUP, cleanupEnd);
    use(cleanupBody);
    frames_.push_back({.kind = FrameKind::HandlerCleanup, .name = h->name, .hasName = bool(h->name)});
    body(h->body);
    frames_.pop_back();
    auto forget = [&] {
      if (!h->name) return;
      loadNone();
      store(h->name);
      erase(h->name);
    };
    nowhere();
    op(POP_BLOCK);
    forget();
    jump(JUMP, except);

    use(cleanupEnd);
    nowhere();
    forget();
    op(LIST_APPEND, 3);
    op(POP_TOP);
    jump(JUMP, except);
    use(except);
    if (i + 1 == n.handlers.size()) {
      op(LIST_APPEND, 1);
      jump(JUMP, reraiseStar);
    }
  }
  frames_.pop_back();
  BasicBlock* reraise = newBlock();
  use(reraiseStar);
  op(PREP_RERAISE_STAR);
  op(COPY, 1);
  jump(POP_JUMP_IF_NOT_NONE, reraise);
  op(POP_TOP);
  op(POP_BLOCK);
  op(POP_EXCEPT);
  jump(JUMP, end);
  use(reraise);
  op(POP_BLOCK);
  op(SWAP, 2);
  op(POP_EXCEPT);
  op(RERAISE, 0);
  use(cleanup);
  popExceptAndReraise();
  use(orelse);
  body(n.orelse);
  use(end);
}

void UnitCompiler::withExceptFinish(BasicBlock* cleanup) {
  BasicBlock* suppress = newBlock();
  jump(POP_JUMP_IF_TRUE, suppress);
  op(RERAISE, 2);
  use(cleanup);
  nowhere();
  popExceptAndReraise();
  use(suppress);
  op(POP_TOP);
  op(POP_BLOCK);
  op(POP_EXCEPT);
  op(POP_TOP);
  op(POP_TOP);
}

template <class Node> void UnitCompiler::with(const Node& n, size_t i, bool isAsync) {
  const WithItem* item = n.items[i];
  BasicBlock *block = newBlock(), *final = newBlock(), *exit = newBlock(), *cleanup = newBlock();
  visit(item->context_expr);
  auto awaitIt = [&](int32_t context) {
    op(GET_AWAITABLE, context);
    loadNone();
    yieldFrom(true);
  };
  if (isAsync) {
    op(BEFORE_ASYNC_WITH);
    awaitIt(1);
  } else {
    op(BEFORE_WITH);
  }
  jump(SETUP_WITH, final);
  use(block);
  frames_.push_back({.kind = isAsync ? FrameKind::AsyncWith : FrameKind::With, .span = n.span});
  if (item->optional_vars) visit(item->optional_vars);
  else op(POP_TOP);
  if (i + 1 == n.items.size()) body(n.body);
  else with(n, i + 1, isAsync);
  if (!isAsync) nowhere();
  frames_.pop_back();
  op(POP_BLOCK);
  at(n.span);
  exitWithNones();
  if (isAsync) awaitIt(2);
  op(POP_TOP);
  jump(JUMP, exit);
  use(final);
  jump(SETUP_CLEANUP, cleanup);
  op(PUSH_EXC_INFO);
  op(WITH_EXCEPT_START);
  if (isAsync) awaitIt(2);
  withExceptFinish(cleanup);
  use(exit);
}

template void UnitCompiler::with(const With&, size_t, bool);
template void UnitCompiler::with(const AsyncWith&, size_t, bool);

} // namespace krait::ir::bytecode
