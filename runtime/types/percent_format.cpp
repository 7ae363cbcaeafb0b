// %[(key)][flags][width][.precision][length]code, interpreted left to right;
// the arguments are a tuple, a mapping, or one value.
#include "runtime/types/percent_format.h"
#include <cmath>
#include <cstring>
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_source.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/sequence.h"
#include "runtime/types/short_field.h"
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

struct Conversion {
  bool left = false, plus = false, blank = false, alt = false, zero = false, noNegativeZero = false;
  int64_t width = -1, precision = -1;
  uint32_t code = 0;
};

/// What a conversion made, before padding.
struct Piece {
  Ref text;
  int64_t from = 0, to = 0;
  char sign = 0;
  char prefix = 0; // 'x' 'X' 'o': "0x" in front of the digits
  std::string_view digits; // instead of the text, in `buffer`
  char buffer[kFixedRoom];
};

/// How far a format was done in short ways, a conversion at a time.
struct ShortStart {
  uint8_t shown[256], *to = shown;
  int64_t at = 0, used = 0; // characters of the format, arguments
};

class Formatter {
public:
  Formatter(Value format, Value args, bool bytes) : format_(format), s_(asStr(format)), bytes_(bytes), args_(args) {
    if (isTuple(args)) count_ = asTuple(args)->size, next_ = 0;
    const MappingSlots* mapping = readyTypeOf(args)->mapping;
    const bool isText = isStr(args) || (bytes && (isBytes(args) || isInstanceOf(args, bytearrayType)));
    if (mapping && mapping->subscript && !isTuple(args) && !isText) mapping_ = args;
  }
  void goOn(const ShortStart& start);
  Value run();

private:
  int64_t nextPercent() const;
  int32_t convertPlainly();
  Value nextArgument();
  bool lookUpKey();
  bool parse(Conversion& c);
  bool star(int64_t* out, int64_t most, const char* tooLarge);
  bool number(int64_t* out, int64_t most, const char* tooBig);
  bool convert(const Conversion& c);
  bool convertText(const Conversion& c, Value v, Piece& piece);
  bool convertInt(const Conversion& c, Value v, Piece& piece);
  bool convertFloat(const Conversion& c, Value v, Piece& piece);
  bool convertChar(Value v, Piece& piece);
  void put(const Conversion& c, const Piece& piece, bool numeric);

  Value format_;
  const StrObject* s_;
  bool bytes_;
  Value args_, mapping_;
  Ref keyed_;              // the value that %(key) found
  int64_t count_ = -1, next_ = -2;
  int64_t at_ = 0;
  StrBuilder out_;
};

/// Where the next conversion begins, or the length.
int64_t Formatter::nextPercent() const {
  if (s_->kind == 1) {
    const int64_t found = search::findChar<uint8_t>(s_->data() + at_, s_->length - at_, '%');
    return found < 0 ? s_->length : at_ + found;
  }
  const int64_t found = strFind(format_, latin1Char('%'), at_, s_->length, 1);
  return found < 0 ? s_->length : found;
}

/// At a code: converts what has no flags and is a text, or a small number. 1, -1 error; 0: nothing was done, the long way is due.
int32_t Formatter::convertPlainly() {
  const uint32_t code = s_->at(at_);
  if ((code != 'd' && (bytes_ || (code != 's' && code != 'r'))) || next_ >= count_) return 0;
  Value v = count_ < 0 ? args_ : asTuple(args_)->items[next_];
  if (code == 'd' && !v.isSmallInt()) return 0;
  ++next_;
  ++at_;
  if (v.isSmallInt()) {
    char digits[kSmallDecimal];
    char* from = smallDecimal(v.smallInt(), digits + sizeof digits);
    out_.addAscii({from, digits + sizeof digits});
  } else if (code == 's' && isExactStr(v)) {
    out_.add(v);
  } else {
    Ref text(code == 's' ? str(v) : repr(v));
    if (!text) return -1;
    out_.add(text);
  }
  return 1;
}

/// Borrowed, or null with TypeError.
Value Formatter::nextArgument() {
  if (next_ >= count_) return raise(TypeErrorType, "not enough arguments for format string");
  ++next_;
  return count_ < 0 ? args_ : asTuple(args_)->items[next_ - 1];
}

bool Formatter::lookUpKey() {
  if (!mapping_) {
    raise(TypeErrorType, "format requires a mapping");
    return false;
  }
  int64_t depth = 1;
  const int64_t from = ++at_;
  while (depth > 0 && at_ < s_->length) {
    const uint32_t c = s_->at(at_++);
    if (c == '(') ++depth;
    else if (c == ')') --depth;
  }
  if (depth > 0) {
    raise(ValueErrorType, "incomplete format key");
    return false;
  }
  Ref key(strSubstring(format_, from, at_ - 1));
  if (key && bytes_) key.reset(encodeStr(key, "latin-1", nullptr));
  if (!key) return false;
  keyed_.reset(getItem(mapping_, key));
  if (!keyed_) return false;
  args_ = keyed_;
  count_ = -1;
  next_ = -2;
  return true;
}

bool Formatter::star(int64_t* out, int64_t most, const char* tooLarge) {
  Value v = nextArgument();
  if (!v) return false;
  if (!isInt(v)) {
    raise(TypeErrorType, "* wants int");
    return false;
  }
  int overflow = 0;
  *out = intToInt64(v, &overflow);
  if (overflow || *out > most || *out < -most - 1) {
    raise(OverflowErrorType, tooLarge);
    return false;
  }
  ++at_;
  return true;
}

bool Formatter::number(int64_t* out, int64_t most, const char* tooBig) {
  while (at_ < s_->length) {
    const uint32_t c = s_->at(at_);
    if (c < '0' || c > '9') break;
    if (*out > (most - static_cast<int64_t>(c - '0')) / 10) {
      raise(ValueErrorType, tooBig);
      return false;
    }
    *out = *out * 10 + static_cast<int64_t>(c - '0');
    ++at_;
  }
  return true;
}

bool Formatter::parse(Conversion& c) {
  auto peek = [&] { return at_ < s_->length ? s_->at(at_) : 0; };
  for (;; ++at_) {
    switch (peek()) {
    case '-': c.left = true; continue;
    case '+': c.plus = true; continue;
    case ' ': c.blank = true; continue;
    case '#': c.alt = true; continue;
    case '0': c.zero = true; continue;
    case 'z':
      if (!bytes_) break; // text has no such flag
      c.noNegativeZero = true;
      continue;
    }
    break;
  }
  if (peek() == '*') {
    if (!star(&c.width, INT64_MAX, "Python int too large to convert to C ssize_t")) return false;
    if (c.width < 0) c.left = true, c.width = c.width == INT64_MIN ? INT64_MAX : -c.width;
  } else if (peek() >= '0' && peek() <= '9') {
    c.width = 0;
    if (!number(&c.width, INT64_MAX, "width too big")) return false;
  }
  if (peek() == '.') {
    ++at_;
    c.precision = 0;
    if (peek() == '*') {
      if (!star(&c.precision, INT32_MAX, "Python int too large to convert to C int")) return false;
      if (c.precision < 0) c.precision = 0;
    } else if (!number(&c.precision, INT32_MAX, bytes_ ? "prec too big" : "precision too big")) {
      return false;
    }
  }
  if (peek() == 'h' || peek() == 'l' || peek() == 'L') ++at_;
  if (at_ >= s_->length) {
    raise(ValueErrorType, "incomplete format");
    return false;
  }
  c.code = s_->at(at_++);
  if (bytes_ && c.code == 'i') c.code = 'd'; // so errors call it
  return true;
}

/// The text of a bytes-like argument of bytes % …, as Latin-1 code points.
Value bytesPiece(Value v) {
  if (!isBytes(v) && !isInstanceOf(v, bytearrayType)) {
    Ref method(lookupSpecial(v, NAME(__bytes__)));
    if (method) {
      Ref made(call(method));
      if (!made) return {};
      if (!isBytes(made)) return raise(TypeErrorType, "__bytes__ returned non-bytes (type %.200s)", typeOf(made)->name);
      return newStrLatin1(made.as<BytesObject>()->data, static_cast<size_t>(made.as<BytesObject>()->size));
    }
    if (errorSet()) return {};
    if (!readyTypeOf(v)->buffer)
      return raise(TypeErrorType, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.100s'", typeOf(v)->name);
  }
  Buffer buffer;
  Ref copy; // of what does not lie in one piece
  if (isExact(v, memoryviewType)) {
    copy.reset(bytesFromObject(v, "bytes"));
    if (!copy) return {};
    v = copy;
  }
  if (getBuffer(v, &buffer, kBufferSimple) < 0) return {};
  Value text = newStrLatin1(static_cast<const uint8_t*>(buffer.data), static_cast<size_t>(buffer.bytes));
  releaseBuffer(&buffer);
  return text;
}

bool Formatter::convertText(const Conversion& c, Value v, Piece& piece) {
  if (bytes_) piece.text.reset(c.code == 's' || c.code == 'b' ? bytesPiece(v) : ascii(v));
  else piece.text.reset(c.code == 's' ? (isExactStr(v) ? newRef(v) : str(v)) : c.code == 'r' ? repr(v) : ascii(v));
  if (!piece.text) return false;
  piece.to = asStr(piece.text)->length;
  if (c.precision >= 0 && piece.to > c.precision) piece.to = c.precision;
  return true;
}

bool Formatter::convertInt(const Conversion& c, Value v, Piece& piece) {
  const bool decimal = c.code == 'd' || c.code == 'i' || c.code == 'u';
  if (decimal && v.isSmallInt() && c.precision < 0) {
    char* const end = piece.buffer + sizeof piece.buffer;
    const char* from = smallDecimal(v.smallInt(), end);
    if (*from == '-') piece.sign = *from++;
    piece.digits = {from, end};
    return true;
  }
  Ref n;
  if (isInt(v)) {
    n = Ref::share(v);
  } else {
    const NumberSlots* number = readyTypeOf(v)->number;
    if (number && (number->index || (decimal && (number->toInt || number->toFloat)))) {
      n.reset(decimal ? call(asValue(&intType), {v}) : index(v)); // int() asks __int__ first
      if (!n && !errorMatches(TypeErrorType)) return false;
    }
    if (!n) {
      errorClear();
      raise(TypeErrorType, "%%%c format: %s is required, not %.200s", static_cast<int>(c.code),
            decimal ? "a real number" : "an integer", typeOf(v)->name);
      return false;
    }
  }
  const int base = decimal ? 10 : c.code == 'o' ? 8 : 16;
  Ref text(intToText(n, base, false));
  if (!text) return false;
  if (c.precision > INT32_MAX - 3) {
    raise(OverflowErrorType, "precision too large");
    return false;
  }
  const StrObject* digits = asStr(text);
  int64_t from = 0;
  if (digits->at(0) == '-') piece.sign = '-', from = 1;
  if (c.alt && !decimal) piece.prefix = static_cast<char>(c.code);
  if (c.precision <= digits->length - from && c.code != 'X') {
    piece.from = from;
    piece.to = digits->length;
    piece.text = std::move(text);
    return true;
  }
  StrBuilder padded;
  padded.addRepeated('0', c.precision - (digits->length - from));
  for (; from < digits->length; ++from) {
    const uint32_t d = digits->at(from);
    padded.add(c.code == 'X' && d >= 'a' ? d - 32 : d);
  }
  piece.to = padded.length();
  piece.text.reset(padded.take());
  return static_cast<bool>(piece.text);
}

bool Formatter::convertFloat(const Conversion& c, Value v, Piece& piece) {
  const double d = toDouble(v);
  if (d == -1.0 && errorSet()) {
    if (bytes_ && errorClearIf(TypeErrorType)) raise(TypeErrorType, "float argument required, not %.200s", typeOf(v)->name);
    return false;
  }
  const int precision = c.precision < 0 ? 6 : static_cast<int>(c.precision);
  if ((c.code == 'f' || c.code == 'F') && !(c.alt && precision == 0) && !(c.noNegativeZero && std::signbit(d))) {
    char* const end = piece.buffer + sizeof piece.buffer;
    if (const char* from = shortFixed(std::fabs(d), precision, end)) {
      if (std::signbit(d)) piece.sign = '-';
      piece.digits = {from, end};
      return true;
    }
  }
  const unsigned flags = (c.alt ? unsigned{kDoubleAlt} : 0) | (c.noNegativeZero ? unsigned{kDoubleNoNegZero} : 0);
  piece.text.reset(doubleToText(d, static_cast<char>(c.code), precision, flags));
  if (!piece.text) return false;
  const StrObject* text = asStr(piece.text);
  if (text->at(0) == '-') piece.sign = '-', piece.from = 1;
  piece.to = text->length;
  return true;
}

bool Formatter::convertChar(Value v, Piece& piece) {
  piece.to = 1;
  if (!bytes_ && isStr(v)) {
    if (asStr(v)->length == 1) return piece.text = Ref::share(v), true;
    raise(TypeErrorType, "%%c requires int or char");
    return false;
  }
  if (bytes_ && (isBytes(v) || isInstanceOf(v, bytearrayType))) {
    piece.text.reset(bytesPiece(v));
    if (piece.text && asStr(piece.text)->length == 1) return true;
    if (piece.text) raise(TypeErrorType, "%%c requires an integer in range(256) or a single byte");
    return false;
  }
  Ref n;
  if (isInt(v) || (readyTypeOf(v)->number && readyTypeOf(v)->number->index)) n.reset(index(v));
  if (!n) {
    if (errorSet() && !errorClearIf(TypeErrorType)) return false;
    raise(TypeErrorType, bytes_ ? "%%c requires an integer in range(256) or a single byte" : "%%c requires int or char");
    return false;
  }
  int overflow = 0;
  const int64_t code = intToInt64(n, &overflow);
  if (overflow || code < 0 || code >= (bytes_ ? 256 : 0x110000)) {
    raise(OverflowErrorType, bytes_ ? "%%c arg not in range(256)" : "%%c arg not in range(0x110000)");
    return false;
  }
  piece.text.reset(newStrFromChar(static_cast<uint32_t>(code)));
  return static_cast<bool>(piece.text);
}

void Formatter::put(const Conversion& c, const Piece& piece, bool numeric) {
  char sign = piece.sign;
  if (numeric && !sign) sign = c.plus ? '+' : c.blank ? ' ' : 0;
  const int64_t body = piece.digits.empty() ? piece.to - piece.from : static_cast<int64_t>(piece.digits.size());
  const int64_t length = body + (sign ? 1 : 0) + (piece.prefix ? 2 : 0);
  const int64_t padding = c.width > length ? c.width - length : 0;
  const bool zeros = numeric && c.zero && !c.left;
  if (!c.left && !zeros) out_.addRepeated(' ', padding);
  if (sign) out_.add(static_cast<uint32_t>(sign));
  if (piece.prefix) {
    out_.add('0');
    out_.add(static_cast<uint32_t>(piece.prefix));
  }
  if (zeros) out_.addRepeated('0', padding);
  if (piece.digits.empty()) out_.add(piece.text, piece.from, piece.to);
  else out_.addAscii(piece.digits);
  if (c.left) out_.addRepeated(' ', padding);
}

bool Formatter::convert(const Conversion& c) {
  Value v = nextArgument();
  if (!v) return false;
  Piece piece;
  bool numeric = false, done;
  switch (c.code) {
  case 'b':
    if (!bytes_) goto unsupported;
    [[fallthrough]];
  case 's': case 'r': case 'a': done = convertText(c, v, piece); break;
  case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': numeric = true; done = convertInt(c, v, piece); break;
  case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': numeric = true; done = convertFloat(c, v, piece); break;
  case 'c': done = convertChar(v, piece); break;
  unsupported:
  default:
    if (bytes_ && c.code >= 128) return raise(ValueErrorType, ""), false; // no character for CPython's message, which is lost
    raise(ValueErrorType, "unsupported format character '%c' (0x%x) at index %zd",
          bytes_ || (c.code > 31 && c.code < 128) ? static_cast<int>(c.code) : '?', c.code, static_cast<size_t>(at_ - 1));
    return false;
  }
  if (!done) return false;
  put(c, piece, numeric);
  return true;
}

/// From where the short ways ended.
void Formatter::goOn(const ShortStart& start) {
  out_.addAscii({reinterpret_cast<const char*>(start.shown), static_cast<size_t>(start.to - start.shown)});
  at_ = start.at;
  next_ += start.used;
}

Value Formatter::run() {
  bool asItIs = false; // a text without conversions is the result itself, of whatever class
  while (at_ < s_->length) {
    const int64_t percent = nextPercent();
    asItIs = at_ == 0 && percent == s_->length && !bytes_;
    if (asItIs) break;
    out_.add(format_, at_, percent);
    at_ = percent + 1;
    if (percent == s_->length) break;
    if (at_ < s_->length && s_->at(at_) == '%') {
      out_.add('%');
      ++at_;
      continue;
    }
    if (at_ < s_->length) {
      if (s_->at(at_) == '(' && !lookUpKey()) return {};
      if (at_ < s_->length) {
        const int32_t done = convertPlainly();
        if (done < 0) return {};
        if (done) continue;
      }
    }
    Conversion c;
    if (!parse(c) || !convert(c)) return {};
  }
  if (next_ < count_ && !mapping_)
    return raise(TypeErrorType, "not all arguments converted during %s formatting", bytes_ ? "bytes" : "string");
  return asItIs ? newRef(format_) : out_.take();
}

/// A format of ASCII whose conversions are %s of texts of ASCII, %d and %x of small ints, %f of floats, and %s and %r of both kinds of numbers,
/// with '-' or '0' and short sizes.
/// Null without an error where something is another, or too long for the buffer: `start` has what comes before.
Value formatShortly(const StrObject* s, Value args, ShortStart& start) {
  const Value* values = &args;
  int64_t count = 1;
  if (isTuple(args)) values = asTuple(args)->items, count = asTuple(args)->size;
  if (!(s->flags & kStrAscii) || !count) return {};
  const Value *const first = values, *const valuesEnd = values + count;
  const auto *at = s->data(), *const end = at + s->length;
  uint8_t *const buffer = start.shown, *to = buffer;
  const uint8_t* const full = buffer + sizeof start.shown;
  for (;;) {
    const auto* percent = static_cast<const uint8_t*>(std::memchr(at, '%', static_cast<size_t>(end - at)));
    const int64_t literal = (percent ? percent : end) - at;
    if (literal >= full - to) return {};
    to = putShortly(to, at, static_cast<size_t>(literal));
    if (!percent) break;
    at = percent + 1;
    if (*at == '%') {
      *to++ = *at++; // there was room for one more
      continue;
    }
    ShortField field;
    field.left = *at == '-';
    field.zeros = *at == '0';
    at = field.readSizes(at + (field.left || field.zeros));
    field.code = *at++;
    if (field.code == 's' || field.code == 'r') field.zeros = false; // which are for numbers
    if (field.code == 'b' || field.code == '%') return {};           // an error; a per cent sign in a field
    if (values == valuesEnd) return {};
    if (at == end && to == buffer && values + 1 == valuesEnd && field.showsAll(*values)) return newRef(*values);
    to = putShortField(field, *values++, to, full);
    if (!to) return {};
    start.to = to;
    start.at = at - s->data();
    start.used = values - first;
  }
  return values == valuesEnd ? newStrAscii(reinterpret_cast<const char*>(buffer), static_cast<size_t>(to - buffer)) : Value();
}

} // namespace

Value formatPercent(Value format, Value args, bool bytes) { return Formatter(format, args, bytes).run(); }

/// The only value of a format that is no more than `%s`, whose text is the result, of whatever class; else null.
static Value onlyValue(const StrObject* format, Value args) {
  if (format->length != 2 || format->at(0) != '%' || format->at(1) != 's') return {};
  if (!isTuple(args)) return args;
  return asTuple(args)->size == 1 ? asTuple(args)->items[0] : Value();
}

Value strFormatPercent(Value format, Value args) {
  ShortStart start;
  const Value made = formatShortly(asStr(format), args, start);
  if (made || errorSet()) return made;
  if (const Value only = onlyValue(asStr(format), args)) return str(only);
  Formatter rest(format, args, false);
  rest.goOn(start);
  return rest.run();
}

} // namespace krait
