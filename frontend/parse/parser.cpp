// The parser's entry: modes, the top level of a file, failure and recovery.
#include "frontend/parse/parser.h"

#include "frontend/ast/visitor.h"
#include "frontend/parse/diagnosis.h"
#include "frontend/parse/fstring_complaint.h"
#include "frontend/parse/parser_state.h"
#include "frontend/parse/undecoded.h"

#include <algorithm>
#include <iterator>

namespace krait::frontend::parse {

using namespace ast;

namespace {

// What a poisoned cursor points into: nothing matches, and looking a few tokens
// ahead or one behind stays inside.
constexpr Token kNothing[] = {{TokenKind::Name},  {TokenKind::Error}, {TokenKind::Error},
                              {TokenKind::Error}, {TokenKind::Error}, {TokenKind::Error}};

// CPython's interactive mode supplies a Newline where the input ends in the
// middle of a line, and one more after everything.
void supplyNewlines(std::string_view text, std::vector<Token>& tokens) {
  Token end = tokens.back();
  if (end.kind != TokenKind::EndMarker || tokens.size() == 1) return;
  tokens.pop_back();
  size_t last = tokens.size();
  while (last > 0 && tokens[last - 1].kind == TokenKind::Dedent) --last;
  Token newline = end;
  newline.kind = TokenKind::Newline;
  newline.flags = lex::newline_flag::Supplied;
  bool wasMissing = !text.ends_with('\n');
  bool hadDedents = last < tokens.size();
  if (wasMissing) tokens.insert(tokens.begin() + static_cast<ptrdiff_t>(last), newline);
  if (!wasMissing || hadDedents) tokens.push_back(newline);
  tokens.push_back(end);
}

// Before Python 3.7 `async` and `await` were names outside `async def`.
constexpr int kAsyncIsKeyword = 7;

void nameAsync(std::vector<Token>& tokens) {
  int depth = 0, outside = -1; // levels of indentation: now, and where the innermost async def stands
  for (size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    if (token.kind == TokenKind::Indent) ++depth;
    if (token.kind == TokenKind::Dedent && --depth <= outside) outside = -1;
    const bool opens = token.kind == TokenKind::KwAsync && i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::KwDef;
    if (opens && outside < 0) outside = depth;
    if (outside < 0 && (token.kind == TokenKind::KwAsync || token.kind == TokenKind::KwAwait)) token.kind = TokenKind::Name;
  }
}

bool onlyCommentsFollow(std::string_view text) {
  for (;;) {
    size_t at = text.find_first_not_of(" \t\n\f");
    if (at == std::string_view::npos) return true;
    if (text[at] != '#') return false;
    size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end);
  }
}

} // namespace

Parser::Parser(const base::SourceBuffer& buffer, base::Arena& arena, base::SymbolTable& symbols,
               base::Diagnostics& diags, const lex::TokenList& tokens, Mode mode, bool inField, bool barryAsFlufl)
    : buffer_(buffer), arena_(arena), symbols_(symbols), diags_(diags), tokens_(tokens),
      text_(buffer.text().data()), cur_(tokens.tokens.data()), mode_(mode), inField_(inField),
      barryAsFlufl_(barryAsFlufl), errors_(buffer, tokens, diags, mode == Mode::Exec || inField, inField) {}

void Parser::configure(const Options& options) {
  featureVersion_ = options.featureVersion;
  maxDigits_ = options.maxDigits;
  typeComments_ = options.typeComments;
  if (typeComments_) comments_ = findTypeComments(buffer_, tokens_, typeComments_->ignores);
}

void Parser::poison() {
  if (poisoned()) return;
  failedAt_ = cur_;
  cur_ = kNothing + 1;
}

const Expr* Parser::dummy() { return make<Name>(base::Span{}, base::Symbol(), ExprContext::Load); }

void Parser::failHere(DiagnosticId id, base::Diagnostics::Arguments arguments) {
  if (poisoned()) return;
  reported_ = true;
  const Token* where = joined_ != nullptr ? joined_->end : cur_;
  if (where->kind == TokenKind::Error)
    errors_.reportLexical();
  else
    errors_.reportHere(id, *where, arguments);
  poison();
}

void Parser::failAt(DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments) {
  if (poisoned()) return;
  reported_ = true;
  errors_.reached(cur_->end);
  errors_.report(id, span, arguments);
  poison();
}

void Parser::nestedDeeply() {
  ++longChains_;
  if (depth_ > kMaxNesting) failAt(DiagnosticId::NestedTooDeeply, cur_->span());
}

const Mod* Parser::parse() {
  base::Span whole{0, static_cast<uint32_t>(buffer_.text().size())};
  const Mod* root = nullptr;
  switch (mode_) {
  case Mode::Exec: {
    ListOf<Stmt> body = file();
    root = make<Module>(whole, body);
    break;
  }
  case Mode::Single: {
    ListOf<Stmt> body = interactive();
    root = make<Interactive>(whole, body);
    break;
  }
  case Mode::Eval: {
    const Expr* body = onlyExpression();
    root = make<Expression>(whole, body);
    break;
  }
  case Mode::FunctionType: root = functionType(whole); break;
  }
  if (!diags_.hasErrors()) checkTypeComments();
  // In the order of the text, as if tokens had been read one by one.
  std::vector<lex::LexWarning> warnings;
  std::merge(warnings_.begin(), warnings_.end(), tokens_.warnings.begin(), tokens_.warnings.end(), std::back_inserter(warnings),
             [](const auto& a, const auto& b) { return a.span.start < b.span.start; });
  for (const lex::LexWarning& warning : warnings)
    diags_.report(buffer_, warning.id, warning.span, {warning.argument});
  if (diags_.hasErrors()) return nullptr;
  const_cast<Mod*>(root)->nodeCount = nodeCount_;
  return root;
}

ListOf<Stmt> Parser::file() {
  size_t body = scratch_.size();
  while (!at(TokenKind::EndMarker)) {
    if (recovered_ && skipToStatement()) continue;
    const Token* start = cur_;
    size_t before = scratch_.size();
    longChains_ = 0;
    statement();
    if (poisoned()) {
      explain(start);
      if (!recover(start)) break;
      continue;
    }
    for (size_t i = before; longChains_ > 0 && i < scratch_.size() && !poisoned(); ++i)
      checkDepth(static_cast<const Node*>(*scratch_.from(i)));
    if (poisoned()) break;
  }
  return takeList<Stmt>(body);
}

// The grammar's `eval`: expressions without stars at the top.
const Expr* Parser::onlyExpression() {
  const Token* start = cur_;
  const Expr* body = expression();
  if (at(TokenKind::Comma)) {
    size_t elements = scratch_.size();
    scratch_.push(body);
    while (accept(TokenKind::Comma)) {
      if (at(TokenKind::Newline) || at(TokenKind::EndMarker)) break;
      scratch_.push(expression());
    }
    ListOf<Expr> list = takeList<Expr>(elements);
    body = make<Tuple>(spanFrom(start), list, ExprContext::Load);
  }
  while (accept(TokenKind::Newline)) {}
  expect(TokenKind::EndMarker);
  if (!poisoned() && longChains_ > 0) checkDepth(body);
  if (poisoned()) explain(tokens_.tokens.data());
  return body;
}

ListOf<Stmt> Parser::interactive() {
  const Token* start = cur_;
  size_t body = scratch_.size();
  if (at(TokenKind::EndMarker)) {
    poison();
  } else if (!accept(TokenKind::Newline)) {
    statement();
    bool isCompound = !poisoned() && scratch_.size() == body + 1 && cur_[-1].kind != TokenKind::Newline;
    if (!poisoned() && !isCompound) {
      const auto* last = static_cast<const Stmt*>(*scratch_.from(scratch_.size() - 1));
      isCompound = last->is<If>() || last->is<For>() || last->is<While>() || last->is<With>() || last->is<Try>() ||
                   last->is<FunctionDef>() || last->is<ClassDef>() || last->is<AsyncFunctionDef>() ||
                   last->is<AsyncFor>() || last->is<AsyncWith>() || last->is<TryStar>() || last->is<Match>();
    }
    if (isCompound) expect(TokenKind::Newline);
  }
  if (!poisoned()) {
    const Token* last = cur_ - 1;
    if (!onlyCommentsFollow(buffer_.text().substr(last->end))) {
      reported_ = true;
      errors_.reached(last->end);
      errors_.reportFinally(DiagnosticId::MultipleStatements, errors_.positionOf(*last));
      poison();
    }
  }
  if (poisoned()) explain(start);
  return takeList<Stmt>(body);
}

// The tree's height, for statements in which a chain or nesting was unusually
// long. Without recursion: what is measured may be too deep for it.
void Parser::checkDepth(const Node* root) {
  std::vector<std::pair<const Node*, uint32_t>> pending{{root, 1}};
  while (!pending.empty()) {
    auto [node, depth] = pending.back();
    pending.pop_back();
    if (depth > kMaxDepth) {
      failAt(DiagnosticId::TooDeep, node->span);
      return;
    }
    // A comprehension's `for` is inside the one before.
    uint32_t loops = 0;
    forEachChild(node, [&](const Node* child) { pending.push_back({child, depth + 1 + (child->is<Comprehension>() ? loops++ : 0)}); });
  }
}

void Parser::explain(const Token* statement) {
  if (reported_) return;
  reported_ = true;
  if (failedFString_ != nullptr) return explainFString();
  std::string_view rule = inField_                 ? "fstring"
                          : mode_ == Mode::Eval   ? "eval"
                          : mode_ == Mode::Single ? "statement_newline"
                                                  : "file";
  if (!firstFailure_) firstFailure_ = failedAt_;
  Diagnosis(buffer_, symbols_, tokens_, errors_, barryAsFlufl_).explain(rule, statement, failedAt_);
}

// The messages that people know about f-strings come from the time when they
// were one token: parse once more with them cut that way.
void Parser::explainFString() {
  lex::TokenList tokens;
  lex::tokenize(buffer_, symbols_, mode_ == Mode::Exec ? lex::FinalNewline::Implied : lex::FinalNewline::AsWritten,
                tokens, failedFString_->start);
  if (mode_ == Mode::Single) supplyNewlines(buffer_.text(), tokens.tokens);
  base::Diagnostics found;
  Parser parser(buffer_, arena_, symbols_, found, tokens, mode_, inField_, barryAsFlufl_);
  parser.nodeCount_ = nodeCount_;
  if (inField_)
    parser.fieldExpression();
  else
    parser.parse();
  if (const base::Diagnostic* error = found.firstError())
    diags_.add(*error);
  else
    errors_.reportHere(DiagnosticId::InvalidSyntax, *failedAt_);
}

void Parser::complainAboutFString(const Token& token, const Token& next) {
  uint32_t quotes = (token.flags & lex::string_flag::Triple) != 0 ? 3 : 1;
  uint32_t start = token.start + token.prefixSize + quotes;
  std::string_view text(text_ + start, token.end - quotes - start);
  auto complainAbout = [&](std::string_view source, size_t offset) {
    base::Diagnostics found;
    auto buffer = base::SourceBuffer::fromText(std::string(buffer_.name()), "(" + std::string(source) + ")", found);
    lex::TokenList tokens;
    lex::tokenize(*buffer, symbols_, lex::FinalNewline::Implied, tokens);
    Parser parser(*buffer, arena_, symbols_, found, tokens, Mode::Eval, true, barryAsFlufl_);
    parser.nodeCount_ = nodeCount_;
    parser.fieldExpression();
    const base::Diagnostic* error = found.firstError();
    if (error == nullptr) return false;
    base::Diagnostic moved = *error;
    int line = static_cast<int>(buffer_.position(start + static_cast<uint32_t>(offset)).line);
    if (moved.position.lineno > 0) moved.position.lineno += line - 1;
    if (moved.position.endLineno > 0) moved.position.endLineno += line - 1;
    diags_.add(std::move(moved));
    return true;
  };
  bool raw = (token.flags & lex::string_flag::Raw) != 0;
  FStringComplaint complaint = findFStringComplaint(text, raw, complainAbout);
  if (!complaint.found) return;
  reported_ = true;
  complaint.arguments.resize(2);
  if (next.kind == TokenKind::Error && !complaint.fromField)
    errors_.reportLexical();
  else if (!complaint.fromField)
    errors_.reportHere(complaint.id, next, {complaint.arguments[0], complaint.arguments[1]});
  poison();
}

// The whole text is a field's expression between parentheses.
void Parser::fieldExpression() {
  const Token* start = cur_;
  starExpressions();
  if (poisoned()) explain(start);
}

// Where it is safe: after the logical line of the failure. From then on statements are parsed one by one, since the
// headers of the blocks that they stand in are behind.
bool Parser::recover(const Token* statement) {
  const Token* token = std::max(failedAt_, statement);
  const Token* last = tokens_.tokens.data() + tokens_.tokens.size() - 1;
  bool isLexical = tokens_.hasError || last->kind == TokenKind::Error;
  const base::Diagnostic* latest = diags_.all().empty() ? nullptr : &diags_.all().back();
  bool isLayout = latest != nullptr && latest->category != base::DiagnosticClass::SyntaxError;
  if (isLexical || isLayout || failedFString_ != nullptr || diags_.errorCount() >= kMaxErrors) return false;
  // What should have stood at the end of a line or a block fails at the line after it.
  const bool failedBetween = token > statement && (token[-1].kind == TokenKind::Newline || token[-1].kind == TokenKind::Dedent);
  while (!failedBetween && token < last && token->kind != TokenKind::Newline) ++token;
  if (token < last && token->kind == TokenKind::Newline) ++token;
  // The block of a header that was not understood would be so without its meaning.
  if (token->kind == TokenKind::Indent)
    for (int depth = 0; token < last; ++token) {
      if (token->kind == TokenKind::Indent) ++depth;
      if (token->kind == TokenKind::Dedent && --depth == 0) break;
    }
  cur_ = token;
  failedAt_ = nullptr;
  reported_ = false;
  recovered_ = true;
  depth_ = 0;
  return true;
}

// True if tokens were skipped: the ends of blocks, and the further clauses of statements that began before the failure.
bool Parser::skipToStatement() {
  if (accept(TokenKind::Dedent) || accept(TokenKind::Indent) || accept(TokenKind::Newline)) return true;
  bool isClause = at(TokenKind::KwElse) || at(TokenKind::KwElif) || at(TokenKind::KwExcept) || at(TokenKind::KwFinally);
  const Token* end = cur_;
  if (!isClause && !atSoftKeyword(base::sym::Case)) return false;
  while (end->kind != TokenKind::Newline && end->kind != TokenKind::EndMarker) ++end;
  if (!isClause && end[-1].kind != TokenKind::Colon) return false; // a variable of this name
  cur_ = end;
  return true;
}

const Mod* parseModule(const base::SourceBuffer& buffer, base::Arena& arena, base::SymbolTable& symbols,
                       base::Diagnostics& diags, Mode mode, const Options& options) {
  lex::TokenList tokens;
  lex::tokenize(buffer, symbols, mode == Mode::Exec ? lex::FinalNewline::Implied : lex::FinalNewline::AsWritten,
                tokens);
  if (!buffer.undecoded().empty() && reportUndecoded(buffer, tokens, diags)) return nullptr;
  if (mode == Mode::Single) supplyNewlines(buffer.text(), tokens.tokens);
  base::Diagnostics own;
  if (options.featureVersion < kAsyncIsKeyword) nameAsync(tokens.tokens);
  Parser parser(buffer, arena, symbols, own, tokens, mode, false, options.barryAsFlufl);
  parser.configure(options);
  const Mod* tree = parser.parse();
  const bool blockIsOpen = options.requireBlankLine && mode == Mode::Single && !buffer.text().ends_with('\n') &&
                           std::any_of(tokens.tokens.begin(), tokens.tokens.end(),
                                       [](const Token& t) { return t.kind == TokenKind::Dedent; });
  if (tree ? blockIsOpen : options.nameIncompleteInput && parser.isIncomplete()) {
    for (const base::Diagnostic& d : own.all())
      if (base::isWarning(d.category)) diags.add(d);
    parser.reportIncomplete(diags);
    return nullptr;
  }
  for (const base::Diagnostic& d : own.all()) diags.add(d);
  return tree;
}

} // namespace krait::frontend::parse
