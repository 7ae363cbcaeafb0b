// A package needs a module in C if what the program imports of it reaches one, by imports that run with the modules and without
// which these do not go on. A package that has another way keeps it: PyYAML, msgpack.
#include "tools/krait/guest_packages.h"
#include <algorithm>

namespace krait::tools {

bool GuestPackages::isDecidedGuest(const std::string& name) const {
  const auto at = decided_.find(topOf(name));
  return at != decided_.end() && at->second;
}

std::string GuestPackages::names() const {
  std::string all;
  for (const auto& [name, isGuest] : decided_)
    if (isGuest) all += (all.empty() ? "" : ":") + name;
  return all;
}

bool GuestPackages::isGuest(const FoundModule& top, bool isInstalled) {
  auto [at, isNew] = decided_.try_emplace(top.name, false);
  if (!isNew) return at->second;
  auto names = [&top](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), top.name) != list.end(); };
  if (names(options_.noGuests)) return false;
  const bool hasSome = top.isPackage && std::any_of(top.folders.begin(), top.folders.end(), hasExtensions);
  const bool is = names(options_.guests) || !top.extension.empty() || (hasSome ? isInstalled || needsExtension(top) : belongsToGuest(top, isInstalled));
  return decided_[top.name] = is;
}

/// What was installed together with a package that needs a module in C works on its objects from within: mpl_toolkits with matplotlib.
bool GuestPackages::belongsToGuest(const FoundModule& top, bool isInstalled) {
  std::vector<std::filesystem::path> places(top.folders.begin(), top.folders.end());
  if (places.empty() && !top.path.empty()) places.emplace_back(top.path);
  for (const std::filesystem::path& place : places)
    for (const std::string& name : distributions_.siblings(place.parent_path(), top.name))
      if (const std::optional<FoundModule> other = (isInstalled ? installed_ : finder_).find(name, nullptr); other && isGuest(*other, isInstalled)) return true;
  return false;
}

bool GuestPackages::needsExtension(const FoundModule& package) {
  Reached& reached = reached_[package.name];
  reached.waiting.push_back(&*(reached.modules[package.name] = package));
  return follow(reached, package.name);
}

bool GuestPackages::becomesGuest(const FoundModule& top, const Wanted& w) {
  const auto at = reached_.find(top.name);
  if (at == reached_.end()) return false; // it has none, or that was refused
  bool decides = reach(at->second, w.module);
  for (const std::string& n : w.names) decides = decides || (n != "*" && reach(at->second, w.module + "." + n));
  if (w.optional) decides = false; // who asks for the module in C itself has another way
  decides = decides || follow(at->second, top.name);
  if (decides) decided_[top.name] = true;
  return decides;
}

/// With a module its packages are imported, too. True: it is in C.
bool GuestPackages::reach(Reached& reached, const std::string& name) const {
  for (size_t dot = name.find('.'); dot != std::string::npos;) {
    const std::string parent = name.substr(0, dot);
    dot = name.find('.', dot + 1);
    const std::string part = name.substr(0, dot);
    auto [at, isNew] = reached.modules.try_emplace(part);
    if (!isNew) {
      if (!at->second) return false;
      continue;
    }
    const auto& outer = reached.modules[parent];
    if (!outer || !outer->isPackage || !(at->second = finder_.find(part, &*outer))) return false;
    if (!at->second->extension.empty()) return true;
    if (!at->second->path.empty()) reached.waiting.push_back(&*at->second);
  }
  return false;
}

bool GuestPackages::follow(Reached& reached, const std::string& package) const {
  constexpr size_t kMaxModules = 2000;
  while (!reached.waiting.empty() && reached.modules.size() < kMaxModules) {
    const FoundModule* module = reached.waiting.front();
    reached.waiting.pop_front();
    const std::optional<Summary> summary = module->path.empty() ? std::nullopt : summaryOf_(*module);
    if (!summary) continue;
    for (const Wanted& w : summary->imports) {
      if (w.function >= 0 || w.optional || topOf(w.module) != package) continue;
      if (reach(reached, w.module)) return true;
      for (const std::string& n : w.names)
        if (n != "*" && reach(reached, w.module + "." + n)) return true;
    }
  }
  return false;
}

} // namespace krait::tools
