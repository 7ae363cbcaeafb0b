// The verifier. Four questions, in this order, each relying on the earlier ones:
// shape (blocks, attributes, operand kinds, the border of the version), dominance
// of uses, linear use of owned temporaries, and whether locals are bound where
// operations say so.
#include "ir/core/verifier.h"

#include "ir/core/printer.h"
#include "runtime/abi/value.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace krait::ir::core {

namespace {

using namespace op_flags;

constexpr size_t kMaxMessages = 20;

class Verifier {
public:
  explicit Verifier(const Function& f) : f_(f) {}

  std::vector<std::string> run() {
    if (!f_.entry()) {
      // Declared but not built yet.
      complain(nullptr, nullptr, "a function has a body");
      return std::move(messages_);
    }
    shape();
    if (messages_.empty()) order();
    if (messages_.empty()) dominance();
    if (messages_.empty()) linearity();
    if (messages_.empty()) boundness();
    return std::move(messages_);
  }

private:
  void complain(const Block* block, const Instruction* i, const char* rule) {
    if (messages_.size() >= kMaxMessages) return;
    std::string text = "@" + std::to_string(f_.number);
    if (block) text += " ^" + std::to_string(block->id);
    if (i) text += " `" + toText(f_, *i) + "`";
    messages_.push_back(text + ": " + rule);
  }

  // ---- shape -----------------------------------------------------------------------------------
  void shape() {
    isHandler_.assign(f_.blockIdLimit(), false);
    predecessors_.assign(f_.blockIdLimit(), 0);
    for (Block* b = f_.entry(); b; b = b->next) {
      if (b->handler) isHandler_[b->handler->id] = true;
      for (Instruction* i = b->first; i; i = i->next)
        for (uint32_t s = 0; s < i->successorCount; ++s) ++predecessors_[i->target(s)->id];
    }
    if (!f_.entry()->parameters.empty()) complain(f_.entry(), nullptr, "the entry block has no parameters");
    if (predecessors_[f_.entry()->id]) complain(f_.entry(), nullptr, "nothing branches to the entry block");
    if (f_.varCount > f_.locals.size() || f_.paramCount() > f_.varCount)
      complain(nullptr, nullptr, "locals are parameters, then variables, then hidden ones");
    if (f_.makesKeywordsLate() && !f_.hasVarKeywords) return complain(nullptr, nullptr, "only ** can be null in the beginning");
    if (f_.entry()->version) complain(f_.entry(), nullptr, "the entry block is in no version");
    rawLocals();
    for (Block* b = f_.entry(); b; b = b->next) {
      if (!b->terminator()) complain(b, nullptr, "a block ends with a terminator");
      if (isHandler_[b->id]) {
        if (predecessors_[b->id]) complain(b, nullptr, "a handler block is reached by errors only");
        if (!b->parameters.empty()) complain(b, nullptr, "a handler block has no parameters");
        if (!b->first || !(b->first->is(Op::ExcTake) || b->first->is(Op::ExcStopAsync)))
          complain(b, nullptr, "a handler block starts with exc.take or exc.stop_async");
        if (b->handler == b) complain(b, nullptr, "a block does not handle its own errors");
        if (b->version) complain(b, nullptr, "a handler block is in no version");
      }
      for (const Temp* t : b->parameters) guessedClass(b, nullptr, *t);
      bool isRaw = b->version; // what the raw locals are
      for (Instruction* i = b->first; i; i = i->next) {
        instructionShape(b, i);
        versionShape(b, i, isRaw);
        for (uint32_t r = 0; r < i->resultCount; ++r) guessedClass(b, i, *i->results[r]);
      }
    }
  }

  void guessedClass(const Block* b, const Instruction* i, const Temp& t) {
    if (t.ofClass == kNone) return;
    const auto& functions = f_.module.functions;
    if (t.ofClass >= functions.size() || functions[t.ofClass]->kind != FunctionKind::ClassBody) complain(b, i, "a guessed class is the body of one");
  }

  // ---- versions: the sorts of locals, and where which operations and edges may be --------------
  void rawLocals() {
    for (uint32_t n = 0; n < f_.varCount; ++n)
      if (!f_.locals[n].type.isWord()) complain(nullptr, nullptr, "a local of numbers is hidden");
    if (f_.raws.size() > f_.locals.size()) return complain(nullptr, nullptr, "a raw local exists");
    for (uint32_t n = 0; n < f_.raws.size(); ++n) {
      const RawLocal& raw = f_.raws[n];
      if (raw.mayBeInt && raw.kind != RawKind::Float) complain(nullptr, nullptr, "what may be an int is a float");
      const bool isIterator = raw.kind == RawKind::Range || raw.kind == RawKind::List;
      const uint32_t parts = partsOf(raw.kind);
      const Type wanted = Type::raw(isIterator || raw.kind == RawKind::Unsigned ? Repr::I64 : Repr::F64);
      if (raw.kind != RawKind::None && !f_.locals[n].type.isWord()) complain(nullptr, nullptr, "the local that is raw in the version is a word");
      bool good = parts == 0 || (raw.first < f_.locals.size() && f_.locals.size() - raw.first >= parts);
      for (uint32_t k = 0; good && k < parts; ++k) good = f_.locals[raw.first + k].type == wanted;
      if (!good) complain(nullptr, nullptr, "a raw local has locals of its own: one f64 (float), two (complex), three i64 (range), one i64 (list, unsigned)");
    }
  }

  // Whether the operation is about raw locals, and if it names one, whether the local is of its sort.
  bool isAboutRaw(const Instruction* i, bool& fits) const {
    const RawKind kind = f_.rawKind(i->local());
    switch (i->op) {
    case Op::LocalBound:
    case Op::LocalUnbind: fits = kind != RawKind::None && kind != RawKind::List; return true;
    case Op::LocalBindReal:
    case Op::LocalIsInt: fits = kind == RawKind::Float && f_.raws[i->local()].mayBeInt; return true;
    case Op::LocalBind: fits = kind == RawKind::Float || kind == RawKind::Complex || kind == RawKind::Unsigned; return true;
    case Op::IntGet:
    case Op::IntSet: fits = kind == RawKind::Int; return true;
    case Op::F64Get:
    case Op::F64Set: fits = i->local() < f_.locals.size() && f_.locals[i->local()].type == Type::raw(Repr::F64); return true;
    case Op::I64Get:
    case Op::I64Set: fits = i->local() < f_.locals.size() && f_.locals[i->local()].type == Type::raw(Repr::I64); return true;
    case Op::RangeBegin:
    case Op::RangeNext: fits = kind == RawKind::Range; return true;
    case Op::ListBegin:
    case Op::ListItem:
    case Op::ListStep:
    case Op::ListIterator: fits = kind == RawKind::List; return true;
    case Op::VersionExit: fits = true; return true;
    default: return false;
    }
  }

  // Its word is counted, whatever it is.
  bool isClearOfList(const Instruction* i) const { return i->is(Op::LocalClear) && f_.rawKind(i->local()) == RawKind::List; }

  void versionShape(const Block* b, const Instruction* i, bool& isRaw) {
    bool fits = false;
    if (isAboutRaw(i, fits)) {
      if (!b->version) complain(b, i, "operations on raw locals stand in a version only");
      else if (!isRaw) complain(b, i, "behind version.exit no local is raw");
      if (!fits) complain(b, i, "the local is raw as the operation wants it");
    } else if (i->info().attributes & attribute::LOCAL && i->local() < f_.locals.size()) {
      if (!f_.locals[i->local()].type.isWord()) complain(b, i, "a local of numbers is used by f64.get and f64.set only");
      else if (isRaw && f_.rawKind(i->local()) != RawKind::None && !isClearOfList(i)) complain(b, i, "before version.exit a raw local is used by its own operations only");
    }
    if (isRaw && i->is(Op::LocalsDict)) complain(b, i, "locals.dict stands behind version.exit");
    if (b->version && has(i->op, kSuspends)) complain(b, i, "a version does not suspend");
    if (i->is(Op::VersionExit)) isRaw = false;
    if (i->is(Op::VersionEnter)) {
      if (b->version) complain(b, i, "a version is entered from the general body");
      if (!i->target(0)->version || i->target(1)->version) complain(b, i, "version.enter goes to the version, or else to the general body");
      return;
    }
    for (uint32_t s = 0; s < i->successorCount; ++s) {
      const bool toVersion = i->target(s)->version;
      if (!b->version && toVersion) complain(b, i, "version.enter alone leads into a version");
      if (b->version && !toVersion && isRaw) complain(b, i, "version.exit stands where a version is left");
      if (b->version && toVersion && !isRaw) complain(b, i, "behind version.exit the general body goes on");
    }
  }

  void instructionShape(const Block* b, const Instruction* i) {
    if (i->block != b) complain(b, i, "an instruction knows its block");
    if (isTerminator(i->op) && i->next) complain(b, i, "a terminator is last");
    // After a negative exc.stop_async the exception is still pending, and taken in a later block.
    if (i->is(Op::ExcTake) && i->previous) complain(b, i, "exc.take is the first instruction of its block");
    if (i->is(Op::Ret) && f_.outlinedFrom == kNone && !(i->previous && i->previous->is(Op::FrameLeave)))
      complain(b, i, "frame.leave stands before ret");
    if (i->is(Op::FrameLeave) && f_.outlinedFrom != kNone) complain(b, i, "the body leaves the frame of an outlined loop");
    const bool mayBeSilent = f_.kind == FunctionKind::EagerGenerator && i->site == kNone;
    if (mayRaise(i->op) && !has(i->op, kNoTrace) && !mayBeSilent && i->site >= f_.allSites().size())
      complain(b, i, "a raising operation has a site");
    if ((i->is(Op::Method) || i->is(Op::MethodKw) || i->is(Op::SplitPiece)) && i->site + 1 >= f_.allSites().size())
      complain(b, i, "the site of a method's lookup follows that of the call");
    if (i->successorCount != successorsOf(i->op)) complain(b, i, "the row says how many targets there are");
    attributes(b, i);
    for (uint32_t k = 0; k < i->operandCount; ++k) operand(b, i, k);
    for (uint32_t s = 0; s < i->successorCount; ++s) target(b, i, s);
    if (hasResultFirst(i->op) && i->successorCount == 2) {
      if (predecessors_[i->target(0)->id] != 1)
        complain(b, i, "the target that has the result has no other predecessor");
      if (i->successors[0].argumentCount) complain(b, i, "the target that has the result takes no arguments");
    }
    if (i->is(Op::LocalLend)) lend(b, i);
  }

  // A method in front of it in the list.
  static bool isCalledFrom(const ObjectShape& shape, const ObjectShape::Method& method) {
    return std::any_of(shape.methods.data(), &method, [&](const ObjectShape::Method& caller) { return caller.function == method.after; });
  }

  void attributes(const Block* b, const Instruction* i) {
    using namespace attribute;
    const Module& m = f_.module;
    uint32_t a = i->info().attributes;
    auto check = [&](uint32_t which, uint32_t value, size_t limit, const char* rule) {
      if ((a & which) && value >= limit) complain(b, i, rule);
    };
    check(NAME, i->index, m.names.size(), "the name exists");
    check(GLOBAL, i->index, m.cells.size(), "the module cell exists");
    check(CONST, i->index, m.constants.size(), "the constant exists");
    check(FUNCTION, i->index, m.functions.size(), "the function exists");
    check(LOCAL, i->index, f_.locals.size(), "the local exists");
    check(CELL, i->index2, f_.cells.size() + f_.frees.size(), "the cell exists");
    check(CONST2, i->index2, m.constants.size(), "the constant exists");
    check(LOCAL2, i->index2, f_.locals.size(), "the local exists");
    if ((i->is(Op::CellMake) || i->is(Op::CellFromLocal)) && !f_.isOwnCell(i->cell()))
      complain(b, i, "only own cells are made");
    if ((i->is(Op::Yield) || i->is(Op::YieldFrom)) && (i->imm < 1 || i->imm > int64_t(f_.yieldCount)))
      complain(b, i, "suspensions are numbered from 1 to the function's count");
    if (has(i->op, kSuspends) && !f_.isGenerator()) complain(b, i, "only generators suspend");
    const bool isOfShape = i->is(Op::ShapeCheck) || i->is(Op::SlotGet) || i->is(Op::SlotReplace) || i->is(Op::ClassCheck) || i->is(Op::InstanceNew);
    if (isOfShape && (i->imm < 0 || i->imm >= int64_t(f_.shapes.size()))) complain(b, i, "the shape exists");
    else if (isOfShape && (a & IMM2) && (i->imm2 < 0 || i->imm2 >= int64_t(f_.shapes[size_t(i->imm)].names.size())))
      complain(b, i, "the shape has the slot");
    if (isOfShape && i->imm >= 0 && i->imm < int64_t(f_.shapes.size()))
      for (const ObjectShape::Method& method : f_.shapes[size_t(i->imm)].methods) {
        if (method.function >= m.functions.size()) complain(b, i, "the function exists");
        else if (method.kind == MethodKind::Super && !isCalledFrom(f_.shapes[size_t(i->imm)], method)) complain(b, i, "the shape expects who calls super()");
      }
    if (i->is(Op::ClassSame) && (i->imm < 0 || i->imm > 3)) complain(b, i, "a class stands for an operand, or none does");
    if (i->is(Op::OperatorFindOf) && (i->imm < 1 || i->imm > 3)) complain(b, i, "a class stands for some operand");
    if (i->is(Op::SuperFind) && (i->imm < 0 || i->imm > 1)) complain(b, i, "a class stands for the receiver, or none does");
    if (i->is(Op::IntConst) && !Value::fitsSmall(i->imm)) complain(b, i, "a small int has 63 bits");
    if (i->is(Op::SliceMove) && i->imm == 0) complain(b, i, "a slice steps");
    if ((i->is(Op::TupleSized) || i->is(Op::ListSized) || i->is(Op::ItemsOf)) && i->imm < 0) complain(b, i, "a length is not negative");
    if (i->is(Op::ZipIterator) && (i->imm < 0 || i->imm >= i->imm2)) complain(b, i, "a zip has the iterator");
    if ((i->is(Op::ListIndex) || i->is(Op::TupleIndex)) && (i->imm < 0 || i->imm > 2))
      complain(b, i, "an index counts from the start (0), the end (1) or either (2)");
    const bool isFloatItem = i->is(Op::ArrayGetF64) || i->is(Op::ArrayPutF64), isIntItem = i->is(Op::ArrayGetInt) || i->is(Op::ArrayPutInt);
    if ((isFloatItem && !isFloatCode(char(i->imm))) || (isIntItem && !isIntCode(char(i->imm)))) complain(b, i, "the type code is one for such numbers");
    if ((isFloatItem || isIntItem) && i->imm2 != 0 && i->imm2 != 1) complain(b, i, "an index counts from the start (0) or the end (1)");
  }

  void operand(const Block* b, const Instruction* i, uint32_t k) {
    const OperandSpec& spec = operandSpec(i->op, k);
    const Temp* t = i->operand(k);
    if (spec.mode == OperandMode::End) return complain(b, i, "the row says how many operands there are");
    if (!t) {
      if (spec.mode != OperandMode::Nullable) complain(b, i, "only a nullable operand may be absent");
      return;
    }
    auto raw = [&](Repr r) {
      if (t->type.repr != r) complain(b, i, "an operand has the representation that the row asks for");
    };
    switch (spec.mode) {
    case OperandMode::I64: return raw(Repr::I64);
    case OperandMode::F64: return raw(Repr::F64);
    case OperandMode::I1: return raw(Repr::I1);
    case OperandMode::SmallInt:
      if (!t->type.isOnly(Type::bit(TypeBit::SmallInt))) complain(b, i, "an operand is known to be a small int where the row asks for one");
      return;
    default: raw(Repr::Word);
    }
    bool consumes = spec.mode == OperandMode::Consume || spec.mode == OperandMode::VarConsume ||
                    spec.mode == OperandMode::ConsumeOnSuccess;
    if (consumes && t->ownership != Ownership::Owned) complain(b, i, "only an owned temporary is consumed (copy it)");
    if (t->type.mayBeNull() && !spec.mayBeNull) complain(b, i, "a temporary that may be null is only a nullable operand or killed");
  }

  void target(const Block* b, const Instruction* i, uint32_t s) {
    const Block* to = i->target(s);
    if (i->successors[s].argumentCount != to->parameters.size())
      return complain(b, i, "a branch gives the block as many arguments as it has parameters");
    for (uint32_t k = 0; k < to->parameters.size(); ++k) {
      const Temp *given = i->argument(s, k), *wanted = to->parameters[k];
      if (!given) complain(b, i, "an argument of a branch is there");
      else if (given->ownership != wanted->ownership || !core::covers(wanted->type, given->type))
        complain(b, i, "an argument has the type and ownership of the parameter");
    }
  }

  void lend(const Block* b, const Instruction* i) {
    const Use* use = i->result()->uses;
    bool good = use && !use->next && use->user->block == b && use->user->operandCount == 2 &&
                operandSpec(use->user->op, 0).mode == OperandMode::ConsumeOnSuccess &&
                use->user->operand(0) == i->result();
    if (good) {
      const Instruction* init = use->user->next;
      good = init && init->is(Op::LocalInit) && init->local() == i->local() && init->operand(0) == use->user->result();
    }
    if (!good) complain(b, i, "local.lend's only use is the left of inplace.*, followed by local.init");
  }

  // ---- order of blocks -------------------------------------------------------------------------
  // Reverse postorder from the entry, then from each handler: handlers have no dominator but themselves.
  void order() {
    number_.assign(f_.blockIdLimit(), kNone);
    std::vector<Block*> roots{f_.entry()};
    for (Block* b = f_.entry(); b; b = b->next)
      if (isHandler_[b->id]) roots.push_back(b);
    std::vector<Block*> postorder;
    std::vector<std::pair<Block*, uint32_t>> stack;
    std::vector<bool> seen(f_.blockIdLimit());
    for (size_t r = roots.size(); r-- > 0;) {
      if (seen[roots[r]->id]) continue;
      seen[roots[r]->id] = true;
      stack.push_back({roots[r], 0});
      while (!stack.empty()) {
        auto& [b, next] = stack.back();
        Instruction* t = b->terminator();
        if (next < t->successorCount) {
          Block* to = t->target(next++);
          if (!seen[to->id]) {
            seen[to->id] = true;
            stack.push_back({to, 0});
          }
          continue;
        }
        postorder.push_back(b);
        stack.pop_back();
      }
    }
    blocks_.assign(postorder.rbegin(), postorder.rend());
    for (uint32_t n = 0; n < blocks_.size(); ++n) number_[blocks_[n]->id] = n;
  }

  bool isRoot(const Block* b) const { return b == f_.entry() || isHandler_[b->id]; }

  // ---- dominance -------------------------------------------------------------------------------
  void dominance() {
    const uint32_t count = static_cast<uint32_t>(blocks_.size());
    std::vector<std::vector<uint32_t>> preds(count);
    for (uint32_t n = 0; n < count; ++n) {
      Instruction* t = blocks_[n]->terminator();
      for (uint32_t s = 0; s < t->successorCount; ++s) preds[number_[t->target(s)->id]].push_back(n);
    }
    // Node `count` is the virtual root. Cooper, Harvey, Kennedy.
    const uint32_t root = count;
    idom_.assign(count + 1, kNone);
    idom_[root] = root;
    auto rank = [&](uint32_t n) { return n == root ? 0 : n + 1; };
    auto meet = [&](uint32_t a, uint32_t b) {
      while (a != b) {
        while (rank(a) > rank(b)) a = idom_[a];
        while (rank(b) > rank(a)) b = idom_[b];
      }
      return a;
    };
    for (bool changed = true; changed;) {
      changed = false;
      for (uint32_t n = 0; n < count; ++n) {
        uint32_t now = isRoot(blocks_[n]) ? root : kNone;
        for (uint32_t p : preds[n])
          if (idom_[p] != kNone) now = now == kNone ? p : meet(now, p);
        if (now != idom_[n]) {
          idom_[n] = now;
          changed = true;
        }
      }
    }
    depth_.assign(count + 1, 0);
    for (uint32_t n = 0; n < count; ++n) depth_[n] = (idom_[n] == root ? 0 : depth_[idom_[n]]) + 1;

    std::vector<uint32_t> position(f_.tempCount(), 0); // of the definition inside its block
    uint32_t at = 1;
    for (Block* b : blocks_)
      for (Instruction* i = b->first; i; i = i->next, ++at)
        for (uint32_t r = 0; r < i->resultCount; ++r) position[i->results[r]->id] = at;
    at = 1;
    for (uint32_t n = 0; n < count; ++n)
      for (Instruction* i = blocks_[n]->first; i; i = i->next, ++at)
        for (uint32_t k = 0; k < i->useCount; ++k)
          if (const Temp* t = i->uses[k].temp) use(n, i, t, position[t->id], at);
  }

  void use(uint32_t n, const Instruction* i, const Temp* t, uint32_t defined, uint32_t at) {
    const bool isOnEdge = t->definition && hasResultFirst(t->definition->op);
    const Block* from = isOnEdge ? t->definition->target(0) : t->definingBlock();
    bool sameBlock = from == blocks_[n];
    bool insideItself = t->definition && !isOnEdge && sameBlock && defined >= at;
    if (!from || number_[from->id] == kNone || insideItself || !dominates(number_[from->id], n))
      complain(blocks_[n], i, "a definition dominates its uses");
  }
  bool dominates(uint32_t a, uint32_t b) const {
    while (b != blocks_.size() && depth_[b] > depth_[a]) b = idom_[b];
    return a == b;
  }

  // ---- owned temporaries -----------------------------------------------------------------------
  using Live = std::vector<uint32_t>; // sorted ids

  void linearity() {
    std::vector<Live> in(blocks_.size());
    std::vector<bool> known(blocks_.size());
    for (uint32_t n = 0; n < blocks_.size(); ++n) {
      Block* b = blocks_[n];
      if (isRoot(b)) known[n] = true;
      Live live = in[n];
      auto consume = [&](const Instruction* i, const Temp* t) {
        auto at = std::lower_bound(live.begin(), live.end(), t->id);
        if (at == live.end() || *at != t->id) complain(b, i, "an owned temporary is consumed once");
        else live.erase(at);
      };
      auto add = [&](const Temp* t) {
        if (t->ownership == Ownership::Owned) live.insert(std::lower_bound(live.begin(), live.end(), t->id), t->id);
      };
      for (const Temp* t : b->parameters) add(t);
      for (Instruction* i = b->first; i; i = i->next) {
        for (uint32_t k = 0; k < i->operandCount; ++k) {
          const Temp* t = i->operand(k);
          if (!t || t->ownership != Ownership::Owned) continue;
          if (!std::binary_search(live.begin(), live.end(), t->id)) complain(b, i, "an owned temporary is not used after it is consumed");
        }
        for (uint32_t k = 0; k < i->operandCount; ++k) {
          OperandMode mode = operandSpec(i->op, k).mode;
          if (mode == OperandMode::Consume || mode == OperandMode::VarConsume || mode == OperandMode::ConsumeOnSuccess)
            consume(i, i->operand(k));
        }
        if (i->is(Op::Ret) && !live.empty()) complain(b, i, "no owned temporary is left at ret");
        if (!hasResultFirst(i->op))
          for (uint32_t r = 0; r < i->resultCount; ++r) add(i->results[r]);
        for (uint32_t s = 0; s < i->successorCount; ++s) {
          Live out = live;
          for (uint32_t k = 0; k < i->successors[s].argumentCount; ++k) {
            const Temp* t = i->argument(s, k);
            if (t->ownership != Ownership::Owned) continue;
            auto at = std::lower_bound(out.begin(), out.end(), t->id);
            if (at == out.end() || *at != t->id) complain(b, i, "an owned temporary is consumed once");
            else out.erase(at);
          }
          for (uint32_t r = 0; s == 0 && hasResultFirst(i->op) && r < i->resultCount; ++r)
            if (const Temp* t = i->results[r]; t->ownership == Ownership::Owned)
              out.insert(std::lower_bound(out.begin(), out.end(), t->id), t->id);
          uint32_t to = number_[i->target(s)->id];
          if (!known[to]) {
            in[to] = std::move(out);
            known[to] = true;
          } else if (in[to] != out) {
            std::string which = difference(in[to], out);
            complain(b, i, ("paths that join have the same owned temporaries live:" + which).c_str());
          }
        }
      }
    }
  }
  static std::string difference(const Live& a, const Live& b) {
    Live d;
    std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(d));
    std::string text;
    for (uint32_t id : d) text += " %" + std::to_string(id);
    return text;
  }

  // ---- locals ----------------------------------------------------------------------------------
  // Per local: may be unbound (1), may be bound (2).
  using State = std::vector<uint8_t>;

  void boundness() {
    if (f_.locals.empty()) return;
    std::vector<State> in(blocks_.size());
    std::vector<uint32_t> work;
    std::vector<bool> queued(blocks_.size());
    auto flow = [&](const Block* to, const State& state) {
      uint32_t n = number_[to->id];
      bool changed = in[n].empty();
      if (changed) in[n] = state;
      else
        for (size_t k = 0; k < state.size(); ++k)
          if (state[k] & ~in[n][k]) in[n][k] |= state[k], changed = true;
      if (changed && !queued[n]) {
        queued[n] = true;
        work.push_back(n);
      }
    };
    State start(f_.locals.size(), 1);
    for (uint32_t k = 0; k < f_.paramCount(); ++k) start[k] = 2;
    if (f_.makesKeywordsLate()) start[f_.paramCount() - 1] = 3;
    flow(f_.entry(), start);
    while (!work.empty()) {
      uint32_t n = work.back();
      work.pop_back();
      queued[n] = false;
      State state = in[n];
      walk(blocks_[n], state, flow, false);
    }
    auto ignore = [](const Block*, const State&) {};
    for (uint32_t n = 0; n < blocks_.size(); ++n) {
      if (in[n].empty()) continue; // unreachable
      State state = in[n];
      walk(blocks_[n], state, ignore, true);
    }
  }

  template <class Flow> void walk(Block* b, State& state, Flow&& flow, bool report) {
    bool dirty = true; // the handler has not seen this state yet
    for (Instruction* i = b->first; i; i = i->next) {
      if (b->handler && mayRaise(i->op) && dirty) {
        flow(b->handler, state);
        dirty = false;
      }
      uint8_t* at = i->info().attributes & attribute::LOCAL ? &state[i->local()] : nullptr;
      auto require = [&](uint8_t wanted, const char* rule) {
        if (report && *at != wanted) complain(b, i, rule);
      };
      auto become = [&](uint8_t& where, uint8_t value) {
        if (where != value) where = value, dirty = true;
      };
      switch (i->op) {
      case Op::LocalRead: require(2, "the local is bound here"); break;
      case Op::LocalLend: require(2, "the local is bound here"); break;
      case Op::LocalTake: require(2, "the local is bound here"); become(*at, 1); break;
      case Op::LocalGet: become(*at, 2); break;
      case Op::LocalSet: become(*at, 2); break;
      case Op::LocalInit: require(1, "the local is unbound here"); become(*at, 2); break;
      case Op::LocalDel:
      case Op::LocalClear:
      case Op::CellFromLocal: become(*at, 1); break;
      case Op::LocalUnbind: become(*at, 1); break;
      case Op::KeywordsMake: become(*at, 2); break;
      case Op::LocalBind:
      case Op::LocalBindReal:
      case Op::IntSet:
      case Op::RangeBegin:
      case Op::ListBegin: become(*at, 2); break;
      case Op::ExcPush: require(1, "the local is unbound here"); become(*at, 2); break;
      case Op::ExcPop: require(2, "the local is bound here"); become(*at, 1); break;
      case Op::FrameLeave:
        for (uint8_t& s : state) become(s, 1);
        break;
      default:
        if (i->operandCount == 2 && i->operand(0) && i->operand(0)->definition &&
            i->operand(0)->definition->is(Op::LocalLend) &&
            operandSpec(i->op, 0).mode == OperandMode::ConsumeOnSuccess)
          become(state[i->operand(0)->definition->local()], 1);
        break;
      }
      std::optional<uint32_t> asked = askedBound(i);
      for (uint32_t s = 0; s < i->successorCount; ++s) {
        if (asked) state[*asked] = s == 0 ? 2 : 1;
        flow(i->target(s), state);
      }
    }
  }
  // The local of which a branch has just asked whether it is bound.
  static std::optional<uint32_t> askedBound(const Instruction* branch) {
    const Instruction* question = branch->previous;
    if (!branch->is(Op::CondBr) || !question || !question->is(Op::LocalBound) || branch->operand(0)->definition != question)
      return std::nullopt;
    return question->local();
  }

  const Function& f_;
  std::vector<std::string> messages_;
  std::vector<bool> isHandler_;
  std::vector<uint32_t> predecessors_; // by block id: edges
  std::vector<uint32_t> number_;       // by block id: place in blocks_, kNone: unreachable
  std::vector<Block*> blocks_;
  std::vector<uint32_t> idom_, depth_;
};

} // namespace

std::vector<std::string> verify(const Function& function) { return Verifier(function).run(); }

std::vector<std::string> verify(const Module& module) {
  std::vector<std::string> all;
  for (auto& f : module.functions) {
    std::vector<std::string> some = verify(*f);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

} // namespace krait::ir::core
