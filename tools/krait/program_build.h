// The build of one program (program.h): what is found, compiled and linked on the way.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>
#include "codegen/emit/compile.h"
#include "tools/krait/distributions.h"
#include "tools/krait/guest_packages.h"
#include "tools/krait/module_finder.h"
#include "tools/krait/profile.h"
#include "tools/krait/program.h"
#include "tools/krait/reachable_imports.h"
#include "tools/krait/remote/remote_cache.h"
#include "tools/krait/source_module.h"

namespace krait::tools {

struct Unit {
  SourceModule source;
  FoundModule found;
  bool isOwn = false;   // the program's, not a library's
  bool isGuess = false; // compiled in because the program imports names that it computes
  bool isOfText = false; // known from a text alone, or from what such a module imports
  bool isCarried = false; // as text, one of too many to compile: an empty module takes its place
  bool certain = false; // every run imports it
  codegen::emit::Care care = codegen::emit::Care::Own;
  bool hasVersions = true; // speculates, unless the program observes what versions leave out
  std::string key;    // of source and compiler
  uint32_t observers = 0;
  std::vector<const Unit*> neighbours; // modules of the program that its compilation looks at
  Summary summary;
  std::string objectName; // of everything that decides about the object; empty: of a compiled library
  std::string object;     // path in the cache
  bool compiled = false;
  std::string error;
};

/// What an extension has of the process, which is CPython's: it would not do to have a second one.
inline constexpr const char* kHostModules[] = {"__main__", "_asyncio", "_signal", "asyncio", "atexit", "concurrent", "contextvars",
                                               "faulthandler", "logging", "multiprocessing", "signal", "threading", "unittest"};

/// Whether source text can run: no; what a library makes up for its own use (namedtuple's class); or any, by the
/// program's exec and the like, or by importing what is not compiled in.
enum class SourceUse { None, Library, Any };
struct SourceNeed {
  SourceUse use = SourceUse::None;
  std::string why; // for people
};

/// Breadth-first from the main module along the import graph, then compilation of what the cache has no object for, on all
/// processors, then the link. What a source imports and observes is kept in the cache too, so that an unchanged module is not even
/// parsed. Observers are the union over the program's own modules.
class ProgramBuild {
public:
  ProgramBuild(const Options& options, const Installation& installation, ModuleFinder finder)
      : options_(options), installation_(installation), finder_(std::move(finder)),
        standard_({}, {installation.ownModules, findStandardLibrary(options.stdlib)}), installed_({}, sitePackagesFolders()),
        guests_(options, finder_, installed_, [this](const FoundModule& module) { return summaryOf(module); }) {
    compile_ = {.level = codegen::emit::levelOf(options.level), .debugInfo = options.debugInfo, .debugVariables = options.debugInfo,
                .stripSource = options.stripSource, .isShared = options.isExtension, .countExits = options.countExits, .hotBitcode = installation.hotBitcode, .target = installation.target};
  }

  /// To an executable, or as far as the options want it: jobs listed, some modules compiled.
  bool run(const ProgramSource& main, const std::string& output);
  /// Compiles nothing: what the team's cache has is taken into ours.
  bool prefetch(const ProgramSource& main);
  /// After run().
  void describe(const std::string& output, BuiltProgram& program) const;
  void keepMap() { keepsMap_ = true; }
  /// What runs of the program have counted; outlives the build.
  void useProfile(const Profile& profile) { profile_ = &profile; }
  bool fillLibrary(const ProgramSource& main, const std::string& folder);
  const ModuleFinder& finder() const { return finder_; }
  std::vector<std::string> files() const;

private:
  // ---- what is imported (program_imports.cpp) ----
  bool find(const ProgramSource& main);
  bool discover();
  std::optional<FoundModule> findInstalled(const std::string& name) const;
  const FoundModule* require(const std::string& name, bool certain);
  bool isStandard(const FoundModule& module) const;
  bool isOfPackage(const Unit& unit) const; // which has no compiled form, as the standard library has
  bool isNeedlessFallback(const Unit& unit, const Wanted& w) const;
  void followMoves(const Wanted& w);
  bool follow(Unit& unit, const Wanted& w);
  bool isGuestImport(Unit& unit, const Wanted& w);
  bool followUndecided();
  bool isHostModule(const std::string& name);
  bool requireParts();
  bool requireImplied();
  bool requireNeighbours();
  bool requireNamedInTexts();
  bool mayNameModule(const std::string& name, bool isImported) const;
  bool isOwnEntryPoint(const std::string& name) const;
  void requireNamed(const std::string& name);
  bool requireServed();
  bool requirePlugins();
  void serve(const std::string& name, const std::string& as);
  bool mayBecomeGuest(const std::string& top) const;
  void announceGuests() const;
  // ---- what is compiled (program_objects.cpp) ----
  bool load(Unit& unit);
  bool analyze(Unit& unit);
  std::optional<Summary> summaryOf(const FoundModule& module);
  std::string libraryPath(const Unit& unit, const char* suffix) const { return installation_.library + "/" + unit.key + suffix; }
  void nameObjects();
  std::vector<Unit*> missing() const;
  void giveProfile();
  void findNeighbours(); // program_neighbours.cpp
  std::vector<std::unique_ptr<SourceModule>> analyzedNeighbours(const Unit& unit) const;
  void compile(Unit& unit, unsigned threads);
  bool compileAll();
  // ---- what other machines compile (program_shared.cpp) ----
  bool knowsChosenModules() const;
  void fetchObjects();
  void finishSharing();
  bool writeJobs(const ProgramSource& main) const;
  // ---- data files in it (program_data.cpp) ----
  bool usesMetadata() const;
  std::vector<std::filesystem::path> metadataOf(const Unit& unit);
  bool usesData(const std::string& top) const;
  std::vector<std::string> packageData(const std::string& top, bool isAsked) const;
  std::vector<std::string> metadataFiles();
  std::optional<std::vector<std::string>> dataFiles();
  std::optional<std::string> dataObject();
  // ---- what is linked (program_link.cpp) ----
  std::vector<const Unit*> inStartOrder() const;
  SourceNeed sourceNeed() const;
  std::string whoMentions(const char* name) const;
  bool usesBytecode() const;
  std::vector<std::string> archives() const;
  bool link(const std::string& output);

  const Options& options_;
  const Installation& installation_;
  const ModuleFinder finder_;
  const ModuleFinder standard_, installed_; // in the standard library alone, and in the machine's packages
  GuestPackages guests_;
  Distributions distributions_;
  codegen::emit::CompileOptions compile_;
  std::deque<std::unique_ptr<Unit>> units_; // in the order found
  std::map<std::string, std::optional<FoundModule>> modules_;
  std::set<std::string> certain_; // modules that every run imports
  ReachableImports imports_;
  bool importsUnknown_ = false; // the program's own text imports what was not found
  bool isGuessing_ = false;
  bool isOfText_ = false, isCarried_ = false; // what is required now
  std::vector<std::pair<Unit*, const Wanted*>> undecided_; // imports of modules known from texts, of packages that might become guests
  std::set<std::string> followedTexts_; // whose modules are known
  bool hasNeighbours_ = false; // asked for them already
  bool isFilling_ = false;     // the folder of compiled library modules
  std::string importer_;       // of what is required now: a module, or in parentheses what else
  std::map<std::string, std::string> importers_;
  std::set<std::string> natives_; // symbols
  std::map<std::string, uint64_t> data_; // data files in the executable, with their sizes
  std::string engineReason_;      // why the engine is linked in
  remote::RemoteCache* remote_ = nullptr; // after fetchObjects()
  const Profile* profile_ = nullptr;
  bool keepsMap_ = false;
  std::string map_; // the linker's
};

/// What is to be printed comes from compiling, not from a cache.
inline bool wantsDumps(const Options& options) { return !options.printAfter.empty() || options.timePasses || options.bisectLimit >= 0; }

/// A file of the cache for objects.
std::string cachePath(const std::string& key, const char* suffix);

} // namespace krait::tools
