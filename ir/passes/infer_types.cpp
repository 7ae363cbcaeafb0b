// Local type inference. Types flow forward through temporaries, block parameters
// and locals (flow-sensitively: every block has an entry type for each local;
// handlers join what holds at each operation that may lead there), up the
// lattice from "never" until nothing changes. Then every temporary is annotated.
//
// Only what Python guarantees is used: operators on exact builtin types.
#include "ir/analysis/flow.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr uint32_t bit(TypeBit b) { return Type::bit(b); }
constexpr uint32_t kInts = bit(TypeBit::SmallInt) | bit(TypeBit::HeapInt);
constexpr uint32_t kIntLike = kInts | bit(TypeBit::Bool);
constexpr uint32_t kNumbers = kIntLike | bit(TypeBit::Float);
constexpr uint32_t kNull = bit(TypeBit::Null);

Type typeOf(const Constant& c) {
  switch (c.kind) {
  case ConstantKind::None: return Type::of(TypeBit::NoneType);
  case ConstantKind::True:
  case ConstantKind::False: return Type::of(TypeBit::Bool);
  // Where number identity is observed, small constants are heap objects too.
  case ConstantKind::Int: return Type::integer();
  case ConstantKind::BigInt: return Type::of(TypeBit::HeapInt);
  case ConstantKind::Float: return Type::of(TypeBit::Float);
  case ConstantKind::Complex: return Type::of(TypeBit::Complex);
  case ConstantKind::Str: return Type::of(TypeBit::Str);
  case ConstantKind::Bytes: return Type::of(TypeBit::Bytes);
  case ConstantKind::Tuple: return Type::of(TypeBit::Tuple);
  case ConstantKind::FrozenSet: return Type::of(TypeBit::FrozenSet);
  case ConstantKind::Ellipsis:
  case ConstantKind::Code: return Type::of(TypeBit::Other);
  }
  return Type::object();
}

Type binaryType(Op plain, Type a, Type b) {
  if (!a.mask || !b.mask) return Type::word(0); // not reached yet
  bool numbers = a.isOnly(kNumbers) && b.isOnly(kNumbers);
  uint32_t either = a.mask | b.mask;
  bool someFloat = either & bit(TypeBit::Float);
  bool surelyFloat = a.isFloat() || b.isFloat();
  auto arithmetic = [&] {
    return !someFloat ? Type::integer() : surelyFloat ? Type::of(TypeBit::Float) : Type::word(kInts | bit(TypeBit::Float));
  };
  auto same = [&](TypeBit t) { return a.isOnly(bit(t)) && b.isOnly(bit(t)); };
  switch (plain) {
  case Op::BinaryAdd:
    for (TypeBit t : {TypeBit::Str, TypeBit::Bytes, TypeBit::List, TypeBit::Tuple})
      if (same(t)) return Type::of(t);
    [[fallthrough]];
  case Op::BinarySub:
  case Op::BinaryMod:
  case Op::BinaryFloorDiv:
    if (numbers) return arithmetic();
    if (plain == Op::BinaryMod && a.isOnly(bit(TypeBit::Str)) && !(b.mask & bit(TypeBit::Instance)))
      return Type::of(TypeBit::Str);
    if (plain == Op::BinarySub && same(TypeBit::Set)) return Type::of(TypeBit::Set);
    return Type::object();
  case Op::BinaryMul:
    if (numbers) return arithmetic();
    for (TypeBit t : {TypeBit::Str, TypeBit::Bytes, TypeBit::List, TypeBit::Tuple})
      if ((a.isOnly(bit(t)) && b.isOnly(kIntLike)) || (b.isOnly(bit(t)) && a.isOnly(kIntLike))) return Type::of(t);
    return Type::object();
  case Op::BinaryTrueDiv: return numbers ? Type::of(TypeBit::Float) : Type::object();
  case Op::BinaryPow:
    if (!numbers) return Type::object();
    return Type::word(kInts | bit(TypeBit::Float) | (someFloat ? bit(TypeBit::Complex) : 0));
  case Op::BinaryLShift:
  case Op::BinaryRShift: return a.isOnly(kIntLike) && b.isOnly(kIntLike) ? Type::integer() : Type::object();
  case Op::BinaryAnd:
  case Op::BinaryOr:
  case Op::BinaryXor:
    if (same(TypeBit::Bool)) return Type::of(TypeBit::Bool);
    if (a.isOnly(kInts) || b.isOnly(kInts)) {
      if (a.isOnly(kIntLike) && b.isOnly(kIntLike)) return Type::integer();
    } else if (a.isOnly(kIntLike) && b.isOnly(kIntLike)) {
      return Type::word(kIntLike);
    }
    if (same(TypeBit::Set)) return Type::of(TypeBit::Set);
    return Type::object();
  default: return Type::object();
  }
}

class Inference {
public:
  explicit Inference(Function& f)
      : f_(f), flow_(f), types_(f.tempCount(), Type::word(0)), locals_(f.blockIdLimit()), reached_(f.blockIdLimit()) {}

  bool run() {
    std::vector<Type> start(f_.locals.size(), Type::word(kNull));
    for (uint32_t k = 0; k < f_.paramCount(); ++k) start[k] = Type::object();
    // Collected by the callee's frame: exact types that the call protocol guarantees.
    uint32_t extra = f_.argCount + f_.kwOnlyCount;
    if (f_.hasVarArgs) start[extra++] = Type::of(TypeBit::Tuple);
    if (f_.hasVarKeywords) start[extra] = Type::word(bit(TypeBit::Dict) | (f_.makesKeywordsLate() ? kNull : 0));
    queued_.assign(flow_.order().size(), false);
    into(f_.entry(), start);
    while (again_) {
      again_ = false;
      for (size_t n = 0; n < queued_.size(); ++n)
        if (queued_[n]) {
          queued_[n] = false;
          block(flow_.order()[n]);
        }
    }
    return annotate();
  }

private:
  void into(const Block* to, const std::vector<Type>& state) {
    if (!flow_.reachable(to)) return;
    std::vector<Type>& in = locals_[to->id];
    bool changed = !reached_[to->id];
    reached_[to->id] = true;
    if (changed) {
      in = state;
    } else {
      for (size_t k = 0; k < state.size(); ++k) {
        Type joined = join(in[k], state[k]);
        if (joined != in[k]) in[k] = joined, changed = true;
      }
    }
    if (changed) requeue(to);
  }
  void requeue(const Block* b) {
    queued_[flow_.rank(b)] = true;
    again_ = true;
  }

  void set(Temp* t, Type type, const Block* at) {
    if (!t->type.isWord()) return;
    Type joined = join(types_[t->id], type);
    if (joined == types_[t->id]) return;
    types_[t->id] = joined;
    for (Use* u = t->uses; u; u = u->next)
      if (u->user->block != at && flow_.reachable(u->user->block)) requeue(u->user->block);
  }
  Type of(const Temp* t) const { return !t ? Type::of(TypeBit::Null) : t->type.isWord() ? types_[t->id] : t->type; }

  void block(Block* b) {
    std::vector<Type> state = locals_[b->id];
    if (!reached_[b->id]) return;
    bool dirty = true;
    for (Instruction* i = b->first; i; i = i->next) {
      if (b->handler && dirty && mayRaise(i->op)) {
        into(b->handler, state);
        dirty = false;
      }
      step(*i, state);
      if (i->info().flags & (op_flags::kWritesLocal | op_flags::kReadsLocal)) dirty = true;
    }
    Instruction* end = b->terminator();
    for (uint32_t s = 0; s < end->successorCount; ++s) {
      Block* to = end->target(s);
      for (uint32_t k = 0; k < end->successors[s].argumentCount; ++k) {
        Temp* parameter = to->parameters[k];
        Type before = of(parameter);
        set(parameter, of(end->argument(s, k)), nullptr);
        if (of(parameter) != before) requeue(to);
      }
      into(to, state);
    }
  }

  void step(const Instruction& i, std::vector<Type>& state) {
    const Block* b = i.block;
    switch (i.op) {
    case Op::LocalGet:
      state[i.local()].mask &= ~kNull;
      [[fallthrough]];
    case Op::LocalRead:
    case Op::LocalLend: {
      Type t = state[i.local()];
      t.mask &= ~kNull;
      return set(i.result(), t, b);
    }
    case Op::LocalPeek: return set(i.result(), state[i.local()], b);
    case Op::LocalTake: {
      Type t = state[i.local()];
      t.mask &= ~kNull;
      set(i.result(), t, b);
      state[i.local()] = Type::word(kNull);
      return;
    }
    case Op::LocalSet:
    case Op::LocalInit: state[i.local()] = of(i.operand(0)); return;
    case Op::LocalDel:
    case Op::LocalClear:
    case Op::CellFromLocal:
    case Op::ExcPop: state[i.local()] = Type::word(kNull); return;
    case Op::ExcPush: state[i.local()] = Type::objectOrNull(); return;
    case Op::KeywordsMake: state[i.local()].mask &= ~kNull; return;
    case Op::LocalsDict:
      state[i.local()] = Type::of(TypeBit::Dict);
      return set(i.result(), Type::of(TypeBit::Dict), b);
    case Op::FrameLeave:
      for (Type& t : state) t = Type::word(kNull);
      return;
    default:
      for (uint32_t r = 0; r < i.resultCount; ++r) set(i.results[r], resultOf(i, r), b);
    }
  }

  Type resultOf(const Instruction& i, uint32_t r) const {
    if (i.op >= Op::BinaryAdd && i.op <= Op::BinaryMatMul) return binaryType(i.op, of(i.operand(0)), of(i.operand(1)));
    if (i.op >= Op::InplaceAdd && i.op <= Op::InplaceMatMul) {
      Op plain = offsetOp(Op::BinaryAdd, static_cast<int>(i.op) - static_cast<int>(Op::InplaceAdd));
      const Type a = of(i.operand(0)), c = of(i.operand(1));
      // list += and *= answer the list itself, unless the right operand's class has __radd__ or __rmul__, which are asked first.
      constexpr uint32_t kNotAsked = kNumbers | kNull | bit(TypeBit::NoneType) | bit(TypeBit::Str) | bit(TypeBit::Bytes) | bit(TypeBit::List) |
                                     bit(TypeBit::Tuple) | bit(TypeBit::Dict) | bit(TypeBit::Set) | bit(TypeBit::FrozenSet) | bit(TypeBit::Range);
      if (a.isOnly(bit(TypeBit::List)) && (plain == Op::BinaryAdd || plain == Op::BinaryMul))
        return !c.mask ? c : c.isOnly(kNotAsked) ? Type::of(TypeBit::List) : Type::object();
      return binaryType(plain, a, c);
    }
    if (i.op >= Op::CompareLt && i.op <= Op::CompareGe) {
      constexpr uint32_t kPlain = kNumbers | bit(TypeBit::Str) | bit(TypeBit::Bytes) | bit(TypeBit::List) |
                                  bit(TypeBit::Tuple) | bit(TypeBit::Dict) | bit(TypeBit::NoneType) | bit(TypeBit::Set);
      Type a = of(i.operand(0)), c = of(i.operand(1));
      if (!a.mask || !c.mask) return Type::word(0);
      // Elements may compare to anything, but these containers answer a bool … for == and !=; their order is
      // that of the first differing elements, whose answer is passed on as it is.
      bool order = i.op != Op::CompareEq && i.op != Op::CompareNe;
      uint32_t mask = order ? kNumbers | bit(TypeBit::Str) | bit(TypeBit::Bytes) : kPlain;
      return a.isOnly(mask) && c.isOnly(mask) ? Type::of(TypeBit::Bool) : Type::object();
    }
    switch (i.op) {
    case Op::Const: return typeOf(f_.module.constants[i.index]);
    case Op::Copy: return of(i.operand(0));
    case Op::BoolNew:
    case Op::UnaryNot: return Type::of(TypeBit::Bool);
    case Op::UnaryNeg:
    case Op::UnaryPos: {
      Type t = of(i.operand(0));
      return !t.mask ? t : t.isOnly(kIntLike) ? Type::integer() : t.isFloat() ? t : Type::object();
    }
    case Op::UnaryInvert: {
      Type t = of(i.operand(0));
      return !t.mask ? t : t.isOnly(kIntLike) ? Type::integer() : Type::object();
    }
    case Op::ItemGet: {
      Type o = of(i.operand(0)), key = of(i.operand(1));
      if (!o.mask || !key.mask) return Type::word(0);
      return o.isOnly(bit(TypeBit::Str)) && key.isOnly(kIntLike) ? Type::of(TypeBit::Str) : Type::object();
    }
    case Op::SliceGet: {
      Type o = of(i.operand(0));
      if (!o.mask) return o;
      for (TypeBit t : {TypeBit::Str, TypeBit::List, TypeBit::Tuple, TypeBit::Bytes})
        if (o.isOnly(bit(t))) return o;
      return Type::object();
    }
    case Op::GlobalsDict:
    case Op::DictNew: return Type::of(TypeBit::Dict);
    case Op::ListNew:
    case Op::ListNewFor: return Type::of(TypeBit::List);
    case Op::TupleNew:
    case Op::ListToTuple: return Type::of(TypeBit::Tuple);
    case Op::SetNew: return Type::of(TypeBit::Set);
    case Op::SliceNew: return Type::of(TypeBit::Slice);
    case Op::BoxChar:
    case Op::StringJoin: return Type::of(TypeBit::Str);
    case Op::FunctionNew: return Type::of(TypeBit::Function);
    case Op::CellRef: return Type::of(TypeBit::Cell);
    case Op::BoxI64:
    case Op::BoxU64: return Type::integer();
    case Op::BoxF64: return Type::of(TypeBit::Float);
    default: return resultType(i.op, r);
    }
  }

  bool annotate() {
    bool changed = false;
    auto set = [&](Temp* t) {
      Type found = types_[t->id];
      if (!t->type.isWord() || !found.mask || found == t->type || !covers(t->type, found)) return;
      t->type = found;
      changed = true;
    };
    for (Block* b : flow_.order()) {
      for (Temp* p : b->parameters) set(p);
      for (Instruction* i = b->first; i; i = i->next)
        for (uint32_t r = 0; r < i->resultCount; ++r) set(i->results[r]);
    }
    return changed;
  }

  Function& f_;
  analysis::Flow flow_;
  std::vector<Type> types_;               // by temporary
  std::vector<std::vector<Type>> locals_; // by block: at its start
  std::vector<bool> reached_;             // by block: something flowed into it
  std::vector<bool> queued_;              // by rank
  bool again_ = false;
};

} // namespace

bool runInferTypes(Function& function) { return Inference(function).run(); }

} // namespace krait::ir::passes
