#include "codegen/emit/fold_boxes.h"
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>

#include "runtime/abi/value.h"

namespace krait::codegen::emit {

using namespace llvm::PatternMatch;

llvm::PreservedAnalyses FoldBoxes::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  bool changed = false;
  for (llvm::Instruction& i : llvm::instructions(function)) {
    constexpr uint64_t kBias = Value::kFloatBias, kTurn = Value::kFloatTurn;
    auto rotatedLeft = [](auto inner, uint64_t by) {
      return m_CombineOr(m_Intrinsic<llvm::Intrinsic::fshl>(inner, m_Value(), m_SpecificInt(by)),
                         m_Intrinsic<llvm::Intrinsic::fshr>(inner, m_Value(), m_SpecificInt(64 - by)));
    };
    llvm::Value *word, *sum, *bits;
    const bool unboxes = match(&i, m_Add(rotatedLeft(m_Value(word), 64 - kTurn), m_SpecificInt(-kBias))) ||
                         match(&i, m_Sub(rotatedLeft(m_Value(word), 64 - kTurn), m_SpecificInt(kBias)));
    if (!unboxes || !match(word, rotatedLeft(m_Value(sum), kTurn)) || !match(sum, m_Add(m_Value(bits), m_SpecificInt(kBias)))) continue;
    i.replaceAllUsesWith(bits);
    changed = true;
  }
  if (!changed) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

} // namespace krait::codegen::emit
