// Predictions of which temporaries are ints and which are floats, for code generation: it tries the predicted kind
// first, and what happens then may rely on it (codegen/lower/arithmetic.cpp). A wrong one costs time, nothing else, so
// the analysis is coarse: one guess for each web of a local (analysis/webs.h), cell, attribute of a class or name, global and
// function result of the module, and for the items of what they hold, and the items of those. A constant int joined with float is float (`s = 0; s += 0.5`);
// another int joined with float is float, too, but marks the functions that meet it as mixed (Function::mixesNumbers).
//
// Beside it: what sort of container a place holds. Where two sorts meet, nothing is known.
//
// What bounds a range is an int, and so is what is stored there. Else what constants, operators, ranges, known builtins and calls of
// the module's own functions say flows forwards until nothing changes. Then what is still unknown takes the guess of what it meets, the
// surest first: an index of a list is an int, `x * 0.5` makes x a float, what is divided is a float.
#include "ir/analysis/builtin_names.h"
#include "ir/analysis/call_targets.h"
#include "ir/analysis/constants.h"
#include "ir/analysis/flow.h"
#include "ir/analysis/operator_methods.h"
#include "ir/analysis/webs.h"
#include "ir/core/module.h"
#include "ir/core/operators.h"
#include "ir/passes/guesses.h"
#include "ir/passes/passes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr int kRounds = 8;

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Guesser {
public:
  explicit Guesser(Module& module) : module_(module), targets_(module), globals_(module.cells.size()), attributes_(module.names.size()), isStored_(module.names.size()) {
    for (auto& f : module.functions) functions_.emplace_back(*f);
    for (auto& f : module.functions)
      for (Block* b = f->entry(); b; b = b->next)
        for (Instruction* i = b->first; i; i = i->next) {
          if (isLocalStore(i->op)) ++functions_[f->number].stores[i->local()];
          if (i->is(Op::NameSet) && f->kind == FunctionKind::ClassBody) ofClass_.try_emplace({f->number, i->index});
          if (i->is(Op::AttrSet))
            if (auto cls = classOfReceiver(*i)) ofClass_.try_emplace({*cls, i->index}), isStored_[i->index] = true;
        }
    findOperators();
    for (auto& f : module.functions)
      for (uint32_t c = 0; c < f->cells.size() + f->frees.size(); ++c) functions_[f->number].cells.push_back(&variableOf(*f, c));
  }

  bool run() {
    sweep([this](const Instruction& i) { count(i); });
    sweep([this](const Instruction& i) { step(i); });
    sweep([this](const Instruction& i) { step(i), index(i); });
    sweep([this](const Instruction& i) { step(i), meet(i); });
    sweep([this](const Instruction& i) { step(i), divide(i); });
    for (FunctionGuesses& f : functions_) shareAmongWebs(f);
    sweep([this](const Instruction& i) { step(i); });
    isMixing_ = true; // once everything is known: where ints meet floats
    sweep([this](const Instruction& i) { step(i); });
    bool any = false;
    for (auto& [t, guesses] : temps_) {
      const Guess guess = guessOf(guesses[0]);
      const bool isConstant = t->definition && t->definition->is(Op::Const);
      if (!t->type.isWord() || guess == Guess::None || (isConstant && !isNumber(guess))) continue;
      const_cast<Temp*>(t)->guess = guess;
      const_cast<Temp*>(t)->doubt = isNumber(guess) ? guesses[0].doubt() : Doubt::None;
      t->definingBlock()->function->mixesNumbers |= guesses[0].mixed;
      any = true;
    }
    return any;
  }

private:
  struct FunctionGuesses {
    explicit FunctionGuesses(const Function& f) : webs(f), locals(webs.count()), accumulated(webs.count()), stores(f.locals.size()) {
      if (!f.entry()) return;
      const std::vector<bool> inLoop = analysis::blocksInLoops(f, analysis::Flow(f));
      for (const Block* b = f.entry(); b; b = b->next)
        for (const Instruction* i = b->first; i; i = i->next)
          if (isLocalStore(i->op))
            accumulated[webs.at(*i)] = accumulated[webs.at(*i)] || (inLoop[b->id] && isMadeOf(*i->operand(0), webs.at(*i)));
    }
    // By an operator, from this web, at first or second hand.
    bool isMadeOf(const Temp& t, uint32_t web, unsigned depth = 0) const {
      const Instruction* made = t.definition;
      if (!made || depth > 2) return false;
      if (isLocalLoad(made->op)) return depth > 0 && webs.at(*made) == web;
      if (!isArithmetic(made->op)) return false;
      return isMadeOf(*made->operand(0), web, depth + 1) || isMadeOf(*made->operand(1), web, depth + 1);
    }
    Guesses& at(const Instruction& access) { return locals[webs.at(access)]; }
    Guesses& parameter(uint32_t number) { return locals[webs.atEntry(number)]; }
    const analysis::Webs webs;
    std::vector<Guesses> locals;   // by web
    std::vector<bool> accumulated; // by web: in a loop
    Guesses result{};
    std::vector<Guesses*> cells{}; // own, then free
    std::vector<uint32_t> stores;  // by local
  };

  // The variable that a function's cell is, wherever it belongs.
  Guesses& variableOf(const Function& f, uint32_t cell) {
    const std::string& name = f.cellName(cell);
    const Function* owner = &f;
    bool owns = f.isOwnCell(cell);
    while (!owns && owner->parent != kNone) {
      owner = module_.functions[owner->parent].get();
      owns = std::find(owner->cells.begin(), owner->cells.end(), name) != owner->cells.end();
    }
    return variables_[{owner->number, name}];
  }

  // Looks at every instruction that is likely to run, until nothing changes.
  template <class Look> void sweep(Look look) {
    for (int round = 0; round < kRounds; ++round) {
      changed_ = false;
      for (auto& f : module_.functions)
        for (Block* b = f->entry(); b; b = b->next) {
          if (b->cold) continue;
          function_ = f.get();
          for (Instruction* i = b->first; i; i = i->next) look(*i);
        }
      if (!changed_) break;
    }
  }

  // ---- reading and raising ------------------------------------------------------------------------
  Level levelOf(const Temp* t, size_t depth) const {
    auto found = t && depth < kDepth ? temps_.find(t) : temps_.end();
    Level known = found == temps_.end() ? Level() : found->second[depth];
    if (depth == 0 && t && known.kind == Kind::None && t->type.isWord()) known.kind = t->type.isFloat() ? Kind::Float : t->type.isInt() ? Kind::Int : Kind::None;
    return known;
  }
  Kind of(const Temp* t, size_t depth = 0) const { return levelOf(t, depth).kind; }
  Guess containerOf(const Temp* t, size_t depth = 0) const { return levelOf(t, depth).container; }
  void join(Level& to, Level from) {
    if (isOneOfSeveral_) from.isObject = false;
    changed_ |= to.join(from, isMixing_);
  }
  void join(Spot& to, Spot from) {
    if (isOneOfSeveral_) from.isObject = false;
    changed_ |= to.join(from, isMixing_);
  }
  void raise(Guesses& to, size_t depth, Kind k) {
    if (depth < kDepth) changed_ |= to[depth].raise(k, isMixing_);
  }
  void contain(const Temp* t, Guess g) { changed_ |= temps_[t][0].contain(g); }
  // Also what the temporary was read from.
  void raise(const Temp* t, size_t depth, Kind g) { meetAt(t, depth, {.kind = g}); }
  void meetAt(const Temp* t, size_t depth, const Spot& s) {
    if (!t || depth >= kDepth || !s.isKnown()) return;
    join(static_cast<Spot&>(temps_[t][depth]), s);
    if (Guesses* home = homeOf(t)) join(static_cast<Spot&>((*home)[depth]), s);
    if (!t->definition) return;
    switch (t->definition->op) {
    case Op::Copy: return meetAt(t->definition->operand(0), depth, s);
    case Op::Iter:
      if (containerOf(t->definition->operand(0)) != Guess::Dict) meetAt(t->definition->operand(0), depth, {.kind = s.kind});
      return;
    case Op::ItemGet: return meetAt(t->definition->operand(0), depth + 1, s);
    case Op::NextBr: return meetAt(t->definition->operand(0), depth + 1, {.kind = s.kind});
    default: return;
    }
  }
  // The same for what a tuple or dict has at a position.
  void meetAt(const Temp* t, size_t depth, const std::array<Spot, kPositions>& parts) {
    if (!t || depth >= kDepth) return;
    auto all = [&](Guesses& g) {
      for (size_t p = 0; p < kPositions; ++p) join(g[depth].parts[p], parts[p]);
    };
    all(temps_[t]);
    if (Guesses* home = homeOf(t)) all(*home);
    if (t->definition && t->definition->is(Op::Copy)) meetAt(t->definition->operand(0), depth, parts);
    if (t->definition && t->definition->is(Op::ItemGet)) meetAt(t->definition->operand(0), depth + 1, parts);
  }
  // Of an access to an attribute of a method's instance: the class body that the method is in.
  static std::optional<uint32_t> classOfReceiver(const Instruction& access) {
    const Instruction* from = access.operand(0)->definition;
    const Function& f = *access.block->function;
    const bool isFirst = from && (from->is(Op::LocalRead) || from->is(Op::LocalGet)) && from->local() == 0 && f.argCount > 0;
    const bool isMethod = isFirst && f.parent != kNone && f.module.functions[f.parent]->kind == FunctionKind::ClassBody;
    return isMethod ? std::optional(f.parent) : std::nullopt;
  }
  // Classes may have attributes of one name that have nothing else in common: a class's own is what its methods store. What is
  // read from other objects may be any of that name.
  Guesses& attributeOf(const Instruction& access) {
    if (auto cls = classOfReceiver(access))
      if (auto own = ofClass_.find({*cls, access.index}); own != ofClass_.end()) return own->second;
    return attributes_[access.index];
  }
  // The variable, attribute or global that a temporary was read from.
  Guesses* homeOf(const Temp* t) {
    if (!t->definition) return nullptr;
    switch (t->definition->op) {
    case Op::LocalGet:
    case Op::LocalRead:
    case Op::LocalLend:
    case Op::LocalTake: return isHidden(*t->definition) ? nullptr : &localOf(*t->definition);
    case Op::CellGet:
    case Op::CellPeek: return functions_[t->definition->block->function->number].cells[t->definition->cell()];
    case Op::AttrGet: return &attributeOf(*t->definition);
    case Op::GlobalGet: return &globals_[t->definition->index];
    default: return nullptr;
    }
  }
  // Loops in turn keep their iterators in the same hidden local; each is read where it was put, one branch further on.
  // Numbers are in hidden locals that hold nothing else, such as a sum. What is stored once, a comprehension's list, is a variable.
  bool isHidden(const Instruction& i) const {
    const Function& f = *i.block->function;
    return i.local() >= f.varCount && functions_[f.number].stores[i.local()] != 1;
  }
  void hiddenStore(const Instruction& i) {
    const Instruction* end = i.block->terminator();
    if (!end || !end->is(Op::Br)) return;
    for (const Instruction* read = end->target()->first; read; read = read->next)
      if (read->is(Op::LocalRead) && read->local() == i.local()) flow(i.operand(0), read->result());
  }
  Guesses& localOf(const Instruction& access) { return functions_[access.block->function->number].at(access); }
  void flow(const Guesses& from, const Temp* to) { flow(from, temps_[to]); }
  void flow(const Temp* from, Guesses& to) {
    if (isMixing_ && to[0].kind == Kind::Seed && !to[0].mayBeOther && !levelOf(from, 0).isKnown()) to[0].mayBeOther = changed_ = true;
    for (size_t d = 0; d < kDepth; ++d) join(to[d], levelOf(from, d));
  }
  void flow(const Guesses& from, Guesses& to) {
    for (size_t d = 0; d < kDepth; ++d) join(to[d], from[d]);
  }
  void flow(const Temp* from, const Temp* to, size_t fromDepth = 0, size_t toDepth = 0) {
    Guesses& target = temps_[to];
    for (size_t d = 0; d + std::max(fromDepth, toDepth) < kDepth; ++d) join(target[toDepth + d], levelOf(from, fromDepth + d));
  }
  void flowPart(const Temp* from, Spot& to, size_t depth = 0) { join(to, static_cast<const Spot&>(levelOf(from, depth))); }
  void store(const Temp* container, const Temp* item) {
    if (arrayCode(containerOf(container))) return; // converts
    for (size_t d = 0; d + 1 < kDepth; ++d) {
      const Level level = levelOf(item, d);
      meetAt(container, d + 1, level);
      meetAt(container, d + 1, level.parts);
    }
  }
  void storeKey(const Temp* container, const Temp* key) {
    if (containerOf(container) == Guess::Dict) meetAt(container, 0, std::array<Spot, kPositions>{levelOf(key, 0)});
  }
  // All items of one go to the other.
  void storeAll(const Temp* container, const Temp* items) {
    for (size_t d = 1; d < kDepth; ++d) {
      const Level level = levelOf(items, d);
      meetAt(container, d, level);
      meetAt(container, d, level.parts);
    }
  }
  // What holds the same items, but is something else. A dict's are its keys.
  void flowItems(const Temp* from, const Temp* to) {
    Guesses& target = temps_[to];
    if (containerOf(from) == Guess::Dict) return join(static_cast<Spot&>(target[1]), levelOf(from, 0).parts[0]);
    if (containerOf(from) == Guess::Str) changed_ |= target[1].contain(Guess::Str);
    for (size_t d = 1; d < kDepth; ++d) join(target[d], levelOf(from, d));
  }
  void makeArray(const Temp* t, char code) {
    contain(t, arrayOf(code));
    raise(temps_[t], 1, isFloatCode(code) ? Kind::Float : Kind::Int);
  }
  // array('d', …), whatever it was imported as a part of.
  bool callArray(std::string_view callee, const Instruction& i, uint32_t first) {
    const Constant* code = callee == "array" && i.operandCount > first ? analysis::constantOf(module_, i.operand(first)) : nullptr;
    if (!code || code->kind != ConstantKind::Str || code->text.size() != 1 || !arrayItemSize(code->text[0])) return false;
    makeArray(i.result(), code->text[0]);
    return true;
  }
  void constant(Guesses& g, size_t depth, const Constant& c) {
    if (depth >= kDepth) return;
    const Spot spot = spotOf(c);
    join(static_cast<Spot&>(g[depth]), spot);
    if (spot.container == Guess::Bytes) raise(g, depth + 1, Kind::Int);
    if (spot.container != Guess::Tuple) return;
    for (size_t n = 0; n < c.elements.size(); ++n) {
      const Constant& element = module_.constants[c.elements[n]];
      if (n < kPositions) join(g[depth].parts[n], spotOf(element));
      constant(g, depth + 1, element);
    }
  }
  static Spot spotOf(const Constant& c) {
    switch (c.kind) {
    case ConstantKind::Int: return {.kind = Kind::Seed};
    case ConstantKind::Float: return {.kind = Kind::Float};
    case ConstantKind::Complex: return {.kind = Kind::Complex};
    case ConstantKind::Str: return {.container = Guess::Str};
    case ConstantKind::Bytes: return {.container = Guess::Bytes};
    case ConstantKind::Tuple: return {.container = Guess::Tuple};
    case ConstantKind::None: return {.mayBeOther = true};
    default: return {};
    }
  }

  // ---- forwards -----------------------------------------------------------------------------------
  void step(const Instruction& i) {
    for (uint32_t s = 0; s < i.successorCount; ++s)
      for (uint32_t a = 0; a < i.successors[s].argumentCount; ++a) flow(i.argument(s, a), i.target(s)->parameters[a]);
    if (const auto own = operators_.find(i.op); own != operators_.end()) ofOperator(own->second, i);
    if (asksObject(i)) meetAt(i.operand(0), 0, {.isObject = true});
    if (i.is(Op::AttrGet) && isOfMath(i) && isOneOf(module_.names[i.index], {"pi", "e", "tau", "inf"})) return raise(temps_[i.result()], 0, Kind::Float);
    if (i.is(Op::AttrGet) && of(i.operand(0)) == Kind::Complex && isOneOf(module_.names[i.index], {"real", "imag"})) return raise(temps_[i.result()], 0, Kind::Float);
    if ((i.is(Op::LocalRead) || i.is(Op::LocalTake)) && isHidden(i))
      raise(temps_[i.result()], 0, localOf(i)[0].kind);
    if (i.resultCount)
      if (Guesses* home = homeOf(i.result())) return flow(*home, i.result());
    switch (i.op) {
    case Op::LocalSet:
    case Op::LocalInit:
      if (isHidden(i)) {
        raise(localOf(i), 0, of(i.operand(0)));
        return hiddenStore(i);
      }
      if (const Instruction* from = i.operand(0)->definition; of(i.operand(0)) == Kind::Seed && !(from && from->is(Op::Const) && isAccumulated(i))) mixSeed(localOf(i));
      return flow(i.operand(0), localOf(i));
    case Op::CellSet: return flow(i.operand(0), *functions_[function_->number].cells[i.cell()]);
    case Op::CellFromLocal: return flow(localOf(i), *functions_[function_->number].cells[i.cell()]);
    case Op::AttrSet: {
      Guesses& place = attributeOf(i);
      mixConstant(i.operand(1), place);
      flow(i.operand(1), place);
      return flow(i.operand(1), attributes_[i.index]);
    }
    case Op::NameSet: { // in a class's body
      if (const Instruction* made = i.operand(1)->definition; made && made->is(Op::FunctionNew) && function_->kind == FunctionKind::ClassBody &&
                                                               module_.functions[made->index]->argCount > 0)
        changed_ |= functions_[made->index].parameter(0)[0].contain(Guess::Instance);
      auto own = ofClass_.find({function_->number, i.index});
      if (own == ofClass_.end()) return;
      flow(i.operand(1), own->second);
      return flow(i.operand(1), attributes_[i.index]);
    }
    case Op::NameGet:
      if (auto own = ofClass_.find({function_->number, i.index}); own != ofClass_.end()) flow(own->second, i.result());
      return;
    case Op::GlobalSet: return flow(i.operand(0), globals_[i.index]);
    case Op::Ret: mixConstant(i.operand(0), functions_[function_->number].result); return flow(i.operand(0), functions_[function_->number].result);
    case Op::Yield: return raiseItems(functions_[function_->number].result, i.operand(0));
    case Op::FunctionNew:
      changed_ |= temps_[i.result()][0].callees.add(i.index);
      return defaults(i);
    case Op::Const: return constant(temps_[i.result()], 0, module_.constants[i.index]);
    case Op::Iter:
      flowItems(i.operand(0), i.result());
      return raise(temps_[i.result()], 0, of(i.operand(0)));
    case Op::Copy: return flow(i.operand(0), i.result());
    case Op::SliceGet:
      contain(i.result(), containerOf(i.operand(0)));
      return flowItems(i.operand(0), i.result());
    case Op::ItemGet:
      if (const char code = arrayCode(containerOf(i.operand(0)))) return raise(temps_[i.result()], 0, isFloatCode(code) ? Kind::Float : Kind::Int);
      if (containerOf(i.operand(0)) == Guess::Str) return contain(i.result(), Guess::Str);
      if (const Constant* c = analysis::constantOf(module_, i.operand(1)); c && c->kind == ConstantKind::Int && c->integer >= 0)
        return flowPosition(i.operand(0), i.result(), static_cast<size_t>(c->integer));
      [[fallthrough]];
    case Op::NextBr: return flow(i.operand(0), i.result(), 1);
    case Op::Unpack:
      for (uint32_t r = 0; r < i.resultCount; ++r) flowPosition(i.operand(0), i.result(r), r);
      return;
    case Op::ListNew:
    case Op::TupleNew:
    case Op::SetNew:
      contain(i.result(), i.is(Op::ListNew) ? Guess::List : i.is(Op::TupleNew) ? Guess::Tuple : Guess::Set);
      for (uint32_t n = 0; n < i.operandCount; ++n) {
        flow(i.operand(n), i.result(), 0, 1);
        if (i.is(Op::TupleNew) && n < kPositions) flowPart(i.operand(n), temps_[i.result()][0].parts[n]);
      }
      return;
    case Op::DictNew:
      contain(i.result(), Guess::Dict);
      for (uint32_t n = 0; n + 1 < i.operandCount; n += 2) {
        flowPart(i.operand(n), temps_[i.result()][0].parts[0]);
        flow(i.operand(n + 1), i.result(), 0, 1);
      }
      return;
    case Op::ListToTuple:
      contain(i.result(), Guess::Tuple);
      return flowItems(i.operand(0), i.result());
    case Op::Format:
    case Op::StringJoin: return contain(i.result(), Guess::Str);
    case Op::ListExtend: return storeAll(i.operand(0), i.operand(1));
    case Op::DictSet:
    case Op::ItemSet:
      storeKey(i.operand(0), i.operand(1));
      return store(i.operand(0), i.operand(2));
    case Op::ListAppend: return store(i.operand(0), i.operand(1));
    case Op::Method: return method(i, 1);
    case Op::MethodCall:
      if (const Instruction* load = i.operand(0)->definition; load && (load->is(Op::MethodLoad) || load->is(Op::SuperLoad))) method(*load, 2, &i);
      return;
    case Op::Call: return call(i);
    case Op::UnaryNeg:
    case Op::UnaryPos: return raise(temps_[i.result()], 0, of(i.operand(0)));
    case Op::UnaryInvert: return raise(temps_[i.result()], 0, of(i.operand(0)));
    default: break;
    }
    if (i.op >= Op::BinaryAdd && i.op <= Op::InplaceMatMul) {
      Op op = i.op >= Op::InplaceAdd ? offsetOp(Op::BinaryAdd, int(i.op) - int(Op::InplaceAdd)) : i.op;
      const Temp *left = i.operand(0), *right = i.operand(1);
      const bool counts = op == Op::BinaryAdd || op == Op::BinarySub || op == Op::BinaryMul;
      const Kind a = counts && isAnswer(left) ? Kind::Int : of(left), b = counts && isAnswer(right) ? Kind::Int : of(right);
      Kind both = resultOf(a, b);
      if (op == Op::BinaryTrueDiv && both != Kind::Complex) both = both != Kind::None || of(left) != of(right) ? Kind::Float : Kind::None;
      if (op == Op::BinaryPow && both == Kind::Int) {
        const Constant* c = analysis::constantOf(module_, right);
        if (!c || c->kind != ConstantKind::Int || c->integer < 0) both = Kind::None;
      }
      raise(temps_[i.result()], 0, both);
      if (isMixing_ && counts && both == Kind::Float && mayBeInt(left) && mayBeInt(right)) mixSeed(temps_[i.result()]);
      if (op == Op::BinaryAdd || (op == Op::BinaryMul && of(right) != Kind::None)) contain(i.result(), containerOf(left));
      else if (op == Op::BinaryMul && of(left) != Kind::None) contain(i.result(), containerOf(right));
      else if (op == Op::BinaryMod && containerOf(left) == Guess::Str) contain(i.result(), Guess::Str);
      if (op == Op::BinaryAdd || op == Op::BinaryMul) // of containers, numbers hold nothing
        for (const Temp* t : {left, right})
          for (size_t d = 1; d < kDepth; ++d) join(temps_[i.result()][d], levelOf(t, d));
    }
  }
  // An attribute or item of it is wanted, which numbers hardly have; or it is the instance of a method.
  bool asksObject(const Instruction& i) const {
    switch (i.op) {
    case Op::AttrGet:
    case Op::Method:
    case Op::MethodLoad: return !isOneOf(module_.names[i.index], {"real", "imag", "conjugate", "numerator", "denominator", "is_integer", "bit_length", "to_bytes", "hex"});
    case Op::AttrSet:
    case Op::ItemGet:
    case Op::ItemSet:
    case Op::Iter: return true;
    default: return false;
    }
  }
  bool isOfMath(const Instruction& i) const {
    const Instruction* from = i.operand(0)->definition;
    return from && from->is(Op::GlobalGet) && module_.cells[from->index] == "math";
  }
  // Whether what is computed from the local is put to it again: `s = 0` is where a sum begins, `best = -1` is not.
  bool isAccumulated(const Instruction& store) const {
    const FunctionGuesses& f = functions_[function_->number];
    return f.accumulated[f.webs.at(store)];
  }
  // A constant int stays one where it is passed or stored; a local that begins with it is a float soon.
  void mixConstant(const Temp* t, Guesses& to) {
    if (of(t) == Kind::Seed) mixSeed(to);
  }
  void mixSeed(Guesses& to) { changed_ |= isMixing_ && to[0].mixSeed(); }
  bool mayBeInt(const Temp* t) const { return levelOf(t, 0).mixed || of(t) == Kind::Seed || of(t) == Kind::Int; }
  // A bool, most probably, which counts as an int.
  static bool isAnswer(const Temp* t) { return t->definition && t->definition->op >= Op::CompareLt && t->definition->op <= Op::CompareGe; }
  void raiseItems(Guesses& to, const Temp* item) {
    for (size_t d = 0; d + 1 < kDepth; ++d) join(to[d + 1], levelOf(item, d));
  }
  // What iterating over it gives.
  Spot itemOf(const Temp* iterable) const {
    const Level level = levelOf(iterable, 0);
    if (level.container == Guess::Dict) return level.parts[0];
    if (level.container == Guess::Str) return {.container = Guess::Str};
    return levelOf(iterable, 1);
  }
  // What stands at a position of a tuple, as far as that is known; else its items in general.
  void flowPosition(const Temp* from, const Temp* to, size_t position) {
    const Level tuple = levelOf(from, 0);
    const bool isKnown = tuple.container == Guess::Tuple && position < kPositions && tuple.parts[position].isKnown();
    if (!isKnown) return flow(from, to, 1);
    join(static_cast<Spot&>(temps_[to][0]), tuple.parts[position]);
    if (const Level items = levelOf(from, 1); items.container == tuple.parts[position].container) // and it is one of these
      for (size_t p = 0; p < kPositions; ++p) join(temps_[to][0].parts[p], items.parts[p]);
    if (!isNumber(guessOf(tuple.parts[position]))) // its items are those of all items' items
      for (size_t d = 1; d + 1 < kDepth; ++d) join(temps_[to][d], levelOf(from, d + 1));
  }

  void arguments(uint32_t callee, const Instruction& i, uint32_t first, uint32_t skip, bool answers = true) {
    const Function& f = *module_.functions[callee];
    for (uint32_t n = first; n < i.operandCount && n - first + skip < f.argCount; ++n) {
      mixConstant(i.operand(n), functions_[callee].parameter(n - first + skip));
      flow(i.operand(n), functions_[callee].parameter(n - first + skip));
    }
    if (answers && i.resultCount && i.result()->type.isWord()) flow(functions_[callee].result, i.result());
  }
  void defaults(const Instruction& made) {
    const Function& f = *module_.functions[made.index];
    const Instruction* values = made.operand(0) ? made.operand(0)->definition : nullptr;
    if (values && values->is(Op::Copy)) values = values->operand(0)->definition;
    if (!values) return;
    FunctionGuesses& callee = functions_[made.index];
    if (values->is(Op::TupleNew)) {
      for (uint32_t n = 0; n < values->operandCount && n < f.argCount; ++n) flow(values->operand(n), callee.parameter(f.argCount - values->operandCount + n));
    } else if (const Constant* c = analysis::constantOf(module_, made.operand(0)); c && c->kind == ConstantKind::Tuple) {
      for (size_t n = 0; n < c->elements.size() && n < f.argCount; ++n)
        constant(callee.parameter(static_cast<uint32_t>(f.argCount - c->elements.size() + n)), 0, module_.constants[c->elements[n]]);
    }
  }
  // What is no number for one of them may well be one for another.
  void ofMethods(std::span<const uint32_t> methods, const Instruction& call, uint32_t first, uint32_t skip) {
    isOneOfSeveral_ = methods.size() > 1;
    for (uint32_t callee : methods) arguments(callee, call, first, skip);
    isOneOfSeveral_ = false;
  }
  // What is done to an instance is a call of its class's method, or of the right operand's.
  struct OperatorMethods {
    std::span<const uint32_t> direct, reflected;
  };
  void ofOperator(const OperatorMethods& methods, const Instruction& i) {
    const bool isLeft = containerOf(i.operand(0)) == Guess::Instance;
    const bool isRight = !isLeft && i.operandCount > 1 && containerOf(i.operand(1)) == Guess::Instance;
    if (!isLeft && !isRight) return;
    if (isLeft) return ofMethods(methods.direct, i, 1, 1);
    isOneOfSeveral_ = methods.reflected.size() > 1;
    for (uint32_t callee : methods.reflected)
      if (module_.functions[callee]->argCount > 1) flow(i.operand(0), functions_[callee].parameter(1)), flow(functions_[callee].result, i.result());
    isOneOfSeveral_ = false;
  }
  void findOperators() {
    std::unordered_map<std::string_view, uint32_t> numbers;
    for (uint32_t name = 0; name < module_.names.size(); ++name) numbers[module_.names[name]] = name;
    auto named = [&](std::string_view name) {
      auto found = numbers.find(name);
      return found == numbers.end() ? std::span<const uint32_t>() : targets_.methodsNamed(found->second);
    };
    calls_ = named("__call__");
    for (const auto& [op, direct, reflected] : analysis::kOperatorMethods)
      if (OperatorMethods m{named(direct), named(reflected)}; !m.direct.empty() || !m.reflected.empty()) operators_[op] = m;
  }
  void call(const Instruction& i) {
    const Instruction* from = i.operand(0)->definition;
    if (!from) return;
    const Callees known = levelOf(i.operand(0), 0).callees;
    for (uint32_t callee : known.all()) arguments(callee, i, 1, 0);
    if (known.count) return;
    if (from->is(Op::LocalGet) || from->is(Op::CellGet)) {
      if (callArray(from->is(Op::LocalGet) ? from->block->function->locals[from->local()].name : from->block->function->cellName(from->cell()), i, 1)) return;
    }
    if (!from->is(Op::GlobalGet)) return ofMethods(calls_, i, 1, 1); // an instance?
    if (auto c = targets_.classOf(from->index)) {
      join(static_cast<Spot&>(temps_[i.result()][0]), {.container = Guess::Instance, .isObject = true});
      if (auto init = targets_.initOf(*c)) arguments(*init, i, 1, 1, false);
      return;
    }
    const std::string& name = module_.cells[from->index];
    if (callArray(name, i, 1)) return;
    static constexpr std::pair<std::string_view, Guess> kMade[] = {
        {"list", Guess::List}, {"sorted", Guess::List}, {"tuple", Guess::Tuple}, {"dict", Guess::Dict}, {"set", Guess::Set}, {"frozenset", Guess::Set},
        {"bytes", Guess::Bytes}, {"bytearray", Guess::Bytes}, {"str", Guess::Str}, {"repr", Guess::Str}, {"chr", Guess::Str}, {"input", Guess::Str},
        {"hex", Guess::Str}, {"bin", Guess::Str}, {"oct", Guess::Str}, {"format", Guess::Str}, {"ascii", Guess::Str}};
    for (auto [callee, made] : kMade)
      if (name == callee) contain(i.result(), made);
    Guesses& result = temps_[i.result()];
    if (isOneOf(name, {"len", "ord", "int", "hash", "id"})) raise(result, 0, Kind::Int);
    else if (name == "float" || (i.operandCount == 2 && analysis::isRealFunction(name))) raise(result, 0, Kind::Float);
    else if (isOneOf(name, {"range", "bytes", "bytearray"})) raise(result, 1, Kind::Int);
    else if (name == "complex") raise(result, 0, Kind::Complex);
    else if (i.operandCount == 2 && name == "abs" && of(i.operand(1)) == Kind::Complex) raise(result, 0, Kind::Float);
    else if (i.operandCount == 2 && name == "round") raise(result, 0, Kind::Int);
    else if (i.operandCount == 2 && isOneOf(name, {"sum", "max", "min"})) flow(i.operand(1), i.result(), 1);
    else if (isOneOf(name, {"abs", "max", "min"}))
      for (uint32_t n = 1; n < i.operandCount; ++n) flow(i.operand(n), i.result());
    else if (isOneOf(name, {"list", "tuple", "sorted", "reversed", "set", "frozenset"}))
      for (uint32_t n = 1; n < i.operandCount; ++n) flowItems(i.operand(n), i.result());
    else if (name == "zip" || name == "enumerate") {
      changed_ |= result[1].contain(Guess::Tuple);
      const bool isZip = name == "zip";
      if (!isZip) changed_ |= result[1].parts[0].raise(Kind::Int, isMixing_); // of its own position alone
      for (uint32_t n = 1; n < i.operandCount && (isZip || n == 1); ++n) {
        const Temp* items = i.operand(n);
        const size_t position = isZip ? n - 1 : 1;
        flow(items, i.result(), 1, 2);
        if (position < kPositions) join(result[1].parts[position], itemOf(items));
      }
    }
  }
  // `i` names the method; `call` has the arguments.
  void method(const Instruction& i, uint32_t first, const Instruction* call = nullptr) {
    if (!call) call = &i;
    const std::string& name = module_.names[i.index];
    const Instruction* receiver = i.operand(0)->definition;
    if (receiver && receiver->is(Op::GlobalGet) && isOneOf(module_.cells[receiver->index], {"math", "random", "time"})) {
      if (isOneOf(name, {"floor", "ceil", "gcd", "isqrt", "factorial", "comb", "perm", "randint", "randrange"}))
        raise(temps_[call->result()], 0, Kind::Int);
      else if (!isOneOf(name, {"frexp", "modf", "isnan", "isinf", "isfinite", "isclose", "choice", "shuffle", "sample", "sleep"}))
        raise(temps_[call->result()], 0, Kind::Float);
      return;
    }
    if (receiver && receiver->is(Op::GlobalGet) && module_.cells[receiver->index] == "array" && callArray(name, *call, first)) return;
    const auto methods = targets_.methodsNamed(i.index);
    if (auto body = receiver && receiver->is(Op::GlobalGet) ? targets_.classOf(receiver->index) : std::nullopt) { // Base.method(self, …)
      for (uint32_t callee : methods)
        if (module_.functions[callee]->parent == *body) arguments(callee, *call, first, 0);
      return;
    }
    ofMethods(methods, *call, first, 1);
    if (methods.empty() && name == "append" && call->operandCount == first + 1) store(i.operand(0), call->operand(first));
    if (methods.empty()) builtinMethod(name, i.operand(0), call->result(), call->operandCount - first);
  }

  void builtinMethod(std::string_view name, const Temp* receiver, const Temp* result, size_t arguments) {
    const Level level = levelOf(receiver, 0);
    Guesses& made = temps_[result];
    if (level.container == Guess::Str) {
      if (isOneOf(name, {"join", "replace", "strip", "lstrip", "rstrip", "upper", "lower", "format", "ljust", "rjust", "center", "zfill", "title", "capitalize"}))
        contain(result, Guess::Str);
      else if (isOneOf(name, {"split", "rsplit", "splitlines"})) contain(result, Guess::List), changed_ |= made[1].contain(Guess::Str);
      else if (isOneOf(name, {"find", "rfind", "index", "rindex", "count"})) raise(made, 0, Kind::Int);
      return;
    }
    if (level.container != Guess::Dict) {
      if (name == "copy" && arguments == 0) flow(receiver, result);
      return;
    }
    if (name == "items") {
      changed_ |= made[1].contain(Guess::Tuple);
      join(made[1].parts[0], level.parts[0]);
      join(made[1].parts[1], static_cast<const Spot&>(levelOf(receiver, 1)));
      for (size_t d = 1; d + 1 < kDepth; ++d) join(made[d + 1], levelOf(receiver, d));
      join(static_cast<Spot&>(made[2]), level.parts[0]);
    } else if (name == "keys") {
      join(static_cast<Spot&>(made[1]), level.parts[0]);
    } else if (name == "values") {
      for (size_t d = 1; d < kDepth; ++d) join(made[d], levelOf(receiver, d));
    } else if (isOneOf(name, {"get", "setdefault", "pop"})) {
      flow(receiver, result, 1);
    } else if (name == "copy") {
      flow(receiver, result);
    }
  }

  // ---- backwards ----------------------------------------------------------------------------------
  // What range() is asked with, and whatever that was read from.
  void count(const Instruction& i) {
    const Instruction* callee = i.is(Op::Call) ? i.operand(0)->definition : nullptr;
    if (callee && callee->is(Op::GlobalGet) && module_.cells[callee->index] == "range")
      for (uint32_t n = 1; n < i.operandCount; ++n) pin(i.operand(n));
    if (isLocalStore(i.op) && !isHidden(i) && localOf(i)[0].counts) pin(i.operand(0));
  }
  void pin(const Temp* t) {
    auto at = [&](Spot& s) {
      changed_ |= !s.counts;
      s.counts = true;
      changed_ |= s.raise(Kind::Int, isMixing_);
    };
    const Instruction* made = t->definition;
    if (made && made->is(Op::Const)) return;
    at(temps_[t][0]);
    if (made && made->is(Op::Copy)) return pin(made->operand(0));
    if (made && (made->is(Op::LocalGet) || made->is(Op::LocalRead)) && !isHidden(*made)) at(localOf(*made)[0]);
  }
  void index(const Instruction& i) {
    if (i.is(Op::BinaryLShift) || i.is(Op::BinaryRShift))
      for (uint32_t n : {0u, 1u}) countUnknown(i.operand(n));
    if (i.is(Op::BinaryMul))
      for (uint32_t n : {0u, 1u})
        if (isSequence(containerOf(i.operand(n)))) countUnknown(i.operand(1 - n));
    if (asksInstance(i)) holdInstance(i.operand(0));
    if ((i.is(Op::ItemGet) || i.is(Op::ItemSet)) && isSequence(containerOf(i.operand(0)))) countUnknown(i.operand(1));
  }
  static bool isSequence(Guess g) { return g == Guess::List || g == Guess::Tuple || g == Guess::Str || g == Guess::Bytes || arrayCode(g); }
  // What the module's classes have, and containers have not.
  bool asksInstance(const Instruction& i) const {
    if (!i.is(Op::AttrGet) && !i.is(Op::AttrSet) && !i.is(Op::Method) && !i.is(Op::MethodLoad)) return false;
    static constexpr std::string_view kOfContainers[] = {"add", "append", "clear", "copy", "count", "discard", "extend", "find", "format", "get",
                                                         "index", "insert", "items", "join", "keys", "pop", "popleft", "remove", "replace",
                                                         "reverse", "sort", "split", "strip", "update", "values", "read", "write", "close"};
    if (std::find(std::begin(kOfContainers), std::end(kOfContainers), module_.names[i.index]) != std::end(kOfContainers)) return false;
    return isStored_[i.index] || !targets_.methodsNamed(i.index).empty() || !targets_.gettersNamed(i.index).empty();
  }
  void holdInstance(const Temp* t) {
    const Level level = levelOf(t, 0);
    const Instruction* made = t->definition;
    if (level.kind != Kind::None || level.container != Guess::None || (made && made->is(Op::GlobalGet))) return; // or a class, a module
    contain(t, Guess::Instance);
    if (Guesses* home = homeOf(t)) changed_ |= (*home)[0].contain(Guess::Instance);
  }
  void countUnknown(const Temp* t) {
    if (isUnknown(t)) raise(t, 0, Kind::Int);
  }
  bool isUnknown(const Temp* t) const { return of(t) == Kind::None && containerOf(t) == Guess::None && t->type.mayBe(TypeBit::Float); }
  // Of what nothing is known by itself.
  void divide(const Instruction& i) {
    if (i.is(Op::BinaryTrueDiv) || i.is(Op::InplaceTrueDiv))
      for (uint32_t n : {0u, 1u})
        if (isUnknown(i.operand(n))) raise(i.operand(n), 0, Kind::Met);
  }
  void shareAmongWebs(FunctionGuesses& f) {
    for (const auto& webs : f.webs.byLocal()) {
      Guesses all{};
      for (uint32_t web : webs)
        for (size_t d = 0; d < kDepth; ++d) all[d].join(f.locals[web][d], false);
      for (uint32_t web : webs)
        if (!f.locals[web][0].isKnown()) f.locals[web] = all;
    }
  }
  static bool isItem(const Temp* t) { return t->definition && t->definition->is(Op::ItemGet); }
  // What another's kind says of what meets it.
  static Kind met(Kind k) { return k == Kind::Float ? Kind::Met : k == Kind::Int || k == Kind::Seed ? Kind::MetInt : k; }
  // The unknown operand of an operator takes the other's guess, or the result's.
  void meet(const Instruction& i) {
    bool arithmetic = i.is(Op::BinaryAdd) || i.is(Op::BinarySub) || i.is(Op::BinaryMul) || i.is(Op::InplaceAdd) ||
                      i.is(Op::InplaceSub) || i.is(Op::InplaceMul);
    bool tests = i.op >= Op::TestLt && i.op <= Op::TestGe;
    if (!arithmetic && !tests) return;
    for (uint32_t n : {0u, 1u}) {
      const Temp *t = i.operand(n), *other = i.operand(1 - n);
      if (!isUnknown(t) || ((i.is(Op::BinaryMul) || i.is(Op::InplaceMul)) && isItem(t) && met(of(other)) == Kind::MetInt)) continue; // or a text
      if (of(other) != Kind::None) raise(t, 0, met(of(other)));
      else if (i.resultCount && i.result()->type.isWord() && of(i.result()) != Kind::None) raise(t, 0, met(of(i.result())));
    }
    // A result takes what it is put to.
    if (arithmetic && of(i.result()) == Kind::None)
      for (const Use* u = i.result()->uses; u; u = u->next) {
        const Instruction& user = *u->user;
        if (!((user.op >= Op::BinaryAdd && user.op <= Op::BinaryMul) || (user.op >= Op::InplaceAdd && user.op <= Op::InplaceMul) ||
              user.is(Op::BinaryTrueDiv) || user.is(Op::InplaceTrueDiv)))
          continue;
        const Temp* other = user.operand(user.operand(0) == i.result() ? 1 : 0);
        if (met(of(other)) == Kind::Met) raise(i.result(), 0, Kind::Met);
      }
  }

  Module& module_;
  const analysis::CallTargets targets_;
  Function* function_ = nullptr;
  std::span<const uint32_t> calls_; // methods named __call__
  std::unordered_map<Op, OperatorMethods> operators_;
  std::vector<Guesses> globals_, attributes_;
  std::vector<bool> isStored_; // by NAME: in the instance of a method
  std::map<std::pair<uint32_t, uint32_t>, Guesses> ofClass_; // attributes, by FUNCTION of the class body and NAME
  std::vector<FunctionGuesses> functions_;
  std::map<std::pair<uint32_t, std::string>, Guesses> variables_; // in cells, by FUNCTION and name
  std::unordered_map<const Temp*, Guesses> temps_;
  bool changed_ = false;
  bool isMixing_ = false;
  bool isOneOfSeveral_ = false;
};

} // namespace

bool runGuessNumbers(Function& function) {
  if (function.number != 0) return false;
  return Guesser(function.module).run();
}

} // namespace krait::ir::passes
