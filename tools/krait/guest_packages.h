// Which packages run in the guest (docs/guest.md): those that cannot do without a module in C.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include "tools/krait/module_finder.h"
#include "tools/krait/options.h"
#include "tools/krait/summary.h"

namespace krait::tools {

class GuestPackages {
public:
  /// `summaryOf`: of a module's file; nothing if it cannot be read.
  GuestPackages(const Options& options, const ModuleFinder& finder, std::function<std::optional<Summary>(const FoundModule&)> summaryOf)
      : options_(options), finder_(finder), summaryOf_(std::move(summaryOf)) {}

  /// Decides about a top-level module or package when it is first imported, and remembers it.
  bool isGuest(const FoundModule& top);
  /// Of any dotted name: what was decided about its package.
  bool isDecidedGuest(const std::string& name) const;
  /// A module in C was imported from outside its package: it is one.
  void decide(const std::string& name) { decided_[topOf(name)] = true; }
  /// All of them, joined by ':'.
  std::string names() const;

  static std::string topOf(const std::string& name) { return name.substr(0, name.find('.')); }

private:
  bool needsExtension(const FoundModule& package) const;

  const Options& options_;
  const ModuleFinder& finder_;
  std::function<std::optional<Summary>(const FoundModule&)> summaryOf_;
  std::map<std::string, bool> decided_;
};

} // namespace krait::tools
