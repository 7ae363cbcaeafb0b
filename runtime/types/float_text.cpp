// float to text and back. Digits come from std::to_chars (shortest round trip,
// or exact with a precision); what is ours is Python's choice of notation.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>
#include <strings.h>

#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int_text.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

void appendExponent(std::string& out, int exponent) {
  out += 'e';
  out += exponent < 0 ? '-' : '+';
  int m = exponent < 0 ? -exponent : exponent;
  if (m < 10) out += '0';
  out += std::to_string(m);
}

struct Digits {
  std::string text; // no leading zero (except "0"), no point
  int exponent;     // of the first digit
};

/// No double has more significant decimal digits (767), or more after the point (1,074).
constexpr int kMostDigits = 800, kMostDecimals = 1100;

constexpr int kMostTens = 19;
constexpr uint64_t kTens[kMostTens + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000,
                                           100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000,
                                           10000000000000000, 100000000000000000, 1000000000000000000, 10000000000000000000u};

/// `precision` + 1 digits, of a number that scaleByTens knows; false for others.
bool scaledDigits(double d, int precision, Digits* out) {
  if (precision < 0 || precision > 16 || !(d > 0)) return false;
  // From the binary exponent: right, or one too low.
  const int binary = static_cast<int>(std::bit_cast<uint64_t>(d) >> 52) - 1023;
  int exponent = (binary * 315653) >> 20;
  uint64_t scaled;
  if (!scaleByTens(d, precision - exponent, &scaled)) return false;
  if (scaled >= kTens[precision + 1] && !scaleByTens(d, precision - ++exponent, &scaled)) return false;
  if (scaled >= kTens[precision + 1] || scaled < kTens[precision]) return false;
  char buffer[24];
  out->text.assign(buffer, std::to_chars(buffer, buffer + sizeof buffer, scaled).ptr);
  out->exponent = exponent;
  return true;
}

Digits scientific(double d, int precision) {
  if (Digits quick; scaledDigits(d, precision, &quick)) return quick;
  char buffer[kMostDigits + 16];
  auto r = precision < 0 ? std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific)
                         : std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific, std::min(precision, kMostDigits));
  const char* e = std::find(buffer, r.ptr, 'e');
  Digits out{{}, 0};
  for (const char* p = buffer; p < e; ++p)
    if (*p != '.') out.text += *p;
  const bool negative = e + 1 < r.ptr && e[1] == '-';
  for (const char* p = e + 2; p < r.ptr; ++p) out.exponent = out.exponent * 10 + (*p - '0');
  if (negative) out.exponent = -out.exponent;
  return out;
}

/// Positional notation of digits whose first one has weight 10^exponent.
std::string positional(const Digits& d) {
  std::string out;
  if (d.exponent < 0) {
    out = "0." + std::string(static_cast<size_t>(-d.exponent - 1), '0') + d.text;
  } else if (static_cast<size_t>(d.exponent) + 1 >= d.text.size()) {
    out = d.text + std::string(static_cast<size_t>(d.exponent) + 1 - d.text.size(), '0');
  } else {
    out = d.text.substr(0, static_cast<size_t>(d.exponent) + 1) + "." + d.text.substr(static_cast<size_t>(d.exponent) + 1);
  }
  return out;
}
DoubleText exponential(const Digits& d, bool alt) {
  DoubleText out;
  out.head = d.text.substr(0, 1);
  if (d.text.size() > 1) out.head += "." + d.text.substr(1);
  else if (alt) out.head += '.';
  appendExponent(out.tail, d.exponent);
  return out;
}

/// scaled / 10^precision, before `end`: where it begins.
char* writeFixed(uint64_t scaled, int precision, char* end) {
  char* p = end;
  for (int i = 0; i < precision; ++i, scaled /= 10) *--p = static_cast<char>('0' + scaled % 10);
  if (precision) *--p = '.';
  do *--p = static_cast<char>('0' + scaled % 10);
  while (scaled /= 10);
  return p;
}

/// The text of a number that at most 15 digits write, at least one of them behind the point: in those before `end`; else null. No two
/// such numbers are the same double, so no shorter text means it.
char* shortestFixed(double magnitude, char* end) {
  constexpr int kSafeDigits = 15;
  static constexpr double kPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
  if (!(magnitude >= 1e-4 && magnitude < 1e15)) return nullptr;
  const int binary = static_cast<int>(std::bit_cast<uint64_t>(magnitude) >> 52) - 1023;
  int decimals = kSafeDigits - 1 - ((binary * 315653) >> 20); // right, or one too many
  uint64_t scaled;
  if (!scaleByTens(magnitude, decimals, &scaled)) return nullptr;
  if (scaled >= kTens[kSafeDigits] && !scaleByTens(magnitude, --decimals, &scaled)) return nullptr;
  // Both are exact: the quotient is the double that the text means.
  if (scaled >= kTens[kSafeDigits] || static_cast<double>(scaled) / kPowers[decimals] != magnitude) return nullptr;
  for (int step : {8, 4, 2, 1})
    for (; decimals > step && scaled % kTens[step] == 0; decimals -= step) scaled /= kTens[step];
  return writeFixed(scaled, decimals, end);
}

/// What repr() shows of a finite magnitude, from `to` on: where it ends. At most kReprRoom characters.
constexpr int kReprRoom = 32;
char* writeShortest(double magnitude, char* to) {
  char shown[kReprRoom]; // d[.ddd]e+dd[d], which is Python's way to show an exponent, too
  char* const end = std::to_chars(shown, shown + sizeof shown, magnitude, std::chars_format::scientific).ptr;
  const char* const mark = end[-4] == 'e' ? end - 4 : end - 5;
  int exponent = 0;
  for (const char* p = mark + 2; p < end; ++p) exponent = exponent * 10 + (*p - '0');
  if (mark[1] == '-') exponent = -exponent;
  if (exponent < -4 || exponent >= 16) return static_cast<char*>(mempcpy(to, shown, static_cast<size_t>(end - shown)));
  char* digits = shown;
  if (mark - shown > 1) *++digits = shown[0]; // where the point was
  const auto count = static_cast<int>(mark - digits), whole = exponent + 1;
  auto put = [&to](const char* from, int n) { to = static_cast<char*>(mempcpy(to, from, static_cast<size_t>(n))); };
  auto zeros = [&to](int n) { to = std::fill_n(to, n, '0'); };
  if (whole <= 0) {
    put("0.", 2);
    zeros(-whole);
    put(digits, count);
  } else if (count <= whole) {
    put(digits, count);
    zeros(whole - count);
    put(".0", 2);
  } else {
    put(digits, whole);
    *to++ = '.';
    put(digits + whole, count - whole);
  }
  return to;
}

/// `precision` is at most kMostDecimals.
std::string fixed(double d, int precision) {
  char buffer[kMostDecimals + 330];
  uint64_t scaled;
  if (scaleByTens(d, precision, &scaled)) {
    // At least one digit before the point.
    char* end = std::to_chars(buffer, buffer + sizeof buffer, scaled).ptr;
    std::string out(buffer, end);
    const auto after = static_cast<size_t>(precision);
    if (out.size() <= after) out.insert(0, after + 1 - out.size(), '0');
    if (after) out.insert(out.size() - after, 1, '.');
    return out;
  }
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::fixed, precision).ptr};
}

} // namespace

bool scaleByTens(double magnitude, int digits, uint64_t* result) {
  static constexpr uint64_t kFives[] = {1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625,
                                        1220703125, 6103515625, 30517578125, 152587890625, 762939453125, 3814697265625,
                                        19073486328125, 95367431640625, 476837158203125, 2384185791015625};
  const auto bits = std::bit_cast<uint64_t>(magnitude);
  const int exponent = static_cast<int>(bits >> 52) - 1023;
  if (magnitude == 0) return *result = 0, true;
  if (digits < 0 || digits > 22 || exponent < -60 || exponent > 62) return false;
  // magnitude = m / 2^s; the product with 5^digits is exact in 105 bits.
  const uint64_t m = (bits & ((uint64_t{1} << 52) - 1)) | (uint64_t{1} << 52);
  const int shift = 52 - exponent - digits; // what is left of 2^digits
  const unsigned __int128 product = static_cast<unsigned __int128>(m) * kFives[digits];
  if (shift <= 0) {
    if (-shift > 22 || product >> (63 + shift)) return false;
    *result = static_cast<uint64_t>(product << -shift);
    return true;
  }
  const unsigned __int128 whole = product >> shift, rest = product - (whole << shift), half = static_cast<unsigned __int128>(1) << (shift - 1);
  if (whole >> 62) return false;
  *result = static_cast<uint64_t>(whole) + (rest > half || (rest == half && (whole & 1)));
  return true;
}

char* shortFixed(double magnitude, int precision, char* end) {
  uint64_t scaled;
  if (!(magnitude < 1e18) || precision > 22 || !scaleByTens(magnitude, precision, &scaled)) return nullptr;
  return writeFixed(scaled, precision, end);
}

DoubleText doubleToParts(double d, char code, int precision, unsigned flags) {
  bool upper = code >= 'A' && code <= 'Z';
  char lower = static_cast<char>(code | 0x20);
  DoubleText out;
  bool negative = std::signbit(d);
  double m = std::fabs(d);
  if (std::isnan(d) || std::isinf(d)) {
    out.head = std::isnan(d) ? "nan" : "inf";
    if (std::isnan(d)) negative = false;
  } else if (lower == 'e') {
    out = exponential(scientific(m, precision), flags & kDoubleAlt);
    out.zeros = std::max(precision - kMostDigits, 0);
  } else if (lower == 'f') {
    out.head = fixed(m, std::min(precision, kMostDecimals));
    out.zeros = std::max(precision - kMostDecimals, 0);
    if (precision == 0 && (flags & kDoubleAlt)) out.head += '.';
  } else {
    bool shortest = lower == 'r';
    const int decimals = shortest ? -1 : precision == 0 ? 0 : precision - 1;
    Digits digits = m == 0 && shortest ? Digits{"0", 0} : scientific(m, decimals);
    if (m == 0) digits.exponent = 0;
    int limit = shortest ? 16 : precision == 0 ? 1 : precision;
    if (!shortest && (flags & kDoubleAddDot0)) --limit; // the digit after the point counts
    if (!(flags & kDoubleAlt)) {
      while (digits.text.size() > 1 && digits.text.back() == '0') digits.text.pop_back();
    }
    // `.exponent` counts from the first digit: -4 <= exponent < limit is written positionally.
    bool useExponent = digits.exponent < -4 || digits.exponent >= limit;
    if (useExponent) {
      out = exponential(digits, flags & kDoubleAlt);
    } else {
      out.head = positional(digits);
      if ((flags & kDoubleAlt) && !(shortest && flags & kDoubleAddDot0) && out.head.find('.') == std::string::npos) out.head += '.';
      if ((flags & kDoubleAddDot0) && out.head.find('.') == std::string::npos) out.head += ".0";
    }
    if (flags & kDoubleAlt) out.zeros = std::max(decimals - kMostDigits, 0);
  }
  if (negative && (flags & kDoubleNoNegZero) && out.head.find_first_of("123456789in") == std::string::npos) negative = false;
  if (upper) {
    for (std::string* text : {&out.head, &out.tail})
      for (char& c : *text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  if (negative) out.head.insert(out.head.begin(), '-');
  else if (flags & kDoubleSign) out.head.insert(out.head.begin(), '+');
  return out;
}

std::string doubleToString(double d, char code, int precision, unsigned flags) {
  DoubleText text = doubleToParts(d, code, precision, flags);
  return text.head.append(static_cast<size_t>(text.zeros), '0') + text.tail;
}

Value doubleToText(double d, char code, int precision, unsigned flags) {
  const DoubleText text = doubleToParts(d, code, precision, flags);
  if (!text.zeros && text.tail.empty()) return newStrAscii(text.head.data(), text.head.size());
  StrBuilder out;
  out.addAscii(text.head);
  out.addRepeated('0', text.zeros);
  out.addAscii(text.tail);
  return out.take();
}

char* shortRepr(double d, char* end) {
  // Short integral values are the common case.
  if (d == std::trunc(d) && std::fabs(d) < 1e15 && !(d == 0 && std::signbit(d))) {
    memcpy(end - 2, ".0", 2);
    return smallDecimal(static_cast<int64_t>(d), end - 2);
  }
  char* from = shortestFixed(std::fabs(d), end);
  if (from && d < 0) *--from = '-';
  return from;
}

Value floatRepr(double d) {
  char buffer[kFixedRoom], *const end = buffer + sizeof buffer;
  if (const char* from = shortRepr(d, end)) return newStrAscii(from, static_cast<size_t>(end - from));
  if (!std::isfinite(d)) return doubleToText(d, 'r', 0, kDoubleAddDot0);
  char shown[kReprRoom + 1] = {'-'};
  const char* const stop = writeShortest(std::fabs(d), shown + 1);
  const char* const start = shown + !std::signbit(d);
  return newStrAscii(start, static_cast<size_t>(stop - start));
}

bool parseDouble(const char* p, const char* end, double* out, const char** stop) {
  const char* start = p;
  bool negative = false;
  if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
  auto word = [&](const char* w) {
    size_t n = strlen(w);
    return static_cast<size_t>(end - p) >= n && (*p | 0x20) == *w && strncasecmp(p, w, n) == 0 ? n : 0;
  };
  size_t n = 0;
  double d;
  if ((n = word("infinity")) || (n = word("inf"))) {
    d = INFINITY;
    p += n;
  } else if ((n = word("nan"))) {
    d = NAN;
    p += n;
  } else {
    if (p == end || !((*p >= '0' && *p <= '9') || *p == '.')) return *stop = start, false;
    auto r = std::from_chars(p, end, d, std::chars_format::general);
    if (r.ec == std::errc::invalid_argument) return *stop = start, false;
    if (r.ec == std::errc::result_out_of_range) d = strtod(std::string(p, r.ptr).c_str(), nullptr);
    p = r.ptr;
  }
  *out = negative ? -d : d;
  *stop = p;
  return true;
}

bool stripUnderscores(std::string_view s, std::string* out) {
  char previous = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    bool digit = c >= '0' && c <= '9';
    if (c == '_') {
      if (!(previous >= '0' && previous <= '9')) return false;
    } else {
      if (previous == '_' && !digit) return false;
      *out += c;
    }
    previous = c;
  }
  return previous != '_';
}

namespace {
std::string_view trim(std::string_view s) {
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!s.empty() && space(s.front())) s.remove_prefix(1);
  while (!s.empty() && space(s.back())) s.remove_suffix(1);
  return s;
}
/// A number of at most 53 bits by a power of ten that a double holds exactly: one correct rounding.
bool parsePlainly(std::string_view text, double* out) {
  constexpr double kExactTens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const char *p = text.data(), *end = p + text.size();
  const bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) ++p;
  if (end - p > kMostTens) return false; // none of these overflows
  uint64_t digits = 0;
  const char *first = p, *point = nullptr;
  for (; p < end; ++p) {
    if (*p >= '0' && *p <= '9') digits = digits * 10 + static_cast<uint64_t>(*p - '0');
    else if (*p == '.' && !point) point = p;
    else return false;
  }
  if (end - first == (point != nullptr) || digits >> 53) return false;
  const double d = static_cast<double>(digits) / kExactTens[point ? end - point - 1 : 0];
  *out = negative ? -d : d;
  return true;
}
/// "inf" and "nan", which are mostly written in no other way.
bool parseNamed(std::string_view text, double* out) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "inf") *out = negative ? -INFINITY : INFINITY;
  else if (text == "nan") *out = negative ? -NAN : NAN;
  else return false;
  return true;
}
Value parseFloat(std::string_view text, Value original) {
  text = trim(text);
  if (double d; parsePlainly(text, &d) || parseNamed(text, &d)) return newFloat(d);
  std::string plain;
  double d;
  const char* stop;
  if (stripUnderscores(text, &plain) && !plain.empty() &&
      parseDouble(plain.data(), plain.data() + plain.size(), &d, &stop) && stop == plain.data() + plain.size())
    return newFloat(d);
  return raise(ValueErrorType, "could not convert string to float: %R", original);
}
} // namespace

Value floatFromText(Value text) {
  if (isStr(text)) {
    Ref plain(asStr(text)->flags & kStrAscii ? newRef(text) : strTransformDecimal(text));
    if (!plain) return Value();
    return parseFloat({reinterpret_cast<const char*>(asStr(plain)->data()), static_cast<size_t>(asStr(plain)->length)}, text);
  }
  Buffer view;
  if (!readyTypeOf(text)->buffer || getBuffer(text, &view, kBufferSimple) < 0) {
    errorClear();
    return raise(TypeErrorType, "float() argument must be a string or a real number, not '%.200T'", text);
  }
  Value r = parseFloat({static_cast<const char*>(view.data), static_cast<size_t>(view.bytes)}, text);
  releaseBuffer(&view);
  return r;
}

} // namespace krait
