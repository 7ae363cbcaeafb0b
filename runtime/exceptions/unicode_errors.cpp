// UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError: where text could not be converted, and why.
#include <cstdio>
#include "runtime/exceptions/base_exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {
namespace exceptions {
namespace {

UnicodeErrorObject* asUnicodeError(Value v) { return static_cast<UnicodeErrorObject*>(asException(v)); }

int32_t checkCount(const Args& args, size_t n) {
  if (args.count == n) return 0;
  return fail(TypeErrorType, "function takes exactly %zd arguments (%zd given)", n, args.count);
}
int32_t checkStr(const Args& args, size_t i) {
  if (isStr(args[i])) return 0;
  return fail(TypeErrorType, "argument %zd must be str, not %s", i + 1, isNone(args[i]) ? "None" : typeOf(args[i])->name);
}
int32_t readIndex(Value v, int64_t* out) {
  *out = toIndex(v, &OverflowErrorType);
  return *out == -1 && errorSet() ? -1 : 0;
}

int32_t initEncodeError(Value self, const Args& args) {
  if (baseInit(self, args) < 0 || checkCount(args, 5) < 0 || checkStr(args, 0) < 0 || checkStr(args, 1) < 0) return -1;
  UnicodeErrorObject* e = asUnicodeError(self);
  if (readIndex(args[2], &e->start) < 0 || readIndex(args[3], &e->end) < 0 || checkStr(args, 4) < 0) return -1;
  assign(e->encoding, newRef(args[0]));
  assign(e->object, newRef(args[1]));
  assign(e->reason, newRef(args[4]));
  return 0;
}

int32_t initDecodeError(Value self, const Args& args) {
  if (baseInit(self, args) < 0 || checkCount(args, 5) < 0 || checkStr(args, 0) < 0) return -1;
  UnicodeErrorObject* e = asUnicodeError(self);
  if (readIndex(args[2], &e->start) < 0 || readIndex(args[3], &e->end) < 0 || checkStr(args, 4) < 0) return -1;
  Ref object = Ref::share(args[1]);
  if (!isBytes(object)) {
    Buffer view;
    if (getBuffer(args[1], &view, kBufferSimple) < 0) return -1;
    object.reset(newBytes(view.data, static_cast<size_t>(view.bytes)));
    releaseBuffer(&view);
    if (!object) return -1;
  }
  assign(e->encoding, newRef(args[0]));
  assign(e->object, object.release());
  assign(e->reason, newRef(args[4]));
  return 0;
}

int32_t initTranslateError(Value self, const Args& args) {
  if (baseInit(self, args) < 0 || checkCount(args, 4) < 0 || checkStr(args, 0) < 0) return -1;
  UnicodeErrorObject* e = asUnicodeError(self);
  if (readIndex(args[1], &e->start) < 0 || readIndex(args[2], &e->end) < 0 || checkStr(args, 3) < 0) return -1;
  assign(e->object, newRef(args[0]));
  assign(e->reason, newRef(args[3]));
  return 0;
}

/// One code point as its escape: \xhh, \uhhhh or \Uhhhhhhhh.
struct Escape {
  char text[16];
  explicit Escape(uint32_t c) {
    snprintf(text, sizeof text, c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x", c);
  }
};

bool oneItem(const UnicodeErrorObject* e, int64_t length) {
  return e->start >= 0 && e->start < length && e->end == e->start + 1;
}

Value encodeErrorStr(Value self) {
  UnicodeErrorObject* e = asUnicodeError(self);
  if (!e->object) return emptyStr();
  Ref reason(str(e->reason)), encoding(str(e->encoding));
  if (!reason || !encoding) return Value();
  if (oneItem(e, asStr(e->object)->length))
    return formatText("'%U' codec can't encode character '%s' in position %zd: %U", encoding.get(),
                      Escape(asStr(e->object)->at(e->start)).text, e->start, reason.get());
  return formatText("'%U' codec can't encode characters in position %zd-%zd: %U", encoding.get(), e->start,
                    e->end - 1, reason.get());
}

Value decodeErrorStr(Value self) {
  UnicodeErrorObject* e = asUnicodeError(self);
  if (!e->object) return emptyStr();
  Ref reason(str(e->reason)), encoding(str(e->encoding));
  if (!reason || !encoding) return Value();
  std::string_view data = bytesView(e->object);
  if (oneItem(e, static_cast<int64_t>(data.size())))
    return formatText("'%U' codec can't decode byte 0x%02x in position %zd: %U", encoding.get(),
                      static_cast<uint8_t>(data[e->start]), e->start, reason.get());
  return formatText("'%U' codec can't decode bytes in position %zd-%zd: %U", encoding.get(), e->start, e->end - 1,
                    reason.get());
}

Value translateErrorStr(Value self) {
  UnicodeErrorObject* e = asUnicodeError(self);
  if (!e->object) return emptyStr();
  Ref reason(str(e->reason));
  if (!reason) return Value();
  if (oneItem(e, asStr(e->object)->length))
    return formatText("can't translate character '%s' in position %zd: %U",
                      Escape(asStr(e->object)->at(e->start)).text, e->start, reason.get());
  return formatText("can't translate characters in position %zd-%zd: %U", e->start, e->end - 1, reason.get());
}

#pragma clang diagnostic ignored "-Winvalid-offsetof"
const MemberDef members[] = {
    {"encoding", MemberKind::ObjectNone, offsetof(UnicodeErrorObject, encoding), false},
    {"object", MemberKind::ObjectNone, offsetof(UnicodeErrorObject, object), false},
    {"start", MemberKind::Int64, offsetof(UnicodeErrorObject, start), false},
    {"end", MemberKind::Int64, offsetof(UnicodeErrorObject, end), false},
    {"reason", MemberKind::ObjectNone, offsetof(UnicodeErrorObject, reason), false},
    {},
};

} // namespace
} // namespace exceptions

#define CLASS(Name, textOf, initialise)                                                                       \
  .header = KRAIT_STATIC_HEADER(typeType), .name = #Name, .base = &UnicodeErrorType,                          \
  .flags = exceptions::kBuiltinExceptionFlags | kTypeOwnNew, KRAIT_EXCEPTION_LAYOUT(Name##Type, UnicodeErrorObject, 3), \
  .repr = exceptions::baseRepr, .str = exceptions::textOf, .init = exceptions::initialise,                    \
  .construct = exceptions::baseNew, .members = exceptions::members

constinit Type UnicodeEncodeErrorType = {CLASS(UnicodeEncodeError, encodeErrorStr, initEncodeError)};
constinit Type UnicodeDecodeErrorType = {CLASS(UnicodeDecodeError, decodeErrorStr, initDecodeError)};
constinit Type UnicodeTranslateErrorType = {CLASS(UnicodeTranslateError, translateErrorStr, initTranslateError)};

} // namespace krait
