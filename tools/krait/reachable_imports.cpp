#include "tools/krait/reachable_imports.h"

namespace krait::tools {
namespace {

/// Called by the language itself.
bool isSpecial(const std::string& name) { return name.starts_with("__") && name.ends_with("__") && name.size() > 4; }

constexpr std::string_view kModuleText = "module:";

} // namespace

size_t ReachableImports::add(const Summary& summary, Owner owner) {
  const bool isOwn = owner == Owner::Program;
  const size_t number = modules_.size();
  const size_t count = summary.functions.size();
  modules_.push_back({&summary, owner, std::vector<bool>(count), std::vector<bool>(count), {}});
  modules_[number].imports.resize(count);
  for (const Wanted& w : summary.imports) {
    if (w.function < 0)
      ready_.push_back({number, &w});
    else
      modules_[number].imports[static_cast<size_t>(w.function)].push_back(&w);
  }
  mention(summary.mentions, owner);
  if (isOwn) programMentioned_.insert(summary.mentions.begin(), summary.mentions.end());
  for (size_t f = 0; f < count; ++f) {
    if (isOwn) programMentioned_.insert(summary.functions[f].mentions.begin(), summary.functions[f].mentions.end());
    const std::string& name = summary.functions[f].name;
    if (isOwn || isSpecial(name) || (!name.empty() && mentioned_.contains(name)))
      nameFunction({number, f});
    else if (!name.empty())
      waiting_[name].push_back({number, f});
  }
  return number;
}

bool ReachableImports::next(Found& found) {
  if (ready_.empty()) return false;
  found = ready_.front();
  ready_.pop_front();
  imported_.insert(found.import->module);
  return true;
}

void ReachableImports::mentionOutside(const std::string& name) {
  if (name.starts_with(kModuleText) && !mentioned_.contains(name)) moduleTexts_.push_back(name.substr(kModuleText.size()));
  importsComputedNames_ |= name == "import_module" || name == "__import__";
}

void ReachableImports::mention(const std::vector<std::string>& names, Owner owner) {
  for (const std::string& n : names) {
    if (owner != Owner::Standard) mentionOutside(n);
    else if (n.starts_with(kModuleText)) continue;
    if (!mentioned_.insert(n).second) continue;
    if (n.starts_with("codec:")) codecs_.push_back(n.substr(6));
    auto at = waiting_.find(n);
    if (at == waiting_.end()) continue;
    const std::vector<FunctionId> functions = std::move(at->second);
    waiting_.erase(at);
    for (FunctionId id : functions) nameFunction(id);
  }
}

void ReachableImports::nameFunction(FunctionId id) {
  Module& m = modules_[id.module];
  m.named[id.function] = true;
  const int parent = m.summary->functions[id.function].parent;
  if (parent < 0 || m.reached[static_cast<size_t>(parent)]) reach(id);
}

void ReachableImports::reach(FunctionId id) {
  if (modules_[id.module].reached[id.function]) return;
  modules_[id.module].reached[id.function] = true;
  const Summary& summary = *modules_[id.module].summary;
  for (const Wanted* w : modules_[id.module].imports[id.function]) ready_.push_back({id.module, w});
  mention(summary.functions[id.function].mentions, modules_[id.module].owner);
  for (size_t f = id.function + 1; f < summary.functions.size(); ++f)
    if (summary.functions[f].parent == static_cast<int>(id.function) && modules_[id.module].named[f]) reach({id.module, f});
}

} // namespace krait::tools
