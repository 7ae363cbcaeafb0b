// Calls of builtins on numbers, isinstance, and loops over ranges: each behind a test that the name still means the builtin.
#include "ir/analysis/builtin_names.h"
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

namespace {

void requireBuiltin(Translator& t, const Instruction& i, std::string_view name) {
  t.require(t.value(Op::IsBuiltin, {t.word(i.operand(0))}, {.index = t.module().names.intern(name)}));
}

void dropArguments(Translator& t, const Instruction& i) {
  for (size_t n = 1; n < i.operandCount; ++n) t.drop(i.operand(n));
}

bool isReal(Translator& t, const Temp* v) {
  const RawKind kind = t.likelyKind(v);
  return kind == RawKind::Int || kind == RawKind::Float;
}

// The general body calls whatever it is when the answer is NaN. The arguments are the operands from `first` on.
bool realFunction(Translator& t, const Instruction& i, std::string_view name, size_t first, const Instruction* lookUp) {
  const bool isWhole = analysis::isWholeFunction(name), isOfTwo = i.operandCount == first + 2;
  for (size_t n = first; n < i.operandCount; ++n)
    if (!isReal(t, i.operand(n)) || (isWhole && t.likelyKind(i.operand(n)) == RawKind::Int)) return false; // floor of an int is that int
  std::vector<Temp*> numbers;
  for (size_t n = first; n < i.operandCount; ++n) numbers.push_back(isWhole ? t.asEither(i.operand(n)).raw : t.asReal(i.operand(n)));
  Temp* callee = t.word(lookUp ? lookUp->operand(0) : i.operand(0));
  const Attributes asked = lookUp ? Attributes{.index = lookUp->index} : Attributes{};
  Temp* made = isOfTwo ? t.value(lookUp ? Op::RealMethodOfTwo : Op::RealCallOfTwo, {callee, numbers[0], numbers[1]}, asked)
               : isWhole ? t.value(lookUp ? Op::WholeMethod : Op::WholeCall, {callee, numbers[0]}, asked)
                         : t.value(lookUp ? Op::RealMethod : Op::RealCall, {callee, numbers[0]}, asked);
  t.require(t.value(Op::F64Eq, {made, made}));
  if (isWhole) made = t.checked(Op::F64ToInt, {made});
  dropArguments(t, i);
  t.defineNumber(i.result(), isWhole ? RawKind::Int : RawKind::Float, made);
  return true;
}

// `math.sqrt(a + b)`: the function is looked up before the argument is known.
bool lookUpReal(Translator& t, const Instruction& i) {
  const Instruction* call = callOf(i);
  if (!call || !call->is(Op::MethodCall) || call->operandCount < 3 || !isRealOfMath(i, call->operandCount - 2)) return false;
  const bool isWhole = analysis::isWholeFunction(t.module().names[i.index]);
  for (size_t n = 2; n < call->operandCount; ++n)
    if (const RawKind kind = rawKindOf(call->operand(n)->guess); kind != RawKind::Float && (kind != RawKind::Int || isWhole)) return false;
  Temp* found = t.checked(Op::AttrPeek, {t.word(i.operand(0))}, {.index = i.index});
  t.defineLent(i.result(0), found);
  t.define(i.result(1), {.word = t.value(Op::NullWord, {}), .owned = true});
  return true;
}

bool range(Translator& t, const Instruction& i, const Instruction& store) {
  requireBuiltin(t, i, "range");
  const auto reversal = t.plan().reversals.find(&i);
  const bool isReversed = reversal != t.plan().reversals.end();
  if (isReversed) requireBuiltin(t, *reversal->second, "reversed");
  Temp* numbers[3] = {};
  for (size_t n = 1; n < i.operandCount; ++n) {
    const RawKind known = t.kindOf(i.operand(n));
    if (known != RawKind::None && known != RawKind::Int) return t.leave(), true;
    if (!i.operand(n)->type.mayBe(TypeBit::SmallInt)) return t.leave(), true;
    numbers[n - 1] = t.asInt(i.operand(n));
  }
  Temp* start = i.operandCount > 2 ? numbers[0] : t.integer(0);
  Temp* stop = i.operandCount > 2 ? numbers[1] : numbers[0];
  Temp* step = numbers[2] ? numbers[2] : t.integer(1);
  const Constant* c = numbers[2] ? t.constantOf(i.operand(3)) : nullptr;
  if (numbers[2] && !(c && c->integer != 0)) t.require(t.value(Op::IntNe, {step, t.integer(0)}));
  if (isReversed) { // range(a, b) is range(b - 1, a - 1, -1) then
    Temp* last = t.checked(Op::IntSub, {stop, step});
    stop = t.checked(Op::IntSub, {start, step});
    start = last;
    step = t.integer(-1);
  }
  dropArguments(t, i);
  t.emit(Op::RangeBegin, {start, stop, step}, {.index = store.local()});
  return true;
}

// `x in range(a, b)` is two comparisons, made where the range would be: ways out lead before both.
bool searchRange(Translator& t, const Instruction& i, const Instruction& search) {
  t.define(search.result(), {});
  const Temp* x = search.operand(1);
  for (size_t n = 1; n < i.operandCount; ++n)
    if (t.likelyKind(i.operand(n)) != RawKind::Int) return false;
  if (t.likelyKind(x) != RawKind::Int) return false;
  requireBuiltin(t, i, "range");
  Temp* start = i.operandCount > 2 ? t.asInt(i.operand(1)) : t.integer(0);
  Temp* stop = t.asInt(i.operand(i.operandCount - 1));
  Temp* v = t.asInt(x);
  dropArguments(t, i);
  answer(t, search, t.value(Op::BoolAnd, {t.value(Op::IntLe, {start, v}), t.value(Op::IntLt, {v, stop})}));
  return true;
}

// The less or greater one, with what it stands for; the first of equals.
Real extreme(Translator& t, Real a, Real b, bool least) {
  Temp* isSecond = least ? t.value(Op::F64Lt, {b.raw, a.raw}) : t.value(Op::F64Lt, {a.raw, b.raw});
  Temp* neither = t.value(Op::BoolAnd, {t.value(Op::BoolNot, {t.value(Op::BoolAnd, {isSecond, b.isInt})}),
                                        t.value(Op::BoolNot, {t.value(Op::BoolAnd, {t.value(Op::BoolNot, {isSecond}), a.isInt})})});
  return {t.value(least ? Op::F64Min : Op::F64Max, {a.raw, b.raw}), t.value(Op::BoolNot, {neither})};
}

// Of numbers of which each may be an int or a float.
bool eitherBuiltin(Translator& t, const Instruction& i, std::string_view name) {
  for (size_t n = 1; n < i.operandCount; ++n)
    if (!isReal(t, i.operand(n))) return false;
  requireBuiltin(t, i, name);
  Real made = t.asEither(i.operand(1));
  for (size_t n = 2; n < i.operandCount; ++n) made = extreme(t, made, t.asEither(i.operand(n)), name == "min");
  if (name == "int") made.raw = t.checked(Op::F64ToInt, {made.raw});
  if (name == "abs") made.raw = t.value(Op::F64Abs, {made.raw});
  dropArguments(t, i);
  if (name == "int") t.defineInt(i.result(), made.raw);
  else if (name == "float") t.defineFloat(i.result(), made.raw);
  else t.defineEither(i.result(), made);
  return true;
}

bool numberBuiltin(Translator& t, const Instruction& i, std::string_view name) {
  RawKind kind = t.likelyKind(i.operand(1));
  if (name == "abs" && i.operandCount == 2 && kind == RawKind::Complex) {
    Temp *re = nullptr, *im = nullptr;
    requireBuiltin(t, i, name);
    t.asComplex(i.operand(1), re, im);
    Temp* size = t.value(Op::ComplexAbs, {re, im});
    t.require(t.value(Op::F64Ne, {size, t.number(__builtin_inf())}));
    dropArguments(t, i);
    t.defineFloat(i.result(), size);
    return true;
  }
  if (name == "complex" && i.operandCount == 3 && isReal(t, i.operand(1)) && isReal(t, i.operand(2))) {
    requireBuiltin(t, i, name);
    Temp* re = t.asFloat(i.operand(1));
    Temp* im = t.asFloat(i.operand(2));
    dropArguments(t, i);
    t.defineComplex(i.result(), re, im);
    return true;
  }
  if (name == "int" && i.operandCount == 2 && (t.isAnswer(i.operand(1)) || t.mayAnswer(i.operand(1)))) {
    requireBuiltin(t, i, name);
    Temp* answer = t.asIntOrAnswer(i.operand(1));
    dropArguments(t, i);
    t.defineInt(i.result(), answer);
    return true;
  }
  const bool isExtreme = name == "min" || name == "max";
  const bool isKnown = (isExtreme && i.operandCount > 2) || ((name == "abs" || name == "int" || name == "float") && i.operandCount == 2);
  if (!isKnown) return false;
  for (size_t n = 1; n < i.operandCount; ++n)
    if (t.mayBeInt(i.operand(n)) || t.likelyKind(i.operand(n)) != kind) return eitherBuiltin(t, i, name);
  if (kind != RawKind::Int && kind != RawKind::Float) return false;
  requireBuiltin(t, i, name);
  std::vector<Temp*> numbers;
  for (size_t n = 1; n < i.operandCount; ++n) numbers.push_back(kind == RawKind::Int ? t.asInt(i.operand(n)) : t.asFloat(i.operand(n)));
  Temp* made = numbers[0];
  if (name == "int" && kind == RawKind::Float) {
    made = t.checked(Op::F64ToInt, {made});
    kind = RawKind::Int;
  } else if (name == "float" && kind == RawKind::Int) {
    made = t.value(Op::IntToF64, {made});
    kind = RawKind::Float;
  } else if (name == "abs") {
    made = kind == RawKind::Int ? t.checked(Op::IntAbs, {made}) : t.value(Op::F64Abs, {made});
  } else if (isExtreme) {
    const bool least = name == "min";
    const Op op = kind == RawKind::Int ? (least ? Op::IntMin : Op::IntMax) : (least ? Op::F64Min : Op::F64Max);
    for (size_t n = 1; n < numbers.size(); ++n) made = t.value(op, {made, numbers[n]});
  }
  dropArguments(t, i);
  t.defineNumber(i.result(), kind, made);
  return true;
}

// Others than builtin containers may well have a `__len__` of their own; a way beside costs little.
bool lengthOf(Translator& t, const Instruction& i) {
  if (asksLength(i) && isInlined(i, t.plan())) return false;
  const Known container = t.of(i.operand(1));
  const bool isLooked = container.word && t.likelyKind(i.operand(1)) == RawKind::None && (isSized(i.operand(1)->guess) || t.hasWayBeside());
  if (!container.items && !isLooked) return false;
  requireBuiltin(t, i, "len");
  Temp* n = container.items ? t.integer(static_cast<int64_t>(container.items->size())) : t.checked(Op::LengthPeek, {t.word(i.operand(1))});
  dropArguments(t, i);
  t.defineInt(i.result(), n);
  return true;
}

// The builtin type that the value is surely of; empty if that is not known.
std::string_view typeOf(Translator& t, const Temp* v) {
  if (t.isAnswer(v)) return "bool";
  if (t.of(v).items) return "tuple";
  if (t.of(v).instance >= 0) return "instance"; // of a class that makes its instances in the usual way: of no builtin type
  switch (t.kindOf(v)) {
  case RawKind::Unsigned:
  case RawKind::Int: return "int";
  case RawKind::Float: return "float";
  case RawKind::Complex: return "complex";
  default: return {};
  }
}

// Of what is known to be a number or a tuple the answer is known; else the class is compared, with each of a tuple that is not made.
bool instanceTest(Translator& t, const Instruction& i) {
  const auto* items = t.of(i.operand(2)).items;
  const Instruction* tuple = items ? i.operand(2)->definition : nullptr;
  if (items && !(tuple && tuple->is(Op::TupleNew))) return false;
  if (!items && i.operand(2)->guess == Guess::Tuple) return false; // whose classes nobody knows
  const std::string_view type = typeOf(t, i.operand(1));
  const bool isWord = t.of(i.operand(1)).word;
  auto nameOf = [&](size_t n) { return t.globalName(tuple ? tuple->operand(n) : i.operand(2)); };
  auto wordOf = [&](size_t n) { return items ? (*items)[n].word : t.of(i.operand(2)).word; };
  auto isKnown = [&](size_t n) {
    const std::string_view cls = nameOf(n);
    const bool isType = cls == "int" || cls == "float" || cls == "complex" || cls == "bool" || cls == "tuple" || cls == "list" || cls == "str" || cls == "dict";
    return !type.empty() && isType && !t.plan().facts->isAssigned((tuple ? tuple->operand(n) : i.operand(2))->definition->index);
  };
  const int instance = t.of(i.operand(1)).instance;
  // What does not exist is of the class that it was made by, if the name still means that.
  auto isOwnClass = [&](size_t n) {
    const auto body = instance >= 0 ? t.plan().targets->classAt(tuple ? tuple->operand(n) : i.operand(2)) : std::nullopt;
    return body && *body == t.instance(instance).body;
  };
  const size_t count = items ? items->size() : 1;
  for (size_t n = 0; n < count; ++n)
    if (!wordOf(n) || !(isKnown(n) || isWord || isOwnClass(n))) return false;
  requireBuiltin(t, i, "isinstance");
  Temp* isNone = nullptr; // of the classes
  for (size_t n = 0; n < count; ++n) {
    Temp* flag = nullptr;
    if (isKnown(n)) {
      const std::string_view cls = nameOf(n);
      t.require(t.value(Op::IsBuiltin, {wordOf(n)}, {.index = t.module().names.intern(cls)}));
      flag = t.flag(type == cls || (type == "bool" && cls == "int"));
    } else if (instance >= 0) {
      t.require(t.value(Op::Is, {t.instance(instance).cls, wordOf(n)}));
      flag = t.flag(true);
    } else {
      flag = t.checked(Op::InstanceCheck, {t.word(i.operand(1)), wordOf(n)});
    }
    if (count == 1) return dropArguments(t, i), t.defineBool(i.result(), flag), true;
    flag = t.value(Op::BoolNot, {flag});
    isNone = isNone ? t.value(Op::BoolAnd, {isNone, flag}) : flag;
  }
  if (!isNone) return t.leave(), true; // isinstance(x, ())
  dropArguments(t, i);
  t.defineBool(i.result(), t.value(Op::BoolNot, {isNone}));
  return true;
}

} // namespace

bool translateCall(Translator& t, const Instruction& i) {
  if (t.plan().rangeParts.contains(&i)) return true;
  if (i.is(Op::MethodLoad)) return lookUpReal(t, i);
  if (i.is(Op::Method)) return isRealOfMath(i, i.operandCount - 1) && realFunction(t, i, t.module().names[i.index], 1, &i);
  if (const Instruction* load = i.is(Op::MethodCall) ? lookUpOf(i) : nullptr)
    return isRealOfMath(*load, i.operandCount - 2) && realFunction(t, i, t.module().names[load->index], 2, t.of(i.operand(0)).word ? nullptr : load);
  if (!i.is(Op::Call)) return false;
  if (auto store = t.plan().rangeStores.find(&i); store != t.plan().rangeStores.end()) return range(t, i, *store->second);
  if (const Instruction* search = rangeSearch(i, *t.plan().facts)) return searchRange(t, i, *search);
  const std::string_view name = t.globalName(i.operand(0));
  if (name.empty() || i.operandCount < 2) return false;
  if (isRealOf(name, i.operandCount - 1) && i.result()->guess == (analysis::isWholeFunction(name) ? Guess::Int : Guess::Float)) return realFunction(t, i, name, 1, nullptr);
  if (t.plan().facts->isAssigned(i.operand(0)->definition->index)) return false;
  if (name == "len" && i.operandCount == 2) return lengthOf(t, i);
  return name == "isinstance" && i.operandCount == 3 ? instanceTest(t, i) : numberBuiltin(t, i, name);
}

} // namespace krait::ir::passes::versions
