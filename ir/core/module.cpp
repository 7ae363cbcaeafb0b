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

Function& Module::addFunction() {
  functions.push_back(std::make_unique<Function>(*this, static_cast<uint32_t>(functions.size())));
  return *functions.back();
}

} // namespace krait::ir::core
