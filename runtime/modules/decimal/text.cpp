// Decimal numbers as text, both ways.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include "runtime/modules/decimal/small.h"

namespace krait::decimal {

static bool isDigit(char c) { return c >= '0' && c <= '9'; }
static bool matches(std::string_view s, std::string_view lower) {
  if (s.size() != lower.size()) return false;
  for (size_t i = 0; i < s.size(); ++i)
    if ((s[i] | 0x20) != lower[i]) return false;
  return true;
}

bool parseNumber(Number& r, std::string_view s) {
  r.setSmall(0);
  if (!s.empty() && (s[0] == '+' || s[0] == '-')) {
    r.negative = s[0] == '-';
    s.remove_prefix(1);
  }
  if (matches(s, "inf") || matches(s, "infinity")) {
    r.kind = kInfinity;
    return true;
  }
  const bool signaling = s.size() >= 4 && matches(s.substr(0, 4), "snan");
  if (signaling || (s.size() >= 3 && matches(s.substr(0, 3), "nan"))) {
    s.remove_prefix(signaling ? 4 : 3);
    for (char c : s)
      if (!isDigit(c)) return false;
    setDigits(r.c, s.data(), s.size());
    r.kind = signaling ? kSignalingNan : kQuietNan;
    return true;
  }
  // digits[.digits][E[sign]digits]
  size_t i = 0;
  while (i < s.size() && isDigit(s[i])) ++i;
  const std::string_view whole = s.substr(0, i);
  std::string_view fraction;
  if (i < s.size() && s[i] == '.') {
    const size_t start = ++i;
    while (i < s.size() && isDigit(s[i])) ++i;
    fraction = s.substr(start, i - start);
  }
  if (whole.empty() && fraction.empty()) return false;
  int64_t exponent = 0;
  if (i < s.size() && (s[i] | 0x20) == 'e') {
    ++i;
    bool negative = false;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) negative = s[i++] == '-';
    if (i == s.size()) return false;
    // Beyond what any context has, exactness does not matter.
    constexpr int64_t kFar = 4000000000000000000;
    for (; i < s.size() && isDigit(s[i]); ++i) exponent = exponent < kFar / 10 ? exponent * 10 + (s[i] - '0') : kFar;
    if (negative) exponent = -exponent;
  }
  if (i != s.size()) return false;
  if (fraction.empty()) {
    setDigits(r.c, whole.data(), whole.size());
  } else {
    const size_t n = whole.size() + fraction.size();
    char local[128];
    char* text = n < sizeof local ? local : static_cast<char*>(malloc(n + 1));
    memcpy(text, whole.data(), whole.size());
    memcpy(text + whole.size(), fraction.data(), fraction.size());
    setDigits(r.c, text, n);
    if (text != local) free(text);
  }
  r.exp = exponent - static_cast<int64_t>(fraction.size());
  return true;
}

char* numberText(const Number& a, bool engineering, bool capitals, char (&room)[kTextRoom]) {
  const bool few = a.c.count() <= 2;
  size_t size = 40;
  char local[48], *digits = local;
  if (few) {
    size = static_cast<size_t>(small::writeDigits(a.c, local));
    local[size] = 0;
  } else if (!(digits = newDigits(a.c, &size))) {
    return strcpy(room, ""), room;
  }
  // Digits, a sign, a point, an exponent, and the zeros of 0.00000…
  char* text = few ? room : static_cast<char*>(malloc(size + kTextRoom));
  auto done = [&] {
    if (digits != local) free(digits);
    return text;
  };
  char* p = text;
  if (a.negative) *p++ = '-';
  if (a.kind == kInfinity) return strcpy(p, "Infinity"), done();
  if (a.isNan()) {
    p = stpcpy(p, a.kind == kSignalingNan ? "sNaN" : "NaN");
    if (!a.isZeroCoefficient()) strcpy(p, digits);
    return done();
  }
  const auto n = static_cast<int64_t>(size);
  auto add = [&](const char* from, int64_t count) {
    memcpy(p, from, static_cast<size_t>(count));
    p += count;
  };
  const int64_t left = a.exp + n; // digits before the point in plain notation
  int64_t point;                  // … in the notation chosen
  if (a.exp <= 0 && left > -6) point = left;
  else if (!engineering) point = 1;
  else if (a.isZeroCoefficient()) point = ((left + 1) % 3 + 3) % 3 - 1;
  else point = ((left - 1) % 3 + 3) % 3 + 1;
  if (point <= 0) {
    p = stpcpy(p, "0.");
    for (int64_t i = point; i < 0; ++i) *p++ = '0';
    add(digits, n);
  } else if (point >= n) {
    add(digits, n);
    for (int64_t i = n; i < point; ++i) *p++ = '0';
  } else {
    add(digits, point);
    *p++ = '.';
    add(digits + point, n - point);
  }
  if (left != point) p += sprintf(p, "%c%+lld", capitals ? 'E' : 'e', static_cast<long long>(left - point));
  *p = 0;
  return done();
}

} // namespace krait::decimal
