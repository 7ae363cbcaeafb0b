// One IR function -> one machine function (a generator: entry and resume).
//
// Locals live in registers (allocas that SROA promotes), in one array in large
// functions, or in a generator's slots; see frame.cpp. Error edges are cold blocks
// that share their tails; see error_edges.cpp. An operation is lowered by the
// overload of `lower` for its tag, or, if its row names a runtime entry, by a call of it.
//
// What is fast was decided in the IR: blocks of a version (docs/optimiser.md) have its guards and raw numbers; see versions.cpp.
#pragma once
#include <llvm/IR/IRBuilder.h>
#include <map>
#include <optional>
#include <set>
#include <span>
#include "codegen/layout/access.h"
#include "codegen/layout/entries.h"
#include "codegen/lower/module_lowering.h"
#include "ir/analysis/binding.h"
#include "ir/analysis/boundness.h"
#include "ir/analysis/flow.h"
#include "ir/core/remarks.h"

namespace krait::codegen::lower {

using ir::core::Block;
using ir::core::Guess;
using ir::core::Instruction;
using ir::core::Op;
using ir::core::Temp;
using layout::Entry;

struct IteratorPlaces; // iterators.cpp

/// The local at whose place CPython keeps the cell: the parameter that it is made of. kNone: it stands behind the variables.
uint32_t parameterOfCell(const ir::core::Function& f, uint32_t cell); // frame.cpp

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
  void makeBlocks();
  void lowerBody();
  void lowerInstruction(const Instruction& i);
  void lowerOperation(const Instruction& i);
  uint32_t siteToShow(const Instruction& i);
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
  };
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
  void sameOfSame(const Instruction& i, llvm::Value* from, llvm::Constant* stand, llvm::function_ref<llvm::Value*()> make);
  bool callLen(const Instruction& i);
  enum class LikelyEntry : uint8_t { Any, Same, Next };
  LikelyEntry likelyEntry(const Temp* key);
  std::set<uint32_t> columns() const;
  std::optional<std::set<uint32_t>> columns_; // once somebody asks
  std::string_view ownerOf(const Instruction& lookup, size_t count) const;
  std::string_view awaitedOwner(const Instruction& load) const;
  struct OwnResult {
    llvm::Value *value, *failed;
  };
  bool callOwnMethod(const Instruction& i, std::string_view type, llvm::function_ref<OwnResult(llvm::Value*, llvm::ArrayRef<llvm::Value*>)> fast);
  bool callAppend(const Instruction& i);
  /// Whether bound.load has found a function for the receiver.
  llvm::Value* takesReceiver(const Instruction& boundCall);
  bool callGetOrAdd(const Instruction& i);
  bool callPop(const Instruction& i);
  void callBoundMethod(const Instruction& i, ir::core::ConstantId names);
  /// A binary operator or comparison: what the operands are guessed to be inline, else a call of the entry.
  void arithmetic(Entry entry, const Instruction& i);
  void addition(Entry entry, Entry ofText, const Instruction& i);
  /// The entries for two words; where one is a text; and of tests where it is one that all share, where both probably are texts, or objects.
  struct Equality { Entry entry, ofText, ofShared{}, ofTexts{}, ofObjects{}; };
  void equality(const Equality& row, const Instruction& i);
  void ordering(Entry entry, Entry ofTexts, const Instruction& i);
  void testWords(Entry entry, const Instruction& i, llvm::Value* a, llvm::Value* b);
  bool isSharedText(const ir::core::Temp* t) const;
  static bool isProbablyText(const ir::core::Temp* t) {
    return t->guess == ir::core::Guess::Str || t->type.isOnly(ir::core::Type::bit(ir::core::TypeBit::Str));
  }
  void slowArithmetic(Entry entry, const Instruction& i);
  bool isFloatGuess(const Instruction& i) const { return fastPaths_ && i.result()->guess == ir::core::Guess::Float; }
  llvm::Value* isFloatWord(llvm::Value* v);
  llvm::Value* isIntWord(llvm::Value* v) { return b_.CreateICmpNE(b_.CreateAnd(v, word(Value::kIntTag)), word(0)); }
  llvm::Value* isGuessed(llvm::Value* v, ir::core::Guess guess);
  /// As drop, for what is probably a number.
  void dropGuessed(llvm::Value* v, ir::core::Guess guess, const ir::core::Type& type);
  llvm::Value* unboxFloat(llvm::Value* v);
  /// A call on a way that is not expected to be taken (kSlowPath).
  llvm::CallInst* callSlow(Entry e, llvm::ArrayRef<llvm::Value*> arguments);
  /// Goes on in a new block if `good`, else to `otherwise`.
  llvm::BasicBlock* goOnIf(llvm::Value* good, llvm::BasicBlock* otherwise, bool likely);
  /// At the start of a block: which value it is, by where control comes from.
  llvm::Value* joined(llvm::ArrayRef<std::pair<llvm::Value*, llvm::BasicBlock*>> ways);
  llvm::Value* isPointerWord(llvm::Value* v);
  llvm::Value* smallInt(llvm::Value* v);
  llvm::Value* layoutIs(llvm::Value* object, std::string_view type); // of a pointer
  std::optional<Entry> builtinCall(const Instruction& i) const;
  bool callOfNamed(const Instruction& i);
  void shiftRaw(const Instruction& i, llvm::Instruction::BinaryOps way);
  llvm::Value* isUnsignedWord(llvm::Value* v);
  /// The number of an int on the heap below 2^64.
  llvm::Value* heapUnsigned(llvm::Value* v, llvm::BasicBlock* otherwise);
  llvm::Value* heapLow(llvm::Value* v, llvm::BasicBlock* otherwise);
  void unboxUnsigned(const Instruction& i, bool isLow);
  void compareRaw(const Instruction& i, llvm::CmpInst::Predicate predicate);
  void compareSize(const Instruction& i, llvm::CmpInst::Predicate predicate, const Instruction& size, uint32_t place);

  // ---- versions.cpp -----------------------------------------------------------------------------
  bool isVersioned() const { return !f_.raws.empty(); }
  /// A part of the version that no way within it joins with the rest: all of it, or a loop of what runs once. Where the general body has homes,
  /// the locals that no operation of the region names stay there, and are words; the others are its own while it runs.
  struct Region {
    std::vector<bool> names; // by local; raw ones with their parts
    std::map<std::pair<const Block*, bool>, llvm::BasicBlock*> tails{};
    struct {
      llvm::BasicBlock* block = nullptr;             // boxes all raw locals
      llvm::PHINode* number = nullptr;               // which exit
      llvm::SmallVector<llvm::PHINode*, 4> handed{}; // what exits hand over
      llvm::SwitchInst* parting = nullptr;           // on the number
    } leaving{}; // what all exits share
    struct Entering {
      llvm::BasicBlock* block = nullptr; // tests and unboxes all raw locals
      llvm::PHINode* number = nullptr;   // which header
      llvm::SwitchInst *entered = nullptr, *refused = nullptr; // on the number
    } entering[2]{}; // what the headers of loops share, hesitating ones (1) and others
  };
  void findRegions();
  size_t waysOfRegions() const; // operations that may fail, times the locals whose places all such ways join
  Region* regionOf(const Block& block) { return block.version ? &regions_[regionOfBlock_[block.id]] : nullptr; }
  /// Whether it is in the region's own variables there.
  bool isOwn(const Region* region, uint32_t local) const { return !region || !hasHomes() || region->names[local]; }
  bool isRawIn(const Block& block, uint32_t local) { return block.version && f_.rawKind(local) != ir::core::RawKind::None && isOwn(regionOf(block), local); }
  /// Whether the general body has the fast paths, too.
  bool isFastInBoth() const;
  /// Whether more than words has to be boxed on the way out of the version.
  bool hasRawLocals() const;
  /// The n-th part of a raw local, in the version.
  llvm::Value* rawPart(uint32_t local, uint32_t n);
  void setRawPart(uint32_t local, uint32_t n, llvm::Value* v);
  llvm::Value* behindSteps(llvm::Value* from, llvm::Value* step, llvm::Value* count);
  void setRange(uint32_t local, llvm::Value* next, llvm::Value* step, llvm::Value* count);
  llvm::Value* stepsLeft(uint32_t range);
  void boxLocals();
  void takeApart(uint32_t local);
  void enterTogether(const Instruction& i, llvm::BasicBlock* general, bool hesitates);
  void unboxLocals(llvm::BasicBlock* general, bool hesitates, llvm::function_ref<bool(uint32_t)> isBound);
  /// profile.cpp
  void countPlace(const Instruction& i, const char* entry, llvm::ArrayRef<llvm::Value*> values);
  void countExit(const Instruction& to, const Instruction* why);
  /// A loop whose version is left again and again in its first iteration stays in the general body for a while: for one more
  /// iteration after the second time, then for 3, up to kLongest. All three are 0 in the fast loop, and in registers at most.
  struct Hesitation {
    std::vector<bool> isHeader;                           // by block id: of a loop in the version
    llvm::Value *stays = nullptr, *quick = nullptr;       // iterations still to be done there; 2^n - 1 after n times
    llvm::Value* entered = nullptr;                       // `quick` from where the version is entered to the loop's header
    llvm::Value* quickAtHome = nullptr;                   // `quick` in the general body
  };
  void prepareHesitation();
  void hesitate(llvm::BasicBlock* general);
  void arrive();
  void hurry();

  // ---- guards.cpp -------------------------------------------------------------------------------
  /// Ends the block: the first edge, with the result (may be null), if `good`, else the second.
  void guardedBy(const Instruction& i, llvm::Value* good, llvm::Value* result);
  void peek(const Instruction& i, Entry entry);
  void checkedInt(const Instruction& i, llvm::Intrinsic::ID operation, llvm::Value* a, llvm::Value* b, bool isBare);
  void divideInts(const Instruction& i, bool isModulo);
  void extremeOf(const Instruction& i, llvm::CmpInst::Predicate better);
  /// Of a small int's word, and back.
  llvm::Value* numberOf(llvm::Value* w);
  llvm::Value* tagged(llvm::Value* v);
  /// The double in a float's word that is no NaN; `otherwise` for all else, `absent` (if given) for the null word, `ofInt` for a small int.
  llvm::Value* unboxOr(llvm::Value* word, llvm::BasicBlock* otherwise, llvm::BasicBlock* absent = nullptr, llvm::BasicBlock* ofInt = nullptr);
  llvm::Value* heapFloat(llvm::Value* word, llvm::BasicBlock* otherwise); // that of one which is no immediate
  void unboxReal(const Instruction& i, bool isExact);
  llvm::Value* lengthAtHand(llvm::Value* v, llvm::BasicBlock* otherwise);
  /// The word of the object whose offset its layout has at `where`; goes to `otherwise` where that is 0.
  llvm::Value* wordAtHand(llvm::Value* v, size_t where, llvm::BasicBlock* otherwise);
  using Answers = llvm::SmallVector<std::pair<llvm::Value*, llvm::BasicBlock*>, 6>; // with the blocks they come from
  /// What looking at the word and its layout tells goes to `next`; the rest, to `otherwise`.
  void askTruth(llvm::Value* v, Answers& answers, llvm::BasicBlock* next, llvm::BasicBlock* otherwise);
  llvm::Constant* shapeOf(const Instruction& i);
  llvm::Value* slotAddressIn(const Instruction& i);
  void diesQuietly(const Instruction& i, uint64_t references, llvm::BasicBlock* next);

  // ---- sequences.cpp ----------------------------------------------------------------------------
  void requireExact(llvm::Value* v, std::string_view type, llvm::BasicBlock* otherwise);
  void requireSaid(llvm::Value* v, std::string_view type, uint32_t flag, llvm::BasicBlock* otherwise); // that type, or a flag of the layout
  void indexOf(const Instruction& i, size_t sizeOffset);
  void indexOfEither(const Instruction& i, llvm::Value* index, llvm::Value* size);
  void putNumber(const Instruction& i, Entry entry);
  void requireSize(const Instruction& i, size_t sizeOffset, llvm::BasicBlock* otherwise);
  std::pair<llvm::Value*, llvm::Value*> placeOf(llvm::Value* iterator, std::string_view type, size_t sizeOffset, llvm::BasicBlock* out);
  void peek(const Instruction& i, bool isList);
  llvm::Value* heldBy(const Instruction& i); // address
  llvm::Value* unchanged(llvm::Value* iterator, std::string_view type, const IteratorPlaces& at, llvm::BasicBlock* otherwise);
  void moveOn(const Instruction& i, const IteratorPlaces& at);
  llvm::Value* hasOwnValues(llvm::Value* dict);
  llvm::Value* entryAt(llvm::Value* dict, llvm::Value* position); // address
  void ofEntry(const Instruction& i, size_t offset);
  /// The words of a constant tuple of a few interned texts, or of a few small ints; none if it is another.
  llvm::SmallVector<llvm::Value*, 8> fewConstants(const Temp* t);
  /// A text of the source that has ASCII alone, or null.
  const std::string* asciiText(const Temp* t);
  /// Whether `v` is one of these words, or of these characters, as far as a look tells: to `next`; the rest, to `otherwise`.
  void lookAmong(llvm::ArrayRef<llvm::Value*> items, llvm::Value* v, Answers& answers, llvm::BasicBlock* next, llvm::BasicBlock* otherwise);
  void lookAmong(const std::string& ascii, llvm::Value* v, Answers& answers, llvm::BasicBlock* next, llvm::BasicBlock* otherwise);
  llvm::Value* itemAddress(const Instruction& i);
  void setByte(const Instruction& i, llvm::ArrayRef<std::pair<llvm::Value*, llvm::BasicBlock*>> addresses, llvm::BasicBlock* next);
  llvm::Value* byteAddress(llvm::Value* bytes, llvm::Value* index, std::string_view type, llvm::BasicBlock* otherwise);
  /// Of the item of an array; `otherwise` if there is no such array, or item.
  llvm::Value* arrayItemAddress(const Instruction& i, llvm::BasicBlock* otherwise);
  llvm::Type* arrayItemType(char code);
  llvm::Constant* builtinCell(uint32_t global);

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
  llvm::CallInst* pureCall(Entry e, llvm::ArrayRef<llvm::Value*> arguments); // of numbers alone
  void incref(llvm::Value* v) { callEntry(Entry::krt_incref, {v}); }
  /// The same; nothing if a word of this type cannot be a counted object.
  void incref(llvm::Value* v, const ir::core::Type& type) {
    if (isCounted(type)) incref(v);
  }
  /// Whether there may be a count in what a word of this type is.
  static bool isCounted(const ir::core::Type& type);
  void xdecref(llvm::Value* v) { callEntry(Entry::krt_xdecref, {v}); }
  /// Drops an owned word of this type; nothing if it cannot be a counted object.
  /// Whether letting go of the word does anything.
  static bool mayDie(llvm::Value* v, const ir::core::Type& type);
  void drop(llvm::Value* v, const ir::core::Type& type);
  llvm::Value* load(llvm::Value* address) { return b_.CreateLoad(i64_, address); }
  llvm::Value* load(llvm::Value* address, layout::Access kind) { return layout::ofKind(b_.CreateLoad(i64_, address), kind); }
  llvm::Value* loadSize(llvm::Value* sequence, size_t offset);
  llvm::Value* loadPointer(llvm::Value* address, layout::Access kind) { return layout::ofKind(b_.CreateLoad(ptr_, address), kind); }
  void store(llvm::Value* v, llvm::Value* address, layout::Access kind) { layout::ofKind(b_.CreateStore(v, address), kind); }
  llvm::Value* expectedVersion(llvm::Value* version, llvm::Constant* methods);
  bool asksClassAlone(const Instruction& i) const;
  llvm::Value* layoutOf(llvm::Value* object) { return loadPointer(field(object, offsetof(Object, layout)), layout::Access::Shape); }
  llvm::Value* refsOf(llvm::Value* object) { return load(field(object, offsetof(Object, refs)), layout::Access::Count); }
  llvm::Value* field(llvm::Value* objectWord, int64_t offset); // address
  llvm::Value* pendingException();
  /// operands first … into the argument buffer; returns its address.
  llvm::Value* fillBuffer(const Instruction& i, size_t first, size_t at = 0);
  llvm::Value* bufferSlot(size_t i) { return b_.CreateConstInBoundsGEP1_64(i64_, buffer_, i); }
  llvm::BasicBlock* newBlock(const llvm::Twine& name = "");
  llvm::BasicBlock* impossible(); // a block that is never reached
  /// A variable of the machine function, wherever we are.
  llvm::AllocaInst* newVariable(llvm::Type* type, const llvm::Twine& name, llvm::Value* count = nullptr);

  bool goesToLocals(const Instruction& unpack) const;
  /// What found the callee of a `method.call`, be it blocks away; null: more than one, or none.
  const Instruction* lookUpOf(const Instruction& call) const;

  // ---- inlining.cpp -----------------------------------------------------------------------------
  static constexpr uint32_t kMaxInlinedDepth = 3; // calls inside calls
  struct Arguments {
    llvm::ArrayRef<llvm::Value*> words; // owned, but for
    uint64_t kept = 0;                  // by number, those that the caller keeps through the call
    uint64_t borrowed = 0;              // of these, those that the call as always borrows, too; the rest it consumes
    bool holdsFunction = false;         // nobody else keeps what is called
    bool keeps(size_t n) const { return n < 64 && (kept >> n & 1); }
  };
  /// Operand `n` as word `at` of a call's arguments; notes in `kept` if it is lent.
  llvm::Value* argument(const Instruction& i, size_t n, uint64_t& kept, size_t at);
  /// The words of `kept` become owned.
  void own(llvm::ArrayRef<llvm::Value*> words, uint64_t kept);
  /// A copy that a local lends to the call behind it: it counts where somebody has to own it.
  bool isLent(const Instruction& copy) const;
  /// How this function is lowered inside another one.
  struct Inlined {
    FunctionLowering& caller;
    llvm::Value* function;   // null: not known
    Arguments arguments;
    llvm::DILocation* at;
  };
  struct FusedLoop;
  struct Target {
    const ir::core::Function* callee;
    ir::analysis::Binding binding;
    bool isCopied; // else its machine function is called, with its arguments bound
    FusedLoop* loop = nullptr; // that its body is done in
  };
  using Targets = std::vector<Target>;
  /// Functions of the module that a call, or `iter` of an instance, probably enters.
  std::vector<uint32_t> calleesOf(const Instruction& call) const;
  /// Those of the candidates that a call with so many arguments, the last of them named by the tuple `names`, is to be
  /// compiled for.
  Targets callTargets(std::span<const uint32_t> candidates, size_t arguments, ir::core::ConstantId names = ir::core::kNone, bool isInit = false);
  void remarkOn(const ir::core::Function& callee, ir::core::RemarkId what) const;
  /// Enters the target that `function` (a FunctionObject*, null allowed) runs, else calls `otherwise`. The result.
  /// A target stands between `before`, which may still make arguments, and `after`, which turns its result into that of all.
  llvm::Value* enterTargets(const Targets& targets, llvm::Value* function, const Arguments& arguments,
                            llvm::function_ref<llvm::CallInst*()> otherwise, llvm::function_ref<llvm::Value*(llvm::Value*)> after = nullptr,
                            llvm::function_ref<void()> before = nullptr);
  /// The arguments of the target in order. `other` is gone to, before anything is done, if it has not the default values that
  /// they take; `before` may be null.
  llvm::SmallVector<llvm::Value*, 8> boundArguments(const Target& target, llvm::Value* function, const Arguments& arguments,
                                                    llvm::BasicBlock* other, llvm::function_ref<void()> before);
  llvm::Value* defaultsOf(llvm::Value* function, uint32_t count, llvm::BasicBlock* other);
  llvm::Value* defaultAt(llvm::Value* defaults, uint32_t n);
  llvm::SmallVector<llvm::Value*, 4> keywordDefaultsOf(llvm::Value* function, const Target& target, llvm::BasicBlock* other);
  llvm::Value* callBound(const ir::core::Function& callee, llvm::Value* function, const Arguments& arguments);
  /// A global that instance.among or range.loose alone is given, with nothing in between that could drop it.
  bool isOnlyAskedWith(const Instruction& get) const;
  /// A callee that a version knows of a global, and that nothing can drop before the call of it: the call keeps it.
  bool isKeptByCall(const Instruction& copy);
  /// Counts of a Python function, which is no immediate and never immortal.
  void hold(llvm::Value* function) { addReference(function, 1); }
  void letGo(llvm::Value* function);
  void setRefs(llvm::Value* object, llvm::Value* n) { store(n, field(object, offsetof(Object, refs)), layout::Access::Count); }
  llvm::Value* addReference(llvm::Value* function, int64_t n);
  /// A call of a global name that is a function or class of the module; false if it is neither.
  bool callGlobal(const Instruction& i, llvm::Value* callee, const Arguments& arguments, ir::core::ConstantId names,
                  llvm::function_ref<llvm::CallInst*()> otherwise);
  void callKnownMethod(const Instruction& i, llvm::ArrayRef<llvm::Value*> site, const Arguments& arguments,
                       ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise);
  bool callInit(const Instruction& i, uint32_t init, llvm::Value* cls, const Arguments& arguments,
                ir::core::ConstantId names, llvm::function_ref<llvm::CallInst*()> otherwise);
  llvm::Value* inlineBody(const ir::core::Function& callee, llvm::Value* function, const Arguments& arguments);
  void runInlined(const Inlined& inlined, llvm::IRBuilder<>& at);
  /// Here, or in a caller that this is inlined in.
  bool isBeingLowered(const ir::core::Function& f) const;
  uint32_t inlinedDepth() const { return inlined_ ? inlined_->caller.inlinedDepth() + 1 : 0; }
  size_t& inlinedOperations() { return inlined_ ? inlined_->caller.inlinedOperations() : inlinedOperations_; }
  bool isForTruth(const Instruction& copy) const;
  /// The caller's reference, not the frame's.
  bool isBorrowed(uint32_t parameter) const { return inlined_ && inlined_->arguments.keeps(parameter); }
  llvm::Value* parameter(uint32_t n) const { return inlined_ ? inlined_->arguments.words[n] : machine_->getArg(n + 1); }
  void leaveBody(llvm::Value* result);

  // ---- fused_generators.cpp ---------------------------------------------------------------------
  /// A loop in whose machine code a generator's body stands: variables of the activation.
  struct FusedLoop {
    const ir::core::Function* callee = nullptr;
    std::vector<llvm::Value*> locals{}; // addresses of words, by number; null: a raw part, which no step leaves behind
    llvm::Value *state = nullptr, *function = nullptr; // addresses: how far it has come; what its cells are asked of, owned or null
    std::map<uint32_t, FusedLoop> loops{}; // of the body, by its hidden local
    std::map<uint32_t, RangeLoop> ranges{}; // likewise
  };
  /// Where a copy of the body goes, and with what.
  struct FusedStep {
    FusedLoop& loop;
    llvm::BasicBlock *found, *ended, *raised;
    llvm::SmallVectorImpl<std::pair<llvm::Value*, llvm::BasicBlock*>>& items;
    uint32_t partCount; // of what the loop takes apart and does nothing else with; 0: it wants the item
  };
  static constexpr uint32_t kMaxParts = 8;
  llvm::Constant* inLoop();
  void findFusedLoops();
  void makeFusedLoop(FusedLoop& loop, const ir::core::Function& callee);
  std::map<uint32_t, FusedLoop>& fusedLoops() { return step_ ? step_->loop.loops : fusedLoops_; }
  std::map<uint32_t, RangeLoop>& rangeLoops() { return step_ ? step_->loop.ranges : rangeLoops_; }
  /// The lowering of the machine function that this is a part of.
  FunctionLowering& outermost() { return inlined_ ? inlined_->caller.outermost() : *this; }
  /// Address of a word that is null at first, and lives as long as the machine function's activation: a slot in a generator. There a `number` is the
  /// word of a small int.
  llvm::Value* lastingVariable(const llvm::Twine& name, bool isNumber);
  FusedLoop* fusedLoop(const Instruction& next);
  llvm::Value* startFused(FusedLoop& loop, llvm::Value* function, const Arguments& arguments);
  void stepFused(FusedLoop& loop, const Instruction& next, llvm::BasicBlock* found, llvm::BasicBlock* ended,
                 llvm::SmallVectorImpl<std::pair<llvm::Value*, llvm::BasicBlock*>>& items);
  void endFused(llvm::Value* result);
  void startIterating(const Instruction& iter);
  void resumeFused();
  void handOut(const Instruction& yield);
  void findUnmade();
  void handParts(const Instruction& tuple);
  llvm::Value* partsAddress();
  void dropFused(FusedLoop& loop);
  void dropFusedFunction(FusedLoop& loop);
  void closeFused(uint32_t local);
  void closeFused(FusedLoop& loop);
  struct Close {
    FusedLoop* loop;
    llvm::BasicBlock *early, *next;
    llvm::DebugLoc at;
  };
  void finishCloses();

  // ---- frame.cpp --------------------------------------------------------------------------------
  void makeBuffers(size_t words);
  void makeFrame();
  void makeHomes();
  void enterFrame();
  bool observesIdentity() const; // of numbers: none is raw then, and most are objects
  bool observesLocals() const;
  bool watchesEvents() const;
  void divertWhileTraced();
  bool watchesFrames() const; // their frame objects outlive the call
  void endFrame(const Instruction& leave);
  llvm::BasicBlock* leaveCaught(const Instruction& leave);
  bool tellsBound() const { return fastPaths_ || storage_ == Storage::Registers; }
  /// Whether a local is bound where the next operation is lowered, as far as that is told there: Boundness::State.
  uint8_t stateOf(uint32_t local) const { return bound_.empty() ? uint8_t{ir::analysis::Boundness::kEither} : bound_[local]; }
  /// The type of what a local holds, to be let go: without null where it is bound for certain.
  ir::core::Type heldType(uint32_t local) const;
  void placeParameterCell(uint32_t c);
  void dropLocals(const Instruction& leave); // in the order of the source; the frame is left
  void leaveWith(llvm::ArrayRef<std::pair<llvm::Value*, ir::core::Type>> dying, bool isVersion);
  /// Makes locals and function object visible to the frame walker at every call.
  void exposeFrame();
  llvm::Value* localAddress(uint32_t i);
  bool mayHaveHomes() const;
  bool hasHomes() const { return !homes_.empty(); }
  size_t homesCount() const { return localsArrayCount() + f_.locals.size() - f_.varCount; }
  void goHome();                 // locals on the way out of the version
  void leaveHome(bool toHeader); // and into it, of a loop there?
  llvm::Value* cellHome(uint32_t i) { return b_.CreateConstInBoundsGEP1_64(i64_, localArray_, f_.varCount + i); }
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

  // ---- debug_variables.cpp, with -g ---------------------------------------------------------------
  void describeVariables();
  void describeArguments(llvm::Value* array);
  void describeSlot(uint32_t slot, llvm::Value* frame);
  void describeFree(uint32_t number, llvm::Value* frame);
  void describeHomes();
  void describeBoxed(); // raw locals are words now
  llvm::DILocation* ofVariables();

  // ---- error_edges.cpp --------------------------------------------------------------------------
  /// Goes to the error edge of `i` if `failed`; `before` (may be null) emits code on that path only.
  void failIf(llvm::Value* failed, const Instruction& i, llvm::function_ref<void()> before = nullptr);
  /// The same if the result is the null word, where the next thing is to ask whether it is a number.
  void failAbsent(const Instruction& i);
  bool isAskedNext(const Instruction& i) const;
  bool isFoundInt(const Temp* t, const Block* block) const;
  /// Unconditional.
  void fail(const Instruction& i);
  /// Block that drops what is live at `i` and goes on to handler or exit; expects the site in site_.
  llvm::BasicBlock* errorTarget(const Instruction& i);
  llvm::BasicBlock* tailOf(const Block* handler, bool trace, bool isVersion);
  llvm::BasicBlock* unwindExit();
  void dropOnEdge(const Temp* t);

  // ---- ownership while walking ------------------------------------------------------------------
  void consume(const Instruction& i);
  bool isConstantCopy(const Temp* t) const;
  void flowInto(const Instruction& terminator);

  // ---- blocks -----------------------------------------------------------------------------------
  void orderBlocks();
  void branchTo(const Instruction& terminator, size_t successor);
  llvm::BasicBlock* edgeBlock(const Instruction& terminator, size_t successor);
  void addIncoming(const Instruction& terminator, size_t successor, llvm::BasicBlock* from);
  void findSlotted();
  /// Of one that has a slot: whether its value is stored there; what is borrowed is asked for again (valueOf).
  static bool isKeptInSlot(const Temp* t);
  llvm::Type* rawType(const ir::core::Type& type);
  void makeGeneratorEntry();
  void suspend(const Instruction& i, uint32_t state);
  void awaitWord(llvm::Value* receiver);
  void resumeAt(uint32_t state, llvm::BasicBlock* resumed);
  llvm::Value* receiveSent(const Instruction& i);
  void setLocation(uint32_t site, bool isLeft = false);
  void setLocation(uint32_t site, uint32_t shown, bool isLeft);

  ModuleLowering& m_;
  const ir::core::Function& f_;
  const ir::analysis::Flow flow_;
  llvm::LLVMContext& context_;
  llvm::IRBuilder<> b_;
  llvm::Type *i64_, *i32_, *i1_;
  llvm::PointerType* ptr_;
  Storage storage_ = Storage::Registers;
  bool isHiddenInArray_ = false; // with Storage::Array: hidden locals too, behind the cells
  bool fastPaths_ = true; // beside those of the hot runtime
  MachineFunctions made_;
  llvm::Function* machine_ = nullptr; // being filled
  llvm::DISubprogram* scope_ = nullptr;
  uint32_t currentSite_ = ir::core::kNone;
  uint32_t shown_ = ir::core::kNone; // with -g: the site of the line, in this block

  std::vector<const Block*> order_; // reverse postorder
  bool hasLoop_ = false;
  bool isInLoop_ = false;           // where the next operation is, if copiesInLoopsAlone
  bool keepsCaught_ = false; // it handles errors, and gives its locals to tracebacks that live on
  std::vector<uint8_t> bound_; // stateOf, by local
  std::vector<bool> runsAgain_;     // by block id, where the rest is to be small (bodies of modules and classes, what is called once, large functions): loops
  std::vector<llvm::BasicBlock*> blocks_;             // by block id
  std::vector<std::vector<llvm::PHINode*>> phis_;     // by block id
  std::vector<llvm::Value*> values_;                  // by temp id
  std::vector<std::vector<const Temp*>> liveAtEntry_; // by block id
  std::vector<bool> flowed_;                          // by block id
  std::map<std::pair<llvm::BasicBlock*, const Temp*>, llvm::BasicBlock*> dropBlocks_;
  std::set<const Temp*> lent_;                       // copies that own nothing yet
  std::set<const Temp*> keptByCall_;                 // callees that the call of them counts, and names that are only asked with: they own nothing
  std::set<const Temp*> uncounted_;                  // copies that own nothing but where their truth takes a call
  llvm::DenseMap<const Temp*, llvm::BasicBlock*> absent_; // what was not asked yet whether it is the null word: where to go then
  std::set<const Temp*> unpacked_;                   // which are in their locals already
  std::vector<uint32_t> slotOfTemp_;                 // by temp id; kNone: not in a slot
  std::vector<uint32_t> numberSlots_;                // what holds no reference
  llvm::Value *functionObject_ = nullptr, *generator_ = nullptr, *slots_ = nullptr, *out_ = nullptr;
  llvm::Value* sent_ = nullptr;
  llvm::SwitchInst* dispatch_ = nullptr;             // on the generator's state
  llvm::Value* localArray_ = nullptr;                // Storage::Array; in Registers: the spill area
  std::vector<llvm::Value*> locals_, ownCells_;      // addresses of their own
  bool isAtHome_ = false;                            // what is being made is code of the general body, and that has homes
  std::vector<llvm::DILocalVariable*> described_;     // with -g: by slotOfLocal, cells behind
  std::vector<llvm::Value*> homes_;                  // locals' in the general body (frame.cpp); null: a raw part's
  llvm::Value *buffer_ = nullptr, *site_ = nullptr;
  const Inlined* inlined_ = nullptr;
  llvm::PHINode* inlinedResult_ = nullptr;
  size_t inlinedOperations_ = 0;
  std::map<uint32_t, FusedLoop> fusedLoops_;       // by hidden local; those of a body in a loop are with that one
  std::vector<Close> closes_;                      // to be written
  std::map<const Temp*, FusedLoop*> fusedOf_;      // results that may stand for a generator
  FusedLoop* fusing_ = nullptr;                    // of the call that is being lowered
  const FusedStep* step_ = nullptr;                // this is a generator's body in a loop
  llvm::Value* parts_ = nullptr;                   // of items that are taken apart, and come as null words
  std::set<const Temp*> unmade_;                   // such tuples
  bool isGeneralAlone_ = false;                    // without its version

  llvm::AllocaInst* pair_ = nullptr;                             // what such an item was
  std::map<uint32_t, RangeLoop> rangeLoops_;                     // by hidden local: instead of its iterator
  std::map<const Temp*, const RangeLoop*> rangeOf_;              // results that are null instead of a range or iterator
  std::vector<const Temp*> live_;                                // owned, oldest first
  std::map<std::pair<const Block*, bool>, llvm::BasicBlock*> tails_;
  llvm::BasicBlock* unwindExit_ = nullptr;

  uint32_t endCounts_[2] = {}; // how often a frame is left by a return: in the general body, in the version
  bool outOfLine_ = false;     // what is general beside a version, and what is cold in it, is small; so is what runs once
  Hesitation hesitation_;
  std::vector<Region> regions_;
  std::vector<uint32_t> regionOfBlock_; // by block id
  std::vector<std::optional<int64_t>> rangeSteps_; // by local, of the ranges that a version keeps there: what is known of them
  Region* region_ = nullptr;            // what is being made is code of
  std::vector<std::pair<const Temp*, llvm::Value*>> handedOver_; // in the current block; elsewhere they are this
  std::vector<llvm::Constant*> shapes_;
  std::vector<bool> writtenShapes_;
};

} // namespace krait::codegen::lower
