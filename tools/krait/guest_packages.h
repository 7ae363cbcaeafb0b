// Which packages run in the guest (docs/guest.md): those that cannot do without a module in C.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include "tools/krait/distributions.h"
#include "tools/krait/module_finder.h"
#include "tools/krait/options.h"
#include "tools/krait/summary.h"

namespace krait::tools {

class GuestPackages {
public:
  /// `installed` finds what only the machine's packages have. `summaryOf`: of a module's file; nothing if it cannot be read.
  GuestPackages(const Options& options, const ModuleFinder& finder, const ModuleFinder& installed,
                std::function<std::optional<Summary>(const FoundModule&)> summaryOf)
      : options_(options), finder_(finder), installed_(installed), summaryOf_(std::move(summaryOf)) {}

  /// Decides about a top-level module or package when it is first imported, and remembers it. `isInstalled`: only the machine's
  /// packages have it, of which nothing is compiled without --site-packages.
  bool isGuest(const FoundModule& top, bool isInstalled);
  /// A module of the package is imported from outside: whether that decides that it is one.
  bool becomesGuest(const FoundModule& top, const Wanted& w);
  /// Of any dotted name: what was decided about its package.
  bool isDecidedGuest(const std::string& name) const;
  /// All of them, joined by ':'.
  std::string names() const;

  static std::string topOf(const std::string& name) { return name.substr(0, name.find('.')); }

private:
  /// What importing modules of a package that is not decided to be a guest leads to.
  struct Reached {
    std::map<std::string, std::optional<FoundModule>> modules;
    std::deque<const FoundModule*> waiting;
  };
  bool needsExtension(const FoundModule& package);
  bool belongsToGuest(const FoundModule& top, bool isInstalled);
  bool reach(Reached& reached, const std::string& name) const;
  bool follow(Reached& reached, const std::string& package) const;

  const Options& options_;
  const ModuleFinder &finder_, &installed_;
  std::function<std::optional<Summary>(const FoundModule&)> summaryOf_;
  std::map<std::string, bool> decided_;
  std::map<std::string, Reached> reached_;
  Distributions distributions_;
};

} // namespace krait::tools
