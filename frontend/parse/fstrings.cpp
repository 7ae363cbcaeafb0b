// F-strings: tokens to JoinedStr.
//
// CPython 3.11 gives every part of an f-string the span of the whole (with the
// literals it is concatenated with); only the expressions in its fields have
// spans of their own. Text around fields and in neighbouring plain literals
// becomes as few Constants as possible.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;
namespace string_flag = lex::string_flag;

const Expr* Parser::joinedStrings(const Token* first, const Token* end) {
  Joined joined{spanFrom(first), {}, text_[first->start] == 'u', end, {}};
  Joined* outer = std::exchange(joined_, &joined);
  size_t values = scratch_.size();
  for (cur_ = first; cur_ < end && !poisoned();) {
    if (at(TokenKind::FStringStart)) {
      const Token* close = tokens_.tokens.data() + cur_->payload;
      joined.token = {cur_->start, close->end};
      ++cur_;
      fstringBody(close);
      expect(TokenKind::FStringEnd);
    } else if ((cur_->flags & string_flag::BrokenFString) != 0) {
      complainAboutFString(*cur_, *end);
      if (!poisoned()) ++cur_;
    } else {
      uint32_t quotes = (cur_->flags & string_flag::Triple) != 0 ? 3 : 1;
      uint32_t start = cur_->start + cur_->prefixSize + quotes;
      std::string_view text(text_ + start, cur_->end - quotes - start);
      if (decodeText(text, *cur_, (cur_->flags & string_flag::Raw) != 0, joined.text)) ++cur_;
    }
  }
  flushText(joined.span, joined.hasPrefixU);
  ListOf<Expr> parts = takeList<Expr>(values);
  joined_ = outer;
  if (poisoned() && outer == nullptr) failedFString_ = first;
  since(6, "Format strings are");
  return make<JoinedStr>(joined.span, parts);
}

void Parser::fstringBody(const Token* end) {
  while (cur_ < end && !poisoned()) {
    if (at(TokenKind::FStringMiddle)) {
      fstringText(*cur_);
      if (!poisoned()) ++cur_;
    } else if (at(TokenKind::LBrace)) {
      field();
    } else {
      return;
    }
  }
}

// Doubled braces stand for themselves outside of format specifications; the
// pieces between them are decoded one by one, as CPython does.
void Parser::fstringText(const Token& middle) {
  std::string_view text(text_ + middle.start, middle.end - middle.start);
  std::string& out = joined_->text;
  bool raw = (middle.flags & string_flag::Raw) != 0;
  if ((middle.flags & string_flag::HasEscape) == 0) {
    out += text;
    return;
  }
  bool inSpec = (middle.flags & string_flag::InSpec) != 0;
  size_t piece = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!raw && text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      if (text[i] == 'N' && i + 1 < text.size() && text[i + 1] == '{') {
        while (i < text.size() && text[i] != '}') ++i;
      } else if (text[i] == '{' || text[i] == '}') {
        --i;
        if (i + 2 < text.size() && text[i + 2] == text[i + 1] && !inSpec) {
          if (!decodeText(text.substr(piece, i + 1 - piece), middle, true, out)) return;
          warn(DiagnosticId::InvalidEscape, middle.span(), text.substr(i + 1, 1));
          out += text[i + 1];
          i += 2;
          piece = i + 1;
        }
      }
      continue;
    }
    bool doubled = !inSpec && (text[i] == '{' || text[i] == '}');
    if (!doubled) continue;
    if (!decodeText(text.substr(piece, i + 1 - piece), middle, raw, out)) return;
    piece = ++i + 1; // text[i] is the second brace
  }
  if (piece >= text.size()) return;
  std::string_view rest = text.substr(piece);
  // `\{`: the backslash before a field stands for itself.
  bool endsInBackslash = !raw && rest.back() == '\\' && (rest.size() < 2 || rest[rest.size() - 2] != '\\');
  if (!endsInBackslash) {
    decodeText(rest, middle, raw, out);
    return;
  }
  warn(DiagnosticId::InvalidEscape, middle.span(), std::string_view(text_ + middle.end, 1));
  if (decodeText(rest.substr(0, rest.size() - 1), middle, raw, out)) out += '\\';
}

void Parser::flushText(base::Span span, bool hasPrefixU) {
  if (joined_->text.empty()) return;
  std::string_view text = arena_.copy(joined_->text);
  joined_->text.clear();
  scratch_.push(make<Constant>(span, ConstantValue::str(text, hasPrefixU)));
}

// `{expression = !r : specification}`
void Parser::field() {
  Nesting nesting(*this);
  Joined* joined = joined_;
  const Token* open = cur_++;
  const Token* start = cur_;
  const Expr* value = yieldOrStarExpressions();
  if (value->is<Starred>()) poison();
  // CPython 3.11 parses the text of a field between parentheses that stand
  // where the brace and the field's next delimiter stand.
  base::Span between{open->start, cur_->start + 1};
  bool isTuple = value->is<Tuple>() && !(start->kind == TokenKind::LParen && value->span.end == lastEnd() &&
                                         value->span.start == start->start);
  if (isTuple) {
    const_cast<Expr*>(value)->span = between;
  } else if (atComprehension()) {
    ListOf<Comprehension> generators = comprehensions();
    value = make<GeneratorExp>(base::Span{open->start, cur_->start + 1}, value, generators);
  }
  bool isSelfDocumenting = accept(TokenKind::Equal);
  if (isSelfDocumenting) joined->text.append(text_ + open->end, text_ + cur_->start);
  if (isSelfDocumenting) since(8, "f-string: self documenting expressions are");
  int32_t conversion = -1;
  if (at(TokenKind::Exclamation)) {
    const Token* letter = cur_ + 1;
    std::string_view text(text_ + letter->start, letter->end - letter->start);
    bool good = letter->kind == TokenKind::Name && letter->start == cur_->end &&
                (text == "s" || text == "r" || text == "a") && letter[1].start == letter->end;
    if (!good) poison();
    conversion = static_cast<unsigned char>(text[0]);
    if (good) cur_ += 2;
  }
  flushText(joined->span, joined->hasPrefixU);
  const Expr* specification = nullptr;
  if (accept(TokenKind::Colon)) {
    size_t parts = scratch_.size();
    fstringBody(joined->end);
    flushText(joined->token, false); // in CPython a specification ends with its literal, not with the whole
    ListOf<Expr> list = takeList<Expr>(parts);
    specification = make<JoinedStr>(joined->token, list);
  }
  expect(TokenKind::RBrace);
  if (isSelfDocumenting && conversion < 0 && specification == nullptr) conversion = 'r';
  scratch_.push(make<FormattedValue>(joined->span, value, conversion, specification));
}

} // namespace krait::frontend::parse
