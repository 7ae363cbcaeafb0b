// float to text and back. Digits come from std::to_chars (shortest round trip,
// or exact with a precision); what is ours is Python's choice of notation.
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
#include "runtime/types/str.h"

namespace krait {

namespace {

void appendExponent(std::string& out, int exponent, char letter) {
  out += letter;
  out += exponent < 0 ? '-' : '+';
  int m = exponent < 0 ? -exponent : exponent;
  if (m < 10) out += '0';
  out += std::to_string(m);
}

struct Digits {
  std::string text; // no leading zero (except "0"), no point
  int exponent;     // of the first digit
};

Digits scientific(double d, int precision) {
  char buffer[1100]; // longer than any result, with room for the end
  auto r = precision < 0 ? std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific)
                         : std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific, precision);
  *r.ptr = '\0';
  Digits out{{}, 0};
  char* e = static_cast<char*>(memchr(buffer, 'e', static_cast<size_t>(r.ptr - buffer)));
  for (char* p = buffer; p < e; ++p)
    if (*p != '.') out.text += *p;
  *r.ptr = 0; // to_chars does not end the text
  out.exponent = atoi(e + 1);
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
std::string exponential(const Digits& d, char letter, bool alt) {
  std::string out = d.text.substr(0, 1);
  if (d.text.size() > 1) out += "." + d.text.substr(1);
  else if (alt) out += '.';
  appendExponent(out, d.exponent, letter);
  return out;
}

std::string fixed(double d, int precision) {
  char buffer[400];
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
  if (precision < 64) return {buffer, std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::fixed, precision).ptr};
  std::string out(static_cast<size_t>(precision) + 330, '\0');
  auto r = std::to_chars(out.data(), out.data() + out.size(), d, std::chars_format::fixed, precision);
  out.resize(static_cast<size_t>(r.ptr - out.data()));
  return out;
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

std::string doubleToString(double d, char code, int precision, unsigned flags) {
  bool upper = code >= 'A' && code <= 'Z';
  char lower = static_cast<char>(code | 0x20);
  std::string out;
  bool negative = std::signbit(d);
  double m = std::fabs(d);
  if (std::isnan(d) || std::isinf(d)) {
    out = std::isnan(d) ? "nan" : "inf";
    if (std::isnan(d)) negative = false;
  } else if (lower == 'e') {
    out = exponential(scientific(m, precision), 'e', flags & kDoubleAlt);
  } else if (lower == 'f') {
    out = fixed(m, precision);
    if (precision == 0 && (flags & kDoubleAlt)) out += '.';
  } else {
    bool shortest = lower == 'r';
    Digits digits = m == 0 && shortest ? Digits{"0", 0} : scientific(m, shortest ? -1 : precision == 0 ? 0 : precision - 1);
    if (m == 0) digits.exponent = 0;
    int limit = shortest ? 16 : precision == 0 ? 1 : precision;
    if (!shortest && (flags & kDoubleAddDot0)) --limit; // the digit after the point counts
    if (!(flags & kDoubleAlt)) {
      while (digits.text.size() > 1 && digits.text.back() == '0') digits.text.pop_back();
    }
    // `.exponent` counts from the first digit: -4 <= exponent < limit is written positionally.
    bool useExponent = digits.exponent < -4 || digits.exponent >= limit;
    if (useExponent) {
      out = exponential(digits, 'e', flags & kDoubleAlt);
    } else {
      out = positional(digits);
      if ((flags & kDoubleAlt) && out.find('.') == std::string::npos) out += '.';
      if ((flags & kDoubleAddDot0) && out.find('.') == std::string::npos) out += ".0";
    }
  }
  if (negative && (flags & kDoubleNoNegZero) && out.find_first_of("123456789in") == std::string::npos) negative = false;
  if (negative && (flags & kDoubleNoNegZero)) {
    // A mantissa of zeros with an exponent is zero as well.
    if (out.substr(0, out.find('e')).find_first_of("123456789in") == std::string::npos) negative = false;
  }
  if (upper)
    for (char& c : out)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  if (negative) out.insert(out.begin(), '-');
  else if (flags & kDoubleSign) out.insert(out.begin(), '+');
  return out;
}

Value doubleToText(double d, char code, int precision, unsigned flags) {
  std::string s = doubleToString(d, code, precision, flags);
  return newStrAscii(s.data(), s.size());
}

Value floatRepr(double d) {
  char buffer[40];
  // Short integral values are the common case.
  if (d == std::trunc(d) && std::fabs(d) < 1e15 && !(d == 0 && std::signbit(d))) {
    auto r = std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(d));
    memcpy(r.ptr, ".0", 2);
    return newStrAscii(buffer, static_cast<size_t>(r.ptr - buffer) + 2);
  }
  return doubleToText(d, 'r', 0, kDoubleAddDot0);
}

bool parseDouble(const char* p, const char* end, double* out, const char** stop) {
  const char* start = p;
  bool negative = false;
  if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
  auto word = [&](const char* w) {
    size_t n = strlen(w);
    return static_cast<size_t>(end - p) >= n && strncasecmp(p, w, n) == 0 ? n : 0;
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
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); };
  while (!s.empty() && space(s.front())) s.remove_prefix(1);
  while (!s.empty() && space(s.back())) s.remove_suffix(1);
  return s;
}
Value parseFloat(std::string_view text, Value original) {
  text = trim(text);
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
