// SyntaxError, IndentationError, TabError: SyntaxError(msg, (filename, lineno, offset, text[, end_lineno, end_offset])).
#include "runtime/exceptions/base_exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace exceptions {
namespace {

SyntaxErrorObject* asSyntaxError(Value v) { return static_cast<SyntaxErrorObject*>(asException(v)); }

int32_t initSyntaxError(Value self, const Args& args) {
  if (baseInit(self, args) < 0) return -1;
  SyntaxErrorObject* e = asSyntaxError(self);
  if (args.count >= 1) assign(e->msg, newRef(args[0]));
  if (args.count != 2) return 0;
  Ref info(toTuple(args[1]));
  if (!info) return -1;
  TupleObject* t = asTuple(info);
  if (t->size < 4) return fail(TypeErrorType, "function takes at least 4 arguments (%zd given)", t->size);
  if (t->size > 6) return fail(TypeErrorType, "function takes at most 6 arguments (%zd given)", t->size);
  Value* fields[] = {&e->filename, &e->lineno, &e->offset, &e->text, &e->endLineno, &e->endOffset};
  for (int i = 0; i < 6; ++i) assign(*fields[i], i < t->size ? newRef(t->items[i]) : Value());
  if (t->size == 5) return fail(TypeErrorType, "end_offset must be provided when end_lineno is provided");
  return 0;
}

/// The part of a path behind its last slash (owned).
Value baseName(Value path) {
  int64_t length = asStr(path)->length, start = length;
  while (start > 0 && asStr(path)->at(start - 1) != '/') --start;
  return strSubstring(path, start, length);
}

Value syntaxErrorStr(Value self) {
  SyntaxErrorObject* e = asSyntaxError(self);
  Value msg = e->msg ? e->msg : none();
  Ref file(e->filename && isStr(e->filename) ? baseName(e->filename) : Value());
  if (errorSet()) return Value();
  bool line = e->lineno && isExactInt(e->lineno);
  int overflow = 0;
  long long number = line ? intToInt64(e->lineno, &overflow) : 0;
  if (file && line) return formatText("%S (%U, line %lld)", msg, file.get(), number);
  if (file) return formatText("%S (%U)", msg, file.get());
  if (line) return formatText("%S (line %lld)", msg, number);
  return str(msg);
}

#pragma clang diagnostic ignored "-Winvalid-offsetof"
#define FIELD(name, field) {name, MemberKind::ObjectNone, offsetof(SyntaxErrorObject, field), false}
const MemberDef members[] = {
    FIELD("msg", msg), FIELD("filename", filename), FIELD("lineno", lineno), FIELD("offset", offset),
    FIELD("text", text), FIELD("end_lineno", endLineno), FIELD("end_offset", endOffset),
    FIELD("print_file_and_line", printFileAndLine), {},
};

} // namespace
} // namespace exceptions

#define CLASS(Name, Base)                                                                                     \
  .header = KRAIT_STATIC_HEADER(typeType), .name = #Name, .base = &Base##Type,                                \
  .flags = exceptions::kBuiltinExceptionFlags, KRAIT_EXCEPTION_LAYOUT(Name##Type, SyntaxErrorObject, 8),      \
  .repr = exceptions::baseRepr, .str = exceptions::syntaxErrorStr, .init = exceptions::initSyntaxError,       \
  .construct = exceptions::baseNew

constinit Type SyntaxErrorType = {CLASS(SyntaxError, Exception), .members = exceptions::members};
constinit Type IndentationErrorType = {CLASS(IndentationError, SyntaxError)};
constinit Type TabErrorType = {CLASS(TabError, IndentationError)};

} // namespace krait
