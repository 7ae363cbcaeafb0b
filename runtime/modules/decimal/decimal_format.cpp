// Decimal as text: str, engineering, and format specifications.
#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include "runtime/modules/decimal/decimal_objects.h"

namespace krait::decimal {

Value decimalText(Value v, bool engineering, bool capitals) {
  char room[kTextRoom], *text = numberText(numberOf(v), engineering, capitals, room);
  Value s = newStrAscii(text, strlen(text));
  if (text != room) free(text);
  return s;
}

namespace {

/// A text that grows at its end; short ones stand in the object.
class Text {
public:
  ~Text() {
    if (data_ != room_) free(data_);
  }
  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  void add(std::string_view s) {
    if (char* to = extend(s.size())) memcpy(to, s.data(), s.size());
  }
  void add(int64_t n, char c) {
    if (n <= 0) return;
    if (char* to = extend(static_cast<size_t>(n))) memset(to, c, static_cast<size_t>(n));
  }
  void addBackwards(std::string_view s) {
    if (char* to = extend(s.size())) std::reverse_copy(s.begin(), s.end(), to);
  }
  char* data() { return data_; }
  size_t size() const { return size_; }
  std::string_view view() const { return {data_, size_}; }

private:
  /// Null where there is no memory, which formatDecimal() tells.
  char* extend(size_t n) {
    if (n > room() - size_ && !grow(n)) return nullptr;
    size_ += n;
    return data_ + size_ - n;
  }
  size_t room() const { return data_ == room_ ? sizeof room_ : larger_; }
  [[gnu::noinline]] bool grow(size_t n) {
    const size_t wanted = 2 * (size_ + n);
    auto* data = static_cast<char*>(data_ == room_ ? malloc(wanted) : realloc(data_, wanted));
    if (!data) return !(exhausted = true);
    if (data_ == room_) memcpy(data, room_, size_);
    data_ = data;
    larger_ = wanted;
    return true;
  }

  char room_[120];
  char* data_ = room_;
  size_t size_ = 0, larger_ = 0;
};

// The texts are those of the specification, of the program, of the locale, or of Overrides.
struct Spec {
  std::string_view fill = " ";
  char align = '>', sign = '-', type = 0;
  bool noNegativeZero = false, zeroPad = false;
  int64_t width = 0, precision = -1;
  std::string_view separator, point = ".", grouping; // grouping as in localeconv
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
      s->fill = {p, n};
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
      if (v > (INT64_MAX - (*p - '0')) / 10) return false;
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

int64_t textWidth(std::string_view s) {
  int64_t n = 0;
  for (char c : s) n += (c & 0xc0) != 0x80;
  return n;
}

/// Digits in groups; zeros in front as far as the width asks for them, and at least one digit. A separator counts as one character,
/// however long it is, as CPython's does: how many more there are.
int64_t addGrouped(Text& out, std::string_view digits, const Spec& s, int64_t width) {
  if (s.separator.empty() || s.grouping.empty()) {
    out.add(std::max<int64_t>(width, 1) - static_cast<int64_t>(digits.size()), '0');
    out.add(digits);
    return 0;
  }
  // Groups are counted from the right, so they are written backwards.
  const size_t begin = out.size();
  int64_t uncounted = 0;
  for (size_t rule = 0;;) {
    const int64_t have = static_cast<int64_t>(digits.size()), most = std::max({have, width, int64_t{1}});
    const int size = s.grouping[rule];
    const bool last = size <= 0 || size == 127;
    // At least one digit stands left of a separator.
    const int64_t n = last ? most : std::min<int64_t>(most, size), taken = std::min(n, have);
    out.addBackwards(digits.substr(digits.size() - static_cast<size_t>(taken)));
    out.add(n - taken, '0');
    digits.remove_suffix(static_cast<size_t>(taken));
    width -= n;
    if (last || (digits.empty() && width <= 0)) break;
    out.addBackwards(s.separator);
    width -= 1;
    uncounted += textWidth(s.separator) - 1;
    // A zero repeats what was before it.
    if (rule + 1 < s.grouping.size() && s.grouping[rule + 1]) ++rule;
  }
  std::reverse(out.data() + begin, out.data() + out.size());
  return uncounted;
}

Value align(std::string_view sign, std::string_view body, int64_t uncounted, const Spec& s) {
  const int64_t missing = std::max<int64_t>(s.width - textWidth(sign) - textWidth(body) + uncounted, 0);
  Text all;
  auto pad = [&](int64_t n) {
    if (s.fill.size() == 1) all.add(n, s.fill[0]);
    else
      for (int64_t i = 0; i < n; ++i) all.add(s.fill);
  };
  const bool isBetween = s.align == '=';
  const int64_t after = s.align == '<' ? missing : s.align == '^' ? missing - missing / 2 : 0;
  if (!isBetween) pad(missing - after);
  all.add(sign);
  if (isBetween) pad(missing);
  all.add(body);
  pad(after);
  return exhausted ? Value() : newStr(all.view());
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

std::string_view signOf(bool negative, const Spec& s) {
  if (negative) return "-";
  return s.sign == '-' ? std::string_view() : std::string_view(&s.sign, 1);
}

/// Null with `exhausted` set, or with an error.
Value formatFinite(Number& v, const Spec& s, const Settings& settings) {
  const bool fixed = s.type == 'f' || s.type == 'F' || s.type == '%', scientific = s.type == 'e' || s.type == 'E';
  const bool wasZero = v.isZeroCoefficient();
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
  // As CPython's, 'zF' leaves the sign of what only rounding makes zero.
  const bool isUnsigned = s.noNegativeZero && v.isZeroCoefficient() && (wasZero || s.type != 'F');
  const bool negative = v.negative && !isUnsigned;
  size_t length = 0;
  char* raw = newDigits(v.c, &length);
  const std::unique_ptr<char, decltype(&free)> kept(raw, free);
  const std::string_view digits(raw ? raw : "", length);
  const auto count = static_cast<int64_t>(length);
  const int64_t left = v.exp + count;
  int64_t point = left;
  if (scientific) point = v.isZeroCoefficient() && s.precision >= 0 ? 1 - s.precision : 1;
  else if (!fixed) point = v.exp <= 0 && left > -6 ? left : 1;
  if (point > kMostDigits || point < -kMostDigits) {
    exhausted = true;
    return {};
  }
  Text fraction, filledUp, body;
  std::string_view whole = point > 0 ? digits.substr(0, static_cast<size_t>(std::min(point, count))) : "0";
  if (point > count) {
    filledUp.add(whole);
    filledUp.add(point - count, '0');
    whole = filledUp.view();
  }
  if (point < count) {
    fraction.add(s.point);
    fraction.add(-point, '0');
    fraction.add(digits.substr(static_cast<size_t>(std::max<int64_t>(point, 0))));
  }
  if (left != point || scientific) {
    const long long e = left - point;
    fraction.add(1, s.type == 'E' || s.type == 'G' ? 'E' : 'e');
    fraction.add(1, e < 0 ? '-' : '+');
    fraction.add(std::to_string(e < 0 ? -e : e));
  }
  if (s.type == '%') fraction.add(1, '%');
  const std::string_view sign = signOf(negative, s);
  // A decimal point counts as one character, too.
  const int64_t inFraction = point < count ? textWidth(s.point) - 1 : 0;
  const int64_t width = s.zeroPad ? s.width - textWidth(fraction.view()) + inFraction - static_cast<int64_t>(sign.size()) : 0;
  const int64_t uncounted = inFraction + addGrouped(body, whole, s, width);
  body.add(fraction.view());
  return align(sign, body.view(), uncounted, s);
}

} // namespace

/// Keeps the texts that a dict gave.
struct Overrides {
  std::string point, separator, grouping;
};

/// What the second argument of __format__ says instead of the locale. False: error.
static bool overrideLocale(Value overrides, Spec* s, Overrides* kept) {
  if (!isDict(overrides)) return raise(TypeErrorType, "optional argument must be a dict"), false;
  const struct { const char* name; std::string_view* out; std::string* kept; } parts[] = {
      {"decimal_point", &s->point, &kept->point},
      {"thousands_sep", &s->separator, &kept->separator},
      {"grouping", &s->grouping, &kept->grouping}};
  for (auto& part : parts) {
    Value v = dictGet(overrides, part.name);
    if (!v && errorSet()) return false;
    if (!v) continue;
    if (!isStr(v)) return raise(TypeErrorType, "bad argument type for built-in operation"), false;
    Utf8 utf8(v);
    if (!utf8.ok()) return false;
    *part.out = *part.kept = utf8.view();
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
  Overrides kept;
  if (overrides && !overrideLocale(overrides, &s, &kept)) return Value();
  const ContextObject* c = asContext(context);
  if (!s.type) s.type = c->capitals ? 'G' : 'g';
  const Number& n = numberOf(self);
  if (s.width > kMaxPrec || (n.isFinite() && s.precision > kMaxPrec)) return raise(ValueErrorType, "format specification exceeds internal limits of _decimal");
  // Of digits that 'g' leaves out, no number of them is too many.
  const bool fills = n.isFinite() && s.type != 'g' && s.type != 'G' && s.type != 'n';
  if (s.width > kMostDigits || (fills && s.precision > kMostDigits)) return raiseNoMemory();
  Value out;
  if (n.isFinite()) {
    Number v;
    v.set(n);
    out = formatFinite(v, s, c->settings);
  } else {
    Number v;
    v.set(n);
    v.negative = false;
    char room[kTextRoom], *body = numberText(v, false, true, room);
    Text words;
    words.add(body);
    if (body != room) free(body);
    if (s.type == '%') words.add(1, '%');
    if (s.zeroPad) {
      s.fill = " ";
      s.align = '>';
    }
    out = align(signOf(n.negative, s), words.view(), 0, s);
  }
  if (exhausted) {
    exhausted = false;
    return raiseNoMemory();
  }
  return out;
}

} // namespace krait::decimal
