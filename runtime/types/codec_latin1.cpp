// One byte per character: ASCII, Latin-1 and charmap codecs.
#include "runtime/object/protocol.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

/// Encodes code points below `limit` as themselves.
Value encodeNarrow(Value v, const char* errors, uint32_t limit) {
  const StrObject* s = asStr(v);
  if ((s->flags & kStrAscii) || (limit == 256 && s->kind == 1)) return newBytes(s->data(), static_cast<size_t>(s->length));
  const char* reason = limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)";
  EncodeErrors handler(limit == 128 ? "ascii" : "latin-1", v, errors);
  ByteOutput out;
  if (!out.reserve(s->length)) return {};
  for (int64_t i = 0; i < s->length;) {
    const uint32_t c = s->at(i);
    if (c < limit) {
      out.add(static_cast<uint8_t>(c));
      ++i;
      continue;
    }
    int64_t end = i + 1, next;
    while (end < s->length && s->at(end) >= limit) ++end;
    Ref replacement;
    if (!handler.handle(i, end, reason, replacement, &next)) return {};
    if (isBytes(replacement)) {
      out.add(bytesView(replacement));
    } else {
      const StrObject* r = asStr(replacement);
      if (!(r->flags & kStrAscii) && (limit == 128 || r->kind > 1)) return handler.raiseStrict(i, end, reason), Value();
      out.add(r->data(), r->length);
    }
    i = next;
  }
  return out.take();
}

constexpr const char kUndefined[] = "character maps to <undefined>";

enum class MapResult : uint8_t { Done, Undefined, Failed };

/// Adds the bytes that `mapping` gives for one code point.
MapResult mapToBytes(Value mapping, uint32_t c, ByteOutput& out) {
  Ref key(newInt(c)), found(getItem(mapping, key));
  if (!found) return errorClearIf(LookupErrorType) ? MapResult::Undefined : MapResult::Failed;
  if (isNone(found)) return MapResult::Undefined;
  if (isInt(found)) {
    int overflow = 0;
    const int64_t value = intToInt64(found, &overflow);
    if (overflow || value < 0 || value > 255) {
      raise(TypeErrorType, "character mapping must be in range(256)");
      return MapResult::Failed;
    }
    out.add(static_cast<uint8_t>(value));
    return MapResult::Done;
  }
  if (isBytes(found)) return out.add(bytesView(found)), MapResult::Done;
  raise(TypeErrorType, "character mapping must return integer, bytes or None, not %.400s", typeOf(found)->name);
  return MapResult::Failed;
}

/// Adds the text that `mapping` gives for one byte.
MapResult mapToText(Value mapping, uint8_t c, StrBuilder& out) {
  if (isStr(mapping)) {
    const StrObject* table = asStr(mapping);
    if (c >= table->length || table->at(c) == 0xfffe) return MapResult::Undefined;
    out.add(table->at(c));
    return MapResult::Done;
  }
  Ref key(newInt(c)), found(getItem(mapping, key));
  if (!found) return errorClearIf(LookupErrorType) ? MapResult::Undefined : MapResult::Failed;
  if (isNone(found)) return MapResult::Undefined;
  if (isInt(found)) {
    int overflow = 0;
    const int64_t value = intToInt64(found, &overflow);
    if (value == 0xfffe) return MapResult::Undefined;
    if (overflow || value < 0 || value > 0x10ffff) {
      raise(TypeErrorType, "character mapping must be in range(0x%lx)", 0x110000l);
      return MapResult::Failed;
    }
    out.add(static_cast<uint32_t>(value));
    return MapResult::Done;
  }
  if (isStr(found)) {
    if (asStr(found)->length == 1 && asStr(found)->at(0) == 0xfffe) return MapResult::Undefined;
    out.add(found.get());
    return MapResult::Done;
  }
  raise(TypeErrorType, "character mapping must return integer, None or str");
  return MapResult::Failed;
}

} // namespace

Value encodeLatin1(Value s, const char* errors) { return encodeNarrow(s, errors, 256); }
Value encodeAscii(Value s, const char* errors) { return encodeNarrow(s, errors, 128); }

Value decodeAscii(const uint8_t* data, size_t n, const char* errors) {
  if (orOfChars(data, n) < 0x80) return newStrAscii(reinterpret_cast<const char*>(data), n);
  DecodeErrors handler("ascii", data, n, errors);
  StrBuilder out;
  for (int64_t at = 0; at < handler.size();) {
    const uint8_t c = handler.data()[at];
    if (c < 128) out.add(c), ++at;
    else if (!handler.handle(at, at + 1, "ordinal not in range(128)", out, &at)) return {};
  }
  return out.take();
}

Value encodeCharmap(Value v, Value mapping, const char* errors) {
  if (!mapping || isNone(mapping)) return encodeLatin1(v, errors);
  const StrObject* s = asStr(v);
  EncodeErrors handler("charmap", v, errors);
  ByteOutput out, probe;
  for (int64_t i = 0; i < s->length;) {
    const MapResult result = mapToBytes(mapping, s->at(i), out);
    if (result == MapResult::Failed) return {};
    if (result == MapResult::Done) {
      ++i;
      continue;
    }
    int64_t end = i + 1, next;
    for (; end < s->length; ++end) {
      const MapResult more = mapToBytes(mapping, s->at(end), probe);
      if (more == MapResult::Failed) return {};
      if (more == MapResult::Done) break;
    }
    Ref replacement;
    if (!handler.handle(i, end, kUndefined, replacement, &next)) return {};
    if (isBytes(replacement)) {
      out.add(bytesView(replacement));
    } else {
      const StrObject* r = asStr(replacement);
      for (int64_t k = 0; k < r->length; ++k) {
        const MapResult mapped = mapToBytes(mapping, r->at(k), out);
        if (mapped == MapResult::Failed) return {};
        if (mapped == MapResult::Undefined) return handler.raiseStrict(i, end, kUndefined), Value();
      }
    }
    i = next;
  }
  return out.take();
}

Value decodeCharmap(const uint8_t* data, size_t n, Value mapping, const char* errors) {
  if (!mapping || isNone(mapping)) return newStrLatin1(data, n);
  DecodeErrors handler("charmap", data, n, errors);
  StrBuilder out;
  for (int64_t at = 0; at < handler.size();) {
    const MapResult result = mapToText(mapping, handler.data()[at], out);
    if (result == MapResult::Failed) return {};
    if (result == MapResult::Done) ++at;
    else if (!handler.handle(at, at + 1, kUndefined, out, &at)) return {};
  }
  return out.take();
}

} // namespace krait
