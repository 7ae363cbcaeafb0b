// The link of a program: which parts of the runtime it needs, and in which order its modules stand.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>
#include <unordered_map>
#include "codegen/emit/cache.h"
#include "codegen/emit/cache_pruning.h"
#include "codegen/emit/link.h"
#include "codegen/emit/name_table.h"
#include "codegen/emit/program_object.h"
#include "runtime/abi/observers.h"
#include "tools/krait/messages.h"
#include "tools/krait/program_build.h"
#include "tools/krait/search_path.h"

namespace krait::tools {

using codegen::emit::contentHash;

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
  // FunctionType has more ways to be found; few programs hand code objects on.
  for (const char* name : {"LambdaType", "type", "__class__"})
    if (imports_.programMentions("code:") && imports_.programMentions(name)) return true;
  return false;
}

/// The runtime and what it is linked with: of each library itself, or functions that load it (docs/libraries.md).
std::vector<std::string> ProgramBuild::archives() const {
  std::set<std::string> wanted{"ffi", "z"}; // these two are small; the runtime itself calls zlib
  auto wantAllOf = [&](const std::string& native) {
    for (std::string& library : librariesOf(native)) wanted.insert(std::move(library));
  };
  if (options_.isStatic) {
    for (const std::string& native : natives_) wantAllOf(native);
  } else if (!options_.sharedLibraries && !options_.isExtension) {
    for (auto& [name, found] : modules_)
      if (found) wantAllOf(found->native);
    // Two copies of a library do not understand each other's objects.
    for (const std::string& native : natives_)
      if (const auto libraries = librariesOf(native); std::any_of(libraries.begin(), libraries.end(), [&](auto& l) { return wanted.contains(l); }))
        wantAllOf(native);
  }
  std::vector<std::string> all{options_.isExtension ? installation_.sharedArchive : installation_.archive};
  for (const auto& [name, archive] : installation_.libraries)
    if (wanted.contains(name)) all.push_back(archive);
  for (const auto& [name, archive] : installation_.lazyLibraries)
    if (!options_.isStatic && !(wanted.contains(name) && installation_.libraries.contains(name))) all.insert(all.begin(), archive);
  return all;
}

bool ProgramBuild::link(const std::string& output) {
  codegen::emit::ProgramDescription description{
      .mainModule = units_[0]->source.name, .natives = {}, .searchPath = searchPath(options_, !guests_.names().empty()), .guests = guests_.names(),
      .isExtension = options_.isExtension, .target = installation_.target};
  if (options_.debugInfo) description.debuggerScript = installation_.debuggerScript;
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
  if (!description.debuggerScript.empty()) key += " script " + description.debuggerScript;
  const std::string program = cachePath(contentHash({key}), ".main.o");
  if (!codegen::emit::useCached(program) &&
      !codegen::emit::writeFileAtomically(program, codegen::emit::writeProgramObject(description), error)) {
    reportError(error);
    return false;
  }
  codegen::emit::LinkJob job{.objects = {program}, .archives = archives(), .order = installation_.startOrder, .engine = {}, .guest = description.guests.empty() ? "" : installation_.guest,
                             .runtimeOptions = installation_.linkOptions, .output = output, .target = installation_.target, .sysroot = installation_.sysroot,
                             .isStatic = options_.isStatic, .entry = {}, .keepSymbols = options_.debugInfo || options_.keepSymbols};
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
    const std::string table = codegen::emit::writeNameTable(modules, installation_.startOrder, *installation_.target, error);
    if (table.empty() || !codegen::emit::writeFileAtomically(names, table, error)) {
      reportError(error);
      return false;
    }
  }
  job.objects.push_back(names);
  const auto data = dataObject();
  if (!data) return false;
  if (!data->empty()) job.objects.push_back(*data);
  job.objects.insert(job.objects.end(), modules.begin(), modules.end());
  engineReason_ = use != SourceUse::None                                              ? why
                  : usesBytecode()                                                    ? "bytecode is shown, traced or made"
                  : std::any_of(natives.begin(), natives.end(), isEngineModule) ? "a native module is part of it"
                                                                                      : "";
  if (!engineReason_.empty()) job.engine = installation_.engine;
  job.map = options_.linkerMap;
  if (job.map.empty() && keepsMap_) job.map = std::filesystem::temp_directory_path() / fmt::format("krait-{}.map", getpid());
  const bool linked = codegen::emit::linkProgram(job, error);
  if (keepsMap_) map_ = codegen::emit::readFile(job.map).value_or("");
  if (options_.linkerMap.empty() && !job.map.empty()) unlink(job.map.c_str());
  if (!linked) reportError(error);
  return linked;
}

} // namespace krait::tools
