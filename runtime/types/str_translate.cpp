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
  Ref found(getItem(table, key));
  if (!found) {
    if (!errorClearIf(LookupErrorType)) return false;
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

Value strTranslate(Value v, Value table) {
  const StrObject* s = asStr(v);
  StrBuilder out;
  // ASCII answers of a plain dict cannot change underway: ask once each. 0xff: not asked, 0xfe: ask every time.
  uint8_t known[128];
  std::memset(known, 0xff, sizeof known);
  const bool plain = isExactDict(table);
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    if (c < 128 && known[c] < 128) {
      out.add(known[c]);
      continue;
    }
    if (plain && c < 128 && known[c] == 0xff) {
      Value found = dictGet(table, newInt(c));
      if (!found && errorSet()) return {};
      if (!found) known[c] = static_cast<uint8_t>(c);
      else if (found.isSmallInt() && found.smallInt() >= 0 && found.smallInt() < 128) known[c] = static_cast<uint8_t>(found.smallInt());
      else if (isStr(found) && asStr(found)->length == 1 && asStr(found)->at(0) < 128) known[c] = static_cast<uint8_t>(asStr(found)->at(0));
      else known[c] = 0xfe;
      if (known[c] < 128) {
        out.add(known[c]);
        continue;
      }
    }
    if (!translateChar(out, table, c)) return {};
  }
  return out.take();
}

} // namespace krait
