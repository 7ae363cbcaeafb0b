// str.format and str.format_map: replacement fields parsed and filled in.
// A field is {name!conversion:spec}; the specification may hold fields itself,
// one level deep. Automatic and manual numbering do not mix.
#include "runtime/abi/format_codes.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/field_name.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/sequence.h"
#include "runtime/types/short_field.h"
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"
#include "runtime/unicode/char_types.h"

namespace krait {

// ---- parsing markup ------------------------------------------------------------------------------

/// Where the first brace of s[from:end] stands, or `end`.
static int64_t nextBrace(const StrObject* s, int64_t from, int64_t end) {
  if (s->kind == 1) {
    constexpr uint64_t kEach = 0x0101010101010101u;
    for (uint64_t word; end - from >= 8; from += 8) {
      std::memcpy(&word, s->data() + from, 8);
      if (const uint64_t hits = search::zeroBytes(word ^ kEach * '{') | search::zeroBytes(word ^ kEach * '}')) return from + __builtin_ctzll(hits) / 8;
    }
  }
  while (from < end && s->at(from) != '{' && s->at(from) != '}') ++from;
  return from;
}

int MarkupIterator::next(MarkupPiece& piece) {
  piece = MarkupPiece();
  const StrObject* s = asStr(text_);
  if (at_ >= end_) return 0;
  // Literal text up to a brace; a doubled brace ends the piece with one brace kept.
  const int64_t start = at_;
  at_ = nextBrace(s, at_, end_);
  bool markup = at_ < end_;
  const uint32_t c = markup ? s->at(at_++) : 0;
  const bool atEnd = at_ >= end_;
  int64_t literal = at_ - start;
  if (c == '}' && (atEnd || s->at(at_) != '}')) return fail(ValueErrorType, "Single '}' encountered in format string");
  if (atEnd && c == '{') return fail(ValueErrorType, "Single '{' encountered in format string");
  if (markup && !atEnd) {
    if (s->at(at_) == c) { // escaped
      ++at_;
      markup = false;
    } else {
      --literal;
    }
  }
  piece.literalFrom = start;
  piece.literalTo = start + literal;
  if (!markup) return 1;
  piece.hasField = true;
  return parseField(piece) ? 1 : -1;
}

bool MarkupIterator::parseField(MarkupPiece& piece) {
  const StrObject* s = asStr(text_);
  uint32_t c = 0;
  piece.nameFrom = at_;
  bool inBrackets = false;
  for (; at_ < end_; ++at_) {
    c = s->at(at_);
    if (c == '{' && !inBrackets) {
      raise(ValueErrorType, "unexpected '{' in field name");
      return false;
    }
    if (c == '[') inBrackets = true;
    else if (c == ']') inBrackets = false;
    else if (!inBrackets && (c == '}' || c == ':' || c == '!')) break;
  }
  piece.nameTo = at_;
  if (at_ >= end_) {
    raise(ValueErrorType, "expected '}' before end of string");
    return false;
  }
  ++at_;
  if (c == '!') {
    if (at_ >= end_) {
      raise(ValueErrorType, "end of string while looking for conversion specifier");
      return false;
    }
    piece.conversion = s->at(at_++);
    if (at_ < end_) {
      c = s->at(at_++);
      if (c == '}') return true;
      if (c != ':') {
        raise(ValueErrorType, "expected ':' after conversion specifier");
        return false;
      }
    } else {
      c = ':';
    }
  } else if (c == '}') {
    return true;
  }
  piece.hasSpec = true;
  piece.specFrom = piece.specTo = at_;
  int64_t depth = 1;
  for (; at_ < end_; ++at_) {
    c = s->at(at_);
    if (c == '{') {
      piece.specHasFields = true;
      ++depth;
    } else if (c == '}' && --depth == 0) {
      piece.specTo = at_++;
      return true;
    }
  }
  raise(ValueErrorType, "unmatched '{' in format spec");
  return false;
}

/// A field's decimal number, -1 when it is none, -2 with an error set.
static int64_t fieldNumber(const StrObject* s, int64_t from, int64_t to) {
  if (from >= to) return -1;
  int64_t value = 0;
  for (; from < to; ++from) {
    const uint32_t c = s->at(from);
    const int digit = unicode::decimalValue(c);
    if (digit < 0) return -1;
    if (value > (INT64_MAX - digit) / 10) {
      raise(ValueErrorType, "Too many decimal digits in format string");
      return -2;
    }
    value = value * 10 + digit;
  }
  return value;
}

int FieldNameIterator::first(int64_t* nameTo, int64_t* number) {
  const StrObject* s = asStr(text_);
  const int64_t from = at_;
  while (at_ < end_ && s->at(at_) != '.' && s->at(at_) != '[') ++at_;
  *nameTo = at_;
  *number = fieldNumber(s, from, at_);
  return *number == -2 ? -1 : 0;
}

int FieldNameIterator::next(FieldAccess& access) {
  if (at_ >= end_) return 0;
  const StrObject* s = asStr(text_);
  const uint32_t c = s->at(at_++);
  access = FieldAccess();
  if (c == '.') {
    access.isAttribute = true;
    access.from = at_;
    while (at_ < end_ && s->at(at_) != '.' && s->at(at_) != '[') ++at_;
    access.to = at_;
  } else if (c == '[') {
    access.from = at_;
    while (at_ < end_ && s->at(at_) != ']') ++at_;
    if (at_ >= end_) return fail(ValueErrorType, "Missing ']' in format string");
    access.to = at_++;
    access.number = fieldNumber(s, access.from, access.to);
    if (access.number == -2) return -1;
  } else {
    return fail(ValueErrorType, "Only '.' or '[' may follow ']' in format field specifier");
  }
  if (access.from == access.to) return fail(ValueErrorType, "Empty attribute in format string");
  return 1;
}

// ---- filling in ----------------------------------------------------------------------------------

namespace {

/// Where the values come from, and the numbering state.
struct FormatSource {
  const Value* positional = nullptr; // null: format_map
  size_t count = 0;
  const Args* named = nullptr;
  Value mapping;
  enum { Unknown, Automatic, Manual } numbering = Unknown;
  int64_t nextNumber = 0;

  bool chooseNumbering(bool automatic) {
    if (numbering == Unknown) {
      numbering = automatic ? Automatic : Manual;
      return true;
    }
    if (automatic == (numbering == Automatic)) return true;
    raise(ValueErrorType, automatic ? "cannot switch from manual field specification to automatic field numbering"
                                    : "cannot switch from automatic field numbering to manual field specification");
    return false;
  }
  Value byNumber(int64_t i) {
    if (!positional) return raise(ValueErrorType, "Format string contains positional fields");
    if (i < static_cast<int64_t>(count)) return newRef(positional[i]);
    return raise(IndexErrorType, "Replacement index %zd out of range for positional args tuple", i);
  }
  Value byName(Value name) {
    if (mapping) return getItem(mapping, name);
    const size_t names = named->hasNames() ? named->nameCount() : 0;
    for (size_t i = 0; i < names; ++i)
      if (const Value key = asTuple(named->names)->items[i]; isStr(key) && strEqual(key, name)) return newRef(named->values[named->count + i]);
    return raiseKeyError(name);
  }
};

Value fieldObject(Value text, int64_t from, int64_t to, FormatSource& source) {
  if (from == to) return source.chooseNumbering(true) ? source.byNumber(source.nextNumber++) : Value();
  FieldNameIterator it(text, from, to);
  int64_t nameTo, number;
  if (it.first(&nameTo, &number) < 0) return {};
  const bool empty = from == nameTo;
  if ((empty || number >= 0) && !source.chooseNumbering(empty)) return {};
  if (empty) number = source.nextNumber++;
  Ref o;
  if (number >= 0) {
    o.reset(source.byNumber(number));
  } else {
    Ref name(strSubstring(text, from, nameTo));
    if (name) o.reset(source.byName(name));
  }
  if (!o) return {};
  FieldAccess access;
  int more;
  while ((more = it.next(access)) > 0) {
    Ref found;
    if (!access.isAttribute && access.number >= 0) {
      found.reset(isSequence(o) ? sequenceItem(o, access.number) : getItem(o, Ref(newInt(access.number))));
    } else {
      Ref name(strSubstring(text, access.from, access.to));
      if (name) found.reset(access.isAttribute ? getAttr(o, name) : getItem(o, name));
    }
    if (!found) return {};
    o = std::move(found);
  }
  return more < 0 ? Value() : o.release();
}

bool convert(Ref& o, uint32_t conversion) {
  switch (conversion) {
  case 0: return true;
  case 'r': o.reset(repr(o)); break;
  case 's': o.reset(str(o)); break;
  case 'a': o.reset(ascii(o)); break;
  default:
    if (conversion > 32 && conversion < 127) raise(ValueErrorType, "Unknown conversion specifier %c", static_cast<int>(conversion));
    else raise(ValueErrorType, "Unknown conversion specifier \\x%x", conversion);
    return false;
  }
  return static_cast<bool>(o);
}

/// Adds what needs neither conversion nor specification: a text or a small number. False: nothing was done.
bool addPlainly(StrBuilder& out, Value v, uint32_t conversion) {
  if (conversion && conversion != 's') return false;
  if (v.isSmallInt()) {
    char digits[kSmallDecimal];
    char* from = smallDecimal(v.smallInt(), digits + sizeof digits);
    out.addAscii({from, digits + sizeof digits});
    return true;
  }
  return isExactStr(v) && (out.add(v), true);
}

bool formatMarkup(StrBuilder& out, Value text, int64_t from, int64_t to, FormatSource& source, int depth) {
  if (depth <= 0) {
    raise(ValueErrorType, "Max string recursion exceeded");
    return false;
  }
  MarkupIterator it(text, from, to);
  MarkupPiece piece;
  int more;
  while ((more = it.next(piece)) > 0) {
    out.add(text, piece.literalFrom, piece.literalTo);
    if (!piece.hasField) continue;
    Ref o(fieldObject(text, piece.nameFrom, piece.nameTo, source));
    if (!o) return false;
    if (piece.specFrom == piece.specTo && addPlainly(out, o, piece.conversion)) continue;
    if (!convert(o, piece.conversion)) return false;
    Ref spec;
    if (piece.specHasFields) {
      StrBuilder inner;
      if (!formatMarkup(inner, text, piece.specFrom, piece.specTo, source, depth - 1)) return false;
      spec.reset(inner.take());
      if (!spec) return false;
    } else if (piece.specTo > piece.specFrom) {
      spec.reset(strSubstring(text, piece.specFrom, piece.specTo));
      if (!spec) return false;
    }
    Ref shown(format(o, spec));
    if (!shown) return false;
    out.add(shown.get());
  }
  return more == 0;
}

/// Codes of digits that are some bits of an int.
bool isBitCode(uint8_t code) { return code == 'x' || code == 'X' || code == 'b' || code == 'o'; }

/// [<>][0][width][.precision][code] of a field of that value, up to the character that ends it: where that is, or null.
const uint8_t* readShortSpec(const uint8_t* at, uint8_t ending, Value v, ShortField& field) {
  field.code = isExactStr(v) ? 's' : v.isSmallInt() ? 'd' : isExactFloat(v) ? 'r' : 0;
  field.left = field.code == 's';
  if (*at == '<' || *at == '>') field.left = *at++ == '<';
  else if (*at == '0' && field.code != 's') field.zeros = true, ++at;
  if (*at == '0') return nullptr;
  const uint8_t* const sizes = at;
  at = field.readSizes(at);
  if (at > sizes && at[-1] == '.') return nullptr; // which is an error
  if (*at == 'd' ? field.code != 'd' : *at == 's' && field.code != 's') return nullptr;
  if (*at == 'd' || *at == 's' || *at == 'f' || (*at == '%' && field.code == 'r') || (field.code == 'd' && isBitCode(*at))) field.code = *at++;
  return *at == ending ? at : nullptr;
}

/// format(v, spec) of a short one; null without an error where it is another.
Value formatShortly(Value v, const StrObject* spec) {
  ShortField field;
  const uint8_t* const at = spec->flags & kStrAscii ? readShortSpec(spec->data(), 0, v, field) : nullptr;
  if (!at || at != spec->data() + spec->length) return {};
  if (field.showsAll(v)) return newRef(v);
  uint8_t buffer[128];
  const uint8_t* const to = putShortField(field, v, buffer, buffer + sizeof buffer);
  return to ? newStrAscii(reinterpret_cast<const char*>(buffer), static_cast<size_t>(to - buffer)) : Value();
}

/// A format of ASCII whose fields are {} or {number}, with a short specification or none, of texts of ASCII, small ints and floats.
/// Null without an error where it is another, or too long for the buffer.
Value formatShortly(const StrObject* s, const Args& args) {
  if (!(s->flags & kStrAscii)) return {};
  const auto *at = s->data(), *const begin = at, *const end = at + s->length;
  uint8_t buffer[256], *to = buffer;
  const uint8_t* const full = buffer + sizeof buffer;
  uint64_t automatic = 0;
  bool numbered = false;
  for (;;) {
    const auto* brace = begin + nextBrace(s, at - begin, s->length);
    if (brace - at >= full - to) return {};
    to = putShortly(to, at, static_cast<size_t>(brace - at));
    if (brace == end) break;
    at = brace + 1;
    if (*at == *brace) {
      *to++ = *at++; // there was room for one more
      continue;
    }
    if (*brace == '}') return {};
    uint64_t which = automatic;
    if (const auto digit = static_cast<uint8_t>(*at - '0'); digit <= 9) which = digit, numbered = true, ++at;
    else ++automatic;
    if ((numbered && automatic) || which >= args.count) return {};
    const Value v = args[which];
    ShortField field;
    if (*at != ':' && *at != '}') return {};
    at = readShortSpec(at + (*at == ':'), '}', v, field);
    if (!at) return {};
    ++at;
    if (at == end && to == buffer && field.showsAll(v)) return newRef(v); // which nothing else is added to
    to = putShortField(field, v, to, full);
    if (!to) return {};
  }
  return newStrAscii(reinterpret_cast<const char*>(buffer), static_cast<size_t>(to - buffer));
}

/// Whether there is nothing but literal text: that is the result itself then, of whatever class.
bool isLiteral(Value text) {
  const int64_t n = asStr(text)->length;
  return n > 0 && nextBrace(asStr(text), 0, n) == n;
}

} // namespace

Value strFormat(Value v, const Args& args) {
  if (isLiteral(v)) return newRef(v);
  if (const Value made = formatShortly(asStr(v), args); made || errorSet()) return made;
  FormatSource source;
  source.positional = args.values ? args.values : reinterpret_cast<const Value*>(&source);
  source.count = args.count;
  source.named = &args;
  StrBuilder out;
  if (!formatMarkup(out, v, 0, asStr(v)->length, source, 2)) return {};
  return out.take();
}

Value strFormatMap(Value v, Value mapping) {
  if (isLiteral(v)) return newRef(v);
  FormatSource source;
  source.mapping = mapping;
  StrBuilder out;
  if (!formatMarkup(out, v, 0, asStr(v)->length, source, 2)) return {};
  return out.take();
}

/// A field of `%`: `spec` is its text.
static Value formatPercentField(Value v, int32_t conversion, Value spec) {
  const int32_t code = conversion & 0xff;
  if (code == 's') return str(v);
  if (code == 'r') return repr(v);
  if (!isTuple(v)) return strFormatPercent(spec, v);
  const Ref alone(newTuple({v}));
  return alone ? strFormatPercent(spec, alone) : Value();
}

/// `format` with a text instead of the two characters of its field.
static Value fillField(Value format, int64_t at, Value text) {
  const StrObject *f = asStr(format), *t = asStr(text);
  if (f->length == 2) return newRef(text);
  if (!(f->flags & t->flags & kStrAscii)) {
    StrBuilder out;
    out.add(format, 0, at);
    out.add(text);
    out.add(format, at + 2, f->length);
    return out.take();
  }
  StrObject* out = newStrRaw(f->length - 2 + t->length, 0x7f);
  if (!out) return {};
  uint8_t* to = putShortly(out->data(), f->data(), static_cast<size_t>(at));
  to = putShortly(to, t->data(), static_cast<size_t>(t->length));
  putShortly(to, f->data() + at + 2, static_cast<size_t>(f->length - at - 2));
  return strValue(out);
}

/// `format % v` of a format with one field (kWholeOperand). A tuple has the value in it, and a class derived from str may have its own `%`.
static Value formatWhole(Value v, int32_t conversion, Value format) {
  const int32_t code = conversion & 0xff;
  Ref text;
  if (v.isSmallInt()) text.reset(intToText(v, 10, false));
  else if (code == 's' && isExactStr(v)) text = Ref::share(v);
  else if (code == 'd' || isTuple(v) || isStr(v)) return remainder(format, v);
  else text.reset(code == 's' ? str(v) : repr(v));
  return text ? fillField(format, conversion >> kFieldPlace, text) : Value();
}

[[gnu::noinline]] static Value formatOtherwise(Value v, int32_t conversion, Value spec) {
  if (conversion & kWholeOperand) return formatWhole(v, conversion, spec);
  if (conversion & kPercentField) return formatPercentField(v, conversion, spec);
  if (spec && !conversion) {
    if (const RecursionLevels level(1); !level) return Value(); // of __format__
    if (const Value made = formatShortly(v, asStr(spec)); made || errorSet()) return made;
  }
  Ref o = Ref::share(v);
  if (!convert(o, static_cast<uint32_t>(conversion))) return {};
  if (isExactStr(o) && (!spec || asStr(spec)->length == 0)) return o.release();
  return format(o, spec);
}
/// Whether a small int or a text stands for what is shown of it.
[[gnu::always_inline]] static inline bool showsItself(Value v, int32_t conversion, Value spec) {
  if (v.isSmallInt()) return showsDecimal(conversion, static_cast<bool>(spec));
  return isExactStr(v) && (spec ? conversion == (kPercentField | 's') : conversion != 'a' && conversion != 'r');
}
static constexpr char kWhileShowing[] = " while getting the str of an object";
extern "C" Value krt_format_value(Value v, int32_t conversion, Value spec) {
  if (!showsItself(v, conversion, spec)) return formatOtherwise(v, conversion, spec);
  if (!v.isSmallInt()) return newRef(v);
  const RecursionLevels level(1, kWhileShowing);
  return level ? intToText(v, 10, false) : Value();
}
extern "C" Value krt_format_piece(Value v, int32_t conversion, Value spec) {
  if (!showsItself(v, conversion, spec)) return formatOtherwise(v, conversion, spec);
  if (!v.isSmallInt()) return newRef(v);
  const RecursionLevels level(1, kWhileShowing); // as if its text were made here
  return level ? v : Value();
}

} // namespace krait
