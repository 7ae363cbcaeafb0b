// Names are symbols (layout/constant_pool.h), and the symbol spells the name: the modules' symbol tables tell all. Those
// that starting needs stand together.
#include "codegen/emit/name_table.h"
#include <llvm/ADT/StringExtras.h>
#include <llvm/IR/GlobalAlias.h>
#include <llvm/Object/ObjectFile.h>
#include <map>
#include "codegen/emit/object_writer.h"
#include "codegen/layout/constant_pool.h"
#include "codegen/layout/runtime_symbols.h"
#include "codegen/layout/sections.h"
#include "codegen/layout/static_image.h"
#include "runtime/abi/sections.h"
#include "runtime/types/str.h"

namespace krait::codegen::emit {
namespace {

const char* const kRuntimeNames[] = {
#define KRAIT_NAME(identifier) #identifier,
#include "runtime/object/names.def"
#undef KRAIT_NAME
};

/// By text; whether starting the program needs it.
using Names = std::map<std::string, bool>;

bool collectNames(const std::string& module, Names& names, std::string& error) {
  auto file = llvm::object::ObjectFile::createObjectFile(module);
  if (!file) {
    error = module + ": " + llvm::toString(file.takeError());
    return false;
  }
  for (const llvm::object::SymbolRef& symbol : file->getBinary()->symbols()) {
    llvm::Expected<llvm::StringRef> spelling = symbol.getName();
    std::string name;
    bool startup;
    if (!spelling)
      llvm::consumeError(spelling.takeError());
    else if (layout::parseNameSymbol(*spelling, name, startup))
      names[name] |= startup;
  }
  return true;
}

} // namespace

std::string writeNameTable(const std::vector<std::string>& modules, std::string& error) {
  Names names;
  for (const char* name : kRuntimeNames) names[name] = true;
  for (const std::string& module : modules)
    if (!collectNames(module, names, error)) return {};

  llvm::LLVMContext context;
  lower::LoweredModule made{.llvm = std::make_unique<llvm::Module>("names", context)};
  llvm::Module& module = *made.llvm;
  auto machine = makeTargetMachine(Effort::None);
  module.setTargetTriple(machine->getTargetTriple().str());
  module.setDataLayout(machine->createDataLayout());

  // At most half full. An entry is one word: programs are linked below 4 GiB.
  size_t slots = 16;
  while (slots < names.size() * 2) slots *= 2;
  std::vector<bool> taken(slots);
  layout::StaticImage<ProgramNames> image(context, 0, slots * sizeof(uint64_t));
  image.set(&ProgramNames::mask, slots - 1);
  const ir::core::ConstantTable none;
  layout::ConstantPool pool(module, none);
  for (const auto& [name, startup] : names) {
    llvm::GlobalVariable* object = pool.defineName(name);
    if (startup) {
      object->setSection(layout::kStartDataSection);
      llvm::GlobalAlias::create(object->getValueType(), 0, llvm::GlobalValue::ExternalLinkage, layout::nameSymbol(name, true), object, &module);
    }
    const uint32_t hash = nameHashOf(name);
    size_t at = hash & (slots - 1);
    while (taken[at]) at = (at + 1) & (slots - 1);
    taken[at] = true;
    image.addressAt(sizeof(ProgramNames) + at * sizeof(uint64_t), layout::offsetAddress(object, static_cast<int64_t>(uint64_t{hash} << 32)));
  }
  llvm::Constant* words = image.build();
  auto* table = new llvm::GlobalVariable(module, words->getType(), true, llvm::GlobalValue::ExternalLinkage, words, "krt_program_names");
  table->setAlignment(llvm::Align(16));

  llvm::SmallVector<char, 0> bytes;
  writeMachineCode(made, *machine, Output::Object, bytes);
  return {bytes.data(), bytes.size()};
}

} // namespace krait::codegen::emit
