// Finds the root operator of an expression without parsing it all: tokens at
// nesting depth 0 are walked, alternating between operand and operator position;
// the root is the operator of lowest precedence, the last one of its level (the
// first for `**`). A keyword operator, comparison or comma at that depth means
// that the root is neither a binary operation nor a subscript.
#include "runtime/exceptions/anchors.h"
#include <string_view>
#include <vector>

namespace krait::exceptions {
namespace {

enum class Kind { Name, Number, String, Operator, Open, Close };
struct Token {
  size_t start, end;
  Kind kind;
  size_t match; // Open and Close: index of the other one
};
using Tokens = std::vector<Token>;

bool isNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Cuts the text into tokens; false if it cannot be an expression on one line.
class Scanner {
public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool run(Tokens& out) {
    std::vector<size_t> open;
    while (skipBlanks()) {
      size_t start = at_;
      Kind kind;
      char c = text_[at_];
      if (c == '#') break;
      if (isNameStart(c)) {
        while (at_ < text_.size() && (isNameStart(text_[at_]) || isDigit(text_[at_]))) ++at_;
        kind = Kind::Name;
        if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"') && at_ - start <= 2) {
          if (!scanString()) return false;
          kind = Kind::String;
        }
      } else if (isDigit(c) || (c == '.' && at_ + 1 < text_.size() && isDigit(text_[at_ + 1]))) {
        scanNumber();
        kind = Kind::Number;
      } else if (c == '\'' || c == '"') {
        if (!scanString()) return false;
        kind = Kind::String;
      } else if (c == '(' || c == '[' || c == '{') {
        ++at_;
        kind = Kind::Open;
        open.push_back(out.size());
      } else if (c == ')' || c == ']' || c == '}') {
        ++at_;
        if (open.empty()) return false;
        out[open.back()].match = out.size();
        out.push_back({start, at_, Kind::Close, open.back()});
        open.pop_back();
        continue;
      } else {
        scanOperator();
        kind = Kind::Operator;
      }
      out.push_back({start, at_, kind, 0});
    }
    return open.empty() && !out.empty();
  }

private:
  bool skipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\f' || text_[at_] == '\\'))
      ++at_;
    return at_ < text_.size() && text_[at_] != '\n';
  }
  bool scanString() {
    char quote = text_[at_];
    bool triple = text_.substr(at_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
    size_t width = triple ? 3 : 1;
    for (at_ += width; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote && (!triple || text_.substr(at_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''"))) {
        at_ += width;
        return true;
      }
    }
    return false;
  }
  void scanNumber() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      bool exponentSign = (c == '+' || c == '-') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E') &&
                          text_[at_ - 1] != 'x';
      if (!isNameStart(c) && !isDigit(c) && c != '.' && !exponentSign) return;
      ++at_;
    }
  }
  void scanOperator() {
    static constexpr std::string_view kLong[] = {"**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>",
                                                 "<=",  ">=",  "==",  "!=",  ":=",  "->", "+=", "-=", "*=",
                                                 "/=",  "%=",  "&=",  "|=",  "^=",  "@="};
    for (std::string_view op : kLong)
      if (text_.substr(at_, op.size()) == op) {
        at_ += op.size();
        return;
      }
    ++at_;
  }

  std::string_view text_;
  size_t at_ = 0;
};

constexpr int kPowerPrecedence = 8;

int precedenceOf(std::string_view op) {
  if (op == "|") return 1;
  if (op == "^") return 2;
  if (op == "&") return 3;
  if (op == "<<" || op == ">>") return 4;
  if (op == "+" || op == "-") return 5;
  if (op == "*" || op == "/" || op == "//" || op == "%" || op == "@") return 6;
  return op == "**" ? kPowerPrecedence : 0;
}

bool isKeyword(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "and",  "as",     "assert",   "async",  "break", "class",  "continue", "def",  "del",    "elif",  "else",
      "except", "finally", "for",   "from",   "global", "if",    "import",   "in",   "is",     "lambda", "nonlocal",
      "not",  "or",     "pass",     "raise",  "return", "try",   "while",    "with", "yield"};
  for (std::string_view w : kWords)
    if (w == word) return true;
  return false;
}

class RootFinder {
public:
  RootFinder(std::string_view text, const Tokens& tokens) : text_(text), tokens_(tokens) {}

  std::optional<Anchors> find() {
    if (!walk()) return std::nullopt;
    if (lowest_) {
      if (lowest_ == kPowerPrecedence && unaryFirst_) return std::nullopt; // -(a ** b)
      return ofOperator();
    }
    return lastSubscript_ && !prefixed_ ? ofSubscript() : std::nullopt;
  }

private:
  std::string_view textOf(const Token& t) const { return text_.substr(t.start, t.end - t.start); }

  bool walk() {
    bool operand = true; // expected next
    for (size_t i = 0; i < tokens_.size(); ++i) {
      const Token& t = tokens_[i];
      if (t.kind == Kind::Name && isKeyword(textOf(t))) return false;
      if (operand ? !takeOperand(i, operand) : !takeOperator(i, operand)) return false;
    }
    return !operand;
  }

  bool takeOperand(size_t& i, bool& operand) {
    const Token& t = tokens_[i];
    std::string_view text = textOf(t);
    if (t.kind == Kind::Name && text == "await") {
      prefixed_ = prefixed_ || i == 0;
      return true;
    }
    if (t.kind == Kind::Operator) {
      if (text == "...") {
        operand = false;
        return true;
      }
      if (text != "-" && text != "+" && text != "~") return false;
      if (i == 0) prefixed_ = unaryFirst_ = true;
      return true;
    }
    if (t.kind == Kind::Close) return false;
    if (t.kind == Kind::Open) i = t.match;
    lastSubscript_ = 0;
    operand = false;
    return true;
  }

  bool takeOperator(size_t& i, bool& operand) {
    const Token& t = tokens_[i];
    std::string_view text = textOf(t);
    switch (t.kind) {
    case Kind::Open:
      if (text == "{") return false;
      lastSubscript_ = text == "[" ? i : 0;
      i = t.match;
      return true;
    case Kind::String: return tokens_[i - 1].kind == Kind::String; // "a" "b"
    case Kind::Operator: break;
    default: return false;
    }
    if (text == ".") {
      lastSubscript_ = 0;
      return ++i < tokens_.size() && tokens_[i].kind == Kind::Name;
    }
    int precedence = precedenceOf(text);
    if (precedence == 0) return false;
    bool lower = !lowest_ || precedence < lowest_ || (precedence == lowest_ && precedence != kPowerPrecedence);
    if (lower) {
      lowest_ = precedence;
      root_ = i;
    }
    operand = true;
    return true;
  }

  /// Parentheses around a whole operand are not part of it, unless they make a tuple or a generator.
  void stripParentheses(size_t& from, size_t& to) const {
    while (from < to && textOf(tokens_[from]) == "(" && tokens_[from].match == to - 1 && to - from > 2) {
      for (size_t i = from + 1; i < to - 1; ++i) {
        if (tokens_[i].kind == Kind::Open) {
          i = tokens_[i].match;
          continue;
        }
        std::string_view text = textOf(tokens_[i]);
        if (text == "," || text == "for") return;
      }
      ++from;
      --to;
    }
  }

  std::optional<Anchors> ofOperator() const {
    size_t leftFrom = 0, leftTo = root_, rightFrom = root_ + 1, rightTo = tokens_.size();
    stripParentheses(leftFrom, leftTo);
    stripParentheses(rightFrom, rightTo);
    size_t leftEnd = tokens_[leftTo - 1].end, rightStart = tokens_[rightFrom].start;
    auto blank = [&](size_t i) { return text_[i] == ' ' || text_[i] == '\t' || text_[i] == '\f'; };
    for (size_t i = leftEnd; i < rightStart; ++i) {
      if (blank(i)) continue;
      return Anchors{i, i + 1 < rightStart && !blank(i + 1) ? i + 2 : i + 1};
    }
    return std::nullopt;
  }

  std::optional<Anchors> ofSubscript() const {
    size_t from = 0, to = lastSubscript_;
    stripParentheses(from, to);
    size_t insideFrom = lastSubscript_ + 1, insideTo = tokens_[lastSubscript_].match;
    if (insideFrom == insideTo) return std::nullopt;
    stripParentheses(insideFrom, insideTo);
    return Anchors{tokens_[to - 1].end, tokens_[insideTo - 1].end + 1};
  }

  std::string_view text_;
  const Tokens& tokens_;
  int lowest_ = 0;
  size_t root_ = 0;
  size_t lastSubscript_ = 0; // index of '[' if the last trailer is a subscript
  bool prefixed_ = false, unaryFirst_ = false;
};

} // namespace

std::optional<Anchors> findAnchors(std::string_view segment) {
  Tokens tokens;
  if (!Scanner(segment).run(tokens)) return std::nullopt;
  return RootFinder(segment, tokens).find();
}

} // namespace krait::exceptions
