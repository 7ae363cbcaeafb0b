// Statements.
#include "frontend/ast/queries.h"
#include "ir/bytecode/unit_compiler.h"

namespace krait::ir::bytecode {

using namespace ast;
using enum Opcode;

namespace {
constexpr int32_t kInplaceArg[] = {13, 23, 18, 17, 24, 19, 21, 16, 22, 20, 25, 14, 15};

bool isDocstring(ListOf<Stmt> list) {
  const ExprStmt* first = list.empty() ? nullptr : list[0]->tryAs<ExprStmt>();
  const Constant* c = first ? first->value->tryAs<Constant>() : nullptr;
  return c && c->value.isStr();
}
} // namespace

std::unique_ptr<CodeUnit> UnitCompiler::compileModule(const Mod* tree) {
  if (const Expression* e = tree->tryAs<Expression>()) {
    visit(e->body);
    return finish(false);
  }
  if (const Interactive* n = tree->tryAs<Interactive>()) {
    if (hasAnnotations(n->body)) op(SETUP_ANNOTATIONS);
    isInteractive_ = true;
    body(n->body);
  } else {
    scopeBody(tree->as<Module>()->body);
  }
  return finish(true);
}

// A module's or class' body: annotations, docstring, statements.
void UnitCompiler::scopeBody(ListOf<Stmt> list) {
  if (kind_ == UnitKind::Module && !list.empty()) at(list[0]->span);
  if (hasAnnotations(list)) op(SETUP_ANNOTATIONS);
  if (list.empty()) return;
  size_t first = 0;
  if (c_.options.optimize < 2 && isDocstring(list)) {
    first = 1;
    visit(list[0]->as<ExprStmt>()->value);
    nowhere();
    store(sym::DunderDoc);
  }
  body({list.data() + first, list.size() - first});
}

void UnitCompiler::body(ListOf<Stmt> list) {
  for (const Stmt* s : list) statement(s);
}

void UnitCompiler::statement(const Stmt* s) {
  at(s->span);
  switch (s->kind) {
  case NodeKind::FunctionDef: {
    const FunctionDef& n = *s->as<FunctionDef>();
    return functionStatement(n, n.name, *n.args, n.body, n.decorator_list, n.returns, n.type_params);
  }
  case NodeKind::AsyncFunctionDef: {
    const AsyncFunctionDef& n = *s->as<AsyncFunctionDef>();
    return functionStatement(n, n.name, *n.args, n.body, n.decorator_list, n.returns, n.type_params);
  }
  case NodeKind::ClassDef: return classStatement(*s->as<ClassDef>());
  case NodeKind::Return: return returnStatement(*s->as<Return>());
  case NodeKind::Delete: return visitAll(s->as<Delete>()->targets);
  case NodeKind::Assign: {
    const Assign& n = *s->as<Assign>();
    visit(n.value);
    for (size_t i = 0; i < n.targets.size(); ++i) {
      if (i + 1 < n.targets.size()) op(COPY, 1);
      visit(n.targets[i]);
    }
    return;
  }
  case NodeKind::AugAssign: return augAssign(*s->as<AugAssign>());
  case NodeKind::AnnAssign: return annAssign(*s->as<AnnAssign>());
  case NodeKind::For: return forLoop(*s->as<For>());
  case NodeKind::AsyncFor: return asyncForLoop(*s->as<AsyncFor>());
  case NodeKind::While: return whileLoop(*s->as<While>());
  case NodeKind::If: return ifStatement(*s->as<If>());
  case NodeKind::With: return with(*s->as<With>(), 0, false);
  case NodeKind::AsyncWith: return with(*s->as<AsyncWith>(), 0, true);
  case NodeKind::Match: return matchStatement(*s->as<Match>());
  case NodeKind::Raise: {
    const Raise& n = *s->as<Raise>();
    if (n.exc) visit(n.exc);
    if (n.cause) visit(n.cause);
    return op(RAISE_VARARGS, (n.exc != nullptr) + (n.cause != nullptr));
  }
  case NodeKind::Try:
    if (s->as<Try>()->finalbody.empty()) return tryExcept(*s->as<Try>());
    return tryFinally(*s->as<Try>());
  case NodeKind::TryStar:
    if (s->as<TryStar>()->finalbody.empty()) return tryExceptStar(*s->as<TryStar>());
    return tryStarFinally(*s->as<TryStar>());
  case NodeKind::Assert: return assertStatement(*s->as<Assert>());
  case NodeKind::Import: return importStatement(*s->as<Import>());
  case NodeKind::ImportFrom: return importFrom(*s->as<ImportFrom>());
  case NodeKind::ExprStmt: {
    const Expr* v = s->as<ExprStmt>()->value;
    if (isInteractive_) {
      visit(v);
      return op(PRINT_EXPR);
    }
    if (isConstant(v)) return op(NOP);
    visit(v);
    nowhere();
    return op(POP_TOP);
  }
  case NodeKind::Pass: return op(NOP);
  case NodeKind::Break: return jumpOut(true);
  case NodeKind::Continue: return jumpOut(false);
  default: return; // Global, Nonlocal
  }
}

void UnitCompiler::returnStatement(const Return& n) {
  bool keepTop = n.value && !isConstant(n.value);
  if (keepTop) {
    visit(n.value);
  } else if (n.value) {
    at(n.value->span);
    op(NOP);
  }
  if (!n.value || locate(n.value->span).line != locate(n.span).line) {
    at(n.span);
    op(NOP);
  }
  unwindAll(keepTop, false);
  if (!n.value) loadNone();
  else if (!keepTop) loadConst(*c_.folder.fold(n.value));
  op(RETURN_VALUE);
}

void UnitCompiler::augAssign(const AugAssign& n) {
  Location whole = location_;
  at(n.target->span);
  switch (n.target->kind) {
  case NodeKind::Attribute: {
    const Attribute& t = *n.target->as<Attribute>();
    visit(t.value);
    op(COPY, 1);
    attributeLocation(t);
    opName(LOAD_ATTR, t.attr);
    break;
  }
  case NodeKind::Subscript:
    visit(n.target->as<Subscript>()->value);
    visit(n.target->as<Subscript>()->slice);
    op(COPY, 2);
    op(COPY, 2);
    op(BINARY_SUBSCR);
    break;
  default: load(n.target->as<Name>()->id);
  }
  location_ = whole;
  visit(n.value);
  op(BINARY_OP, kInplaceArg[static_cast<int>(n.op)]);
  at(n.target->span);
  switch (n.target->kind) {
  case NodeKind::Attribute:
    attributeLocation(*n.target->as<Attribute>());
    op(SWAP, 2);
    return opName(STORE_ATTR, n.target->as<Attribute>()->attr);
  case NodeKind::Subscript:
    op(SWAP, 3);
    op(SWAP, 2);
    return op(STORE_SUBSCR);
  default: return store(n.target->as<Name>()->id);
  }
}

void UnitCompiler::evaluateAndDrop(const Expr* e) {
  visit(e);
  op(POP_TOP);
}

void UnitCompiler::annAssign(const AnnAssign& n) {
  if (n.value) {
    visit(n.value);
    visit(n.target);
  }
  bool annotates = !inFunction();
  switch (n.target->kind) {
  case NodeKind::Name:
    if (n.simple && annotates) {
      annotationValue(n.annotation);
      opName(LOAD_NAME, sym::DunderAnnotations);
      loadStr(c_.symbols.text(mangled(n.target->as<Name>()->id)));
      op(STORE_SUBSCR);
    }
    break;
  case NodeKind::Attribute:
    if (!n.value) evaluateAndDrop(n.target->as<Attribute>()->value);
    break;
  case NodeKind::Subscript: {
    if (n.value) break;
    const Subscript& t = *n.target->as<Subscript>();
    evaluateAndDrop(t.value);
    auto index = [&](const Expr* e) {
      const Slice* slice = e->tryAs<Slice>();
      if (!slice) return evaluateAndDrop(e);
      for (const Expr* part : {slice->lower, slice->upper, slice->step})
        if (part) evaluateAndDrop(part);
    };
    if (const Tuple* tuple = t.slice->tryAs<Tuple>()) {
      for (const Expr* e : tuple->elts) index(e);
    } else {
      index(t.slice);
    }
    break;
  }
  default: break;
  }
  if (!n.simple && annotates && !(c_.analysis.futureFlags & sema::kFutureAnnotations)) evaluateAndDrop(n.annotation);
}

void UnitCompiler::ifStatement(const If& n) {
  BasicBlock* end = newBlock();
  BasicBlock* next = n.orelse.empty() ? end : newBlock();
  jumpIf(n.test, next, false);
  body(n.body);
  if (!n.orelse.empty()) {
    jumpNowhere(JUMP, end);
    use(next);
    body(n.orelse);
  }
  use(end);
}

void UnitCompiler::whileLoop(const While& n) {
  BasicBlock *loop = newBlock(), *inside = newBlock(), *anchor = newBlock(), *end = newBlock();
  use(loop);
  frames_.push_back({.kind = FrameKind::While, .block = loop, .exit = end});
  jumpIf(n.test, anchor, false);
  use(inside);
  body(n.body);
  at(n.span);
  jumpIf(n.test, inside, true);
  frames_.pop_back();
  use(anchor);
  body(n.orelse);
  use(end);
}

void UnitCompiler::forLoop(const For& n) {
  BasicBlock *start = newBlock(), *inside = newBlock(), *cleanup = newBlock(), *end = newBlock();
  frames_.push_back({.kind = FrameKind::For, .block = start, .exit = end});
  iterable(n.iter);
  op(GET_ITER);
  use(start);
  jump(FOR_ITER, cleanup);
  use(inside);
  visit(n.target);
  body(n.body);
  nowhere();
  jump(JUMP, start);
  use(cleanup);
  frames_.pop_back();
  body(n.orelse);
  use(end);
}

void UnitCompiler::asyncForLoop(const AsyncFor& n) {
  BasicBlock *start = newBlock(), *except = newBlock(), *end = newBlock();
  iterable(n.iter);
  op(GET_AITER);
  use(start);
  frames_.push_back({.kind = FrameKind::For, .block = start, .exit = end});
  jump(SETUP_FINALLY, except);
  op(GET_ANEXT);
  loadNone();
  yieldFrom(true);
  op(POP_BLOCK);
  visit(n.target);
  body(n.body);
  nowhere();
  jump(JUMP, start);
  frames_.pop_back();
  use(except);
  at(n.iter->span);
  op(END_ASYNC_FOR);
  body(n.orelse);
  use(end);
}

void UnitCompiler::assertStatement(const Assert& n) {
  if (c_.options.optimize > 0) return;
  BasicBlock* end = newBlock();
  jumpIf(n.test, end, true);
  op(LOAD_ASSERTION_ERROR);
  if (n.msg) {
    visit(n.msg);
    op(PRECALL, 0);
    op(CALL, 0);
  }
  op(RAISE_VARARGS, 1);
  use(end);
}

void UnitCompiler::importStatement(const Import& n) {
  for (const Alias* alias : n.names) {
    std::string dotted(c_.symbols.text(alias->name));
    loadConst(c_.constants.internInt(0));
    loadNone();
    opName(IMPORT_NAME, alias->name);
    size_t dot = dotted.find('.');
    if (!alias->asname) {
      store(dot == std::string::npos ? alias->name : c_.symbols.intern(dotted.substr(0, dot)));
      continue;
    }
    if (dot == std::string::npos) {
      store(alias->asname);
      continue;
    }
    for (;;) {
      size_t start = dot + 1;
      dot = dotted.find('.', start);
      op(IMPORT_FROM, nameIndex(c_.symbols.intern(dotted.substr(start, dot == std::string::npos ? dot : dot - start))));
      if (dot == std::string::npos) break;
      op(SWAP, 2);
      op(POP_TOP);
    }
    store(alias->asname);
    op(POP_TOP);
  }
}

void UnitCompiler::importFrom(const ImportFrom& n) {
  std::vector<core::ConstantId> names;
  for (const Alias* a : n.names) names.push_back(c_.constants.internStr(c_.symbols.text(a->name)));
  loadConst(c_.constants.internInt(n.level));
  loadConst(c_.constants.internTuple(std::move(names)));
  opName(IMPORT_NAME, n.module ? n.module : c_.symbols.intern(""));
  for (const Alias* a : n.names) {
    if (a->name == sym::Star) return op(IMPORT_STAR);
    opName(IMPORT_FROM, a->name);
    store(a->asname ? a->asname : a->name);
  }
  op(POP_TOP);
}

void UnitCompiler::jumpOut(bool isBreak) {
  op(NOP);
  Frame* loop = unwindAll(false, true);
  BasicBlock *exit = loop->exit, *start = loop->block;
  if (isBreak) unwind(Frame(*loop), false);
  jump(JUMP, isBreak ? exit : start);
}

} // namespace krait::ir::bytecode
