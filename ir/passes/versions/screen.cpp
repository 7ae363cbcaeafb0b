#include "ir/passes/versions/screen.h"

#include "ir/analysis/builtin_names.h"
#include "ir/core/operators.h"

#include <algorithm>
#include <utility>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr size_t kMaxOperations = 260; // of one transaction, all paths together
constexpr size_t kMaxTargets = 6;
constexpr size_t kMaxWays = 16;       // through the bodies within a body, which all go on by themselves
constexpr size_t kMaxBlocks = 250;    // that are looked at for a call, each once for each way to it

// Of other functions' variables it may know its class, for super().
bool isPlain(const Function& f, const Plan& plan) {
  const bool isAlone = f.frees.empty() || (f.frees.size() == 1 && f.frees[0] == "__class__" && !plan.storesClassCells);
  return (f.kind == FunctionKind::Function || f.kind == FunctionKind::Lambda) && !f.isGenerator() && f.entry() && f.cells.empty() && isAlone &&
         !f.hasVarArgs && !f.hasVarKeywords;
}

// `super.of` of what nothing but the look-up behind it looks at.
bool isForLookUp(const Instruction& superOf) {
  for (const Use* u = superOf.result()->uses; u; u = u->next)
    if (!u->user->is(Op::Kill) && !(u->user->is(Op::SuperLoadOf) && u == u->user->uses)) return false;
  return true;
}

bool leadsToLoop(const Block& start) {
  std::vector<const Block*> reached{&start};
  for (size_t n = 0; n < reached.size(); ++n)
    for (const Instruction* i = reached[n]->first; i; i = i->next) {
      if (i->is(Op::Poll)) return true;
      for (uint32_t s = 0; s < i->successorCount; ++s)
        if (std::find(reached.begin(), reached.end(), i->target(s)) == reached.end()) reached.push_back(i->target(s));
    }
  return false;
}

bool returns(const Function& f) {
  for (const Block* b = f.entry(); b; b = b->next)
    if (const Instruction* end = b->terminator(); end && end->is(Op::Ret)) return true;
  return false;
}

class Screen {
public:
  Screen(const Plan& plan, std::optional<Refusal>* why, LeftBlocks* left) : plan_(plan), why_(why), left_(left) {}

  // Of those that are suitable, which remain; the others are called beside. None if these are the most.
  std::optional<size_t> costOf(std::vector<const Function*>& targets) {
    if (targets.size() > kMaxTargets) return refuse(RemarkId::ManyCallees, [&] { return std::to_string(targets.size()); });
    if (targets.empty()) return std::nullopt;
    size_t cost = 0;
    const size_t all = targets.size();
    std::erase_if(targets, [&](const Function* target) {
      const auto own = costOf(*target);
      if (own) cost += *own;
      return !own;
    });
    return 2 * targets.size() > all ? std::optional(cost) : std::nullopt;
  }

  // How many operations a transaction of it takes; none if it is not suitable.
  std::optional<size_t> costOf(const Function& f) {
    if (std::find(running_.begin(), running_.end(), &f) != running_.end() || running_.size() >= kMaxFrames) return refuse(RemarkId::CalleeRecursive, f);
    running_.push_back(&f);
    std::vector<const Block*> path;
    returns_.push_back(false);
    const size_t called = called_, ways = std::exchange(ways_, 1), ended = std::exchange(ended_, 0);
    auto cost = from(f.entry(), path);
    if (!returns_.back()) cost = std::nullopt;
    returns_.pop_back();
    called_ = called + ended_;
    ways_ = ways;
    ended_ = ended;
    running_.pop_back();
    return cost;
  }

private:
  std::optional<size_t> from(const Block* b, std::vector<const Block*>& path) {
    if (isLeft(*b)) return 0; // for the call itself
    if (std::find(path.begin(), path.end(), b) != path.end()) return refuse(RemarkId::CalleeLoops, *b->function);
    if (++blocks_ > kMaxBlocks) return refuse(RemarkId::CalleeLarge, *b->function);
    size_t cost = 0;
    const size_t ways = ways_; // back to it where it ends
    path.push_back(b);
    for (const Instruction* i = b->first; i; i = i->next) {
      if (isTerminator(i->op)) {
        auto rest = terminator(*i, path);
        path.pop_back();
        ways_ = ways;
        if (!rest) return refuse(*i);
        return cost + *rest <= kMaxOperations ? std::optional(cost + *rest) : refuse(RemarkId::CalleeLarge, *b->function);
      }
      called_ = 0;
      const auto own = costOf(*i);
      if (own && called_ > 1 && !isDecided(*i)) ways_ *= called_;
      if (ways_ > kMaxWays) {
        refuse(RemarkId::CalleeLarge, *b->function);
        break;
      }
      if (!own) {
        refuse(*i);
        break;
      }
      if ((cost += *own) > kMaxOperations) {
        refuse(RemarkId::CalleeLarge, *b->function);
        break;
      }
    }
    path.pop_back();
    ways_ = ways;
    return std::nullopt;
  }

  // Asked for its truth alone: each way out of the body called goes on in one of the two that part there.
  static bool isDecided(const Instruction& call) {
    if (!call.resultCount) return false;
    for (const Use* u = call.result()->uses; u; u = u->next)
      if (const Op op = u->user->op; op != Op::Truth && op != Op::UnaryNot && op != Op::CondBr && op != Op::Kill) return false;
    return true;
  }

  // Always none. The first reason is the innermost, and is kept.
  template <class Detail> std::nullopt_t refuse(RemarkId id, Detail detail) {
    if (why_ && !*why_) *why_ = Refusal{id, detail()};
    return std::nullopt;
  }
  std::nullopt_t refuse(RemarkId id, const Function& f) {
    if (why_ && !*why_) *why_ = Refusal{id, "'" + f.qualname + "'"};
    return std::nullopt;
  }
  // An operation that is not done in place.
  std::nullopt_t refuse(const Instruction& i) {
    if (i.is(Op::Poll)) return refuse(RemarkId::CalleeLoops, *i.block->function);
    return refuse(RemarkId::CalleeDoes, [&] {
      const Function& f = *i.block->function;
      if (i.site == kNone) return "'" + f.qualname + "' does " + i.info().text;
      const SourceSpan& span = f.allSites()[i.site].span;
      return "'" + f.qualname + "' does '" + sourceText(f.module, span) + "' (" + i.info().text + ", line " + std::to_string(span.line) + ")";
    });
  }

  std::optional<size_t> terminator(const Instruction& i, std::vector<const Block*>& path) {
    switch (i.op) {
    case Op::Br: return from(i.target(0), path);
    case Op::VersionEnter: return from(i.target(1), path);
    case Op::CondBr: return branch(i, path);
    case Op::Ret: returns_.back() = true, ended_ += ways_; return 0;
    default: return std::nullopt;
    }
  }

  // A way with a loop may be left to the call, if the other one returns: looking which it is takes little, beside the loop.
  std::optional<size_t> branch(const Instruction& i, std::vector<const Block*>& path) {
    const bool hasReturned = returns_.back();
    std::optional<size_t> costs[2];
    bool returns[2];
    for (size_t n : {0u, 1u}) {
      returns_.back() = false;
      costs[n] = from(i.target(n), path);
      if (!costs[n] && !leadsToLoop(*i.target(n))) return std::nullopt;
      returns[n] = costs[n] && returns_.back();
    }
    returns_.back() = hasReturned || returns[0] || returns[1];
    if (costs[0] && costs[1]) return 1 + *costs[0] + *costs[1];
    const size_t suitable = costs[0] ? 0 : 1;
    if (!returns[suitable]) return std::nullopt;
    if (left_) left_->insert(i.target(1 - suitable));
    return 1 + *costs[suitable];
  }

  static bool isNumber(const Constant& c) { return c.kind == ConstantKind::Int || c.kind == ConstantKind::BigInt || c.kind == ConstantKind::Float; }

  static bool isNumber(const Function& f, const Temp* t) {
    if (rawKindOf(t->guess) != RawKind::None) return true;
    const Instruction* made = t->definition;
    return made && made->is(Op::Const) && isNumber(f.module.constants[made->index]);
  }

  std::optional<size_t> costOf(const Instruction& i) {
    const Function& f = *i.block->function;
    if (textOf(i)) return 2;
    if (isArithmetic(i.op) || isTest(i.op) || isCompare(i.op)) {
      if (isNumber(f, i.operand(0)) && isNumber(f, i.operand(1))) return 2;
      if (areWordsCompared(i)) return costOfWords(i);
      const bool mayBeMethod = !isNumber(f, i.operand(0)) && (!isNumber(f, i.operand(1)) || i.operand(0)->guess == Guess::Instance);
      return mayBeMethod ? costOfTargets(i) : std::nullopt;
    }
    switch (i.op) {
    case Op::LocalGet:
    case Op::LocalRead:
    case Op::LocalTake:
    case Op::LocalLend:
    case Op::LocalPeek:
    case Op::LocalSet:
    case Op::LocalInit:
    case Op::LocalClear:
    case Op::Const:
    case Op::Copy:
    case Op::Kill:
    case Op::FrameLeave: return 0;
    case Op::Is:
    case Op::BoolNew:
    case Op::BoolNot:
    case Op::Truth:
    case Op::UnaryNot:
    case Op::GlobalGet: return 1;
    case Op::UnaryNeg:
    case Op::UnaryInvert: return isNumber(f, i.operand(0)) ? std::optional<size_t>(1) : std::nullopt;
    case Op::AttrGet: return plan_.isSlot(i) || isPeeked(i, plan_) ? 2 : costOfTargets(i);
    case Op::AttrSet: return plan_.isSlot(i) ? 2 : costOfTargets(i);
    case Op::ItemGet:
    case Op::ItemSet:
      if (isItem(i)) return costOfTargets(i);
      if (i.is(Op::ItemGet) && i.operand(0)->guess == Guess::Dict) return 3;
      if (!hasItems(i.operand(0)->guess)) return std::nullopt;
      return isNumber(f, i.operand(1)) || isArgument(f, i.operand(1)) ? std::optional<size_t>(3) : std::nullopt;
    case Op::Contains:
      if (isItem(i)) return costOfTargets(i);
      if (isOfRange(i)) return 2;
      return i.operand(0)->guess == Guess::Dict || i.operand(0)->guess == Guess::Set ? std::optional<size_t>(3) : std::nullopt;
    case Op::TupleNew: return i.operandCount;
    case Op::Unpack: return i.resultCount && i.resultCount <= kMaxUnpacked ? std::optional<size_t>(1 + i.resultCount) : std::nullopt;
    case Op::MethodLoad: return callOf(i) ? std::optional<size_t>(0) : std::nullopt; // nothing happens before the call
    case Op::CellPeek: return isForSuper(i) ? std::optional<size_t>(0) : std::nullopt;
    case Op::SuperLoad: return isOfFirst(i) && callOf(i) ? std::optional<size_t>(1) : std::nullopt;
    case Op::SuperOf: return isForLookUp(i) ? std::optional<size_t>(1) : std::nullopt;
    case Op::SuperLoadOf: return callOf(i) ? std::optional<size_t>(1) : std::nullopt;
    case Op::Call:
    case Op::Method:
    case Op::MethodCall:
      if (asksLength(i) && !targetsOf(i, plan_).empty()) return costOfTargets(i); // else its class may leave it to a container's
      if (isSearchedRange(i)) return 1;
      return isNumberCall(i) || isInstanceTest(i, *plan_.facts) || isLength(i) ? 3 : costOfTargets(i);
    case Op::CallKw:
    case Op::MethodKw:
    case Op::MethodCallKw: return costOfTargets(i);
    default: return std::nullopt;
    }
  }

  // A comparison of what nothing is guessed of, which is done in place where it runs nothing: no instance of a class that has a say in
  // it; for an order, what may be numbers.
  bool areWordsCompared(const Instruction& i) const {
    if (!isTest(i.op) && !isCompare(i.op)) return false;
    const bool isEquality = i.is(Op::TestEq) || i.is(Op::TestNe) || i.is(Op::CompareEq) || i.is(Op::CompareNe);
    if (isEquality && i.operand(0)->guess != Guess::Instance) return true;
    const auto mayBeNumber = [&](const Temp* t) { return isNumber(*i.block->function, t) || (t->guess == Guess::None && t->type.isObject()); };
    if (!isEquality && !(mayBeNumber(i.operand(0)) && mayBeNumber(i.operand(1)))) return false;
    const Function* unfit = nullptr;
    return targetsOf(i, plan_, &unfit).empty() && !unfit;
  }

  // Methods that it may call are done in place, too, if they can be.
  std::optional<size_t> costOfWords(const Instruction& i) {
    const auto before = why_ ? *why_ : std::nullopt;
    if (const auto cost = costOfTargets(i)) return cost;
    if (why_) *why_ = before;
    return 3;
  }

  // What a transaction reads items of.
  static bool hasItems(Guess guess) { return guess == Guess::None || guess == Guess::List || guess == Guess::Tuple || arrayCode(guess); }

  // The caller may know what it is.
  static bool isArgument(const Function& f, const Temp* t) {
    return t->definition && isLocalLoad(t->definition->op) && t->definition->local() < f.paramCount();
  }

  std::optional<size_t> costOfTargets(const Instruction& i) {
    auto targets = targetsOf(i, plan_);
    const auto cost = costOf(targets);
    return cost ? std::optional(*cost + 3 * targets.size()) : std::nullopt;
  }

  // A builtin of numbers (calls.cpp).
  bool isNumberCall(const Instruction& i) const {
    const Function& f = *i.block->function;
    const Instruction* lookUp = isMethod(i.op) ? lookUpOf(i) : nullptr;
    const size_t first = isMethodCall(i.op) ? 2 : 1; // behind the receiver
    for (size_t n = first; n < i.operandCount; ++n)
      if (!isNumber(f, i.operand(n))) return false;
    if (isMethod(i.op)) return lookUp && isRealOfMath(*lookUp, i.operandCount - first);
    const Instruction* from = i.operand(0)->definition;
    if (!from || !from->is(Op::GlobalGet) || i.operandCount < 2 || plan_.targets->functionOf(from->index)) return false;
    const std::string_view name = f.module.cells[from->index];
    return i.result()->guess == Guess::Float || (i.operandCount == 2 && analysis::isWholeFunction(name)) || name == "abs" || name == "min" || name == "max" || name == "int" || name == "float";
  }

  // A range that is made for `in`, of numbers alone.
  bool isSearchedRange(const Instruction& call) const {
    const Instruction* search = rangeSearch(call, *plan_.facts);
    if (!search || rawKindOf(search->operand(1)->guess) != RawKind::Int) return false;
    for (size_t n = 1; n < call.operandCount; ++n)
      if (rawKindOf(call.operand(n)->guess) != RawKind::Int) return false;
    return true;
  }
  bool isOfRange(const Instruction& search) const {
    const Instruction* call = search.operand(0)->definition;
    return call && isSearchedRange(*call);
  }

  bool isLength(const Instruction& i) const { return i.operandCount == 2 && callsBuiltin(i, *plan_.facts, "len") && !isNumber(*i.block->function, i.operand(1)); }

  const Plan& plan_;
  std::optional<Refusal>* why_;
  LeftBlocks* left_;
  size_t blocks_ = 0;
  size_t ways_ = 1, ended_ = 0; // of the body that is looked at: to where it is looked at, and out of it
  size_t called_ = 0;           // out of what an instruction calls
  std::vector<const Function*> running_;
  std::vector<bool> returns_;
};

} // namespace

bool isOwnClass(const Instruction& i, const Plan& plan) {
  const Module& module = i.block->function->module;
  return i.operand(0)->guess == Guess::Instance && module.names[i.index] == "__class__" && !plan.facts->isStored(i.index);
}

bool isPeeked(const Instruction& i, const Plan& plan) {
  if (!i.is(Op::AttrGet) || !plan.classes->methodsOf(i.operand(0), i.index).empty() || !plan.classes->gettersOf(i.operand(0), i.index).empty()) return false;
  const Instruction* from = i.operand(0)->definition;
  return plan.facts->isClassConstant(i.index) || isOwnClass(i, plan) || (from && from->is(Op::GlobalGet));
}

bool isOfClassesAlone(const Instruction& i, const Plan& plan) { return plan.facts->isClassConstant(i.index) && !plan.facts->isStored(i.index); }

Op peekOf(const Instruction& i, const Plan& plan) {
  const bool isOfInstance = i.operand(0)->guess == Guess::Instance && !isOwnClass(i, plan);
  return isOfInstance && isOfClassesAlone(i, plan) ? Op::ConstantPeek : Op::AttrPeek;
}

bool isForSuper(const Instruction& i) {
  const Function& f = *i.block->function;
  if (f.isOwnCell(i.cell()) || f.cellName(i.cell()) != "__class__") return false;
  for (const Use* u = i.result()->uses; u; u = u->next)
    if (!u->user->is(Op::Kill) && !(u->user->is(Op::SuperLoad) && u == &u->user->uses[1])) return false;
  return true;
}

bool isOfFirst(const Instruction& superLoad) {
  const Function& f = *superLoad.block->function;
  const Instruction* self = superLoad.operand(2)->definition;
  if (!self || !self->is(Op::LocalPeek) || self->local() != 0 || f.argCount == 0) return false;
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i; i = i->next)
      if (isLocalStore(i->op) && i->local() == 0) return false;
  return true;
}

bool callsBuiltin(const Instruction& i, const facts::ModuleFacts& facts, std::string_view name) {
  const Instruction* from = i.is(Op::Call) ? i.operand(0)->definition : nullptr;
  return from && from->is(Op::GlobalGet) && i.block->function->module.cells[from->index] == name && !facts.isAssigned(from->index);
}

const Instruction* rangeSearch(const Instruction& call, const facts::ModuleFacts& facts) {
  if (!callsBuiltin(call, facts, "range") || call.operandCount < 2 || call.operandCount > 3) return nullptr;
  const Instruction* i = analysis::behindCallee(call);
  if (!i || !i->is(Op::Contains) || i->operand(0) != call.result() || i->operand(1) == call.result()) return nullptr;
  for (const Use* u = call.result()->uses; u; u = u->next)
    if (u->user != i && !u->user->is(Op::Kill)) return nullptr;
  return i;
}

std::optional<size_t> textOf(const Instruction& i) {
  if (!i.is(Op::CompareEq) && !i.is(Op::CompareNe) && !i.is(Op::TestEq) && !i.is(Op::TestNe)) return std::nullopt;
  for (size_t n : {1u, 0u})
    if (i.operand(n)->type.isOnly(Type::bit(TypeBit::Str))) return n;
  return std::nullopt;
}

bool isLeft(const Block& block) {
  const Instruction* end = block.terminator();
  return block.cold || (end && isRaise(end->op));
}

bool isInstanceTest(const Instruction& i, const facts::ModuleFacts& facts) { return i.operandCount == 3 && callsBuiltin(i, facts, "isinstance"); }

const Instruction* lookUpOf(const Instruction& i) {
  if (i.is(Op::Method) || i.is(Op::MethodKw)) return &i;
  const Instruction* load = isMethodCall(i.op) ? i.operand(0)->definition : nullptr;
  const bool isLoad = load && (load->is(Op::MethodLoad) || isSuperLoad(load->op));
  return isLoad && i.operand(1) && i.operand(1)->definition == load ? load : nullptr;
}

const Instruction* superOf(const Instruction& call) {
  const Instruction* lookUp = isMethodCall(call.op) ? lookUpOf(call) : nullptr;
  return lookUp && isSuperLoad(lookUp->op) ? lookUp : nullptr;
}

const Temp* receiverOf(const Instruction& i) {
  if (const Instruction* load = superOf(i)) return load->operand(2);
  if (asksLength(i)) return i.operand(1);
  return isMethod(i.op) ? lookUpOf(i)->operand(0) : i.operand(0);
}

const Instruction* callOf(const Instruction& load) {
  const Instruction* call = nullptr;
  for (const Use* u = load.result(0)->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    if (call || lookUpOf(*u->user) != &load) return nullptr;
    call = u->user;
  }
  return call;
}

bool isRealOf(std::string_view name, size_t arguments) {
  return arguments == 1 ? analysis::isRealFunction(name) || analysis::isWholeFunction(name) : arguments == 2 && analysis::isRealFunctionOfTwo(name);
}

bool isRealOfMath(const Instruction& i, size_t arguments) {
  const Instruction* from = i.operand(0)->definition;
  const Module& module = i.block->function->module;
  return from && from->is(Op::GlobalGet) && module.cells[from->index] == "math" && isRealOf(module.names[i.index], arguments);
}

bool isAccess(const Instruction& i) { return i.is(Op::AttrGet) || i.is(Op::AttrSet); }

bool isOperator(const Instruction& i) {
  if (isInplace(i.op)) return i.operand(0)->guess == Guess::Instance;
  return isArithmetic(i.op) || isTest(i.op) || isCompare(i.op);
}

bool isItem(const Instruction& i) { return (i.is(Op::ItemGet) || i.is(Op::ItemSet) || i.is(Op::Contains)) && i.operand(0)->guess == Guess::Instance; }

bool isCallOf(const Instruction& i) { return isCall(i.op) || asksInstance(i) || isAccess(i); }

bool asksLength(const Instruction& i) {
  if (!i.is(Op::Call) || i.operandCount != 2 || i.operand(1)->guess != Guess::Instance || i.operand(1)->ofClass == kNone) return false;
  const Instruction* from = i.operand(0)->definition;
  return from && from->is(Op::GlobalGet) && i.block->function->module.cells[from->index] == "len";
}

bool asksInstance(const Instruction& i) { return isOperator(i) || isItem(i) || asksLength(i); }

// Of a method for augmented assignment the class of the right operand has no say.
uint32_t instancesOf(const Instruction& i, const Plan& plan) {
  if (!isOperator(i)) return isItem(i) || asksLength(i) ? 1 : 0;
  return isInplace(i.op) && !asksPlain(i, plan) ? 1 : 2;
}

bool asksPlain(const Instruction& i, const Plan& plan) {
  const auto names = isInplace(i.op) ? plan.operatorMethods->find(i.op) : plan.operatorMethods->end();
  return names != plan.operatorMethods->end() && plan.classes->methodsOf(i.operand(0), names->second.method).empty();
}

const Temp* instanceAt(const Instruction& i, uint32_t n) { return i.operand(n + asksLength(i)); }

analysis::ClassModel::First firstOf(const Instruction& i, const Plan& plan) {
  const Instruction* lookUp = isMethod(i.op) && !superOf(i) ? lookUpOf(i) : nullptr;
  return lookUp ? plan.classes->calleesOf(lookUp->operand(0), lookUp->index).first : analysis::ClassModel::First::Receiver;
}

size_t firstArgument(const Instruction& i, const Plan& plan) {
  if (!isCall(i.op)) return 0;
  return (isMethodCall(i.op) || !isMethod(i.op)) + (firstOf(i, plan) == analysis::ClassModel::First::None);
}

std::optional<uint32_t> initOf(const Instruction& i, const Plan& plan) {
  const auto body = i.is(Op::Call) || i.is(Op::CallKw) ? plan.targets->classAt(i.operand(0)) : std::nullopt;
  return body ? plan.targets->initOf(*body) : std::nullopt;
}

// Of a class the new instance is the first.
static size_t argumentCount(const Instruction& i, const Plan& plan) { return i.operandCount - firstArgument(i, plan) + initOf(i, plan).has_value(); }

// Default values of keyword-only parameters are a dict's, and a call's business.
static std::optional<analysis::Binding> bindInPlace(const Function& target, size_t arguments, std::span<const std::string_view> keywords, const Plan& plan) {
  auto binding = analysis::bindArguments(target, plan.targets->defaultValuesOf(target.number), arguments, keywords);
  return binding && !binding->usesKeywordDefaults ? std::move(binding) : std::nullopt;
}

std::optional<analysis::Binding> bindingOf(const Instruction& i, const Function& target, const Plan& plan) {
  return bindInPlace(target, argumentCount(i, plan), analysis::keywordsOf(i), plan);
}

// An operand may be an instance of a class made in Python, whose operator is asked for; what is compared with a text or with None is
// probably a text or None.
static bool mayAskInstance(const Instruction& i) {
  constexpr uint32_t kSingle = Type::bit(TypeBit::Str) | Type::bit(TypeBit::NoneType);
  if (!(i.operand(0)->type.mask & Type::bit(TypeBit::Instance))) return false;
  const bool isEquality = i.is(Op::TestEq) || i.is(Op::TestNe) || i.is(Op::CompareEq) || i.is(Op::CompareNe);
  return !isEquality || !i.operand(1)->type.isOnly(kSingle);
}

// What a profile knows: functions that nobody entered are not meant, and the others come in the order of how often. More than are
// looked at are called beside.
static void takeRuns(std::vector<const Function*>& found, const Function** unfit) {
  if (found.size() < 2 || !std::all_of(found.begin(), found.end(), [](const Function* f) { return f->runs.has_value(); })) return;
  std::sort(found.begin(), found.end(), [](const Function* a, const Function* b) { return std::pair(b->runs->entered, a->number) < std::pair(a->runs->entered, b->number); });
  size_t kept = std::min(found.size(), kMaxTargets);
  while (kept > 1 && found[kept - 1]->runs->entered == 0) --kept;
  if (kept < found.size() && unfit) *unfit = found.back();
  found.resize(kept);
}

// Functions of the module that the call probably enters.
static std::vector<uint32_t> calleesOf(const Instruction& i, const Plan& plan) {
  if (isAccess(i)) {
    if (plan.isSlot(i)) return {};
    return i.is(Op::AttrGet) ? plan.classes->gettersOf(i.operand(0), i.index) : plan.classes->settersOf(i.operand(0), i.index);
  }
  if (asksLength(i)) {
    const bool isBuiltin = callsBuiltin(i, *plan.facts, "len") && plan.classes->isClass(i.operand(1)->ofClass);
    return isBuiltin ? plan.classes->methodsOf(i.operand(1), plan.lengthName) : std::vector<uint32_t>();
  }
  if (asksInstance(i)) {
    const auto names = plan.operatorMethods->find(i.op);
    if (!mayAskInstance(i) || names == plan.operatorMethods->end()) return {};
    return plan.classes->methodsOf(i.operand(0), asksPlain(i, plan) ? names->second.plain : names->second.method);
  }
  if (const Instruction* load = superOf(i)) return plan.classes->superMethodsOf(*load);
  if (isMethod(i.op)) {
    const Instruction* lookUp = lookUpOf(i);
    return lookUp ? plan.classes->calleesOf(lookUp->operand(0), lookUp->index).functions : std::vector<uint32_t>();
  }
  const uint32_t global = plan.targets->globalAt(i.operand(0));
  if (global == kNone) return {};
  if (auto known = plan.targets->functionOf(global)) return {*known};
  const auto init = initOf(i, plan);
  return init ? std::vector{*init} : std::vector<uint32_t>();
}

std::vector<const Function*> targetsOf(const Instruction& i, const Plan& plan, const Function** unfit) {
  const Function& caller = *i.block->function;
  const Module& module = caller.module;
  const size_t arguments = argumentCount(i, plan);
  const auto keywords = analysis::keywordsOf(i);
  std::vector<const Function*> found;
  auto takes = [&](const Function& f) {
    if (keywords.empty() && f.kwOnlyCount == 0 && f.argCount <= arguments) return f.argCount == arguments;
    return bindInPlace(f, arguments, keywords, plan).has_value();
  };
  for (uint32_t number : calleesOf(i, plan)) {
    const Function& f = *module.functions[number];
    if (&f != &caller && isPlain(f, plan) && takes(f) && returns(f)) found.push_back(&f);
    else if (unfit) *unfit = &f;
  }
  takeRuns(found, unfit);
  return found;
}

bool isAlone(const Function& target, const Instruction& i, const Plan& plan) {
  return std::ranges::all_of(calleesOf(i, plan), [&](uint32_t number) { return number == target.number || !returns(*target.module.functions[number]); });
}

std::optional<size_t> costOfCall(const Instruction& i, const Plan& plan, std::vector<const Function*>& targets, std::optional<Refusal>* why, LeftBlocks* left) {
  if (!isCallOf(i)) return std::nullopt;
  const Function* unfit = nullptr;
  targets = targetsOf(i, plan, &unfit);
  if (why && unfit && targets.empty()) *why = Refusal{unfit == i.block->function ? RemarkId::CalleeRecursive : RemarkId::CalleeShape, "'" + unfit->qualname + "'"};
  return Screen(plan, why, left).costOf(targets);
}

bool isInlined(const Instruction& i, const Plan& plan) {
  std::vector<const Function*> targets;
  return costOfCall(i, plan, targets).has_value();
}

} // namespace krait::ir::passes::versions
