// Instances that need not exist. What a transaction makes and returns stays virtual in the version, its class and numbers, as long as
// nothing but attributes is asked of it, by the version or by further transactions:
//
//   cp = a - b         f64.sub … (the transaction; the call beside leaves the version)
//   r = cp.dot(c)      class.find "dot", %P; f64.mul … (the same numbers)
//
// A local may hold one from a store to the last look in the same block. Where a word is asked for all the same, and where an exit hands
// it over, `instance.new` makes it, once, for all that hold it.
#pragma once

#include "ir/analysis/flow.h"
#include "ir/passes/versions/plan.h"

#include <map>

namespace krait::ir::passes::versions {

class Translator;

class InstanceUses {
public:
  explicit InstanceUses(const Plan& plan) : plan_(plan) {}

  // Of the general body.
  void analyse(const core::Function& f, const analysis::Flow& flow);
  // Whether everything that looks at what a call gives can do without the object, and something does.
  bool areVirtual(const core::Temp* result);
  // Whether an instruction can do without the object that is its USE.
  bool takes(const core::Instruction& i, size_t use);
  // Whether a local gets it.
  static bool isStored(const core::Temp* result);
  // The last instruction that looks at what is stored; null: the local has to hold the object.
  const core::Instruction* lastLook(const core::Instruction& store);
  // Whether a call in place stores nothing but attributes of what it makes, so that no code runs.
  bool isQuiet(const core::Function& f);

private:
  int looksAt(const core::Temp* t);
  int looksThrough(const core::Instruction& store, const core::Instruction*& last);
  bool onlyLooks(const core::Function& f, uint32_t parameter, unsigned depth, bool& returns);
  bool onlyLooks(const core::Temp* t, unsigned depth, bool& returns);
  bool callTakes(const core::Instruction& i, size_t use, unsigned depth);
  bool storesNothing(const core::Function& f);

  const Plan& plan_;
  std::vector<std::vector<bool>> liveOut_; // locals, by block
  bool isHeld_ = true;                     // whether locals may be other than words
  std::map<std::pair<uint32_t, uint32_t>, std::pair<bool, bool>> known_; // parameters: only looked at, returned
  std::map<uint32_t, bool> quiet_;
};

// Stores to locals that hold one, reads of them.
bool translateHeld(Translator& t, const core::Instruction& i);
// An attribute of one.
bool translateVirtual(Translator& t, const core::Instruction& i);

} // namespace krait::ir::passes::versions
