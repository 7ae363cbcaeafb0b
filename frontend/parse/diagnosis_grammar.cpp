// The reader of the grammar's notation: rules, alternatives, items, actions.
#include "frontend/parse/diagnosis_grammar.h"

#include <cassert>
#include <cctype>

namespace krait::frontend::parse {

namespace {

constexpr std::string_view kText =
#include "frontend/parse/diagnosis.grammar.inc"
    ;

using lex::TokenKind;

struct ValueName {
  std::string_view name;
  Shape shape;
  const char* description;
};
constexpr ValueName kValues[] = {
    {"Name", Shape::Assignable, "name"},
    {"Attribute", Shape::Assignable, "attribute"},
    {"Subscript", Shape::Assignable, "subscript"},
    {"Tuple", Shape::Sequence, "tuple"},
    {"List", Shape::Sequence, "list"},
    {"Starred", Shape::Starred, "starred"},
    {"Compare", Shape::Compare, "comparison"},
    {"InPair", Shape::InPair, ""},
    {"OtherPair", Shape::OtherPair, ""},
    {"Call", Shape::Call, "function call"},
    {"parts", Shape::Other, ""},
    {"keyword", Shape::Keyword, ""},
    {"Unpacking", Shape::Unpacking, ""},
    {"comprehension", Shape::Comprehension, ""},
    {"Strings", Shape::Strings, "literal"},
    {"Literal", Shape::Other, "literal"},
    {"True", Shape::Other, "True"},
    {"False", Shape::Other, "False"},
    {"None", Shape::Other, "None"},
    {"Ellipsis", Shape::Other, "ellipsis"},
    {"Lambda", Shape::Other, "lambda"},
    {"BoolOp", Shape::Other, "expression"},
    {"BinOp", Shape::Other, "expression"},
    {"UnaryOp", Shape::Other, "expression"},
    {"GeneratorExp", Shape::Other, "generator expression"},
    {"Yield", Shape::Other, "yield expression"},
    {"YieldFrom", Shape::Other, "yield expression"},
    {"Await", Shape::Other, "await expression"},
    {"ListComp", Shape::Other, "list comprehension"},
    {"SetComp", Shape::Other, "set comprehension"},
    {"DictComp", Shape::Other, "dict comprehension"},
    {"Dict", Shape::Other, "dict literal"},
    {"Set", Shape::Other, "set display"},
    {"IfExp", Shape::Other, "conditional expression"},
    {"NamedExpr", Shape::Other, "named expression"},
};

struct ErrorName {
  std::string_view name;
  Action::Does does;
};
constexpr ErrorName kErrors[] = {
    {"here", Action::Does::Here},
    {"at", Action::Does::At},
    {"range", Action::Does::Range},
    {"rangeToLast", Action::Does::RangeToLast},
    {"from", Action::Does::From},
    {"behind", Action::Does::Behind},
    {"target", Action::Does::StarTarget},
    {"generator", Action::Does::Generator},
    {"generatorInCall", Action::Does::GeneratorInCall},
    {"generatorTarget", Action::Does::GeneratorTarget},
    {"positionalAfterKeyword", Action::Does::PositionalAfterKeyword},
    {"legacy", Action::Does::Legacy},
    {"comma", Action::Does::Comma},
};

struct DiagnosticName {
  std::string_view name;
  base::DiagnosticId id;
};
constexpr DiagnosticName kDiagnostics[] = {
#define KRAIT_DIAGNOSTIC(id, class, text) {#id, base::DiagnosticId::id},
#include "frontend/base/diagnostics.def"
};

template <class Row, size_t N> const Row& rowNamed(const Row (&rows)[N], std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return row;
  assert(false && "a name in diagnosis.grammar.inc that nobody knows");
  return rows[0];
}

TokenKind tokenSpelled(std::string_view spelling) {
  for (size_t kind = 0; kind < lex::kTokenKindCount; ++kind)
    if (lex::spellingOf(static_cast<TokenKind>(kind)) == spelling) return static_cast<TokenKind>(kind);
  assert(false && "a token in diagnosis.grammar.inc that does not exist");
  return TokenKind::Error;
}

base::Symbol softKeyword(std::string_view text) {
  if (text == "match") return base::sym::Match;
  if (text == "case") return base::sym::Case;
  if (text == "type") return base::sym::Type;
  assert(text == "_");
  return base::sym::Underscore;
}

class Reader {
public:
  Grammar read() {
    for (size_t at = 0; at < kText.size();) { // rules may be used before they are defined
      size_t end = std::min(kText.find('\n', at), kText.size());
      std::string_view line = kText.substr(at, end - at);
      at = end + 1;
      if (line.empty() || line[0] == '#' || line[0] == ' ') continue;
      Rule rule;
      rule.name = line.substr(0, line.find_first_of(" :"));
      rule.memo = line.find("(memo)") != std::string_view::npos;
      rule.leftRecursive = line.find("(left)") != std::string_view::npos;
      rule.fresh = line.find("(fresh)") != std::string_view::npos;
      rule.plain = line.find("(plain)") != std::string_view::npos;
      grammar_.rules.push_back(std::move(rule));
    }
    int rule = -1;
    for (size_t at = 0; at < kText.size();) {
      size_t end = std::min(kText.find('\n', at), kText.size());
      text_ = kText.substr(at, end - at);
      at = end + 1;
      if (text_.empty() || text_[0] == '#') continue;
      if (text_[0] != ' ') {
        ++rule;
        continue;
      }
      skipBlanks();
      take('|');
      auto& alternatives = grammar_.rules[static_cast<size_t>(rule)].alternatives;
      for (Alternative& alternative : alternativesUpTo(0)) alternatives.push_back(std::move(alternative));
    }
    return std::move(grammar_);
  }

private:
  void skipBlanks() {
    while (!text_.empty() && text_[0] == ' ') text_.remove_prefix(1);
  }
  bool take(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::string_view word() {
    size_t size = 0;
    while (size < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[size])) || text_[size] == '_')) ++size;
    std::string_view found = text_.substr(0, size);
    text_.remove_prefix(size);
    return found;
  }
  std::string_view quoted(char quote) {
    size_t end = text_.find(quote);
    std::string_view found = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return found;
  }

  std::vector<Alternative> alternativesUpTo(char close) {
    std::vector<Alternative> found;
    do {
      found.push_back(alternative(close));
    } while (take('|'));
    if (close != 0) take(close);
    return found;
  }

  Alternative alternative(char close) {
    Alternative made;
    for (skipBlanks(); !text_.empty() && text_[0] != '|' && (close == 0 || text_[0] != close); skipBlanks()) {
      if (text_.starts_with("=>")) {
        text_.remove_prefix(2);
        makingAction(made.action);
        continue;
      }
      if (text_.starts_with("!!")) {
        text_.remove_prefix(2);
        errorAction(made.action);
        continue;
      }
      made.items.push_back(item());
    }
    made.onlyInSecondPass = made.items.size() == 1 && made.items[0].what == Item::What::Rule &&
                            grammar_.rules[static_cast<size_t>(made.items[0].rule)].name.starts_with("invalid_");
    return made;
  }

  Item item() {
    Item made;
    if (take('~')) {
      made.what = Item::What::Cut;
      return made;
    }
    if (text_.starts_with("&&")) {
      made.forced = true;
      text_.remove_prefix(2);
    } else if (take('&')) {
      made.look = take('?') ? Item::Look::Peek : Item::Look::Ahead;
    } else if (take('!')) {
      made.look = Item::Look::Not;
    }
    if (text_.size() > 1 && std::islower(static_cast<unsigned char>(text_[0])) && text_[1] == '=') {
      made.name = text_[0];
      text_.remove_prefix(2);
    }
    if (text_.size() > 1 && text_[0] == '\'') {
      take('\'');
      TokenKind token = tokenSpelled(quoted('\''));
      if (take('.')) {
        atom(made);
        take('+');
        made.repeat = Item::Repeat::Plus;
        made.separated = true;
        made.separator = token;
        return made;
      }
      made.token = token;
    } else {
      atom(made);
    }
    if (take('?'))
      made.repeat = Item::Repeat::Optional;
    else if (take('*'))
      made.repeat = Item::Repeat::Star;
    else if (take('+'))
      made.repeat = Item::Repeat::Plus;
    return made;
  }

  void atom(Item& made) {
    if (take('(')) {
      made.what = Item::What::Group;
      made.group = alternativesUpTo(')');
      return;
    }
    if (take('[')) {
      made.what = Item::What::Group;
      made.repeat = Item::Repeat::Optional;
      made.group = alternativesUpTo(']');
      return;
    }
    if (take('"')) {
      made.what = Item::What::SoftKeyword;
      made.symbol = softKeyword(quoted('"'));
      return;
    }
    std::string_view name = word();
    if (std::islower(static_cast<unsigned char>(name[0]))) {
      made.what = Item::What::Rule;
      made.rule = grammar_.find(name);
      assert(made.rule >= 0);
      return;
    }
    if (name == "STRING")
      made.what = Item::What::String;
    else if (name == "SOFT_KEYWORD")
      made.what = Item::What::AnySoftKeyword;
    else if (name == "NOTEQUAL")
      made.what = Item::What::NotEqual;
    else if (name == "NAME")
      made.token = TokenKind::Name;
    else if (name == "NUMBER")
      made.token = TokenKind::Number;
    else if (name == "NEWLINE")
      made.token = TokenKind::Newline;
    else if (name == "INDENT")
      made.token = TokenKind::Indent;
    else if (name == "DEDENT")
      made.token = TokenKind::Dedent;
    else if (name == "ENDMARKER")
      made.token = TokenKind::EndMarker;
    else if (name == "ASYNC")
      made.token = TokenKind::KwAsync;
    else
      made.token = TokenKind::KwAwait;
  }

  // (a, b)
  std::string partNames() {
    std::string names;
    skipBlanks();
    if (!take('(')) return names;
    while (!take(')')) {
      if (text_[0] != ',' && text_[0] != ' ') names += text_[0];
      text_.remove_prefix(1);
    }
    return names;
  }

  void makingAction(Action& action) {
    skipBlanks();
    std::string_view name = word();
    if (name.size() == 1) {
      action.does = Action::Does::Part;
      action.names = name;
      return;
    }
    const ValueName& value = rowNamed(kValues, name);
    action.does = Action::Does::Make;
    action.shape = value.shape;
    action.description = value.description;
    if (!text_.empty() && text_[0] == '(') action.names = partNames();
  }

  void errorAction(Action& action) {
    skipBlanks();
    action.does = rowNamed(kErrors, word()).does;
    action.names = partNames();
    skipBlanks();
    if (action.does == Action::Does::StarTarget) {
      std::string_view kind = word();
      if (kind == "for") action.does = Action::Does::ForTarget;
      if (kind == "del") action.does = Action::Does::DelTarget;
      return;
    }
    if (text_.empty()) return;
    action.id = rowNamed(kDiagnostics, word()).id;
    for (skipBlanks(); !text_.empty(); skipBlanks()) {
      action.arguments += word()[0]; // name, text or line
      action.arguments += partNames();
    }
  }

  Grammar grammar_;
  std::string_view text_;
};

} // namespace

int Grammar::find(std::string_view name) const {
  for (size_t i = 0; i < rules.size(); ++i)
    if (rules[i].name == name) return static_cast<int>(i);
  return -1;
}

const Grammar& diagnosisGrammar() {
  static const Grammar grammar = [] {
    Grammar made = Reader().read();
    findBeginnings(made);
    return made;
  }();
  return grammar;
}

} // namespace krait::frontend::parse
