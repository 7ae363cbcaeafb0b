// Families of operators that the lowerings of numbers share.
#pragma once
#include <llvm/IR/InstrTypes.h>
#include "ir/core/operators.h"

namespace krait::codegen::lower {

using ir::core::isArithmetic;
using ir::core::isCompare;
using ir::core::isTest;
using ir::core::kExactDouble;
using ir::core::Op;
using ir::core::plainOp;

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
