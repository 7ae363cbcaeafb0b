// Writes the version of a function (docs/optimiser.md): each block of the general body that is likely to run once more, on raw
// numbers, a chain of blocks that guards part and that exits leave.
//
//   general ^5:                              version ^12:
//     %1 = local.read $i                       %20 = int.get $i
//     %2 = item.get %0, %1                     list.check %0, ^13, ^30
//     …                                      ^13: %21 = list.index %0, %20, ^14, ^30
//                                            ^14: %22 = list.get %0, %21 …
//                                            ^30: version.exit; br ^5.at.item.get(%0)
//
// What the version knows of a temporary of the general body is its Known. A guard that fails leaves for the general body
// before the instruction has done anything: general blocks are split at these places (exits.cpp), and what is live there
// becomes parameters.
#pragma once

#include "ir/core/builder.h"
#include "ir/passes/versions/exits.h"
#include "ir/passes/versions/instances.h"
#include "ir/passes/versions/plan.h"

#include <deque>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

namespace krait::ir::passes::versions {

// A float, or an int where the flag is set.
struct Real {
  core::Temp *raw, *isInt;
};

class Translator {
public:
  Translator(core::Function& f, const Plan& plan) : f_(f), plan_(plan), exits_(f, plan.origins, virtuals_), uses_(plan) {}

  // Writes all blocks of the version, and what leads out of it; the general body is as it was.
  void write();
  // Splits the general body where exits lead to, and makes the entries.
  void connect();

  // ---- what is known -------------------------------------------------------------------------------
  Known& of(const core::Temp* t) { return known_[t]; }
  // The same of one that may not have come yet.
  const Known& peek(const core::Temp* t) const {
    static constexpr Known kNothing{};
    const auto found = known_.find(t);
    return found == known_.end() ? kNothing : found->second;
  }
  core::RawKind kindOf(const core::Temp* t);   // for certain
  core::RawKind likelyKind(const core::Temp* t); // or guessed
  // Whether every use computes with the number.
  bool isWantedRaw(const core::Temp* t) const;
  void define(const core::Temp* t, const Known& k) { known_[t] = k; }
  void defineInt(const core::Temp* t, core::Temp* v) { known_[t] = {.kind = core::RawKind::Int, .raw = v}; }
  void defineFloat(const core::Temp* t, core::Temp* v) { known_[t] = {.kind = core::RawKind::Float, .raw = v}; }
  void defineNumber(const core::Temp* t, core::RawKind kind, core::Temp* v) { known_[t] = {.kind = kind, .raw = v}; }
  // A parameter for an Int, an Unsigned or a Float.
  core::Temp* numberParameter(core::Block* block, core::RawKind kind) {
    if (kind == core::RawKind::Int) return f_.addParameter(block, core::Type::of(core::TypeBit::SmallInt), core::Ownership::Borrowed);
    return f_.addParameter(block, core::Type::raw(kind == core::RawKind::Unsigned ? core::Repr::I64 : core::Repr::F64), core::Ownership::Raw);
  }
  // A parameter for a word like that.
  core::Temp* wordParameter(core::Block* block, const core::Temp& like) {
    core::Temp* made = f_.addParameter(block, like.type, core::Ownership::Owned);
    made->guess = like.guess;
    return made;
  }
  // A tuple that does not exist yet; what its items are stays where it is.
  Known tupleOf(std::vector<Known> items) { return {.items = &tuples_.emplace_back(std::move(items))}; }
  // What does not fit an unsigned number.
  const Residue* residueOf(Residue residue) { return &residues_.emplace_back(std::move(residue)); }
  // The next access of an unsigned local reads the residue that a store would have put there.
  void holdResidue(uint32_t local, const Known& residue) { heldResidue_ = {local, residue}; }
  Known takeResidue(uint32_t local) { return heldResidue_.first == local ? std::exchange(heldResidue_, {core::kNone, {}}).second : Known(); }
  void defineEither(const core::Temp* t, Real v) { known_[t] = {.raw = v.raw, .isInt = v.isInt}; }
  void defineComplex(const core::Temp* t, core::Temp* re, core::Temp* im) {
    known_[t] = {.kind = core::RawKind::Complex, .raw = re, .imaginary = im};
  }
  // Whether it is a comparison's answer, True or False.
  bool isAnswer(const core::Temp* t) { return flagOf(t) != nullptr; }
  core::Temp* flagOf(const core::Temp* t); // its i1; null: it is none
  void defineBool(const core::Temp* t, core::Temp* flag);
  // A word that belongs to somebody else until something may run (settle()).
  void defineLent(const core::Temp* t, core::Temp* word);
  // After the instruction (and the kills that follow it) the word is tested for the kind that it is guessed to be.
  void learnLater(const core::Temp* t) { toLearn_ = t; }

  // ---- operands (operands.cpp) ----------------------------------------------------------------------
  // The word, for an operand that is looked at. May make one, for this instruction (dropScratch) or for good.
  core::Temp* word(const core::Temp* t);
  // A new reference, for an operand that is looked at, but kept. Exits must come before it.
  core::Temp* reference(const core::Temp* t);
  // The same; its own, if it dies behind the instruction.
  core::Temp* handedOver(const core::Instruction& i, const core::Temp* t);
  // Leaves if the float is a NaN, which is one object, and others ask for it, too.
  void requireOneBox(const core::Temp* t);
  // A reference, for an operand that is consumed. The temporary is gone afterwards.
  core::Temp* owned(const core::Temp* t);
  // Raw, tested if need be: the instruction is left where it is something else.
  core::Temp* asInt(const core::Temp* t);
  /// The same of what a comparison of anything answers, too, which is mostly True or False.
  core::Temp* asIntOrAnswer(const core::Temp* t) { return mayAnswer(t) ? checked(core::Op::BoolCheck, {word(t)}) : asInt(t); }
  bool mayAnswer(const core::Temp* t);
  core::Temp* asUnsigned(const core::Temp* t); // an int from 0 to 2^64 - 1: i64
  core::Temp* asFloat(const core::Temp* t); // ints that are known to be ints are converted
  bool mayBeInt(const core::Temp* t); // guessed a float, and not known to be one
  core::Temp* asReal(const core::Temp* t);  // an int or a float, as a float; nothing is known afterwards
  Real asEither(const core::Temp* t);       // an int, exactly, or a float
  bool asComplex(const core::Temp* t, core::Temp*& re, core::Temp*& im);
  // The parts of a complex number, or of a float or exact int as one; nothing is known afterwards.
  void asComplexOrReal(const core::Temp* t, core::Temp*& re, core::Temp*& im);
  // A new one, unless the reference is its own.
  core::Temp* referenceTo(const Known& k) { return exits_.reference(at_, k); }
  // What a general operation gave (owned), where a number is wanted: raw, or out behind the instruction.
  core::Temp* unboxResult(const core::Instruction& i, core::Temp* word, core::RawKind wanted);
  // The temporary has been consumed, or dies: its word does, too.
  void drop(const core::Temp* t);

  // ---- writing -------------------------------------------------------------------------------------
  core::Instruction* emit(core::Op op, std::initializer_list<core::Temp*> operands, core::Attributes a = {});
  core::Instruction* emitWith(core::Op op, std::span<core::Temp* const> operands, core::Attributes a = {});
  core::Temp* value(core::Op op, std::initializer_list<core::Temp*> operands, core::Attributes a = {}) { return emit(op, operands, a)->result(); }
  core::Temp* integer(int64_t v);
  core::Temp* number(double v);
  core::Temp* flag(bool holds);
  // A guard, whose second edge leaves before the instruction; its instruction.
  core::Instruction* guard(core::Op op, std::initializer_list<core::Temp*> operands, core::Attributes a = {}) {
    return guardOr(op, operands, exit(), a);
  }
  core::Instruction* guardOr(core::Op op, std::initializer_list<core::Temp*> operands, core::Block* otherwise, core::Attributes a = {});
  core::Temp* checked(core::Op op, std::initializer_list<core::Temp*> operands, core::Attributes a = {}) { return guard(op, operands, a)->result(); }
  core::Temp* truthOfWord(core::Temp* word) { return value(core::Op::IntNe, {checked(core::Op::TruthPeek, {word}), integer(0)}); }
  // Leaves unless the flag is set.
  void require(core::Temp* flag);
  // Leaves, whatever is the case: the rest of the block is not written.
  void leave();
  bool hasLeft() const { return at_ == nullptr; }
  // The way out before the instruction that is being translated, whose anchor may stand before it.
  core::Block* exit();
  // The way out behind an instruction, and behind the deaths that follow it.
  core::Block* exitAfter(const core::Instruction& i);
  // Ways out of the instructions up to `last` lead to `first`, before which nothing has been done.
  void anchor(const core::Instruction* first) { anchor_ = first; }
  // A slice that need not be made waits for its store: ways out lead before it until then.
  void await(const core::Instruction* slice) { moved_ = slice; }
  const core::Instruction* awaited() const { return moved_; }
  core::Block* newBlock();       // of the version, with the handler of this one
  core::Block* coldBlock();      // the same, for a way beside
  core::Block* here() const { return at_; }
  void goOn(core::Block* block) { at_ = block; }
  void jump(core::Block* to, std::initializer_list<core::Temp*> arguments);
  // As the general body does it.
  void generic(const core::Instruction& i);
  void jumpTo(core::Block* to, std::span<core::Temp* const> arguments);
  // unpack.cpp
  std::vector<core::Temp*> itemsOf(core::Temp* sequence, core::Guess guess, uint32_t count, core::Block* otherwise);
  void unboxAll(std::span<core::Temp* const> results, std::vector<core::Temp*>& items, core::Block* otherwise);
  void unpackAfter(const core::Instruction& i, core::Temp* sequence, core::Block* to);
  // The words that were made for this instruction die.
  void dropScratch();
  void forgetScratch() { scratch_.clear(); }
  // References that whoever leaves here drops, though for who goes on they are another's.
  void keepForExits(std::vector<core::Temp*> kept) { kept_ = std::move(kept), exit_ = nullptr; }
  // Words that are lent become references: something may run.
  void settle() { settleLent(), ownClasses(); }

  // ---- instances that do not exist (instances.h) ---------------------------------------------------------
  Virtuals& virtuals() { return virtuals_; }
  Instance& instance(int n) { return virtuals_.instances[static_cast<size_t>(n)]; }
  InstanceUses& uses() { return uses_; }
  // Behind it instances keep these attributes in slots, until something may run.
  void checkClass(int n);
  // Something may run.
  void ownClasses();
  // Makes it, for all that hold it.
  void make(int n);
  void makeSettled(int n); // nothing is lent
  // One that holds it is gone.
  void release(int n);
  void letGo(uint32_t local);

  // ---- ways beside (inliner.h) -----------------------------------------------------------------------
  struct Knowledge {
    std::unordered_map<const core::Temp*, Known> known;
    std::vector<const core::Temp*> lent;
    Virtuals virtuals;
  };
  Knowledge save() const { return {known_, lent_, virtuals_}; }
  void restore(const Knowledge& k) { known_ = k.known, lent_ = k.lent, virtuals_ = k.virtuals, exit_ = nullptr; }
  // Guards leave for this block of the version, while nothing has happened; null: for the general body again.
  void leaveFor(core::Block* block) { beside_ = block; }
  bool hasWayBeside() const { return beside_ != nullptr; }
  // Only those for which it holds; the others are dead, or die next.
  template <class Holds> void settleIf(Holds holds) {
    std::vector<const core::Temp*> others;
    for (const core::Temp* t : std::exchange(lent_, {}))
      if (holds(t)) lent_.push_back(t);
      else others.push_back(t);
    settleLent();
    lent_ = std::move(others);
  }
  // All; which ones: they die beside, too.
  std::vector<const core::Temp*> settleAll();
  void forgetLent() { lent_.clear(); }
  // All but what dies behind the instruction: whether that stays lent. What runs beside has a copy of it, then.
  bool settleAround(const core::Instruction& i, const core::Temp* dying);
  // Takes so many operations from what the function has for copies.
  bool spend(size_t operations, size_t limit);

  const core::Instruction& current() const { return *current_; }
  core::Function& function() { return f_; }
  // Makes the number raw that it surely is.
  void makeRaw(const core::Temp* t);
  core::Module& module() { return f_.module; }
  const Plan& plan() const { return plan_; }
  // Behind it the shape's slots are where they are expected, until something may run.
  void checkShape(uint32_t shape, core::Temp* object);
  // Whether the container is guessed, by what it holds or how it was made, to be a list (or bytes).
  bool mayBeList(const core::Temp* t) const;
  const core::Constant* constantOf(const core::Temp* t) const;
  // Whether the index is a constant that counts from the end.
  bool isFromEnd(const core::Temp* key) const;
  // The name whose global was read to get it; empty if it was not.
  std::string_view globalName(const core::Temp* t) const;

private:
  void block(core::Block* general);
  void instruction(const core::Instruction& i);
  void remarkOn(const core::Instruction& i, bool isDone);
  core::Instruction* noted(core::Instruction* made); // what it was made for, if somebody asks
  void suspend(const core::Instruction& i);
  void settleLent();
  void makeOperands(const core::Instruction& i);
  void letGoBehind(const core::Instruction& i);
  void terminator(const core::Instruction& i);
  void learn();
  bool nextOfSequences(const core::Instruction& i); // unpack.cpp
  void hold(std::span<core::Temp* const> results, std::span<core::Temp* const> words);
  core::Temp* takeUnfit(uint32_t list, core::Block* unfit, core::Temp* item, core::Temp* gotten);
  void stepOthers(core::Temp* iterator, core::Block* first);
  void stepBytes(core::Temp* iterator, core::Block* first);
  core::Block* endOfList(const core::Instruction& i, uint32_t list, core::Block* ended);
  void handOver(std::span<core::Temp* const> results, std::span<core::Temp* const> words, core::Block* out, core::Block* to);
  std::vector<core::Temp*> unpackGenerally(const core::Instruction& i, core::Temp* sequence);
  // The block that an edge of the general body leads to from here.
  core::Block* edge(const core::Instruction& i, size_t successor, std::vector<core::Temp*>& arguments);
  core::Block* leaving(const core::Instruction& i, size_t successor);
  core::Block* versionOf(core::Block* general);

  core::Function& f_;
  const Plan& plan_;
  Virtuals virtuals_;
  Exits exits_;
  InstanceUses uses_;
  std::unordered_map<const core::Temp*, Known> known_;
  std::unordered_map<const core::Temp*, Known> results_; // of guards in general blocks, for the blocks that they lead to
  std::unordered_map<const core::Block*, core::Block*> versions_;
  std::unordered_map<const core::Block*, std::vector<core::RawKind>> parameterKinds_; // of general blocks
  std::set<const core::Instruction*> done_; // with the end of the block before
  std::vector<core::Block*> work_;
  std::vector<core::Block*> headers_; // of loops in the general body
  core::Block* entry_ = nullptr;
  core::Block* general_ = nullptr; // being translated
  core::Block* at_ = nullptr;      // being written
  const core::Instruction* current_ = nullptr;
  const core::Instruction* anchor_ = nullptr;
  const core::Instruction* moved_ = nullptr; // a slice that is not made, but moved by the store that follows
  core::Block* exit_ = nullptr; // before current_; null: not made, or no longer right
  core::Block* beside_ = nullptr;
  size_t spent_ = 0;
  std::vector<core::Temp*> scratch_; // references made for this instruction alone
  std::vector<core::Temp*> kept_;    // keepForExits
  std::vector<const core::Temp*> lent_;
  std::deque<std::vector<Known>> tuples_;
  std::deque<Residue> residues_;
  std::pair<uint32_t, Known> heldResidue_{core::kNone, {}};
  bool isLent_ = false; // the current instruction has a local's own reference, and the store of the result follows
  const core::Temp* toLearn_ = nullptr;
};

// What gets or sets an item of it, if nothing else is done with it; null otherwise.
const core::Instruction* onlyAccessOf(const core::Temp* container);

// Whether the temporary dies right behind the instruction.
bool diesBehind(const core::Instruction& i, const core::Temp* t);

// From where list.index counts.
int64_t originOfIndex(Translator& t, const core::Temp* key);

// The result of a comparison or test: a bool, or the flag itself.
void answer(Translator& t, const core::Instruction& i, core::Temp* flag);

// Each answers whether it has translated the instruction; false: as the general body does it.
bool translateLocal(Translator& t, const core::Instruction& i);
bool translateNumber(Translator& t, const core::Instruction& i);
bool translateUnsigned(Translator& t, const core::Instruction& i);
// Whether it is probably an int of more than 62 bits, or its low bits.
bool isUnsignedOperand(Translator& t, const core::Temp* v);
bool translateLookup(Translator& t, const core::Instruction& i);
bool translateCharacter(Translator& t, const core::Instruction& i);
bool translateItem(Translator& t, const core::Instruction& i);
bool translateTuple(Translator& t, const core::Instruction& i);
bool translateUnpack(Translator& t, const core::Instruction& i);
bool translateSlice(Translator& t, const core::Instruction& i);
bool translateAttribute(Translator& t, const core::Instruction& i);
bool translateCall(Translator& t, const core::Instruction& i);

} // namespace krait::ir::passes::versions
