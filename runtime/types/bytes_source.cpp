// The constructor's rules, in the reference's order: encoded text, __bytes__, a
// count of zeros, a buffer, an iterable of ints.
#include "runtime/types/bytes_source.h"
#include <cstring>
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_arguments.h"
#include "runtime/types/sequence.h"

namespace krait {

/// Of small ints in range. Null without an error: some are not.
static Value bytesOfPlainItems(const Value* items, int64_t n) {
  const auto isByte = [](Value v) { return v.isSmallInt() && static_cast<uint64_t>(v.smallInt()) < 256; };
  if (n < 2) {
    if (n && !isByte(items[0])) return {};
    const uint8_t only = n ? static_cast<uint8_t>(items[0].smallInt()) : 0;
    return newBytes(&only, static_cast<size_t>(n));
  }
  Value made = newBytes(nullptr, static_cast<size_t>(n));
  if (!made) return {};
  uint8_t* to = made.as<BytesObject>()->data;
  for (int64_t i = 0; i < n; ++i) {
    if (!isByte(items[i])) [[unlikely]] return decref(made), Value();
    to[i] = static_cast<uint8_t>(items[i].smallInt());
  }
  return made;
}
/// The same of an exact list or tuple.
static Value bytesOfPlain(Value source) {
  return isList(source) ? bytesOfPlainItems(asList(source)->items, asList(source)->size) : bytesOfPlainItems(asTuple(source)->items, asTuple(source)->size);
}

Value bytesFromObject(Value source, const char* name) {
  if (isExact(source, bytearrayType)) return newBytes(source.as<ByteArrayObject>()->start, static_cast<size_t>(source.as<ByteArrayObject>()->size));
  if (readyTypeOf(source)->buffer) {
    HeldBuffer b;
    if (!b.get(source, kBufferFull)) return {};
    Value out = newBytes(b.size() > 1 ? nullptr : b.data(), static_cast<size_t>(b.size()));
    if (out && b.size() > 1) b.copyTo(out.as<BytesObject>()->data);
    return out;
  }
  const bool isArray = !strcmp(name, "bytearray");
  const char* rangeMessage = isArray ? "byte must be in range(0, 256)" : "bytes must be in range(0, 256)";
  ByteOutput out;
  uint8_t c;
  if (isExactList(source) || isExactTuple(source)) {
    if (Value made = bytesOfPlain(source); made || errorSet()) return made;
    // An item's __index__ may change the list: ask for its size every time.
    for (int64_t i = 0; i < (isList(source) ? asList(source)->size : asTuple(source)->size); ++i) {
      Ref item = Ref::share(isList(source) ? asList(source)->items[i] : asTuple(source)->items[i]);
      if (!byteArgument(item, &c, rangeMessage)) return {};
      out.add(c);
    }
    return out.take();
  }
  Ref it;
  if (!isStr(source)) {
    it.reset(iterate(source));
    if (!it && !errorClearIf(TypeErrorType)) return {};
  }
  if (!it) return raise(TypeErrorType, "cannot convert '%.200s' object to %s", typeOf(source)->name, name);
  if (!isArray && lengthHint(source, 0) < 0) return {}; // its errors are the caller's
  for (;;) {
    Ref item(next(it));
    if (!item) break;
    if (!byteArgument(item, &c, rangeMessage)) return {};
    out.add(c);
  }
  return errorSet() ? Value() : out.take();
}

/// The result of __bytes__; null without an error if there is no such method.
static Value bytesByMethod(Value source) {
  Ref method(lookupSpecial(source, NAME(__bytes__)));
  if (!method) return {};
  Ref made(call(method));
  if (made && !isBytes(made)) return raise(TypeErrorType, "__bytes__ returned non-bytes (type %.200s)", typeOf(made)->name);
  return made.release();
}

Value objectAsBytes(Value source) {
  if (isExactBytes(source)) return newRef(source);
  Value made = bytesByMethod(source);
  return made || errorSet() ? made : bytesFromObject(source, "bytes");
}

int32_t countOfZeros(Value source, int64_t* n) {
  if (!isInt(source) && !(readyTypeOf(source)->number && readyTypeOf(source)->number->index)) return 0;
  *n = toIndex(source, &OverflowErrorType);
  if (*n == -1 && errorSet()) return errorClearIf(TypeErrorType) ? 0 : -1;
  return *n < 0 ? fail(ValueErrorType, "negative count") : 1;
}

Value bytesFromArguments(const char* name, Value source, Value encoding, Value errors) {
  if (encoding || errors) {
    const CodecArguments names(name, encoding, errors);
    if (!names.ok()) return {};
    if (!source || !isStr(source)) return raise(TypeErrorType, encoding ? "encoding without a string argument" : "errors without a string argument");
    if (!encoding) return raise(TypeErrorType, "string argument without an encoding");
    return encodeStr(source, names.encoding(), names.errors());
  }
  if (!source) return newBytes(nullptr, 0);
  if (isExactBytes(source)) return newRef(source);
  if (isExactList(source) || isExactTuple(source)) return bytesFromObject(source, name);
  if (isExact(source, bytearrayType)) return bytesFromObject(source, name);
  if (strcmp(name, "bytearray")) {
    Value made = bytesByMethod(source);
    if (made || errorSet()) return made;
  }
  if (isStr(source)) return raise(TypeErrorType, "string argument without an encoding");
  if (int64_t n; const int32_t counts = countOfZeros(source, &n)) {
    if (counts < 0) return {};
    static const uint8_t zero = 0;
    Value out = newBytes(n == 1 ? &zero : nullptr, static_cast<size_t>(n));
    if (out && n > 1) std::memset(out.as<BytesObject>()->data, 0, static_cast<size_t>(n));
    return out;
  }
  return bytesFromObject(source, name);
}

} // namespace krait
