// _codecs: the registry and the native codecs as functions, for `codecs` and `encodings`.
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/codec.h"
#include "runtime/types/codec_registry.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

/// (result, length used): what codec functions return.
Value pair(Value owned, int64_t used) {
  Ref result(owned);
  return result ? newTuple({result, Ref(newInt(used))}) : Value();
}

bool textArgument(const char* function, const char* which, Value v) {
  if (isStr(v)) return true;
  raise(TypeErrorType, "%s() argument%s must be str, not %.50G", function, which, v);
  return false;
}
/// An `errors` argument: str, None or absent.
bool errorsArgument(const char* function, Value v) {
  if (!v || isNone(v) || isStr(v)) return true;
  raise(TypeErrorType, "%s() argument 2 must be str or None, not %.50G", function, v);
  return false;
}

using Encoder = Value (*)(Value s, const char* errors);
template <AuditText Name, Encoder encode> Value encodeFunction(Value, const Value* argv) {
  if (!textArgument(Name.text, " 1", argv[0]) || !errorsArgument(Name.text, argv[1])) return {};
  Utf8Argument errors(argv[1]);
  return errors.ok() ? pair(encode(argv[0], errors.text()), asStr(argv[0])->length) : Value();
}
constexpr char kEncodeSignature[] = "($module, str, errors=None, /)";
Value utf16Little(Value s, const char* e) { return encodeUtf16(s, e, -1); }
Value utf16Big(Value s, const char* e) { return encodeUtf16(s, e, 1); }
Value utf32Little(Value s, const char* e) { return encodeUtf32(s, e, -1); }
Value utf32Big(Value s, const char* e) { return encodeUtf32(s, e, 1); }
Value unicodeEscape(Value s, const char*) { return encodeUnicodeEscape(s); }
Value rawUnicodeEscape(Value s, const char*) { return encodeRawUnicodeEscape(s); }

template <AuditText Name, Value (*encode)(Value, const char*, int)> Value encodeWithOrder(Value, const Value* argv) {
  int order = 0;
  if (!textArgument(Name.text, " 1", argv[0]) || !errorsArgument(Name.text, argv[1]) || !intArgument(argv[2], &order)) return {};
  Utf8Argument errors(argv[1]);
  return errors.ok() ? pair(encode(argv[0], errors.text(), order < 0 ? -1 : order > 0), asStr(argv[0])->length) : Value();
}
constexpr char kEncodeOrderSignature[] = "($module, str, errors=None, byteorder=0, /)";

/// Data of a decoder: a buffer, or (escapes) the UTF-8 of a str. Arguments: data, errors, final.
struct DecodeArguments {
  HeldBuffer buffer;
  Ref text;
  Ref errorsHolder;
  bool final = false;
  bool parse(const Value* argv, bool acceptText) {
    if (acceptText && isStr(argv[0])) {
      text.reset(encodeUtf8(argv[0], nullptr));
      if (!text || !buffer.get(text)) return false;
    } else if (!buffer.get(argv[0])) {
      return false;
    }
    return errorsArgument("decode", argv[1]);
  }
};

using Decoder = Value (*)(const uint8_t*, size_t, const char*, int64_t*);
/// Complete data unless `final` is false.
template <Decoder decode, bool acceptText = false> Value decodeFunction(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, acceptText)) return {};
  a.final = acceptText; // the escape codecs default to complete data
  if (!flagArgument(argv[2], &a.final)) return {};
  Utf8Argument errors(argv[1]);
  if (!errors.ok()) return {};
  int64_t consumed = a.buffer.size();
  Value out = decode(a.buffer.data(), static_cast<size_t>(a.buffer.size()), errors.text(), a.final ? nullptr : &consumed);
  return pair(out, consumed);
}
constexpr char kDecodeSignature[] = "($module, data, errors=None, final=False, /)";
constexpr char kDecodeEscapeSignature[] = "($module, data, errors=None, final=True, /)";

using OrderedDecoder = Value (*)(const uint8_t*, size_t, const char*, int*, int64_t*);
template <OrderedDecoder decode, int fixedOrder> Value decodeOrdered(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, false) || !flagArgument(argv[2], &a.final)) return {};
  Utf8Argument errors(argv[1]);
  if (!errors.ok()) return {};
  int order = fixedOrder;
  int64_t consumed = a.buffer.size();
  Value out = decode(a.buffer.data(), static_cast<size_t>(a.buffer.size()), errors.text(), &order, a.final ? nullptr : &consumed);
  return pair(out, consumed);
}
/// The _ex_ forms: byte order in and out.
template <OrderedDecoder decode> Value decodeEx(Value, const Value* argv) {
  DecodeArguments a;
  int order = 0;
  if (!a.parse(argv, false) || !intArgument(argv[2], &order) || !flagArgument(argv[3], &a.final)) return {};
  Utf8Argument errors(argv[1]);
  if (!errors.ok()) return {};
  order = order < 0 ? -1 : order > 0;
  int64_t consumed = a.buffer.size();
  Ref out(decode(a.buffer.data(), static_cast<size_t>(a.buffer.size()), errors.text(), &order, a.final ? nullptr : &consumed));
  return out ? newTuple({out, Ref(newInt(consumed)), Ref(newInt(order))}) : Value();
}
constexpr char kDecodeExSignature[] = "($module, data, errors=None, byteorder=0, final=False, /)";

Value latin1Decode(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, false)) return {};
  return pair(newStrLatin1(a.buffer.data(), static_cast<size_t>(a.buffer.size())), a.buffer.size());
}
Value asciiDecode(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, false)) return {};
  Utf8Argument errors(argv[1]);
  if (!errors.ok()) return {};
  return pair(decodeAscii(a.buffer.data(), static_cast<size_t>(a.buffer.size()), errors.text()), a.buffer.size());
}
constexpr char kDecodeCompleteSignature[] = "($module, data, errors=None, /)";

Value charmapEncode(Value, const Value* argv) {
  if (!textArgument("charmap_encode", " 1", argv[0]) || !errorsArgument("charmap_encode", argv[1])) return {};
  Utf8Argument errors(argv[1]);
  return errors.ok() ? pair(encodeCharmap(argv[0], argv[2], errors.text()), asStr(argv[0])->length) : Value();
}
Value charmapDecode(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, false)) return {};
  Utf8Argument errors(argv[1]);
  if (!errors.ok()) return {};
  return pair(decodeCharmap(a.buffer.data(), static_cast<size_t>(a.buffer.size()), argv[2], errors.text()), a.buffer.size());
}
/// A decoding table turned round: a dict from code points to bytes.
Value charmapBuild(Value, Value table) {
  if (!textArgument("charmap_build", "", table)) return {};
  Ref map(newDict());
  const StrObject* s = asStr(table);
  const int64_t n = std::min<int64_t>(s->length, 256);
  // Where CPython has a table of its own in place of the dict, what is undefined is left out.
  bool leavesOut = n && s->at(0) == 0;
  for (int64_t i = 1; leavesOut && i < n; ++i) leavesOut = s->at(i) != 0 && s->at(i) <= 0xffff;
  for (int64_t i = 0; map && i < n; ++i)
    if (!(leavesOut && s->at(i) == 0xfffe) && dictSet(map, newInt(s->at(i)), newInt(i)) < 0) return {};
  return map.release();
}

Value escapeDecode(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, true)) return {};
  Utf8Argument errors(argv[1]);
  if (!errors.ok()) return {};
  return pair(decodeByteEscapes(a.buffer.data(), static_cast<size_t>(a.buffer.size()), errors.text()), a.buffer.size());
}
Value escapeEncode(Value, const Value* argv) {
  if (!isBytes(argv[0])) return raise(TypeErrorType, "escape_encode() argument 1 must be bytes, not %.50G", argv[0]);
  if (!errorsArgument("escape_encode", argv[1])) return {};
  const auto* b = argv[0].as<BytesObject>();
  return pair(encodeByteEscapes(b->data, static_cast<size_t>(b->size)), b->size);
}
Value readbufferEncode(Value, const Value* argv) {
  DecodeArguments a;
  if (!a.parse(argv, true)) return {};
  return pair(newBytes(a.buffer.data(), static_cast<size_t>(a.buffer.size())), a.buffer.size());
}

// ---- the registry --------------------------------------------------------------------------------

Value registerFunction(Value, Value function) { return registerCodecSearch(function) < 0 ? Value() : newRef(none()); }
Value unregisterFunction(Value, Value function) { return unregisterCodecSearch(function) < 0 ? Value() : newRef(none()); }
Value lookupFunction(Value, Value name) {
  if (!textArgument("lookup", "", name)) return {};
  Utf8Argument encoding(name);
  return encoding.ok() ? lookupCodec(encoding.text()) : Value();
}
Value encodeObject(Value, const Value* argv) {
  if ((argv[1] && !textArgument("encode", " 'encoding'", argv[1])) || (argv[2] && !textArgument("encode", " 'errors'", argv[2]))) return {};
  Utf8Argument encoding(argv[1]), errors(argv[2]);
  if (!encoding.ok() || !errors.ok()) return {};
  return encodeByCodec(argv[0], encoding.text() ? encoding.text() : "utf-8", errors.text(), false);
}
Value decodeAnyObject(Value, const Value* argv) {
  if ((argv[1] && !textArgument("decode", " 'encoding'", argv[1])) || (argv[2] && !textArgument("decode", " 'errors'", argv[2]))) return {};
  Utf8Argument encoding(argv[1]), errors(argv[2]);
  if (!encoding.ok() || !errors.ok()) return {};
  return decodeByCodec(argv[0], encoding.text() ? encoding.text() : "utf-8", errors.text(), false);
}
Value registerError(Value, const Value* argv) {
  if (!textArgument("register_error", " 1", argv[0])) return {};
  Utf8Argument name(argv[0]);
  if (!name.ok() || registerErrorHandler(name.text(), argv[1]) < 0) return {};
  return newRef(none());
}
Value lookupError(Value, Value nameValue) {
  if (!textArgument("lookup_error", "", nameValue)) return {};
  Utf8Argument name(nameValue);
  return name.ok() ? lookupErrorHandler(name.text()) : Value();
}

constexpr MethodDef methods[] = {
    {"register", registerFunction, "($module, search_function, /)"},
    {"unregister", unregisterFunction, "($module, search_function, /)"},
    {"lookup", lookupFunction, "($module, encoding, /)"},
    {"encode", encodeObject, "($module, /, obj, encoding='utf-8', errors='strict')"},
    {"decode", decodeAnyObject, "($module, /, obj, encoding='utf-8', errors='strict')"},
    {"escape_encode", escapeEncode, kDecodeCompleteSignature},
    {"escape_decode", escapeDecode, kDecodeCompleteSignature},
    {"utf_8_encode", encodeFunction<"utf_8_encode", encodeUtf8>, kEncodeSignature},
    {"utf_8_decode", decodeFunction<decodeUtf8>, kDecodeSignature},
    {"utf_7_encode", encodeFunction<"utf_7_encode", encodeUtf7>, kEncodeSignature},
    {"utf_7_decode", decodeFunction<decodeUtf7>, kDecodeSignature},
    {"utf_16_encode", encodeWithOrder<"utf_16_encode", encodeUtf16>, kEncodeOrderSignature},
    {"utf_16_le_encode", encodeFunction<"utf_16_le_encode", utf16Little>, kEncodeSignature},
    {"utf_16_be_encode", encodeFunction<"utf_16_be_encode", utf16Big>, kEncodeSignature},
    {"utf_16_decode", decodeOrdered<decodeUtf16, 0>, kDecodeSignature},
    {"utf_16_le_decode", decodeOrdered<decodeUtf16, -1>, kDecodeSignature},
    {"utf_16_be_decode", decodeOrdered<decodeUtf16, 1>, kDecodeSignature},
    {"utf_16_ex_decode", decodeEx<decodeUtf16>, kDecodeExSignature},
    {"utf_32_encode", encodeWithOrder<"utf_32_encode", encodeUtf32>, kEncodeOrderSignature},
    {"utf_32_le_encode", encodeFunction<"utf_32_le_encode", utf32Little>, kEncodeSignature},
    {"utf_32_be_encode", encodeFunction<"utf_32_be_encode", utf32Big>, kEncodeSignature},
    {"utf_32_decode", decodeOrdered<decodeUtf32, 0>, kDecodeSignature},
    {"utf_32_le_decode", decodeOrdered<decodeUtf32, -1>, kDecodeSignature},
    {"utf_32_be_decode", decodeOrdered<decodeUtf32, 1>, kDecodeSignature},
    {"utf_32_ex_decode", decodeEx<decodeUtf32>, kDecodeExSignature},
    {"unicode_escape_encode", encodeFunction<"unicode_escape_encode", unicodeEscape>, kEncodeSignature},
    {"unicode_escape_decode", decodeFunction<decodeUnicodeEscape, true>, kDecodeEscapeSignature},
    {"raw_unicode_escape_encode", encodeFunction<"raw_unicode_escape_encode", rawUnicodeEscape>, kEncodeSignature},
    {"raw_unicode_escape_decode", decodeFunction<decodeRawUnicodeEscape, true>, kDecodeEscapeSignature},
    {"latin_1_encode", encodeFunction<"latin_1_encode", encodeLatin1>, kEncodeSignature},
    {"latin_1_decode", latin1Decode, kDecodeCompleteSignature},
    {"ascii_encode", encodeFunction<"ascii_encode", encodeAscii>, kEncodeSignature},
    {"ascii_decode", asciiDecode, kDecodeCompleteSignature},
    {"charmap_encode", charmapEncode, "($module, str, errors=None, mapping=None, /)"},
    {"charmap_decode", charmapDecode, "($module, data, errors=None, mapping=None, /)"},
    {"charmap_build", charmapBuild, "($module, map, /)"},
    {"readbuffer_encode", readbufferEncode, kDecodeCompleteSignature},
    {"register_error", registerError, "($module, errors, handler, /)"},
    {"lookup_error", lookupError, "($module, name, /)"},
    {},
};

} // namespace

extern "C" const NativeModule krt_module_codecs = {.name = "_codecs", .methods = methods, .exec = nullptr};

} // namespace krait
