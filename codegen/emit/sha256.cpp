#include "codegen/emit/sha256.h"
#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Base64.h>
#include <llvm/Support/SHA256.h>

namespace krait::codegen::emit {

static auto digestOf(std::string_view bytes) {
  return llvm::SHA256::hash(llvm::ArrayRef(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
}

std::string sha256(std::string_view bytes) {
  std::string text = llvm::encodeBase64(digestOf(bytes));
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::string sha256Hex(std::string_view bytes) {
  return llvm::toHex(digestOf(bytes), /*LowerCase=*/true);
}

} // namespace krait::codegen::emit
