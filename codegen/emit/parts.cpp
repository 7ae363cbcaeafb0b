#include "codegen/emit/parts.h"
#include <algorithm>
#include <bit>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Object/ArchiveWriter.h>
#include <llvm/Support/MemoryBuffer.h>

namespace krait::codegen::emit {
namespace {

/// Operations (of Krait IR) that are worth a part: lowering everything once more takes a seventieth of what compiling it does.
constexpr size_t kPartSize = 1000;
constexpr unsigned kMaxParts = 8;

using Parts = uint32_t; // a bit for each

/// By size, the largest first, each to where there is least.
llvm::DenseMap<const llvm::Function*, unsigned> divide(llvm::Module& module, unsigned count) {
  struct Sized {
    unsigned size, number;
    const llvm::Function* function;
  };
  std::vector<Sized> functions;
  for (const llvm::Function& f : module)
    if (!f.isDeclaration()) functions.push_back({f.getInstructionCount(), static_cast<unsigned>(functions.size()), &f});
  std::sort(functions.begin(), functions.end(), [](const Sized& a, const Sized& b) { return a.size != b.size ? a.size > b.size : a.number < b.number; });
  std::vector<size_t> sizes(count);
  llvm::DenseMap<const llvm::Function*, unsigned> partOf;
  for (const auto& [size, number, f] : functions) {
    const auto least = static_cast<unsigned>(std::min_element(sizes.begin(), sizes.end()) - sizes.begin());
    partOf[f] = least;
    sizes[least] += size;
  }
  return partOf;
}

class Division {
public:
  /// partOf says of each function that is defined in which part it is.
  Division(lower::LoweredModule& lowered, unsigned part, llvm::DenseMap<const llvm::Function*, unsigned> partOf)
      : lowered_(lowered), module_(*lowered.llvm), part_(part), partOf_(std::move(partOf)) {
    for (const auto& [at, place] : lowered.sites) described_.insert(place.code);
    for (const auto& [f, code] : lowered.codes) described_.insert(code);
  }

  void run() {
    struct Value {
      llvm::GlobalValue* value;
      unsigned home;
      bool isShared;
    };
    std::vector<Value> all; // before anything is changed
    for (llvm::Function& f : module_)
      if (!f.isDeclaration()) all.push_back({&f, partOf_[&f], (usersOf(f) & ~bit(partOf_[&f])) != 0});
    for (llvm::GlobalVariable& v : module_.globals())
      if (v.hasInitializer() && !v.hasAvailableExternallyLinkage()) {
        const Parts users = described_.contains(&v) ? ~Parts{0} : usersOf(v);
        all.push_back({&v, homeOf(v), (users & ~bit(homeOf(v))) != 0});
      }
    llvm::erase_if(lowered_.cheap, [&](llvm::Function* f) { return partOf_[f] != part_; });
    llvm::SmallVector<const llvm::Function*> others;
    for (const auto& [f, code] : lowered_.codes)
      if (partOf_[f] != part_) others.push_back(f);
    for (const llvm::Function* f : others) lowered_.codes.erase(f);
    for (const Value& v : all) {
      if (v.isShared) share(*v.value);
      if (v.home != part_) leaveOut(*v.value);
    }
    for (const Value& v : all)
      if (v.home != part_ && v.value->use_empty() && !described_.contains(v.value)) v.value->eraseFromParent();
  }

private:
  static Parts bit(unsigned part) { return Parts{1} << part; }

  /// The parts that mention it, in code or in their data.
  Parts usersOf(const llvm::Constant& constant) {
    Parts found = 0;
    for (const llvm::User* user : constant.users()) {
      if (const auto* i = llvm::dyn_cast<llvm::Instruction>(user)) found |= bit(partOf_.lookup(i->getFunction()));
      else if (const auto* data = llvm::dyn_cast<llvm::GlobalVariable>(user)) found |= bit(homeOf(*data));
      else found |= usersOf(*llvm::cast<llvm::Constant>(user));
    }
    return found;
  }

  /// Data is where the only part is that uses it. What is in a section, or has a symbol, is read by others than the module's code.
  unsigned homeOf(const llvm::GlobalVariable& v) {
    const auto [known, isNew] = homes_.try_emplace(&v, 0); // as long as it is being looked for
    if (!isNew || !v.hasLocalLinkage() || v.hasSection()) return known->second;
    const Parts users = usersOf(v);
    return homes_[&v] = std::has_single_bit(users) ? static_cast<unsigned>(std::countr_zero(users)) : 0;
  }

  void share(llvm::GlobalValue& value) {
    if (!value.hasLocalLinkage()) return;
    llvm::StringRef name = value.getName();
    name.consume_front((module_.getName() + ".").str());
    value.setName(module_.getName() + ":" + name);
    value.setLinkage(llvm::GlobalValue::ExternalLinkage);
    value.setVisibility(llvm::GlobalValue::HiddenVisibility);
    value.setDSOLocal(true);
  }

  static void leaveOut(llvm::GlobalValue& value) {
    if (auto* f = llvm::dyn_cast<llvm::Function>(&value)) return f->deleteBody();
    auto& v = llvm::cast<llvm::GlobalVariable>(value);
    v.setInitializer(nullptr);
    v.setLinkage(llvm::GlobalValue::ExternalLinkage);
    v.setSection("");
  }

  lower::LoweredModule& lowered_;
  llvm::Module& module_;
  const unsigned part_;
  llvm::DenseMap<const llvm::Function*, unsigned> partOf_;
  llvm::DenseMap<const llvm::GlobalVariable*, unsigned> homes_;
  llvm::DenseSet<const llvm::GlobalValue*> described_; // CodeInfo: tables of every part refer to it
};

/// `def` or `async def`, and no expression.
bool isGeneratorOfText(const ir::core::Function& f) { return f.isGenerator() && f.name != "<genexpr>"; }

} // namespace

unsigned partCount(const ir::core::Module& module) {
  size_t operations = 0;
  for (const auto& f : module.functions)
    for (const ir::core::Block* block = f->entry(); block; block = block->next)
      for (const ir::core::Instruction* i = block->first; i; i = i->next) ++operations;
  return static_cast<unsigned>(std::clamp<size_t>(operations / kPartSize, 1, kMaxParts));
}

void keepPart(lower::LoweredModule& lowered, unsigned part, unsigned count) {
  Division(lowered, part, divide(*lowered.llvm, count)).run();
}

bool hasShares(const ir::core::Module& module, Care care) {
  using ir::core::FunctionKind;
  return std::any_of(module.functions.begin(), module.functions.end(), [&](const auto& f) {
    if (care == Care::Distant) return isGeneratorOfText(*f);
    return care == Care::Package && f->kind != FunctionKind::Module && f->kind != FunctionKind::ClassBody;
  });
}

void keepShare(lower::LoweredModule& lowered, Share share, Care care) {
  const llvm::DenseSet<const llvm::Function*> cheap(lowered.cheap.begin(), lowered.cheap.end());
  llvm::DenseMap<const llvm::Function*, unsigned> partOf;
  for (const llvm::Function& f : *lowered.llvm) {
    if (f.isDeclaration()) continue;
    const auto resumed = lowered.resumes.find(&f);
    const bool isQuick = care == Care::Package ? lowered.codes.contains(&f) && !cheap.contains(&f) : resumed != lowered.resumes.end() && isGeneratorOfText(*resumed->second);
    partOf[&f] = static_cast<unsigned>(isQuick ? Share::Quick : Share::Rest);
  }
  Division(lowered, static_cast<unsigned>(share), std::move(partOf)).run();
}

std::string joinParts(const std::vector<std::string>& objects, std::string& error) {
  std::vector<llvm::NewArchiveMember> members;
  std::vector<std::string> names;
  for (size_t n = 0; n < objects.size(); ++n) names.push_back(std::to_string(n) + ".o");
  for (size_t n = 0; n < objects.size(); ++n) members.emplace_back(llvm::MemoryBufferRef(objects[n], names[n]));
  auto archive = llvm::writeArchiveToBuffer(members, llvm::SymtabWritingMode::NoSymtab, llvm::object::Archive::K_GNU, true, false);
  if (!archive) {
    error = "internal error: " + llvm::toString(archive.takeError());
    return {};
  }
  return (*archive)->getBuffer().str();
}

} // namespace krait::codegen::emit
