// Parsing and field layout of the format mini-language.
#include "runtime/types/format_spec.h"

#include <climits>
#include <clocale>
#include <cstring>
#include <iterator>

#include "runtime/memory/alloc.h"
#include "runtime/object/errors.h"
#include "runtime/types/str_data.h"
#include "runtime/unicode/char_types.h"

namespace krait {

namespace {
bool isAlign(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// Digits at p[*i] as a number: 1 some, 0 none, -1 too many.
template <class C> int32_t parseDigits(const C* p, int64_t length, int64_t* i, int64_t* out) {
  int64_t n = 0, start = *i;
  for (; *i < length; ++*i) {
    const int digit = p[*i] < 0x80 ? (p[*i] >= '0' && p[*i] <= '9' ? static_cast<int>(p[*i] - '0') : -1) : unicode::decimalValue(p[*i]);
    if (digit < 0) break;
    if (n > (INT64_MAX - digit) / 10) return fail(ValueErrorType, "Too many decimal digits in format string");
    n = n * 10 + digit;
  }
  if (*i == start) return 0;
  *out = n;
  return 1;
}

template <class C> int32_t parseChars(const C* p, int64_t n, Value object, Value specText, char defaultAlign, FormatSpec* out) {
  int64_t i = 0;
  bool fillGiven = false;
  if (n >= 2 && isAlign(p[1])) {
    out->fill = p[0];
    out->align = static_cast<char>(p[1]);
    fillGiven = out->alignGiven = true;
    i = 2;
  } else if (n >= 1 && isAlign(p[0])) {
    out->align = static_cast<char>(p[0]);
    out->alignGiven = true;
    i = 1;
  }
  auto at = [&](uint32_t c) { return i < n && p[i] == c; };
  if (at('+') || at('-') || at(' ')) out->sign = static_cast<char>(p[i++]);
  if (at('z')) out->noNegativeZero = true, ++i;
  if (at('#')) out->alternate = true, ++i;
  if (!fillGiven && at('0')) {
    out->fill = '0';
    if (!out->alignGiven && defaultAlign == '>') out->align = '=';
    ++i;
  }
  if (parseDigits(p, n, &i, &out->width) < 0) return -1;
  auto bothGroupings = [] { return fail(ValueErrorType, "Cannot specify both ',' and '_'."); };
  if (at(',')) out->grouping = ',', ++i;
  if (at('_')) {
    if (out->grouping) return bothGroupings();
    out->grouping = '_';
    ++i;
  }
  if (at(',') && out->grouping == '_') return bothGroupings();
  if (at('.')) {
    ++i;
    int32_t r = parseDigits(p, n, &i, &out->precision);
    if (r < 0) return -1;
    if (r == 0) return fail(ValueErrorType, "Format specifier missing precision");
  }
  if (n - i > 1)
    return fail(ValueErrorType, "Invalid format specifier '%U' for object of type '%.200T'", specText, object);
  if (n - i == 1) out->type = p[i];
  return 0;
}
} // namespace

namespace {

/// What was parsed before: of texts that stand in the program, and never die, by their address; of others by their 1 to 8 characters of ASCII.
/// The default type tells the default alignment, too.
struct ParsedSpec {
  uint64_t key;
  uint32_t length; // 0: the key is an address
  uint32_t defaultType;
  FormatSpec spec;
};
/// Those characters; together with their number they are the text.
uint64_t fewChars(const uint8_t* p, size_t n) {
  if (n < 4) return p[0] | p[n / 2] << 8 | p[n - 1] << 16;
  uint32_t first, last; // which may overlap
  std::memcpy(&first, p, 4);
  std::memcpy(&last, p + n - 4, 4);
  return first | static_cast<uint64_t>(last) << 32;
}
ParsedSpec* parsedPlace(uint64_t key, uint32_t defaultType) {
  static ParsedSpec parsed[32];
  return &parsed[(key * 0x9E3779B97F4A7C15 >> 40 ^ defaultType) % std::size(parsed)];
}

int32_t parseAnew(Value object, Value specText, uint32_t defaultType, char defaultAlign, FormatSpec* out) {
  const StrObject* s = asStr(specText);
  out->type = defaultType;
  out->align = defaultAlign;
  if (withChars(s, [&](auto* p) { return parseChars(p, s->length, object, specText, defaultAlign, out); }) < 0) return -1;
  if (out->grouping) {
    switch (out->type) {
    case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F': case 0: break;
    case 'b': case 'o': case 'x': case 'X':
      if (out->grouping == '_') break;
      [[fallthrough]];
    default:
      if (out->type > 32 && out->type < 128)
        return fail(ValueErrorType, "Cannot specify '%c' with '%c'.", out->grouping, static_cast<int>(out->type));
      return fail(ValueErrorType, "Cannot specify '%c' with '\\x%x'.", out->grouping, static_cast<unsigned>(out->type));
    }
  }
  return 0;
}

} // namespace

int32_t parseFormatSpec(Value object, Value specText, uint32_t defaultType, char defaultAlign, FormatSpec* out) {
  const StrObject* s = asStr(specText);
  uint64_t key = specText.bits;
  uint32_t length = 0;
  if (s->header.refs >= 0) {
    if (!(s->flags & kStrAscii) || static_cast<uint64_t>(s->length - 1) >= 8) return parseAnew(object, specText, defaultType, defaultAlign, out);
    length = static_cast<uint32_t>(s->length);
    key = fewChars(s->data(), length);
  }
  ParsedSpec* place = parsedPlace(key, defaultType);
  if (place->key == key && place->length == length && place->defaultType == defaultType) [[likely]] {
    *out = place->spec;
    return 0;
  }
  if (parseAnew(object, specText, defaultType, defaultAlign, out) < 0) return -1;
  *place = {key, length, defaultType, *out};
  return 0;
}

Value raiseUnknownFormatCode(uint32_t type, Value object) {
  if (type > 32 && type < 128)
    return raise(ValueErrorType, "Unknown format code '%c' for object of type '%.200T'", static_cast<int>(type), object);
  return raise(ValueErrorType, "Unknown format code '\\x%x' for object of type '%.200T'", static_cast<unsigned>(type), object);
}

Value padField(const FormatSpec& spec, Value text) {
  int64_t pad = spec.width - asStr(text)->length;
  if (pad <= 0) return newRef(text);
  int64_t left = spec.align == '>' || spec.align == '=' ? pad : spec.align == '^' ? pad / 2 : 0;
  if (const StrObject* s = asStr(text); s->flags & kStrAscii && spec.fill < 0x80 && spec.width > 1) {
    StrObject* all = newStrRaw(spec.width, 0x7f);
    if (!all) return Value();
    std::memset(all->data(), static_cast<int>(spec.fill), static_cast<size_t>(spec.width));
    std::memcpy(all->data() + left, s->data(), static_cast<size_t>(s->length));
    return strValue(all);
  }
  StrBuilder out;
  out.addRepeated(spec.fill, left);
  out.add(text);
  out.addRepeated(spec.fill, pad - left);
  return out.take();
}

NumberLocale numberLocale(const FormatSpec& spec) {
  NumberLocale l;
  if (spec.type == 'n') {
    const lconv* c = localeconv();
    l.point = c->decimal_point;
    l.separator = c->thousands_sep;
    l.grouping = c->grouping;
  } else if (spec.grouping) {
    l.separator = spec.grouping == ',' ? "," : "_";
    bool fours = spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
    l.grouping = fours ? "\4" : "\3";
  }
  return l;
}

namespace {

/// `digits` with separators, counted from the right, and leading zeros until there are at least `width` characters.
class Grouped {
public:
  ~Grouped() { deallocate(block_); }
  /// False with MemoryError.
  bool make(std::string_view digits, const NumberLocale& l, int64_t width) {
    const auto count = static_cast<int64_t>(digits.size());
    width = std::max(width, count);
    if (l.grouping.empty() || l.separator.empty()) {
      zeros_ = width - count;
      text_ = digits;
      return true;
    }
    const auto separator = static_cast<int64_t>(l.separator.size());
    int64_t room;
    // A separator after every digit is the most there can be.
    if (__builtin_mul_overflow(width + 1, separator + 1, &room)) return raiseNoMemory(), false;
    block_ = static_cast<char*>(allocate(static_cast<size_t>(room)));
    if (!block_) return false;
    char *const end = block_ + room, *at = end;
    size_t next = 0;
    int64_t size = l.grouping[0], inGroup = 0;
    for (int64_t left = count; left > 0 || end - at < width; ++inGroup) {
      if (inGroup == size) {
        at -= separator;
        std::memcpy(at, l.separator.data(), l.separator.size());
        inGroup = 0;
        if (next + 1 < l.grouping.size() && l.grouping[next + 1]) ++next;
        size = l.grouping[next] == CHAR_MAX ? INT64_MAX : l.grouping[next];
      }
      *--at = left > 0 ? digits[static_cast<size_t>(--left)] : '0';
    }
    text_ = {at, end};
    return true;
  }
  int64_t zeros() const { return zeros_; } // before the text
  std::string_view text() const { return text_; }
  int64_t length() const { return zeros_ + static_cast<int64_t>(text_.size()); }

private:
  char* block_ = nullptr;
  int64_t zeros_ = 0;
  std::string_view text_;
};

} // namespace

Value layoutNumber(const FormatSpec& spec, const NumberLocale& locale, std::string_view sign, std::string_view prefix,
                   std::string_view digits, std::string_view rest, int64_t zeros, std::string_view tail) {
  auto around = static_cast<int64_t>(sign.size() + prefix.size() + rest.size() + tail.size()) + zeros;
  bool zeroFill = spec.fill == '0' && spec.align == '=';
  Grouped grouped;
  if (!grouped.make(digits, locale, zeroFill ? spec.width - around : 0)) return Value();
  int64_t pad = std::max<int64_t>(0, spec.width - around - grouped.length());
  int64_t left = spec.align == '>' ? pad : spec.align == '^' ? pad / 2 : 0;
  int64_t inside = spec.align == '=' ? pad : 0;
  const int64_t room = around + grouped.length() + pad;
  if (spec.type != 'n' && spec.fill < 0x80 && room > 1) { // a locale's separators need not be ASCII
    StrObject* all = newStrRaw(room, 0x7f);
    if (!all) return Value();
    uint8_t* to = all->data();
    auto add = [&to](std::string_view text) { // most are empty
      if (!text.empty()) to = static_cast<uint8_t*>(mempcpy(to, text.data(), text.size()));
    };
    auto repeat = [&to](uint32_t c, int64_t n) {
      if (n > 0) to = static_cast<uint8_t*>(std::memset(to, static_cast<int>(c), static_cast<size_t>(n))) + n;
    };
    repeat(spec.fill, left);
    add(sign);
    add(prefix);
    repeat(spec.fill, inside);
    repeat('0', grouped.zeros());
    add(grouped.text());
    add(rest);
    repeat('0', zeros);
    add(tail);
    repeat(spec.fill, pad - left - inside);
    return strValue(all);
  }
  if (pad == 0 && zeros == 0 && grouped.zeros() == 0) {
    std::string all;
    all.append(sign).append(prefix).append(grouped.text()).append(rest).append(tail);
    return newStr(all);
  }
  StrBuilder out;
  out.addRepeated(spec.fill, left);
  out.addAscii(sign);
  out.addAscii(prefix);
  out.addRepeated(spec.fill, inside);
  out.addRepeated('0', grouped.zeros());
  out.addAscii(grouped.text());
  out.addAscii(rest);
  out.addRepeated('0', zeros);
  out.addAscii(tail);
  out.addRepeated(spec.fill, pad - left - inside);
  return out.take();
}

} // namespace krait
