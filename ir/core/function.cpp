// Links among blocks, instructions, temporaries and uses.
#include "ir/core/function.h"
#include "ir/core/module.h"

#include <algorithm>

namespace krait::ir::core {

Type resultType(Op op, uint32_t i) {
  switch (infoOf(op).result) {
  case ResultRule::None: return Type::none();
  case ResultRule::I1: return Type::raw(Repr::I1);
  case ResultRule::I32: return Type::raw(Repr::I32);
  case ResultRule::I64: return Type::raw(Repr::I64);
  case ResultRule::F64:
  case ResultRule::TwoF64: return Type::raw(Repr::F64);
  case ResultRule::SmallInt: return Type::of(TypeBit::SmallInt);
  case ResultRule::NullOwned:
  case ResultRule::NullBorrowed: return Type::objectOrNull();
  default: break;
  }
  switch (op) {
  case Op::MethodLoad:
  case Op::SuperLoad:
  case Op::SuperLoadOf:
  case Op::WithEnter: return i == 1 ? Type::objectOrNull() : Type::object();
  case Op::BoolNew:
  case Op::UnaryNot: return Type::of(TypeBit::Bool);
  case Op::ListNew:
  case Op::ListNewFor: return Type::of(TypeBit::List);
  case Op::TupleNew:
  case Op::ListToTuple: return Type::of(TypeBit::Tuple);
  case Op::SetNew: return Type::of(TypeBit::Set);
  case Op::DictNew:
  case Op::MatchRest: return Type::of(TypeBit::Dict);
  case Op::SliceNew: return Type::of(TypeBit::Slice);
  case Op::BoxChar:
  case Op::StringJoin: return Type::of(TypeBit::Str);
  case Op::CellRef: return Type::of(TypeBit::Cell);
  case Op::BoxI64:
  case Op::BoxU64: return Type::integer();
  case Op::BoxF64: return Type::of(TypeBit::Float);
  case Op::BoxReal: return Type::word(Type::bit(TypeBit::Float) | Type::bit(TypeBit::SmallInt));
  case Op::ComplexNew: return Type::of(TypeBit::Complex);
  default: return Type::object();
  }
}

Ownership resultOwnership(Op op) {
  switch (infoOf(op).result) {
  case ResultRule::Owned:
  case ResultRule::NullOwned:
  case ResultRule::Many:
  case ResultRule::Two: return Ownership::Owned;
  case ResultRule::Borrowed:
  case ResultRule::SmallInt:
  case ResultRule::NullBorrowed: return Ownership::Borrowed;
  default: return Ownership::Raw;
  }
}

static uint32_t resultCountOf(Op op, int64_t imm, int64_t imm2) {
  switch (infoOf(op).result) {
  case ResultRule::None: return 0;
  case ResultRule::TwoF64:
  case ResultRule::Two: return 2;
  case ResultRule::Many: return static_cast<uint32_t>(op == Op::UnpackEx ? imm + 1 + imm2 : imm);
  default: return 1;
  }
}

Temp* Function::newTemp(Type type, Ownership ownership, Instruction* definition, Block* block, uint32_t index) {
  return new (arena_.allocate(sizeof(Temp), alignof(Temp)))
      Temp{{}, type, ownership, tempCount_++, index, definition, block, nullptr};
}

void Function::addUse(Use* use, Temp* temp, Instruction* user) {
  use->temp = temp;
  use->user = user;
  use->next = nullptr;
  use->link = nullptr;
  if (!temp) return;
  use->next = temp->uses;
  if (use->next) use->next->link = &use->next;
  use->link = &temp->uses;
  temp->uses = use;
}

void Function::dropUse(Use* use) {
  if (!use->temp) return;
  *use->link = use->next;
  if (use->next) use->next->link = use->link;
  use->temp = nullptr;
}

Block* Function::newBlock(Block* after, uint32_t id) {
  if (id == kNone) id = blockIdLimit_;
  if (id >= blockIdLimit_) blockIdLimit_ = id + 1;
  blocks_.push_back(std::make_unique<Block>());
  Block* block = blocks_.back().get();
  block->id = id;
  block->function = this;
  if (!after) after = lastBlock_;
  block->previous = after;
  block->next = after ? after->next : nullptr;
  (block->previous ? block->previous->next : firstBlock_) = block;
  (block->next ? block->next->previous : lastBlock_) = block;
  return block;
}

void Function::eraseBlock(Block* block) {
  // Uses first: instructions of the block may use each other's results in any order.
  for (Instruction* i = block->first; i; i = i->next)
    for (uint32_t k = 0; k < i->useCount; ++k) dropUse(&i->uses[k]);
  block->first = block->last = nullptr;
  (block->previous ? block->previous->next : firstBlock_) = block->next;
  (block->next ? block->next->previous : lastBlock_) = block->previous;
  block->previous = block->next = nullptr;
}

void Function::moveBlock(Block* block, Block* after) {
  assert(block != after);
  (block->previous ? block->previous->next : firstBlock_) = block->next;
  (block->next ? block->next->previous : lastBlock_) = block->previous;
  block->previous = after;
  block->next = after ? after->next : firstBlock_;
  (block->previous ? block->previous->next : firstBlock_) = block;
  (block->next ? block->next->previous : lastBlock_) = block;
}

Temp* Function::addParameter(Block* block, Type type, Ownership ownership) {
  Temp* made = newTemp(type, ownership, nullptr, block, static_cast<uint32_t>(block->parameters.size()));
  block->parameters.push_back(made);
  return made;
}

void Function::removeParameter(Block* block, uint32_t index) {
  assert(block->parameters[index]->uses == nullptr);
  block->parameters.erase(block->parameters.begin() + index);
  for (uint32_t i = index; i < block->parameters.size(); ++i) block->parameters[i]->index = i;
}

Instruction* Function::create(Op op, std::span<Temp* const> operands, std::span<const Target> targets, uint32_t index,
                              uint32_t index2, int64_t imm, int64_t imm2, uint32_t site) {
  auto* made = new (arena_.allocate(sizeof(Instruction), alignof(Instruction))) Instruction{};
  made->op = op;
  made->site = site;
  made->index = index;
  made->index2 = index2;
  made->imm = imm;
  made->imm2 = imm2;
  made->operandCount = made->useCount = static_cast<uint32_t>(operands.size());
  made->successorCount = static_cast<uint8_t>(targets.size());
  for (size_t i = 0; i < targets.size(); ++i) {
    made->successors[i] = {targets[i].block, made->useCount, static_cast<uint32_t>(targets[i].arguments.size())};
    made->useCount += made->successors[i].argumentCount;
  }
  if (made->useCount) {
    made->uses = arena_.allocateArray<Use>(made->useCount);
    Use* at = made->uses;
    for (Temp* t : operands) addUse(new (at++) Use, t, made);
    for (const Target& target : targets)
      for (Temp* t : target.arguments) addUse(new (at++) Use, t, made);
  }
  uint32_t results = resultCountOf(op, imm, imm2);
  made->resultCount = static_cast<uint16_t>(results);
  if (results) {
    made->results = arena_.allocateArray<Temp*>(results);
    for (uint32_t i = 0; i < results; ++i)
      made->results[i] = newTemp(resultType(op, i), resultOwnership(op), made, nullptr, i);
  }
  return made;
}

void Function::append(Block* block, Instruction* instruction) {
  instruction->block = block;
  instruction->previous = block->last;
  instruction->next = nullptr;
  (block->last ? block->last->next : block->first) = instruction;
  block->last = instruction;
}

void Function::insertBefore(Instruction* position, Instruction* instruction) {
  Block* block = position->block;
  instruction->block = block;
  instruction->previous = position->previous;
  instruction->next = position;
  (position->previous ? position->previous->next : block->first) = instruction;
  position->previous = instruction;
}

void Function::insertAfter(Instruction* position, Instruction* instruction) {
  if (position->next) return insertBefore(position->next, instruction);
  append(position->block, instruction);
}

void Function::unlink(Instruction* instruction) {
  Block* block = instruction->block;
  (instruction->previous ? instruction->previous->next : block->first) = instruction->next;
  (instruction->next ? instruction->next->previous : block->last) = instruction->previous;
  instruction->previous = instruction->next = nullptr;
  instruction->block = nullptr;
}

void Function::erase(Instruction* instruction) {
  for (uint32_t i = 0; i < instruction->resultCount; ++i) assert(instruction->results[i]->uses == nullptr);
  for (uint32_t i = 0; i < instruction->useCount; ++i) dropUse(&instruction->uses[i]);
  if (instruction->block) unlink(instruction);
}

void Function::setOperand(Instruction* instruction, size_t i, Temp* temp) {
  assert(i < instruction->useCount);
  dropUse(&instruction->uses[i]);
  addUse(&instruction->uses[i], temp, instruction);
}

void Function::setOperands(Instruction* instruction, std::span<Temp* const> operands) {
  std::vector<Temp*> all(operands.begin(), operands.end());
  for (uint32_t i = instruction->operandCount; i < instruction->useCount; ++i) all.push_back(instruction->uses[i].temp);
  for (uint32_t i = 0; i < instruction->useCount; ++i) dropUse(&instruction->uses[i]);
  int64_t shift = int64_t(operands.size()) - int64_t(instruction->operandCount);
  for (uint32_t i = 0; i < instruction->successorCount; ++i)
    instruction->successors[i].firstArgument = static_cast<uint32_t>(instruction->successors[i].firstArgument + shift);
  instruction->operandCount = static_cast<uint32_t>(operands.size());
  instruction->useCount = static_cast<uint32_t>(all.size());
  instruction->uses = arena_.allocateArray<Use>(all.size());
  for (size_t i = 0; i < all.size(); ++i) addUse(new (&instruction->uses[i]) Use, all[i], instruction);
}

void Function::setTarget(Instruction* instruction, size_t successor, Block* block, std::span<Temp* const> arguments) {
  std::vector<Temp*> all;
  std::vector<uint32_t> counts;
  for (uint32_t i = 0; i < instruction->operandCount; ++i) all.push_back(instruction->uses[i].temp);
  for (size_t s = 0; s < instruction->successorCount; ++s) {
    Successor& one = instruction->successors[s];
    uint32_t first = static_cast<uint32_t>(all.size());
    if (s == successor)
      all.insert(all.end(), arguments.begin(), arguments.end());
    else
      for (uint32_t i = 0; i < one.argumentCount; ++i) all.push_back(instruction->argument(s, i));
    counts.push_back(first);
  }
  for (uint32_t i = 0; i < instruction->useCount; ++i) dropUse(&instruction->uses[i]);
  for (size_t s = 0; s < counts.size(); ++s) {
    uint32_t end = s + 1 < counts.size() ? counts[s + 1] : static_cast<uint32_t>(all.size());
    instruction->successors[s].firstArgument = counts[s];
    instruction->successors[s].argumentCount = end - counts[s];
  }
  instruction->successors[successor].block = block;
  instruction->useCount = static_cast<uint32_t>(all.size());
  instruction->uses = arena_.allocateArray<Use>(all.size());
  for (size_t i = 0; i < all.size(); ++i) addUse(new (&instruction->uses[i]) Use, all[i], instruction);
}

void Function::replaceUses(Temp* from, Temp* to) {
  assert(from != to);
  while (Use* use = from->uses) {
    Instruction* user = use->user;
    dropUse(use);
    addUse(use, to, user);
  }
}

std::vector<Temp*> operandDeaths(const Instruction& i) {
  std::vector<Temp*> dying;
  for (const Instruction* k = i.next; k && (k->is(Op::Kill) || has(k->op, op_flags::kPure)); k = k->next)
    for (uint32_t u = 0; u < i.operandCount; ++u)
      if (k->is(Op::Kill) && i.operand(u) == k->operand(0)) {
        dying.push_back(k->operand(0));
        break;
      }
  return dying;
}

std::vector<const ObjectShape::Method*> inOrder(const ObjectShape& shape) {
  std::vector<const ObjectShape::Method*> all;
  for (const bool ofClass : {false, true})
    for (const ObjectShape::Method& method : shape.methods)
      if (isOfClass(method.kind) == ofClass) all.push_back(&method);
  return all;
}

uint32_t placeOfCaller(std::span<const ObjectShape::Method* const> inOrder, const ObjectShape::Method& method) {
  if (method.kind != MethodKind::Super) return 0;
  const auto found = std::ranges::find(inOrder, method.after, &ObjectShape::Method::function);
  return static_cast<uint32_t>(found - inOrder.begin());
}

const std::vector<Site>& Function::allSites() const { return outlinedFrom == kNone ? sites : module.functions[outlinedFrom]->sites; }

std::vector<bool> Function::writtenShapes() const {
  std::vector<bool> written(shapes.size());
  for (const Block* b = entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::SlotReplace) || i->is(Op::ClassCheck) || i->is(Op::InstanceNew)) written[static_cast<size_t>(i->imm)] = true;
  return written;
}

} // namespace krait::ir::core
