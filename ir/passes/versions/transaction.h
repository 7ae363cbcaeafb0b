// The transaction in which a call is done in place (inliner.h): what is known along a path, and the steps that make it.
#pragma once

#include "ir/core/operators.h"
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/translator.h"

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace krait::ir::passes::versions {

// A body that is being walked, its locals, and the call in the frame outside.
struct Frame {
  const core::Function* function;
  const core::Instruction* call;
  std::vector<Known> locals;
  int instance = -1; // what the __init__ of a class is called for
  std::optional<core::ObjectShape::Method> how = {}; // its receiver's class has it; none: it was found by other ways
};

struct Slot {
  core::Temp* object; // its word
  uint32_t name;
};
inline bool operator==(const Slot& a, const Slot& b) { return a.object == b.object && a.name == b.name; }

struct Store {
  Slot slot;
  core::Attributes place;
  Known value;
  core::Temp* old;        // what is there before
  core::RawKind oldKind;  // if that is known
};

struct Load {
  Slot slot;
  Known value;
  core::Temp* word;
};

// Of an item, which waits for the end as stores do.
struct Put {
  core::Op op; // list.put, array.put.…
  core::Attributes attributes;
  core::Temp *container, *index;
  Known value; // raw for an array
};

// What is known along one path.
struct State {
  std::vector<Frame> frames;
  std::vector<Store> stores;
  std::optional<Put> put; // no item is read behind it
  std::vector<Load> loads;
  std::unordered_map<core::Temp*, uint32_t> shapes; // of objects
  std::vector<core::Temp*> checked;                 // those whose shape is as expected
  uint32_t begins = core::kNone;                    // the shape of the instance that the next call begins, if its class has been asked
  bool isStoreLast = true;    // nothing was read behind the last store
  Frame& frame() { return frames.back(); }
};

// Either: an int or a float. Flag: True or False. Truth: nothing but its truth is asked.
enum class Answer : uint8_t { Nothing, Int, Unsigned, Float, Either, Flag, Truth, Word };
// Of one that is a number of one kind.
constexpr core::RawKind rawKindOf(Answer answer) {
  return answer == Answer::Int ? core::RawKind::Int : answer == Answer::Unsigned ? core::RawKind::Unsigned : answer == Answer::Float ? core::RawKind::Float : core::RawKind::None;
}

class Transaction {
public:
  Transaction(Translator& t, const core::Instruction& call, LeftBlocks left) : t_(t), call_(call), left_(std::move(left)) {}

  // Whether it is known who is called; which of them may be.
  bool begins(std::vector<const core::Function*>& targets) {
    if (!isFound(call_)) return false;
    narrow(call_, targets);
    return !targets.empty();
  }
  void run(std::span<const core::Function* const> targets, size_t depth);
  bool givesVirtual() const { return isVirtual_; } // the result, if all paths give one alike
  bool hasFinished() const { return hasFinished_; } // on some path; else it was undone

private:
  // The end of a path that gives an instance, before anything has happened.
  struct End {
    core::Block* at;
    Translator::Knowledge knowledge;
    State state;
    Known result;
  };
  // ---- the call (inliner.cpp) ----
  void prepare(std::span<const core::Function* const> targets);
  bool outlives() const;
  bool isVirtualOperand(const core::Temp* t) const { return t && t_.of(t).instance >= 0; }
  Answer answerOf(const core::Function& f) const;
  void settle();
  void callBeside();
  void takeBack();
  std::optional<uint32_t> lender() const;
  bool diesHere(uint32_t operand);
  struct Beginning { // what there was before
    core::Block* at;
    core::Instruction* last;
    uint32_t blocks;
    std::vector<core::ObjectShape> shapes;
  };
  void undo(const Beginning& beginning);
  // ---- a path (transaction_path.cpp) ----
  void walk(const core::Block* block, const core::Instruction* i, State state);
  bool step(const core::Instruction& i, State& s);
  core::Temp* truthOf(const core::Temp* t, State& s);
  void requireSuper(const core::Instruction& i);
  bool compareText(const core::Instruction& i, size_t n);
  bool compareWords(const core::Instruction& i, State& s);
  Known lent(Known k);
  Known knownOf(const core::Temp* t);
  core::Temp* wordOf(const core::Temp* t); // null: it has none yet
  core::Temp* reference(const Known& k, State& s);
  // ---- slots and items (transaction_slots.cpp) ----
  core::ObjectShape& check(core::Temp* object, State& s);
  core::Attributes placeOf(const Slot& slot, const State& s);
  bool attributeGet(const core::Instruction& i, State& s);
  bool holds(const Known& k, int n) const;
  bool attributeSet(const core::Instruction& i, State& s);
  void defineItem(const core::Temp* t, core::Temp* word, State& s);
  bool item(const core::Instruction& i, State& s);
  core::Temp* entryOf(core::Temp* dict, core::Temp* key); // the call is left where the key needs code
  bool containsKey(const core::Instruction& i, State& s);
  bool putItem(const core::Instruction& i, State& s);
  bool unpack(const core::Instruction& i, State& s);
  // ---- calls inside (transaction_calls.cpp) ----
  bool isLookedUp(const core::Instruction& call) const { // before the transaction
    return &call == &call_ && core::isMethodCall(call.op) && !t_.of(call.operand(0)).lookUp;
  }
  // Whose method it is; a lookup that waits knows it better than what may be gone.
  const core::Temp* receiver(const core::Instruction& call) const { return &call == &call_ && core::isMethodCall(call.op) ? call.operand(1) : receiverOf(call); }
  core::Temp* standIn(const core::Temp* t);
  bool isNumberOperand(const core::Temp* t);
  core::Temp* find(const core::Instruction& call);
  core::Temp* findOperator(const core::Instruction& call, const core::Temp* left, const core::Temp* right);
  uint32_t nameOf(const core::Instruction& call) const;
  std::optional<MethodKind> kindOf(const core::Instruction& call, const core::Temp* object);
  bool expects(const core::Instruction& call, std::span<const core::Function* const> targets, State& s);
  core::ObjectShape* shapeOf(const core::Temp* object, State& s);
  bool areSameClass(const core::Temp* left, const core::Temp* right);
  bool isFound(const core::Instruction& call);
  void narrow(const core::Instruction& call, std::vector<const core::Function*>& targets);
  void begin(const core::Instruction& call, const core::Function& target, core::Temp* found, core::Temp* callee, State& s);
  Known defaultOf(const core::Function& target, uint32_t n, core::Temp* found);
  std::vector<const core::Function*> inside(const core::Instruction& i, State& s);
  void requireLength(const core::Instruction& call);
  void enter(const core::Instruction& i, std::span<const core::Function* const> targets, State& s);
  // ---- the end (transaction_end.cpp) ----
  bool resultOf(const core::Temp* returned, State& s, Known& k);
  bool isLengthAs(const core::Temp* returned, Known& k);
  void finish(const core::Temp* result, State& s);
  std::vector<uint32_t> inOrderOfDeath(const core::Function& target) const;
  // The references that a path hands out.
  struct Given {
    core::Temp* result = nullptr;
    std::vector<core::Temp*> stored;
    core::Temp* put = nullptr;
  };
  Given give(const Known* result, State& s);
  size_t heightOf(const Known& k) const;
  void happen(State& s, const Given& given);
  void happen(State& s) { happen(s, give(nullptr, s)); }
  void giveWord(const Known& k, State& s);
  // Of what no path has to make (transaction_result.cpp).
  bool isOld(const Known& k) const { return k.instance >= 0 && static_cast<size_t>(k.instance) < old_; }
  bool holdsOld(const Known& k) const;
  struct Stayed {
    int before; // its number in the transaction
    Instance instance;
  };
  static constexpr int kNoInstance = -1;
  bool mayStay(const Known& k, const Virtuals& virtuals) const;
  bool areAlike() const;
  void requireNumbers(int n);
  void outlive(Instance& made, bool ownsClass, bool isChecked);
  int stay(int n, bool ownsClass, bool isChecked);
  int enterStayed();
  void giveVirtual();
  void giveOnly(End& end);

  Translator& t_;
  const core::Instruction& call_;
  Answer answer_ = Answer::Word;
  core::Block* cold_ = nullptr;    // the call as ever
  core::Block* meeting_ = nullptr;
  core::Temp* receiver_ = nullptr; // that method.load gave
  bool hasFinished_ = false; // on some path
  size_t old_ = 0;           // instances that are there before
  bool isVirtual_ = false;
  bool leaves_ = false;      // the way beside does not come back
  bool isForeseen_ = false;  // it gives a number, and all that may be meant is done in place
  bool hasDoubt_ = false;    // on some path words are compared of which nothing is guessed, or the rest is left to the call
  LeftBlocks left_;          // at which it is
  std::vector<uint32_t> named_; // shapes of instances that some path has made
  std::vector<End> ends_;
  std::vector<Stayed> stayed_; // the result, and before it what it has within
};

// What does not exist yet.
inline bool isVirtual(const Known& k) { return k.instance >= 0 || k.items; }
inline bool isNothing(const Known& k) { return !k.word && k.kind == core::RawKind::None && !k.isInt && !isVirtual(k); }

inline bool isBool(const core::Constant& c) { return c.kind == core::ConstantKind::True || c.kind == core::ConstantKind::False; }

} // namespace krait::ir::passes::versions
