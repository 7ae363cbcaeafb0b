// The ends of blocks: branches within the version, out of it, and loops over iterators.
#include "ir/passes/versions/translator.h"

#include "ir/analysis/liveness.h"

namespace krait::ir::passes::versions {

using namespace core;

// A block that leaves the version along this edge.
Block* Translator::leaving(const Instruction& i, size_t successor) {
  Block* block = f_.newBlock(at_);
  block->cold = block->version = true;
  block->handler = general_->handler;
  std::vector<Temp*> arguments;
  const Block* to = i.target(successor);
  for (uint32_t a = 0; a < i.successors[successor].argumentCount; ++a) arguments.push_back(exits_.argument(block, i.argument(successor, a), known_[i.argument(successor, a)], false));
  Instruction* exit = f_.create(Op::VersionExit, {});
  f_.append(block, exit);
  for (uint32_t a = 0; a < i.successors[successor].argumentCount; ++a)
    if (!arguments[a]) arguments[a] = exits_.argument(block, i.argument(successor, a), known_[i.argument(successor, a)], true);
  Function::Target target{const_cast<Block*>(to), arguments};
  f_.append(block, f_.create(Op::Br, {}, std::span(&target, 1)));
  return block;
}

void Translator::terminator(const Instruction& i) {
  if (i.is(Op::Br)) {
    std::vector<Temp*> arguments;
    Block* to = edge(i, 0, arguments);
    Function::Target target{to, arguments};
    f_.append(at_, f_.create(Op::Br, {}, std::span(&target, 1)));
    return;
  }
  if (i.is(Op::CondBr)) {
    // Each side hands over its arguments in a block of its own.
    Temp* condition = known_[i.operand(0)].word;
    Block* from = at_;
    Block* ways[2];
    for (size_t s = 0; s < 2; ++s) {
      if (i.successors[s].argumentCount == 0) {
        std::vector<Temp*> none;
        at_ = from;
        ways[s] = edge(i, s, none);
        continue;
      }
      at_ = from;
      Block* way = newBlock();
      at_ = way;
      const auto before = known_;
      std::vector<Temp*> arguments;
      Block* to = edge(i, s, arguments);
      Function::Target target{to, arguments};
      f_.append(at_, f_.create(Op::Br, {}, std::span(&target, 1)));
      known_ = before;
      ways[s] = way;
    }
    Function::Target targets[] = {{ways[0], {}}, {ways[1], {}}};
    Temp* operands[] = {condition};
    f_.append(from, f_.create(Op::CondBr, operands, targets));
    return;
  }
  settle();
  if (i.is(Op::NextBr)) {
    Block* first = versionOf(i.target(0));
    if (!first || i.successors[1].argumentCount || known_[i.operand(0)].kind != RawKind::None) return leave();
    if (nextOfSequences(i)) return;
    std::vector<Temp*> none;
    const Instruction* read = i.operand(0)->definition;
    const bool isRange = read && read->is(Op::LocalRead) && f_.rawKind(read->local()) == RawKind::Range;
    Temp* iterator = isRange ? nullptr : word(i.operand(0));
    Block* second = edge(i, 1, none);
    Function::Target targets[] = {{first, {}}, {second, {}}};
    if (isRange) {
      Instruction* next = f_.create(Op::RangeNext, {}, targets, read->local());
      f_.append(at_, next);
      results_[i.result()] = {.kind = RawKind::Int, .raw = next->result()};
      return;
    }
    Temp* operands[] = {iterator};
    Instruction* made = f_.create(Op::NextBr, operands, targets, kNone, kNone, 0, 0, i.site);
    f_.append(at_, made);
    made->result()->type = i.result()->type;
    made->result()->guess = i.result()->guess;
    results_[i.result()] = {.word = made->result(), .owned = true};
    return;
  }
  // ret, raise, reraise, … : with words. What would be made for them alone could not die.
  for (uint32_t n = 0; n < i.operandCount; ++n)
    if (const Temp* t = i.operand(n); t && !known_[t].word && t->ownership == Ownership::Borrowed && known_[t].kind != RawKind::Int) return leave();
  std::vector<Temp*> operands;
  for (uint32_t n = 0; n < i.operandCount; ++n) {
    const Temp* t = i.operand(n);
    operands.push_back(!t ? nullptr : analysis::useModeOf(i, n) == analysis::UseMode::Borrow ? word(t) : owned(t));
  }
  std::vector<Function::Target> targets;
  for (uint32_t s = 0; s < i.successorCount; ++s) return leave();
  f_.append(at_, f_.create(i.op, operands, targets, i.index, i.index2, i.imm, i.imm2, i.site));
}

// The block of the version, with the arguments that it takes; or one that leaves, without arguments.
Block* Translator::edge(const Instruction& i, size_t successor, std::vector<Temp*>& arguments) {
  Block* general = i.target(successor);
  Block* to = versionOf(general);
  if (!to) return leaving(i, successor);
  const auto& kinds = parameterKinds_[general];
  const uint32_t count = i.successors[successor].argumentCount;
  // All are tested before one is consumed.
  for (uint32_t a = 0; a < count; ++a) {
    const Temp* t = i.argument(successor, a);
    const Known& k = known_[t];
    const bool hasWord = !t->type.isWord() || t->ownership == Ownership::Owned || k.word || k.kind == RawKind::Int;
    if (kinds[a] == RawKind::None && !hasWord) return leaving(i, successor);
    if (kinds[a] == RawKind::None || kindOf(t) == kinds[a]) continue;
    if (kindOf(t) != RawKind::None || (k.isInt && kinds[a] == RawKind::Int)) return leaving(i, successor);
    Block* out = leaving(i, successor);
    if (k.isInt) {
      guardOr(Op::CondBr, {value(Op::BoolNot, {k.isInt})}, out);
      known_[t] = {.kind = RawKind::Float, .raw = known_[t].raw};
      continue;
    }
    Temp* raw = guardOr(checkOf(kinds[a]), {known_[t].word}, out)->result();
    if (t->ownership == Ownership::Owned) drop(t);
    known_[t].kind = kinds[a];
    known_[t].raw = raw;
  }
  for (uint32_t a = 0; a < count; ++a) {
    const Temp* t = i.argument(successor, a);
    switch (kinds[a]) {
    case RawKind::Int: {
      Temp* raw = asInt(t);
      drop(t);
      arguments.push_back(raw);
      break;
    }
    case RawKind::Float: {
      Temp* raw = asFloat(t);
      drop(t);
      arguments.push_back(raw);
      break;
    }
    default:
      if (!t->type.isWord()) arguments.push_back(known_[t].word);
      else if (t->ownership == Ownership::Owned) arguments.push_back(owned(t));
      else arguments.push_back(known_[t].word ? known_[t].word : known_[t].raw);
    }
  }
  return to;
}

} // namespace krait::ir::passes::versions
