// Calls: plain ones, methods without a bound method, stars, and the few names
// whose meaning depends on the caller.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;
using sema::NameScope;

namespace {
/// Of a call with more of them a tuple is made: every operation lists the temporaries that are alive.
constexpr size_t kMaxArguments = 100;

bool hasSpread(ListOf<Expr> args, ListOf<Keyword> keywords) {
  return args.size() > kMaxArguments || hasStarred(args) || hasDoubleStarred(keywords);
}
} // namespace

// A multi-line chain of calls reports each at the line of its method's name.
Span FunctionBuilder::methodSpan(Span whole, const Attribute& n) {
  auto start = c_.cursor.at(whole.start), end = c_.cursor.at(n.span.end);
  if (start.line == end.line) return whole;
  size_t length = c_.symbols.text(n.attr).size();
  if (length > end.column) return whole;
  return {n.span.end - static_cast<uint32_t>(length), whole.end};
}

ConstantId FunctionBuilder::keywordNames(ListOf<Keyword> keywords) {
  std::vector<ConstantId> names;
  for (const Keyword* k : keywords) names.push_back(c_.module.constants.internStr(c_.symbols.text(k->arg)));
  return c_.module.constants.internTuple(std::move(names));
}

void FunctionBuilder::arguments(ListOf<Expr> args, ListOf<Keyword> keywords, Temps& out) {
  size_t first = out.size();
  for (const Expr* a : args) out.push_back(value(a));
  for (const Keyword* k : keywords) out.push_back(value(k->value));
  for (size_t i = first; i < out.size(); ++i) out[i] = own(out[i]);
}

/// A global that this module never binds: a builtin, at best.
bool FunctionBuilder::isNeverBound(Symbol plain) {
  const Symbol name = mangled(plain);
  const NameScope where = scope_.scopeOf(name);
  const sema::Scope& module = c_.analysis.scopes.module();
  if (module.importsAll || (where != NameScope::GlobalImplicit && where != NameScope::GlobalExplicit)) return false;
  const sema::Binding* b = module.find(name);
  return !b || !(b->flags & sema::kBound);
}

// Evaluating it can neither be noticed nor depend on what an attribute lookup did just before.
bool FunctionBuilder::isInert(const Expr* e) {
  if (c_.folder.fold(e)) return true;
  switch (e->kind) {
  case NodeKind::Name: return !c_.reboundElsewhere.contains(mangled(e->as<Name>()->id)) && !isNeverBound(e->as<Name>()->id);
  case NodeKind::Lambda: return e->as<Lambda>()->args->defaults.empty() && e->as<Lambda>()->args->kw_defaults.empty();
  case NodeKind::Tuple:
  case NodeKind::List: {
    for (const Expr* x : elementsOf(e))
      if (!isInert(x)) return false;
    return true;
  }
  case NodeKind::Dict: { // a constant runs no code when it is hashed
    const Dict& n = *e->as<Dict>();
    for (size_t i = 0; i < n.values.size(); ++i)
      if (!n.keys[i] || !c_.folder.fold(n.keys[i]) || !isInert(n.values[i])) return false;
    return true;
  }
  default: return false;
  }
}

// Who debugs steps through this function first of all.
void FunctionBuilder::noteDebugger(const Call& n) {
  const Name* name = n.func->tryAs<Name>();
  const Attribute* attribute = n.func->tryAs<Attribute>();
  const std::string_view called = name ? c_.symbols.text(name->id) : attribute ? c_.symbols.text(attribute->attr) : "";
  if (called == "breakpoint" || called == "set_trace")
    (f_.outlinedFrom == kNone ? f_ : *c_.module.functions[f_.outlinedFrom]).flags |= kCodeAsBytecode;
}

Temp* FunctionBuilder::call(const Call& n) {
  if (c_.options.events) noteDebugger(n);
  if (isZeroArgumentSuper(&n)) return superCall(n, nullptr);
  if (isScopedCall(n)) return scopedCall(n);
  if (const GeneratorExp* g = eagerArgument(n))
    if (Temp* result = consumingCall(n, *g)) return result;
  if (Temp* result = powerCall(n)) return result;
  bool spread = hasSpread(n.args, n.keywords);
  const bool endsInStar = spread && isStarLast(n) && !namesSuper(n); // `super(*none)` is for the runtime to complete
  if (const Attribute* method = n.func->tryAs<Attribute>(); method && (!spread || endsInStar)) return methodCall(n, *method);
  Temp* callee = value(n.func);
  if (spread && !endsInStar) return spreadCall(callee, n);
  Temp* result = endsInStar ? starCall(Op::CallStar, {callee}, n.args) : plainCall(callee, n.args, n.keywords);
  drop(callee);
  return result;
}

/// `pow(a, b)` does what `a ** b` does and says the same, of which the optimiser knows more than of a call. No call is heard of, where they are observed.
Temp* FunctionBuilder::powerCall(const Call& n) {
  const Name* name = n.func->tryAs<Name>();
  if (!name || c_.symbols.text(name->id) != "pow" || n.args.size() != 2 || hasSpread(n.args, n.keywords) || !n.keywords.empty()) return nullptr;
  if (c_.options.events || !isNeverBound(name->id)) return nullptr;
  Block *power = newBlock(), *general = newCold(handler_), *end = newBlock();
  Temp* result = f_.addParameter(end, core::Type::object(), core::Ownership::Owned);
  Temp* callee = value(n.func);
  Temp *base = ownedValue(n.args[0]), *exponent = ownedValue(n.args[1]);
  branchIfBuiltin(callee, "pow", power, general);
  start(power);
  Temp* made = make(Op::BinaryPow, {base, exponent});
  drop(base);
  drop(exponent);
  b_.br(end, {made});
  start(general);
  b_.br(end, {make(Op::Call, {callee, base, exponent})});
  start(end);
  drop(callee);
  return result;
}

Temp* FunctionBuilder::plainCall(Temp* callee, ListOf<Expr> args, ListOf<Keyword> keywords) {
  Temps operands{callee};
  arguments(args, keywords, operands);
  if (keywords.empty()) return make(Op::Call, operands);
  return make(Op::CallKw, operands, {.index = keywordNames(keywords)});
}

bool FunctionBuilder::isString(const Expr* e) {
  auto folded = c_.folder.fold(e);
  return folded && c_.module.constants[*folded].kind == core::ConstantKind::Str;
}

/// f(a, b, *c), and no more than that.
bool FunctionBuilder::isStarLast(const Call& n) {
  if (!n.keywords.empty() || n.args.size() > kMaxArguments) return false;
  for (size_t i = 0; i < n.args.size(); ++i)
    if (n.args[i]->is<Starred>() != (i + 1 == n.args.size())) return false;
  return true;
}

/// `operands`: what is before the iterable.
Temp* FunctionBuilder::starCall(Op op, Temps operands, ListOf<Expr> args) {
  Temps items;
  for (size_t i = 0; i + 1 < args.size(); ++i) items.push_back(value(args[i]));
  Temp* iterable = value(args[args.size() - 1]);
  for (Temp*& t : items) t = own(t);
  operands.push_back(own(iterable));
  operands.insert(operands.end(), items.begin(), items.end());
  return make(op, operands);
}

/// CPython has a way of its own for calls with * or **.
Span FunctionBuilder::lookupSpanOf(const Call& n, const Attribute& method) {
  return hasSpread(n.args, n.keywords) ? method.span : methodSpan(method.span, method);
}

Temp* FunctionBuilder::methodCall(const Call& n, const Attribute& method) {
  const Span lookupSpan = lookupSpanOf(n, method);
  if (isZeroArgumentSuper(method.value)) {
    return callLookedUp(n, method, superLookup(*method.value->as<Call>(), Op::SuperLoad, &method, lookupSpan));
  }
  if (isPlainSuper(method.value)) return callLookedUp(n, method, superLookupOf(*method.value->as<Call>(), method, lookupSpan));
  return methodCallOn(value(method.value), n, method);
}

/// Of a receiver that is there, and dropped.
Temp* FunctionBuilder::methodCallOn(Temp* receiver, const Call& n, const Attribute& method) {
  uint32_t name = nameAttribute(c_.symbols.text(mangled(method.attr)));
  bool inert = !c_.options.counts && !hasSpread(n.args, n.keywords);
  for (const Expr* a : n.args) inert = inert && isInert(a);
  for (const Keyword* k : n.keywords) inert = inert && isInert(k->value);
  Span whole = methodSpan(n.span, method);
  if (inert) {
    Temps operands{receiver};
    arguments(n.args, n.keywords, operands);
    b_.setSite(siteOf(whole, methodSpan(method.span, method)));
    Instruction* made = n.keywords.empty() ? b_.emit(Op::Method, operands, {.index = name})
                                           : b_.emit(Op::MethodKw, operands, {.index = name, .index2 = keywordNames(n.keywords)});
    drop(receiver);
    return made->result();
  }
  Instruction* lookup = nullptr;
  {
    At at(*this, lookupSpanOf(n, method));
    lookup = emit(Op::MethodLoad, {receiver}, {.index = name});
  }
  drop(receiver);
  return callLookedUp(n, method, lookup);
}

// Arguments and call, after a lookup with two results.
Temp* FunctionBuilder::callLookedUp(const Call& n, const Attribute& method, Instruction* lookup) {
  Temps operands{lookup->result(0), lookup->result(1)};
  if (hasSpread(n.args, n.keywords)) {
    Temp* result = starCall(Op::MethodCallStar, operands, n.args);
    drop(lookup->result(0));
    return result;
  }
  // A string's own join makes a list of what it gets.
  const GeneratorExp* joined = c_.symbols.text(method.attr) == "join" && isString(method.value) ? eagerArgument(n) : nullptr;
  if (joined) operands.push_back(eagerResult(*joined, Consumer::List, outermostIterator(*joined)));
  else arguments(n.args, n.keywords, operands);
  At at(*this, methodSpan(n.span, method));
  Temp* result = n.keywords.empty() ? make(Op::MethodCall, operands)
                                    : make(Op::MethodCallKw, operands, {.index = keywordNames(n.keywords)});
  drop(lookup->result(0));
  return result;
}

// f(*a, b, **c, d=e): a tuple and a dict are made first. Behind the call the callee dies first.
Temp* FunctionBuilder::spreadCall(Temp* callee, const Call& n) {
  const ListOf<Expr> args = n.args;
  const ListOf<Keyword> keywords = n.keywords;
  const bool starred = hasStarred(args);
  Temp* positional = nullptr;
  if (starred && args.size() == 1) {
    positional = value(args[0]); // as it is: the call iterates it
  } else if (!starred && args.size() <= kMaxArguments) {
    Temps items;
    for (const Expr* a : args) items.push_back(value(a));
    for (Temp*& t : items) t = own(t);
    positional = make(Op::TupleNew, items);
  } else {
    Temps items;
    size_t i = 0;
    for (; i < args.size() && i < kMaxArguments && !args[i]->is<Starred>(); ++i) items.push_back(value(args[i]));
    for (Temp*& t : items) t = own(t);
    Temp* list = make(Op::ListNew, items);
    for (; i < args.size(); ++i) {
      Temp* v = value(args[i]);
      if (args[i]->is<Starred>()) {
        emit(Op::ListExtend, {list, v});
        drop(v);
      } else {
        emit(Op::ListAppend, {list, own(v)});
      }
    }
    positional = make(Op::ListToTuple, {list});
    drop(list);
  }
  Temp* named = nullptr;
  if (keywords.size() == 1 && !keywords[0]->arg) named = spreadOperand(keywords[0]->value, value(keywords[0]->value), callee, true);
  else if (!keywords.empty()) named = spreadKeywords(callee, keywords);
  if (starred && args.size() == 1) positional = spreadOperand(args[0], positional, callee, false); // where CPython does, behind the keywords
  Temp* result = nullptr;
  if (namesSuper(n)) {
    auto [type, self] = superOperands();
    result = make(Op::SuperEx, {callee, type, self, positional, named});
    drop(type);
    drop(self);
  } else {
    result = make(Op::CallEx, {callee, positional, named});
  }
  drop(callee);
  drop(positional);
  drop(named);
  return result;
}

/// What follows * or **, as call.ex gets it. A function's own variable holds what it holds up to the end of the call, so that stays as it
/// is; what nobody else holds dies before the call, under CPython, which has made a tuple or dict of it.
Temp* FunctionBuilder::spreadOperand(const Expr* written, Temp* v, Temp* callee, bool keywords) {
  if (const Starred* star = written->tryAs<Starred>()) written = star->value;
  const Name* name = written->tryAs<Name>();
  const bool isHeld = name && scope_.isFunctionLike() && scope_.scopeOf(mangled(name->id)) == NameScope::Local;
  if (isHeld || written->is<Dict>() || written->is<DictComp>() || written->is<List>() || written->is<Tuple>() || written->is<ListComp>()) return v;
  return make(Op::CallSpread, {own(v), callee}, {.imm = keywords});
}

Temp* FunctionBuilder::spreadKeywords(Temp* callee, ListOf<Keyword> keywords) {
  Temps pairs;
  size_t i = 0;
  for (; i < keywords.size() && keywords[i]->arg; ++i) {
    pairs.push_back(constantStr(c_.symbols.text(keywords[i]->arg)));
    pairs.push_back(value(keywords[i]->value));
  }
  for (Temp*& t : pairs) t = own(t);
  Temp* dict = make(Op::DictNew, pairs);
  while (i < keywords.size()) {
    if (!keywords[i]->arg) {
      Temp* v = value(keywords[i++]->value);
      emit(Op::CallDictMerge, {dict, v, callee});
      drop(v);
      continue;
    }
    // What stands in a row is there before any of it is found to be a second one.
    Temps values;
    const size_t first = i;
    for (; i < keywords.size() && keywords[i]->arg; ++i) values.push_back(value(keywords[i]->value));
    for (size_t n = 0; n < values.size(); ++n)
      emit(Op::CallDictAdd, {dict, values[n], callee}, {.index = c_.module.names.intern(c_.symbols.text(keywords[first + n]->arg))});
    for (Temp* v : values) drop(v);
  }
  return dict;
}

// ---- calls that look at the caller --------------------------------------------------------------

bool FunctionBuilder::isScopedCall(const Call& n) {
  const Name* callee = n.func->tryAs<Name>();
  if (!callee || !n.keywords.empty() || hasStarred(n.args)) return false;
  NameScope where = scope_.scopeOf(mangled(callee->id));
  if (where == NameScope::Cell || where == NameScope::Free) return false;
  if (where == NameScope::Local && scope_.isFunctionLike()) return false;
  std::string_view name = c_.symbols.text(callee->id);
  if (name == "locals" || name == "globals" || name == "vars" || name == "dir") return n.args.empty();
  if (name != "eval" && name != "exec") return false;
  return n.args.size() >= 1 && n.args.size() <= 3;
}

Temp* FunctionBuilder::scopedCall(const Call& n) {
  Temp* callee = value(n.func);
  Temps values;
  for (const Expr* a : n.args) values.push_back(value(a));
  for (Temp*& t : values) t = own(t);
  auto scoped = [&] {
    Temp* globals = make(Op::GlobalsDict);
    // globals() asks for nothing that would keep the locals' values until the frame ends.
    const Symbol name = n.func->as<Name>()->id;
    const bool wantsLocals = c_.symbols.text(name) != "globals" || c_.analysis.scopes.module().scopeOf(name) != NameScope::GlobalImplicit;
    Temp* locals = wantsLocals ? localsDict() : constant(core::ConstantKind::None);
    Temps operands{callee, globals, locals};
    operands.insert(operands.end(), values.begin(), values.end());
    Temp* result = make(Op::CallScoped, operands);
    if (wantsLocals) drop(locals);
    return result;
  };
  Temp* result = nullptr;
  if (values.size() < 2) {
    result = scoped();
  } else {
    // eval(source, globals): only None asks for the caller's scope.
    Block *none = newBlock(), *given = newBlock(), *end = newBlock();
    result = f_.addParameter(end, core::Type::object(), core::Ownership::Owned);
    condBr(make(Op::Is, {values[1], constant(core::ConstantKind::None)}), none, given);
    start(none);
    b_.br(end, {scoped()});
    start(given);
    Temps operands{callee};
    operands.insert(operands.end(), values.begin(), values.end());
    b_.br(end, {make(Op::Call, operands)});
    start(end);
  }
  drop(callee);
  return result;
}

/// A call that may complete `super` from where it stands.
bool FunctionBuilder::namesSuper(const Call& n) {
  const Name* callee = n.func->tryAs<Name>();
  if (!callee || callee->id != sym::Super || !scope_.isFunctionLike()) return false;
  if (scope_.kind != sema::ScopeKind::Comprehension && f_.argCount == 0) return false; // an ordinary call says what is wrong
  return scope_.scopeOf(mangled(callee->id)) == NameScope::GlobalImplicit;
}

bool FunctionBuilder::isZeroArgumentSuper(const Expr* e) {
  const Call* n = e->tryAs<Call>();
  return n && n->args.empty() && n->keywords.empty() && namesSuper(*n);
}

/// super(C, x) of names.
bool FunctionBuilder::isPlainSuper(const Expr* e) {
  const Call* n = e->tryAs<Call>();
  const Name* callee = n ? n->func->tryAs<Name>() : nullptr;
  return callee && callee->id == sym::Super && scope_.scopeOf(mangled(callee->id)) == NameScope::GlobalImplicit && n->keywords.empty() &&
         n->args.size() == 2 && n->args[0]->is<Name>() && n->args[1]->is<Name>();
}

Instruction* FunctionBuilder::superLookupOf(const Call& n, const Attribute& attribute, Span span) {
  Temp* callee = value(n.func);
  Temp* type = value(n.args[0]);
  Temp* self = value(n.args[1]);
  Temp* of = nullptr;
  {
    At at(*this, n.span);
    of = make(Op::SuperOf, {callee, type, self});
    drop(callee);
  }
  At at(*this, span);
  Instruction* lookup = emit(Op::SuperLoadOf, {of, type, self}, {.index = nameAttribute(c_.symbols.text(mangled(attribute.attr)))});
  drop(of);
  drop(type);
  drop(self);
  return lookup;
}

// The class and the first argument are handed over as they are: the runtime words the errors. None for the class: there
// is no cell. None for the argument: a comprehension's iterator, which is no instance.
std::pair<Temp*, Temp*> FunctionBuilder::superOperands() {
  Temp* type = cells_.count(sym::DunderClass) ? make(Op::CellPeek, {}, {.index2 = cellIndex(sym::DunderClass)})
                                              : constant(core::ConstantKind::None);
  Temp* self = nullptr;
  if (scope_.kind == sema::ScopeKind::Comprehension) {
    self = constant(core::ConstantKind::None);
  } else {
    Symbol first = scope_.parameters[0];
    if (scope_.scopeOf(first) == NameScope::Cell) self = make(Op::CellPeek, {}, {.index2 = cellIndex(first)});
    else self = make(Op::LocalPeek, {}, {.index = locals_.at(first)});
  }
  return {type, self};
}

Instruction* FunctionBuilder::superLookup(const Call& n, Op op, const Attribute* attribute, Span span) {
  Temp* callee = value(n.func);
  auto [type, self] = superOperands();
  At at(*this, span);
  const uint32_t name = attribute ? nameAttribute(c_.symbols.text(mangled(attribute->attr))) : kNone;
  Instruction* lookup = emit(op, {callee, type, self}, {.index = name});
  drop(callee);
  drop(type);
  drop(self);
  return lookup;
}

Temp* FunctionBuilder::superCall(const Call& n, const Attribute* attribute) {
  return superLookup(n, attribute ? Op::SuperAttr : Op::SuperNew, attribute, attribute ? attribute->span : n.span)->result();
}

} // namespace krait::ir::build
