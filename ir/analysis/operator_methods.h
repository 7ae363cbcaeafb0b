// Which methods of classes the operations on values ask for: one table for all who look into them.
#pragma once

#include "ir/core/operations.h"

namespace krait::ir::analysis {

struct OperatorMethod {
  core::Op op;
  const char *name, *reflected; // of the left operand; of the right one, or empty
  const char* plain = "";       // of an augmented assignment: of the left operand, whose class has nothing under the name
};

inline constexpr OperatorMethod kOperatorMethods[] = {
    {core::Op::BinaryAdd, "__add__", "__radd__"},
    {core::Op::BinarySub, "__sub__", "__rsub__"},
    {core::Op::BinaryMul, "__mul__", "__rmul__"},
    {core::Op::BinaryTrueDiv, "__truediv__", "__rtruediv__"},
    {core::Op::BinaryFloorDiv, "__floordiv__", "__rfloordiv__"},
    {core::Op::BinaryMod, "__mod__", "__rmod__"},
    {core::Op::BinaryMatMul, "__matmul__", "__rmatmul__"},
    {core::Op::BinaryLShift, "__lshift__", "__rlshift__"},
    {core::Op::BinaryRShift, "__rshift__", "__rrshift__"},
    {core::Op::BinaryAnd, "__and__", "__rand__"},
    {core::Op::BinaryOr, "__or__", "__ror__"},
    {core::Op::BinaryXor, "__xor__", "__rxor__"},
    {core::Op::InplaceAdd, "__iadd__", "__radd__", "__add__"},
    {core::Op::InplaceSub, "__isub__", "__rsub__", "__sub__"},
    {core::Op::InplaceMul, "__imul__", "__rmul__", "__mul__"},
    {core::Op::InplaceTrueDiv, "__itruediv__", "__rtruediv__", "__truediv__"},
    {core::Op::InplaceFloorDiv, "__ifloordiv__", "__rfloordiv__", "__floordiv__"},
    {core::Op::InplaceMod, "__imod__", "__rmod__", "__mod__"},
    {core::Op::InplaceMatMul, "__imatmul__", "__rmatmul__", "__matmul__"},
    {core::Op::InplaceLShift, "__ilshift__", "__rlshift__", "__lshift__"},
    {core::Op::InplaceRShift, "__irshift__", "__rrshift__", "__rshift__"},
    {core::Op::InplaceAnd, "__iand__", "__rand__", "__and__"},
    {core::Op::InplaceOr, "__ior__", "__ror__", "__or__"},
    {core::Op::InplaceXor, "__ixor__", "__rxor__", "__xor__"},
    {core::Op::UnaryNeg, "__neg__", ""},
    {core::Op::CompareLt, "__lt__", ""},
    {core::Op::CompareLe, "__le__", ""},
    {core::Op::CompareEq, "__eq__", ""},
    {core::Op::CompareGt, "__gt__", ""},
    {core::Op::CompareGe, "__ge__", ""},
    {core::Op::TestLt, "__lt__", ""},
    {core::Op::TestLe, "__le__", ""},
    {core::Op::TestEq, "__eq__", ""},
    {core::Op::TestGt, "__gt__", ""},
    {core::Op::TestGe, "__ge__", ""},
    {core::Op::ItemGet, "__getitem__", ""},
    {core::Op::ItemSet, "__setitem__", ""},
    {core::Op::Contains, "__contains__", ""},
};

} // namespace krait::ir::analysis
