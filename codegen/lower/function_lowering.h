// One IR function -> one machine function (a generator: entry and resume).
//
// Locals live in registers (allocas that SROA promotes), in one array in large
// functions, or in a generator's slots; see frame.cpp. Error edges are cold blocks
// that share their tails; see error_edges.cpp. An operation is lowered by the
// overload of `lower` for its tag, or, if its row names a runtime entry, by a call of it.
//
// A function with loops whose numbers are guessed is lowered twice; see versions.cpp.
#pragma once
#include <llvm/IR/IRBuilder.h>
#include <map>
#include <set>
#include <span>
#include "codegen/layout/entries.h"
#include "codegen/lower/module_lowering.h"
#include "ir/analysis/binding.h"

namespace krait::codegen::lower {

using ir::core::Block;
using ir::core::Guess;
using ir::core::Instruction;
using ir::core::Op;
using ir::core::Temp;
using layout::Entry;

struct MachineFunctions {
  llvm::Function* entry = nullptr;
  llvm::Function* resume = nullptr; // generators
  uint32_t slotCount = 0;           // of a generator's frame
};
MachineFunctions lowerFunction(ModuleLowering& module, const ir::core::Function& function);

template <Op op> struct Tag {};

class FunctionLowering {
public:
  FunctionLowering(ModuleLowering& module, const ir::core::Function& function);
  MachineFunctions run();

private:
  enum class Storage { Registers, Array, Generator };

  // ---- operations -------------------------------------------------------------------------------
  struct Body;
  void makeBlocks(Body& body);
  void lowerBody();
  void lowerInstruction(const Instruction& i);
  void lowerOperation(const Instruction& i);
  void finishInstruction(const Instruction& i);
  /// For rows with a runtime entry: operands and attributes become its arguments, its result the operation's.
  template <Op op> void lower(Tag<op>, const Instruction& i);
  void lowerAsCall(Entry entry, const Instruction& i);
#define CUSTOM_LOWERING(name) void lower(Tag<Op::name>, const Instruction& i);
#include "codegen/lower/custom_lowerings.def"
#undef CUSTOM_LOWERING
  /// Ends a value-producing or status-returning call: error test, result.
  void finishCall(const Instruction& i, llvm::Value* result);
  void call(const Instruction& i, llvm::Value* callee, llvm::ArrayRef<llvm::Value*> arguments);
  /// The call alone, without the test of its result.
  llvm::CallInst* callArguments(llvm::Value* callee, llvm::ArrayRef<llvm::Value*> arguments);
  void finishLoad(const Instruction& i, llvm::Value* callee);

  // ---- builtin_calls.cpp ------------------------------------------------------------------------
  struct RangeLoop {
    llvm::Value *current = nullptr, *step = nullptr, *remaining = nullptr; // addresses
    bool always = true; // nothing else is iterated over with this hidden local
  };
  /// Whether this loop was begun with a call of the name range, and only with that.
  bool isRangeLoop(const Instruction& next, uint32_t local) const;
  /// The unpacking into two that is all that happens to a loop's item: it may come as two words, and then is null.
  const Instruction* pairOf(const Instruction& next);
  bool isPair(const Temp* t);
  llvm::Value* pairAddress();
  void findRangeLoops();
  llvm::Value* loadCounter(llvm::Value* address);
  void storeCounter(llvm::Value* v, llvm::Value* address);
  void finishNext(const Instruction& i, llvm::BasicBlock* ended, llvm::BasicBlock* found,
                  llvm::ArrayRef<std::pair<llvm::Value*, llvm::BasicBlock*>> items);
  /// Whether the name that is called is this builtin's, as long as nobody rebinds it.
  bool callsBuiltin(const Instruction& i, std::string_view name) const;
  /// Each lowers the call if it is what the name says.
  bool callRange(const Instruction& i);
  bool callLen(const Instruction& i);
  bool callAppend(const Instruction& i);
  bool callPop(const Instruction& i);
  /// A binary operator or comparison: what the operands are guessed to be inline, else a call of the entry.
  void arithmetic(Entry entry, const Instruction& i);
  void slowArithmetic(Entry entry, const Instruction& i);
  bool isFloatGuess(const Instruction& i) const { return fastPaths_ && i.result()->guess == ir::core::Guess::Float; }
  llvm::Value* isFloatWord(llvm::Value* v);
  llvm::Value* isGuessed(llvm::Value* v, ir::core::Guess guess);
  /// As drop, for what is probably a number.
  void dropGuessed(llvm::Value* v, ir::core::Guess guess, const ir::core::Type& type);
  llvm::Value* unboxFloat(llvm::Value* v);
  /// A call on a way that is not expected to be taken (kSlowPath).
  llvm::CallInst* callSlow(Entry e, llvm::ArrayRef<llvm::Value*> arguments);
  /// Goes on in a new block if `good`, else to `otherwise`.
  llvm::BasicBlock* goOnIf(llvm::Value* good, llvm::BasicBlock* otherwise, bool likely);
  llvm::Value* isPointerWord(llvm::Value* v);
  llvm::Value* smallInt(llvm::Value* v);
  llvm::Value* layoutIs(llvm::Value* object, std::string_view type); // of a pointer
  std::optional<Entry> builtinCall(const Instruction& i) const;
  void compareRaw(const Instruction& i, llvm::CmpInst::Predicate predicate);

  // ---- versions.cpp -----------------------------------------------------------------------------
  void findVersions();
  void lowerFastBody();
  bool isFast() const { return body_ == &fast_; }
  /// Way of the fast body to the general one, which does `i` and what follows. Nothing of `i` has been done.
  llvm::BasicBlock* exitBefore(const Instruction& i);
  llvm::BasicBlock* exitTo(const Instruction& next, const Temp* made, llvm::Value* value);
  llvm::BasicBlock* leaveAlong(const Instruction& terminator, size_t successor);
  /// Where an edge of the general body into the block goes: to the fast one again if all guesses are right.
  llvm::BasicBlock* generalTarget(const Block* to);
  llvm::BasicBlock* enterFast(const Block* at);
  llvm::BasicBlock* entranceTo(llvm::BasicBlock* fast, llvm::BasicBlock* general);
  llvm::BasicBlock* afterBoxing(llvm::BasicBlock* then);
  void boxLocals();
  void carry(const Temp* t, llvm::Value* value);
  void startFastBlock(const Block& block);
  void startFastAgain(); // nothing is known any more of what was tested
  std::vector<const Temp*> liveBefore(const Instruction& i);
  /// A temporary that is the local's word, as long as it is used.
  static bool lentByLocal(const Temp* t);
  Guess localGuess(uint32_t local) const { return isVersioned_ ? localGuess_[local] : Guess::None; }
  bool hasRawLocals() const;
  static bool isRaw(Guess g) { return g == Guess::Float || g == Guess::Complex; }

  // ---- fast_numbers.cpp -------------------------------------------------------------------------
  /// In the fast body: lowers the instruction if it computes on numbers; false: as always.
  bool fastNumbers(const Instruction& i);
  bool fastArithmetic(const Instruction& i);
  bool fastUnary(const Instruction& i);
  bool fastStore(const Instruction& i);
  bool fastRead(const Instruction& i);
  llvm::Value* fastInts(const Instruction& i, Op op, llvm::Value* left, llvm::Value* right);
  llvm::Value* fastFloats(const Instruction& i, Op op, llvm::Value* left, llvm::Value* right);
  Guess knownKind(const Temp* t) const;
  Guess likelyKind(const Temp* t) const;
  /// Makes sure that the operand is what it is guessed to be, or leaves.
  llvm::Value* intWord(const Instruction& i, size_t n);
  llvm::Value* rawFloat(const Instruction& i, size_t n);
  llvm::Value* rawReal(const Instruction& i, size_t n);
  llvm::Value* unboxOr(llvm::Value* word, llvm::function_ref<llvm::BasicBlock*()> otherwise);
  void dropUsedUp(const Instruction& i);
  void setKnown(const Temp* t, Guess kind, llvm::Value* v);
  /// The word of what is only known raw.
  llvm::Value* wordOf(const Temp* t);
  llvm::Value* boxRaw(const Temp* t);
  void materialise(const Instruction& i);
  bool isFused(const Temp* t) const { return isFast() && fused_.contains(t); }
  bool isRawOnly(const Temp* t) const { return isFast() && raws_[t->id] && !body_->values[t->id]; }

  // ---- fast_items.cpp ---------------------------------------------------------------------------
  bool fastItem(const Instruction& i);
  llvm::Value* listItem(llvm::Value* list, llvm::Value* key, llvm::BasicBlock* otherwise);
  llvm::Value* byteItem(llvm::Value* bytes, llvm::Value* key, std::string_view type, llvm::BasicBlock* otherwise);
  const Instruction* findPair(const Instruction& first) const;
  bool isIntIn(const Instruction& first, const Temp* t) const;
  bool isWantedRaw(const Temp* t) const;
  void setGuessed(const Temp* made, llvm::Value* v, bool isOwned, const Instruction& next);
  void learnResult(const Instruction& i);

  // ---- fast_complex.cpp -------------------------------------------------------------------------
  struct RawComplex { llvm::Value *real = nullptr, *imaginary = nullptr; };
  RawComplex rawComplex(const Instruction& i, size_t n);
  RawComplex partsOr(llvm::Value* v, llvm::BasicBlock* otherwise);
  void setComplex(const Temp* t, RawComplex parts);
  bool fastComplexArithmetic(const Instruction& i, Op op);
  bool fastComplexUnary(const Instruction& i);
  bool fastComplexPart(const Instruction& i);

  // ---- fast_calls.cpp ---------------------------------------------------------------------------
  bool fastCall(const Instruction& i);
  bool isReal(const Temp* t) const;
  bool callReal(const Instruction& i, Entry entry);
  void dropArguments(const Instruction& i);

  // ---- fast_attributes.cpp ----------------------------------------------------------------------
  struct GroupSite { uint32_t group, number; };
  void findGroups(const Block& block);
  bool fastAttribute(const Instruction& i);
  void testGroup(const Instruction& i, const GroupSite& site, llvm::Value* object);
  llvm::Constant* siteCache(const Instruction& i);

  // ---- values -----------------------------------------------------------------------------------
  llvm::Value* operand(const Instruction& i, size_t n); // absent: the null word
  llvm::Value* valueOf(const Temp* t);
  void releaseSlot(const Temp* t); // an owned temporary leaves its slot, if it has one
  void setResult(const Instruction& i, llvm::Value* v, size_t n = 0);
  void define(const Temp* t, llvm::Value* v);
  llvm::Constant* word(uint64_t v) { return llvm::ConstantInt::get(i64_, v); }
  llvm::Constant* i32(uint32_t v) { return llvm::ConstantInt::get(i32_, v); }
  llvm::Constant* name(uint32_t id) { return m_.constants().name(m_.ir().names[id]); }
  llvm::Value* constant(ir::core::ConstantId id);
  llvm::CallInst* callEntry(Entry e, llvm::ArrayRef<llvm::Value*> arguments);
  void incref(llvm::Value* v) { callEntry(Entry::krt_incref, {v}); }
  void xdecref(llvm::Value* v) { callEntry(Entry::krt_xdecref, {v}); }
  /// Drops an owned word of this type; nothing if it cannot be a counted object.
  void drop(llvm::Value* v, const ir::core::Type& type);
  llvm::Value* load(llvm::Value* address) { return b_.CreateLoad(i64_, address); }
  llvm::Value* field(llvm::Value* objectWord, int64_t offset); // address
  llvm::Value* pendingException();
  /// operands first … into the argument buffer; returns its address.
  llvm::Value* fillBuffer(const Instruction& i, size_t first, size_t at = 0);
  llvm::Value* bufferSlot(size_t i) { return b_.CreateConstInBoundsGEP1_64(i64_, buffer_, i); }
  llvm::BasicBlock* newBlock(const llvm::Twine& name = "");
  /// A variable of the machine function, wherever we are.
  llvm::AllocaInst* newVariable(llvm::Type* type, const llvm::Twine& name, llvm::Value* count = nullptr);

  bool goesToLocals(const Instruction& unpack) const;

  // ---- inlining.cpp -----------------------------------------------------------------------------
  struct Arguments {
    llvm::ArrayRef<llvm::Value*> words; // owned
    bool borrowsFirst = false;          // but for the first one, which the caller keeps through the call
  };
  /// How this function is lowered inside another one.
  struct Inlined {
    FunctionLowering& caller;
    llvm::Value* function;   // null: not known
    Arguments arguments;
    llvm::DILocation* at;
  };
  struct Target {
    const ir::core::Function* callee;
    ir::analysis::Binding binding;
    bool isCopied; // else it is called with its arguments bound
  };
  using Targets = std::vector<Target>;
  /// Those of the candidates that a call with so many arguments, the last of them named by the tuple `names`, is to be
  /// compiled for.
  Targets callTargets(std::span<const uint32_t> candidates, size_t arguments, ir::core::ConstantId names = ir::core::kNone);
  /// Enters the target that `function` (a FunctionObject*, null allowed) runs, else calls `otherwise`. The result.
  /// A target stands between `before`, which may still make arguments, and `after`, which turns its result into that of all.
  llvm::Value* enterTargets(const Targets& targets, llvm::Value* function, const Arguments& arguments,
                            llvm::function_ref<llvm::CallInst*()> otherwise, llvm::function_ref<llvm::Value*(llvm::Value*)> after = nullptr,
                            llvm::function_ref<void()> before = nullptr);
  /// The arguments of the target in order. `other` is gone to, before anything is done, if it has not the default values that
  /// they take; `before` may be null.
  llvm::SmallVector<llvm::Value*, 8> boundArguments(const Target& target, llvm::Value* function, const Arguments& arguments,
                                                    llvm::BasicBlock* other, llvm::function_ref<void()> before);
  llvm::Value* callBound(const ir::core::Function& callee, llvm::Value* function, const Arguments& arguments);
  /// A call of a global name that is a function or class of the module; false if it is neither.
  bool callGlobal(const Instruction& i, llvm::Value* callee, llvm::ArrayRef<llvm::Value*> arguments, ir::core::ConstantId names,
                  llvm::function_ref<llvm::CallInst*()> otherwise);
  void callKnownMethod(const Instruction& i, llvm::ArrayRef<llvm::Value*> site, llvm::ArrayRef<llvm::Value*> words,
                       ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise);
  bool callInit(const Instruction& i, uint32_t init, llvm::Value* cls, llvm::ArrayRef<llvm::Value*> arguments,
                ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise);
  llvm::Value* inlineBody(const ir::core::Function& callee, llvm::Value* function, const Arguments& arguments);
  void runInlined(const Inlined& inlined, llvm::IRBuilder<>& at);
  /// Here, or in a caller that this is inlined in.
  bool isBeingLowered(const ir::core::Function& f) const;
  uint32_t inlinedDepth() const { return inlined_ ? inlined_->caller.inlinedDepth() + 1 : 0; }
  size_t& inlinedOperations() { return inlined_ ? inlined_->caller.inlinedOperations() : inlinedOperations_; }
  /// The caller's reference, not the frame's.
  bool isBorrowed(uint32_t parameter) const;
  llvm::Value* parameter(uint32_t n) const { return inlined_ ? inlined_->arguments.words[n] : machine_->getArg(n + 1); }
  void leaveBody(llvm::Value* result);

  // ---- frame.cpp --------------------------------------------------------------------------------
  void makeBuffers(size_t words);
  void makeFrame();
  void enterFrame();
  bool observesIdentity() const; // of numbers: none is raw then, and most are objects
  bool observesLocals() const;
  bool watchesEvents() const;
  void divertWhileTraced();
  bool watchesFrames() const; // their frame objects outlive the call
  void endFrame(const Instruction& leave);
  /// Makes locals and function object visible to the frame walker at every call.
  void exposeFrame();
  llvm::Value* localAddress(uint32_t i);
  llvm::Value* ownCellAddress(uint32_t i);
  llvm::Value* cellObject(uint32_t i); // own or free; borrowed
  llvm::Value* localsArray();          // named locals and own cells in order; fills the spill area if need be
  uint32_t localsArrayCount() const { return f_.varCount + static_cast<uint32_t>(f_.cells.size()); }
  uint32_t slotOfLocal(uint32_t i) const {
    return i < f_.varCount ? i : i + static_cast<uint32_t>(f_.cells.size());
  }
  llvm::Value* slotAddress(uint32_t slot);
  void returnValue(llvm::Value* v, int32_t resumeResult);
  llvm::Value* boundLocal(const Instruction& i, uint32_t local);

  // ---- error_edges.cpp --------------------------------------------------------------------------
  /// Goes to the error edge of `i` if `failed`; `before` (may be null) emits code on that path only.
  void failIf(llvm::Value* failed, const Instruction& i, llvm::function_ref<void()> before = nullptr);
  /// Unconditional.
  void fail(const Instruction& i);
  /// Block that drops what is live at `i` and goes on to handler or exit; expects the site in site_.
  llvm::BasicBlock* errorTarget(const Instruction& i);
  llvm::BasicBlock* tailOf(const Block* handler, bool trace);
  llvm::BasicBlock* unwindExit();
  void dropOnEdge(const Temp* t);

  // ---- ownership while walking ------------------------------------------------------------------
  void consume(const Instruction& i);
  void addOwned(const Temp* t);
  bool isConstantCopy(const Temp* t) const;
  void flowInto(const Instruction& terminator);

  // ---- blocks -----------------------------------------------------------------------------------
  void orderBlocks();
  void branchTo(const Instruction& terminator, size_t successor);
  llvm::BasicBlock* edgeBlock(const Instruction& terminator, size_t successor);
  void addIncoming(const Instruction& terminator, size_t successor, llvm::BasicBlock* from);
  void findSlotted();
  void makeGeneratorEntry();
  void suspend(const Instruction& i, uint32_t state);
  void resumeAt(uint32_t state, llvm::BasicBlock* resumed);
  llvm::Value* receiveSent(const Instruction& i);
  void setLocation(uint32_t site);
  /// What stands in the body of a module or class, or in a large function, and in no loop of it: it is to be small.
  bool runsOnce(const Instruction& i) const { return !runsAgain_.empty() && !runsAgain_[i.block->id]; }

  ModuleLowering& m_;
  const ir::core::Function& f_;
  llvm::LLVMContext& context_;
  llvm::IRBuilder<> b_;
  llvm::Type *i64_, *i32_, *i1_;
  llvm::PointerType* ptr_;
  Storage storage_ = Storage::Registers;
  bool fastPaths_ = true; // beside those of the hot runtime
  MachineFunctions made_;
  llvm::Function* machine_ = nullptr; // being filled
  llvm::DISubprogram* scope_ = nullptr;
  uint32_t currentSite_ = ir::core::kNone;

  std::vector<const Block*> order_; // reverse postorder
  bool hasLoop_ = false;
  std::vector<bool> runsAgain_;     // by block id, in the body of a module or class and in large functions: loops
  struct Body {
    explicit Body(const ir::core::Function& f)
        : blocks(f.blockIdLimit()), phis(f.blockIdLimit()), values(f.tempCount()), liveAtEntry(f.blockIdLimit()),
          flowed(f.blockIdLimit()) {}
    std::vector<llvm::BasicBlock*> blocks;                // by block id; null: not in this body
    std::vector<std::vector<llvm::PHINode*>> phis;        // by block id
    std::vector<llvm::Value*> values;                     // by temp id
    std::vector<std::vector<const Temp*>> liveAtEntry;    // by block id
    std::vector<bool> flowed;                             // by block id
    std::map<std::pair<llvm::BasicBlock*, const Temp*>, llvm::BasicBlock*> dropBlocks;
  };
  Body generic_, fast_;
  Body* body_ = &generic_; // being filled
  std::set<const Temp*> unpacked_;                   // which are in their locals already
  std::vector<uint32_t> slotOfTemp_;                 // by temp id; kNone: not in a slot
  llvm::Value *functionObject_ = nullptr, *generator_ = nullptr, *slots_ = nullptr, *out_ = nullptr;
  llvm::Value* sent_ = nullptr;
  llvm::SwitchInst* dispatch_ = nullptr;             // on the generator's state
  std::set<const Instruction*> bareYields_;          // with no temporaries live across them
  std::map<const Instruction*, llvm::BasicBlock*> resumedFast_; // where the fast body goes on behind a yield
  llvm::Value* localArray_ = nullptr;                // Storage::Array; in Registers: the spill area
  std::vector<llvm::Value*> locals_, ownCells_;      // addresses of their own
  llvm::Value *buffer_ = nullptr, *site_ = nullptr;
  const Inlined* inlined_ = nullptr;
  llvm::PHINode* inlinedResult_ = nullptr;
  size_t inlinedOperations_ = 0;

  llvm::AllocaInst* pair_ = nullptr;                             // what such an item was
  std::map<uint32_t, RangeLoop> rangeLoops_;                     // by hidden local: instead of its iterator
  std::map<const Temp*, const RangeLoop*> rangeOf_;              // results that are null instead of a range or iterator
  std::vector<const Temp*> live_;                                // owned, oldest first
  std::map<std::pair<const Block*, bool>, llvm::BasicBlock*> tails_, fastTails_;
  llvm::BasicBlock* unwindExit_ = nullptr;

  bool isVersioned_ = false;
  bool outOfLine_ = false; // the general body beside a fast one is small, and so is what runs once
  std::vector<Guess> localGuess_;           // what the local holds, if it is bound, everywhere in the fast body
  std::vector<llvm::AllocaInst*> rawLocals_, imaginaryLocals_; // of floats and complex numbers; the local's own word tells if it is bound
  std::vector<bool> isHeader_, inFastBody_;  // by block id
  std::vector<std::vector<Temp*>> liveIn_;   // by block id
  std::vector<llvm::Value*> raws_, imaginaries_; // by temp id: the number of a known float of the fast body, or its parts
  std::vector<Guess> known_;                 // by temp id, in the fast body
  std::map<const Temp*, std::pair<Guess, llvm::Value*>> learnt_; // in the current block: words that were tested
  std::map<const Temp*, RawComplex> learntComplex_;
  std::vector<const Temp*> lentWords_;       // made for this instruction alone
  std::vector<const Temp*> defined_;         // that may be live in the current block of the fast body
  std::map<const Instruction*, uint32_t> positions_;             // in the current block
  std::vector<llvm::AllocaInst*> carried_;   // by temp id: where ways out of the fast body leave it
  std::map<const Instruction*, llvm::BasicBlock*> resumed_;      // in the general body: where they arrive
  std::map<const Block*, llvm::BasicBlock*> entrances_;
  llvm::BasicBlock* boxing_ = nullptr;       // all raw locals, then a switch on leaving_
  llvm::SwitchInst* boxed_ = nullptr;
  llvm::AllocaInst* leaving_ = nullptr;
  std::vector<ModuleLowering::SiteGroup> groups_; // of attribute sites
  std::map<const Instruction*, GroupSite> groupOf_;
  std::map<const Instruction*, llvm::Constant*> siteCaches_; // of the other sites
  std::set<uint32_t> tested_;                // groups whose test still holds, in the current block
  std::pair<const Instruction*, llvm::BasicBlock*> lastExit_{};
  const Instruction* anchor_ = nullptr;      // ways out lead to the start of this pair of accesses
  std::vector<const Temp*> anchored_;        // made since then
  std::set<const Instruction*> done_;        // in the fast body, as a part of an earlier one
  std::set<const Temp*> fused_;              // never counted there
};

} // namespace krait::codegen::lower
