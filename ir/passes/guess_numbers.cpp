// Predictions of which temporaries are ints and which are floats, for code generation: it tries the predicted kind
// first, and what happens then may rely on it (codegen/lower/arithmetic.cpp). A wrong one costs time, nothing else, so
// the analysis is coarse: one guess for each web of a local (analysis/webs.h), cell, attribute of a class or name, global and
// function result of the module, and for the items of what they hold, and the items of those. A constant int joined with float is float (`s = 0; s += 0.5`);
// another int joined with float is float, too, but marks the functions that meet it as mixed (Function::mixesNumbers).
//
// Beside it: what sort of container a place holds. Where two sorts meet, nothing is known.
//
// What a profile says (guess_profile.cpp) is no guess of ours: it stands from the beginning, and all the rest follows from it, too.
//
// What bounds a range is an int, and so is what is stored there. Else what constants, operators, ranges, known builtins and calls of
// the module's own functions say flows forwards until nothing changes. Then what is still unknown takes the guess of what it meets, the
// surest first: an index of a list is an int, `x * 0.5` makes x a float, what is divided is a float.
//
// Here is the order of it, and what flows backwards; guess_flow.cpp has the way forwards, guess_places.cpp the places, guess_builtins.cpp what
// builtins give, guess_annotations.cpp what annotations promise.
#include "ir/analysis/constants.h"
#include "ir/core/operators.h"
#include "ir/passes/guesser.h"
#include "ir/passes/passes.h"

namespace krait::ir::passes {

using namespace core;

Guesser::Guesser(Module& module)
    : module_(module), targets_(module), classes_(module, targets_), globals_(module.cells.size()), attributes_(module.names.size()), isStored_(module.names.size()), patterns_(module.cells.size()), temps_(module) {
  for (auto& f : module.functions) functions_.emplace_back(*f);
  for (auto& f : module.functions)
    for (Block* b = f->entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        if (isLocalStore(i->op) && !isSeldomHidden(*i)) ++functions_[f->number].stores[i->local()];
        if (i->is(Op::AttrSet) && isMethodsOwn(*i)) isStored_[i->index] = true;
      }
  how_.classes = &classes_;
  findOperators();
  for (auto& f : module.functions)
    for (uint32_t c = 0; c < f->cells.size() + f->frees.size(); ++c) functions_[f->number].cells.push_back(&variableOf(*f, c));
}

bool Guesser::run() {
  takeSeen();
  if (!classes_.isEmpty()) resolveClasses();
  for (auto& f : module_.functions) // `**options`
    if (f->hasVarKeywords) functions_[f->number].parameter(f->paramCount() - 1)[0].contain(Guess::Dict);
  sweep([this](const Instruction& i) { count(i); });
  sweep([this](const Instruction& i) { step(i); });
  sweep([this](const Instruction& i) { step(i), index(i); });
  sweep([this](const Instruction& i) { step(i), maskOut(i); });
  sweep([this](const Instruction& i) { step(i), decide(i); });
  sweep([this](const Instruction& i) { step(i), meet(i); });
  sweep([this](const Instruction& i) { step(i), divide(i); });
  for (FunctionGuesses& f : functions_) shareAmongWebs(f);
  sweep([this](const Instruction& i) { step(i); });
  for (auto& f : module_.functions) doubtLocals(*f);
  how_.mixes = true; // once everything is known: where ints meet floats
  sweep([this](const Instruction& i) { step(i); });
  bool any = false;
  for (auto& [t, guesses] : temps_) {
    const Guess guess = guessOf(guesses[0]);
    if (t->isSeen && guesses[0].isSettled) {
      t->definingBlock()->function->mixesNumbers |= t->doubt == Doubt::MayBeInt;
      any = true;
      continue;
    }
    const bool isConstant = t->definition && t->definition->is(Op::Const);
    if (!t->type.isWord() || guess == Guess::None || (isConstant && !isNumber(guess))) continue;
    const_cast<Temp*>(t)->guess = guess;
    if (!isNumber(guess)) const_cast<Temp*>(t)->ofClass = classOf(t);
    const_cast<Temp*>(t)->doubt = isNumber(guess) ? guesses[0].doubt() : Doubt::None;
    t->definingBlock()->function->mixesNumbers |= guesses[0].mixed;
    any = true;
  }
  return any;
}

// What only its company says to be a float, and nothing says where it comes from: as well an int, as in `scale(3)`.
void Guesser::doubtLocals(const Function& f) {
  for (Guesses& local : functions_[f.number].locals)
    if (local[0].kind == Kind::Met && !local[0].isSettled) local[0].kind = Kind::Float, local[0].mixed = true;
}

void Guesser::resolveClasses() {
  isResolving_ = true;
  sweep([this](const Instruction& i) { step(i); });
  isResolving_ = false;
  std::vector<std::pair<const Temp*, uint32_t>> known;
  for (auto& [t, guesses] : temps_)
    if (const Spot& spot = guesses[0]; spot.cls < kAnyClass && spot.kind == Kind::None && spot.container == classes_.containerOf(spot.cls))
      known.emplace_back(t, spot.cls);
  temps_.clear();
  for (auto [t, cls] : known) static_cast<Spot&>(temps_[t][0]) = {.container = classes_.containerOf(cls), .isObject = true, .isSettled = true, .cls = cls};
  for (FunctionGuesses& f : functions_) {
    std::fill(f.locals.begin(), f.locals.end(), Guesses{});
    f.result = {};
  }
  std::fill(globals_.begin(), globals_.end(), Guesses{});
  std::fill(attributes_.begin(), attributes_.end(), Guesses{});
  for (auto& [place, guesses] : ofClass_) guesses = {};
  for (auto& [variable, guesses] : variables_) guesses = {};
  takeSeen();
}

bool Guesser::isPattern(const Constant& c) { return (wideNumber(c) & (wideNumber(c) + 1)) != 0; }

void Guesser::count(const Instruction& i) {
  if (const Constant* c = i.is(Op::GlobalSet) ? analysis::constantOf(module_, i.operand(0)) : nullptr)
    patterns_[targets_.imports().originalOf(i.index)] = isPattern(*c);
  const Instruction* callee = i.is(Op::Call) ? i.operand(0)->definition : nullptr;
  if (callee && callee->is(Op::GlobalGet) && module_.cells[callee->index] == "range")
    for (uint32_t n = 1; n < i.operandCount; ++n) pin(i.operand(n));
  if (isLocalStore(i.op) && !isHidden(i) && localOf(i)[0].counts) pin(i.operand(0));
}

void Guesser::pin(const Temp* t) {
  auto at = [&](Spot& s) {
    changed_ |= !s.counts;
    s.counts = true;
    changed_ |= s.raise(Kind::Int, how_.mixes);
  };
  const Instruction* made = t->definition;
  if (made && made->is(Op::Const)) return;
  at(temps_[t][0]);
  if (made && made->is(Op::Copy)) return pin(made->operand(0));
  if (made && (made->is(Op::LocalGet) || made->is(Op::LocalRead)) && !isHidden(*made)) at(localOf(*made)[0]);
}

void Guesser::index(const Instruction& i) {
  if (i.is(Op::BinaryLShift) || i.is(Op::BinaryRShift))
    for (uint32_t n : {0u, 1u}) countUnknown(i.operand(n));
  if (i.is(Op::BinaryMul))
    for (uint32_t n : {0u, 1u})
      if (isSequence(containerOf(i.operand(n)))) countUnknown(i.operand(1 - n));
  if (asksInstance(i)) hold(i.operand(0), Guess::Instance);
  else if (asksText(i)) hold(i.operand(0), Guess::Str);
  if ((i.is(Op::ItemGet) || i.is(Op::ItemSet)) && isSequence(containerOf(i.operand(0)))) countParts(i.operand(1));
}

bool Guesser::asksInstance(const Instruction& i) const {
  if (!i.is(Op::AttrGet) && !i.is(Op::AttrSet) && !i.is(Op::Method) && !i.is(Op::MethodLoad) && !i.is(Op::BoundLoad)) return false;
  static constexpr std::string_view kOfContainers[] = {"add", "append", "clear", "copy", "count", "discard", "extend", "find", "format", "get",
                                                       "index", "insert", "items", "join", "keys", "pop", "popleft", "remove", "replace",
                                                       "reverse", "sort", "split", "strip", "update", "values", "read", "write", "close"};
  if (std::find(std::begin(kOfContainers), std::end(kOfContainers), module_.names[i.index]) != std::end(kOfContainers)) return false;
  return isStored_[i.index] || !targets_.methodsNamed(i.index).empty() || !targets_.gettersNamed(i.index).empty();
}

// What hardly anything else has. Bytes have most of it, and are given bytes.
bool Guesser::asksText(const Instruction& i) const {
  static constexpr std::string_view kOfTexts[] = {"capitalize", "casefold", "endswith", "isalnum", "isalpha", "isdigit", "isidentifier", "islower", "isspace",
                                                  "isupper", "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rjust", "rpartition",
                                                  "rsplit", "rstrip", "splitlines", "startswith", "strip", "swapcase", "upper", "zfill"};
  if (!i.is(Op::Method) || std::find(std::begin(kOfTexts), std::end(kOfTexts), module_.names[i.index]) == std::end(kOfTexts)) return false;
  for (uint32_t n = 1; n < i.operandCount; ++n) {
    const Constant* c = analysis::constantOf(module_, i.operand(n));
    if ((c && c->kind == ConstantKind::Bytes) || containerOf(i.operand(n)) == Guess::Bytes) return false;
  }
  return true;
}

void Guesser::hold(const Temp* t, Guess what) {
  const Level level = levelOf(t, 0);
  const Instruction* made = t->definition;
  if (level.kind != Kind::None || level.container != Guess::None || (made && made->is(Op::GlobalGet))) return; // or a class, a module
  contain(t, what);
  if (Guesses* home = homeOf(t)) changed_ |= (*home)[0].contain(what);
}

void Guesser::countUnknown(const Temp* t) {
  if (isUnknown(t)) raise(t, 0, Kind::Int);
}

// `xs[h - y - 1]`: no sum, difference or product of floats is an int.
void Guesser::countParts(const Temp* t, unsigned depth) {
  countUnknown(t);
  const Instruction* made = t->definition;
  if (!made || depth == kRounds || !isInt(of(t))) return;
  if (made->is(Op::Copy)) return countParts(made->operand(0), depth + 1);
  if (!made->is(Op::BinaryAdd) && !made->is(Op::BinarySub) && !made->is(Op::BinaryMul)) return;
  for (uint32_t n : {0u, 1u}) countParts(made->operand(n), depth + 1);
}

// `0.25 * grid[x, y]`: a factor of a float, or what is added to a number, taken from it or divided. A sequence may be multiplied by an int.
void Guesser::decide(const Instruction& i) {
  const bool isProduct = i.is(Op::BinaryMul) || i.is(Op::InplaceMul), isSum = i.is(Op::BinaryAdd) || i.is(Op::InplaceAdd);
  const bool isOther = i.is(Op::BinarySub) || i.is(Op::InplaceSub) || i.is(Op::BinaryTrueDiv) || i.is(Op::InplaceTrueDiv);
  if (!isProduct && !isSum && !isOther) return;
  for (uint32_t n : {0u, 1u}) {
    const Temp *t = i.operand(n), *other = i.operand(1 - n);
    if (isTorn(t) && (isOther || (isPlainNumber(other) && (isSum || met(of(other)) == Kind::Met)))) beNumber(t);
  }
}

void Guesser::beNumber(const Temp* t, unsigned depth) {
  if (!isTorn(t)) return;
  changed_ |= temps_[t][0].beNumber();
  const Instruction* made = t->definition;
  if (!made || depth == kRounds) return;
  if (made->is(Op::Copy)) return beNumber(made->operand(0), depth + 1);
  if (made->is(Op::BinaryAdd) || made->is(Op::BinarySub) || made->is(Op::BinaryMul))
    for (uint32_t n : {0u, 1u}) beNumber(made->operand(n), depth + 1);
}

// `board & 0xFEFEFEFEFEFEFEFE`: what some of 64 bits are taken from has them; `moves & mine`: two boards.
void Guesser::maskOut(const Instruction& i) {
  if (isLocalStore(i.op) && !isHidden(i) && localOf(i)[0].kind == Kind::Wide) return beWide(i.operand(0));
  if (!i.is(Op::BinaryAnd) && !i.is(Op::InplaceAnd)) return;
  for (uint32_t n : {0u, 1u}) {
    const Instruction* by = i.operand(n)->definition;
    const Constant* c = analysis::constantOf(module_, i.operand(n));
    const bool isGlobal = by && by->is(Op::GlobalGet);
    const bool takes = c ? isPattern(*c) : isGlobal ? patterns_[targets_.imports().originalOf(by->index)] : of(i.operand(n)) == Kind::Wide;
    if (takes) beWide(i.operand(1 - n));
  }
}

void Guesser::beWide(const Temp* t, unsigned depth) {
  if (isInt(of(t)) ? of(t) == Kind::Wide : of(t) != Kind::Seed && of(t) != Kind::None) return;
  if (containerOf(t) != Guess::None || isInstance(t) || analysis::constantOf(module_, t) || levelOf(t, 0).mayBeOther) return;
  const Instruction* made = t->definition;
  if (made && made->is(Op::ItemGet) && (containerOf(made->operand(0)) == Guess::Bytes || arrayCode(containerOf(made->operand(0))))) return;
  raise(t, 0, Kind::Wide);
  if (!made || depth == kRounds) return;
  if (made->is(Op::Copy) || made->is(Op::BinaryLShift) || made->is(Op::BinaryRShift) || made->is(Op::UnaryInvert)) return beWide(made->operand(0), depth + 1);
  if (made->is(Op::BinaryAnd) || made->is(Op::BinaryOr) || made->is(Op::BinaryXor))
    for (uint32_t n : {0u, 1u}) beWide(made->operand(n), depth + 1);
}

void Guesser::divide(const Instruction& i) {
  if (i.is(Op::BinaryTrueDiv) || i.is(Op::InplaceTrueDiv))
    for (uint32_t n : {0u, 1u})
      if (isUnknown(i.operand(n))) raise(i.operand(n), 0, Kind::Met);
}

void Guesser::shareAmongWebs(FunctionGuesses& f) {
  for (const auto& webs : f.webs.byLocal()) {
    Guesses all{};
    for (uint32_t web : webs)
      for (size_t d = 0; d < kDepth; ++d) all[d].join(f.locals[web][d], {.classes = &classes_});
    for (uint32_t web : webs)
      if (!f.locals[web][0].isKnown()) f.locals[web] = all;
  }
}

void Guesser::meet(const Instruction& i) {
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

bool runGuessNumbers(Function& function) {
  if (function.number != 0) return false;
  return Guesser(function.module).run();
}

} // namespace krait::ir::passes
