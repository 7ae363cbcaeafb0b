// Functions, lambdas, classes, type parameters: a builder of its own for the
// body, then the operations that make the object here.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

#include "ir/build/unparse.h"

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

// ---- bodies -------------------------------------------------------------------------------------

void FunctionBuilder::setUpParameters(const Arguments& args) {
  f_.posOnlyCount = static_cast<uint32_t>(args.posonlyargs.size());
  f_.argCount = f_.posOnlyCount + static_cast<uint32_t>(args.args.size());
  f_.kwOnlyCount = static_cast<uint32_t>(args.kwonlyargs.size());
  f_.hasVarArgs = args.vararg != nullptr;
  f_.hasVarKeywords = args.kwarg != nullptr;
}

void FunctionBuilder::buildFunction(const Arguments& args, ListOf<Stmt> body) {
  setUpParameters(args);
  begin();
  body = takeDocstring(body, f_.docstring);
  // co_consts starts with the docstring, or None.
  ConstantId first = f_.docstring != kNone ? f_.docstring : c_.module.constants.intern(CKind::None);
  constantsSeen_.insert(first);
  f_.constants.push_back(first);
  statements(body);
  leaveAtEnd(body);
  finish();
}

void FunctionBuilder::buildLambda(const Lambda& n) {
  setUpParameters(*n.args);
  begin();
  Temp* v = value(n.body);
  // A generator's lambda returns its value all the same.
  leave(v);
  finish();
}

void FunctionBuilder::buildClass(const ClassDef& n) {
  f_.locals.push_back({".namespace", core::LocalKind::Parameter});
  f_.argCount = 1;
  namespace_ = 0;
  begin();
  loc_ = firstLineSpan();
  Temp* moduleName = loadName(sym::DunderName);
  storeName(sym::DunderModule, moduleName);
  storeName(sym::DunderQualname, constantStr(f_.qualname));
  if (hasAnnotations(n.body)) emit(Op::AnnotationsSetup, {readNamespace()});
  ListOf<Stmt> body = takeDocstring(n.body, f_.docstring);
  if (f_.docstring != kNone) storeName(sym::DunderDoc, constant(f_.docstring));
  statements(body);
  loc_ = endOf(body);
  if (scope_.needsClassCell) {
    uint32_t cell = 0; // the only own cell of a class body
    storeName(sym::DunderClasscell, make(Op::CellRef, {}, {.index2 = cell}));
    leave(make(Op::CellRef, {}, {.index2 = cell}));
  } else {
    leave(constant(CKind::None));
  }
  finish();
}

void FunctionBuilder::buildTypeValue(const Expr* e) {
  begin();
  leave(value(e));
  finish();
}

// ---- function objects ---------------------------------------------------------------------------

Temp* FunctionBuilder::defaults(const Arguments& args) {
  if (args.defaults.empty()) return nullptr;
  std::vector<ConstantId> constants;
  for (const Expr* e : args.defaults)
    if (auto folded = c_.folder.fold(e)) constants.push_back(*folded);
    else break;
  if (constants.size() == args.defaults.size()) return constant(c_.module.constants.internTuple(std::move(constants)));
  Temps items;
  for (const Expr* e : args.defaults) items.push_back(value(e));
  for (Temp*& t : items) t = own(t);
  return make(Op::TupleNew, items);
}

Temp* FunctionBuilder::keywordDefaults(const Arguments& args) {
  Temps pairs;
  for (size_t i = 0; i < args.kwonlyargs.size(); ++i) {
    if (!args.kw_defaults[i]) continue;
    pairs.push_back(constantStr(c_.symbols.text(mangled(args.kwonlyargs[i]->arg))));
    pairs.push_back(value(args.kw_defaults[i]));
  }
  if (pairs.empty()) return nullptr;
  for (Temp*& t : pairs) t = own(t);
  return make(Op::DictNew, pairs);
}

Temp* FunctionBuilder::annotation(const Expr* e) {
  if (c_.deferAnnotations()) return constantStr(unparse(e, c_.symbols));
  const Starred* star = e->tryAs<Starred>();
  if (!star) return value(e);
  // `*args: *Ts`: the one thing that iterating gives.
  Temp* v = value(star->value);
  Instruction* one = emit(Op::Unpack, {v}, {.imm = 1});
  drop(v);
  return one->result();
}

Temp* FunctionBuilder::annotations(const Arguments& args, const Expr* returns) {
  Temps pairs;
  auto add = [&](Symbol name, const Expr* e) {
    if (!e) return;
    pairs.push_back(constantStr(c_.symbols.text(mangled(name))));
    pairs.push_back(annotation(e));
  };
  // CPython's order: positional-only ones come second.
  for (const Arg* a : args.args) add(a->arg, a->annotation);
  for (const Arg* a : args.posonlyargs) add(a->arg, a->annotation);
  if (args.vararg) add(args.vararg->arg, args.vararg->annotation);
  for (const Arg* a : args.kwonlyargs) add(a->arg, a->annotation);
  if (args.kwarg) add(args.kwarg->arg, args.kwarg->annotation);
  if (returns) add(c_.symbols.intern("return"), returns);
  if (pairs.empty()) return nullptr;
  for (Temp*& t : pairs) t = own(t);
  return make(Op::TupleNew, pairs);
}

Temp* FunctionBuilder::newFunction(FunctionBuilder& inner, Temp* defaults, Temp* keywordDefaults, Temp* annotations) {
  Temp* closure = closureFor(inner.f_);
  ConstantId code = c_.module.constants.intern({.kind = CKind::Code, .integer = inner.f_.number});
  if (constantsSeen_.insert(code).second) f_.constants.push_back(code);
  Temp* function = make(Op::FunctionNew, {defaults, keywordDefaults, annotations, closure}, {.index = inner.f_.number});
  drop(defaults);
  drop(keywordDefaults);
  drop(annotations);
  drop(closure);
  return function;
}

Temp* FunctionBuilder::lambda(const Lambda& n) {
  Temp* d = defaults(*n.args);
  Temp* k = keywordDefaults(*n.args);
  const sema::Scope& scope = *c_.analysis.scopes.of(&n);
  FunctionBuilder inner(c_, this, scope, core::FunctionKind::Lambda, scope.name, n.span);
  inner.buildLambda(n);
  return newFunction(inner, d, k, nullptr);
}

Temp* FunctionBuilder::buildFunctionObject(const Node& n, Symbol name, const Arguments& args, ListOf<Stmt> body,
                                           const Expr* returns, Span span, Temp* d, Temp* k) {
  Temp* a = annotations(args, returns);
  FunctionBuilder inner(c_, this, *c_.analysis.scopes.of(&n), core::FunctionKind::Function, name, span);
  inner.buildFunction(args, body);
  return newFunction(inner, d, k, a);
}

void FunctionBuilder::functionStatement(const Node& n, Symbol name, const Arguments& args, ListOf<Stmt> body,
                                        ListOf<Expr> decorators, const Expr* returns, ListOf<TypeParam> params) {
  Temps applied;
  for (const Expr* e : decorators) applied.push_back(value(e));
  // co_firstlineno is the first decorator's.
  Span span = decorators.empty() ? n.span : Span{decorators[0]->span.start, n.span.end};
  Temp* d = defaults(args);
  Temp* k = keywordDefaults(args);
  Temp* function = nullptr;
  if (params.empty()) {
    function = buildFunctionObject(n, name, args, body, returns, span, d, k);
  } else {
    const sema::Scope& scope = *c_.analysis.scopes.typeParameters(&n);
    FunctionBuilder inner(c_, this, scope, core::FunctionKind::TypeParameters, scope.name, span);
    // The defaults, evaluated out here, come in as parameters.
    inner.buildTypeParameters(params, 2, [&](FunctionBuilder& b, Temp* typeParams) {
      auto parameter = [&](uint32_t i, bool given) { return given ? b.make(Op::LocalTake, {}, {.index = i}) : nullptr; };
      Temp* dd = parameter(0, d != nullptr);
      Temp* kk = parameter(1, k != nullptr);
      Temp* made = b.buildFunctionObject(n, name, args, body, returns, span, dd, kk);
      b.emit(Op::AttrSet, {made, typeParams}, {.index = b.nameAttribute("__type_params__")});
      return made;
    });
    function = callTypeParameters(inner, {d ? d : constant(CKind::None), k ? k : constant(CKind::None)});
  }
  for (size_t i = applied.size(); i-- > 0;) {
    At at(*this, decorators[i]->span);
    function = make(Op::Call, {applied[i], function});
    drop(applied[i]);
  }
  storeName(name, function);
}

// ---- classes ------------------------------------------------------------------------------------

Temp* FunctionBuilder::buildClassObject(const ClassDef& n, Span span, Temp* genericBase) {
  FunctionBuilder inner(c_, this, *c_.analysis.scopes.of(&n), core::FunctionKind::ClassBody, n.name, span);
  c_.classBodies[&n] = inner.function().number;
  inner.buildClass(n);
  Temp* body = newFunction(inner, nullptr, nullptr, nullptr);
  Temp* name = constantStr(c_.symbols.text(n.name));
  const bool starred = genericBase || hasStarred(n.bases);
  Temp* bases = nullptr;
  if (!starred) {
    Temps items;
    for (const Expr* e : n.bases) items.push_back(value(e));
    for (Temp*& t : items) t = own(t);
    bases = make(Op::TupleNew, items);
  } else {
    Temp* list = make(Op::ListNew, Temps{});
    for (const Expr* e : n.bases) {
      Temp* v = value(e);
      if (e->is<Starred>()) {
        emit(Op::ListExtend, {list, v});
        drop(v);
      } else {
        emit(Op::ListAppend, {list, own(v)});
      }
    }
    if (genericBase) emit(Op::ListAppend, {list, genericBase});
    bases = make(Op::ListToTuple, {list});
    drop(list);
  }
  Temp* keywords = n.keywords.empty() ? nullptr : spreadKeywords(body, n.keywords);
  Temp* made = make(Op::ClassBuild, {body, name, bases, keywords});
  drop(body);
  drop(bases);
  drop(keywords);
  return made;
}

void FunctionBuilder::classStatement(const ClassDef& n) {
  Temps applied;
  for (const Expr* e : n.decorator_list) applied.push_back(value(e));
  Span span = n.decorator_list.empty() ? n.span : Span{n.decorator_list[0]->span.start, n.span.end};
  Temp* made = nullptr;
  if (n.type_params.empty()) {
    made = buildClassObject(n, span, nullptr);
  } else {
    const sema::Scope& scope = *c_.analysis.scopes.typeParameters(&n);
    FunctionBuilder inner(c_, this, scope, core::FunctionKind::TypeParameters, scope.name, span);
    inner.buildTypeParameters(n.type_params, 0, [&](FunctionBuilder& b, Temp* typeParams) {
      Temp* generic = b.make(Op::TypingNew, {b.constantStr("Generic"), nullptr, typeParams}, {.imm = 4});
      Temp* cls = b.buildClassObject(n, span, generic);
      b.emit(Op::AttrSet, {cls, typeParams}, {.index = b.nameAttribute("__type_params__")});
      return cls;
    });
    made = callTypeParameters(inner, {});
  }
  for (size_t i = applied.size(); i-- > 0;) {
    At at(*this, n.decorator_list[i]->span);
    made = make(Op::Call, {applied[i], made});
    drop(applied[i]);
  }
  storeName(n.name, made);
}

// ---- PEP 695 ------------------------------------------------------------------------------------

// `define(builder, tuple of the parameters)` returns what the definition makes; it borrows the tuple.
template <class Define>
void FunctionBuilder::buildTypeParameters(ListOf<TypeParam> params, uint32_t parameterCount, Define&& define) {
  static constexpr const char* kNames[] = {".defaults", ".kwdefaults"};
  for (uint32_t i = 0; i < parameterCount; ++i) f_.locals.push_back({kNames[i], core::LocalKind::Parameter});
  f_.argCount = parameterCount;
  begin();
  Temp* tuple = typeParameters(params);
  Temp* made = define(*this, tuple);
  drop(tuple);
  leave(made);
  finish();
}

Temp* FunctionBuilder::callTypeParameters(FunctionBuilder& inner, Temps arguments) {
  for (Temp*& t : arguments) t = own(t);
  Temp* function = newFunction(inner, nullptr, nullptr, nullptr);
  arguments.insert(arguments.begin(), function);
  Temp* result = make(Op::Call, arguments);
  drop(function);
  return result;
}

Temp* FunctionBuilder::thunk(const Node* node, Symbol name, const Expr* e) {
  FunctionBuilder inner(c_, this, *c_.analysis.scopes.of(node), core::FunctionKind::Function, name, e->span);
  inner.buildTypeValue(e);
  return newFunction(inner, nullptr, nullptr, nullptr);
}

Temp* FunctionBuilder::typeParameters(ListOf<TypeParam> params) {
  Temps all;
  for (const TypeParam* p : params) {
    const TypeVar* variable = p->tryAs<TypeVar>();
    const Symbol name = typeParameterName(p);
    int64_t kind = variable ? 0 : p->is<ParamSpec>() ? 1 : 2;
    Temp* bound = variable && variable->bound ? thunk(p, name, variable->bound) : nullptr;
    Temp* made = make(Op::TypingNew, {constantStr(c_.symbols.text(name)), bound, nullptr}, {.imm = kind});
    drop(bound);
    storeName(name, make(Op::Copy, {made}));
    all.push_back(made);
  }
  return make(Op::TupleNew, all);
}

void FunctionBuilder::typeAlias(const TypeAlias& n) {
  Symbol name = n.name->as<Name>()->id;
  auto alias = [&](FunctionBuilder& b, Temp* params) {
    Temp* v = b.thunk(&n, name, n.value);
    Temp* made = b.make(Op::TypingNew, {b.constantStr(c_.symbols.text(name)), v, params}, {.imm = 3});
    b.drop(v);
    return made;
  };
  if (n.type_params.empty()) return storeName(name, alias(*this, nullptr));
  const sema::Scope& scope = *c_.analysis.scopes.typeParameters(&n);
  FunctionBuilder inner(c_, this, scope, core::FunctionKind::TypeParameters, scope.name, n.span);
  inner.buildTypeParameters(n.type_params, 0, alias);
  storeName(name, callTypeParameters(inner, {}));
}

} // namespace krait::ir::build
