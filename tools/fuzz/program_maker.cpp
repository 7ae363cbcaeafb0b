// The three generators. The grammar's productions are written as code: each
// function appends one phrase, with a budget that shrinks with depth.
#include "program_maker.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace krait::fuzz {

namespace {

constexpr std::string_view kPieces[] = {
    "x", "y", "_", "match", "case", "type", "print", "exec", "self", "é", "ﬁ", "0", "1", "0x1f", "1_0", "1.5", "2j",
    "1e9", "0777", "1__0", "'s'", "\"t\"", "b'b'", "r'\\d'", "u'u'", "'\\x4'", "f'{x}'", "f'{x!r:>{y}}'", "f'{'",
    "f'}'", "f'{a b}'", "rf'\\{x}'", "f'''{\nx}'''", "'''m\nn'''", "'open", "'''open", "f\"{x['k']}\"", "f'{x=}'", "(",
    ")", "[", "]", "{", "}", ",", ":", ";", ".", "...", "->", ":=", "!", "=", "==", "!=", "<>", "<", "<=", ">>", "<<=",
    "**", "*", "@", "//", "+", "-", "~", "|=", "@=", "?", "$", "\\\n", "\\x", "#c", "\t", "\f", "¿", "\u00a0", "False",
    "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
    "raise", "return", "try", "while", "with", "yield", "except*", "if x:", "def f(", "class A:", "for x in y",
    "match x:\n    case 1: pass\n", "with (x as y):", "[x for x in", "lambda *a:", "\n", "\n", "\n    ", "\n        "};

std::string_view piece(Random& random) { return kPieces[random.below(std::size(kPieces))]; }

class Maker {
public:
  explicit Maker(Random& random) : random_(random) {}

  std::string program() {
    for (uint32_t i = 1 + random_.below(4); i > 0; --i) statement(3);
    return std::move(out_);
  }

private:
  void put(std::string_view text) { out_ += text; }
  bool chance(uint32_t in) { return random_.oneIn(in); }
  template <class F> void list(uint32_t most, std::string_view separator, F each) {
    for (uint32_t i = 0, count = 1 + random_.below(most); i < count; ++i) {
      if (i > 0) put(separator);
      each();
    }
  }
  template <size_t N> void oneOf(const std::string_view (&choices)[N]) { put(choices[random_.below(N)]); }

  void name() {
    static constexpr std::string_view kNames[] = {"a", "b", "x", "match", "case", "type", "_", "ä", "self"};
    oneOf(kNames);
  }

  void atom(int depth) {
    static constexpr std::string_view kAtoms[] = {"1",    "2.5",  "'s'",     "b''",      "None",   "...",        "x", "3j",
                                                  "0xff", "True", "f'{x}a'", "f'{x!s}'", "'a' 'b'", "f'{y:{x}}'"};
    if (depth <= 0) return chance(2) ? name() : oneOf(kAtoms);
    switch (random_.below(9)) {
    case 0: put("("), expression(depth - 1), put(")"); break;
    case 1: put("("), list(3, ", ", [&] { element(depth - 1); }), put(",)"); break;
    case 2: put("["), list(3, ", ", [&] { element(depth - 1); }), put("]"); break;
    case 3: put("{"), list(3, ", ", [&] { element(depth - 1); }), put("}"); break;
    case 4: put("{"), list(2, ", ", [&] { expression(depth - 1), put(": "), expression(depth - 1); }), put("}"); break;
    case 5: {
      static constexpr std::string_view kOpen[] = {"(", "[", "{"};
      uint32_t kind = random_.below(3);
      put(kOpen[kind]), expression(depth - 1), clauses(depth - 1), put(kind == 0 ? ")" : kind == 1 ? "]" : "}");
      break;
    }
    case 6: put("f'{"), expression(0), put("}'"); break;
    default: name();
    }
  }

  void element(int depth) {
    if (chance(6)) put("*");
    if (chance(8)) return put("(y := "), expression(depth), put(")");
    primary(depth);
  }

  void clauses(int depth) {
    put(chance(5) ? " async for " : " for ");
    target(depth), put(" in "), primary(depth);
    if (chance(2)) put(" if "), primary(depth);
  }

  void primary(int depth) {
    atom(depth);
    for (uint32_t i = random_.below(3); i > 0; --i) switch (random_.below(3)) {
      case 0: put("."), name(); break;
      case 1: put("["), slice(depth - 1), put("]"); break;
      default: put("("), arguments(depth - 1), put(")");
      }
  }

  void slice(int depth) {
    if (chance(2)) return expression(depth);
    if (chance(2)) expression(depth);
    put(":");
    if (chance(2)) expression(depth);
    if (chance(3)) put(":"), expression(depth);
    if (chance(4)) put(", "), expression(depth);
  }

  void arguments(int depth) {
    if (chance(5)) return expression(depth), clauses(depth);
    for (uint32_t i = random_.below(3); i > 0; --i) element(depth), put(", ");
    for (uint32_t i = random_.below(2); i > 0; --i) name(), put("="), expression(depth), put(", ");
    if (chance(6)) put("**"), expression(depth);
  }

  void expression(int depth) {
    static constexpr std::string_view kBinary[] = {" + ",  " - ",  " * ",  " ** ",  " // ",  " @ ",     " | ", " & ",
                                                   " << ", " or ", " and ", " < ",  " == ", " not in ", " is ", " is not "};
    if (depth <= 0) return atom(0);
    switch (random_.below(8)) {
    case 0: put("lambda "), parameters(depth - 1, true), put(": "), expression(depth - 1); break;
    case 1: primary(depth - 1), put(" if "), primary(depth - 1), put(" else "), expression(depth - 1); break;
    case 2: put("not "), primary(depth - 1); break;
    case 3: put("-"), primary(depth - 1); break;
    case 4: put("await "), primary(depth - 1); break;
    default:
      list(3, "", [&] { primary(depth - 1), oneOf(kBinary); });
      primary(depth - 1);
    }
  }

  void parameters(int depth, bool isLambda) {
    auto one = [&](bool withDefault) {
      name();
      if (!isLambda && chance(3)) put(": "), atom(0);
      if (withDefault) put("="), expression(depth);
      put(", ");
    };
    for (uint32_t i = random_.below(3); i > 0; --i) one(false);
    if (chance(6)) one(false), put("/, ");
    for (uint32_t i = random_.below(2); i > 0; --i) one(true);
    if (chance(4)) put("*"), name(), put(", ");
    if (chance(5)) put("**"), name();
  }

  void target(int depth) {
    switch (random_.below(5)) {
    case 0: name(), put("."), name(); break;
    case 1: name(), put("["), slice(depth), put("]"); break;
    case 2: put("("), name(), put(", *"), name(), put(")"); break;
    case 3: name(), put(", "), name(); break;
    default: name();
    }
  }

  void pattern(int depth) {
    static constexpr std::string_view kLiterals[] = {"1", "-2.5", "1 + 2j", "'s'", "None", "_", "a.b", "x"};
    if (depth <= 0) return oneOf(kLiterals);
    switch (random_.below(7)) {
    case 0: put("["), list(3, ", ", [&] { pattern(depth - 1); }), put(", *x]"); break;
    case 1: put("("), pattern(depth - 1), put(")"); break;
    case 2: put("{'k': "), pattern(depth - 1), put(", **rest}"); break;
    case 3: put("A.B("), pattern(depth - 1), put(", k="), pattern(depth - 1), put(")"); break;
    case 4: pattern(0), put(" | "), pattern(0); break;
    case 5: pattern(0), put(" as y"); break;
    default: oneOf(kLiterals);
    }
  }

  void line(auto body) {
    out_.append(indent_ * 4, ' ');
    body();
    put("\n");
  }
  void block(int depth) {
    ++indent_;
    for (uint32_t i = 1 + random_.below(2); i > 0; --i) statement(depth - 1);
    --indent_;
  }

  void statement(int depth) {
    static constexpr std::string_view kSimple[] = {"pass",     "break",       "continue",   "global a, b", "import a.b as c",
                                                   "raise",    "return",      "nonlocal x", "yield",       "from . import (a as b,)",
                                                   "x: int = 1", "type A[T] = T", "from a import *", "x = yield from y", "(x): a"};
    switch (depth <= 0 ? random_.below(6) : random_.below(14)) {
    case 0: return line([&] { oneOf(kSimple); });
    case 1: return line([&] { expression(2); });
    case 2: return line([&] { target(1), put(" = "), expression(2); });
    case 3: return line([&] { name(), put(" += "), expression(2); });
    case 4: return line([&] { put("del "), target(1); });
    case 5: return line([&] { put("assert "), expression(1), put("; return "), expression(1); });
    case 6:
      line([&] { put("if "), expression(1), put(":"); }), block(depth);
      if (chance(2)) line([&] { put("elif "), expression(1), put(":"); }), block(depth);
      if (chance(2)) line([&] { put("else:"); }), block(depth);
      return;
    case 7: line([&] { put("for "), target(1), put(" in "), expression(1), put(":"); }), block(depth); return;
    case 8: line([&] { put("while "), expression(1), put(":"); }), block(depth); return;
    case 9: line([&] { put("with "), primary(1), put(" as "), name(), put(", "), primary(1), put(":"); }), block(depth); return;
    case 10: {
      bool star = chance(3);
      line([&] { put("try:"); }), block(depth);
      line([&] { put(star ? "except* " : "except "), primary(1), put(" as e:"); }), block(depth);
      if (chance(2)) line([&] { put("finally:"); }), block(depth);
      return;
    }
    case 11:
      if (chance(3)) line([&] { put("@"), primary(1); });
      line([&] { put(chance(4) ? "async def " : "def "), name(), put(chance(5) ? "[T: int](" : "("), parameters(1, false), put("):"); });
      block(depth);
      return;
    case 12: line([&] { put("class "), name(), put("("), arguments(1), put("):"); }), block(depth); return;
    default:
      line([&] { put("match "), expression(1), put(":"); });
      ++indent_;
      for (uint32_t i = 1 + random_.below(2); i > 0; --i)
        line([&] { put("case "), pattern(2), put(chance(3) ? " if x:" : ":"); }), block(depth);
      --indent_;
    }
  }

  Random& random_;
  std::string out_;
  size_t indent_ = 0;
};

} // namespace

std::string tokenSoup(Random& random) {
  std::string out;
  for (uint32_t i = 1 + random.below(60); i > 0; --i) {
    out += piece(random);
    if (!random.oneIn(4)) out += ' ';
  }
  if (random.oneIn(2)) out += '\n';
  return out;
}

std::string grammarProgram(Random& random) { return Maker(random).program(); }

std::string damaged(Random& random, std::string program, const std::vector<std::string>& corpus) {
  for (uint32_t i = 1 + random.below(4); i > 0; --i) {
    auto size = static_cast<uint32_t>(program.size());
    uint32_t at = random.below(size + 1);
    uint32_t length = std::min(size - at, 1 + random.below(random.oneIn(4) ? 40 : 4));
    switch (random.below(7)) {
    case 0: program.erase(at, length); break;
    case 1: program.insert(at, program.substr(at, length)); break;
    case 2: program.replace(at, length, piece(random)); break;
    case 3: program.insert(at, std::string(" ") + std::string(piece(random)) + " "); break;
    case 4: program.resize(at); break;
    case 5:
      if (!corpus.empty()) {
        const std::string& other = corpus[random.below(static_cast<uint32_t>(corpus.size()))];
        uint32_t from = random.below(static_cast<uint32_t>(other.size() + 1));
        program.insert(at, other.substr(from, 1 + random.below(60)));
      }
      break;
    default:
      if (at < size) program[at] = static_cast<char>(1 + random.below(127));
    }
  }
  return program;
}

} // namespace krait::fuzz
