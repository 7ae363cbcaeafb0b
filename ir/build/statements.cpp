// Simple statements, branches and loops.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

/// From how many bytes of loops on a body is too much for one function.
constexpr uint32_t kManyLoops = 600;

void FunctionBuilder::statements(ListOf<Stmt> body) {
  for (const Stmt* s : body) {
    statement(s);
    if (!joinsWays(*s)) noteEnd(s->span);
  }
}

Span FunctionBuilder::endOf(ListOf<Stmt> body) const {
  Span end = loc_;
  while (!body.empty()) {
    const Stmt* last = body[body.size() - 1];
    end = last->span;
    if (const auto* n = last->tryAs<Try>()) body = n->finalbody;
    else if (const auto* n = last->tryAs<TryStar>()) body = n->finalbody;
    else if (const auto* n = last->tryAs<For>()) body = n->orelse;
    else if (const auto* n = last->tryAs<AsyncFor>()) body = n->orelse;
    else if (const auto* n = last->tryAs<While>()) body = n->orelse;
    else break;
  }
  return end;
}

void FunctionBuilder::statement(const Stmt* s) {
  At at(*this, s->span);
  traceLine();
  if (isOutlined(s)) return outline(s);
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
  case NodeKind::TypeAlias: return typeAlias(*s->as<TypeAlias>());
  case NodeKind::Return: return returnStatement(*s->as<Return>());
  case NodeKind::Delete:
    for (const Expr* e : s->as<Delete>()->targets) remove(e);
    return;
  case NodeKind::Assign: return assign(*s->as<Assign>());
  case NodeKind::AugAssign: return augAssign(*s->as<AugAssign>());
  case NodeKind::AnnAssign: return annAssign(*s->as<AnnAssign>());
  case NodeKind::For: return forLoop(*s->as<For>());
  case NodeKind::AsyncFor: return asyncForLoop(*s->as<AsyncFor>());
  case NodeKind::While: return whileLoop(*s->as<While>());
  case NodeKind::If: return ifStatement(*s->as<If>());
  case NodeKind::With: return withItem(*s->as<With>(), 0, false);
  case NodeKind::AsyncWith: return withItem(*s->as<AsyncWith>(), 0, true);
  case NodeKind::Match: return matchStatement(*s->as<Match>());
  case NodeKind::Raise: return raiseStatement(*s->as<Raise>());
  case NodeKind::Try: return tryStatement(*s->as<Try>());
  case NodeKind::TryStar: {
    const TryStar& n = *s->as<TryStar>();
    if (n.finalbody.empty()) return tryExceptStar(n);
    return tryFinally(n.finalbody, [&] { tryExceptStar(n); });
  }
  case NodeKind::Assert: return assertStatement(*s->as<Assert>());
  case NodeKind::Import: return importStatement(*s->as<Import>());
  case NodeKind::ImportFrom: return importFrom(*s->as<ImportFrom>());
  case NodeKind::ExprStmt: return expressionStatement(*s->as<ExprStmt>());
  case NodeKind::Break: return jumpOut(true);
  case NodeKind::Continue: return jumpOut(false);
  default: return; // Global, Nonlocal, Pass
  }
}

void FunctionBuilder::traceLine() {
  if (!c_.options.events) return;
  At at(*this, lineSpan(c_.cursor.at(loc_.start).line));
  emit(Op::TraceEvent, {}, {.imm = kTraceLine});
}

void FunctionBuilder::expressionStatement(const ExprStmt& n) {
  if (isInteractive_) {
    Temp* v = value(n.value);
    emit(Op::PrintExpr, {v});
    return drop(v);
  }
  if (n.value->is<Constant>()) return;
  drop(value(n.value));
}

// ---- branches and loops -------------------------------------------------------------------------

void FunctionBuilder::ifStatement(const If& first) {
  // `elif` chains are walked in a loop.
  Block* end = newBlock();
  const If* n = &first;
  for (;;) {
    At at(*this, n->span);
    if (n != &first) traceLine(); // elif
    Block *yes = newBlock(), *no = newBlock();
    jumpIf(n->test, yes, no);
    start(yes);
    statements(n->body);
    b_.br(end);
    start(no);
    if (n->orelse.size() == 1 && n->orelse[0]->is<If>()) {
      n = n->orelse[0]->as<If>();
      continue;
    }
    noteEnd(n->span);
    statements(n->orelse);
    b_.br(end);
    break;
  }
  start(end);
}

void FunctionBuilder::poll(Span loop, Span jump) {
  {
    At at(*this, jump);
    emit(Op::Poll);
  }
  At at(*this, loop);
  if (c_.options.events) emit(Op::TraceEvent, {}, {.imm = kTraceLoop});
}

void FunctionBuilder::whileLoop(const While& n) {
  Block *head = newBlock(), *body = newBlock(), *again = newBlock(), *exhausted = newBlock(), *end = newBlock();
  b_.br(head);
  start(head);
  jumpIf(n.test, body, exhausted);
  start(body);
  exits_.push_back({.kind = Exit::Loop, .handler = handler_, .breakTo = end, .continueTo = again});
  statements(n.body);
  exits_.pop_back();
  b_.br(again);
  start(again);
  poll(n.span, n.span);
  b_.br(head);
  start(exhausted);
  noteEnd(n.span);
  statements(n.orelse);
  b_.br(end);
  start(end);
}

/// Of the iterator over a view of a dict: 0 keys, 1 values, 2 items; else nothing.
static std::optional<int> viewCalled(const Call& n, std::string_view method) {
  if (!n.args.empty() || !n.keywords.empty()) return {};
  if (method == "keys") return 0;
  if (method == "values") return 1;
  return method == "items" ? std::optional(2) : std::nullopt;
}

/// The iterator over what `x.items()` and the like give, where nobody gets hold of the view: a dict's own is not made.
///
///     %d = x
///     condbr dict.iterable 2 %d, ^direct, ^general
///   ^direct:                                  ^general:
///     %i = dict.iterator 2 %d; br ^made(%i)     %v = method "items" %d; %j = iter %v; br ^made(%j)
Temp* FunctionBuilder::viewIterator(const Expr* e) {
  const Call* call = e->tryAs<Call>();
  const Attribute* method = call ? call->func->tryAs<Attribute>() : nullptr;
  const auto view = method ? viewCalled(*call, c_.symbols.text(method->attr)) : std::nullopt;
  if (!view || c_.options.events || isZeroArgumentSuper(method->value) || isPlainSuper(method->value)) return nullptr;
  Block *direct = newBlock(), *general = newBlock(), *made = newBlock();
  Temp* receiver = value(method->value);
  Temp* result = f_.addParameter(made, core::Type::object(), core::Ownership::Owned);
  condBr(make(Op::DictIterable, {receiver}, {.imm = *view}), direct, general);
  start(direct);
  b_.br(made, {iteratorOfView(receiver, *view)});
  start(general);
  b_.br(made, {iteratorOf(methodCallOn(receiver, *call, *method))});
  start(made);
  return result;
}

Temp* FunctionBuilder::iteratorOfView(Temp* dict, int64_t view) {
  Temp* iterator = make(Op::DictIterator, {dict}, {.imm = view});
  drop(dict);
  return iterator;
}

Temp* FunctionBuilder::iterable(const Expr* e) {
  if (Temp* made = viewIterator(e)) return made;
  Temp* v = nullptr;
  const List* list = e->tryAs<List>();
  if (auto folded = c_.folder.foldItems(e)) v = constant(*folded);
  else if (list) v = tuple(list->elts); // only the items matter
  else v = value(e);
  return iteratorOf(v);
}

Temp* FunctionBuilder::iteratorOf(Temp* v) {
  Temp* iterator = make(Op::Iter, {v});
  drop(v);
  return iterator;
}

template <class Loop, class Next> void FunctionBuilder::loopOver(Temp* made, const Loop& n, Next next) {
  uint32_t iterator = acquireHidden("iter"); // of this loop alone: versions have sorts of locals
  initHidden(iterator, made);
  Block* head = newBlock();
  b_.br(head);
  start(head);
  loopBody(n, iterator, {}, head, [&](Block* exhausted) { store(n.target, next(iterator, exhausted)); });
}

void FunctionBuilder::forLoop(const For& n) {
  if (lockstepLoop(n) || rowLoop(n)) return;
  loopOver(iterable(n.iter), n, [this](uint32_t iterator, Block* exhausted) {
    Block* body = newBlock();
    b_.setSite(siteOf(loc_));
    Temp* item = b_.nextBr(readHidden(iterator), body, exhausted);
    start(body);
    return item;
  });
}

void FunctionBuilder::asyncForLoop(const AsyncFor& n) {
  Temp* v = value(n.iter);
  Temp* made = make(Op::AIter, {v});
  drop(v);
  loopOver(made, n, [this](uint32_t iterator, Block* exhausted) { return asyncNext(iterator, exhausted); });
}

// ---- leaving ------------------------------------------------------------------------------------

void FunctionBuilder::leave(Temp* v) {
  v = own(v);
  if (c_.options.events) {
    // No handler of the function sees what a trace function raises here: the loops and clauses around are left.
    setHandler(nullptr);
    emit(Op::TraceReturn, {v});
  }
  emit(Op::FrameLeave)->site = siteOf(loc_); // what the frame says of its end
  emit(Op::Ret, {v});
  terminated();
}

void FunctionBuilder::returnStatement(const Return& n) {
  Block* handler = handler_;
  bool needsSave = false;
  for (const Exit& e : exits_) needsSave = needsSave || e.kind != Exit::Loop;
  if (!n.value || c_.folder.fold(n.value)) {
    unwindTo(0);
    leave(n.value ? value(n.value) : constant(CKind::None));
  } else if (!needsSave) {
    Temp* v = ownedValue(n.value);
    unwindTo(0);
    leave(v);
  } else {
    // Code runs on the way out, whose errors must find the value in a local.
    uint32_t result = acquireHidden("result");
    initHidden(result, value(n.value));
    unwindTo(0, result);
    leave(takeHidden(result));
    releaseHidden(result);
  }
  setHandler(handler);
}

void FunctionBuilder::raiseStatement(const Raise& n) {
  if (!n.exc) {
    emit(Op::RaiseBare);
  } else if (n.cause) {
    Temp* exception = ownedValue(n.exc);
    Temp* cause = ownedValue(n.cause);
    emit(Op::RaiseFrom, {exception, cause});
  } else {
    emit(Op::Raise, {value(n.exc)});
  }
  terminated();
}

void FunctionBuilder::assertStatement(const Assert& n) {
  if (c_.options.optimize > 0) return;
  Block *fine = newBlock(), *failed = newBlock();
  failed->cold = true;
  jumpIf(n.test, fine, failed);
  start(failed);
  Temp* message = n.msg ? value(n.msg) : nullptr;
  emit(Op::AssertFail, {message});
  start(fine);
}

// ---- imports ------------------------------------------------------------------------------------

void FunctionBuilder::importStatement(const Import& n) {
  for (const Alias* alias : n.names) {
    std::string_view dotted = c_.symbols.text(mangled(alias->name));
    nameAttribute(dotted); // co_names has it
    Temp* module = make(Op::Import, {constantStr(dotted), constant(CKind::None)}, {.imm = 0});
    size_t dot = dotted.find('.');
    if (!alias->asname) {
      storeName(dot == std::string_view::npos ? alias->name : c_.symbols.intern(std::string(dotted.substr(0, dot))), module);
      continue;
    }
    // `import a.b.c as d`: down the attributes, as `from` would.
    while (dot != std::string_view::npos) {
      size_t next = dotted.find('.', dot + 1);
      std::string_view part = dotted.substr(dot + 1, next == std::string_view::npos ? next : next - dot - 1);
      Temp* inner = make(Op::ImportFrom, {module}, {.index = nameAttribute(part)});
      drop(module);
      module = inner;
      dot = next;
    }
    storeName(alias->asname, module);
  }
}

void FunctionBuilder::importFrom(const ImportFrom& n) {
  std::vector<ConstantId> names;
  for (const Alias* a : n.names) names.push_back(c_.module.constants.internStr(c_.symbols.text(a->name)));
  Temp* fromlist = constant(c_.module.constants.internTuple(std::move(names)));
  std::string_view from = c_.symbols.text(mangled(n.module));
  nameAttribute(from); // co_names has it
  Temp* module = make(Op::Import, {constantStr(from), fromlist}, {.imm = n.level});
  for (const Alias* a : n.names) {
    if (a->name == sym::Star) {
      emit(Op::ImportStar, {module, namespaceOrGlobals()});
      break;
    }
    Temp* one = make(Op::ImportFrom, {module}, {.index = nameAttribute(c_.symbols.text(mangled(a->name)))});
    storeName(a->asname ? a->asname : a->name, one);
  }
  drop(module);
}

// ---- bodies -------------------------------------------------------------------------------------

ListOf<Stmt> FunctionBuilder::takeDocstring(ListOf<Stmt> body, ConstantId& docstring) {
  if (body.empty()) return body;
  const ExprStmt* first = body[0]->tryAs<ExprStmt>();
  const Constant* text = first ? first->value->tryAs<Constant>() : nullptr;
  if (!text || !text->value.isStr()) return body;
  if (c_.options.optimize < 2) docstring = c_.folder.constant(text->value);
  return {body.data() + 1, body.size() - 1};
}

static bool isLoop(const Stmt& s) { return s.is<For>() || s.is<While>(); }

// Of the loops that are not within others, in bytes of text.
static uint32_t sizeOfLoops(ListOf<Stmt> body) {
  uint32_t size = 0;
  for (const Stmt* s : body) {
    if (isLoop(*s)) size += s->span.end - s->span.start;
    if (const auto* n = s->tryAs<If>()) size += sizeOfLoops(n->body) + sizeOfLoops(n->orelse);
  }
  return size;
}

/// Where nothing around it is to be done on the way out of it.
bool FunctionBuilder::isOutlined(const Stmt* s) const { return outlines_ && isLoop(*s) && exits_.empty() && !handler_; }

void FunctionBuilder::outline(const Stmt* loop) {
  FunctionBuilder inner(c_, nullptr, scope_, f_.kind, c_.symbols.intern(f_.name), loop->span);
  inner.buildOutlined(f_.number, loop);
  emit(Op::OutlinedRun, {}, {.index = inner.f_.number});
}

void FunctionBuilder::buildOutlined(uint32_t body, const Stmt* loop) {
  f_.outlinedFrom = body;
  begin();
  statement(loop);
  emit(Op::Ret, {noneOwned()});
  finish();
}

void FunctionBuilder::buildModule(const Mod* tree) {
  bool isTemplate = c_.options.mode == Mode::Module;
  if (!isTemplate) {
    f_.locals.push_back({".namespace", core::LocalKind::Parameter});
    f_.argCount = 1;
    namespace_ = 0;
  }
  begin();
  if (const Expression* e = tree->tryAs<Expression>()) {
    loc_ = e->body->span;
    leave(value(e->body));
    return finish();
  }
  bool single = tree->is<Interactive>();
  ListOf<Stmt> body = single ? tree->as<Interactive>()->body : tree->as<Module>()->body;
  isInteractive_ = single;
  if (!body.empty()) loc_ = body[0]->span;
  if (hasAnnotations(body)) emit(Op::AnnotationsSetup, {namespaceOrGlobals()});
  if (!single) {
    body = takeDocstring(body, f_.docstring);
    if (f_.docstring != kNone) storeName(sym::DunderDoc, constant(f_.docstring));
  }
  outlines_ = c_.options.outlines && isTemplate && !f_.isGenerator() && sizeOfLoops(body) >= kManyLoops;
  statements(body);
  leaveAtEnd(body);
  finish();
}

} // namespace krait::ir::build
