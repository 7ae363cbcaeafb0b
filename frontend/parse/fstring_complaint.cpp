// Before PEP 701 an f-string was one token whose fields were found by scanning
// for brackets and quotes; the messages that people know come from that scan.
// It is repeated here for f-strings that the real parser has refused.
#include "frontend/parse/fstring_complaint.h"

namespace krait::frontend::parse {

using base::DiagnosticId;

namespace {

class Scan {
public:
  Scan(std::string_view text, bool raw, const std::function<bool(std::string_view, size_t)>& complainAbout)
      : text_(text), raw_(raw), complainAbout_(complainAbout) {}

  // Literal text and fields, up to the end or, in a specification, its `}`.
  bool parts(unsigned level) {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '\\' && !raw_ && at_ + 1 < text_.size()) {
        skipEscape();
        continue;
      }
      if (c != '{' && c != '}') {
        ++at_;
        continue;
      }
      if (level == 0 && at_ + 1 < text_.size() && text_[at_ + 1] == c) {
        at_ += 2;
        continue;
      }
      if (c == '}') {
        if (level != 0) return true;
        return fail(DiagnosticId::FStringSingleBrace);
      }
      if (!field(level)) return false;
    }
    return level == 0 || fail(DiagnosticId::FStringExpectingBrace);
  }

  FStringComplaint complaint;

private:
  bool fail(DiagnosticId id, std::vector<std::string> arguments = {}) {
    complaint = {true, false, id, std::move(arguments)};
    return false;
  }
  bool atEnd() const { return at_ >= text_.size(); }

  void skipEscape() {
    ++at_;
    if (text_[at_] == 'N' && at_ + 1 < text_.size() && text_[at_ + 1] == '{') {
      while (!atEnd() && text_[at_] != '}') ++at_;
      if (!atEnd()) ++at_;
    } else if (text_[at_] != '{' && text_[at_] != '}') {
      ++at_;
    }
  }

  // Moves to the end of a field's expression.
  bool expression() {
    constexpr size_t kMaxBrackets = 200;
    char quote = 0;
    bool triple = false;
    std::string brackets;
    for (; !atEnd(); ++at_) {
      char c = text_[at_];
      bool three = at_ + 2 < text_.size() && text_[at_ + 1] == c && text_[at_ + 2] == c;
      if (c == '\\') return fail(DiagnosticId::FStringBackslash);
      if (quote != 0) {
        if (c != quote || (triple && !three)) continue;
        if (triple) at_ += 2;
        quote = 0;
        continue;
      }
      if (c == '\'' || c == '"') {
        quote = c;
        triple = three;
        if (three) at_ += 2;
        continue;
      }
      if (c == '(' || c == '[' || c == '{') {
        if (brackets.size() >= kMaxBrackets) return fail(DiagnosticId::FStringTooManyParens);
        brackets += c;
        continue;
      }
      if (c == '#') return fail(DiagnosticId::FStringHash);
      char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      if (brackets.empty() && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
        if (next == '=' && c != ':' && c != '}') {
          ++at_;
          continue;
        }
        if (c == '<' || c == '>') continue;
        break;
      }
      if (c == ')' || c == ']' || c == '}') {
        if (brackets.empty()) return fail(DiagnosticId::FStringUnmatched, {std::string(1, c)});
        char opener = brackets.back();
        brackets.pop_back();
        char closer = opener == '(' ? ')' : opener == '[' ? ']' : '}';
        if (c != closer) return fail(DiagnosticId::FStringMismatch, {std::string(1, c), std::string(1, opener)});
      }
    }
    if (quote != 0) return fail(DiagnosticId::FStringUnterminated);
    if (!brackets.empty()) return fail(DiagnosticId::FStringUnmatched, {std::string(1, brackets.back())});
    return !atEnd() || fail(DiagnosticId::FStringExpectingBrace);
  }

  bool field(unsigned level) {
    if (level >= 2) return fail(DiagnosticId::FStringTooDeep);
    size_t start = ++at_;
    if (!expression()) return false;
    std::string_view source = text_.substr(start, at_ - start);
    if (source.find_first_not_of(" \t\n\f\r") == std::string_view::npos) {
      if (text_[at_] == '}') return fail(DiagnosticId::FStringEmptyExpression);
      return fail(DiagnosticId::FStringExpressionRequired, {std::string(1, text_[at_])});
    }
    if (complainAbout_(source, start)) {
      complaint.found = complaint.fromField = true;
      return false;
    }
    if (text_[at_] == '=') {
      ++at_;
      while (!atEnd() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\f'))
        ++at_;
    }
    if (!atEnd() && text_[at_] == '!') {
      if (++at_ >= text_.size()) return fail(DiagnosticId::FStringExpectingBrace);
      char conversion = text_[at_++];
      if (conversion != 's' && conversion != 'r' && conversion != 'a') return fail(DiagnosticId::FStringConversion);
    }
    if (!atEnd() && text_[at_] == ':') {
      ++at_;
      if (atEnd()) return fail(DiagnosticId::FStringExpectingBrace);
      if (!parts(level + 1)) return false;
    }
    if (atEnd() || text_[at_] != '}') return fail(DiagnosticId::FStringExpectingBrace);
    ++at_;
    return true;
  }

  std::string_view text_;
  bool raw_;
  const std::function<bool(std::string_view, size_t)>& complainAbout_;
  size_t at_ = 0;
};

} // namespace

FStringComplaint findFStringComplaint(std::string_view text, bool raw,
                                      const std::function<bool(std::string_view, size_t)>& complainAbout) {
  Scan scan(text, raw, complainAbout);
  scan.parts(0);
  return scan.complaint;
}

} // namespace krait::frontend::parse
