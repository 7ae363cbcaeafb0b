// One IR function -> one machine function (a generator: entry and resume).
//
// Locals live in registers (allocas that SROA promotes), in one array in large
// functions, or in a generator's slots; see frame.cpp. Error edges are cold blocks
// that share their tails; see error_edges.cpp. An operation is lowered by the
// overload of `lower` for its tag, or, if its row names a runtime entry, by a call of it.
#pragma once
#include <llvm/IR/IRBuilder.h>
#include <map>
#include "codegen/layout/entries.h"
#include "codegen/lower/module_lowering.h"

namespace krait::codegen::lower {

using ir::core::Block;
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
  void lowerInstruction(const Instruction& i);
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
  llvm::Value* callArguments(llvm::Value* callee, llvm::ArrayRef<llvm::Value*> arguments);

  // ---- builtin_calls.cpp ------------------------------------------------------------------------
  struct RangeLoop { llvm::Value *current = nullptr, *step = nullptr, *remaining = nullptr; }; // addresses
  void findRangeLoops();
  /// Whether the name that is called is this builtin's, as long as nobody rebinds it.
  bool callsBuiltin(const Instruction& i, std::string_view name) const;
  /// Each lowers the call if it is what the name says.
  bool callRange(const Instruction& i);
  bool callLen(const Instruction& i);
  bool callAppend(const Instruction& i);
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
  llvm::Value* layoutIs(llvm::Value* object, std::string_view type); // of a pointer
  std::optional<Entry> builtinCall(const Instruction& i) const;
  void compareRaw(const Instruction& i, llvm::CmpInst::Predicate predicate);

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

  // ---- frame.cpp --------------------------------------------------------------------------------
  void makeFrame();
  void enterFrame();
  bool observesLocals() const;
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
  void suspend(const Instruction& i, uint32_t state, llvm::BasicBlock* resumed);
  llvm::Value* receiveSent(const Instruction& i);
  void setLocation(uint32_t site);

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
  std::vector<llvm::BasicBlock*> blocks_;            // by block id
  std::vector<std::vector<llvm::PHINode*>> phis_;    // by block id
  std::vector<llvm::Value*> values_;                 // by temp id
  std::vector<uint32_t> slotOfTemp_;                 // by temp id; kNone: not in a slot
  llvm::Value *functionObject_ = nullptr, *generator_ = nullptr, *slots_ = nullptr, *out_ = nullptr;
  llvm::Value* sent_ = nullptr;
  llvm::SwitchInst* dispatch_ = nullptr;             // on the generator's state
  llvm::Value* localArray_ = nullptr;                // Storage::Array; in Registers: the spill area
  std::vector<llvm::Value*> locals_, ownCells_;      // addresses of their own
  llvm::Value *buffer_ = nullptr, *site_ = nullptr;

  std::map<uint32_t, RangeLoop> rangeLoops_;                     // by hidden local: instead of its iterator
  std::map<const Temp*, const RangeLoop*> rangeOf_;              // results that are null instead of a range or iterator
  std::vector<const Temp*> live_;                                // owned, oldest first
  std::vector<std::vector<const Temp*>> liveAtEntry_;            // by block id
  std::vector<bool> flowed_;                                     // by block id
  std::map<std::pair<llvm::BasicBlock*, const Temp*>, llvm::BasicBlock*> dropBlocks_;
  std::map<std::pair<const Block*, bool>, llvm::BasicBlock*> tails_;
  llvm::BasicBlock* unwindExit_ = nullptr;
};

} // namespace krait::codegen::lower
