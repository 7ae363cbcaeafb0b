// encode and decode by name: the native codecs first, then the registry.
#include "runtime/types/codec.h"
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/protocol.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/codec_registry.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

enum class Native : uint8_t { None, Utf8, Utf16, Utf16Little, Utf16Big, Utf32, Utf32Little, Utf32Big, Latin1, Ascii };

constexpr struct {
  const char* name;
  Native codec;
} nativeNames[] = {
#define NATIVE_CODEC(name, codec) {name, Native::codec},
#include "runtime/abi/codecs.def"
};

/// By a name as CPython normalises it.
Native nativeNamed(const char* encoding) {
  char name[16];
  size_t n = 0;
  for (; *encoding; ++encoding) {
    if (n == sizeof name - 1) return Native::None;
    const char c = *encoding, lower = static_cast<char>(c | 0x20);
    name[n++] = lower >= 'a' && lower <= 'z' ? lower : c >= '0' && c <= '9' ? c : '_';
  }
  name[n] = 0;
  for (const auto& row : nativeNames)
    if (row.name[0] == name[0] && !strcmp(name, row.name)) return row.codec;
  return Native::None;
}

Native nativeCodec(const char* encoding) {
  if (!encoding || !strcmp(encoding, "utf-8")) return Native::Utf8;
  static char latest[16]; // as it was spelled
  static Native latestCodec = Native::None;
  if (!strcmp(encoding, latest)) return latestCodec;
  const Native codec = nativeNamed(encoding);
  if (const size_t n = strlen(encoding); codec != Native::None && n < sizeof latest) {
    memcpy(latest, encoding, n + 1);
    latestCodec = codec;
  }
  return codec;
}

} // namespace

Utf8Argument::Utf8Argument(Value name) {
  if (!name || isNone(name)) return;
  if (isExactStr(name) && (asStr(name)->flags & kStrAscii) && !std::memchr(asStr(name)->data(), 0, static_cast<size_t>(asStr(name)->length))) {
    name_ = Ref::share(name);
    text_ = reinterpret_cast<const char*>(asStr(name)->data());
    return;
  }
  Utf8 text(name);
  ok_ = text.ok() && !std::memchr(text.data(), 0, text.size());
  if (text.ok() && !ok_) raise(ValueErrorType, "embedded null character");
  if (!ok_) return;
  storage_ = static_cast<char*>(allocate(text.size() + 1));
  if (!storage_) {
    ok_ = false;
    return;
  }
  std::memcpy(storage_, text.data(), text.size() + 1);
  text_ = storage_;
}
Utf8Argument::~Utf8Argument() {
  if (storage_) deallocate(storage_);
}

static Value encodeNative(Native codec, Value s, const char* errors) {
  switch (codec) {
  case Native::Utf8: return encodeUtf8(s, errors);
  case Native::Utf16: return encodeUtf16(s, errors, 0);
  case Native::Utf16Little: return encodeUtf16(s, errors, -1);
  case Native::Utf16Big: return encodeUtf16(s, errors, 1);
  case Native::Utf32: return encodeUtf32(s, errors, 0);
  case Native::Utf32Little: return encodeUtf32(s, errors, -1);
  case Native::Utf32Big: return encodeUtf32(s, errors, 1);
  case Native::Latin1: return encodeLatin1(s, errors);
  default: return encodeAscii(s, errors);
  }
}

/// Codecs that the reference reaches through its registry, where errors are wrapped.
static bool wrapsErrors(Native codec) {
  return codec == Native::Utf16Little || codec == Native::Utf16Big || codec == Native::Utf32Little || codec == Native::Utf32Big;
}

int32_t checkCodecNames(const char* encoding, const char* errors) {
  if (!runtimeFlags.devMode) return 0;
  if (encoding && nativeCodec(encoding) == Native::None && !Ref(lookupCodec(encoding))) return -1;
  return !errors || builtinErrorHandler(errorModeOf(errors)) || Ref(lookupErrorHandler(errors)) ? 0 : -1;
}

Value encodeStr(Value s, const char* encoding, const char* errors) {
  if (checkCodecNames(encoding, errors) < 0) return {};
  const Native codec = nativeCodec(encoding);
  if (codec != Native::None) {
    Value out = encodeNative(codec, s, errors);
    if (!out && wrapsErrors(codec)) wrapCodecError("encoding", encoding);
    return out;
  }
  Ref out(encodeByCodec(s, encoding, errors, true));
  if (!out || isBytes(out)) return out.release();
  if (isByteArray(out)) {
    if (warn(RuntimeWarningType, 1, "encoder %s returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types", encoding) < 0)
      return {};
    const auto* a = out.as<ByteArrayObject>();
    return newBytes(a->start, static_cast<size_t>(a->size));
  }
  return raise(TypeErrorType, "'%.400s' encoder returned '%.400s' instead of 'bytes'; use codecs.encode() to encode to arbitrary types",
               encoding, typeOf(out)->name);
}

static Value decodeByKind(Native codec, const uint8_t* data, size_t n, const char* errors) {
  int order = 0;
  switch (codec) {
  case Native::Utf8: return decodeUtf8(data, n, errors);
  case Native::Utf16Little: order = -1; return decodeUtf16(data, n, errors, &order);
  case Native::Utf16Big: order = 1; return decodeUtf16(data, n, errors, &order);
  case Native::Utf16: return decodeUtf16(data, n, errors, &order);
  case Native::Utf32Little: order = -1; return decodeUtf32(data, n, errors, &order);
  case Native::Utf32Big: order = 1; return decodeUtf32(data, n, errors, &order);
  case Native::Utf32: return decodeUtf32(data, n, errors, &order);
  case Native::Ascii: return decodeAscii(data, n, errors);
  default: return newStrLatin1(data, n);
  }
}

/// Of a name that is a constant of the program, and so never another text; None for others, and for codecs that wrap errors.
static Native codecOfConstant(Value name) {
  static struct { Value name; Native codec; } known[8];
  if (!isExactStr(name) || name.object()->refs >= 0) return Native::None;
  auto& row = known[name.bits >> 4 & 7];
  if (row.name == name) [[likely]] return row.codec;
  const StrObject* s = asStr(name);
  Native codec = Native::None;
  if (s->flags & kStrAscii && !std::memchr(s->data(), 0, static_cast<size_t>(s->length))) codec = nativeNamed(reinterpret_cast<const char*>(s->data()));
  row = {name, wrapsErrors(codec) ? Native::None : codec};
  return row.codec;
}

Value encodeByConstant(Value s, Value encoding) {
  const Native codec = codecOfConstant(encoding);
  return codec == Native::None ? Value() : encodeNative(codec, s, nullptr);
}
Value decodeByConstant(const uint8_t* data, size_t n, Value encoding) {
  const Native codec = codecOfConstant(encoding);
  return codec == Native::None ? Value() : n ? decodeByKind(codec, data, n, nullptr) : emptyStr();
}

static Value decodeNative(Native codec, const uint8_t* data, size_t n, const char* encoding, const char* errors) {
  Value out = decodeByKind(codec, data, n, errors);
  if (!out && wrapsErrors(codec)) wrapCodecError("decoding", encoding);
  return out;
}

/// The text that a registered codec made of `object`.
static Value decodeRegistered(Value object, const char* encoding, const char* errors) {
  Ref out(decodeByCodec(object, encoding, errors, true));
  if (!out || isStr(out)) return out.release();
  return raise(TypeErrorType, "'%.400s' decoder returned '%.400s' instead of 'str'; use codecs.decode() to decode to arbitrary types",
               encoding, typeOf(out)->name);
}

Value decodeBytes(const uint8_t* data, size_t n, const char* encoding, const char* errors) {
  if (checkCodecNames(encoding, errors) < 0) return {};
  const Native codec = nativeCodec(encoding);
  if (codec != Native::None) return decodeNative(codec, data, n, encoding, errors);
  Ref bytes(newBytes(data, n));
  return bytes ? decodeRegistered(bytes, encoding, errors) : Value();
}

Value decodeObject(Value object, const char* encoding, const char* errors) {
  if (isStr(object)) return raise(TypeErrorType, "decoding str is not supported");
  HeldBuffer b;
  if (!readyTypeOf(object)->buffer || !b.get(object)) {
    errorClear();
    return raise(TypeErrorType, "decoding to str: need a bytes-like object, %.80s found", typeOf(object)->name);
  }
  if (checkCodecNames(encoding, errors) < 0) return {};
  if (b.size() == 0) return emptyStr();
  const Native codec = nativeCodec(encoding);
  if (codec != Native::None) return decodeNative(codec, b.data(), static_cast<size_t>(b.size()), encoding, errors);
  Ref bytes(isExactBytes(object) ? newRef(object) : newBytes(b.data(), static_cast<size_t>(b.size())));
  return bytes ? decodeRegistered(bytes, encoding, errors) : Value();
}

} // namespace krait
