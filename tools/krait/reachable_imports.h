// Which imports of a program can run. One at module level runs with its module;
// one inside a library's function needs that function to be called, and nobody
// calls a function whose name no reachable code mentions. So: names mentioned by
// module-level code and the program's own functions reach library functions of
// these names, which mention further names. (A name computed at run time escapes
// this; its import then raises ModuleNotFoundError.)
#pragma once
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
#include "tools/krait/summary.h"

namespace krait::tools {

class ReachableImports {
public:
  struct Found {
    size_t module; // number given by add()
    const Wanted* import;
  };

  /// Whose module it is: of the program, all of whose functions may be called, of a package that it uses, or of the standard library.
  enum class Owner : uint8_t { Program, Package, Standard };
  /// The summary must stay where it is.
  size_t add(const Summary& summary, Owner owner);
  /// The next import that can run, in the order found; false when there is none for now (add() may bring more).
  bool next(Found& found);
  /// Whether code that can run mentions the name.
  bool isMentioned(const std::string& name) const { return mentioned_.contains(name) || imported_.contains(name); }
  /// Names of codecs in code that can run, in the order found.
  const std::vector<std::string>& codecs() const { return codecs_; }
  /// Texts outside the standard library that may name modules, in the order found: "a.b", "a.b." for those of a package, "a.b*" for those
  /// that begin so, "@a" for the module of an entry point, "=a" for what is given to import_module.
  const std::vector<std::string>& moduleTexts() const { return moduleTexts_; }
  /// Whether code that can run, outside the standard library, imports what has a computed name.
  bool importsComputedNames() const { return importsComputedNames_; }
  /// Whether the program's own text does.
  bool programMentions(const std::string& name) const { return programMentioned_.contains(name); }

private:
  struct Module {
    const Summary* summary;
    Owner owner;
    std::vector<bool> named, reached; // by function
    std::vector<std::vector<const Wanted*>> imports; // by function
  };
  struct FunctionId {
    size_t module, function;
  };
  void mention(const std::vector<std::string>& names, Owner owner);
  void mentionOutside(const std::string& name);
  void nameFunction(FunctionId id);
  void reach(FunctionId id);

  std::vector<Module> modules_;
  std::unordered_set<std::string> mentioned_, programMentioned_, imported_; // imported_: modules, as imports name them
  std::vector<std::string> codecs_, moduleTexts_;
  bool importsComputedNames_ = false;
  std::unordered_map<std::string, std::vector<FunctionId>> waiting_; // by name, not mentioned yet
  std::deque<Found> ready_;
};

} // namespace krait::tools
