#include "codegen/layout/static_image.h"

namespace krait::codegen::layout {

WordImage::WordImage(llvm::LLVMContext& context, size_t bytes) : context_(context), words_((bytes + 7) / 8) {}

void WordImage::putWord(size_t offset, llvm::Constant* c) {
  assert(offset % 8 == 0);
  if (auto* number = llvm::dyn_cast<llvm::ConstantInt>(c)) {
    words_[offset / 8] = number->getZExtValue();
    return;
  }
  if (c->getType()->isPointerTy()) c = llvm::ConstantExpr::getPtrToInt(c, llvm::Type::getInt64Ty(context_));
  symbols_.resize(words_.size());
  symbols_[offset / 8] = c;
}

llvm::Constant* WordImage::build() const {
  if (symbols_.empty()) return llvm::ConstantDataArray::get(context_, words_);
  auto* i64 = llvm::Type::getInt64Ty(context_);
  std::vector<llvm::Constant*> all(words_.size());
  for (size_t i = 0; i < all.size(); ++i)
    all[i] = symbols_[i] ? symbols_[i] : llvm::ConstantInt::get(i64, words_[i]);
  return llvm::ConstantArray::get(llvm::ArrayType::get(i64, all.size()), all);
}

} // namespace krait::codegen::layout
