// bytes and bytearray as sequences.
#include <algorithm>
#include <cstring>
#include <iterator>
#include "runtime/object/ordering.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/int_text.h"
#include "runtime/types/percent_format.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"

namespace krait {

Value makeLike(Value self, const void* data, int64_t n) {
  return isBytes(self) ? newBytes(data, static_cast<size_t>(n)) : newByteArray(data, static_cast<size_t>(n));
}
Value sameBytes(Value self) {
  if (isExactBytes(self)) return newRef(self);
  const ByteRange r = byteRange(self);
  return makeLike(self, r.data, r.size);
}

bool byteArgument(Value v, uint8_t* out, const char* rangeMessage) {
  if (v.isSmallInt() && v.smallInt() >= 0 && v.smallInt() < 256) {
    *out = static_cast<uint8_t>(v.smallInt());
    return true;
  }
  Ref n(index(v));
  if (!n) return false;
  int overflow = 0;
  const int64_t value = intToInt64(n, &overflow);
  *out = static_cast<uint8_t>(value);
  if (!overflow && value >= 0 && value < 256) return true;
  raise(ValueErrorType, rangeMessage);
  return false;
}

Value bytesRepr(ByteRange r, const char* before, const char* after, bool alwaysEscape) {
  const bool single = search::findChar<uint8_t>(r.data, r.size, '\'') >= 0, twice = search::findChar<uint8_t>(r.data, r.size, '"') >= 0;
  const uint8_t quote = single && !twice ? '"' : '\'';
  StrBuilder out;
  out.addAscii(before);
  out.add(quote);
  const auto isEscaped = [=](uint8_t c) { return c == quote || c == '\\' || (c == '\'' && alwaysEscape); };
  for (int64_t i = 0; i < r.size; ++i) {
    const int64_t end = i + search::plainPrefix(r.data + i, r.size - i, quote, alwaysEscape ? '\'' : quote); // most of it stands there as it is
    if (end > i) out.addAscii(std::string_view(reinterpret_cast<const char*>(r.data) + i, static_cast<size_t>(end - i)));
    if ((i = end) == r.size) break;
    const uint8_t c = r.data[i];
    if (isEscaped(c)) out.add('\\'), out.add(c);
    else if (c == '\t') out.addAscii("\\t");
    else if (c == '\n') out.addAscii("\\n");
    else if (c == '\r') out.addAscii("\\r");
    else {
      const char* hex = "0123456789abcdef";
      const char text[4] = {'\\', 'x', hex[c >> 4], hex[c & 15]};
      out.addAscii({text, 4});
    }
  }
  out.add(quote);
  out.addAscii(after);
  return out.take();
}

int64_t byteLength(Value self) { return byteRange(self).size; }

[[gnu::noinline]] static Value concatBuffers(Value self, Value other) {
  HeldBuffer right, left;
  if (!readyTypeOf(other)->buffer)
    return raise(TypeErrorType, "can't concat %.100s to %.100s", typeOf(other)->name, typeOf(self)->name);
  if (!left.get(self)) return {};
  if (!right.get(other)) {
    errorClear();
    return raise(TypeErrorType, "can't concat %.100s to %.100s", typeOf(other)->name, typeOf(self)->name);
  }
  if (isExactBytes(self) && right.size() == 0) return newRef(self);
  if (isExactBytes(self) && isExactBytes(other) && left.size() == 0) return newRef(other);
  if (left.size() > INT64_MAX - right.size()) return raiseNoMemory();
  const int64_t n = left.size() + right.size();
  if (n < 2) return makeLike(self, left.size() ? left.data() : right.data(), n);
  Value sum = makeLike(self, nullptr, n);
  if (!sum) return {};
  auto* to = const_cast<uint8_t*>(byteRange(sum).data);
  std::memcpy(to, left.data(), static_cast<size_t>(left.size()));
  std::memcpy(to + left.size(), right.data(), static_cast<size_t>(right.size()));
  return sum;
}

Value byteConcat(Value self, Value other) {
  if (isExactBytes(self) && isExactBytes(other)) {
    const auto *a = self.as<BytesObject>(), *b = other.as<BytesObject>();
    int64_t n;
    if (a->size && b->size && !__builtin_add_overflow(a->size, b->size, &n)) {
      Value sum = newBytes(nullptr, static_cast<size_t>(n));
      if (!sum) return {};
      copyShortly(sum.as<BytesObject>()->data, a->data, static_cast<size_t>(a->size));
      copyShortly(sum.as<BytesObject>()->data + a->size, b->data, static_cast<size_t>(b->size));
      return sum;
    }
  }
  // A bytearray with either: nothing can happen to it meanwhile, so that nobody has to hold its memory.
  if (isExact(self, bytearrayType) && (isExactBytes(other) || isExact(other, bytearrayType))) {
    const size_t left = static_cast<size_t>(byteRange(self).size), right = static_cast<size_t>(byteRange(other).size);
    const Value sum = left <= INT64_MAX / 2 && right <= INT64_MAX / 2 ? makeLike(self, nullptr, static_cast<int64_t>(left + right)) : raiseNoMemory();
    if (!sum) return {};
    uint8_t* middle = putShortly(const_cast<uint8_t*>(byteRange(sum).data), byteRange(self).data, left);
    putShortly(middle, byteRange(other).data, right);
    return sum;
  }
  return concatBuffers(self, other);
}

Value bytesAppend(Value a, Value b) {
  auto* s = a.as<BytesObject>();
  const auto* t = b.as<BytesObject>();
  if (s->header.refs != 1 || a == b || s->size > INT64_MAX / 8 - t->size) {
    Value sum = byteConcat(a, b);
    if (sum) decref(a);
    return sum;
  }
  const int64_t size = s->size + t->size;
  const size_t bytes = sizeof(BytesObject) + static_cast<size_t>(size) + 1;
  if (blockSize(s) < bytes) { // large ones grow by an eighth more, so that a loop of appends is linear
    s = static_cast<BytesObject*>(reallocate(s, bytes < 512 ? bytes : bytes + bytes / 8));
    if (!s) return {};
  }
  *putShortly(s->data + s->size, t->data, static_cast<size_t>(t->size)) = 0;
  s->size = size;
  s->hash = -1;
  return Value(&s->header);
}

bool bytesEqual(Value a, Value b) {
  const auto *s = a.as<BytesObject>(), *t = b.as<BytesObject>();
  return s->size == t->size && equalShortly(s->data, t->data, static_cast<size_t>(s->size));
}
int bytesOrder(Value a, Value b) {
  const auto *s = a.as<BytesObject>(), *t = b.as<BytesObject>();
  if (const int order = std::memcmp(s->data, t->data, static_cast<size_t>(std::min(s->size, t->size)))) return order;
  return s->size < t->size ? -1 : s->size > t->size;
}

Value bytesSlice(Value b, int64_t from, int64_t to) {
  const auto* s = b.as<BytesObject>();
  to = std::min(to, s->size);
  if (from >= to) return newBytes(nullptr, 0);
  return to - from == s->size ? newRef(b) : newBytes(s->data + from, static_cast<size_t>(to - from));
}

Value byteRepeat(Value self, int64_t n) {
  const ByteRange r = byteRange(self);
  if (n < 0) n = 0;
  if (n == 1 && isExactBytes(self)) return newRef(self);
  if (r.size && n > INT64_MAX / r.size) {
    if (isBytes(self)) return raise(OverflowErrorType, "repeated bytes are too long");
    return raiseNoMemory();
  }
  const int64_t total = r.size * n;
  if (total < 2) return makeLike(self, r.data, total);
  Value product = makeLike(self, nullptr, total);
  if (!product) return {};
  auto* to = const_cast<uint8_t*>(byteRange(product).data);
  if (r.size == 1) std::memset(to, r.data[0], static_cast<size_t>(total));
  else
    for (int64_t done = 0; done < total; done += r.size) std::memcpy(to + done, r.data, static_cast<size_t>(r.size));
  return product;
}

int32_t byteContains(Value self, Value v) {
  const ByteRange r = byteRange(self);
  if (isInt(v) || (readyTypeOf(v)->number && readyTypeOf(v)->number->index)) {
    uint8_t c;
    if (!byteArgument(v, &c)) {
      if (errorMatches(ValueErrorType)) return -1;
      errorClear();
      return fail(TypeErrorType, "a bytes-like object is required, not '%.100T'", v);
    }
    return search::findChar(byteRange(self).data, byteRange(self).size, c) >= 0;
  }
  HeldBuffer sub;
  if (!sub.get(v)) return -1;
  return search::find<uint8_t>(r.data, r.size, sub.data(), sub.size()) >= 0;
}

Value byteCompare(Value a, Value b, int op) {
  // Either side may be the other type or any buffer when one is a bytearray; bytes alone compares with bytes.
  if (isBytes(a) && !isBytes(b)) return newRef(notImplemented());
  if (isBytes(a)) return op == kEq || op == kNe ? boolean(bytesEqual(a, b) == (op == kEq)) : answerByOrder(bytesOrder(a, b), op);
  const auto answer = [op](ByteRange left, ByteRange right) {
    if ((op == kEq || op == kNe) && left.size != right.size) return boolean(op == kNe);
    const int64_t n = left.size < right.size ? left.size : right.size;
    int order = n ? std::memcmp(left.data, right.data, static_cast<size_t>(n)) : 0;
    if (order == 0) order = left.size < right.size ? -1 : left.size > right.size;
    return answerByOrder(order, op);
  };
  // Whose bytes are at hand exports no buffer: comparing runs nothing.
  const auto atHand = [](Value v) { return isExactBytes(v) || (v.isPointer() && typeOfObject(v.object()) == &bytearrayType); };
  if (atHand(a) && atHand(b)) return answer(byteRange(a), byteRange(b));
  HeldBuffer left, right;
  if (!readyTypeOf(b)->buffer || isStr(b)) return newRef(notImplemented());
  if (!left.get(a) || !right.get(b)) {
    errorClear();
    return newRef(notImplemented());
  }
  return answer({left.data(), left.size()}, {right.data(), right.size()});
}

Value byteSubscript(Value self, Value key) {
  if (isInt(key) || (readyTypeOf(key)->number && readyTypeOf(key)->number->index)) {
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return {};
    const ByteRange r = byteRange(self);
    if (i < 0) i += r.size;
    if (i < 0 || i >= r.size) return raise(IndexErrorType, isBytes(self) ? "index out of range" : "bytearray index out of range");
    return newInt(r.data[i]);
  }
  if (!isExact(key, sliceType))
    return raise(TypeErrorType, "%s indices must be integers or slices, not %.200s", isBytes(self) ? "byte" : "bytearray", typeOf(key)->name);
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return {};
  const ByteRange r = byteRange(self);
  const int64_t n = sliceAdjust(r.size, &start, &stop, step);
  if (n <= 0) return makeLike(self, nullptr, 0);
  if (step == 1) return n == r.size ? sameBytes(self) : makeLike(self, r.data + start, n);
  if (n == 1) return makeLike(self, r.data + start, 1);
  Value out = makeLike(self, nullptr, n);
  if (!out) return {};
  auto* to = const_cast<uint8_t*>(byteRange(out).data);
  for (int64_t i = 0; i < n; ++i) to[i] = r.data[start + i * step];
  return out;
}

namespace {

/// One argument of a plain conversion, as text, and where the conversion stands.
struct Plain {
  char digits[kSmallDecimal];
  const void* text;
  size_t size;
  int64_t at;
};

/// %s or %b of bytes, %d of a small int.
bool plainPiece(uint8_t code, Value v, Plain* out) {
  if ((code == 's' || code == 'b') && isExactBytes(v)) {
    out->text = v.as<BytesObject>()->data;
    out->size = static_cast<size_t>(v.as<BytesObject>()->size);
    return true;
  }
  if (code != 'd' || !v.isSmallInt()) return false;
  char* const end = std::end(out->digits);
  out->text = smallDecimal(v.smallInt(), end);
  out->size = static_cast<size_t>(end - static_cast<const char*>(out->text));
  return true;
}

/// Where the next conversion stands, or the size: often next to the one before.
inline int64_t nextPercent(ByteRange format, int64_t from) {
  for (int64_t i = from; i < from + 2; ++i)
    if (i >= format.size || format.data[i] == '%') return i < format.size ? i : format.size;
  const int64_t found = search::findChar<uint8_t>(format.data + from + 2, format.size - from - 2, '%');
  return found < 0 ? format.size : found + from + 2;
}

/// What programs mostly format: bytes and small ints without flags, as many as there are conversions. Null without an
/// error: something is not like that.
Value plainModulo(ByteRange format, const Value* args, int64_t count) {
  constexpr int64_t kMax = 8;
  Plain pieces[kMax];
  if (count > kMax) return {};
  int64_t n = 0, from = 0;
  size_t total = static_cast<size_t>(format.size);
  for (int64_t at; (at = nextPercent(format, from)) < format.size; from = at + 2) {
    if (at + 1 == format.size || n == count || !plainPiece(format.data[at + 1], args[n], &pieces[n])) return {};
    pieces[n].at = at;
    total += pieces[n++].size - 2;
  }
  if (n != count) return {};
  if (total < 2) return {}; // shared objects, which are there already
  Value made = newBytes(nullptr, total);
  if (!made) return {};
  uint8_t* to = made.as<BytesObject>()->data;
  from = 0;
  for (int64_t i = 0; i < n; from = pieces[i++].at + 2) {
    to = putShortly(to, format.data + from, static_cast<size_t>(pieces[i].at - from));
    to = putShortly(to, pieces[i].text, pieces[i].size);
  }
  putShortly(to, format.data + from, static_cast<size_t>(format.size - from));
  return made;
}

} // namespace

Value byteModulo(Value self, Value args) {
  if (!isBytes(self) && !isByteArray(self)) return newRef(notImplemented());
  const ByteRange r = byteRange(self);
  if (isExactBytes(self) && (isExactBytes(args) || args.isSmallInt() || isExactTuple(args))) {
    const bool isTuple = isExactTuple(args);
    Value made = plainModulo(r, isTuple ? asTuple(args)->items : &args, isTuple ? asTuple(args)->size : 1);
    if (made || errorSet()) return made;
  }
  Ref format(newStrLatin1(r.data, static_cast<size_t>(r.size)));
  if (!format) return {};
  Ref text(formatPercent(format, args, true));
  if (!text) return {};
  return makeLike(self, asStr(text)->data(), asStr(text)->length);
}

} // namespace krait
