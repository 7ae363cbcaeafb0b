// Families of operators that the lowerings of numbers share.
#pragma once
#include <llvm/IR/InstrTypes.h>
#include "ir/core/operations.h"

namespace krait::codegen::lower {

using ir::core::Op;

/// Ints up to here are doubles without loss.
constexpr int64_t kExactDouble = int64_t{1} << 53;

inline bool isArithmetic(Op op) { return op >= Op::BinaryAdd && op <= Op::InplaceMatMul; }
inline bool isTest(Op op) { return op >= Op::TestLt && op <= Op::TestGe; }
inline bool isCompare(Op op) { return op >= Op::CompareLt && op <= Op::CompareGe; }

/// The operator without assignment.
inline Op plainOp(Op op) {
  return op >= Op::InplaceAdd && op <= Op::InplaceMatMul ? ir::core::offsetOp(Op::BinaryAdd, int(op) - int(Op::InplaceAdd)) : op;
}

/// Of a test or comparison, on tagged ints or doubles.
inline llvm::CmpInst::Predicate predicateOf(Op op, bool isFloat) {
  static constexpr llvm::CmpInst::Predicate kInts[] = {llvm::CmpInst::ICMP_SLT, llvm::CmpInst::ICMP_SLE, llvm::CmpInst::ICMP_EQ,
                                                       llvm::CmpInst::ICMP_NE,  llvm::CmpInst::ICMP_SGT, llvm::CmpInst::ICMP_SGE};
  static constexpr llvm::CmpInst::Predicate kFloats[] = {llvm::CmpInst::FCMP_OLT, llvm::CmpInst::FCMP_OLE, llvm::CmpInst::FCMP_OEQ,
                                                         llvm::CmpInst::FCMP_UNE, llvm::CmpInst::FCMP_OGT, llvm::CmpInst::FCMP_OGE};
  const int n = int(op) - int(isTest(op) ? Op::TestLt : Op::CompareLt);
  return isFloat ? kFloats[n] : kInts[n];
}

} // namespace krait::codegen::lower
