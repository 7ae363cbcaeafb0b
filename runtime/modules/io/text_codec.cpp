// What a TextIOWrapper decodes and encodes with: UTF-8, ASCII and Latin-1 by itself, other encodings through the codec
// registry's incremental decoder and encoder.
#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "runtime/exceptions/library_entry.h"
#include "runtime/modules/io/text_io.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

NativeCodec codecCalled(std::string_view name) {
  std::string plain;
  for (char c : name)
    if (c != '-' && c != '_' && c != ' ') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (plain == "utf8" || plain == "u8" || plain == "utf" || plain == "cp65001") return NativeCodec::Utf8;
  if (plain == "ascii" || plain == "usascii" || plain == "us" || plain == "646") return NativeCodec::Ascii;
  if (plain == "latin1" || plain == "iso88591" || plain == "iso8859" || plain == "latin" || plain == "l1") return NativeCodec::Latin1;
  return NativeCodec::None;
}

NativeCodec codecOf(Value encoding) {
  Utf8 text(encoding);
  if (!text.ok()) return errorClear(), NativeCodec::None;
  return codecCalled(text.view());
}

/// Handlers that look at one piece of input only, and those that refuse to decode.
constexpr const char* kPlainHandlers[] = {"strict",           "surrogateescape",   "replace",    "ignore",
                                          "backslashreplace", "xmlcharrefreplace", "namereplace"};

} // namespace

void chooseCodecs(TextIoObject* t, Value encoding, Value errors) {
  t->encodes = codecOf(encoding);
  const bool plain = std::ranges::any_of(kPlainHandlers, [&](const char* name) { return strEqual(errors, name); });
  t->codec = plain ? t->encodes : NativeCodec::None;
}

const char* codecName(NativeCodec c) {
  return c == NativeCodec::Utf8 ? "utf-8" : c == NativeCodec::Ascii ? "ascii" : "latin-1";
}

const char* registeredName(std::string_view encoding) {
  const NativeCodec c = codecCalled(encoding);
  return c == NativeCodec::None ? nullptr : c == NativeCodec::Latin1 ? "iso8859-1" : codecName(c);
}

namespace {

/// Length of the incomplete UTF-8 sequence at the end of p[0…n): 0 to 3.
int incompleteTail(const uint8_t* p, int64_t n) {
  for (int back = 1; back <= 3 && back <= n; ++back) {
    uint8_t c = p[n - back];
    if (c < 0x80) return 0;
    if (c >= 0xc0) {
      int need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
      return need > back ? back : 0;
    }
  }
  return 0;
}

/// Where CPython's incremental decoders, which are in Python, call the function that fails.
LibraryPlace decodesUtf8 = {{.name = "codecs", .filename = "<frozen codecs>"}, "BufferedIncrementalDecoder.decode", 319, {322, 322, -1, -1}};
constexpr char kAsciiFile[] = "/usr/lib/python3.11/encodings/ascii.py";
static_assert(std::string_view(kAsciiFile).starts_with(kStandardLibrary));
LibraryPlace decodesAscii = {{.name = "encodings.ascii", .filename = kAsciiFile}, "IncrementalDecoder.decode", 25, {26, 26, 15, 54}};

} // namespace

Value decodeNative(TextIoObject* t, const uint8_t* p, int64_t n, bool final) {
  Utf8 handler(t->errors);
  if (!handler.ok()) return Value();
  Ref joined;
  if (t->carrySize) {
    joined.reset(newByteArray(nullptr, static_cast<size_t>(t->carrySize + n)));
    if (!joined) return Value();
    uint8_t* all = joined.as<ByteArrayObject>()->start;
    memcpy(all, t->carry, static_cast<size_t>(t->carrySize));
    memcpy(all + t->carrySize, p, static_cast<size_t>(n));
    p = all;
    n += t->carrySize;
    t->carrySize = 0;
  }
  if (t->codec == NativeCodec::Utf8 && !final) {
    int tail = incompleteTail(p, n);
    memcpy(t->carry, p + n - tail, static_cast<size_t>(tail));
    t->carrySize = tail;
    n -= tail;
  }
  Value text = decodeBytes(p, static_cast<size_t>(n), codecName(t->codec), handler.data());
  if (!text && t->codec != NativeCodec::Latin1) addLibraryEntry(t->codec == NativeCodec::Utf8 ? decodesUtf8 : decodesAscii);
  return text;
}

int32_t makeCodecs(TextIoObject* t) {
  Ref decoder, encoder; // with an error the old ones stay
  if (t->codec == NativeCodec::None) {
    Ref codecs(importModule("codecs"));
    auto make = [&](const char* factoryName) {
      Ref factory(codecs ? callMethod(codecs, factoryName, {t->encoding}) : Value());
      return factory ? call(factory, {t->errors}) : Value();
    };
    if (t->readable && !(decoder = Ref(make("getincrementaldecoder")))) return -1;
    if (t->writable && t->encodes == NativeCodec::None && !(encoder = Ref(make("getincrementalencoder")))) return -1;
  }
  assign(t->decoder, decoder.release());
  assign(t->encoder, encoder.release());
  t->carrySize = 0;
  t->pendingCr = false;
  if (!t->encoder || !t->seekable) return 0;
  // In the middle of a file no byte order mark is written.
  Ref position(callMethod(t->buffer, NAME(tell)));
  if (!position) return -1;
  int32_t start = equal(position, Value::ofSmallInt(0));
  if (start != 0) return start < 0 ? -1 : 0;
  return Ref(callMethod(t->encoder, "setstate", {Value::ofSmallInt(0)})) ? 0 : -1;
}

} // namespace krait::io
