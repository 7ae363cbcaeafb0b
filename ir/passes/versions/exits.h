// The ways from a version to the general body.
#pragma once

#include "ir/core/module.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace krait::ir::passes::versions {

struct Residue;

// What a version knows of a temporary of the general body. An owned temporary without a reference of its own (`owned`) is
// raw, or lent, or was a constant: whoever wants a reference makes one.
struct Known {
  core::Temp* word = nullptr;
  bool owned = false;
  core::RawKind kind = core::RawKind::None;
  core::Temp* raw = nullptr; // smallint, i64, f64 or a complex number's real part
  core::Temp* imaginary = nullptr;
  core::Temp* isInt = nullptr; // i1: `raw`, a double, stands for an int then (kind None; both or neither)
  core::Temp* character = nullptr; // smallint: the code of a text of one character (kind None)
  const Residue* residue = nullptr; // `raw`, an i64, is the number modulo 2^64 (kind None)
  int instance = -1; // one that does not exist yet, of Virtuals
  const core::Instruction* lookUp = nullptr; // what this method.load gives of the instance
  const std::vector<Known>* items = nullptr; // of a tuple that does not exist yet, whose references are these (Translator::tupleOf)
};

// What an int as a whole is made of, of which only the low bits were computed (unsigned.cpp): raw numbers, and others like it.
struct Residue {
  core::Op op;
  Known left, right;
  uint32_t site;
};

// An instance that does not exist yet (instances.h).
struct Instance {
  core::Temp* cls;
  uint32_t body = core::kNone; // of its class: a FUNCTION
  std::vector<std::pair<uint32_t, Known>> slots = {}; // by NAME, in the order of the stores
  uint32_t shape = core::kNone;
  core::Temp* made = nullptr; // by the end of a transaction
  // Of one that outlives its transaction:
  uint32_t site = core::kNone;
  unsigned holders = 0;   // owned temporaries and locals
  bool ownsClass = false; // or it is lent until something may run
  bool isChecked = true;  // by class.check, and nothing has run since
};

// A local that is no word, but such an instance.
struct HeldLocal {
  int instance;
  const core::Instruction* last; // that looks at it
};

struct Virtuals {
  std::vector<Instance> instances;
  std::map<uint32_t, HeldLocal> locals;
};

// A number whose word nobody needs.
inline bool isRaw(const Known& k) { return k.kind != core::RawKind::None || k.isInt || k.residue; }

// That die with it; a tuple lets go of its last item first.
inline std::vector<core::Temp*> referencesOf(const Known& k) {
  std::vector<core::Temp*> words;
  if (k.word && k.owned) words.push_back(k.word);
  if (k.items)
    for (size_t n = k.items->size(); n-- > 0;)
      for (core::Temp* word : referencesOf((*k.items)[n])) words.push_back(word);
  return words;
}

// Is no parameter where it is live: a constant; a read local of a generator, whose frame keeps locals and what is owned, but no
// borrowed parameters.
bool isMadeAgain(const core::Function& f, const core::Temp* t);
// Such a temporary once more, before `next`.
core::Temp* makeAgain(core::Function& f, const core::Temp* t, core::Instruction* next);

// A method.load once more, at the end of `block`.
const core::Instruction* makeLookUp(core::Function& f, const core::Instruction& lookUp, core::Temp* receiver, core::Block* block);

class Exits {
public:
  // `origins`: of parameters that stand for temporaries of other blocks.
  Exits(core::Function& f, const std::unordered_map<const core::Temp*, const core::Temp*>& origins, const Virtuals& virtuals)
      : f_(f), origins_(origins), virtuals_(virtuals) {}

  // A block that hands over what is live before `at`, an instruction of the general body, and goes on there. `scratch`: references
  // that die on the way.
  core::Block* before(const core::Instruction& at, std::unordered_map<const core::Temp*, Known>& known, std::span<core::Temp* const> scratch,
                      core::Block* after);
  // The reference or word that a parameter for the general temporary `t` is given, made at the end of `block`.
  core::Temp* argument(core::Block* block, const core::Temp* t, const Known& k, bool isBehindExit);
  // The reference that an owned temporary has, or a new one, made at the end of `block`.
  core::Temp* reference(core::Block* block, const Known& k);
  core::Temp* whole(core::Block* block, const Residue& residue);
  // What is live before an instruction of the general body, in the order in which it came to be; without what is made again.
  std::vector<const core::Temp*> liveBefore(const core::Instruction& at);
  // The general body may enter the version before `at`: the block's parameters are what is live there.
  void enterBefore(const core::Instruction& at, core::Block* version) { entrances_[&at] = version; }
  // Splits the general blocks where exits lead to and where entrances are.
  void split();

private:
  void makeInstances(const core::Instruction& at, std::unordered_map<const core::Temp*, Known>& known, std::span<const core::Temp* const> live,
                     std::vector<core::Temp*>& arguments, core::Block* block);
  void splitBlock(core::Block* block, std::vector<const core::Instruction*>& places);

  struct Exit {
    core::Block* block;
    const core::Instruction* at;
    std::vector<core::Temp*> arguments;
  };
  core::Function& f_;
  const std::unordered_map<const core::Temp*, const core::Temp*>& origins_;
  const Virtuals& virtuals_;
  std::vector<Exit> exits_;
  std::map<const core::Instruction*, core::Block*> entrances_;
};

} // namespace krait::ir::passes::versions
