// The grammar of diagnosis.grammar.inc as data.
#pragma once

#include "frontend/base/diagnostics.h"
#include "frontend/lex/token.h"

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace krait::frontend::parse {

// What a value is good for as a target, and its name in messages.
enum class Shape : uint8_t {
  Other,      // not a target
  Assignable, // name, attribute, subscript
  Sequence,   // tuple, list: as good as its parts
  Starred,
  Compare, // first part: left operand; the rest: InPair or OtherPair
  InPair,
  OtherPair,
  Call,
  Keyword,   // name=value in a call
  Unpacking, // **value in a call
  Comprehension,
  Strings, // a literal or an f-string
};

// The kinds of token that something can begin with. `open`: it may match nothing, or complain or look further ahead before it
// fails. What is not open, and meets another token, fails without having looked at more than that token.
struct Beginnings {
  std::bitset<lex::kTokenKindCount> kinds;
  bool open = false;

  void add(lex::TokenKind kind) { kinds.set(static_cast<size_t>(kind)); }
  bool exclude(lex::TokenKind kind) const { return !open && !kinds[static_cast<size_t>(kind)]; }
};

struct Alternative;

struct Item {
  enum class What : uint8_t { Token, SoftKeyword, AnySoftKeyword, NotEqual, String, Rule, Group, Cut };
  enum class Repeat : uint8_t { Once, Optional, Star, Plus };
  enum class Look : uint8_t { No, Ahead, Peek, Not };

  What what = What::Token;
  Repeat repeat = Repeat::Once;
  Look look = Look::No;
  bool forced = false;    // &&'x'
  bool separated = false; // 'x'.item+: `separator` stands between
  char name = 0;          // a=…
  lex::TokenKind token{};
  lex::TokenKind separator{};
  base::Symbol symbol;
  int rule = -1;
  std::vector<Alternative> group;
};

// What happens when all items have matched.
struct Action {
  enum class Does : uint8_t {
    Default, // hands its only part through, or makes a nondescript value
    Part,    // hands the part `names[0]` through
    Make,    // a value of `shape` called `description`, with the parts `names`
    // The rest raises `id`, or not.
    Here,
    At,
    Range,
    RangeToLast,
    From,
    Behind,
    StarTarget,
    ForTarget,
    DelTarget,
    Generator,
    GeneratorInCall,
    GeneratorTarget,
    PositionalAfterKeyword,
    Legacy,
    Comma,
  };
  Does does = Does::Default;
  Shape shape = Shape::Other;
  const char* description = "";
  std::string names; // of the parts used, one letter each
  base::DiagnosticId id{};
  std::string arguments; // pairs of 'n' (name), 't' (text) or 'l' (line) and a part's letter
};

struct Alternative {
  std::vector<Item> items;
  Action action;
  Beginnings beginnings;
  bool onlyInSecondPass = false;
};

struct Rule {
  std::string name;
  std::vector<Alternative> alternatives;
  Beginnings beginnings; // with the error rules, which are not always on
  bool memo = false;
  bool leftRecursive = false;
  bool fresh = false; // never remembered
  bool plain = false; // error rules are off inside
};

struct Grammar {
  std::vector<Rule> rules;
  int find(std::string_view name) const; // -1 if there is none
};

// Fills the `beginnings` of rules and alternatives.
void findBeginnings(Grammar& grammar);

// The grammar's text, read at the first error; it is part of the program and so known to be good.
const Grammar& diagnosisGrammar();

} // namespace krait::frontend::parse
