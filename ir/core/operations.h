// What the table of operations says about each one.
#pragma once

#include "ir/core/type.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait::ir::core {

enum class Op : uint16_t {
#define OP(name, text, operands, result, attributes, flags, entry) name,
#include "ir/core/operations.def"
  kCount
};

enum class OperandMode : uint8_t { End, Borrow, Consume, ConsumeOnSuccess, Nullable, VarBorrow, VarConsume, I64, F64, I1, SmallInt };

struct OperandSpec {
  const char* name = nullptr;
  OperandMode mode = OperandMode::End;
  bool mayBeNull = false; // at run time; Nullable ones may also be absent
};

enum class ResultRule : uint8_t { None, Owned, Borrowed, NullOwned, NullBorrowed, I1, I32, I64, F64, SmallInt, TwoF64, Many, Two };

namespace attribute {
enum : uint32_t {
  NAME = 1, CONST = 2, LOCAL = 4, CELL = 8, GLOBAL = 16, FUNCTION = 32, IMM = 64, IMM2 = 128, CONST2 = 256,
  SUCC1 = 512, SUCC2 = 1024,
  LOCAL2 = 2048
};
}

namespace op_flags {
enum : uint32_t {
  kRaises = 1, kRunsCode = 2, kTerminator = 4, kPure = 8, kReadsLocal = 16, kWritesLocal = 32,
  kReadsCell = 64, kWritesCell = 128, kReadsGlobal = 256, kWritesGlobal = 512, kReadsHeap = 1024,
  kWritesHeap = 2048, kSuspends = 4096, kNoTrace = 8192, kResultFirst = 16384,
  kAny = kRaises | kRunsCode | kReadsCell | kWritesCell | kReadsGlobal | kWritesGlobal | kReadsHeap | kWritesHeap,
};
}

struct OpInfo {
  const char* text;
  OperandSpec operands[7]; // ends with mode End
  ResultRule result;
  uint32_t attributes; // union of attribute::*
  uint32_t flags;      // union of op_flags::*
  const char* entry;   // runtime entry, or null: custom
};

const OpInfo& infoOf(Op op);
// False if there is no such operation.
bool opFromText(std::string_view text, Op& op);

inline bool has(Op op, uint32_t flag) { return (infoOf(op).flags & flag) != 0; }
inline bool isTerminator(Op op) { return has(op, op_flags::kTerminator); }
inline bool mayRaise(Op op) { return has(op, op_flags::kRaises); }
inline bool mayRunCode(Op op) { return has(op, op_flags::kRunsCode); }
// Its results exist on the first edge only.
inline bool hasResultFirst(Op op) { return has(op, op_flags::kResultFirst); }
// How many block targets it names.
inline uint32_t successorsOf(Op op) {
  uint32_t a = infoOf(op).attributes;
  return a & attribute::SUCC2 ? 2 : a & attribute::SUCC1 ? 1 : 0;
}
// The spec of the i-th operand (a variadic spec covers all that follow).
const OperandSpec& operandSpec(Op op, size_t i);

// The i-th of a family in the order of the table (Op::BinaryAdd + n is Op::InplaceAdd's n-th).
constexpr Op offsetOp(Op first, int by) { return static_cast<Op>(static_cast<int>(first) + by); }

} // namespace krait::ir::core
