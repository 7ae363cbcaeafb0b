// The table of operations as data.
#include "ir/core/operations.h"
#include <iterator>

#include <cassert>

namespace krait::ir::core {

namespace {
using enum OperandMode;
using namespace attribute;
using namespace op_flags;


// Not constexpr: calling it makes a misspelt attribute a compile error.
void unknownAttribute() {}

// The attribute column is a list of words: "CELL LOCAL" is read at compile time.
consteval uint32_t attributesFrom(std::string_view text) {
  struct Entry {
    std::string_view name;
    uint32_t bit;
  };
  constexpr Entry kEntries[] = {{"NAME", NAME},   {"CONST", CONST},   {"LOCAL", LOCAL}, {"CELL", CELL},
                                {"GLOBAL", GLOBAL}, {"FUNCTION", FUNCTION}, {"IMM", IMM}, {"IMM2", IMM2},
                                {"CONST2", CONST2}, {"SUCC1", SUCC1}, {"SUCC2", SUCC2}, {"LOCAL2", LOCAL2}};
  uint32_t bits = 0;
  std::string_view rest = text.substr(1, text.size() - 2); // without the parentheses
  while (!rest.empty()) {
    size_t end = rest.find(' ');
    std::string_view word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    bool found = false;
    for (const Entry& e : kEntries)
      if (e.name == word) {
        bits |= e.bit;
        found = true;
      }
    if (!found) unknownAttribute();
  }
  return bits;
}

consteval const char* entryFrom(const char* text) { return std::string_view(text) == "CUSTOM" ? nullptr : text; }

#define B(x) OperandSpec{#x, Borrow},
#define C(x) OperandSpec{#x, Consume},
#define S(x) OperandSpec{#x, ConsumeOnSuccess},
#define CN(x) OperandSpec{#x, Consume, true},
#define N(x) OperandSpec{#x, Nullable, true},
#define VB(x) OperandSpec{#x, VarBorrow},
#define VC(x) OperandSpec{#x, VarConsume},
#define RI(x) OperandSpec{#x, OperandMode::I64},
#define RF(x) OperandSpec{#x, OperandMode::F64},
#define RB(x) OperandSpec{#x, OperandMode::I1},
#define SI(x) OperandSpec{#x, OperandMode::SmallInt},
#define UNWRAP(...) __VA_ARGS__
#define OP(name, text, operands, result, attributes, flags, entry)                                             \
  OpInfo{text, {UNWRAP operands}, ResultRule::result, attributesFrom(#attributes), flags, entryFrom(#entry)},
constexpr OpInfo kInfos[] = {
#include "ir/core/operations.def"
};
#undef B
#undef C
#undef CN
#undef S
#undef N
#undef VB
#undef VC
#undef RI
#undef RF
#undef RB
#undef SI

constexpr OperandSpec kEnd{};

/// Readers of a row stop at the entry with mode End: there must be one.
constexpr bool everyRowEnds() {
  for (const OpInfo& info : kInfos)
    if (std::end(info.operands)[-1].mode != End) return false;
  return true;
}
static_assert(everyRowEnds(), "an operation has as many operands as OpInfo::operands: make it longer");
} // namespace

const OpInfo& infoOf(Op op) { return kInfos[static_cast<size_t>(op)]; }

bool opFromText(std::string_view text, Op& op) {
  for (size_t i = 0; i < size_t(Op::kCount); ++i)
    if (text == kInfos[i].text) {
      op = static_cast<Op>(i);
      return true;
    }
  return false;
}

const OperandSpec& operandSpec(Op op, size_t i) {
  const OperandSpec* specs = infoOf(op).operands;
  for (size_t k = 0;; ++k) {
    if (specs[k].mode == End) return kEnd;
    if (k == i || specs[k].mode == VarBorrow || specs[k].mode == VarConsume) return specs[k];
  }
}

} // namespace krait::ir::core
