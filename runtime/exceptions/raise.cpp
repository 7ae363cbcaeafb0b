// Raising from C++: the functions of object/errors.h.
#include "runtime/object/errors.h"
#include "runtime/object/missing_attribute.h"
#include <cerrno>
#include <clocale>
#include <cstring>
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/format_text.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {
Value raiseFormatted(const Type& type, const char* format, va_list arguments) {
  Ref message(formatTextV(format, arguments)); // null: what fails on the way, an argument's repr, gives way to an error without a message
  return raiseObject(type, message);
}

/// The message of a missing attribute, if it is short and nothing has to be cut; else null without an error.
Value shortMissing(const Type* t, std::string_view name, int longest) {
  constexpr std::string_view kMiddle = "' object has no attribute '";
  char text[160];
  const size_t typeLength = strnlen(t->name, static_cast<size_t>(longest) + 1);
  if (typeLength > static_cast<size_t>(longest) || typeLength + kMiddle.size() + name.size() + 2 > sizeof text) return {};
  char* at = text;
  auto add = [&](std::string_view piece) { at = static_cast<char*>(mempcpy(at, piece.data(), piece.size())); };
  *at++ = '\'';
  add({t->name, typeLength});
  add(kMiddle);
  add(name);
  *at++ = '\'';
  Value message = newStr({text, static_cast<size_t>(at - text)});
  if (!message) errorClear(); // who takes the long way will say so
  return message;
}
} // namespace

Value raise(const Type& type, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Value result = raiseFormatted(type, format, arguments);
  va_end(arguments);
  return result;
}

Value raiseObject(const Type& type, Value argument) {
  Value exception = newException(type, argument);
  return exception ? raiseInstance(exception) : Value();
}

Value raiseInstance(Value owned) {
  Value context = handledException();
  if (context) chainContext(owned, context);
  errorRestore(owned);
  return Value();
}

Value raiseKeyError(Value key) {
  Value exception = newException(KeyErrorType, key);
  if (!exception) return {};
  asException(exception)->isUnmade = !handledException();
  return raiseInstance(exception);
}

Value raiseStopIteration(Value v) {
  if (v && isNone(v)) v = Value();
  return raiseObject(StopIterationType, v);
}

Value raiseAttributeError(Value obj, Value name, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  raiseFormatted(AttributeErrorType, format, arguments);
  va_end(arguments);
  errorSetAttributeContext(obj, name);
  return Value();
}

Value raiseNoAttribute(const Type* t, Value obj, Value name, int longest) {
  const auto* text = asStr(name);
  const bool isAscii = text->flags & kStrAscii;
  Ref message(isAscii ? shortMissing(t, {reinterpret_cast<const char*>(text->data()), static_cast<size_t>(text->length)}, longest) : Value());
  if (!message) return raiseAttributeError(obj, name, "'%.*s' object has no attribute '%U'", longest, t->name, name);
  raiseObject(AttributeErrorType, message);
  errorSetAttributeContext(obj, name);
  return {};
}

Value raiseNoAttribute(const Type* t, const char* name, int longest) {
  Ref message(shortMissing(t, name, longest));
  return message ? raiseObject(AttributeErrorType, message) : raise(AttributeErrorType, "'%.*s' object has no attribute '%s'", longest, t->name, name);
}

Value raiseNameError(const Type& type, Value name, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  raiseFormatted(type, format, arguments);
  va_end(arguments);
  if (errorMatches(NameErrorType)) assign(static_cast<NameErrorObject*>(asException(krt_hot.raised))->name, newRef(name));
  return Value();
}

void errorSetAttributeContext(Value obj, Value name) {
  if (!errorMatches(AttributeErrorType)) return;
  auto* error = static_cast<AttributeErrorObject*>(asException(krt_hot.raised));
  if (error->obj || error->name) return;
  error->obj = newRef(obj);
  error->name = newRef(name);
}

Value raiseImportError(const Type& type, Value message, Value name, Value path) {
  Ref exception(newException(type, message));
  if (!exception) return Value();
  auto* error = static_cast<ImportErrorObject*>(asException(exception));
  if (name) assign(error->name, newRef(name));
  if (path) assign(error->path, newRef(path));
  return raiseInstance(exception.release());
}

/// strerror(). It asks for a translation each time, so what has none stays: files are often not there.
static Value systemErrorText(int errnum) {
  auto make = [errnum] {
    const char* text = strerror(errnum);
    return decodeBytes(reinterpret_cast<const uint8_t*>(text), strlen(text), "utf-8", "surrogateescape");
  };
  constexpr int kKnown = 134;
  static Value kept[kKnown];
  const char* language = setlocale(LC_MESSAGES, nullptr);
  if (errnum < 0 || errnum >= kKnown || !language || strcmp(language, "C") != 0) return make();
  if (!kept[errnum]) kept[errnum] = make();
  return kept[errnum] ? newRef(kept[errnum]) : Value();
}

Value raiseOsError(int errnum, Value filename, Value filename2) {
  Ref number(newInt(errnum));
  Ref text(systemErrorText(errnum));
  if (!text) return Value();
  Ref exception(!filename    ? call(asValue(&OSErrorType), {number, text})
                : !filename2 ? call(asValue(&OSErrorType), {number, text, filename})
                             : call(asValue(&OSErrorType), {number, text, filename, newInt(0), filename2}));
  return exception ? raiseInstance(exception.release()) : Value();
}

Value raiseNoMemory() { return raiseObject(MemoryErrorType, Value()); }

bool errorMatches(const Type& type) { return krt_hot.raised && isSubtype(typeOf(krt_hot.raised), &type); }

void errorClear() { clear(krt_hot.raised); }

bool errorClearIf(const Type& type) {
  if (!errorMatches(type)) return false;
  errorClear();
  return true;
}

Ref errorTake() {
  Value pending = krt_hot.raised;
  krt_hot.raised = Value();
  return Ref(pending);
}

void errorRestore(Value owned) { assign(krt_hot.raised, owned); }

void errorChainCause(Value cause) {
  Ref owned(cause);
  if (!krt_hot.raised || krt_hot.raised == cause) return;
  ExceptionObject* pending = asException(krt_hot.raised);
  assign(pending->cause, newRef(cause));
  assign(pending->context, newRef(cause));
  pending->suppressContext = true;
}

void errorChainContext(Value context) {
  if (!context) return;
  if (!krt_hot.raised) return errorRestore(context);
  chainContext(krt_hot.raised, context);
  decref(context);
}

} // namespace krait
