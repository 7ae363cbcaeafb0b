// What calls of builtins, of their methods and of some modules of the library give.
#include "ir/analysis/builtin_names.h"
#include "ir/analysis/constants.h"
#include "ir/passes/guesser.h"

namespace krait::ir::passes {

using namespace core;

// What calls of them give.
static constexpr std::pair<std::string_view, Guess> kMade[] = {
    {"list", Guess::List}, {"sorted", Guess::List}, {"tuple", Guess::Tuple}, {"dict", Guess::Dict}, {"set", Guess::Set}, {"frozenset", Guess::Set},
    {"bytes", Guess::Bytes}, {"bytearray", Guess::Bytes}, {"str", Guess::Str}, {"repr", Guess::Str}, {"chr", Guess::Str}, {"input", Guess::Str},
    {"hex", Guess::Str}, {"bin", Guess::Str}, {"oct", Guess::Str}, {"format", Guess::Str}, {"ascii", Guess::Str}};

bool Guesser::isComputingClass(std::string_view name) { return isOneOf(name, {"Decimal", "Fraction", "timedelta", "datetime", "date", "Path", "PurePath"}); }

void Guesser::builtin(std::string_view name, const Instruction& i) {
  for (auto [callee, made] : kMade)
    if (name == callee) contain(i.result(), made);
  dictClass(name, i, 1);
  Guesses& result = temps_[i.result()];
  if (isComputingClass(name)) isObject(result[0]);
  if (isOneOf(name, {"len", "ord", "int", "hash", "id"})) raise(result, 0, Kind::Int);
  else if (i.operandCount == 2 && analysis::isWholeFunction(name)) raise(result, 0, Kind::Int);
  else if (name == "float" || (i.operandCount == 2 && analysis::isRealFunction(name))) raise(result, 0, Kind::Float);
  else if (i.operandCount == 3 && name != "pow" && analysis::isRealFunctionOfTwo(name)) raise(result, 0, Kind::Float); // `pow` is mostly the builtin
  else if (isOneOf(name, {"range", "bytes", "bytearray"})) raise(result, 1, Kind::Int);
  else if (name == "complex") raise(result, 0, Kind::Complex);
  else if (i.operandCount == 2 && name == "abs" && of(i.operand(1)) == Kind::Complex) raise(result, 0, Kind::Float);
  else if (i.operandCount == 2 && name == "round") raise(result, 0, Kind::Int);
  else if (i.operandCount == 2 && isOneOf(name, {"sum", "max", "min"})) flow(i.operand(1), i.result(), 1);
  else if (isOneOf(name, {"abs", "max", "min"}))
    for (uint32_t n = 1; n < i.operandCount; ++n) flow(i.operand(n), i.result()), mixConstant(i.operand(n), result);
  else if (isOneOf(name, {"list", "tuple", "sorted", "reversed", "set", "frozenset"}))
    for (uint32_t n = 1; n < i.operandCount; ++n) flowItems(i.operand(n), i.result());
  else if (name == "zip" || name == "enumerate") {
    changed_ |= result[1].contain(Guess::Tuple);
    const bool isZip = name == "zip";
    if (!isZip) changed_ |= result[1].parts[0].raise(Kind::Int, how_.mixes); // of its own position alone
    for (uint32_t n = 1; n < i.operandCount && (isZip || n == 1); ++n) {
      const Temp* items = i.operand(n);
      const size_t position = isZip ? n - 1 : 1;
      flow(items, i.result(), 1, 2);
      if (position < kPositions) join(result[1].parts[position], itemOf(items));
    }
  }
}

// Of the module collections: what derives from dict is taken for one.
void Guesser::dictClass(std::string_view name, const Instruction& call, uint32_t first) {
  if (!isOneOf(name, {"defaultdict", "Counter", "OrderedDict"})) return;
  Guesses& made = temps_[call.result()];
  contain(call.result(), Guess::Dict);
  if (name == "Counter") return raise(made, 1, Kind::Int);
  if (name != "defaultdict" || call.operandCount <= first) return;
  const Temp* factory = call.operand(first);
  const auto level = levelOf(factory, 0);
  for (uint32_t callee : level.callees.all()) // a lambda
    for (size_t d = 0; d + 1 < kDepth; ++d) join(made[d + 1], functions_[callee].result[d]);
  const Instruction* from = factory->definition;
  if (!from || !from->is(Op::GlobalGet)) return;
  const std::string& cls = module_.cells[from->index];
  if (cls == "int") return raise(made, 1, Kind::Seed);
  if (cls == "float") return raise(made, 1, Kind::Float);
  for (auto [callee, item] : kMade)
    if (cls == callee) changed_ |= made[1].contain(item);
}

bool Guesser::gives(analysis::LibraryResult kind, const Temp* result) {
  if (kind == analysis::LibraryResult::Other) return false;
  raise(temps_[result], 0, kind == analysis::LibraryResult::Int ? Kind::Int : Kind::Float);
  return true;
}

bool Guesser::libraryFunction(std::string_view dotted, const Instruction& call, uint32_t first) {
  if (dotted == "random.choice" && call.operandCount > first) return flow(call.operand(first), call.result(), 1), true;
  return gives(analysis::resultOfLibrary(dotted), call.result());
}

void Guesser::makeArray(const Temp* t, char code) {
  contain(t, arrayOf(code));
  raise(temps_[t], 1, isFloatCode(code) ? Kind::Float : Kind::Int);
}

bool Guesser::callArray(std::string_view callee, const Instruction& i, uint32_t first) {
  const Constant* code = callee == "array" && i.operandCount > first ? analysis::constantOf(module_, i.operand(first)) : nullptr;
  if (!code || code->kind != ConstantKind::Str || code->text.size() != 1 || !arrayItemSize(code->text[0])) return false;
  makeArray(i.result(), code->text[0]);
  return true;
}

// Keys, values, items (0, 1, 2) of a dict.
void Guesser::viewOf(int64_t view, const Temp* dict, Guesses& made) {
  const Level level = levelOf(dict, 0);
  if (level.container != Guess::Dict) return;
  if (view == 0) return join(static_cast<Spot&>(made[1]), level.parts[0]);
  if (view == 1) {
    for (size_t d = 1; d < kDepth; ++d) join(made[d], levelOf(dict, d));
    return;
  }
  changed_ |= made[1].contain(Guess::Tuple);
  join(made[1].parts[0], level.parts[0]);
  join(made[1].parts[1], static_cast<const Spot&>(levelOf(dict, 1)));
  for (size_t d = 1; d + 1 < kDepth; ++d) join(made[d + 1], levelOf(dict, d));
  join(static_cast<Spot&>(made[2]), level.parts[0]);
}

void Guesser::isBytes(const Temp* result) {
  contain(result, Guess::Bytes);
  raise(temps_[result], 1, Kind::Int);
}

void Guesser::bytesMethod(std::string_view name, const Temp* result) {
  Guesses& made = temps_[result];
  if (isOneOf(name, {"join", "replace", "strip", "lstrip", "rstrip", "upper", "lower", "ljust", "rjust", "zfill", "translate"})) isBytes(result);
  else if (isOneOf(name, {"split", "rsplit", "splitlines"})) contain(result, Guess::List), changed_ |= made[1].contain(Guess::Bytes);
  else if (isOneOf(name, {"find", "rfind", "index", "rindex", "count"})) raise(made, 0, Kind::Int);
}

// Of what nothing is known but that it is asked for this: mostly a text.
void Guesser::unknownMethod(std::string_view name, const Temp* result) {
  if (isOneOf(name, {"encode", "tobytes", "to_bytes", "digest"})) return isBytes(result);
  if (isOneOf(name, {"strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold", "swapcase", "zfill", "decode", "hexdigest", "isoformat", "strftime"}))
    return contain(result, Guess::Str);
  if (!isOneOf(name, {"split", "rsplit", "splitlines"})) return;
  contain(result, Guess::List);
  changed_ |= temps_[result][1].contain(Guess::Str);
}

void Guesser::builtinMethod(std::string_view name, const Temp* receiver, const Instruction& call, uint32_t first) {
  const Temp* result = call.result();
  const size_t arguments = call.operandCount - first;
  const Level level = levelOf(receiver, 0);
  Guesses& made = temps_[result];
  if (level.container == Guess::Str) {
    if (name == "encode") isBytes(result);
    if (isOneOf(name, {"join", "replace", "strip", "lstrip", "rstrip", "upper", "lower", "format", "ljust", "rjust", "center", "zfill", "title", "capitalize", "casefold", "swapcase", "expandtabs", "removeprefix", "removesuffix"}))
      contain(result, Guess::Str);
    else if (isOneOf(name, {"split", "rsplit", "splitlines"})) contain(result, Guess::List), changed_ |= made[1].contain(Guess::Str);
    else if (isOneOf(name, {"find", "rfind", "index", "rindex", "count"})) raise(made, 0, Kind::Int);
    return;
  }
  if (level.container != Guess::Dict) {
    if (name == "copy" && arguments == 0) flow(receiver, result);
    if (level.container == Guess::Bytes) bytesMethod(name, result);
    else if (level.container == Guess::None && !gives(analysis::resultOfLibraryMethod(name, arguments), result)) unknownMethod(name, result);
    return;
  }
  if (isOneOf(name, {"keys", "values", "items"})) {
    viewOf(name == "keys" ? 0 : name == "values" ? 1 : 2, receiver, made);
  } else if (isOneOf(name, {"get", "setdefault", "pop"})) {
    flow(receiver, result, 1);
    if (name == "get" && arguments == 1) changed_ |= !std::exchange(made[0].mayBeOther, true);
    // A default that is a constant or a number (`infinite`); what else has a name may stand for none of them.
    const Temp* other = arguments == 2 ? call.operand(first + 1) : nullptr;
    if (other && (analysis::constantOf(module_, other) || of(other) == Kind::Float || isInt(of(other)))) flow(other, result);
    if (other && of(other) == Kind::Float && (isInt(of(receiver, 1)) || of(receiver, 1) == Kind::Seed)) mixSeed(made[0]); // `distance.get(node, inf)`
  } else if (name == "copy") {
    flow(receiver, result);
  }
}

} // namespace krait::ir::passes
