// Sizes, alignment, packing and unpacking of struct's format codes.
#include "runtime/modules/struct_format.h"
#include <cctype>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/half_float.h"
#include "runtime/types/int.h"

namespace krait {
namespace {

/// Size of one item, or -1 for a bad character.
int64_t itemSize(char format, bool native) {
  switch (format) {
  case 'x': case 'b': case 'B': case 'c': case 's': case 'p': case '?': return 1;
  case 'h': case 'H': case 'e': return 2;
  case 'i': case 'I': case 'f': return 4;
  case 'l': case 'L': return native ? 8 : 4;
  case 'q': case 'Q': case 'd': return 8;
  case 'n': case 'N': case 'P': return native ? 8 : -1;
  default: return -1;
  }
}

bool isSigned(char format) { return format == 'b' || format == 'h' || format == 'i' || format == 'l' || format == 'q' || format == 'n'; }

uint64_t loadBits(const uint8_t* p, int64_t size, bool little) {
  uint64_t bits = 0;
  for (int64_t i = 0; i < size; ++i) bits = bits << 8 | p[little ? size - 1 - i : i];
  return bits;
}
void storeBits(uint8_t* p, int64_t size, bool little, uint64_t bits) {
  for (int64_t i = 0; i < size; ++i) p[little ? i : size - 1 - i] = static_cast<uint8_t>(bits >> (8 * i));
}

constexpr char kTooLarge[] = "int too large to convert"; // what an OverflowError about an int becomes

/// As CPython's packers for the machine's own byte order say it, which also do the same sizes of the other modes, or as those
/// for big-endian words.
int32_t rangeError(const StructObject* s, const StructCode& code, const Type& error) {
  const int bits = static_cast<int>(code.size) * 8;
  const uint64_t most = isSigned(code.format) ? (uint64_t{1} << (bits - 1)) - 1 : ~uint64_t{0} >> (64 - bits);
  const long long least = isSigned(code.format) ? -static_cast<long long>(most) - 1 : 0;
  char name[16];
  const bool bytewise = !s->littleEndian && code.size > 1;
  switch (bytewise ? 0 : code.format) {
  case 'b': strcpy(name, "byte"); break;
  case 'B': strcpy(name, "ubyte"); break;
  case 'h': strcpy(name, "short"); break;
  case 'H': strcpy(name, "ushort"); break;
  default: name[0] = '\'', name[1] = code.format, name[2] = '\'', name[3] = 0;
  }
  if (bits == 64) return fail(error, "argument out of range");
  return fail(error, "%s format requires %lld <= number <= %lld", name, least, static_cast<long long>(most));
}

int32_t packInt(const StructObject* s, const StructCode& code, uint8_t* p, Value v, const Type& error) {
  Ref n;
  if (isInt(v)) {
    n = Ref::share(v);
  } else {
    const NumberSlots* number = readyTypeOf(v)->number;
    if (!number || !number->index) return fail(error, "required argument is not an integer");
    n.reset(index(v));
    if (!n) return -1;
  }
  if (code.format == 'P') { // any integer that fits a word either way
    int overflow = 0;
    intToInt64(n, &overflow);
    if (overflow < 0 || intBitLength(n) > 64) return fail(error, kTooLarge);
    storeBits(p, 8, s->littleEndian, intToUint64Mask(n));
    return 0;
  }
  int overflow = 0;
  const int64_t value = intToInt64(n, &overflow);
  const bool wide = code.size == 8;
  if (isSigned(code.format)) {
    if (overflow) return fail(error, wide && !s->littleEndian ? kTooLarge : "argument out of range");
    const int bits = static_cast<int>(code.size) * 8;
    if (!wide && (value < -(int64_t{1} << (bits - 1)) || value >= int64_t{1} << (bits - 1))) return rangeError(s, code, error);
  } else {
    const bool narrow = code.format == 'B' || code.format == 'H';
    const bool bytewise = !s->littleEndian && code.size > 1;
    if (overflow || value < 0) {
      if (wide && overflow > 0 && intBitLength(n) <= 64) {
        storeBits(p, code.size, s->littleEndian, intToUint64Mask(n));
        return 0;
      }
      if (wide && bytewise) return fail(error, kTooLarge);
      if (!wide && overflow > 0 && intBitLength(n) <= 64 && (!narrow || bytewise)) return rangeError(s, code, error);
      return narrow && !overflow && !bytewise ? rangeError(s, code, error) : fail(error, "argument out of range");
    }
    if (!wide && static_cast<uint64_t>(value) >> (code.size * 8)) return rangeError(s, code, error);
  }
  storeBits(p, code.size, s->littleEndian, static_cast<uint64_t>(value));
  return 0;
}

int32_t packFloat(const StructObject* s, const StructCode& code, uint8_t* p, Value v, const Type& error) {
  const double d = toDouble(v);
  if (d == -1.0 && errorSet()) {
    errorClear();
    return fail(error, "required argument is not a float");
  }
  const auto tooLarge = [&] {
    return isInt(v) ? fail(error, kTooLarge) : fail(OverflowErrorType, "float too large to pack with %c format", code.format);
  };
  uint64_t bits;
  if (code.format == 'd') {
    std::memcpy(&bits, &d, 8);
  } else if (code.format == 'f') {
    const auto narrow = static_cast<float>(d);
    if (!s->native && std::isinf(narrow) && !std::isinf(d)) return tooLarge();
    uint32_t word;
    std::memcpy(&word, &narrow, 4);
    bits = word;
  } else {
    uint16_t half;
    if (!doubleToHalf(d, &half)) return tooLarge();
    bits = half;
  }
  storeBits(p, code.size, s->littleEndian, bits);
  return 0;
}

int32_t packText(const StructCode& code, uint8_t* p, Value v, const Type& error) {
  if (!isBytes(v) && !isByteArray(v)) return fail(error, "argument for '%c' must be a bytes object", code.format);
  HeldBuffer b;
  if (!b.get(v)) return -1;
  int64_t room = code.size, n = b.size();
  if (code.format == 'p') {
    if (room == 0) return 0;
    if (n > --room) n = room;
    *p++ = static_cast<uint8_t>(n > 255 ? 255 : n);
  }
  if (n > room) n = room;
  if (n) std::memcpy(p, b.data(), static_cast<size_t>(n));
  return 0;
}

} // namespace

static StructCode::Plain plainKind(char format) {
  switch (format) {
  case 'b': case 'h': case 'i': case 'l': case 'q': case 'n': return StructCode::Plain::Signed;
  case 'B': case 'H': case 'I': case 'L': case 'Q': case 'N': return StructCode::Plain::Unsigned;
  case 'd': return StructCode::Plain::Double;
  default: return StructCode::Plain::No;
  }
}

int32_t compileStruct(StructObject* s, const Type& error) {
  const std::string_view text = bytesView(s->format);
  const char* p = text.data();
  const char* end = p + text.size();
  s->native = true;
  s->littleEndian = true;
  if (text.find('\0') != std::string_view::npos) return fail(error, "embedded null character");
  if (p < end) {
    switch (*p) {
    case '<': s->native = false, ++p; break;
    case '>': case '!': s->native = s->littleEndian = false, ++p; break;
    case '=': s->native = false, ++p; break;
    case '@': ++p; break;
    }
  }
  auto* codes = static_cast<StructCode*>(allocate((text.size() + 1) * sizeof(StructCode)));
  if (!codes) return -1;
  int64_t size = 0, values = 0, count = 0;
  auto failed = [&](const char* message) {
    deallocate(codes);
    return fail(error, message);
  };
  while (p < end) {
    if (isspace(static_cast<unsigned char>(*p))) {
      ++p;
      continue;
    }
    int64_t repeat = 1;
    if (*p >= '0' && *p <= '9') {
      repeat = 0;
      for (; p < end && *p >= '0' && *p <= '9'; ++p) {
        if (repeat > (INT64_MAX - (*p - '0')) / 10) return failed("total struct size too long");
        repeat = repeat * 10 + (*p - '0');
      }
      if (p == end) return failed("repeat count given without format specifier");
    }
    const char format = *p++;
    const int64_t item = itemSize(format, s->native);
    if (item < 0) return failed("bad char in struct format");
    if (s->native && item > 1) {
      if (size > INT64_MAX - item) return failed("total struct size too long");
      size = (size + item - 1) / item * item;
    }
    if (repeat > (INT64_MAX - size) / item) return failed("total struct size too long");
    if (format == 's' || format == 'p') {
      codes[count++] = {format, plainKind(format), size, repeat, 1};
      ++values;
    } else if (format != 'x' && repeat) {
      codes[count++] = {format, plainKind(format), size, item, repeat};
      values += repeat;
    }
    size += item * repeat;
  }
  if (s->codes) deallocate(s->codes);
  s->codes = codes;
  s->codeCount = count;
  s->valueCount = values;
  s->size = size;
  return 0;
}

Value unpackStructItem(const StructObject* s, const StructCode& code, const uint8_t* p) {
  switch (code.format) {
  case 's': {
    const uint8_t none = 0;
    return newBytes(code.size ? p : &none, static_cast<size_t>(code.size));
  }
  case 'p': {
    if (code.size == 0) return newBytes(p, 0);
    const int64_t n = *p < code.size ? *p : code.size - 1;
    return newBytes(p + 1, static_cast<size_t>(n));
  }
  case 'c': return newBytes(p, 1);
  case '?': {
    return boolean(loadBits(p, code.size, s->littleEndian) != 0);
  }
  case 'e': return newFloat(halfToDouble(static_cast<uint16_t>(loadBits(p, 2, s->littleEndian))));
  case 'f': {
    const auto word = static_cast<uint32_t>(loadBits(p, 4, s->littleEndian));
    float f;
    std::memcpy(&f, &word, 4);
    return newFloat(static_cast<double>(f));
  }
  case 'd': {
    const uint64_t word = loadBits(p, 8, s->littleEndian);
    double d;
    std::memcpy(&d, &word, 8);
    return newFloat(d);
  }
  default: break;
  }
  const uint64_t bits = loadBits(p, code.size, s->littleEndian);
  if (!isSigned(code.format)) return newIntUnsigned(bits);
  const int shift = 64 - static_cast<int>(code.size) * 8;
  return newInt(static_cast<int64_t>(bits << shift) >> shift);
}

int32_t packStructItem(const StructObject* s, const StructCode& code, uint8_t* p, Value v, const Type& error) {
  switch (code.format) {
  case 's': case 'p': return packText(code, p, v, error);
  case 'c':
    if (!isBytes(v) || v.as<BytesObject>()->size != 1) return fail(error, "char format requires a bytes object of length 1");
    *p = v.as<BytesObject>()->data[0];
    return 0;
  case '?': {
    const int32_t truth = isTrue(v);
    *p = static_cast<uint8_t>(truth > 0);
    return truth < 0 ? -1 : 0;
  }
  case 'e': case 'f': case 'd': return packFloat(s, code, p, v, error);
  default: return packInt(s, code, p, v, error);
  }
}

} // namespace krait
