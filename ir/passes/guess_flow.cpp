// Forwards: what constants, operators, ranges and calls say of their results, and stores of places.
#include "ir/analysis/binding.h"
#include "ir/analysis/constants.h"
#include "ir/core/operator_methods.h"
#include "ir/core/operators.h"
#include "ir/passes/guesser.h"
#include "runtime/abi/pieces.h"

namespace krait::ir::passes {

using namespace core;

void Guesser::constant(Guesses& g, size_t depth, const Constant& c) {
  if (depth >= kDepth) return;
  const Spot spot = spotOf(c);
  join(static_cast<Spot&>(g[depth]), spot);
  if (spot.container == Guess::Bytes) raise(g, depth + 1, Kind::Int);
  if (spot.container != Guess::Tuple) return;
  for (size_t n = 0; n < c.elements.size(); ++n) {
    const Constant& element = module_.constants[c.elements[n]];
    if (n < kPositions) join(g[depth].parts[n], spotOf(element));
    if (n < kPositions && depth > 0 && element.kind == ConstantKind::Int) mixSeed(g[depth].parts[n]); // `[("a", 10), ("b", 12.5)]`
    constant(g, depth + 1, element);
  }
  auto has = [&](ConstantKind kind) { return std::any_of(c.elements.begin(), c.elements.end(), [&](ConstantId e) { return module_.constants[e].kind == kind; }); };
  const bool hasComplex = has(ConstantKind::Complex);
  if (depth + 1 < kDepth && ((has(ConstantKind::Int) && (hasComplex || has(ConstantKind::Float))) || (hasComplex && has(ConstantKind::Float)))) mixSeed(g[depth + 1]);
}

static bool isWideConstant(const Constant& c) { return wideNumber(c) != 0; }

// Whether it is `x & 0xFFFFFFFFFFFFFFFF` or `x % 2**64` of something that may be an int.
bool Guesser::isMasked(Op op, const Temp* left, const Temp* right) const {
  auto mayBeInt = [&](const Temp* t) { return of(t) < Kind::Float && containerOf(t) == Guess::None && !isInstance(t); };
  if (op == Op::BinaryAnd) return (of(right) == Kind::Wide && mayBeInt(left)) || (of(left) == Kind::Wide && mayBeInt(right));
  const Constant* c = analysis::constantOf(module_, right);
  return op == Op::BinaryMod && c && remainderMask(*c) == ~uint64_t{0} && mayBeInt(left);
}

// What a mask, a shift, a remainder leaves of ints one of which is Wide.
Kind Guesser::bitsOf(Op op, const Temp* left, const Temp* right) const {
  const Constant* c = analysis::constantOf(module_, right);
  const bool isSmall = c && c->kind == ConstantKind::Int && !isWideConstant(*c);
  switch (op) {
  case Op::BinaryAnd: {
    const Constant* other = analysis::constantOf(module_, left);
    const bool isOtherSmall = other && other->kind == ConstantKind::Int && !isWideConstant(*other);
    return (isSmall && c->integer >= 0) || (isOtherSmall && other->integer >= 0) ? Kind::Int : Kind::Wide;
  }
  case Op::BinaryRShift: return (isSmall && c->integer > 1) || of(left) != Kind::Wide ? Kind::Int : Kind::Wide;
  case Op::BinaryFloorDiv: return (isSmall && c->integer > 3) || of(left) != Kind::Wide ? Kind::Int : Kind::Wide;
  case Op::BinaryMod: return of(right) == Kind::Wide || isMasked(op, left, right) ? Kind::Wide : Kind::Int;
  default: return Kind::Wide;
  }
}

Spot Guesser::spotOf(const Constant& c) {
  switch (c.kind) {
  case ConstantKind::Int: return {.kind = isWideConstant(c) ? Kind::Wide : Kind::Seed};
  case ConstantKind::BigInt: return {.kind = isWideConstant(c) ? Kind::Wide : Kind::None};
  case ConstantKind::Float: return {.kind = Kind::Float};
  case ConstantKind::Complex: return {.kind = Kind::Complex};
  case ConstantKind::Str: return {.container = Guess::Str};
  case ConstantKind::Bytes: return {.container = Guess::Bytes};
  case ConstantKind::Tuple: return {.container = Guess::Tuple};
  case ConstantKind::None:
  case ConstantKind::True: // no int where kinds are tested, whatever is computed with it
  case ConstantKind::False: return {.mayBeOther = true};
  default: return {};
  }
}

void Guesser::step(const Instruction& i) {
  for (uint32_t s = 0; s < i.successorCount; ++s)
    for (uint32_t a = 0; a < i.successors[s].argumentCount; ++a) {
      const Temp* parameter = i.target(s)->parameters[a];
      flow(i.argument(s, a), parameter);
      mixConstant(i.argument(s, a), temps_[parameter]); // `s += 0.5 if c else 1`
    }
  if (const auto own = operators_.find(i.op); own != operators_.end()) ofOperator(own->second, i);
  if (asksObject(i)) meetAt(i.operand(0), 0, {.isObject = true});
  if (i.is(Op::AttrGet) && isOfMath(i) && isOneOf(module_.names[i.index], {"pi", "e", "tau", "inf"})) return raise(temps_[i.result()], 0, Kind::Float);
  if (isLargest(i)) return raise(temps_[i.result()], 0, Kind::Wide);
  if (i.is(Op::AttrGet) && of(i.operand(0)) == Kind::Complex && isOneOf(module_.names[i.index], {"real", "imag"})) return raise(temps_[i.result()], 0, Kind::Float);
  if ((i.is(Op::LocalRead) || i.is(Op::LocalTake)) && isHidden(i))
    raise(temps_[i.result()], 0, localOf(i)[0].kind);
  if (i.is(Op::AttrGet) && ofGetters(i)) return;
  if (i.resultCount)
    if (Guesses* home = homeOf(i.result())) return flow(*home, i.result());
  switch (i.op) {
  case Op::LocalSet:
  case Op::LocalInit:
    if (isSeldomHidden(i)) return;
    if (localOf(i)[0].isObject && !isHidden(i) && i.operand(0)->uses && !i.operand(0)->uses->next) // what is called, or asked for attributes
      isObject(temps_[i.operand(0)][0]);
    if (isHidden(i)) {
      raise(localOf(i), 0, of(i.operand(0)));
      return hiddenStore(i);
    }
    if (const Instruction* from = i.operand(0)->definition; of(i.operand(0)) == Kind::Seed && !(from && from->is(Op::Const) && isAccumulated(i))) mixSeed(localOf(i)[0]);
    if (beginsSearch(i)) return raise(localOf(i), 0, Kind::Int);
    return flow(i.operand(0), localOf(i));
  case Op::CellSet: return flow(i.operand(0), *functions_[function_->number].cells[i.cell()]);
  case Op::CellFromLocal: return flow(localOf(i), *functions_[function_->number].cells[i.cell()]);
  case Op::AttrSet: {
    if (ofSetters(i)) return;
    Guesses* place = attributeOf(i);
    if (!place) return;
    mixConstant(i.operand(1), *place);
    flow(i.operand(1), *place);
    return flow(i.operand(1), attributes_[i.index]);
  }
  case Op::NameSet: { // in a class's body
    if (function_->kind != FunctionKind::ClassBody) return;
    if (auto method = analysis::ClassModel::instanceMethodOf(module_, i)) isInstance(functions_[*method].parameter(0)[0], function_->number);
    const auto owner = classes_.ownerOf(function_->number, i.index);
    const Instruction* made = analysis::originOf(i.operand(1));
    if (owner && classes_.makesMembers(function_->number) && made && !made->is(Op::FunctionNew))
      return isInstance(ofClass_[{*owner, i.index}][0], function_->number);
    if (owner) flow(i.operand(1), ofClass_[{*owner, i.index}]);
    return flow(i.operand(1), attributes_[i.index]);
  }
  case Op::NameGet:
    if (function_->kind != FunctionKind::ClassBody) return;
    if (const auto owner = classes_.ownerOf(function_->number, i.index)) flow(ofClass_[{*owner, i.index}], i.result());
    return;
  case Op::GlobalSet: return flow(i.operand(0), globals_[targets_.imports().originalOf(i.index)]);
  case Op::Ret:
    if (function_->flags & kCodeCoroutine) return raiseItems(functions_[function_->number].result, i.operand(0)); // who awaits it gets that
    if (function_->isGenerator()) return;
    mixConstant(i.operand(0), functions_[function_->number].result);
    return flow(i.operand(0), functions_[function_->number].result);
  case Op::Yield: return raiseItems(functions_[function_->number].result, i.operand(0));
  case Op::FunctionNew:
    if (const uint32_t cls = module_.functions[i.index]->methodOf; classes_.isClass(cls)) isInstance(functions_[i.index].parameter(0)[0], cls);
    changed_ |= temps_[i.result()][0].callees.add(i.index);
    annotations(i);
    return defaults(i);
  case Op::Const: return constant(temps_[i.result()], 0, module_.constants[i.index]);
  case Op::Iter:
    flowItems(i.operand(0), i.result());
    return raise(temps_[i.result()], 0, of(i.operand(0)));
  case Op::DictIterator: return viewOf(i.imm, i.operand(0), temps_[i.result()]);
  case Op::Copy:
  case Op::AwaitIter: return flow(i.operand(0), i.result());
  case Op::YieldFrom:
    if (const Instruction* from = i.operand(0)->definition; from && from->is(Op::AwaitIter)) return flow(i.operand(0), i.result(), 1);
    return;
  case Op::SliceGet:
    contain(i.result(), containerOf(i.operand(0)));
    return flowItems(i.operand(0), i.result());
  case Op::ItemGet:
    if (const char code = arrayCode(containerOf(i.operand(0)))) return raise(temps_[i.result()], 0, isFloatCode(code) ? Kind::Float : Kind::Int);
    if (containerOf(i.operand(0)) == Guess::Str) return contain(i.result(), Guess::Str);
    if (const Constant* c = analysis::constantOf(module_, i.operand(1)); c && c->kind == ConstantKind::Int && c->integer >= 0)
      return flowPosition(i.operand(0), i.result(), static_cast<size_t>(c->integer));
    [[fallthrough]];
  case Op::NextBr: return flow(i.operand(0), i.result(), 1);
  case Op::Unpack:
    for (uint32_t r = 0; r < i.resultCount; ++r) flowPosition(i.operand(0), i.result(r), r);
    return;
  case Op::ListNewFor: return contain(i.result(), Guess::List);
  case Op::ListNew:
  case Op::TupleNew:
  case Op::SetNew:
    contain(i.result(), i.is(Op::ListNew) ? Guess::List : i.is(Op::TupleNew) ? Guess::Tuple : Guess::Set);
    for (uint32_t n = 0; n < i.operandCount; ++n) {
      flow(i.operand(n), i.result(), 0, 1);
      if (i.is(Op::TupleNew) && n < kPositions) flowPart(i.operand(n), temps_[i.result()][0].parts[n]);
    }
    return mixItems(i);
  case Op::DictNew:
    contain(i.result(), Guess::Dict);
    for (uint32_t n = 0; n + 1 < i.operandCount; n += 2) {
      flowPart(i.operand(n), temps_[i.result()][0].parts[0]);
      flow(i.operand(n + 1), i.result(), 0, 1);
    }
    return mixItems(i, 1, 2);
  case Op::ListToTuple:
    contain(i.result(), Guess::Tuple);
    return flowItems(i.operand(0), i.result());
  case Op::Format:
  case Op::StringJoin: return contain(i.result(), Guess::Str);
  case Op::SplitPiece:
    if (i.imm >= kPiecesUnpacked) {
      const Guess piece = containerOf(i.operand(0)) == Guess::Bytes ? Guess::Bytes : Guess::Str;
      contain(i.result(), Guess::List);
      changed_ |= temps_[i.result()][1].contain(piece);
      return;
    }
    if (containerOf(i.operand(0)) == Guess::Bytes) return isBytes(i.result());
    return contain(i.result(), Guess::Str);
  case Op::PieceItem: return flow(i.operand(0), i.result());
  case Op::ListExtend: return storeAll(i.operand(0), i.operand(1));
  case Op::DictSet:
  case Op::ItemSet:
    if (i.is(Op::ItemSet) && annotation(i)) return;
    storeKey(i.operand(0), i.operand(1));
    return store(i.operand(0), i.operand(2));
  case Op::ListAppend: return store(i.operand(0), i.operand(1));
  case Op::Method:
  case Op::MethodKw: return method(i, 1);
  case Op::MethodCall:
  case Op::MethodCallKw:
    if (const Instruction* load = i.operand(0)->definition; load && (load->is(Op::MethodLoad) || isSuperLoad(load->op))) method(*load, 2, &i);
    return;
  case Op::BoundLoad: return flow(i.operand(0), i.result());
  case Op::BoundCall:
  case Op::BoundCallKw: return method(functions_[function_->number].lookUpOf(i), 2, &i);
  case Op::Call:
  case Op::CallKw: return call(i);
  case Op::UnaryNeg:
  case Op::UnaryInvert:
    if (of(i.operand(0)) == Kind::Wide) return join(static_cast<Spot&>(temps_[i.result()][0]), {.mayBeOther = true}); // no unsigned number
    [[fallthrough]];
  case Op::UnaryPos: return raise(temps_[i.result()], 0, of(i.operand(0)));
  default: break;
  }
  if (i.op >= Op::BinaryAdd && i.op <= Op::InplaceMatMul) {
    Op op = i.op >= Op::InplaceAdd ? offsetOp(Op::BinaryAdd, int(i.op) - int(Op::InplaceAdd)) : i.op;
    const Temp *left = i.operand(0), *right = i.operand(1);
    const bool counts = op == Op::BinaryAdd || op == Op::BinarySub || op == Op::BinaryMul;
    const Kind a = counts && isAnswer(left) ? Kind::Int : of(left), b = counts && isAnswer(right) ? Kind::Int : of(right);
    Kind both = resultOf(a, b);
    if (both == Kind::Wide || (both == Kind::None && isMasked(op, left, right))) both = bitsOf(op, left, right);
    if (op == Op::BinaryTrueDiv && both != Kind::Complex) both = both != Kind::None || of(left) != of(right) ? Kind::Float : Kind::None;
    if (op == Op::BinaryPow && isInt(both)) {
      const Constant* c = analysis::constantOf(module_, right);
      if (!c || c->kind != ConstantKind::Int || c->integer < 0) both = Kind::None;
    }
    raise(temps_[i.result()], 0, both);
    if (how_.mixes && counts && both == Kind::Float && mayBeInt(left) && mayBeInt(right)) mixSeed(temps_[i.result()][0]);
    if (op == Op::BinaryAdd || (op == Op::BinaryMul && of(right) != Kind::None)) contain(i.result(), containerOf(left));
    else if (op == Op::BinaryMul && of(left) != Kind::None) contain(i.result(), containerOf(right));
    if (op == Op::BinaryAdd && containerOf(right) == Guess::Bytes) contain(i.result(), Guess::Bytes); // whatever is known of the left
    else if (op == Op::BinaryMod && containerOf(left) == Guess::Str) contain(i.result(), Guess::Str);
    if (op == Op::BinaryAdd || op == Op::BinaryMul) // of containers, numbers hold nothing
      for (const Temp* t : {left, right})
        for (size_t d = 1; d < kDepth; ++d) join(temps_[i.result()][d], levelOf(t, d));
    if (op == Op::BinaryAdd && isSequence(containerOf(left)) && (of(left, 1) == Kind::Seed || of(right, 1) == Kind::Seed)) mixSeed(temps_[i.result()][1]); // `[0] + [inf] * n`
  }
}

bool Guesser::asksObject(const Instruction& i) const {
  switch (i.op) {
  case Op::AttrGet:
  case Op::Method:
  case Op::MethodKw:
  case Op::MethodLoad:
  case Op::BoundLoad: return !isOneOf(module_.names[i.index], {"real", "imag", "conjugate", "numerator", "denominator", "is_integer", "as_integer_ratio", "bit_length", "bit_count", "to_bytes", "hex"});
  case Op::AttrSet:
  case Op::ItemGet:
  case Op::ItemSet:
  case Op::Call:
  case Op::CallKw:
  case Op::Iter: return true;
  default: return false;
  }
}

bool Guesser::isOfMath(const Instruction& i) const {
  const Instruction* from = i.operand(0)->definition;
  return from && from->is(Op::GlobalGet) && module_.cells[from->index] == "math";
}

bool Guesser::isLargest(const Instruction& i) const {
  const bool isAsked = i.is(Op::AttrGet) && module_.names[i.index] == "maxsize";
  const Instruction* from = isAsked ? i.operand(0)->definition : &i;
  return from && from->is(Op::GlobalGet) && targets_.imports().dottedNameOf(from->index) == (isAsked ? "sys" : "sys.maxsize");
}

bool Guesser::beginsSearch(const Instruction& store) const {
  const FunctionGuesses& f = functions_[function_->number];
  if (of(store.operand(0)) != Kind::Wide || f.storesOf[f.webs.at(store)] < 2) return false;
  const Instruction* from = analysis::originOf(store.operand(0));
  return from && (from->is(Op::Const) || from->is(Op::GlobalGet) || from->is(Op::AttrGet));
}

bool Guesser::isAccumulated(const Instruction& store) const {
  const FunctionGuesses& f = functions_[function_->number];
  return f.accumulated[f.webs.at(store)];
}

void Guesser::mixConstant(const Temp* t, Guesses& to) {
  if (of(t) == Kind::Seed) mixSeed(to[0]);
}

void Guesser::mixItems(const Instruction& display, uint32_t first, uint32_t step) {
  Level& items = temps_[display.result()][1];
  bool isInt = false, isFloat = false, isComplex = false;
  for (uint32_t n = first; n < display.operandCount; n += step) {
    const Level item = levelOf(display.operand(n), 0);
    isInt |= item.kind == Kind::Seed;
    isFloat |= item.kind == Kind::Float;
    isComplex |= item.kind == Kind::Complex;
    for (size_t p = 0; p < kPositions; ++p)
      if (item.parts[p].kind == Kind::Seed && item.container == Guess::Tuple) mixSeed(items.parts[p]);
  }
  if (isInt + isFloat + isComplex > 1) mixSeed(items);
}

void Guesser::raiseItems(Guesses& to, const Temp* item) {
  for (size_t d = 0; d + 1 < kDepth; ++d) join(to[d + 1], levelOf(item, d));
}

Spot Guesser::itemOf(const Temp* iterable) const {
  const Level level = levelOf(iterable, 0);
  if (level.container == Guess::Dict) return level.parts[0];
  if (level.container == Guess::Str) return {.container = Guess::Str};
  return levelOf(iterable, 1);
}

void Guesser::flowPosition(const Temp* from, const Temp* to, size_t position) {
  const Level tuple = levelOf(from, 0);
  const bool hasParts = tuple.container == Guess::Tuple && std::any_of(tuple.parts.begin(), tuple.parts.end(), [](const Spot& part) { return part.isKnown(); });
  if (!hasParts || position >= kPositions) return flow(from, to, 1);
  if (!tuple.parts[position].isKnown()) return; // what stands beside it says nothing of it
  join(static_cast<Spot&>(temps_[to][0]), tuple.parts[position]);
  if (const Level items = levelOf(from, 1); items.container == tuple.parts[position].container) // and it is one of these
    for (size_t p = 0; p < kPositions; ++p) join(temps_[to][0].parts[p], items.parts[p]);
  if (!isNumber(guessOf(tuple.parts[position]))) // its items are those of all items' items
    for (size_t d = 1; d + 1 < kDepth; ++d) join(temps_[to][d], levelOf(from, d + 1));
}

void Guesser::arguments(uint32_t callee, const Instruction& i, uint32_t first, uint32_t skip, bool answers) {
  const Function& f = *module_.functions[callee];
  const auto keywords = analysis::keywordsOf(i);
  const auto named = static_cast<uint32_t>(i.operandCount - keywords.size());
  for (uint32_t n = first; n < i.operandCount; ++n) {
    const auto parameter = n >= named ? analysis::parameterNamed(f, keywords[n - named]) : n - first + skip < f.argCount ? std::optional(n - first + skip) : std::nullopt;
    if (!parameter) continue;
    mixConstant(i.operand(n), functions_[callee].parameter(*parameter));
    flow(i.operand(n), functions_[callee].parameter(*parameter));
  }
  if (answers && i.resultCount && i.result()->type.isWord()) flow(functions_[callee].result, i.result());
}

void Guesser::defaults(const Instruction& made) {
  const Function& f = *module_.functions[made.index];
  const Instruction* values = analysis::originOf(made.operand(0));
  if (!values) return;
  FunctionGuesses& callee = functions_[made.index];
  if (values->is(Op::TupleNew)) {
    for (uint32_t n = 0; n < values->operandCount && n < f.argCount; ++n) flow(values->operand(n), callee.parameter(f.argCount - values->operandCount + n));
  } else if (const Constant* c = analysis::constantOf(module_, made.operand(0)); c && c->kind == ConstantKind::Tuple) {
    for (size_t n = 0; n < c->elements.size() && n < f.argCount; ++n)
      constant(callee.parameter(static_cast<uint32_t>(f.argCount - c->elements.size() + n)), 0, module_.constants[c->elements[n]]);
  }
}

void Guesser::ofMethods(std::span<const uint32_t> methods, const Instruction& call, uint32_t first, uint32_t skip) {
  isOneOfSeveral_ = methods.size() > 1;
  for (uint32_t callee : methods) arguments(callee, call, first, skip);
  isOneOfSeveral_ = false;
}

void Guesser::ofOperator(const OperatorMethods& methods, const Instruction& i) {
  const bool isLeft = isInstance(i.operand(0));
  const bool isRight = !isLeft && i.operandCount > 1 && isInstance(i.operand(1));
  if (!isLeft && !isRight) return;
  if (isLeft) {
    const auto own = methodsOf(i.operand(0), methods.direct);
    return ofMethods(own.empty() && methods.plain != kNone ? methodsOf(i.operand(0), methods.plain) : own, i, 1, 1);
  }
  const auto reflected = methodsOf(i.operand(1), methods.reflected);
  isOneOfSeveral_ = reflected.size() > 1;
  for (uint32_t callee : reflected)
    if (module_.functions[callee]->argCount > 1) flow(i.operand(0), functions_[callee].parameter(1)), flow(functions_[callee].result, i.result());
  isOneOfSeveral_ = false;
}

void Guesser::findOperators() {
  auto named = [&](const char* name) {
    const uint32_t number = module_.names.find(name);
    return number == kNone || targets_.methodsNamed(number).empty() ? kNone : number;
  };
  call_ = named("__call__");
  for (const auto& [op, direct, reflected, plain] : core::kOperatorMethods)
    if (OperatorMethods m{named(direct), named(reflected), named(plain)}; m.direct != kNone || m.reflected != kNone || m.plain != kNone) operators_[op] = m;
}

void Guesser::call(const Instruction& i) {
  const Instruction* from = i.operand(0)->definition;
  if (!from) return;
  const Callees known = levelOf(i.operand(0), 0).callees;
  for (uint32_t callee : known.all()) arguments(callee, i, 1, 0);
  if (known.count) return;
  if (from->is(Op::LocalGet) || from->is(Op::CellGet)) {
    if (callArray(from->is(Op::LocalGet) ? from->block->function->locals[from->local()].name : from->block->function->cellName(from->cell()), i, 1)) return;
  }
  if (auto c = targets_.classAt(i.operand(0))) return made(*c, i, 1);
  if (const auto fields = targets_.fieldsAt(i.operand(0)); !fields.empty()) return madeTuple(fields, kNone, i, 1);
  if (!from->is(Op::GlobalGet)) return ofMethods(methodsOf(i.operand(0), call_), i, 1, 1); // an instance?
  const std::string& name = module_.cells[from->index];
  if (i.is(Op::CallKw) || callArray(name, i, 1) || libraryFunction(targets_.imports().dottedNameOf(from->index), i, 1)) return;
  builtin(name, i);
}

void Guesser::made(uint32_t cls, const Instruction& call, uint32_t first) {
  isInstance(temps_[call.result()][0], cls);
  isObject(temps_[call.result()][0]);
  if (auto init = targets_.initOf(cls)) arguments(*init, call, first, 1, false);
  else if (const auto fields = classes_.fieldsOf(cls); !fields.empty()) madeTuple(fields, cls, call, first);
}

void Guesser::madeTuple(std::span<const uint32_t> fields, uint32_t cls, const Instruction& call, uint32_t first) {
  if (cls == kNone) join(static_cast<Spot&>(temps_[call.result()][0]), {.container = Guess::Instance, .isObject = true});
  const auto keywords = analysis::keywordsOf(call);
  const auto named = static_cast<uint32_t>(call.operandCount - keywords.size());
  for (uint32_t n = first; n < call.operandCount; ++n) {
    const uint32_t name = n >= named ? module_.names.find(std::string(keywords[n - named])) : n - first < fields.size() ? fields[n - first] : kNone;
    if (name == kNone) continue;
    const auto owner = cls == kNone ? std::nullopt : classes_.ownerOf(cls, name);
    if (!owner && isResolving_) continue;
    Guesses& place = owner ? ofClass_[{*owner, name}] : attributes_[name];
    mixConstant(call.operand(n), place);
    flow(call.operand(n), place);
    if (owner && !isResolving_) flow(call.operand(n), attributes_[name]);
  }
}

void Guesser::moduleCall(const Instruction& i, uint32_t first, const Instruction& call) {
  const uint32_t global = targets_.globalAskedOf(i);
  if (global == kNone) return;
  if (auto function = targets_.functionOf(global)) return arguments(*function, call, first, 0);
  if (auto cls = targets_.classOf(global)) return made(*cls, call, first);
  if (const auto fields = targets_.fieldsOf(global); !fields.empty()) madeTuple(fields, kNone, call, first);
}

std::vector<uint32_t> Guesser::methodsOf(const Temp* receiver, uint32_t name) const {
  if (name == kNone) return {};
  if (const uint32_t cls = classOf(receiver); cls != kNone) return classes_.methodsNamed(cls, name);
  if (isResolving_) return {};
  const auto all = targets_.methodsNamed(name);
  return {all.begin(), all.end()};
}

bool Guesser::ofGetters(const Instruction& i) {
  const uint32_t cls = classOf(i.operand(0));
  if (cls == kNone) return false;
  const auto getters = classes_.gettersNamed(cls, i.index);
  for (uint32_t getter : getters) flow(functions_[getter].result, i.result());
  return !getters.empty();
}

bool Guesser::ofSetters(const Instruction& i) {
  const uint32_t cls = classOf(i.operand(0));
  if (cls == kNone) return false;
  const auto setters = classes_.settersNamed(cls, i.index);
  ofMethods(setters, i, 1, 1);
  return !setters.empty();
}

void Guesser::method(const Instruction& i, uint32_t first, const Instruction* call) {
  if (!call) call = &i;
  const std::string& name = module_.names[i.index];
  const Instruction* receiver = i.operand(0)->definition;
  if (receiver && receiver->is(Op::GlobalGet))
    if (const std::string_view of = targets_.imports().dottedNameOf(receiver->index); !of.empty() && libraryFunction(std::string(of) + '.' + name, *call, first)) return;
  if (receiver && receiver->is(Op::GlobalGet) && module_.cells[receiver->index] == "array" && callArray(name, *call, first)) return;
  if (receiver && receiver->is(Op::GlobalGet) && isComputingClass(name)) // decimal.Decimal(…)
    return isObject(temps_[call->result()][0]);
  if (receiver && receiver->is(Op::GlobalGet) && module_.cells[receiver->index] == "collections") return dictClass(name, *call, first);
  if (receiver && receiver->is(Op::GlobalGet) && targets_.imports().isModule(receiver->index)) return moduleCall(i, first, *call);
  if (isSuperLoad(i.op)) return ofMethods(classes_.superMethodsOf(i), *call, first, 1);
  const auto methods = methodsOf(i.operand(0), i.index);
  if (receiver && receiver->is(Op::GlobalGet) && targets_.classOf(receiver->index)) { // Base.method(self, …)
    const auto callees = classes_.calleesOf(i.operand(0), i.index);
    for (uint32_t callee : callees.functions) arguments(callee, *call, first, callees.first == analysis::ClassModel::First::Class);
    return;
  }
  if (const uint32_t cls = classOf(i.operand(0)); cls != kNone && methods.empty())
    for (uint32_t callee : classes_.staticsNamed(cls, i.index)) arguments(callee, *call, first, 0);
  ofMethods(methods, *call, first, 1);
  if (!analysis::keywordsOf(*call).empty()) return;
  if (methods.empty() && name == "append" && call->operandCount == first + 1) store(i.operand(0), call->operand(first));
  if (methods.empty()) builtinMethod(name, i.operand(0), *call, first);
}

} // namespace krait::ir::passes
