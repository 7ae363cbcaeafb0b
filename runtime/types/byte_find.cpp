// Searching, replacing and translating in bytes and bytearray.
#include <array>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_search.h"

namespace krait {
namespace {

/// The needle of find and count: bytes-like or one byte, with bounds already clipped.
class FindArguments {
public:
  bool parse(const char* name, Value self, const Args& args) {
    if (!countArgumentsOld(name, args, 1, 3)) return false;
    if (args.count > 1 && !sliceBound(args[1], &start)) return false;
    if (args.count > 2 && !sliceBound(args[2], &end)) return false;
    Value sub = args[0];
    if (isExactBytes(sub) || readyTypeOf(sub)->buffer) {
      if (!buffer_.get(sub)) return false;
      needle = buffer_.data();
      size = buffer_.size();
    } else if (isInt(sub) || (readyTypeOf(sub)->number && readyTypeOf(sub)->number->index)) {
      if (!byteArgument(sub, &single_)) return false;
      needle = &single_;
      size = 1;
    } else {
      raise(TypeErrorType, "argument should be integer or bytes-like object, not '%.200s'", typeOf(sub)->name);
      return false;
    }
    range = byteRange(self);
    search::clip(range.size, start, end);
    return true;
  }
  ByteRange range;
  const uint8_t* needle;
  int64_t size, start = 0, end = INT64_MAX;

private:
  HeldBuffer buffer_;
  uint8_t single_ = 0;
};

Value position(const char* name, Value self, const Args& args, bool last, bool required) {
  FindArguments a;
  if (!a.parse(name, self, args)) return {};
  int64_t at = -1;
  if (a.end - a.start >= a.size) {
    const uint8_t* p = a.range.data + a.start;
    at = last ? search::findLast(p, a.end - a.start, a.needle, a.size) : search::find(p, a.end - a.start, a.needle, a.size);
    if (at >= 0) at += a.start;
  }
  if (at < 0 && required) return raise(ValueErrorType, "subsection not found");
  return newInt(at);
}

/// 1, 0, or -1 with an error.
int32_t affixMatches(Value self, Value affix, int64_t start, int64_t end, bool atEnd) {
  HeldBuffer b;
  if (!b.get(affix)) return -1;
  const ByteRange r = byteRange(self);
  search::clip(r.size, start, end);
  if (start > r.size || end - start < b.size()) return 0;
  return equalShortly(r.data + (atEnd ? end - b.size() : start), b.data(), static_cast<size_t>(b.size()));
}

Value affixTest(const char* name, Value self, const Args& args, bool atEnd) {
  if (!countArgumentsOld(name, args, 1, 3)) return {};
  int64_t start = 0, end = INT64_MAX;
  if ((args.count > 1 && !sliceBound(args[1], &start)) || (args.count > 2 && !sliceBound(args[2], &end))) return {};
  if (isTuple(args[0])) {
    for (int64_t i = 0; i < asTuple(args[0])->size; ++i) {
      const int32_t match = affixMatches(self, asTuple(args[0])->items[i], start, end, atEnd);
      if (match) return match < 0 ? Value() : boolean(true);
    }
    return boolean(false);
  }
  const int32_t match = affixMatches(self, args[0], start, end, atEnd);
  if (match < 0) {
    if (errorClearIf(TypeErrorType))
      raise(TypeErrorType, "%s first arg must be bytes or a tuple of bytes, not %s", name, typeOf(args[0])->name);
    return {};
  }
  return boolean(match);
}

Value removeAffix(Value self, Value affix, bool atEnd) {
  HeldBuffer b;
  if (!b.get(affix)) return {};
  const ByteRange r = byteRange(self);
  const int64_t n = b.size();
  if (n && n <= r.size && !std::memcmp(atEnd ? r.data + r.size - n : r.data, b.data(), static_cast<size_t>(n)))
    return makeLike(self, atEnd ? r.data : r.data + n, r.size - n);
  return sameBytes(self);
}

} // namespace

Value byteFind(Value self, const Args& args) { return position("find", self, args, false, false); }
Value byteRfind(Value self, const Args& args) { return position("rfind", self, args, true, false); }
Value byteIndex(Value self, const Args& args) { return position("index", self, args, false, true); }
Value byteRindex(Value self, const Args& args) { return position("rindex", self, args, true, true); }
Value byteStartswith(Value self, const Args& args) { return affixTest("startswith", self, args, false); }
Value byteEndswith(Value self, const Args& args) { return affixTest("endswith", self, args, true); }
Value byteRemoveprefix(Value self, Value prefix) { return removeAffix(self, prefix, false); }
Value byteRemovesuffix(Value self, Value suffix) { return removeAffix(self, suffix, true); }

Value byteCount(Value self, const Args& args) {
  FindArguments a;
  if (!a.parse("count", self, args)) return {};
  if (a.end - a.start < a.size) return newInt(0);
  return newInt(search::count(a.range.data + a.start, a.end - a.start, a.needle, a.size));
}

/// One byte by another, at most `most` of those from `first` on.
static Value replaceByte(Value self, ByteRange r, int64_t first, uint8_t was, uint8_t is, int64_t most) {
  if (r.size == 1) return makeLike(self, &is, 1); // the shared one
  Value made = makeLike(self, nullptr, r.size);
  if (!made) return {};
  auto* to = const_cast<uint8_t*>(byteRange(made).data);
  copyShortly(to, r.data, static_cast<size_t>(r.size));
  for (int64_t i = first; i >= 0 && most > 0; --most) {
    to[i++] = is;
    const int64_t next = search::findChar(r.data + i, r.size - i, was);
    i = next < 0 ? -1 : i + next;
  }
  return made;
}

Value byteReplace(Value self, const Value* argv) {
  HeldBuffer from, to;
  int64_t most = -1;
  if (!from.get(argv[0]) || !to.get(argv[1]) || !sizeArgument(argv[2], &most)) return {};
  if (most < 0) most = INT64_MAX;
  const ByteRange r = byteRange(self);
  if (most == 0 || (r.size == 0 && from.size())) return sameBytes(self);
  const int64_t first = search::find<uint8_t>(r.data, r.size, from.data(), from.size());
  if (first < 0 || (from.size() == 0 && to.size() == 0)) return sameBytes(self);
  if (from.size() == 1 && to.size() == 1) return replaceByte(self, r, first, from.data()[0], to.data()[0], most);
  const int64_t growth = to.size() - from.size();
  if (growth == 0 && r.size > 1) { // a copy, then edits
    const Value made = makeLike(self, r.data, r.size);
    if (!made) return {};
    auto* out = const_cast<uint8_t*>(byteRange(made).data) + first;
    search::eachMatch<uint8_t>(r.data + first, r.size - first, from.data(), from.size(), most,
                               [&](int64_t at) { return copyShortly(out + at, to.data(), static_cast<size_t>(to.size())), true; });
    return made;
  }
  const int64_t found = search::count<uint8_t>(r.data + first, r.size - first, from.data(), from.size(), most);
  if (growth > 0 && found > (INT64_MAX - r.size) / growth) return raise(OverflowErrorType, "replace bytes is too long");
  const int64_t total = r.size + found * growth;
  uint8_t few[1]; // what is so short may be there already
  const Value made = total > 1 ? makeLike(self, nullptr, total) : Value();
  if (total > 1 && !made) return {};
  uint8_t* out = made ? const_cast<uint8_t*>(byteRange(made).data) : few;
  const auto add = [&out](const uint8_t* data, int64_t n) {
    if (n) copyShortly(out, data, static_cast<size_t>(n));
    out += n;
  };
  int64_t done = 0;
  const auto addMatch = [&](int64_t at) {
    add(r.data + done, at - done);
    add(to.data(), to.size());
    return done = at + from.size(), true;
  };
  if (from.size()) search::eachMatch<uint8_t>(r.data + first, r.size - first, from.data(), from.size(), most, [&](int64_t at) { return addMatch(first + at); });
  else
    for (int64_t i = 0; i < found; ++i) addMatch(i);
  add(r.data + done, r.size - done);
  return made ? made : makeLike(self, few, total);
}

struct ByteChange {
  uint8_t from, bits; // those that differ in what it becomes
};
constexpr int kFewChanges = 4;
constexpr auto kUnchanged = [] {
  std::array<uint8_t, 256> table{};
  for (size_t i = 0; i < 256; ++i) table[i] = static_cast<uint8_t>(i);
  return table;
}();
/// What a table of 256 changes, if that is little; else more than kFewChanges.
static int changesOf(const uint8_t* table, ByteChange (&changes)[kFewChanges]) {
  constexpr unsigned kRow = 32;
  int n = 0;
  for (unsigned row = 0; row < 256; row += kRow) {
    uint8_t bits = 0;
    for (unsigned i = row; i < row + kRow; ++i) bits |= static_cast<uint8_t>(table[i] ^ kUnchanged[i]);
    for (unsigned i = row; bits && i < row + kRow; ++i) {
      if (table[i] == i) continue;
      if (n == kFewChanges) return kFewChanges + 1;
      changes[n++] = {static_cast<uint8_t>(i), static_cast<uint8_t>(table[i] ^ i)};
    }
  }
  return n;
}
/// Each byte by a table. Where few of the values change, they are changed one after the other, in many bytes at once.
static void mapInto(uint8_t* __restrict to, ByteRange r, const uint8_t* table) {
  constexpr int64_t kWorthALook = 64;
  ByteChange changes[kFewChanges];
  const int few = r.size < kWorthALook ? kFewChanges + 1 : changesOf(table, changes);
  const uint8_t* __restrict from = r.data;
  if (few > kFewChanges) {
    for (int64_t i = 0; i < r.size; ++i) to[i] = table[from[i]];
    return;
  }
  std::memcpy(to, from, static_cast<size_t>(r.size));
  for (int k = 0; k < few; ++k) {
    const ByteChange change = changes[k];
    for (int64_t i = 0; i < r.size; ++i) to[i] ^= static_cast<uint8_t>(-(from[i] == change.from)) & change.bits;
  }
}
/// Each byte by a table, into the result; itself if it has no other.
static Value mapBytes(Value self, ByteRange r, const uint8_t* table) {
  if (r.size == 0) return sameBytes(self);
  if (r.size == 1) return table[*r.data] == *r.data ? sameBytes(self) : makeLike(self, table + *r.data, 1); // the shared one
  Ref result(makeLike(self, nullptr, r.size));
  if (!result) return {};
  auto* to = const_cast<uint8_t*>(byteRange(result).data);
  mapInto(to, r, table);
  const bool changed = std::memcmp(to, r.data, static_cast<size_t>(r.size)) != 0; // one look at the whole costs less than one at each
  return changed ? result.release() : sameBytes(self);
}

Value byteTranslate(Value self, const Value* argv) {
  HeldBuffer table, removed;
  const bool mapped = !isNone(argv[0]);
  if (mapped) {
    if (!table.get(argv[0])) return {};
    if (table.size() != 256) return raise(ValueErrorType, "translation table must be 256 characters long");
  }
  if (argv[1] && !removed.get(argv[1])) return {};
  const ByteRange r = byteRange(self);
  if (mapped && !removed.size()) return mapBytes(self, r, table.data());
  uint16_t entries[256]; // what the byte becomes, and 0x100 if it stays
  for (unsigned i = 0; i < 256; ++i) entries[i] = static_cast<uint16_t>(0x100 | (mapped ? table.data()[i] : i));
  for (int64_t i = 0; i < removed.size(); ++i) entries[removed.data()[i]] = 0;
  ByteOutput out;
  if (!out.reserve(r.size + 1)) return {};
  uint8_t* to = out.data();
  for (int64_t i = 0, n = r.size; i < n; ++i) { // what is dropped is written, too, and then over
    const unsigned entry = entries[r.data[i]];
    *to = static_cast<uint8_t>(entry);
    to += entry >> 8;
  }
  out.setSize(to - out.data());
  const bool changed = out.size() != r.size || std::memcmp(out.data(), r.data, static_cast<size_t>(r.size)) != 0;
  return changed ? makeLike(self, out.data(), out.size()) : sameBytes(self);
}

Value byteMaketrans(Value, const Value* argv) {
  HeldBuffer from, to;
  if (!from.get(argv[0]) || !to.get(argv[1])) return {};
  if (from.size() != to.size()) return raise(ValueErrorType, "maketrans arguments must have same length");
  uint8_t table[256];
  for (int i = 0; i < 256; ++i) table[i] = static_cast<uint8_t>(i);
  for (int64_t i = 0; i < from.size(); ++i) table[from.data()[i]] = to.data()[i];
  return newBytes(table, 256);
}

} // namespace krait
