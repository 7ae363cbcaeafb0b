// IR function -> words. Registers are given to temporaries first (aliases of
// locals, cells and constants; persistent ones for what lives across a
// suspension; the rest reused within a block by a linear scan), then blocks are
// written in order and branch targets patched.
#include "ir/interp/code.h"

#include "ir/analysis/liveness.h"
#include "ir/interp/unit.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace krait::ir::interp {

namespace {

using core::Block;
using core::Instruction;
using core::kNone;
using core::Op;
using core::Temp;

bool usesCache(Op op) {
  return op == Op::AttrGet || op == Op::AttrSet || op == Op::Method || op == Op::MethodKw || op == Op::SplitPiece || op == Op::MethodLoad || op == Op::BoundLoad || op == Op::SuperLoad || op == Op::SuperLoadOf || op == Op::RealMethod || op == Op::RealMethodOfTwo || op == Op::WholeMethod ||
         op == Op::AttrPeek || op == Op::ConstantPeek || op == Op::GetterFind || op == Op::SetterFind || op == Op::StaticFind || op == Op::SuperFind;
}

// What a variable held dies here.
bool endsVariable(Op op) { return op == Op::LocalSet || op == Op::LocalClear || op == Op::CellSet; }

// Has a word for where the numbers of its local begin.
bool isAboutLoop(Op op) {
  return op == Op::RangeBegin || op == Op::RangeNext || op == Op::ListBegin || op == Op::ListItem || op == Op::ListStep || op == Op::ListIterator;
}

bool hasVariadic(Op op) {
  for (const core::OperandSpec* s = core::infoOf(op).operands; s->mode != core::OperandMode::End; ++s)
    if (s->mode == core::OperandMode::VarBorrow || s->mode == core::OperandMode::VarConsume) return true;
  return false;
}

class Decoder {
public:
  Decoder(Unit& unit, const core::Function& f)
      : unit_(unit), f_(f), flow_(f), liveness_(f, flow_), cleanups_(f, flow_, liveness_),
        code_(std::make_unique<Code>()), registers_(f.tempCount(), kNone) {}

  std::unique_ptr<Code> run() {
    code_->unit = &unit_;
    code_->function = &f_;
    code_->varCount = f_.varCount;
    code_->firstCaptured = f_.firstCaptured();
    code_->paramCount = f_.paramCount();
    code_->cellCount = static_cast<uint32_t>(f_.cells.size());
    code_->freeCount = static_cast<uint32_t>(f_.frees.size());
    code_->variables = code_->persistent = placeLocals();
    placeSuspended();
    code_->frees = code_->persistent;
    code_->null = code_->frees + code_->freeCount;
    code_->firstConstant = code_->null + 1;
    if (!placeConstants()) return nullptr;
    code_->registerCount = code_->firstConstant + static_cast<uint32_t>(code_->constants.size());
    placeNumbers();
    makeShapes();
    placeAliases();
    placeOthers();
    code_->resumePoints.assign(f_.yieldCount + 1, 0);
    starts_.assign(f_.blockIdLimit(), kNone);
    const auto& order = flow_.order();
    for (size_t n = 0; n < order.size(); ++n) {
      following_ = n + 1 < order.size() ? order[n + 1] : nullptr;
      block(order[n]);
    }
    patch();
    code_->constantCount = static_cast<uint32_t>(code_->constants.size());
    code_->innerWords = f_.isGenerator() || (f_.flags & kCodeAsBytecode) ? kNone : (code_->registerCount + 1) & ~1u; // aligned as the stack is
    return std::move(code_);
  }

private:
  // ---- registers -----------------------------------------------------------------------------
  uint32_t localRegister(uint32_t local) const { return localRegisters_[local]; }
  // How many registers locals that are words and own cells take.
  uint32_t placeLocals() {
    localRegisters_.assign(f_.locals.size(), kNone);
    for (uint32_t n = 0; n < f_.varCount; ++n) localRegisters_[n] = n;
    uint32_t next = f_.varCount + static_cast<uint32_t>(f_.cells.size());
    for (uint32_t n = f_.varCount; n < f_.locals.size(); ++n)
      if (f_.locals[n].type.isWord()) localRegisters_[n] = next++;
    return next;
  }
  // In their order, so that those of a raw local stay together.
  void placeNumbers() {
    for (uint32_t& r : localRegisters_)
      if (r == kNone) r = code_->registerCount++;
    for (uint32_t n = 0; n < f_.raws.size(); ++n)
      if (const core::RawLocal& raw = f_.raws[n]; raw.kind != core::RawKind::None)
        code_->raws.push_back({raw.kind, localRegister(n), raw.first == kNone ? kNone : localRegister(raw.first), raw.mayBeInt});
  }
  void makeShapes() {
    for (const core::ObjectShape& shape : f_.shapes) {
      std::vector<Value>& words = code_->shapeNames.emplace_back();
      for (uint32_t name : shape.names) words.push_back(unit_.name(name));
      code_->shapes.emplace_back((sizeof(Shape) + shape.names.size() * sizeof(uint64_t)) / sizeof(uint64_t));
      Code::Methods& methods = code_->shapeMethods.emplace_back();
      methods.all.forget();
      const auto order = inOrder(shape);
      for (const core::ObjectShape::Method* method : order) {
        methods.list.push_back({unit_.name(method->name), nullptr, unit_.codeInfo(method->function), method->kind, method->asWritten, placeOfCaller(order, *method)});
        methods.all.ofClass += isOfClass(method->kind);
      }
      methods.all.count = methods.list.size();
    }
    const std::vector<bool> written = f_.writtenShapes();
    for (uint32_t n = 0; n < code_->shapes.size(); ++n) {
      code_->shape(n)->isWritten = written[n];
      code_->shape(n)->count = code_->shapeNames[n].size();
      code_->shape(n)->names = code_->shapeNames[n].data();
      Code::Methods& methods = code_->shapeMethods[n];
      methods.all.list = methods.list.data();
      if (methods.all.count) code_->shape(n)->methods = &methods.all;
    }
  }
  uint32_t cellRegister(uint32_t cell) const {
    return f_.isOwnCell(cell) ? f_.varCount + cell
                              : code_->frees + cell - static_cast<uint32_t>(f_.cells.size());
  }
  static bool isAlias(const Instruction& i) {
    switch (i.op) {
    case Op::LocalGet:
    case Op::LocalRead:
    case Op::LocalPeek:
    case Op::LocalLend:
    case Op::CellRef:
    case Op::Const: return true;
    default: return false;
    }
  }
  void persist(Temp* t) {
    if (registers_[t->id] != kNone || (t->definition && isAlias(*t->definition))) return;
    registers_[t->id] = code_->persistent++;
  }

  // Temporaries live across a suspension.
  void placeSuspended() {
    if (!f_.isGenerator()) return;
    uint32_t firstTemporary = code_->persistent;
    std::vector<std::pair<size_t, std::vector<Temp*>>> suspended; // state, what is live there
    for (Block* b : flow_.order()) {
      bool suspends = false;
      for (Instruction* i = b->first; i; i = i->next) suspends |= core::has(i->op, core::op_flags::kSuspends);
      if (!suspends) continue;
      std::vector<Temp*> live;
      auto add = [&](Temp* t) {
        if (t && std::find(live.begin(), live.end(), t) == live.end()) live.push_back(t);
      };
      Instruction* last = b->last;
      for (uint32_t s = 0; s < last->successorCount; ++s)
        for (Temp* t : liveness_.liveIn(last->target(s))) add(t);
      for (Instruction* i = last; i; i = i->previous) {
        for (uint32_t r = 0; r < i->resultCount; ++r) std::erase(live, i->results[r]);
        if (i->is(Op::YieldFrom)) add(i->operand(0));
        if (core::has(i->op, core::op_flags::kSuspends)) {
          for (Temp* t : live) persist(t);
          suspended.push_back({static_cast<size_t>(i->imm), live});
        }
        for (uint32_t u = 0; u < i->useCount; ++u) add(i->uses[u].temp);
      }
    }
    // While it sleeps, the collector takes every word for an owned one: those not live there are emptied.
    code_->emptied.resize(f_.yieldCount + 1);
    for (auto& [state, live] : suspended)
      for (uint32_t r = firstTemporary; r < code_->persistent; ++r)
        if (std::none_of(live.begin(), live.end(), [&](Temp* t) { return registers_[t->id] == r; }))
          code_->emptied[state].push_back(r);
  }

  uint32_t constantRegister(core::ConstantId id) {
    auto [at, isNew] = constantRegisters_.try_emplace(id, 0u);
    if (isNew) {
      at->second = code_->firstConstant + static_cast<uint32_t>(code_->constants.size());
      code_->constants.push_back(unit_.constant(id));
    }
    return at->second;
  }
  bool placeConstants() {
    for (Block* b : flow_.order())
      for (Instruction* i = b->first; i; i = i->next) {
        uint32_t attributes = i->info().attributes;
        if (attributes & core::attribute::CONST) constantRegister(i->index);
        if (attributes & core::attribute::CONST2) constantRegister(i->index2);
      }
    return std::find(code_->constants.begin(), code_->constants.end(), Value()) == code_->constants.end();
  }

  void placeAliases() {
    for (Block* b : flow_.order())
      for (Instruction* i = b->first; i; i = i->next) {
        if (!isAlias(*i)) continue;
        uint32_t& r = registers_[i->result()->id];
        if (i->is(Op::Const))
          r = constantRegister(i->index);
        else if (i->is(Op::CellRef))
          r = cellRegister(i->cell());
        else
          r = localRegister(i->local());
      }
  }

  static bool staysInBlock(const Temp* t, const Block* b) {
    if (t->isParameter()) return false;
    for (const core::Use* u = t->uses; u; u = u->next)
      if (u->user->block != b) return false;
    return true;
  }

  // Registers of block-local temporaries are reused; the others have one each.
  void placeOthers() {
    uint32_t& count = code_->registerCount;
    for (Block* b : flow_.order()) {
      for (Temp* p : b->parameters)
        if (registers_[p->id] == kNone) registers_[p->id] = count++;
      for (Instruction* i = b->first; i; i = i->next)
        for (uint32_t r = 0; r < i->resultCount; ++r)
          if (Temp* t = i->results[r]; registers_[t->id] == kNone && !staysInBlock(t, b)) registers_[t->id] = count++;
    }
    std::vector<uint32_t> free;
    std::vector<uint32_t> usesLeft(f_.tempCount(), 0);
    for (Block* b : flow_.order()) {
      free.clear();
      uint32_t next = sharedBase_ == kNone ? (sharedBase_ = count) : sharedBase_;
      for (Instruction* i = b->first; i; i = i->next) {
        // Results first: they never share a register with an operand of the same instruction.
        for (uint32_t r = 0; r < i->resultCount; ++r) {
          Temp* t = i->results[r];
          if (registers_[t->id] != kNone) continue;
          uint32_t uses = 0;
          for (core::Use* u = t->uses; u; u = u->next) ++uses;
          usesLeft[t->id] = uses;
          if (free.empty()) {
            registers_[t->id] = next++;
            sharedEnd_ = std::max(sharedEnd_, next);
          } else {
            registers_[t->id] = free.back();
            free.pop_back();
          }
        }
        for (uint32_t u = 0; u < i->useCount; ++u)
          if (Temp* t = i->uses[u].temp; t && usesLeft[t->id] && --usesLeft[t->id] == 0)
            free.push_back(registers_[t->id]);
        for (uint32_t r = 0; r < i->resultCount; ++r)
          if (Temp* t = i->results[r]; !t->uses && registers_[t->id] >= sharedBase_) free.push_back(registers_[t->id]);
      }
    }
    count = std::max(count, sharedEnd_);
  }

  uint32_t reg(const Temp* t) const { return t ? registers_[t->id] : code_->null; }

  // ---- words -----------------------------------------------------------------------------------
  void word(uint32_t w) { code_->words.push_back(w); }
  void opcode(Opcode op) { begin(static_cast<uint32_t>(op)); }
  // An instruction's first word.
  void begin(uint32_t op) {
    instructions_.push_back(here());
    word(op);
  }
  uint32_t here() const { return static_cast<uint32_t>(code_->words.size()); }
  void target(const Block* b) {
    patches_.push_back({here(), b});
    word(0);
  }

  void errorPoint(const Instruction& i) {
    ErrorPoint point{here(), ErrorPoint::kNoHandler, static_cast<uint32_t>(code_->cleanups.size()), 0,
                     core::addsTraceback(i), isRaw_};
    auto dying = cleanups_.at(&i);
    for (const Temp* t : dying) code_->cleanups.push_back(reg(t));
    point.cleanupCount = static_cast<uint32_t>(dying.size());
    code_->errors.push_back(point);
    errorHandlers_.push_back(i.block->handler);
  }

  void block(Block* b) {
    starts_[b->id] = here();
    isRaw_ = b->version;
    for (Instruction* i = b->first; i; i = i->next) instruction(*i);
    if (!b->terminator()) {
      fprintf(stderr, "krait: block ^%u of %s has no terminator\n", b->id, f_.qualname.c_str());
      abort();
    }
  }

  void instruction(const Instruction& i) {
    using namespace core::attribute;
    switch (i.op) {
    case Op::Const:
    case Op::LocalRead:
    case Op::LocalPeek:
    case Op::LocalLend:
    case Op::CellRef:
    case Op::ProfileEnter: // a compiled program counts
    case Op::ProfileRound:
    case Op::ProfileValue: return;
    case Op::LocalGet:
      errorPoint(i);
      opcode(Opcode::CheckLocal);
      word(i.site);
      word(reg(i.result()));
      return;
    case Op::Br:
      if (i.successors[0].argumentCount == 0 && i.target(0) == following_) return; // it stands behind
      return branch(i, 0);
    case Op::CondBr: return conditional(i);
    default: break;
    }
    if (core::has(i.op, core::op_flags::kSuspends)) code_->resumePoints[static_cast<size_t>(i.imm)] = here();
    bool raises = core::mayRaise(i.op);
    if (raises) errorPoint(i);
    // Whoever holds the frame gets the locals.
    if (i.is(Op::FrameLeave) && isRaw_) opcode(Opcode::VersionExit);
    if (i.is(Op::FrameLeave) || i.is(Op::VersionExit)) isRaw_ = false;
    begin(static_cast<uint32_t>(i.op));
    if (raises || i.is(Op::FrameLeave) || endsVariable(i.op)) word(i.site);
    uint32_t attributes = i.info().attributes;
    if (attributes & IMM) {
      word(static_cast<uint32_t>(i.imm));
      if (i.is(Op::I64Const) || i.is(Op::F64Const) || i.is(Op::IntConst)) word(static_cast<uint32_t>(static_cast<uint64_t>(i.imm) >> 32));
    }
    if (attributes & IMM2) word(static_cast<uint32_t>(i.imm2));
    if (attributes & (NAME | GLOBAL | FUNCTION)) word(i.index);
    if (attributes & CONST) word(constantRegister(i.index));
    if (attributes & LOCAL) word(localRegister(i.index));
    if (isAboutLoop(i.op)) word(localRegister(f_.raws[i.index].first));
    if (attributes & CELL) word(cellRegister(i.index2));
    if (attributes & CONST2) word(constantRegister(i.index2));
    if (attributes & LOCAL2) word(localRegister(i.index2));
    if (usesCache(i.op)) {
      word(static_cast<uint32_t>(code_->caches.size()));
      code_->caches.push_back(AttrCache{});
    }
    if (i.is(Op::GlobalGet)) {
      word(static_cast<uint32_t>(code_->globalCaches.size()));
      code_->globalCaches.push_back(GlobalCache{});
    }
    if (i.info().result == core::ResultRule::Many) word(i.resultCount);
    for (uint32_t r = 0; r < i.resultCount; ++r) word(reg(i.results[r]));
    if (hasVariadic(i.op)) word(i.operandCount);
    for (uint32_t u = 0; u < i.operandCount; ++u) word(reg(i.uses[u].temp));
    if (attributes & SUCC2) targets(i);
  }

  // Moves the arguments of a successor, then jumps.
  void branch(const Instruction& i, size_t successor) {
    const core::Successor& to = i.successors[successor];
    std::vector<std::pair<uint32_t, uint32_t>> moves; // to, from
    for (uint32_t k = 0; k < to.argumentCount; ++k) {
      uint32_t destination = reg(to.block->parameters[k]), source = reg(i.argument(successor, k));
      if (destination != source) moves.push_back({destination, source});
    }
    // A parallel assignment: what is not read any more is written first; a cycle is broken by a spare register.
    while (!moves.empty()) {
      auto ready = std::find_if(moves.begin(), moves.end(), [&](auto& m) {
        return std::none_of(moves.begin(), moves.end(), [&](auto& other) { return other.second == m.first; });
      });
      if (ready == moves.end()) {
        uint32_t spare = code_->registerCount++;
        emitMove(spare, moves.front().second);
        uint32_t freed = moves.front().second;
        for (auto& m : moves)
          if (m.second == freed) m.second = spare;
        continue;
      }
      emitMove(ready->first, ready->second);
      moves.erase(ready);
    }
    opcode(Opcode::Jump);
    target(to.block);
  }
  void emitMove(uint32_t to, uint32_t from) {
    opcode(Opcode::Move);
    word(to);
    word(from);
  }

  void conditional(const Instruction& i) {
    opcode(Opcode::CondBr);
    word(reg(i.operand(0)));
    targets(i);
  }

  // Two words; an edge with arguments goes over moves that stand behind the instruction.
  void targets(const Instruction& i) {
    uint32_t at = here();
    word(0);
    word(0);
    for (size_t s = 0; s < 2; ++s) {
      if (i.successors[s].argumentCount == 0) {
        patches_.push_back({at + static_cast<uint32_t>(s), i.target(s)});
      } else {
        code_->words[at + s] = here();
        branch(i, s);
      }
    }
  }

  Opcode opcodeAt(uint32_t at) const { return static_cast<Opcode>(code_->words[at]); }
  // Where execution goes on that comes to `at`: behind jumps.
  uint32_t behindJumps(uint32_t at) const {
    for (uint32_t n = 0; n < 16 && opcodeAt(at) == Opcode::Jump; ++n) at = code_->words[at + 1];
    return at;
  }
  // Gives the first of two instructions the opcode of both.
  void fuse() {
    std::vector<uint32_t>& words = code_->words;
    for (size_t n = 0; n + 1 < instructions_.size(); ++n) {
      const uint32_t at = instructions_[n], next = instructions_[n + 1];
      const auto becomes = [&](Opcode both) { words[at] = static_cast<uint32_t>(both); };
      switch (opcodeAt(at)) {
      case Opcode::Poll:
        if (opcodeAt(next) == Opcode::Jump) becomes(Opcode::PollJump);
        break;
      case Opcode::Copy:
        if (opcodeAt(next) == Opcode::LocalSet && words[next + 3] == words[at + 1]) becomes(Opcode::CopySet);
        if (opcodeAt(next) == Opcode::Yield && words[next + 4] == words[at + 1]) becomes(Opcode::CopyYield);
        break;
      case Opcode::Move:
        if (opcodeAt(next) == Opcode::Jump) becomes(Opcode::MoveJump);
        break;
      case Opcode::NextBr:
        if (const uint32_t then = words[at + 4]; opcodeAt(then) == Opcode::LocalSet && words[then + 3] == words[at + 2]) becomes(Opcode::NextSet);
        break;
      case Opcode::FrameLeave:
        if (opcodeAt(next) == Opcode::Ret) becomes(Opcode::LeaveRet);
        break;
      default: break;
      }
    }
  }

  void patch() {
    for (auto& [at, block] : patches_) code_->words[at] = starts_[block->id];
    for (auto& [at, block] : patches_) code_->words[at] = behindJumps(code_->words[at]);
    fuse();
    for (size_t k = 0; k < errorHandlers_.size(); ++k)
      if (errorHandlers_[k]) code_->errors[k].handler = starts_[errorHandlers_[k]->id];
  }

  Unit& unit_;
  const core::Function& f_;
  analysis::Flow flow_;
  analysis::TempLiveness liveness_;
  analysis::Cleanups cleanups_;
  std::unique_ptr<Code> code_;
  std::vector<uint32_t> registers_; // by temporary
  std::vector<uint32_t> localRegisters_; // by local
  bool isRaw_ = false; // the raw locals, where words are written
  std::unordered_map<core::ConstantId, uint32_t> constantRegisters_;
  uint32_t sharedBase_ = kNone, sharedEnd_ = 0;
  std::vector<uint32_t> starts_; // by block
  std::vector<uint32_t> instructions_; // where they begin, in their order
  const Block* following_ = nullptr; // the block that is written next
  struct Patch {
    uint32_t at;
    const Block* block;
  };
  std::vector<Patch> patches_;
  std::vector<Block*> errorHandlers_; // of Code::errors
};

} // namespace

const ErrorPoint& Code::errorAt(uint32_t pc) const {
  auto at = std::lower_bound(errors.begin(), errors.end(), pc,
                             [](const ErrorPoint& point, uint32_t wanted) { return point.pc < wanted; });
  return *at;
}

std::unique_ptr<Code> decode(Unit& unit, const core::Function& function) { return Decoder(unit, function).run(); }

} // namespace krait::ir::interp
