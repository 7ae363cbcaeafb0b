// A module of IR made runnable: its constants and names as Python values, and a
// CodeInfo per function, so that functions made from it are ordinary function
// objects to the runtime.
#pragma once

#include "ir/core/module.h"
#include "ir/interp/code.h"
#include "runtime/object/ref.h"

namespace krait::ir::interp {

class Unit;
struct KeptTree;

// One function; CodeInfo::body points to it.
struct FunctionState {
  Unit* unit;
  uint32_t number;
  CodeInfo info{};
  std::vector<Value> varNames, cellNames, freeNames;
  std::vector<SourceSpan> sites;
  std::unique_ptr<Code> code;
};

class Unit : public SourceUnit {
public:
  // Takes over the IR, built and passed through the ownership pipeline. The caller is a user of the unit until it
  // calls drop().
  static Unit* load(std::unique_ptr<core::Module> ir);
  void drop() { dropCode(body()); }

  core::Module& ir() { return *ir_; }
  // What it was made of, if that was a tree: else null.
  KeptTree* tree() { return tree_.get(); }
  void keepTree(std::unique_ptr<KeptTree> tree);
  ModuleInfo& info() { return info_; }
  CodeInfo* body() { return &infos_[0].info; }
  CodeInfo* codeInfo(uint32_t function) { return &infos_[function].info; }
  // Borrowed. Null with MemoryError or ValueError (digits) raised.
  Value constant(core::ConstantId id);
  Value name(uint32_t id) { return names_[id] ? names_[id] : makeName(id); } // interned; NAME attributes
  Value cell(uint32_t id) { return cells_[id] ? cells_[id] : makeCell(id); } // interned; GLOBAL attributes
  // The decoded body, made at the function's first call.
  const Code& code(uint32_t function) {
    FunctionState& state = infos_[function];
    return state.code ? *state.code : decode(state, function);
  }

private:
  explicit Unit(std::unique_ptr<core::Module> ir);
  ~Unit();
  void describe(FunctionState& state, core::Function& f);
  const Code& decode(FunctionState& state, uint32_t function);
  Value makeConstant(const core::Constant& c);
  Value makeName(uint32_t id);
  Value makeCell(uint32_t id);

  std::unique_ptr<core::Module> ir_;
  std::unique_ptr<KeptTree> tree_;
  ModuleInfo info_{};
  std::vector<FunctionState> infos_;
  std::vector<Value> constants_, names_, cells_;
};

// Of a code object's description that a Unit made.
const Code& firstCodeOf(const CodeInfo* info);
inline const Code& codeOf(const CodeInfo* info) {
  const Code* code = static_cast<const FunctionState*>(info->body)->code.get();
  return code && info->slotCount == code->persistent ? *code : firstCodeOf(info);
}
// The same where it does not matter what a generator keeps.
inline const Code* knownCode(const CodeInfo* info) {
  const Code* code = static_cast<const FunctionState*>(info->body)->code.get();
  return code ? code : &firstCodeOf(info);
}
Unit& unitOf(const CodeInfo* info);
// Whether the interpreter made it.
bool isInterpreted(const CodeInfo* info);

} // namespace krait::ir::interp
