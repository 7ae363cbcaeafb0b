// str.maketrans and str.translate.
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

/// One mapping looked up: adds the translation of `c`; false on error.
bool translateChar(StrBuilder& out, Value table, uint32_t c) {
  Ref key(newInt(c));
  Ref found(isExactDict(table) ? xnewRef(dictGet(table, key)) : getItem(table, key)); // what a dict has not is no error to make
  if (!found) {
    if (errorSet() && !errorClearIf(LookupErrorType)) return false;
    out.add(c);
    return true;
  }
  if (isNone(found)) return true;
  if (isInt(found)) {
    int overflow = 0;
    const int64_t code = intToInt64(found, &overflow);
    if (overflow || code < 0 || code > 0x10ffff) {
      raise(ValueErrorType, "character mapping must be in range(0x%lx)", 0x110000l);
      return false;
    }
    out.add(static_cast<uint32_t>(code));
    return true;
  }
  if (isStr(found)) {
    out.add(found.get());
    return true;
  }
  raise(TypeErrorType, "character mapping must return integer, None or str");
  return false;
}

Value tableFromDict(Value mapping) {
  if (!isExactDict(mapping)) return raise(TypeErrorType, "if you give only one argument to maketrans it must be a dict");
  Ref table(newDict(dictSize(mapping)));
  if (!table) return {};
  int64_t position = 0;
  Value key, value;
  while (dictNext(mapping, &position, &key, &value)) {
    Ref code;
    if (isStr(key)) {
      if (asStr(key)->length != 1) return raise(ValueErrorType, "string keys in translate table must be of length 1");
      code.reset(newInt(asStr(key)->at(0)));
    } else if (isInt(key)) {
      code.reset(newRef(key));
    } else {
      return raise(TypeErrorType, "keys in translate table must be strings or integers");
    }
    if (dictSet(table, code, value) < 0) return {};
  }
  return table.release();
}

} // namespace

Value strMaketrans(Value, const Value* argv) {
  if (!argv[1]) return tableFromDict(argv[0]);
  for (int i = 1; i < 3; ++i)
    if (argv[i] && !isStr(argv[i]))
      return raise(TypeErrorType, "maketrans() argument %d must be str, not %.50G", i + 1, argv[i]);
  if (!isStr(argv[0]))
    return raise(TypeErrorType, "first maketrans argument must be a string if there is a second argument");
  const StrObject *from = asStr(argv[0]), *to = asStr(argv[1]);
  if (from->length != to->length) return raise(ValueErrorType, "the first two maketrans arguments must have equal length");
  Ref table(newDict());
  if (!table) return {};
  for (int64_t i = 0; i < from->length; ++i)
    if (dictSet(table, newInt(from->at(i)), newInt(to->at(i))) < 0) return {};
  for (int64_t i = 0; argv[2] && i < asStr(argv[2])->length; ++i)
    if (dictSet(table, newInt(asStr(argv[2])->at(i)), none()) < 0) return {};
  return table.release();
}

namespace {

/// What a plain dict makes of ASCII characters, which cannot change underway: each is asked for once.
class AsciiTable {
public:
  static constexpr uint8_t kDropped = 0x80, kOther = 0xfe, kUnknown = 0xff;
  explicit AsciiTable(Value table) : table_(table) { std::memset(known_, isExactDict(table) ? kUnknown : kOther, sizeof known_); }
  /// Another ASCII character, kDropped, or kOther: ask every time. kUnknown: an error.
  uint8_t of(uint8_t c) {
    if (known_[c] == kUnknown) [[unlikely]] known_[c] = ask(c);
    return known_[c];
  }

private:
  uint8_t ask(uint8_t c) {
    Ref key(newInt(c));
    Value found = dictGet(table_, key);
    if (!found) return errorSet() ? kUnknown : c;
    if (isNone(found)) return kDropped;
    if (found.isSmallInt() && found.smallInt() >= 0 && found.smallInt() < 128) return static_cast<uint8_t>(found.smallInt());
    if (isStr(found) && asStr(found)->length == 1 && asStr(found)->at(0) < 128) return static_cast<uint8_t>(asStr(found)->at(0));
    return kOther;
  }
  Value table_;
  uint8_t known_[128];
};

/// As far as characters come from and go to ASCII: how far that was, with the translation at `to`; -1 with an error.
int64_t translateAscii(AsciiTable& table, const uint8_t* from, int64_t n, uint8_t*& to) {
  for (int64_t i = 0; i < n; ++i) {
    const uint8_t made = table.of(from[i]);
    if (made < 128) *to++ = made;
    else if (made != AsciiTable::kDropped) return made == AsciiTable::kUnknown ? -1 : i;
  }
  return n;
}

} // namespace

Value strTranslate(Value v, Value table) {
  const StrObject* s = asStr(v);
  AsciiTable ascii(table);
  StrBuilder out;
  int64_t i = 0;
  if (s->flags & kStrAscii && s->length > 1 && isExactDict(table)) {
    StrObject* made = newStrRaw(s->length, 0x7f);
    if (!made) return {};
    Ref whole(strValue(made));
    uint8_t* to = made->data();
    i = translateAscii(ascii, s->data(), s->length, to);
    if (i < 0) return {};
    const auto size = static_cast<size_t>(to - made->data());
    if (static_cast<int64_t>(size) == s->length) return whole.release();
    if (i == s->length) return newStrAscii(reinterpret_cast<char*>(made->data()), size);
    out.addAscii({reinterpret_cast<char*>(made->data()), size});
  }
  for (; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    const uint8_t made = c < 128 ? ascii.of(static_cast<uint8_t>(c)) : AsciiTable::kOther;
    if (made < 128) {
      out.add(made);
    } else if (made != AsciiTable::kDropped) {
      if (made == AsciiTable::kUnknown || !translateChar(out, table, c)) return {};
    }
  }
  return out.take();
}

} // namespace krait
