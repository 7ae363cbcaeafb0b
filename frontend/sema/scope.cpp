// Name mangling, bindings and the dump of scopes.
#include "frontend/sema/scope.h"

namespace krait::frontend::sema {

Binding& Scope::get(base::Symbol mangled) {
  auto [at, isNew] = index.try_emplace(mangled, static_cast<uint32_t>(bindings.size()));
  if (isNew) bindings.push_back({mangled});
  return bindings[at->second];
}

base::Symbol mangle(base::SymbolTable& symbols, base::Symbol privateClass, base::Symbol name) {
  if (!privateClass) return name;
  std::string_view text = symbols.text(name);
  if (!text.starts_with("__") || text.ends_with("__") || text.find('.') != std::string_view::npos) return name;
  std::string_view cls = symbols.text(privateClass);
  size_t start = cls.find_first_not_of('_');
  if (start == std::string_view::npos) return name;
  return symbols.intern("_" + std::string(cls.substr(start)) + std::string(text));
}

namespace {

void dumpScope(const Scope& scope, const base::SymbolTable& symbols, int depth, std::string& out) {
  static constexpr const char* kKinds[] = {"module", "function", "lambda", "class", "comprehension", "type-parameters", "type-value"};
  static constexpr const char* kScopes[] = {"?", "local", "cell", "free", "global", "global?"};
  std::string indent(static_cast<size_t>(depth) * 2, ' ');
  out += indent + kKinds[static_cast<int>(scope.kind)] + " " + std::string(symbols.text(scope.name));
  if (scope.isNested) out += " nested";
  if (scope.isGenerator) out += " generator";
  if (scope.isCoroutine) out += " coroutine";
  if (scope.needsClassCell) out += " class-cell";
  out += '\n';
  for (const Binding& b : scope.bindings) {
    out += indent + "  " + std::string(symbols.text(b.name)) + ": " + kScopes[static_cast<int>(b.scope)];
    if (b.flags & kParameter) out += " parameter";
    if (b.flags & kAssigned) out += " assigned";
    if (b.flags & kImported) out += " imported";
    if (b.flags & kAnnotated) out += " annotated";
    if (b.flags & kUsed) out += " used";
    if (b.flags & kDeleted) out += " deleted";
    if (b.flags & kDeclaredGlobal) out += " declared-global";
    if (b.flags & kDeclaredNonlocal) out += " declared-nonlocal";
    if (b.flags & kFreeInClass) out += " free-in-class";
    out += '\n';
  }
  for (const Scope* child : scope.children) dumpScope(*child, symbols, depth + 1, out);
}

} // namespace

std::string dump(const ScopeTable& table, const base::SymbolTable& symbols) {
  std::string out;
  dumpScope(table.module(), symbols, 0, out);
  return out;
}

} // namespace krait::frontend::sema
