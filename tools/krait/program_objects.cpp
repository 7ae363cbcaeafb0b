// The objects of a program's modules: from the cache, from the compiled library, or compiled.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <thread>
#include "codegen/emit/cache.h"
#include "codegen/emit/cache_pruning.h"
#include "runtime/abi/frozen_modules.h"
#include "runtime/abi/observers.h"
#include "tools/krait/messages.h"
#include "tools/krait/observed.h"
#include "tools/krait/program_build.h"
#include "tools/krait/progress.h"

namespace krait::tools {

using codegen::emit::Care;
using codegen::emit::contentHash;

namespace {
/// So much of packages a program's build may compile for speed: what is further away is compiled cheaply. A thousand lines take half a second to a second.
constexpr size_t kPackageLines = 25000;

size_t lineCount(std::string_view text) { return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')); }
} // namespace

/// An empty module of the unit's name, and its text.
static std::unique_ptr<ir::core::Module> carriedModule(const Unit& unit, const Options& options) {
  SourceModule empty;
  empty.name = unit.source.name;
  empty.filename = unit.source.filename;
  empty.isPackage = unit.source.isPackage;
  std::string error;
  if (!empty.decode() || !empty.parse() || !empty.analyze()) return nullptr;
  auto module = empty.toIr(options, error);
  if (module) module->source = unit.source.buffer->text();
  return module;
}

std::string cachePath(const std::string& key, const char* suffix) {
  return codegen::emit::cacheFolder() + "/objects/" + key.substr(0, 2) + "/" + key.substr(2) + suffix;
}

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

/// The program's own modules alone count, and are told what was counted.
void ProgramBuild::giveProfile() {
  bool isKnown = false;
  for (auto& unit : units_) {
    if (!unit->isOwn) continue;
    unit->source.countsProfile = options_.profileGenerate;
    if (profile_) unit->source.profile = profileOf(*profile_, unit->source.name, unit->source.filename);
    isKnown |= unit->source.profile != nullptr;
  }
  if (profile_ && !profile_->modules.empty() && !isKnown) 
    report(Message{.isWarning = true, .name = "other-profile", .text = "--profile-use: the profile is another program's: it has no module of this one", .file = {}, .position = {}, .line = {}});
}

/// After all modules are known: how their objects are called, and which of them are here.
void ProgramBuild::nameObjects() {
  uint32_t observers = 0;
  for (auto& unit : units_)
    if (unit->isOwn) observers |= unit->summary.observers;
  if (!options_.observe.empty()) observers = observersFromText(options_.observe);
  giveProfile();
  if (maySpeculate(observers)) findNeighbours();
  // The compiled library is of programs that nobody observes: it has versions.
  const bool takesLibrary = options_.level > 0 && maySpeculate(observers) && !options_.debugInfo && !options_.stripSource && !options_.isExtension && !wantsDumps(options_);
  size_t lines = 0; // of packages, nearest to the program first
  for (auto& unit : units_) {
    unit->observers = unit->isOwn ? observers : 0;
    if (!unit->isOwn && takesLibrary && std::filesystem::exists(libraryPath(*unit, ".o"))) {
      unit->object = libraryPath(*unit, ".o");
      unit->compiled = true;
      continue;
    }
    if (!unit->isOwn) {
      const bool isNear = options_.level == 2 && maySpeculate(observers) && isOfPackage(*unit) && !unit->isGuess && (lines += lineCount(unit->source.bytes)) <= kPackageLines;
      unit->care = options_.level > 2 ? Care::Shipped : isNear ? Care::Package : isOfPackage(*unit) ? Care::Distant : Care::Cheap;
    }
    unit->hasVersions = unit->isOwn || (!isCheap(unit->care) && maySpeculate(observers));
    const int level = unit->isOwn ? std::min(options_.level, 2) : options_.level; // -O3 is about the others
    const char* care = unit->isOwn ? "" : unit->care == Care::Package ? "p" : unit->hasVersions ? "" : "w";
    const std::string profiling = unit->source.countsProfile ? "counts" : profileIdentity(unit->source.profile);
    std::string neighbourhood = unit->source.isShared ? "n" : "";
    for (const Unit* other : unit->neighbours) neighbourhood += other->key;
    unit->objectName = contentHash({unit->key, std::to_string(level), options_.debugInfo ? "g" : "", options_.isExtension ? "x" : "",
                                    options_.stripSource ? "s" : "", unit->isCarried ? "t" : "", unit->hasVersions && options_.countExits ? "e" : "", care, profiling, std::to_string(unit->observers),
                                    neighbourhood, isOfPackage(*unit) ? "q" : "", options_.bisectLimit >= 0 ? std::to_string(options_.bisectLimit) : ""});
    unit->object = cachePath(unit->objectName, ".o");
    unit->compiled = !wantsDumps(options_) && codegen::emit::useCached(unit->object);
  }
}

/// In the order found, of the modules that the command line chose.
std::vector<Unit*> ProgramBuild::missing() const {
  std::vector<Unit*> all;
  for (auto& unit : units_) {
    const bool isChosen = options_.modules.empty() || std::find(options_.modules.begin(), options_.modules.end(), unit->found.name) != options_.modules.end();
    if (!unit->compiled && isChosen) all.push_back(unit.get());
  }
  return all;
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

void ProgramBuild::compile(Unit& unit, unsigned threads) {
  unit.source.assume(unit.observers);
  unit.source.speculates &= unit.hasVersions;
  const auto neighbours = analyzedNeighbours(unit);
  auto module = unit.isCarried ? carriedModule(unit, options_) : unit.source.toIr(options_, unit.error, neighbours);
  if (!module) return;
  std::string bytes;
  codegen::emit::CompileOptions options = compile_;
  options.observers = unit.observers;
  options.mayDivide = unit.isOwn;
  options.threads = threads;
  options.care = unit.care;
  options.isCarried = unit.isCarried;
  if (!unit.isOwn) options.codeFilename = codeFilename(unit.source.filename, findStandardLibrary(options_.stdlib));
  // CPython's tracebacks show no lines of these, since linecache finds no such file.
  if (unit.source.filename == "<string>" || unit.source.filename == "<stdin>") options.stripSource = true;
  if (!codegen::emit::compileModule(*module, options, codegen::emit::Artefact::Object, bytes, unit.error)) return;
  unit.compiled = codegen::emit::writeFileAtomically(unit.object, bytes, unit.error);
  if (unit.compiled && remote_) remote_->offer(unit.objectName, std::move(bytes));
}

bool ProgramBuild::compileAll() {
  std::vector<Unit*> todo = missing();
  for (Unit* unit : todo)
    if (!unit->source.analysis && !analyze(*unit)) return false;
  // The long ones first, lest one of them is left alone at the end.
  std::sort(todo.begin(), todo.end(), [](const Unit* a, const Unit* b) { return a->source.bytes.size() > b->source.bytes.size(); });
  std::atomic<size_t> next = 0, done = 0;
  Progress progress(isFilling_ ? 0 : todo.size()); // which lists what it did
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  auto work = [&] {
    for (size_t i; (i = next++) < todo.size();) {
      progress.begin("compiling " + todo[i]->found.name);
      compile(*todo[i], std::max<unsigned>(1, cores / static_cast<unsigned>(todo.size() - i))); // with the cores that have nothing else to do
      if (isFilling_) fmt::print(stderr, "krait: {} of {}: {}\n", ++done, todo.size(), todo[i]->found.name);
    }
  };
  std::vector<std::thread> others;
  for (size_t n = std::min<size_t>(cores, todo.size()); n > 1; --n) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  for (Unit* unit : todo)
    if (!unit->compiled) {
      reportError(unit->error);
      return false;
    }
  return true;
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
    unit->care = Care::Shipped;
    unit->object = folder + "/" + unit->key + ".o";
    const std::string summary = folder + "/" + unit->key + ".summary";
    unit->compiled = std::filesystem::exists(unit->object) && std::filesystem::exists(summary);
    if (!codegen::emit::writeFileAtomically(summary, toText(unit->summary), unit->error)) {
      reportError(unit->error);
      return false;
    }
    fresh.insert(unit->object);
    fresh.insert(summary);
  }
  if (!compileAll()) return false;
  // What another compiler made is of no use. What this one made for other programs stays.
  const std::string maker = folder + "/compiler";
  if (codegen::emit::readFile(maker) == installation_.identity) return true;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure))
    if (!fresh.contains(entry.path())) std::filesystem::remove(entry.path(), failure);
  std::string error;
  if (codegen::emit::writeFileAtomically(maker, installation_.identity, error)) return true;
  reportError(error);
  return false;
}

} // namespace krait::tools
