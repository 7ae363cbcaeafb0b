// What a program's build has of other machines: the team's cache, and commands that compile its modules elsewhere.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include "codegen/emit/cache.h"
#include "tools/krait/messages.h"
#include "tools/krait/output.h"
#include "tools/krait/program_build.h"
#include "tools/krait/remote/counts.h"
#include "tools/krait/search_path.h"

namespace krait::tools {
namespace {

/// The environment's, if it names one that can be meant.
remote::RemoteCache* teamCache() {
  std::string error;
  remote::RemoteCache* cache = remote::remoteCache(error);
  if (!error.empty()) reportWarning(error);
  return cache;
}

/// For a POSIX shell.
std::string shellWord(std::string_view text) {
  const bool isPlain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return isalnum(c) || strchr("-_./=:,+@%", c); });
  if (isPlain) return std::string(text);
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

} // namespace

bool ProgramBuild::knowsChosenModules() const {
  for (const std::string& name : options_.modules)
    if (std::none_of(units_.begin(), units_.end(), [&](const auto& unit) { return unit->found.name == name; })) {
      reportError(fmt::format("--module: no module '{}' is compiled into this program", name));
      return false;
    }
  return true;
}

void ProgramBuild::fetchObjects() {
  if (options_.bisectLimit >= 0) return; // nobody else wants these
  remote_ = teamCache();
  if (!remote_ || wantsDumps(options_)) return;
  const std::vector<Unit*> wanted = missing();
  std::vector<std::string> names;
  for (const Unit* unit : wanted) names.push_back(unit->objectName);
  remote_->fetch(names, [&](size_t i, const std::string& bytes) {
    wanted[i]->compiled = codegen::emit::writeFileAtomically(wanted[i]->object, bytes, wanted[i]->error); // what it says is said again
  });
}

void ProgramBuild::finishSharing() {
  if (!remote_) return;
  remote_->finish();
  for (const std::string& warning : remote_->takeWarnings()) reportWarning(warning);
  remote::addCounts(codegen::emit::cacheFolder(), remote_->takeCounts());
}

bool ProgramBuild::prefetch(const ProgramSource& main) {
  std::string error;
  if (!teamCache()) error = "krait cache prefetch: KRAIT_CACHE_REMOTE names no cache of a team";
  else codegen::emit::prepareCache(error);
  if (!error.empty()) {
    reportError(error);
    return false;
  }
  if (!find(main)) return false;
  nameObjects();
  const size_t before = missing().size();
  fetchObjects();
  const size_t after = missing().size();
  finishSharing();
  fmt::print("{}: {} objects, {} were here, {} fetched, {} missing\n", main.filename, units_.size(), units_.size() - before, before - after, after);
  return true;
}

bool ProgramBuild::writeJobs(const ProgramSource& main) const {
  std::string environment, options, text, error;
  if (const std::string path = environmentPath(); !path.empty()) environment = fmt::format("PYTHONPATH={} ", shellWord(path));
  for (const std::string& word : optionsOfObjects(options_)) options += " " + shellWord(word);
  if (options_.isExtension) options = " --extension" + options;
  const std::string what = options_.isExtension ? std::filesystem::absolute(options_.files[0]).string() : main.filename; // a package: its folder
  for (const Unit* unit : missing()) text += fmt::format("{}krait build --module {}{} {}\n", environment, unit->found.name, options, shellWord(what));
  if (deliver(options_.jobsFile, text, error)) return true;
  reportError(error);
  return false;
}

} // namespace krait::tools
