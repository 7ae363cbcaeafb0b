// printf-like building of str objects for messages: one pass over the format, numbers through snprintf.
#include "runtime/exceptions/format_text.h"
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"
#include "runtime/types/str_data.h"

namespace krait {
namespace {

void addUtf8(StrBuilder& out, std::string_view text) {
  bool ascii = true;
  for (char c : text) ascii &= static_cast<unsigned char>(c) < 128;
  if (ascii) return out.addAscii(text);
  // A precision may have cut a character in two: U+FFFD stands for the rest of it.
  size_t end = text.size(), start = end;
  while (start > 0 && (static_cast<unsigned char>(text[start - 1]) & 0xc0) == 0x80) --start;
  if (start > 0) {
    auto lead = static_cast<unsigned char>(text[start - 1]);
    size_t need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (end - (start - 1) < need) text = text.substr(0, start - 1);
  }
  Ref piece(newStr(text));
  if (piece) out.add(piece);
  if (text.size() != end) out.add(uint32_t{0xfffd});
}

void addStr(StrBuilder& out, Value text, int64_t precision) {
  int64_t length = asStr(text)->length;
  if (precision >= 0 && precision < length)
    out.add(text, 0, precision);
  else
    out.add(text);
}

struct Directive {
  char flags[4] = "";
  int width = 0;
  int64_t precision = -1;
  int longs = 0; // 1 for l and z, 2 for ll
  char code = 0;
};

/// Arguments that several functions take one after another: some machines pass a va_list as a copy.
struct Passed {
  va_list list;
};

/// Reads one directive after its '%'; returns the position behind it.
const char* parse(const char* p, Directive& d, Passed& arguments) {
  size_t flagCount = 0;
  while ((*p == '0' || *p == '-' || *p == '#') && flagCount < 3) d.flags[flagCount++] = *p++;
  while (*p >= '0' && *p <= '9') d.width = d.width * 10 + (*p++ - '0');
  if (*p == '.') {
    d.precision = 0;
    if (*++p == '*') {
      d.precision = va_arg(arguments.list, int);
      ++p;
    }
    while (*p >= '0' && *p <= '9') d.precision = d.precision * 10 + (*p++ - '0');
  }
  for (; *p == 'l' || *p == 'z'; ++p) ++d.longs;
  d.code = *p;
  return *p ? p + 1 : p;
}

void addNumber(StrBuilder& out, const Directive& d, long long number) {
  char format[16], digits[64];
  snprintf(format, sizeof format, "%%%s%sll%c", d.flags, d.width ? "*" : "", d.code == 'i' ? 'd' : d.code);
  int n = d.width ? snprintf(digits, sizeof digits, format, d.width, number)
                  : snprintf(digits, sizeof digits, format, number);
  out.addAscii({digits, static_cast<size_t>(n)});
}

/// A Value argument: it travels as its word.
Value nextValue(Passed& arguments) { return Value(va_arg(arguments.list, uint64_t)); }

/// Adds the argument of one directive; false with an error.
bool addArgument(StrBuilder& out, const Directive& d, Passed& arguments) {
  switch (d.code) {
  case '%': out.addAscii("%"); return true;
  case 'c': out.add(static_cast<uint32_t>(va_arg(arguments.list, int))); return true;
  case 'd':
  case 'i': addNumber(out, d, d.longs ? va_arg(arguments.list, long long) : va_arg(arguments.list, int)); return true;
  case 'u':
  case 'x':
  case 'X':
    addNumber(out, d, d.longs ? va_arg(arguments.list, long long) : static_cast<long long>(va_arg(arguments.list, unsigned)));
    return true;
  case 'p': {
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%p", va_arg(arguments.list, void*));
    out.addAscii({digits, static_cast<size_t>(n)});
    return true;
  }
  case 's': {
    const char* text = va_arg(arguments.list, const char*);
    addUtf8(out, {text, d.precision >= 0 ? strnlen(text, d.precision) : strlen(text)});
    return true;
  }
  case 'G': {
    Value v = nextValue(arguments);
    const char* name = isNone(v) ? "None" : typeOf(v)->name;
    addUtf8(out, {name, d.precision >= 0 ? strnlen(name, d.precision) : strlen(name)});
    return true;
  }
  case 'N':
  case 'T': {
    const Type* type = d.code == 'T' ? typeOf(nextValue(arguments)) : va_arg(arguments.list, const Type*);
    addUtf8(out, {type->name, d.precision >= 0 ? strnlen(type->name, d.precision) : strlen(type->name)});
    return true;
  }
  case 'U': addStr(out, nextValue(arguments), d.precision); return true;
  case 'R':
  case 'S':
  case 'A': {
    Value v = nextValue(arguments);
    Ref text(d.code == 'R' ? repr(v) : d.code == 'S' ? str(v) : ascii(v));
    if (!text) return false;
    addStr(out, text, d.precision);
    return true;
  }
  default: __builtin_trap(); // a format string of the runtime's own is wrong
  }
}

constexpr size_t kShortMessage = 160;

/// The str that stands for an argument by 'R', 'S' or 'A', where no code of the program's runs for it: of an exact str or a small int.
/// Null for others.
Value plainText(char code, Value v) {
  if (code == 'S' && isExactStr(v)) return newRef(v);
  if (!isExactStr(v) && !v.isSmallInt()) return {};
  Value text = code == 'A' ? ascii(v) : repr(v);
  if (!text) errorClear(); // there is no memory: who takes the long way will say so
  return text;
}

/// What most messages are: short and ASCII, made of texts, names, plain numbers and addresses. Their length, or -1 for others.
int64_t formatShort(char (&out)[kShortMessage], const char* format, Passed& arguments) {
  char *at = out, *const end = out + kShortMessage;
  auto add = [&](const void* text, size_t n) {
    if (n > static_cast<size_t>(end - at)) return false;
    memcpy(at, text, n);
    at += n;
    return true;
  };
  auto addText = [&](const StrObject* text, size_t longest) {
    return (text->flags & kStrAscii) && add(text->data(), std::min(static_cast<size_t>(text->length), longest));
  };
  auto addNumber = [&](std::to_chars_result made) {
    at = made.ptr;
    return made.ec == std::errc();
  };
  for (const char* p = format; *p;) {
    if (const char* plain = p; *p != '%') {
      p = strchrnul(p, '%');
      if (!add(plain, static_cast<size_t>(p - plain))) return -1;
      continue;
    }
    size_t longest = SIZE_MAX;
    if (*++p == '.')
      for (longest = 0, ++p; *p >= '0' && *p <= '9'; ++p) longest = longest * 10 + static_cast<size_t>(*p - '0');
    if (*p == 'U') {
      if (!addText(asStr(nextValue(arguments)), longest)) return -1;
    } else if (*p == 'R' || *p == 'S' || *p == 'A') {
      Ref text(plainText(*p, nextValue(arguments)));
      if (!text || !addText(asStr(text), longest)) return -1;
    } else if (*p == 's' || *p == 'T') {
      const char* text = *p == 's' ? va_arg(arguments.list, const char*) : typeOf(nextValue(arguments))->name;
      if (!add(text, strnlen(text, longest))) return -1;
    } else if (longest != SIZE_MAX) {
      return -1;
    } else if (*p == 'p') {
      const auto address = reinterpret_cast<uintptr_t>(va_arg(arguments.list, void*));
      if (!address || !add("0x", 2) || !addNumber(std::to_chars(at, end, address, 16))) return -1;
    } else {
      int longs = 0;
      for (; *p == 'l' || *p == 'z'; ++p) ++longs;
      if (*p == 'd' || *p == 'i') {
        const long long number = longs ? va_arg(arguments.list, long long) : va_arg(arguments.list, int);
        if (!addNumber(std::to_chars(at, end, number))) return -1;
      } else if (*p == 'u') {
        const unsigned long long number = longs ? va_arg(arguments.list, unsigned long long) : va_arg(arguments.list, unsigned);
        if (!addNumber(std::to_chars(at, end, number))) return -1;
      } else {
        return -1;
      }
    }
    ++p;
  }
  return orOfChars(reinterpret_cast<const uint8_t*>(out), static_cast<size_t>(at - out)) < 0x80 ? at - out : -1;
}
} // namespace

Value formatTextV(const char* format, va_list arguments) {
  if (const char* end = strchrnul(format, '%'); !*end) return newStr({format, static_cast<size_t>(end - format)}); // as many are
  char text[kShortMessage];
  Passed once;
  va_copy(once.list, arguments);
  const int64_t length = formatShort(text, format, once);
  va_end(once.list);
  if (length >= 0) return newStrAscii(text, static_cast<size_t>(length));
  StrBuilder out;
  Passed rest;
  va_copy(rest.list, arguments);
  bool ok = true;
  const char* p = format;
  while (*p && ok) {
    size_t plain = strcspn(p, "%");
    if (plain) addUtf8(out, {p, plain});
    p += plain;
    if (!*p) break;
    Directive d;
    p = parse(p + 1, d, rest);
    ok = addArgument(out, d, rest);
  }
  va_end(rest.list);
  return ok ? out.take() : Value();
}

Value formatText(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Value text = formatTextV(format, arguments);
  va_end(arguments);
  return text;
}

} // namespace krait
