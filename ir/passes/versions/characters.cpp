// Characters of texts as the numbers of their codes, where only they are asked for: `s[i] == "x"`, `a[i] == b[j]`, `c.isdigit()`,
// `c in "+-"`. A text is made where something else wants one (Known::character). The general operation stands beside, for what is
// no text, longer, or of another alphabet; of an item it says what character that is, too.
//   s[i] == "x":  %2 = char.get %0, %1 …; %3 = int.eq %2, 120
#include "ir/analysis/constants.h"
#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/translator.h"

#include <algorithm>
#include <optional>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

// The code points of a constant text, of `most` at most.
std::optional<std::vector<int64_t>> codesOf(Translator& t, const Temp* v, size_t most) {
  const Instruction* made = analysis::originOf(v);
  if (!made || !made->is(Op::Const)) return std::nullopt;
  const Constant& c = t.module().constants[made->index];
  if (c.kind != ConstantKind::Str || c.text.size() > most) return std::nullopt;
  std::vector<int64_t> codes;
  for (const char byte : c.text) {
    if (byte < 0) return std::nullopt; // no ASCII
    codes.push_back(byte);
  }
  return codes;
}

bool isCharacterOfText(Translator& t, const Temp* v) {
  const Instruction* made = v->definition;
  return made && made->is(Op::ItemGet) && made->operand(0)->guess == Guess::Str && t.likelyKind(made->operand(1)) == RawKind::Int;
}

// The one instruction of the block that looks at it; null: it is looked at elsewhere or more often, or kept.
const Instruction* onlyLookAt(const Temp* v) {
  const Instruction* look = nullptr;
  for (const Use* u = v->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    if (look || u->user->block != v->definingBlock()) return nullptr;
    look = u->user;
  }
  return look;
}

bool compares(const Instruction& i) { return (isTest(i.op) || isCompare(i.op)) && i.operandCount == 2; }

struct Range { int64_t first, last; };
struct Question {
  std::string_view method;
  std::vector<Range> ranges; // of ASCII
};

const Question* questionOf(Translator& t, const Instruction& i) {
  static const std::vector<Question> kQuestions = {
      {"isdigit", {{'0', '9'}}},
      {"isdecimal", {{'0', '9'}}},
      {"isnumeric", {{'0', '9'}}},
      {"isalpha", {{'a', 'z'}, {'A', 'Z'}}},
      {"isalnum", {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}}},
      {"islower", {{'a', 'z'}}},
      {"isupper", {{'A', 'Z'}}},
      {"isspace", {{' ', ' '}, {'\t', '\r'}, {0x1c, 0x1f}}},
  };
  if (!i.is(Op::Method) || i.operandCount != 1 || i.operand(0)->guess != Guess::Str) return nullptr;
  const auto found = std::find_if(kQuestions.begin(), kQuestions.end(), [&](const Question& q) { return q.method == t.module().names[i.index]; });
  return found == kQuestions.end() ? nullptr : &*found;
}

// Of `c in "+-"`.
std::optional<std::vector<int64_t>> searchedCodes(Translator& t, const Instruction& i) {
  constexpr size_t kMost = 8;
  auto codes = i.is(Op::Contains) && i.operand(1)->guess == Guess::Str ? codesOf(t, i.operand(0), kMost) : std::nullopt;
  return codes && !codes->empty() ? codes : std::nullopt;
}

// Whether the builtin of that name is called with a text.
bool calls(Translator& t, const Instruction& i, std::string_view name) {
  return i.is(Op::Call) && i.operandCount == 2 && i.operand(1)->guess == Guess::Str && t.globalName(i.operand(0)) == name &&
         !t.plan().facts->isAssigned(i.operand(0)->definition->index);
}
bool asksOrd(Translator& t, const Instruction& i) { return calls(t, i, "ord"); }
bool asksDigit(Translator& t, const Instruction& i) { return calls(t, i, "int") && surelyKind(i.result()) == RawKind::Int; }

// Whether only its code is asked for.
bool isAskedForCode(Translator& t, const Temp* item) {
  const Instruction* look = onlyLookAt(item);
  if (!look) return false;
  if (!compares(*look)) return asksOrd(t, *look) || asksDigit(t, *look) || questionOf(t, *look) || (searchedCodes(t, *look) && look->operand(1) == item);
  const Temp* other = look->operand(look->operand(0) == item ? 1 : 0);
  const auto codes = codesOf(t, other, 1);
  return (codes && codes->size() == 1) || isCharacterOfText(t, other) || (isTest(look->op) && !t.constantOf(other) && other->guess == Guess::Str);
}

// The code of what a general operation gave (owned); what is no text of one character leaves behind the instruction.
Temp* codeOfResult(Translator& t, const Instruction& i, Temp* word) {
  word->type = i.result()->type; // a str's item is known to be one
  t.define(i.result(), {.word = word, .owned = true});
  Temp* code = t.guardOr(Op::CharCheck, {word}, t.exitAfter(i))->result();
  t.emit(Op::Kill, {word});
  t.define(i.result(), {});
  return code;
}

bool get(Translator& t, const Instruction& i) {
  if (!isCharacterOfText(t, i.result()) || !isAskedForCode(t, i.result())) return false;
  const Temp* container = i.operand(0);
  const bool isLent = t.settleAround(i, container);
  Temp* key = t.asInt(i.operand(1));
  Temp* text = t.word(container);
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  Temp* code = t.numberParameter(meeting, RawKind::Int);
  t.jump(meeting, {t.guardOr(Op::CharGet, {text, key}, general, {.imm = originOfIndex(t, i.operand(1))})->result()});
  t.goOn(general);
  Temp* counted = isLent ? t.value(Op::Copy, {text}) : text;
  Temp* item = t.value(Op::ItemGet, {counted, key});
  if (isLent) t.emit(Op::Kill, {counted});
  t.jump(meeting, {codeOfResult(t, i, item)});
  t.goOn(meeting);
  t.define(i.result(), {.character = code});
  return true;
}

// With what is no text of one character, or of what nobody knows: as the general operation says.
void compareWith(Translator& t, const Instruction& i, Op test, Temp* code, uint32_t other) {
  t.settle();
  Temp* word = t.word(i.operand(other));
  Block* general = t.newBlock();
  Block* meeting = t.newBlock();
  Temp* holds = t.function().addParameter(meeting, Type::raw(Repr::I1), Ownership::Raw);
  Temp* its = t.guardOr(Op::CharCheck, {word}, general)->result();
  t.jump(meeting, {other ? t.value(test, {code, its}) : t.value(test, {its, code})});
  t.goOn(general);
  Temp* box = t.value(Op::BoxChar, {code});
  Temp* flag = other ? t.value(i.op, {box, word}) : t.value(i.op, {word, box});
  t.emit(Op::Kill, {box});
  t.jump(meeting, {flag});
  t.goOn(meeting);
  answer(t, i, holds);
}

bool compare(Translator& t, const Instruction& i) {
  static constexpr Op kTests[] = {Op::IntLt, Op::IntLe, Op::IntEq, Op::IntNe, Op::IntGt, Op::IntGe};
  const Op test = kTests[int(i.op) - int(isTest(i.op) ? Op::TestLt : Op::CompareLt)];
  Temp* codes[] = {t.peek(i.operand(0)).character, t.peek(i.operand(1)).character};
  if (!codes[0] && !codes[1]) return false;
  for (uint32_t n : {0u, 1u}) {
    if (codes[n]) continue;
    const auto constant = codesOf(t, i.operand(n), 1);
    if (constant && constant->size() == 1) codes[n] = t.integer(constant->front());
    else if (isTest(i.op) && !t.constantOf(i.operand(n)) && i.operand(n)->guess == Guess::Str) return compareWith(t, i, test, codes[1 - n], n), true;
    else return false;
  }
  answer(t, i, t.value(test, {codes[0], codes[1]}));
  return true;
}

// ---- questions ----------------------------------------------------------------------------------

Temp* isInOneOf(Translator& t, Temp* code, const std::vector<Range>& ranges) {
  Temp* isInNone = nullptr;
  for (const Range& range : ranges) {
    Temp* isIn = range.first == range.last ? t.value(Op::IntEq, {code, t.integer(range.first)})
                                           : t.value(Op::BoolAnd, {t.value(Op::IntLe, {t.integer(range.first), code}), t.value(Op::IntLe, {code, t.integer(range.last)})});
    if (ranges.size() == 1) return isIn;
    Temp* isOut = t.value(Op::BoolNot, {isIn});
    isInNone = isInNone ? t.value(Op::BoolAnd, {isInNone, isOut}) : isOut;
  }
  return t.value(Op::BoolNot, {isInNone});
}

// A character's code, and where what is none goes, with a text that is made there if there was none.
struct Asked {
  Temp *code, *text;
  Block *general, *meeting;
  Temp* holds;
};

Asked codeOf(Translator& t, const Temp* v) {
  t.settle();
  Temp* const known = t.peek(v).character;
  Asked a{known, known ? nullptr : t.word(v), t.newBlock(), t.newBlock(), nullptr};
  a.holds = t.function().addParameter(a.meeting, Type::raw(Repr::I1), Ownership::Raw);
  if (!known) a.code = t.guardOr(Op::CharCheck, {a.text}, a.general)->result();
  return a;
}

// What the method of a text says (owned); what is neither True nor False leaves behind the instruction.
void jumpWithAnswer(Translator& t, const Instruction& i, Block* meeting, Temp* said) {
  said->type = i.result()->type;
  t.define(i.result(), {.word = said, .owned = true});
  Temp* number = t.guardOr(Op::BoolCheck, {said}, t.exitAfter(i))->result();
  t.emit(Op::Kill, {said});
  t.define(i.result(), {});
  t.jump(meeting, {t.value(Op::IntNe, {number, t.integer(0)})});
}

// `c.isdigit()`: of a character of ASCII a comparison or two.
bool ask(Translator& t, const Instruction& i, const Question& question) {
  const Asked a = codeOf(t, i.operand(0));
  t.guardOr(Op::CondBr, {t.value(Op::IntLt, {a.code, t.integer(128)})}, a.general);
  t.jump(a.meeting, {isInOneOf(t, a.code, question.ranges)});
  t.goOn(a.general);
  Temp* text = a.text ? a.text : t.value(Op::BoxChar, {a.code});
  Temp* said = t.value(Op::Method, {text}, {.index = i.index, .index2 = i.index2, .imm = i.imm, .imm2 = i.imm2});
  if (!a.text) t.emit(Op::Kill, {text});
  jumpWithAnswer(t, i, a.meeting, said);
  t.goOn(a.meeting);
  t.defineBool(i.result(), a.holds);
  return true;
}

// Of `line.startswith("#")`, `name.endswith(".py")`.
std::optional<std::vector<int64_t>> edgeCodes(Translator& t, const Instruction& i) {
  constexpr size_t kMost = 4;
  if (!i.is(Op::Method) || i.operandCount != 2 || i.operand(0)->guess != Guess::Str) return std::nullopt;
  const std::string_view name = t.module().names[i.index];
  auto codes = name == "startswith" || name == "endswith" ? codesOf(t, i.operand(1), kMost) : std::nullopt;
  return codes && !codes->empty() ? codes : std::nullopt;
}

// The characters are compared one by one; a text that is shorter is the method's business.
bool compareEdge(Translator& t, const Instruction& i, const std::vector<int64_t>& codes) {
  const bool isEnd = t.module().names[i.index] == "endswith";
  t.settle();
  Temp *text = t.word(i.operand(0)), *edge = t.word(i.operand(1)); // a constant, which nobody counts
  Block *general = t.newBlock(), *other = codes.size() > 1 ? t.newBlock() : nullptr, *meeting = t.newBlock();
  Temp* holds = t.function().addParameter(meeting, Type::raw(Repr::I1), Ownership::Raw);
  for (size_t n = 0; n < codes.size(); ++n) {
    const auto at = static_cast<int64_t>(n) - (isEnd ? static_cast<int64_t>(codes.size()) : 0);
    Temp* code = t.guardOr(Op::CharGet, {text, t.integer(at)}, general, {.imm = isEnd})->result();
    Temp* isSame = t.value(Op::IntEq, {code, t.integer(codes[n])});
    if (n + 1 == codes.size()) t.jump(meeting, {isSame});
    else t.guardOr(Op::CondBr, {isSame}, other);
  }
  if (other) t.goOn(other), t.jump(meeting, {t.flag(false)});
  t.goOn(general);
  jumpWithAnswer(t, i, meeting, t.value(Op::Method, {text, t.value(Op::Copy, {edge})}, {.index = i.index, .index2 = i.index2, .imm = i.imm, .imm2 = i.imm2}));
  t.goOn(meeting);
  t.drop(i.operand(1));
  t.defineBool(i.result(), holds);
  return true;
}

// `c in "+-"`: of a text of one character, that of a constant text.
bool search(Translator& t, const Instruction& i, const std::vector<int64_t>& codes) {
  Temp* constant = t.word(i.operand(0));
  std::vector<Range> ranges;
  for (const int64_t c : codes) ranges.push_back({c, c});
  if (Temp* const known = t.peek(i.operand(1)).character) return answer(t, i, isInOneOf(t, known, ranges)), true;
  const Asked a = codeOf(t, i.operand(1));
  t.jump(a.meeting, {isInOneOf(t, a.code, ranges)});
  t.goOn(a.general);
  t.jump(a.meeting, {t.value(Op::Contains, {constant, a.text})});
  t.goOn(a.meeting);
  answer(t, i, a.holds);
  return true;
}

void requireBuiltin(Translator& t, const Instruction& i, std::string_view name) {
  t.require(t.value(Op::IsBuiltin, {t.word(i.operand(0))}, {.index = t.module().names.intern(name)}));
}

bool ord(Translator& t, const Instruction& i) {
  requireBuiltin(t, i, "ord");
  Temp* const known = t.peek(i.operand(1)).character;
  Temp* code = known ? known : t.checked(Op::CharCheck, {t.word(i.operand(1))});
  t.drop(i.operand(1));
  t.defineInt(i.result(), code);
  return true;
}

// `int(c)` of a digit of ASCII; of all else as it is called.
bool digit(Translator& t, const Instruction& i) {
  t.settle();
  requireBuiltin(t, i, "int");
  Temp* const known = t.peek(i.operand(1)).character;
  Temp *text = known ? nullptr : t.word(i.operand(1)), *callee = t.word(i.operand(0));
  const bool isOwned = text && t.of(i.operand(1)).owned; // and used up by the call, or here
  Block *general = t.newBlock(), *meeting = t.newBlock();
  Temp* number = t.numberParameter(meeting, RawKind::Int);
  Temp* code = known ? known : t.guardOr(Op::CharCheck, {text}, general)->result();
  t.guardOr(Op::CondBr, {isInOneOf(t, code, {{'0', '9'}})}, general);
  Temp* value = t.value(Op::IntXor, {code, t.integer('0')});
  if (isOwned) t.emit(Op::Kill, {text});
  t.jump(meeting, {value});
  t.goOn(general);
  Temp* argument = known ? t.value(Op::BoxChar, {known}) : isOwned ? text : t.value(Op::Copy, {text});
  t.define(i.operand(1), {});
  t.jump(meeting, {t.unboxResult(i, t.value(Op::Call, {callee, argument}), RawKind::Int)});
  t.goOn(meeting);
  t.defineInt(i.result(), number);
  return true;
}

} // namespace

bool translateCharacter(Translator& t, const Instruction& i) {
  if (i.is(Op::ItemGet)) return get(t, i);
  if (compares(i)) return compare(t, i);
  if (asksOrd(t, i)) return ord(t, i);
  if (asksDigit(t, i)) return digit(t, i);
  if (const Question* question = questionOf(t, i)) return ask(t, i, *question);
  if (const auto codes = edgeCodes(t, i)) return compareEdge(t, i, *codes);
  const auto codes = searchedCodes(t, i);
  return codes && search(t, i, *codes);
}

} // namespace krait::ir::passes::versions
