// Python's operators on compile-time values.
#pragma once

#include "ir/core/module.h"

#include <optional>
#include <string>

namespace krait::ir::analysis {

// What made the temporary, or made that of which it is a copy; null: it is a parameter, or there is none.
inline const core::Instruction* originOf(const core::Temp* t) {
  const core::Instruction* from = t ? t->definition : nullptr;
  while (from && from->is(core::Op::Copy)) from = from->operand(0)->definition;
  return from;
}

// The constant that a temporary is (through copies), or null.
const core::Constant* constantOf(const core::Module& module, const core::Temp* t);

// The text that it is, or null.
inline const std::string* textOf(const core::Module& module, const core::Temp* t) {
  const core::Constant* c = constantOf(module, t);
  return c && c->kind == core::ConstantKind::Str ? &c->text : nullptr;
}

// Truth of a constant, as bool() gives it.
bool truthOf(const core::Constant& c);

// The value of a binary.*, inplace.*, compare.* operation; nothing where it raises, would be large, or is not
// modelled. Results are what CPython computes, to the bit.
std::optional<core::Constant> evaluateBinary(core::Op op, const core::Constant& left, const core::Constant& right);
std::optional<core::Constant> evaluateUnary(core::Op op, const core::Constant& value);

// What a condition is, if known: truth, test.*, is, bool.not of constants.
std::optional<bool> knownCondition(const core::Module& module, const core::Temp* condition);

} // namespace krait::ir::analysis
