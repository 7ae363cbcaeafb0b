// Finds CPython's words for what is wrong with a statement.
#pragma once

#include "frontend/base/symbol.h"
#include "frontend/parse/diagnosis_grammar.h"
#include "frontend/parse/memo_table.h"
#include "frontend/parse/syntax_error.h"

#include <deque>
#include <vector>

namespace krait::frontend::parse {

// Parses again, from one token on, as CPython's generated parser does: a first
// pass to see how far the tokens can be understood, a second one with the error
// rules. Reports exactly one error. Slow; bounded in time and stack.
class Diagnosis {
public:
  Diagnosis(const base::SourceBuffer& buffer, const base::SymbolTable& symbols, const lex::TokenList& tokens,
            SyntaxErrors& errors, bool barryAsFlufl);

  // `rule`: where the grammar begins. `failedAt`: where the parser stopped, for
  // the case that the two grammars do not agree.
  void explain(std::string_view rule, const lex::Token* start, const lex::Token* failedAt);

  // Does this grammar accept all tokens? It must answer as the parser does, but
  // for the errors that come from the values of literals. For the fuzzer.
  enum class Verdict { Accepted, Refused, GaveUp };
  Verdict judge(std::string_view rule);

private:
  using Mark = uint32_t; // index of a token

  struct Value {
    Shape shape = Shape::Other;
    const char* description = "";
    base::Span span;
    Mark first = 0;
    std::vector<const Value*> parts;
  };
  struct Memo {
    const Value* value;
    Mark end;
  };
  enum class TargetKind { Star, For, Del };

  static constexpr uint32_t kMaxSteps = 2'000'000;
  static constexpr size_t kMaxStack = size_t(2) << 20;

  const Value* rule(int index); // null: no match, or `stop_`
  const Value* uncachedRule(const Rule& rule);
  const Value* alternatives(const std::vector<Alternative>& alternatives);
  const Value* alternative(const Alternative& alternative, bool& cut, bool& decided);
  const Value* item(const Item& item);
  const Value* once(const Item& item);
  const Value* repeated(const Item& item);
  const Value* make(const Action& action, const Alternative& alternative, const Value* const* parts, Mark start);

  // Is it known, of a token that was looked at before, that nothing that begins so can match? Nothing is remembered of that: it
  // is asked faster than found.
  bool cannotBegin(const Beginnings& those) const { return mark_ < fetched_ && those.exclude(token(mark_).kind); }
  // Looks at the token under the mark; false if the lexer's error is reached.
  bool fetch();
  const lex::Token& token(Mark mark) const { return tokens_[mark]; }
  base::Span spanFrom(Mark start) const;
  uint32_t bracketLevel(Mark mark);
  std::string_view textOf(base::Span span) const;

  // Raise or do not; then nothing more happens if they did.
  void raise(const Action& action, const Alternative& alternative, const Value* const* parts);
  void report(base::DiagnosticId id, base::ErrorPosition position, base::Diagnostics::Arguments arguments = {});
  void reportAt(base::DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments = {});
  base::ErrorPosition here() const; // the last token looked at
  void raiseTarget(const Value* target, TargetKind kind);
  static const Value* invalidTarget(const Value* target, TargetKind kind);

  const base::SourceBuffer& buffer_;
  const base::SymbolTable& symbols_;
  const lex::TokenList& list_;
  const lex::Token* tokens_;
  SyntaxErrors& errors_;
  bool barryAsFlufl_;
  const Grammar& grammar_;

  Mark start_ = 0;
  Mark mark_ = 0;
  Mark fetched_ = 0; // tokens looked at, counted from the beginning of the list
  bool secondPass_ = false;
  bool stop_ = false;     // an error was reported, or a limit reached
  bool reported_ = false;
  uint32_t steps_ = 0;
  const char* stackTop_ = nullptr;
  std::deque<Value> values_;
  MemoTable<Memo> memo_;
  std::vector<uint16_t> levels_; // of tokens from start_ on
};

} // namespace krait::frontend::parse
