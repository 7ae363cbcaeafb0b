// Which methods of classes the operations on values ask for: one table for all who look into them.
#pragma once

#include "ir/core/operations.h"

namespace krait::ir::core {

struct OperatorMethod {
  Op op;
  const char *name, *reflected; // of the left operand; of the right one, or empty
  const char* plain = "";       // of an augmented assignment: of the left operand, whose class has nothing under the name
};

inline constexpr OperatorMethod kOperatorMethods[] = {
#define KRAIT_BINARY_OPERATOR(Name, name)                   \
  {Op::Binary##Name, "__" #name "__", "__r" #name "__"}, \
  {Op::Inplace##Name, "__i" #name "__", "__r" #name "__", "__" #name "__"},
#include "runtime/abi/binary_operators.def"
    {Op::UnaryNeg, "__neg__", ""},
    {Op::CompareLt, "__lt__", ""},
    {Op::CompareLe, "__le__", ""},
    {Op::CompareEq, "__eq__", ""},
    {Op::CompareGt, "__gt__", ""},
    {Op::CompareGe, "__ge__", ""},
    {Op::TestLt, "__lt__", ""},
    {Op::TestLe, "__le__", ""},
    {Op::TestEq, "__eq__", ""},
    {Op::TestGt, "__gt__", ""},
    {Op::TestGe, "__ge__", ""},
    {Op::ItemGet, "__getitem__", ""},
    {Op::ItemSet, "__setitem__", ""},
    {Op::Contains, "__contains__", ""},
};

} // namespace krait::ir::core
