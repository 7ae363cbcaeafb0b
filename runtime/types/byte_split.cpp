// split, join, partition and strip of bytes and bytearray.
#include <cstring>
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_search.h"

namespace krait {
namespace {

bool isByteSpace(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }

bool addPiece(Value list, Value self, const uint8_t* p, int64_t n) {
  const Value piece = makeLike(self, p, n);
  ListObject* l = asList(list);
  if (!piece || l->size == l->capacity) return piece && krt_list_append(list, piece) >= 0;
  l->content = 0;
  l->items[l->size++] = piece;
  return true;
}

/// Of what is between separators: all of it is the object itself.
bool addBetween(Value list, Value self, ByteRange r, int64_t from, int64_t to) {
  if (to - from == r.size && isExactBytes(self)) return listAppend(list, self) >= 0;
  return addPiece(list, self, r.data + from, to - from);
}

[[gnu::noinline]] bool splitAtByte(Value list, Value self, ByteRange r, uint8_t c, int64_t most) {
  return search::splitAt(r.data, r.size, c, most, [&](int64_t from, int64_t to) { return addBetween(list, self, r, from, to); });
}

bool splitSpaces(Value list, Value self, int64_t most, bool fromRight) {
  const ByteRange r = byteRange(self);
  int64_t from = 0, to = r.size;
  while (from < to) {
    while (from < to && isByteSpace(fromRight ? r.data[to - 1] : r.data[from])) fromRight ? --to : ++from;
    if (from == to) break;
    if (most-- <= 0) return addPiece(list, self, r.data + from, to - from);
    int64_t edge = fromRight ? to : from;
    if (fromRight) {
      while (edge > from && !isByteSpace(r.data[edge - 1])) --edge;
      if (!addPiece(list, self, r.data + edge, to - edge)) return false;
      to = edge;
    } else {
      while (edge < to && !isByteSpace(r.data[edge])) ++edge;
      if (!addPiece(list, self, r.data + from, edge - from)) return false;
      from = edge;
    }
  }
  return true;
}

Value splitBytes(Value self, const Value* argv, bool fromRight) {
  int64_t most = -1;
  if (!sizeArgument(argv[1], &most)) return {};
  if (most < 0) most = INT64_MAX;
  Ref list(newPieceList(most));
  if (!list) return {};
  if (!argv[0] || isNone(argv[0])) {
    if (!splitSpaces(list, self, most, fromRight)) return {};
  } else {
    HeldBuffer sep;
    if (!sep.get(argv[0])) return {};
    if (sep.size() == 0) return raise(ValueErrorType, "empty separator");
    const ByteRange r = byteRange(self);
    const int64_t m = sep.size();
    if (m == 1 && !fromRight) return splitAtByte(list, self, r, sep.data()[0], most) ? list.release() : Value();
    int64_t from = 0, to = r.size;
    for (; most > 0; --most) {
      const int64_t at = fromRight ? search::findLast<uint8_t>(r.data, to, sep.data(), m)
                                   : search::find<uint8_t>(r.data + from, to - from, sep.data(), m);
      if (at < 0) break;
      if (fromRight) {
        if (!addPiece(list, self, r.data + at + m, to - at - m)) return {};
        to = at;
      } else {
        if (!addPiece(list, self, r.data + from, at)) return {};
        from += at + m;
      }
    }
    if (!addBetween(list, self, r, from, to)) return {};
  }
  if (fromRight) listReverse(list);
  return list.release();
}

/// Flat bytes of what a bytearray is divided by, as CPython copies that first.
Value flatCopy(Value v) {
  HeldBuffer whole;
  if (!whole.get(v, kBufferFull)) return {};
  Value copy = newByteArray(nullptr, static_cast<size_t>(whole.size()));
  if (copy) whole.copyTo(const_cast<uint8_t*>(byteRange(copy).data));
  return copy;
}

Value partitionBytes(Value self, Value sepValue, bool last) {
  HeldBuffer sep;
  if (!sep.get(sepValue)) {
    if (isBytes(self) || !errorClearIf(BufferErrorType)) return {};
    const Ref flat(flatCopy(sepValue));
    return flat ? partitionBytes(self, flat, last) : Value();
  }
  if (sep.size() == 0) return raise(ValueErrorType, "empty separator");
  const ByteRange r = byteRange(self);
  const int64_t m = sep.size();
  const int64_t at = last ? search::findLast<uint8_t>(r.data, r.size, sep.data(), m) : search::find<uint8_t>(r.data, r.size, sep.data(), m);
  if (at < 0) {
    Ref whole(isBytes(self) ? newRef(self) : sameBytes(self)), empty(makeLike(self, nullptr, 0)), empty2(makeLike(self, nullptr, 0));
    if (!whole || !empty || !empty2) return {};
    return last ? newTuple({empty, empty2, whole}) : newTuple({whole, empty, empty2});
  }
  Ref before(makeLike(self, r.data, at)), after(makeLike(self, r.data + at + m, r.size - at - m));
  Ref middle(isBytes(self) ? newRef(sepValue) : makeLike(self, sep.data(), m));
  if (!before || !after || !middle) return {};
  return newTuple({before, middle, after});
}

Value stripBytes(Value self, Value chars, bool left, bool right) {
  const ByteRange r = byteRange(self);
  int64_t from = 0, to = r.size;
  auto strip = [&](auto isDropped) {
    if (left) while (from < to && isDropped(r.data[from])) ++from;
    if (right) while (to > from && isDropped(r.data[to - 1])) --to;
  };
  if (chars && !isNone(chars)) {
    bool drop[256] = {};
    HeldBuffer set;
    if (!set.get(chars)) return {};
    for (int64_t i = 0; i < set.size(); ++i) drop[set.data()[i]] = true;
    strip([&](uint8_t c) { return drop[c]; });
  } else {
    strip(isByteSpace);
  }
  return from == 0 && to == r.size ? sameBytes(self) : makeLike(self, r.data + from, to - from);
}

} // namespace

Value byteSplit(Value self, const Value* argv) { return splitBytes(self, argv, false); }
Value byteRsplit(Value self, const Value* argv) { return splitBytes(self, argv, true); }
Value bytePartition(Value self, Value sep) { return partitionBytes(self, sep, false); }
Value byteRpartition(Value self, Value sep) { return partitionBytes(self, sep, true); }
Value byteStrip(Value self, const Value* argv) { return stripBytes(self, argv[0], true, true); }
Value byteLstrip(Value self, const Value* argv) { return stripBytes(self, argv[0], true, false); }
Value byteRstrip(Value self, const Value* argv) { return stripBytes(self, argv[0], false, true); }

Value byteSplitlines(Value self, const Value* argv) {
  bool keepEnds = false;
  if (!flagArgument(argv[0], &keepEnds)) return {};
  Ref list(newList(0));
  if (!list) return {};
  const ByteRange r = byteRange(self);
  for (int64_t from = 0; from < r.size;) {
    int64_t end = from;
    while (end < r.size && r.data[end] != '\n' && r.data[end] != '\r') ++end;
    int64_t next = end;
    if (next < r.size) next += r.data[next] == '\r' && next + 1 < r.size && r.data[next + 1] == '\n' ? 2 : 1;
    const int64_t to = keepEnds ? next : end;
    if (!addBetween(list, self, r, from, to)) return {};
    from = next;
  }
  return list.release();
}

/// Bytes that are one or none in all: a shared object.
[[gnu::noinline]] static Value joinToOne(ByteRange sep, const Value* item, int64_t n) {
  for (int64_t i = 0; i < n; ++i)
    if (item[i].as<BytesObject>()->size) return newRef(item[i]);
  return n > 1 ? newBytes(sep.data, static_cast<size_t>(sep.size)) : newBytes(nullptr, 0);
}

/// The usual case: `self` and all of them are bytes. Null without an error: some are not.
[[gnu::noinline]] static Value joinExact(Value self, Value items, int64_t n) {
  const Value* item = isList(items) ? asList(items)->items : asTuple(items)->items;
  if (n == 1 && isExactBytes(item[0])) return newRef(item[0]);
  const ByteRange sep{self.as<BytesObject>()->data, self.as<BytesObject>()->size};
  int64_t total = 0;
  for (int64_t i = 0; i < n; ++i) {
    if (!isExactBytes(item[i]) || __builtin_add_overflow(total, item[i].as<BytesObject>()->size + sep.size, &total)) return {};
  }
  total -= sep.size;
  if (total < 2) return joinToOne(sep, item, n);
  Value made = newBytes(nullptr, static_cast<size_t>(total));
  if (!made) return {};
  uint8_t* to = made.as<BytesObject>()->data;
  const auto put = [&to](const uint8_t* data, int64_t size) {
    if (size == 1) *to++ = *data;
    else to = putShortly(to, data, static_cast<size_t>(size));
  };
  for (int64_t i = 0; i < n; ++i) {
    if (i) put(sep.data, sep.size);
    const auto* piece = item[i].as<BytesObject>();
    put(piece->data, piece->size);
  }
  return made;
}

/// Bytes-like objects of all kinds.
[[gnu::noinline]] static Value joinBuffers(Value self, Value items) {
  auto size = [&] { return isList(items) ? asList(items)->size : asTuple(items)->size; };
  auto item = [&](int64_t i) { return isList(items) ? asList(items)->items[i] : asTuple(items)->items[i]; };
  const int64_t n = size();
  Buffer local[8];
  Buffer* pieces = n <= 8 ? local : static_cast<Buffer*>(allocateZeroed(static_cast<size_t>(n) * sizeof(Buffer)));
  if (!pieces) return {};
  int64_t total = 0, held = 0;
  bool good = true;
  const int64_t sepSize = byteRange(self).size;
  for (; held < n && good; ++held) {
    Value v = item(held);
    if (!readyTypeOf(v)->buffer || getBuffer(v, &pieces[held], kBufferSimple) < 0) {
      if (!errorSet() || errorClearIf(TypeErrorType) || errorClearIf(BufferErrorType))
        raise(TypeErrorType, "sequence item %zd: expected a bytes-like object, %.80s found", static_cast<size_t>(held), typeOf(v)->name);
      good = false;
      break;
    }
    if (total > INT64_MAX - pieces[held].bytes - sepSize) {
      raise(OverflowErrorType, "join() result is too long");
      good = false;
    }
    total += pieces[held].bytes + (held ? sepSize : 0);
  }
  Value out;
  if (good && size() != n) {
    raise(RuntimeErrorType, "sequence changed size during iteration");
  } else if (good) {
    ByteRange sep = byteRange(self);
    ByteOutput joined;
    if (joined.reserve(total)) {
      for (int64_t i = 0; i < n; ++i) {
        if (i) joined.add(sep.data, sep.size);
        joined.add(pieces[i].data, pieces[i].bytes);
      }
      out = makeLike(self, joined.data(), joined.size());
    }
  }
  for (int64_t i = 0; i < held; ++i) releaseBuffer(&pieces[i]);
  if (pieces != local) deallocate(pieces);
  return out;
}

static Value joinItems(Value self, Value items) {
  const int64_t n = isList(items) ? asList(items)->size : asTuple(items)->size;
  if (n == 0) return makeLike(self, nullptr, 0);
  if (isExactBytes(self))
    if (Value joined = joinExact(self, items, n); joined || errorSet()) return joined;
  return joinBuffers(self, items);
}

Value byteJoin(Value self, Value iterable) {
  if (isExactList(iterable) || isExactTuple(iterable)) return joinItems(self, iterable); // the caller's until then
  RecursionLevels level(1);
  if (!level) return Value();
  const Ref items(toFast(iterable, "can only join an iterable"));
  return items ? joinItems(self, items) : Value();
}

} // namespace krait
