// Fields that are written at once.
#include "runtime/types/short_field.h"

#include <cmath>

#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/str_data.h"

namespace krait {

const uint8_t* ShortField::readSizes(const uint8_t* at) {
  auto digit = [&at] { return static_cast<uint8_t>(*at - '0') <= 9; };
  if (digit()) width = *at++ - '0';
  if (digit()) width = width * 10 + (*at++ - '0');
  if (*at == '.') {
    ++at;
    precision = digit() ? *at++ - '0' : 0;
  }
  return at;
}

bool ShortField::showsAll(Value v) const {
  if (code != 's' || !isExactStr(v)) return false;
  const int64_t n = asStr(v)->length;
  return width <= n && (precision < 0 || precision >= n);
}

namespace {

constexpr size_t kRoom = 64; // a sign and 63 bits
static_assert(kRoom >= kFixedRoom + 2); // a sign and a per cent sign

/// The digits of a small int, `bits` of it each, before `end`: where they begin.
char* digitsOfBits(int64_t v, int bits, bool upper, char* end) {
  uint64_t rest = static_cast<uint64_t>(v < 0 ? -v : v);
  do {
    const auto digit = static_cast<uint8_t>(rest & ((1u << bits) - 1));
    *--end = static_cast<char>(digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10);
  } while (rest >>= bits);
  if (v < 0) *--end = '-';
  return end;
}

/// What a field shows of a small int, without a precision, before `end`: where it begins, or null.
char* shortInt(uint8_t code, int64_t v, char* end) {
  switch (code) {
  case 'd':
  case 's':
  case 'r': return smallDecimal(v, end);
  case 'b': return digitsOfBits(v, 1, false, end);
  case 'o': return digitsOfBits(v, 3, false, end);
  case 'x':
  case 'X': return digitsOfBits(v, 4, code == 'X', end);
  default: return nullptr;
  }
}

/// The same of a float.
char* shortFloat(const ShortField& field, double d, char* end) {
  if (field.code == 'f' || field.code == '%') {
    if (field.code == '%') *--end = '%', d *= 100;
    char* from = shortFixed(std::fabs(d), field.precision < 0 ? 6 : static_cast<int>(field.precision), end);
    if (from && std::signbit(d)) *--from = '-';
    return from;
  }
  return (field.code == 's' || field.code == 'r') && field.precision < 0 ? shortRepr(d, end) : nullptr;
}

} // namespace

uint8_t* putShortField(const ShortField& field, Value v, uint8_t* to, const uint8_t* end) {
  char digits[kRoom], *const digitsEnd = digits + sizeof digits;
  const char* body;
  int64_t n;
  const bool isText = isExactStr(v);
  if (isText) {
    if (field.code != 's' || !(asStr(v)->flags & kStrAscii)) return nullptr;
    body = reinterpret_cast<const char*>(asStr(v)->data());
    n = asStr(v)->length;
    if (field.precision >= 0 && n > field.precision) n = field.precision;
  } else {
    if (v.isSmallInt() && field.precision < 0) body = shortInt(field.code, v.smallInt(), digitsEnd);
    else body = isExactFloat(v) ? shortFloat(field, floatValue(v), digitsEnd) : nullptr;
    if (!body) return nullptr;
    n = digitsEnd - body;
  }
  const int64_t padding = field.width > n ? field.width - n : 0;
  if (n + padding > end - to) return nullptr;
  auto repeat = [&to](int c, int64_t count) {
    for (; count > 0; --count) *to++ = static_cast<uint8_t>(c);
  };
  if (field.zeros && !isText) {
    if (*body == '-') *to++ = '-', ++body, --n;
    repeat('0', padding);
  } else if (!field.left) {
    repeat(' ', padding);
  }
  to = putShortly(to, body, static_cast<size_t>(n));
  if (field.left) repeat(' ', padding);
  return to;
}

} // namespace krait
