// Which modules a program may import: those are in it.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include "codegen/emit/cache.h"
#include "tools/krait/codec_modules.h"
#include "tools/krait/messages.h"
#include "tools/krait/program_build.h"

namespace krait::tools {

bool ProgramBuild::isOfPackage(const Unit& unit) const {
  return !unit.isOwn && !isStandard(unit.found) && !unit.found.path.starts_with(installation_.ownModules + "/");
}

bool ProgramBuild::isStandard(const FoundModule& module) const { return module.path.starts_with(findStandardLibrary(options_.stdlib) + "/"); }

/// Found, but nothing of it is compiled.
static FoundModule guestModule(const std::string& name) {
  return {.name = name, .path = {}, .native = {}, .extension = "guest", .isPackage = false, .folders = {}};
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
    unit->isOfText = isOfText_;
    unit->isCarried = isCarried_ && !isStandard(*slot);
    units_.push_back(std::move(unit));
  }
  return &*slot;
}

/// Whether importing the package for the first time might decide that it runs in the guest: it has modules in C. For a module that
/// may never be imported itself, none is looked at closer.
bool ProgramBuild::mayBecomeGuest(const std::string& top) const {
  if (modules_.contains(top)) return false;
  const std::optional<FoundModule> found = finder_.find(top, nullptr);
  if (!found) return findInstalled(top).has_value();
  return !found->extension.empty() || std::any_of(found->folders.begin(), found->folders.end(), hasExtensions);
}

/// Whether the import leads into a package that runs in the guest.
bool ProgramBuild::isGuestImport(Unit& unit, const Wanted& w) {
  if (options_.isExtension) return isHostModule(w.module);
  const std::string top = GuestPackages::topOf(w.module);
  if (unit.isOfText && mayBecomeGuest(top)) {
    undecided_.push_back({&unit, &w});
    return true;
  }
  const FoundModule* package = require(top, false);
  if (guests_.isDecidedGuest(top)) return true;
  if (!package || GuestPackages::topOf(unit.found.name) == top || !guests_.becomesGuest(*package, w)) return false;
  modules_[top] = guestModule(top);
  return true;
}

/// python -m wants the source of a package's __main__.
static bool isMainOfPackage(const std::string& name) { return name == "__main__" || name.ends_with(".__main__"); }

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

/// Whether the import stands for the library's Python version of what a native module has, which can't be missing: unless the program asks
/// for modules without their native parts.
bool ProgramBuild::isNeedlessFallback(const Unit& unit, const Wanted& w) const {
  if (w.fallbackFor.empty() || !isStandard(unit.found) || imports_.programMentions("import_fresh_module")) return false;
  const std::string_view native = nativeModule(w.fallbackFor);
  return !native.empty() && !mayMissLibrary(native);
}

/// What an import of "six.moves" or below stands for: six finds modules by names that it computes, also where another package has its copy.
void ProgramBuild::followMoves(const Wanted& w) {
  constexpr std::string_view kMoves = "six.moves";
  const size_t at = w.module.find(kMoves);
  if (at == std::string::npos || (at > 0 && w.module[at - 1] != '.')) return;
  std::vector<std::string> names = w.names;
  if (const size_t below = at + kMoves.size(); below + 1 < w.module.size() && w.module[below] == '.')
    names = {w.module.substr(below + 1, w.module.find('.', below + 1) - below - 1)};
  for (const std::string& name : names) {
#define SIX_MOVE(below, module) \
    if (name == (below)) require(module, false);
#include "tools/krait/six_moves.def"
#undef SIX_MOVE
  }
}

/// Queues what the import names. False if it is refused: a library module that certainly runs needs a native part
/// that Krait does not have.
bool ProgramBuild::follow(Unit& unit, const Wanted& w) {
  importer_ = unit.found.name;
  if (isNeedlessFallback(unit, w) || isGuestImport(unit, w)) return true;
  followMoves(w);
  const FoundModule* found = require(w.module, unit.certain && w.unconditional);
  if (found) {
    for (const std::string& n : w.names)
      if (n != "*" && found->isPackage) require(found->name + "." + n, false); // of served ones by their own name
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
  if (!isStandard(unit.found) || !unit.certain || !w.unconditional || w.module.find('.') != std::string::npos) return true;
  reportAt(unit.source, w.span, false, "missing-native-module", fmt::format("module '{}' of the standard library needs '{}', a native part that Krait does not have yet",
                                                     unit.source.name, w.module));
  return false;
}

/// Modules that the runtime imports for features the program uses. True if there is a new one.
bool ProgramBuild::requireImplied() {
  const size_t before = units_.size();
#define IMPLIED_IMPORT(name, module)                                                                           \
  if (imports_.isMentioned(name)) importer_ = "(" name ")", require(module, false);
#include "tools/krait/implied_imports.def"
  // Who calls whatever methods objects have calls __reduce__ and __getstate__.
  if (imports_.programMentions("dir") && imports_.programMentions("getattr")) importer_ = "(dir and getattr)", require("copyreg", false);
  // `data.decode(name)`, unless the program has a decode() of its own.
  auto isConverted = [&](const std::string& how) {
    return imports_.programMentions("codec:?" + how) && !imports_.programMentions("codec:own:" + how);
  };
  // Natively known codecs need no module, but for those who want the codec itself.
  if (imports_.programMentions("codec:*") || imports_.isMentioned("codec:=") || isConverted("encode") || isConverted("decode"))
    for (const std::string& module : textCodecModules(findStandardLibrary(options_.stdlib)))
      importer_ = "(a codec's computed name)", require("encodings", false), require(module, false);
  for (const std::string& codec : imports_.codecs())
    if (const std::string module = codecModule(findStandardLibrary(options_.stdlib), codec.substr(codec.starts_with('@')), codec.starts_with('@')); !module.empty())
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

/// Whether a text can mean modules of the program or of a package that is in it. Texts are no promise: of the standard library's
/// modules there are too many with names that are words.
bool ProgramBuild::mayNameModule(const std::string& name, bool isImported) const {
  const std::string top = GuestPackages::topOf(name);
  if (top.empty() || guests_.isDecidedGuest(top)) return false;
  const auto known = modules_.find(top);
  if (known == modules_.end() || !known->second) return isImported && !mayBecomeGuest(top);
  if (known->second->path.empty()) return false;
  if (isImported) return true;
  return !isStandard(*known->second) && name.size() > top.size() + 1; // "kit.": names of loggers begin so, too
}

/// Whether a text of the form "app:run" means a module that stands beside the program's own.
bool ProgramBuild::isOwnEntryPoint(const std::string& name) const {
  std::string file = name;
  std::ranges::replace(file, '.', '/');
  const std::filesystem::path path = std::filesystem::path(units_[0]->source.filename).parent_path() / file;
  std::error_code ignored;
  return std::filesystem::is_regular_file(path.native() + ".py", ignored) || std::filesystem::is_regular_file(path / "__init__.py", ignored);
}

/// The modules that a name stands for ("a.b"; a class in a module too: "a.b.Class"), those of the package that it ends with ("a.b."), or
/// those of them that begin so ("a.b*").
void ProgramBuild::requireNamed(const std::string& name) {
  const FoundModule* found = nullptr;
  const size_t last = name.ends_with('*') ? name.rfind('.') + 1 : name.ends_with('.') ? name.size() : std::string::npos;
  for (size_t dot = 0; dot != std::string::npos && dot + 1 < std::min(last, name.size());) {
    dot = name.find('.', dot + 1);
    found = require(name.substr(0, dot), false);
    if (!found) return;
  }
  if (last == std::string::npos || !found) return;
  const std::string beginning = name.substr(last, name.size() - last - name.ends_with('*'));
  std::vector<std::string> modules;
  for (const std::string& folder : found->folders)
    for (const std::string& module : modulesIn(folder))
      if (module.starts_with(beginning)) modules.push_back(name.substr(0, last) + module);
  isCarried_ = modules.size() > kManyModules;
  for (const std::string& module : modules) require(module, false);
  isCarried_ = false;
}

/// Where a package imports by names that it computes (a template engine its tags, a database its dialects), its texts say what these
/// may be. A registry of hundreds (lexers of all languages) is not compiled: it is carried as text. True if there is a new module.
bool ProgramBuild::requireNamedInTexts() {
  if (options_.isExtension || !imports_.importsComputedNames()) return false;
  const size_t before = units_.size();
  importer_ = "(a name in a text)";
  isGuessing_ = true;
  const std::vector<std::string>& texts = imports_.moduleTexts();
  auto packageOf = [](const std::string& text) { return text.substr(0, text.rfind('.')); };
  std::map<std::string, size_t> named; // how many of a package are
  for (const std::string& text : texts) ++named[packageOf(text)];
  for (const std::string& text : texts) {
    const bool isEntryPoint = text.starts_with('@'), isBeginning = text.ends_with('.') || text.ends_with('*');
    const std::string name = text.substr(isEntryPoint || text.starts_with('='));
    const bool isImported = text.starts_with('=') || (isEntryPoint && isOwnEntryPoint(name));
    if (followedTexts_.contains(text) || !mayNameModule(name, isImported)) continue;
    followedTexts_.insert(text);
    isCarried_ = !isBeginning && named[packageOf(text)] > kManyModules;
    isOfText_ = !isImported || isBeginning;
    requireNamed(name);
  }
  isGuessing_ = isOfText_ = isCarried_ = false;
  return units_.size() > before;
}

/// From where a package may serve modules that it does not have itself: packages that its text names whole, or that are called as it
/// but for a part that its text replaces.
static std::vector<std::string> servingPackages(const std::string& package, const Summary& summary) {
  std::vector<std::string> found;
  auto look = [&](const std::vector<std::string>& mentions) {
    for (const std::string& m : mentions) {
      constexpr std::string_view kText = "module:", kRenamed = "renamed:";
      if (m.starts_with(kText) && !m.ends_with('.') && !m.ends_with('*') && m[kText.size()] != '=' && m[kText.size()] != '@') found.push_back(m.substr(kText.size()));
      if (!m.starts_with(kRenamed)) continue;
      const size_t colon = m.find(':', kRenamed.size());
      const std::string from = m.substr(kRenamed.size(), colon - kRenamed.size());
      std::string name = package;
      for (size_t at = 0; (at = name.find(from, at)) != std::string::npos; at += m.size() - colon - 1) name.replace(at, from.size(), m, colon + 1);
      if (name != package) found.push_back(name);
    }
  };
  look(summary.mentions);
  for (const auto& f : summary.functions) look(f.mentions);
  return found;
}

/// A package may import for others what it keeps elsewhere, as `extern` of setuptools does with what is in `_vendor`. What is inside such a
/// package is found in its folders, and called as the import calls it. True if there is a new module.
bool ProgramBuild::requireServed() {
  if (options_.isExtension || !imports_.importsComputedNames()) return false;
  const size_t before = units_.size();
  std::map<std::string, std::vector<std::string>> absent; // by package
  for (const auto& [name, found] : modules_)
    if (const size_t dot = name.rfind('.'); !found && dot != std::string::npos) absent[name.substr(0, dot)].push_back(name);
  isGuessing_ = isOfText_ = true;
  for (size_t i = 0; i < before; ++i) {
    const std::string package = units_[i]->found.name;
    const auto missed = absent.find(package);
    if (missed == absent.end() || !units_[i]->found.isPackage || isStandard(units_[i]->found)) continue;
    importer_ = package;
    for (const std::string& other : servingPackages(package, units_[i]->summary)) {
      if (!mayNameModule(other, false)) continue;
      for (const std::string& name : missed->second) serve(name, other + name.substr(package.size()));
    }
  }
  isGuessing_ = isOfText_ = false;
  return units_.size() > before;
}

/// The module can be imported by a second name too, by which nothing was found.
void ProgramBuild::serve(const std::string& name, const std::string& as) {
  if (modules_[name]) return;
  const FoundModule* found = require(as, false);
  if (!found) return;
  modules_[name] = FoundModule{.name = as, .path = {}, .native = {}, .isPackage = found->isPackage, .folders = found->folders};
  std::vector<std::string> inside;
  for (auto at = modules_.lower_bound(name + "."); at != modules_.end() && at->first.starts_with(name + "."); at = modules_.erase(at)) inside.push_back(at->first);
  for (const std::string& n : inside) require(n, false);
  std::erase_if(followedTexts_, [&](const std::string& text) { return text.find(name + ".") <= 1; }); // which led nowhere; perhaps behind "="
}

/// Imports that were not followed because they might have made their package run in the guest: others have brought it in since. True if one
/// was followed.
bool ProgramBuild::followUndecided() {
  const auto isDecided = [&](const auto& left) { return modules_.contains(GuestPackages::topOf(left.second->module)); };
  std::vector<std::pair<Unit*, const Wanted*>> decided;
  std::ranges::copy_if(undecided_, std::back_inserter(decided), isDecided);
  std::erase_if(undecided_, isDecided);
  isGuessing_ = isOfText_ = true;
  for (const auto& [unit, wanted] : decided) {
    isCarried_ = unit->isCarried;
    follow(*unit, *wanted);
  }
  isGuessing_ = isOfText_ = isCarried_ = false;
  return !decided.empty();
}

/// Where the program can ask what is installed, the packages in it offer modules by names in their metadata (markdown its extensions), in groups
/// that whoever looks for them names. True if there is a new one.
bool ProgramBuild::requirePlugins() {
  if (options_.isExtension || !usesMetadata()) return false;
  const size_t before = units_.size();
  const std::set<std::string> texts(imports_.moduleTexts().begin(), imports_.moduleTexts().end());
  importer_ = "(an entry point)";
  isGuessing_ = isOfText_ = true;
  for (size_t i = 0; i < before; ++i) {
    if (units_[i]->found.name.find('.') != std::string::npos) continue;
    for (const std::filesystem::path& metadata : metadataOf(*units_[i]))
      for (const std::string& module : pluginModules(metadata, texts))
        if (mayNameModule(module, false)) requireNamed(module);
  }
  isGuessing_ = isOfText_ = false;
  return units_.size() > before;
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
      using Owner = ReachableImports::Owner;
      imports_.add(unit.summary, unit.isOwn ? Owner::Program : isStandard(unit.found) ? Owner::Standard : Owner::Package);
    }
    ReachableImports::Found found;
    if (imports_.next(found)) {
      Unit& importing = *units_[found.module];
      isGuessing_ = isOfText_ = importing.isOfText;
      isCarried_ = importing.isCarried;
      const bool isFollowed = follow(importing, *found.import);
      isGuessing_ = isOfText_ = isCarried_ = false;
      if (!isFollowed) return false;
    } else if (!requireImplied() && !requireNeighbours() && !requireNamedInTexts() && !requireServed() && !requirePlugins() && !followUndecided()) {
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
  if (!guests_.names().empty() && !installation_.sysroot.empty()) {
    reportError(fmt::format("--target {}: packages that need C extensions run on the machine that builds alone: {}", options_.target, guests_.names()));
    return false;
  }
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

} // namespace krait::tools
