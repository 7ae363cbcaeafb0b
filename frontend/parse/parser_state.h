// The parser's working state, shared by its source files; nobody else's business.
//
// Recursive descent over the finished token array, with precedence climbing for
// operators. It decides fast whether a program is well formed and builds its
// tree; it does not know why a program is *not* well formed. On the first
// mismatch it is *poisoned*: the cursor moves to a run of Error tokens that
// match nothing, so every function returns soon, with nodes that nobody will
// look at. Functions therefore never return null and need no checks in between.
// frontend/parse/diagnose then finds the message.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/arena.h"
#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/base/symbol.h"
#include "frontend/lex/lexer.h"
#include "frontend/parse/parser.h"
#include "frontend/parse/syntax_error.h"

#include <new>
#include <utility>
#include <vector>

namespace krait::frontend::parse {

using lex::Token;
using lex::TokenKind;

// Binding strength of operators, weakest first.
enum Precedence : uint8_t {
  kNoOperator,
  kOr,
  kAnd,
  kNot,
  kComparison,
  kBitOr,
  kBitXor,
  kBitAnd,
  kShift,
  kSum,
  kTerm,
  kUnary,
  kPower,
};

// Children collected while their number is not known. One stack serves the
// whole parser; a List is the part of it above where it began.
class Scratch {
public:
  size_t size() const { return items_.size(); }
  void push(const void* item) { items_.push_back(item); }
  void shrink(size_t size) { items_.resize(size); }
  const void* const* from(size_t start) const { return items_.data() + start; }

private:
  std::vector<const void*> items_;
};

class Parser {
public:
  // `inField`: the buffer holds the expression of an f-string's field, between
  // parentheses, to be explained as CPython 3.11 would.
  Parser(const base::SourceBuffer& buffer, base::Arena& arena, base::SymbolTable& symbols,
         base::Diagnostics& diags, const lex::TokenList& tokens, Mode mode, bool inField, bool barryAsFlufl);
  // Options that few ask for.
  void configure(const Options& options);

  // After an error: more text might have mended it.
  bool isIncomplete() const;                            // incomplete_input.cpp
  void reportIncomplete(base::Diagnostics& diags) const; // the same

  const ast::Mod* parse();
  void fieldExpression();

private:
  template <class T> using ListOf = ast::ListOf<T>;
  using DiagnosticId = base::DiagnosticId;

  static constexpr uint32_t kMaxDepth = 3000;   // of a tree
  static constexpr uint32_t kMaxNesting = 5976; // while it is parsed: CPython's parser has 6000 levels for its rules
  static constexpr uint32_t kUsualChain = 20;
  static constexpr size_t kMaxErrors = 20;

  // --- parser.cpp: tokens, nodes, errors
  bool at(TokenKind kind) const { return cur_->kind == kind; }
  bool accept(TokenKind kind) {
    if (cur_->kind != kind) return false;
    ++cur_;
    return true;
  }
  void expect(TokenKind kind) {
    if (cur_->kind == kind)
      ++cur_;
    else
      poison();
  }
  base::Symbol expectName() {
    if (cur_->kind == TokenKind::Name) return (cur_++)->symbol();
    poison();
    return {};
  }
  bool atSoftKeyword(base::Symbol keyword) const { return at(TokenKind::Name) && cur_->symbol() == keyword; }
  // The end of the text consumed so far, layout not counted.
  uint32_t lastEnd() const {
    const Token* token = cur_ - 1;
    while (lex::isLayout(token->kind)) --token;
    return token->end;
  }
  base::Span spanFrom(const Token* start) const { return {start->start, lastEnd()}; }

  template <class T, class... Fields> T* make(base::Span span, Fields... fields) {
    void* memory = arena_.allocate(sizeof(T), alignof(T));
    return new (memory) T{{{T::kKind, nodeCount_++, span}}, fields...};
  }
  template <class T> ListOf<T> takeList(size_t start) {
    size_t count = scratch_.size() - start;
    if (count == 0) return {};
    const T** to = arena_.allocateArray<const T*>(count);
    const void* const* from = scratch_.from(start);
    for (size_t i = 0; i < count; ++i) to[i] = static_cast<const T*>(from[i]);
    scratch_.shrink(start);
    return {to, count};
  }

  void poison();                        // "invalid syntax" or something more exact
  bool poisoned() const { return failedAt_ != nullptr; }
  // Poisons with a message of its own, as CPython's parser actions do; at the
  // token under the cursor, as they do.
  void failHere(DiagnosticId id, base::Diagnostics::Arguments arguments = {});
  void failAt(DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments = {});
  void nestedDeeply();
  const ast::Expr* dummy();
  // Fails at what is newer than the version that the caller wants.
  void since(int version, std::string_view what) {
    if (version > featureVersion_) failHere(DiagnosticId::NewerSyntax, {std::string(what), std::to_string(version)});
  }

  // --- type_comments.cpp: null or an empty span where there is none
  TypeComment* typeCommentBefore(uint32_t end, bool onLine);
  base::Span typeComment(bool onLine); // between what was consumed last and the next token, which takes it
  base::Span functionTypeComment();
  void attach(const ast::Node* node, base::Span comment);
  void checkTypeComments();
  const ast::Mod* functionType(base::Span whole);

  ListOf<ast::Stmt> file();
  const ast::Expr* onlyExpression();
  ListOf<ast::Stmt> interactive();
  void explain(const Token* statement); // reports why the parser is poisoned
  void explainFString();
  bool recover(const Token* statement); // to the next statement
  bool skipToStatement();               // after that: over what is left of the statements around it
  void checkDepth(const ast::Node* root);

  // Counts nesting for as long as it lives. `levels`: those of CPython's parser.
  struct Nesting {
    explicit Nesting(Parser& parser, uint32_t levels = 1) : parser_(parser), levels_(levels) {
      parser.depth_ += levels;
      if (parser.depth_ > kMaxDepth) parser.nestedDeeply();
    }
    ~Nesting() { parser_.depth_ -= levels_; }
    Parser& parser_;
    uint32_t levels_;
  };

  // --- statements.cpp
  void statement();             // pushes one or more onto the scratch stack
  void simpleStatements();
  const ast::Stmt* simpleStatement();
  const ast::Stmt* expressionStatement();
  const ast::Stmt* importStatement();
  const ast::Stmt* importFrom();
  base::Symbol dottedName();
  const ast::Stmt* del();
  const ast::Stmt* raise();
  const ast::Stmt* assertStatement();
  const ast::Stmt* typeAlias();
  base::ArrayRef<base::Symbol> nameList();

  // --- compound.cpp
  ListOf<ast::Stmt> block();
  ListOf<ast::Stmt> optionalElse();
  const ast::Stmt* ifStatement();
  const ast::Stmt* whileStatement();
  const ast::Stmt* forStatement(const Token* start, bool isAsync);
  const ast::Stmt* withStatement(const Token* start, bool isAsync);
  bool parenthesizedWithItems(ListOf<ast::WithItem>& items);
  const ast::WithItem* withItem();
  const ast::Stmt* tryStatement();
  const ast::Stmt* decorated();
  const ast::Stmt* functionDef(const Token* start, bool isAsync, ListOf<ast::Expr> decorators);
  const ast::Stmt* classDef(ListOf<ast::Expr> decorators);
  const ast::Stmt* asyncStatement(ListOf<ast::Expr> decorators, bool isDecorated);
  ListOf<ast::TypeParam> typeParams();

  // --- parameters.cpp
  const ast::Arguments* parameters(TokenKind end, bool isLambda);
  const ast::Arg* parameter(bool isLambda, bool starAnnotation);

  // --- patterns.cpp
  bool matchStatementFollows() const;
  const ast::Stmt* matchStatement();
  const ast::MatchCase* caseBlock();
  const ast::Pattern* patterns();
  const ast::Pattern* maybeStarPattern();
  const ast::Pattern* asPattern();
  const ast::Pattern* orPattern();
  const ast::Pattern* closedPattern();
  const ast::Pattern* sequencePattern(TokenKind close);
  const ast::Pattern* mappingPattern();
  const ast::Pattern* classPattern(const Token* start, const ast::Expr* cls);
  const ast::Expr* patternNumber();
  const ast::Expr* nameOrAttribute();

  // --- expressions.cpp
  const ast::Expr* starExpressions();      // a, *b  or one expression
  const ast::Expr* starExpression();
  const ast::Expr* yieldOrStarExpressions();
  const ast::Expr* yieldExpression();
  const ast::Expr* namedExpression();
  const ast::Expr* starNamedExpression();
  const ast::Expr* expression();
  const ast::Expr* lambda();
  const ast::Expr* operators(Precedence weakest);
  const ast::Expr* operand(Precedence weakest);
  const ast::Expr* comparison(const Token* start, const ast::Expr* left);
  const ast::Expr* boolean(const Token* start, const ast::Expr* left, ast::BoolOperator op);
  bool comparisonOperator(ast::CompareOperator& op);

  // --- atoms.cpp
  const ast::Expr* primary();
  const ast::Expr* atom();
  const ast::Expr* parenthesized();
  const ast::Expr* listOrComprehension();
  const ast::Expr* setOrDict();
  const ast::Expr* dictRest(const Token* start, const ast::Expr* key);
  const ast::Expr* call(const Token* start, const ast::Expr* callee);
  void arguments(size_t positional, ListOf<ast::Expr>& args, ListOf<ast::Keyword>& keywords);
  const ast::Expr* subscript(const Token* start, const ast::Expr* value);
  const ast::Expr* slice();
  bool atComprehension() const {
    return at(TokenKind::KwFor) || (at(TokenKind::KwAsync) && cur_[1].kind == TokenKind::KwFor);
  }
  ListOf<ast::Comprehension> comprehensions();

  // --- targets.cpp
  // Makes an expression a target, or poisons. The parser alone owns the nodes
  // until it returns, so it changes them in place.
  const ast::Expr* asTarget(const ast::Expr* expr, ast::ExprContext context);
  const ast::Expr* starTarget();
  const ast::Expr* starTargets(); // up to `in` or `=`

  // --- literals.cpp
  const ast::Expr* number();
  ast::ConstantValue integer(std::string_view digits, unsigned base, const Token& token);

  // --- strings.cpp
  const ast::Expr* strings();
  bool decodeBytes(const Token& token, std::string& out);
  bool decodeText(std::string_view text, const Token& token, bool raw, std::string& out);
  void warn(DiagnosticId id, base::Span span, std::string_view argument) {
    warnings_.push_back({id, span, std::string(argument)});
  }

  // --- fstrings.cpp
  const ast::Expr* joinedStrings(const Token* first, const Token* end);
  void fstringBody(const Token* end); // up to the token that ends the string or the specification
  void fstringText(const Token& middle);
  void flushText(base::Span span, bool hasPrefixU); // the text so far becomes a Constant on the scratch stack
  void field();
  // Fails with what CPython 3.11 has to say about an f-string that is one token,
  // if it has; `next`: the token after all the adjacent literals.
  void complainAboutFString(const Token& token, const Token& next);

  // What is common to the parts of one (concatenated) f-string.
  struct Joined {
    base::Span span;  // of all the adjacent literals
    base::Span token; // of the f-string among them that is being parsed
    bool hasPrefixU;
    const Token* end; // the token after all of them
    std::string text;
  };

  const base::SourceBuffer& buffer_;
  base::Arena& arena_;
  base::SymbolTable& symbols_;
  base::Diagnostics& diags_;
  const lex::TokenList& tokens_;
  const char* text_;
  const Token* cur_;
  uint32_t nodeCount_ = 0;
  uint32_t depth_ = 0;
  uint32_t longChains_ = 0; // links of long chains in this top-level statement, and deep nesting
  bool reported_ = false;   // the current failure has its message already
  bool recovered_ = false; // blocks are no longer known: statements follow each other, whatever their indentation
  const Token* failedAt_ = nullptr;
  const Token* firstFailure_ = nullptr; // the first that was reported
  Joined* joined_ = nullptr; // the f-string being parsed, if any
  const Token* failedFString_ = nullptr; // the literals in which the parser was poisoned, if it was in any
  Mode mode_;
  bool inField_;
  bool barryAsFlufl_;
  size_t maxDigits_ = Options{}.maxDigits;
  int featureVersion_ = Options::kNewest;
  TypeComments* typeComments_ = nullptr;
  std::vector<TypeComment> comments_; // all of the text, if they are wanted
  SyntaxErrors errors_;
  std::vector<lex::LexWarning> warnings_;
  Scratch scratch_;
  Scratch keywordScratch_;
};

} // namespace krait::frontend::parse
