// find, index, count, startswith, replace and their kin.
#include <algorithm>
#include <iterator>
#include <memory>
#include <new>

#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

struct FindArguments {
  Value sub;
  int64_t start = 0, end = INT64_MAX;
};

bool parseBounds(const char* name, const Args& args, FindArguments& out) {
  if (!countArgumentsOld(name, args, 1, 3)) return false;
  out.sub = args[0];
  return (args.count < 2 || sliceBound(args[1], &out.start)) && (args.count < 3 || sliceBound(args[2], &out.end));
}
bool parseFind(const char* name, const Args& args, FindArguments& out) {
  if (args.count == 1 && !args.names && isStr(args[0])) [[likely]] return out.sub = args[0], true;
  if (!parseBounds(name, args, out)) return false;
  if (isStr(out.sub)) return true;
  raise(TypeErrorType, "must be str, not %.100s", typeOf(out.sub)->name);
  return false;
}

Value position(const char* name, Value v, const Args& args, int direction, bool required) {
  FindArguments a;
  if (!parseFind(name, args, a)) return {};
  const int64_t at = strFind(v, a.sub, a.start, a.end, direction);
  if (at < 0 && required) return raise(ValueErrorType, "substring not found");
  return newInt(at);
}

/// 1, 0: does `affix` stand at the start (or end) of s[start:end]?
bool tailMatches(Value v, Value affix, int64_t start, int64_t end, bool atEnd) {
  const StrObject *s = asStr(v), *t = asStr(affix);
  search::clip(s->length, start, end);
  if (end - start < t->length) return false;
  if (t->length == 0) return true;
  if (t->kind > s->kind) return false;
  const int64_t at = atEnd ? end - t->length : start;
  if (s->kind == t->kind)
    return equalShortly(s->data() + at * s->kind, t->data(), static_cast<size_t>(t->length) * t->kind);
  for (int64_t i = 0; i < t->length; ++i)
    if (s->at(at + i) != t->at(i)) return false;
  return true;
}

[[gnu::noinline]] Value affixTestBeyond(const char* name, Value v, const Args& args, bool atEnd) {
  FindArguments a;
  if (!parseBounds(name, args, a)) return {};
  if (isTuple(a.sub)) {
    const TupleObject* t = asTuple(a.sub);
    for (int64_t i = 0; i < t->size; ++i) {
      if (!isStr(t->items[i]))
        return raise(TypeErrorType, "tuple for %s must only contain str, not %.100s", name, typeOf(t->items[i])->name);
      if (tailMatches(v, t->items[i], a.start, a.end, atEnd)) return boolean(true);
    }
    return boolean(false);
  }
  if (!isStr(a.sub))
    return raise(TypeErrorType, "%s first arg must be str or a tuple of str, not %.100s", name, typeOf(a.sub)->name);
  return boolean(tailMatches(v, a.sub, a.start, a.end, atEnd));
}

inline Value affixTest(const char* name, Value v, const Args& args, bool atEnd) {
  if (args.count != 1 || args.names || !isStr(args[0])) return affixTestBeyond(name, v, args, atEnd);
  const StrObject *s = asStr(v), *t = asStr(args[0]);
  if (s->kind != t->kind || !t->length) return boolean(tailMatches(v, args[0], 0, INT64_MAX, atEnd));
  if (t->length > s->length) return boolean(false);
  const size_t size = static_cast<size_t>(t->length) * t->kind, at = atEnd ? static_cast<size_t>(s->length) * s->kind - size : 0;
  return boolean(s->data()[at] == t->data()[0] && equalShortly(s->data() + at, t->data(), size));
}

/// Between every two code points, and at both ends: s.replace('', t, most).
Value interleave(Value v, Value by, int64_t most) {
  const StrObject* s = asStr(v);
  StrBuilder out;
  for (int64_t i = 0; i <= s->length; ++i) {
    if (most-- > 0) out.add(by);
    else {
      out.add(v, i, s->length);
      break;
    }
    if (i < s->length) out.add(s->at(i));
  }
  return out.take();
}

/// The largest code point that a text's replacement may hold, if that is sure without a look at what stays: what is widest in it
/// is not what is looked for, or comes in again. 0: it is not.
uint32_t limitOfReplaced(const StrObject* s, const StrObject* from, const StrObject* to) {
  const uint32_t limit = widthLimit(s);
  if (limit > 0x7f && widthLimit(from) >= limit && (!to->length || widthLimit(to) < limit)) return 0;
  return std::max(limit, widthLimit(to));
}

/// s.replace(from, to, most) of a text that has the first at `first`: the places first, so that the result, whose code points are within `limit`, is made
/// in its size. Limit 0: what stays is looked at.
template <class Char>
[[gnu::noinline]] Value replaceInPlaces(Value v, const Char* p, const Char* needle, int64_t m, const StrObject* to, int64_t first, int64_t most, uint32_t limit) {
  const StrObject* s = asStr(v);
  const int64_t n = s->length;
  int64_t few[64], *places = few, room = std::size(few), count = 0;
  std::unique_ptr<int64_t[]> many;
  bool hasRoom = true;
  search::eachMatch(p + first, n - first, needle, m, most, [&](int64_t at) {
    if (count == room) {
      std::unique_ptr<int64_t[]> more(new (std::nothrow) int64_t[static_cast<size_t>(room) * 4]);
      if (!more) return hasRoom = false;
      std::copy_n(places, count, more.get());
      many = std::move(more);
      places = many.get();
      room *= 4;
    }
    places[count++] = first + at;
    return true;
  });
  if (!hasRoom) return raiseNoMemory();
  const int64_t length = n + count * (to->length - m);
  auto forEachPart = [&](auto&& visit) { // of s, what stands in front of each place and behind the last
    int64_t done = 0;
    for (int64_t i = 0; i < count; ++i) {
      visit(done, places[i]);
      done = places[i] + m;
    }
    visit(done, n);
  };
  if (limit == 0) {
    limit = widthLimit(to);
    forEachPart([&](int64_t start, int64_t end) { limit |= orOfRange(s, start, end); });
  }
  if (length == 0) return emptyStr();
  if (length == 1 && limit < 0x100) {
    uint32_t c = to->length ? to->at(0) : 0;
    if (!to->length) forEachPart([&](int64_t start, int64_t end) { if (start < end) c = s->at(start); });
    return newStrFromChar(c);
  }
  StrObject* out = newStrRaw(length, limit);
  if (!out) return {};
  const size_t kind = out->kind;
  uint8_t* at = out->data();
  auto put = [&](const StrObject* text, size_t width, int64_t start, int64_t end) {
    const size_t bytes = static_cast<size_t>(end - start) * kind;
    if (width == kind) putShortly(at, text->data() + static_cast<size_t>(start) * kind, bytes);
    else copyChars(at, static_cast<int>(kind), 0, text, start, end);
    at += bytes;
  };
  forEachPart([&](int64_t start, int64_t end) {
    put(s, sizeof(Char), start, end);
    if (end != n) put(to, to->kind, 0, to->length); // each place is in front of the end
  });
  return strValue(out);
}

} // namespace

Value strFindMethod(Value v, const Args& args) { return position("find", v, args, 1, false); }
Value strRfind(Value v, const Args& args) { return position("rfind", v, args, -1, false); }
Value strIndex(Value v, const Args& args) { return position("index", v, args, 1, true); }
Value strRindex(Value v, const Args& args) { return position("rindex", v, args, -1, true); }
Value strStartswith(Value v, const Args& args) { return affixTest("startswith", v, args, false); }
Value strEndswith(Value v, const Args& args) { return affixTest("endswith", v, args, true); }

Value strCount(Value v, const Args& args) {
  FindArguments a;
  if (!parseFind("count", args, a)) return {};
  const StrObject *s = asStr(v), *t = asStr(a.sub);
  search::clip(s->length, a.start, a.end);
  if (t->kind > s->kind || a.end - a.start < t->length) return newInt(0);
  return newInt(withWidened(s, t, [&](auto* p, auto* needle) {
    return search::count(p + a.start, a.end - a.start, needle, t->length);
  }));
}

/// `known`: where the first code point is, of a text that is searched for one, or -1.
[[gnu::noinline]] static Value replaceFrom(Value v, const Value* argv, int64_t known) {
  for (int i = 0; i < 2; ++i)
    if (!isStr(argv[i]))
      return raise(TypeErrorType, "replace() argument %d must be str, not %.50G", i + 1, argv[i]);
  int64_t most = -1;
  if (!sizeArgument(argv[2], &most)) return {};
  if (most < 0) most = INT64_MAX;
  const StrObject *s = asStr(v), *from = asStr(argv[0]), *to = asStr(argv[1]);
  if (most == 0 || from->kind > s->kind || from->length > s->length || strEqual(argv[0], argv[1])) return strExact(v);
  if (from->length == 0) return interleave(v, argv[1], most);
  if (from->length == 1 && to->length == 1 && to->kind <= s->kind) { // one code point by another: a copy, then edits
    int64_t at = known >= 0 ? known : strFind(v, argv[0], 0, INT64_MAX, 1);
    if (at < 0) return strExact(v);
    const uint32_t c = from->at(0), by = to->at(0);
    const uint32_t limit = widthLimit(s);
    if (widthLimit(to) <= limit && limitOfReplaced(s, from, to) && s->length > 1) {
      StrObject* out = newStrRaw(s->length, limit);
      if (!out) return {};
      if (most == INT64_MAX) {
        withChars(s, [&]<class Char>(const Char* old) {
          auto* made = reinterpret_cast<Char*>(out->data());
          const auto was = static_cast<Char>(c), is = static_cast<Char>(by);
          for (int64_t i = 0, n = s->length; i < n; ++i) made[i] = old[i] == was ? is : old[i];
        });
        return strValue(out);
      }
      std::memcpy(out->data(), s->data(), static_cast<size_t>(s->length) * s->kind);
      for (; at < s->length && most > 0; ++at)
        if (s->at(at) == c) putChar(out->data(), out->kind, at, by), --most;
      return strValue(out);
    }
  }
  const uint32_t limit = limitOfReplaced(s, from, to);
  return withWidened(s, from, [&](auto* p, auto* needle) -> Value {
    const int64_t first = known >= 0 ? known : search::find(p, s->length, needle, from->length);
    if (first < 0) return errorSet() ? Value() : strExact(v);
    return replaceInPlaces(v, p, needle, from->length, to, first, most, limit);
  });
}
Value strReplace(Value v, const Value* argv) {
  // A character that is to be escaped is in few of the texts that are asked.
  int64_t known = -1;
  if (isExactStr(v) && isExactStr(argv[0]) && isStr(argv[1]) && !argv[2] && asStr(argv[0])->length == 1 && asStr(argv[0])->kind == 1) {
    known = withChars(asStr(v), [&]<class Char>(const Char* p) { return search::findChar(p, asStr(v)->length, Char{asStr(argv[0])->data()[0]}); });
    if (known < 0) return newRef(v);
  }
  return replaceFrom(v, argv, known);
}

Value strRemoveprefix(Value v, Value prefix) {
  if (!isStr(prefix)) return raise(TypeErrorType, "removeprefix() argument must be str, not %.50G", prefix);
  return tailMatches(v, prefix, 0, INT64_MAX, false) ? strSubstring(v, asStr(prefix)->length, INT64_MAX) : strExact(v);
}
Value strRemovesuffix(Value v, Value suffix) {
  if (!isStr(suffix)) return raise(TypeErrorType, "removesuffix() argument must be str, not %.50G", suffix);
  return tailMatches(v, suffix, 0, INT64_MAX, true) ? strSubstring(v, 0, asStr(v)->length - asStr(suffix)->length) : strExact(v);
}

} // namespace krait
