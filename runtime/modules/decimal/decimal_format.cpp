// Decimal as text: str, engineering, and format specifications.
#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <string>
#include "runtime/modules/decimal/decimal_objects.h"

namespace krait::decimal {

Value decimalText(Value v, bool engineering, bool capitals) {
  char room[kTextRoom], *text = numberText(numberOf(v), engineering, capitals, room);
  Value s = newStrAscii(text, strlen(text));
  if (text != room) free(text);
  return s;
}

namespace {

struct Spec {
  std::string fill = " ";
  char align = '>', sign = '-', type = 0;
  bool noNegativeZero = false, zeroPad = false;
  int64_t width = 0, precision = -1;
  std::string separator, point = ".", grouping; // grouping as in localeconv
};

/// One UTF-8 character from `p` on, its length.
size_t characterLength(const char* p) {
  const auto c = static_cast<unsigned char>(*p);
  return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}
bool isAlign(char c) { return c && strchr("<>=^", c); }

bool parseSpec(const char* p, const char* end, Spec* s) {
  if (p < end) {
    const size_t n = characterLength(p);
    if (p + n < end && isAlign(p[n])) {
      s->fill.assign(p, n);
      s->align = p[n];
      p += n + 1;
    } else if (isAlign(*p)) {
      s->align = *p++;
    } else {
      s->align = 0;
    }
  } else {
    s->align = 0;
  }
  if (p < end && strchr("+- ", *p)) s->sign = *p++;
  if (p < end && *p == 'z') {
    s->noNegativeZero = true;
    ++p;
  }
  if (p < end && *p == '0') {
    // Alignment after the sign is already meant.
    if (s->align) return false;
    s->zeroPad = true;
    s->fill = "0";
    s->align = '=';
    ++p;
  }
  if (!s->align) s->align = '>';
  auto number = [&](int64_t* out) {
    int64_t v = 0;
    for (; p < end && *p >= '0' && *p <= '9'; ++p) {
      if (v > INT64_MAX / 100) return false;
      v = v * 10 + (*p - '0');
    }
    *out = v;
    return true;
  };
  if (!number(&s->width)) return false;
  if (p < end && *p == ',') {
    s->separator = ",";
    s->grouping = "\3";
    ++p;
  }
  if (p < end && *p == '.') {
    ++p;
    if (p == end || *p < '0' || *p > '9' || !number(&s->precision)) return false;
  }
  if (p < end) {
    if (!strchr("eEfFgG%n", *p)) return false;
    s->type = *p++;
  }
  if (p != end) return false;
  if (s->type == 'n') {
    if (!s->separator.empty()) return false;
    const lconv* l = localeconv();
    s->type = 'g';
    s->point = l->decimal_point;
    s->separator = l->thousands_sep;
    s->grouping = l->grouping;
  }
  return true;
}

int64_t textWidth(const std::string& s) {
  int64_t n = 0;
  for (char c : s) n += (c & 0xc0) != 0x80;
  return n;
}

/// Digits in groups, from the right; zeros in front as far as the width asks for them.
std::string group(std::string digits, const Spec& s, int64_t width) {
  const bool plain = s.separator.empty() || s.grouping.empty();
  std::string out;
  size_t rule = 0;
  for (;;) {
    const int64_t have = static_cast<int64_t>(digits.size()), most = std::max({have, width, int64_t{1}});
    const int size = plain ? 0 : s.grouping[rule];
    const bool last = size <= 0 || size == 127;
    // At least one digit stands left of a separator.
    const int64_t n = last ? most : std::min<int64_t>(most, size);
    std::string part = have > n ? digits.substr(static_cast<size_t>(have - n)) : std::string(static_cast<size_t>(n - have), '0') + digits;
    digits.resize(static_cast<size_t>(have > n ? have - n : 0));
    out.insert(0, part);
    width -= n;
    if (last || (digits.empty() && width <= 0)) return out;
    out.insert(0, s.separator);
    width -= textWidth(s.separator);
    // A zero repeats what was before it.
    if (rule + 1 < s.grouping.size() && s.grouping[rule + 1]) ++rule;
  }
}

std::string align(const std::string& sign, const std::string& body, const Spec& s) {
  const int64_t missing = s.width - textWidth(sign) - textWidth(body);
  std::string padding, all;
  auto pad = [&](int64_t n) {
    std::string p;
    for (int64_t i = 0; i < n; ++i) p += s.fill;
    return p;
  };
  switch (s.align) {
  case '<': return sign + body + pad(missing);
  case '=': return sign + pad(missing) + body;
  case '^': return pad(missing / 2) + sign + body + pad(missing - missing / 2);
  default: return pad(missing) + sign + body;
  }
}

/// Rounds to n significant digits (n at least 1), whatever the exponent.
void roundDigits(Number& v, int64_t n, Rounding mode) {
  const int64_t digits = v.digits();
  if (v.isZeroCoefficient() || digits <= n) {
    // Zeros and short numbers keep their digits in exponent notation, filled up.
    return;
  }
  const int cut = scaleDown(v.c, digits - n);
  v.exp += digits - n;
  if (!roundsUp(cut, v.c, v.negative, mode)) return;
  addLimb(v.c, 1);
  if (v.digits() > n) {
    scaleDown(v.c, 1);
    ++v.exp;
  }
}
void rescaleTo(Number& v, int64_t exp, Rounding mode) {
  if (v.isZeroCoefficient()) {
    v.exp = exp;
    return;
  }
  if (v.exp >= exp) {
    scaleUp(v.c, v.exp - exp);
  } else {
    const int cut = scaleDown(v.c, exp - v.exp);
    if (roundsUp(cut, v.c, v.negative, mode)) addLimb(v.c, 1);
  }
  v.exp = exp;
}

std::string signOf(bool negative, const Spec& s) {
  if (negative) return "-";
  return s.sign == '-' ? std::string() : std::string(1, s.sign);
}

std::string formatFinite(Number& v, const Spec& s, const Settings& settings) {
  const bool fixed = s.type == 'f' || s.type == 'F' || s.type == '%', scientific = s.type == 'e' || s.type == 'E';
  if (s.type == '%') v.exp += 2;
  if (s.precision >= 0) {
    if (scientific) {
      roundDigits(v, s.precision + 1, settings.rounding);
      if (!v.isZeroCoefficient() && v.digits() < s.precision + 1) {
        const int64_t more = s.precision + 1 - v.digits();
        scaleUp(v.c, more);
        v.exp -= more;
      }
    } else if (fixed) {
      rescaleTo(v, -s.precision, settings.rounding);
    } else {
      roundDigits(v, s.precision ? s.precision : 1, settings.rounding);
    }
  }
  if (v.isZeroCoefficient() && v.exp > 0 && fixed) v.exp = 0;
  const bool negative = v.negative && !(s.noNegativeZero && v.isZeroCoefficient());
  size_t length = 0;
  char* raw = newDigits(v.c, &length);
  std::string digits(raw ? raw : "", length);
  free(raw);
  const auto count = static_cast<int64_t>(digits.size());
  const int64_t left = v.exp + count;
  int64_t point = left;
  if (scientific) point = v.isZeroCoefficient() && s.precision >= 0 ? 1 - s.precision : 1;
  else if (!fixed) point = v.exp <= 0 && left > -6 ? left : 1;
  if (point > kMostDigits || point < -kMostDigits) {
    exhausted = true;
    return {};
  }
  std::string whole, fraction;
  if (point < 0) {
    whole = "0";
    fraction = std::string(static_cast<size_t>(-point), '0') + digits;
  } else if (point > count) {
    whole = digits + std::string(static_cast<size_t>(point - count), '0');
  } else {
    whole = point ? digits.substr(0, static_cast<size_t>(point)) : "0";
    fraction = digits.substr(static_cast<size_t>(point));
  }
  if (!fraction.empty()) fraction.insert(0, s.point);
  if (left != point || scientific) {
    const long long e = left - point;
    fraction += s.type == 'E' || s.type == 'G' ? 'E' : 'e';
    fraction += (e < 0 ? "-" : "+") + std::to_string(e < 0 ? -e : e);
  }
  if (s.type == '%') fraction += '%';
  const std::string sign = signOf(negative, s);
  const int64_t width = s.zeroPad ? s.width - textWidth(fraction) - static_cast<int64_t>(sign.size()) : 0;
  return align(sign, group(whole, s, width) + fraction, s);
}

} // namespace

/// What the second argument of __format__ says instead of the locale. False: error.
static bool overrideLocale(Value overrides, Spec* s) {
  if (!isDict(overrides)) return raise(TypeErrorType, "optional argument must be a dict"), false;
  const struct { const char* name; std::string* out; } parts[] = {
      {"decimal_point", &s->point}, {"thousands_sep", &s->separator}, {"grouping", &s->grouping}};
  for (auto& part : parts) {
    Value v = dictGet(overrides, part.name);
    if (!v && errorSet()) return false;
    if (!v) continue;
    if (!isStr(v)) return raise(TypeErrorType, "values must be str"), false;
    Utf8 utf8(v);
    if (!utf8.ok()) return false;
    part.out->assign(utf8.view());
  }
  const bool negative = std::any_of(s->grouping.begin(), s->grouping.end(), [](char c) { return c < 0; });
  if (negative || s->point.empty() || s->point.size() > 4 || s->separator.size() > 4) return raise(ValueErrorType, "invalid override dict"), false;
  return true;
}

Value formatDecimal(Value self, Value text, Value overrides) {
  if (!isStr(text)) return raise(TypeErrorType, "format arg must be str");
  Ref context = currentContext();
  Utf8 utf8(text);
  if (!context || !utf8.ok()) return Value();
  Spec s;
  if (!parseSpec(utf8.data(), utf8.data() + utf8.size(), &s)) return raise(ValueErrorType, "invalid format string");
  if (overrides && !overrideLocale(overrides, &s)) return Value();
  const ContextObject* c = asContext(context);
  if (!s.type) s.type = c->capitals ? 'G' : 'g';
  const Number& n = numberOf(self);
  if (s.width > kMostDigits || s.precision > kMostDigits) return raiseNoMemory();
  std::string out;
  if (n.isFinite()) {
    Number v;
    v.set(n);
    out = formatFinite(v, s, c->settings);
  } else {
    Number v;
    v.set(n);
    v.negative = false;
    char room[kTextRoom], *body = numberText(v, false, true, room);
    std::string words = body;
    if (body != room) free(body);
    if (s.type == '%') words += '%';
    if (s.zeroPad) {
      s.fill = " ";
      s.align = '>';
    }
    out = align(signOf(n.negative, s), words, s);
  }
  if (exhausted) {
    exhausted = false;
    return raiseNoMemory();
  }
  return newStr(out);
}

} // namespace krait::decimal
