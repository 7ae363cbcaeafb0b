// Case conversion and the is… predicates of str.
#include <cstring>
#include <type_traits>
#include "runtime/object/protocol.h"
#include "runtime/types/ascii_case.h"
#include "runtime/types/str_slots.h"
#include "runtime/unicode/char_types.h"

namespace krait {
namespace {

using unicode::CaseForm;

/// Sigma at the end of a word lowers to the final form (Unicode 3.13): after a cased letter, not before one.
template <class C> uint32_t lowerSigma(const C* p, int64_t n, int64_t i) {
  int64_t k = i - 1;
  while (k >= 0 && unicode::hasFlag(p[k], unicode::kCaseIgnorable)) --k;
  bool final = k >= 0 && unicode::hasFlag(p[k], unicode::kCased);
  if (final) {
    k = i + 1;
    while (k < n && unicode::hasFlag(p[k], unicode::kCaseIgnorable)) ++k;
    final = k == n || !unicode::hasFlag(p[k], unicode::kCased);
  }
  return final ? 0x3c2 : 0x3c3;
}

/// How many code points p[i] maps to.
template <class C> inline int mapAt(const C* p, int64_t n, int64_t i, CaseForm form, uint32_t mapped[3]) {
  const uint32_t c = p[i];
  if (c < 0x80) {
    const uint32_t first = form == CaseForm::Upper || form == CaseForm::Title ? 'a' : 'A';
    mapped[0] = c - first < 26 ? c ^ 0x20 : c;
    return 1;
  }
  if (c == 0x3a3 && form == CaseForm::Lower) return mapped[0] = lowerSigma(p, n, i), 1;
  return unicode::mapCase(c, form, mapped);
}

/// The same mapping everywhere.
struct OneForm {
  CaseForm form;
  template <class C> CaseForm operator()(const C*, int64_t) const { return form; }
};

/// `formAt(p, i)` chooses the mapping of each code point. Most map to one that is no wider than the text: as long as they
/// do, what is made has the text's length and width.
template <class C, class F> Value mapChars(const StrObject* s, const C* p, F&& formAt) {
  const int64_t n = s->length;
  StrObject* same = newStrRaw(n, widthLimit(s));
  Ref made(same ? strValue(same) : Value());
  if (!made) return {};
  C* to = reinterpret_cast<C*>(same->data());
  uint32_t all = 0, mapped[3];
  int64_t i = 0;
  while (i < n) {
    if constexpr (sizeof(C) == 1 && std::is_same_v<std::remove_cvref_t<F>, OneForm>) {
      uint64_t word;
      if (n - i >= 8) {
        std::memcpy(&word, p + i, sizeof word);
        if (!(word & 0x8080808080808080u)) {
          word = formAt.form == CaseForm::Upper ? asciiUpper(word) : asciiLower(word);
          std::memcpy(to + i, &word, sizeof word);
          i += 8;
          continue;
        }
      }
    }
    if (mapAt(p, n, i, formAt(p, i), mapped) != 1 || static_cast<C>(mapped[0]) != mapped[0]) break;
    all |= mapped[0];
    to[i++] = static_cast<C>(mapped[0]);
  }
  if (i == n && n > 1 && all >= 0x80 && kindFor(all) == s->kind) return made.release();
  StrBuilder out;
  out.add(made, 0, i);
  for (; i < n; ++i) {
    const int count = mapAt(p, n, i, formAt(p, i), mapped);
    for (int k = 0; k < count; ++k) out.add(mapped[k]);
  }
  return out.take();
}

template <class F> Value mapText(Value v, F&& formAt) {
  const StrObject* s = asStr(v);
  return withChars(s, [&](auto* p) { return mapChars(s, p, formAt); });
}

/// Of texts of ASCII.
template <class F> Value mapAscii(const StrObject* s, F&& mapped) {
  const auto n = static_cast<size_t>(s->length);
  const uint8_t* from = s->data();
  if (n == 0) return emptyStr();
  if (n == 1) return latin1Char(static_cast<uint8_t>(mapped(from[0])));
  StrObject* out = newStrRaw(s->length, 0x7f);
  if (!out) return {};
  mapWords(out->data(), from, n, mapped);
  return strValue(out);
}

[[gnu::noinline]] Value allHaveBeyondAscii(const StrObject* s, uint16_t flags) {
  return withChars(s, [&](auto* p) {
    for (int64_t i = 0; i < s->length; ++i)
      if (!unicode::hasFlag(p[i], flags)) return boolean(false);
    return boolean(s->length != 0);
  });
}
/// Every code point has one of the flags; '' has none. Mostly asked of a character of ASCII: without a call, and so without a frame.
[[gnu::always_inline]] inline Value allHave(Value v, uint16_t flags) {
  const StrObject* s = asStr(v);
  if (!(s->flags & kStrAscii)) return allHaveBeyondAscii(s, flags);
  const uint8_t *p = s->data(), *end = p + s->length;
  if (p == end) return boolean(false);
#pragma clang loop unroll(disable)
  do
    if (!(unicode::kAsciiFlags.of[*p] & flags)) return boolean(false);
  while (++p != end);
  return boolean(true);
}

[[gnu::noinline]] Value someOfCaseBeyondAscii(const StrObject* s, uint16_t wanted, uint16_t unwanted) {
  return withChars(s, [&](auto* p) {
    bool some = false;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint16_t flags = unicode::charRecord(p[i]).flags;
      if (flags & unwanted) return boolean(false);
      some |= (flags & wanted) != 0;
    }
    return boolean(some);
  });
}
/// islower/isupper: at least one of `wanted`, none of `unwanted`.
[[gnu::always_inline]] inline Value someOfCase(Value v, uint16_t wanted, uint16_t unwanted) {
  const StrObject* s = asStr(v);
  if (!(s->flags & kStrAscii)) return someOfCaseBeyondAscii(s, wanted, unwanted);
  uint16_t all = 0;
#pragma clang loop unroll(disable) vectorize(disable)
  for (const uint8_t *p = s->data(), *end = p + s->length; p != end; ++p) {
    all |= unicode::kAsciiFlags.of[*p];
    if (all & unwanted) return boolean(false);
  }
  return boolean(all & wanted);
}

} // namespace

Value strUpper(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) return mapAscii(s, asciiUpper);
  return mapText(v, OneForm{CaseForm::Upper});
}
Value strLower(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) return mapAscii(s, asciiLower);
  return mapText(v, OneForm{CaseForm::Lower});
}
Value strCasefold(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) return mapAscii(s, asciiLower);
  return mapText(v, OneForm{CaseForm::Fold});
}
Value strCapitalize(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) {
    if (s->length < 2) return mapAscii(s, asciiUpper);
    Value made = mapAscii(s, asciiLower);
    if (made) asStr(made)->data()[0] = static_cast<uint8_t>(asciiUpper(asStr(made)->data()[0]));
    return made;
  }
  return mapText(v, [](auto*, int64_t i) { return i ? CaseForm::Lower : CaseForm::Title; });
}
Value strSwapcase(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) return mapAscii(s, asciiSwapped);
  return withChars(s, [&](auto* p) {
    StrBuilder out;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint16_t flags = unicode::charRecord(p[i]).flags;
      uint32_t mapped[3] = {p[i]};
      int n = 1;
      if (flags & unicode::kUpper) {
        if (p[i] == 0x3a3) mapped[0] = lowerSigma(p, s->length, i);
        else n = unicode::mapCase(p[i], CaseForm::Lower, mapped);
      } else if (flags & unicode::kLower) {
        n = unicode::mapCase(p[i], CaseForm::Upper, mapped);
      }
      for (int k = 0; k < n; ++k) out.add(mapped[k]);
    }
    return out.take();
  });
}
Value strTitle(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii && s->length > 1) {
    StrObject* out = newStrRaw(s->length, 0x7f);
    if (!out) return {};
    bool afterLetter = false;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint8_t c = s->data()[i], lower = c | 0x20;
      const bool isLetter = lower >= 'a' && lower <= 'z';
      out->data()[i] = isLetter ? (afterLetter ? lower : lower & 0xdf) : c;
      afterLetter = isLetter;
    }
    return strValue(out);
  }
  return mapText(v, [](auto* p, int64_t i) {
    return i && unicode::hasFlag(p[i - 1], unicode::kCased) ? CaseForm::Lower : CaseForm::Title;
  });
}

Value strIsLower(Value v) { return someOfCase(v, unicode::kLower, unicode::kUpper | unicode::kTitle); }
Value strIsUpper(Value v) { return someOfCase(v, unicode::kUpper, unicode::kLower | unicode::kTitle); }
Value strIsTitle(Value v) {
  const StrObject* s = asStr(v);
  bool cased = false, previousCased = false;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint16_t flags = unicode::charRecord(s->at(i)).flags;
    if (flags & (unicode::kUpper | unicode::kTitle)) {
      if (previousCased) return boolean(false);
      cased = previousCased = true;
    } else if (flags & unicode::kLower) {
      if (!previousCased) return boolean(false);
      cased = true;
    } else {
      previousCased = false;
    }
  }
  return boolean(cased);
}
Value strIsSpace(Value v) { return allHave(v, unicode::kSpace); }
Value strIsAlpha(Value v) { return allHave(v, unicode::kAlpha); }
Value strIsAlnum(Value v) { return allHave(v, unicode::kAlnum); }
Value strIsDecimal(Value v) { return allHave(v, unicode::kDecimal); }
Value strIsDigit(Value v) { return allHave(v, unicode::kDigit); }
Value strIsNumeric(Value v) { return allHave(v, unicode::kNumeric); }
Value strIsIdentifier(Value v) { return boolean(strIsIdentifierText(v)); }
Value strIsPrintable(Value v) { return boolean(asStr(v)->length == 0 || isTrue(allHave(v, unicode::kPrintable))); }
Value strIsAscii(Value v) { return boolean(asStr(v)->flags & kStrAscii); }

bool strIsIdentifierText(Value v) {
  const StrObject* s = asStr(v);
  if (s->length == 0) return false;
  const uint32_t first = s->at(0);
  if (first != '_' && !unicode::hasFlag(first, unicode::kXidStart)) return false;
  for (int64_t i = 1; i < s->length; ++i)
    if (!unicode::hasFlag(s->at(i), unicode::kXidContinue)) return false;
  return true;
}

} // namespace krait
