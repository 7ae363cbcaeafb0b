// Name tables and functions of a module.
#include "ir/core/module.h"

namespace krait::ir::core {

uint32_t NameTable::intern(std::string_view text) {
  auto [at, isNew] = ids_.try_emplace(std::string(text), size());
  if (isNew) all_.push_back(at->first);
  return at->second;
}

uint32_t NameTable::find(const std::string& text) const {
  auto found = ids_.find(text);
  return found == ids_.end() ? kNone : found->second;
}

std::vector<const Function*> Module::functionsIn(std::string_view qualname) const {
  std::vector<const Function*> found;
  for (const auto& f : functions) {
    const std::string_view own = f->qualname;
    const bool isInside = own.starts_with(qualname) && (own.size() == qualname.size() || own[qualname.size()] == '.');
    if (qualname.empty() || isInside) found.push_back(f.get());
  }
  return found;
}

Function& Module::addFunction() {
  functions.push_back(std::make_unique<Function>(*this, static_cast<uint32_t>(functions.size())));
  return *functions.back();
}

} // namespace krait::ir::core
