// Builds one function: a walk over one scope's statements that appends to the
// current block. Nested scopes get a FunctionBuilder of their own, run where
// their definition stands. The member functions are spread over files by topic:
//
//   function_builder.cpp  frame: sites, blocks, hidden locals, finishing
//   names.cpp             reading, binding, deleting names
//   expressions.cpp       operators, displays, conditions
//   calls.cpp             calls in all their forms
//   targets.cpp           assignment, unpacking, deletion
//   statements.cpp        simple statements, branches, loops
//   exceptions.cpp        try, with, and the ways out through them
//   implied_return.cpp    the end of a body
//   definitions.cpp       functions, classes, type parameters
//   comprehensions.cpp    comprehensions, async iteration
//   eager_generators.cpp  generator expressions whose consumer is known
//   patterns.cpp          match
//
// Values: an expression yields a temporary that is owned (must be dropped or
// consumed) or borrowed. Borrowed ones stay valid to the end of the statement:
// a local that some walrus assigns is read with a copy.
#pragma once

#include "frontend/ast/nodes.h"
#include "ir/build/build.h"
#include "ir/build/fold.h"
#include "ir/core/builder.h"

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace krait::ir::build {

namespace ast = frontend::ast;
namespace sema = frontend::sema;
namespace sym = frontend::base::sym;
using core::Attributes;
using core::Block;
using core::ConstantId;
using core::Instruction;
using core::kNone;
using core::Op;
using core::Temp;
using frontend::base::Span;
using frontend::base::Symbol;
template <class T> using ListOf = ast::ListOf<T>;
using Temps = std::vector<Temp*>;

// What the builders of one module share.
struct Context {
  const frontend::base::SourceBuffer& buffer;
  const sema::Analysis& analysis;
  frontend::base::SymbolTable& symbols;
  const Options& options;
  core::Module& module;
  Folder folder;
  frontend::base::PositionCursor cursor;
  std::unordered_set<Symbol> reboundElsewhere{}; // names that some scope binds or deletes as `global` or `nonlocal`
  uint32_t cellScope = 0; // core::Module::cellScope
  std::unordered_map<const ast::ClassDef*, uint32_t> classBodies{}; // FUNCTIONs of those that were built

  std::string text(Symbol s) const { return std::string(symbols.text(s)); }
  bool deferAnnotations() const { return analysis.futureFlags & sema::kFutureAnnotations; }
};

class FunctionBuilder {
public:
  // `parent` is null for the module, and a loop of it that is outlined.
  FunctionBuilder(Context& context, FunctionBuilder* parent, const sema::Scope& scope, core::FunctionKind kind, Symbol name,
                  Span span);
  core::Function& function() { return f_; }

  // Bodies; each ends with finish().
  void buildModule(const ast::Mod* tree);
  void buildOutlined(uint32_t body, const ast::Stmt* loop);
  void buildFunction(const ast::Arguments& args, ListOf<ast::Stmt> body);
  void buildLambda(const ast::Lambda& n);
  void buildClass(const ast::ClassDef& n);
  void buildComprehension(const ast::Expr& n, ListOf<ast::Comprehension> generators, const ast::Expr* element,
                          const ast::Expr* value);
  void buildTypeValue(const ast::Expr* value);
  // The function between a generic definition and its surroundings; returns what it defines.
  template <class Define> void buildTypeParameters(ListOf<ast::TypeParam> params, uint32_t parameterCount, Define&& define);

private:
  // ---- frame (function_builder.cpp) ------------------------------------------------------------
  struct Exit {
    enum Kind : uint8_t { Loop, Finally, FinallyEnd, Handler, With, Value } kind;
    Block* handler;                  // in force outside of the construct
    Block* breakTo = nullptr;        // Loop
    Block* continueTo = nullptr;     // Loop
    uint32_t hidden = kNone;         // Loop: the iterator's local, if it has one; Value: a waiting return value's
    std::vector<uint32_t> others{};  // Loop: what dies behind the iterator
    ListOf<ast::Stmt> finalBody{};   // Finally
    uint32_t exception = kNone;      // FinallyEnd
    uint32_t previous = kNone;       // FinallyEnd, Handler
    Symbol name{};                   // Handler: `as name`
    uint32_t exitFunction = kNone, exitSelf = kNone; // With
    bool isAsync = false;            // With
    Span span{};                     // With
  };
  struct At; // sets loc_ for a scope

  void setUpFrame();  // cells and free variables by sema's tables
  void begin();       // entry block; gen.start; cells
  void finish();      // numbers hidden locals, prunes what cannot be reached
  void prune();
  uint32_t siteOf(Span span);
  uint32_t siteOf(Span call, Span lookup); // of a method call; that of the lookup alone is the next
  uint32_t newSite(Span span);
  Span lineSpan(uint32_t line) const; // a line without columns
  Span firstLineSpan() const { return lineSpan(f_.firstLine); } // where CPython puts what a body does before its first statement
  Instruction* emit(Op op, std::span<Temp* const> operands, Attributes a = {});
  Instruction* emit(Op op, std::initializer_list<Temp*> operands = {}, Attributes a = {}) {
    return emit(op, std::span<Temp* const>(operands.begin(), operands.size()), a);
  }
  Temp* make(Op op, std::initializer_list<Temp*> operands = {}, Attributes a = {}) { return emit(op, operands, a)->result(); }
  Temp* make(Op op, const Temps& operands, Attributes a = {}) {
    return emit(op, std::span<Temp* const>(operands), a)->result();
  }
  Temp* own(Temp* t) { return t->ownership == core::Ownership::Owned ? t : make(Op::Copy, {t}); }
  void drop(Temp* t) {
    if (t && t->ownership == core::Ownership::Owned) emit(Op::Kill, {t});
  }
  Temp* constant(ConstantId id);
  Temp* constant(core::ConstantKind singleton) { return constant(c_.module.constants.intern(singleton)); }
  Temp* constantStr(std::string_view text) { return constant(c_.module.constants.internStr(text)); }
  Temp* noneOwned() { return own(constant(core::ConstantKind::None)); }
  uint32_t nameAttribute(std::string_view text); // a NAME, and one of co_names

  Block* newBlock();                        // under the current handler
  Block* newCold(Block* handler);           // an error handler block
  void start(Block* block);                 // continue there; its handler is in force
  void setHandler(Block* handler);          // for what follows
  void br(Block* to, std::initializer_list<Temp*> arguments = {}); // then dead code
  void condBr(Temp* condition, Block* yes, Block* no) { b_.condBr(condition, yes, no); }
  void branchIfBuiltin(Temp* callee, std::string_view name, Block* yes, Block* no) {
    condBr(make(Op::IsBuiltin, {callee}, {.index = c_.module.names.intern(name)}), yes, no);
  }
  void terminated() { start(newBlock()); }  // what follows cannot be reached

  uint32_t acquireHidden(const char* kind);
  void releaseHidden(uint32_t local);
  Temp* readHidden(uint32_t local) { return make(Op::LocalRead, {}, {.index = local}); }
  Temp* takeHidden(uint32_t local) { return make(Op::LocalTake, {}, {.index = local}); }
  void initHidden(uint32_t local, Temp* t) { emit(Op::LocalInit, {own(t)}, {.index = local}); }
  void clearBeforeLeaving(uint32_t hidden);
  void clearHidden(uint32_t local) { emit(Op::LocalClear, {}, {.index = local}); }

  // ---- names (names.cpp) -----------------------------------------------------------------------
  Symbol mangled(Symbol name) { return sema::mangle(c_.symbols, scope_.privateClass, name); }
  uint32_t localIndex(Symbol mangledName);
  uint32_t cellIndex(Symbol mangledName) const { return cells_.at(mangledName); }
  uint32_t globalIndex(Symbol mangledName);
  bool hasNamespace() const { return namespace_ != kNone; }
  Temp* readNamespace() { return readHidden(namespace_); }
  Temp* namespaceOrGlobals() { return hasNamespace() ? readNamespace() : make(Op::GlobalsDict); }
  Temp* loadName(Symbol name);
  void storeName(Symbol name, Temp* value); // consumes an owned value
  void deleteName(Symbol name);
  void forgetName(Symbol name); // the end of `except … as name`: unbinds whether bound or not
  Temp* localsDict();
  Temp* closureFor(const core::Function& inner); // tuple of cells, or null

  // ---- expressions (expressions.cpp) -----------------------------------------------------------
  Temp* value(const ast::Expr* e);
  Temp* ownedValue(const ast::Expr* e) { return own(value(e)); }
  Temp* compute(const ast::Expr* e);
  Temp* boolOp(const ast::BoolOp& n);
  /// An operand of and/or that is not the last: its value goes to `end` if it decides, else nothing is left of it at `next`.
  void decidingOperand(const ast::Expr* e, bool isAnd, Block* end, Block* next);
  Temp* binOp(const ast::BinOp& n);
  Temp* unaryOp(const ast::UnaryOp& n);
  Temp* ifExp(const ast::IfExp& n);
  Temp* compare(const ast::Compare& n);
  std::optional<int64_t> comparisonOfTuples(const ast::Compare& n) const;
  Temp* compareTuples(const ast::Compare& n, int64_t op);
  Temp* compareValue(ast::CompareOperator op, Temp* left, Temp* right);
  Temp* compareTest(ast::CompareOperator op, Temp* left, Temp* right, bool& negate);
  Temp* comparand(ast::CompareOperator op, const ast::Expr* e); // the last of a chain: folds `in [1, 2]`
  Temp* tuple(ListOf<ast::Expr> elements);
  Temp* list(ListOf<ast::Expr> elements);
  Temp* set(ListOf<ast::Expr> elements);
  Temp* dict(const ast::Dict& n);
  Temp* joinedStr(const ast::JoinedStr& n);
  Temp* percentFormat(const ast::BinOp& n);
  Temp* joinedPieces(const ast::JoinedStr& n, size_t first, size_t end);
  Temp* formatted(const ast::FormattedValue& n);
  Temp* attribute(const ast::Attribute& n);
  Temp* subscript(const ast::Subscript& n);
  Temp* slice(const ast::Slice& n);
  struct SliceParts { Temp *start, *stop, *step; };
  SliceParts sliceParts(const ast::Slice& n);
  void drop(const SliceParts& parts);
  Temp* yield(const ast::Yield& n);
  Temp* await(Temp* awaitable, int context); // consumes an owned one
  // Ends the block. loc_ is where an error of the truth test stands; as in CPython a comparison moves it
  // there for good, which is why a failing `assert a == b` points at the comparison.
  void jumpIf(const ast::Expr* e, Block* yes, Block* no, bool isValue = false); // isValue: tracebacks show it as a value's part
  void jumpIfCompare(const ast::Compare& n, Block* yes, Block* no);

  // ---- calls (calls.cpp) -----------------------------------------------------------------------
  void noteDebugger(const ast::Call& n);
  Temp* call(const ast::Call& n);
  Temp* powerCall(const ast::Call& n); // null: another one
  Temp* methodCall(const ast::Call& n, const ast::Attribute& method);
  Temp* methodCallOn(Temp* receiver, const ast::Call& n, const ast::Attribute& method);
  Temp* scopedCall(const ast::Call& n);
  Temp* superCall(const ast::Call& n, const ast::Attribute* attribute);
  std::pair<Temp*, Temp*> superOperands();
  Instruction* superLookup(const ast::Call& n, Op op, const ast::Attribute* attribute, Span span);
  Instruction* superLookupOf(const ast::Call& n, const ast::Attribute& attribute, Span span);
  Temp* callLookedUp(const ast::Call& n, const ast::Attribute& method, Instruction* lookup);
  static bool isStarLast(const ast::Call& n);
  Temp* starCall(Op op, Temps operands, ListOf<ast::Expr> args);
  Temp* spreadCall(Temp* callee, const ast::Call& n);
  Temp* spreadOperand(const ast::Expr* written, Temp* v, Temp* callee, bool keywords);
  Temp* spreadKeywords(Temp* callee, ListOf<ast::Keyword> keywords); // dict
  Temp* plainCall(Temp* callee, ListOf<ast::Expr> args, ListOf<ast::Keyword> keywords);
  bool isScopedCall(const ast::Call& n);
  bool namesSuper(const ast::Call& n);
  bool isZeroArgumentSuper(const ast::Expr* e);
  bool isPlainSuper(const ast::Expr* e);
  ConstantId keywordNames(ListOf<ast::Keyword> keywords);
  Span methodSpan(Span whole, const ast::Attribute& n);
  Span lookupSpanOf(const ast::Call& n, const ast::Attribute& method);
  bool isInert(const ast::Expr* e);
  bool isNeverBound(Symbol plain);
  bool isString(const ast::Expr* e);
  void arguments(ListOf<ast::Expr> args, ListOf<ast::Keyword> keywords, Temps& out);

  // ---- targets (targets.cpp) -------------------------------------------------------------------
  void store(const ast::Expr* target, Temp* value); // consumes an owned value
  void unpack(ListOf<ast::Expr> targets, Temp* value);
  const sema::Binding* plainLocal(Symbol plain);
  bool storesBackwards(const ast::Expr* targets, const ast::Expr& values);
  void assign(const ast::Assign& n);
  void augAssign(const ast::AugAssign& n);
  void annAssign(const ast::AnnAssign& n);
  void remove(const ast::Expr* target);

  // ---- statements (statements.cpp) -------------------------------------------------------------
  void statements(ListOf<ast::Stmt> body);
  /// The place that runs last where all of `body` does; loc_ if it is empty.
  Span endOf(ListOf<ast::Stmt> body) const;
  void statement(const ast::Stmt* s);
  void traceLine();
  void ifStatement(const ast::If& n);
  void whileLoop(const ast::While& n);
  bool isOutlined(const ast::Stmt* loop) const;
  void outline(const ast::Stmt* loop);
  // `next` gives the item, or goes to the block where there is none.
  template <class Loop, class Next> void loopOver(core::Temp* made, const Loop& n, Next next);
  void forLoop(const ast::For& n);
  void asyncForLoop(const ast::AsyncFor& n);
  void returnStatement(const ast::Return& n);
  void raiseStatement(const ast::Raise& n);
  void assertStatement(const ast::Assert& n);
  void importStatement(const ast::Import& n);
  void importFrom(const ast::ImportFrom& n);
  void expressionStatement(const ast::ExprStmt& n);
  void leave(Temp* value); // frame.leave, ret
  // ---- the end of a body (implied_return.cpp) --------------------------------------------------
  void leaveAtEnd(ListOf<ast::Stmt> body);
  void leaveByWays(Block* join);
  /// Behind such a statement building goes on where several ways come together.
  static bool joinsWays(const ast::Stmt& s);
  /// What runs last in the current block, where that goes on elsewhere.
  void noteEnd(Span span) {
    if (c_.options.frames) ends_[b_.block()] = span;
  }
  /// What ran last before the end of `block`; null if that depends.
  const Span* endNoted(const Block* block) const;
  Temp* iterable(const ast::Expr* e); // its iterator; folds displays of constants
  Temp* viewIterator(const ast::Expr* e);
  Temp* iteratorOfView(Temp* dict, int64_t view); // drops the dict
  Temp* iteratorOf(Temp* v);          // which it drops
  // The end of a turn of a loop, which jumps back at `jump`.
  void poll(Span loop, Span jump);
  // Consumes a leading docstring; the rest.
  ListOf<ast::Stmt> takeDocstring(ListOf<ast::Stmt> body, ConstantId& docstring);

  // ---- exceptions (exceptions.cpp) -------------------------------------------------------------
  void tryStatement(const ast::Try& n);
  void tryFinally(ListOf<ast::Stmt> finalBody, const std::function<void()>& body);
  void tryExcept(const ast::Try& n);
  void tryExceptStar(const ast::TryStar& n);
  template <class Node> void withItem(const Node& n, size_t item, bool isAsync);
  // At a handler block: takes the exception, clears the hidden locals of the body, starts handling.
  void caught(uint32_t exception, uint32_t previous, size_t mark);
  // A cleanup block: an error while handling. Ends handling, runs `more`, raises on.
  void raiseOn(Temp* exception); // what goes on its way: the frame ends where it was raised
  // What was caught goes on; and the block for errors meanwhile.
  void reraiseCaught(Span at, uint32_t exception, uint32_t previous, Block* cleanup, size_t mark);
  void cleanUp(Block* block, uint32_t exception, uint32_t previous, size_t mark, const std::function<void()>& more = {});
  void clearSince(size_t mark);
  void exitWith(uint32_t exitFunction, uint32_t exitSelf, bool isAsync, Span span);
  // Emits the code of the exits above; they stay on the stack. `result`: the local of a value to be returned.
  void unwindTo(size_t depth, uint32_t result = kNone);
  void jumpOut(bool isBreak);

  // ---- definitions (definitions.cpp) -----------------------------------------------------------
  void functionStatement(const ast::Node& n, Symbol name, const ast::Arguments& args, ListOf<ast::Stmt> body,
                         ListOf<ast::Expr> decorators, const ast::Expr* returns, ListOf<ast::TypeParam> params);
  void classStatement(const ast::ClassDef& n);
  void typeAlias(const ast::TypeAlias& n);
  Temp* lambda(const ast::Lambda& n);
  Temp* defaults(const ast::Arguments& args);        // tuple or null
  Temp* keywordDefaults(const ast::Arguments& args); // dict or null
  Temp* annotations(const ast::Arguments& args, const ast::Expr* returns);
  Temp* annotation(const ast::Expr* e);
  Temp* newFunction(FunctionBuilder& inner, Temp* defaults, Temp* keywordDefaults, Temp* annotations); // consumes the last three
  Temp* buildFunctionObject(const ast::Node& n, Symbol name, const ast::Arguments& args, ListOf<ast::Stmt> body,
                            const ast::Expr* returns, Span span, Temp* defaults, Temp* keywordDefaults);
  Temp* buildClassObject(const ast::ClassDef& n, Span span, Temp* genericBase);
  Temp* typeParameters(ListOf<ast::TypeParam> params); // binds them; the tuple
  Temp* callTypeParameters(FunctionBuilder& inner, Temps arguments);
  Temp* thunk(const ast::Node* node, Symbol name, const ast::Expr* value);
  void setUpParameters(const ast::Arguments& args);

  // ---- comprehensions (comprehensions.cpp) -----------------------------------------------------
  // `iterator` (consumed): the outermost one, if it has been made already.
  Temp* comprehension(const ast::Expr& n, ListOf<ast::Comprehension> generators, const ast::Expr* element,
                      const ast::Expr* value, Temp* iterator = nullptr);
  void generator(const ast::Expr& n, ListOf<ast::Comprehension> generators, size_t i, const ast::Expr* element, const ast::Expr* value);
  void element(const ast::Expr& n, const ast::Expr* element, const ast::Expr* value);
  // async for: next item into a block parameter; `done` is reached when exhausted, iterator still in its local.
  Temp* asyncNext(uint32_t iterator, Block* done);
  Temp* yieldValue(Temp* value);

  // ---- loops over zip and enumerate (lockstep_loops.cpp) ---------------------------------------
  struct Lockstep;
  bool lockstepLoop(const ast::For& n); // false: it is another loop
  void beginLockstep(const Lockstep& loop, const Temps& arguments);
  void beginWhole(const Lockstep& loop, const ast::Call& n, Temp* callee, Temps arguments);
  Temp* callOf(const ast::Call& n, Temp* callee, const Temps& arguments);
  std::optional<int64_t> startOfCount(const ast::Call& n);
  void stepTogether(const ast::For& n, const Lockstep& loop, Block* exhausted);
  void stepInTurns(const ast::For& n, const Lockstep& loop, Block* exhausted);
  void stepOne(const Lockstep& loop, size_t k, const uint32_t* kept, Block* exhausted);
  void count(const Lockstep& loop);
  const ast::Call* pairsWithin(const ast::Call& n, ListOf<ast::Expr> targets);
  std::string_view nameCalled(const ast::Call& n);
  // ---- loops over rows that stand in the text (row_loops.cpp) -----------------------------------
  struct RowLoop {
    struct Item {
      std::optional<core::ConstantId> constant;
      uint32_t local = core::kNone; // without one
    };
    ListOf<ast::Expr> targets;
    std::vector<Item> items; // row by row
    uint32_t row = core::kNone; // the number of the next
    std::vector<uint32_t> locals; // of items
  };
  bool rowLoop(const ast::For& n); // false: it is another loop
  bool beginRows(const ast::Expr* iterable, const ast::Expr* const& target, RowLoop& loop); // likewise; `target` lives as long as the loop
  void takeRow(const RowLoop& loop, Block* exhausted);
  /// A loop from its header on, where building goes on. `step` binds the targets; `iterator` and then `others` die behind the loop.
  template <class Loop, class Step>
  void loopBody(const Loop& n, uint32_t iterator, std::vector<uint32_t> others, Block* head, Step step) {
    Block *again = newBlock(), *exhausted = newBlock(), *end = newBlock();
    step(exhausted);
    exits_.push_back({.kind = Exit::Loop, .handler = handler_, .breakTo = end, .continueTo = again, .hidden = iterator, .others = others});
    statements(n.body);
    exits_.pop_back();
    b_.br(again);
    start(again);
    poll(n.span, endOf(n.body)); // CPython jumps back behind the body's last line
    b_.br(head);
    start(exhausted);
    clearHidden(iterator);
    for (uint32_t other : others) clearHidden(other);
    noteEnd(n.span);
    statements(n.orelse);
    b_.br(end);
    start(end);
  }

  // ---- eager generator expressions (eager_generators.cpp) --------------------------------------
  // Who takes the items of a generator expression, and does so in its body.
  enum class Consumer : uint8_t { None, Sum, Any, All, List, Tuple, Set, Dict, Max, Min };
  static Consumer consumerOf(std::string_view builtin);
  // The expression, if it is one that may run eagerly.
  const ast::GeneratorExp* eagerArgument(const ast::Call& n) const;
  Temp* consumingCall(const ast::Call& n, const ast::GeneratorExp& g); // null: not of a known consumer
  Temp* eagerResult(const ast::GeneratorExp& g, Consumer consumer, Temp* iterator);
  Temp* outermostIterator(const ast::GeneratorExp& g);
  void startConsumer(ListOf<ast::Comprehension> generators);
  Temp* newResultList(ListOf<ast::Comprehension> generators);
  void consume(Temp* item);
  void consumeExtreme(Temp* item);
  Temp* extreme();
  static bool isPair(const ast::Expr* e); // a display of a tuple of two
  void consumePair(const ast::Expr* pair);
  void finishConsumer();

  // ---- match (patterns.cpp) --------------------------------------------------------------------
  struct PatternState {
    Block* fail;
    Temps live;                                     // owned, killed on the way to `fail`
    std::vector<std::pair<Symbol, Temp*>> captures; // also in live
    Span last = {};                                 // of the pattern that was begun last
  };
  void matchStatement(const ast::Match& n);
  void pattern(const ast::Pattern* p, Temp* subject, PatternState& state);
  void sequencePattern(const ast::MatchSequence& p, Temp* subject, PatternState& state);
  void mappingPattern(const ast::MatchMapping& p, Temp* subject, PatternState& state);
  void classPattern(const ast::MatchClass& p, Temp* subject, PatternState& state);
  void alternatives(const ast::MatchOr& p, Temp* subject, PatternState& state);
  void subPatterns(const std::vector<const ast::Pattern*>& patterns, const Temps& subjects, PatternState& state);
  void capture(Symbol name, Temp* subject, PatternState& state);
  void failUnless(Temp* condition, PatternState& state);
  void failIf(Temp* condition, PatternState& state);
  void release(Temp* t, PatternState& state); // kills one of live

  Context& c_;
  FunctionBuilder* parent_;
  const sema::Scope& scope_;
  core::Function& f_;
  core::Builder b_;
  Block* handler_ = nullptr;
  Span loc_;
  std::unordered_map<const Block*, Span> ends_; // see noteEnd
  std::unordered_map<Symbol, uint32_t> locals_;
  std::unordered_map<Symbol, uint32_t> cells_;
  std::vector<std::string> hidden_;                           // hidden locals, numbered from kHiddenBase while building
  std::vector<std::pair<std::string, uint32_t>> freeHidden_;  // released ones by kind
  std::unordered_map<uint32_t, std::string> hiddenKind_;
  std::vector<uint32_t> hiddenLog_;                           // acquisitions in order
  std::vector<Exit> exits_;
  std::unordered_map<uint64_t, uint32_t> sites_, methodSites_; // by span
  std::unordered_set<ConstantId> constantsSeen_;
  std::unordered_set<std::string> namesSeen_;
  uint32_t namespace_ = kNone;  // the local with the namespace (class bodies, exec'd module code)
  uint32_t localsDict_ = kNone; // hidden: what locals() returned last
  Consumer consumer_ = Consumer::None;
  uint32_t result_ = kNone;           // hidden: what a comprehension or consumer has so far
  uint32_t found_ = kNone;            // hidden: whether max or min has something yet
  std::vector<uint32_t> iterators_;   // hidden: of a comprehension's loops that run, outermost first
  bool silent_ = false;               // what is emitted adds no entry to tracebacks
  bool outlines_ = false;       // the loops of this body, which has many
  bool isInteractive_ = false;  // expression statements are displayed
};

struct FunctionBuilder::At {
  At(FunctionBuilder& b, Span span) : b(b), saved(b.loc_) { b.loc_ = span; }
  ~At() { b.loc_ = saved; }
  FunctionBuilder& b;
  Span saved;
};

} // namespace krait::ir::build
