// Names are symbols (layout/constant_pool.h), and the symbol spells the name: the modules' symbol tables tell all. Those
// that starting needs stand together, first of all those that a measured start used.
#include "codegen/emit/name_table.h"
#include <llvm/ADT/StringExtras.h>
#include <llvm/IR/GlobalAlias.h>
#include <llvm/Object/Archive.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/MemoryBuffer.h>
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

/// Where a name stands: before all others with a larger number.
enum : uint32_t { kMentionedAtStart = 1u << 30, kElsewhere };
using Names = std::map<std::string, uint32_t>; // by text

void place(Names& names, const std::string& name, uint32_t where) {
  auto [at, isNew] = names.try_emplace(name, where);
  at->second = std::min(at->second, where);
}

bool placeFirst(const std::string& order, Names& names, std::string& error) {
  auto file = llvm::MemoryBuffer::getFile(order);
  if (!file) {
    error = order + ": " + file.getError().message();
    return false;
  }
  uint32_t number = 0;
  llvm::SmallVector<llvm::StringRef, 0> lines;
  (*file)->getBuffer().split(lines, '\n');
  std::string name;
  bool startup;
  for (llvm::StringRef line : lines)
    if (layout::parseNameSymbol(line, name, startup))
      if (auto at = names.find(name); at != names.end()) at->second = number++;
  return true;
}

void collectNames(const llvm::object::ObjectFile& object, Names& names) {
  for (const llvm::object::SymbolRef& symbol : object.symbols()) {
    llvm::Expected<llvm::StringRef> spelling = symbol.getName();
    std::string name;
    bool startup;
    if (!spelling)
      llvm::consumeError(spelling.takeError());
    else if (layout::parseNameSymbol(*spelling, name, startup))
      place(names, name, startup ? kMentionedAtStart : kElsewhere);
  }
}

/// Of a module in one object or in several.
llvm::Error collectNames(const std::string& path, Names& names) {
  auto file = llvm::object::createBinary(path);
  if (!file) return file.takeError();
  if (const auto* object = llvm::dyn_cast<llvm::object::ObjectFile>(file->getBinary())) collectNames(*object, names);
  const auto* archive = llvm::dyn_cast<llvm::object::Archive>(file->getBinary());
  if (!archive) return llvm::Error::success();
  llvm::Error broken = llvm::Error::success();
  for (const llvm::object::Archive::Child& child : archive->children(broken)) {
    auto member = child.getAsBinary();
    if (!member) return llvm::joinErrors(std::move(broken), member.takeError());
    collectNames(llvm::cast<llvm::object::ObjectFile>(**member), names);
  }
  return broken;
}

} // namespace

std::string writeNameTable(const std::vector<std::string>& modules, const std::string& order, const Target& target, std::string& error) {
  Names names;
  for (const char* name : kRuntimeNames) place(names, name, kMentionedAtStart);
  for (const std::string& module : modules)
    if (llvm::Error broken = collectNames(module, names)) {
      error = module + ": " + llvm::toString(std::move(broken));
      return {};
    }
  if (!placeFirst(order, names, error)) return {};
  std::vector<std::pair<uint32_t, llvm::StringRef>> placed;
  for (const auto& [name, where] : names) placed.emplace_back(where, name);
  llvm::sort(placed);

  llvm::LLVMContext context;
  lower::LoweredModule made{.llvm = std::make_unique<llvm::Module>("names", context)};
  llvm::Module& module = *made.llvm;
  auto machine = makeTargetMachine(target, Effort::None, true /*it serves executables and shared libraries*/);
  module.setTargetTriple(machine->getTargetTriple().str());
  module.setDataLayout(machine->createDataLayout());

  // Three quarters full. An entry is one word: the objects stand behind the table, not far away.
  const size_t slots = names.size() / 3 * 4 + 4;
  std::vector<bool> taken(slots);
  layout::StaticImage<ProgramNames> image(context, 0, slots * sizeof(uint64_t));
  image.set(&ProgramNames::count, slots);
  auto* words = llvm::ArrayType::get(llvm::Type::getInt64Ty(context), 1 + slots);
  auto* table = new llvm::GlobalVariable(module, words, true, llvm::GlobalValue::ExternalLinkage, nullptr, "krt_program_names");
  table->setAlignment(llvm::Align(16));
  const ir::core::ConstantTable none;
  layout::ConstantPool pool(module, none);
  for (const auto& [where, name] : placed) {
    llvm::GlobalVariable* object = pool.defineName(name);
    if (where != kElsewhere) object->setSection(layout::kStartDataSection);
    llvm::GlobalAlias::create(object->getValueType(), 0, llvm::GlobalValue::ExternalLinkage, layout::nameSymbol(name, true), object, &module);
    const uint32_t hash = nameHashOf(name);
    size_t at = ProgramNames::home(hash, slots);
    while (taken[at]) at = (at + 1) % slots;
    taken[at] = true;
    const size_t offset = sizeof(ProgramNames) + at * sizeof(uint64_t);
    llvm::Constant* place = layout::offsetAddress(table, static_cast<int64_t>(offset));
    llvm::Constant* hashed = layout::offsetAddress(object, static_cast<int64_t>(uint64_t{hash} << 32));
    image.addressAt(offset, llvm::ConstantExpr::getSub(layout::wordOf(hashed), layout::wordOf(place)));
  }
  table->setInitializer(image.build());

  llvm::SmallVector<char, 0> bytes;
  writeMachineCode(made, target, *machine, Output::Object, bytes);
  return {bytes.data(), bytes.size()};
}

} // namespace krait::codegen::emit
