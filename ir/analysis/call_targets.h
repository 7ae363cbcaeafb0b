// Which functions of the module, or of its neighbours, a call probably enters: what names are bound to by `def` and `class`, read from the text.
// Predictions only: names may be bound to something else, too, and methods of other classes have the same name.
#pragma once

#include "ir/analysis/binding.h"
#include "ir/analysis/imported_names.h"
#include "ir/core/module.h"

#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace krait::ir::analysis {

// The `global.get` or `global.peek` that a callee comes from, copied or not; null: it is something else.
const core::Instruction* globalReadOf(const core::Temp* callee);
// Whether the `call` is of what a global or builtin of that name means.
bool callsNamed(const core::Instruction& call, std::string_view name);
// What stands behind a call and the death of what was called.
core::Instruction* behindCallee(const core::Instruction& call);

class CallTargets {
public:
  explicit CallTargets(const core::Module& module);

  // GLOBAL -> FUNCTION: the undecorated `def` that the name is bound to, or the body of its class statement.
  std::optional<uint32_t> functionOf(uint32_t global) const { return lookUp(functionOfGlobal_, imports_.originalOf(global)); }
  std::optional<uint32_t> classOf(uint32_t global) const { return lookUp(classOfGlobal_, imports_.originalOf(global)); }
  const ImportedNames& imports() const { return imports_; }
  // The GLOBAL that `m.name` is read from, by attr.get or as a call's callee, where `m` is a module of the program; kNone otherwise.
  uint32_t globalAskedOf(const core::Instruction& access) const;
  // The GLOBAL that a temporary is read from, as `f` or, where `m` is a module of the program, `m.f`; kNone: it is something else.
  uint32_t globalAt(const core::Temp* t) const;
  // The class that a temporary is, as `Base` or `shapes.Base`.
  std::optional<uint32_t> classAt(const core::Temp* t) const;
  // The fields, as NAMEs in their order (kNone: the module asks for none of that name), of the named tuple's class that a GLOBAL, or what a
  // temporary is read from, is bound to, where a call made that; empty: it is something else.
  std::span<const uint32_t> fieldsOf(uint32_t global) const { return namedIn(fields_, imports_.originalOf(global)); }
  std::span<const uint32_t> fieldsAt(const core::Temp* t) const;
  // Whether one of these classes has a field of that NAME.
  bool isField(uint32_t name) const { return fieldNames_.contains(name); }
  // NAME -> FUNCTIONs: methods of that name, of all classes, in the order of the text.
  std::span<const uint32_t> methodsNamed(uint32_t name) const { return namedIn(methods_, name); }
  // NAME -> FUNCTIONs: getters of properties of that name.
  std::span<const uint32_t> gettersNamed(uint32_t name) const { return namedIn(getters_, name); }
  // NAME -> FUNCTIONs: setters of properties of that name.
  std::span<const uint32_t> settersNamed(uint32_t name) const { return namedIn(setters_, name); }
  // How many default values the `def` of a FUNCTION gives its parameters.
  uint32_t defaultsOf(uint32_t function) const { return static_cast<uint32_t>(namedIn(defaults_, function).size()); }
  // All that it gives: the parameters of those that have to be named, too.
  DefaultValues defaultValuesOf(uint32_t function) const { return {defaultsOf(function), namedIn(keywordDefaults_, function)}; }
  // Number N of the former, if the text says which constant it is; kNone otherwise.
  core::ConstantId defaultOf(uint32_t function, uint32_t n) const { return namedIn(defaults_, function)[n]; }
  // The `__init__` in the body of a class, itself a FUNCTION.
  std::optional<uint32_t> initOf(uint32_t classBody) const { return lookUp(initOfClass_, classBody); }

private:
  using Map = std::unordered_map<uint32_t, uint32_t>;
  static std::optional<uint32_t> lookUp(const Map& map, uint32_t key) {
    auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }

  using Lists = std::unordered_map<uint32_t, std::vector<uint32_t>>;
  static std::span<const uint32_t> namedIn(const Lists& map, uint32_t name);

  const core::Module& module_;
  const ImportedNames imports_;
  Map functionOfGlobal_, classOfGlobal_, initOfClass_;
  Lists methods_, getters_, setters_, defaults_, keywordDefaults_, fields_;
  std::unordered_set<uint32_t> fieldNames_;
};

} // namespace krait::ir::analysis
