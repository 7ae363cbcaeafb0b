// Breadth-first from the main module along the import graph, then compilation of
// what the cache has no object for, on all processors, then the link. What a source
// imports and observes is kept in the cache too, so that an unchanged module is
// not even parsed. Observers are the union over the program's own modules.
#include "tools/krait/program.h"
#include <algorithm>
#include <atomic>
#include <deque>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <set>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>
#include "codegen/emit/cache.h"
#include "codegen/emit/cache_pruning.h"
#include "codegen/emit/compile.h"
#include "codegen/emit/link.h"
#include "codegen/emit/name_table.h"
#include "codegen/emit/program_object.h"
#include "tools/krait/messages.h"
#include "tools/krait/module_finder.h"
#include "runtime/abi/frozen_modules.h"
#include "runtime/abi/observers.h"
#include "tools/krait/codec_modules.h"
#include "tools/krait/guest_packages.h"
#include "tools/krait/observed.h"
#include "tools/krait/progress.h"
#include "tools/krait/reachable_imports.h"
#include "tools/krait/source_module.h"

namespace krait::tools {
namespace {

using codegen::emit::contentHash;
struct Unit {
  SourceModule source;
  FoundModule found;
  bool isOwn = false;   // the program's, not a library's
  bool isGuess = false; // compiled in because the program imports names that it computes
  bool certain = false; // every run imports it
  std::string key;    // of source and compiler
  uint32_t observers = 0;
  Summary summary;
  std::string object; // path in the cache
  bool compiled = false;
  std::string error;
};

/// What a program that `krait` runs sees as the name of its sys.executable, which takes python3's command line.
constexpr char kCachedName[] = "python3.11";

/// What an extension has of the process, which is CPython's: it would not do to have a second one.
constexpr const char* kHostModules[] = {"__main__", "_asyncio",     "_signal", "asyncio",   "atexit",   "concurrent", "contextvars", "faulthandler",
                                        "logging",  "multiprocessing", "signal",  "threading", "unittest"};

/// Whether source text can run: no; what a library makes up for its own use (namedtuple's class); or any, by the
/// program's exec and the like, or by importing what is not compiled in.
enum class SourceUse { None, Library, Any };
struct SourceNeed {
  SourceUse use = SourceUse::None;
  std::string why; // for people
};

std::string cachePath(const std::string& key, const char* suffix) {
  return codegen::emit::cacheFolder() + "/objects/" + key.substr(0, 2) + "/" + key.substr(2) + suffix;
}

/// PYTHONPATH, which the program reads again when it runs.
std::string_view environmentPath() {
  const char* folders = getenv("PYTHONPATH");
  return folders ? folders : "";
}

void limitCache() {
  constexpr uint64_t kUsualSize = uint64_t{4} << 30;
  std::optional<uint64_t> limit = kUsualSize;
  if (const char* text = getenv("KRAIT_CACHE_SIZE"); text && *text) limit = codegen::emit::parseCacheSize(text);
  if (limit) codegen::emit::pruneCache(codegen::emit::cacheFolder(), *limit);
  else reportWarning(fmt::format("KRAIT_CACHE_SIZE is no size, as 500M or 4G: {}", getenv("KRAIT_CACHE_SIZE")));
}

std::vector<std::string> libraryFolders(const Options& options) {
  std::vector<std::string> folders;
  if (std::string folder = findStandardLibrary(options.stdlib); !folder.empty()) folders.push_back(std::move(folder));
  if (options.sitePackages)
    for (std::string& site : sitePackagesFolders()) folders.push_back(std::move(site));
  return folders;
}

/// sys.path of the program after its own folder and PYTHONPATH, in CPython's order.
std::string searchPath(const Options& options, bool hasGuests) {
  std::vector<std::string> folders;
  for (const std::string& folder : options.includes) folders.push_back(std::filesystem::absolute(folder));
  const std::string library = findStandardLibrary(options.stdlib);
  for (std::string& folder : libraryFolders(options)) {
    const bool isStandard = folder == library;
    if (isStandard) folders.push_back(std::filesystem::path(folder).parent_path() / "python311.zip");
    folders.push_back(std::move(folder));
    if (isStandard) folders.push_back(library + "/lib-dynload");
  }
  if (hasGuests && !options.sitePackages) // where they are found without being asked for
    for (std::string& site : sitePackagesFolders()) folders.push_back(std::move(site));
  return fmt::format("{}", fmt::join(folders, ":"));
}

/// Found, but nothing of it is compiled.
FoundModule guestModule(const std::string& name) {
  return {.name = name, .path = {}, .native = {}, .extension = "guest", .isPackage = false, .folders = {}};
}

class ProgramBuild {
public:
  ProgramBuild(const Options& options, const Installation& installation, ModuleFinder finder)
      : options_(options), installation_(installation), finder_(std::move(finder)),
        standard_({}, {installation.ownModules, findStandardLibrary(options.stdlib)}), installed_({}, sitePackagesFolders()),
        guests_(options, finder_, [this](const FoundModule& module) { return summaryOf(module); }) {
    compile_ = {.level = static_cast<codegen::emit::Level>(options.level), .debugInfo = options.debugInfo,
                .stripSource = options.stripSource, .isShared = options.isExtension, .countExits = options.countExits, .hotBitcode = installation.hotBitcode};
  }

  bool run(const ProgramSource& main, const std::string& output);
  /// After run().
  void describe(const std::string& output, BuiltProgram& program) const;
  void keepMap() { keepsMap_ = true; }
  bool fillLibrary(const ProgramSource& main, const std::string& folder);
  const ModuleFinder& finder() const { return finder_; }
  std::vector<std::string> files() const;

private:
  bool find(const ProgramSource& main);
  bool load(Unit& unit);
  bool analyze(Unit& unit);
  std::optional<Summary> summaryOf(const FoundModule& module);
  std::optional<FoundModule> findInstalled(const std::string& name) const;
  std::string libraryPath(const Unit& unit, const char* suffix) const { return installation_.library + "/" + unit.key + suffix; }
  bool findObjects();
  bool discover();
  void announceGuests() const;
  bool requireImplied();
  bool requireNeighbours();
  SourceNeed sourceNeed() const;
  std::string whoMentions(const char* name) const;
  bool usesBytecode() const;
  bool follow(Unit& unit, const Wanted& w);
  bool isGuestImport(const Unit& unit, const Wanted& w);
  bool isHostModule(const std::string& name);
  bool requireParts();
  const FoundModule* require(const std::string& name, bool certain);
  bool compileAll();
  void compile(Unit& unit);
  std::vector<const Unit*> inStartOrder() const;
  bool link(const std::string& output);

  const Options& options_;
  const Installation& installation_;
  const ModuleFinder finder_;
  const ModuleFinder standard_, installed_; // in the standard library alone, and in the machine's packages
  GuestPackages guests_;
  codegen::emit::CompileOptions compile_;
  std::deque<std::unique_ptr<Unit>> units_; // in the order found
  std::map<std::string, std::optional<FoundModule>> modules_;
  std::set<std::string> certain_; // modules that every run imports
  ReachableImports imports_;
  bool importsUnknown_ = false; // the program's own text imports what was not found
  bool isGuessing_ = false;
  bool hasNeighbours_ = false; // asked for them already
  bool isFilling_ = false;     // the folder of compiled library modules
  std::string importer_;       // of what is required now: a module, or in parentheses what else
  std::map<std::string, std::string> importers_;
  std::set<std::string> natives_; // symbols
  std::string engineReason_;      // why the engine is linked in
  bool keepsMap_ = false;
  std::string map_; // the linker's
};

bool ProgramBuild::load(Unit& unit) {
  SourceModule& source = unit.source;
  source.wantsAllErrors = options_.command == Command::Build;
  unit.key = contentHash({installation_.identity, source.name, source.filename, source.bytes, source.isPackage ? "p" : "m"});
  std::string path = cachePath(unit.key, ".summary");
  if (!unit.isOwn)
    if (auto summary = codegen::emit::readFile(libraryPath(unit, ".summary")); summary && parseSummary(*summary, unit.summary)) return source.decode();
  unit.summary = {};
  if (auto summary = codegen::emit::readFile(path); summary && codegen::emit::useCached(path) && parseSummary(*summary, unit.summary)) return source.decode();
  unit.summary = {};
  if (!analyze(unit)) return false;
  // Of the main module the program itself warns, when it runs.
  reportDiagnostics(source, unit.isOwn && (&unit != units_[0].get() || options_.command == Command::Build || options_.command == Command::Check));
  unit.summary = summarise(source);
  std::string ignored;
  codegen::emit::writeFileAtomically(path, toText(unit.summary), ignored);
  return true;
}

bool ProgramBuild::analyze(Unit& unit) {
  if ((unit.source.buffer || unit.source.decode()) && unit.source.parse() && unit.source.analyze()) return true;
  if (!unit.isGuess) reportDiagnostics(unit.source, true);
  return false;
}

/// After all modules are known: which objects are there, and the syntax trees of those that are not.
bool ProgramBuild::findObjects() {
  uint32_t observers = 0;
  for (auto& unit : units_)
    if (unit->isOwn) observers |= unit->summary.observers;
  if (!options_.observe.empty()) observers = observersFromText(options_.observe);
  const bool wantsDumps = !options_.printAfter.empty() || options_.timePasses || options_.bisectLimit >= 0;
  const bool takesLibrary = options_.level > 0 && !options_.debugInfo && !options_.stripSource && !options_.isExtension && !wantsDumps;
  for (auto& unit : units_) {
    unit->observers = unit->isOwn ? observers : 0;
    if (!unit->isOwn && takesLibrary && std::filesystem::exists(libraryPath(*unit, ".o"))) {
      unit->object = libraryPath(*unit, ".o");
      unit->compiled = true;
      continue;
    }
    unit->object = cachePath(contentHash({unit->key, std::to_string(options_.level), options_.debugInfo ? "g" : "", options_.isExtension ? "x" : "",
                                          options_.stripSource ? "s" : "", unit->isOwn && options_.countExits ? "e" : "" /*a library has no versions*/, std::to_string(unit->observers)}), ".o");
    unit->compiled = !wantsDumps && codegen::emit::useCached(unit->object);
    if (!unit->compiled && !unit->source.analysis && !analyze(*unit)) return false;
  }
  return true;
}

/// Of a module that may not be compiled in.
std::optional<Summary> ProgramBuild::summaryOf(const FoundModule& module) {
  Unit unit;
  unit.found = module;
  unit.source.name = module.name;
  unit.source.filename = module.path;
  unit.source.isPackage = module.isPackage;
  unit.isGuess = true;
  std::string error;
  return readSource(module.path, unit.source.bytes, error) && load(unit) ? std::optional(std::move(unit.summary)) : std::nullopt;
}

/// A top-level module that only the machine's installed packages have, if it runs in the guest: what is compiled
/// from there is asked for by --site-packages.
std::optional<FoundModule> ProgramBuild::findInstalled(const std::string& name) const {
  if (options_.sitePackages) return std::nullopt;
  return installed_.find(name, nullptr);
}

/// The module of this dotted name, queued for compilation; null if there is none.
const FoundModule* ProgramBuild::require(const std::string& name, bool certain) {
  if (certain) certain_.insert(name);
  auto [at, isNew] = modules_.try_emplace(name);
  if (!isNew) return at->second ? &*at->second : nullptr;
  importers_.emplace(name, importer_);
  const size_t dot = name.rfind('.');
  const FoundModule* package = nullptr;
  if (dot != std::string::npos) {
    package = require(name.substr(0, dot), certain);
    if (!package) return nullptr;
  }
  const bool isTop = dot == std::string::npos;
  std::optional<FoundModule> found = finder_.find(name, package);
  if (!found && isTop) {
    found = findInstalled(name);
    if (found && !guests_.isGuest(*found, true)) found.reset();
  }
  if (found && found->native.empty() && (isTop ? guests_.isGuest(*found, false) : guests_.isDecidedGuest(name)))
    found = guestModule(name);
  else if (found && !found->extension.empty()) found.reset();
  std::optional<FoundModule>& slot = modules_[name];
  slot = std::move(found);
  if (!slot) return nullptr;
  if (!slot->path.empty()) {
    auto unit = std::make_unique<Unit>();
    unit->found = *slot;
    unit->source.name = name;
    unit->source.filename = slot->path;
    unit->source.isPackage = slot->isPackage;
    unit->isOwn = !finder_.isLibrary(slot->path);
    unit->isGuess = isGuessing_;
    units_.push_back(std::move(unit));
  }
  return &*slot;
}

/// Whether the import leads into a package that runs in the guest.
bool ProgramBuild::isGuestImport(const Unit& unit, const Wanted& w) {
  if (options_.isExtension) return isHostModule(w.module);
  const std::string top = GuestPackages::topOf(w.module);
  const FoundModule* package = require(top, false);
  if (guests_.isDecidedGuest(top)) return true;
  if (!package || GuestPackages::topOf(unit.found.name) == top || !guests_.becomesGuest(*package, w)) return false;
  modules_[top] = guestModule(top);
  return true;
}

/// python -m wants the source of a package's __main__.
bool isMainOfPackage(const std::string& name) { return name == "__main__" || name.ends_with(".__main__"); }

/// Of an extension: what CPython imports for it. The rest is compiled in: the extension itself, and the standard library but for
/// what belongs to the process.
bool ProgramBuild::isHostModule(const std::string& name) {
  const std::string top = GuestPackages::topOf(name), &own = units_[0]->found.name;
  if (name == own || (!isMainOfPackage(name) && units_[0]->found.isPackage && name.starts_with(own + "."))) return false;
  for (const char* host : kHostModules)
    if (top == host) return true;
  if (top == GuestPackages::topOf(own)) return true;
  const std::optional<FoundModule> found = standard_.find(top, nullptr);
  return !found || !found->extension.empty();
}

/// All modules of a package that becomes an extension.
bool ProgramBuild::requireParts() {
  const std::filesystem::path folder = std::filesystem::path(units_[0]->source.filename).parent_path();
  for (const std::string& name : modulesUnder(folder))
    if (const std::string whole = units_[0]->found.name + "." + name; !isMainOfPackage(name) && !require(whole, false)) {
      reportError(fmt::format("module '{}' of the package is in C: a package becomes an extension with all its modules", whole));
      return false;
    }
  return true;
}

/// Queues what the import names. False if it is refused: a library module that certainly runs needs a native part
/// that Krait does not have.
bool ProgramBuild::follow(Unit& unit, const Wanted& w) {
  importer_ = unit.found.name;
  if (isGuestImport(unit, w)) return true;
  const FoundModule* found = require(w.module, unit.certain && w.unconditional);
  if (found) {
    for (const std::string& n : w.names)
      if (n != "*" && found->isPackage) require(w.module + "." + n, false);
    return true;
  }
  // A module that is no package may have put this one into sys.modules, as os does with os.path.
  const auto parent = modules_.find(w.module.substr(0, w.module.rfind('.')));
  if (parent != modules_.end() && parent->second && !parent->second->isPackage) return true;
  if (unit.isOwn && !options_.isExtension) importsUnknown_ = true;
  // The main module may be the library's (-m tokenize), which its user cannot mend.
  if (w.guarded || unit.isGuess || (unit.isOwn && finder_.isLibrary(unit.source.filename))) return true;
  if (unit.isOwn) {
    reportAt(unit.source, w.span, true, "missing-module", fmt::format("no module named '{}' was found; importing it will raise ModuleNotFoundError", w.module));
    return true;
  }
  const bool isStandard = unit.found.path.starts_with(findStandardLibrary(options_.stdlib) + "/");
  if (!isStandard || !unit.certain || !w.unconditional || w.module.find('.') != std::string::npos) return true;
  reportAt(unit.source, w.span, false, "missing-native-module", fmt::format("module '{}' of the standard library needs '{}', a native part that Krait does not have yet",
                                                     unit.source.name, w.module));
  return false;
}

void ProgramBuild::compile(Unit& unit) {
  unit.source.events = unit.observers & kObservedEvents;
  unit.source.frames = unit.observers & kObservedFrameLocals;
  unit.source.speculates = unit.isOwn && maySpeculate(unit.observers);
  auto module = unit.source.toIr(options_, unit.error);
  if (!module) return;
  std::string bytes;
  codegen::emit::CompileOptions options = compile_;
  options.observers = unit.observers;
  options.isLibrary = !unit.isOwn && !isFilling_;
  options.isShipped = !unit.isOwn && isFilling_;
  if (!unit.isOwn) options.codeFilename = codeFilename(unit.source.filename, findStandardLibrary(options_.stdlib));
  // CPython's tracebacks show no lines of these, since linecache finds no such file.
  if (unit.source.filename == "<string>" || unit.source.filename == "<stdin>") options.stripSource = true;
  if (!codegen::emit::compileModule(*module, options, codegen::emit::Artefact::Object, bytes, unit.error)) return;
  unit.compiled = codegen::emit::writeFileAtomically(unit.object, bytes, unit.error);
}

bool ProgramBuild::compileAll() {
  std::vector<Unit*> todo;
  for (auto& unit : units_)
    if (!unit->compiled) todo.push_back(unit.get());
  // The long ones first, lest one of them is left alone at the end.
  std::sort(todo.begin(), todo.end(), [](const Unit* a, const Unit* b) { return a->source.bytes.size() > b->source.bytes.size(); });
  std::atomic<size_t> next = 0, done = 0;
  Progress progress(isFilling_ ? 0 : todo.size()); // which lists what it did
  auto work = [&] {
    for (size_t i; (i = next++) < todo.size();) {
      progress.begin("compiling " + todo[i]->found.name);
      compile(*todo[i]);
      if (isFilling_) fmt::print(stderr, "krait: {} of {}: {}\n", ++done, todo.size(), todo[i]->found.name);
    }
  };
  std::vector<std::thread> others;
  for (size_t n = std::min<size_t>(std::thread::hardware_concurrency(), todo.size()); n > 1; --n) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  for (Unit* unit : todo)
    if (!unit->compiled) {
      reportError(unit->error);
      return false;
    }
  return true;
}

/// The modules that a run imports unless its functions do, then the others: what starting executes stands together in
/// the executable and fills few pages.
std::vector<const Unit*> ProgramBuild::inStartOrder() const {
  std::unordered_map<std::string_view, const Unit*> waiting;
  for (auto& unit : units_) waiting.emplace(unit->found.name, unit.get());
  std::vector<const Unit*> order;
  auto take = [&](std::string_view module) {
    for (size_t dot = 0; dot != std::string_view::npos;) {
      dot = module.find('.', dot + 1);
      if (auto node = waiting.extract(module.substr(0, dot))) order.push_back(node.mapped());
    }
  };
  take(units_[0]->found.name);
  for (size_t i = 0; i < order.size(); ++i)
    for (const Wanted& w : order[i]->summary.imports) {
      if (w.function >= 0) continue;
      take(w.module);
      for (const std::string& n : w.names) take(w.module + "." + n);
    }
  for (auto& unit : units_)
    if (waiting.contains(unit->found.name)) order.push_back(unit.get());
  return order;
}

bool ProgramBuild::link(const std::string& output) {
  codegen::emit::ProgramDescription description{
      .mainModule = units_[0]->source.name, .natives = {}, .searchPath = searchPath(options_, !guests_.names().empty()), .guests = guests_.names(),
      .isExtension = options_.isExtension};
  if (options_.isExtension) description.guests = fmt::format("{}", fmt::join(kHostModules, ":"));
  std::set<std::string>& natives = natives_;
  for (auto& [name, found] : modules_)
    if (found && !found->native.empty()) natives.insert(found->native);
  const auto [use, why] = sourceNeed();
  if (use != SourceUse::None)
    for (std::string& symbol : allNativeModules(use == SourceUse::Any)) natives.insert(std::move(symbol));
  description.natives.assign(natives.begin(), natives.end());
  std::string error;
  std::string key = installation_.identity + description.mainModule + " " + description.searchPath;
  for (const std::string& native : description.natives) key += " " + native;
  if (!description.guests.empty()) key += (options_.isExtension ? " extension " : " guests ") + description.guests;
  const std::string program = cachePath(contentHash({key}), ".main.o");
  if (!codegen::emit::useCached(program) &&
      !codegen::emit::writeFileAtomically(program, codegen::emit::writeProgramObject(description), error)) {
    reportError(error);
    return false;
  }
  codegen::emit::LinkJob job{.objects = {program}, .archive = installation_.archive, .lazyLibraries = installation_.lazyLibraries,
                             .order = installation_.startOrder, .engine = {}, .guest = description.guests.empty() ? "" : installation_.guest,
                             .runtimeOptions = installation_.linkOptions, .output = output,
                             .isStatic = options_.isStatic, .entry = {}, .keepSymbols = options_.debugInfo};
  if (options_.isExtension) job.entry = codegen::emit::extensionEntry(description.mainModule);
  if (options_.isStatic && !job.guest.empty()) {
    reportError(fmt::format("--static: C extensions are shared libraries, and a static program loads none: {}", description.guests));
    return false;
  }
  std::vector<std::string> modules;
  for (const Unit* unit : inStartOrder()) modules.push_back(unit->object);
  std::string names = installation_.identity + installation_.linkedIdentity;
  for (const std::string& object : modules) names += " " + object;
  names = cachePath(contentHash({names}), ".names.o");
  if (!codegen::emit::useCached(names)) {
    const std::string table = codegen::emit::writeNameTable(modules, installation_.startOrder, error);
    if (table.empty() || !codegen::emit::writeFileAtomically(names, table, error)) {
      reportError(error);
      return false;
    }
  }
  job.objects.push_back(names);
  job.objects.insert(job.objects.end(), modules.begin(), modules.end());
  engineReason_ = use != SourceUse::None                                              ? why
                  : usesBytecode()                                                    ? "bytecode is shown, traced or made"
                  : std::any_of(natives.begin(), natives.end(), isEngineModule) ? "a native module is part of it"
                                                                                      : "";
  if (!engineReason_.empty()) job.engine = installation_.engine;
  if (keepsMap_) job.map = std::filesystem::temp_directory_path() / fmt::format("krait-{}.map", getpid());
  const bool linked = codegen::emit::linkProgram(job, error);
  if (keepsMap_) {
    map_ = codegen::emit::readFile(job.map).value_or("");
    unlink(job.map.c_str());
  }
  if (!linked) reportError(error);
  return linked;
}

/// Modules that the runtime imports for features the program uses. True if there is a new one.
bool ProgramBuild::requireImplied() {
  const size_t before = units_.size();
#define IMPLIED_IMPORT(name, module)                                                                           \
  if (imports_.isMentioned(name)) importer_ = "(" name ")", require(module, false);
#include "tools/krait/implied_imports.def"
  for (const std::string& codec : imports_.codecs())
    if (const std::string module = codecModule(findStandardLibrary(options_.stdlib), codec); !module.empty())
      importer_ = "(a codec's name)", require("encodings", false), require(module, false);
  return units_.size() > before;
}

/// A program that computes the names it imports, as one with plugins or a runner of benchmarks, means modules of its own
/// folder: all are compiled in, unless there are many. True if there is a new one.
bool ProgramBuild::requireNeighbours() {
  if (hasNeighbours_ || options_.isExtension || !(imports_.programMentions("__import__") || imports_.programMentions("import_module"))) return false;
  hasNeighbours_ = true;
  const std::filesystem::path folder = std::filesystem::path(units_[0]->source.filename).parent_path();
  const auto names = fewModulesUnder(folder);
  if (!names) {
    if (options_.command == Command::Build)
      report(Message{.isWarning = true, .name = "many-modules", .text = fmt::format("too many modules in {} to compile all for the names that the program computes: those are interpreted", folder.string()),
                     .file = {}, .position = {}, .line = {}});
    return false;
  }
  const size_t before = units_.size();
  isGuessing_ = true;
  importer_ = "(a computed name)";
  for (const std::string& name : *names)
    if (name != std::filesystem::path(units_[0]->source.filename).stem()) require(name, false);
  isGuessing_ = false;
  return units_.size() > before;
}

std::string ProgramBuild::whoMentions(const char* name) const {
  for (const bool own : {true, false})
    for (auto& unit : units_) {
      if (unit->isOwn != own) continue;
      auto has = [&](const std::vector<std::string>& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
      bool found = has(unit->summary.mentions);
      for (const auto& f : unit->summary.functions) found |= has(f.mentions);
      if (found) return fmt::format("{} mentions {}", unit->found.name, name);
    }
  return fmt::format("{} is mentioned", name);
}

SourceNeed ProgramBuild::sourceNeed() const {
  if (importsUnknown_) return {SourceUse::Any, "the program imports what was not found"};
  // "sys.executable": the program may start itself as people start python3, with text that nobody has seen yet.
  for (const char* name : {"sys.executable", "__import__", "import_module", "exec_module", "run_path", "run_module"})
    if (imports_.isMentioned(name)) return {SourceUse::Any, whoMentions(name)};
  SourceNeed need;
  for (const char* name : {"builtins.exec", "builtins.eval", "builtins.compile"}) {
    if (imports_.programMentions(name)) return {SourceUse::Any, whoMentions(name)};
    if (imports_.isMentioned(name)) need = {SourceUse::Library, whoMentions(name)};
  }
  return need;
}

/// Bytecode is shown, or run: traced lines are those of bytecode, and code objects that the program makes are nothing else.
bool ProgramBuild::usesBytecode() const {
  if (units_[0]->observers & kObservedEvents) return true;
  for (const char* name : {"CodeType", "co_code", "co_consts", "co_lines", "co_linetable", "co_names", "co_positions"})
    if (imports_.programMentions(name)) return true;
  // Code may be given other globals, or travel as data.
  for (const char* name : {"replace", "FunctionType", "builtins.exec", "builtins.eval", "marshal"})
    if (imports_.programMentions("__code__") && imports_.programMentions(name)) return true;
  return false;
}

/// Loads every module that can be imported.
bool ProgramBuild::discover() {
  for (size_t loaded = 0;;) {
    for (; loaded < units_.size(); ++loaded) {
      Unit& unit = *units_[loaded];
      std::string error;
      if (loaded > 0 && !readSource(unit.found.path, unit.source.bytes, error)) {
        reportError(error);
        return false;
      }
      unit.certain = certain_.contains(unit.found.name);
      if (!load(unit)) {
        if (unit.certain) return false;
        // Found as source again at run time, where it raises the error, if it is imported at all.
        if (!unit.isGuess) report(Message{.isWarning = true, .name = "broken-module", .text = fmt::format("importing '{}' will raise SyntaxError", unit.found.name),
                                         .file = unit.found.path, .position = {}, .line = {}});
        modules_[unit.found.name].reset();
        importsUnknown_ = true;
        units_.erase(units_.begin() + static_cast<ptrdiff_t>(loaded--));
        continue;
      }
      imports_.add(unit.summary, unit.isOwn);
    }
    ReachableImports::Found found;
    if (imports_.next(found)) {
      if (!follow(*units_[found.module], *found.import)) return false;
    } else if (!requireImplied() && !requireNeighbours()) {
      return true;
    }
  }
}

/// All modules that the program may import.
bool ProgramBuild::find(const ProgramSource& main) {
  auto first = std::make_unique<Unit>();
  const std::string name = main.moduleName.empty() ? "__main__" : main.moduleName;
  first->found = {.name = name, .path = main.filename, .native = {}, .isPackage = main.isPackage, .folders = {}};
  if (main.isPackage) first->found.folders.push_back(std::filesystem::path(main.filename).parent_path());
  first->source.name = name;
  first->source.isPackage = main.isPackage;
  first->source.filename = main.filename;
  first->source.bytes = main.bytes;
  first->isOwn = true;
  modules_["__main__"] = modules_[name] = first->found;
  units_.push_back(std::move(first));
  certain_.insert(name);
  if (main.isPackage && !requireParts()) return false;
  if (const size_t dot = name.rfind('.'); dot != std::string::npos && !options_.isExtension) require(name.substr(0, dot), true);
  for (const std::string& guest : options_.guests) {
    importer_ = "(--guest)";
    if (!require(guest, false)) reportWarning(fmt::format("--guest {}: there is no such package", guest));
  }
  for (const std::string& n : main.named)
    for (size_t dot = 0; dot != std::string::npos && require(n.substr(0, dot = n.find('.', dot + 1)), false);) {
    }
  if (!discover()) return false;
  // One that was imported before it was decided about.
  for (size_t i = units_.size(); i-- > 1;)
    if (guests_.isDecidedGuest(units_[i]->found.name)) units_.erase(units_.begin() + static_cast<ptrdiff_t>(i));
  announceGuests();
  return true;
}

/// What the user should know of: these packages are not compiled, and the program needs CPython's library.
void ProgramBuild::announceGuests() const {
  if (options_.command != Command::Build || options_.messageFormat != "text") return;
  std::string names = guests_.names();
  for (size_t colon = 0; (colon = names.find(':', colon)) != std::string::npos;) names.replace(colon, 1, ", ");
  if (!names.empty()) fmt::print(stderr, "krait: by CPython's library (libpython3.11), inside the program: {}\n", names);
}

bool ProgramBuild::run(const ProgramSource& main, const std::string& output) {
  std::string error;
  if (codegen::emit::prepareCache(error)) return find(main) && findObjects() && compileAll() && link(output);
  reportError(error);
  return false;
}

void ProgramBuild::describe(const std::string& output, BuiltProgram& program) const {
  for (const Unit* unit : inStartOrder())
    program.modules.push_back({.name = unit->found.name, .path = unit->source.filename, .object = unit->object, .isOwn = unit->isOwn});
  for (const auto& [name, found] : modules_)
    if (found && !found->native.empty()) program.modules.push_back({.name = name, .path = {}, .object = {}});
  program.importers = importers_;
  program.engineReason = engineReason_;
  program.output = output;
  program.pieces = parseLinkMap(map_);
  if (!codegen::emit::isDevice(output))
    if (const auto bytes = codegen::emit::readFile(output)) {
      program.size = bytes->size();
      program.atStart = neededLibraries(*bytes);
    }
  std::set<std::string> lazy;
  for (const LinkedPiece& piece : program.pieces)
    if (baseName(piece.file) == "libkrait_lazy.a") lazy.insert(piece.member.substr(0, piece.member.find('.')));
  program.whenCalled.assign(lazy.begin(), lazy.end());
}

bool ProgramBuild::fillLibrary(const ProgramSource& main, const std::string& folder) {
  if (!find(main)) return false;
  isFilling_ = true;
  units_.pop_front();
  std::erase_if(units_, [](const auto& unit) { return unit->isOwn; });
  std::set<std::filesystem::path> fresh;
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  for (auto& unit : units_) {
    unit->object = folder + "/" + unit->key + ".o";
    const std::string summary = folder + "/" + unit->key + ".summary";
    unit->compiled = std::filesystem::exists(unit->object) && std::filesystem::exists(summary);
    if (!unit->compiled && !unit->source.analysis && !analyze(*unit)) return false;
    if (!codegen::emit::writeFileAtomically(summary, toText(unit->summary), unit->error)) {
      reportError(unit->error);
      return false;
    }
    fresh.insert(unit->object);
    fresh.insert(summary);
  }
  if (!compileAll()) return false;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) // of an earlier compiler or library
    if (!fresh.contains(entry.path())) std::filesystem::remove(entry.path(), failure);
  return true;
}

std::vector<std::string> ProgramBuild::files() const {
  std::vector<std::string> all;
  for (size_t i = 1; i < units_.size(); ++i) all.push_back(units_[i]->found.path);
  return all;
}

ModuleFinder makeFinder(const std::string& programFolder, const Options& options, const Installation& installation) {
  std::vector<std::string> own, library{installation.ownModules};
  if (!programFolder.empty()) own.push_back(programFolder);
  for (std::string_view rest = environmentPath(); !rest.empty();) {
    const size_t colon = rest.find(':');
    if (colon != 0) own.emplace_back(rest.substr(0, colon));
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  own.insert(own.end(), options.includes.begin(), options.includes.end());
  for (std::string& folder : libraryFolders(options)) library.push_back(std::move(folder));
  return ModuleFinder(std::move(own), std::move(library));
}

std::string stampOf(const std::string& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return "absent";
  return fmt::format("{}:{}.{}", s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

} // namespace

bool buildProgram(const ProgramSource& source, const Options& options, const Installation& installation,
                  const std::string& output, BuiltProgram* built) {
  if (options.isExtension && !installation.linkOptions.empty()) {
    reportError("--extension: this krait's runtime is made for testing, with sanitizers, which python3.11 can't load");
    return false;
  }
  ProgramBuild build(options, installation, makeFinder(source.folder, options, installation));
  if (built) build.keepMap();
  if (!build.run(source, output)) return false;
  if (built) build.describe(output, *built);
  limitCache();
  return true;
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
  flags += std::string(" ") + std::string(environmentPath());
  for (const std::string& i : options.includes) flags += " -I" + i;
  flags += " -m" + source.moduleName;
  for (const std::string& n : source.named) flags += " " + n;
  for (const std::string& guest : options.guests) flags += " --guest " + guest;
  for (const std::string& guest : options.noGuests) flags += " --no-guest " + guest;
  const std::string key = contentHash({installation.identity, installation.linkedIdentity, source.bytes, source.filename, source.folder, flags});
  const std::string base = codegen::emit::cacheFolder() + "/programs/" + key.substr(0, 2) + "/" + key.substr(2);
  const std::string executable = base + "/" + kCachedName;
  const bool wantsDumps = !options.printAfter.empty() || options.timePasses || options.bisectLimit >= 0;
  if (auto manifest = codegen::emit::readFile(base + ".manifest"); manifest && !wantsDumps) {
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
  if (!build.run(source, executable)) return {};
  std::string manifest;
  for (const std::string& file : build.files()) manifest += stampOf(file) + "\t" + file + "\n";
  for (const std::string& file : build.finder().missed()) manifest += stampOf(file) + "\t" + file + "\n";
  codegen::emit::writeFileAtomically(base + ".manifest", manifest, error);
  limitCache();
  return executable;
}

/// What a module that runs others (see implied_imports.def) is asked to run: a.b.C.method, or a file as a/b.py.
static std::vector<std::string> modulesNamedBy(std::string_view runner, const std::vector<std::string>& arguments) {
  bool runsModules = false;
#define RUNNER_OF_MODULES(name) runsModules |= runner == name;
#include "tools/krait/implied_imports.def"
  std::vector<std::string> names;
  if (!runsModules) return names;
  for (std::string name : arguments) {
    if (name.starts_with('-') || name.empty()) continue;
    if (name.ends_with(".py")) {
      name.resize(name.size() - 3);
      std::replace(name.begin(), name.end(), '/', '.');
    }
    if (name.find('/') == std::string::npos) names.push_back(std::move(name));
  }
  return names;
}

/// The module of a dotted name, through its packages.
static std::optional<FoundModule> findDotted(const std::string& name, const ModuleFinder& finder) {
  std::optional<FoundModule> found;
  for (size_t dot = 0; dot != std::string::npos;) {
    dot = name.find('.', dot + 1);
    const FoundModule* package = found ? &*found : nullptr;
    std::optional<FoundModule> next = finder.find(name.substr(0, dot), package);
    found = std::move(next);
    if (!found) break;
  }
  return found;
}

bool findProgramModule(const std::string& name, Options& options, const Installation& installation, ProgramSource& source) {
  source.folder = std::filesystem::current_path();
  ModuleFinder finder = makeFinder(source.folder, options, installation);
  std::optional<FoundModule> found = findDotted(name, finder);
  if (!found && !options.sitePackages) {
    options.sitePackages = true;
    finder = makeFinder(source.folder, options, installation);
    found = findDotted(name, finder);
  }
  const bool isPackage = found && found->isPackage;
  if (isPackage) {
    const FoundModule package = *found;
    found = finder.find(name + ".__main__", &package);
  }
  if (!found || found->path.empty()) {
    if (isPackage) fmt::print(stderr, "krait: No module named {0}.__main__; '{0}' is a package and cannot be directly executed\n", name);
    else fmt::print(stderr, "krait: No module named {}\n", name);
    return false;
  }
  std::string error;
  source.filename = found->path;
  source.moduleName = found->name;
  source.named = modulesNamedBy(found->name, options.arguments);
  if (readSource(found->path, source.bytes, error)) return true;
  reportError(error);
  return false;
}

} // namespace krait::tools
