// repr() of constants. Floats: the shortest digits that read back the same, laid
// out by Python's rule (an exponent below 1e-4 and from 1e16 on).
#include "frontend/ast/repr.h"

#include "frontend/base/unicode.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

namespace krait::frontend::ast {

namespace {

// `addPointZero`: floats always show that they are floats; parts of complex numbers do not.
void appendFloat(std::string& out, double value, bool addPointZero) {
  if (std::isinf(value)) {
    out += "inf";
    return;
  }
  char buffer[40];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  std::string_view text(buffer, end - buffer);
  size_t mark = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), end, exponent);
  std::string digits;
  for (char c : text.substr(0, mark))
    if (c != '.') digits += c;
  int count = static_cast<int>(digits.size());
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (count > 1) {
      out += '.';
      out += std::string_view(digits).substr(1);
    }
    char tail[16];
    std::snprintf(tail, sizeof tail, "e%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
    out += tail;
  } else if (exponent < 0) {
    out += "0.";
    out.append(-exponent - 1, '0');
    out += digits;
  } else if (count <= exponent + 1) {
    out += digits;
    out.append(exponent + 1 - count, '0');
    if (addPointZero) out += ".0";
  } else {
    out += std::string_view(digits).substr(0, exponent + 1);
    out += '.';
    out += std::string_view(digits).substr(exponent + 1);
  }
}

char quoteFor(std::string_view text) {
  bool hasSingle = text.find('\'') != std::string_view::npos;
  return hasSingle && text.find('"') == std::string_view::npos ? '"' : '\'';
}

void appendHex(std::string& out, char letter, int width, unsigned value) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "\\%c%0*x", letter, width, value);
  out += buffer;
}

// The escapes that str and bytes share.
bool appendEscaped(std::string& out, char32_t c, char quote) {
  if (c == static_cast<unsigned char>(quote) || c == '\\') {
    out += '\\';
    out += static_cast<char>(c);
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\r') {
    out += "\\r";
  } else if (c == '\t') {
    out += "\\t";
  } else {
    return false;
  }
  return true;
}

void appendReprOfBytes(std::string& out, std::string_view bytes) {
  char quote = quoteFor(bytes);
  out += 'b';
  out += quote;
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    if (appendEscaped(out, byte, quote)) continue;
    if (byte < 0x20 || byte >= 0x7F)
      appendHex(out, 'x', 2, byte);
    else
      out += c;
  }
  out += quote;
}

} // namespace

void appendReprOfStr(std::string& out, std::string_view wtf8) {
  char quote = quoteFor(wtf8);
  out += quote;
  const char* end = wtf8.data() + wtf8.size();
  for (const char* at = wtf8.data(); at < end;) {
    const char* start = at;
    char32_t c = base::decodeUtf8(at);
    if (appendEscaped(out, c, quote)) continue;
    if (base::isPrintable(c))
      out.append(start, at);
    else if (c < 0x100)
      appendHex(out, 'x', 2, c);
    else if (c < 0x10000)
      appendHex(out, 'u', 4, c);
    else
      appendHex(out, 'U', 8, c);
  }
  out += quote;
}

std::string toDecimal(std::string_view digits, unsigned base) {
  if (base == 10) return std::string(digits);
  constexpr uint64_t kLimb = 1'000'000'000;
  constexpr uint64_t kMostAtOnce = uint64_t{1} << 28;
  std::vector<uint32_t> limbs{0}; // least significant first
  for (size_t i = 0; i < digits.size();) {
    // As many digits at once as a word has room for: each walks all limbs.
    uint64_t factor = 1, carry = 0;
    for (; i < digits.size() && factor * base <= kMostAtOnce; ++i, factor *= base)
      carry = carry * base + (digits[i] <= '9' ? digits[i] - '0' : (digits[i] | 0x20) - 'a' + 10);
    for (uint32_t& limb : limbs) {
      uint64_t value = uint64_t(limb) * factor + carry;
      limb = static_cast<uint32_t>(value % kLimb);
      carry = value / kLimb;
    }
    if (carry != 0) limbs.push_back(static_cast<uint32_t>(carry));
  }
  std::string out = std::to_string(limbs.back());
  for (size_t i = limbs.size() - 1; i-- > 0;) {
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%09u", limbs[i]);
    out += buffer;
  }
  return out;
}

void appendRepr(std::string& out, const ConstantValue& value) {
  switch (value.kind()) {
  case ConstantKind::None: out += "None"; break;
  case ConstantKind::True: out += "True"; break;
  case ConstantKind::False: out += "False"; break;
  case ConstantKind::Ellipsis: out += "Ellipsis"; break;
  case ConstantKind::Int: out += std::to_string(value.integer()); break;
  case ConstantKind::BigInt: out += toDecimal(value.digits(), value.base()); break;
  case ConstantKind::Float: appendFloat(out, value.real(), true); break;
  case ConstantKind::Complex:
    appendFloat(out, value.real(), false);
    out += 'j';
    break;
  case ConstantKind::Str: appendReprOfStr(out, value.text()); break;
  case ConstantKind::Bytes: appendReprOfBytes(out, value.text()); break;
  }
}

} // namespace krait::frontend::ast
