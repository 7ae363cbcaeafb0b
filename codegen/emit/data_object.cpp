#include "codegen/emit/data_object.h"
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Compression.h>
#include "codegen/emit/object_writer.h"
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {

std::string writeDataObject(const std::vector<DataFile>& files, const Target& target) {
  if (!llvm::compression::zlib::isAvailable()) return {};
  llvm::LLVMContext context;
  lower::LoweredModule made{.llvm = std::make_unique<llvm::Module>("data", context)};
  llvm::Module& module = *made.llvm;
  auto machine = makeTargetMachine(target, Effort::None, false);
  module.setTargetTriple(machine->getTargetTriple().str());
  module.setDataLayout(machine->createDataLayout());
  auto* pointer = llvm::PointerType::getUnqual(context);
  auto* word = llvm::Type::getInt64Ty(context);
  auto number = [&](size_t n) { return llvm::ConstantInt::get(word, n); };
  auto data = [&](llvm::Constant* value) {
    return new llvm::GlobalVariable(module, value->getType(), true, llvm::GlobalValue::PrivateLinkage, value, "file");
  };
  std::vector<llvm::Constant*> rows;
  for (const DataFile& f : files) {
    llvm::SmallVector<uint8_t, 0> packed;
    llvm::compression::zlib::compress(llvm::arrayRefFromStringRef<uint8_t>(f.bytes), packed);
    rows.push_back(llvm::ConstantStruct::getAnon({data(llvm::ConstantDataArray::getString(context, f.path)), data(llvm::ConstantDataArray::get(context, packed)),
                                                  number(packed.size()), number(f.bytes.size())}));
  }
  auto* row = llvm::StructType::get(context, {pointer, pointer, word, word});
  auto* table = data(llvm::ConstantArray::get(llvm::ArrayType::get(row, rows.size()), rows));
  auto* all = llvm::ConstantStruct::getAnon({number(rows.size()), table});
  new llvm::GlobalVariable(module, all->getType(), true, llvm::GlobalValue::ExternalLinkage, all, "krt_embedded_files");
  llvm::SmallVector<char, 0> bytes;
  writeMachineCode(made, target, *machine, Output::Object, bytes);
  return {bytes.data(), bytes.size()};
}

} // namespace krait::codegen::emit
