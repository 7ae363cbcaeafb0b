// Which of the program's own modules are told what which others say (ir/core/module.h: Neighbour).
#include <algorithm>
#include "tools/krait/program_build.h"

namespace krait::tools {

/// Of source text that is looked at for one module, beside its own: about 3,000 lines, over which its compilation goes in half a second.
constexpr size_t kNeighbourhood = 96 * 1024;

/// In a program of that size each module looks at all: a function is called by those who import it, and calls what it imports. In a larger
/// one it looks at what it imports itself, or gets through a package, and is compiled anew when that changes, as one would expect: not
/// with every change of the main module.
void ProgramBuild::findNeighbours() {
  std::map<std::string, Unit*> own;
  for (auto& unit : units_)
    if (unit->isOwn) own.emplace(unit->found.name, unit.get());
  const bool isUsed = options_.level > 0 && !options_.profileGenerate && own.size() > 1;
  if (!isUsed) return;
  size_t total = 0;
  for (auto& [name, unit] : own) total += unit->source.bytes.size();
  const bool isSmall = total <= kNeighbourhood;
  std::map<Unit*, std::set<std::string>> beside; // by name: the order must not depend on addresses
  auto meet = [&](Unit& unit, const std::string& name) {
    const auto other = own.find(name);
    if (other == own.end() || other->second == &unit) return;
    beside[&unit].insert(name);
    if (isSmall) beside[other->second].insert(unit.found.name);
  };
  for (auto& [name, unit] : own)
    for (const Wanted& w : unit->summary.imports) {
      meet(*unit, w.module);
      for (const std::string& n : w.names) meet(*unit, w.module + "." + n);
    }
  for (auto& [name, unit] : own) {
    unit->source.isShared = true;
    std::vector<Unit*> near{unit};
    size_t size = 0;
    for (size_t at = 0; at < near.size(); ++at) {
      if (at > 0 && !isSmall && !near[at]->source.isPackage) continue;
      for (const std::string& next : beside[near[at]]) {
        Unit* other = own.at(next);
        if (std::find(near.begin(), near.end(), other) != near.end() || size + other->source.bytes.size() > kNeighbourhood) continue;
        size += other->source.bytes.size();
        near.push_back(other);
      }
    }
    unit->neighbours.assign(near.begin() + 1, near.end());
  }
}

/// The other modules are analysed again for each: a compilation adds to their tables, and several run at once.
std::vector<std::unique_ptr<SourceModule>> ProgramBuild::analyzedNeighbours(const Unit& unit) const {
  std::vector<std::unique_ptr<SourceModule>> all;
  for (const Unit* other : unit.neighbours) {
    auto source = std::make_unique<SourceModule>();
    source->name = other->source.name;
    source->filename = other->source.filename;
    source->isPackage = other->source.isPackage;
    source->bytes = other->source.bytes;
    if (source->decode() && source->parse() && source->analyze()) all.push_back(std::move(source));
  }
  return all;
}

} // namespace krait::tools
