// What the rules of the grammar can begin with: the least sets that the rules allow, found by going over all of them until none grows.
#include "frontend/parse/diagnosis_grammar.h"

namespace krait::frontend::parse {

namespace {

class Beginner {
public:
  explicit Beginner(Grammar& grammar) : grammar_(grammar) {}
  /// Did anything grow?
  bool round() {
    grew_ = false;
    for (Rule& rule : grammar_.rules) add(rule.beginnings, among(rule.alternatives));
    return grew_;
  }

private:
  void add(Beginnings& to, const Beginnings& more) {
    const Beginnings before = to;
    to.kinds |= more.kinds;
    to.open |= more.open;
    grew_ |= to.kinds != before.kinds || to.open != before.open;
  }
  Beginnings among(std::vector<Alternative>& alternatives) {
    Beginnings all;
    for (Alternative& each : alternatives) {
      add(each.beginnings, sequence(each.items));
      all.kinds |= each.beginnings.kinds;
      all.open |= each.beginnings.open;
    }
    return all;
  }
  Beginnings sequence(std::vector<Item>& items) {
    Beginnings all;
    bool decided = false;
    for (Item& each : items) {
      if (each.what == Item::What::Cut) continue;
      const Beginnings its = single(each); // behind the first as well: groups have alternatives of their own
      if (decided || (each.look == Item::Look::Not && isToken(each))) continue;
      all.kinds |= its.kinds;
      all.open |= its.open || each.forced || each.look == Item::Look::Not;
      decided = all.open || each.look != Item::Look::No || each.repeat == Item::Repeat::Once || each.repeat == Item::Repeat::Plus;
    }
    all.open |= !decided;
    return all;
  }
  Beginnings single(Item& item) {
    Beginnings its;
    switch (item.what) {
    case Item::What::Rule: return grammar_.rules[static_cast<size_t>(item.rule)].beginnings;
    case Item::What::Group: return among(item.group);
    case Item::What::Token: its.add(item.token); break;
    case Item::What::SoftKeyword:
    case Item::What::AnySoftKeyword: its.add(lex::TokenKind::Name); break;
    case Item::What::NotEqual: its.add(lex::TokenKind::NotEqual); break;
    case Item::What::String:
      its.add(lex::TokenKind::String);
      its.add(lex::TokenKind::FStringStart);
      break;
    case Item::What::Cut: break;
    }
    return its;
  }
  static bool isToken(const Item& item) { return item.what != Item::What::Rule && item.what != Item::What::Group; }

  Grammar& grammar_;
  bool grew_ = false;
};

} // namespace

void findBeginnings(Grammar& grammar) {
  Beginner beginner(grammar);
  while (beginner.round()) {}
}

} // namespace krait::frontend::parse
