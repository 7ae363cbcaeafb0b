// The packrat parser behind the error messages.
//
// Faithful to CPython's generated parser where that shows: the order in which
// alternatives are tried, how far ahead it looked (generic errors are reported
// there), which results error rules share with the rest, and that an
// error rule which matches but does not raise ends its rule. Everything else is
// remembered too, per pass, which changes no outcome and bounds the time.
#include "frontend/parse/diagnosis.h"

#include <algorithm>
#include <cstdlib>

namespace krait::frontend::parse {

using base::DiagnosticId;
using base::ErrorPosition;
using lex::TokenKind;

namespace {

// CPython's RAISE_SYNTAX_ERROR_KNOWN_LOCATION on a token: those without a
// column report 0.
ErrorPosition knownPosition(const SyntaxErrors& errors, const base::SourceBuffer& buffer, const lex::Token& token) {
  ErrorPosition position = errors.positionOf(token);
  if (position.endOffset != -1) return position;
  if (buffer.text().empty()) return {0, 0, 0, 0};
  return {position.lineno, 0, position.lineno, 0};
}

} // namespace

Diagnosis::Diagnosis(const base::SourceBuffer& buffer, const base::SymbolTable& symbols, const lex::TokenList& tokens,
                     SyntaxErrors& errors, bool barryAsFlufl)
    : buffer_(buffer), symbols_(symbols), list_(tokens), tokens_(tokens.tokens.data()), errors_(errors),
      barryAsFlufl_(barryAsFlufl), grammar_(diagnosisGrammar()) {}

void Diagnosis::explain(std::string_view ruleName, const lex::Token* start, const lex::Token* failedAt) {
  char here = 0;
  stackTop_ = &here;
  start_ = static_cast<Mark>(start - tokens_);
  mark_ = fetched_ = start_;
  int first = grammar_.find(ruleName);
  const Value* understood = rule(first);
  if (reported_) return;
  Mark last = fetched_ > start_ ? fetched_ - 1 : start_;
  if (understood != nullptr || stop_) last = static_cast<Mark>(failedAt - tokens_);
  if (understood == nullptr && !stop_) {
    mark_ = start_;
    memo_.clear();
    secondPass_ = true;
    rule(first);
    if (reported_) return;
  }
  const lex::Token& token = tokens_[last];
  errors_.reached(tokens_[fetched_ > start_ ? fetched_ - 1 : start_].end);
  if (token.kind == TokenKind::Error) return errors_.reportLexical();
  if (token.kind == TokenKind::Indent)
    return errors_.reportFinally(DiagnosticId::UnexpectedIndent, errors_.positionOf(token));
  if (token.kind == TokenKind::Dedent)
    return errors_.reportFinally(DiagnosticId::UnexpectedUnindent, errors_.positionOf(token));
  errors_.report(DiagnosticId::InvalidSyntax, knownPosition(errors_, buffer_, token));
}

Diagnosis::Verdict Diagnosis::judge(std::string_view ruleName) {
  char here = 0;
  stackTop_ = &here;
  const Value* understood = rule(grammar_.find(ruleName));
  if (stop_ && !reported_) return Verdict::GaveUp;
  return understood != nullptr ? Verdict::Accepted : Verdict::Refused;
}

const Diagnosis::Value* Diagnosis::rule(int index) {
  const Rule& rule = grammar_.rules[static_cast<size_t>(index)];
  if (cannotBegin(rule.beginnings)) return nullptr;
  char here = 0;
  size_t depth = static_cast<size_t>(std::abs(stackTop_ - &here));
  if (stop_ || ++steps_ > kMaxSteps || depth > kMaxStack) {
    stop_ = true;
    return nullptr;
  }
  if (rule.fresh) return uncachedRule(rule);
  bool sharesPasses = rule.memo || rule.leftRecursive;
  uint64_t key = (uint64_t(mark_) << 16) | (static_cast<uint64_t>(index) << 1) |
                 (secondPass_ && !sharesPasses ? 1 : 0);
  if (const Memo* found = memo_.find(key)) {
    mark_ = found->end;
    return found->value;
  }
  Mark start = mark_;
  if (!rule.leftRecursive) {
    const Value* value = uncachedRule(rule);
    memo_.set(key, {value, mark_});
    return value;
  }
  // Grow the seed: each round sees the round before as the left operand.
  Memo best{nullptr, start};
  for (;;) {
    memo_.set(key, best);
    mark_ = start;
    const Value* value = uncachedRule(rule);
    if (stop_) return nullptr;
    if (value == nullptr || mark_ <= best.end) break;
    best = {value, mark_};
  }
  memo_.set(key, best);
  mark_ = best.end;
  return best.value;
}

const Diagnosis::Value* Diagnosis::uncachedRule(const Rule& rule) {
  if (!rule.plain) return alternatives(rule.alternatives);
  bool outer = std::exchange(secondPass_, false);
  const Value* value = alternatives(rule.alternatives);
  secondPass_ = outer;
  return value;
}

const Diagnosis::Value* Diagnosis::alternatives(const std::vector<Alternative>& list) {
  Mark start = mark_;
  for (const Alternative& each : list) {
    if ((each.onlyInSecondPass && !secondPass_) || cannotBegin(each.beginnings)) continue;
    bool cut = false, decided = false;
    if (const Value* value = alternative(each, cut, decided)) return value;
    if (stop_ || decided) return nullptr;
    mark_ = start;
    if (cut) return nullptr;
  }
  return nullptr;
}

// `decided`: all items matched, and the action came to nothing.
const Diagnosis::Value* Diagnosis::alternative(const Alternative& alternative, bool& cut, bool& decided) {
  constexpr size_t kMostItems = 16;
  const Value* parts[kMostItems];
  Mark start = mark_;
  size_t count = 0;
  for (const Item& each : alternative.items) {
    if (each.what == Item::What::Cut) {
      cut = true;
      parts[count++] = nullptr;
      continue;
    }
    parts[count] = item(each);
    if (parts[count] == nullptr || stop_) return nullptr;
    ++count;
  }
  const Value* value = make(alternative.action, alternative, parts, start);
  decided = value == nullptr;
  return value;
}

const Diagnosis::Value* Diagnosis::item(const Item& each) {
  if (each.look != Item::Look::No) {
    Mark start = mark_, fetched = fetched_;
    const Value* value = repeated(each);
    mark_ = start;
    if (each.look == Item::Look::Peek) fetched_ = fetched;
    bool matches = (value != nullptr) == (each.look != Item::Look::Not);
    static const Value kNothing;
    return matches && !stop_ ? &kNothing : nullptr;
  }
  return repeated(each);
}

const Diagnosis::Value* Diagnosis::repeated(const Item& each) {
  if (each.repeat == Item::Repeat::Once) return once(each);
  Mark start = mark_;
  if (each.repeat == Item::Repeat::Optional) {
    if (const Value* value = once(each)) return value;
    if (stop_) return nullptr;
    mark_ = start;
    return &values_.emplace_back();
  }
  Value list;
  list.shape = Shape::Other;
  list.first = start;
  for (;;) {
    Mark before = mark_;
    if (each.separated && !list.parts.empty()) {
      if (!fetch()) return nullptr;
      if (token(mark_).kind != each.separator) break;
      ++mark_;
    }
    const Value* value = once(each);
    if (stop_) return nullptr;
    if (value == nullptr || (mark_ == before && !each.separated)) {
      mark_ = before;
      break;
    }
    list.parts.push_back(value);
  }
  if (each.repeat == Item::Repeat::Plus && list.parts.empty()) return nullptr;
  list.span = spanFrom(start);
  return &values_.emplace_back(std::move(list));
}

const Diagnosis::Value* Diagnosis::once(const Item& each) {
  if (each.what == Item::What::Rule) return rule(each.rule);
  if (each.what == Item::What::Group) return alternatives(each.group);
  if (!fetch()) return nullptr;
  const lex::Token& next = token(mark_);
  bool matches = false;
  Mark after = mark_ + 1;
  switch (each.what) {
  case Item::What::Token: matches = next.kind == each.token; break;
  case Item::What::SoftKeyword: matches = next.kind == TokenKind::Name && next.symbol() == each.symbol; break;
  case Item::What::AnySoftKeyword:
    // CPython compares as many characters as the name has: beginnings count too.
    for (std::string_view keyword : {"_", "case", "match"})
      matches |= next.kind == TokenKind::Name && keyword.starts_with(symbols_.text(next.symbol()));
    break;
  case Item::What::NotEqual:
    matches = next.kind == TokenKind::NotEqual && (buffer_.text()[next.start] == '<') == barryAsFlufl_;
    break;
  case Item::What::String:
    matches = next.kind == TokenKind::String || next.kind == TokenKind::FStringStart;
    if (next.kind == TokenKind::FStringStart) after = next.payload + 1;
    break;
  default: break;
  }
  if (!matches) {
    if (each.forced) reportAt(DiagnosticId::ExpectedToken, errors_.spanOf(next), {lex::spellingOf(each.token)});
    return nullptr;
  }
  Value value;
  value.first = mark_;
  value.span = {next.start, tokens_[after - 1].end};
  if (next.kind == TokenKind::Name) {
    value.shape = Shape::Assignable;
    value.description = "name";
  } else if (next.kind == TokenKind::FStringStart) {
    value.description = "f-string expression";
  }
  mark_ = after;
  return &values_.emplace_back(std::move(value));
}

bool Diagnosis::fetch() {
  fetched_ = std::max(fetched_, mark_ + 1);
  if (token(mark_).kind != TokenKind::Error) return true;
  errors_.reportLexical();
  reported_ = stop_ = true;
  return false;
}

const Diagnosis::Value* Diagnosis::make(const Action& action, const Alternative& alternative,
                                        const Value* const* parts, Mark start) {
  auto partNamed = [&](char name) -> const Value* {
    for (size_t i = 0; i < alternative.items.size(); ++i)
      if (alternative.items[i].name == name) return parts[i];
    return nullptr;
  };
  switch (action.does) {
  case Action::Does::Default:
    for (size_t i = 0, count = 0; i < alternative.items.size(); ++i) {
      const Item& each = alternative.items[i];
      if (each.look != Item::Look::No || each.what == Item::What::Cut) continue;
      if (++count == 1 && i + 1 == alternative.items.size()) return parts[i];
    }
    break;
  case Action::Does::Part: return partNamed(action.names[0]);
  case Action::Does::Make: break;
  default: raise(action, alternative, parts); return nullptr;
  }
  Value value;
  value.shape = action.shape;
  value.description = action.description;
  value.first = start;
  value.span = spanFrom(start);
  for (char name : action.names) {
    const Value* part = partNamed(name);
    if (part == nullptr) continue;
    bool isList = part->shape == Shape::Other && part->description[0] == '\0';
    if (isList)
      value.parts.insert(value.parts.end(), part->parts.begin(), part->parts.end());
    else
      value.parts.push_back(part);
  }
  if (value.shape == Shape::Strings) {
    for (Mark mark = start; mark < mark_; ++mark)
      if (token(mark).kind == TokenKind::FStringStart) value.description = "f-string expression";
    value.shape = Shape::Other;
  }
  return &values_.emplace_back(std::move(value));
}

base::Span Diagnosis::spanFrom(Mark start) const {
  Mark last = mark_;
  while (last > start + 1 && lex::isLayout(tokens_[last - 1].kind)) --last;
  if (last == start) return {tokens_[start].start, tokens_[start].start};
  return {tokens_[start].start, tokens_[last - 1].end};
}

uint32_t Diagnosis::bracketLevel(Mark mark) {
  while (levels_.size() <= mark - start_) {
    uint16_t level = levels_.empty() ? 0 : levels_.back();
    switch (tokens_[start_ + levels_.size()].kind) {
    case TokenKind::LParen:
    case TokenKind::LBracket:
    case TokenKind::LBrace: ++level; break;
    case TokenKind::RParen:
    case TokenKind::RBracket:
    case TokenKind::RBrace: level -= level > 0 ? 1 : 0; break;
    default: break;
    }
    levels_.push_back(level);
  }
  return levels_[mark - start_];
}

std::string_view Diagnosis::textOf(base::Span span) const { return buffer_.text().substr(span.start, span.size()); }

} // namespace krait::frontend::parse
