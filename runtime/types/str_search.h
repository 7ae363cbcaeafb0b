// Substring search over any width, shared by str and the bytes types. Forward
// search looks at sixteen places at a time for the first and the last byte; what
// that does not find soon is for glibc's memmem (two-way, linear), as is wide text:
// a match of the raw bytes counts when it is aligned. Nothing here allocates or raises.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <cwchar>

namespace krait::search {

/// The lowest byte that is zero has its highest bit set; those above it may be wrong.
inline uint64_t zeroBytes(uint64_t word) { return (word - 0x0101010101010101u) & ~word & 0x8080808080808080u; }

/// How many bytes at p stand in a literal as they are: ASCII that is printed, no backslash, and neither of these quotes.
inline int64_t plainPrefix(const uint8_t* p, int64_t n, uint8_t quote, uint8_t other) {
  constexpr uint64_t kEach = 0x0101010101010101u;
  int64_t i = 0;
  for (; n - i >= 8; i += 8) {
    uint64_t word;
    std::memcpy(&word, p + i, 8);
    const uint64_t below = word - kEach * ' ';
    const uint64_t special = (below & ~word & kEach * 0x80) | (word & kEach * 0x80) | zeroBytes(word ^ kEach * 0x7f) | zeroBytes(word ^ kEach * '\\') |
                             zeroBytes(word ^ kEach * quote) | zeroBytes(word ^ kEach * other);
    if (special) return i + __builtin_ctzll(special) / 8; // each is sure of its lowest one
  }
  while (i < n && p[i] >= ' ' && p[i] < 0x7f && p[i] != '\\' && p[i] != quote && p[i] != other) ++i;
  return i;
}

/// Where c is among fewer than eight bytes, or -1.
inline int64_t findCharInFew(const uint8_t* p, int64_t n, uint8_t c) {
  if (n < 4) {
    for (int64_t i = 0; i < n; ++i)
      if (p[i] == c) return i;
    return -1;
  }
  uint32_t first, last; // they overlap: what both have is found in the first
  std::memcpy(&first, p, 4);
  std::memcpy(&last, p + n - 4, 4);
  const uint64_t hit = zeroBytes((first | uint64_t{last} << 32) ^ 0x0101010101010101u * c);
  const int64_t at = hit ? __builtin_ctzll(hit) / 8 : -1;
  return at < 4 ? at : at + n - 8;
}

/// The top bit of each byte of the word that is c.
inline uint64_t bytesEqual(uint64_t word, uint8_t c) {
  constexpr uint64_t kEach = 0x0101010101010101u, kLow = kEach * 0x7f;
  word ^= kEach * c;
  return ~(((word & kLow) + kLow) | word | kLow);
}

template <class C> int64_t findChar(const C* p, int64_t n, C c) {
  if constexpr (sizeof(C) == 1) {
    // Most searches end soon, or have little to look at.
    constexpr int64_t kSoon = 32;
    int64_t i = 0;
    if (n < 8) return findCharInFew(reinterpret_cast<const uint8_t*>(p), n, static_cast<uint8_t>(c));
    for (const uint64_t wanted = 0x0101010101010101u * static_cast<uint8_t>(c); i < kSoon; i += 8) {
      const bool isEnd = n - i < 8;
      if (isEnd) i = n - 8; // again some that it is not among
      uint64_t word;
      std::memcpy(&word, p + i, 8);
      if (const uint64_t hit = zeroBytes(word ^ wanted)) return i + __builtin_ctzll(hit) / 8;
      if (isEnd) return -1;
    }
    auto* at = n > i ? static_cast<const C*>(std::memchr(p + i, c, static_cast<size_t>(n - i))) : nullptr;
    return at ? at - p : -1;
  } else if constexpr (sizeof(C) == 4) {
    auto* at = n ? wmemchr(reinterpret_cast<const wchar_t*>(p), static_cast<wchar_t>(c), static_cast<size_t>(n)) : nullptr;
    return at ? at - reinterpret_cast<const wchar_t*>(p) : -1;
  } else {
    typedef uint16_t Eight __attribute__((vector_size(16)));
    const Eight wanted = Eight{} + static_cast<uint16_t>(c);
    int64_t i = 0;
    if (n < 8) {
      for (; i < n; ++i)
        if (p[i] == c) return i;
      return -1;
    }
    for (; i < n; i += 8) {
      if (i > n - 8) i = n - 8; // again some that it is not among
      Eight chars;
      std::memcpy(&chars, p + i, sizeof chars);
      const auto same = chars == wanted;
      uint64_t halves[2];
      std::memcpy(halves, &same, sizeof halves);
      if (halves[0] | halves[1]) return i + (halves[0] ? __builtin_ctzll(halves[0]) / 16 : 4 + __builtin_ctzll(halves[1]) / 16);
    }
    return -1;
  }
}
template <class C> int64_t findLastChar(const C* p, int64_t n, C c) {
  if constexpr (sizeof(C) == 1) {
    auto* at = n ? static_cast<const C*>(memrchr(p, c, static_cast<size_t>(n))) : nullptr;
    return at ? at - p : -1;
  } else {
    while (n > 0)
      if (p[--n] == c) return n;
    return -1;
  }
}

/// Sixteen places that s[0..m), m > 1, may begin at: those where its first and its last byte are.
class PlacesByEnds {
public:
  static constexpr int64_t kPlaces = 16;
  PlacesByEnds(const uint8_t* s, int64_t m) : first_(Places{} + s[0]), last_(Places{} + s[m - 1]), toLast_(m - 1) {}
  /// Whether any is among those from p on; each byte of the two words is a place, 0 or ff.
  [[gnu::always_inline]] bool find(const uint8_t* p, uint64_t halves[2]) const {
    Places atFirst, atLast;
    std::memcpy(&atFirst, p, kPlaces);
    std::memcpy(&atLast, p + toLast_, kPlaces);
    const Places both = (atFirst == first_) & (atLast == last_);
    std::memcpy(halves, &both, kPlaces);
    return halves[0] | halves[1];
  }

private:
  typedef uint8_t Places __attribute__((vector_size(16)));
  const Places first_, last_;
  const int64_t toLast_;
};

/// Whether these n bytes are the same; mostly there are few.
[[gnu::always_inline]] inline bool sameMiddle(const uint8_t* a, const uint8_t* b, size_t n) {
  if (n > 8) return !std::memcmp(a, b, n);
  for (size_t i = 0; i < n; ++i)
    if (a[i] != b[i]) return false;
  return true;
}

/// First occurrence of s[0..m), m > 1, that begins in [*from, end - m], or null: there is none before *from, which is behind the last
/// place if there is none at all.
inline const uint8_t* findByEnds(const uint8_t** from, const uint8_t* end, const uint8_t* s, int64_t m) {
  constexpr int64_t kPlaces = PlacesByEnds::kPlaces;
  const uint8_t *p = *from, *const begin = p, *const last = end - m;
  const auto middle = static_cast<size_t>(m - 2);
  const PlacesByEnds places(s, m);
  for (int64_t missed = 0; p <= last && last - begin >= kPlaces - 1; p += kPlaces) {
    if (p > last - (kPlaces - 1)) p = last - (kPlaces - 1); // again some of those before
    uint64_t halves[2];
    if (!places.find(p, halves)) [[likely]] continue;
    for (int half = 0; half < 2; ++half) {
      for (uint64_t hits = halves[half] & 0x0101010101010101u; hits; hits &= hits - 1, missed += m) {
        const uint8_t* at = p + 8 * half + __builtin_ctzll(hits) / 8;
        if (sameMiddle(at + 1, s + 1, middle)) return at;
      }
    }
    if (missed <= 512 + 2 * (p - begin)) continue;
    *from = p + kPlaces;
    return nullptr;
  }
  for (; p <= last; ++p) // all there is
    if (p[0] == s[0] && p[m - 1] == s[m - 1] && sameMiddle(p + 1, s + 1, middle)) return p;
  *from = p;
  return nullptr;
}

/// First occurrence of s[0..m) in p[0..n), or -1.
template <class C> int64_t find(const C* p, int64_t n, const C* s, int64_t m) {
  if (m > n) return -1;
  if (m == 0) return 0;
  if (m == 1) return findChar(p, n, s[0]);
  const C* from = p;
  const C* end = p + n;
  if constexpr (sizeof(C) == 1)
    if (const C* at = findByEnds(&from, end, s, m)) return at - p;
  while (end - from >= m) {
    const void* at = memmem(from, static_cast<size_t>(end - from) * sizeof(C), s, static_cast<size_t>(m) * sizeof(C));
    if (!at) return -1;
    const auto distance = static_cast<size_t>(static_cast<const char*>(at) - reinterpret_cast<const char*>(p));
    if (distance % sizeof(C) == 0) return static_cast<int64_t>(distance / sizeof(C));
    from = p + distance / sizeof(C) + 1;
  }
  return -1;
}
/// found(at) of the occurrences of s[0..m), m > 1, without overlap, until it answers false (most becomes 0 then) or there were `most`: each place is
/// looked at once. Where the rest begins, which is too short for this, or has too much that looks like s.
template <class Found> int64_t eachByEnds(const uint8_t* p, int64_t n, const uint8_t* s, int64_t m, int64_t& most, Found&& found) {
  constexpr int64_t kPlaces = PlacesByEnds::kPlaces;
  const PlacesByEnds places(s, m);
  const auto middle = static_cast<size_t>(m - 2);
  const int64_t last = n - m;
  int64_t from = 0, next = 0;
  for (int64_t missed = 0; most > 0 && from + (kPlaces - 1) <= last; from = std::max(from + kPlaces, next)) {
    uint64_t halves[2];
    if (!places.find(p + from, halves)) [[likely]] continue;
    for (int half = 0; half < 2; ++half) {
      for (uint64_t hits = halves[half] & 0x0101010101010101u; hits; hits &= hits - 1) {
        const int64_t at = from + 8 * half + __builtin_ctzll(hits) / 8;
        if (at < next) continue;
        if (!sameMiddle(p + at + 1, s + 1, middle)) {
          missed += m;
          continue;
        }
        most = found(at) ? most - 1 : 0;
        next = at + m;
        if (most == 0) return next;
      }
    }
    if (missed > 512 + 2 * from) return std::max(from + kPlaces, next);
  }
  return std::max(from, next);
}
/// The same of anything that is not empty, to the end.
template <class C, class Found> void eachMatch(const C* p, int64_t n, const C* s, int64_t m, int64_t most, Found&& found) {
  int64_t next = 0;
  if constexpr (sizeof(C) == 1)
    if (m > 1) next = eachByEnds(p, n, s, m, most, found);
  for (; most > 0; --most) {
    const int64_t at = n - next < m ? -1 : find(p + next, n - next, s, m);
    if (at < 0 || !found(next + at)) return;
    next += at + m;
  }
}
/// Last occurrence of s[0..m), m > 1, in p[0..n), or -1: sixteen places at a time, from the end.
inline int64_t findLastByEnds(const uint8_t* p, int64_t n, const uint8_t* s, int64_t m) {
  constexpr int64_t kPlaces = PlacesByEnds::kPlaces;
  const auto middle = static_cast<size_t>(m - 2);
  const PlacesByEnds places(s, m);
  int64_t limit = n - m + 1; // a match begins before it
  for (; limit >= kPlaces; limit -= kPlaces) {
    const uint8_t* from = p + limit - kPlaces;
    uint64_t halves[2];
    if (!places.find(from, halves)) [[likely]] continue;
    for (int half = 1; half >= 0; --half) {
      for (uint64_t hits = halves[half] & 0x0101010101010101u; hits;) {
        const int bit = 63 - __builtin_clzll(hits);
        hits ^= uint64_t{1} << bit;
        const uint8_t* at = from + 8 * half + bit / 8;
        if (!std::memcmp(at + 1, s + 1, middle)) return at - p;
      }
    }
  }
  while (limit-- > 0)
    if (p[limit] == s[0] && p[limit + m - 1] == s[m - 1] && !std::memcmp(p + limit + 1, s + 1, middle)) return limit;
  return -1;
}
/// Last occurrence, or -1: candidates are found by the needle's first element, and in bytes by its last one too.
template <class C> int64_t findLast(const C* p, int64_t n, const C* s, int64_t m) {
  if (m > n) return -1;
  if (m == 0) return n;
  if constexpr (sizeof(C) == 1)
    if (m > 1) return findLastByEnds(p, n, s, m);
  for (int64_t limit = n - m + 1; limit > 0;) {
    const int64_t at = findLastChar(p, limit, s[0]);
    if (at < 0) return -1;
    if (p[at + m - 1] == s[m - 1] && !std::memcmp(p + at, s, static_cast<size_t>(m) * sizeof(C))) return at;
    limit = at;
  }
  return -1;
}
/// Occurrences without overlap, at most `most`.
template <class C> int64_t count(const C* p, int64_t n, const C* s, int64_t m, int64_t most = INT64_MAX) {
  if (m == 0) return n + 1 < most ? n + 1 : most;
  int64_t found = 0;
  if (m == 1 && most == INT64_MAX) {
    for (int64_t i = 0; i < n; ++i) found += p[i] == s[0];
    return found;
  }
  eachMatch(p, n, s, m, most, [&](int64_t) { return ++found, true; });
  return found;
}

/// Gives `add` the bounds of the pieces between the bytes `c`, at most `most` and the rest, until it answers false: all of a word's at once while
/// they are near to each other.
template <class Add> bool splitAt(const uint8_t* p, int64_t n, uint8_t c, int64_t most, Add&& add) {
  constexpr int64_t kFar = 32;
  int64_t from = 0, i = 0;
  while (most > 0 && n - i >= 8) {
    uint64_t word;
    std::memcpy(&word, p + i, 8);
    uint64_t hits = bytesEqual(word, c);
    for (; hits && most > 0; hits &= hits - 1, --most) {
      const int64_t at = i + __builtin_ctzll(hits) / 8;
      if (!add(from, at)) return false;
      from = at + 1;
    }
    i += 8;
    if (i - from < kFar) continue;
    auto* next = static_cast<const uint8_t*>(std::memchr(p + i, c, static_cast<size_t>(n - i)));
    i = next ? next - p : n;
  }
  if (most <= 0) return add(from, n);
  uint64_t hits = 0; // of the last few bytes
  if (n >= 8 && i < n) {
    uint64_t word;
    std::memcpy(&word, p + n - 8, 8);
    hits = bytesEqual(word, c) >> 8 * (8 - (n - i));
  } else {
    for (int64_t k = i; k < n; ++k) hits |= uint64_t{p[k] == c} << (8 * (k - i) + 7);
  }
  for (; hits && most > 0; hits &= hits - 1, --most) {
    const int64_t at = i + __builtin_ctzll(hits) / 8;
    if (!add(from, at)) return false;
    from = at + 1;
  }
  return add(from, n);
}

/// `start` and `end` as Python slices clip them to a length.
inline void clip(int64_t length, int64_t& start, int64_t& end) {
  if (end > length) end = length;
  else if (end < 0 && (end += length) < 0) end = 0;
  if (start < 0 && (start += length) < 0) start = 0;
}

} // namespace krait::search
