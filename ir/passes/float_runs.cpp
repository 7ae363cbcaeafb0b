// Float arithmetic on raw numbers. A run is a stretch of a block that only
// computes: + - * / and comparisons, reads of locals and constants, stores of results
// into locals, deaths of what it made. With two operations or more, and some
// sign that floats are meant (a float constant, a division, an inferred type, a guess),
//
//     %2 = binary.mul %0, %0; %3 = binary.add %2, %1; kill %2; local.set $x, %3
// becomes
//     %c = all.float %0, %1; condbr %c, ^fast, ^slow
//   ^fast: %a = unbox.f64 %0; %b = unbox.f64 %1; %d = f64.mul %a, %a; %e = f64.add %d, %b
//          %x = box.f64 %e; local.set $x, %x; br ^join
//   ^slow: the original; br ^join
//
// Constants may be ints, as what floats are computed with; an int is stored as it is, and what is computed of ints alone ends a run.
//
// A division leaves for ^slow if the divisor is zero, to start again. Therefore a run
// has no division after something that must not be done twice: a store, or the
// death of a temporary that it did not make.
#include "ir/analysis/constants.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <unordered_set>

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr size_t kMaxOperations = 64, kMaxLeaves = 24;

Op rawOp(Op op) {
  switch (op) {
  case Op::BinaryAdd:
  case Op::InplaceAdd: return Op::F64Add;
  case Op::BinarySub:
  case Op::InplaceSub:
  case Op::UnaryNeg: return Op::F64Sub;
  case Op::BinaryMul:
  case Op::InplaceMul: return Op::F64Mul;
  case Op::BinaryTrueDiv:
  case Op::InplaceTrueDiv: return Op::F64Div;
  case Op::TestLt: return Op::F64Lt;
  case Op::TestLe: return Op::F64Le;
  case Op::TestEq: return Op::F64Eq;
  case Op::TestNe: return Op::F64Ne;
  case Op::TestGt: return Op::F64Gt;
  case Op::TestGe: return Op::F64Ge;
  default: return Op::kCount;
  }
}
bool isOperation(const Instruction& i) { return rawOp(i.op) != Op::kCount; }
bool isTest(const Instruction& i) { return i.op >= Op::TestLt && i.op <= Op::TestGe; }
bool consumesLeft(const Instruction& i) { return operandSpec(i.op, 0).mode == OperandMode::ConsumeOnSuccess; }
bool isLent(const Temp* t) { return t->definition && t->definition->is(Op::LocalLend); }
// `s += x` that has s's own reference: the store behind it finds the local empty.
bool isStoreOfLent(const Instruction& i) {
  const Instruction* from = i.is(Op::LocalInit) ? i.operand(0)->definition : nullptr;
  return from && isOperation(*from) && consumesLeft(*from) && isLent(from->operand(0));
}

// The number as a double, if it is a constant that converts exactly.
std::optional<double> numberOf(const Module& module, const Temp* t) {
  const Constant* c = analysis::constantOf(module, t);
  if (!c) return std::nullopt;
  if (c->kind == ConstantKind::Float) return c->real;
  constexpr int64_t kExact = int64_t{1} << 53;
  if (c->kind == ConstantKind::Int && c->integer <= kExact && c->integer >= -kExact) return static_cast<double>(c->integer);
  return std::nullopt;
}

class Run {
public:
  Run(Function& f, Instruction* first) : f_(f), block_(first->block), first_(first) {}

  // Finds how far the run goes and whether it is worth it.
  bool find() {
    size_t operations = 0;
    for (Instruction* i = first_; i && !isTerminator(i->op); i = i->next) {
      if (!accept(*i)) break;
      body_.push_back(i);
      operations += isOperation(*i);
    }
    if (operations < 2) return false;
    while (!body_.empty() && !isCheckedOut()) {}
    return operations_ >= 2 && !leaves_.empty() && leaves_.size() <= kMaxLeaves && evidence_;
  }
  bool isEmpty() const { return body_.empty(); }
  Instruction* last() const { return body_.back(); }

  // The block after the run, where the search goes on.
  Block* rewrite();

private:
  bool isMade(const Temp* t) const { return made_.contains(t); }

  bool accept(const Instruction& i) {
    if (body_.size() >= 4 * kMaxOperations && !isStoreOfLent(i)) return false;
    if (isOperation(i)) {
      bool divides = i.is(Op::BinaryTrueDiv) || i.is(Op::InplaceTrueDiv);
      if (divides && committed_) return false;
      bool areInts = true;
      for (uint32_t k = 0; k < i.operandCount; ++k) areInts &= intOf(i.operand(k)) != nullptr;
      if (areInts && !divides && !isTest(i)) return false;
      for (uint32_t k = 0; k < i.operandCount; ++k)
        if (!use(i.operand(k))) return false;
      committed_ |= consumesLeft(i) && !isMade(i.operand(0));
      if (!isTest(i)) made_.insert(i.result());
      return true;
    }
    switch (i.op) {
    case Op::Const: return true;
    case Op::LocalRead:
      if (auto at = stored_.find(i.local()); at != stored_.end()) {
        made_.insert(i.result());
        if (Temp* number = intOf(at->second)) ints_[i.result()] = number;
      }
      return true;
    case Op::Copy:
      if (!isMade(i.operand(0)) && !use(i.operand(0))) return false;
      made_.insert(i.result());
      if (Temp* number = intOf(i.operand(0))) ints_[i.result()] = number;
      return true;
    case Op::Kill:
      if (isMade(i.operand(0))) return true;
      committed_ = true;
      return used_.contains(i.operand(0));
    case Op::LocalSet:
    case Op::LocalInit:
      if (!isMade(i.operand(0)) || !i.operand(0)->definition || i.operand(0)->definition->is(Op::LocalRead)) return false;
      stored_[i.local()] = i.operand(0);
      committed_ = true;
      return true;
    default: return false;
    }
  }
  // The constant, if it is an int, that the run has here: itself, or what it made of it.
  Temp* intOf(Temp* t) const {
    if (auto made = ints_.find(t); made != ints_.end()) return made->second;
    const Constant* c = isMade(t) ? nullptr : analysis::constantOf(f_.module, t);
    if (!c || c->kind != ConstantKind::Int) return nullptr;
    while (t->definition->is(Op::Copy)) t = t->definition->operand(0);
    return t;
  }
  // An operand: made in the run, a number, or a leaf that may be a float.
  bool use(const Temp* t) {
    if (isMade(t) || numberOf(f_.module, t)) return true;
    if (t->type.mayBeNull() || !t->type.mayBe(TypeBit::Float) || t->guess == Guess::Int) return false;
    used_.insert(t);
    return true;
  }

  // Whether what the run makes can be handed on; if not, the run was cut, and is to be looked at again.
  bool isCheckedOut() {
    std::unordered_set<const Instruction*> inside(body_.begin(), body_.end());
    made_.clear(), used_.clear(), stored_.clear(), leaves_.clear(), ints_.clear();
    operations_ = 0;
    evidence_ = committed_ = false;
    size_t useful = 0; // up to the last instruction worth having
    for (size_t n = 0; n < body_.size(); ++n) {
      Instruction& i = *body_[n];
      accept(i);
      bool isRead = i.is(Op::LocalRead) && isMade(i.result());
      if (isRead || i.is(Op::Copy)) {
        for (const Use* u = i.result()->uses; u; u = u->next)
          if (!inside.contains(u->user)) return cut(n);
      }
      if (isOperation(i)) {
        ++operations_;
        evidence_ |= i.is(Op::BinaryTrueDiv) || i.is(Op::InplaceTrueDiv);
        for (uint32_t k = 0; k < i.operandCount; ++k) {
          Temp* t = i.operand(k);
          const Constant* c = analysis::constantOf(f_.module, t);
          evidence_ |= c ? c->kind == ConstantKind::Float : t->type.isFloat() || t->guess == Guess::Float;
          if (!isMade(t) && !numberOf(f_.module, t)) leaf(t);
        }
      } else if (i.is(Op::Copy) && !isMade(i.operand(0)) && !numberOf(f_.module, i.operand(0))) {
        leaf(i.operand(0));
      }
      if (!i.is(Op::LocalRead) && !i.is(Op::Const) && !i.is(Op::Copy)) useful = n + 1;
    }
    if (useful < body_.size()) return cut(useful);
    return true;
  }
  bool cut(size_t n) {
    body_.resize(n);
    if (n == 0) operations_ = 0;
    return false;
  }
  void leaf(Temp* t) {
    if (std::find(leaves_.begin(), leaves_.end(), t) == leaves_.end()) leaves_.push_back(t);
  }

  Temp* emit(Op op, std::initializer_list<Temp*> operands, uint32_t index = kNone, int64_t imm = 0) {
    Instruction* made = f_.create(op, std::span<Temp* const>(operands.begin(), operands.size()), {}, index, kNone, imm);
    f_.append(at_, made);
    return made->resultCount ? made->result() : nullptr;
  }
  Temp* number(double v) { return emit(Op::F64Const, {}, kNone, std::bit_cast<int64_t>(v)); }
  Temp* box(Temp* raw) {
    Temp* made = emit(Op::BoxF64, {raw});
    made->guess = Guess::Float;
    return made;
  }
  // What a local gets: an int as it is.
  Temp* stored(Temp* t) {
    Temp* number = intOf(t);
    if (!number) return box(rawOf(t));
    Temp* made = emit(Op::Copy, {number});
    made->type = number->type;
    made->guessAs(*number);
    return made;
  }
  Temp* rawOf(Temp* t) {
    if (auto found = raw_.find(t); found != raw_.end()) return found->second;
    Temp* constant = intOf(t);
    std::optional<double> v = numberOf(f_.module, constant ? constant : t);
    return v ? raw_[t] = number(*v) : nullptr;
  }
  void fast(const Instruction& i);

  Function& f_;
  Block* block_;
  Instruction* first_;
  std::vector<Instruction*> body_;
  std::unordered_set<const Temp*> made_, used_;
  std::unordered_map<const Temp*, Temp*> ints_; // what the run made that is an int -> the constant
  std::unordered_map<uint32_t, Temp*> stored_; // local -> what the run put there last
  std::vector<Temp*> leaves_;
  size_t operations_ = 0;
  bool evidence_ = false;
  bool committed_ = false; // something was done that must not be done twice
  // while rewriting
  Block *at_ = nullptr, *slow_ = nullptr;
  std::unordered_map<const Temp*, Temp*> raw_;
};

// The instruction on raw numbers, at the end of the fast path.
void Run::fast(const Instruction& i) {
  if (isOperation(i)) {
    Temp* left = i.is(Op::UnaryNeg) ? number(-0.0) : rawOf(i.operand(0));
    Temp* right = rawOf(i.operand(i.operandCount - 1));
    if (rawOp(i.op) == Op::F64Div) {
      Temp* good = emit(Op::F64Ne, {right, number(0)});
      Block* next = f_.newBlock(at_);
      next->handler = block_->handler;
      next->cold = block_->cold;
      Function::Target targets[] = {{next, {}}, {slow_, {}}};
      Temp* operands[] = {good};
      f_.append(at_, f_.create(Op::CondBr, operands, targets));
      at_ = next;
    }
    raw_[i.result()] = emit(rawOp(i.op), {left, right});
    // The operation consumed an owned operand that the run did not make. A lent one is the local's, whose store drops it.
    bool isLeaf = std::find(leaves_.begin(), leaves_.end(), i.operand(0)) != leaves_.end();
    if (consumesLeft(i) && isLeaf && !isLent(i.operand(0))) emit(Op::Kill, {i.operand(0)});
    if (consumesLeft(i) && !isMade(i.operand(0)) && numberOf(f_.module, i.operand(0))) emit(Op::Kill, {i.operand(0)});
    return;
  }
  switch (i.op) {
  case Op::LocalRead: // of a local that the run stored
    if (!intOf(i.result())) raw_[i.result()] = raw_.at(stored_.at(i.local()));
    return;
  case Op::Copy:
    if (!intOf(i.operand(0))) raw_[i.result()] = rawOf(i.operand(0));
    return;
  case Op::Kill:
    if (!isMade(i.operand(0))) emit(Op::Kill, {i.operand(0)});
    return;
  case Op::LocalSet:
  case Op::LocalInit:
    emit(isStoreOfLent(i) ? Op::LocalSet : i.op, {stored(i.operand(0))}, i.local());
    stored_[i.local()] = i.operand(0);
    return;
  default: return;
  }
}

Block* Run::rewrite() {
  std::unordered_set<const Instruction*> inside(body_.begin(), body_.end());
  // Reads and constants go ahead of the run.
  std::vector<Instruction*> kept;
  for (Instruction* i : body_) {
    if (i->is(Op::Const) || (i->is(Op::LocalRead) && !isMade(i->result()))) {
      if (i != body_.front() || !kept.empty()) {
        f_.unlink(i);
        f_.insertBefore(kept.empty() ? first_ : kept.front(), i);
      }
    } else {
      kept.push_back(i);
    }
  }
  Block* fastBlock = f_.newBlock(block_);
  slow_ = f_.newBlock(fastBlock);
  Block* after = f_.newBlock(slow_);
  for (Block* b : {fastBlock, slow_, after}) b->handler = block_->handler, b->cold = block_->cold;
  slow_->cold = true;
  std::vector<Temp*> handedOn;
  for (Instruction* i : kept) {
    if (!isOperation(*i)) continue;
    for (const Use* u = i->result()->uses; u; u = u->next)
      if (!inside.contains(u->user)) {
        handedOn.push_back(i->result());
        break;
      }
  }
  while (Instruction* i = kept.back()->next) {
    f_.unlink(i);
    f_.append(after, i);
  }
  // The test looks at a lent leaf in its local; only the original takes it.
  std::vector<Temp*> looked = leaves_;
  for (Temp*& t : looked) {
    if (!isLent(t)) continue;
    Instruction *lend = t->definition, *read = f_.create(Op::LocalRead, {}, {}, lend->local());
    read->result()->type = t->type;
    read->result()->guess = t->guess;
    f_.insertBefore(lend, read);
    f_.unlink(lend);
    f_.append(slow_, lend);
    t = read->result();
  }
  for (Instruction* i : kept) {
    f_.unlink(i);
    f_.append(slow_, i);
  }
  Temp* all;
  {
    Instruction* test = f_.create(Op::AllFloat, looked);
    f_.append(block_, test);
    all = test->result();
  }
  Function::Target ways[] = {{fastBlock, {}}, {slow_, {}}};
  Temp* operands[] = {all};
  f_.append(block_, f_.create(Op::CondBr, operands, ways));
  at_ = fastBlock;
  for (size_t k = 0; k < looked.size(); ++k) raw_[leaves_[k]] = emit(Op::UnboxF64, {looked[k]});
  stored_.clear();
  for (Instruction* i : kept) fast(*i);
  std::vector<Temp*> fastArguments, slowArguments;
  for (Temp* t : handedOn) {
    bool isFlag = t->type.repr == Repr::I1;
    Temp* parameter = f_.addParameter(after, isFlag ? t->type : core::join(t->type, Type::of(TypeBit::Float)), t->ownership);
    parameter->guess = t->guess;
    for (Use* u = t->uses; u;) {
      Use* next = u->next;
      if (!inside.contains(u->user)) f_.setOperand(u->user, static_cast<size_t>(u - u->user->uses), parameter);
      u = next;
    }
    fastArguments.push_back(isFlag ? raw_.at(t) : box(raw_.at(t)));
    slowArguments.push_back(t);
  }
  auto leave = [&](Block* from, std::vector<Temp*>& arguments) {
    Function::Target target{after, arguments};
    f_.append(from, f_.create(Op::Br, {}, std::span(&target, 1)));
  };
  leave(at_, fastArguments);
  leave(slow_, slowArguments);
  return after;
}

} // namespace

bool runFloatRuns(Function& function) {
  if (!function.raws.empty()) return false; // its version has raw floats everywhere
  bool changed = false;
  for (Block* b = function.entry(); b;) {
    Block* next = b->next;
    for (Instruction* i = b->first; i;) {
      if (!isOperation(*i)) {
        i = i->next;
        continue;
      }
      Run run(function, i);
      if (!run.find()) {
        // What the run lacked, its parts lack too.
        i = run.isEmpty() ? i->next : run.last()->next;
        continue;
      }
      changed = true;
      next = run.rewrite();
      break;
    }
    b = next;
  }
  return changed;
}

} // namespace krait::ir::passes
