// Appends instructions to a block. One function per operation would say no more
// than the table does; `emit` takes what the row lists.
#pragma once

#include "ir/core/module.h"

namespace krait::ir::core {

// The non-operand parts of an instruction; see function.h for which index an attribute uses.
struct Attributes {
  uint32_t index = kNone;
  uint32_t index2 = kNone;
  int64_t imm = 0;
  int64_t imm2 = 0;
};

class Builder {
public:
  explicit Builder(Function& function) : function_(&function) {}

  Function& function() const { return *function_; }
  Block* block() const { return block_; }
  void setBlock(Block* block) { block_ = block; }
  // The site given to what is emitted from now on, if it may raise.
  void setSite(uint32_t site) { site_ = site; }
  uint32_t site() const { return site_; }

  // Appends at the end of the block, which must not be terminated.
  Instruction* emit(Op op, std::span<Temp* const> operands, Attributes a = {}, std::span<const Function::Target> targets = {}) {
    assert(block_ && !block_->terminator());
    Instruction* made = function_->create(op, operands, targets, a.index, a.index2, a.imm, a.imm2,
                                          has(op, op_flags::kRaises) ? site_ : kNone);
    function_->append(block_, made);
    return made;
  }
  Instruction* emit(Op op, std::initializer_list<Temp*> operands = {}, Attributes a = {}) {
    return emit(op, std::span<Temp* const>(operands.begin(), operands.size()), a);
  }
  // The single result of it.
  Temp* value(Op op, std::span<Temp* const> operands, Attributes a = {}) { return emit(op, operands, a)->result(); }
  Temp* value(Op op, std::initializer_list<Temp*> operands = {}, Attributes a = {}) {
    return emit(op, operands, a)->result();
  }

  Temp* constant(ConstantId id) { return value(Op::Const, {}, {.index = id}); }
  Temp* constant(ConstantKind singleton) { return constant(function_->module.constants.intern(singleton)); }
  void kill(Temp* owned) {
    assert(owned->ownership == Ownership::Owned);
    emit(Op::Kill, {owned});
  }
  void br(Block* to, std::initializer_list<Temp*> arguments = {}) {
    Function::Target target{to, std::span<Temp* const>(arguments.begin(), arguments.size())};
    emit(Op::Br, std::span<Temp* const>(), {}, std::span(&target, 1));
  }
  void condBr(Temp* condition, Block* yes, Block* no, std::initializer_list<Temp*> yesArguments = {},
              std::initializer_list<Temp*> noArguments = {}) {
    Function::Target targets[] = {{yes, std::span<Temp* const>(yesArguments.begin(), yesArguments.size())},
                                  {no, std::span<Temp* const>(noArguments.begin(), noArguments.size())}};
    Temp* operands[] = {condition};
    emit(Op::CondBr, operands, {}, targets);
  }
  // A terminator with two targets without arguments. Results exist in `first` and what it dominates.
  Instruction* guard(Op op, std::initializer_list<Temp*> operands, Block* first, Block* second, Attributes a = {}) {
    Function::Target targets[] = {{first, {}}, {second, {}}};
    return emit(op, std::span<Temp* const>(operands.begin(), operands.size()), a, targets);
  }
  // The item, for use in `body` and what it dominates.
  Temp* nextBr(Temp* iterator, Block* body, Block* exhausted) {
    return guard(Op::NextBr, {iterator}, body, exhausted)->result();
  }

private:
  Function* function_;
  Block* block_ = nullptr;
  uint32_t site_ = kNone;
};

} // namespace krait::ir::core
