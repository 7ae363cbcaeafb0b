// Compiles one scope to a flow graph, then to a code unit. Nested scopes get a
// UnitCompiler of their own where their definition stands. By topic:
//   unit_compiler.cpp  the unit: names, constants, emission, finishing
//   expressions.cpp, calls.cpp, statements.cpp, exceptions.cpp, definitions.cpp, patterns.cpp
#pragma once

#include "frontend/ast/nodes.h"
#include "ir/build/fold.h"
#include "ir/bytecode/compile.h"
#include "ir/bytecode/flow_graph.h"

#include <string_view>
#include <unordered_map>

namespace krait::ir::bytecode {

namespace ast = frontend::ast;
namespace sema = frontend::sema;
namespace sym = frontend::base::sym;
using frontend::base::Span;
using frontend::base::Symbol;
template <class T> using ListOf = ast::ListOf<T>;

constexpr size_t kStackUseGuideline = 30; // CPython's STACK_USE_GUIDELINE

// What the units of one compilation share.
struct Context {
  const frontend::base::SourceBuffer& buffer;
  const sema::Analysis& analysis;
  frontend::base::SymbolTable& symbols;
  core::ConstantTable& constants;
  const Options& options;
  build::Folder folder;
  frontend::base::PositionCursor cursor;
};

enum class UnitKind : uint8_t { Module, Class, Function, Lambda, Comprehension, TypeParameters };

class UnitCompiler {
public:
  UnitCompiler(Context& context, UnitCompiler* parent, const sema::Scope& scope, UnitKind kind, Symbol name, Span span,
               uint32_t firstLine);
  std::unique_ptr<CodeUnit> compileModule(const ast::Mod* tree);

private:
  enum class FrameKind : uint8_t {
    While, For, TryExcept, FinallyTry, FinallyEnd, With, AsyncWith, HandlerCleanup, PopValue, ExceptionHandler, GroupHandler,
    AsyncComprehension
  };
  struct Frame {
    FrameKind kind;
    BasicBlock* block = nullptr; // of loops: where `continue` goes
    BasicBlock* exit = nullptr;  // of loops: where `break` goes
    ListOf<ast::Stmt> finalBody{};
    Symbol name{};
    bool hasName = false;
    Span span{};
  };
  enum class Context3 : uint8_t { Load, Store, Del };

  // ---- unit_compiler.cpp -----------------------------------------------------------------------
  std::unique_ptr<CodeUnit> finish(bool addNone);
  void insertPrefix();
  void fixCellOffsets();
  Location locate(Span span);
  void at(Span span) { location_ = locate(span); }
  void nowhere() { location_ = Location(); }
  BasicBlock* newBlock() { return graph_.newBlock(); }
  void use(BasicBlock* block);
  void add(Instr instr);
  void op(Opcode opcode, int32_t arg = 0) { add({opcode, arg, nullptr, location_}); }
  void opNowhere(Opcode opcode, int32_t arg = 0) { add({opcode, arg, nullptr, Location()}); }
  void jump(Opcode opcode, BasicBlock* target) { add({opcode, 0, target, location_}); }
  void jumpNowhere(Opcode opcode, BasicBlock* target) { add({opcode, 0, target, Location()}); }
  int32_t constantIndex(ConstantEntry entry);
  void loadConst(core::ConstantId id) { op(Opcode::LOAD_CONST, constantIndex({id, -1})); }
  void loadNone() { loadConst(c_.constants.intern(core::ConstantKind::None)); }
  void loadStr(std::string_view text) { loadConst(c_.constants.internStr(text)); }
  int32_t nameIndex(Symbol mangledName);
  void opName(Opcode opcode, Symbol name) { op(opcode, nameIndex(mangled(name))); }
  Symbol mangled(Symbol name) { return sema::mangle(c_.symbols, scope_.privateClass, name); }
  void name(Symbol name, Context3 context);
  void load(Symbol n) { name(n, Context3::Load); }
  void store(Symbol n) { name(n, Context3::Store); }
  void erase(Symbol n) { name(n, Context3::Del); }
  bool inFunction() const { return scope_.isFunctionLike(); }

  // ---- expressions.cpp -------------------------------------------------------------------------
  void visit(const ast::Expr* e);
  void visitHere(const ast::Expr* e); // the location is set
  void visitAll(ListOf<ast::Expr> list);
  void boolOp(const ast::BoolOp& n);
  void compare(const ast::Compare& n);
  void compareOp(ast::CompareOperator op);
  void comparand(ast::CompareOperator op, const ast::Expr* e);
  void jumpIf(const ast::Expr* e, BasicBlock* next, bool condition);
  void display(ListOf<ast::Expr> elements, int pushed, Opcode build, Opcode add, Opcode extend, bool tuple);
  void dict(const ast::Dict& n);
  void subDict(const ast::Dict& n, size_t begin, size_t end);
  void joined(const ast::JoinedStr& n);
  bool percentFormat(const ast::BinOp& n);
  void attribute(const ast::Attribute& n);
  void attributeLocation(const ast::Attribute& n);
  void assignTo(ListOf<ast::Expr> targets);
  void yieldFrom(bool isAwait);
  void yieldValue();
  void iterable(const ast::Expr* e);

  // ---- calls.cpp -------------------------------------------------------------------------------
  void call(const ast::Call& n);
  bool methodCall(const ast::Call& n);
  void callHelper(int pushed, ListOf<ast::Expr> args, ListOf<ast::Keyword> keywords);
  void keywordNames(ListOf<ast::Keyword> keywords);
  void subKeywords(ListOf<ast::Keyword> keywords, size_t begin, size_t end);

  // ---- statements.cpp --------------------------------------------------------------------------
  void body(ListOf<ast::Stmt> list);
  void scopeBody(ListOf<ast::Stmt> list);
  void statement(const ast::Stmt* s);
  void returnStatement(const ast::Return& n);
  void augAssign(const ast::AugAssign& n);
  void annAssign(const ast::AnnAssign& n);
  void evaluateAndDrop(const ast::Expr* e);
  void ifStatement(const ast::If& n);
  void whileLoop(const ast::While& n);
  void forLoop(const ast::For& n);
  void asyncForLoop(const ast::AsyncFor& n);
  void assertStatement(const ast::Assert& n);
  void importStatement(const ast::Import& n);
  void importFrom(const ast::ImportFrom& n);
  void jumpOut(bool isBreak);
  bool isConstant(const ast::Expr* e) { return c_.folder.fold(e).has_value(); }

  // ---- exceptions.cpp --------------------------------------------------------------------------
  void tryFinally(const ast::Try& n);
  void tryExcept(const ast::Try& n);
  void tryStarFinally(const ast::TryStar& n);
  void tryExceptStar(const ast::TryStar& n);
  template <class Body> void finallyAround(ListOf<ast::Stmt> finalBody, Body&& inside);
  template <class Node> void with(const Node& n, size_t item, bool isAsync);
  void withExceptFinish(BasicBlock* cleanup);
  void popExceptAndReraise();
  void exitWithNones();
  void unwind(const Frame& f, bool keepTop);
  Frame* unwindAll(bool keepTop, bool toLoop);

  // ---- definitions.cpp -------------------------------------------------------------------------
  void functionStatement(const ast::Node& n, Symbol name, const ast::Arguments& args, ListOf<ast::Stmt> body,
                         ListOf<ast::Expr> decorators, const ast::Expr* returns, ListOf<ast::TypeParam> params);
  // `define(unit)` leaves what is defined on the stack of the unit that has the type parameters, which is this one if there are none.
  // That has `args`' defaults in its first variables.
  template <class Define> void underTypeParameters(const ast::Node& n, Span span, ListOf<ast::TypeParam> params, const ast::Arguments* args, Define&& define);
  void classStatement(const ast::ClassDef& n);
  void lambda(const ast::Lambda& n);
  int defaults(const ast::Arguments& args);
  bool annotations(const ast::Arguments& args, const ast::Expr* returns);
  void annotationValue(const ast::Expr* e);
  void parameters(const ast::Arguments& args);
  void makeClosure(std::unique_ptr<CodeUnit> unit, int flags);
  void decorate(ListOf<ast::Expr> decorators);
  void comprehension(const ast::Expr& n, ListOf<ast::Comprehension> generators, const ast::Expr* element,
                     const ast::Expr* value);
  void generator(const ast::Expr& n, ListOf<ast::Comprehension> generators, size_t index, int depth, const ast::Expr* element,
                 const ast::Expr* value);
  void element(const ast::Expr& n, int depth, const ast::Expr* element, const ast::Expr* value);

  // ---- patterns.cpp ----------------------------------------------------------------------------
  struct PatternState {
    std::vector<Symbol> stores;
    bool allowIrrefutable = false;
    std::vector<BasicBlock*> failPop;
    int onTop = 0; // values above the subject that do not belong to captures
  };
  void matchStatement(const ast::Match& n);
  void pattern(const ast::Pattern* p, PatternState& s);
  void subPattern(const ast::Pattern* p, PatternState& s);
  void valuePattern(const ast::MatchValue& p, PatternState& s);
  void sequencePattern(const ast::MatchSequence& p, PatternState& s);
  void mappingPattern(const ast::MatchMapping& p, PatternState& s);
  void classPattern(const ast::MatchClass& p, PatternState& s);
  void orPattern(const ast::MatchOr& p, PatternState& s);
  void storeCapture(Symbol name, PatternState& s);
  void jumpToFail(Opcode opcode, PatternState& s);
  void emitFailPops(PatternState& s);
  void ensureFailPops(PatternState& s, int n);
  void rotate(int count);

  Context& c_;
  UnitCompiler* parent_;
  const sema::Scope& scope_;
  UnitKind kind_;
  std::unique_ptr<CodeUnit> unit_;
  FlowGraph graph_;
  BasicBlock* current_ = nullptr;
  Location location_;
  std::vector<Frame> frames_;
  std::vector<ConstantEntry> constants_;
  std::unordered_map<Symbol, int32_t> names_, varNames_, cells_, frees_;
  std::unordered_map<uint64_t, int32_t> constantIndex_;
  bool isInteractive_ = false;
};

} // namespace krait::ir::bytecode
