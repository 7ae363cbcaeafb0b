// A package needs a module in C if its own code reaches one by imports that run with the modules and stand under no `try` that
// catches ImportError. A package that has another way keeps it: PyYAML, msgpack.
#include "tools/krait/guest_packages.h"
#include <algorithm>
#include <deque>
#include <set>

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

bool GuestPackages::isGuest(const FoundModule& top) {
  auto [at, isNew] = decided_.try_emplace(top.name, false);
  if (!isNew) return at->second;
  auto names = [&top](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), top.name) != list.end(); };
  const bool decided = names(options_.guests) || (!names(options_.noGuests) && (!top.extension.empty() || (top.isPackage && needsExtension(top))));
  return decided_[top.name] = decided;
}

bool GuestPackages::needsExtension(const FoundModule& package) const {
  constexpr size_t kMaxModules = 1000;
  if (std::none_of(package.folders.begin(), package.folders.end(), hasExtensions)) return false;
  std::map<std::string, std::optional<FoundModule>> found{{package.name, package}};
  std::deque<const FoundModule*> waiting{&*found[package.name]};
  // With a module its packages are imported, too. True: it is in C.
  auto reach = [&](const std::string& name) {
    for (size_t dot = name.find('.'); dot != std::string::npos;) {
      const std::string parent = name.substr(0, dot);
      dot = name.find('.', dot + 1);
      const std::string part = name.substr(0, dot);
      auto [at, isNew] = found.try_emplace(part);
      if (!isNew) {
        if (!at->second) return false;
        continue;
      }
      const auto& outer = found[parent];
      if (!outer || !outer->isPackage || !(at->second = finder_.find(part, &*outer))) return false;
      if (!at->second->extension.empty()) return true;
      if (!at->second->path.empty()) waiting.push_back(&*at->second);
    }
    return false;
  };
  while (!waiting.empty() && found.size() < kMaxModules) {
    const FoundModule* module = waiting.front();
    waiting.pop_front();
    if (module->path.empty()) continue;
    const std::optional<Summary> summary = summaryOf_(*module);
    if (!summary) continue;
    for (const Wanted& w : summary->imports) {
      if (w.function >= 0 || w.guarded || topOf(w.module) != package.name) continue;
      if (reach(w.module)) return true;
      for (const std::string& n : w.names)
        if (n != "*" && reach(w.module + "." + n)) return true;
    }
  }
  return false;
}

} // namespace krait::tools
