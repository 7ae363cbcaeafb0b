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

uint8_t* putShortField(const ShortField& field, Value v, uint8_t* to, const uint8_t* end) {
  char digits[kFixedRoom], *const digitsEnd = digits + sizeof digits;
  const char* body;
  int64_t n;
  const bool isText = field.code == 's';
  if (isText) {
    if (!isExactStr(v) || !(asStr(v)->flags & kStrAscii)) return nullptr;
    body = reinterpret_cast<const char*>(asStr(v)->data());
    n = asStr(v)->length;
    if (field.precision >= 0 && n > field.precision) n = field.precision;
  } else {
    if (field.code == 'd' && v.isSmallInt() && field.precision < 0) {
      body = smallDecimal(v.smallInt(), digitsEnd);
    } else if (field.code == 'f' && isExactFloat(v)) {
      const double d = floatValue(v);
      char* from = shortFixed(std::fabs(d), field.precision < 0 ? 6 : static_cast<int>(field.precision), digitsEnd);
      if (!from) return nullptr;
      if (std::signbit(d)) *--from = '-';
      body = from;
    } else {
      return nullptr;
    }
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
