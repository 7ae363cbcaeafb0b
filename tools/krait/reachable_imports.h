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

  /// The summary must stay where it is. `isOwn`: all functions may be called.
  size_t add(const Summary& summary, bool isOwn);
  /// The next import that can run, in the order found; false when there is none for now (add() may bring more).
  bool next(Found& found);
  /// Whether code that can run mentions the name.
  bool isMentioned(const std::string& name) const { return mentioned_.contains(name) || imported_.contains(name); }
  /// Names of codecs in code that can run, in the order found.
  const std::vector<std::string>& codecs() const { return codecs_; }
  /// Whether the program's own text does.
  bool programMentions(const std::string& name) const { return programMentioned_.contains(name); }

private:
  struct Module {
    const Summary* summary;
    std::vector<bool> named, reached; // by function
    std::vector<std::vector<const Wanted*>> imports; // by function
  };
  struct FunctionId {
    size_t module, function;
  };
  void mention(const std::vector<std::string>& names);
  void nameFunction(FunctionId id);
  void reach(FunctionId id);

  std::vector<Module> modules_;
  std::unordered_set<std::string> mentioned_, programMentioned_, imported_; // imported_: modules, as imports name them
  std::vector<std::string> codecs_;
  std::unordered_map<std::string, std::vector<FunctionId>> waiting_; // by name, not mentioned yet
  std::deque<Found> ready_;
};

} // namespace krait::tools
