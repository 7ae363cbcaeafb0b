// A module in the IR: what one source file is compiled to.
#pragma once

#include "ir/core/function.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait {
struct ProfileModule;
}

namespace krait::ir::core {

class Remarks;

// Numbered texts, distinct within a scope. All but cells have one scope only.
class NameTable {
public:
  uint32_t intern(std::string_view text, uint32_t scope = 0);
  uint32_t find(std::string_view text, uint32_t scope = 0) const; // kNone: it has no number
  const std::string& operator[](uint32_t id) const { return all_[id]; }
  uint32_t size() const { return static_cast<uint32_t>(all_.size()); }

private:
  std::vector<std::string> all_;
  std::unordered_map<std::string, uint32_t> ids_; // by text, behind the number of another scope than 0
};

// Another module of the program, whose functions are looked at but not compiled here: docs/optimiser.md. What the module itself has
// comes first, in functions, cells and texts; then what each of these has, numbered as in a module of their own.
struct Neighbour {
  std::string name; // dotted
  bool isPackage = false;
  uint32_t firstFunction = 0, firstCell = 0, firstText = 0;
};

// See SourceWarning in runtime/abi/code.h.
struct Warning {
  std::string message;
  bool isDeprecation;
  int32_t line, offset, endLine, endOffset;
};

struct Module {
  std::string name;     // dotted
  std::string filename; // as tracebacks show it
  bool isPackage = false;
  // What compile() was asked for; a file is a template.
  enum class Form : uint8_t { File, Exec, Eval, Single } form = Form::File;
  int optimize = 0; // as compile()'s
  // Names of the module's own scope live in a namespace dict (exec, eval, single) instead of cells: function 0 has one
  // parameter, the namespace, and functions find globals in a dict.
  bool dictGlobals = false;
  // Frame objects that outlive their functions show the locals: none of them is moved out at the end.
  bool keepsFrames = false;
  // References are counted, frames or events watched: captured variables stay in cells, bound methods are made.
  bool keepsCells = false;
  // Functions may have versions (ir/passes/make_versions.cpp): nobody observes what they leave out, and the time is to be spent.
  bool speculates = false;
  // It is a neighbour of others, whose objects refer to its functions and cells.
  bool isShared = false;
  NameTable names; // NAME attributes: identifiers
  NameTable cells; // GLOBAL attributes: every name that the module reads or writes globally
  ConstantTable constants;
  std::vector<std::string> classes; // class numbers of types; filled by inference
  std::vector<std::unique_ptr<Function>> functions; // 0: the module's body; a function comes before those inside it
  std::string source; // normalised text, for tracebacks; may be empty
  std::vector<Warning> warnings; // as the source, no part of the printed module
  const ProfileModule* profile = nullptr; // what was counted in runs; null: nothing is known
  Remarks* remarks = nullptr; // where passes say what they did and why not; null: nobody asks (ir/core/remarks.h)
  std::vector<Neighbour> neighbours;
  std::vector<std::string> texts; // that the library probably makes and executes in this module; Function::text counts in them

  Function& addFunction();
  Function& body() const { return *functions[0]; }
  // What is compiled here is numbered below these.
  uint32_t functionCount() const { return neighbours.empty() ? static_cast<uint32_t>(functions.size()) : neighbours[0].firstFunction; }
  uint32_t cellCount() const { return neighbours.empty() ? cells.size() : neighbours[0].firstCell; }
  uint32_t textCount() const { return neighbours.empty() ? static_cast<uint32_t>(texts.size()) : neighbours[0].firstText; }
  // The neighbour that a FUNCTION or GLOBAL belongs to; null: it is the module's own.
  const Neighbour* neighbourOfFunction(uint32_t function) const;
  const Neighbour* neighbourOfCell(uint32_t cell) const;
  // The names of whose cells a function uses, in `cells`.
  uint32_t cellScope(const Neighbour* neighbour) const { return neighbour ? static_cast<uint32_t>(neighbour - neighbours.data()) + 1 : 0; }
  // Those of this qualified name, and those inside them, as the source has them; an empty name: all.
  std::vector<const Function*> functionsIn(std::string_view qualname) const;
};

} // namespace krait::ir::core
