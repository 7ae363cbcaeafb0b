// Name tables and functions of a module.
#include "ir/core/module.h"

namespace krait::ir::core {

static std::string keyOf(std::string_view text, uint32_t scope) {
  return scope ? std::to_string(scope) + ":" + std::string(text) : std::string(text);
}

uint32_t NameTable::intern(std::string_view text, uint32_t scope) {
  auto [at, isNew] = ids_.try_emplace(keyOf(text, scope), size());
  if (isNew) all_.emplace_back(text);
  return at->second;
}

uint32_t NameTable::find(std::string_view text, uint32_t scope) const {
  auto found = ids_.find(keyOf(text, scope));
  return found == ids_.end() ? kNone : found->second;
}

template <class Number> static const Neighbour* lastBelow(const std::vector<Neighbour>& all, Number Neighbour::* first, uint32_t number) {
  const Neighbour* found = nullptr;
  for (const Neighbour& n : all)
    if (n.*first <= number) found = &n;
  return found;
}

const Neighbour* Module::neighbourOfFunction(uint32_t function) const { return lastBelow(neighbours, &Neighbour::firstFunction, function); }
const Neighbour* Module::neighbourOfCell(uint32_t cell) const { return lastBelow(neighbours, &Neighbour::firstCell, cell); }

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
