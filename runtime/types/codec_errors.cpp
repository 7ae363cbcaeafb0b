// The built-in error handlers, in two guises: on ranges, for the native codecs,
// and as callables of a UnicodeError, for codecs.lookup_error.
#include "runtime/types/codec_errors.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_registry.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_slots.h"
#include "runtime/unicode/names.h"

namespace krait {
namespace {

constexpr const char* modeNames[] = {"strict",          "ignore",      "replace",         "backslashreplace",
                                     "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass"};

UnicodeErrorObject* asUnicodeError(Value v) { return static_cast<UnicodeErrorObject*>(asException(v)); }

void addBackslash(StrBuilder& out, uint32_t c) {
  char text[16];
  snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  out.addAscii(text);
}

/// Units of a surrogate's stored form at p: the surrogate, or 0. *width is the form's size.
uint32_t readSurrogate(SurrogateForm form, const uint8_t* p, int64_t n, int64_t* width) {
  uint32_t c = 0;
  switch (form) {
  case SurrogateForm::Utf8:
    *width = 3;
    if (n >= 3 && (p[0] & 0xf0) == 0xe0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) c = decodeUtf8Char(p);
    break;
  case SurrogateForm::Utf16Little: *width = 2; if (n >= 2) c = p[0] | p[1] << 8; break;
  case SurrogateForm::Utf16Big: *width = 2; if (n >= 2) c = p[1] | p[0] << 8; break;
  case SurrogateForm::Utf32Little:
    *width = 4;
    if (n >= 4) c = p[0] | p[1] << 8 | p[2] << 16 | static_cast<uint32_t>(p[3]) << 24;
    break;
  case SurrogateForm::Utf32Big:
    *width = 4;
    if (n >= 4) c = p[3] | p[2] << 8 | p[1] << 16 | static_cast<uint32_t>(p[0]) << 24;
    break;
  case SurrogateForm::None: *width = 1; break;
  }
  return isSurrogate(c) ? c : 0;
}

void writeSurrogate(SurrogateForm form, uint32_t c, ByteOutput& out) {
  const auto low = static_cast<uint8_t>(c), high = static_cast<uint8_t>(c >> 8);
  char utf8[4];
  switch (form) {
  case SurrogateForm::Utf8: out.add(utf8, static_cast<int64_t>(encodeUtf8Char(c, utf8))); break;
  case SurrogateForm::Utf16Little: out.add(low), out.add(high); break;
  case SurrogateForm::Utf16Big: out.add(high), out.add(low); break;
  case SurrogateForm::Utf32Little: out.add(low), out.add(high), out.add(0), out.add(0); break;
  case SurrogateForm::Utf32Big: out.add(0), out.add(0), out.add(high), out.add(low); break;
  case SurrogateForm::None: break;
  }
}

/// The replacement for text[start:end) when encoding: str or bytes. Null without an error: the handler declines.
Value encodeReplacement(ErrorMode mode, SurrogateForm form, const StrObject* s, int64_t start, int64_t end) {
  StrBuilder text;
  ByteOutput bytes;
  switch (mode) {
  case ErrorMode::Ignore: return emptyStr();
  case ErrorMode::Replace: text.addRepeated('?', std::max<int64_t>(end - start, 0)); return text.take();
  case ErrorMode::BackslashReplace:
    for (int64_t i = start; i < end; ++i) addBackslash(text, s->at(i));
    return text.take();
  case ErrorMode::XmlCharRef:
    for (int64_t i = start; i < end; ++i) {
      char reference[16];
      snprintf(reference, sizeof reference, "&#%u;", s->at(i));
      text.addAscii(reference);
    }
    return text.take();
  case ErrorMode::NameReplace:
    for (int64_t i = start; i < end; ++i) {
      char name[unicode::kMaxNameLength];
      const size_t n = unicode::nameOf(s->at(i), name);
      if (!n) {
        addBackslash(text, s->at(i));
        continue;
      }
      text.addAscii("\\N{");
      text.addAscii({name, n});
      text.add('}');
    }
    return text.take();
  case ErrorMode::SurrogateEscape:
    for (int64_t i = start; i < end; ++i) {
      const uint32_t c = s->at(i);
      if (c < 0xdc80 || c > 0xdcff) return {};
      bytes.add(static_cast<uint8_t>(c - 0xdc00));
    }
    return bytes.take();
  case ErrorMode::SurrogatePass:
    if (form == SurrogateForm::None) return {};
    for (int64_t i = start; i < end; ++i) {
      if (!isSurrogate(s->at(i))) return {};
      writeSurrogate(form, s->at(i), bytes);
    }
    return bytes.take();
  case ErrorMode::Strict: case ErrorMode::Custom: break;
  }
  return {};
}

/// The same when decoding p[start:end) of n bytes: adds to `out`, sets *next. False: the handler declines.
bool decodeReplacement(ErrorMode mode, SurrogateForm form, const uint8_t* p, int64_t n, int64_t start, int64_t end,
                       StrBuilder& out, int64_t* next) {
  *next = end;
  switch (mode) {
  case ErrorMode::Ignore: return true;
  case ErrorMode::Replace: out.add(0xfffdu); return true;
  case ErrorMode::BackslashReplace:
    for (int64_t i = start; i < end; ++i) addBackslash(out, p[i]);
    return true;
  case ErrorMode::SurrogateEscape: {
    int64_t i = start;
    for (; i < end && i < start + 4 && p[i] >= 128; ++i) out.add(0xdc00u + p[i]);
    *next = i;
    return i > start;
  }
  case ErrorMode::SurrogatePass: {
    int64_t width;
    const uint32_t c = readSurrogate(form, p + start, n - start, &width);
    if (!c) return false;
    out.add(c);
    *next = start + width;
    return true;
  }
  default: return false;
  }
}

// ---- as callables ----------------------------------------------------------------------------

Value raiseAgain(Value exception) { return raiseInstance(newRef(exception)); }
Value replacementAt(Value owned, int64_t position) {
  Ref text(owned);
  return text ? newTuple({text, newInt(position)}) : Value();
}
/// Where the callable goes on is the end, even before the start: then there is nothing to replace.
void clipRange(UnicodeErrorObject* e, int64_t n, int64_t* start, int64_t* end) {
  *start = e->start < 0 ? 0 : e->start >= n ? (n ? n - 1 : 0) : e->start;
  *end = std::min<int64_t>(std::max<int64_t>(e->end, 1), n);
}

Value callHandler(ErrorMode mode, Value exception) {
  if (mode == ErrorMode::Strict) {
    if (isException(exception)) return raiseAgain(exception);
    return raise(TypeErrorType, "codec must pass exception instance");
  }
  const bool encoding = isInstanceOf(exception, UnicodeEncodeErrorType);
  const bool decoding = isInstanceOf(exception, UnicodeDecodeErrorType);
  const bool translating = isInstanceOf(exception, UnicodeTranslateErrorType);
  const bool encodeOnly = mode == ErrorMode::XmlCharRef || mode == ErrorMode::NameReplace;
  const bool noTranslate = encodeOnly || mode == ErrorMode::SurrogateEscape || mode == ErrorMode::SurrogatePass;
  if ((!encoding && !decoding && !translating) || (decoding && encodeOnly) || (translating && noTranslate))
    return raise(TypeErrorType, "don't know how to handle %.200s in error callback", typeOf(exception)->name);
  UnicodeErrorObject* e = asUnicodeError(exception);
  if (!e->object || !(decoding ? isBytes(e->object) : isStr(e->object)))
    return raise(TypeErrorType, decoding ? "object attribute must be bytes" : "object attribute must be unicode");
  int64_t start, end;
  clipRange(e, decoding ? e->object.as<BytesObject>()->size : asStr(e->object)->length, &start, &end);
  SurrogateForm form = SurrogateForm::None;
  if (mode == ErrorMode::SurrogatePass) {
    Utf8Argument name(e->encoding);
    if (!name.ok() || !name.text()) return {};
    form = surrogateFormOf(name.text());
    if (form == SurrogateForm::None) return raiseAgain(exception);
  }
  if (decoding) {
    StrBuilder out;
    int64_t next;
    const auto* b = e->object.as<BytesObject>();
    if (!decodeReplacement(mode, form, b->data, b->size, start, end, out, &next)) return raiseAgain(exception);
    return replacementAt(out.take(), next);
  }
  if (translating && mode == ErrorMode::Replace) {
    StrBuilder out;
    out.addRepeated(0xfffd, std::max<int64_t>(end - start, 0));
    return replacementAt(out.take(), end);
  }
  Value replacement = encodeReplacement(mode, form, asStr(e->object), start, end);
  if (!replacement) return errorSet() ? Value() : raiseAgain(exception);
  return replacementAt(replacement, mode == ErrorMode::NameReplace ? std::max(start, end) : end);
}

template <ErrorMode mode> Value handlerFunction(Value, Value exception) { return callHandler(mode, exception); }

constexpr MethodDef handlerDefs[] = {
    {"strict_errors", handlerFunction<ErrorMode::Strict>},
    {"ignore_errors", handlerFunction<ErrorMode::Ignore>},
    {"replace_errors", handlerFunction<ErrorMode::Replace>},
    {"backslashreplace_errors", handlerFunction<ErrorMode::BackslashReplace>},
    {"xmlcharrefreplace_errors", handlerFunction<ErrorMode::XmlCharRef>},
    {"namereplace_errors", handlerFunction<ErrorMode::NameReplace>},
    {"surrogateescape", handlerFunction<ErrorMode::SurrogateEscape>},
    {"surrogatepass", handlerFunction<ErrorMode::SurrogatePass>},
};
Value handlerObjects[std::size(handlerDefs)];

/// Calls a registered handler: (replacement, position) checked, or false with an error, whose text `wanted` is.
bool callCustom(Value handler, Value exception, bool decoding, const char* wanted, Ref& replacement, int64_t* position) {
  Ref result(call(handler, {exception}));
  if (!result) return false;
  if (!isTuple(result) || asTuple(result)->size != 2) return raise(TypeErrorType, wanted), false;
  Value text = asTuple(result)->items[0], at = asTuple(result)->items[1];
  if (!isInt(at) || !(isStr(text) || (!decoding && isBytes(text)))) return raise(TypeErrorType, wanted), false;
  if (!sizeArgument(at, position)) return false;
  replacement = Ref::share(text);
  return true;
}

} // namespace

ErrorMode errorModeOf(const char* errors) {
  if (!errors) return ErrorMode::Strict;
  for (size_t i = 0; i < std::size(modeNames); ++i)
    if (!strcmp(errors, modeNames[i])) return static_cast<ErrorMode>(i);
  return ErrorMode::Custom;
}
const char* errorModeName(ErrorMode mode) { return modeNames[static_cast<size_t>(mode)]; }

Value builtinErrorHandler(ErrorMode mode) {
  if (mode == ErrorMode::Custom) return {};
  Value& made = handlerObjects[static_cast<size_t>(mode)];
  if (!made) made = newBuiltinFunction(&handlerDefs[static_cast<size_t>(mode)], Value(), Value());
  return made;
}

SurrogateForm surrogateFormOf(const char* encoding) {
  char name[16];
  size_t n = 0;
  for (; *encoding && n < sizeof name - 1; ++encoding)
    if (*encoding != '-' && *encoding != '_') name[n++] = static_cast<char>(*encoding | (*encoding >= 'A' && *encoding <= 'Z' ? 32 : 0));
  name[n] = 0;
  if (*encoding || strncmp(name, "utf", 3)) return SurrogateForm::None;
  const char* rest = name + 3;
  if (!strcmp(rest, "8")) return SurrogateForm::Utf8;
  if (!strcmp(rest, "16") || !strcmp(rest, "16le")) return SurrogateForm::Utf16Little;
  if (!strcmp(rest, "16be")) return SurrogateForm::Utf16Big;
  if (!strcmp(rest, "32") || !strcmp(rest, "32le")) return SurrogateForm::Utf32Little;
  if (!strcmp(rest, "32be")) return SurrogateForm::Utf32Big;
  return SurrogateForm::None;
}

bool EncodeErrors::handle(int64_t start, int64_t end, const char* reason, Ref& replacement, int64_t* next) {
  *next = end;
  if (mode_ == ErrorMode::SurrogateEscape || mode_ == ErrorMode::SurrogatePass) {
    // The codecs take what they can of the range before they complain about the rest.
    const StrObject* s = asStr(text_);
    int64_t good = start;
    while (good < end && (mode_ == ErrorMode::SurrogateEscape ? s->at(good) >= 0xdc80 && s->at(good) <= 0xdcff
                                                              : form_ != SurrogateForm::None && isSurrogate(s->at(good))))
      ++good;
    if (good > start) *next = end = good;
  }
  if (mode_ != ErrorMode::Custom) {
    replacement.reset(encodeReplacement(mode_, form_, asStr(text_), start, end));
    if (!replacement && !errorSet()) raiseEncodeError(encoding_, text_, start, end, reason);
    return static_cast<bool>(replacement);
  }
  if (!handler_) handler_.reset(lookupErrorHandler(errors_));
  if (!handler_) return false;
  raiseEncodeError(encoding_, text_, start, end, reason);
  exception_ = errorTake();
  if (!exception_ || !callCustom(handler_, exception_, false, expected_, replacement, next)) return false;
  const int64_t n = asStr(text_)->length;
  if (*next < 0) *next += n;
  if (*next >= 0 && *next <= n) return true;
  raise(IndexErrorType, "position %zd from error handler out of bounds", static_cast<size_t>(*next));
  return false;
}

bool DecodeErrors::handle(int64_t start, int64_t end, const char* reason, StrBuilder& out, int64_t* next) {
  if (mode_ != ErrorMode::Custom) {
    if (mode_ != ErrorMode::Strict && decodeReplacement(mode_, form_, data_, size_, start, end, out, next)) return true;
    if (mode_ == ErrorMode::XmlCharRef || mode_ == ErrorMode::NameReplace)
      raise(TypeErrorType, "don't know how to handle UnicodeDecodeError in error callback");
    else raiseDecodeError(encoding_, data_, static_cast<size_t>(size_), start, end, reason);
    return false;
  }
  if (!handler_) handler_.reset(lookupErrorHandler(errors_));
  if (!handler_) return false;
  raiseDecodeError(encoding_, data_, static_cast<size_t>(size_), start, end, reason);
  exception_ = errorTake();
  Ref replacement;
  if (!exception_ || !callCustom(handler_, exception_, true, "decoding error handler must return (str, int) tuple", replacement, next)) return false;
  Value object = asUnicodeError(exception_)->object;
  if (!object || !isBytes(object)) return raise(TypeErrorType, "exception attribute object must be bytes"), false;
  exchanged_ = Ref::share(object);
  data_ = object.as<BytesObject>()->data;
  size_ = object.as<BytesObject>()->size;
  if (*next < 0) *next += size_;
  if (*next < 0 || *next > size_) {
    raise(IndexErrorType, "position %zd from error handler out of bounds", static_cast<size_t>(*next));
    return false;
  }
  out.add(replacement.get());
  return true;
}

Value raiseEncodeError(const char* encoding, Value text, int64_t start, int64_t end, const char* reason) {
  Ref name(newStr(encoding)), why(newStr(reason)), exact(strExact(text));
  if (!name || !why || !exact) return {};
  Ref exception(call(asValue(&UnicodeEncodeErrorType), {name, exact, Ref(newInt(start)), Ref(newInt(end)), why}));
  return exception ? raiseInstance(exception.release()) : Value();
}

Value raiseDecodeError(const char* encoding, const uint8_t* data, size_t n, int64_t start, int64_t end, const char* reason) {
  Ref name(newStr(encoding)), why(newStr(reason)), bytes(newBytes(data, n));
  if (!name || !why || !bytes) return {};
  Ref exception(call(asValue(&UnicodeDecodeErrorType), {name, bytes, Ref(newInt(start)), Ref(newInt(end)), why}));
  return exception ? raiseInstance(exception.release()) : Value();
}

} // namespace krait
