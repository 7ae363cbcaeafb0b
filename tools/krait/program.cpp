// Programs built, and kept in the cache.
#include "tools/krait/program.h"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <sys/stat.h>
#include "codegen/emit/cache.h"
#include "codegen/emit/cache_pruning.h"
#include "tools/krait/messages.h"
#include "tools/krait/program_build.h"
#include "tools/krait/search_path.h"

namespace krait::tools {
namespace {

/// What a program that `krait` runs sees as the name of its sys.executable, which takes python3's command line.
constexpr char kCachedName[] = "python3.11";

void limitCache() {
  constexpr uint64_t kUsualSize = uint64_t{4} << 30;
  std::optional<uint64_t> limit = kUsualSize;
  if (const char* text = getenv("KRAIT_CACHE_SIZE"); text && *text) limit = codegen::emit::parseCacheSize(text);
  if (limit) codegen::emit::pruneCache(codegen::emit::cacheFolder(), *limit);
  else reportWarning(fmt::format("KRAIT_CACHE_SIZE is no size, as 500M or 4G: {}", getenv("KRAIT_CACHE_SIZE")));
}

std::string stampOf(const std::string& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return "absent";
  return fmt::format("{}:{}.{}", s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

} // namespace

bool ProgramBuild::run(const ProgramSource& main, const std::string& output) {
  std::string error;
  if (!codegen::emit::prepareCache(error)) {
    reportError(error);
    return false;
  }
  if (!find(main) || !knowsChosenModules()) return false;
  nameObjects();
  fetchObjects();
  const bool isDone = !options_.jobsFile.empty() ? writeJobs(main) : compileAll() && (!options_.modules.empty() || link(output));
  finishSharing();
  return isDone;
}

void ProgramBuild::describe(const std::string& output, BuiltProgram& program) const {
  for (const Unit* unit : inStartOrder())
    program.modules.push_back({.name = unit->found.name, .path = unit->source.filename, .object = unit->object, .isOwn = unit->isOwn});
  for (const auto& [name, found] : modules_)
    if (found && !found->native.empty()) program.modules.push_back({.name = name, .path = {}, .object = {}});
  program.importers = importers_;
  program.engineReason = engineReason_;
  program.data = data_;
  program.output = output;
  program.pieces = parseLinkMap(map_);
  if (!codegen::emit::isDevice(output))
    if (const auto bytes = codegen::emit::readFile(output)) {
      program.size = bytes->size();
      program.atStart = neededLibraries(*bytes);
    }
  std::set<std::string> lazy;
  for (const LinkedPiece& piece : program.pieces)
    if (const std::string_view library = lazyLibrary(piece.file); !library.empty()) lazy.emplace(library);
  program.whenCalled.assign(lazy.begin(), lazy.end());
}

std::vector<std::string> ProgramBuild::files() const {
  std::vector<std::string> all;
  for (size_t i = 1; i < units_.size(); ++i) all.push_back(units_[i]->found.path);
  return all;
}

bool buildProgram(const ProgramSource& source, const Options& options, const Installation& installation,
                  const std::string& output, BuiltProgram* built) {
  if (options.isExtension && !installation.linkOptions.empty()) {
    reportError("--extension: this krait's runtime is made for testing, with sanitizers, which python3.11 can't load");
    return false;
  }
  const auto profile = readProfiles(options);
  if (!profile) return false;
  ProgramBuild build(options, installation, makeFinder(source.folder, options, installation));
  build.useProfile(*profile);
  if (built) build.keepMap();
  if (!build.run(source, output)) return false;
  if (built) build.describe(output, *built);
  limitCache();
  return true;
}

bool prefetchProgram(const ProgramSource& source, const Options& options, const Installation& installation) {
  const auto profile = readProfiles(options);
  if (!profile) return false;
  ProgramBuild build(options, installation, makeFinder(source.folder, options, installation));
  build.useProfile(*profile);
  const bool isDone = build.prefetch(source);
  limitCache();
  return isDone;
}

bool compileLibrary(const Options& options, const Installation& installation) {
  ProgramSource everything;
  everything.filename = "<library>";
  for (const std::string& module : options.files) everything.bytes += "import " + module + "\n";
  ProgramBuild build(options, installation, makeFinder("", options, installation));
  return build.fillLibrary(everything, options.output.empty() ? installation.library : options.output);
}

// The manifest beside a cached executable lists what it was made from: files with their stamps, and places
// where a file would have changed the outcome.
std::string cachedProgram(const ProgramSource& source, const Options& options, const Installation& installation) {
  std::string flags = fmt::format("O{} g{} s{} x{} e{} p{} {} {}", options.level, options.debugInfo, options.isStatic,
                                  options.stripSource, options.countExits, options.sitePackages, options.stdlib, options.observe);
  flags += " " + environmentPath();
  for (const std::string& i : options.includes) flags += " -I" + i;
  flags += " -m" + source.moduleName;
  if (options.bisectLimit >= 0) flags += fmt::format(" --bisect-limit {}", options.bisectLimit);
  const auto profile = readProfiles(options);
  if (!profile) return {};
  if (options.profileGenerate) flags += " --profile-generate";
  if (!profile->modules.empty()) flags += " --profile-use " + toText(*profile);
  for (const std::string& n : source.named) flags += " " + n;
  for (const std::string& guest : options.guests) flags += " --guest " + guest;
  for (const std::string& guest : options.noGuests) flags += " --no-guest " + guest;
  const std::string key = codegen::emit::contentHash({installation.identity, installation.linkedIdentity, source.bytes, source.filename, source.folder, flags});
  const std::string base = codegen::emit::cacheFolder() + "/programs/" + key.substr(0, 2) + "/" + key.substr(2);
  const std::string executable = base + "/" + kCachedName;
  if (auto manifest = codegen::emit::readFile(base + ".manifest"); manifest && !wantsDumps(options)) {
    bool fresh = codegen::emit::useCached(executable) && codegen::emit::useCached(base + ".manifest");
    for (std::string_view rest = *manifest; fresh && !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      const size_t tab = line.find('\t');
      fresh = tab != std::string_view::npos && stampOf(std::string(line.substr(tab + 1))) == line.substr(0, tab);
    }
    if (fresh) return executable;
  }
  std::string error;
  std::error_code failure;
  std::filesystem::create_directories(base, failure); // a failure is told of by the build
  ProgramBuild build(options, installation, makeFinder(source.folder, options, installation));
  build.useProfile(*profile);
  if (!build.run(source, executable)) return {};
  std::string manifest;
  for (const std::string& file : build.files()) manifest += stampOf(file) + "\t" + file + "\n";
  for (const std::string& file : build.finder().missed()) manifest += stampOf(file) + "\t" + file + "\n";
  codegen::emit::writeFileAtomically(base + ".manifest", manifest, error);
  limitCache();
  return executable;
}

} // namespace krait::tools
