// What str does as a sequence: equality, order, hash, concatenation, repetition,
// slicing, searching, joining. No function here runs Python code except strJoin
// (it iterates) and the subscript (an index may have __index__).
#include "runtime/memory/alloc.h"
#include "runtime/object/ordering.h"
#include "runtime/object/protocol.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"

namespace krait {

bool strEqual(Value a, Value b) {
  if (a == b) return true;
  const StrObject *s = asStr(a), *t = asStr(b);
  return s->length == t->length && s->kind == t->kind && s->data()[0] == t->data()[0] && // an empty one has its NUL there
         equalShortly(s->data(), t->data(), static_cast<size_t>(s->length) * s->kind);
}

bool strEqual(Value a, std::string_view ascii) {
  const StrObject* s = asStr(a);
  return (s->flags & kStrAscii) && static_cast<size_t>(s->length) == ascii.size() &&
         !std::memcmp(s->data(), ascii.data(), ascii.size());
}

int strCompare(Value a, Value b) {
  if (a == b) return 0;
  const StrObject *s = asStr(a), *t = asStr(b);
  const int64_t n = s->length < t->length ? s->length : t->length;
  if (s->kind == 1 && t->kind == 1) {
    if (const int order = s->data()[0] - t->data()[0]) return order < 0 ? -1 : 1; // the NUL behind a text is below all else
    if (const int order = std::memcmp(s->data(), t->data(), static_cast<size_t>(n))) return order < 0 ? -1 : 1;
  } else {
    const int order = withChars(s, [&](auto* p) {
      return withChars(t, [&](auto* q) {
        for (int64_t i = 0; i < n; ++i)
          if (p[i] != q[i]) return static_cast<uint32_t>(p[i]) < static_cast<uint32_t>(q[i]) ? -1 : 1;
        return 0;
      });
    });
    if (order) return order;
  }
  return s->length < t->length ? -1 : s->length > t->length;
}

int64_t strHash(Value v) {
  StrObject* s = asStr(v);
  if (s->hash == -1) s->hash = hashAgain(s->data(), static_cast<size_t>(s->length) * s->kind);
  return s->hash;
}

Value strCompareSlot(Value a, Value b, int op) {
  if (!isStr(a) || !isStr(b)) return newRef(notImplemented());
  if (op == kEq || op == kNe) return boolean(strEqual(a, b) == (op == kEq));
  return answerByOrder(strCompare(a, b), op);
}

/// A str like one of a subclass.
[[gnu::noinline]] static Value copyExactly(Value v) {
  const StrObject* s = asStr(v);
  if (s->length == 0) return emptyStr();
  if (s->length == 1) return newStrFromChar(s->at(0));
  StrObject* copy = newStrRaw(s->length, widthLimit(s));
  if (!copy) return {};
  std::memcpy(copy->data(), s->data(), static_cast<size_t>(s->length) * s->kind);
  copy->hash = s->hash;
  return strValue(copy);
}
Value strExact(Value v) { return isExactStr(v) ? newRef(v) : copyExactly(v); }

Value strConcat(Value a, Value b) {
  const StrObject *s = asStr(a), *t = asStr(b);
  if (s->length == 0) return strExact(b);
  if (t->length == 0) return strExact(a);
  if (s->length > INT64_MAX - t->length) return raise(OverflowErrorType, "strings are too large to concat");
  const uint32_t limit = widthLimit(s) > widthLimit(t) ? widthLimit(s) : widthLimit(t);
  StrObject* sum = newStrRaw(s->length + t->length, limit);
  if (!sum) return {};
  if (sum->kind == 1) {
    copyShortly(sum->data(), s->data(), static_cast<size_t>(s->length));
    copyShortly(sum->data() + s->length, t->data(), static_cast<size_t>(t->length));
    return strValue(sum);
  }
  copyChars(sum->data(), sum->kind, 0, s, 0, s->length);
  copyChars(sum->data(), sum->kind, s->length, t, 0, t->length);
  return strValue(sum);
}

namespace {

[[gnu::noinline]] Value appendSlow(Value a, Value b) {
  StrObject* s = asStr(a);
  const StrObject* t = asStr(b);
  if (s->header.refs == 1 && isExactStr(a) && !(s->flags & kStrInterned) && t->kind <= s->kind && a != b &&
      s->length < INT64_MAX / 8 - t->length) {
    const int64_t length = s->length + t->length;
    const size_t bytes = sizeof(StrObject) + static_cast<size_t>(length + 1) * s->kind;
    if (blockSize(s) < bytes) {
      // Large strings grow by an eighth more, so that a loop of appends is linear.
      s = static_cast<StrObject*>(reallocate(s, bytes < 512 ? bytes : bytes + bytes / 8));
      if (!s) return {};
    }
    copyChars(s->data(), s->kind, s->length, t, 0, t->length);
    s->length = length;
    s->hash = -1;
    s->flags = s->flags & t->flags & kStrAscii;
    putChar(s->data(), s->kind, length, 0);
    return strValue(s);
  }
  Value sum = strConcat(a, b);
  if (sum) decref(a);
  return sum;
}

} // namespace

// A few bytes more are put where the block has room for sure.
Value strAppend(Value a, Value b) {
  StrObject* s = asStr(a);
  const StrObject* t = asStr(b);
  const int64_t before = s->length, more = t->length;
  constexpr int64_t kMost = kBlockGrain - 1;
  const int64_t free = kMost - ((before + static_cast<int64_t>(sizeof(StrObject))) & kMost);
  if (s->header.refs != 1 || !isExactStr(a) || s->flags & kStrInterned || (s->kind | t->kind) != 1 || a == b || more > free) [[unlikely]]
    return appendSlow(a, b);
  uint8_t* end = s->data() + before;
  for (int64_t n = 0; n < more; ++n) end[n] = t->data()[n];
  end[more] = 0;
  s->length = before + more;
  s->hash = -1;
  s->flags &= t->flags & kStrAscii;
  return a;
}

Value strRepeat(Value v, int64_t n) {
  const StrObject* s = asStr(v);
  if (n <= 0 || s->length == 0) return emptyStr();
  if (n == 1) return strExact(v);
  if (s->length > INT64_MAX / n) return raise(OverflowErrorType, "repeated string is too long");
  StrObject* product = newStrRaw(s->length * n, widthLimit(s));
  if (!product) return {};
  const size_t piece = static_cast<size_t>(s->length) * s->kind, total = piece * static_cast<size_t>(n);
  uint8_t* to = product->data();
  if (piece == 1) {
    std::memset(to, s->data()[0], total);
  } else {
    std::memcpy(to, s->data(), piece);
    for (size_t done = piece; done < total;) {
      const size_t step = done < total - done ? done : total - done;
      std::memcpy(to + done, to, step);
      done += step;
    }
  }
  return strValue(product);
}

[[gnu::noinline]] static Value substringBeyondAscii(const StrObject* s, int64_t from, int64_t to) {
  if (to - from == 1) return newStrFromChar(s->at(from));
  return withChars(s, [&](auto* p) { return newStrFrom(p + from, static_cast<size_t>(to - from)); });
}
Value strSubstring(Value v, int64_t from, int64_t to) {
  const StrObject* s = asStr(v);
  if (from < 0) from = 0;
  if (to > s->length) to = s->length;
  if (from >= to) return emptyStr();
  if (from == 0 && to == s->length) return strExact(v);
  if (!(s->flags & kStrAscii)) return substringBeyondAscii(s, from, to);
  if (to - from == 1) return latin1Char(s->data()[from]);
  return newStrAscii(reinterpret_cast<const char*>(s->data()) + from, static_cast<size_t>(to - from));
}

int64_t strFind(Value v, Value sub, int64_t start, int64_t end, int direction) {
  const StrObject *s = asStr(v), *t = asStr(sub);
  search::clip(s->length, start, end);
  if (end - start < t->length || t->kind > s->kind) return -1;
  if (t->length == 0) return direction > 0 ? start : end;
  return withWidened(s, t, [&](auto* p, auto* needle) -> int64_t {
    const int64_t at = direction > 0 ? search::find(p + start, end - start, needle, t->length)
                                     : search::findLast(p + start, end - start, needle, t->length);
    return at < 0 ? -1 : at + start;
  });
}

int32_t strContains(Value container, Value v) {
  if (!isStr(v)) return fail(TypeErrorType, "'in <string>' requires string as left operand, not %.100s", typeOf(v)->name);
  const StrObject *s = asStr(container), *t = asStr(v);
  if (s->kind == 1 && t->kind == 1 && t->length == 1) return std::memchr(s->data(), t->data()[0], static_cast<size_t>(s->length)) != nullptr;
  return strFind(container, v, 0, INT64_MAX, 1) >= 0;
}

Value strItem(Value v, int64_t i) {
  const StrObject* s = asStr(v);
  if (i < 0 || i >= s->length) return raise(IndexErrorType, "string index out of range");
  return newStrFromChar(s->at(i));
}

Value strStrided(Value v, int64_t start, int64_t step, int64_t n) {
  const StrObject* s = asStr(v);
  if (n <= 0) return emptyStr();
  if (step == 1) return strSubstring(v, start, start + n);
  if (n == 1) return newStrFromChar(s->at(start));
  return withChars(s, [&](auto* p) -> Value {
    uint32_t all = 0x7f;
    if (!(s->flags & kStrAscii))
      for (int64_t i = 0; i < n; ++i) all |= p[start + i * step];
    StrObject* out = newStrRaw(n, all);
    if (!out) return {};
    withMutableChars(out, [&](auto* to) {
      using To = std::remove_reference_t<decltype(*to)>;
      if (step == -1) // what compilers make vectors of
        for (int64_t i = 0; i < n; ++i) to[i] = static_cast<To>(p[start - i]);
      else
        for (int64_t i = 0; i < n; ++i) to[i] = static_cast<To>(p[start + i * step]);
    });
    return strValue(out);
  });
}

Value strSubscript(Value v, Value key) {
  const StrObject* s = asStr(v);
  if (isInt(key) || (readyTypeOf(key)->number && readyTypeOf(key)->number->index)) {
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return {};
    return strItem(v, i < 0 ? i + s->length : i);
  }
  if (!isExact(key, sliceType)) return raise(TypeErrorType, "string indices must be integers, not '%.200s'", typeOf(key)->name);
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return {};
  const int64_t n = sliceAdjust(s->length, &start, &stop, step);
  return strStrided(v, start, step, n);
}

static Value joinItems(Value separator, Value items) {
  const bool list = isList(items);
  const int64_t n = list ? asList(items)->size : asTuple(items)->size;
  Value* words = list ? asList(items)->items : asTuple(items)->items;
  if (n == 0) return emptyStr();
  if (n == 1 && isExactStr(words[0])) return newRef(words[0]);
  const StrObject* sep = asStr(separator);
  int64_t length = 0, between = 0;
  uint32_t common = kStrAscii;
  for (int64_t i = 0; i < n; ++i) {
    if (!isExactStr(words[i]) && !isStr(words[i])) [[unlikely]]
      return raise(TypeErrorType, "sequence item %zd: expected str instance, %.80s found", i, typeOf(words[i])->name);
    const StrObject* s = asStr(words[i]);
    common &= s->flags;
    length += s->length + between;
    if (length > INT64_MAX / 8) [[unlikely]] return raise(OverflowErrorType, "join() result is too long for a Python string");
    between = sep->length;
  }
  uint32_t limit = 0x7f;
  if (!common || !(sep->flags & kStrAscii)) { // of what is not empty, and the separator if it is there
    limit = n > 1 && sep->length ? widthLimit(sep) : 0;
    for (int64_t i = 0; i < n; ++i)
      if (const StrObject* s = asStr(words[i]); s->length) limit = std::max(limit, widthLimit(s));
  }
  if (length == 0) return emptyStr();
  if (length == 1)
    for (int64_t i = 0; i < n; ++i) {
      if (asStr(words[i])->length) return strExact(words[i]);
      if (i && sep->length) return strExact(separator);
    }
  StrObject* out = newStrRaw(length, limit);
  if (!out) return {};
  int64_t at = 0;
  if (out->kind == 1) {
    uint8_t* to = out->data();
    const auto put = [&to](const StrObject* s) {
      if (s->length == 1) *to++ = s->data()[0];
      else to = putShortly(to, s->data(), static_cast<size_t>(s->length));
    };
    for (int64_t i = 0; i < n; ++i) {
      if (i) put(sep);
      put(asStr(words[i]));
    }
    return strValue(out);
  }
  for (int64_t i = 0; i < n; ++i) {
    if (i) {
      copyChars(out->data(), out->kind, at, sep, 0, sep->length);
      at += sep->length;
    }
    const StrObject* s = asStr(words[i]);
    copyChars(out->data(), out->kind, at, s, 0, s->length);
    at += s->length;
  }
  return strValue(out);
}

Value strJoin(Value separator, Value iterable) {
  if (isExactList(iterable) || isExactTuple(iterable)) return joinItems(separator, iterable); // the caller's until then
  const Ref items(toFast(iterable, "can only join an iterable"));
  return items ? joinItems(separator, items) : Value();
}

/// The last first, as CPython takes them from its stack: they may be of a subclass, whose deaths are heard.
[[gnu::always_inline]] static inline void dropPieces(Slot pieces, uint64_t count) {
#pragma clang loop unroll(disable)
  while (count) decref(pieces[--count]);
}
/// Texts instead of ints. False with MemoryError.
static bool textsOfNumbers(Slot pieces, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    if (!pieces[i].isSmallInt()) continue;
    const Value text = intToText(pieces[i], 10, false);
    if (!text) return false;
    pieces[i] = text;
  }
  return true;
}
[[gnu::noinline]] static Value joinOfAnyWidth(Slot pieces, uint64_t count) {
  if (!textsOfNumbers(pieces, count)) {
    dropPieces(pieces, count);
    return {};
  }
  int64_t length = 0;
  uint32_t limit = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const StrObject* s = asStr(pieces[i]);
    length += s->length;
    if (s->length && widthLimit(s) > limit) limit = widthLimit(s);
  }
  Value result;
  if (length < 2) {
    result = emptyStr();
    for (uint64_t i = 0; i < count; ++i)
      if (asStr(pieces[i])->length) result = strExact(pieces[i]);
  } else if (StrObject* out = newStrRaw(length, limit)) {
    int64_t at = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const StrObject* s = asStr(pieces[i]);
      if (out->kind == 1) putShortly(out->data() + at, s->data(), static_cast<size_t>(s->length));
      else copyChars(out->data(), out->kind, at, s, 0, s->length);
      at += s->length;
    }
    result = strValue(out);
  }
  dropPieces(pieces, count);
  return result;
}
extern "C" Value krt_string_join(Slot pieces, uint64_t count) {
  // Most are ASCII: nothing to find out.
  int64_t length = 0;
  uint32_t flags = kStrAscii;
#pragma clang loop unroll(disable)
  for (uint64_t i = 0; i < count; ++i) {
    if (pieces[i].isSmallInt()) {
      length += decimalLength(pieces[i].smallInt());
      continue;
    }
    const StrObject* s = asStr(pieces[i]);
    length += s->length;
    flags &= s->flags;
  }
  if (!flags || length < 2) return joinOfAnyWidth(pieces, count);
  StrObject* out = newStrRaw(length, 0x7f);
  if (out) [[likely]] {
    uint8_t* at = out->data();
#pragma clang loop unroll(disable)
    for (uint64_t i = 0; i < count; ++i) {
      if (pieces[i].isSmallInt()) {
        at += decimalLength(pieces[i].smallInt());
        smallDecimal(pieces[i].smallInt(), reinterpret_cast<char*>(at));
      } else {
        at = putShortly(at, asStr(pieces[i])->data(), static_cast<size_t>(asStr(pieces[i])->length));
      }
    }
  }
  dropPieces(pieces, count);
  return out ? strValue(out) : Value();
}

} // namespace krait
