// Padding: center, ljust, rjust, zfill, expandtabs.
#include <algorithm>
#include <cstring>
#include <type_traits>

#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

/// Characters up to a width.
int64_t missing(Value v, int64_t width) { return width > asStr(v)->length ? width - asStr(v)->length : 0; }

Value pad(Value v, int64_t left, int64_t right, uint32_t fill) {
  if (left <= 0 && right <= 0) return strExact(v);
  const StrObject* s = asStr(v);
  if (left > INT64_MAX / 8 || right > INT64_MAX / 8) return raiseNoMemory();
  const uint32_t limit = fill > widthLimit(s) ? fill : s->length ? widthLimit(s) : fill;
  if (left + s->length + right == 1) return newStrFromChar(fill);
  StrObject* out = newStrRaw(left + s->length + right, limit);
  if (!out) return {};
  if (out->kind == 1) {
    std::memset(out->data(), static_cast<int>(fill), static_cast<size_t>(left));
    std::memcpy(out->data() + left, s->data(), static_cast<size_t>(s->length));
    std::memset(out->data() + left + s->length, static_cast<int>(fill), static_cast<size_t>(right));
    return strValue(out);
  }
  copyChars(out->data(), out->kind, left, s, 0, s->length);
  withMutableChars(out, [&](auto* to) {
    using C = std::remove_reference_t<decltype(*to)>;
    for (int64_t i = 0; i < left; ++i) to[i] = static_cast<C>(fill);
    for (int64_t i = left + s->length; i < out->length; ++i) to[i] = static_cast<C>(fill);
  });
  return strValue(out);
}

/// width in argv[0], fill character in argv[1].
bool padArguments(const Value* argv, int64_t* width, uint32_t* fill) {
  *fill = ' ';
  if (!sizeArgument(argv[0], width)) return false;
  if (!argv[1]) return true;
  if (!isStr(argv[1])) {
    raise(TypeErrorType, "The fill character must be a unicode character, not %.100s", typeOf(argv[1])->name);
    return false;
  }
  if (asStr(argv[1])->length != 1) {
    raise(TypeErrorType, "The fill character must be exactly one character long");
    return false;
  }
  *fill = asStr(argv[1])->at(0);
  return true;
}

} // namespace

Value strCenter(Value v, const Value* argv) {
  int64_t width;
  uint32_t fill;
  if (!padArguments(argv, &width, &fill)) return {};
  const int64_t marg = missing(v, width);
  if (marg == 0) return strExact(v);
  const int64_t left = marg / 2 + (marg & width & 1);
  return pad(v, left, marg - left, fill);
}
Value strLjust(Value v, const Value* argv) {
  int64_t width;
  uint32_t fill;
  if (!padArguments(argv, &width, &fill)) return {};
  return pad(v, 0, missing(v, width), fill);
}
Value strRjust(Value v, const Value* argv) {
  int64_t width;
  uint32_t fill;
  if (!padArguments(argv, &width, &fill)) return {};
  return pad(v, missing(v, width), 0, fill);
}

Value strZfill(Value v, Value widthValue) {
  int64_t width;
  if (!sizeArgument(widthValue, &width)) return {};
  const StrObject* s = asStr(v);
  if (s->length >= width) return strExact(v);
  const int64_t zeros = width - s->length;
  Ref padded(pad(v, zeros, 0, '0'));
  if (!padded || s->length == 0) return padded.release();
  const uint32_t sign = s->at(0);
  if (sign != '+' && sign != '-') return padded.release();
  StrObject* out = asStr(padded); // ours alone: at least two code points
  putChar(out->data(), out->kind, 0, sign);
  putChar(out->data(), out->kind, zeros, '0');
  return padded.release();
}

/// The first tab or line end of p[i, n), or n.
template <class C> static int64_t nextControl(const C* p, int64_t i, int64_t n) {
  if constexpr (sizeof(C) == 1) {
    // Eight at a time are passed if none is as low as those.
    constexpr uint64_t kHigh = 0x8080808080808080, kAbove = 0x0e0e0e0e0e0e0e0e;
    for (uint64_t word; n - i >= 8; i += 8) {
      std::memcpy(&word, p + i, 8);
      if (const uint64_t maybe = (word - kAbove) & ~word & kHigh) {
        i += __builtin_ctzll(maybe) / 8;
        break;
      }
    }
  }
  while (i < n && p[i] != '\t' && p[i] != '\n' && p[i] != '\r') ++i;
  return i;
}

/// `copy(from, to)` what stands between tabs, `fill(n)` for each; false: an error.
template <class C, class Copy, class Fill> static bool expand(const C* p, int64_t n, int64_t tabSize, Copy copy, Fill fill) {
  int64_t column = 0;
  for (int64_t from = 0, at = 0;;) {
    const int64_t next = nextControl(p, at, n);
    column += next - at;
    at = next + 1;
    if (next < n && p[next] != '\t') {
      column = 0;
      continue;
    }
    copy(from, next);
    if (next == n) return true;
    from = at;
    const int64_t step = tabSize > 0 ? tabSize - column % tabSize : 0;
    column += step;
    if (!fill(step)) return false;
  }
}

Value strExpandtabs(Value v, const Value* argv) {
  int tabSize = 8;
  if (!intArgument(argv[0], &tabSize)) return {};
  const StrObject* s = asStr(v);
  return withChars(s, [&](const auto* p) -> Value {
    bool found = false;
    int64_t length = 0;
    const bool fits = expand(
        p, s->length, tabSize, [&](int64_t from, int64_t to) { length += to - from; },
        [&](int64_t spaces) {
          found = true;
          return !__builtin_add_overflow(length, spaces, &length) && length <= INT64_MAX / 8;
        });
    if (!fits) return raise(OverflowErrorType, "new string is too long");
    if (!found) return strExact(v);
    using C = std::remove_cvref_t<decltype(*p)>;
    C one = 0;
    StrObject* out = length > 1 ? newStrRaw(length, widthLimit(s)) : nullptr; // nothing of it is gone but tabs
    if (length > 1 && !out) return {};
    C* to = out ? reinterpret_cast<C*>(out->data()) : &one;
    expand(
        p, s->length, tabSize, [&](int64_t from, int64_t end) { to = std::copy(p + from, p + end, to); },
        [&](int64_t spaces) {
          to = std::fill_n(to, spaces, static_cast<C>(' '));
          return true;
        });
    return out ? strValue(out) : length ? newStrFromChar(one) : emptyStr();
  });
}

} // namespace krait
