// split, rsplit, splitlines, partition and the strip family of str.
#include <algorithm>
#include <bit>
#include <cstring>
#include "runtime/abi/pieces.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"
#include "runtime/types/waiting_pieces.h"
#include "runtime/unicode/char_types.h"

namespace krait {
namespace {

/// v[from:to].
inline Value piece(Value v, int64_t from, int64_t to) {
  const StrObject* s = asStr(v);
  const int64_t n = to - from;
  return s->flags & kStrAscii && n < s->length ? newStrAscii(reinterpret_cast<const char*>(s->data()) + from, static_cast<size_t>(n))
                                               : strSubstring(v, from, to);
}

/// Adds v[from:to] to a list of str; false on error.
inline bool addPiece(Value list, Value v, int64_t from, int64_t to) {
  const Value part = piece(v, from, to);
  if (!part) return false;
  ListObject* l = asList(list);
  if (l->size == l->capacity) return krt_list_append(list, part) >= 0;
  l->content = 0;
  l->items[l->size++] = part;
  return true;
}

/// Printing ASCII, as most characters are.
template <class C> bool isPlainlyNoSpace(C c) { return c - '!' <= '~' - '!' && c >= '!'; }

/// Where the word that `p[i]` is in ends. The characters are a str's, so eight bytes that end where they do can be read.
template <class C> int64_t endOfWord(const C* p, int64_t i, int64_t n) {
  if constexpr (sizeof(C) == 1) {
    // Eight at a time, zeros behind the end: those up to ' ', and those that are not ASCII, may be spaces.
    constexpr uint64_t kHigh = 0x8080808080808080, kAboveSpace = 0x2121212121212121;
    while (i < n) {
      uint64_t word;
      if (n - i >= 8) {
        std::memcpy(&word, p + i, 8);
      } else {
        std::memcpy(&word, p + n - 8, 8);
        word >>= 8 * (8 - (n - i));
      }
      const uint64_t maybe = (((word - kAboveSpace) & ~word) | word) & kHigh;
      if (!maybe) {
        i += 8;
        continue;
      }
      i += __builtin_ctzll(maybe) / 8;
      if (i >= n) return n;
      if (p[i] == ' ' || unicode::isSpace(p[i])) return i;
      ++i;
    }
    return n;
  }
  while (i < n && !unicode::isSpace(p[i])) ++i;
  return i;
}

/// Which of 16 bytes `test` finds.
template <class Test> inline uint32_t foundAmong(const uint8_t* p, const Test& test) {
  using Bytes [[gnu::vector_size(16)]] = uint8_t;
  using Flags = bool __attribute__((ext_vector_type(16)));
  Bytes b;
  std::memcpy(&b, p, sizeof b);
  return std::bit_cast<uint16_t>(__builtin_convertvector(test(b), Flags));
}
/// The same of up to 64 from p[at] on, of n: a bit each. What stands before a str's characters can be read.
template <class Test> [[gnu::always_inline]] inline uint64_t foundFrom(const uint8_t* p, int64_t at, int64_t n, const Test& test) {
  constexpr int64_t kAtOnce = 16, kMost = 64;
  static_assert(sizeof(StrObject) >= kAtOnce);
  uint64_t all = 0;
  for (int64_t i = 0; i < kMost; i += kAtOnce) {
    const int64_t rest = n - at - i;
    if (rest < kAtOnce) return rest > 0 ? all | uint64_t{foundAmong(p + n - kAtOnce, test) >> (kAtOnce - rest)} << i : all;
    all |= uint64_t{foundAmong(p + at + i, test)} << i;
  }
  return all;
}
/// Spaces of Latin-1.
inline uint64_t spacesFrom(const uint8_t* p, int64_t at, int64_t n) {
  return foundFrom(p, at, n, [](auto b) { return (b == ' ') | (b - '\t' <= '\r' - '\t') | (b - 0x1c <= 0x1f - 0x1c) | (b == 0x85) | (b == 0xa0); });
}
/// The words of a str of bytes: where one begins or ends, a byte is a space and its neighbour none.
[[gnu::noinline]] bool splitSpaces(Value list, Value v, const uint8_t* p, int64_t n, int64_t most) {
  constexpr int64_t kBits = 64;
  int64_t word = -1; // where the one begins that has not ended; -1: none
  uint64_t before = 1;
  for (int64_t at = 0; at < n; at += kBits) {
    const uint64_t spaces = spacesFrom(p, at, n);
    uint64_t edges = spaces ^ (spaces << 1 | before);
    if (n - at < kBits) edges &= (uint64_t{1} << (n - at)) - 1;
    before = spaces >> (kBits - 1);
    while (edges) {
      if (word < 0) {
        word = at + __builtin_ctzll(edges);
        edges &= edges - 1;
        if (most-- <= 0) return addPiece(list, v, word, n);
        if (!edges) break;
      }
      if (!addPiece(list, v, word, at + __builtin_ctzll(edges))) return false;
      edges &= edges - 1;
      word = -1;
    }
  }
  return word < 0 || addPiece(list, v, word, n);
}
template <class C> bool splitSpaces(Value list, Value v, const C* p, int64_t n, int64_t most) {
  int64_t i = 0;
  for (;; --most) {
    while (i < n && !isPlainlyNoSpace(p[i]) && unicode::isSpace(p[i])) ++i;
    if (i == n) return true;
    if (most <= 0) return addPiece(list, v, i, n);
    const int64_t end = endOfWord(p, i, n);
    if (!addPiece(list, v, i, end)) return false;
    i = end + (end < n); // a space ended it
  }
}
template <class C> bool rsplitSpaces(Value list, Value v, const C* p, int64_t n, int64_t most) {
  int64_t end = n;
  for (;; --most) {
    while (end > 0 && unicode::isSpace(p[end - 1])) --end;
    if (end == 0) return true;
    int64_t from = end;
    if (most <= 0) return addPiece(list, v, 0, end);
    while (from > 0 && !unicode::isSpace(p[from - 1])) --from;
    if (!addPiece(list, v, from, end)) return false;
    end = from;
  }
}

[[gnu::noinline]] bool splitAtByte(Value list, Value v, const uint8_t* p, int64_t n, uint8_t c, int64_t most) {
  return search::splitAt(p, n, c, most, [&](int64_t from, int64_t to) { return addPiece(list, v, from, to); });
}

/// The common part: sep in argv[0], maxsplit in argv[1].
Value splitText(Value v, const Value* argv, bool fromRight) {
  int64_t most = -1;
  if (!sizeArgument(argv[1], &most)) return {};
  if (most < 0) most = INT64_MAX;
  const StrObject* s = asStr(v);
  Ref list(newPieceList(most));
  if (!list) return {};
  if (!argv[0] || isNone(argv[0])) {
    const bool done = withChars(s, [&](auto* p) {
      return fromRight ? rsplitSpaces(list, v, p, s->length, most) : splitSpaces(list, v, p, s->length, most);
    });
    if (!done) return {};
    if (fromRight) listReverse(list);
    return list.release();
  }
  if (!isStr(argv[0])) return raise(TypeErrorType, "must be str or None, not %.100s", typeOf(argv[0])->name);
  const StrObject* sep = asStr(argv[0]);
  if (sep->length == 0) return raise(ValueErrorType, "empty separator");
  if (sep->kind > s->kind || sep->length > s->length) {
    Value whole = strSubstring(v, 0, s->length);
    if (!whole) return {};
    return krt_list_new(&whole, 1);
  }
  if (s->kind == 1 && sep->length == 1 && !fromRight) // as most are
    return splitAtByte(list, v, s->data(), s->length, sep->data()[0], most) ? list.release() : Value();
  const bool done = withWidened(s, sep, [&](auto* p, auto* needle) {
    const int64_t m = sep->length;
    int64_t from = 0, to = s->length;
    for (int64_t at; m == 1 && !fromRight && most > 0 && (at = search::findChar(p + from, to - from, needle[0])) >= 0; --most) {
      if (!addPiece(list, v, from, from + at)) return false;
      from += at + 1;
    }
    if (m == 1 && !fromRight) return addPiece(list, v, from, to);
    for (; most > 0; --most) {
      const int64_t at = fromRight ? search::findLast(p, to, needle, m) : search::find(p + from, to - from, needle, m);
      if (at < 0) break;
      if (fromRight) {
        if (!addPiece(list, v, at + m, to)) return false;
        to = at;
      } else {
        if (!addPiece(list, v, from, from + at)) return false;
        from += at + m;
      }
    }
    return addPiece(list, v, from, to);
  });
  if (!done) return {};
  if (fromRight) listReverse(list);
  return list.release();
}

// ---- one piece, without the others ----

/// v[from:to]; none is where `to` is negative.
struct Bounds { int64_t from = 0, to = -1; };
struct Characters { const uint8_t* data; int64_t length; };

/// Where `sep` is next in p[from:to], from the left or the right end; -1.
int64_t separatorIn(const uint8_t* p, int64_t from, int64_t to, Characters sep, bool fromRight) {
  if (sep.length == 1) {
    const int64_t at = fromRight ? search::findLastChar(p + from, to - from, sep.data[0]) : search::findChar(p + from, to - from, sep.data[0]);
    return at < 0 ? at : from + at;
  }
  const int64_t at = fromRight ? search::findLast(p + from, to - from, sep.data, sep.length) : search::find(p + from, to - from, sep.data, sep.length);
  return at < 0 ? at : from + at;
}
/// The piece that `others` are in front of (fromRight: behind), of a text that is divided `most` times at the most: the last one is all the rest.
Bounds pieceBehind(Characters text, Characters sep, int64_t others, int64_t most, bool fromRight) {
  int64_t from = 0, to = text.length;
  for (int64_t passed = 0;; ++passed) {
    const int64_t at = passed == most ? -1 : separatorIn(text.data, from, to, sep, fromRight);
    if (passed == others) return at < 0 ? Bounds{from, to} : fromRight ? Bounds{at + sep.length, to} : Bounds{from, at};
    if (at < 0) return {};
    if (fromRight) to = at;
    else from = at + sep.length;
  }
}
/// The same between spaces.
Bounds wordBehind(Characters text, int64_t others, int64_t most, bool fromRight) {
  const uint8_t* p = text.data;
  int64_t from = 0, to = text.length;
  for (int64_t passed = 0;; ++passed) {
    if (fromRight) while (to > 0 && unicode::isSpace(p[to - 1])) --to;
    else while (from < to && unicode::isSpace(p[from])) ++from;
    if (from == to) return {};
    if (passed == most) return passed == others ? Bounds{from, to} : Bounds{};
    int64_t edge = fromRight ? to : endOfWord(p, from, to);
    if (fromRight) while (edge > 0 && !unicode::isSpace(p[edge - 1])) --edge;
    if (passed == others) return fromRight ? Bounds{edge, to} : Bounds{from, edge};
    (fromRight ? to : from) = edge;
  }
}
/// The same of one that is divided once at the most.
Bounds halfOf(Characters text, Characters sep, int64_t index, bool fromRight) {
  const int64_t at = separatorIn(text.data, 0, text.length, sep, fromRight);
  if (at < 0) return index == 0 || index == -1 ? Bounds{0, text.length} : Bounds{};
  if (index == 0 || index == -2) return {0, at};
  return index == 1 || index == -1 ? Bounds{at + sep.length, text.length} : Bounds{};
}
/// Where item `index` of the list of pieces stands, as far as that can be told without counting them.
Bounds boundsOf(Value v, const Value* args, uint64_t count, int64_t index, bool fromRight) {
  const auto of = [](Value text) { return Characters{asStr(text)->data(), asStr(text)->length}; };
  const bool atSpaces = count == 0 || isNone(args[0]), isBehind = index < 0;
  if (asStr(v)->kind != 1 || (count > 1 && !args[1].isSmallInt())) return {};
  const int64_t most = count > 1 && args[1].smallInt() >= 0 ? args[1].smallInt() : INT64_MAX, others = isBehind ? -1 - index : index;
  if (most != INT64_MAX && isBehind != fromRight && (most != 1 || atSpaces)) return {};
  if (atSpaces) return wordBehind(of(v), others, most, isBehind);
  if (!isExactStr(args[0]) || asStr(args[0])->kind != 1 || asStr(args[0])->length == 0) return {};
  const Characters sep = of(args[0]);
  if (most == 1) return halfOf(of(v), sep, index, fromRight);
  if (sep.length > 1 && isBehind != fromRight) return {}; // in "aaa" it is elsewhere from the other end
  return pieceBehind(of(v), sep, others, most, isBehind);
}

/// The same of what (r)partition gives, of which the separator is left to others.
Bounds partBeside(Value v, const Value* args, uint64_t count, int64_t index, bool fromRight) {
  constexpr int64_t kParts = 3;
  if (index < 0) index += kParts;
  if (count != 1 || asStr(v)->kind != 1 || !isExactStr(args[0]) || asStr(args[0])->kind != 1 || asStr(args[0])->length == 0 || (index != 0 && index != 2)) return {};
  const Characters text{asStr(v)->data(), asStr(v)->length}, sep{asStr(args[0])->data(), asStr(args[0])->length};
  const int64_t at = separatorIn(text.data, 0, text.length, sep, fromRight);
  const int64_t before = at >= 0 ? at : fromRight ? 0 : text.length, behind = at >= 0 ? at + sep.length : before;
  return index == 0 ? Bounds{0, before} : Bounds{behind, text.length};
}

// ---- all pieces, which are unpacked at once ----

struct Edges { int64_t from, to; };
constexpr int64_t kFewCharacters = 63; // and a bit for what is behind them

/// Where the words stand, of a text that is divided `most` times at the most; false: there are not `n`.
bool edgesOfWords(Characters text, int64_t most, Edges* out, int64_t n) {
  if (text.length <= kFewCharacters && most >= n) { // as most lines are
    const uint64_t words = ~spacesFrom(text.data, 0, text.length) & ((uint64_t{1} << text.length) - 1);
    uint64_t first = words & ~(words << 1), behind = ~words & words << 1;
#pragma clang loop unroll(disable)
    for (int64_t i = 0; i < n; ++i, first &= first - 1, behind &= behind - 1) {
      if (!first) return false;
      out[i] = {__builtin_ctzll(first), __builtin_ctzll(behind)};
    }
    return !first;
  }
  int64_t from = 0;
  for (int64_t i = 0;; ++i) {
    while (from < text.length && !isPlainlyNoSpace(text.data[from]) && unicode::isSpace(text.data[from])) ++from;
    if (from == text.length) return i == n;
    if (i == n) return false;
    out[i] = {from, i == most ? text.length : endOfWord(text.data, from, text.length)};
    from = out[i].to;
  }
}
/// The same between separators.
bool edgesBetween(Characters text, Characters sep, int64_t most, Edges* out, int64_t n) {
  int64_t from = 0;
  if (text.length <= kFewCharacters && sep.length == 1) {
    const uint8_t c = sep.data[0];
    uint64_t found = foundFrom(text.data, 0, text.length, [c](auto b) { return b == c; });
    if (most < n - 1) return false;
#pragma clang loop unroll(disable)
    for (int64_t i = 0; i < n - 1; ++i, found &= found - 1) {
      if (!found) return false;
      const int64_t at = __builtin_ctzll(found);
      out[i] = {from, at};
      from = at + 1;
    }
    out[n - 1] = {from, text.length};
    return !found || most == n - 1;
  }
  for (int64_t i = 0;; ++i) {
    const int64_t at = i == most ? -1 : separatorIn(text.data, from, text.length, sep, false);
    out[i] = {from, at < 0 ? text.length : at};
    if (at < 0) return i + 1 == n;
    if (i + 1 == n) return false;
    from = at + sep.length;
  }
}
/// The same of what (r)split gives, as far as that is told from the left; false, too, where the arguments are others.
bool edgesOfAll(Value v, const Value* args, uint64_t count, bool fromRight, Edges* out, int64_t n) {
  const Characters text{asStr(v)->data(), asStr(v)->length};
  const bool atSpaces = count == 0 || isNone(args[0]);
  if (count > 2 || asStr(v)->kind != 1 || (count > 1 && !args[1].isSmallInt())) return false;
  const int64_t most = count > 1 && args[1].smallInt() >= 0 ? args[1].smallInt() : INT64_MAX;
  if (fromRight && most != INT64_MAX && (most != 1 || atSpaces || n != 2)) return false;
  if (atSpaces) return edgesOfWords(text, most, out, n);
  if (!isExactStr(args[0]) || asStr(args[0])->kind != 1 || asStr(args[0])->length == 0) return false;
  const Characters sep{asStr(args[0])->data(), asStr(args[0])->length};
  if (!fromRight) return edgesBetween(text, sep, most, out, n);
  if (most != 1) return sep.length == 1 && edgesBetween(text, sep, most, out, n); // in "aaa" it is elsewhere from the other end
  const int64_t at = separatorIn(text.data, 0, text.length, sep, true);
  out[0] = {0, at};
  out[1] = {at + sep.length, text.length};
  return at >= 0;
}

Value waitingItems[kMostPiecesUnpacked];

/// The pieces wait; null with MemoryError.
Value waitFor(Value v, const Edges* edges, int64_t n) {
#pragma clang loop unroll(disable)
  for (int64_t i = 0; i < n; ++i) {
    waitingItems[i] = piece(v, edges[i].from, edges[i].to);
    if (waitingItems[i]) [[likely]] continue;
    while (i > 0) decref(waitingItems[--i]);
    return {};
  }
  return Value(&waitingPieces.header);
}
/// What (r)partition gives, of which the arguments are the separator alone.
Value waitForParts(Value v, Value sep, bool fromRight) {
  const int64_t n = asStr(v)->length, m = asStr(sep)->length, at = separatorIn(asStr(v)->data(), 0, n, {asStr(sep)->data(), m}, fromRight);
  const Edges around[] = {{0, at >= 0 ? at : fromRight ? 0 : n}, {at >= 0 ? at + m : fromRight ? 0 : n, n}};
  if (!waitFor(v, around, 2)) [[unlikely]] return {};
  waitingItems[2] = waitingItems[1];
  waitingItems[1] = at >= 0 ? newRef(sep) : emptyStr();
  return Value(&waitingPieces.header);
}
bool isPlainPartition(Value v, const Value* args, uint64_t count, int64_t n) {
  return n == 3 && count == 1 && asStr(v)->kind == 1 && isExactStr(args[0]) && asStr(args[0])->kind == 1 && asStr(args[0])->length != 0;
}
/// split.piece of an unpack of `n`.
Value splitForUnpack(Value o, Value name, MethodCache* cache, Slot args, uint64_t count, int64_t n) {
  if (isExactStr(o)) {
    const bool fromRight = asStr(name)->data()[0] == 'r', isPartition = asStr(name)->data()[asStr(name)->length - 1] == 'n';
    Edges edges[kMostPiecesUnpacked];
    if (isPartition ? isPlainPartition(o, args, count, n) : edgesOfAll(o, args, count, fromRight, edges, n)) {
      const Value made = isPartition ? waitForParts(o, args[0], fromRight) : waitFor(o, edges, n);
      for (uint64_t i = 0; i < count; ++i) decref(args[i]);
      return made;
    }
  }
  return krt_method_n(o, name, cache, args, count);
}

/// What stands before `at`, the separator there, and what follows it.
Value partitionAt(Value v, Value sep, int64_t at) {
  const StrObject* s = asStr(v);
  const int64_t next = at + asStr(sep)->length;
  Value parts[] = {piece(v, 0, at), newRef(sep), piece(v, next, s->length)};
  if (parts[0] && parts[2]) [[likely]] return krt_tuple_new(parts, 3);
  for (Value part : parts) xdecref(part);
  return {};
}

/// Where the separator of (r)partition is, or -1.
int64_t findSeparator(Value v, Value sep, int direction) {
  const StrObject *s = asStr(v), *t = asStr(sep);
  if (t->length > 1 || s->kind != 1 || t->kind != 1) return strFind(v, sep, 0, INT64_MAX, direction);
  return direction > 0 ? search::findChar(s->data(), s->length, t->data()[0]) : search::findLastChar(s->data(), s->length, t->data()[0]);
}

Value stripText(Value v, Value chars, bool left, bool right, const char* name) {
  const StrObject* s = asStr(v);
  int64_t from = 0, to = s->length;
  if (!chars || isNone(chars)) {
    withChars(s, [&](auto* p) {
      constexpr int64_t kAtOnce = 8;
      const auto areSpaces = [&p](int64_t at) { // what a deep indentation is
        if (sizeof *p != 1) return false;
        uint64_t word;
        std::memcpy(&word, p + at, kAtOnce);
        return word == 0x2020202020202020u;
      };
      if (left && from < to && unicode::isSpace(p[from])) {
        while (to - from >= kAtOnce && areSpaces(from)) from += kAtOnce;
        while (from < to && unicode::isSpace(p[from])) ++from;
      }
      if (right && to > from && unicode::isSpace(p[to - 1])) {
        while (to - from >= kAtOnce && areSpaces(to - kAtOnce)) to -= kAtOnce;
        while (to > from && unicode::isSpace(p[to - 1])) --to;
      }
    });
    return strSubstring(v, from, to);
  }
  if (!isStr(chars)) return raise(TypeErrorType, "%s arg must be None or str", name);
  const StrObject* set = asStr(chars);
  auto strip = [&](auto at, auto inSet) {
    if (left) while (from < to && inSet(at(from))) ++from;
    if (right) while (to > from && inSet(at(to - 1))) --to;
  };
  if (s->kind == 1 && set->kind == 1) { // as most are
    const uint8_t *p = s->data(), *const first = set->data(), *const last = first + set->length;
    constexpr int64_t kFew = 8;
    auto inSet = [first, last](uint8_t c) {
      if (last - first > kFew) return std::memchr(first, c, static_cast<size_t>(last - first)) != nullptr; // all punctuation
      for (const uint8_t* at = first; at < last; ++at)
        if (*at == c) return true;
      return false;
    };
    strip([p](int64_t i) { return p[i]; }, inSet);
  } else {
    auto inSet = [set](uint32_t c) {
      for (int64_t i = 0; i < set->length; ++i)
        if (set->at(i) == c) return true;
      return false;
    };
    strip([s](int64_t i) { return s->at(i); }, inSet);
  }
  return strSubstring(v, from, to);
}

} // namespace

Value strSplit(Value v, const Value* argv) { return splitText(v, argv, false); }
Value strRsplit(Value v, const Value* argv) { return splitText(v, argv, true); }

alignas(16) constinit TupleObject waitingPieces = {KRAIT_STATIC_HEADER(tupleType), 0, {}};
bool takeWaitingPieces(Value o, Slot out, uint32_t count) {
  if (o != Value(&waitingPieces.header)) return false;
  for (uint32_t i = 0; i < count; ++i) out[i] = waitingItems[i];
  return true;
}

extern "C" Value krt_split_piece(Value o, Value name, MethodCache* cache, Slot args, uint64_t count, int64_t index) {
  if (index >= kPiecesUnpacked) return splitForUnpack(o, name, cache, args, count, index - kPiecesUnpacked);
  if (isExactStr(o)) {
    const bool fromRight = asStr(name)->data()[0] == 'r', isPartition = asStr(name)->data()[asStr(name)->length - 1] == 'n';
    if (const Bounds b = isPartition ? partBeside(o, args, count, index, fromRight) : boundsOf(o, args, count, index, fromRight); b.to >= 0) {
      for (uint64_t i = 0; i < count; ++i) decref(args[i]);
      return piece(o, b.from, b.to);
    }
  }
  Value list = krt_method_n(o, name, cache, args, count);
  return list ? krt_tuple_new(&list, 1) : Value();
}
extern "C" Value krt_piece_item(Value made, int64_t index) {
  return isExactStr(made) ? newRef(made) : krt_item_get(asTuple(made)->items[0], Value::ofSmallInt(index));
}

/// The first line boundary of p[from..n), or n. Boundaries of one byte are control characters: texts are passed by sixteens and eights,
/// and what may be one is looked at.
template <class C> static int64_t lineEnd(const C* p, int64_t from, int64_t n) {
  if constexpr (sizeof(C) == 1) {
    constexpr int64_t kBlock = 16;
    typedef uint8_t Bytes __attribute__((vector_size(kBlock)));
    for (; n - from >= kBlock; from += kBlock) {
      Bytes bytes;
      std::memcpy(&bytes, p + from, kBlock);
      const auto found = (bytes < ' ') | (bytes == 0x85);
      uint64_t halves[2];
      std::memcpy(halves, &found, kBlock);
      for (int half = 0; half < 2; ++half) {
        for (uint64_t hits = halves[half] & 0x0101010101010101u; hits; hits &= hits - 1) {
          const int64_t at = from + 8 * half + __builtin_ctzll(hits) / 8;
          if (unicode::isLinebreak(p[at])) return at;
        }
      }
    }
    for (; n - from >= 8; from += 8) {
      uint64_t word;
      std::memcpy(&word, p + from, 8);
      // Those below ' ', and those that are not ASCII; bytes above a lower one may be there for no reason.
      constexpr uint64_t kHigh = 0x8080808080808080, kSpaces = 0x2020202020202020;
      for (uint64_t hits = (((word - kSpaces) & ~word) | word) & kHigh; hits; hits &= hits - 1) {
        const int64_t at = from + __builtin_ctzll(hits) / 8;
        if (unicode::isLinebreak(p[at])) return at;
      }
    }
  }
  while (from < n && !unicode::isLinebreak(p[from])) ++from;
  return from;
}

/// Adds the lines of v, whose text is p[0..n), to the list.
template <class C> static bool addLines(Value list, Value v, const C* p, int64_t n, bool keepEnds) {
  for (int64_t from = 0, next; from < n; from = next) {
    const int64_t end = lineEnd(p, from, n);
    next = end;
    if (next < n) next += p[next] == '\r' && next + 1 < n && p[next + 1] == '\n' ? 2 : 1;
    if (!addPiece(list, v, from, keepEnds ? next : end)) return false;
  }
  return true;
}

Value strSplitlines(Value v, const Value* argv) {
  bool keepEnds = false;
  if (!flagArgument(argv[0], &keepEnds)) return {};
  const StrObject* s = asStr(v);
  Ref list(newList(0));
  if (!list) return {};
  return withChars(s, [&](auto* p) { return addLines(list, v, p, s->length, keepEnds); }) ? list.release() : Value();
}

Value strPartition(Value v, Value sep) {
  if (!isStr(sep)) return raise(TypeErrorType, "must be str, not %.100s", typeOf(sep)->name);
  if (asStr(sep)->length == 0) return raise(ValueErrorType, "empty separator");
  const int64_t at = findSeparator(v, sep, 1);
  if (at >= 0) return partitionAt(v, sep, at);
  return newTuple({v, emptyStr(), emptyStr()}); // itself, if of a class of its own too
}
Value strRpartition(Value v, Value sep) {
  if (!isStr(sep)) return raise(TypeErrorType, "must be str, not %.100s", typeOf(sep)->name);
  if (asStr(sep)->length == 0) return raise(ValueErrorType, "empty separator");
  const int64_t at = findSeparator(v, sep, -1);
  if (at >= 0) return partitionAt(v, sep, at);
  return newTuple({emptyStr(), emptyStr(), v});
}

Value strStrip(Value v, const Value* argv) { return stripText(v, argv[0], true, true, "strip"); }
Value strLstrip(Value v, const Value* argv) { return stripText(v, argv[0], true, false, "lstrip"); }
Value strRstrip(Value v, const Value* argv) { return stripText(v, argv[0], false, true, "rstrip"); }

} // namespace krait
