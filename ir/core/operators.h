// Queries about groups of operators, and limits that they share.
#pragma once

#include "ir/core/operations.h"

namespace krait::ir::core {

// Ints up to this size are doubles without loss.
constexpr int64_t kExactDouble = int64_t{1} << 53;

constexpr bool isInplace(Op op) { return op >= Op::InplaceAdd && op <= Op::InplaceMatMul; }
constexpr bool isArithmetic(Op op) { return op >= Op::BinaryAdd && op <= Op::InplaceMatMul; }
constexpr bool isTest(Op op) { return op >= Op::TestLt && op <= Op::TestGe; }
/// Whose result is no word, but whether what a method returned is true.
constexpr bool answersTruth(Op op) { return isTest(op) || op == Op::Contains; }
constexpr bool isCompare(Op op) { return op >= Op::CompareLt && op <= Op::CompareGe; }
// Of a local that holds something; lend and take leave it without.
constexpr bool isLocalLoad(Op op) { return op == Op::LocalGet || op == Op::LocalRead || op == Op::LocalLend || op == Op::LocalTake; }
constexpr bool isLocalStore(Op op) { return op == Op::LocalSet || op == Op::LocalInit; }
/// Ends its block by an exception.
constexpr bool isRaise(Op op) { return op == Op::Raise || op == Op::RaiseFrom || op == Op::RaiseBare || op == Op::Reraise || op == Op::AssertFail; }
constexpr bool isSuperLoad(Op op) { return op == Op::SuperLoad || op == Op::SuperLoadOf; }
// Of what method.load has found.
constexpr bool isMethodCall(Op op) { return op == Op::MethodCall || op == Op::MethodCallKw; }
// By the attribute's name, or by what it has found.
constexpr bool isMethod(Op op) { return op == Op::Method || op == Op::MethodKw || isMethodCall(op); }
// Of what bound.load has found.
constexpr bool isBoundCall(Op op) { return op == Op::BoundCall || op == Op::BoundCallKw; }
// Whose arguments are operands.
constexpr bool isCall(Op op) { return op == Op::Call || op == Op::CallKw || isMethod(op); }
// `a += b` computes as `a + b` does.
constexpr Op plainOp(Op op) { return isInplace(op) ? offsetOp(Op::BinaryAdd, int(op) - int(Op::InplaceAdd)) : op; }

} // namespace krait::ir::core
