// The analysis behind guess_numbers.cpp: what is guessed of every place of a module, and how guesses flow.
#pragma once

#include "ir/analysis/call_targets.h"
#include "ir/analysis/class_model.h"
#include "ir/analysis/library_functions.h"
#include "ir/analysis/webs.h"
#include "ir/core/module.h"
#include "ir/passes/guesses.h"

#include <algorithm>
#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait::ir::passes {

inline bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The places of a function.
struct FunctionGuesses {
  explicit FunctionGuesses(const core::Function& f);
  // By an operator, from this web, at first or second hand.
  bool isMadeOf(const core::Temp& t, uint32_t web, unsigned depth = 0) const;
  Guesses& at(const core::Instruction& access) { return locals[webs.at(access)]; }
  // Where the callee of bound.call comes from; the call itself if that is not known.
  const core::Instruction& lookUpOf(const core::Instruction& boundCall) const;
  Guesses& parameter(uint32_t number) { return locals[webs.atEntry(number)]; }
  const analysis::Webs webs;
  std::vector<Guesses> locals;   // by web
  std::vector<bool> accumulated; // by web: in a loop
  std::vector<uint32_t> storesOf; // by web
  Guesses result{};
  std::vector<Guesses*> cells{}; // own, then free
  std::vector<uint32_t> stores;  // by local
  std::unordered_map<uint32_t, const core::Instruction*> boundLoads; // by local that gets their receivers
};

// Of the temporaries of all functions of a module, those of which anything was asked for.
class TempGuesses {
public:
  explicit TempGuesses(const core::Module& module) {
    size_t count = 0;
    for (auto& f : module.functions) begins_.push_back(count), count += f->tempCount();
    places_.resize(count);
  }

  Guesses& operator[](const core::Temp* t) {
    uint32_t& place = places_[numberOf(t)];
    if (!place) entries_.push_back({t, {}}), place = static_cast<uint32_t>(entries_.size());
    return entries_[place - 1].second;
  }
  // Null: nothing was asked for.
  const Guesses* find(const core::Temp* t) const {
    const uint32_t place = places_[numberOf(t)];
    return place ? &entries_[place - 1].second : nullptr;
  }
  void clear() {
    entries_.clear();
    std::fill(places_.begin(), places_.end(), 0);
  }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }

private:
  size_t numberOf(const core::Temp* t) const { return begins_[t->definingBlock()->function->number] + t->id; }

  std::vector<size_t> begins_;   // by FUNCTION
  std::vector<uint32_t> places_; // by number of the temporary: which entry, from 1
  std::deque<std::pair<const core::Temp*, Guesses>> entries_; // do not move
};

// A type as an annotation says it: `dict[str, float]` is dict with the parts str and float.
struct Hint {
  std::string name;
  std::vector<Hint> parts;
};

class Guesser {
public:
  explicit Guesser(core::Module& module);

  bool run();

private:
  // ---- what a profile says (guess_profile.cpp) ----
  // Of temporaries it holds whatever seems to come; of parameters, too, unless something else is stored there.
  void takeSeen();
  Spot spotOf(const core::Guessed& seen) const;

  // ---- places: what values are read from and put to (guess_places.cpp) ----
  // The variable that a function's cell is, wherever it belongs.
  Guesses& variableOf(const core::Function& f, uint32_t cell);

  Level levelOf(const core::Temp* t, size_t depth) const {
    const Guesses* found = t && depth < kDepth ? temps_.find(t) : nullptr;
    Level known = found ? (*found)[depth] : Level();
    if (depth == 0 && t && known.kind == Kind::None && t->type.isWord()) known.kind = t->type.isFloat() ? Kind::Float : t->type.isInt() ? Kind::Int : Kind::None;
    return known;
  }
  Kind of(const core::Temp* t, size_t depth = 0) const { return levelOf(t, depth).kind; }
  core::Guess containerOf(const core::Temp* t, size_t depth = 0) const { return levelOf(t, depth).container; }
  void join(Level& to, Level from) {
    if (isOneOfSeveral_) from.isObject = false;
    changed_ |= to.join(from, how_);
  }
  void join(Spot& to, Spot from) {
    if (isOneOfSeveral_) from.isObject = false;
    changed_ |= to.join(from, how_);
  }
  void raise(Guesses& to, size_t depth, Kind k) {
    if (depth < kDepth) changed_ |= to[depth].raise(k, how_.mixes);
  }
  void contain(const core::Temp* t, core::Guess g) { changed_ |= temps_[t][0].contain(g); }
  // Also what the temporary was read from.
  void raise(const core::Temp* t, size_t depth, Kind g) { meetAt(t, depth, {.kind = g}); }
  void meetAt(const core::Temp* t, size_t depth, const Spot& s);
  // The same for what a tuple or dict has at a position.
  void meetAt(const core::Temp* t, size_t depth, const std::array<Spot, kPositions>& parts);
  uint32_t classOf(const core::Temp* t) const {
    const uint32_t cls = levelOf(t, 0).cls;
    return cls == kAnyClass ? core::kNone : cls;
  }
  bool isInstance(const core::Temp* t) const { return containerOf(t) == core::Guess::Instance || classOf(t) != core::kNone; }
  void isObject(Spot& place) { join(place, {.isObject = true}); }
  void isInstance(Spot& place, uint32_t cls) { join(place, {.container = classes_.containerOf(cls), .cls = cls}); }
  // A method's access to an attribute of its instance.
  static bool isMethodsOwn(const core::Instruction& access);
  // Classes may have attributes of one name that have nothing else in common. What is read from objects of which no class is known
  // may be any of that name, once classes are found out; null before.
  Guesses* attributeOf(const core::Instruction& access);
  // The variable, attribute or global that a temporary was read from.
  Guesses* homeOf(const core::Temp* t);
  // Loops in turn keep their iterators in the same hidden local; each is read where it was put, one branch further on.
  // Numbers are in hidden locals that hold nothing else, such as a sum. What is stored once, a comprehension's list, is a variable.
  bool isHidden(const core::Instruction& i) const;
  // A store into a hidden local on a way that is seldom taken: it says nothing of the others.
  static bool isSeldomHidden(const core::Instruction& i) { return i.block->cold && i.local() >= i.block->function->varCount; }
  void hiddenStore(const core::Instruction& i);
  Guesses& localOf(const core::Instruction& access) { return functions_[access.block->function->number].at(access); }
  void flow(const Guesses& from, const core::Temp* to) { flow(from, temps_[to]); }
  void flow(const core::Temp* from, Guesses& to);
  void flow(const Guesses& from, Guesses& to);
  void flow(const core::Temp* from, const core::Temp* to, size_t fromDepth = 0, size_t toDepth = 0);
  void flowPart(const core::Temp* from, Spot& to, size_t depth = 0) { join(to, static_cast<const Spot&>(levelOf(from, depth))); }
  void store(const core::Temp* container, const core::Temp* item);
  void storeKey(const core::Temp* container, const core::Temp* key);
  // All items of one go to the other.
  void storeAll(const core::Temp* container, const core::Temp* items);
  // What holds the same items, but is something else. A dict's are its keys.
  void flowItems(const core::Temp* from, const core::Temp* to);

  // ---- forwards (guess_flow.cpp) ----
  void constant(Guesses& g, size_t depth, const core::Constant& c);
  static Spot spotOf(const core::Constant& c);
  Kind bitsOf(core::Op op, const core::Temp* left, const core::Temp* right) const;
  bool isMasked(core::Op op, const core::Temp* left, const core::Temp* right) const;
  void step(const core::Instruction& i);
  // An attribute or item of it is wanted, which numbers hardly have; or it is the instance of a method.
  bool asksObject(const core::Instruction& i) const;
  bool isOfMath(const core::Instruction& i) const;
  // Whether it reads sys.maxsize, as such or by its own name.
  bool isLargest(const core::Instruction& i) const;
  // Whether a local that gets other values, too, begins with a named number of 64 bits: what is looked for is an int like others.
  bool beginsSearch(const core::Instruction& store) const;
  // Whether what is computed from the local is put to it again: `s = 0` is where a sum begins, `best = -1` is not.
  bool isAccumulated(const core::Instruction& store) const;
  // A constant int stays one where it is passed or stored; a local that begins with it is a float soon.
  void mixConstant(const core::Temp* t, Guesses& to);
  // What a display has beside floats is there from the beginning: `[1, 2.5]`; and so are the parts of its tuples.
  void mixItems(const core::Instruction& display, uint32_t first = 0, uint32_t step = 1);
  void mixSeed(Spot& to) { changed_ |= how_.mixes && to.mixSeed(); }
  bool mayBeInt(const core::Temp* t) const { return levelOf(t, 0).mixed || of(t) == Kind::Seed || isInt(of(t)); }
  // A bool, most probably, which counts as an int.
  static bool isAnswer(const core::Temp* t) { return t->definition && t->definition->op >= core::Op::CompareLt && t->definition->op <= core::Op::CompareGe; }
  void raiseItems(Guesses& to, const core::Temp* item);
  // What iterating over it gives.
  Spot itemOf(const core::Temp* iterable) const;
  // What stands at a position of a tuple, as far as that is known; else its items in general.
  void flowPosition(const core::Temp* from, const core::Temp* to, size_t position);

  void arguments(uint32_t callee, const core::Instruction& i, uint32_t first, uint32_t skip, bool answers = true);
  void defaults(const core::Instruction& made);
  // What is no number for one of them may well be one for another.
  void ofMethods(std::span<const uint32_t> methods, const core::Instruction& call, uint32_t first, uint32_t skip);
  // What is done to an instance is a call of its class's method, or of the right operand's.
  struct OperatorMethods {
    uint32_t direct, reflected, plain; // NAMEs, or kNone
  };
  void ofOperator(const OperatorMethods& methods, const core::Instruction& i);
  void findOperators();
  void call(const core::Instruction& i);
  // A call of a class gives an instance.
  void made(uint32_t cls, const core::Instruction& call, uint32_t first);
  // The arguments become fields of a named tuple; kNone: of a class that a call has made.
  void madeTuple(std::span<const uint32_t> fields, uint32_t cls, const core::Instruction& call, uint32_t first);
  // `m.f(…)` of a module of the program.
  void moduleCall(const core::Instruction& i, uint32_t first, const core::Instruction& call);
  // FUNCTIONs: of the receiver's class if that is known; else all of that name, once classes are found out.
  std::vector<uint32_t> methodsOf(const core::Temp* receiver, uint32_t name) const;
  // A property of the receiver's class; false: it is none.
  bool ofGetters(const core::Instruction& i);
  // The same of `x.name = v`.
  bool ofSetters(const core::Instruction& i);
  // `i` names the method; `call` has the arguments.
  void method(const core::Instruction& i, uint32_t first, const core::Instruction* call = nullptr);

  // ---- what annotations promise (guess_annotations.cpp) ----
  Hint hintOf(const core::Temp* type) const;
  const Hint& rememberedHint(const core::Temp* type);
  void annotate(Guesses& place, size_t depth, const Hint& hint);
  void annotatePart(Spot& spot, const Hint& hint);
  // Of a new function's parameters and result.
  void annotations(const core::Instruction& made);
  // __annotations__["x"] = …: of a field of the class; false: it is something else.
  bool annotation(const core::Instruction& set);

  // ---- what builtins give (guess_builtins.cpp) ----
  void builtin(std::string_view name, const core::Instruction& call);
  void dictClass(std::string_view name, const core::Instruction& call, uint32_t first);
  void viewOf(int64_t view, const core::Temp* dict, Guesses& made);
  void unknownMethod(std::string_view name, const core::Temp* result);
  void builtinMethod(std::string_view name, const core::Temp* receiver, const core::Instruction& call, uint32_t first);
  void isBytes(const core::Temp* result);
  void bytesMethod(std::string_view name, const core::Temp* result);
  /// Whether the name is that of one of the library's classes whose instances compute, but are no machine numbers: Decimal, timedelta.
  static bool isComputingClass(std::string_view name);
  // Whether it is known to give a number; of a function of the library, by its dotted name.
  bool gives(analysis::LibraryResult kind, const core::Temp* result);
  bool libraryFunction(std::string_view dotted, const core::Instruction& call, uint32_t first);
  void makeArray(const core::Temp* t, char code);
  // array('d', …), whatever it was imported as a part of.
  bool callArray(std::string_view callee, const core::Instruction& i, uint32_t first);

  // ---- backwards (guess_numbers.cpp) ----
  static constexpr int kRounds = 8;
  // Looks at every instruction that is likely to run, until nothing changes.
  template <class Look> void sweep(Look look) {
    for (int round = 0; round < kRounds; ++round) {
      changed_ = false;
      for (auto& f : module_.functions)
        for (core::Block* b = f->entry(); b; b = b->next) {
          if (b->cold) continue;
          function_ = f.get();
          for (core::Instruction* i = b->first; i; i = i->next) look(*i);
        }
      if (!changed_) break;
    }
  }
  // Which temporaries are instances of which classes. Then all begins anew: what is read from an attribute, or comes from a method,
  // is of that class alone from the first round on.
  void resolveClasses();
  // What range() is asked with, and whatever that was read from.
  void count(const core::Instruction& i);
  void pin(const core::Temp* t);
  void index(const core::Instruction& i);
  static bool isSequence(core::Guess g) { return g == core::Guess::List || g == core::Guess::Tuple || g == core::Guess::Str || g == core::Guess::Bytes || arrayCode(g); }
  // What the module's classes have, and containers have not.
  bool asksInstance(const core::Instruction& i) const;
  bool asksText(const core::Instruction& i) const;
  void hold(const core::Temp* t, core::Guess what);
  void countUnknown(const core::Temp* t);
  // And what it is the sum, difference or product of.
  void countParts(const core::Temp* t, unsigned depth = 0);
  bool isUnknown(const core::Temp* t) const { return !levelOf(t, 0).isKnown() && t->type.mayBe(core::TypeBit::Float); }
  // A float, as one of the methods that may be called says, or a container, as another does.
  bool isTorn(const core::Temp* t) const { return of(t) >= Kind::Met && of(t) != Kind::Seed && !isInt(of(t)) && containerOf(t) != core::Guess::None; }
  bool isPlainNumber(const core::Temp* t) const { return of(t) != Kind::None && containerOf(t) == core::Guess::None; }
  // What is torn is a number where a container would be an error.
  void decide(const core::Instruction& i);
  // And what it is the sum, difference or product of.
  void beNumber(const core::Temp* t, unsigned depth = 0);
  // Of what nothing is known by itself.
  void divide(const core::Instruction& i);
  void maskOut(const core::Instruction& i);
  void beWide(const core::Temp* t, unsigned depth = 0);
  static bool isPattern(const core::Constant& c); // of 64 bits, not only the lowest ones
  void doubtLocals(const core::Function& f);
  void shareAmongWebs(FunctionGuesses& f);
  static bool isItem(const core::Temp* t) { return t->definition && t->definition->is(core::Op::ItemGet); }
  // What another's kind says of what meets it.
  static Kind met(Kind k) { return k == Kind::Float ? Kind::Met : isInt(k) || k == Kind::Seed ? Kind::MetInt : k; }
  // The unknown operand of an operator takes the other's guess, or the result's.
  void meet(const core::Instruction& i);

  core::Module& module_;
  const analysis::CallTargets targets_;
  const analysis::ClassModel classes_;
  bool isResolving_ = false; // classes are found out: nothing is said of what is not known to be of one
  core::Function* function_ = nullptr;
  uint32_t call_ = core::kNone; // NAME of __call__
  std::unordered_map<core::Op, OperatorMethods> operators_;
  std::vector<Guesses> globals_, attributes_;
  std::vector<bool> isStored_; // by NAME: in the instance of a method
  std::vector<bool> patterns_; // by GLOBAL: a constant is stored there that is such a pattern
  std::map<std::pair<uint32_t, uint32_t>, Guesses> ofClass_; // attributes, by FUNCTION of the class body and NAME
  std::vector<FunctionGuesses> functions_;
  std::map<std::pair<uint32_t, std::string>, Guesses> variables_; // in cells, by FUNCTION and name
  TempGuesses temps_;
  std::unordered_map<const core::Temp*, Hint> hints_;
  bool changed_ = false;
  Joining how_;
  bool isOneOfSeveral_ = false;
};

} // namespace krait::ir::passes
