// What is decided about a version before it is written: which locals are raw, which loops are ranges, which attributes are
// looked for in slots.
#pragma once

#include "ir/analysis/call_targets.h"
#include "ir/analysis/class_model.h"
#include "ir/core/module.h"
#include "ir/facts/module_facts.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace krait::ir::passes::versions {

// What a loop goes over, as far as it is guessed: lists, tuples, texts and bytes, by an iterator, enumerate or zip; or a dict or a set.
struct Loop {
  enum class Kind : uint8_t { Sequence, Enumerate, Zip, Dict, Set, Range } kind; // Range: of what a comprehension goes over first; others are raw where they begin
  std::vector<core::Guess> sequences;
  int64_t view = 0; // Dict: 0 keys, 1 values, 2 items
  bool isOpen = false; // nothing is known of it, so that it is tried as a list
};

struct Plan {
  const facts::ModuleFacts* facts = nullptr;
  const analysis::CallTargets* targets = nullptr;
  const analysis::ClassModel* classes = nullptr;
  struct Operator { uint32_t method, plain; }; // NAMEs; of an augmented assignment the plain operator's, else kNone
  const std::unordered_map<core::Op, Operator>* operatorMethods = nullptr;
  uint32_t initName = core::kNone, lengthName = core::kNone; // of __init__, of __len__
  bool storesClassCells = false; // some function of the module has `nonlocal __class__`
  const std::unordered_map<uint32_t, Loop>* outermost = nullptr; // of outermostLoops
  bool runsOnce = false; // the function, as far as the text tells (analysis/runs_once.h)
  std::vector<bool> extent = {}; // analysis::VersionExtent::blocks
  // `for … in range(…)` and `… in reversed(range(…))`: the calls, the iter and the store of the iterator stand together.
  std::unordered_map<const core::Instruction*, const core::Instruction*> rangeStores; // call -> local.init
  std::unordered_map<const core::Instruction*, const core::Instruction*> reversals;   // call -> the call of reversed
  std::unordered_set<const core::Instruction*> rangeParts;                            // all but the first call
  // Loops over lists: the iter and the store of the iterator, with nothing but deaths between.
  std::unordered_map<const core::Instruction*, const core::Instruction*> listStores; // iter -> local.init
  std::unordered_map<const core::Instruction*, Loop> loops; // by next.br
  std::vector<uint32_t> unpackings; // by local: how many places take apart what it holds
  std::vector<int64_t> least; // by local: no less is probably stored there, or, if it is a range's iterator, given by it; of findIndices
  std::vector<uint32_t> changes; // by local: how many places store into it, delete or clear it
  std::unordered_map<const core::Temp*, const core::Temp*> origins; // of the parameters that make temporaries local
  // Of an attribute access: which shape, and which of its slots.
  struct Slot { uint32_t shape, number; };
  std::unordered_map<const core::Instruction*, Slot> slots;

  // Whether what an access to an attribute asks for is probably in a slot.
  bool isSlot(const core::Instruction& access) const;
  // Of what the class has a constant for until somebody stores it, and stores of what no `__init__` does: the slot is looked at, and what
  // is not there goes the general way.
  bool mayBeEmpty(const core::Instruction& access) const;
};

// What comprehensions go over first, by their numbers: their parents make that iterator, and call them at once. Before any function is prepared.
std::unordered_map<uint32_t, Loop> outermostLoops(const core::Module& module, const Plan& plan);

// Sets Function::raws and Function::shapes (with the locals that raw ones need), and makes temporaries local to their blocks:
// what is live into a block becomes a parameter of it. False if the function has no version.
bool prepare(core::Function& f, Plan& plan);

// What made a temporary, also one that came from the block before; null: it is a parameter of the function's, or of a loop's.
const core::Instruction* definitionOf(const core::Temp* t, const Plan& plan);

// d.setdefault(k, []) of what may be a dict, with an empty list, dict or set that is made for it (lookups.cpp).
bool isSetDefault(const core::Instruction& i, const Plan& plan);

// What is the least that is stored in each local. A guess: nothing relies on it.
void findIndices(const core::Function& f, Plan& plan);
// Whether an int is probably not below zero; behind findIndices.
bool isNotNegative(const core::Function& f, const Plan& plan, const core::Temp* t);

core::RawKind rawKindOf(core::Guess g);
// Of an Int, an Unsigned or a Float.
constexpr core::Op checkOf(core::RawKind kind) {
  return kind == core::RawKind::Int ? core::Op::IntCheck : kind == core::RawKind::Unsigned ? core::Op::U64Check : core::Op::FloatCheck;
}
constexpr uint32_t kMaxUnpacked = 16;
// Int or Float: what is made raw as soon as it is there.
core::RawKind surelyKind(const core::Temp* t);

} // namespace krait::ir::passes::versions
