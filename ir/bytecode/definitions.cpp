// Functions, classes, lambdas, comprehensions.
#include "frontend/ast/queries.h"
#include "ir/bytecode/unit_compiler.h"

#include "ir/build/unparse.h"

#include <algorithm>

namespace krait::ir::bytecode {

using namespace ast;
using enum Opcode;

void UnitCompiler::parameters(const Arguments& args) {
  unit_->posOnlyCount = static_cast<uint32_t>(args.posonlyargs.size());
  unit_->argCount = unit_->posOnlyCount + static_cast<uint32_t>(args.args.size());
  unit_->kwOnlyCount = static_cast<uint32_t>(args.kwonlyargs.size());
}

int UnitCompiler::defaults(const Arguments& args) {
  int flags = 0;
  if (!args.defaults.empty()) {
    visitAll(args.defaults);
    op(BUILD_TUPLE, static_cast<int32_t>(args.defaults.size()));
    flags |= 1;
  }
  std::vector<core::ConstantId> names;
  for (size_t i = 0; i < args.kwonlyargs.size(); ++i) {
    if (!args.kw_defaults[i]) continue;
    names.push_back(c_.constants.internStr(c_.symbols.text(mangled(args.kwonlyargs[i]->arg))));
    visit(args.kw_defaults[i]);
  }
  if (!names.empty()) {
    auto count = static_cast<int32_t>(names.size());
    loadConst(c_.constants.internTuple(std::move(names)));
    op(BUILD_CONST_KEY_MAP, count);
    flags |= 2;
  }
  return flags;
}

void UnitCompiler::annotationValue(const Expr* e) {
  if (c_.analysis.futureFlags & sema::kFutureAnnotations) return loadStr(build::unparse(e, c_.symbols));
  if (const Starred* s = e->tryAs<Starred>()) {
    visit(s->value);
    return op(UNPACK_SEQUENCE, 1);
  }
  visit(e);
}

bool UnitCompiler::annotations(const Arguments& args, const Expr* returns) {
  int32_t count = 0;
  auto add = [&](Symbol name, const Expr* e) {
    if (!e) return;
    loadStr(c_.symbols.text(mangled(name)));
    annotationValue(e);
    count += 2;
  };
  for (const Arg* a : args.args) add(a->arg, a->annotation);
  for (const Arg* a : args.posonlyargs) add(a->arg, a->annotation);
  if (args.vararg) add(args.vararg->arg, args.vararg->annotation);
  for (const Arg* a : args.kwonlyargs) add(a->arg, a->annotation);
  if (args.kwarg) add(args.kwarg->arg, args.kwarg->annotation);
  if (returns) add(c_.symbols.intern("return"), returns);
  if (count) op(BUILD_TUPLE, count);
  return count != 0;
}

namespace {
// What CPython's comparison of code objects looks at.
bool equal(const CodeUnit& a, const CodeUnit& b) {
  auto constants = [](const CodeUnit& u) {
    std::vector<std::pair<core::ConstantId, int32_t>> all;
    for (const CodeUnit::Constant& c : u.constants) all.emplace_back(c.id, c.unit);
    return all;
  };
  if (a.name != b.name || a.firstLine != b.firstLine || a.flags != b.flags || a.code != b.code || a.argCount != b.argCount ||
      a.posOnlyCount != b.posOnlyCount || a.kwOnlyCount != b.kwOnlyCount || a.names != b.names || a.varNames != b.varNames ||
      a.cellNames != b.cellNames || a.freeNames != b.freeNames || a.lineTable != b.lineTable ||
      a.exceptionTable != b.exceptionTable || constants(a) != constants(b) || a.units.size() != b.units.size())
    return false;
  for (size_t i = 0; i < a.units.size(); ++i)
    if (!equal(*a.units[i], *b.units[i])) return false;
  return true;
}
} // namespace

void UnitCompiler::makeClosure(std::unique_ptr<CodeUnit> unit, int flags) {
  if (!unit->freeNames.empty()) {
    for (const std::string& free : unit->freeNames) {
      Symbol s = c_.symbols.intern(free);
      // A class body's own __class__ cell hides an outer one; a name that a class binds is passed through.
      bool own = s == sym::DunderClass && scope_.kind == sema::ScopeKind::Class ? cells_.count(s) != 0
                                                                                : scope_.scopeOf(s) == sema::NameScope::Cell;
      op(LOAD_CLOSURE, own ? cells_.at(s) : frees_.at(s));
    }
    flags |= 8;
    op(BUILD_TUPLE, static_cast<int32_t>(unit->freeNames.size()));
  }
  // Equal code objects are one constant, as equal values are.
  size_t index = 0;
  while (index < unit_->units.size() && !equal(*unit_->units[index], *unit)) ++index;
  if (index == unit_->units.size()) unit_->units.push_back(std::move(unit));
  op(LOAD_CONST, constantIndex({0, static_cast<int32_t>(index)}));
  op(MAKE_FUNCTION, flags);
}

void UnitCompiler::decorate(ListOf<Expr> decorators) {
  Location saved = location_;
  for (size_t i = decorators.size(); i-- > 0;) {
    at(decorators[i]->span);
    op(PRECALL, 0);
    op(CALL, 0);
  }
  location_ = saved;
}

// As `defaults` answers: 1: there are some, 2: of keyword-only parameters.
static int defaultsGiven(const Arguments& args) {
  const bool ofKeywords = std::any_of(args.kw_defaults.begin(), args.kw_defaults.end(), [](const Expr* e) { return e != nullptr; });
  return int{!args.defaults.empty()} + 2 * int{ofKeywords};
}

template <class Define>
void UnitCompiler::underTypeParameters(const Node& n, Span span, ListOf<TypeParam> params, const Arguments* args, Define&& define) {
  if (params.empty()) return define(*this);
  const sema::Scope& scope = *c_.analysis.scopes.typeParameters(&n);
  UnitCompiler inner(c_, this, scope, UnitKind::TypeParameters, scope.name, span, static_cast<uint32_t>(locate(span).line));
  const int given = args ? defaultsGiven(*args) : 0;
  for (int flag : {1, 2}) {
    if (!(given & flag)) continue;
    inner.unit_->varNames.emplace_back(flag == 1 ? ".defaults" : ".kwdefaults");
    inner.varNames_.emplace(c_.symbols.intern(inner.unit_->varNames.back()), static_cast<int32_t>(inner.unit_->argCount++));
  }
  for (const TypeParam* p : params) {
    inner.loadNone();
    inner.store(typeParameterName(p));
  }
  define(inner);
  inner.op(RETURN_VALUE);
  op(PUSH_NULL);
  const auto count = static_cast<int32_t>(inner.unit_->argCount);
  makeClosure(inner.finish(false), 0);
  if (given) defaults(*args);
  op(PRECALL, count);
  op(CALL, count);
}

void UnitCompiler::functionStatement(const Node& n, Symbol name, const Arguments& args, ListOf<Stmt> statements,
                                     ListOf<Expr> decorators, const Expr* returns, ListOf<TypeParam> params) {
  visitAll(decorators);
  Span span = decorators.empty() ? n.span : Span{decorators[0]->span.start, n.span.end};
  int flags = params.empty() ? defaults(args) : defaultsGiven(args);
  underTypeParameters(n, span, params, &args, [&](UnitCompiler& around) {
    for (int32_t i = 0; !params.empty() && i < static_cast<int32_t>(around.unit_->argCount); ++i) around.op(LOAD_FAST, i);
    if (around.annotations(args, returns)) flags |= 4;
    const sema::Scope* scope = c_.analysis.scopes.of(&n);
    UnitCompiler inner(c_, &around, *scope, UnitKind::Function, name, span, static_cast<uint32_t>(locate(span).line));
    inner.parameters(args);
    const ExprStmt* first = statements.empty() ? nullptr : statements[0]->tryAs<ExprStmt>();
    const Constant* text = first ? first->value->tryAs<Constant>() : nullptr;
    bool documented = text && text->value.isStr();
    // The first constant is the docstring, or None.
    bool keeps = documented && c_.options.optimize < 2;
    inner.constantIndex({keeps ? c_.folder.constant(text->value) : c_.constants.intern(core::ConstantKind::None), -1});
    inner.body(keeps ? ListOf<Stmt>{statements.data() + 1, statements.size() - 1} : statements);
    around.makeClosure(inner.finish(true), flags);
  });
  decorate(decorators);
  store(name);
}

void UnitCompiler::lambda(const Lambda& n) {
  int flags = defaults(*n.args);
  const sema::Scope& scope = *c_.analysis.scopes.of(&n);
  UnitCompiler inner(c_, this, scope, UnitKind::Lambda, scope.name, n.span, static_cast<uint32_t>(locate(n.span).line));
  inner.parameters(*n.args);
  inner.constantIndex({c_.constants.intern(core::ConstantKind::None), -1});
  inner.visit(n.body);
  if (!scope.isGenerator) inner.op(RETURN_VALUE);
  makeClosure(inner.finish(!scope.isGenerator), flags);
}

void UnitCompiler::classStatement(const ClassDef& n) {
  visitAll(n.decorator_list);
  Span span = n.decorator_list.empty() ? n.span : Span{n.decorator_list[0]->span.start, n.span.end};
  underTypeParameters(n, span, n.type_params, nullptr, [&](UnitCompiler& around) {
    UnitCompiler inner(c_, &around, *c_.analysis.scopes.of(&n), UnitKind::Class, n.name, span, static_cast<uint32_t>(locate(span).line));
    inner.load(sym::DunderName);
    inner.store(sym::DunderModule);
    inner.loadStr(inner.unit_->qualname);
    inner.store(sym::DunderQualname);
    inner.scopeBody(n.body);
    inner.nowhere();
    if (inner.scope_.needsClassCell) {
      inner.op(LOAD_CLOSURE, inner.cells_.at(sym::DunderClass));
      inner.op(COPY, 1);
      inner.store(sym::DunderClasscell);
    } else {
      inner.loadNone();
    }
    inner.op(RETURN_VALUE);
    around.op(PUSH_NULL);
    around.op(LOAD_BUILD_CLASS);
    around.makeClosure(inner.finish(true), 0);
    around.loadStr(c_.symbols.text(n.name));
    around.callHelper(2, n.bases, n.keywords);
  });
  decorate(n.decorator_list);
  store(n.name);
}

// ---- comprehensions -----------------------------------------------------------------------------

void UnitCompiler::comprehension(const Expr& n, ListOf<Comprehension> generators, const Expr* e, const Expr* v) {
  const sema::Scope& scope = *c_.analysis.scopes.of(&n);
  UnitCompiler inner(c_, this, scope, UnitKind::Comprehension, scope.name, n.span, static_cast<uint32_t>(locate(n.span).line));
  inner.unit_->argCount = 1;
  inner.at(n.span);
  bool isGenerator = n.is<GeneratorExp>();
  if (!isGenerator) inner.op(n.is<ListComp>() ? BUILD_LIST : n.is<SetComp>() ? BUILD_SET : BUILD_MAP, 0);
  inner.generator(n, generators, 0, 0, e, v);
  if (!isGenerator) inner.op(RETURN_VALUE);
  makeClosure(inner.finish(true), 0);
  iterable(generators[0]->iter);
  op(generators[0]->is_async ? GET_AITER : GET_ITER);
  op(PRECALL, 0);
  op(CALL, 0);
  if (scope.isCoroutine && !isGenerator) {
    op(GET_AWAITABLE, 0);
    loadNone();
    yieldFrom(true);
  }
}

void UnitCompiler::element(const Expr& n, int depth, const Expr* e, const Expr* v) {
  visit(e);
  switch (n.kind) {
  case NodeKind::GeneratorExp:
    yieldValue();
    return op(POP_TOP);
  case NodeKind::ListComp: return op(LIST_APPEND, depth + 1);
  case NodeKind::SetComp: return op(SET_ADD, depth + 1);
  default: visit(v); return op(MAP_ADD, depth + 1);
  }
}

void UnitCompiler::generator(const Expr& n, ListOf<Comprehension> generators, size_t index, int depth, const Expr* e, const Expr* v) {
  const Comprehension* g = generators[index];
  bool last = index + 1 == generators.size();
  if (g->is_async) {
    BasicBlock *start = newBlock(), *except = newBlock(), *ifCleanup = newBlock();
    if (index == 0) {
      op(LOAD_FAST, 0);
    } else {
      iterable(g->iter);
      op(GET_AITER);
    }
    use(start);
    frames_.push_back({.kind = FrameKind::AsyncComprehension});
    jump(SETUP_FINALLY, except);
    op(GET_ANEXT);
    loadNone();
    yieldFrom(true);
    op(POP_BLOCK);
    visit(g->target);
    for (const Expr* condition : g->ifs) jumpIf(condition, ifCleanup, false);
    ++depth;
    if (last) element(n, depth, e, v);
    else generator(n, generators, index + 1, depth, e, v);
    use(ifCleanup);
    jump(JUMP, start);
    frames_.pop_back();
    use(except);
    return op(END_ASYNC_FOR);
  }
  BasicBlock *start = newBlock(), *ifCleanup = newBlock(), *anchor = newBlock();
  bool loops = true;
  if (index == 0) {
    op(LOAD_FAST, 0);
  } else {
    ListOf<Expr> items;
    if (!c_.folder.foldItems(g->iter) && !isConstant(g->iter)) items = elementsOf(g->iter);
    if (items.size() == 1 && !items[0]->is<Starred>()) {
      visit(items[0]);
      loops = false;
    } else {
      iterable(g->iter);
      op(GET_ITER);
    }
  }
  if (loops) {
    ++depth;
    use(start);
    jump(FOR_ITER, anchor);
  }
  visit(g->target);
  for (const Expr* condition : g->ifs) jumpIf(condition, ifCleanup, false);
  if (last) element(n, depth, e, v);
  else generator(n, generators, index + 1, depth, e, v);
  use(ifCleanup);
  if (loops) {
    jump(JUMP, start);
    use(anchor);
  }
}

} // namespace krait::ir::bytecode
