// binascii: base64, hexadecimal, uuencode and quoted-printable forms, checksums.
#include <array>
#include <cstring>
#include <zlib.h>
#include "runtime/modules/base64_blocks.h"
#include "runtime/modules/module_exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/function.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

Type *errorType, *incompleteType; // set when the module is made

using base64::kAlphabet;
/// What the characters of kAlphabet stand for; kNoDigit for all others.
constexpr uint8_t kNoDigit = 0x80;
constexpr auto kBase64Values = [] {
  std::array<uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (uint8_t i = 0; i < 64; ++i) values[static_cast<uint8_t>(kAlphabet[i])] = i;
  return values;
}();
/// What a digit at each place of a group of four adds to a word whose lowest three bytes, from the lowest on, are the decoded ones.
constexpr uint32_t kNoQuad = 0x80000000;
constexpr auto kQuadParts = [] {
  std::array<std::array<uint32_t, 256>, 4> parts{};
  for (uint32_t c = 0; c < 256; ++c) {
    const uint32_t v = kBase64Values[c];
    if (v == kNoDigit) parts[0][c] = parts[1][c] = parts[2][c] = parts[3][c] = kNoQuad;
    else parts[0][c] = v << 2, parts[1][c] = v >> 4 | (v & 15) << 12, parts[2][c] = v >> 2 << 8 | (v & 3) << 22, parts[3][c] = v << 16;
  }
  return parts;
}();
/// Two digits for twelve bits, the first one in the lower byte.
constexpr auto kDigitPairs = [] {
  std::array<uint16_t, 4096> pairs{};
  for (size_t i = 0; i < 4096; ++i)
    pairs[i] = static_cast<uint16_t>(static_cast<uint8_t>(kAlphabet[i >> 6]) | static_cast<uint8_t>(kAlphabet[i & 63]) << 8);
  return pairs;
}();
constexpr auto kHexValues = [] {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (int8_t i = 0; i < 10; ++i) values[static_cast<size_t>('0' + i)] = i;
  for (int8_t i = 10; i < 16; ++i) values[static_cast<size_t>('a' + i - 10)] = values[static_cast<size_t>('A' + i - 10)] = i;
  return values;
}();
int hexValue(uint8_t c) { return kHexValues[c]; }

/// Bytes-like data, or a str of ASCII characters.
struct AsciiData {
  HeldBuffer buffer;
  const uint8_t* data = nullptr;
  int64_t size = 0;
  bool get(Value v) {
    if (isStr(v)) {
      if (!(asStr(v)->flags & kStrAscii)) return raise(ValueErrorType, "string argument should contain only ASCII characters"), false;
      data = asStr(v)->data();
      size = asStr(v)->length;
      return true;
    }
    if (!readyTypeOf(v)->buffer)
      return raise(TypeErrorType, "argument should be bytes, buffer or ASCII string, not '%.100s'", typeOf(v)->name), false;
    if (!buffer.get(v)) return false;
    data = buffer.data();
    size = buffer.size();
    return true;
  }
};

// ---- uuencode -------------------------------------------------------------------------------------

Value a2bUu(Value, Value v) {
  AsciiData in;
  if (!in.get(v)) return {};
  const uint8_t* p = in.data;
  int64_t n = in.size - 1;
  // The first byte is the count of decoded bytes; missing data reads as zeros.
  int64_t wanted = in.size ? (*p++ - ' ') & 077 : (0 - ' ') & 077;
  ByteOutput out;
  uint32_t bits = 0;
  int count = 0;
  for (; wanted > 0; --n, ++p) {
    uint8_t c = n > 0 ? *p : 0;
    if (c == '\n' || c == '\r' || n <= 0) {
      c = 0;
    } else {
      if (c < ' ' || c > ' ' + 64) return raise(*errorType, "Illegal char");
      c = (c - ' ') & 077;
    }
    bits = bits << 6 | c;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.add(static_cast<uint8_t>(bits >> count));
      bits &= (1u << count) - 1;
      --wanted;
    }
  }
  for (; n-- > 0; ++p)
    if (*p != ' ' && *p != ' ' + 64 && *p != '\n' && *p != '\r') return raise(*errorType, "Trailing garbage");
  return out.take();
}

Value b2aUu(Value, const Value* argv) {
  HeldBuffer in;
  bool backtick = false;
  if (!in.get(argv[0]) || !flagArgument(argv[1], &backtick)) return {};
  if (in.size() > 45) return raise(*errorType, "At most 45 bytes at once");
  auto encode = [backtick](uint32_t c) { return static_cast<uint8_t>(backtick && !c ? '`' : c + ' '); };
  ByteOutput out;
  out.add(encode(static_cast<uint32_t>(in.size())));
  for (int64_t i = 0; i < in.size(); i += 3) {
    uint32_t bits = 0;
    for (int64_t k = i; k < i + 3; ++k) bits = bits << 8 | (k < in.size() ? in.data()[k] : 0);
    for (int shift = 18; shift >= 0; shift -= 6) out.add(encode(bits >> shift & 63));
  }
  out.add('\n');
  return out.take();
}

// ---- base64 ---------------------------------------------------------------------------------------

/// Decodes groups of four digits as long as nothing else comes; the number of characters. `out` has room, for four more bytes too.
int64_t decodeQuads(const uint8_t* p, int64_t n, ByteOutput& out) {
  uint8_t* to = out.data() + out.size();
  int64_t i = base64::decodeBlocks(p, n, to);
  to += i / 4 * 3;
  for (; i + 4 <= n; i += 4, to += 3) {
    const uint32_t word = kQuadParts[0][p[i]] | kQuadParts[1][p[i + 1]] | kQuadParts[2][p[i + 2]] | kQuadParts[3][p[i + 3]];
    if (word & kNoQuad) break;
    std::memcpy(to, &word, 4);
  }
  out.setSize(out.size() + i / 4 * 3);
  return i;
}

/// The last group, which is filled up with one or two '='; false if it is anything else. `out` has room.
bool decodeLast(const uint8_t* p, ByteOutput& out) {
  if (p[3] != '=') return false;
  const bool one = p[2] == '=';
  const uint32_t word = kQuadParts[0][p[0]] | kQuadParts[1][p[1]] | (one ? 0 : kQuadParts[2][p[2]]);
  if (word & kNoQuad) return false;
  std::memcpy(out.data() + out.size(), &word, 2);
  out.setSize(out.size() + (one ? 1 : 2));
  return true;
}

Value a2bBase64(Value, const Value* argv) {
  AsciiData in;
  bool strict = false;
  if (!in.get(argv[0]) || !flagArgument(argv[1], &strict)) return {};
  if (strict && in.size > 0 && in.data[0] == '=') return raise(*errorType, "Leading padding not allowed");
  ByteOutput out;
  int quad = 0, pads = 0;
  uint32_t left = 0;
  bool padding = false;
  if (!out.reserve(in.size / 4 * 3 + 4)) return {};
  for (int64_t i = 0; i < in.size; ++i) {
    if (quad == 0 && !padding) {
      i += decodeQuads(in.data + i, in.size - i, out);
      if (in.size - i == 4 && decodeLast(in.data + i, out)) return out.take();
    }
    if (i == in.size) break;
    const uint8_t c = in.data[i];
    if (c == '=') {
      padding = true;
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < in.size) return raise(*errorType, "Excess data after padding");
        return out.take();
      }
      continue;
    }
    const uint8_t value = kBase64Values[c];
    if (value == kNoDigit) {
      if (strict) return raise(*errorType, "Only base64 data is allowed");
      continue;
    }
    if (strict && padding) return raise(*errorType, "Discontinuous padding not allowed");
    pads = 0;
    left = left << 6 | value;
    if (quad) out.add(static_cast<uint8_t>(left >> (6 - 2 * quad)));
    quad = (quad + 1) & 3;
  }
  if (quad == 0) return out.take();
  if (quad == 1)
    return raise(*errorType, "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a multiple of 4",
                 static_cast<size_t>(out.size() / 3 * 4 + 1));
  return raise(*errorType, "Incorrect padding");
}

Value b2aBase64(Value, const Value* argv) {
  HeldBuffer in;
  bool newline = true;
  if (!in.get(argv[0]) || !flagArgument(argv[1], &newline)) return {};
  const int64_t n = in.size(), length = (n + 2) / 3 * 4 + newline;
  if (length < 2) return newBytes("\n", static_cast<size_t>(length));
  Value result = newBytes(nullptr, static_cast<size_t>(length));
  if (!result) return {};
  const uint8_t* p = in.data();
  auto* to = static_cast<uint8_t*>(result.as<BytesObject>()->data);
  auto digit = [](uint32_t bits) { return static_cast<uint8_t>(kAlphabet[bits & 63]); };
  int64_t i = base64::encodeBlocks(p, n, to);
  to += i / 3 * 4;
  for (; i + 4 <= n; i += 3, to += 4) { // a byte more is read
    uint32_t word;
    std::memcpy(&word, p + i, 4);
    word = __builtin_bswap32(word);
    const uint16_t first = kDigitPairs[word >> 20], second = kDigitPairs[word >> 8 & 0xfff];
    std::memcpy(to, &first, 2);
    std::memcpy(to + 2, &second, 2);
  }
  for (; i + 3 <= n; i += 3, to += 4) {
    const uint32_t bits = static_cast<uint32_t>(p[i]) << 16 | static_cast<uint32_t>(p[i + 1]) << 8 | p[i + 2];
    to[0] = digit(bits >> 18);
    to[1] = digit(bits >> 12);
    to[2] = digit(bits >> 6);
    to[3] = digit(bits);
  }
  if (i < n) {
    const bool two = n - i == 2;
    const uint32_t bits = static_cast<uint32_t>(p[i]) << 16 | (two ? static_cast<uint32_t>(p[i + 1]) << 8 : 0);
    to[0] = digit(bits >> 18);
    to[1] = digit(bits >> 12);
    to[2] = two ? digit(bits >> 6) : '=';
    to[3] = '=';
    to += 4;
  }
  if (newline) *to = '\n';
  return result;
}

// ---- hexadecimal ----------------------------------------------------------------------------------

Value hexlify(Value, const Value* argv) {
  HexGroups groups;
  HeldBuffer in;
  if (!in.get(argv[0]) || !groups.parse(argv[1], argv[2])) return {};
  Ref text(hexText({in.data(), in.size()}, groups));
  return text ? newBytes(asStr(text)->data(), static_cast<size_t>(asStr(text)->length)) : Value();
}
Value unhexlify(Value, Value v) {
  AsciiData in;
  if (!in.get(v)) return {};
  if (in.size % 2) return raise(*errorType, "Odd-length string");
  ByteOutput out;
  if (!out.reserve(in.size / 2)) return {};
  for (int64_t i = 0; i < in.size; i += 2) {
    const int both = hexValue(in.data[i]) * 16 | hexValue(in.data[i + 1]);
    if (both < 0) return raise(*errorType, "Non-hexadecimal digit found");
    out.data()[i / 2] = static_cast<uint8_t>(both);
  }
  out.setSize(in.size / 2);
  return out.take();
}

// ---- quoted-printable -----------------------------------------------------------------------------

Value a2bQp(Value, const Value* argv) {
  AsciiData in;
  bool header = false;
  if (!in.get(argv[0]) || !flagArgument(argv[1], &header)) return {};
  ByteOutput out;
  const uint8_t* p = in.data;
  const int64_t n = in.size;
  for (int64_t i = 0; i < n;) {
    if (p[i] == '=') {
      if (++i >= n) break;
      if (p[i] == '\n' || p[i] == '\r') { // soft line break
        if (p[i] != '\n') while (i < n && p[i] != '\n') ++i;
        if (i < n) ++i;
      } else if (p[i] == '=') { // broken, but common
        out.add('=');
        ++i;
      } else if (i + 1 < n && hexValue(p[i]) >= 0 && hexValue(p[i + 1]) >= 0) {
        out.add(static_cast<uint8_t>(hexValue(p[i]) << 4 | hexValue(p[i + 1])));
        i += 2;
      } else {
        out.add('=');
      }
    } else {
      out.add(header && p[i] == '_' ? ' ' : p[i]);
      ++i;
    }
  }
  return out.take();
}

Value b2aQp(Value, const Value* argv) {
  HeldBuffer in;
  bool quoteTabs = false, isText = true, header = false;
  if (!in.get(argv[0]) || !flagArgument(argv[1], &quoteTabs) || !flagArgument(argv[2], &isText) || !flagArgument(argv[3], &header)) return {};
  const uint8_t* p = in.data();
  const int64_t n = in.size();
  constexpr int64_t kMaxLine = 76;
  // Lines end as the first line of the data does.
  auto* firstNewline = static_cast<const uint8_t*>(n ? std::memchr(p, '\n', static_cast<size_t>(n)) : nullptr);
  const bool crlf = firstNewline && firstNewline > p && firstNewline[-1] == '\r';
  ByteOutput out;
  int64_t line = 0;
  auto softBreak = [&] {
    out.add('=');
    if (crlf) out.add('\r');
    out.add('\n');
    line = 0;
  };
  for (int64_t i = 0; i < n;) {
    const uint8_t c = p[i];
    const bool lineEnd = isText && ((c == '\r' && i + 1 < n && p[i + 1] == '\n') || c == '\n');
    const bool quote = c > 126 || c == '=' || (header && c == '_') ||
                       (c == '.' && line == 0 && (i + 1 == n || p[i + 1] == '\n' || p[i + 1] == '\r' || p[i + 1] == 0)) ||
                       (!isText && (c == '\r' || c == '\n')) || ((c == '\t' || c == ' ') && i + 1 == n) ||
                       (c < 33 && c != '\r' && c != '\n' && (quoteTabs || (c != '\t' && c != ' ')));
    if (quote) {
      if (line + 3 >= kMaxLine) softBreak();
      out.add('=');
      out.add(static_cast<uint8_t>("0123456789ABCDEF"[c >> 4]));
      out.add(static_cast<uint8_t>("0123456789ABCDEF"[c & 15]));
      ++i;
      line += 3;
    } else if (lineEnd) {
      line = 0;
      // A blank just before the line end must be quoted.
      if (out.size() && (out.data()[out.size() - 1] == ' ' || out.data()[out.size() - 1] == '\t')) {
        const uint8_t blank = out.data()[out.size() - 1];
        out.setSize(out.size() - 1);
        out.add('=');
        out.add(static_cast<uint8_t>("0123456789ABCDEF"[blank >> 4]));
        out.add(static_cast<uint8_t>("0123456789ABCDEF"[blank & 15]));
      }
      if (crlf) out.add('\r');
      out.add('\n');
      i += c == '\r' ? 2 : 1;
    } else {
      if (i + 1 != n && p[i + 1] != '\n' && line + 1 >= kMaxLine) softBreak();
      ++line;
      out.add(header && c == ' ' ? '_' : c);
      ++i;
    }
  }
  return out.take();
}

// ---- checksums ------------------------------------------------------------------------------------

Value crc32Function(Value, const Value* argv) {
  HeldBuffer in;
  if (!in.get(argv[0])) return {};
  uint32_t start = 0;
  if (argv[1]) {
    Ref n(index(argv[1]));
    if (!n) return {};
    start = static_cast<uint32_t>(intToUint64Mask(n));
  }
  return newInt(static_cast<int64_t>(crc32_z(start, in.data(), static_cast<size_t>(in.size()))));
}

/// The CCITT polynomial x^16 + x^12 + x^5 + 1, as binhex4 used it.
Value crcHqx(Value, const Value* argv) {
  HeldBuffer in;
  if (!in.get(argv[0])) return {};
  Ref n(index(argv[1]));
  if (!n) return {};
  auto crc = static_cast<uint32_t>(intToUint64Mask(n) & 0xffff);
  for (int64_t i = 0; i < in.size(); ++i) {
    crc ^= static_cast<uint32_t>(in.data()[i]) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return newInt(crc);
}

constexpr char kHexSignature[] = "($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)";
constexpr MethodDef methods[] = {
    {"a2b_uu", a2bUu, "($module, data, /)"},
    {"b2a_uu", b2aUu, "($module, data, /, *, backtick=False)"},
    {"a2b_base64", a2bBase64, "($module, data, /, *, strict_mode=False)"},
    {"b2a_base64", b2aBase64, "($module, data, /, *, newline=True)"},
    {"a2b_hex", unhexlify, "($module, hexstr, /)"},
    {"b2a_hex", hexlify, kHexSignature},
    {"hexlify", hexlify, kHexSignature},
    {"unhexlify", unhexlify, "($module, hexstr, /)"},
    {"a2b_qp", a2bQp, "($module, /, data, header=False)"},
    {"b2a_qp", b2aQp, "($module, /, data, quotetabs=False, istext=True, header=False)"},
    {"crc_hqx", crcHqx, "($module, data, crc, /)"},
    {"crc32", crc32Function, "($module, data, crc=0, /)"},
    {},
};

int exec(Value module) {
  errorType = addModuleException(module, "binascii", "Error", ValueErrorType);
  incompleteType = addModuleException(module, "binascii", "Incomplete", ExceptionType);
  return errorType && incompleteType ? 0 : -1;
}

} // namespace

extern "C" const NativeModule krt_module_binascii = {.name = "binascii", .methods = methods, .exec = exec};

} // namespace krait
